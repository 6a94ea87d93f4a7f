/*
 * linli/road.h - the road most purchases take, so that a mechanism is its tables
 * and its own rules: bids up to a deadline, checks, gates that need so many, an
 * evaluation, an award by rank, a notice, a contract, tranches on evidence.
 *
 * A mechanism that takes it
 *
 *   - names its words (the macros below) before it includes this header,
 *   - begins its options with a linli_purchase and offers the LINLI_ROWS_.. it wants,
 *   - begins its messages with LINLI_ROAD_MESSAGES and numbers its own from LINLI_M_OWN,
 *   - fills a static const linli_road and says LINLI_TAKES_ROAD(it).
 *
 * Words: ZH_BID EN_BID (投标, bid), ZH_BIDDER EN_BIDDER (投标人, bidder), ZH_WON (中标; 成交), ZH_PANEL
 * EN_PANEL (评标委员会, panel), ZH_CALL EN_CALL (采购文件, documents).  Articles: LAW_OVER LAW_LATE LAW_TIED,
 * and LAW_ENTRY (handing in, taking back), LAW_VOID (void bids), LAW_END (a procurement that ends), which may
 * be left out where it has none; each a string or NULL.  They stand in lines said in statutory procurement
 * only.
 */
#ifndef LINLI_ROAD_H
#define LINLI_ROAD_H

#include "linli/road_plan.h"

/* ---- admit -------------------------------------------------------------- */

/* Some checks only bear on a price or a deduction and put nobody out. */
static inline bool linli_counts_against(const linli_lot *l, const linli_check_rule *rule)
{
    for (size_t i = 0; l->road->advisory && l->road->advisory[i]; i++)
        if (strcmp(rule->code, l->road->advisory[i]) == 0)
            return l->o->small_only && strcmp(rule->code, "small_enterprise") == 0;
    return true;
}

/* What the checks due so far say; LINLI_M_ADMITTED where none speaks against it. */
static inline linli_line linli_checked(const linli_lot *l, uint64_t bid)
{
    const linli_plan *p = l->facts->plan;
    const linli_road *road = l->road;
    size_t here = linli_phase_index(road->phases, road->phase_count, l->facts->phase);
    linli_line line = {.message = LINLI_M_ADMITTED};

    for (size_t i = 0; p && i < p->check_count; i++) {
        const linli_check_rule *rule = &p->checks[i];
        int found = linli_found(l->facts, bid, rule->code, rule->role);

        /* The office or its agent: 87号 §44. */
        if (found == LINLI_NOT_FOUND && rule->role == LINLI_OFFICE_CLERK)
            found = linli_found(l->facts, bid, rule->code, LINLI_AGENT);
        if (!linli_counts_against(l, rule) ||
            linli_phase_index(road->phases, road->phase_count, rule->phase) > here)
            continue;
        if (found == LINLI_NOT_PASSED)
            return LINLI_LINE(LINLI_M_FAILED, linli_named(rule->code));
        if (found == LINLI_NOT_FOUND && line.message == LINLI_M_ADMITTED)
            line = LINLI_LINE(LINLI_M_UNCHECKED, linli_named(rule->code));
    }
    return line;
}

static inline linli_money linli_ceiling(const linli_tender *t)
{
    return t->ceiling.minor && t->ceiling.minor < t->budget.minor ? t->ceiling : t->budget;
}

/* In talks the price is bound by the ceiling when it is quoted for the last time. */
static inline bool linli_price_binds(const linli_lot *l)
{
    const linli_road *road = l->road;

    return !road->ceiling_from || linli_phase_index(road->phases, road->phase_count, l->facts->phase) >=
                                      linli_phase_index(road->phases, road->phase_count, road->ceiling_from);
}

static inline linli_line linli_judged(const linli_lot *l, const linli_bid *bid)
{
    linli_money most = linli_ceiling(l->facts->tender);
    linli_line line = {.message = LINLI_M_ADMITTED};

    if (bid->late)
        return (linli_line){.message = LINLI_M_LATE};
    if (bid->withdrawn)
        return (linli_line){.message = LINLI_M_WITHDRAWN};
    if (bid->invalid)
        return (linli_line){.message = LINLI_M_VOID};
    if (!bid->open)
        return (linli_line){.message = LINLI_M_UNOPENED};
    if (linli_upheld(l->facts, bid->key))
        return (linli_line){.message = LINLI_M_UPHELD};
    if (l->road->judge)
        line = l->road->judge(l, bid);
    if (line.message != LINLI_M_ADMITTED)
        return line;
    if (bid->priced && bid->price.minor > most.minor && linli_price_binds(l))
        return LINLI_LINE(linli_statutory(l->facts) ? LINLI_M_OVER_LAW : LINLI_M_OVER,
                          linli_amount(bid->price), linli_amount(most));
    return linli_checked(l, bid->key);
}

