/*
 * lowest_price - 最低评标价法: of the bids that meet what was asked, the lowest
 * price goes first.  Prices are compared after the policy deductions, each taken
 * from the price asked; the award and the contract stay at the price asked.
 * Equal prices go by the rule published, else share the rank (87号 §68: a draw).
 */
#include "linli/price.h"

enum { TIE_QUOTED, TIE_EARLIER, TIE_NUMBER, TIES };

struct options {
    linli_pricing pricing;
    linli_list gates, ties; /* of codes; of int32_t, TIE_.. */
};

enum { M_TIE_TWICE = LINLI_PRICE_SAYS, M_EVALUATED, M_BY_QUOTED, M_BY_EARLIER, M_BY_NUMBER, MESSAGES };

/* clang-format off */
static const linli_message messages[MESSAGES] = {
    LINLI_SCORE_MESSAGES("财政部令第87号 §56"),
    LINLI_PRICE_MESSAGES("财政部令第87号 §54"),
    [M_TIE_TWICE]  = { "tie_twice", { "并列规则重复", "a tie rule is named twice" }, NULL },
    [M_EVALUATED]  = { "evaluated", { "评标价 {1}，报价 {2}；{3} 家评标价更低", "compared at {1}, asked {2}; {3} are compared at less" }, "财政部令第87号 §54" },
    [M_BY_QUOTED]  = { "by_quoted", { "评标价相同，报价低者在先", "compared at the same price: the lower price asked goes first" }, "财政部令第87号 §68" },
    [M_BY_EARLIER] = { "by_earlier", { "评标价相同，先提交者在先", "compared at the same price: who handed in earlier goes first" }, "财政部令第87号 §68" },
    [M_BY_NUMBER]  = { "by_number", { "评标价相同，编号小者在先", "compared at the same price: the lower number goes first" }, "财政部令第87号 §68" },
};
static const linli_text tie_labels[]  = { { "报价低者在先", "lower price asked" }, { "先提交者在先", "earlier" }, { "编号小者在先", "lower number" }, { NULL, NULL } };
static const char *const tie_codes[]  = { "quoted", "earlier", "number", NULL };
static const linli_option tie_rows[] = {
    { .name = "", .type = LINLI_OPT_CHOICE, .required = true, .offset = 0, .low = 0, .high = TIES - 1, .choices = tie_labels, .codes = tie_codes,
      .label = { "方法", "rule" }, .help = { "依次适用", "in this order" } },
};
static const linli_option gate_rows[] = {
    { .name = "", .type = LINLI_OPT_CODE, .required = true, .offset = 0,
      .label = { "认定", "finding" }, .help = { "未通过即不再比较", "who fails it is compared no further" } },
};
static const linli_option table[] = {
    LINLI_PRICING_ROWS(struct options, pricing),
    { .name = "gates", .type = LINLI_OPT_LIST, .offset = offsetof(struct options, gates), .low = 0, .high = 20,
      .item = gate_rows, .item_count = 1, .item_size = sizeof(const char *),
      .label = { "实质性要求", "gates" }, .help = { "评审时另行认定的要求，未通过的不再比较", "findings of the evaluation that a bid must not fail" } },
    { .name = "ties", .type = LINLI_OPT_LIST, .offset = offsetof(struct options, ties), .low = 0, .high = TIES,
      .item = tie_rows, .item_count = 1, .item_size = sizeof(int32_t),
      .label = { "评标价相同时", "ties" }, .help = { "依次适用；不填则并列，公开抽取", "in this order; left out: the rank is shared and drawn" } },
};
/* clang-format on */

static linli_status check(linli_ask *ask, const void *options, const linli_facts *facts, linli_findings *out)
{
    const struct options *o = options;
    const int32_t *tie = o->ties.items;
    linli_faults f = {ask, out, LINLI_OK};

    linli_pricing_check(&f, facts, &o->pricing);
    for (size_t i = 0; i < o->ties.count; i++)
        for (size_t j = 0; j < i; j++)
            if (tie[i] == tie[j])
                linli_blame(&f, linli_pointer(&f, "/ties", i, ""), (linli_line){.message = M_TIE_TWICE});
    return f.status;
}

