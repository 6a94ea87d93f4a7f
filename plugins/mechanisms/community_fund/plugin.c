/*
 * community_fund - 社区公益基金: residents and organisations propose, the cost is
 * locked, residents vote, a set that fits the budget is funded in tranches.
 * On the other road, for small sums, the fund's committee decides on each of a
 * batch: members, quorum, a majority, who has an interest sits out, minutes.
 *
 * Which set, is the scheme's to say (participatory_budget); with a scheme
 * that only ranks, the ranking is funded from the top while it fits.
 */
#include <string.h>

#include "linli/grant.h"

/* ---- options ------------------------------------------------------------ */

typedef struct options {
    linli_period proposal_window, voting_window, result_notice, extend;
    int64_t proposals_min, turnout, approvals_max, cosigners;
    bool fund_rules, show_ballots;
    linli_money project_min, project_max;
    int64_t committee_quorum;
    int32_t checked_by, road, majority;
    linli_list tranches; /* of linli_part_option */
} options;

/* clang-format off */
static const char *const checker_codes[]  = { "office", "operator", NULL };
static const linli_text  checker_labels[] = { { "街道经办", "office clerk" }, { "基金管理方", "fund manager" }, { NULL, NULL } };
static const int32_t     checkers[]       = { LINLI_OFFICE_CLERK, LINLI_OPERATOR };
static const char *const road_codes[]     = { "vote", "committee", NULL };
static const linli_text  road_labels[]    = { { "居民投票", "residents vote" }, { "基金管委会议决", "the fund's committee decides" }, { NULL, NULL } };
static const char *const majority_codes[] = { "half", "two_thirds", NULL };
static const linli_text  majority_labels[] = { { "过半数同意", "more than half" }, { "三分之二以上同意", "two thirds at least" }, { NULL, NULL } };
static const char *const due_codes[]      = LINLI_DUE_CODES;
static const linli_text  due_labels[]     = LINLI_DUE_LABELS;

static const linli_option part_rows[] = { LINLI_TRANCHE_ROWS(due_labels, due_codes) };

static const linli_option rows[] = {
    { .name = "road", .type = LINLI_OPT_CHOICE, .offset = offsetof(options, road), .low = 0, .high = 1, .initial = "vote",
      .choices = road_labels, .codes = road_codes,
      .label = { "议决方式", "who decides" }, .help = { "小额申请可以由基金管委会分批议决", "small sums may be decided by the committee, batch by batch" } },
    { .name = "committee_quorum", .type = LINLI_OPT_COUNT, .offset = offsetof(options, committee_quorum), .low = 2, .high = 51, .initial = "3",
      .label = { "管委会到会人数", "quorum of the committee" }, .help = { "每一项至少几名委员表决", "members who vote on each, at least" } },
    { .name = "majority", .type = LINLI_OPT_CHOICE, .offset = offsetof(options, majority), .low = 0, .high = 1, .initial = "half",
      .choices = majority_labels, .codes = majority_codes,
      .label = { "通过比例", "majority" }, .help = { "占参加表决的委员", "of the members who vote on it" } },
    { .name = "proposal_window", .type = LINLI_OPT_PERIOD, .offset = offsetof(options, proposal_window), .low = 1, .high = 180,
      .label = { "提案征集期", "time to propose" }, .help = { "不填则用规则规定的期限", "left out: as the rules say" } },
    { .name = "voting_window", .type = LINLI_OPT_PERIOD, .offset = offsetof(options, voting_window), .low = 1, .high = 90,
      .label = { "投票期", "voting" }, .help = { "不填则用规则规定的期限", "left out: as the rules say" } },
    { .name = "result_notice", .type = LINLI_OPT_PERIOD, .offset = offsetof(options, result_notice), .low = 1, .high = 60,
      .label = { "公示期", "publicity" }, .help = { "不得短于规则；不填则用规则", "not shorter than the rules say; left out: as the rules say" } },
    { .name = "proposals_min", .type = LINLI_OPT_COUNT, .offset = offsetof(options, proposals_min), .low = 1, .high = 1000, .initial = "1",
      .label = { "最少提案数", "proposals needed" }, .help = { "不足则终止", "with fewer it ends" } },
    { .name = "turnout", .type = LINLI_OPT_COUNT, .offset = offsetof(options, turnout), .low = 1, .high = 100000000, .initial = "1",
      .label = { "最少投票人数", "voters needed" }, .help = { "不足则延长一次，仍不足则终止", "with fewer the vote is extended once, then ends" } },
    { .name = "extend", .type = LINLI_OPT_PERIOD, .offset = offsetof(options, extend), .low = 0, .high = 90, .initial = "3d",
      .label = { "投票延长", "extension" }, .help = { "投票人数不足时延长一次的时间", "how long the vote is extended, once" } },
    { .name = "approvals_max", .type = LINLI_OPT_COUNT, .offset = offsetof(options, approvals_max), .low = 0, .high = 1000, .initial = "0",
      .label = { "每票最多选几项", "choices on a ballot" }, .help = { "0 为不限", "0: any number" } },
    { .name = "fund_rules", .type = LINLI_OPT_BOOL, .offset = offsetof(options, fund_rules), .initial = "false",
      .label = { "适用规则中的联署人数和资助限额", "backers and limits of the rules" }, .help = { "单独填写的优先", "what is given beside goes first" } },
    { .name = "cosigners", .type = LINLI_OPT_COUNT, .offset = offsetof(options, cosigners), .low = 0, .high = 10000, .initial = "0",
      .label = { "联署人数", "backers" }, .help = { "每个提案至少几名居民联署", "residents who must back a proposal" } },
    { .name = "project_min", .type = LINLI_OPT_MONEY, .offset = offsetof(options, project_min), .low = 0, .high = INT64_C(100000000000000), .initial = "0.00",
      .label = { "单个项目下限", "least for a project" }, .help = { "0 为不限", "0: no limit" } },
    { .name = "project_max", .type = LINLI_OPT_MONEY, .offset = offsetof(options, project_max), .low = 0, .high = INT64_C(100000000000000), .initial = "0.00",
      .label = { "单个项目上限", "most for a project" }, .help = { "0 为不限", "0: no limit" } },
    { .name = "checked_by", .type = LINLI_OPT_CHOICE, .offset = offsetof(options, checked_by), .low = 0, .high = 1, .initial = "office",
      .choices = checker_labels, .codes = checker_codes,
      .label = { "核定方", "who checks" }, .help = { "谁审查提案并核定预算", "who checks proposals and locks their cost" } },
    { .name = "show_ballots", .type = LINLI_OPT_BOOL, .offset = offsetof(options, show_ballots), .initial = "true",
      .label = { "公开匿名选票", "ballots are published" }, .help = { "结果公示后公开去除身份的选票，任何人可以重算", "with the result, without names: anyone can count again" } },
    { .name = "tranches", .type = LINLI_OPT_LIST, .required = true, .offset = offsetof(options, tranches), .low = 1, .high = 12,
      .item = part_rows, .item_count = LINLI_TRANCHE_ROW_COUNT, .item_size = sizeof(linli_part_option),
      .label = { "拨款安排", "tranches" }, .help = { "各期比例合计 100%", "the shares add up to 100%" } },
};

/* ---- words -------------------------------------------------------------- */

