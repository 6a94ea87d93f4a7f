/* The scheme comprehensive_score against the worked examples and boundary cases
 * of orders 87, 46 and the notice on abnormally low prices. */
#include "tests/unit/plugin_ask.h"

#include "core/base/text.h"
#include "core/domain/rules.h"

static struct arena *arena;
static const linli_scheme *scheme;

/* A lot as the tests write it. */
static struct {
    linli_facts facts;
    linli_tender tender;
    linli_bid bids[8];
    linli_check checks[32];
    linli_mark marks[64];
    linli_rule rules[16];
} lot;

static void rate_rule(const char *code, int64_t ppm)
{
    lot.rules[lot.facts.rule_count++] =
        (linli_rule){.code = code, .source = "§", .unit = LINLI_UNIT_RATE, .value = ppm};
}

static void setup(void)
{
    arena = arena_new(0);
    scheme = scheme_load("comprehensive_score");
    memset(&lot, 0, sizeof lot);
    lot.tender = (linli_tender){.key = 1,
                                .currency = "CNY",
                                .category = LINLI_SERVICES,
                                .regime = LINLI_STATUTORY,
                                .budget = {50000000},
                                .lot = 1,
                                .lots = 1};
    lot.facts = (linli_facts){.tender = &lot.tender,
                              .bids = lot.bids,
                              .checks = lot.checks,
                              .marks = lot.marks,
                              .rules = lot.rules};
    rate_rule("abnormal_ceiling", 450000);
    rate_rule("abnormal_mean", 500000);
    rate_rule("abnormal_raise_max", 650000);
    rate_rule("abnormal_second", 500000);
    rate_rule("domestic_deduction", 200000);
    rate_rule("joint_deduction_max", 60000);
    rate_rule("joint_deduction_min", 40000);
    rate_rule("price_weight_goods_min", 300000);
    rate_rule("price_weight_services_min", 100000);
    rate_rule("small_enterprise_deduction_max", 200000);
    rate_rule("small_enterprise_deduction_min", 100000);
}

static void teardown(void)
{
    arena_free(arena);
}

static int64_t fen(const char *yuan)
{
    int64_t n = 0;

    cr_assert(money_parse(yuan, false, &n), "%s", yuan);
    return n;
}

static void bid(const char *yuan)
{
    uint64_t key = ++lot.facts.bid_count;

    lot.bids[key - 1] = (linli_bid){.key = key,
                                    .bidder = key,
                                    .number = (int32_t)key,
                                    .round = 1,
                                    .open = true,
                                    .priced = true,
                                    .price = {fen(yuan)}};
}

static void check_found(uint64_t key, const char *rule, bool passed)
{
    lot.checks[lot.facts.check_count++] = (linli_check){key, 90, rule, LINLI_OFFICE_CLERK, passed};
}

static void mark(uint64_t key, uint64_t by, const char *criterion, const char *points)
{
    int64_t micro = 0;

    cr_assert(points_parse(points, &micro));
    lot.marks[lot.facts.mark_count++] = (linli_mark){key, by, criterion, NULL, micro};
}

static linli_evaluation evaluate(const char *options)
{
    linli_evaluation e;

    cr_assert_eq(scheme_evaluate(arena, scheme, scheme_options(arena, scheme, options), &lot.facts, 0, &e),
                 LINLI_OK);
    cr_assert_eq(e.count, lot.facts.bid_count);
    for (size_t i = 0; i < e.count; i++) {
        int64_t sum = 0;
        for (size_t p = 0; p < e.items[i].part_count; p++)
            sum += e.items[i].parts[p].points.micro;
        cr_expect_eq(sum, e.items[i].total.micro);
        cr_expect_eq(e.items[i].grant.minor, 0);
    }
    return e;
}

static size_t findings(const char *options, const char *path, const char *code)
{
    struct test_ask t = {.ask = {.host = &t, .alloc = test_alloc}, .arena = arena};
    linli_findings found = {0};
    size_t named = 0;

    cr_assert_eq(scheme->check(&t.ask, scheme_options(arena, scheme, options), &lot.facts, &found), LINLI_OK);
    for (size_t i = 0; path && i < found.count; i++)
        named += strcmp(found.items[i].path, path) == 0 &&
                 strcmp(scheme->messages[found.items[i].line.message].code, code) == 0;
    return path ? named : found.count;
}

