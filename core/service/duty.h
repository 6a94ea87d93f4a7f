/*
 * What the rules ask of an office by a day towards somebody outside: a contract filed, users informed, a statement
 * about a complaint.  It is done outside and written down here; until then it is a task.
 */
#ifndef CORE_SERVICE_DUTY_H
#define CORE_SERVICE_DUTY_H

#include "core/service/tender.h"

struct duty {
    const char *code;         /* of the rule that sets its days: tender's rules without it ask nothing */
    const char *kind, *about; /* of its subject; what came in, or NULL */
    const char *subject;
    int64_t from_us;
};

/* Gives its id, NULL where the rules ask nothing. */
int duty_begin(struct act *a, const struct tender *t, const struct lot *l, const struct duty *what,
               const char **ret_id, struct err *err) MUST_USE;
/* What follows from a contract both sides have signed. */
int duties_of_contract(struct act *a, const struct tender *t, const struct lot *l, const char *contract,
                       struct err *err) MUST_USE;
/* And from a lot that is closed. */
int duties_of_end(struct act *a, const struct tender *t, const struct lot *l, struct err *err) MUST_USE;

#endif
