/* Funds, and the money of a year: appropriated, supplemented, never below zero. */
#include "acts.h"
#include "core/domain/names.h"
#include "core/service/forms.h"

/* ---- fund_create ---- */

struct fund_body {
    const char *code, *purpose, *holder;
    int32_t holder_kind;
    linli_text name;
    linli_list regimes; /* of int32_t, index into regime_codes */
};

static const char *const holder_codes[] = {"finance", "charity", "foundation", "committee", NULL};
static const linli_text holder_labels[] = {{"财政", "the office's finance"},
                                           {"慈善组织", "charity"},
                                           {"基金会", "foundation"},
                                           {"居（村）民委员会", "residents' committee"},
                                           {NULL, NULL}};

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
    ROW_SAID(fund_body, code, CODE, true, 0, 0, NULL, "代码", "code", "本单位内唯一", "unique in the office"),
    ROW_SAID(fund_body, name, TEXT, true, 0, 100, NULL, "名称", "name", "专项资金名称",
             "what the fund is called"),
    ROW_SAID(fund_body, purpose, STRING, true, 1, 2000, "text", "用途", "purpose", "资金限定的用途",
             "what the money is for"),
    ROW_CHOICE(fund_body, holder_kind, false, holder_codes, holder_labels, "finance", "资金持有方类型",
               "kind of holder"),
    ROW_SAID(fund_body, holder, STRING, false, 1, 200, "line", "资金持有方", "holder",
             "谁持有资金并付款；财政资金可不填",
             "who holds the money and pays; left out for the office's own finance"),
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
    CLEANUP(buf_free) struct buf text = {0};

    buf_char(&text, '{');
    for (size_t i = 0; i < list->count; i++)
        buf_printf(&text, "%s%s", i ? "," : "", regime_codes[at[i]]);
    buf_char(&text, '}');
    return arena_ndup(a->arena, text.data, text.size);
}

int act_fund_create(struct act *a, struct err *err)
{
    const struct fund_body *b = a->body;
    int status;

    if (b->holder_kind && !b->holder) {
        err_set(err, E_INVALID, "body/invalid", "say who holds the money");
        err_at(err, "/holder", "required", "needed unless it is the office's own finance",
               "非财政持有的须填写");
        return E_INVALID;
    }
    const char *id = act_makes(a);
    status = tx_run(a->tx, Q_fund_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(b->code),
                    P_TEXT(b->name.zh), P_TEXT(b->name.en), P_TEXT(b->purpose),
                    P_TEXT(regimes_array(a, &b->regimes)), P_TIME(a->now_us),
                    P_TEXT(holder_codes[b->holder_kind]), P_TEXT(b->holder));
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
    int32_t origin;
    linli_money amount;
};

static const char *const origin_codes[] = {"city", "district", "street", "lottery", "donor", "other", NULL};
static const linli_text origin_labels[] = {
    {"市级", "city"},  {"区级", "district"}, {"街道", "street"}, {"彩票公益金", "lottery"},
    {"捐赠", "donor"}, {"其他", "other"},    {NULL, NULL}};

static const linli_option appropriation_rows[] = {
    ROW_SAID(appropriation_body, year, COUNT, true, 2000, 2100, NULL, "年度", "year", "预算年度",
             "the budget year"),
    ROW_SAID(appropriation_body, budget_item, STRING, true, 1, 60, "line", "预算科目", "budget item",
             "预算指标对应的科目", "the line of the budget"),
    ROW_SAID(appropriation_body, name, STRING, true, 1, 100, "line", "名称", "name", "预算指标名称",
             "what it is called"),
    ROW_CHOICE(appropriation_body, origin, false, origin_codes, origin_labels, "street", "资金来源",
               "whose money it is"),
    ROW_SAID(appropriation_body, amount, MONEY, true, 1, INT64_C(100000000000000), NULL, "金额", "amount",
             "下达金额（元）", "yuan granted"),
};
const struct form form_appropriation_create = FORM(appropriation_rows, struct appropriation_body);

int act_appropriation_create(struct act *a, struct err *err)
{
    const struct appropriation_body *b = a->body;
    struct money m = act_money(a);
    const char *fund = a->path[0];
    const char *id = act_makes(a);
    int status = tx_run(a->tx, Q_appropriation_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(fund),
                        P_INT(b->year), P_TEXT(b->budget_item), P_TEXT(b->name), P_TIME(a->now_us),
                        P_TEXT(origin_codes[b->origin]));
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
    ROW_SAID(supplement_body, amount, MONEY, true, 1, INT64_C(100000000000000), NULL, "金额", "amount",
             "追加金额（元）", "yuan added"),
    ROW_SAID(supplement_body, reason, STRING, true, 1, 500, "text", "依据", "reason", "追加的依据",
             "what it rests on"),
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
