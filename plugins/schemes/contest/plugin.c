/*
 * contest - 路演评审: judges, the public and donations each give a share of the
 * points; bonuses come on top; grants follow the order until the money is spent.
 *
 * A judge's total is the sum of the weighted marks.  Of the totals of a bid the
 * `trim` highest and lowest are left out, where at least `trim_from` judges gave
 * one, and the mean of the others counts.  In on-line votes, on-site votes and
 * donations the best has 100 and the others in proportion.  Each part is rounded
 * once.
 */
#include "linli/score.h"

enum { BY_PUBLIC, BY_EXPERTS, BY_DONATIONS, BY_EARLIER, BY_NUMBER, TIES };
enum { AMOUNT_OF_MECHANISM, AMOUNT_ASKED, AMOUNT_GRADE, AMOUNT_PANEL, AMOUNT_FORMULA };

struct bonus {
    const char *check;
    linli_points points;
};

struct grade {
    const char *code;
    linli_text name;
    linli_points from;
    int64_t places;
    linli_money grant;
};

struct options {
    linli_list criteria, bonuses, grades, ties;
    int64_t trim, trim_from, places_most;
    linli_places places;
    linli_rate expert_share, public_share, donation_share, online_share;
    const char *donation_field;
    linli_money raised_per;
    linli_points raised_most, pass;
    int32_t amount;
    linli_rate grant_share;
    linli_money cap;
};

enum {
    M_SHARES = LINLI_SCORE_SAYS,
    M_LAW,
    M_TRIM_LAW,
    M_TRIM_FROM,
    M_GRADES_NONE,
    M_GRADES_ORDER,
    M_RAISED_PER,
    M_TIE_TWICE,
    M_MISSING,
    M_TOTAL,
    M_DROPPED,
    M_FEW,
    M_EXPERTS,
    M_VOTES,
    M_DONATED,
    M_RAISED,
    M_BONUS,
    M_PASS,
    M_AMOUNT_NONE,
    M_ASKED,
    M_GRADE,
    M_NO_GRADE,
    M_PANEL,
    M_FORMULA,
    M_CAPPED,
    M_GRANTED,
    M_NO_FIT,
    M_NO_PLACE,
    M_BY_PUBLIC,
    M_BY_EXPERTS,
    M_BY_DONATIONS,
    M_BY_EARLIER,
    M_BY_NUMBER,
    M_BY_DRAW,
    M_TIED,
    M_SPENT,
    MESSAGES
};

/* clang-format off */
static const linli_message messages[MESSAGES] = {
    LINLI_SCORE_MESSAGES(NULL),
    [M_SHARES]       = { "shares", { "专家、公众与募捐的比例合计为 {1}，应为 100%", "the shares of judges, public and donations add up to {1}, not 100%" }, NULL },
    [M_LAW]          = { "not_statutory", { "政府采购应采用最低评标价法或综合评分法，不得采用本方法", "statutory procurement goes by the lowest price or by comprehensive scoring, not by this" }, "财政部令第87号 §53" },
    [M_TRIM_LAW]     = { "trim_law", { "政府采购评审不得去掉最高分和最低分，异常评分由复核处理", "in statutory procurement no marks are left out: those that stand out are reviewed" }, "财政部令第87号 §64" },
    [M_TRIM_FROM]    = { "trim_from", { "去掉最高、最低各 {1} 个，至少要有 {2} 个评分", "leaving out {1} at each end needs at least {2} totals" }, NULL },
    [M_GRADES_NONE]  = { "grades_none", { "按等次资助应当设置等次", "grants by grade need grades" }, NULL },
    [M_GRADES_ORDER] = { "grades_order", { "等次应当从高到低排列", "grades go from the highest down" }, NULL },
    [M_RAISED_PER]   = { "raised_per", { "募捐加分应当写明多少元加一分", "points for money raised need to say how much money a point is" }, NULL },
    [M_TIE_TWICE]    = { "tie_twice", { "并列规则重复", "a tie rule is named twice" }, NULL },
    [M_MISSING]      = { "missing", { "评委 {1} 人，评分 {2} 项，应为 {3} 项：补全前不排名", "{1} judges gave {2} marks where {3} are needed: no rank before they are all there" }, NULL },
    [M_TOTAL]        = { "total", { "第 {1} 高的评委总分 {2}", "judges' total number {1} from the top: {2}" }, NULL },
    [M_DROPPED]      = { "dropped", { "第 {1} 高的评委总分 {2}，作为最高分或最低分去掉", "judges' total number {1} from the top: {2}, left out as one of the extremes" }, NULL },
    [M_FEW]          = { "few_judges", { "有项目的评分只有 {1} 个，不足 {2} 个，各项目均不去掉最高分和最低分", "a project has only {1} totals where {2} are needed: of none is any left out" }, NULL },
    [M_EXPERTS]      = { "experts", { "计入 {1} 个，合计 {2}，平均 {3} × {4} = {5}", "{1} totals count, {2} in all: mean {3} * {4} = {5}" }, NULL },
    [M_VOTES]        = { "votes", { "得票 {1}，最高 {2}：{1} ÷ {2} × 100 = {3}，× {4} = {5}", "{1} votes, the most is {2}: {1} / {2} * 100 = {3}, * {4} = {5}" }, NULL },
    [M_DONATED]      = { "donated", { "募捐 {1}，最高 {2}：{1} ÷ {2} × 100 = {3}，× {4} = {5}", "donations {1}, the most is {2}: {1} / {2} * 100 = {3}, * {4} = {5}" }, NULL },
    [M_RAISED]       = { "raised", { "募捐 {1}，每 {2} 加 1 分，最多 {3}：加 {4}", "donations {1}, a point for each {2}, at most {3}: {4} more" }, NULL },
    [M_BONUS]        = { "bonus", { "{1}：加 {2}", "{1}: {2} more" }, NULL },
    [M_PASS]         = { "pass", { "总分 {1}，低于入围线 {2}", "its total {1} is below the line, {2}" }, NULL },
    [M_AMOUNT_NONE]  = { "amount_none", { "评审组尚未评议金额", "the panel has not named an amount" }, NULL },
    [M_ASKED]        = { "asked", { "按申请金额 {1}", "the amount asked, {1}" }, NULL },
    [M_GRADE]        = { "grade", { "等次 {1}，定额 {2}", "grade {1}, a fixed {2}" }, NULL },
    [M_NO_GRADE]     = { "no_grade", { "总分 {1} 未达到任何有余额的等次", "its total {1} reaches no grade with a place left" }, NULL },
    [M_PANEL]        = { "panel", { "{1} 位评委评议金额，平均 {2}", "{1} judges named an amount, on average {2}" }, NULL },
    [M_FORMULA]      = { "formula", { "预算 {1} × {2} = {3}", "its budget {1} * {2} = {3}" }, NULL },
    [M_CAPPED]       = { "capped", { "不超过上限 {1}", "no more than the cap, {1}" }, NULL },
    [M_GRANTED]      = { "granted", { "资助 {1}，余 {2}", "granted {1}; {2} is left" }, NULL },
    [M_NO_FIT]       = { "no_fit", { "需 {1}，超过余额 {2}", "it needs {1} and {2} is left" }, NULL },
    [M_NO_PLACE]     = { "no_place", { "名额 {1} 个已满", "all {1} places are taken" }, NULL },
    [M_BY_PUBLIC]    = { "by_public", { "总分相同，公众得分高者在先", "equal totals: more points from the public go first" }, NULL },
    [M_BY_EXPERTS]   = { "by_experts", { "总分相同，专家得分高者在先", "equal totals: more points from the judges go first" }, NULL },
    [M_BY_DONATIONS] = { "by_donations", { "总分相同，募捐多者在先", "equal totals: more donations go first" }, NULL },
    [M_BY_EARLIER]   = { "by_earlier", { "总分相同，先提交者在先", "equal totals: who handed in earlier goes first" }, NULL },
    [M_BY_NUMBER]    = { "by_number", { "总分相同，编号小者在先", "equal totals: the lower number goes first" }, NULL },
    [M_BY_DRAW]      = { "by_draw", { "总分相同，由公开抽取确定", "equal totals, settled by public draw" }, NULL },
    [M_TIED]         = { "tied", { "并列且影响资助，待公开抽取", "a tie that matters for the grants: a public draw is needed" }, NULL },
    [M_SPENT]        = { "spent", { "{1} 个项目获资助，共 {2}，余 {3}", "{1} projects are granted {2}; {3} is left" }, NULL },
};

