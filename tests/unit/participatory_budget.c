/*
 * The scheme participatory_budget against outcomes computed elsewhere: the official
 * equal-shares tool, pabutools, the worked instances of its authors, and the
 * projects that Wieliczka really funded.
 */
#include <jansson.h>

#include "tests/unit/plugin_ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/time.h"
#include "core/service/pabulib.h"

#define DATA SOURCE_DIR "/tests/data/pabulib/"

/* The options struct of the plug-in, as its rows describe it. */
struct plugin_options {
    int32_t rule, ballots, fit, utility, completion, reading;
    int64_t votes_min, points;
    bool compare;
    linli_money increment;
    linli_list ties;
};

/* What most tests say: equal shares, approval ballots. */
struct options {
    int32_t utility, completion, reading;
    linli_money increment;
    linli_list ties;
    int32_t rule, ballots; /* how far from equal shares; approval */
    int32_t fit;
    bool compare;
};
enum { BY_SHARES, BY_PHRAGMEN, BY_PER_COST, BY_VOTES };
enum { APPROVAL, CUMULATIVE, SCORING, ORDINAL };
enum { COST, CARDINALITY, EFFORT };
enum { NONE, REST_VOTES, REST_PHRAGMEN, ADD1, ADD1U };
enum { LAST, FIRST };
enum { SKIP, STOP };
enum { LOW_COST, HIGH_COST, VOTES, NUMBER, DRAW };

static const int32_t by_number[] = {NUMBER};
#define BY_NUMBER                                                                                            \
    {                                                                                                        \
        by_number, 1                                                                                         \
    }

static struct arena *arena;

static const linli_scheme *scheme;

static linli_status evaluate(const struct options *o, const linli_facts *facts, int fail_at,
                             linli_evaluation *out)
{
    const struct plugin_options full = {.rule = 3 - o->rule,
                                        .ballots = o->ballots,
                                        .fit = o->fit,
                                        .utility = o->utility,
                                        .completion = o->completion,
                                        .reading = o->reading,
                                        .votes_min = 1,
                                        .points = 10,
                                        .compare = o->compare,
                                        .increment = o->increment,
                                        .ties = o->ties};

    return scheme_evaluate(arena, scheme, &full, facts, fail_at, out);
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

/* Is the project funded?  One that costs nothing has no grant, but a line that says so. */
static bool taken(const linli_result *r)
{
    static const char *const said[] = {"fits", "loaded", "chosen", "chosen_points", "by_rest"};

    for (size_t i = 0; i < LENGTH(said); i++)
        if (lines_say(r->why, scheme, said[i]))
            return true;
    return false;
}

/* The ids of the chosen, in byte order, joined by spaces. */
static const char *chosen(const struct pabulib *pb, const linli_evaluation *e)
{
    struct buf b = {0};
    char *text;

    for (size_t i = 0; i < e->count; i++)
        if (taken(&e->items[i]))
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
    scheme = scheme_load("participatory_budget");
}
static void teardown(void)
{
    arena_free(arena);
}

TestSuite(participatory_budget, .init = setup, .fini = teardown, .timeout = 120);

Test(participatory_budget, pabutools_without_completion)
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

Test(participatory_budget, pabutools_utilities)
{
    struct options cost = {COST, NONE, LAST, {100}, BY_NUMBER},
                   cardinality = {CARDINALITY, NONE, LAST, {100}, BY_NUMBER},
                   effort = {EFFORT, NONE, LAST, {100}, BY_NUMBER};
    json_t *all = reference("pabutools_satisfaction_reference.json"), *one;
    const char *path;
    int count = 0;

    json_object_foreach(all, path, one)
    {
        cr_expect_str_eq(outcome(fixture(path), &cost), expected(json_object_get(one, "cost")), "%s", path);
        cr_expect_str_eq(outcome(fixture(path), &cardinality), expected(json_object_get(one, "cardinality")),
                         "%s", path);
        cr_expect_str_eq(outcome(fixture(path), &effort), expected(json_object_get(one, "effort")), "%s",
                         path);
        count++;
    }
    cr_assert_eq(count, 3);
    json_decref(all);
}

Test(participatory_budget, pabutools_other_rules)
{
    static const struct {
        const char *name;
        struct options o;
    } rules[] = {
        {"greedy_cost", {.ties = BY_NUMBER, .rule = BY_VOTES}},
        {"greedy_cardinality", {.ties = BY_NUMBER, .rule = BY_PER_COST}},
        {"phragmen", {.ties = BY_NUMBER, .rule = BY_PHRAGMEN, .fit = STOP}},
    };
    json_t *all = reference("pabutools_rules_reference.json"), *one;
    const char *path;
    int count = 0;

    json_object_foreach(all, path, one) for (size_t i = 0; i < LENGTH(rules); i++, count++)
        cr_expect_str_eq(outcome(fixture(path), &rules[i].o), expected(json_object_get(one, rules[i].name)),
                         "%s %s", rules[i].name, path);
    cr_assert_eq(count, 9);
    json_decref(all);
}

/* Points and places are the utility themselves. */
static int ballots_of(const char *name, int32_t ballots)
{
    struct options o = {CARDINALITY, NONE, LAST, {100}, BY_NUMBER, .ballots = ballots};
    json_t *all = reference(name), *one;
    const char *path;
    int count = 0;

    json_object_foreach(all, path, one)
    {
        o.ballots = strstr(path, "cumulative") ? CUMULATIVE : ballots;
        cr_expect_str_eq(outcome(fixture(path), &o), expected(json_object_get(one, "winners")), "%s", path);
        count++;
    }
    json_decref(all);
    return count;
}

Test(participatory_budget, pabutools_points_and_places)
{
    cr_assert_eq(ballots_of("pabutools_cardinal_reference.json", SCORING), 3);
    cr_assert_eq(ballots_of("pabutools_ordinal_reference.json", ORDINAL), 2);
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
        else if (strcmp(name, "maxCost") == 0)
            rules[(*count)++] = HIGH_COST;
        else
            return false;
    }
    rules[(*count)++] = NUMBER;
    return true;
}