/* In statutory procurement, the article a reason rests on that names none itself. */
static inline bool linli_say_by(linli_ask *ask, const linli_facts *facts, uint32_t message, linli_lines *why)
{
    return !linli_statutory(facts) || message == LINLI_M_OWN ||
           linli_say(ask, why, (linli_line){.message = message});
}

static inline int32_t linli_last_round(const linli_facts *facts)
{
    int32_t round = 0;

    for (size_t i = 0; i < facts->offer_count; i++)
        round = facts->offers[i].round > round ? facts->offers[i].round : round;
    return round;
}

/* LINLI_M_OWN: it names its own, or rests on none. */
static inline uint32_t linli_by_which(uint32_t reason)
{
    switch (reason) {
    case LINLI_M_LATE:
    case LINLI_M_WITHDRAWN:
        return LINLI_M_BY_ENTRY;
    case LINLI_M_VOID:
    case LINLI_M_UNOPENED:
        return LINLI_M_BY_VOID;
    case LINLI_M_UPHELD:
        return LINLI_M_BY_OBJECTION;
    default:
        return LINLI_M_OWN;
    }
}

static inline linli_status linli_road_admit(linli_ask *ask, const linli_lot *l, linli_admissions *out)
{
    const linli_facts *facts = l->facts;
    linli_admission *list = LINLI_NEW(ask, linli_admission, facts->bid_count);
    bool *counts = LINLI_NEW(ask, bool, facts->bid_count);
    int32_t last_round = linli_last_round(facts);
    linli_each each;

    if (!list || !counts || !linli_by_bid(ask, facts, &each))
        return LINLI_NOMEM;
    for (size_t i = 0; i < facts->bid_count; i++) {
        const linli_bid *bid = &facts->bids[i];
        linli_facts own = linli_own(&each, bid->key);
        linli_line line = linli_judged(&(linli_lot){l->road, l->o, &own, last_round}, bid);
        linli_admission *one = &list[linli_place(facts, i)];

        *one = (linli_admission){.bid = bid->key, .admitted = line.message == LINLI_M_ADMITTED};
        if (!linli_say(ask, &one->why, line) ||
            !linli_say_by(ask, facts, linli_by_which(line.message), &one->why))
            return LINLI_NOMEM;
        counts[i] = one->admitted;
    }
    out->items = list;
    out->count = facts->bid_count;
    return linli_bidders(ask, facts, counts, &out->bidders) ? LINLI_OK : LINLI_NOMEM;
}

/* The admitted that may win, in the order they came in.  NULL: no memory. */
static inline const linli_bid **linli_eligible(linli_ask *ask, const linli_lot *l, size_t *ret_count)
{
    const linli_bid **list = linli_in_order(ask, l->facts);
    int32_t last_round = linli_last_round(l->facts);
    size_t n = 0;
    linli_each each;

    if (!list || !linli_by_bid(ask, l->facts, &each))
        return NULL;
    for (size_t i = 0; i < l->facts->bid_count; i++) {
        linli_facts own = linli_own(&each, list[i]->key);
        linli_lot one = {l->road, l->o, &own, last_round};

        if (!list[i]->barred && linli_judged(&one, list[i]).message == LINLI_M_ADMITTED)
            list[n++] = list[i];
    }
    *ret_count = n;
    return list;
}

/* ---- step --------------------------------------------------------------- */

static const linli_text linli_go_on = {"报批后以现有各家继续", "go on with those there are, if approved"};

/* The lawful ways on where so many are left; `next`: where going on would lead. */
static inline linli_status linli_offer_ways(linli_ask *ask, const linli_lot *l, int64_t left,
                                            const char *next, linli_step *out)
{
    bool law = linli_statutory(l->facts);
    const linli_road_way *from = law ? l->road->ways : l->road->own_ways;
    size_t count = law ? l->road->way_count : l->road->own_way_count;
    linli_way *list = LINLI_NEW(ask, linli_way, count + 1);

    if (!list)
        return LINLI_NOMEM;
    out->ways = list;
    if (out->kind == LINLI_ASK_APPROVAL && left > 0)
        list[out->way_count++] = (linli_way){"go_on", linli_go_on, next, NULL};
    for (size_t i = 0; i < count; i++)
        if (from[i].left == 0 || from[i].left == left)
            list[out->way_count++] = from[i].way;
    return LINLI_OK;
}

/* The gate at the end of a phase: enough bidders, or the lawful ways on. */
static inline linli_status linli_gate(linli_ask *ask, const linli_lot *l, int64_t have, linli_step *out)
{
    const char *next = linli_here(l)->next, *rule = l->road->gate_rule(l, l->facts->phase);
    int64_t need = linli_bidders_needed(l, l->facts->phase);

    if (have >= need)
        return linli_answer(ask, LINLI_GO, next, LINLI_LINE(LINLI_M_ENOUGH, linli_count(have)), out);
    *out = (linli_step){.kind = l->o->below == LINLI_ASKS_BELOW ? LINLI_ASK_APPROVAL : LINLI_FAIL,
                        .phase = "void"};
    if (!linli_say(ask, &out->why,
                   LINLI_LINE(LINLI_M_FEW, linli_count(have), linli_count(need), linli_ruled(rule))) ||
        (!linli_rule_of(l->facts, rule) && !linli_say_by(ask, l->facts, LINLI_M_BY_END, &out->why)))
        return LINLI_NOMEM;
    return linli_offer_ways(ask, l, have, next, out);
}

