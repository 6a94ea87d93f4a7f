/* Payments: ordered by one, approved by another, sent, settled or returned. */
#include <string.h>

#include "acts.h"
#include "core/base/digest.h"
#include "core/service/forms.h"
#include "core/service/paying.h"

struct payment {
    const char *id, *state, *maker, *checker, *tranche_id, *batch, *payee_id, *back_ref, *back_by;
    int64_t amount_fen;
};

static int payment_find(struct act *a, const char *id, struct payment *ret, struct tranche *t,
                        struct err *err)
{
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_payment_load, &rows, err, P_INT(a->office), P_TEXT(id));

    if (status)
        return status;
    MUST(rows_count(rows) == 1);
    *ret = (struct payment){.id = row_text(rows, 0, "id"),
                            .state = row_text(rows, 0, "state"),
                            .maker = row_text(rows, 0, "maker"),
                            .checker = row_text(rows, 0, "checker"),
                            .tranche_id = row_text(rows, 0, "tranche_id"),
                            .batch = row_text(rows, 0, "batch_id"),
                            .payee_id = row_text(rows, 0, "payee_id"),
                            .back_ref = row_text(rows, 0, "back_ref"),
                            .back_by = row_text(rows, 0, "back_by"),
                            .amount_fen = row_int(rows, 0, "amount_fen")};
    return tranche_load(a, ret->tranche_id, t, err);
}

static int payment_load(struct act *a, struct payment *ret, struct tranche *t, struct err *err)
{
    return payment_find(a, a->subject, ret, t, err);
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
    ROW_SAID(order_body, invoice, STRING, false, 1, 40, FORM_NUMBER, "发票号", "invoice",
             "同一张发票只能使用一次", "one invoice is used once"),
};
const struct form form_payment_order = FORM(order_rows, struct order_body);

/* Once on the whole platform, whatever stands before it on lines of its own is part of it and not shown; a
 * second payment of the same tranche may carry the invoice of the first. */
int unique_claim(struct act *a, const char *kind, const char *value, const char *holder, const char *at,
                 struct err *err)
{
    const bool invoice = strcmp(kind, "invoice") == 0;
    const char *last = strrchr(value, '\n'), *shown = last ? last + 1 : value;
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
                shown);
        err_zh(err, "%s%s 已被使用", invoice ? "发票" : "银行流水号", shown);
        err_at(err, at, "taken", "used before", "已被使用");
    }
    return status;
}

static int not_suspended(const struct tranche *t, struct err *err)
{
    if (strcmp(t->contract_state, "suspended") != 0)
        return 0;
    err_set(err, E_REFUSED, "state/refused", "the contract is suspended");
    err_zh(err, "合同已中止履行，暂停支付");
    return E_REFUSED;
}

/* What came back after everything was over is paid again, and so is what was settled of a lot that fell after
 * it had been signed: the mechanism was asked when it was released. */
static int may_pay(struct act *a, const struct tranche *t, struct err *err)
{
    const char *phase = t->lot->phase_kind ? t->lot->phase_kind : "";
    int status = not_suspended(t, err);

    if (status || strcmp(phase, "closed") == 0 || strcmp(phase, "void") == 0)
        return status;
    return lot_may(a, t->tender, t->lot, LINLI_PAY, t->bid_id, err);
}

/* Which voucher it is paid on: what covers it, or the number that comes with the order. */
static int vouchers_fit(struct act *a, const struct tranche *t, const struct terms *x, int64_t due_us,
                        struct err *err)
{
    const struct order_body *b = a->body;

    if (x->vouchers_first && x->covered_fen < t->released_fen)
        return err_both(err, E_REFUSED, "voucher/missing", "the vouchers handed in do not cover it",
                        "收到的有效票据金额不足，先票后款");
    return b->invoice ? voucher_note(a, t, x, b->invoice, due_us, err) : 0;
}

/* Money that goes to no account is with nobody: the payee's has to be on file before. */
static int account_there(const struct terms *x, struct err *err)
{
    if (x->bank_name && x->account)
        return 0;
    return err_both(err, E_REFUSED, "payment/payee",
                    "the payee has no account on file: its bank and number come first",
                    "收款人没有登记完整的开户行和账号，应先登记账户");
}

