/*
 * comprehensive_score - 综合评分法: weighted criteria, low price first.
 *
 * The price part is base / price * 100 * weight, the base being the lowest
 * price compared; every other part is the members' average, out of 100, times
 * its weight.  Prices are compared after the policy deductions, each taken from
 * the price asked; the award and the contract stay at the price asked.  Each
 * part is rounded once, to the places published; the total is the sum of the
 * published parts.  A bid whose price is abnormally low is asked to explain it
 * first: the check price_explained settles that.
 *
 * A bid is left without a rank while it must be explained, while a criterion
 * has no marks, and while members differ on an objective criterion (87号 §64);
 * `why` names the reason.
 */
#include <string.h>

#include "linli/math.h"

enum { RANK_PUBLISHED, RANK_EXACT };
enum { TIE_QUOTED, TIE_ADJUSTED };

struct criterion {
    const char *code;
    linli_text name;
    linli_rate weight;
    linli_points most;
    bool objective;
};

struct deduction {
    const char *check;
    linli_rate rate;
};

struct options {
    linli_rate price_weight;
    bool price_scored;
    int64_t decimals;
    int32_t rounding, rank_on, tie_price;
    const char *tie_criterion;
    linli_list criteria, deductions;
    linli_rate abnormal_mean, abnormal_second, abnormal_ceiling;
};

enum {
    M_WEIGHTS,
    M_PRICE_LOW,
    M_PRICE_UNUSED,
    M_CODE_TWICE,
    M_CODE_PRICE,
    M_TIE_UNKNOWN,
    M_DEDUCTION_LOW,
    M_DEDUCTION_HIGH,
    M_DEDUCTION_NO_RULE,
    M_DEDUCTION_SUM,
    M_RAISE_LOW,
    M_RAISE_HIGH,
    M_RAISE_NO_RULE,
    M_DEDUCTION,
    M_COMPARED,
    M_PRICE,
    M_MARKS,
    M_BY_PRICE,
    M_BY_CRITERION,
    M_TIE,
    M_LOW_MEAN,
    M_LOW_SECOND,
    M_LOW_CEILING,
    M_SUSPECTED,
    M_EXPLAINED,
    M_NOT_EXPLAINED,
    M_DIFFER,
    M_NO_MARKS,
    M_PROVISIONAL,
    MESSAGES
};

/* clang-format off */
static const linli_message messages[MESSAGES] = {
    [M_WEIGHTS]           = { "weights", { "各项权重合计为 {1}，应为 100%", "the weights add up to {1}, not 100%" }, "财政部令第87号 §55" },
    [M_PRICE_LOW]         = { "price_weight", { "价格权重 {1} 低于本类项目的下限 {2}", "the price weight {1} is below the floor for this category, {2}" }, "财政部令第87号 §55" },
    [M_PRICE_UNUSED]      = { "price_unused", { "不评价格时价格权重应为 0%，现为 {1}", "where the price is not scored its weight must be 0%, not {1}" }, "财政部令第87号 §55" },
    [M_CODE_TWICE]        = { "code_twice", { "代码 {1} 出现两次", "{1} is named twice" }, NULL },
    [M_CODE_PRICE]        = { "code_price", { "代码 price 留给价格分", "the code price is kept for the price" }, NULL },
    [M_TIE_UNKNOWN]       = { "tie_unknown", { "并列规则所列 {1} 不在评审因素中", "the tie rule names {1}, which is no criterion" }, NULL },
    [M_DEDUCTION_LOW]     = { "deduction_low", { "{1} 的扣除比例 {2} 低于下限 {3}", "the deduction {2} for {1} is below the least, {3}" }, NULL },
    [M_DEDUCTION_HIGH]    = { "deduction_high", { "{1} 的扣除比例 {2} 高于上限 {3}", "the deduction {2} for {1} is above the most, {3}" }, NULL },
    [M_DEDUCTION_NO_RULE] = { "deduction_no_rule", { "没有允许 {1} 价格扣除的规定", "no rule allows a price deduction for {1}" }, "财政部令第87号 §57" },
    [M_DEDUCTION_SUM]     = { "deduction_sum", { "各项扣除合计 {1}，应小于 100%", "the deductions add up to {1}, which must be below 100%" }, NULL },
    [M_RAISE_LOW]         = { "abnormal_low", { "异常低价比例 {1} 低于规定的 {2}", "the line for abnormally low prices, {1}, is below the rule, {2}" }, NULL },
    [M_RAISE_HIGH]        = { "abnormal_high", { "异常低价比例 {1} 高于允许的 {2}", "the line for abnormally low prices, {1}, is above what may be set, {2}" }, NULL },
    [M_RAISE_NO_RULE]     = { "abnormal_no_rule", { "适用的规则中没有异常低价审查", "the rules in force have no review of abnormally low prices" }, NULL },
    [M_DEDUCTION]         = { "deduction", { "{1}：价格扣除 {2}（按报价 {3} 的 {4} 计）", "{1}: {2} is deducted (of the price asked, {3}, at {4})" }, "财库〔2020〕46号 §9" },
    [M_COMPARED]          = { "compared", { "报价 {1}，扣除后评审价 {2}；成交与合同仍按报价", "price asked {1}, compared at {2}; award and contract stay at the price asked" }, "财库〔2020〕46号 §9" },
    [M_PRICE]             = { "price", { "价格分：基准价 {1} ÷ 评审价 {2} × 100 × {3} = {4}", "price: base {1} / price {2} * 100 * {3} = {4}" }, "财政部令第87号 §55" },
    [M_MARKS]             = { "marks", { "{1} 位评委合计 {2}，满分 {3}，平均折合 {4} × {5} = {6}", "{1} members gave {2} in all, out of {3} each: on average {4} of 100, * {5} = {6}" }, "财政部令第87号 §55" },
    [M_BY_PRICE]          = { "by_price", { "总分相同，报价低者在先", "equal totals: the lower price goes first" }, "财政部令第87号 §57" },
    [M_BY_CRITERION]      = { "by_criterion", { "总分与报价均相同，按采购文件以 {1} 得分高者在先", "equal total and price: as published, more points on {1} go first" }, "财政部令第87号 §57" },
    [M_TIE]               = { "tie", { "名次并列，由公开抽取确定", "the rank is shared; a public draw decides" }, "财政部令第87号 §57" },
    [M_LOW_MEAN]          = { "low_mean", { "报价 {1} 低于通过审查的报价平均值 {2} 的 {3}（{4}），应先说明；规定：{5}", "the price {1} is below the mean {2} of all prices that passed times {3} ({4}) and must be explained first; rule: {5}" }, "财库〔2026〕2号" },
    [M_LOW_SECOND]        = { "low_second", { "报价 {1} 低于次低报价 {2} 的 {3}（{4}），应先说明；规定：{5}", "the price {1} is below the second lowest {2} times {3} ({4}) and must be explained first; rule: {5}" }, "财库〔2026〕2号" },
    [M_LOW_CEILING]       = { "low_ceiling", { "报价 {1} 低于最高限价 {2} 的 {3}（{4}），应先说明；规定：{5}", "the price {1} is below the ceiling {2} times {3} ({4}) and must be explained first; rule: {5}" }, "财库〔2026〕2号" },
    [M_SUSPECTED]         = { "suspected", { "评委会认为报价 {1} 可能影响履约，应先说明", "the panel doubts that {1} can be performed for; it must be explained first" }, "财政部令第87号 §60" },
    [M_EXPLAINED]         = { "explained", { "报价 {1} 的说明已被接受", "the explanation of the price {1} was accepted" }, "财政部令第87号 §60" },
    [M_NOT_EXPLAINED]     = { "not_explained", { "未能证明报价 {1} 的合理性，按无效处理", "the price {1} was not shown to be reasonable; the bid is invalid" }, "财政部令第87号 §60" },
    [M_DIFFER]            = { "members_differ", { "客观评审因素 {1} 的评分不一致（最低 {2}，最高 {3}），应先更正，暂不排名", "members differ on the objective criterion {1} ({2} to {3}): to be corrected first, no rank yet" }, "财政部令第87号 §64" },
    [M_NO_MARKS]          = { "no_marks", { "评审因素 {1} 尚无评分，暂不排名", "there are no marks on {1}: no rank yet" }, "财政部令第87号 §55" },
    [M_PROVISIONAL]       = { "provisional", { "有 {1} 份投标尚待说明或更正，名次未定", "{1} bids are still to be explained or corrected: the ranks are provisional" }, "财政部令第87号 §60" },
};