/* On to the next phase of the table. */
static inline linli_status linli_go(linli_ask *ask, const linli_lot *l, linli_line why, linli_step *out)
{
    return linli_answer(ask, LINLI_GO, linli_here(l)->next, why, out);
}

static inline linli_status linli_stay(linli_ask *ask, linli_line why, linli_step *out)
{
    return linli_answer(ask, LINLI_STAY, NULL, why, out);
}

static inline linli_status linli_end_tendering(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    linli_time due = l->facts->tender->bids_due;
    int32_t have = 0;

    if (l->facts->now.us < due.us)
        return linli_stay(ask, LINLI_LINE(LINLI_M_EARLY, linli_instant(due)), out);
    return linli_standing(ask, l->facts, &have) ? linli_gate(ask, l, have, out) : LINLI_NOMEM;
}

static inline linli_status linli_end_opening(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    int64_t left = 0;

    for (size_t i = 0; i < l->facts->bid_count; i++) {
        const linli_bid *b = &l->facts->bids[i];
        left += !b->withdrawn && !b->late && !b->invalid && !b->open;
    }
    if (left > 0)
        return linli_stay(ask, LINLI_LINE(LINLI_M_TO_OPEN, linli_count(left)), out);
    return linli_go(ask, l, (linli_line){.message = LINLI_M_OPENED}, out);
}

static inline linli_status linli_end_checking(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    linli_admissions admitted = {0};
    linli_status status = linli_road_admit(ask, l, &admitted);
    int64_t left = 0;

    if (status != LINLI_OK)
        return status;
    for (size_t i = 0; i < admitted.count; i++)
        left += admitted.items[i].why.items[0].message == LINLI_M_UNCHECKED;
    if (left > 0)
        return linli_stay(ask, LINLI_LINE(LINLI_M_TO_CHECK, linli_count(left)), out);
    return linli_gate(ask, l, admitted.bidders, out);
}

/* It ends here for this reason: the lawful ways on. */
static inline linli_status linli_end_for(linli_ask *ask, const linli_lot *l, linli_line why, linli_step *out)
{
    linli_status status = linli_answer(ask, LINLI_FAIL, "void", why, out);

    if (status == LINLI_OK)
        status = linli_told(linli_say_by(ask, l->facts, LINLI_M_BY_END, &out->why));
    return status == LINLI_OK ? linli_offer_ways(ask, l, 0, NULL, out) : status;
}

/* No bid is left to award. */
static inline linli_status linli_nobody_left(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    return linli_end_for(ask, l, (linli_line){.message = LINLI_M_ALL_OUT}, out);
}

/* The end of checks after which one bid is enough. */
static inline linli_status linli_end_checked(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    linli_admissions admitted = {0};
    linli_status status = linli_road_admit(ask, l, &admitted);
    int64_t left = 0;

    if (status != LINLI_OK)
        return status;
    for (size_t i = 0; i < admitted.count; i++)
        left += admitted.items[i].why.items[0].message == LINLI_M_UNCHECKED;
    if (left > 0)
        return linli_stay(ask, LINLI_LINE(LINLI_M_TO_CHECK, linli_count(left)), out);
    if (admitted.bidders == 0)
        return linli_nobody_left(ask, l, out);
    return linli_go(ask, l, LINLI_LINE(LINLI_M_ENOUGH, linli_count(admitted.bidders)), out);
}

static inline linli_status linli_end_scoring(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    const linli_evaluation *e = l->facts->evaluation;
    int64_t ranked = 0;

    if (!e)
        return linli_stay(ask, (linli_line){.message = LINLI_M_TO_EVALUATE}, out);
    for (size_t i = 0; i < e->count; i++) {
        if (e->items[i].standing == LINLI_EXPLAIN)
            return linli_stay(ask, LINLI_LINE(LINLI_M_TO_EXPLAIN, linli_of_bid(e->items[i].bid)), out);
        ranked += e->items[i].standing == LINLI_RANKED;
    }
    if (ranked > 0)
        return linli_go(ask, l, LINLI_LINE(LINLI_M_EVALUATED, linli_count(ranked)), out);
    return linli_nobody_left(ask, l, out);
}

static inline linli_status linli_road_award(linli_ask *ask, const linli_lot *l, linli_awards *out);

