/*
 * linli/score.h - what schemes share: findings with a JSON Pointer, criteria that
 * judges mark or that an offer settles, one rounding of each part, ranking by
 * levels.  Header only.  Its sentences come first in a plug-in's table:
 *
 *     enum { M_OWN = LINLI_SCORE_SAYS, MESSAGES };
 *     static const linli_message messages[MESSAGES] = { LINLI_SCORE_MESSAGES("..."), [M_OWN] = .. };
 *
 * A comparison remembers the first thing that went wrong in `status`; what
 * follows then does nothing, so that only the end has to look at it.
 */
#ifndef LINLI_SCORE_H
#define LINLI_SCORE_H

#include "linli/kit.h"

enum {
    LINLI_M_WEIGHTS,
    LINLI_M_CODE_TWICE,
    LINLI_M_CODE_KEPT,
    LINLI_M_QUALIFIES,
    LINLI_M_TIE_UNKNOWN,
    LINLI_M_LEAST_HIGH,
    LINLI_M_LEVELS_ORDER,
    LINLI_M_LEVELS_SAME,
    LINLI_M_LEVELS_HIGH,
    LINLI_M_LEVELS_NONE,
    LINLI_M_FIELD_NONE,
    LINLI_M_MARKS,
    LINLI_M_LEVEL,
    LINLI_M_NO_OFFER,
    LINLI_M_NO_MARKS,
    LINLI_M_DIFFER,
    LINLI_M_MARK_RANGE,
    LINLI_M_MARK_LEVEL,
    LINLI_M_CONFLICT,
    LINLI_M_BELOW_LEAST,
    LINLI_M_OUTLIER,
    LINLI_M_GATE,
    LINLI_M_TIE,
    LINLI_M_PROVISIONAL,
    LINLI_M_BY_REVIEW,
    LINLI_M_BY_LEVELS,
    LINLI_M_BY_REPLACING,
    LINLI_SCORE_SAYS
};

/* `law` is the article the weights and marks rest on, or NULL. */
/* clang-format off */
#define LINLI_SCORE_MESSAGES(law)                                                                                                              \
    [LINLI_M_WEIGHTS]      = { "weights", { "各项权重合计为 {1}，应为 100%", "the weights add up to {1}, not 100%" }, law },                     \
    [LINLI_M_CODE_TWICE]   = { "code_twice", { "代码 {1} 出现两次", "{1} is named twice" }, NULL },                                             \
    [LINLI_M_CODE_KEPT]    = { "code_price", { "代码 {1} 留给按规则计算的部分", "the code {1} is kept for what is computed by rule" }, NULL },      \
    [LINLI_M_QUALIFIES]    = { "qualification", { "{1} 是资格条件，不得作为评审因素", "{1} is a condition of qualification and may not be scored" }, "财政部令第87号 §55" }, \
    [LINLI_M_TIE_UNKNOWN]  = { "tie_unknown", { "并列规则所列 {1} 不在评审因素中", "the tie rule names {1}, which is no criterion" }, NULL },      \
    [LINLI_M_LEAST_HIGH]   = { "least_high", { "最低得分 {1} 高于满分 {2}", "the least points, {1}, are above the most, {2}" }, NULL },           \
    [LINLI_M_LEVELS_ORDER] = { "levels_order", { "各区间的起点应当递增", "intervals must begin one above the other" }, law },                    \
    [LINLI_M_LEVELS_SAME]  = { "levels_same", { "各区间应设置不同的分值，{1} 出现两次", "each interval has points of its own; {1} is there twice" }, law }, \
    [LINLI_M_LEVELS_HIGH]  = { "levels_high", { "区间分值 {1} 高于满分 {2}", "the points of an interval, {1}, are above the most, {2}" }, NULL },  \
    [LINLI_M_LEVELS_NONE]  = { "levels_none", { "按响应值评分的因素应当设置区间分值", "a criterion settled by an offer needs intervals" }, law },  \
    [LINLI_M_FIELD_NONE]   = { "field_none", { "填报项中没有 {1}", "bidders are asked for no {1}" }, NULL },                                      \
    [LINLI_M_MARKS]        = { "marks", { "{1} 位评委合计 {2}，满分 {3}，平均折合 {4} × {5} = {6}", "{1} members gave {2} in all, out of {3} each: on average {4} of 100, * {5} = {6}" }, law }, \
    [LINLI_M_LEVEL]        = { "level", { "响应值 {1}，所在区间得 {2}，满分 {3}，折合 {4} × {5} = {6}", "offered {1}: its interval gives {2} of {3}, that is {4} of 100, * {5} = {6}" }, law }, \
    [LINLI_M_NO_OFFER]     = { "no_offer", { "未就 {1} 作出响应，得 0 分", "nothing is offered for {1}: no points" }, law },                     \
    [LINLI_M_NO_MARKS]     = { "no_marks", { "评审因素 {1} 尚无评分，暂不排名", "there are no marks on {1}: no rank yet" }, law },                \
    [LINLI_M_DIFFER]       = { "members_differ", { "客观评审因素 {1} 的评分不一致（最低 {2}，最高 {3}），应先更正，暂不排名", "members differ on the objective criterion {1} ({2} to {3}): to be corrected first, no rank yet" }, NULL }, \
    [LINLI_M_MARK_RANGE]   = { "mark_range", { "评审因素 {1} 有评分超出范围（{2} 至 {3}，满分 {4}），应先更正", "marks on {1} are out of range ({2} to {3}, where {4} is the most): to be corrected first" }, NULL }, \
    [LINLI_M_MARK_LEVEL]   = { "mark_level", { "评审因素 {1} 有评分不是任何区间的分值，应先更正", "a mark on {1} is the points of no interval: to be corrected first" }, NULL }, \
    [LINLI_M_CONFLICT]     = { "conflict", { "有 {1} 位存在利害关系的评委对其评分，应先回避更换", "{1} members with an interest marked it: they are to be replaced first" }, NULL }, \
    [LINLI_M_BELOW_LEAST]  = { "below_least", { "评审因素 {1} 平均 {2}，低于最低得分 {3}", "on {1} it has {2} on average, below the {3} needed" }, NULL }, \
    [LINLI_M_OUTLIER]      = { "outlier", { "有评委的评分 {1} 与平均 {2} 相差超过满分 {3} 的 {4}，请复核；该评分仍计入", "a mark of {1} is away from the mean {2} by more than {4} of the most, {3}: to be reviewed; it counts" }, NULL }, \
    [LINLI_M_GATE]         = { "gate", { "未通过 {1}", "it did not pass {1}" }, NULL },                                                        \
    [LINLI_M_TIE]          = { "tie", { "名次并列，由公开抽取确定", "the rank is shared; a public draw decides" }, NULL },                          \
    [LINLI_M_PROVISIONAL]  = { "provisional", { "有 {1} 份投标尚待说明或更正，名次未定", "{1} bids are still to be explained or corrected: the ranks are provisional" }, law }, \
    [LINLI_M_BY_REVIEW]    = { "by_review", { "评分的复核与更正按此规定", "as is laid down for marks that are reviewed and corrected" }, "财政部令第87号 §64" }, \
    [LINLI_M_BY_LEVELS]    = { "by_levels", { "区间分值按此规定", "as is laid down for intervals" }, "财政部令第87号 §55" }, \
    [LINLI_M_BY_REPLACING] = { "by_replacing", { "评审专家的回避与更换按此规定", "as is laid down for members who are replaced" }, "财政部令第87号 §49" }
