/* The answer: one result for each project, with who paid what, what supported it, or what it lacked. */
#include "budget.h"

/* Why the project was never in the running. */
static bool hopeless(const struct count *c, const struct project *p, linli_line *ret)
{
    if (p->votes == 0)
        *ret = (linli_line){.message = M_NOBODY};
    else if (p->votes < c->o->votes_min)
        *ret = LINLI_LINE(M_FEW, linli_count(p->votes), linli_count(c->o->votes_min));
    else if (p->cost > c->budget)
        *ret =
            LINLI_LINE(M_ABOVE, linli_amount((linli_money){p->cost}), linli_amount((linli_money){c->budget}));
    else if (!p->able)
        *ret = (linli_line){.message = M_NO_USE};
    else
        return false;
    return true;
}

static linli_line by_place(const struct project *p)
{
    linli_money cost = {p->cost}, room = {p->room}, lacking = {p->cost - p->room};

    switch (p->fate) {
    case ENDED:
        return (linli_line){.message = M_ENDED};
    case PASSED_OVER:
        return LINLI_LINE(M_NO_FIT, linli_count(p->place), linli_amount(cost), linli_amount(room),
                          linli_amount(lacking));
    default:
        return LINLI_LINE(M_FITS, linli_count(p->place), linli_amount(cost), linli_amount(room));
    }
}

/* What equal shares left over went by votes. */
static linli_line by_rest(const struct project *p)
{
    linli_money cost = {p->cost}, room = {p->room}, lacking = {p->cost - p->room};

    if (p->order)
        return LINLI_LINE(M_REST, linli_count(p->order), linli_amount(room), linli_amount(cost));
    return LINLI_LINE(M_NO_ROOM, linli_amount(room), linli_amount(cost), linli_amount(lacking));
}

static bool tell(struct count *c, const struct project *p, const struct shares_end *end,
                 struct phragmen *by_load, linli_lines *why)
{
    static const uint32_t tie_message[] = {M_BY_LOW_COST, M_BY_HIGH_COST, M_BY_VOTES, M_BY_NUMBER, M_BY_DRAW};
    bool by_shares = c->o->rule == RULE_SHARES,
         spent_rest = c->o->completion == COMPLETE_VOTES || c->o->completion == COMPLETE_ADD1U;
    linli_line line;
    bool said;

    if (hopeless(c, p, &line))
        said = linli_say(c->ask, why, line);
    else if (by_shares && end->outvoted)
        said = linli_say(c->ask, why, by_place(p));
    else if (by_shares && end->rest && p->fate != TAKEN)
        said = phragmen_tell(end->rest, p, why);
    else if (by_shares && spent_rest && p->fate != TAKEN)
        said = linli_say(c->ask, why, by_rest(p));
    else if (by_shares)
        said = shares_tell(end->shares, p, why);
    else if (by_load)
        said = phragmen_tell(by_load, p, why);
    else
        said = linli_say(c->ask, why, by_place(p));
    return said &&
           (p->tie == BY_NOTHING || linli_say(c->ask, why, (linli_line){.message = tie_message[p->tie]}));
}

/* The one part of a total. */
static linli_status support(struct count *c, const struct project *p, linli_result *r)
{
    linli_part *part = LINLI_NEW(c->ask, linli_part, 1);
    bool votes = c->o->ballots == BALLOT_APPROVAL || c->o->rule == RULE_PHRAGMEN;
    linli_line said = votes ? LINLI_LINE(M_VOTES, linli_count(p->votes))
                            : LINLI_LINE(M_POINTS, linli_count(p->votes), linli_count(p->score));

    if (!part)
        return LINLI_NOMEM;
    part->criterion = "votes";
    if (__builtin_mul_overflow(p->score, LINLI_POINT, &part->raw.micro))
        return LINLI_RANGE;
    part->points = part->raw;
    if (!linli_say(c->ask, &part->why, said) ||
        (c->o->rule == RULE_PER_COST &&
         !linli_say(c->ask, &part->why,
                    LINLI_LINE(M_PER_COST, linli_count(p->score), linli_amount((linli_money){p->cost})))))
        return LINLI_NOMEM;
    *r = (linli_result){.bid = p->bid->key,
                        .standing = LINLI_RANKED,
                        .total = part->points,
                        .compared = p->bid->price,
                        .parts = part,
                        .part_count = 1};
    return LINLI_OK;
}

