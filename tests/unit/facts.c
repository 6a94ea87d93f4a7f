/* Facts as JSON: read, sorted, refused, written and read again. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "core/host/facts_form.h"

static struct arena *arena;
static struct err err;

static void setup(void)
{
    arena = arena_new(0);
}

static void teardown(void)
{
    arena_free(arena);
}

TestSuite(facts, .init = setup, .fini = teardown);

static const linli_facts *read_ok(const char *json)
{
    const linli_facts *facts = NULL;

    cr_assert_eq(facts_read(arena, json, strlen(json), &facts, &err), 0, "%s %s", err.detail,
                 err.at[0].pointer);
    return facts;
}

static void refused(const char *json, const char *pointer, const char *code)
{
    const linli_facts *facts = NULL;

    cr_assert_eq(facts_read(arena, json, strlen(json), &facts, &err), E_INVALID, "%s was taken", json);
    cr_assert_str_eq(err.type, "facts/invalid");
    cr_assert_str_eq(err.at[0].pointer, pointer, "%s gives %s", json, err.at[0].pointer);
    cr_assert_str_eq(err.at[0].code, code, "%s gives %s", json, err.at[0].code);
    cr_assert(err.zh[0]);
}

Test(facts, absent_members)
{
    const linli_facts *f = read_ok("{}");

    cr_assert_not_null(f->calendar);
    cr_assert_not_null(f->tender);
    cr_assert_str_eq(f->tender->currency, "CNY");
    cr_assert_null(f->plan);
    cr_assert_null(f->phase);
    cr_assert_eq(f->round, 1);
    cr_assert_eq(f->bid_count, 0);
    cr_assert_eq(f->now.us, 0);
}

static const char *const canonical =
    "{\"awards\":[{\"amount\":\"480000.00\",\"bid\":1,\"order\":1,\"standing\":\"winner\"}],"
    "\"ballots\":[{\"area\":\"\",\"choices\":[{\"bid\":2,\"rank\":1,\"value\":1},{\"bid\":1,\"rank\":2,"
    "\"value\":1}],"
    "\"source\":\"paper\",\"voter\":5,\"weight\":1},{\"area\":\"\",\"source\":\"\",\"voter\":9,\"weight\":2}]"
    ","
    "\"bids\":[{\"bidder\":7,\"key\":1,\"open\":true,\"price\":\"480000.00\",\"priced\":true,\"round\":1},"
    "{\"bidder\":2,\"key\":2,\"round\":1,\"submitted\":\"2026-11-20T16:00:00.500000Z\",\"withdrawn\":true}],"
    "\"checks\":[{\"bid\":1,\"by\":3,\"passed\":false,\"role\":\"evaluator\",\"rule\":\"licence\"}],"
    "\"deliveries\":[{\"bid\":1,\"planned\":\"240000.00\",\"state\":\"planned\",\"tranche\":\"first\"}],"
    "\"draws\":[{\"keys\":[2,1],\"purpose\":\"first_place\"}],"
    "\"evaluation\":{\"items\":[{\"bid\":1,\"compared\":\"432000.00\",\"parts\":[{\"criterion\":\"price\","
    "\"points\":\"87.925\",\"raw\":\"87.925\"}],\"rank\":1,\"standing\":\"ranked\",\"total\":\"87.925\"}],"
    "\"kind\":\"order\"},"
    "\"events\":[{\"at\":\"2026-11-01T00:00:00Z\",\"kind\":\"published\",\"role\":\"office_clerk\"}],"
    "\"invited\":[2,7],\"linli\":\"facts/1\","
    "\"marks\":[{\"bid\":1,\"by\":4,\"criterion\":\"technical\",\"value\":88000000},"
    "{\"bid\":2,\"by\":4,\"criterion\":\"technical\",\"value\":3}],"
    "\"now\":\"2026-11-21T00:00:00Z\","
    "\"objections\":[{\"bid\":1,\"by\":2,\"key\":1,\"kind\":\"result\",\"phase\":\"notice\",\"state\":"
    "\"open\"}],"
    "\"offers\":[{\"bid\":1,\"field\":\"days\",\"round\":1,\"unit\":\"count\",\"value\":30},"
    "{\"bid\":1,\"field\":\"price\",\"round\":1,\"unit\":\"money\",\"value\":\"480000.00\"}],"
    "\"papers\":[{\"accepted\":true,\"bid\":1,\"judge\":\"supervisor\",\"rule\":\"report\",\"tranche\":"
    "\"first\"}],"
    "\"phase\":\"bidding\","
    "\"plan\":{\"award\":{\"kind\":\"one\",\"most\":1},\"bid_bond\":\"2%\",\"contract\":\"purchase\","
    "\"entry\":\"anyone\",\"objection_stops\":true,\"panel\":{\"at_least\":5,\"experts\":2,\"odd\":true,"
    "\"of\":3,"
    "\"source\":\"x\"},\"phases\":[{\"code\":\"bidding\",\"ends\":\"at_due\",\"kind\":\"tendering\","
    "\"may\":{\"organisation\":[\"submit\",\"withdraw\"],\"public\":[\"read_tender\"]},"
    "\"name\":{\"en\":\"bidding\",\"zh\":\"投标\"},\"next\":\"closed\",\"otherwise\":\"closed\"},"
    "{\"code\":\"closed\",\"ends\":\"never\",\"kind\":\"closed\",\"name\":{\"en\":\"closed\",\"zh\":\"结束\"}"
    "}],"
    "\"sealing\":\"two_envelopes\",\"tranches\":[{\"code\":\"all\",\"due\":\"acceptance\","
    "\"name\":{\"en\":\"all\",\"zh\":\"全款\"},\"share\":\"100%\"}]},"
    "\"round\":1,"
    "\"rules\":[{\"code\":\"bid_window\",\"period\":\"20d\",\"source\":\"政府采购法 §35\"},"
    "{\"code\":\"price_weight\",\"source\":\"87号 §55\",\"unit\":\"rate\",\"value\":\"10%\"}],"
    "\"tender\":{\"budget\":\"500000.00\",\"category\":\"services\",\"currency\":\"CNY\",\"key\":1,"
    "\"regime\":"
    "\"statutory\"}}";

Test(facts, round_trip)
{
    CLEANUP(buf_free) struct buf out = {0};

    facts_write(read_ok(canonical), &out);
    cr_assert_str_eq(out.data, canonical);
}

Test(facts, what_was_read)
{
    const linli_facts *f = read_ok(canonical);

    cr_assert_eq(f->choices[f->ballots[0].first].bid, 1); /* an index: the bid with key 2 */
    cr_assert_eq(f->ballots[1].weight, 2);
    cr_assert_eq(f->ballots[1].count, 0);
    cr_assert_eq(f->marks[0].value, 88000000);
    cr_assert_eq(f->offers[1].value, 48000000);
    cr_assert_eq(f->rules[0].period.count, 20);
    cr_assert_eq(f->rules[1].value, 100000);
    cr_assert_eq(f->plan->phases[0].may[LINLI_ORGANISATION],
                 LINLI_MAY(LINLI_SUBMIT) | LINLI_MAY(LINLI_WITHDRAW));
    cr_assert_eq(f->evaluation->items[0].parts[0].points.micro, 87925000);
    cr_assert_eq(f->bids[1].submitted.us % 1000000, 500000);
}

