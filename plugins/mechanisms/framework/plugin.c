/*
 * framework - 框架协议采购 (order 110): services that those served choose from several suppliers.  First
 * stage: suppliers compete and some are eliminated (closed), or all who accept the standard price join at any
 * time (open); each signs an agreement, which binds no money.  Second stage: each call-off under the
 * agreements is awarded by direct choice, by second bidding or in turn.  A call-off states a quantity; a
 * first stage does not.
 */
#define ZH_BID    "响应"
#define EN_BID    "response"
#define ZH_BIDDER "供应商"
#define EN_BIDDER "supplier"
#define ZH_WON    "入围"
#define ZH_PANEL  "评审小组"
#define EN_PANEL  "panel"
#define ZH_CALL   "征集文件"

/* Chosen directly; by second bidding or in turn. */
#define LAW_CALLED "财政部令第110号 §32"
#define LAW_SECOND "财政部令第110号 §34"

#include "linli/bidding.h"
#include "linli/calls.h"

/* More suppliers for agreements that are in force, of whom too few are left (补充征集). */
typedef struct supplement {
    const char *of; /* number of the first call; NULL: this is none */
    int64_t admitted, left;
    linli_date until;
} supplement;

typedef struct options {
    linli_calls calls;
    int32_t admission, review;
    const char *quality_ground;
    linli_rate eliminate;
    bool eliminate_given;
    linli_money standard_price;
    linli_period term;
    int64_t places;
    supplement supplement;
} options;

enum { CLOSED, OPEN };
enum { PRICE_FIRST, QUALITY_FIRST };
enum { PLACES_MAX = 99 };

/* clang-format off */
static const char *const admission_codes[]  = { "closed", "open", NULL };
static const linli_text  admission_labels[] = { { "封闭式", "closed" }, { "开放式", "open" }, { NULL, NULL } };
static const char *const review_codes[]     = { "price_first", "quality_first", NULL };
static const linli_text  review_labels[]    = { { "价格优先法", "the lowest price first" }, { "质量优先法", "the best quality first" }, { NULL, NULL } };

static const linli_option supplement_rows[] = {
    { .name = "of", .type = LINLI_OPT_STRING, .required = true, .offset = offsetof(supplement, of), .low = 1, .high = 40, .format = "line",
      .label = { "原征集项目", "the first call" }, .help = { "原征集项目编号", "its number" } },
    { .name = "admitted", .type = LINLI_OPT_COUNT, .required = true, .offset = offsetof(supplement, admitted), .low = 1, .high = PLACES_MAX,
      .label = { "原入围家数", "admitted then" }, .help = { "初次征集入围的供应商", "suppliers of the first call" } },
    { .name = "left", .type = LINLI_OPT_COUNT, .required = true, .offset = offsetof(supplement, left), .low = 0, .high = PLACES_MAX,
      .label = { "剩余家数", "left now" }, .help = { "退出、清退后剩余的入围供应商", "after those that left or were struck off" } },
    { .name = "until", .type = LINLI_OPT_DATE, .required = true, .offset = offsetof(supplement, until),
      .label = { "原协议期满日", "last day of the agreements" }, .help = { "补充入围的协议不得超过这一日", "no agreement of this call runs longer" } },
};

