/* What a community fund offers: its options, its words, who is admitted, and which road answers. */
#include "fund.h"

/* ---- options ------------------------------------------------------------ */

/* clang-format off */
static const char *const checker_codes[]  = { "office", "operator", NULL };
static const linli_text  checker_labels[] = { { "街道经办", "office clerk" }, { "基金管理方", "fund manager" }, { NULL, NULL } };
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
      .label = { "议决方式", "who decides" }, .help = { "小额申请可以随时受理，由基金管委会逐项议决", "small applications may be taken at any time, and decided one by one by the committee" } },
    { .name = "committee_quorum", .type = LINLI_OPT_COUNT, .offset = offsetof(options, committee_quorum), .low = 2, .high = 51, .initial = "3",
      .label = { "管委会到会人数", "quorum of the committee" }, .help = { "每一项至少几名委员表决", "members who vote on each, at least" } },
    { .name = "majority", .type = LINLI_OPT_CHOICE, .offset = offsetof(options, majority), .low = 0, .high = 1, .initial = "half",
      .choices = majority_labels, .codes = majority_codes,
      .label = { "通过比例", "majority" }, .help = { "占参加表决的委员", "of the members who vote on it" } },
    { .name = "proposal_window", .type = LINLI_OPT_PERIOD, .offset = offsetof(options, proposal_window), .low = 1, .high = 180,
      .label = { "提案征集期", "time to propose" }, .help = { "不填则用规则规定的期限", "left out: as the rules say" } },
    { .name = "voting_window", .type = LINLI_OPT_PERIOD, .offset = offsetof(options, voting_window), .low = 1, .high = 90,
      .label = { "投票期", "voting" }, .help = { "不填则用规则规定的期限", "left out: as the rules say" } },
    LINLI_ROW_PUBLICITY(options),
    { .name = "proposals_min", .type = LINLI_OPT_COUNT, .offset = offsetof(options, proposals_min), .low = 1, .high = 1000, .initial = "1",
      .label = { "最少提案数", "proposals needed" }, .help = { "投票时适用，不足则终止", "for a vote: with fewer it ends" } },
    { .name = "turnout", .type = LINLI_OPT_COUNT, .offset = offsetof(options, turnout), .low = 1, .high = 100000000, .initial = "1",
      .label = { "最少投票人数", "voters needed" }, .help = { "不足则延长一次，仍不足则终止", "with fewer the vote is extended once, then ends" } },
    { .name = "extend", .type = LINLI_OPT_PERIOD, .offset = offsetof(options, extend), .low = 0, .high = 90, .initial = "3d",
      .label = { "投票延长", "extension" }, .help = { "投票人数不足时延长一次的时间", "how long the vote is extended, once" } },
    { .name = "approvals_max", .type = LINLI_OPT_COUNT, .offset = offsetof(options, approvals_max), .low = 0, .high = 1000, .initial = "0",
      .label = { "每票最多选几项", "choices on a ballot" }, .help = { "0 为不限", "0: any number" } },
    { .name = "fund_rules", .type = LINLI_OPT_BOOL, .offset = offsetof(options, fund_rules), .initial = "false",
      .label = { "适用规则中的联署人数和资助限额", "backers and limits of the rules" }, .help = { "单独填写的优先", "what is given beside goes first" } },
    { .name = "cosigners", .type = LINLI_OPT_COUNT, .offset = offsetof(options, cosigners), .low = 0, .high = 10000, .initial = "0",
      .label = { "联署人数", "backers" }, .help = { "每个提案至少几名居民联署或者附议", "residents who must back a proposal, on paper or online" } },
    { .name = "project_min", .type = LINLI_OPT_MONEY, .offset = offsetof(options, project_min), .low = 0, .high = INT64_C(100000000000000), .initial = "0.00",
      .label = { "单个项目下限", "least for a project" }, .help = { "0 为不限", "0: no limit" } },
    { .name = "project_max", .type = LINLI_OPT_MONEY, .offset = offsetof(options, project_max), .low = 0, .high = INT64_C(100000000000000), .initial = "0.00",
      .label = { "单个项目上限", "most for a project" }, .help = { "0 为不限", "0: no limit" } },
    { .name = "checked_by", .type = LINLI_OPT_CHOICE, .offset = offsetof(options, checked_by), .low = 0, .high = 1, .initial = "office",
      .choices = checker_labels, .codes = checker_codes,
      .label = { "核定方", "who checks" }, .help = { "谁审查提案并核定预算", "who checks proposals and locks their cost" } },
    { .name = "show_ballots", .type = LINLI_OPT_BOOL, .offset = offsetof(options, show_ballots), .initial = "true",
      .label = { "公开匿名选票", "ballots are published" }, .help = { "结果公示后公开去除身份的选票，任何人可以重算", "with the result, without names: anyone can count again" } },
    LINLI_ROW_TRANCHES(options, part_rows),
};

