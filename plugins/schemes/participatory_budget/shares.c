/*
 * The method of equal shares.  Every voter gets the same share of the budget.
 * Again and again, of the projects whose supporters can still pay for them, the
 * one is bought that asks least of them for what it gives; each supporter pays
 * in proportion to what it gave the project, or all that is left.
 *
 * What is left over is lost otherwise, so: `add1` raises the shares step by
 * step; `votes` and `phragmen` spend the rest by that rule; `add1u` does one
 * after the other.
 */
#include "purses.h"

/* Purses looked at (a project or a run counts for some) before the question is
 * answered with a refusal: some ten seconds' work, counted so that every machine
 * gives up at the same step. */
#define WORK_MAX INT64_C(2000000000)

#define NO_PURSE UINT32_MAX

/* ---- one run ------------------------------------------------------------ */

static bool bound_before(const struct count *c, const struct project *a, const struct project *b)
{
    return a->bound * use_part(c, a) * use_of(c, b) < b->bound * use_part(c, b) * use_of(c, a);
}

/* Nearly sorted already, so insertion is linear in practice. */
static void sort_active(struct shares *s)
{
    for (size_t i = 1; i < s->active_count; i++) {
        struct project *p = s->active[i];
        size_t at = i;

        for (; at > 0 && bound_before(s->c, p, s->active[at - 1]); at--)
            s->active[at] = s->active[at - 1];
        s->active[at] = p;
    }
}

/* Takes s->asked as the best so far if it is. */
static void challenge(struct shares *s, bool first)
{
    int32_t rule = BY_NOTHING;
    int order = first ? -1 : payment_compare(s, s->asked, s->best);
    struct payment *p = s->asked;

    if (order < 0)
        s->tied = false;
    p->tie = BY_NOTHING;
    if (order == 0) {
        order = tie_compare(s->c, p->project, s->best->project, &rule);
        s->tied |= order == 0;
        if (order < 0)
            s->tied = false;
        p->tie = rule;
        if (order > 0 && s->best->tie == BY_NOTHING)
            s->best->tie = rule;
    }
    if (order < 0) {
        s->asked = s->best;
        s->best = p;
    }
}

/* Surely asks more than the best so far. */
static bool beyond(const struct shares *s, const struct project *p)
{
    const struct count *c = s->c;
    const struct project *best = s->best->project;

    return p->bound * use_part(c, p) * use_of(c, best) > s->best->hi * use_part(c, best) * use_of(c, p);
}

/* The project to buy now into s->best; false: none can be paid.  Payments only
 * grow while a run goes on, so what a project asked last bounds what it asks. */
static bool choose(struct shares *s)
{
    bool found = false;
    size_t kept = 0, i = 0;

    s->tied = false;
    sort_active(s);
    for (; i < s->active_count; i++) {
        struct project *p = s->active[i];

        if (found && beyond(s, p))
            break;
        if (!payment_ask(s, p, s->asked))
            continue;
        p->bound = s->asked->lo;
        challenge(s, !found);
        found = true;
        s->active[kept++] = p;
    }
    for (; i < s->active_count; i++)
        s->active[kept++] = s->active[i];
    s->active_count = kept;
    return found;
}

/* The purse a voter has after it paid its part of a payment. */
static uint32_t purse_after(struct shares *s, uint32_t from, uint32_t payment, int64_t value)
{
    const struct payment *p = &s->payments[payment];
    struct purse *left = &s->purses[s->purse_count];
    linli_wide least = p->hi * value;

    left->parent = from;
    left->payment = payment;
    left->value = value;
    left->run = 0;
    left->lo = s->purses[from].lo > least ? s->purses[from].lo - least : 0;
    left->hi = s->purses[from].hi - p->lo * value;
    s->child[s->purse_count] = NO_PURSE;
    return s->purse_count++;
}

/* Those of a run of backings, who all give the same value, pay. */
static void charge(struct shares *s, const struct backing *b, uint32_t count, uint32_t payment)
{
    const struct payment *p = &s->payments[payment];
    uint32_t touched = 0;

    for (size_t i = 0; i < p->poor_count; i++)
        if (p->poor[i].value == b->value) {
            s->child[p->poor[i].purse] = EMPTY;
            s->touched[touched++] = p->poor[i].purse;
        }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t *held = &s->held[b[i].kind];

        if (s->child[*held] == NO_PURSE) {
            s->child[*held] = purse_after(s, *held, payment, b->value);
            s->touched[touched++] = *held;
        }
        *held = s->child[*held];
    }
    while (touched > 0)
        s->child[s->touched[--touched]] = NO_PURSE;
}

