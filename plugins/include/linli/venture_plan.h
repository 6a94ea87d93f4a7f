/*
 * linli/venture_plan.h - the first half of linli/venture.h: what a call of venture philanthropy (公益创投)
 * may choose, its words, what is wrong with its options, and its plan.
 */
#ifndef LINLI_VENTURE_PLAN_H
#define LINLI_VENTURE_PLAN_H

#include <string.h>

#include "linli/grant.h"

/* ---- options ------------------------------------------------------------ */

typedef struct linli_venture_track {
    int64_t lot, quota;
    bool filed;
    linli_money grant_max;
} linli_venture_track;

typedef struct linli_venture_options {
    linli_period window, voting_window, result_notice, age_min, exclusion;
    int64_t applications_min, turnout, panel_members, panel_experts;
    int64_t reserves;
    bool rule_limits, training, pitch_order, public_vote, consent, revise, show_marks;
    linli_rate share_max, own_funds_min, match, shift;
    linli_money grant_max, unmatched_max, money_most;
    linli_points pass_line, pass_score;
    int32_t rounding, checked_by, claw_back, past_grade;
    linli_list tracks;   /* of track */
    linli_list tranches; /* of linli_part_option */
} linli_venture_options;

enum { LINLI_V_CLAW_NONE, LINLI_V_CLAW_UNSPENT, LINLI_V_CLAW_ALL };

/* clang-format off */
#define LINLI_V_MOST INT64_C(100000000000000)
#define LINLI_V_AT(member) .offset = offsetof(linli_venture_options, member)

static const char *const linli_venture_checker_codes[]  = { "operator", "office", NULL };
static const linli_text  linli_venture_checker_labels[] = { { "承办单位", "operator" }, { "街道经办", "office clerk" }, { NULL, NULL } };
static const int32_t     linli_venture_checkers[]       = { LINLI_OPERATOR, LINLI_OFFICE_CLERK };
static const char *const linli_venture_rounding_codes[]  = { "half_up", "down", NULL };
static const linli_text  linli_venture_rounding_labels[] = { { "四舍五入到分", "half up to the fen" }, { "舍去分以下", "down to the fen" }, { NULL, NULL } };
static const int32_t     linli_venture_roundings[]       = { LINLI_HALF_UP, LINLI_DOWN };
static const char *const linli_venture_claw_codes[]  = { "none", "unspent", "all", NULL };
static const linli_text  linli_venture_claw_labels[] = { { "不追回", "nothing" }, { "追回未认可的支出", "what was not accepted" }, { "全部追回", "all of it" }, { NULL, NULL } };
static const char *const linli_venture_past_codes[]  = { "any", "excellent", "good", "fair", NULL };
static const linli_text  linli_venture_past_labels[] = { { "不限", "any" }, { "优", "excellent" }, { "良", "good" }, { "中", "fair" }, { NULL, NULL } };
static const char *const linli_venture_due_codes[]   = LINLI_DUE_CODES;
static const linli_text  linli_venture_due_labels[]  = LINLI_DUE_LABELS;

static const linli_option linli_venture_part_rows[] = { LINLI_TRANCHE_ROWS(linli_venture_due_labels, linli_venture_due_codes) };

static const linli_option linli_venture_track_rows[] = {
    { .name = "lot", .type = LINLI_OPT_COUNT, .required = true, .offset = offsetof(linli_venture_track, lot), .low = 1, .high = 100,
      .label = { "板块", "track" }, .help = { "板块序号", "number of the lot" } },
    { .name = "quota", .type = LINLI_OPT_COUNT, .offset = offsetof(linli_venture_track, quota), .low = 0, .high = 1000, .initial = "0",
      .label = { "名额", "quota" }, .help = { "最多立项数，0 为不限", "most projects funded; 0: no limit" } },
    { .name = "filed", .type = LINLI_OPT_BOOL, .offset = offsetof(linli_venture_track, filed), .initial = "false",
      .label = { "备案团队板块", "for filed teams" }, .help = { "只收备案社区社会组织，由支持单位代签代收", "takes filed teams only; their host signs and is paid" } },
    { .name = "grant_max", .type = LINLI_OPT_MONEY, .offset = offsetof(linli_venture_track, grant_max), .low = 0, .high = LINLI_V_MOST, .initial = "0.00",
      .label = { "本板块单项上限", "most for a project here" }, .help = { "0 为适用总的上限", "0: as for the whole call" } },
};

