/*
 * Facts -> projects and ballots.  Ballots that are alike are one kind with a
 * weight, so that a city is counted by what its people said and not by how many
 * said it.
 */
#include "budget.h"

#define MONEY_MAX  (INT64_C(1) << 50)
#define VOTERS_MAX (INT64_C(1) << 40)
#define VALUE_MAX  (INT64_C(1) << 40)
#define SCORE_MAX  (INT64_C(1) << 62)

static linli_status gather_projects(struct count *c, const linli_facts *facts,
                                    const linli_admissions *admitted)
{
    c->projects = LINLI_NEW(c->ask, struct project, admitted->count);
    if (!c->projects)
        return LINLI_NOMEM;
    for (size_t i = 0; i < admitted->count; i++) {
        const linli_bid *bid = linli_bid_of(facts, admitted->items[i].bid);
        size_t at = c->project_count;

        if (!admitted->items[i].admitted)
            continue;
        if (!bid || !bid->priced || bid->price.minor < 0 || bid->price.minor >= MONEY_MAX)
            return LINLI_FACTS;
        for (; at > 0 && c->projects[at - 1].bid->key >= bid->key; at--) {
            if (c->projects[at - 1].bid == bid)
                return LINLI_FACTS;
            c->projects[at] = c->projects[at - 1];
        }
        c->projects[at] = (struct project){.bid = bid, .cost = bid->price.minor, .tie = BY_NOTHING};
        c->project_count++;
    }
    return LINLI_OK;
}

/* ---- one ballot --------------------------------------------------------- */

struct given {
    uint32_t project;
    int32_t rank;
    int64_t value;
};

static void sort_by_project(struct given *g, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        struct given one = g[i];
        uint32_t at = i;

        for (; at > 0 && g[at - 1].project > one.project; at--)
            g[at] = g[at - 1];
        g[at] = one;
    }
}

/* Borda points: one for each other project of the ballot that is behind.  What fell away has no place. */
static void borda(struct given *g, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        g[i].value = 0;
        for (uint32_t j = 0; j < n; j++)
            g[i].value += g[j].rank > g[i].rank;
    }
}

/* What the choice is worth; 0: nothing. */
static int64_t value_of(const struct options *o, const linli_choice *choice)
{
    bool points = o->ballots == BALLOT_CUMULATIVE || o->ballots == BALLOT_SCORING;

    return choice->value < 1 ? 0 : points && o->rule != RULE_PHRAGMEN ? choice->value : 1;
}

/* The projects a ballot supports, ascending, each once; what was not admitted falls away. */
static linli_status ballot_read(const struct count *c, const linli_facts *facts, const linli_ballot *b,
                                const uint32_t *project_of, struct given *out, uint32_t *ret_count)
{
    uint32_t n = 0, kept = 0;

    if (b->weight < 0 || b->first > facts->choice_count || b->count > facts->choice_count - b->first)
        return LINLI_FACTS;
    for (uint32_t i = 0; i < b->count; i++) {
        const linli_choice *choice = &facts->choices[b->first + i];
        int64_t value = value_of(c->o, choice);

        if (choice->bid >= facts->bid_count)
            return LINLI_FACTS;
        if (value >= VALUE_MAX)
            return LINLI_RANGE;
        if (value > 0 && project_of[choice->bid])
            out[n++] = (struct given){project_of[choice->bid] - 1, choice->rank, value};
    }
    sort_by_project(out, n);
    for (uint32_t i = 0; i < n; i++)
        if (kept == 0 || out[kept - 1].project != out[i].project)
            out[kept++] = out[i];
    if (c->o->ballots == BALLOT_ORDINAL && c->o->rule != RULE_PHRAGMEN) {
        borda(out, kept);
        n = kept;
        kept = 0;
        for (uint32_t i = 0; i < n; i++)
            if (out[i].value > 0)
                out[kept++] = out[i];
    }
    *ret_count = kept;
    return LINLI_OK;
}

/* ---- kinds of ballots --------------------------------------------------- */

/* Kinds found by what they say. */
struct finder {
    uint32_t *slots;
    size_t mask;
    uint32_t *projects; /* where the next new kind goes */
    int64_t *values;
};

static uint64_t kind_hash(const uint32_t *projects, const int64_t *values, uint32_t n)
{
    uint64_t h = UINT64_C(14695981039346656037);

    for (uint32_t i = 0; i < n; i++)
        h = ((h ^ projects[i]) * UINT64_C(1099511628211) ^ (uint64_t)values[i]) * UINT64_C(1099511628211);
    return h ^ (h >> 29);
}

static struct kind *kind_at(struct count *c, struct finder *f, uint32_t n)
{
    size_t at = kind_hash(f->projects, f->values, n) & f->mask;

    for (; f->slots[at]; at = (at + 1) & f->mask) {
        struct kind *k = &c->kinds[f->slots[at] - 1];

        if (k->count == n && memcmp(k->projects, f->projects, n * sizeof *k->projects) == 0 &&
            memcmp(k->values, f->values, n * sizeof *k->values) == 0)
            return k;
    }
    c->kinds[c->kind_count] = (struct kind){f->projects, f->values, n, 0};
    f->projects += n;
    f->values += n;
    f->slots[at] = ++c->kind_count;
    return &c->kinds[c->kind_count - 1];
}