static void buy(struct shares *s)
{
    uint32_t at = (uint32_t)s->payment_count++;
    struct payment *p = &s->payments[at];
    const struct payment *best = s->best;
    struct project *project = best->project;

    p->project = project;
    p->poor = s->pool + s->pool_count;
    p->poor_count = best->poor_count;
    p->poor_votes = best->poor_votes;
    p->points = best->points;
    p->lo = best->lo;
    p->hi = best->hi;
    p->tie = best->tie;
    p->run = 0;
    for (size_t i = 0; i < p->poor_count; i++)
        p->poor[i] = best->poor[i];
    s->pool_count += p->poor_count;
    for (uint32_t i = 0, same; i < project->backing_count; i += same) {
        const struct backing *b = project->backing + i;

        for (same = 1; i + same < project->backing_count && b[same].value == b->value;)
            same++;
        charge(s, b, same, at);
    }
    project->tie = p->tie;
    project_take(s->c, project, TAKEN);
    for (size_t i = 0; i < s->active_count; i++)
        if (s->active[i] == project) {
            s->active_count--;
            for (; i < s->active_count; i++)
                s->active[i] = s->active[i + 1];
        }
}

/* Fixed-point places so that no product of a comparison leaves 127 bits; negative: there are none. */
static int places(const struct shares *s)
{
    const struct count *c = s->c;
    int64_t dearest = 0, use = 0, part = 0;
    int room, least;

    for (size_t i = 0; i < c->project_count; i++) {
        const struct project *p = &c->projects[i];

        if (!p->able)
            continue;
        dearest = p->cost > dearest ? p->cost : dearest;
        use = use_of(c, p) > use ? use_of(c, p) : use;
        part = use_part(c, p) > part ? use_part(c, p) : part;
    }
    room = bits_of(dearest) + bits_of(use) + bits_of(part);
    least = bits_of(s->money);
    room = 124 - (room > least ? room : least);
    return room < 60 ? room : 60;
}

/* False: the numbers are too great. */
static bool start(struct shares *s, int64_t step)
{
    struct count *c = s->c;

    s->run++;
    s->work += 100 + (int64_t)c->project_count;
    s->money = c->budget + (linli_wide)step * c->o->increment.minor * c->voters;
    s->active_count = s->payment_count = s->pool_count = 0;
    c->spent = c->bought = 0;
    s->tied = false;
    s->shift = places(s);
    if (s->shift < 0)
        return false;
    for (size_t i = 0; i < c->project_count; i++) {
        struct project *p = &c->projects[i];

        p->order = 0;
        p->fate = NOT_TAKEN;
        p->tie = BY_NOTHING;
        if (!p->able)
            continue;
        p->bound = ((linli_wide)p->cost << s->shift) / p->score;
        s->active[s->active_count++] = p;
    }
    for (size_t i = 0; i < c->kind_count; i++)
        s->held[i] = FULL;
    s->purse_count = 2;
    s->child[EMPTY] = s->child[FULL] = NO_PURSE;
    s->purses[EMPTY].lo = s->purses[EMPTY].hi = 0;
    s->purses[FULL].lo = (s->money << s->shift) / c->voters;
    s->purses[FULL].hi = s->purses[FULL].lo + ((s->money << s->shift) % c->voters != 0);
    s->purses[EMPTY].run = s->purses[FULL].run = 0;
    return true;
}

static int run(struct shares *s, int64_t step)
{
    if (!start(s, step))
        return OUT_OF_RANGE;
    while (choose(s)) {
        if (s->tied)
            return NEEDS_DRAW;
        buy(s);
    }
    return DONE;
}

/* ---- completion --------------------------------------------------------- */

static bool exhaustive(const struct count *c)
{
    for (size_t i = 0; i < c->project_count; i++) {
        const struct project *p = &c->projects[i];

        if (!p->order && p->able && p->cost <= c->budget - c->spent)
            return false;
    }
    return true;
}

static bool all_in(const struct count *c)
{
    for (size_t i = 0; i < c->project_count; i++)
        if (c->projects[i].able && !c->projects[i].order)
            return false;
    return true;
}

/* Raises the shares; leaves the count as the step that stands left it. */
static int raise_shares(struct shares *s, struct shares_end *ret)
{
    const struct count *c = s->c;

    for (ret->step = 0; s->work <= WORK_MAX; ++ret->step) {
        int done = run(s, ret->step);

        if (done != DONE)
            return done;
        if (c->spent > c->budget) {
            ret->stop = M_STOP_ABOVE;
            return run(s, --ret->step);
        }
        if (all_in(c)) {
            ret->stop = M_STOP_ALL;
            return DONE;
        }
        if (c->o->reading == READ_FIRST && exhaustive(c)) {
            ret->stop = M_STOP_FULL;
            return DONE;
        }
    }
    return TOO_LONG;
}

static struct shares *shares_new(struct count *c)
{
    struct shares *s = LINLI_NEW(c->ask, struct shares, 1);
    size_t purses = c->backing_count + 2;

