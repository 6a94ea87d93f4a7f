/*
 * cultivation_grant - 社区培育资助: a light, direct grant to a local body that is growing.  Whoever meets the
 * office's own conditions is granted what it asks for, up to a ceiling, in the order of application while
 * there is money.
 *
 * Nothing is compared: the scheme of such a tender is not asked.
 */
#include <string.h>

#include "linli/grant.h"

/* ---- options ------------------------------------------------------------ */

typedef struct condition {
    const char *code;
    linli_text name;
} condition;

typedef struct options {
    linli_period window, result_notice, age_max;
    linli_money ceiling, money_most;
    bool filed, registered;
    linli_list conditions; /* of condition */
    linli_list tranches;   /* of linli_part_option */
} options;

/* clang-format off */
#define MONEY_MAX INT64_C(100000000000000)
#define AT(member) .offset = offsetof(options, member)

static const char *const due_codes[]  = LINLI_DUE_CODES;
static const linli_text  due_labels[] = LINLI_DUE_LABELS;
static const linli_option part_rows[] = { LINLI_TRANCHE_ROWS(due_labels, due_codes) };

static const linli_option condition_rows[] = {
    { .name = "code", .type = LINLI_OPT_CODE, .required = true, .offset = offsetof(condition, code),
      .label = { "代码", "code" }, .help = { "审查记录使用的代码", "the code findings are filed under" } },
    { .name = "name", .type = LINLI_OPT_TEXT, .required = true, .offset = offsetof(condition, name),
      .label = { "条件", "condition" }, .help = { "通知中的表述", "as the call puts it" } },
};

static const linli_option rows[] = {
    { .name = "window", .type = LINLI_OPT_PERIOD, AT(window), .low = 1, .high = 366,
      .label = { "受理期", "time to apply" }, .help = { "不填则只以截止时间为准", "left out: the deadline alone says it" } },
    { .name = "ceiling", .type = LINLI_OPT_MONEY, .required = true, AT(ceiling), .low = 1, .high = MONEY_MAX,
      .label = { "每家上限", "most for one body" }, .help = { "超过的按上限资助", "who asks for more gets this" } },
    { .name = "money_most", .type = LINLI_OPT_MONEY, AT(money_most), .low = 0, .high = MONEY_MAX, .initial = "0.00",
      .label = { "各板块合计上限", "most in all lots" }, .help = { "同一组织在各板块合计，0 为不限", "for one body in all lots together; 0: no limit" } },
    { .name = "filed", .type = LINLI_OPT_BOOL, AT(filed), .initial = "true",
      .label = { "备案组织可以申请", "filed bodies may apply" }, .help = { "由其承接单位签约收款", "their host signs and is paid" } },
    { .name = "registered", .type = LINLI_OPT_BOOL, AT(registered), .initial = "true",
      .label = { "登记组织可以申请", "registered bodies may apply" }, .help = { "社会团体、社会服务机构、基金会", "associations, service bodies, foundations" } },
    { .name = "age_max", .type = LINLI_OPT_PERIOD, AT(age_max), .low = 0, .high = 240,
      .label = { "成立不超过", "founded no longer ago than" }, .help = { "月；用于初创扶持，不填则不限", "months, for start-up support; left out: any" } },
    { .name = "conditions", .type = LINLI_OPT_LIST, AT(conditions), .low = 0, .high = 20,
      .item = condition_rows, .item_count = 2, .item_size = sizeof(condition),
      .label = { "本街道的条件", "the office's own conditions" }, .help = { "经办逐项审查", "the clerk finds on each" } },
    LINLI_ROW_PUBLICITY(options),
    LINLI_ROW_TRANCHES(options, part_rows),
};

/* ---- words -------------------------------------------------------------- */

