/*
 * The curve P-256 (NIST FIPS 186-4), for browsers whose WebCrypto has neither X25519 nor Ed25519.  All of it is OpenSSL's.
 *
 * Whoever has a secret of 32 bytes has a scalar of this curve as well: the first of HMAC-SHA-256(secret, "linli/p256/v1\0" || u8 n),
 * n = 0, 1, .., that is one.  A key that signs is told by its x alone (32 bytes): its y is even.
 */
#ifndef CORE_TRUST_P256_H
#define CORE_TRUST_P256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/attr.h"

enum { P256_SCALAR = 32, P256_POINT = 65, P256_X = 32, P256_SIGNATURE = 64 };

void p256_scalar(const uint8_t secret[32], uint8_t out[P256_SCALAR]);
/* Uncompressed, 0x04 first. */
void p256_point(const uint8_t scalar[P256_SCALAR], uint8_t out[P256_POINT]);
/* The x of scalar times point; false where it is no point of the curve. */
bool p256_shared(const uint8_t scalar[P256_SCALAR], const uint8_t point[P256_POINT], uint8_t out[P256_X]) MUST_USE;

/* The x of the key that p256_sign signs with. */
void p256_signer(const uint8_t secret[32], uint8_t out[P256_X]);
/* ECDSA over SHA-256, r then s, as WebCrypto writes it. */
void p256_sign(const uint8_t secret[32], const void *message, size_t bytes, uint8_t out[P256_SIGNATURE]);
bool p256_signed(const uint8_t x[P256_X], const void *message, size_t bytes, const uint8_t signature[P256_SIGNATURE]) MUST_USE;

#endif