/* Whatever order a file has, plug-ins see the header's. */
Test(facts, sorts)
{
    const linli_facts *f = read_ok("{\"bids\":[{\"key\":2},{\"key\":1}],\"marks\":["
                                   "{\"bid\":2,\"by\":1,\"criterion\":\"a\",\"value\":\"1\"},{\"bid\":1,"
                                   "\"by\":2,\"criterion\":\"b\",\"value\":2},"
                                   "{\"bid\":1,\"by\":9,\"criterion\":\"a\",\"value\":3},{\"bid\":1,\"by\":2,"
                                   "\"criterion\":\"a\",\"value\":\"0.5\"}],"
                                   "\"ballots\":[{\"voter\":9,\"choices\":[{\"bid\":1}]},{\"voter\":3,"
                                   "\"choices\":[{\"bid\":2},{\"bid\":1}]}]}");

    cr_assert_eq(f->bids[0].key, 1);
    cr_assert_eq(f->marks[0].value, 500000);
    cr_assert_eq(f->marks[1].value, 3);
    cr_assert_eq(f->marks[2].value, 2);
    cr_assert_eq(f->marks[3].bid, 2);
    cr_assert_eq(f->ballots[0].voter, 3);
    cr_assert_eq(f->ballots[0].count, 2);
    cr_assert_eq(f->choices[f->ballots[1].first].bid, 0);
}

