/*
 * negotiation - 竞争性谈判: a group negotiates with each supplier, all quote a last
 * time, the lowest price that meets quality and service has the contract.
 */
#define ZH_PANEL  "谈判小组"
#define ZH_CALL   "谈判文件"
#define LAW_OVER  "财政部令第74号 §37"
#define LAW_LATE  "财政部令第74号 §15"
#define LAW_ENTRY "财政部令第74号 §15"
#define LAW_QUOTE "财政部令第74号 §33"
#define LAW_VOID  "财政部令第74号 §16"
#define LAW_END   "财政部令第74号 §37"

#include "linli/talks.h"

typedef struct options {
    linli_talks talks;
    int32_t ground;
} options;

enum { GROUND_FAILED };

/* clang-format off */
static const char *const ground_codes[]  = { "failed_two", "failed", "complex", "urgent", "no_total", NULL };
static const linli_text  ground_labels[] = {
    { "公开招标只有两家，经批准与该两家谈判", "an open tender with exactly two, approved" },
    { "招标后没有供应商投标、没有合格标的，或者重新招标未能成立", "a tender without bids, or failed again" },
    { "技术复杂或者性质特殊，不能确定详细规格或者具体要求", "complex or special: no detailed specification" },
    { "非采购人所能预见的原因或者非采购人拖延造成招标所需时间不能满足紧急需要", "urgent, not foreseeable, not of the office's making" },
    { "不能事先计算出价格总额", "the total price cannot be known beforehand" },
    { NULL, NULL } };

static const linli_option rows[] = {
    { .name = "ground", .type = LINLI_OPT_CHOICE, .offset = offsetof(options, ground), .required = true, .high = 4,
      .choices = ground_labels, .codes = ground_codes,
      .label = { "适用情形", "ground" }, .help = { "采用谈判方式的理由", "why it is bought by negotiation" } },
    LINLI_ROWS_CALL, LINLI_ROWS_TALKS, LINLI_ROWS_RANKED, LINLI_ROWS_NOTICE, LINLI_ROWS_PANEL, LINLI_ROWS_BONDS,
    LINLI_ROWS_CONTRACT, LINLI_ROWS_BID, LINLI_ROWS_PAY,
};

enum { M_NEEDS_APPROVAL = LINLI_M_TALKS, MESSAGES };

static const linli_message messages[MESSAGES] = {
    LINLI_TALKS_MESSAGES,
    [M_NEEDS_APPROVAL] = { "needs_approval", { "招标失败后与两家谈判须经财政部门批准，填写批准文号", "negotiating with the two of a failed tender needs an approval" }, "财政部令第74号 §28" },
};

/* ---- the plan ------------------------------------------------------------ */

static const linli_phase phases[] = {
    LINLI_TALKS_PHASES("谈判", "negotiation"),
    LINLI_PHASE_SCORING("评审", "evaluation"),
    LINLI_PHASE_DECIDING("确定成交供应商", "deciding"),
    LINLI_PHASE_NOTICE,
    LINLI_PHASE_CONTRACTING,
    LINLI_PHASE_DELIVERING,
    LINLI_PHASE_CLOSED,
    LINLI_PHASE_VOID("终止"),
};

static const linli_span spans[] = {
    { "bid_window", "negotiation_window", { "首次响应期限", "time for the first response" }, LINLI_PUBLISHED, LINLI_BIDS_DUE, true, false, LINLI_ROLL_REST },
    { "amend_window", "negotiation_amend_window", { "澄清或者修改距截止", "from an amendment to the deadline" }, LINLI_AMENDED, LINLI_BIDS_DUE, true, false, LINLI_ROLL_REST },
    LINLI_SPANS_AFTER,
};

static const char *const needs[] = { "negotiation_window", "negotiation_quotes_min", "negotiation_panel_size", "result_notice", NULL };

static const linli_check_rule checks[] = { LINLI_TALKS_CHECKS("财政部令第74号 §30") };

static const linli_paper_rule papers[] = {
    { .code = "bid_file", .name = { "响应文件", "the response" }, .phase = "responding", .role = LINLI_ORGANISATION, .at_least = 1, .sealed = true, .source = "财政部令第74号 §15" },
    { .code = "evaluation_report", .name = { "评审报告", "evaluation report" }, .phase = "scoring", .role = LINLI_EVALUATOR, .at_least = 1, .source = "财政部令第74号 §17" },
};