static const int32_t    roundings[]       = { LINLI_HALF_UP, LINLI_HALF_EVEN };
static const linli_text rounding_labels[] = { { "四舍五入", "half up" }, { "四舍六入五成双", "half to even" }, { NULL, NULL } };
static const char *const rounding_codes[] = { "half_up", "half_even", NULL };
static const linli_text rank_labels[]     = { { "按公布的总分", "published totals" }, { "按未修约的总分", "exact totals" }, { NULL, NULL } };
static const char *const rank_codes[]     = { "published", "exact", NULL };
static const linli_text tie_labels[]      = { { "报价", "the price asked" }, { "扣除后的评审价", "the price after deductions" }, { NULL, NULL } };
static const char *const tie_codes[]      = { "quoted", "adjusted", NULL };

static const linli_option criterion_table[] = {
    { .name = "code", .type = LINLI_OPT_CODE, .required = true, .offset = offsetof(struct criterion, code),
      .label = { "代码", "code" }, .help = { "评分记录使用的代码", "the code marks are filed under" } },
    { .name = "name", .type = LINLI_OPT_TEXT, .required = true, .offset = offsetof(struct criterion, name),
      .label = { "名称", "name" }, .help = { "评委和公众看到的名称", "what members and the public read" } },
    { .name = "weight", .type = LINLI_OPT_RATE, .required = true, .offset = offsetof(struct criterion, weight), .low = 1, .high = LINLI_WHOLE,
      .label = { "权重", "weight" }, .help = { "占总分的比例", "its part of the total" } },
    { .name = "max", .type = LINLI_OPT_POINTS, .offset = offsetof(struct criterion, most), .low = LINLI_POINT, .high = 1000 * LINLI_POINT, .initial = "100",
      .label = { "满分", "most points" }, .help = { "评委可给的最高分，折合为 100 分计算", "the most a member can give; counts as 100" } },
    { .name = "objective", .type = LINLI_OPT_BOOL, .offset = offsetof(struct criterion, objective), .initial = "false",
      .label = { "客观因素", "objective" }, .help = { "全体评委的评分应当一致", "all members must find the same" } },
};
static const linli_option deduction_table[] = {
    { .name = "check", .type = LINLI_OPT_CODE, .required = true, .offset = offsetof(struct deduction, check),
      .label = { "依据", "check" }, .help = { "享受扣除须通过的认定，如 small_enterprise", "the finding that entitles to it, such as small_enterprise" } },
    { .name = "rate", .type = LINLI_OPT_RATE, .required = true, .offset = offsetof(struct deduction, rate), .low = 1, .high = LINLI_WHOLE - 1,
      .label = { "扣除比例", "rate" }, .help = { "均按报价计算，不逐次递减", "of the price asked, each time" } },
};
static const linli_option table[] = {
    { .name = "price_weight", .type = LINLI_OPT_RATE, .offset = offsetof(struct options, price_weight), .low = 0, .high = LINLI_WHOLE, .initial = "10%",
      .label = { "价格权重", "price weight" }, .help = { "政府采购的下限见规则", "the rules set a floor in statutory procurement" } },
    { .name = "price_scored", .type = LINLI_OPT_BOOL, .offset = offsetof(struct options, price_scored), .initial = "true",
      .label = { "评价格", "price scored" }, .help = { "执行统一价格标准的项目不评价格", "no where the price is set by the state or fixed" } },
    { .name = "decimals", .type = LINLI_OPT_COUNT, .offset = offsetof(struct options, decimals), .low = 0, .high = 6, .initial = "2",
      .label = { "小数位数", "decimal places" }, .help = { "公布得分保留的位数", "places a published score keeps" } },
    { .name = "rounding", .type = LINLI_OPT_CHOICE, .offset = offsetof(struct options, rounding), .low = 0, .high = 1, .initial = "half_up",
      .choices = rounding_labels, .codes = rounding_codes,
      .label = { "修约规则", "rounding" }, .help = { "每一分项只修约一次", "each part is rounded once" } },
    { .name = "rank_on", .type = LINLI_OPT_CHOICE, .offset = offsetof(struct options, rank_on), .low = 0, .high = 1, .initial = "published",
      .choices = rank_labels, .codes = rank_codes,
      .label = { "排名依据", "ranked on" }, .help = { "按公布的总分排名，任何人可以核算", "published totals can be checked by anyone" } },
    { .name = "criteria", .type = LINLI_OPT_LIST, .required = true, .offset = offsetof(struct options, criteria), .low = 1, .high = 40,
      .item = criterion_table, .item_count = 5, .item_size = sizeof(struct criterion),
      .label = { "评审因素", "criteria" }, .help = { "价格以外的评审因素", "criteria other than price" } },
    { .name = "deductions", .type = LINLI_OPT_LIST, .offset = offsetof(struct options, deductions), .low = 0, .high = 8,
      .item = deduction_table, .item_count = 2, .item_size = sizeof(struct deduction),
      .label = { "价格扣除", "deductions" }, .help = { "小微企业、联合体等的价格扣除", "for small enterprises, joint bids and the like" } },
    { .name = "tie_price", .type = LINLI_OPT_CHOICE, .offset = offsetof(struct options, tie_price), .low = 0, .high = 1, .initial = "quoted",
      .choices = tie_labels, .codes = tie_codes,
      .label = { "并列时比较的价格", "price in a tie" }, .help = { "总分相同时先比价格", "equal totals: the lower price goes first" } },
    { .name = "tie_criterion", .type = LINLI_OPT_CODE, .offset = offsetof(struct options, tie_criterion),
      .label = { "再并列时比较的因素", "criterion in a tie" }, .help = { "价格也相同时比较；不填则并列", "where prices are equal too; absent: the rank is shared" } },
    { .name = "abnormal_mean", .type = LINLI_OPT_RATE, .offset = offsetof(struct options, abnormal_mean), .low = 0, .high = LINLI_WHOLE, .initial = "0%",
      .label = { "异常低价：均价比例", "abnormal: of the mean" }, .help = { "可高于规定；0% 即按规定", "may be above the rule; 0% means the rule's" } },
    { .name = "abnormal_second", .type = LINLI_OPT_RATE, .offset = offsetof(struct options, abnormal_second), .low = 0, .high = LINLI_WHOLE, .initial = "0%",
      .label = { "异常低价：次低价比例", "abnormal: of the second lowest" }, .help = { "可高于规定；0% 即按规定", "may be above the rule; 0% means the rule's" } },
    { .name = "abnormal_ceiling", .type = LINLI_OPT_RATE, .offset = offsetof(struct options, abnormal_ceiling), .low = 0, .high = LINLI_WHOLE, .initial = "0%",
      .label = { "异常低价：限价比例", "abnormal: of the ceiling" }, .help = { "可高于规定；0% 即按规定", "may be above the rule; 0% means the rule's" } },
};
/* clang-format on */

