/*
 * linli/road_plan.h - the second part of linli/road.h: the tables of a mechanism, what is wrong with its
 * options, and the plan made of both.
 */
#ifndef LINLI_ROAD_PLAN_H
#define LINLI_ROAD_PLAN_H

#include "linli/road_terms.h"

/* ---- the tables of a mechanism ------------------------------------------- */

/* A span whose numbers are a rule's, or the option's where it is stricter. */
typedef struct linli_span {
    const char *code, *rule;
    linli_text name;
    int32_t from, until;
    bool least, most;
    int32_t roll;
} linli_span;

/* A way on after a failure; `left` > 0: only where exactly so many are left. */
typedef struct linli_road_way {
    linli_way way;
    int64_t left;
} linli_road_way;

/* Everything a rule is asked about. */
typedef struct linli_lot {
    const struct linli_road *road;
    const linli_purchase *o;
    const linli_facts *facts;
    int32_t last_round; /* the highest of any offer, where it is known */
} linli_lot;

/* What happens at the end of a phase. */
typedef linli_status linli_phase_end(linli_ask *ask, const linli_lot *l, linli_step *out);
typedef struct linli_end {
    const char *phase;
    linli_phase_end *end;
} linli_end;

/* Phases from which something can be read: all bids by the office, by the panel,
 * marks, the result by everybody. */
typedef struct linli_moments {
    const char *office, *panel, *decided, *noticed;
    bool read_out; /* bidders hear each other's prices when they are opened */
} linli_moments;

typedef struct linli_road {
    int32_t entry, sealing, contract;
    const linli_phase *phases;
    size_t phase_count;
    const linli_end *ends;
    size_t end_count;
    const linli_span *spans;
    size_t span_count;
    const char *const *gates; /* phases that need so many at their end; NULL-ended */
    const char *price;        /* code of the priced field */
    const char *ceiling_from; /* the phase from which a price over the ceiling counts against a bid; NULL: ever */
    linli_text price_name;
    const linli_check_rule *checks;
    size_t check_count;
    const char *const *advisory;                               /* checks that put nobody out; NULL-ended */
    const char *qualify, *qualify_law, *conform, *conform_law; /* where the office's own are checked */
    int32_t qualifier;                                         /* who checks the qualification */
    const linli_paper_rule *papers;                            /* besides the evidence */
    size_t paper_count;
    linli_moments moments;
    const char *panel_size, *panel_size_large, *large; /* rule codes; NULL: no panel */
    const linli_road_way *ways, *own_ways;             /* in statutory procurement; else */
    size_t way_count, own_way_count;
    /* The rule that says how many are needed at the end of a phase. */
    const char *(*gate_rule)(const linli_lot *l, const char *phase);
    /* The rule that says by how much a contract may grow; NULL: supplement_max. */
    const char *(*growth_rule)(const linli_lot *l);
    /* Further findings about the options; NULL: none. */
    void (*check)(const linli_lot *l, linli_report *r);
    /* What else is wrong with a bid; LINLI_M_ADMITTED: nothing.  NULL: nothing ever. */
    linli_line (*judge)(const linli_lot *l, const linli_bid *bid);
    /* Who is awarded, where it is not by the rank of an evaluation.  NULL: by rank. */
    linli_status (*award)(linli_ask *ask, const linli_lot *l, linli_awards *out);
    /* The last word on the plan.  NULL: none. */
    linli_status (*plan)(linli_ask *ask, const linli_lot *l, linli_plan *plan);
} linli_road;

static inline bool linli_statutory(const linli_facts *facts)
{
    return facts->tender->regime == LINLI_STATUTORY;
}

/* ---- check -------------------------------------------------------------- */

enum { LINLI_ROAD_FINDINGS = 200 };

/* The option may be stricter than the rule, never laxer. */
static inline void linli_find_period(linli_report *r, const linli_facts *facts, const char *path,
                                     linli_period given, const char *code)
{
    const linli_rule *rule = linli_rule_of(facts, code);

    if (given.count == 0 || !rule || rule->period.count == 0)
        return;
    if (given.unit != rule->period.unit)
        linli_find(r, path, LINLI_LINE(LINLI_M_UNIT, linli_ruled(code)));
    else if (given.count < rule->period.count)
        linli_find(r, path, LINLI_LINE(LINLI_M_BELOW_RULE, linli_ruled(code)));
}

static inline void linli_find_rate(linli_report *r, const linli_facts *facts, const char *path,
                                   linli_rate given, const char *code)
{
    const linli_rule *rule = linli_rule_of(facts, code);

    if (rule && given.ppm > rule->value)
        linli_find(r, path, LINLI_LINE(LINLI_M_ABOVE_RULE, linli_percent(given), linli_ruled(code)));
}

