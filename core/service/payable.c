#include "core/service/payable.h"

#include <string.h>

#include "core/base/time.h"

enum { WHOLE_PPM = 1000000 };
__extension__ typedef __int128 wide;
#define BEYOND_ZH "违约扣款超过尚应支付的款项"

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

int64_t share_half_up(int64_t fen, int64_t ppm)
{
    return (int64_t)(((wide)fen * ppm + WHOLE_PPM / 2) / WHOLE_PPM);
}

static bool is_kept(const struct tranche *t)
{
    return strcmp(t->code, "retention") == 0;
}

/* What a contract that was ended owes: found for all of it. */
static bool is_settlement(const struct tranche *t)
{
    return strcmp(t->code, "settlement") == 0;
}

/* What is still due: no more than was accepted plus the advances, which the acceptances must have covered
 * when the last tranche goes, what is kept for later left aside.  What score, penalties and set-off took off
 * before is not due again. */
static int64_t room(const struct tranche *t, int64_t retained_fen)
{
    int64_t accepted = t->contract_accepted_fen, advance = t->contract_advance_fen;
    int64_t gone = t->contract_out_fen + t->contract_off_fen, most = accepted + advance;

    if (t->last_out)
        most = (accepted > advance ? accepted : advance) - t->contract_kept_fen - retained_fen;
    return most > gone ? most - gone : 0;
}

static int retain(struct act *a, const struct tranche *t, int64_t scored_fen, int64_t *ret_fen,
                  struct err *err)
{
    int64_t fen = smaller((int64_t)((wide)t->amount_fen * t->retention_ppm / WHOLE_PPM), scored_fen);
    char id[UUID_TEXT];

    *ret_fen = 0;
    if (fen == 0 || t->advance || is_kept(t) || is_settlement(t))
        return 0;
    if (t->retention_out || day_of(a->now_us) >= t->retention_day) /* nobody would ever pay it */
        return 0;
    id_new(a->office, id);
    *ret_fen = fen;
    return tx_run(a->tx, Q_tranche_retain, NULL, err, P_INT(a->office), P_TEXT(t->id), P_TEXT(id),
                  P_INT(fen));
}

/* Takes the open deductions off, the rest stays for the next tranche; where none comes, it is asked back. */
static int deduct(struct act *a, const struct tranche *t, int64_t most_fen, bool no_more, int64_t *ret_fen,
                  struct err *err)
{
    struct rows *open = NULL;
    int64_t beyond = 0;
    int status =
        tx_run(a->tx, Q_deductions_open, &open, err, P_INT(a->office), P_TEXT(t->contract_id), P_TEXT(t->id));

    *ret_fen = 0;
    for (size_t i = 0; !status && i < rows_count(open); i++) {
        int64_t left = row_int(open, i, "left_fen");
        int64_t take = smaller(left, most_fen - *ret_fen);

        if (take == 0 && !no_more)
            break;
        *ret_fen += take;
        beyond += left - take;
        status = tx_run(a->tx, Q_deduction_take, NULL, err, P_INT(a->office), P_TEXT(row_text(open, i, "id")),
                        P_INT(no_more ? left : take));
    }
    return status || !no_more ? status : recovery_propose(a, t->contract_id, beyond, BEYOND_ZH, err);
}

int payable_deductions(struct act *a, const char *contract, struct err *err)
{
    struct rows *open = NULL;
    int64_t beyond = 0;
    int status = tx_run(a->tx, Q_deductions_unborne, &open, err, P_INT(a->office), P_TEXT(contract));

    for (size_t i = 0; !status && i < rows_count(open); i++)
        beyond += row_int(open, i, "left_fen");
    return status ? status : recovery_propose(a, contract, beyond, BEYOND_ZH, err);
}

static int set_off(struct act *a, const struct tranche *t, int64_t most_fen, int64_t *ret_fen,
                   struct err *err)
{
    struct rows *open = NULL;
    int status = tx_run(a->tx, Q_recoveries_set_off, &open, err, P_INT(a->office), P_TEXT(t->contract_id));

    *ret_fen = 0;
    for (size_t i = 0; !status && i < rows_count(open) && *ret_fen < most_fen; i++) {
        const char *id = row_text(open, i, "id");
        int64_t take = smaller(row_int(open, i, "left_fen"), most_fen - *ret_fen);

        *ret_fen += take;
        status = recovery_grow(a, id, take, err);
        if (!status)
            status = tx_run(a->tx, Q_recovery_off, NULL, err, P_INT(a->office), P_TEXT(id), P_INT(take));
    }
    return status;
}

int payable_find(struct act *a, const struct tranche *t, int64_t scored_fen, struct payable *ret,
                 struct err *err)
{
    struct payable p = {0};
    int64_t left, most;
    int status = retain(a, t, scored_fen, &p.retained_fen, err);

    /* Only what is due bears a penalty or a set-off, or they would be met by money that is not. */
    left = t->amount_fen - p.retained_fen;
    most = room(t, p.retained_fen);
    /* One that nobody accepted is not paid; one that was accepted as worth nothing comes out at nothing. */
    if (left > most && (t->accepted_fen > 0 || strcmp(t->state, "accepted") == 0 || is_kept(t)))
        p.advance_fen = left - most;
    left -= p.advance_fen;
    if (left > scored_fen - p.retained_fen)
        p.score_fen = left - (scored_fen - p.retained_fen);
    left -= p.score_fen;
    if (!status)
        status = deduct(a, t, left, t->last_out && t->contract_kept_fen + p.retained_fen == 0,
                        &p.deducted_fen, err);
    left -= p.deducted_fen;
    if (!status)
        status = set_off(a, t, left, &p.set_off_fen, err);
    p.payable_fen = left - p.set_off_fen;
    *ret = p;
    return status ? status
                  : tx_run(a->tx, Q_payable_add, NULL, err, P_INT(a->office), P_TEXT(t->id),
                           P_TIME(a->now_us), P_INT(t->amount_fen), P_INT(p.score_fen), P_INT(p.retained_fen),
                           P_INT(p.deducted_fen), P_INT(p.set_off_fen), P_INT(p.advance_fen),
                           P_INT(p.payable_fen));
}

int payable_uncovered(struct act *a, const char *contract, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_contract_uncovered, &r, err, P_INT(a->office), P_TEXT(contract), P_NULL);

    if (status || rows_count(r) == 0)
        return status;
    return recovery_propose(a, contract, row_int(r, 0, "uncovered_fen"), "预付款未被验收的价值覆盖", err);
}

int payable_settlement(struct act *a, const char *tranche, struct err *err)
{
    struct money m = act_money(a);
    struct payable p = {0};
    struct tranche t = {0};
    int status = tranche_load(a, tranche, &t, err);

    if (!status)
        status = payable_find(a, &t, t.amount_fen, &p, err);
    if (!status)
        status = tx_run(a->tx, Q_tranche_released, NULL, err, P_INT(a->office), P_TEXT(t.id),
                        P_INT(p.payable_fen));
    return status || p.payable_fen == 0 ? status : money_payable(&m, t.contract_id, t.id, p.payable_fen, err);
}

int payable_settled(struct act *a, const char *contract, int64_t settled_fen, struct err *err)
{
    struct rows *r = NULL;
    int status = payable_deductions(a, contract, err);

    if (!status)
        status = tx_run(a->tx, Q_contract_uncovered, &r, err, P_INT(a->office), P_TEXT(contract),
                        P_INT(settled_fen));
    return status ? status
                  : recovery_propose(a, contract, row_int(r, 0, "uncovered_fen"),
                                     "合同终止结算：已付超过已完成部分的价值", err);
}