#define LINLI_VENTURE_ROWS \
    { .name = "window", .type = LINLI_OPT_PERIOD, LINLI_V_AT(window), .low = 1, .high = 180, \
      .label = { "征集期", "time to apply" }, .help = { "不得短于规则；不填则用规则", "not shorter than the rules say; left out: as the rules say" } }, \
    { .name = "applications_min", .type = LINLI_OPT_COUNT, LINLI_V_AT(applications_min), .low = 1, .high = 1000, .initial = "1", \
      .label = { "最少申报数", "applications needed" }, .help = { "每个板块，不足则终止", "in each track; with fewer it ends" } }, \
    { .name = "money_most", .type = LINLI_OPT_MONEY, LINLI_V_AT(money_most), .low = 0, .high = LINLI_V_MOST, .initial = "0.00", \
      .label = { "每家资助合计上限", "most for one body" }, .help = { "0 为不限", "0: no limit" } }, \
    { .name = "rule_limits", .type = LINLI_OPT_BOOL, LINLI_V_AT(rule_limits), .initial = "false", \
      .label = { "适用规则中的限额", "limits of the rules" }, .help = { "资助比例、上限、自筹比例、成立年限；单独填写的优先", "share, cap, own funds, age; what is given beside goes first" } }, \
    { .name = "share_max", .type = LINLI_OPT_RATE, LINLI_V_AT(share_max), .low = 0, .high = LINLI_WHOLE, .initial = "0%", \
      .label = { "资助占项目预算比例", "share of the project's budget" }, .help = { "0% 为不限", "0%: no limit" } }, \
    { .name = "grant_max", .type = LINLI_OPT_MONEY, LINLI_V_AT(grant_max), .low = 0, .high = LINLI_V_MOST, .initial = "0.00", \
      .label = { "单个项目资助上限", "most for a project" }, .help = { "0 为不限", "0: no limit" } }, \
    { .name = "own_funds_min", .type = LINLI_OPT_RATE, LINLI_V_AT(own_funds_min), .low = 0, .high = LINLI_WHOLE, .initial = "0%", \
      .label = { "自筹比例", "own funds" }, .help = { "自有资金和募得款占项目预算", "own money and donations, of the project's budget" } }, \
    { .name = "match", .type = LINLI_OPT_RATE, LINLI_V_AT(match), .low = 0, .high = 10 * LINLI_WHOLE, .initial = "0%", \
      .label = { "配捐比例", "match" }, .help = { "募得 1 元配资助几元：1:2 填 200%；0% 为不配捐", "granted for each yuan donated, 1:2 is 200%; 0%: no match" } }, \
    { .name = "unmatched_max", .type = LINLI_OPT_MONEY, LINLI_V_AT(unmatched_max), .low = 0, .high = LINLI_V_MOST, .initial = "0.00", \
      .label = { "未募款项目上限", "most without donations" }, .help = { "配捐时适用，0 为不资助", "where there is a match; 0: nothing" } }, \
    { .name = "rounding", .type = LINLI_OPT_CHOICE, LINLI_V_AT(rounding), .low = 0, .high = 1, .initial = "half_up", \
      .choices = linli_venture_rounding_labels, .codes = linli_venture_rounding_codes, \
      .label = { "比例取整", "rounding of shares" }, .help = { "按比例计算的金额如何取到分", "how a share becomes fen" } }, \
    { .name = "age_min", .type = LINLI_OPT_PERIOD, LINLI_V_AT(age_min), .low = 0, .high = 240, \
      .label = { "成立年限", "age of the applicant" }, .help = { "截止日前成立满多少个月", "months since it was founded, at the deadline" } }, \
    { .name = "tracks", .type = LINLI_OPT_LIST, LINLI_V_AT(tracks), .low = 0, .high = 100, \
      .item = linli_venture_track_rows, .item_count = 4, .item_size = sizeof(linli_venture_track), \
      .label = { "板块", "tracks" }, .help = { "未列出的板块没有名额和单独上限", "a track that is not listed has no quota and no cap of its own" } }, \
    { .name = "consent", .type = LINLI_OPT_BOOL, LINLI_V_AT(consent), .initial = "true", \
      .label = { "落地社区意见", "consent of the community" }, .help = { "初审须有落地社区同意的意见", "the review asks for the consent of the community where it lands" } }, \
    { .name = "checked_by", .type = LINLI_OPT_CHOICE, LINLI_V_AT(checked_by), .low = 0, .high = 1, .initial = "operator", \
      .choices = linli_venture_checker_labels, .codes = linli_venture_checker_codes, \
      .label = { "初审方", "who reviews" }, .help = { "谁负责初审和退回补正", "who makes the first review and returns for completion" } }, \
    { .name = "training", .type = LINLI_OPT_BOOL, LINLI_V_AT(training), .initial = "true", \
      .label = { "路演前培训", "training before the pitch" }, .help = { "初审后有能力培训和方案优化", "after the review, before the pitch" } }, \
    { .name = "pitch_order", .type = LINLI_OPT_BOOL, LINLI_V_AT(pitch_order), .initial = "true", \
      .label = { "路演顺序抽签", "order of pitches drawn" }, .help = { "公开抽取", "by public draw" } }, \
    { .name = "public_vote", .type = LINLI_OPT_BOOL, LINLI_V_AT(public_vote), .initial = "false", \
      .label = { "公众投票", "public vote" }, .help = { "由评审方法计入", "what it counts for, the scheme says" } }, \
    { .name = "voting_window", .type = LINLI_OPT_PERIOD, LINLI_V_AT(voting_window), .low = 1, .high = 90, \
      .label = { "投票期", "voting" }, .help = { "不填则用规则", "left out: as the rules say" } }, \
    { .name = "turnout", .type = LINLI_OPT_COUNT, LINLI_V_AT(turnout), .low = 1, .high = INT64_C(100000000), .initial = "1", \
      .label = { "最少投票人数", "voters needed" }, .help = { "投票结束时公布是否达到；投票仍按评审方法计入，评审照常", "told when the vote ends; the votes count as the scheme says all the same, and the panel goes on" } }, \
    { .name = "panel_members", .type = LINLI_OPT_COUNT, LINLI_V_AT(panel_members), .low = 1, .high = 31, \
      .label = { "评审组人数", "panel members" }, .help = { "单数；不填则用规则", "an odd number; left out: as the rules say" } }, \
    { .name = "panel_experts", .type = LINLI_OPT_COUNT, LINLI_V_AT(panel_experts), .low = 0, .high = 31, .initial = "0", \
      .label = { "其中专家", "of these, experts" }, .help = { "0 为适用规则的比例", "0: the share the rules say" } }, \
    { .name = "pass_line", .type = LINLI_OPT_POINTS, LINLI_V_AT(pass_line), .low = 0, .high = INT64_C(100000000), .initial = "0", \
      .label = { "立项分数线", "points needed" }, .help = { "低于此分不立项", "with fewer it is not funded" } }, \
    { .name = "reserves", .type = LINLI_OPT_COUNT, LINLI_V_AT(reserves), .low = 0, .high = 100, .initial = "3", \
      .label = { "递补名单", "reserve list" }, .help = { "最多几个项目候补", "how many wait for a place" } }, \
    LINLI_ROW_PUBLICITY(linli_venture_options), \
    { .name = "revise", .type = LINLI_OPT_BOOL, LINLI_V_AT(revise), .initial = "true", \
      .label = { "核减后修订方案", "revised plan after a cut" }, .help = { "资助少于申请的，签约前须核准修订方案", "granted less than asked for: a revised plan is approved before signing" } }, \
    { .name = "past_grade", .type = LINLI_OPT_CHOICE, LINLI_V_AT(past_grade), .low = 0, .high = 3, .initial = "any", \
      .choices = linli_venture_past_labels, .codes = linli_venture_past_codes, \
      .label = { "以往绩效等次", "grade of past work" }, .help = { "最近一次在本单位的绩效评价低于此等次的不得申报；未评价过的不受影响", "who was last found worse by this office may not apply; who never was evaluated may" } }, \
    { .name = "pass_score", .type = LINLI_OPT_POINTS, LINLI_V_AT(pass_score), .low = 0, .high = INT64_C(100000000), .initial = "0", \
      .label = { "评估合格分", "points to pass an evaluation" }, .help = { "0 为适用规则", "0: as the rules say" } }, \
    { .name = "claw_back", .type = LINLI_OPT_CHOICE, LINLI_V_AT(claw_back), .low = 0, .high = 2, .initial = "unspent", \
      .choices = linli_venture_claw_labels, .codes = linli_venture_claw_codes, \
      .label = { "评估不合格的追回", "asked back after a failure" }, .help = { "已拨款项追回多少", "how much of what was paid" } }, \
    { .name = "exclusion", .type = LINLI_OPT_PERIOD, LINLI_V_AT(exclusion), .low = 0, .high = 120, \
      .label = { "不合格后停止申报", "kept out after a failure" }, .help = { "月；不填则用规则", "months; left out: as the rules say" } }, \
    { .name = "show_marks", .type = LINLI_OPT_BOOL, LINLI_V_AT(show_marks), .initial = "true", \
      .label = { "公开评分", "marks are published" }, .help = { "公示时一并公开各评委评分，不具名", "with the result, judges unnamed" } }, \
    { .name = "tranches", .type = LINLI_OPT_LIST, .required = true, LINLI_V_AT(tranches), .low = 1, .high = 12, \
      .item = linli_venture_part_rows, .item_count = LINLI_TRANCHE_ROW_COUNT, .item_size = sizeof(linli_part_option), \
      .label = { "拨款安排", "tranches" }, .help = { "里程碑期次填写日期的，为评估报告的最后一日", "a milestone with a date: the last day for its report" } }

/* ---- words -------------------------------------------------------------- */