#define TECHNICAL(weight)                                                                                    \
    "\"criteria\":[{\"code\":\"technical\",\"name\":{\"zh\":\"技术\",\"en\":\"technical\"},\"weight\":"    \
    "\"" weight "\"}]"

TestSuite(comprehensive_score, .init = setup, .fini = teardown);

Test(comprehensive_score, three_bidders)
{
    linli_evaluation e;

    bid("480000.00");
    bid("500000.00");
    bid("420000.00");
    check_found(2, "small_enterprise", true);
    check_found(3, "small_enterprise", false);
    for (uint64_t judge = 1; judge <= 3; judge++) {
        mark(1, judge, "technical", "88");
        mark(2, judge, "technical", "90");
        mark(3, judge, "technical", "80");
    }
    cr_expect_eq(findings(scheme->examples[0], NULL, NULL), 0);
    e = evaluate(scheme->examples[0]);
    cr_expect_eq(e.items[0].total.micro, 87925000);
    cr_expect_eq(e.items[1].total.micro, 90500000);
    cr_expect_eq(e.items[2].total.micro, 83000000);
    cr_expect_eq(e.items[0].rank, 2);
    cr_expect_eq(e.items[1].rank, 1);
    cr_expect_eq(e.items[2].rank, 3);
    cr_expect_eq(e.items[1].compared.minor, 45000000);
    cr_expect_eq(lot.bids[1].price.minor, 50000000, "the price asked is the contract's");
    cr_expect_eq(e.items[0].parts[0].raw.micro, 87500000);
    cr_expect_eq(e.items[1].parts[0].raw.micro, 93333000);
    cr_expect_eq(e.items[1].parts[0].points.micro, 14000000);
    cr_expect_eq(e.items[1].parts[1].points.micro, 76500000);
    cr_expect(lines_say(e.items[1].why, scheme, "deduction"));
    cr_expect(lines_say(e.items[1].why, scheme, "compared"));
    cr_expect_not(lines_say(e.items[2].why, scheme, "deduction"));
}

/* 20 % and 10 % are both of the price asked: 500 - 100 - 50. */
Test(comprehensive_score, two_deductions)
{
    linli_evaluation e;

    lot.tender.budget.minor = 60000;
    bid("500.00");
    bid("460.00");
    check_found(1, "domestic", true);
    check_found(1, "small_enterprise", true);
    check_found(2, "joint", true);
    mark(1, 1, "technical", "80");
    mark(2, 1, "technical", "80");
    e = evaluate("{\"price_weight\":\"30%\"," TECHNICAL(
        "70%") ",\"deductions\":["
               "{\"check\":\"domestic\",\"rate\":\"20%\"},{\"check\":\"small_enterprise\",\"rate\":\"10%\"},"
               "{\"check\":\"joint\",\"rate\":\"5%\"}]}");
    cr_expect_eq(e.items[0].compared.minor, 35000);
    cr_expect_eq(e.items[1].compared.minor, 43700);
    cr_expect_eq(e.items[0].parts[0].points.micro, 30000000);
}

/* Two-stage quotation: 20 points for the price, 80 for the rest. */
Test(comprehensive_score, consultation_example)
{
    static const char *const prices[] = {"190000.00", "200000.00", "180000.00"};
    static const char *const others[] = {"72", "76", "66"};
    linli_evaluation e;

    lot.tender.budget.minor = 20000000;
    for (uint64_t i = 0; i < 3; i++) {
        bid(prices[i]);
        mark(i + 1, 1, "rest", others[i]);
    }
    e = evaluate(
        "{\"price_weight\":\"20%\",\"decimals\":4,\"criteria\":[{\"code\":\"rest\",\"name\":{\"zh\":\"其他\","
        "\"en\":\"rest\"},\"weight\":\"80%\",\"max\":\"80\"}]}");
    cr_expect_eq(e.items[0].total.micro, 90947400);
    cr_expect_eq(e.items[1].total.micro, 94000000);
    cr_expect_eq(e.items[2].total.micro, 86000000);
    cr_expect_eq(e.items[1].rank, 1);
    cr_expect_eq(e.items[2].rank, 3);
}