enum {
    M_BELOW_RULE = LINLI_M_KIT, M_UNIT, M_MONTHS, M_NOBODY, M_CODE_TWICE,
    M_WITHDRAWN, M_LATE, M_VOID, M_UPHELD, M_INSIDER, M_EXCLUDED, M_KIND, M_OLD, M_NO_SUM, M_FAILED, M_UNCHECKED, M_ADMITTED,
    M_EARLY, M_FEW, M_APPLICATIONS, M_TO_CHECK, M_NONE_PASSED, M_PASSED, M_UNDECIDED, M_DECIDED, M_NOTHING,
    M_GRANTED, M_CEILING, M_NO_FIT, M_HAS_MONEY, M_BARRED, M_CLOSED,
    MESSAGES
};

static const linli_message messages[MESSAGES] = {
    LINLI_KIT_MESSAGES,
    [M_BELOW_RULE]   = { "below_rule", { "低于规定的下限：{1}", "less than the rules allow: {1}" }, NULL },
    [M_UNIT]         = { "unit", { "期限单位须与规则一致：{1}", "the unit must be that of the rule: {1}" }, NULL },
    [M_MONTHS]       = { "months", { "须以月计", "must be in months" }, NULL },
    [M_NOBODY]       = { "nobody", { "备案组织和登记组织至少选一类", "filed or registered bodies, one of them at least" }, NULL },
    [M_CODE_TWICE]   = { "code_twice", { "条件代码 {1} 重复", "the code {1} is used twice" }, NULL },

    [M_WITHDRAWN]    = { "withdrawn", { "申请已撤回", "the application was withdrawn" }, NULL },
    [M_LATE]         = { "late", { "逾期申请", "handed in late" }, NULL },
    [M_VOID]         = { "void", { "申请材料无效", "found void" }, NULL },
    [M_UPHELD]       = { "upheld", { "异议成立", "an objection against it was founded" }, NULL },
    [M_INSIDER]      = { "insider", { "承办单位不得申请", "who operates the programme may not apply" }, NULL },
    [M_EXCLUDED]     = { "excluded", { "停止申报期至 {1}", "it is kept out until {1}" }, NULL },
    [M_KIND]         = { "kind", { "不属于本次培育资助的对象", "not a kind of body this grant is for" }, NULL },
    [M_OLD]          = { "old", { "成立已超过 {1} 个月", "founded more than {1} months ago" }, NULL },
    [M_NO_SUM]       = { "no_sum", { "没有申请金额", "it asks for no sum" }, NULL },
    [M_FAILED]       = { "failed", { "不符合条件：{1}", "does not meet {1}" }, NULL },
    [M_UNCHECKED]    = { "unchecked", { "尚未审查：{1}", "not checked yet: {1}" }, NULL },
    [M_ADMITTED]     = { "admitted", { "符合条件", "it meets the conditions" }, NULL },

    [M_EARLY]        = { "early", { "受理截止时间 {1} 未到", "applications are taken until {1}" }, NULL },
    [M_FEW]          = { "few", { "申请 {1} 份，不足 {2} 份", "{1} applications where {2} are needed" }, NULL },
    [M_APPLICATIONS] = { "applications", { "申请 {1} 份", "{1} applications" }, NULL },
    [M_TO_CHECK]     = { "to_check", { "还有 {1} 份未审查完", "{1} are still to be checked" }, NULL },
    [M_NONE_PASSED]  = { "none_passed", { "没有符合条件的申请", "no application meets the conditions" }, NULL },
    [M_PASSED]       = { "passed", { "{1} 份符合条件", "{1} meet the conditions" }, NULL },
    [M_UNDECIDED]    = { "undecided", { "尚未决定", "not decided yet" }, NULL },
    [M_DECIDED]      = { "decided", { "拟资助 {1} 家", "{1} are to be granted" }, NULL },
    [M_NOTHING]      = { "nothing", { "没有可资助的申请", "no application can be granted" }, NULL },

    [M_GRANTED]      = { "granted", { "按受理顺序第 {1} 份，申请 {2}，资助 {3}，余额 {4}", "number {1} in order: asks for {2}, is granted {3} of the {4} left" }, NULL },
    [M_CEILING]      = { "ceiling", { "每家不超过 {1}", "at most {1} for one body" }, NULL },
    [M_NO_FIT]       = { "no_fit", { "{1} 应资助 {2}，超过余额 {3}，列入候补", "{1} would get {2}, more than the {3} left: it waits" }, NULL },
    [M_HAS_MONEY]    = { "has_money", { "{1} 的申请单位在其他板块已获 {2}，合计将超过 {3}", "who made {1} has {2} in other lots and would be over {3}" }, NULL },
    [M_BARRED]       = { "barred", { "{1} 的申请单位在其他板块的资助数已达上限", "who made {1} has as many grants in other lots as one may" }, NULL },
    [M_CLOSED]       = { "closed", { "已过受理截止时间 {1}", "applications were taken until {1}" }, NULL },
};
/* clang-format on */

