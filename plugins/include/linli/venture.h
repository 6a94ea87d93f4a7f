/*
 * linli/venture.h - venture philanthropy (公益创投): a call in tracks, applications with their own money, a
 * first review with completion, training, a pitch in drawn order, grants under caps to as many as fit, a
 * mid-term and a final evaluation that can end a project and ask money back.
 *
 * A track is a lot.  Which application is better, is the scheme's to say; how much it gets, is settled here:
 * the least of what it asks for, its share of the project's budget, its cap, and what the panel allows.
 *
 * A mechanism that takes this road offers LINLI_VENTURE_ROWS over a linli_venture_options, says
 * LINLI_VENTURE_MESSAGES, and points at linli_venture_check .. linli_venture_refuse.  A place with rules of
 * its own puts its struct around the options and its functions around these.  Where it defines
 * LINLI_VENTURE_OWN before the include, it says two things more of each application: in
 * linli_venture_own_judge what else is wrong with one the review let pass (LINLI_V_ADMITTED: nothing), and in
 * linli_venture_own_cap the most it may get, with the line that says so (0: as much as anybody).
 */
#ifndef LINLI_VENTURE_H
#define LINLI_VENTURE_H

#include "linli/venture_plan.h"

#ifdef LINLI_VENTURE_OWN
static linli_line linli_venture_own_judge(const linli_venture_options *o, const linli_facts *facts,
                                          const linli_bid *bid);
static linli_money linli_venture_own_cap(const linli_venture_options *o, const linli_facts *facts,
                                         const linli_bid *bid, linli_line *why);
#endif

/* ---- what an application says ------------------------------------------- */

/* An application that names no budget of its own asks for all it costs. */
static inline linli_money linli_venture_cost_of(const linli_facts *facts, const linli_bid *bid)
{
    linli_money cost = bid->price;

    linli_stated(facts, bid->key, "project_budget", &cost.minor);
    return cost;
}

/* ---- admit -------------------------------------------------------------- */

static const linli_line linli_venture_fine = {.message = LINLI_V_ADMITTED};

/* Who applies: not who runs the call, not who is kept out, in the right track, not too often, old enough. */
static inline linli_line linli_venture_standing(const linli_venture_options *o, const linli_facts *facts,
                                                const linli_bid *bid)
{
    const linli_bidder *who = linli_bidder_of(facts, bid->bidder);
    bool filed = linli_venture_track_of(o, facts)->filed;
    int32_t age = linli_venture_age_of(o, facts);

    if (!who)
        return linli_venture_fine;
    if (who->insider)
        return (linli_line){.message = LINLI_V_INSIDER};
    if (who->excluded.us > facts->tender->bids_due.us)
        return LINLI_LINE(LINLI_V_EXCLUDED, linli_instant(who->excluded));
    if (who->kind && filed != (who->kind == LINLI_FILED))
        return (linli_line){.message = filed ? LINLI_V_FILED_ONLY : LINLI_V_NOT_FILED};
    if (o->past_grade && who->grade > o->past_grade)
        return (linli_line){.message = LINLI_V_PAST_GRADE};
    if (!filed && linli_younger(facts, who, age))
        return LINLI_LINE(LINLI_V_YOUNG, linli_count(age));
    return linli_venture_fine;
}

static inline linli_line linli_venture_sums(const linli_venture_options *o, const linli_facts *facts,
                                            const linli_bid *bid)
{
    linli_money cost = linli_venture_cost_of(facts, bid), own = {0}, donations = {0};
    linli_rate least = linli_venture_own_funds_of(o, facts);
    bool said = linli_stated(facts, bid->key, "own_funds", &own.minor);

    said = linli_stated(facts, bid->key, "donations", &donations.minor) || said;
    if (bid->price.minor <= 0)
        return (linli_line){.message = LINLI_V_NO_SUM};
    if (bid->price.minor > cost.minor)
        return LINLI_LINE(LINLI_V_OVER_COST, linli_amount(bid->price), linli_amount(cost));
    if (said && least.ppm &&
        (linli_wide)(own.minor + donations.minor) * LINLI_WHOLE < (linli_wide)cost.minor * least.ppm)
        return LINLI_LINE(LINLI_V_OWN_FUNDS, linli_amount((linli_money){own.minor + donations.minor}),
                          linli_percent(least));
    if (said && o->match.ppm && donations.minor == 0 && o->unmatched_max.minor == 0)
        return (linli_line){.message = LINLI_V_NO_DONATIONS};
    return linli_venture_fine;
}

