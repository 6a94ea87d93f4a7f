/*
 * linli/price.h - what schemes that compare prices share: deductions taken from
 * the price asked, the review of abnormally low prices, the part low price gives.
 * Header only.  Its sentences follow those of linli/score.h in a plug-in's table:
 *
 *     enum { M_OWN = LINLI_PRICE_SAYS, MESSAGES };
 *     { LINLI_SCORE_MESSAGES("..."), LINLI_PRICE_MESSAGES("..."), [M_OWN] = .. }
 */
#ifndef LINLI_PRICE_H
#define LINLI_PRICE_H

#include "linli/score.h"

enum {
    LINLI_M_PRICE_LOW = LINLI_SCORE_SAYS,
    LINLI_M_PRICE_HIGH,
    LINLI_M_DEDUCTION_LOW,
    LINLI_M_DEDUCTION_HIGH,
    LINLI_M_DEDUCTION_NO_RULE,
    LINLI_M_DEDUCTION_SUM,
    LINLI_M_RAISE_LOW,
    LINLI_M_RAISE_HIGH,
    LINLI_M_RAISE_NO_RULE,
    LINLI_M_DEDUCTION,
    LINLI_M_COMPARED,
    LINLI_M_PRICE,
    LINLI_M_LOW_MEAN,
    LINLI_M_LOW_SECOND,
    LINLI_M_LOW_CEILING,
    LINLI_M_SUSPECTED,
    LINLI_M_EXPLAINED,
    LINLI_M_NOT_EXPLAINED,
    LINLI_M_UNPRICED,
    LINLI_M_DEDUCTION_RULE,
    LINLI_M_DEDUCTION_ONE,
    LINLI_PRICE_SAYS
};

