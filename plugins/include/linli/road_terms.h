/*
 * linli/road_terms.h - the first part of linli/road.h: what an office may choose for a purchase, and the
 * words in which a road says its reasons.
 */
#ifndef LINLI_ROAD_TERMS_H
#define LINLI_ROAD_TERMS_H

#include "linli/kit.h"

#ifndef LAW_ENTRY
#define LAW_ENTRY NULL
#endif
#ifndef LAW_VOID
#define LAW_VOID NULL
#endif
#ifndef LAW_END
#define LAW_END NULL
#endif

/* ---- options ------------------------------------------------------------ */

typedef struct linli_named_option {
    const char *code;
    linli_text name;
} linli_named_option;

typedef struct linli_field_option {
    const char *code;
    linli_text name;
    int32_t unit;
    bool required;
} linli_field_option;

/* What an office may choose for any purchase. */
typedef struct linli_purchase {
    linli_period bid_window, result_notice;
    int64_t bidders_min, candidates, panel_members, panel_experts;
    int32_t below, rounding;
    bool panel_large, panel_blind, extra_given;
    bool small_only, joint_bids, public_service, show_prices, show_marks, delivery_scored, two_envelopes;
    linli_rate bid_bond, performance_bond, extra;
    linli_date term_from, term_until;
    linli_list qualifications, requirements; /* of linli_named_option */
    linli_list fields;                       /* of linli_field_option */
    linli_list tranches;                     /* of linli_part_option */
    linli_points full_score, score_step;
    linli_rate step_cost;
} linli_purchase;

enum { LINLI_ENDS_BELOW, LINLI_ASKS_BELOW };  /* of `below` */
enum { LINLI_ROUND_FLOOR, LINLI_ROUND_CEIL }; /* of `rounding` */

/* clang-format off */
static const char *const linli_below_codes[]  = { "fail", "ask", NULL };
static const linli_text  linli_below_labels[] = { { "终止", "ends" }, { "报批后可以继续", "goes on if approved" }, { NULL, NULL } };
static const char *const linli_round_codes[]  = { "floor", "ceil", NULL };
static const linli_text  linli_round_labels[] = { { "不足一档不扣", "a step begun is free" }, { "不足一档按一档扣", "a step begun counts" }, { NULL, NULL } };
static const char *const linli_unit_codes[]   = { "count", "months", "rate", "yes_no", "money", NULL };
static const linli_text  linli_unit_labels[]  = { { "数量", "count" }, { "月", "months" }, { "比例", "rate" }, { "是否", "yes or no" }, { "金额", "money" }, { NULL, NULL } };
static const int32_t     linli_units[]        = { LINLI_UNIT_COUNT, LINLI_UNIT_MONTHS, LINLI_UNIT_RATE, LINLI_UNIT_YES_NO, LINLI_UNIT_MONEY };
static const char *const linli_due_codes[]    = LINLI_DUE_CODES;
static const linli_text  linli_due_labels[]   = LINLI_DUE_LABELS;

static const linli_option linli_named_rows[] = {
    { .name = "code", .type = LINLI_OPT_CODE, .required = true, .offset = offsetof(linli_named_option, code),
      .label = { "代码", "code" }, .help = { "审查记录使用的代码", "the code findings are filed under" } },
    { .name = "name", .type = LINLI_OPT_TEXT, .required = true, .offset = offsetof(linli_named_option, name),
      .label = { "要求", "requirement" }, .help = { "采购文件中的表述", "as the documents put it" } },
};

