/*
 * linli/math.h - exact arithmetic for plug-ins.  Header only: a plug-in that uses
 * it imports nothing.
 *
 * Every function gives false instead of a wrong number.  Products are formed in
 * 128 bits and divided once, so one published number is rounded once.
 */
#ifndef LINLI_MATH_H
#define LINLI_MATH_H

#include "linli/plugin.h"

#define LINLI_POINT INT64_C(1000000)      /* micro-points in a point */
#define LINLI_WHOLE INT64_C(1000000)      /* ppm in 100% */

__extension__ typedef __int128 linli_wide;

static inline bool linli_add(int64_t a, int64_t b, int64_t *out)
{
    return !__builtin_add_overflow(a, b, out);
}

/* n / d for 0 < d < 2^126.  LINLI_HALF_UP is the 四舍五入 of Chinese tenders: a
 * half goes away from zero. */
static inline bool linli_div(linli_wide n, linli_wide d, int32_t rounding, int64_t *out)
{
    linli_wide whole, rest, twice;
    int      sign = n < 0 ? -1 : 1;
    bool     up;

    if (d <= 0 || d >> 126 != 0)
        return false;
    whole = n / d;
    rest  = n % d;
    twice = (rest < 0 ? -rest : rest) * 2;
    switch (rounding) {
    case LINLI_HALF_UP:   up = twice >= d; break;
    case LINLI_HALF_EVEN: up = twice > d || (twice == d && whole % 2 != 0); break;
    case LINLI_UP:        up = rest != 0; break;
    case LINLI_DOWN:      up = false; break;
    default:            return false;
    }
    if (up)
        whole += sign;
    if (whole > INT64_MAX || whole < INT64_MIN)
        return false;
    *out = (int64_t)whole;
    return true;
}

/* a * b / d, rounded once. */
static inline bool linli_mul_div(int64_t a, int64_t b, int64_t d, int32_t rounding, int64_t *out)
{
    return linli_div((linli_wide)a * b, d, rounding, out);
}

/* Points kept to `decimals` places (0..6). */
static inline bool linli_round_points(linli_points p, int32_t decimals, int32_t rounding,
                                    linli_points *out)
{
    int64_t unit = LINLI_POINT, n;

    if (decimals < 0 || decimals > 6)
        return false;
    for (; decimals > 0; decimals--)
        unit /= 10;
    return linli_div(p.micro, unit, rounding, &n) && !__builtin_mul_overflow(n, unit, &out->micro);
}

/* Shares of a total that add up to it exactly: each is rounded down and the
 * units left over go one by one to the largest remainders, the earlier first.
 * The shares must add up to LINLI_WHOLE and the total not be negative. */
static inline bool linli_split(int64_t total, const int64_t *ppm, size_t count, int64_t *out)
{
    int64_t left = total, sum = 0;

    if (total < 0)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (ppm[i] < 0 || !linli_add(sum, ppm[i], &sum)
            || !linli_mul_div(total, ppm[i], LINLI_WHOLE, LINLI_DOWN, &out[i]))
            return false;
        left -= out[i];
    }
    if (sum != LINLI_WHOLE)
        return false;
    for (int64_t last = LINLI_WHOLE; left > 0; ) {    /* left < count */
        int64_t best = -1;

        for (size_t i = 0; i < count; i++) {
            int64_t rest = (int64_t)((linli_wide)total * ppm[i] % LINLI_WHOLE);
            if (rest < last && rest > best)
                best = rest;
        }
        if (best <= 0)
            return false;                           /* cannot happen */
        for (size_t i = 0; i < count && left > 0; i++)
            if ((int64_t)((linli_wide)total * ppm[i] % LINLI_WHOLE) == best) {
                out[i]++;
                left--;
            }
        last = best;
    }
    return true;
}

/* Parts of a total in order: each is rounded down, the last takes the rest, as
 * contracts are written.  Otherwise like linli_split. */
static inline bool linli_parts(int64_t total, const int64_t *ppm, size_t count, int64_t *out)
{
    int64_t left = total, sum = 0;

    if (total < 0 || count == 0)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (ppm[i] < 0 || !linli_add(sum, ppm[i], &sum)
            || !linli_mul_div(total, ppm[i], LINLI_WHOLE, LINLI_DOWN, &out[i]))
            return false;
        left -= out[i];
    }
    out[count - 1] += left;
    return sum == LINLI_WHOLE;
}

/* The civil day of a moment, and the last day of a period that starts on the
 * day after `day` (民法典 §201).  `roll` says what happens to calendar days that
 * end on a day off; §203 and 87号 §85 move them past a holiday, an ordinary
 * weekend is a matter of policy.  False outside the calendar. */
static inline bool linli_day_of(const linli_calendar *c, linli_time t, int32_t *day)
{
    int64_t local = t.us / 1000000 - (t.us % 1000000 < 0) + (int64_t)c->utc_offset_s;
    int64_t n     = local / 86400 - (local % 86400 < 0);

    if (n < c->first_day || n >= (int64_t)c->first_day + c->day_count)
        return false;
    *day = (int32_t)n;
    return true;
}

static inline bool linli_last_day(const linli_calendar *c, int32_t day, linli_period p, int32_t roll,
                                int32_t *last)
{
    int64_t at = (int64_t)day - c->first_day, left = p.count;

    if (at < 0 || at >= c->day_count || p.count < 0
        || (p.unit != LINLI_CALENDAR_DAYS && p.unit != LINLI_WORKING_DAYS))
        return false;
    while (left > 0) {
        if (++at >= c->day_count)
            return false;
        if (p.unit == LINLI_CALENDAR_DAYS || c->days[at] == LINLI_WORKING_DAY)
            left--;
    }
    if (p.count > 0 && (roll == LINLI_ROLL_REST
                        || (roll == LINLI_ROLL_HOLIDAY && c->days[at] == LINLI_HOLIDAY)))
        while (at < c->day_count && c->days[at] != LINLI_WORKING_DAY)
            at++;
    if (at >= c->day_count)
        return false;
    *last = c->first_day + (int32_t)at;
    return true;
}

#endif /* LINLI_MATH_H */