static const linli_option rows[] = {
    { .name = "admission", .type = LINLI_OPT_CHOICE, .required = true, .offset = offsetof(options, admission), .low = 0, .high = 1, .choices = admission_labels, .codes = admission_codes,
      .label = { "框架协议类型", "kind of agreement" }, .help = { "开放式须有统一付费标准，愿意接受的均可加入", "open: at one standard price, everybody who accepts it joins" } },
    { .name = "review", .type = LINLI_OPT_CHOICE, .offset = offsetof(options, review), .low = 0, .high = 1, .initial = "price_first", .choices = review_labels, .codes = review_codes,
      .label = { "评审方法", "review" }, .help = { "价格优先的，名次与评审价格的高低一致", "price first: ranks follow the compared prices" } },
    { .name = "quality_ground", .type = LINLI_OPT_STRING, .offset = offsetof(options, quality_ground), .low = 1, .high = 400, .format = "text",
      .label = { "采用质量优先法的理由", "why quality goes first" }, .help = { "有政府定价、政府指导价，或者对质量有特别要求", "a price the government sets or guides, or special quality" } },
    { .name = "eliminate", .type = LINLI_OPT_RATE, .offset = offsetof(options, eliminate), .present = offsetof(options, eliminate_given), .low = 1, .high = LINLI_WHOLE - 1,
      .label = { "淘汰比例", "share eliminated" }, .help = { "不填则用规则规定的最低比例；至少淘汰一家", "left out: as the rules say; one at least" } },
    { .name = "places", .type = LINLI_OPT_COUNT, .offset = offsetof(options, places), .low = 1, .high = PLACES_MAX, .initial = "99",
      .label = { "入围上限", "most admitted" }, .help = { "封闭式最多入围多少家", "closed: how many are admitted at the most" } },
    { .name = "standard_price", .type = LINLI_OPT_MONEY, .offset = offsetof(options, standard_price), .low = 1, .high = INT64_C(100000000000000),
      .label = { "统一付费标准", "standard price" }, .help = { "开放式必填，每单位服务的价格", "open: the price of one unit of service" } },
    { .name = "term", .type = LINLI_OPT_PERIOD, .required = true, .offset = offsetof(options, term), .low = 1, .high = 60,
      .label = { "协议期限", "term" }, .help = { "以月计", "in months" } },
    { .name = "supplement", .type = LINLI_OPT_OBJECT, .offset = offsetof(options, supplement), .item = supplement_rows, .item_count = 4, .item_size = sizeof(supplement),
      .label = { "补充征集", "supplementary call" }, .help = { "封闭式协议剩余供应商不足规定比例时填写；条件、程序、评审方法、淘汰比例与初次征集相同", "closed agreements of which fewer are left than the rules say; all else as in the first call" } },
    LINLI_ROWS_CALLED, LINLI_ROWS_CALL, LINLI_ROWS_NOTICE, LINLI_ROWS_PANEL, LINLI_ROWS_CONTRACT, LINLI_ROWS_BID, LINLI_ROWS_PAY,
};

/* ---- words ---------------------------------------------------------------- */

enum { M_SERVICES = LINLI_M_CALLS, M_THRESHOLD, M_TERM, M_OPEN_DIRECT, M_NO_STANDARD, M_NO_GROUND, M_ADMITTED, M_ELIMINATED, M_BACKED_OUT,
       M_SUPPLEMENT_OPEN, M_ENOUGH_LEFT, M_OVER, M_NOT_BY_PRICE, M_NOT_STANDARD, M_JOINED, M_JOINED_LATE, M_RUNS, M_EXPIRED, M_AGREEMENT, MESSAGES };

