/*
 * public_bidding - 公开招标: anyone may bid, sealed until the opening; the first in
 * rank is awarded at the price it quoted.
 *
 * Serves statutory procurement of goods and services (政府采购法, its 条例, order 87) and, with
 * the office's own numbers, open calls below the threshold.  No legal number is
 * written here: windows, quorums, panel sizes and bonds come from facts->rules.
 */
#define ZH_BID    "投标"
#define EN_BID    "bid"
#define ZH_BIDDER "投标人"
#define EN_BIDDER "bidder"
#define ZH_WON    "中标"
#define ZH_PANEL  "评标委员会"
#define EN_PANEL  "panel"
#define ZH_CALL   "招标文件"
#define LAW_OVER  "财政部令第87号 §63"
#define LAW_LATE  "财政部令第87号 §33"
#define LAW_TIED  "财政部令第87号 §68"

#include "linli/road.h"

/* ---- options and words --------------------------------------------------- */

static const linli_option rows[] = {
    LINLI_ROWS_CALL,  LINLI_ROWS_RANKED,   LINLI_ROWS_NOTICE, LINLI_ROWS_PANEL,
    LINLI_ROWS_BONDS, LINLI_ROWS_CONTRACT, LINLI_ROWS_BID,    LINLI_ROWS_PAY,
};

static const linli_message messages[LINLI_M_OWN] = {LINLI_ROAD_MESSAGES};

/* ---- the plan ------------------------------------------------------------ */

/* clang-format off */
static const linli_phase phases[] = {
    { "bidding", { "投标", "bidding" }, LINLI_TENDERING, LINLI_ENDS_AT_DUE,
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_READS, [LINLI_ASSESSOR] = LINLI_READS, [LINLI_EVALUATOR] = LINLI_READS,
        [LINLI_ORGANISATION]    = LINLI_READS | LINLI_CAN(QUESTION) | LINLI_CAN(SUBMIT) | LINLI_CAN(REPLACE) | LINLI_CAN(WITHDRAW) | LINLI_CAN(OBJECT),
        [LINLI_OFFICE_CLERK]    = LINLI_READS | LINLI_CAN(ANSWER) | LINLI_CAN(AMEND) | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE),
        [LINLI_OFFICE_APPROVER] = LINLI_READS | LINLI_CAN(APPROVE) | LINLI_CAN(CANCEL),
        [LINLI_AGENT]           = LINLI_READS | LINLI_CAN(ANSWER) | LINLI_CAN(AMEND) | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE),
        [LINLI_CLOCK]           = LINLI_CAN(ADVANCE) },
      "opening", "void", NULL },
    { "opening", { "开标", "opening" }, LINLI_OPENING, LINLI_ENDS_BY_ACT,
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_READS, [LINLI_ASSESSOR] = LINLI_READS, [LINLI_EVALUATOR] = LINLI_READS,
        [LINLI_ORGANISATION]    = LINLI_ASKS,
        [LINLI_OFFICE_CLERK]    = LINLI_READS | LINLI_CAN(OPEN) | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE) | LINLI_CAN(ADVANCE),
        [LINLI_OFFICE_APPROVER] = LINLI_READS | LINLI_CAN(OPEN) | LINLI_CAN(CANCEL),
        [LINLI_AGENT]           = LINLI_READS | LINLI_CAN(OPEN) | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE) | LINLI_CAN(ADVANCE),
        [LINLI_CLOCK]           = LINLI_CAN(OPEN) },
      "qualification", "void", NULL },
    { "qualification", { "资格审查", "qualification" }, LINLI_CHECKING, LINLI_ENDS_BY_ACT,
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_SEES, [LINLI_ASSESSOR] = LINLI_READS, [LINLI_EVALUATOR] = LINLI_READS,
        [LINLI_ORGANISATION]    = LINLI_ASKS,
        [LINLI_OFFICE_CLERK]    = LINLI_SEES | LINLI_CAN(CHECK) | LINLI_CAN(CLARIFY) | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE) | LINLI_CAN(ADVANCE),
        [LINLI_OFFICE_APPROVER] = LINLI_SEES | LINLI_CAN(APPROVE) | LINLI_CAN(CANCEL),
        [LINLI_AGENT]           = LINLI_SEES | LINLI_CAN(CHECK) | LINLI_CAN(CLARIFY) | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE) | LINLI_CAN(ADVANCE) },
      "conformity", "void", NULL },
    { "conformity", { "符合性审查", "conformity" }, LINLI_CHECKING, LINLI_ENDS_BY_ACT,
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_SEES, [LINLI_ASSESSOR] = LINLI_READS,
        [LINLI_EVALUATOR]       = LINLI_SEES | LINLI_CAN(CHECK) | LINLI_CAN(CLARIFY) | LINLI_CAN(ADVANCE),
        [LINLI_ORGANISATION]    = LINLI_READS | LINLI_CAN(QUESTION) | LINLI_CAN(ANSWER) | LINLI_CAN(OBJECT),
        [LINLI_OFFICE_CLERK]    = LINLI_SEES | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE) | LINLI_CAN(ADVANCE),
        [LINLI_OFFICE_APPROVER] = LINLI_SEES | LINLI_CAN(APPROVE) | LINLI_CAN(CANCEL),
        [LINLI_AGENT]           = LINLI_SEES | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE) | LINLI_CAN(ADVANCE) },
      "scoring", "void", NULL },
    LINLI_PHASE_SCORING("评标", "evaluation"),
    LINLI_PHASE_DECIDING("定标", "deciding"),
    LINLI_PHASE_NOTICE,
    LINLI_PHASE_CONTRACTING,
    LINLI_PHASE_DELIVERING,
    LINLI_PHASE_CLOSED,
    LINLI_PHASE_VOID("废标或终止"),
};

