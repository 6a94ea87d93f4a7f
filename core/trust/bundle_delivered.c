/* Checks of core/trust/bundle_check.h: what a release takes for delivered and found good was found so by an
 * act. */
#include <string.h>

#include "core/trust/bundle_checking.h"

/* What acts found a tranche to be worth by then; *ret_acts: how many. */
static int64_t found_good(const struct bundle_tender *b, const char *tranche, int64_t until_us,
                          size_t *ret_acts)
{
    const struct bundle_event *e;
    int64_t sum = 0, fen;

    *ret_acts = 0;
    for (size_t at = 0; (e = bundle_about_next(b, tranche, &at));)
        if (event_is(e, "tranche_accept") && e->at_us <= until_us &&
            doc_yuan(e->doc, "/payload/value", &fen)) {
            fen_add(&sum, fen);
            (*ret_acts)++;
        }
    return sum;
}

/* Is it a tranche of a contract of the bid, called so?  *ret_changed: the contract was changed, and with its
 * end a tranche may come that nobody accepted. */
static bool tranche_of(const struct bundle_tender *b, const struct bundle_row *row, const char *bid,
                       const char *code, bool *ret_changed)
{
    const struct bundle_row *contract = bundle_row(b, "contract", doc_text(row->doc, "/contract")),
                            *award =
                                contract ? bundle_row(b, "award", doc_text(contract->doc, "/award")) : NULL;
    size_t at = 0;

    if (!award || !doc_is(award->doc, "/bid", bid) || !doc_is(row->doc, "/code", code))
        return false;
    *ret_changed = *ret_changed || bundle_change_next(b, contract->id, &at);
    return true;
}

/* One of the tranches of that name, where an award has a contract for each of several years. */
static bool delivered_so(struct checking *c, const struct doc *facts, const char *at, int64_t until_us)
{
    const char *key = doc_text(facts, arena_printf(c->arena, "%s/bid", at)),
               *bid = bundle_asked_bid(c->b, c->arena, facts, key),
               *code = doc_text(facts, arena_printf(c->arena, "%s/tranche", at));
    const bool found = doc_is(facts, arena_printf(c->arena, "%s/state", at), "accepted");
    bool changed = false;
    int64_t accepted;
    size_t acts;

    if (!doc_yuan(facts, arena_printf(c->arena, "%s/accepted", at), &accepted))
        accepted = 0; /* of nothing there is no member */
    if (!found && accepted == 0)
        return true;
    for (size_t i = 0; bid && code && i < c->b->row_count; i++)
        if (strcmp(c->b->rows[i].kind, "tranche") == 0 &&
            tranche_of(c->b, &c->b->rows[i], bid, code, &changed) &&
            found_good(c->b, c->b->rows[i].id, until_us, &acts) == accepted && acts > 0)
            return true;
    return changed;
}

int bundle_delivered(struct checking *c, const char *id, const struct doc *facts, int64_t at_us,
                     struct err *err)
{
    size_t wrong = 0;

    for (size_t i = 0; i < doc_count(facts, "/deliveries"); i++)
        wrong += !delivered_so(c, facts, arena_printf(c->arena, "/deliveries/%zu", i), at_us);
    if (wrong > c->b->erased)
        return contradiction(err, "decision % takes for accepted what nobody found so",
                             "决定 % 所依据的验收结论无人作出", id);
    if (wrong)
        c->not_checked =
            "a finding may be among the events that were erased / 验收结论可能在已删除的事件之中";
    return 0;
}
