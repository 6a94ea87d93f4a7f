/*
 * Walks every state a mechanism can reach in a small world: up to four bids,
 * each act where the plan allows it, each gate passing and failing, time only at
 * the edges of windows and one microsecond beside them.  Shows for each that the
 * mechanism answers within its contract, that no phase goes back, that nothing
 * is awarded before it was opened, that nobody is paid more than the award, and
 * that from everywhere some road leads to an end.
 */
#include "core/host/explore.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/time.h"

enum { BIDS = 4, TRANCHES = 8, STATES_MAX = 3000000, ROUNDS = 2, VOTERS = 3 };

/* Of a bid. */
enum {
    HANDED = 1,
    WITHDRAWN = 2,
    OPENED = 4,
    VOID_BID = 8,
    FAILED = 16,
    SIGNED = 32,
    BACKED_OUT = 64,
    QUOTED = 128
};
/* Of the clock in a phase that has a due moment. */
enum { BEGUN, JUST_BEFORE, AT_DUE, JUST_AFTER };
enum { NOT_EVALUATED, IN_ORDER, TIED, NONE_LEFT };
enum { NO_OBJECTION, OBJECTED, FOUNDED, UNFOUNDED };
enum { PLANNED, SHOWN, REFUSED, PAID, STOPPED };

/* All that matters, and nothing else: states are compared byte for byte. */
struct state {
    uint8_t phase, round, clock, extended, voters, evaluation, drawn, decided, objection, late_objection;
    uint8_t ordered;                  /* the draw this phase waited for took place */
    uint8_t changed;                  /* the needs, in this round of talks */
    uint8_t bid[BIDS], checked[BIDS]; /* phases up to which its checks were made */
    uint8_t tranche[TRANCHES];
};

struct node {
    struct state state;
    uint32_t from; /* how it was reached */
    char by[24];
    bool ends, expanded;
};

struct edge {
    uint32_t from, to;
};

struct explorer {
    struct checker *c;
    const void *options;
    const linli_plan *plan;
    const struct world *base;
    int bids;
    struct node *nodes;
    size_t count, room;
    uint32_t *table; /* hash to node + 1 */
    size_t slots;
    struct edge *edges;
    size_t edge_count, edge_room;
    uint32_t at; /* the state whose moves are made */
    int faults;
};

/* ---- states ------------------------------------------------------------------------- */

static size_t hash_of(const struct state *s, size_t slots)
{
    uint64_t h = UINT64_C(1469598103934665603);

    for (size_t i = 0; i < sizeof *s; i++)
        h = (h ^ ((const uint8_t *)s)[i]) * UINT64_C(1099511628211);
    return (size_t)(h % slots);
}

/* Bids are alike: sorted, so that worlds that differ in names alone are one. */
static void normalise(struct state *s)
{
    for (int i = 1; i < BIDS; i++)
        for (int k = i; k > 1 && (s->bid[k] > s->bid[k - 1] ||
                                  (s->bid[k] == s->bid[k - 1] && s->checked[k] > s->checked[k - 1]));
             k--) {
            uint8_t bid = s->bid[k], checked = s->checked[k];
            s->bid[k] = s->bid[k - 1], s->checked[k] = s->checked[k - 1];
            s->bid[k - 1] = bid, s->checked[k - 1] = checked;
        }
}

static void edge_add(struct explorer *x, uint32_t to)
{
    if (x->edge_count == x->edge_room) {
        x->edge_room = x->edge_room ? x->edge_room * 2 : 4096;
        x->edges = realloc(x->edges, x->edge_room * sizeof *x->edges);
        MUST(x->edges);
    }
    x->edges[x->edge_count++] = (struct edge){x->at, to};
}

