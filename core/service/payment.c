/* Payments: ordered by one, approved by another, sent, settled or returned. */
#include <string.h>

#include "acts.h"
#include "core/domain/calendar.h"
#include "core/service/forms.h"
#include "core/service/tranche.h"

struct payment {
    const char *id, *state, *maker, *tranche_id;
    int64_t amount_fen;
};

static int payment_load(struct act *a, struct payment *ret, struct tranche *t, struct err *err)
{
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_payment_load, &rows, err, P_INT(a->office), P_TEXT(a->subject));

    if (status)
        return status;
    if (rows_count(rows) == 0)
        return err_set(err, E_ABSENT, "payment/absent", "no payment %s", a->subject);
    *ret = (struct payment){row_text(rows, 0, "id"), row_text(rows, 0, "state"), row_text(rows, 0, "maker"),
                            row_text(rows, 0, "tranche_id"), row_int(rows, 0, "amount_fen")};
    return tranche_load(a, ret->tranche_id, t, err);
}

static int expect_state(const struct payment *p, const char *state, struct err *err)
{
    if (strcmp(p->state, state) == 0)
        return 0;
    err_set(err, E_REFUSED, "state/refused", "the payment is %s, not %s", p->state, state);
    err_zh(err, "付款单的状态不允许此操作");
    return E_REFUSED;
}

/* ---- payment_order ---- */

struct order_body {
    const char *invoice;
};

static const linli_option order_rows[] = {
    ROW_SAID(order_body, invoice, STRING, false, 1, 40, "line", "发票号", "invoice", "同一张发票只能使用一次",
             "one invoice is used once"),
};
const struct form form_payment_order = FORM(order_rows, struct order_body);

/* Once on the whole platform; a second payment of the same tranche may carry the invoice of the first. */
int unique_claim(struct act *a, const char *kind, const char *value, const char *holder, struct err *err)
{
    const bool invoice = strcmp(kind, "invoice") == 0;
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_claim_find, &rows, err, P_TEXT(kind), P_TEXT(value));

    if (status)
        return status;
    if (rows_count(rows) > 0 && strcmp(row_text(rows, 0, "holder"), holder) == 0)
        return 0;
    status = rows_count(rows) > 0
                 ? E_CONFLICT
                 : tx_run(a->tx, Q_claim_add, NULL, err, P_TEXT(kind), P_TEXT(value), P_TEXT(holder));
    if (status == E_CONFLICT) {
        err_set(err, E_CONFLICT, invoice ? "invoice/taken" : "bank_ref/taken", "\"%s\" was used before",
                value);
        err_zh(err, "%s%s 已被使用", invoice ? "发票" : "银行流水号", value);
        err_at(err, invoice ? "/invoice" : "/bank_ref", "taken", "used before", "已被使用");
    }
    return status;
}

static int pay_by(struct act *a, const struct tranche *t, int64_t *ret_us, struct err *err)
{
    const linli_rule *rule = rule_find(t->tender->rules.rules, t->tender->rules.count, "payment_window");
    bool provisional = false;

    *ret_us = 0;
    return rule ? calendar_span(a->law->calendar, a->now_us, rule->period, LINLI_NO_ROLL, ret_us,
                                &provisional, err)
                : 0;
}

static int not_suspended(const struct tranche *t, struct err *err)
{
    if (strcmp(t->contract_state, "suspended") != 0)
        return 0;
    err_set(err, E_REFUSED, "state/refused", "the contract is suspended");
    err_zh(err, "合同已中止履行，暂停支付");
    return E_REFUSED;
}

/* What came back after everything was over is paid again: the mechanism was asked when it was released. */
static int may_pay(struct act *a, const struct tranche *t, struct err *err)
{
    int status = not_suspended(t, err);

    if (status || (t->lot->phase_kind && strcmp(t->lot->phase_kind, "closed") == 0))
        return status;
    return lot_may(a, t->tender, t->lot, LINLI_PAY, t->bid_id, err);
}

int act_payment_order(struct act *a, struct err *err)
{
    const struct order_body *b = a->body;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    struct tranche t = {0};
    int64_t due_us = 0;
    int status = tranche_load(a, a->path[0], &t, err);

    if (status)
        return status;
    if (strcmp(t.state, "released") != 0) {
        err_set(err, E_REFUSED, "state/refused", "the tranche is %s, not released", t.state);
        err_zh(err, "本期款项尚未核准支付，或已经支付");
        return E_REFUSED;
    }
    status = may_pay(a, &t, err);
    if (!status)
        status = pay_by(a, &t, &due_us, err);
    if (status)
        return status;
    id_new(a->office, id);
    status = tx_run(a->tx, Q_payment_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(t.id),
                    P_INT(t.released_fen), P_TEXT(a->actor->person), P_TIME(a->now_us), P_TIME(due_us));
    if (status == E_CONFLICT) {
        err_set(err, E_CONFLICT, "payment/duplicate", "the tranche has a payment already");
        err_zh(err, "本期款项已有付款单");
    }
    if (!status && b->invoice) {
        status = unique_claim(a, "invoice", b->invoice, t.id, err);
        if (!status)
            status = tx_run(a->tx, Q_invoice_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(t.id),
                            P_TEXT(b->invoice), P_INT(t.released_fen), P_TIME(a->now_us),
                            P_TEXT(a->actor->person));
    }
    a->subject = id;
    return status;
}

