/* The facts of a state of the explorer's small world, as the core would gather them. */
#include <stdio.h>
#include <string.h>

#include "core/base/time.h"
#include "core/host/explore_state.h"

static int64_t since_of(const struct explorer *x, const struct state *s)
{
    return x->base->facts.tender->published.us + (int64_t)(s->phase * ROUNDS + s->round - 1) * 60 * TIME_DAY;
}

static void build_time(const struct explorer *x, const struct state *s, struct built *b)
{
    const linli_phase *ph = &x->plan->phases[s->phase];
    int64_t since = since_of(x, s), due = since + (20 + (s->extended ? 5 : 0)) * TIME_DAY;
    const int64_t now[] = {since + 1, due - 1, due, due + 1};

    b->tender = *x->base->facts.tender;
    b->tender.bids_due.us = b->tender.published.us + 20 * TIME_DAY;
    b->facts.phase = ph->code;
    b->facts.phase_since.us = since;
    b->facts.phase_due.us = has_due(ph) ? due : 0;
    b->facts.now.us = now[s->clock];
    b->facts.round = s->round;
}

/* Before the deadline nothing of what is sealed is known. */
static bool still_sealed(const struct explorer *x, const struct state *s)
{
    return x->plan->sealing != LINLI_OPEN_BIDS && x->plan->phases[s->phase].kind == LINLI_TENDERING &&
           s->clock < AT_DUE;
}

/* Two of the first three do not fit the budget together, and the third not alone. */
static int64_t price_of(const struct explorer *x, size_t n)
{
    static const int64_t price[BIDS] = {20000000, 30000100, 50000100, 9900000};

    if (x->c->lot == LOT_CALLED)
        return price[0]; /* agreed, and the same: states are sorted, and who was chosen keeps what it asked */
    return price[n] / (x->c->lot == LOT_SMALL ? 100 : 1);
}

/* Beside other lots the first bidder has won one, and may win no more.  Where bids count as one, all do but
 * the first of three. */
static void build_beside(const struct explorer *x, struct built *b, int i, size_t n)
{
    linli_bid *bid = &b->bids[n];

    if (x->c->lot == LOT_GROUPED)
        bid->group = x->bids > 2 && i == 0 ? 0 : 7;
    if (x->c->lot != LOT_SECOND || i > 0)
        return;
    bid->barred = true;
    b->elsewhere = (linli_elsewhere){1, LINLI_WINNER, bid->bidder, {x->base->facts.tender->budget.minor / 2}};
    b->facts.elsewhere = &b->elsewhere;
    b->facts.elsewhere_count = 1;
}

/* Whoever may bid where one is asked to. */
static void build_invited(const struct explorer *x, struct built *b)
{
    for (size_t i = 0; i < BIDS; i++)
        b->invited[i] = 101 + i;
    b->facts.invited = b->invited;
    b->facts.invited_count = x->plan->entry == LINLI_INVITED && x->c->lot != LOT_CALLED ? BIDS : 0;
}

static void build_bids(const struct explorer *x, const struct state *s, struct built *b)
{
    size_t n = 0;

    for (int i = 0; i < BIDS && !still_sealed(x, s); i++) {
        if (!(s->bid[i] & HANDED))
            continue;
        bool open = (s->bid[i] & OPENED) != 0;
        b->bids[n] =
            (linli_bid){.key = n + 1,
                        .bidder = 101 + n,
                        .number = open ? (int32_t)n + 1 : 0,
                        .round = 1,
                        .submitted = {b->tender.published.us + (s->bid[i] & LATE ? 20 : 1) * TIME_DAY},
                        .late = (s->bid[i] & LATE) != 0,
                        .withdrawn = (s->bid[i] & (WITHDRAWN | BACKED_OUT)) != 0,
                        .invalid = (s->bid[i] & VOID_BID) != 0,
                        .open = open,
                        .priced = open,
                        .price = {open ? price_of(x, n) : 0}};
        build_beside(x, b, i, n);
        n++;
    }
    b->facts.bids = b->bids;
    b->facts.bid_count = n;
}

