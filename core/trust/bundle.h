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
    struct bundle_event *events; size_t count, withheld, erased;
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

#endif
