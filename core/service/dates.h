/* What a later deadline moves, told before anybody moves it. */
#ifndef CORE_SERVICE_DATES_H
#define CORE_SERVICE_DATES_H

#include "core/service/tender.h"

/* [{"what", "name", "lot", "old", "new", "article"}]: what hung on the deadline `before_us` and hangs on that of the tender
 * now: each later phase at the earliest, and what is counted to or from the deadline.  The notice of the correction says it. */
int dates_list(struct act *a, const struct tender *t, int64_t before_us, struct buf *out, struct err *err) MUST_USE;
/* Answers {"items": those}. */
int dates_tell(struct act *a, const struct tender *t, int64_t before_us, struct err *err) MUST_USE;

#endif
