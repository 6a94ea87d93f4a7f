/* Who goes first of equals: the rules published, and the draw where they end with one. */
#include "budget.h"

const char *const tie_codes[] = {"low_cost", "high_cost", "votes", "number", "draw", NULL};

static const int32_t default_ties[] = {BY_LOW_COST, BY_VOTES, BY_DRAW};

const int32_t *tie_rules(const struct options *o, size_t *count)
{
    *count = o->ties.count ? o->ties.count : sizeof default_ties / sizeof default_ties[0];
    return o->ties.count ? o->ties.items : default_ties;
}

static int number_compare(const linli_bid *a, const linli_bid *b)
{
    return a->number != b->number ? sign_of(a->number, b->number)
                                  : sign_of((linli_wide)a->key, (linli_wide)b->key);
}

int tie_compare(const struct count *c, const struct project *a, const struct project *b, int32_t *rule)
{
    size_t n;
    const int32_t *rules = tie_rules(c->o, &n);
    int order = 0;

    for (size_t i = 0; i < n && order == 0; i++) {
        *rule = rules[i];
        switch (rules[i]) {
        case BY_LOW_COST:
            order = sign_of(a->cost, b->cost);
            break;
        case BY_HIGH_COST:
            order = sign_of(b->cost, a->cost);
            break;
        case BY_VOTES:
            order = sign_of(b->votes, a->votes);
            break;
        case BY_NUMBER:
            order = number_compare(a->bid, b->bid);
            break;
        default:
            if (!c->draw)
                return 0;
            order = sign_of(linli_drawn(c->draw, a->bid->key), linli_drawn(c->draw, b->bid->key));
        }
    }
    return order;
}

const linli_draw *draw_find(const linli_facts *facts, const struct count *c)
{
    for (size_t i = facts->draw_count; i-- > 0;) {
        const linli_draw *draw = &facts->draws[i];
        size_t named = 0;

        if (!linli_draws_for(draw, "ties"))
            continue;
        for (size_t p = 0; p < c->project_count; p++)
            named += linli_drawn(draw, c->projects[p].bid->key) != INT64_MAX;
        if (named == c->project_count)
            return draw;
    }
    return NULL;
}
