/* Merkle trees against the published roots of the CT reference, and against the definition, for every size to
 * 300. */
#include "core/trust/merkle.h"

#include "tests/unit/vectors.h"

enum { SIZES = 300 };

static struct hash leaves[SIZES];

static struct hash hash_of(const char *hex)
{
    struct hash hash;

    cr_assert(hex_parse(hex, hash.bytes, SHA256_BYTES));
    return hash;
}

/* MTH as section 2.1.1 defines it, nothing kept. */
static struct hash defined(const struct hash *from, size_t count)
{
    struct hash left, right, both;
    size_t k = 1;

    if (count == 1)
        return from[0];
    while (2 * k < count)
        k *= 2;
    left = defined(from, k);
    right = defined(from + k, count - k);
    merkle_node(&left, &right, &both);
    return both;
}

static struct merkle *tree_of(size_t size)
{
    struct merkle *tree = merkle_new();

    for (size_t i = 0; i < size; i++) {
        uint8_t entry[2] = {(uint8_t)(i >> 8), (uint8_t)i};
        merkle_leaf(entry, sizeof(entry), &leaves[i]);
        merkle_add(tree, &leaves[i]);
    }
    return tree;
}

/* The entries and roots of Google's certificate-transparency reference tree. */
Test(merkle, published_roots)
{
    static const struct {
        const char *entry, *root;
    } known[] = {{"", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
                 {"00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"},
                 {"10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"},
                 {"2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"},
                 {"3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"},
                 {"40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"},
                 {"5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"},
                 {"606162636465666768696a6b6c6d6e6f",
                  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"}};
    struct merkle *tree = merkle_new();
    struct hash root, expected = hash_of("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    merkle_root(tree, 0, &root);
    cr_assert(hash_same(&root, &expected));
    for (size_t i = 0; i < LENGTH(known); i++) {
        uint8_t entry[16];
        size_t bytes = strlen(known[i].entry) / 2;
        struct hash leaf;
        cr_assert(hex_parse(known[i].entry, entry, bytes));
        merkle_leaf(entry, bytes, &leaf);
        merkle_add(tree, &leaf);
        merkle_root(tree, i + 1, &root);
        expected = hash_of(known[i].root);
        cr_assert(hash_same(&root, &expected), "%zu", i + 1);
    }
    merkle_free(tree);
}

Test(merkle, vectors)
{
    struct arena *arena = arena_new(0);
    struct doc *doc = vectors_read(arena);
    struct merkle *tree = merkle_new();
    struct hash root, expected;
    struct proof proof;
    char pointer[64];

    for (int i = 0; i < 7; i++) {
        size_t bytes;
        snprintf(pointer, sizeof(pointer), "/log/entries/%d", i);
        uint8_t *entry = vector_bytes(doc, arena, pointer, &bytes);
        merkle_leaf(entry, bytes, &leaves[i]);
        snprintf(pointer, sizeof(pointer), "/log/leaf_hashes/%d", i);
        expected = hash_of(vector_text(doc, pointer));
        cr_assert(hash_same(&leaves[i], &expected));
        merkle_add(tree, &leaves[i]);
    }
    merkle_root(tree, 4, &root);
    expected = hash_of(vector_text(doc, "/log/root4"));
    cr_assert(hash_same(&root, &expected));
    merkle_root(tree, 7, &root);
    expected = hash_of(vector_text(doc, "/log/root7"));
    cr_assert(hash_same(&root, &expected));
    merkle_inclusion(tree, 6, 7, &proof);
    cr_assert_eq(proof.count, doc_count(doc, "/log/inclusion_6_of_7"));
    for (size_t i = 0; i < proof.count; i++) {
        snprintf(pointer, sizeof(pointer), "/log/inclusion_6_of_7/%zu", i);
        expected = hash_of(vector_text(doc, pointer));
        cr_assert(hash_same(&proof.hashes[i], &expected));
    }
    merkle_inclusion(tree, 2, 7, &proof);
    cr_assert_eq(proof.count, doc_count(doc, "/log/inclusion_2_of_7"));
    for (size_t i = 0; i < proof.count; i++) {
        snprintf(pointer, sizeof(pointer), "/log/inclusion_2_of_7/%zu", i);
        expected = hash_of(vector_text(doc, pointer));
        cr_assert(hash_same(&proof.hashes[i], &expected));
    }
    merkle_consistency(tree, 4, 7, &proof);
    cr_assert_eq(proof.count, 1);
    expected = hash_of(vector_text(doc, "/log/consistency_4_7/0"));
    cr_assert(hash_same(&proof.hashes[0], &expected));
    merkle_free(tree);
    arena_free(arena);
}

Test(merkle, roots_are_those_of_the_definition)
{
    struct merkle *tree = tree_of(SIZES);

    for (size_t size = 1; size <= SIZES; size++) {
        struct hash root, expected = defined(leaves, size);
        merkle_root(tree, size, &root);
        cr_assert(hash_same(&root, &expected), "%zu", size);
    }
    merkle_free(tree);
}

/* What was asked for is shown; nothing near it is. */
static void inclusion_near(const struct hash *leaf, uint64_t index, uint64_t size, struct proof proof,
                           const struct hash *root)
{
    struct proof shorter = proof, longer = proof;

    cr_assert(merkle_included(leaf, index, size, &proof, root), "%zu of %zu", (size_t)index, (size_t)size);
    cr_assert_not(merkle_included(leaf, index + 1, size, &proof, root));
    cr_assert_not(merkle_included(leaf, size, size, &proof, root));
    cr_assert_not(merkle_included(root, index, size, &proof, root) && size > 1);
    longer.hashes[longer.count++] = *root;
    cr_assert_not(merkle_included(leaf, index, size, &longer, root));
    if (proof.count == 0)
        return;
    shorter.count--;
    cr_assert_not(merkle_included(leaf, index, size, &shorter, root));
    proof.hashes[index % proof.count].bytes[size % SHA256_BYTES] ^= 1;
    cr_assert_not(merkle_included(leaf, index, size, &proof, root));
}

Test(merkle, inclusion_for_every_size, .timeout = 120)
{
    struct merkle *tree = tree_of(SIZES);
    struct proof proof;
    struct hash root;

    for (uint64_t size = 1; size <= SIZES; size++) {
        merkle_root(tree, size, &root);
        for (uint64_t index = 0; index < size; index++) {
            merkle_inclusion(tree, index, size, &proof);
            inclusion_near(&leaves[index], index, size, proof, &root);
        }
    }
    merkle_free(tree);
}

static void extension_near(uint64_t old, const struct hash *old_root, uint64_t size, const struct hash *root,
                           struct proof proof)
{
    struct proof shorter = proof, longer = proof;

    cr_assert(merkle_extends(old, old_root, size, root, &proof), "%zu to %zu", (size_t)old, (size_t)size);
    cr_assert_not(old < size && merkle_extends(old, root, size, old_root, &proof));
    longer.hashes[longer.count++] = *root;
    cr_assert_not(merkle_extends(old, old_root, size, root, &longer));
    if (proof.count == 0)
        return;
    shorter.count--;
    cr_assert_not(merkle_extends(old, old_root, size, root, &shorter));
    cr_assert_not(merkle_extends(size, old_root, old, root, &proof));
    proof.hashes[old % proof.count].bytes[size % SHA256_BYTES] ^= 128;
    cr_assert_not(merkle_extends(old, old_root, size, root, &proof));
}

Test(merkle, consistency_for_every_size, .timeout = 120)
{
    struct merkle *tree = tree_of(SIZES);
    struct proof proof;
    struct hash old_root, root;

    for (uint64_t size = 0; size <= SIZES; size++) {
        merkle_root(tree, size, &root);
        for (uint64_t old = 0; old <= size; old++) {
            merkle_root(tree, old, &old_root);
            merkle_consistency(tree, old, size, &proof);
            extension_near(old, &old_root, size, &root, proof);
        }
    }
    merkle_free(tree);
}

Test(merkle, nothing_is_included_in_nothing)
{
    struct proof empty = {.count = 0}, too_long = {.count = MERKLE_PROOF_MAX + 1};
    struct hash leaf, nothing;

    merkle_leaf("", 0, &leaf);
    sha256_of("", 0, nothing.bytes);
    cr_assert_not(merkle_included(&leaf, 0, 0, &empty, &leaf));
    cr_assert_not(merkle_included(&leaf, UINT64_MAX, UINT64_MAX, &empty, &leaf));
    cr_assert_not(merkle_included(&leaf, 0, 1, &too_long, &leaf));
    cr_assert_not(merkle_extends(0, &leaf, 0, &leaf, &empty));
    cr_assert_not(merkle_extends(0, &leaf, 5, &leaf, &empty));
    cr_assert(merkle_extends(0, &nothing, 5, &leaf, &empty));
    cr_assert_not(merkle_extends(1, &nothing, UINT64_MAX, &leaf, &empty));
}
