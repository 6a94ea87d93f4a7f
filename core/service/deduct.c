/*
 * What is taken off a contract's payments because it was late, refused a service or fell short otherwise:
 * entered by one person as a sum or counted by a rate the contract names, approved by a second, taken off
 * what is let out next, or asked back where nothing is (core/service/payable.c).
 */
#include <string.h>

#include "acts.h"
#include "core/service/forms.h"
#include "core/service/payable.h"

static const char *const ground_codes[] = {"late",    "report_late", "service_refused",
                                           "quality", "other",       NULL};
static const linli_text ground_labels[] = {{"逾期履行", "late"},
                                           {"报告逾期", "a report was late"},
                                           {"拒绝服务", "a service was refused"},
                                           {"质量不符", "short of what was agreed"},
                                           {"其他", "other"},
                                           {NULL, NULL}};

struct deduction {
    const char *tranche, *reason;
    int32_t ground;
    linli_money amount;
    linli_rate rate;
    int32_t days;
};
static const linli_option deduction_rows[] = {
    ROW_SAID(deduction, tranche, ID, false, 0, 0, NULL, "期次", "tranche",
             "按期次金额计算并优先在该期扣除；不填为合同金额、下一期",
             "counted on it and taken off it first; left out: on the contract, off the next one"),
    ROW_CHOICE(deduction, ground, true, ground_codes, ground_labels, NULL, "事由", "ground"),
    ROW_MONEY(deduction, amount, false, "金额", "sum"),
    ROW_SAID(deduction, rate, RATE, false, 1, 1000000, NULL, "比例", "rate",
             "与金额二选一，如每日 3‰ 填 0.3%", "in place of a sum, as 0.3% a day"),
    ROW_SAID(deduction, days, COUNT, false, 1, 3660, NULL, "天数", "days", "不填为一次",
             "how many times the rate; left out: once"),
    ROW_TEXT(deduction, reason, true, 4000, "合同依据和事实", "what the contract says and what happened"),
};
const struct form form_deduction_add = FORM(deduction_rows, struct deduction);

/* The sum, or the rate as often as there are days, of the tranche or of the contract. */
static int amount_of(struct act *a, const struct deduction *b, const char *contract, int64_t *ret_fen,
                     struct err *err)
{
    struct rows *r = NULL;
    struct tranche t = {0};
    int64_t of, ppm;
    int status = tx_run(a->tx, Q_contract_standing, &r, err, P_INT(a->office), P_TEXT(contract));

    if (status)
        return status;
    of = row_int(r, 0, "amount_fen");
    if (strcmp(row_text(r, 0, "state"), "signed") != 0 && strcmp(row_text(r, 0, "state"), "suspended") != 0)
        return err_both(err, E_REFUSED, "state/refused", "only a signed contract has deductions",
                        "只有履行中的合同可以扣款");
    if (b->tranche) {
        if ((status = tranche_load(a, b->tranche, &t, err)))
            return status;
        if (strcmp(t.contract_id, contract) != 0)
            return err_member(err, "/tranche", "unknown", "not a tranche of this contract",
                              "不是本合同的期次");
        of = t.amount_fen;
    }
    ppm = b->rate.ppm * (b->days ? b->days : 1);
    *ret_fen = b->amount.minor ? b->amount.minor : share_half_up(of, ppm < 1000000 ? ppm : 1000000);
    return 0;
}

int act_deduction_add(struct act *a, struct err *err)
{
    const struct deduction *b = a->body;
    const char *contract = a->path[0];
    int64_t fen = 0;
    int status;

    if ((b->amount.minor > 0) == (b->rate.ppm > 0))
        return err_member(err, "/amount", "choice", "either a sum or a rate", "金额与比例填一项");
    if (b->days && !b->rate.ppm)
        return err_member(err, "/days", "unknown", "days go with a rate", "天数与比例一并填写");
    status = amount_of(a, b, contract, &fen, err);
    if (!status && fen == 0)
        return err_member(err, "/rate", "range", "it makes no fen", "计算结果不足一分");
    if (status)
        return status;
    const char *id = act_makes(a);
    json_key(&a->payload, "amount");
    json_fen(&a->payload, fen);
    return tx_run(a->tx, Q_deduction_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(contract),
                  P_TEXT(b->tranche), P_TEXT(ground_codes[b->ground]), p_some(b->rate.ppm),
                  p_some(b->rate.ppm ? (b->days ? b->days : 1) : 0), P_INT(fen), P_TEXT(b->reason),
                  P_TIME(a->now_us), P_TEXT(a->actor->person));
}

static int decide(struct act *a, const char *state, const char *note, bool second, struct err *err)
{
    struct rows *r = NULL;
    int status =
        tx_run(a->tx, Q_deduction_load, &r, err, P_INT(a->office), P_TEXT(a->path[0]), P_TEXT(a->path[1]));

    if (status)
        return status;
    if (rows_count(r) == 0)
        return err_both(err, E_ABSENT, "contract/absent", "the contract has no such deduction",
                        "该合同没有这笔扣款");
    if (strcmp(row_text(r, 0, "state"), "proposed") != 0)
        return err_both(err, E_REFUSED, "state/refused", "it is decided already", "该笔扣款已审批");
    if (second && strcmp(row_text(r, 0, "proposed_by"), a->actor->person) == 0)
        return err_both(err, E_REFUSED, "approval/same-person", "a second person has to do this",
                        "须由另一人办理");
    if ((status = no_interest(a, row_text(r, 0, "organisation_id"), err)))
        return status;
    a->subject = a->path[1];
    json_key(&a->payload, "amount");
    json_fen(&a->payload, row_int(r, 0, "amount_fen"));
    status = tx_run(a->tx, Q_deduction_decide, NULL, err, P_INT(a->office), P_TEXT(a->subject), P_TEXT(state),
                    P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(note));
    return status ? status : payable_deductions(a, a->path[0], err);
}

int act_deduction_approve(struct act *a, struct err *err)
{
    return decide(a, "approved", NULL, true, err);
}

struct reason {
    const char *reason;
};
static const linli_option reason_rows[] = {ROW_TEXT(reason, reason, true, 4000, "理由", "reason")};
const struct form form_deduction_refuse = FORM(reason_rows, struct reason);

/* Also by who asked for it: then it is taken back. */
int act_deduction_refuse(struct act *a, struct err *err)
{
    const struct reason *b = a->body;

    return decide(a, "refused", b->reason, false, err);
}