static const linli_text amount_labels[] = { { "由机制确定", "settled by the mechanism" }, { "申请金额", "the amount asked" }, { "等次定额", "fixed by grade" }, { "评审组评议", "named by the panel" }, { "按公式", "by formula" }, { NULL, NULL } };
static const char *const amount_codes[] = { "none", "asked", "grades", "panel", "formula", NULL };
static const linli_text tie_labels[]    = { { "公众得分", "points from the public" }, { "专家得分", "points from judges" }, { "募捐额", "donations" }, { "先提交", "earlier" }, { "编号小", "lower number" }, { NULL, NULL } };
static const char *const tie_codes[]    = { "public", "experts", "donations", "earlier", "number", NULL };
static const linli_option tie_rows[] = {
    { .name = "", .type = LINLI_OPT_CHOICE, .required = true, .offset = 0, .low = 0, .high = TIES - 1, .choices = tie_labels, .codes = tie_codes,
      .label = { "方法", "rule" }, .help = { "依次适用，最后公开抽取", "in this order, in the end a public draw" } },
};
static const linli_option bonus_rows[] = {
    { .name = "check", .type = LINLI_OPT_CODE, .required = true, .offset = offsetof(struct bonus, check),
      .label = { "依据", "check" }, .help = { "须通过的认定", "the finding it needs" } },
    { .name = "points", .type = LINLI_OPT_POINTS, .required = true, .offset = offsetof(struct bonus, points), .low = 1, .high = 100 * LINLI_POINT,
      .label = { "加分", "points" }, .help = { "加在总分上", "added to the total" } },
};
static const linli_option grade_rows[] = {
    { .name = "code", .type = LINLI_OPT_CODE, .required = true, .offset = offsetof(struct grade, code), .label = { "代码", "code" }, .help = { "等次代码", "code of the grade" } },
    { .name = "name", .type = LINLI_OPT_TEXT, .required = true, .offset = offsetof(struct grade, name), .label = { "名称", "name" }, .help = { "如一等", "such as first" } },
    { .name = "from", .type = LINLI_OPT_POINTS, .required = true, .offset = offsetof(struct grade, from), .low = 0, .high = 1000 * LINLI_POINT,
      .label = { "起点分", "from" }, .help = { "总分达到此分", "with this total" } },
    { .name = "places", .type = LINLI_OPT_COUNT, .offset = offsetof(struct grade, places), .low = 0, .high = 1000, .initial = "0",
      .label = { "名额", "places" }, .help = { "0 为不限", "0: any number" } },
    { .name = "grant", .type = LINLI_OPT_MONEY, .required = true, .offset = offsetof(struct grade, grant), .low = 1, .high = INT64_C(100000000000000),
      .label = { "定额", "grant" }, .help = { "本等次资助金额", "what the grade is granted" } },
};
static const linli_option table[] = {
    { .name = "criteria", .type = LINLI_OPT_LIST, .required = true, .offset = offsetof(struct options, criteria), .low = 1, .high = 40,
      .item = linli_judged_rows, .item_count = 4, .item_size = sizeof(linli_judged),
      .label = { "专家评分因素", "criteria of the judges" }, .help = { "权重合计 100%", "weights of 100%" } },
    { .name = "trim", .type = LINLI_OPT_COUNT, .offset = offsetof(struct options, trim), .low = 0, .high = 5, .initial = "1",
      .label = { "去掉最高、最低各几个", "left out at each end" }, .help = { "评委总分；0 为不去", "of judges' totals; 0: none" } },
    { .name = "trim_from", .type = LINLI_OPT_COUNT, .offset = offsetof(struct options, trim_from), .low = 0, .high = 100, .initial = "5",
      .label = { "至少几个评分才去", "needs totals" }, .help = { "不足时全部计入", "with fewer all count" } },
    LINLI_PLACES_ROWS(struct options, places, "2"),
    { .name = "expert_share", .type = LINLI_OPT_RATE, .offset = offsetof(struct options, expert_share), .low = 0, .high = LINLI_WHOLE, .initial = "100%",
      .label = { "专家比例", "share of judges" }, .help = { "三项合计 100%", "the three make 100%" } },
    { .name = "public_share", .type = LINLI_OPT_RATE, .offset = offsetof(struct options, public_share), .low = 0, .high = LINLI_WHOLE, .initial = "0%",
      .label = { "公众比例", "share of the public" }, .help = { "按得票折算", "by votes, the most being 100" } },
    { .name = "donation_share", .type = LINLI_OPT_RATE, .offset = offsetof(struct options, donation_share), .low = 0, .high = LINLI_WHOLE, .initial = "0%",
      .label = { "募捐比例", "share of donations" }, .help = { "按募捐额折算", "by donations, the most being 100" } },
    { .name = "online_share", .type = LINLI_OPT_RATE, .offset = offsetof(struct options, online_share), .low = 0, .high = LINLI_WHOLE, .initial = "40%",
      .label = { "网络票比例", "on-line part" }, .help = { "其余为现场票", "of the public's; the rest is on-site" } },
    { .name = "donation_field", .type = LINLI_OPT_CODE, .offset = offsetof(struct options, donation_field), .initial = "donations",
      .label = { "募捐额字段", "field of donations" }, .help = { "方案中的字段代码", "code of the plan's field" } },
    { .name = "raised_per", .type = LINLI_OPT_MONEY, .offset = offsetof(struct options, raised_per), .low = 0, .high = INT64_C(100000000000), .initial = "0.00",
      .label = { "募捐多少加一分", "money of a point" }, .help = { "0 为不加分", "0: no points for money raised" } },
    { .name = "raised_most", .type = LINLI_OPT_POINTS, .offset = offsetof(struct options, raised_most), .low = 0, .high = 100 * LINLI_POINT, .initial = "0",
      .label = { "募捐最多加分", "most points for it" }, .help = { "如 50", "such as 50" } },
    { .name = "bonuses", .type = LINLI_OPT_LIST, .offset = offsetof(struct options, bonuses), .low = 0, .high = 10,
      .item = bonus_rows, .item_count = 2, .item_size = sizeof(struct bonus),
      .label = { "专项加分", "bonuses" }, .help = { "通过认定即加", "for findings that passed" } },
    { .name = "pass", .type = LINLI_OPT_POINTS, .offset = offsetof(struct options, pass), .low = 0, .high = 1000 * LINLI_POINT, .initial = "0",
      .label = { "入围线", "line" }, .help = { "总分低于此分不资助", "below it nothing is granted" } },
    { .name = "amount", .type = LINLI_OPT_CHOICE, .offset = offsetof(struct options, amount), .low = 0, .high = 4, .initial = "none",
      .choices = amount_labels, .codes = amount_codes, .label = { "金额", "amount" }, .help = { "资助金额怎样定；none 为只排名次", "how the grant is set; none: an order and no grants" } },
    { .name = "grant_share", .type = LINLI_OPT_RATE, .offset = offsetof(struct options, grant_share), .low = 1, .high = LINLI_WHOLE, .initial = "60%",
      .label = { "公式比例", "share of the formula" }, .help = { "占项目预算的比例", "of the project's budget" } },
    { .name = "cap", .type = LINLI_OPT_MONEY, .offset = offsetof(struct options, cap), .low = 0, .high = INT64_C(100000000000000), .initial = "0.00",
      .label = { "单项上限", "cap" }, .help = { "0 为不限", "0: none" } },
    { .name = "places", .type = LINLI_OPT_COUNT, .offset = offsetof(struct options, places_most), .low = 0, .high = 1000, .initial = "0",
      .label = { "名额", "places" }, .help = { "0 为不限", "0: any number" } },
    { .name = "grades", .type = LINLI_OPT_LIST, .offset = offsetof(struct options, grades), .low = 0, .high = 10,
      .item = grade_rows, .item_count = 5, .item_size = sizeof(struct grade),
      .label = { "等次", "grades" }, .help = { "从高到低", "from the highest down" } },
    { .name = "ties", .type = LINLI_OPT_LIST, .offset = offsetof(struct options, ties), .low = 0, .high = 4,
      .item = tie_rows, .item_count = 1, .item_size = sizeof(int32_t),
      .label = { "总分相同时", "ties" }, .help = { "依次适用，最后公开抽取", "in this order, in the end a public draw" } },
};
/* clang-format on */

