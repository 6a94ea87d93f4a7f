/*
 * invited_bidding - 邀请招标: those invited bid, drawn from a list at least twice as
 * long with witnesses; from the bids on as in public bidding.
 */
#include "linli/bidding.h"

typedef struct options {
    linli_purchase purchase;
    int32_t ground;
    const char *approval;
} options;

/* clang-format off */
static const char *const ground_codes[]  = { "special", "cost", NULL };
static const linli_text  ground_labels[] = {
    { "具有特殊性，只能从有限范围的供应商处采购", "special: only a limited range of suppliers" },
    { "公开招标的费用占总价值的比例过大", "a public tender would cost too large a share of its value" },
    { NULL, NULL } };

static const linli_option rows[] = {
    { .name = "ground", .type = LINLI_OPT_CHOICE, .required = true, .offset = offsetof(options, ground), .low = 0, .high = 1,
      .choices = ground_labels, .codes = ground_codes,
      .label = { "适用情形", "ground" }, .help = { "采用邀请招标的理由（政府采购法 §29）", "why only some are invited" } },
    LINLI_ROW_APPROVAL(options),
    LINLI_ROWS_BIDDING,
};

enum { M_FEW_INVITED = LINLI_M_OWN, MESSAGES };

static const linli_message messages[MESSAGES] = {
    LINLI_ROAD_MESSAGES,
    [M_FEW_INVITED] = { "few_invited", { "受邀供应商 {1} 家，少于规定：{2}", "{1} are invited, fewer than the rules say: {2}" }, NULL },
};

static const char *const needs[] = { "bid_window", "bidders_min", "panel_size", "result_notice", "invited_min", "invited_pool_factor", NULL };
/* clang-format on */

/* Nobody is invited yet while it is drawn up; whoever is, is enough. */
static void check_invited(const linli_lot *l, linli_report *r)
{
    const linli_rule *rule = linli_rule_of(l->facts, "invited_min");
    int64_t invited = (int64_t)l->facts->invited_count;

    if (rule && invited > 0 && invited < rule->value)
        linli_find(r, "", LINLI_LINE(M_FEW_INVITED, linli_count(invited), linli_ruled("invited_min")));
    linli_find_approval(l, ((const options *)(const void *)l->o)->approval, r);
}

static const linli_road road = {.entry = LINLI_INVITED, .check = check_invited, LINLI_BIDDING_ROAD};

LINLI_TAKES_ROAD(road)

/* ---- what it offers ----------------------------------------------------- */

static const linli_about about = {
    .id = "invited_bidding",
    .version = "1.1.0",
    .opens = "1.0.0",
    .name = {"邀请招标", "invited bidding"},
    .summary =
        {"从不少于两倍的名单中见证抽取，受邀供应商密封投标，按评审排名授予一家",
         "drawn with witnesses from a list twice as long; those invited bid sealed, the first in rank wins"},
    .basis = {"政府采购法 §29、§34；财政部令第87号 §14",
              "Government Procurement Law 29, 34; Ministry of Finance Order 87, 14"},
    .author = "Linli maintainers",
    .licence = "Apache-2.0",
};

static const char *const examples[] = {
    "{\"ground\":\"special\",\"tranches\":["
    "{\"code\":\"first\",\"name\":{\"zh\":\"首款\",\"en\":\"first\"},\"share\":\"50%\",\"due\":\"on_"
    "signing\","
    "\"advance\":true},"
    "{\"code\":\"mid\",\"name\":{\"zh\":\"中期款\",\"en\":\"mid-term\"},\"share\":\"30%\",\"due\":\"on_"
    "milestone\"},"
    "{\"code\":\"final\",\"name\":{\"zh\":\"尾款\",\"en\":\"final\"},\"share\":\"20%\",\"due\":\"on_"
    "acceptance\"}]}",
    "{\"ground\":\"cost\",\"candidates\":1,\"bid_bond\":\"1%\",\"performance_bond\":\"5%\",\"public_"
    "service\":true,\"tranches\":["
    "{\"code\":\"whole\",\"name\":{\"zh\":\"全款\",\"en\":\"whole\"},\"share\":\"100%\",\"due\":\"on_"
    "acceptance\"}]}",
    NULL,
};

LINLI_MECHANISM_BY(LINLI_ORDER, 1u << LINLI_STATUTORY, linli_bidding_methods);
