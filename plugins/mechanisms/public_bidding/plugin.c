/*
 * public_bidding - 公开招标: anyone may bid, sealed until the opening; the first in
 * rank is awarded at the price it quoted.
 *
 * Serves statutory procurement of goods and services (政府采购法, its 条例, order 87) and, with
 * the office's own numbers, open calls below the threshold.  No legal number is
 * written here: windows, quorums, panel sizes and bonds come from facts->rules.
 */
#include "linli/bidding.h"

static const linli_option rows[] = {LINLI_ROWS_BIDDING};

static const linli_message messages[LINLI_M_OWN] = {LINLI_ROAD_MESSAGES};

static const linli_road road = {.entry = LINLI_ANYONE, LINLI_BIDDING_ROAD};

LINLI_TAKES_ROAD(road)

/* ---- what it offers ----------------------------------------------------- */

static const linli_about about = {
    .id = "public_bidding",
    .version = "1.0.0",
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
    .message_count = LINLI_M_OWN,
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
};

static const linli_mechanism *const mechanisms[] = {&public_bidding, NULL};

const linli_module linli_exports = LINLI_MODULE(.mechanisms = mechanisms);
