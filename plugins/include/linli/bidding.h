/*
 * linli/bidding.h - the road of a sealed tender (招标): bids sealed until the opening,
 * qualification by the office, conformity by the panel, an award by rank.  Public and
 * invited bidding differ in who may bid, framework agreements in what is awarded; these
 * name their own words before they include this.  On top of linli/road.h.
 */
#ifndef LINLI_BIDDING_H
#define LINLI_BIDDING_H

#ifndef ZH_BID
#define ZH_BID    "投标"
#define EN_BID    "bid"
#define ZH_BIDDER "投标人"
#define EN_BIDDER "bidder"
#define ZH_WON    "中标"
#define ZH_PANEL  "评标委员会"
#define EN_PANEL  "panel"
#define ZH_CALL   "招标文件"
#endif
#define LAW_OVER "财政部令第87号 §63"
#define LAW_LATE "财政部令第87号 §33"
#define LAW_ENTRY "财政部令第87号 §33、§34"
#define LAW_VOID "财政部令第87号 §63"
#define LAW_END  "政府采购法 §36"
#define LAW_TIED "财政部令第87号 §68"

#include "linli/road.h"

/* ---- the plan ------------------------------------------------------------ */

/* clang-format off */
/* From the first bid to the last check. */
#define LINLI_PHASES_BIDDING(zh_bidding, en_bidding, zh_opening) \
    { "bidding", { zh_bidding, en_bidding }, LINLI_TENDERING, LINLI_ENDS_AT_DUE, \
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_READS, [LINLI_ASSESSOR] = LINLI_READS, [LINLI_EVALUATOR] = LINLI_READS, \
        [LINLI_ORGANISATION]    = LINLI_READS | LINLI_CAN(QUESTION) | LINLI_CAN(SUBMIT) | LINLI_CAN(REPLACE) | LINLI_CAN(WITHDRAW) | LINLI_CAN(OBJECT), \
        [LINLI_OFFICE_CLERK]    = LINLI_READS | LINLI_CAN(ANSWER) | LINLI_CAN(AMEND) | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE), \
        [LINLI_OFFICE_APPROVER] = LINLI_READS | LINLI_CAN(APPROVE) | LINLI_CAN(CANCEL), \
        [LINLI_AGENT]           = LINLI_READS | LINLI_CAN(ANSWER) | LINLI_CAN(AMEND) | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE), \
        [LINLI_CLOCK]           = LINLI_CAN(ADVANCE) }, \
      "opening", "void", NULL }, \
    { "opening", { zh_opening, "opening" }, LINLI_OPENING, LINLI_ENDS_BY_ACT, \
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_READS, [LINLI_ASSESSOR] = LINLI_READS, [LINLI_EVALUATOR] = LINLI_READS, \
        [LINLI_ORGANISATION]    = LINLI_ASKS, \
        [LINLI_OFFICE_CLERK]    = LINLI_READS | LINLI_CAN(OPEN) | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE) | LINLI_CAN(ADVANCE), \
        [LINLI_OFFICE_APPROVER] = LINLI_READS | LINLI_CAN(OPEN) | LINLI_CAN(CANCEL), \
        [LINLI_AGENT]           = LINLI_READS | LINLI_CAN(OPEN) | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE) | LINLI_CAN(ADVANCE), \
        [LINLI_CLOCK]           = LINLI_CAN(OPEN) }, \
      "qualification", "void", NULL }, \
    { "qualification", { "资格审查", "qualification" }, LINLI_CHECKING, LINLI_ENDS_BY_ACT, \
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_SEES, [LINLI_ASSESSOR] = LINLI_READS, [LINLI_EVALUATOR] = LINLI_READS, \
        [LINLI_ORGANISATION]    = LINLI_ASKS, \
        [LINLI_OFFICE_CLERK]    = LINLI_SEES | LINLI_CAN(CHECK) | LINLI_CAN(CLARIFY) | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE) | LINLI_CAN(ADVANCE), \
        [LINLI_OFFICE_APPROVER] = LINLI_SEES | LINLI_CAN(APPROVE) | LINLI_CAN(CANCEL), \
        [LINLI_AGENT]           = LINLI_SEES | LINLI_CAN(CHECK) | LINLI_CAN(CLARIFY) | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE) | LINLI_CAN(ADVANCE) }, \
      "conformity", "void", NULL }, \
    { "conformity", { "符合性审查", "conformity" }, LINLI_CHECKING, LINLI_ENDS_BY_ACT, \
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_SEES, [LINLI_ASSESSOR] = LINLI_READS, \
        [LINLI_EVALUATOR]       = LINLI_SEES | LINLI_CAN(CHECK) | LINLI_CAN(CLARIFY) | LINLI_CAN(ADVANCE), \
        [LINLI_ORGANISATION]    = LINLI_READS | LINLI_CAN(QUESTION) | LINLI_CAN(ANSWER) | LINLI_CAN(OBJECT), \
        [LINLI_OFFICE_CLERK]    = LINLI_SEES | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE) | LINLI_CAN(ADVANCE), \
        [LINLI_OFFICE_APPROVER] = LINLI_SEES | LINLI_CAN(APPROVE) | LINLI_CAN(CANCEL), \
        [LINLI_AGENT]           = LINLI_SEES | LINLI_CAN(ASSIGN) | LINLI_CAN(RESOLVE) | LINLI_CAN(ADVANCE) }, \
      "scoring", "void", NULL }

