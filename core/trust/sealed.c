/* See core/trust/sealed.h. */
#include "core/trust/sealed.h"

#include <sodium.h>
#include <string.h>

#include "core/base/buf.h"

enum {
    AT_K = 10,
    AT_N,
    AT_FLAGS,
    AT_TENDER = 14,
    AT_LOT = 30,
    AT_BIDDER = 46,
    AT_OPENERS = 78,
    AT_CEK = 110,
    AT_CO = 142,
    RECORD_ENC = 1
};

static const uint8_t zeroes[32];

/* ---- what both sides compute ----------------------------------------------------------- */

uint64_t sealed_chunks(uint64_t padded)
{
    return (padded + SEALED_CHUNK - 1) / SEALED_CHUNK;
}

void sealed_content_key(const struct hash *salt, const uint8_t cek[32], const uint8_t co[32],
                        struct aead *ret)
{
    static const char info[] = "linli/sbx1/content";
    uint8_t prk[KEY_BYTES], both[KEY_BYTES + NONCE_BYTES];

    hkdf_extract(&(struct span){salt->bytes, SHA256_BYTES}, (const struct span[]){{cek, 32}, {co, 32}}, 2,
                 prk);
    hkdf_expand(prk, (const struct span[]){{info, sizeof(info)}}, 1, both, sizeof(both));
    memcpy(ret->key, both, KEY_BYTES);
    memcpy(ret->nonce, both + KEY_BYTES, NONCE_BYTES);
    sodium_memzero(prk, sizeof(prk));
    sodium_memzero(both, sizeof(both));
}

void sealed_chunk(struct aead *aead, const struct aead *first, uint64_t j, bool last, uint8_t aad[9])
{
    be64_put(aad, j);
    aad[8] = last;
    *aead = *first;
    for (int i = 0; i < 8; i++)
        aead->nonce[4 + i] ^= aad[i];
}

void sealed_share_info(const uint8_t header[SEALED_HEADER], uint8_t i, struct buf *out)
{
    static const char tag[] = "linli/sbx1/share";

    buf_add(out, tag, sizeof(tag));
    buf_add(out, header, SEALED_HEADER);
    buf_add(out, &i, 1);
}

void sealed_share_commit(const uint8_t header[SEALED_HEADER], const struct share *share, struct hash *out)
{
    struct hash of_header;

    sha256_of(header, SEALED_HEADER, of_header.bytes);
    tagged_hash(
        "linli/share-commit/v1",
        (const struct span[]){{of_header.bytes, SHA256_BYTES}, {&share->i, 1}, {share->bytes, SHARE_BYTES}},
        3, out);
}

void sealed_signed(const uint8_t *bytes, size_t count, struct buf *out)
{
    static const char tag[] = "linli/sbx1/sign";
    struct hash hash;

    sha256_of(bytes, count, hash.bytes);
    buf_add(out, tag, sizeof(tag));
    buf_add(out, hash.bytes, SHA256_BYTES);
}

void shares_commit(const struct share *shares, size_t count, const uint8_t nonce[32], struct hash *out)
{
    CLEANUP(buf_free) struct buf list = {0};

    for (size_t i = 0; i < count; i++) {
        buf_add(&list, &shares[i].i, 1);
        buf_add(&list, shares[i].bytes, SHARE_BYTES);
    }
    tagged_hash("linli/share-post/v1",
                (const struct span[]){{list.data ? list.data : "", list.size}, {nonce, 32}}, 2, out);
    if (list.data)
        sodium_memzero(list.data, list.size);
}

bool sealed_co_read(const char *line, uint8_t co[KEY_BYTES])
{
    const size_t word = sizeof(SEALED_CO_WORD) - 1;

    return hex_parse(strncmp(line, SEALED_CO_WORD, word) == 0 ? line + word : line, co, KEY_BYTES);
}

size_t sealed_record(bool p256)
{
    return p256 ? SEALED_RECORD_P256 : SEALED_RECORD;
}

size_t sealed_enc(bool p256)
{
    return p256 ? (size_t)P256_POINT : (size_t)KEY_BYTES;
}

/* ---- taking in ------------------------------------------------------------------------- */

static const uint8_t *record_of(const struct sealed *s, unsigned i)
{
    return s->bytes + SEALED_HEADER + (size_t)(i - 1) * sealed_record(s->p256);
}

static const uint8_t *wrapped_of(const struct sealed *s, unsigned i)
{
    return record_of(s, i) + RECORD_ENC + sealed_enc(s->p256);
}

