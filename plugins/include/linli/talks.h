/*
 * linli/talks.h - the road of procurement by talks (谈判、磋商): sealed first
 * responses, a review by the group, talks one supplier at a time in as many rounds
 * as the needs change, sealed last quotes.  On top of linli/road.h; a mechanism
 * names its group and its articles (those of road.h, and LAW_QUOTE of last quotes) and says what its
 * rules are called.
 *
 * Its options begin with a linli_talks, its messages are LINLI_TALKS_MESSAGES and
 * its own from LINLI_M_TALKS.
 */
#ifndef LINLI_TALKS_H
#define LINLI_TALKS_H

#define ZH_BID    "响应文件"
#define EN_BID    "response"
#define ZH_BIDDER "供应商"
#define EN_BIDDER "supplier"
#define ZH_WON    "成交"
#define EN_PANEL  "group"
#define LAW_TIED  NULL

#include "linli/road.h"

/* ---- options ------------------------------------------------------------ */

typedef struct linli_talks {
    linli_purchase purchase;
    linli_period quote_window;
    const char *approval;
    bool not_above_first;
} linli_talks;

/* clang-format off */
#define LINLI_ROWS_TALKS \
    { .name = "quote_window", .type = LINLI_OPT_PERIOD, .offset = offsetof(linli_talks, quote_window), .low = 1, .high = 240, .initial = "2h", \
      .label = { "最后报价时间", "time for the last quote" }, .help = { "自要求提交最后报价之时起", "from when it is asked for" } }, \
    { .name = "not_above_first", .type = LINLI_OPT_BOOL, .offset = offsetof(linli_talks, not_above_first), .initial = "false", \
      .label = { "最后报价不得高于首次报价", "no last quote above the first" }, .help = { "采购需求未增加的", "unless the needs have changed" } }, \
    LINLI_ROW_APPROVAL(linli_talks)

/* ---- words -------------------------------------------------------------- */

enum { LINLI_M_FEW_CANDIDATES = LINLI_M_OWN, LINLI_M_NO_QUOTE, LINLI_M_ABOVE_FIRST, LINLI_M_CHANGED,
       LINLI_M_TALKED, LINLI_M_QUOTES_RUN, LINLI_M_TALKS };

#define LINLI_TALKS_MESSAGES \
    LINLI_ROAD_MESSAGES, \
    [LINLI_M_FEW_CANDIDATES] = { "few_candidates", { "推荐的候选人 {1} 名，少于规定：{2}", "{1} candidates, fewer than the rules say: {2}" }, NULL }, \
    [LINLI_M_NO_QUOTE]     = { "no_last_quote", { "未在规定时间内提交最后报价", "it gave no last quote in time" }, LAW_QUOTE }, \
    [LINLI_M_ABOVE_FIRST]  = { "above_first", { "最后报价 {1} 高于首次报价 {2}，而采购需求未变", "the last quote {1} is above the first, {2}, though the needs did not change" }, LAW_QUOTE }, \
    [LINLI_M_CHANGED]      = { "changed", { "采购需求或合同条款有实质性变动，供应商重新提交响应：第 {1} 轮", "the needs or the terms have changed: all suppliers respond anew, round {1}" }, NULL }, \
    [LINLI_M_TALKED]       = { "talked", { "{1} 家供应商进入最后报价", "{1} suppliers are asked for their last quote" }, NULL }, \
    [LINLI_M_QUOTES_RUN]   = { "quotes_run", { "最后报价时间未到", "the time for last quotes still runs" }, NULL }

/* ---- phases ------------------------------------------------------------- */

