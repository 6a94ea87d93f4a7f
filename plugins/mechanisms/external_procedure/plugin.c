/*
 * external_procedure - 平台外采购登记: a procedure run elsewhere (the province's
 * platform, an agency).  Who took part, in which rank and at which price, is typed in
 * by one person and confirmed by another; nothing is decided again here.  Contract,
 * delivery and payment are as always.
 */
#define ZH_BID    "投标"
#define EN_BID    "bid"
#define ZH_BIDDER "供应商"
#define EN_BIDDER "supplier"
#define ZH_WON    "成交"
#define ZH_PANEL  "评审组"
#define EN_PANEL  "panel"
#define ZH_CALL   "采购文件"
#define LAW_OVER  NULL
#define LAW_LATE  NULL
#define LAW_TIED  NULL

#include "linli/road.h"

typedef struct document {
    const char *name, *sha256;
} document;

typedef struct options {
    linli_purchase purchase;
    int32_t method;
    const char *agency, *platform, *plan, *project;
    linli_date decided;
    linli_list links;     /* of const char * */
    linli_list documents; /* of document */
} options;

/* clang-format off */
static const char *const method_codes[]  = { "public_bidding", "invited_bidding", "negotiation", "consultation", "single_source", "framework", "inquiry", "other", NULL };
static const linli_text  method_labels[] = {
    { "公开招标", "public bidding" }, { "邀请招标", "invited bidding" }, { "竞争性谈判", "negotiation" }, { "竞争性磋商", "consultation" },
    { "单一来源采购", "single source" }, { "框架协议采购", "framework agreement" }, { "询价", "inquiry" }, { "其他", "another" }, { NULL, NULL } };

static const linli_option document_rows[] = {
    { .name = "name", .type = LINLI_OPT_STRING, .required = true, .offset = offsetof(document, name), .low = 1, .high = 200, .format = "line",
      .label = { "名称", "name" }, .help = { "文件名称", "what the document is" } },
    { .name = "sha256", .type = LINLI_OPT_STRING, .required = true, .offset = offsetof(document, sha256), .low = 64, .high = 64, .format = "line",
      .label = { "摘要", "digest" }, .help = { "文件的 SHA-256，小写十六进制", "SHA-256 of the file in lower-case hex" } },
};
static const linli_option link_rows[] = {
    { .name = "", .type = LINLI_OPT_STRING, .required = true, .low = 8, .high = 400, .format = "line",
      .label = { "链接", "link" }, .help = { "公告链接", "address of a notice" } },
};

#define LINE(member, need, zh, en, zh_help, en_help) \
    { .name = #member, .type = LINLI_OPT_STRING, .required = (need), .offset = offsetof(options, member), .low = 1, .high = 200, .format = "line", \
      .label = { zh, en }, .help = { zh_help, en_help } }

static const linli_option rows[] = {
    { .name = "method", .type = LINLI_OPT_CHOICE, .required = true, .offset = offsetof(options, method), .low = 0, .high = 7,
      .choices = method_labels, .codes = method_codes,
      .label = { "采购方式", "method" }, .help = { "平台外所用的采购方式", "how it was bought elsewhere" } },
    LINE(platform, true, "所在平台", "platform", "在哪里组织采购", "where it was run"),
    LINE(agency, false, "代理机构", "agency", "自行组织的不填", "left out where the office ran it itself"),
    LINE(plan, false, "采购计划编号", "plan number", "采购计划备案编号", "number of the filed plan"),
    LINE(project, true, "项目编号", "project number", "平台外的项目编号", "number of the project there"),
    { .name = "decided", .type = LINLI_OPT_DATE, .required = true, .offset = offsetof(options, decided),
      .label = { "结果确定日", "decided on" }, .help = { "平台外确定结果的日期", "day the result was fixed there" } },
    { .name = "links", .type = LINLI_OPT_LIST, .required = true, .offset = offsetof(options, links), .low = 1, .high = 10,
      LINLI_ROWS(link_rows), .item_size = sizeof(const char *),
      .label = { "公告链接", "links" }, .help = { "采购公告、结果公告等", "the call, the result and so on" } },
    { .name = "documents", .type = LINLI_OPT_LIST, .offset = offsetof(options, documents), .low = 0, .high = 30,
      LINLI_ROWS(document_rows), .item_size = sizeof(document),
      .label = { "文件", "documents" }, .help = { "结果文件及其摘要", "papers of the result with their digests" } },
    LINLI_ROWS_CONTRACT, LINLI_ROWS_PAY,
};