static const linli_option linli_field_rows[] = {
    { .name = "code", .type = LINLI_OPT_CODE, .required = true, .offset = offsetof(linli_field_option, code),
      .label = { "代码", "code" }, .help = { "响应值使用的代码", "the code offers are filed under" } },
    { .name = "name", .type = LINLI_OPT_TEXT, .required = true, .offset = offsetof(linli_field_option, name),
      .label = { "名称", "name" }, .help = { "投标人填报时看到的名称", "what bidders see" } },
    { .name = "unit", .type = LINLI_OPT_CHOICE, .required = true, .offset = offsetof(linli_field_option, unit), .low = 0, .high = 4,
      .choices = linli_unit_labels, .codes = linli_unit_codes, .label = { "单位", "unit" }, .help = { "填报值的单位", "the unit of the value" } },
    { .name = "required", .type = LINLI_OPT_BOOL, .offset = offsetof(linli_field_option, required), .initial = "true",
      .label = { "必填", "required" }, .help = { "不填则投标无效", "a bid without it is void" } },
};

static const linli_option linli_part_rows[] = { LINLI_TRANCHE_ROWS(linli_due_labels, linli_due_codes) };

#define LINLI_ROWS(table)  .item = (table), .item_count = sizeof(table) / sizeof((table)[0])
#define LINLI_OF(member) .offset = offsetof(linli_purchase, member)

/* How long a call runs and how many must answer it. */
#define LINLI_ROWS_CALL \
    { .name = "bid_window", .type = LINLI_OPT_PERIOD, LINLI_OF(bid_window), .low = 1, .high = 180, \
      .label = { ZH_BID "期限", "time to " EN_BID }, .help = { "自" ZH_CALL "发出之日起；不填则用规则规定的最短期限", "from the issue of the documents; left out: the shortest the rules allow" } }, \
    { .name = "bidders_min", .type = LINLI_OPT_COUNT, LINLI_OF(bidders_min), .low = 1, .high = 20, \
      .label = { "最少" ZH_BIDDER, EN_BIDDER "s needed" }, .help = { "不得少于规则规定的家数；不填则用规则", "not fewer than the rules say; left out: as the rules say" } }, \
    { .name = "below", .type = LINLI_OPT_CHOICE, LINLI_OF(below), .low = 0, .high = 1, .initial = "fail", \
      .choices = linli_below_labels, .codes = linli_below_codes, \
      .label = { "家数不足时", "with fewer " EN_BIDDER "s" }, .help = { "限额以下项目可以约定报批后继续", "below the threshold the office may provide for going on with approval" } }

#define LINLI_ROW_APPROVAL(options) \
    { .name = "approval", .type = LINLI_OPT_STRING, .offset = offsetof(options, approval), .low = 1, .high = 100, .format = "line", \
      .label = { "财政部门批准文号", "number of the approval" }, .help = { "预算达到公开招标数额标准的必填", "needed from the open tender threshold on" } }

#define LINLI_ROWS_NOTICE \
    { .name = "result_notice", .type = LINLI_OPT_PERIOD, LINLI_OF(result_notice), .low = 1, .high = 30, \
      .label = { "结果公告期限", "result notice" }, .help = { "不填则用规则规定的期限", "left out: as the rules say" } }, \
    { .name = "show_prices", .type = LINLI_OPT_BOOL, LINLI_OF(show_prices), .initial = "false", \
      .label = { "公开各家报价", "prices are published" }, .help = { "随结果公告公开全部报价", "all prices are published with the result" } }

#define LINLI_ROWS_RANKED \
    { .name = "candidates", .type = LINLI_OPT_COUNT, LINLI_OF(candidates), .low = 1, .high = 5, .initial = "3", \
      .label = { "候选人数", "candidates" }, .help = { "按排名推荐的" ZH_WON "候选人数", "how many are recommended, in rank order" } }, \
    { .name = "show_marks", .type = LINLI_OPT_BOOL, LINLI_OF(show_marks), .initial = "false", \
      .label = { "公开各项得分", "marks are published" }, .help = { "仅限限额以下项目", "only below the threshold" } }

