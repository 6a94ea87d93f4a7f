/*
 * single_source - 单一来源采购: one supplier, published and open to objection first
 * where the law asks for it, reasoned again where somebody objected, its price
 * agreed and recorded.
 */
#define ZH_BID    "响应文件"
#define EN_BID    "offer"
#define ZH_BIDDER "供应商"
#define EN_BIDDER "supplier"
#define ZH_WON    "成交"
#define ZH_PANEL  "专业人员"
#define EN_PANEL  "professionals"
#define ZH_CALL   "采购文件"
#define LAW_OVER  "财政部令第74号 §43"
#define LAW_LATE  "政府采购法 §39"
#define LAW_ENTRY "政府采购法 §39"
#define LAW_VOID  "政府采购法 §39"
#define LAW_END   "财政部令第74号 §43"
#define LAW_TIED  NULL

#include "linli/road.h"

typedef struct professional {
    const char *name, *unit, *title;
} professional;

typedef struct options {
    linli_purchase purchase;
    int32_t ground;
    bool publicize;
    const char *reason, *approval;
    linli_money original, added;
    linli_list professionals;
} options;

enum { UNIQUE, EMERGENCY, ADDON };

/* clang-format off */
static const char *const ground_codes[]  = { "unique", "emergency", "addon", NULL };
static const linli_text  ground_labels[] = {
    { "只能从唯一供应商处采购（含公共服务项目具有特殊要求）", "only one supplier, or a special requirement of a public service" },
    { "发生不可预见的紧急情况，不能从其他供应商处采购", "an emergency nobody could foresee" },
    { "须保证一致性或者服务配套，继续从原供应商处添购", "an addition that must match, from the supplier of the original" },
    { NULL, NULL } };

static const linli_option professional_rows[] = {
    { .name = "name", .type = LINLI_OPT_STRING, .required = true, .offset = offsetof(professional, name), .low = 1, .high = 40, .format = "line",
      .label = { "姓名", "name" }, .help = { "专业人员姓名", "who reasoned" } },
    { .name = "unit", .type = LINLI_OPT_STRING, .required = true, .offset = offsetof(professional, unit), .low = 1, .high = 100, .format = "line",
      .label = { "单位", "unit" }, .help = { "工作单位", "where they work" } },
    { .name = "title", .type = LINLI_OPT_STRING, .required = true, .offset = offsetof(professional, title), .low = 1, .high = 40, .format = "line",
      .label = { "职称", "title" }, .help = { "专业技术职称", "their professional title" } },
};

static const linli_option rows[] = {
    { .name = "ground", .type = LINLI_OPT_CHOICE, .required = true, .offset = offsetof(options, ground), .low = 0, .high = 2,
      .choices = ground_labels, .codes = ground_codes,
      .label = { "适用情形", "ground" }, .help = { "采用单一来源的理由（政府采购法 §31）", "why from one supplier" } },
    { .name = "reason", .type = LINLI_OPT_STRING, .required = true, .offset = offsetof(options, reason), .low = 1, .high = 4000, .format = "text",
      .label = { "说明", "reason" }, .help = { "原因及相关说明，随公示公布", "published with the notice" } },
    { .name = "professionals", .type = LINLI_OPT_LIST, .offset = offsetof(options, professionals), .low = 0, .high = 15,
      LINLI_ROWS(professional_rows), .item_size = sizeof(professional),
      .label = { "论证的专业人员", "professionals who reasoned" }, .help = { "论证意见随公示公布", "published with the notice" } },
    { .name = "publicize", .type = LINLI_OPT_BOOL, .offset = offsetof(options, publicize), .initial = "true",
      .label = { "公示", "publicity" }, .help = { "唯一供应商且达到公开招标数额标准的必须公示，其他建议公示", "a must for a unique supplier from the open tender threshold on" } },
    LINLI_ROW_APPROVAL(options),
    { .name = "original", .type = LINLI_OPT_MONEY, .offset = offsetof(options, original), .low = 0, .high = INT64_C(100000000000000), .initial = "0.00",
      .label = { "原合同金额", "original contract" }, .help = { "添购的必填", "needed for an addition" } },
    { .name = "added", .type = LINLI_OPT_MONEY, .offset = offsetof(options, added), .low = 0, .high = INT64_C(100000000000000), .initial = "0.00",
      .label = { "此前已添购", "added before" }, .help = { "此前各次添购金额之和", "what earlier additions came to" } },
    { .name = "bid_window", .type = LINLI_OPT_PERIOD, LINLI_OF(bid_window), .low = 1, .high = 180,
      .label = { "公示期", "publicity" }, .help = { "不填则用规则规定的最短期限", "left out: the shortest the rules allow" } },
    LINLI_ROWS_NOTICE, LINLI_ROWS_BONDS, LINLI_ROWS_CONTRACT, LINLI_ROWS_BID, LINLI_ROWS_PAY,
};

