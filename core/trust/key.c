/* See core/trust/key.h. */
#include "core/trust/key.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "core/base/digest.h"
#include "core/trust/base64.h"
#include "core/trust/hpke.h"
#include "core/trust/line.h"
#include "core/trust/openers.h"

enum {
    LOCK_PASSES = 3,
    LOCK_KIB = 65536,
    LOCK_SALT = crypto_pwhash_SALTBYTES,
    LOCK_NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    LOCK_BOX = 32 + crypto_aead_xchacha20poly1305_ietf_ABYTES
};

static const char *const kinds[] = {"opener", "bidder", "log", "receipts", "witness", "evaluator"};

bool key_kind_parse(const char *text, enum key_kind *ret)
{
    for (size_t i = 0; i < LENGTH(kinds); i++)
        if (strcmp(text, kinds[i]) == 0) {
            *ret = (enum key_kind)i;
            return true;
        }
    return false;
}

static void public_of(struct key *key)
{
    uint8_t secret[crypto_sign_SECRETKEYBYTES];

    if (key->kind == KEY_OPENER) {
        hpke_public(key->secret, key->public);
    } else {
        MUST(crypto_sign_seed_keypair(key->public, secret, key->secret) == 0);
        sodium_memzero(secret, sizeof(secret));
    }
}

static enum note_type type_of(const struct key *key)
{
    return key->kind == KEY_WITNESS ? NOTE_COSIGNATURE : NOTE_SIGNATURE;
}

int key_new(enum key_kind kind, const char *name, struct key *ret, struct err *err)
{
    struct note_key checked;
    struct key key = {.kind = kind};

    random_bytes(key.secret, sizeof(key.secret));
    public_of(&key);
    int status = note_key_of(name, type_of(&key), key.public, &checked, err);
    if (status)
        return status;
    memcpy(key.name, checked.name, sizeof(key.name));
    *ret = key;
    return 0;
}

void key_forget(struct key *key)
{
    sodium_memzero(key, sizeof(*key));
}

/* ---- the file ---------------------------------------------------------------------------- */

static void head_print(const struct key *key, struct buf *out)
{
    buf_printf(out, "linli/key/v1\nkind %s\nname %s\npublic ", kinds[key->kind], key->name);
    base64_add(out, key->public, sizeof(key->public));
    buf_char(out, '\n');
}

static bool lock_key(const char *passphrase, const uint8_t salt[LOCK_SALT], uint8_t out[32])
{
    return crypto_pwhash(out, 32, passphrase, strlen(passphrase), salt, LOCK_PASSES, (size_t)LOCK_KIB * 1024,
                         crypto_pwhash_ALG_ARGON2ID13) == 0;
}

void key_print(const struct key *key, const char *passphrase, struct buf *out)
{
    uint8_t salt[LOCK_SALT], boxed[LOCK_NONCE + LOCK_BOX], under[32];
    size_t begin = out->size;

    head_print(key, out);
    if (!passphrase) {
        buf_text(out, "secret ");
        base64_add(out, key->secret, sizeof(key->secret));
        buf_char(out, '\n');
        return;
    }
    random_bytes(salt, sizeof(salt));
    random_bytes(boxed, LOCK_NONCE);
    MUST(lock_key(passphrase, salt, under));
    MUST(crypto_aead_xchacha20poly1305_ietf_encrypt(boxed + LOCK_NONCE, NULL, key->secret, 32,
                                                    (const uint8_t *)out->data + begin, out->size - begin,
                                                    NULL, boxed, under) == 0);
    sodium_memzero(under, sizeof(under));
    buf_printf(out, "locked argon2id %d %d ", LOCK_PASSES, LOCK_KIB);
    base64_add(out, salt, sizeof(salt));
    buf_char(out, ' ');
    base64_add(out, boxed, sizeof(boxed));
    buf_char(out, '\n');
}

static bool text_of(const struct line *line, const char *word, char *out, size_t room)
{
    struct line value;

    return line_after(line, word, &value) && value.bytes > 0 && line_copy(&value, out, room);
}