static const linli_message messages[MESSAGES] = {
    LINLI_CALLS_MESSAGES,
    [M_SERVICES]     = { "services", { "框架协议在此只用于由服务对象自主选择供应商的服务", "here framework agreements are for services whose users choose the supplier" }, "财政部令第110号 §3" },
    [M_THRESHOLD]    = { "under_threshold", { "预算 {1} 未达到采购限额标准：{2}", "the budget {1} is below the threshold: {2}" }, "财政部令第110号 §3" },
    [M_TERM]         = { "agreement_term", { "协议期限应以月计，且不超过规定：{1}", "the term is in months and no longer than the rules allow: {1}" }, NULL },
    [M_OPEN_DIRECT]  = { "open_direct", { "开放式框架协议由采购人或者服务对象直接选定", "under an open agreement the supplier is chosen directly" }, "财政部令第110号 §32" },
    [M_NO_STANDARD]  = { "no_standard_price", { "开放式框架协议须确定统一付费标准", "an open agreement needs one standard price" }, "财政部令第110号 §3" },
    [M_NO_GROUND]    = { "no_quality_ground", { "采用质量优先法须写明理由", "say why quality goes first" }, NULL },
    [M_ADMITTED]     = { "admitted_place", { "第 {1} 名入围，协议单价 {2}", "admitted in place {1}, at the price of {2}" }, NULL },
    [M_ELIMINATED]   = { "eliminated", { "{1} 家实质性响应，淘汰 {2} 家（规定：{3}，且至少一家）", "{1} respond in substance, {2} are eliminated (the rule: {3}, and one at least)" }, NULL },
    [M_BACKED_OUT]   = { "backed_out", { "{1} 放弃入围、成交，或者质疑成立", "{1} gave up, or an objection against it was founded" }, NULL },
    [M_SUPPLEMENT_OPEN] = { "supplement_open", { "开放式协议随时可以加入，不补充征集", "an open agreement may be joined at any time" }, NULL },
    [M_ENOUGH_LEFT]  = { "enough_left", { "原入围 {1} 家，剩余 {2} 家，未低于规定比例：{3}", "{2} of {1} are left, not fewer than the rules say: {3}" }, NULL },
    [M_OVER]     = { "agreements_over", { "原协议期满，不能补充征集", "the agreements it adds to are over" }, "财政部令第110号 §19" },
    [M_NOT_BY_PRICE] = { "not_by_price", { "价格优先法下名次应与评审价格一致", "price goes first: the ranks do not follow the compared prices" }, NULL },
    [M_NOT_STANDARD] = { "not_standard", { "所报 {1} 不是统一付费标准 {2}", "{1} is not the standard price of {2}" }, "财政部令第110号 §39" },
    [M_JOINED]       = { "joined", { "接受协议条件，按统一付费标准 {1} 入围", "accepts the terms and joins at the standard price of {1}" }, NULL },
    [M_JOINED_LATE]  = { "joined_late", { "超过审核期限：{1}", "decided later than the rules allow: {1}" }, NULL },
    [M_RUNS]         = { "agreement_runs", { "协议期限未满", "the term still runs" }, NULL },
    [M_EXPIRED]      = { "agreement_expired", { "协议期满，公告成交结果汇总：{1}", "the term is over; all call-offs are published: {1}" }, NULL },
    [M_AGREEMENT]    = { "agreement_pays_nothing", { "框架协议不支付款项，按各成交合同支付", "an agreement pays nothing; its call-offs do" }, NULL },
};

/* ---- phases ---------------------------------------------------------------- */

#define WATCHED LINLI_READERS, [LINLI_AUDITOR] = LINLI_SEES, [LINLI_ASSESSOR] = LINLI_READS, [LINLI_EVALUATOR] = LINLI_READS

static const linli_phase closed_phases[] = {
    LINLI_PHASES_BIDDING("响应", "responses", "开启响应文件"),
    LINLI_PHASE_SCORING("评审", "review"),
    LINLI_PHASE_DECIDING("确定入围供应商", "admission"),
    LINLI_PHASE_NOTICE,
    LINLI_PHASE_CONTRACTING_TO("签订框架协议", "signing the agreements", "in_force"),
    { "in_force", { "框架协议有效期", "the agreements are in force" }, LINLI_DELIVERING, LINLI_ENDS_AT_DUE,
      { WATCHED,
        [LINLI_ORGANISATION]    = LINLI_ASKS,
        [LINLI_OFFICE_CLERK]    = LINLI_SEES | LINLI_CAN(ANSWER) | LINLI_CAN(RESOLVE),
        [LINLI_OFFICE_APPROVER] = LINLI_SEES | LINLI_CAN(APPROVE) | LINLI_CAN(RESOLVE),
        [LINLI_AGENT]           = LINLI_READS, [LINLI_CLOCK] = LINLI_CAN(ADVANCE) },
      "closed", "closed", "agreement_term" },
    LINLI_PHASE_CLOSED,
    LINLI_PHASE_VOID("废标或终止"),
};
static const linli_phase open_phases[] = {
    { "joining", { "申请、审核和协议有效期", "applications, while the agreements are in force" }, LINLI_CONTRACTING, LINLI_ENDS_AT_DUE,
      { WATCHED,
        [LINLI_ORGANISATION]    = LINLI_ASKS | LINLI_CAN(SUBMIT) | LINLI_CAN(SIGN) | LINLI_CAN(WITHDRAW),
        [LINLI_OFFICE_CLERK]    = LINLI_SEES | LINLI_CAN(ANSWER) | LINLI_CAN(RESOLVE) | LINLI_CAN(CHECK) | LINLI_CAN(CLARIFY) | LINLI_CAN(ANNOUNCE) | LINLI_CAN(SIGN),
        [LINLI_OFFICE_APPROVER] = LINLI_SEES | LINLI_CAN(APPROVE) | LINLI_CAN(RESOLVE) | LINLI_CAN(CHOOSE) | LINLI_CAN(ANNOUNCE) | LINLI_CAN(SIGN) | LINLI_CAN(CANCEL),
        [LINLI_AGENT]           = LINLI_SEES | LINLI_CAN(ANSWER) | LINLI_CAN(RESOLVE) | LINLI_CAN(CHECK) | LINLI_CAN(ANNOUNCE),
        [LINLI_CLOCK]           = LINLI_CAN(ADVANCE) },
      "closed", "void", "agreement_term" },
    LINLI_PHASE_CLOSED,
    LINLI_PHASE_VOID("终止"),
};
/* ---- windows, checks, ways -------------------------------------------------- */