/* The phase whose end the last quotes are handed in for; the count of phases where there is none. */
size_t quoting(const linli_plan *p)
{
    size_t i = 0;

    while (i < p->phase_count && !(p->phases[i].kind == LINLI_NEGOTIATING && p->phases[i].window))
        i++;
    return i;
}

/* Money beside the price is twice it: what the whole costs, what was donated. */
static int64_t stated_value(const linli_field *f, linli_money price)
{
    return f->unit == LINLI_UNIT_MONEY && price.minor < f->high / 4 ? price.minor * 2 : f->low;
}

/* What was offered first, and what was quoted when a last quote was asked for. */
static void build_offers(const struct explorer *x, const struct state *s, struct built *b)
{
    size_t n = 0, k = 0, at = quoting(x->plan);
    const char *field = NULL;

    for (size_t i = 0; i < x->plan->field_count; i++)
        field = x->plan->fields[i].priced ? x->plan->fields[i].code : field;
    for (int i = 0; i < BIDS && field && b->facts.bid_count > 0; i++) {
        if (!(s->bid[i] & HANDED))
            continue;
        const linli_bid *bid = &b->bids[k++];
        if (!bid->open)
            continue;
        b->offers[n++] =
            (linli_offer){bid->key, field, 1, LINLI_UNIT_MONEY, bid->price.minor, bid->submitted};
        for (size_t f = 0; f < x->plan->field_count && n + 1 < LENGTH(b->offers); f++)
            if (x->plan->fields[f].required && !x->plan->fields[f].priced)
                b->offers[n++] = (linli_offer){bid->key,
                                               x->plan->fields[f].code,
                                               1,
                                               x->plan->fields[f].unit,
                                               stated_value(&x->plan->fields[f], bid->price) + (int64_t)k - 1,
                                               bid->submitted};
        if (!(s->bid[i] & QUOTED) || (s->phase == at && s->clock < AT_DUE))
            continue; /* nobody reads a last quote before its moment */
        int64_t since = b->tender.published.us + (int64_t)(at * ROUNDS + s->round - 1) * 60 * TIME_DAY;
        b->bids[k - 1].round = 2;
        b->offers[n++] = (linli_offer){bid->key, field, 2, LINLI_UNIT_MONEY, bid->price.minor, {since + 1}};
    }
    b->facts.offers = b->offers;
    b->facts.offer_count = n;
}

size_t phase_at(const linli_plan *p, const char *code)
{
    for (size_t i = 0; i < p->phase_count; i++)
        if (strcmp(p->phases[i].code, code) == 0)
            return i;
    return p->phase_count;
}

/* What the panel finds, as many of it find as it needs. */
static size_t check_add(const struct explorer *x, struct built *b, size_t n, linli_check check)
{
    int32_t many = check.role == LINLI_EVALUATOR && x->plan->panel.at_least > 1 ? x->plan->panel.at_least : 1;

    for (int32_t i = 0; i < many && n < LENGTH(b->checks); i++) {
        b->checks[n++] = check;
        check.by++;
    }
    return n;
}

static void build_checks(const struct explorer *x, const struct state *s, struct built *b)
{
    size_t n = 0;
    uint64_t key = 0;

    for (int i = 0; i < BIDS; i++) {
        if (!(s->bid[i] & HANDED))
            continue;
        key++;
        for (size_t k = 0; k < x->plan->check_count && n < LENGTH(b->checks); k++)
            if (phase_at(x->plan, x->plan->checks[k].phase) < s->checked[i])
                n = check_add(x, b, n,
                              (linli_check){key, 900, x->plan->checks[k].code, x->plan->checks[k].role,
                                            !(s->bid[i] & FAILED)});
    }
    b->facts.checks = b->checks;
    b->facts.check_count = n;
}

static void event_add(struct built *b, int32_t kind, int64_t at, uint64_t bid)
{
    size_t n = b->facts.event_count;

    while (n > 0 && b->events[n - 1].at.us > at)
        n--;
    memmove(&b->events[n + 1], &b->events[n], (b->facts.event_count - n) * sizeof *b->events);
    b->events[n] = (linli_event){kind, LINLI_OFFICE_CLERK, {at}, bid};
    b->facts.event_count++;
}

