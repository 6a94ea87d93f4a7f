/* The road of the vote: how its phases end, and who is funded. */
#include "fund.h"

/* ---- how its phases end ---- */

static linli_status end_proposing(linli_ask *ask, const void *opts, const linli_facts *facts, linli_step *out)
{
    static const uint32_t lines[] = {M_EARLY, M_FEW_PROPOSALS, M_PROPOSALS};
    const options *o = opts;

    return linli_call_end(ask, facts, "checking", o->proposals_min, lines, out);
}

static linli_status end_checking(linli_ask *ask, const void *opts, const linli_facts *facts, linli_step *out)
{
    static const linli_check_lines lines = {M_UNCHECKED, M_TO_CHECK, M_NONE_PASSED, M_PASSED};

    return linli_checks_end(ask, opts, facts, admit, lines, "voting", out);
}

static bool extended(const linli_facts *facts)
{
    const linli_event *e = linli_event_of(facts, LINLI_EXTENDED, 0);

    return e && e->at.us >= facts->phase_since.us;
}

/* Too few voters: once more time, then the end. */
static linli_status end_voting(linli_ask *ask, const void *opts, const linli_facts *facts, linli_step *out)
{
    const options *o = opts;
    int64_t n = (int64_t)facts->ballot_count;
    linli_line few = LINLI_LINE(M_FEW_VOTERS, linli_count(n), linli_count(o->turnout));

    if (facts->phase_due.us == 0 || facts->now.us < facts->phase_due.us)
        return linli_answer(ask, LINLI_STAY, NULL, (linli_line){.message = M_VOTE_RUNS}, out);
    if (n >= o->turnout)
        return linli_answer(ask, LINLI_GO, "counting", LINLI_LINE(M_VOTERS, linli_count(n)), out);
    if (o->extend.count == 0 || extended(facts))
        return linli_grant_fail(ask, few, out);
    *out = (linli_step){.kind = LINLI_EXTEND, .extend = o->extend};
    return linli_told(linli_say(ask, &out->why, few) &&
                      linli_say(ask, &out->why, (linli_line){.message = M_EXTENDED}));
}

static linli_status end_counting(linli_ask *ask, const void *opts, const linli_facts *facts, linli_step *out)
{
    const linli_evaluation *e = facts->evaluation;
    int64_t n = 0;

    (void)opts;
    if (!e || e->draw_count > 0)
        return linli_answer(ask, LINLI_STAY, NULL, (linli_line){.message = M_TO_COUNT}, out);
    for (size_t i = 0; i < e->count; i++)
        n += e->kind == LINLI_SET ? e->items[i].grant.minor > 0 : e->items[i].standing == LINLI_RANKED;
    if (n == 0)
        return linli_grant_fail(ask, (linli_line){.message = M_NOTHING}, out);
    return linli_answer(ask, LINLI_GO, "deciding", LINLI_LINE(M_CHOSEN, linli_count(n)), out);
}

static linli_status end_deciding(linli_ask *ask, const void *opts, const linli_facts *facts, linli_step *out)
{
    static const linli_decision_lines lines = {M_UNDECIDED, M_DECIDED, M_NOTHING};

    return linli_deciding_end(ask, opts, facts, facts->evaluation ? award_voted : NULL, lines, out);
}

const linli_grant_end vote_ends[] = {{"proposing", end_proposing}, {"checking", end_checking},
                                     {"voting", end_voting},       {"counting", end_counting},
                                     {"deciding", end_deciding},   {NULL, NULL}};

/* ---- who is funded ---- */

static linli_status pass_on_draws(linli_ask *ask, const linli_evaluation *e, linli_awards *out)
{
    out->draws = e->draws;
    out->draw_count = e->draw_count;
    return linli_told(linli_say(ask, &out->why, LINLI_LINE(M_TIED, linli_count(1))));
}

/* Was the set chosen within the budget? */
static bool within_budget(const linli_facts *facts)
{
    const linli_evaluation *e = facts->evaluation;
    int64_t sum = 0;

    for (size_t i = 0; i < e->count; i++)
        if (e->items[i].grant.minor < 0 || !linli_add(sum, e->items[i].grant.minor, &sum))
            return false;
    return sum <= facts->tender->budget.minor;
}