/* All its outcomes but the case it gave up on. */
static int tool_outcomes(const char *name, const char *only)
{
    static const char *const completions[] = {"none", "utilitarian", "", "add1", "add1u"};
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

        for (int i = 0; i < 5; i++)
            if (strcmp(completion, completions[i]) == 0)
                o.completion = i;
        if (!result || o.completion < 0 ||
            !ties_of(json_object_get(params, "tieBreaking"), rules, &o.ties.count))
            continue;
        o.compare = strcmp(json_string_value(json_object_get(params, "comparison")), "satisfaction") == 0;
        if (o.completion == REST_VOTES) { /* where the tool spends the rest it knows the numbers alone */
            rules[0] = NUMBER;
            o.ties.count = 1;
        }
        pb = only ? fixture(only) : fixture(json_string_value(json_object_get(one, "fixture")));
        cr_expect_str_eq(outcome(pb, &o), expected(json_object_get(result, "winners")), "%s", key);
        count++;
    }
    json_decref(all);
    return count;
}

Test(participatory_budget, tool_outcomes_of_wieliczka)
{
    cr_assert_eq(tool_outcomes("js_reference.json", "test/fixtures/poland_wieliczka_2023_green-budget.pb"),
                 8);
}

Test(participatory_budget, tool_outcomes_of_three_cities)
{
    cr_assert_eq(tool_outcomes("pb_reference.json", NULL), 17);
}

/* What the town really funded is in the file: the projects marked selected. */
Test(participatory_budget, wieliczka_as_funded)
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

/* ---- small instances ---------------------------------------------------- */

/* A count as the tests write it: costs in yuan, one string of project letters a voter. */
static linli_facts *instance(int64_t budget_fen, const int64_t *costs_fen, size_t projects,
                             const char *const *ballots)
{
    linli_facts *facts = ARENA_NEW(arena, linli_facts, 1);
    linli_tender *tender = ARENA_NEW(arena, linli_tender, 1);
    linli_bid *bids = ARENA_NEW(arena, linli_bid, projects);
    linli_ballot *list = ARENA_NEW(arena, linli_ballot, 2000);
    linli_choice *choices = ARENA_NEW(arena, linli_choice, 20000);

    *tender = (linli_tender){.key = 1, .currency = "CNY", .budget = {budget_fen}, .lot = 1, .lots = 1};
    for (size_t i = 0; i < projects; i++)
        bids[i] = (linli_bid){.key = i + 1,
                              .bidder = i + 1,
                              .number = (int32_t)i + 1,
                              .priced = true,
                              .open = true,
                              .price = {costs_fen[i]}};
    *facts = (linli_facts){
        .tender = tender, .bids = bids, .bid_count = projects, .ballots = list, .choices = choices};
    for (; ballots[facts->ballot_count]; facts->ballot_count++) {
        linli_ballot *b = &list[facts->ballot_count];
        *b = (linli_ballot){
            .voter = facts->ballot_count + 1, .weight = 1, .first = (uint32_t)facts->choice_count};
        for (const char *p = ballots[facts->ballot_count]; *p; p++)
            choices[facts->choice_count++] = (linli_choice){(uint32_t)(*p - 'a'), (int32_t)++b->count, 1};
    }
    return facts;
}