/* Was it returned and not completed?  Only the last return counts. */
static inline linli_line linli_venture_completion(const linli_facts *facts, const linli_bid *bid)
{
    const linli_paper *last = NULL;

    for (size_t i = 0; i < facts->paper_count; i++) {
        const linli_paper *p = &facts->papers[i];

        if (p->bid == bid->key && strcmp(p->rule, "completion") == 0 &&
            (!last || p->due.us > last->due.us))
            last = p;
    }
    if (!last || last->accepted || last->due.us == 0 || (last->at.us != 0 && last->at.us < last->due.us))
        return linli_venture_fine;
    return LINLI_LINE(facts->now.us < last->due.us && last->at.us == 0 ? LINLI_V_RETURNED
                                                                       : LINLI_V_NOT_COMPLETED,
                      linli_instant(last->due));
}

static inline linli_line linli_venture_judged(const void *opts, const linli_facts *facts,
                                              const linli_bid *bid)
{
    const linli_venture_options *o = opts;
    linli_line line = linli_venture_fine;

    if (bid->late)
        return (linli_line){.message = LINLI_V_LATE};
    if (bid->withdrawn)
        return (linli_line){.message = LINLI_V_WITHDRAWN};
    if (bid->invalid)
        return (linli_line){.message = LINLI_V_VOID};
    if (linli_upheld(facts, bid->key))
        return (linli_line){.message = LINLI_V_UPHELD};
    line = linli_venture_standing(o, facts, bid);
    if (line.message == LINLI_V_ADMITTED && bid->open)
        line = linli_venture_sums(o, facts, bid);
    if (linli_same(facts->phase, "applying") || line.message != LINLI_V_ADMITTED)
        return line;
    line = linli_venture_completion(facts, bid);
    for (size_t i = 0;
         line.message == LINLI_V_ADMITTED && i < LINLI_V_COUNT(linli_venture_checks) - !o->consent; i++) {
        int found =
            linli_found(facts, bid->key, linli_venture_checks[i].code, linli_venture_checkers[o->checked_by]);

        if (found != LINLI_PASSED)
            line = LINLI_LINE(found == LINLI_NOT_PASSED ? LINLI_V_FAILED : LINLI_V_UNCHECKED,
                              linli_named(linli_venture_checks[i].code));
    }
#ifdef LINLI_VENTURE_OWN
    if (line.message == LINLI_V_ADMITTED)
        line = linli_venture_own_judge(o, facts, bid);
#endif
    return line;
}

static inline linli_status linli_venture_admit(linli_ask *ask, const void *opts, const linli_facts *facts,
                                               linli_admissions *out)
{
    return linli_admit_each(ask, opts, facts, linli_venture_judged, LINLI_V_ADMITTED, out);
}

/* ---- award: how much ---------------------------------------------------- */

