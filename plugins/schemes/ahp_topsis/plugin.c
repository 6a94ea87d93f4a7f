/*
 * ahp_topsis - 层次分析与逼近理想解: weights from judgements of every two criteria,
 * bids by how near they come to the best and how far they stay from the worst.
 *
 * Weights are the principal eigenvector of the reciprocal matrix, by iteration in
 * numbers of 128 places after the point.  By Collatz and Wielandt the eigenvalue
 * lies between the smallest and the largest of (Ax)i / xi; the iteration stops
 * where these differ by less than 2^-70 of them.  By Birkhoff the ratios of the
 * weights are then right within that times (sqrt(phi) + 1) / 2, phi being the
 * largest of aik ajl / (ail ajk), for judgements of 1/9 to 9 at most 9^4: an error
 * below 2^-64 of a weight, where six places are published.  A matrix that has not
 * come to rest in 20,000 steps has no weights.  The published weights are then
 * taken as exact.
 *
 * Closeness C = D- / (D+ + D-), the D being distances of the weighted values, each
 * divided by its norm.  The squares of D+ and D- are fractions and the published
 * digit of C is found by comparing them: no root is taken and nothing is
 * approximated.
 */
#include <gmp.h>

#include "linli/score.h"

enum { BENEFIT, COST };
enum { BY_MARKS, BY_PRICE, BY_OFFER };
enum { PLACES = 128, STEPS = 20000, AGREED = 70, MOST = 10 };

struct criterion {
    const char *code, *field;
    linli_text name;
    int32_t kind, source;
    linli_rate weight;
    linli_points most;
};

struct judgement {
    const char *more, *than;
    int64_t times, of;
};

struct options {
    linli_list criteria, judgements;
    linli_places places;
    linli_rate consistency;
};

enum {
    M_LAW = LINLI_SCORE_SAYS,
    M_UNKNOWN,
    M_ITSELF,
    M_PAIRS,
    M_INCONSISTENT,
    M_NO_REST,
    M_CONSISTENCY,
    M_VALUE,
    M_UNKNOWN_VALUE,
    M_DISTANCE,
    MESSAGES
};