static const linli_phase linli_bidding_phases[] = {
    LINLI_PHASES_BIDDING("投标", "bidding", "开标"),
    LINLI_PHASE_SCORING("评标", "evaluation"),
    LINLI_PHASE_DECIDING("定标", "deciding"),
    LINLI_PHASE_NOTICE,
    LINLI_PHASE_CONTRACTING,
    LINLI_PHASE_DELIVERING,
    LINLI_PHASE_CLOSED,
    LINLI_PHASE_VOID("废标或终止"),
};

/* The bidder's days move past a day off. */
#define LINLI_SPANS_BIDDING \
    { "bid_window", "bid_window", { "投标期限", "time to bid" }, LINLI_PUBLISHED, LINLI_BIDS_DUE, true, false, LINLI_ROLL_REST }, \
    { "document_supply", "document_supply", { "招标文件提供期限", "documents on offer" }, LINLI_PUBLISHED, LINLI_BIDS_DUE, true, false, LINLI_ROLL_REST }, \
    { "notice_period", "notice_period", { "招标公告期限", "notice of the call" }, LINLI_PUBLISHED, LINLI_BIDS_DUE, true, false, LINLI_ROLL_REST }, \
    { "amend_window", "amend_window", { "澄清或者修改距截止", "from an amendment to the deadline" }, LINLI_AMENDED, LINLI_BIDS_DUE, true, false, LINLI_ROLL_REST }
static const linli_span linli_bidding_spans[] = {
    LINLI_SPANS_BIDDING,
    LINLI_SPANS_AFTER,
};

/* 财政部令第87号 §53; the methods of a lender where the loan agreement has them (政府采购法 §84), which those ask for. */
static const char *const linli_bidding_methods[] = { "comprehensive_score", "lowest_price", "qcbs", "rated_criteria",
                                                     "fixed_budget", "least_cost", "quality_based", NULL };

/* Without these there is no tender; the other rules bind where the set has them. */
static const char *const linli_bidding_needs[] = { "bid_window", "bidders_min", "panel_size", "result_notice", NULL };

static const linli_check_rule linli_bidding_checks[] = {
    { "qualified", { "符合供应商基本资格条件", "meets the general conditions" }, "qualification", LINLI_OFFICE_CLERK, "政府采购法 §22" },
    { "good_credit", { "信用记录查询无不良", "no entry in the credit lists" }, "qualification", LINLI_OFFICE_CLERK, "财政部令第87号 §44" },
    { "small_enterprise", { "中小企业声明函有效", "the declaration of a small enterprise holds" }, "qualification", LINLI_OFFICE_CLERK, "财库〔2020〕46号 §11" },
    { "joint", { "联合体或分包中小微企业份额达到要求", "small enterprises have the share of a joint bid" }, "qualification", LINLI_OFFICE_CLERK, "财库〔2020〕46号 §9" },
    { "domestic", { "所供为本国产品", "supplies domestic products" }, "qualification", LINLI_OFFICE_CLERK, "国办发〔2025〕34号" },
    { "responsive", { "实质性响应采购文件", "meets the documents in substance" }, "conformity", LINLI_EVALUATOR, "财政部令第87号 §50" },
    { "price_suspected", { "报价明显偏低，须先说明", "the price seems too low and must be explained" }, "conformity", LINLI_EVALUATOR, "财政部令第87号 §60" },
};

/* A small enterprise that is none keeps its bid and loses the deduction; the others only the scheme asks for. */
static const char *const linli_bidding_advisory[] = { "small_enterprise", "joint", "domestic", "price_suspected", NULL };