/* Until the talks end only the group, the office and the watch see a response. */
#define LINLI_TALKS_PHASES(zh_talks, en_talks) \
    { "responding", { "响应", "responses" }, LINLI_TENDERING, LINLI_ENDS_AT_DUE, \
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_READS, [LINLI_ASSESSOR] = LINLI_READS, [LINLI_EVALUATOR] = LINLI_READS, \
        [LINLI_ORGANISATION]    = LINLI_ASKS | LINLI_CAN(SUBMIT) | LINLI_CAN(REPLACE) | LINLI_CAN(WITHDRAW), \
        [LINLI_OFFICE_CLERK]    = LINLI_READS | LINLI_CAN(ANSWER) | LINLI_CAN(AMEND) | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE), \
        [LINLI_OFFICE_APPROVER] = LINLI_READS | LINLI_CAN(APPROVE) | LINLI_CAN(CANCEL), \
        [LINLI_AGENT]           = LINLI_READS | LINLI_CAN(ANSWER) | LINLI_CAN(AMEND) | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE), \
        [LINLI_CLOCK]           = LINLI_CAN(ADVANCE) }, \
      "review", "void", NULL }, \
    { "review", { "响应文件审查", "review of the responses" }, LINLI_CHECKING, LINLI_ENDS_BY_ACT, \
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_SEES, [LINLI_ASSESSOR] = LINLI_READS, \
        [LINLI_EVALUATOR]       = LINLI_SEES | LINLI_CAN(CHECK) | LINLI_CAN(CLARIFY) | LINLI_CAN(ADVANCE), \
        [LINLI_ORGANISATION]    = LINLI_ASKS | LINLI_CAN(ANSWER) | LINLI_CAN(WITHDRAW), \
        [LINLI_OFFICE_CLERK]    = LINLI_SEES | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE) | LINLI_CAN(ADVANCE), \
        [LINLI_OFFICE_APPROVER] = LINLI_SEES | LINLI_CAN(APPROVE) | LINLI_CAN(CANCEL), \
        [LINLI_AGENT]           = LINLI_SEES | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE) | LINLI_CAN(ADVANCE) }, \
      "talks", "void", NULL }, \
    { "talks", { zh_talks, en_talks }, LINLI_NEGOTIATING, LINLI_ENDS_BY_ACT, \
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_SEES, [LINLI_ASSESSOR] = LINLI_READS, \
        [LINLI_EVALUATOR]       = LINLI_SEES | LINLI_CAN(CLARIFY) | LINLI_CAN(ADVANCE), \
        [LINLI_ORGANISATION]    = LINLI_ASKS | LINLI_CAN(ANSWER) | LINLI_CAN(REQUOTE) | LINLI_CAN(WITHDRAW), \
        [LINLI_OFFICE_CLERK]    = LINLI_SEES | LINLI_CAN(AMEND) | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE) | LINLI_CAN(ADVANCE), \
        [LINLI_OFFICE_APPROVER] = LINLI_SEES | LINLI_CAN(APPROVE) | LINLI_CAN(CANCEL), \
        [LINLI_AGENT]           = LINLI_SEES | LINLI_CAN(AMEND) | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE) | LINLI_CAN(ADVANCE) }, \
      "quoting", "void", NULL }, \
    { "quoting", { "最后报价", "last quotes" }, LINLI_NEGOTIATING, LINLI_ENDS_AT_DUE, \
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_SEES, [LINLI_ASSESSOR] = LINLI_READS, [LINLI_EVALUATOR] = LINLI_SEES, \
        [LINLI_ORGANISATION]    = LINLI_ASKS | LINLI_CAN(REQUOTE), \
        [LINLI_OFFICE_CLERK]    = LINLI_SEES | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE), \
        [LINLI_OFFICE_APPROVER] = LINLI_SEES | LINLI_CAN(APPROVE) | LINLI_CAN(CANCEL), \
        [LINLI_AGENT]           = LINLI_SEES | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE), \
        [LINLI_CLOCK]           = LINLI_CAN(ADVANCE) }, \
      "scoring", "void", "quote_window" }

/* What the group finds in the review. */
#define LINLI_TALKS_CHECKS(law) \
    { "qualified", { "符合供应商基本资格条件", "meets the general conditions" }, "review", LINLI_EVALUATOR, "政府采购法 §22" }, \
    { "good_credit", { "信用记录查询无不良", "no entry in the credit lists" }, "review", LINLI_EVALUATOR, "政府采购法 §22" }, \
    { "small_enterprise", { "中小企业声明函有效", "the declaration of a small enterprise holds" }, "review", LINLI_EVALUATOR, "财库〔2020〕46号 §11" }, \
    { "joint", { "联合体或分包中小微企业份额达到要求", "small enterprises have the share of a joint bid" }, "review", LINLI_EVALUATOR, "财库〔2020〕46号 §9" }, \
    { "domestic", { "所供为本国产品", "supplies domestic products" }, "review", LINLI_EVALUATOR, "国办发〔2025〕34号" }, \
    { "responsive", { "实质性响应采购文件", "meets the documents in substance" }, "review", LINLI_EVALUATOR, law }, \
    { "price_suspected", { "报价明显偏低，须先说明", "the price seems too low and must be explained" }, "review", LINLI_EVALUATOR, "财库〔2026〕2号" }
/* clang-format on */

static const char *const linli_talks_advisory[] = {"small_enterprise", "joint", "domestic", "price_suspected",
                                                   NULL};
static const char *const linli_talks_gates[] = {"responding", "review", "talks", "quoting", NULL};

/* ---- rules of the talks -------------------------------------------------- */

static inline const linli_talks *linli_talks_of(const linli_lot *l)
{
    return (const linli_talks *)(const void *)l->o;
}

/* The price a bid offered first; 0: it offered none. */
static inline int64_t linli_first_price(const linli_lot *l, uint64_t bid)
{
    int64_t price = 0;
    int32_t round = INT32_MAX;

    for (size_t i = 0; i < l->facts->offer_count; i++) {
        const linli_offer *o = &l->facts->offers[i];
        if (o->bid == bid && o->round < round && strcmp(o->field, l->road->price) == 0) {
            round = o->round;
            price = o->value;
        }
    }
    return price;
}

