/*
 * Many questions of one kind as one statement: what PostgreSQL does once a
 * statement (binding, building the plan's state, describing the columns) costs
 * more than finding one row.
 *
 *     SELECT asked_found.*, asked._asked
 *     FROM unnest($1::integer[], $2::uuid[]) WITH ORDINALITY asked(p1, p2, _asked)
 *     CROSS JOIN LATERAL (SELECT * FROM (the statement, asked.p1 for $1) asked_one LIMIT ALL) asked_found
 *
 * LIMIT ALL keeps the planner from opening the inner statement, so that it is
 * found in the same way as when it is asked alone.
 */
#ifndef CORE_STORE_MERGE_H
#define CORE_STORE_MERGE_H

#include <stdbool.h>

#include "core/base/buf.h"

enum { MERGE_PARAMETERS = 16 };

struct merge {
    char *name, *text;
};

/* False where the statement cannot be asked so: no parameter, one without a cast
 * or with an array's, or one after LIMIT.  A page is long anyway: its answer
 * should not wait for those of others. */
bool merge_make(const char *name, const char *text, int parameters, struct merge *ret) MUST_USE;
void merge_free(struct merge *merge);

#endif