static inline linli_status linli_end_deciding(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    linli_awards awards = {0};

    if (linli_winners(l->facts) > 0)
        return linli_go(ask, l, (linli_line){.message = LINLI_M_DECIDED}, out);
    /* Whoever was ranked may have fallen away since. */
    if (l->facts->evaluation || l->road->award) {
        linli_status status = linli_road_award(ask, l, &awards);
        if (status != LINLI_OK)
            return status;
        if (awards.count == 0 && awards.draw_count == 0)
            return linli_nobody_left(ask, l, out);
    }
    return linli_stay(ask, (linli_line){.message = LINLI_M_UNDECIDED}, out);
}

static inline linli_status linli_end_notice(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    return linli_notice_end(ask, l->facts, linli_here(l)->next, out);
}

static inline linli_line linli_held(const linli_facts *facts)
{
    return (linli_line){.message = linli_statutory(facts) ? LINLI_M_HELD_LAW : LINLI_M_HELD};
}

static inline linli_status linli_end_contracting(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    int64_t left = 0;
    linli_status status = linli_unsigned(ask, l->facts, &left);

    if (status != LINLI_OK)
        return status;
    if (linli_disputed(l->facts, 0))
        return linli_stay(ask, linli_held(l->facts), out);
    if (l->facts->award_count == 0)
        return linli_nobody_left(ask, l, out);
    if (linli_winners(l->facts) == 0 || left > 0)
        return linli_stay(ask, LINLI_LINE(LINLI_M_UNSIGNED, linli_count(left)), out);
    return linli_go(ask, l, (linli_line){.message = LINLI_M_SIGNED}, out);
}

static inline linli_status linli_end_delivering(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    return linli_delivery_end(ask, l->facts, linli_here(l)->next, out);
}

/* The ends of the phases above; a road lists those of its own before them. */
#define LINLI_ENDS_AFTER                                                                                     \
    {"scoring", linli_end_scoring}, {"deciding", linli_end_deciding}, {"notice", linli_end_notice},          \
        {"contracting", linli_end_contracting},                                                              \
    {                                                                                                        \
        "delivering", linli_end_delivering                                                                   \
    }

/* A road may know ends that a plan of it has no phase for: of such a phase there is no next. */
static inline linli_status linli_road_step(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    if (!linli_here(l))
        return LINLI_FACTS;
    for (size_t i = 0; i < l->road->end_count; i++)
        if (linli_same(l->facts->phase, l->road->ends[i].phase))
            return l->road->ends[i].end(ask, l, out);
    if (linli_same(l->facts->phase, "closed") || linli_same(l->facts->phase, "void")) {
        out->kind = LINLI_STAY;
        return LINLI_OK;
    }
    return LINLI_FACTS;
}

/* ---- award -------------------------------------------------------------- */

enum { LINLI_PLACES = 5 };
static const char *const linli_places[LINLI_PLACES] = {"first_place", "second_place", "third_place",
                                                       "fourth_place", "fifth_place"};

/* The candidates, best first, as indexes into the evaluation. */
typedef struct linli_shortlist {
    const linli_evaluation *e;
    const linli_bid **bids; /* of each result */
    size_t *at;
    size_t count;
    bool drawn[LINLI_PLACES]; /* the place was settled by a draw */
} linli_shortlist;

static inline bool linli_listed(const linli_shortlist *s, size_t i)
{
    for (size_t j = 0; j < s->count; j++)
        if (s->at[j] == i || (s->bids[i]->group && s->bids[s->at[j]]->group == s->bids[i]->group))
            return true;
    return false;
}

/* Still to be placed: compared, not placed yet, and allowed to win another lot. */
static inline bool linli_in_play(const linli_shortlist *s, size_t i)
{
    return s->e->items[i].standing == LINLI_RANKED && !s->bids[i]->barred && !linli_listed(s, i);
}

/* The next in rank, and among equals the first drawn; ret_tied tells how many
 * equals are left.  -1: nobody. */
static inline int64_t linli_next_in_rank(const linli_shortlist *s, const linli_draw *draw, size_t *ret_tied)
{
    int64_t best = -1;

    *ret_tied = 0;
    for (size_t i = 0; i < s->e->count; i++) {
        const linli_result *r = &s->e->items[i];

        if (!linli_in_play(s, i))
            continue;
        if (best < 0 || r->rank < s->e->items[best].rank) {
            best = (int64_t)i;
            *ret_tied = 1;
        } else if (r->rank == s->e->items[best].rank) {
            (*ret_tied)++;
            if (linli_drawn(draw, r->bid) < linli_drawn(draw, s->e->items[best].bid))
                best = (int64_t)i;
        }
    }
    return best;
}

static inline linli_status linli_ask_draw(linli_ask *ask, const linli_lot *l, const linli_shortlist *s,
                                          int32_t rank, linli_awards *out)
{
    linli_draw_request *request = LINLI_NEW(ask, linli_draw_request, 1);
    uint64_t *keys = LINLI_NEW(ask, uint64_t, s->e->count);
    linli_line line = LINLI_LINE(linli_statutory(l->facts) ? LINLI_M_TIED_LAW : LINLI_M_TIED,
                                 linli_count((int64_t)s->count + 1));
    const char *purpose = linli_draw_purpose(ask, l->facts, linli_places[s->count]);

    if (!request || !keys || !purpose)
        return LINLI_NOMEM;
    *request = (linli_draw_request){purpose, keys, 0};
    for (size_t i = 0; i < s->e->count; i++)
        if (linli_in_play(s, i) && s->e->items[i].rank == rank)
            keys[request->count++] = s->e->items[i].bid;
    out->draws = request;
    out->draw_count = 1;
    return linli_told(linli_say(ask, &out->why, line));
}

