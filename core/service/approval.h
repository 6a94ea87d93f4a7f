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
};
extern const struct chained chained_acts[];         /* ended by NULL */
const struct chained *chained_find(const char *op); /* NULL: no chain may stand before it */

/* The vote of a body, counted. */
struct body_rule {
    int64_t a, b;
    bool over;
};
struct body_vote {
    int64_t entitled, present, in_favour;
};
/* At least a/b of the whole; more than it where `over`. */
bool share_reached(struct body_rule rule, int64_t part, int64_t whole);

/* Before the act runs, its subject locked: E_REFUSED approval/missing where its
 * chain has not said yes to this version, naming whose word is waited for. */
int approval_required(struct act *a, const char *op, struct err *err) MUST_USE;

#endif