/* The letters of the chosen, in the order they were bought. */
static const char *bought(const linli_evaluation *e)
{
    char *out = arena_alloc(arena, e->count + 1, 1);

    for (size_t i = 0; i < e->count; i++)
        if (e->items[i].rank > 0)
            out[e->items[i].rank - 1] = (char)('a' + i);
    return out;
}

static const char *decide(const struct options *o, const linli_facts *facts)
{
    linli_evaluation e;

    cr_assert_eq(evaluate(o, facts, 0, &e), LINLI_OK);
    cr_assert_eq(e.draw_count, 0);
    return bought(&e);
}

/* The n-th argument of the line with this code. */
static int64_t argument(linli_lines lines, const char *code, int n)
{
    for (size_t i = 0; i < lines.count; i++)
        if (strcmp(scheme->messages[lines.items[i].message].code, code) == 0)
            return lines.items[i].arg[n].number;
    cr_assert(false, "no line %s", code);
    return 0;
}

/* The authors' instance: bike, gym, park, playground, library; 11 voters. */
static const int64_t park_costs[] = {70000, 40000, 25000, 20000, 10000};
static const char *const park_1[] = {"ab",  "abc", "ab", "abc", "abc", "ab",
                                     "cde", "d",   "de", "cde", "a",   NULL};
static const char *const park_2[] = {"ab",  "abc", "ab", "abc", "abc", "ab",
                                     "cde", "d",   "de", "cde", "b",   NULL};

Test(participatory_budget, worked_instance_one)
{
    struct options o = {COST, NONE, LAST, {100}, BY_NUMBER};
    linli_evaluation e;

    cr_assert_eq(evaluate(&o, instance(110000, park_costs, 5, park_1), 0, &e), LINLI_OK);
    cr_expect_str_eq(bought(&e), "ade");
    cr_expect_eq(argument(e.items[0].why, "chosen", 3), 10000);
    cr_expect_eq(argument(e.items[0].why, "effective", 0), 7000000);
    cr_expect_eq(argument(e.items[3].why, "chosen", 3), 5000);
    cr_expect_eq(argument(e.items[3].why, "effective", 0), 4000000);
    cr_expect_eq(argument(e.items[4].why, "chosen", 3), 3333);
    cr_expect_eq(argument(e.items[4].why, "effective", 0), 3000000);
    o.completion = ADD1;
    o.reading = FIRST;
    cr_expect_str_eq(decide(&o, instance(110000, park_costs, 5, park_1)), "ade");
}

/* Boundary 23.  Effective votes of 70/17 and 56/17: rounding them, or the money, changes the order. */
Test(participatory_budget, worked_instance_two)
{
    struct options o = {COST, NONE, LAST, {100}, BY_NUMBER};
    linli_evaluation e;

    cr_assert_eq(evaluate(&o, instance(110000, park_costs, 5, park_2), 0, &e), LINLI_OK);
    cr_expect_str_eq(bought(&e), "bcd");
    cr_expect_eq(argument(e.items[1].why, "chosen", 3), 5714);
    cr_expect_eq(argument(e.items[2].why, "chosen", 3), 6071);
    cr_expect_eq(argument(e.items[2].why, "poor", 0), 3, "voters 2, 4 and 5 give all they have");
    cr_expect_eq(argument(e.items[2].why, "effective_fraction", 0), 4117647);
    cr_expect_eq(argument(e.items[2].why, "effective_fraction", 1), 70);
    cr_expect_eq(argument(e.items[2].why, "effective_fraction", 2), 17);
    cr_expect_eq(argument(e.items[3].why, "effective_fraction", 0), 3294118);
    cr_expect_eq(argument(e.items[3].why, "effective_fraction", 1), 56);
    cr_expect_eq(argument(e.items[3].why, "effective_fraction", 2), 17);
    cr_expect_eq(argument(e.items[0].why, "short", 1), 70000);
    o.completion = ADD1;
    o.reading = FIRST;
    cr_assert_eq(evaluate(&o, instance(110000, park_costs, 5, park_2), 0, &e), LINLI_OK);
    cr_expect_eq(e.items[4].grant.minor, 10000, "the library is added");
    cr_expect_eq(argument(e.why, "raised", 1), 17);
    cr_expect_eq(argument(e.why, "raised", 2), 11700);
    cr_expect_eq(argument(e.why, "total", 1), 95000);
}

