/*
 * Having a checkpoint signed by a process that keeps the key and remembers what it signed: the log's signer, or a witness.
 * A request is that of c2sp.org/tlog-witness: "old N", the consistency proof from N line by line, a blank line, the
 * checkpoint.  A log's signer is given the text alone, a witness the note the log signed.
 *
 * Whoever signs does so only for a tree that begins with the last one it signed, and persists that before it answers:
 * then nobody, not even who owns the database, can have two histories signed.
 */
#ifndef CORE_TRUST_SIGNING_H
#define CORE_TRUST_SIGNING_H

#include "core/trust/checkpoint.h"

enum { SIGNING_BYTES_MAX = 65536 };

struct signing {
    uint64_t     old;
    struct proof proof;
    const char  *text; size_t bytes;        /* the checkpoint, signed or not */
};
void signing_print(const struct signing *signing, struct buf *out);
/* E_MALFORMED signing/malformed */
int  signing_parse(const char *bytes, size_t size, struct signing *ret, struct err *err) MUST_USE;

/* What was signed last; size 0 at the beginning.  The checkpoint itself, with its signatures, proves to others that the log said so;
 * it is borrowed, and NULL at the beginning. */
struct last_signed { char origin[NOTE_NAME_MAX + 1]; uint64_t size; struct hash root; const char *note; size_t note_bytes; };
void last_signed_new(const char *origin, struct last_signed *ret);
void last_signed_print(const struct last_signed *last, struct buf *out);
/* E_MALFORMED signing/malformed */
int  last_signed_parse(const char *text, size_t bytes, struct last_signed *ret, struct err *err) MUST_USE;   /* borrows from text */

/* Whose key signs; for a witness the key of the log whose signature it asks for first, and what time it says. */
struct signing_keys { const struct note_signer *signer; const struct note_key *log; int64_t time_s; };

/* Signs: ret_note is the checkpoint with all signatures, ret_next what to persist before it is given away, which borrows from ret_note.  E_CONFLICT
 * log/stale: `old` is not what was signed last; the detail is that size alone.  E_REFUSED log/rollback: the tree does not
 * begin with the last one signed.  E_REFUSED note/forged, E_ABSENT note/unsigned: another log's, or not signed by it. */
int signing_step(const struct signing *signing, const struct signing_keys *keys, const struct last_signed *last,
                 struct buf *ret_note, struct last_signed *ret_next, struct err *err) MUST_USE;

#endif
