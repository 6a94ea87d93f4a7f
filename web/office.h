/*
 * Inside of the portal: the pages of who works at an office.  Like all of it they put answers of the API
 * through templates, and link to the forms of its acts.
 */
#ifndef WEB_OFFICE_H
#define WEB_OFFICE_H

#include "web/page.h"

/* Where the form of an act stands, by the path of the thing it is about; NULL: there is no such act there, or it is not the
 * visitor's. */
const char *office_act_path(const struct page *p, const char *act, const char *path);
/* For the part "work": what waits for the visitor, and for others, at each office the visitor works at;
 * false: at none. */
bool office_work_put(struct page *p, json_t *data);
/* Does one of those desks have this task of GET /me/work? */
bool office_work_has(const json_t *data, const json_t *task);
/* For the part "task": tasks of the visitor's own, each with the button that leads to its form. */
json_t *office_task_rows(struct page *p, const json_t *items);
/* For the part "next": what is to be done next about a tender or a list, by the visitor and by others. */
void office_next_put(struct page *p, const char *office, const char *thing, json_t *data);
/* The four questions of the guide, and what fits. */
void page_guide(struct page *p, const struct op *op, const char *const *values);
/* Entering for others (web/behalf.c): the form of what was received inside the form of the entry or of its confirmation,
 * with `now` filled where it is a score sheet; the choice of what was received; links to it from what it is about. */
void behalf_put_form(struct page *p, const struct op *op, const char *const *values, json_t *schema, json_t *now);
void behalf_put_chooser(struct page *p, const struct op *op, const json_t *schema, const json_t *now, json_t *data);
void behalf_put_links(const struct page *p, const struct op *question, const char *const *values, json_t *acts);
/* Uploading a sheet of entries for a draft list: "/lists/{list}/entries?sheet=1". */
void page_import(struct page *p, const char *list);

#endif
