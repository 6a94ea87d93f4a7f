/*
 * least_cost - 最低费用法: of those above the technical minimum the lowest price
 * goes first.
 */
#include "linli/quality.h"

struct options {
    linli_quality quality;
};

enum { MESSAGES = LINLI_QUALITY_SAYS };

/* clang-format off */
static const linli_message messages[MESSAGES] = {
    LINLI_QUALITY_MESSAGES("世界银行采购规则"),
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

static linli_status evaluate(linli_ask *ask, const void *options, const linli_facts *facts,
                             const linli_admissions *admitted, linli_evaluation *out)
{
    static const int32_t keys[] = {LINLI_KEY_PRICE, LINLI_KEY_TECHNICAL};
    const struct options *o = options;
    linli_comparison s;

    linli_quality_open(&s, ask, facts, admitted, &o->quality);
    linli_quality_prices(&s);
    return linli_quality_close(&s, keys, 2, out);
}

/* clang-format off */
static const linli_about about = {
    .id = "least_cost", .version = "1.0.0", .opens = "1.0.0",
    .name    = { "最低费用法", "least-cost selection" },
    .summary = { "技术得分过线者中，报价最低者排第一", "of those above the technical minimum the lowest price goes first" },
    .basis   = { "世界银行采购规则：最低费用选择", "World Bank Procurement Regulations: least-cost-based selection" },
    .author = "Linli maintainers", .licence = "Apache-2.0",
};
static const char *const examples[] = {
    "{\"criteria\":[{\"code\":\"technique\",\"name\":{\"zh\":\"技术\",\"en\":\"technique\"},\"weight\":\"100%\"}]}",
    "{\"criteria\":[{\"code\":\"method\",\"name\":{\"zh\":\"工作方法\",\"en\":\"method\"},\"weight\":\"60%\"},{\"code\":\"team\",\"name\":{\"zh\":\"团队\",\"en\":\"team\"},\"weight\":\"40%\",\"least\":\"50\"}],\"minimum\":\"75\"}",
    NULL
};
static const linli_scheme least_cost = {
    .size = sizeof(linli_scheme), .gives = LINLI_ORDER, .about = &about,
    .options = table, .option_count = sizeof table / sizeof table[0], .options_size = sizeof(struct options),
    .messages = messages, .message_count = MESSAGES, .examples = examples,
    .check = check, .criteria = criteria, .evaluate = evaluate,
};
/* clang-format on */

static const linli_scheme *const schemes[] = {&least_cost, NULL};

const linli_module linli_exports = LINLI_MODULE(.schemes = schemes);