static linli_arg count_arg(int64_t n)
{
    return (linli_arg){.kind = LINLI_ARG_COUNT, .number = n};
}
static linli_arg rate_arg(int64_t ppm)
{
    return (linli_arg){.kind = LINLI_ARG_RATE, .number = ppm};
}
static linli_arg money_arg(int64_t fen)
{
    return (linli_arg){.kind = LINLI_ARG_MONEY, .number = fen};
}
static linli_arg points_arg(int64_t micro)
{
    return (linli_arg){.kind = LINLI_ARG_POINTS, .number = micro};
}
static linli_arg code_arg(const char *code)
{
    return (linli_arg){.kind = LINLI_ARG_CODE, .code = code};
}
static linli_arg rule_arg(const char *code)
{
    return (linli_arg){.kind = LINLI_ARG_RULE, .code = code};
}

static const linli_rule *rule_find(const linli_facts *facts, const char *code)
{
    for (size_t i = 0; i < facts->rule_count; i++)
        if (strcmp(facts->rules[i].code, code) == 0)
            return &facts->rules[i];
    return NULL;
}

/* ---- are the options lawful? -------------------------------------------- */

struct findings {
    linli_finding *items;
    size_t count;
};

static void find(struct findings *f, const char *path, linli_line line)
{
    f->items[f->count++] = (linli_finding){path, line};
}