enum { M_TO_RECORD = LINLI_M_OWN, M_RANKS, M_RECORDED, M_ELSEWHERE, M_SECOND, M_BAD_DIGEST, MESSAGES };

static const linli_message messages[MESSAGES] = {
    LINLI_ROAD_MESSAGES,
    [M_TO_RECORD]  = { "to_record", { "尚未录入平台外的结果", "the result from elsewhere is not typed in yet" }, NULL },
    [M_RANKS]      = { "ranks", { "排名应各不相同，且有且仅有一家排名第一", "ranks must differ, and one supplier is first" }, NULL },
    [M_RECORDED]   = { "recorded", { "已录入 {1} 家供应商的排名和报价", "rank and price of {1} suppliers are recorded" }, NULL },
    [M_ELSEWHERE]  = { "elsewhere", { "平台外确定，排名第一，金额 {1}；本平台不重新计算", "decided elsewhere: ranked first, {1}; not computed again here" }, NULL },
    [M_SECOND]     = { "second", { "平台外排名第 {1}", "ranked {1} elsewhere" }, NULL },
    [M_BAD_DIGEST] = { "bad_digest", { "摘要应为 64 位小写十六进制", "a digest is 64 lower-case hex digits" }, NULL },
};

/* ---- the plan ------------------------------------------------------------ */

static const linli_phase phases[] = {
    { "recording", { "登记", "recording" }, LINLI_TENDERING, LINLI_ENDS_BY_ACT,
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_SEES, [LINLI_ASSESSOR] = LINLI_READS, [LINLI_EVALUATOR] = LINLI_READS,
        [LINLI_ORGANISATION]    = LINLI_READS,
        [LINLI_OFFICE_CLERK]    = LINLI_SEES | LINLI_CAN(SUBMIT) | LINLI_CAN(WITHDRAW) | LINLI_CAN(ADVANCE),
        [LINLI_OFFICE_APPROVER] = LINLI_SEES | LINLI_CAN(APPROVE) | LINLI_CAN(CANCEL),
        [LINLI_AGENT]           = LINLI_SEES | LINLI_CAN(SUBMIT) | LINLI_CAN(WITHDRAW) | LINLI_CAN(ADVANCE) },
      "deciding", "void", NULL },
    { "deciding", { "结果确认", "confirming the result" }, LINLI_DECIDING, LINLI_ENDS_BY_ACT,
      { LINLI_READERS, [LINLI_AUDITOR] = LINLI_SEES, [LINLI_ASSESSOR] = LINLI_READS, [LINLI_EVALUATOR] = LINLI_READS,
        [LINLI_ORGANISATION]    = LINLI_READS,
        [LINLI_OFFICE_CLERK]    = LINLI_SEES | LINLI_CAN(ANNOUNCE),
        [LINLI_OFFICE_APPROVER] = LINLI_SEES | LINLI_CAN(CHOOSE) | LINLI_CAN(APPROVE) | LINLI_CAN(ANNOUNCE) | LINLI_CAN(ADVANCE) | LINLI_CAN(CANCEL),
        [LINLI_AGENT]           = LINLI_SEES | LINLI_CAN(ANNOUNCE) },
      "contracting", "void", NULL },
    LINLI_PHASE_CONTRACTING,
    LINLI_PHASE_DELIVERING,
    LINLI_PHASE_CLOSED,
    LINLI_PHASE_VOID("终止"),
};

static const linli_span spans[] = {
    { "sign_window", "sign_window", { "签约期限", "time to sign" }, LINLI_ANNOUNCED, LINLI_SIGNED, false, true, LINLI_ROLL_HOLIDAY },
    { "payment_window", "payment_window", { "付款期限（自收到发票之日起）", "time to pay, from the invoice" }, LINLI_ACCEPTED, LINLI_PAID, false, true, LINLI_ROLL_HOLIDAY },
};

static const linli_road_way ways[] = {
    { { "retender", { "重新登记", "record it again" }, "void", NULL }, 0 },
};
/* clang-format on */