#define SPANS_AGREEMENT \
    LINLI_SPANS_ANSWER, \
    { "sign_window", "framework_sign", { "签订框架协议期限", "time to sign the agreements" }, LINLI_ANNOUNCED, LINLI_SIGNED, false, true, LINLI_ROLL_HOLIDAY }, \
    { "file_window", "framework_file", { "框架协议备案期限", "time to file the agreements" }, LINLI_SIGNED, LINLI_REPORTED, false, true, LINLI_ROLL_HOLIDAY }, \
    { "inform_window", "framework_inform", { "告知采购人和服务对象期限", "time to inform the users" }, LINLI_SIGNED, LINLI_ANNOUNCED, false, true, LINLI_ROLL_HOLIDAY }
static const linli_span closed_spans[] = {
    LINLI_SPANS_BIDDING,
    { "report_window", "report_window", { "送交评审报告期限", "time to hand in the report" }, LINLI_EVALUATED, LINLI_REPORTED, false, true, LINLI_ROLL_HOLIDAY },
    { "decide_window", "decide_window", { "确定入围供应商期限", "time to fix who is admitted" }, LINLI_EVALUATED, LINLI_DECIDED, false, true, LINLI_ROLL_HOLIDAY },
    { "announce_window", "announce_window", { "公告入围结果期限", "time to announce" }, LINLI_DECIDED, LINLI_ANNOUNCED, false, true, LINLI_ROLL_HOLIDAY },
    LINLI_SPANS_NOTICE, SPANS_AGREEMENT,
};
static const linli_span open_spans[] = {
    { "application_window", "framework_application", { "申请审核期限", "time to decide on an application" }, LINLI_RECEIVED, LINLI_DECIDED, false, true, LINLI_ROLL_HOLIDAY },
    { "announce_window", "framework_publish", { "公告入围结果期限", "time to announce who joined" }, LINLI_DECIDED, LINLI_ANNOUNCED, false, true, LINLI_ROLL_HOLIDAY },
    SPANS_AGREEMENT,
};
static const char *const needs[] = { "threshold_purchase", "framework_term_services_max", "framework_suppliers_min", "framework_eliminate_min", "framework_supplement_below", "bid_window", "panel_size", "result_notice", NULL };

static const linli_check_rule open_checks[] = {
    { "qualified", { "符合供应商基本资格条件", "meets the general conditions" }, "joining", LINLI_OFFICE_CLERK, "政府采购法 §22" },
    { "good_credit", { "信用记录查询无不良", "no entry in the credit lists" }, "joining", LINLI_OFFICE_CLERK, "政府采购法 §22" },
    { "accepts_terms", { "接受协议条件", "accepts the terms of the agreement" }, "joining", LINLI_OFFICE_CLERK, "财政部令第110号 §39" },
};
/* clang-format on */

static const options *options_of(const linli_lot *l)
{
    return (const options *)(const void *)l->o;
}

/* ---- what may be asked for ---------------------------------------------------- */

/* Only while too few are left, and the agreements it adds to are in force. */
static void check_supplement(const linli_lot *l, linli_report *r)
{
    const options *o = options_of(l);
    const linli_rule *below = linli_rule_of(l->facts, "framework_supplement_below");
    const supplement *more = &o->supplement;
    int32_t day = 0;

    if (!more->of)
        return;
    if (o->admission == OPEN)
        linli_find(r, "/supplement", (linli_line){.message = M_SUPPLEMENT_OPEN});
    if (more->left > more->admitted ||
        (below && (linli_wide)more->left * LINLI_WHOLE >= (linli_wide)more->admitted * below->value))
        linli_find(r, "/supplement/left",
                   LINLI_LINE(M_ENOUGH_LEFT, linli_count(more->admitted), linli_count(more->left),
                              linli_ruled("framework_supplement_below")));
    if (!linli_day_of(l->facts->calendar, l->facts->tender->published, &day) || day >= more->until.day)
        linli_find(r, "/supplement/until", (linli_line){.message = M_OVER});
}

