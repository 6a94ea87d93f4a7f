/*
 * Looking things up in a bundle that was read (core/trust/bundle.h): what an event, row or journal says, and which of them
 * are about something, without going through all of them.
 */
#ifndef CORE_TRUST_BUNDLE_FIND_H
#define CORE_TRUST_BUNDLE_FIND_H

#include "core/trust/bundle.h"

/* Made once, when all was read.  E_MALFORMED bundle/malformed: a row twice, too many lots. */
int bundle_index(struct arena *arena, struct bundle_tender *b, struct err *err) MUST_USE;

bool event_is(const struct bundle_event *e, const char *act) MUST_USE;
bool doc_is(const struct doc *doc, const char *pointer, const char *expected) MUST_USE;
bool doc_fen(const struct doc *doc, const char *pointer, int64_t *ret_fen) MUST_USE;    /* an integer */
bool doc_yuan(const struct doc *doc, const char *pointer, int64_t *ret_fen) MUST_USE;   /* "480000.00" */
/* The instant a member names; false: it names none. */
bool bundle_instant(const struct doc *doc, const char *pointer, int64_t *ret_us);

const struct bundle_row *bundle_row(const struct bundle_tender *b, const char *kind, const char *id);
/* The lot of this number; NULL: there is none. */
const char *bundle_lot(const struct bundle_tender *b, const char *no);
/* The bid of a lot that facts and answers call by this number; NULL: there is none. */
const char *bundle_bid(const struct bundle_tender *b, const char *lot_no, const char *key);
/* The same of a decision's own facts: of a lot whose bids have no numbers, open from the beginning, who came at the instant
 * that the facts tell of the number they gave it. */
const char *bundle_asked_bid(const struct bundle_tender *b, struct arena *arena, const struct doc *facts, const char *key);
/* What the opening ("lot"), or that of the prices ("prices"), said of a bid: the event, and where in it; NULL: nothing. */
const struct doc *bundle_opened(const struct bundle_tender *b, const char *lists, const char *bid, const char **ret_at);
/* The first event of an act that is shown; NULL. */
const struct bundle_event *bundle_first(const struct bundle_tender *b, const char *act);
/* The first event of an act about a subject; NULL: there is none. */
const struct bundle_event *bundle_about(const struct bundle_tender *b, const char *act, const char *subject);
/* The next event about a subject beyond *at (0 at first), and the next journal of a source; NULL: there is none more. */
const struct bundle_event *bundle_about_next(const struct bundle_tender *b, const char *subject, size_t *at);
const struct bundle_row *bundle_journal_next(const struct bundle_tender *b, const char *source, size_t *at);
/* How many events of an act are shown. */
size_t bundle_acts(const struct bundle_tender *b, const char *act);
/* The digest of a decision, of a journal, is logged under its id. */
bool bundle_logged(const struct bundle_tender *b, const char *act, const char *id, const struct hash *digest) MUST_USE;
/* The deadline that held in the end; 0: none is told. */
int64_t bundle_deadline(const struct bundle_tender *b);
/* This act set a deadline, and which. */
bool bundle_sets_deadline(const struct bundle_event *e, int64_t *ret_us) MUST_USE;
/* The next decision of a question beyond *at (0 at first) in the order of the log; false: there is none, or not here. */
bool bundle_decision_next(const struct bundle_tender *b, struct arena *arena, const char *question, size_t *at, const char **ret_id,
                          struct bundle_decision *ret) MUST_USE;
/* Texts in the order of their bytes, so that nobody looks through all events for each of them: the subjects of an act's events; of all (NULL). */
struct texts { const char **all; size_t count; };
struct texts bundle_subjects(struct arena *arena, const struct bundle_tender *b, const char *act);
void texts_sort(struct texts *texts);
bool texts_have(const struct texts *texts, const char *text) MUST_USE;

#endif
