/*
 * Canonical JSON (RFC 8785 for what Linli writes: no reals, ASCII keys): keys
 * sorted, no white space, strings escaped only where they must be.
 */
#ifndef CORE_JSON_CANON_H
#define CORE_JSON_CANON_H

#include "core/base/arena.h"
#include "core/base/err.h"

/* E_MALFORMED body/malformed where the text is no JSON value, has a duplicate
 * key, a real number, or is nested deeper than 32. */
int json_canonical(struct arena *arena, const char *json, size_t bytes, char **ret, struct err *err) MUST_USE;

#endif