Test(participatory_budget, worked_instance_three)
{
    static const int64_t costs[] = {30000, 30000, 30000};
    static const char *const ballots[] = {"ab", "ab", "ab", "a", "a", "c", "c", "c", "", "", NULL};
    struct options o = {COST, NONE, LAST, {100}, BY_NUMBER};

    cr_expect_str_eq(decide(&o, instance(60000, costs, 3, ballots)), "a");
    o.completion = ADD1;
    cr_expect_str_eq(decide(&o, instance(60000, costs, 3, ballots)), "ac");
}

/* ---- hand-sized cases with every admissible outcome --------------------- */

/* Amounts such as "1.09" in units of `scale` fen. */
static int64_t scaled(const char *text, int64_t scale)
{
    int64_t whole = 0, part = 0, unit = 1;

    for (; *text && *text != '.'; text++)
        whole = whole * 10 + (*text - '0');
    for (text += *text == '.'; *text; text++) {
        part = part * 10 + (*text - '0');
        unit *= 10;
    }
    return whole * scale + part * scale / unit;
}

static linli_facts *tiny_facts(const json_t *one, int64_t scale)
{
    const char *name;
    const char *names[16];
    int64_t costs[16];
    const json_t *ballots = json_object_get(one, "ballots");
    const char **list = ARENA_NEW(arena, const char *, json_array_size(ballots) + 1);
    size_t n = 0;
    json_t *cost;

    json_object_foreach(json_object_get(one, "projects"), name, cost)
    {
        names[n] = name;
        costs[n++] = scaled(json_string_value(cost), scale);
    }
    for (size_t i = 0; i < json_array_size(ballots); i++) {
        const json_t *ballot = json_array_get(ballots, i);
        char *text = arena_alloc(arena, json_array_size(ballot) + 1, 1);
        for (size_t j = 0; j < json_array_size(ballot); j++)
            for (size_t p = 0; p < n; p++)
                if (strcmp(names[p], json_string_value(json_array_get(ballot, j))) == 0)
                    text[j] = (char)('a' + p);
        list[i] = text;
    }
    return instance(scaled(json_string_value(json_object_get(one, "budget")), scale), costs, n, list);
}

/* Is this outcome one of those listed? */
static bool admissible(const json_t *one, const char *rule, const linli_evaluation *e)
{
    const json_t *outcomes = json_object_get(json_object_get(one, "expect_irresolute"), rule);

    for (size_t i = 0; i < json_array_size(outcomes); i++) {
        const json_t *outcome = json_array_get(outcomes, i);
        size_t right = 0, at = 0;
        const char *name;
        json_t *cost;
        json_object_foreach(json_object_get(one, "projects"), name, cost)
        {
            bool in = false;
            for (size_t j = 0; j < json_array_size(outcome); j++)
                in |= strcmp(json_string_value(json_array_get(outcome, j)), name) == 0;
            right += in == taken(&e->items[at++]);
        }
        if (right == e->count)
            return true;
    }
    return false;
}