enum { M_MUST_PUBLISH = LINLI_M_OWN, M_NO_PROFESSIONALS, M_NO_ORIGINAL, M_OVER_ADDON, M_NOT_ONE, M_NOBODY, M_RECEIVED, M_OPEN_OBJECTION,
       M_OBJECTION_HOLDS, M_AGREED, MESSAGES };

static const linli_message messages[MESSAGES] = {
    LINLI_ROAD_MESSAGES,
    [M_MUST_PUBLISH]    = { "must_publish", { "预算 {1} 达到公开招标数额标准，只能从唯一供应商采购的须先公示：{2}", "a unique supplier from the open tender threshold on ({1}) is published first: {2}" }, "财政部令第74号 §38" },
    [M_NO_PROFESSIONALS] = { "no_professionals", { "须有专业人员的论证意见", "professionals must have reasoned that there is only one" }, "财政部令第74号 §38" },
    [M_NO_ORIGINAL]     = { "no_original", { "添购须填写原合同金额", "an addition needs the sum of the original contract" }, "政府采购法 §31" },
    [M_OVER_ADDON]      = { "over_addon", { "添购合计 {1}，超过原合同 {2} 的规定比例：{3}", "additions come to {1}, more of the original {2} than the rules allow: {3}" }, NULL },
    [M_NOT_ONE]         = { "not_one", { "{1} 家供应商提交，单一来源只能有一家", "{1} suppliers answered; a single source is one" }, NULL },
    [M_NOBODY]          = { "nobody", { "供应商未提交响应文件", "the supplier handed in no offer" }, NULL },
    [M_RECEIVED]        = { "received", { "公示期满，供应商已提交响应文件", "the publicity is over and the supplier has answered" }, NULL },
    [M_OPEN_OBJECTION]  = { "open_objection", { "公示期间有异议，应补充论证后答复", "somebody objected: reason again and answer first" }, "财政部令第74号 §40" },
    [M_OBJECTION_HOLDS] = { "objection_holds", { "异议成立，依法改用其他采购方式", "the objection is founded: another method of procurement" }, "财政部令第74号 §40" },
    [M_AGREED]          = { "agreed", { "协商一致，成交价 {1}", "agreed at {1}" }, "财政部令第74号 §41" },
};

/* ---- the plan ------------------------------------------------------------ */

#define OBJECTS (LINLI_READS | LINLI_CAN(OBJECT))

