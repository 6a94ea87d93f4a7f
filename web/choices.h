/*
 * What a body calls by an id or a code only, as people know it: the bids of this lot,
 * the evaluators of this office, the checks of this plan.  All of it is asked of the
 * API as the visitor; what the visitor may not ask stays a field to type into.
 */
#ifndef WEB_CHOICES_H
#define WEB_CHOICES_H

#include "web/page.h"

/* One more choice of a member, by its name in both languages. */
void choice_add(json_t *property, const char *id, const json_t *name);
/* The schema of the act's body with what there is to choose from here; `now` (taken from a link, a thing that is edited or
 * what was typed; may be NULL) gets the rows that are there to be filled in. */
void choices_put(struct page *p, const struct op *op, const char *const *values, json_t *schema, json_t *now);
/* What a plan asks of bidders as a schema of the object "fields", or, with `others`, what others state about a bid.  Those
 * that must be there are added to `required` (NULL: all may stay away). */
json_t *choices_fields(const json_t *plan, bool others, json_t *required);

#endif
