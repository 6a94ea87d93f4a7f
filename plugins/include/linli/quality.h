/*
 * linli/quality.h - what schemes share that weigh quality on its own before they
 * look at a price: a technical score of 100, a minimum, a share of the total.
 * Header only.  The technical score St is the sum of the published points of the
 * criteria, so that the minimum is compared with what everybody can read.  Its
 * sentences follow those of linli/price.h.
 */
#ifndef LINLI_QUALITY_H
#define LINLI_QUALITY_H

#include "linli/price.h"

enum {
    LINLI_M_TECHNICAL = LINLI_PRICE_SAYS,
    LINLI_M_RELATIVE,
    LINLI_M_MINIMUM,
    LINLI_M_COST,
    LINLI_M_TWO_SHARES,
    LINLI_M_BY_TECHNICAL,
    LINLI_M_BY_COST,
    LINLI_M_NO_AGREEMENT,
    LINLI_QUALITY_SAYS
};

/* clang-format off */
#define LINLI_QUALITY_MESSAGES(law)                                                                                                               \
    LINLI_SCORE_MESSAGES(law), LINLI_PRICE_MESSAGES(law),                                                                                         \
    [LINLI_M_TECHNICAL]    = { "technical", { "技术得分 {1} × {2} = {3}", "technical score {1} * {2} = {3}" }, law },                              \
    [LINLI_M_RELATIVE]     = { "relative", { "技术得分 {1} ÷ 最高技术得分 {2} × 100 × {3} = {4}", "technical score {1} / best technical score {2} * 100 * {3} = {4}" }, law }, \
    [LINLI_M_MINIMUM]      = { "minimum", { "技术得分 {1} 低于最低 {2}，不再比较，报价信封不开启", "its technical score {1} is below the minimum {2}: compared no further, its price stays sealed" }, law }, \
    [LINLI_M_COST]         = { "cost", { "价格得分：最低报价 {1} ÷ 报价 {2} × 100 × {3} = {4}", "cost: lowest price {1} / price {2} * 100 * {3} = {4}" }, law }, \
    [LINLI_M_TWO_SHARES]       = { "shares", { "技术与价格的权重合计为 {1}，应为 100%", "the weights of quality and cost add up to {1}, not 100%" }, law }, \
    [LINLI_M_BY_TECHNICAL] = { "by_technical", { "前一项相同，技术得分高者在先", "equal so far: the higher technical score goes first" }, law },        \
    [LINLI_M_BY_COST]      = { "by_cost", { "前一项相同，报价低者在先", "equal so far: the lower price goes first" }, law }, \
    [LINLI_M_NO_AGREEMENT] = { "agreement", { "政府采购中只有贷款协议约定的才能采用世行方法，须填写贷款协议", "in statutory procurement a lender's method needs the loan agreement that asks for it" }, "政府采购法 §84" }

#define LINLI_QUALITY_ROWS(options, at, least_initial, places_initial)                                                                                  \
    { .name = "criteria", .type = LINLI_OPT_LIST, .required = true, .offset = offsetof(options, at.criteria), .low = 1, .high = 40,                      \
      .item = linli_judged_rows, .item_count = 6, .item_size = sizeof(linli_judged),                                                                   \
      .label = { "技术因素", "technical criteria" }, .help = { "权重合计 100%，得出 100 分制的技术得分", "weights of 100% give a technical score of 100" } }, \
    { .name = "minimum", .type = LINLI_OPT_POINTS, .offset = offsetof(options, at.minimum), .low = 0, .high = 100 * LINLI_POINT,                         \
      .initial = least_initial, .label = { "最低技术得分", "technical minimum" },                                                                       \
      .help = { "低于此分的不再比较", "a bid below it is compared no further" } },                                                                       \
    LINLI_PLACES_ROWS(options, at.places, places_initial), \
    { .name = "agreement", .type = LINLI_OPT_STRING, .offset = offsetof(options, at.agreement), .low = 1, .high = 100, .format = "line", \
      .label = { "贷款协议", "loan agreement" }, .help = { "政府采购中必填：约定采用本方法的国际组织或者外国政府贷款协议", "required in statutory procurement: the agreement of a foreign loan that asks for this method" } }
/* clang-format on */

typedef struct linli_quality {
    linli_list criteria;
    linli_points minimum;
    linli_places places;
    const char *agreement; /* the loan that asks for the method; NULL: none */
} linli_quality;

static inline linli_status linli_quality_check(linli_ask *ask, const linli_facts *facts,
                                               const linli_quality *q, linli_findings *out)
{
    static const char *const kept[] = {"price", "technical_score", NULL};
    linli_faults f = {ask, out, LINLI_OK};

    linli_judged_check(&f, facts, q->criteria, 0, kept);
    if (facts->tender->regime == LINLI_STATUTORY && !q->agreement)
        linli_blame(&f, "/agreement", (linli_line){.message = LINLI_M_NO_AGREEMENT});
    return f.status;
}