/* Where bids are decided on one after the other: the minutes of each, and when its result was made public. */
static void rolling_events(const struct explorer *x, const struct state *s, struct built *b, int i,
                           uint64_t key)
{
    if (!(s->bid[i] & HANDED) || !rolls_on(x->plan, &x->plan->phases[0]))
        return;
    if (s->checked[i] && x->plan->panel.at_least > 0)
        event_add(b, LINLI_REPORTED, b->tender.published.us + 1, key);
    if (s->checked[i] && s->decided)
        event_add(b, LINLI_ANNOUNCED, b->tender.published.us + 1, key);
}

/* When a phase of a kind ended; what it left behind happened then. */
static void build_events(const struct explorer *x, const struct state *s, struct built *b)
{
    static const struct {
        int32_t kind, event;
    } left[] = {{LINLI_TENDERING, LINLI_BIDS_DUE},   {LINLI_OPENING, LINLI_OPENED},
                {LINLI_CHECKING, LINLI_CHECKED},     {LINLI_VOTING, LINLI_VOTING_ENDED},
                {LINLI_EVALUATING, LINLI_EVALUATED}, {LINLI_DECIDING, LINLI_DECIDED},
                {LINLI_NOTICE, LINLI_NOTICE_ENDED}};
    bool gone[LINLI_VOID + 1] = {false};
    uint64_t key = 0;

    b->facts.events = b->events;
    event_add(b, LINLI_PUBLISHED, b->tender.published.us, 0);
    for (size_t i = 0; i < s->phase; i++) {
        int32_t kind = x->plan->phases[i].kind;
        for (size_t k = 0; k < LENGTH(left) && !gone[kind]; k++)
            if (left[k].kind == kind)
                event_add(b, left[k].event,
                          b->tender.published.us + (int64_t)(i + 1) * ROUNDS * 60 * TIME_DAY - 1, 0);
        gone[kind] = true;
    }
    if (x->plan->phases[s->phase].kind == LINLI_NOTICE || gone[LINLI_NOTICE])
        event_add(b, LINLI_ANNOUNCED, b->facts.phase_since.us - 1, 0);
    if (x->plan->phases[s->phase].kind == LINLI_VOTING)
        event_add(b, LINLI_VOTING_STARTED, b->facts.phase_since.us, 0);
    if (s->changed)
        event_add(b, LINLI_AMENDED, b->facts.phase_since.us + 1, 0);
    if (s->extended)
        event_add(b, LINLI_EXTENDED, b->facts.phase_since.us + 20 * TIME_DAY, 0);
    if (x->plan->panel.at_least > 0 && x->plan->phases[s->phase].kind == LINLI_CHECKING)
        event_add(b, LINLI_REPORTED, b->facts.now.us, 0);
    for (int i = 0; i < BIDS; i++) {
        key += (s->bid[i] & HANDED) != 0;
        rolling_events(x, s, b, i, key);
        if (s->bid[i] & SIGNED)
            event_add(b, LINLI_SIGNED, b->facts.phase_since.us, key);
    }
}

/* While the vote runs no ballot is known. */
static void build_votes(const struct explorer *x, const struct state *s, struct built *b)
{
    uint32_t n = 0;

    if (x->plan->phases[s->phase].kind == LINLI_VOTING && s->clock < AT_DUE)
        return;
    for (uint32_t v = 0; v < (s->voters == 2 ? VOTERS : s->voters); v++) {
        uint32_t first = n;
        for (uint32_t k = 0; k < b->facts.bid_count && k <= v; k++)
            b->choices[n++] = (linli_choice){k, 1, 1};
        b->ballots[v] = (linli_ballot){v + 1, 1, first, n - first, "", ""};
        b->facts.ballot_count++;
    }
    b->facts.ballots = b->ballots;
    b->facts.choices = b->choices;
    b->facts.choice_count = n;
}

