/*
 * Shamir's secret sharing of 32 bytes over GF(2^8), polynomial 0x11b, byte by byte: share i is the polynomial at i, the
 * secret the polynomial at 0.  No tables, so that the time it takes tells nothing.
 */
#ifndef CORE_TRUST_SHAMIR_H
#define CORE_TRUST_SHAMIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/attr.h"

enum { SHARE_BYTES = 32, SHARES_MAX = 15 };

struct share { uint8_t i, bytes[SHARE_BYTES]; };

/* Share i (1 to 15) of `secret`; `k` - 1 coefficients, the one of x first. */
void shamir_share(const uint8_t secret[SHARE_BYTES], const uint8_t coefficients[][SHARE_BYTES], unsigned k, uint8_t i,
                  struct share *out);
/* The secret that k shares make.  False where two have the same number, or one the number 0. */
bool shamir_combine(const struct share *shares, size_t k, uint8_t out[SHARE_BYTES]) MUST_USE;
/* Share i on the polynomial through k shares; 0: the secret.  False as above. */
bool shamir_at(const struct share *shares, size_t k, uint8_t i, uint8_t out[SHARE_BYTES]) MUST_USE;

#endif