static bool head_parse(struct lines *lines, struct key *key)
{
    struct line line, value;
    char kind[16];

    return line_next(lines, &line) && line_is(&line, "linli/key/v1") && line_next(lines, &line) &&
           text_of(&line, "kind ", kind, sizeof(kind)) && key_kind_parse(kind, &key->kind) &&
           line_next(lines, &line) && text_of(&line, "name ", key->name, sizeof(key->name)) &&
           line_next(lines, &line) && line_after(&line, "public ", &value) &&
           base64_exact(value.text, value.bytes, key->public, 32);
}

static int locked(struct err *err)
{
    return err_both(err, E_UNKNOWN, "key/locked", "the key is locked, and this is not its passphrase",
                    "密钥已加锁，口令缺失或不正确");
}

/* 0, E_MALFORMED or E_UNKNOWN. */
static int unlock(const struct line *line, const struct span *head, const char *passphrase, struct key *key)
{
    uint8_t salt[LOCK_SALT], boxed[LOCK_NONCE + LOCK_BOX], under[32];
    struct line value;
    char word[40];

    snprintf(word, sizeof(word), "locked argon2id %d %d ", LOCK_PASSES, LOCK_KIB);
    if (!line_after(line, word, &value) || value.bytes < 25 || value.text[24] != ' ' ||
        !base64_exact(value.text, 24, salt, sizeof(salt)) ||
        !base64_exact(value.text + 25, value.bytes - 25, boxed, sizeof(boxed)))
        return E_MALFORMED;
    if (!passphrase || !lock_key(passphrase, salt, under))
        return E_UNKNOWN;
    int bad = crypto_aead_xchacha20poly1305_ietf_decrypt(key->secret, NULL, NULL, boxed + LOCK_NONCE,
                                                         LOCK_BOX, head->bytes, head->count, boxed, under);
    sodium_memzero(under, sizeof(under));
    return bad ? E_UNKNOWN : 0;
}

int key_parse(const char *text, size_t bytes, const char *passphrase, struct key *ret, struct err *err)
{
    CLEANUP(key_forget) struct key key = {0};
    struct lines lines = {text, text + bytes};
    struct line line, value;
    uint8_t stated[32];
    int status = head_parse(&lines, &key) ? 0 : E_MALFORMED;
    const struct span head = {text, (size_t)(lines.at - text)};

    memcpy(stated, key.public, sizeof(stated));
    if (!status && (!line_next(&lines, &line) || lines.at != lines.end))
        status = E_MALFORMED;
    if (!status && line_after(&line, "secret ", &value))
        status = base64_exact(value.text, value.bytes, key.secret, 32) ? 0 : E_MALFORMED;
    else if (!status)
        status = unlock(&line, &head, passphrase, &key);
    if (status == E_UNKNOWN)
        return locked(err);
    if (!status) {
        public_of(&key);
        status = memcmp(stated, key.public, sizeof(stated)) == 0 ? 0 : E_MALFORMED;
    }
    if (status)
        return err_both(err, E_MALFORMED, "key/malformed", "this is no key file", "不是密钥文件");
    *ret = key;
    return 0;
}

static void opener_print(const struct key *key, struct buf *out)
{
    struct openers named = {0};

    openers_name(&named, 0, key->secret);
    base64_add(out, named.keys[0], KEY_BYTES);
    buf_char(out, ',');
    base64_add(out, named.points[0], P256_POINT);
}

void key_print_public(const struct key *key, struct buf *out)
{
    struct note_key note;

    if (key->kind == KEY_OPENER)
        opener_print(key, out);
    else if (note_key_of(key->name, type_of(key), key->public, &note, NULL) == 0)
        note_key_print(&note, out);
}

int key_signer(const struct key *key, struct note_signer *ret, struct err *err)
{
    if (key->kind == KEY_OPENER)
        return err_both(err, E_INVALID, "key/kind", "an opener's key opens and does not sign",
                        "开启人密钥不能用于签名");
    return note_signer_of(key->name, type_of(key), key->secret, ret, err);
}