static linli_status check_criteria(const struct options *o, struct findings *f)
{
    const struct criterion *c = o->criteria.items;
    int64_t sum = o->price_weight.ppm;
    bool tie_known = !o->tie_criterion || !*o->tie_criterion;

    for (size_t i = 0; i < o->criteria.count; i++) {
        if (!linli_add(sum, c[i].weight.ppm, &sum))
            return LINLI_RANGE;
        if (strcmp(c[i].code, "price") == 0)
            find(f, "/criteria", (linli_line){.message = M_CODE_PRICE});
        tie_known = tie_known || strcmp(c[i].code, o->tie_criterion) == 0;
        for (size_t j = 0; j < i; j++)
            if (strcmp(c[i].code, c[j].code) == 0) {
                find(f, "/criteria", (linli_line){M_CODE_TWICE, 1, {code_arg(c[i].code)}});
                break;
            }
    }
    if (sum != LINLI_WHOLE)
        find(f, "/criteria", (linli_line){M_WEIGHTS, 1, {rate_arg(sum)}});
    if (!tie_known)
        find(f, "/tie_criterion", (linli_line){M_TIE_UNKNOWN, 1, {code_arg(o->tie_criterion)}});
    return LINLI_OK;
}

static void check_price_weight(const struct options *o, const linli_facts *facts, struct findings *f)
{
    const char *code = facts->tender->category == LINLI_GOODS      ? "price_weight_goods_min"
                       : facts->tender->category == LINLI_SERVICES ? "price_weight_services_min"
                                                                   : NULL;
    const linli_rule *floor = code ? rule_find(facts, code) : NULL;

    if (!o->price_scored && o->price_weight.ppm != 0)
        find(f, "/price_weight", (linli_line){M_PRICE_UNUSED, 1, {rate_arg(o->price_weight.ppm)}});
    if (o->price_scored && facts->tender->regime == LINLI_STATUTORY && floor &&
        o->price_weight.ppm < floor->value)
        find(f, "/price_weight",
             (linli_line){M_PRICE_LOW, 2, {rate_arg(o->price_weight.ppm), rule_arg(code)}});
}

/* The rule "<check><suffix>", such as small_enterprise_deduction_min. */
static const linli_rule *deduction_rule(const linli_facts *facts, const char *check, const char *suffix)
{
    size_t n = strlen(check);

    for (size_t i = 0; i < facts->rule_count; i++)
        if (strncmp(facts->rules[i].code, check, n) == 0 && strcmp(facts->rules[i].code + n, suffix) == 0)
            return &facts->rules[i];
    return NULL;
}

/* Bounds come as <check>_deduction_min and _max, or as one fixed <check>_deduction. */
static void check_deduction(const linli_facts *facts, const struct deduction *d, struct findings *f)
{
    const linli_rule *fixed = deduction_rule(facts, d->check, "_deduction");
    const linli_rule *low = fixed ? fixed : deduction_rule(facts, d->check, "_deduction_min");
    const linli_rule *high = fixed ? fixed : deduction_rule(facts, d->check, "_deduction_max");
    linli_line line = {M_DEDUCTION_LOW, 3, {code_arg(d->check), rate_arg(d->rate.ppm)}};

    if (low && d->rate.ppm < low->value) {
        line.arg[2] = rule_arg(low->code);
        find(f, "/deductions", line);
    }
    if (high && d->rate.ppm > high->value) {
        line.message = M_DEDUCTION_HIGH;
        line.arg[2] = rule_arg(high->code);
        find(f, "/deductions", line);
    }
    if (!low && !high && facts->tender->regime == LINLI_STATUTORY)
        find(f, "/deductions", (linli_line){M_DEDUCTION_NO_RULE, 1, {code_arg(d->check)}});
}

static linli_status check_deductions(const struct options *o, const linli_facts *facts, struct findings *f)
{
    const struct deduction *d = o->deductions.items;
    int64_t sum = 0;

    for (size_t i = 0; i < o->deductions.count; i++) {
        if (!linli_add(sum, d[i].rate.ppm, &sum))
            return LINLI_RANGE;
        check_deduction(facts, &d[i], f);
        for (size_t j = 0; j < i; j++)
            if (strcmp(d[i].check, d[j].check) == 0) {
                find(f, "/deductions", (linli_line){M_CODE_TWICE, 1, {code_arg(d[i].check)}});
                break;
            }
    }
    if (sum >= LINLI_WHOLE)
        find(f, "/deductions", (linli_line){M_DEDUCTION_SUM, 1, {rate_arg(sum)}});
    return LINLI_OK;
}

static void check_raise(const linli_facts *facts, const char *path, const char *code, linli_rate rate,
                        struct findings *f)
{
    const linli_rule *rule = rule_find(facts, code), *most = rule_find(facts, "abnormal_raise_max");

    if (rate.ppm == 0)
        return;
    if (!rule)
        find(f, path, (linli_line){.message = M_RAISE_NO_RULE});
    else if (rate.ppm < rule->value)
        find(f, path, (linli_line){M_RAISE_LOW, 2, {rate_arg(rate.ppm), rule_arg(code)}});
    if (most && rate.ppm > most->value)
        find(f, path, (linli_line){M_RAISE_HIGH, 2, {rate_arg(rate.ppm), rule_arg("abnormal_raise_max")}});
}

static linli_status check(linli_ask *ask, const void *options, const linli_facts *facts, linli_findings *out)
{
    const struct options *o = options;
    struct findings f = {LINLI_NEW(ask, linli_finding, 2 * o->criteria.count + 4 * o->deductions.count + 12),
                         0};
    linli_status status;

    if (!f.items)
        return LINLI_NOMEM;
    status = check_criteria(o, &f);
    if (status == LINLI_OK)
        status = check_deductions(o, facts, &f);
    check_price_weight(o, facts, &f);
    check_raise(facts, "/abnormal_mean", "abnormal_mean", o->abnormal_mean, &f);
    check_raise(facts, "/abnormal_second", "abnormal_second", o->abnormal_second, &f);
    check_raise(facts, "/abnormal_ceiling", "abnormal_ceiling", o->abnormal_ceiling, &f);
    *out = (linli_findings){f.items, f.count};
    return status;
}