/* The least of what is asked for and every limit; the lines say which cut it. */
static inline linli_status linli_venture_grant_of(linli_ask *ask, const linli_venture_options *o,
                                                  const linli_facts *facts, const linli_bid *bid,
                                                  linli_money *ret, linli_lines *why)
{
    linli_money cost = linli_venture_cost_of(facts, bid), cap = linli_venture_cap_of(o, facts),
                donations = {0}, allowed = {0}, part;
    linli_rate share = {linli_venture_limit_of(o, facts, o->share_max.ppm, "grant_share_max")};
    linli_line cut[5];
    size_t n = 0;

    *ret = bid->price;
    if (share.ppm) {
        if (!linli_mul_div(cost.minor, share.ppm, LINLI_WHOLE, linli_venture_roundings[o->rounding],
                           &part.minor))
            return LINLI_RANGE;
        if (part.minor < ret->minor) {
            *ret = part;
            cut[n++] =
                LINLI_LINE(LINLI_V_CUT_SHARE, linli_amount(cost), linli_percent(share), linli_amount(part));
        }
    }
    if (o->match.ppm) {
        linli_stated(facts, bid->key, "donations", &donations.minor);
        if (!linli_mul_div(donations.minor, o->match.ppm, LINLI_WHOLE, linli_venture_roundings[o->rounding],
                           &part.minor))
            return LINLI_RANGE;
        part = donations.minor ? part : o->unmatched_max;
        if (part.minor < ret->minor) {
            *ret = part;
            cut[n++] = LINLI_LINE(LINLI_V_CUT_MATCH, linli_amount(donations), linli_percent(o->match),
                                  linli_amount(part));
        }
    }
    if (cap.minor && cap.minor < ret->minor) {
        *ret = cap;
        cut[n++] = LINLI_LINE(LINLI_V_CUT_CAP, linli_amount(cap));
    }
#ifdef LINLI_VENTURE_OWN
    part = linli_venture_own_cap(o, facts, bid, &cut[n]);
    if (part.minor && part.minor < ret->minor) {
        *ret = part;
        n++;
    }
#endif
    if (linli_stated(facts, bid->key, "approved", &allowed.minor) && allowed.minor < ret->minor) {
        *ret = allowed;
        cut[n++] = LINLI_LINE(LINLI_V_CUT_PANEL, linli_amount(allowed));
    }
    for (size_t i = 0; i < n; i++)
        if (!linli_say(ask, why, cut[i]))
            return LINLI_NOMEM;
    return LINLI_OK;
}

/* ---- award: who --------------------------------------------------------- */

typedef struct linli_venture_choosing {
    linli_ask *ask;
    const linli_venture_options *o;
    const linli_facts *facts;
    linli_award *list;
    linli_lines *why;
    size_t count, winners, reserves;
    linli_money left;
    linli_each each;
} linli_venture_choosing;

/* Why a ranked application is passed over whatever is left; M_ADMITTED: it is not. */
static inline linli_line linli_venture_barred(const linli_venture_choosing *c, const linli_result *r,
                                              const linli_bid *bid, linli_money grant)
{
    const linli_venture_options *o = c->o;
    linli_money has = linli_has_elsewhere(c->facts, bid->bidder);

    if (r->total.micro < o->pass_line.micro)
        return LINLI_LINE(LINLI_V_LINE, linli_of_bid(bid->key), linli_score(r->total),
                          linli_score(o->pass_line));
    if (grant.minor <= 0)
        return LINLI_LINE(LINLI_V_ZERO, linli_of_bid(bid->key));
    if (bid->barred)
        return LINLI_LINE(LINLI_V_BARRED, linli_of_bid(bid->key));
    if (o->money_most.minor && has.minor > o->money_most.minor - grant.minor)
        return LINLI_LINE(LINLI_V_HAS_MONEY, linli_of_bid(bid->key), linli_amount(has),
                          linli_amount(o->money_most));
    return linli_venture_fine;
}

