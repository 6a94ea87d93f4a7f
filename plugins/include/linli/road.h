/*
 * linli/road.h - the road most purchases take, so that a mechanism is its tables
 * and its own rules: bids up to a deadline, checks, gates that need so many, an
 * evaluation, an award by rank, a notice, a contract, tranches on evidence.
 *
 * A mechanism that takes it
 *
 *   - names its words (the macros below) before it includes this header,
 *   - begins its options with a linli_purchase and offers the LINLI_ROWS_.. it wants,
 *   - begins its messages with LINLI_ROAD_MESSAGES and numbers its own from LINLI_M_OWN,
 *   - fills a static const linli_road and says LINLI_TAKES_ROAD(it).
 *
 * Words: ZH_BID EN_BID (投标, bid), ZH_BIDDER EN_BIDDER (投标人, bidder), ZH_WON (中标; 成交), ZH_PANEL
 * EN_PANEL (评标委员会, panel), ZH_CALL EN_CALL (采购文件, documents).  Articles: LAW_OVER LAW_LATE LAW_TIED,
 * and LAW_ENTRY (handing in, taking back), LAW_VOID (void bids), LAW_END (a procurement that ends), which may
 * be left out where it has none; each a string or NULL.  They stand in lines said in statutory procurement
 * only.
 */
#ifndef LINLI_ROAD_H
#define LINLI_ROAD_H

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
    bool small_only, public_service, show_prices, show_marks, delivery_scored;
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
    LINLI_M_APPROVAL,
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
    [LINLI_M_BY_ENTRY]     = { "by_entry", { ZH_BID "的送达、补充和撤回按此规定", "as is laid down for handing in and taking back" }, LAW_ENTRY }, \
    [LINLI_M_BY_VOID]      = { "by_void", { "无效" ZH_BID "按此规定", "as is laid down for what is void" }, LAW_VOID }, \
    [LINLI_M_BY_OBJECTION] = { "by_objection", { "质疑成立的处理按此规定", "as is laid down for a founded objection" }, "财政部令第94号 §16" }, \
    [LINLI_M_BY_END]       = { "by_end", { "废标、终止采购活动按此规定", "as is laid down for a procurement that ends" }, LAW_END }, \
    [LINLI_M_BY_SIGNING]   = { "by_signing", { "合同与" ZH_WON "人签订", "the contract is made with who won" }, "政府采购法 §46" }
/* clang-format on */

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

/* Outside experts needed among so many members. */
static inline int64_t linli_experts_needed(const linli_facts *facts, int64_t members)
{
    const linli_rule *num = linli_rule_of(facts, "panel_experts_num");
    const linli_rule *den = linli_rule_of(facts, "panel_experts_den");
    int64_t n = 0;

    if (!num || !den || !linli_mul_div(members, num->value, den->value, LINLI_UP, &n))
        return 0;
    return n;
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
        linli_find_rate(&r, l->facts, "/extra", o->extra, "supplement_max");
    linli_find_panel(l, &r);
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
#define LINLI_PHASE_DECIDING(zh, en) \
    { "deciding", { zh, en }, LINLI_DECIDING, LINLI_ENDS_BY_ACT, \
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_SEES, [LINLI_ASSESSOR] = LINLI_READS, [LINLI_EVALUATOR] = LINLI_SEES, \
        [LINLI_ORGANISATION]    = LINLI_ASKS, \
        [LINLI_OFFICE_CLERK]    = LINLI_SEES | LINLI_CAN(DRAW) | LINLI_CAN(ANNOUNCE) | LINLI_CAN(RESOLVE), \
        [LINLI_OFFICE_APPROVER] = LINLI_SEES | LINLI_CAN(CHOOSE) | LINLI_CAN(APPROVE) | LINLI_CAN(ANNOUNCE) | \
                                  LINLI_CAN(ADVANCE) | LINLI_CAN(CANCEL), \
        [LINLI_AGENT]           = LINLI_SEES | LINLI_CAN(DRAW) | LINLI_CAN(ANNOUNCE) | LINLI_CAN(RESOLVE) }, \
      "notice", "void", NULL }
#define LINLI_PHASE_NOTICE \
    { "notice", { "结果公告", "result notice" }, LINLI_NOTICE, LINLI_ENDS_AT_DUE, \
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_SEES, [LINLI_ASSESSOR] = LINLI_READS, [LINLI_EVALUATOR] = LINLI_READS, \
        [LINLI_ORGANISATION]    = LINLI_ASKS, \
        [LINLI_OFFICE_CLERK]    = LINLI_SEES | LINLI_CAN(ANSWER) | LINLI_CAN(ANNOUNCE) | LINLI_CAN(RESOLVE), \
        [LINLI_OFFICE_APPROVER] = LINLI_SEES | LINLI_CAN(APPROVE) | LINLI_CAN(ANNOUNCE) | LINLI_CAN(RESOLVE), \
        [LINLI_AGENT]           = LINLI_SEES | LINLI_CAN(ANSWER) | LINLI_CAN(ANNOUNCE) | LINLI_CAN(RESOLVE), \
        [LINLI_CLOCK]           = LINLI_CAN(ADVANCE) }, \
      "contracting", "void", "result_notice" }