static linli_status criteria(linli_ask *ask, const void *options, const linli_facts *facts,
                             linli_criteria *out)
{
    const struct options *o = options;
    const struct criterion *c = o->criteria.items;
    linli_criterion *list = LINLI_NEW(ask, linli_criterion, o->criteria.count + 1);
    size_t n = 0;

    (void)facts;
    if (!list)
        return LINLI_NOMEM;
    if (o->price_scored)
        list[n++] = (linli_criterion){
            "price", {"价格", "price"}, LINLI_BY_RULE, LINLI_UNIT_MONEY, true, o->price_weight, 1, INT64_MAX,
            1};
    for (size_t i = 0; i < o->criteria.count; i++)
        list[n++] =
            (linli_criterion){c[i].code,   c[i].name, LINLI_BY_JUDGES, LINLI_UNIT_POINTS, c[i].objective,
                              c[i].weight, 0,         c[i].most.micro, LINLI_POINT / 100};
    *out = (linli_criteria){list, n};
    return LINLI_OK;
}

/* ---- one bid ------------------------------------------------------------ */

enum { WHY_ROOM = 24 };

/* A bid while it is compared.  Its exact total, in millionths of a point, is
 * price_n / compared + marks_n / marks_d; nothing of that is negative. */
struct entry {
    const linli_bid *bid;
    linli_money compared;
    bool unsettled, out;
    linli_wide price_n, marks_n;
    int64_t marks_d;
    int64_t tie_points; /* on the criterion that breaks ties */
    linli_result *result;
    linli_line *why;
};

static void say(struct entry *e, linli_line line)
{
    if (e->result->why.count < WHY_ROOM)
        e->why[e->result->why.count++] = line;
}

enum { NOT_CHECKED, PASSED, FAILED };

/* What those entitled to it found: the majority counts, a draw is not a pass. */
static int checked(const linli_facts *facts, uint64_t bid, const char *rule)
{
    size_t yes = 0, no = 0;

    for (size_t i = 0; i < facts->check_count; i++)
        if (facts->checks[i].bid == bid && strcmp(facts->checks[i].rule, rule) == 0)
            facts->checks[i].passed ? yes++ : no++;
    return yes + no == 0 ? NOT_CHECKED : yes > no ? PASSED : FAILED;
}

/* Every deduction is taken from the price asked. */
static linli_status deduct(const struct options *o, const linli_facts *facts, struct entry *e)
{
    const struct deduction *d = o->deductions.items;
    int64_t price = e->bid->price.minor, part;

    e->compared = e->bid->price;
    for (size_t i = 0; i < o->deductions.count; i++) {
        if (checked(facts, e->bid->key, d[i].check) != PASSED)
            continue;
        if (!linli_mul_div(price, d[i].rate.ppm, LINLI_WHOLE, LINLI_HALF_UP, &part))
            return LINLI_RANGE;
        e->compared.minor -= part;
        say(e,
            (linli_line){M_DEDUCTION,
                         4,
                         {code_arg(d[i].check), money_arg(part), money_arg(price), rate_arg(d[i].rate.ppm)}});
    }
    if (e->compared.minor != price)
        say(e, (linli_line){M_COMPARED, 2, {money_arg(price), money_arg(e->compared.minor)}});
    return e->compared.minor > 0 || !o->price_scored ? LINLI_OK : LINLI_RANGE;
}

/* n / d points, kept to the published places. */
static bool published(const struct options *o, linli_wide n, linli_wide d, linli_points *out)
{
    int64_t unit = LINLI_POINT, kept;

    for (int64_t i = 0; i < o->decimals; i++)
        unit /= 10;
    return linli_div(n * (LINLI_POINT / unit), d, roundings[o->rounding], &kept) &&
           !__builtin_mul_overflow(kept, unit, &out->micro);
}

static linli_status price_part(linli_ask *ask, const struct options *o, linli_money base, struct entry *e,
                               linli_part *part)
{
    linli_line *line = LINLI_NEW(ask, linli_line, 1);
    linli_wide n = (linli_wide)base.minor * 100;

    if (!line)
        return LINLI_NOMEM;
    e->price_n = n * o->price_weight.ppm;
    if (!published(o, n, e->compared.minor, &part->raw) ||
        !published(o, e->price_n, (linli_wide)e->compared.minor * LINLI_WHOLE, &part->points))
        return LINLI_RANGE;
    *line = (linli_line){M_PRICE,
                         4,
                         {money_arg(base.minor), money_arg(e->compared.minor), rate_arg(o->price_weight.ppm),
                          points_arg(part->points.micro)}};
    part->criterion = "price";
    part->why = (linli_lines){line, 1};
    return LINLI_OK;
}