/* clang-format on */

/* ---- what is wrong with the options --------------------------------------- */

typedef struct linli_faults {
    linli_ask *ask;
    linli_findings *out;
    linli_status status;
} linli_faults;

/* Room is doubled as in linli_say. */
static inline void linli_blame(linli_faults *f, const char *path, linli_line line)
{
    size_t n = f->out->count;
    linli_finding *all = (linli_finding *)(uintptr_t)f->out->items;

    if (f->status != LINLI_OK)
        return;
    if ((n & (n - 1)) == 0) {
        all = LINLI_NEW(f->ask, linli_finding, n ? 2 * n : 1);
        if (!all) {
            f->status = LINLI_NOMEM;
            return;
        }
        if (n)
            memcpy(all, f->out->items, n * sizeof *all);
    }
    all[n] = (linli_finding){path, line};
    *f->out = (linli_findings){all, n + 1};
}

/* "/criteria/3/weight"; NULL where memory is out. */
static inline const char *linli_pointer(linli_faults *f, const char *list, size_t at, const char *member)
{
    size_t size = strlen(list) + strlen(member);
    char *path = LINLI_NEW(f->ask, char, size + 24), *end = path;
    char digits[20];
    size_t n = 0;

    if (!path) {
        f->status = LINLI_NOMEM;
        return NULL;
    }
    memcpy(end, list, strlen(list));
    end += strlen(list);
    *end++ = '/';
    do
        digits[n++] = (char)('0' + at % 10);
    while ((at /= 10) > 0);
    while (n > 0)
        *end++ = digits[--n];
    if (*member)
        *end++ = '/';
    memcpy(end, member, strlen(member));
    return path;
}

/* ---- rounding ------------------------------------------------------------- */

typedef struct linli_places {
    int64_t decimals;
    int32_t rounding; /* index into linli_roundings */
} linli_places;

static const int32_t linli_roundings[] = {LINLI_HALF_UP, LINLI_HALF_EVEN};
static const linli_text linli_rounding_labels[] = {
    {"四舍五入", "half up"}, {"四舍六入五成双", "half to even"}, {NULL, NULL}};
static const char *const linli_rounding_codes[] = {"half_up", "half_even", NULL};

/* clang-format off */
#define LINLI_PLACES_ROWS(options, at, places)                                                                            \
    { .name = "decimals", .type = LINLI_OPT_COUNT, .offset = offsetof(options, at.decimals), .low = 0, .high = 6,         \
      .initial = places, .label = { "小数位数", "decimal places" },                                                        \
      .help = { "公布得分保留的位数", "places a published score keeps" } },                                                 \
    { .name = "rounding", .type = LINLI_OPT_CHOICE, .offset = offsetof(options, at.rounding), .low = 0, .high = 1,        \
      .initial = "half_up", .choices = linli_rounding_labels, .codes = linli_rounding_codes,                               \
      .label = { "修约规则", "rounding" }, .help = { "每一分项只修约一次", "each part is rounded once" } }
