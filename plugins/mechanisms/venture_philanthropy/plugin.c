/*
 * venture_philanthropy - 公益创投: a call in tracks, applications with their own money, a first review with
 * completion, training, a pitch in drawn order, grants under caps to as many as fit, a mid-term and a final
 * evaluation that can end a project and ask money back.
 *
 * A track is a lot.  Which application is better, is the scheme's to say; how much it gets, is settled here:
 * the least of what it asks for, its share of the project's budget, its cap, and what the panel allows.
 */
#include <string.h>

#include "linli/grant.h"

/* ---- options ------------------------------------------------------------ */

typedef struct track {
    int64_t lot, quota;
    bool filed;
    linli_money grant_max;
} track;

typedef struct options {
    linli_period window, voting_window, result_notice, age_min, exclusion;
    int64_t applications_min, turnout, panel_members, panel_experts;
    int64_t reserves;
    bool rule_limits, training, pitch_order, public_vote, consent, revise, show_marks;
    linli_rate share_max, own_funds_min, match, shift;
    linli_money grant_max, unmatched_max, money_most;
    linli_points pass_line, pass_score;
    int32_t rounding, checked_by, claw_back;
    linli_list tracks;   /* of track */
    linli_list tranches; /* of linli_part_option */
} options;

enum { CLAW_NONE, CLAW_UNSPENT, CLAW_ALL };

/* clang-format off */
#define MONEY_MAX INT64_C(100000000000000)
#define AT(member) .offset = offsetof(options, member)

static const char *const checker_codes[]  = { "operator", "office", NULL };
static const linli_text  checker_labels[] = { { "承办单位", "operator" }, { "街道经办", "office clerk" }, { NULL, NULL } };
static const int32_t     checkers[]       = { LINLI_OPERATOR, LINLI_OFFICE_CLERK };
static const char *const rounding_codes[]  = { "half_up", "down", NULL };
static const linli_text  rounding_labels[] = { { "四舍五入到分", "half up to the fen" }, { "舍去分以下", "down to the fen" }, { NULL, NULL } };
static const int32_t     roundings[]       = { LINLI_HALF_UP, LINLI_DOWN };
static const char *const claw_codes[]  = { "none", "unspent", "all", NULL };
static const linli_text  claw_labels[] = { { "不追回", "nothing" }, { "追回未认可的支出", "what was not accepted" }, { "全部追回", "all of it" }, { NULL, NULL } };
static const char *const due_codes[]   = LINLI_DUE_CODES;
static const linli_text  due_labels[]  = LINLI_DUE_LABELS;

static const linli_option part_rows[] = { LINLI_TRANCHE_ROWS(due_labels, due_codes) };

static const linli_option track_rows[] = {
    { .name = "lot", .type = LINLI_OPT_COUNT, .required = true, .offset = offsetof(track, lot), .low = 1, .high = 100,
      .label = { "板块", "track" }, .help = { "板块序号", "number of the lot" } },
    { .name = "quota", .type = LINLI_OPT_COUNT, .offset = offsetof(track, quota), .low = 0, .high = 1000, .initial = "0",
      .label = { "名额", "quota" }, .help = { "最多立项数，0 为不限", "most projects funded; 0: no limit" } },
    { .name = "filed", .type = LINLI_OPT_BOOL, .offset = offsetof(track, filed), .initial = "false",
      .label = { "备案团队板块", "for filed teams" }, .help = { "只收备案社区社会组织，由支持单位代签代收", "takes filed teams only; their host signs and is paid" } },
    { .name = "grant_max", .type = LINLI_OPT_MONEY, .offset = offsetof(track, grant_max), .low = 0, .high = MONEY_MAX, .initial = "0.00",
      .label = { "本板块单项上限", "most for a project here" }, .help = { "0 为适用总的上限", "0: as for the whole call" } },
};

static const linli_option rows[] = {
    { .name = "window", .type = LINLI_OPT_PERIOD, AT(window), .low = 1, .high = 180,
      .label = { "征集期", "time to apply" }, .help = { "不得短于规则；不填则用规则", "not shorter than the rules say; left out: as the rules say" } },
    { .name = "applications_min", .type = LINLI_OPT_COUNT, AT(applications_min), .low = 1, .high = 1000, .initial = "1",
      .label = { "最少申报数", "applications needed" }, .help = { "每个板块，不足则终止", "in each track; with fewer it ends" } },
    { .name = "money_most", .type = LINLI_OPT_MONEY, AT(money_most), .low = 0, .high = MONEY_MAX, .initial = "0.00",
      .label = { "每家资助合计上限", "most for one body" }, .help = { "0 为不限", "0: no limit" } },
    { .name = "rule_limits", .type = LINLI_OPT_BOOL, AT(rule_limits), .initial = "false",
      .label = { "适用规则中的限额", "limits of the rules" }, .help = { "资助比例、上限、自筹比例、成立年限；单独填写的优先", "share, cap, own funds, age; what is given beside goes first" } },
    { .name = "share_max", .type = LINLI_OPT_RATE, AT(share_max), .low = 0, .high = LINLI_WHOLE, .initial = "0%",
      .label = { "资助占项目预算比例", "share of the project's budget" }, .help = { "0% 为不限", "0%: no limit" } },
    { .name = "grant_max", .type = LINLI_OPT_MONEY, AT(grant_max), .low = 0, .high = MONEY_MAX, .initial = "0.00",
      .label = { "单个项目资助上限", "most for a project" }, .help = { "0 为不限", "0: no limit" } },
    { .name = "own_funds_min", .type = LINLI_OPT_RATE, AT(own_funds_min), .low = 0, .high = LINLI_WHOLE, .initial = "0%",
      .label = { "自筹比例", "own funds" }, .help = { "自有资金和募得款占项目预算", "own money and donations, of the project's budget" } },
    { .name = "match", .type = LINLI_OPT_RATE, AT(match), .low = 0, .high = 10 * LINLI_WHOLE, .initial = "0%",
      .label = { "配捐比例", "match" }, .help = { "募得 1 元配资助几元：1:2 填 200%；0% 为不配捐", "granted for each yuan donated, 1:2 is 200%; 0%: no match" } },
    { .name = "unmatched_max", .type = LINLI_OPT_MONEY, AT(unmatched_max), .low = 0, .high = MONEY_MAX, .initial = "0.00",
      .label = { "未募款项目上限", "most without donations" }, .help = { "配捐时适用，0 为不资助", "where there is a match; 0: nothing" } },
    { .name = "rounding", .type = LINLI_OPT_CHOICE, AT(rounding), .low = 0, .high = 1, .initial = "half_up",
      .choices = rounding_labels, .codes = rounding_codes,
      .label = { "比例取整", "rounding of shares" }, .help = { "按比例计算的金额如何取到分", "how a share becomes fen" } },
    { .name = "age_min", .type = LINLI_OPT_PERIOD, AT(age_min), .low = 0, .high = 240,
      .label = { "成立年限", "age of the applicant" }, .help = { "截止日前成立满多少个月", "months since it was founded, at the deadline" } },
    { .name = "tracks", .type = LINLI_OPT_LIST, AT(tracks), .low = 0, .high = 100,
      .item = track_rows, .item_count = 4, .item_size = sizeof(track),
      .label = { "板块", "tracks" }, .help = { "未列出的板块没有名额和单独上限", "a track that is not listed has no quota and no cap of its own" } },
    { .name = "consent", .type = LINLI_OPT_BOOL, AT(consent), .initial = "true",
      .label = { "落地社区意见", "consent of the community" }, .help = { "初审须有落地社区同意的意见", "the review asks for the consent of the community where it lands" } },
    { .name = "checked_by", .type = LINLI_OPT_CHOICE, AT(checked_by), .low = 0, .high = 1, .initial = "operator",
      .choices = checker_labels, .codes = checker_codes,
      .label = { "初审方", "who reviews" }, .help = { "谁负责初审和退回补正", "who makes the first review and returns for completion" } },
    { .name = "training", .type = LINLI_OPT_BOOL, AT(training), .initial = "true",
      .label = { "路演前培训", "training before the pitch" }, .help = { "初审后有能力培训和方案优化", "after the review, before the pitch" } },
    { .name = "pitch_order", .type = LINLI_OPT_BOOL, AT(pitch_order), .initial = "true",
      .label = { "路演顺序抽签", "order of pitches drawn" }, .help = { "公开抽取", "by public draw" } },
    { .name = "public_vote", .type = LINLI_OPT_BOOL, AT(public_vote), .initial = "false",
      .label = { "公众投票", "public vote" }, .help = { "由评审方法计入", "what it counts for, the scheme says" } },
    { .name = "voting_window", .type = LINLI_OPT_PERIOD, AT(voting_window), .low = 1, .high = 90,
      .label = { "投票期", "voting" }, .help = { "不填则用规则", "left out: as the rules say" } },
    { .name = "turnout", .type = LINLI_OPT_COUNT, AT(turnout), .low = 1, .high = INT64_C(100000000), .initial = "1",
      .label = { "最少投票人数", "voters needed" }, .help = { "不足则投票不计，评审照常", "with fewer the panel goes on all the same" } },
    { .name = "panel_members", .type = LINLI_OPT_COUNT, AT(panel_members), .low = 1, .high = 31,
      .label = { "评审组人数", "panel members" }, .help = { "单数；不填则用规则", "an odd number; left out: as the rules say" } },
    { .name = "panel_experts", .type = LINLI_OPT_COUNT, AT(panel_experts), .low = 0, .high = 31, .initial = "0",
      .label = { "其中专家", "of these, experts" }, .help = { "0 为适用规则的比例", "0: the share the rules say" } },
    { .name = "pass_line", .type = LINLI_OPT_POINTS, AT(pass_line), .low = 0, .high = INT64_C(100000000), .initial = "0",
      .label = { "立项分数线", "points needed" }, .help = { "低于此分不立项", "with fewer it is not funded" } },
    { .name = "reserves", .type = LINLI_OPT_COUNT, AT(reserves), .low = 0, .high = 100, .initial = "3",
      .label = { "递补名单", "reserve list" }, .help = { "最多几个项目候补", "how many wait for a place" } },
    { .name = "result_notice", .type = LINLI_OPT_PERIOD, AT(result_notice), .low = 1, .high = 60,
      .label = { "公示期", "publicity" }, .help = { "不得短于规则；不填则用规则", "not shorter than the rules say; left out: as the rules say" } },
    { .name = "revise", .type = LINLI_OPT_BOOL, AT(revise), .initial = "true",
      .label = { "核减后修订方案", "revised plan after a cut" }, .help = { "资助少于申请的，签约前须核准修订方案", "granted less than asked for: a revised plan is approved before signing" } },
    { .name = "pass_score", .type = LINLI_OPT_POINTS, AT(pass_score), .low = 0, .high = INT64_C(100000000), .initial = "0",
      .label = { "评估合格分", "points to pass an evaluation" }, .help = { "0 为适用规则", "0: as the rules say" } },
    { .name = "claw_back", .type = LINLI_OPT_CHOICE, AT(claw_back), .low = 0, .high = 2, .initial = "unspent",
      .choices = claw_labels, .codes = claw_codes,
      .label = { "评估不合格的追回", "asked back after a failure" }, .help = { "已拨款项追回多少", "how much of what was paid" } },
    { .name = "exclusion", .type = LINLI_OPT_PERIOD, AT(exclusion), .low = 0, .high = 120,
      .label = { "不合格后停止申报", "kept out after a failure" }, .help = { "月；不填则用规则", "months; left out: as the rules say" } },
    { .name = "show_marks", .type = LINLI_OPT_BOOL, AT(show_marks), .initial = "true",
      .label = { "公开评分", "marks are published" }, .help = { "公示时一并公开各评委评分，不具名", "with the result, judges unnamed" } },
    { .name = "tranches", .type = LINLI_OPT_LIST, .required = true, AT(tranches), .low = 1, .high = 12,
      .item = part_rows, .item_count = LINLI_TRANCHE_ROW_COUNT, .item_size = sizeof(linli_part_option),
      .label = { "拨款安排", "tranches" }, .help = { "里程碑期次填写日期的，为评估报告的最后一日", "a milestone with a date: the last day for its report" } },
};

