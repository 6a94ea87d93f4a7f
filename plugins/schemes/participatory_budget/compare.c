/*
 * Whom does which outcome serve better?  Every voter counts what it gave to the
 * projects funded, in the outcome of equal shares and in the one by votes; where
 * more voters get more from the second, it stands.
 */
#include "budget.h"

static int64_t given_to_funded(const struct kind *kind, const struct project *projects)
{
    int64_t sum = 0;

    for (uint32_t i = 0; i < kind->count; i++)
        if (projects[kind->projects[i]].order)
            sum += kind->values[i];
    return sum;
}

static void start_anew(struct count *c)
{
    c->spent = c->bought = 0;
    for (size_t i = 0; i < c->project_count; i++) {
        struct project *p = &c->projects[i];

        p->order = 0;
        p->fate = NOT_TAKEN;
        p->tie = BY_NOTHING;
        p->room = 0;
    }
}

int outcomes_compare(struct count *c, struct shares_end *end)
{
    struct project *kept = LINLI_NEW(c->ask, struct project, c->project_count);
    int64_t spent = c->spent;
    int32_t bought = c->bought;
    int done;

    if (!kept)
        return NO_MEMORY;
    memcpy(kept, c->projects, c->project_count * sizeof *kept);
    start_anew(c);
    done = greedy(c, false, c->o->fit == FIT_STOP, false);
    if (done != DONE)
        return done;
    for (uint32_t k = 0; k < c->kind_count; k++) {
        int64_t shares = given_to_funded(&c->kinds[k], kept);
        int64_t votes = given_to_funded(&c->kinds[k], c->projects);

        end->prefer_shares += shares > votes ? c->kinds[k].weight : 0;
        end->prefer_votes += votes > shares ? c->kinds[k].weight : 0;
    }
    end->compared = true;
    end->outvoted = end->prefer_votes > end->prefer_shares;
    if (!end->outvoted) {
        memcpy(c->projects, kept, c->project_count * sizeof *kept);
        c->spent = spent;
        c->bought = bought;
    }
    return DONE;
}
