/*
 * performance - 绩效评价、验收评分: an indicator tree of 100 points, each indicator
 * with its target and evidence, a grade, and the factor the grade puts on a
 * tranche: data for whoever pays, in two parts without points, "grade" (raw 1 to
 * 4, best first) and "factor" (raw 99 is 99%).
 *
 * Assessors mark an indicator out of its points, count what was reached against a
 * target, or find it met or not; users' answers to a survey are turned into
 * points.  What the organisation says of itself (an offer of points for
 * the field of the same code) is shown, and counts only where a share is given to
 * it.  Each indicator is rounded once.
 */
#include "linli/score.h"

enum { EXECUTION, OUTPUT, BENEFIT, SATISFACTION, GROUPS };
enum { JUDGED, RATIO, MET, SURVEY };
enum { FACTOR_NONE, FACTOR_GRADES, FACTOR_STEPS };
enum { STEP_DOWN, STEP_UP };
enum { TARGET_MOST = 1000000000 };

struct indicator {
    const char *code;
    linli_text name;
    int32_t group, method;
    linli_points points;
    int64_t target;
    const char *evidence;
};

struct options {
    linli_list indicators;
    linli_places places;
    linli_rate self_share;
    int64_t survey_scale;
    linli_points excellent, good, fair;
    int32_t factor, step_rounding;
    linli_rate factors[4]; /* of the grades, best first */
    linli_points step_points;
    linli_rate step_rate;
};

enum {
    M_SUM = LINLI_SCORE_SAYS,
    M_EFFECT,
    M_TARGET,
    M_GRADES_ORDER,
    M_FACTORS_ORDER,
    M_JUDGED,
    M_SELF,
    M_SELF_HIGH,
    M_RATIO,
    M_MET,
    M_NOT_MET,
    M_SURVEY,
    M_EVIDENCE,
    M_GRADE_FIRST,
    M_GRADE_LAST = M_GRADE_FIRST + 3,
    M_GRADES_RULE,
    M_FACTOR,
    M_STEPS,
    MESSAGES
};

