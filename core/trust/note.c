/* See core/trust/note.h. */
#include "core/trust/note.h"

#include <sodium.h>
#include <string.h>

#include "core/base/digest.h"
#include "core/trust/base64.h"
#include "core/trust/tagged.h"

#define DASH "\xE2\x80\x94 " /* U+2014 and a space begin a signature */

enum { DASH_BYTES = 4, ID_BYTES = 4, TIME_BYTES = 8 };

static int key_bad(struct err *err)
{
    return err_both(err, E_MALFORMED, "note/key", "this is no public key of a signed note",
                    "不是签名文本的公钥");
}

/* Unicode's White_Space beyond ASCII, as UTF-8. */
static const char *const spaces[] = {"\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80",
                                     "\xE2\x80\x81", "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84",
                                     "\xE2\x80\x85", "\xE2\x80\x86", "\xE2\x80\x87", "\xE2\x80\x88",
                                     "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8", "\xE2\x80\xA9",
                                     "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};

static bool name_ok(const char *name, size_t bytes)
{
    if (bytes == 0 || bytes > NOTE_NAME_MAX || !utf8_ok(name, bytes, false) || memchr(name, ' ', bytes) ||
        memchr(name, '+', bytes))
        return false;
    for (size_t i = 0; i < LENGTH(spaces); i++)
        if (memmem(name, bytes, spaces[i], strlen(spaces[i])))
            return false;
    return true;
}

static void id_of(const char *name, enum note_type type, const uint8_t public[32], uint8_t out[ID_BYTES])
{
    const uint8_t kind = (uint8_t)type;
    uint8_t hash[SHA256_BYTES];
    struct sha256 *s = sha256_new();

    sha256_add(s, name, strlen(name));
    sha256_add(s, "\n", 1);
    sha256_add(s, &kind, 1);
    sha256_add(s, public, 32);
    sha256_end(s, hash);
    memcpy(out, hash, ID_BYTES);
}

int note_key_of(const char *name, enum note_type type, const uint8_t public[32], struct note_key *ret,
                struct err *err)
{
    if (!name_ok(name, strlen(name)))
        return err_both(err, E_INVALID, "note/key",
                        "the name of a key is 1 to 200 bytes without spaces and plus signs",
                        "密钥名称为1至200字节，不含空格和加号");
    memset(ret, 0, sizeof(*ret));
    memcpy(ret->name, name, strlen(name));
    ret->type = type;
    memcpy(ret->public, public, 32);
    id_of(ret->name, type, public, ret->id);
    return 0;
}

int note_signer_of(const char *name, enum note_type type, const uint8_t seed[32], struct note_signer *ret,
                   struct err *err)
{
    uint8_t public[32];

    MUST(crypto_sign_seed_keypair(public, ret->secret, seed) == 0);
    return note_key_of(name, type, public, &ret->key, err);
}

int note_key_parse(const char *text, struct note_key *ret, struct err *err)
{
    const char *plus = strchr(text, '+'), *second = plus ? strchr(plus + 1, '+') : NULL;
    char name[NOTE_NAME_MAX + 1], hex[2 * ID_BYTES + 1];
    uint8_t id[ID_BYTES], typed[33];

    if (!second || second - plus != 1 + 2 * ID_BYTES || plus - text > NOTE_NAME_MAX)
        return key_bad(err);
    snprintf(name, sizeof(name), "%.*s", (int)(plus - text), text);
    snprintf(hex, sizeof(hex), "%.*s", 2 * ID_BYTES, plus + 1);
    if (!hex_parse(hex, id, ID_BYTES) ||
        !base64_exact(second + 1, strlen(second + 1), typed, sizeof(typed)) ||
        (typed[0] != NOTE_SIGNATURE && typed[0] != NOTE_COSIGNATURE))
        return key_bad(err);
    struct note_key key;
    if (note_key_of(name, (enum note_type)typed[0], typed + 1, &key, err) ||
        memcmp(key.id, id, ID_BYTES) != 0)
        return key_bad(err);
    *ret = key;
    return 0;
}

void note_key_print(const struct note_key *key, struct buf *out)
{
    uint8_t typed[33];
    char hex[2 * ID_BYTES + 1];

    typed[0] = (uint8_t)key->type;
    memcpy(typed + 1, key->public, 32);
    hex_print(key->id, ID_BYTES, hex);
    buf_printf(out, "%s+%s+", key->name, hex);
    base64_add(out, typed, sizeof(typed));
}

static int note_bad(struct err *err)
{
    return err_both(err, E_MALFORMED, "note/malformed", "this is no signed note", "不是签名文本");
}

/* "— name base64" without its line end. */
static bool line_parse(struct arena *arena, const char *line, size_t bytes, struct note_line *ret)
{
    const char *name = line + DASH_BYTES, *end = line + bytes, *space;
    uint8_t *decoded;
    size_t count;

    if (bytes < DASH_BYTES || memcmp(line, DASH, DASH_BYTES) != 0)
        return false;
    space = memchr(name, ' ', (size_t)(end - name));
    if (!space || !name_ok(name, (size_t)(space - name)))
        return false;
    decoded = ARENA_NEW(arena, uint8_t, (size_t)(end - space) + 1);
    if (!base64_parse(space + 1, (size_t)(end - space - 1), decoded, (size_t)(end - space), &count) ||
        count <= ID_BYTES)
        return false;
    *ret = (struct note_line){name, (size_t)(space - name), decoded, count};
    return true;
}

/* The text ends at the last blank line. */
static const char *text_end(const char *bytes, size_t size)
{
    for (size_t i = size; i-- > 1;)
        if (bytes[i] == '\n' && bytes[i - 1] == '\n')
            return bytes + i;
    return NULL;
}

int note_parse(struct arena *arena, const char *bytes, size_t size, struct note *ret, struct err *err)
{
    struct note_line *lines = ARENA_NEW(arena, struct note_line, NOTE_SIGNATURES_MAX);
    size_t count = 0;

    if (size == 0 || size > NOTE_BYTES_MAX || !utf8_ok(bytes, size, true) || memchr(bytes, '\t', size) ||
        bytes[size - 1] != '\n')
        return note_bad(err);
    const char *end = text_end(bytes, size);
    if (!end)
        return note_bad(err);
    for (const char *at = end + 1, *next; at < bytes + size; at = next + 1) {
        next = memchr(at, '\n', (size_t)(bytes + size - at));
        if (count == NOTE_SIGNATURES_MAX || !line_parse(arena, at, (size_t)(next - at), &lines[count]))
            return note_bad(err);
        count++;
    }
    if (count == 0)
        return note_bad(err);
    *ret = (struct note){bytes, (size_t)(end - bytes), lines, count};
    return 0;
}

static void cosigned(struct buf *out, uint64_t time_s, const char *text, size_t bytes)
{
    buf_printf(out, "cosignature/v1\ntime %llu\n", (unsigned long long)time_s);
    buf_add(out, text, bytes);
}

static bool signature_ok(const struct note *note, const struct note_key *key, const uint8_t *at, size_t count,
                         int64_t *ret_time_s)
{
    CLEANUP(buf_free) struct buf message = {0};
    uint64_t time_s = 0;

    if (key->type == NOTE_COSIGNATURE) {
        if (count != TIME_BYTES + crypto_sign_BYTES)
            return false;
        time_s = be64_get(at);
        if (time_s > INT64_MAX)
            return false;
        cosigned(&message, time_s, note->text, note->text_bytes);
        at += TIME_BYTES;
    } else {
        if (count != crypto_sign_BYTES)
            return false;
        buf_add(&message, note->text, note->text_bytes);
    }
    *ret_time_s = (int64_t)time_s;
    return crypto_sign_verify_detached(at, (const uint8_t *)message.data, message.size, key->public) == 0;
}

int note_check(const struct note *note, const struct note_key *key, int64_t *ret_time_s, struct err *err)
{
    int64_t time_s = 0;
    bool found = false;

    for (size_t i = 0; i < note->count; i++) {
        const struct note_line *line = &note->lines[i];
        if (line->name_bytes != strlen(key->name) || memcmp(line->name, key->name, line->name_bytes) != 0 ||
            memcmp(line->bytes, key->id, ID_BYTES) != 0)
            continue;
        if (!signature_ok(note, key, line->bytes + ID_BYTES, line->count - ID_BYTES, &time_s)) {
            err_set(err, E_REFUSED, "note/forged", "the signature of %s does not fit the text", key->name);
            err_zh(err, "%s 的签名与文本不符", key->name);
            return E_REFUSED;
        }
        found = true;
    }
    if (!found) {
        err_set(err, E_ABSENT, "note/unsigned", "%s did not sign this", key->name);
        err_zh(err, "没有 %s 的签名", key->name);
        return E_ABSENT;
    }
    if (ret_time_s)
        *ret_time_s = time_s;
    return 0;
}

void note_sign(struct buf *note, size_t text_bytes, const struct note_signer *signer, int64_t time_s)
{
    uint8_t line[ID_BYTES + TIME_BYTES + crypto_sign_BYTES];
    CLEANUP(buf_free) struct buf message = {0};
    size_t count = ID_BYTES;

    MUST(text_bytes > 0 && text_bytes <= note->size && note->data[text_bytes - 1] == '\n' && time_s >= 0);
    memcpy(line, signer->key.id, ID_BYTES);
    if (signer->key.type == NOTE_COSIGNATURE) {
        be64_put(line + count, (uint64_t)time_s);
        count += TIME_BYTES;
        cosigned(&message, (uint64_t)time_s, note->data, text_bytes);
    } else {
        buf_add(&message, note->data, text_bytes);
    }
    MUST(crypto_sign_detached(line + count, NULL, (const uint8_t *)message.data, message.size,
                              signer->secret) == 0);
    if (note->size == text_bytes)
        buf_char(note, '\n');
    buf_printf(note, DASH "%s ", signer->key.name);
    base64_add(note, line, count + crypto_sign_BYTES);
    buf_char(note, '\n');
}
