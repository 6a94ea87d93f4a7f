/*
 * Earmarked money, double entry, append-only (sql/deploy/090_ledger.sql).
 *
 * One appropriation has the buckets authority, available, reserved, committed,
 * payable, in_transit, paid and returned.  Each function below posts one journal
 * through the one SQL function that may write the ledger; the database itself
 * finds who pays and each one's part, and refuses what overdraws a bucket or
 * exceeds a contract.  Where several appropriations pay together a journal moves
 * the money of each.
 * A journal's id is made from what it is about, so doing it twice posts once.
 *
 * E_REFUSED  fund/insufficient      a bucket does not hold that much
 *            contract/exceeded      more than the contract, or than was accepted plus the advances it allows
 *            fund/purpose           the fund is not for the tender's regime
 *            ledger/duplicate       this was posted for the source before
 */
#ifndef CORE_MONEY_LEDGER_H
#define CORE_MONEY_LEDGER_H

#include "core/store/store.h"

/* Whose journal, in which transaction. */
struct money {
    struct tx *tx;
    int32_t office;
    const char *actor; /* uuid, or NULL for the clock */
    int64_t now_us;    /* legal time */
};

/* authority -> available.  A year's money arrives, or a supplement. */
int money_appropriate(struct money *m, const char *appropriation, const char *source_id, int64_t fen, struct err *err) MUST_USE;
/* available -> reserved, at publication of a tender. */
int money_reserve(struct money *m, const char *tender, int64_t fen, struct err *err) MUST_USE;
/* Once more, for the next candidate: `change` revoked the contract of the one before. */
int money_reserve_next(struct money *m, const char *tender, const char *change, int64_t fen, struct err *err) MUST_USE;
/* reserved -> available: what the tender no longer needs (a lot that failed, the rest after signing). */
int money_release(struct money *m, const char *tender, int64_t fen, struct err *err) MUST_USE;
/* reserved -> committed, at signing of a contract. */
int money_commit(struct money *m, const char *contract, int64_t fen, struct err *err) MUST_USE;
/* committed -> payable, when a tranche is released. */
int money_payable(struct money *m, const char *contract, const char *tranche, int64_t fen, struct err *err) MUST_USE;
/* committed -> available: deduction, termination. */
int money_uncommit(struct money *m, const char *contract, const char *reason_id, int64_t fen, struct err *err) MUST_USE;
/* payable -> in_transit -> paid; in_transit -> payable on failure or return. */
int money_send(struct money *m, const char *contract, const char *payment, int64_t fen, struct err *err) MUST_USE;
int money_settle(struct money *m, const char *contract, const char *payment, int64_t fen, struct err *err) MUST_USE;
int money_return(struct money *m, const char *contract, const char *payment, int64_t fen, struct err *err) MUST_USE;
/* The same for many payments at once: their journals in one question. */
struct money_line {
    const char *contract, *payment;
    int64_t fen;
};
int money_send_all(struct money *m, const struct money_line *lines, size_t count, struct err *err) MUST_USE;
int money_settle_all(struct money *m, const struct money_line *lines, size_t count, struct err *err) MUST_USE;
/* paid -> payable: the whole payment came back after it was settled. */
int money_bounce(struct money *m, const char *contract, const char *payment, int64_t fen, struct err *err) MUST_USE;
/* payable -> available: the tranche of an ended contract that two people took back. */
int money_withdraw(struct money *m, const char *contract, const char *tranche, int64_t fen, struct err *err) MUST_USE;
/* available -> committed: an approved supplement of a signed contract. */
int money_supplement(struct money *m, const char *contract, const char *change, int64_t fen, struct err *err) MUST_USE;
/* available -> committed: the contract of another year under an award, from what was named for it. */
int money_renew(struct money *m, const char *contract, int64_t fen, struct err *err) MUST_USE;
/* paid -> returned -> available: a confirmed receipt of money asked back. */
int money_recover(struct money *m, const char *contract, const char *receipt, int64_t fen, struct err *err) MUST_USE;
/* available -> another appropriation, or -> lapsed: a transfer two people agreed on. */
int money_transfer(struct money *m, const char *transfer, struct err *err) MUST_USE;
/* committed, payable or reserved -> lapsed, and of a later year available -> the same: a transfer two people agreed on. */
int money_again(struct money *m, const char *transfer, struct err *err) MUST_USE;
/* The way back of a journal, for a reversal two people agreed on. */
int money_reverse(struct money *m, const char *reversal, const char *journal, struct err *err) MUST_USE;

#endif
