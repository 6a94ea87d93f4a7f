/* Two JSON objects as one: the members of the second take the place of those of the first. */
#ifndef CORE_JSON_MERGE_H
#define CORE_JSON_MERGE_H

#include "core/base/arena.h"
#include "core/base/err.h"

/* Top members only; `ret` is in the arena.  E_MALFORMED as json_strict, of either. */
int json_merge(struct arena *arena, const char *first, const char *second, char **ret,
               struct err *err) MUST_USE;

#endif
