/* What a later deadline moves, told before anybody moves it. */
#ifndef CORE_SERVICE_DATES_H
#define CORE_SERVICE_DATES_H

#include "core/service/tender.h"

/* Answers {"items": [{"what", "name", "lot", "old", "new", "article"}]}: what hung on the deadline `before_us` and hangs on
 * that of the tender now. */
int dates_tell(struct act *a, const struct tender *t, int64_t before_us, struct err *err) MUST_USE;

#endif
