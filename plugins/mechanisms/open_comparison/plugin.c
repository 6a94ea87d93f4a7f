/*
 * open_comparison - 限额以下自行采购: the office's own ladder. A direct order on one
 * quote, three written quotes a clerk types in, or an open call that organisations
 * answer themselves; how far each step reaches is the office's rule.
 */
#define ZH_BID    "报价"
#define EN_BID    "quote"
#define ZH_BIDDER "供应商"
#define EN_BIDDER "supplier"
#define ZH_WON    "成交"
#define ZH_PANEL  "评审组"
#define EN_PANEL  "panel"
#define ZH_CALL   "征集文件"
#define LAW_OVER  NULL
#define LAW_LATE  NULL
#define LAW_TIED  NULL

#include "linli/road.h"

typedef struct options {
    linli_purchase purchase;
    int32_t way;
} options;

enum { DIRECT, QUOTES, CALL };

/* clang-format off */
static const char *const way_codes[]  = { "direct", "quotes", "call", NULL };
static const linli_text  way_labels[] = {
    { "直接委托", "a direct order" }, { "三方比价", "three quotes" }, { "公开比选", "an open call" }, { NULL, NULL } };

static const linli_option rows[] = {
    { .name = "way", .type = LINLI_OPT_CHOICE, .required = true, .offset = offsetof(options, way), .low = 0, .high = 2,
      .choices = way_labels, .codes = way_codes,
      .label = { "采购方式", "way" }, .help = { "按预算和本单位内控制度选用", "by the budget and the office's own rules" } },
    LINLI_ROWS_CALL, LINLI_ROWS_RANKED, LINLI_ROWS_NOTICE, LINLI_ROWS_PANEL, LINLI_ROWS_CONTRACT, LINLI_ROWS_BID, LINLI_ROWS_PAY,
};

enum { M_OVER_WAY = LINLI_M_OWN, M_NO_RULE, M_NO_ASKING, M_FEW_QUOTES, M_COLLECTED, M_TO_COLLECT, MESSAGES };

static const linli_message messages[MESSAGES] = {
    LINLI_ROAD_MESSAGES,
    [M_OVER_WAY]   = { "over_way", { "预算 {1} 超过这种方式的上限：{2}", "the budget {1} is beyond this way: {2}" }, NULL },
    [M_NO_ASKING]  = { "no_asking", { "只有公开比选可以约定家数不足时报批后继续", "only an open call can go on with fewer, if approved" }, NULL },
    [M_NO_RULE]    = { "no_rule", { "本单位规则没有这种方式的上限", "the office's rules do not say how far this way reaches" }, NULL },
    [M_FEW_QUOTES] = { "few_quotes", { "报价 {1} 份，不足 {2} 份", "{1} quotes where {2} are needed" }, NULL },
    [M_COLLECTED]  = { "collected", { "已录入报价 {1} 份", "{1} quotes are in" }, NULL },
    [M_TO_COLLECT] = { "to_collect", { "已录入报价 {1} 份，需要 {2} 份", "{1} quotes of {2} are in" }, NULL },
};

/* ---- the plan: that of an open call ---------------------------------------- */

static const linli_phase phases[] = {
    { "collecting", { "征集报价", "quotes" }, LINLI_TENDERING, LINLI_ENDS_AT_DUE,
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_READS, [LINLI_ASSESSOR] = LINLI_READS, [LINLI_EVALUATOR] = LINLI_READS,
        [LINLI_ORGANISATION]    = LINLI_ASKS | LINLI_CAN(SUBMIT) | LINLI_CAN(REPLACE) | LINLI_CAN(WITHDRAW),
        [LINLI_OFFICE_CLERK]    = LINLI_READS | LINLI_CAN(ANSWER) | LINLI_CAN(AMEND) | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE),
        [LINLI_OFFICE_APPROVER] = LINLI_READS | LINLI_CAN(APPROVE) | LINLI_CAN(CANCEL),
        [LINLI_AGENT]           = LINLI_READS | LINLI_CAN(ANSWER) | LINLI_CAN(AMEND) | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE),
        [LINLI_CLOCK]           = LINLI_CAN(ADVANCE) },
      "checking", "void", NULL },
    { "checking", { "审查", "checks" }, LINLI_CHECKING, LINLI_ENDS_BY_ACT,
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_SEES, [LINLI_ASSESSOR] = LINLI_READS, [LINLI_EVALUATOR] = LINLI_SEES,
        [LINLI_ORGANISATION]    = LINLI_ASKS | LINLI_CAN(ANSWER),
        [LINLI_OFFICE_CLERK]    = LINLI_SEES | LINLI_CAN(CHECK) | LINLI_CAN(CLARIFY) | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE) | LINLI_CAN(ADVANCE),
        [LINLI_OFFICE_APPROVER] = LINLI_SEES | LINLI_CAN(APPROVE) | LINLI_CAN(CANCEL),
        [LINLI_AGENT]           = LINLI_SEES | LINLI_CAN(CHECK) | LINLI_CAN(CLARIFY) | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE) | LINLI_CAN(ADVANCE) },
      "scoring", "void", NULL },
    LINLI_PHASE_SCORING("比选", "comparison"),
    LINLI_PHASE_DECIDING("确定供应商", "deciding"),
    LINLI_PHASE_NOTICE,
    LINLI_PHASE_CONTRACTING,
    LINLI_PHASE_DELIVERING,
    LINLI_PHASE_CLOSED,
    LINLI_PHASE_VOID("终止"),
};

