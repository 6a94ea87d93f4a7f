/*
 * One-time codes of a second factor: RFC 6238 over HMAC-SHA-1 with steps of 30 seconds, as every
 * authenticator knows it, and base32 (RFC 4648 without padding) for secrets that people read.
 */
#ifndef CORE_BASE_TOTP_H
#define CORE_BASE_TOTP_H

#include <stddef.h>
#include <stdint.h>

enum { TOTP_SECRET_BYTES = 20, TOTP_SECRET_TEXT = 33, TOTP_STEP_S = 30, TOTP_DIGITS = 6 };

/* The code of a step (seconds since 1970 / 30), of so many digits (at most 8). */
uint32_t totp_code(const uint8_t *secret, size_t count, uint64_t step, int digits);
/* Upper-case base32: 8 characters for 5 bytes; count is a multiple of 5, out takes count / 5 * 8 + 1. */
void base32_print(const uint8_t *bytes, size_t count, char *out);

#endif