static linli_status criteria(linli_ask *ask, const void *options, const linli_facts *facts,
                             linli_criteria *out)
{
    (void)options, (void)facts;
    return linli_judged_criteria(ask, (linli_list){NULL, 0}, LINLI_WHOLE, out);
}

static int64_t tie_key(int32_t tie, const linli_bid *bid)
{
    return -(tie == TIE_QUOTED ? bid->price.minor : tie == TIE_EARLIER ? bid->submitted.us : bid->number);
}

static void rank(linli_comparison *s, const struct options *o)
{
    static const uint32_t says[TIES] = {M_BY_QUOTED, M_BY_EARLIER, M_BY_NUMBER};
    const int32_t *tie = o->ties.items;
    linli_line said[TIES + 2] = {{0}};
    const linli_ranking by = {NULL, linli_by_keys, (int32_t)o->ties.count + 1, said};

    said[by.levels].message = LINLI_M_TIE;
    for (size_t k = 0; k < o->ties.count; k++)
        said[k + 1].message = says[tie[k]];
    for (size_t i = 0; i < s->count; i++) {
        s->list[i].key[0] = -s->list[i].compared.minor;
        for (size_t k = 0; k < o->ties.count; k++)
            s->list[i].key[k + 1] = tie_key(tie[k], s->list[i].bid);
    }
    linli_rank(s, &by, NULL);
}

/* The price is not turned into points: its part says what was compared. */
static void explain(linli_comparison *s, linli_entry *e)
{
    linli_part *part = linli_part_new(s, e, "price");
    int64_t before = 0;

    for (size_t i = 0; i < s->count; i++)
        before += !s->list[i].out && s->list[i].compared.minor < e->compared.minor;
    linli_explain(
        s, part,
        LINLI_LINE(M_EVALUATED, linli_amount(e->compared), linli_amount(e->bid->price), linli_count(before)));
}

static linli_status evaluate(linli_ask *ask, const void *options, const linli_facts *facts,
                             const linli_admissions *admitted, linli_evaluation *out)
{
    const struct options *o = options;
    linli_comparison s;

    linli_compare_open(&s, ask, facts, admitted, 1);
    linli_prices_needed(&s);
    linli_gates(&s, o->gates);
    linli_prices(&s, &o->pricing, true);
    rank(&s, o);
    for (size_t i = 0; i < s.count && s.status == LINLI_OK; i++)
        explain(&s, &s.list[i]);
    return linli_compare_close(&s, LINLI_ORDER, out);
}

/* clang-format off */
static const linli_about about = {
    .id = "lowest_price", .version = "1.1.0", .opens = "1.0.0",
    .name    = { "最低评标价法", "lowest evaluated price" },
    .summary = { "满足全部实质性要求的，评标价最低者排第一；价格扣除只用于评审", "of the bids that meet what was asked the lowest price goes first, after policy deductions; the contract stays at the price asked" },
    .basis   = { "财政部令第87号第五十四条、第五十六条", "Ministry of Finance Order 87, articles 54 and 56" },
    .author = "Linli maintainers", .licence = "Apache-2.0",
};
static const char *const examples[] = {
    "{}",
    "{\"deductions\":[{\"check\":\"small_enterprise\",\"rate\":\"10%\"}],\"ties\":[\"quoted\"]}",
    NULL
};
static const linli_scheme lowest_price = {
    .size = sizeof(linli_scheme), .gives = LINLI_ORDER, .about = &about,
    .options = table, .option_count = sizeof table / sizeof table[0], .options_size = sizeof(struct options),
    .messages = messages, .message_count = MESSAGES, .examples = examples,
    .check = check, .criteria = criteria, .evaluate = evaluate,
};
/* clang-format on */

static const linli_scheme *const schemes[] = {&lowest_price, NULL};

const linli_module linli_exports = LINLI_MODULE(.schemes = schemes);