static int order_add(struct act *a, const struct tranche *t, const struct terms *x, int64_t due_us,
                     struct err *err)
{
    int status = tx_run(a->tx, Q_payment_add, NULL, err, P_INT(a->office), P_TEXT(a->subject), P_TEXT(t->id),
                        P_INT(t->released_fen), P_TEXT(a->actor->person), P_TIME(a->now_us), P_TIME(due_us),
                        P_TEXT(x->payee_id), P_TEXT(x->payee), P_TEXT(x->bank_name), P_TEXT(x->bank_code),
                        P_TEXT(x->account));

    if (status == E_CONFLICT)
        err_both(err, E_CONFLICT, "payment/duplicate", "the tranche has a payment already",
                 "本期款项已有付款单");
    return status;
}

int act_payment_order(struct act *a, struct err *err)
{
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    struct tranche t = {0};
    struct terms x = {0};
    int64_t due_us = 0;
    int status = tranche_load(a, a->path[0], &t, err);

    if (status)
        return status;
    if (strcmp(t.state, "released") != 0) {
        err_set(err, E_REFUSED, "state/refused", "the tranche is %s, not released", t.state);
        err_zh(err, "本期款项尚未核准支付，或已经支付");
        return E_REFUSED;
    }
    id_new(a->office, id);
    a->subject = id;
    status = may_pay(a, &t, err);
    if (!status)
        status = terms_load(a, t.id, &x, err);
    if (!status)
        status = no_part(a, &x, err);
    if (!status)
        status = holds_check(a, t.id, false, err);
    if (!status)
        status = account_there(&x, err);
    if (!status)
        status = pay_by(a, t.tender, &due_us, err);
    if (!status)
        status = order_add(a, &t, &x, x.pay_by_us ? x.pay_by_us : due_us, err);
    return status ? status : vouchers_fit(a, &t, &x, due_us, err);
}

/* ---- payment_approve: another person, above a limit two; then the money goes to the bank ---- */

static int alone(const struct payment *p, struct err *err)
{
    if (!p->batch)
        return 0;
    return err_both(err, E_REFUSED, "payment/batched", "it goes with its batch",
                    "该付款单已列入批次，随批次办理");
}

static int another_person(const struct act *a, const struct payment *p, struct err *err)
{
    if (strcmp(p->maker, a->actor->person) == 0)
        return err_both(err, E_REFUSED, "payment/same-person", "who ordered a payment cannot approve it",
                        "经办人不得审批自己发起的付款");
    if (p->checker && strcmp(p->checker, a->actor->person) == 0)
        return err_both(err, E_REFUSED, "payment/same-person", "a third person has to check it again",
                        "须由另一人再次复核");
    return 0;
}

/* A contract that passed on to a successor after the order: what waits would still go to the one before. */
static int payee_same(const struct payment *p, const struct terms *x, struct err *err)
{
    if (p->payee_id && strcmp(p->payee_id, x->payee_id) == 0)
        return 0;
    return err_both(err, E_REFUSED, "payment/payee",
                    "the contract passed on to another since it was ordered: refuse it and order it anew",
                    "发起后合同已由他方承继，应退回并重新发起付款");
}

int act_payment_approve(struct act *a, struct err *err)
{
    struct payment p = {0};
    struct tranche t = {0};
    struct terms x = {0};
    struct money m = act_money(a);
    bool last;
    int status = payment_load(a, &p, &t, err);

    if (!status && strcmp(p.state, "approved") != 0)
        status = expect_state(&p, "ordered", err);
    if (!status)
        status = alone(&p, err);
    if (!status)
        status = not_suspended(&t, err);
    if (!status)
        status = another_person(a, &p, err);
    if (!status)
        status = terms_load(a, t.id, &x, err);
    if (!status)
        status = payee_same(&p, &x, err);
    if (!status)
        status = no_part(a, &x, err);
    if (!status)
        status = holds_check(a, t.id, false, err);
    if (status)
        return status;
    last = p.checker || x.second_check_fen < 0 || p.amount_fen <= x.second_check_fen;
    status = tx_run(a->tx, Q_payment_approve, NULL, err, P_INT(a->office), P_TEXT(p.id),
                    P_TEXT(a->actor->person), P_TIME(a->now_us), P_BOOL(last));
    if (status || !last)
        return status;
    return money_send(&m, t.contract_id, p.id, p.amount_fen, err);
}

struct reason_body {
    const char *reason;
};

static const linli_option reason_rows[] = {
    ROW_SAID(reason_body, reason, STRING, true, 1, 500, "text", "理由", "reason", "将存入记录",
             "kept on record"),
};
const struct form form_payment_refuse = FORM(reason_rows, struct reason_body);

