/* See core/trust/seal.h. */
#include "core/trust/seal.h"

#include <sodium.h>
#include <string.h>

enum { CONTENT_MAX = 560 << 20 }; /* padded it is still below SEALED_BYTES_MAX */

void seal_secrets_draw(struct seal_secrets *secrets)
{
    random_bytes(secrets, sizeof(*secrets));
}

uint64_t seal_padded(uint64_t bytes)
{
    if (bytes <= SEALED_PADDED_MIN)
        return SEALED_PADDED_MIN;
    int exponent = 63 - __builtin_clzll(bytes), kept = 32 - __builtin_clz((unsigned)exponent);
    uint64_t mask = (UINT64_C(1) << (exponent - kept)) - 1;
    return (bytes + mask) & ~mask;
}

static void be_add(struct buf *out, uint64_t n, int bytes)
{
    uint8_t all[8];

    be64_put(all, n);
    buf_add(out, all + 8 - bytes, (size_t)bytes);
}

/* ---- content --------------------------------------------------------------------------- */

static int plain_make(const struct seal_request *r, struct buf *plain, struct err *err)
{
    struct manifest_file files[MANIFEST_FILES_MAX];
    struct manifest m = {.bidder = r->bidder,
                         .priced = r->priced,
                         .price_fen = r->price_fen,
                         .files = files,
                         .count = r->file_count};
    CLEANUP(buf_free) struct buf manifest = {0};
    uint64_t bytes = 4 + MANIFEST_BYTES_MAX;

    memcpy(m.tender, r->openers->tender, UUID_TEXT);
    for (size_t i = 0; i < r->file_count && i < MANIFEST_FILES_MAX; i++) {
        files[i] = (struct manifest_file){.name = r->files[i].name, .bytes = r->files[i].count};
        sha256_of(r->files[i].bytes, r->files[i].count, files[i].sha256);
        bytes += r->files[i].count;
    }
    if (bytes > CONTENT_MAX)
        return err_both(err, E_TOO_LARGE, "seal/too-large", "the files are larger than 560 MiB together",
                        "文件总大小超过560 MiB");
    int status = manifest_print(&m, &manifest, err);
    if (status)
        return status;
    be_add(plain, manifest.size, 4);
    buf_add(plain, manifest.data, manifest.size);
    for (size_t i = 0; i < r->file_count; i++)
        buf_add(plain, r->files[i].bytes, r->files[i].count);
    size_t padding = (size_t)seal_padded(plain->size) - plain->size;
    buf_reserve(plain, padding);
    memset(plain->data + plain->size, 0, padding);
    plain->size += padding;
    return 0;
}

static void chunks_add(struct buf *out, const struct aead *first, const struct buf *plain)
{
    uint64_t count = sealed_chunks(plain->size);
    struct aead aead;
    uint8_t aad[9];

    buf_reserve(out, plain->size + (size_t)count * TAG_BYTES);
    for (uint64_t j = 0; j < count; j++) {
        size_t at = (size_t)j * SEALED_CHUNK, left = plain->size - at,
               part = left < SEALED_CHUNK ? left : SEALED_CHUNK;
        sealed_chunk(&aead, first, j, j + 1 == count, aad);
        aead_seal(&aead, &(struct span){aad, sizeof(aad)}, &(struct span){plain->data + at, part},
                  (uint8_t *)out->data + out->size);
        out->size += part + TAG_BYTES;
    }
    sodium_memzero(&aead, sizeof(aead));
}

/* ---- header and records ---------------------------------------------------------------- */

static void header_add(const struct seal_request *r, const struct seal_secrets *secrets,
                       const uint8_t bidder[32], struct buf *out)
{
    static const uint8_t none[SHA256_BYTES];
    const struct openers *o = r->openers;
    struct hash cek, co;
    uint8_t tender[UUID_BYTES];

    MUST(uuid_bytes(o->tender, tender));
    tagged_hash("linli/cek-commit/v1", (const struct span[]){{secrets->cek, 32}}, 1, &cek);
    tagged_hash("linli/co-commit/v1", (const struct span[]){{secrets->co, 32}}, 1, &co);
    buf_add(out, "SBX1", 4);
    be_add(out, r->p256 ? HPKE_KEM_P256 : HPKE_KEM, 2);
    be_add(out, HPKE_KDF, 2);
    be_add(out, HPKE_AEAD, 2);
    be_add(out, o->k, 1);
    be_add(out, o->n, 1);
    be_add(out, r->flags, 1);
    be_add(out, 0, 1);
    buf_add(out, tender, UUID_BYTES);
    buf_add(out, r->lot ? r->lot : none, UUID_BYTES);
    buf_add(out, bidder, 32);
    buf_add(out, o->digest.bytes, SHA256_BYTES);
    buf_add(out, cek.bytes, SHA256_BYTES);
    buf_add(out, r->flags & SEALED_CO_KEY ? co.bytes : none, SHA256_BYTES);
    MUST(out->size == SEALED_HEADER);
}