static const linli_judged amount_criterion = {
    .code = "amount", .name = {"建议金额", "amount"}, .most = {INT64_C(100000000000000)}};

/* The judges' criteria and, where the panel names the amounts, that one. */
static linli_list asked_of_judges(linli_ask *ask, const struct options *o)
{
    linli_judged *all = LINLI_NEW(ask, linli_judged, o->criteria.count + 1);

    if (o->amount != AMOUNT_PANEL || !all)
        return all ? o->criteria : (linli_list){NULL, 0};
    memcpy(all, o->criteria.items, o->criteria.count * sizeof *all);
    all[o->criteria.count] = amount_criterion;
    return (linli_list){all, o->criteria.count + 1};
}

/* ---- check and criteria --------------------------------------------------- */

static void check_grades(linli_faults *f, const struct options *o)
{
    const struct grade *g = o->grades.items;

    if (o->amount == AMOUNT_GRADE && o->grades.count == 0)
        linli_blame(f, "/grades", (linli_line){.message = M_GRADES_NONE});
    for (size_t i = 1; i < o->grades.count; i++)
        if (g[i].from.micro >= g[i - 1].from.micro)
            linli_blame(f, linli_pointer(f, "/grades", i, "from"), (linli_line){.message = M_GRADES_ORDER});
}

