/* See core/trust/hpke.h. */
#include "core/trust/hpke.h"

#include <openssl/evp.h>
#include <pthread.h>
#include <sodium.h>
#include <string.h>

#include "core/base/err.h"

/* ---- HKDF ---------------------------------------------------------------------------- */

void hkdf_extract(const struct span *salt, const struct span *inputs, size_t count, uint8_t out[KEY_BYTES])
{
    crypto_auth_hmacsha256_state state;

    crypto_auth_hmacsha256_init(&state, salt->bytes, salt->count);
    for (size_t i = 0; i < count; i++)
        crypto_auth_hmacsha256_update(&state, inputs[i].bytes, inputs[i].count);
    crypto_auth_hmacsha256_final(&state, out);
    sodium_memzero(&state, sizeof(state));
}

void hkdf_expand(const uint8_t key[KEY_BYTES], const struct span *infos, size_t info_count, uint8_t *out,
                 size_t bytes)
{
    crypto_auth_hmacsha256_state state;
    uint8_t block[KEY_BYTES], number = 0;

    MUST(bytes <= (size_t)255 * KEY_BYTES);
    for (size_t at = 0; at < bytes; at += KEY_BYTES) {
        size_t part = bytes - at < KEY_BYTES ? bytes - at : KEY_BYTES;
        crypto_auth_hmacsha256_init(&state, key, KEY_BYTES);
        if (number++ > 0)
            crypto_auth_hmacsha256_update(&state, block, sizeof(block));
        for (size_t i = 0; i < info_count; i++)
            crypto_auth_hmacsha256_update(&state, infos[i].bytes, infos[i].count);
        crypto_auth_hmacsha256_update(&state, &number, 1);
        crypto_auth_hmacsha256_final(&state, block);
        memcpy(out + at, block, part);
    }
    sodium_memzero(&state, sizeof(state));
    sodium_memzero(block, sizeof(block));
}

/* ---- AES-256-GCM --------------------------------------------------------------------- */

static EVP_CIPHER *cipher_fetched;

static void cipher_fetch(void)
{
    cipher_fetched = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
    MUST(cipher_fetched);
}

static const EVP_CIPHER *cipher_get(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    MUST(pthread_once(&once, cipher_fetch) == 0);
    return cipher_fetched;
}

static EVP_CIPHER_CTX *aead_begin(const struct aead *aead, const struct span *aad, int sealing)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int got;

    MUST(context && aad->count <= INT32_MAX);
    MUST(EVP_CipherInit_ex(context, cipher_get(), NULL, aead->key, aead->nonce, sealing) == 1);
    MUST(EVP_CipherUpdate(context, NULL, &got, aad->bytes, (int)aad->count) == 1);
    return context;
}

void aead_seal(const struct aead *aead, const struct span *aad, const struct span *plain, uint8_t *out)
{
    EVP_CIPHER_CTX *context = aead_begin(aead, aad, 1);
    int got = 0;

    MUST(plain->count <= INT32_MAX);
    MUST(EVP_EncryptUpdate(context, out, &got, plain->bytes, (int)plain->count) == 1 &&
         (size_t)got == plain->count);
    MUST(EVP_EncryptFinal_ex(context, out + got, &got) == 1 && got == 0);
    MUST(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, TAG_BYTES, out + plain->count) == 1);
    EVP_CIPHER_CTX_free(context);
}

bool aead_open(const struct aead *aead, const struct span *aad, const struct span *cipher, uint8_t *out)
{
    const uint8_t *bytes = cipher->bytes;
    uint8_t tag[TAG_BYTES];
    int got = 0;

    if (cipher->count < TAG_BYTES || cipher->count > INT32_MAX)
        return false;
    int count = (int)(cipher->count - TAG_BYTES);
    EVP_CIPHER_CTX *context = aead_begin(aead, aad, 0);
    memcpy(tag, bytes + count, TAG_BYTES);
    MUST(EVP_DecryptUpdate(context, out, &got, bytes, count) == 1 && got == count);
    MUST(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, TAG_BYTES, tag) == 1);
    bool good = EVP_DecryptFinal_ex(context, out + count, &got) == 1;
    EVP_CIPHER_CTX_free(context);
    if (!good)
        sodium_memzero(out, (size_t)count);
    return good;
}

