/*
 * public_bidding - 公开招标: anyone may bid, sealed until the opening; the first in
 * rank is awarded at the price it quoted.
 *
 * Serves statutory procurement of goods and services (政府采购法, its 条例, order 87) and, with
 * the office's own numbers, open calls below the threshold.  No legal number is
 * written here: windows, quorums, panel sizes and bonds come from facts->rules.
 */
#include <string.h>

#include "linli/kit.h"

/* ---- options ------------------------------------------------------------ */

typedef struct named {
    const char *code;
    linli_text name;
} named;

typedef struct extra_field {
    const char *code;
    linli_text name;
    int32_t unit;
    bool required;
} extra_field;

typedef struct options {
    linli_period bid_window, result_notice;
    int64_t bidders_min, candidates, panel_members, panel_experts;
    int32_t below;
    bool panel_large, panel_blind;
    linli_rate bid_bond, performance_bond, extra;
    bool extra_given;
    linli_date term_from, term_until;
    bool small_only, public_service, show_prices, show_marks, delivery_scored;
    linli_list qualifications, requirements; /* of named */
    linli_list fields;                       /* of extra_field */
    linli_list tranches;                     /* of linli_part_option */
    linli_points full_score, score_step;
    linli_rate step_cost;
    int32_t rounding;
} options;

enum { BELOW_FAIL, BELOW_ASK };
enum { ROUND_FLOOR, ROUND_CEIL };

/* clang-format off */
static const char *const below_codes[]  = { "fail", "ask", NULL };
static const linli_text  below_labels[] = { { "终止", "ends" }, { "报批后可以继续", "goes on if approved" }, { NULL, NULL } };
static const char *const round_codes[]  = { "floor", "ceil", NULL };
static const linli_text  round_labels[] = { { "不足一档不扣", "a step begun is free" }, { "不足一档按一档扣", "a step begun counts" }, { NULL, NULL } };
static const char *const unit_codes[]   = { "count", "months", "rate", "yes_no", "money", NULL };
static const linli_text  unit_labels[]  = { { "数量", "count" }, { "月", "months" }, { "比例", "rate" }, { "是否", "yes or no" }, { "金额", "money" }, { NULL, NULL } };
static const int32_t     units[]        = { LINLI_UNIT_COUNT, LINLI_UNIT_MONTHS, LINLI_UNIT_RATE, LINLI_UNIT_YES_NO, LINLI_UNIT_MONEY };
static const char *const due_codes[]    = LINLI_DUE_CODES;
static const linli_text  due_labels[]   = LINLI_DUE_LABELS;

static const linli_option named_rows[] = {
    { .name = "code", .type = LINLI_OPT_CODE, .required = true, .offset = offsetof(named, code),
      .label = { "代码", "code" }, .help = { "审查记录使用的代码", "the code findings are filed under" } },
    { .name = "name", .type = LINLI_OPT_TEXT, .required = true, .offset = offsetof(named, name),
      .label = { "要求", "requirement" }, .help = { "采购文件中的表述", "as the documents put it" } },
};

static const linli_option field_rows[] = {
    { .name = "code", .type = LINLI_OPT_CODE, .required = true, .offset = offsetof(extra_field, code),
      .label = { "代码", "code" }, .help = { "响应值使用的代码", "the code offers are filed under" } },
    { .name = "name", .type = LINLI_OPT_TEXT, .required = true, .offset = offsetof(extra_field, name),
      .label = { "名称", "name" }, .help = { "投标人填报时看到的名称", "what bidders see" } },
    { .name = "unit", .type = LINLI_OPT_CHOICE, .required = true, .offset = offsetof(extra_field, unit), .low = 0, .high = 4,
      .choices = unit_labels, .codes = unit_codes, .label = { "单位", "unit" }, .help = { "填报值的单位", "the unit of the value" } },
    { .name = "required", .type = LINLI_OPT_BOOL, .offset = offsetof(extra_field, required), .initial = "true",
      .label = { "必填", "required" }, .help = { "不填则投标无效", "a bid without it is void" } },
};

static const linli_option part_rows[] = { LINLI_TRANCHE_ROWS(due_labels, due_codes) };

#define ROWS(table) .item = (table), .item_count = sizeof(table) / sizeof((table)[0])

static const linli_option rows[] = {
    { .name = "bid_window", .type = LINLI_OPT_PERIOD, .offset = offsetof(options, bid_window), .low = 1, .high = 180,
      .label = { "投标期限", "time to bid" }, .help = { "自招标文件发出之日起；不填则用规则规定的最短期限", "from the issue of the documents; left out: the shortest the rules allow" } },
    { .name = "result_notice", .type = LINLI_OPT_PERIOD, .offset = offsetof(options, result_notice), .low = 1, .high = 30,
      .label = { "结果公告期限", "result notice" }, .help = { "不填则用规则规定的期限", "left out: as the rules say" } },
    { .name = "bidders_min", .type = LINLI_OPT_COUNT, .offset = offsetof(options, bidders_min), .low = 1, .high = 20,
      .label = { "最少投标人", "bidders needed" }, .help = { "不得少于规则规定的家数；不填则用规则", "not fewer than the rules say; left out: as the rules say" } },
    { .name = "below", .type = LINLI_OPT_CHOICE, .offset = offsetof(options, below), .low = 0, .high = 1, .initial = "fail",
      .choices = below_labels, .codes = below_codes,
      .label = { "家数不足时", "with fewer bidders" }, .help = { "限额以下项目可以约定报批后继续", "below the threshold the office may provide for going on with approval" } },
    { .name = "candidates", .type = LINLI_OPT_COUNT, .offset = offsetof(options, candidates), .low = 1, .high = 5, .initial = "3",
      .label = { "候选人数", "candidates" }, .help = { "按排名推荐的中标候选人数", "how many are recommended, in rank order" } },
    { .name = "panel_members", .type = LINLI_OPT_COUNT, .offset = offsetof(options, panel_members), .low = 1, .high = 31,
      .label = { "评标委员会人数", "panel members" }, .help = { "单数；不填则用规则规定的最少人数", "an odd number; left out: the fewest the rules allow" } },
    { .name = "panel_experts", .type = LINLI_OPT_COUNT, .offset = offsetof(options, panel_experts), .low = 0, .high = 31,
      .label = { "其中评审专家", "of these, outside experts" }, .help = { "不填则用规则规定的最少人数", "left out: the fewest the rules allow" } },
    { .name = "panel_large", .type = LINLI_OPT_BOOL, .offset = offsetof(options, panel_large), .initial = "false",
      .label = { "技术复杂或社会影响较大", "complex or of great social influence" }, .help = { "评标委员会按大额项目组成", "the panel is that of a large purchase" } },
    { .name = "panel_blind", .type = LINLI_OPT_BOOL, .offset = offsetof(options, panel_blind), .initial = "false",
      .label = { "匿名评审", "blind" }, .help = { "评审时隐去投标人名称", "names of bidders are hidden from the panel" } },
    { .name = "bid_bond", .type = LINLI_OPT_RATE, .offset = offsetof(options, bid_bond), .low = 0, .high = LINLI_WHOLE, .initial = "0%",
      .label = { "投标保证金", "bid bond" }, .help = { "占采购预算的比例", "of the budget" } },
    { .name = "performance_bond", .type = LINLI_OPT_RATE, .offset = offsetof(options, performance_bond), .low = 0, .high = LINLI_WHOLE, .initial = "0%",
      .label = { "履约保证金", "performance bond" }, .help = { "占合同金额的比例", "of the contract" } },
    { .name = "extra", .type = LINLI_OPT_RATE, .offset = offsetof(options, extra), .present = offsetof(options, extra_given), .low = 0, .high = LINLI_WHOLE,
      .label = { "追加上限", "most it may grow" }, .help = { "补充合同累计不超过原合同的比例；不填则用规则", "supplements in all, of the contract; left out: as the rules say" } },
    { .name = "term_from", .type = LINLI_OPT_DATE, .offset = offsetof(options, term_from),
      .label = { "服务开始", "service from" }, .help = { "合同履行的第一日", "first day of the contract" } },
    { .name = "term_until", .type = LINLI_OPT_DATE, .offset = offsetof(options, term_until),
      .label = { "服务结束", "service until" }, .help = { "合同履行的最后一日", "last day of the contract" } },
    { .name = "small_only", .type = LINLI_OPT_BOOL, .offset = offsetof(options, small_only), .initial = "false",
      .label = { "专门面向中小企业", "reserved for small enterprises" }, .help = { "中小企业声明作为资格条件", "the declaration becomes a qualification" } },
    { .name = "public_service", .type = LINLI_OPT_BOOL, .offset = offsetof(options, public_service), .initial = "false",
      .label = { "向社会公众提供的公共服务", "a service to the public" }, .help = { "验收须有服务对象意见", "acceptance needs the opinion of those served" } },
    { .name = "show_prices", .type = LINLI_OPT_BOOL, .offset = offsetof(options, show_prices), .initial = "false",
      .label = { "公开各家报价", "prices are published" }, .help = { "随结果公告公开全部报价", "all prices are published with the result" } },
    { .name = "show_marks", .type = LINLI_OPT_BOOL, .offset = offsetof(options, show_marks), .initial = "false",
      .label = { "公开各项得分", "marks are published" }, .help = { "仅限限额以下项目", "only below the threshold" } },
    { .name = "qualifications", .type = LINLI_OPT_LIST, .offset = offsetof(options, qualifications), .low = 0, .high = 20,
      ROWS(named_rows), .item_size = sizeof(named),
      .label = { "特定资格要求", "further qualifications" }, .help = { "由采购人审查", "checked by the office" } },
    { .name = "requirements", .type = LINLI_OPT_LIST, .offset = offsetof(options, requirements), .low = 0, .high = 40,
      ROWS(named_rows), .item_size = sizeof(named),
      .label = { "实质性要求（★）", "substantive requirements" }, .help = { "由评标委员会审查", "checked by the panel" } },
    { .name = "fields", .type = LINLI_OPT_LIST, .offset = offsetof(options, fields), .low = 0, .high = 30,
      ROWS(field_rows), .item_size = sizeof(extra_field),
      .label = { "填报项", "what bidders state" }, .help = { "报价之外须填报的数值", "values besides the price" } },
    { .name = "tranches", .type = LINLI_OPT_LIST, .required = true, .offset = offsetof(options, tranches), .low = 1, .high = 36,
      ROWS(part_rows), .item_size = sizeof(linli_part_option),
      .label = { "付款安排", "tranches" }, .help = { "各期比例合计 100%", "the shares add up to 100%" } },
    { .name = "delivery_scored", .type = LINLI_OPT_BOOL, .offset = offsetof(options, delivery_scored), .initial = "false",
      .label = { "按履约评分付款", "paid by delivery score" }, .help = { "达到里程碑、验收后支付的各期须先评分", "parts due on a milestone or on acceptance wait for a score" } },
    { .name = "full_score", .type = LINLI_OPT_POINTS, .offset = offsetof(options, full_score), .low = 1, .high = 100 * LINLI_POINT, .initial = "90",
      .label = { "全额付款分数", "score paid in full" }, .help = { "达到此分不扣款", "from this score on nothing is deducted" } },
    { .name = "score_step", .type = LINLI_OPT_POINTS, .offset = offsetof(options, score_step), .low = 1, .high = 100 * LINLI_POINT, .initial = "5",
      .label = { "扣款分档", "step" }, .help = { "每低多少分扣一档", "points of one step" } },
    { .name = "step_cost", .type = LINLI_OPT_RATE, .offset = offsetof(options, step_cost), .low = 0, .high = LINLI_WHOLE, .initial = "1%",
      .label = { "每档扣款", "cost of a step" }, .help = { "占当期应付的比例", "of the tranche" } },
    { .name = "rounding", .type = LINLI_OPT_CHOICE, .offset = offsetof(options, rounding), .low = 0, .high = 1, .initial = "floor",
      .choices = round_labels, .codes = round_codes,
      .label = { "不足一档", "an unfinished step" }, .help = { "合同须写明", "the contract must say" } },
};