static void check_documents(const linli_lot *l, linli_report *r)
{
    const options *o = (const options *)(const void *)l->o;
    const document *d = (const document *)o->documents.items;

    for (size_t i = 0; i < o->documents.count; i++)
        for (const char *c = d[i].sha256; *c; c++)
            if (!(*c >= '0' && *c <= '9') && !(*c >= 'a' && *c <= 'f')) {
                linli_find(r, "/documents", (linli_line){.message = M_BAD_DIGEST});
                break;
            }
}

/* Beside the price, the rank. */
static linli_status shape(linli_ask *ask, const linli_lot *l, linli_plan *plan)
{
    linli_field *list = LINLI_NEW(ask, linli_field, plan->field_count + 1);

    (void)l;
    if (!list)
        return LINLI_NOMEM;
    memcpy(list, plan->fields, plan->field_count * sizeof *list);
    list[plan->field_count] = (linli_field){.code = "rank",
                                            .name = {"排名", "rank"},
                                            .unit = LINLI_UNIT_COUNT,
                                            .low = 1,
                                            .high = 1000,
                                            .required = true,
                                            .envelope = 1};
    plan->fields = list;
    plan->field_count++;
    return LINLI_OK;
}

static const char *gate_rule(const linli_lot *l, const char *phase)
{
    (void)l, (void)phase;
    return "external_procedure"; /* no rule has this code: one is enough */
}

/* ---- what was decided elsewhere --------------------------------------------- */

static int64_t rank_of(const linli_facts *own)
{
    int64_t rank = 0;

    for (size_t i = 0; i < own->offer_count; i++)
        if (strcmp(own->offers[i].field, "rank") == 0)
            rank = own->offers[i].value;
    return rank;
}

/* The ranking as it was recorded: from the first as far as each place is there, and taken by one alone. */
static linli_status ranking(linli_ask *ask, const linli_facts *facts, const linli_bid ***ret,
                            size_t *ret_count)
{
    const linli_bid **list = LINLI_NEW(ask, const linli_bid *, facts->bid_count);
    linli_sort_key *by = LINLI_NEW(ask, linli_sort_key, facts->bid_count);
    size_t n = 0, placed = 0;
    linli_each each;

    if (!list || !by || !linli_by_bid(ask, facts, &each))
        return LINLI_NOMEM;
    for (size_t i = 0; i < facts->bid_count; i++) {
        const linli_bid *b = &facts->bids[i];
        linli_facts own = linli_own(&each, b->key);
        int64_t rank = rank_of(&own);

        if (rank > 0 && !b->late && !b->invalid && !(b->withdrawn && facts->award_count == 0))
            by[n++] = (linli_sort_key){rank, (int64_t)b->key, i};
    }
    if (!linli_sort_by(ask, by, n))
        return LINLI_NOMEM;
    while (placed < n && by[placed].first == (int64_t)placed + 1 &&
           (placed + 1 == n || by[placed + 1].first > by[placed].first)) {
        list[placed] = &facts->bids[by[placed].at];
        placed++;
    }
    *ret = list;
    *ret_count = placed;
    return LINLI_OK;
}

static linli_status end_recording(linli_ask *ask, const linli_lot *l, linli_step *out)
{
    bool due = l->facts->now.us >= l->facts->tender->bids_due.us;
    const linli_bid **list = NULL;
    size_t placed = 0;
    int32_t have = 0;
    linli_status status = ranking(ask, l->facts, &list, &placed);
    linli_line why = {.message = M_RANKS};

    if (status != LINLI_OK || !linli_standing(ask, l->facts, &have))
        return status != LINLI_OK ? status : LINLI_NOMEM;
    if (have > 0 && placed > 0)
        return linli_go(ask, l, LINLI_LINE(M_RECORDED, linli_count(have)), out);
    if (have == 0)
        why.message = M_TO_RECORD;
    if (!due)
        return linli_stay(ask, why, out);
    status = linli_answer(ask, LINLI_FAIL, "void", why, out);
    return status == LINLI_OK ? linli_offer_ways(ask, l, have, NULL, out) : status;
}