static const linli_paper_rule linli_bidding_papers[] = {
    { .code = "bid_file", .name = { "投标文件", "the bid" }, .phase = "bidding", .role = LINLI_ORGANISATION, .at_least = 1, .sealed = true, .source = "财政部令第87号 §32" },
    { .code = "evaluation_report", .name = { "评标报告", "evaluation report" }, .phase = "scoring", .role = LINLI_EVALUATOR, .at_least = 1, .source = "财政部令第87号 §58" },
};

static const linli_road_way linli_bidding_ways[] = {
    { { "retender", { "采购文件有问题的改正后重新招标；任何情况下可以重新招标", "tender again, corrected where the documents or the procedure were at fault" }, "void", "财政部令第87号 §43" }, 0 },
    { { "other_method", { "采购文件没有不合理条款、程序合规的，报财政部门批准后采用其他方式", "another method, with the finance department's approval, where documents and procedure were sound" }, "void", "政府采购法 §37" }, 0 },
    { { "negotiation", { "只有两家且采购文件合理的，报财政部门批准后与该两家竞争性谈判", "exactly two and sound documents: negotiation with these two, with approval" }, "void", "财政部令第74号 §27" }, 2 },
};
static const linli_road_way linli_bidding_own_ways[] = {
    { { "retender", { "重新征集", "call again" }, "void", NULL }, 0 },
    { { "other_method", { "按内控制度改用其他方式", "another method of the office's own rules" }, "void", NULL }, 0 },
};
/* clang-format on */

/* The rule of the gate at the end of a phase. */
static inline const char *linli_bidding_gate(const linli_lot *l, const char *phase)
{
    bool qualified = linli_same(phase, "qualification") && linli_rule_of(l->facts, "qualified_min");

    return qualified ? "qualified_min" : "bidders_min";
}

#define LINLI_ENDS_BIDDING                                                                                   \
    {"bidding", linli_end_tendering}, {"opening", linli_end_opening}, {"qualification", linli_end_checking}, \
        {"conformity", linli_end_checking}, LINLI_ENDS_AFTER
static const linli_end linli_bidding_ends[] = {LINLI_ENDS_BIDDING};

static const char *const linli_bidding_gates[] = {"bidding", "qualification", "conformity", NULL};

/* clang-format off */
/* Who checks what, the panel, papers and the ways on. */
#define LINLI_BIDDING_CHECKED \
    .sealing = LINLI_SEALED_TO_OPENING, \
    .gates = linli_bidding_gates, \
    .checks = linli_bidding_checks, \
    .check_count = LINLI_LENGTH(linli_bidding_checks), \
    .advisory = linli_bidding_advisory, \
    .qualify = "qualification", \
    .qualify_law = "财政部令第87号 §44", \
    .conform = "conformity", \
    .conform_law = "财政部令第87号 §50", \
    .qualifier = LINLI_OFFICE_CLERK, \
    .papers = linli_bidding_papers, \
    .paper_count = LINLI_LENGTH(linli_bidding_papers), \
    .moments = {"qualification", "conformity", "deciding", "notice", .read_out = true}, \
    .panel_size = "panel_size", \
    .panel_size_large = "panel_size_large", \
    .large = "budget_large", \
    .ways = linli_bidding_ways, \
    .way_count = LINLI_LENGTH(linli_bidding_ways), \
    .own_ways = linli_bidding_own_ways, \
    .own_way_count = LINLI_LENGTH(linli_bidding_own_ways)
/* The rest of a linli_road; its entry is the mechanism's own. */
#define LINLI_BIDDING_ROAD \
    LINLI_BIDDING_CHECKED, \
    .contract = LINLI_PURCHASE, \
    .phases = linli_bidding_phases, \
    .phase_count = LINLI_LENGTH(linli_bidding_phases), \
    .ends = linli_bidding_ends, \
    .end_count = LINLI_LENGTH(linli_bidding_ends), \
    .spans = linli_bidding_spans, \
    .span_count = LINLI_LENGTH(linli_bidding_spans), \
    .price = "price", \
    .price_name = {"投标报价", "price"}, \
    .gate_rule = linli_bidding_gate,
/* clang-format on */

#define LINLI_ROWS_BIDDING                                                                                   \
    LINLI_ROWS_CALL, LINLI_ROWS_RANKED, LINLI_ROWS_NOTICE, LINLI_ROWS_PANEL, LINLI_ROWS_BONDS,               \
        LINLI_ROWS_CONTRACT, LINLI_ROWS_BID, LINLI_ROWS_PAY

#endif /* LINLI_BIDDING_H */
