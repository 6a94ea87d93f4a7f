/*
 * Bonds of bids and contracts.  They are other people's money or a guarantee: entered, returned and kept here
 * with their days and interest, and never part of a fund or its ledger.
 */
#ifndef CORE_SERVICE_BOND_H
#define CORE_SERVICE_BOND_H

#include "core/service/tender.h"

/* Something happened to the tender: counts until when each bond goes back that is free now. */
int bonds_free(struct act *a, const struct tender *t, struct err *err) MUST_USE;

#endif
