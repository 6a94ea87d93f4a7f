/*
 * riverside_venture - 滨江公益创投: the road of venture philanthropy with two rules of the city's own.  A
 * registered body that asks for more than a small sum needs a grade of the civil affairs bureau; a young body
 * gets no more than a first grant.
 */
#define LINLI_VENTURE_OWN /* linli_venture_own_judge and linli_venture_own_cap stand below */
#include "linli/venture.h"

/* ---- options: those of the road first, then the city's ---- */

typedef struct options {
    linli_venture_options venture;
    linli_money graded_from, first_grant;
    int64_t young;
} options;

static const linli_option rows[] = {
    LINLI_VENTURE_ROWS,
    {.name = "graded_from",
     .type = LINLI_OPT_MONEY,
     .offset = offsetof(options, graded_from),
     .low = 0,
     .high = LINLI_V_MOST,
     .initial = "100000.00",
     .label = {"须有评估等级的起点", "grade needed above"},
     .help = {"登记组织申请超过此数须有 3A 以上等级", "a registered body that asks for more needs grade 3A"}},
    {.name = "first_grant",
     .type = LINLI_OPT_MONEY,
     .offset = offsetof(options, first_grant),
     .low = 1,
     .high = LINLI_V_MOST,
     .initial = "50000.00",
     .label = {"初创组织上限", "most for a young body"},
     .help = {"成立不久的组织每项最多资助", "what a body founded lately may get"}},
    {.name = "young",
     .type = LINLI_OPT_COUNT,
     .offset = offsetof(options, young),
     .low = 0,
     .high = 120,
     .initial = "24",
     .label = {"初创年限", "young until"},
     .help = {"成立不满多少个月为初创", "months since it was founded"}},
};

/* ---- words: those of the road first ---- */

enum { M_NO_GRADE = LINLI_V_OWN, M_FIRST_GRANT, MESSAGES };

static const linli_message messages[MESSAGES] = {
    LINLI_VENTURE_MESSAGES,
    [M_NO_GRADE] = {"no_grade",
                    {"申请 {1} 超过 {2}，须有 3A 以上评估等级",
                     "it asks for {1}, more than {2}, without grade 3A"},
                    "滨江市公益创投管理办法 §9"},
    [M_FIRST_GRANT] = {"first_grant",
                       {"成立不满 {1} 个月，资助不超过 {2}", "founded less than {1} months ago: at most {2}"},
                       "滨江市公益创投管理办法 §12"},
};

/* ---- the city's rules ---- */

static linli_line linli_venture_own_judge(const linli_venture_options *v, const linli_facts *facts,
                                          const linli_bid *bid)
{
    const options *o = (const options *)(const void *)v;
    const linli_bidder *who = linli_bidder_of(facts, bid->bidder);

    if (!who || who->kind != LINLI_REGISTERED || bid->price.minor <= o->graded_from.minor ||
        linli_found(facts, bid->key, "graded_3a", LINLI_OFFICE_CLERK) == LINLI_PASSED)
        return linli_venture_fine;
    return LINLI_LINE(M_NO_GRADE, linli_amount(bid->price), linli_amount(o->graded_from));
}

static linli_money linli_venture_own_cap(const linli_venture_options *v, const linli_facts *facts,
                                         const linli_bid *bid, linli_line *why)
{
    const options *o = (const options *)(const void *)v;

    if (!linli_younger(facts, linli_bidder_of(facts, bid->bidder), (int32_t)o->young))
        return (linli_money){0};
    *why = LINLI_LINE(M_FIRST_GRANT, linli_count(o->young), linli_amount(o->first_grant));
    return o->first_grant;
}

/* One check more in the review: the office looks at the grade. */
static linli_status plan(linli_ask *ask, const void *opts, const linli_facts *facts, linli_plan *out)
{
    static const linli_check_rule graded = {"graded_3a",
                                            {"社会组织评估等级 3A 以上", "grade 3A or better"},
                                            "review",
                                            LINLI_OFFICE_CLERK,
                                            "滨江市公益创投管理办法 §9"};
    linli_status status = linli_venture_plan(ask, opts, facts, out);
    linli_check_rule *checks =
        status == LINLI_OK ? LINLI_NEW(ask, linli_check_rule, out->check_count + 1) : NULL;

    if (status != LINLI_OK || !checks)
        return status != LINLI_OK ? status : LINLI_NOMEM;
    memcpy(checks, out->checks, out->check_count * sizeof *checks);
    checks[out->check_count++] = graded;
    out->checks = checks;
    return LINLI_OK;
}

/* ---- what it offers ---- */

static const linli_about about = {
    .id = "riverside_venture",
    .version = "1.0.0",
    .opens = "1.0.0",
    .name = {"滨江公益创投", "Riverside venture philanthropy"},
    .summary = {"公益创投，另有评估等级和初创上限",
                "venture philanthropy with a grade and a cap for young bodies"},
    .basis = {"滨江市公益创投管理办法（示例）", "Riverside's rules on venture philanthropy (an example)"},
    .author = "the city's own office",
    .licence = "Apache-2.0",
};

static const char *const examples[] = {
    "{\"training\":false,\"pitch_order\":false,\"tranches\":[{\"code\":\"whole\",\"name\":{\"zh\":\"全款\","
    "\"en\":\"whole\"},"
    "\"share\":\"100%\",\"due\":\"on_acceptance\"}]}",
    NULL,
};

static const linli_mechanism riverside_venture = {
    .size = sizeof(linli_mechanism),
    .about = &about,
    .options = rows,
    .option_count = sizeof rows / sizeof rows[0],
    .options_size = sizeof(options),
    .messages = messages,
    .message_count = MESSAGES,
    .examples = examples,
    LINLI_VENTURE_ANSWERS,
    .plan = plan,
};

static const linli_mechanism *const mechanisms[] = {&riverside_venture, NULL};

const linli_module linli_exports = LINLI_MODULE(.mechanisms = mechanisms);
