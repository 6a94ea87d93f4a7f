/*
 * Checkpoints (c2sp.org/tlog-checkpoint): what a log says its size and root are, as a signed note; and proofs that an entry
 * is in it, as files that stand alone (c2sp.org/tlog-proof).
 */
#ifndef CORE_TRUST_CHECKPOINT_H
#define CORE_TRUST_CHECKPOINT_H

#include "core/trust/merkle.h"
#include "core/trust/note.h"

struct checkpoint {
    char        origin[NOTE_NAME_MAX + 1];
    uint64_t    size;
    struct hash root;
};

/* Whom to believe: the log's key, whose name is the log's origin, and `quorum` of the witnesses. */
enum { WITNESSES_MAX = 16 };
struct trusted {
    struct note_key log, witnesses[WITNESSES_MAX];
    size_t          count, quorum;
};
/* One more witness, by its public key.  E_MALFORMED note/key; E_INVALID note/key: it is the log's own, there already, or one too many: one
 * witness counts once, however often it is named or asked. */
int trusted_add(struct trusted *trusted, const char *witness, struct err *err) MUST_USE;
/* The same of each of a list with blanks between them. */
int trusted_add_all(struct trusted *trusted, const char *witnesses, struct err *err) MUST_USE;

/* The text that is signed. */
void checkpoint_print(const struct checkpoint *checkpoint, struct buf *out);
/* E_MALFORMED note/malformed.  Extension lines are passed over. */
int  checkpoint_parse(const char *text, size_t bytes, struct checkpoint *ret, struct err *err) MUST_USE;

/* Reads a signed checkpoint.  E_REFUSED note/forged: a signature of the log or of a witness does not verify, or the origin
 * is another log's; E_ABSENT note/unsigned: not by the log; E_ABSENT note/quorum: by too few witnesses.
 * ret_witnesses (which may be NULL) is how many cosigned. */
int checkpoint_open(struct arena *arena, const char *bytes, size_t size, const struct trusted *trusted,
                    struct checkpoint *ret, size_t *ret_witnesses, struct err *err) MUST_USE;

/* Whether the tree begins with what a checkpoint says.  E_REFUSED log/rollback */
int checkpoint_held(const struct checkpoint *checkpoint, const struct merkle *tree, struct err *err) MUST_USE;

struct log_proof {
    uint64_t     index;
    struct proof path;
    const char  *checkpoint; size_t checkpoint_bytes;       /* the signed note */
};
void log_proof_print(const struct log_proof *proof, struct buf *out);
/* E_MALFORMED proof/malformed */
int  log_proof_parse(const char *bytes, size_t size, struct log_proof *ret, struct err *err) MUST_USE;
/* Whether the proof shows that `leaf` is in the log; gives the checkpoint it shows it for.  E_REFUSED proof/wrong where it
 * does not, else as checkpoint_open. */
int  log_proof_check(struct arena *arena, const struct log_proof *proof, const struct hash *leaf,
                     const struct trusted *trusted, struct checkpoint *ret, struct err *err) MUST_USE;

#endif