Test(participatory_budget, every_tiny_case)
{
    static const struct {
        const char *name;
        struct options o;
        int64_t scale; /* fen for a unit of money */
    } rules[] = {
        {"mes_cost", {COST, NONE, LAST, {100}, BY_NUMBER}, 100},
        {"mes_cardinality", {CARDINALITY, NONE, LAST, {100}, BY_NUMBER}, 100},
        {"mes_cost_increment_1/10", {COST, ADD1, FIRST, {10}, BY_NUMBER}, 100},
        {"mes_cardinality_increment_1/10", {CARDINALITY, ADD1, FIRST, {10}, BY_NUMBER}, 100},
        /* 1/24 of the budget for 12 voters: 1/288 for each. */
        {"mes_cost_budget_increase_1/24", {COST, ADD1, FIRST, {1}, BY_NUMBER}, 288},
        {"mes_cost_then_greedy_by_votes", {COST, REST_VOTES, LAST, {1}, BY_NUMBER}, 100},
        {"mes_cost_then_phragmen", {COST, REST_PHRAGMEN, LAST, {1}, BY_NUMBER, .fit = STOP}, 100},
        {"greedy_by_votes", {.ties = BY_NUMBER, .rule = BY_VOTES}, 100},
        {"greedy_by_votes_per_cost", {.ties = BY_NUMBER, .rule = BY_PER_COST}, 100},
        {"phragmen", {.ties = BY_NUMBER, .rule = BY_PHRAGMEN, .fit = STOP}, 100},
    };
    json_t *file = json_load_file(DATA "tiny_cases.json", 0, NULL), *one;
    size_t i;
    int count = 0;

    json_array_foreach(json_object_get(file, "cases"), i, one) for (size_t r = 0; r < LENGTH(rules); r++)
    {
        linli_evaluation e;
        if (!json_object_get(json_object_get(one, "expect_irresolute"), rules[r].name))
            continue;
        if (strcmp(json_string_value(json_object_get(one, "name")), "EmptyProfile") == 0 &&
            rules[r].o.rule == BY_PHRAGMEN)
            continue; /* there what nobody supports is bought, with us never */
        cr_assert_eq(evaluate(&rules[r].o, tiny_facts(one, rules[r].scale), 0, &e), LINLI_OK);
        cr_expect(admissible(one, rules[r].name, &e), "%s %s",
                  json_string_value(json_object_get(one, "name")), rules[r].name);
        count++;
    }
    cr_assert_eq(count, 34);
    json_decref(file);
}

/* ---- committees: projects of one price ---------------------------------- */

static linli_facts *committee_facts(const json_t *one)
{
    static const int64_t costs[] = {100, 100, 100, 100, 100, 100, 100, 100};
    const json_t *profile = json_object_get(one, "profile");
    const char **list = ARENA_NEW(arena, const char *, json_array_size(profile) + 1);

    for (size_t i = 0; i < json_array_size(profile); i++) {
        const json_t *ballot = json_array_get(profile, i);
        char *text = arena_alloc(arena, json_array_size(ballot) + 1, 1);

        for (size_t j = 0; j < json_array_size(ballot); j++)
            text[j] = (char)('a' + json_integer_value(json_array_get(ballot, j)));
        list[i] = text;
    }
    return instance(100 * json_integer_value(json_object_get(one, "committeesize")), costs,
                    (size_t)json_integer_value(json_object_get(one, "num_cand")), list);
}

/* Is the set one of those listed?  Who nobody approves has no seat with us, so fewer may be in. */
static bool committee_wins(const json_t *one, const char *rule, const linli_evaluation *e)
{
    const json_t *all = json_object_get(json_object_get(one, "all_winning_committees"), rule), *committee;
    size_t i, elected = 0;

    for (size_t p = 0; p < e->count; p++)
        elected += taken(&e->items[p]);
    json_array_foreach(all, i, committee)
    {
        size_t right = 0, nobodys = 0;

        for (size_t j = 0; j < json_array_size(committee); j++) {
            const linli_result *r = &e->items[json_integer_value(json_array_get(committee, j))];

            right += taken(r);
            nobodys += r->total.micro == 0;
        }
        if (right == elected && right + nobodys == json_array_size(committee))
            return true;
    }
    return false;
}