#define LINLI_OUTLIER_ROW(options, at)                                                                                     \
    { .name = "outlier", .type = LINLI_OPT_RATE, .offset = offsetof(options, at), .low = 0, .high = LINLI_WHOLE,           \
      .initial = "0%", .label = { "提示异常评分", "show marks that stand out" },                                            \
      .help = { "与平均相差超过满分的这一比例即提示复核，仍计入；0% 为不提示", "further from the mean than this part of the most: shown for review, and counted; 0%: not shown" } }
/* clang-format on */

/* n / d micro-points, kept to the published places: the one rounding. */
static inline bool linli_keep(linli_places p, linli_wide n, linli_wide d, linli_points *out)
{
    int64_t unit = LINLI_POINT, kept;
    linli_wide scaled;

    for (int64_t i = 0; i < p.decimals; i++)
        unit /= 10;
    return !__builtin_mul_overflow(d, (linli_wide)unit, &scaled) &&
           linli_div(n, scaled, linli_roundings[p.rounding], &kept) &&
           !__builtin_mul_overflow(kept, unit, &out->micro);
}

static inline int linli_sign(linli_wide a, linli_wide b)
{
    return (a > b) - (a < b);
}

/* ---- criteria that judges mark ---------------------------------------------- */

typedef struct linli_level {
    int64_t from;
    linli_points points;
} linli_level;

typedef struct linli_judged {
    const char *code;
    linli_text name;
    linli_rate weight;
    linli_points most;
    bool objective;
    linli_points least;
    const char *field; /* of the plan: its offer settles the points, nobody marks */
    linli_list levels; /* of linli_level */
} linli_judged;

/* clang-format off */
static const linli_option linli_level_rows[] = {
    { .name = "from", .type = LINLI_OPT_COUNT, .required = true, .offset = offsetof(linli_level, from), .low = 0, .high = INT64_C(100000000000000),
      .label = { "起点", "from" }, .help = { "达到此值即属本区间；金额以分计", "the interval begins here; money in fen" } },
    { .name = "points", .type = LINLI_OPT_POINTS, .required = true, .offset = offsetof(linli_level, points), .low = 0, .high = 1000 * LINLI_POINT,
      .label = { "分值", "points" }, .help = { "本区间的得分", "what the interval gives" } },
};
/* A scheme offers the first five, six or all eight. */
static const linli_option linli_judged_rows[] = {
    { .name = "code", .type = LINLI_OPT_CODE, .required = true, .offset = offsetof(linli_judged, code),
      .label = { "代码", "code" }, .help = { "评分记录使用的代码", "the code marks are filed under" } },
    { .name = "name", .type = LINLI_OPT_TEXT, .required = true, .offset = offsetof(linli_judged, name),
      .label = { "名称", "name" }, .help = { "评委和公众看到的名称", "what members and the public read" } },
    { .name = "weight", .type = LINLI_OPT_RATE, .required = true, .offset = offsetof(linli_judged, weight), .low = 1, .high = LINLI_WHOLE,
      .label = { "权重", "weight" }, .help = { "占总分的比例", "its part of the total" } },
    { .name = "max", .type = LINLI_OPT_POINTS, .offset = offsetof(linli_judged, most), .low = LINLI_POINT, .high = 1000 * LINLI_POINT, .initial = "100",
      .label = { "满分", "most points" }, .help = { "评委可给的最高分，折合为 100 分计算", "the most a member can give; counts as 100" } },
    { .name = "objective", .type = LINLI_OPT_BOOL, .offset = offsetof(linli_judged, objective), .initial = "false",
      .label = { "客观因素", "objective" }, .help = { "全体评委的评分应当一致", "all members must find the same" } },
    { .name = "least", .type = LINLI_OPT_POINTS, .offset = offsetof(linli_judged, least), .low = 0, .high = 1000 * LINLI_POINT, .initial = "0",
      .label = { "最低得分", "least points" }, .help = { "平均低于此分的不再参加比较", "a bid with less on average is compared no further" } },
    { .name = "field", .type = LINLI_OPT_CODE, .offset = offsetof(linli_judged, field),
      .label = { "响应字段", "field" }, .help = { "按此字段的响应值和区间计分，评委不打分", "its offer is scored by the intervals; nobody marks it" } },
    { .name = "levels", .type = LINLI_OPT_LIST, .offset = offsetof(linli_judged, levels), .low = 0, .high = 40,
      .item = linli_level_rows, .item_count = 2, .item_size = sizeof(linli_level),
      .label = { "区间", "intervals" }, .help = { "指标有区间规定的，各区间设置不同分值；低于最低区间得 0 分", "where an indicator has intervals, the points of each; below the lowest 0" } },
};
/* clang-format on */

