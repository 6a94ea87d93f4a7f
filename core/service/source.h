/*
 * Who pays for a tender: one appropriation, or several with a sum each, which add up to its budget.  Written while
 * it is a draft; at publication the money is reserved, and from then on the ledger knows each one's part.
 */
#ifndef CORE_SERVICE_SOURCE_H
#define CORE_SERVICE_SOURCE_H

#include "core/service/tender.h"

struct source_item {
    const char *appropriation;
    linli_money amount;
};

extern const linli_option source_rows[2]; /* of struct source_item */

/* Several (struct source_item), else the only one; neither: as it was.  E_INVALID where they do not add up to the
 * tender's budget, or one is named twice. */
int source_write(struct act *a, const struct tender *t, const char *only, const linli_list *several, struct err *err) MUST_USE;
/* Reserves the budget.  E_REFUSED fund/unnamed, fund/sources (they do not add up to the budget), fund/purpose (one
 * is not for this), fund/insufficient. */
int source_reserve(struct act *a, const struct tender *t, const char *fund, struct err *err) MUST_USE;
/* Do those that pay for `owner`, the tender or a contract of another year of it, fit: E_REFUSED fund/purpose, fund/closed. */
int source_fits(struct act *a, const struct tender *t, const char *owner, const char *fund, struct err *err) MUST_USE;
/* Member "sources" of a notice, where there are several, or one is lottery money, which has to say so. */
int source_tell(struct act *a, const struct tender *t, struct buf *out, struct err *err) MUST_USE;

#endif
