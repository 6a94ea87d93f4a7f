/* Hashes, random bytes and ids.  OpenSSL for SHA-256, libsodium for the rest. */
#ifndef CORE_BASE_DIGEST_H
#define CORE_BASE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/attr.h"
#include "core/base/text.h"

enum { SHA256_BYTES = 32, SHA256_TEXT = 65 };

struct sha256;                                                   /* streaming */
struct sha256 *sha256_new(void) MUST_USE;
void           sha256_add(struct sha256 *s, const void *bytes, size_t count);
void           sha256_end(struct sha256 *s, uint8_t out[SHA256_BYTES]);   /* and frees it */

void sha256_of(const void *bytes, size_t count, uint8_t out[SHA256_BYTES]);
bool sha256_file(const char *path, uint8_t out[SHA256_BYTES]) MUST_USE;
void hex_print(const uint8_t *bytes, size_t count, char *out);   /* 2 * count + 1 chars */
bool hex_parse(const char *text, uint8_t *out, size_t count) MUST_USE;   /* lower case, exact length */

/* Of no cryptographic worth: tells two answers of ours apart. */
enum { HASH_SHORT_TEXT = 17 };
void hash_short(const void *bytes, size_t count, char out[HASH_SHORT_TEXT]);

void random_bytes(void *out, size_t count);
void uuid_new(char out[UUID_TEXT]);          /* version 4 */

#endif