Test(participatory_budget, every_committee)
{
    static const struct options by_votes = {.ties = BY_NUMBER, .rule = BY_VOTES},
                                by_load = {.ties = BY_NUMBER, .rule = BY_PHRAGMEN, .fit = STOP};
    FILE *file = fopen(DATA "abcvoting_240.jsonl", "r");
    char *line = NULL;
    size_t room = 0;
    int count = 0;

    cr_assert(file);
    for (; getline(&line, &room, file) > 0; count++) {
        json_t *one = json_loads(line, 0, NULL);
        const char *id = json_string_value(json_object_get(one, "id"));
        linli_evaluation e;

        cr_assert_eq(evaluate(&by_votes, committee_facts(one), 0, &e), LINLI_OK);
        cr_expect(committee_wins(one, "av", &e), "av %s", id);
        cr_assert_eq(evaluate(&by_load, committee_facts(one), 0, &e), LINLI_OK);
        cr_expect(committee_wins(one, "seqphragmen", &e), "seqphragmen %s", id);
        json_decref(one);
        arena_reset(arena);
    }
    free(line);
    fclose(file);
    cr_assert_eq(count, 240);
}

/* ---- a plain count to compare with -------------------------------------- */

__extension__ typedef __int128 wide;

/* Fractions of small numbers; the tests stay where 128 bits suffice. */
struct fraction {
    wide n, d;
};