Test(comprehensive_score, price_weight_floor)
{
    cr_expect_eq(findings("{\"price_weight\":\"10%\"," TECHNICAL("90%") "}", NULL, NULL), 0);
    cr_expect_eq(
        findings("{\"price_weight\":\"9.99%\"," TECHNICAL("90.01%") "}", "/price_weight", "price_weight"), 1);
    lot.tender.category = LINLI_GOODS;
    cr_expect_eq(findings("{\"price_weight\":\"30%\"," TECHNICAL("70%") "}", NULL, NULL), 0);
    cr_expect_eq(
        findings("{\"price_weight\":\"29.99%\"," TECHNICAL("70.01%") "}", "/price_weight", "price_weight"),
        1);
    lot.tender.regime = LINLI_SUB_THRESHOLD;
    cr_expect_eq(findings("{\"price_weight\":\"5%\"," TECHNICAL("95%") "}", NULL, NULL), 0,
                 "a floor of order 87 only");
    lot.tender.regime = LINLI_STATUTORY;
    lot.tender.category = LINLI_WORKS;
    cr_expect_eq(findings("{\"price_weight\":\"5%\"," TECHNICAL("95%") "}", NULL, NULL), 0);
}

Test(comprehensive_score, options_that_break_a_rule)
{
    static const struct {
        const char *json, *path, *code;
    } wrong[] = {
        {"{\"price_weight\":\"10%\"," TECHNICAL("80%") "}", "/criteria", "weights"},
        {"{\"price_weight\":\"10%\",\"price_scored\":false," TECHNICAL("90%") "}", "/price_weight",
         "price_unused"},
        {"{\"criteria\":[{\"code\":\"t\",\"name\":{\"zh\":\"技\",\"en\":\"t\"},\"weight\":\"45%\"},"
         "{\"code\":\"t\",\"name\":{\"zh\":\"技\",\"en\":\"t\"},\"weight\":\"45%\"}]}",
         "/criteria", "code_twice"},
        {"{\"tie_criterion\":\"service\"," TECHNICAL("90%") "}", "/tie_criterion", "tie_unknown"},
        {"{" TECHNICAL("90%") ",\"deductions\":[{\"check\":\"small_enterprise\",\"rate\":\"9.99%\"}]}",
         "/deductions", "deduction_low"},
        {"{" TECHNICAL("90%") ",\"deductions\":[{\"check\":\"small_enterprise\",\"rate\":\"20.01%\"}]}",
         "/deductions", "deduction_high"},
        {"{" TECHNICAL("90%") ",\"deductions\":[{\"check\":\"joint\",\"rate\":\"6.01%\"}]}", "/deductions",
         "deduction_high"},
        {"{" TECHNICAL("90%") ",\"deductions\":[{\"check\":\"domestic\",\"rate\":\"19%\"}]}", "/deductions",
         "deduction_low"},
        {"{" TECHNICAL("90%") ",\"deductions\":[{\"check\":\"local\",\"rate\":\"5%\"}]}", "/deductions",
         "deduction_no_rule"},
        {"{" TECHNICAL("90%") ",\"deductions\":[{\"check\":\"joint\",\"rate\":\"5%\"},"
                              "{\"check\":\"joint\",\"rate\":\"5%\"}]}",
         "/deductions", "code_twice"},
        {"{" TECHNICAL("90%") ",\"abnormal_mean\":\"49%\"}", "/abnormal_mean", "abnormal_low"},
        {"{" TECHNICAL("90%") ",\"abnormal_ceiling\":\"65.01%\"}", "/abnormal_ceiling", "abnormal_high"},
    };

    for (size_t i = 0; i < LENGTH(wrong); i++)
        cr_expect_eq(findings(wrong[i].json, wrong[i].path, wrong[i].code), 1, "%s", wrong[i].json);
    cr_expect_eq(
        findings("{" TECHNICAL("90%") ",\"abnormal_second\":\"65%\",\"deductions\":[{\"check\":\"joint\","
                                      "\"rate\":\"4%\"},{\"check\":\"small_enterprise\",\"rate\":\"20%\"}]}",
                 NULL, NULL),
        0);
}

