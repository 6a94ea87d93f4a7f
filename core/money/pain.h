/*
 * A customer's credit transfers as ISO 20022 pain.001.001.09, one order after another into a file.  Chinese
 * banks are named by their 12-digit CNAPS number.
 */
#ifndef CORE_MONEY_PAIN_H
#define CORE_MONEY_PAIN_H

#include <stdio.h>

#include "core/base/err.h"

struct pain_head {
    const char *id;  /* at most 35 characters; the same for the same batch, so that a bank sees it twice */
    int64_t made_us; /* when it was first given out */
    int32_t day;     /* when it is to be executed */
    int64_t count, sum_fen;
    const char *payer, *payer_account, *payer_bank, *payer_bank_code;
};
struct pain_order {
    const char *id; /* end to end: at most 35 characters */
    int64_t fen;
    const char *payee, *payee_account, *payee_bank, *payee_bank_code; /* code NULL: the name alone */
    const char *purpose;
};

void pain_begin(FILE *f, const struct pain_head *head);
void pain_order(FILE *f, const struct pain_order *order);
void pain_end(FILE *f);

#endif