static wide divisor(wide a, wide b)
{
    for (a = a < 0 ? -a : a; b != 0;) {
        wide rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static struct fraction reduced(wide n, wide d)
{
    wide g = divisor(n, d);

    return (struct fraction){n / g, d / g};
}

static struct fraction minus(struct fraction a, struct fraction b)
{
    return reduced(a.n * b.d - b.n * a.d, a.d * b.d);
}

static bool less(struct fraction a, struct fraction b)
{
    return a.n * b.d < b.n * a.d;
}

enum { PLAIN_VOTERS = 7, PLAIN_PROJECTS = 6 };

/* What each supporter would pay, by trying every number of poor voters. */
static bool plain_payment(const struct fraction *money, const bool *approves, int64_t cost,
                          struct fraction *ret)
{
    struct fraction have[PLAIN_VOTERS], rest = {cost, 1};
    int n = 0;

    for (int v = 0; v < PLAIN_VOTERS; v++) {
        int at = n;
        if (!approves[v])
            continue;
        for (; at > 0 && less(money[v], have[at - 1]); at--)
            have[at] = have[at - 1];
        have[at] = money[v];
        n++;
    }
    for (int i = 0; i < n; i++) {
        *ret = reduced(rest.n, rest.d * (n - i));
        if (!less(have[i], *ret))
            return true;
        rest = minus(rest, have[i]);
    }
    return false;
}

/* The letters bought, in order; "!" where the ties name no one (draw). */
static const char *plain_count(int64_t budget, const int64_t *costs, bool approves[][PLAIN_VOTERS],
                               bool cardinality)
{
    char *out = arena_alloc(arena, PLAIN_PROJECTS + 1, 1);
    struct fraction money[PLAIN_VOTERS];
    bool taken[PLAIN_PROJECTS] = {false};

    for (int v = 0; v < PLAIN_VOTERS; v++)
        money[v] = reduced(budget, PLAIN_VOTERS);
    for (int order = 0;; order++) {
        struct fraction best = {0, 1}, best_pay = {0, 1}, pay;
        int at = -1;
        for (int p = 0; p < PLAIN_PROJECTS; p++) {
            if (taken[p] || !plain_payment(money, approves[p], costs[p], &pay))
                continue;
            struct fraction each = cardinality ? pay : reduced(pay.n, pay.d * costs[p]);
            if (at < 0 || less(each, best)) {
                best = each;
                best_pay = pay;
                at = p;
            }
        }
        if (at < 0)
            return out;
        taken[at] = true;
        out[order] = (char)('a' + at);
        for (int v = 0; v < PLAIN_VOTERS; v++)
            if (approves[at][v])
                money[v] = less(best_pay, money[v]) ? minus(money[v], best_pay) : (struct fraction){0, 1};
    }
}

/* Small costs, so that ties and exact sums are frequent. */
Test(participatory_budget, agrees_with_a_plain_count)
{
    uint64_t seed = 20261121;
    int several = 0;

    for (int round = 0; round < 20000; round++) {
        int64_t costs[PLAIN_PROJECTS], budget;
        bool approves[PLAIN_PROJECTS][PLAIN_VOTERS] = {{false}};
        char ballots[PLAIN_VOTERS][PLAIN_PROJECTS + 1];
        const char *list[PLAIN_VOTERS + 1] = {NULL}, *plain;
        struct options o = {round % 2 ? CARDINALITY : COST, NONE, LAST, {1}, BY_NUMBER};

        memset(ballots, 0, sizeof ballots);
        for (int p = 0; p < PLAIN_PROJECTS; p++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            costs[p] = 1 + (int64_t)((seed >> 40) % 9);
            for (int v = 0; v < PLAIN_VOTERS; v++)
                if ((seed >> (20 + v)) & 1) {
                    approves[p][v] = true;
                    ballots[v][strlen(ballots[v])] = (char)('a' + p);
                }
        }
        for (int v = 0; v < PLAIN_VOTERS; v++)
            list[v] = ballots[v];
        budget = 9 + (int64_t)((seed >> 50) % 12);
        plain = plain_count(budget, costs, approves, round % 2);
        cr_assert_str_eq(decide(&o, instance(budget, costs, PLAIN_PROJECTS, list)), plain, "round %d", round);
        several += strlen(plain) > 2;
        arena_reset(arena);
    }
    cr_assert_gt(several, 5000);
}

/* ---- ties, votes, faults ------------------------------------------------ */

static const int64_t twin_costs[] = {20000, 20000, 10000};
static const char *const twins[] = {"ab", "ab", "abc", "", NULL};

Test(participatory_budget, ties_go_by_the_rules_published)
{
    static const int32_t cost_first[] = {LOW_COST, VOTES, DRAW}, votes_first[] = {VOTES, NUMBER};
    static const int64_t costs[] = {20000, 10000};
    static const char *const ballots[] = {"ab", "ab", NULL};
    struct options o = {COST, NONE, LAST, {100}, {cost_first, 3}};
    linli_evaluation e;

    cr_assert_eq(evaluate(&o, instance(20000, costs, 2, ballots), 0, &e), LINLI_OK);
    cr_expect_str_eq(bought(&e), "b");
    cr_expect(lines_say(e.items[1].why, scheme, "by_low_cost"));
    o.ties = (linli_list){votes_first, 2};
    cr_assert_eq(evaluate(&o, instance(20000, costs, 2, ballots), 0, &e), LINLI_OK);
    cr_expect_str_eq(bought(&e), "a");
    cr_expect(lines_say(e.items[0].why, scheme, "by_number"));
}

Test(participatory_budget, a_draw_is_asked_for_and_followed)
{
    static const int32_t rules[] = {LOW_COST, VOTES, DRAW};
    static const uint64_t a_first[] = {3, 1, 2}, b_first[] = {2, 3, 1}, incomplete[] = {2, 1};
    struct options o = {COST, NONE, LAST, {100}, {rules, 3}};
    linli_facts *facts = instance(30000, twin_costs, 3, twins);
    linli_draw draws[2] = {{"ties", incomplete, 2}};
    linli_evaluation e;

    cr_assert_eq(evaluate(&o, facts, 0, &e), LINLI_OK);
    cr_assert_eq(e.draw_count, 1);
    cr_expect_str_eq(e.draws[0].purpose, "ties");
    cr_expect_eq(e.draws[0].count, 3, "one draw of all projects");
    cr_expect_str_eq(bought(&e), "", "nothing is decided before it");
    facts->draws = draws;
    facts->draw_count = 1;
    cr_assert_eq(evaluate(&o, facts, 0, &e), LINLI_OK);
    cr_expect_eq(e.draw_count, 1, "a draw without all of them is none");
    draws[0] = (linli_draw){"ties", a_first, 3};
    cr_expect_str_eq(decide(&o, facts), "a");
    draws[1] = (linli_draw){"ties", b_first, 3};
    facts->draw_count = 2;
    cr_expect_str_eq(decide(&o, facts), "b", "the latest counts");
}

/* A ballot of weight 2 counts as two, an empty one still takes its share. */
Test(participatory_budget, ballots_are_weighed)
{
    static const int64_t costs[] = {20000};
    static const char *const ballots[] = {"a", "", NULL};
    struct options o = {COST, NONE, LAST, {100}, BY_NUMBER};
    linli_facts *facts = instance(30000, costs, 1, ballots);
    linli_ballot *list = (linli_ballot *)(uintptr_t)facts->ballots;

    cr_expect_str_eq(decide(&o, facts), "");
    list[0].weight = 2;
    cr_expect_str_eq(decide(&o, facts), "a");
    list[0].weight = -1;
    linli_evaluation e;
    cr_expect_eq(evaluate(&o, facts, 0, &e), LINLI_FACTS);
}

Test(participatory_budget, a_shared_pool_bounds_the_budget)
{
    static const int64_t costs[] = {20000, 5000};
    static const char *const ballots[] = {"ab", "ab", NULL};
    struct options o = {COST, ADD1U, LAST, {100}, BY_NUMBER};
    linli_facts *facts = instance(30000, costs, 2, ballots);
    linli_evaluation e;

    cr_expect_str_eq(decide(&o, facts), "ab");
    ((linli_tender *)(uintptr_t)facts->tender)->pool.minor = 19999;
    cr_assert_eq(evaluate(&o, facts, 0, &e), LINLI_OK);
    cr_expect_str_eq(bought(&e), "b");
    cr_expect(lines_say(e.items[0].why, scheme, "above_budget"));
}

Test(participatory_budget, no_ballots_and_no_projects)
{
    static const int64_t costs[] = {20000};
    static const char *const nobody[] = {NULL}, *const blank[] = {"", NULL};
    struct options o = {COST, ADD1U, LAST, {100}, BY_NUMBER};
    linli_evaluation e;

    cr_assert_eq(evaluate(&o, instance(30000, costs, 1, nobody), 0, &e), LINLI_OK);
    cr_expect(lines_say(e.why, scheme, "no_voters"));
    cr_assert_eq(evaluate(&o, instance(30000, costs, 1, blank), 0, &e), LINLI_OK);
    cr_expect(lines_say(e.items[0].why, scheme, "no_votes"), "the rest is not spent on what nobody wants");
    cr_expect_str_eq(bought(&e), "");
    cr_expect_str_eq(decide(&o, instance(30000, costs, 0, blank)), "");
}

/* An increment of one fen for a budget in billions has no end in sight. */
Test(participatory_budget, gives_up_where_steps_are_too_small)
{
    static const int64_t costs[] = {INT64_C(60000000000000), INT64_C(70000000000000)};
    static const char *const ballots[] = {"a", "b", NULL};
    struct options o = {COST, ADD1, LAST, {1}, BY_NUMBER};
    linli_evaluation e;

    cr_assert_eq(evaluate(&o, instance(INT64_C(100000000000000), costs, 2, ballots), 0, &e), LINLI_OK);
    cr_expect(lines_say(e.why, scheme, "too_long"));
    cr_expect_str_eq(bought(&e), "");
}

Test(participatory_budget, every_request_for_memory_may_fail)
{
    struct options o = {COST, ADD1U, LAST, {100}, BY_NUMBER};
    linli_facts *facts = instance(110000, park_costs, 5, park_2);
    linli_evaluation e;
    int n = 1;

    while (evaluate(&o, facts, n, &e) == LINLI_NOMEM)
        n++;
    cr_expect_gt(n, 20);
}

Test(participatory_budget, options_are_checked)
{
    static const struct {
        const char *json, *code;
    } wrong[] = {
        {"{\"rule\":\"votes\",\"ties\":[\"low_cost\",\"votes\"]}", "ties_end"},
        {"{\"rule\":\"votes\",\"ties\":[\"votes\",\"votes\",\"draw\"]}", "ties_twice"},
    };

    for (size_t i = 0; i < LENGTH(wrong); i++) {
        struct test_ask t = {.ask = {.host = &t, .alloc = test_alloc}, .arena = arena};
        linli_findings found = {0};
        cr_assert_eq(scheme->check(&t.ask, scheme_options(arena, scheme, wrong[i].json), NULL, &found),
                     LINLI_OK);
        cr_assert_eq(found.count, 1);
        cr_expect_str_eq(scheme->messages[found.items[0].line.message].code, wrong[i].code);
    }
    const struct plugin_options *o = scheme_options(arena, scheme, "{\"rule\":\"votes\"}");
    cr_expect_eq(o->completion, ADD1);
    cr_expect_eq(o->reading, LAST);
    cr_expect_eq(o->increment.minor, 100);
    cr_assert_eq(o->ties.count, 3);
    cr_expect_eq(((const int32_t *)o->ties.items)[2], DRAW);
}