/* clang-format off */
static const linli_message messages[MESSAGES] = {
    LINLI_SCORE_MESSAGES(NULL),
    [M_LAW]           = { "not_statutory", { "政府采购应采用最低评标价法或综合评分法，不得采用本方法", "statutory procurement goes by the lowest price or by comprehensive scoring, not by this" }, "财政部令第87号 §53" },
    [M_UNKNOWN]       = { "judgement_unknown", { "{1} 不在评审因素中", "{1} is no criterion" }, NULL },
    [M_ITSELF]        = { "judgement_itself", { "{1} 不能与自身比较", "{1} cannot be compared with itself" }, NULL },
    [M_PAIRS]         = { "judgement_pairs", { "{1} 与 {2} 比较了 {3} 次，应当与其他各对相同，且至少 1 次", "{1} and {2} are compared {3} times; every two must be, equally often" }, NULL },
    [M_INCONSISTENT]  = { "inconsistent", { "一致性比例 {1} 超过 {2}（λmax = {3}），判断应当修正", "the consistency ratio {1} is above {2} (lambda max {3}): the judgements are to be revised" }, NULL },
    [M_NO_REST]       = { "no_rest", { "权重未能收敛", "the weights do not come to rest" }, NULL },
    [M_CONSISTENCY]   = { "consistency", { "λmax = {1}，CI = {2}，RI = {3}，CR = {4}", "lambda max {1}, CI {2}, RI {3}, CR {4}" }, NULL },
    [M_VALUE]         = { "value", { "{1}：{2}（最优 {3}，最劣 {4}，平方和的根 {5}），权重 {6}", "{1}: {2} (best {3}, worst {4}, norm {5}), weight {6}" }, NULL },
    [M_UNKNOWN_VALUE] = { "value_unknown", { "{1} 尚无数值，暂不排名", "{1} has no value yet: no rank" }, NULL },
    [M_DISTANCE]      = { "distance", { "与最优的距离 {1}，与最劣的距离 {2}，贴近度 {2} ÷（{1} + {2}）× 100 = {3}", "distance to the best {1}, to the worst {2}; closeness {2} / ({1} + {2}) * 100 = {3}" }, NULL },
};
static const linli_text kind_labels[]    = { { "越大越好", "benefit" }, { "越小越好", "cost" }, { NULL, NULL } };
static const char *const kind_codes[]    = { "benefit", "cost", NULL };
static const linli_text source_labels[]  = { { "评委打分", "marks" }, { "报价", "price" }, { "响应值", "offer" }, { NULL, NULL } };
static const char *const source_codes[]  = { "marks", "price", "offer", NULL };
static const linli_option criterion_rows[] = {
    { .name = "code", .type = LINLI_OPT_CODE, .required = true, .offset = offsetof(struct criterion, code), .label = { "代码", "code" }, .help = { "评分记录使用的代码", "the code marks are filed under" } },
    { .name = "name", .type = LINLI_OPT_TEXT, .required = true, .offset = offsetof(struct criterion, name), .label = { "名称", "name" }, .help = { "公众看到的名称", "what the public reads" } },
    { .name = "kind", .type = LINLI_OPT_CHOICE, .offset = offsetof(struct criterion, kind), .low = 0, .high = 1, .initial = "benefit", .choices = kind_labels, .codes = kind_codes,
      .label = { "方向", "kind" }, .help = { "大好或小好", "more or less is better" } },
    { .name = "source", .type = LINLI_OPT_CHOICE, .offset = offsetof(struct criterion, source), .low = 0, .high = 2, .initial = "marks", .choices = source_labels, .codes = source_codes,
      .label = { "来源", "source" }, .help = { "数值从哪里来", "where its value comes from" } },
    { .name = "field", .type = LINLI_OPT_CODE, .offset = offsetof(struct criterion, field), .label = { "响应字段", "field" },
      .help = { "来源为响应值的，取此填报项；不填则取与代码相同的", "of an offer: what bidders state there; left out: under its code" } },
    { .name = "weight", .type = LINLI_OPT_RATE, .offset = offsetof(struct criterion, weight), .low = 0, .high = LINLI_WHOLE, .initial = "0%",
      .label = { "权重", "weight" }, .help = { "没有两两比较时使用", "where there are no judgements" } },
    { .name = "max", .type = LINLI_OPT_POINTS, .offset = offsetof(struct criterion, most), .low = LINLI_POINT, .high = 1000 * LINLI_POINT, .initial = "100",
      .label = { "满分", "most points" }, .help = { "评委可给的最高分", "the most a member can give" } },
};
static const linli_option judgement_rows[] = {
    { .name = "more", .type = LINLI_OPT_CODE, .required = true, .offset = offsetof(struct judgement, more), .label = { "因素", "criterion" }, .help = { "这一因素", "this criterion" } },
    { .name = "than", .type = LINLI_OPT_CODE, .required = true, .offset = offsetof(struct judgement, than), .label = { "相比", "than" }, .help = { "与这一因素相比", "compared with this one" } },
    { .name = "times", .type = LINLI_OPT_COUNT, .required = true, .offset = offsetof(struct judgement, times), .low = 1, .high = 9, .label = { "重要程度", "times" }, .help = { "1 至 9", "1 to 9 times as important" } },
    { .name = "of", .type = LINLI_OPT_COUNT, .offset = offsetof(struct judgement, of), .low = 1, .high = 9, .initial = "1", .label = { "分母", "of" }, .help = { "1/3 写作 times 1, of 3", "a third is times 1, of 3" } },
};
static const linli_option table[] = {
    { .name = "criteria", .type = LINLI_OPT_LIST, .required = true, .offset = offsetof(struct options, criteria), .low = 1, .high = MOST,
      .item = criterion_rows, .item_count = 7, .item_size = sizeof(struct criterion), .label = { "评审因素", "criteria" }, .help = { "至多 10 项", "at most ten" } },
    { .name = "judgements", .type = LINLI_OPT_LIST, .offset = offsetof(struct options, judgements), .low = 0, .high = 900,
      .item = judgement_rows, .item_count = 4, .item_size = sizeof(struct judgement),
      .label = { "两两比较", "judgements" }, .help = { "每两项至少一次；多人判断取几何平均", "every two at least once; of several people the geometric mean" } },
    LINLI_PLACES_ROWS(struct options, places, "2"),
    { .name = "consistency", .type = LINLI_OPT_RATE, .offset = offsetof(struct options, consistency), .low = 1, .high = LINLI_WHOLE, .initial = "10%",
      .label = { "一致性比例上限", "consistency" }, .help = { "超过即须修正", "above it the judgements are revised" } },
};
/* clang-format on */

