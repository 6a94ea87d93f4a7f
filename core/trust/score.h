/*
 * Marks that are committed to before anybody reveals any: of each bid a sheet, canonical JSON (RFC 8785), its digest under a nonce
 * (sheet_commit of core/trust/lots.h), and the member's signature (Ed25519) over "linli/score/v1", 0x00 and that digest.
 *
 *     {"criteria":{"<code>":"<value>"},"evaluator":"<member>","proposal":"<bid>","reasons":{"<code>":"<why>"},"v":1}
 */
#ifndef CORE_TRUST_SCORE_H
#define CORE_TRUST_SCORE_H

#include "core/base/arena.h"
#include "core/base/err.h"
#include "core/trust/lots.h"

enum { SCORE_KEY = 32, SCORE_SEED = 32, SCORE_SIGNATURE = 64, SCORE_NONCE = 32 };

struct score_mark { const char *criterion, *value, *reason; };
/* The sheet of a member about a bid; E_MALFORMED where a text is none. */
int  score_sheet(struct arena *arena, const char *member, const char *bid, const struct score_mark *marks, size_t count,
                 char **ret, struct err *err) MUST_USE;

void score_sign(const uint8_t seed[SCORE_SEED], const struct hash *commit, uint8_t ret[SCORE_SIGNATURE]);
bool score_signed(const uint8_t key[SCORE_KEY], const struct hash *commit, const uint8_t signature[SCORE_SIGNATURE]) MUST_USE;

#endif