#define LINLI_ROWS_PANEL \
    { .name = "panel_members", .type = LINLI_OPT_COUNT, LINLI_OF(panel_members), .low = 1, .high = 31, \
      .label = { ZH_PANEL "人数", EN_PANEL " members" }, .help = { "单数；不填则用规则规定的最少人数", "an odd number; left out: the fewest the rules allow" } }, \
    { .name = "panel_experts", .type = LINLI_OPT_COUNT, LINLI_OF(panel_experts), .low = 0, .high = 31, \
      .label = { "其中评审专家", "of these, outside experts" }, .help = { "不填则用规则规定的最少人数", "left out: the fewest the rules allow" } }, \
    { .name = "panel_large", .type = LINLI_OPT_BOOL, LINLI_OF(panel_large), .initial = "false", \
      .label = { "技术复杂或社会影响较大", "complex or of great social influence" }, .help = { ZH_PANEL "按大额项目组成", "the " EN_PANEL " is that of a large purchase" } }, \
    { .name = "panel_blind", .type = LINLI_OPT_BOOL, LINLI_OF(panel_blind), .initial = "false", \
      .label = { "匿名评审", "blind" }, .help = { "评审时隐去" ZH_BIDDER "名称", "names of " EN_BIDDER "s are hidden from the " EN_PANEL } }

#define LINLI_ROWS_BONDS \
    { .name = "bid_bond", .type = LINLI_OPT_RATE, LINLI_OF(bid_bond), .low = 0, .high = LINLI_WHOLE, .initial = "0%", \
      .label = { ZH_BID "保证金", EN_BID " bond" }, .help = { "占采购预算的比例", "of the budget" } }, \
    { .name = "performance_bond", .type = LINLI_OPT_RATE, LINLI_OF(performance_bond), .low = 0, .high = LINLI_WHOLE, .initial = "0%", \
      .label = { "履约保证金", "performance bond" }, .help = { "占合同金额的比例", "of the contract" } }

#define LINLI_ROWS_CONTRACT \
    { .name = "extra", .type = LINLI_OPT_RATE, LINLI_OF(extra), .present = offsetof(linli_purchase, extra_given), .low = 0, .high = LINLI_WHOLE, \
      .label = { "追加上限", "most it may grow" }, .help = { "补充合同累计不超过原合同的比例；不填则用规则", "supplements in all, of the contract; left out: as the rules say" } }, \
    { .name = "term_from", .type = LINLI_OPT_DATE, LINLI_OF(term_from), \
      .label = { "服务开始", "service from" }, .help = { "合同履行的第一日", "first day of the contract" } }, \
    { .name = "term_until", .type = LINLI_OPT_DATE, LINLI_OF(term_until), \
      .label = { "服务结束", "service until" }, .help = { "合同履行的最后一日", "last day of the contract" } }, \
    { .name = "public_service", .type = LINLI_OPT_BOOL, LINLI_OF(public_service), .initial = "false", \
      .label = { "向社会公众提供的公共服务", "a service to the public" }, .help = { "验收须有服务对象意见", "acceptance needs the opinion of those served" } }

#define LINLI_ROWS_BID \
    { .name = "small_only", .type = LINLI_OPT_BOOL, LINLI_OF(small_only), .initial = "false", \
      .label = { "专门面向中小企业", "reserved for small enterprises" }, .help = { "中小企业声明作为资格条件", "the declaration becomes a qualification" } }, \
    { .name = "joint_bids", .type = LINLI_OPT_BOOL, LINLI_OF(joint_bids), .initial = "true", \
      .label = { "接受联合体" ZH_BID, "joint " EN_BID "s" }, .help = { "不接受的，应当在" ZH_CALL "中载明", "where they are not taken, the call says so" } }, \
    { .name = "qualifications", .type = LINLI_OPT_LIST, LINLI_OF(qualifications), .low = 0, .high = 20, \
      LINLI_ROWS(linli_named_rows), .item_size = sizeof(linli_named_option), \
      .label = { "特定资格要求", "further qualifications" }, .help = { "审查资格时逐项核对", "looked at with the qualification" } }, \
    { .name = "requirements", .type = LINLI_OPT_LIST, LINLI_OF(requirements), .low = 0, .high = 40, \
      LINLI_ROWS(linli_named_rows), .item_size = sizeof(linli_named_option), \
      .label = { "实质性要求（★）", "substantive requirements" }, .help = { "由" ZH_PANEL "审查", "checked by the " EN_PANEL } }, \
    { .name = "fields", .type = LINLI_OPT_LIST, LINLI_OF(fields), .low = 0, .high = 30, \
      LINLI_ROWS(linli_field_rows), .item_size = sizeof(linli_field_option), \
      .label = { "填报项", "what " EN_BIDDER "s state" }, .help = { "报价之外须填报的数值", "values besides the price" } }