static const char *field_of(const struct criterion *c)
{
    return c->field ? c->field : c->code;
}

/* ---- weights ------------------------------------------------------------------- */

struct weights {
    int64_t ppm[MOST];
    linli_points lambda, ci, ri;
    linli_rate cr;
    bool rest; /* the iteration came to rest */
};

static size_t index_of(const struct options *o, const char *code)
{
    const struct criterion *c = o->criteria.items;
    size_t i = 0;

    while (i < o->criteria.count && strcmp(c[i].code, code) != 0)
        i++;
    return i;
}

static int64_t judged_times(const struct options *o, size_t a, size_t b)
{
    const struct judgement *j = o->judgements.items;
    int64_t n = 0;

    for (size_t i = 0; i < o->judgements.count; i++) {
        size_t x = index_of(o, j[i].more), y = index_of(o, j[i].than);
        n += (x == a && y == b) || (x == b && y == a);
    }
    return n;
}

/* The geometric mean of what all say of a against b. */
static void entry(const struct options *o, size_t a, size_t b, mpz_t out)
{
    const struct judgement *j = o->judgements.items;
    unsigned long n = 0;
    mpz_t below;

    mpz_init_set_ui(below, 1);
    mpz_set_ui(out, 1);
    for (size_t i = 0; i < o->judgements.count; i++) {
        size_t x = index_of(o, j[i].more), y = index_of(o, j[i].than);
        bool same = x == a && y == b, turned = x == b && y == a;

        if (!same && !turned)
            continue;
        mpz_mul_ui(out, out, (unsigned long)(same ? j[i].times : j[i].of));
        mpz_mul_ui(below, below, (unsigned long)(same ? j[i].of : j[i].times));
        n++;
    }
    mpz_mul_2exp(out, out, n ? PLACES * n : PLACES);
    mpz_fdiv_q(out, out, below);
    if (n > 1)
        mpz_root(out, out, n);
    mpz_clear(below);
}

/* y = A x, both sums kept at 2^PLACES; *low and *high: the least and largest (Ax)i / xi. */
static void step(mpz_t *a, size_t n, mpz_t *x, mpz_t *y, mpz_t low, mpz_t high)
{
    mpz_t sum, ratio;

    mpz_init(sum);
    mpz_init(ratio);
    for (size_t i = 0; i < n; i++) {
        mpz_set_ui(y[i], 0);
        for (size_t k = 0; k < n; k++)
            mpz_addmul(y[i], a[i * n + k], x[k]);
        mpz_fdiv_q(ratio, y[i], x[i]);
        if (i == 0 || mpz_cmp(ratio, low) < 0)
            mpz_set(low, ratio);
        if (i == 0 || mpz_cmp(ratio, high) > 0)
            mpz_set(high, ratio);
        mpz_add(sum, sum, y[i]);
    }
    for (size_t i = 0; i < n; i++) {
        mpz_mul_2exp(y[i], y[i], PLACES);
        mpz_fdiv_q(x[i], y[i], sum);
    }
    mpz_clear(sum);
    mpz_clear(ratio);
}

static bool iterate(mpz_t *a, size_t n, mpz_t *x, mpz_t *y, mpz_t lambda)
{
    mpz_t high, apart;
    bool rest = false;

    mpz_init(high);
    mpz_init(apart);
    for (size_t i = 0; i < n; i++) {
        mpz_set_ui(x[i], 1);
        mpz_mul_2exp(x[i], x[i], PLACES);
        mpz_fdiv_q_ui(x[i], x[i], (unsigned long)n);
    }
    for (int k = 0; k < STEPS && !rest; k++) {
        step(a, n, x, y, lambda, high);
        mpz_sub(apart, high, lambda);
        mpz_mul_2exp(apart, apart, AGREED);
        rest = mpz_cmp(apart, lambda) < 0;
    }
    mpz_clear(high);
    mpz_clear(apart);
    return rest;
}