static linli_status check(linli_ask *ask, const void *options, const linli_facts *facts, linli_findings *out)
{
    static const char *const kept[] = {"amount", "experts", "online", "onsite", "donations", "raised", NULL};
    const struct options *o = options;
    const int32_t *tie = o->ties.items;
    linli_rate sum = {o->expert_share.ppm + o->public_share.ppm + o->donation_share.ppm};
    linli_faults f = {ask, out, LINLI_OK};

    linli_judged_check(&f, facts, o->criteria, 0, kept);
    if (sum.ppm != LINLI_WHOLE)
        linli_blame(&f, "/expert_share", LINLI_LINE(M_SHARES, linli_percent(sum)));
    if (facts->tender->regime == LINLI_STATUTORY)
        linli_blame(&f, "/criteria", (linli_line){.message = M_LAW});
    if (o->trim > 0 && facts->tender->regime == LINLI_STATUTORY)
        linli_blame(&f, "/trim", (linli_line){.message = M_TRIM_LAW});
    if (o->trim_from <= 2 * o->trim)
        linli_blame(&f, "/trim_from",
                    LINLI_LINE(M_TRIM_FROM, linli_count(o->trim), linli_count(2 * o->trim + 1)));
    if (o->raised_most.micro > 0 && o->raised_per.minor == 0)
        linli_blame(&f, "/raised_per", (linli_line){.message = M_RAISED_PER});
    for (size_t i = 0; i < o->ties.count; i++)
        for (size_t j = 0; j < i; j++)
            if (tie[i] == tie[j])
                linli_blame(&f, linli_pointer(&f, "/ties", i, ""), (linli_line){.message = M_TIE_TWICE});
    check_grades(&f, o);
    return f.status;
}

static linli_status criteria(linli_ask *ask, const void *options, const linli_facts *facts,
                             linli_criteria *out)
{
    const struct options *o = options;
    const linli_judged *c = o->criteria.items;
    linli_criterion *all = LINLI_NEW(ask, linli_criterion, o->criteria.count + 2);
    size_t n = 0;

    (void)facts;
    if (!all)
        return LINLI_NOMEM;
    for (; n < o->criteria.count; n++)
        all[n] = (linli_criterion){c[n].code,   c[n].name, LINLI_BY_JUDGES, LINLI_UNIT_POINTS, false,
                                   c[n].weight, 0,         c[n].most.micro, LINLI_POINT / 100};
    if (o->amount == AMOUNT_PANEL)
        all[n++] = (linli_criterion){.code = "amount",
                                     .name = amount_criterion.name,
                                     .by = LINLI_BY_JUDGES,
                                     .unit = LINLI_UNIT_MONEY,
                                     .high = facts->tender->budget.minor,
                                     .step = 1};
    if (o->public_share.ppm > 0)
        all[n++] = (linli_criterion){.code = "votes",
                                     .name = {"公众投票", "votes"},
                                     .by = LINLI_BY_BALLOTS,
                                     .unit = LINLI_UNIT_COUNT,
                                     .objective = true,
                                     .weight = o->public_share,
                                     .high = 1,
                                     .step = 1};
    *out = (linli_criteria){all, n};
    return LINLI_OK;
}

/* ---- the judges ------------------------------------------------------------- */

/* A judge's weighted mark on criterion k, kept to the published places. */
static bool weighted(const struct options *o, size_t k, int64_t mark, int64_t *sum)
{
    const linli_judged *c = o->criteria.items;
    linli_points p;

    return linli_keep(o->places, (linli_wide)mark * 100 * c[k].weight.ppm, c[k].most.micro, &p) &&
           linli_add(*sum, p.micro, sum);
}

/* How many gave a bid any mark at all; said where marks are missing. */
static int64_t judges_of(const linli_comparison *s, const struct options *o, const linli_entry *e)
{
    int64_t n = 0;

    for (size_t k = 0; k < o->criteria.count; k++)
        for (int64_t i = 0; i < linli_tally_at(s, e, k)->members; i++) {
            const uint64_t by = s->by[linli_tally_at(s, e, k)->first + (size_t)i];
            bool seen = false;

            for (size_t before = 0; before < k; before++)
                for (int64_t j = 0; j < linli_tally_at(s, e, before)->members; j++)
                    seen |= s->by[linli_tally_at(s, e, before)->first + (size_t)j] == by;
            n += !seen;
        }
    return n;
}