/* Was this draw of a place between bids of this rank, and all of them that are still to be placed? */
static inline bool linli_draw_fits(const linli_draw *draw, const linli_shortlist *s, int32_t rank)
{
    size_t equals = 0;
    bool fits = false;

    for (size_t i = 0; i <= s->count && i < LINLI_PLACES; i++)
        fits = fits || linli_draws_for(draw, linli_places[i]);
    for (size_t i = 0; fits && i < s->e->count; i++) {
        bool drawn = linli_drawn(draw, s->e->items[i].bid) != INT64_MAX;

        if (s->e->items[i].rank != rank)
            continue;
        equals += drawn;
        fits = drawn || !linli_in_play(s, i);
    }
    return fits && equals > 1;
}

/* A draw of a tie settles the order of all that were in it, and of nobody else. */
static inline const linli_draw *linli_draw_for(const linli_facts *facts, const linli_shortlist *s,
                                               int32_t rank)
{
    for (size_t i = 0; i < facts->draw_count; i++)
        if (linli_draw_fits(&facts->draws[i], s, rank))
            return &facts->draws[i];
    return NULL;
}

static inline int32_t linli_next_rank(const linli_shortlist *s)
{
    int32_t rank = INT32_MAX;

    for (size_t i = 0; i < s->e->count; i++)
        if (linli_in_play(s, i) && s->e->items[i].rank < rank)
            rank = s->e->items[i].rank;
    return rank;
}

/* Fills the shortlist; a tie without a draw ends with a request for one. */
static inline linli_status linli_recommend(linli_ask *ask, const linli_lot *l, linli_shortlist *s,
                                           linli_awards *out)
{
    while (s->count < (size_t)l->o->candidates && out->draw_count == 0) {
        int32_t rank = linli_next_rank(s);
        const linli_draw *draw = linli_draw_for(l->facts, s, rank);
        size_t tied;
        int64_t i = linli_next_in_rank(s, draw, &tied);

        if (i < 0)
            break;
        if (tied > 1 && !draw)
            return linli_ask_draw(ask, l, s, rank, out);
        s->drawn[s->count] = draw != NULL;
        s->at[s->count++] = (size_t)i;
    }
    return LINLI_OK;
}

/* Why a candidate cannot have the contract; LINLI_M_WINNER: it can. */
static inline linli_line linli_hindered(const linli_facts *facts, const linli_bid *bid)
{
    linli_money pool = facts->tender->pool;

    if (linli_upheld(facts, bid->key))
        return (linli_line){.message = LINLI_M_UPHELD};
    if (bid->withdrawn)
        return LINLI_LINE(LINLI_M_REFUSED_TO_SIGN, linli_of_bid(bid->key));
    if (bid->barred)
        return LINLI_LINE(LINLI_M_BARRED, linli_of_bid(bid->key));
    if (pool.minor != 0 && bid->price.minor > pool.minor)
        return LINLI_LINE(LINLI_M_POOL, linli_amount(bid->price),
                          linli_amount(pool.minor > 0 ? pool : (linli_money){0}));
    return (linli_line){.message = LINLI_M_WINNER};
}

/* Those ranked and not upheld against; ret_any: was an objection founded?  False: no memory. */
static inline bool linli_unharmed(linli_ask *ask, const linli_shortlist *s, const linli_facts *facts,
                                  bool *ret_any, int32_t *ret_left)
{
    bool *counts = LINLI_NEW(ask, bool, facts->bid_count);

    *ret_any = false;
    for (size_t i = 0; counts && i < s->e->count; i++) {
        bool upheld = linli_upheld(facts, s->e->items[i].bid);

        *ret_any |= upheld;
        counts[s->bids[i] - facts->bids] = s->e->items[i].standing == LINLI_RANKED && !upheld;
    }
    return counts && linli_bidders(ask, facts, counts, ret_left);
}