/* ---- words -------------------------------------------------------------- */

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
    [M_FEW_BACKERS]  = { "few_backers", { "联署或者附议 {1} 人，不足 {2} 人", "{1} backers where {2} are needed" }, NULL },
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

    [M_TAKES]        = { "takes", { "随时受理至 {1}，尚余 {2}", "applications are taken until {1}; {2} are left" }, NULL },
    [M_TO_DECIDE]    = { "to_decide", { "还有 {1} 项申请未议决、未立项", "{1} applications are still to be decided on" }, NULL },
    [M_NO_MONEY]     = { "no_money", { "资金已用完，不再受理", "the money is spent: nothing more is taken" }, NULL },
    [M_NOT_MADE_PUBLIC] = { "not_made_public", { "公示期未满，不得签订协议", "its publicity is not over yet" }, NULL },
    [M_MINUTED]      = { "minuted", { "该项已议决并形成会议纪要", "this one was decided, with minutes" }, NULL },
    [M_AGREED]       = { "agreed", { "管委会 {1} 人同意、{2} 人不同意", "{1} of the committee for it, {2} against" }, NULL },
    [M_REJECTED]     = { "rejected", { "{1}：管委会 {2} 人同意、{3} 人不同意，未通过", "{1}: {2} for it, {3} against: not carried" }, NULL },
    [M_FUNDED]       = { "funded", { "入选，资助 {1}", "chosen: {1} is granted" }, NULL },
    [M_KEPT]         = { "kept", { "此前已立项，资助 {1}", "granted {1} before" }, NULL },
    [M_FITS]         = { "fits", { "第 {1} 名，预算 {2} 不超过余额 {3}", "place {1}: its cost {2} fits into the {3} left" }, NULL },
    [M_BARRED]       = { "barred", { "{1} 的申请人在其他板块的资助数已达上限", "who made {1} has as many grants in other lots as one may" }, NULL },
    [M_NO_FIT]       = { "no_fit", { "{1} 预算 {2} 超过余额 {3}，跳过", "{1} costs {2}, more than the {3} left: passed over" }, NULL },
    [M_NONE]         = { "none", { "没有项目入选", "no project is chosen" }, NULL },
    [M_TIED]         = { "tied", { "第 {1} 名并列，待公开抽取", "a tie for place {1}: a public draw is needed" }, NULL },
    [M_DRAWN]        = { "drawn", { "并列由公开抽取确定", "the tie was settled by public draw" }, NULL },

    [M_CLOSED]       = { "closed", { "已过征集截止时间 {1}", "proposals were taken until {1}" }, NULL },
    [M_VOTE_OVER]    = { "vote_over", { "投票已于 {1} 结束", "the vote ended at {1}" }, NULL },
    [M_NOT_ON_BALLOT] = { "not_on_ballot", { "该提案未列入选票", "this proposal is not on the ballot" }, NULL },
    [M_COST_LOCKED]  = { "cost_locked", { "预算已核定锁定或者已经表决，不得再改", "its cost is locked, or was voted on: it changes no more" }, NULL },
};
/* clang-format on */

/* ---- limits: what is given, else the rules where the fund follows them ---- */

static int64_t limit_of(const options *o, const linli_facts *facts, int64_t given, const char *code)
{
    const linli_rule *rule = o->fund_rules ? linli_rule_of(facts, code) : NULL;

    return given || !rule ? given : rule->value;
}

int64_t backers_needed(const options *o, const linli_facts *facts)
{
    return limit_of(o, facts, o->cosigners, "proposal_cosigners");
}

linli_money least_of(const options *o, const linli_facts *facts)
{
    return (linli_money){limit_of(o, facts, o->project_min.minor, "micro_grant_min")};
}

linli_money most_of(const options *o, const linli_facts *facts)
{
    return (linli_money){limit_of(o, facts, o->project_max.minor, "micro_grant_max")};
}

/* ---- check -------------------------------------------------------------- */

enum { FINDINGS = 120 };

static linli_status check(linli_ask *ask, const void *opts, const linli_facts *facts, linli_findings *out)
{
    const options *o = opts;
    linli_money least = least_of(o, facts), most = most_of(o, facts);
    linli_report r;

    if (!linli_report_new(ask, FINDINGS, &r))
        return LINLI_NOMEM;
    linli_find_short(&r, facts, "/result_notice", o->result_notice, "result_notice", M_UNIT, M_BELOW_RULE);
    if (o->road == BY_VOTE) {
        linli_find_short(&r, facts, "/proposal_window", o->proposal_window, "proposal_window", M_UNIT,
                         M_BELOW_RULE);
        linli_find_short(&r, facts, "/voting_window", o->voting_window, "voting_window", M_UNIT,
                         M_BELOW_RULE);
    }
    if (o->road == BY_VOTE && linli_period_or(facts, o->voting_window, "voting_window").count == 0)
        linli_find(&r, "/voting_window", (linli_line){.message = M_NO_WINDOW});
    if (most.minor && least.minor > most.minor)
        linli_find(&r, "/project_min", LINLI_LINE(M_LIMITS, linli_amount(least), linli_amount(most)));
    linli_find_tranches(&r, o->tranches);
    *out = linli_found_all(&r);
    return LINLI_OK;
}

/* ---- admit -------------------------------------------------------------- */