/* A winner while there are places and money, else a reserve. */
static inline linli_status linli_venture_place(linli_venture_choosing *c, const linli_result *r,
                                               const linli_bid *bid, linli_award *a)
{
    int64_t quota = linli_venture_track_of(c->o, c->facts)->quota;
    bool room = quota == 0 || (int64_t)c->winners < quota, fits = a->amount.minor <= c->left.minor;
    linli_line line;

    if (room && fits) {
        a->standing = LINLI_WINNER;
        line = LINLI_LINE(LINLI_V_FUNDED, linli_count(r->rank), linli_score(r->total),
                          linli_amount(bid->price), linli_amount(a->amount), linli_amount(c->left));
        c->left.minor -= a->amount.minor;
        c->winners++;
    } else if ((int64_t)c->reserves < c->o->reserves) {
        a->standing = LINLI_RESERVE;
        line = LINLI_LINE(LINLI_V_RESERVE, linli_count((int64_t)++c->reserves));
    } else {
        return LINLI_OK;
    }
    a->bid = bid->key;
    if (!linli_say(c->ask, &a->why, line))
        return LINLI_NOMEM;
    if (a->standing == LINLI_WINNER)
        return LINLI_OK;
    return linli_told(
        linli_say(c->ask, &a->why,
                  room ? LINLI_LINE(LINLI_V_NO_FIT, linli_amount(a->amount), linli_amount(c->left))
                       : LINLI_LINE(LINLI_V_QUOTA, linli_count(quota))));
}

/* Looks at one; adds it to the list where it gets a place. */
static inline linli_status linli_venture_look(linli_venture_choosing *c, const linli_result *r,
                                              const linli_bid *bid, bool tied)
{
    linli_award *a = &c->list[c->count];
    linli_facts own = linli_own(&c->each, bid->key);
    linli_line line;
    linli_status status;

    *a = (linli_award){.order = (int32_t)c->count + 1};
    if ((status = linli_venture_grant_of(c->ask, c->o, &own, bid, &a->amount, &a->why)) != LINLI_OK)
        return status;
    line = linli_venture_barred(c, r, bid, a->amount);
    if (line.message != LINLI_V_ADMITTED)
        return linli_told(linli_say(c->ask, c->why, line));
    if ((status = linli_venture_place(c, r, bid, a)) != LINLI_OK || a->bid == 0)
        return status;
    c->count++;
    return tied ? linli_told(linli_say(c->ask, &a->why, (linli_line){.message = LINLI_V_DRAWN})) : LINLI_OK;
}

static inline linli_status linli_venture_award(linli_ask *ask, const void *opts, const linli_facts *facts,
                                               linli_awards *out)
{
    const linli_evaluation *e = facts->evaluation;
    linli_venture_choosing c = {
        .ask = ask, .o = opts, .facts = facts, .why = &out->why, .left = linli_to_give(facts)};
    linli_descent d;

    if (!e || e->kind != LINLI_ORDER)
        return LINLI_FACTS;
    if (e->draw_count > 0) {
        out->draws = e->draws;
        out->draw_count = e->draw_count;
        return linli_told(linli_say(ask, &out->why, LINLI_LINE(LINLI_V_TIED, linli_count(1))));
    }
    c.list = LINLI_NEW(ask, linli_award, e->count);
    if (!c.list || !linli_by_bid(ask, facts, &c.each) || !linli_descend(ask, facts, &d))
        return LINLI_NOMEM;
    for (int64_t i; (i = linli_next_best(&d)) >= 0;) {
        const linli_bid *bid = linli_bid_of(facts, e->items[i].bid);
        linli_status status;

        if (!bid)
            return LINLI_FACTS;
        if (linli_fell_away(facts, bid))
            continue;
        if (d.tied > 1 && !d.drawn)
            return linli_ask_order(ask, &d, LINLI_LINE(LINLI_V_TIED, linli_count(e->items[i].rank)), out);
        if ((status = linli_venture_look(&c, &e->items[i], bid, d.tied > 1)) != LINLI_OK)
            return status;
    }
    out->items = c.list;
    out->count = c.count;
    return c.winners ? LINLI_OK
                     : linli_told(linli_say(ask, &out->why, (linli_line){.message = LINLI_V_NONE}));
}

/* ---- step --------------------------------------------------------------- */