/* ---- words -------------------------------------------------------------- */

enum {
    M_BELOW_RULE = LINLI_M_KIT, M_UNIT, M_MONTHS, M_NO_WINDOW, M_TRACK_TWICE, M_NO_TRACK, M_EVEN, M_EXPERTS,
    M_WITHDRAWN, M_LATE, M_VOID, M_UPHELD, M_INSIDER, M_EXCLUDED, M_FILED_ONLY, M_NOT_FILED, M_YOUNG,
    M_NO_SUM, M_OVER_COST, M_OWN_FUNDS, M_NO_DONATIONS, M_NOT_COMPLETED, M_RETURNED, M_FAILED, M_UNCHECKED, M_ADMITTED,
    M_EARLY, M_FEW, M_APPLICATIONS, M_TO_CHECK, M_NONE_PASSED, M_PASSED, M_TO_DRAW, M_TRAINED, M_VOTE_RUNS, M_VOTERS,
    M_TO_MARK, M_NO_RANK, M_RANKED, M_UNDECIDED, M_DECIDED, M_NOTHING,
    M_FUNDED, M_CUT_SHARE, M_CUT_CAP, M_CUT_MATCH, M_CUT_PANEL, M_RESERVE, M_LINE, M_QUOTA, M_NO_FIT, M_BARRED, M_HAS_MONEY,
    M_ZERO, M_NONE, M_TIED, M_DRAWN,
    M_FAILED_EVALUATION, M_LOW_SCORE, M_MISSING, M_ASKED_BACK, M_KEPT_OUT,
    M_CLOSED, M_REVISE,
    MESSAGES
};

static const linli_message messages[MESSAGES] = {
    LINLI_KIT_MESSAGES,
    [M_BELOW_RULE]   = { "below_rule", { "低于规定的下限：{1}", "less than the rules allow: {1}" }, NULL },
    [M_UNIT]         = { "unit", { "期限单位须与规则一致：{1}", "the unit must be that of the rule: {1}" }, NULL },
    [M_MONTHS]       = { "months", { "须以月计", "must be in months" }, NULL },
    [M_NO_WINDOW]    = { "no_window", { "规则没有投票期，须填写", "the rules have no voting time: state it" }, NULL },
    [M_TRACK_TWICE]  = { "track_twice", { "板块 {1} 重复", "track {1} is there twice" }, NULL },
    [M_NO_TRACK]     = { "no_track", { "没有第 {1} 个板块", "there is no track {1}" }, NULL },
    [M_EVEN]         = { "even", { "评审组须为单数，现为 {1} 人", "the panel must be odd, not {1}" }, NULL },
    [M_EXPERTS]      = { "experts", { "专家 {1} 人多于评审组 {2} 人", "{1} experts in a panel of {2}" }, NULL },

    [M_WITHDRAWN]    = { "withdrawn", { "申报已撤回", "the application was withdrawn" }, NULL },
    [M_LATE]         = { "late", { "逾期申报", "handed in late" }, NULL },
    [M_VOID]         = { "void", { "申报材料无效", "found void" }, NULL },
    [M_UPHELD]       = { "upheld", { "异议成立，取消资格", "an objection against it was founded" }, NULL },
    [M_INSIDER]      = { "insider", { "主办、承办单位不得申报", "who organises or operates the call may not apply" }, "海南省 2024 年公益创投 §3" },
    [M_EXCLUDED]     = { "excluded", { "停止申报期至 {1}", "it is kept out until {1}" }, NULL },
    [M_FILED_ONLY]   = { "filed_only", { "本板块只收备案社区社会组织", "this track takes filed teams only" }, NULL },
    [M_NOT_FILED]    = { "not_filed", { "备案团队请申报备案团队板块", "filed teams have a track of their own" }, NULL },
    [M_YOUNG]        = { "young", { "截止日成立不满 {1} 个月", "founded less than {1} months before the deadline" }, NULL },
    [M_NO_SUM]       = { "no_sum", { "没有申请金额", "it asks for no sum" }, NULL },
    [M_OVER_COST]    = { "over_cost", { "申请 {1} 超过项目预算 {2}", "it asks for {1}, more than the project costs, {2}" }, NULL },
    [M_OWN_FUNDS]    = { "own_funds", { "自筹 {1} 不足项目预算的 {2}", "its own {1} are less than {2} of the budget" }, NULL },
    [M_NO_DONATIONS] = { "no_donations", { "没有募得款，不予配捐", "nothing was donated that could be matched" }, NULL },
    [M_NOT_COMPLETED] = { "not_completed", { "未按期补正（{1} 前）", "not completed before {1}" }, NULL },
    [M_RETURNED]     = { "returned", { "已退回补正，{1} 前提交", "returned for completion before {1}" }, NULL },
    [M_FAILED]       = { "failed", { "初审未通过：{1}", "failed the check {1}" }, NULL },
    [M_UNCHECKED]    = { "unchecked", { "尚未审查：{1}", "not checked yet: {1}" }, NULL },
    [M_ADMITTED]     = { "admitted", { "通过初审", "it passed the first review" }, NULL },

    [M_EARLY]        = { "early", { "征集截止时间 {1} 未到", "applications are taken until {1}" }, NULL },
    [M_FEW]          = { "few", { "申报 {1} 项，不足 {2} 项", "{1} applications where {2} are needed" }, NULL },
    [M_APPLICATIONS] = { "applications", { "申报 {1} 项", "{1} applications" }, NULL },
    [M_TO_CHECK]     = { "to_check", { "还有 {1} 项未审完或在补正", "{1} are still to be checked or completed" }, NULL },
    [M_NONE_PASSED]  = { "none_passed", { "没有项目通过初审", "no project passed the first review" }, NULL },
    [M_PASSED]       = { "passed", { "{1} 项通过初审", "{1} passed the first review" }, NULL },
    [M_TO_DRAW]      = { "to_draw", { "待公开抽取路演顺序", "the order of pitches is to be drawn" }, NULL },
    [M_TRAINED]      = { "trained", { "培训结束", "the training is over" }, NULL },
    [M_VOTE_RUNS]    = { "vote_runs", { "投票未结束", "the vote still runs" }, NULL },
    [M_VOTERS]       = { "voters", { "投票 {1} 人，需要 {2} 人", "{1} voters, {2} needed" }, NULL },
    [M_TO_MARK]      = { "to_mark", { "评审未完成", "the evaluation is not complete" }, NULL },
    [M_NO_RANK]      = { "no_rank", { "没有项目取得名次或者达到分数线", "no project is ranked and over the line" }, NULL },
    [M_RANKED]       = { "ranked", { "{1} 个项目取得名次", "{1} projects are ranked" }, NULL },
    [M_UNDECIDED]    = { "undecided", { "尚未拟定立项名单", "not decided yet" }, NULL },
    [M_DECIDED]      = { "decided", { "拟立项 {1} 个", "{1} projects are to be funded" }, NULL },
    [M_NOTHING]      = { "nothing", { "没有可立项的项目", "no project can be funded" }, NULL },

    [M_FUNDED]       = { "funded", { "第 {1} 名，得 {2} 分，申请 {3}，资助 {4}，板块尚余 {5}", "place {1} with {2}: asks for {3}, is granted {4} of the {5} left" }, NULL },
    [M_CUT_SHARE]    = { "cut_share", { "资助不超过项目预算 {1} 的 {2}，即 {3}", "at most {2} of the budget of {1}: {3}" }, NULL },
    [M_CUT_CAP]      = { "cut_cap", { "资助不超过单项上限 {1}", "at most {1} for a project" }, NULL },
    [M_CUT_MATCH]    = { "cut_match", { "募得 {1}，按 {2} 配捐，不超过 {3}", "{1} were donated, matched at {2}: at most {3}" }, NULL },
    [M_CUT_PANEL]    = { "cut_panel", { "评审组核定 {1}", "the panel allows {1}" }, NULL },
    [M_RESERVE]      = { "reserve", { "递补第 {1} 位", "number {1} of the reserve list" }, NULL },
    [M_LINE]         = { "line", { "{1} 得 {2} 分，低于分数线 {3}", "{1} has {2}, under the line of {3}" }, NULL },
    [M_QUOTA]        = { "quota", { "名额 {1} 已满", "all {1} places are taken" }, NULL },
    [M_NO_FIT]       = { "no_fit", { "应资助 {1}，超过板块余额 {2}", "it would get {1}, more than the {2} left" }, NULL },
    [M_BARRED]       = { "barred", { "{1} 的申报单位在其他板块的立项数已达上限", "who made {1} has as many projects in other tracks as one may" }, NULL },
    [M_HAS_MONEY]    = { "has_money", { "{1} 的申报单位在其他板块已获 {2}，合计将超过 {3}", "who made {1} has {2} in other tracks and would be over {3}" }, NULL },
    [M_ZERO]         = { "zero", { "{1} 按限额计算的资助为零", "the limits leave nothing for {1}" }, NULL },
    [M_NONE]         = { "none", { "没有可立项的项目", "no project can be funded" }, NULL },
    [M_TIED]         = { "tied", { "第 {1} 名并列，待公开抽取", "a tie for place {1}: a public draw is needed" }, NULL },
    [M_DRAWN]        = { "drawn", { "并列由公开抽取确定", "the tie was settled by public draw" }, NULL },

    [M_FAILED_EVALUATION] = { "failed_evaluation", { "第三方评估不合格：{1}", "the evaluation was not passed: {1}" }, NULL },
    [M_LOW_SCORE]    = { "low_score", { "评估得分 {1}，低于合格分 {2}", "{1} in the evaluation, {2} are needed" }, NULL },
    [M_MISSING]      = { "missing", { "评估报告逾期未交：{1}", "the report was not handed in in time: {1}" }, NULL },
    [M_ASKED_BACK]   = { "asked_back", { "追回 {1}（已拨 {2}，已认可 {3}）", "{1} is asked back: {2} were paid, {3} accepted" }, NULL },
    [M_KEPT_OUT]     = { "kept_out", { "{1} 个月内不得申报", "it may not apply for {1} months" }, NULL },

    [M_CLOSED]       = { "closed", { "已过征集截止时间 {1}", "applications were taken until {1}" }, NULL },
    [M_REVISE]       = { "revise", { "资助少于申请，须先核准修订方案", "granted less than asked for: the revised plan must be approved first" }, NULL },
};
/* clang-format on */