/* clang-format off */
#define LINLI_PRICE_MESSAGES(law)                                                                                                                    \
    [LINLI_M_PRICE_LOW]         = { "price_weight", { "价格权重 {1} 低于本类项目的下限 {2}", "the price weight {1} is below the floor for this category, {2}" }, law }, \
    [LINLI_M_PRICE_HIGH]        = { "price_weight_high", { "价格权重 {1} 高于本类项目的上限 {2}", "the price weight {1} is above the most for this category, {2}" }, "财库〔2014〕214号 §24" }, \
    [LINLI_M_DEDUCTION_LOW]     = { "deduction_low", { "{1} 的扣除比例 {2} 低于下限 {3}", "the deduction {2} for {1} is below the least, {3}" }, NULL },      \
    [LINLI_M_DEDUCTION_HIGH]    = { "deduction_high", { "{1} 的扣除比例 {2} 高于上限 {3}", "the deduction {2} for {1} is above the most, {3}" }, NULL },      \
    [LINLI_M_DEDUCTION_NO_RULE] = { "deduction_no_rule", { "没有允许 {1} 价格扣除的规定", "no rule allows a price deduction for {1}" }, "财政部令第87号 §54、§55" },   \
    [LINLI_M_DEDUCTION_SUM]     = { "deduction_sum", { "各项扣除合计 {1}，应小于 100%", "the deductions add up to {1}, which must be below 100%" }, NULL },   \
    [LINLI_M_RAISE_LOW]         = { "abnormal_low", { "异常低价比例 {1} 低于规定的 {2}", "the line for abnormally low prices, {1}, is below the rule, {2}" }, NULL }, \
    [LINLI_M_RAISE_HIGH]        = { "abnormal_high", { "异常低价比例 {1} 高于允许的 {2}", "the line for abnormally low prices, {1}, is above what may be set, {2}" }, NULL }, \
    [LINLI_M_RAISE_NO_RULE]     = { "abnormal_no_rule", { "适用的规则中没有异常低价审查", "the rules in force have no review of abnormally low prices" }, NULL }, \
    [LINLI_M_DEDUCTION]         = { "deduction", { "{1}：价格扣除 {2}（按报价 {3} 的 {4} 计）", "{1}: {2} is deducted (of the price asked, {3}, at {4})" }, "财库〔2020〕46号 §9" }, \
    [LINLI_M_DEDUCTION_RULE]    = { "deduction_rule", { "{1}：价格扣除 {2}（按报价 {3} 的 {4} 计），规定：{5}", "{1}: {2} is deducted (of the price asked, {3}, at {4}); rule: {5}" }, NULL }, \
    [LINLI_M_DEDUCTION_ONE]     = { "deduction_one", { "{1} 与 {2} 不重复扣除，只按 {2} 的 {3} 扣除", "{1} and {2} are not both deducted: {2} counts, at {3}" }, "财库〔2020〕46号 §9" }, \
    [LINLI_M_COMPARED]          = { "compared", { "报价 {1}，扣除后评审价 {2}；成交与合同仍按报价", "price asked {1}, compared at {2}; award and contract stay at the price asked" }, NULL }, \
    [LINLI_M_PRICE]             = { "price", { "价格分：基准价 {1} ÷ 评审价 {2} × 100 × {3} = {4}", "price: base {1} / price {2} * 100 * {3} = {4}" }, law }, \
    [LINLI_M_LOW_MEAN]          = { "low_mean", { "报价 {1} 低于通过审查的报价平均值 {2} 的 {3}（{4}），应先说明；规定：{5}", "the price {1} is below the mean {2} of all prices that passed times {3} ({4}) and must be explained first; rule: {5}" }, "财库〔2026〕2号" }, \
    [LINLI_M_LOW_SECOND]        = { "low_second", { "报价 {1} 低于次低报价 {2} 的 {3}（{4}），应先说明；规定：{5}", "the price {1} is below the second lowest {2} times {3} ({4}) and must be explained first; rule: {5}" }, "财库〔2026〕2号" }, \
    [LINLI_M_LOW_CEILING]       = { "low_ceiling", { "报价 {1} 低于最高限价 {2} 的 {3}（{4}），应先说明；规定：{5}", "the price {1} is below the ceiling {2} times {3} ({4}) and must be explained first; rule: {5}" }, "财库〔2026〕2号" }, \
    [LINLI_M_SUSPECTED]         = { "suspected", { "评委会认为报价 {1} 可能影响履约，应先说明", "the panel doubts that {1} can be performed for; it must be explained first" }, "财政部令第87号 §60" }, \
    [LINLI_M_EXPLAINED]         = { "explained", { "报价 {1} 的说明已被接受", "the explanation of the price {1} was accepted" }, "财政部令第87号 §60" }, \
    [LINLI_M_NOT_EXPLAINED]     = { "not_explained", { "未能证明报价 {1} 的合理性，按无效处理", "the price {1} was not shown to be reasonable; the bid is invalid" }, "财政部令第87号 §60" }, \
    [LINLI_M_UNPRICED]          = { "unpriced", { "报价信封尚未开启", "its price envelope is not open yet" }, NULL }
/* clang-format on */

typedef struct linli_price_deduction {
    const char *check;
    linli_rate rate;
} linli_price_deduction;

/* What an office settles about prices; a member of its options. */
typedef struct linli_pricing {
    linli_list deductions;
    linli_rate abnormal_mean, abnormal_second, abnormal_ceiling;
} linli_pricing;