/* Four prices against a ceiling of 100; which lines the last one is below. */
static linli_evaluation market(const char *a, const char *b, const char *c, const char *d,
                               const char *options)
{
    lot.facts.bid_count = lot.facts.mark_count = 0;
    lot.tender.ceiling.minor = 10000;
    bid(a), bid(b), bid(c), bid(d);
    for (uint64_t key = 1; key <= 4; key++)
        mark(key, 1, "technical", "80");
    return evaluate(options);
}

Test(comprehensive_score, abnormally_low)
{
    const char *plain = "{" TECHNICAL("90%") "}";
    linli_evaluation e = market("96.00", "90.00", "42.00", "88.00", plain);

    cr_expect_eq(e.items[2].standing, LINLI_EXPLAIN);
    cr_expect_eq(e.items[2].rank, 0);
    cr_expect_not(lines_say(e.items[2].why, scheme, "low_mean"), "42 is above half of the mean, 39.50");
    cr_expect(lines_say(e.items[2].why, scheme, "low_second"));
    cr_expect(lines_say(e.items[2].why, scheme, "low_ceiling"));
    cr_expect_eq(e.items[0].standing, LINLI_RANKED);
    cr_expect(lines_say(e.why, scheme, "provisional"));

    e = market("96.00", "90.00", "45.00", "88.00", plain);
    cr_expect_eq(e.items[2].standing, LINLI_RANKED, "45 is not below 45");
    cr_expect_eq(e.why.count, 0);
    e = market("96.00", "90.00", "44.99", "88.00", plain);
    cr_expect(lines_say(e.items[2].why, scheme, "low_ceiling"));
    e = market("96.00", "90.00", "44.00", "88.00", plain);
    cr_expect_not(lines_say(e.items[2].why, scheme, "low_second"), "44 is not below 44");

    e = market("100.00", "95.00", "98.00", "47.00",
               "{" TECHNICAL("90%") ",\"abnormal_mean\":\"65%\","
                                    "\"abnormal_second\":\"65%\",\"abnormal_ceiling\":\"65%\"}");
    cr_expect(lines_say(e.items[3].why, scheme, "low_mean"));
    cr_expect(lines_say(e.items[3].why, scheme, "low_second"));
    cr_expect(lines_say(e.items[3].why, scheme, "low_ceiling"));
}

Test(comprehensive_score, explained_or_not)
{
    const char *plain = "{" TECHNICAL("90%") "}";
    linli_evaluation e;

    check_found(3, "price_explained", true);
    e = market("96.00", "90.00", "42.00", "88.00", plain);
    cr_expect_eq(e.items[2].standing, LINLI_RANKED);
    cr_expect_eq(e.items[2].rank, 1);
    cr_expect(lines_say(e.items[2].why, scheme, "explained"));

    lot.checks[0].passed = false;
    e = market("96.00", "90.00", "42.00", "88.00", plain);
    cr_expect_eq(e.items[2].standing, LINLI_OUT);
    cr_expect_eq(e.items[2].part_count, 0);
    cr_expect_eq(e.items[3].parts[0].raw.micro, 100000000, "the base is of the bids left");
    cr_expect_eq(e.why.count, 0);

    lot.checks[0] = (linli_check){1, 90, "price_suspected", LINLI_EVALUATOR, true};
    e = market("96.00", "90.00", "80.00", "88.00", plain);
    cr_expect_eq(e.items[0].standing, LINLI_EXPLAIN);
    cr_expect(lines_say(e.items[0].why, scheme, "suspected"));
}

