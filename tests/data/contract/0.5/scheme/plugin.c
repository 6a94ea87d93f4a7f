/* cheapest - 最低价法: the lowest price is first; equal prices share a rank. */
#include "linli/kit.h"

/* ---- options: what an office may choose ---- */

struct options {
    linli_rate saving; /* a price lower than this share of the budget must be explained */
};

static const linli_option rows[] = {
    {.name = "saving",
     .type = LINLI_OPT_RATE,
     .offset = offsetof(struct options, saving),
     .low = 0,
     .high = LINLI_WHOLE,
     .initial = "50%",
     .label = {"异常低价线", "unusually low below"},
     .help = {"报价低于预算的这一比例须先说明",
              "a price under this share of the budget must be explained first"}},
};

/* ---- words: every sentence it can say, in both languages ---- */

enum { M_PRICE, M_RANK, M_LOW, M_NO_BUDGET, MESSAGES };

static const linli_message messages[MESSAGES] = {
    [M_PRICE] = {"price", {"报价 {1}", "its price is {1}"}, NULL},
    [M_RANK] = {"rank", {"{1} 家报价更低", "{1} bids ask for less"}, NULL},
    [M_LOW] = {"low", {"报价 {1} 低于 {2}，须先说明", "{1} is under {2}: explain first"}, NULL},
    [M_NO_BUDGET] = {"no_budget", {"没有预算，无从比较", "there is no budget to compare with"}, NULL},
};

/* ---- check: what the table cannot say is wrong with the options ---- */

static linli_status check(linli_ask *ask, const void *opts, const linli_facts *facts, linli_findings *out)
{
    const struct options *o = opts;
    linli_finding *finding;

    if (o->saving.ppm == 0 || facts->tender->budget.minor > 0)
        return LINLI_OK;
    if (!(finding = LINLI_NEW(ask, linli_finding, 1)))
        return LINLI_NOMEM;
    *finding = (linli_finding){"/saving", {.message = M_NO_BUDGET}};
    *out = (linli_findings){finding, 1};
    return LINLI_OK;
}

/* ---- criteria: what is asked of whom; here nobody has to mark anything ---- */

static const linli_criterion price = {.code = "price",
                                      .name = {"价格", "price"},
                                      .by = LINLI_BY_RULE,
                                      .unit = LINLI_UNIT_MONEY,
                                      .objective = true,
                                      .weight = {LINLI_WHOLE},
                                      .low = 0,
                                      .high = INT64_C(100000000000000)};

static linli_status criteria(linli_ask *ask, const void *opts, const linli_facts *facts, linli_criteria *out)
{
    (void)ask, (void)opts, (void)facts;
    *out = (linli_criteria){&price, 1};
    return LINLI_OK;
}

/* ---- evaluate: one result for each admitted bid, sorted by bid ---- */

/* Out of the ranking until its low price is explained? */
static linli_status look(linli_ask *ask, const struct options *o, const linli_facts *facts, linli_result *r)
{
    linli_money line;

    if (!linli_mul_div(facts->tender->budget.minor, o->saving.ppm, LINLI_WHOLE, LINLI_HALF_UP, &line.minor))
        return LINLI_RANGE;
    r->compared = linli_bid_of(facts, r->bid)->price;
    r->standing = LINLI_RANKED;
    if (r->compared.minor >= line.minor ||
        linli_found(facts, r->bid, "price_explained", LINLI_EVALUATOR) == LINLI_PASSED)
        return LINLI_OK;
    r->standing = LINLI_EXPLAIN;
    return linli_say(ask, &r->why, LINLI_LINE(M_LOW, linli_amount(r->compared), linli_amount(line)))
               ? LINLI_OK
               : LINLI_NOMEM;
}

/* A rank is one more than the number of bids that are better: ties come by themselves. */
static linli_status rank(linli_ask *ask, linli_result *all, size_t count, linli_result *r)
{
    linli_part *part = LINLI_NEW(ask, linli_part, 1);

    if (!part)
        return LINLI_NOMEM;
    r->rank = 1;
    for (size_t i = 0; i < count; i++)
        r->rank += all[i].standing == LINLI_RANKED && all[i].compared.minor < r->compared.minor;
    part->criterion = "price";
    r->parts = part;
    r->part_count = 1;
    return linli_say(ask, &part->why, LINLI_LINE(M_PRICE, linli_amount(r->compared))) &&
                   linli_say(ask, &r->why, LINLI_LINE(M_RANK, linli_count(r->rank - 1)))
               ? LINLI_OK
               : LINLI_NOMEM;
}

static linli_status evaluate(linli_ask *ask, const void *opts, const linli_facts *facts,
                             const linli_admissions *admitted, linli_evaluation *out)
{
    linli_result *all = LINLI_NEW(ask, linli_result, admitted->count);
    linli_status status = LINLI_OK;
    size_t n = 0;

    if (!all)
        return LINLI_NOMEM;
    for (size_t i = 0; i < admitted->count; i++) {
        size_t at = n;

        if (!admitted->items[i].admitted)
            continue;
        for (; at > 0 && all[at - 1].bid > admitted->items[i].bid; at--)
            all[at] = all[at - 1];
        all[at] = (linli_result){.bid = admitted->items[i].bid};
        n++;
    }
    for (size_t i = 0; i < n && status == LINLI_OK; i++)
        status = look(ask, opts, facts, &all[i]);
    for (size_t i = 0; i < n && status == LINLI_OK; i++)
        if (all[i].standing == LINLI_RANKED)
            status = rank(ask, all, n, &all[i]);
    *out = (linli_evaluation){.kind = LINLI_ORDER, .items = all, .count = n};
    return status;
}

/* ---- who it is ---- */

static const linli_about about = {
    .id = "cheapest",
    .version = "1.0.0",
    .opens = "1.0.0",
    .name = {"最低价法", "lowest price"},
    .summary = {"报价最低者排第一，报价相同者并列", "the lowest price is first, equal prices share a rank"},
    .basis = {"采购文件约定", "as the call says"},
    .author = "Linli maintainers",
    .licence = "Apache-2.0",
};
static const char *const examples[] = {"{}", "{\"saving\":\"0%\"}", NULL};

static const linli_scheme cheapest = {
    .size = sizeof(linli_scheme),
    .gives = LINLI_ORDER,
    .about = &about,
    .options = rows,
    .option_count = sizeof rows / sizeof rows[0],
    .options_size = sizeof(struct options),
    .messages = messages,
    .message_count = MESSAGES,
    .examples = examples,
    .check = check,
    .criteria = criteria,
    .evaluate = evaluate,
};

static const linli_scheme *const schemes[] = {&cheapest, NULL};
const linli_module linli_exports = LINLI_MODULE(.schemes = schemes);
