/*
 * Money asked back: demanded by one person, approved by a second; what came back is entered by one and
 * confirmed by another, then it is free again.  A tranche of which part came back is never paid again for
 * that.  And the reversal of a journal that should not have been, by two people, once.
 */
#include <string.h>

#include "acts.h"
#include "core/service/forms.h"
#include "core/service/tranche.h"

struct claim {
    const char *id, *state, *proposed_by, *contract, *debtor;
    int64_t amount_fen, recovered_fen;
};

static int claim_load(struct act *a, struct claim *ret, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_recovery_load, &r, err, P_INT(a->office), P_TEXT(a->path[0]));

    if (status)
        return status;
    *ret = (struct claim){.id = row_text(r, 0, "id"),
                          .state = row_text(r, 0, "state"),
                          .proposed_by = row_text(r, 0, "proposed_by"),
                          .contract = row_text(r, 0, "contract_id"),
                          .debtor = row_text(r, 0, "organisation_id"),
                          .amount_fen = row_int(r, 0, "amount_fen"),
                          .recovered_fen = row_int(r, 0, "recovered_fen")};
    return 0;
}

static int claim_in(struct act *a, struct claim *ret, const char *state, struct err *err)
{
    int status = claim_load(a, ret, err);

    if (status || strcmp(ret->state, state) == 0)
        return status;
    err_set(err, E_REFUSED, "state/refused", "the demand is %s, not %s", ret->state, state);
    err_zh(err, "追回款项的状态不允许此操作");
    return E_REFUSED;
}

/* The same, for whoever decides about it: what is owed is not let off by those who owe it. */
static int claim_judged(struct act *a, struct claim *ret, const char *state, struct err *err)
{
    int status = claim_in(a, ret, state, err);

    return status ? status : no_interest(a, ret->debtor, err);
}

static int same_person(struct err *err)
{
    err_set(err, E_REFUSED, "approval/same-person", "a second person has to do this");
    err_zh(err, "须由另一人办理");
    return E_REFUSED;
}

static int too_much(struct err *err, const char *text, const char *zh)
{
    err_set(err, E_INVALID, "contract/exceeded", "%s", text);
    err_zh(err, "%s", zh);
    err_at(err, "/amount", "range", text, zh);
    return E_INVALID;
}

/* ---- demanded ----------------------------------------------------------------------- */

struct demand {
    linli_money amount;
    linli_time due;
    const char *reason;
};
static const linli_option demand_rows[] = {
    ROW_MONEY(demand, amount, true, "追回金额", "what is asked back"),
    ROW_TIME(demand, due, true, "退回期限", "until when"),
    ROW_TEXT(demand, reason, true, 4000, "理由", "reason"),
};
const struct form form_recovery_demand = FORM(demand_rows, struct demand);

static int add(struct act *a, const char *contract, const struct demand *d, const char *person,
               struct err *err)
{
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);

    id_new(a->office, id);
    a->subject = person ? id : a->subject;
    return tx_run(a->tx, Q_recovery_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(contract),
                  P_INT(d->amount.minor), P_TEXT(d->reason), P_TIME(d->due.us), P_TIME(a->now_us),
                  P_TEXT(person));
}

/* What went out, or will, and neither came back nor is asked back. */
static int still_out(struct act *a, const char *contract, int64_t *ret_fen, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_contract_standing, &r, err, P_INT(a->office), P_TEXT(contract));

    *ret_fen =
        status ? 0 : row_int(r, 0, "out_fen") - row_int(r, 0, "recovered_fen") - row_int(r, 0, "asked_fen");
    return status;
}

int recovery_propose(struct act *a, const char *contract, int64_t fen, const char *reason, struct err *err)
{
    struct demand d = {.amount = {fen}, .reason = reason};
    int64_t out;
    int status = still_out(a, contract, &out, err);

    if (d.amount.minor > out)
        d.amount.minor = out;
    return status || d.amount.minor <= 0 ? status : add(a, contract, &d, NULL, err);
}

