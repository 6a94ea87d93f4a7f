/*
 * qcbs - 质量和费用法: quality- and cost-based selection.  Bids below the technical
 * minimum go no further and their prices stay sealed; of the others
 * S = T * St + P * Sf with Sf = 100 * lowest price / price.
 */
#include "linli/quality.h"

enum { MESSAGES = LINLI_QUALITY_SAYS };

/* clang-format off */
static const linli_message messages[MESSAGES] = {
    LINLI_QUALITY_MESSAGES("世界银行采购规则"),
};

static const linli_option table[] = { LINLI_WEIGHED_ROWS("75", "2", "80%", "20%", "raw") };
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
    .options = table, .option_count = sizeof table / sizeof table[0], .options_size = sizeof(linli_weighed),
    .messages = messages, .message_count = MESSAGES, .examples = examples,
    .check = linli_weighed_check, .criteria = linli_weighed_criteria, .evaluate = linli_weighed_evaluate,
};
/* clang-format on */

static const linli_scheme *const schemes[] = {&qcbs, NULL};

const linli_module linli_exports = LINLI_MODULE(.schemes = schemes);
