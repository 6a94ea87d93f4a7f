/*
 * quality_based - 质量法: the best technical score goes first; only its price
 * envelope is opened, and negotiated.  Prices take no part in the comparison.
 */
#include "linli/quality.h"

struct options {
    linli_quality quality;
};

enum { M_INVITED = LINLI_QUALITY_SAYS, MESSAGES };

/* clang-format off */
static const linli_message messages[MESSAGES] = {
    LINLI_QUALITY_MESSAGES("世界银行采购规则"),
    [M_INVITED] = { "invited", { "技术得分最高（{1}），只开启其报价信封并与之谈判", "the best technical score ({1}): its price alone is opened, and negotiated" }, "世界银行采购规则" },
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
    return linli_judged_criteria(ask, ((const struct options *)options)->quality.criteria, -1, out);
}

/* Where several share the best score the mechanism draws, and the one drawn is invited. */
static void invite(linli_comparison *s)
{
    int64_t best = -1;

    for (size_t i = 0; i < s->count; i++)
        if (linli_in(&s->list[i]) && s->list[i].technical.micro > best)
            best = s->list[i].technical.micro;
    for (size_t i = 0; i < s->count; i++)
        if (linli_in(&s->list[i]) && s->list[i].technical.micro == best)
            linli_tell(s, &s->list[i], LINLI_LINE(M_INVITED, linli_score(s->list[i].technical)));
}

static linli_status evaluate(linli_ask *ask, const void *options, const linli_facts *facts,
                             const linli_admissions *admitted, linli_evaluation *out)
{
    static const int32_t keys[] = {LINLI_KEY_TECHNICAL};
    const struct options *o = options;
    linli_comparison s;

    linli_quality_open(&s, ask, facts, admitted, &o->quality);
    invite(&s);
    return linli_quality_close(&s, keys, 1, out);
}

/* clang-format off */
static const linli_about about = {
    .id = "quality_based", .version = "1.0.0", .opens = "1.0.0",
    .name    = { "质量法", "quality-based selection" },
    .summary = { "技术得分最高者排第一，只开启其报价并谈判", "the best technical score goes first; its price alone is opened and negotiated" },
    .basis   = { "世界银行采购规则：基于质量的选择", "World Bank Procurement Regulations: quality-based selection" },
    .author = "Linli maintainers", .licence = "Apache-2.0",
};
static const char *const examples[] = {
    "{\"criteria\":[{\"code\":\"technique\",\"name\":{\"zh\":\"技术\",\"en\":\"technique\"},\"weight\":\"100%\"}]}",
    "{\"criteria\":[{\"code\":\"method\",\"name\":{\"zh\":\"工作方法\",\"en\":\"method\"},\"weight\":\"60%\"},{\"code\":\"team\",\"name\":{\"zh\":\"团队\",\"en\":\"team\"},\"weight\":\"40%\",\"least\":\"50\"}],\"minimum\":\"75\"}",
    NULL
};
static const linli_scheme quality_based = {
    .size = sizeof(linli_scheme), .gives = LINLI_ORDER, .about = &about,
    .options = table, .option_count = sizeof table / sizeof table[0], .options_size = sizeof(struct options),
    .messages = messages, .message_count = MESSAGES, .examples = examples,
    .check = check, .criteria = criteria, .evaluate = evaluate,
};
/* clang-format on */

static const linli_scheme *const schemes[] = {&quality_based, NULL};

const linli_module linli_exports = LINLI_MODULE(.schemes = schemes);