enum {
    LINLI_V_BELOW_RULE = LINLI_M_KIT, LINLI_V_UNIT, LINLI_V_MONTHS, LINLI_V_NO_WINDOW, LINLI_V_TRACK_TWICE, LINLI_V_NO_TRACK, LINLI_V_EVEN, LINLI_V_EXPERTS, LINLI_V_FEW_EXPERTS,
    LINLI_V_WITHDRAWN, LINLI_V_LATE, LINLI_V_VOID, LINLI_V_UPHELD, LINLI_V_INSIDER, LINLI_V_EXCLUDED, LINLI_V_FILED_ONLY, LINLI_V_NOT_FILED, LINLI_V_YOUNG, LINLI_V_PAST_GRADE,
    LINLI_V_NO_SUM, LINLI_V_OVER_COST, LINLI_V_OWN_FUNDS, LINLI_V_NO_DONATIONS, LINLI_V_NOT_COMPLETED, LINLI_V_RETURNED, LINLI_V_FAILED, LINLI_V_UNCHECKED, LINLI_V_ADMITTED,
    LINLI_V_EARLY, LINLI_V_FEW, LINLI_V_APPLICATIONS, LINLI_V_TO_CHECK, LINLI_V_NONE_PASSED, LINLI_V_PASSED, LINLI_V_TO_DRAW, LINLI_V_TRAINED, LINLI_V_VOTE_RUNS, LINLI_V_VOTERS,
    LINLI_V_TO_MARK, LINLI_V_NO_RANK, LINLI_V_RANKED, LINLI_V_UNDECIDED, LINLI_V_DECIDED, LINLI_V_NOTHING,
    LINLI_V_FUNDED, LINLI_V_CUT_SHARE, LINLI_V_CUT_CAP, LINLI_V_CUT_MATCH, LINLI_V_CUT_PANEL, LINLI_V_RESERVE, LINLI_V_LINE, LINLI_V_QUOTA, LINLI_V_NO_FIT, LINLI_V_BARRED, LINLI_V_HAS_MONEY,
    LINLI_V_ZERO, LINLI_V_NONE, LINLI_V_TIED, LINLI_V_DRAWN,
    LINLI_V_FAILED_EVALUATION, LINLI_V_LOW_SCORE, LINLI_V_MISSING, LINLI_V_ASKED_BACK, LINLI_V_KEPT_OUT,
    LINLI_V_CLOSED, LINLI_V_REVISE,
    LINLI_V_OWN
};

#define LINLI_VENTURE_MESSAGES \
    LINLI_KIT_MESSAGES, \
    [LINLI_V_BELOW_RULE]   = { "below_rule", { "低于规定的下限：{1}", "less than the rules allow: {1}" }, NULL }, \
    [LINLI_V_UNIT]         = { "unit", { "期限单位须与规则一致：{1}", "the unit must be that of the rule: {1}" }, NULL }, \
    [LINLI_V_MONTHS]       = { "months", { "须以月计", "must be in months" }, NULL }, \
    [LINLI_V_NO_WINDOW]    = { "no_window", { "规则没有投票期，须填写", "the rules have no voting time: state it" }, NULL }, \
    [LINLI_V_TRACK_TWICE]  = { "track_twice", { "板块 {1} 重复", "track {1} is there twice" }, NULL }, \
    [LINLI_V_NO_TRACK]     = { "no_track", { "没有第 {1} 个板块", "there is no track {1}" }, NULL }, \
    [LINLI_V_EVEN]         = { "even", { "评审组须为单数，现为 {1} 人", "the panel must be odd, not {1}" }, NULL }, \
    [LINLI_V_FEW_EXPERTS]  = { "few_experts", { "评审组 {2} 人中专家 {1} 人，不足 {3} 人", "{1} experts of {2} members where {3} are needed" }, NULL }, \
    [LINLI_V_EXPERTS]      = { "experts", { "专家 {1} 人多于评审组 {2} 人", "{1} experts in a panel of {2}" }, NULL }, \
    [LINLI_V_WITHDRAWN]    = { "withdrawn", { "申报已撤回", "the application was withdrawn" }, NULL }, \
    [LINLI_V_LATE]         = { "late", { "逾期申报", "handed in late" }, NULL }, \
    [LINLI_V_VOID]         = { "void", { "申报材料无效", "found void" }, NULL }, \
    [LINLI_V_UPHELD]       = { "upheld", { "异议成立，取消资格", "an objection against it was founded" }, NULL }, \
    [LINLI_V_INSIDER]      = { "insider", { "主办、承办单位不得申报", "who organises or operates the call may not apply" }, "海南省 2024 年公益创投 §3" }, \
    [LINLI_V_EXCLUDED]     = { "excluded", { "停止申报期至 {1}", "it is kept out until {1}" }, NULL }, \
    [LINLI_V_FILED_ONLY]   = { "filed_only", { "本板块只收备案社区社会组织", "this track takes filed teams only" }, NULL }, \
    [LINLI_V_NOT_FILED]    = { "not_filed", { "备案团队请申报备案团队板块", "filed teams have a track of their own" }, NULL }, \
    [LINLI_V_PAST_GRADE]   = { "past_grade", { "最近一次绩效评价等次低于本次征集的要求", "its work here was last found worse than this call asks for" }, NULL }, \
    [LINLI_V_YOUNG]        = { "young", { "截止日成立不满 {1} 个月", "founded less than {1} months before the deadline" }, NULL }, \
    [LINLI_V_NO_SUM]       = { "no_sum", { "没有申请金额", "it asks for no sum" }, NULL }, \
    [LINLI_V_OVER_COST]    = { "over_cost", { "申请 {1} 超过项目预算 {2}", "it asks for {1}, more than the project costs, {2}" }, NULL }, \
    [LINLI_V_OWN_FUNDS]    = { "own_funds", { "自筹 {1} 不足项目预算的 {2}", "its own {1} are less than {2} of the budget" }, NULL }, \
    [LINLI_V_NO_DONATIONS] = { "no_donations", { "没有募得款，不予配捐", "nothing was donated that could be matched" }, NULL }, \
    [LINLI_V_NOT_COMPLETED] = { "not_completed", { "未按期补正（{1} 前）", "not completed before {1}" }, NULL }, \
    [LINLI_V_RETURNED]     = { "returned", { "已退回补正，{1} 前提交", "returned for completion before {1}" }, NULL }, \
    [LINLI_V_FAILED]       = { "failed", { "初审未通过：{1}", "failed the check {1}" }, NULL }, \
    [LINLI_V_UNCHECKED]    = { "unchecked", { "尚未审查：{1}", "not checked yet: {1}" }, NULL }, \
    [LINLI_V_ADMITTED]     = { "admitted", { "通过初审", "it passed the first review" }, NULL }, \
    [LINLI_V_EARLY]        = { "early", { "征集截止时间 {1} 未到", "applications are taken until {1}" }, NULL }, \
    [LINLI_V_FEW]          = { "few", { "申报 {1} 项，不足 {2} 项", "{1} applications where {2} are needed" }, NULL }, \
    [LINLI_V_APPLICATIONS] = { "applications", { "申报 {1} 项", "{1} applications" }, NULL }, \
    [LINLI_V_TO_CHECK]     = { "to_check", { "还有 {1} 项未审完或在补正", "{1} are still to be checked or completed" }, NULL }, \
    [LINLI_V_NONE_PASSED]  = { "none_passed", { "没有项目通过初审", "no project passed the first review" }, NULL }, \
    [LINLI_V_PASSED]       = { "passed", { "{1} 项通过初审", "{1} passed the first review" }, NULL }, \
    [LINLI_V_TO_DRAW]      = { "to_draw", { "待公开抽取路演顺序", "the order of pitches is to be drawn" }, NULL }, \
    [LINLI_V_TRAINED]      = { "trained", { "培训结束", "the training is over" }, NULL }, \
    [LINLI_V_VOTE_RUNS]    = { "vote_runs", { "投票未结束", "the vote still runs" }, NULL }, \
    [LINLI_V_VOTERS]       = { "voters", { "投票 {1} 人，需要 {2} 人", "{1} voters, {2} needed" }, NULL }, \
    [LINLI_V_TO_MARK]      = { "to_mark", { "评审未完成", "the evaluation is not complete" }, NULL }, \
    [LINLI_V_NO_RANK]      = { "no_rank", { "没有项目取得名次或者达到分数线", "no project is ranked and over the line" }, NULL }, \
    [LINLI_V_RANKED]       = { "ranked", { "{1} 个项目取得名次", "{1} projects are ranked" }, NULL }, \
    [LINLI_V_UNDECIDED]    = { "undecided", { "尚未拟定立项名单", "not decided yet" }, NULL }, \
    [LINLI_V_DECIDED]      = { "decided", { "拟立项 {1} 个", "{1} projects are to be funded" }, NULL }, \
    [LINLI_V_NOTHING]      = { "nothing", { "没有可立项的项目", "no project can be funded" }, NULL }, \
    [LINLI_V_FUNDED]       = { "funded", { "第 {1} 名，得 {2} 分，申请 {3}，资助 {4}，板块尚余 {5}", "place {1} with {2}: asks for {3}, is granted {4} of the {5} left" }, NULL }, \
    [LINLI_V_CUT_SHARE]    = { "cut_share", { "资助不超过项目预算 {1} 的 {2}，即 {3}", "at most {2} of the budget of {1}: {3}" }, NULL }, \
    [LINLI_V_CUT_CAP]      = { "cut_cap", { "资助不超过单项上限 {1}", "at most {1} for a project" }, NULL }, \
    [LINLI_V_CUT_MATCH]    = { "cut_match", { "募得 {1}，按 {2} 配捐，不超过 {3}", "{1} were donated, matched at {2}: at most {3}" }, NULL }, \
    [LINLI_V_CUT_PANEL]    = { "cut_panel", { "评审组核定 {1}", "the panel allows {1}" }, NULL }, \
    [LINLI_V_RESERVE]      = { "reserve", { "递补第 {1} 位", "number {1} of the reserve list" }, NULL }, \
    [LINLI_V_LINE]         = { "line", { "{1} 得 {2} 分，低于分数线 {3}", "{1} has {2}, under the line of {3}" }, NULL }, \
    [LINLI_V_QUOTA]        = { "quota", { "名额 {1} 已满", "all {1} places are taken" }, NULL }, \
    [LINLI_V_NO_FIT]       = { "no_fit", { "应资助 {1}，超过板块余额 {2}", "it would get {1}, more than the {2} left" }, NULL }, \
    [LINLI_V_BARRED]       = { "barred", { "{1} 的申报单位在其他板块的立项数已达上限", "who made {1} has as many projects in other tracks as one may" }, NULL }, \
    [LINLI_V_HAS_MONEY]    = { "has_money", { "{1} 的申报单位在其他板块已获 {2}，合计将超过 {3}", "who made {1} has {2} in other tracks and would be over {3}" }, NULL }, \
    [LINLI_V_ZERO]         = { "zero", { "{1} 按限额计算的资助为零", "the limits leave nothing for {1}" }, NULL }, \
    [LINLI_V_NONE]         = { "none", { "没有可立项的项目", "no project can be funded" }, NULL }, \
    [LINLI_V_TIED]         = { "tied", { "第 {1} 名并列，待公开抽取", "a tie for place {1}: a public draw is needed" }, NULL }, \
    [LINLI_V_DRAWN]        = { "drawn", { "并列由公开抽取确定", "the tie was settled by public draw" }, NULL }, \
    [LINLI_V_FAILED_EVALUATION] = { "failed_evaluation", { "第三方评估不合格：{1}", "the evaluation was not passed: {1}" }, NULL }, \
    [LINLI_V_LOW_SCORE]    = { "low_score", { "评估得分 {1}，低于合格分 {2}", "{1} in the evaluation, {2} are needed" }, NULL }, \
    [LINLI_V_MISSING]      = { "missing", { "评估报告逾期未交：{1}", "the report was not handed in in time: {1}" }, NULL }, \
    [LINLI_V_ASKED_BACK]   = { "asked_back", { "追回 {1}（已拨 {2}，已认可 {3}）", "{1} is asked back: {2} were paid, {3} accepted" }, NULL }, \
    [LINLI_V_KEPT_OUT]     = { "kept_out", { "{1} 个月内不得申报", "it may not apply for {1} months" }, NULL }, \
    [LINLI_V_CLOSED]       = { "closed", { "已过征集截止时间 {1}", "applications were taken until {1}" }, NULL }, \
    [LINLI_V_REVISE]       = { "revise", { "资助少于申请，须先核准修订方案", "granted less than asked for: the revised plan must be approved first" }, NULL }
