/*
 * Approval chains: for an office, an act and a sum an ordered list of posts and
 * bodies, as data.  What is asked is an act on a subject as it stands; whoever
 * changes the subject asks anew.  Without a chain an act needs what its route
 * says, and nothing more.
 */
#ifndef CORE_SERVICE_APPROVAL_H
#define CORE_SERVICE_APPROVAL_H

#include "core/service/act.h"

/* The acts a chain may stand before, and what they are about. */
struct chained {
    const char *op, *kind;
    bool inner;  /* about what stands within the act's subject: the second id of its path */
    bool office; /* only where the office acts: the other side asks nobody */
};
extern const struct chained chained_acts[];         /* ended by NULL */
const struct chained *chained_find(const char *op); /* NULL: no chain may stand before it */

/* Before the act runs, its subject locked: E_REFUSED approval/missing where its
 * chain has not said yes to this version, naming whose word is waited for. */
int approval_required(struct act *a, const char *op, struct err *err) MUST_USE;

#endif
