/*
 * HPKE (RFC 9180), base mode, single shot: DHKEM(X25519, HKDF-SHA256) or DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM; and the two parts of it
 * that the sealed container uses by itself.  X25519 and HMAC are libsodium's, AES-GCM is OpenSSL's: neither has HPKE
 * itself in the versions we build on.
 */
#ifndef CORE_TRUST_HPKE_H
#define CORE_TRUST_HPKE_H

#include "core/trust/p256.h"
#include "core/trust/tagged.h"

enum { KEY_BYTES = 32, NONCE_BYTES = 12, TAG_BYTES = 16, HPKE_KEM = 0x0020, HPKE_KEM_P256 = 0x0010, HPKE_KDF = 0x0001, HPKE_AEAD = 0x0002 };

/* The public key of a secret one. */
void hpke_public(const uint8_t secret[KEY_BYTES], uint8_t out[KEY_BYTES]);

/* Seals to `public`, under a secret of its own that is used once; `out` has room for plain.count + TAG_BYTES.  False
 * where `public` is one of the few keys with which no secret can be shared. */
bool hpke_seal(const uint8_t public[KEY_BYTES], const uint8_t ephemeral[KEY_BYTES], const struct span *info,
               const struct span *plain, uint8_t ret_enc[KEY_BYTES], uint8_t *out) MUST_USE;
/* False where it is not for this key and this info, or was changed.  `out` has room for cipher.count - TAG_BYTES. */
bool hpke_open(const uint8_t secret[KEY_BYTES], const uint8_t enc[KEY_BYTES], const struct span *info,
               const struct span *cipher, uint8_t *out) MUST_USE;
/* The same with associated data. */
bool hpke_open_with(const uint8_t secret[KEY_BYTES], const uint8_t enc[KEY_BYTES], const struct span *info,
                    const struct span *aad, const struct span *cipher, uint8_t *out) MUST_USE;

/* The same on P-256; `ephemeral` and `scalar` are scalars of it. */
bool hpke_p256_seal(const uint8_t point[P256_POINT], const uint8_t ephemeral[P256_SCALAR], const struct span *info,
                    const struct span *plain, uint8_t ret_enc[P256_POINT], uint8_t *out) MUST_USE;
bool hpke_p256_open(const uint8_t scalar[P256_SCALAR], const uint8_t enc[P256_POINT], const struct span *info,
                    const struct span *cipher, uint8_t *out) MUST_USE;
/* What DHKEM(P-256, HKDF-SHA256) makes of an exchange: the shared secret (section 4.1). */
void hpke_p256_secret(const uint8_t shared[P256_X], const uint8_t enc[P256_POINT], const uint8_t point[P256_POINT], uint8_t out[KEY_BYTES]);

/* RFC 5869; at most 8160 bytes. */
void hkdf_extract(const struct span *salt, const struct span *inputs, size_t count, uint8_t out[KEY_BYTES]);
void hkdf_expand(const uint8_t key[KEY_BYTES], const struct span *infos, size_t info_count, uint8_t *out, size_t bytes);

/* AES-256-GCM: the cipher text, then the tag. */
struct aead { uint8_t key[KEY_BYTES], nonce[NONCE_BYTES]; };
void aead_seal(const struct aead *aead, const struct span *aad, const struct span *plain, uint8_t *out);
bool aead_open(const struct aead *aead, const struct span *aad, const struct span *cipher, uint8_t *out) MUST_USE;

#endif