/* ---- what the mechanism itself says of a state ----------------------------------------- */

struct question question(const struct explorer *x, enum question_kind kind, const struct built *b)
{
    return check_question(x->c, kind, x->options, &b->facts);
}

/* Asks and looks at the contract; the answer lives in the arena of the state, or NULL. */
const void *asked(struct explorer *x, struct question *q)
{
    CLEANUP(buf_free) struct buf why = {0};
    struct outcome o = check_ask(x->c, q, MEMORY_UP, SIZE_MAX);
    char text[300];

    if (o.status == LINLI_OK && answer_ok(q, o.answer, &why)) {
        void *copy = arena_alloc(x->c->arena, 1, question_shapes[q->kind]->size);
        MUST(form_copy(question_shapes[q->kind], o.answer, copy, form_memory_arena, x->c->arena));
        return copy;
    }
    snprintf(text, sizeof text, "%s: %s", question_names[q->kind], o.status ? "is not answered" : why.data);
    fault(x, text);
    return NULL;
}

/* Those admitted before anybody objected or backed out, in order; the first two equal where tied. */
static void build_evaluation(struct explorer *x, const struct state *s, struct built *b)
{
    struct built before = *b;
    int64_t left = b->tender.budget.minor;
    int32_t kind = x->c->mechanism->takes & LINLI_SET ? LINLI_SET : LINLI_ORDER;
    size_t n = 0, i = 0;

    if (s->evaluation == NOT_EVALUATED)
        return;
    before.facts.bids = before.bids;
    before.facts.tender = &before.tender;
    before.facts.objection_count = 0;
    for (int k = 0; k < BIDS; k++)
        if (s->bid[k] & HANDED && i < before.facts.bid_count)
            before.bids[i++].withdrawn = (s->bid[k] & WITHDRAWN) != 0;
    struct question q = question(x, ASK_ADMIT, &before);
    const linli_admissions *a = asked(x, &q);
    for (i = 0; a && i < a->count; i++) {
        if (!a->items[i].admitted)
            continue;
        bool out = s->evaluation == NONE_LEFT;
        b->results[n] = (linli_result){.bid = a->items[i].bid,
                                       .standing = out ? LINLI_OUT : LINLI_RANKED,
                                       .rank = out                               ? 0
                                               : s->evaluation == TIED && n == 1 ? 1
                                                                                 : (int32_t)n + 1,
                                       .compared = b->facts.bids[i].price};
        if (!out && kind == LINLI_SET && b->facts.bids[i].price.minor <= left) {
            b->results[n].grant = b->facts.bids[i].price;
            left -= b->results[n].grant.minor;
        }
        n++;
    }
    b->evaluation = (linli_evaluation){.kind = kind, .items = b->results, .count = n};
    b->facts.evaluation = &b->evaluation;
}

static void draw_add(struct built *b, const linli_draw_request *ask)
{
    b->draws[b->facts.draw_count++] = (linli_draw){ask->purpose, ask->keys, ask->count};
}

/* The awards as they stand now; every draw asked for took place where `drawn`. */
static void build_awards(struct explorer *x, const struct state *s, struct built *b)
{
    struct question q = question(x, ASK_AWARD, b);

    if (!s->decided)
        return;
    /* What is contracted stays, whatever is found later. */
    size_t objections = b->facts.objection_count;
    if (s->late_objection)
        b->facts.objection_count = 0;
    b->awards = asked(x, &q);
    for (int n = 0; n < BIDS && b->awards && b->awards->draw_count > 0 && s->drawn; n++) {
        draw_add(b, &b->awards->draws[0]);
        b->awards = asked(x, &q);
    }
    b->facts.objection_count = objections;
    if (b->awards && b->awards->draw_count == 0) {
        b->facts.awards = b->awards->items;
        b->facts.award_count = b->awards->count;
        if (x->plan->phases[s->phase].kind == LINLI_DECIDING)
            event_add(b, LINLI_DECIDED, b->facts.now.us, 0);
    }
}

