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

static const uint8_t kem_suite[] = {'K', 'E', 'M', 0x00, 0x20};
static const uint8_t hpke_suite[] = {'H', 'P', 'K', 'E', 0x00, 0x20, 0x00, 0x01, 0x00, 0x02};
static const struct span nothing = {"", 0}, of_kem = {kem_suite, sizeof(kem_suite)},
                         of_hpke = {hpke_suite, sizeof(hpke_suite)};

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

/* Section 4.1: what both sides share, bound to both public keys; then section 5.1, mode 0. */
static void schedule(const uint8_t shared[KEY_BYTES], const uint8_t enc[KEY_BYTES],
                     const uint8_t public[KEY_BYTES], const struct span *info, struct aead *ret)
{
    uint8_t prk[KEY_BYTES], secret[KEY_BYTES], both[2 * KEY_BYTES], context[1 + 2 * KEY_BYTES] = {0};
    const struct span of_context = {context, sizeof(context)};

    memcpy(both, enc, KEY_BYTES);
    memcpy(both + KEY_BYTES, public, KEY_BYTES);
    labeled_extract(&of_kem, &nothing, (struct span)TEXT("eae_prk"), (struct span){shared, KEY_BYTES}, prk);
    labeled_expand(&of_kem, prk, (struct span)TEXT("shared_secret"), (struct span){both, sizeof(both)},
                   (struct span){secret, KEY_BYTES});
    labeled_extract(&of_hpke, &nothing, (struct span)TEXT("psk_id_hash"), nothing, context + 1);
    labeled_extract(&of_hpke, &nothing, (struct span)TEXT("info_hash"), *info, context + 1 + KEY_BYTES);
    labeled_extract(&of_hpke, &(struct span){secret, KEY_BYTES}, (struct span)TEXT("secret"), nothing, prk);
    labeled_expand(&of_hpke, prk, (struct span)TEXT("key"), of_context, (struct span){ret->key, KEY_BYTES});
    labeled_expand(&of_hpke, prk, (struct span)TEXT("base_nonce"), of_context,
                   (struct span){ret->nonce, NONCE_BYTES});
    sodium_memzero(prk, sizeof(prk));
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
    schedule(shared, ret_enc, public, info, &aead);
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
    schedule(shared, enc, public, info, &aead);
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