/* The rule of the panel's size for this purchase; NULL: the rules have none. */
static inline const linli_rule *linli_panel_rule(const linli_lot *l)
{
    const linli_rule *large = l->road->large ? linli_rule_of(l->facts, l->road->large) : NULL;
    bool big = l->o->panel_large || (large && l->facts->tender->budget.minor >= large->value);
    const linli_rule *rule;

    if (!l->road->panel_size)
        return NULL;
    rule = linli_rule_of(l->facts, big ? l->road->panel_size_large : l->road->panel_size);
    return rule ? rule : linli_rule_of(l->facts, l->road->panel_size);
}

static inline void linli_find_panel(const linli_lot *l, linli_report *r)
{
    const linli_purchase *o = l->o;
    const linli_rule *size = linli_panel_rule(l);
    int64_t members = o->panel_members ? o->panel_members : size ? size->value : 0;
    int64_t needed = linli_experts_needed(l->facts, members);

    if (o->panel_members && o->panel_members % 2 == 0)
        linli_find(r, "/panel_members", LINLI_LINE(LINLI_M_EVEN, linli_count(o->panel_members)));
    if (o->panel_members && size && o->panel_members < size->value)
        linli_find(r, "/panel_members",
                   LINLI_LINE(LINLI_M_SMALL, linli_count(o->panel_members), linli_ruled(size->code)));
    if (o->panel_experts && (o->panel_experts < needed || o->panel_experts > members))
        linli_find(r, "/panel_experts",
                   LINLI_LINE(LINLI_M_EXPERTS, linli_count(o->panel_experts), linli_count(members),
                              linli_count(needed)));
}

/* From the open tender threshold on an approval comes first. */
static inline void linli_find_approval(const linli_lot *l, const char *approval, linli_report *r)
{
    const linli_rule *threshold = linli_rule_of(l->facts, "threshold_open_tender");

    if (linli_statutory(l->facts) && threshold && l->facts->tender->budget.minor >= threshold->value &&
        !approval)
        linli_find(r, "/approval",
                   LINLI_LINE(LINLI_M_APPROVAL, linli_amount(l->facts->tender->budget),
                              linli_ruled("threshold_open_tender")));
}

/* From the purchase threshold on it is statutory procurement ("以上" includes the number). */
static inline void linli_find_statutory(const linli_lot *l, linli_report *r)
{
    const linli_rule *threshold = linli_rule_of(l->facts, "threshold_purchase");
    linli_money budget = l->facts->tender->budget;

    if (l->facts->tender->regime == LINLI_SUB_THRESHOLD && threshold && budget.minor >= threshold->value)
        linli_find(r, "",
                   LINLI_LINE(LINLI_M_STATUTORY, linli_amount(budget), linli_ruled("threshold_purchase")));
}

static inline void linli_find_term(const linli_lot *l, linli_report *r)
{
    const linli_purchase *o = l->o;
    const linli_rule *rule = linli_rule_of(l->facts, "service_term_max");

    if (o->term_from.day == 0 || o->term_until.day == 0)
        return;
    if (o->term_until.day < o->term_from.day)
        linli_find(r, "/term_until", (linli_line){.message = LINLI_M_TERM_ORDER});
    else if (l->facts->tender->category == LINLI_SERVICES && rule && rule->period.unit == LINLI_MONTHS &&
             o->term_until.day >= linli_months_later(o->term_from.day, rule->period.count))
        linli_find(r, "/term_until", LINLI_LINE(LINLI_M_TERM, linli_ruled("service_term_max")));
}

static inline bool linli_code_reserved(const linli_road *road, const char *code)
{
    if (strcmp(road->price, code) == 0 || strcmp("price_explained", code) == 0)
        return true;
    for (size_t i = 0; i < road->check_count; i++)
        if (strcmp(road->checks[i].code, code) == 0)
            return true;
    return false;
}

