/* Checks of core/trust/bundle_check.h: what is taken for a bidder's offer stands in its file. */
#include <string.h>

#include "core/trust/bundle_checking.h"

struct stated {
    const struct doc *file, *plan; /* of the bid, or of its price; plan NULL: it is not shown */
    const char *bid, *lot, *key;
    bool price;
};

/* Does the plan want the field in this file, and of the bidder? */
static bool wanted(struct checking *c, const struct stated *s, const char *field)
{
    for (size_t i = 0; s->plan && i < doc_count(s->plan, "/fields"); i++) {
        const char *at = arena_printf(c->arena, "/fields/%zu", i);
        if (doc_is(s->plan, arena_printf(c->arena, "%s/code", at), field))
            return !doc_has(s->plan, arena_printf(c->arena, "%s/by", at)) &&
                   doc_is(s->plan, arena_printf(c->arena, "%s/envelope", at), "2") == s->price;
    }
    return false;
}

static bool offer_held(struct checking *c, const struct stated *s, const struct doc *facts, const char *at)
{
    const char *field = doc_text(facts, arena_printf(c->arena, "%s/field", at)),
               *unit = doc_text(facts, arena_printf(c->arena, "%s/unit", at)),
               *value = doc_text(facts, arena_printf(c->arena, "%s/value", at));
    const char *inside = field ? doc_text(s->file, arena_printf(c->arena, "/fields/%s", field)) : NULL;
    int64_t told, is;

    if (!inside)
        return !field || !wanted(c, s, field);
    if (!value) /* of nothing there is no member */
        return bundle_quantity(unit, inside, &is) && is == 0;
    return bundle_quantity(unit, value, &told) && bundle_quantity(unit, inside, &is) && told == is;
}

static int facts_held(struct checking *c, const struct stated *s, const char *id, const struct doc *facts,
                      struct err *err)
{
    for (size_t i = 0; doc_is(facts, "/tender/lot", s->lot) && i < doc_count(facts, "/offers"); i++) {
        const char *at = arena_printf(c->arena, "/offers/%zu", i);
        if (doc_is(facts, arena_printf(c->arena, "%s/bid", at), s->key) &&
            doc_is(facts, arena_printf(c->arena, "%s/round", at), "1") && !offer_held(c, s, facts, at))
            return contradiction(err, "decision % rests on an offer that is not in the bid",
                                 "决定 % 所依据的应答并非投标文件所载", id);
    }
    return 0;
}

int bundle_offers(struct checking *c, const char *bid, const char *text, bool price, struct err *err)
{
    const struct bundle_row *row = bundle_row(c->b, "bid", bid);
    struct doc *file = NULL, *facts;
    struct bundle_decision d;
    const char *id;
    size_t at = 0;
    int status = 0;

    if (!row || !doc_text(row->doc, "/key") || doc_read(c->arena, text, strlen(text), &file, NULL))
        return 0;
    const struct stated s = {
        file, bundle_plan(c), bid, doc_text(row->doc, "/lot"), doc_text(row->doc, "/key"), price};
    while (!status && bundle_decision_next(c->b, c->arena, NULL, &at, &id, &d))
        if ((strcmp(d.question, "evaluate") == 0 || strcmp(d.question, "award") == 0) &&
            !doc_read(c->arena, d.facts, strlen(d.facts), &facts, NULL))
            status = facts_held(c, &s, id, facts, err);
    return status;
}
