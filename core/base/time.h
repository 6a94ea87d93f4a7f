/*
 * Instants, civil days, working days.  An instant is int64_t microseconds since
 * 1970 UTC; a civil day is int32_t days since 1970-01-01 in Asia/Shanghai,
 * which has had no daylight saving since 1991: a fixed offset of 8 hours.
 *
 * time_real() is the only reader of the clock.  Legal time is that plus the
 * sandbox offset, and travels as a parameter; nothing else asks for it.
 */
#ifndef CORE_BASE_TIME_H
#define CORE_BASE_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/attr.h"
#include "core/base/text.h"

#define TIME_SECOND INT64_C(1000000)
#define TIME_DAY    (INT64_C(86400) * TIME_SECOND)

enum { TIME_SHANGHAI_S = 8 * 3600 };

int64_t time_real(void);
int64_t time_monotonic(void);
struct timespec;
/* The monotonic instant so long from now, for pthread_cond_timedwait. */
void time_in(int64_t us, struct timespec *ret);

/* RFC 3339 with an offset ("Z" or "+08:00"), years 1970..9999, up to six
 * digits of a second; leap seconds are refused. */
bool time_parse(const char *text, int64_t *ret_us) MUST_USE;
void time_print(int64_t us, char out[TIME_TEXT]);               /* UTC, "Z" */
void time_print_shanghai(int64_t us, char out[TIME_TEXT]);      /* "...T09:00:00+08:00", whole seconds */

bool    date_parse(const char *text, int32_t *ret_day) MUST_USE;     /* "2026-11-21", a real day */
void    date_print(int32_t day, char out[DATE_TEXT]);
int32_t date_of(int year, int month, int day);
void    date_split(int32_t day, int *ret_year, int *ret_month, int *ret_day);
int32_t day_of(int64_t us);                    /* civil day of an instant */
int64_t day_end(int32_t day);                  /* 24:00 of that day, as an instant */

#endif
