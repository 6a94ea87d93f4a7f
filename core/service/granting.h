/*
 * What holds whenever somebody is given a role, a post or a seat, or loses one, by whichever act: nobody gives anything to
 * oneself, duties stay apart (三员分立), and what has been is not undone.
 */
#ifndef CORE_SERVICE_GRANTING_H
#define CORE_SERVICE_GRANTING_H

#include "core/service/act.h"
#include "core/service/forms.h"

struct granting {
    const char *person, *role;      /* role NULL: a seat, or a post without one */
    bool subtree, has_until;
    linli_date from, until;
};

/* E_FORBIDDEN duty/self; E_REFUSED duty/combined: two of system, security and audit administrator at one office. */
int granting_check(struct act *a, const struct granting *g, struct err *err) MUST_USE;
/* Yesterday is the earliest last day, after which nothing is held any more.  E_INVALID body/invalid, at /last_day. */
int last_day_check(struct act *a, linli_date last_day, struct err *err) MUST_USE;

#endif
