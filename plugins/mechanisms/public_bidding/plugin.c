/*
 * public_bidding - 公开招标: anyone may bid, sealed until the opening; the first in
 * rank is awarded at the price it quoted.
 *
 * Serves statutory procurement of goods and services (政府采购法, its 条例, order 87) and, with
 * the office's own numbers, open calls below the threshold.  No legal number is
 * written here: windows, quorums, panel sizes and bonds come from facts->rules.
 */
#include "linli/bidding.h"

enum { M_READ_OUT = LINLI_M_OWN, M_COUNT };

/* clang-format off */
static const linli_option rows[] = {
    LINLI_ROWS_BIDDING,
    { .name = "two_envelopes", .type = LINLI_OPT_BOOL, LINLI_OF(two_envelopes), .initial = "false",
      .label = { "双信封", "two envelopes" },
      .help = { "报价单独密封，评分锁定并签署技术评审报告之后才开启", "the price is sealed on its own, and opened once all marks are locked and the report is signed" } },
};

static const linli_message messages[M_COUNT] = {
    LINLI_ROAD_MESSAGES,
    [M_READ_OUT] = { "read_out", { "政府采购招标开标时应当宣布投标价格，不能双信封", "in statutory procurement prices are read out at the opening: there are no two envelopes" }, "财政部令第87号 §41" },
};
/* clang-format on */

/* ---- two envelopes ------------------------------------------------------- */

static void find_envelopes(const linli_lot *l, linli_report *r)
{
    if (l->o->two_envelopes && linli_statutory(l->facts))
        linli_find(r, "/two_envelopes", (linli_line){.message = M_READ_OUT});
}

/* Whatever is money is in the price envelope: who knows a part of a price knows something of the price. */
static linli_status fields_in_two(linli_ask *ask, linli_plan *plan)
{
    linli_field *fields = LINLI_NEW(ask, linli_field, plan->field_count);

    if (!fields)
        return LINLI_NOMEM;
    for (size_t i = 0; i < plan->field_count; i++) {
        fields[i] = plan->fields[i];
        fields[i].envelope = fields[i].priced || fields[i].unit == LINLI_UNIT_MONEY ? 2 : 1;
    }
    plan->fields = fields;
    return LINLI_OK;
}

/* The prices are opened within the evaluation, by whoever opened the bids. */
static linli_status plan_envelopes(linli_ask *ask, const linli_lot *l, linli_plan *plan)
{
    static const int32_t openers[] = {LINLI_OFFICE_CLERK, LINLI_OFFICE_APPROVER, LINLI_AGENT};
    linli_phase *phases;

    if (!l->o->two_envelopes)
        return LINLI_OK;
    if (!(phases = LINLI_NEW(ask, linli_phase, plan->phase_count)))
        return LINLI_NOMEM;
    for (size_t i = 0; i < plan->phase_count; i++) {
        phases[i] = plan->phases[i];
        for (size_t k = 0; phases[i].kind == LINLI_EVALUATING && k < LINLI_LENGTH(openers); k++)
            phases[i].may[openers[k]] |= LINLI_CAN(OPEN);
    }
    plan->phases = phases;
    plan->sealing = LINLI_TWO_ENVELOPES;
    return fields_in_two(ask, plan);
}

static const linli_road road = {
    .entry = LINLI_ANYONE, LINLI_BIDDING_ROAD.check = find_envelopes, .plan = plan_envelopes};

LINLI_TAKES_ROAD(road)

/* ---- what it offers ----------------------------------------------------- */

static const linli_about about = {
    .id = "public_bidding",
    .version = "1.1.0",
    .opens = "1.0.0",
    .name = {"公开招标", "public bidding"},
    .summary = {"不特定供应商密封投标，按评审排名授予一家，合同价为其报价",
                "anyone may bid, sealed; the first in rank is awarded at the price it quoted"},
    .basis = {"政府采购法及其实施条例；财政部令第87号；限额以下项目依采购人内控制度",
              "Government Procurement Law and its Regulation; Ministry of Finance Order 87; below the "
              "threshold the "
              "office's own rules"},
    .author = "Linli maintainers",
    .licence = "Apache-2.0",
};

static const char *const examples[] = {
    "{\"tranches\":["
    "{\"code\":\"first\",\"name\":{\"zh\":\"首款\",\"en\":\"first\"},\"share\":\"50%\",\"due\":\"on_"
    "signing\","
    "\"advance\":true},"
    "{\"code\":\"mid\",\"name\":{\"zh\":\"中期款\",\"en\":\"mid-term\"},\"share\":\"30%\",\"due\":\"on_"
    "milestone\"},"
    "{\"code\":\"final\",\"name\":{\"zh\":\"尾款\",\"en\":\"final\"},\"share\":\"20%\",\"due\":\"on_"
    "acceptance\"}]}",
    "{\"candidates\":1,\"bid_bond\":\"1%\",\"performance_bond\":\"5%\",\"public_service\":true,\"tranches\":["
    "{\"code\":\"whole\",\"name\":{\"zh\":\"全款\",\"en\":\"whole\"},\"share\":\"100%\",\"due\":\"on_"
    "acceptance\"}]}",
    NULL,
};

static const linli_mechanism public_bidding = {
    .size = sizeof(linli_mechanism),
    .takes = LINLI_ORDER,
    .regimes = 1u << LINLI_STATUTORY | 1u << LINLI_SUB_THRESHOLD,
    .about = &about,
    .options = rows,
    .option_count = LINLI_LENGTH(rows),
    .options_size = sizeof(linli_purchase),
    .messages = messages,
    .message_count = M_COUNT,
    .examples = examples,
    .needs = linli_bidding_needs,
    .check = check,
    .plan = plan,
    .step = step,
    .admit = admit,
    .award = award,
    .schedule = schedule,
    .release = release,
    .refuse = refuse,
    .methods = linli_bidding_methods,
};

static const linli_mechanism *const mechanisms[] = {&public_bidding, NULL};

const linli_module linli_exports = LINLI_MODULE(.mechanisms = mechanisms);
