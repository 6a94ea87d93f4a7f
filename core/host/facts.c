/*
 * Facts between JSON and linli_facts.  The tables do the reading; here is what
 * they cannot say: the order of the arrays, keys that must exist, ballots with
 * their choices beside them.
 */
#include "core/host/facts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/host/facts_form.h"

enum { FACTS_BYTES_MAX = 256 << 20, PLAIN_DAYS = 40 * 366 };

static _Atomic(const linli_calendar *) official_calendar; /* set anew when a server reads the law again */

void facts_set_calendar(const linli_calendar *official)
{
    official_calendar = official;
}

/* Monday to Friday for a century where nobody gave a calendar: day 0 was a Thursday. */
static const linli_calendar *plain_calendar(struct arena *arena)
{
    linli_calendar *calendar = ARENA_NEW(arena, linli_calendar, 1);
    uint8_t *days = ARENA_NEW(arena, uint8_t, PLAIN_DAYS * 2);

    for (int32_t i = 0; i < PLAIN_DAYS * 2; i++)
        days[i] = (i + 3) % 7 < 5 ? LINLI_WORKING_DAY : LINLI_REST_DAY;
    *calendar = (linli_calendar){.day_count = PLAIN_DAYS * 2, .utc_offset_s = 8 * 3600, .days = days};
    return calendar;
}

/* ---- promises of the header ------------------------------------------------ */

struct reading {
    struct arena *arena;
    const linli_facts *facts;
    struct err *err;
    int status;
};

static void broken(struct reading *r, const char *pointer, const char *code, const char *text, const char *zh)
{
    if (r->status == 0) {
        r->status = err_set(r->err, E_INVALID, "facts/invalid", "%s %s", pointer, text);
        err_zh(r->err, "%s %s", pointer, zh);
    }
    err_at(r->err, pointer, code, text, zh);
}

static void broken_item(struct reading *r, const char *list, size_t index, const char *text, const char *zh)
{
    char pointer[128];

    snprintf(pointer, sizeof pointer, "/%s/%zu", list, index);
    broken(r, pointer, "reference", text, zh);
}

/* Every element's first member, at `offset`, is the key of a bid. */
static void check_bids(struct reading *r, const char *list, const void *items, size_t count, size_t size,
                       size_t offset, bool none_allowed)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t key;
        memcpy(&key, (const char *)items + i * size + offset, sizeof key);
        if (key > r->facts->bid_count || (key == 0 && !none_allowed))
            broken_item(r, list, i, "names a bid that is not there", "所指的投标不存在");
    }
}

typedef int (*order)(const void *, const void *);

/* qsort where needed: what the core wrote is in order already. */
static void sort(const void *items, size_t count, size_t size, order compare)
{
    for (size_t i = 1; i < count; i++)
        if (compare((const char *)items + (i - 1) * size, (const char *)items + i * size) > 0) {
            qsort((void *)(uintptr_t)items, count, size, compare);
            return;
        }
}

static void sort_unique(struct reading *r, const char *list, const void *items, size_t count, size_t size,
                        order compare)
{
    char pointer[64];

    sort(items, count, size, compare);
    snprintf(pointer, sizeof pointer, "/%s", list);
    for (size_t i = 1; i < count; i++)
        if (compare((const char *)items + (i - 1) * size, (const char *)items + i * size) == 0) {
            broken(r, pointer, "duplicate", "says the same thing twice", "有重复的条目");
            return;
        }
}

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

