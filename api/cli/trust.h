/* What the commands about keys and seals share: key files, openers, files made once. */
#ifndef API_CLI_TRUST_H
#define API_CLI_TRUST_H

#include "api/cli/cli.h"
#include "core/trust/key.h"
#include "core/trust/openers.h"

/* How commands end that are about whether something holds. */
enum { EX_CONTRADICTED = 1, EX_MISSING = 2, EX_BAD_SHARE = 3, EX_FORGED = 4 };

/* The first line of a file; NULL where `path` is.  False: said on stderr. */
bool trust_passphrase(struct arena *arena, const char *path, const char **ret) MUST_USE;
/* Overwrites it.  NULL is fine. */
void trust_forget(const char *passphrase);
/* EX_OK, EX_NOINPUT, EX_DATAERR, EX_NOPERM (the passphrase is wrong); said on stderr. */
int  trust_key(struct arena *arena, const char *path, const char *passphrase, struct key *ret) MUST_USE;
int  trust_openers(struct arena *arena, const char *path, struct openers *ret) MUST_USE;
/* A file that is not there yet, with that mode.  EX_OK or EX_CANTCREAT. */
int  trust_write_new(const char *path, const void *bytes, size_t count, unsigned mode) MUST_USE;
/* "word <64 hex>" on stdout. */
void trust_say_hash(const char *word, const struct hash *hash);

#endif