/* Marks, technical scores, and who is below the minimum. */
static inline void linli_quality_open(linli_comparison *s, linli_ask *ask, const linli_facts *facts,
                                      const linli_admissions *admitted, const linli_quality *q)
{
    linli_compare_open(s, ask, facts, admitted, q->criteria.count + 1);
    linli_conflicts(s);
    linli_marks_read(s, q->criteria, false);
    for (size_t i = 0; i < s->count && s->status == LINLI_OK; i++) {
        linli_entry *e = &s->list[i];

        e->compared.minor = 0;
        linli_judge_all(s, e, q->criteria, q->places);
        if (e->out || e->unsettled || e->technical.micro >= q->minimum.micro)
            continue;
        e->out = true;
        linli_tell(s, e, LINLI_LINE(LINLI_M_MINIMUM, linli_score(e->technical), linli_score(q->minimum)));
    }
}

/* The prices of those who passed count as they were asked; who passed and is not priced waits. */
static inline void linli_quality_prices(linli_comparison *s)
{
    for (size_t i = 0; i < s->count; i++) {
        linli_entry *e = &s->list[i];

        if (e->out || e->unsettled)
            continue;
        e->compared = e->bid->price;
        if (e->bid->priced && e->bid->price.minor > 0)
            continue;
        linli_tell(s, e, (linli_line){.message = LINLI_M_UNPRICED});
        e->unsettled = true;
    }
}

static inline bool linli_in(const linli_entry *e)
{
    return !e->out && !e->unsettled;
}

/* One part "technical_score" in the place of the criteria: St, or St relative to `best`, times its share.
 * The lines of the criteria stay, as those of the part. */
static inline void linli_technical_part(linli_comparison *s, linli_entry *e, linli_points best,
                                        linli_rate share, linli_places places)
{
    linli_part *all = (linli_part *)(uintptr_t)e->result->parts, part = {.criterion = "technical_score"};
    linli_wide n = (linli_wide)e->technical.micro * share.ppm;

    if (!linli_keep(places, best.micro ? n * 100 : n, best.micro ? best.micro : LINLI_WHOLE, &part.points) ||
        !linli_keep(places,
                    best.micro ? (linli_wide)e->technical.micro * 100 * LINLI_POINT : e->technical.micro,
                    best.micro ? best.micro : 1, &part.raw))
        linli_fail(s, LINLI_RANGE);
    for (size_t p = 0; p < e->result->part_count; p++)
        for (size_t i = 0; i < all[p].why.count; i++)
            linli_explain(s, &part, all[p].why.items[i]);
    linli_explain(s, &part,
                  best.micro ? LINLI_LINE(LINLI_M_RELATIVE, linli_score(e->technical), linli_score(best),
                                          linli_percent(share), linli_score(part.points))
                             : LINLI_LINE(LINLI_M_TECHNICAL, linli_score(e->technical), linli_percent(share),
                                          linli_score(part.points)));
    all[0] = part;
    e->result->part_count = 1;
}

/* Lowest price / price * 100 * share, rounded once. */
static inline void linli_cost_part(linli_comparison *s, linli_entry *e, linli_money lowest, linli_rate share,
                                   linli_places places)
{
    linli_part *part = linli_part_new(s, e, "price");
    linli_wide n = (linli_wide)lowest.minor * 100;

    if (!linli_keep(places, n * LINLI_POINT, e->compared.minor, &part->raw) ||
        !linli_keep(places, n * share.ppm, e->compared.minor, &part->points))
        linli_fail(s, LINLI_RANGE);
    linli_explain(s, part,
                  LINLI_LINE(LINLI_M_COST, linli_amount(lowest), linli_amount(e->compared),
                             linli_percent(share), linli_score(part->points)));
}

/* Parts technical_score and price of all who passed and are priced. */
static inline void linli_quality_and_cost(linli_comparison *s, const linli_quality *q, linli_rate technical,
                                          linli_rate cost, bool relative)
{
    linli_money lowest = {INT64_MAX};
    linli_points best = {0};

    for (size_t i = 0; i < s->count; i++) {
        if (!linli_in(&s->list[i]))
            continue;
        lowest = s->list[i].compared.minor < lowest.minor ? s->list[i].compared : lowest;
        best = s->list[i].technical.micro > best.micro ? s->list[i].technical : best;
    }
    for (size_t i = 0; i < s->count && s->status == LINLI_OK; i++) {
        if (!linli_in(&s->list[i]))
            continue;
        linli_technical_part(s, &s->list[i], relative ? best : (linli_points){0}, technical, q->places);
        linli_cost_part(s, &s->list[i], lowest, cost, q->places);
    }
}

/* By total, technical score or price, whatever comes first, and then by what is named next. */
enum { LINLI_KEY_TOTAL = 1, LINLI_KEY_TECHNICAL, LINLI_KEY_PRICE };