static void reach(struct explorer *x, struct state s, const char *by)
{
    /* The first bid is the one objected to, so it keeps its place. */
    normalise(&s);
    size_t slot = hash_of(&s, x->slots);
    while (x->table[slot] && memcmp(&x->nodes[x->table[slot] - 1].state, &s, sizeof s) != 0)
        slot = (slot + 1) % x->slots;
    if (!x->table[slot]) {
        if (x->count == x->room)
            return;
        struct node *n = &x->nodes[x->count++];
        *n = (struct node){.state = s, .from = x->at};
        snprintf(n->by, sizeof n->by, "%s", by);
        x->table[slot] = (uint32_t)x->count;
    }
    edge_add(x, x->table[slot] - 1);
}

static const char *road_to(struct explorer *x, uint32_t at, char *out, size_t room)
{
    char step[64], rest[600] = "";

    out[0] = '\0';
    for (int n = 0; n < 24; n++) {
        snprintf(step, sizeof step, "%s%s", x->nodes[at].by, out[0] ? ", " : "");
        snprintf(rest, sizeof rest, "%s", out);
        if (strlen(step) + strlen(rest) + 1 > room)
            break;
        snprintf(out, room, "%s%.400s", step, rest);
        if (at == 0)
            break;
        at = x->nodes[at].from;
    }
    return out;
}

static void fault(struct explorer *x, const char *what)
{
    char road[512];

    if (x->faults++ < 20)
        check_failed(x->c, "in phase \"%s\": %s (%s)", x->plan->phases[x->nodes[x->at].state.phase].code,
                     what, road_to(x, x->at, road, sizeof road));
}

/* ---- facts of a state ------------------------------------------------------------------ */

struct built {
    linli_facts facts;
    linli_tender tender;
    linli_bid bids[BIDS];
    linli_offer offers[8 * BIDS];
    linli_check checks[BIDS * 64];
    linli_event events[16 + 3 * BIDS];
    linli_paper papers[BIDS * TRANCHES * 8];
    linli_mark marks[BIDS * TRANCHES];
    linli_ballot ballots[VOTERS];
    linli_choice choices[VOTERS * BIDS];
    linli_objection objection;
    linli_delivery deliveries[BIDS * TRANCHES];
    linli_result results[BIDS];
    linli_evaluation evaluation;
    linli_draw draws[BIDS + 1];
    const linli_awards *awards;
};

static int64_t since_of(const struct explorer *x, const struct state *s)
{
    return x->base->facts.tender->published.us + (int64_t)(s->phase * ROUNDS + s->round - 1) * 60 * TIME_DAY;
}

static bool has_due(const linli_phase *ph)
{
    return ph->kind == LINLI_TENDERING || ph->window;
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

static void build_bids(const struct state *s, struct built *b)
{
    size_t n = 0;

    for (int i = 0; i < BIDS; i++) {
        if (!(s->bid[i] & HANDED))
            continue;
        bool open = (s->bid[i] & OPENED) != 0;
        b->bids[n] = (linli_bid){.key = n + 1,
                                 .bidder = 101 + n,
                                 .number = open ? (int32_t)n + 1 : 0,
                                 .round = 1,
                                 .submitted = {b->tender.published.us + TIME_DAY},
                                 .withdrawn = (s->bid[i] & (WITHDRAWN | BACKED_OUT)) != 0,
                                 .invalid = (s->bid[i] & VOID_BID) != 0,
                                 .open = open,
                                 .priced = open,
                                 .price = {open ? 20000000 + (int64_t)n * 100000 : 0}};
        n++;
    }
    b->facts.bids = b->bids;
    b->facts.bid_count = n;
}

/* The phase whose end the last quotes are handed in for; the count of phases where there is none. */
static size_t quoting(const linli_plan *p)
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
    for (int i = 0; i < BIDS && field; i++) {
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
        if (!(s->bid[i] & QUOTED))
            continue;
        int64_t since = b->tender.published.us + (int64_t)(at * ROUNDS + s->round - 1) * 60 * TIME_DAY;
        b->bids[k - 1].round = 2;
        b->offers[n++] = (linli_offer){bid->key, field, 2, LINLI_UNIT_MONEY, bid->price.minor, {since + 1}};
    }
    b->facts.offers = b->offers;
    b->facts.offer_count = n;
}