static inline void linli_find_codes(const linli_lot *l, linli_report *r)
{
    const linli_named_option *q = (const linli_named_option *)l->o->qualifications.items;
    const linli_named_option *s = (const linli_named_option *)l->o->requirements.items;
    const linli_field_option *f = (const linli_field_option *)l->o->fields.items;
    size_t nq = l->o->qualifications.count, total = nq + l->o->requirements.count;

    for (size_t i = 0; i < total; i++) {
        const char *code = i < nq ? q[i].code : s[i - nq].code;
        bool taken = linli_code_reserved(l->road, code);

        for (size_t j = 0; j < i; j++)
            taken |= strcmp(code, j < nq ? q[j].code : s[j - nq].code) == 0;
        if (taken)
            linli_find(r, "/requirements", LINLI_LINE(LINLI_M_CODE_TWICE, linli_named(code)));
    }
    for (size_t i = 0; i < l->o->fields.count; i++) {
        bool taken = linli_code_reserved(l->road, f[i].code);

        for (size_t j = 0; j < i; j++)
            taken |= strcmp(f[i].code, f[j].code) == 0;
        if (taken)
            linli_find(r, "/fields", LINLI_LINE(LINLI_M_CODE_TWICE, linli_named(f[i].code)));
    }
}

static inline const char *linli_growth_rule(const linli_lot *l)
{
    return l->road->growth_rule ? l->road->growth_rule(l) : "supplement_max";
}

static inline linli_status linli_road_check(linli_ask *ask, const linli_lot *l, linli_findings *out)
{
    const linli_purchase *o = l->o;
    const char *gate = l->road->gate_rule(l, NULL);
    const linli_rule *bidders = linli_rule_of(l->facts, gate);
    bool law = linli_statutory(l->facts);
    linli_report r;

    if (!linli_report_new(ask, LINLI_ROAD_FINDINGS, &r))
        return LINLI_NOMEM;
    for (size_t i = 0; i < l->road->span_count; i++)
        if (strcmp(l->road->spans[i].code, "bid_window") == 0)
            linli_find_period(&r, l->facts, "/bid_window", o->bid_window, l->road->spans[i].rule);
    linli_find_period(&r, l->facts, "/result_notice", o->result_notice, "result_notice");
    if (o->bidders_min && bidders && o->bidders_min < bidders->value)
        linli_find(&r, "/bidders_min", LINLI_LINE(LINLI_M_BELOW_RULE, linli_ruled(gate)));
    linli_find_rate(&r, l->facts, "/bid_bond", o->bid_bond, "bid_bond_max");
    linli_find_rate(&r, l->facts, "/performance_bond", o->performance_bond, "performance_bond_max");
    if (o->extra_given)
        linli_find_rate(&r, l->facts, "/extra", o->extra, linli_growth_rule(l));
    linli_find_panel(l, &r);
    linli_find_statutory(l, &r);
    linli_find_term(l, &r);
    linli_find_tranches(&r, o->tranches);
    linli_find_codes(l, &r);
    if (law && o->below == LINLI_ASKS_BELOW)
        linli_find(&r, "/below", LINLI_LINE(LINLI_M_ASK_P1, linli_ruled(gate)));
    if (law && o->show_marks)
        linli_find(&r, "/show_marks", (linli_line){.message = LINLI_M_MARKS_P1});
    if (law && l->facts->tender->category == LINLI_WORKS)
        linli_find(&r, "", (linli_line){.message = LINLI_M_WORKS});
    if (l->road->check)
        l->road->check(l, &r);
    *out = linli_found_all(&r);
    return LINLI_OK;
}

/* ---- plan --------------------------------------------------------------- */

/* clang-format off */
#define LINLI_CAN(act)   LINLI_MAY(LINLI_##act)
#define LINLI_READS      LINLI_CAN(READ_TENDER)
#define LINLI_SEES       (LINLI_READS | LINLI_CAN(READ_BIDS))
/* Those who only ever read the call and the result. */
#define LINLI_READERS                                                                             \
    [LINLI_PUBLIC] = LINLI_READS, [LINLI_RESIDENT] = LINLI_READS, [LINLI_OPERATOR] = LINLI_READS, \
    [LINLI_SUPERVISOR] = LINLI_READS, [LINLI_ADMINISTRATOR] = LINLI_READS
#define LINLI_ASKS (LINLI_READS | LINLI_CAN(QUESTION) | LINLI_CAN(OBJECT))

/* The phases from the evaluation on are the same on every road of this kind. */
#define LINLI_PHASE_SCORING(zh, en) \
    { "scoring", { zh, en }, LINLI_EVALUATING, LINLI_ENDS_WHEN_DONE, \
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_SEES, [LINLI_ASSESSOR] = LINLI_READS, \
        [LINLI_EVALUATOR]       = LINLI_SEES | LINLI_CAN(MARK) | LINLI_CAN(CLARIFY) | LINLI_CAN(REPORT), \
        [LINLI_ORGANISATION]    = LINLI_ASKS | LINLI_CAN(ANSWER), \
        [LINLI_OFFICE_CLERK]    = LINLI_SEES | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE), \
        [LINLI_OFFICE_APPROVER] = LINLI_SEES | LINLI_CAN(APPROVE) | LINLI_CAN(CANCEL), \
        [LINLI_AGENT]           = LINLI_SEES | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE) }, \
      "deciding", "void", NULL }