/* The totals of all judges of a bid, highest first; false: marks are missing or cannot stand. */
static bool judges_totals(linli_comparison *s, const struct options *o, linli_entry *e, int64_t *total,
                          int64_t *ret_count)
{
    const linli_judged *c = o->criteria.items;
    const linli_tally *first = linli_tally_at(s, e, 0);
    int64_t marks = 0, given, judges;

    for (size_t k = 0; k < o->criteria.count; k++) {
        const linli_tally *t = linli_tally_at(s, e, k);
        linli_part unused = {.criterion = c[k].code};

        if (!linli_marks_stand(s, e, &c[k], k, &unused))
            return false;
        marks += t->members;
    }
    given = marks;
    for (int64_t m = 0; m < first->members; m++) {
        int64_t found = 0;

        total[m] = 0;
        for (size_t k = 0; k < o->criteria.count; k++) {
            const linli_tally *t = linli_tally_at(s, e, k);
            for (int64_t i = 0; i < t->members; i++)
                if (s->by[t->first + (size_t)i] == s->by[first->first + (size_t)m]) {
                    if (!weighted(o, k, s->values[t->first + (size_t)i], &total[m]))
                        linli_fail(s, LINLI_RANGE);
                    found++;
                }
        }
        marks -= found == (int64_t)o->criteria.count ? found : 0;
    }
    *ret_count = first->members;
    if (marks == 0)
        return true;
    judges = judges_of(s, o, e);
    linli_tell(s, e,
               LINLI_LINE(M_MISSING, linli_count(judges), linli_count(given),
                          linli_count(judges * (int64_t)o->criteria.count)));
    e->unsettled = true;
    return false;
}

static void sort_down(int64_t *list, int64_t count)
{
    for (int64_t i = 1; i < count; i++) {
        int64_t one = list[i], j = i;

        for (; j > 0 && list[j - 1] < one; j--)
            list[j] = list[j - 1];
        list[j] = one;
    }
}

/* The fewest totals any bid has: where one has too few to trim, because a judge sits it out, none is trimmed.
 */
static int64_t fewest(const linli_comparison *s)
{
    int64_t least = INT64_MAX;

    for (size_t i = 0; i < s->count; i++) {
        int64_t n = linli_tally_at(s, &s->list[i], 0)->members;
        least = !s->list[i].out && n > 0 && n < least ? n : least;
    }
    return least;
}

/* `total` has room for the totals of one bid; `least`: what fewest() says. */
static void experts_part(linli_comparison *s, const struct options *o, linli_entry *e, int64_t least,
                         int64_t *total)
{
    int64_t n = 0, sum = 0, cut = 0;
    linli_part *part;

    if (!judges_totals(s, o, e, total, &n) || s->status != LINLI_OK)
        return;
    part = linli_part_new(s, e, "experts");
    sort_down(total, n);
    cut = least >= o->trim_from ? o->trim : 0;
    for (int64_t i = 0; i < n; i++) {
        bool dropped = i < cut || i >= n - cut;

        linli_explain(s, part,
                      LINLI_LINE(dropped ? M_DROPPED : M_TOTAL, linli_count(i + 1),
                                 linli_score((linli_points){total[i]})));
        if (!dropped && !linli_add(sum, total[i], &sum))
            linli_fail(s, LINLI_RANGE);
    }
    if (cut < o->trim)
        linli_explain(s, part, LINLI_LINE(M_FEW, linli_count(least), linli_count(o->trim_from)));
    if (!linli_keep(o->places, sum, n - 2 * cut, &part->raw) ||
        !linli_keep(o->places, (linli_wide)sum * o->expert_share.ppm, (linli_wide)(n - 2 * cut) * LINLI_WHOLE,
                    &part->points))
        linli_fail(s, LINLI_RANGE);
    linli_explain(s, part,
                  LINLI_LINE(M_EXPERTS, linli_count(n - 2 * cut), linli_score((linli_points){sum}),
                             linli_score(part->raw), linli_percent(o->expert_share),
                             linli_score(part->points)));
}

static void experts(linli_comparison *s, const struct options *o)
{
    int64_t most = 0, least = s->status == LINLI_OK ? fewest(s) : 0, *total;

    for (size_t i = 0; i < s->count && s->status == LINLI_OK; i++)
        most = linli_tally_at(s, &s->list[i], 0)->members > most ? linli_tally_at(s, &s->list[i], 0)->members
                                                                 : most;
    if (!(total = LINLI_NEW(s->ask, int64_t, most)))
        linli_fail(s, LINLI_NOMEM);
    for (size_t i = 0; i < s->count && o->expert_share.ppm > 0 && s->status == LINLI_OK; i++)
        experts_part(s, o, &s->list[i], least, total);
}

/* ---- in proportion to the best ------------------------------------------------ */

/* Votes on line or on site of each bid of the list. */
static int64_t *votes_of(linli_comparison *s, bool online)
{
    const linli_facts *f = s->facts;
    int64_t *votes = LINLI_NEW(s->ask, int64_t, f->bid_count), *mine = LINLI_NEW(s->ask, int64_t, s->count);

    if (!votes || !mine) {
        linli_fail(s, LINLI_NOMEM);
        return NULL;
    }
    for (size_t b = 0; b < f->ballot_count; b++) {
        const linli_ballot *ballot = &f->ballots[b];

        if ((strcmp(ballot->source, "online") == 0) != online || ballot->weight < 0)
            continue;
        for (size_t c = ballot->first; c < (size_t)ballot->first + ballot->count; c++)
            if (c >= f->choice_count || f->choices[c].bid >= f->bid_count)
                linli_fail(s, LINLI_FACTS);
            else if (f->choices[c].value > 0 &&
                     !linli_add(votes[f->choices[c].bid], ballot->weight, &votes[f->choices[c].bid]))
                linli_fail(s, LINLI_RANGE);
    }
    for (size_t i = 0; i < s->count; i++)
        mine[i] = votes[s->list[i].bid - f->bids];
    return mine;
}

/* A share, and the part of it that is meant; together they may have more places than a rate. */
struct part {
    linli_rate share, of;
};

static linli_rate shown_share(const struct part *p)
{
    linli_rate r = {0};

    (void)linli_mul_div(p->share.ppm, p->of.ppm, LINLI_WHOLE, LINLI_HALF_UP, &r.ppm);
    return r;
}

