/*
 * consultation - 竞争性磋商: a group talks with each supplier, all quote a last time,
 * the best by comprehensive scoring has the contract.  The usual road for services
 * a government buys; two suppliers suffice there, one ends it.
 */
#define ZH_PANEL  "磋商小组"
#define ZH_CALL   "磋商文件"
#define LAW_OVER  "财库〔2014〕214号 §34"
#define LAW_LATE  "财库〔2014〕214号 §13"
#define LAW_ENTRY "财库〔2014〕214号 §13、§14"
#define LAW_QUOTE "财库〔2014〕214号 §21"
#define LAW_VOID  "财库〔2014〕214号 §16"
#define LAW_END   "财库〔2014〕214号 §34"

#include "linli/talks.h"

typedef struct options {
    linli_talks talks;
    int32_t ground;
} options;

enum { GROUND_SERVICES, GROUND_RESEARCH = 3 };

/* clang-format off */
static const char *const ground_codes[]  = { "services", "complex", "special", "research", "construction", NULL };
static const linli_text  ground_labels[] = {
    { "政府购买服务项目", "a service the government buys" },
    { "技术复杂或者性质特殊，不能确定详细规格或者具体要求", "complex or special: no detailed specification" },
    { "因艺术品采购、专利等原因不能事先计算出价格总额", "the total price cannot be known beforehand" },
    { "市场竞争不充分的科研项目，以及需要扶持的科技成果转化项目", "research with little competition, or transfer of its results" },
    { "依法必须招标以外的工程建设项目", "construction that need not be tendered" },
    { NULL, NULL } };

static const linli_option rows[] = {
    { .name = "ground", .type = LINLI_OPT_CHOICE, .offset = offsetof(options, ground), .low = 0, .high = 4, .initial = "services",
      .choices = ground_labels, .codes = ground_codes,
      .label = { "适用情形", "ground" }, .help = { "采用磋商方式的理由", "why it is bought by consultation" } },
    LINLI_ROWS_CALL, LINLI_ROWS_TALKS, LINLI_ROWS_RANKED, LINLI_ROWS_NOTICE, LINLI_ROWS_PANEL, LINLI_ROWS_BONDS,
    LINLI_ROWS_CONTRACT, LINLI_ROWS_BID, LINLI_ROWS_PAY,
};

enum { M_NOT_SERVICES = LINLI_M_TALKS, MESSAGES };

static const linli_message messages[MESSAGES] = {
    LINLI_TALKS_MESSAGES,
    [M_NOT_SERVICES] = { "not_services", { "本项目不是服务，不能以政府购买服务为由", "it is no service: this ground does not hold" }, "财库〔2014〕214号 §3" },
};

/* ---- the plan ------------------------------------------------------------ */

static const linli_phase phases[] = {
    LINLI_TALKS_PHASES("磋商", "consultation"),
    LINLI_PHASE_SCORING("综合评分", "scoring"),
    LINLI_PHASE_DECIDING("确定成交供应商", "deciding"),
    LINLI_PHASE_NOTICE,
    LINLI_PHASE_CONTRACTING,
    LINLI_PHASE_DELIVERING,
    LINLI_PHASE_CLOSED,
    LINLI_PHASE_VOID("终止"),
};

static const linli_span spans[] = {
    { "bid_window", "consultation_window", { "首次响应期限", "time for the first response" }, LINLI_PUBLISHED, LINLI_BIDS_DUE, true, false, LINLI_ROLL_REST },
    { "document_supply", "consultation_sale", { "磋商文件提供期限", "documents on offer" }, LINLI_PUBLISHED, LINLI_BIDS_DUE, true, false, LINLI_ROLL_REST },
    { "amend_window", "consultation_amend_window", { "澄清或者修改距截止", "from an amendment to the deadline" }, LINLI_AMENDED, LINLI_BIDS_DUE, true, false, LINLI_ROLL_REST },
    LINLI_SPANS_AFTER,
};

static const char *const needs[] = { "consultation_window", "consultation_quotes_min", "consultation_panel_size", "result_notice", NULL };

static const linli_check_rule checks[] = { LINLI_TALKS_CHECKS(NULL) };