#define LINLI_ROWS_PAY \
    { .name = "tranches", .type = LINLI_OPT_LIST, .required = true, LINLI_OF(tranches), .low = 1, .high = 36, \
      LINLI_ROWS(linli_part_rows), .item_size = sizeof(linli_part_option), \
      .label = { "付款安排", "tranches" }, .help = { "各期比例合计 100%", "the shares add up to 100%" } }, \
    { .name = "delivery_scored", .type = LINLI_OPT_BOOL, LINLI_OF(delivery_scored), .initial = "false", \
      .label = { "按履约评分付款", "paid by delivery score" }, .help = { "达到里程碑、验收后支付的各期须先评分", "parts due on a milestone or on acceptance wait for a score" } }, \
    { .name = "full_score", .type = LINLI_OPT_POINTS, LINLI_OF(full_score), .low = 1, .high = 100 * LINLI_POINT, .initial = "90", \
      .label = { "全额付款分数", "score paid in full" }, .help = { "达到此分不扣款", "from this score on nothing is deducted" } }, \
    { .name = "score_step", .type = LINLI_OPT_POINTS, LINLI_OF(score_step), .low = 1, .high = 100 * LINLI_POINT, .initial = "5", \
      .label = { "扣款分档", "step" }, .help = { "每低多少分扣一档", "points of one step" } }, \
    { .name = "step_cost", .type = LINLI_OPT_RATE, LINLI_OF(step_cost), .low = 0, .high = LINLI_WHOLE, .initial = "1%", \
      .label = { "每档扣款", "cost of a step" }, .help = { "占当期应付的比例", "of the tranche" } }, \
    { .name = "rounding", .type = LINLI_OPT_CHOICE, LINLI_OF(rounding), .low = 0, .high = 1, .initial = "floor", \
      .choices = linli_round_labels, .codes = linli_round_codes, \
      .label = { "不足一档", "an unfinished step" }, .help = { "合同须写明", "the contract must say" } }

/* ---- words -------------------------------------------------------------- */

enum {
    LINLI_M_BELOW_RULE = LINLI_M_KIT, LINLI_M_ABOVE_RULE, LINLI_M_UNIT, LINLI_M_EVEN, LINLI_M_SMALL, LINLI_M_EXPERTS, LINLI_M_ASK_P1,
    LINLI_M_TERM_ORDER, LINLI_M_TERM, LINLI_M_MARKS_P1, LINLI_M_WORKS, LINLI_M_CODE_TWICE,
    LINLI_M_WITHDRAWN, LINLI_M_LATE, LINLI_M_VOID, LINLI_M_UNOPENED, LINLI_M_FAILED, LINLI_M_UNCHECKED, LINLI_M_OVER, LINLI_M_OVER_LAW,
    LINLI_M_UPHELD, LINLI_M_ADMITTED,
    LINLI_M_EARLY, LINLI_M_FEW, LINLI_M_ENOUGH, LINLI_M_OPENED, LINLI_M_TO_OPEN, LINLI_M_TO_CHECK, LINLI_M_TO_EVALUATE, LINLI_M_EVALUATED,
    LINLI_M_ALL_OUT, LINLI_M_TO_EXPLAIN, LINLI_M_UNDECIDED, LINLI_M_DECIDED, LINLI_M_HELD_LAW,
    LINLI_M_WINNER, LINLI_M_NEXT, LINLI_M_RESERVE, LINLI_M_DRAWN, LINLI_M_TIED, LINLI_M_TIED_LAW, LINLI_M_NONE, LINLI_M_RESTART,
    LINLI_M_REFUSED_TO_SIGN, LINLI_M_POOL, LINLI_M_BARRED,
    LINLI_M_NO_SCORE, LINLI_M_LESS,
    LINLI_M_CLOSED, LINLI_M_CLOSED_LAW, LINLI_M_NOT_PARTICIPANT, LINLI_M_OBJECT_LATE,
    LINLI_M_APPROVAL, LINLI_M_STATUTORY,
    LINLI_M_BY_ENTRY, LINLI_M_BY_VOID, LINLI_M_BY_OBJECTION, LINLI_M_BY_END, LINLI_M_BY_SIGNING,
    LINLI_M_OWN
};