static inline linli_status linli_award_listed(linli_ask *ask, const linli_facts *facts,
                                              const linli_shortlist *s, linli_awards *out)
{
    linli_award *list = LINLI_NEW(ask, linli_award, s->count);
    size_t n = 0;

    if (!list)
        return LINLI_NOMEM;
    for (size_t i = 0; i < s->count; i++) {
        const linli_bid *bid = s->bids[s->at[i]];
        linli_line line = linli_hindered(facts, bid);
        linli_arg place = linli_count((int64_t)i + 1), price = linli_amount(bid->price);

        if (line.message != LINLI_M_WINNER) {
            if (!linli_say(ask, &out->why, line))
                return LINLI_NOMEM;
            continue;
        }
        line = n > 0   ? LINLI_LINE(LINLI_M_RESERVE, place)
               : i > 0 ? LINLI_LINE(LINLI_M_NEXT, place, price)
                       : LINLI_LINE(LINLI_M_WINNER, price);
        list[n] = (linli_award){.bid = bid->key,
                                .standing = n > 0 ? LINLI_RESERVE : LINLI_WINNER,
                                .order = (int32_t)i + 1,
                                .amount = bid->price};
        if (!linli_say(ask, &list[n].why, line) ||
            (s->drawn[i] &&
             !linli_say(ask, &list[n].why, (linli_line){.message = LINLI_M_DRAWN})))
            return LINLI_NOMEM;
        n++;
    }
    out->items = list;
    out->count = n;
    return n ? LINLI_OK : linli_told(linli_say(ask, &out->why, (linli_line){.message = LINLI_M_NONE}));
}

/* Names those who were passed over because they have won enough elsewhere. */
static inline bool linli_say_barred(linli_ask *ask, const linli_shortlist *s, linli_awards *out)
{
    for (size_t i = 0; i < s->e->count; i++)
        if (s->e->items[i].standing == LINLI_RANKED && s->bids[i]->barred &&
            !linli_say(ask, &out->why, LINLI_LINE(LINLI_M_BARRED, linli_of_bid(s->bids[i]->key))))
            return false;
    return true;
}

static inline linli_status linli_award_by_rank(linli_ask *ask, const linli_lot *l, linli_awards *out)
{
    const linli_evaluation *e = l->facts->evaluation;
    linli_shortlist s = {.e = e, .at = LINLI_NEW(ask, size_t, LINLI_PLACES)};
    int32_t left;
    bool upheld;
    linli_status status;

    if (!e || e->kind != LINLI_ORDER || l->o->candidates > LINLI_PLACES)
        return LINLI_FACTS;
    s.bids = LINLI_NEW(ask, const linli_bid *, e->count);
    if (!s.at || !s.bids)
        return LINLI_NOMEM;
    for (size_t i = 0; i < e->count; i++)
        if (!(s.bids[i] = linli_bid_of(l->facts, e->items[i].bid)))
            return LINLI_FACTS;
    if (!linli_unharmed(ask, &s, l->facts, &upheld, &left))
        return LINLI_NOMEM;
    if (upheld && left < linli_bidders_needed(l, NULL))
        return linli_told(linli_say(
            ask, &out->why,
            LINLI_LINE(LINLI_M_RESTART, linli_count(left), linli_ruled(l->road->gate_rule(l, NULL)))));
    if (!linli_say_barred(ask, &s, out))
        return LINLI_NOMEM;
    status = linli_recommend(ask, l, &s, out);
    return status != LINLI_OK || out->draw_count ? status : linli_award_listed(ask, l->facts, &s, out);
}

static inline linli_status linli_road_award(linli_ask *ask, const linli_lot *l, linli_awards *out)
{
    return l->road->award ? l->road->award(ask, l, out) : linli_award_by_rank(ask, l, out);
}

/* ---- release ------------------------------------------------------------ */

/* Steps deducted for the marks on this delivery, counted on their exact average;
 * ret_average is that average rounded for the explanation.  False: no mark. */
static inline bool linli_delivery_steps(const linli_lot *l, uint64_t bid, const char *tranche,
                                        int64_t *ret_steps, linli_points *ret_average)
{
    int64_t sum = 0, n = 0, missing = 0;

    for (size_t i = 0; i < l->facts->mark_count; i++) {
        const linli_mark *m = &l->facts->marks[i];
        if (m->bid == bid && linli_same(m->tranche, tranche) && strcmp(m->criterion, "delivery") == 0 &&
            linli_add(sum, m->value, &sum))
            n++;
    }
    *ret_steps = 0;
    if (n == 0)
        return false;
    if (!linli_div(sum, n, LINLI_HALF_UP, &ret_average->micro) ||
        __builtin_mul_overflow(l->o->full_score.micro, n, &missing))
        return false;
    missing -= sum;
    if (missing > 0 && !linli_div(missing, (linli_wide)l->o->score_step.micro * n,
                                  l->o->rounding == LINLI_ROUND_CEIL ? LINLI_UP : LINLI_DOWN, ret_steps))
        return false;
    return true;
}

