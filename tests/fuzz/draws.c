/*
 * A bundle whose draws are anybody's: events, rows, the pool, who was left out of it, and a decision, with
 * record separators (0x1e) between them.  Draws are made again, or not, and a pool with one more in it is
 * never the one that was fixed.
 */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/trust/bundle_check.h"
#include "core/trust/bundle_find.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define LOT "0192f0c4-a000-7000-8000-000000000002"
#define TENDER                                                                                               \
    "linli/bundle/v1\ntender 0192f0c4-a000-7000-8000-000000000001\n"                                         \
    "salt 0000000000000000000000000000000000000000000000000000000000000000\nlevel supervisor\n"

static void put(struct packing *packing, const char *name, const char *bytes, size_t count)
{
    MUST(packing_add(packing, name, bytes, count, NULL) == 0);
}

/* The parts of a bundle in an archive of the memory; `more` goes to the end of the pool. */
static int archive_of(const char *data, size_t size, const char *more)
{
    static const char *const names[] = {"events", "rows", "draws/" LOT ".pool", "draws/" LOT ".excluded",
                                        "decisions/0192f0c4-a000-7000-8000-000000000003"};
    int fd = memfd_create("bundle", 0);
    struct packing *packing;
    const char *end = data + size;

    MUST(fd >= 0 && packing_open(fd, "x.tar", &packing, NULL) == 0);
    put(packing, "tender", TENDER, strlen(TENDER));
    put(packing, "ledger", "", 0);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        CLEANUP(buf_free) struct buf part = {0};
        const char *gap = data < end ? memchr(data, 0x1e, (size_t)(end - data)) : NULL;
        buf_add(&part, data, (size_t)((gap ? gap : end) - data));
        if (i == 2)
            buf_text(&part, more);
        put(packing, names[i], part.data ? part.data : "", part.size);
        data = gap ? gap + 1 : end;
    }
    MUST(packing_close(packing, NULL) == 0);
    return fd;
}

/* *ret: a panel was drawn in it. */
static int drawn_again(const char *data, size_t size, const char *more, bool *ret)
{
    struct arena *arena = arena_new(0);
    struct bundle_tender tender;
    struct pack *pack;
    char path[64];
    int fd = archive_of(data, size, more), status = E_MALFORMED;

    *ret = false;
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    if (pack_read(arena, path, &pack, NULL) == 0 && bundle_read(arena, pack, "", &tender, NULL) == 0) {
        struct checking c = {.arena = arena, .b = &tender};
        status = bundle_draws(&c, NULL);
        MUST(status == 0 || status == E_REFUSED || status == E_ABSENT);
        *ret = bundle_first(&tender, "panel_draw") != NULL;
    }
    close(fd);
    arena_free(arena);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    bool panel, unused;

    if (drawn_again(text, size, "", &panel) == 0 && panel)
        MUST(drawn_again(text, size, "zzz\n", &unused) != 0);
    return 0;
}