static inline linli_status linli_quality_close(linli_comparison *s, const int32_t *keys, int32_t count,
                                               linli_evaluation *out)
{
    linli_line said[LINLI_RANK_KEYS + 1] = {{0}};
    const linli_ranking by = {NULL, linli_by_keys, count, said};

    linli_totals(s);
    for (int32_t k = 0; k < count; k++)
        said[k].message = keys[k] == LINLI_KEY_PRICE ? LINLI_M_BY_COST : LINLI_M_BY_TECHNICAL;
    said[count].message = LINLI_M_TIE;
    for (size_t i = 0; i < s->count; i++)
        for (int32_t k = 0; k < count; k++) {
            linli_entry *e = &s->list[i];

            e->key[k] = keys[k] == LINLI_KEY_TOTAL       ? e->result->total.micro
                        : keys[k] == LINLI_KEY_TECHNICAL ? e->technical.micro
                                                         : -e->compared.minor;
        }
    linli_rank(s, &by, NULL);
    return linli_compare_close(s, LINLI_ORDER, out);
}

/* ---- schemes that weigh quality and cost and add them up ------------------ */

typedef struct linli_weighed {
    linli_quality quality;
    linli_rate technical_weight, price_weight;
    int32_t basis; /* LINLI_BASIS_.. */
} linli_weighed;

enum { LINLI_BASIS_RAW, LINLI_BASIS_RELATIVE };

/* clang-format off */
static const linli_text linli_basis_labels[] = { { "得分本身", "the score itself" }, { "相对最高分", "relative to the best" }, { NULL, NULL } };
static const char *const linli_basis_codes[] = { "raw", "relative", NULL };

/* The option table of such a scheme over linli_weighed: where its minimum, places, weights and basis begin. */
#define LINLI_WEIGHED_ROWS(minimum, places, technical, price, score)                                                                                                \
    LINLI_QUALITY_ROWS(linli_weighed, quality, minimum, places),                                                                                                    \
    { .name = "technical_weight", .type = LINLI_OPT_RATE, .offset = offsetof(linli_weighed, technical_weight), .low = 1, .high = LINLI_WHOLE, .initial = technical, \
      .label = { "技术权重", "weight of quality" }, .help = { "与价格权重合计 100%", "with the weight of cost 100%" } },                                            \
    { .name = "price_weight", .type = LINLI_OPT_RATE, .offset = offsetof(linli_weighed, price_weight), .low = 1, .high = LINLI_WHOLE, .initial = price,             \
      .label = { "价格权重", "weight of cost" }, .help = { "与技术权重合计 100%", "with the weight of quality 100%" } },                                            \
    { .name = "technical_score", .type = LINLI_OPT_CHOICE, .offset = offsetof(linli_weighed, basis), .low = 0, .high = 1, .initial = score,                         \
      .choices = linli_basis_labels, .codes = linli_basis_codes,                                                                                                    \
      .label = { "技术得分的用法", "technical score" }, .help = { "直接加权，或先折算为最高分的百分比", "weighed as it stands, or as a share of the best" } }
/* clang-format on */

/* check, criteria and evaluate of such a scheme; `options` is a linli_weighed. */
static inline linli_status linli_weighed_check(linli_ask *ask, const void *options, const linli_facts *facts,
                                               linli_findings *out)
{
    const linli_weighed *o = (const linli_weighed *)options;
    linli_rate sum = {o->technical_weight.ppm + o->price_weight.ppm};
    linli_status status = linli_quality_check(ask, facts, &o->quality, out);
    linli_faults f = {ask, out, status};

    if (sum.ppm != LINLI_WHOLE)
        linli_blame(&f, "/price_weight", LINLI_LINE(LINLI_M_TWO_SHARES, linli_percent(sum)));
    return f.status;
}

static inline linli_status linli_weighed_criteria(linli_ask *ask, const void *options,
                                                  const linli_facts *facts, linli_criteria *out)
{
    const linli_weighed *o = (const linli_weighed *)options;

    (void)facts;
    return linli_judged_criteria(ask, o->quality.criteria, o->price_weight.ppm, out);
}

static inline linli_status linli_weighed_evaluate(linli_ask *ask, const void *options,
                                                  const linli_facts *facts, const linli_admissions *admitted,
                                                  linli_evaluation *out)
{
    static const int32_t keys[] = {LINLI_KEY_TOTAL, LINLI_KEY_TECHNICAL, LINLI_KEY_PRICE};
    const linli_weighed *o = (const linli_weighed *)options;
    linli_comparison s;

    linli_quality_open(&s, ask, facts, admitted, &o->quality);
    linli_quality_prices(&s);
    linli_quality_and_cost(&s, &o->quality, o->technical_weight, o->price_weight,
                           o->basis == LINLI_BASIS_RELATIVE);
    return linli_quality_close(&s, keys, 3, out);
}

#endif
