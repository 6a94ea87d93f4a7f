/* Keeping an organisation out of the office's own programme (停止申报), as the call or the office decided. */
#include "core/service/exclusion.h"

#include <string.h>

#include "acts.h"
#include "core/base/time.h"
#include "core/domain/calendar.h"
#include "core/service/forms.h"
#include "core/service/tender.h"

static const char *const ground_codes[] = {
    "evaluation_failed", "false_data", "diverted", "breach", "banned", "other", NULL};
static const linli_text ground_labels[] = {{"评估不合格", "an evaluation was failed"},
                                           {"弄虚作假", "false data"},
                                           {"挪用资金", "money was diverted"},
                                           {"违约", "breach of the agreement"},
                                           {"主管部门处罚", "banned by an authority"},
                                           {"其他", "other"},
                                           {NULL, NULL}};
enum { GROUND_FAILED = 0, GROUND_BANNED = 4 };

struct exclusion_body {
    const char *organisation, *reason, *contract, *authority, *document;
    int32_t ground;
    linli_period period;
};
static const linli_option add_rows[] = {
    ROW_ID(exclusion_body, organisation, true, "组织", "organisation"),
    ROW_CHOICE(exclusion_body, ground, true, ground_codes, ground_labels, NULL, "事由", "ground"),
    ROW_TEXT(exclusion_body, reason, true, 4000, "依据和说明", "what it rests on"),
    ROW_SAID(exclusion_body, period, PERIOD, false, 1, 120, NULL, "期限", "period",
             "不填的，按合同所属征集规定的违约停止申报期",
             "left out: what the call of the contract said of a breach"),
    ROW_SAID(exclusion_body, contract, ID, false, 0, 0, NULL, "合同", "contract", "违约的合同",
             "the contract that was broken"),
    ROW_SAID(exclusion_body, authority, STRING, false, 1, 100, "line", "处罚机关", "authority",
             "处罚必填，如财政局", "of a ban: who gave it"),
    ROW_SAID(exclusion_body, document, STRING, false, 1, 100, "line", "文号", "document", "处罚必填",
             "of a ban: by which paper"),
};
const struct form form_exclusion_add = FORM(add_rows, struct exclusion_body);

static int store(struct act *a, const struct exclusion_body *b, bool decided, struct err *err)
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
                    P_TEXT(ground_codes[b->ground]), P_TEXT(b->reason), P_TEXT(b->contract),
                    P_TIME(a->now_us), P_TIME(ends_us), P_TEXT(decided ? a->actor->person : NULL),
                    P_TEXT(b->authority), P_TEXT(b->document));
    if (decided)
        a->subject = id;
    if (status == E_INVALID)
        return err_set(err, E_ABSENT, "organisation/absent", "there is no organisation %s", b->organisation);
    return status;
}

/* For as long as the call of the contract said of a breach. */
static int period_of(struct act *a, const char *contract, linli_period *ret, struct err *err)
{
    const linli_rule *rule = NULL;
    struct rows *r = NULL;
    struct tender *t = NULL;
    struct lot *l = NULL;
    int status =
        contract ? tx_run(a->tx, Q_contract_standing, &r, err, P_INT(a->office), P_TEXT(contract)) : 0;

    if (!status && r && rows_count(r) == 0)
        return err_member(err, "/contract", "unknown", "no contract of this office", "不是本单位的合同");
    if (!status && r)
        status = tender_of_lot(a, row_text(r, 0, "lot_id"), &t, &l, err);
    if (!status && t)
        rule = tender_rule(a, t, "exclusion_breach");
    if (status || ret->count)
        return status;
    if (!rule)
        return err_member(err, "/period", "required", "the call said nothing of a breach: say for how long",
                          "征集文件未规定违约停止申报期，须填写期限");
    *ret = rule->period;
    return 0;
}

int act_exclusion_add(struct act *a, struct err *err)
{
    const struct exclusion_body *given = a->body;
    struct exclusion_body b = *given;
    const bool ban = b.ground == GROUND_BANNED;
    int status;

    if (ban != (b.authority != NULL) || ban != (b.document != NULL))
        return err_member(err, b.authority ? "/document" : "/authority", ban ? "required" : "unknown",
                          "a ban has its authority and paper, and nothing else has",
                          "处罚须写明机关和文号，其他事由不填");
    status = period_of(a, b.contract, &b.period, err);
    return status ? status : store(a, &b, true, err);
}

int organisation_not_banned(struct act *a, const char *organisation, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_banned, &r, err, P_INT(a->office), P_TEXT(organisation), P_TIME(a->now_us));

    if (status || rows_count(r) == 0)
        return status;
    err_set(err, E_REFUSED, "organisation/excluded", "it is banned by %s, %s", row_text(r, 0, "authority"),
            row_text(r, 0, "document"));
    err_zh(err, "该组织受%s处罚（%s），在限制期内", row_text(r, 0, "authority"), row_text(r, 0, "document"));
    return E_REFUSED;
}

int exclusion_of_contract(struct act *a, const char *contract, const char *organisation, int32_t months,
                          struct err *err)
{
    const struct exclusion_body b = {.organisation = organisation,
                                     .contract = contract,
                                     .reason = "评估不合格，按征集文件终止项目",
                                     .ground = GROUND_FAILED,
                                     .period = {months, LINLI_MONTHS}};

    return months > 0 ? store(a, &b, false, err) : 0;
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