static inline void linli_levels_check(linli_faults *f, const linli_judged *c, size_t at)
{
    const linli_level *l = (const linli_level *)c->levels.items;
    const char *path = linli_pointer(f, "/criteria", at, "levels");

    if (c->field && c->levels.count == 0)
        linli_blame(f, path, (linli_line){.message = LINLI_M_LEVELS_NONE});
    for (size_t i = 0; i < c->levels.count; i++) {
        if (i > 0 && l[i].from <= l[i - 1].from)
            linli_blame(f, path, (linli_line){.message = LINLI_M_LEVELS_ORDER});
        if (l[i].points.micro > c->most.micro)
            linli_blame(f, path,
                        LINLI_LINE(LINLI_M_LEVELS_HIGH, linli_score(l[i].points), linli_score(c->most)));
        for (size_t j = 0; j < i; j++)
            if (l[i].points.micro == l[j].points.micro) {
                linli_blame(f, path, LINLI_LINE(LINLI_M_LEVELS_SAME, linli_score(l[i].points)));
                break;
            }
    }
}

/* A finding the plan asks for before the evaluation qualifies a bid; it may not be scored as well. */
static inline bool linli_qualifies(const linli_facts *facts, const char *code)
{
    for (size_t i = 0; facts->plan && i < facts->plan->check_count; i++)
        if (linli_same(facts->plan->checks[i].code, code))
            return true;
    return false;
}

/* Do bidders state this field?  Before there is a plan nobody can tell. */
static inline bool linli_stated_by_plan(const linli_facts *facts, const char *code)
{
    for (size_t i = 0; facts->plan && i < facts->plan->field_count; i++)
        if (linli_same(facts->plan->fields[i].code, code))
            return true;
    return !facts->plan;
}

/* Codes apart, weights that add up with `others` to 100%, levels in order.  `kept`: codes that are
 * computed, NULL-ended. */
static inline void linli_judged_check(linli_faults *f, const linli_facts *facts, linli_list list,
                                      int64_t others, const char *const *kept)
{
    const linli_judged *c = (const linli_judged *)list.items;
    int64_t sum = others;

    for (size_t i = 0; i < list.count; i++) {
        if (!linli_add(sum, c[i].weight.ppm, &sum))
            f->status = LINLI_RANGE;
        for (const char *const *k = kept; *k; k++)
            if (strcmp(c[i].code, *k) == 0)
                linli_blame(f, "/criteria", LINLI_LINE(LINLI_M_CODE_KEPT, linli_named(c[i].code)));
        for (size_t j = 0; j < i; j++)
            if (strcmp(c[i].code, c[j].code) == 0) {
                linli_blame(f, "/criteria", LINLI_LINE(LINLI_M_CODE_TWICE, linli_named(c[i].code)));
                break;
            }
        if (linli_qualifies(facts, c[i].code))
            linli_blame(f, linli_pointer(f, "/criteria", i, "code"),
                        LINLI_LINE(LINLI_M_QUALIFIES, linli_named(c[i].code)));
        if (c[i].field && !linli_stated_by_plan(facts, c[i].field))
            linli_blame(f, linli_pointer(f, "/criteria", i, "field"),
                        LINLI_LINE(LINLI_M_FIELD_NONE, linli_named(c[i].field)));
        if (c[i].least.micro > c[i].most.micro)
            linli_blame(f, linli_pointer(f, "/criteria", i, "least"),
                        LINLI_LINE(LINLI_M_LEAST_HIGH, linli_score(c[i].least), linli_score(c[i].most)));
        linli_levels_check(f, &c[i], i);
    }
    if (sum != LINLI_WHOLE)
        linli_blame(f, "/criteria", LINLI_LINE(LINLI_M_WEIGHTS, linli_percent((linli_rate){sum})));
}

static inline bool linli_judged_known(linli_list list, const char *code)
{
    const linli_judged *c = (const linli_judged *)list.items;

    for (size_t i = 0; i < list.count; i++)
        if (linli_same(c[i].code, code))
            return true;
    return false;
}

/* "" or a code that some criterion has. */
static inline void linli_tie_check(linli_faults *f, linli_list list, const char *tie)
{
    if (tie && *tie && !linli_judged_known(list, tie))
        linli_blame(f, "/tie_criterion", LINLI_LINE(LINLI_M_TIE_UNKNOWN, linli_named(tie)));
}

/* What is asked of whom; price_ppm < 0: no price is looked at. */
static inline linli_status linli_judged_criteria(linli_ask *ask, linli_list list, int64_t price_ppm,
                                                 linli_criteria *out)
{
    const linli_judged *c = (const linli_judged *)list.items;
    linli_criterion *all = LINLI_NEW(ask, linli_criterion, list.count + 1);
    size_t n = 0;

    if (!all)
        return LINLI_NOMEM;
    if (price_ppm >= 0)
        all[n++] = (linli_criterion){.code = "price",
                                     .name = {"价格", "price"},
                                     .by = LINLI_BY_RULE,
                                     .unit = LINLI_UNIT_MONEY,
                                     .objective = true,
                                     .weight = {price_ppm},
                                     .low = 1,
                                     .high = INT64_MAX,
                                     .step = 1};
    for (size_t i = 0; i < list.count; i++)
        all[n++] = (linli_criterion){.code = c[i].code,
                                     .name = c[i].name,
                                     .by = c[i].field ? LINLI_BY_RULE : LINLI_BY_JUDGES,
                                     .unit = c[i].field ? LINLI_UNIT_COUNT : LINLI_UNIT_POINTS,
                                     .objective = c[i].objective || c[i].field,
                                     .weight = c[i].weight,
                                     .high = c[i].field ? INT64_MAX : c[i].most.micro,
                                     .step = c[i].field ? 1 : LINLI_POINT / 100};
    *out = (linli_criteria){.items = all, .count = n};
    return LINLI_OK;
}

