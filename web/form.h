/*
 * HTML forms from the schema of a body, and bodies from what a browser sends.
 *
 * A member at /lots/0/title is the field named "lots.0.title".  A list of objects
 * shows its filled elements and one empty one; a list of words is a text area with
 * one a line; an object whose members the schema does not tell is JSON in a text
 * area.
 */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include <jansson.h>
#include <stdbool.h>

#include "core/base/arena.h"

struct form_value { const char *name, *value; };
struct form_values { struct form_value *items; size_t count; };

/* Puts the fields into the data of a template: ">fields_form", and "more" for those that may stay empty and are, where
 * there are many.  `body` fills them, `problem` (an API problem, or NULL) marks the members at fault. */
void form_put(json_t *data, const json_t *schema, const json_t *body, const json_t *problem, bool chinese,
              struct arena *arena);
/* Is a member of this schema the digest of a file, which the form asks for itself? */
bool form_file(const json_t *schema);
/* The body: empty fields are left out.  A number that is none stays the text it is, so that the API says what is
 * wrong with it.  The caller's. */
json_t *form_body(const json_t *schema, const struct form_values *values, struct arena *arena);

#endif