#define LINLI_PHASE_DECIDING(zh, en) LINLI_PHASE_DECIDING_TO(zh, en, "notice")
#define LINLI_PHASE_DECIDING_TO(zh, en, next) \
    { "deciding", { zh, en }, LINLI_DECIDING, LINLI_ENDS_BY_ACT, \
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_SEES, [LINLI_ASSESSOR] = LINLI_READS, [LINLI_EVALUATOR] = LINLI_SEES, \
        [LINLI_ORGANISATION]    = LINLI_ASKS, \
        [LINLI_OFFICE_CLERK]    = LINLI_SEES | LINLI_CAN(DRAW) | LINLI_CAN(ANNOUNCE) | LINLI_CAN(RESOLVE), \
        [LINLI_OFFICE_APPROVER] = LINLI_SEES | LINLI_CAN(CHOOSE) | LINLI_CAN(APPROVE) | LINLI_CAN(ANNOUNCE) | \
                                  LINLI_CAN(ADVANCE) | LINLI_CAN(CANCEL), \
        [LINLI_AGENT]           = LINLI_SEES | LINLI_CAN(DRAW) | LINLI_CAN(ANNOUNCE) | LINLI_CAN(RESOLVE) }, \
      next, "void", NULL }
#define LINLI_PHASE_NOTICE \
    { "notice", { "结果公告", "result notice" }, LINLI_NOTICE, LINLI_ENDS_AT_DUE, \
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_SEES, [LINLI_ASSESSOR] = LINLI_READS, [LINLI_EVALUATOR] = LINLI_READS, \
        [LINLI_ORGANISATION]    = LINLI_ASKS, \
        [LINLI_OFFICE_CLERK]    = LINLI_SEES | LINLI_CAN(ANSWER) | LINLI_CAN(ANNOUNCE) | LINLI_CAN(RESOLVE), \
        [LINLI_OFFICE_APPROVER] = LINLI_SEES | LINLI_CAN(APPROVE) | LINLI_CAN(ANNOUNCE) | LINLI_CAN(RESOLVE), \
        [LINLI_AGENT]           = LINLI_SEES | LINLI_CAN(ANSWER) | LINLI_CAN(ANNOUNCE) | LINLI_CAN(RESOLVE), \
        [LINLI_CLOCK]           = LINLI_CAN(ADVANCE) }, \
      "contracting", "void", "result_notice" }
#define LINLI_PHASE_CONTRACTING LINLI_PHASE_CONTRACTING_TO("签订合同", "contracting", "delivering")
#define LINLI_PHASE_CONTRACTING_TO(zh, en, next) \
    { "contracting", { zh, en }, LINLI_CONTRACTING, LINLI_ENDS_WHEN_DONE, \
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_SEES, [LINLI_ASSESSOR] = LINLI_READS, [LINLI_EVALUATOR] = LINLI_READS, \
        [LINLI_ORGANISATION]    = LINLI_ASKS | LINLI_CAN(SIGN) | LINLI_CAN(WITHDRAW), \
        [LINLI_OFFICE_CLERK]    = LINLI_SEES | LINLI_CAN(ANSWER) | LINLI_CAN(RESOLVE) | LINLI_CAN(SIGN), \
        [LINLI_OFFICE_APPROVER] = LINLI_SEES | LINLI_CAN(APPROVE) | LINLI_CAN(RESOLVE) | LINLI_CAN(CHOOSE) | \
                                  LINLI_CAN(SIGN) | LINLI_CAN(CANCEL), \
        [LINLI_AGENT]           = LINLI_SEES | LINLI_CAN(ANSWER) | LINLI_CAN(RESOLVE) }, \
      next, "void", NULL }
