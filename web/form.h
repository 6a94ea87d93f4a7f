/*
 * HTML forms from the schema of a body, and bodies from what a browser sends.
 *
 * A member at /lots/0/title is the field named "lots.0.title".  A list of objects
 * shows its filled elements and an empty one, more by the button "_more"; a list of
 * some of these words is a box for each, "roles.0", any other list of words a text
 * area with one a line; an object whose members the schema does not tell is JSON in
 * a text area.
 *
 * A code of an element that is left out is numbered, a text in both languages that has no English says in English what it
 * says in Chinese.
 *
 * The browser holds back only what the API would: an element or group that is empty
 * and may stay so demands nothing of what is in it.
 *
 * The schema may say more than the API's own, of this place and moment:
 *   "x-given"    of the elements of a list: names of members that are filled in beforehand.  An element with nothing
 *                else in it is not sent.
 *   "x-listed"   of an id: [{"id", "title"}] to type a part of, where there are too many to choose from
 */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include <jansson.h>
#include <stdbool.h>

#include "core/base/arena.h"

struct form_value { const char *name, *value; };
struct form_values { struct form_value *items; size_t count; };

/* What a form shows: `body` fills it, `problem` (an API problem, or NULL) marks the members at fault; `sent` is what came
 * with it (NULL: it is looked at for the first time), so that lists keep the elements they had. */
struct form_shown {
    const json_t *body, *problem;
    const struct form_values *sent;
    bool chinese;
};

/* Puts the fields into the data of a template: ">fields_form", "default" where another button stands before the one
 * that sends, and "filled": the members that null empties, which have something in them.  Where there are many, those that may stay empty and are come last, out of sight. */
void form_put(json_t *data, const json_t *schema, const struct form_shown *shown, struct arena *arena);
/* Is a member of this schema the digest of a file, which the form asks for itself? */
bool form_file(const json_t *schema);
/* The body: empty fields are left out, but are null where "_filled" says that they had something in them. Money, rates and numbers as people write them become what the API takes; what is
 * none stays the text it is, so that the API says what is wrong with it.  The caller's. */
json_t *form_body(const json_t *schema, const struct form_values *values, struct arena *arena);

#endif
