/*
 * linli/grant.h - what mechanisms that give money have in common: limits that
 * are given or else the rules', who applies, what was stated, reports, admission
 * one by one, awards down a ranking while there is money, how the phases end.
 * Header only; its lines are the plug-in's own messages.
 */
#ifndef LINLI_GRANT_H
#define LINLI_GRANT_H

#include "linli/kit.h"

/* ---- options ------------------------------------------------------------ */

/* clang-format off */
/* Rows of the members `result_notice` and `tranches` of the struct `options_`. */
#define LINLI_ROW_PUBLICITY(options_) \
    { .name = "result_notice", .type = LINLI_OPT_PERIOD, .offset = offsetof(options_, result_notice), .low = 1, .high = 60, \
      .label = { "公示期", "publicity" }, .help = { "不得短于规则；不填则用规则", "not shorter than the rules say; left out: as the rules say" } }
#define LINLI_ROW_TRANCHES(options_, part_rows) \
    { .name = "tranches", .type = LINLI_OPT_LIST, .required = true, .offset = offsetof(options_, tranches), .low = 1, .high = 12, \
      .item = part_rows, .item_count = LINLI_TRANCHE_ROW_COUNT, .item_size = sizeof(linli_part_option), \
      .label = { "拨款安排", "tranches" }, .help = { "各期比例合计 100%", "the shares add up to 100%" } }
/* clang-format on */

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

/* How long the result is made public before anything is signed. */
static inline linli_window linli_publicity(const linli_facts *facts, linli_period given)
{
    static const linli_ruled_window notice = {
        "result_notice", {"公示期", "publicity"}, LINLI_ANNOUNCED, LINLI_NOTICE_ENDED};

    return linli_granted_window(facts, "publicity", notice, linli_period_or(facts, given, notice.rule));
}

enum { LINLI_GRANT_DUTIES = 3 };

/* What the office owes whoever it grants money; gives how many windows. */
static inline size_t linli_grant_duties(const linli_facts *facts, linli_window *out)
{
    static const linli_ruled_window duties[LINLI_GRANT_DUTIES] = {
        {"sign_window", {"签约期限", "time to sign"}, LINLI_ANNOUNCED, LINLI_SIGNED},
        {"challenge_answer", {"答复异议期限", "time to answer an objection"}, LINLI_OBJECTED, LINLI_RESOLVED},
        {"payment_window", {"拨付期限", "time to pay"}, LINLI_ACCEPTED, LINLI_PAID},
    };

    return linli_duty_windows(facts, duties, LINLI_GRANT_DUTIES, out);
}

/* ---- papers ------------------------------------------------------------- */

/* A report that a tranche waits for. */
typedef struct linli_reporting {
    const char *code;
    linli_text name;
} linli_reporting;

/* One for each tranche that is not simply paid: numbered, of one kind for milestones and of one for the
 * acceptance, which may be the same. */