static const linli_paper_rule papers[] = {
    { .code = "bid_file", .name = { "响应文件", "the response" }, .phase = "responding", .role = LINLI_ORGANISATION, .at_least = 1, .sealed = true },
    { .code = "evaluation_report", .name = { "评审报告", "evaluation report" }, .phase = "scoring", .role = LINLI_EVALUATOR, .at_least = 1, .source = "政府采购法实施条例 §43" },
};

static const linli_road_way ways[] = {
    { { "retender", { "重新开展采购活动", "start anew" }, "void", NULL }, 0 },
    { { "other_method", { "依法采用其他方式，需要批准的报批", "another lawful method, with approval where it needs one" }, "void", "政府采购法 §27" }, 0 },
};
/* clang-format on */

/* Two are enough for services a government buys; research too may go on with two. */
static const char *gate_rule(const linli_lot *l, const char *phase)
{
    static const char *const of_services = "consultation_quotes_min_services",
                             *const of_research = "consultation_quotes_min_research";
    const options *o = (const options *)(const void *)l->o;
    bool services = o->ground == GROUND_SERVICES && l->facts->tender->category == LINLI_SERVICES;

    (void)phase;
    if (o->ground == GROUND_RESEARCH && linli_rule_of(l->facts, of_research))
        return of_research;
    return services && linli_rule_of(l->facts, of_services) ? of_services : "consultation_quotes_min";
}

static void check_options(const linli_lot *l, linli_report *r)
{
    const options *o = (const options *)(const void *)l->o;

    if (o->ground == GROUND_SERVICES && l->facts->tender->category != LINLI_SERVICES)
        linli_find(r, "/ground", (linli_line){.message = M_NOT_SERVICES});
    linli_find_approval(l, o->talks.approval, r);
    linli_find_candidates(l, "consultation_candidates", o->ground == GROUND_RESEARCH, r);
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
    .conform = "review",
    .qualifier = LINLI_EVALUATOR,
    .moments = {"review", "review", "deciding", "notice", false},
    .panel_size = "consultation_panel_size",
    .panel_size_large = "consultation_panel_size",
    .gate_rule = gate_rule,
    .check = check_options,
    .judge = linli_talks_judge,
    .plan = linli_talks_plan,
};

LINLI_TAKES_ROAD(road)

/* ---- what it offers ----------------------------------------------------- */

static const linli_about about = {
    .id = "consultation",
    .version = "1.1.0",
    .opens = "1.0.0",
    .name = {"竞争性磋商", "competitive consultation"},
    .summary =
        {"磋商小组与各供应商分别磋商，最后报价后综合评分，得分最高者成交；政府购买服务两家可以继续",
         "a group consults each supplier, all quote a last time and the best score wins; two suffice for "
         "services"},
    .basis = {"财库〔2014〕214号、财库〔2015〕124号；政府采购法及其实施条例",
              "Caiku [2014] 214, Caiku [2015] 124; Government Procurement Law and its Regulation"},
    .author = "Linli maintainers",
    .licence = "Apache-2.0",
};

static const char *const examples[] = {
    "{\"tranches\":["
    "{\"code\":\"first\",\"name\":{\"zh\":\"首款\",\"en\":\"first\"},\"share\":\"50%\",\"due\":\"on_"
    "signing\","
    "\"advance\":true},"
    "{\"code\":\"final\",\"name\":{\"zh\":\"尾款\",\"en\":\"final\"},\"share\":\"50%\",\"due\":\"on_"
    "acceptance\"}]}",
    "{\"not_above_first\":true,\"quote_window\":\"1h\",\"public_service\":true,\"tranches\":["
    "{\"code\":\"whole\",\"name\":{\"zh\":\"全款\",\"en\":\"whole\"},\"share\":\"100%\",\"due\":\"on_"
    "acceptance\"}]}",
    NULL,
};

/* Comprehensive scoring of the last quotes: 财库〔2014〕214号 §23. */
static const char *const methods[] = {"two_stage_quote", "comprehensive_score", NULL};

LINLI_MECHANISM_BY(LINLI_ORDER, 1u << LINLI_STATUTORY, methods);