#define COUNT_OF(table) (sizeof(table) / sizeof((table)[0]))

/* ---- limits: what is given, else the rules where the call follows them --- */

static int64_t limit_of(const options *o, const linli_facts *facts, int64_t given, const char *code)
{
    const linli_rule *rule = o->rule_limits ? linli_rule_of(facts, code) : NULL;

    return given || !rule ? given : rule->value;
}

static const track *track_of(const options *o, const linli_facts *facts)
{
    static const track plain = {0};
    const track *t = o->tracks.items;

    for (size_t i = 0; i < o->tracks.count; i++)
        if (t[i].lot == facts->tender->lot)
            return &t[i];
    return &plain;
}

static linli_money cap_of(const options *o, const linli_facts *facts)
{
    const track *t = track_of(o, facts);

    return (linli_money){t->grant_max.minor ? t->grant_max.minor
                                            : limit_of(o, facts, o->grant_max.minor, "grant_max")};
}

static linli_rate own_funds_of(const options *o, const linli_facts *facts)
{
    return (linli_rate){limit_of(o, facts, o->own_funds_min.ppm, "own_funds_min")};
}

/* Months an applicant must have existed; 0: any. */
static int32_t age_of(const options *o, const linli_facts *facts)
{
    const linli_rule *rule = o->rule_limits ? linli_rule_of(facts, "organisation_age_min") : NULL;

    return o->age_min.count || !rule ? o->age_min.count : rule->period.count;
}

/* ---- check -------------------------------------------------------------- */

static void find_tracks(linli_report *r, const options *o, const linli_facts *facts)
{
    const track *t = o->tracks.items;

    for (size_t i = 0; i < o->tracks.count; i++) {
        if (t[i].lot > facts->tender->lots && facts->tender->lots > 1)
            linli_find(r, "/tracks", LINLI_LINE(M_NO_TRACK, linli_count(t[i].lot)));
        for (size_t j = 0; j < i; j++)
            if (t[i].lot == t[j].lot)
                linli_find(r, "/tracks", LINLI_LINE(M_TRACK_TWICE, linli_count(t[i].lot)));
    }
}

static void find_panel(linli_report *r, const options *o, const linli_facts *facts)
{
    const linli_rule *least = linli_rule_of(facts, "panel_size");

    if (o->panel_members && o->panel_members % 2 == 0)
        linli_find(r, "/panel_members", LINLI_LINE(M_EVEN, linli_count(o->panel_members)));
    if (o->panel_members && least && o->panel_members < least->value)
        linli_find(r, "/panel_members", LINLI_LINE(M_BELOW_RULE, linli_ruled("panel_size")));
    if (o->panel_experts > linli_value_or(facts, o->panel_members, "panel_size"))
        linli_find(r, "/panel_experts",
                   LINLI_LINE(M_EXPERTS, linli_count(o->panel_experts),
                              linli_count(linli_value_or(facts, o->panel_members, "panel_size"))));
}

static linli_status check(linli_ask *ask, const void *opts, const linli_facts *facts, linli_findings *out)
{
    const options *o = opts;
    linli_report r;

    if (!linli_report_new(ask, 200, &r))
        return LINLI_NOMEM;
    linli_find_short(&r, facts, "/window", o->window, "bid_window", M_UNIT, M_BELOW_RULE);
    linli_find_short(&r, facts, "/result_notice", o->result_notice, "result_notice", M_UNIT, M_BELOW_RULE);
    if (o->public_vote && linli_period_or(facts, o->voting_window, "voting_window").count == 0)
        linli_find(&r, "/voting_window", (linli_line){.message = M_NO_WINDOW});
    if (o->age_min.count && o->age_min.unit != LINLI_MONTHS)
        linli_find(&r, "/age_min", (linli_line){.message = M_MONTHS});
    if (o->exclusion.count && o->exclusion.unit != LINLI_MONTHS)
        linli_find(&r, "/exclusion", (linli_line){.message = M_MONTHS});
    find_tracks(&r, o, facts);
    find_panel(&r, o, facts);
    linli_find_tranches(&r, o->tranches);
    *out = linli_found_all(&r);
    return LINLI_OK;
}

/* ---- plan --------------------------------------------------------------- */

#define MAY(act) LINLI_MAY(LINLI_##act)
#define READ     MAY(READ_TENDER)
#define LOOKS    (READ | MAY(READ_BIDS))
#define READERS  [LINLI_PUBLIC] = READ, [LINLI_AGENT] = READ, [LINLI_ADMINISTRATOR] = READ
#define WATCHERS [LINLI_ASSESSOR] = READ, [LINLI_SUPERVISOR] = LOOKS, [LINLI_AUDITOR] = LOOKS
#define ASKS     (READ | MAY(QUESTION) | MAY(OBJECT))
#define SERVES   (LOOKS | MAY(ANSWER) | MAY(RESOLVE))