static size_t phase_at(const linli_plan *p, const char *code)
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
        if (s->bid[i] & SIGNED)
            event_add(b, LINLI_SIGNED, b->facts.phase_since.us, key);
    }
}

static void build_votes(const struct state *s, struct built *b)
{
    uint32_t n = 0;

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

static struct question question(const struct explorer *x, enum question_kind kind, const struct built *b)
{
    return check_question(x->c, kind, x->options, &b->facts);
}

/* Asks and looks at the contract; the answer lives in the arena of the state, or NULL. */
static const void *asked(struct explorer *x, struct question *q)
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
        if (s->bid[k] & HANDED)
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
        b->marks[b->facts.mark_count++] = (linli_mark){award->bid, 950, "delivery", code, 95000000};
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

static const linli_schedule *schedule_of(struct explorer *x, struct built *b, const linli_award *award)
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

static struct built *build(struct explorer *x, const struct state *s)
{
    struct built *b = ARENA_NEW(x->c->arena, struct built, 1);

    b->facts = (linli_facts){.calendar = x->base->facts.calendar,
                             .tender = &b->tender,
                             .plan = x->plan,
                             .rules = x->c->rules,
                             .rule_count = x->c->rule_count,
                             .draws = b->draws};
    build_time(x, s, b);
    build_bids(s, b);
    build_offers(x, s, b);
    build_checks(x, s, b);
    build_events(x, s, b);
    build_votes(s, b);
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

/* ---- moves ------------------------------------------------------------------------------ */

static bool may(const linli_phase *ph, int act)
{
    for (int role = 0; role < LINLI_ROLES; role++)
        if (ph->may[role] & LINLI_MAY(act))
            return true;
    return false;
}

/* At the deadline what was sealed until then lies open. */
static void open_all(const struct explorer *x, struct state *s)
{
    for (int i = 0; i < x->bids; i++)
        if ((s->bid[i] & HANDED) && !(s->bid[i] & WITHDRAWN))
            s->bid[i] |= OPENED;
}

static void move_time(struct explorer *x, const struct state *s, const linli_phase *ph)
{
    static const char *const names[] = {"", "just before", "at the moment", "just after"};
    struct state t = *s;

    if (!has_due(ph) || s->clock == JUST_AFTER)
        return;
    t.clock++;
    if (t.clock == AT_DUE && ph->kind == LINLI_TENDERING && x->plan->sealing == LINLI_SEALED_TO_DUE)
        open_all(x, &t);
    reach(x, t, names[t.clock]);
}

static void move_bids(struct explorer *x, const struct state *s, const linli_phase *ph)
{
    bool open = has_due(ph) && s->clock < AT_DUE;

    for (int i = 0; i < x->bids && ph->kind == LINLI_TENDERING && open; i++) {
        struct state t = *s;
        if (!(s->bid[i] & HANDED) && may(ph, LINLI_SUBMIT)) {
            t.bid[i] = x->plan->sealing == LINLI_OPEN_BIDS ? HANDED | OPENED : HANDED;
            reach(x, t, "bid");
        } else if ((s->bid[i] & HANDED) && !(s->bid[i] & WITHDRAWN) && may(ph, LINLI_WITHDRAW)) {
            t.bid[i] |= WITHDRAWN;
            reach(x, t, "withdraw");
        }
    }
}

/* In talks: the needs change, somebody leaves, a last quote comes in before its moment. */
static void move_talks(struct explorer *x, const struct state *s, const linli_phase *ph)
{
    struct state t = *s;

    if (ph->kind != LINLI_NEGOTIATING)
        return;
    if (may(ph, LINLI_AMEND) && !s->changed && s->round < ROUNDS) {
        t.changed = 1;
        reach(x, t, "change the needs");
    }
    for (int i = 0; i < x->bids; i++) {
        if (!(s->bid[i] & HANDED) || (s->bid[i] & (WITHDRAWN | VOID_BID | QUOTED)))
            continue;
        t = *s;
        t.bid[i] |= WITHDRAWN;
        if (may(ph, LINLI_WITHDRAW))
            reach(x, t, "leave the talks");
        t = *s;
        t.bid[i] |= QUOTED;
        if (ph == &x->plan->phases[quoting(x->plan)] && s->clock < AT_DUE && may(ph, LINLI_REQUOTE))
            reach(x, t, "quote");
    }
}

/* A bid is opened or found void in the opening; one that lies open, when it is checked. */
static void move_opening(struct explorer *x, const struct state *s, const linli_phase *ph)
{
    for (int i = 0; i < x->bids; i++) {
        bool sealed = !(s->bid[i] & OPENED);
        struct state t = *s;
        if (!(s->bid[i] & HANDED) || (s->bid[i] & (VOID_BID | WITHDRAWN)) || s->checked[i] ||
            ph->kind != (sealed ? LINLI_OPENING : LINLI_CHECKING))
            continue;
        t.bid[i] |= VOID_BID;
        reach(x, t, "find void");
        t = *s;
        t.bid[i] |= OPENED;
        if (sealed)
            reach(x, t, "open");
    }
}

static void move_checks(struct explorer *x, const struct state *s)
{
    bool due = false;

    for (size_t k = 0; k < x->plan->check_count; k++)
        due = due || phase_at(x->plan, x->plan->checks[k].phase) == s->phase;
    for (int i = 0; i < x->bids && due; i++) {
        struct state t = *s;
        if (!(s->bid[i] & HANDED) || (s->bid[i] & (VOID_BID | WITHDRAWN | FAILED)) ||
            s->checked[i] > s->phase)
            continue;
        t.checked[i] = (uint8_t)(s->phase + 1);
        reach(x, t, "pass a check");
        t.bid[i] |= FAILED;
        reach(x, t, "fail a check");
    }
}

static bool has_phase(const linli_plan *p, int32_t kind)
{
    for (size_t i = 0; i < p->phase_count; i++)
        if (p->phases[i].kind == kind)
            return true;
    return false;
}

/* Does it award without an evaluation, as where one supplier is asked or it was decided elsewhere? */
static bool awards_alone(const struct explorer *x, const linli_phase *ph, const struct built *b)
{
    struct question q = question(x, ASK_AWARD, b);

    if (ph->kind != LINLI_DECIDING || has_phase(x->plan, LINLI_EVALUATING) || b->facts.evaluation)
        return false;
    struct outcome o = check_ask(x->c, &q, MEMORY_UP, SIZE_MAX);
    const linli_awards *awards = o.answer;
    return o.status == LINLI_OK && awards->count > 0;
}

static void move_panel(struct explorer *x, const struct state *s, const linli_phase *ph,
                       const struct built *b)
{
    struct state t = *s;
    bool alone = awards_alone(x, ph, b);

    if (ph->kind == LINLI_VOTING && s->voters < 2 && s->clock < AT_DUE) {
        t.voters++;
        reach(x, t, "vote");
    }
    t = *s;
    if (s->evaluation == NOT_EVALUATED && !alone &&
        ph->kind == (has_phase(x->plan, LINLI_EVALUATING) ? LINLI_EVALUATING : LINLI_DECIDING))
        for (t.evaluation = IN_ORDER; t.evaluation <= NONE_LEFT; t.evaluation++)
            reach(x, t, "evaluate");
    t = *s;
    if (ph->kind == LINLI_DECIDING && (s->evaluation || alone) && !s->decided) {
        t.decided = 1;
        reach(x, t, "decide");
    } else if (ph->kind == LINLI_DECIDING && s->decided && !s->drawn && b->awards &&
               b->awards->draw_count > 0) {
        t.drawn = 1;
        reach(x, t, "draw");
    }
}

static void move_objection(struct explorer *x, const struct state *s, const linli_phase *ph)
{
    struct state t = *s;

    if (s->objection == NO_OBJECTION && s->decided && may(ph, LINLI_OBJECT)) {
        t.objection = OBJECTED;
        t.late_objection = ph->kind == LINLI_DELIVERING;
        reach(x, t, "object");
    }
    if (s->objection == OBJECTED)
        for (t.objection = FOUNDED; t.objection <= UNFOUNDED; t.objection++)
            reach(x, t, t.objection == FOUNDED ? "find founded" : "find unfounded");
}

/* Which bid of the state has this key. */
static int bid_with(const struct state *s, uint64_t key)
{
    for (int i = 0; i < BIDS; i++)
        if ((s->bid[i] & HANDED) && --key == 0)
            return i;
    return 0;
}

static void move_contract(struct explorer *x, const struct state *s, const linli_phase *ph,
                          const struct built *b)
{
    for (size_t i = 0; i < b->facts.award_count && ph->kind == LINLI_CONTRACTING; i++) {
        int at = bid_with(s, b->facts.awards[i].bid);
        struct state t = *s;
        if (b->facts.awards[i].standing != LINLI_WINNER || (s->bid[at] & SIGNED))
            continue;
        t.bid[at] |= SIGNED;
        if (s->objection != OBJECTED || !x->plan->objection_stops)
            reach(x, t, "sign");
        t = *s;
        t.bid[at] |= BACKED_OUT;
        reach(x, t, "back out");
    }
}

/* Nothing beyond the award; what may be paid is paid. */
static void move_release(struct explorer *x, const struct state *s, const struct built *b,
                         const linli_award *award, const linli_schedule *schedule)
{
    int64_t paid = 0;

    for (size_t i = 0; i < b->facts.delivery_count; i++)
        paid += b->deliveries[i].bid == award->bid ? b->deliveries[i].paid.minor : 0;
    for (size_t t = 0; t < schedule->count && t < TRANCHES; t++) {
        struct question q = question(x, ASK_RELEASE, b);
        struct state next = *s;
        q.award = award;
        q.tranche = &schedule->items[t];
        if (s->tranche[t] == PAID || s->tranche[t] == STOPPED)
            continue;
        const linli_release *r = asked(x, &q);
        if (r && paid + r->amount.minor > award->amount.minor)
            fault(x, "more is paid than was awarded");
        if (r && r->kind == LINLI_PAY_OUT) {
            next.tranche[t] = PAID;
            reach(x, next, "pay");
        }
    }
}

static void move_money(struct explorer *x, const struct state *s, const linli_phase *ph, struct built *b)
{
    const linli_schedule *schedule = NULL;

    if (ph->kind != LINLI_DELIVERING)
        return;
    for (size_t i = 0; i < b->facts.award_count && !schedule; i++)
        if (b->facts.awards[i].standing == LINLI_WINNER &&
            (schedule = schedule_of(x, b, &b->facts.awards[i])))
            move_release(x, s, b, &b->facts.awards[i], schedule);
    for (size_t t = 0; schedule && t < schedule->count && t < TRANCHES; t++) {
        struct state next = *s;
        if (s->tranche[t] == PAID || s->tranche[t] == STOPPED)
            continue;
        next.tranche[t] = STOPPED;
        reach(x, next, "stop");
        if (s->tranche[t] == SHOWN)
            continue;
        next.tranche[t] = SHOWN;
        reach(x, next, "accept");
        if (s->tranche[t] == REFUSED)
            continue;
        next.tranche[t] = REFUSED;
        reach(x, next, "refuse");
    }
}

/* ---- steps ------------------------------------------------------------------------------- */

static void enter(struct explorer *x, const struct state *s, const char *code, const char *by)
{
    struct state t = *s;
    size_t to = phase_at(x->plan, code);

    if (to >= x->plan->phase_count)
        return;
    if (to <= s->phase)
        fault(x, "it goes back");
    for (int i = 0;
         i < BIDS && x->plan->phases[to].kind == LINLI_DECIDING && x->plan->sealing != LINLI_OPEN_BIDS; i++)
        if ((s->bid[i] & HANDED) && !(s->bid[i] & (WITHDRAWN | OPENED | VOID_BID)))
            fault(x, "it is decided before all bids were opened");
    t.phase = (uint8_t)to;
    t.round = 1;
    t.clock = BEGUN;
    t.extended = t.ordered = t.changed = 0;
    reach(x, t, by);
}

static void move_step(struct explorer *x, const struct state *s, const linli_phase *ph, const struct built *b)
{
    struct question q = question(x, ASK_STEP, b);
    struct state t = *s;
    char by[24];

    if (ph->ends == LINLI_ENDS_AT_DUE && s->clock < AT_DUE)
        return;
    const linli_step *step = asked(x, &q);
    if (!step)
        return;
    switch (step->kind) {
    case LINLI_GO:
    case LINLI_FAIL:
        snprintf(by, sizeof by, "-> %.20s", step->phase);
        enter(x, s, step->phase, by);
        break;
    case LINLI_EXTEND:
        if (s->extended)
            fault(x, "it is extended a second time");
        t.extended = 1;
        t.clock = BEGUN;
        reach(x, t, "extend");
        break;
    case LINLI_AGAIN:
        t.round++;
        t.clock = BEGUN;
        t.changed = 0;
        if (t.round <= ROUNDS)
            reach(x, t, "again");
        break;
    case LINLI_ASK_APPROVAL:
        for (size_t i = 0; i < step->way_count; i++)
            if (step->ways[i].phase)
                enter(x, s, step->ways[i].phase, "approve a way");
        enter(x, s, ph->otherwise, "approve none");
        break;
    default:
        if (step->draw_count > 0 && !s->ordered) {
            t.ordered = 1;
            reach(x, t, "draw");
        }
        break;
    }
}

static void expand(struct explorer *x)
{
    struct state s = x->nodes[x->at].state;
    const linli_phase *ph = &x->plan->phases[s.phase];

    x->nodes[x->at].expanded = true;
    if (ph->ends == LINLI_NEVER_ENDS) {
        x->nodes[x->at].ends = true;
        return;
    }
    struct built *b = build(x, &s);
    move_time(x, &s, ph);
    move_bids(x, &s, ph);
    move_talks(x, &s, ph);
    move_opening(x, &s, ph);
    move_checks(x, &s);
    move_panel(x, &s, ph, b);
    move_objection(x, &s, ph);
    move_contract(x, &s, ph, b);
    move_money(x, &s, ph, b);
    move_step(x, &s, ph, b);
}

/* ---- the end ------------------------------------------------------------------------------ */

/* Backwards from the ends; whatever is not met is a dead end. */
static void find_dead_ends(struct explorer *x)
{
    bool changed = true;

    while (changed) {
        changed = false;
        for (size_t i = x->edge_count; i-- > 0;)
            if (x->nodes[x->edges[i].to].ends && !x->nodes[x->edges[i].from].ends)
                changed = x->nodes[x->edges[i].from].ends = true;
    }
    for (x->at = 0; x->at < x->count; x->at++)
        if (!x->nodes[x->at].ends && x->nodes[x->at].expanded) {
            fault(x, "no road leads to an end from here");
            return;
        }
}

size_t explore_mechanism(struct checker *c, const void *options, const linli_plan *plan, int bids)
{
    struct explorer x = {.c = c, .options = options, .plan = plan, .bids = bids > BIDS ? BIDS : bids};
    struct arena *kept = c->arena;

    check_begin(c, "explore");
    x.base = world_new(c, plan, NULL, false);
    x.room = STATES_MAX;
    x.slots = STATES_MAX * 2 + 1;
    x.nodes = calloc(x.room, sizeof *x.nodes);
    x.table = calloc(x.slots, sizeof *x.table);
    MUST(x.nodes && x.table);
    struct state first = {.round = 1};
    c->arena = arena_new(0);
    reach(&x, first, "published");
    x.edge_count = 0;
    for (x.at = 0; x.at < x.count; x.at++) {
        expand(&x);
        arena_reset(c->arena);
    }
    if (x.count == x.room)
        check_failed(c, "there are more than %d states", STATES_MAX);
    else
        find_dead_ends(&x);
    size_t states = x.count;
    arena_free(c->arena);
    c->arena = kept;
    free(x.nodes);
    free(x.table);
    free(x.edges);
    return states;
}
