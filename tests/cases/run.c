/*
 * Runs the .case files of every plug-in: cases_run SOURCE_DIR PLUGIN_DIR [FILE...]
 * Says TAP, one line a case; the last line counts; exit 1 where a case failed.
 */
#include <errno.h>
#include <glob.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/domain/calendar.h"
#include "tests/cases/case.h"

struct run {
    struct arena *arena;
    struct host *host;
    struct rule_book *book;
    const linli_calendar *calendar;
    int cases, failed, expectations;
};

/* "mechanisms/public_bidding/cases/gates.case" where the file lies in a tree of plug-ins. */
static const char *short_path(const char *path)
{
    const char *at = strstr(path, "/plugins/");

    return at ? at + strlen("/plugins/") : path;
}

/* One case is over; `fault` says what was wrong, or is empty. */
static void tell(struct run *r, const char *path, int line, const char *title, const struct buf *fault)
{
    bool fine = fault->size == 0;

    r->cases++;
    r->failed += !fine;
    printf("%s %d - %s:%d %s\n", fine ? "ok" : "not ok", r->cases, short_path(path), line, title);
    if (!fine)
        printf("%s\n", fault->data);
}

/* plugins/<kind>/<id>/cases/x.case; outside the tree the folder says the id alone. */
static const struct plugin *plugin_of(struct run *r, struct arena *arena, const char *path)
{
    char *folder = dirname(dirname(arena_dup(arena, path)));
    char *id = basename(arena_dup(arena, folder)), *kind = basename(dirname(arena_dup(arena, folder)));
    const struct plugin *scheme = host_find(r->host, PLUGIN_SCHEME, id, NULL);

    if (strcmp(kind, "schemes") == 0)
        return scheme;
    const struct plugin *mechanism = host_find(r->host, PLUGIN_MECHANISM, id, NULL);
    return mechanism || strcmp(kind, "mechanisms") == 0 ? mechanism : scheme;
}

/* The settings before a case and its own lines, in order. */
static size_t lines_of(struct arena *arena, const struct blocks *blocks, size_t which,
                       const struct line **ret)
{
    size_t n = 0;
    struct line *all;

    for (size_t i = 0; i <= which; i++)
        n += blocks->items[i].count;
    all = ARENA_NEW(arena, struct line, n);
    n = 0;
    for (size_t i = 0; i <= which; i++)
        if (i == which || !blocks->items[i].asks)
            for (size_t j = 0; j < blocks->items[i].count; j++)
                all[n++] = blocks->items[i].lines[j];
    *ret = all;
    return n;
}

static const char *question_of(const struct line *lines, size_t count)
{
    const char *question = "";

    for (size_t i = 0; i < count; i++)
        question = strcmp(lines[i].word, "ask") == 0 ? lines[i].rest : question;
    return question;
}

/* The case's own expectations, up to the first that is not met. */
static void look(struct run *r, const struct block *b, const struct world *w, const struct answer *a,
                 struct buf *fault)
{
    int expected = 0;

    for (size_t i = 0; fault->size == 0 && i < b->count; i++) {
        CLEANUP(buf_free) struct buf got = {0};

        if (strcmp(b->lines[i].word, "expect") != 0)
            continue;
        expected++;
        if (!expect_line(w, a, b->lines[i].rest, &got))
            buf_printf(fault, "#   line %d\n#   expected %s\n#   got      %s", b->lines[i].number,
                       b->lines[i].rest, got.data ? got.data : "");
    }
    r->expectations += expected;
    if (expected == 0)
        buf_text(fault, "#   expects nothing");
}

static void run_case(struct run *r, const char *path, const struct blocks *blocks, size_t which)
{
    const struct block *b = &blocks->items[which];
    struct arena *arena = arena_new(0);
    struct world *w = ARENA_NEW(arena, struct world, 1);
    struct answer *a = ARENA_NEW(arena, struct answer, 1);
    const struct line *lines;
    size_t count = lines_of(arena, blocks, which, &lines);
    CLEANUP(buf_free) struct buf fault = {0};

    *w = (struct world){.arena = arena,
                        .plugin = plugin_of(r, arena, path),
                        .book = r->book,
                        .folder = dirname(arena_dup(arena, path)),
                        .facts.calendar = r->calendar};
    if (!w->plugin)
        buf_text(&fault, "#   its plug-in is not loaded");
    else if (!world_read(w, lines, count) || !ask_case(w, lines, count, question_of(lines, count), a))
        buf_printf(&fault, "#   %s", w->fault);
    else
        look(r, b, w, a, &fault);
    tell(r, path, b->number, b->title, &fault);
    arena_free(arena);
}

static void run_file(struct run *r, const char *path)
{
    struct arena *arena = arena_new(0);
    struct blocks blocks;
    CLEANUP(buf_free) struct buf fault = {0};

    if (!case_read(arena, path, &blocks, &fault)) {
        tell(r, path, 1, "is a file of cases", &fault);
    } else {
        for (size_t i = 0; i < blocks.count; i++)
            if (blocks.items[i].asks)
                run_case(r, path, &blocks, i);
    }
    arena_free(arena);
}

static bool prepare(struct run *r, const char *source, const char *plugins)
{
    const char *const folders[] = {plugins, NULL};
    struct host_config config = {.folders = folders, .quick = true};
    struct err err = {0};
    CLEANUP(buf_free) struct buf report = {0};

    r->arena = arena_new(0);
    if (host_open(&config, &r->host, &report, &err) ||
        rules_load(arena_printf(r->arena, "%s/config/rules", source), r->arena, &r->book, &err) ||
        calendar_load(arena_printf(r->arena, "%s/config/calendar/cn_working_days.csv", source), r->arena,
                      &r->calendar, &err)) {
        fprintf(stderr, "cases_run: %s\n%s", err.detail, report.data ? report.data : "");
        return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    struct run r = {0};
    glob_t found = {0};

    if (argc < 3 || !prepare(&r, argv[1], argv[2])) {
        fprintf(stderr, "usage: cases_run SOURCE_DIR PLUGIN_DIR [FILE...]\n");
        return 2;
    }
    for (int i = 3; i < argc; i++) {
        char *path = realpath(argv[i], NULL);

        run_file(&r, path ? path : argv[i]);
        free(path);
    }
    if (argc == 3) {
        char *pattern = arena_printf(r.arena, "%s/plugins/*/*/cases/*.case", argv[1]);

        if (glob(pattern, 0, NULL, &found) != 0)
            fprintf(stderr, "cases_run: no case in %s\n", pattern);
        for (size_t i = 0; i < found.gl_pathc; i++)
            run_file(&r, found.gl_pathv[i]);
        globfree(&found);
    }
    printf("1..%d\n# cases: %d passed, %d failed, %d expectations\n", r.cases, r.cases - r.failed, r.failed,
           r.expectations);
    host_close(r.host);
    arena_free(r.arena);
    return r.failed > 0 || r.cases == 0;
}