/* clang-format off */
static const linli_phase phases[] = {
    { "applying", { "征集申报", "applications" }, LINLI_TENDERING, LINLI_ENDS_AT_DUE,
      { READERS, [LINLI_ASSESSOR] = READ, [LINLI_SUPERVISOR] = READ, [LINLI_AUDITOR] = READ, [LINLI_EVALUATOR] = READ,
        [LINLI_RESIDENT]        = ASKS,
        [LINLI_ORGANISATION]    = ASKS | MAY(SUBMIT) | MAY(REPLACE) | MAY(WITHDRAW),
        [LINLI_OFFICE_CLERK]    = READ | MAY(ANSWER) | MAY(RESOLVE) | MAY(AMEND) | MAY(ASSIGN),
        [LINLI_OPERATOR]        = READ | MAY(ANSWER) | MAY(ASSIGN),
        [LINLI_OFFICE_APPROVER] = READ | MAY(RESOLVE) | MAY(APPROVE) | MAY(CANCEL),
        [LINLI_CLOCK]           = MAY(ADVANCE) },
      "review", "void", NULL },
    { "review", { "初审与补正", "first review" }, LINLI_CHECKING, LINLI_ENDS_BY_ACT,
      { READERS, WATCHERS, [LINLI_EVALUATOR] = READ, [LINLI_RESIDENT] = ASKS,
        [LINLI_ORGANISATION]    = ASKS | MAY(ANSWER) | MAY(WITHDRAW),
        [LINLI_OFFICE_CLERK]    = SERVES | MAY(CHECK) | MAY(CLARIFY) | MAY(ASSIGN) | MAY(DRAW) | MAY(ADVANCE),
        [LINLI_OPERATOR]        = SERVES | MAY(CHECK) | MAY(CLARIFY) | MAY(ASSIGN) | MAY(DRAW) | MAY(ADVANCE),
        [LINLI_OFFICE_APPROVER] = SERVES | MAY(APPROVE) | MAY(CANCEL) },
      "training", "void", NULL },
    { "training", { "能力培训", "training" }, LINLI_CHECKING, LINLI_ENDS_BY_ACT,
      { READERS, WATCHERS, [LINLI_EVALUATOR] = READ, [LINLI_RESIDENT] = ASKS,
        [LINLI_ORGANISATION]    = ASKS | MAY(ANSWER) | MAY(WITHDRAW),
        [LINLI_OFFICE_CLERK]    = SERVES | MAY(CLARIFY) | MAY(ASSIGN) | MAY(DRAW) | MAY(ADVANCE),
        [LINLI_OPERATOR]        = SERVES | MAY(CLARIFY) | MAY(ASSIGN) | MAY(DRAW) | MAY(ADVANCE),
        [LINLI_OFFICE_APPROVER] = SERVES | MAY(APPROVE) | MAY(CANCEL) },
      "voting", "void", NULL },
    { "voting", { "公众投票", "public vote" }, LINLI_VOTING, LINLI_ENDS_AT_DUE,
      { READERS, WATCHERS, [LINLI_EVALUATOR] = READ,
        [LINLI_RESIDENT]        = ASKS | MAY(VOTE),
        [LINLI_ORGANISATION]    = ASKS,
        [LINLI_OFFICE_CLERK]    = SERVES | MAY(VOTE) | MAY(ASSIGN),
        [LINLI_OPERATOR]        = SERVES | MAY(VOTE) | MAY(ASSIGN),
        [LINLI_OFFICE_APPROVER] = SERVES | MAY(APPROVE) | MAY(CANCEL),
        [LINLI_CLOCK]           = MAY(ADVANCE) },
      "pitching", "void", "voting" },
    { "pitching", { "路演评审", "pitch and marks" }, LINLI_EVALUATING, LINLI_ENDS_WHEN_DONE,
      { READERS, WATCHERS, [LINLI_RESIDENT] = ASKS, [LINLI_ORGANISATION] = ASKS,
        [LINLI_EVALUATOR]       = LOOKS | MAY(MARK) | MAY(REQUOTE) | MAY(REPORT),
        [LINLI_OFFICE_CLERK]    = SERVES | MAY(ASSIGN) | MAY(DRAW),
        [LINLI_OPERATOR]        = SERVES | MAY(ASSIGN) | MAY(DRAW),
        [LINLI_OFFICE_APPROVER] = SERVES | MAY(APPROVE) | MAY(CANCEL) },
      "deciding", "void", NULL },
    { "deciding", { "拟定立项", "decision" }, LINLI_DECIDING, LINLI_ENDS_BY_ACT,
      { READERS, WATCHERS, [LINLI_RESIDENT] = ASKS, [LINLI_ORGANISATION] = ASKS, [LINLI_EVALUATOR] = LOOKS,
        [LINLI_OFFICE_CLERK]    = SERVES | MAY(DRAW) | MAY(ANNOUNCE) | MAY(ADVANCE),
        [LINLI_OPERATOR]        = SERVES | MAY(DRAW),
        [LINLI_OFFICE_APPROVER] = SERVES | MAY(CHOOSE) | MAY(APPROVE) | MAY(ANNOUNCE) | MAY(ADVANCE) | MAY(CANCEL) },
      "publicity", "void", NULL },
    { "publicity", { "公示", "publicity" }, LINLI_NOTICE, LINLI_ENDS_AT_DUE,
      { READERS, WATCHERS, [LINLI_RESIDENT] = ASKS, [LINLI_ORGANISATION] = ASKS, [LINLI_EVALUATOR] = READ,
        [LINLI_OFFICE_CLERK]    = SERVES | MAY(ANNOUNCE),
        [LINLI_OPERATOR]        = SERVES,
        [LINLI_OFFICE_APPROVER] = SERVES | MAY(APPROVE) | MAY(ANNOUNCE),
        [LINLI_CLOCK]           = MAY(ADVANCE) },
      "agreement", "void", "publicity" },
    { "agreement", { "修订方案与签订协议", "revised plans and agreements" }, LINLI_CONTRACTING, LINLI_ENDS_WHEN_DONE,
      { READERS, WATCHERS, [LINLI_RESIDENT] = ASKS, [LINLI_EVALUATOR] = READ,
        [LINLI_ORGANISATION]    = ASKS | MAY(ANSWER) | MAY(SIGN) | MAY(WITHDRAW),
        [LINLI_OFFICE_CLERK]    = SERVES | MAY(CLARIFY) | MAY(ACCEPT) | MAY(ANNOUNCE) | MAY(SIGN),
        [LINLI_OPERATOR]        = SERVES | MAY(CLARIFY) | MAY(ACCEPT) | MAY(SIGN),
        [LINLI_OFFICE_APPROVER] = SERVES | MAY(ACCEPT) | MAY(APPROVE) | MAY(CHOOSE) | MAY(ANNOUNCE) | MAY(SIGN) | MAY(CANCEL) },
      "delivering", "void", NULL },
    { "delivering", { "实施、评估与拨付", "delivery, evaluation and payment" }, LINLI_DELIVERING, LINLI_ENDS_WHEN_DONE,
      { READERS, [LINLI_SUPERVISOR] = LOOKS, [LINLI_AUDITOR] = LOOKS, [LINLI_EVALUATOR] = READ, [LINLI_RESIDENT] = ASKS,
        [LINLI_ASSESSOR]        = LOOKS | MAY(ACCEPT) | MAY(MARK),
        [LINLI_ORGANISATION]    = ASKS | MAY(DELIVER),
        [LINLI_OFFICE_CLERK]    = SERVES | MAY(ACCEPT) | MAY(PAY),
        [LINLI_OPERATOR]        = SERVES | MAY(ACCEPT) | MAY(PAY),
        [LINLI_OFFICE_APPROVER] = SERVES | MAY(APPROVE) | MAY(ACCEPT) | MAY(PAY) },
      "closed", "closed", NULL },
    { "closed", { "结项", "closed" }, LINLI_CLOSED, LINLI_NEVER_ENDS,
      { READERS, WATCHERS, [LINLI_EVALUATOR] = READ, [LINLI_RESIDENT] = READ, [LINLI_ORGANISATION] = READ, [LINLI_OFFICE_CLERK] = LOOKS,
        [LINLI_OPERATOR] = LOOKS, [LINLI_OFFICE_APPROVER] = LOOKS },
      NULL, NULL, NULL },
    { "void", { "终止", "void" }, LINLI_VOID, LINLI_NEVER_ENDS,
      { READERS, WATCHERS, [LINLI_EVALUATOR] = READ, [LINLI_RESIDENT] = READ, [LINLI_ORGANISATION] = READ, [LINLI_OFFICE_CLERK] = LOOKS,
        [LINLI_OPERATOR] = LOOKS, [LINLI_OFFICE_APPROVER] = LOOKS },
      NULL, NULL, NULL },
};