/* Opener i's share, wrapped; its encapsulation before it. */
static bool wrap(const struct seal_request *r, const struct seal_secrets *secrets, const struct share *share,
                 const struct span *info, struct buf *out)
{
    const struct openers *o = r->openers;
    const struct span plain = {share->bytes, SHARE_BYTES};
    const unsigned i = share->i - 1u;
    uint8_t enc[P256_POINT], cipher[SHARE_BYTES + TAG_BYTES], scalar[P256_SCALAR];
    bool good;

    if (r->p256) {
        p256_scalar(secrets->ephemerals[i], scalar);
        good = o->p256 && hpke_p256_seal(o->points[i], scalar, info, &plain, enc, cipher);
        sodium_memzero(scalar, sizeof(scalar));
    } else {
        good = hpke_seal(o->keys[i], secrets->ephemerals[i], info, &plain, enc, cipher);
    }
    if (!good)
        return false;
    buf_add(out, enc, sealed_enc(r->p256));
    buf_add(out, cipher, sizeof(cipher));
    return true;
}

static int record_add(const struct seal_request *r, const struct seal_secrets *secrets, uint8_t i,
                      struct buf *out, struct err *err)
{
    CLEANUP(buf_free) struct buf info = {0};
    uint8_t header[SEALED_HEADER];
    struct share share;
    struct hash commit;

    memcpy(header, out->data, SEALED_HEADER);
    shamir_share(secrets->cek, secrets->coefficients, r->openers->k, i, &share);
    sealed_share_info(header, i, &info);
    sealed_share_commit(header, &share, &commit);
    buf_add(out, &i, 1);
    bool good = wrap(r, secrets, &share, &(struct span){info.data, info.size}, out);
    sodium_memzero(&share, sizeof(share));
    if (!good) {
        err_set(err, E_REFUSED, "openers/weak", "nothing can be sealed to the key of opener %d", i);
        err_zh(err, "开启人 %d 的公钥不能用于密封", i);
        return E_REFUSED;
    }
    buf_add(out, commit.bytes, SHA256_BYTES);
    return 0;
}

int seal_make(const struct seal_request *request, const struct seal_secrets *secrets, struct buf *out,
              struct err *err)
{
    static const uint8_t none[32];
    CLEANUP(buf_free) struct buf plain = {0}, message = {0};
    uint8_t public[32], secret[crypto_sign_SECRETKEYBYTES], signature[crypto_sign_BYTES];
    struct aead first;
    struct hash salt;
    int status = plain_make(request, &plain, err);

    MUST(crypto_sign_seed_keypair(public, secret, request->bidder_seed) == 0);
    if (request->p256)
        p256_signer(request->bidder_seed, public);
    buf_clear(out);
    header_add(request, secrets, public, out);
    for (uint8_t i = 1; i <= request->openers->n && !status; i++)
        status = record_add(request, secrets, i, out, err);
    if (status)
        return status;
    be_add(out, SEALED_CHUNK, 4);
    be_add(out, plain.size, 8);
    sha256_of(out->data, out->size, salt.bytes);
    sealed_content_key(&salt, secrets->cek, request->flags & SEALED_CO_KEY ? secrets->co : none, &first);
    chunks_add(out, &first, &plain);
    sealed_signed((const uint8_t *)out->data, out->size, &message);
    if (request->p256)
        p256_sign(request->bidder_seed, message.data, message.size, signature);
    else
        MUST(crypto_sign_detached(signature, NULL, (const uint8_t *)message.data, message.size, secret) == 0);
    buf_add(out, signature, sizeof(signature));
    sodium_memzero(secret, sizeof(secret));
    sodium_memzero(&first, sizeof(first));
    sodium_memzero(plain.data, plain.size);
    return 0;
}

/* ---- two envelopes ---------------------------------------------------------------------- */

static int openers_apart(const struct openers *x, const struct openers *y, struct err *err)
{
    const bool shared = strcmp(x->tender, y->tender) != 0 || openers_share(x, y);

    return !shared
               ? 0
               : err_both(err, E_REFUSED, "openers/shared",
                          "the openers of the price are of another tender, or one key opens both envelopes",
                          "报价开启人属于其他项目，或者同一密钥可以开启两个信封");
}

static int price_into(const struct seal_request *technical, const struct buf *price, struct buf *out,
                      struct err *err)
{
    struct seal_file files[MANIFEST_FILES_MAX];
    struct seal_request r = *technical;
    struct seal_secrets secrets;

    if (r.file_count >= MANIFEST_FILES_MAX)
        return err_both(err, E_INVALID, "manifest/invalid", "too many files", "文件过多");
    for (size_t i = 0; i < r.file_count; i++)
        files[i] = r.files[i];
    files[r.file_count++] = (struct seal_file){"price.sbx", (const uint8_t *)price->data, price->size};
    r.files = files;
    r.flags = SEALED_TECHNICAL;
    seal_secrets_draw(&secrets);
    int status = seal_make(&r, &secrets, out, err);
    sodium_memzero(&secrets, sizeof(secrets));
    return status;
}

int seal_make_two(const struct seal_request *technical, const struct seal_request *price, struct buf *out,
                  struct err *err)
{
    CLEANUP(buf_free) struct buf inner = {0};
    struct seal_request r = *price;
    struct seal_secrets secrets;
    int status = openers_apart(technical->openers, price->openers, err);

    if (status)
        return status;
    r.flags = SEALED_PRICE;
    seal_secrets_draw(&secrets);
    status = seal_make(&r, &secrets, &inner, err);
    sodium_memzero(&secrets, sizeof(secrets));
    return status ? status : price_into(technical, &inner, out, err);
}
