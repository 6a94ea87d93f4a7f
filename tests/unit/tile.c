/* The names and contents of a log's static files, and its entries, against the vectors and the format's own
 * examples. */
#include "core/trust/tile.h"

#include "core/trust/entry.h"
#include "tests/unit/vectors.h"

static void path_is(int level, uint64_t n, uint32_t width, const char *expected)
{
    char path[TILE_PATH];

    tile_path(&(struct tile){level, n, width}, path);
    cr_assert_str_eq(path, expected);
}

Test(tile, paths)
{
    path_is(0, 0, 256, "tile/0/000");
    path_is(0, 999, 256, "tile/0/999");
    path_is(1, 1000, 256, "tile/1/x001/000");
    path_is(0, 1234067, 256, "tile/0/x001/x234/067");
    path_is(TILE_ENTRIES, 1234067, 8, "tile/entries/x001/x234/067.p/8");
    path_is(7, UINT64_MAX >> 8, 255, "tile/7/x072/x057/x594/x037/x927/935.p/255");
}

/* The page of the format: 70,000 entries are 273 full tiles and one of 112, one full and one of 17, and one
 * of 1. */
Test(tile, of_seventy_thousand)
{
    static struct tile tiles[1000];
    size_t count = tile_new(0, 70000, tiles, LENGTH(tiles));

    cr_assert_eq(count, 274 + 274 + 2 + 1);
    cr_assert_eq(tile_new(0, 70000, NULL, 0), count);
    cr_assert(tiles[273].level == TILE_ENTRIES && tiles[273].n == 273 && tiles[273].width == 112);
    cr_assert(tiles[274].level == 0 && tiles[274].width == 256);
    cr_assert(tiles[547].level == 0 && tiles[547].n == 273 && tiles[547].width == 112);
    cr_assert(tiles[548].level == 1 && tiles[548].n == 0 && tiles[548].width == 256);
    cr_assert(tiles[549].level == 1 && tiles[549].n == 1 && tiles[549].width == 17);
    cr_assert(tiles[550].level == 2 && tiles[550].n == 0 && tiles[550].width == 1);
    cr_assert_eq(tile_new(0, 256, NULL, 0), 1 + 1 + 1);
    cr_assert_eq(tile_new(0, 0, NULL, 0), 0);
}

/* Growing by any step never leaves out a tile the whole log has. */
Test(tile, growing)
{
    static struct tile all[64], more[64];

    for (uint64_t size = 1; size < 1100; size += 7)
        for (uint64_t old = 0; old < size; old += 13) {
            size_t count = tile_new(0, size, all, LENGTH(all)),
                   added = tile_new(old, size, more, LENGTH(more));
            for (size_t i = 0; i < count; i++) {
                bool had = all[i].width == 256 && all[i].n < (all[i].level < 1 ? old : old >> 8) / 256,
                     has = false;
                for (size_t k = 0; k < added; k++)
                    has = has || (more[k].level == all[i].level && more[k].n == all[i].n &&
                                  more[k].width == all[i].width);
                cr_assert(had || has || (all[i].level > 0 && old >> 8 == size >> 8), "%zu to %zu",
                          (size_t)old, (size_t)size);
            }
        }
}

Test(tile, bundles)
{
    CLEANUP(buf_free) struct buf bundle = {0};
    const uint8_t *entry;
    size_t bytes;

    bundle_add(&bundle, "abc", 3);
    bundle_add(&bundle, "", 0);
    cr_assert_eq(bundle.size, 7);
    cr_assert_eq(memcmp(bundle.data, "\0\3abc\0\0", 7), 0);
    struct bundle b = {(uint8_t *)bundle.data, (uint8_t *)bundle.data + 7};
    cr_assert(bundle_next(&b, &entry, &bytes));
    cr_assert(bytes == 3 && memcmp(entry, "abc", 3) == 0);
    cr_assert(bundle_next(&b, &entry, &bytes));
    cr_assert_eq(bytes, 0);
    cr_assert_not(bundle_next(&b, &entry, &bytes));
    b = (struct bundle){(uint8_t *)bundle.data, (uint8_t *)bundle.data + 4};
    cr_assert_not(bundle_next(&b, &entry, &bytes));
}

Test(tile, hashes_of_a_tree)
{
    struct merkle *tree = merkle_new();
    struct hash leaves[300], node;

    for (size_t i = 0; i < LENGTH(leaves); i++) {
        merkle_leaf(&i, sizeof(i), &leaves[i]);
        merkle_add(tree, &leaves[i]);
    }
    const struct hash *tile = tile_hashes(tree, &(struct tile){0, 1, 44});
    cr_assert_eq(memcmp(tile, leaves + 256, 44 * sizeof(*tile)), 0);
    merkle_root(tree, 256, &node);
    cr_assert(hash_same(tile_hashes(tree, &(struct tile){1, 0, 1}), &node));
    merkle_free(tree);
}

static uint8_t *at(const struct doc *doc, struct arena *arena, const char *list, int i, size_t *ret_count)
{
    return vector_bytes(doc, arena, arena_printf(arena, "/log/%s/%d", list, i), ret_count);
}

Test(entry, vectors)
{
    struct arena *arena = arena_new(0);
    struct doc *doc = vectors_read(arena);
    uint8_t tender[UUID_BYTES], packed[ENTRY_BYTES],
        *salt = vector_bytes(doc, arena, "/log/subject_salt", NULL);
    struct hash expected, previous = {{0}};
    struct err err = {0};

    cr_assert(uuid_bytes("0192f0c4-a000-7000-8000-00000000a001", tender));
    entry_salt_commit(salt, &expected);
    cr_assert_arr_eq(expected.bytes, vector_bytes(doc, arena, "/log/subject_salt_commit", NULL), 32);
    for (int i = 0; i < 7; i++) {
        size_t count;
        uint8_t *bytes = at(doc, arena, "entries", i, &count);
        const char *payload = vector_text(doc, arena_printf(arena, "/log/payloads/%d", i));
        struct entry entry;
        cr_assert_eq(entry_unpack(bytes, count, &entry, &err), 0);
        cr_assert_eq(entry.index, (uint64_t)i);
        cr_assert(hash_same(&entry.previous, &previous));
        merkle_leaf(bytes, count, &previous);
        entry_payload(at(doc, arena, "payload_salts", i, NULL), payload, strlen(payload), &expected);
        cr_assert(hash_same(&entry.payload, &expected));
        entry_subject(salt, entry.index, tender, &expected);
        cr_assert(hash_same(&entry.subject, &expected));
        entry_pack(&entry, packed);
        cr_assert_arr_eq(packed, bytes, ENTRY_BYTES);
        for (size_t cut = 0; cut < count; cut++)
            cr_assert_eq(entry_unpack(bytes, cut, &entry, &err), E_MALFORMED);
        bytes[3] = 2;
        cr_assert_eq(entry_unpack(bytes, count, &entry, &err), E_MALFORMED);
        bytes[3] = 0;
        bytes[12] = 0x80;
        cr_assert_eq(entry_unpack(bytes, count, &entry, &err), E_MALFORMED);
    }
    arena_free(arena);
}

Test(entry, uuids)
{
    uint8_t bytes[UUID_BYTES];

    cr_assert_not(uuid_bytes("0192f0c4-a000-7000-8000-00000000a00", bytes));
    cr_assert_not(uuid_bytes("0192F0C4-a000-7000-8000-00000000a001", bytes));
    cr_assert_not(uuid_bytes("", bytes));
}
