/* Working days and windows against the State Council's notices for 2025 and 2026. */
#include "core/domain/calendar.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/time.h"

static struct arena *arena;
static const linli_calendar *calendar;

static void begin(void)
{
    struct err err = {0};

    arena = arena_new(0);
    cr_assert_eq(calendar_load(SOURCE_DIR "/config/calendar/cn_working_days.csv", arena, &calendar, &err), 0,
                 "%s", err.detail);
}

static void end(void)
{
    arena_free(arena);
}

TestSuite(calendar, .init = begin, .fini = end);

static int32_t day(const char *text)
{
    int32_t n;

    cr_assert(date_parse(text, &n), "%s", text);
    return n;
}

/* Some moment of the event's day: which one must not matter. */
static void expect_span(const char *from, int32_t count, int32_t unit, int roll, const char *last)
{
    static const int64_t moments[] = {0, 9 * 3600, 86399};
    int64_t got;
    bool provisional;
    struct err err = {0};

    for (size_t i = 0; i < LENGTH(moments); i++) {
        int64_t event = day_end(day(from) - 1) + moments[i] * TIME_SECOND;
        char text[DATE_TEXT];
        cr_assert_eq(
            calendar_span(calendar, event, (linli_period){count, unit}, roll, &got, &provisional, &err), 0,
            "%s", err.detail);
        date_print(day_of(got - 1), text);
        cr_expect_str_eq(text, last, "%s + %d: %s, not %s", from, (int)count, text, last);
        cr_expect_eq(got, day_end(day(last)), "ends at 24:00");
        cr_expect_not(provisional);
    }
}

Test(calendar, working_days_of_each_month)
{
    static const struct {
        int year, months[12];
    } years[] = {
        {2025, {19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23}},
        {2026, {21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23}},
    };

    for (size_t y = 0; y < LENGTH(years); y++) {
        int sum = 0;
        for (int m = 1; m <= 12; m++) {
            int32_t next = m == 12 ? date_of(years[y].year + 1, 1, 1) : date_of(years[y].year, m + 1, 1);
            int count = 0;
            for (int32_t d = date_of(years[y].year, m, 1); d < next; d++)
                count += calendar->days[d] == LINLI_WORKING_DAY;
            cr_expect_eq(count, years[y].months[m - 1], "%d-%02d: %d", years[y].year, m, count);
            sum += count;
        }
        cr_expect_eq(sum, 248);
    }
}

Test(calendar, holidays_and_make_up_days_of_the_notices)
{
    static const char *const holidays[][2] = {
        {"2025-01-01", "2025-01-01"}, {"2025-01-28", "2025-02-04"}, {"2025-04-04", "2025-04-06"},
        {"2025-05-01", "2025-05-05"}, {"2025-05-31", "2025-06-02"}, {"2025-10-01", "2025-10-08"},
        {"2026-01-01", "2026-01-03"}, {"2026-02-15", "2026-02-23"}, {"2026-04-04", "2026-04-06"},
        {"2026-05-01", "2026-05-05"}, {"2026-06-19", "2026-06-21"}, {"2026-09-25", "2026-09-27"},
        {"2026-10-01", "2026-10-07"},
    };
    static const char *const make_up[] = {"2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28",
                                          "2025-10-11", "2026-01-04", "2026-02-14", "2026-02-28",
                                          "2026-05-09", "2026-09-20", "2026-10-10"};
    int expected = 0, found = 0;

    for (size_t i = 0; i < LENGTH(holidays); i++)
        for (int32_t d = day(holidays[i][0]); d <= day(holidays[i][1]); d++, expected++)
            cr_expect_eq(calendar->days[d], LINLI_HOLIDAY, "%s + %d", holidays[i][0],
                         (int)(d - day(holidays[i][0])));
    for (int32_t d = day("2025-01-01"); d <= day("2026-12-31"); d++)
        found += calendar->days[d] == LINLI_HOLIDAY;
    cr_expect_eq(found, expected, "no other day is a holiday");
    for (size_t i = 0; i < LENGTH(make_up); i++)
        cr_expect_eq(calendar->days[day(make_up[i])], LINLI_WORKING_DAY, "%s", make_up[i]);
}