/* ---- HPKE ---------------------------------------------------------------------------- */

#define TEXT(text)                                                                                           \
    {                                                                                                        \
        (text), sizeof(text) - 1                                                                             \
    }

/* A mechanism's own name, and that of the whole. */
struct suite {
    struct span kem, whole;
};
static const uint8_t kem_x25519[] = {'K', 'E', 'M', 0x00, 0x20}, kem_p256[] = {'K', 'E', 'M', 0x00, 0x10};
static const uint8_t hpke_x25519[] = {'H', 'P', 'K', 'E', 0x00, 0x20, 0x00, 0x01, 0x00, 0x02};
static const uint8_t hpke_p256[] = {'H', 'P', 'K', 'E', 0x00, 0x10, 0x00, 0x01, 0x00, 0x02};
static const struct span nothing = {"", 0};
static const struct suite x25519 = {{kem_x25519, sizeof(kem_x25519)}, {hpke_x25519, sizeof(hpke_x25519)}},
                          p256 = {{kem_p256, sizeof(kem_p256)}, {hpke_p256, sizeof(hpke_p256)}};

static void labeled_extract(const struct span *suite, const struct span *salt, struct span label,
                            struct span input, uint8_t out[KEY_BYTES])
{
    hkdf_extract(salt, (const struct span[]){TEXT("HPKE-v1"), *suite, label, input}, 4, out);
}

static void labeled_expand(const struct span *suite, const uint8_t key[KEY_BYTES], struct span label,
                           struct span info, struct span out)
{
    const uint8_t length[2] = {(uint8_t)(out.count >> 8), (uint8_t)out.count};

    hkdf_expand(key, (const struct span[]){{length, 2}, TEXT("HPKE-v1"), *suite, label, info}, 5,
                (uint8_t *)(uintptr_t)out.bytes, out.count);
}

/* Section 4.1: what both sides share, bound to both public keys. */
static void decapsulated(const struct suite *suite, const uint8_t shared[KEY_BYTES], const struct span *enc,
                         const struct span *public, uint8_t out[KEY_BYTES])
{
    uint8_t prk[KEY_BYTES], both[2 * P256_POINT];

    memcpy(both, enc->bytes, enc->count);
    memcpy(both + enc->count, public->bytes, public->count);
    labeled_extract(&suite->kem, &nothing, (struct span)TEXT("eae_prk"), (struct span){shared, KEY_BYTES},
                    prk);
    labeled_expand(&suite->kem, prk, (struct span)TEXT("shared_secret"),
                   (struct span){both, enc->count + public->count}, (struct span){out, KEY_BYTES});
    sodium_memzero(prk, sizeof(prk));
}

/* Section 5.1, mode 0. */
static void schedule(const struct suite *suite, const uint8_t secret[KEY_BYTES], const struct span *info,
                     struct aead *ret)
{
    uint8_t prk[KEY_BYTES], context[1 + 2 * KEY_BYTES] = {0};
    const struct span of_context = {context, sizeof(context)}, *whole = &suite->whole;

    labeled_extract(whole, &nothing, (struct span)TEXT("psk_id_hash"), nothing, context + 1);
    labeled_extract(whole, &nothing, (struct span)TEXT("info_hash"), *info, context + 1 + KEY_BYTES);
    labeled_extract(whole, &(struct span){secret, KEY_BYTES}, (struct span)TEXT("secret"), nothing, prk);
    labeled_expand(whole, prk, (struct span)TEXT("key"), of_context, (struct span){ret->key, KEY_BYTES});
    labeled_expand(whole, prk, (struct span)TEXT("base_nonce"), of_context,
                   (struct span){ret->nonce, NONCE_BYTES});
    sodium_memzero(prk, sizeof(prk));
}

/* ---- X25519 ---- */

