/*
 * rated_criteria - 评级因素法: B = (C_low / C) * X * 100 + (T / T_high) * (1 - X) * 100,
 * both parts relative to the best of those who passed.
 */
#include "linli/quality.h"

enum { MESSAGES = LINLI_QUALITY_SAYS };

/* clang-format off */
static const linli_message messages[MESSAGES] = {
    LINLI_QUALITY_MESSAGES("世界银行采购规则"),
};

static const linli_option table[] = { LINLI_WEIGHED_ROWS("0", "4", "30%", "70%", "relative") };
static const linli_about about = {
    .id = "rated_criteria", .version = "1.0.0", .opens = "1.0.0",
    .name    = { "评级因素法", "rated criteria" },
    .summary = { "价格与技术均相对最优者折算，按权重相加", "cost and quality, each relative to the best, are weighed and added up" },
    .basis   = { "世界银行采购规则：评级因素", "World Bank Procurement Regulations: rated criteria" },
    .author = "Linli maintainers", .licence = "Apache-2.0",
};
static const char *const examples[] = {
    "{\"criteria\":[{\"code\":\"technique\",\"name\":{\"zh\":\"技术\",\"en\":\"technique\"},\"weight\":\"100%\"}]}",
    "{\"criteria\":[{\"code\":\"method\",\"name\":{\"zh\":\"工作方法\",\"en\":\"method\"},\"weight\":\"60%\"},{\"code\":\"team\",\"name\":{\"zh\":\"团队\",\"en\":\"team\"},\"weight\":\"40%\",\"least\":\"50\"}],\"minimum\":\"60\",\"technical_weight\":\"50%\",\"price_weight\":\"50%\"}",
    NULL
};
static const linli_scheme rated_criteria = {
    .size = sizeof(linli_scheme), .gives = LINLI_ORDER, .about = &about,
    .options = table, .option_count = sizeof table / sizeof table[0], .options_size = sizeof(linli_weighed),
    .messages = messages, .message_count = MESSAGES, .examples = examples,
    .check = linli_weighed_check, .criteria = linli_weighed_criteria, .evaluate = linli_weighed_evaluate,
};
/* clang-format on */

static const linli_scheme *const schemes[] = {&rated_criteria, NULL};

const linli_module linli_exports = LINLI_MODULE(.schemes = schemes);