static const linli_road_way ways[] = {
    { { "retender", { "重新开展采购活动", "start anew" }, "void", "财政部令第74号 §37" }, 0 },
    { { "other_method", { "依法采用其他方式，需要批准的报批", "another lawful method, with approval where it needs one" }, "void", "政府采购法 §27" }, 0 },
};
/* clang-format on */

/* Two are enough where they are the two of a failed tender. */
static const char *gate_rule(const linli_lot *l, const char *phase)
{
    static const char *const of_failed = "negotiation_quotes_min_failed";
    const options *o = (const options *)(const void *)l->o;

    (void)phase;
    return o->ground == GROUND_FAILED && linli_rule_of(l->facts, of_failed) ? of_failed
                                                                            : "negotiation_quotes_min";
}

static void check_options(const linli_lot *l, linli_report *r)
{
    const options *o = (const options *)(const void *)l->o;

    if (o->ground == GROUND_FAILED && !o->talks.approval)
        linli_find(r, "/approval", (linli_line){.message = M_NEEDS_APPROVAL});
    else
        linli_find_approval(l, o->talks.approval, r);
    linli_find_candidates(l, "negotiation_candidates", o->ground == GROUND_FAILED, r);
}

/* The two of a failed tender and nobody else: 财政部令第74号 §27. */
static linli_status plan_talks(linli_ask *ask, const linli_lot *l, linli_plan *plan)
{
    if (((const options *)(const void *)l->o)->ground == GROUND_FAILED)
        plan->entry = LINLI_INVITED;
    return linli_talks_plan(ask, l, plan);
}

static const linli_end ends[] = {LINLI_TALKS_ENDS};

static const linli_road road = {
    .entry = LINLI_ANYONE,
    .sealing = LINLI_SEALED_TO_DUE,
    .contract = LINLI_PURCHASE,
    LINLI_ROAD_TABLES(phases, ends, spans, ways),
    LINLI_ROAD_CHECKED(checks, papers),
    .gates = linli_talks_gates,
    .price = "price",
    .price_name = {"报价", "price"},
    .ceiling_from = "quoting",
    .advisory = linli_talks_advisory,
    .qualify = "review",
    .qualify_law = "财政部令第74号 §30",
    .conform = "review",
    .conform_law = "财政部令第74号 §30",
    .qualifier = LINLI_EVALUATOR,
    .moments = {"review", "review", "deciding", "notice", false},
    .panel_size = "negotiation_panel_size",
    .panel_size_large = "negotiation_panel_size_large",
    .large = "threshold_open_tender",
    .gate_rule = gate_rule,
    .check = check_options,
    .judge = linli_talks_judge,
    .plan = plan_talks,
};

LINLI_TAKES_ROAD(road)

/* ---- what it offers ----------------------------------------------------- */

static const linli_about about = {
    .id = "negotiation",
    .version = "1.1.0",
    .opens = "1.0.0",
    .name = {"竞争性谈判", "competitive negotiation"},
    .summary =
        {"谈判小组与各供应商分别谈判，质量和服务相等且最后报价最低者成交",
         "a group negotiates with each supplier; of those that meet the needs the lowest last quote wins"},
    .basis = {"政府采购法；财政部令第74号", "Government Procurement Law; Ministry of Finance Order 74"},
    .author = "Linli maintainers",
    .licence = "Apache-2.0",
};

static const char *const examples[] = {
    "{\"ground\":\"complex\",\"tranches\":["
    "{\"code\":\"first\",\"name\":{\"zh\":\"首款\",\"en\":\"first\"},\"share\":\"50%\",\"due\":\"on_"
    "signing\","
    "\"advance\":true},"
    "{\"code\":\"final\",\"name\":{\"zh\":\"尾款\",\"en\":\"final\"},\"share\":\"50%\",\"due\":\"on_"
    "acceptance\"}]}",
    "{\"ground\":\"failed_two\",\"approval\":\"财采〔2026〕1号\",\"candidates\":2,\"public_service\":true,"
    "\"tranches\":["
    "{\"code\":\"whole\",\"name\":{\"zh\":\"全款\",\"en\":\"whole\"},\"share\":\"100%\",\"due\":\"on_"
    "acceptance\"}]}",
    NULL,
};

/* The lowest last quote of those that meet the needs: 财政部令第74号 §35. */
static const char *const methods[] = {"lowest_price", NULL};

LINLI_MECHANISM_BY(LINLI_ORDER, 1u << LINLI_STATUTORY, methods);
