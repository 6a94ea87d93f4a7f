/*
 * What is in a sealed bid: a manifest in canonical JSON (RFC 8785), then the files it names, one after the other.
 *
 *     {"bidder":"...","currency":"CNY","files":[{"name":"bid.json","sha256":"<64 hex>","size":129}],
 *      "price_fen":"12345600","tender":"<uuid>","v":1}
 *
 * price_fen is left out where the envelope tells no price.
 */
#ifndef CORE_TRUST_MANIFEST_H
#define CORE_TRUST_MANIFEST_H

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/digest.h"
#include "core/base/err.h"

enum { MANIFEST_FILES_MAX = 200, MANIFEST_BYTES_MAX = 1 << 20, MANIFEST_NAME_MAX = 255 };

struct manifest_file {
    const char *name;           /* UTF-8 without control characters and slashes, not "." or "..", no two alike */
    uint8_t     sha256[SHA256_BYTES];
    uint64_t    bytes;
};
struct manifest {
    const char *bidder;         /* who says they bid: for people; the key that signs is what counts */
    char        tender[UUID_TEXT];
    bool        priced;
    int64_t     price_fen;
    const struct manifest_file *files; size_t count;
};

/* E_INVALID manifest/invalid: a name that may not be, or twice; too many files; a negative price. */
int manifest_print(const struct manifest *manifest, struct buf *out, struct err *err) MUST_USE;
/* E_MALFORMED manifest/malformed: what manifest_print would not print, byte for byte. */
int manifest_parse(struct arena *arena, const char *json, size_t bytes, struct manifest *ret, struct err *err) MUST_USE;

#endif
