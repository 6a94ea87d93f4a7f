/*
 * Every purse is known as an interval of fixed-point numbers, and where two
 * intervals overlap the question is settled in rationals.  So ties are ties and
 * 70/17 is not 4.
 */
#include "purses.h"

/* ---- exact numbers ------------------------------------------------------ */

int bits_of(linli_wide n)
{
    int bits = 0;

    for (; n > 0; n >>= 1)
        bits++;
    return bits;
}

void exact_from_wide(mpq_ptr out, linli_wide n)
{
    mpq_set_ui(out, (unsigned long)(uint64_t)(n >> 64), 1);
    mpq_mul_2exp(out, out, 64);
    mpz_add_ui(mpq_numref(out), mpq_numref(out), (unsigned long)(uint64_t)n);
}

void exact_interval(mpq_ptr scratch, mpq_srcptr exact, int shift, linli_wide *lo, linli_wide *hi)
{
    mpz_ptr whole = mpq_numref(scratch), rest = mpq_denref(scratch);
    uint64_t low;

    mpz_mul_2exp(whole, mpq_numref(exact), (mp_bitcnt_t)shift);
    mpz_fdiv_qr(whole, rest, whole, mpq_denref(exact));
    low = mpz_get_ui(whole);
    mpz_fdiv_q_2exp(whole, whole, 64);
    *lo = ((linli_wide)mpz_get_ui(whole) << 64) | low;
    *hi = *lo + (mpz_sgn(rest) != 0);
    mpq_set_ui(scratch, 0, 1);
}

int64_t exact_round(mpq_ptr scratch, mpq_srcptr exact, unsigned long scale)
{
    mpz_ptr n = mpq_numref(scratch), d = mpq_denref(scratch);
    int64_t rounded;

    mpz_mul_ui(n, mpq_numref(exact), 2 * scale);
    mpz_add(n, n, mpq_denref(exact));
    mpz_mul_2exp(d, mpq_denref(exact), 1);
    mpz_fdiv_q(n, n, d);
    rounded = mpz_fits_slong_p(n) ? mpz_get_si(n) : INT64_MAX;
    mpq_set_ui(scratch, 0, 1);
    return rounded;
}

/* ---- purses and payments, exactly --------------------------------------- */

/* Recursion ends: a payment looks at purses made before it, a purse at the
 * payment that made it.  Depth: two for each project bought. */
static void purse_exact(struct shares *s, uint32_t at)
{
    struct purse *p = &s->purses[at];
    mpq_ptr scratch = s->c->scratch;

    if (p->run == s->run)
        return;
    if (!p->ready)
        mpq_init(p->exact);
    p->ready = true;
    if (at == EMPTY) {
        mpq_set_ui(p->exact, 0, 1);
    } else if (at == FULL) {
        exact_from_wide(p->exact, s->money);
        mpq_set_si(scratch, s->c->voters, 1);
        mpq_div(p->exact, p->exact, scratch);
    } else {
        purse_exact(s, p->parent);
        payment_exact(s, &s->payments[p->payment]);
        mpq_set_si(scratch, p->value, 1);
        mpq_mul(scratch, scratch, s->payments[p->payment].exact);
        mpq_sub(p->exact, s->purses[p->parent].exact, scratch);
        exact_interval(scratch, p->exact, s->shift, &p->lo, &p->hi);
    }
    p->run = s->run;
}

/* weight times what is left of a purse is added to out. */
static void add_share(struct shares *s, const struct share *share, mpq_ptr out)
{
    purse_exact(s, share->purse);
    mpq_set_si(s->c->scratch, share->weight, 1);
    mpq_mul(s->c->scratch, s->c->scratch, s->purses[share->purse].exact);
    mpq_add(out, out, s->c->scratch);
}

void payment_exact(struct shares *s, struct payment *p)
{
    if (p->run == s->run)
        return;
    if (!p->ready)
        mpq_init(p->exact);
    p->ready = true;
    mpq_set_si(p->exact, -p->project->cost, 1);
    for (size_t i = 0; i < p->poor_count; i++)
        add_share(s, &p->poor[i], p->exact);
    mpq_set_si(s->c->scratch, -p->points, 1);
    mpq_canonicalize(s->c->scratch);
    mpq_div(p->exact, p->exact, s->c->scratch);
    p->run = s->run;
}

/* ---- what a project asks ------------------------------------------------ */

/* The shares of a run of backings that give the same value. */
static size_t shares_of_run(struct shares *s, const struct backing *b, uint32_t count, struct share *out)
{
    const struct kind *kinds = s->c->kinds;
    size_t n = 0;

    for (uint32_t i = 0; i < count; i++) {
        uint32_t purse = s->held[b[i].kind];

        if (s->behind[purse] == 0)
            out[n++].purse = purse;
        s->behind[purse] += kinds[b[i].kind].weight;
    }
    for (size_t i = 0; i < n; i++) {
        out[i].weight = s->behind[out[i].purse];
        out[i].value = b->value;
        s->behind[out[i].purse] = 0;
    }
    return n;
}

/* The shares behind a project; what they hold together. */
static size_t shares_behind(struct shares *s, const struct project *p, struct share *out, linli_wide *lo,
                            linli_wide *hi)
{
    size_t n = 0;

    for (uint32_t i = 0, same; i < p->backing_count; i += same) {
        for (same = 1; i + same < p->backing_count && p->backing[i + same].value == p->backing[i].value;)
            same++;
        n += shares_of_run(s, p->backing + i, same, out + n);
    }
    *lo = *hi = 0;
    s->work += 20 + p->backing_count;
    for (size_t i = 0; i < n; i++) {
        *lo += s->purses[out[i].purse].lo * out[i].weight;
        *hi += s->purses[out[i].purse].hi * out[i].weight;
    }
    return n;
}