static void check_first(const linli_lot *l, linli_report *r)
{
    const options *o = options_of(l);
    const linli_rule *term = linli_rule_of(l->facts, "framework_term_services_max");
    const linli_rule *threshold = linli_rule_of(l->facts, "threshold_purchase");
    const linli_rule *least = linli_rule_of(l->facts, "framework_eliminate_min");

    if (l->facts->tender->category != LINLI_SERVICES)
        linli_find(r, "", (linli_line){.message = M_SERVICES});
    if (threshold && !l->facts->tender->under && l->facts->tender->budget.minor < threshold->value)
        linli_find(r, "",
                   LINLI_LINE(M_THRESHOLD, linli_amount(l->facts->tender->budget),
                              linli_ruled("threshold_purchase")));
    if (o->term.unit != LINLI_MONTHS || (term && o->term.count > term->period.count))
        linli_find(r, "/term", LINLI_LINE(M_TERM, linli_ruled("framework_term_services_max")));
    if (o->eliminate_given && least && o->eliminate.ppm < least->value)
        linli_find(r, "/eliminate", LINLI_LINE(LINLI_M_BELOW_RULE, linli_ruled("framework_eliminate_min")));
    if (o->review == QUALITY_FIRST && !o->quality_ground)
        linli_find(r, "/quality_ground", (linli_line){.message = M_NO_GROUND});
    if (o->admission == OPEN && o->calls.second != LINLI_CALL_DIRECT)
        linli_find(r, "/second", (linli_line){.message = M_OPEN_DIRECT});
    if (o->admission == OPEN && o->standard_price.minor == 0)
        linli_find(r, "/standard_price", (linli_line){.message = M_NO_STANDARD});
    check_supplement(l, r);
    linli_find_calls(l, r);
}

/* ---- plans: an agreement pays nothing, a window or two are the office's own ----- */

/* As long as they say; of a supplementary call, once it is out, to the last day of the agreements it adds to.
 */
static linli_period term_of(const linli_lot *l)
{
    const options *o = options_of(l);
    linli_time out = l->facts->tender->published;
    int32_t day = 0;

    if (!o->supplement.of || out.us == 0 || !linli_day_of(l->facts->calendar, out, &day) ||
        day >= o->supplement.until.day)
        return o->term;
    return (linli_period){.count = o->supplement.until.day - day, .unit = LINLI_CALENDAR_DAYS};
}

static linli_status agreement_plan(linli_ask *ask, const linli_lot *l, linli_plan *plan)
{
    const options *o = options_of(l);
    const linli_rule *rule = linli_rule_of(l->facts, "framework_term_services_max");
    bool open = o->admission == OPEN, counted = open || o->supplement.of; /* from the day it is out */
    linli_period term = term_of(l);

    plan->paper_count = l->road->paper_count; /* the evidence for payments stands behind these */
    plan->award = (linli_award_rule){.kind = open ? LINLI_AWARD_ALL_OVER : LINLI_AWARD_UP_TO_N,
                                     .most = (int32_t)o->places,
                                     .by_rank = !open};
    return linli_window_add(ask, plan,
                            (linli_window){.code = "agreement_term",
                                           .name = {"协议期限", "term of the agreements"},
                                           .from = counted ? LINLI_PUBLISHED : LINLI_STARTED,
                                           .until = open ? LINLI_BIDS_DUE : LINLI_NOTICE_ENDED,
                                           .least = open ? (linli_period){0, 0} : term,
                                           .most = term,
                                           .roll = LINLI_NO_ROLL,
                                           .source = rule ? rule->source : NULL});
}

/* ---- the first stage ------------------------------------------------------------- */

