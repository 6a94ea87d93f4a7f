/*
 * venture_philanthropy - 公益创投: the road of linli/venture.h as it stands.
 */
#include "linli/venture.h"

static const linli_option rows[] = {LINLI_VENTURE_ROWS};

static const linli_message messages[LINLI_V_OWN] = {LINLI_VENTURE_MESSAGES};

/* ---- what it offers ----------------------------------------------------- */

static const linli_about about = {
    .id = "venture_philanthropy",
    .version = "1.0.0",
    .opens = "1.0.0",
    .name = {"公益创投", "venture philanthropy"},
    .summary =
        {"分板块征集、初审补正、培训、路演评审，限额资助，中期和末期评估，不合格的终止、追回、停止申报",
         "a call in tracks, review, training, pitch; capped grants; a failed evaluation ends and claws back"},
    .basis = {"慈善法 §95；地方公益创投项目管理办法", "Charity Law §95; local rules on venture philanthropy"},
    .author = "Linli maintainers",
    .licence = "Apache-2.0",
};

/* clang-format off */
#define PART(code, zh, en, share, due) "{\"code\":\"" code "\",\"name\":{\"zh\":\"" zh "\",\"en\":\"" en "\"},\"share\":\"" share "\",\"due\":\"" due "\""
#define PARTS \
    "\"tranches\":[" PART("first", "首款", "first", "50%", "on_signing") ",\"advance\":true}," \
    PART("mid", "中期款", "mid-term", "30%", "on_milestone") "}," PART("final", "尾款", "final", "20%", "on_acceptance") "}]"

static const char *const examples[] = {
    "{\"training\":false,\"pitch_order\":false," PARTS "}",
    "{\"rule_limits\":true,\"public_vote\":true,\"voting_window\":\"7d\",\"panel_members\":7,\"claw_back\":\"all\",\"show_marks\":false,"
    "\"tracks\":[{\"lot\":1,\"quota\":3},{\"lot\":2,\"filed\":true,\"grant_max\":\"30000.00\"}]," PARTS "}",
    "{\"match\":\"200%\",\"grant_max\":\"500000.00\",\"unmatched_max\":\"300000.00\",\"consent\":false,\"checked_by\":\"office\",\"rounding\":\"down\"," PARTS "}",
    NULL,
};
/* clang-format on */

static const linli_mechanism venture_philanthropy = {
    .size = sizeof(linli_mechanism),
    .about = &about,
    .options = rows,
    .option_count = sizeof rows / sizeof rows[0],
    .options_size = sizeof(linli_venture_options),
    .messages = messages,
    .message_count = LINLI_V_OWN,
    .examples = examples,
    LINLI_VENTURE_ANSWERS,
    .plan = linli_venture_plan,
};

static const linli_mechanism *const mechanisms[] = {&venture_philanthropy, NULL};

const linli_module linli_exports = LINLI_MODULE(.mechanisms = mechanisms);