/* clang-format on */

#define LINLI_V_COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* ---- limits: what is given, else the rules where the call follows them --- */

static inline int64_t linli_venture_limit_of(const linli_venture_options *o, const linli_facts *facts,
                                             int64_t given, const char *code)
{
    const linli_rule *rule = o->rule_limits ? linli_rule_of(facts, code) : NULL;

    return given || !rule ? given : rule->value;
}

static const linli_venture_track *linli_venture_track_of(const linli_venture_options *o,
                                                         const linli_facts *facts)
{
    static const linli_venture_track plain = {0};
    const linli_venture_track *t = o->tracks.items;

    for (size_t i = 0; i < o->tracks.count; i++)
        if (t[i].lot == facts->tender->lot)
            return &t[i];
    return &plain;
}

static inline linli_money linli_venture_cap_of(const linli_venture_options *o, const linli_facts *facts)
{
    const linli_venture_track *t = linli_venture_track_of(o, facts);

    return (linli_money){t->grant_max.minor
                             ? t->grant_max.minor
                             : linli_venture_limit_of(o, facts, o->grant_max.minor, "grant_max")};
}

static inline linli_rate linli_venture_own_funds_of(const linli_venture_options *o, const linli_facts *facts)
{
    return (linli_rate){linli_venture_limit_of(o, facts, o->own_funds_min.ppm, "own_funds_min")};
}

/* Months an applicant must have existed; 0: any. */
static inline int32_t linli_venture_age_of(const linli_venture_options *o, const linli_facts *facts)
{
    const linli_rule *rule = o->rule_limits ? linli_rule_of(facts, "organisation_age_min") : NULL;

    return o->age_min.count || !rule ? o->age_min.count : rule->period.count;
}

/* ---- check -------------------------------------------------------------- */

static inline void linli_venture_find_tracks(linli_report *r, const linli_venture_options *o,
                                             const linli_facts *facts)
{
    const linli_venture_track *t = o->tracks.items;

    for (size_t i = 0; i < o->tracks.count; i++) {
        if (t[i].lot > facts->tender->lots && facts->tender->lots > 1)
            linli_find(r, "/tracks", LINLI_LINE(LINLI_V_NO_TRACK, linli_count(t[i].lot)));
        for (size_t j = 0; j < i; j++)
            if (t[i].lot == t[j].lot)
                linli_find(r, "/tracks", LINLI_LINE(LINLI_V_TRACK_TWICE, linli_count(t[i].lot)));
    }
}

