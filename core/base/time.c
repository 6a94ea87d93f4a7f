/* Instants and civil days (proleptic Gregorian; days by Howard Hinnant's era arithmetic). */
#include "core/base/time.h"

#include <string.h>
#include <time.h>

#include "core/base/err.h"

static int64_t clock_us(clockid_t clock)
{
    struct timespec now;

    MUST(clock_gettime(clock, &now) == 0);
    return now.tv_sec * TIME_SECOND + now.tv_nsec / 1000;
}

int64_t time_real(void)
{
    return clock_us(CLOCK_REALTIME);
}

void time_in(int64_t us, struct timespec *ret)
{
    const int64_t at_us = time_monotonic() + us;

    *ret = (struct timespec){at_us / TIME_SECOND, (long)(at_us % TIME_SECOND) * 1000};
}

int64_t time_monotonic(void)
{
    return clock_us(CLOCK_MONOTONIC);
}

int32_t date_of(int year, int month, int day)
{
    int y = year - (month <= 2);
    int era = (y >= 0 ? y : y - 399) / 400;
    int of_era = y - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void date_split(int32_t day, int *ret_year, int *ret_month, int *ret_day)
{
    int32_t z = day + 719468;
    int32_t era = (z >= 0 ? z : z - 146096) / 146097;
    int32_t of_era = z - era * 146097;
    int32_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int32_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int32_t month = (5 * of_year + 2) / 153;

    *ret_day = of_year - (153 * month + 2) / 5 + 1;
    *ret_month = month < 10 ? month + 3 : month - 9;
    *ret_year = year + era * 400 + (*ret_month <= 2);
}

/* Floored, so that instants before 1970 fall on the right day. */
static int64_t floor_div(int64_t n, int64_t d)
{
    return n / d - (n % d < 0);
}

int32_t day_of(int64_t us)
{
    return (int32_t)floor_div(floor_div(us, TIME_SECOND) + TIME_SHANGHAI_S, 86400);
}

int64_t day_end(int32_t day)
{
    return ((int64_t)day + 1) * TIME_DAY - TIME_SHANGHAI_S * TIME_SECOND;
}

/* Exactly `count` digits, moving *at behind them; -1 where there are fewer. */
static int digits_take(const char **at, int count)
{
    int n = 0;

    for (int i = 0; i < count; i++, (*at)++) {
        if (**at < '0' || **at > '9')
            return -1;
        n = n * 10 + (**at - '0');
    }
    return n;
}

static bool char_take(const char **at, char c)
{
    if (**at != c)
        return false;
    (*at)++;
    return true;
}

static bool date_take(const char **at, int32_t *ret_day)
{
    int year, month, day, y, m, d;

    if ((year = digits_take(at, 4)) < 0 || !char_take(at, '-') || (month = digits_take(at, 2)) < 0 ||
        !char_take(at, '-') || (day = digits_take(at, 2)) < 0)
        return false;
    if (year < 1970 || month < 1 || month > 12 || day < 1)
        return false;
    *ret_day = date_of(year, month, day);
    date_split(*ret_day, &y, &m, &d);
    return y == year && m == month && d == day;
}

bool date_parse(const char *text, int32_t *ret_day)
{
    int32_t day;

    if (!date_take(&text, &day) || *text != '\0')
        return false;
    *ret_day = day;
    return true;
}

/* ".5" to ".123456", or nothing: no fraction. */
static bool fraction_take(const char **at, int64_t *ret_us)
{
    int64_t us = 0, unit = TIME_SECOND;

    if (char_take(at, '.')) {
        if (**at < '0' || **at > '9')
            return false;
        for (; **at >= '0' && **at <= '9'; (*at)++) {
            if (unit == 1)
                return false;
            unit /= 10;
            us += (**at - '0') * unit;
        }
    }
    *ret_us = us;
    return true;
}

static bool offset_take(const char **at, int *ret_s)
{
    int hours, minutes, sign = **at == '-' ? -1 : 1;

    *ret_s = 0;
    if (char_take(at, 'Z'))
        return true;
    if (!char_take(at, '+') && !char_take(at, '-'))
        return false;
    if ((hours = digits_take(at, 2)) < 0 || !char_take(at, ':') || (minutes = digits_take(at, 2)) < 0)
        return false;
    *ret_s = sign * (hours * 3600 + minutes * 60);
    return hours <= 23 && minutes <= 59;
}

bool time_parse(const char *text, int64_t *ret_us)
{
    int32_t day;
    int hour, minute, second, offset_s;
    int64_t fraction;

    if (!date_take(&text, &day) || !char_take(&text, 'T') || (hour = digits_take(&text, 2)) < 0 ||
        !char_take(&text, ':') || (minute = digits_take(&text, 2)) < 0 || !char_take(&text, ':') ||
        (second = digits_take(&text, 2)) < 0 || !fraction_take(&text, &fraction) ||
        !offset_take(&text, &offset_s) || *text != '\0')
        return false;
    if (hour > 23 || minute > 59 || second > 59)
        return false;
    int64_t seconds = day * INT64_C(86400) + hour * INT64_C(3600) + minute * INT64_C(60) + second - offset_s;
    if (seconds < 0)
        return false;
    *ret_us = seconds * TIME_SECOND + fraction;
    return true;
}

static char *digits_print(char *out, int n, int count)
{
    for (int i = count - 1; i >= 0; i--, n /= 10)
        out[i] = (char)('0' + n % 10);
    return out + count;
}

static char *date_put(char *out, int32_t day)
{
    int y, m, d;

    date_split(day, &y, &m, &d);
    out = digits_print(out, y, 4);
    *out++ = '-';
    out = digits_print(out, m, 2);
    *out++ = '-';
    return digits_print(out, d, 2);
}

void date_print(int32_t day, char out[DATE_TEXT])
{
    *date_put(out, day) = '\0';
}

static char *seconds_put(char *out, int64_t seconds)
{
    int64_t day = floor_div(seconds, 86400);
    int rest = (int)(seconds - day * 86400);

    out = date_put(out, (int32_t)day);
    *out++ = 'T';
    out = digits_print(out, rest / 3600, 2);
    *out++ = ':';
    out = digits_print(out, rest / 60 % 60, 2);
    *out++ = ':';
    return digits_print(out, rest % 60, 2);
}

void time_print(int64_t us, char out[TIME_TEXT])
{
    int64_t seconds = floor_div(us, TIME_SECOND);
    int fraction = (int)(us - seconds * TIME_SECOND);
    char *end = seconds_put(out, seconds);

    if (fraction != 0) {
        *end++ = '.';
        end = digits_print(end, fraction, 6);
    }
    memcpy(end, "Z", 2);
}

void time_print_shanghai(int64_t us, char out[TIME_TEXT])
{
    memcpy(seconds_put(out, floor_div(us, TIME_SECOND) + TIME_SHANGHAI_S), "+08:00", 7);
}