/* One of the ranking: the first that nothing hinders wins, the others wait. */
static linli_status award_place(linli_ask *ask, const linli_lot *l, const linli_bid *b, int64_t rank,
                                linli_award *list, linli_awards *out)
{
    bool first = out->count == 0,
         priced = b->price.minor > 0 && b->price.minor <= l->facts->tender->budget.minor;
    linli_line hindered = linli_hindered(l->facts, b);
    linli_award *a = &list[out->count];

    if (hindered.message != LINLI_M_WINNER)
        return linli_told(linli_say(ask, &out->why, hindered));
    if (!priced)
        return LINLI_OK;
    *a = (linli_award){.bid = b->key,
                       .standing = first ? LINLI_WINNER : LINLI_RESERVE,
                       .order = (int32_t)rank,
                       .amount = b->price};
    out->count++;
    return linli_told(linli_say(ask, &a->why,
                                first ? LINLI_LINE(M_ELSEWHERE, linli_amount(b->price))
                                      : LINLI_LINE(M_SECOND, linli_count(rank))));
}

static linli_status award_recorded(linli_ask *ask, const linli_lot *l, linli_awards *out)
{
    linli_award *awards = LINLI_NEW(ask, linli_award, l->facts->bid_count);
    const linli_bid **list = NULL;
    size_t placed = 0;
    linli_status status = ranking(ask, l->facts, &list, &placed);

    if (status != LINLI_OK || !awards)
        return status != LINLI_OK ? status : LINLI_NOMEM;
    out->items = awards;
    for (size_t i = 0; i < placed; i++)
        if ((status = award_place(ask, l, list[i], (int64_t)i + 1, awards, out)) != LINLI_OK)
            return status;
    return out->count ? LINLI_OK
                      : linli_told(linli_say(ask, &out->why, (linli_line){.message = LINLI_M_NONE}));
}

static const linli_end ends[] = {
    {"recording", end_recording},
    {"deciding", linli_end_deciding},
    {"contracting", linli_end_contracting},
    {"delivering", linli_end_delivering},
};
static const char *const gates[] = {"recording", NULL};

static const linli_road road = {
    .entry = LINLI_ANYONE,
    .sealing = LINLI_OPEN_BIDS,
    .contract = LINLI_PURCHASE,
    LINLI_ROAD_TABLES(phases, ends, spans, ways),
    .gates = gates,
    .price = "price",
    .price_name = {"金额", "price"},
    .moments = {"recording", "recording", "deciding", "contracting", false},
    .gate_rule = gate_rule,
    .check = check_documents,
    .award = award_recorded,
    .plan = shape,
};

LINLI_TAKES_ROAD(road)

/* ---- what it offers ----------------------------------------------------- */

static const linli_about about = {
    .id = "external_procedure",
    .version = "1.0.0",
    .opens = "1.0.0",
    .name = {"平台外采购登记", "procedure run elsewhere"},
    .summary = {"登记在其他平台完成的采购：一人录入排名和结果、另一人确认，不重新计算；合同、履约、付款照常",
                "a procedure run elsewhere: rank and result typed in by one, confirmed by another, not "
                "computed again"},
    .basis = {"政府采购法；采购所在平台的规定",
              "Government Procurement Law; the rules of the platform it was run on"},
    .author = "Linli maintainers",
    .licence = "Apache-2.0",
};

/* clang-format off */
static const char *const examples[] = {
    "{\"method\":\"public_bidding\",\"platform\":\"省政府采购云平台\",\"agency\":\"示例招标代理有限公司\",\"project\":\"ZFCG-2026-0107\",\"decided\":\"2026-03-02\","
    "\"links\":[\"https://cg.example/notice/107\"],\"documents\":[{\"name\":\"中标通知书\","
    "\"sha256\":\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"}],"
    "\"tranches\":[{\"code\":\"whole\",\"name\":{\"zh\":\"全款\",\"en\":\"whole\"},\"share\":\"100%\",\"due\":\"on_acceptance\"}]}",
    NULL,
};
/* clang-format on */

static const linli_mechanism external_procedure = {
    .size = sizeof(linli_mechanism),
    .takes = LINLI_ORDER,
    .regimes = 1u << LINLI_STATUTORY | 1u << LINLI_SUB_THRESHOLD,
    .about = &about,
    .options = rows,
    .option_count = LINLI_LENGTH(rows),
    .options_size = sizeof(options),
    .messages = messages,
    .message_count = MESSAGES,
    .examples = examples,
    .check = check,
    .plan = plan,
    .step = step,
    .admit = admit,
    .award = award,
    .schedule = schedule,
    .release = release,
    .refuse = refuse,
};

static const linli_mechanism *const mechanisms[] = {&external_procedure, NULL};

const linli_module linli_exports = LINLI_MODULE(.mechanisms = mechanisms);
