/*
 * Templates: HTML files with {{NAME}} for a value, {{#NAME}}..{{/NAME}} for a
 * section and {{>NAME}} for a part, filled from JSON.  Values are escaped by the
 * place they stand in; a template that would leave a value unescaped is refused
 * when it is read.
 *
 * JSON to template: a string or number is a value; true shows the section NAME,
 * false the section not_NAME; an object is a section shown once, an array one
 * shown for each element (an element that is no object is {{it}}), an empty array
 * shows NAME_empty; null shows nothing.  A member that begins with ">" fills the
 * part of that name once, or once for each element.  A filled string also shows
 * the section has_NAME.  Sections and values are inherited: inside another section
 * give them names of their own; parts inherit nothing.
 *
 * {{_key}} in a file is the text `key` of web/words.def in the language of the
 * page; {{=body}} a value that is HTML already.
 */
#ifndef WEB_TEMPLATE_H
#define WEB_TEMPLATE_H

#include <jansson.h>

#include "core/base/buf.h"
#include "core/base/err.h"

struct templates;

/* Reads every *.html and *.xml of the folder, once for each language.  E_BROKEN names the file that does not parse, or the
 * text that web/words.def lacks. */
int templates_open(const char *folder, struct templates **ret, struct err *err);
void templates_close(struct templates *t);
/* Appends the template `name` (without .html) filled with `data`, in the words of a manner (web/words.h; NULL: the plain
 * ones).  Any thread may call it. */
int template_render(const struct templates *t, const char *name, bool chinese, const char *manner, const json_t *data,
                    struct buf *out, struct err *err);

#endif