/* ---- a comparison --------------------------------------------------------------- */

/* What judges gave one bid on one criterion; first: index into values where they were kept. */
typedef struct linli_tally {
    int64_t members, sum, low, high;
    size_t first;
    bool between; /* a mark is no interval's points */
} linli_tally;

enum { LINLI_RANK_KEYS = 6 };

/* A bid while it is compared. */
typedef struct linli_entry {
    const linli_bid *bid;
    linli_result *result;
    linli_money compared;
    bool out, unsettled;
    linli_points technical;       /* sum of the judged parts */
    int64_t key[LINLI_RANK_KEYS]; /* what linli_by_keys ranks on, the larger first */
} linli_entry;

typedef struct linli_comparison {
    linli_ask *ask;
    const linli_facts *facts;
    linli_status status;
    linli_entry *list; /* by key of the bid */
    size_t count;
    linli_result *results;
    size_t parts_most;
    linli_tally *tallies; /* of entry i and criterion k: [i * criteria + k] */
    size_t criteria;
    linli_rate outlier; /* marks further from the mean than this part of the most are shown; 0: none */
    int64_t *values;    /* each single mark, where asked for */
    uint64_t *by;
} linli_comparison;

static inline void linli_fail(linli_comparison *s, linli_status status)
{
    if (s->status == LINLI_OK)
        s->status = status;
}

static inline void linli_tell(linli_comparison *s, linli_entry *e, linli_line line)
{
    if (s->status == LINLI_OK && !linli_say(s->ask, &e->result->why, line))
        s->status = LINLI_NOMEM;
}

static inline void linli_explain(linli_comparison *s, linli_part *part, linli_line line)
{
    if (s->status == LINLI_OK && !linli_say(s->ask, &part->why, line))
        s->status = LINLI_NOMEM;
}

static inline const linli_bid *linli_bid_at(const linli_facts *facts, uint64_t key)
{
    return key >= 1 && key <= facts->bid_count && facts->bids[key - 1].key == key ? &facts->bids[key - 1]
                                                                                  : linli_bid_of(facts, key);
}

/* The admitted bids by key, with room for `parts` parts each. */
static inline void linli_compare_open(linli_comparison *s, linli_ask *ask, const linli_facts *facts,
                                      const linli_admissions *admitted, size_t parts)
{
    linli_part *room = LINLI_NEW(ask, linli_part, admitted->count * parts);

    *s = (linli_comparison){.ask = ask,
                            .facts = facts,
                            .parts_most = parts,
                            .list = LINLI_NEW(ask, linli_entry, admitted->count),
                            .results = LINLI_NEW(ask, linli_result, admitted->count)};
    if (!s->list || !s->results || !room) {
        s->status = LINLI_NOMEM;
        return;
    }
    for (size_t i = 0; i < admitted->count; i++) {
        const linli_bid *bid = linli_bid_at(facts, admitted->items[i].bid);
        size_t at = s->count;

        if (!admitted->items[i].admitted)
            continue;
        if (!bid || bid->price.minor < 0 || bid->price.minor >= INT64_C(1) << 47) {
            s->status = LINLI_FACTS;
            return;
        }
        for (; at > 0 && s->list[at - 1].bid->key > bid->key; at--)
            s->list[at] = s->list[at - 1];
        if (at > 0 && s->list[at - 1].bid == bid) {
            s->status = LINLI_FACTS;
            return;
        }
        s->list[at] = (linli_entry){.bid = bid, .compared = bid->price};
        s->count++;
    }
    for (size_t i = 0; i < s->count; i++) {
        s->list[i].result = &s->results[i];
        s->results[i] = (linli_result){.bid = s->list[i].bid->key, .parts = room + i * parts};
    }
}

static inline linli_part *linli_part_new(linli_comparison *s, linli_entry *e, const char *code)
{
    linli_part *all = (linli_part *)(uintptr_t)e->result->parts;

    if (e->result->part_count >= s->parts_most) {
        linli_fail(s, LINLI_RANGE);
        return &all[0];
    }
    all[e->result->part_count] = (linli_part){.criterion = code};
    return &all[e->result->part_count++];
}

/* Where a key stands in the list, or count. */
static inline size_t linli_entry_at(const linli_comparison *s, uint64_t key)
{
    size_t low = 0, high = s->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->list[middle].bid->key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < s->count && s->list[low].bid->key == key ? low : s->count;
}

/* ---- marks ------------------------------------------------------------------------ */

/* Goes through the marks once; they come sorted, so that the last bid and criterion are tried first. */
typedef struct linli_reader {
    const linli_judged *c;
    size_t count, at, k;
    uint64_t bid;
} linli_reader;

static inline linli_tally *linli_tally_of(linli_comparison *s, linli_reader *r, const linli_mark *m)
{
    if (m->tranche)
        return NULL;
    if (m->bid != r->bid) {
        r->bid = m->bid;
        r->at = linli_entry_at(s, m->bid);
    }
    if (r->at == s->count)
        return NULL;
    if (r->k >= r->count || strcmp(r->c[r->k].code, m->criterion) != 0)
        for (r->k = 0; r->k < r->count && strcmp(r->c[r->k].code, m->criterion) != 0;)
            r->k++;
    return r->k < r->count ? &s->tallies[r->at * s->criteria + r->k] : NULL;
}

