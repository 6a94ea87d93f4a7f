/*
 * What the entries of one tender commit to, and how things stand, as files of a folder or archive (docs/verify.md).
 *
 *     tender              linli/bundle/v1
 *                         tender <uuid>
 *                         salt <64 hex>
 *                         level public | party <uuid> | supervisor
 *     events              <index> <64 hex: salt> <event as canonical JSON>, by index; <index> withheld
 *                         <index> erased
 *     erasures            as events: the acts that erased, which are of no tender
 *     recoveries          as events: what was said of losses of the log, which is of no tender
 *     decisions/<uuid>    linli/decision/v1
 *                         question <word>
 *                         plugin <id> <version> <64 hex>
 *                         options <JSON>
 *                         facts <JSON>
 *                         answer <JSON>
 *     ledger              <uuid> <journal as canonical JSON>
 *     rows                <kind> <uuid> <JSON>
 *     openers             the openers' text, signed; of two envelopes price-openers as well
 *     draws/<lot>.pool    what a panel was drawn from; draws/<lot>.excluded who of the pool was left out, and why
 *     shares/<name>       what an opener showed; shares/<name>.key its key in hex; of the price price-<name> (struct shown_name)
 *     co-keys/<bid>       the key that its bidder kept, in hex, where it was shown (mode K2)
 *     bids/<64 hex>       what was handed in
 */
#ifndef CORE_TRUST_BUNDLE_H
#define CORE_TRUST_BUNDLE_H

#include "core/base/arena.h"
#include "core/json/doc.h"
#include "core/trust/entry.h"
#include "core/trust/pack.h"
#include "core/trust/receipt.h"

enum { BUNDLE_EVENTS_MAX = 1000000, BUNDLE_LOTS_MAX = 100 };

struct bundle_event {
    uint64_t    index;
    uint8_t     salt[SALT_BYTES];
    const char *json; size_t bytes;             /* NULL: the level does not show it */
    bool        erased;                         /* salt and text are gone by law; json NULL as well */
    struct doc *doc;                            /* of nothing where it is not shown: {} */
    int64_t     at_us;                          /* 0 likewise */
};
/* A line of `rows`, or of `ledger` (kind NULL). */
struct bundle_row {
    const char *kind, *id, *json; size_t bytes;
    struct doc *doc;
};
/* What an opening said of a bid: the event, and where in it. */
struct bundle_said { const char *lists, *bid, *at; const struct bundle_event *e; size_t nth; };
struct bundle_keyed { const char *lot, *key; const struct bundle_row *row; };
struct bundle_about { const char *subject; const struct bundle_event *e; };
struct bundle_sourced { const char *source; const struct bundle_row *journal; };
struct bundle_tender {
    char    tender[UUID_TEXT];
    uint8_t salt[SALT_BYTES];
    const char *level;                          /* "public", "party <uuid>", "supervisor" */
    struct bundle_event *events; size_t count, withheld;
    struct bundle_event *erasures; size_t erasure_count;
    struct bundle_event *recoveries; size_t recovery_count;
    struct bundle_row *rows; size_t row_count;
    const struct bundle_row **by_id;            /* the rows by kind and id */
    const struct bundle_row **lots; size_t lot_count;
    struct bundle_said *said; size_t said_count;    /* by lists and bid, in the order of the log */
    struct bundle_keyed *keyed; size_t keyed_count;     /* bids by lot and key */
    struct bundle_about *about; size_t about_count;     /* events by subject, in the order of the log */
    struct bundle_row *journals; size_t journal_count;
    struct bundle_sourced *sourced; size_t sourced_count;   /* journals by source, in their own order */
    struct pack *pack; const char *prefix;      /* where its other files are */
};
struct bundle_decision {
    const char *question, *plugin, *version, *sha256, *options, *facts, *answer;
    struct hash digest;
};

/* All: E_MALFORMED bundle/malformed. */
int bundle_tender_parse(struct arena *arena, const char *text, size_t bytes, struct bundle_tender *ret, struct err *err) MUST_USE;
int bundle_events_parse(struct arena *arena, const char *text, size_t bytes, struct bundle_tender *ret,
                        struct err *err) MUST_USE;
int bundle_rows_parse(struct arena *arena, const char *text, size_t bytes, bool kinds, struct bundle_row **ret, size_t *ret_count,
                      struct err *err) MUST_USE;
int bundle_decision_parse(struct arena *arena, const char *text, size_t bytes, struct bundle_decision *ret,
                          struct err *err) MUST_USE;