static int by_code(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

static int by_rule_code(const void *a, const void *b)
{
    return by_code(((const linli_rule *)a)->code, ((const linli_rule *)b)->code);
}

static int by_number(const void *a, const void *b)
{
    return COMPARE(*(const uint64_t *)a, *(const uint64_t *)b);
}

static int by_bid_key(const void *a, const void *b)
{
    return COMPARE(((const linli_bid *)a)->key, ((const linli_bid *)b)->key);
}

static int by_offer(const void *one, const void *two)
{
    const linli_offer *a = one, *b = two;
    int by = COMPARE(a->bid, b->bid);

    by = by ? by : by_code(a->field, b->field);
    return by ? by : COMPARE(a->round, b->round);
}

static int by_check(const void *one, const void *two)
{
    const linli_check *a = one, *b = two;
    int by = COMPARE(a->bid, b->bid);

    by = by ? by : by_code(a->rule, b->rule);
    return by ? by : COMPARE(a->by, b->by);
}

int facts_mark_order(const void *one, const void *two)
{
    const linli_mark *a = one, *b = two;
    int by = COMPARE(a->bid, b->bid);

    by = by ? by : by_code(a->criterion, b->criterion);
    by = by ? by : COMPARE(a->by, b->by);
    return by ? by : by_code(a->tranche, b->tranche);
}

static int by_voter(const void *a, const void *b)
{
    return COMPARE(((const struct ballot_form *)a)->voter, ((const struct ballot_form *)b)->voter);
}

static int by_event(const void *one, const void *two)
{
    const linli_event *a = one, *b = two;
    int by = COMPARE(a->at.us, b->at.us);

    by = by ? by : COMPARE(a->kind, b->kind);
    by = by ? by : COMPARE(a->role, b->role);
    return by ? by : COMPARE(a->bid, b->bid);
}

static int by_paper(const void *one, const void *two)
{
    const linli_paper *a = one, *b = two;
    int by = by_code(a->rule, b->rule);

    by = by ? by : COMPARE(a->bid, b->bid);
    by = by ? by : COMPARE(a->at.us, b->at.us);
    return by ? by : by_code(a->tranche, b->tranche);
}

static int by_objection(const void *a, const void *b)
{
    return COMPARE(((const linli_objection *)a)->key, ((const linli_objection *)b)->key);
}

static int by_elsewhere(const void *one, const void *two)
{
    const linli_elsewhere *a = one, *b = two;
    int by = COMPARE(a->lot, b->lot);

    by = by ? by : COMPARE(a->bidder, b->bidder);
    return by ? by : COMPARE(a->amount.minor, b->amount.minor);
}

static int by_delivery(const void *one, const void *two)
{
    const linli_delivery *a = one, *b = two;
    int by = COMPARE(a->bid, b->bid);

    return by ? by : by_code(a->tranche, b->tranche);
}

static int by_bidder(const void *a, const void *b)
{
    return COMPARE(((const linli_bidder *)a)->key, ((const linli_bidder *)b)->key);
}

static int by_result(const void *a, const void *b)
{
    return COMPARE(((const linli_result *)a)->bid, ((const linli_result *)b)->bid);
}

/* ---- what absent members mean ---------------------------------------------- */

static void fill_bids(struct reading *r, linli_facts *f)
{
    linli_bid *bids = (linli_bid *)(uintptr_t)f->bids;

    sort(bids, f->bid_count, sizeof *bids, by_bid_key);
    for (size_t i = 0; i < f->bid_count; i++) {
        if (bids[i].key != i + 1) {
            broken(r, "/bids", "reference", "must have the keys 1 to n, each once",
                   "键应为 1 至 n，各出现一次");
            return;
        }
        bids[i].bidder = bids[i].bidder ? bids[i].bidder : bids[i].key;
        bids[i].round = bids[i].round ? bids[i].round : 1;
    }
}

static void fill_defaults(struct reading *r, linli_facts *f)
{
    if (!f->calendar)
        f->calendar = official_calendar ? official_calendar : plain_calendar(r->arena);
    if (!f->tender) {
        linli_tender *tender = ARENA_NEW(r->arena, linli_tender, 1);
        *tender = (linli_tender){.currency = "CNY", .lot = 1, .lots = 1};
        f->tender = tender;
    }
    f->round = f->round ? f->round : 1;
    for (size_t i = 0; i < f->offer_count; i++) {
        linli_offer *offer = (linli_offer *)(uintptr_t)&f->offers[i];
        offer->round = offer->round ? offer->round : 1;
    }
}

/* ---- ballots ---------------------------------------------------------------- */

/* Puts the choices of one ballot behind those before; each bid at most once. */
static void ballot_choices(struct reading *r, const struct ballot_form *b, size_t index, linli_choice *out,
                           uint64_t *seen)
{
    const struct choice_form *choices = b->choices.items;

    for (size_t i = 0; i < b->choices.count; i++) {
        uint64_t bid = choices[i].bid;
        if (bid == 0 || bid > r->facts->bid_count) {
            broken_item(r, "ballots", index, "names a bid that is not there", "所指的投标不存在");
            return;
        }
        if (seen[bid - 1] == index + 1) {
            broken_item(r, "ballots", index, "names a bid twice", "同一投标出现两次");
            return;
        }
        seen[bid - 1] = index + 1;
        out[i] = (linli_choice){(uint32_t)(bid - 1), choices[i].rank, choices[i].value};
    }
}

static void ballots_read(struct reading *r, struct facts_form *form)
{
    struct ballot_form *in = (struct ballot_form *)(uintptr_t)form->ballots.items;
    size_t count = form->ballots.count, total = 0;

    sort_unique(r, "ballots", in, count, sizeof *in, by_voter);
    for (size_t i = 0; i < count; i++)
        total += in[i].choices.count;
    linli_ballot *ballots = ARENA_NEW(r->arena, linli_ballot, count + 1);
    linli_choice *choices = ARENA_NEW(r->arena, linli_choice, total + 1);
    uint64_t *seen = ARENA_NEW(r->arena, uint64_t, form->facts.bid_count + 1);
    size_t first = 0;
    for (size_t i = 0; i < count && r->status == 0; i++) {
        ballots[i] = (linli_ballot){in[i].voter,     in[i].weight ? in[i].weight : 1,
                                    (uint32_t)first, (uint32_t)in[i].choices.count,
                                    in[i].area,      in[i].source};
        if (in[i].weight < 0)
            broken_item(r, "ballots", i, "weighs less than nothing", "权重不得为负");
        ballot_choices(r, &in[i], i, &choices[first], seen);
        first += in[i].choices.count;
    }
    form->facts.ballots = ballots;
    form->facts.ballot_count = count;
    form->facts.choices = choices;
    form->facts.choice_count = total;
}

/* As ballots_read, the other way; the memory is the caller's to free. */
static void *ballots_form(const linli_facts *facts, linli_list *ret)
{
    struct ballot_form *ballots = calloc(facts->ballot_count + 1, sizeof *ballots);
    struct choice_form *choices = calloc(facts->choice_count + 1, sizeof *choices);

    MUST(ballots && choices);
    for (size_t i = 0; i < facts->choice_count; i++) {
        const linli_choice *c = &facts->choices[i];
        choices[i] = (struct choice_form){facts->bids[c->bid].key, c->rank, 0, c->value};
    }
    for (size_t i = 0; i < facts->ballot_count; i++) {
        const linli_ballot *b = &facts->ballots[i];
        ballots[i] =
            (struct ballot_form){b->voter, b->weight, {&choices[b->first], b->count}, b->area, b->source};
    }
    *ret = (linli_list){ballots, facts->ballot_count};
    return choices;
}

/* ---- the doors -------------------------------------------------------------- */

#define CHECK_BIDS(r, f, list, n, none)                                                                      \
    check_bids((r), #list, (f)->list, (f)->n, sizeof *(f)->list, offsetof(__typeof__(*(f)->list), bid),      \
               (none))

static void check_references(struct reading *r, const linli_facts *f)
{
    CHECK_BIDS(r, f, offers, offer_count, false);
    CHECK_BIDS(r, f, checks, check_count, false);
    CHECK_BIDS(r, f, marks, mark_count, false);
    CHECK_BIDS(r, f, events, event_count, true);
    CHECK_BIDS(r, f, papers, paper_count, true);
    CHECK_BIDS(r, f, objections, objection_count, true);
    CHECK_BIDS(r, f, deliveries, delivery_count, false);
    CHECK_BIDS(r, f, awards, award_count, false);
    if (f->evaluation)
        check_bids(r, "evaluation/items", f->evaluation->items, f->evaluation->count, sizeof(linli_result),
                   offsetof(linli_result, bid), false);
    for (size_t i = 0; i < f->rule_count; i++)
        if (f->rules[i].unit == 0 && f->rules[i].period.unit == 0)
            broken_item(r, "rules", i, "needs a unit and a value, or a period", "应有单位与数值，或期间");
}

static void sort_all(struct reading *r, const linli_facts *f)
{
    sort_unique(r, "rules", f->rules, f->rule_count, sizeof *f->rules, by_rule_code);
    sort_unique(r, "invited", f->invited, f->invited_count, sizeof *f->invited, by_number);
    sort_unique(r, "offers", f->offers, f->offer_count, sizeof *f->offers, by_offer);
    sort_unique(r, "checks", f->checks, f->check_count, sizeof *f->checks, by_check);
    sort_unique(r, "marks", f->marks, f->mark_count, sizeof *f->marks, facts_mark_order);
    sort(f->events, f->event_count, sizeof *f->events, by_event);
    sort(f->papers, f->paper_count, sizeof *f->papers, by_paper);
    sort_unique(r, "objections", f->objections, f->objection_count, sizeof *f->objections, by_objection);
    sort_unique(r, "deliveries", f->deliveries, f->delivery_count, sizeof *f->deliveries, by_delivery);
    sort(f->elsewhere, f->elsewhere_count, sizeof *f->elsewhere, by_elsewhere);
    sort_unique(r, "bidders", f->bidders, f->bidder_count, sizeof *f->bidders, by_bidder);
    if (f->evaluation)
        sort_unique(r, "evaluation/items", f->evaluation->items, f->evaluation->count, sizeof(linli_result),
                    by_result);
}

int facts_read_form(struct arena *arena, const char *json, size_t bytes, struct facts_form **ret,
                    struct err *err)
{
    void *read = NULL;
    int status = form_read_as(&shape_facts, arena, json, bytes, FACTS_BYTES_MAX, "facts", &read, err);

    if (status)
        return status;
    struct facts_form *form = read;
    struct reading r = {arena, &form->facts, err, 0};
    if (form->linli && strcmp(form->linli, "facts/1") != 0)
        broken(&r, "/linli", "choice", "must be \"facts/1\"", "应为 \"facts/1\"");
    fill_bids(&r, &form->facts);
    fill_defaults(&r, &form->facts);
    if (r.status == 0)
        check_references(&r, &form->facts);
    if (r.status == 0)
        check_bids(&r, "admitted", form->admitted.items, form->admitted.count, sizeof(uint64_t), 0, false);
    if (r.status == 0)
        sort_all(&r, &form->facts);
    if (r.status == 0)
        ballots_read(&r, form);
    if (r.status == 0)
        *ret = form;
    return r.status;
}

linli_admissions facts_form_admitted(struct arena *arena, const struct facts_form *form)
{
    const linli_facts *f = &form->facts;
    const uint64_t *named = form->admitted.items;
    linli_admission *items = ARENA_NEW(arena, linli_admission, f->bid_count + 1);
    int32_t bidders = 0;

    for (size_t i = 0; i < f->bid_count; i++) {
        bool in = !form->has_admitted && !f->bids[i].withdrawn && !f->bids[i].late && !f->bids[i].invalid;

        for (size_t k = 0; k < form->admitted.count; k++)
            in = in || named[k] == f->bids[i].key;
        items[i] = (linli_admission){f->bids[i].key, in, {NULL, 0}};
        bidders += in;
    }
    return (linli_admissions){items, f->bid_count, bidders};
}

int facts_read(struct arena *arena, const char *json, size_t bytes, const linli_facts **ret, struct err *err)
{
    struct facts_form *form;
    int status = facts_read_form(arena, json, bytes, &form, err);

    if (status == 0)
        *ret = &form->facts;
    return status;
}

static bool same_calendar(const linli_calendar *a, const linli_calendar *b)
{
    return a == b || (a && b && a->first_day == b->first_day && a->day_count == b->day_count &&
                      a->utc_offset_s == b->utc_offset_s && a->official_until == b->official_until &&
                      memcmp(a->days, b->days, (size_t)a->day_count) == 0);
}

/* What reading makes where there is no official calendar. */
static bool is_plain(const linli_calendar *c)
{
    return c && c->first_day == 0 && c->day_count == PLAIN_DAYS * 2 && c->official_until == 0;
}

static void write_form(const linli_facts *facts, struct facts_form *with, struct buf *out)
{
    struct form form = shape_facts;

    if (!with->award)
        form.count--; /* without "asked" */
    with->linli = "facts/1";
    with->facts = *facts;
    if (same_calendar(facts->calendar, official_calendar) ||
        (!official_calendar && is_plain(facts->calendar)))
        with->facts.calendar = NULL;
    void *choices = ballots_form(facts, &with->ballots);
    form_write(&form, with, out);
    free(choices);
    free((void *)(uintptr_t)with->ballots.items);
}

void facts_write(const linli_facts *facts, struct buf *out)
{
    struct facts_form with = {0};

    write_form(facts, &with, out);
}

void facts_write_asked(const linli_facts *facts, const struct facts_asked *asked, struct arena *arena,
                       struct buf *out)
{
    struct facts_form with = {0};

    if (asked->award) {
        with.award = asked->award->bid;
        with.awarded = asked->tranche ? asked->award->amount : (linli_money){0};
    }
    if (asked->tranche) {
        with.tranche = asked->tranche->code;
        with.amount = asked->tranche->amount;
    }
    if (asked->admitted) {
        const linli_admissions *a = asked->admitted;
        uint64_t *keys = ARENA_NEW(arena, uint64_t, a->count + 1);

        with.has_admitted = true;
        with.admitted.items = keys;
        for (size_t i = 0; i < a->count; i++)
            if (a->items[i].admitted)
                keys[with.admitted.count++] = a->items[i].bid;
    }
    write_form(facts, &with, out);
}

/* ---- stored answers --------------------------------------------------------- */

static int answer_read(const struct form *form, struct arena *arena, const char *json, size_t bytes,
                       void **ret, struct err *err)
{
    return form_read_as(form, arena, json, bytes, FACTS_BYTES_MAX, "facts", ret, err);
}

int plan_read(struct arena *arena, const char *json, size_t bytes, const linli_plan **ret, struct err *err)
{
    void *out = NULL;
    int status = answer_read(&shape_plan, arena, json, bytes, &out, err);

    if (status == 0)
        *ret = out;
    return status;
}

int evaluation_read(struct arena *arena, const char *json, size_t bytes, const linli_evaluation **ret,
                    struct err *err)
{
    void *out = NULL;
    int status = answer_read(&shape_evaluation, arena, json, bytes, &out, err);

    if (status == 0) {
        const linli_evaluation *e = out;
        sort(e->items, e->count, sizeof *e->items, by_result);
        *ret = e;
    }
    return status;
}

int awards_read(struct arena *arena, const char *json, size_t bytes, const linli_awards **ret,
                struct err *err)
{
    void *out = NULL;
    int status = answer_read(&shape_awards, arena, json, bytes, &out, err);

    if (status == 0)
        *ret = out;
    return status;
}

int step_read(struct arena *arena, const char *json, size_t bytes, const linli_step **ret, struct err *err)
{
    void *out = NULL;
    int status = answer_read(&shape_step, arena, json, bytes, &out, err);

    if (status == 0)
        *ret = out;
    return status;
}

int admissions_read(struct arena *arena, const char *json, size_t bytes, const linli_admissions **ret,
                    struct err *err)
{
    void *out = NULL;
    int status = answer_read(&shape_admissions, arena, json, bytes, &out, err);

    if (status == 0)
        *ret = out;
    return status;
}