#define LINLI_PHASE_DELIVERING \
    { "delivering", { "履约与支付", "delivery and payment" }, LINLI_DELIVERING, LINLI_ENDS_WHEN_DONE, \
      { [LINLI_PUBLIC] = LINLI_READS, [LINLI_OPERATOR] = LINLI_READS, [LINLI_SUPERVISOR] = LINLI_READS, \
        [LINLI_ADMINISTRATOR] = LINLI_READS, [LINLI_AUDITOR] = LINLI_SEES, [LINLI_EVALUATOR] = LINLI_READS, \
        [LINLI_RESIDENT]        = LINLI_READS | LINLI_CAN(ACCEPT), \
        [LINLI_ASSESSOR]        = LINLI_SEES | LINLI_CAN(ACCEPT) | LINLI_CAN(MARK), \
        [LINLI_ORGANISATION]    = LINLI_ASKS | LINLI_CAN(DELIVER), \
        [LINLI_OFFICE_CLERK]    = LINLI_SEES | LINLI_CAN(ANSWER) | LINLI_CAN(RESOLVE) | LINLI_CAN(ACCEPT) | \
                                  LINLI_CAN(MARK) | LINLI_CAN(PAY), \
        [LINLI_OFFICE_APPROVER] = LINLI_SEES | LINLI_CAN(APPROVE) | LINLI_CAN(RESOLVE) | LINLI_CAN(ACCEPT) | \
                                  LINLI_CAN(PAY), \
        [LINLI_AGENT]           = LINLI_READS }, \
      "closed", "closed", NULL }
#define LINLI_PHASE_CLOSED \
    { "closed", { "完成", "closed" }, LINLI_CLOSED, LINLI_NEVER_ENDS, \
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_SEES, [LINLI_ASSESSOR] = LINLI_READS, [LINLI_EVALUATOR] = LINLI_READS, \
        [LINLI_ORGANISATION] = LINLI_READS, [LINLI_OFFICE_CLERK] = LINLI_SEES, [LINLI_OFFICE_APPROVER] = LINLI_SEES, \
        [LINLI_AGENT] = LINLI_READS }, \
      NULL, NULL, NULL }
#define LINLI_PHASE_VOID(zh) \
    { "void", { zh, "void" }, LINLI_VOID, LINLI_NEVER_ENDS, \
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_SEES, [LINLI_ASSESSOR] = LINLI_READS, [LINLI_EVALUATOR] = LINLI_READS, \
        [LINLI_ORGANISATION] = LINLI_READS, [LINLI_OFFICE_CLERK] = LINLI_READS, [LINLI_OFFICE_APPROVER] = LINLI_READS, \
        [LINLI_AGENT] = LINLI_READS }, \
      NULL, NULL, NULL }

/* From the evaluation to the payment.  The objector's days move past a day off,
 * the office's own duties do not lean on that. */
#define LINLI_SPANS_AFTER \
    { "report_window", "report_window", { "送交评审报告期限", "time to hand in the report" }, LINLI_EVALUATED, LINLI_REPORTED, false, true, LINLI_ROLL_HOLIDAY }, \
    LINLI_SPANS_DECIDED
#define LINLI_SPANS_DECIDED \
    { "decide_window", "decide_window", { "确定" ZH_WON "人期限", "time to fix the winner" }, LINLI_EVALUATED, LINLI_DECIDED, false, true, LINLI_ROLL_HOLIDAY }, \
    { "announce_window", "announce_window", { "公告结果期限", "time to announce" }, LINLI_DECIDED, LINLI_ANNOUNCED, false, true, LINLI_ROLL_HOLIDAY }, \
    LINLI_SPANS_NOTICE, LINLI_SPANS_SIGNING
#define LINLI_SPANS_NOTICE \
    { "result_notice", "result_notice", { "结果公告期限", "result notice" }, LINLI_ANNOUNCED, LINLI_NOTICE_ENDED, true, true, LINLI_ROLL_HOLIDAY }, \
    { "challenge_window", "challenge_window", { "质疑期限", "time to object to the result" }, LINLI_NOTICE_ENDED, LINLI_OBJECTED, false, true, LINLI_ROLL_REST }
#define LINLI_SPANS_ANSWER \
    { "challenge_answer", "challenge_answer", { "答复期限", "time to answer an objection" }, LINLI_OBJECTED, LINLI_RESOLVED, false, true, LINLI_ROLL_HOLIDAY }
#define LINLI_SPANS_SIGNING \
    LINLI_SPANS_ANSWER, \
    { "sign_window", "sign_window", { "签约期限", "time to sign" }, LINLI_ANNOUNCED, LINLI_SIGNED, false, true, LINLI_ROLL_HOLIDAY }, \
    { "payment_window", "payment_window", { "付款期限（自收到发票之日起）", "time to pay, from the invoice" }, LINLI_ACCEPTED, LINLI_PAID, false, true, LINLI_ROLL_HOLIDAY }
/* clang-format on */