/* value / best * 100 * share * of, rounded once, as a part of every bid that is still in. */
static void proportional(linli_comparison *s, const struct options *o, const char *code, const int64_t *value,
                         struct part p)
{
    bool money = strcmp(code, "donations") == 0;
    int64_t best = 0;

    for (size_t i = 0; value && i < s->count; i++)
        best = !s->list[i].out && value[i] > best ? value[i] : best;
    for (size_t i = 0; value && i < s->count && s->status == LINLI_OK; i++) {
        linli_part *part = s->list[i].unsettled ? NULL : linli_part_new(s, &s->list[i], code);
        linli_wide n = (linli_wide)(value[i] < 0 ? 0 : value[i]) * 100;

        if (!part)
            continue;
        if (!linli_keep(o->places, n * LINLI_POINT, best ? best : 1, &part->raw) ||
            !linli_keep(o->places, n * p.share.ppm * p.of.ppm, (linli_wide)(best ? best : 1) * LINLI_WHOLE,
                        &part->points))
            linli_fail(s, LINLI_RANGE);
        linli_explain(s, part,
                      (linli_line){money ? M_DONATED : M_VOTES,
                                   5,
                                   {money ? linli_amount((linli_money){value[i]}) : linli_count(value[i]),
                                    money ? linli_amount((linli_money){best}) : linli_count(best),
                                    linli_score(part->raw), linli_percent(shown_share(&p)),
                                    linli_score(part->points)}});
    }
}

static int64_t *donations_of(linli_comparison *s, const struct options *o)
{
    int64_t *value = LINLI_NEW(s->ask, int64_t, s->count);

    for (size_t i = 0; value && i < s->count; i++) {
        const linli_offer *offer = linli_offer_of(s->facts, s->list[i].bid->key, o->donation_field);
        value[i] = offer && offer->unit == LINLI_UNIT_MONEY && offer->value > 0 ? offer->value : 0;
    }
    if (!value)
        linli_fail(s, LINLI_NOMEM);
    return value;
}

/* Points for money raised, rounded down to a whole point, and for findings. */
static void bonus_parts(linli_comparison *s, const struct options *o, linli_entry *e, int64_t donated)
{
    const struct bonus *b = o->bonuses.items;
    int64_t most = o->raised_most.micro, points;
    linli_part *part;

    if (o->raised_per.minor > 0) {
        part = linli_part_new(s, e, "raised");
        points = donated / o->raised_per.minor > most / LINLI_POINT
                     ? most
                     : donated / o->raised_per.minor * LINLI_POINT;
        part->raw.micro = part->points.micro = points;
        linli_explain(s, part,
                      LINLI_LINE(M_RAISED, linli_amount((linli_money){donated}), linli_amount(o->raised_per),
                                 linli_score(o->raised_most), linli_score(part->points)));
    }
    for (size_t i = 0; i < o->bonuses.count; i++) {
        size_t yes = 0, no = 0;

        for (size_t c = 0; c < s->facts->check_count; c++)
            if (s->facts->checks[c].bid == e->bid->key && linli_same(s->facts->checks[c].rule, b[i].check))
                s->facts->checks[c].passed ? yes++ : no++;
        if (yes <= no)
            continue;
        part = linli_part_new(s, e, b[i].check);
        part->raw = part->points = b[i].points;
        linli_explain(s, part, LINLI_LINE(M_BONUS, linli_named(b[i].check), linli_score(b[i].points)));
    }
}

/* ---- the order ------------------------------------------------------------------ */

static int64_t points_of(const linli_entry *e, const char *code)
{
    for (size_t p = 0; p < e->result->part_count; p++)
        if (strcmp(e->result->parts[p].criterion, code) == 0)
            return e->result->parts[p].points.micro;
    return 0;
}

static int64_t tie_key(const linli_entry *e, int32_t tie, int64_t donated)
{
    switch (tie) {
    case BY_PUBLIC:
        return points_of(e, "online") + points_of(e, "onsite");
    case BY_EXPERTS:
        return points_of(e, "experts");
    case BY_DONATIONS:
        return donated;
    case BY_EARLIER:
        return -e->bid->submitted.us;
    default:
        return -e->bid->number;
    }
}

/* The last draw of the list as it is now; NULL: none, or somebody has come to it since. */
static const linli_draw *drawn_list(const linli_comparison *s)
{
    const linli_draw *draw = NULL;

    for (size_t k = s->facts->draw_count; !draw && k-- > 0;) {
        draw = linli_draws_for(&s->facts->draws[k], "order") ? &s->facts->draws[k] : NULL;
        for (size_t i = 0; draw && i < s->count; i++)
            if (!s->list[i].out && !s->list[i].unsettled &&
                linli_drawn(draw, s->list[i].bid->key) == INT64_MAX)
                draw = NULL;
    }
    return draw;
}

static size_t rank(linli_comparison *s, const struct options *o, const int64_t *donated, linli_entry ***ret)
{
    static const uint32_t says[TIES] = {M_BY_PUBLIC, M_BY_EXPERTS, M_BY_DONATIONS, M_BY_EARLIER, M_BY_NUMBER};
    const linli_draw *draw;
    const int32_t *tie = o->ties.items;
    linli_line said[LINLI_RANK_KEYS + 1] = {{0}};
    const linli_ranking by = {NULL, linli_by_keys, (int32_t)o->ties.count + 2, said};

    for (size_t k = 0; k < o->ties.count; k++)
        said[k + 1].message = says[tie[k]];
    said[by.levels - 1].message = M_BY_DRAW;
    said[by.levels].message = LINLI_M_TIE;
    for (size_t i = 0; i < s->count && s->status == LINLI_OK; i++) {
        linli_entry *e = &s->list[i];

        if (!e->unsettled && e->result->total.micro < o->pass.micro) {
            e->out = true;
            linli_tell(s, e, LINLI_LINE(M_PASS, linli_score(e->result->total), linli_score(o->pass)));
        }
        e->key[0] = e->result->total.micro;
        for (size_t k = 0; k < o->ties.count; k++)
            e->key[k + 1] = tie_key(e, tie[k], donated[i]);
    }
    draw = drawn_list(s);
    for (size_t i = 0; i < s->count; i++)
        s->list[i].key[by.levels - 1] = -linli_drawn(draw, s->list[i].bid->key);
    return linli_rank(s, &by, ret);
}