/* The bidder's days move past a day off (rulebook 8). */
static const linli_span spans[] = {
    { "bid_window", "bid_window", { "投标期限", "time to bid" }, LINLI_PUBLISHED, LINLI_BIDS_DUE, true, false, LINLI_ROLL_REST },
    { "document_supply", "document_supply", { "招标文件提供期限", "documents on offer" }, LINLI_PUBLISHED, LINLI_BIDS_DUE, true, false, LINLI_ROLL_REST },
    { "notice_period", "notice_period", { "招标公告期限", "notice of the call" }, LINLI_PUBLISHED, LINLI_BIDS_DUE, true, false, LINLI_ROLL_REST },
    { "amend_window", "amend_window", { "澄清或者修改距截止", "from an amendment to the deadline" }, LINLI_AMENDED, LINLI_BIDS_DUE, true, false, LINLI_ROLL_REST },
    LINLI_SPANS_AFTER,
};

/* Without these there is no tender; the other rules bind where the set has them. */
static const char *const needs[] = { "bid_window", "bidders_min", "panel_size", "result_notice", NULL };

static const linli_check_rule checks[] = {
    { "qualified", { "符合供应商基本资格条件", "meets the general conditions" }, "qualification", LINLI_OFFICE_CLERK, "政府采购法 §22" },
    { "good_credit", { "信用记录查询无不良", "no entry in the credit lists" }, "qualification", LINLI_OFFICE_CLERK, "财政部令第87号 §44" },
    { "small_enterprise", { "中小企业声明函有效", "the declaration of a small enterprise holds" }, "qualification", LINLI_OFFICE_CLERK, "财库〔2020〕46号 §11" },
    { "joint", { "联合体或分包中小微企业份额达到要求", "small enterprises have the share of a joint bid" }, "qualification", LINLI_OFFICE_CLERK, "财库〔2020〕46号 §9" },
    { "domestic", { "所供为本国产品", "supplies domestic products" }, "qualification", LINLI_OFFICE_CLERK, "国办发〔2025〕34号" },
    { "responsive", { "实质性响应采购文件", "meets the documents in substance" }, "conformity", LINLI_EVALUATOR, "财政部令第87号 §50" },
    { "price_suspected", { "报价明显偏低，须先说明", "the price seems too low and must be explained" }, "conformity", LINLI_EVALUATOR, "财政部令第87号 §60" },
};

/* A small enterprise that is none keeps its bid and loses the deduction; the others only the scheme asks for. */
static const char *const advisory[] = { "small_enterprise", "joint", "domestic", "price_suspected", NULL };

static const linli_paper_rule papers[] = {
    { .code = "bid_file", .name = { "投标文件", "the bid" }, .phase = "bidding", .role = LINLI_ORGANISATION, .at_least = 1, .sealed = true, .source = "财政部令第87号 §32" },
    { .code = "evaluation_report", .name = { "评标报告", "evaluation report" }, .phase = "scoring", .role = LINLI_EVALUATOR, .at_least = 1, .source = "财政部令第87号 §58" },
};

static const linli_road_way ways[] = {
    { { "retender", { "采购文件有问题的改正后重新招标；任何情况下可以重新招标", "tender again, corrected where the documents or the procedure were at fault" }, "void", "财政部令第87号 §43" }, 0 },
    { { "other_method", { "采购文件没有不合理条款、程序合规的，报财政部门批准后采用其他方式", "another method, with the finance department's approval, where documents and procedure were sound" }, "void", "政府采购法 §37" }, 0 },
    { { "negotiation", { "只有两家且采购文件合理的，报财政部门批准后与该两家竞争性谈判", "exactly two and sound documents: negotiation with these two, with approval" }, "void", "财政部令第74号 §27" }, 2 },
};
static const linli_road_way own_ways[] = {
    { { "retender", { "重新征集", "call again" }, "void", NULL }, 0 },
    { { "other_method", { "按内控制度改用其他方式", "another method of the office's own rules" }, "void", NULL }, 0 },
};
/* clang-format on */

