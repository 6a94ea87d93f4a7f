/* The project library (项目库): what was accepted and waits for a purchase list. */
#include <string.h>

#include "acts.h"
#include "core/service/forms.h"

struct project_body {
    const char *title, *goals, *field, *beneficiaries, *place, *contract;
    linli_money budget;
};
static const linli_option project_rows[] = {
    ROW_LINE(project_body, title, true, 200, "项目名称", "title"),
    ROW_TEXT(project_body, goals, true, 5000, "项目目标", "goals"),
    ROW_LINE(project_body, field, true, 60, "服务领域", "field of service"),
    ROW_LINE(project_body, beneficiaries, true, 200, "受益对象", "who benefits"),
    ROW_LINE(project_body, place, true, 200, "地点", "place"),
    ROW_MONEY(project_body, budget, true, "预算", "budget"),
    ROW_ID(project_body, contract, false, "来源协议（公益创投项目结项入库）", "the grant it grew out of"),
};
const struct form form_project_create = FORM(project_rows, struct project_body);

/* A funded project goes into the library once it is done and paid to the end; a stopped one does not. */
static int grew_out_of(struct act *a, const char *contract, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_contract_ended, &r, err, P_INT(a->office), P_TEXT(contract));

    if (status || rows_count(r))
        return status;
    err_set(err, E_REFUSED, "state/refused", "no contract of this office that was carried out to the end");
    err_zh(err, "没有已结项的该协议，不能据以入库");
    err_at(err, "/contract", "choice", "not closed", "尚未结项");
    return E_REFUSED;
}

int act_project_create(struct act *a, struct err *err)
{
    const struct project_body *b = a->body;
    char id[UUID_TEXT];
    int status = b->contract ? grew_out_of(a, b->contract, err) : 0;

    if (status)
        return status;
    id_new(a->office, id);
    a->subject = arena_dup(a->arena, id);
    status = tx_run(a->tx, Q_project_add, NULL, err, P_INT(a->office), P_TEXT(id), P_NULL, P_TEXT(b->title),
                    P_TEXT(b->goals), P_TEXT(b->field), P_TEXT(b->beneficiaries), P_TEXT(b->place),
                    P_INT(b->budget.minor), P_TIME(a->now_us), P_TEXT(b->contract));
    if (status == E_CONFLICT) {
        err_set(err, E_CONFLICT, "value/taken", "this grant is in the library already");
        err_zh(err, "该项目已入库");
    }
    return status;
}

int act_project_close(struct act *a, struct err *err)
{
    struct rows *r;
    int status =
        tx_run(a->tx, Q_project_close, &r, err, P_INT(a->office), P_TEXT(a->subject), P_TIME(a->now_us));

    if (status || rows_count(r))
        return status;
    err_set(err, E_REFUSED, "state/refused", "the project is closed already");
    err_zh(err, "该项目已关闭");
    return E_REFUSED;
}