/* Weights in ppm that add up to 100%: rounded down, what is left to the largest remainders, the
 * criterion named first where they are equal. */
static void publish(size_t n, mpz_t *x, mpz_t *rest, int64_t *ppm)
{
    int64_t left = LINLI_WHOLE;
    mpz_t sum;

    mpz_init(sum);
    for (size_t i = 0; i < n; i++)
        mpz_add(sum, sum, x[i]);
    for (size_t i = 0; i < n; i++) {
        mpz_mul_ui(rest[i], x[i], (unsigned long)LINLI_WHOLE);
        mpz_fdiv_qr(x[i], rest[i], rest[i], sum);
        ppm[i] = mpz_get_si(x[i]);
        left -= ppm[i];
    }
    for (; left > 0; left--) {
        size_t best = 0;

        for (size_t i = 1; i < n; i++)
            if (mpz_cmp(rest[i], rest[best]) > 0)
                best = i;
        ppm[best]++;
        mpz_set_si(rest[best], -1);
    }
    mpz_clear(sum);
}

/* (lambda - less) * by / over, a half up; lambda is kept at 2^PLACES. */
static int64_t rounded(const mpz_t lambda, unsigned long less, unsigned long by, unsigned long over)
{
    mpz_t n;
    int64_t out;

    mpz_init_set_ui(n, less);
    mpz_mul_2exp(n, n, PLACES);
    mpz_sub(n, lambda, n);
    mpz_mul_ui(n, n, 2 * by);
    mpz_fdiv_q_ui(n, n, over);
    mpz_fdiv_q_2exp(n, n, PLACES);
    mpz_add_ui(n, n, 1);
    mpz_fdiv_q_2exp(n, n, 1);
    out = mpz_get_si(n);
    mpz_clear(n);
    return out;
}

/* lambda, CI and CR = CI / RI to four places; two criteria are always consistent. */
static void consistency(size_t n, const mpz_t lambda, struct weights *w)
{
    static const uint8_t ri[MOST + 1] = {0, 0, 0, 58, 90, 112, 124, 132, 141, 145, 149}; /* hundredths */

    w->lambda.micro = rounded(lambda, 0, 10000, 1) * 100;
    w->ri.micro = ri[n] * (LINLI_POINT / 100);
    if (n < 3)
        return;
    w->ci.micro = rounded(lambda, n, 10000, n - 1) * 100;
    w->cr.ppm = rounded(lambda, n, 1000000, (n - 1) * ri[n]) * 100;
}

/* From the judgements, or as the options state them; every two criteria have been compared. */
static linli_status weigh(linli_ask *ask, const struct options *o, struct weights *w)
{
    const struct criterion *c = o->criteria.items;
    size_t n = o->criteria.count, room = n * n + 2 * n + 1;
    mpz_t *all = LINLI_NEW(ask, mpz_t, room);

    *w = (struct weights){.rest = true};
    for (size_t i = 0; i < n; i++)
        w->ppm[i] = c[i].weight.ppm;
    if (!all)
        return LINLI_NOMEM;
    if (o->judgements.count == 0)
        return LINLI_OK;
    for (size_t i = 0; i < room; i++)
        mpz_init(all[i]);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            entry(o, i, k, all[i * n + k]);
    w->rest = iterate(all, n, &all[n * n], &all[n * n + n], all[room - 1]);
    publish(n, &all[n * n], &all[n * n + n], w->ppm);
    consistency(n, all[room - 1], w);
    for (size_t i = 0; i < room; i++)
        mpz_clear(all[i]);
    return LINLI_OK;
}

/* ---- check and criteria ----------------------------------------------------------- */