Test(facts, broken_promises)
{
    refused("{\"linli\":\"facts/2\"}", "/linli", "choice");
    refused("{\"bids\":[{\"key\":1},{\"key\":3}]}", "/bids", "reference");
    refused("{\"bids\":[{\"key\":1},{\"key\":1}]}", "/bids", "reference");
    refused("{\"bids\":[{\"key\":0}]}", "/bids", "reference");
    refused("{\"marks\":[{\"bid\":1,\"criterion\":\"a\",\"value\":1}]}", "/marks/0", "reference");
    refused("{\"bids\":[{\"key\":1}],\"checks\":[{\"bid\":0,\"rule\":\"a\",\"passed\":true}]}", "/checks/0",
            "reference");
    refused("{\"bids\":[{\"key\":1}],\"marks\":[{\"bid\":1,\"criterion\":\"a\",\"value\":1},"
            "{\"bid\":1,\"criterion\":\"a\",\"value\":2}]}",
            "/marks", "duplicate");
    refused("{\"bids\":[{\"key\":1}],\"ballots\":[{\"voter\":1},{\"voter\":1}]}", "/ballots", "duplicate");
    refused("{\"bids\":[{\"key\":1}],\"ballots\":[{\"voter\":1,\"choices\":[{\"bid\":2}]}]}", "/ballots/0",
            "reference");
    refused("{\"bids\":[{\"key\":1}],\"ballots\":[{\"voter\":1,\"choices\":[{\"bid\":1},{\"bid\":1}]}]}",
            "/ballots/0", "reference");
    refused("{\"rules\":[{\"code\":\"a\"}]}", "/rules/0", "reference");
    refused("{\"tender\":{\"budget\":500000}}", "/tender/budget", "type");
    refused("{\"tender\":{\"regime\":\"p1\"}}", "/tender/regime", "choice");
    refused("{\"what\":1}", "/what", "unknown");
    refused("{\"bids\":{}}", "/bids", "type");
    refused("{\"bids\":[7]}", "/bids/0", "type");
    refused("{\"tender\":[]}", "/tender", "type");
    refused("{\"tender\":{\"key\":-1}}", "/tender/key", "range");
    refused("{\"round\":2147483648}", "/round", "range");
    refused("{\"round\":-2147483649}", "/round", "range");
    refused("{\"round\":\"1\"}", "/round", "type");
    refused("{\"bids\":[{\"key\":1,\"open\":1}]}", "/bids/0/open", "type");
    refused("{\"calendar\":{\"days\":\"0123\"}}", "/calendar/days", "format");
    refused("{\"calendar\":{\"days\":12}}", "/calendar/days", "format");
    refused("{\"bids\":[{\"key\":1,\"prize\":\"1.00\"}]}", "/bids/0/prize", "unknown");
    refused("{\"offers\":[{\"bid\":1,\"field\":\"x\",\"unit\":\"money\",\"value\":5}]}", "/offers/0/value",
            "type");
}

/* Among what is wrong with it is this. */
static void also_refused(const char *may, const char *pointer, const char *code)
{
    const linli_facts *facts = NULL;
    char json[200];
    bool told = false;

    snprintf(json, sizeof json, "{\"plan\":{\"phases\":[{\"code\":\"a\",\"may\":%s}]}}", may);
    cr_assert_eq(facts_read(arena, json, strlen(json), &facts, &err), E_INVALID, "%s was taken", json);
    for (int i = 0; i < err.at_count; i++)
        told |= strcmp(err.at[i].pointer, pointer) == 0 && strcmp(err.at[i].code, code) == 0;
    cr_expect(told, "%s: nothing about %s", json, pointer);
}

Test(facts, who_may_do_what)
{
    also_refused("[]", "/plan/phases/0/may", "type");
    also_refused("{\"nobody\":[]}", "/plan/phases/0/may/nobody", "unknown");
    also_refused("{\"public\":{}}", "/plan/phases/0/may/public", "type");
    also_refused("{\"public\":[\"dance\"]}", "/plan/phases/0/may/public/0", "choice");
}

Test(facts, official_calendar_is_left_out)
{
    static const uint8_t days[] = {1, 1, 0, 2};
    static const linli_calendar official = {20000, 4, 28800, 20003, days},
                                other = {20000, 3, 28800, 20002, days};
    CLEANUP(buf_free) struct buf out = {0};
    linli_facts facts;

    facts_set_calendar(&official);
    facts = *read_ok("{}");
    cr_assert_eq(facts.calendar, &official);
    facts_write(&facts, &out);
    cr_assert_null(strstr(out.data, "calendar"));
    buf_clear(&out);
    facts.calendar = &other;
    facts_write(&facts, &out);
    cr_assert(strstr(out.data, "\"days\":\"110\""));
    cr_assert_eq(read_ok(out.data)->calendar->days[1], 1);
    cr_assert_eq(read_ok(out.data)->calendar->day_count, 3);
}