/* The rule of the gate at the end of a phase. */
static const char *gate_rule(const linli_lot *l, const char *phase)
{
    bool qualified = linli_same(phase, "qualification") && linli_rule_of(l->facts, "qualified_min");

    return qualified ? "qualified_min" : "bidders_min";
}

static const linli_end ends[] = {
    {"bidding", linli_end_tendering},
    {"opening", linli_end_opening},
    {"qualification", linli_end_checking},
    {"conformity", linli_end_checking},
    LINLI_ENDS_AFTER,
};

static const char *const gates[] = {"bidding", "qualification", "conformity", NULL};

static const linli_road road = {
    .entry = LINLI_ANYONE,
    .sealing = LINLI_SEALED_TO_OPENING,
    .contract = LINLI_PURCHASE,
    .phases = phases,
    .phase_count = LINLI_LENGTH(phases),
    .ends = ends,
    .end_count = LINLI_LENGTH(ends),
    .spans = spans,
    .span_count = LINLI_LENGTH(spans),
    .gates = gates,
    .price = "price",
    .price_name = {"投标报价", "price"},
    .checks = checks,
    .check_count = LINLI_LENGTH(checks),
    .advisory = advisory,
    .qualify = "qualification",
    .qualify_law = "财政部令第87号 §44",
    .conform = "conformity",
    .conform_law = "财政部令第87号 §50",
    .qualifier = LINLI_OFFICE_CLERK,
    .papers = papers,
    .paper_count = LINLI_LENGTH(papers),
    .moments = {"qualification", "conformity", "deciding", "notice", .read_out = true},
    .panel_size = "panel_size",
    .panel_size_large = "panel_size_large",
    .large = "budget_large",
    .ways = ways,
    .way_count = LINLI_LENGTH(ways),
    .own_ways = own_ways,
    .own_way_count = LINLI_LENGTH(own_ways),
    .gate_rule = gate_rule,
};

LINLI_TAKES_ROAD(road)

/* ---- what it offers ----------------------------------------------------- */

static const linli_about about = {
    .id = "public_bidding",
    .version = "1.0.0",
    .opens = "1.0.0",
    .name = {"公开招标", "public bidding"},
    .summary = {"不特定供应商密封投标，按评审排名授予一家，合同价为其报价",
                "anyone may bid, sealed; the first in rank is awarded at the price it quoted"},
    .basis = {"政府采购法及其实施条例；财政部令第87号；限额以下项目依采购人内控制度",
              "Government Procurement Law and its Regulation; Ministry of Finance Order 87; below the "
              "threshold the "
              "office's own rules"},
    .author = "Linli maintainers",
    .licence = "Apache-2.0",
};

static const char *const examples[] = {
    "{\"tranches\":["
    "{\"code\":\"first\",\"name\":{\"zh\":\"首款\",\"en\":\"first\"},\"share\":\"50%\",\"due\":\"on_"
    "signing\","
    "\"advance\":true},"
    "{\"code\":\"mid\",\"name\":{\"zh\":\"中期款\",\"en\":\"mid-term\"},\"share\":\"30%\",\"due\":\"on_"
    "milestone\"},"
    "{\"code\":\"final\",\"name\":{\"zh\":\"尾款\",\"en\":\"final\"},\"share\":\"20%\",\"due\":\"on_"
    "acceptance\"}]}",
    "{\"candidates\":1,\"bid_bond\":\"1%\",\"performance_bond\":\"5%\",\"public_service\":true,\"tranches\":["
    "{\"code\":\"whole\",\"name\":{\"zh\":\"全款\",\"en\":\"whole\"},\"share\":\"100%\",\"due\":\"on_"
    "acceptance\"}]}",
    NULL,
};

static const linli_mechanism public_bidding = {
    .size = sizeof(linli_mechanism),
    .takes = LINLI_ORDER,
    .regimes = 1u << LINLI_STATUTORY | 1u << LINLI_SUB_THRESHOLD,
    .about = &about,
    .options = rows,
    .option_count = LINLI_LENGTH(rows),
    .options_size = sizeof(linli_purchase),
    .messages = messages,
    .message_count = LINLI_M_OWN,
    .examples = examples,
    .needs = needs,
    .check = check,
    .plan = plan,
    .step = step,
    .admit = admit,
    .award = award,
    .schedule = schedule,
    .release = release,
    .refuse = refuse,
};

static const linli_mechanism *const mechanisms[] = {&public_bidding, NULL};

const linli_module linli_exports = LINLI_MODULE(.mechanisms = mechanisms);