/* All who respond in substance less those the rules eliminate: the share rounded up, and one at least. */
static linli_status places_of(const linli_lot *l, int64_t ranked, int64_t *ret_places)
{
    const options *o = options_of(l);
    const linli_rule *rule = linli_rule_of(l->facts, "framework_eliminate_min");
    int64_t out = 0, share = rule ? rule->value : 0;

    if (!linli_mul_div(ranked, o->eliminate_given ? o->eliminate.ppm : share, LINLI_WHOLE, LINLI_UP, &out))
        return LINLI_RANGE;
    out = out < 1 ? 1 : out;
    *ret_places = ranked - out < o->places ? ranked - out : o->places;
    return LINLI_OK;
}

/* Nobody of a later rank is cheaper. */
static linli_status follows_price(linli_ask *ask, const linli_evaluation *e, bool *ret)
{
    linli_sort_key *by = LINLI_NEW(ask, linli_sort_key, e->count);
    int64_t dearest = 0, so_far = 0; /* of the ranks before; with this one */
    size_t n = 0;

    if (!by)
        return LINLI_NOMEM;
    for (size_t i = 0; i < e->count; i++)
        if (e->items[i].standing == LINLI_RANKED)
            by[n++] = (linli_sort_key){e->items[i].rank, e->items[i].compared.minor, i};
    if (!linli_sort_by(ask, by, n))
        return LINLI_NOMEM;
    *ret = true;
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && by[i].first > by[i - 1].first)
            dearest = so_far;
        *ret = *ret && by[i].second >= dearest;
        so_far = by[i].second > so_far ? by[i].second : so_far;
    }
    return LINLI_OK;
}

static linli_status admit_placed(linli_ask *ask, const linli_lot *l, const linli_sort_key *by, int64_t places,
                                 linli_awards *out)
{
    linli_award *list = LINLI_NEW(ask, linli_award, places > 0 ? places : 0);

    if (!list)
        return LINLI_NOMEM;
    for (int64_t place = 1; place <= places; place++) {
        const linli_bid *bid = linli_bid_of(l->facts, l->facts->evaluation->items[by[place - 1].at].bid);

        if (!bid)
            return LINLI_FACTS;
        if (bid->withdrawn || bid->barred || linli_upheld(l->facts, bid->key)) {
            if (!linli_say(ask, &out->why, LINLI_LINE(M_BACKED_OUT, linli_of_bid(bid->key))))
                return LINLI_NOMEM;
            continue;
        }
        list[out->count] = (linli_award){bid->key, LINLI_WINNER, (int32_t)place, bid->price, {NULL, 0}};
        if (!linli_say(ask, &list[out->count++].why,
                       LINLI_LINE(M_ADMITTED, linli_count(place), linli_amount(bid->price))))
            return LINLI_NOMEM;
    }
    out->items = list;
    return LINLI_OK;
}

static linli_status admit_ranked(linli_ask *ask, const linli_lot *l, int64_t places, linli_awards *out)
{
    const linli_evaluation *e = l->facts->evaluation;
    linli_sort_key *by = NULL;
    size_t count = 0, open = 0;
    linli_status status = linli_placed(ask, l->facts, e, &by, &count, &open);

    if (status != LINLI_OK)
        return status;
    return (int64_t)open < places
               ? linli_draw_rank(ask, l, e->items[by[open].at].rank, (int64_t)open + 1, out)
               : admit_placed(ask, l, by, places, out);
}

static linli_status award_ranked(linli_ask *ask, const linli_lot *l, linli_awards *out)
{
    const linli_evaluation *e = l->facts->evaluation;
    int64_t ranked = 0, places = 0;
    bool by_price = false;
    linli_status status;

    if (!e || e->kind != LINLI_ORDER)
        return LINLI_FACTS;
    for (size_t i = 0; i < e->count; i++)
        ranked += e->items[i].standing == LINLI_RANKED;
    if ((status = places_of(l, ranked, &places)) != LINLI_OK)
        return status;
    if (!linli_say(ask, &out->why,
                   LINLI_LINE(M_ELIMINATED, linli_count(ranked),
                              linli_count(ranked - (places > 0 ? places : 0)),
                              linli_ruled("framework_eliminate_min"))))
        return LINLI_NOMEM;
    if ((status = follows_price(ask, e, &by_price)) != LINLI_OK)
        return status;
    if (options_of(l)->review == PRICE_FIRST && !by_price)
        return linli_told(linli_say(ask, &out->why, (linli_line){.message = M_NOT_BY_PRICE}));
    return admit_ranked(ask, l, places, out);
}

