/*
 * What is given to whoever checks a tender, or an office's year (docs/verify.md): the entries of the log that are the
 * tender's with what they commit to, the decisions with their facts, what the ledger was posted, how things stand, and the
 * sealed bids with their shares.
 *
 * Three levels.  The public's holds what the office itself did, the winner and the money; of grants and funds also what was
 * decided from which facts, but votes.  A party's besides that its own.  The supervisor's holds all.  What a level leaves out
 * of the events is counted, never silently absent.
 */
#ifndef CORE_SERVICE_BUNDLE_H
#define CORE_SERVICE_BUNDLE_H

#include "core/store/store.h"

enum bundle_level { BUNDLE_PUBLIC, BUNDLE_PARTY, BUNDLE_SUPERVISOR };

struct bundle_asked {
    int32_t           office;
    const char       *tender;
    enum bundle_level level;
    const char       *organisation;     /* whose, of a party's */
    const char       *prefix;           /* before every name; "" */
    const char       *blobs;            /* folder of files; NULL: sealed bids are left out */
};
/* Takes one file of it. */
typedef int bundle_fn(void *with, const char *name, const void *bytes, size_t count, struct err *err);

const char *bundle_level_name(enum bundle_level level);

/* E_ABSENT log/absent: the log has nothing of it yet; E_REFUSED bid/sealed: its result is still to come. */
int bundle_tell(struct tx *tx, const struct bundle_asked *what, bundle_fn *put, void *with, struct err *err) MUST_USE;
/* Every tender of an office published in that year whose result is told, under "tenders/<uuid>/", and "office" naming them. */
int bundle_tell_year(struct tx *tx, const struct bundle_asked *what, int year, bundle_fn *put, void *with,
                     struct err *err) MUST_USE;

#endif