static inline void linli_venture_find_panel(linli_report *r, const linli_venture_options *o,
                                            const linli_facts *facts)
{
    const linli_rule *least = linli_rule_of(facts, "panel_size");
    int64_t members = o->panel_members ? o->panel_members : least ? least->value : 0;
    int64_t needed = linli_experts_needed(facts, members);

    if (o->panel_members && o->panel_members % 2 == 0)
        linli_find(r, "/panel_members", LINLI_LINE(LINLI_V_EVEN, linli_count(o->panel_members)));
    if (o->panel_members && least && o->panel_members < least->value)
        linli_find(r, "/panel_members", LINLI_LINE(LINLI_V_BELOW_RULE, linli_ruled("panel_size")));
    if (o->panel_experts > members)
        linli_find(r, "/panel_experts",
                   LINLI_LINE(LINLI_V_EXPERTS, linli_count(o->panel_experts), linli_count(members)));
    else if (o->panel_experts && o->panel_experts < needed)
        linli_find(r, "/panel_experts",
                   LINLI_LINE(LINLI_V_FEW_EXPERTS, linli_count(o->panel_experts), linli_count(members),
                              linli_count(needed)));
}

static inline linli_status linli_venture_check(linli_ask *ask, const void *opts, const linli_facts *facts,
                                               linli_findings *out)
{
    const linli_venture_options *o = opts;
    linli_report r;

    if (!linli_report_new(ask, 200, &r))
        return LINLI_NOMEM;
    linli_find_short(&r, facts, "/window", o->window, "bid_window", LINLI_V_UNIT, LINLI_V_BELOW_RULE);
    linli_find_short(&r, facts, "/result_notice", o->result_notice, "result_notice", LINLI_V_UNIT,
                     LINLI_V_BELOW_RULE);
    if (o->public_vote && linli_period_or(facts, o->voting_window, "voting_window").count == 0)
        linli_find(&r, "/voting_window", (linli_line){.message = LINLI_V_NO_WINDOW});
    if (o->age_min.count && o->age_min.unit != LINLI_MONTHS)
        linli_find(&r, "/age_min", (linli_line){.message = LINLI_V_MONTHS});
    if (o->exclusion.count && o->exclusion.unit != LINLI_MONTHS)
        linli_find(&r, "/exclusion", (linli_line){.message = LINLI_V_MONTHS});
    linli_venture_find_tracks(&r, o, facts);
    linli_venture_find_panel(&r, o, facts);
    linli_find_tranches(&r, o->tranches);
    *out = linli_found_all(&r);
    return LINLI_OK;
}

/* ---- plan --------------------------------------------------------------- */

#define LINLI_V_MAY(act) LINLI_MAY(LINLI_##act)
#define LINLI_V_READ     LINLI_V_MAY(READ_TENDER)
#define LINLI_V_LOOKS    (LINLI_V_READ | LINLI_V_MAY(READ_BIDS))
#define LINLI_V_READERS                                                                                      \
    [LINLI_PUBLIC] = LINLI_V_READ, [LINLI_AGENT] = LINLI_V_READ, [LINLI_ADMINISTRATOR] = LINLI_V_READ
#define LINLI_V_WATCHERS                                                                                     \
    [LINLI_ASSESSOR] = LINLI_V_READ, [LINLI_SUPERVISOR] = LINLI_V_LOOKS, [LINLI_AUDITOR] = LINLI_V_LOOKS
#define LINLI_V_ASKS   (LINLI_V_READ | LINLI_V_MAY(QUESTION) | LINLI_V_MAY(OBJECT))
#define LINLI_V_SERVES (LINLI_V_LOOKS | LINLI_V_MAY(ANSWER) | LINLI_V_MAY(RESOLVE))