Test(calendar, windows)
{
    expect_span("2026-04-30", 5, LINLI_WORKING_DAYS, LINLI_NO_ROLL, "2026-05-11");
    expect_span("2026-09-30", 2, LINLI_WORKING_DAYS, LINLI_NO_ROLL, "2026-10-09");
    expect_span("2026-09-18", 5, LINLI_WORKING_DAYS, LINLI_NO_ROLL, "2026-09-24");
    expect_span("2026-02-13", 2, LINLI_WORKING_DAYS, LINLI_NO_ROLL, "2026-02-24");
    expect_span("2025-09-24", 5, LINLI_WORKING_DAYS, LINLI_NO_ROLL, "2025-09-30");
    expect_span("2025-01-24", 3, LINLI_WORKING_DAYS, LINLI_NO_ROLL, "2025-02-05");
    expect_span("2026-01-16", 30, LINLI_CALENDAR_DAYS, LINLI_ROLL_HOLIDAY, "2026-02-24");
    expect_span("2026-01-16", 30, LINLI_CALENDAR_DAYS, LINLI_NO_ROLL, "2026-02-15");
    expect_span("2026-03-02", 20, LINLI_CALENDAR_DAYS, LINLI_ROLL_HOLIDAY, "2026-03-22");
    expect_span("2026-03-02", 20, LINLI_CALENDAR_DAYS, LINLI_ROLL_REST, "2026-03-23");
    expect_span("2026-04-23", 10, LINLI_CALENDAR_DAYS, LINLI_ROLL_HOLIDAY, "2026-05-06");
    expect_span("2026-06-01", 30, LINLI_CALENDAR_DAYS, LINLI_ROLL_HOLIDAY, "2026-07-01");
    expect_span("2026-06-01", 0, LINLI_WORKING_DAYS, LINLI_NO_ROLL, "2026-06-01");
    expect_span("2026-06-06", 1, LINLI_WORKING_DAYS, LINLI_NO_ROLL, "2026-06-08");
}

/* A result, its challenge, the answer, the complaint, the decision: 2026. */
Test(calendar, a_challenge_from_notice_to_decision)
{
    expect_span("2026-06-17", 1, LINLI_WORKING_DAYS, LINLI_ROLL_REST, "2026-06-18");
    expect_span("2026-06-18", 7, LINLI_WORKING_DAYS, LINLI_ROLL_REST, "2026-06-30");
    expect_span("2026-06-30", 7, LINLI_WORKING_DAYS, LINLI_ROLL_REST, "2026-07-09");
    expect_span("2026-07-09", 15, LINLI_WORKING_DAYS, LINLI_ROLL_REST, "2026-07-30");
    expect_span("2026-07-30", 30, LINLI_WORKING_DAYS, LINLI_ROLL_REST, "2026-09-10");
}

Test(calendar, months)
{
    expect_span("2026-01-31", 1, LINLI_MONTHS, LINLI_NO_ROLL, "2026-02-28");
    expect_span("2026-01-31", 3, LINLI_MONTHS, LINLI_NO_ROLL, "2026-04-30");
    expect_span("2026-01-31", 2, LINLI_MONTHS, LINLI_NO_ROLL, "2026-03-31");
    expect_span("2019-12-31", 2, LINLI_MONTHS, LINLI_NO_ROLL, "2020-02-29");
    expect_span("2025-11-21", 12, LINLI_MONTHS, LINLI_NO_ROLL, "2026-11-21");
    expect_span("2026-10-31", 2, LINLI_MONTHS, LINLI_NO_ROLL,
                "2026-12-31"); /* into December: the next is January */
    expect_span("2026-11-30", 1, LINLI_MONTHS, LINLI_NO_ROLL, "2026-12-30");
    expect_span("2026-08-01", 2, LINLI_MONTHS, LINLI_ROLL_HOLIDAY, "2026-10-08");
    expect_span("2026-08-31", 1, LINLI_MONTHS, LINLI_ROLL_REST, "2026-09-30");
    expect_span("2026-07-16", 1, LINLI_MONTHS, LINLI_ROLL_REST, "2026-08-17");
    expect_span("2026-07-16", 0, LINLI_MONTHS, LINLI_NO_ROLL, "2026-07-16");
}

