/*
 * linli/grant.h - what mechanisms that give money have in common: limits that
 * are given or else the rules', who applies, what was stated, admission one by
 * one, awards down a ranking, the ways on when nothing can be funded.
 * Header only; its lines are the plug-in's own messages.
 */
#ifndef LINLI_GRANT_H
#define LINLI_GRANT_H

#include "linli/kit.h"

/* ---- limits ------------------------------------------------------------- */

/* What the call says, else the rule; count 0: neither. */
static inline linli_period linli_period_or(const linli_facts *facts, linli_period given, const char *code)
{
    const linli_rule *rule = linli_rule_of(facts, code);

    return given.count || !rule ? given : rule->period;
}

static inline int64_t linli_value_or(const linli_facts *facts, int64_t given, const char *code)
{
    const linli_rule *rule = linli_rule_of(facts, code);

    return given || !rule ? given : rule->value;
}

/* A period shorter than the rule's, or in another unit; the lines are about the rule. */
static inline void linli_find_short(linli_report *r, const linli_facts *facts, const char *path,
                                    linli_period given, const char *code, uint32_t unit, uint32_t below)
{
    const linli_rule *rule = linli_rule_of(facts, code);

    if (!given.count || !rule)
        return;
    if (given.unit != rule->period.unit)
        linli_find(r, path, LINLI_LINE(unit, linli_ruled(code)));
    else if (given.count < rule->period.count)
        linli_find(r, path, LINLI_LINE(below, linli_ruled(code)));
}

/* ---- windows ------------------------------------------------------------ */

typedef struct linli_ruled_window {
    const char *rule;
    linli_text name;
    int32_t from, until;
} linli_ruled_window;

/* What the call grants those who apply and object: at least so long, past any day off. */
static inline linli_window linli_granted_window(const linli_facts *facts, const char *code,
                                                linli_ruled_window w, linli_period least)
{
    const linli_rule *rule = linli_rule_of(facts, w.rule);

    return (linli_window){.code = code,
                          .name = w.name,
                          .from = w.from,
                          .until = w.until,
                          .least = least,
                          .roll = LINLI_ROLL_REST,
                          .source = rule ? rule->source : NULL};
}

/* The office's own duties, where the rules have them; gives how many. */
static inline size_t linli_duty_windows(const linli_facts *facts, const linli_ruled_window *table,
                                        size_t count, linli_window *out)
{
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        const linli_rule *rule = linli_rule_of(facts, table[i].rule);

        if (!rule || rule->period.count == 0)
            continue;
        out[n++] = (linli_window){.code = table[i].rule,
                                  .name = table[i].name,
                                  .from = table[i].from,
                                  .until = table[i].until,
                                  .most = rule->period,
                                  .roll = LINLI_ROLL_HOLIDAY,
                                  .source = rule->source};
    }
    return n;
}

/* ---- facts -------------------------------------------------------------- */

/* What was stated last for a field; false: nothing. */
static inline bool linli_stated(const linli_facts *facts, uint64_t bid, const char *field, int64_t *ret)
{
    int32_t round = 0;

    for (size_t i = 0; i < facts->offer_count; i++) {
        const linli_offer *f = &facts->offers[i];

        if (f->bid == bid && f->round > round && strcmp(f->field, field) == 0)
            round = f->round, *ret = f->value;
    }
    return round > 0;
}

/* NULL: nothing is known of it. */
static inline const linli_bidder *linli_bidder_of(const linli_facts *facts, uint64_t key)
{
    if (key - 1 < facts->bidder_count && facts->bidders[key - 1].key == key)
        return &facts->bidders[key - 1]; /* the usual order */
    for (size_t i = 0; i < facts->bidder_count; i++)
        if (facts->bidders[i].key == key)
            return &facts->bidders[i];
    return NULL;
}

/* Was it founded less than so many months before the deadline?  What is not known is not held against it. */
static inline bool linli_younger(const linli_facts *facts, const linli_bidder *who, int32_t months)
{
    int32_t due = 0;

    return months && who && who->founded.day &&
           linli_day_of(facts->calendar, facts->tender->bids_due, &due) &&
           linli_months_later(who->founded.day, months) > due;
}

/* The budget of the lot, or what is left of a pool it shares. */
static inline linli_money linli_to_give(const linli_facts *facts)
{
    linli_money pool = facts->tender->pool, budget = facts->tender->budget;

    if (pool.minor == 0 || pool.minor >= budget.minor)
        return budget;
    return pool.minor > 0 ? pool : (linli_money){0};
}