static const linli_span spans[] = {
    { "bid_window", "bid_window", { "征集期限", "time to quote" }, LINLI_PUBLISHED, LINLI_BIDS_DUE, true, false, LINLI_ROLL_REST },
    { "notice_period", "notice_period", { "公告期限", "notice of the call" }, LINLI_PUBLISHED, LINLI_BIDS_DUE, true, false, LINLI_ROLL_REST },
    { "amend_window", "amend_window", { "澄清或者修改距截止", "from an amendment to the deadline" }, LINLI_AMENDED, LINLI_BIDS_DUE, true, false, LINLI_ROLL_REST },
    LINLI_SPANS_AFTER,
};

static const char *const needs[] = { "direct_max", "three_quotes_max", "quotes_min", "bidders_min", "result_notice", NULL };

static const linli_check_rule checks[] = {
    { "qualified", { "有能力承接，信用良好", "able to do it, and of good standing" }, "checking", LINLI_OFFICE_CLERK, NULL },
    { "small_enterprise", { "中小企业声明函有效", "the declaration of a small enterprise holds" }, "checking", LINLI_OFFICE_CLERK, NULL },
    { "responsive", { "符合采购需求", "meets the needs" }, "checking", LINLI_OFFICE_CLERK, NULL },
};
static const char *const advisory[] = { "small_enterprise", NULL };

static const linli_paper_rule papers[] = {
    { .code = "bid_file", .name = { "报价文件", "the quote" }, .phase = "collecting", .role = LINLI_ORGANISATION, .at_least = 1, .sealed = true },
};

static const linli_road_way own_ways[] = {
    { { "retender", { "重新征集", "call again" }, "void", NULL }, 0 },
    { { "other_method", { "按内控制度改用其他方式", "another way of the office's own rules" }, "void", NULL }, 0 },
};
/* clang-format on */

static int32_t way_of(const linli_lot *l)
{
    return ((const options *)(const void *)l->o)->way;
}

/* ---- the lower steps of the ladder: a clerk types the quotes -------------------- */

static int64_t quotes_needed(const linli_lot *l)
{
    const linli_rule *rule = linli_rule_of(l->facts, "quotes_min");
    int64_t least = way_of(l) == QUOTES && rule ? rule->value : 1;

    return l->o->bidders_min > least ? l->o->bidders_min : least;
}

static void type_quotes(linli_phase *phase)
{
    static const uint64_t types = LINLI_CAN(SUBMIT) | LINLI_CAN(REPLACE) | LINLI_CAN(WITHDRAW) |
                                  LINLI_CAN(ADVANCE) | LINLI_CAN(READ_BIDS);

    phase->ends = LINLI_ENDS_BY_ACT;
    phase->may[LINLI_ORGANISATION] = LINLI_ASKS;
    phase->may[LINLI_OFFICE_CLERK] |= types;
    phase->may[LINLI_AGENT] |= types;
}