static const linli_reading readings[] = {
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
enum { VOTE_READINGS = 2, MARK_READINGS = 3 };

static const char *const needs[] = { "bid_window", "grade_pass", "panel_experts_den", "panel_experts_num",
                                     "panel_size", "result_notice", NULL };

static const linli_check_rule checks[] = {
    { "complete",     { "申报材料齐全", "the papers are complete" }, "review", LINLI_OPERATOR, NULL },
    { "eligible",     { "申报主体符合条件", "the applicant may apply" }, "review", LINLI_OPERATOR, NULL },
    { "good_credit",  { "未列入活动异常或者严重违法失信名单", "it is on no list of abnormal or seriously unlawful bodies" }, "review", LINLI_OPERATOR,
      "社会组织信用信息管理办法" },
    { "no_duplicate", { "同一项目未重复获得资助", "the same project is not funded twice" }, "review", LINLI_OPERATOR, NULL },
    { "consent",      { "落地社区同意", "the community where it lands agrees" }, "review", LINLI_OPERATOR, NULL },
};

static const linli_field fields[] = {
    { "requested", { "申请资助额", "sum asked for" }, LINLI_UNIT_MONEY, 1, MONEY_MAX, true, true, 1, 0 },
    { "project_budget", { "项目总预算", "budget of the project" }, LINLI_UNIT_MONEY, 1, MONEY_MAX, true, false, 1, 0 },
    { "own_funds", { "自有资金", "own money" }, LINLI_UNIT_MONEY, 0, MONEY_MAX, true, false, 1, 0 },
    { "donations", { "募得款", "money donated for it" }, LINLI_UNIT_MONEY, 0, MONEY_MAX, true, false, 1, 0 },
    { "funded_elsewhere", { "同一项目已获或者已申请的其他财政资助（没有填 0）", "public money it has or asked for elsewhere (0: none)" },
      LINLI_UNIT_MONEY, 0, MONEY_MAX, true, false, 1, 0 },
    { "approved", { "评审组核定资助额", "sum the panel allows" }, LINLI_UNIT_MONEY, 0, MONEY_MAX, false, false, 1, LINLI_EVALUATOR },
};
/* clang-format on */

/* The phases of this call: without training, without a vote. */
static linli_status plan_phases(linli_ask *ask, const options *o, linli_plan *out)
{
    linli_phase *p = LINLI_NEW(ask, linli_phase, COUNT_OF(phases));
    size_t n = 0;

    if (!p)
        return LINLI_NOMEM;
    for (size_t i = 0; i < COUNT_OF(phases); i++) {
        if ((!o->training && strcmp(phases[i].code, "training") == 0) ||
            (!o->public_vote && strcmp(phases[i].code, "voting") == 0)) {
            p[n - 1].next = phases[i].next;
            continue;
        }
        p[n++] = phases[i];
    }
    out->phases = p;
    out->phase_count = n;
    return LINLI_OK;
}

static linli_status plan_readings(linli_ask *ask, const options *o, linli_plan *out)
{
    linli_reading *r = LINLI_NEW(ask, linli_reading, COUNT_OF(readings));
    size_t fixed = COUNT_OF(readings) - VOTE_READINGS - MARK_READINGS, n = 0;

    if (!r)
        return LINLI_NOMEM;
    for (size_t i = 0; i < COUNT_OF(readings); i++)
        if (i < fixed || (i < fixed + VOTE_READINGS ? o->public_vote : o->show_marks))
            r[n++] = readings[i];
    out->readings = r;
    out->reading_count = n;
    return LINLI_OK;
}

static linli_status plan_windows(linli_ask *ask, const options *o, const linli_facts *facts, linli_plan *out)
{
    static const linli_ruled_window
        call = {"bid_window", {"征集期", "time to apply"}, LINLI_PUBLISHED, LINLI_BIDS_DUE},
        vote = {"voting_window", {"投票期", "voting"}, LINLI_VOTING_STARTED, LINLI_VOTING_ENDED},
        notice = {"result_notice", {"公示期", "publicity"}, LINLI_ANNOUNCED, LINLI_NOTICE_ENDED};
    static const linli_ruled_window duties[] = {
        {"evaluation_window", {"评审期限", "time to evaluate"}, LINLI_BIDS_DUE, LINLI_EVALUATED},
        {"approval_window", {"审批期限", "time to approve"}, LINLI_EVALUATED, LINLI_DECIDED},
        {"sign_window", {"签约期限", "time to sign"}, LINLI_ANNOUNCED, LINLI_SIGNED},
        {"challenge_answer", {"异议复核期限", "time to answer an objection"}, LINLI_OBJECTED, LINLI_RESOLVED},
        {"payment_window", {"拨付期限", "time to pay"}, LINLI_ACCEPTED, LINLI_PAID},
    };
    linli_window *w = LINLI_NEW(ask, linli_window, 3 + COUNT_OF(duties));
    size_t n = 0;

    if (!w)
        return LINLI_NOMEM;
    w[n++] = linli_granted_window(facts, "call", call, linli_period_or(facts, o->window, call.rule));
    if (o->public_vote)
        w[n++] =
            linli_granted_window(facts, "voting", vote, linli_period_or(facts, o->voting_window, vote.rule));
    w[n++] = linli_granted_window(facts, "publicity", notice,
                                  linli_period_or(facts, o->result_notice, notice.rule));
    n += linli_duty_windows(facts, duties, COUNT_OF(duties), &w[n]);
    out->windows = w;
    out->window_count = n;
    return LINLI_OK;
}

static linli_status plan_gates(linli_ask *ask, const options *o, linli_plan *out)
{
    linli_quorum *q = LINLI_NEW(ask, linli_quorum, 2);
    linli_check_rule *c = LINLI_NEW(ask, linli_check_rule, COUNT_OF(checks));

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
    out->check_count = COUNT_OF(checks) - !o->consent;
    for (size_t i = 0; i < out->check_count; i++) {
        c[i] = checks[i];
        c[i].role = checkers[o->checked_by];
    }
    out->checks = c;
    return LINLI_OK;
}

/* Completions and revised plans of any time; for each evaluation a report that a third party judges. */
static linli_status plan_papers(linli_ask *ask, const options *o, linli_plan *out)
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

static linli_panel panel_of(const options *o, const linli_facts *facts)
{
    const linli_rule *size = linli_rule_of(facts, "panel_size");
    linli_panel p = {.at_least = (int32_t)linli_value_or(facts, o->panel_members, "panel_size"),
                     .experts = (int32_t)linli_value_or(facts, 0, "panel_experts_num"),
                     .of = (int32_t)linli_value_or(facts, 0, "panel_experts_den"),
                     .odd = true,
                     .recuse = true,
                     .source = size ? size->source : NULL};

    if (o->panel_experts > 0)
        p.experts = (int32_t)o->panel_experts, p.of = p.at_least;
    return p;
}

static linli_status plan(linli_ask *ask, const void *opts, const linli_facts *facts, linli_plan *out)
{
    const options *o = opts;
    int64_t quota = track_of(o, facts)->quota;
    linli_status status;

    *out = (linli_plan){
        .entry = LINLI_ANYONE,
        .sealing = LINLI_SEALED_TO_DUE,
        .contract = LINLI_GRANT,
        .objection_stops = true,
        .panel = panel_of(o, facts),
        .award = {.kind = quota && o->tracks.count == 1 ? LINLI_AWARD_UP_TO_N : LINLI_AWARD_TO_BUDGET,
                  .most = quota && o->tracks.count == 1 ? (int32_t)quota : INT32_MAX,
                  .candidates = (int32_t)o->reserves,
                  .by_rank = true,
                  .over = o->pass_line},
        .fields = fields,
        .field_count = COUNT_OF(fields),
    };
    if (!(out->tranches = linli_tranche_rules(ask, o->tranches)))
        return LINLI_NOMEM;
    out->tranche_count = o->tranches.count;
    if ((status = plan_phases(ask, o, out)) != LINLI_OK ||
        (status = plan_readings(ask, o, out)) != LINLI_OK ||
        (status = plan_windows(ask, o, facts, out)) != LINLI_OK ||
        (status = plan_gates(ask, o, out)) != LINLI_OK)
        return status;
    return plan_papers(ask, o, out);
}

/* ---- what an application says ------------------------------------------- */

/* An application that names no budget of its own asks for all it costs. */
static linli_money cost_of(const linli_facts *facts, const linli_bid *bid)
{
    linli_money cost = bid->price;

    linli_stated(facts, bid->key, "project_budget", &cost.minor);
    return cost;
}

/* ---- admit -------------------------------------------------------------- */

static const linli_line fine = {.message = M_ADMITTED};

/* Who applies: not who runs the call, not who is kept out, in the right track, not too often, old enough. */
static linli_line standing(const options *o, const linli_facts *facts, const linli_bid *bid)
{
    const linli_bidder *who = linli_bidder_of(facts, bid->bidder);
    bool filed = track_of(o, facts)->filed;
    int32_t age = age_of(o, facts);

    if (!who)
        return fine;
    if (who->insider)
        return (linli_line){.message = M_INSIDER};
    if (who->excluded.us > facts->tender->bids_due.us)
        return LINLI_LINE(M_EXCLUDED, linli_instant(who->excluded));
    if (who->kind && filed != (who->kind == LINLI_FILED))
        return (linli_line){.message = filed ? M_FILED_ONLY : M_NOT_FILED};
    if (!filed && linli_younger(facts, who, age))
        return LINLI_LINE(M_YOUNG, linli_count(age));
    return fine;
}

static linli_line sums(const options *o, const linli_facts *facts, const linli_bid *bid)
{
    linli_money cost = cost_of(facts, bid), own = {0}, donations = {0};
    linli_rate least = own_funds_of(o, facts);
    bool said = linli_stated(facts, bid->key, "own_funds", &own.minor);

    said = linli_stated(facts, bid->key, "donations", &donations.minor) || said;
    if (bid->price.minor <= 0)
        return (linli_line){.message = M_NO_SUM};
    if (bid->price.minor > cost.minor)
        return LINLI_LINE(M_OVER_COST, linli_amount(bid->price), linli_amount(cost));
    if (said && least.ppm &&
        (linli_wide)(own.minor + donations.minor) * LINLI_WHOLE < (linli_wide)cost.minor * least.ppm)
        return LINLI_LINE(M_OWN_FUNDS, linli_amount((linli_money){own.minor + donations.minor}),
                          linli_percent(least));
    if (said && o->match.ppm && donations.minor == 0 && o->unmatched_max.minor == 0)
        return (linli_line){.message = M_NO_DONATIONS};
    return fine;
}

/* Was it returned and not completed?  Only the last return counts. */
static linli_line completion(const linli_facts *facts, const linli_bid *bid)
{
    const linli_paper *last = NULL;

    for (size_t i = 0; i < facts->paper_count; i++) {
        const linli_paper *p = &facts->papers[i];

        if (p->bid == bid->key && strcmp(p->rule, "completion") == 0 && !p->accepted &&
            (!last || p->due.us > last->due.us))
            last = p;
    }
    if (!last || last->due.us == 0 || (last->at.us != 0 && last->at.us < last->due.us))
        return fine;
    return LINLI_LINE(facts->now.us < last->due.us && last->at.us == 0 ? M_RETURNED : M_NOT_COMPLETED,
                      linli_instant(last->due));
}

static linli_line judged(const void *opts, const linli_facts *facts, const linli_bid *bid)
{
    const options *o = opts;
    linli_line line = fine;

    if (bid->late)
        return (linli_line){.message = M_LATE};
    if (bid->withdrawn)
        return (linli_line){.message = M_WITHDRAWN};
    if (bid->invalid)
        return (linli_line){.message = M_VOID};
    if (linli_upheld(facts, bid->key))
        return (linli_line){.message = M_UPHELD};
    line = standing(o, facts, bid);
    if (line.message == M_ADMITTED && bid->open)
        line = sums(o, facts, bid);
    if (linli_same(facts->phase, "applying") || line.message != M_ADMITTED)
        return line;
    line = completion(facts, bid);
    for (size_t i = 0; line.message == M_ADMITTED && i < COUNT_OF(checks) - !o->consent; i++) {
        int found = linli_found(facts, bid->key, checks[i].code, checkers[o->checked_by]);

        if (found != LINLI_PASSED)
            line =
                LINLI_LINE(found == LINLI_NOT_PASSED ? M_FAILED : M_UNCHECKED, linli_named(checks[i].code));
    }
    return line;
}

static linli_status admit(linli_ask *ask, const void *opts, const linli_facts *facts, linli_admissions *out)
{
    return linli_admit_each(ask, opts, facts, judged, M_ADMITTED, out);
}

/* ---- award: how much ---------------------------------------------------- */

/* The least of what is asked for and every limit; the lines say which cut it. */
static linli_status grant_of(linli_ask *ask, const options *o, const linli_facts *facts, const linli_bid *bid,
                             linli_money *ret, linli_lines *why)
{
    linli_money cost = cost_of(facts, bid), cap = cap_of(o, facts), donations = {0}, allowed = {0}, part;
    linli_rate share = {limit_of(o, facts, o->share_max.ppm, "grant_share_max")};
    linli_line cut[4];
    size_t n = 0;

    *ret = bid->price;
    if (share.ppm) {
        if (!linli_mul_div(cost.minor, share.ppm, LINLI_WHOLE, roundings[o->rounding], &part.minor))
            return LINLI_RANGE;
        if (part.minor < ret->minor) {
            *ret = part;
            cut[n++] = LINLI_LINE(M_CUT_SHARE, linli_amount(cost), linli_percent(share), linli_amount(part));
        }
    }
    if (o->match.ppm) {
        linli_stated(facts, bid->key, "donations", &donations.minor);
        if (!linli_mul_div(donations.minor, o->match.ppm, LINLI_WHOLE, roundings[o->rounding], &part.minor))
            return LINLI_RANGE;
        part = donations.minor ? part : o->unmatched_max;
        if (part.minor < ret->minor) {
            *ret = part;
            cut[n++] =
                LINLI_LINE(M_CUT_MATCH, linli_amount(donations), linli_percent(o->match), linli_amount(part));
        }
    }
    if (cap.minor && cap.minor < ret->minor) {
        *ret = cap;
        cut[n++] = LINLI_LINE(M_CUT_CAP, linli_amount(cap));
    }
    if (linli_stated(facts, bid->key, "approved", &allowed.minor) && allowed.minor < ret->minor) {
        *ret = allowed;
        cut[n++] = LINLI_LINE(M_CUT_PANEL, linli_amount(allowed));
    }
    for (size_t i = 0; i < n; i++)
        if (!linli_say(ask, why, cut[i]))
            return LINLI_NOMEM;
    return LINLI_OK;
}

/* ---- award: who --------------------------------------------------------- */

typedef struct choosing {
    linli_ask *ask;
    const options *o;
    const linli_facts *facts;
    linli_award *list;
    linli_lines *why;
    size_t count, winners, reserves;
    linli_money left;
    linli_each each;
} choosing;

/* What the bidder was granted in the other tracks. */
static linli_money granted_elsewhere(const linli_facts *facts, uint64_t bidder)
{
    linli_money sum = {0};

    for (size_t i = 0; i < facts->elsewhere_count; i++)
        if (facts->elsewhere[i].bidder == bidder && facts->elsewhere[i].standing == LINLI_WINNER)
            sum.minor += facts->elsewhere[i].amount.minor;
    return sum;
}

/* Why a ranked application is passed over whatever is left; M_ADMITTED: it is not. */
static linli_line barred(const choosing *c, const linli_result *r, const linli_bid *bid, linli_money grant)
{
    const options *o = c->o;
    linli_money has = granted_elsewhere(c->facts, bid->bidder);

    if (r->total.micro < o->pass_line.micro)
        return LINLI_LINE(M_LINE, linli_of_bid(bid->key), linli_score(r->total), linli_score(o->pass_line));
    if (grant.minor <= 0)
        return LINLI_LINE(M_ZERO, linli_of_bid(bid->key));
    if (bid->barred)
        return LINLI_LINE(M_BARRED, linli_of_bid(bid->key));
    if (o->money_most.minor && has.minor > o->money_most.minor - grant.minor)
        return LINLI_LINE(M_HAS_MONEY, linli_of_bid(bid->key), linli_amount(has),
                          linli_amount(o->money_most));
    return fine;
}

/* A winner while there are places and money, else a reserve. */
static linli_status place(choosing *c, const linli_result *r, const linli_bid *bid, linli_award *a)
{
    int64_t quota = track_of(c->o, c->facts)->quota;
    bool room = quota == 0 || (int64_t)c->winners < quota, fits = a->amount.minor <= c->left.minor;
    linli_line line;

    if (room && fits) {
        a->standing = LINLI_WINNER;
        line = LINLI_LINE(M_FUNDED, linli_count(r->rank), linli_score(r->total), linli_amount(bid->price),
                          linli_amount(a->amount), linli_amount(c->left));
        c->left.minor -= a->amount.minor;
        c->winners++;
    } else if ((int64_t)c->reserves < c->o->reserves) {
        a->standing = LINLI_RESERVE;
        line = LINLI_LINE(M_RESERVE, linli_count((int64_t)++c->reserves));
    } else {
        return LINLI_OK;
    }
    a->bid = bid->key;
    if (!linli_say(c->ask, &a->why, line))
        return LINLI_NOMEM;
    if (a->standing == LINLI_WINNER)
        return LINLI_OK;
    return linli_told(linli_say(c->ask, &a->why,
                                room ? LINLI_LINE(M_NO_FIT, linli_amount(a->amount), linli_amount(c->left))
                                     : LINLI_LINE(M_QUOTA, linli_count(quota))));
}

/* Looks at one; adds it to the list where it gets a place. */
static linli_status look(choosing *c, const linli_result *r, const linli_bid *bid, bool tied)
{
    linli_award *a = &c->list[c->count];
    linli_facts own = linli_own(&c->each, bid->key);
    linli_line line;
    linli_status status;

    *a = (linli_award){.order = (int32_t)c->count + 1};
    if ((status = grant_of(c->ask, c->o, &own, bid, &a->amount, &a->why)) != LINLI_OK)
        return status;
    line = barred(c, r, bid, a->amount);
    if (line.message != M_ADMITTED)
        return linli_told(linli_say(c->ask, c->why, line));
    if ((status = place(c, r, bid, a)) != LINLI_OK || a->bid == 0)
        return status;
    c->count++;
    return tied ? linli_told(linli_say(c->ask, &a->why, (linli_line){.message = M_DRAWN})) : LINLI_OK;
}

static linli_status award(linli_ask *ask, const void *opts, const linli_facts *facts, linli_awards *out)
{
    const linli_evaluation *e = facts->evaluation;
    choosing c = {.ask = ask, .o = opts, .facts = facts, .why = &out->why, .left = linli_to_give(facts)};
    linli_descent d;

    if (!e || e->kind != LINLI_ORDER)
        return LINLI_FACTS;
    if (e->draw_count > 0) {
        out->draws = e->draws;
        out->draw_count = e->draw_count;
        return linli_told(linli_say(ask, &out->why, LINLI_LINE(M_TIED, linli_count(1))));
    }
    c.list = LINLI_NEW(ask, linli_award, e->count);
    if (!c.list || !linli_by_bid(ask, facts, &c.each) || !linli_descend(ask, facts, &d))
        return LINLI_NOMEM;
    for (int64_t i; (i = linli_next_best(&d)) >= 0;) {
        const linli_bid *bid = linli_bid_of(facts, e->items[i].bid);
        linli_status status;

        if (!bid)
            return LINLI_FACTS;
        if (linli_fell_away(facts, bid))
            continue;
        if (d.tied > 1 && !d.draw)
            return linli_ask_order(ask, &d, LINLI_LINE(M_TIED, linli_count(e->items[i].rank)), out);
        if ((status = look(&c, &e->items[i], bid, d.tied > 1)) != LINLI_OK)
            return status;
    }
    out->items = c.list;
    out->count = c.count;
    return c.winners ? LINLI_OK : linli_told(linli_say(ask, &out->why, (linli_line){.message = M_NONE}));
}

/* ---- step --------------------------------------------------------------- */

/* The next phase of the frozen plan; before there is one, of the table. */
static const char *next_of(const linli_facts *facts, const char *phase)
{
    const linli_phase *list = facts->plan ? facts->plan->phases : phases;
    size_t count = facts->plan ? facts->plan->phase_count : COUNT_OF(phases);
    size_t at = linli_phase_index(list, count, phase);

    return at < count ? list[at].next : NULL;
}

static linli_status end_applying(linli_ask *ask, const options *o, const linli_facts *facts, linli_step *out)
{
    static const uint32_t lines[] = {M_EARLY, M_FEW, M_APPLICATIONS};

    return linli_call_end(ask, facts, "review", o->applications_min, lines, out);
}

/* Before the pitch its order is drawn, where it takes more than one. */
static linli_status to_pitch(linli_ask *ask, const options *o, const linli_facts *facts, const char *from,
                             linli_line why, linli_step *out)
{
    const char *next = next_of(facts, from);
    linli_admissions admitted = {0};
    linli_draw_request *request = LINLI_NEW(ask, linli_draw_request, 1);
    uint64_t *keys = LINLI_NEW(ask, uint64_t, facts->bid_count);
    linli_status status = admit(ask, o, facts, &admitted);

    if (!request || !keys)
        return LINLI_NOMEM;
    if (status != LINLI_OK)
        return status;
    *request = (linli_draw_request){"pitch_order", keys, 0};
    for (size_t i = 0; i < admitted.count; i++)
        if (admitted.items[i].admitted)
            keys[request->count++] = admitted.items[i].bid;
    if (!o->pitch_order || request->count < 2 || linli_same(next, "training") ||
        linli_draw_of(facts, "pitch_order"))
        return linli_answer(ask, LINLI_GO, next, why, out);
    status = linli_answer(ask, LINLI_STAY, NULL, (linli_line){.message = M_TO_DRAW}, out);
    out->draws = request;
    out->draw_count = 1;
    return status;
}

static linli_status end_review(linli_ask *ask, const options *o, const linli_facts *facts, linli_step *out)
{
    linli_admissions admitted = {0};
    linli_status status = admit(ask, o, facts, &admitted);
    int64_t left = 0, passed = 0;

    if (status != LINLI_OK)
        return status;
    for (size_t i = 0; i < admitted.count; i++) {
        uint32_t message = admitted.items[i].why.items[0].message;

        left += message == M_UNCHECKED || message == M_RETURNED;
        passed += admitted.items[i].admitted;
    }
    if (left > 0)
        return linli_answer(ask, LINLI_STAY, NULL, LINLI_LINE(M_TO_CHECK, linli_count(left)), out);
    if (passed == 0)
        return linli_grant_fail(ask, (linli_line){.message = M_NONE_PASSED}, out);
    return to_pitch(ask, o, facts, "review", LINLI_LINE(M_PASSED, linli_count(passed)), out);
}

static linli_status end_training(linli_ask *ask, const options *o, const linli_facts *facts, linli_step *out)
{
    linli_admissions admitted = {0};
    linli_status status = admit(ask, o, facts, &admitted);

    if (status != LINLI_OK)
        return status;
    if (admitted.bidders == 0)
        return linli_grant_fail(ask, (linli_line){.message = M_NONE_PASSED}, out);
    return to_pitch(ask, o, facts, "training", (linli_line){.message = M_TRAINED}, out);
}

static linli_status end_voting(linli_ask *ask, const options *o, const linli_facts *facts, linli_step *out)
{
    if (facts->phase_due.us == 0 || facts->now.us < facts->phase_due.us)
        return linli_answer(ask, LINLI_STAY, NULL, (linli_line){.message = M_VOTE_RUNS}, out);
    return linli_answer(
        ask, LINLI_GO, "pitching",
        LINLI_LINE(M_VOTERS, linli_count((int64_t)facts->ballot_count), linli_count(o->turnout)), out);
}

static linli_status end_pitching(linli_ask *ask, const options *o, const linli_facts *facts, linli_step *out)
{
    const linli_evaluation *e = facts->evaluation;
    int64_t n = 0;

    if (!e || e->draw_count > 0)
        return linli_answer(ask, LINLI_STAY, NULL, (linli_line){.message = M_TO_MARK}, out);
    for (size_t i = 0; i < e->count; i++)
        n += e->items[i].standing == LINLI_RANKED && e->items[i].total.micro >= o->pass_line.micro;
    if (n == 0)
        return linli_grant_fail(ask, (linli_line){.message = M_NO_RANK}, out);
    return linli_answer(ask, LINLI_GO, "deciding", LINLI_LINE(M_RANKED, linli_count(n)), out);
}

static linli_status end_deciding(linli_ask *ask, const options *o, const linli_facts *facts, linli_step *out)
{
    linli_awards awards = {0};
    int64_t n = linli_winners(facts), could = 0;

    /* Whatever was ranked may have fallen away since, or may not be funded. */
    if (n == 0 && facts->evaluation) {
        linli_status status = award(ask, o, facts, &awards);

        if (status != LINLI_OK)
            return status;
        for (size_t i = 0; i < awards.count; i++)
            could += awards.items[i].standing == LINLI_WINNER;
        if (could == 0 && awards.draw_count == 0)
            return linli_grant_fail(ask, (linli_line){.message = M_NOTHING}, out);
    }
    return n ? linli_answer(ask, LINLI_GO, "publicity", LINLI_LINE(M_DECIDED, linli_count(n)), out)
             : linli_answer(ask, LINLI_STAY, NULL, (linli_line){.message = M_UNDECIDED}, out);
}

static linli_status end_publicity(linli_ask *ask, const options *o, const linli_facts *facts, linli_step *out)
{
    (void)o;
    return linli_notice_end(ask, facts, "agreement", out);
}

static linli_status end_agreement(linli_ask *ask, const options *o, const linli_facts *facts, linli_step *out)
{
    (void)o;
    return linli_agreements_end(ask, facts, "delivering", (linli_line){.message = M_NOTHING}, out);
}

static linli_status end_delivering(linli_ask *ask, const options *o, const linli_facts *facts,
                                   linli_step *out)
{
    (void)o;
    return linli_delivery_end(ask, facts, "closed", out);
}

static linli_status step(linli_ask *ask, const void *opts, const linli_facts *facts, linli_step *out)
{
    static const struct {
        const char *phase;
        linli_status (*end)(linli_ask *, const options *, const linli_facts *, linli_step *);
    } ends[] = {
        {"applying", end_applying},   {"review", end_review},       {"training", end_training},
        {"voting", end_voting},       {"pitching", end_pitching},   {"deciding", end_deciding},
        {"publicity", end_publicity}, {"agreement", end_agreement}, {"delivering", end_delivering},
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

/* ---- schedule and release ----------------------------------------------- */

static linli_status schedule(linli_ask *ask, const void *opts, const linli_facts *facts, const linli_award *a,
                             linli_schedule *out)
{
    const options *o = opts;

    (void)facts;
    return linli_schedule_parts(ask, o->tranches, a->amount, out);
}

/* The project ends here: what is asked back, and for how long its body is kept out. */
static linli_status stop(linli_ask *ask, const options *o, const linli_facts *facts, uint64_t bid,
                         linli_line why, linli_release *out)
{
    linli_money paid = {0}, accepted = {0};
    linli_period out_for = linli_period_or(facts, o->exclusion, "exclusion_breach");

    for (size_t i = 0; i < facts->delivery_count; i++) {
        const linli_delivery *d = &facts->deliveries[i];

        if (d->bid != bid)
            continue;
        paid.minor += d->paid.minor - d->recovered.minor;
        accepted.minor += d->accepted.minor;
    }
    *out = (linli_release){.kind = LINLI_STOP, .exclusion_months = out_for.count};
    if (o->claw_back == CLAW_ALL)
        out->recovery = paid;
    else if (o->claw_back == CLAW_UNSPENT && paid.minor > accepted.minor)
        out->recovery.minor = paid.minor - accepted.minor;
    if (!linli_say(ask, &out->why, why))
        return LINLI_NOMEM;
    if (out->recovery.minor && !linli_say(ask, &out->why,
                                          LINLI_LINE(M_ASKED_BACK, linli_amount(out->recovery),
                                                     linli_amount(paid), linli_amount(accepted))))
        return LINLI_NOMEM;
    if (out_for.count == 0)
        return LINLI_OK;
    return linli_told(linli_say(ask, &out->why, LINLI_LINE(M_KEPT_OUT, linli_count(out_for.count))));
}

/* The mean of what assessors gave for a tranche; false: nothing, or not in range. */
static bool score_of(const linli_facts *facts, uint64_t bid, const char *tranche, linli_points *ret)
{
    int64_t sum = 0, n = 0;

    for (size_t i = 0; i < facts->mark_count; i++) {
        const linli_mark *m = &facts->marks[i];

        if (m->bid == bid && strcmp(m->criterion, "delivery") == 0 && linli_same(m->tranche, tranche)) {
            if (!linli_add(sum, m->value, &sum))
                return false;
            n++;
        }
    }
    return n > 0 && linli_div(sum, n, LINLI_HALF_UP, &ret->micro);
}

/* Did an evaluation of this tranche fail?  The last paper of a rule counts; an office alone fails nobody. */
static bool third_party_refused(const linli_facts *facts, const linli_paper_rule *rule, uint64_t bid)
{
    const linli_paper *last = NULL;

    for (size_t i = 0; i < facts->paper_count; i++) {
        const linli_paper *p = &facts->papers[i];

        if (p->bid == bid && strcmp(p->rule, rule->code) == 0 && linli_same(p->tranche, rule->tranche) &&
            (!last || p->at.us >= last->at.us))
            last = p;
    }
    return last && last->refused && last->judge != LINLI_OFFICE_CLERK &&
           last->judge != LINLI_OFFICE_APPROVER && last->judge != LINLI_AGENT &&
           last->judge != LINLI_ORGANISATION;
}

static bool handed_in(const linli_facts *facts, const linli_paper_rule *rule, uint64_t bid)
{
    for (size_t i = 0; i < facts->paper_count; i++) {
        const linli_paper *p = &facts->papers[i];

        if (p->bid == bid && p->at.us && strcmp(p->rule, rule->code) == 0 &&
            linli_same(p->tranche, rule->tranche))
            return true;
    }
    return false;
}

/* M_ADMITTED, or why the evaluation this tranche waits for was failed. */
static linli_status evaluated(const options *o, const linli_facts *facts, uint64_t bid,
                              const linli_part_option *part, linli_line *ret)
{
    linli_points score = {0}, needed = {o->pass_score.micro};
    int32_t today = 0;

    *ret = fine;
    if (needed.micro == 0)
        needed.micro = linli_value_or(facts, 0, "grade_pass");
    if (!linli_day_of(facts->calendar, facts->now, &today))
        return LINLI_RANGE;
    for (size_t i = 0; facts->plan && i < facts->plan->paper_count; i++) {
        const linli_paper_rule *rule = &facts->plan->papers[i];

        if (!linli_same(rule->tranche, part->code))
            continue;
        if (third_party_refused(facts, rule, bid))
            *ret = LINLI_LINE(M_FAILED_EVALUATION, linli_named(rule->code));
        else if (part->on.day && today > part->on.day && !handed_in(facts, rule, bid))
            *ret = LINLI_LINE(M_MISSING, linli_named(rule->code));
    }
    if (ret->message == M_ADMITTED && score_of(facts, bid, part->code, &score) && score.micro < needed.micro)
        *ret = LINLI_LINE(M_LOW_SCORE, linli_score(score), linli_score(needed));
    return LINLI_OK;
}

static linli_status release(linli_ask *ask, const void *opts, const linli_facts *facts, const linli_award *a,
                            const linli_tranche *t, linli_release *out)
{
    const options *o = opts;
    const linli_part_option *part = linli_part_of(o->tranches, t->code);
    linli_line failed;
    linli_status status;

    if (!part)
        return LINLI_FACTS;
    status = linli_payable(ask, facts, a->bid, part, (linli_line){.message = LINLI_M_HELD}, out);
    if (status != LINLI_OK || out->kind != LINLI_PAY_OUT)
        return status;
    if ((status = evaluated(o, facts, a->bid, part, &failed)) != LINLI_OK)
        return status;
    if (failed.message != M_ADMITTED)
        return stop(ask, o, facts, a->bid, failed, out);
    status = linli_evidence(ask, facts, a->bid, t->code, true, out);
    if (status != LINLI_OK || out->kind != LINLI_PAY_OUT)
        return status;
    return linli_pay(ask, facts, a->bid, t, out);
}

/* ---- refuse ------------------------------------------------------------- */

/* Granted less than asked for, and its revised plan not approved yet? */
static bool unrevised(const options *o, const linli_facts *facts, uint64_t bid)
{
    const linli_bid *one = linli_bid_of(facts, bid);
    bool cut = false;

    for (size_t i = 0; i < facts->award_count; i++)
        if (facts->awards[i].bid == bid && facts->awards[i].standing == LINLI_WINNER && one)
            cut = facts->awards[i].amount.minor < one->price.minor;
    for (size_t i = 0; cut && i < facts->paper_count; i++)
        if (facts->papers[i].bid == bid && facts->papers[i].accepted &&
            strcmp(facts->papers[i].rule, "revised_plan") == 0)
            return false;
    return cut && o->revise;
}

static linli_status refuse(linli_ask *ask, const void *opts, const linli_facts *facts, int32_t role,
                           uint64_t actor, int32_t act, uint64_t bid, linli_verdict *out)
{
    linli_time due = facts->tender->bids_due;
    linli_status status;

    switch (act) {
    case LINLI_SUBMIT:
    case LINLI_REPLACE:
        return facts->now.us < due.us ? LINLI_OK
                                      : linli_no(ask, LINLI_LINE(M_CLOSED, linli_instant(due)), out);
    case LINLI_SIGN:
        status = linli_refuse_sign(ask, facts, role, actor, bid, out);
        return status != LINLI_OK || out->yes || !unrevised(opts, facts, bid)
                   ? status
                   : linli_no(ask, (linli_line){.message = M_REVISE}, out);
    default:
        return LINLI_OK;
    }
}

/* ---- what it offers ----------------------------------------------------- */

static const linli_about about = {
    .id = "venture_philanthropy",
    .version = "1.0.0",
    .opens = "1.0.0",
    .name = {"公益创投", "venture philanthropy"},
    .summary =
        {"分板块征集、初审补正、培训、路演评审，限额资助，中期和末期评估，不合格的终止、追回、停止申报",
         "a call in tracks, review, training, pitch; capped grants; a failed evaluation ends and claws back"},
    .basis = {"慈善法 §95；地方公益创投项目管理办法", "Charity Law §95; local rules on venture philanthropy"},
    .author = "Linli maintainers",
    .licence = "Apache-2.0",
};

/* clang-format off */
#define PART(code, zh, en, share, due) "{\"code\":\"" code "\",\"name\":{\"zh\":\"" zh "\",\"en\":\"" en "\"},\"share\":\"" share "\",\"due\":\"" due "\""
#define PARTS \
    "\"tranches\":[" PART("first", "首款", "first", "50%", "on_signing") ",\"advance\":true}," \
    PART("mid", "中期款", "mid-term", "30%", "on_milestone") "}," PART("final", "尾款", "final", "20%", "on_acceptance") "}]"

static const char *const examples[] = {
    "{\"training\":false,\"pitch_order\":false," PARTS "}",
    "{\"rule_limits\":true,\"public_vote\":true,\"voting_window\":\"7d\",\"panel_members\":7,\"claw_back\":\"all\",\"show_marks\":false,"
    "\"tracks\":[{\"lot\":1,\"quota\":3},{\"lot\":2,\"filed\":true,\"grant_max\":\"30000.00\"}]," PARTS "}",
    "{\"match\":\"200%\",\"grant_max\":\"500000.00\",\"unmatched_max\":\"300000.00\",\"consent\":false,\"checked_by\":\"office\",\"rounding\":\"down\"," PARTS "}",
    NULL,
};
/* clang-format on */

static const linli_mechanism venture_philanthropy = {
    .size = sizeof(linli_mechanism),
    .takes = LINLI_ORDER,
    .regimes = 1u << LINLI_GRANTS | 1u << LINLI_CHARITY,
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

static const linli_mechanism *const mechanisms[] = {&venture_philanthropy, NULL};

const linli_module linli_exports = LINLI_MODULE(.mechanisms = mechanisms);
