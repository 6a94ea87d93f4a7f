/*
 * Merkle trees and their proofs, as RFC 9162, section 2.1 (the same as RFC 6962's) has them, over SHA-256: the hash of a
 * leaf is SHA-256(0x00 || entry), that of a node SHA-256(0x01 || left || right), that of nothing SHA-256("").
 *
 * A tree keeps every hash of a complete subtree (64 bytes an entry), so that any root and any proof of any size up to
 * its own can be had from it, and the tiles of tlog-tiles (core/trust/tile.h) are slices of its levels.
 */
#ifndef CORE_TRUST_MERKLE_H
#define CORE_TRUST_MERKLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/attr.h"
#include "core/base/digest.h"

/* The longest proof of any tree: one hash a level. */
enum { MERKLE_PROOF_MAX = 64 };

struct hash { uint8_t bytes[SHA256_BYTES]; };
struct proof { struct hash hashes[MERKLE_PROOF_MAX]; size_t count; };

bool hash_same(const struct hash *a, const struct hash *b);
void merkle_leaf(const void *entry, size_t bytes, struct hash *out);
void merkle_node(const struct hash *left, const struct hash *right, struct hash *out);

struct merkle;
struct merkle *merkle_new(void) MUST_USE;
void           merkle_free(struct merkle *tree);        /* NULL is fine */
void           merkle_add(struct merkle *tree, const struct hash *leaf);
uint64_t       merkle_size(const struct merkle *tree);

/* Of the first `size` entries; size <= merkle_size(tree). */
void merkle_root(const struct merkle *tree, uint64_t size, struct hash *out);
/* That entry `index` is one of the first `size`; index < size. */
void merkle_inclusion(const struct merkle *tree, uint64_t index, uint64_t size, struct proof *out);
/* That the first `size` entries begin with the first `old`; old <= size.  Empty where old is 0 or size. */
void merkle_consistency(const struct merkle *tree, uint64_t old, uint64_t size, struct proof *out);

/* Complete subtrees of 2^level entries, one after the other; NULL and 0 where there is none. */
const struct hash *merkle_level(const struct merkle *tree, int level, uint64_t *ret_count);

/* Whether a proof shows what it is for.  Of any input: nothing is assumed of index, sizes and proof. */
bool merkle_included(const struct hash *leaf, uint64_t index, uint64_t size, const struct proof *proof,
                     const struct hash *root) MUST_USE;
bool merkle_extends(uint64_t old, const struct hash *old_root, uint64_t size, const struct hash *root,
                    const struct proof *proof) MUST_USE;

#endif
