/* See core/trust/merkle.h. */
#include "core/trust/merkle.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/err.h"

enum { LEVELS = 64 };

struct merkle {
    struct buf levels[LEVELS]; /* struct hash after struct hash */
};

bool hash_same(const struct hash *a, const struct hash *b)
{
    return memcmp(a->bytes, b->bytes, SHA256_BYTES) == 0;
}

void merkle_leaf(const void *entry, size_t bytes, struct hash *out)
{
    struct sha256 *s = sha256_new();

    sha256_add(s, "\0", 1);
    sha256_add(s, entry, bytes);
    sha256_end(s, out->bytes);
}

void merkle_node(const struct hash *left, const struct hash *right, struct hash *out)
{
    uint8_t both[1 + 2 * SHA256_BYTES];

    both[0] = 1;
    memcpy(both + 1, left->bytes, SHA256_BYTES);
    memcpy(both + 1 + SHA256_BYTES, right->bytes, SHA256_BYTES);
    sha256_of(both, sizeof(both), out->bytes);
}

struct merkle *merkle_new(void)
{
    struct merkle *tree = calloc(1, sizeof(*tree));

    MUST(tree);
    return tree;
}

void merkle_free(struct merkle *tree)
{
    for (int i = 0; tree && i < LEVELS; i++)
        buf_free(&tree->levels[i]);
    free(tree);
}

static uint64_t level_count(const struct merkle *tree, int level)
{
    return tree->levels[level].size / sizeof(struct hash);
}

uint64_t merkle_size(const struct merkle *tree)
{
    return level_count(tree, 0);
}

const struct hash *merkle_level(const struct merkle *tree, int level, uint64_t *ret_count)
{
    MUST(level >= 0 && level < LEVELS);
    *ret_count = level_count(tree, level);
    return *ret_count ? (const struct hash *)(const void *)tree->levels[level].data : NULL;
}

static const struct hash *node_at(const struct merkle *tree, int level, uint64_t index)
{
    MUST(index < level_count(tree, level));
    return (const struct hash *)(const void *)tree->levels[level].data + index;
}

void merkle_add(struct merkle *tree, const struct hash *leaf)
{
    struct hash up = *leaf;
    int level = 0;

    buf_add(&tree->levels[0], &up, sizeof(up));
    while (level_count(tree, level) % 2 == 0) {
        uint64_t last = level_count(tree, level) - 1;
        merkle_node(node_at(tree, level, last - 1), node_at(tree, level, last), &up);
        buf_add(&tree->levels[++level], &up, sizeof(up));
    }
}

/* The largest power of two below n, n > 1. */
static uint64_t split_of(uint64_t n)
{
    return UINT64_C(1) << (63 - __builtin_clzll(n - 1));
}

static bool power_of_two(uint64_t n)
{
    return n && (n & (n - 1)) == 0;
}

/* MTH(D[start : start + count]) as section 2.1.1; the left halves are complete and kept. */
static void range_hash(const struct merkle *tree, uint64_t start, uint64_t count, struct hash *out)
{
    struct hash left, right;

    if (power_of_two(count) && start % count == 0) {
        int level = __builtin_ctzll(count);
        *out = *node_at(tree, level, start >> level);
        return;
    }
    uint64_t k = split_of(count);
    range_hash(tree, start, k, &left);
    range_hash(tree, start + k, count - k, &right);
    merkle_node(&left, &right, out);
}

void merkle_root(const struct merkle *tree, uint64_t size, struct hash *out)
{
    MUST(size <= merkle_size(tree));
    if (size == 0)
        sha256_of("", 0, out->bytes);
    else
        range_hash(tree, 0, size, out);
}

static void proof_add(struct proof *proof, const struct merkle *tree, uint64_t start, uint64_t count)
{
    MUST(proof->count < MERKLE_PROOF_MAX);
    range_hash(tree, start, count, &proof->hashes[proof->count++]);
}