static linli_wide common_divisor(linli_wide a, linli_wide b)
{
    while (b != 0) {
        linli_wide rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Adds n / d to the exact marks of a bid.  A common denominator of 46 bits
 * leaves room to compare two bids in 128. */
static bool marks_add(struct entry *e, linli_wide n, linli_wide d)
{
    linli_wide g = common_divisor(n, d), common;

    n /= g;
    d /= g;
    common = e->marks_d / common_divisor(e->marks_d, d) * d;
    if (common >> 46 != 0)
        return false;
    e->marks_n = e->marks_n * (common / e->marks_d) + n * (common / d);
    e->marks_d = (int64_t)common;
    return true;
}

struct tally {
    int64_t members, sum, low, high;
};

static linli_status tally(const linli_facts *facts, uint64_t bid, const struct criterion *c, struct tally *t)
{
    *t = (struct tally){.low = INT64_MAX, .high = INT64_MIN};
    for (size_t i = 0; i < facts->mark_count; i++) {
        const linli_mark *m = &facts->marks[i];
        if (m->bid != bid || m->tranche || strcmp(m->criterion, c->code) != 0)
            continue;
        if (m->value < 0 || m->value > c->most.micro)
            return LINLI_FACTS;
        if (!linli_add(t->sum, m->value, &t->sum))
            return LINLI_RANGE;
        t->low = m->value < t->low ? m->value : t->low;
        t->high = m->value > t->high ? m->value : t->high;
        t->members++;
    }
    return LINLI_OK;
}

/* The average out of 100 is sum * 100 / (members * most). */
static linli_status marks_part(linli_ask *ask, const struct options *o, const linli_facts *facts,
                               const struct criterion *c, struct entry *e, linli_part *part)
{
    linli_line *line = LINLI_NEW(ask, linli_line, 1);
    struct tally t;
    linli_status status = tally(facts, e->bid->key, c, &t);
    linli_wide n = (linli_wide)t.sum * 100, d = (linli_wide)t.members * c->most.micro;

    if (!line)
        return LINLI_NOMEM;
    if (status != LINLI_OK)
        return status;
    part->criterion = c->code;
    part->why = (linli_lines){line, 1};
    if (t.members == 0 || (c->objective && t.low != t.high)) {
        *line = t.members == 0
                    ? (linli_line){M_NO_MARKS, 1, {code_arg(c->code)}}
                    : (linli_line){M_DIFFER, 3, {code_arg(c->code), points_arg(t.low), points_arg(t.high)}};
        say(e, *line);
        e->unsettled = true;
        return LINLI_OK;
    }
    if (!published(o, n, d, &part->raw) || !published(o, n * c->weight.ppm, d * LINLI_WHOLE, &part->points) ||
        !marks_add(e, n * c->weight.ppm, d))
        return LINLI_RANGE;
    *line =
        (linli_line){M_MARKS,
                     6,
                     {count_arg(t.members), points_arg(t.sum), points_arg(c->most.micro),
                      points_arg(part->raw.micro), rate_arg(c->weight.ppm), points_arg(part->points.micro)}};
    if (o->tie_criterion && strcmp(c->code, o->tie_criterion) == 0)
        e->tie_points = part->points.micro;
    return LINLI_OK;
}

static linli_status score(linli_ask *ask, const struct options *o, const linli_facts *facts, linli_money base,
                          struct entry *e)
{
    const struct criterion *c = o->criteria.items;
    size_t count = o->criteria.count + o->price_scored;
    linli_part *parts = LINLI_NEW(ask, linli_part, count);
    linli_status status = LINLI_OK;

    if (!parts)
        return LINLI_NOMEM;
    e->marks_d = 1;
    if (o->price_scored)
        status = price_part(ask, o, base, e, &parts[0]);
    for (size_t i = 0; status == LINLI_OK && i < o->criteria.count; i++)
        status = marks_part(ask, o, facts, &c[i], e, &parts[i + o->price_scored]);
    e->result->parts = parts;
    e->result->part_count = count;
    for (size_t i = 0; status == LINLI_OK && i < count; i++)
        if (!linli_add(e->result->total.micro, parts[i].points.micro, &e->result->total.micro))
            status = LINLI_RANGE;
    return status;
}

/* ---- abnormally low prices ---------------------------------------------- */

/* The rate in force: the published one if it raises the rule's; 0: no rule. */
static int64_t line_rate(const linli_facts *facts, const char *code, linli_rate raised)
{
    const linli_rule *rule = rule_find(facts, code);

    return !rule ? 0 : raised.ppm > rule->value ? raised.ppm : rule->value;
}

struct threshold {
    const char *code;
    uint32_t message;
    int64_t rate;
    linli_wide sum; /* the line is rate * sum / count */
    int64_t count;
};

/* Strictly, in exact numbers. */
static bool below(struct entry *e, const struct threshold *t)
{
    int64_t price = e->bid->price.minor, of, line;

    if (t->rate == 0 || (linli_wide)price * t->count * LINLI_WHOLE >= t->sum * t->rate)
        return false;
    if (!linli_div(t->sum, t->count, LINLI_HALF_UP, &of) ||
        !linli_div(t->sum * t->rate, (linli_wide)t->count * LINLI_WHOLE, LINLI_HALF_UP, &line))
        of = line = INT64_MAX;
    say(e, (linli_line){
               t->message,
               5,
               {money_arg(price), money_arg(of), rate_arg(t->rate), money_arg(line), rule_arg(t->code)}});
    return true;
}

struct market {
    linli_wide sum;
    int64_t count, lowest, second; /* second 0: there is none */
};

static struct market market_of(const struct entry *list, size_t count)
{
    struct market m = {.count = (int64_t)count};

    for (size_t i = 0; i < count; i++) {
        int64_t price = list[i].bid->price.minor;
        m.sum += price;
        if (i == 0 || price < m.lowest) {
            m.second = m.lowest;
            m.lowest = price;
        } else if (m.second == 0 || price < m.second) {
            m.second = price;
        }
    }
    return m;
}

/* Prices asked count, not those after deductions.  The finding price_explained
 * ends the matter either way. */
static void review(const struct options *o, const linli_facts *facts, const struct market *m, struct entry *e)
{
    const linli_tender *tender = facts->tender;
    int64_t price = e->bid->price.minor;
    int64_t ceiling = tender->ceiling.minor > 0 ? tender->ceiling.minor : tender->budget.minor;
    const struct threshold thresholds[] = {
        {"abnormal_mean", M_LOW_MEAN, line_rate(facts, "abnormal_mean", o->abnormal_mean), m->sum, m->count},
        {"abnormal_second", M_LOW_SECOND, line_rate(facts, "abnormal_second", o->abnormal_second), m->second,
         1},
        {"abnormal_ceiling", M_LOW_CEILING, line_rate(facts, "abnormal_ceiling", o->abnormal_ceiling),
         ceiling, 1},
    };
    bool low = checked(facts, e->bid->key, "price_suspected") == PASSED;

    if (low)
        say(e, (linli_line){M_SUSPECTED, 1, {money_arg(price)}});
    for (size_t i = 0; i < sizeof thresholds / sizeof thresholds[0]; i++)
        low |= below(e, &thresholds[i]);
    if (!low)
        return;
    switch (checked(facts, e->bid->key, "price_explained")) {
    case PASSED:
        say(e, (linli_line){M_EXPLAINED, 1, {money_arg(price)}});
        break;
    case FAILED:
        say(e, (linli_line){M_NOT_EXPLAINED, 1, {money_arg(price)}});
        e->out = true;
        break;
    default:
        e->unsettled = true;
    }
}

/* ---- ranking ------------------------------------------------------------ */

__extension__ typedef unsigned __int128 unsigned_wide;

struct product {
    uint64_t limb[4];
};

static struct product multiply(linli_wide a, linli_wide b)
{
    const uint64_t x[2] = {(uint64_t)a, (uint64_t)(a >> 64)}, y[2] = {(uint64_t)b, (uint64_t)(b >> 64)};
    struct product p = {{0}};

    for (int i = 0; i < 2; i++) {
        uint64_t carry = 0;
        for (int j = 0; j < 2; j++) {
            unsigned_wide t = (unsigned_wide)x[i] * y[j] + p.limb[i + j] + carry;
            p.limb[i + j] = (uint64_t)t;
            carry = (uint64_t)(t >> 64);
        }
        p.limb[i + 2] = carry;
    }
    return p;
}

/* The sign of a * b - c * d for numbers that are not negative. */
static int compare_products(linli_wide a, linli_wide b, linli_wide c, linli_wide d)
{
    struct product x = multiply(a, b), y = multiply(c, d);

    for (int i = 3; i >= 0; i--)
        if (x.limb[i] != y.limb[i])
            return x.limb[i] > y.limb[i] ? 1 : -1;
    return 0;
}

static int sign_of(linli_wide a, linli_wide b)
{
    return (a > b) - (a < b);
}

/* What a has more in marks against what it has less for its price, both as
 * fractions; price_n is the same for all bids of a lot. */
static int compare_exact(const struct entry *a, const struct entry *b)
{
    linli_wide marks = a->marks_n * b->marks_d - b->marks_n * a->marks_d;
    int64_t dearer = a->compared.minor - b->compared.minor;
    int marks_sign = sign_of(marks, 0), price_sign = a->price_n == 0 ? 0 : sign_of(dearer, 0);

    if (marks_sign != price_sign || marks_sign == 0)
        return sign_of(marks_sign, price_sign);
    return marks_sign * compare_products(marks < 0 ? -marks : marks,
                                         (linli_wide)a->compared.minor * b->compared.minor,
                                         a->price_n * (dearer < 0 ? -dearer : dearer),
                                         (linli_wide)a->marks_d * b->marks_d);
}

enum { BY_TOTAL, BY_PRICE, BY_CRITERION, BY_NOTHING };

/* Positive: a goes before b; *rule is what decided. */
static int compare(const struct options *o, const struct entry *a, const struct entry *b, int *rule)
{
    int order = o->rank_on == RANK_EXACT ? compare_exact(a, b)
                                         : sign_of(a->result->total.micro, b->result->total.micro);

    *rule = BY_TOTAL;
    if (order != 0)
        return order;
    *rule = BY_PRICE;
    order = o->tie_price == TIE_ADJUSTED ? sign_of(b->compared.minor, a->compared.minor)
                                         : sign_of(b->bid->price.minor, a->bid->price.minor);
    if (order != 0)
        return order;
    order = sign_of(a->tie_points, b->tie_points);
    *rule = order != 0 ? BY_CRITERION : BY_NOTHING;
    return order;
}

/* rank = 1 + how many are strictly better; says what decided where totals did not. */
static void rank(const struct options *o, struct entry *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct entry *e = &list[i];
        bool used[BY_NOTHING + 1] = {false};

        if (e->out || e->unsettled)
            continue;
        e->result->rank = 1;
        for (size_t j = 0; j < count; j++) {
            int rule;
            if (j == i || list[j].out || list[j].unsettled)
                continue;
            if (compare(o, &list[j], e, &rule) > 0)
                e->result->rank++;
            used[rule] = true;
        }
        if (used[BY_PRICE])
            say(e, (linli_line){.message = M_BY_PRICE});
        if (used[BY_CRITERION])
            say(e, (linli_line){M_BY_CRITERION, 1, {code_arg(o->tie_criterion)}});
        if (used[BY_NOTHING])
            say(e, (linli_line){.message = M_TIE});
    }
}

/* ---- the question ------------------------------------------------------- */

static const linli_bid *bid_find(const linli_facts *facts, uint64_t key)
{
    for (size_t i = 0; i < facts->bid_count; i++)
        if (facts->bids[i].key == key)
            return &facts->bids[i];
    return NULL;
}

static bool comparable(const struct options *o, const linli_bid *bid)
{
    return bid && bid->price.minor >= 0 && bid->price.minor < INT64_C(1) << 47 &&
           (!o->price_scored || (bid->priced && bid->price.minor > 0));
}

/* The admitted bids by key. */
static linli_status gather(linli_ask *ask, const struct options *o, const linli_facts *facts,
                           const linli_admissions *admitted, struct entry *list, size_t *count)
{
    for (size_t i = 0; i < admitted->count; i++) {
        const linli_bid *bid = bid_find(facts, admitted->items[i].bid);
        size_t at = *count;

        if (!admitted->items[i].admitted)
            continue;
        if (!comparable(o, bid))
            return LINLI_FACTS;
        for (; at > 0 && list[at - 1].bid->key >= bid->key; at--) {
            if (list[at - 1].bid == bid)
                return LINLI_FACTS;
            list[at] = list[at - 1];
        }
        list[at] = (struct entry){.bid = bid, .why = LINLI_NEW(ask, linli_line, WHY_ROOM)};
        if (!list[at].why)
            return LINLI_NOMEM;
        ++*count;
    }
    return LINLI_OK;
}

/* The base is the lowest price compared of those not found invalid. */
static linli_money lowest(const struct entry *list, size_t count)
{
    linli_money base = {INT64_MAX};

    for (size_t i = 0; i < count; i++)
        if (!list[i].out && list[i].compared.minor < base.minor)
            base = list[i].compared;
    return base;
}

static linli_status conclude(linli_ask *ask, const struct entry *list, size_t count, linli_evaluation *out)
{
    linli_line *line = LINLI_NEW(ask, linli_line, 1);
    int64_t unsettled = 0;

    if (!line)
        return LINLI_NOMEM;
    for (size_t i = 0; i < count; i++) {
        linli_result *r = list[i].result;
        r->standing = list[i].out ? LINLI_OUT : list[i].unsettled ? LINLI_EXPLAIN : LINLI_RANKED;
        r->why.items = list[i].why;
        unsettled += r->standing == LINLI_EXPLAIN;
    }
    *line = (linli_line){M_PROVISIONAL, 1, {count_arg(unsettled)}};
    out->why = (linli_lines){line, unsettled > 0};
    return LINLI_OK;
}

static linli_status evaluate(linli_ask *ask, const void *options, const linli_facts *facts,
                             const linli_admissions *admitted, linli_evaluation *out)
{
    const struct options *o = options;
    struct entry *list = LINLI_NEW(ask, struct entry, admitted->count);
    linli_result *results = LINLI_NEW(ask, linli_result, admitted->count);
    struct market market;
    linli_money base;
    size_t count = 0;
    linli_status status;

    if (!list || !results)
        return LINLI_NOMEM;
    status = gather(ask, o, facts, admitted, list, &count);
    if (status != LINLI_OK)
        return status;
    market = market_of(list, count);
    for (size_t i = 0; status == LINLI_OK && i < count; i++) {
        list[i].result = &results[i];
        if (o->price_scored)
            review(o, facts, &market, &list[i]);
        status = deduct(o, facts, &list[i]);
        results[i].bid = list[i].bid->key;
        results[i].compared = list[i].compared;
    }
    base = lowest(list, count);
    for (size_t i = 0; status == LINLI_OK && i < count; i++)
        if (!list[i].out)
            status = score(ask, o, facts, base, &list[i]);
    if (status != LINLI_OK)
        return status;
    rank(o, list, count);
    *out = (linli_evaluation){.kind = LINLI_ORDER, .items = results, .count = count};
    return conclude(ask, list, count, out);
}

/* ---- description -------------------------------------------------------- */

/* clang-format off */
static const linli_about about = {
    .id = "comprehensive_score", .version = "1.0.0", .opens = "1.0.0",
    .name    = { "综合评分法", "comprehensive scoring, low price first" },
    .summary = { "按权重汇总各评审因素得分，价格分采用低价优先法；小微企业等价格扣除、异常低价审查", "adds up weighted criteria; the price part favours the lowest price, after policy deductions; abnormally low prices are explained first" },
    .basis   = { "财政部令第87号第五十五条、第五十七条、第六十条、第六十四条；财库〔2020〕46号；财库〔2026〕2号", "Ministry of Finance Order 87, articles 55, 57, 60 and 64; Caiku [2020] 46; Caiku [2026] 2" },
    .author = "Linli", .licence = "Apache-2.0",
};

/* The rules on abnormally low prices (abnormal_*) and on domestic products
 * (domestic_deduction) are read where the set has them: older sets do not. */
static const char *const needs[] = {
    "joint_deduction_max", "joint_deduction_min", "price_weight_goods_min", "price_weight_services_min",
    "small_enterprise_deduction_max", "small_enterprise_deduction_min", NULL
};

static const char *const examples[] = {
    "{\"price_weight\":\"15%\",\"decimals\":3,\"criteria\":["
    "{\"code\":\"technical\",\"name\":{\"zh\":\"技术和商务\",\"en\":\"technical and business\"},\"weight\":\"85%\"}],"
    "\"deductions\":[{\"check\":\"small_enterprise\",\"rate\":\"10%\"}]}",
    "{\"price_weight\":\"30%\",\"tie_criterion\":\"technical\",\"criteria\":["
    "{\"code\":\"technical\",\"name\":{\"zh\":\"技术\",\"en\":\"technical\"},\"weight\":\"50%\",\"max\":\"50\"},"
    "{\"code\":\"experience\",\"name\":{\"zh\":\"业绩\",\"en\":\"experience\"},\"weight\":\"20%\",\"max\":\"20\",\"objective\":true}]}",
    NULL
};

static const linli_scheme comprehensive_score = {
    .size = sizeof(linli_scheme), .gives = LINLI_ORDER, .about = &about,
    .options = table, .option_count = sizeof table / sizeof table[0], .options_size = sizeof(struct options),
    .messages = messages, .message_count = MESSAGES, .examples = examples, .needs = needs,
    .check = check, .criteria = criteria, .evaluate = evaluate,
};
/* clang-format on */

static const linli_scheme *const schemes[] = {&comprehensive_score, NULL};

const linli_module linli_exports = LINLI_MODULE(.schemes = schemes);