enum {
    M_BELOW_RULE = LINLI_M_KIT, M_UNIT, M_NO_WINDOW, M_LIMITS,
    M_WITHDRAWN, M_LATE, M_VOID, M_FAILED, M_UNCHECKED, M_NO_COST, M_OVER_MAX, M_UNDER_MIN, M_OVER_BUDGET, M_FEW_BACKERS, M_UPHELD, M_ADMITTED,
    M_EARLY, M_FEW_PROPOSALS, M_PROPOSALS, M_TO_CHECK, M_NONE_PASSED, M_PASSED, M_VOTE_RUNS, M_FEW_VOTERS, M_EXTENDED, M_VOTERS,
    M_TO_COUNT, M_NOTHING, M_CHOSEN, M_UNDECIDED, M_DECIDED,
    M_TO_VOTE, M_NO_MINUTES, M_APPROVED, M_AGREED, M_REJECTED,
    M_FUNDED, M_FITS, M_NO_FIT, M_NONE, M_TIED, M_DRAWN,
    M_CLOSED, M_VOTE_OVER, M_NOT_ON_BALLOT,
    MESSAGES
};

static const linli_message messages[MESSAGES] = {
    LINLI_KIT_MESSAGES,
    [M_BELOW_RULE]   = { "below_rule", { "低于规定的下限：{1}", "less than the rules allow: {1}" }, NULL },
    [M_UNIT]         = { "unit", { "期限单位须与规则一致：{1}", "the unit must be that of the rule: {1}" }, NULL },
    [M_NO_WINDOW]    = { "no_window", { "规则没有投票期，须填写", "the rules have no voting time: state it" }, NULL },
    [M_LIMITS]       = { "limits", { "下限 {1} 高于上限 {2}", "the least, {1}, is over the most, {2}" }, NULL },

    [M_WITHDRAWN]    = { "withdrawn", { "提案已撤回", "the proposal was withdrawn" }, NULL },
    [M_LATE]         = { "late", { "逾期提交", "handed in late" }, NULL },
    [M_VOID]         = { "void", { "提案文件无效", "found void" }, NULL },
    [M_FAILED]       = { "failed", { "未通过审查：{1}", "failed the check {1}" }, NULL },
    [M_UNCHECKED]    = { "unchecked", { "尚未审查：{1}", "not checked yet: {1}" }, NULL },
    [M_NO_COST]      = { "no_cost", { "没有预算金额", "it has no cost" }, NULL },
    [M_OVER_MAX]     = { "over_max", { "预算 {1} 超过单个项目上限 {2}", "the cost {1} is over the most for a project, {2}" }, NULL },
    [M_UNDER_MIN]    = { "under_min", { "预算 {1} 低于单个项目下限 {2}", "the cost {1} is under the least for a project, {2}" }, NULL },
    [M_OVER_BUDGET]  = { "over_budget", { "预算 {1} 超过基金总额 {2}", "the cost {1} is over the whole budget, {2}" }, NULL },
    [M_FEW_BACKERS]  = { "few_backers", { "联署 {1} 人，不足 {2} 人", "{1} backers where {2} are needed" }, NULL },
    [M_UPHELD]       = { "upheld", { "异议成立", "an objection against it was founded" }, NULL },
    [M_ADMITTED]     = { "admitted", { "列入选票", "on the ballot" }, NULL },

    [M_EARLY]        = { "early", { "征集截止时间 {1} 未到", "proposals are taken until {1}" }, NULL },
    [M_FEW_PROPOSALS] = { "few_proposals", { "提案 {1} 个，不足 {2} 个", "{1} proposals where {2} are needed" }, NULL },
    [M_PROPOSALS]    = { "proposals", { "提案 {1} 个", "{1} proposals" }, NULL },
    [M_TO_CHECK]     = { "to_check", { "还有 {1} 个提案未审查完", "{1} proposals are still to be checked" }, NULL },
    [M_NONE_PASSED]  = { "none_passed", { "没有提案通过审查", "no proposal passed" }, NULL },
    [M_PASSED]       = { "passed", { "{1} 个提案列入选票，预算锁定", "{1} proposals are on the ballot, their cost locked" }, NULL },
    [M_VOTE_RUNS]    = { "vote_runs", { "投票未结束", "the vote still runs" }, NULL },
    [M_FEW_VOTERS]   = { "few_voters", { "投票 {1} 人，不足 {2} 人", "{1} voters where {2} are needed" }, NULL },
    [M_EXTENDED]     = { "extended", { "投票延长一次", "the vote is extended once" }, NULL },
    [M_VOTERS]       = { "voters", { "投票 {1} 人", "{1} voters" }, NULL },
    [M_TO_COUNT]     = { "to_count", { "尚未计票", "the ballots are not counted yet" }, NULL },
    [M_NOTHING]      = { "nothing", { "没有项目入选", "nothing was chosen" }, NULL },
    [M_CHOSEN]       = { "chosen", { "{1} 个项目入选", "{1} projects are chosen" }, NULL },
    [M_UNDECIDED]    = { "undecided", { "尚未立项", "not decided yet" }, NULL },
    [M_DECIDED]      = { "decided", { "已立项 {1} 个", "{1} projects are to be funded" }, NULL },

    [M_TO_VOTE]      = { "to_vote", { "还有 {1} 项表决不足 {2} 人", "{1} have fewer than {2} votes" }, NULL },
    [M_NO_MINUTES]   = { "no_minutes", { "会议纪要尚未由到会委员全部签署", "the minutes are not signed by every member present" }, NULL },
    [M_APPROVED]     = { "approved", { "管委会同意 {1} 项", "the committee agrees to {1}" }, NULL },
    [M_AGREED]       = { "agreed", { "管委会 {1} 人同意、{2} 人不同意", "{1} of the committee for it, {2} against" }, NULL },
    [M_REJECTED]     = { "rejected", { "{1}：管委会 {2} 人同意、{3} 人不同意，未通过", "{1}: {2} for it, {3} against: not carried" }, NULL },
    [M_FUNDED]       = { "funded", { "入选，资助 {1}", "chosen: {1} is granted" }, NULL },
    [M_FITS]         = { "fits", { "第 {1} 名，预算 {2} 不超过余额 {3}", "place {1}: its cost {2} fits into the {3} left" }, NULL },
    [M_NO_FIT]       = { "no_fit", { "{1} 预算 {2} 超过余额 {3}，跳过", "{1} costs {2}, more than the {3} left: passed over" }, NULL },
    [M_NONE]         = { "none", { "没有项目入选", "no project is chosen" }, NULL },
    [M_TIED]         = { "tied", { "第 {1} 名并列，待公开抽取", "a tie for place {1}: a public draw is needed" }, NULL },
    [M_DRAWN]        = { "drawn", { "并列由公开抽取确定", "the tie was settled by public draw" }, NULL },


    [M_CLOSED]       = { "closed", { "已过征集截止时间 {1}", "proposals were taken until {1}" }, NULL },
    [M_VOTE_OVER]    = { "vote_over", { "投票已于 {1} 结束", "the vote ended at {1}" }, NULL },
    [M_NOT_ON_BALLOT] = { "not_on_ballot", { "该提案未列入选票", "this proposal is not on the ballot" }, NULL },
};
/* clang-format on */

#define COUNT_OF(table) (sizeof(table) / sizeof((table)[0]))

