/*
 * Who opens a tender's bids: a text that every opener signs, and whose hash stands in every sealed bid.
 *
 *     linli/openers/v1
 *     tender 0192f0c4-a000-7000-8000-00000000a001
 *     k 2
 *     n 3
 *     opener 1 <base64 of an X25519 key>
 *     opener 2 <...>
 *     opener 3 <...>
 *     p256 1 <base64 of a point of P-256, 65 bytes>
 *     p256 2 <...>
 *     p256 3 <...>
 *     not-before 2026-12-01T01:00:00.000000Z
 *
 * The lines p256, of all or of none, are for browsers that have no X25519: the same secret opens what is sealed to either key
 * (core/trust/p256.h).
 *
 * n openers are named and k of them open.  One opener alone, who is the office's signer, is mode K0; more are K1.
 */
#ifndef CORE_TRUST_OPENERS_H
#define CORE_TRUST_OPENERS_H

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/digest.h"
#include "core/base/err.h"
#include "core/trust/hpke.h"
#include "core/trust/shamir.h"

struct openers {
    char     tender[UUID_TEXT];
    unsigned k, n;                                  /* 1 <= k <= n <= 15 */
    uint8_t  keys[SHARES_MAX][KEY_BYTES];           /* of opener i at i - 1 */
    bool     p256;                                  /* points are named as well */
    uint8_t  points[SHARES_MAX][P256_POINT];
    int64_t  not_before_us;
    struct hash digest;                             /* of the text; filled when it is read */
};

void openers_print(const struct openers *openers, struct buf *out);
/* What a secret opens, as opener i + 1. */
void openers_name(struct openers *openers, unsigned i, const uint8_t secret[KEY_BYTES]);
/* Is it the secret of opener i + 1, of all that was named for it? */
bool openers_own(const struct openers *openers, unsigned i, const uint8_t secret[KEY_BYTES]);
/* Is a key named in both? */
bool openers_share(const struct openers *x, const struct openers *y);
/* E_MALFORMED openers/malformed: anything openers_print would not print, or a key named twice. */
int  openers_parse(const char *text, size_t bytes, struct openers *ret, struct err *err) MUST_USE;
/* Reads the text, or a note of it: the signatures after it are not looked at here (core/trust/note.h). */
int  openers_read(struct arena *arena, const char *bytes, size_t size, struct openers *ret, struct err *err) MUST_USE;

#endif