/* The bids in the order they came in.  NULL: no memory. */
static inline const linli_bid **linli_in_order(linli_ask *ask, const linli_facts *facts)
{
    const linli_bid **out = LINLI_NEW(ask, const linli_bid *, facts->bid_count);
    linli_sort_key *keys = LINLI_NEW(ask, linli_sort_key, facts->bid_count);

    if (!out || !keys)
        return NULL;
    for (size_t i = 0; i < facts->bid_count; i++)
        keys[i] = (linli_sort_key){facts->bids[i].submitted.us, (int64_t)facts->bids[i].key, i};
    if (!linli_sort_by(ask, keys, facts->bid_count))
        return NULL;
    for (size_t i = 0; i < facts->bid_count; i++)
        out[i] = &facts->bids[keys[i].at];
    return out;
}

/* What an evaluation found of each bid, by key; NULL for what it did not look at.  NULL: no memory. */
static inline const linli_result **linli_results(linli_ask *ask, const linli_facts *facts)
{
    const linli_result **out = LINLI_NEW(ask, const linli_result *, facts->bid_count + 1);
    const linli_evaluation *e = facts->evaluation;

    for (size_t i = 0; out && e && i < e->count; i++)
        if (e->items[i].bid <= facts->bid_count)
            out[e->items[i].bid] = &e->items[i];
    return out;
}

/* Where a mechanism does not compare: whom an evaluation left out all the same, or granted less. */
static inline bool linli_left_out(const linli_facts *facts, const linli_result *r, linli_money grant)
{
    if (!facts->evaluation || !r)
        return facts->evaluation != NULL;
    return r->standing != LINLI_RANKED ||
           (facts->evaluation->kind == LINLI_SET && r->grant.minor < grant.minor);
}

static inline bool linli_fell_away(const linli_facts *facts, const linli_bid *bid)
{
    return bid->withdrawn || linli_upheld(facts, bid->key);
}

/* ---- admission ---------------------------------------------------------- */

/* The one line that says how a bid stands; the message `passed` admits it. */
typedef linli_line linli_judge(const void *opts, const linli_facts *facts, const linli_bid *bid);

/* Is no admitted bid before this one in its group?  A group counts once. */
static inline bool linli_first_of_group(const void *opts, const linli_facts *facts, size_t at,
                                        linli_judge *judge, uint32_t passed)
{
    for (size_t i = 0; facts->bids[at].group && i < facts->bid_count; i++)
        if (facts->bids[i].group == facts->bids[at].group && facts->bids[i].key < facts->bids[at].key &&
            judge(opts, facts, &facts->bids[i]).message == passed)
            return false;
    return true;
}

/* The whole answer to admit(). */
static inline linli_status linli_admit_each(linli_ask *ask, const void *opts, const linli_facts *facts,
                                            linli_judge *judge, uint32_t passed, linli_admissions *out)
{
    linli_admission *list = LINLI_NEW(ask, linli_admission, facts->bid_count);
    linli_each each;

    if (!list || !linli_by_bid(ask, facts, &each))
        return LINLI_NOMEM;
    *out = (linli_admissions){list, facts->bid_count, 0};
    for (size_t i = 0; i < facts->bid_count; i++) {
        linli_facts own = linli_own(&each, facts->bids[i].key);
        linli_line line = judge(opts, &own, &facts->bids[i]);
        linli_admission *one = &list[linli_place(facts, i)];

        *one = (linli_admission){.bid = facts->bids[i].key, .admitted = line.message == passed};
        if (!linli_say(ask, &one->why, line))
            return LINLI_NOMEM;
        out->bidders += one->admitted && linli_first_of_group(opts, facts, i, judge, passed);
    }
    return LINLI_OK;
}

/* ---- awards ------------------------------------------------------------- */

/* Down a ranking, best first, and among equals the first drawn. */
typedef struct linli_descent {
    const linli_evaluation *e;
    const linli_draw *draw; /* "order", or NULL */
    linli_sort_key *keys;   /* rank and place in the draw of each that is ranked */
    size_t count, at, same;
    size_t tied; /* how many share the rank of the one just found, those before it left out */
} linli_descent;

/* False: no memory. */
static inline bool linli_descend(linli_ask *ask, const linli_facts *facts, linli_descent *out)
{
    int64_t *drawn = LINLI_NEW(ask, int64_t, facts->bid_count + 1);

    *out = (linli_descent){.e = facts->evaluation,
                           .draw = linli_draw_of(facts, "order"),
                           .keys = LINLI_NEW(ask, linli_sort_key, facts->evaluation->count)};
    if (!drawn || !out->keys)
        return false;
    for (size_t i = 0; i <= facts->bid_count; i++)
        drawn[i] = INT64_MAX;
    for (size_t i = 0; out->draw && i < out->draw->count; i++)
        if (out->draw->keys[i] <= facts->bid_count)
            drawn[out->draw->keys[i]] = (int64_t)i;
    for (size_t i = 0; i < out->e->count; i++) {
        const linli_result *r = &out->e->items[i];

        if (r->standing == LINLI_RANKED)
            out->keys[out->count++] =
                (linli_sort_key){r->rank, drawn[r->bid <= facts->bid_count ? r->bid : 0], i};
    }
    return linli_sort_by(ask, out->keys, out->count);
}