/* ---- limits: what is given, else the rules where the fund follows them ---- */

static int64_t limit_of(const options *o, const linli_facts *facts, int64_t given, const char *code)
{
    const linli_rule *rule = o->fund_rules ? linli_rule_of(facts, code) : NULL;

    return given || !rule ? given : rule->value;
}

static int64_t backers_needed(const options *o, const linli_facts *facts)
{
    return limit_of(o, facts, o->cosigners, "proposal_cosigners");
}

static linli_money least_of(const options *o, const linli_facts *facts)
{
    return (linli_money){limit_of(o, facts, o->project_min.minor, "micro_grant_min")};
}

static linli_money most_of(const options *o, const linli_facts *facts)
{
    return (linli_money){limit_of(o, facts, o->project_max.minor, "micro_grant_max")};
}

/* ---- check -------------------------------------------------------------- */

enum { BY_VOTE, BY_COMMITTEE };
enum { MORE_THAN_HALF, TWO_THIRDS };
enum { FINDINGS = 120 };

static linli_status check(linli_ask *ask, const void *opts, const linli_facts *facts, linli_findings *out)
{
    const options *o = opts;
    linli_money least = least_of(o, facts), most = most_of(o, facts);
    linli_report r;

    if (!linli_report_new(ask, FINDINGS, &r))
        return LINLI_NOMEM;
    linli_find_short(&r, facts, "/result_notice", o->result_notice, "result_notice", M_UNIT, M_BELOW_RULE);
    if (o->road == BY_VOTE && linli_period_or(facts, o->voting_window, "voting_window").count == 0)
        linli_find(&r, "/voting_window", (linli_line){.message = M_NO_WINDOW});
    if (most.minor && least.minor > most.minor)
        linli_find(&r, "/project_min", LINLI_LINE(M_LIMITS, linli_amount(least), linli_amount(most)));
    linli_find_tranches(&r, o->tranches);
    *out = linli_found_all(&r);
    return LINLI_OK;
}

/* ---- plan --------------------------------------------------------------- */

#define MAY(act) LINLI_MAY(LINLI_##act)
#define READ     (MAY(READ_TENDER) | MAY(READ_BIDS))
/* Everything about a fund is open; only ballots wait for the result. */
#define READERS                                                                                              \
    [LINLI_PUBLIC] = READ, [LINLI_AGENT] = READ, [LINLI_SUPERVISOR] = READ, [LINLI_AUDITOR] = READ,          \
    [LINLI_ADMINISTRATOR] = READ, [LINLI_EVALUATOR] = READ
#define PROPOSES (READ | MAY(QUESTION) | MAY(SUBMIT) | MAY(REPLACE) | MAY(WITHDRAW) | MAY(OBJECT))
#define ASKS     (READ | MAY(QUESTION) | MAY(OBJECT))
#define SERVES   (READ | MAY(ANSWER) | MAY(RESOLVE))

/* clang-format off */
static const linli_phase phases[] = {
    { "proposing", { "提案征集", "proposals" }, LINLI_TENDERING, LINLI_ENDS_AT_DUE,
      { READERS, [LINLI_ASSESSOR] = READ,
        [LINLI_RESIDENT]        = PROPOSES,
        [LINLI_ORGANISATION]    = PROPOSES,
        [LINLI_OFFICE_CLERK]    = SERVES | MAY(AMEND) | MAY(SUBMIT) | MAY(REPLACE) | MAY(WITHDRAW),
        [LINLI_OPERATOR]        = SERVES | MAY(SUBMIT) | MAY(REPLACE) | MAY(WITHDRAW),
        [LINLI_OFFICE_APPROVER] = READ | MAY(APPROVE) | MAY(CANCEL),
        [LINLI_CLOCK]           = MAY(ADVANCE) },
      "checking", "void", NULL },
    { "checking", { "审查与预算核定", "checks and costing" }, LINLI_CHECKING, LINLI_ENDS_BY_ACT,
      { READERS, [LINLI_ASSESSOR] = READ,
        [LINLI_RESIDENT]        = ASKS | MAY(ANSWER) | MAY(REQUOTE) | MAY(WITHDRAW),
        [LINLI_ORGANISATION]    = ASKS | MAY(ANSWER) | MAY(REQUOTE) | MAY(WITHDRAW),
        [LINLI_OFFICE_CLERK]    = SERVES | MAY(CHECK) | MAY(CLARIFY) | MAY(REQUOTE) | MAY(ADVANCE),
        [LINLI_OPERATOR]        = SERVES | MAY(CHECK) | MAY(CLARIFY) | MAY(REQUOTE) | MAY(ADVANCE),
        [LINLI_OFFICE_APPROVER] = READ | MAY(APPROVE) | MAY(ADVANCE) | MAY(CANCEL) },
      "meeting", "void", NULL },
    { "meeting", { "管委会议决", "committee" }, LINLI_CHECKING, LINLI_ENDS_BY_ACT,
      { [LINLI_PUBLIC] = READ, [LINLI_AGENT] = READ, [LINLI_SUPERVISOR] = READ, [LINLI_AUDITOR] = READ, [LINLI_ADMINISTRATOR] = READ,
        [LINLI_ASSESSOR] = READ,
        [LINLI_RESIDENT]        = ASKS,
        [LINLI_ORGANISATION]    = ASKS | MAY(WITHDRAW),
        [LINLI_EVALUATOR]       = READ | MAY(CHECK) | MAY(REPORT) | MAY(ADVANCE),
        [LINLI_OFFICE_CLERK]    = SERVES | MAY(ASSIGN) | MAY(ADVANCE),
        [LINLI_OPERATOR]        = SERVES | MAY(ASSIGN) | MAY(ADVANCE),
        [LINLI_OFFICE_APPROVER] = READ | MAY(APPROVE) | MAY(CANCEL) },
      "deciding", "void", NULL },
    { "voting", { "居民投票", "voting" }, LINLI_VOTING, LINLI_ENDS_AT_DUE,
      { READERS, [LINLI_ASSESSOR] = READ,
        [LINLI_RESIDENT]        = ASKS | MAY(VOTE),
        [LINLI_ORGANISATION]    = ASKS,
        [LINLI_OFFICE_CLERK]    = SERVES | MAY(VOTE),
        [LINLI_OPERATOR]        = SERVES | MAY(VOTE),
        [LINLI_OFFICE_APPROVER] = READ | MAY(APPROVE) | MAY(CANCEL),
        [LINLI_CLOCK]           = MAY(ADVANCE) },
      "counting", "void", "voting" },
    { "counting", { "计票", "counting" }, LINLI_EVALUATING, LINLI_ENDS_WHEN_DONE,
      { READERS, [LINLI_ASSESSOR] = READ,
        [LINLI_RESIDENT]        = ASKS,
        [LINLI_ORGANISATION]    = ASKS,
        [LINLI_OFFICE_CLERK]    = SERVES | MAY(REPORT) | MAY(DRAW),
        [LINLI_OPERATOR]        = SERVES | MAY(REPORT) | MAY(DRAW),
        [LINLI_OFFICE_APPROVER] = READ | MAY(REPORT) | MAY(APPROVE) | MAY(CANCEL) },
      "deciding", "void", NULL },
    { "deciding", { "立项", "decision" }, LINLI_DECIDING, LINLI_ENDS_BY_ACT,
      { READERS, [LINLI_ASSESSOR] = READ,
        [LINLI_RESIDENT]        = ASKS,
        [LINLI_ORGANISATION]    = ASKS,
        [LINLI_OFFICE_CLERK]    = SERVES | MAY(DRAW) | MAY(ANNOUNCE),
        [LINLI_OPERATOR]        = SERVES | MAY(DRAW) | MAY(ANNOUNCE),
        [LINLI_OFFICE_APPROVER] = READ | MAY(CHOOSE) | MAY(APPROVE) | MAY(ANNOUNCE) | MAY(ADVANCE) | MAY(CANCEL) },
      "publicity", "void", NULL },
    { "publicity", { "公示", "publicity" }, LINLI_NOTICE, LINLI_ENDS_AT_DUE,
      { READERS, [LINLI_ASSESSOR] = READ,
        [LINLI_RESIDENT]        = ASKS,
        [LINLI_ORGANISATION]    = ASKS,
        [LINLI_OFFICE_CLERK]    = SERVES | MAY(ANNOUNCE),
        [LINLI_OPERATOR]        = SERVES | MAY(ANNOUNCE),
        [LINLI_OFFICE_APPROVER] = SERVES | MAY(APPROVE) | MAY(ANNOUNCE),
        [LINLI_CLOCK]           = MAY(ADVANCE) },
      "agreement", "void", "publicity" },
    { "agreement", { "签订微资助协议", "agreements" }, LINLI_CONTRACTING, LINLI_ENDS_WHEN_DONE,
      { READERS, [LINLI_ASSESSOR] = READ,
        [LINLI_RESIDENT]        = ASKS | MAY(SIGN) | MAY(WITHDRAW),
        [LINLI_ORGANISATION]    = ASKS | MAY(SIGN) | MAY(WITHDRAW),
        [LINLI_OFFICE_CLERK]    = SERVES | MAY(SIGN),
        [LINLI_OPERATOR]        = SERVES | MAY(SIGN),
        [LINLI_OFFICE_APPROVER] = SERVES | MAY(APPROVE) | MAY(CHOOSE) | MAY(SIGN) | MAY(CANCEL) },
      "delivering", "void", NULL },
    { "delivering", { "实施与拨付", "delivery and payment" }, LINLI_DELIVERING, LINLI_ENDS_WHEN_DONE,
      { READERS,
        [LINLI_ASSESSOR]        = READ | MAY(ACCEPT) | MAY(MARK),
        [LINLI_RESIDENT]        = ASKS | MAY(DELIVER) | MAY(ACCEPT),
        [LINLI_ORGANISATION]    = ASKS | MAY(DELIVER),
        [LINLI_OFFICE_CLERK]    = SERVES | MAY(ACCEPT) | MAY(PAY),
        [LINLI_OPERATOR]        = SERVES | MAY(ACCEPT) | MAY(PAY),
        [LINLI_OFFICE_APPROVER] = SERVES | MAY(APPROVE) | MAY(ACCEPT) | MAY(PAY) },
      "closed", "closed", NULL },
    { "closed", { "结项", "closed" }, LINLI_CLOSED, LINLI_NEVER_ENDS,
      { READERS, [LINLI_ASSESSOR] = READ, [LINLI_RESIDENT] = READ, [LINLI_ORGANISATION] = READ, [LINLI_OFFICE_CLERK] = READ,
        [LINLI_OPERATOR] = READ, [LINLI_OFFICE_APPROVER] = READ },
      NULL, NULL, NULL },
    { "void", { "终止", "void" }, LINLI_VOID, LINLI_NEVER_ENDS,
      { READERS, [LINLI_ASSESSOR] = READ, [LINLI_RESIDENT] = READ, [LINLI_ORGANISATION] = READ, [LINLI_OFFICE_CLERK] = READ,
        [LINLI_OPERATOR] = READ, [LINLI_OFFICE_APPROVER] = READ },
      NULL, NULL, NULL },
};