/* ---- words -------------------------------------------------------------- */

enum {
    M_SHARES, M_TRANCHE_CODE, M_NO_DATE, M_BELOW_RULE, M_ABOVE_RULE, M_UNIT, M_EVEN, M_SMALL, M_EXPERTS, M_ASK_P1, M_TERM_ORDER,
    M_TERM, M_MARKS_P1, M_WORKS, M_CODE_TWICE,
    M_WITHDRAWN, M_LATE, M_VOID, M_UNOPENED, M_FAILED, M_UNCHECKED, M_OVER, M_OVER_LAW, M_UPHELD, M_ADMITTED,
    M_EARLY, M_FEW, M_ENOUGH, M_OPENED, M_TO_OPEN, M_TO_CHECK, M_TO_EVALUATE, M_EVALUATED, M_ALL_OUT, M_TO_EXPLAIN, M_UNDECIDED,
    M_DECIDED, M_NOTICE_RUNS, M_NOTICE_OVER, M_HELD, M_HELD_LAW, M_UNSIGNED, M_SIGNED, M_OWED, M_SETTLED,
    M_WINNER, M_NEXT, M_RESERVE, M_DRAWN, M_TIED, M_TIED_LAW, M_NONE, M_RESTART, M_REFUSED_TO_SIGN, M_POOL,
    M_PARTS, M_NOT_DUE, M_WAITS, M_SHOWN, M_NO_SCORE, M_FULL, M_LESS, M_STOPPED,
    M_CLOSED, M_CLOSED_LAW, M_NOT_PARTICIPANT, M_OBJECT_LATE, M_NOT_WINNER,
    MESSAGES
};

static const linli_message messages[MESSAGES] = {
    [M_SHARES]       = { "shares", { "各期比例合计为 {1}，应为 100%", "the tranches add up to {1}, not 100%" }, NULL },
    [M_TRANCHE_CODE] = { "tranche_twice", { "期次代码 {1} 重复", "the tranche code {1} is used twice" }, NULL },
    [M_NO_DATE]      = { "no_date", { "按日期支付的期次须写明日期", "a tranche due on a date needs one" }, NULL },
    [M_BELOW_RULE]   = { "below_rule", { "低于规定的下限：{1}", "less than the rules allow: {1}" }, NULL },
    [M_ABOVE_RULE]   = { "above_rule", { "{1} 超过规定的上限：{2}", "{1} is more than the rules allow: {2}" }, NULL },
    [M_UNIT]         = { "unit", { "期限单位须与规则一致：{1}", "the unit must be that of the rule: {1}" }, NULL },
    [M_EVEN]         = { "even", { "评标委员会人数为 {1}，应为单数", "{1} members: the number must be odd" }, NULL },
    [M_SMALL]        = { "small", { "评标委员会 {1} 人，少于规定：{2}", "{1} members, fewer than the rules say: {2}" }, NULL },
    [M_EXPERTS]      = { "experts", { "{2} 人中评审专家 {1} 人，不足 {3} 人", "{1} experts of {2} members where {3} are needed" }, NULL },
    [M_ASK_P1]       = { "ask_statutory", { "家数不足时不得继续：{1}", "it may not go on with fewer: {1}" }, NULL },
    [M_TERM_ORDER]   = { "term_order", { "服务结束日早于开始日", "the service ends before it begins" }, NULL },
    [M_TERM]         = { "term", { "服务期限超过规定：{1}", "the term is longer than the rules allow: {1}" }, NULL },
    [M_MARKS_P1]     = { "marks_statutory", { "政府采购只向各投标人告知其本人得分", "in statutory procurement each bidder is told its own score only" }, "财政部令第87号 §69" },
    [M_WORKS]        = { "works", { "本机制只用于货物和服务，工程另有法律规定", "for goods and services only; works have a law of their own" }, "政府采购法 §4" },
    [M_CODE_TWICE]   = { "code_twice", { "代码 {1} 重复或已被占用", "the code {1} is taken" }, NULL },

    [M_WITHDRAWN]    = { "withdrawn", { "投标已撤回", "the bid was withdrawn" }, NULL },
    [M_LATE]         = { "late", { "逾期送达，拒收", "the bid came late and is refused" }, NULL },
    [M_VOID]         = { "void", { "开标时发现投标文件无效", "found void at the opening" }, NULL },
    [M_UNOPENED]     = { "unopened", { "尚未开启", "not opened yet" }, NULL },
    [M_FAILED]       = { "failed", { "未通过审查：{1}", "failed the check {1}" }, NULL },
    [M_UNCHECKED]    = { "unchecked", { "尚未审查：{1}", "not checked yet: {1}" }, NULL },
    [M_OVER]         = { "over", { "报价 {1} 超过最高限价 {2}", "the price {1} is over the ceiling of {2}" }, NULL },
    [M_OVER_LAW]     = { "over_ceiling", { "报价 {1} 超过最高限价 {2}，投标无效", "the price {1} is over the ceiling of {2}: the bid is void" }, "财政部令第87号 §63" },
    [M_UPHELD]       = { "upheld", { "质疑成立，不再作为合格供应商", "an objection against it was founded" }, NULL },
    [M_ADMITTED]     = { "admitted", { "通过审查", "passed every check so far" }, NULL },

    [M_EARLY]        = { "early", { "截止时间 {1} 未到", "the deadline is {1}" }, NULL },
    [M_FEW]          = { "few", { "有效投标人 {1} 家，不足 {2} 家；规定：{3}", "{1} bidders where {2} are needed; the rule: {3}" }, NULL },
    [M_ENOUGH]       = { "enough", { "有效投标人 {1} 家", "{1} bidders" }, NULL },
    [M_OPENED]       = { "opened", { "全部投标已开启", "every bid is opened" }, NULL },
    [M_TO_OPEN]      = { "to_open", { "还有 {1} 份投标未开启", "{1} bids are still to be opened" }, NULL },
    [M_TO_CHECK]     = { "to_check", { "还有 {1} 份投标未审查完", "{1} bids are still to be checked" }, NULL },
    [M_TO_EVALUATE]  = { "to_evaluate", { "评审尚未完成", "the evaluation is not finished" }, NULL },
    [M_EVALUATED]    = { "evaluated", { "{1} 家有名次", "{1} bids are ranked" }, NULL },
    [M_ALL_OUT]      = { "all_out", { "没有可以推荐的投标人", "no bid is left to recommend" }, NULL },
    [M_TO_EXPLAIN]   = { "to_explain", { "须先由投标人 {1} 说明报价", "bidder {1} must explain its price first" }, NULL },
    [M_UNDECIDED]    = { "undecided", { "尚未确定中标人", "the winner is not fixed yet" }, NULL },
    [M_DECIDED]      = { "decided", { "已确定中标人", "the winner is fixed" }, NULL },
    [M_NOTICE_RUNS]  = { "notice_runs", { "公告期限未满", "the notice still runs" }, NULL },
    [M_NOTICE_OVER]  = { "notice_over", { "公告期限届满", "the notice has ended" }, NULL },
    [M_HELD]         = { "held", { "有未答复且可能影响结果的异议", "an objection that may change the result is open" }, NULL },
    [M_HELD_LAW]     = { "held_statutory", { "有未答复且可能影响结果的质疑，暂停签订或者履行合同", "an open challenge may change the result: signing and performance are suspended" }, "政府采购法实施条例 §54" },
    [M_UNSIGNED]     = { "unsigned", { "合同尚未签订", "the contract is not signed" }, NULL },
    [M_SIGNED]       = { "signed", { "合同已签订", "the contract is signed" }, NULL },
    [M_OWED]         = { "owed", { "还有期次未支付", "not every tranche is paid" }, NULL },
    [M_SETTLED]      = { "settled", { "各期均已支付或者终止", "every tranche is paid or stopped" }, NULL },

    [M_WINNER]       = { "winner", { "排名第一的中标候选人，按其报价 {1} 签约", "ranked first; the contract is at the price it quoted, {1}" }, NULL },
    [M_NEXT]         = { "next_candidate", { "前一候选人不能中标，顺延至第 {1} 候选人，按其报价 {2} 签约", "those before it fell away: candidate number {1}, at the price it quoted, {2}" }, NULL },
    [M_RESERVE]      = { "reserve", { "第 {1} 中标候选人", "candidate number {1}" }, NULL },
    [M_DRAWN]        = { "drawn", { "名次并列，由公开抽取确定", "the tie was settled by public draw" }, NULL },
    [M_TIED]         = { "tied", { "第 {1} 名并列，待公开抽取", "a tie for place {1}: a public draw is needed" }, NULL },
    [M_TIED_LAW]     = { "tied_statutory", { "第 {1} 名并列，采购文件未规定其他方式，随机抽取", "a tie for place {1}: a random draw is needed" }, "财政部令第87号 §68" },
    [M_NONE]         = { "none", { "没有可以推荐的投标人", "there is no bid to award" }, NULL },
    [M_RESTART]      = { "restart", { "质疑（异议）成立后合格供应商 {1} 家，不足规定 {2}，应当重新采购", "{1} qualified bidders are left after a founded objection, fewer than {2}: start anew" }, NULL },
    [M_REFUSED_TO_SIGN] = { "refused_to_sign", { "候选人 {1} 放弃中标或者拒绝签约", "candidate {1} gave up or refused to sign" }, NULL },
    [M_POOL]         = { "pool", { "报价 {1} 超过共用资金余额 {2}", "the price {1} is over what is left of the shared pool, {2}" }, NULL },

    [M_PARTS]        = { "parts", { "合同价 {1} 分 {2} 期支付", "{1} is paid in {2} parts" }, NULL },
    [M_NOT_DUE]      = { "not_due", { "约定的付款日未到", "its date has not come" }, NULL },
    [M_WAITS]        = { "waits", { "还缺 {1}：已核准 {2} 份，需要 {3} 份", "waiting for {1}: {2} accepted of {3}" }, NULL },
    [M_SHOWN]        = { "shown", { "{1} 已核准 {2} 份", "{1}: {2} accepted" }, NULL },
    [M_NO_SCORE]     = { "no_score", { "尚无履约评分", "the delivery has no score yet" }, NULL },
    [M_FULL]         = { "full", { "条件成就，全额支付", "the condition is met: paid in full" }, NULL },
    [M_LESS]         = { "less", { "履约评分 {1}，低于 {2}，扣 {3} 档，每档 {4}，实付 {5}", "delivery scored {1}, below {2}: {3} steps of {4} are deducted and {5} is paid" }, NULL },
    [M_STOPPED]      = { "stopped", { "本期已终止", "this tranche was stopped" }, NULL },

    [M_CLOSED]       = { "closed", { "已过截止时间 {1}", "the deadline was {1}" }, NULL },
    [M_CLOSED_LAW]   = { "after_deadline", { "已过投标截止时间 {1}，拒收", "the deadline was {1}: refused" }, "财政部令第87号 §33" },
    [M_NOT_PARTICIPANT] = { "not_participant", { "质疑人未参与本项目采购活动", "only who took part may object" }, "财政部令第94号 §11" },
    [M_OBJECT_LATE]  = { "object_late", { "已过质疑期限：{1}", "the time to object is over: {1}" }, NULL },
    [M_NOT_WINNER]   = { "not_winner", { "只有中标人可以签约", "only the winner may sign" }, NULL },
};
/* clang-format on */