#define LINLI_ROAD_MESSAGES \
    LINLI_KIT_MESSAGES, \
    [LINLI_M_BELOW_RULE]   = { "below_rule", { "低于规定的下限：{1}", "less than the rules allow: {1}" }, NULL }, \
    [LINLI_M_ABOVE_RULE]   = { "above_rule", { "{1} 超过规定的上限：{2}", "{1} is more than the rules allow: {2}" }, NULL }, \
    [LINLI_M_UNIT]         = { "unit", { "期限单位须与规则一致：{1}", "the unit must be that of the rule: {1}" }, NULL }, \
    [LINLI_M_EVEN]         = { "even", { ZH_PANEL "人数为 {1}，应为单数", "{1} members: the number must be odd" }, NULL }, \
    [LINLI_M_SMALL]        = { "small", { ZH_PANEL " {1} 人，少于规定：{2}", "{1} members, fewer than the rules say: {2}" }, NULL }, \
    [LINLI_M_EXPERTS]      = { "experts", { "{2} 人中评审专家 {1} 人，不足 {3} 人", "{1} experts of {2} members where {3} are needed" }, NULL }, \
    [LINLI_M_ASK_P1]       = { "ask_statutory", { "家数不足时不得继续：{1}", "it may not go on with fewer: {1}" }, NULL }, \
    [LINLI_M_TERM_ORDER]   = { "term_order", { "服务结束日早于开始日", "the service ends before it begins" }, NULL }, \
    [LINLI_M_TERM]         = { "term", { "服务期限超过规定：{1}", "the term is longer than the rules allow: {1}" }, NULL }, \
    [LINLI_M_MARKS_P1]     = { "marks_statutory", { "政府采购只向各" ZH_BIDDER "告知其本人得分", "in statutory procurement each " EN_BIDDER " is told its own score only" }, "财政部令第87号 §69" }, \
    [LINLI_M_WORKS]        = { "works", { "本机制只用于货物和服务，工程另有法律规定", "for goods and services only; works have a law of their own" }, "政府采购法 §4" }, \
    [LINLI_M_CODE_TWICE]   = { "code_twice", { "代码 {1} 重复或已被占用", "the code {1} is taken" }, NULL }, \
    [LINLI_M_WITHDRAWN]    = { "withdrawn", { ZH_BID "已撤回", "the " EN_BID " was withdrawn" }, NULL }, \
    [LINLI_M_LATE]         = { "late", { "逾期送达，拒收", "the " EN_BID " came late and is refused" }, NULL }, \
    [LINLI_M_VOID]         = { "void", { "开启时发现" ZH_BID "文件无效", "found void at the opening" }, NULL }, \
    [LINLI_M_UNOPENED]     = { "unopened", { "尚未开启", "not opened yet" }, NULL }, \
    [LINLI_M_FAILED]       = { "failed", { "未通过审查：{1}", "failed the check {1}" }, NULL }, \
    [LINLI_M_UNCHECKED]    = { "unchecked", { "尚未审查：{1}", "not checked yet: {1}" }, NULL }, \
    [LINLI_M_OVER]         = { "over", { "报价 {1} 超过最高限价 {2}", "the price {1} is over the ceiling of {2}" }, NULL }, \
    [LINLI_M_OVER_LAW]     = { "over_ceiling", { "报价 {1} 超过最高限价 {2}，" ZH_BID "无效", "the price {1} is over the ceiling of {2}: the " EN_BID " is void" }, LAW_OVER }, \
    [LINLI_M_UPHELD]       = { "upheld", { "质疑成立，不再作为合格供应商", "an objection against it was founded" }, NULL }, \
    [LINLI_M_ADMITTED]     = { "admitted", { "通过审查", "passed every check so far" }, NULL }, \
    [LINLI_M_EARLY]        = { "early", { "截止时间 {1} 未到", "the deadline is {1}" }, NULL }, \
    [LINLI_M_FEW]          = { "few", { "有效" ZH_BIDDER " {1} 家，不足 {2} 家；规定：{3}", "{1} " EN_BIDDER "s where {2} are needed; the rule: {3}" }, NULL }, \
    [LINLI_M_ENOUGH]       = { "enough", { "有效" ZH_BIDDER " {1} 家", "{1} " EN_BIDDER "s" }, NULL }, \
    [LINLI_M_OPENED]       = { "opened", { "全部" ZH_BID "已开启", "every " EN_BID " is opened" }, NULL }, \
    [LINLI_M_TO_OPEN]      = { "to_open", { "还有 {1} 份" ZH_BID "未开启", "{1} " EN_BID "s are still to be opened" }, NULL }, \
    [LINLI_M_TO_CHECK]     = { "to_check", { "还有 {1} 份" ZH_BID "未审查完", "{1} " EN_BID "s are still to be checked" }, NULL }, \
    [LINLI_M_TO_EVALUATE]  = { "to_evaluate", { "评审尚未完成", "the evaluation is not finished" }, NULL }, \
    [LINLI_M_EVALUATED]    = { "evaluated", { "{1} 家有名次", "{1} " EN_BID "s are ranked" }, NULL }, \
    [LINLI_M_ALL_OUT]      = { "all_out", { "没有可以推荐的" ZH_BIDDER, "no " EN_BID " is left to recommend" }, NULL }, \
    [LINLI_M_TO_EXPLAIN]   = { "to_explain", { "须先由" ZH_BIDDER " {1} 说明报价", EN_BIDDER " {1} must explain its price first" }, NULL }, \
    [LINLI_M_UNDECIDED]    = { "undecided", { "尚未确定" ZH_WON "人", "the winner is not fixed yet" }, NULL }, \
    [LINLI_M_DECIDED]      = { "decided", { "已确定" ZH_WON "人", "the winner is fixed" }, NULL }, \
    [LINLI_M_HELD_LAW]     = { "held_statutory", { "有未答复且可能影响结果的质疑，暂停签订或者履行合同", "an open challenge may change the result: signing and performance are suspended" }, "政府采购法实施条例 §54" }, \
    [LINLI_M_WINNER]       = { "winner", { "排名第一的" ZH_WON "候选人，按其报价 {1} 签约", "ranked first; the contract is at the price it quoted, {1}" }, NULL }, \
    [LINLI_M_NEXT]         = { "next_candidate", { "前一候选人不能" ZH_WON "，顺延至第 {1} 候选人，按其报价 {2} 签约", "those before it fell away: candidate number {1}, at the price it quoted, {2}" }, NULL }, \
    [LINLI_M_RESERVE]      = { "reserve", { "第 {1} " ZH_WON "候选人", "candidate number {1}" }, NULL }, \
    [LINLI_M_DRAWN]        = { "drawn", { "名次并列，由公开抽取确定", "the tie was settled by public draw" }, NULL }, \
    [LINLI_M_TIED]         = { "tied", { "第 {1} 名并列，待公开抽取", "a tie for place {1}: a public draw is needed" }, NULL }, \
    [LINLI_M_TIED_LAW]     = { "tied_statutory", { "第 {1} 名并列，采购文件未规定其他方式，随机抽取", "a tie for place {1}: a random draw is needed" }, LAW_TIED }, \
    [LINLI_M_NONE]         = { "none", { "没有可以推荐的" ZH_BIDDER, "there is no " EN_BID " to award" }, NULL }, \
    [LINLI_M_RESTART]      = { "restart", { "质疑（异议）成立后合格供应商 {1} 家，不足规定 {2}，应当重新采购", "{1} qualified " EN_BIDDER "s are left after a founded objection, fewer than {2}: start anew" }, NULL }, \
    [LINLI_M_REFUSED_TO_SIGN] = { "refused_to_sign", { "候选人 {1} 放弃" ZH_WON "或者拒绝签约", "candidate {1} gave up or refused to sign" }, NULL }, \
    [LINLI_M_POOL]         = { "pool", { "报价 {1} 超过共用资金余额 {2}", "the price {1} is over what is left of the shared pool, {2}" }, NULL }, \
    [LINLI_M_BARRED]       = { "barred", { "{1} 已在其他采购包" ZH_WON "达到最多包数", "{1} has won as many other lots as one may" }, NULL }, \
    [LINLI_M_NO_SCORE]     = { "no_score", { "尚无履约评分", "the delivery has no score yet" }, NULL }, \
    [LINLI_M_LESS]         = { "less", { "履约评分 {1}，低于 {2}，扣 {3} 档，每档 {4}，实付 {5}", "delivery scored {1}, below {2}: {3} steps of {4} are deducted and {5} is paid" }, NULL }, \
    [LINLI_M_CLOSED]       = { "closed", { "已过截止时间 {1}", "the deadline was {1}" }, NULL }, \
    [LINLI_M_CLOSED_LAW]   = { "after_deadline", { "已过" ZH_BID "截止时间 {1}，拒收", "the deadline was {1}: refused" }, LAW_LATE }, \
    [LINLI_M_NOT_PARTICIPANT] = { "not_participant", { "质疑人未参与本项目采购活动", "only who took part may object" }, "财政部令第94号 §11" }, \
    [LINLI_M_OBJECT_LATE]  = { "object_late", { "已过质疑期限：{1}", "the time to object is over: {1}" }, NULL }, \
    [LINLI_M_APPROVAL]     = { "approval", { "预算 {1} 达到公开招标数额标准，须先获批准并填写文号：{2}", "the budget {1} reaches the open tender threshold: an approval is needed first: {2}" }, "政府采购法 §27" }, \
    [LINLI_M_STATUTORY]    = { "statutory", { "预算 {1} 达到采购限额标准，属于政府采购，不能按限额以下办理：{2}", "the budget {1} reaches the purchase threshold: this is statutory procurement: {2}" }, "政府采购法 §2" }, \
    [LINLI_M_BY_ENTRY]     = { "by_entry", { ZH_BID "的送达、补充和撤回按此规定", "as is laid down for handing in and taking back" }, LAW_ENTRY }, \
    [LINLI_M_BY_VOID]      = { "by_void", { "无效" ZH_BID "按此规定", "as is laid down for what is void" }, LAW_VOID }, \
    [LINLI_M_BY_OBJECTION] = { "by_objection", { "质疑成立的处理按此规定", "as is laid down for a founded objection" }, "财政部令第94号 §16" }, \
    [LINLI_M_BY_END]       = { "by_end", { "废标、终止采购活动按此规定", "as is laid down for a procurement that ends" }, LAW_END }, \
    [LINLI_M_BY_SIGNING]   = { "by_signing", { "合同与" ZH_WON "人签订", "the contract is made with who won" }, "政府采购法 §46" }
/* clang-format on */

#define LINLI_LENGTH(table) (sizeof(table) / sizeof((table)[0]))

#endif /* LINLI_ROAD_TERMS_H */
