/*
 * A log as static files (c2sp.org/tlog-tiles): `checkpoint`, `tile/<L>/<N>[.p/<W>]` and `tile/entries/<N>[.p/<W>]`.  This is
 * their names and contents; core/trust/folder.h writes and reads them.
 */
#ifndef CORE_TRUST_TILE_H
#define CORE_TRUST_TILE_H

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/trust/merkle.h"

enum { TILE_WIDTH = 256, TILE_LEVELS = 8, TILE_PATH = 64, TILE_ENTRIES = -1 };

/* One tile or bundle: level TILE_ENTRIES for bundles; width 1 to 256, partial below 256. */
struct tile { int level; uint64_t n; uint32_t width; };

void tile_path(const struct tile *tile, char out[TILE_PATH]);

/* The tiles a log of `size` entries has that one of `old` entries has not, bundles first, level by level.  Partial
 * ones are those of `size`.  Returns how many; call with NULL to count. */
size_t tile_new(uint64_t old, uint64_t size, struct tile *ret, size_t room);

/* The hashes of a tile of a tree: a slice of one of its levels. */
const struct hash *tile_hashes(const struct merkle *tree, const struct tile *tile);

/* Bundles: every entry after its length in two bytes. */
void bundle_add(struct buf *bundle, const void *entry, size_t bytes);
/* Gives the next entry and moves on; false at the end, and for one that is cut off. */
struct bundle { const uint8_t *at, *end; };
bool bundle_next(struct bundle *bundle, const uint8_t **ret_entry, size_t *ret_bytes) MUST_USE;

#endif