/* clang-format off */
static const linli_message messages[MESSAGES] = {
    LINLI_SCORE_MESSAGES("财预〔2020〕10号"),
    [M_SUM]             = { "points_sum", { "各项指标合计 {1} 分，应为 100 分", "the indicators add up to {1} points, not 100" }, "财预〔2020〕10号" },
    [M_EFFECT]          = { "effect_low", { "产出和效益指标合计 {1} 分，不应低于 60 分", "output and benefit add up to {1} points, where at least 60 are due" }, "财预〔2020〕10号" },
    [M_FACTORS_ORDER]   = { "factors_order", { "等次越低，付款系数不得越高", "a lower grade does not pay more" }, NULL },
    [M_TARGET]          = { "target", { "按目标值计分的指标应当写明目标值", "an indicator measured against a target needs one" }, "财预〔2020〕10号" },
    [M_GRADES_ORDER]    = { "grades_order", { "优、良、中的起点应当递减", "the lines of the grades go down" }, NULL },
    [M_JUDGED]          = { "judged", { "{1} 位评价人合计 {2}，满分 {3}，自评占 {4}：得 {5}", "{1} assessors gave {2} in all, out of {3} each; self-assessment counts {4}: {5} points" }, "财预〔2020〕10号" },
    [M_SELF]            = { "self", { "自评 {1}", "self-assessment {1}" }, NULL },
    [M_SELF_HIGH]       = { "self_high", { "自评 {1} 超过满分 {2}，不计", "the self-assessment {1} is above the points, {2}: it does not count" }, NULL },
    [M_RATIO]           = { "ratio", { "{1} 位评价人核定完成值合计 {2}，目标 {3}：满分 {4}，得 {5}", "{1} assessors found {2} in all against a target of {3}: {5} of {4} points" }, "财预〔2020〕10号" },
    [M_MET]             = { "met", { "{1} 位评价人中 {2} 位认定达成：得 {3}", "{2} of {1} assessors found it met: {3} points" }, NULL },
    [M_NOT_MET]         = { "not_met", { "{1} 位评价人中 {2} 位认定达成，未过半数：不得分", "{2} of {1} assessors found it met, not more than half: no points" }, NULL },
    [M_SURVEY]          = { "survey", { "{1} 人作答，合计 {2}，每人最高 {3}：满分 {4}，得 {5}", "{1} people answered, {2} in all, {3} being the most of each: {5} of {4} points" }, "政府购买服务管理办法（财政部令第102号）" },
    [M_EVIDENCE]        = { "evidence", { "没有已认可的佐证材料 {1}：不得分", "no evidence {1} is accepted: no points" }, "财预〔2020〕10号" },
    [M_GRADE_FIRST]     = { "excellent", { "{1} 分，等次：优（{2} 分及以上）", "{1} points: excellent ({2} and more)" }, NULL },
    [M_GRADE_FIRST + 1] = { "good", { "{1} 分，等次：良（{2} 分及以上）", "{1} points: good ({2} and more)" }, NULL },
    [M_GRADE_FIRST + 2] = { "fair", { "{1} 分，等次：中（{2} 分及以上）", "{1} points: fair ({2} and more)" }, NULL },
    [M_GRADE_LAST]      = { "poor", { "{1} 分，等次：差（不足 {2} 分）", "{1} points: poor (below {2})" }, NULL },
    [M_GRADES_RULE]     = { "grades_rule", { "等次标准按规定：{1}；{2}；{3}", "the lines are those of the rules: {1}; {2}; {3}" }, NULL },
    [M_FACTOR]          = { "factor", { "付款系数 {1}", "payment factor {1}" }, NULL },
    [M_STEPS]           = { "steps", { "距 {1} 分每 {2} 分扣 {3}，{4} 档：付款系数 {5}", "{3} off for each {2} points below {1}, {4} steps: payment factor {5}" }, NULL },
};
static const linli_text group_labels[]   = { { "预算执行", "execution" }, { "产出", "output" }, { "效益", "benefit" }, { "满意度", "satisfaction" }, { NULL, NULL } };
static const char *const group_codes[]   = { "execution", "output", "benefit", "satisfaction", NULL };
static const linli_text method_labels[]  = { { "评价人打分", "marked" }, { "完成值比目标值", "against a target" }, { "达成与否", "met or not" }, { "满意度调查", "survey" }, { NULL, NULL } };
static const char *const method_codes[]  = { "marked", "target", "met", "survey", NULL };
static const linli_text factor_labels[]  = { { "不用", "none" }, { "按等次", "by grade" }, { "按分档扣减", "by steps" }, { NULL, NULL } };
static const char *const factor_codes[]  = { "none", "grades", "steps", NULL };
static const linli_text step_labels[]    = { { "不足一档不计", "whole steps only" }, { "不足一档按一档", "a step begun counts" }, { NULL, NULL } };
static const char *const step_codes[]    = { "floor", "ceiling", NULL };

static const linli_option indicator_rows[] = {
    { .name = "code", .type = LINLI_OPT_CODE, .required = true, .offset = offsetof(struct indicator, code), .label = { "代码", "code" }, .help = { "评价记录使用的代码", "the code marks are filed under" } },
    { .name = "name", .type = LINLI_OPT_TEXT, .required = true, .offset = offsetof(struct indicator, name), .label = { "名称", "name" }, .help = { "三级指标名称", "name of the indicator" } },
    { .name = "group", .type = LINLI_OPT_CHOICE, .required = true, .offset = offsetof(struct indicator, group), .low = 0, .high = GROUPS - 1, .choices = group_labels, .codes = group_codes,
      .label = { "一级指标", "group" }, .help = { "产出和效益合计不低于 60 分", "output and benefit make at least 60 points" } },
    { .name = "method", .type = LINLI_OPT_CHOICE, .offset = offsetof(struct indicator, method), .low = 0, .high = 3, .initial = "marked", .choices = method_labels, .codes = method_codes,
      .label = { "计分方法", "method" }, .help = { "怎样得分", "how points come about" } },
    { .name = "points", .type = LINLI_OPT_POINTS, .required = true, .offset = offsetof(struct indicator, points), .low = LINLI_POINT / 100, .high = 100 * LINLI_POINT,
      .label = { "分值", "points" }, .help = { "各项合计 100 分", "all make 100" } },
    { .name = "target", .type = LINLI_OPT_COUNT, .offset = offsetof(struct indicator, target), .low = 0, .high = 1000000000, .initial = "0",
      .label = { "目标值", "target" }, .help = { "如服务 500 人次", "such as 500 visits" } },
    { .name = "evidence", .type = LINLI_OPT_CODE, .offset = offsetof(struct indicator, evidence),
      .label = { "佐证材料", "evidence" }, .help = { "须有已认可的此类材料", "an accepted paper of this code is needed" } },
};
#define GRADE_ROW(NAME, MEMBER, INITIAL, ZH, EN) \
    { .name = NAME, .type = LINLI_OPT_POINTS, .offset = offsetof(struct options, MEMBER), .low = 0, .high = 100 * LINLI_POINT, .initial = INITIAL, \
      .label = { ZH, EN }, .help = { "达到此分即属该等次", "with this total" } }