static void make_poor(struct payment *p, size_t at)
{
    struct share s = p->poor[at];

    p->poor[at] = p->poor[p->poor_count];
    p->poor[p->poor_count++] = s;
    p->points -= s.weight * s.value;
    p->poor_votes += s.weight;
}

enum { NO, YES, UNSURE };

/* Who is poor, and what the others pay.  Whoever has less than the part of the
 * rest that falls to them is poor; that raises the parts, so look again until
 * nobody is new. */
static int settle_intervals(struct shares *s, struct payment *p, size_t n)
{
    linli_wide cost = (linli_wide)p->project->cost << s->shift, rest_lo = cost, rest_hi = cost;

    for (bool again = true; again;) {
        again = false;
        if (p->points == 0)
            return UNSURE;
        p->lo = rest_lo / p->points;
        p->hi = rest_hi / p->points + (rest_hi % p->points != 0);
        for (size_t i = p->poor_count; i < n; i++) {
            const struct share share = p->poor[i];
            const struct purse *purse = &s->purses[share.purse];

            if (purse->lo >= p->hi * share.value)
                continue;
            if (purse->hi >= p->lo * share.value)
                return UNSURE;
            make_poor(p, i);
            rest_lo -= purse->hi * share.weight;
            rest_hi -= purse->lo * share.weight;
            again = true;
        }
    }
    return YES;
}

/* The same in rationals. */
static int settle_exact(struct shares *s, struct payment *p, size_t n)
{
    struct count *c = s->c;

    mpq_set_si(c->sum, -p->project->cost, 1);
    for (size_t i = 0; i < n; i++)
        add_share(s, &p->poor[i], c->sum);
    if (mpq_sgn(c->sum) < 0)
        return NO;
    for (bool again = true; again;) {
        again = false;
        p->run = 0;
        payment_exact(s, p);
        for (size_t i = p->poor_count; i < n; i++) {
            mpq_set_si(c->sum, p->poor[i].value, 1);
            mpq_mul(c->sum, c->sum, p->exact);
            if (mpq_cmp(s->purses[p->poor[i].purse].exact, c->sum) < 0) {
                make_poor(p, i);
                again = true;
            }
        }
    }
    exact_interval(c->scratch, p->exact, s->shift, &p->lo, &p->hi);
    return YES;
}

static void nobody_poor(struct payment *p)
{
    p->poor_count = 0;
    p->poor_votes = 0;
    p->points = p->project->score;
}

bool payment_ask(struct shares *s, struct project *project, struct payment *p)
{
    linli_wide have_lo, have_hi, cost = (linli_wide)project->cost << s->shift;
    size_t n = shares_behind(s, project, p->poor, &have_lo, &have_hi);
    int can = have_hi < cost ? NO : UNSURE;

    p->project = project;
    p->run = 0;
    nobody_poor(p);
    if (have_lo >= cost)
        can = settle_intervals(s, p, n);
    if (can == UNSURE) {
        nobody_poor(p);
        can = settle_exact(s, p, n);
    }
    return can == YES;
}

int64_t use_of(const struct count *c, const struct project *p)
{
    return c->o->utility == UTILITY_CARDINALITY ? 1 : p->cost;
}

int64_t use_part(const struct count *c, const struct project *p)
{
    return c->o->utility == UTILITY_EFFORT ? p->votes : 1;
}

/* Where nobody is poor a payment is cost / score, and the cost falls out of the comparison if it is the use.
 */
static int compare_unbroken(const struct count *c, const struct project *a, const struct project *b)
{
    if (c->o->utility == UTILITY_CARDINALITY)
        return sign_of((linli_wide)a->cost * b->score, (linli_wide)b->cost * a->score);
    return sign_of((linli_wide)use_part(c, a) * b->score, (linli_wide)use_part(c, b) * a->score);
}

int payment_compare(struct shares *s, struct payment *a, struct payment *b)
{
    struct count *c = s->c;
    int64_t use_a = use_of(c, a->project), use_b = use_of(c, b->project);
    int64_t part_a = use_part(c, a->project), part_b = use_part(c, b->project);

    if (a->hi * part_a * use_b < b->lo * part_b * use_a)
        return -1;
    if (a->lo * part_a * use_b > b->hi * part_b * use_a)
        return 1;
    if (a->poor_count == 0 && b->poor_count == 0)
        return compare_unbroken(c, a->project, b->project);
    payment_exact(s, a);
    payment_exact(s, b);
    exact_from_wide(c->scratch, (linli_wide)part_a * use_b);
    mpq_mul(c->sum, a->exact, c->scratch);
    exact_from_wide(c->scratch, (linli_wide)part_b * use_a);
    mpq_mul(c->scratch, b->exact, c->scratch);
    return mpq_cmp(c->sum, c->scratch);
}

/* ---- for the explanation ------------------------------------------------ */

void supporters_have(struct shares *s, const struct project *p)
{
    linli_wide lo, hi;
    size_t n = shares_behind(s, p, s->asked->poor, &lo, &hi);

    mpq_set_ui(s->c->sum, 0, 1);
    for (size_t i = 0; i < n; i++)
        add_share(s, &s->asked->poor[i], s->c->sum);
}

void poor_give(struct shares *s, const struct payment *p)
{
    mpq_set_ui(s->c->sum, 0, 1);
    for (size_t i = 0; i < p->poor_count; i++)
        add_share(s, &p->poor[i], s->c->sum);
}
