/*
 * two_stage_quote - 磋商最后报价评分: competitive consultation scores the last
 * quote, lowest / last * 100 * weight; first quotes are shown and never scored.
 * All other parts are the members' averages times their weights.
 */
#include "linli/price.h"

struct options {
    linli_rate price_weight;
    int64_t quotes;
    linli_places places;
    linli_list criteria;
    const char *tie_criterion;
    linli_pricing pricing;
    linli_rate outlier;
};

enum { M_NO_LAST = LINLI_PRICE_SAYS, M_ONE_QUOTE, M_FIRST, M_BY_PRICE, M_BY_CRITERION, MESSAGES };

/* clang-format off */
static const linli_message messages[MESSAGES] = {
    LINLI_SCORE_MESSAGES("财库〔2014〕214号 §24"),
    LINLI_PRICE_MESSAGES("财库〔2014〕214号 §24"),
    [M_NO_LAST]      = { "no_last_quote", { "只有第 {1} 次报价，未在规定时间内提交最后报价（第 {2} 次），视为退出磋商", "it quoted in round {1} and not in the last, {2}: it has left the consultation" }, "财库〔2014〕214号 §21" },
    [M_ONE_QUOTE]    = { "one_quote", { "该方式只报价一次，报价次数应为 1", "there is one quote and no other here: it must be 1" }, NULL },
    [M_FIRST]        = { "first_quote", { "首次报价 {1}，不计分；最后报价 {2}", "first quote {1}, not scored; last quote {2}" }, "财库〔2014〕214号 §24" },
    [M_BY_PRICE]     = { "by_price", { "评审得分相同，最后报价低者在先", "equal totals: the lower last quote goes first" }, "财库〔2014〕214号 §25" },
    [M_BY_CRITERION] = { "by_criterion", { "评审得分与最后报价均相同，技术指标（{1}）优者在先", "equal total and last quote: more points on {1} go first" }, "财库〔2014〕214号 §25" },
};
static const linli_option table[] = {
    { .name = "price_weight", .type = LINLI_OPT_RATE, .offset = offsetof(struct options, price_weight), .low = 1, .high = LINLI_WHOLE, .initial = "20%",
      .label = { "价格权重", "price weight" }, .help = { "服务 10% 至 30%，货物 30% 至 60%，见规则", "services 10% to 30%, goods 30% to 60%, as the rules say" } },
    { .name = "quotes", .type = LINLI_OPT_COUNT, .offset = offsetof(struct options, quotes), .low = 1, .high = 2, .initial = "2",
      .label = { "报价次数", "rounds of quotes" }, .help = { "最后一次为评分依据；没有磋商、谈判环节的填 1", "the last one is scored; 1 where nothing is negotiated" } },
    LINLI_PLACES_ROWS(struct options, places, "4"),
    { .name = "criteria", .type = LINLI_OPT_LIST, .required = true, .offset = offsetof(struct options, criteria), .low = 1, .high = 40,
      .item = linli_judged_rows, .item_count = 8, .item_size = sizeof(linli_judged),
      .label = { "评审因素", "criteria" }, .help = { "价格以外的评审因素", "criteria other than price" } },
    { .name = "tie_criterion", .type = LINLI_OPT_CODE, .offset = offsetof(struct options, tie_criterion),
      .label = { "技术指标", "technical criterion" }, .help = { "得分与报价均相同时比较；不填则并列", "where totals and quotes are equal; absent: the rank is shared" } },
    LINLI_PRICING_ROWS(struct options, pricing),
    LINLI_OUTLIER_ROW(struct options, outlier),
};
/* clang-format on */

static linli_status check(linli_ask *ask, const void *options, const linli_facts *facts, linli_findings *out)
{
    static const char *const kept[] = {"price", NULL};
    const struct options *o = options;
    linli_faults f = {ask, out, LINLI_OK};

    linli_judged_check(&f, facts, o->criteria, o->price_weight.ppm, kept);
    linli_tie_check(&f, o->criteria, o->tie_criterion);
    linli_pricing_check(&f, facts, &o->pricing);
    linli_price_weight_check(&f, facts, o->price_weight, true);
    if (facts->plan && o->quotes > 1 && !linli_negotiated(facts))
        linli_blame(&f, "/quotes", (linli_line){.message = M_ONE_QUOTE});
    return f.status;
}

static linli_status criteria(linli_ask *ask, const void *options, const linli_facts *facts,
                             linli_criteria *out)
{
    const struct options *o = options;

    (void)facts;
    return linli_judged_criteria(ask, o->criteria, o->price_weight.ppm, out);
}

