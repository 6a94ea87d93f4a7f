/*
 * The head of a request: what libmicrohttpd 0.9.75 lets through although two
 * readers could take it differently (docs/architecture.md), refused before any
 * body is read; and the header fields a handler may want.
 */
#ifndef API_GUARD_H
#define API_GUARD_H

#include "api/request.h"

struct MHD_Connection;

struct head_line { const char *url, *method, *version; bool bad_uri; };

/* Is the raw address one to refuse: not a path, over long, with an escape in its path (no address of ours needs one,
 * and to the rules of a proxy /%6detrics is not /metrics) or a %00 in its query? */
bool guard_uri(const char *uri);
/* Fills url, language and header fields of rq; ret_length is Content-Length, 0
 * where there is no body, -1 where it comes in chunks.
 * E_MALFORMED  request/malformed */
int guard_head(struct request *rq, struct MHD_Connection *mc, const struct head_line *line, int64_t *ret_length,
               struct err *err) MUST_USE;

#endif
