/*
 * The scheme equal_shares against outcomes computed elsewhere: the official
 * equal-shares tool, pabutools, the worked instances of its authors, and the
 * projects that Wieliczka really funded.
 */
#include <criterion/criterion.h>
#include <dlfcn.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/time.h"
#include "core/service/pabulib.h"

#define DATA SOURCE_DIR "/tests/data/pabulib/"

/* The options struct of the plug-in, as its rows describe it. */
struct options {
    int32_t utility, completion, reading;
    linli_money increment;
    linli_list ties;
};
enum { COST, CARDINALITY };
enum { NONE, ADD1, ADD1U };
enum { LAST, FIRST };
enum { LOW_COST, VOTES, NUMBER, DRAW };

static const int32_t by_number[] = {NUMBER};
#define BY_NUMBER                                                                                            \
    {                                                                                                        \
        by_number, 1                                                                                         \
    }

static struct arena *arena;

struct test_ask {
    linli_ask ask;
    struct arena *arena;
    int fail_at; /* the n-th request gives nothing; 0: none */
    int asked;
};

static void *test_alloc(linli_ask *ask, size_t count, size_t size, size_t align)
{
    struct test_ask *t = ask->host;

    if (++t->asked == t->fail_at)
        return NULL;
    return arena_try(t->arena, count ? count : 1, size, align);
}

static const linli_scheme *scheme(void)
{
    void *so = dlopen(PLUGIN_DIR "/equal_shares.so", RTLD_NOW | RTLD_LOCAL);
    const linli_module *module = so ? dlsym(so, "linli_exports") : NULL;

    cr_assert(module, "%s", dlerror());
    return module->schemes[0];
}

static linli_status evaluate(const struct options *o, const linli_facts *facts, int fail_at,
                             linli_evaluation *out)
{
    struct test_ask t = {.ask = {.host = &t, .alloc = test_alloc}, .arena = arena, .fail_at = fail_at};
    linli_admission *all = ARENA_NEW(arena, linli_admission, facts->bid_count + 1);
    linli_admissions admitted = {all, facts->bid_count, (int32_t)facts->bid_count};

    for (size_t i = 0; i < facts->bid_count; i++)
        all[i] = (linli_admission){.bid = facts->bids[i].key, .admitted = true};
    memset(out, 0, sizeof *out);
    return scheme()->evaluate(&t.ask, o, facts, &admitted, out);
}

static const struct pabulib *pb_load(const char *path)
{
    struct err err = {0};
    const struct pabulib *pb = NULL;
    FILE *file = fopen(path, "rb");
    char *text = arena_alloc(arena, 1 << 20, 1);
    size_t n;

    cr_assert(file, "%s", path);
    n = fread(text, 1, 1 << 20, file);
    fclose(file);
    cr_assert_eq(pabulib_read(arena, text, n, &pb, &err), 0, "%s: %s", path, err.detail);
    return pb;
}

static int name_order(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The ids of the chosen, in byte order, joined by spaces. */
static const char *chosen(const struct pabulib *pb, const linli_evaluation *e)
{
    struct buf b = {0};
    char *text;

    for (size_t i = 0; i < e->count; i++)
        if (e->items[i].grant.minor > 0 || e->items[i].rank > 0)
            buf_printf(&b, "%s ", pb->projects[e->items[i].bid - 1].id);
    text = arena_dup(arena, b.data ? b.data : "");
    buf_free(&b);
    return text;
}

static const char *expected(const json_t *ids)
{
    size_t n = json_array_size(ids);
    const char **list = ARENA_NEW(arena, const char *, n + 1);
    struct buf b = {0};
    char *text;

    for (size_t i = 0; i < n; i++)
        list[i] = json_string_value(json_array_get(ids, i));
    qsort(list, n, sizeof *list, name_order);
    for (size_t i = 0; i < n; i++)
        buf_printf(&b, "%s ", list[i]);
    text = arena_dup(arena, b.data ? b.data : "");
    buf_free(&b);
    return text;
}

static const char *outcome(const struct pabulib *pb, const struct options *o)
{
    linli_evaluation e;

    cr_assert_eq(evaluate(o, pabulib_facts(arena, pb), 0, &e), LINLI_OK);
    cr_assert_eq(e.draw_count, 0);
    cr_assert_eq(e.count, pb->project_count);
    return chosen(pb, &e);
}

static json_t *reference(const char *name)
{
    json_error_t error;
    json_t *json = json_load_file(arena_printf(arena, DATA "mit_equalshares/%s", name), 0, &error);

    cr_assert(json, "%s: %s", name, error.text);
    return json;
}

/* "test/fixtures/pb/x.pb" is kept as mit_equalshares/pb/x.pb. */
static const struct pabulib *fixture(const char *path)
{
    const char *prefix = "test/fixtures/";

    if (strncmp(path, prefix, strlen(prefix)) == 0)
        return pb_load(arena_printf(arena, DATA "mit_equalshares/%s", path + strlen(prefix)));
    return pb_load(arena_printf(arena, DATA "mit_equalshares/pb/%s", path));
}

static void setup(void)
{
    arena = arena_new(0);
}
static void teardown(void)
{
    arena_free(arena);
}

TestSuite(equal_shares, .init = setup, .fini = teardown, .timeout = 120);

Test(equal_shares, pabutools_without_completion)
{
    struct options o = {COST, NONE, LAST, {100}, BY_NUMBER};
    json_t *all = reference("pabutools_reference.json"), *one;
    const char *path;
    int count = 0;

    json_object_foreach(all, path, one)
    {
        cr_expect_str_eq(outcome(fixture(path), &o), expected(json_object_get(one, "winners")), "%s", path);
        count++;
    }
    cr_assert_eq(count, 4);
    json_decref(all);
}

Test(equal_shares, pabutools_utilities)
{
    struct options cost = {COST, NONE, LAST, {100}, BY_NUMBER},
                   cardinality = {CARDINALITY, NONE, LAST, {100}, BY_NUMBER};
    json_t *all = reference("pabutools_satisfaction_reference.json"), *one;
    const char *path;
    int count = 0;

    json_object_foreach(all, path, one)
    {
        cr_expect_str_eq(outcome(fixture(path), &cost), expected(json_object_get(one, "cost")), "%s", path);
        cr_expect_str_eq(outcome(fixture(path), &cardinality), expected(json_object_get(one, "cardinality")),
                         "%s", path);
        count++;
    }
    cr_assert_eq(count, 3);
    json_decref(all);
}

/* The tool's tie rules in our words; false where it has one we lack. */
static bool ties_of(const json_t *list, int32_t *rules, size_t *count)
{
    *count = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *name = json_string_value(json_array_get(list, i));
        if (strcmp(name, "maxVotes") == 0)
            rules[(*count)++] = VOTES;
        else if (strcmp(name, "minCost") == 0)
            rules[(*count)++] = LOW_COST;
        else
            return false;
    }
    rules[(*count)++] = NUMBER;
    return true;
}