/* Proofs run from the leaf up; walking down gives them in the other order. */
static void proof_turn(struct proof *proof)
{
    for (size_t i = 0, k = proof->count; i + 1 < k; i++) {
        struct hash kept = proof->hashes[i];
        proof->hashes[i] = proof->hashes[--k];
        proof->hashes[k] = kept;
    }
}

void merkle_inclusion(const struct merkle *tree, uint64_t index, uint64_t size, struct proof *out)
{
    uint64_t start = 0, count = size;

    MUST(index < size && size <= merkle_size(tree));
    out->count = 0;
    while (count > 1) {
        uint64_t k = split_of(count);
        if (index - start < k) {
            proof_add(out, tree, start + k, count - k);
            count = k;
        } else {
            proof_add(out, tree, start, k);
            start += k;
            count -= k;
        }
    }
    proof_turn(out);
}

void merkle_consistency(const struct merkle *tree, uint64_t old, uint64_t size, struct proof *out)
{
    uint64_t start = 0, count = size;
    bool whole = true; /* the part is one the old tree's root is */

    MUST(old <= size && size <= merkle_size(tree));
    out->count = 0;
    if (old == 0 || old == size)
        return;
    while (old - start != count) {
        uint64_t k = split_of(count);
        if (old - start <= k) {
            proof_add(out, tree, start + k, count - k);
            count = k;
        } else {
            proof_add(out, tree, start, k);
            start += k;
            count -= k;
            whole = false;
        }
    }
    if (!whole)
        proof_add(out, tree, start, count);
    proof_turn(out);
}

/* Section 2.1.3.2. */
bool merkle_included(const struct hash *leaf, uint64_t index, uint64_t size, const struct proof *proof,
                     const struct hash *root)
{
    uint64_t fn = index, sn = size - 1;
    struct hash r = *leaf;

    if (index >= size || proof->count > MERKLE_PROOF_MAX)
        return false;
    for (size_t i = 0; i < proof->count; i++) {
        const struct hash *p = &proof->hashes[i];
        if (sn == 0)
            return false;
        if (fn % 2 == 1 || fn == sn) {
            merkle_node(p, &r, &r);
            while (fn % 2 == 0 && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            merkle_node(&r, p, &r);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && hash_same(&r, root);
}

/* Section 2.1.4.2, once the trivial cases are gone; `first` is what the walk begins with. */
static bool extends_by(uint64_t old, uint64_t size, const struct hash *first, const struct proof *proof,
                       size_t next, struct hash roots[2])
{
    uint64_t fn = old - 1, sn = size - 1;

    while (fn % 2 == 1) {
        fn >>= 1;
        sn >>= 1;
    }
    roots[0] = roots[1] = *first;
    for (; next < proof->count; next++) {
        const struct hash *c = &proof->hashes[next];
        if (sn == 0)
            return false;
        if (fn % 2 == 1 || fn == sn) {
            merkle_node(c, &roots[0], &roots[0]);
            merkle_node(c, &roots[1], &roots[1]);
            while (fn % 2 == 0 && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            merkle_node(&roots[1], c, &roots[1]);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0;
}

bool merkle_extends(uint64_t old, const struct hash *old_root, uint64_t size, const struct hash *root,
                    const struct proof *proof)
{
    struct hash roots[2], nothing;
    bool whole = power_of_two(old);

    sha256_of("", 0, nothing.bytes);
    if (old > size || proof->count > MERKLE_PROOF_MAX)
        return false;
    if (old == size)
        return proof->count == 0 && hash_same(old_root, root) && (size > 0 || hash_same(root, &nothing));
    if (old == 0)
        return proof->count == 0 && hash_same(old_root, &nothing);
    if (proof->count == 0)
        return false;
    return extends_by(old, size, whole ? old_root : &proof->hashes[0], proof, whole ? 0 : 1, roots) &&
           hash_same(&roots[0], old_root) && hash_same(&roots[1], root);
}