Test(facts, many_voters)
{
    CLEANUP(buf_free) struct buf json = {0};
    enum { VOTERS = 6586, BIDS = 64 };

    buf_text(&json, "{\"bids\":[");
    for (int i = 1; i <= BIDS; i++)
        buf_printf(&json, "%s{\"key\":%d}", i > 1 ? "," : "", i);
    buf_text(&json, "],\"ballots\":[");
    for (int v = VOTERS; v > 0; v--)
        buf_printf(&json, "%s{\"voter\":%d,\"choices\":[{\"bid\":%d,\"value\":1},{\"bid\":%d,\"value\":1}]}",
                   v < VOTERS ? "," : "", v, v % BIDS + 1, (v + 7) % BIDS + 1);
    buf_text(&json, "]}");
    const linli_facts *f = read_ok(json.data);
    cr_assert_eq(f->ballot_count, VOTERS);
    cr_assert_eq(f->choice_count, 2 * VOTERS);
    cr_assert_eq(f->ballots[0].voter, 1);
    cr_assert_eq(f->choices[f->ballots[0].first].bid, 1);
}

/* ---- what is sealed ---- */

enum { NOW = 1000 };

/* A lot of one bid: the phase, how bids are sealed, when they are due. */
static linli_facts sealed_lot(int32_t kind, int32_t sealing, int64_t due_us, linli_bid *bid)
{
    linli_phase *phase = ARENA_NEW(arena, linli_phase, 1);
    linli_plan *plan = ARENA_NEW(arena, linli_plan, 1);
    linli_tender *tender = ARENA_NEW(arena, linli_tender, 1);

    *phase = (linli_phase){.code = "here", .kind = kind};
    *plan = (linli_plan){.sealing = sealing, .phases = phase, .phase_count = 1};
    *tender = (linli_tender){.bids_due = {due_us}};
    return (linli_facts){.now = {NOW},
                         .tender = tender,
                         .plan = plan,
                         .phase = "here",
                         .phase_since = {NOW - 10},
                         .phase_due = {due_us},
                         .bids = bid,
                         .bid_count = bid != NULL};
}

static void leaks(const linli_facts *f, const char *what)
{
    CLEANUP(buf_free) struct buf leak = {0};

    cr_assert_eq(facts_sealed(f, &leak), what == NULL, "%s", what ? what : leak.data);
    cr_assert(!what || strstr(leak.data, what), "%s", leak.data);
}

/* One microsecond before the deadline there is no bid; at the deadline that there is one, not its price. */
Test(facts, sealed_bids)
{
    linli_bid bid = {.key = 1};
    linli_facts before = sealed_lot(LINLI_TENDERING, LINLI_SEALED_TO_OPENING, NOW + 1, &bid),
                at = sealed_lot(LINLI_TENDERING, LINLI_SEALED_TO_OPENING, NOW, &bid),
                open = sealed_lot(LINLI_TENDERING, LINLI_OPEN_BIDS, NOW + 1, &bid),
                none = sealed_lot(LINLI_TENDERING, LINLI_SEALED_TO_DUE, NOW + 1, NULL);

    leaks(&before, "before the deadline");
    leaks(&at, NULL);
    leaks(&open, NULL);
    leaks(&none, NULL);
    bid.price.minor = 1;
    leaks(&at, "the price of sealed bid 1");
    bid.open = true;
    leaks(&at, "unopened envelope of bid 1");
    bid.priced = true;
    leaks(&at, NULL);
    bid = (linli_bid){.key = 1, .priced = true};
    leaks(&at, "the price of sealed bid 1");
}

Test(facts, sealed_offers)
{
    linli_bid bids[] = {{.key = 1, .open = true}, {.key = 2}};
    linli_offer offers[] = {{.bid = 1, .field = "price", .round = 1},
                            {.bid = 2, .field = "price", .round = 1}};
    linli_facts f = sealed_lot(LINLI_OPENING, LINLI_SEALED_TO_OPENING, NOW, bids);

    f.bid_count = 2;
    f.offers = offers;
    f.offer_count = 1;
    leaks(&f, NULL);
    f.offer_count = 2;
    leaks(&f, "what sealed bid 2 offers");
    bids[1].open = true;
    leaks(&f, NULL);
}

/* Of two envelopes the technical one tells its fields once it is open, the other once that is. */
Test(facts, sealed_prices)
{
    linli_bid bid = {.key = 1, .open = true};
    linli_offer offers[] = {{.bid = 1, .field = "months", .round = 1},
                            {.bid = 1, .field = "price", .round = 1}};
    const linli_field fields[] = {{.code = "months", .envelope = 1}, {.code = "price", .envelope = 2}};
    linli_facts f = sealed_lot(LINLI_EVALUATING, LINLI_TWO_ENVELOPES, NOW - 5, &bid);
    linli_plan plan = *f.plan;

    plan.fields = fields;
    plan.field_count = 2;
    f.plan = &plan;
    f.offers = offers;
    f.offer_count = 1;
    leaks(&f, NULL);
    f.offer_count = 2;
    leaks(&f, "what the unopened envelope of bid 1 offers");
    bid.priced = true;
    leaks(&f, NULL);
}

