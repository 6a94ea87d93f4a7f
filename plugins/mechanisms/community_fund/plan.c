/* The plan of each road: phases, windows, gates, checks, papers, fields. */
#include "fund.h"

static const int32_t checkers[] = {LINLI_OFFICE_CLERK, LINLI_OPERATOR};

int32_t checker_of(const options *o)
{
    return checkers[o->checked_by];
}

/* ---- phases, and who reads what ---- */

#define MAY(act) LINLI_MAY(LINLI_##act)
#define READ     (MAY(READ_TENDER) | MAY(READ_BIDS))
/* Everything about a fund is open; only ballots wait for the result. */
#define READERS                                                                                              \
    [LINLI_PUBLIC] = READ, [LINLI_AGENT] = READ, [LINLI_SUPERVISOR] = READ, [LINLI_AUDITOR] = READ,          \
    [LINLI_ADMINISTRATOR] = READ, [LINLI_EVALUATOR] = READ
#define PROPOSES (READ | MAY(QUESTION) | MAY(SUBMIT) | MAY(REPLACE) | MAY(WITHDRAW) | MAY(OBJECT))
#define ASKS     (READ | MAY(QUESTION) | MAY(OBJECT))
#define SERVES   (READ | MAY(ANSWER) | MAY(RESOLVE))

/* Beside serving, whoever runs the call of a committee looks at each application and carries it through. */
#define ROLLS                                                                                                \
    (MAY(CHECK) | MAY(CLARIFY) | MAY(SUBMIT) | MAY(REQUOTE) | MAY(ASSIGN) | MAY(ANNOUNCE) | MAY(SIGN) |      \
     MAY(ACCEPT) | MAY(PAY))

/* clang-format off */
#define PHASES_OF_DELIVERY \
    { "delivering", { "实施与拨付", "delivery and payment" }, LINLI_DELIVERING, LINLI_ENDS_WHEN_DONE, \
      { READERS, \
        [LINLI_ASSESSOR]        = READ | MAY(ACCEPT) | MAY(MARK), \
        [LINLI_RESIDENT]        = ASKS | MAY(DELIVER) | MAY(ACCEPT), \
        [LINLI_ORGANISATION]    = ASKS | MAY(DELIVER), \
        [LINLI_OFFICE_CLERK]    = SERVES | MAY(ACCEPT) | MAY(PAY), \
        [LINLI_OPERATOR]        = SERVES | MAY(ACCEPT) | MAY(PAY), \
        [LINLI_OFFICE_APPROVER] = SERVES | MAY(APPROVE) | MAY(ACCEPT) | MAY(PAY) }, \
      "closed", "closed", NULL }, \
    { "closed", { "结项", "closed" }, LINLI_CLOSED, LINLI_NEVER_ENDS, \
      { READERS, [LINLI_ASSESSOR] = READ, [LINLI_RESIDENT] = READ, [LINLI_ORGANISATION] = READ, [LINLI_OFFICE_CLERK] = READ, \
        [LINLI_OPERATOR] = READ, [LINLI_OFFICE_APPROVER] = READ }, \
      NULL, NULL, NULL }, \
    { "void", { "终止", "void" }, LINLI_VOID, LINLI_NEVER_ENDS, \
      { READERS, [LINLI_ASSESSOR] = READ, [LINLI_RESIDENT] = READ, [LINLI_ORGANISATION] = READ, [LINLI_OFFICE_CLERK] = READ, \
        [LINLI_OPERATOR] = READ, [LINLI_OFFICE_APPROVER] = READ }, \
      NULL, NULL, NULL }

static const linli_phase vote_phases[] = {
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
      "voting", "void", NULL },
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
    PHASES_OF_DELIVERY,
};

static const linli_phase committee_phases[] = {
    { "rolling", { "随时受理、逐项议决", "applications, decided as they come" }, LINLI_CONTRACTING, LINLI_ENDS_WHEN_DONE,
      { [LINLI_PUBLIC] = READ, [LINLI_AGENT] = READ, [LINLI_SUPERVISOR] = READ, [LINLI_AUDITOR] = READ, [LINLI_ADMINISTRATOR] = READ,
        [LINLI_ASSESSOR]        = READ | MAY(ACCEPT) | MAY(MARK),
        [LINLI_RESIDENT]        = ASKS | MAY(ANSWER) | MAY(SUBMIT) | MAY(REQUOTE) | MAY(WITHDRAW) | MAY(SIGN) | MAY(DELIVER) | MAY(ACCEPT),
        [LINLI_ORGANISATION]    = ASKS | MAY(ANSWER) | MAY(SUBMIT) | MAY(REQUOTE) | MAY(WITHDRAW) | MAY(SIGN) | MAY(DELIVER),
        [LINLI_EVALUATOR]       = READ | MAY(CHECK) | MAY(REPORT),
        [LINLI_OFFICE_CLERK]    = SERVES | ROLLS | MAY(AMEND),
        [LINLI_OPERATOR]        = SERVES | ROLLS,
        [LINLI_OFFICE_APPROVER] = SERVES | MAY(APPROVE) | MAY(CHOOSE) | MAY(ANNOUNCE) | MAY(SIGN) | MAY(ACCEPT) | MAY(PAY) | MAY(CANCEL),
        [LINLI_CLOCK]           = MAY(ADVANCE) },
      "delivering", "void", "proposals" },
    PHASES_OF_DELIVERY,
};