static inline linli_status linli_plan_windows(linli_ask *ask, const linli_lot *l, linli_plan *out)
{
    linli_window *w = LINLI_NEW(ask, linli_window, l->road->span_count);
    size_t n = 0;

    if (!w)
        return LINLI_NOMEM;
    for (size_t i = 0; i < l->road->span_count; i++) {
        const linli_span *s = &l->road->spans[i];
        const linli_rule *rule = linli_rule_of(l->facts, s->rule);
        linli_period p = rule ? rule->period : (linli_period){0, 0};

        if (strcmp(s->code, "bid_window") == 0 && l->o->bid_window.count)
            p = l->o->bid_window;
        if (strcmp(s->code, "result_notice") == 0 && l->o->result_notice.count)
            p = l->o->result_notice;
        if (p.count == 0)
            continue;
        w[n++] = (linli_window){.code = s->code,
                                .name = s->name,
                                .from = s->from,
                                .until = s->until,
                                .least = s->least ? p : (linli_period){0, 0},
                                .most = s->most ? p : (linli_period){0, 0},
                                .roll = s->roll,
                                .source = rule ? rule->source : NULL};
    }
    out->windows = w;
    out->window_count = n;
    return LINLI_OK;
}

static inline int64_t linli_bidders_needed(const linli_lot *l, const char *phase)
{
    const linli_rule *rule = linli_rule_of(l->facts, l->road->gate_rule(l, phase));
    int64_t least = rule ? rule->value : 1;

    return l->o->bidders_min > least ? l->o->bidders_min : least;
}

static inline const linli_phase *linli_phase_of(const linli_road *road, const char *code)
{
    size_t i = linli_phase_index(road->phases, road->phase_count, code);

    return i < road->phase_count ? &road->phases[i] : NULL;
}

/* The phase the lot is in, as its own plan has it. */
static inline const linli_phase *linli_here(const linli_lot *l)
{
    const linli_plan *p = l->facts->plan;
    size_t i = p ? linli_phase_index(p->phases, p->phase_count, l->facts->phase) : 0;

    return p && i < p->phase_count ? &p->phases[i] : linli_phase_of(l->road, l->facts->phase);
}

static inline linli_status linli_plan_quorums(linli_ask *ask, const linli_lot *l, linli_plan *out)
{
    size_t n = 0;
    linli_quorum *q;

    while (l->road->gates[n])
        n++;
    if (!(q = LINLI_NEW(ask, linli_quorum, n)))
        return LINLI_NOMEM;
    for (size_t i = 0; i < n; i++) {
        const linli_phase *phase = linli_phase_of(l->road, l->road->gates[i]);
        const linli_rule *rule = linli_rule_of(l->facts, l->road->gate_rule(l, l->road->gates[i]));
        bool tendering = phase && phase->kind == LINLI_TENDERING;

        q[i] = (linli_quorum){.phase = l->road->gates[i],
                              .counts = tendering ? LINLI_COUNT_BIDDERS : LINLI_COUNT_ADMITTED,
                              .at_least = (int32_t)linli_bidders_needed(l, l->road->gates[i]),
                              .below = l->o->below == LINLI_ASKS_BELOW ? LINLI_BELOW_ASK : LINLI_BELOW_FAIL,
                              .otherwise = "void",
                              .source = rule ? rule->source : NULL};
    }
    out->quorums = q;
    out->quorum_count = n;
    return LINLI_OK;
}

/* The checks of the road, those of one phase first, the office's own after them. */
static inline linli_status linli_plan_checks(linli_ask *ask, const linli_lot *l, linli_plan *out)
{
    const linli_road *road = l->road;
    const linli_named_option *q = (const linli_named_option *)l->o->qualifications.items;
    const linli_named_option *s = (const linli_named_option *)l->o->requirements.items;
    bool law = linli_statutory(l->facts);
    linli_check_rule *c = LINLI_NEW(
        ask, linli_check_rule, road->check_count + l->o->qualifications.count + l->o->requirements.count);
    size_t n = 0;

    if (!c)
        return LINLI_NOMEM;
    for (int later = 0; later <= 1; later++) {
        for (size_t i = 0; i < road->check_count; i++)
            if (linli_same(road->checks[i].phase, road->qualify) == (later == 0)) {
                c[n] = road->checks[i];
                c[n].source = law ? c[n].source : NULL;
                n++;
            }
        for (size_t i = 0; later == 0 && i < l->o->qualifications.count; i++)
            c[n++] = (linli_check_rule){q[i].code, q[i].name, road->qualify, road->qualifier,
                                        law ? road->qualify_law : NULL};
    }
    for (size_t i = 0; i < l->o->requirements.count; i++)
        c[n++] = (linli_check_rule){s[i].code, s[i].name, road->conform, LINLI_EVALUATOR,
                                    law ? road->conform_law : NULL};
    out->checks = c;
    out->check_count = n;
    return LINLI_OK;
}