static inline linli_status linli_pay_scored(linli_ask *ask, const linli_lot *l, uint64_t bid,
                                            const linli_tranche *t, linli_release *out)
{
    linli_points average = {0};
    int64_t steps, cost;
    linli_rate factor;
    bool scored = linli_delivery_steps(l, bid, t->code, &steps, &average);

    if (linli_factor_of(l->facts, bid, t->code, &factor))
        return linli_pay(ask, l->facts, bid, t, out);
    if (!scored && l->o->delivery_scored)
        return linli_release_as(ask, LINLI_WAIT, (linli_line){.message = LINLI_M_NO_SCORE}, out);
    out->amount = t->amount;
    if (steps == 0)
        return linli_told(linli_say(ask, &out->why, (linli_line){.message = LINLI_M_FULL}));
    if (__builtin_mul_overflow(steps, l->o->step_cost.ppm, &cost))
        return LINLI_RANGE;
    cost = cost > LINLI_WHOLE ? LINLI_WHOLE : cost;
    if (!linli_mul_div(t->amount.minor, LINLI_WHOLE - cost, LINLI_WHOLE, LINLI_HALF_UP, &out->amount.minor))
        return LINLI_RANGE;
    return linli_told(
        linli_say(ask, &out->why,
                  LINLI_LINE(LINLI_M_LESS, linli_score(average), linli_score(l->o->full_score),
                             linli_count(steps), linli_percent(l->o->step_cost), linli_amount(out->amount))));
}

static inline linli_status linli_road_release(linli_ask *ask, const linli_lot *l, uint64_t bid,
                                              const linli_tranche *t, linli_release *out)
{
    const linli_part_option *part = linli_part_of(l->o->tranches, t->code);
    linli_status status;
    int32_t due;

    if (!part)
        return LINLI_FACTS;
    due = part->due + LINLI_ON_SIGNING;
    status = linli_payable(ask, l->facts, bid, part, linli_held(l->facts), out);
    if (status == LINLI_OK && out->kind == LINLI_PAY_OUT)
        status = linli_evidence(ask, l->facts, bid, t->code, false, out);
    if (status != LINLI_OK || out->kind != LINLI_PAY_OUT)
        return status;
    if (due == LINLI_ON_MILESTONE || due == LINLI_ON_ACCEPTANCE)
        return linli_pay_scored(ask, l, bid, t, out);
    return linli_pay(ask, l->facts, bid, t, out);
}

/* ---- refuse ------------------------------------------------------------- */

static inline bool linli_took_part(const linli_facts *facts, uint64_t actor)
{
    for (size_t i = 0; i < facts->bid_count; i++)
        if (facts->bids[i].bidder == actor)
            return true;
    return false;
}

/* The last day of the notice of the result, which ended at the midnight after it; where another winner was
 * announced since, of its notice, for which the lot does not go back a phase.  False: none has ended. */
static inline bool linli_notice_last(const linli_facts *facts, int32_t *ret_day)
{
    const linli_event *end = linli_event_of(facts, LINLI_NOTICE_ENDED, 0);
    const linli_event *told = linli_event_of(facts, LINLI_ANNOUNCED, 0);
    const linli_plan *p = facts->plan;
    int32_t day;

    if (!end)
        return false;
    for (size_t i = 0; p && told && told->at.us > end->at.us && i < p->window_count; i++) {
        const linli_window *w = &p->windows[i];
        if (w->from == LINLI_ANNOUNCED && w->until == LINLI_NOTICE_ENDED)
            return linli_day_of(facts->calendar, told->at, &day) &&
                   linli_last_day(facts->calendar, day, w->least.count ? w->least : w->most, w->roll,
                                  ret_day);
    }
    return linli_day_of(facts->calendar, (linli_time){end->at.us - 1}, ret_day);
}

/* The time to object to the result runs from the end of its notice. */
static inline bool linli_objects_late(const linli_facts *facts)
{
    const linli_rule *rule = linli_rule_of(facts, "challenge_window");
    int32_t today, from, last;

    if (!rule || rule->period.count == 0 || !linli_day_of(facts->calendar, facts->now, &today) ||
        !linli_notice_last(facts, &from) ||
        !linli_last_day(facts->calendar, from, rule->period, LINLI_ROLL_REST, &last))
        return false;
    return today > last;
}

static inline linli_status linli_refuse_objection(linli_ask *ask, const linli_lot *l, uint64_t actor,
                                                  linli_verdict *out)
{
    const linli_phase *phase = linli_here(l);

    if (!linli_statutory(l->facts) || !phase || phase->kind == LINLI_TENDERING)
        return LINLI_OK;
    if (!linli_took_part(l->facts, actor))
        return linli_no(ask, (linli_line){.message = LINLI_M_NOT_PARTICIPANT}, out);
    if (linli_objects_late(l->facts))
        return linli_no(ask, LINLI_LINE(LINLI_M_OBJECT_LATE, linli_ruled("challenge_window")), out);
    return LINLI_OK;
}

/* Who does what to which bid. */
typedef struct linli_doing {
    int32_t role, act;
    uint64_t actor, bid;
} linli_doing;