static const linli_reading vote_readings[] = {
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
    /* The last three only where ballots are published. */
    { LINLI_SEES_BALLOTS, LINLI_AUDITOR,         "counting" },
    { LINLI_SEES_BALLOTS, LINLI_SUPERVISOR,      "counting" },
    { LINLI_SEES_BALLOTS, LINLI_PUBLIC,          "publicity" },
    { LINLI_SEES_BALLOTS, LINLI_RESIDENT,        "publicity" },
    { LINLI_SEES_BALLOTS, LINLI_ORGANISATION,    "publicity" },
};
enum { BALLOT_READINGS = 3 };

static const linli_reading committee_readings[] = {
    { LINLI_SEES_BIDS,   LINLI_PUBLIC,          "rolling" },
    { LINLI_SEES_BIDS,   LINLI_RESIDENT,        "rolling" },
    { LINLI_SEES_BIDS,   LINLI_ORGANISATION,    "rolling" },
    { LINLI_SEES_BIDS,   LINLI_OFFICE_CLERK,    "rolling" },
    { LINLI_SEES_BIDS,   LINLI_OFFICE_APPROVER, "rolling" },
    { LINLI_SEES_BIDS,   LINLI_OPERATOR,        "rolling" },
    { LINLI_SEES_BIDS,   LINLI_SUPERVISOR,      "rolling" },
    { LINLI_SEES_BIDS,   LINLI_AUDITOR,         "rolling" },
    { LINLI_SEES_PRICES, LINLI_PUBLIC,          "rolling" },
    { LINLI_SEES_PRICES, LINLI_RESIDENT,        "rolling" },
    { LINLI_SEES_PRICES, LINLI_ORGANISATION,    "rolling" },
    { LINLI_SEES_PRICES, LINLI_OFFICE_CLERK,    "rolling" },
    { LINLI_SEES_PRICES, LINLI_OFFICE_APPROVER, "rolling" },
    { LINLI_SEES_PRICES, LINLI_OPERATOR,        "rolling" },
    { LINLI_SEES_PRICES, LINLI_SUPERVISOR,      "rolling" },
    { LINLI_SEES_PRICES, LINLI_AUDITOR,         "rolling" },
    { LINLI_SEES_RESULT, LINLI_PUBLIC,          "rolling" },
    { LINLI_SEES_RESULT, LINLI_RESIDENT,        "rolling" },
    { LINLI_SEES_RESULT, LINLI_ORGANISATION,    "rolling" },
    { LINLI_SEES_RESULT, LINLI_OFFICE_CLERK,    "rolling" },
    { LINLI_SEES_RESULT, LINLI_OFFICE_APPROVER, "rolling" },
    { LINLI_SEES_RESULT, LINLI_OPERATOR,        "rolling" },
    { LINLI_SEES_RESULT, LINLI_SUPERVISOR,      "rolling" },
    { LINLI_SEES_RESULT, LINLI_AUDITOR,         "rolling" },
};

const char *const fund_eligibility[ELIGIBILITY] = { "public_benefit", "not_property_duty", "no_clash", "fits_purpose", "costed" };
static const linli_text eligibility[ELIGIBILITY] = {
    { "属于公共利益", "it serves the public" },
    { "不属于物业或者业主应尽的责任", "it is not the duty of the property manager or the owners" },
    { "与政府项目不重复", "no government project does it already" },
    { "符合基金用途", "it fits the purpose of the fund" },
    { "预算已核定并锁定", "its cost is checked and locked" },
};
/* clang-format on */

/* ---- windows ---- */

static linli_status plan_windows(linli_ask *ask, const options *o, const linli_facts *facts, linli_plan *out)
{
    static const linli_ruled_window
        propose = {"proposal_window", {"提案征集期", "time to propose"}, LINLI_PUBLISHED, LINLI_BIDS_DUE},
        vote = {"", {"投票期", "voting"}, LINLI_VOTING_STARTED, LINLI_VOTING_ENDED},
        feasibility = {"feasibility_window",
                       {"审查核定期限", "time to check"},
                       LINLI_BIDS_DUE,
                       LINLI_CHECKED},
        decide = {"feasibility_window", {"审查议决期限", "time to decide"}, LINLI_RECEIVED, LINLI_DECIDED};
    linli_period proposing = linli_period_or(facts, o->proposal_window, propose.rule);
    linli_period voting = linli_period_or(facts, o->voting_window, "voting_window");
    linli_window *w = LINLI_NEW(ask, linli_window, 4 + LINLI_GRANT_DUTIES);
    size_t n = 0;

    if (!w)
        return LINLI_NOMEM;
    if (o->road == BY_VOTE && voting.count == 0)
        return LINLI_OPTIONS;
    if (proposing.count == 0 && o->road == BY_COMMITTEE)
        proposing = (linli_period){1, LINLI_CALENDAR_DAYS}; /* the call says how long it is open */
    if (proposing.count)
        w[n++] = linli_granted_window(facts, "proposals", propose, proposing);
    if (o->road == BY_VOTE)
        w[n++] = linli_granted_window(facts, "voting", vote, voting);
    w[n++] = linli_publicity(facts, o->result_notice);
    n += linli_duty_windows(facts, o->road == BY_VOTE ? &feasibility : &decide, 1, &w[n]);
    n += linli_grant_duties(facts, &w[n]);
    out->windows = w;
    out->window_count = n;
    return LINLI_OK;
}