#define FACTOR_ROW(NAME, N, INITIAL, ZH, EN) \
    { .name = NAME, .type = LINLI_OPT_RATE, .offset = offsetof(struct options, factors[N]), .low = 0, .high = LINLI_WHOLE, .initial = INITIAL, \
      .label = { ZH, EN }, .help = { "该等次的付款系数", "what is paid of a tranche" } }
static const linli_option table[] = {
    { .name = "indicators", .type = LINLI_OPT_LIST, .required = true, .offset = offsetof(struct options, indicators), .low = 1, .high = 60,
      .item = indicator_rows, .item_count = 7, .item_size = sizeof(struct indicator),
      .label = { "指标", "indicators" }, .help = { "合计 100 分", "100 points in all" } },
    LINLI_PLACES_ROWS(struct options, places, "2"),
    { .name = "self_share", .type = LINLI_OPT_RATE, .offset = offsetof(struct options, self_share), .low = 0, .high = LINLI_WHOLE, .initial = "0%",
      .label = { "自评占比", "share of self-assessment" }, .help = { "0% 为只展示不计分", "0%: shown, not counted" } },
    { .name = "survey_scale", .type = LINLI_OPT_COUNT, .offset = offsetof(struct options, survey_scale), .low = 1, .high = 1000, .initial = "5",
      .label = { "调查满分", "most of an answer" }, .help = { "每位作答者的最高分", "what a content user gives" } },
    GRADE_ROW("excellent", excellent, "90", "优", "excellent from"),
    GRADE_ROW("good", good, "80", "良", "good from"),
    GRADE_ROW("fair", fair, "60", "中", "fair from"),
    { .name = "factor", .type = LINLI_OPT_CHOICE, .offset = offsetof(struct options, factor), .low = 0, .high = 2, .initial = "none", .choices = factor_labels, .codes = factor_codes,
      .label = { "付款系数", "payment factor" }, .help = { "评价结果怎样影响付款", "how the result bears on a tranche" } },
    FACTOR_ROW("factor_excellent", 0, "100%", "优的系数", "factor of excellent"),
    FACTOR_ROW("factor_good", 1, "100%", "良的系数", "factor of good"),
    FACTOR_ROW("factor_fair", 2, "80%", "中的系数", "factor of fair"),
    FACTOR_ROW("factor_poor", 3, "0%", "差的系数", "factor of poor"),
    { .name = "step_points", .type = LINLI_OPT_POINTS, .offset = offsetof(struct options, step_points), .low = LINLI_POINT / 100, .high = 100 * LINLI_POINT, .initial = "5",
      .label = { "一档分数", "points of a step" }, .help = { "低于优的起点每缺多少分", "for each so many points below excellent" } },
    { .name = "step_rate", .type = LINLI_OPT_RATE, .offset = offsetof(struct options, step_rate), .low = 0, .high = LINLI_WHOLE, .initial = "1%",
      .label = { "每档扣减", "off for a step" }, .help = { "扣减付款的比例", "of the payment" } },
    { .name = "step_rounding", .type = LINLI_OPT_CHOICE, .offset = offsetof(struct options, step_rounding), .low = 0, .high = 1, .initial = "floor", .choices = step_labels, .codes = step_codes,
      .label = { "不足一档", "a step begun" }, .help = { "合同应当写明", "the contract says which" } },
};
/* clang-format on */