static const linli_phase phases[] = {
    { "publicity", { "公示与响应", "publicity and offer" }, LINLI_TENDERING, LINLI_ENDS_AT_DUE,
      { [LINLI_PUBLIC] = LINLI_READS, [LINLI_OPERATOR] = LINLI_READS, [LINLI_SUPERVISOR] = LINLI_READS, [LINLI_ADMINISTRATOR] = LINLI_READS,
        [LINLI_AUDITOR] = LINLI_READS, [LINLI_ASSESSOR] = LINLI_READS, [LINLI_EVALUATOR] = LINLI_READS,
        [LINLI_RESIDENT]        = OBJECTS,
        [LINLI_ORGANISATION]    = LINLI_ASKS | LINLI_CAN(SUBMIT) | LINLI_CAN(REPLACE) | LINLI_CAN(WITHDRAW),
        [LINLI_OFFICE_CLERK]    = LINLI_READS | LINLI_CAN(ANSWER) | LINLI_CAN(AMEND) | LINLI_CAN(RESOLVE),
        [LINLI_OFFICE_APPROVER] = LINLI_READS | LINLI_CAN(APPROVE) | LINLI_CAN(CANCEL),
        [LINLI_AGENT]           = LINLI_READS | LINLI_CAN(ANSWER) | LINLI_CAN(AMEND) | LINLI_CAN(RESOLVE),
        [LINLI_CLOCK]           = LINLI_CAN(ADVANCE) },
      "reasoning", "void", NULL },
    { "reasoning", { "论证与审查", "reasoning and review" }, LINLI_CHECKING, LINLI_ENDS_BY_ACT,
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_SEES, [LINLI_ASSESSOR] = LINLI_READS, [LINLI_EVALUATOR] = LINLI_READS,
        [LINLI_ORGANISATION]    = LINLI_ASKS | LINLI_CAN(ANSWER),
        [LINLI_OFFICE_CLERK]    = LINLI_SEES | LINLI_CAN(CHECK) | LINLI_CAN(CLARIFY) | LINLI_CAN(RESOLVE) | LINLI_CAN(ADVANCE),
        [LINLI_OFFICE_APPROVER] = LINLI_SEES | LINLI_CAN(APPROVE) | LINLI_CAN(RESOLVE) | LINLI_CAN(CANCEL),
        [LINLI_AGENT]           = LINLI_SEES | LINLI_CAN(CHECK) | LINLI_CAN(CLARIFY) | LINLI_CAN(RESOLVE) | LINLI_CAN(ADVANCE) },
      "agreeing", "void", NULL },
    { "agreeing", { "协商价格", "agreeing on the price" }, LINLI_NEGOTIATING, LINLI_ENDS_BY_ACT,
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_SEES, [LINLI_ASSESSOR] = LINLI_READS, [LINLI_EVALUATOR] = LINLI_READS,
        [LINLI_ORGANISATION]    = LINLI_ASKS | LINLI_CAN(ANSWER) | LINLI_CAN(REQUOTE) | LINLI_CAN(WITHDRAW),
        [LINLI_OFFICE_CLERK]    = LINLI_SEES | LINLI_CAN(CHECK) | LINLI_CAN(RESOLVE) | LINLI_CAN(ADVANCE),
        [LINLI_OFFICE_APPROVER] = LINLI_SEES | LINLI_CAN(APPROVE) | LINLI_CAN(CANCEL),
        [LINLI_AGENT]           = LINLI_SEES | LINLI_CAN(CHECK) | LINLI_CAN(RESOLVE) | LINLI_CAN(ADVANCE) },
      "deciding", "void", NULL },
    LINLI_PHASE_DECIDING("确定成交", "deciding"),
    LINLI_PHASE_NOTICE,
    LINLI_PHASE_CONTRACTING,
    LINLI_PHASE_DELIVERING,
    LINLI_PHASE_CLOSED,
    LINLI_PHASE_VOID("终止"),
};

static const linli_span spans[] = {
    { "bid_window", "single_source_publicity", { "公示期", "publicity" }, LINLI_PUBLISHED, LINLI_BIDS_DUE, true, false, LINLI_ROLL_REST },
    { "reasoning_window", "single_source_review", { "补充论证期限", "time to reason again" }, LINLI_BIDS_DUE, LINLI_CHECKED, false, true, LINLI_ROLL_HOLIDAY },
    LINLI_SPANS_DECIDED,
};

static const char *const needs[] = { "single_source_publicity", "single_source_addon_max", "threshold_open_tender", "result_notice", NULL };

static const linli_check_rule checks[] = {
    { "qualified", { "符合供应商基本资格条件", "meets the general conditions" }, "reasoning", LINLI_OFFICE_CLERK, "政府采购法 §22" },
    { "ground_holds", { "论证意见：适用情形成立", "the professionals find that the ground holds" }, "reasoning", LINLI_OFFICE_CLERK, "财政部令第74号 §38" },
    { "price_reasonable", { "协商记录：成交价格合理，附成本说明和可比合同价", "record of the talks: the price is reasonable, with cost and comparable contracts" }, "agreeing", LINLI_OFFICE_CLERK, "财政部令第74号 §42" },
    { "quality_assured", { "协商记录：质量有保证，主要条款一致", "record of the talks: quality assured, main terms agreed" }, "agreeing", LINLI_OFFICE_CLERK, "财政部令第74号 §41" },
};

static const linli_paper_rule papers[] = {
    { .code = "bid_file", .name = { "响应文件", "the offer" }, .phase = "publicity", .role = LINLI_ORGANISATION, .at_least = 1, .sealed = true },
};

static const linli_road_way ways[] = {
    { { "competitive", { "改用竞争性采购方式", "a competitive method instead" }, "void", "财政部令第74号 §40" }, 0 },
    { { "retender", { "重新开展采购活动", "start anew" }, "void", "财政部令第74号 §43" }, 0 },
};
/* clang-format on */

static const options *options_of(const linli_lot *l)
{
    return (const options *)(const void *)l->o;
}