static inline void linli_values_keep(linli_comparison *s, linli_reader *r)
{
    size_t total = 0;
    size_t *next = LINLI_NEW(s->ask, size_t, s->count * s->criteria);

    s->values = LINLI_NEW(s->ask, int64_t, s->facts->mark_count);
    s->by = LINLI_NEW(s->ask, uint64_t, s->facts->mark_count);
    if (!s->values || !s->by || !next) {
        linli_fail(s, LINLI_NOMEM);
        return;
    }
    for (size_t i = 0; i < s->count * s->criteria; i++) {
        s->tallies[i].first = next[i] = total;
        total += (size_t)s->tallies[i].members;
    }
    for (size_t i = 0; i < s->facts->mark_count; i++) {
        const linli_mark *m = &s->facts->marks[i];
        const linli_tally *t = linli_tally_of(s, r, m);

        if (!t)
            continue;
        s->values[next[t - s->tallies]] = m->value;
        s->by[next[t - s->tallies]++] = m->by;
    }
}

static inline bool linli_is_level(const linli_judged *c, int64_t micro)
{
    const linli_level *l = (const linli_level *)c->levels.items;

    for (size_t i = 0; i < c->levels.count; i++)
        if (l[i].points.micro == micro)
            return true;
    return c->levels.count == 0 || micro == 0;
}

/* Adds up the marks of every bid on every criterion; `keep` each one too where it is asked for. */
static inline void linli_marks_read(linli_comparison *s, linli_list criteria, bool keep)
{
    linli_reader r = {(const linli_judged *)criteria.items, criteria.count, 0, 0, 0};

    s->criteria = criteria.count;
    if (s->status == LINLI_OK)
        s->tallies = LINLI_NEW(s->ask, linli_tally, s->count * criteria.count);
    if (!s->tallies) {
        linli_fail(s, LINLI_NOMEM);
        return;
    }
    for (size_t i = 0; i < s->facts->mark_count; i++) {
        const linli_mark *m = &s->facts->marks[i];
        linli_tally *t = linli_tally_of(s, &r, m);

        if (!t)
            continue;
        if (!linli_add(t->sum, m->value, &t->sum)) {
            linli_fail(s, LINLI_RANGE);
            return;
        }
        t->low = t->members == 0 || m->value < t->low ? m->value : t->low;
        t->high = t->members == 0 || m->value > t->high ? m->value : t->high;
        t->between |= !linli_is_level(&r.c[r.k], m->value);
        t->members++;
    }
    if (keep)
        linli_values_keep(s, &r);
}

static inline linli_tally *linli_tally_at(const linli_comparison *s, const linli_entry *e, size_t k)
{
    return &s->tallies[(size_t)(e - s->list) * s->criteria + k];
}

/* The offer of the last round; NULL: none. */
static inline const linli_offer *linli_offer_of(const linli_facts *facts, uint64_t bid, const char *field)
{
    const linli_offer *last = NULL;

    for (size_t i = 0; i < facts->offer_count; i++)
        if (facts->offers[i].bid == bid && linli_same(facts->offers[i].field, field) &&
            (!last || facts->offers[i].round > last->round))
            last = &facts->offers[i];
    return last;
}

/* In statutory procurement, the article what was said of a bid rests on. */
static inline void linli_tell_law(linli_comparison *s, linli_entry *e, uint32_t message)
{
    if (s->facts->tender->regime == LINLI_STATUTORY)
        linli_tell(s, e, (linli_line){.message = message});
}

/* Marks that cannot stand: said, and the bid waits for their correction. */
static inline bool linli_marks_stand(linli_comparison *s, linli_entry *e, const linli_judged *c, size_t k,
                                     linli_part *part)
{
    const linli_tally *t = linli_tally_at(s, e, k);
    linli_line line = LINLI_LINE(LINLI_M_NO_MARKS, linli_named(c->code));

    if (t->members > 0 && (t->low < 0 || t->high > c->most.micro))
        line = LINLI_LINE(LINLI_M_MARK_RANGE, linli_named(c->code), linli_score((linli_points){t->low}),
                          linli_score((linli_points){t->high}), linli_score(c->most));
    else if (t->members > 0 && c->objective && t->low != t->high)
        line = LINLI_LINE(LINLI_M_DIFFER, linli_named(c->code), linli_score((linli_points){t->low}),
                          linli_score((linli_points){t->high}));
    else if (t->members > 0 && t->between)
        line = LINLI_LINE(LINLI_M_MARK_LEVEL, linli_named(c->code));
    else if (t->members > 0)
        return true;
    linli_explain(s, part, line);
    linli_tell(s, e, line);
    if (line.message != LINLI_M_NO_MARKS)
        linli_tell_law(s, e, line.message == LINLI_M_MARK_LEVEL ? LINLI_M_BY_LEVELS : LINLI_M_BY_REVIEW);
    e->unsettled = true;
    return false;
}

