/*
 * comprehensive_score - 综合评分法: weighted criteria, low price first.
 *
 * The price part is base / price * 100 * weight, the base being the lowest
 * price compared; every other part is the members' average, out of 100, times
 * its weight, or the points of the interval an offer lies in.  Prices are
 * compared after the policy deductions, each taken from the price asked; the
 * award and the contract stay at the price asked.  Each part is rounded once, to
 * the places published; the total is the sum of the published parts.  A bid whose
 * price is abnormally low is asked to explain it first: the check
 * price_explained settles that.
 *
 * A bid is left without a rank while it must be explained, while a criterion
 * has no marks or marks that cannot stand, and while members differ on an
 * objective criterion (87号 §64); `why` names the reason.
 */
#include <string.h>

#include "linli/price.h"

enum { RANK_PUBLISHED, RANK_EXACT };
enum { TIE_QUOTED, TIE_ADJUSTED };

struct options {
    linli_rate price_weight;
    bool price_scored;
    linli_places places;
    int32_t rank_on, tie_price;
    const char *tie_criterion;
    linli_list criteria, gates;
    linli_pricing pricing;
    linli_rate outlier;
};

enum { M_PRICE_UNUSED = LINLI_PRICE_SAYS, M_BY_PRICE, M_BY_CRITERION, MESSAGES };

/* clang-format off */
static const linli_message messages[MESSAGES] = {
    LINLI_SCORE_MESSAGES("财政部令第87号 §55"),
    LINLI_PRICE_MESSAGES("财政部令第87号 §55"),
    [M_PRICE_UNUSED] = { "price_unused", { "不评价格时价格权重应为 0%，现为 {1}", "where the price is not scored its weight must be 0%, not {1}" }, "财政部令第87号 §55" },
    [M_BY_PRICE]     = { "by_price", { "总分相同，报价低者在先", "equal totals: the lower price goes first" }, "财政部令第87号 §57" },
    [M_BY_CRITERION] = { "by_criterion", { "总分与报价均相同，按采购文件以 {1} 得分高者在先", "equal total and price: as published, more points on {1} go first" }, "财政部令第87号 §57" },
};

static const linli_text rank_labels[]     = { { "按公布的总分", "published totals" }, { "按未修约的总分", "exact totals" }, { NULL, NULL } };
static const char *const rank_codes[]     = { "published", "exact", NULL };
static const linli_text tie_labels[]      = { { "报价", "the price asked" }, { "扣除后的评审价", "the price after deductions" }, { NULL, NULL } };
static const char *const tie_codes[]      = { "quoted", "adjusted", NULL };

static const linli_option gate_rows[] = {
    { .name = "", .type = LINLI_OPT_CODE, .required = true, .offset = 0,
      .label = { "认定", "finding" }, .help = { "未通过即不再比较", "who fails it is compared no further" } },
};
static const linli_option table[] = {
    { .name = "price_weight", .type = LINLI_OPT_RATE, .offset = offsetof(struct options, price_weight), .low = 0, .high = LINLI_WHOLE, .initial = "10%",
      .label = { "价格权重", "price weight" }, .help = { "政府采购的下限见规则", "the rules set a floor in statutory procurement" } },
    { .name = "price_scored", .type = LINLI_OPT_BOOL, .offset = offsetof(struct options, price_scored), .initial = "true",
      .label = { "评价格", "price scored" }, .help = { "执行统一价格标准的项目不评价格", "no where the price is set by the state or fixed" } },
    LINLI_PLACES_ROWS(struct options, places, "2"),
    { .name = "rank_on", .type = LINLI_OPT_CHOICE, .offset = offsetof(struct options, rank_on), .low = 0, .high = 1, .initial = "published",
      .choices = rank_labels, .codes = rank_codes,
      .label = { "排名依据", "ranked on" }, .help = { "按公布的总分排名，任何人可以核算", "published totals can be checked by anyone" } },
    { .name = "criteria", .type = LINLI_OPT_LIST, .required = true, .offset = offsetof(struct options, criteria), .low = 1, .high = 40,
      .item = linli_judged_rows, .item_count = 8, .item_size = sizeof(linli_judged),
      .label = { "评审因素", "criteria" }, .help = { "价格以外的评审因素", "criteria other than price" } },
    { .name = "gates", .type = LINLI_OPT_LIST, .offset = offsetof(struct options, gates), .low = 0, .high = 20,
      .item = gate_rows, .item_count = 1, .item_size = sizeof(const char *),
      .label = { "实质性要求", "gates" }, .help = { "评审时另行认定的要求，未通过的不再比较", "findings of the evaluation that a bid must not fail" } },
    LINLI_PRICING_ROWS(struct options, pricing),
    LINLI_OUTLIER_ROW(struct options, outlier),
    { .name = "tie_price", .type = LINLI_OPT_CHOICE, .offset = offsetof(struct options, tie_price), .low = 0, .high = 1, .initial = "quoted",
      .choices = tie_labels, .codes = tie_codes,
      .label = { "并列时比较的价格", "price in a tie" }, .help = { "总分相同时先比价格", "equal totals: the lower price goes first" } },
    { .name = "tie_criterion", .type = LINLI_OPT_CODE, .offset = offsetof(struct options, tie_criterion),
      .label = { "再并列时比较的因素", "criterion in a tie" }, .help = { "价格也相同时比较；不填则并列", "where prices are equal too; absent: the rank is shared" } },
};
/* clang-format on */