static void x25519_schedule(const uint8_t shared[KEY_BYTES], const uint8_t enc[KEY_BYTES],
                            const uint8_t public[KEY_BYTES], const struct span *info, struct aead *ret)
{
    uint8_t secret[KEY_BYTES];

    decapsulated(&x25519, shared, &(struct span){enc, KEY_BYTES}, &(struct span){public, KEY_BYTES}, secret);
    schedule(&x25519, secret, info, ret);
    sodium_memzero(secret, sizeof(secret));
}

void hpke_public(const uint8_t secret[KEY_BYTES], uint8_t out[KEY_BYTES])
{
    MUST(crypto_scalarmult_base(out, secret) == 0);
}

bool hpke_seal(const uint8_t public[KEY_BYTES], const uint8_t ephemeral[KEY_BYTES], const struct span *info,
               const struct span *plain, uint8_t ret_enc[KEY_BYTES], uint8_t *out)
{
    uint8_t shared[KEY_BYTES];
    struct aead aead;

    if (crypto_scalarmult(shared, ephemeral, public) != 0)
        return false;
    hpke_public(ephemeral, ret_enc);
    x25519_schedule(shared, ret_enc, public, info, &aead);
    aead_seal(&aead, &nothing, plain, out);
    sodium_memzero(shared, sizeof(shared));
    sodium_memzero(&aead, sizeof(aead));
    return true;
}

bool hpke_open_with(const uint8_t secret[KEY_BYTES], const uint8_t enc[KEY_BYTES], const struct span *info,
                    const struct span *aad, const struct span *cipher, uint8_t *out)
{
    uint8_t shared[KEY_BYTES], public[KEY_BYTES];
    struct aead aead;

    if (crypto_scalarmult(shared, secret, enc) != 0)
        return false;
    hpke_public(secret, public);
    x25519_schedule(shared, enc, public, info, &aead);
    bool good = aead_open(&aead, aad, cipher, out);
    sodium_memzero(shared, sizeof(shared));
    sodium_memzero(&aead, sizeof(aead));
    return good;
}

bool hpke_open(const uint8_t secret[KEY_BYTES], const uint8_t enc[KEY_BYTES], const struct span *info,
               const struct span *cipher, uint8_t *out)
{
    return hpke_open_with(secret, enc, info, &nothing, cipher, out);
}

/* ---- P-256 ---- */

void hpke_p256_secret(const uint8_t shared[P256_X], const uint8_t enc[P256_POINT],
                      const uint8_t point[P256_POINT], uint8_t out[KEY_BYTES])
{
    decapsulated(&p256, shared, &(struct span){enc, P256_POINT}, &(struct span){point, P256_POINT}, out);
}

static void p256_schedule(const uint8_t shared[P256_X], const uint8_t enc[P256_POINT],
                          const uint8_t point[P256_POINT], const struct span *info, struct aead *ret)
{
    uint8_t secret[KEY_BYTES];

    hpke_p256_secret(shared, enc, point, secret);
    schedule(&p256, secret, info, ret);
    sodium_memzero(secret, sizeof(secret));
}

bool hpke_p256_seal(const uint8_t point[P256_POINT], const uint8_t ephemeral[P256_SCALAR],
                    const struct span *info, const struct span *plain, uint8_t ret_enc[P256_POINT],
                    uint8_t *out)
{
    uint8_t shared[P256_X];
    struct aead aead;

    if (!p256_shared(ephemeral, point, shared))
        return false;
    p256_point(ephemeral, ret_enc);
    p256_schedule(shared, ret_enc, point, info, &aead);
    aead_seal(&aead, &nothing, plain, out);
    sodium_memzero(shared, sizeof(shared));
    sodium_memzero(&aead, sizeof(aead));
    return true;
}

bool hpke_p256_open(const uint8_t scalar[P256_SCALAR], const uint8_t enc[P256_POINT], const struct span *info,
                    const struct span *cipher, uint8_t *out)
{
    uint8_t shared[P256_X], point[P256_POINT];
    struct aead aead;

    if (!p256_shared(scalar, enc, shared))
        return false;
    p256_point(scalar, point);
    p256_schedule(shared, enc, point, info, &aead);
    bool good = aead_open(&aead, &nothing, cipher, out);
    sodium_memzero(shared, sizeof(shared));
    sodium_memzero(&aead, sizeof(aead));
    return good;
}