int act_payment_refuse(struct act *a, struct err *err)
{
    const struct reason_body *b = a->body;
    struct payment p = {0};
    struct tranche t = {0};
    int status = payment_load(a, &p, &t, err);

    if (!status)
        status = alone(&p, err);
    if (!status && strcmp(p.state, "approved") != 0)
        status = expect_state(&p, "ordered", err);
    return status ? status
                  : tx_run(a->tx, Q_payment_end, NULL, err, P_INT(a->office), P_TEXT(p.id), P_TEXT("refused"),
                           P_TEXT(b->reason));
}

/* ---- many at once ---- */

/* As many as fit well within the limit of one statement. */
enum { TOLD_AT_ONCE = 500, EVENT_SALT = 32 };

static int some_told(struct act *a, const char *act, const char *const *payments, size_t count,
                     const char *payload, struct err *err)
{
    const char *ids[TOLD_AT_ONCE], *salts[TOLD_AT_ONCE];
    uint8_t salt[EVENT_SALT];

    for (size_t i = 0; i < count; i++) {
        char *id = arena_alloc(a->arena, UUID_TEXT, 1), *hex = arena_alloc(a->arena, 2 * EVENT_SALT + 1, 1);

        id_new(a->office, id);
        random_bytes(salt, sizeof salt);
        hex_print(salt, sizeof salt, hex);
        ids[i] = id;
        salts[i] = hex;
    }
    return tx_run(a->tx, Q_payment_events, NULL, err, P_INT(a->office), P_TIME(a->now_us),
                  P_TEXT(a->actor->person), P_TEXT(a->role), P_TEXT(act), P_TEXT(payload),
                  P_TEXTS(payments, count), P_TEXTS(ids, count), P_TEXTS(salts, count));
}

int payments_told(struct act *a, const char *act, const char *const *payments, size_t count, const char *from,
                  struct err *err)
{
    const char *payload = arena_printf(a->arena, "{\"from\":\"%s\"}", from);
    int status = 0;

    for (size_t at = 0; !status && at < count; at += TOLD_AT_ONCE)
        status = some_told(a, act, payments + at, count - at < TOLD_AT_ONCE ? count - at : TOLD_AT_ONCE,
                           payload, err);
    return status;
}

/* ---- payment_settle, payment_return: what the bank says ---- */

struct settle_body {
    const char *bank_ref;
};

static const linli_option settle_rows[] = {
    ROW_SAID(settle_body, bank_ref, STRING, true, 1, 64, FORM_NUMBER, "银行流水号", "bank reference",
             "全平台唯一", "unique on the platform"),
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
        status = alone(&p, err);
    if (!status)
        status = expect_state(&p, "sent", err);
    if (!status)
        status = unique_claim(a, "bank_ref", b->bank_ref, p.id, "/bank_ref", err);
    if (!status)
        status = tx_run(a->tx, Q_payment_settle, NULL, err, P_INT(a->office), P_TEXT(p.id),
                        P_TEXT(b->bank_ref), P_TIME(a->now_us));
    if (!status)
        status = money_settle(&m, t.contract_id, p.id, p.amount_fen, err);
    if (!status)
        status =
            tx_run(a->tx, Q_tranche_paid, NULL, err, P_INT(a->office), P_TEXT(t.id), P_INT(p.amount_fen));
    if (!status)
        status = milestone_add(a, t.tender, t.lot, "paid", t.bid_id, err);
    return status ? status : contract_settle(a, t.tender, t.lot, t.contract_id, err);
}

static int not_recovered(const struct tranche *t, struct err *err)
{
    if (t->recovered_fen == 0)
        return 0;
    return err_both(err, E_REFUSED, "state/refused",
                    "part of the tranche was recovered: it is not paid again",
                    "该期款项已部分追回，不得重新支付");
}

/* After it was settled: the tranche is to be paid once more, and what was closed is open again. */
static int bounce(struct act *a, const struct payment *p, const struct tranche *t, struct err *err)
{
    struct money m = act_money(a);
    int status = not_recovered(t, err);

    if (!status)
        status = money_bounce(&m, t->contract_id, p->id, p->amount_fen, err);
    if (!status)
        status =
            tx_run(a->tx, Q_tranche_unpaid, NULL, err, P_INT(a->office), P_TEXT(t->id), P_INT(p->amount_fen));
    return status ? status
                  : tx_run(a->tx, Q_contract_reopen, NULL, err, P_INT(a->office), P_TEXT(t->contract_id));
}