static inline linli_status linli_road_refuse(linli_ask *ask, const linli_lot *l, linli_doing d,
                                             linli_verdict *out)
{
    linli_time due = l->facts->tender->bids_due;

    switch (d.act) {
    case LINLI_SUBMIT:
    case LINLI_REPLACE:
        if (l->facts->now.us >= due.us)
            return linli_no(ask,
                            LINLI_LINE(linli_statutory(l->facts) ? LINLI_M_CLOSED_LAW : LINLI_M_CLOSED,
                                       linli_instant(due)),
                            out);
        return LINLI_OK;
    case LINLI_OBJECT:
        return d.role == LINLI_ORGANISATION ? linli_refuse_objection(ask, l, d.actor, out) : LINLI_OK;
    case LINLI_SIGN:
        if (linli_disputed(l->facts, 0))
            return linli_no(ask, linli_held(l->facts), out);
        if (d.role != LINLI_ORGANISATION || linli_wins(l->facts, d.bid, d.actor))
            return LINLI_OK;
        return linli_no(ask, (linli_line){.message = LINLI_M_NOT_WINNER}, out) == LINLI_OK
                   ? linli_told(linli_say_by(ask, l->facts, LINLI_M_BY_SIGNING, &out->why))
                   : LINLI_NOMEM;
    default:
        return LINLI_OK;
    }
}

/* ---- the eight questions -------------------------------------------------- */

/* clang-format off */
/* Rows of a linli_road from the tables it names; its ways are the office's own as well. */
#define LINLI_ROAD_TABLES(phases_, ends_, spans_, ways_) \
    .phases = (phases_), .phase_count = LINLI_LENGTH(phases_), \
    .ends = (ends_), .end_count = LINLI_LENGTH(ends_), \
    .spans = (spans_), .span_count = LINLI_LENGTH(spans_), \
    .ways = (ways_), .way_count = LINLI_LENGTH(ways_), \
    .own_ways = (ways_), .own_way_count = LINLI_LENGTH(ways_)
#define LINLI_ROAD_CHECKED(checks_, papers_) \
    .checks = (checks_), .check_count = LINLI_LENGTH(checks_), \
    .papers = (papers_), .paper_count = LINLI_LENGTH(papers_)
/* clang-format on */

/* clang-format off */
/* Answers them all from the table `road`; options begin with a linli_purchase. */
#define LINLI_TAKES_ROAD(road)                                                                                        \
    static linli_lot lot_of(const void *opts, const linli_facts *facts)                                               \
    {                                                                                                                 \
        return (linli_lot){&(road), (const linli_purchase *)opts, facts, 0};                                          \
    }                                                                                                                 \
    static linli_status check(linli_ask *ask, const void *opts, const linli_facts *facts, linli_findings *out)        \
    {                                                                                                                 \
        linli_lot l = lot_of(opts, facts);                                                                            \
        return linli_road_check(ask, &l, out);                                                                        \
    }                                                                                                                 \
    static linli_status plan(linli_ask *ask, const void *opts, const linli_facts *facts, linli_plan *out)             \
    {                                                                                                                 \
        linli_lot l = lot_of(opts, facts);                                                                            \
        return linli_road_plan(ask, &l, out);                                                                         \
    }                                                                                                                 \
    static linli_status step(linli_ask *ask, const void *opts, const linli_facts *facts, linli_step *out)             \
    {                                                                                                                 \
        linli_lot l = lot_of(opts, facts);                                                                            \
        return linli_road_step(ask, &l, out);                                                                         \
    }                                                                                                                 \
    static linli_status admit(linli_ask *ask, const void *opts, const linli_facts *facts, linli_admissions *out)      \
    {                                                                                                                 \
        linli_lot l = lot_of(opts, facts);                                                                            \
        return linli_road_admit(ask, &l, out);                                                                        \
    }                                                                                                                 \
    static linli_status award(linli_ask *ask, const void *opts, const linli_facts *facts, linli_awards *out)          \
    {                                                                                                                 \
        linli_lot l = lot_of(opts, facts);                                                                            \
        return linli_road_award(ask, &l, out);                                                                        \
    }                                                                                                                 \
    static linli_status schedule(linli_ask *ask, const void *opts, const linli_facts *facts, const linli_award *a,    \
                                 linli_schedule *out)                                                                 \
    {                                                                                                                 \
        (void)facts;                                                                                                  \
        return linli_schedule_parts(ask, ((const linli_purchase *)opts)->tranches, a->amount, out);                   \
    }                                                                                                                 \
    static linli_status release(linli_ask *ask, const void *opts, const linli_facts *facts, const linli_award *a,     \
                                const linli_tranche *t, linli_release *out)                                           \
    {                                                                                                                 \
        linli_lot l = lot_of(opts, facts);                                                                            \
        return linli_road_release(ask, &l, a->bid, t, out);                                                           \
    }                                                                                                                 \
    static linli_status refuse(linli_ask *ask, const void *opts, const linli_facts *facts, int32_t role,              \
                               uint64_t actor, int32_t act, uint64_t bid, linli_verdict *out)                         \
    {                                                                                                                 \
        linli_lot l = lot_of(opts, facts);                                                                            \
        return linli_road_refuse(ask, &l, (linli_doing){role, act, actor, bid}, out);                                 \
    }
/* clang-format on */

#endif /* LINLI_ROAD_H */
