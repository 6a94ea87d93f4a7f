/*
 * Sealed bids, container SBX1.  A bidder's program makes one (core/trust/seal.h); whoever takes it in can check its form,
 * its openers and its signature without any secret; k openers together, and with mode K2 the bidder, can open it.
 *
 * Header, 174 bytes in the clear, integers big-endian: "SBX1", kem 0x0020, kdf 0x0001, aead 0x0002, k, n, flags, 0, tender
 * (16), lot (16), the bidder's Ed25519 key (32), SHA-256 of the openers' text (32), commitment to the content key (32),
 * commitment to the bidder's co-key (32, zero where there is none).  Then n records of 113 bytes: i, HPKE encapsulation
 * (32), wrapped share (48), commitment to the share (32).  Then chunk size 65536 (4) and padded length (8); the chunks;
 * the bidder's signature (64).
 *
 * Kem 0x0010 is the variant for browsers without X25519 and Ed25519: records are of 146 bytes, with an encapsulation of 65 (a point of P-256),
 * the bidder's key is the x of a point of P-256 whose y is even, and its signature is ECDSA over SHA-256 (core/trust/p256.h).
 *
 * What is hashed and derived begins with a string that ends in 0x00; H is SHA-256, HKDF and HPKE (base mode, no associated data) of SHA-256 and AES-256-GCM.
 *     signature       over "linli/sbx1/sign" || H(all bytes before it)
 *     record i        sealed to opener i with info "linli/sbx1/share" || header || u8 i; holds 32 bytes of the share
 *     commitments     H("linli/share-commit/v1" || H(header) || u8 i || share), H("linli/cek-commit/v1" || content key), H("linli/co-commit/v1" || co-key)
 *     chunks          the first 32 bytes of HKDF-Expand(HKDF-Extract(H(all bytes before the first chunk), content key || co-key, or 32 zeroes), "linli/sbx1/content") are
 *                     the key, 12 more the nonce, whose last 8 are XORed with u64 j, from 0; associated data u64 j || u8: 1 of the last, else 0; each with its tag of 16
 *     plain text      u32 size of the manifest (core/trust/manifest.h), the manifest, its files one after the other, zeroes to the end
 * The content key is shared by core/trust/shamir.h.
 *
 * Every key is committed to in advance: nobody can choose afterwards what a container opens to, and each bad share can be
 * traced to the bidder or to one opener (sealed_blame).
 */
#ifndef CORE_TRUST_SEALED_H
#define CORE_TRUST_SEALED_H

#include "core/base/arena.h"
#include "core/base/err.h"
#include "core/trust/entry.h"
#include "core/trust/manifest.h"
#include "core/trust/openers.h"

enum { SEALED_HEADER = 174, SEALED_RECORD = 113, SEALED_RECORD_P256 = 146, SEALED_PREFIX = 12, SEALED_CHUNK = 65536, SEALED_PADDED_MIN = 4096,
       SEALED_BYTES_MAX = 640 << 20 };
enum { SEALED_CO_KEY = 1, SEALED_PRICE = 2, SEALED_TECHNICAL = 4 };

struct sealed {
    const uint8_t *bytes; size_t size;              /* the container, borrowed */
    unsigned    k, n, flags;
    bool        p256;                               /* kem 0x0010 */
    uint8_t     tender[UUID_BYTES], lot[UUID_BYTES], bidder[32];
    struct hash openers, cek_commit, co_commit;
    uint64_t    padded;                             /* bytes of plain text */
    size_t      chunks_at;
    struct hash digest;                             /* of the whole: the sealed hash */
};

/* Form, sizes and signature.  E_MALFORMED seal/malformed; E_REFUSED seal/forged: the signature is not the bidder's. */
int sealed_read(const uint8_t *bytes, size_t size, struct sealed *ret, struct err *err) MUST_USE;
/* The header and at least the first record alone (SEALED_RECORD_P256 bytes of it, whichever it is), for who opens the shares of many: form only.  E_MALFORMED seal/malformed. */
int sealed_part_read(const uint8_t *bytes, size_t size, struct sealed *ret) MUST_USE;
/* Whether it is for these openers and their tender.  E_REFUSED seal/elsewhere */
int sealed_meant(const struct sealed *sealed, const struct openers *openers, struct err *err) MUST_USE;

/* ---- opening ---- */

/* Opener i's share, with the opener's secret key.  E_REFUSED seal/record: the record does not open, or not to the share it
 * commits to.  That is the bidder's fault if the key is the one the openers' text names. */
int  sealed_share(const struct sealed *sealed, unsigned i, const uint8_t secret[KEY_BYTES], struct share *ret,
                  struct err *err) MUST_USE;
/* Whether somebody's share is the one committed to. */
bool sealed_share_ok(const struct sealed *sealed, const struct share *share) MUST_USE;

/* What became of a container, once its openers showed their shares. */
enum outcome {
    OUTCOME_OPENED,
    OUTCOME_VOID,           /* the bidder's fault: commitments or content do not hold */
    OUTCOME_BAD_SHARE,      /* too few shares fit, since some are wrong: sealed_blame settles whose fault */
    OUTCOME_WITHHELD        /* too few openers showed theirs */
};
struct sealed_content {
    struct manifest manifest;
    const uint8_t *const *files;                    /* of each file of the manifest; in the arena */
};
/* Takes the lowest k shares that fit.  All n that the records commit to are on the polynomial through them, or the bid is void
 * by its bidder, whichever k openers showed theirs: else who shows would choose whether it opens.  `co` is the bidder's co-key; NULL where there is none.  The content is given where it
 * opened; else err says why it did not. */
enum outcome sealed_open(struct arena *arena, const struct sealed *sealed, const struct share *shares, size_t count,
                         const uint8_t *co, struct sealed_content *ret, struct err *err) MUST_USE;

/* Whose fault a share is that opener i showed.  `secret` is the key the opener then shows for this tender; NULL: none. */
enum blame { BLAME_NOBODY, BLAME_BIDDER, BLAME_OPENER };
enum blame sealed_blame(const struct sealed *sealed, const struct openers *openers, const struct share *shown,
                        const uint8_t *secret);

/* A co-key as its file has it, SEALED_CO_WORD and 64 digits, or those digits alone. */
#define SEALED_CO_WORD "linli/co-key/v1 "
bool sealed_co_read(const char *line, uint8_t co[KEY_BYTES]) MUST_USE;

/* Openers bind themselves before anybody shows a share: SHA-256("linli/share-post/v1\0" || shares || nonce), each share
 * as its number and its 32 bytes, in the order of the closing list. */
void shares_commit(const struct share *shares, size_t count, const uint8_t nonce[32], struct hash *out);

/* ---- what both sides compute ---- */

/* The key and first nonce of the chunks; `salt` is SHA-256 of all bytes before the first chunk. */
void sealed_content_key(const struct hash *salt, const uint8_t cek[32], const uint8_t co[32], struct aead *ret);
/* Of chunk j, from the first nonce; its associated data into `aad`. */
void sealed_chunk(struct aead *aead, const struct aead *first, uint64_t j, bool last, uint8_t aad[9]);
void sealed_share_info(const uint8_t header[SEALED_HEADER], uint8_t i, struct buf *out);
void sealed_share_commit(const uint8_t header[SEALED_HEADER], const struct share *share, struct hash *out);
void sealed_signed(const uint8_t *bytes, size_t count, struct buf *out);    /* the message under the signature */
uint64_t sealed_chunks(uint64_t padded);
/* The bytes of a record, and of the encapsulation in it. */
size_t sealed_record(bool p256);
size_t sealed_enc(bool p256);

#endif