#define COUNT_OF(table) (sizeof(table) / sizeof((table)[0]))

static bool statutory(const linli_facts *facts)
{
    return facts->tender->regime == LINLI_STATUTORY;
}

static linli_status told(bool said)
{
    return said ? LINLI_OK : LINLI_NOMEM;
}

/* ---- check -------------------------------------------------------------- */

enum { FINDINGS = 200 };

typedef struct report {
    linli_finding *items;
    size_t count;
} report;

static void find(report *r, const char *path, linli_line line)
{
    if (r->count < FINDINGS)
        r->items[r->count++] = (linli_finding){path, line};
}

/* The option may be stricter than the rule, never laxer. */
static void find_period(report *r, const linli_facts *facts, const char *path, linli_period given,
                        const char *code)
{
    const linli_rule *rule = linli_rule_of(facts, code);

    if (given.count == 0 || !rule || rule->period.count == 0)
        return;
    if (given.unit != rule->period.unit)
        find(r, path, LINLI_LINE(M_UNIT, linli_ruled(code)));
    else if (given.count < rule->period.count)
        find(r, path, LINLI_LINE(M_BELOW_RULE, linli_ruled(code)));
}

static void find_rate(report *r, const linli_facts *facts, const char *path, linli_rate given,
                      const char *code)
{
    const linli_rule *rule = linli_rule_of(facts, code);

    if (rule && given.ppm > rule->value)
        find(r, path, LINLI_LINE(M_ABOVE_RULE, linli_percent(given), linli_ruled(code)));
}

static void find_tranches(report *r, const options *o)
{
    const linli_part_option *part = o->tranches.items;
    int64_t sum = 0;

    for (size_t i = 0; i < o->tranches.count; i++) {
        sum += part[i].share.ppm;
        if (part[i].due + LINLI_ON_SIGNING == LINLI_ON_DATE && part[i].on.day == 0)
            find(r, "/tranches", (linli_line){.message = M_NO_DATE});
        for (size_t j = 0; j < i; j++)
            if (strcmp(part[i].code, part[j].code) == 0)
                find(r, "/tranches", LINLI_LINE(M_TRANCHE_CODE, linli_named(part[i].code)));
    }
    if (sum != LINLI_WHOLE)
        find(r, "/tranches", LINLI_LINE(M_SHARES, linli_percent((linli_rate){sum})));
}

/* The rule of the panel's size for this purchase; NULL: the rules have none. */
static const linli_rule *panel_rule(const options *o, const linli_facts *facts)
{
    const linli_rule *large = linli_rule_of(facts, "budget_large");
    bool big = o->panel_large || (large && facts->tender->budget.minor >= large->value);
    const linli_rule *rule = linli_rule_of(facts, big ? "panel_size_large" : "panel_size");

    return rule ? rule : linli_rule_of(facts, "panel_size");
}

/* Outside experts needed among so many members. */
static int64_t experts_needed(const linli_facts *facts, int64_t members)
{
    const linli_rule *num = linli_rule_of(facts, "panel_experts_num");
    const linli_rule *den = linli_rule_of(facts, "panel_experts_den");
    int64_t n = 0;

    if (!num || !den || !linli_mul_div(members, num->value, den->value, LINLI_UP, &n))
        return 0;
    return n;
}

static void find_panel(report *r, const options *o, const linli_facts *facts)
{
    const linli_rule *size = panel_rule(o, facts);
    int64_t members = o->panel_members ? o->panel_members : size ? size->value : 0;
    int64_t needed = experts_needed(facts, members);

    if (o->panel_members && o->panel_members % 2 == 0)
        find(r, "/panel_members", LINLI_LINE(M_EVEN, linli_count(o->panel_members)));
    if (o->panel_members && size && o->panel_members < size->value)
        find(r, "/panel_members",
             LINLI_LINE(M_SMALL, linli_count(o->panel_members), linli_ruled(size->code)));
    if (o->panel_experts && (o->panel_experts < needed || o->panel_experts > members))
        find(r, "/panel_experts",
             LINLI_LINE(M_EXPERTS, linli_count(o->panel_experts), linli_count(members), linli_count(needed)));
}

