/* Keeping an organisation out of the office's own programme (停止申报), as the call or the office decided. */
#include "core/service/exclusion.h"

#include <string.h>

#include "acts.h"
#include "core/base/time.h"
#include "core/domain/calendar.h"
#include "core/service/forms.h"

static const char *const ground_codes[] = {
    "evaluation_failed", "false_data", "diverted", "breach", "other", NULL};
static const linli_text ground_labels[] = {{"评估不合格", "an evaluation was failed"},
                                           {"弄虚作假", "false data"},
                                           {"挪用资金", "money was diverted"},
                                           {"违约", "breach of the agreement"},
                                           {"其他", "other"},
                                           {NULL, NULL}};
enum { GROUND_FAILED = 0 };

struct exclusion_body {
    const char *organisation, *reason;
    int32_t ground;
    linli_period period;
};
static const linli_option add_rows[] = {
    ROW_ID(exclusion_body, organisation, true, "组织", "organisation"),
    ROW_CHOICE(exclusion_body, ground, true, ground_codes, ground_labels, NULL, "事由", "ground"),
    ROW_TEXT(exclusion_body, reason, true, 4000, "依据和说明", "what it rests on"),
    ROW(exclusion_body, period, PERIOD, true, 1, 120, NULL, "期限", "for how long"),
};
const struct form form_exclusion_add = FORM(add_rows, struct exclusion_body);

static int store(struct act *a, const struct exclusion_body *b, const char *contract, struct err *err)
{
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    bool provisional = false;
    int64_t ends_us = 0;
    int status =
        calendar_span(a->law->calendar, a->now_us, b->period, LINLI_NO_ROLL, &ends_us, &provisional, err);

    if (status)
        return status;
    id_new(a->office, id);
    json_key(&a->payload, "excluded_until");
    json_time(&a->payload, ends_us);
    status = tx_run(a->tx, Q_exclusion_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(b->organisation),
                    P_TEXT(ground_codes[b->ground]), P_TEXT(b->reason), P_TEXT(contract), P_TIME(a->now_us),
                    P_TIME(ends_us), P_TEXT(contract ? NULL : a->actor->person));
    if (!contract)
        a->subject = id;
    if (status == E_INVALID)
        return err_set(err, E_ABSENT, "organisation/absent", "there is no organisation %s", b->organisation);
    return status;
}

int act_exclusion_add(struct act *a, struct err *err)
{
    return store(a, a->body, NULL, err);
}

int exclusion_of_contract(struct act *a, const char *contract, const char *organisation, int32_t months,
                          struct err *err)
{
    const struct exclusion_body b = {.organisation = organisation,
                                     .reason = "评估不合格，按征集文件终止项目",
                                     .ground = GROUND_FAILED,
                                     .period = {months, LINLI_MONTHS}};

    return months > 0 ? store(a, &b, contract, err) : 0;
}

struct lift_body {
    const char *reason;
};
static const linli_option lift_rows[] = {ROW_TEXT(lift_body, reason, true, 4000, "理由", "reason")};
const struct form form_exclusion_lift = FORM(lift_rows, struct lift_body);

int act_exclusion_lift(struct act *a, struct err *err)
{
    const struct lift_body *b = a->body;
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_exclusion_lift, &rows, err, P_INT(a->office), P_TEXT(a->subject),
                        P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(b->reason));

    if (status || rows_count(rows))
        return status;
    err_set(err, E_REFUSED, "state/refused", "it has ended, was lifted, or is your own decision");
    err_zh(err, "该项已期满、已解除，或者由您本人作出");
    return E_REFUSED;
}