static bool header_read(const uint8_t *bytes, struct sealed *s)
{
    static const uint8_t kdf_aead[] = {0x00, HPKE_KDF, 0x00, HPKE_AEAD};

    s->p256 = bytes[5] == HPKE_KEM_P256;
    s->k = bytes[AT_K];
    s->n = bytes[AT_N];
    s->flags = bytes[AT_FLAGS];
    memcpy(s->tender, bytes + AT_TENDER, UUID_BYTES);
    memcpy(s->lot, bytes + AT_LOT, UUID_BYTES);
    memcpy(s->bidder, bytes + AT_BIDDER, 32);
    memcpy(s->openers.bytes, bytes + AT_OPENERS, SHA256_BYTES);
    memcpy(s->cek_commit.bytes, bytes + AT_CEK, SHA256_BYTES);
    memcpy(s->co_commit.bytes, bytes + AT_CO, SHA256_BYTES);
    bool co_key = s->flags & SEALED_CO_KEY;
    return memcmp(bytes, "SBX1\0", 5) == 0 && (s->p256 || bytes[5] == HPKE_KEM) &&
           memcmp(bytes + 6, kdf_aead, sizeof(kdf_aead)) == 0 && s->k >= 1 && s->k <= s->n &&
           s->n <= SHARES_MAX && s->flags <= (SEALED_CO_KEY | SEALED_PRICE | SEALED_TECHNICAL) &&
           bytes[AT_FLAGS + 1] == 0 && co_key == (memcmp(s->co_commit.bytes, zeroes, 32) != 0);
}

int sealed_part_read(const uint8_t *bytes, size_t size, struct sealed *ret)
{
    struct sealed s = {.bytes = bytes, .size = size};

    if (size < SEALED_HEADER + SEALED_RECORD_P256 || !header_read(bytes, &s) || *record_of(&s, 1) != 1)
        return E_MALFORMED;
    *ret = s;
    return 0;
}

static bool form_read(const uint8_t *bytes, size_t size, struct sealed *s)
{
    if (size < SEALED_HEADER || size > SEALED_BYTES_MAX || !header_read(bytes, s))
        return false;
    s->chunks_at = SEALED_HEADER + (size_t)s->n * sealed_record(s->p256) + SEALED_PREFIX;
    if (size < s->chunks_at + SEALED_PADDED_MIN + TAG_BYTES + crypto_sign_BYTES)
        return false;
    for (unsigned i = 1; i <= s->n; i++)
        if (*record_of(s, i) != i)
            return false;
    const uint8_t *prefix = bytes + s->chunks_at - SEALED_PREFIX;
    s->padded = be64_get(prefix + 4);
    return memcmp(prefix, "\0\1\0\0", 4) == 0 && s->padded >= SEALED_PADDED_MIN &&
           s->padded <= SEALED_BYTES_MAX &&
           size == s->chunks_at + s->padded + sealed_chunks(s->padded) * TAG_BYTES + crypto_sign_BYTES;
}

static bool signature_good(const struct sealed *s, const struct buf *message, const uint8_t *signature)
{
    return s->p256 ? p256_signed(s->bidder, message->data, message->size, signature)
                   : crypto_sign_verify_detached(signature, (const uint8_t *)message->data, message->size,
                                                 s->bidder) == 0;
}

int sealed_read(const uint8_t *bytes, size_t size, struct sealed *ret, struct err *err)
{
    CLEANUP(buf_free) struct buf message = {0};
    struct sealed s = {.bytes = bytes, .size = size};

    if (!form_read(bytes, size, &s))
        return err_both(err, E_MALFORMED, "seal/malformed", "this is no sealed bid", "不是密封投标文件");
    sealed_signed(bytes, size - crypto_sign_BYTES, &message);
    if (!signature_good(&s, &message, bytes + size - crypto_sign_BYTES))
        return err_both(err, E_REFUSED, "seal/forged", "the signature is not the bidder's",
                        "签名与投标人不符");
    sha256_of(bytes, size, s.digest.bytes);
    *ret = s;
    return 0;
}

int sealed_meant(const struct sealed *sealed, const struct openers *openers, struct err *err)
{
    uint8_t tender[UUID_BYTES];

    if (!uuid_bytes(openers->tender, tender) || memcmp(tender, sealed->tender, UUID_BYTES) != 0)
        return err_both(err, E_REFUSED, "seal/elsewhere", "the bid is sealed for another tender",
                        "密封投标属于另一采购项目");
    if (sealed->p256 && !openers->p256)
        return err_both(err, E_REFUSED, "seal/elsewhere", "the openers have no keys of P-256",
                        "开启人没有 P-256 公钥");
    if (!hash_same(&sealed->openers, &openers->digest) || sealed->k != openers->k || sealed->n != openers->n)
        return err_both(err, E_REFUSED, "seal/elsewhere", "the bid is sealed to other openers",
                        "密封投标的开启人与名单不符");
    return 0;
}

