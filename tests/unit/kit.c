/* linli/kit.h: lines, findings, draws, evidence, tranches. */
#include <criterion/criterion.h>

#include "core/base/arena.h"
#include "linli/kit.h"

static void *memory(linli_ask *ask, size_t count, size_t size, size_t align)
{
    return arena_try(ask->host, count ? count : 1, size ? size : 1, align);
}

/* A question with so much memory; freed with its arena. */
static linli_ask question(size_t limit)
{
    return (linli_ask){arena_new(limit), memory};
}

Test(kit, lines_keep_their_order_while_they_grow)
{
    linli_ask ask = question(0);
    linli_lines why = {0};

    for (int64_t i = 0; i < 1000; i++)
        cr_assert(linli_say(&ask, &why, LINLI_LINE(7, linli_count(i))));
    cr_assert_eq(why.count, 1000);
    for (int64_t i = 0; i < 1000; i++) {
        cr_assert_eq(why.items[i].message, 7);
        cr_assert_eq(why.items[i].argc, 1);
        cr_assert_eq(why.items[i].arg[0].number, i);
    }
    arena_free(ask.host);
}

Test(kit, a_line_that_does_not_fit_is_not_added)
{
    linli_ask ask = question(400);
    linli_lines why = {0};
    size_t said = 0;

    while (said < 10 && linli_say(&ask, &why, (linli_line){.message = (uint32_t)said}))
        said++;
    cr_assert_lt(said, 10);
    cr_assert_eq(why.count, said);
    arena_free(ask.host);
}

/* 87号 §61: the majority decides; equal numbers are no pass, and only those entitled count. */
Test(kit, findings_by_majority)
{
    const linli_check checks[] = {
        {.bid = 1, .by = 1, .rule = "fit", .role = LINLI_EVALUATOR, .passed = true},
        {.bid = 1, .by = 2, .rule = "fit", .role = LINLI_EVALUATOR, .passed = true},
        {.bid = 1, .by = 3, .rule = "fit", .role = LINLI_EVALUATOR, .passed = false},
        {.bid = 2, .by = 1, .rule = "fit", .role = LINLI_EVALUATOR, .passed = true},
        {.bid = 2, .by = 2, .rule = "fit", .role = LINLI_EVALUATOR, .passed = false},
        {.bid = 3, .by = 1, .rule = "fit", .role = LINLI_OFFICE_CLERK, .passed = true},
    };
    const linli_facts facts = {.checks = checks, .check_count = sizeof checks / sizeof checks[0]};

    cr_assert_eq(linli_found(&facts, 1, "fit", LINLI_EVALUATOR), LINLI_PASSED);
    cr_assert_eq(linli_found(&facts, 2, "fit", LINLI_EVALUATOR), LINLI_NOT_PASSED);
    cr_assert_eq(linli_found(&facts, 3, "fit", LINLI_EVALUATOR), LINLI_NOT_FOUND);
    cr_assert_eq(linli_found(&facts, 1, "other", LINLI_EVALUATOR), LINLI_NOT_FOUND);
}

Test(kit, places_in_a_draw)
{
    const uint64_t keys[] = {3, 1};
    const linli_draw draw = {"first_place", keys, 2};

    cr_assert_eq(linli_drawn(&draw, 3), 0);
    cr_assert_eq(linli_drawn(&draw, 1), 1);
    cr_assert_eq(linli_drawn(&draw, 2), INT64_MAX);
    cr_assert_eq(linli_drawn(NULL, 1), INT64_MAX);
}

Test(kit, the_last_event_about_a_bid)
{
    const linli_event events[] = {
        {.kind = LINLI_SIGNED, .at = {10}, .bid = 1},
        {.kind = LINLI_SIGNED, .at = {20}, .bid = 2},
        {.kind = LINLI_ANNOUNCED, .at = {30}},
    };
    const linli_facts facts = {.events = events, .event_count = 3};

    cr_assert_eq(linli_event_of(&facts, LINLI_SIGNED, 1)->at.us, 10);
    cr_assert_eq(linli_event_of(&facts, LINLI_SIGNED, 0)->at.us, 20);
    cr_assert_eq(linli_event_of(&facts, LINLI_ANNOUNCED, 5)->at.us, 30);
    cr_assert_null(linli_event_of(&facts, LINLI_SIGNED, 3));
    cr_assert_null(linli_event_of(&facts, LINLI_PAID, 0));
}