/* From the open tender threshold on the law asks for publicity of a unique supplier. */
static bool must_publish(const linli_lot *l)
{
    const linli_rule *threshold = linli_rule_of(l->facts, "threshold_open_tender");

    return options_of(l)->ground == UNIQUE && threshold && l->facts->tender->budget.minor >= threshold->value;
}

static void check_addon(const linli_lot *l, linli_report *r)
{
    const options *o = options_of(l);
    const linli_rule *most = linli_rule_of(l->facts, "single_source_addon_max");
    linli_money sum = {0}, bound = {0};

    if (o->original.minor == 0) {
        linli_find(r, "/original", (linli_line){.message = M_NO_ORIGINAL});
        return;
    }
    if (most && linli_add(o->added.minor, l->facts->tender->budget.minor, &sum.minor) &&
        linli_mul_div(o->original.minor, most->value, LINLI_WHOLE, LINLI_DOWN, &bound.minor) &&
        sum.minor > bound.minor)
        linli_find(r, "/original",
                   LINLI_LINE(M_OVER_ADDON, linli_amount(sum), linli_amount(o->original),
                              linli_ruled("single_source_addon_max")));
}

static void check_options(const linli_lot *l, linli_report *r)
{
    const options *o = options_of(l);

    if (must_publish(l) && !o->publicize)
        linli_find(r, "/publicize",
                   LINLI_LINE(M_MUST_PUBLISH, linli_amount(l->facts->tender->budget),
                              linli_ruled("single_source_publicity")));
    if (o->ground == UNIQUE && o->professionals.count == 0)
        linli_find(r, "/professionals", (linli_line){.message = M_NO_PROFESSIONALS});
    if (o->ground == ADDON)
        check_addon(l, r);
    linli_find_approval(l, o->approval, r);
}

/* What is bought in an emergency may grow by more, from the day the rules for it hold (财库〔2026〕12号). */
static const char *growth_rule(const linli_lot *l)
{
    static const char *const urgent = "emergency_supplement_max";

    return options_of(l)->ground == EMERGENCY && linli_rule_of(l->facts, urgent) ? urgent : "supplement_max";
}

/* Without publicity there is no window of its own. */
static linli_status shape(linli_ask *ask, const linli_lot *l, linli_plan *plan)
{
    linli_window *list;
    size_t n = 0;

    if (options_of(l)->publicize)
        return LINLI_OK;
    if (!(list = LINLI_NEW(ask, linli_window, plan->window_count)))
        return LINLI_NOMEM;
    for (size_t i = 0; i < plan->window_count; i++)
        if (plan->windows[i].until != LINLI_BIDS_DUE && plan->windows[i].from != LINLI_BIDS_DUE)
            list[n++] = plan->windows[i];
    plan->windows = list;
    plan->window_count = n;
    return LINLI_OK;
}

static const char *gate_rule(const linli_lot *l, const char *phase)
{
    (void)l, (void)phase;
    return "single_source"; /* no rule has this code: one is enough */
}

/* ---- steps ----------------------------------------------------------------- */

static linli_status end_publicity(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    linli_time due = l->facts->tender->bids_due;
    int64_t have = 0;

    if (l->facts->now.us < due.us)
        return linli_stay(ask, LINLI_LINE(LINLI_M_EARLY, linli_instant(due)), out);
    /* Two that count as one elsewhere are two to buy from. */
    for (size_t i = 0; i < l->facts->bid_count; i++)
        have += !l->facts->bids[i].withdrawn && !l->facts->bids[i].late;
    if (have == 1)
        return linli_go(ask, l, (linli_line){.message = M_RECEIVED}, out);
    return linli_end_for(
        ask, l, have ? LINLI_LINE(M_NOT_ONE, linli_count(have)) : (linli_line){.message = M_NOBODY}, out);
}

/* An objection against buying from this one alone; 0: none that is relevant. */
static int32_t objected(const linli_facts *facts)
{
    int32_t state = 0;

    for (size_t i = 0; i < facts->objection_count; i++) {
        const linli_objection *o = &facts->objections[i];
        if (!o->relevant || (o->state != LINLI_OBJECTION_OPEN && o->state != LINLI_OBJECTION_FOUNDED))
            continue;
        if (o->state == LINLI_OBJECTION_FOUNDED || state == 0)
            state = o->state;
    }
    return state;
}

