/*
 * Secrets of clients (cookies, links, tokens), of which the SHA-256 alone is stored, and
 * passwords of people (Argon2id, RFC 9106).
 */
#ifndef CORE_SERVICE_SECRET_H
#define CORE_SERVICE_SECRET_H

#include "core/base/digest.h"
#include "core/base/err.h"

enum { SECRET_TEXT = 64, PASSWORD_TEXT = 128 };

/* A secret for a client: a prefix and 32 random bytes as base64url; its SHA-256 is stored. */
void secret_new(const char *prefix, char out[SECRET_TEXT], uint8_t hash[SHA256_BYTES]);
/* The SHA-256 of a secret as sent. */
void secret_hash(const char *secret, uint8_t out[SHA256_BYTES]);

/* At most four at a time, since each takes 64 MiB. */
int  password_hash(const char *password, char out[PASSWORD_TEXT], struct err *err) MUST_USE;
/* `stored` NULL (nobody, or no password yet) takes as long and answers false. */
bool password_check(const char *stored, const char *password) MUST_USE;

#endif