/* ---- shares ---------------------------------------------------------------------------- */

bool sealed_share_ok(const struct sealed *sealed, const struct share *share)
{
    struct hash commit;

    if (share->i < 1 || share->i > sealed->n)
        return false;
    sealed_share_commit(sealed->bytes, share, &commit);
    return memcmp(commit.bytes, wrapped_of(sealed, share->i) + SHARE_BYTES + TAG_BYTES, SHA256_BYTES) == 0;
}

/* Without asking whether the share is the one committed to. */
static bool record_opens(const struct sealed *sealed, unsigned i, const uint8_t secret[KEY_BYTES],
                         struct share *ret)
{
    CLEANUP(buf_free) struct buf info = {0};
    const uint8_t *enc = record_of(sealed, i) + RECORD_ENC;
    const struct span cipher = {wrapped_of(sealed, i), SHARE_BYTES + TAG_BYTES};
    uint8_t scalar[P256_SCALAR];

    ret->i = (uint8_t)i;
    sealed_share_info(sealed->bytes, ret->i, &info);
    const struct span about = {info.data, info.size};
    if (!sealed->p256)
        return hpke_open(secret, enc, &about, &cipher, ret->bytes);
    p256_scalar(secret, scalar);
    bool good = hpke_p256_open(scalar, enc, &about, &cipher, ret->bytes);
    sodium_memzero(scalar, sizeof(scalar));
    return good;
}

int sealed_share(const struct sealed *sealed, unsigned i, const uint8_t secret[KEY_BYTES], struct share *ret,
                 struct err *err)
{
    struct share share;

    if (i < 1 || i > sealed->n || !record_opens(sealed, i, secret, &share))
        return err_both(err, E_REFUSED, "seal/record", "this key does not open its share",
                        "该密钥不能解开其份额");
    if (!sealed_share_ok(sealed, &share))
        return err_both(err, E_REFUSED, "seal/record", "the share is not the one that was committed to",
                        "份额与其承诺不符");
    *ret = share;
    return 0;
}

enum blame sealed_blame(const struct sealed *sealed, const struct openers *openers, const struct share *shown,
                        const uint8_t *secret)
{
    struct share real;

    if (shown->i < 1 || shown->i > sealed->n || shown->i > openers->n)
        return BLAME_OPENER;
    if (sealed_share_ok(sealed, shown))
        return BLAME_NOBODY;
    if (!secret)
        return BLAME_OPENER;
    if (!openers_own(openers, shown->i - 1u, secret))
        return BLAME_OPENER;
    if (!record_opens(sealed, shown->i, secret, &real) || !sealed_share_ok(sealed, &real))
        return BLAME_BIDDER;
    return BLAME_OPENER;
}

/* ---- content --------------------------------------------------------------------------- */

static bool decrypted(const struct sealed *s, const uint8_t cek[32], const uint8_t *co, uint8_t *out)
{
    uint64_t count = sealed_chunks(s->padded), left = s->padded;
    const uint8_t *at = s->bytes + s->chunks_at;
    struct aead first, aead;
    struct hash salt;
    uint8_t aad[9];
    bool good = true;

    sha256_of(s->bytes, s->chunks_at, salt.bytes);
    sealed_content_key(&salt, cek, co ? co : zeroes, &first);
    for (uint64_t j = 0; j < count && good; j++) {
        size_t part = left < SEALED_CHUNK ? (size_t)left : SEALED_CHUNK;
        sealed_chunk(&aead, &first, j, j + 1 == count, aad);
        good = aead_open(&aead, &(struct span){aad, sizeof(aad)}, &(struct span){at, part + TAG_BYTES}, out);
        at += part + TAG_BYTES;
        out += part;
        left -= part;
    }
    sodium_memzero(&first, sizeof(first));
    sodium_memzero(&aead, sizeof(aead));
    return good;
}

static enum outcome void_for(struct err *err, const char *text, const char *zh)
{
    err_both(err, E_REFUSED, "seal/void", text, zh);
    return OUTCOME_VOID;
}

/* The manifest, the files it names, and zeroes to the end. */
static bool content_read(struct arena *arena, const struct sealed *s, const uint8_t *plain,
                         struct sealed_content *ret)
{
    uint64_t manifest =
        (uint64_t)plain[0] << 24 | (uint64_t)plain[1] << 16 | (uint64_t)plain[2] << 8 | plain[3];
    uint8_t tender[UUID_BYTES], hash[SHA256_BYTES];
    struct manifest *m = &ret->manifest;
    const uint8_t **files;

