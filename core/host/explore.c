/*
 * Walks every state a mechanism can reach in a small world: up to four bids,
 * each act where the plan allows it, each gate passing and failing, time only at
 * the edges of windows and one microsecond beside them, breadth first, so that the
 * road to each state is a shortest one.  What must hold of each state and of each
 * way on stands in explore_laws.c; here only that from everywhere some road leads
 * to an end.
 */
#include "core/host/explore.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/time.h"
#include "core/host/explore_state.h"

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
            uint16_t bid = s->bid[k];
            uint8_t checked = s->checked[k];
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
    char step[64], rest[700] = "";

    out[0] = '\0';
    for (int n = 0; n < 64; n++) {
        snprintf(step, sizeof step, "%s%s", x->nodes[at].by, out[0] ? ", " : "");
        snprintf(rest, sizeof rest, "%s", out);
        if (strlen(step) + strlen(rest) + 1 > room)
            break;
        snprintf(out, room, "%s%.630s", step, rest);
        if (at == 0)
            break;
        at = x->nodes[at].from;
    }
    return out;
}

void fault(struct explorer *x, const char *what)
{
    char road[700];

    /* Breadth first: the first of its kind has the shortest road. */
    for (size_t i = 0; i < x->fault_count; i++)
        if (strcmp(x->faults[i], what) == 0)
            return;
    if (x->fault_count == LENGTH(x->faults))
        return;
    snprintf(x->faults[x->fault_count++], sizeof x->faults[0], "%s", what);
    check_failed(x->c, "in phase \"%s\": %s (%s)", x->plan->phases[x->nodes[x->at].state.phase].code, what,
                 road_to(x, x->at, road, sizeof road));
}

/* ---- moves ------------------------------------------------------------------------------ */