/* The whole of a tender below `prefix` ("" or "tenders/<uuid>/"); E_ABSENT folder/absent names what is not there. */
int bundle_read(struct arena *arena, struct pack *pack, const char *prefix, struct bundle_tender *ret, struct err *err) MUST_USE;
int bundle_part(const struct bundle_tender *b, struct arena *arena, const char *name, char **ret, size_t *ret_bytes, struct err *err) MUST_USE;

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

/* The digest of a decision, of a journal, is logged under its id. */
bool bundle_logged(const struct bundle_tender *b, const char *act, const char *id, const struct hash *digest) MUST_USE;
/* The log tells of the bid what its receipt, of this tender and accepted, says.  E_REFUSED log/receipt where it tells otherwise, or
 * not at all though the level would show it: then the receipt is the proof. */
int bundle_receipt(struct checking *c, const struct receipt *receipt, struct err *err) MUST_USE;
/* The first event of an act that is shown; NULL. */
const struct bundle_event *bundle_first(const struct bundle_tender *b, const char *act);
/* The first event of an act about a subject; NULL: there is none. */
const struct bundle_event *bundle_about(const struct bundle_tender *b, const char *act, const char *subject);
/* The next event about a subject beyond *at (0 at first), and the next journal of a source; NULL: there is none more. */
const struct bundle_event *bundle_about_next(const struct bundle_tender *b, const char *subject, size_t *at);
const struct bundle_row *bundle_journal_next(const struct bundle_tender *b, const char *source, size_t *at);
/* How many events of an act are shown. */
size_t bundle_acts(const struct bundle_tender *b, const char *act);

/* ---- for the checks ---- */

bool event_is(const struct bundle_event *e, const char *act) MUST_USE;
bool doc_is(const struct doc *doc, const char *pointer, const char *expected) MUST_USE;
bool doc_fen(const struct doc *doc, const char *pointer, int64_t *ret_fen) MUST_USE;    /* an integer */
bool doc_yuan(const struct doc *doc, const char *pointer, int64_t *ret_fen) MUST_USE;   /* "480000.00" */
const struct bundle_row *bundle_row(const struct bundle_tender *b, const char *kind, const char *id);
/* What somebody wrote, in the smallest part of its unit; false: it is none of that unit. */
bool bundle_quantity(const char *unit, const char *shown, int64_t *ret) MUST_USE;
/* What evaluations and awards take for the first offers of a bid is in its file; `price`: that of the other envelope. */
int bundle_offers(struct checking *c, const char *bid, const char *text, bool price, struct err *err) MUST_USE;
/* What the opening ("lot"), or that of the prices ("prices"), said of a bid: the event, and where in it; NULL: nothing. */
const struct doc *bundle_opened(const struct checking *c, const char *lists, const char *bid, const char **ret_at);
/* The bids, prices, quotes, findings, draws and earlier answers an evaluation or award of at_us was asked with are those the log tells of. */
int bundle_known(struct checking *c, const char *id, const char *question, const struct doc *facts, int64_t at_us, struct err *err) MUST_USE;
/* An act took the bid out by then: its bidder's own, one about its award, or a change of its contract. */
bool bundle_left(const struct bundle_tender *b, const char *bid, int64_t at_us) MUST_USE;
/* By then the log had told that the member left the panel: its marks count no longer. */
bool bundle_member_gone(const struct bundle_tender *b, const char *lot, const struct bundle_row *member, int64_t until_us) MUST_USE;
/* The deadline that held in the end; 0: none is told. */
int64_t bundle_deadline(const struct bundle_tender *b);
/* The instant a member names; false: it names none. */
bool bundle_instant(const struct doc *doc, const char *pointer, int64_t *ret_us);
/* Texts in the order of their bytes, so that nobody looks through all events for each of them: the subjects of an act's events; of all (NULL). */
struct texts { const char **all; size_t count; };
struct texts bundle_subjects(struct checking *c, const char *act);
void texts_sort(struct texts *texts);
bool texts_have(const struct texts *texts, const char *text) MUST_USE;
/* E_REFUSED log/contradiction; English and Chinese, with one %s for the id. */
int contradiction(struct err *err, const char *en, const char *zh, const char *id);
/* Of a level: how many events it does not show. */
const char *some_hidden(struct checking *c);
/* "entry N: ..", and that this act is what is wrong. */
int act_wrong(struct checking *c, const struct bundle_event *e, const char *what, const char *zh, struct err *err);
/* The bid of a lot that facts and answers call by this number; NULL: there is none. */
const char *bundle_bid(const struct bundle_tender *b, const char *lot_no, const char *key);
/* The next decision of a question beyond *at (0 at first) in the order of the log; false: there is none, or not here. */
bool bundle_decision_next(struct checking *c, const char *question, size_t *at, const char **ret_id, struct bundle_decision *ret) MUST_USE;

#endif
