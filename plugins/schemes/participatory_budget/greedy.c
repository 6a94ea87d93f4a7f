/*
 * By votes, or by votes for what a project costs: what fits into the rest is
 * taken, what does not is passed over or ends the list.  Also spends what equal
 * shares leave over.
 */
#include "budget.h"

/* Negative: a has more. */
static int votes_compare(bool per_cost, const struct project *a, const struct project *b)
{
    linli_wide x = a->score, y = b->score;

    if (per_cost) {
        x *= b->cost > 0 ? b->cost : 1;
        y *= a->cost > 0 ? a->cost : 1;
    }
    return sign_of(y, x);
}

static int compare(const struct count *c, bool per_cost, const struct project *a, const struct project *b)
{
    int32_t rule;
    int order = votes_compare(per_cost, a, b);

    return order ? order : tie_compare(c, a, b, &rule);
}

/* A ballot has few projects: insertion will do.  What no rule parts stays in the order of the keys. */
static void sort(const struct count *c, bool per_cost, struct project **list, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct project *one = list[i];
        size_t at = i;

        for (; at > 0 && compare(c, per_cost, one, list[at - 1]) < 0; at--)
            list[at] = list[at - 1];
        list[at] = one;
    }
    for (size_t i = 1; i < n; i++) {
        int32_t rule = BY_NOTHING;

        if (votes_compare(per_cost, list[i - 1], list[i]) != 0 ||
            tie_compare(c, list[i - 1], list[i], &rule) == 0)
            continue;
        list[i]->tie = rule;
        if (list[i - 1]->tie == BY_NOTHING)
            list[i - 1]->tie = rule;
    }
}

/* Equals can be taken in any order if all of them fit or none does. */
static bool order_matters(struct project *const *list, size_t n, int64_t left)
{
    linli_wide sum = 0;
    bool any = false;

    for (size_t i = 0; i < n; i++) {
        sum += list[i]->cost;
        any |= list[i]->cost <= left;
    }
    return n > 1 && any && sum > left;
}

static void take(struct count *c, struct project *p, bool stop, bool rest, bool *ended)
{
    p->room = c->budget - c->spent;
    if (*ended) {
        p->fate = ENDED;
    } else if (p->cost > p->room) {
        p->fate = PASSED_OVER;
        *ended = stop && p->cost <= c->budget; /* what never could fit stands in nobody's way */
    } else {
        project_take(c, p, rest ? TAKEN_REST : TAKEN);
    }
}

int greedy(struct count *c, bool per_cost, bool stop, bool rest)
{
    struct project **list = LINLI_NEW(c->ask, struct project *, c->project_count);
    size_t n = 0;
    bool ended = false;

    if (!list)
        return NO_MEMORY;
    for (size_t i = 0; i < c->project_count; i++) {
        struct project *p = &c->projects[i];

        if (p->votes > 0 && p->votes >= c->o->votes_min && !p->order && (!rest || p->able))
            list[n++] = p;
    }
    sort(c, per_cost, list, n);
    for (size_t at = 0, same; at < n; at += same) {
        for (same = 1; at + same < n && compare(c, per_cost, list[at], list[at + same]) == 0;)
            same++;
        if (!ended && order_matters(&list[at], same, c->budget - c->spent))
            return NEEDS_DRAW;
        for (size_t i = at; i < at + same; i++) {
            if (!rest)
                list[i]->place = (int32_t)at + 1;
            take(c, list[i], stop, rest, &ended);
        }
    }
    return DONE;
}
