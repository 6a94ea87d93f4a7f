/*
 * Who may open or close somebody else's account.
 */
#ifndef CORE_SERVICE_ACCOUNT_H
#define CORE_SERVICE_ACCOUNT_H

#include "core/service/act.h"

/* Does the actor hold the role (administrator, security) over all this account reaches?  E_FORBIDDEN */
int person_reached(struct act *a, uint32_t role, const char *person, struct err *err) MUST_USE;

/* That another than the actor agreed to open this account, where it is in use; what it agreed to serves once.  E_REFUSED
 * approval/missing */
int account_agreed(struct act *a, const char *person, struct err *err) MUST_USE;

#endif