/* Its outcomes for the completions we have; greedy completion alone and
 * cases it gave up on are not ours. */
static int tool_outcomes(const char *name, const char *only)
{
    static const char *const completions[] = {"none", "add1", "add1u"};
    json_t *all = reference(name), *one;
    const char *key;
    int count = 0;

    json_object_foreach(all, key, one)
    {
        const json_t *params = json_object_get(one, "params"), *result = json_object_get(one, "result");
        const char *completion = json_string_value(json_object_get(params, "completion"));
        int32_t rules[4];
        struct options o = {
            COST, -1, FIRST, {json_integer_value(json_object_get(params, "increment")) * 100}, {rules, 0}};
        const struct pabulib *pb;

        for (int i = 0; i < 3; i++)
            if (strcmp(completion, completions[i]) == 0)
                o.completion = i;
        if (!result || o.completion < 0 ||
            !ties_of(json_object_get(params, "tieBreaking"), rules, &o.ties.count))
            continue;
        pb = only ? fixture(only) : fixture(json_string_value(json_object_get(one, "fixture")));
        cr_expect_str_eq(outcome(pb, &o), expected(json_object_get(result, "winners")), "%s", key);
        count++;
    }
    json_decref(all);
    return count;
}

Test(equal_shares, tool_outcomes_of_wieliczka)
{
    cr_assert_eq(tool_outcomes("js_reference.json", "test/fixtures/poland_wieliczka_2023_green-budget.pb"),
                 7);
}

Test(equal_shares, tool_outcomes_of_three_cities)
{
    cr_assert_geq(tool_outcomes("pb_reference.json", NULL), 9);
}

/* What the town really funded is in the file: the projects marked selected. */
Test(equal_shares, wieliczka_as_funded)
{
    const struct pabulib *pb = fixture("test/fixtures/poland_wieliczka_2023_green-budget.pb");
    struct options o = {COST, ADD1, LAST, {100}, BY_NUMBER};
    linli_evaluation e;
    int64_t sum = 0, started = time_monotonic();
    int count = 0;

    cr_assert_eq(evaluate(&o, pabulib_facts(arena, pb), 0, &e), LINLI_OK);
    fprintf(stderr, "wieliczka, add1: %lld ms\n", (long long)(time_monotonic() - started) / 1000);
    for (size_t i = 0; i < e.count; i++) {
        cr_expect_eq(e.items[i].grant.minor > 0, pb->projects[i].selected == 1, "%s", pb->projects[i].id);
        sum += e.items[i].grant.minor;
        count += e.items[i].grant.minor > 0;
    }
    cr_expect_eq(count, 30);
    cr_expect_eq(sum, 99507900);
    o.reading = FIRST;
    cr_assert_eq(evaluate(&o, pabulib_facts(arena, pb), 0, &e), LINLI_OK);
    sum = count = 0;
    for (size_t i = 0; i < e.count; i++) {
        sum += e.items[i].grant.minor;
        count += e.items[i].grant.minor > 0;
    }
    cr_expect_eq(count, 31);
    cr_expect_eq(sum, 98457900);
}