/* clang-format off */
static const linli_phase linli_venture_phases[] = {
    { "applying", { "征集申报", "applications" }, LINLI_TENDERING, LINLI_ENDS_AT_DUE,
      { LINLI_V_READERS, [LINLI_ASSESSOR] = LINLI_V_READ, [LINLI_SUPERVISOR] = LINLI_V_READ, [LINLI_AUDITOR] = LINLI_V_READ, [LINLI_EVALUATOR] = LINLI_V_READ,
        [LINLI_RESIDENT]        = LINLI_V_ASKS,
        [LINLI_ORGANISATION]    = LINLI_V_ASKS | LINLI_V_MAY(SUBMIT) | LINLI_V_MAY(REPLACE) | LINLI_V_MAY(WITHDRAW),
        [LINLI_OFFICE_CLERK]    = LINLI_V_READ | LINLI_V_MAY(ANSWER) | LINLI_V_MAY(RESOLVE) | LINLI_V_MAY(AMEND) | LINLI_V_MAY(ASSIGN),
        [LINLI_OPERATOR]        = LINLI_V_READ | LINLI_V_MAY(ANSWER) | LINLI_V_MAY(ASSIGN),
        [LINLI_OFFICE_APPROVER] = LINLI_V_READ | LINLI_V_MAY(RESOLVE) | LINLI_V_MAY(APPROVE) | LINLI_V_MAY(CANCEL),
        [LINLI_CLOCK]           = LINLI_V_MAY(ADVANCE) },
      "review", "void", NULL },
    { "review", { "初审与补正", "first review" }, LINLI_CHECKING, LINLI_ENDS_BY_ACT,
      { LINLI_V_READERS, LINLI_V_WATCHERS, [LINLI_EVALUATOR] = LINLI_V_READ, [LINLI_RESIDENT] = LINLI_V_ASKS,
        [LINLI_ORGANISATION]    = LINLI_V_ASKS | LINLI_V_MAY(ANSWER) | LINLI_V_MAY(WITHDRAW),
        [LINLI_OFFICE_CLERK]    = LINLI_V_SERVES | LINLI_V_MAY(CHECK) | LINLI_V_MAY(CLARIFY) | LINLI_V_MAY(ASSIGN) | LINLI_V_MAY(DRAW) | LINLI_V_MAY(ADVANCE),
        [LINLI_OPERATOR]        = LINLI_V_SERVES | LINLI_V_MAY(CHECK) | LINLI_V_MAY(CLARIFY) | LINLI_V_MAY(ASSIGN) | LINLI_V_MAY(DRAW) | LINLI_V_MAY(ADVANCE),
        [LINLI_OFFICE_APPROVER] = LINLI_V_SERVES | LINLI_V_MAY(APPROVE) | LINLI_V_MAY(CANCEL) },
      "training", "void", NULL },
    { "training", { "能力培训", "training" }, LINLI_CHECKING, LINLI_ENDS_BY_ACT,
      { LINLI_V_READERS, LINLI_V_WATCHERS, [LINLI_EVALUATOR] = LINLI_V_READ, [LINLI_RESIDENT] = LINLI_V_ASKS,
        [LINLI_ORGANISATION]    = LINLI_V_ASKS | LINLI_V_MAY(ANSWER) | LINLI_V_MAY(WITHDRAW),
        [LINLI_OFFICE_CLERK]    = LINLI_V_SERVES | LINLI_V_MAY(CLARIFY) | LINLI_V_MAY(ASSIGN) | LINLI_V_MAY(DRAW) | LINLI_V_MAY(ADVANCE),
        [LINLI_OPERATOR]        = LINLI_V_SERVES | LINLI_V_MAY(CLARIFY) | LINLI_V_MAY(ASSIGN) | LINLI_V_MAY(DRAW) | LINLI_V_MAY(ADVANCE),
        [LINLI_OFFICE_APPROVER] = LINLI_V_SERVES | LINLI_V_MAY(APPROVE) | LINLI_V_MAY(CANCEL) },
      "voting", "void", NULL },
    { "voting", { "公众投票", "public vote" }, LINLI_VOTING, LINLI_ENDS_AT_DUE,
      { LINLI_V_READERS, LINLI_V_WATCHERS, [LINLI_EVALUATOR] = LINLI_V_READ,
        [LINLI_RESIDENT]        = LINLI_V_ASKS | LINLI_V_MAY(VOTE),
        [LINLI_ORGANISATION]    = LINLI_V_ASKS,
        [LINLI_OFFICE_CLERK]    = LINLI_V_SERVES | LINLI_V_MAY(VOTE) | LINLI_V_MAY(ASSIGN),
        [LINLI_OPERATOR]        = LINLI_V_SERVES | LINLI_V_MAY(VOTE) | LINLI_V_MAY(ASSIGN),
        [LINLI_OFFICE_APPROVER] = LINLI_V_SERVES | LINLI_V_MAY(APPROVE) | LINLI_V_MAY(CANCEL),
        [LINLI_CLOCK]           = LINLI_V_MAY(ADVANCE) },
      "pitching", "void", "voting" },
    { "pitching", { "路演评审", "pitch and marks" }, LINLI_EVALUATING, LINLI_ENDS_WHEN_DONE,
      { LINLI_V_READERS, LINLI_V_WATCHERS, [LINLI_RESIDENT] = LINLI_V_ASKS, [LINLI_ORGANISATION] = LINLI_V_ASKS,
        [LINLI_EVALUATOR]       = LINLI_V_LOOKS | LINLI_V_MAY(MARK) | LINLI_V_MAY(REQUOTE) | LINLI_V_MAY(REPORT),
        [LINLI_OFFICE_CLERK]    = LINLI_V_SERVES | LINLI_V_MAY(ASSIGN) | LINLI_V_MAY(DRAW),
        [LINLI_OPERATOR]        = LINLI_V_SERVES | LINLI_V_MAY(ASSIGN) | LINLI_V_MAY(DRAW),
        [LINLI_OFFICE_APPROVER] = LINLI_V_SERVES | LINLI_V_MAY(APPROVE) | LINLI_V_MAY(CANCEL) },
      "deciding", "void", NULL },
    { "deciding", { "拟定立项", "decision" }, LINLI_DECIDING, LINLI_ENDS_BY_ACT,
      { LINLI_V_READERS, LINLI_V_WATCHERS, [LINLI_RESIDENT] = LINLI_V_ASKS, [LINLI_ORGANISATION] = LINLI_V_ASKS, [LINLI_EVALUATOR] = LINLI_V_LOOKS,
        [LINLI_OFFICE_CLERK]    = LINLI_V_SERVES | LINLI_V_MAY(DRAW) | LINLI_V_MAY(ANNOUNCE) | LINLI_V_MAY(ADVANCE),
        [LINLI_OPERATOR]        = LINLI_V_SERVES | LINLI_V_MAY(DRAW),
        [LINLI_OFFICE_APPROVER] = LINLI_V_SERVES | LINLI_V_MAY(CHOOSE) | LINLI_V_MAY(APPROVE) | LINLI_V_MAY(ANNOUNCE) | LINLI_V_MAY(ADVANCE) | LINLI_V_MAY(CANCEL) },
      "publicity", "void", NULL },
    { "publicity", { "公示", "publicity" }, LINLI_NOTICE, LINLI_ENDS_AT_DUE,
      { LINLI_V_READERS, LINLI_V_WATCHERS, [LINLI_RESIDENT] = LINLI_V_ASKS, [LINLI_ORGANISATION] = LINLI_V_ASKS, [LINLI_EVALUATOR] = LINLI_V_READ,
        [LINLI_OFFICE_CLERK]    = LINLI_V_SERVES | LINLI_V_MAY(ANNOUNCE),
        [LINLI_OPERATOR]        = LINLI_V_SERVES,
        [LINLI_OFFICE_APPROVER] = LINLI_V_SERVES | LINLI_V_MAY(APPROVE) | LINLI_V_MAY(ANNOUNCE),
        [LINLI_CLOCK]           = LINLI_V_MAY(ADVANCE) },
      "agreement", "void", "publicity" },
    { "agreement", { "修订方案与签订协议", "revised plans and agreements" }, LINLI_CONTRACTING, LINLI_ENDS_WHEN_DONE,
      { LINLI_V_READERS, LINLI_V_WATCHERS, [LINLI_RESIDENT] = LINLI_V_ASKS, [LINLI_EVALUATOR] = LINLI_V_READ,
        [LINLI_ORGANISATION]    = LINLI_V_ASKS | LINLI_V_MAY(ANSWER) | LINLI_V_MAY(SIGN) | LINLI_V_MAY(WITHDRAW),
        [LINLI_OFFICE_CLERK]    = LINLI_V_SERVES | LINLI_V_MAY(CLARIFY) | LINLI_V_MAY(ACCEPT) | LINLI_V_MAY(ANNOUNCE) | LINLI_V_MAY(SIGN),
        [LINLI_OPERATOR]        = LINLI_V_SERVES | LINLI_V_MAY(CLARIFY) | LINLI_V_MAY(ACCEPT) | LINLI_V_MAY(SIGN),
        [LINLI_OFFICE_APPROVER] = LINLI_V_SERVES | LINLI_V_MAY(ACCEPT) | LINLI_V_MAY(APPROVE) | LINLI_V_MAY(CHOOSE) | LINLI_V_MAY(ANNOUNCE) | LINLI_V_MAY(SIGN) | LINLI_V_MAY(CANCEL) },
      "delivering", "void", NULL },
    { "delivering", { "实施、评估与拨付", "delivery, evaluation and payment" }, LINLI_DELIVERING, LINLI_ENDS_WHEN_DONE,
      { LINLI_V_READERS, [LINLI_SUPERVISOR] = LINLI_V_LOOKS, [LINLI_AUDITOR] = LINLI_V_LOOKS, [LINLI_EVALUATOR] = LINLI_V_READ, [LINLI_RESIDENT] = LINLI_V_ASKS,
        [LINLI_ASSESSOR]        = LINLI_V_LOOKS | LINLI_V_MAY(ACCEPT) | LINLI_V_MAY(MARK),
        [LINLI_ORGANISATION]    = LINLI_V_ASKS | LINLI_V_MAY(DELIVER),
        [LINLI_OFFICE_CLERK]    = LINLI_V_SERVES | LINLI_V_MAY(ACCEPT) | LINLI_V_MAY(PAY),
        [LINLI_OPERATOR]        = LINLI_V_SERVES | LINLI_V_MAY(ACCEPT) | LINLI_V_MAY(PAY),
        [LINLI_OFFICE_APPROVER] = LINLI_V_SERVES | LINLI_V_MAY(APPROVE) | LINLI_V_MAY(ACCEPT) | LINLI_V_MAY(PAY) },
      "closed", "closed", NULL },
    { "closed", { "结项", "closed" }, LINLI_CLOSED, LINLI_NEVER_ENDS,
      { LINLI_V_READERS, LINLI_V_WATCHERS, [LINLI_EVALUATOR] = LINLI_V_READ, [LINLI_RESIDENT] = LINLI_V_READ, [LINLI_ORGANISATION] = LINLI_V_READ, [LINLI_OFFICE_CLERK] = LINLI_V_LOOKS,
        [LINLI_OPERATOR] = LINLI_V_LOOKS, [LINLI_OFFICE_APPROVER] = LINLI_V_LOOKS },
      NULL, NULL, NULL },
    { "void", { "终止", "void" }, LINLI_VOID, LINLI_NEVER_ENDS,
      { LINLI_V_READERS, LINLI_V_WATCHERS, [LINLI_EVALUATOR] = LINLI_V_READ, [LINLI_RESIDENT] = LINLI_V_READ, [LINLI_ORGANISATION] = LINLI_V_READ, [LINLI_OFFICE_CLERK] = LINLI_V_LOOKS,
        [LINLI_OPERATOR] = LINLI_V_LOOKS, [LINLI_OFFICE_APPROVER] = LINLI_V_LOOKS },
      NULL, NULL, NULL },
};

