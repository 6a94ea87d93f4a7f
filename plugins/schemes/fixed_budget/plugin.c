/*
 * fixed_budget - 固定预算法: whoever asks more than the budget is rejected, and of
 * the others the best technical score goes first.
 */
#include "linli/quality.h"

struct options {
    linli_quality quality;
};

enum { M_OVER = LINLI_QUALITY_SAYS, MESSAGES };

/* clang-format off */
static const linli_message messages[MESSAGES] = {
    LINLI_QUALITY_MESSAGES("世界银行采购规则"),
    [M_OVER] = { "over_budget", { "报价 {1} 超过固定预算 {2}，不予接受", "its price {1} is above the fixed budget {2}: rejected" }, "世界银行采购规则" },
};

static const linli_option table[] = {
    LINLI_QUALITY_ROWS(struct options, quality, "70", "2"),
};
/* clang-format on */

static linli_status check(linli_ask *ask, const void *options, const linli_facts *facts, linli_findings *out)
{
    return linli_quality_check(ask, facts, &((const struct options *)options)->quality, out);
}

static linli_status criteria(linli_ask *ask, const void *options, const linli_facts *facts,
                             linli_criteria *out)
{
    (void)facts;
    return linli_judged_criteria(ask, ((const struct options *)options)->quality.criteria, 0, out);
}

static void reject(linli_comparison *s)
{
    const linli_tender *t = s->facts->tender;
    linli_money most = t->ceiling.minor > 0 ? t->ceiling : t->budget;

    for (size_t i = 0; i < s->count; i++) {
        linli_entry *e = &s->list[i];

        if (!linli_in(e) || e->compared.minor <= most.minor)
            continue;
        e->out = true;
        linli_tell(s, e, LINLI_LINE(M_OVER, linli_amount(e->compared), linli_amount(most)));
    }
}

static linli_status evaluate(linli_ask *ask, const void *options, const linli_facts *facts,
                             const linli_admissions *admitted, linli_evaluation *out)
{
    static const int32_t keys[] = {LINLI_KEY_TECHNICAL, LINLI_KEY_PRICE};
    const struct options *o = options;
    linli_comparison s;

    linli_quality_open(&s, ask, facts, admitted, &o->quality);
    linli_quality_prices(&s);
    reject(&s);
    return linli_quality_close(&s, keys, 2, out);
}

/* clang-format off */
static const linli_about about = {
    .id = "fixed_budget", .version = "1.0.0", .opens = "1.0.0",
    .name    = { "固定预算法", "fixed budget selection" },
    .summary = { "报价不超过预算者中，技术得分最高者排第一", "of those within the budget the best technical score goes first" },
    .basis   = { "世界银行采购规则：固定预算下的选择", "World Bank Procurement Regulations: fixed budget-based selection" },
    .author = "Linli maintainers", .licence = "Apache-2.0",
};
static const char *const examples[] = {
    "{\"criteria\":[{\"code\":\"technique\",\"name\":{\"zh\":\"技术\",\"en\":\"technique\"},\"weight\":\"100%\"}]}",
    "{\"criteria\":[{\"code\":\"method\",\"name\":{\"zh\":\"工作方法\",\"en\":\"method\"},\"weight\":\"60%\"},{\"code\":\"team\",\"name\":{\"zh\":\"团队\",\"en\":\"team\"},\"weight\":\"40%\",\"least\":\"50\"}],\"minimum\":\"75\"}",
    NULL
};
static const linli_scheme fixed_budget = {
    .size = sizeof(linli_scheme), .gives = LINLI_ORDER, .about = &about,
    .options = table, .option_count = sizeof table / sizeof table[0], .options_size = sizeof(struct options),
    .messages = messages, .message_count = MESSAGES, .examples = examples,
    .check = check, .criteria = criteria, .evaluate = evaluate,
};
/* clang-format on */

static const linli_scheme *const schemes[] = {&fixed_budget, NULL};

const linli_module linli_exports = LINLI_MODULE(.schemes = schemes);