static const linli_reading readings[] = {
    { LINLI_SEES_BIDS,    LINLI_PUBLIC,          "proposing" },
    { LINLI_SEES_PRICES,  LINLI_PUBLIC,          "proposing" },
    { LINLI_SEES_BIDS,    LINLI_RESIDENT,        "proposing" },
    { LINLI_SEES_PRICES,  LINLI_RESIDENT,        "proposing" },
    { LINLI_SEES_BIDS,    LINLI_ORGANISATION,    "proposing" },
    { LINLI_SEES_PRICES,  LINLI_ORGANISATION,    "proposing" },
    { LINLI_SEES_BIDS,    LINLI_OFFICE_CLERK,    "proposing" },
    { LINLI_SEES_PRICES,  LINLI_OFFICE_CLERK,    "proposing" },
    { LINLI_SEES_BIDS,    LINLI_OFFICE_APPROVER, "proposing" },
    { LINLI_SEES_PRICES,  LINLI_OFFICE_APPROVER, "proposing" },
    { LINLI_SEES_BIDS,    LINLI_OPERATOR,        "proposing" },
    { LINLI_SEES_PRICES,  LINLI_OPERATOR,        "proposing" },
    { LINLI_SEES_BIDS,    LINLI_SUPERVISOR,      "proposing" },
    { LINLI_SEES_PRICES,  LINLI_SUPERVISOR,      "proposing" },
    { LINLI_SEES_BIDS,    LINLI_AUDITOR,         "proposing" },
    { LINLI_SEES_PRICES,  LINLI_AUDITOR,         "proposing" },
    { LINLI_SEES_RESULT,  LINLI_OFFICE_CLERK,    "deciding" },
    { LINLI_SEES_RESULT,  LINLI_OFFICE_APPROVER, "deciding" },
    { LINLI_SEES_RESULT,  LINLI_OPERATOR,        "deciding" },
    { LINLI_SEES_RESULT,  LINLI_AUDITOR,         "deciding" },
    { LINLI_SEES_RESULT,  LINLI_SUPERVISOR,      "deciding" },
    { LINLI_SEES_RESULT,  LINLI_ORGANISATION,    "publicity" },
    { LINLI_SEES_RESULT,  LINLI_RESIDENT,        "publicity" },
    { LINLI_SEES_RESULT,  LINLI_PUBLIC,          "publicity" },
    /* The last five only where there is a vote, the last three only where ballots are published. */
    { LINLI_SEES_BALLOTS, LINLI_AUDITOR,         "counting" },
    { LINLI_SEES_BALLOTS, LINLI_SUPERVISOR,      "counting" },
    { LINLI_SEES_BALLOTS, LINLI_PUBLIC,          "publicity" },
    { LINLI_SEES_BALLOTS, LINLI_RESIDENT,        "publicity" },
    { LINLI_SEES_BALLOTS, LINLI_ORGANISATION,    "publicity" },
};
enum { BALLOT_READINGS = 3, VOTE_READINGS = 5 };

static const char *const needs[] = { "result_notice", NULL };

static const struct eligibility { const char *code; linli_text name; } eligibility[] = {
    { "public_benefit", { "属于公共利益", "it serves the public" } },
    { "not_property_duty", { "不属于物业或者业主应尽的责任", "it is not the duty of the property manager or the owners" } },
    { "no_clash", { "与政府项目不重复", "no government project does it already" } },
    { "fits_purpose", { "符合基金用途", "it fits the purpose of the fund" } },
    { "costed", { "预算已核定并锁定", "its cost is checked and locked" } },
};
/* clang-format on */

