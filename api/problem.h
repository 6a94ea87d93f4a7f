/* Errors as RFC 9457 problems: one table from E_ codes to HTTP status. */
#ifndef API_PROBLEM_H
#define API_PROBLEM_H

#include "core/base/buf.h"
#include "core/base/err.h"

#define PROBLEM_BASE "https://linli.example/problems/"

int  problem_status(const struct err *err);
/* application/problem+json; instance may be NULL. */
void problem_json(const struct err *err, const char *instance, bool chinese, struct buf *out);

#endif