static linli_status end_reasoning(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    int32_t state = objected(l->facts);

    if (state == LINLI_OBJECTION_FOUNDED)
        return linli_end_for(ask, l, (linli_line){.message = M_OBJECTION_HOLDS}, out);
    if (state == LINLI_OBJECTION_OPEN)
        return linli_stay(ask, (linli_line){.message = M_OPEN_OBJECTION}, out);
    return linli_end_checked(ask, l, out);
}

static linli_status award_one(linli_ask *ask, const linli_lot *l, linli_awards *out)
{
    linli_award *one = LINLI_NEW(ask, linli_award, 1);
    const linli_bid *bid = NULL;
    linli_admissions admitted = {0};
    linli_status status = linli_road_admit(ask, l, &admitted);
    linli_line line;
    int64_t n = 0;

    if (!one || status != LINLI_OK)
        return one ? status : LINLI_NOMEM;
    for (size_t i = 0; i < admitted.count; i++)
        if (admitted.items[i].admitted) {
            bid = linli_bid_of(l->facts, admitted.items[i].bid);
            n++;
        }
    if (n != 1 || !bid)
        return linli_told(linli_say(ask, &out->why, LINLI_LINE(M_NOT_ONE, linli_count(n))));
    line = linli_hindered(l->facts, bid);
    if (line.message != LINLI_M_WINNER)
        return linli_told(linli_say(ask, &out->why, line));
    *one = (linli_award){.bid = bid->key, .standing = LINLI_WINNER, .order = 1, .amount = bid->price};
    out->items = one;
    out->count = 1;
    return linli_told(linli_say(ask, &one->why, LINLI_LINE(M_AGREED, linli_amount(bid->price))));
}

static const linli_end ends[] = {
    {"publicity", end_publicity},         {"reasoning", end_reasoning},
    {"agreeing", linli_end_checked},      {"deciding", linli_end_deciding},
    {"notice", linli_end_notice},         {"contracting", linli_end_contracting},
    {"delivering", linli_end_delivering},
};
static const char *const gates[] = {"publicity", "reasoning", "agreeing", NULL};

static const linli_road road = {
    .entry = LINLI_INVITED,
    .sealing = LINLI_SEALED_TO_DUE,
    .contract = LINLI_PURCHASE,
    LINLI_ROAD_TABLES(phases, ends, spans, ways),
    LINLI_ROAD_CHECKED(checks, papers),
    .gates = gates,
    .price = "price",
    .price_name = {"报价", "price"},
    .qualify = "reasoning",
    .conform = "reasoning",
    .qualifier = LINLI_OFFICE_CLERK,
    .moments = {"reasoning", "reasoning", "deciding", "notice", false},
    .gate_rule = gate_rule,
    .growth_rule = growth_rule,
    .check = check_options,
    .award = award_one,
    .plan = shape,
};

LINLI_TAKES_ROAD(road)

/* ---- what it offers ----------------------------------------------------- */

static const linli_about about = {
    .id = "single_source",
    .version = "1.1.0",
    .opens = "1.0.0",
    .name = {"单一来源采购", "single source"},
    .summary = {"唯一供应商、紧急或者配套添购；先公示、有异议补充论证，协商价格并记录",
                "one supplier, an emergency or a matching addition; published first, reasoned again where "
                "objected to, "
                "the price agreed and recorded"},
    .basis = {"政府采购法 §31；实施条例 §38；财政部令第74号",
              "Government Procurement Law 31; its Regulation 38; Ministry of Finance Order 74"},
    .author = "Linli maintainers",
    .licence = "Apache-2.0",
};

/* clang-format off */
static const char *const examples[] = {
    "{\"ground\":\"unique\",\"reason\":\"专利技术不可替代\",\"professionals\":[{\"name\":\"李工\",\"unit\":\"某研究院\",\"title\":\"高级工程师\"}],"
    "\"tranches\":[{\"code\":\"whole\",\"name\":{\"zh\":\"全款\",\"en\":\"whole\"},\"share\":\"100%\",\"due\":\"on_acceptance\"}]}",
    "{\"ground\":\"addon\",\"reason\":\"与原系统配套\",\"original\":\"5000000.00\",\"publicize\":false,"
    "\"tranches\":[{\"code\":\"whole\",\"name\":{\"zh\":\"全款\",\"en\":\"whole\"},\"share\":\"100%\",\"due\":\"on_acceptance\"}]}",
    NULL,
};
/* clang-format on */

LINLI_MECHANISM(LINLI_ORDER, 1u << LINLI_STATUTORY);