/* What was paid and neither came back nor is asked back already. */
static int within_paid(struct act *a, const char *contract, int64_t fen, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_contract_standing, &r, err, P_INT(a->office), P_TEXT(contract));

    if (status)
        return status;
    return fen <= row_int(r, 0, "paid_fen") - row_int(r, 0, "recovered_fen") - row_int(r, 0, "asked_fen")
               ? 0
               : too_much(err, "more than was paid and is not asked back already",
                          "超过已支付且尚未要求追回的金额");
}

static int future(const struct act *a, int64_t due_us, struct err *err)
{
    if (due_us > a->now_us)
        return 0;
    err_set(err, E_INVALID, "body/invalid", "the day has passed already");
    err_at(err, "/due", "range", "must lie in the future", "应晚于当前时间");
    return E_INVALID;
}

int act_recovery_demand(struct act *a, struct err *err)
{
    const struct demand *b = a->body;
    int status = future(a, b->due.us, err);

    if (!status)
        status = within_paid(a, a->path[0], b->amount.minor, err);
    return status ? status : add(a, a->path[0], b, a->actor->person, err);
}

struct approval {
    linli_time due;
};
static const linli_option approval_rows[] = {
    ROW_TIME(approval, due, false, "退回期限", "until when; left out: as it was asked for"),
};
const struct form form_recovery_approve = FORM(approval_rows, struct approval);

int act_recovery_approve(struct act *a, struct err *err)
{
    const struct approval *b = a->body;
    struct claim c = {0};
    struct rows *r = NULL;
    int status = claim_judged(a, &c, "proposed", err);

    if (!status && c.proposed_by && strcmp(c.proposed_by, a->actor->person) == 0)
        status = same_person(err);
    if (!status && b->due.us)
        status = future(a, b->due.us, err);
    if (!status)
        status =
            tx_run(a->tx, Q_recovery_decide, NULL, err, P_INT(a->office), P_TEXT(c.id), P_TEXT("demanded"),
                   P_TIME(b->due.us), P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(NULL));
    if (!status)
        status = tx_run(a->tx, Q_recovery_row, &r, err, P_INT(a->office), P_TEXT(c.id));
    if (!status && row_null(r, 0, "due")) {
        err_set(err, E_INVALID, "body/invalid", "say until when it is to come back");
        err_at(err, "/due", "required", "say until when", "请写明退回期限");
        return E_INVALID;
    }
    return status ? status : due_set(a, row_time(r, 0, "due"), "recovery_overdue", c.id, err);
}

act_fn due_recovery_overdue;

/* Whoever watches sees it, and the event stays. */
int due_recovery_overdue(struct act *a, struct err *err)
{
    struct rows *r = NULL;
    int status =
        tx_run(a->tx, Q_recovery_overdue, &r, err, P_INT(a->office), P_TEXT(a->subject), P_TIME(a->now_us));

    json_key(&a->payload, "missing");
    json_fen(&a->payload, !status && rows_count(r) ? row_int(r, 0, "missing_fen") : 0);
    return status;
}

struct reason {
    const char *reason;
};
static const linli_option reason_rows[] = {ROW_TEXT(reason, reason, true, 4000, "理由", "reason")};
const struct form form_recovery_refuse = FORM(reason_rows, struct reason);
const struct form form_recovery_write_off = FORM(reason_rows, struct reason);

int act_recovery_refuse(struct act *a, struct err *err)
{
    const struct reason *b = a->body;
    struct claim c = {0};
    int status = claim_judged(a, &c, "proposed", err);

    return status ? status
                  : tx_run(a->tx, Q_recovery_decide, NULL, err, P_INT(a->office), P_TEXT(c.id),
                           P_TEXT("refused"), P_TIME(0), P_TIME(a->now_us), P_TEXT(a->actor->person),
                           P_TEXT(b->reason));
}

/* What has come and waits for its second person is neither missing nor to be forgotten. */
static int nothing_waits(struct act *a, const struct claim *c, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_receipts_waiting, &r, err, P_INT(a->office), P_TEXT(c->id));

    if (status || row_int(r, 0, "entered_fen") == 0)
        return status;
    return err_both(err, E_REFUSED, "state/refused",
                    "money that came back waits to be confirmed: confirm it or refuse it first",
                    "有已登记的到账尚待确认，应先确认或撤销");
}