/* clang-format off */
static const linli_option linli_deduction_rows[] = {
    { .name = "check", .type = LINLI_OPT_CODE, .required = true, .offset = offsetof(linli_price_deduction, check),
      .label = { "依据", "check" }, .help = { "享受扣除须通过的认定，如 small_enterprise", "the finding that entitles to it, such as small_enterprise" } },
    { .name = "rate", .type = LINLI_OPT_RATE, .required = true, .offset = offsetof(linli_price_deduction, rate), .low = 1, .high = LINLI_WHOLE - 1,
      .label = { "扣除比例", "rate" }, .help = { "均按报价计算，不逐次递减", "of the price asked, each time" } },
};
#define LINLI_PRICING_ROWS(options, at)                                                                                                              \
    { .name = "deductions", .type = LINLI_OPT_LIST, .offset = offsetof(options, at.deductions), .low = 0, .high = 8,                                  \
      .item = linli_deduction_rows, .item_count = 2, .item_size = sizeof(linli_price_deduction),                                                     \
      .label = { "价格扣除", "deductions" }, .help = { "小微企业、联合体等的价格扣除", "for small enterprises, joint bids and the like" } },              \
    { .name = "abnormal_mean", .type = LINLI_OPT_RATE, .offset = offsetof(options, at.abnormal_mean), .low = 0, .high = LINLI_WHOLE, .initial = "0%", \
      .label = { "异常低价：均价比例", "abnormal: of the mean" }, .help = { "可高于规定；0% 即按规定", "may be above the rule; 0% means the rule's" } },   \
    { .name = "abnormal_second", .type = LINLI_OPT_RATE, .offset = offsetof(options, at.abnormal_second), .low = 0, .high = LINLI_WHOLE,               \
      .initial = "0%", .label = { "异常低价：次低价比例", "abnormal: of the second lowest" },                                                           \
      .help = { "可高于规定；0% 即按规定", "may be above the rule; 0% means the rule's" } },                                                           \
    { .name = "abnormal_ceiling", .type = LINLI_OPT_RATE, .offset = offsetof(options, at.abnormal_ceiling), .low = 0, .high = LINLI_WHOLE,             \
      .initial = "0%", .label = { "异常低价：限价比例", "abnormal: of the ceiling" },                                                                  \
      .help = { "可高于规定；0% 即按规定", "may be above the rule; 0% means the rule's" } }
/* clang-format on */

/* ---- are the options lawful? ------------------------------------------------ */

/* The rule "<check><suffix>", such as small_enterprise_deduction_min. */
static inline const linli_rule *linli_deduction_rule(const linli_facts *facts, const char *check,
                                                     const char *suffix)
{
    size_t n = strlen(check);

    for (size_t i = 0; i < facts->rule_count; i++)
        if (strncmp(facts->rules[i].code, check, n) == 0 && strcmp(facts->rules[i].code + n, suffix) == 0)
            return &facts->rules[i];
    return NULL;
}

/* Bounds come as <check>_deduction_min and _max, or as one fixed <check>_deduction. */
static inline void linli_deduction_check(linli_faults *f, const linli_facts *facts,
                                         const linli_price_deduction *d)
{
    const linli_rule *fixed = linli_deduction_rule(facts, d->check, "_deduction");
    const linli_rule *low = fixed ? fixed : linli_deduction_rule(facts, d->check, "_deduction_min");
    const linli_rule *high = fixed ? fixed : linli_deduction_rule(facts, d->check, "_deduction_max");

    if (low && d->rate.ppm < low->value)
        linli_blame(f, "/deductions",
                   LINLI_LINE(LINLI_M_DEDUCTION_LOW, linli_named(d->check), linli_percent(d->rate),
                              linli_ruled(low->code)));
    if (high && d->rate.ppm > high->value)
        linli_blame(f, "/deductions",
                   LINLI_LINE(LINLI_M_DEDUCTION_HIGH, linli_named(d->check), linli_percent(d->rate),
                              linli_ruled(high->code)));
    if (!low && !high && facts->tender->regime == LINLI_STATUTORY)
        linli_blame(f, "/deductions", LINLI_LINE(LINLI_M_DEDUCTION_NO_RULE, linli_named(d->check)));
}

static inline void linli_raise_check(linli_faults *f, const linli_facts *facts, const char *path,
                                     const char *code, linli_rate rate)
{
    const linli_rule *rule = linli_rule_of(facts, code), *most = linli_rule_of(facts, "abnormal_raise_max");

    if (rate.ppm == 0)
        return;
    if (!rule)
        linli_blame(f, path, (linli_line){.message = LINLI_M_RAISE_NO_RULE});
    else if (rate.ppm < rule->value)
        linli_blame(f, path, LINLI_LINE(LINLI_M_RAISE_LOW, linli_percent(rate), linli_ruled(code)));
    if (most && rate.ppm > most->value)
        linli_blame(f, path,
                   LINLI_LINE(LINLI_M_RAISE_HIGH, linli_percent(rate), linli_ruled("abnormal_raise_max")));
}

