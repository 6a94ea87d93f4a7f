/* Funds, and the money of a year: appropriated, supplemented, never below zero. */
#include "acts.h"

/* ---- fund_create ---- */

struct fund_body {
    const char *code, *purpose;
    linli_text name;
    linli_list regimes; /* of int32_t, index into regime_codes */
};

static const linli_text regime_labels[] = {{"政府采购", "statutory procurement"},
                                           {"限额以下采购", "sub-threshold purchase"},
                                           {"资助", "grants"},
                                           {"慈善资金", "charity money"},
                                           {NULL, NULL}};
static const char *const regime_codes[] = {"statutory", "sub_threshold", "grants", "charity", NULL};

static const linli_option regime_row[] = {
    {.name = "",
     .type = LINLI_OPT_CHOICE,
     .required = true,
     .high = 3,
     .choices = regime_labels,
     .codes = regime_codes,
     .label = {"制度", "regime"},
     .help = {"资金可用于哪种制度", "a regime the money may be used under"}},
};

static const linli_option fund_rows[] = {
    {.name = "code",
     .type = LINLI_OPT_CODE,
     .required = true,
     .offset = offsetof(struct fund_body, code),
     .label = {"代码", "code"},
     .help = {"本单位内唯一", "unique in the office"}},
    {.name = "name",
     .type = LINLI_OPT_TEXT,
     .required = true,
     .offset = offsetof(struct fund_body, name),
     .high = 100,
     .label = {"名称", "name"},
     .help = {"专项资金名称", "what the fund is called"}},
    {.name = "purpose",
     .type = LINLI_OPT_STRING,
     .required = true,
     .offset = offsetof(struct fund_body, purpose),
     .low = 1,
     .high = 2000,
     .format = "text",
     .label = {"用途", "purpose"},
     .help = {"资金限定的用途", "what the money is for"}},
    {.name = "regimes",
     .type = LINLI_OPT_LIST,
     .required = true,
     .offset = offsetof(struct fund_body, regimes),
     .low = 1,
     .high = 4,
     .item = regime_row,
     .item_count = 1,
     .item_size = sizeof(int32_t),
     .label = {"适用制度", "regimes"},
     .help = {"资金可用于哪些制度", "the regimes the money may be used under"}},
};
const struct form form_fund_create = FORM(fund_rows, struct fund_body);

static const char *regimes_array(struct act *a, const linli_list *list)
{
    const int32_t *at = list->items;
    struct buf text = {0};
    char *copy;

    buf_char(&text, '{');
    for (size_t i = 0; i < list->count; i++)
        buf_printf(&text, "%s%s", i ? "," : "", regime_codes[at[i]]);
    buf_char(&text, '}');
    copy = arena_ndup(a->arena, text.data, text.size);
    buf_free(&text);
    return copy;
}

int act_fund_create(struct act *a, struct err *err)
{
    const struct fund_body *b = a->body;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    int status;

    id_new(a->office, id);
    a->subject = id;
    status = tx_run(a->tx, Q_fund_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(b->code),
                    P_TEXT(b->name.zh), P_TEXT(b->name.en), P_TEXT(b->purpose),
                    P_TEXT(regimes_array(a, &b->regimes)), P_TIME(a->now_us));
    if (status == E_CONFLICT) {
        err_set(err, E_CONFLICT, "fund/taken", "the office has a fund \"%s\"", b->code);
        err_zh(err, "本单位已有代码为 %s 的资金", b->code);
        err_at(err, "/code", "taken", "already in use", "已被使用");
    }
    return status;
}

/* ---- appropriation_create ---- */

struct appropriation_body {
    int64_t year;
    const char *budget_item, *name;
    linli_money amount;
};

static const linli_option appropriation_rows[] = {
    {.name = "year",
     .type = LINLI_OPT_COUNT,
     .required = true,
     .offset = offsetof(struct appropriation_body, year),
     .low = 2000,
     .high = 2100,
     .label = {"年度", "year"},
     .help = {"预算年度", "the budget year"}},
    {.name = "budget_item",
     .type = LINLI_OPT_STRING,
     .required = true,
     .offset = offsetof(struct appropriation_body, budget_item),
     .low = 1,
     .high = 60,
     .format = "line",
     .label = {"预算科目", "budget item"},
     .help = {"预算指标对应的科目", "the line of the budget"}},
    {.name = "name",
     .type = LINLI_OPT_STRING,
     .required = true,
     .offset = offsetof(struct appropriation_body, name),
     .low = 1,
     .high = 100,
     .format = "line",
     .label = {"名称", "name"},
     .help = {"预算指标名称", "what it is called"}},
    {.name = "amount",
     .type = LINLI_OPT_MONEY,
     .required = true,
     .offset = offsetof(struct appropriation_body, amount),
     .low = 1,
     .high = INT64_C(100000000000000),
     .label = {"金额", "amount"},
     .help = {"下达金额（元）", "yuan granted"}},
};
const struct form form_appropriation_create = FORM(appropriation_rows, struct appropriation_body);

int act_appropriation_create(struct act *a, struct err *err)
{
    const struct appropriation_body *b = a->body;
    struct money m = act_money(a);
    const char *fund = a->path[0];
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    int status;

    id_new(a->office, id);
    a->subject = id;
    status = tx_run(a->tx, Q_appropriation_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(fund),
                    P_INT(b->year), P_TEXT(b->budget_item), P_TEXT(b->name), P_TIME(a->now_us));
    if (status == E_CONFLICT) {
        err_set(err, E_CONFLICT, "appropriation/taken", "the fund has this budget item for %lld",
                (long long)b->year);
        err_zh(err, "该资金本年度已有此预算科目");
    }
    return status ? status : money_appropriate(&m, id, id, b->amount.minor, err);
}

/* ---- appropriation_supplement ---- */

struct supplement_body {
    linli_money amount;
    const char *reason;
};

static const linli_option supplement_rows[] = {
    {.name = "amount",
     .type = LINLI_OPT_MONEY,
     .required = true,
     .offset = offsetof(struct supplement_body, amount),
     .low = 1,
     .high = INT64_C(100000000000000),
     .label = {"金额", "amount"},
     .help = {"追加金额（元）", "yuan added"}},
    {.name = "reason",
     .type = LINLI_OPT_STRING,
     .required = true,
     .offset = offsetof(struct supplement_body, reason),
     .low = 1,
     .high = 500,
     .format = "text",
     .label = {"依据", "reason"},
     .help = {"追加的依据", "what it rests on"}},
};
const struct form form_appropriation_supplement = FORM(supplement_rows, struct supplement_body);

int act_appropriation_supplement(struct act *a, struct err *err)
{
    const struct supplement_body *b = a->body;
    struct money m = act_money(a);
    char source[UUID_TEXT];

    id_new(a->office, source);
    return money_appropriate(&m, a->subject, source, b->amount.minor, err);
}