#define COUNT_OF(table) (sizeof(table) / sizeof((table)[0]))

/* ---- check -------------------------------------------------------------- */

/* clang-format off */
static const linli_check_rule fixed_checks[] = {
    { "local", { "在本街道开展活动", "it works in this street" }, "review", LINLI_OFFICE_CLERK, NULL },
    { "good_credit", { "未列入活动异常或者严重违法失信名单", "it is on no list of abnormal or seriously unlawful bodies" }, "review", LINLI_OFFICE_CLERK,
      "社会组织信用信息管理办法" },
    { "growth_plan", { "培育计划和用款计划合理", "its plan to grow and to spend is sound" }, "review", LINLI_OFFICE_CLERK, NULL },
};
/* clang-format on */

static linli_status check(linli_ask *ask, const void *opts, const linli_facts *facts, linli_findings *out)
{
    const options *o = opts;
    const condition *c = o->conditions.items;
    linli_report r;

    if (!linli_report_new(ask, 300, &r))
        return LINLI_NOMEM;
    linli_find_short(&r, facts, "/result_notice", o->result_notice, "result_notice", M_UNIT, M_BELOW_RULE);
    if (o->age_max.count && o->age_max.unit != LINLI_MONTHS)
        linli_find(&r, "/age_max", (linli_line){.message = M_MONTHS});
    if (!o->filed && !o->registered)
        linli_find(&r, "/filed", (linli_line){.message = M_NOBODY});
    for (size_t i = 0; i < o->conditions.count; i++) {
        for (size_t j = 0; j < i; j++)
            if (strcmp(c[i].code, c[j].code) == 0)
                linli_find(&r, "/conditions", LINLI_LINE(M_CODE_TWICE, linli_named(c[i].code)));
        for (size_t j = 0; j < COUNT_OF(fixed_checks); j++)
            if (strcmp(c[i].code, fixed_checks[j].code) == 0)
                linli_find(&r, "/conditions", LINLI_LINE(M_CODE_TWICE, linli_named(c[i].code)));
    }
    linli_find_tranches(&r, o->tranches);
    *out = linli_found_all(&r);
    return LINLI_OK;
}

/* ---- plan --------------------------------------------------------------- */

#define MAY(act) LINLI_MAY(LINLI_##act)
#define READ     MAY(READ_TENDER)
#define LOOKS    (READ | MAY(READ_BIDS))
#define ASKS     (READ | MAY(QUESTION) | MAY(OBJECT))
#define SERVES   (LOOKS | MAY(ANSWER) | MAY(RESOLVE))
#define READERS                                                                                              \
    [LINLI_PUBLIC] = READ, [LINLI_AGENT] = READ, [LINLI_EVALUATOR] = READ, [LINLI_ADMINISTRATOR] = READ,     \
    [LINLI_SUPERVISOR] = LOOKS, [LINLI_AUDITOR] = LOOKS