/* ---- payment_approve: another person; the money goes to the bank ---- */

int act_payment_approve(struct act *a, struct err *err)
{
    struct payment p = {0};
    struct tranche t = {0};
    struct money m = act_money(a);
    int status = payment_load(a, &p, &t, err);

    if (!status)
        status = expect_state(&p, "ordered", err);
    if (!status)
        status = not_suspended(&t, err);
    if (status)
        return status;
    if (strcmp(p.maker, a->actor->person) == 0) {
        err_set(err, E_REFUSED, "payment/same-person", "who ordered a payment cannot approve it");
        err_zh(err, "经办人不得审批自己发起的付款");
        return E_REFUSED;
    }
    status = tx_run(a->tx, Q_payment_approve, NULL, err, P_INT(a->office), P_TEXT(p.id),
                    P_TEXT(a->actor->person), P_TIME(a->now_us));
    return status ? status
                  : money_send(&m, t.tender->appropriation_id, t.contract_id, p.id, p.amount_fen, err);
}

struct reason_body {
    const char *reason;
};

static const linli_option reason_rows[] = {
    ROW_SAID(reason_body, reason, STRING, true, 1, 500, "text", "理由", "reason", "将存入记录",
             "kept on record"),
};
const struct form form_payment_refuse = FORM(reason_rows, struct reason_body);
const struct form form_payment_return = FORM(reason_rows, struct reason_body);

int act_payment_refuse(struct act *a, struct err *err)
{
    const struct reason_body *b = a->body;
    struct payment p = {0};
    struct tranche t = {0};
    int status = payment_load(a, &p, &t, err);

    if (!status)
        status = expect_state(&p, "ordered", err);
    return status ? status
                  : tx_run(a->tx, Q_payment_end, NULL, err, P_INT(a->office), P_TEXT(p.id), P_TEXT("refused"),
                           P_TEXT(b->reason));
}

/* ---- payment_settle, payment_return: what the bank says ---- */

struct settle_body {
    const char *bank_ref;
};

static const linli_option settle_rows[] = {
    ROW_SAID(settle_body, bank_ref, STRING, true, 1, 64, "line", "银行流水号", "bank reference", "全平台唯一",
             "unique on the platform"),
};
const struct form form_payment_settle = FORM(settle_rows, struct settle_body);

int act_payment_settle(struct act *a, struct err *err)
{
    const struct settle_body *b = a->body;
    struct payment p = {0};
    struct tranche t = {0};
    struct money m = act_money(a);
    int status = payment_load(a, &p, &t, err);

    if (!status)
        status = expect_state(&p, "sent", err);
    if (!status)
        status = unique_claim(a, "bank_ref", b->bank_ref, p.id, err);
    if (!status)
        status = tx_run(a->tx, Q_payment_settle, NULL, err, P_INT(a->office), P_TEXT(p.id),
                        P_TEXT(b->bank_ref), P_TIME(a->now_us));
    if (!status)
        status = money_settle(&m, t.tender->appropriation_id, t.contract_id, p.id, p.amount_fen, err);
    if (!status)
        status =
            tx_run(a->tx, Q_tranche_paid, NULL, err, P_INT(a->office), P_TEXT(t.id), P_INT(p.amount_fen));
    if (!status)
        status = milestone_add(a, t.tender, t.lot, "paid", t.bid_id, err);
    return status ? status : contract_settle(a, t.tender, t.lot, t.contract_id, err);
}

/* After it was settled: the tranche is to be paid once more, and what was closed is open again. */
static int bounce(struct act *a, const struct payment *p, const struct tranche *t, struct err *err)
{
    struct money m = act_money(a);
    int status;

    if (t->recovered_fen > 0) {
        err_set(err, E_REFUSED, "state/refused", "part of the tranche was recovered: it is not paid again");
        err_zh(err, "该期款项已部分追回，不得重新支付");
        return E_REFUSED;
    }
    status = money_bounce(&m, t->tender->appropriation_id, t->contract_id, p->id, p->amount_fen, err);
    if (!status)
        status =
            tx_run(a->tx, Q_tranche_unpaid, NULL, err, P_INT(a->office), P_TEXT(t->id), P_INT(p->amount_fen));
    return status ? status
                  : tx_run(a->tx, Q_contract_reopen, NULL, err, P_INT(a->office), P_TEXT(t->contract_id));
}

int act_payment_return(struct act *a, struct err *err)
{
    const struct reason_body *b = a->body;
    struct payment p = {0};
    struct tranche t = {0};
    struct money m = act_money(a);
    int status = payment_load(a, &p, &t, err);
    bool settled = !status && strcmp(p.state, "settled") == 0;

    if (!status && !settled)
        status = expect_state(&p, "sent", err);
    if (!status)
        status = tx_run(a->tx, Q_payment_end, NULL, err, P_INT(a->office), P_TEXT(p.id), P_TEXT("returned"),
                        P_TEXT(b->reason));
    if (status)
        return status;
    return settled ? bounce(a, &p, &t, err)
                   : money_return(&m, t.tender->appropriation_id, t.contract_id, p.id, p.amount_fen, err);
}
