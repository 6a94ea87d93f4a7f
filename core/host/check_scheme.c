/* What a scheme promises beyond every answer's contract. */
#include <string.h>

#include "core/host/check.h"

static const linli_result *result_of(const linli_evaluation *e, uint64_t bid)
{
    for (size_t i = 0; i < e->count; i++)
        if (e->items[i].bid == bid)
            return &e->items[i];
    return NULL;
}

static const linli_part *part_of(const linli_result *r, const char *criterion)
{
    for (size_t i = 0; i < r->part_count; i++)
        if (strcmp(r->parts[i].criterion, criterion) == 0)
            return &r->parts[i];
    return NULL;
}

/* Nobody may lose points for asking less. */
static void check_price(struct checker *c, const struct question *q, const linli_evaluation *before,
                        size_t at)
{
    linli_facts facts = *q->facts;
    linli_bid *bids = ARENA_NEW(c->arena, linli_bid, facts.bid_count);
    struct question less = *q;

    check_begin(c, "price");
    memcpy(bids, facts.bids, facts.bid_count * sizeof *bids);
    bids[at].price.minor -= bids[at].price.minor / 20;
    facts.bids = bids;
    less.facts = &facts;
    struct outcome o = check_ask(c, &less, MEMORY_UP, SIZE_MAX);
    if (o.status != LINLI_OK)
        return;
    const linli_result *old = result_of(before, bids[at].key), *new = result_of(o.answer, bids[at].key);
    if (!old || !new || old->standing != LINLI_RANKED || new->standing != LINLI_RANKED)
        return;
    for (size_t i = 0; i < old->part_count; i++) {
        const linli_part *part = part_of(new, old->parts[i].criterion);
        if (part && part->points.micro < old->parts[i].points.micro)
            check_failed(c, "a lower price of its own lowers part \"%s\" of bid %llu", part->criterion,
                         (unsigned long long)bids[at].key);
    }
}

/* Fewer bids, none, one not admitted, hardly any money. */
static void check_small(struct checker *c, const struct question *q)
{
    for (size_t bids = 0; bids < 2; bids++) {
        linli_facts facts = *q->facts;
        linli_admissions admitted = *q->admitted;
        struct question few = *q;
        facts.bid_count = bids;
        facts.mark_count = facts.check_count = facts.offer_count = facts.paper_count = facts.event_count = 0;
        facts.ballot_count = facts.choice_count = 0;
        admitted.count = bids;
        admitted.bidders = (int32_t)bids;
        few.facts = &facts;
        few.admitted = &admitted;
        check_question_once(c, &few, "evaluate");
    }
    linli_admission items[WORLD_BIDS];
    linli_admissions admitted = {items, WORLD_BIDS, WORLD_BIDS - 2};
    struct question one_out = *q;
    memcpy(items, q->admitted->items, sizeof items);
    items[1].admitted = false;
    one_out.admitted = &admitted;
    check_question_once(c, &one_out, "evaluate");
    linli_facts facts = *q->facts;
    linli_tender tender = *facts.tender;
    struct question poor = *q;
    tender.budget.minor = 1;
    facts.tender = &tender;
    poor.facts = &facts;
    check_question_once(c, &poor, "evaluate");
}

/* Not every scheme is lawful in every regime: the first in which check() finds nothing. */
static void choose_regime(struct checker *c, const void *options, bool set)
{
    for (c->regime = LINLI_STATUTORY; c->regime < LINLI_CHARITY; c->regime++) {
        struct world *w = world_new(c, NULL, NULL, set);
        struct question check = check_question(c, ASK_CHECK, options, &w->facts);
        const linli_findings *found = check_question_once(c, &check, "examples");
        if (!found || found->count == 0)
            return;
    }
}

static void check_example(struct checker *c, const char *json)
{
    bool set = c->scheme->gives & LINLI_SET;
    const void *options = check_options(c, json);

    if (!options)
        return;
    choose_regime(c, options, set);
    struct world *w = world_new(c, NULL, NULL, set);
    struct question check = check_question(c, ASK_CHECK, options, &w->facts);
    const linli_findings *found = check_question_all(c, &check, "examples");
    if (found && found->count > 0)
        check_failed(c, "check() finds fault with the example's %s", found->items[0].path);
    struct question criteria = check_question(c, ASK_CRITERIA, options, &w->facts);
    const linli_criteria *list = check_question_all(c, &criteria, "criteria");
    if (!found || found->count > 0 || !list)
        return;
    w = world_new(c, NULL, list, set);
    struct question evaluate = check_question(c, ASK_EVALUATE, options, &w->facts);
    evaluate.admitted = &w->admitted;
    const linli_evaluation *e = check_question_all(c, &evaluate, "evaluate");
    if (!e)
        return;
    for (size_t i = 0; i < w->facts.bid_count && e->kind == LINLI_ORDER; i++)
        check_price(c, &evaluate, e, i);
    check_small(c, &evaluate);
}

void check_scheme(struct checker *c)
{
    for (size_t i = 0; c->scheme->examples[i]; i++)
        check_example(c, c->scheme->examples[i]);
}
