/* See core/trust/tagged.h. */
#include "core/trust/tagged.h"

#include <string.h>

void be64_put(uint8_t *out, uint64_t n)
{
    for (int i = 0; i < 8; i++)
        out[i] = (uint8_t)(n >> (56 - 8 * i));
}

uint64_t be64_get(const uint8_t *bytes)
{
    uint64_t n = 0;

    for (int i = 0; i < 8; i++)
        n = n << 8 | bytes[i];
    return n;
}

void tagged_hash(const char *tag, const struct span *spans, size_t count, struct hash *out)
{
    struct sha256 *s = sha256_new();

    sha256_add(s, tag, strlen(tag) + 1);
    for (size_t i = 0; i < count; i++)
        sha256_add(s, spans[i].bytes, spans[i].count);
    sha256_end(s, out->bytes);
}
