/*
 * What a bidder gets for a bid that came in, and for one that was refused: a text, signed as a note by the key of the
 * receipts.  It names the entry of the log that says the same, or by when there will be one.
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
    int64_t  received_us, deadline_us;
    bool     logged;                /* then log_index holds, else merge_by_us */
    uint64_t log_index;
    int64_t  merge_by_us;
};

/* The text that is signed. */
void receipt_print(const struct receipt *receipt, struct buf *out);
/* E_MALFORMED receipt/malformed: what receipt_print would not print. */
int  receipt_parse(const char *text, size_t bytes, struct receipt *ret, struct err *err) MUST_USE;

#endif
