/* See core/trust/tile.h. */
#include "core/trust/tile.h"

#include <stdio.h>

#include "core/base/err.h"

void tile_path(const struct tile *tile, char out[TILE_PATH])
{
    CLEANUP(buf_free) struct buf path = {0};
    uint64_t scale = 1;

    MUST(tile->width >= 1 && tile->width <= TILE_WIDTH);
    if (tile->level == TILE_ENTRIES)
        buf_text(&path, "tile/entries/");
    else
        buf_printf(&path, "tile/%d/", tile->level);
    while (tile->n / scale >= 1000)
        scale *= 1000;
    for (; scale > 1; scale /= 1000)
        buf_printf(&path, "x%03u/", (unsigned)(tile->n / scale % 1000));
    buf_printf(&path, "%03u", (unsigned)(tile->n % 1000));
    if (tile->width < TILE_WIDTH)
        buf_printf(&path, ".p/%u", (unsigned)tile->width);
    MUST(path.size < TILE_PATH);
    snprintf(out, TILE_PATH, "%s", path.data);
}

/* Those of one level, of which the log had `old` hashes and has `now`. */
static size_t level_new(int level, uint64_t old, uint64_t now, struct tile *ret, size_t room)
{
    size_t count = 0;

    if (old == now)
        return 0;
    for (uint64_t n = old / TILE_WIDTH; n * TILE_WIDTH < now; n++) {
        uint64_t left = now - n * TILE_WIDTH;
        if (ret && count < room)
            ret[count] = (struct tile){level, n, left < TILE_WIDTH ? (uint32_t)left : TILE_WIDTH};
        count++;
    }
    return count;
}

size_t tile_new(uint64_t old, uint64_t size, struct tile *ret, size_t room)
{
    size_t count = level_new(TILE_ENTRIES, old, size, ret, room);

    MUST(old <= size);
    for (int level = 0; level < TILE_LEVELS && size >> 8 * level; level++) {
        size_t filled = count < room ? count : room;
        count +=
            level_new(level, old >> 8 * level, size >> 8 * level, ret ? ret + filled : NULL, room - filled);
    }
    return count;
}

const struct hash *tile_hashes(const struct merkle *tree, const struct tile *tile)
{
    uint64_t count, first = tile->n * TILE_WIDTH;
    const struct hash *level = merkle_level(tree, 8 * tile->level, &count);

    MUST(first + tile->width <= count);
    return level + first;
}

void bundle_add(struct buf *bundle, const void *entry, size_t bytes)
{
    const uint8_t length[2] = {(uint8_t)(bytes >> 8), (uint8_t)bytes};

    MUST(bytes <= UINT16_MAX);
    buf_add(bundle, length, sizeof(length));
    buf_add(bundle, entry, bytes);
}

bool bundle_next(struct bundle *bundle, const uint8_t **ret_entry, size_t *ret_bytes)
{
    size_t left = (size_t)(bundle->end - bundle->at), bytes;

    if (left < 2)
        return false;
    bytes = (size_t)bundle->at[0] << 8 | bundle->at[1];
    if (bytes > left - 2)
        return false;
    *ret_entry = bundle->at + 2;
    *ret_bytes = bytes;
    bundle->at += 2 + bytes;
    return true;
}