/* The next phase of the frozen plan; before there is one, of the table. */
static const char *linli_venture_next_of(const linli_facts *facts, const char *phase)
{
    const linli_phase *list = facts->plan ? facts->plan->phases : linli_venture_phases;
    size_t count = facts->plan ? facts->plan->phase_count : LINLI_V_COUNT(linli_venture_phases);
    size_t at = linli_phase_index(list, count, phase);

    return at < count ? list[at].next : NULL;
}

static inline linli_status linli_venture_end_applying(linli_ask *ask, const void *opts,
                                                      const linli_facts *facts, linli_step *out)
{
    const linli_venture_options *o = opts;
    static const uint32_t lines[] = {LINLI_V_EARLY, LINLI_V_FEW, LINLI_V_APPLICATIONS};

    return linli_call_end(ask, facts, "review", o->applications_min, lines, out);
}

/* Before the pitch its order is drawn, where it takes more than one. */
static inline linli_status linli_venture_to_pitch(linli_ask *ask, const linli_venture_options *o,
                                                  const linli_facts *facts, const char *from, linli_line why,
                                                  linli_step *out)
{
    const char *next = linli_venture_next_of(facts, from);
    linli_admissions admitted = {0};
    linli_draw_request *request = LINLI_NEW(ask, linli_draw_request, 1);
    uint64_t *keys = LINLI_NEW(ask, uint64_t, facts->bid_count);
    linli_status status = linli_venture_admit(ask, o, facts, &admitted);

    if (!request || !keys)
        return LINLI_NOMEM;
    if (status != LINLI_OK)
        return status;
    *request = (linli_draw_request){"pitch_order", keys, 0};
    for (size_t i = 0; i < admitted.count; i++)
        if (admitted.items[i].admitted)
            keys[request->count++] = admitted.items[i].bid;
    if (!o->pitch_order || request->count < 2 || linli_same(next, "training") ||
        linli_draw_of(facts, "pitch_order"))
        return linli_answer(ask, LINLI_GO, next, why, out);
    status = linli_answer(ask, LINLI_STAY, NULL, (linli_line){.message = LINLI_V_TO_DRAW}, out);
    out->draws = request;
    out->draw_count = 1;
    return status;
}

static inline linli_status linli_venture_end_review(linli_ask *ask, const void *opts,
                                                    const linli_facts *facts, linli_step *out)
{
    const linli_venture_options *o = opts;
    linli_admissions admitted = {0};
    linli_status status = linli_venture_admit(ask, o, facts, &admitted);
    int64_t left = 0, passed = 0;

    if (status != LINLI_OK)
        return status;
    for (size_t i = 0; i < admitted.count; i++) {
        uint32_t message = admitted.items[i].why.items[0].message;

        left += message == LINLI_V_UNCHECKED || message == LINLI_V_RETURNED;
        passed += admitted.items[i].admitted;
    }
    if (left > 0)
        return linli_answer(ask, LINLI_STAY, NULL, LINLI_LINE(LINLI_V_TO_CHECK, linli_count(left)), out);
    if (passed == 0)
        return linli_grant_fail(ask, (linli_line){.message = LINLI_V_NONE_PASSED}, out);
    return linli_venture_to_pitch(ask, o, facts, "review", LINLI_LINE(LINLI_V_PASSED, linli_count(passed)),
                                  out);
}

static inline linli_status linli_venture_end_training(linli_ask *ask, const void *opts,
                                                      const linli_facts *facts, linli_step *out)
{
    const linli_venture_options *o = opts;
    linli_admissions admitted = {0};
    linli_status status = linli_venture_admit(ask, o, facts, &admitted);

    if (status != LINLI_OK)
        return status;
    if (admitted.bidders == 0)
        return linli_grant_fail(ask, (linli_line){.message = LINLI_V_NONE_PASSED}, out);
    return linli_venture_to_pitch(ask, o, facts, "training", (linli_line){.message = LINLI_V_TRAINED}, out);
}

