/*
 * Receipts: what the intake decided goes through here on its way out, where receipts are configured.  One thread has all that
 * waits signed at once (core/trust/desk.h), adds each one's text to its answer as the member "receipt" and resumes it on its loop.
 * Nothing waits for a signer that is away: the member is null then, and asking again with the same key gives a receipt.
 */
#ifndef API_RECEIPTS_H
#define API_RECEIPTS_H

#include "api/request.h"
#include "core/trust/receipt.h"

struct receipts;
struct receipt_item { struct request *rq; struct receipt receipt; };

/* E_MALFORMED note/key; E_BUSY where there is no thread.  Socket and key must outlive it. */
int  receipts_open(const char *socket_path, const char *public_key, struct receipts **ret, struct err *err) MUST_USE;
void receipts_close(struct receipts *receipts);         /* answers what waits, then ends; NULL is fine */
/* The name that receipts give the log. */
const char *receipts_log(const struct receipts *receipts);
/* One more copy, now.  E_BUSY signer/away. */
int  receipts_again(struct receipts *receipts, const struct receipt *receipt, struct buf *ret, struct err *err) MUST_USE;
/* Each rq->out holds a JSON object and rq->status is set; from any thread. */
void receipts_add(struct receipts *receipts, const struct receipt_item *items, size_t count);

#endif
