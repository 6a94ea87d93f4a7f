/* What orders, batches and papers of payment share: what keeps money back, and what it rests on. */
#ifndef CORE_SERVICE_PAYING_H
#define CORE_SERVICE_PAYING_H

#include "core/service/tranche.h"

/* What an order of payment rests on, as it stands now (sql/query/payment_terms.sql). */
struct terms {
    const char *officer, *regime, *organisation_kind;
    const char *payee_id, *payee, *uscc, *bank_name, *bank_code, *account; /* a filed body: its host */
    int64_t second_check_fen;                                              /* -1: no second checker */
    int64_t covered_fen, pay_by_us;
    bool vouchers_first;
};
int terms_load(struct act *a, const char *tranche, struct terms *ret, struct err *err) MUST_USE;

/* E_REFUSED payment/held with all that keeps the tranche back and the articles; placed_only: by hand alone,
 * where the mechanism itself is asked about the rest. */
int holds_check(struct act *a, const char *tranche, bool placed_only, struct err *err) MUST_USE;

/* E_REFUSED payment/officer where the actor is in charge of the project, conflict/interest where it belongs
 * to whoever is paid. */
int no_part(const struct act *a, const struct terms *x, struct err *err) MUST_USE;

/* A bank's code and an account number as a bank's message carries them, each with where it stands in the
 * body; what is NULL or empty is not looked at.  E_INVALID body/invalid */
int bank_fits(const char *code, const char *code_at, const char *account, const char *account_at,
              struct err *err) MUST_USE;

/* When a voucher received now has to be paid by the rules of the tender; 0: no rule. */
int pay_by(struct act *a, const struct tender *t, int64_t *ret_us, struct err *err) MUST_USE;

/* What the tranche is paid for has come: the clock of the vouchers that were there before begins now. */
int vouchers_clock(struct act *a, const struct tranche *t, struct err *err) MUST_USE;

/* Notes a number given with an order as voucher, unless one of it stands for the tranche: 20 digits are an
 * e-invoice of the payee, anything else a receipt.  E_CONFLICT invoice/taken; E_INVALID voucher/kind,
 * voucher/seller as for what is handed in */
int voucher_note(struct act *a, const struct tranche *t, const struct terms *x, const char *number,
                 int64_t pay_by_us, struct err *err) MUST_USE;

/* A payment that was sent or settled failed or came back: what it moved is payable again, and what was closed with it open. */
int payment_undo(struct act *a, const char *payment, const char *state, const char *reason,
                 struct err *err) MUST_USE;

/* What an act did with many payments at once, told in the log of each tender as if it was done with one by one: `act` of
 * each payment, now, by who acts; `from` is the batch, or the bank's file, that the act was about. */
int payments_told(struct act *a, const char *act, const char *const *payments, size_t count, const char *from,
                  struct err *err) MUST_USE;

#endif