Test(kit, answers_lie_by_key_whatever_the_order)
{
    const linli_bid bids[] = {{.key = 3}, {.key = 1}, {.key = 2}};
    const linli_facts facts = {.bids = bids, .bid_count = 3};

    cr_assert_eq(linli_place(&facts, 0), 2);
    cr_assert_eq(linli_place(&facts, 1), 0);
    cr_assert_eq(linli_place(&facts, 2), 1);
}

Test(kit, papers_have_codes_of_their_own)
{
    linli_ask ask = question(0);

    cr_assert_str_eq(linli_numbered(&ask, "progress_report", 1), "progress_report");
    cr_assert_str_eq(linli_numbered(&ask, "progress_report", 2), "progress_report_2");
    cr_assert_str_eq(linli_numbered(&ask, "progress_report", 9), "progress_report_9");
    cr_assert_str_eq(linli_numbered(&ask, "progress_report", 10), "progress_report_10");
    cr_assert_str_eq(linli_numbered(&ask, "progress_report", 36), "progress_report_36");
    arena_free(ask.host);
}

/* 政府采购法实施条例 §45: the parties cannot be the independent judges of what was delivered. */
Test(kit, evidence_that_must_be_independent)
{
    const linli_paper papers[] = {
        {.rule = "opinion", .tranche = "last", .bid = 1, .accepted = true, .judge = LINLI_OFFICE_CLERK},
        {.rule = "opinion", .tranche = "last", .bid = 1, .accepted = true, .judge = LINLI_ORGANISATION},
        {.rule = "opinion", .tranche = "last", .bid = 1, .accepted = true, .judge = LINLI_AGENT},
        {.rule = "opinion", .tranche = "last", .bid = 1, .accepted = true, .judge = LINLI_RESIDENT},
        {.rule = "opinion", .tranche = "last", .bid = 1, .refused = true, .judge = LINLI_ASSESSOR},
        {.rule = "opinion", .tranche = "last", .bid = 2, .accepted = true, .judge = LINLI_RESIDENT},
        {.rule = "opinion", .tranche = "first", .bid = 1, .accepted = true, .judge = LINLI_RESIDENT},
    };
    const linli_facts facts = {.papers = papers, .paper_count = sizeof papers / sizeof papers[0]};
    linli_paper_rule rule = {.code = "opinion", .tranche = "last", .independent = true};

    cr_assert_eq(linli_accepted(&facts, &rule, 1), 1);
    rule.independent = false; /* then a resident's opinion settles nothing */
    cr_assert_eq(linli_accepted(&facts, &rule, 1), 3);
    cr_assert_eq(linli_accepted(&facts, &rule, 3), 0);
}

/* boundary 19: each part rounded down, the last takes the rest. */
Test(kit, tranches_add_up)
{
    const linli_part_option parts[] = {
        {.code = "a", .share = {333333}}, {.code = "b", .share = {333333}}, {.code = "c", .share = {333334}}};
    linli_ask ask = question(0);
    linli_schedule schedule = {0};

    cr_assert_eq(linli_tranches(&ask, (linli_list){parts, 3}, (linli_money){10000}, &schedule), LINLI_OK);
    cr_assert_eq(schedule.count, 3);
    cr_assert_eq(schedule.items[0].amount.minor, 3333);
    cr_assert_eq(schedule.items[1].amount.minor, 3333);
    cr_assert_eq(schedule.items[2].amount.minor, 3334);
    cr_assert_str_eq(schedule.items[2].code, "c");
    arena_free(ask.host);
}

Test(kit, shares_that_do_not_add_up_are_out_of_range)
{
    const linli_part_option parts[] = {{.code = "a", .share = {500000}}, {.code = "b", .share = {499999}}};
    linli_ask ask = question(0);
    linli_schedule schedule = {0};

    cr_assert_eq(linli_tranches(&ask, (linli_list){parts, 2}, (linli_money){10000}, &schedule), LINLI_RANGE);
    arena_free(ask.host);
}

/* An award is settled when every tranche is paid or stopped; a reserve owes nothing. */
Test(kit, settled_and_unsigned)
{
    const linli_plan plan = {.tranche_count = 2};
    const linli_award awards[] = {{.bid = 1, .standing = LINLI_WINNER},
                                  {.bid = 2, .standing = LINLI_RESERVE}};
    linli_delivery deliveries[] = {{.bid = 1, .tranche = "a", .state = LINLI_TRANCHE_PAID},
                                   {.bid = 1, .tranche = "b", .state = LINLI_TRANCHE_RELEASED}};
    const linli_event signing = {.kind = LINLI_SIGNED, .at = {1}, .bid = 1};
    linli_facts facts = {.plan = &plan,
                         .bid_count = 2,
                         .awards = awards,
                         .award_count = 2,
                         .deliveries = deliveries,
                         .delivery_count = 2};
    linli_ask ask = question(0);
    bool settled = true;
    int64_t left = 0;

    cr_assert_eq(linli_all_settled(&ask, &facts, &settled), LINLI_OK);
    cr_assert_not(settled);
    deliveries[1].state = LINLI_TRANCHE_STOPPED;
    cr_assert_eq(linli_all_settled(&ask, &facts, &settled), LINLI_OK);
    cr_assert(settled);
    cr_assert_eq(linli_unsigned(&ask, &facts, &left), LINLI_OK);
    cr_assert_eq(left, 1);
    facts.events = &signing;
    facts.event_count = 1;
    cr_assert_eq(linli_unsigned(&ask, &facts, &left), LINLI_OK);
    cr_assert_eq(left, 0);
    arena_free(ask.host);
}