static inline linli_status linli_plan_reports(linli_ask *ask, linli_list tranches,
                                              const linli_reporting *milestone,
                                              const linli_reporting *acceptance, linli_plan *out)
{
    const linli_part_option *part = tranches.items;
    linli_paper_rule *p = LINLI_NEW(ask, linli_paper_rule, tranches.count);
    size_t n = 0, milestones = 0, last = 0, *count;

    if (!p)
        return LINLI_NOMEM;
    for (size_t i = 0; i < tranches.count; i++) {
        int32_t due = part[i].due + LINLI_ON_SIGNING;
        const linli_reporting *kind = due == LINLI_ON_ACCEPTANCE ? acceptance : milestone;
        const char *code;

        if (due != LINLI_ON_ACCEPTANCE && due != LINLI_ON_MILESTONE)
            continue;
        count = kind == milestone ? &milestones : &last;
        if (!(code = linli_numbered(ask, kind->code, ++*count)))
            return LINLI_NOMEM;
        p[n++] = (linli_paper_rule){.code = code,
                                    .name = kind->name,
                                    .phase = "delivering",
                                    .tranche = part[i].code,
                                    .role = LINLI_ORGANISATION,
                                    .at_least = 1,
                                    .published = true};
    }
    out->papers = p;
    out->paper_count = n;
    return LINLI_OK;
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

/* What a bidder was granted in the other lots. */
static inline linli_money linli_has_elsewhere(const linli_facts *facts, uint64_t bidder)
{
    linli_money sum = {0};

    for (size_t i = 0; i < facts->elsewhere_count; i++)
        if (facts->elsewhere[i].bidder == bidder && facts->elsewhere[i].standing == LINLI_WINNER)
            sum.minor += facts->elsewhere[i].amount.minor;
    return sum;
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

/* The whole answer to admit(). */
static inline linli_status linli_admit_each(linli_ask *ask, const void *opts, const linli_facts *facts,
                                            linli_judge *judge, uint32_t passed, linli_admissions *out)
{
    linli_admission *list = LINLI_NEW(ask, linli_admission, facts->bid_count);
    bool *counts = LINLI_NEW(ask, bool, facts->bid_count);
    linli_each each;

    if (!list || !counts || !linli_by_bid(ask, facts, &each))
        return LINLI_NOMEM;
    *out = (linli_admissions){list, facts->bid_count, 0};
    for (size_t i = 0; i < facts->bid_count; i++) {
        linli_facts own = linli_own(&each, facts->bids[i].key);
        linli_line line = judge(opts, &own, &facts->bids[i]);
        linli_admission *one = &list[linli_place(facts, i)];

        *one = (linli_admission){.bid = facts->bids[i].key, .admitted = line.message == passed};
        if (!linli_say(ask, &one->why, line))
            return LINLI_NOMEM;
        counts[i] = one->admitted;
    }
    return linli_bidders(ask, facts, counts, &out->bidders) ? LINLI_OK : LINLI_NOMEM;
}

/* ---- awards ------------------------------------------------------------- */

/* Down a ranking, best first, and among equals the first drawn. */
typedef struct linli_descent {
    const linli_facts *facts;
    const linli_evaluation *e;
    linli_sort_key *keys; /* rank and place in the draw of each that is ranked */
    size_t count, at, same;
    size_t tied; /* how many share the rank of the one just found, those before it left out */
    bool drawn;  /* a draw between all of them has ordered them */
} linli_descent;

/* The place each of a tie was drawn in; INT64_MAX where no draw was between all of them. */
static inline void linli_order_tied(linli_descent *d, size_t from, size_t to)
{
    const linli_draw *draw = NULL;

    for (size_t k = 0; !draw && k < d->facts->draw_count; k++) {
        draw = &d->facts->draws[k];
        for (size_t i = from; draw && i < to; i++)
            if (!linli_draws_for(draw, "order") ||
                linli_drawn(draw, d->e->items[d->keys[i].at].bid) == INT64_MAX)
                draw = NULL;
    }
    for (size_t i = from; i < to; i++)
        d->keys[i].second = linli_drawn(draw, d->e->items[d->keys[i].at].bid);
}

/* False: no memory. */
static inline bool linli_descend(linli_ask *ask, const linli_facts *facts, linli_descent *out)
{
    size_t to;

    *out = (linli_descent){.facts = facts,
                           .e = facts->evaluation,
                           .keys = LINLI_NEW(ask, linli_sort_key, facts->evaluation->count)};
    if (!out->keys)
        return false;
    for (size_t i = 0; i < out->e->count; i++)
        if (out->e->items[i].standing == LINLI_RANKED)
            out->keys[out->count++] = (linli_sort_key){out->e->items[i].rank, 0, i};
    if (!linli_sort_by(ask, out->keys, out->count))
        return false;
    for (size_t from = 0; from < out->count; from = to) {
        for (to = from + 1; to < out->count && out->keys[to].first == out->keys[from].first;)
            to++;
        if (to - from > 1)
            linli_order_tied(out, from, to);
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
    d->drawn = d->keys[d->at].second != INT64_MAX;
    return (int64_t)d->keys[d->at++].at;
}

/* One draw orders everything that is ranked, so that no second one is needed before others are ranked. */
static inline linli_status linli_ask_order(linli_ask *ask, const linli_descent *d, linli_line why,
                                           linli_awards *out)
{
    linli_draw_request *request = LINLI_NEW(ask, linli_draw_request, 1);
    uint64_t *keys = LINLI_NEW(ask, uint64_t, d->e->count);
    const char *purpose = linli_draw_purpose(ask, d->facts, "order");

    if (!request || !keys || !purpose)
        return LINLI_NOMEM;
    *request = (linli_draw_request){purpose, keys, 0};
    for (size_t i = 0; i < d->e->count; i++)
        if (d->e->items[i].standing == LINLI_RANKED)
            keys[request->count++] = d->e->items[i].bid;
    *out = (linli_awards){.draws = request, .draw_count = 1};
    return linli_told(linli_say(ask, &out->why, why));
}

/* ---- funding: one after the other, while there is money ----------------- */

typedef struct linli_funding {
    linli_ask *ask;
    linli_awards *out;
    linli_award *list;
    linli_money left;
    size_t winners;
} linli_funding;

/* False: no memory. */
static inline bool linli_funding_new(linli_ask *ask, const linli_facts *facts, linli_awards *out,
                                     linli_funding *ret)
{
    *ret = (linli_funding){ask, out, LINLI_NEW(ask, linli_award, facts->bid_count), linli_to_give(facts), 0};
    out->items = ret->list;
    return ret->list != NULL;
}

/* The next one; what a winner gets is gone.  NULL: no memory. */
static inline linli_award *linli_fund(linli_funding *f, const linli_bid *bid, int32_t standing,
                                      linli_money amount, linli_line why)
{
    linli_award *a = &f->list[f->out->count];

    *a = (linli_award){
        .bid = bid->key, .standing = standing, .order = (int32_t)f->out->count + 1, .amount = amount};
    if (!linli_say(f->ask, &a->why, why))
        return NULL;
    f->out->count++;
    if (standing == LINLI_WINNER) {
        f->left.minor -= amount.minor;
        f->winners++;
    }
    return a;
}

/* All were looked at; `nobody` is said where nobody is granted anything. */
static inline linli_status linli_funded(const linli_funding *f, linli_line nobody)
{
    return f->winners ? LINLI_OK : linli_told(linli_say(f->ask, &f->out->why, nobody));
}

/* ---- steps -------------------------------------------------------------- */

typedef linli_status linli_admit_fn(linli_ask *, const void *opts, const linli_facts *, linli_admissions *);
typedef linli_status linli_award_fn(linli_ask *, const void *opts, const linli_facts *, linli_awards *);

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
    int32_t n = 0;

    if (facts->now.us < due.us)
        return linli_answer(ask, LINLI_STAY, NULL, LINLI_LINE(lines[EARLY], linli_instant(due)), out);
    if (!linli_standing(ask, facts, &n))
        return LINLI_NOMEM;
    if (n < needed)
        return linli_grant_fail(ask, LINLI_LINE(lines[FEW], linli_count(n), linli_count(needed)), out);
    return linli_answer(ask, LINLI_GO, next, LINLI_LINE(lines[ENOUGH], linli_count(n)), out);
}

/* The lines of the end of the checks: one is not made yet, so many are left, none passed, so many did. */
typedef struct linli_check_lines {
    uint32_t unchecked, to_check, none_passed, passed;
} linli_check_lines;

/* The end of the checks: all are made, and somebody passed. */
static inline linli_status linli_checks_end(linli_ask *ask, const void *opts, const linli_facts *facts,
                                            linli_admit_fn *admit, linli_check_lines lines, const char *next,
                                            linli_step *out)
{
    linli_admissions admitted = {0};
    linli_status status = admit(ask, opts, facts, &admitted);
    int64_t left = 0;

    if (status != LINLI_OK)
        return status;
    for (size_t i = 0; i < admitted.count; i++)
        left += admitted.items[i].why.items[0].message == lines.unchecked;
    if (left > 0)
        return linli_answer(ask, LINLI_STAY, NULL, LINLI_LINE(lines.to_check, linli_count(left)), out);
    if (admitted.bidders == 0)
        return linli_grant_fail(ask, (linli_line){.message = lines.none_passed}, out);
    return linli_answer(ask, LINLI_GO, next, LINLI_LINE(lines.passed, linli_count(admitted.bidders)), out);
}

/* How many could be granted; `award` NULL: it cannot be asked, and nobody can. */
static inline linli_status linli_grantable(linli_ask *ask, const void *opts, const linli_facts *facts,
                                           linli_award_fn *award, int64_t *ret)
{
    linli_awards awards = {0};
    linli_status status = award ? award(ask, opts, facts, &awards) : LINLI_OK;

    *ret = awards.draw_count > 0;
    for (size_t i = 0; i < awards.count; i++)
        *ret += awards.items[i].standing == LINLI_WINNER;
    return status;
}

/* The lines of the end of the decision: none taken yet, so many are granted, nobody can be. */
typedef struct linli_decision_lines {
    uint32_t undecided, decided, nothing;
} linli_decision_lines;

/* The end of the decision.  Whoever could be granted may have fallen away since, or may not be funded;
 * `award` NULL: it cannot be asked yet. */
static inline linli_status linli_deciding_end(linli_ask *ask, const void *opts, const linli_facts *facts,
                                              linli_award_fn *award, linli_decision_lines lines,
                                              linli_step *out)
{
    int64_t n = linli_winners(facts), could = 0;
    bool asks = n == 0 && award;
    linli_status status = asks ? linli_grantable(ask, opts, facts, award, &could) : LINLI_OK;

    if (status != LINLI_OK)
        return status;
    if (asks && could == 0)
        return linli_grant_fail(ask, (linli_line){.message = lines.nothing}, out);
    return n ? linli_answer(ask, LINLI_GO, "publicity", LINLI_LINE(lines.decided, linli_count(n)), out)
             : linli_answer(ask, LINLI_STAY, NULL, (linli_line){.message = lines.undecided}, out);
}

/* The end of the agreements: each winner signs its own.  Where none is left because all fell away, a
 * reserve waits to be decided on. */
static inline linli_status linli_agreements_end(linli_ask *ask, const void *opts, const linli_facts *facts,
                                                linli_award_fn *award, linli_line nothing, linli_step *out)
{
    int64_t left = 0, could = 0;
    linli_status status = linli_unsigned(ask, facts, &left);

    if (status == LINLI_OK && linli_winners(facts) == 0)
        status = linli_grantable(ask, opts, facts, award, &could);
    if (status != LINLI_OK)
        return status;
    if (linli_winners(facts) == 0 && could == 0)
        return linli_grant_fail(ask, nothing, out);
    left = left ? left : could;
    if (linli_disputed(facts, 0))
        return linli_answer(ask, LINLI_STAY, NULL, (linli_line){.message = LINLI_M_HELD}, out);
    if (left > 0)
        return linli_answer(ask, LINLI_STAY, NULL, LINLI_LINE(LINLI_M_UNSIGNED, linli_count(left)), out);
    return linli_answer(ask, LINLI_GO, "delivering", (linli_line){.message = LINLI_M_SIGNED}, out);
}

/* How a phase of the mechanism's own ends. */
typedef struct linli_grant_end {
    const char *phase;
    linli_status (*end)(linli_ask *, const void *opts, const linli_facts *, linli_step *);
} linli_grant_end;

/* The whole answer to step(): the phases of its own, then publicity, agreements and delivery, which end
 * alike; `award` NULL: none can be asked yet. */
static inline linli_status linli_grant_step(linli_ask *ask, const void *opts, const linli_facts *facts,
                                            const linli_grant_end *own, linli_award_fn *award,
                                            uint32_t nothing, linli_step *out)
{
    for (size_t i = 0; own[i].phase; i++)
        if (linli_same(facts->phase, own[i].phase))
            return own[i].end(ask, opts, facts, out);
    if (linli_same(facts->phase, "publicity"))
        return linli_notice_end(ask, facts, "agreement", out);
    if (linli_same(facts->phase, "agreement"))
        return linli_agreements_end(ask, opts, facts, award, (linli_line){.message = nothing}, out);
    if (linli_same(facts->phase, "delivering"))
        return linli_delivery_end(ask, facts, "closed", out);
    if (!linli_same(facts->phase, "closed") && !linli_same(facts->phase, "void"))
        return LINLI_FACTS;
    out->kind = LINLI_STAY;
    return LINLI_OK;
}

/* The whole answer to release(), where a tranche waits for its date and its evidence alone. */
static inline linli_status linli_release_part(linli_ask *ask, const linli_facts *facts, linli_list tranches,
                                              const linli_award *a, const linli_tranche *t,
                                              linli_release *out)
{
    const linli_part_option *part = linli_part_of(tranches, t->code);
    linli_status status;

    if (!part)
        return LINLI_FACTS;
    status = linli_payable(ask, facts, a->bid, part, (linli_line){.message = LINLI_M_HELD}, out);
    if (status == LINLI_OK && out->kind == LINLI_PAY_OUT)
        status = linli_evidence(ask, facts, a->bid, t->code, true, out);
    return status != LINLI_OK || out->kind != LINLI_PAY_OUT ? status : linli_pay(ask, facts, a->bid, t, out);
}

/* Nothing is handed in after the deadline. */
static inline linli_status linli_refuse_late(linli_ask *ask, const linli_facts *facts, uint32_t closed,
                                             linli_verdict *out)
{
    linli_time due = facts->tender->bids_due;

    return facts->now.us < due.us ? LINLI_OK : linli_no(ask, LINLI_LINE(closed, linli_instant(due)), out);
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