/* ---- gates, checks, fields ---- */

static void plan_quorums(const options *o, linli_quorum *q)
{
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
}

static linli_status plan_gates(linli_ask *ask, const options *o, linli_plan *out)
{
    bool voted = o->road == BY_VOTE;
    linli_quorum *q = LINLI_NEW(ask, linli_quorum, 3);
    linli_check_rule *c = LINLI_NEW(ask, linli_check_rule, ELIGIBILITY + 1);

    if (!q || !c)
        return LINLI_NOMEM;
    plan_quorums(o, q);
    for (size_t i = 0; i < ELIGIBILITY; i++)
        c[i] = (linli_check_rule){fund_eligibility[i], eligibility[i], voted ? "checking" : "rolling",
                                  checker_of(o), NULL};
    c[ELIGIBILITY] =
        (linli_check_rule){"approved", {"同意资助", "to be funded"}, "rolling", LINLI_EVALUATOR, NULL};
    out->quorums = q;
    out->quorum_count = voted ? 3 : 0;
    out->checks = c;
    out->check_count = ELIGIBILITY + !voted;
    return LINLI_OK;
}

static linli_status plan_fields(linli_ask *ask, const options *o, const linli_facts *facts, linli_plan *out)
{
    const bool counted = o->road == BY_VOTE && backers_needed(o, facts) > 0;
    linli_money least = least_of(o, facts);
    linli_field *f = LINLI_NEW(ask, linli_field, 3);

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
                         .required = backers_needed(o, facts) > 0 && !counted,
                         .envelope = 1};
    f[2] = (linli_field){.code = "supports",
                         .name = {"附议人数", "residents who support it"},
                         .unit = LINLI_UNIT_COUNT,
                         .low = backers_needed(o, facts),
                         .high = 1000000,
                         .envelope = 1,
                         .by = LINLI_CLOCK};
    out->fields = f;
    out->field_count = counted ? 3 : 2;
    return LINLI_OK;
}

/* ---- all of it ---- */

static void plan_vote(const options *o, linli_plan *out)
{
    out->phases = vote_phases;
    out->phase_count = COUNT_OF(vote_phases);
    out->readings = vote_readings;
    out->reading_count = COUNT_OF(vote_readings) - (o->show_ballots ? 0 : BALLOT_READINGS);
    out->choices = (int32_t)o->approvals_max;
}

static void plan_committee(const options *o, linli_plan *out)
{
    out->phases = committee_phases;
    out->phase_count = COUNT_OF(committee_phases);
    out->readings = committee_readings;
    out->reading_count = COUNT_OF(committee_readings);
    out->panel = (linli_panel){.at_least = (int32_t)o->committee_quorum, .of = 1, .recuse = true};
}

linli_status plan(linli_ask *ask, const void *opts, const linli_facts *facts, linli_plan *out)
{
    static const linli_reporting progress = {"progress_report",
                                             {"进展报告和支出凭证", "progress report with vouchers"}},
                                 final = {"final_report",
                                          {"结项报告和全部支出凭证", "final report with all vouchers"}};
    const options *o = opts;
    linli_status status;

    *out = (linli_plan){.entry = LINLI_ANYONE,
                        .sealing = LINLI_OPEN_BIDS,
                        .contract = LINLI_GRANT,
                        .objection_stops = true,
                        .award = {.kind = LINLI_AWARD_TO_BUDGET, .most = INT32_MAX, .by_rank = true}};
    if (o->road == BY_VOTE)
        plan_vote(o, out);
    else
        plan_committee(o, out);
    if (!(out->tranches = linli_tranche_rules(ask, o->tranches)))
        return LINLI_NOMEM;
    out->tranche_count = o->tranches.count;
    if ((status = plan_windows(ask, o, facts, out)) != LINLI_OK ||
        (status = plan_gates(ask, o, out)) != LINLI_OK ||
        (status = plan_fields(ask, o, facts, out)) != LINLI_OK)
        return status;
    return linli_plan_reports(ask, o->tranches, &progress, &final, out);
}