static linli_status ask_draw(struct count *c, linli_evaluation *out)
{
    linli_draw_request *draw = LINLI_NEW(c->ask, linli_draw_request, 1);
    uint64_t *keys = LINLI_NEW(c->ask, uint64_t, c->project_count);
    const char *purpose = linli_draw_purpose(c->ask, c->facts, "ties");

    if (!draw || !keys || !purpose)
        return LINLI_NOMEM;
    for (size_t i = 0; i < c->project_count; i++)
        keys[i] = c->projects[i].bid->key;
    *draw = (linli_draw_request){purpose, keys, c->project_count};
    out->draws = draw;
    out->draw_count = 1;
    return linli_told(linli_say(c->ask, &out->why, (linli_line){.message = M_DRAW}));
}

static bool tell_shares(struct count *c, const struct shares_end *end, linli_lines *why)
{
    int64_t share;

    if (!linli_div(c->budget, c->voters, LINLI_HALF_UP, &share) ||
        !linli_say(c->ask, why,
                   LINLI_LINE(M_SHARE, linli_count(c->voters), linli_amount((linli_money){c->budget}),
                              linli_amount((linli_money){share}))))
        return false;
    if (end->stop != 0 &&
        (!linli_say(c->ask, why,
                    LINLI_LINE(M_RAISED, linli_amount(c->o->increment), linli_count(end->step),
                               linli_amount((linli_money){shares_each(end->shares)}))) ||
         !linli_say(c->ask, why, (linli_line){.message = (uint32_t)end->stop})))
        return false;
    return !end->compared ||
           linli_say(c->ask, why,
                     LINLI_LINE(end->outvoted ? M_OUTVOTED : M_KEPT, linli_count(end->prefer_shares),
                                linli_count(end->prefer_votes)));
}

static linli_status summarise(struct count *c, const struct shares_end *end, linli_lines *why)
{
    linli_money spent = {c->spent}, left = {c->budget - c->spent};

    if (c->voters == 0 && !linli_say(c->ask, why, (linli_line){.message = M_NO_VOTERS}))
        return LINLI_NOMEM;
    if (c->voters > 0 && c->o->rule == RULE_SHARES && !tell_shares(c, end, why))
        return LINLI_NOMEM;
    return linli_told(linli_say(
        c->ask, why, LINLI_LINE(M_TOTAL, linli_count(c->bought), linli_amount(spent), linli_amount(left))));
}

linli_status explain(struct count *c, int done, const struct shares_end *end, struct phragmen *by_load,
                     linli_evaluation *out)
{
    linli_result *list = LINLI_NEW(c->ask, linli_result, c->project_count);

    if (!list)
        return LINLI_NOMEM;
    *out = (linli_evaluation){.kind = LINLI_SET, .items = list, .count = c->project_count};
    for (size_t i = 0; i < c->project_count; i++) {
        const struct project *p = &c->projects[i];
        linli_status status = support(c, p, &list[i]);

        if (status != LINLI_OK)
            return status;
        if (done != DONE)
            continue;
        if (!tell(c, p, end, by_load, &list[i].why))
            return LINLI_NOMEM;
        list[i].rank = p->place ? p->place : p->order;
        if (p->order)
            list[i].grant = p->bid->price;
        if (p->votes < c->o->votes_min)
            list[i].standing = LINLI_OUT;
    }
    if (done == NEEDS_DRAW)
        return ask_draw(c, out);
    if (done == TOO_LONG)
        return linli_told(
            linli_say(c->ask, &out->why,
                      LINLI_LINE(M_TOO_LONG, linli_count(end->step), linli_amount(c->o->increment))));
    return summarise(c, end, &out->why);
}
