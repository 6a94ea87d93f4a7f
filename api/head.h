/*
 * What the head of a request asks for: its route, what stands in its query, and
 * the kind and size of the body that follows.
 */
#ifndef API_HEAD_H
#define API_HEAD_H

#include "api/guard.h"

/* Fills rq; where something is refused, rq holds the problem that answers it.  ret_length as guard_head's.
 * false: two readers could take this head differently, so its connection must end. */
bool head_read(struct request *rq, struct MHD_Connection *mc, const struct head_line *line, int64_t *ret_length);

/* The most bytes of a body that a request of this head may have. */
size_t head_body_limit(const struct request *rq);

#endif
