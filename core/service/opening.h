/*
 * Bids that are sealed to openers (core/service/openers.h): closing them, and getting at what their openers show.
 *
 * A lot closes before anything of it is opened: how many bids there are and the root over them are an event, which is logged
 * and signed.  Then the signer of mode K0 answers, or k openers have promised and posted their shares.
 */
#ifndef CORE_SERVICE_OPENING_H
#define CORE_SERVICE_OPENING_H

#include "core/service/tender.h"

/* The lot takes no more bids; its closing is an event, once, so that who holds a receipt finds the bid in it, whoever opens.  Nothing where
 * bids are open from the beginning. */
int lot_close(struct act *a, const struct tender *t, const struct lot *l, struct err *err) MUST_USE;

struct opening;         /* what the openers of a lot showed */
/* NULL where no bid of the lot is sealed to openers.  E_BUSY seal/not-logged: the closing is not signed yet; E_REFUSED
 * seal/withheld: too few shares; seal/refused, signer/away of the signer. */
int opening_begin(struct act *a, const struct tender *t, const struct lot *l, struct opening **ret, struct err *err) MUST_USE;

/* A container that was handed in.  What is read of it goes into an arena of its own, which ends with it: containers may be large,
 * and a tender has many. */
struct container { const char *bid; const uint8_t *bytes; size_t count; struct arena *arena; };
/* A container opened: ret_text is its bid.json, or price.json, of ret_bytes, whatever they are (and a NUL behind), and its other files are kept as the bidder's; or ret_reason
 * says why the bid is void by its bidder's fault.  E_REFUSED seal/withheld where shares are missing or wrong, naming whose. */
int opening_read(struct act *a, const struct opening *opening, const struct container *container, const char **ret_text,
                 size_t *ret_bytes, const char **ret_reason, struct err *err) MUST_USE;

/* Would opening_read come to an end with it?  E_REFUSED seal/withheld as there.  Nothing is changed. */
int opening_ready(struct act *a, const struct opening *opening, const struct container *container, struct err *err) MUST_USE;

/* What waited for shares or keys goes on. */
int opening_wake(struct act *a, const struct tender *t, struct err *err) MUST_USE;

/* ---- mode K2: keys that the bidders kept ---- */

/* Until when they are shown; 0: this tender does without. */
int64_t co_keys_until(const struct tender *t);
/* Of each bid of a lot that counts the key its bidder showed (columns id, co_key).  E_REFUSED seal/withheld: some may still be
 * shown. */
int co_keys_load(struct act *a, const struct tender *t, const struct lot *l, struct rows **ret, struct err *err) MUST_USE;

/* ---- the prices, of two envelopes ---- */

enum prices { PRICES_SEALED, PRICES_CLOSED, PRICES_OPENED };
/* How far the prices of a lot in two envelopes are; of one in one envelope SEALED, since no list of prices is ever closed. */
int prices_state(struct act *a, const struct lot *l, enum prices *ret, struct err *err) MUST_USE;
/* Of two envelopes, once the prices are closed: marks and report stand, but for a review that was approved.  E_REFUSED
 * state/refused */
int prices_unseen(struct act *a, const struct lot *l, struct err *err) MUST_USE;
/* Are they closed or opened?  Then whoever joined the panel would mark knowing them, whatever was reopened: prices_newcomer says
 * no, E_REFUSED state/refused. */
int prices_known(struct act *a, const struct lot *l, bool *ret, struct err *err) MUST_USE;
int prices_newcomer(struct act *a, const struct lot *l, struct err *err) MUST_USE;
/* E_REFUSED bid/sealed: marks or report are lacking. */
int prices_not_due(struct err *err) MUST_USE;
/* The marks are locked and the report is signed: which bids' prices are opened is an event, once, and nobody's else ever are.
 * ret_closed: how many; at 0 nothing was written. */
int prices_close(struct act *a, const struct tender *t, const struct lot *l, const char *const *bids, size_t count,
                 size_t *ret_closed, struct err *err) MUST_USE;
/* As opening_begin; ret_bids: those listed, rows of prices_listed. */
int prices_begin(struct act *a, const struct tender *t, const struct lot *l, struct opening **ret, struct rows **ret_bids,
                 struct err *err) MUST_USE;

#endif
