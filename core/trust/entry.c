/* See core/trust/entry.h. */
#include "core/trust/entry.h"

#include <sodium.h>
#include <string.h>

#include "core/trust/tagged.h"

enum { AT_CLASS = 3, AT_INDEX = 4, AT_TIME = 12, AT_PREVIOUS = 20, AT_PAYLOAD = 52, AT_SUBJECT = 84 };

void entry_pack(const struct entry *entry, uint8_t out[ENTRY_BYTES])
{
    memcpy(out, "LE1", 3);
    out[AT_CLASS] = entry->public;
    be64_put(out + AT_INDEX, entry->index);
    be64_put(out + AT_TIME, (uint64_t)entry->at_us);
    memcpy(out + AT_PREVIOUS, entry->previous.bytes, SHA256_BYTES);
    memcpy(out + AT_PAYLOAD, entry->payload.bytes, SHA256_BYTES);
    memcpy(out + AT_SUBJECT, entry->subject.bytes, SHA256_BYTES);
}

int entry_unpack(const uint8_t *bytes, size_t count, struct entry *ret, struct err *err)
{
    if (count != ENTRY_BYTES || memcmp(bytes, "LE1", 3) != 0 || bytes[AT_CLASS] > 1 ||
        be64_get(bytes + AT_TIME) > INT64_MAX)
        return err_both(err, E_MALFORMED, "log/malformed", "this is no entry of the log", "不是日志记录");
    ret->public = bytes[AT_CLASS];
    ret->index = be64_get(bytes + AT_INDEX);
    ret->at_us = (int64_t)be64_get(bytes + AT_TIME);
    memcpy(ret->previous.bytes, bytes + AT_PREVIOUS, SHA256_BYTES);
    memcpy(ret->payload.bytes, bytes + AT_PAYLOAD, SHA256_BYTES);
    memcpy(ret->subject.bytes, bytes + AT_SUBJECT, SHA256_BYTES);
    return 0;
}

void entry_payload(const uint8_t salt[SALT_BYTES], const void *payload, size_t bytes, struct hash *out)
{
    tagged_hash("linli/payload/v1", (const struct span[]){{salt, SALT_BYTES}, {payload, bytes}}, 2, out);
}

void entry_subject(const uint8_t salt[SALT_BYTES], uint64_t index, const uint8_t tender[UUID_BYTES],
                   struct hash *out)
{
    static const char tag[] = "linli/subject/v1";
    crypto_auth_hmacsha256_state state;
    uint8_t at[8];

    be64_put(at, index);
    crypto_auth_hmacsha256_init(&state, salt, SALT_BYTES);
    crypto_auth_hmacsha256_update(&state, (const uint8_t *)tag, sizeof(tag));
    crypto_auth_hmacsha256_update(&state, at, sizeof(at));
    crypto_auth_hmacsha256_update(&state, tender, UUID_BYTES);
    crypto_auth_hmacsha256_final(&state, out->bytes);
}

void entry_salt_commit(const uint8_t salt[SALT_BYTES], struct hash *out)
{
    tagged_hash("linli/ssalt/v1", (const struct span[]){{salt, SALT_BYTES}}, 1, out);
}

bool uuid_bytes(const char *text, uint8_t out[UUID_BYTES])
{
    char hex[2 * UUID_BYTES + 1], *at = hex;

    if (!uuid_ok(text))
        return false;
    for (; *text; text++)
        if (*text != '-')
            *at++ = *text;
    *at = '\0';
    return hex_parse(hex, out, UUID_BYTES);
}