/* Months that lead back, or beyond any calendar, are no deadline. */
Test(calendar, months_out_of_range)
{
    static const int32_t wrong[] = {-1, 1000000};
    int64_t from, got;
    bool provisional;

    cr_assert(time_parse("2026-06-15T09:00:00+08:00", &from));
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct err err = {0};
        cr_assert_neq(calendar_span(calendar, from, (linli_period){wrong[i], LINLI_MONTHS}, LINLI_NO_ROLL,
                                    &got, &provisional, &err),
                      0, "%d months", wrong[i]);
    }
}

Test(calendar, hours_run_from_the_instant)
{
    int64_t from, got;
    bool provisional;
    struct err err = {0};

    cr_assert(time_parse("2026-12-30T23:30:00.5+08:00", &from));
    cr_assert_eq(calendar_span(calendar, from, (linli_period){24, LINLI_HOURS}, LINLI_ROLL_REST, &got,
                               &provisional, &err),
                 0);
    cr_assert_eq(got - from, TIME_DAY);
    cr_assert_not(provisional);
    cr_assert_eq(calendar_span(calendar, from, (linli_period){25, LINLI_HOURS}, LINLI_ROLL_REST, &got,
                               &provisional, &err),
                 0);
    cr_assert(provisional);
}

/* No notice for 2027 is known: a window that ends there is marked, one that ends on the last day is not. */
Test(calendar, a_year_without_a_notice_is_provisional)
{
    int64_t got;
    bool provisional;
    struct err err = {0};
    int64_t event = day_end(day("2026-12-30") - 1);

    cr_assert_eq(calendar->official_until, day("2026-12-31"));
    cr_assert_eq(calendar_span(calendar, event, (linli_period){1, LINLI_CALENDAR_DAYS}, LINLI_NO_ROLL, &got,
                               &provisional, &err),
                 0);
    cr_assert_not(provisional);
    cr_assert_eq(calendar_span(calendar, event, (linli_period){2, LINLI_CALENDAR_DAYS}, LINLI_NO_ROLL, &got,
                               &provisional, &err),
                 0);
    cr_assert(provisional);
    cr_assert_eq(calendar_span(calendar, event, (linli_period){10, LINLI_WORKING_DAYS}, LINLI_NO_ROLL, &got,
                               &provisional, &err),
                 0);
    cr_assert_eq(day_of(got - 1), day("2027-01-13"), "an ordinary week until a notice says otherwise");
    cr_assert(provisional);
}

Test(calendar, refuses_what_it_does_not_reach)
{
    int64_t got = 5, event = day_end(day("2036-12-30"));
    bool provisional;
    struct err err = {0};
    static const linli_period bad[] = {{1, LINLI_CALENDAR_DAYS},
                                       {1, LINLI_WORKING_DAYS},
                                       {24, LINLI_HOURS},
                                       {1, LINLI_MONTHS},
                                       {INT32_MAX, LINLI_CALENDAR_DAYS},
                                       {INT32_MAX, LINLI_MONTHS},
                                       {INT32_MAX, LINLI_HOURS},
                                       {-1, LINLI_CALENDAR_DAYS},
                                       {-1, LINLI_WORKING_DAYS},
                                       {-1, LINLI_MONTHS},
                                       {-1, LINLI_HOURS},
                                       {1, 0},
                                       {1, 9}};

    for (size_t i = 0; i < LENGTH(bad); i++) {
        cr_expect_eq(calendar_span(calendar, event, bad[i], LINLI_NO_ROLL, &got, &provisional, &err),
                     E_INVALID, "%zu", i);
        cr_expect_str_eq(err.type, "calendar/range");
    }
    cr_expect_eq(got, 5);
    cr_expect_eq(calendar_span(calendar, INT64_MAX, bad[0], LINLI_NO_ROLL, &got, &provisional, &err),
                 E_INVALID);
    cr_expect_eq(calendar_span(calendar, INT64_MIN, bad[0], LINLI_NO_ROLL, &got, &provisional, &err),
                 E_INVALID);
}

static int load_bytes(const char *text, size_t size, struct err *err)
{
    char path[] = "/tmp/linli-calendar-XXXXXX";
    int fd = mkstemp(path);
    FILE *out = fdopen(fd, "w");
    const linli_calendar *got;

    fwrite(text, 1, size, out);
    fclose(out);
    int status = calendar_load(path, arena, &got, err);
    unlink(path);
    return status;
}

