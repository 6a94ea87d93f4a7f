/*
 * What the checks of a bundle's bids share (V10 to V15): the two envelopes, who
 * opens them, and what was handed in as the log tells it.  docs/verify.md says what
 * each member is.
 */
#ifndef CORE_TRUST_BUNDLE_HANDED_H
#define CORE_TRUST_BUNDLE_HANDED_H

#include "core/trust/bundle_checking.h"
#include "core/trust/openers.h"

/* Of two envelopes each has openers, a closing, shares and an opening of its own: names in the bundle and of acts. */
struct envelope { const char *openers, *digest, *shares, *closing, *opened, *said, *file; };
extern const struct envelope bid_envelope, price_envelope;

/* The openers the log names; *ret NULL: there are none (*ret_named false), or they are not shown.  In the arena of
 * the checking.  E_REFUSED log/contradiction where the text is not the one that was named. */
int bundle_openers_of(struct checking *c, const struct envelope *of, struct openers **ret, bool *ret_named,
                      struct err *err) MUST_USE;

/* What a file below shares/ is called: "opener-2", "lot-1"; of prices "price-lot-1-opener-2", "price-lot-1"; of keys "opener-2.key",
 * "price-opener-2.key".  0: it names no lot, no opener. */
struct shown_name { bool price, key; int64_t lot, opener; };
/* False: it is called otherwise, and shows nothing. */
bool shown_name(const char *name, struct shown_name *ret) MUST_USE;

/* A bid that was handed in; next: what replaced it, NULL: nothing did. */
struct handed {
    const struct bundle_event *e;
    const char *bid, *organisation, *sha256, *next;
    int64_t lot;
    bool counts, listed;
};
/* Every bid the log tells of, in the order of arrival; the last of each bidder and lot counts, unless it was
 * withdrawn, and is listed, unless it was withdrawn before its lot was closed.  In the arena of the checking. */
struct handed *bundle_handed(struct checking *c, size_t *ret_count) MUST_USE;

#endif