static void build_tranche(struct explorer *x, const struct state *s, struct built *b,
                          const linli_award *award, const linli_schedule *schedule)
{
    static const int32_t states[] = {LINLI_TRANCHE_PLANNED, LINLI_TRANCHE_ACCEPTED, LINLI_TRANCHE_REFUSED,
                                     LINLI_TRANCHE_PAID, LINLI_TRANCHE_STOPPED};

    for (size_t t = 0; t < schedule->count && t < TRANCHES; t++) {
        const char *code = schedule->items[t].code;
        bool shown = s->tranche[t] == SHOWN || s->tranche[t] == PAID;
        b->deliveries[b->facts.delivery_count++] =
            (linli_delivery){.bid = award->bid,
                             .tranche = code,
                             .state = states[s->tranche[t]],
                             .planned = schedule->items[t].amount,
                             .paid = {s->tranche[t] == PAID ? schedule->items[t].amount.minor : 0}};
        if (!shown && s->tranche[t] != REFUSED)
            continue;
        b->marks[b->facts.mark_count++] = (linli_mark){award->bid, 950, "delivery", code, 100000000};
        for (size_t i = 0; i < x->plan->paper_count && b->facts.paper_count < LENGTH(b->papers); i++)
            for (int32_t k = 0;
                 k < x->plan->papers[i].at_least && x->plan->papers[i].tranche &&
                 strcmp(x->plan->papers[i].tranche, code) == 0 && b->facts.paper_count < LENGTH(b->papers);
                 k++)
                b->papers[b->facts.paper_count++] = (linli_paper){.rule = x->plan->papers[i].code,
                                                                  .tranche = code,
                                                                  .bid = award->bid,
                                                                  .accepted = shown,
                                                                  .refused = !shown,
                                                                  .judge = LINLI_SUPERVISOR,
                                                                  .at = {b->facts.phase_since.us}};
    }
}

const linli_schedule *schedule_of(struct explorer *x, struct built *b, const linli_award *award)
{
    struct question q = question(x, ASK_SCHEDULE, b);

    q.award = award;
    return asked(x, &q);
}

static void build_money(struct explorer *x, const struct state *s, struct built *b)
{
    b->facts.deliveries = b->deliveries;
    b->facts.papers = b->papers;
    b->facts.marks = b->marks;
    if (x->plan->phases[s->phase].kind != LINLI_DELIVERING)
        return;
    for (size_t i = 0; i < b->facts.award_count; i++) {
        const linli_award *award = &b->facts.awards[i];
        const linli_schedule *schedule = award->standing == LINLI_WINNER ? schedule_of(x, b, award) : NULL;
        if (schedule)
            build_tranche(x, s, b, award, schedule);
    }
}

/* The draw a phase waits for, with the result of the order it was asked in. */
static void build_order(struct explorer *x, const struct state *s, struct built *b)
{
    struct question q = question(x, ASK_STEP, b);
    const linli_step *step = s->ordered ? asked(x, &q) : NULL;

    if (step && step->draw_count > 0)
        draw_add(b, &step->draws[0]);
}

struct built *build(struct explorer *x, const struct state *s)
{
    struct built *b = ARENA_NEW(x->c->arena, struct built, 1);

    b->facts = (linli_facts){.calendar = x->base->facts.calendar,
                             .tender = &b->tender,
                             .plan = x->plan,
                             .rules = x->c->rules,
                             .rule_count = x->c->rule_count,
                             .draws = b->draws};
    build_time(x, s, b);
    build_invited(x, b);
    build_bids(x, s, b);
    build_offers(x, s, b);
    build_checks(x, s, b);
    build_events(x, s, b);
    build_votes(x, s, b);
    if (s->objection) {
        b->objection = (linli_objection){
            1, 1, 900, b->facts.phase, b->facts.phase_since, b->facts.now, {0}, "result", s->objection, true};
        b->facts.objections = &b->objection;
        b->facts.objection_count = b->facts.bid_count > 0;
    }
    build_evaluation(x, s, b);
    build_awards(x, s, b);
    build_money(x, s, b);
    build_order(x, s, b);
    return b;
}
