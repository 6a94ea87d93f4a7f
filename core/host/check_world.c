/* The made-up lot that plug-ins are asked about when they are checked. */
#include <string.h>

#include "core/base/time.h"
#include "core/host/check.h"
#include "core/host/facts.h"
#include "linli/math.h"

#define DAY TIME_DAY

enum { ELECTORATE = 1000, BUDGET_FEN = 50000000 };

static int64_t budget_of(const struct checker *c)
{
    static const int64_t fen[LOTS] = {
        [LOT_USUAL] = BUDGET_FEN,  [LOT_SMALL] = BUDGET_FEN / 100, [LOT_LARGE] = BUDGET_FEN * INT64_C(10),
        [LOT_CALLED] = BUDGET_FEN, [LOT_SECOND] = BUDGET_FEN,      [LOT_GROUPED] = BUDGET_FEN};

    return fen[c->lot];
}

static int64_t start_us(void)
{
    return (int64_t)date_of(2026, 11, 2) * DAY; /* a Monday, 08:00 in Shanghai */
}

static linli_calendar *plain_calendar(struct checker *c)
{
    linli_calendar *calendar = ARENA_NEW(c->arena, linli_calendar, 1);
    int32_t count = date_of(2040, 1, 1);
    uint8_t *days = ARENA_NEW(c->arena, uint8_t, count);

    for (int32_t i = 0; i < count; i++)
        days[i] = (i + 3) % 7 < 5 ? LINLI_WORKING_DAY : LINLI_REST_DAY;
    *calendar = (linli_calendar){0, count, 8 * 3600, count - 1, days};
    return calendar;
}

static int32_t regime_of(const struct checker *c)
{
    if (c->regime)
        return c->regime;
    for (int32_t r = LINLI_STATUTORY; c->mechanism && r <= LINLI_CHARITY; r++)
        if (c->mechanism->regimes >> r & 1)
            return r;
    return LINLI_STATUTORY;
}

static void world_bids(struct checker *c, struct world *w, bool set)
{
    static const int64_t price[WORLD_BIDS] = {48000000, 45000000, 46999999, 45000000, 43333333};
    linli_bid *bids = ARENA_NEW(c->arena, linli_bid, WORLD_BIDS);
    linli_admission *admitted = ARENA_NEW(c->arena, linli_admission, WORLD_BIDS);

    for (int i = 0; i < WORLD_BIDS; i++) {
        bids[i] = (linli_bid){.key = (uint64_t)i + 1,
                              .bidder = 101 + (uint64_t)i,
                              .group = i >= WORLD_BIDS - 2 ? 7 : 0,
                              .number = i + 1,
                              .round = 1,
                              .submitted = {start_us() + (20 + i) * DAY},
                              .open = true,
                              .priced = true,
                              .price = {price[i] / (set ? 3 : 1) / (c->lot == LOT_SMALL ? 100 : 1)}};
        admitted[i] = (linli_admission){bids[i].key, true, {NULL, 0}};
    }
    w->facts.bids = bids;
    w->facts.bid_count = WORLD_BIDS;
    w->admitted = (linli_admissions){admitted, WORLD_BIDS, WORLD_BIDS - 1};
}

/* Everything that can have happened, a day apart; what concerns one bid, for each. */
static void world_events(struct checker *c, struct world *w)
{
    static const int32_t kinds[] = {
        LINLI_PUBLISHED,      LINLI_DOCUMENTS_ISSUED, LINLI_BIDS_DUE,  LINLI_OPENED,  LINLI_CHECKED,
        LINLI_VOTING_STARTED, LINLI_VOTING_ENDED,     LINLI_EVALUATED, LINLI_DECIDED, LINLI_ANNOUNCED,
        LINLI_NOTICE_ENDED,   LINLI_APPROVED,         LINLI_SIGNED,    LINLI_ACCEPTED};
    linli_event *events = ARENA_NEW(c->arena, linli_event, LENGTH(kinds) * WORLD_BIDS);
    size_t count = 0;

    for (size_t i = 0; i < LENGTH(kinds); i++) {
        bool each =
            kinds[i] == LINLI_SIGNED || kinds[i] == LINLI_ACCEPTED || kinds[i] == LINLI_DOCUMENTS_ISSUED;
        int64_t at = start_us() + (i < 2 ? (int64_t)i : 27 + (int64_t)i) * DAY;
        for (uint64_t bid = each ? 1 : 0; bid <= (each ? WORLD_BIDS : 0); bid++)
            events[count++] = (linli_event){kinds[i], LINLI_OFFICE_CLERK, {at}, bid};
    }
    w->facts.events = events;
    w->facts.event_count = count;
}