/* clang-format off */
static const linli_phase phases[] = {
    { "applying", { "受理申请", "applications" }, LINLI_TENDERING, LINLI_ENDS_AT_DUE,
      { READERS, [LINLI_ASSESSOR] = READ, [LINLI_RESIDENT] = ASKS,
        [LINLI_ORGANISATION]    = ASKS | MAY(SUBMIT) | MAY(REPLACE) | MAY(WITHDRAW),
        [LINLI_OFFICE_CLERK]    = SERVES | MAY(AMEND),
        [LINLI_OPERATOR]        = LOOKS | MAY(ANSWER),
        [LINLI_OFFICE_APPROVER] = SERVES | MAY(APPROVE) | MAY(CANCEL),
        [LINLI_CLOCK]           = MAY(ADVANCE) },
      "review", "void", NULL },
    { "review", { "审查条件", "conditions" }, LINLI_CHECKING, LINLI_ENDS_BY_ACT,
      { READERS, [LINLI_ASSESSOR] = READ, [LINLI_RESIDENT] = ASKS,
        [LINLI_ORGANISATION]    = ASKS | MAY(ANSWER) | MAY(WITHDRAW),
        [LINLI_OFFICE_CLERK]    = SERVES | MAY(CHECK) | MAY(CLARIFY) | MAY(ADVANCE),
        [LINLI_OPERATOR]        = LOOKS | MAY(ANSWER),
        [LINLI_OFFICE_APPROVER] = SERVES | MAY(APPROVE) | MAY(ADVANCE) | MAY(CANCEL) },
      "deciding", "void", NULL },
    { "deciding", { "决定资助", "decision" }, LINLI_DECIDING, LINLI_ENDS_BY_ACT,
      { READERS, [LINLI_ASSESSOR] = READ, [LINLI_RESIDENT] = ASKS, [LINLI_ORGANISATION] = ASKS,
        [LINLI_OFFICE_CLERK]    = SERVES | MAY(ANNOUNCE) | MAY(ADVANCE),
        [LINLI_OPERATOR]        = LOOKS,
        [LINLI_OFFICE_APPROVER] = SERVES | MAY(CHOOSE) | MAY(APPROVE) | MAY(ANNOUNCE) | MAY(ADVANCE) | MAY(CANCEL) },
      "publicity", "void", NULL },
    { "publicity", { "公示", "publicity" }, LINLI_NOTICE, LINLI_ENDS_AT_DUE,
      { READERS, [LINLI_ASSESSOR] = READ, [LINLI_RESIDENT] = ASKS, [LINLI_ORGANISATION] = ASKS, [LINLI_OPERATOR] = LOOKS,
        [LINLI_OFFICE_CLERK]    = SERVES | MAY(ANNOUNCE),
        [LINLI_OFFICE_APPROVER] = SERVES | MAY(APPROVE) | MAY(ANNOUNCE),
        [LINLI_CLOCK]           = MAY(ADVANCE) },
      "agreement", "void", "publicity" },
    { "agreement", { "签订培育协议", "agreements" }, LINLI_CONTRACTING, LINLI_ENDS_WHEN_DONE,
      { READERS, [LINLI_ASSESSOR] = READ, [LINLI_RESIDENT] = ASKS, [LINLI_OPERATOR] = LOOKS,
        [LINLI_ORGANISATION]    = ASKS | MAY(SIGN) | MAY(WITHDRAW),
        [LINLI_OFFICE_CLERK]    = SERVES | MAY(ANNOUNCE) | MAY(SIGN),
        [LINLI_OFFICE_APPROVER] = SERVES | MAY(CHOOSE) | MAY(APPROVE) | MAY(ANNOUNCE) | MAY(SIGN) | MAY(CANCEL) },
      "delivering", "void", NULL },
    { "delivering", { "培育与拨付", "growth and payment" }, LINLI_DELIVERING, LINLI_ENDS_WHEN_DONE,
      { READERS, [LINLI_RESIDENT] = ASKS, [LINLI_OPERATOR] = LOOKS,
        [LINLI_ASSESSOR]        = LOOKS | MAY(ACCEPT) | MAY(MARK),
        [LINLI_ORGANISATION]    = ASKS | MAY(DELIVER),
        [LINLI_OFFICE_CLERK]    = SERVES | MAY(ACCEPT) | MAY(PAY),
        [LINLI_OFFICE_APPROVER] = SERVES | MAY(APPROVE) | MAY(ACCEPT) | MAY(PAY) },
      "closed", "closed", NULL },
    { "closed", { "结束", "closed" }, LINLI_CLOSED, LINLI_NEVER_ENDS,
      { READERS, [LINLI_ASSESSOR] = READ, [LINLI_RESIDENT] = READ, [LINLI_ORGANISATION] = READ, [LINLI_OPERATOR] = LOOKS,
        [LINLI_OFFICE_CLERK] = LOOKS, [LINLI_OFFICE_APPROVER] = LOOKS },
      NULL, NULL, NULL },
    { "void", { "终止", "void" }, LINLI_VOID, LINLI_NEVER_ENDS,
      { READERS, [LINLI_ASSESSOR] = READ, [LINLI_RESIDENT] = READ, [LINLI_ORGANISATION] = READ, [LINLI_OPERATOR] = LOOKS,
        [LINLI_OFFICE_CLERK] = LOOKS, [LINLI_OFFICE_APPROVER] = LOOKS },
      NULL, NULL, NULL },
};