static const linli_reading linli_venture_readings[] = {
    { LINLI_SEES_BIDS,   LINLI_OFFICE_CLERK,    "review" },
    { LINLI_SEES_PRICES, LINLI_OFFICE_CLERK,    "review" },
    { LINLI_SEES_BIDS,   LINLI_OFFICE_APPROVER, "review" },
    { LINLI_SEES_PRICES, LINLI_OFFICE_APPROVER, "review" },
    { LINLI_SEES_BIDS,   LINLI_OPERATOR,        "review" },
    { LINLI_SEES_PRICES, LINLI_OPERATOR,        "review" },
    { LINLI_SEES_BIDS,   LINLI_SUPERVISOR,      "review" },
    { LINLI_SEES_PRICES, LINLI_SUPERVISOR,      "review" },
    { LINLI_SEES_BIDS,   LINLI_AUDITOR,         "review" },
    { LINLI_SEES_PRICES, LINLI_AUDITOR,         "review" },
    { LINLI_SEES_BIDS,   LINLI_EVALUATOR,       "pitching" },
    { LINLI_SEES_PRICES, LINLI_EVALUATOR,       "pitching" },
    { LINLI_SEES_MARKS,  LINLI_OFFICE_CLERK,    "deciding" },
    { LINLI_SEES_MARKS,  LINLI_OFFICE_APPROVER, "deciding" },
    { LINLI_SEES_MARKS,  LINLI_OPERATOR,        "deciding" },
    { LINLI_SEES_MARKS,  LINLI_EVALUATOR,       "deciding" },
    { LINLI_SEES_MARKS,  LINLI_SUPERVISOR,      "deciding" },
    { LINLI_SEES_MARKS,  LINLI_AUDITOR,         "deciding" },
    { LINLI_SEES_RESULT, LINLI_OFFICE_CLERK,    "deciding" },
    { LINLI_SEES_RESULT, LINLI_OFFICE_APPROVER, "deciding" },
    { LINLI_SEES_RESULT, LINLI_OPERATOR,        "deciding" },
    { LINLI_SEES_RESULT, LINLI_EVALUATOR,       "deciding" },
    { LINLI_SEES_RESULT, LINLI_SUPERVISOR,      "deciding" },
    { LINLI_SEES_RESULT, LINLI_AUDITOR,         "deciding" },
    { LINLI_SEES_RESULT, LINLI_ORGANISATION,    "publicity" },
    { LINLI_SEES_RESULT, LINLI_RESIDENT,        "publicity" },
    { LINLI_SEES_RESULT, LINLI_PUBLIC,          "publicity" },
    /* Where a public vote counts, projects are shown before it. */
    { LINLI_SEES_BIDS,   LINLI_PUBLIC,          "voting" },
    { LINLI_SEES_BIDS,   LINLI_RESIDENT,        "voting" },
    /* Only where marks are published. */
    { LINLI_SEES_MARKS,  LINLI_PUBLIC,          "publicity" },
    { LINLI_SEES_MARKS,  LINLI_ORGANISATION,    "publicity" },
    { LINLI_SEES_MARKS,  LINLI_RESIDENT,        "publicity" },
};
enum { LINLI_V_VOTE_READINGS = 2, LINLI_V_MARK_READINGS = 3 };

static const char *const linli_venture_needs[] = { "bid_window", "grade_pass", "panel_experts_den", "panel_experts_num",
                                     "panel_size", "result_notice", NULL };

static const linli_check_rule linli_venture_checks[] = {
    { "complete",     { "申报材料齐全", "the papers are complete" }, "review", LINLI_OPERATOR, NULL },
    { "eligible",     { "申报主体符合条件", "the applicant may apply" }, "review", LINLI_OPERATOR, NULL },
    { "good_credit",  { "未列入活动异常或者严重违法失信名单", "it is on no list of abnormal or seriously unlawful bodies" }, "review", LINLI_OPERATOR,
      "社会组织信用信息管理办法" },
    { "no_duplicate", { "同一项目未重复获得资助", "the same project is not funded twice" }, "review", LINLI_OPERATOR, NULL },
    { "consent",      { "落地社区同意", "the community where it lands agrees" }, "review", LINLI_OPERATOR, NULL },
};

static const linli_field linli_venture_fields[] = {
    { "requested", { "申请资助额", "sum asked for" }, LINLI_UNIT_MONEY, 1, LINLI_V_MOST, true, true, 1, 0 },
    { "project_budget", { "项目总预算", "budget of the project" }, LINLI_UNIT_MONEY, 1, LINLI_V_MOST, true, false, 1, 0 },
    { "own_funds", { "自有资金", "own money" }, LINLI_UNIT_MONEY, 0, LINLI_V_MOST, true, false, 1, 0 },
    { "donations", { "募得款", "money donated for it" }, LINLI_UNIT_MONEY, 0, LINLI_V_MOST, true, false, 1, 0 },
    { "funded_elsewhere", { "同一项目已获或者已申请的其他财政资助（没有填 0）", "public money it has or asked for elsewhere (0: none)" },
      LINLI_UNIT_MONEY, 0, LINLI_V_MOST, true, false, 1, 0 },
    { "approved", { "评审组核定资助额", "sum the panel allows" }, LINLI_UNIT_MONEY, 0, LINLI_V_MOST, false, false, 1, LINLI_EVALUATOR },
};
/* clang-format on */

/* The phases of this call: without training, without a vote. */
static inline linli_status linli_venture_plan_phases(linli_ask *ask, const linli_venture_options *o,
                                                     linli_plan *out)
{
    linli_phase *p = LINLI_NEW(ask, linli_phase, LINLI_V_COUNT(linli_venture_phases));
    size_t n = 0;

    if (!p)
        return LINLI_NOMEM;
    for (size_t i = 0; i < LINLI_V_COUNT(linli_venture_phases); i++) {
        if ((!o->training && strcmp(linli_venture_phases[i].code, "training") == 0) ||
            (!o->public_vote && strcmp(linli_venture_phases[i].code, "voting") == 0)) {
            p[n - 1].next = linli_venture_phases[i].next;
            continue;
        }
        p[n++] = linli_venture_phases[i];
    }
    out->phases = p;
    out->phase_count = n;
    return LINLI_OK;
}

static inline linli_status linli_venture_plan_readings(linli_ask *ask, const linli_venture_options *o,
                                                       linli_plan *out)
{
    linli_reading *r = LINLI_NEW(ask, linli_reading, LINLI_V_COUNT(linli_venture_readings));
    size_t fixed = LINLI_V_COUNT(linli_venture_readings) - LINLI_V_VOTE_READINGS - LINLI_V_MARK_READINGS,
           n = 0;

    if (!r)
        return LINLI_NOMEM;
    for (size_t i = 0; i < LINLI_V_COUNT(linli_venture_readings); i++)
        if (i < fixed || (i < fixed + LINLI_V_VOTE_READINGS ? o->public_vote : o->show_marks))
            r[n++] = linli_venture_readings[i];
    out->readings = r;
    out->reading_count = n;
    return LINLI_OK;
}