static linli_status check(linli_ask *ask, const void *options, const linli_facts *facts, linli_findings *out)
{
    const struct options *o = options;
    const struct indicator *n = o->indicators.items;
    linli_points sum = {0}, effect = {0};
    linli_faults f = {ask, out, LINLI_OK};

    (void)facts;
    for (size_t i = 0; i < o->indicators.count; i++) {
        sum.micro += n[i].points.micro;
        effect.micro += n[i].group == OUTPUT || n[i].group == BENEFIT ? n[i].points.micro : 0;
        if (n[i].method == RATIO && n[i].target == 0)
            linli_blame(&f, linli_pointer(&f, "/indicators", i, "target"), (linli_line){.message = M_TARGET});
        if (strcmp(n[i].code, "grade") == 0 || strcmp(n[i].code, "factor") == 0)
            linli_blame(&f, linli_pointer(&f, "/indicators", i, "code"),
                        LINLI_LINE(LINLI_M_CODE_TWICE, linli_named(n[i].code)));
        for (size_t j = 0; j < i; j++)
            if (strcmp(n[i].code, n[j].code) == 0)
                linli_blame(&f, linli_pointer(&f, "/indicators", i, "code"),
                            LINLI_LINE(LINLI_M_CODE_TWICE, linli_named(n[i].code)));
    }
    if (sum.micro != 100 * LINLI_POINT)
        linli_blame(&f, "/indicators", LINLI_LINE(M_SUM, linli_score(sum)));
    if (effect.micro < 60 * LINLI_POINT)
        linli_blame(&f, "/indicators", LINLI_LINE(M_EFFECT, linli_score(effect)));
    if (o->excellent.micro <= o->good.micro || o->good.micro <= o->fair.micro)
        linli_blame(&f, "/excellent", (linli_line){.message = M_GRADES_ORDER});
    for (size_t i = 1; i < sizeof o->factors / sizeof o->factors[0]; i++)
        if (o->factors[i].ppm > o->factors[i - 1].ppm) {
            linli_blame(&f, "/factor", (linli_line){.message = M_FACTORS_ORDER});
            break;
        }
    return f.status;
}

/* The most a value may be: points of a mark, what was reached, yes or no, an answer. */
static int64_t most_of(const struct options *o, const struct indicator *k)
{
    switch (k->method) {
    case JUDGED:
        return k->points.micro;
    case MET:
        return 1;
    case SURVEY:
        return o->survey_scale;
    default:
        return TARGET_MOST;
    }
}

static linli_status criteria(linli_ask *ask, const void *options, const linli_facts *facts,
                             linli_criteria *out)
{
    const struct options *o = options;
    const struct indicator *n = o->indicators.items;
    linli_criterion *all = LINLI_NEW(ask, linli_criterion, o->indicators.count);

    (void)facts;
    if (!all)
        return LINLI_NOMEM;
    for (size_t i = 0; i < o->indicators.count; i++) {
        bool points = n[i].method == JUDGED;

        all[i] = (linli_criterion){.code = n[i].code,
                                   .name = n[i].name,
                                   .by = n[i].method == SURVEY ? LINLI_BY_BALLOTS : LINLI_BY_JUDGES,
                                   .unit = points               ? LINLI_UNIT_POINTS
                                           : n[i].method == MET ? LINLI_UNIT_YES_NO
                                                                : LINLI_UNIT_COUNT,
                                   .weight = {n[i].points.micro / 100},
                                   .high = most_of(o, &n[i]),
                                   .step = points ? LINLI_POINT / 100 : 1};
    }
    *out = (linli_criteria){all, o->indicators.count};
    return LINLI_OK;
}

/* ---- one indicator ---------------------------------------------------------------- */

