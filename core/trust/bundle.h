/*
 * What the entries of one tender commit to, as texts of a folder.
 *
 *     tender              linli/bundle/v1
 *                         tender <uuid>
 *                         salt <64 hex>
 *     events              <index> <64 hex: salt> <event as canonical JSON>, by index
 *     decisions/<uuid>    linli/decision/v1
 *                         question <word>
 *                         plugin <id> <version> <64 hex>
 *                         options <JSON>
 *                         facts <JSON>
 *                         answer <JSON>
 */
#ifndef CORE_TRUST_BUNDLE_H
#define CORE_TRUST_BUNDLE_H

#include "core/base/arena.h"
#include "core/json/doc.h"
#include "core/trust/entry.h"
#include "core/trust/receipt.h"

enum { BUNDLE_EVENTS_MAX = 1000000 };

struct bundle_event {
    uint64_t    index;
    uint8_t     salt[SALT_BYTES];
    const char *json; size_t bytes;
    struct doc *doc;
};
struct bundle_tender {
    char    tender[UUID_TEXT];
    uint8_t salt[SALT_BYTES];
    struct bundle_event *events; size_t count;
};
struct bundle_decision {
    const char *question, *plugin, *version, *sha256, *options, *facts, *answer;
    struct hash digest;
};

/* All three: E_MALFORMED bundle/malformed. */
int bundle_tender_parse(const char *text, size_t bytes, struct bundle_tender *ret, struct err *err) MUST_USE;
int bundle_events_parse(struct arena *arena, const char *text, size_t bytes, struct bundle_tender *ret,
                        struct err *err) MUST_USE;
int bundle_decision_parse(struct arena *arena, const char *text, size_t bytes, struct bundle_decision *ret,
                          struct err *err) MUST_USE;

/* Each fills err with E_REFUSED log/contradiction naming the entry, or E_ABSENT where something is missing.  `entries` are
 * all entries of the log, `size` of them. */
int bundle_payloads(const struct bundle_tender *b, const uint8_t *entries, uint64_t size, struct err *err) MUST_USE;
/* The salt is the one committed to, and the events are all the entries that carry its tags. */
int bundle_complete(const struct bundle_tender *b, const uint8_t *entries, uint64_t size, struct err *err) MUST_USE;
/* Committed and published before any bid; each bid before the deadline that held. */
int bundle_order(const struct bundle_tender *b, struct err *err) MUST_USE;
/* The digest of a decision is logged under its id. */
bool bundle_logged(const struct bundle_tender *b, const char *id, const struct hash *digest) MUST_USE;
/* The log tells of the bid what its receipt says.  E_REFUSED log/receipt where it does not: then the receipt is the proof. */
int bundle_receipt(const struct bundle_tender *b, const struct receipt *receipt, struct err *err) MUST_USE;
/* How many decisions the events tell of. */
size_t bundle_decisions(const struct bundle_tender *b);

#endif