    if (!s)
        return NULL;
    *s = (struct shares){.c = c,
                         .active = LINLI_NEW(c->ask, struct project *, c->project_count),
                         .held = LINLI_NEW(c->ask, uint32_t, c->kind_count),
                         .purses = LINLI_NEW(c->ask, struct purse, purses),
                         .purse_room = (uint32_t)purses,
                         .child = LINLI_NEW(c->ask, uint32_t, purses),
                         .touched = LINLI_NEW(c->ask, uint32_t, c->kind_count),
                         .behind = LINLI_NEW(c->ask, int64_t, purses),
                         .payments = LINLI_NEW(c->ask, struct payment, c->project_count),
                         .asked = LINLI_NEW(c->ask, struct payment, 2),
                         .pool = LINLI_NEW(c->ask, struct share, c->backing_count)};
    if (!s->active || !s->held || !s->purses || !s->child || !s->touched || !s->behind || !s->payments ||
        !s->asked || !s->pool)
        return NULL;
    s->best = s->asked + 1;
    s->asked->poor = LINLI_NEW(c->ask, struct share, c->kind_count);
    s->best->poor = LINLI_NEW(c->ask, struct share, c->kind_count);
    return s->asked->poor && s->best->poor ? s : NULL;
}

int shares(struct count *c, struct shares_end *ret)
{
    struct shares *s = shares_new(c);
    int32_t completion = c->o->completion;
    int done;

    if (!s)
        return NO_MEMORY;
    ret->shares = s;
    if (c->voters == 0)
        return DONE;
    if (completion == COMPLETE_ADD1 || completion == COMPLETE_ADD1U)
        done = raise_shares(s, ret);
    else
        done = run(s, 0);
    if (done == DONE && (completion == COMPLETE_VOTES || completion == COMPLETE_ADD1U))
        done = greedy(c, false, false, true);
    if (done == DONE && completion == COMPLETE_PHRAGMEN)
        done = phragmen(c, c->o->fit == FIT_STOP, &ret->rest);
    return done == DONE && c->o->compare ? outcomes_compare(c, ret) : done;
}

void shares_release(struct shares *s)
{
    if (!s)
        return;
    for (uint32_t i = 0; i < s->purse_room; i++)
        if (s->purses[i].ready)
            mpq_clear(s->purses[i].exact);
    for (size_t i = 0; i < s->c->project_count; i++)
        if (s->payments[i].ready)
            mpq_clear(s->payments[i].exact);
    for (int i = 0; i < 2; i++) {
        struct payment *p = i ? s->best : s->asked;

        if (p->ready)
            mpq_clear(p->exact);
    }
}

/* ---- words -------------------------------------------------------------- */

int64_t shares_each(const struct shares *s)
{
    int64_t fen;

    return linli_div(s->money, s->c->voters, LINLI_HALF_UP, &fen) ? fen : INT64_MAX;
}

static bool tell_effective(struct shares *s, const struct payment *p, linli_lines *why)
{
    struct count *c = s->c;
    linli_line line;

    mpq_set_si(c->sum, p->project->cost, 1);
    mpq_div(c->sum, c->sum, p->exact);
    line = LINLI_LINE(M_EFFECTIVE, linli_score((linli_points){exact_round(c->scratch, c->sum, LINLI_POINT)}));
    if (mpz_fits_slong_p(mpq_numref(c->sum)) && mpz_fits_slong_p(mpq_denref(c->sum)) &&
        mpz_cmp_ui(mpq_denref(c->sum), 1) != 0)
        line = LINLI_LINE(M_FRACTION, line.arg[0], linli_count(mpz_get_si(mpq_numref(c->sum))),
                          linli_count(mpz_get_si(mpq_denref(c->sum))));
    return linli_say(c->ask, why, line);
}

static bool tell_bought(struct shares *s, struct payment *p, linli_lines *why)
{
    struct count *c = s->c;
    const struct project *project = p->project;
    uint32_t message = c->o->ballots == BALLOT_APPROVAL ? M_CHOSEN : M_CHOSEN_POINTS;
    linli_money cost = {project->cost}, each, poor;

    payment_exact(s, p);
    each.minor = exact_round(c->scratch, p->exact, 1);
    if (!linli_say(c->ask, why,
                   LINLI_LINE(message, linli_count(project->order), linli_count(project->votes),
                              linli_amount(cost), linli_amount(each))))
        return false;
    poor_give(s, p);
    poor.minor = exact_round(c->scratch, c->sum, 1);
    if (p->poor_count > 0 &&
        !linli_say(c->ask, why, LINLI_LINE(M_POOR, linli_count(p->poor_votes), linli_amount(poor))))
        return false;
    return mpq_sgn(p->exact) == 0 || tell_effective(s, p, why);
}

bool shares_tell(struct shares *s, const struct project *p, linli_lines *why)
{
    struct count *c = s->c;
    linli_money have;

    if (p->order)
        return tell_bought(s, &s->payments[p->order - 1], why);
    supporters_have(s, p);
    mpz_fdiv_q(mpq_numref(c->scratch), mpq_numref(c->sum), mpq_denref(c->sum));
    have.minor = mpz_get_si(mpq_numref(c->scratch));
    mpq_set_ui(c->scratch, 0, 1);
    return linli_say(c->ask, why,
                     LINLI_LINE(M_SHORT, linli_amount(have), linli_amount((linli_money){p->cost}),
                                linli_amount((linli_money){p->cost - have.minor})));
}
