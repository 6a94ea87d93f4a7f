/* What must not be in the facts yet: the last door before a plug-in. */
#include <string.h>

#include "core/host/facts.h"

static const linli_phase *phase_here(const linli_facts *f)
{
    for (size_t i = 0; f->plan && f->phase && i < f->plan->phase_count; i++)
        if (strcmp(f->plan->phases[i].code, f->phase) == 0)
            return &f->plan->phases[i];
    return NULL;
}

/* Said, and false. */
#define LEAKS(...) (buf_printf(leak, __VA_ARGS__), false)

/* Of a bid that is not open only that it is there. */
static bool bids_sealed(const linli_facts *f, struct buf *leak)
{
    for (size_t i = 0; i < f->bid_count; i++) {
        const linli_bid *bid = &f->bids[i];
        if (!bid->open && (bid->priced || bid->price.minor != 0))
            return LEAKS("the price of sealed bid %llu is in the facts", (unsigned long long)bid->key);
        if (!bid->priced && bid->price.minor != 0)
            return LEAKS("the price in an unopened envelope of bid %llu is in the facts",
                         (unsigned long long)bid->key);
    }
    return true;
}

static bool offers_sealed(const linli_facts *f, const linli_phase *phase, struct buf *leak)
{
    bool quotes = phase && phase->kind == LINLI_NEGOTIATING && f->phase_due.us && f->now.us < f->phase_due.us;
    size_t at = 0;

    for (size_t i = 0; i < f->offer_count; i++) {
        const linli_offer *o = &f->offers[i];
        /* Sorted by bid, so that the next is close by. */
        for (size_t n = 0; n < f->bid_count && f->bids[at].key != o->bid; n++)
            at = (at + 1) % f->bid_count;
        if (f->bid_count > 0 && f->bids[at].key == o->bid && !f->bids[at].open)
            return LEAKS("what sealed bid %llu offers is in the facts", (unsigned long long)o->bid);
        if (quotes && o->round > 1 && o->at.us >= f->phase_since.us)
            return LEAKS("a last quote is in the facts before its moment");
    }
    return true;
}

/* In the envelope of the price: known once that is opened. */
static bool in_price(const linli_plan *plan, const char *field)
{
    for (size_t i = 0; i < plan->field_count; i++)
        if (strcmp(plan->fields[i].code, field) == 0)
            return plan->fields[i].envelope == 2 && plan->fields[i].by == 0;
    return false;
}

static bool prices_sealed(const linli_facts *f, struct buf *leak)
{
    size_t at = 0;

    for (size_t i = 0; i < f->offer_count && f->plan->sealing == LINLI_TWO_ENVELOPES; i++) {
        /* Sorted by bid, so that the next is close by. */
        for (size_t n = 0; n < f->bid_count && f->bids[at].key != f->offers[i].bid; n++)
            at = (at + 1) % f->bid_count;
        if (f->bid_count > 0 && f->bids[at].key == f->offers[i].bid && !f->bids[at].priced &&
            in_price(f->plan, f->offers[i].field))
            return LEAKS("what the unopened envelope of bid %llu offers is in the facts",
                         (unsigned long long)f->offers[i].bid);
    }
    return true;
}

bool facts_sealed(const linli_facts *f, struct buf *leak)
{
    const linli_phase *phase = phase_here(f);

    if (!phase)
        return true;
    if (phase->kind == LINLI_VOTING && f->phase_due.us && f->now.us < f->phase_due.us && f->ballot_count > 0)
        return LEAKS("ballots are in the facts while the vote runs");
    if (f->plan->sealing != LINLI_OPEN_BIDS) {
        if (phase->kind == LINLI_TENDERING && f->tender->bids_due.us && f->now.us < f->tender->bids_due.us &&
            f->bid_count > 0)
            return LEAKS("sealed bids are in the facts before the deadline");
        if (!bids_sealed(f, leak) || !prices_sealed(f, leak))
            return false;
    }
    return offers_sealed(f, phase, leak);
}