/* No notice to wait for, no panel: the clerk has the scheme compare what was typed in. */
static linli_status typed_phases(linli_ask *ask, linli_plan *plan)
{
    linli_phase *list = LINLI_NEW(ask, linli_phase, plan->phase_count);
    size_t n = 0;

    if (!list)
        return LINLI_NOMEM;
    for (size_t i = 0; i < plan->phase_count; i++) {
        if (plan->phases[i].kind == LINLI_NOTICE)
            continue;
        list[n] = plan->phases[i];
        if (list[n].kind == LINLI_TENDERING)
            type_quotes(&list[n]);
        if (list[n].kind == LINLI_EVALUATING) {
            list[n].may[LINLI_OFFICE_CLERK] |= LINLI_CAN(REPORT);
            list[n].may[LINLI_AGENT] |= LINLI_CAN(REPORT);
        }
        if (list[n].kind == LINLI_DECIDING)
            list[n].next = "contracting";
        n++;
    }
    plan->phases = list;
    plan->phase_count = n;
    return LINLI_OK;
}

static linli_status typed_windows(linli_ask *ask, linli_plan *plan)
{
    linli_window *list = LINLI_NEW(ask, linli_window, plan->window_count);
    size_t n = 0;

    if (!list)
        return LINLI_NOMEM;
    for (size_t i = 0; i < plan->window_count; i++)
        if (plan->windows[i].until != LINLI_BIDS_DUE && plan->windows[i].until != LINLI_NOTICE_ENDED &&
            plan->windows[i].from != LINLI_NOTICE_ENDED)
            list[n++] = plan->windows[i];
    plan->windows = list;
    plan->window_count = n;
    return LINLI_OK;
}

static linli_status typed_rest(linli_ask *ask, const linli_lot *l, linli_plan *plan)
{
    const linli_rule *rule = linli_rule_of(l->facts, "quotes_min");
    linli_quorum *quorums = LINLI_NEW(ask, linli_quorum, 2);
    linli_reading *readings = LINLI_NEW(ask, linli_reading, plan->reading_count);
    size_t n = 0;

    if (!quorums || !readings)
        return LINLI_NOMEM;
    quorums[0] = (linli_quorum){.phase = "collecting",
                                .counts = LINLI_COUNT_BIDDERS,
                                .at_least = (int32_t)quotes_needed(l),
                                .below = LINLI_BELOW_FAIL,
                                .otherwise = "void",
                                .source = way_of(l) == QUOTES && rule ? rule->source : NULL};
    quorums[1] = (linli_quorum){.phase = "checking",
                                .counts = LINLI_COUNT_ADMITTED,
                                .at_least = 1,
                                .below = LINLI_BELOW_FAIL,
                                .otherwise = "void"};
    for (size_t i = 0; i < plan->reading_count; i++) {
        readings[n] = plan->readings[i];
        if (readings[n].role == LINLI_EVALUATOR)
            continue;
        if (linli_same(readings[n].from, "checking"))
            readings[n].from = "collecting";
        if (linli_same(readings[n].from, "notice"))
            readings[n].from = "contracting";
        n++;
    }
    plan->quorums = quorums;
    plan->quorum_count = 2;
    plan->readings = readings;
    plan->reading_count = n;
    plan->paper_count--; /* the file of a quote */
    plan->papers++;
    plan->panel = (linli_panel){.of = 1};
    plan->sealing = LINLI_OPEN_BIDS;
    return LINLI_OK;
}

static linli_status shape(linli_ask *ask, const linli_lot *l, linli_plan *plan)
{
    linli_status status;

    if (way_of(l) == CALL)
        return LINLI_OK;
    if ((status = typed_phases(ask, plan)) != LINLI_OK || (status = typed_windows(ask, plan)) != LINLI_OK)
        return status;
    return typed_rest(ask, l, plan);
}

/* ---- steps ----------------------------------------------------------------- */

static linli_status end_collecting(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    int64_t need = quotes_needed(l);
    int32_t have = 0;
    linli_status status;

    if (way_of(l) == CALL)
        return linli_end_tendering(ask, l, out);
    if (!linli_standing(ask, l->facts, &have))
        return LINLI_NOMEM;
    if (have >= need)
        return linli_go(ask, l, LINLI_LINE(M_COLLECTED, linli_count(have)), out);
    if (l->facts->now.us < l->facts->tender->bids_due.us)
        return linli_stay(ask, LINLI_LINE(M_TO_COLLECT, linli_count(have), linli_count(need)), out);
    status = linli_answer(ask, LINLI_FAIL, "void",
                          LINLI_LINE(M_FEW_QUOTES, linli_count(have), linli_count(need)), out);
    return status == LINLI_OK ? linli_offer_ways(ask, l, have, NULL, out) : status;
}