static inline void linli_pricing_check(linli_faults *f, const linli_facts *facts, const linli_pricing *p)
{
    const linli_price_deduction *d = (const linli_price_deduction *)p->deductions.items;
    int64_t sum = 0;

    for (size_t i = 0; i < p->deductions.count; i++) {
        if (!linli_add(sum, d[i].rate.ppm, &sum))
            f->status = LINLI_RANGE;
        linli_deduction_check(f, facts, &d[i]);
        for (size_t j = 0; j < i; j++)
            if (strcmp(d[i].check, d[j].check) == 0) {
                linli_blame(f, "/deductions", LINLI_LINE(LINLI_M_CODE_TWICE, linli_named(d[i].check)));
                break;
            }
    }
    if (sum >= LINLI_WHOLE)
        linli_blame(f, "/deductions", LINLI_LINE(LINLI_M_DEDUCTION_SUM, linli_percent((linli_rate){sum})));
    linli_raise_check(f, facts, "/abnormal_mean", "abnormal_mean", p->abnormal_mean);
    linli_raise_check(f, facts, "/abnormal_second", "abnormal_second", p->abnormal_second);
    linli_raise_check(f, facts, "/abnormal_ceiling", "abnormal_ceiling", p->abnormal_ceiling);
}

/* A lot that is negotiated before it is evaluated goes by the limits of consultation. */
static inline bool linli_negotiated(const linli_facts *facts)
{
    for (size_t i = 0; facts->plan && i < facts->plan->phase_count; i++)
        if (facts->plan->phases[i].kind == LINLI_NEGOTIATING)
            return true;
    return false;
}

/* The limits statutory procurement sets to the weight of the price. */
static inline void linli_price_weight_check(linli_faults *f, const linli_facts *facts, linli_rate weight,
                                            bool consultation)
{
    static const char *const codes[2][2][2] = {
        {{"price_weight_goods_min", "price_weight_goods_max"},
         {"price_weight_services_min", "price_weight_services_max"}},
        {{"consultation_price_weight_goods_min", "consultation_price_weight_goods_max"},
         {"consultation_price_weight_services_min", "consultation_price_weight_services_max"}}};
    int32_t category = facts->tender->category;
    const char *const *pair = codes[consultation][category == LINLI_SERVICES];
    const linli_rule *low = linli_rule_of(facts, pair[0]), *high = linli_rule_of(facts, pair[1]);

    if (facts->tender->regime != LINLI_STATUTORY || (category != LINLI_GOODS && category != LINLI_SERVICES))
        return;
    if (low && weight.ppm < low->value)
        linli_blame(f, "/price_weight",
                   LINLI_LINE(LINLI_M_PRICE_LOW, linli_percent(weight), linli_ruled(pair[0])));
    if (high && weight.ppm > high->value)
        linli_blame(f, "/price_weight",
                   LINLI_LINE(LINLI_M_PRICE_HIGH, linli_percent(weight), linli_ruled(pair[1])));
}

/* ---- deductions --------------------------------------------------------------- */

/* What those entitled to it found, whatever their role: the majority counts, a draw is not a pass. */
static inline int linli_settled(const linli_facts *facts, uint64_t bid, const char *rule)
{
    size_t yes = 0, no = 0;

    for (size_t i = 0; i < facts->check_count; i++)
        if (facts->checks[i].bid == bid && strcmp(facts->checks[i].rule, rule) == 0)
            facts->checks[i].passed ? yes++ : no++;
    return yes + no == 0 ? LINLI_NOT_FOUND : yes > no ? LINLI_PASSED : LINLI_NOT_PASSED;
}

/* A consortium of small enterprises alone is small itself, so that of these two findings one counts: the
 * larger deduction (财库〔2020〕46号 §9).  NULL: this one counts. */
static inline const linli_price_deduction *linli_deduction_instead(const linli_facts *facts,
                                                                   const linli_pricing *p, uint64_t bid,
                                                                   const linli_price_deduction *d)
{
    static const char small[] = "small_enterprise", joint[] = "joint";
    const bool is_small = strcmp(d->check, small) == 0;
    const linli_price_deduction *rows = (const linli_price_deduction *)p->deductions.items;

    if (!is_small && strcmp(d->check, joint) != 0)
        return NULL;
    for (size_t i = 0; i < p->deductions.count; i++)
        if (strcmp(rows[i].check, is_small ? joint : small) == 0 &&
            (rows[i].rate.ppm > d->rate.ppm || (!is_small && rows[i].rate.ppm == d->rate.ppm)) &&
            linli_settled(facts, bid, rows[i].check) == LINLI_PASSED)
            return &rows[i];
    return NULL;
}