static inline linli_status linli_plan_fields(linli_ask *ask, const linli_lot *l, linli_plan *out)
{
    const linli_field_option *more = (const linli_field_option *)l->o->fields.items;
    linli_field *f = LINLI_NEW(ask, linli_field, 1 + l->o->fields.count);

    if (!f)
        return LINLI_NOMEM;
    f[0] = (linli_field){.code = l->road->price,
                         .name = l->road->price_name,
                         .unit = LINLI_UNIT_MONEY,
                         .low = 1,
                         .high = INT64_C(100000000000000),
                         .required = true,
                         .priced = true,
                         .envelope = 1};
    for (size_t i = 0; i < l->o->fields.count; i++)
        f[1 + i] = (linli_field){
            .code = more[i].code,
            .name = more[i].name,
            .unit = linli_units[more[i].unit],
            .low = 0,
            .high = linli_units[more[i].unit] == LINLI_UNIT_YES_NO ? 1 : INT64_C(100000000000000),
            .required = more[i].required,
            .envelope = 1};
    out->fields = f;
    out->field_count = 1 + l->o->fields.count;
    return LINLI_OK;
}

/* Papers as they are added, and how many there are of each kind of evidence. */
enum { LINLI_EVIDENCE_KINDS = 3 };
typedef struct linli_paper_list {
    linli_paper_rule *items;
    size_t count, numbers[LINLI_EVIDENCE_KINDS];
} linli_paper_list;

/* The papers that release one tranche. */
static inline bool linli_evidence_rules(linli_ask *ask, const linli_lot *l, const linli_part_option *part,
                                        linli_paper_list *out)
{
    static const struct {
        int32_t due;
        bool public_service;
        const char *code;
        linli_text name;
        const char *source;
    } kinds[LINLI_EVIDENCE_KINDS] = {
        {LINLI_ON_MILESTONE, false, "progress_report", {"阶段成果及验收意见", "progress report"}, NULL},
        {LINLI_ON_ACCEPTANCE, false, "acceptance_note", {"验收书", "acceptance note"}, "政府采购法 §41"},
        {LINLI_ON_ACCEPTANCE,
         true,
         "user_opinion",
         {"服务对象意见", "opinion of those served"},
         "政府采购法实施条例 §45"},
    };

    for (size_t i = 0; i < LINLI_EVIDENCE_KINDS; i++) {
        const char *code;

        if (part->due + LINLI_ON_SIGNING != kinds[i].due ||
            (kinds[i].public_service && !l->o->public_service))
            continue;
        if (!(code = linli_numbered(ask, kinds[i].code, ++out->numbers[i])))
            return false;
        out->items[out->count++] =
            (linli_paper_rule){.code = code,
                               .name = kinds[i].name,
                               .phase = "delivering",
                               .tranche = part->code,
                               .role = LINLI_ORGANISATION,
                               .at_least = 1,
                               .published = kinds[i].due == LINLI_ON_ACCEPTANCE,
                               .independent = kinds[i].public_service,
                               .source = linli_statutory(l->facts) ? kinds[i].source : NULL};
    }
    return true;
}

static inline linli_status linli_plan_papers(linli_ask *ask, const linli_lot *l, linli_plan *out)
{
    const linli_part_option *part = (const linli_part_option *)l->o->tranches.items;
    linli_paper_list p = {.items =
                              LINLI_NEW(ask, linli_paper_rule,
                                        l->road->paper_count + LINLI_EVIDENCE_KINDS * l->o->tranches.count)};

    if (!p.items)
        return LINLI_NOMEM;
    for (size_t i = 0; i < l->road->paper_count; i++) {
        p.items[p.count] = l->road->papers[i];
        if (!linli_statutory(l->facts))
            p.items[p.count].source = NULL;
        p.count++;
    }
    for (size_t i = 0; i < l->o->tranches.count; i++)
        if (!linli_evidence_rules(ask, l, &part[i], &p))
            return LINLI_NOMEM;
    out->papers = p.items;
    out->paper_count = p.count;
    return LINLI_OK;
}

/* What each role reads, and from when; in statutory procurement a loser is told
 * its own score only, and prices are public only where the call said so. */
