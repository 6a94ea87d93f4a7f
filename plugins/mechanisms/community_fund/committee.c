/*
 * The road of the committee.  An application is decided when it has come: the office finds whether it is
 * eligible and locks its cost, the members vote on it, the minutes are signed.  Then it is granted, while
 * there is money.  The call stays open until its last day or until its money is spent.
 */
#include "fund.h"

/* ---- the votes and the minutes ---- */

typedef struct votes {
    int64_t yes, no;
} votes;

static votes votes_on(const linli_facts *facts, uint64_t bid)
{
    votes n = {0};

    for (size_t i = 0; i < facts->check_count; i++) {
        const linli_check *c = &facts->checks[i];

        if (c->bid == bid && c->role == LINLI_EVALUATOR && strcmp(c->rule, "approved") == 0)
            c->passed ? n.yes++ : n.no++;
    }
    return n;
}

/* Of those who vote on it; who sits out is not counted. */
static bool carried(const options *o, votes n)
{
    return o->majority == TWO_THIRDS ? n.yes * 3 >= (n.yes + n.no) * 2 : n.yes * 2 > n.yes + n.no;
}

/* The last time this happened to this very bid; 0: never. */
static int64_t when(const linli_facts *facts, int32_t kind, uint64_t bid)
{
    int64_t at = 0;

    for (size_t i = 0; i < facts->event_count; i++)
        if (facts->events[i].kind == kind && facts->events[i].bid == bid && facts->events[i].at.us > at)
            at = facts->events[i].at.us;
    return at;
}

/* Where what is known of a bid stands; 0: about none. */
static size_t slot(const linli_facts *facts, uint64_t bid)
{
    return bid <= facts->bid_count ? (size_t)bid : 0;
}

/* What is known of all applications, by bid. */
typedef struct rolls {
    const options *o;
    linli_each each;
    int64_t *minuted; /* by bid */
    bool *awarded;
} rolls;

/* False: no memory. */
static bool gather(linli_ask *ask, const options *o, const linli_facts *facts, rolls *ret)
{
    size_t n = facts->bid_count + 1;

    *ret = (rolls){.o = o, .minuted = LINLI_NEW(ask, int64_t, n), .awarded = LINLI_NEW(ask, bool, n)};
    if (!ret->minuted || !ret->awarded)
        return false;
    for (size_t i = 0; i < facts->event_count; i++) {
        const linli_event *e = &facts->events[i];
        int64_t *at = &ret->minuted[slot(facts, e->bid)];

        if (e->kind == LINLI_REPORTED && e->bid && e->at.us > *at)
            *at = e->at.us;
    }
    for (size_t i = 0; i < facts->award_count; i++)
        ret->awarded[slot(facts, facts->awards[i].bid)] = true;
    return linli_by_bid(ask, facts, &ret->each);
}

/* Voted on by enough, and minuted. */
static bool decided(const rolls *r, uint64_t bid, votes n)
{
    return n.yes + n.no >= r->o->committee_quorum && r->minuted[slot(&r->each.facts, bid)];
}

/* ---- the money ---- */

static linli_money left_of(const linli_facts *facts)
{
    linli_money left = linli_to_give(facts);

    for (size_t i = 0; i < facts->award_count; i++)
        if (facts->awards[i].standing == LINLI_WINNER)
            left.minor -= facts->awards[i].amount.minor;
    return left;
}

/* Nothing that may be granted fits any more. */
static bool is_spent(const options *o, const linli_facts *facts)
{
    int64_t least = least_of(o, facts).minor;

    return left_of(facts).minor < (least > 0 ? least : 1);
}

/* ---- who is funded ---- */

/* What was granted stays as it is, and comes first; gives the last place. */
static linli_status fund_kept(linli_funding *f, const linli_facts *facts, int32_t *ret_last)
{
    linli_sort_key *by = LINLI_NEW(f->ask, linli_sort_key, facts->award_count);
    size_t n = 0;

    if (!by)
        return LINLI_NOMEM;
    for (size_t i = 0; i < facts->award_count; i++)
        if (facts->awards[i].standing == LINLI_WINNER)
            by[n++] = (linli_sort_key){facts->awards[i].order, (int64_t)facts->awards[i].bid, i};
    if (!linli_sort_by(f->ask, by, n))
        return LINLI_NOMEM;
    for (size_t i = 0; i < n; i++) {
        const linli_award *kept = &facts->awards[by[i].at];
        const linli_bid *bid = linli_bid_of(facts, kept->bid);
        linli_award *a;

        if (!bid)
            return LINLI_FACTS;
        if (linli_fell_away(facts, bid))
            continue;
        if (!(a = linli_fund(f, bid, LINLI_WINNER, kept->amount,
                             LINLI_LINE(M_KEPT, linli_amount(kept->amount)))))
            return LINLI_NOMEM;
        *ret_last = a->order = kept->order;
    }
    return LINLI_OK;
}

/* The bids in the order of their minutes. */
static linli_sort_key *by_minutes(linli_ask *ask, const rolls *r, const linli_facts *facts)
{
    linli_sort_key *by = LINLI_NEW(ask, linli_sort_key, facts->bid_count);

    for (size_t i = 0; by && i < facts->bid_count; i++)
        by[i] = (linli_sort_key){r->minuted[slot(facts, facts->bids[i].key)], facts->bids[i].submitted.us, i};
    return by && linli_sort_by(ask, by, facts->bid_count) ? by : NULL;
}

