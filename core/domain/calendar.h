/*
 * Working days and legal windows.  Counting starts on the day after the event
 * (民法典 §201; 财政部令第87号 §85); a span ends at 24:00 Asia/Shanghai of its last day.
 */
#ifndef CORE_DOMAIN_CALENDAR_H
#define CORE_DOMAIN_CALENDAR_H

#include "core/base/arena.h"
#include "core/base/err.h"
#include "linli/plugin.h"

/* Reads a CSV of days that differ from Monday-Friday (date,working,...): 1 a
 * make-up working day, 0 a statutory holiday.  Covers 1970 to ten years past
 * the last year of the file; official_until is 31 December of that year. */
int calendar_load(const char *path, struct arena *arena, const linli_calendar **ret, struct err *err) MUST_USE;

/* The end of a span: 24:00 of its last day, as an instant; hours are counted
 * from the instant itself, months to the same day of the month or its last.
 * ret_provisional is set where the last day lies past the official calendar. */
int calendar_span(const linli_calendar *calendar, int64_t from_us, linli_period period, int roll,
                  int64_t *ret_end_us, bool *ret_provisional, struct err *err) MUST_USE;

#endif