int act_recovery_write_off(struct act *a, struct err *err)
{
    const struct reason *b = a->body;
    struct claim c = {0};
    int status = claim_judged(a, &c, "demanded", err);

    if (!status && c.proposed_by && strcmp(c.proposed_by, a->actor->person) == 0)
        status = same_person(err);
    if (!status)
        status = nothing_waits(a, &c, err);
    if (!status)
        status = tx_run(a->tx, Q_recovery_end, NULL, err, P_INT(a->office), P_TEXT(c.id), P_TIME(a->now_us),
                        P_TEXT(a->actor->person), P_TEXT(b->reason));
    json_key(&a->payload, "written_off");
    json_fen(&a->payload, c.amount_fen - c.recovered_fen);
    return status ? status : due_clear(a, "recovery_overdue", c.id, err);
}

/* What is still missing is taken off the next tranche, by a second person as the demand itself was. */
const struct form form_recovery_set_off = FORM(reason_rows, struct reason);

int act_recovery_set_off(struct act *a, struct err *err)
{
    const struct reason *b = a->body;
    struct rows *done = NULL;
    struct claim c = {0};
    int status = claim_judged(a, &c, "demanded", err);

    if (!status && c.proposed_by && strcmp(c.proposed_by, a->actor->person) == 0)
        status = same_person(err);
    if (!status)
        status =
            tx_run(a->tx, Q_recovery_sets_off, &done, err, P_INT(a->office), P_TEXT(c.id), P_TEXT(b->reason));
    json_key(&a->payload, "left");
    json_fen(&a->payload, c.amount_fen - c.recovered_fen);
    if (status || rows_count(done))
        return status;
    return err_both(err, E_REFUSED, "state/refused", "it is taken off the next tranche already",
                    "已决定从下一期抵扣");
}

/* ---- come back ------------------------------------------------------------------------ */

struct receiving {
    linli_money amount;
    const char *bank_ref;
};
static const linli_option receiving_rows[] = {
    ROW_MONEY(receiving, amount, true, "到账金额", "what came back"),
    ROW_NUMBER(receiving, bank_ref, true, 64, "银行流水号", "bank reference, unique on the platform"),
};
const struct form form_recovery_receive = FORM(receiving_rows, struct receiving);

/* The reference, unless one that was entered wrongly held it: then the index of those that stand keeps it
 * single. */
static int ref_claim(struct act *a, const char *ref, const char *id, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_claim_free, &r, err, P_INT(a->office), P_TEXT("bank_ref"), P_TEXT(ref));

    if (!status && row_bool(r, 0, "free"))
        status = tx_run(a->tx, Q_receipt_live, &r, err, P_INT(a->office), P_TEXT(ref));
    else if (!status)
        return unique_claim(a, "bank_ref", ref, id, "/bank_ref", err);
    if (status || rows_count(r) == 0)
        return status;
    return unique_claim(a, "bank_ref", ref, id, "/bank_ref", err);
}

int act_recovery_receive(struct act *a, struct err *err)
{
    const struct receiving *b = a->body;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    struct rows *waiting = NULL;
    struct claim c = {0};
    int status = claim_in(a, &c, "demanded", err);

    if (!status)
        status = tx_run(a->tx, Q_receipts_waiting, &waiting, err, P_INT(a->office), P_TEXT(c.id));
    if (!status && b->amount.minor > c.amount_fen - c.recovered_fen - row_int(waiting, 0, "entered_fen"))
        status = too_much(err, "more than is still asked back", "超过尚未追回的金额");
    if (status)
        return status;
    id_new(a->office, id);
    a->subject = id;
    status = ref_claim(a, b->bank_ref, id, err);
    if (!status)
        status =
            tx_run(a->tx, Q_receipt_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(c.id),
                   P_INT(b->amount.minor), P_TEXT(b->bank_ref), P_TIME(a->now_us), P_TEXT(a->actor->person));
    return status;
}