/* What assessors found of a bid, and what it said of itself. */
struct finding {
    int64_t members, sum, low, high;
    linli_points self, self_high; /* where it counts, and where it is above the points */
    bool has_self;
};

static struct finding finding_of(const linli_comparison *s, const linli_entry *e, size_t i,
                                 const struct indicator *k)
{
    const linli_tally *t = linli_tally_at(s, e, i);
    const linli_offer *self = linli_offer_of(s->facts, e->bid->key, k->code);
    struct finding f = {.members = t->members, .sum = t->sum, .low = t->low, .high = t->high};

    if (!self || self->unit != LINLI_UNIT_POINTS || self->value < 0)
        return f;
    f.has_self = self->value <= k->points.micro;
    *(f.has_self ? &f.self : &f.self_high) = (linli_points){self->value};
    return f;
}

/* Answers of users about a bid; they come as ballots. */
static struct finding survey_of(linli_comparison *s, const linli_entry *e)
{
    struct finding f = {0};
    const linli_facts *facts = s->facts;

    for (size_t b = 0; b < facts->ballot_count; b++)
        for (size_t c = facts->ballots[b].first;
             c < (size_t)facts->ballots[b].first + facts->ballots[b].count && c < facts->choice_count; c++) {
            const linli_choice *choice = &facts->choices[c];

            if (choice->bid >= facts->bid_count || &facts->bids[choice->bid] != e->bid)
                continue;
            f.members++;
            f.low = choice->value < f.low ? choice->value : f.low;
            f.high = choice->value > f.high ? choice->value : f.high;
            if (!linli_add(f.sum, choice->value, &f.sum))
                linli_fail(s, LINLI_RANGE);
        }
    return f;
}

static bool evidence_there(const linli_facts *facts, uint64_t bid, const char *code)
{
    for (size_t i = 0; code && i < facts->paper_count; i++)
        if (facts->papers[i].bid == bid && facts->papers[i].accepted &&
            strcmp(facts->papers[i].rule, code) == 0)
            return true;
    return code == NULL;
}

/* Points of all but the first kind are points * n / d; both are told with what they come from. */
static linli_line indicator_points(linli_comparison *s, const struct options *o, const struct indicator *k,
                                   const struct finding *f, linli_part *part)
{
    linli_wide self = o->self_share.ppm, n = k->points.micro, d = f->members;
    linli_arg points;
    uint32_t message = M_JUDGED;

    if (k->method == JUDGED && f->has_self) {
        n = (linli_wide)f->sum * (LINLI_WHOLE - self) + (linli_wide)f->self.micro * f->members * self;
        d *= LINLI_WHOLE;
    } else if (k->method == JUDGED) {
        n = f->sum;
    } else if (k->method == MET) {
        n = 2 * f->sum > f->members ? n * f->members : 0;
        message = n > 0 ? M_MET : M_NOT_MET;
    } else {
        int64_t most = k->method == RATIO ? k->target : o->survey_scale;
        d *= most;
        n *= (linli_wide)f->sum < d ? f->sum : d;
        message = k->method == RATIO ? M_RATIO : M_SURVEY;
    }
    if (!linli_keep(o->places, n, d, &part->points))
        linli_fail(s, LINLI_RANGE);
    part->raw = part->points;
    points = linli_score(part->points);
    if (message == M_JUDGED)
        return LINLI_LINE(message, linli_count(f->members), linli_score((linli_points){f->sum}),
                          linli_score(k->points),
                          linli_percent(f->has_self ? o->self_share : (linli_rate){0}), points);
    if (k->method == MET)
        return LINLI_LINE(message, linli_count(f->members), linli_count(f->sum), points);
    return LINLI_LINE(message, linli_count(f->members), linli_count(f->sum),
                      linli_count(k->method == RATIO ? k->target : o->survey_scale), linli_score(k->points),
                      points);
}

static linli_arg as_points(int64_t micro)
{
    return linli_score((linli_points){micro});
}

static linli_line out_of_range(const struct indicator *k, const struct finding *f, int64_t most)
{
    linli_arg (*const shown)(int64_t) = k->method == JUDGED ? as_points : linli_count;

    return LINLI_LINE(LINLI_M_MARK_RANGE, linli_named(k->code), shown(f->low), shown(f->high), shown(most));
}