static linli_status check(linli_ask *ask, const void *options, const linli_facts *facts, linli_findings *out)
{
    static const char *const kept[] = {"price", NULL};
    const struct options *o = options;
    const char *const *gate = o->gates.items;
    linli_faults f = {ask, out, LINLI_OK};

    linli_judged_check(&f, facts, o->criteria, o->price_weight.ppm, kept);
    linli_tie_check(&f, o->criteria, o->tie_criterion);
    for (size_t i = 0; i < o->gates.count; i++)
        if (linli_judged_known(o->criteria, gate[i]))
            linli_blame(&f, linli_pointer(&f, "/gates", i, ""),
                        LINLI_LINE(LINLI_M_QUALIFIES, linli_named(gate[i])));
    linli_pricing_check(&f, facts, &o->pricing);
    if (o->price_scored)
        linli_price_weight_check(&f, facts, o->price_weight, linli_negotiated(facts));
    else if (o->price_weight.ppm != 0)
        linli_blame(&f, "/price_weight", LINLI_LINE(M_PRICE_UNUSED, linli_percent(o->price_weight)));
    return f.status;
}

static linli_status criteria(linli_ask *ask, const void *options, const linli_facts *facts,
                             linli_criteria *out)
{
    const struct options *o = options;

    (void)facts;
    return linli_judged_criteria(ask, o->criteria, o->price_scored ? o->price_weight.ppm : -1, out);
}

/* ---- exact totals ------------------------------------------------------- */

/* The exact total of a bid, in millionths of a point, is price_n / compared +
 * marks_n / marks_d; nothing of that is negative. */
struct exact {
    linli_wide price_n, marks_n;
    int64_t marks_d;
};

struct context {
    const struct options *o;
    const linli_comparison *s;
    struct exact *exact;
};

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
static bool marks_add(struct exact *e, linli_wide n, linli_wide d)
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

static linli_status exact_totals(const struct context *x, linli_money base)
{
    const linli_judged *c = x->o->criteria.items;

    for (size_t i = 0; i < x->s->count; i++) {
        const linli_entry *e = &x->s->list[i];

        x->exact[i] = (struct exact){.marks_d = 1};
        if (e->out || e->unsettled)
            continue;
        if (x->o->price_scored)
            x->exact[i].price_n = (linli_wide)base.minor * 100 * x->o->price_weight.ppm;
        for (size_t k = 0; k < x->o->criteria.count; k++) {
            const linli_tally *t = linli_tally_at(x->s, e, k);
            if (!marks_add(&x->exact[i], (linli_wide)t->sum * 100 * c[k].weight.ppm,
                           (linli_wide)t->members * c[k].most.micro))
                return LINLI_RANGE;
        }
    }
    return LINLI_OK;
}

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