/* A set: each chosen project gets what the scheme granted, while the other lots have left enough. */
static linli_status award_set(linli_ask *ask, const linli_facts *facts, linli_awards *out)
{
    const linli_result **results = linli_results(ask, facts);
    const linli_bid **order = linli_in_order(ask, facts);
    linli_funding f;

    if (!within_budget(facts))
        return LINLI_FACTS;
    if (!results || !order || !linli_funding_new(ask, facts, out, &f))
        return LINLI_NOMEM;
    for (size_t i = 0; i < facts->bid_count; i++) {
        const linli_bid *bid = order[i];
        const linli_result *r = results[bid->key <= facts->bid_count ? bid->key : 0];
        linli_line line;

        if (!r || r->grant.minor == 0 || linli_fell_away(facts, bid))
            continue;
        line = not_funded(&f, bid, r->grant);
        if (line.message != M_FUNDED ? !linli_say(ask, &out->why, line)
                                     : !linli_fund(&f, bid, LINLI_WINNER, r->grant, line))
            return LINLI_NOMEM;
    }
    return linli_funded(&f, (linli_line){.message = M_NONE});
}

/* The next of a ranking: funded where it still fits. */
static linli_status award_next(linli_funding *f, const linli_descent *d, const linli_result *r,
                               const linli_bid *bid)
{
    linli_line line = not_funded(f, bid, bid->price);
    linli_award *a;

    if (line.message != M_FUNDED)
        return linli_told(linli_say(f->ask, &f->out->why, line));
    a = linli_fund(f, bid, LINLI_WINNER, bid->price,
                   LINLI_LINE(M_FITS, linli_count(r->rank), linli_amount(bid->price), linli_amount(f->left)));
    return linli_told(a && (d->tied == 1 || linli_say(f->ask, &a->why, (linli_line){.message = M_DRAWN})));
}

/* A ranking: from the top, whatever still fits. */
static linli_status award_order(linli_ask *ask, const linli_facts *facts, linli_awards *out)
{
    linli_descent d;
    linli_funding f;

    if (!linli_funding_new(ask, facts, out, &f) || !linli_descend(ask, facts, &d))
        return LINLI_NOMEM;
    for (int64_t i; (i = linli_next_best(&d)) >= 0;) {
        const linli_result *r = &d.e->items[i];
        const linli_bid *bid = linli_bid_of(facts, r->bid);
        linli_status status;

        if (!bid)
            return LINLI_FACTS;
        if (linli_fell_away(facts, bid))
            continue;
        if (d.tied > 1 && !d.drawn)
            return linli_ask_order(ask, &d, LINLI_LINE(M_TIED, linli_count(r->rank)), out);
        if ((status = award_next(&f, &d, r, bid)) != LINLI_OK)
            return status;
    }
    return linli_funded(&f, (linli_line){.message = M_NONE});
}

linli_status award_voted(linli_ask *ask, const void *opts, const linli_facts *facts, linli_awards *out)
{
    const linli_evaluation *e = facts->evaluation;

    (void)opts;
    if (!e)
        return LINLI_FACTS;
    if (e->draw_count > 0)
        return pass_on_draws(ask, e, out);
    return e->kind == LINLI_SET ? award_set(ask, facts, out) : award_order(ask, facts, out);
}

/* ---- what may not be voted on ---- */

linli_status refuse_vote(linli_ask *ask, const options *o, const linli_facts *facts, uint64_t bid,
                         linli_verdict *out)
{
    const linli_bid *on = bid ? linli_bid_of(facts, bid) : NULL;

    if (facts->phase_due.us != 0 && facts->now.us >= facts->phase_due.us)
        return linli_no(ask, LINLI_LINE(M_VOTE_OVER, linli_instant(facts->phase_due)), out);
    if (bid && (!on || judged(o, facts, on).message != M_ADMITTED))
        return linli_no(ask, (linli_line){.message = M_NOT_ON_BALLOT}, out);
    return LINLI_OK;
}