static inline linli_status linli_venture_plan_windows(linli_ask *ask, const linli_venture_options *o,
                                                      const linli_facts *facts, linli_plan *out)
{
    static const linli_ruled_window
        call = {"bid_window", {"征集期", "time to apply"}, LINLI_PUBLISHED, LINLI_BIDS_DUE},
        vote = {"voting_window", {"投票期", "voting"}, LINLI_VOTING_STARTED, LINLI_VOTING_ENDED};
    static const linli_ruled_window duties[] = {
        {"evaluation_window", {"评审期限", "time to evaluate"}, LINLI_BIDS_DUE, LINLI_EVALUATED},
        {"approval_window", {"审批期限", "time to approve"}, LINLI_EVALUATED, LINLI_DECIDED},
        {"sign_window", {"签约期限", "time to sign"}, LINLI_ANNOUNCED, LINLI_SIGNED},
        {"challenge_answer", {"异议复核期限", "time to answer an objection"}, LINLI_OBJECTED, LINLI_RESOLVED},
        {"payment_window", {"拨付期限", "time to pay"}, LINLI_ACCEPTED, LINLI_PAID},
    };
    linli_window *w = LINLI_NEW(ask, linli_window, 3 + LINLI_V_COUNT(duties));
    size_t n = 0;

    if (!w)
        return LINLI_NOMEM;
    w[n++] = linli_granted_window(facts, "call", call, linli_period_or(facts, o->window, call.rule));
    if (o->public_vote)
        w[n++] =
            linli_granted_window(facts, "voting", vote, linli_period_or(facts, o->voting_window, vote.rule));
    w[n++] = linli_publicity(facts, o->result_notice);
    n += linli_duty_windows(facts, duties, LINLI_V_COUNT(duties), &w[n]);
    out->windows = w;
    out->window_count = n;
    return LINLI_OK;
}

static inline linli_status linli_venture_plan_gates(linli_ask *ask, const linli_venture_options *o,
                                                    linli_plan *out)
{
    linli_quorum *q = LINLI_NEW(ask, linli_quorum, 2);
    linli_check_rule *c = LINLI_NEW(ask, linli_check_rule, LINLI_V_COUNT(linli_venture_checks));

    if (!q || !c)
        return LINLI_NOMEM;
    q[0] = (linli_quorum){.phase = "applying",
                          .counts = LINLI_COUNT_BIDDERS,
                          .at_least = (int32_t)o->applications_min,
                          .below = LINLI_BELOW_FAIL,
                          .otherwise = "void"};
    q[1] = (linli_quorum){.phase = "review",
                          .counts = LINLI_COUNT_ADMITTED,
                          .at_least = 1,
                          .below = LINLI_BELOW_FAIL,
                          .otherwise = "void"};
    out->quorums = q;
    out->quorum_count = 2;
    out->check_count = LINLI_V_COUNT(linli_venture_checks) - !o->consent;
    for (size_t i = 0; i < out->check_count; i++) {
        c[i] = linli_venture_checks[i];
        c[i].role = linli_venture_checkers[o->checked_by];
    }
    out->checks = c;
    return LINLI_OK;
}

/* Completions and revised plans of any time; for each evaluation a report that a third party judges. */
static inline linli_status linli_venture_plan_papers(linli_ask *ask, const linli_venture_options *o,
                                                     linli_plan *out)
{
    const linli_part_option *part = o->tranches.items;
    linli_paper_rule *p = LINLI_NEW(ask, linli_paper_rule, o->tranches.count + 2);
    size_t n = 0, middle = 0, final = 0;

    if (!p)
        return LINLI_NOMEM;
    p[n++] = (linli_paper_rule){.code = "completion",
                                .name = {"补正材料", "completion"},
                                .phase = "review",
                                .role = LINLI_ORGANISATION};
    p[n++] = (linli_paper_rule){.code = "revised_plan",
                                .name = {"修订方案和预算", "revised plan and budget"},
                                .phase = "agreement",
                                .role = LINLI_ORGANISATION};
    for (size_t i = 0; i < o->tranches.count; i++) {
        int32_t due = part[i].due + LINLI_ON_SIGNING;
        bool last = due == LINLI_ON_ACCEPTANCE;
        const char *code;

        if (!last && due != LINLI_ON_MILESTONE)
            continue;
        code =
            last ? linli_numbered(ask, "final_report", ++final) : linli_numbered(ask, "mid_report", ++middle);
        if (!code)
            return LINLI_NOMEM;
        p[n++] = (linli_paper_rule){
            .code = code,
            .name = last ? (linli_text){"结项报告、决算和审计意见", "final report, accounts and audit"}
                         : (linli_text){"中期自评报告和支出凭证", "mid-term report with vouchers"},
            .phase = "delivering",
            .tranche = part[i].code,
            .role = LINLI_ORGANISATION,
            .at_least = 1,
            .published = true,
            .independent = true};
    }
    out->papers = p;
    out->paper_count = n;
    return LINLI_OK;
}

static inline linli_panel linli_venture_panel_of(const linli_venture_options *o, const linli_facts *facts)
{
    const linli_rule *size = linli_rule_of(facts, "panel_size");
    linli_panel p = {.at_least = (int32_t)(o->panel_members ? o->panel_members : size ? size->value : 0),
                     .experts = (int32_t)linli_value_or(facts, 0, "panel_experts_num"),
                     .of = (int32_t)linli_value_or(facts, 0, "panel_experts_den"),
                     .odd = true,
                     .recuse = true,
                     .source = size ? size->source : NULL};

    if (o->panel_experts > 0)
        p.experts = (int32_t)o->panel_experts, p.of = p.at_least;
    return p;
}

static inline linli_status linli_venture_plan(linli_ask *ask, const void *opts, const linli_facts *facts,
                                              linli_plan *out)
{
    const linli_venture_options *o = opts;
    int64_t quota = linli_venture_track_of(o, facts)->quota;
    linli_status status;

    *out = (linli_plan){
        .entry = LINLI_ANYONE,
        .sealing = LINLI_SEALED_TO_DUE,
        .contract = LINLI_GRANT,
        .objection_stops = true,
        .panel = linli_venture_panel_of(o, facts),
        .award = {.kind = quota && o->tracks.count == 1 ? LINLI_AWARD_UP_TO_N : LINLI_AWARD_TO_BUDGET,
                  .most = quota && o->tracks.count == 1 ? (int32_t)quota : INT32_MAX,
                  .candidates = (int32_t)o->reserves,
                  .by_rank = true,
                  .over = o->pass_line},
        .fields = linli_venture_fields,
        .field_count = LINLI_V_COUNT(linli_venture_fields),
    };
    if (!(out->tranches = linli_tranche_rules(ask, o->tranches)))
        return LINLI_NOMEM;
    out->tranche_count = o->tranches.count;
    if ((status = linli_venture_plan_phases(ask, o, out)) != LINLI_OK ||
        (status = linli_venture_plan_readings(ask, o, out)) != LINLI_OK ||
        (status = linli_venture_plan_windows(ask, o, facts, out)) != LINLI_OK ||
        (status = linli_venture_plan_gates(ask, o, out)) != LINLI_OK)
        return status;
    return linli_venture_plan_papers(ask, o, out);
}

#endif /* LINLI_VENTURE_PLAN_H */