/* Days since 1970 of the civil date that many months after `day`, kept in its month. */
static int32_t months_later(int32_t day, int32_t months)
{
    int32_t z = day + 719468, era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
    int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    int32_t d = doy - (153 * mp + 2) / 5 + 1, m = mp < 10 ? mp + 3 : mp - 9, y = yoe + era * 400 + (m <= 2);

    y += (m - 1 + months) / 12;
    m = (m - 1 + months) % 12 + 1;
    bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    int32_t last = m == 2 ? 28 + leap : 30 + (m + (m > 7)) % 2;

    d = d > last ? last : d;
    y -= m <= 2;
    era = (y >= 0 ? y : y - 399) / 400;
    yoe = y - era * 400;
    doy = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static void find_term(report *r, const options *o, const linli_facts *facts)
{
    const linli_rule *rule = linli_rule_of(facts, "service_term_max");

    if (o->term_from.day == 0 || o->term_until.day == 0)
        return;
    if (o->term_until.day < o->term_from.day)
        find(r, "/term_until", (linli_line){.message = M_TERM_ORDER});
    else if (facts->tender->category == LINLI_SERVICES && rule && rule->period.unit == LINLI_MONTHS &&
             o->term_until.day >= months_later(o->term_from.day, rule->period.count))
        find(r, "/term_until", LINLI_LINE(M_TERM, linli_ruled("service_term_max")));
}

static bool reserved_code(const char *code)
{
    static const char *const taken[] = {"qualified",       "good_credit",     "small_enterprise",
                                        "joint",           "domestic",        "responsive",
                                        "price_suspected", "price_explained", "price"};

    for (size_t i = 0; i < COUNT_OF(taken); i++)
        if (strcmp(taken[i], code) == 0)
            return true;
    return false;
}

static void find_codes(report *r, const char *path, const options *o)
{
    const named *q = o->qualifications.items, *s = o->requirements.items;
    const extra_field *f = o->fields.items;
    size_t nq = o->qualifications.count, total = nq + o->requirements.count;

    for (size_t i = 0; i < total; i++) {
        const char *code = i < nq ? q[i].code : s[i - nq].code;
        bool taken = reserved_code(code);

        for (size_t j = 0; j < i; j++)
            taken |= strcmp(code, j < nq ? q[j].code : s[j - nq].code) == 0;
        if (taken)
            find(r, path, LINLI_LINE(M_CODE_TWICE, linli_named(code)));
    }
    for (size_t i = 0; i < o->fields.count; i++) {
        bool taken = reserved_code(f[i].code);

        for (size_t j = 0; j < i; j++)
            taken |= strcmp(f[i].code, f[j].code) == 0;
        if (taken)
            find(r, "/fields", LINLI_LINE(M_CODE_TWICE, linli_named(f[i].code)));
    }
}

static linli_status check(linli_ask *ask, const void *opts, const linli_facts *facts, linli_findings *out)
{
    const options *o = opts;
    const linli_rule *bidders = linli_rule_of(facts, "bidders_min");
    report r = {LINLI_NEW(ask, linli_finding, FINDINGS), 0};

    if (!r.items)
        return LINLI_NOMEM;
    find_period(&r, facts, "/bid_window", o->bid_window, "bid_window");
    find_period(&r, facts, "/result_notice", o->result_notice, "result_notice");
    if (o->bidders_min && bidders && o->bidders_min < bidders->value)
        find(&r, "/bidders_min", LINLI_LINE(M_BELOW_RULE, linli_ruled("bidders_min")));
    find_rate(&r, facts, "/bid_bond", o->bid_bond, "bid_bond_max");
    find_rate(&r, facts, "/performance_bond", o->performance_bond, "performance_bond_max");
    if (o->extra_given)
        find_rate(&r, facts, "/extra", o->extra, "supplement_max");
    find_panel(&r, o, facts);
    find_term(&r, o, facts);
    find_tranches(&r, o);
    find_codes(&r, "/requirements", o);
    if (statutory(facts) && o->below == BELOW_ASK)
        find(&r, "/below", LINLI_LINE(M_ASK_P1, linli_ruled("bidders_min")));
    if (statutory(facts) && o->show_marks)
        find(&r, "/show_marks", (linli_line){.message = M_MARKS_P1});
    if (statutory(facts) && facts->tender->category == LINLI_WORKS)
        find(&r, "", (linli_line){.message = M_WORKS});
    *out = (linli_findings){r.items, r.count};
    return LINLI_OK;
}

/* ---- plan --------------------------------------------------------------- */

#define MAY(act) LINLI_MAY(LINLI_##act)
#define READ     MAY(READ_TENDER)
#define SEE      (READ | MAY(READ_BIDS))
#define READERS                                                                                              \
    [LINLI_PUBLIC] = READ, [LINLI_RESIDENT] = READ, [LINLI_OPERATOR] = READ, [LINLI_SUPERVISOR] = READ,      \
    [LINLI_ADMINISTRATOR] = READ

/* clang-format off */
static const linli_phase phases[] = {
    { "bidding", { "投标", "bidding" }, LINLI_TENDERING, LINLI_ENDS_AT_DUE,
      { READERS, [LINLI_AUDITOR] = READ, [LINLI_ASSESSOR] = READ, [LINLI_EVALUATOR] = READ,
        [LINLI_ORGANISATION]    = READ | MAY(QUESTION) | MAY(SUBMIT) | MAY(REPLACE) | MAY(WITHDRAW) | MAY(OBJECT),
        [LINLI_OFFICE_CLERK]    = READ | MAY(ANSWER) | MAY(AMEND) | MAY(ASSIGN) | MAY(RESOLVE),
        [LINLI_OFFICE_APPROVER] = READ | MAY(APPROVE) | MAY(CANCEL),
        [LINLI_AGENT]           = READ | MAY(ANSWER) | MAY(AMEND) | MAY(ASSIGN) | MAY(RESOLVE),
        [LINLI_CLOCK]           = MAY(ADVANCE) },
      "opening", "void", NULL },
    { "opening", { "开标", "opening" }, LINLI_OPENING, LINLI_ENDS_BY_ACT,
      { READERS, [LINLI_AUDITOR] = READ, [LINLI_ASSESSOR] = READ, [LINLI_EVALUATOR] = READ,
        [LINLI_ORGANISATION]    = READ | MAY(QUESTION) | MAY(OBJECT),
        [LINLI_OFFICE_CLERK]    = READ | MAY(OPEN) | MAY(ASSIGN) | MAY(RESOLVE) | MAY(ADVANCE),
        [LINLI_OFFICE_APPROVER] = READ | MAY(OPEN) | MAY(CANCEL),
        [LINLI_AGENT]           = READ | MAY(OPEN) | MAY(ASSIGN) | MAY(RESOLVE) | MAY(ADVANCE),
        [LINLI_CLOCK]           = MAY(OPEN) },
      "qualification", "void", NULL },
    { "qualification", { "资格审查", "qualification" }, LINLI_CHECKING, LINLI_ENDS_BY_ACT,
      { READERS, [LINLI_AUDITOR] = SEE, [LINLI_ASSESSOR] = READ, [LINLI_EVALUATOR] = READ,
        [LINLI_ORGANISATION]    = READ | MAY(QUESTION) | MAY(OBJECT),
        [LINLI_OFFICE_CLERK]    = SEE | MAY(CHECK) | MAY(CLARIFY) | MAY(ASSIGN) | MAY(RESOLVE) | MAY(ADVANCE),
        [LINLI_OFFICE_APPROVER] = SEE | MAY(APPROVE) | MAY(CANCEL),
        [LINLI_AGENT]           = SEE | MAY(CHECK) | MAY(CLARIFY) | MAY(ASSIGN) | MAY(RESOLVE) | MAY(ADVANCE) },
      "conformity", "void", NULL },
    { "conformity", { "符合性审查", "conformity" }, LINLI_CHECKING, LINLI_ENDS_BY_ACT,
      { READERS, [LINLI_AUDITOR] = SEE, [LINLI_ASSESSOR] = READ,
        [LINLI_EVALUATOR]       = SEE | MAY(CHECK) | MAY(CLARIFY) | MAY(ADVANCE),
        [LINLI_ORGANISATION]    = READ | MAY(QUESTION) | MAY(ANSWER) | MAY(OBJECT),
        [LINLI_OFFICE_CLERK]    = SEE | MAY(ASSIGN) | MAY(RESOLVE) | MAY(ADVANCE),
        [LINLI_OFFICE_APPROVER] = SEE | MAY(APPROVE) | MAY(CANCEL),
        [LINLI_AGENT]           = SEE | MAY(ASSIGN) | MAY(RESOLVE) | MAY(ADVANCE) },
      "scoring", "void", NULL },
    { "scoring", { "评标", "evaluation" }, LINLI_EVALUATING, LINLI_ENDS_WHEN_DONE,
      { READERS, [LINLI_AUDITOR] = SEE, [LINLI_ASSESSOR] = READ,
        [LINLI_EVALUATOR]       = SEE | MAY(MARK) | MAY(CLARIFY) | MAY(REPORT),
        [LINLI_ORGANISATION]    = READ | MAY(QUESTION) | MAY(ANSWER) | MAY(OBJECT),
        [LINLI_OFFICE_CLERK]    = SEE | MAY(ASSIGN) | MAY(RESOLVE),
        [LINLI_OFFICE_APPROVER] = SEE | MAY(APPROVE) | MAY(CANCEL),
        [LINLI_AGENT]           = SEE | MAY(ASSIGN) | MAY(RESOLVE) },
      "deciding", "void", NULL },
    { "deciding", { "定标", "deciding" }, LINLI_DECIDING, LINLI_ENDS_BY_ACT,
      { READERS, [LINLI_AUDITOR] = SEE, [LINLI_ASSESSOR] = READ, [LINLI_EVALUATOR] = SEE,
        [LINLI_ORGANISATION]    = READ | MAY(QUESTION) | MAY(OBJECT),
        [LINLI_OFFICE_CLERK]    = SEE | MAY(DRAW) | MAY(ANNOUNCE) | MAY(RESOLVE),
        [LINLI_OFFICE_APPROVER] = SEE | MAY(CHOOSE) | MAY(APPROVE) | MAY(ANNOUNCE) | MAY(ADVANCE) | MAY(CANCEL),
        [LINLI_AGENT]           = SEE | MAY(DRAW) | MAY(ANNOUNCE) | MAY(RESOLVE) },
      "notice", "void", NULL },
    { "notice", { "结果公告", "result notice" }, LINLI_NOTICE, LINLI_ENDS_AT_DUE,
      { READERS, [LINLI_AUDITOR] = SEE, [LINLI_ASSESSOR] = READ, [LINLI_EVALUATOR] = READ,
        [LINLI_ORGANISATION]    = READ | MAY(QUESTION) | MAY(OBJECT),
        [LINLI_OFFICE_CLERK]    = SEE | MAY(ANSWER) | MAY(ANNOUNCE) | MAY(RESOLVE),
        [LINLI_OFFICE_APPROVER] = SEE | MAY(APPROVE) | MAY(ANNOUNCE) | MAY(RESOLVE),
        [LINLI_AGENT]           = SEE | MAY(ANSWER) | MAY(ANNOUNCE) | MAY(RESOLVE),
        [LINLI_CLOCK]           = MAY(ADVANCE) },
      "contracting", "void", "result_notice" },
    { "contracting", { "签订合同", "contracting" }, LINLI_CONTRACTING, LINLI_ENDS_WHEN_DONE,
      { READERS, [LINLI_AUDITOR] = SEE, [LINLI_ASSESSOR] = READ, [LINLI_EVALUATOR] = READ,
        [LINLI_ORGANISATION]    = READ | MAY(QUESTION) | MAY(OBJECT) | MAY(SIGN) | MAY(WITHDRAW),
        [LINLI_OFFICE_CLERK]    = SEE | MAY(ANSWER) | MAY(RESOLVE) | MAY(SIGN),
        [LINLI_OFFICE_APPROVER] = SEE | MAY(APPROVE) | MAY(RESOLVE) | MAY(CHOOSE) | MAY(SIGN) | MAY(CANCEL),
        [LINLI_AGENT]           = SEE | MAY(ANSWER) | MAY(RESOLVE) },
      "delivering", "void", NULL },
    { "delivering", { "履约与支付", "delivery and payment" }, LINLI_DELIVERING, LINLI_ENDS_WHEN_DONE,
      { [LINLI_PUBLIC] = READ, [LINLI_OPERATOR] = READ, [LINLI_SUPERVISOR] = READ, [LINLI_ADMINISTRATOR] = READ, [LINLI_AUDITOR] = SEE, [LINLI_EVALUATOR] = READ,
        [LINLI_RESIDENT]        = READ | MAY(ACCEPT),
        [LINLI_ASSESSOR]        = SEE | MAY(ACCEPT) | MAY(MARK),
        [LINLI_ORGANISATION]    = READ | MAY(QUESTION) | MAY(OBJECT) | MAY(DELIVER),
        [LINLI_OFFICE_CLERK]    = SEE | MAY(ANSWER) | MAY(RESOLVE) | MAY(ACCEPT) | MAY(MARK) | MAY(PAY),
        [LINLI_OFFICE_APPROVER] = SEE | MAY(APPROVE) | MAY(RESOLVE) | MAY(ACCEPT) | MAY(PAY),
        [LINLI_AGENT]           = READ },
      "closed", "closed", NULL },
    { "closed", { "完成", "closed" }, LINLI_CLOSED, LINLI_NEVER_ENDS,
      { READERS, [LINLI_AUDITOR] = SEE, [LINLI_ASSESSOR] = READ, [LINLI_EVALUATOR] = READ, [LINLI_ORGANISATION] = READ,
        [LINLI_OFFICE_CLERK] = SEE, [LINLI_OFFICE_APPROVER] = SEE, [LINLI_AGENT] = READ },
      NULL, NULL, NULL },
    { "void", { "废标或终止", "void" }, LINLI_VOID, LINLI_NEVER_ENDS,
      { READERS, [LINLI_AUDITOR] = SEE, [LINLI_ASSESSOR] = READ, [LINLI_EVALUATOR] = READ, [LINLI_ORGANISATION] = READ,
        [LINLI_OFFICE_CLERK] = READ, [LINLI_OFFICE_APPROVER] = READ, [LINLI_AGENT] = READ },
      NULL, NULL, NULL },
};

/* A span whose numbers are a rule's. */
typedef struct span {
    const char *code, *rule;
    linli_text  name;
    int32_t     from, until;
    bool        least, most;
    int32_t     roll;
} span;

/* The bidder's and the objector's days move past a day off, the office's own
 * duties do not lean on that (rulebook 8). */
static const span spans[] = {
    { "bid_window", "bid_window", { "投标期限", "time to bid" }, LINLI_PUBLISHED, LINLI_BIDS_DUE, true, false, LINLI_ROLL_REST },
    { "document_supply", "document_supply", { "招标文件提供期限", "documents on offer" }, LINLI_PUBLISHED, LINLI_BIDS_DUE, true, false, LINLI_ROLL_REST },
    { "notice_period", "notice_period", { "招标公告期限", "notice of the call" }, LINLI_PUBLISHED, LINLI_BIDS_DUE, true, false, LINLI_ROLL_REST },
    { "amend_window", "amend_window", { "澄清或者修改距截止", "from an amendment to the deadline" }, LINLI_AMENDED, LINLI_BIDS_DUE, true, false, LINLI_ROLL_REST },
    { "report_window", "report_window", { "送交评审报告期限", "time to hand in the report" }, LINLI_EVALUATED, LINLI_REPORTED, false, true, LINLI_ROLL_HOLIDAY },
    { "decide_window", "decide_window", { "确定中标人期限", "time to fix the winner" }, LINLI_EVALUATED, LINLI_DECIDED, false, true, LINLI_ROLL_HOLIDAY },
    { "announce_window", "announce_window", { "公告结果期限", "time to announce" }, LINLI_DECIDED, LINLI_ANNOUNCED, false, true, LINLI_ROLL_HOLIDAY },
    { "result_notice", "result_notice", { "结果公告期限", "result notice" }, LINLI_ANNOUNCED, LINLI_NOTICE_ENDED, true, true, LINLI_ROLL_HOLIDAY },
    { "challenge_window", "challenge_window", { "质疑期限", "time to object to the result" }, LINLI_NOTICE_ENDED, LINLI_OBJECTED, false, true, LINLI_ROLL_REST },
    { "challenge_answer", "challenge_answer", { "答复期限", "time to answer an objection" }, LINLI_OBJECTED, LINLI_RESOLVED, false, true, LINLI_ROLL_HOLIDAY },
    { "sign_window", "sign_window", { "签约期限", "time to sign" }, LINLI_ANNOUNCED, LINLI_SIGNED, false, true, LINLI_ROLL_HOLIDAY },
    { "payment_window", "payment_window", { "付款期限", "time to pay" }, LINLI_ACCEPTED, LINLI_PAID, false, true, LINLI_ROLL_HOLIDAY },
};

/* Without these there is no tender; the other rules bind where the set has them. */
static const char *const needs[] = { "bid_window", "bidders_min", "panel_size", "result_notice", NULL };
/* clang-format on */

static linli_status plan_windows(linli_ask *ask, const options *o, const linli_facts *facts, linli_plan *out)
{
    linli_window *w = LINLI_NEW(ask, linli_window, COUNT_OF(spans));
    size_t n = 0;

    if (!w)
        return LINLI_NOMEM;
    for (size_t i = 0; i < COUNT_OF(spans); i++) {
        const span *s = &spans[i];
        const linli_rule *rule = linli_rule_of(facts, s->rule);
        linli_period p = rule ? rule->period : (linli_period){0, 0};

        if (strcmp(s->code, "bid_window") == 0 && o->bid_window.count)
            p = o->bid_window;
        if (strcmp(s->code, "result_notice") == 0 && o->result_notice.count)
            p = o->result_notice;
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

/* The rule of the gate at the end of a phase. */
static const char *gate_rule(const linli_facts *facts, const char *phase)
{
    bool qualified = linli_same(phase, "qualification") && linli_rule_of(facts, "qualified_min");

    return qualified ? "qualified_min" : "bidders_min";
}

static int64_t bidders_needed(const options *o, const linli_facts *facts, const char *phase)
{
    const linli_rule *rule = linli_rule_of(facts, gate_rule(facts, phase));
    int64_t least = rule ? rule->value : 1;

    return o->bidders_min > least ? o->bidders_min : least;
}

static linli_status plan_quorums(linli_ask *ask, const options *o, const linli_facts *facts, linli_plan *out)
{
    static const char *const gates[] = {"bidding", "qualification", "conformity"};
    linli_quorum *q = LINLI_NEW(ask, linli_quorum, COUNT_OF(gates));

    if (!q)
        return LINLI_NOMEM;
    for (size_t i = 0; i < COUNT_OF(gates); i++) {
        const linli_rule *rule = linli_rule_of(facts, gate_rule(facts, gates[i]));

        q[i] = (linli_quorum){.phase = gates[i],
                              .counts = i == 0 ? LINLI_COUNT_BIDDERS : LINLI_COUNT_ADMITTED,
                              .at_least = (int32_t)bidders_needed(o, facts, gates[i]),
                              .below = o->below == BELOW_ASK ? LINLI_BELOW_ASK : LINLI_BELOW_FAIL,
                              .otherwise = "void",
                              .source = rule ? rule->source : NULL};
    }
    out->quorums = q;
    out->quorum_count = COUNT_OF(gates);
    return LINLI_OK;
}

static linli_status plan_checks(linli_ask *ask, const options *o, const linli_facts *facts, linli_plan *out)
{
    const named *q = o->qualifications.items, *s = o->requirements.items;
    bool law = statutory(facts);
    const char *by_office = law ? "财政部令第87号 §44" : NULL, *by_panel = law ? "财政部令第87号 §50" : NULL;
    linli_check_rule *c =
        LINLI_NEW(ask, linli_check_rule, 7 + o->qualifications.count + o->requirements.count);
    size_t n = 0;

    if (!c)
        return LINLI_NOMEM;
    c[n++] = (linli_check_rule){"qualified",
                                {"符合供应商基本资格条件", "meets the general conditions"},
                                "qualification",
                                LINLI_OFFICE_CLERK,
                                law ? "政府采购法 §22" : NULL};
    c[n++] = (linli_check_rule){"good_credit",
                                {"信用记录查询无不良", "no entry in the credit lists"},
                                "qualification",
                                LINLI_OFFICE_CLERK,
                                by_office};
    c[n++] = (linli_check_rule){"small_enterprise",
                                {"中小企业声明函有效", "the declaration of a small enterprise holds"},
                                "qualification",
                                LINLI_OFFICE_CLERK,
                                law ? "财库〔2020〕46号 §11" : NULL};
    c[n++] = (linli_check_rule){
        "joint",
        {"联合体或分包中小微企业份额达到要求", "small enterprises have the share of a joint bid"},
        "qualification",
        LINLI_OFFICE_CLERK,
        law ? "财库〔2020〕46号 §9" : NULL};
    c[n++] = (linli_check_rule){"domestic",
                                {"所供为本国产品", "supplies domestic products"},
                                "qualification",
                                LINLI_OFFICE_CLERK,
                                law ? "国办发〔2025〕34号" : NULL};
    for (size_t i = 0; i < o->qualifications.count; i++)
        c[n++] = (linli_check_rule){q[i].code, q[i].name, "qualification", LINLI_OFFICE_CLERK, by_office};
    c[n++] = (linli_check_rule){"responsive",
                                {"实质性响应采购文件", "meets the documents in substance"},
                                "conformity",
                                LINLI_EVALUATOR,
                                by_panel};
    c[n++] = (linli_check_rule){"price_suspected",
                                {"报价明显偏低，须先说明", "the price seems too low and must be explained"},
                                "conformity",
                                LINLI_EVALUATOR,
                                law ? "财政部令第87号 §60" : NULL};
    for (size_t i = 0; i < o->requirements.count; i++)
        c[n++] = (linli_check_rule){s[i].code, s[i].name, "conformity", LINLI_EVALUATOR, by_panel};
    out->checks = c;
    out->check_count = n;
    return LINLI_OK;
}

static linli_status plan_fields(linli_ask *ask, const options *o, linli_plan *out)
{
    const extra_field *more = o->fields.items;
    linli_field *f = LINLI_NEW(ask, linli_field, 1 + o->fields.count);

    if (!f)
        return LINLI_NOMEM;
    f[0] = (linli_field){.code = "price",
                         .name = {"投标报价", "price"},
                         .unit = LINLI_UNIT_MONEY,
                         .low = 1,
                         .high = INT64_C(100000000000000),
                         .required = true,
                         .priced = true,
                         .envelope = 1};
    for (size_t i = 0; i < o->fields.count; i++)
        f[1 + i] = (linli_field){.code = more[i].code,
                                 .name = more[i].name,
                                 .unit = units[more[i].unit],
                                 .low = 0,
                                 .high = more[i].unit == 3 ? 1 : INT64_C(100000000000000),
                                 .required = more[i].required,
                                 .envelope = 1};
    out->fields = f;
    out->field_count = 1 + o->fields.count;
    return LINLI_OK;
}

/* Papers as they are added, and how many there are of each kind of evidence. */
enum { EVIDENCE_KINDS = 3 };
struct paper_list {
    linli_paper_rule *items;
    size_t count, numbers[EVIDENCE_KINDS];
};

/* The papers that release one tranche. */
static bool evidence_rules(linli_ask *ask, const options *o, bool law, const linli_part_option *part,
                           struct paper_list *out)
{
    static const struct {
        int32_t due;
        bool public_service;
        const char *code;
        linli_text name;
        const char *source;
    } kinds[EVIDENCE_KINDS] = {
        {LINLI_ON_MILESTONE, false, "progress_report", {"阶段成果及验收意见", "progress report"}, NULL},
        {LINLI_ON_ACCEPTANCE, false, "acceptance_note", {"验收书", "acceptance note"}, "政府采购法 §41"},
        {LINLI_ON_ACCEPTANCE,
         true,
         "user_opinion",
         {"服务对象意见", "opinion of those served"},
         "政府采购法实施条例 §45"},
    };

    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        const char *code;

        if (part->due + LINLI_ON_SIGNING != kinds[i].due || (kinds[i].public_service && !o->public_service))
            continue;
        if (!(code = linli_numbered(ask, kinds[i].code, ++out->numbers[i])))
            return false;
        out->items[out->count++] = (linli_paper_rule){.code = code,
                                                      .name = kinds[i].name,
                                                      .phase = "delivering",
                                                      .tranche = part->code,
                                                      .role = LINLI_ORGANISATION,
                                                      .at_least = 1,
                                                      .published = kinds[i].due == LINLI_ON_ACCEPTANCE,
                                                      .independent = kinds[i].public_service,
                                                      .source = law ? kinds[i].source : NULL};
    }
    return true;
}

static linli_status plan_papers(linli_ask *ask, const options *o, const linli_facts *facts, linli_plan *out)
{
    const linli_part_option *part = o->tranches.items;
    bool law = statutory(facts);
    struct paper_list p = {.items = LINLI_NEW(ask, linli_paper_rule, 2 + EVIDENCE_KINDS * o->tranches.count)};

    if (!p.items)
        return LINLI_NOMEM;
    p.items[p.count++] = (linli_paper_rule){.code = "bid_file",
                                            .name = {"投标文件", "the bid"},
                                            .phase = "bidding",
                                            .role = LINLI_ORGANISATION,
                                            .at_least = 1,
                                            .sealed = true,
                                            .source = law ? "财政部令第87号 §32" : NULL};
    p.items[p.count++] = (linli_paper_rule){.code = "evaluation_report",
                                            .name = {"评标报告", "evaluation report"},
                                            .phase = "scoring",
                                            .role = LINLI_EVALUATOR,
                                            .at_least = 1,
                                            .source = law ? "财政部令第87号 §58" : NULL};
    for (size_t i = 0; i < o->tranches.count; i++)
        if (!evidence_rules(ask, o, law, &part[i], &p))
            return LINLI_NOMEM;
    out->papers = p.items;
    out->paper_count = p.count;
    return LINLI_OK;
}

/* What each role reads, and from when; in statutory procurement a loser is told
 * its own score only, and prices are public only where the call said so. */
static linli_status plan_readings(linli_ask *ask, const options *o, linli_plan *out)
{
    static const linli_reading base[] = {
        {LINLI_SEES_BIDS, LINLI_OFFICE_CLERK, "qualification"},
        {LINLI_SEES_BIDS, LINLI_OFFICE_APPROVER, "qualification"},
        {LINLI_SEES_BIDS, LINLI_AGENT, "qualification"},
        {LINLI_SEES_BIDS, LINLI_AUDITOR, "qualification"},
        {LINLI_SEES_BIDS, LINLI_EVALUATOR, "conformity"},
        {LINLI_SEES_PRICES, LINLI_OFFICE_CLERK, "qualification"},
        {LINLI_SEES_PRICES, LINLI_OFFICE_APPROVER, "qualification"},
        {LINLI_SEES_PRICES, LINLI_AGENT, "qualification"},
        {LINLI_SEES_PRICES, LINLI_AUDITOR, "qualification"},
        {LINLI_SEES_PRICES, LINLI_ORGANISATION, "qualification"}, /* read out at the opening */
        {LINLI_SEES_PRICES, LINLI_EVALUATOR, "conformity"},
        {LINLI_SEES_MARKS, LINLI_OFFICE_CLERK, "deciding"},
        {LINLI_SEES_MARKS, LINLI_OFFICE_APPROVER, "deciding"},
        {LINLI_SEES_MARKS, LINLI_AGENT, "deciding"},
        {LINLI_SEES_MARKS, LINLI_EVALUATOR, "deciding"},
        {LINLI_SEES_MARKS, LINLI_AUDITOR, "deciding"},
        {LINLI_SEES_MARKS, LINLI_SUPERVISOR, "deciding"},
        {LINLI_SEES_RESULT, LINLI_OFFICE_CLERK, "deciding"},
        {LINLI_SEES_RESULT, LINLI_OFFICE_APPROVER, "deciding"},
        {LINLI_SEES_RESULT, LINLI_AGENT, "deciding"},
        {LINLI_SEES_RESULT, LINLI_EVALUATOR, "deciding"},
        {LINLI_SEES_RESULT, LINLI_AUDITOR, "deciding"},
        {LINLI_SEES_RESULT, LINLI_SUPERVISOR, "deciding"},
        {LINLI_SEES_RESULT, LINLI_ORGANISATION, "notice"},
        {LINLI_SEES_RESULT, LINLI_PUBLIC, "notice"},
        {LINLI_SEES_RESULT, LINLI_RESIDENT, "notice"},
    };
    linli_reading *r = LINLI_NEW(ask, linli_reading, COUNT_OF(base) + 3);
    size_t n = COUNT_OF(base);

    if (!r)
        return LINLI_NOMEM;
    memcpy(r, base, sizeof base);
    if (o->show_prices)
        r[n++] = (linli_reading){LINLI_SEES_PRICES, LINLI_PUBLIC, "notice"};
    if (o->show_marks) {
        r[n++] = (linli_reading){LINLI_SEES_MARKS, LINLI_PUBLIC, "notice"};
        r[n++] = (linli_reading){LINLI_SEES_MARKS, LINLI_ORGANISATION, "notice"};
    }
    out->readings = r;
    out->reading_count = n;
    return LINLI_OK;
}

static linli_panel plan_panel(const options *o, const linli_facts *facts)
{
    const linli_rule *size = panel_rule(o, facts);
    const linli_rule *num = linli_rule_of(facts, "panel_experts_num");
    const linli_rule *den = linli_rule_of(facts, "panel_experts_den");
    bool share = num && den && den->value > 0 && num->value <= den->value && den->value < INT32_MAX;

    return (linli_panel){.at_least = (int32_t)(o->panel_members ? o->panel_members
                                               : size           ? size->value
                                                                : 1),
                         .experts = share ? (int32_t)num->value : 0,
                         .of = share ? (int32_t)den->value : 1,
                         .odd = true,
                         .blind = o->panel_blind,
                         .source = size ? size->source : NULL};
}

static linli_status plan(linli_ask *ask, const void *opts, const linli_facts *facts, linli_plan *out)
{
    const options *o = opts;
    const linli_rule *grow = linli_rule_of(facts, "supplement_max");
    linli_status status;

    *out = (linli_plan){
        .entry = LINLI_ANYONE,
        .sealing = LINLI_SEALED_TO_OPENING,
        .contract = LINLI_PURCHASE,
        .objection_stops = true,
        .bid_bond = o->bid_bond,
        .performance_bond = o->performance_bond,
        .extra = o->extra_given ? o->extra : (linli_rate){grow ? grow->value : 0},
        .panel = plan_panel(o, facts),
        .award = {.kind = LINLI_AWARD_ONE, .most = 1, .candidates = (int32_t)o->candidates, .by_rank = true},
        .phases = phases,
        .phase_count = COUNT_OF(phases),
    };
    if (!(out->tranches = linli_tranche_rules(ask, o->tranches)))
        return LINLI_NOMEM;
    out->tranche_count = o->tranches.count;
    if ((status = plan_windows(ask, o, facts, out)) != LINLI_OK ||
        (status = plan_quorums(ask, o, facts, out)) != LINLI_OK ||
        (status = plan_checks(ask, o, facts, out)) != LINLI_OK ||
        (status = plan_fields(ask, o, out)) != LINLI_OK ||
        (status = plan_papers(ask, o, facts, out)) != LINLI_OK)
        return status;
    return plan_readings(ask, o, out);
}

/* ---- admit -------------------------------------------------------------- */

/* A small enterprise that is none keeps its bid and loses the deduction; others
 * that only the scheme asks for need not be found at all. */
static bool counts_against(const options *o, const linli_check_rule *rule)
{
    static const char *const of_scheme[] = {"joint", "domestic", "price_suspected"};

    for (size_t i = 0; i < COUNT_OF(of_scheme); i++)
        if (strcmp(rule->code, of_scheme[i]) == 0)
            return false;
    return o->small_only || strcmp(rule->code, "small_enterprise") != 0;
}

/* What the checks due so far say; M_ADMITTED where none speaks against it. */
static linli_line checked(const options *o, const linli_facts *facts, uint64_t bid)
{
    const linli_plan *p = facts->plan;
    size_t here = linli_phase_index(phases, COUNT_OF(phases), facts->phase);
    linli_line line = {.message = M_ADMITTED};

    for (size_t i = 0; p && i < p->check_count; i++) {
        const linli_check_rule *rule = &p->checks[i];
        int found = linli_found(facts, bid, rule->code, rule->role);

        /* The office or its agent: 87号 §44. */
        if (found == LINLI_NOT_FOUND && rule->role == LINLI_OFFICE_CLERK)
            found = linli_found(facts, bid, rule->code, LINLI_AGENT);

        if (!counts_against(o, rule) || linli_phase_index(phases, COUNT_OF(phases), rule->phase) > here)
            continue;
        if (found == LINLI_NOT_PASSED)
            return LINLI_LINE(M_FAILED, linli_named(rule->code));
        if (found == LINLI_NOT_FOUND && line.message == M_ADMITTED)
            line = LINLI_LINE(M_UNCHECKED, linli_named(rule->code));
    }
    return line;
}

static linli_money ceiling(const linli_tender *t)
{
    return t->ceiling.minor && t->ceiling.minor < t->budget.minor ? t->ceiling : t->budget;
}

static linli_line judged(const options *o, const linli_facts *facts, const linli_bid *bid)
{
    linli_money most = ceiling(facts->tender);

    if (bid->late)
        return (linli_line){.message = M_LATE};
    if (bid->withdrawn)
        return (linli_line){.message = M_WITHDRAWN};
    if (bid->invalid)
        return (linli_line){.message = M_VOID};
    if (!bid->open)
        return (linli_line){.message = M_UNOPENED};
    if (linli_upheld(facts, bid->key))
        return (linli_line){.message = M_UPHELD};
    if (bid->priced && bid->price.minor > most.minor)
        return LINLI_LINE(statutory(facts) ? M_OVER_LAW : M_OVER, linli_amount(bid->price),
                          linli_amount(most));
    return checked(o, facts, bid->key);
}

static linli_status admit(linli_ask *ask, const void *opts, const linli_facts *facts, linli_admissions *out)
{
    linli_admission *list = LINLI_NEW(ask, linli_admission, facts->bid_count);

    if (!list)
        return LINLI_NOMEM;
    for (size_t i = 0; i < facts->bid_count; i++) {
        const linli_bid *bid = &facts->bids[i];
        linli_line line = judged(opts, facts, bid);
        linli_admission *one = &list[linli_place(facts, i)];
        bool again = false;

        *one = (linli_admission){.bid = bid->key, .admitted = line.message == M_ADMITTED};
        if (!linli_say(ask, &one->why, line))
            return LINLI_NOMEM;
        for (size_t j = 0; j < i; j++)
            again |=
                bid->group != 0 && facts->bids[j].group == bid->group && list[linli_place(facts, j)].admitted;
        out->bidders += one->admitted && !again;
    }
    out->items = list;
    out->count = facts->bid_count;
    return LINLI_OK;
}

/* ---- step --------------------------------------------------------------- */

/* clang-format off */
static const linli_way ways[] = {
    { "retender", { "采购文件有问题的改正后重新招标；任何情况下可以重新招标", "tender again, corrected where the documents or the procedure were at fault" }, "void", "财政部令第87号 §43" },
    { "other_method", { "采购文件没有不合理条款、程序合规的，报财政部门批准后采用其他方式", "another method, with the finance department's approval, where documents and procedure were sound" }, "void", "政府采购法 §37" },
    { "negotiate_two", { "只有两家且采购文件合理的，报财政部门批准后与该两家竞争性谈判", "exactly two and sound documents: negotiation with these two, with approval" }, "void", "财政部令第74号 §27" },
};
static const linli_way own_ways[] = {
    { "retender", { "重新征集", "call again" }, "void", NULL },
    { "other_method", { "按内控制度改用其他方式", "another method of the office's own rules" }, "void", NULL },
};
static const linli_text go_on = { "报批后以现有投标人继续", "go on with the bidders there are, if approved" };
/* clang-format on */

static linli_status offer_ways(linli_ask *ask, const linli_facts *facts, int64_t have, const char *next,
                               linli_step *out)
{
    linli_way *list;

    if (statutory(facts)) {
        out->ways = ways;
        out->way_count = have == 2 ? COUNT_OF(ways) : COUNT_OF(ways) - 1;
        return LINLI_OK;
    }
    if (!(list = LINLI_NEW(ask, linli_way, COUNT_OF(own_ways) + 1)))
        return LINLI_NOMEM;
    out->ways = list;
    if (out->kind == LINLI_ASK_APPROVAL && have > 0)
        list[out->way_count++] = (linli_way){"go_on", go_on, next, NULL};
    memcpy(list + out->way_count, own_ways, sizeof own_ways);
    out->way_count += COUNT_OF(own_ways);
    return LINLI_OK;
}

/* The gate at the end of a phase: enough bidders, or the lawful ways on. */
static linli_status gate(linli_ask *ask, const options *o, const linli_facts *facts, int64_t have,
                         const char *next, linli_step *out)
{
    int64_t need = bidders_needed(o, facts, facts->phase);

    if (have >= need) {
        *out = (linli_step){.kind = LINLI_GO, .phase = next};
        return told(linli_say(ask, &out->why, LINLI_LINE(M_ENOUGH, linli_count(have))));
    }
    *out = (linli_step){.kind = o->below == BELOW_ASK ? LINLI_ASK_APPROVAL : LINLI_FAIL, .phase = "void"};
    if (!linli_say(ask, &out->why,
                   LINLI_LINE(M_FEW, linli_count(have), linli_count(need),
                              linli_ruled(gate_rule(facts, facts->phase)))))
        return LINLI_NOMEM;
    return offer_ways(ask, facts, have, next, out);
}

static linli_status answer(linli_ask *ask, int32_t kind, const char *phase, linli_line why, linli_step *out)
{
    *out = (linli_step){.kind = kind, .phase = phase};
    return told(linli_say(ask, &out->why, why));
}

/* Bids that stand at the deadline; those of one group count once. */
static int64_t standing(const linli_facts *facts)
{
    int64_t n = 0;

    for (size_t i = 0; i < facts->bid_count; i++) {
        const linli_bid *b = &facts->bids[i];
        bool again = false;

        for (size_t j = 0; j < i; j++)
            again |= b->group != 0 && facts->bids[j].group == b->group && !facts->bids[j].withdrawn &&
                     !facts->bids[j].late;
        n += !b->withdrawn && !b->late && !again;
    }
    return n;
}

static linli_status end_bidding(linli_ask *ask, const options *o, const linli_facts *facts, linli_step *out)
{
    linli_time due = facts->tender->bids_due;

    if (facts->now.us < due.us)
        return answer(ask, LINLI_STAY, NULL, LINLI_LINE(M_EARLY, linli_instant(due)), out);
    return gate(ask, o, facts, standing(facts), "opening", out);
}

static linli_status end_opening(linli_ask *ask, const options *o, const linli_facts *facts, linli_step *out)
{
    int64_t left = 0;

    (void)o;
    for (size_t i = 0; i < facts->bid_count; i++) {
        const linli_bid *b = &facts->bids[i];
        left += !b->withdrawn && !b->late && !b->invalid && !b->open;
    }
    if (left > 0)
        return answer(ask, LINLI_STAY, NULL, LINLI_LINE(M_TO_OPEN, linli_count(left)), out);
    return answer(ask, LINLI_GO, "qualification", (linli_line){.message = M_OPENED}, out);
}

static linli_status end_checking(linli_ask *ask, const options *o, const linli_facts *facts, linli_step *out)
{
    linli_admissions admitted = {0};
    linli_status status = admit(ask, o, facts, &admitted);
    int64_t left = 0;

    if (status != LINLI_OK)
        return status;
    for (size_t i = 0; i < admitted.count; i++)
        left += admitted.items[i].why.items[0].message == M_UNCHECKED;
    if (left > 0)
        return answer(ask, LINLI_STAY, NULL, LINLI_LINE(M_TO_CHECK, linli_count(left)), out);
    return gate(ask, o, facts, admitted.bidders,
                strcmp(facts->phase, "conformity") == 0 ? "scoring" : "conformity", out);
}

/* No bid is left to award: the lawful ways on. */
static linli_status nobody_left(linli_ask *ask, const linli_facts *facts, linli_step *out)
{
    linli_status status = answer(ask, LINLI_FAIL, "void", (linli_line){.message = M_ALL_OUT}, out);

    return status == LINLI_OK ? offer_ways(ask, facts, 0, NULL, out) : status;
}

static linli_status end_scoring(linli_ask *ask, const options *o, const linli_facts *facts, linli_step *out)
{
    const linli_evaluation *e = facts->evaluation;
    int64_t ranked = 0;

    (void)o;
    if (!e)
        return answer(ask, LINLI_STAY, NULL, (linli_line){.message = M_TO_EVALUATE}, out);
    for (size_t i = 0; i < e->count; i++) {
        if (e->items[i].standing == LINLI_EXPLAIN)
            return answer(ask, LINLI_STAY, NULL, LINLI_LINE(M_TO_EXPLAIN, linli_of_bid(e->items[i].bid)),
                          out);
        ranked += e->items[i].standing == LINLI_RANKED;
    }
    if (ranked > 0)
        return answer(ask, LINLI_GO, "deciding", LINLI_LINE(M_EVALUATED, linli_count(ranked)), out);
    return nobody_left(ask, facts, out);
}

static bool has_winner(const linli_facts *facts)
{
    for (size_t i = 0; i < facts->award_count; i++)
        if (facts->awards[i].standing == LINLI_WINNER)
            return true;
    return false;
}

static linli_status award(linli_ask *ask, const void *opts, const linli_facts *facts, linli_awards *out);

static linli_status end_deciding(linli_ask *ask, const options *o, const linli_facts *facts, linli_step *out)
{
    linli_awards awards = {0};

    /* Whoever was ranked may have fallen away since. */
    if (!has_winner(facts) && facts->evaluation) {
        linli_status status = award(ask, o, facts, &awards);
        if (status != LINLI_OK)
            return status;
        if (awards.count == 0 && awards.draw_count == 0)
            return nobody_left(ask, facts, out);
    }
    return has_winner(facts) ? answer(ask, LINLI_GO, "notice", (linli_line){.message = M_DECIDED}, out)
                             : answer(ask, LINLI_STAY, NULL, (linli_line){.message = M_UNDECIDED}, out);
}

static linli_status end_notice(linli_ask *ask, const options *o, const linli_facts *facts, linli_step *out)
{
    (void)o;
    if (facts->phase_due.us == 0 || facts->now.us < facts->phase_due.us)
        return answer(ask, LINLI_STAY, NULL, (linli_line){.message = M_NOTICE_RUNS}, out);
    return answer(ask, LINLI_GO, "contracting", (linli_line){.message = M_NOTICE_OVER}, out);
}

static linli_line held(const linli_facts *facts)
{
    return (linli_line){.message = statutory(facts) ? M_HELD_LAW : M_HELD};
}

static linli_status end_contracting(linli_ask *ask, const options *o, const linli_facts *facts,
                                    linli_step *out)
{
    (void)o;
    if (linli_disputed(facts, 0))
        return answer(ask, LINLI_STAY, NULL, held(facts), out);
    if (facts->award_count == 0)
        return nobody_left(ask, facts, out);
    if (!has_winner(facts) || linli_unsigned(facts) > 0)
        return answer(ask, LINLI_STAY, NULL, (linli_line){.message = M_UNSIGNED}, out);
    return answer(ask, LINLI_GO, "delivering", (linli_line){.message = M_SIGNED}, out);
}

static linli_status end_delivering(linli_ask *ask, const options *o, const linli_facts *facts,
                                   linli_step *out)
{
    (void)o;
    return has_winner(facts) && facts->plan && linli_all_settled(facts)
               ? answer(ask, LINLI_GO, "closed", (linli_line){.message = M_SETTLED}, out)
               : answer(ask, LINLI_STAY, NULL, (linli_line){.message = M_OWED}, out);
}

static linli_status step(linli_ask *ask, const void *opts, const linli_facts *facts, linli_step *out)
{
    static const struct {
        const char *phase;
        linli_status (*end)(linli_ask *, const options *, const linli_facts *, linli_step *);
    } ends[] = {
        {"bidding", end_bidding},     {"opening", end_opening},         {"qualification", end_checking},
        {"conformity", end_checking}, {"scoring", end_scoring},         {"deciding", end_deciding},
        {"notice", end_notice},       {"contracting", end_contracting}, {"delivering", end_delivering},
    };

    for (size_t i = 0; i < COUNT_OF(ends); i++)
        if (linli_same(facts->phase, ends[i].phase))
            return ends[i].end(ask, opts, facts, out);
    if (linli_same(facts->phase, "closed") || linli_same(facts->phase, "void")) {
        out->kind = LINLI_STAY;
        return LINLI_OK;
    }
    return LINLI_FACTS;
}

/* ---- award -------------------------------------------------------------- */

enum { PLACES = 5 };
static const char *const places[PLACES] = {"first_place", "second_place", "third_place", "fourth_place",
                                           "fifth_place"};

/* The candidates, best first, as indexes into the evaluation. */
typedef struct shortlist {
    const linli_evaluation *e;
    const linli_bid **bids; /* of each result */
    size_t *at;
    size_t count;
} shortlist;

static bool listed(const shortlist *s, size_t i)
{
    for (size_t j = 0; j < s->count; j++)
        if (s->at[j] == i || (s->bids[i]->group && s->bids[s->at[j]]->group == s->bids[i]->group))
            return true;
    return false;
}

/* The next in rank, and among equals the first drawn; ret_tied tells how many
 * equals are left.  -1: nobody. */
static int64_t next_in_rank(const shortlist *s, const linli_draw *draw, size_t *ret_tied)
{
    int64_t best = -1;

    *ret_tied = 0;
    for (size_t i = 0; i < s->e->count; i++) {
        const linli_result *r = &s->e->items[i];

        if (r->standing != LINLI_RANKED || listed(s, i))
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

static linli_status ask_draw(linli_ask *ask, const linli_facts *facts, const shortlist *s, int32_t rank,
                             linli_awards *out)
{
    linli_draw_request *request = LINLI_NEW(ask, linli_draw_request, 1);
    uint64_t *keys = LINLI_NEW(ask, uint64_t, s->e->count);
    linli_line line = LINLI_LINE(statutory(facts) ? M_TIED_LAW : M_TIED, linli_count((int64_t)s->count + 1));

    if (!request || !keys)
        return LINLI_NOMEM;
    *request = (linli_draw_request){places[s->count], keys, 0};
    for (size_t i = 0; i < s->e->count; i++)
        if (s->e->items[i].standing == LINLI_RANKED && s->e->items[i].rank == rank && !listed(s, i))
            keys[request->count++] = s->e->items[i].bid;
    out->draws = request;
    out->draw_count = 1;
    return told(linli_say(ask, &out->why, line));
}

/* A draw of a tie settles the order of all that were in it. */
static const linli_draw *draw_for(const linli_facts *facts, const shortlist *s, int32_t rank)
{
    uint64_t any = 0;

    for (size_t i = 0; i < s->e->count && !any; i++)
        if (s->e->items[i].standing == LINLI_RANKED && s->e->items[i].rank == rank && !listed(s, i))
            any = s->e->items[i].bid;
    for (size_t i = 0; i <= s->count && i < PLACES; i++) {
        const linli_draw *draw = linli_draw_of(facts, places[i]);
        if (draw && linli_drawn(draw, any) != INT64_MAX)
            return draw;
    }
    return NULL;
}

static int32_t next_rank(const shortlist *s)
{
    int32_t rank = INT32_MAX;

    for (size_t i = 0; i < s->e->count; i++)
        if (s->e->items[i].standing == LINLI_RANKED && !listed(s, i) && s->e->items[i].rank < rank)
            rank = s->e->items[i].rank;
    return rank;
}

/* Fills the shortlist; a tie without a draw ends with a request for one. */
static linli_status recommend(linli_ask *ask, const linli_facts *facts, size_t most, shortlist *s,
                              linli_awards *out)
{
    while (s->count < most && out->draw_count == 0) {
        int32_t rank = next_rank(s);
        const linli_draw *draw = draw_for(facts, s, rank);
        size_t tied;
        int64_t i = next_in_rank(s, draw, &tied);

        if (i < 0)
            break;
        if (tied > 1 && !draw)
            return ask_draw(ask, facts, s, rank, out);
        s->at[s->count++] = (size_t)i;
    }
    return LINLI_OK;
}

/* Why a candidate cannot have the contract; M_WINNER: it can. */
static linli_line hindered(const linli_facts *facts, const linli_bid *bid)
{
    linli_money pool = facts->tender->pool;

    if (linli_upheld(facts, bid->key))
        return (linli_line){.message = M_UPHELD};
    if (bid->withdrawn)
        return LINLI_LINE(M_REFUSED_TO_SIGN, linli_of_bid(bid->key));
    if (pool.minor > 0 && bid->price.minor > pool.minor)
        return LINLI_LINE(M_POOL, linli_amount(bid->price), linli_amount(pool));
    return (linli_line){.message = M_WINNER};
}

static bool any_upheld(const shortlist *s, const linli_facts *facts, int64_t *ret_left)
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

static linli_status award_listed(linli_ask *ask, const linli_facts *facts, const shortlist *s,
                                 linli_awards *out)
{
    linli_award *list = LINLI_NEW(ask, linli_award, s->count);
    size_t n = 0;

    if (!list)
        return LINLI_NOMEM;
    for (size_t i = 0; i < s->count; i++) {
        const linli_bid *bid = s->bids[s->at[i]];
        linli_line line = hindered(facts, bid);
        linli_arg place = linli_count((int64_t)i + 1), price = linli_amount(bid->price);
        size_t tied = 0;

        if (line.message != M_WINNER) {
            if (!linli_say(ask, &out->why, line))
                return LINLI_NOMEM;
            continue;
        }
        line = n > 0   ? LINLI_LINE(M_RESERVE, place)
               : i > 0 ? LINLI_LINE(M_NEXT, place, price)
                       : LINLI_LINE(M_WINNER, price);
        list[n] = (linli_award){.bid = bid->key,
                                .standing = n > 0 ? LINLI_RESERVE : LINLI_WINNER,
                                .order = (int32_t)i + 1,
                                .amount = bid->price};
        for (size_t j = 0; j < s->e->count; j++)
            tied +=
                s->e->items[j].standing == LINLI_RANKED && s->e->items[j].rank == s->e->items[s->at[i]].rank;
        if (!linli_say(ask, &list[n].why, line) ||
            (tied > 1 && !linli_say(ask, &list[n].why, (linli_line){.message = M_DRAWN})))
            return LINLI_NOMEM;
        n++;
    }
    out->items = list;
    out->count = n;
    return n ? LINLI_OK : told(linli_say(ask, &out->why, (linli_line){.message = M_NONE}));
}

static linli_status award(linli_ask *ask, const void *opts, const linli_facts *facts, linli_awards *out)
{
    const options *o = opts;
    const linli_evaluation *e = facts->evaluation;
    size_t most = (size_t)o->candidates;
    shortlist s = {.e = e, .at = LINLI_NEW(ask, size_t, most)};
    int64_t left;
    linli_status status;

    if (!e || e->kind != LINLI_ORDER || most > PLACES)
        return LINLI_FACTS;
    s.bids = LINLI_NEW(ask, const linli_bid *, e->count);
    if (!s.at || !s.bids)
        return LINLI_NOMEM;
    for (size_t i = 0; i < e->count; i++)
        if (!(s.bids[i] = linli_bid_of(facts, e->items[i].bid)))
            return LINLI_FACTS;
    if (any_upheld(&s, facts, &left) && left < bidders_needed(o, facts, NULL))
        return told(
            linli_say(ask, &out->why, LINLI_LINE(M_RESTART, linli_count(left), linli_ruled("bidders_min"))));
    status = recommend(ask, facts, most, &s, out);
    return status != LINLI_OK || out->draw_count ? status : award_listed(ask, facts, &s, out);
}

/* ---- schedule and release ----------------------------------------------- */

static linli_status schedule(linli_ask *ask, const void *opts, const linli_facts *facts, const linli_award *a,
                             linli_schedule *out)
{
    const options *o = opts;
    linli_status status = linli_tranches(ask, o->tranches, a->amount, out);

    (void)facts;
    if (status != LINLI_OK)
        return status;
    return told(
        linli_say(ask, &out->why,
                  LINLI_LINE(M_PARTS, linli_amount(a->amount), linli_count((int64_t)o->tranches.count))));
}

/* Steps deducted for the marks on this delivery, counted on their exact average;
 * ret_average is that average rounded for the explanation.  False: no mark. */
static bool delivery_steps(const options *o, const linli_facts *facts, uint64_t bid, const char *tranche,
                           int64_t *ret_steps, linli_points *ret_average)
{
    int64_t sum = 0, n = 0, missing = 0;

    for (size_t i = 0; i < facts->mark_count; i++) {
        const linli_mark *m = &facts->marks[i];
        if (m->bid == bid && linli_same(m->tranche, tranche) && strcmp(m->criterion, "delivery") == 0 &&
            linli_add(sum, m->value, &sum))
            n++;
    }
    *ret_steps = 0;
    if (n == 0)
        return false;
    if (!linli_div(sum, n, LINLI_HALF_UP, &ret_average->micro) ||
        __builtin_mul_overflow(o->full_score.micro, n, &missing))
        return false;
    missing -= sum;
    if (missing > 0 && !linli_div(missing, (linli_wide)o->score_step.micro * n,
                                  o->rounding == ROUND_CEIL ? LINLI_UP : LINLI_DOWN, ret_steps))
        return false;
    return true;
}

/* LINLI_PAY_OUT, or what the tranche still waits for. */
static linli_status evidence(linli_ask *ask, const linli_facts *facts, const linli_award *a,
                             const linli_tranche *t, linli_release *out)
{
    const linli_plan *p = facts->plan;

    out->kind = LINLI_PAY_OUT;
    for (size_t i = 0; p && i < p->paper_count; i++) {
        const linli_paper_rule *rule = &p->papers[i];
        int64_t have;

        if (!rule->tranche || strcmp(rule->tranche, t->code) != 0)
            continue;
        have = linli_accepted(facts, rule, a->bid);
        if (have < rule->at_least)
            out->kind = LINLI_WAIT;
        if (!linli_say(ask, &out->why,
                       have < rule->at_least
                           ? LINLI_LINE(M_WAITS, linli_named(rule->code), linli_count(have),
                                        linli_count(rule->at_least))
                           : LINLI_LINE(M_SHOWN, linli_named(rule->code), linli_count(have))))
            return LINLI_NOMEM;
    }
    return LINLI_OK;
}

static linli_status pay_scored(linli_ask *ask, const options *o, const linli_facts *facts,
                               const linli_award *a, const linli_tranche *t, linli_release *out)
{
    linli_points average = {0};
    int64_t steps, cost;
    bool scored = delivery_steps(o, facts, a->bid, t->code, &steps, &average);

    if (!scored && o->delivery_scored) {
        out->kind = LINLI_WAIT;
        return told(linli_say(ask, &out->why, (linli_line){.message = M_NO_SCORE}));
    }
    out->amount = t->amount;
    if (steps == 0)
        return told(linli_say(ask, &out->why, (linli_line){.message = M_FULL}));
    if (__builtin_mul_overflow(steps, o->step_cost.ppm, &cost))
        return LINLI_RANGE;
    cost = cost > LINLI_WHOLE ? LINLI_WHOLE : cost;
    if (!linli_mul_div(t->amount.minor, LINLI_WHOLE - cost, LINLI_WHOLE, LINLI_HALF_UP, &out->amount.minor))
        return LINLI_RANGE;
    return told(
        linli_say(ask, &out->why,
                  LINLI_LINE(M_LESS, linli_score(average), linli_score(o->full_score), linli_count(steps),
                             linli_percent(o->step_cost), linli_amount(out->amount))));
}

static const linli_part_option *part_of(const options *o, const char *code)
{
    const linli_part_option *part = o->tranches.items;

    for (size_t i = 0; i < o->tranches.count; i++)
        if (strcmp(part[i].code, code) == 0)
            return &part[i];
    return NULL;
}

static linli_status release(linli_ask *ask, const void *opts, const linli_facts *facts, const linli_award *a,
                            const linli_tranche *t, linli_release *out)
{
    const options *o = opts;
    const linli_part_option *part = part_of(o, t->code);
    int32_t due, today = 0;
    linli_status status;

    if (!part)
        return LINLI_FACTS;
    due = part->due + LINLI_ON_SIGNING;
    out->kind = LINLI_WAIT;
    if (!linli_event_of(facts, LINLI_SIGNED, a->bid))
        return told(linli_say(ask, &out->why, (linli_line){.message = M_UNSIGNED}));
    for (size_t i = 0; i < facts->delivery_count; i++)
        if (facts->deliveries[i].bid == a->bid && facts->deliveries[i].state == LINLI_TRANCHE_STOPPED &&
            linli_same(facts->deliveries[i].tranche, t->code)) {
            out->kind = LINLI_STOP;
            return told(linli_say(ask, &out->why, (linli_line){.message = M_STOPPED}));
        }
    if (linli_disputed(facts, a->bid)) {
        out->kind = LINLI_HOLD;
        return told(linli_say(ask, &out->why, held(facts)));
    }
    if (due == LINLI_ON_DATE) {
        if (!linli_day_of(facts->calendar, facts->now, &today))
            return LINLI_RANGE;
        if (today < part->on.day)
            return told(linli_say(ask, &out->why, (linli_line){.message = M_NOT_DUE}));
    }
    status = evidence(ask, facts, a, t, out);
    if (status != LINLI_OK || out->kind != LINLI_PAY_OUT)
        return status;
    if (due == LINLI_ON_MILESTONE || due == LINLI_ON_ACCEPTANCE)
        return pay_scored(ask, o, facts, a, t, out);
    out->amount = t->amount;
    return told(linli_say(ask, &out->why, (linli_line){.message = M_FULL}));
}

/* ---- refuse ------------------------------------------------------------- */

static linli_status no(linli_ask *ask, linli_line why, linli_verdict *out)
{
    out->yes = true;
    return told(linli_say(ask, &out->why, why));
}

static bool took_part(const linli_facts *facts, uint64_t actor)
{
    for (size_t i = 0; i < facts->bid_count; i++)
        if (facts->bids[i].bidder == actor)
            return true;
    return false;
}

/* The time to object to the result runs from the end of its notice, which is the
 * midnight after its last day. */
static bool objects_late(const linli_facts *facts)
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

static linli_status refuse_objection(linli_ask *ask, const linli_facts *facts, uint64_t actor,
                                     linli_verdict *out)
{
    if (!statutory(facts) || linli_same(facts->phase, "bidding"))
        return LINLI_OK;
    if (!took_part(facts, actor))
        return no(ask, (linli_line){.message = M_NOT_PARTICIPANT}, out);
    if (objects_late(facts))
        return no(ask, LINLI_LINE(M_OBJECT_LATE, linli_ruled("challenge_window")), out);
    return LINLI_OK;
}

/* Whether this bid is the winner's; without a bid, whether one of the actor's is. */
static bool wins(const linli_facts *facts, uint64_t bid, uint64_t actor)
{
    for (size_t i = 0; i < facts->award_count; i++) {
        const linli_bid *one = linli_bid_of(facts, facts->awards[i].bid);

        if (facts->awards[i].standing == LINLI_WINNER && one &&
            (bid ? one->key == bid : one->bidder == actor))
            return true;
    }
    return false;
}

static linli_status refuse(linli_ask *ask, const void *opts, const linli_facts *facts, int32_t role,
                           uint64_t actor, int32_t act, uint64_t bid, linli_verdict *out)
{
    linli_time due = facts->tender->bids_due;

    (void)opts;
    switch (act) {
    case LINLI_SUBMIT:
    case LINLI_REPLACE:
        if (facts->now.us >= due.us)
            return no(ask, LINLI_LINE(statutory(facts) ? M_CLOSED_LAW : M_CLOSED, linli_instant(due)), out);
        return LINLI_OK;
    case LINLI_OBJECT:
        return role == LINLI_ORGANISATION ? refuse_objection(ask, facts, actor, out) : LINLI_OK;
    case LINLI_SIGN:
        if (linli_disputed(facts, 0))
            return no(ask, held(facts), out);
        if (role == LINLI_ORGANISATION && !wins(facts, bid, actor))
            return no(ask, (linli_line){.message = M_NOT_WINNER}, out);
        return LINLI_OK;
    default:
        return LINLI_OK;
    }
}

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
    .option_count = COUNT_OF(rows),
    .options_size = sizeof(options),
    .messages = messages,
    .message_count = MESSAGES,
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