static linli_status plan_windows(linli_ask *ask, const options *o, const linli_facts *facts, linli_plan *out)
{
    static const linli_ruled_window
        propose = {"proposal_window", {"提案征集期", "time to propose"}, LINLI_PUBLISHED, LINLI_BIDS_DUE},
        vote = {"", {"投票期", "voting"}, LINLI_VOTING_STARTED, LINLI_VOTING_ENDED},
        notice = {"result_notice", {"公示期", "publicity"}, LINLI_ANNOUNCED, LINLI_NOTICE_ENDED};
    static const linli_ruled_window duties[] = {
        {"feasibility_window", {"审查核定期限", "time to check"}, LINLI_BIDS_DUE, LINLI_CHECKED},
        {"sign_window", {"签约期限", "time to sign"}, LINLI_ANNOUNCED, LINLI_SIGNED},
        {"challenge_answer", {"答复异议期限", "time to answer an objection"}, LINLI_OBJECTED, LINLI_RESOLVED},
        {"payment_window", {"拨付期限", "time to pay"}, LINLI_ACCEPTED, LINLI_PAID},
    };
    linli_period proposing = linli_period_or(facts, o->proposal_window, propose.rule);
    linli_period voting = linli_period_or(facts, o->voting_window, "voting_window");
    linli_window *w = LINLI_NEW(ask, linli_window, 3 + COUNT_OF(duties));
    size_t n = 0;

    if (!w)
        return LINLI_NOMEM;
    if (o->road == BY_VOTE && voting.count == 0)
        return LINLI_OPTIONS;
    if (proposing.count)
        w[n++] = linli_granted_window(facts, "proposals", propose, proposing);
    if (o->road == BY_VOTE)
        w[n++] = linli_granted_window(facts, "voting", vote, voting);
    w[n++] = linli_granted_window(facts, "publicity", notice,
                                  linli_period_or(facts, o->result_notice, notice.rule));
    n += linli_duty_windows(facts, duties, COUNT_OF(duties), &w[n]);
    out->windows = w;
    out->window_count = n;
    return LINLI_OK;
}

/* The phases of the road taken: a meeting, or a vote and its count. */
static linli_status plan_phases(linli_ask *ask, const options *o, linli_plan *out)
{
    linli_phase *p = LINLI_NEW(ask, linli_phase, COUNT_OF(phases));
    size_t n = 0;

    if (!p)
        return LINLI_NOMEM;
    for (size_t i = 0; i < COUNT_OF(phases); i++) {
        bool voted = strcmp(phases[i].code, "voting") == 0 || strcmp(phases[i].code, "counting") == 0;
        bool met = strcmp(phases[i].code, "meeting") == 0;

        if (o->road == BY_VOTE ? !met : !voted)
            p[n++] = phases[i];
        if (strcmp(phases[i].code, "checking") == 0 && o->road == BY_VOTE)
            p[n - 1].next = "voting";
    }
    out->phases = p;
    out->phase_count = n;
    if (o->road == BY_COMMITTEE)
        out->panel = (linli_panel){.at_least = (int32_t)o->committee_quorum, .of = 1, .recuse = true};
    return LINLI_OK;
}

static linli_status plan_gates(linli_ask *ask, const options *o, linli_plan *out)
{
    linli_quorum *q = LINLI_NEW(ask, linli_quorum, 3);
    linli_check_rule *c = LINLI_NEW(ask, linli_check_rule, COUNT_OF(eligibility) + 1);

    if (!q || !c)
        return LINLI_NOMEM;
    q[0] = (linli_quorum){.phase = "proposing",
                          .counts = LINLI_COUNT_BIDDERS,
                          .at_least = (int32_t)o->proposals_min,
                          .below = LINLI_BELOW_FAIL,
                          .otherwise = "void"};
    q[1] = (linli_quorum){.phase = "checking",
                          .counts = LINLI_COUNT_ADMITTED,
                          .at_least = 1,
                          .below = LINLI_BELOW_FAIL,
                          .otherwise = "void"};
    q[2] = (linli_quorum){.phase = "voting",
                          .counts = LINLI_COUNT_VOTERS,
                          .at_least = (int32_t)o->turnout,
                          .below = o->extend.count ? LINLI_BELOW_EXTEND : LINLI_BELOW_FAIL,
                          .otherwise = "void",
                          .extend = o->extend};
    for (size_t i = 0; i < COUNT_OF(eligibility); i++)
        c[i] = (linli_check_rule){eligibility[i].code, eligibility[i].name, "checking",
                                  checkers[o->checked_by], NULL};
    c[COUNT_OF(eligibility)] =
        (linli_check_rule){"approved", {"同意资助", "to be funded"}, "meeting", LINLI_EVALUATOR, NULL};
    out->quorums = q;
    out->quorum_count = o->road == BY_VOTE ? 3 : 2;
    out->checks = c;
    out->check_count = COUNT_OF(eligibility) + (o->road == BY_COMMITTEE);
    return LINLI_OK;
}

static linli_status plan_papers(linli_ask *ask, const options *o, linli_plan *out)
{
    const linli_part_option *part = o->tranches.items;
    linli_paper_rule *p = LINLI_NEW(ask, linli_paper_rule, o->tranches.count);
    size_t n = 0, progress = 0, final = 0;

    if (!p)
        return LINLI_NOMEM;
    for (size_t i = 0; i < o->tranches.count; i++) {
        int32_t due = part[i].due + LINLI_ON_SIGNING;
        bool last = due == LINLI_ON_ACCEPTANCE;
        const char *code;

        if (!last && due != LINLI_ON_MILESTONE)
            continue;
        code = last ? linli_numbered(ask, "final_report", ++final)
                    : linli_numbered(ask, "progress_report", ++progress);
        if (!code)
            return LINLI_NOMEM;
        p[n++] = (linli_paper_rule){
            .code = code,
            .name = last ? (linli_text){"结项报告和全部支出凭证", "final report with all vouchers"}
                         : (linli_text){"进展报告和支出凭证", "progress report with vouchers"},
            .phase = "delivering",
            .tranche = part[i].code,
            .role = LINLI_ORGANISATION,
            .at_least = 1,
            .published = true};
    }
    out->papers = p;
    out->paper_count = n;
    return LINLI_OK;
}

static linli_status plan_fields(linli_ask *ask, const options *o, const linli_facts *facts, linli_plan *out)
{
    int64_t backers = backers_needed(o, facts);
    linli_money least = least_of(o, facts);
    linli_field *f = LINLI_NEW(ask, linli_field, 2);

    if (!f)
        return LINLI_NOMEM;
    f[0] = (linli_field){.code = "cost",
                         .name = {"预算金额", "cost"},
                         .unit = LINLI_UNIT_MONEY,
                         .low = least.minor ? least.minor : 1,
                         .high = INT64_C(100000000000000),
                         .required = true,
                         .priced = true,
                         .envelope = 1};
    f[1] = (linli_field){.code = "cosigners",
                         .name = {"联署人数", "backers"},
                         .unit = LINLI_UNIT_COUNT,
                         .low = 0,
                         .high = 1000000,
                         .required = backers > 0,
                         .envelope = 1};
    out->fields = f;
    out->field_count = 2;
    return LINLI_OK;
}