/* One the committee has decided on. */
static linli_status fund_next(linli_funding *f, const options *o, const linli_bid *bid, votes n,
                              int32_t *last)
{
    linli_line line = not_funded(f, bid, bid->price);
    linli_award *a;

    if (!carried(o, n))
        line = LINLI_LINE(M_REJECTED, linli_of_bid(bid->key), linli_count(n.yes), linli_count(n.no));
    if (line.message != M_FUNDED)
        return linli_told(linli_say(f->ask, &f->out->why, line));
    a = linli_fund(f, bid, LINLI_WINNER, bid->price,
                   LINLI_LINE(M_AGREED, linli_count(n.yes), linli_count(n.no)));
    if (!a)
        return LINLI_NOMEM;
    a->order = ++*last;
    return linli_told(linli_say(f->ask, &a->why, line));
}

linli_status award_agreed(linli_ask *ask, const void *opts, const linli_facts *facts, linli_awards *out)
{
    const options *o = opts;
    const linli_result **results = linli_results(ask, facts);
    linli_sort_key *by;
    linli_funding f;
    rolls r;
    int32_t last = 0;
    linli_status status;

    if (!results || !linli_funding_new(ask, facts, out, &f) || !gather(ask, o, facts, &r) ||
        !(by = by_minutes(ask, &r, facts)))
        return LINLI_NOMEM;
    if ((status = fund_kept(&f, facts, &last)) != LINLI_OK)
        return status;
    for (size_t i = 0; i < facts->bid_count; i++) {
        const linli_bid *bid = &facts->bids[by[i].at];
        linli_facts own = linli_own(&r.each, bid->key);
        votes n = votes_on(&own, bid->key);

        if (r.awarded[slot(facts, bid->key)] || !decided(&r, bid->key, n) ||
            judged(o, &own, bid).message != M_ADMITTED ||
            linli_left_out(facts, results[slot(facts, bid->key)], bid->price))
            continue;
        if ((status = fund_next(&f, o, bid, n, &last)) != LINLI_OK)
            return status;
    }
    return linli_funded(&f, (linli_line){.message = M_NONE});
}

/* ---- how it ends ---- */

/* Is something still to be done about an application: found, voted on, minuted, or granted? */
static bool is_open(const rolls *r, const linli_bid *bid, linli_money left)
{
    linli_facts own = linli_own(&r->each, bid->key);
    uint32_t stands = judged(r->o, &own, bid).message;
    votes n = votes_on(&own, bid->key);

    if (r->awarded[slot(&own, bid->key)] || stands != M_ADMITTED)
        return !r->awarded[slot(&own, bid->key)] && stands == M_UNCHECKED;
    return !decided(r, bid->key, n) || (carried(r->o, n) && !bid->barred && bid->price.minor <= left.minor);
}

/* Its last day has passed and all that came is decided, or nothing is left; whoever was granted has signed.
 */
static linli_status end_rolling(linli_ask *ask, const void *opts, const linli_facts *facts, linli_step *out)
{
    const options *o = opts;
    linli_money left = left_of(facts);
    linli_time due = facts->tender->bids_due;
    bool spent = is_spent(o, facts);
    int64_t open = 0;
    rolls r;

    if (facts->now.us < due.us && !spent)
        return linli_answer(ask, LINLI_STAY, NULL,
                            LINLI_LINE(M_TAKES, linli_instant(due), linli_amount(left)), out);
    if (!gather(ask, o, facts, &r))
        return LINLI_NOMEM;
    for (size_t i = 0; !spent && i < facts->bid_count; i++)
        open += is_open(&r, &facts->bids[i], left);
    if (open > 0)
        return linli_answer(ask, LINLI_STAY, NULL, LINLI_LINE(M_TO_DECIDE, linli_count(open)), out);
    return linli_agreements_end(ask, o, facts, NULL, (linli_line){.message = M_NOTHING}, out);
}

const linli_grant_end committee_ends[] = {{"rolling", end_rolling}, {NULL, NULL}};

/* ---- what may not be done ---- */

/* Was it made public, and for as long as it must be? */
static linli_status made_public(const options *o, const linli_facts *facts, uint64_t bid, bool *ret)
{
    linli_period notice = linli_period_or(facts, o->result_notice, "result_notice");
    int64_t at = when(facts, LINLI_ANNOUNCED, bid);
    int32_t today, from, last;

    *ret = false;
    if (at == 0)
        return LINLI_OK;
    if (!linli_day_of(facts->calendar, facts->now, &today) ||
        !linli_day_of(facts->calendar, (linli_time){at}, &from) ||
        !linli_last_day(facts->calendar, from, notice, LINLI_ROLL_REST, &last))
        return LINLI_RANGE;
    *ret = today > last;
    return LINLI_OK;
}

linli_status refuse_rolling(linli_ask *ask, const options *o, const linli_facts *facts, int32_t act,
                            uint64_t bid, linli_verdict *out)
{
    bool published = true;
    linli_status status = LINLI_OK;

    if ((act == LINLI_SUBMIT || act == LINLI_REPLACE) && is_spent(o, facts))
        return linli_no(ask, (linli_line){.message = M_NO_MONEY}, out);
    if (act == LINLI_CHECK && bid && when(facts, LINLI_REPORTED, bid))
        return linli_no(ask, (linli_line){.message = M_MINUTED}, out);
    if (act == LINLI_SIGN && bid && linli_wins(facts, bid, 0))
        status = made_public(o, facts, bid, &published);
    return status != LINLI_OK || published ? status
                                           : linli_no(ask, (linli_line){.message = M_NOT_MADE_PUBLIC}, out);
}
