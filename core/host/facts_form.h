/* Facts with what else a file of facts may hold; for `linli decide`. */
#ifndef CORE_HOST_FACTS_FORM_H
#define CORE_HOST_FACTS_FORM_H

#include "core/host/facts.h"
#include "core/host/shapes.h"

/* As facts_read, with the members "options", "admitted" and "asked". */
int facts_read_form(struct arena *arena, const char *json, size_t bytes, struct facts_form **ret,
                    struct err *err) MUST_USE;
/* Those the file names, else all that were not withdrawn, late or void. */
linli_admissions facts_form_admitted(struct arena *arena, const struct facts_form *form);

#endif
