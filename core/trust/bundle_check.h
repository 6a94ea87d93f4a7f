/*
 * What `linli verify` asks of a bundle (docs/verify.md).
 */
#ifndef CORE_TRUST_BUNDLE_CHECK_H
#define CORE_TRUST_BUNDLE_CHECK_H

#include "core/trust/bundle.h"
#include "core/trust/receipt.h"

/*
 * The checks.  Each fills err with E_REFUSED log/contradiction naming whom it is about, E_ABSENT where something is missing,
 * E_REFUSED note/forged for a signature.  `ret_not`: what could not be checked and why, in the arena; NULL: all was.
 * `entries` are all entries of the log, `size` of them.
 */
struct bundle_promise { const char *pointer, *said; bool twice; };    /* twice: not the same each time */
struct checking {
    struct arena *arena;
    const struct bundle_tender *b;
    const char *not_checked;
    size_t checked;
    const struct bundle_event *by;              /* of a contradiction: the logged act that is wrong; NULL: it is none of them */
    struct bundle_promise *promises; size_t promise_count;      /* what the log promised at some pointer, once it was asked for */
    const struct doc *plan; bool plan_read;     /* bundle_plan */
};
typedef int bundle_check(struct checking *c, struct err *err);

/* The events are what the log commits to; of those erased an act of the log says so. */
int bundle_payloads(struct arena *arena, const struct bundle_tender *b, const uint8_t *entries, uint64_t size,
                    struct err *err) MUST_USE;
/* The salt is the one committed to, and the events are all the entries that carry its tags. */
int bundle_complete(const struct bundle_tender *b, const uint8_t *entries, uint64_t size, struct err *err) MUST_USE;
/* The losses after which the log went on: each said by two, one after the other, the last by the log of this name. */
int bundle_recoveries(struct checking *c, const uint8_t *entries, uint64_t size, const char *origin, struct err *err) MUST_USE;
/* What happened was told to the log then, and not when it was convenient. */
int bundle_told(struct checking *c, const uint8_t *entries, uint64_t size, struct err *err) MUST_USE;
bundle_check bundle_order;      /* V9  committed and published before any bid; the deadline is moved before it passes; rows agree */
bundle_check bundle_builds;     /* VP  every decision was asked of who was named at publication, with the options and rules of then */
bundle_check bundle_openers;    /* V10 */
bundle_check bundle_in_time;    /* V11 each bid before the deadline that held */
bundle_check bundle_closing;    /* V12 the closing list is what came in, and the rows are that */
bundle_check bundle_closed;     /* V13 nothing after it */
bundle_check bundle_files;      /* VF  nothing is in it that nothing tells of */
bundle_check bundle_bids;       /* V14 */
bundle_check bundle_voids;      /* V15 */
bundle_check bundle_draws;      /* V16 */
bundle_check bundle_conflicts;  /* V17 */
bundle_check bundle_marks;      /* V18 the marks of an evaluation are those locked; committed ones kept, blind ones not changed */
bundle_check bundle_scores;     /*     the second half of it, asked by the first */
bundle_check bundle_facts;      /* V19 the facts are the prices opened, one answer is the next one's fact, rows of awards are the answers */
bundle_check bundle_contracts;  /* V20 */
bundle_check bundle_ledger;     /* V21 */

/* The log tells of the bid what its receipt, of this tender and accepted, says.  E_REFUSED log/receipt where it tells otherwise, or
 * not at all though the level would show it: then the receipt is the proof. */
int bundle_receipt(struct checking *c, const struct receipt *receipt, struct err *err) MUST_USE;

#endif