/* Every deduction that counts is taken from the price asked. */
static inline void linli_deduct(linli_comparison *s, const linli_pricing *p, linli_entry *e)
{
    const linli_price_deduction *d = (const linli_price_deduction *)p->deductions.items, *instead;
    linli_money price = e->bid->price, part = {0};
    const linli_rule *fixed;

    e->compared = price;
    for (size_t i = 0; i < p->deductions.count; i++) {
        if (linli_settled(s->facts, e->bid->key, d[i].check) != LINLI_PASSED)
            continue;
        instead = linli_deduction_instead(s->facts, p, e->bid->key, &d[i]);
        if (instead) {
            linli_tell(s, e,
                       LINLI_LINE(LINLI_M_DEDUCTION_ONE, linli_named(d[i].check), linli_named(instead->check),
                                  linli_percent(instead->rate)));
            continue;
        }
        if (!linli_mul_div(price.minor, d[i].rate.ppm, LINLI_WHOLE, LINLI_HALF_UP, &part.minor))
            linli_fail(s, LINLI_RANGE);
        e->compared.minor -= part.minor;
        fixed = linli_deduction_rule(s->facts, d[i].check, "_deduction");
        linli_tell(s, e,
                   fixed ? LINLI_LINE(LINLI_M_DEDUCTION_RULE, linli_named(d[i].check), linli_amount(part),
                                      linli_amount(price), linli_percent(d[i].rate), linli_ruled(fixed->code))
                         : LINLI_LINE(LINLI_M_DEDUCTION, linli_named(d[i].check), linli_amount(part),
                                      linli_amount(price), linli_percent(d[i].rate)));
    }
    if (e->compared.minor != price.minor)
        linli_tell(s, e, LINLI_LINE(LINLI_M_COMPARED, linli_amount(price), linli_amount(e->compared)));
    if (e->compared.minor < 0)
        linli_fail(s, LINLI_RANGE);
}

/* ---- abnormally low prices ------------------------------------------------------ */

/* The rate in force: the published one if it raises the rule's; 0: no rule. */
static inline int64_t linli_line_rate(const linli_facts *facts, const char *code, linli_rate raised)
{
    const linli_rule *rule = linli_rule_of(facts, code);

    return !rule ? 0 : raised.ppm > rule->value ? raised.ppm : rule->value;
}

/* A line is rate * sum / count. */
typedef struct linli_threshold {
    const char *code;
    uint32_t message;
    int64_t rate;
    linli_wide sum;
    int64_t count;
} linli_threshold;

/* Strictly, in exact numbers. */
static inline bool linli_below(linli_comparison *s, linli_entry *e, const linli_threshold *t)
{
    int64_t price = e->bid->price.minor, of, line;

    if (t->rate == 0 || (linli_wide)price * t->count * LINLI_WHOLE >= t->sum * t->rate)
        return false;
    if (!linli_div(t->sum, t->count, LINLI_HALF_UP, &of) ||
        !linli_div(t->sum * t->rate, (linli_wide)t->count * LINLI_WHOLE, LINLI_HALF_UP, &line))
        of = line = INT64_MAX;
    linli_tell(s, e,
               LINLI_LINE(t->message, linli_amount(e->bid->price), linli_amount((linli_money){of}),
                          linli_percent((linli_rate){t->rate}), linli_amount((linli_money){line}),
                          linli_ruled(t->code)));
    return true;
}

typedef struct linli_market {
    linli_wide sum;
    int64_t count, lowest, second; /* second 0: there is none */
} linli_market;

static inline linli_market linli_market_of(const linli_comparison *s)
{
    linli_market m = {0, 0, 0, 0};

    for (size_t i = 0; i < s->count; i++) {
        int64_t price = s->list[i].bid->price.minor;
        if (s->list[i].out)
            continue;
        m.sum += price;
        if (m.count++ == 0 || price < m.lowest) {
            m.second = m.lowest;
            m.lowest = price;
        } else if (m.second == 0 || price < m.second) {
            m.second = price;
        }
    }
    return m;
}