bool phase_lets(const linli_phase *ph, int act)
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
    bool open = has_due(ph) && s->clock < AT_DUE, late = false;
    bool takes = ph->kind == LINLI_TENDERING || phase_lets(ph, LINLI_SUBMIT);

    for (int i = 0; i < x->bids; i++)
        late = late || s->bid[i] & LATE; /* one that comes late shows as much as many */
    for (int i = 0; i < x->bids && takes; i++) {
        struct state t = *s;
        if (!open) {
            if (s->clock == JUST_AFTER || late || s->bid[i] & HANDED || !phase_lets(ph, LINLI_SUBMIT))
                continue;
            t.bid[i] = HANDED | OPENED | LATE;
            reach(x, t, "bid late");
            continue;
        }
        if (!(s->bid[i] & HANDED) && phase_lets(ph, LINLI_SUBMIT)) {
            t.bid[i] = x->plan->sealing == LINLI_OPEN_BIDS ? HANDED | OPENED : HANDED;
            reach(x, t, "bid");
        } else if ((s->bid[i] & HANDED) && !(s->bid[i] & (WITHDRAWN | SIGNED | BACKED_OUT)) &&
                   phase_lets(ph, LINLI_WITHDRAW)) {
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
    if (phase_lets(ph, LINLI_AMEND) && !s->changed && s->round < ROUNDS) {
        t.changed = 1;
        reach(x, t, "change the needs");
    }
    for (int i = 0; i < x->bids; i++) {
        if (!(s->bid[i] & HANDED) || (s->bid[i] & (WITHDRAWN | VOID_BID | QUOTED)))
            continue;
        t = *s;
        t.bid[i] |= WITHDRAWN;
        if (phase_lets(ph, LINLI_WITHDRAW))
            reach(x, t, "leave the talks");
        t = *s;
        t.bid[i] |= QUOTED;
        if (ph == &x->plan->phases[quoting(x->plan)] && s->clock < AT_DUE && phase_lets(ph, LINLI_REQUOTE))
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

bool has_phase(const linli_plan *p, int32_t kind)
{
    for (size_t i = 0; i < p->phase_count; i++)
        if (p->phases[i].kind == kind)
            return true;
    return false;
}

bool rolls_on(const linli_plan *p, const linli_phase *ph)
{
    return ph->kind == LINLI_CONTRACTING && phase_lets(ph, LINLI_SUBMIT) && !has_phase(p, LINLI_DECIDING);
}

static bool decides(const struct explorer *x, const linli_phase *ph)
{
    return ph->kind == LINLI_DECIDING || rolls_on(x->plan, ph);
}

/* Does it award without an evaluation, as where one supplier is asked or it was decided elsewhere? */
static bool awards_alone(const struct explorer *x, const linli_phase *ph, const struct built *b)
{
    struct question q = question(x, ASK_AWARD, b);

    if (!decides(x, ph) || has_phase(x->plan, LINLI_EVALUATING) || b->facts.evaluation)
        return false;
    struct outcome o = check_ask(x->c, &q, MEMORY_UP, SIZE_MAX);
    const linli_awards *awards = o.answer;
    return o.status == LINLI_OK && (awards->count > 0 || awards->draw_count > 0);
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
        (has_phase(x->plan, LINLI_EVALUATING) ? ph->kind == LINLI_EVALUATING : ph->kind == LINLI_DECIDING))
        for (t.evaluation = IN_ORDER; t.evaluation <= NONE_LEFT; t.evaluation++)
            reach(x, t, "evaluate");
    t = *s;
    if (decides(x, ph) && (s->evaluation || alone) && !s->decided) {
        t.decided = 1;
        reach(x, t, "decide");
    } else if (decides(x, ph) && s->decided && !s->drawn && b->awards && b->awards->draw_count > 0) {
        t.drawn = 1;
        reach(x, t, "draw");
    }
}

static void move_objection(struct explorer *x, const struct state *s, const linli_phase *ph)
{
    struct state t = *s;

    if (s->objection == NO_OBJECTION && s->decided && phase_lets(ph, LINLI_OBJECT)) {
        t.objection = OBJECTED;
        t.late_objection = ph->kind == LINLI_DELIVERING;
        reach(x, t, "object");
    }
    if (s->objection == OBJECTED)
        for (t.objection = FOUNDED; t.objection <= UNFOUNDED; t.objection++)
            reach(x, t, t.objection == FOUNDED ? "find founded" : "find unfounded");
}

/* Which bid of the state has this key. */
int bid_with(const struct state *s, uint64_t key)
{
    for (int i = 0; i < BIDS; i++)
        if ((s->bid[i] & HANDED) && --key == 0)
            return i;
    return 0;
}

/* Is this refused to the organisation that made the bid? */
static bool refused(struct explorer *x, const struct built *b, int32_t act, uint64_t bid)
{
    struct question q = question(x, ASK_REFUSE, b);
    const linli_verdict *v = NULL;

    q.role = LINLI_ORGANISATION;
    q.act = act;
    q.bid = bid;
    for (size_t i = 0; i < b->facts.bid_count; i++)
        if (b->facts.bids[i].key == bid)
            q.actor = b->facts.bids[i].bidder;
    if (x->c->mechanism->refuse)
        v = asked(x, &q);
    return v && v->yes;
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
        if ((s->objection != OBJECTED || !x->plan->objection_stops) &&
            !(rolls_on(x->plan, ph) && refused(x, b, LINLI_SIGN, b->facts.awards[i].bid)))
            reach(x, t, "sign");
        t = *s;
        t.bid[at] |= BACKED_OUT;
        reach(x, t, "back out");
    }
}

/* What may be paid is paid. */
static void move_release(struct explorer *x, const struct state *s, const struct built *b,
                         const linli_award *award, const linli_schedule *schedule)
{
    for (size_t t = 0; t < schedule->count && t < TRANCHES; t++) {
        struct question q = question(x, ASK_RELEASE, b);
        struct state next = *s;
        q.award = award;
        q.tranche = &schedule->items[t];
        const linli_release *r = asked(x, &q);
        if (!r)
            continue;
        laws_of_release(x, s, b, &q, t, r);
        if (r->kind == LINLI_PAY_OUT && s->tranche[t] != PAID && s->tranche[t] != STOPPED) {
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

static void enter(struct explorer *x, const struct state *s, const struct built *b, const char *code,
                  const char *by)
{
    struct state t = *s;
    size_t to = phase_at(x->plan, code);

    if (to >= x->plan->phase_count)
        return;
    laws_of_entry(x, s, b, to);
    t.phase = (uint8_t)to;
    if (to < PHASES)
        t.been = (uint16_t)(t.been | 1u << to);
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
    laws_of_step(x, s, b, step);
    switch (step->kind) {
    case LINLI_GO:
    case LINLI_FAIL:
        snprintf(by, sizeof by, "-> %.20s", step->phase);
        enter(x, s, b, step->phase, by);
        break;
    case LINLI_EXTEND:
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
                enter(x, s, b, step->ways[i].phase, "approve a way");
        enter(x, s, b, ph->otherwise, "approve none");
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
    x->nodes[x->at].ends = ph->ends == LINLI_NEVER_ENDS;
    if (ph->ends == LINLI_NEVER_ENDS)
        s.decided = s.evaluation = 0; /* nobody asks for them any more */
    struct built *b = build(x, &s);
    laws_of_state(x, &s, b);
    if (ph->ends == LINLI_NEVER_ENDS)
        return;
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

/* Where nobody can submit, the bids are there from the start: carried over from agreements. */
static void begin(struct explorer *x)
{
    struct state first = {.round = 1, .been = 1};
    bool taken = false;

    for (size_t i = 0; i < x->plan->phase_count; i++)
        taken = taken || phase_lets(&x->plan->phases[i], LINLI_SUBMIT);
    reach(x, first, "published");
    for (int i = 0; i < x->bids && !taken; i++) {
        first.bid[i] = HANDED | OPENED;
        reach(x, first, "published");
    }
}

struct explored explore_mechanism(struct checker *c, const void *options, const linli_plan *plan, int bids)
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
    c->arena = arena_new(0);
    begin(&x);
    x.edge_count = 0;
    laws_of_plan(&x);
    for (x.at = 0; x.at < x.count; x.at++) {
        expand(&x);
        arena_reset(c->arena);
    }
    if (x.count == x.room)
        check_failed(c, "there are more than %d states", STATES_MAX);
    else
        find_dead_ends(&x);
    struct explored ret = {x.count, x.edge_count};
    arena_free(c->arena);
    c->arena = kept;
    free(x.nodes);
    free(x.table);
    free(x.edges);
    return ret;
}