static void check_judgements(linli_faults *f, const struct options *o)
{
    const struct criterion *c = o->criteria.items;
    const struct judgement *j = o->judgements.items;
    int64_t each = o->criteria.count > 1 ? judged_times(o, 0, 1) : 0;

    for (size_t i = 0; i < o->judgements.count; i++) {
        if (index_of(o, j[i].more) == o->criteria.count)
            linli_blame(f, linli_pointer(f, "/judgements", i, "more"),
                        LINLI_LINE(M_UNKNOWN, linli_named(j[i].more)));
        if (index_of(o, j[i].than) == o->criteria.count)
            linli_blame(f, linli_pointer(f, "/judgements", i, "than"),
                        LINLI_LINE(M_UNKNOWN, linli_named(j[i].than)));
        if (strcmp(j[i].more, j[i].than) == 0)
            linli_blame(f, linli_pointer(f, "/judgements", i, ""),
                        LINLI_LINE(M_ITSELF, linli_named(j[i].more)));
    }
    for (size_t a = 0; a < o->criteria.count && o->judgements.count > 0; a++)
        for (size_t b = a + 1; b < o->criteria.count; b++) {
            int64_t n = judged_times(o, a, b);
            if (n == 0 || n != each)
                linli_blame(
                    f, "/judgements",
                    LINLI_LINE(M_PAIRS, linli_named(c[a].code), linli_named(c[b].code), linli_count(n)));
        }
}

static linli_status check(linli_ask *ask, const void *options, const linli_facts *facts, linli_findings *out)
{
    const struct options *o = options;
    const struct criterion *c = o->criteria.items;
    linli_faults f = {ask, out, LINLI_OK};
    linli_rate sum = {0};
    struct weights w;

    if (facts->tender->regime == LINLI_STATUTORY)
        linli_blame(&f, "/criteria", (linli_line){.message = M_LAW});
    for (size_t i = 0; i < o->criteria.count; i++) {
        sum.ppm += c[i].weight.ppm;
        if (index_of(o, c[i].code) < i)
            linli_blame(&f, linli_pointer(&f, "/criteria", i, "code"),
                        LINLI_LINE(LINLI_M_CODE_TWICE, linli_named(c[i].code)));
        if (c[i].source == BY_OFFER && !linli_stated_by_plan(facts, field_of(&c[i])))
            linli_blame(&f, linli_pointer(&f, "/criteria", i, "field"),
                        LINLI_LINE(LINLI_M_FIELD_NONE, linli_named(field_of(&c[i]))));
    }
    if (o->judgements.count == 0 && sum.ppm != LINLI_WHOLE)
        linli_blame(&f, "/criteria", LINLI_LINE(LINLI_M_WEIGHTS, linli_percent(sum)));
    check_judgements(&f, o);
    if (f.status != LINLI_OK || out->count > 0)
        return f.status;
    f.status = weigh(ask, o, &w);
    if (f.status == LINLI_OK && !w.rest)
        linli_blame(&f, "/judgements", (linli_line){.message = M_NO_REST});
    if (f.status == LINLI_OK && w.cr.ppm > o->consistency.ppm)
        linli_blame(&f, "/judgements",
                    LINLI_LINE(M_INCONSISTENT, linli_percent(w.cr), linli_percent(o->consistency),
                               linli_score(w.lambda)));
    return f.status;
}

static linli_status criteria(linli_ask *ask, const void *options, const linli_facts *facts,
                             linli_criteria *out)
{
    const struct options *o = options;
    const struct criterion *c = o->criteria.items;
    linli_criterion *all = LINLI_NEW(ask, linli_criterion, o->criteria.count);
    struct weights w;
    linli_status status = weigh(ask, o, &w);

    (void)facts;
    if (!all || status != LINLI_OK)
        return all ? status : LINLI_NOMEM;
    for (size_t i = 0; i < o->criteria.count; i++) {
        bool marks = c[i].source == BY_MARKS;

        all[i] = (linli_criterion){.code = c[i].code,
                                   .name = c[i].name,
                                   .by = marks ? LINLI_BY_JUDGES : LINLI_BY_RULE,
                                   .unit = marks                     ? LINLI_UNIT_POINTS
                                           : c[i].source == BY_PRICE ? LINLI_UNIT_MONEY
                                                                     : LINLI_UNIT_COUNT,
                                   .objective = !marks,
                                   .weight = {w.ppm[i]},
                                   .high = marks ? c[i].most.micro : INT64_MAX,
                                   .step = marks ? LINLI_POINT / 100 : 1};
    }
    *out = (linli_criteria){all, o->criteria.count};
    return LINLI_OK;
}