/* The price where it is one; other money is twice that (a whole cost, a match), within its bounds. */
static int64_t field_value(const linli_field *f, linli_money price)
{
    int64_t value = f->priced ? price.minor : f->unit == LINLI_UNIT_MONEY ? price.minor * 2 : f->low;

    return f->priced || value < f->high ? value : f->high;
}

static void world_plan(struct checker *c, struct world *w, const linli_plan *p)
{
    linli_check *checks = ARENA_NEW(c->arena, linli_check, p->check_count * WORLD_BIDS + 1);
    linli_offer *offers = ARENA_NEW(c->arena, linli_offer, p->field_count * WORLD_BIDS + 1);
    linli_paper *papers = ARENA_NEW(c->arena, linli_paper, p->paper_count * WORLD_BIDS * 3 + 1);
    size_t n = 0, m = 0, k = 0;

    for (int b = 0; b < WORLD_BIDS; b++) {
        const linli_bid *bid = &w->facts.bids[b];
        for (size_t i = 0; i < p->check_count; i++)
            checks[n++] = (linli_check){bid->key, 900, p->checks[i].code, p->checks[i].role, true};
        for (size_t i = 0; i < p->field_count; i++) {
            const linli_field *f = &p->fields[i];
            offers[m++] =
                (linli_offer){bid->key, f->code, 1, f->unit, field_value(f, bid->price), bid->submitted};
        }
    }
    for (size_t i = 0; i < p->paper_count; i++)
        for (int b = 0; b < WORLD_BIDS; b++)
            for (int copy = 0; copy < 3; copy++)
                papers[k++] = (linli_paper){.rule = p->papers[i].code,
                                            .tranche = p->papers[i].tranche,
                                            .bid = w->facts.bids[b].key,
                                            .accepted = true,
                                            .judge = LINLI_SUPERVISOR,
                                            .at = {start_us() + (50 + copy) * DAY}};
    w->facts.plan = p;
    w->facts.phase = p->phases[0].code;
    w->facts.checks = checks;
    w->facts.check_count = n;
    w->facts.offers = offers;
    w->facts.offer_count = m;
    w->facts.papers = papers;
    w->facts.paper_count = k;
}

/* ---- marks and ballots -------------------------------------------------------------- */

/* A value of the criterion's range on its step, however wide the range; judges
 * agree where they must. */
static int64_t mark_value(const linli_criterion *k, int bid, int judge, size_t number)
{
    int64_t step = k->step > 0 ? k->step : 1;
    linli_wide steps = ((linli_wide)k->high - k->low) / step;
    int64_t part = 5 + ((bid == 3 ? 1 : bid) * 7 + (k->objective ? 0 : judge * 3) + (int64_t)number) % 6;

    return (int64_t)(k->low + steps * part / 10 * step);
}

static void world_marks(struct checker *c, struct world *w, const linli_criteria *criteria)
{
    linli_mark *marks = ARENA_NEW(c->arena, linli_mark, criteria->count * WORLD_BIDS * WORLD_JUDGES + 1);
    size_t n = 0;

    for (int b = 0; b < WORLD_BIDS; b++)
        for (size_t k = 0; k < criteria->count; k++)
            for (int j = 0; j < WORLD_JUDGES; j++) {
                const linli_criterion *of = &criteria->items[k];
                if (of->by == LINLI_BY_BALLOTS || (of->by == LINLI_BY_RULE && j > 0))
                    continue;
                marks[n++] = (linli_mark){(uint64_t)b + 1, of->by == LINLI_BY_RULE ? 0 : 901 + (uint64_t)j,
                                          of->code, NULL, mark_value(of, b, j, k)};
            }
    w->facts.marks = marks;
    w->facts.mark_count = n;
}

/* Every voter likes another mix; the last one's choices all fell away. */
static void world_ballots(struct checker *c, struct world *w)
{
    linli_ballot *ballots = ARENA_NEW(c->arena, linli_ballot, WORLD_VOTERS);
    linli_choice *choices = ARENA_NEW(c->arena, linli_choice, WORLD_VOTERS * WORLD_BIDS);
    uint32_t n = 0;

    for (uint32_t v = 0; v < WORLD_VOTERS; v++) {
        uint32_t first = n;
        for (uint32_t b = 0; b < WORLD_BIDS && v + 1 < WORLD_VOTERS; b++)
            if ((v + b * 2) % (b + 2) == 0 || v < 4 + b) {
                choices[n] = (linli_choice){b, (int32_t)(n - first) + 1, 1};
                n++;
            }
        ballots[v] = (linli_ballot){501 + v, 1, first, n - first, "", "paper"};
    }
    w->facts.ballots = ballots;
    w->facts.ballot_count = WORLD_VOTERS;
    w->facts.choices = choices;
    w->facts.choice_count = n;
}

