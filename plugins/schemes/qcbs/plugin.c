/*
 * qcbs - 质量和费用法: quality- and cost-based selection.  Bids below the technical
 * minimum go no further and their prices stay sealed; of the others
 * S = T * St + P * Sf with Sf = 100 * lowest price / price.
 */
#include "linli/quality.h"

struct options {
    linli_quality quality;
    linli_rate technical_weight, price_weight;
    int32_t basis;
};

enum { RAW, RELATIVE };
enum { MESSAGES = LINLI_QUALITY_SAYS };

/* clang-format off */
static const linli_message messages[MESSAGES] = {
    LINLI_QUALITY_MESSAGES("世界银行采购规则"),
};

static const linli_text basis_labels[]  = { { "得分本身", "the score itself" }, { "相对最高分", "relative to the best" }, { NULL, NULL } };
static const char *const basis_codes[]  = { "raw", "relative", NULL };
static const linli_option table[] = {
    LINLI_QUALITY_ROWS(struct options, quality, "75", "2"),
    { .name = "technical_weight", .type = LINLI_OPT_RATE, .offset = offsetof(struct options, technical_weight), .low = 1, .high = LINLI_WHOLE, .initial = "80%",
      .label = { "技术权重", "weight of quality" }, .help = { "与价格权重合计 100%", "with the weight of cost 100%" } },
    { .name = "price_weight", .type = LINLI_OPT_RATE, .offset = offsetof(struct options, price_weight), .low = 1, .high = LINLI_WHOLE, .initial = "20%",
      .label = { "价格权重", "weight of cost" }, .help = { "与技术权重合计 100%", "with the weight of quality 100%" } },
    { .name = "technical_score", .type = LINLI_OPT_CHOICE, .offset = offsetof(struct options, basis), .low = 0, .high = 1, .initial = "raw",
      .choices = basis_labels, .codes = basis_codes,
      .label = { "技术得分的用法", "technical score" }, .help = { "直接加权，或先折算为最高分的百分比", "weighed as it stands, or as a share of the best" } },
};
/* clang-format on */

static linli_status check(linli_ask *ask, const void *options, const linli_facts *facts, linli_findings *out)
{
    const struct options *o = options;
    linli_rate sum = {o->technical_weight.ppm + o->price_weight.ppm};
    linli_status status = linli_quality_check(ask, facts, &o->quality, out);
    linli_faults f = {ask, out, status};

    if (sum.ppm != LINLI_WHOLE)
        linli_blame(&f, "/price_weight", LINLI_LINE(LINLI_M_TWO_SHARES, linli_percent(sum)));
    return f.status;
}

static linli_status criteria(linli_ask *ask, const void *options, const linli_facts *facts,
                             linli_criteria *out)
{
    const struct options *o = options;

    (void)facts;
    return linli_judged_criteria(ask, o->quality.criteria, o->price_weight.ppm, out);
}

static linli_status evaluate(linli_ask *ask, const void *options, const linli_facts *facts,
                             const linli_admissions *admitted, linli_evaluation *out)
{
    static const int32_t keys[] = {LINLI_KEY_TOTAL, LINLI_KEY_TECHNICAL, LINLI_KEY_PRICE};
    const struct options *o = options;
    linli_comparison s;

    linli_quality_open(&s, ask, facts, admitted, &o->quality);
    linli_quality_prices(&s);
    linli_quality_and_cost(&s, &o->quality, o->technical_weight, o->price_weight, o->basis == RELATIVE);
    return linli_quality_close(&s, keys, 3, out);
}

/* clang-format off */
static const linli_about about = {
    .id = "qcbs", .version = "1.0.0", .opens = "1.0.0",
    .name    = { "质量和费用法", "quality- and cost-based selection" },
    .summary = { "技术得分过线者，技术得分与价格得分按权重相加", "of those above the technical minimum, quality and cost are weighed and added up" },
    .basis   = { "世界银行采购规则：基于质量和费用的选择", "World Bank Procurement Regulations: quality- and cost-based selection" },
    .author = "Linli maintainers", .licence = "Apache-2.0",
};
static const char *const examples[] = {
    "{\"criteria\":[{\"code\":\"technique\",\"name\":{\"zh\":\"技术\",\"en\":\"technique\"},\"weight\":\"100%\"}]}",
    "{\"criteria\":[{\"code\":\"method\",\"name\":{\"zh\":\"工作方法\",\"en\":\"method\"},\"weight\":\"60%\"},{\"code\":\"team\",\"name\":{\"zh\":\"团队\",\"en\":\"team\"},\"weight\":\"40%\",\"least\":\"50\"}],\"minimum\":\"70\",\"technical_weight\":\"60%\",\"price_weight\":\"40%\",\"technical_score\":\"relative\"}",
    NULL
};
static const linli_scheme qcbs = {
    .size = sizeof(linli_scheme), .gives = LINLI_ORDER, .about = &about,
    .options = table, .option_count = sizeof table / sizeof table[0], .options_size = sizeof(struct options),
    .messages = messages, .message_count = MESSAGES, .examples = examples,
    .check = check, .criteria = criteria, .evaluate = evaluate,
};
/* clang-format on */

static const linli_scheme *const schemes[] = {&qcbs, NULL};

const linli_module linli_exports = LINLI_MODULE(.schemes = schemes);