    if (manifest > s->padded - 4 ||
        manifest_parse(arena, (const char *)plain + 4, (size_t)manifest, m, NULL) ||
        !uuid_bytes(m->tender, tender) || memcmp(tender, s->tender, UUID_BYTES) != 0)
        return false;
    uint64_t at = 4 + manifest;
    ret->files = files = ARENA_NEW(arena, const uint8_t *, m->count + 1);
    for (size_t i = 0; i < m->count; i++) {
        if (m->files[i].bytes > s->padded - at)
            return false;
        files[i] = plain + at;
        sha256_of(files[i], (size_t)m->files[i].bytes, hash);
        if (memcmp(hash, m->files[i].sha256, SHA256_BYTES) != 0)
            return false;
        at += m->files[i].bytes;
    }
    return sodium_is_zero(plain + at, (size_t)(s->padded - at));
}

/* The lowest k shares that fit, each number once. */
static size_t shares_pick(const struct sealed *s, const struct share *shares, size_t count, struct share *out)
{
    size_t got = 0;

    for (unsigned i = 1; i <= s->n && got < s->k; i++)
        for (size_t at = 0; at < count; at++)
            if (shares[at].i == i && sealed_share_ok(s, &shares[at])) {
                out[got++] = shares[at];
                break;
            }
    return got;
}

/* Every record commits to a share of the same polynomial. */
static bool all_of_one(const struct sealed *s, const struct share *used)
{
    bool good = true;

    for (unsigned i = 1; i <= s->n && good; i++) {
        struct share made = {.i = (uint8_t)i};
        good = shamir_at(used, s->k, made.i, made.bytes) && sealed_share_ok(s, &made);
        sodium_memzero(&made, sizeof(made));
    }
    return good;
}

static enum outcome opened(struct arena *arena, const struct sealed *s, const uint8_t cek[32],
                           const uint8_t *co, struct sealed_content *ret, struct err *err)
{
    struct sealed_content content;
    struct hash commit;

    tagged_hash("linli/cek-commit/v1", (const struct span[]){{cek, 32}}, 1, &commit);
    if (!hash_same(&commit, &s->cek_commit))
        return void_for(err, "the shares do not make the key that was committed to",
                        "份额合成的密钥与承诺不符");
    uint8_t *plain = arena_alloc(arena, s->padded, 1);
    if (!decrypted(s, cek, co, plain))
        return void_for(err, "the content does not decrypt under the key that was committed to",
                        "内容不能用所承诺的密钥解密");
    if (!content_read(arena, s, plain, &content))
        return void_for(err, "the content is not what its manifest says", "内容与清单不符");
    *ret = content;
    return OUTCOME_OPENED;
}

enum outcome sealed_open(struct arena *arena, const struct sealed *sealed, const struct share *shares,
                         size_t count, const uint8_t *co, struct sealed_content *ret, struct err *err)
{
    struct share used[SHARES_MAX];
    struct hash commit;
    uint8_t cek[32];
    size_t got = shares_pick(sealed, shares, count, used);

    if (got < sealed->k) {
        err_set(err, E_ABSENT, "seal/withheld", "%zu good shares, %u are needed", got, sealed->k);
        err_zh(err, "有效份额 %zu 个，需要 %u 个", got, sealed->k);
        return count > got ? OUTCOME_BAD_SHARE : OUTCOME_WITHHELD;
    }
    if (sealed->flags & SEALED_CO_KEY) {
        if (!co)
            return void_for(err, "the bidder did not show the co-key", "投标人未提交其密钥");
        tagged_hash("linli/co-commit/v1", (const struct span[]){{co, 32}}, 1, &commit);
        if (!hash_same(&commit, &sealed->co_commit))
            return void_for(err, "the co-key is not the one that was committed to", "投标人密钥与承诺不符");
    }
    if (!all_of_one(sealed, used)) {
        sodium_memzero(used, sizeof(used));
        return void_for(err, "the shares that were committed to are not of one key",
                        "所承诺的份额并非出自同一密钥");
    }
    if (!shamir_combine(used, sealed->k, cek))
        NEVER("two shares of one number");
    enum outcome outcome = opened(arena, sealed, cek, sealed->flags & SEALED_CO_KEY ? co : NULL, ret, err);
    sodium_memzero(cek, sizeof(cek));
    sodium_memzero(used, sizeof(used));
    return outcome;
}