/* Whatever the order of the facts, each bid is given its own; what is about no bid is given to none. */
Test(kit, what_is_about_one_bid)
{
    static const linli_bid bids[] = {{.key = 1}, {.key = 2}, {.key = 3}};
    linli_check checks[] = {
        {.bid = 3, .by = 1}, {.bid = 1, .by = 2}, {.bid = 3, .by = 3}, {.bid = 9, .by = 4}};
    const linli_paper papers[] = {{.bid = 0}, {.bid = 2}};
    linli_facts facts = {
        .bids = bids, .bid_count = 3, .checks = checks, .check_count = 4, .papers = papers, .paper_count = 2};
    linli_ask ask = question(0);
    linli_each each;

    cr_assert(linli_by_bid(&ask, &facts, &each));
    cr_assert_eq(linli_own(&each, 1).check_count, 1);
    cr_assert_eq(linli_own(&each, 1).checks[0].by, 2);
    cr_assert_eq(linli_own(&each, 2).check_count, 0);
    cr_assert_eq(linli_own(&each, 3).check_count, 2);
    cr_assert_eq(linli_own(&each, 3).checks[0].by, 1);
    cr_assert_eq(linli_own(&each, 3).checks[1].by, 3);
    cr_assert_eq(linli_own(&each, 2).paper_count, 1);
    cr_assert_eq(linli_own(&each, 3).paper_count, 0);
    cr_assert_eq(linli_own(&each, 1).offer_count, 0);
    arena_free(ask.host);
}

Test(kit, sorting_keeps_equals_as_they_are)
{
    linli_sort_key keys[] = {{2, 0, 0}, {1, 5, 1}, {1, 4, 2}, {2, 0, 3}, {0, 9, 4}};
    const size_t order[] = {4, 2, 1, 0, 3};
    linli_ask ask = question(0);

    cr_assert(linli_sort_by(&ask, keys, 5));
    for (size_t i = 0; i < 5; i++)
        cr_assert_eq(keys[i].at, order[i]);
    arena_free(ask.host);
}

Test(kit, objections_that_count)
{
    linli_objection o = {.key = 1, .bid = 2, .state = LINLI_OBJECTION_OPEN, .relevant = true};
    const linli_facts facts = {.objections = &o, .objection_count = 1};

    cr_assert(linli_disputed(&facts, 0));
    cr_assert(linli_disputed(&facts, 2));
    cr_assert_not(linli_disputed(&facts, 1));
    o.bid = 0;
    cr_assert(linli_disputed(&facts, 1));
    o.relevant = false;
    cr_assert_not(linli_disputed(&facts, 0));
    o = (linli_objection){.key = 1, .bid = 2, .state = LINLI_OBJECTION_FOUNDED, .relevant = true};
    cr_assert(linli_upheld(&facts, 2));
    cr_assert_not(linli_upheld(&facts, 1));
    cr_assert_not(linli_disputed(&facts, 0));
}

/* A grant of 60 %, 500,000.00 at the most, of 833,333.33: 499,999.998 is rounded once, as the call declares.
 */
Test(kit, a_grant_at_its_cap_is_rounded_as_declared)
{
    const int64_t cap = INT64_C(50000000);
    int64_t down, up, whole;

    cr_assert(linli_mul_div(INT64_C(83333333), 600000, LINLI_WHOLE, LINLI_DOWN, &down));
    cr_assert(linli_mul_div(INT64_C(83333333), 600000, LINLI_WHOLE, LINLI_HALF_UP, &up));
    cr_assert(linli_mul_div(INT64_C(90000000), 600000, LINLI_WHOLE, LINLI_HALF_UP, &whole));
    cr_assert_eq(down, INT64_C(49999999));
    cr_assert_eq(up, cap);
    cr_assert_eq(whole < cap ? whole : cap, cap);
}