/* A rule set from before the notice has no such lines. */
Test(comprehensive_score, no_review_before_its_day)
{
    linli_evaluation e;

    memmove(lot.rules, lot.rules + 4, 12 * sizeof *lot.rules);
    lot.facts.rule_count -= 4;
    e = market("96.00", "90.00", "42.00", "88.00", "{" TECHNICAL("90%") "}");
    cr_expect_eq(e.items[2].standing, LINLI_RANKED);
    cr_expect_eq(
        findings("{" TECHNICAL("90%") ",\"abnormal_mean\":\"60%\"}", "/abnormal_mean", "abnormal_no_rule"),
        1);
}

Test(comprehensive_score, ties)
{
    linli_evaluation e;

    lot.tender.budget.minor = 500000000;
    bid("4800000.00"), bid("4500000.00"), bid("4500000.00");
    for (uint64_t judge = 1; judge <= 3; judge++) {
        mark(1, judge, "technical", "81.5");
        mark(2, judge, "technical", "80");
        mark(3, judge, "technical", judge == 1 ? "78" : judge == 2 ? "80" : "82");
    }
    e = evaluate("{\"price_weight\":\"26.2%\",\"decimals\":0," TECHNICAL("73.8%") "}");
    cr_expect_eq(e.items[0].total.micro, e.items[1].total.micro);
    cr_expect_eq(e.items[0].rank, 3);
    cr_expect_eq(e.items[1].rank, 1);
    cr_expect_eq(e.items[2].rank, 1);
    cr_expect(lines_say(e.items[0].why, scheme, "by_price"));
    cr_expect(lines_say(e.items[1].why, scheme, "tie"));
    cr_expect_eq(e.draw_count, 0, "the draw is the mechanism's");
}

/* 80 + 10 = 70 + 20: the published rule looks at the technical points. */
Test(comprehensive_score, tie_by_criterion)
{
    static const char options[] =
        "{\"price_weight\":\"10%\",\"tie_criterion\":\"technical\",\"criteria\":["
        "{\"code\":\"technical\",\"name\":{\"zh\":\"技术\",\"en\":\"t\"},\"weight\":\"45%\"},"
        "{\"code\":\"service\",\"name\":{\"zh\":\"服务\",\"en\":\"s\"},\"weight\":\"45%\"}]}";
    linli_evaluation e;

    bid("400000.00"), bid("400000.00");
    mark(1, 1, "technical", "70"), mark(1, 1, "service", "90");
    mark(2, 1, "technical", "90"), mark(2, 1, "service", "70");
    e = evaluate(options);
    cr_expect_eq(e.items[0].total.micro, e.items[1].total.micro);
    cr_expect_eq(e.items[0].rank, 2);
    cr_expect_eq(e.items[1].rank, 1);
    cr_expect(lines_say(e.items[1].why, scheme, "by_criterion"));
}

/* 500,000 less 10 % and 450,000 compare alike; which price breaks the tie is an option. */
Test(comprehensive_score, tie_on_which_price)
{
    linli_evaluation e;

    bid("500000.00"), bid("450000.00");
    check_found(1, "small_enterprise", true);
    mark(1, 1, "technical", "80"), mark(2, 1, "technical", "80");
    e = evaluate("{" TECHNICAL("90%") ",\"deductions\":[{\"check\":\"small_enterprise\",\"rate\":\"10%\"}]}");
    cr_expect_eq(e.items[0].rank, 2);
    cr_expect_eq(e.items[1].rank, 1);
    e = evaluate(
        "{" TECHNICAL("90%") ",\"tie_price\":\"adjusted\",\"deductions\":[{\"check\":\"small_enterprise\","
                             "\"rate\":\"10%\"}]}");
    cr_expect_eq(e.items[0].rank, 1);
    cr_expect_eq(e.items[1].rank, 1);
}