static inline linli_status linli_plan_readings(linli_ask *ask, const linli_lot *l, linli_plan *out)
{
    static const int32_t office[] = {LINLI_OFFICE_CLERK, LINLI_OFFICE_APPROVER, LINLI_AGENT, LINLI_AUDITOR};
    static const int32_t everybody[] = {LINLI_ORGANISATION, LINLI_PUBLIC, LINLI_RESIDENT};
    static const int32_t inside[] = {LINLI_OFFICE_CLERK, LINLI_OFFICE_APPROVER, LINLI_AGENT,
                                     LINLI_EVALUATOR,    LINLI_AUDITOR,         LINLI_SUPERVISOR};
    const linli_moments *at = &l->road->moments;
    linli_reading *r = LINLI_NEW(ask, linli_reading, 32);
    size_t n = 0;

    if (!r)
        return LINLI_NOMEM;
    for (int32_t what = LINLI_SEES_BIDS; what <= LINLI_SEES_PRICES; what++) {
        for (size_t i = 0; i < sizeof office / sizeof office[0]; i++)
            r[n++] = (linli_reading){what, office[i], at->office};
        if (what == LINLI_SEES_PRICES && at->read_out)
            r[n++] = (linli_reading){what, LINLI_ORGANISATION, at->office};
        if (l->road->panel_size)
            r[n++] = (linli_reading){what, LINLI_EVALUATOR, at->panel};
    }
    for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++) {
        r[n++] = (linli_reading){LINLI_SEES_MARKS, inside[i], at->decided};
        r[n++] = (linli_reading){LINLI_SEES_RESULT, inside[i], at->decided};
    }
    for (size_t i = 0; i < sizeof everybody / sizeof everybody[0]; i++)
        r[n++] = (linli_reading){LINLI_SEES_RESULT, everybody[i], at->noticed};
    if (l->o->show_prices)
        r[n++] = (linli_reading){LINLI_SEES_PRICES, LINLI_PUBLIC, at->noticed};
    if (l->o->show_marks) {
        r[n++] = (linli_reading){LINLI_SEES_MARKS, LINLI_PUBLIC, at->noticed};
        r[n++] = (linli_reading){LINLI_SEES_MARKS, LINLI_ORGANISATION, at->noticed};
    }
    out->readings = r;
    out->reading_count = n;
    return LINLI_OK;
}

static inline linli_panel linli_plan_panel(const linli_lot *l)
{
    const linli_rule *size = linli_panel_rule(l);
    const linli_rule *num = linli_rule_of(l->facts, "panel_experts_num");
    const linli_rule *den = linli_rule_of(l->facts, "panel_experts_den");
    bool share = num && den && den->value > 0 && num->value <= den->value && den->value < INT32_MAX;

    int32_t members = (int32_t)(l->o->panel_members ? l->o->panel_members : size ? size->value : 1);
    bool own = l->o->panel_experts > 0; /* no fewer than the rules ask for: linli_find_panel */

    if (!l->road->panel_size)
        return (linli_panel){.of = 1};
    return (linli_panel){.at_least = members,
                         .experts = own ? (int32_t)l->o->panel_experts : share ? (int32_t)num->value : 0,
                         .of = own ? members : share ? (int32_t)den->value : 1,
                         .odd = true,
                         .blind = l->o->panel_blind,
                         .source = size ? size->source : NULL};
}

static inline linli_status linli_road_plan(linli_ask *ask, const linli_lot *l, linli_plan *out)
{
    const linli_purchase *o = l->o;
    const linli_rule *grow = linli_rule_of(l->facts, linli_growth_rule(l));
    linli_status status;

    *out = (linli_plan){
        .entry = l->road->entry,
        .sealing = l->road->sealing,
        .contract = l->road->contract,
        .objection_stops = true,
        .bid_bond = o->bid_bond,
        .performance_bond = o->performance_bond,
        .extra = o->extra_given ? o->extra : (linli_rate){grow ? grow->value : 0},
        .panel = linli_plan_panel(l),
        .award = {.kind = LINLI_AWARD_ONE, .most = 1, .candidates = (int32_t)o->candidates, .by_rank = true},
        .phases = l->road->phases,
        .phase_count = l->road->phase_count,
        .no_joint = !o->joint_bids,
    };
    if (!(out->tranches = linli_tranche_rules(ask, o->tranches)))
        return LINLI_NOMEM;
    out->tranche_count = o->tranches.count;
    if ((status = linli_plan_windows(ask, l, out)) != LINLI_OK ||
        (status = linli_plan_quorums(ask, l, out)) != LINLI_OK ||
        (status = linli_plan_checks(ask, l, out)) != LINLI_OK ||
        (status = linli_plan_fields(ask, l, out)) != LINLI_OK ||
        (status = linli_plan_papers(ask, l, out)) != LINLI_OK ||
        (status = linli_plan_readings(ask, l, out)) != LINLI_OK)
        return status;
    return l->road->plan ? l->road->plan(ask, l, out) : LINLI_OK;
}

#endif /* LINLI_ROAD_PLAN_H */
