/* The bids of a lot: opening them, later quotes. */
#ifndef CORE_SERVICE_OPEN_H
#define CORE_SERVICE_OPEN_H

#include "core/service/bid_file.h"
#include "core/service/tender.h"

/* Reads every sealed bid that counts from its file: fields, price, parties.  A bad
 * one is void with its reason and never an error for the others.  Gives keys and
 * printed serials, and stamps the tender as opened. */
int lot_open(struct act *a, struct tender *t, struct lot *l, struct err *err) MUST_USE;
/* Every objection to the record of its opening was answered; where the act is binding, all who may object have
 * answered or had their time as well.  E_REFUSED state/refused */
int opening_settled(struct act *a, const struct tender *t, const struct lot *l, bool binding, struct err *err) MUST_USE;
/* The values of a bid as its first offers. */
int offers_store(struct act *a, const linli_plan *plan, const char *bid, const struct bid_value *values,
                 struct err *err) MUST_USE;

/* A bid that may be read at once, as the act's subject: its fields against the plan, its
 * row, its offers.  E_CONFLICT where the organisation has one already. */
struct open_bid {
    int64_t lot;
    const char *organisation, *fields, *content; /* fields and content are JSON objects */
};
int open_bid_store(struct act *a, const struct tender *t, const struct open_bid *b, struct err *err) MUST_USE;
/* The bid a->subject names, as a row of bid_load, or E_ABSENT bid/absent. */
int bid_load(struct act *a, struct rows **ret, struct err *err) MUST_USE;
/* May the office act so on the bids of others?  Where the plan lets one of the actor's roles at the office. */
bool office_may(const struct act *a, const struct tender *t, const struct lot *l, int act);
/* Is it the actor's own?  Somebody else's does not exist for it. */
bool bid_own(const struct act *a, const struct rows *bid);
/* What was quoted until the due moment of talks becomes the price of the bids of the lot. */
int quotes_settle(struct act *a, const struct tender *t, const struct lot *l, struct err *err) MUST_USE;
/* Are the quotes of the phase secret still?  They are until its due moment. */
bool quotes_sealed(const struct act *a, const struct lot *l);

#endif