/* ---- the grants ------------------------------------------------------------------- */

struct purse {
    linli_money left, spent;
    int64_t granted;
    int64_t taken[10]; /* places of each grade */
};

/* The grade of a total with a place left, or NULL. */
static const struct grade *grade_of(const struct options *o, const struct purse *p, int64_t total)
{
    const struct grade *g = o->grades.items;

    for (size_t i = 0; i < o->grades.count; i++)
        if (total >= g[i].from.micro && (g[i].places == 0 || p->taken[i] < g[i].places))
            return &g[i];
    return NULL;
}

/* What a bid would be granted; `told`: and says why. */
static linli_money amount_of(linli_comparison *s, const struct options *o, const struct purse *p,
                             linli_entry *e, bool told)
{
    const struct grade *g = grade_of(o, p, e->result->total.micro);
    linli_money amount = e->bid->price;
    linli_line line = LINLI_LINE(M_ASKED, linli_amount(amount));

    if (o->amount == AMOUNT_GRADE) {
        amount = g ? g->grant : (linli_money){0};
        line = g ? LINLI_LINE(M_GRADE, linli_named(g->code), linli_amount(amount))
                 : LINLI_LINE(M_NO_GRADE, linli_score(e->result->total));
    } else if (o->amount == AMOUNT_PANEL) {
        const linli_tally *t = linli_tally_at(s, e, o->criteria.count);
        amount.minor = t->members > 0 && t->sum > 0 ? t->sum / t->members : 0;
        line = t->members > 0 ? LINLI_LINE(M_PANEL, linli_count(t->members), linli_amount(amount))
                              : (linli_line){.message = M_AMOUNT_NONE};
    } else if (o->amount == AMOUNT_FORMULA) {
        if (!linli_mul_div(e->bid->price.minor, o->grant_share.ppm, LINLI_WHOLE, LINLI_DOWN, &amount.minor))
            linli_fail(s, LINLI_RANGE);
        line = LINLI_LINE(M_FORMULA, linli_amount(e->bid->price), linli_percent(o->grant_share),
                          linli_amount(amount));
    }
    if (told)
        linli_tell(s, e, line);
    if (o->cap.minor > 0 && amount.minor > o->cap.minor) {
        amount = o->cap;
        if (told)
            linli_tell(s, e, LINLI_LINE(M_CAPPED, linli_amount(o->cap)));
    }
    return amount;
}

static void grant(linli_comparison *s, const struct options *o, struct purse *p, linli_entry *e)
{
    const struct grade *g = grade_of(o, p, e->result->total.micro);
    linli_money amount = amount_of(s, o, p, e, true);

    if (amount.minor <= 0)
        return;
    if (o->places_most > 0 && p->granted >= o->places_most) {
        linli_tell(s, e, LINLI_LINE(M_NO_PLACE, linli_count(o->places_most)));
        return;
    }
    if (amount.minor > p->left.minor) {
        linli_tell(s, e, LINLI_LINE(M_NO_FIT, linli_amount(amount), linli_amount(p->left)));
        return;
    }
    p->left.minor -= amount.minor;
    p->spent.minor += amount.minor;
    p->granted++;
    if (o->amount == AMOUNT_GRADE && g)
        p->taken[g - (const struct grade *)o->grades.items]++;
    e->result->grant = amount;
    linli_tell(s, e, LINLI_LINE(M_GRANTED, linli_amount(amount), linli_amount(p->left)));
}

/* Equals can be taken in any order if all get what they need. */
static bool order_matters(linli_comparison *s, const struct options *o, const struct purse *p,
                          linli_entry **list, size_t n)
{
    linli_wide sum = 0;
    const struct grade *g = grade_of(o, p, list[0]->result->total.micro);
    bool graded = o->amount == AMOUNT_GRADE && g && g->places > 0 &&
                  p->taken[g - (const struct grade *)o->grades.items] + (int64_t)n > g->places;
    bool any = false;

    for (size_t i = 0; i < n; i++) {
        linli_money amount = amount_of(s, o, p, list[i], false);
        sum += amount.minor;
        any |= amount.minor > 0 && amount.minor <= p->left.minor;
    }
    if (o->places_most > 0 && p->granted >= o->places_most)
        return false;
    return n > 1 && any &&
           (sum > p->left.minor || graded ||
            (o->places_most > 0 && p->granted + (int64_t)n > o->places_most));
}

/* The whole list is drawn at once, in the order of its keys. */
static void ask_draw(linli_comparison *s, linli_entry **list, size_t n, linli_evaluation *out)
{
    linli_draw_request *request = LINLI_NEW(s->ask, linli_draw_request, 1);
    uint64_t *keys = LINLI_NEW(s->ask, uint64_t, n);
    const char *purpose = linli_draw_purpose(s->ask, s->facts, "order");

    if (!request || !keys || !purpose) {
        linli_fail(s, LINLI_NOMEM);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        size_t j = i;

        for (; j > 0 && keys[j - 1] > list[i]->bid->key; j--)
            keys[j] = keys[j - 1];
        keys[j] = list[i]->bid->key;
    }
    *request = (linli_draw_request){purpose, keys, n};
    out->draws = request;
    out->draw_count = 1;
    if (!linli_say(s->ask, &out->why, (linli_line){.message = M_TIED}))
        linli_fail(s, LINLI_NOMEM);
}

