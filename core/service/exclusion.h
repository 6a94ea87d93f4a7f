/* Organisations an office keeps out of its own programme for a time. */
#ifndef CORE_SERVICE_EXCLUSION_H
#define CORE_SERVICE_EXCLUSION_H

#include "core/service/act.h"

/* What a mechanism said when it stopped a contract: `months` from today, the whole last day. */
int exclusion_of_contract(struct act *a, const char *contract, const char *organisation, int32_t months,
                          struct err *err) MUST_USE;

/* E_REFUSED organisation/excluded while a ban of an authority holds, recorded at the office or above it. */
int organisation_not_banned(struct act *a, const char *organisation, struct err *err) MUST_USE;

#endif
