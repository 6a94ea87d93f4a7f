/*
 * Sealed bids from anywhere.  The first byte says how: as they come; signed anew, so that what is behind the
 * signature is reached; or as the plain text of a container that is right in everything else.
 */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/trust/seal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const uint8_t seed[32] = {1}, opener[KEY_BYTES] = {2};

static void openers_fill(struct openers *o)
{
    *o = (struct openers){.tender = "0192f0c4-a000-7000-8000-00000000a001", .k = 1, .n = 1};
    hpke_public(opener, o->keys[0]);
}

static void sign(uint8_t *bytes, size_t size)
{
    CLEANUP(buf_free) struct buf message = {0};
    uint8_t public[32], secret[64];

    crypto_sign_seed_keypair(public, secret, seed);
    sealed_signed(bytes, size - 64, &message);
    crypto_sign_detached(bytes + size - 64, NULL, (const uint8_t *)message.data, message.size, secret);
}

static void open_any(const uint8_t *bytes, size_t size)
{
    struct arena *arena = arena_new(0);
    struct sealed_content content;
    struct err err = {0};
    struct share share;
    struct openers set;
    struct sealed s;

    openers_fill(&set);
    if (sealed_read(bytes, size, &s, &err) == 0 && sealed_share(&s, 1, opener, &share, &err) == 0) {
        enum outcome outcome = sealed_open(arena, &s, &share, 1, NULL, &content, &err);
        MUST(outcome == OUTCOME_OPENED || err.zh[0]);
        MUST(sealed_blame(&s, &set, &share, NULL) == BLAME_NOBODY);
        for (size_t i = 0; outcome == OUTCOME_OPENED && i < content.manifest.count; i++)
            MUST(strlen(content.manifest.files[i].name) <= MANIFEST_NAME_MAX);
    }
    arena_free(arena);
}

static void signed_anew(const uint8_t *data, size_t size)
{
    uint8_t public[32], secret[64], *copy;

    if (size < SEALED_HEADER + 64)
        return;
    copy = malloc(size);
    MUST(copy);
    memcpy(copy, data, size);
    crypto_sign_seed_keypair(public, secret, seed);
    memcpy(copy + 46, public, 32);
    sign(copy, size);
    open_any(copy, size);
    free(copy);
}

/* The plain text is padded to what it was, so that sizes fit. */
static void as_plain(const uint8_t *data, size_t size)
{
    static struct seal_secrets secrets;
    struct seal_request request = {.bidder_seed = seed, .bidder = "x"};
    CLEANUP(buf_free) struct buf out = {0};
    uint8_t plain[SEALED_PADDED_MIN] = {0}, aad[9];
    struct aead first, aead;
    struct openers set;
    struct hash salt;

    openers_fill(&set);
    request.openers = &set;
    MUST(seal_make(&request, &secrets, &out, NULL) == 0);
    memcpy(plain, data, size < sizeof(plain) ? size : sizeof(plain));
    size_t at = out.size - 64 - TAG_BYTES - sizeof(plain);
    sha256_of(out.data, at, salt.bytes);
    sealed_content_key(&salt, secrets.cek, secrets.co, &first);
    sealed_chunk(&aead, &first, 0, true, aad);
    aead_seal(&aead, &(struct span){aad, 9}, &(struct span){plain, sizeof(plain)}, (uint8_t *)out.data + at);
    sign((uint8_t *)out.data, out.size);
    open_any((const uint8_t *)out.data, out.size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    if (data[0] % 3 == 0)
        open_any(data + 1, size - 1);
    else if (data[0] % 3 == 1)
        signed_anew(data + 1, size - 1);
    else
        as_plain(data + 1, size - 1);
    return 0;
}