struct world *world_new(struct checker *c, const linli_plan *plan, const linli_criteria *criteria, bool set)
{
    struct world *w = ARENA_NEW(c->arena, struct world, 1);
    linli_tender *tender = ARENA_NEW(c->arena, linli_tender, 1);
    int64_t start = start_us();

    *tender = (linli_tender){.key = 1,
                             .currency = "CNY",
                             .category = LINLI_SERVICES,
                             .regime = regime_of(c),
                             .budget = {budget_of(c)},
                             .published = {start},
                             .bids_due = {start + 28 * DAY},
                             .electorate = ELECTORATE,
                             .pool = {c->lot == LOT_SECOND ? budget_of(c) / 2 : 0},
                             .lot = c->lot == LOT_SECOND ? 2 : 1,
                             .lots = c->lot == LOT_SECOND ? 3 : 1,
                             .under = c->lot == LOT_CALLED};
    w->facts = (linli_facts){.now = {start + 60 * DAY},
                             .calendar = plain_calendar(c),
                             .tender = tender,
                             .phase_since = {start},
                             .phase_due = {start + 28 * DAY},
                             .round = 1,
                             .rules = c->rules,
                             .rule_count = c->rule_count};
    world_bids(c, w, set);
    world_events(c, w);
    world_ballots(c, w);
    if (plan)
        world_plan(c, w, plan);
    if (criteria)
        world_marks(c, w, criteria);
    return w;
}

/* ---- the same lot, said otherwise ------------------------------------------------------ */

static const void *turned(struct checker *c, const void *items, size_t count, size_t size)
{
    char *out = arena_alloc(c->arena, count + 1, size);

    for (size_t i = 0; i < count; i++)
        memcpy(out + i * size, (const char *)items + (count - 1 - i) * size, size);
    return out;
}

#define TURN(f, list, n) (f)->list = turned(c, (f)->list, (f)->n, sizeof *(f)->list)

const linli_facts *world_turned(struct checker *c, const linli_facts *facts)
{
    linli_facts *f = ARENA_NEW(c->arena, linli_facts, 1);
    linli_choice *choices = ARENA_NEW(c->arena, linli_choice, facts->choice_count + 1);

    *f = *facts;
    TURN(f, bids, bid_count);
    TURN(f, offers, offer_count);
    TURN(f, checks, check_count);
    TURN(f, marks, mark_count);
    TURN(f, ballots, ballot_count);
    for (size_t i = 0; i < facts->choice_count; i++) {
        choices[i] = facts->choices[i];
        choices[i].bid = (uint32_t)(facts->bid_count - 1 - choices[i].bid);
    }
    f->choices = choices;
    return f;
}

uint64_t relabel(const linli_facts *facts, uint64_t key)
{
    return key >= 1 && key <= facts->bid_count ? facts->bid_count + 1 - key : key;
}

static const void *relabelled(struct checker *c, const linli_facts *facts, const void *items, size_t count,
                              size_t size, size_t offset)
{
    char *out = arena_alloc(c->arena, count + 1, size);

    if (count)
        memcpy(out, items, count * size);
    for (size_t i = 0; i < count; i++) {
        uint64_t key;
        memcpy(&key, out + i * size + offset, sizeof key);
        key = relabel(facts, key);
        memcpy(out + i * size + offset, &key, sizeof key);
    }
    return out;
}

#define RELABEL(f, list, n, member)                                                                          \
    (f)->list =                                                                                              \
        relabelled(c, facts, (f)->list, (f)->n, sizeof *(f)->list, offsetof(__typeof__(*(f)->list), member))

const linli_facts *world_relabelled(struct checker *c, const linli_facts *facts)
{
    linli_facts copy = *facts, *f = &copy;
    const linli_facts *read = NULL;
    linli_evaluation evaluation;
    CLEANUP(buf_free) struct buf json = {0};
    struct err err = {0};

    RELABEL(f, bids, bid_count, key);
    RELABEL(f, offers, offer_count, bid);
    RELABEL(f, checks, check_count, bid);
    RELABEL(f, marks, mark_count, bid);
    RELABEL(f, events, event_count, bid);
    RELABEL(f, papers, paper_count, bid);
    RELABEL(f, awards, award_count, bid);
    if (facts->evaluation) {
        evaluation = *facts->evaluation;
        linli_evaluation *e = &evaluation;
        RELABEL(e, items, count, bid);
        copy.evaluation = e;
    }
    copy.calendar = NULL;
    facts_write(&copy, &json);
    if (facts_read(c->arena, json.data, json.size, &read, &err))
        NEVER(err.detail);
    linli_facts *ret = (linli_facts *)(uintptr_t)read;
    ret->calendar = facts->calendar;
    return ret;
}
