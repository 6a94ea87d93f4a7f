/* Opening the bids of a lot. */
#ifndef CORE_SERVICE_OPEN_H
#define CORE_SERVICE_OPEN_H

#include "core/service/bid_file.h"
#include "core/service/tender.h"

/* Reads every sealed bid that counts from its file: fields, price, parties.  A bad
 * one is void with its reason and never an error for the others.  Gives keys and
 * printed serials, and stamps the tender as opened. */
int lot_open(struct act *a, struct tender *t, struct lot *l, struct err *err) MUST_USE;
/* The values of a bid as its first offers. */
int offers_store(struct act *a, const linli_plan *plan, const char *bid, const struct bid_value *values,
                 struct err *err) MUST_USE;

#endif