/* ---- values ------------------------------------------------------------------------- */

/* A comparison with every bid's values: value[i * criteria + k], marks as published means. */
struct values {
    const struct options *o;
    struct weights w;
    int64_t *value;
    int64_t best[MOST], worst[MOST];
    mpz_t *square; /* the square of each norm */
};

static bool value_of(linli_comparison *s, const struct values *v, linli_entry *e, size_t k, int64_t *ret)
{
    const struct criterion *c = (const struct criterion *)v->o->criteria.items + k;
    const linli_tally *t = linli_tally_at(s, e, k);
    const linli_offer *offer = NULL;
    linli_judged judged = {.code = c->code, .most = c->most};
    linli_part unused = {.criterion = c->code};
    linli_points mean = {0};

    switch (c->source) {
    case BY_MARKS:
        if (!linli_marks_stand(s, e, &judged, k, &unused))
            return false;
        if (!linli_keep(v->o->places, t->sum, t->members, &mean))
            linli_fail(s, LINLI_RANGE);
        *ret = mean.micro;
        return true;
    case BY_PRICE:
        *ret = e->bid->price.minor;
        if (e->bid->priced)
            return true;
        break;
    default:
        offer = linli_offer_of(s->facts, e->bid->key, field_of(c));
        *ret = offer ? offer->value : 0;
        if (offer && offer->value >= 0)
            return true;
    }
    linli_tell(s, e, LINLI_LINE(M_UNKNOWN_VALUE, linli_named(c->code)));
    e->unsettled = true;
    return false;
}

static bool better(const struct criterion *c, int64_t a, int64_t b)
{
    return c->kind == BENEFIT ? a > b : a < b;
}

/* Norms and the best and worst value of each criterion, over those who have all values. */
static void frame(linli_comparison *s, struct values *v)
{
    const struct criterion *c = v->o->criteria.items;
    size_t n = v->o->criteria.count;

    for (size_t k = 0; k < n; k++) {
        bool first = true;
        mpz_t x;

        mpz_init(x);
        for (size_t i = 0; i < s->count; i++) {
            int64_t value = v->value[i * n + k];

            if (s->list[i].unsettled)
                continue;
            mpz_set_si(x, value);
            mpz_addmul(v->square[k], x, x);
            if (first || better(&c[k], value, v->best[k]))
                v->best[k] = value;
            if (first || better(&c[k], v->worst[k], value))
                v->worst[k] = value;
            first = false;
        }
        mpz_clear(x);
    }
}

/* The square of the distance between a bid and the best or the worst, in ppm of the weights. */
static void distance(const struct values *v, const int64_t *value, const int64_t *from, mpq_t out)
{
    mpq_t one;
    mpz_t d;

    mpq_init(one);
    mpz_init(d);
    mpq_set_ui(out, 0, 1);
    for (size_t k = 0; k < v->o->criteria.count; k++) {
        if (mpz_sgn(v->square[k]) == 0)
            continue;
        mpz_set_si(d, value[k] - from[k]);
        mpz_mul_si(d, d, v->w.ppm[k]);
        mpz_mul(mpq_numref(one), d, d);
        mpz_set(mpq_denref(one), v->square[k]);
        mpq_canonicalize(one);
        mpq_add(out, out, one);
    }
    mpq_clear(one);
    mpz_clear(d);
}

/* The sign of (2m - 1) / 2M less closeness: that of D+^2 (2m - 1)^2 - D-^2 (2M - 2m + 1)^2. */
static int half_before(const mpq_t plus, const mpq_t minus, int64_t m, int64_t most)
{
    mpq_t l, r;
    int sign;

    mpq_init(l);
    mpq_init(r);
    mpq_set_si(l, 2 * m - 1, 1);
    mpq_mul(l, l, l);
    mpq_mul(l, l, plus);
    mpq_set_si(r, 2 * most - 2 * m + 1, 1);
    mpq_mul(r, r, r);
    mpq_mul(r, r, minus);
    sign = mpq_cmp(l, r);
    mpq_clear(l);
    mpq_clear(r);
    return sign;
}

