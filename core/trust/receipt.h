/*
 * What a bidder gets for a bid that came in, for one that was refused, and for one that came and was not taken in by our own fault: a text,
 * signed as a note by the key of the receipts.
 *
 *     linli/receipt/v1                    linli/refusal/v1, linli/fault/v1
 *     log, tender, bid, version, bidder-key, sealed-sha256, sealed-bytes, received, deadline
 *     log-index 6                         reason bid/after-deadline
 *
 * An accepted bid's is in the log, or "log-index pending" and "merge-by opening": the log tells of it from the opening of the tender on, or
 * from the end of one that ends unopened.  The log tells nothing of the others, which say why instead.  `version` counts
 * the bids of that bidder for that lot.  "deadline none": it was not known.
 */
#ifndef CORE_TRUST_RECEIPT_H
#define CORE_TRUST_RECEIPT_H

#include "core/base/buf.h"
#include "core/base/digest.h"
#include "core/base/err.h"

enum receipt_kind { RECEIPT_ACCEPTED, RECEIPT_REFUSED, RECEIPT_FAULT };   /* linli/receipt/v1, refusal, fault */

struct receipt {
    enum receipt_kind kind;
    char     log[201], tender[UUID_TEXT], bid[UUID_TEXT];
    uint64_t version;
    uint8_t  bidder[32], sealed[SHA256_BYTES];
    uint64_t sealed_bytes;
    int64_t  received_us, deadline_us;              /* deadline 0: not known */
    bool     logged;                                /* of an accepted one: then log_index holds */
    uint64_t log_index;
    char     reason[64];                            /* of the others: the type of the problem */
};

/* The text that is signed. */
void receipt_print(const struct receipt *receipt, struct buf *out);
/* E_MALFORMED receipt/malformed: what receipt_print would not print. */
int  receipt_parse(const char *text, size_t bytes, struct receipt *ret, struct err *err) MUST_USE;

#endif
