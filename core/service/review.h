/* A lot whose bids are evaluated again, as evaluation, checks and sheets need it. */
#ifndef CORE_SERVICE_REVIEW_H
#define CORE_SERVICE_REVIEW_H

#include "core/service/tender.h"

/* The grounds: codes and labels; the first is no ground for opening a single sheet. */
enum { REVIEW_GROUNDS = 5 };
extern const char *const review_ground_codes[REVIEW_GROUNDS + 1];
extern const linli_text  review_ground_labels[REVIEW_GROUNDS + 1];
/* The rule "review_<ground>" of the tender; NULL: it has none. */
const linli_rule *review_rule(struct act *a, const struct tender *t, const char *ground);
/* E_REFUSED review/ground where that rule is not there, or does not hold. */
int review_ground_holds(struct act *a, const struct tender *t, const char *ground, struct err *err) MUST_USE;

/* The one that was approved and is not reported on yet: its ground, and its bid or
 * NULL; ground NULL: there is none. */
int review_open(struct act *a, const struct lot *l, const char **ret_ground, const char **ret_bid,
                struct err *err) MUST_USE;
/* The evaluation is over: the review is done, and says whether the order changed. */
int review_settle(struct act *a, const struct lot *l, struct err *err) MUST_USE;

#endif
