/*
 * The sequencer: events become entries of the log (core/trust/entry.h), numbered without gaps.
 *
 * What an entry commits to is the event as canonical JSON (sequence_event).  Before the events it takes, the sequencer adds
 * kinds of its own: `log_tender`, the commitment to the salt of a tender of which something happened; `log_decision`, the
 * digest of a plug-in's answer with its facts and options; and `log_journal`, the digest of what the ledger was posted.  What was sealed waits for its opening: before, nothing in the
 * log may be counted.
 */
#ifndef CORE_SERVICE_SEQUENCE_H
#define CORE_SERVICE_SEQUENCE_H

#include "core/store/store.h"
#include "core/trust/merkle.h"

/* Where in their tables, in pages of PostgreSQL's, to begin to look for what waits.  Rows are appended and never changed;
 * what was not committed yet when it was last looked for everywhere is found at the next such look.  NULL: everywhere. */
struct log_window { int64_t events, decisions, journals; };
int sequence_ends(struct store *store, struct log_window *ret, struct err *err) MUST_USE;

/* Takes all that waits and is not dated after `until_us` (and what a sandbox adds to it): an entry is never older than the one before it, so
 * that one event from the future would date all that follow.  `turned` where a tender or lot was among what happened: then something that was sealed may be so no
 * longer, wherever it lies. */
struct sequenced { uint64_t added; bool turned; };
int sequence_run(struct store *store, const struct log_window *window, int64_t until_us, struct sequenced *ret,
                 struct err *err) MUST_USE;
/* How many events are dated after it and wait for that; a hundred of an office at most. */
int sequence_ahead(struct store *store, int64_t until_us, int64_t *ret, struct err *err) MUST_USE;
/* The instant of the oldest event that waits, of those dated until then; 0: none does. */
int sequence_oldest(struct store *store, int64_t until_us, int64_t *ret_us, struct err *err) MUST_USE;
/* How many entries there are. */
int sequence_count(struct store *store, uint64_t *ret, struct err *err) MUST_USE;

/* Where a log ends; all zero at its beginning. */
struct log_end {
    uint64_t    next;
    struct hash previous;
    int64_t     at_us;
};

/* Reads the log again from `end` on and hashes it anew: entries without gaps, each naming the leaf before it, times that do
 * not go back.  E_BROKEN log/broken names the first that does not.  `take` is given each entry in turn. */
typedef void sequence_fn(void *with, uint64_t index, const uint8_t *entry);
int sequence_read(struct store *store, struct merkle *tree, struct log_end *end, sequence_fn *take, void *with,
                  struct err *err) MUST_USE;

/* Rows of log_waiting and log_tender_events. */
int sequence_event(struct arena *arena, const struct rows *rows, size_t row, char **ret, struct err *err) MUST_USE;
/* Rows of log_untold_decisions and log_tender_decisions: "linli/decision/v1", question, plugin, options, facts, answer. */
void sequence_decision(const struct rows *rows, size_t row, struct buf *out);
/* Rows of log_untold_journals and log_tender_journals: what a journal moved, as canonical JSON. */
int sequence_journal(struct arena *arena, const struct rows *rows, size_t row, char **ret, struct err *err) MUST_USE;

#endif
