/*
 * What the checks of a bundle (core/trust/bundle_check.h) share: how a contradiction is told, and what one check asks of another.
 */
#ifndef CORE_TRUST_BUNDLE_CHECKING_H
#define CORE_TRUST_BUNDLE_CHECKING_H

#include "core/trust/bundle_check.h"
#include "core/trust/bundle_find.h"

/* E_REFUSED log/contradiction; English and Chinese, with one %s for the id. */
int contradiction(struct err *err, const char *en, const char *zh, const char *id);
/* "entry N: .." */
int contradicts(struct err *err, uint64_t index, const char *what, const char *zh);
/* Of a level: how many events it does not show. */
const char *some_hidden(struct checking *c);
/* "entry N: ..", and that this act is what is wrong. */
int act_wrong(struct checking *c, const struct bundle_event *e, const char *what, const char *zh, struct err *err);

/* What does not fit is surely not what was awarded. */
void fen_add(int64_t *sum, int64_t fen);
/* The journals, one by one and played again: balanced, each moving money as its kind does, and posted by an act. */
int bundle_journals(struct checking *c, struct err *err) MUST_USE;
/* The next change that was approved for a contract, beyond *at (0 at first); NULL: there is none more. */
const struct bundle_event *bundle_change_next(const struct bundle_tender *b, const char *contract, size_t *at);
/* What was answered to `plan`, read once; NULL: it is not here. */
const struct doc *bundle_plan(struct checking *c);
/* The field that the plan calls the price. */
const char *bundle_priced_field(struct checking *c);
/* The evaluation that the facts hold is this answer. */
bool bundle_evaluated(struct checking *c, const struct doc *facts, const struct doc *answer) MUST_USE;
/* What somebody wrote, in the smallest part of its unit; false: it is none of that unit. */
bool bundle_quantity(const char *unit, const char *shown, int64_t *ret) MUST_USE;
/* What evaluations and awards take for the first offers of a bid is in its file; `price`: that of the other envelope. */
int bundle_offers(struct checking *c, const char *bid, const char *text, bool price, struct err *err) MUST_USE;
/* The bids, prices, quotes, findings, draws and earlier answers an evaluation or award of at_us was asked with are those the log tells of. */
int bundle_known(struct checking *c, const char *id, const char *question, const struct doc *facts, int64_t at_us, struct err *err) MUST_USE;
/* What a release of at_us was asked with as accepted was found so by acts, and worth so much. */
int bundle_delivered(struct checking *c, const char *id, const struct doc *facts, int64_t at_us, struct err *err) MUST_USE;
/* An act took the bid out by then: its bidder's own, one about its award, or a change of its contract. */
bool bundle_left(const struct bundle_tender *b, const char *bid, int64_t at_us) MUST_USE;
/* By then the log had told that the member left the panel: its marks count no longer. */
bool bundle_member_gone(const struct bundle_tender *b, const char *lot, const struct bundle_row *member, int64_t until_us) MUST_USE;

#endif