static int receipt_state(struct act *a, const char *id, const char *state, struct err *err)
{
    return tx_run(a->tx, Q_receipt_state, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(state),
                  P_TIME(a->now_us), P_TEXT(a->actor->person));
}

int recovery_grow(struct act *a, const char *id, int64_t fen, struct err *err)
{
    struct rows *r = NULL;
    int status =
        tx_run(a->tx, Q_recovery_grow, &r, err, P_INT(a->office), P_TEXT(id), P_INT(fen), P_TIME(a->now_us));

    if (status)
        return status;
    if (strcmp(row_text(r, 0, "state"), "recovered") == 0)
        return due_clear(a, "recovery_overdue", id, err);
    if (strcmp(row_text(r, 0, "was"), "demanded") == 0)
        return 0;
    return due_set_of(a, row_text(r, 0, "tender_id"), row_time(r, 0, "due"), "recovery_overdue", id, err);
}

static int grow(struct act *a, const char *id, const char *contract, int64_t fen, struct err *err)
{
    int status = recovery_grow(a, id, fen, err);

    return status ? status
                  : tx_run(a->tx, fen > 0 ? Q_tranches_recovered : Q_tranches_unrecovered, NULL, err,
                           P_INT(a->office), P_TEXT(contract), P_INT(fen > 0 ? fen : -fen));
}

/* The receipt of the path, of a demand that stands, as long as nobody decided about it. */
static int receipt_entered(struct act *a, struct claim *c, struct rows **ret, struct err *err)
{
    int status = claim_judged(a, c, "demanded", err);

    if (!status)
        status = tx_run(a->tx, Q_receipt_load, ret, err, P_INT(a->office), P_TEXT(c->id), P_TEXT(a->path[1]));
    if (!status && rows_count(*ret) == 0)
        status = err_set(err, E_ABSENT, "recovery/absent", "the demand has no receipt %s", a->path[1]);
    if (status || strcmp(row_text(*ret, 0, "state"), "entered") == 0)
        return status;
    err_set(err, E_REFUSED, "state/refused", "the receipt is %s", row_text(*ret, 0, "state"));
    err_zh(err, "该笔到账已办结");
    return E_REFUSED;
}

/* Entered by mistake: nothing has moved yet, and its reference may be entered anew. */
int act_recovery_dismiss(struct act *a, struct err *err)
{
    struct rows *r = NULL;
    struct claim c = {0};
    int status = receipt_entered(a, &c, &r, err);

    a->subject = a->path[1];
    return status ? status : receipt_state(a, a->subject, "refused", err);
}

int act_recovery_confirm(struct act *a, struct err *err)
{
    struct money m = act_money(a);
    struct rows *r = NULL;
    struct claim c = {0};
    int64_t fen;
    int status = receipt_entered(a, &c, &r, err);

    if (status)
        return status;
    if (strcmp(row_text(r, 0, "entered_by"), a->actor->person) == 0)
        return same_person(err);
    a->subject = a->path[1];
    fen = row_int(r, 0, "amount_fen");
    status = receipt_state(a, a->subject, "confirmed", err);
    if (!status)
        status = grow(a, c.id, c.contract, fen, err);
    return status ? status : money_recover(&m, c.contract, a->subject, fen, err);
}

/* ---- reversed -------------------------------------------------------------------------- */

struct reversing {
    const char *journal, *reason;
};
static const linli_option reversing_rows[] = {
    ROW_ID(reversing, journal, true, "记账凭证", "journal"),
    ROW_TEXT(reversing, reason, true, 4000, "理由", "reason"),
};
const struct form form_reversal_propose = FORM(reversing_rows, struct reversing);