/* Three had to quote; of those one that can do it is enough. */
static linli_status end_checks(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    return way_of(l) == CALL ? linli_end_checking(ask, l, out) : linli_end_checked(ask, l, out);
}

static const char *gate_rule(const linli_lot *l, const char *phase)
{
    bool qualified = linli_same(phase, "checking") && linli_rule_of(l->facts, "qualified_min");

    return qualified ? "qualified_min" : "bidders_min";
}

/* How far each step of the ladder reaches. */
static void check_way(const linli_lot *l, linli_report *r)
{
    static const char *const most[] = {[DIRECT] = "direct_max", [QUOTES] = "three_quotes_max"};
    linli_money budget = l->facts->tender->budget;

    if (way_of(l) == CALL)
        return;
    if (l->o->below == LINLI_ASKS_BELOW)
        linli_find(r, "/below", (linli_line){.message = M_NO_ASKING});
    const linli_rule *rule = linli_rule_of(l->facts, most[way_of(l)]);
    if (!rule)
        linli_find(r, "/way", (linli_line){.message = M_NO_RULE});
    else if (budget.minor > rule->value)
        linli_find(r, "/way", LINLI_LINE(M_OVER_WAY, linli_amount(budget), linli_ruled(rule->code)));
}

static const linli_end ends[] = {
    {"collecting", end_collecting},
    {"checking", end_checks},
    LINLI_ENDS_AFTER,
};
static const char *const gates[] = {"collecting", "checking", NULL};

static const linli_road road = {
    .entry = LINLI_ANYONE,
    .sealing = LINLI_SEALED_TO_DUE,
    .contract = LINLI_PURCHASE,
    LINLI_ROAD_TABLES(phases, ends, spans, own_ways),
    LINLI_ROAD_CHECKED(checks, papers),
    .gates = gates,
    .price = "price",
    .price_name = {"报价", "price"},
    .advisory = advisory,
    .qualify = "checking",
    .conform = "checking",
    .qualifier = LINLI_OFFICE_CLERK,
    .moments = {"checking", "checking", "deciding", "notice", false},
    .panel_size = "panel_size",
    .panel_size_large = "panel_size_large",
    .large = "budget_large",
    .gate_rule = gate_rule,
    .check = check_way,
    .plan = shape,
};

LINLI_TAKES_ROAD(road)

/* ---- what it offers ----------------------------------------------------- */

static const linli_about about = {
    .id = "open_comparison",
    .version = "1.1.0",
    .opens = "1.0.0",
    .name = {"限额以下自行采购", "the office's own purchase"},
    .summary = {"按金额分档：直接委托、三方比价（经办人录入报价）、公开比选",
                "by amount: a direct order, three quotes a clerk types in, or an open call"},
    .basis = {"采购人内部控制制度；财政部令第102号", "the office's own rules; Ministry of Finance Order 102"},
    .author = "Linli maintainers",
    .licence = "Apache-2.0",
};

/* clang-format off */
static const char *const examples[] = {
    "{\"way\":\"call\",\"tranches\":[{\"code\":\"first\",\"name\":{\"zh\":\"首款\",\"en\":\"first\"},\"share\":\"50%\",\"due\":\"on_signing\",\"advance\":true},{\"code\":\"final\",\"name\":{\"zh\":\"尾款\",\"en\":\"final\"},\"share\":\"50%\",\"due\":\"on_acceptance\"}]}",
    "{\"way\":\"call\",\"below\":\"ask\",\"bid_window\":\"7wd\",\"show_prices\":true,\"tranches\":[{\"code\":\"whole\",\"name\":{\"zh\":\"全款\",\"en\":\"whole\"},\"share\":\"100%\",\"due\":\"on_acceptance\"}]}",
    "{\"way\":\"quotes\",\"tranches\":[{\"code\":\"whole\",\"name\":{\"zh\":\"全款\",\"en\":\"whole\"},\"share\":\"100%\",\"due\":\"on_acceptance\"}]}",
    "{\"way\":\"direct\",\"tranches\":[{\"code\":\"whole\",\"name\":{\"zh\":\"全款\",\"en\":\"whole\"},\"share\":\"100%\",\"due\":\"on_acceptance\"}]}",
    NULL,
};
/* clang-format on */

LINLI_MECHANISM(LINLI_ORDER, 1u << LINLI_SUB_THRESHOLD);
