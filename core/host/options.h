/*
 * Option rows to and from JSON.  The one reader of what comes in: plug-in
 * options and API request bodies alike.  Money, points and rates are decimal
 * strings; a real number, a duplicate key or an unknown member is refused;
 * every finding names its member as a JSON Pointer with a stable code
 * (required, unknown, type, range, length, format, choice, duplicate, encoding).
 */
#ifndef CORE_HOST_OPTIONS_H
#define CORE_HOST_OPTIONS_H

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/err.h"
#include "linli/plugin.h"

/* A table of rows and the struct it fills. */
struct form {
    const linli_option *rows;
    uint32_t count, size;
};

#define FORM(table, type)                                                                                    \
    {                                                                                                        \
        (table), sizeof(table) / sizeof((table)[0]), sizeof(type)                                            \
    }

/* Reads one JSON object into a new struct of the arena, defaults filled in.
 * E_MALFORMED  not JSON, too deep, duplicate key, real number (type body/malformed)
 * E_INVALID    members at fault (type body/invalid), up to ERR_POINTERS of them */
int form_read(const struct form *form, struct arena *arena, const char *json, size_t bytes, void **ret_struct,
              struct err *err) MUST_USE;

/* The struct as canonical JSON: keys sorted, members that were not given and
 * have no default left out. */
void form_write(const struct form *form, const void *data, struct buf *out);

#endif