/* The best not yet looked at; -1: none. */
static inline int64_t linli_next_best(linli_descent *d)
{
    if (d->at == d->count)
        return -1;
    while (d->same <= d->at || (d->same < d->count && d->keys[d->same].first == d->keys[d->at].first))
        d->same++;
    d->tied = d->same - d->at;
    return (int64_t)d->keys[d->at++].at;
}

/* One draw orders everything that is ranked, so that no second one is needed. */
static inline linli_status linli_ask_order(linli_ask *ask, const linli_descent *d, linli_line why,
                                           linli_awards *out)
{
    linli_draw_request *request = LINLI_NEW(ask, linli_draw_request, 1);
    uint64_t *keys = LINLI_NEW(ask, uint64_t, d->e->count);

    if (!request || !keys)
        return LINLI_NOMEM;
    *request = (linli_draw_request){"order", keys, 0};
    for (size_t i = 0; i < d->e->count; i++)
        if (d->e->items[i].standing == LINLI_RANKED)
            keys[request->count++] = d->e->items[i].bid;
    *out = (linli_awards){.draws = request, .draw_count = 1};
    return linli_told(linli_say(ask, &out->why, why));
}

/* ---- steps -------------------------------------------------------------- */

/* Nothing can be funded: the ways on. */
static inline linli_status linli_grant_fail(linli_ask *ask, linli_line why, linli_step *out)
{
    static const linli_way ways[] = {
        {"call_again", {"重新征集", "call again"}, "void", NULL},
        {"next_round", {"资金转入下一轮", "the money goes to the next round"}, "void", NULL},
    };
    linli_status status = linli_answer(ask, LINLI_FAIL, "void", why, out);

    out->ways = ways;
    out->way_count = sizeof ways / sizeof ways[0];
    return status;
}

/* The end of a call: enough came in, or not.  `few` and `enough` say how many, `early` until when. */
static inline linli_status linli_call_end(linli_ask *ask, const linli_facts *facts, const char *next,
                                          int64_t needed, const uint32_t lines[3], linli_step *out)
{
    enum { EARLY, FEW, ENOUGH };
    linli_time due = facts->tender->bids_due;
    int64_t n = 0;

    if (facts->now.us < due.us)
        return linli_answer(ask, LINLI_STAY, NULL, LINLI_LINE(lines[EARLY], linli_instant(due)), out);
    for (size_t i = 0; i < facts->bid_count; i++)
        n += !facts->bids[i].withdrawn && !facts->bids[i].late;
    if (n < needed)
        return linli_grant_fail(ask, LINLI_LINE(lines[FEW], linli_count(n), linli_count(needed)), out);
    return linli_answer(ask, LINLI_GO, next, LINLI_LINE(lines[ENOUGH], linli_count(n)), out);
}

/* The end of the agreements: each winner signs its own. */
static inline linli_status linli_agreements_end(linli_ask *ask, const linli_facts *facts, const char *next,
                                                linli_line nothing, linli_step *out)
{
    int64_t left = 0;
    linli_status status = linli_unsigned(ask, facts, &left);

    if (status != LINLI_OK)
        return status;
    if (linli_winners(facts) == 0)
        return linli_grant_fail(ask, nothing, out);
    if (linli_disputed(facts, 0))
        return linli_answer(ask, LINLI_STAY, NULL, (linli_line){.message = LINLI_M_HELD}, out);
    if (left > 0)
        return linli_answer(ask, LINLI_STAY, NULL, LINLI_LINE(LINLI_M_UNSIGNED, linli_count(left)), out);
    return linli_answer(ask, LINLI_GO, next, (linli_line){.message = LINLI_M_SIGNED}, out);
}

/* Who may sign what was awarded: nobody against an open objection, no other organisation. */
static inline linli_status linli_refuse_sign(linli_ask *ask, const linli_facts *facts, int32_t role,
                                             uint64_t actor, uint64_t bid, linli_verdict *out)
{
    if (linli_disputed(facts, bid))
        return linli_no(ask, (linli_line){.message = LINLI_M_HELD}, out);
    if ((role == LINLI_ORGANISATION || role == LINLI_RESIDENT) && !linli_wins(facts, bid, actor))
        return linli_no(ask, (linli_line){.message = LINLI_M_NOT_WINNER}, out);
    return LINLI_OK;
}

#endif /* LINLI_GRANT_H */