static void indicator_part(linli_comparison *s, const struct options *o, linli_entry *e, size_t i)
{
    const struct indicator *k = (const struct indicator *)o->indicators.items + i;
    struct finding f = k->method == SURVEY ? survey_of(s, e) : finding_of(s, e, i, k);
    int64_t most = most_of(o, k);
    linli_part *part = linli_part_new(s, e, k->code);
    linli_line waits = LINLI_LINE(LINLI_M_NO_MARKS, linli_named(k->code));

    if (f.low < 0 || f.high > most)
        waits = out_of_range(k, &f, most);
    else if (f.members > 0 && !evidence_there(s->facts, e->bid->key, k->evidence))
        waits = LINLI_LINE(M_EVIDENCE, linli_named(k->evidence));
    else if (f.members > 0)
        waits = indicator_points(s, o, k, &f, part);
    linli_explain(s, part, waits);
    if (f.has_self)
        linli_explain(s, part, LINLI_LINE(M_SELF, linli_score(f.self)));
    if (f.self_high.micro > 0)
        linli_explain(s, part, LINLI_LINE(M_SELF_HIGH, linli_score(f.self_high), linli_score(k->points)));
    if (waits.message == LINLI_M_NO_MARKS || waits.message == LINLI_M_MARK_RANGE) {
        linli_tell(s, e, waits);
        e->unsettled = true;
    }
}

/* ---- grade and factor ---------------------------------------------------------------- */

/* A part that gives no points and says something else as data. */
static void tell_as(linli_comparison *s, linli_entry *e, const char *code, int64_t micro, linli_line line)
{
    linli_part *part = linli_part_new(s, e, code);

    part->raw.micro = micro;
    linli_explain(s, part, line);
    linli_tell(s, e, line);
}

/* Are the lines of the grades those of the rules, or the office's own? */
static bool ruled(const linli_facts *facts, const char *code, linli_points line)
{
    const linli_rule *rule = linli_rule_of(facts, code);

    return rule && rule->value == line.micro;
}

static void grade(linli_comparison *s, const struct options *o, linli_entry *e)
{
    linli_points total = e->result->total, lines[] = {o->excellent, o->good, o->fair};
    linli_points missing = {o->excellent.micro - total.micro};
    uint32_t at = 0;
    int64_t steps = 0;
    linli_rate factor;

    while (at < 3 && total.micro < lines[at].micro)
        at++;
    tell_as(s, e, "grade", (int64_t)(at + 1) * LINLI_POINT,
            LINLI_LINE(M_GRADE_FIRST + at, linli_score(total), linli_score(lines[at < 3 ? at : 2])));
    if (ruled(s->facts, "grade_excellent", o->excellent) && ruled(s->facts, "grade_good", o->good) &&
        ruled(s->facts, "grade_pass", o->fair))
        linli_tell(s, e,
                   LINLI_LINE(M_GRADES_RULE, linli_ruled("grade_excellent"), linli_ruled("grade_good"),
                              linli_ruled("grade_pass")));
    factor = o->factors[at];
    if (o->factor == FACTOR_GRADES)
        tell_as(s, e, "factor", factor.ppm * 100, LINLI_LINE(M_FACTOR, linli_percent(factor)));
    if (o->factor != FACTOR_STEPS)
        return;
    if (missing.micro > 0)
        steps = (missing.micro + (o->step_rounding == STEP_UP ? o->step_points.micro - 1 : 0)) /
                o->step_points.micro;
    factor.ppm = steps * o->step_rate.ppm < LINLI_WHOLE ? LINLI_WHOLE - steps * o->step_rate.ppm : 0;
    tell_as(s, e, "factor", factor.ppm * 100,
            LINLI_LINE(M_STEPS, linli_score(o->excellent), linli_score(o->step_points),
                       linli_percent(o->step_rate), linli_count(steps), linli_percent(factor)));
}

