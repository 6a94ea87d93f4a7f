/*
 * scheme_city PLUGIN_DIR: how long participatory_budget takes to decide for a whole city, by each rule:
 * 1,000, 10,000 and 100,000 voters with 10 approvals each among 500 proposals, made from a seed.
 *
 * scheme_city --facts VOTERS: the same city as facts for `linli decide`, with what reading and a child
 * process cost.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/arena.h"
#include "core/host/facts.h"
#include "core/host/options.h"
#include "linli/plugin.h"

enum { PROJECTS = 500, APPROVALS = 10 };

struct meter {
    linli_ask ask;
    struct arena *arena;
    size_t bytes;
};

static void *meter_alloc(linli_ask *ask, size_t count, size_t size, size_t align)
{
    struct meter *m = ask->host;

    m->bytes += count * size;
    return arena_try(m->arena, count ? count : 1, size, align);
}

static uint64_t next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

static double now_s(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* A voter takes the lower of two numbers, so that some proposals are liked more; each once. */
static uint32_t liked(uint64_t *seed, const linli_choice *had, size_t count)
{
    for (;;) {
        uint32_t a = (uint32_t)(next(seed) % PROJECTS), b = (uint32_t)(next(seed) % PROJECTS);
        uint32_t p = (a < b ? a : b) * 7 % PROJECTS; /* cost and place have nothing to do with it */
        size_t i = 0;

        while (i < count && had[i].bid != p)
            i++;
        if (i == count)
            return p;
    }
}

/* 500 proposals of 10,000 to 1,010,000 yuan each to the fen; a budget of 40,000,000. */
static linli_facts *city(struct arena *arena, size_t voters)
{
    linli_facts *f = ARENA_NEW(arena, linli_facts, 1);
    linli_tender *tender = ARENA_NEW(arena, linli_tender, 1);
    linli_bid *bids = ARENA_NEW(arena, linli_bid, PROJECTS);
    linli_ballot *ballots = ARENA_NEW(arena, linli_ballot, voters);
    linli_choice *choices = ARENA_NEW(arena, linli_choice, voters * APPROVALS);
    uint64_t seed = 20261122;

    *tender = (linli_tender){.key = 1,
                             .currency = "CNY",
                             .category = LINLI_PUBLIC_GOOD,
                             .regime = LINLI_CHARITY,
                             .budget = {INT64_C(4000000000)},
                             .electorate = (int64_t)voters,
                             .lot = 1,
                             .lots = 1};
    for (uint32_t p = 0; p < PROJECTS; p++)
        bids[p] = (linli_bid){.key = p + 1,
                              .bidder = p + 1,
                              .number = (int32_t)p + 1,
                              .round = 1,
                              .open = true,
                              .priced = true,
                              .price = {1000000 + (int64_t)(next(&seed) % 100000000)}};
    for (size_t v = 0; v < voters; v++) {
        linli_choice *own = choices + v * APPROVALS;

        ballots[v] = (linli_ballot){.voter = v + 1,
                                    .weight = 1,
                                    .first = (uint32_t)(v * APPROVALS),
                                    .count = APPROVALS,
                                    .area = "",
                                    .source = "paper"};
        for (size_t i = 0; i < APPROVALS; i++)
            own[i] = (linli_choice){liked(&seed, own, i), (int32_t)i + 1, 1};
    }
    *f = (linli_facts){.tender = tender,
                       .bids = bids,
                       .bid_count = PROJECTS,
                       .ballots = ballots,
                       .ballot_count = voters,
                       .choices = choices,
                       .choice_count = voters * APPROVALS};
    return f;
}

/* How many counts add1 took: steps 0 to the one that stands, and the one beyond it. */
static int64_t runs_of(const linli_scheme *s, const linli_evaluation *e)
{
    for (size_t i = 0; i < e->why.count; i++)
        if (strcmp(s->messages[e->why.items[i].message].code, "raised") == 0)
            return e->why.items[i].arg[1].number + 2;
    return 1;
}

static void measure(const linli_scheme *s, const linli_facts *f, const char *json)
{
    const struct form form = {s->options, s->option_count, s->options_size};
    struct meter m = {.ask = {&m, meter_alloc}, .arena = arena_new(0)};
    linli_admission *items = ARENA_NEW(m.arena, linli_admission, PROJECTS);
    linli_admissions admitted = {items, PROJECTS, PROJECTS};
    linli_evaluation e = {0};
    struct err err = {0};
    void *options = NULL;
    int funded = 0;
    double took;

    for (uint32_t p = 0; p < PROJECTS; p++)
        items[p] = (linli_admission){.bid = p + 1, .admitted = true};
    if (form_read(&form, m.arena, json, strlen(json), &options, &err)) {
        fprintf(stderr, "%s: %s\n", json, err.detail);
        exit(1);
    }
    took = now_s();
    if (s->evaluate(&m.ask, options, f, &admitted, &e) != LINLI_OK || e.draw_count > 0) {
        fprintf(stderr, "%s: not decided\n", json);
        exit(1);
    }
    took = now_s() - took;
    for (size_t i = 0; i < e.count; i++)
        funded += e.items[i].grant.minor > 0;
    printf("%7zu voters  %-88s %4d funded %8.3f s %7.1f MiB", f->ballot_count, json, funded, took,
           (double)m.bytes / 1048576);
    if (runs_of(s, &e) > 1)
        printf("  %lld runs, %.4f s each", (long long)runs_of(s, &e), took / (double)runs_of(s, &e));
    putchar('\n');
    fflush(stdout);
    arena_free(m.arena);
}

static const linli_scheme *scheme_of(const char *folder)
{
    char path[4096];
    void *so;
    const linli_module *module;

    snprintf(path, sizeof path, "%s/participatory_budget.so", folder);
    so = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    module = so ? dlsym(so, "linli_exports") : NULL;
    if (!module) {
        fprintf(stderr, "%s\n", dlerror());
        exit(1);
    }
    return module->schemes[0];
}

int main(int argc, char **argv)
{
    static const char *const options[] = {
        "{\"rule\":\"votes\",\"ties\":[\"number\"]}",
        "{\"rule\":\"votes_per_cost\",\"ties\":[\"number\"]}",
        "{\"rule\":\"phragmen\",\"ties\":[\"number\"]}",
        "{\"rule\":\"equal_shares\",\"completion\":\"none\",\"ties\":[\"number\"]}",
        "{\"rule\":\"equal_shares\",\"completion\":\"none\",\"utility\":\"effort\",\"ties\":[\"number\"]}",
        "{\"rule\":\"equal_shares\",\"ballots\":\"ordinal\",\"completion\":\"none\",\"ties\":[\"number\"]}",
        "{\"rule\":\"equal_shares\",\"completion\":\"add1\",\"ties\":[\"number\"]}",
    };
    struct arena *arena = arena_new(0);

    if (argc == 3 && strcmp(argv[1], "--facts") == 0) {
        CLEANUP(buf_free) struct buf out = {0};

        facts_write(city(arena, (size_t)atol(argv[2])), &out);
        fwrite(out.data, 1, out.size, stdout);
        arena_free(arena);
        return 0;
    }
    for (size_t voters = 1000; voters <= 100000; voters *= 10)
        for (size_t i = 0; i < LENGTH(options); i++)
            measure(scheme_of(argc > 1 ? argv[1] : "."), city(arena, voters), options[i]);
    arena_free(arena);
    return 0;
}