/* A last quote, and a ballot, are known at the moment their time is over. */
Test(facts, sealed_rounds_and_votes)
{
    linli_bid bid = {.key = 1, .open = true};
    linli_offer quote = {.bid = 1, .field = "price", .round = 2, .at = {NOW - 5}};
    linli_ballot ballot = {.voter = 1};
    linli_facts f = sealed_lot(LINLI_NEGOTIATING, LINLI_SEALED_TO_DUE, NOW + 1, &bid);
    linli_facts vote = sealed_lot(LINLI_VOTING, LINLI_OPEN_BIDS, NOW + 1, &bid);

    f.offers = &quote;
    f.offer_count = 1;
    leaks(&f, "a last quote is in the facts before its moment");
    f.phase_due.us = NOW;
    leaks(&f, NULL);
    f.phase_due.us = NOW + 1;
    quote.at.us = NOW - 11; /* of a round before */
    leaks(&f, NULL);
    vote.ballots = &ballot;
    vote.ballot_count = 1;
    leaks(&vote, "ballots are in the facts while the vote runs");
    vote.phase_due.us = NOW;
    leaks(&vote, NULL);
}

/* Words of a stored plan become their numbers again, and one that is not known is refused. */
Test(facts, plan_of_words)
{
    static const char good[] = "{\"phases\":[{\"code\":\"open\",\"name\":{\"zh\":\"开标\",\"en\":\"opening\"}"
                               ",\"kind\":\"opening\",\"ends\":\"by_act\","
                               "\"may\":{\"office_clerk\":[\"open\",\"advance\"]}}]}";
    static const char bad[] = "{\"phases\":[{\"code\":\"open\",\"name\":{\"zh\":\"开标\",\"en\":\"opening\"},"
                              "\"kind\":\"opening\",\"ends\":\"by_act\","
                              "\"may\":{\"office_clerk\":[\"fly\"]}}]}";
    const linli_plan *plan = NULL;

    cr_assert_eq(plan_read(arena, good, strlen(good), &plan, &err), 0, "%s %s", err.detail,
                 err.at[0].pointer);
    cr_assert_eq(plan->phases[0].kind, LINLI_OPENING);
    cr_assert_eq(plan->phases[0].ends, LINLI_ENDS_BY_ACT);
    cr_assert_eq(plan->phases[0].may[LINLI_OFFICE_CLERK], LINLI_MAY(LINLI_OPEN) | LINLI_MAY(LINLI_ADVANCE));
    cr_assert_neq(plan_read(arena, bad, strlen(bad), &plan, &err), 0, "an act that is none");
}

/* A release is asked about the contract and the tranche as they stand, an evaluation about who was admitted.
 */
Test(facts, what_was_asked)
{
    static const linli_admission items[] = {{1, false, {NULL, 0}}, {2, true, {NULL, 0}}};
    static const linli_admissions admitted = {items, 2, 1};
    static const linli_award award = {.bid = 2, .amount = {106001}};
    static const linli_tranche tranche = {"extra_1", {6000}};
    CLEANUP(buf_free) struct buf out = {0};
    struct facts_form *form;

    facts_write_asked(read_ok("{\"bids\":[{\"key\":1},{\"key\":2}]}"),
                      &(struct facts_asked){&award, &tranche, &admitted}, arena, &out);
    cr_assert_eq(facts_read_form(arena, out.data, out.size, &form, &err), 0, "%s", err.detail);
    cr_assert_eq(form->award, 2);
    cr_assert_eq(form->awarded.minor, 106001);
    cr_assert_str_eq(form->tranche, "extra_1");
    cr_assert_eq(form->amount.minor, 6000);
    const linli_admissions in = facts_form_admitted(arena, form);
    cr_assert_eq(in.bidders, 1);
    cr_assert(!in.items[0].admitted && in.items[1].admitted);
    buf_clear(&out);
    facts_write_asked(&form->facts, &(struct facts_asked){&award, NULL, NULL}, arena, &out);
    cr_assert(strstr(out.data, "\"asked\":{\"award\":2}"), "%s", out.data);
    cr_assert_null(strstr(out.data, "admitted"));
}
