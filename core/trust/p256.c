/* See core/trust/p256.h. */
#include "core/trust/p256.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>
#include <pthread.h>
#include <sodium.h>
#include <string.h>

#include "core/base/err.h"

static EC_GROUP *curve_made;

static void curve_make(void)
{
    curve_made = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
    MUST(curve_made);
}

static const EC_GROUP *curve(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    MUST(pthread_once(&once, curve_make) == 0);
    return curve_made;
}

static BIGNUM *number(const uint8_t bytes[32])
{
    BIGNUM *n = BN_bin2bn(bytes, 32, NULL);

    MUST(n);
    BN_set_flags(n, BN_FLG_CONSTTIME);
    return n;
}

void p256_scalar(const uint8_t secret[32], uint8_t out[P256_SCALAR])
{
    static const char tag[] = "linli/p256/v1";
    crypto_auth_hmacsha256_state state;
    bool good = false;

    for (uint8_t n = 0; !good; n++) {
        crypto_auth_hmacsha256_init(&state, secret, 32);
        crypto_auth_hmacsha256_update(&state, (const uint8_t *)tag, sizeof(tag));
        crypto_auth_hmacsha256_update(&state, &n, 1);
        crypto_auth_hmacsha256_final(&state, out);
        BIGNUM *k = number(out);
        good = !BN_is_zero(k) && BN_cmp(k, EC_GROUP_get0_order(curve())) < 0;
        BN_clear_free(k);
    }
    sodium_memzero(&state, sizeof(state));
}

void p256_point(const uint8_t scalar[P256_SCALAR], uint8_t out[P256_POINT])
{
    EC_POINT *p = EC_POINT_new(curve());
    BIGNUM *k = number(scalar);

    MUST(p && EC_POINT_mul(curve(), p, k, NULL, NULL, NULL) == 1);
    MUST(EC_POINT_point2oct(curve(), p, POINT_CONVERSION_UNCOMPRESSED, out, P256_POINT, NULL) == P256_POINT);
    BN_clear_free(k);
    EC_POINT_free(p);
}

bool p256_shared(const uint8_t scalar[P256_SCALAR], const uint8_t point[P256_POINT], uint8_t out[P256_X])
{
    uint8_t both[P256_POINT];
    EC_POINT *p = EC_POINT_new(curve());
    BIGNUM *k = number(scalar);

    MUST(p);
    bool good =
        point[0] == POINT_CONVERSION_UNCOMPRESSED &&
        EC_POINT_oct2point(curve(), p, point, P256_POINT, NULL) == 1 &&
        EC_POINT_mul(curve(), p, NULL, p, k, NULL) == 1 &&
        EC_POINT_point2oct(curve(), p, POINT_CONVERSION_UNCOMPRESSED, both, sizeof(both), NULL) == P256_POINT;
    if (good)
        memcpy(out, both + 1, P256_X);
    sodium_memzero(both, sizeof(both));
    BN_clear_free(k);
    EC_POINT_clear_free(p);
    return good;
}

/* ---- signing ---------------------------------------------------------------------------- */

/* With a secret part, where there is one. */
static EVP_PKEY *key_of(const uint8_t *point, size_t point_bytes, const BIGNUM *secret)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
    OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
    EVP_PKEY *key = NULL;

    MUST(context && build &&
         OSSL_PARAM_BLD_push_utf8_string(build, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) == 1);
    MUST(OSSL_PARAM_BLD_push_octet_string(build, OSSL_PKEY_PARAM_PUB_KEY, point, point_bytes) == 1);
    MUST(!secret || OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_PRIV_KEY, secret) == 1);
    OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(build);
    MUST(params && EVP_PKEY_fromdata_init(context) == 1);
    if (EVP_PKEY_fromdata(context, &key, secret ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, params) != 1)
        key = NULL;
    OSSL_PARAM_free(params);
    OSSL_PARAM_BLD_free(build);
    EVP_PKEY_CTX_free(context);
    return key;
}

/* The scalar whose point has an even y, which is that of the secret or what it lacks to the order. */
static BIGNUM *even(const uint8_t secret[32], uint8_t ret_point[P256_POINT])
{
    uint8_t scalar[P256_SCALAR];

    p256_scalar(secret, scalar);
    BIGNUM *k = number(scalar);
    p256_point(scalar, ret_point);
    if (ret_point[P256_POINT - 1] & 1) {
        MUST(BN_sub(k, EC_GROUP_get0_order(curve()), k) == 1 &&
             BN_bn2binpad(k, scalar, P256_SCALAR) == P256_SCALAR);
        p256_point(scalar, ret_point);
    }
    sodium_memzero(scalar, sizeof(scalar));
    return k;
}

void p256_signer(const uint8_t secret[32], uint8_t out[P256_X])
{
    uint8_t point[P256_POINT];

    BN_clear_free(even(secret, point));
    memcpy(out, point + 1, P256_X);
}

void p256_sign(const uint8_t secret[32], const void *message, size_t bytes, uint8_t out[P256_SIGNATURE])
{
    uint8_t point[P256_POINT], der[80];
    const uint8_t *at = der;
    size_t count = sizeof(der);
    BIGNUM *k = even(secret, point);
    EVP_PKEY *key = key_of(point, sizeof(point), k);
    EVP_MD_CTX *context = EVP_MD_CTX_new();

    MUST(key && context && EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key) == 1);
    MUST(EVP_DigestSign(context, der, &count, message, bytes) == 1);
    ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &at, (long)count);
    MUST(pair && BN_bn2binpad(ECDSA_SIG_get0_r(pair), out, 32) == 32 &&
         BN_bn2binpad(ECDSA_SIG_get0_s(pair), out + 32, 32) == 32);
    ECDSA_SIG_free(pair);
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    BN_clear_free(k);
}

bool p256_signed(const uint8_t x[P256_X], const void *message, size_t bytes,
                 const uint8_t signature[P256_SIGNATURE])
{
    uint8_t compressed[1 + P256_X] = {POINT_CONVERSION_COMPRESSED}, *der = NULL;
    ECDSA_SIG *pair = ECDSA_SIG_new();

    memcpy(compressed + 1, x, P256_X);
    MUST(pair &&
         ECDSA_SIG_set0(pair, BN_bin2bn(signature, 32, NULL), BN_bin2bn(signature + 32, 32, NULL)) == 1);
    int count = i2d_ECDSA_SIG(pair, &der);
    EVP_PKEY *key = key_of(compressed, sizeof(compressed), NULL);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    MUST(context && count > 0);
    bool good = key && EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key) == 1 &&
                EVP_DigestVerify(context, der, (size_t)count, message, bytes) == 1;
    OPENSSL_free(der);
    ECDSA_SIG_free(pair);
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return good;
}