/* The points of the interval the offer lies in stand for the one mark. */
static inline void linli_level_mark(linli_comparison *s, linli_entry *e, const linli_judged *c,
                                    linli_tally *t, int64_t *ret_offered)
{
    const linli_offer *o = linli_offer_of(s->facts, e->bid->key, c->field);
    const linli_level *l = (const linli_level *)c->levels.items;

    *t = (linli_tally){.members = 1};
    *ret_offered = o ? o->value : -1;
    for (size_t i = 0; o && i < c->levels.count && l[i].from <= o->value; i++)
        t->sum = l[i].points.micro;
    t->low = t->high = t->sum;
}

/* The mark furthest from the mean is shown where it is further than is usual; it is never left out. */
static inline void linli_outlier(linli_comparison *s, linli_part *part, const linli_judged *c,
                                 const linli_tally *t)
{
    linli_wide up = (linli_wide)t->high * t->members - t->sum,
               down = t->sum - (linli_wide)t->low * t->members;
    linli_points mean = {t->sum / t->members}, mark = {up > down ? t->high : t->low};

    if (s->outlier.ppm > 0 &&
        (up > down ? up : down) * LINLI_WHOLE > (linli_wide)c->most.micro * t->members * s->outlier.ppm)
        linli_explain(s, part,
                      LINLI_LINE(LINLI_M_OUTLIER, linli_score(mark), linli_score(mean), linli_score(c->most),
                                 linli_percent(s->outlier)));
}

/* The average out of 100, sum * 100 / (members * most), and that times the weight: each rounded once.
 * False: the bid waits, or went out for too few points. */
static inline bool linli_judge(linli_comparison *s, linli_entry *e, const linli_judged *c, size_t k,
                               linli_places places)
{
    linli_part *part = linli_part_new(s, e, c->code);
    linli_tally *t = linli_tally_at(s, e, k);
    linli_wide n, d;
    int64_t offered = 0;

    if (c->field)
        linli_level_mark(s, e, c, t, &offered);
    else if (!linli_marks_stand(s, e, c, k, part))
        return false;
    n = (linli_wide)t->sum * 100;
    d = (linli_wide)t->members * c->most.micro;
    if (!linli_keep(places, n * LINLI_POINT, d, &part->raw) ||
        !linli_keep(places, n * c->weight.ppm, d, &part->points))
        linli_fail(s, LINLI_RANGE);
    if (c->field && offered < 0)
        linli_explain(s, part, LINLI_LINE(LINLI_M_NO_OFFER, linli_named(c->field)));
    else
        linli_explain(
            s, part,
            (linli_line){c->field ? LINLI_M_LEVEL : LINLI_M_MARKS,
                         6,
                         {linli_count(c->field ? offered : t->members), linli_score((linli_points){t->sum}),
                          linli_score(c->most), linli_score(part->raw), linli_percent(c->weight),
                          linli_score(part->points)}});
    if (!c->field)
        linli_outlier(s, part, c, t);
    e->technical.micro += part->points.micro;
    if ((linli_wide)t->sum >= (linli_wide)t->members * c->least.micro)
        return true;
    e->out = true;
    linli_tell(s, e,
               LINLI_LINE(LINLI_M_BELOW_LEAST, linli_named(c->code),
                          linli_score((linli_points){t->sum / t->members}), linli_score(c->least)));
    return false;
}

static inline void linli_judge_all(linli_comparison *s, linli_entry *e, linli_list criteria,
                                   linli_places places)
{
    const linli_judged *c = (const linli_judged *)criteria.items;

    for (size_t k = 0; k < criteria.count && s->status == LINLI_OK; k++)
        linli_judge(s, e, &c[k], k, places);
}

/* Members found to have an interest in a bid (the finding "conflict", made or declared by them) and
 * who marked it all the same. */
static inline void linli_conflicts(linli_comparison *s)
{
    const linli_facts *f = s->facts;

    for (size_t i = 0; i < f->check_count; i++) {
        const linli_check *c = &f->checks[i];
        size_t at = c->passed && strcmp(c->rule, "conflict") == 0 ? linli_entry_at(s, c->bid) : s->count;

        for (size_t m = 0; at < s->count && m < f->mark_count; m++)
            if (f->marks[m].bid == c->bid && f->marks[m].by == c->by && !f->marks[m].tranche) {
                linli_tell(s, &s->list[at], LINLI_LINE(LINLI_M_CONFLICT, linli_count(1)));
                linli_tell_law(s, &s->list[at], LINLI_M_BY_REPLACING);
                s->list[at].unsettled = true;
                break;
            }
    }
}

/* Codes of findings each bid must have passed; who failed one is out. */
static inline void linli_gates(linli_comparison *s, linli_list gates)
{
    const char *const *code = (const char *const *)gates.items;

    for (size_t i = 0; i < s->count; i++)
        for (size_t g = 0; g < gates.count; g++) {
            size_t yes = 0, no = 0;

            for (size_t c = 0; c < s->facts->check_count; c++)
                if (s->facts->checks[c].bid == s->list[i].bid->key &&
                    strcmp(s->facts->checks[c].rule, code[g]) == 0)
                    s->facts->checks[c].passed ? yes++ : no++;
            if (no > 0 && yes <= no) {
                linli_tell(s, &s->list[i], LINLI_LINE(LINLI_M_GATE, linli_named(code[g])));
                s->list[i].out = true;
            }
        }
}