static linli_status plan(linli_ask *ask, const void *opts, const linli_facts *facts, linli_plan *out)
{
    const options *o = opts;
    linli_status status;

    *out = (linli_plan){
        .entry = LINLI_ANYONE,
        .sealing = LINLI_OPEN_BIDS,
        .contract = LINLI_GRANT,
        .objection_stops = true,
        .award = {.kind = LINLI_AWARD_TO_BUDGET, .most = INT32_MAX, .candidates = 0, .by_rank = true},
        .readings = readings,
        .reading_count = COUNT_OF(readings) - (o->road == BY_COMMITTEE ? VOTE_READINGS
                                               : o->show_ballots       ? 0
                                                                       : BALLOT_READINGS),
        .choices = (int32_t)o->approvals_max,
    };
    if (!(out->tranches = linli_tranche_rules(ask, o->tranches)))
        return LINLI_NOMEM;
    out->tranche_count = o->tranches.count;
    if ((status = plan_phases(ask, o, out)) != LINLI_OK ||
        (status = plan_windows(ask, o, facts, out)) != LINLI_OK ||
        (status = plan_gates(ask, o, out)) != LINLI_OK ||
        (status = plan_fields(ask, o, facts, out)) != LINLI_OK)
        return status;
    return plan_papers(ask, o, out);
}

/* ---- admit -------------------------------------------------------------- */

/* M_ADMITTED, or what is wrong with its money or its backers. */
static linli_line sized(const options *o, const linli_facts *facts, const linli_bid *bid)
{
    linli_money least = least_of(o, facts), most = most_of(o, facts), budget = facts->tender->budget;
    int64_t needed = backers_needed(o, facts), backers = 0;

    linli_stated(facts, bid->key, "cosigners", &backers);
    if (bid->price.minor <= 0)
        return (linli_line){.message = M_NO_COST};
    if (bid->price.minor > budget.minor)
        return LINLI_LINE(M_OVER_BUDGET, linli_amount(bid->price), linli_amount(budget));
    if (most.minor && bid->price.minor > most.minor)
        return LINLI_LINE(M_OVER_MAX, linli_amount(bid->price), linli_amount(most));
    if (bid->price.minor < least.minor)
        return LINLI_LINE(M_UNDER_MIN, linli_amount(bid->price), linli_amount(least));
    if (backers < needed)
        return LINLI_LINE(M_FEW_BACKERS, linli_count(backers), linli_count(needed));
    return (linli_line){.message = M_ADMITTED};
}

static linli_line judged(const void *opts, const linli_facts *facts, const linli_bid *bid)
{
    const options *o = opts;
    size_t here = linli_phase_index(phases, COUNT_OF(phases), facts->phase);
    linli_line line;

    if (bid->late)
        return (linli_line){.message = M_LATE};
    if (bid->withdrawn)
        return (linli_line){.message = M_WITHDRAWN};
    if (bid->invalid)
        return (linli_line){.message = M_VOID};
    if (linli_upheld(facts, bid->key))
        return (linli_line){.message = M_UPHELD};
    line = sized(o, facts, bid);
    for (size_t i = 0; line.message == M_ADMITTED && here > 0 && i < COUNT_OF(eligibility); i++) {
        int found = linli_found(facts, bid->key, eligibility[i].code, checkers[o->checked_by]);

        if (found != LINLI_PASSED)
            line = LINLI_LINE(found == LINLI_NOT_PASSED ? M_FAILED : M_UNCHECKED,
                              linli_named(eligibility[i].code));
    }
    return line;
}

static linli_status admit(linli_ask *ask, const void *opts, const linli_facts *facts, linli_admissions *out)
{
    return linli_admit_each(ask, opts, facts, judged, M_ADMITTED, out);
}

/* ---- the committee ------------------------------------------------------ */

typedef struct count {
    int64_t yes, no;
} count;

static count votes_on(const linli_facts *facts, uint64_t bid)
{
    count n = {0};

    for (size_t i = 0; i < facts->check_count; i++) {
        const linli_check *c = &facts->checks[i];

        if (c->bid == bid && c->role == LINLI_EVALUATOR && strcmp(c->rule, "approved") == 0)
            c->passed ? n.yes++ : n.no++;
    }
    return n;
}

/* Of those who vote on it; who sits out is not counted. */
static bool carried(const options *o, count n)
{
    if (n.yes + n.no < o->committee_quorum)
        return false;
    return o->majority == TWO_THIRDS ? n.yes * 3 >= (n.yes + n.no) * 2 : n.yes * 2 > n.yes + n.no;
}

/* ---- step --------------------------------------------------------------- */

static linli_status end_proposing(linli_ask *ask, const options *o, const linli_facts *facts, linli_step *out)
{
    static const uint32_t lines[] = {M_EARLY, M_FEW_PROPOSALS, M_PROPOSALS};

    return linli_call_end(ask, facts, "checking", o->proposals_min, lines, out);
}

static linli_status end_checking(linli_ask *ask, const options *o, const linli_facts *facts, linli_step *out)
{
    linli_admissions admitted = {0};
    linli_status status = admit(ask, o, facts, &admitted);
    int64_t left = 0;

    if (status != LINLI_OK)
        return status;
    for (size_t i = 0; i < admitted.count; i++)
        left += admitted.items[i].why.items[0].message == M_UNCHECKED;
    if (left > 0)
        return linli_answer(ask, LINLI_STAY, NULL, LINLI_LINE(M_TO_CHECK, linli_count(left)), out);
    if (admitted.bidders == 0)
        return linli_grant_fail(ask, (linli_line){.message = M_NONE_PASSED}, out);
    return linli_answer(ask, LINLI_GO, o->road == BY_VOTE ? "voting" : "meeting",
                        LINLI_LINE(M_PASSED, linli_count(admitted.bidders)), out);
}

/* Every proposal voted on by enough of the committee, and the minutes signed. */
static linli_status end_meeting(linli_ask *ask, const options *o, const linli_facts *facts, linli_step *out)
{
    linli_admissions admitted = {0};
    linli_status status = admit(ask, o, facts, &admitted);
    int64_t open = 0, agreed = 0;
    linli_each each;

    if (status != LINLI_OK)
        return status;
    if (!linli_by_bid(ask, facts, &each))
        return LINLI_NOMEM;
    for (size_t i = 0; i < admitted.count; i++) {
        linli_facts own = linli_own(&each, admitted.items[i].bid);
        count n = votes_on(&own, admitted.items[i].bid);

        open += admitted.items[i].admitted && n.yes + n.no < o->committee_quorum;
        agreed += admitted.items[i].admitted && carried(o, n);
    }
    if (open > 0)
        return linli_answer(ask, LINLI_STAY, NULL,
                            LINLI_LINE(M_TO_VOTE, linli_count(open), linli_count(o->committee_quorum)), out);
    if (!linli_event_of(facts, LINLI_REPORTED, 0))
        return linli_answer(ask, LINLI_STAY, NULL, (linli_line){.message = M_NO_MINUTES}, out);
    if (agreed == 0)
        return linli_grant_fail(ask, (linli_line){.message = M_NOTHING}, out);
    return linli_answer(ask, LINLI_GO, "deciding", LINLI_LINE(M_APPROVED, linli_count(agreed)), out);
}

