/*
 * scheme_speed PLUGIN_DIR: how long each scheme takes for one question, in microseconds, and what it asks for
 * in memory; lots of 10, 1,000 and, where that is a matter of milliseconds, 10,000 bids x 7 members x
 * CRITERIA criteria, made from a seed; and the curves of comprehensive_score up to 10,000 bids x 7 x 20, of
 * Schulze up to 500 bids, and of quadratic_match up to 100,000 people, ten gifts each, for 100 projects.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/arena.h"
#include "core/host/options.h"
#include "linli/plugin.h"

enum { MEMBERS = 7, SPELLED = 8000, GIFTS = 10 };

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

static double now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static char *indicators_json(struct arena *arena, int n)
{
    char *out = arena_alloc(arena, SPELLED, 1);
    size_t at = 0;

    for (int k = 0; k < n; k++)
        at +=
            (size_t)snprintf(out + at, SPELLED - at,
                             "%s{\"code\":\"c%d\",\"name\":{\"zh\":\"c\",\"en\":\"c\"},\"group\":\"output\","
                             "\"points\":\"%d\"}",
                             k ? "," : "", k, 100 / n);
    return out;
}

/* The judged criteria c0 .. c(n-1) with weights that make `total` percent. */
static char *criteria_json(struct arena *arena, int n, int total)
{
    char *out = arena_alloc(arena, SPELLED, 1);
    size_t at = 0;

    for (int k = 0; k < n; k++) {
        int ppm = k ? total * 10000 / n : total * 10000 - total * 10000 / n * (n - 1);
        at += (size_t)snprintf(
            out + at, SPELLED - at,
            "%s{\"code\":\"c%d\",\"name\":{\"zh\":\"c\",\"en\":\"c\"},\"weight\":\"%d.%04d%%\"}",
            k ? "," : "", k, ppm / 10000, ppm % 10000);
    }
    return out;
}

/* Ten gifts of everybody, of 1 to 100 yuan. */
static void gifts(struct arena *arena, linli_facts *f, int people)
{
    linli_ballot *ballots = ARENA_NEW(arena, linli_ballot, people);
    linli_choice *choices = ARENA_NEW(arena, linli_choice, (size_t)people * GIFTS);
    uint64_t seed = 20261122;

    for (int v = 0; v < people; v++) {
        ballots[v] = (linli_ballot){.voter = (uint64_t)v + 1,
                                    .weight = 1,
                                    .first = (uint32_t)(v * GIFTS),
                                    .count = GIFTS,
                                    .area = "",
                                    .source = "online"};
        for (int k = 0; k < GIFTS; k++)
            choices[v * GIFTS + k] = (linli_choice){.bid = (uint32_t)(next(&seed) % f->bid_count),
                                                    .rank = k + 1,
                                                    .value = 100 + (int64_t)(next(&seed) % 9901)};
    }
    f->ballots = ballots;
    f->ballot_count = (size_t)people;
    f->choices = choices;
    f->choice_count = (size_t)people * GIFTS;
}

static linli_facts *lot(struct arena *arena, int bids, int criteria, int most, bool places,
                        const linli_tender *tender)
{
    linli_facts *f = ARENA_NEW(arena, linli_facts, 1);
    linli_bid *bid = ARENA_NEW(arena, linli_bid, bids);
    linli_mark *mark = ARENA_NEW(arena, linli_mark, (size_t)bids * (size_t)criteria * MEMBERS);
    uint64_t seed = 20261121;
    size_t n = 0;

    for (int b = 0; b < bids; b++) {
        bid[b] = (linli_bid){.key = (uint64_t)b + 1,
                             .bidder = (uint64_t)b + 1,
                             .number = b + 1,
                             .round = 2,
                             .open = true,
                             .priced = true,
                             .price = {50000000 + (int64_t)(next(&seed) % 50000000)}};
        for (int k = 0; k < criteria; k++)
            for (uint64_t j = 0; j < MEMBERS; j++)
                mark[n++] = (linli_mark){.bid = (uint64_t)b + 1,
                                         .by = j + 1,
                                         .criterion = places ? "place" : arena_printf(arena, "c%d", k),
                                         .value = places ? 1 + (int64_t)(next(&seed) % (uint64_t)bids)
                                                         : (int64_t)(next(&seed) % 101) * 1000000};
    }
    for (size_t i = 0; most < 100 && i < n; i++)
        mark[i].value = mark[i].value % (most * 1000000 + 1);
    *f = (linli_facts){
        .tender = tender, .bids = bid, .bid_count = (size_t)bids, .marks = mark, .mark_count = n};
    return f;
}

