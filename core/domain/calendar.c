/* Working days and legal windows: a table of days, and the end of a span over it. */
#include "core/domain/calendar.h"

#include <string.h>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/domain/data_file.h"
#include "linli/math.h"

enum { YEARS_AHEAD = 10, LAST_YEAR = 2200 };

struct exception {
    int32_t day;
    bool working;
};

static const struct data_kind calendar_kind = {"calendar/malformed", "calendar/malformed", "calendar"};

/* "2026-05-09,1,劳动节"; further columns are for people. */
static bool line_read(char *line, struct exception *ret)
{
    char *comma = strchr(line, ',');

    if (!comma || (comma[1] != '0' && comma[1] != '1') || (comma[2] != '\0' && comma[2] != ','))
        return false;
    *comma = '\0';
    ret->working = comma[1] == '1';
    return date_parse(line, &ret->day);
}

static char *line_next(char **at)
{
    char *line = strsep(at, "\n");

    if (line && *line && line[strlen(line) - 1] == '\r')
        line[strlen(line) - 1] = '\0';
    return line;
}

static int csv_read(const char *path, char *text, struct arena *arena, struct exception **ret,
                    size_t *ret_count, struct err *err)
{
    size_t lines = 1, count = 0, number = 1;

    for (const char *c = text; *c; c++)
        lines += *c == '\n';
    struct exception *days = ARENA_NEW(arena, struct exception, lines);
    if (strncmp(text, "\xEF\xBB\xBF", 3) == 0)
        text += 3;
    char *line = line_next(&text);
    if (strncmp(line, "date,working", 12) != 0)
        return err_set(err, E_MALFORMED, "calendar/malformed", "%s: the first line is not \"date,working\"",
                       path);
    while ((line = line_next(&text))) {
        number++;
        if (*line == '\0')
            continue;
        if (!line_read(line, &days[count]) || (count > 0 && days[count].day <= days[count - 1].day))
            return err_set(err, E_MALFORMED, "calendar/malformed",
                           "%s:%zu: not a day (date,working) later than the one before", path, number);
        count++;
    }
    if (count == 0)
        return err_set(err, E_MALFORMED, "calendar/malformed", "%s: no days", path);
    *ret = days;
    *ret_count = count;
    return 0;
}

static bool is_weekend(int32_t day)
{
    return (day + 4) % 7 % 6 == 0; /* 1970-01-01 was a Thursday, 4 days after a Sunday */
}

/* The notices count a weekend that touches a statutory holiday as part of it. */
static void weekends_join(uint8_t *days, int32_t count)
{
    for (int32_t i = 1; i < count; i++)
        if (days[i] == LINLI_REST_DAY && days[i - 1] == LINLI_HOLIDAY)
            days[i] = LINLI_HOLIDAY;
    for (int32_t i = count - 1; i > 0; i--)
        if (days[i - 1] == LINLI_REST_DAY && days[i] == LINLI_HOLIDAY)
            days[i - 1] = LINLI_HOLIDAY;
}

int calendar_load(const char *path, struct arena *arena, const linli_calendar **ret, struct err *err)
{
    CLEANUP(buf_free) struct buf text = {0};
    struct exception *exceptions = NULL;
    size_t exception_count = 0;
    int year, month, day, status;

    if ((status = data_file_read(path, &calendar_kind, &text, err)) != 0 ||
        (status = csv_read(path, text.data, arena, &exceptions, &exception_count, err)) != 0)
        return status;
    date_split(exceptions[exception_count - 1].day, &year, &month, &day);
    if (year > LAST_YEAR)
        return err_set(err, E_MALFORMED, "calendar/malformed", "%s: the year %d is too far away", path, year);
    int32_t count = date_of(year + YEARS_AHEAD + 1, 1, 1);
    uint8_t *days = ARENA_NEW(arena, uint8_t, count);
    for (int32_t i = 0; i < count; i++)
        days[i] = is_weekend(i) ? LINLI_REST_DAY : LINLI_WORKING_DAY;
    for (size_t i = 0; i < exception_count; i++)
        days[exceptions[i].day] = exceptions[i].working ? LINLI_WORKING_DAY : LINLI_HOLIDAY;
    weekends_join(days, count);
    linli_calendar *calendar = ARENA_NEW(arena, linli_calendar, 1);
    *calendar = (linli_calendar){.first_day = 0,
                                 .day_count = count,
                                 .utc_offset_s = TIME_SHANGHAI_S,
                                 .official_until = date_of(year, 12, 31),
                                 .days = days};
    *ret = calendar;
    return 0;
}

/* 民法典 §202: the same day of the month, or its last where it has no such day. */
static bool months_later(int32_t from, int32_t months, int32_t *ret)
{
    int year, month, day;

    if (months < 0 || months > 12 * (LAST_YEAR - 1970))
        return false;
    date_split(from, &year, &month, &day);
    int index = year * 12 + month - 1 + months;
    int32_t first = date_of(index / 12, index % 12 + 1, 1);
    int32_t next = date_of((index + 1) / 12, (index + 1) % 12 + 1, 1);
    *ret = first + day - 1 < next ? first + day - 1 : next - 1;
    return true;
}

static bool span_last_day(const linli_calendar *calendar, int32_t from, linli_period period, int roll,
                          int32_t *ret)
{
    if (period.unit == LINLI_MONTHS) { /* as many days as the months have; rolling is then the same */
        int32_t to;
        if (!months_later(from, period.count, &to))
            return false;
        period = (linli_period){.count = to - from, .unit = LINLI_CALENDAR_DAYS};
    }
    return linli_last_day(calendar, from, period, roll, ret);
}

int calendar_span(const linli_calendar *calendar, int64_t from_us, linli_period period, int roll,
                  int64_t *ret_end_us, bool *ret_provisional, struct err *err)
{
    int64_t end;
    int32_t from, last;
    char until[DATE_TEXT];

    date_print(calendar->first_day + calendar->day_count - 1, until);
    if (!linli_day_of(calendar, (linli_time){from_us}, &from))
        goto out_of_range;
    if (period.unit == LINLI_HOURS) {
        if (period.count < 0)
            goto out_of_range;
        end = from_us + period.count * (3600 * TIME_SECOND);
        if (!linli_day_of(calendar, (linli_time){end}, &last))
            goto out_of_range;
    } else {
        if (!span_last_day(calendar, from, period, roll, &last))
            goto out_of_range;
        end = day_end(last);
    }
    *ret_end_us = end;
    *ret_provisional = last > calendar->official_until;
    return 0;

out_of_range:
    err_set(err, E_INVALID, "calendar/range", "a span of %d (unit %d) leaves the calendar, which ends on %s",
            (int)period.count, (int)period.unit, until);
    err_zh(err, "期限超出日历范围（截至 %s）", until);
    return E_INVALID;
}