/* The published digit; a half goes up, or to the even one. */
static linli_points closeness(const struct values *v, const mpq_t plus, const mpq_t minus)
{
    int64_t most = 100, low = 0, high;

    for (int64_t i = 0; i < v->o->places.decimals; i++)
        most *= 10;
    high = most;
    if (mpq_sgn(plus) == 0)
        return (linli_points){100 * LINLI_POINT};
    while (low < high) {
        int64_t middle = low + (high - low + 1) / 2;
        if (half_before(plus, minus, middle, most) <= 0)
            low = middle;
        else
            high = middle - 1;
    }
    if (linli_roundings[v->o->places.rounding] == LINLI_HALF_EVEN && low % 2 != 0 &&
        half_before(plus, minus, low, most) == 0)
        low--;
    return (linli_points){low * (100 * LINLI_POINT / most)};
}

/* The root of a square of distances, to six places, rounded down, for show. */
static linli_points shown(const mpq_t square)
{
    mpz_t root;
    linli_points p;

    mpz_init(root);
    mpz_fdiv_q(root, mpq_numref(square), mpq_denref(square));
    mpz_sqrt(root, root);
    p.micro = mpz_get_si(root);
    mpz_clear(root);
    return p;
}

static linli_arg shown_value(const struct criterion *c, int64_t value)
{
    return c->source == BY_MARKS   ? linli_score((linli_points){value})
           : c->source == BY_PRICE ? linli_amount((linli_money){value})
                                   : linli_count(value);
}

static void closeness_part(linli_comparison *s, const struct values *v, size_t i)
{
    const struct criterion *c = v->o->criteria.items;
    const int64_t *value = &v->value[i * v->o->criteria.count];
    linli_part *part = linli_part_new(s, &s->list[i], "closeness");
    mpq_t plus, minus;
    mpz_t norm;

    mpq_init(plus);
    mpq_init(minus);
    mpz_init(norm);
    distance(v, value, v->best, plus);
    distance(v, value, v->worst, minus);
    part->raw = part->points = closeness(v, plus, minus);
    for (size_t k = 0; k < v->o->criteria.count; k++) {
        mpz_sqrt(norm, v->square[k]);
        linli_explain(s, part,
                      LINLI_LINE(M_VALUE, linli_named(c[k].code), shown_value(&c[k], value[k]),
                                 shown_value(&c[k], v->best[k]), shown_value(&c[k], v->worst[k]),
                                 shown_value(&c[k], mpz_fits_slong_p(norm) ? mpz_get_si(norm) : INT64_MAX),
                                 linli_percent((linli_rate){v->w.ppm[k]})));
    }
    linli_explain(s, part,
                  LINLI_LINE(M_DISTANCE, linli_score(shown(plus)), linli_score(shown(minus)),
                             linli_score(part->points)));
    s->list[i].key[0] = part->points.micro;
    mpq_clear(plus);
    mpq_clear(minus);
    mpz_clear(norm);
}

static void compare(linli_comparison *s, struct values *v)
{
    size_t n = v->o->criteria.count;

    v->value = LINLI_NEW(s->ask, int64_t, s->count * n);
    v->square = LINLI_NEW(s->ask, mpz_t, n);
    if (!v->value || !v->square) {
        linli_fail(s, LINLI_NOMEM);
        return;
    }
    for (size_t i = 0; i < s->count && s->status == LINLI_OK; i++)
        for (size_t k = 0; k < n && value_of(s, v, &s->list[i], k, &v->value[i * n + k]);)
            k++;
    for (size_t k = 0; k < n; k++)
        mpz_init(v->square[k]);
    frame(s, v);
    for (size_t i = 0; i < s->count && s->status == LINLI_OK; i++)
        if (!s->list[i].unsettled)
            closeness_part(s, v, i);
    for (size_t k = 0; k < n; k++)
        mpz_clear(v->square[k]);
}