static inline linli_status linli_venture_end_voting(linli_ask *ask, const void *opts,
                                                    const linli_facts *facts, linli_step *out)
{
    const linli_venture_options *o = opts;
    if (facts->phase_due.us == 0 || facts->now.us < facts->phase_due.us)
        return linli_answer(ask, LINLI_STAY, NULL, (linli_line){.message = LINLI_V_VOTE_RUNS}, out);
    return linli_answer(
        ask, LINLI_GO, "pitching",
        LINLI_LINE(LINLI_V_VOTERS, linli_count((int64_t)facts->ballot_count), linli_count(o->turnout)), out);
}

static inline linli_status linli_venture_end_pitching(linli_ask *ask, const void *opts,
                                                      const linli_facts *facts, linli_step *out)
{
    const linli_venture_options *o = opts;
    const linli_evaluation *e = facts->evaluation;
    int64_t n = 0;

    if (!e || e->draw_count > 0)
        return linli_answer(ask, LINLI_STAY, NULL, (linli_line){.message = LINLI_V_TO_MARK}, out);
    for (size_t i = 0; i < e->count; i++)
        n += e->items[i].standing == LINLI_RANKED && e->items[i].total.micro >= o->pass_line.micro;
    if (n == 0)
        return linli_grant_fail(ask, (linli_line){.message = LINLI_V_NO_RANK}, out);
    return linli_answer(ask, LINLI_GO, "deciding", LINLI_LINE(LINLI_V_RANKED, linli_count(n)), out);
}

static inline linli_status linli_venture_end_deciding(linli_ask *ask, const void *opts,
                                                      const linli_facts *facts, linli_step *out)
{
    static const linli_decision_lines lines = {LINLI_V_UNDECIDED, LINLI_V_DECIDED, LINLI_V_NOTHING};

    return linli_deciding_end(ask, opts, facts, facts->evaluation ? linli_venture_award : NULL, lines, out);
}

static inline linli_status linli_venture_step(linli_ask *ask, const void *opts, const linli_facts *facts,
                                              linli_step *out)
{
    static const linli_grant_end own[] = {{"applying", linli_venture_end_applying},
                                          {"review", linli_venture_end_review},
                                          {"training", linli_venture_end_training},
                                          {"voting", linli_venture_end_voting},
                                          {"pitching", linli_venture_end_pitching},
                                          {"deciding", linli_venture_end_deciding},
                                          {NULL, NULL}};

    return linli_grant_step(ask, opts, facts, own, facts->evaluation ? linli_venture_award : NULL,
                            LINLI_V_NOTHING, out);
}

/* ---- schedule and release ----------------------------------------------- */

static inline linli_status linli_venture_schedule(linli_ask *ask, const void *opts, const linli_facts *facts,
                                                  const linli_award *a, linli_schedule *out)
{
    const linli_venture_options *o = opts;

    (void)facts;
    return linli_schedule_parts(ask, o->tranches, a->amount, out);
}

/* The project ends here: what is asked back, and for how long its body is kept out. */
static inline linli_status linli_venture_stop(linli_ask *ask, const linli_venture_options *o,
                                              const linli_facts *facts, uint64_t bid, linli_line why,
                                              linli_release *out)
{
    linli_money paid = {0}, accepted = {0};
    /* "0m" is an answer: nobody is kept out. */
    linli_period out_for =
        o->exclusion.unit ? o->exclusion : linli_period_or(facts, o->exclusion, "exclusion_breach");

    for (size_t i = 0; i < facts->delivery_count; i++) {
        const linli_delivery *d = &facts->deliveries[i];

        if (d->bid != bid)
            continue;
        paid.minor += d->paid.minor - d->recovered.minor;
        accepted.minor += d->accepted.minor;
    }
    *out = (linli_release){.kind = LINLI_STOP, .exclusion_months = out_for.count};
    if (o->claw_back == LINLI_V_CLAW_ALL)
        out->recovery = paid;
    else if (o->claw_back == LINLI_V_CLAW_UNSPENT && paid.minor > accepted.minor)
        out->recovery.minor = paid.minor - accepted.minor;
    if (!linli_say(ask, &out->why, why))
        return LINLI_NOMEM;
    if (out->recovery.minor && !linli_say(ask, &out->why,
                                          LINLI_LINE(LINLI_V_ASKED_BACK, linli_amount(out->recovery),
                                                     linli_amount(paid), linli_amount(accepted))))
        return LINLI_NOMEM;
    if (out_for.count == 0)
        return LINLI_OK;
    return linli_told(linli_say(ask, &out->why, LINLI_LINE(LINLI_V_KEPT_OUT, linli_count(out_for.count))));
}