static int load(const char *text, struct err *err)
{
    return load_bytes(text, strlen(text), err);
}

/* A calendar of one day, padded with empty lines to so many bytes. */
static int load_padded(size_t size, struct err *err)
{
    static const char day_one[] = "date,working\n2027-01-01,0\n";
    char *text = malloc(size);

    memset(text, '\n', size);
    memcpy(text, day_one, sizeof day_one - 1);
    int status = load_bytes(text, size, err);
    free(text);
    return status;
}

Test(calendar, takes_a_mebibyte_of_text_and_no_more)
{
    static const char nul[] = "date,working\n2027-01-01,0\n\0\n2027-01-03,0\n";
    struct err err = {0};

    cr_expect_eq(load_padded((size_t)1 << 20, &err), 0, "%s", err.detail);
    cr_expect_eq(load_padded(((size_t)1 << 20) + 1, &err), E_MALFORMED);
    cr_expect(strstr(err.detail, "at most 1 MiB"), "%s", err.detail);
    cr_expect_eq(load_bytes(nul, sizeof nul - 1, &err), E_MALFORMED,
                 "what stands behind a NUL is not passed over");
    cr_expect(strstr(err.detail, "at most 1 MiB"), "%s", err.detail);
    cr_expect_eq(calendar_load("/tmp", arena, &calendar, &err), E_MALFORMED, "a folder cannot be read");
    cr_expect(strstr(err.detail, "at most 1 MiB"), "%s", err.detail);
}

Test(calendar, reaches_ten_years_beyond_its_last_notice)
{
    struct err err = {0};
    bool provisional;
    int64_t got;

    cr_expect_eq(load("date,working\n2200-01-01,0\n", &err), 0, "the last year there is");
    cr_expect_eq(load("date,working\n2201-01-01,0\n", &err), E_MALFORMED, "too far away");
    cr_expect_eq(calendar_span(calendar, day_end(day("2036-12-29")), (linli_period){1, LINLI_CALENDAR_DAYS},
                               LINLI_NO_ROLL, &got, &provisional, &err),
                 0);
    cr_expect_eq(day_of(got - 1), day("2036-12-31"));
    cr_expect_neq(calendar_span(calendar, day_end(day("2036-12-29")), (linli_period){2, LINLI_CALENDAR_DAYS},
                                LINLI_NO_ROLL, &got, &provisional, &err),
                  0);
    cr_expect(strstr(err.detail, "2036-12-31"), "it says how far it goes: %s", err.detail);
    cr_expect_eq(calendar_span(calendar, day_end(day("2036-12-29")), (linli_period){0, LINLI_HOURS},
                               LINLI_NO_ROLL, &got, &provisional, &err),
                 0, "no time at all is a time");
}

Test(calendar, reads_strictly)
{
    struct err err = {0};

    cr_expect_eq(load("date,working\n2027-01-01,0\n", &err), 0);
    cr_expect_eq(load("\xEF\xBB\xBF"
                      "date,working,reason\r\n2027-01-01,0,元旦\r\n\r\n",
                      &err),
                 0);
    cr_expect_eq(load("", &err), E_MALFORMED);
    cr_expect_eq(load("date,working\n", &err), E_MALFORMED);
    cr_expect_eq(load("2027-01-01,0\n", &err), E_MALFORMED);
    cr_expect_eq(load("day,open\n2027-01-01,0\n", &err), E_MALFORMED, "the columns have names");
    cr_expect_eq(load("date,working\n2027-02-30,0\n", &err), E_MALFORMED);
    cr_expect_eq(load("date,working\n2027-01-01,2\n", &err), E_MALFORMED);
    cr_expect_eq(load("date,working\n2027-01-01,01\n", &err), E_MALFORMED);
    cr_expect_eq(load("date,working\n2027-01-01\n", &err), E_MALFORMED);
    cr_expect_eq(load("date,working\n2027-01-02,0\n2027-01-02,1\n", &err), E_MALFORMED,
                 "one day, two answers");
    cr_expect_eq(load("date,working\n9999-01-01,0\n", &err), E_MALFORMED);
    cr_expect_eq(calendar_load("/nonexistent/calendar.csv", arena, &calendar, &err), E_ABSENT);
}
