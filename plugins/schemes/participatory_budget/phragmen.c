/*
 * Sequential Phragmen: each project is carried by its supporters in equal parts,
 * counted with what they carry already; the one is bought that asks least of
 * those who would carry it.
 *
 * A voter's load is that of the project bought last of those it supports, so a
 * load is known by the number of that purchase.  Loads are intervals of
 * fixed-point numbers; where two overlap, the question is settled in rationals.
 */
#include "budget.h"

/* What each supporter of a bought project carries from then on. */
struct load {
    linli_wide lo, hi; /* in 2^-shift fen */
    struct project *project;
    struct before {
        uint32_t load; /* 0: none yet */
        int64_t weight;
    } * before;
    uint32_t before_count;
    bool ready; /* `exact` is known */
    mpq_t exact;
};

struct sums {
    linli_wide lo, hi;
};

struct phragmen {
    struct count *c;
    struct load *loads; /* by purchase; [0] is no load */
    uint32_t load_count;
    uint32_t *last;    /* the load of each kind */
    struct sums *sums; /* by project: what its supporters carry together */
    int64_t *behind;   /* by load; zero between uses */
    mpq_t a, b;
    int shift;
    bool tied, over; /* in the last choice */
    int32_t rule;    /* that made it, or BY_NOTHING */
};

static struct phragmen *phragmen_new(struct count *c)
{
    struct phragmen *s = LINLI_NEW(c->ask, struct phragmen, 1);

    if (!s)
        return NULL;
    *s = (struct phragmen){.c = c,
                           .loads = LINLI_NEW(c->ask, struct load, c->project_count + 1),
                           .load_count = 1,
                           .last = LINLI_NEW(c->ask, uint32_t, c->kind_count),
                           .sums = LINLI_NEW(c->ask, struct sums, c->project_count),
                           .behind = LINLI_NEW(c->ask, int64_t, c->project_count + 1),
                           .shift = 122 - bits_of(c->budget)};
    if (s->shift > 60)
        s->shift = 60;
    if (!s->loads || !s->last || !s->sums || !s->behind)
        return NULL;
    mpq_init(s->a);
    mpq_init(s->b);
    return s;
}

void phragmen_release(struct phragmen *s)
{
    if (!s)
        return;
    for (uint32_t i = 0; i < s->load_count; i++)
        if (s->loads[i].ready)
            mpq_clear(s->loads[i].exact);
    mpq_clear(s->a);
    mpq_clear(s->b);
}

/* ---- loads -------------------------------------------------------------- */

static void load_between(const struct phragmen *s, const struct project *p, linli_wide *lo, linli_wide *hi)
{
    const struct sums *sum = &s->sums[p - s->c->projects];
    linli_wide cost = (linli_wide)p->cost << s->shift;

    *lo = (cost + sum->lo) / p->votes;
    *hi = (cost + sum->hi) / p->votes + ((cost + sum->hi) % p->votes != 0);
}

/* What the supporters of a project carry, by load; the number of terms. */
static uint32_t terms_of(struct phragmen *s, const struct project *p, struct before *out)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < p->backing_count; i++) {
        uint32_t load = s->last[p->backing[i].kind];

        if (s->behind[load] == 0)
            out[n++].load = load;
        s->behind[load] += s->c->kinds[p->backing[i].kind].weight;
    }
    for (uint32_t i = 0; i < n; i++) {
        out[i].weight = s->behind[out[i].load];
        s->behind[out[i].load] = 0;
    }
    return n;
}

/* (cost + sum of weight * load) / votes.  The loads named must be ready. */
static void load_sum(struct phragmen *s, const struct project *p, const struct before *terms, uint32_t n,
                     mpq_ptr out)
{
    mpq_ptr scratch = s->c->scratch;

    mpq_set_si(out, p->cost, 1);
    for (uint32_t i = 0; i < n; i++) {
        if (terms[i].load == 0)
            continue;
        mpq_set_si(scratch, terms[i].weight, 1);
        mpq_mul(scratch, scratch, s->loads[terms[i].load].exact);
        mpq_add(out, out, scratch);
    }
    mpq_set_si(scratch, p->votes, 1);
    mpq_div(out, out, scratch);
}

/* Loads rest on earlier ones only, so making them ready in order makes each at once.  The sums keep the wider
 * bounds they were made of. */
static void loads_ready(struct phragmen *s)
{
    for (uint32_t i = 1; i < s->load_count; i++) {
        struct load *load = &s->loads[i];

        if (load->ready)
            continue;
        mpq_init(load->exact);
        load->ready = true;
        load_sum(s, load->project, load->before, load->before_count, load->exact);
        exact_interval(s->c->scratch, load->exact, s->shift, &load->lo, &load->hi);
    }
}

static bool load_exact(struct phragmen *s, const struct project *p, mpq_ptr out)
{
    struct before *terms = LINLI_NEW(s->c->ask, struct before, s->load_count);

    if (!terms)
        return false;
    loads_ready(s);
    load_sum(s, p, terms, terms_of(s, p, terms), out);
    return true;
}

/* ---- the choice --------------------------------------------------------- */