static void grants(linli_comparison *s, const struct options *o, linli_entry **list, size_t n,
                   linli_evaluation *out)
{
    struct purse purse = {.left = linli_to_give(s->facts)};

    for (size_t at = 0, same; at < n && s->status == LINLI_OK; at += same) {
        for (same = 1; at + same < n && list[at + same]->result->rank == list[at]->result->rank;)
            same++;
        if (out->draw_count == 0 && order_matters(s, o, &purse, &list[at], same))
            ask_draw(s, list, n, out);
        for (size_t i = at; i < at + same; i++)
            grant(s, o, &purse, list[i]);
    }
    if (s->status == LINLI_OK && !linli_say(s->ask, &out->why,
                                            LINLI_LINE(M_SPENT, linli_count(purse.granted),
                                                       linli_amount(purse.spent), linli_amount(purse.left))))
        linli_fail(s, LINLI_NOMEM);
}

/* ---- the question ------------------------------------------------------------------- */

static linli_status evaluate(linli_ask *ask, const void *options, const linli_facts *facts,
                             const linli_admissions *admitted, linli_evaluation *out)
{
    const struct options *o = options;
    linli_list judged = asked_of_judges(ask, o);
    const linli_rate onsite = {LINLI_WHOLE - o->online_share.ppm}, whole = {LINLI_WHOLE};
    linli_entry **list = NULL;
    const int64_t *donated;
    linli_comparison s;
    size_t n;

    linli_compare_open(&s, ask, facts, admitted, o->bonuses.count + 5);
    if (!judged.items)
        return LINLI_NOMEM;
    linli_marks_read(&s, judged, true);
    linli_conflicts(&s);
    experts(&s, o);
    if (o->public_share.ppm > 0 && s.status == LINLI_OK) {
        proportional(&s, o, "online", votes_of(&s, true), (struct part){o->public_share, o->online_share});
        proportional(&s, o, "onsite", votes_of(&s, false), (struct part){o->public_share, onsite});
    }
    if (s.status != LINLI_OK || !(donated = donations_of(&s, o)))
        return s.status;
    if (o->donation_share.ppm > 0)
        proportional(&s, o, "donations", donated, (struct part){o->donation_share, whole});
    for (size_t i = 0; i < s.count && s.status == LINLI_OK; i++)
        if (!s.list[i].unsettled)
            bonus_parts(&s, o, &s.list[i], donated[i]);
    linli_totals(&s);
    n = rank(&s, o, donated, &list);
    if (o->amount != AMOUNT_OF_MECHANISM)
        grants(&s, o, list, n, out);
    for (size_t i = 0; i < s.count; i++)
        s.list[i].compared.minor = 0;
    return linli_compare_close(&s, o->amount == AMOUNT_OF_MECHANISM ? LINLI_ORDER : LINLI_SET, out);
}

/* clang-format off */
static const linli_about about = {
    .id = "contest", .version = "1.2.0", .opens = "1.0.0",
    .name    = { "路演评审", "contest" },
    .summary = { "专家、公众、募捐按比例计分并加分，按名次资助；可去掉最高分和最低分", "judges, public and donations each give a share, bonuses come on top, grants follow the order; extremes of the judges may be left out" },
    .basis   = { "公益创投、社区微更新等征集文件", "calls of venture philanthropy and micro-renovation" },
    .author = "Linli maintainers", .licence = "Apache-2.0",
};
static const char *const examples[] = {
    "{\"criteria\":[{\"code\":\"pitch\",\"name\":{\"zh\":\"路演\",\"en\":\"pitch\"},\"weight\":\"100%\"}],\"amount\":\"asked\"}",
    "{\"criteria\":[{\"code\":\"pitch\",\"name\":{\"zh\":\"路演\",\"en\":\"pitch\"},\"weight\":\"100%\"}]}",
    "{\"criteria\":[{\"code\":\"need\",\"name\":{\"zh\":\"需求\",\"en\":\"need\"},\"weight\":\"50%\",\"max\":\"50\"},"
    "{\"code\":\"plan\",\"name\":{\"zh\":\"方案\",\"en\":\"plan\"},\"weight\":\"50%\",\"max\":\"50\"}],"
    "\"expert_share\":\"60%\",\"public_share\":\"20%\",\"donation_share\":\"20%\",\"amount\":\"formula\",\"cap\":\"500000.00\",\"ties\":[\"public\",\"earlier\"]}",
    "{\"criteria\":[{\"code\":\"pitch\",\"name\":{\"zh\":\"路演\",\"en\":\"pitch\"},\"weight\":\"100%\"}],\"amount\":\"grades\",\"grades\":["
    "{\"code\":\"first\",\"name\":{\"zh\":\"一等\",\"en\":\"first\"},\"from\":\"60\",\"places\":1,\"grant\":\"20000.00\"},"
    "{\"code\":\"second\",\"name\":{\"zh\":\"二等\",\"en\":\"second\"},\"from\":\"40\",\"grant\":\"10000.00\"}]}",
    "{\"criteria\":[{\"code\":\"pitch\",\"name\":{\"zh\":\"路演\",\"en\":\"pitch\"},\"weight\":\"100%\"}],\"amount\":\"panel\",\"trim\":0,\"ties\":[\"number\"]}",
    NULL
};
static const linli_scheme contest = {
    .size = sizeof(linli_scheme), .gives = LINLI_ORDER | LINLI_SET, .about = &about,
    .options = table, .option_count = sizeof table / sizeof table[0], .options_size = sizeof(struct options),
    .messages = messages, .message_count = MESSAGES, .examples = examples,
    .check = check, .criteria = criteria, .evaluate = evaluate,
};
/* clang-format on */

static const linli_scheme *const schemes[] = {&contest, NULL};

const linli_module linli_exports = LINLI_MODULE(.schemes = schemes);