int act_reversal_propose(struct act *a, struct err *err)
{
    const struct reversing *b = a->body;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    struct rows *r = NULL;
    int status =
        tx_run(a->tx, Q_journal_load, &r, err, P_INT(a->office), P_TEXT(a->path[0]), P_TEXT(b->journal));

    if (!status && rows_count(r) == 0)
        status = err_set(err, E_ABSENT, "ledger/absent", "the appropriation has no journal %s", b->journal);
    if (status)
        return status;
    if (strcmp(row_text(r, 0, "kind"), "appropriate") != 0 &&
        strcmp(row_text(r, 0, "kind"), "recover") != 0) {
        err_set(err, E_REFUSED, "ledger/irreversible",
                "a journal of kind %s is undone by an act on what it moved", row_text(r, 0, "kind"));
        err_zh(err, "该类凭证不能冲正，请办理相应的退回、终止或追回");
        return E_REFUSED;
    }
    id_new(a->office, id);
    a->subject = id;
    status = tx_run(a->tx, Q_reversal_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(a->path[0]),
                    P_TEXT(b->journal), P_TEXT(b->reason), P_TIME(a->now_us), P_TEXT(a->actor->person));
    if (status == E_CONFLICT) {
        err_set(err, E_CONFLICT, "ledger/duplicate", "its reversal was asked for already");
        err_zh(err, "该凭证已冲正或已提出冲正");
    }
    return status;
}

static int reversal_load(struct act *a, struct rows **ret, struct err *err)
{
    int status =
        tx_run(a->tx, Q_reversal_load, ret, err, P_INT(a->office), P_TEXT(a->path[0]), P_TEXT(a->path[1]));

    if (!status && rows_count(*ret) == 0)
        status = err_set(err, E_ABSENT, "ledger/absent", "there is no reversal %s", a->path[1]);
    if (status)
        return status;
    a->subject = a->path[1];
    if (strcmp(row_text(*ret, 0, "state"), "proposed") == 0)
        return 0;
    err_set(err, E_REFUSED, "state/refused", "the reversal is %s", row_text(*ret, 0, "state"));
    err_zh(err, "该冲正已审批");
    return E_REFUSED;
}

static int reversal_decide(struct act *a, const char *state, struct err *err)
{
    return tx_run(a->tx, Q_reversal_decide, NULL, err, P_INT(a->office), P_TEXT(a->subject), P_TEXT(state),
                  P_TIME(a->now_us), P_TEXT(a->actor->person));
}

/* A receipt that was none: both of its journals go the way back, the later first. */
static int unreceive(struct act *a, const struct rows *journal, struct err *err)
{
    struct money m = act_money(a);
    int status = money_reverse(&m, a->subject, row_text(journal, 0, "recredit"), err);

    if (!status)
        status = receipt_state(a, row_text(journal, 0, "source"), "reversed", err);
    return status ? status
                  : grow(a, row_text(journal, 0, "recovery_id"), row_text(journal, 0, "contract_id"),
                         -row_int(journal, 0, "amount_fen"), err);
}

int act_reversal_approve(struct act *a, struct err *err)
{
    struct money m = act_money(a);
    struct rows *r = NULL, *journal = NULL;
    int status = reversal_load(a, &r, err);

    if (!status && strcmp(row_text(r, 0, "proposed_by"), a->actor->person) == 0)
        status = same_person(err);
    if (!status)
        status = reversal_decide(a, "approved", err);
    if (!status)
        status = tx_run(a->tx, Q_journal_load, &journal, err, P_INT(a->office), P_TEXT(a->path[0]),
                        P_TEXT(row_text(r, 0, "journal_id")));
    if (!status && strcmp(row_text(journal, 0, "kind"), "recover") == 0)
        status = unreceive(a, journal, err);
    if (!status && strcmp(row_text(journal, 0, "kind"), "appropriate") == 0)
        status = tx_run(a->tx, Q_gift_reverse, NULL, err, P_INT(a->office),
                        P_TEXT(row_text(journal, 0, "source")), P_TIME(a->now_us));
    return status ? status : money_reverse(&m, a->subject, row_text(journal, 0, "id"), err);
}

int act_reversal_refuse(struct act *a, struct err *err)
{
    struct rows *r = NULL;
    int status = reversal_load(a, &r, err);

    return status ? status : reversal_decide(a, "refused", err);
}