static linli_list judged_of(linli_ask *ask, const struct options *o)
{
    const struct criterion *c = o->criteria.items;
    linli_judged *all = LINLI_NEW(ask, linli_judged, o->criteria.count);

    for (size_t i = 0; all && i < o->criteria.count; i++)
        all[i] = (linli_judged){.code = c[i].code, .most = c[i].most};
    return (linli_list){all, all ? o->criteria.count : 0};
}

static linli_status evaluate(linli_ask *ask, const void *options, const linli_facts *facts,
                             const linli_admissions *admitted, linli_evaluation *out)
{
    static const linli_line said[] = {{0}, {.message = LINLI_M_TIE}};
    static const linli_ranking by = {NULL, linli_by_keys, 1, said};
    struct values v = {.o = options};
    linli_list judged = judged_of(ask, options);
    linli_comparison s;

    linli_compare_open(&s, ask, facts, admitted, 1);
    if (!judged.items)
        return LINLI_NOMEM;
    linli_marks_read(&s, judged, false);
    linli_conflicts(&s);
    if (s.status == LINLI_OK)
        s.status = weigh(ask, options, &v.w);
    if (s.status == LINLI_OK)
        compare(&s, &v);
    linli_totals(&s);
    linli_rank(&s, &by, NULL);
    if (s.status == LINLI_OK && v.o->judgements.count > 0 &&
        !linli_say(ask, &out->why,
                   LINLI_LINE(M_CONSISTENCY, linli_score(v.w.lambda), linli_score(v.w.ci),
                              linli_score(v.w.ri), linli_percent(v.w.cr))))
        s.status = LINLI_NOMEM;
    return linli_compare_close(&s, LINLI_ORDER, out);
}

/* clang-format off */
static const linli_about about = {
    .id = "ahp_topsis", .version = "1.1.0", .opens = "1.0.0",
    .name    = { "层次分析与逼近理想解", "AHP and TOPSIS" },
    .summary = { "两两比较得出权重并检验一致性，按与最优、最劣的距离排序；不得用于政府采购", "judgements of every two criteria give weights, tested for consistency; bids by distance to best and worst; not for statutory procurement" },
    .basis   = { "征集文件约定", "as the call says" },
    .author = "Linli maintainers", .licence = "Apache-2.0",
};
#define THREE "{\"criteria\":[{\"code\":\"quality\",\"name\":{\"zh\":\"质量\",\"en\":\"quality\"}},{\"code\":\"experience\",\"name\":{\"zh\":\"经验\",\"en\":\"experience\"}}," \
    "{\"code\":\"price\",\"name\":{\"zh\":\"报价\",\"en\":\"price\"},\"kind\":\"cost\",\"source\":\"price\"}]"
static const char *const examples[] = {
    THREE ",\"judgements\":[{\"more\":\"quality\",\"than\":\"experience\",\"times\":3},{\"more\":\"quality\",\"than\":\"price\",\"times\":5},{\"more\":\"experience\",\"than\":\"price\",\"times\":3}]}",
    "{\"criteria\":[{\"code\":\"quality\",\"name\":{\"zh\":\"质量\",\"en\":\"quality\"},\"weight\":\"50%\"},{\"code\":\"experience\",\"name\":{\"zh\":\"经验\",\"en\":\"experience\"},\"weight\":\"30%\"},"
    "{\"code\":\"price\",\"name\":{\"zh\":\"报价\",\"en\":\"price\"},\"kind\":\"cost\",\"source\":\"price\",\"weight\":\"20%\"}]}",
    NULL
};
static const linli_scheme ahp_topsis = {
    .size = sizeof(linli_scheme), .gives = LINLI_ORDER, .flags = LINLI_EXACT, .about = &about,
    .options = table, .option_count = sizeof table / sizeof table[0], .options_size = sizeof(struct options),
    .messages = messages, .message_count = MESSAGES, .examples = examples,
    .check = check, .criteria = criteria, .evaluate = evaluate,
};
/* clang-format on */

static const linli_scheme *const schemes[] = {&ahp_topsis, NULL};

const linli_module linli_exports = LINLI_MODULE(.schemes = schemes);