static inline void linli_review(linli_comparison *s, const linli_pricing *p, const linli_market *m,
                                linli_entry *e)
{
    const linli_facts *facts = s->facts;
    int64_t ceiling =
        facts->tender->ceiling.minor > 0 ? facts->tender->ceiling.minor : facts->tender->budget.minor;
    const linli_threshold thresholds[] = {
        {"abnormal_mean", LINLI_M_LOW_MEAN, linli_line_rate(facts, "abnormal_mean", p->abnormal_mean), m->sum,
         m->count},
        {"abnormal_second", LINLI_M_LOW_SECOND, linli_line_rate(facts, "abnormal_second", p->abnormal_second),
         m->second, 1},
        {"abnormal_ceiling", LINLI_M_LOW_CEILING,
         linli_line_rate(facts, "abnormal_ceiling", p->abnormal_ceiling), ceiling, 1},
    };
    bool low = linli_settled(facts, e->bid->key, "price_suspected") == LINLI_PASSED;
    linli_line said = LINLI_LINE(LINLI_M_SUSPECTED, linli_amount(e->bid->price));

    if (low)
        linli_tell(s, e, said);
    for (size_t i = 0; i < sizeof thresholds / sizeof thresholds[0]; i++)
        low |= linli_below(s, e, &thresholds[i]);
    if (!low)
        return;
    switch (linli_settled(facts, e->bid->key, "price_explained")) {
    case LINLI_PASSED:
        said.message = LINLI_M_EXPLAINED;
        linli_tell(s, e, said);
        break;
    case LINLI_NOT_PASSED:
        said.message = LINLI_M_NOT_EXPLAINED;
        linli_tell(s, e, said);
        e->out = true;
        break;
    default:
        e->unsettled = true;
    }
}

/* Reviews the prices asked, not those after deductions, then deducts.  The finding price_explained ends
 * the matter either way. */
static inline void linli_prices(linli_comparison *s, const linli_pricing *p, bool reviewed)
{
    linli_market m = linli_market_of(s);

    for (size_t i = 0; s->status == LINLI_OK && i < s->count; i++) {
        if (reviewed && !s->list[i].out)
            linli_review(s, p, &m, &s->list[i]);
        linli_deduct(s, p, &s->list[i]);
    }
}

/* ---- the part of the price ------------------------------------------------------- */

/* Is every admitted bid priced?  Schemes that need all prices cannot answer before. */
static inline void linli_prices_needed(linli_comparison *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (!s->list[i].bid->priced || s->list[i].bid->price.minor <= 0)
            linli_fail(s, LINLI_FACTS);
}

/* The lowest price compared of those not out; INT64_MAX: nobody is left. */
static inline linli_money linli_lowest(const linli_comparison *s)
{
    linli_money base = {INT64_MAX};

    for (size_t i = 0; i < s->count; i++)
        if (!s->list[i].out && s->list[i].compared.minor < base.minor)
            base = s->list[i].compared;
    return base;
}

/* base / price * 100 * weight, rounded once, as the first of the bid's parts. */
static inline void linli_price_part(linli_comparison *s, linli_entry *e, linli_money base, linli_rate weight,
                                    linli_places places)
{
    linli_part *first = (linli_part *)(uintptr_t)e->result->parts, part = {.criterion = "price"};
    linli_wide n = (linli_wide)base.minor * 100;

    if (e->compared.minor <= 0 || e->result->part_count >= s->parts_most ||
        !linli_keep(places, n * LINLI_POINT, e->compared.minor, &part.raw) ||
        !linli_keep(places, n * weight.ppm, e->compared.minor, &part.points)) {
        linli_fail(s, LINLI_RANGE);
        return;
    }
    linli_explain(s, &part,
                  LINLI_LINE(LINLI_M_PRICE, linli_amount(base), linli_amount(e->compared),
                             linli_percent(weight), linli_score(part.points)));
    memmove(first + 1, first, e->result->part_count * sizeof *first);
    first[0] = part;
    e->result->part_count++;
}

#endif /* LINLI_PRICE_H */