/* What a has more in marks against what it has less for its price, both as
 * fractions; price_n is the same for all bids of a lot. */
static int compare_exact(const struct context *x, const linli_entry *a, const linli_entry *b)
{
    const struct exact *l = &x->exact[a - x->s->list], *r = &x->exact[b - x->s->list];
    linli_wide marks = l->marks_n * r->marks_d - r->marks_n * l->marks_d;
    int64_t dearer = a->compared.minor - b->compared.minor;
    int marks_sign = linli_sign(marks, 0), price_sign = l->price_n == 0 ? 0 : linli_sign(dearer, 0);

    if (marks_sign != price_sign || marks_sign == 0)
        return linli_sign(marks_sign, price_sign);
    return marks_sign * compare_products(marks < 0 ? -marks : marks,
                                         (linli_wide)a->compared.minor * b->compared.minor,
                                         l->price_n * (dearer < 0 ? -dearer : dearer),
                                         (linli_wide)l->marks_d * r->marks_d);
}

/* ---- the question ------------------------------------------------------- */

enum { BY_TOTAL, BY_PRICE, BY_CRITERION, LEVELS };

static int compare(const void *context, const linli_entry *a, const linli_entry *b, int32_t level)
{
    const struct context *x = context;

    if (level == BY_TOTAL && x->o->rank_on == RANK_EXACT)
        return compare_exact(x, a, b);
    return linli_sign(a->key[level], b->key[level]);
}

static linli_status rank(const struct context *x, linli_comparison *s)
{
    const linli_line said[] = {[BY_PRICE] = {.message = M_BY_PRICE},
                               [BY_CRITERION] = LINLI_LINE(M_BY_CRITERION, linli_named(x->o->tie_criterion)),
                               [LEVELS] = {.message = LINLI_M_TIE}};
    const linli_ranking by = {x, compare, LEVELS, said};

    linli_totals(s);
    for (size_t i = 0; i < s->count; i++) {
        linli_entry *e = &s->list[i];

        e->key[BY_TOTAL] = e->result->total.micro;
        e->key[BY_PRICE] = -(x->o->tie_price == TIE_ADJUSTED ? e->compared : e->bid->price).minor;
        for (size_t p = 0; p < e->result->part_count; p++)
            if (linli_same(e->result->parts[p].criterion, x->o->tie_criterion))
                e->key[BY_CRITERION] = e->result->parts[p].points.micro;
    }
    linli_rank(s, &by, NULL);
    return s->status;
}

static linli_status evaluate(linli_ask *ask, const void *options, const linli_facts *facts,
                             const linli_admissions *admitted, linli_evaluation *out)
{
    const struct options *o = options;
    linli_comparison s;
    struct context x = {o, &s, LINLI_NEW(ask, struct exact, admitted->count)};
    linli_money base;

    linli_compare_open(&s, ask, facts, admitted, o->criteria.count + 1);
    if (o->price_scored)
        linli_prices_needed(&s);
    linli_gates(&s, o->gates);
    linli_conflicts(&s);
    linli_prices(&s, &o->pricing, o->price_scored);
    s.outlier = o->outlier;
    linli_marks_read(&s, o->criteria, false);
    for (size_t i = 0; i < s.count; i++)
        if (!s.list[i].out)
            linli_judge_all(&s, &s.list[i], o->criteria, o->places);
    base = linli_lowest(&s);
    for (size_t i = 0; i < s.count && o->price_scored && s.status == LINLI_OK; i++)
        if (!s.list[i].out)
            linli_price_part(&s, &s.list[i], base, o->price_weight, o->places);
    if (!x.exact)
        return LINLI_NOMEM;
    if (s.status == LINLI_OK && o->rank_on == RANK_EXACT)
        s.status = exact_totals(&x, base);
    if (s.status != LINLI_OK || (s.status = rank(&x, &s)) != LINLI_OK)
        return s.status;
    return linli_compare_close(&s, LINLI_ORDER, out);
}

/* ---- description -------------------------------------------------------- */

/* clang-format off */
static const linli_about about = {
    .id = "comprehensive_score", .version = "1.2.0", .opens = "1.0.0",
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