/* `people` give to the projects; 0: members mark them. */
static void measure_votes(const char *folder, const char *id, const char *json, int bids, int criteria,
                          int people)
{
    static const linli_tender tender = {.currency = "CNY",
                                        .category = LINLI_SERVICES,
                                        .regime = LINLI_SUB_THRESHOLD,
                                        .budget = {100000000},
                                        .lot = 1,
                                        .lots = 1};
    struct arena *arena = arena_new(0);
    char *path = arena_printf(arena, "%s/%s.so", folder, id);
    void *so = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const linli_module *module = so ? dlsym(so, "linli_exports") : NULL;
    const linli_scheme *s = module ? module->schemes[0] : NULL;
    struct err err = {0};
    void *options = NULL;
    double best = 1e18;
    size_t bytes = 0;

    if (!s || form_read(&(struct form){s->options, s->option_count, s->options_size}, arena, json,
                        strlen(json), &options, &err)) {
        fprintf(stderr, "%s: %s\n", id, s ? err.detail : dlerror());
        exit(1);
    }
    linli_facts *f = lot(arena, bids, criteria, strcmp(id, "performance") == 0 ? 100 / criteria : 100,
                         strcmp(id, "ranking") == 0, &tender);
    if (people)
        gifts(arena, f, people);
    linli_admission *items = ARENA_NEW(arena, linli_admission, bids);
    linli_admissions admitted = {items, (size_t)bids, bids};
    for (int b = 0; b < bids; b++)
        items[b] = (linli_admission){.bid = (uint64_t)b + 1, .admitted = true};
    for (int i = 0; i < (bids > 100 ? 3 : 100); i++) {
        struct meter m = {.ask = {&m, meter_alloc}, .arena = arena_new(0)};
        linli_evaluation e = {0};
        double began = now_us();
        linli_status status = s->evaluate(&m.ask, options, f, &admitted, &e);
        double took = now_us() - began;
        best = took < best ? took : best;
        bytes = m.bytes;
        arena_free(m.arena);
        if (status != LINLI_OK || e.count != (size_t)bids) {
            fprintf(stderr, "%s: status %d\n", id, status);
            exit(1);
        }
    }
    if (people)
        printf("%-20s %6d bids, %6d people x %d gifts %13.1f us %8.2f MiB\n", id, bids, people, GIFTS, best,
               (double)bytes / 1048576);
    else
        printf("%-20s %6d bids x %d members x %2d criteria %12.1f us %8.2f MiB\n", id, bids, MEMBERS,
               criteria, best, (double)bytes / 1048576);
    fflush(stdout);
    arena_free(arena);
}

static void measure(const char *folder, const char *id, const char *json, int bids, int criteria)
{
    measure_votes(folder, id, json, bids, criteria, 0);
}

int main(int argc, char **argv)
{
    static const char *const scored[] = {"qcbs",       "rated_criteria", "fixed_budget",
                                         "least_cost", "quality_based",  "contest"};
    struct arena *arena = arena_new(0);
    const char *folder = argc > 1 ? argv[1] : ".";
    const char *rest =
        arena_printf(arena, "{\"price_weight\":\"20%%\",\"criteria\":[%s]}", criteria_json(arena, 5, 80));
    const char *all = arena_printf(arena, "{\"criteria\":[%s]}", criteria_json(arena, 5, 100));

    for (int bids = 10; bids <= 1000; bids *= 100) {
        measure(folder, "lowest_price", "{}", bids, 1);
        measure(folder, "comprehensive_score", rest, bids, 5);
        measure(folder, "two_stage_quote", rest, bids, 5);
        for (size_t i = 0; i < LENGTH(scored); i++)
            measure(folder, scored[i], all, bids, 5);
        measure(folder, "ranking", "{}", bids, 1);
    }
    for (int bids = 10; bids <= 1000; bids *= 100) {
        measure(folder, "performance",
                arena_printf(arena, "{\"indicators\":[%s]}", indicators_json(arena, 5)), bids, 5);
        measure(folder, "ahp_topsis", all, bids, 5);
    }
    for (int bids = 125; bids <= 500; bids *= 2)
        measure(folder, "ranking", "{\"method\":\"schulze\"}", bids, 1);
    for (int people = 1000; people <= 100000; people *= 10)
        measure_votes(folder, "quadratic_match", "{}", 100, 1, people);
    const char *twenty =
        arena_printf(arena, "{\"price_weight\":\"20%%\",\"criteria\":[%s]}", criteria_json(arena, 20, 80));
    for (int bids = 1250; bids <= 10000; bids *= 2)
        measure(folder, "comprehensive_score", twenty, bids, 20);
    arena_free(arena);
    return 0;
}
