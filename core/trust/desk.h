/*
 * The desk that hands out receipts: many at once under one signature.  A batch is a log of its own (core/trust/checkpoint.h) of
 * always RECEIPT_BATCH entries, so that a proof does not tell how many bids came in with one's own; the rest are random, and
 * places are drawn.  Its origin is the name of the receipts' key, "/" and a new uuid.
 *
 * What a bidder gets is one text: the receipt (core/trust/receipt.h), a blank line, and the proof that its bytes are an entry
 * of the signed batch (c2sp.org/tlog-proof).
 */
#ifndef CORE_TRUST_DESK_H
#define CORE_TRUST_DESK_H

#include "core/trust/checkpoint.h"
#include "core/trust/receipt.h"

enum { RECEIPT_BATCH = 128 };

/* Whether a signer of receipts may sign this text: the checkpoint of a batch under its own name.  E_REFUSED note/forged. */
int desk_may_sign(const char *text, size_t bytes, const struct note_key *key, struct err *err) MUST_USE;

/* Has `count` (1 to RECEIPT_BATCH) receipts signed by the process at the socket, within patience_ms; appends each one's text
 * to its `ret`.  E_BUSY signer/away, E_REFUSED signer/refused. */
int desk_certify(const char *socket_path, int patience_ms, const struct note_key *key, const struct receipt *receipts,
                 size_t count, struct buf *ret, struct err *err) MUST_USE;

/* Reads what a bidder got.  E_MALFORMED receipt/malformed; E_REFUSED note/forged, E_ABSENT note/unsigned: not signed by this
 * key; E_REFUSED proof/wrong: the text is not in the batch. */
int desk_check(struct arena *arena, const char *bytes, size_t size, const struct note_key *key, struct receipt *ret,
               struct err *err) MUST_USE;

#endif
