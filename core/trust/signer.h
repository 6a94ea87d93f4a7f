/*
 * Asking a signer or a witness over its Unix socket (linli signer).  One question a connection; the first word says which.
 * Whoever hangs costs no more than three times the patience: to get through to it, to be heard, to be answered.
 *
 *     old N, proof, blank line, checkpoint    has a checkpoint signed (core/trust/signing.h)
 *     last                                    what was signed last, and the checkpoint that says so
 *     openers, tender, not-before             has it named the one opener of a tender (core/trust/k0.h)
 *     shares, ...                             opens its shares of the bids of a closing list that was logged
 *     receipts, checkpoint                    has a batch of receipts signed (core/trust/desk.h)
 *
 * It answers with "signed" or the word of the question, or with why not: "stale N", it signed N entries last; "rollback WHY", the log
 * does not begin with what it signed; "busy WHY", it cannot just now, and nothing is wrong with the log; "refused WHY".
 */
#ifndef CORE_TRUST_SIGNER_H
#define CORE_TRUST_SIGNER_H

#include "core/trust/signing.h"

/* Sends one request; ret_note is the checkpoint with the signature added.  E_CONFLICT log/stale: it signed something else last,
 * ret_size entries; E_REFUSED log/rollback: the log does not go on from there; E_REFUSED signer/refused: it says why; E_BUSY signer/away:
 * nobody answers, or it cannot just now. */
int signer_ask(const char *socket_path, int patience_ms, const struct signing *signing, struct buf *ret_note, uint64_t *ret_size,
               struct err *err) MUST_USE;

/* What it signed last; the checkpoint is in ret_text.  E_BUSY signer/away. */
int signer_last(const char *socket_path, struct last_signed *ret, struct buf *ret_text, struct err *err) MUST_USE;

/* Asks anything and gives what follows the first line, which must be `word`; E_REFUSED signer/refused, E_BUSY signer/away. */
int signer_question(const char *socket_path, int patience_ms, const struct buf *question, const char *word, struct buf *ret_rest,
                    struct err *err) MUST_USE;

/* A Unix stream socket address.  False where the path is too long. */
struct sockaddr_un;
bool signer_address(const char *path, struct sockaddr_un *ret) MUST_USE;
/* All until the other side has said everything, or `room`; all that is to be said.  False after patience_ms, or on an error. */
enum { SIGNER_PATIENCE_MS = 10000 };
bool signer_take(int fd, int patience_ms, struct buf *out, size_t room) MUST_USE;
bool signer_give(int fd, int patience_ms, const char *bytes, size_t count) MUST_USE;

#endif