static const linli_reading readings[] = {
    { LINLI_SEES_BIDS,   LINLI_OFFICE_CLERK,    "applying" },
    { LINLI_SEES_PRICES, LINLI_OFFICE_CLERK,    "applying" },
    { LINLI_SEES_BIDS,   LINLI_OFFICE_APPROVER, "applying" },
    { LINLI_SEES_PRICES, LINLI_OFFICE_APPROVER, "applying" },
    { LINLI_SEES_BIDS,   LINLI_OPERATOR,        "applying" },
    { LINLI_SEES_BIDS,   LINLI_SUPERVISOR,      "applying" },
    { LINLI_SEES_PRICES, LINLI_SUPERVISOR,      "applying" },
    { LINLI_SEES_BIDS,   LINLI_AUDITOR,         "applying" },
    { LINLI_SEES_PRICES, LINLI_AUDITOR,         "applying" },
    { LINLI_SEES_RESULT, LINLI_OFFICE_CLERK,    "deciding" },
    { LINLI_SEES_RESULT, LINLI_OFFICE_APPROVER, "deciding" },
    { LINLI_SEES_RESULT, LINLI_SUPERVISOR,      "deciding" },
    { LINLI_SEES_RESULT, LINLI_AUDITOR,         "deciding" },
    { LINLI_SEES_RESULT, LINLI_ORGANISATION,    "publicity" },
    { LINLI_SEES_RESULT, LINLI_RESIDENT,        "publicity" },
    { LINLI_SEES_RESULT, LINLI_PUBLIC,          "publicity" },
};

static const linli_field fields[] = {
    { "requested", { "申请金额", "sum asked for" }, LINLI_UNIT_MONEY, 1, MONEY_MAX, true, true, 1, 0 },
};
static const linli_quorum quorums[] = {
    { .phase = "applying", .counts = LINLI_COUNT_BIDDERS, .at_least = 1, .below = LINLI_BELOW_FAIL, .otherwise = "void" },
    { .phase = "review", .counts = LINLI_COUNT_ADMITTED, .at_least = 1, .below = LINLI_BELOW_FAIL, .otherwise = "void" },
};

static const char *const needs[] = { "result_notice", NULL };
/* clang-format on */