/* ---- ranking ---------------------------------------------------------------------- */

/* compare(level) > 0: a is better by the level-th rule; where every level is level, the rank is shared.
 * said[level] is told to those whom a level after the first decided, said[levels] to those who share. */
typedef struct linli_ranking {
    const void *context;
    int (*compare)(const void *context, const linli_entry *a, const linli_entry *b, int32_t level);
    int32_t levels;
    const linli_line *said;
} linli_ranking;

static inline int linli_by_keys(const void *context, const linli_entry *a, const linli_entry *b,
                                int32_t level)
{
    (void)context;
    return linli_sign(a->key[level], b->key[level]);
}

/* The first level that tells a from b, or levels. */
static inline int32_t linli_decided(const linli_ranking *r, const linli_entry *a, const linli_entry *b,
                                    int *sign)
{
    int32_t level = 0;

    for (*sign = 0; level < r->levels; level++)
        if ((*sign = r->compare(r->context, a, b, level)) != 0)
            return level;
    return level;
}

/* Merges runs of growing size; equals stay in the order of their keys. */
static inline void linli_sort(const linli_ranking *r, linli_entry **list, linli_entry **spare, size_t count)
{
    for (size_t run = 1; run < count; run *= 2)
        for (size_t from = 0; from < count; from += 2 * run) {
            size_t middle = from + run < count ? from + run : count;
            size_t end = middle + run < count ? middle + run : count, a = from, b = middle;

            for (size_t i = from; i < end; i++) {
                int sign = 1;
                if (a < middle && b < end)
                    (void)linli_decided(r, list[a], list[b], &sign);
                spare[i] = b >= end || (a < middle && sign >= 0) ? list[a++] : list[b++];
            }
            memcpy(&list[from], &spare[from], (end - from) * sizeof *list);
        }
}

/* Of a neighbour's rules, those that also tell its other neighbours from one beyond a level. */
static inline uint32_t linli_beyond(uint32_t rules, int32_t level)
{
    uint32_t below = (UINT32_C(1) << level) - 1;

    return (rules & below) | UINT32_C(1) << level;
}

/* Ranks 1, 1, 3 for those neither out nor waiting.  *ret: them, best first. */
static inline size_t linli_rank(linli_comparison *s, const linli_ranking *r, linli_entry ***ret)
{
    linli_entry **list = LINLI_NEW(s->ask, linli_entry *, s->count);
    linli_entry **spare = LINLI_NEW(s->ask, linli_entry *, s->count);
    uint32_t *used = LINLI_NEW(s->ask, uint32_t, s->count + 1);
    size_t n = 0;
    uint32_t rules = 0;
    int sign;

    if (!list || !spare || !used)
        linli_fail(s, LINLI_NOMEM);
    if (s->status != LINLI_OK)
        return 0;
    for (size_t i = 0; i < s->count; i++)
        if (!s->list[i].out && !s->list[i].unsettled)
            list[n++] = &s->list[i];
    linli_sort(r, list, spare, n);
    for (size_t i = 0; i < n; i++) {
        int32_t level = i > 0 ? linli_decided(r, list[i - 1], list[i], &sign) : 0;

        rules = i > 0 ? linli_beyond(rules, level) : 0;
        used[i] = rules;
        list[i]->result->rank = level == r->levels ? list[i - 1]->result->rank : (int32_t)i + 1;
    }
    rules = 0;
    for (size_t i = n; i-- > 0;) {
        if (i + 1 < n)
            rules = linli_beyond(rules, linli_decided(r, list[i], list[i + 1], &sign));
        used[i] |= rules;
        for (int32_t level = 1; level <= r->levels; level++)
            if (used[i] >> level & 1)
                linli_tell(s, list[i], r->said[level]);
    }
    if (ret)
        *ret = list;
    return n;
}

/* Each total is the sum of the published parts. */
static inline void linli_totals(linli_comparison *s)
{
    for (size_t i = 0; s->status == LINLI_OK && i < s->count; i++) {
        linli_result *r = s->list[i].result;

        r->total.micro = 0;
        for (size_t p = 0; p < r->part_count; p++)
            if (!linli_add(r->total.micro, r->parts[p].points.micro, &r->total.micro))
                linli_fail(s, LINLI_RANGE);
    }
}

/* The standings and the answer as a whole. */
static inline linli_status linli_compare_close(linli_comparison *s, int32_t kind, linli_evaluation *out)
{
    int64_t waiting = 0;

    for (size_t i = 0; s->status == LINLI_OK && i < s->count; i++) {
        const linli_entry *e = &s->list[i];

        e->result->standing = e->out ? LINLI_OUT : e->unsettled ? LINLI_EXPLAIN : LINLI_RANKED;
        e->result->compared = e->compared;
        waiting += e->result->standing == LINLI_EXPLAIN;
    }
    out->kind = kind;
    out->items = s->results;
    out->count = s->count;
    if (s->status == LINLI_OK && waiting > 0 &&
        !linli_say(s->ask, &out->why, LINLI_LINE(LINLI_M_PROVISIONAL, linli_count(waiting))))
        s->status = LINLI_NOMEM;
    return s->status;
}

#endif /* LINLI_SCORE_H */