/* Who did not hand in the last quote is out, and sets no base. */
static void quotes(linli_comparison *s, const struct options *o)
{
    for (size_t i = 0; i < s->count; i++) {
        linli_entry *e = &s->list[i];

        if (e->bid->round < o->quotes) {
            linli_tell(s, e, LINLI_LINE(M_NO_LAST, linli_count(e->bid->round), linli_count(o->quotes)));
            e->out = true;
        }
        for (size_t k = 0; k < s->facts->offer_count; k++) {
            const linli_offer *first = &s->facts->offers[k];
            if (first->bid == e->bid->key && first->round == 1 && first->unit == LINLI_UNIT_MONEY &&
                linli_same(first->field, "price") && !e->out && o->quotes > 1)
                linli_tell(s, e,
                           LINLI_LINE(M_FIRST, linli_amount((linli_money){first->value}),
                                      linli_amount(e->bid->price)));
        }
    }
}

enum { BY_TOTAL, BY_PRICE, BY_CRITERION, LEVELS };

static void rank(linli_comparison *s, const struct options *o)
{
    const linli_line said[] = {[BY_PRICE] = {.message = M_BY_PRICE},
                               [BY_CRITERION] = LINLI_LINE(M_BY_CRITERION, linli_named(o->tie_criterion)),
                               [LEVELS] = {.message = LINLI_M_TIE}};
    const linli_ranking by = {NULL, linli_by_keys, LEVELS, said};

    linli_totals(s);
    for (size_t i = 0; i < s->count; i++) {
        linli_entry *e = &s->list[i];

        e->key[BY_TOTAL] = e->result->total.micro;
        e->key[BY_PRICE] = -e->bid->price.minor;
        for (size_t p = 0; p < e->result->part_count; p++)
            if (linli_same(e->result->parts[p].criterion, o->tie_criterion))
                e->key[BY_CRITERION] = e->result->parts[p].points.micro;
    }
    linli_rank(s, &by, NULL);
}

static linli_status evaluate(linli_ask *ask, const void *options, const linli_facts *facts,
                             const linli_admissions *admitted, linli_evaluation *out)
{
    const struct options *o = options;
    linli_comparison s;
    linli_money base;

    linli_compare_open(&s, ask, facts, admitted, o->criteria.count + 1);
    linli_prices_needed(&s);
    quotes(&s, o);
    linli_conflicts(&s);
    linli_prices(&s, &o->pricing, true);
    s.outlier = o->outlier;
    linli_marks_read(&s, o->criteria, false);
    for (size_t i = 0; i < s.count; i++)
        if (!s.list[i].out)
            linli_judge_all(&s, &s.list[i], o->criteria, o->places);
    base = linli_lowest(&s);
    for (size_t i = 0; i < s.count && s.status == LINLI_OK; i++)
        if (!s.list[i].out)
            linli_price_part(&s, &s.list[i], base, o->price_weight, o->places);
    rank(&s, o);
    return linli_compare_close(&s, LINLI_ORDER, out);
}

/* clang-format off */
static const linli_about about = {
    .id = "two_stage_quote", .version = "1.1.0", .opens = "1.0.0",
    .name    = { "磋商最后报价评分", "scoring of last quotes" },
    .summary = { "竞争性磋商：最后报价按低价优先法计分，首次报价不计分", "competitive consultation: the last quote is scored, low price first; first quotes are not" },
    .basis   = { "财库〔2014〕214号第二十一条、第二十四条、第二十五条", "Caiku [2014] 214, articles 21, 24 and 25" },
    .author = "Linli maintainers", .licence = "Apache-2.0",
};
static const char *const examples[] = {
    "{\"criteria\":["
    "{\"code\":\"business\",\"name\":{\"zh\":\"商务\",\"en\":\"business\"},\"weight\":\"25%\",\"max\":\"25\"},"
    "{\"code\":\"technical\",\"name\":{\"zh\":\"技术\",\"en\":\"technical\"},\"weight\":\"50%\",\"max\":\"50\"},"
    "{\"code\":\"credit\",\"name\":{\"zh\":\"信用\",\"en\":\"credit\"},\"weight\":\"5%\",\"max\":\"5\",\"objective\":true}],"
    "\"tie_criterion\":\"technical\"}",
    "{\"price_weight\":\"30%\",\"quotes\":1,\"decimals\":2,\"criteria\":["
    "{\"code\":\"technical\",\"name\":{\"zh\":\"技术\",\"en\":\"technical\"},\"weight\":\"70%\"}]}",
    NULL
};
static const linli_scheme two_stage_quote = {
    .size = sizeof(linli_scheme), .gives = LINLI_ORDER, .about = &about,
    .options = table, .option_count = sizeof table / sizeof table[0], .options_size = sizeof(struct options),
    .messages = messages, .message_count = MESSAGES, .examples = examples,
    .check = check, .criteria = criteria, .evaluate = evaluate,
};
/* clang-format on */

static const linli_scheme *const schemes[] = {&two_stage_quote, NULL};

const linli_module linli_exports = LINLI_MODULE(.schemes = schemes);