static bool extended(const linli_facts *facts)
{
    const linli_event *e = linli_event_of(facts, LINLI_EXTENDED, 0);

    return e && e->at.us >= facts->phase_since.us;
}

/* Too few voters: once more time, then the end. */
static linli_status end_voting(linli_ask *ask, const options *o, const linli_facts *facts, linli_step *out)
{
    int64_t n = (int64_t)facts->ballot_count;
    linli_line few = LINLI_LINE(M_FEW_VOTERS, linli_count(n), linli_count(o->turnout));

    if (facts->phase_due.us == 0 || facts->now.us < facts->phase_due.us)
        return linli_answer(ask, LINLI_STAY, NULL, (linli_line){.message = M_VOTE_RUNS}, out);
    if (n >= o->turnout)
        return linli_answer(ask, LINLI_GO, "counting", LINLI_LINE(M_VOTERS, linli_count(n)), out);
    if (o->extend.count == 0 || extended(facts))
        return linli_grant_fail(ask, few, out);
    *out = (linli_step){.kind = LINLI_EXTEND, .extend = o->extend};
    return linli_told(linli_say(ask, &out->why, few) &&
                      linli_say(ask, &out->why, (linli_line){.message = M_EXTENDED}));
}

static linli_status end_counting(linli_ask *ask, const options *o, const linli_facts *facts, linli_step *out)
{
    const linli_evaluation *e = facts->evaluation;
    int64_t n = 0;

    (void)o;
    if (!e || e->draw_count > 0)
        return linli_answer(ask, LINLI_STAY, NULL, (linli_line){.message = M_TO_COUNT}, out);
    for (size_t i = 0; i < e->count; i++)
        n += e->kind == LINLI_SET ? e->items[i].grant.minor > 0 : e->items[i].standing == LINLI_RANKED;
    if (n == 0)
        return linli_grant_fail(ask, (linli_line){.message = M_NOTHING}, out);
    return linli_answer(ask, LINLI_GO, "deciding", LINLI_LINE(M_CHOSEN, linli_count(n)), out);
}

static linli_status award(linli_ask *ask, const void *opts, const linli_facts *facts, linli_awards *out);