static linli_status plan_windows(linli_ask *ask, const options *o, const linli_facts *facts, linli_plan *out)
{
    static const linli_ruled_window call = {"", {"受理期", "time to apply"}, LINLI_PUBLISHED, LINLI_BIDS_DUE};
    linli_window *w = LINLI_NEW(ask, linli_window, 2 + LINLI_GRANT_DUTIES);
    size_t n = 0;

    if (!w)
        return LINLI_NOMEM;
    if (o->window.count)
        w[n++] = linli_granted_window(facts, "call", call, o->window);
    w[n++] = linli_publicity(facts, o->result_notice);
    n += linli_grant_duties(facts, &w[n]);
    out->windows = w;
    out->window_count = n;
    return LINLI_OK;
}

static linli_status plan_checks(linli_ask *ask, const options *o, linli_plan *out)
{
    const condition *own = o->conditions.items;
    linli_check_rule *c = LINLI_NEW(ask, linli_check_rule, COUNT_OF(fixed_checks) + o->conditions.count);
    size_t n = COUNT_OF(fixed_checks);

    if (!c)
        return LINLI_NOMEM;
    memcpy(c, fixed_checks, sizeof fixed_checks);
    for (size_t i = 0; i < o->conditions.count; i++)
        c[n++] = (linli_check_rule){own[i].code, own[i].name, "review", LINLI_OFFICE_CLERK, NULL};
    out->checks = c;
    out->check_count = n;
    return LINLI_OK;
}

static linli_status plan(linli_ask *ask, const void *opts, const linli_facts *facts, linli_plan *out)
{
    static const linli_reporting growth = {"growth_report",
                                           {"培育进展和用款报告", "report on growth and spending"}};
    const options *o = opts;
    linli_status status;

    *out = (linli_plan){
        .entry = LINLI_ANYONE,
        .sealing = LINLI_OPEN_BIDS,
        .contract = LINLI_GRANT,
        .objection_stops = true,
        .award = {.kind = LINLI_AWARD_TO_BUDGET, .most = INT32_MAX},
        .phases = phases,
        .phase_count = COUNT_OF(phases),
        .quorums = quorums,
        .quorum_count = COUNT_OF(quorums),
        .fields = fields,
        .field_count = COUNT_OF(fields),
        .readings = readings,
        .reading_count = COUNT_OF(readings),
    };
    if (!(out->tranches = linli_tranche_rules(ask, o->tranches)))
        return LINLI_NOMEM;
    out->tranche_count = o->tranches.count;
    if ((status = plan_windows(ask, o, facts, out)) != LINLI_OK ||
        (status = plan_checks(ask, o, out)) != LINLI_OK)
        return status;
    return linli_plan_reports(ask, o->tranches, &growth, &growth, out);
}

/* ---- admit -------------------------------------------------------------- */

static const linli_line fine = {.message = M_ADMITTED};

static linli_line standing(const options *o, const linli_facts *facts, const linli_bid *bid)
{
    const linli_bidder *who = linli_bidder_of(facts, bid->bidder);

    if (!who)
        return fine;
    if (who->insider)
        return (linli_line){.message = M_INSIDER};
    if (who->excluded.us > facts->tender->bids_due.us)
        return LINLI_LINE(M_EXCLUDED, linli_instant(who->excluded));
    if (who->kind && !(who->kind == LINLI_FILED && o->filed) &&
        !(who->kind == LINLI_REGISTERED && o->registered))
        return (linli_line){.message = M_KIND};
    if (o->age_max.count && who->founded.day && !linli_younger(facts, who, o->age_max.count))
        return LINLI_LINE(M_OLD, linli_count(o->age_max.count));
    return fine;
}