static linli_line judge_open(const linli_lot *l, const linli_bid *bid)
{
    linli_money standard = options_of(l)->standard_price;

    return bid->priced && bid->price.minor == standard.minor
               ? (linli_line){.message = LINLI_M_ADMITTED}
               : LINLI_LINE(M_NOT_STANDARD, linli_amount(bid->price), linli_amount(standard));
}

/* Is an application decided after the last day the rules allow? */
static bool decided_late(const linli_facts *facts, const linli_bid *bid)
{
    const linli_rule *rule = linli_rule_of(facts, "framework_application");
    int32_t today, from, last;

    return rule && linli_day_of(facts->calendar, facts->now, &today) &&
           linli_day_of(facts->calendar, bid->submitted, &from) &&
           linli_last_day(facts->calendar, from, rule->period, LINLI_ROLL_HOLIDAY, &last) && today > last;
}

/* Whoever fits, in the order of application. */
static linli_status award_joined(linli_ask *ask, const linli_lot *l, linli_awards *out)
{
    const linli_facts *facts = l->facts;
    linli_award *awards = LINLI_NEW(ask, linli_award, facts->bid_count);
    bool *joined = LINLI_NEW(ask, bool, facts->bid_count + 1);
    size_t n = 0;
    const linli_bid **list = linli_eligible(ask, l, &n);

    if (!list || !awards || !joined)
        return LINLI_NOMEM;
    for (size_t i = 0; i < facts->award_count; i++)
        joined[facts->awards[i].bid <= facts->bid_count ? facts->awards[i].bid : 0] = true;
    for (size_t i = 0; i < n; i++) {
        awards[i] = (linli_award){list[i]->key, LINLI_WINNER, (int32_t)i + 1, list[i]->price, {NULL, 0}};
        if (i > 0 && list[i]->submitted.us == list[i - 1]->submitted.us)
            awards[i].order = awards[i - 1].order;
        if (!linli_say(ask, &awards[i].why, LINLI_LINE(M_JOINED, linli_amount(list[i]->price))) ||
            (!joined[list[i]->key <= facts->bid_count ? list[i]->key : 0] && decided_late(facts, list[i]) &&
             !linli_say(ask, &awards[i].why,
                        LINLI_LINE(M_JOINED_LATE, linli_ruled("framework_application")))))
            return LINLI_NOMEM;
    }
    out->items = awards;
    out->count = n;
    return n ? LINLI_OK : linli_told(linli_say(ask, &out->why, (linli_line){.message = LINLI_M_NONE}));
}

/* The term of the agreements; an open one that nobody joined comes to nothing. */
static linli_status end_term(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    if (l->facts->phase_due.us == 0 || l->facts->now.us < l->facts->phase_due.us)
        return linli_stay(ask, (linli_line){.message = M_RUNS}, out);
    if (linli_winners(l->facts) == 0)
        return linli_nobody_left(ask, l, out);
    return linli_go(ask, l, LINLI_LINE(M_EXPIRED, linli_ruled("framework_summary")), out);
}

/* ---- the roads ---------------------------------------------------------------------- */

static const char *gate_rule(const linli_lot *l, const char *phase)
{
    (void)l, (void)phase;
    return "framework_suppliers_min";
}

static linli_status end_admission(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    return l->facts->evaluation ? linli_end_deciding(ask, l, out)
                                : linli_stay(ask, (linli_line){.message = LINLI_M_UNDECIDED}, out);
}

static const linli_end ends[] = {
    {"deciding", end_admission}, LINLI_ENDS_BIDDING, {"in_force", end_term}, {"joining", end_term}};

/* clang-format off */
#define ANY_ROAD \
    .entry = LINLI_ANYONE, .contract = LINLI_FRAMEWORK, .price = "price", .price_name = { "单价", "price of a unit" }, \
    .ends = ends, .end_count = LINLI_LENGTH(ends), .gate_rule = gate_rule, .check = check_first, .plan = agreement_plan

static const linli_road closed_road = {
    ANY_ROAD, LINLI_BIDDING_CHECKED, .phases = closed_phases, .phase_count = LINLI_LENGTH(closed_phases),
    .spans = closed_spans, .span_count = LINLI_LENGTH(closed_spans), .award = award_ranked };
