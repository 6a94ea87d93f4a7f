/*
 * What was let out of an ended contract and will not be paid: taken back whole, asked for by one person,
 * approved by a second; then it is free again.  As long as a contract goes on, what was let out of it is
 * owed.
 */
#include <string.h>

#include "acts.h"
#include "core/money/ledger.h"
#include "core/service/forms.h"
#include "core/service/tranche.h"

struct withdrawing {
    const char *reason;
};
static const linli_option withdrawing_rows[] = {ROW_TEXT(withdrawing, reason, true, 4000, "理由", "reason")};
const struct form form_withdrawal_propose = FORM(withdrawing_rows, struct withdrawing);
const struct form form_withdrawal_refuse = FORM(withdrawing_rows, struct withdrawing);

static int refused(struct err *err, const char *text, const char *zh)
{
    return err_both(err, E_REFUSED, "state/refused", text, zh);
}

/* Released, of a contract that is over, in no payment, and not asked back as if it had gone out. */
static int may_withdraw(struct act *a, struct tranche *t, struct err *err)
{
    struct rows *r = NULL;
    int status = tranche_load(a, a->path[0], t, err);

    if (status)
        return status;
    if (strcmp(t->state, "released") != 0)
        return refused(err, "the tranche is not let out, or is paid", "本期款项尚未核准，或已经支付");
    if (strcmp(t->contract_state, "stopped") != 0)
        return refused(err, "the contract goes on: what was let out of it is owed until it is ended",
                       "合同尚未终止，已核准的款项应当支付；须先终止合同");
    status = tx_run(a->tx, Q_withdrawal_fits, &r, err, P_INT(a->office), P_TEXT(t->id));
    if (status)
        return status;
    if (row_bool(r, 0, "ordered"))
        return refused(err, "a payment of it is ordered or on its way: refuse it, or wait for the bank",
                       "本期已有付款单在办理，应先退回付款单或等待银行结果");
    return row_int(r, 0, "left_fen") >= 0
               ? 0
               : refused(err, "it is asked back as paid: refuse that demand or write it off first",
                         "该款项已列入追回，应先退回或核销追回事项");
}

int act_withdrawal_propose(struct act *a, struct err *err)
{
    const struct withdrawing *b = a->body;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    struct tranche t = {0};
    int status = may_withdraw(a, &t, err);

    if (status)
        return status;
    id_new(a->office, id);
    a->subject = id;
    json_key(&a->payload, "amount");
    json_fen(&a->payload, t.released_fen);
    status = tx_run(a->tx, Q_withdrawal_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(t.id),
                    P_INT(t.released_fen), P_TEXT(b->reason), P_TIME(a->now_us), P_TEXT(a->actor->person));
    return status == E_CONFLICT ? refused(err, "it waits for approval already", "该事项已在审批") : status;
}

/* The one of the path, as long as nobody decided about it. */
static int load(struct act *a, struct rows **ret, struct err *err)
{
    int status =
        tx_run(a->tx, Q_withdrawal_load, ret, err, P_INT(a->office), P_TEXT(a->path[0]), P_TEXT(a->path[1]));

    if (!status && rows_count(*ret) == 0)
        status = err_both(err, E_ABSENT, "tranche/absent", "the tranche has nothing like that to take back",
                          "本期没有这项收回申请");
    if (status)
        return status;
    a->subject = a->path[1];
    return strcmp(row_text(*ret, 0, "state"), "proposed") == 0
               ? 0
               : refused(err, "it is decided already", "该事项已审批");
}

static int decide(struct act *a, const struct rows *r, const char *state, const char *note, struct err *err)
{
    json_key(&a->payload, "amount");
    json_fen(&a->payload, row_int(r, 0, "amount_fen"));
    return tx_run(a->tx, Q_withdrawal_decide, NULL, err, P_INT(a->office), P_TEXT(a->subject), P_TEXT(state),
                  P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(note));
}

int act_withdrawal_approve(struct act *a, struct err *err)
{
    struct money m = act_money(a);
    struct tranche t = {0};
    struct rows *r = NULL;
    int status = load(a, &r, err);

    if (!status && strcmp(row_text(r, 0, "proposed_by"), a->actor->person) == 0)
        status = err_both(err, E_REFUSED, "approval/same-person", "a second person has to do this",
                          "须由另一人办理");
    if (!status)
        status = may_withdraw(a, &t, err);
    if (!status)
        status = decide(a, r, "approved", NULL, err);
    if (!status)
        status = tx_run(a->tx, Q_tranche_withdrawn, NULL, err, P_INT(a->office), P_TEXT(t.id));
    if (!status)
        status = money_withdraw(&m, t.contract_id, t.id, t.released_fen, err);
    return status ? status : contract_settle(a, t.tender, t.lot, t.contract_id, err);
}

/* Also by who asked for it: then it is taken back. */
int act_withdrawal_refuse(struct act *a, struct err *err)
{
    const struct withdrawing *b = a->body;
    struct rows *r = NULL;
    int status = load(a, &r, err);

    return status ? status : decide(a, r, "refused", b->reason, err);
}
