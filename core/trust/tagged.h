/* What the formats of this folder share: hashes whose purpose stands in them, numbers of eight bytes, big-endian. */
#ifndef CORE_TRUST_TAGGED_H
#define CORE_TRUST_TAGGED_H

#include "core/trust/merkle.h"

struct span { const void *bytes; size_t count; };

/* SHA-256(tag || 0x00 || spans). */
void     tagged_hash(const char *tag, const struct span *spans, size_t count, struct hash *out);
void     be64_put(uint8_t *out, uint64_t n);
uint64_t be64_get(const uint8_t *bytes);

#endif
