/*
 * Strict reading of JSON that comes in: one whole value, duplicate keys, real
 * numbers and deep nesting refused before anything is built from it.
 */
#ifndef CORE_JSON_STRICT_H
#define CORE_JSON_STRICT_H

#include <jansson.h>
#include <stddef.h>

#include "core/base/err.h"

enum { JSON_DEPTH_MAX = 32 };

void json_release(json_t **json); /* the CLEANUP function */
#define AUTO_JSON CLEANUP(json_release)

/* Parses one object.  Integers must fit int64; strings must be UTF-8 without NUL.
 *
 * E_MALFORMED  not JSON, not an object, too deep, duplicate key, real number, over `bytes_max`;
 *              `type` names the problem ("body/malformed") and the detail the line */
int json_strict(const char *json, size_t bytes, size_t bytes_max, const char *type, json_t **ret,
                struct err *err) MUST_USE;

#endif
