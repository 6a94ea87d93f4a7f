/* An answer of the API, looked into by JSON Pointers: what programs of ours need that ask the server. */
#ifndef CORE_JSON_DOC_H
#define CORE_JSON_DOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/err.h"

struct doc;

/* E_MALFORMED body/malformed where the text is no JSON object.  Freed with the arena. */
int doc_read(struct arena *arena, const char *json, size_t bytes, struct doc **ret, struct err *err) MUST_USE;

/* The value at a pointer ("/items/0/id") as text: strings as they are, integers
 * in decimal, true and false; NULL where there is none, or an object, a list. */
const char *doc_text(const struct doc *doc, const char *pointer);
/* Whether that is this text, and what it is as an integer; they take no memory, however often. */
bool doc_equal(const struct doc *doc, const char *pointer, const char *text);
bool doc_integer(const struct doc *doc, const char *pointer, int64_t *ret);
/* The object at a pointer as JSON; NULL where there is none. */
const char *doc_object(const struct doc *doc, const char *pointer);
/* Any value at a pointer as JSON, members sorted; NULL where there is none. */
const char *doc_json(const struct doc *doc, const char *pointer);
/* Whether two values are the same, where a member that holds nothing (null, false, 0, "", an empty list or object) is one that is not there. */
bool doc_alike(const struct doc *x, const char *pointer_x, const struct doc *y, const char *pointer_y);
bool doc_has(const struct doc *doc, const char *pointer);
/* How many items the list at a pointer has; 0 where there is none. */
size_t doc_count(const struct doc *doc, const char *pointer);

#endif