/* The indicators as criteria that marks are read for. */
static linli_list judged_of(linli_ask *ask, const struct options *o)
{
    const struct indicator *n = o->indicators.items;
    linli_judged *all = LINLI_NEW(ask, linli_judged, o->indicators.count);

    for (size_t i = 0; all && i < o->indicators.count; i++)
        all[i] = (linli_judged){.code = n[i].code, .most = n[i].points};
    return (linli_list){all, all ? o->indicators.count : 0};
}

static linli_status evaluate(linli_ask *ask, const void *options, const linli_facts *facts,
                             const linli_admissions *admitted, linli_evaluation *out)
{
    static const linli_line said[] = {{0}, {.message = LINLI_M_TIE}};
    static const linli_ranking by = {NULL, linli_by_keys, 1, said};
    const struct options *o = options;
    linli_list judged = judged_of(ask, o);
    linli_comparison s;

    if (!judged.items)
        return LINLI_NOMEM;
    linli_compare_open(&s, ask, facts, admitted, o->indicators.count + 2);
    linli_marks_read(&s, judged, false);
    linli_conflicts(&s);
    for (size_t i = 0; i < s.count; i++)
        for (size_t k = 0; k < o->indicators.count && s.status == LINLI_OK; k++)
            indicator_part(&s, o, &s.list[i], k);
    linli_totals(&s);
    for (size_t i = 0; i < s.count && s.status == LINLI_OK; i++) {
        s.list[i].compared.minor = 0;
        s.list[i].key[0] = s.list[i].result->total.micro;
        if (!s.list[i].unsettled)
            grade(&s, o, &s.list[i]);
    }
    linli_rank(&s, &by, NULL);
    return linli_compare_close(&s, LINLI_ORDER, out);
}

/* clang-format off */
static const linli_about about = {
    .id = "performance", .version = "1.1.0", .opens = "1.0.0",
    .name    = { "绩效评价", "performance evaluation" },
    .summary = { "100 分指标体系，逐项有目标和佐证，得出优良中差和付款系数；用于验收、中期和终期评价", "an indicator tree of 100 points with targets and evidence gives a grade and a payment factor; for acceptance, mid-term and final evaluation" },
    .basis   = { "财预〔2020〕10号；政府购买服务管理办法（财政部令第102号）", "Caiyu [2020] 10; Measures for Government Purchase of Services (Ministry of Finance Order 102)" },
    .author = "Linli maintainers", .licence = "Apache-2.0",
};
#define TREE \
    "{\"indicators\":[" \
    "{\"code\":\"execution\",\"name\":{\"zh\":\"预算执行率\",\"en\":\"budget spent\"},\"group\":\"execution\",\"points\":\"10\"}," \
    "{\"code\":\"visits\",\"name\":{\"zh\":\"服务人次\",\"en\":\"visits\"},\"group\":\"output\",\"method\":\"target\",\"points\":\"30\",\"target\":500}," \
    "{\"code\":\"in_time\",\"name\":{\"zh\":\"按期完成\",\"en\":\"in time\"},\"group\":\"output\",\"method\":\"met\",\"points\":\"20\"}," \
    "{\"code\":\"benefit\",\"name\":{\"zh\":\"社会效益\",\"en\":\"benefit\"},\"group\":\"benefit\",\"points\":\"30\"}," \
    "{\"code\":\"content\",\"name\":{\"zh\":\"服务对象满意度\",\"en\":\"content users\"},\"group\":\"satisfaction\",\"method\":\"survey\",\"points\":\"10\"}]"
static const char *const examples[] = { TREE "}", TREE ",\"factor\":\"steps\",\"self_share\":\"20%\"}", TREE ",\"factor\":\"grades\"}", NULL };
static const linli_scheme performance = {
    .size = sizeof(linli_scheme), .gives = LINLI_ORDER, .about = &about,
    .options = table, .option_count = sizeof table / sizeof table[0], .options_size = sizeof(struct options),
    .messages = messages, .message_count = MESSAGES, .examples = examples,
    .check = check, .criteria = criteria, .evaluate = evaluate,
};
/* clang-format on */

static const linli_scheme *const schemes[] = {&performance, NULL};

const linli_module linli_exports = LINLI_MODULE(.schemes = schemes);