/* Did it make an offer since then?  In the facts the last quotes have a round of their own. */
static inline bool linli_quoted_since(const linli_facts *facts, uint64_t bid, linli_time since)
{
    for (size_t i = 0; i < facts->offer_count; i++)
        if (facts->offers[i].bid == bid && facts->offers[i].at.us >= since.us && facts->offers[i].round > 1)
            return true;
    return false;
}

static inline bool linli_offered_in(const linli_facts *facts, uint64_t bid, int32_t round)
{
    for (size_t i = 0; i < facts->offer_count; i++)
        if (facts->offers[i].bid == bid && facts->offers[i].round == round)
            return true;
    return false;
}

/* Did the needs change in the talks?  A clarification before the first responses were due was known to all who quoted. */
static inline bool linli_needs_changed(const linli_facts *facts)
{
    const linli_event *change = linli_event_of(facts, LINLI_AMENDED, 0);

    return change && change->at.us > facts->tender->bids_due.us;
}

/* From the last quotes on only who gave one is still there. */
static inline linli_line linli_talks_judge(const linli_lot *l, const linli_bid *bid)
{
    size_t here = linli_phase_index(l->road->phases, l->road->phase_count, l->facts->phase);
    size_t quoting = linli_phase_index(l->road->phases, l->road->phase_count, "quoting");
    int64_t first = linli_first_price(l, bid->key);
    bool quoted = here == quoting ? linli_quoted_since(l->facts, bid->key, l->facts->phase_since)
                                  : linli_offered_in(l->facts, bid->key, l->last_round);

    if (here < quoting)
        return (linli_line){.message = LINLI_M_ADMITTED};
    if (!quoted)
        return (linli_line){.message = LINLI_M_NO_QUOTE};
    if (linli_talks_of(l)->not_above_first && first && bid->price.minor > first && l->facts->round == 1 &&
        !linli_needs_changed(l->facts))
        return LINLI_LINE(LINLI_M_ABOVE_FIRST, linli_amount(bid->price), linli_amount((linli_money){first}));
    return (linli_line){.message = LINLI_M_ADMITTED};
}

/* Needs that changed mean a new round for all; else on to the last quotes. */
static inline linli_status linli_end_talks(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    const linli_event *change = linli_event_of(l->facts, LINLI_AMENDED, 0);
    linli_admissions admitted = {0};
    linli_status status;

    if (change && change->at.us > l->facts->phase_since.us)
        return linli_answer(ask, LINLI_AGAIN, NULL,
                            LINLI_LINE(LINLI_M_CHANGED, linli_count(l->facts->round + 1)), out);
    status = linli_road_admit(ask, l, &admitted);
    if (status != LINLI_OK)
        return status;
    if (admitted.bidders >= linli_bidders_needed(l, l->facts->phase))
        return linli_go(ask, l, LINLI_LINE(LINLI_M_TALKED, linli_count(admitted.bidders)), out);
    return linli_gate(ask, l, admitted.bidders, out);
}

static inline linli_status linli_end_quotes(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    linli_admissions admitted = {0};
    linli_status status;

    if (l->facts->phase_due.us == 0 || l->facts->now.us < l->facts->phase_due.us)
        return linli_stay(ask, (linli_line){.message = LINLI_M_QUOTES_RUN}, out);
    status = linli_road_admit(ask, l, &admitted);
    return status == LINLI_OK ? linli_gate(ask, l, admitted.bidders, out) : status;
}

/* clang-format off */
#define LINLI_TALKS_ENDS \
    { "responding", linli_end_tendering }, { "review", linli_end_checking }, { "talks", linli_end_talks }, \
    { "quoting", linli_end_quotes }, LINLI_ENDS_AFTER
/* clang-format on */

/* So many candidates at least; `two_do`: as many as may be left at the last gate, where the ground lets that be less. */
static inline void linli_find_candidates(const linli_lot *l, const char *code, bool two_do, linli_report *r)
{
    const linli_rule *rule = linli_rule_of(l->facts, code);
    int64_t need = linli_bidders_needed(l, "quoting");

    if (rule && l->o->candidates < (two_do && need < rule->value ? need : rule->value))
        linli_find(r, "/candidates",
                   LINLI_LINE(LINLI_M_FEW_CANDIDATES, linli_count(l->o->candidates), linli_ruled(code)));
}

/* The window of the last quotes is the office's to set. */
static inline linli_status linli_talks_plan(linli_ask *ask, const linli_lot *l, linli_plan *plan)
{
    linli_window *w = LINLI_NEW(ask, linli_window, plan->window_count + 1);

    if (!w)
        return LINLI_NOMEM;
    memcpy(w, plan->windows, plan->window_count * sizeof *w);
    w[plan->window_count] = (linli_window){.code = "quote_window",
                                           .name = {"最后报价时间", "time for the last quote"},
                                           .from = LINLI_STARTED,
                                           .until = LINLI_CHECKED,
                                           .least = linli_talks_of(l)->quote_window,
                                           .roll = LINLI_NO_ROLL};
    plan->windows = w;
    plan->window_count++;
    return LINLI_OK;
}

#endif /* LINLI_TALKS_H */
