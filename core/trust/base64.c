/* See core/trust/base64.h. */
#include "core/trust/base64.h"

#include <sodium.h>

#include "core/base/err.h"

void base64_add(struct buf *out, const void *bytes, size_t count)
{
    size_t room = sodium_base64_encoded_len(count, sodium_base64_VARIANT_ORIGINAL);

    buf_reserve(out, room);
    sodium_bin2base64(out->data + out->size, room, bytes, count, sodium_base64_VARIANT_ORIGINAL);
    out->size += room - 1;
}

/* libsodium 1.0.18 reads every byte from 0x80 up as a slash. */
static bool ascii(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)text[i] >= 0x80)
            return false;
    return true;
}

bool base64_parse(const char *text, size_t size, void *out, size_t room, size_t *ret_count)
{
    const char *end;

    return ascii(text, size) &&
           sodium_base642bin(out, room, text, size, NULL, ret_count, &end, sodium_base64_VARIANT_ORIGINAL) ==
               0 &&
           end == text + size;
}

bool base64_exact(const char *text, size_t size, void *out, size_t count)
{
    size_t got;

    return base64_parse(text, size, out, count, &got) && got == count;
}