static linli_line judged(const void *opts, const linli_facts *facts, const linli_bid *bid)
{
    const options *o = opts;
    const condition *own = o->conditions.items;
    linli_line line;

    if (bid->late || bid->withdrawn || bid->invalid)
        return (linli_line){.message = bid->late ? M_LATE : bid->withdrawn ? M_WITHDRAWN : M_VOID};
    if (linli_upheld(facts, bid->key))
        return (linli_line){.message = M_UPHELD};
    line = bid->price.minor > 0 ? standing(o, facts, bid) : (linli_line){.message = M_NO_SUM};
    if (linli_same(facts->phase, "applying"))
        return line;
    for (size_t i = 0; line.message == M_ADMITTED && i < COUNT_OF(fixed_checks) + o->conditions.count; i++) {
        const char *code =
            i < COUNT_OF(fixed_checks) ? fixed_checks[i].code : own[i - COUNT_OF(fixed_checks)].code;
        int found = linli_found(facts, bid->key, code, LINLI_OFFICE_CLERK);

        if (found != LINLI_PASSED)
            line = LINLI_LINE(found == LINLI_NOT_PASSED ? M_FAILED : M_UNCHECKED, linli_named(code));
    }
    return line;
}

static linli_status admit(linli_ask *ask, const void *opts, const linli_facts *facts, linli_admissions *out)
{
    return linli_admit_each(ask, opts, facts, judged, M_ADMITTED, out);
}

/* ---- award -------------------------------------------------------------- */

/* M_GRANTED, or why it waits or is passed over. */
static linli_line settle(const options *o, const linli_facts *facts, const linli_bid *bid, linli_money grant,
                         linli_money left, size_t place)
{
    linli_money has = linli_has_elsewhere(facts, bid->bidder);

    if (bid->barred)
        return LINLI_LINE(M_BARRED, linli_of_bid(bid->key));
    if (o->money_most.minor && has.minor > o->money_most.minor - grant.minor)
        return LINLI_LINE(M_HAS_MONEY, linli_of_bid(bid->key), linli_amount(has),
                          linli_amount(o->money_most));
    if (grant.minor > left.minor)
        return LINLI_LINE(M_NO_FIT, linli_of_bid(bid->key), linli_amount(grant), linli_amount(left));
    return LINLI_LINE(M_GRANTED, linli_count((int64_t)place), linli_amount(bid->price), linli_amount(grant),
                      linli_amount(left));
}

/* Its place in the order of application, and what it gets. */
static linli_status settle_one(linli_funding *f, const options *o, const linli_facts *facts,
                               const linli_bid *bid, linli_money grant, size_t place)
{
    linli_line line = settle(o, facts, bid, grant, f->left, place);
    bool granted = line.message == M_GRANTED;
    linli_award *a;

    if (!granted && line.message != M_NO_FIT)
        return linli_told(linli_say(f->ask, &f->out->why, line));
    a = linli_fund(f, bid, granted ? LINLI_WINNER : LINLI_RESERVE, grant, line);
    return linli_told(a && (grant.minor == bid->price.minor ||
                            linli_say(f->ask, &a->why, LINLI_LINE(M_CEILING, linli_amount(o->ceiling)))));
}

static linli_status award(linli_ask *ask, const void *opts, const linli_facts *facts, linli_awards *out)
{
    const options *o = opts;
    const linli_result **results = linli_results(ask, facts);
    const linli_bid **order = linli_in_order(ask, facts);
    size_t place = 0;
    linli_funding f;
    linli_each each;

    if (!linli_funding_new(ask, facts, out, &f) || !results || !order || !linli_by_bid(ask, facts, &each))
        return LINLI_NOMEM;
    for (size_t i = 0; i < facts->bid_count; i++) {
        const linli_bid *bid = order[i];
        linli_money grant = bid->price.minor > o->ceiling.minor ? o->ceiling : bid->price;
        linli_facts own = linli_own(&each, bid->key);
        linli_status status;

        if (judged(o, &own, bid).message != M_ADMITTED ||
            linli_left_out(facts, results[bid->key <= facts->bid_count ? bid->key : 0], grant))
            continue;
        if ((status = settle_one(&f, o, facts, bid, grant, ++place)) != LINLI_OK)
            return status;
    }
    return linli_funded(&f, (linli_line){.message = M_NOTHING});
}