Test(comprehensive_score, members_differ)
{
    static const char options[] =
        "{\"criteria\":[{\"code\":\"experience\",\"name\":{\"zh\":\"业绩\",\"en\":\"x\"},"
        "\"weight\":\"90%\",\"max\":\"20\",\"objective\":true}]}";
    linli_evaluation e;

    bid("400000.00"), bid("410000.00");
    mark(1, 1, "experience", "15"), mark(1, 2, "experience", "15");
    mark(2, 1, "experience", "15"), mark(2, 2, "experience", "12");
    e = evaluate(options);
    cr_expect_eq(e.items[0].standing, LINLI_RANKED);
    cr_expect_eq(e.items[1].standing, LINLI_EXPLAIN);
    cr_expect_eq(e.items[1].rank, 0);
    cr_expect(lines_say(e.items[1].why, scheme, "members_differ"));
    cr_expect(lines_say(e.why, scheme, "provisional"));
    lot.facts.mark_count = 2;
    e = evaluate(options);
    cr_expect(lines_say(e.items[1].why, scheme, "no_marks"));
}

/* 80.004 and 80.000 publish alike to two places; the dearer bid leads only on exact totals. */
Test(comprehensive_score, published_or_exact)
{
    linli_evaluation e;

    bid("450001.00"), bid("450000.00");
    for (uint64_t judge = 1; judge <= 3; judge++) {
        mark(1, judge, "technical", judge == 1 ? "80.01" : "80");
        mark(2, judge, "technical", "80");
    }
    e = evaluate("{" TECHNICAL("90%") "}");
    cr_expect_eq(e.items[0].total.micro, e.items[1].total.micro);
    cr_expect_eq(e.items[0].rank, 2);
    e = evaluate("{\"rank_on\":\"exact\"," TECHNICAL("90%") "}");
    cr_expect_eq(e.items[0].rank, 1);
    cr_expect_eq(e.items[1].rank, 2);
    cr_expect_not(lines_say(e.items[0].why, scheme, "by_price"));
}

/* Where exact totals are far enough apart, both ways of ranking agree. */
Test(comprehensive_score, exact_agrees_with_six_places)
{
    uint64_t seed = 20261121;

    for (int round = 0; round < 400; round++) {
        linli_evaluation six, exact;
        lot.facts.bid_count = lot.facts.mark_count = 0;
        for (uint64_t key = 1; key <= 4; key++) {
            char text[MONEY_TEXT];
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            money_print((int64_t)(30000000 + (seed >> 33) % 20000000), text);
            bid(text);
            for (uint64_t judge = 1; judge <= 3; judge++) {
                seed = seed * 6364136223846793005u + 1442695040888963407u;
                points_print((int64_t)(60 + (seed >> 33) % 40) * 1000000, text);
                mark(key, judge, "technical", text);
            }
        }
        six = evaluate("{\"decimals\":6," TECHNICAL("90%") "}");
        exact = evaluate("{\"decimals\":6,\"rank_on\":\"exact\"," TECHNICAL("90%") "}");
        for (size_t i = 0; i < 4; i++)
            cr_assert_eq(six.items[i].rank, exact.items[i].rank, "round %d", round);
    }
}

Test(comprehensive_score, price_not_scored)
{
    linli_evaluation e;

    bid("400000.00"), bid("400000.00");
    mark(1, 1, "technical", "80"), mark(2, 1, "technical", "81");
    e = evaluate("{\"price_weight\":\"0%\",\"price_scored\":false," TECHNICAL("100%") "}");
    cr_expect_eq(e.items[0].part_count, 1);
    cr_expect_eq(e.items[1].total.micro, 81000000);
    cr_expect_eq(e.items[1].rank, 1);
}

Test(comprehensive_score, every_request_for_memory_may_fail)
{
    const void *options = scheme_options(arena, scheme, scheme->examples[0]);
    linli_evaluation e;
    int n = 1;

    bid("480000.00"), bid("500000.00");
    mark(1, 1, "technical", "88"), mark(2, 1, "technical", "90");
    while (scheme_evaluate(arena, scheme, options, &lot.facts, n, &e) == LINLI_NOMEM)
        n++;
    cr_expect_gt(n, 8);
    cr_expect_eq(scheme_evaluate(arena, scheme, options, &lot.facts, 0, &e), LINLI_OK);
}
