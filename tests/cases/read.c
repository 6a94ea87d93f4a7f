/* The text of a .case file: blocks of lines. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "tests/cases/case.h"

enum { LINES = 4000, BLOCKS = 1000, BYTES = 4 << 20 };

static char *slurp(struct arena *arena, const char *path, struct buf *fault)
{
    FILE *f = fopen(path, "rb");
    char *text = arena_alloc(arena, 1, BYTES + 1);

    if (!f) {
        buf_printf(fault, "cannot be opened");
        return NULL;
    }
    size_t n = fread(text, 1, BYTES, f);
    bool whole = feof(f) != 0 || n < BYTES;

    fclose(f);
    if (!whole || !utf8_ok(text, n, true)) {
        buf_printf(fault, whole ? "is not UTF-8" : "is too long");
        return NULL;
    }
    return text;
}

/* Lines that go on are joined to the one before. */
static size_t join(struct arena *arena, char *text, struct line *lines)
{
    size_t count = 0;
    int number = 0;

    for (char *at = text; at && *at;) {
        char *end = strchr(at, '\n');

        number++;
        if (end)
            *end = '\0';
        size_t blank = strspn(at, " \t\r");
        if (at[blank] == '\0' || at[0] == '#') {
            MUST(count < LINES);
            lines[count++] = (struct line){at[0] == '#' ? "#" : "",
                                           at[0] == '#' ? at + 1 + strspn(at + 1, " ") : "", number};
        } else if (blank > 0 && count > 0 && lines[count - 1].word[0]) {
            lines[count - 1].rest = arena_printf(arena, "%s %s", lines[count - 1].rest, at + blank);
        } else {
            size_t n = strcspn(at, " \t");

            MUST(count < LINES);
            lines[count++] = (struct line){arena_ndup(arena, at, n), at + n + strspn(at + n, " \t"), number};
        }
        at = end ? end + 1 : NULL;
    }
    return count;
}

bool case_read(struct arena *arena, const char *path, struct blocks *ret, struct buf *fault)
{
    char *text = slurp(arena, path, fault);
    struct line *lines = ARENA_NEW(arena, struct line, LINES);
    struct block *blocks = ARENA_NEW(arena, struct block, BLOCKS);
    size_t count, n = 0;

    if (!text)
        return false;
    count = join(arena, text, lines);
    for (size_t i = 0; i < count;) {
        struct block *b = &blocks[n];
        struct line *own = ARENA_NEW(arena, struct line, count - i);

        *b = (struct block){.title = "", .lines = own, .number = lines[i].number};
        for (; i < count && lines[i].word[0]; i++) {
            if (lines[i].word[0] != '#') {
                own[b->count++] = lines[i];
                b->asks |= strcmp(lines[i].word, "ask") == 0;
            } else if (!b->title[0]) {
                b->title = lines[i].rest;
            }
        }
        n += b->count > 0;
        MUST(n < BLOCKS);
        while (i < count && !lines[i].word[0])
            i++;
    }
    *ret = (struct blocks){blocks, n};
    return true;
}
