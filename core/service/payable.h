/*
 * What is paid of a tranche: payable = planned x factor(score) - retention - advance - deductions - set-off,
 * where deductions and set-off are taken off what is due: never more than what was accepted to date less what
 * went out or was taken off before.  What no payment can bear is asked back.
 */
#ifndef CORE_SERVICE_PAYABLE_H
#define CORE_SERVICE_PAYABLE_H

#include "core/service/tranche.h"

struct payable {
    int64_t score_fen;    /* less by its evaluation, of what would be due */
    int64_t retained_fen; /* kept until the day the contract names, in a tranche of its own */
    int64_t deducted_fen; /* penalties two people agreed on */
    int64_t set_off_fen;  /* against money asked back */
    int64_t advance_fen;  /* paid in advance, or not accepted */
    int64_t payable_fen;
};

/* Finds the sum of a tranche of which the mechanism lets `scored_fen` out, keeps how it was found, and uses
 * up the deductions and demands it met. */
int payable_find(struct act *a, const struct tranche *t, int64_t scored_fen, struct payable *ret,
                 struct err *err) MUST_USE;
/* A contract was closed: asks back what it paid in advance and no acceptance covered. */
int payable_uncovered(struct act *a, const char *contract, struct err *err) MUST_USE;
/* A contract was ended and owes a last tranche: finds what is paid of it, and makes that payable. */
int payable_settlement(struct act *a, const char *tranche, struct err *err) MUST_USE;
/* A contract was ended, settled at this value: asks back what went out beyond it. */
int payable_settled(struct act *a, const char *contract, int64_t settled_fen, struct err *err) MUST_USE;
/* Asks back the penalties no tranche will bear, where none is open any more. */
int payable_deductions(struct act *a, const char *contract, struct err *err) MUST_USE;
/* fen x ppm / 1,000,000, half a fen up. */
int64_t share_half_up(int64_t fen, int64_t ppm);

#endif