static linli_status finder_new(struct count *c, const linli_facts *facts, struct finder *f)
{
    size_t room = 2;

    while (room < 2 * facts->ballot_count + 2)
        room *= 2;
    *f = (struct finder){.slots = LINLI_NEW(c->ask, uint32_t, room),
                         .mask = room - 1,
                         .projects = LINLI_NEW(c->ask, uint32_t, facts->choice_count),
                         .values = LINLI_NEW(c->ask, int64_t, facts->choice_count)};
    c->kinds = LINLI_NEW(c->ask, struct kind, facts->ballot_count);
    return f->slots && f->projects && f->values && c->kinds ? LINLI_OK : LINLI_NOMEM;
}

static linli_status count_ballot(struct count *c, struct finder *f, const struct given *given, uint32_t n,
                                 int64_t weight)
{
    struct kind *kind;

    for (uint32_t i = 0; i < n; i++) {
        f->projects[i] = given[i].project;
        f->values[i] = given[i].value;
    }
    kind = kind_at(c, f, n);
    if (!linli_add(kind->weight, weight, &kind->weight) || !linli_add(c->voters, weight, &c->voters) ||
        c->voters >= VOTERS_MAX)
        return LINLI_RANGE;
    return LINLI_OK;
}

static linli_status gather_kinds(struct count *c, const linli_facts *facts)
{
    uint32_t *project_of = LINLI_NEW(c->ask, uint32_t, facts->bid_count), n = 0;
    struct given *given = LINLI_NEW(c->ask, struct given, facts->choice_count);
    struct finder finder;
    linli_status status = finder_new(c, facts, &finder);

    if (!project_of || !given || facts->choice_count >= UINT32_MAX / 2)
        return LINLI_NOMEM;
    for (size_t i = 0; i < c->project_count; i++)
        project_of[c->projects[i].bid - facts->bids] = (uint32_t)i + 1;
    for (size_t i = 0; status == LINLI_OK && i < facts->ballot_count; i++) {
        status = ballot_read(c, facts, &facts->ballots[i], project_of, given, &n);
        if (status == LINLI_OK)
            status = count_ballot(c, &finder, given, n, facts->ballots[i].weight);
    }
    return status;
}

/* ---- what stands behind a project --------------------------------------- */

/* Runs of equal values stay together and in the order of the kinds. */
static linli_status sort_by_value(struct count *c, struct project *p)
{
    struct backing *from = p->backing, *to;
    bool sorted = true;

    for (uint32_t i = 1; i < p->backing_count; i++)
        sorted &= from[i - 1].value <= from[i].value;
    if (sorted)
        return LINLI_OK;
    to = LINLI_NEW(c->ask, struct backing, p->backing_count);
    if (!to)
        return LINLI_NOMEM;
    for (uint32_t width = 1; width < p->backing_count; width *= 2) {
        for (uint32_t at = 0; at < p->backing_count; at += 2 * width) {
            uint32_t left = at, middle = at + width, end = middle + width, right;

            middle = middle < p->backing_count ? middle : p->backing_count;
            right = middle;
            end = end < p->backing_count ? end : p->backing_count;
            for (uint32_t i = at; i < end; i++)
                to[i] = left < middle && (right == end || from[left].value <= from[right].value)
                            ? from[left++]
                            : from[right++];
        }
        struct backing *other = from;
        from = to;
        to = other;
    }
    p->backing = from;
    return LINLI_OK;
}

static linli_status gather_backing(struct count *c)
{
    for (uint32_t k = 0; k < c->kind_count; k++)
        for (uint32_t i = 0; i < c->kinds[k].count && c->kinds[k].weight > 0; i++) {
            c->projects[c->kinds[k].projects[i]].backing_count++;
            c->backing_count++;
        }
    for (size_t i = 0; i < c->project_count; i++) {
        c->projects[i].backing = LINLI_NEW(c->ask, struct backing, c->projects[i].backing_count);
        if (!c->projects[i].backing)
            return LINLI_NOMEM;
        c->projects[i].backing_count = 0;
    }
    for (uint32_t k = 0; k < c->kind_count; k++) {
        const struct kind *kind = &c->kinds[k];

        for (uint32_t i = 0; i < kind->count && kind->weight > 0; i++) {
            struct project *p = &c->projects[kind->projects[i]];
            linli_wide score = p->score + (linli_wide)kind->weight * kind->values[i];

            if (score >= SCORE_MAX)
                return LINLI_RANGE;
            p->backing[p->backing_count++] = (struct backing){k, kind->values[i]};
            p->votes += kind->weight;
            p->score = (int64_t)score;
        }
    }
    return LINLI_OK;
}

linli_status count_gather(struct count *c, const linli_facts *facts, const linli_admissions *admitted)
{
    linli_status status = gather_projects(c, facts, admitted);
    bool by_cost = c->o->rule == RULE_SHARES && c->o->utility != UTILITY_CARDINALITY;

    c->budget = facts->tender->budget.minor;
    if (facts->tender->pool.minor != 0 && facts->tender->pool.minor < c->budget)
        c->budget = facts->tender->pool.minor > 0 ? facts->tender->pool.minor : 0;
    if (c->budget < 0 || c->budget >= MONEY_MAX)
        return LINLI_FACTS;
    if (status == LINLI_OK)
        status = gather_kinds(c, facts);
    if (status == LINLI_OK)
        status = gather_backing(c);
    for (size_t i = 0; status == LINLI_OK && i < c->project_count; i++) {
        struct project *p = &c->projects[i];

        p->able =
            p->votes > 0 && p->votes >= c->o->votes_min && p->cost <= c->budget && (!by_cost || p->cost > 0);
        if (c->o->rule == RULE_SHARES)
            status = sort_by_value(c, p);
    }
    return status;
}

void project_take(struct count *c, struct project *p, int32_t fate)
{
    p->order = ++c->bought;
    p->fate = fate;
    p->room = c->budget - c->spent;
    c->spent += p->cost;
}