static linli_status end_deciding(linli_ask *ask, const options *o, const linli_facts *facts, linli_step *out)
{
    linli_awards awards = {0};
    int64_t n = linli_winners(facts);

    /* Whatever was chosen may have fallen away since. */
    if (n == 0 && (facts->evaluation || o->road == BY_COMMITTEE)) {
        linli_status status = award(ask, o, facts, &awards);
        if (status != LINLI_OK)
            return status;
        if (awards.count == 0 && awards.draw_count == 0)
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
        {"proposing", end_proposing}, {"checking", end_checking},   {"voting", end_voting},
        {"counting", end_counting},   {"meeting", end_meeting},     {"deciding", end_deciding},
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

/* ---- award -------------------------------------------------------------- */

static linli_status pass_on_draws(linli_ask *ask, const linli_evaluation *e, linli_awards *out)
{
    out->draws = e->draws;
    out->draw_count = e->draw_count;
    return linli_told(linli_say(ask, &out->why, LINLI_LINE(M_TIED, linli_count(1))));
}

/* A set: each chosen project gets what the scheme granted. */
static linli_status award_set(linli_ask *ask, const linli_facts *facts, linli_awards *out)
{
    const linli_evaluation *e = facts->evaluation;
    linli_award *list = LINLI_NEW(ask, linli_award, e->count);
    size_t n = 0;
    int64_t sum = 0;

    if (!list)
        return LINLI_NOMEM;
    for (size_t i = 0; i < e->count; i++) {
        const linli_result *r = &e->items[i];
        const linli_bid *bid = linli_bid_of(facts, r->bid);

        if (!bid || r->grant.minor < 0 || !linli_add(sum, r->grant.minor, &sum))
            return LINLI_FACTS;
        if (r->grant.minor == 0 || linli_fell_away(facts, bid))
            continue;
        list[n] = (linli_award){
            .bid = r->bid, .standing = LINLI_WINNER, .order = (int32_t)n + 1, .amount = r->grant};
        if (!linli_say(ask, &list[n].why, LINLI_LINE(M_FUNDED, linli_amount(r->grant))))
            return LINLI_NOMEM;
        n++;
    }
    if (sum > facts->tender->budget.minor)
        return LINLI_FACTS;
    out->items = list;
    out->count = n;
    return n ? LINLI_OK : linli_told(linli_say(ask, &out->why, (linli_line){.message = M_NONE}));
}

/* A ranking: from the top, whatever still fits. */
static linli_status award_order(linli_ask *ask, const linli_facts *facts, linli_awards *out)
{
    linli_award *list = LINLI_NEW(ask, linli_award, facts->evaluation->count);
    linli_money left = linli_to_give(facts);
    linli_descent d;
    size_t n = 0;

    if (!list || !linli_descend(ask, facts, &d))
        return LINLI_NOMEM;
    for (int64_t i; (i = linli_next_best(&d)) >= 0;) {
        const linli_result *r = &d.e->items[i];
        const linli_bid *bid = linli_bid_of(facts, r->bid);

        if (!bid)
            return LINLI_FACTS;
        if (linli_fell_away(facts, bid))
            continue;
        if (d.tied > 1 && !d.draw)
            return linli_ask_order(ask, &d, LINLI_LINE(M_TIED, linli_count(r->rank)), out);
        if (bid->price.minor > left.minor) {
            if (!linli_say(ask, &out->why,
                           LINLI_LINE(M_NO_FIT, linli_of_bid(bid->key), linli_amount(bid->price),
                                      linli_amount(left))))
                return LINLI_NOMEM;
            continue;
        }
        list[n] = (linli_award){
            .bid = bid->key, .standing = LINLI_WINNER, .order = (int32_t)n + 1, .amount = bid->price};
        if (!linli_say(
                ask, &list[n].why,
                LINLI_LINE(M_FITS, linli_count(r->rank), linli_amount(bid->price), linli_amount(left))) ||
            (d.tied > 1 && !linli_say(ask, &list[n].why, (linli_line){.message = M_DRAWN})))
            return LINLI_NOMEM;
        left.minor -= bid->price.minor;
        n++;
    }
    out->items = list;
    out->count = n;
    return n ? LINLI_OK : linli_told(linli_say(ask, &out->why, (linli_line){.message = M_NONE}));
}

/* What the committee agreed to, in the order it came in, while there is money. */
static linli_status award_agreed(linli_ask *ask, const options *o, const linli_facts *facts,
                                 linli_awards *out)
{
    linli_award *list = LINLI_NEW(ask, linli_award, facts->bid_count);
    const linli_result **results = linli_results(ask, facts);
    const linli_bid **order = linli_in_order(ask, facts);
    linli_money left = linli_to_give(facts);
    size_t n = 0;
    linli_each each;

    if (!list || !results || !order || !linli_by_bid(ask, facts, &each))
        return LINLI_NOMEM;
    for (size_t i = 0; i < facts->bid_count; i++) {
        const linli_bid *bid = order[i];
        linli_facts own = linli_own(&each, bid->key);
        count votes = votes_on(&own, bid->key);
        linli_line line =
            LINLI_LINE(M_REJECTED, linli_of_bid(bid->key), linli_count(votes.yes), linli_count(votes.no));
        bool agreed = carried(o, votes);

        if (judged(o, &own, bid).message != M_ADMITTED ||
            linli_left_out(facts, results[bid->key <= facts->bid_count ? bid->key : 0], bid->price))
            continue;
        if (agreed && bid->price.minor > left.minor)
            line = LINLI_LINE(M_NO_FIT, linli_of_bid(bid->key), linli_amount(bid->price), linli_amount(left));
        if (!agreed || bid->price.minor > left.minor) {
            if (!linli_say(ask, &out->why, line))
                return LINLI_NOMEM;
            continue;
        }
        list[n] = (linli_award){
            .bid = bid->key, .standing = LINLI_WINNER, .order = (int32_t)n + 1, .amount = bid->price};
        if (!linli_say(ask, &list[n].why,
                       LINLI_LINE(M_AGREED, linli_count(votes.yes), linli_count(votes.no))) ||
            !linli_say(ask, &list[n].why, LINLI_LINE(M_FUNDED, linli_amount(bid->price))))
            return LINLI_NOMEM;
        left.minor -= bid->price.minor;
        n++;
    }
    out->items = list;
    out->count = n;
    return n ? LINLI_OK : linli_told(linli_say(ask, &out->why, (linli_line){.message = M_NONE}));
}

static linli_status award(linli_ask *ask, const void *opts, const linli_facts *facts, linli_awards *out)
{
    const linli_evaluation *e = facts->evaluation;
    const options *o = opts;

    if (o->road == BY_COMMITTEE)
        return award_agreed(ask, o, facts, out);
    if (!e)
        return LINLI_FACTS;
    if (e->draw_count > 0)
        return pass_on_draws(ask, e, out);
    return e->kind == LINLI_SET ? award_set(ask, facts, out) : award_order(ask, facts, out);
}

/* ---- schedule and release ----------------------------------------------- */

static linli_status schedule(linli_ask *ask, const void *opts, const linli_facts *facts, const linli_award *a,
                             linli_schedule *out)
{
    const options *o = opts;

    (void)facts;
    return linli_schedule_parts(ask, o->tranches, a->amount, out);
}

static linli_status release(linli_ask *ask, const void *opts, const linli_facts *facts, const linli_award *a,
                            const linli_tranche *t, linli_release *out)
{
    const options *o = opts;
    const linli_part_option *part = linli_part_of(o->tranches, t->code);
    linli_status status;

    if (!part)
        return LINLI_FACTS;
    status = linli_payable(ask, facts, a->bid, part, (linli_line){.message = LINLI_M_HELD}, out);
    if (status == LINLI_OK && out->kind == LINLI_PAY_OUT)
        status = linli_evidence(ask, facts, a->bid, t->code, true, out);
    if (status != LINLI_OK || out->kind != LINLI_PAY_OUT)
        return status;
    return linli_pay(ask, facts, a->bid, t, out);
}

/* ---- refuse ------------------------------------------------------------- */

static linli_status refuse_vote(linli_ask *ask, const options *o, const linli_facts *facts, uint64_t bid,
                                linli_verdict *out)
{
    const linli_bid *on = bid ? linli_bid_of(facts, bid) : NULL;

    if (facts->phase_due.us != 0 && facts->now.us >= facts->phase_due.us)
        return linli_no(ask, LINLI_LINE(M_VOTE_OVER, linli_instant(facts->phase_due)), out);
    if (bid && (!on || judged(o, facts, on).message != M_ADMITTED))
        return linli_no(ask, (linli_line){.message = M_NOT_ON_BALLOT}, out);
    return LINLI_OK;
}

static linli_status refuse(linli_ask *ask, const void *opts, const linli_facts *facts, int32_t role,
                           uint64_t actor, int32_t act, uint64_t bid, linli_verdict *out)
{
    linli_time due = facts->tender->bids_due;

    switch (act) {
    case LINLI_SUBMIT:
    case LINLI_REPLACE:
        return facts->now.us < due.us ? LINLI_OK
                                      : linli_no(ask, LINLI_LINE(M_CLOSED, linli_instant(due)), out);
    case LINLI_VOTE:
        return refuse_vote(ask, opts, facts, bid, out);
    case LINLI_SIGN:
        return linli_refuse_sign(ask, facts, role, actor, bid, out);
    default:
        return LINLI_OK;
    }
}

/* ---- what it offers ----------------------------------------------------- */

static const linli_about about = {
    .id = "community_fund",
    .version = "1.0.0",
    .opens = "1.0.0",
    .name = {"社区公益基金", "community fund"},
    .summary =
        {"居民提案、核定预算，居民一人一票或者基金管委会分批议决，在预算内立项，微资助分期拨付",
         "residents propose; they vote, or the fund's committee decides; what fits the budget is funded"},
    .basis = {"慈善法、居民委员会组织法；基金章程和地方微项目办法",
              "Charity Law, Organic Law of Residents' Committees; the fund's charter and local rules"},
    .author = "Linli maintainers",
    .licence = "Apache-2.0",
};

static const char *const examples[] = {
    "{\"voting_window\":\"7d\",\"tranches\":["
    "{\"code\":\"first\",\"name\":{\"zh\":\"首款\",\"en\":\"first\"},\"share\":\"70%\",\"due\":\"on_"
    "signing\","
    "\"advance\":true},"
    "{\"code\":\"final\",\"name\":{\"zh\":\"尾款\",\"en\":\"final\"},\"share\":\"30%\",\"due\":\"on_"
    "acceptance\"}]}",
    "{\"voting_window\":\"10d\",\"fund_rules\":true,\"turnout\":50,\"approvals_max\":5,\"checked_by\":"
    "\"operator\","
    "\"tranches\":["
    "{\"code\":\"first\",\"name\":{\"zh\":\"首款\",\"en\":\"first\"},\"share\":\"50%\",\"due\":\"on_"
    "signing\","
    "\"advance\":true},"
    "{\"code\":\"mid\",\"name\":{\"zh\":\"中期款\",\"en\":\"mid-term\"},\"share\":\"30%\",\"due\":\"on_"
    "milestone\"},"
    "{\"code\":\"final\",\"name\":{\"zh\":\"尾款\",\"en\":\"final\"},\"share\":\"20%\",\"due\":\"on_"
    "acceptance\"}]}",
    "{\"road\":\"committee\",\"committee_quorum\":2,\"majority\":\"two_thirds\",\"tranches\":["
    "{\"code\":\"whole\",\"name\":{\"zh\":\"一次性拨付\",\"en\":\"at "
    "once\"},\"share\":\"100%\",\"due\":\"on_signing\",\"advance\":true}]}",
    NULL,
};

static const linli_mechanism community_fund = {
    .size = sizeof(linli_mechanism),
    .takes = LINLI_SET | LINLI_ORDER,
    .regimes = 1u << LINLI_SUB_THRESHOLD | 1u << LINLI_GRANTS | 1u << LINLI_CHARITY,
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

static const linli_mechanism *const mechanisms[] = {&community_fund, NULL};

const linli_module linli_exports = LINLI_MODULE(.mechanisms = mechanisms);
