/*
 * Proofs from anywhere: none shows what is not so.  The first byte says how: a proof of bytes that are given,
 * against a tree of 1 to 300 entries; or a receipt with its proof, as a bidder hands it in.
 */
#include <string.h>

#include "core/trust/desk.h"
#include "core/trust/merkle.h"
#include "core/trust/note.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SIZES = 300 };

static uint64_t number_at(const uint8_t *data, size_t size, size_t at)
{
    uint64_t n = 0;

    for (size_t i = 0; i < 8 && at + i < size; i++)
        n = n << 8 | data[at + i];
    return n;
}

static const struct merkle *tree_get(void)
{
    static struct merkle *tree;

    if (!tree) {
        tree = merkle_new();
        for (uint32_t i = 0; i < SIZES; i++) {
            struct hash leaf;
            merkle_leaf(&i, sizeof(i), &leaf);
            merkle_add(tree, &leaf);
        }
    }
    return tree;
}

static void proof_fill(const uint8_t *data, size_t size, struct proof *ret)
{
    *ret = (struct proof){.count = size / SHA256_BYTES < MERKLE_PROOF_MAX ? size / SHA256_BYTES
                                                                          : MERKLE_PROOF_MAX};
    memcpy(ret->hashes, data, ret->count * SHA256_BYTES);
}

/* A right proof is taken, and changed in any way is not. */
static void changed(const uint8_t *data, size_t size)
{
    const struct merkle *tree = tree_get();
    const uint64_t whole = 1 + number_at(data, size, 0) % SIZES, index = number_at(data, size, 8) % whole;
    const size_t at = (size_t)number_at(data, size, 16);
    struct hash leaf, root, old_root;
    struct proof proof;
    uint32_t entry = (uint32_t)index;

    merkle_leaf(&entry, sizeof(entry), &leaf);
    merkle_root(tree, whole, &root);
    merkle_inclusion(tree, index, whole, &proof);
    MUST(merkle_included(&leaf, index, whole, &proof, &root));
    if (proof.count) {
        proof.hashes[at % proof.count].bytes[at / 64 % SHA256_BYTES] ^= (uint8_t)(1 + at % 255);
        MUST(!merkle_included(&leaf, index, whole, &proof, &root));
    }
    merkle_root(tree, index, &old_root);
    merkle_consistency(tree, index, whole, &proof);
    MUST(merkle_extends(index, &old_root, whole, &root, &proof));
    if (proof.count) {
        proof.hashes[at % proof.count].bytes[at / 64 % SHA256_BYTES] ^= (uint8_t)(1 + at % 255);
        MUST(!merkle_extends(index, &old_root, whole, &root, &proof));
    }
}

static void forged(const uint8_t *data, size_t size)
{
    const uint64_t a = number_at(data, size, 0), b = number_at(data, size, 8);
    const struct hash leaf = {{1}}, root = {{2}};
    struct proof proof;

    proof_fill(data + (size < 16 ? size : 16), size < 16 ? 0 : size - 16, &proof);
    MUST(!merkle_included(&leaf, a, b, &proof, &root));
    MUST(!merkle_extends(a, &leaf, b, &root, &proof) || a == 0);
}

static void receipt(const uint8_t *data, size_t size)
{
    static const uint8_t seed[32] = {9};
    struct arena *arena = arena_new(0);
    struct note_signer signer;
    struct receipt read;

    MUST(note_signer_of("k", NOTE_SIGNATURE, seed, &signer, NULL) == 0);
    MUST(desk_check(arena, (const char *)data, size, &signer.key, &read, NULL) != 0);
    (void)desk_may_sign((const char *)data, size, &signer.key, NULL);
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    switch (data[0] % 3) {
    case 0:
        changed(data + 1, size - 1);
        break;
    case 1:
        forged(data + 1, size - 1);
        break;
    default:
        receipt(data + 1, size - 1);
        break;
    }
    return 0;
}