#define LINLI_PHASE_CONTRACTING \
    { "contracting", { "签订合同", "contracting" }, LINLI_CONTRACTING, LINLI_ENDS_WHEN_DONE, \
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_SEES, [LINLI_ASSESSOR] = LINLI_READS, [LINLI_EVALUATOR] = LINLI_READS, \
        [LINLI_ORGANISATION]    = LINLI_ASKS | LINLI_CAN(SIGN) | LINLI_CAN(WITHDRAW), \
        [LINLI_OFFICE_CLERK]    = LINLI_SEES | LINLI_CAN(ANSWER) | LINLI_CAN(RESOLVE) | LINLI_CAN(SIGN), \
        [LINLI_OFFICE_APPROVER] = LINLI_SEES | LINLI_CAN(APPROVE) | LINLI_CAN(RESOLVE) | LINLI_CAN(CHOOSE) | \
                                  LINLI_CAN(SIGN) | LINLI_CAN(CANCEL), \
        [LINLI_AGENT]           = LINLI_SEES | LINLI_CAN(ANSWER) | LINLI_CAN(RESOLVE) }, \
      "delivering", "void", NULL }
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
    { "result_notice", "result_notice", { "结果公告期限", "result notice" }, LINLI_ANNOUNCED, LINLI_NOTICE_ENDED, true, true, LINLI_ROLL_HOLIDAY }, \
    { "challenge_window", "challenge_window", { "质疑期限", "time to object to the result" }, LINLI_NOTICE_ENDED, LINLI_OBJECTED, false, true, LINLI_ROLL_REST }, \
    { "challenge_answer", "challenge_answer", { "答复期限", "time to answer an objection" }, LINLI_OBJECTED, LINLI_RESOLVED, false, true, LINLI_ROLL_HOLIDAY }, \
    { "sign_window", "sign_window", { "签约期限", "time to sign" }, LINLI_ANNOUNCED, LINLI_SIGNED, false, true, LINLI_ROLL_HOLIDAY }, \
    { "payment_window", "payment_window", { "付款期限", "time to pay" }, LINLI_ACCEPTED, LINLI_PAID, false, true, LINLI_ROLL_HOLIDAY }
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

    if (!l->road->panel_size)
        return (linli_panel){.of = 1};
    return (linli_panel){.at_least = (int32_t)(l->o->panel_members ? l->o->panel_members
                                               : size              ? size->value
                                                                   : 1),
                         .experts = share ? (int32_t)num->value : 0,
                         .of = share ? (int32_t)den->value : 1,
                         .odd = true,
                         .blind = l->o->panel_blind,
                         .source = size ? size->source : NULL};
}

