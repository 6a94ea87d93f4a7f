/*
 * The log of events as it is given out: numbered (core/service/sequence.h), read again, signed by the process that has the
 * key, cosigned by witnesses, written as static files.
 *
 * Nothing that was ever signed is left behind: what the database says is compared with the last checkpoint it holds, with
 * what the signer and the witnesses signed last, and with the tree as it was read before.  One of them being ahead means
 * that the database is an old one (E_REFUSED log/rollback).
 */
#ifndef CORE_SERVICE_LOGBOOK_H
#define CORE_SERVICE_LOGBOOK_H

#include "core/store/store.h"
#include "core/trust/checkpoint.h"

struct logbook_config {
    const char *key;                                /* public, as "linli keygen log" printed it */
    const char *signer, *witnesses[WITNESSES_MAX];  /* sockets */
    size_t      witness_count;
    const char *witness_keys;                       /* public ones, separated by spaces; no other cosignature is counted */
    const char *folder;                             /* of the static files; must be there or can be made */
    bool        witnesses_may_miss;                 /* one that does not answer, or will not sign, is done without */
};
struct logbook;

/* E_MALFORMED, E_INVALID note/key */
int  logbook_open(const struct logbook_config *config, struct store *store, struct logbook **ret, struct err *err) MUST_USE;
void logbook_close(struct logbook *book);       /* NULL is fine */
/* How many witnesses' keys were given. */
size_t logbook_witnesses(const struct logbook *book);

/* From any thread: that entry `index` is in the newest tree that was signed; the checkpoint is in the arena.  E_ABSENT
 * log/absent: not yet. */
int logbook_prove(struct logbook *book, uint64_t index, struct arena *arena, struct log_proof *ret, struct err *err) MUST_USE;

/* Whether the database has all that was signed.  E_REFUSED log/rollback; E_BROKEN log/broken; E_BUSY signer/away, or the
 * database is. */
int logbook_check(struct logbook *book, struct err *err) MUST_USE;
/* Numbers what waits (what was sealed until now, within a minute), has it signed and writes it; nothing where all of that is done.  As logbook_check, and E_BUSY
 * folder/busy, E_BROKEN folder/broken.  `ahead`: so many events are dated ahead of the clock, and wait until it is then; a clock that went a day
 * further than the time that passed is not believed.  `cosigned`: by so many of the witnesses whose keys were given, each once. */
struct logbook_turn { uint64_t size, added, cosigned; int64_t ahead; };
int logbook_turn(struct logbook *book, struct logbook_turn *ret, struct err *err) MUST_USE;

#endif
