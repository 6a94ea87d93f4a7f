/*
 * Drawing people by a chance that nobody chooses and everybody can compute again: after RFC 3797, with SHA-256 and without
 * its bias.  The pool is published first, with the source of chance that will be read later; whoever refuses or may not sit is
 * followed by the next one drawn.  There is never a second seed.
 */
#ifndef CORE_TRUST_LOTS_H
#define CORE_TRUST_LOTS_H

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/trust/entry.h"
#include "core/trust/tagged.h"

enum { LOTS_POOL_MAX = 100000, LOTS_SOURCES_MAX = 16, LOTS_SOURCE_BYTES = 4096 };

/*     linli/pool/v1
 *     draw <uuid>
 *     <one id a line, sorted by its bytes, no two alike>
 */
struct pool {
    char draw[UUID_TEXT];
    const char **ids; size_t count;
    struct hash digest;         /* of the text */
};
/* E_MALFORMED pool/malformed */
int pool_parse(struct arena *arena, const char *text, size_t bytes, struct pool *ret, struct err *err) MUST_USE;

/* The seed from what was read at the sources, in the published order.  `secret` is 32 bytes of an escrowed secret, or NULL:
 * none, as is the rule. */
void lots_seed(const struct pool *pool, const uint8_t *secret, const struct span *sources, size_t count, struct hash *ret);
/* All of the pool in the order in which they are drawn. */
void lots_order(const struct pool *pool, const struct hash *seed, const char **ret);
/* The same by other numbers, each below `left`: RFC 3797's own, whose published example the tests hold this against. */
typedef uint64_t lots_number(const void *with, uint32_t turn, uint64_t left);
void lots_take(const struct pool *pool, lots_number *number, const void *with, const char **ret);
/* What is published beforehand of an escrowed secret. */
void lots_secret_commit(const uint8_t secret[32], struct hash *ret);

/* What a member of a panel publishes of the marks before anybody shows any: canonical JSON under a nonce. */
void sheet_commit(const uint8_t nonce[32], const void *sheet, size_t bytes, struct hash *ret);

#endif
