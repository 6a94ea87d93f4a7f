/*
 * What an opener shows: the shares of one tender's bids, in the order of their sealed hashes.
 *
 *     linli/shares/v1
 *     openers <64 hex: SHA-256 of the openers' text>
 *     opener 2
 *     nonce <64 hex>
 *     share <64 hex: sealed hash> <64 hex>
 *     bad <64 hex: sealed hash>
 *
 * "bad": the record does not open with the opener's key, or not to the share it commits to.  Before anybody shows this,
 * everybody shows the promise of it (shares_commit of core/trust/sealed.h over the shares, without those that are bad, and the nonce).
 */
#ifndef CORE_TRUST_SHARES_H
#define CORE_TRUST_SHARES_H

#include "core/base/arena.h"
#include "core/trust/sealed.h"

enum { SHARES_BIDS_MAX = 100000 };

struct shown { struct hash sealed; bool bad; struct share share; };
struct shares {
    struct hash   openers;
    unsigned      i;
    uint8_t       nonce[32];
    struct shown *items; size_t count;      /* sorted by sealed hash, no two alike */
};

void shares_sort(struct shares *shares);
void shares_print(const struct shares *shares, struct buf *out);
/* E_MALFORMED shares/malformed */
int  shares_parse(struct arena *arena, const char *text, size_t bytes, struct shares *ret, struct err *err) MUST_USE;
void shares_promise(const struct shares *shares, struct hash *out);
/* The text in which an opener promises, and which it signs with the key that signed the openers' text:
 *
 *     linli/promise/v1
 *     openers <64 hex>
 *     opener 2
 *     promise <64 hex>
 *     deadline 2026-12-08T01:00:00.000000Z
 *
 * The last line stands there where the deadline was moved, and is no longer the not-before of the openers' text: what was signed for
 * an earlier deadline is no promise for a later one.
 */
void promise_print(const struct openers *openers, unsigned i, const struct hash *promise, int64_t deadline_us, struct buf *out);
/* The one of a container; NULL. */
const struct shown *shares_find(const struct shares *shares, const struct hash *sealed);

#endif
