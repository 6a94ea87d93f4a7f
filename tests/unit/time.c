/* Instants and civil days. */
#include "core/base/time.h"

#include <criterion/criterion.h>

Test(date, every_day_of_four_centuries_is_one_after_the_last)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int32_t expected = 0;

    for (int year = 1970; year < 2370; year++)
        for (int month = 1; month <= 12; month++) {
            bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
            int length = lengths[month - 1] + (month == 2 && leap);
            for (int day = 1; day <= length; day++, expected++) {
                int y, m, d;
                cr_assert_eq(date_of(year, month, day), expected);
                date_split(expected, &y, &m, &d);
                cr_assert(y == year && m == month && d == day);
            }
        }
}

Test(date, text)
{
    static const char *const bad[] = {"",          "2026-02-29",  "2026-13-01", "2026-00-10", "2026-04-31",
                                      "2026-1-01", "2026-01-1",   "2026/01/01", "1969-12-31", "2026-01-01 ",
                                      "20260101",  "2026-01-011", "１026-01-01"};
    int32_t day;
    char out[DATE_TEXT];

    cr_assert(date_parse("2028-02-29", &day));
    date_print(day, out);
    cr_assert_str_eq(out, "2028-02-29");
    cr_assert(date_parse("9999-12-31", &day));
    date_print(day, out);
    cr_assert_str_eq(out, "9999-12-31");
    for (size_t i = 0; i < LENGTH(bad); i++)
        cr_expect_not(date_parse(bad[i], &day), "%s", bad[i]);
}

/* The examples of RFC 3339 section 5.8, except its leap seconds. */
Test(instant, text)
{
    static const struct {
        const char *text, *printed;
    } good[] = {
        {"1985-04-12T23:20:50.52Z", "1985-04-12T23:20:50.520000Z"},
        {"1996-12-19T16:39:57-08:00", "1996-12-20T00:39:57Z"},
        {"2026-12-01T09:00:00+08:00", "2026-12-01T01:00:00Z"},
        {"2026-12-01T00:59:59.123456Z", "2026-12-01T00:59:59.123456Z"},
        {"1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"},
        {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},
        {"2028-02-29T00:00:00+05:30", "2028-02-28T18:30:00Z"},
    };
    static const char *const bad[] = {
        "",
        "2026-12-01",
        "2026-12-01T09:00:00",
        "2026-12-01 09:00:00Z",
        "2026-12-01T24:00:00Z",
        "2026-12-01T09:60:00Z",
        "1990-12-31T23:59:60Z",
        "2026-12-01T09:00Z",
        "2026-12-01T09:00:00.Z",
        "2026-12-01T09:00:00.1234567Z",
        "2026-12-01T09:00:00+0800",
        "2026-12-01T09:00:00+24:00",
        "2026-12-01T09:00:00+08:60",
        "2026-12-01T09:00:00z",
        "2026-12-01t09:00:00Z",
        "2026-02-30T09:00:00Z",
        "1969-12-31T23:59:59Z",
        "1970-01-01T00:00:00+08:00",
        "2026-12-01T09:00:00ZZ",
        "2026-12-01T9:00:00Z",
    };
    int64_t us;
    char out[TIME_TEXT];

    for (size_t i = 0; i < LENGTH(good); i++) {
        cr_expect(time_parse(good[i].text, &us), "%s", good[i].text);
        time_print(us, out);
        cr_expect_str_eq(out, good[i].printed);
    }
    for (size_t i = 0; i < LENGTH(bad); i++)
        cr_expect_not(time_parse(bad[i], &us), "%s", bad[i]);
}

Test(instant, civil_day_is_shanghais)
{
    int64_t us;
    char out[TIME_TEXT];

    cr_assert(time_parse("2026-11-20T15:59:59.999999Z", &us));
    cr_assert_eq(day_of(us), date_of(2026, 11, 20));
    cr_assert_eq(day_of(us + 1), date_of(2026, 11, 21));
    cr_assert_eq(day_end(date_of(2026, 11, 20)), us + 1);
    cr_assert_eq(day_of(-8 * 3600 * TIME_SECOND - 1), -1);
    time_print_shanghai(us + 1, out);
    cr_assert_str_eq(out, "2026-11-21T00:00:00+08:00");
}

Test(instant, clocks_run)
{
    cr_assert_gt(time_real(), INT64_C(1700000000) * TIME_SECOND);
    int64_t before = time_monotonic();
    cr_assert_geq(time_monotonic(), before);
}