/* The mean of what assessors gave for a tranche; false: nothing, or not in range. */
static inline bool linli_venture_score_of(const linli_facts *facts, uint64_t bid, const char *tranche,
                                          linli_points *ret)
{
    int64_t sum = 0, n = 0;

    for (size_t i = 0; i < facts->mark_count; i++) {
        const linli_mark *m = &facts->marks[i];

        if (m->bid == bid && strcmp(m->criterion, "delivery") == 0 && linli_same(m->tranche, tranche)) {
            if (!linli_add(sum, m->value, &sum))
                return false;
            n++;
        }
    }
    return n > 0 && linli_div(sum, n, LINLI_HALF_UP, &ret->micro);
}

/* Did an evaluation of this tranche fail?  The last paper of a rule counts; an office alone fails nobody. */
static inline bool linli_venture_third_party_refused(const linli_facts *facts, const linli_paper_rule *rule,
                                                     uint64_t bid)
{
    const linli_paper *last = NULL;

    for (size_t i = 0; i < facts->paper_count; i++) {
        const linli_paper *p = &facts->papers[i];

        if (p->bid == bid && strcmp(p->rule, rule->code) == 0 && linli_same(p->tranche, rule->tranche) &&
            (!last || p->at.us >= last->at.us))
            last = p;
    }
    return last && last->refused && last->judge != LINLI_OFFICE_CLERK &&
           last->judge != LINLI_OFFICE_APPROVER && last->judge != LINLI_AGENT &&
           last->judge != LINLI_ORGANISATION;
}

/* By its last day: what comes later counts as what never came. */
static inline bool linli_venture_handed_in(const linli_facts *facts, const linli_paper_rule *rule,
                                           uint64_t bid, int32_t last_day)
{
    for (size_t i = 0; i < facts->paper_count; i++) {
        const linli_paper *p = &facts->papers[i];
        int32_t day = 0;

        if (p->bid == bid && p->at.us && strcmp(p->rule, rule->code) == 0 &&
            linli_same(p->tranche, rule->tranche) && linli_day_of(facts->calendar, p->at, &day) &&
            day <= last_day)
            return true;
    }
    return false;
}

/* M_ADMITTED, or why the evaluation this tranche waits for was failed. */
static inline linli_status linli_venture_evaluated(const linli_venture_options *o, const linli_facts *facts,
                                                   uint64_t bid, const linli_part_option *part,
                                                   linli_line *ret)
{
    linli_points score = {0}, needed = {o->pass_score.micro};
    int32_t today = 0;

    *ret = linli_venture_fine;
    if (needed.micro == 0)
        needed.micro = linli_value_or(facts, 0, "grade_pass");
    if (!linli_day_of(facts->calendar, facts->now, &today))
        return LINLI_RANGE;
    for (size_t i = 0; facts->plan && i < facts->plan->paper_count; i++) {
        const linli_paper_rule *rule = &facts->plan->papers[i];

        if (!linli_same(rule->tranche, part->code))
            continue;
        if (linli_venture_third_party_refused(facts, rule, bid))
            *ret = LINLI_LINE(LINLI_V_FAILED_EVALUATION, linli_named(rule->code));
        else if (part->on.day && today > part->on.day && !linli_venture_handed_in(facts, rule, bid, part->on.day))
            *ret = LINLI_LINE(LINLI_V_MISSING, linli_named(rule->code));
    }
    if (ret->message == LINLI_V_ADMITTED && linli_venture_score_of(facts, bid, part->code, &score) &&
        score.micro < needed.micro)
        *ret = LINLI_LINE(LINLI_V_LOW_SCORE, linli_score(score), linli_score(needed));
    return LINLI_OK;
}

