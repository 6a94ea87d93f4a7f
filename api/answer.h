/*
 * What routes answer.
 */
#ifndef API_ANSWER_H
#define API_ANSWER_H

#include "api/request.h"

/* The answers of routes: on the loop (0, API_LATER or an error), and on a worker. */
int  answer_loop(struct request *rq, struct err *err) MUST_USE;
int  answer_worker(struct request *rq, struct err *err) MUST_USE;
/* Reads a page cursor into rq->cursor.  E_MALFORMED cursor/malformed */
int  answer_cursor(struct request *rq, const char *text, struct err *err);

#endif