int payment_undo(struct act *a, const char *payment, const char *state, const char *reason, struct err *err)
{
    struct payment p = {0};
    struct tranche t = {0};
    struct money m = act_money(a);
    int status = payment_find(a, payment, &p, &t, err);
    const bool settled = !status && strcmp(p.state, "settled") == 0;

    if (!status)
        status = tx_run(a->tx, Q_payment_end, NULL, err, P_INT(a->office), P_TEXT(p.id), P_TEXT(state),
                        P_TEXT(reason));
    if (status)
        return status;
    return settled ? bounce(a, &p, &t, err) : money_return(&m, t.contract_id, p.id, p.amount_fen, err);
}

struct return_body {
    const char *reason, *bank_ref;
};
static const linli_option return_rows[] = {
    ROW_SAID(return_body, reason, STRING, true, 1, 500, "text", "理由", "reason", "将存入记录",
             "kept on record"),
    ROW_SAID(return_body, bank_ref, STRING, false, 1, 64, FORM_NUMBER, "退汇流水号",
             "bank reference of the return", "已到账的必填，须由两人分别录入同一流水号",
             "needed once it was settled; two people enter the same one"),
};
const struct form form_payment_return = FORM(return_rows, struct return_body);

static int back_claim(struct act *a, const struct payment *p, const char *ref, struct err *err)
{
    return unique_claim(a, "bank_ref", ref, arena_printf(a->arena, "%s back", p->id), "/bank_ref", err);
}

/* What was settled came back: one says so, and only once another gives the same reference does it move. */
static int back_settled(struct act *a, const struct payment *p, const struct tranche *t, struct err *err)
{
    const struct return_body *b = a->body;
    int status = not_recovered(t, err);

    if (status)
        return status;
    if (!b->bank_ref) {
        err_both(err, E_INVALID, "body/invalid",
                 "it was settled: the bank's reference of the return is needed",
                 "该款项已到账，应填写退汇流水号");
        err_at(err, "/bank_ref", "required", "needed once it was settled", "已到账的必填");
        return E_INVALID;
    }
    if (!p->back_ref || strcmp(p->back_ref, b->bank_ref) != 0)
        return tx_run(a->tx, Q_payment_back, NULL, err, P_INT(a->office), P_TEXT(p->id), P_TEXT(b->bank_ref),
                      P_TEXT(a->actor->person), P_TEXT(b->reason));
    if (strcmp(p->back_by, a->actor->person) == 0)
        return err_both(err, E_REFUSED, "payment/same-person", "a second person has to enter it",
                        "须由另一人再次录入");
    status = back_claim(a, p, b->bank_ref, err);
    if (!status)
        status = tx_run(a->tx, Q_payment_back_second, NULL, err, P_INT(a->office), P_TEXT(p->id),
                        P_TEXT(a->actor->person));
    return status ? status : payment_undo(a, p->id, "returned", b->reason, err);
}

/* By who said so, until another has said the same. */
int act_payment_return_withdraw(struct act *a, struct err *err)
{
    struct payment p = {0};
    struct tranche t = {0};
    int status = payment_load(a, &p, &t, err);

    if (!status)
        status = expect_state(&p, "settled", err);
    if (!status && !p.back_ref)
        status = err_both(err, E_REFUSED, "state/refused", "nobody said that it came back",
                          "没有待复核的退汇登记");
    if (!status && strcmp(p.back_by, a->actor->person) != 0)
        status = err_both(err, E_REFUSED, "state/refused", "whoever said that it came back takes it back",
                          "应由登记人本人撤回");
    return status ? status
                  : tx_run(a->tx, Q_payment_back_withdraw, NULL, err, P_INT(a->office), P_TEXT(p.id));
}

int act_payment_return(struct act *a, struct err *err)
{
    const struct return_body *b = a->body;
    struct payment p = {0};
    struct tranche t = {0};
    int status = payment_load(a, &p, &t, err);

    if (!status && strcmp(p.state, "settled") == 0)
        return back_settled(a, &p, &t, err);
    if (!status)
        status = expect_state(&p, "sent", err);
    if (!status)
        status = alone(&p, err);
    if (!status && b->bank_ref)
        status = back_claim(a, &p, b->bank_ref, err);
    if (!status && b->bank_ref)
        status = tx_run(a->tx, Q_payment_back, NULL, err, P_INT(a->office), P_TEXT(p.id), P_TEXT(b->bank_ref),
                        P_TEXT(a->actor->person), P_TEXT(b->reason));
    return status ? status : payment_undo(a, p.id, "returned", b->reason, err);
}