static inline linli_status linli_venture_release(linli_ask *ask, const void *opts, const linli_facts *facts,
                                                 const linli_award *a, const linli_tranche *t,
                                                 linli_release *out)
{
    const linli_venture_options *o = opts;
    const linli_part_option *part = linli_part_of(o->tranches, t->code);
    linli_line failed;
    linli_status status;

    if (!part)
        return LINLI_FACTS;
    status = linli_payable(ask, facts, a->bid, part, (linli_line){.message = LINLI_M_HELD}, out);
    if (status != LINLI_OK || out->kind != LINLI_PAY_OUT)
        return status;
    if ((status = linli_venture_evaluated(o, facts, a->bid, part, &failed)) != LINLI_OK)
        return status;
    if (failed.message != LINLI_V_ADMITTED)
        return linli_venture_stop(ask, o, facts, a->bid, failed, out);
    status = linli_evidence(ask, facts, a->bid, t->code, true, out);
    if (status != LINLI_OK || out->kind != LINLI_PAY_OUT)
        return status;
    return linli_pay(ask, facts, a->bid, t, out);
}

/* ---- refuse ------------------------------------------------------------- */

/* Granted less than asked for, and its revised plan not approved yet? */
static inline bool linli_venture_unrevised(const linli_venture_options *o, const linli_facts *facts,
                                           uint64_t bid)
{
    const linli_bid *one = linli_bid_of(facts, bid);
    bool cut = false;

    for (size_t i = 0; i < facts->award_count; i++)
        if (facts->awards[i].bid == bid && facts->awards[i].standing == LINLI_WINNER && one)
            cut = facts->awards[i].amount.minor < one->price.minor;
    for (size_t i = 0; cut && i < facts->paper_count; i++)
        if (facts->papers[i].bid == bid && facts->papers[i].accepted &&
            strcmp(facts->papers[i].rule, "revised_plan") == 0)
            return false;
    return cut && o->revise;
}

static inline linli_status linli_venture_refuse(linli_ask *ask, const void *opts, const linli_facts *facts,
                                                int32_t role, uint64_t actor, int32_t act, uint64_t bid,
                                                linli_verdict *out)
{
    linli_status status;

    switch (act) {
    case LINLI_SUBMIT:
    case LINLI_REPLACE:
        return linli_refuse_late(ask, facts, LINLI_V_CLOSED, out);
    case LINLI_SIGN:
        status = linli_refuse_sign(ask, facts, role, actor, bid, out);
        return status != LINLI_OK || out->yes || !linli_venture_unrevised(opts, facts, bid)
                   ? status
                   : linli_no(ask, (linli_line){.message = LINLI_V_REVISE}, out);
    default:
        return LINLI_OK;
    }
}

/* clang-format off */
/* The answers of the road in a linli_mechanism, all but the plan, which a place may put something around. */
#define LINLI_VENTURE_ANSWERS \
    .takes = LINLI_ORDER, \
    .regimes = 1u << LINLI_GRANTS | 1u << LINLI_CHARITY, \
    .needs = linli_venture_needs, \
    .check = linli_venture_check, \
    .step = linli_venture_step, \
    .admit = linli_venture_admit, \
    .award = linli_venture_award, \
    .schedule = linli_venture_schedule, \
    .release = linli_venture_release, \
    .refuse = linli_venture_refuse
/* clang-format on */

#endif /* LINLI_VENTURE_H */