/* Which asks less: negative, the first.  False: no memory. */
static bool load_compare(struct phragmen *s, const struct project *a, const struct project *b, int *ret)
{
    const struct sums *sum_a = &s->sums[a - s->c->projects], *sum_b = &s->sums[b - s->c->projects];
    linli_wide lo_a, hi_a, lo_b, hi_b;

    load_between(s, a, &lo_a, &hi_a);
    load_between(s, b, &lo_b, &hi_b);
    if (hi_a < lo_b || hi_b < lo_a) {
        *ret = hi_a < lo_b ? -1 : 1;
    } else if (sum_a->hi == 0 && sum_b->hi == 0) {
        *ret = sign_of((linli_wide)a->cost * b->votes, (linli_wide)b->cost * a->votes);
    } else {
        if (!load_exact(s, a, s->a) || !load_exact(s, b, s->b))
            return false;
        *ret = mpq_cmp(s->a, s->b);
        *ret = (*ret > 0) - (*ret < 0);
    }
    return true;
}

/* The project whose turn it is, in *ret; NULL: none is left. */
static bool choose(struct phragmen *s, struct project **ret)
{
    struct count *c = s->c;
    struct project *best = NULL;
    int64_t room = c->budget - c->spent;

    s->tied = s->over = false;
    for (size_t i = 0; i < c->project_count; i++) {
        struct project *p = &c->projects[i];
        int32_t rule = BY_NOTHING;
        int order = -1;

        if (!p->able || p->order || p->fate == PASSED_OVER)
            continue;
        if (best && !load_compare(s, p, best, &order))
            return false;
        if (order < 0) {
            s->over = s->tied = false;
            s->rule = BY_NOTHING;
        }
        if (order <= 0)
            s->over |= p->cost > room;
        if (order == 0) {
            order = tie_compare(c, p, best, &rule);
            s->tied = order == 0 || (s->tied && order > 0);
            s->rule = rule;
        }
        if (order < 0)
            best = p;
    }
    *ret = best;
    return true;
}

static bool buy(struct phragmen *s, struct project *p)
{
    struct count *c = s->c;
    uint32_t at = s->load_count;
    struct load *load = &s->loads[at];
    struct before *terms = LINLI_NEW(c->ask, struct before, at);

    if (!terms)
        return false;
    *load = (struct load){.project = p, .before = terms, .before_count = terms_of(s, p, terms)};
    load_between(s, p, &load->lo, &load->hi);
    s->load_count++;
    for (uint32_t i = 0; i < p->backing_count; i++) {
        const struct kind *kind = &c->kinds[p->backing[i].kind];
        const struct load *old = &s->loads[s->last[p->backing[i].kind]];

        for (uint32_t j = 0; j < kind->count; j++) {
            struct sums *sum = &s->sums[kind->projects[j]];
            sum->lo += (load->lo - old->lo) * kind->weight;
            sum->hi += (load->hi - old->hi) * kind->weight;
        }
        s->last[p->backing[i].kind] = at;
    }
    p->tie = s->rule;
    project_take(c, p, c->o->rule == RULE_SHARES ? TAKEN_REST : TAKEN);
    return true;
}

static void end(struct count *c)
{
    for (size_t i = 0; i < c->project_count; i++)
        if (c->projects[i].able && !c->projects[i].order && c->projects[i].fate != PASSED_OVER)
            c->projects[i].fate = ENDED;
}

int phragmen(struct count *c, bool stop, struct phragmen **ret)
{
    struct phragmen *s = phragmen_new(c);

    if (!s)
        return NO_MEMORY;
    *ret = s;
    for (struct project *p = NULL;;) {
        int64_t room = c->budget - c->spent;

        if (!choose(s, &p))
            return NO_MEMORY;
        if (!p)
            return DONE;
        if (stop && s->over) {
            end(c);
            return DONE;
        }
        if (p->cost > room) {
            p->fate = PASSED_OVER;
            p->room = room;
            continue;
        }
        if (s->tied)
            return NEEDS_DRAW;
        if (!buy(s, p))
            return NO_MEMORY;
    }
}

/* ---- words -------------------------------------------------------------- */

bool phragmen_tell(struct phragmen *s, const struct project *p, linli_lines *why)
{
    linli_ask *ask = s->c->ask;
    linli_money cost = {p->cost}, room = {p->room}, each;

    if (p->order) {
        struct load *load = s->loads;

        loads_ready(s);
        while (load->project != p)
            load++;
        each.minor = exact_round(s->c->scratch, load->exact, 1);
        return linli_say(ask, why,
                         LINLI_LINE(M_LOADED, linli_count(p->order), linli_count(p->votes),
                                    linli_amount(cost), linli_amount(each)));
    }
    if (!load_exact(s, p, s->a))
        return false;
    each.minor = exact_round(s->c->scratch, s->a, 1);
    return linli_say(ask, why,
                     p->fate == ENDED
                         ? LINLI_LINE(M_LOAD_ENDED, linli_amount(each))
                         : LINLI_LINE(M_LOAD_OVER, linli_amount(each), linli_amount(room), linli_amount(cost),
                                      linli_amount((linli_money){p->cost - p->room})));
}