/* Signatures on paper and support online may be of the same residents: the more numerous counts. */
static int64_t backers_of(const linli_facts *facts, const linli_bid *bid)
{
    int64_t signed_by = 0, supported_by = 0;

    linli_stated(facts, bid->key, "cosigners", &signed_by);
    linli_stated(facts, bid->key, "supports", &supported_by);
    return signed_by > supported_by ? signed_by : supported_by;
}

/* M_ADMITTED, or what is wrong with its money or its backers. */
static linli_line sized(const options *o, const linli_facts *facts, const linli_bid *bid)
{
    linli_money least = least_of(o, facts), most = most_of(o, facts), budget = facts->tender->budget;
    int64_t needed = backers_needed(o, facts), backers = backers_of(facts, bid);

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

linli_line judged(const void *opts, const linli_facts *facts, const linli_bid *bid)
{
    const options *o = opts;
    bool checked = !linli_same(facts->phase, "proposing");
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
    for (size_t i = 0; line.message == M_ADMITTED && checked && i < ELIGIBILITY; i++) {
        int found = linli_found(facts, bid->key, fund_eligibility[i], checker_of(o));

        if (found != LINLI_PASSED)
            line = LINLI_LINE(found == LINLI_NOT_PASSED ? M_FAILED : M_UNCHECKED,
                              linli_named(fund_eligibility[i]));
    }
    return line;
}

linli_status admit(linli_ask *ask, const void *opts, const linli_facts *facts, linli_admissions *out)
{
    return linli_admit_each(ask, opts, facts, judged, M_ADMITTED, out);
}

linli_line not_funded(const linli_funding *f, const linli_bid *bid, linli_money grant)
{
    if (bid->barred)
        return LINLI_LINE(M_BARRED, linli_of_bid(bid->key));
    if (grant.minor > f->left.minor)
        return LINLI_LINE(M_NO_FIT, linli_of_bid(bid->key), linli_amount(grant), linli_amount(f->left));
    return LINLI_LINE(M_FUNDED, linli_amount(grant));
}

/* ---- the rest ------------------------------------------------------------ */

static linli_status step(linli_ask *ask, const void *opts, const linli_facts *facts, linli_step *out)
{
    const options *o = opts;
    const bool vote = o->road == BY_VOTE;

    return linli_grant_step(ask, opts, facts, vote ? vote_ends : committee_ends,
                            vote && facts->evaluation ? award_voted : NULL, M_NOTHING, out);
}

static linli_status award(linli_ask *ask, const void *opts, const linli_facts *facts, linli_awards *out)
{
    const options *o = opts;

    return o->road == BY_VOTE ? award_voted(ask, o, facts, out) : award_agreed(ask, o, facts, out);
}

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

    return linli_release_part(ask, facts, o->tranches, a, t, out);
}

/* What was found and voted on is what is paid.  A cost found wrong may still be put right. */
static bool cost_locked(const options *o, const linli_facts *facts, uint64_t bid)
{
    return linli_found(facts, bid, "costed", checker_of(o)) == LINLI_PASSED ||
           linli_found(facts, bid, "approved", LINLI_EVALUATOR) != LINLI_NOT_FOUND;
}

static linli_status refuse(linli_ask *ask, const void *opts, const linli_facts *facts, int32_t role,
                           uint64_t actor, int32_t act, uint64_t bid, linli_verdict *out)
{
    const options *o = opts;
    linli_status status = LINLI_OK;

    if (act == LINLI_SUBMIT || act == LINLI_REPLACE)
        status = linli_refuse_late(ask, facts, M_CLOSED, out);
    else if (act == LINLI_VOTE)
        status = refuse_vote(ask, o, facts, bid, out);
    else if (act == LINLI_SIGN)
        status = linli_refuse_sign(ask, facts, role, actor, bid, out);
    else if (act == LINLI_REQUOTE && cost_locked(o, facts, bid))
        status = linli_no(ask, (linli_line){.message = M_COST_LOCKED}, out);
    return status != LINLI_OK || out->yes || o->road == BY_VOTE
               ? status
               : refuse_rolling(ask, o, facts, act, bid, out);
}

/* ---- what it offers ----------------------------------------------------- */

static const linli_about about = {
    .id = "community_fund",
    .version = "1.1.0",
    .opens = "1.0.0",
    .name = {"社区公益基金", "community fund"},
    .summary =
        {"居民提案、核定预算，居民一人一票或者基金管委会随时受理、逐项议决，在预算内立项，微资助分期拨付",
         "residents propose; they vote, or the fund's committee decides; what fits the budget is funded"},
    .basis = {"慈善法、居民委员会组织法；基金章程和地方微项目办法",
              "Charity Law, Organic Law of Residents' Committees; the fund's charter and local rules"},
    .author = "Linli maintainers",
    .licence = "Apache-2.0",
};

static const char *const needs[] = {"result_notice", NULL};

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

LINLI_MECHANISM(LINLI_SET | LINLI_ORDER,
                1u << LINLI_SUB_THRESHOLD | 1u << LINLI_GRANTS | 1u << LINLI_CHARITY);