static inline linli_status linli_road_plan(linli_ask *ask, const linli_lot *l, linli_plan *out)
{
    const linli_purchase *o = l->o;
    const linli_rule *grow = linli_rule_of(l->facts, "supplement_max");
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

/* ---- admit -------------------------------------------------------------- */

/* Some checks only bear on a price or a deduction and put nobody out. */
static inline bool linli_counts_against(const linli_lot *l, const linli_check_rule *rule)
{
    for (size_t i = 0; l->road->advisory && l->road->advisory[i]; i++)
        if (strcmp(rule->code, l->road->advisory[i]) == 0)
            return l->o->small_only && strcmp(rule->code, "small_enterprise") == 0;
    return true;
}

/* What the checks due so far say; LINLI_M_ADMITTED where none speaks against it. */
static inline linli_line linli_checked(const linli_lot *l, uint64_t bid)
{
    const linli_plan *p = l->facts->plan;
    const linli_road *road = l->road;
    size_t here = linli_phase_index(road->phases, road->phase_count, l->facts->phase);
    linli_line line = {.message = LINLI_M_ADMITTED};

    for (size_t i = 0; p && i < p->check_count; i++) {
        const linli_check_rule *rule = &p->checks[i];
        int found = linli_found(l->facts, bid, rule->code, rule->role);

        /* The office or its agent: 87号 §44. */
        if (found == LINLI_NOT_FOUND && rule->role == LINLI_OFFICE_CLERK)
            found = linli_found(l->facts, bid, rule->code, LINLI_AGENT);
        if (!linli_counts_against(l, rule) ||
            linli_phase_index(road->phases, road->phase_count, rule->phase) > here)
            continue;
        if (found == LINLI_NOT_PASSED)
            return LINLI_LINE(LINLI_M_FAILED, linli_named(rule->code));
        if (found == LINLI_NOT_FOUND && line.message == LINLI_M_ADMITTED)
            line = LINLI_LINE(LINLI_M_UNCHECKED, linli_named(rule->code));
    }
    return line;
}

static inline linli_money linli_ceiling(const linli_tender *t)
{
    return t->ceiling.minor && t->ceiling.minor < t->budget.minor ? t->ceiling : t->budget;
}

static inline linli_line linli_judged(const linli_lot *l, const linli_bid *bid)
{
    linli_money most = linli_ceiling(l->facts->tender);
    linli_line line = {.message = LINLI_M_ADMITTED};

    if (bid->late)
        return (linli_line){.message = LINLI_M_LATE};
    if (bid->withdrawn)
        return (linli_line){.message = LINLI_M_WITHDRAWN};
    if (bid->invalid)
        return (linli_line){.message = LINLI_M_VOID};
    if (!bid->open)
        return (linli_line){.message = LINLI_M_UNOPENED};
    if (linli_upheld(l->facts, bid->key))
        return (linli_line){.message = LINLI_M_UPHELD};
    if (l->road->judge)
        line = l->road->judge(l, bid);
    if (line.message != LINLI_M_ADMITTED)
        return line;
    if (bid->priced && bid->price.minor > most.minor)
        return LINLI_LINE(linli_statutory(l->facts) ? LINLI_M_OVER_LAW : LINLI_M_OVER,
                          linli_amount(bid->price), linli_amount(most));
    return linli_checked(l, bid->key);
}

/* In statutory procurement, the article a reason rests on that names none itself. */
static inline bool linli_say_by(linli_ask *ask, const linli_facts *facts, uint32_t message, linli_lines *why)
{
    return !linli_statutory(facts) || message == LINLI_M_OWN ||
           linli_say(ask, why, (linli_line){.message = message});
}

static inline int32_t linli_last_round(const linli_facts *facts)
{
    int32_t round = 0;

    for (size_t i = 0; i < facts->offer_count; i++)
        round = facts->offers[i].round > round ? facts->offers[i].round : round;
    return round;
}

/* LINLI_M_OWN: it names its own, or rests on none. */
static inline uint32_t linli_by_which(uint32_t reason)
{
    switch (reason) {
    case LINLI_M_LATE:
    case LINLI_M_WITHDRAWN:
        return LINLI_M_BY_ENTRY;
    case LINLI_M_VOID:
    case LINLI_M_UNOPENED:
        return LINLI_M_BY_VOID;
    case LINLI_M_UPHELD:
        return LINLI_M_BY_OBJECTION;
    default:
        return LINLI_M_OWN;
    }
}

static inline linli_status linli_road_admit(linli_ask *ask, const linli_lot *l, linli_admissions *out)
{
    const linli_facts *facts = l->facts;
    linli_admission *list = LINLI_NEW(ask, linli_admission, facts->bid_count);
    int32_t last_round = linli_last_round(facts);
    linli_each each;

    if (!list || !linli_by_bid(ask, facts, &each))
        return LINLI_NOMEM;
    for (size_t i = 0; i < facts->bid_count; i++) {
        const linli_bid *bid = &facts->bids[i];
        linli_facts own = linli_own(&each, bid->key);
        linli_line line = linli_judged(&(linli_lot){l->road, l->o, &own, last_round}, bid);
        linli_admission *one = &list[linli_place(facts, i)];
        bool again = false;

        *one = (linli_admission){.bid = bid->key, .admitted = line.message == LINLI_M_ADMITTED};
        if (!linli_say(ask, &one->why, line) ||
            !linli_say_by(ask, facts, linli_by_which(line.message), &one->why))
            return LINLI_NOMEM;
        for (size_t j = 0; bid->group != 0 && j < i; j++)
            again |= facts->bids[j].group == bid->group && list[linli_place(facts, j)].admitted;
        out->bidders += one->admitted && !again;
    }
    out->items = list;
    out->count = facts->bid_count;
    return LINLI_OK;
}

/* ---- step --------------------------------------------------------------- */

static const linli_text linli_go_on = {"报批后以现有各家继续", "go on with those there are, if approved"};

/* The lawful ways on where so many are left; `next`: where going on would lead. */
static inline linli_status linli_offer_ways(linli_ask *ask, const linli_lot *l, int64_t left,
                                            const char *next, linli_step *out)
{
    bool law = linli_statutory(l->facts);
    const linli_road_way *from = law ? l->road->ways : l->road->own_ways;
    size_t count = law ? l->road->way_count : l->road->own_way_count;
    linli_way *list = LINLI_NEW(ask, linli_way, count + 1);

    if (!list)
        return LINLI_NOMEM;
    out->ways = list;
    if (out->kind == LINLI_ASK_APPROVAL && left > 0)
        list[out->way_count++] = (linli_way){"go_on", linli_go_on, next, NULL};
    for (size_t i = 0; i < count; i++)
        if (from[i].left == 0 || from[i].left == left)
            list[out->way_count++] = from[i].way;
    return LINLI_OK;
}

/* The gate at the end of a phase: enough bidders, or the lawful ways on. */
static inline linli_status linli_gate(linli_ask *ask, const linli_lot *l, int64_t have, linli_step *out)
{
    const char *next = linli_here(l)->next, *rule = l->road->gate_rule(l, l->facts->phase);
    int64_t need = linli_bidders_needed(l, l->facts->phase);

    if (have >= need)
        return linli_answer(ask, LINLI_GO, next, LINLI_LINE(LINLI_M_ENOUGH, linli_count(have)), out);
    *out = (linli_step){.kind = l->o->below == LINLI_ASKS_BELOW ? LINLI_ASK_APPROVAL : LINLI_FAIL,
                        .phase = "void"};
    if (!linli_say(ask, &out->why,
                   LINLI_LINE(LINLI_M_FEW, linli_count(have), linli_count(need), linli_ruled(rule))) ||
        (!linli_rule_of(l->facts, rule) && !linli_say_by(ask, l->facts, LINLI_M_BY_END, &out->why)))
        return LINLI_NOMEM;
    return linli_offer_ways(ask, l, have, next, out);
}

/* On to the next phase of the table. */
static inline linli_status linli_go(linli_ask *ask, const linli_lot *l, linli_line why, linli_step *out)
{
    return linli_answer(ask, LINLI_GO, linli_here(l)->next, why, out);
}

static inline linli_status linli_stay(linli_ask *ask, linli_line why, linli_step *out)
{
    return linli_answer(ask, LINLI_STAY, NULL, why, out);
}

/* Bids that stand at the deadline; those of one group count once. */
static inline int64_t linli_standing(const linli_facts *facts)
{
    int64_t n = 0;

    for (size_t i = 0; i < facts->bid_count; i++) {
        const linli_bid *b = &facts->bids[i];
        bool again = false;

        for (size_t j = 0; b->group != 0 && j < i; j++)
            again |= facts->bids[j].group == b->group && !facts->bids[j].withdrawn && !facts->bids[j].late;
        n += !b->withdrawn && !b->late && !again;
    }
    return n;
}

static inline linli_status linli_end_tendering(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    linli_time due = l->facts->tender->bids_due;

    if (l->facts->now.us < due.us)
        return linli_stay(ask, LINLI_LINE(LINLI_M_EARLY, linli_instant(due)), out);
    return linli_gate(ask, l, linli_standing(l->facts), out);
}

static inline linli_status linli_end_opening(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    int64_t left = 0;

    for (size_t i = 0; i < l->facts->bid_count; i++) {
        const linli_bid *b = &l->facts->bids[i];
        left += !b->withdrawn && !b->late && !b->invalid && !b->open;
    }
    if (left > 0)
        return linli_stay(ask, LINLI_LINE(LINLI_M_TO_OPEN, linli_count(left)), out);
    return linli_go(ask, l, (linli_line){.message = LINLI_M_OPENED}, out);
}

static inline linli_status linli_end_checking(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    linli_admissions admitted = {0};
    linli_status status = linli_road_admit(ask, l, &admitted);
    int64_t left = 0;

    if (status != LINLI_OK)
        return status;
    for (size_t i = 0; i < admitted.count; i++)
        left += admitted.items[i].why.items[0].message == LINLI_M_UNCHECKED;
    if (left > 0)
        return linli_stay(ask, LINLI_LINE(LINLI_M_TO_CHECK, linli_count(left)), out);
    return linli_gate(ask, l, admitted.bidders, out);
}

/* It ends here for this reason: the lawful ways on. */
static inline linli_status linli_end_for(linli_ask *ask, const linli_lot *l, linli_line why, linli_step *out)
{
    linli_status status = linli_answer(ask, LINLI_FAIL, "void", why, out);

    if (status == LINLI_OK)
        status = linli_told(linli_say_by(ask, l->facts, LINLI_M_BY_END, &out->why));
    return status == LINLI_OK ? linli_offer_ways(ask, l, 0, NULL, out) : status;
}

/* No bid is left to award. */
static inline linli_status linli_nobody_left(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    return linli_end_for(ask, l, (linli_line){.message = LINLI_M_ALL_OUT}, out);
}

/* The end of checks after which one bid is enough. */
static inline linli_status linli_end_checked(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    linli_admissions admitted = {0};
    linli_status status = linli_road_admit(ask, l, &admitted);
    int64_t left = 0;

    if (status != LINLI_OK)
        return status;
    for (size_t i = 0; i < admitted.count; i++)
        left += admitted.items[i].why.items[0].message == LINLI_M_UNCHECKED;
    if (left > 0)
        return linli_stay(ask, LINLI_LINE(LINLI_M_TO_CHECK, linli_count(left)), out);
    if (admitted.bidders == 0)
        return linli_nobody_left(ask, l, out);
    return linli_go(ask, l, LINLI_LINE(LINLI_M_ENOUGH, linli_count(admitted.bidders)), out);
}

static inline linli_status linli_end_scoring(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    const linli_evaluation *e = l->facts->evaluation;
    int64_t ranked = 0;

    if (!e)
        return linli_stay(ask, (linli_line){.message = LINLI_M_TO_EVALUATE}, out);
    for (size_t i = 0; i < e->count; i++) {
        if (e->items[i].standing == LINLI_EXPLAIN)
            return linli_stay(ask, LINLI_LINE(LINLI_M_TO_EXPLAIN, linli_of_bid(e->items[i].bid)), out);
        ranked += e->items[i].standing == LINLI_RANKED;
    }
    if (ranked > 0)
        return linli_go(ask, l, LINLI_LINE(LINLI_M_EVALUATED, linli_count(ranked)), out);
    return linli_nobody_left(ask, l, out);
}

static inline linli_status linli_road_award(linli_ask *ask, const linli_lot *l, linli_awards *out);

static inline linli_status linli_end_deciding(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    linli_awards awards = {0};

    if (linli_winners(l->facts) > 0)
        return linli_go(ask, l, (linli_line){.message = LINLI_M_DECIDED}, out);
    /* Whoever was ranked may have fallen away since. */
    if (l->facts->evaluation || l->road->award) {
        linli_status status = linli_road_award(ask, l, &awards);
        if (status != LINLI_OK)
            return status;
        if (awards.count == 0 && awards.draw_count == 0)
            return linli_nobody_left(ask, l, out);
    }
    return linli_stay(ask, (linli_line){.message = LINLI_M_UNDECIDED}, out);
}

static inline linli_status linli_end_notice(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    return linli_notice_end(ask, l->facts, linli_here(l)->next, out);
}

static inline linli_line linli_held(const linli_facts *facts)
{
    return (linli_line){.message = linli_statutory(facts) ? LINLI_M_HELD_LAW : LINLI_M_HELD};
}

static inline linli_status linli_end_contracting(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    int64_t left = 0;
    linli_status status = linli_unsigned(ask, l->facts, &left);

    if (status != LINLI_OK)
        return status;
    if (linli_disputed(l->facts, 0))
        return linli_stay(ask, linli_held(l->facts), out);
    if (l->facts->award_count == 0)
        return linli_nobody_left(ask, l, out);
    if (linli_winners(l->facts) == 0 || left > 0)
        return linli_stay(ask, LINLI_LINE(LINLI_M_UNSIGNED, linli_count(left)), out);
    return linli_go(ask, l, (linli_line){.message = LINLI_M_SIGNED}, out);
}

static inline linli_status linli_end_delivering(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    return linli_delivery_end(ask, l->facts, linli_here(l)->next, out);
}

/* The ends of the phases above; a road lists those of its own before them. */
#define LINLI_ENDS_AFTER                                                                                     \
    {"scoring", linli_end_scoring}, {"deciding", linli_end_deciding}, {"notice", linli_end_notice},          \
        {"contracting", linli_end_contracting},                                                              \
    {                                                                                                        \
        "delivering", linli_end_delivering                                                                   \
    }

static inline linli_status linli_road_step(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    for (size_t i = 0; i < l->road->end_count; i++)
        if (linli_same(l->facts->phase, l->road->ends[i].phase))
            return l->road->ends[i].end(ask, l, out);
    if (linli_same(l->facts->phase, "closed") || linli_same(l->facts->phase, "void")) {
        out->kind = LINLI_STAY;
        return LINLI_OK;
    }
    return LINLI_FACTS;
}

/* ---- award -------------------------------------------------------------- */

enum { LINLI_PLACES = 5 };
static const char *const linli_places[LINLI_PLACES] = {"first_place", "second_place", "third_place",
                                                       "fourth_place", "fifth_place"};

/* The candidates, best first, as indexes into the evaluation. */
typedef struct linli_shortlist {
    const linli_evaluation *e;
    const linli_bid **bids; /* of each result */
    size_t *at;
    size_t count;
} linli_shortlist;

static inline bool linli_listed(const linli_shortlist *s, size_t i)
{
    for (size_t j = 0; j < s->count; j++)
        if (s->at[j] == i || (s->bids[i]->group && s->bids[s->at[j]]->group == s->bids[i]->group))
            return true;
    return false;
}

/* Still to be placed: compared, not placed yet, and allowed to win another lot. */
static inline bool linli_in_play(const linli_shortlist *s, size_t i)
{
    return s->e->items[i].standing == LINLI_RANKED && !s->bids[i]->barred && !linli_listed(s, i);
}

/* The next in rank, and among equals the first drawn; ret_tied tells how many
 * equals are left.  -1: nobody. */
static inline int64_t linli_next_in_rank(const linli_shortlist *s, const linli_draw *draw, size_t *ret_tied)
{
    int64_t best = -1;

    *ret_tied = 0;
    for (size_t i = 0; i < s->e->count; i++) {
        const linli_result *r = &s->e->items[i];

        if (!linli_in_play(s, i))
            continue;
        if (best < 0 || r->rank < s->e->items[best].rank) {
            best = (int64_t)i;
            *ret_tied = 1;
        } else if (r->rank == s->e->items[best].rank) {
            (*ret_tied)++;
            if (linli_drawn(draw, r->bid) < linli_drawn(draw, s->e->items[best].bid))
                best = (int64_t)i;
        }
    }
    return best;
}

static inline linli_status linli_ask_draw(linli_ask *ask, const linli_lot *l, const linli_shortlist *s,
                                          int32_t rank, linli_awards *out)
{
    linli_draw_request *request = LINLI_NEW(ask, linli_draw_request, 1);
    uint64_t *keys = LINLI_NEW(ask, uint64_t, s->e->count);
    linli_line line = LINLI_LINE(linli_statutory(l->facts) ? LINLI_M_TIED_LAW : LINLI_M_TIED,
                                 linli_count((int64_t)s->count + 1));

    if (!request || !keys)
        return LINLI_NOMEM;
    *request = (linli_draw_request){linli_places[s->count], keys, 0};
    for (size_t i = 0; i < s->e->count; i++)
        if (linli_in_play(s, i) && s->e->items[i].rank == rank)
            keys[request->count++] = s->e->items[i].bid;
    out->draws = request;
    out->draw_count = 1;
    return linli_told(linli_say(ask, &out->why, line));
}

/* A draw of a tie settles the order of all that were in it. */
static inline const linli_draw *linli_draw_for(const linli_facts *facts, const linli_shortlist *s,
                                               int32_t rank)
{
    uint64_t any = 0;

    for (size_t i = 0; i < s->e->count && !any; i++)
        if (linli_in_play(s, i) && s->e->items[i].rank == rank)
            any = s->e->items[i].bid;
    for (size_t i = 0; i <= s->count && i < LINLI_PLACES; i++) {
        const linli_draw *draw = linli_draw_of(facts, linli_places[i]);
        if (draw && linli_drawn(draw, any) != INT64_MAX)
            return draw;
    }
    return NULL;
}

static inline int32_t linli_next_rank(const linli_shortlist *s)
{
    int32_t rank = INT32_MAX;

    for (size_t i = 0; i < s->e->count; i++)
        if (linli_in_play(s, i) && s->e->items[i].rank < rank)
            rank = s->e->items[i].rank;
    return rank;
}

/* Fills the shortlist; a tie without a draw ends with a request for one. */
static inline linli_status linli_recommend(linli_ask *ask, const linli_lot *l, linli_shortlist *s,
                                           linli_awards *out)
{
    while (s->count < (size_t)l->o->candidates && out->draw_count == 0) {
        int32_t rank = linli_next_rank(s);
        const linli_draw *draw = linli_draw_for(l->facts, s, rank);
        size_t tied;
        int64_t i = linli_next_in_rank(s, draw, &tied);

        if (i < 0)
            break;
        if (tied > 1 && !draw)
            return linli_ask_draw(ask, l, s, rank, out);
        s->at[s->count++] = (size_t)i;
    }
    return LINLI_OK;
}

/* Why a candidate cannot have the contract; LINLI_M_WINNER: it can. */
static inline linli_line linli_hindered(const linli_facts *facts, const linli_bid *bid)
{
    linli_money pool = facts->tender->pool;

    if (linli_upheld(facts, bid->key))
        return (linli_line){.message = LINLI_M_UPHELD};
    if (bid->withdrawn)
        return LINLI_LINE(LINLI_M_REFUSED_TO_SIGN, linli_of_bid(bid->key));
    if (pool.minor != 0 && bid->price.minor > pool.minor)
        return LINLI_LINE(LINLI_M_POOL, linli_amount(bid->price),
                          linli_amount(pool.minor > 0 ? pool : (linli_money){0}));
    return (linli_line){.message = LINLI_M_WINNER};
}

static inline bool linli_any_upheld(const linli_shortlist *s, const linli_facts *facts, int64_t *ret_left)
{
    bool any = false;

    *ret_left = 0;
    for (size_t i = 0; i < s->e->count; i++) {
        bool upheld = linli_upheld(facts, s->e->items[i].bid);
        any |= upheld;
        *ret_left += s->e->items[i].standing == LINLI_RANKED && !upheld;
    }
    return any;
}

static inline size_t linli_ties_with(const linli_shortlist *s, size_t at)
{
    size_t tied = 0;

    for (size_t j = 0; j < s->e->count; j++)
        tied += s->e->items[j].standing == LINLI_RANKED && s->e->items[j].rank == s->e->items[at].rank;
    return tied;
}

static inline linli_status linli_award_listed(linli_ask *ask, const linli_facts *facts,
                                              const linli_shortlist *s, linli_awards *out)
{
    linli_award *list = LINLI_NEW(ask, linli_award, s->count);
    size_t n = 0;

    if (!list)
        return LINLI_NOMEM;
    for (size_t i = 0; i < s->count; i++) {
        const linli_bid *bid = s->bids[s->at[i]];
        linli_line line = linli_hindered(facts, bid);
        linli_arg place = linli_count((int64_t)i + 1), price = linli_amount(bid->price);

        if (line.message != LINLI_M_WINNER) {
            if (!linli_say(ask, &out->why, line))
                return LINLI_NOMEM;
            continue;
        }
        line = n > 0   ? LINLI_LINE(LINLI_M_RESERVE, place)
               : i > 0 ? LINLI_LINE(LINLI_M_NEXT, place, price)
                       : LINLI_LINE(LINLI_M_WINNER, price);
        list[n] = (linli_award){.bid = bid->key,
                                .standing = n > 0 ? LINLI_RESERVE : LINLI_WINNER,
                                .order = (int32_t)i + 1,
                                .amount = bid->price};
        if (!linli_say(ask, &list[n].why, line) ||
            (linli_ties_with(s, s->at[i]) > 1 &&
             !linli_say(ask, &list[n].why, (linli_line){.message = LINLI_M_DRAWN})))
            return LINLI_NOMEM;
        n++;
    }
    out->items = list;
    out->count = n;
    return n ? LINLI_OK : linli_told(linli_say(ask, &out->why, (linli_line){.message = LINLI_M_NONE}));
}

/* Names those who were passed over because they have won enough elsewhere. */
static inline bool linli_say_barred(linli_ask *ask, const linli_shortlist *s, linli_awards *out)
{
    for (size_t i = 0; i < s->e->count; i++)
        if (s->e->items[i].standing == LINLI_RANKED && s->bids[i]->barred &&
            !linli_say(ask, &out->why, LINLI_LINE(LINLI_M_BARRED, linli_of_bid(s->bids[i]->key))))
            return false;
    return true;
}

static inline linli_status linli_award_by_rank(linli_ask *ask, const linli_lot *l, linli_awards *out)
{
    const linli_evaluation *e = l->facts->evaluation;
    linli_shortlist s = {.e = e, .at = LINLI_NEW(ask, size_t, LINLI_PLACES)};
    int64_t left;
    linli_status status;

    if (!e || e->kind != LINLI_ORDER || l->o->candidates > LINLI_PLACES)
        return LINLI_FACTS;
    s.bids = LINLI_NEW(ask, const linli_bid *, e->count);
    if (!s.at || !s.bids)
        return LINLI_NOMEM;
    for (size_t i = 0; i < e->count; i++)
        if (!(s.bids[i] = linli_bid_of(l->facts, e->items[i].bid)))
            return LINLI_FACTS;
    if (linli_any_upheld(&s, l->facts, &left) && left < linli_bidders_needed(l, NULL))
        return linli_told(linli_say(
            ask, &out->why,
            LINLI_LINE(LINLI_M_RESTART, linli_count(left), linli_ruled(l->road->gate_rule(l, NULL)))));
    if (!linli_say_barred(ask, &s, out))
        return LINLI_NOMEM;
    status = linli_recommend(ask, l, &s, out);
    return status != LINLI_OK || out->draw_count ? status : linli_award_listed(ask, l->facts, &s, out);
}

static inline linli_status linli_road_award(linli_ask *ask, const linli_lot *l, linli_awards *out)
{
    return l->road->award ? l->road->award(ask, l, out) : linli_award_by_rank(ask, l, out);
}

/* ---- release ------------------------------------------------------------ */

/* Steps deducted for the marks on this delivery, counted on their exact average;
 * ret_average is that average rounded for the explanation.  False: no mark. */
static inline bool linli_delivery_steps(const linli_lot *l, uint64_t bid, const char *tranche,
                                        int64_t *ret_steps, linli_points *ret_average)
{
    int64_t sum = 0, n = 0, missing = 0;

    for (size_t i = 0; i < l->facts->mark_count; i++) {
        const linli_mark *m = &l->facts->marks[i];
        if (m->bid == bid && linli_same(m->tranche, tranche) && strcmp(m->criterion, "delivery") == 0 &&
            linli_add(sum, m->value, &sum))
            n++;
    }
    *ret_steps = 0;
    if (n == 0)
        return false;
    if (!linli_div(sum, n, LINLI_HALF_UP, &ret_average->micro) ||
        __builtin_mul_overflow(l->o->full_score.micro, n, &missing))
        return false;
    missing -= sum;
    if (missing > 0 && !linli_div(missing, (linli_wide)l->o->score_step.micro * n,
                                  l->o->rounding == LINLI_ROUND_CEIL ? LINLI_UP : LINLI_DOWN, ret_steps))
        return false;
    return true;
}

static inline linli_status linli_pay_scored(linli_ask *ask, const linli_lot *l, uint64_t bid,
                                            const linli_tranche *t, linli_release *out)
{
    linli_points average = {0};
    int64_t steps, cost;
    linli_rate factor;
    bool scored = linli_delivery_steps(l, bid, t->code, &steps, &average);

    if (linli_factor_of(l->facts, bid, t->code, &factor))
        return linli_pay(ask, l->facts, bid, t, out);
    if (!scored && l->o->delivery_scored)
        return linli_release_as(ask, LINLI_WAIT, (linli_line){.message = LINLI_M_NO_SCORE}, out);
    out->amount = t->amount;
    if (steps == 0)
        return linli_told(linli_say(ask, &out->why, (linli_line){.message = LINLI_M_FULL}));
    if (__builtin_mul_overflow(steps, l->o->step_cost.ppm, &cost))
        return LINLI_RANGE;
    cost = cost > LINLI_WHOLE ? LINLI_WHOLE : cost;
    if (!linli_mul_div(t->amount.minor, LINLI_WHOLE - cost, LINLI_WHOLE, LINLI_HALF_UP, &out->amount.minor))
        return LINLI_RANGE;
    return linli_told(
        linli_say(ask, &out->why,
                  LINLI_LINE(LINLI_M_LESS, linli_score(average), linli_score(l->o->full_score),
                             linli_count(steps), linli_percent(l->o->step_cost), linli_amount(out->amount))));
}

static inline linli_status linli_road_release(linli_ask *ask, const linli_lot *l, uint64_t bid,
                                              const linli_tranche *t, linli_release *out)
{
    const linli_part_option *part = linli_part_of(l->o->tranches, t->code);
    linli_status status;
    int32_t due;

    if (!part)
        return LINLI_FACTS;
    due = part->due + LINLI_ON_SIGNING;
    status = linli_payable(ask, l->facts, bid, part, linli_held(l->facts), out);
    if (status == LINLI_OK && out->kind == LINLI_PAY_OUT)
        status = linli_evidence(ask, l->facts, bid, t->code, false, out);
    if (status != LINLI_OK || out->kind != LINLI_PAY_OUT)
        return status;
    if (due == LINLI_ON_MILESTONE || due == LINLI_ON_ACCEPTANCE)
        return linli_pay_scored(ask, l, bid, t, out);
    return linli_pay(ask, l->facts, bid, t, out);
}

/* ---- refuse ------------------------------------------------------------- */

static inline bool linli_took_part(const linli_facts *facts, uint64_t actor)
{
    for (size_t i = 0; i < facts->bid_count; i++)
        if (facts->bids[i].bidder == actor)
            return true;
    return false;
}

/* The time to object to the result runs from the end of its notice, which is the
 * midnight after its last day. */
static inline bool linli_objects_late(const linli_facts *facts)
{
    const linli_rule *rule = linli_rule_of(facts, "challenge_window");
    const linli_event *end = linli_event_of(facts, LINLI_NOTICE_ENDED, 0);
    int32_t today, from, last;

    if (!rule || rule->period.count == 0 || !end || !linli_day_of(facts->calendar, facts->now, &today) ||
        !linli_day_of(facts->calendar, (linli_time){end->at.us - 1}, &from) ||
        !linli_last_day(facts->calendar, from, rule->period, LINLI_ROLL_REST, &last))
        return false;
    return today > last;
}

static inline linli_status linli_refuse_objection(linli_ask *ask, const linli_lot *l, uint64_t actor,
                                                  linli_verdict *out)
{
    const linli_phase *phase = linli_here(l);

    if (!linli_statutory(l->facts) || !phase || phase->kind == LINLI_TENDERING)
        return LINLI_OK;
    if (!linli_took_part(l->facts, actor))
        return linli_no(ask, (linli_line){.message = LINLI_M_NOT_PARTICIPANT}, out);
    if (linli_objects_late(l->facts))
        return linli_no(ask, LINLI_LINE(LINLI_M_OBJECT_LATE, linli_ruled("challenge_window")), out);
    return LINLI_OK;
}

/* Who does what to which bid. */
typedef struct linli_doing {
    int32_t role, act;
    uint64_t actor, bid;
} linli_doing;

static inline linli_status linli_road_refuse(linli_ask *ask, const linli_lot *l, linli_doing d,
                                             linli_verdict *out)
{
    linli_time due = l->facts->tender->bids_due;

    switch (d.act) {
    case LINLI_SUBMIT:
    case LINLI_REPLACE:
        if (l->facts->now.us >= due.us)
            return linli_no(ask,
                            LINLI_LINE(linli_statutory(l->facts) ? LINLI_M_CLOSED_LAW : LINLI_M_CLOSED,
                                       linli_instant(due)),
                            out);
        return LINLI_OK;
    case LINLI_OBJECT:
        return d.role == LINLI_ORGANISATION ? linli_refuse_objection(ask, l, d.actor, out) : LINLI_OK;
    case LINLI_SIGN:
        if (linli_disputed(l->facts, 0))
            return linli_no(ask, linli_held(l->facts), out);
        if (d.role != LINLI_ORGANISATION || linli_wins(l->facts, d.bid, d.actor))
            return LINLI_OK;
        return linli_no(ask, (linli_line){.message = LINLI_M_NOT_WINNER}, out) == LINLI_OK
                   ? linli_told(linli_say_by(ask, l->facts, LINLI_M_BY_SIGNING, &out->why))
                   : LINLI_NOMEM;
    default:
        return LINLI_OK;
    }
}

/* ---- the eight questions -------------------------------------------------- */

/* clang-format off */
/* Answers them all from the table `road`; options begin with a linli_purchase. */
#define LINLI_TAKES_ROAD(road)                                                                                        \
    static linli_lot lot_of(const void *opts, const linli_facts *facts)                                               \
    {                                                                                                                 \
        return (linli_lot){&(road), (const linli_purchase *)opts, facts, 0};                                          \
    }                                                                                                                 \
    static linli_status check(linli_ask *ask, const void *opts, const linli_facts *facts, linli_findings *out)        \
    {                                                                                                                 \
        linli_lot l = lot_of(opts, facts);                                                                            \
        return linli_road_check(ask, &l, out);                                                                        \
    }                                                                                                                 \
    static linli_status plan(linli_ask *ask, const void *opts, const linli_facts *facts, linli_plan *out)             \
    {                                                                                                                 \
        linli_lot l = lot_of(opts, facts);                                                                            \
        return linli_road_plan(ask, &l, out);                                                                         \
    }                                                                                                                 \
    static linli_status step(linli_ask *ask, const void *opts, const linli_facts *facts, linli_step *out)             \
    {                                                                                                                 \
        linli_lot l = lot_of(opts, facts);                                                                            \
        return linli_road_step(ask, &l, out);                                                                         \
    }                                                                                                                 \
    static linli_status admit(linli_ask *ask, const void *opts, const linli_facts *facts, linli_admissions *out)      \
    {                                                                                                                 \
        linli_lot l = lot_of(opts, facts);                                                                            \
        return linli_road_admit(ask, &l, out);                                                                        \
    }                                                                                                                 \
    static linli_status award(linli_ask *ask, const void *opts, const linli_facts *facts, linli_awards *out)          \
    {                                                                                                                 \
        linli_lot l = lot_of(opts, facts);                                                                            \
        return linli_road_award(ask, &l, out);                                                                        \
    }                                                                                                                 \
    static linli_status schedule(linli_ask *ask, const void *opts, const linli_facts *facts, const linli_award *a,    \
                                 linli_schedule *out)                                                                 \
    {                                                                                                                 \
        (void)facts;                                                                                                  \
        return linli_schedule_parts(ask, ((const linli_purchase *)opts)->tranches, a->amount, out);                   \
    }                                                                                                                 \
    static linli_status release(linli_ask *ask, const void *opts, const linli_facts *facts, const linli_award *a,     \
                                const linli_tranche *t, linli_release *out)                                           \
    {                                                                                                                 \
        linli_lot l = lot_of(opts, facts);                                                                            \
        return linli_road_release(ask, &l, a->bid, t, out);                                                           \
    }                                                                                                                 \
    static linli_status refuse(linli_ask *ask, const void *opts, const linli_facts *facts, int32_t role,              \
                               uint64_t actor, int32_t act, uint64_t bid, linli_verdict *out)                         \
    {                                                                                                                 \
        linli_lot l = lot_of(opts, facts);                                                                            \
        return linli_road_refuse(ask, &l, (linli_doing){role, act, actor, bid}, out);                                 \
    }
/* clang-format on */

#define LINLI_LENGTH(table) (sizeof(table) / sizeof((table)[0]))

#endif /* LINLI_ROAD_H */