static const linli_road open_road = {
    ANY_ROAD, .sealing = LINLI_OPEN_BIDS, .phases = open_phases, .phase_count = LINLI_LENGTH(open_phases),
    .spans = open_spans, .span_count = LINLI_LENGTH(open_spans), .gates = linli_no_gates,
    .checks = open_checks, .check_count = LINLI_LENGTH(open_checks), .qualify = "joining", .conform = "joining", .qualifier = LINLI_OFFICE_CLERK,
    .moments = { "joining", "joining", "joining", "joining", false },
    .ways = linli_bidding_own_ways, .way_count = LINLI_LENGTH(linli_bidding_own_ways),
    .own_ways = linli_bidding_own_ways, .own_way_count = LINLI_LENGTH(linli_bidding_own_ways), .award = award_joined, .judge = judge_open };
/* clang-format on */

static const linli_road *road_of(const void *opts)
{
    const options *o = opts;

    if (o->calls.quantity)
        return linli_call_road(&o->calls);
    return o->admission == OPEN ? &open_road : &closed_road;
}

LINLI_TAKES_ROAD(*road_of(opts))

static linli_status release_called(linli_ask *ask, const void *opts, const linli_facts *facts,
                                   const linli_award *a, const linli_tranche *t, linli_release *out)
{
    if (((const options *)opts)->calls.quantity == 0)
        return linli_release_as(ask, LINLI_WAIT, (linli_line){.message = M_AGREEMENT}, out);
    return release(ask, opts, facts, a, t, out);
}

/* ---- what it offers ----------------------------------------------------- */

static const linli_about about = {
    .id = "framework",
    .version = "1.1.0",
    .opens = "1.0.0",
    .name = {"框架协议采购", "framework agreement"},
    .summary =
        {"第一阶段征集入围供应商并签订框架协议；第二阶段由服务对象或采购人直接选定、二次竞价或者顺序轮候",
         "suppliers are admitted and sign agreements; each call-off goes by direct choice, second bidding "
         "or in turn"},
    .basis = {"财政部令第110号", "Ministry of Finance Order 110"},
    .author = "Linli maintainers",
    .licence = "Apache-2.0",
};

#define WHOLE                                                                                                \
    "\"tranches\":[{\"code\":\"whole\",\"name\":{\"zh\":\"全款\",\"en\":\"whole\"},\"share\":\"100%\","    \
    "\"due\":\"on_acceptance\"}]}"
static const char *const examples[] = {
    "{\"admission\":\"closed\",\"second\":\"rotation\",\"term\":\"24m\"," WHOLE,
    "{\"admission\":\"closed\",\"second\":\"direct\",\"review\":\"quality_first\",\"quality_ground\":"
    "\"政府定价\","
    "\"term\":\"12m\",\"places\":3,\"eliminate\":\"25%\"," WHOLE,
    "{\"admission\":\"open\",\"second\":\"direct\",\"standard_price\":\"200000.00\",\"term\":\"24m\"," WHOLE,
    "{\"admission\":\"open\",\"second\":\"direct\",\"chooser\":\"users\",\"standard_price\":\"30.00\","
    "\"term\":\"24m\","
    "\"quantity\":1," WHOLE,
    "{\"admission\":\"closed\",\"second\":\"direct\",\"term\":\"24m\",\"quantity\":1," WHOLE,
    "{\"admission\":\"closed\",\"second\":\"bidding\",\"term\":\"24m\",\"quantity\":1," WHOLE,
    "{\"admission\":\"closed\",\"second\":\"rotation\",\"term\":\"24m\",\"quantity\":1," WHOLE,
    NULL,
};

static const linli_mechanism framework = {
    .size = sizeof(linli_mechanism),
    .takes = LINLI_ORDER,
    .regimes = 1u << LINLI_STATUTORY,
    .about = &about,
    .options = rows,
    .option_count = LINLI_LENGTH(rows),
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
    .release = release_called,
    .refuse = refuse,
};

static const linli_mechanism *const mechanisms[] = {&framework, NULL};

const linli_module linli_exports = LINLI_MODULE(.mechanisms = mechanisms);