/* ---- step --------------------------------------------------------------- */

static linli_status end_applying(linli_ask *ask, const void *opts, const linli_facts *facts, linli_step *out)
{
    static const uint32_t call[] = {M_EARLY, M_FEW, M_APPLICATIONS};

    (void)opts;
    return linli_call_end(ask, facts, "review", 1, call, out);
}

static linli_status end_review(linli_ask *ask, const void *opts, const linli_facts *facts, linli_step *out)
{
    static const linli_check_lines lines = {M_UNCHECKED, M_TO_CHECK, M_NONE_PASSED, M_PASSED};

    return linli_checks_end(ask, opts, facts, admit, lines, "deciding", out);
}

static linli_status end_deciding(linli_ask *ask, const void *opts, const linli_facts *facts, linli_step *out)
{
    static const linli_decision_lines lines = {M_UNDECIDED, M_DECIDED, M_NOTHING};

    return linli_deciding_end(ask, opts, facts, award, lines, out);
}

static linli_status step(linli_ask *ask, const void *opts, const linli_facts *facts, linli_step *out)
{
    static const linli_grant_end own[] = {
        {"applying", end_applying}, {"review", end_review}, {"deciding", end_deciding}, {NULL, NULL}};

    return linli_grant_step(ask, opts, facts, own, award, M_NOTHING, out);
}

/* ---- money -------------------------------------------------------------- */

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

static linli_status refuse(linli_ask *ask, const void *opts, const linli_facts *facts, int32_t role,
                           uint64_t actor, int32_t act, uint64_t bid, linli_verdict *out)
{
    (void)opts;
    if (act == LINLI_SUBMIT || act == LINLI_REPLACE)
        return linli_refuse_late(ask, facts, M_CLOSED, out);
    return act == LINLI_SIGN ? linli_refuse_sign(ask, facts, role, actor, bid, out) : LINLI_OK;
}

/* ---- what it offers ----------------------------------------------------- */

/* clang-format off */
static const linli_about about = {
    .id = "cultivation_grant",
    .version = "1.0.0",
    .opens = "1.0.0",
    .name = {"社区培育资助", "cultivation grant"},
    .summary = {"符合本街道条件的社区社会组织，按受理顺序在上限内直接资助",
                "local bodies that meet the office's conditions are granted up to a ceiling, in the order they applied"},
    .basis = {"街道培育社区社会组织的办法", "the office's own rules for cultivating local bodies"},
    .author = "Linli maintainers",
    .licence = "Apache-2.0",
};

static const char *const examples[] = {
    "{\"ceiling\":\"20000.00\",\"tranches\":[{\"code\":\"whole\",\"name\":{\"zh\":\"一次性拨付\",\"en\":\"at once\"},\"share\":\"100%\",\"due\":\"on_signing\",\"advance\":true}]}",
    "{\"ceiling\":\"50000.00\",\"age_max\":\"36m\",\"registered\":false,\"conditions\":[{\"code\":\"open_books\",\"name\":{\"zh\":\"财务公开\",\"en\":\"its books are open\"}}],"
    "\"tranches\":[{\"code\":\"first\",\"name\":{\"zh\":\"首款\",\"en\":\"first\"},\"share\":\"60%\",\"due\":\"on_signing\",\"advance\":true},"
    "{\"code\":\"rest\",\"name\":{\"zh\":\"余款\",\"en\":\"rest\"},\"share\":\"40%\",\"due\":\"on_milestone\"}]}",
    NULL,
};
/* clang-format on */

LINLI_MECHANISM(LINLI_ORDER | LINLI_SET,
                1u << LINLI_SUB_THRESHOLD | 1u << LINLI_GRANTS | 1u << LINLI_CHARITY);
