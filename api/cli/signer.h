/* Asking a signer or a witness over its Unix socket (linli signer). */
#ifndef API_CLI_SIGNER_H
#define API_CLI_SIGNER_H

#include "core/trust/signing.h"

/* Sends one request; ret_note is the checkpoint with the signature added.  E_CONFLICT log/stale: it signed something else last,
 * ret_size entries; E_REFUSED signer/refused: it says why; E_BUSY signer/away: nobody answers. */
int signer_ask(const char *socket_path, const struct signing *signing, struct buf *ret_note, uint64_t *ret_size,
               struct err *err) MUST_USE;

/* A Unix stream socket address.  False where the path is too long. */
struct sockaddr_un;
bool signer_address(const char *path, struct sockaddr_un *ret) MUST_USE;
/* All until the other side has said everything, or `room`; false after 10 seconds, or on an error. */
bool signer_take(int fd, struct buf *out, size_t room) MUST_USE;
bool signer_give(int fd, const char *bytes, size_t count) MUST_USE;

#endif
