/* A purchase list as acts on it and on its entries need it. */
#ifndef CORE_SERVICE_LIST_H
#define CORE_SERVICE_LIST_H

#include "core/host/form.h"
#include "core/service/act.h"

struct list {
    const char *id, *title, *state, *created_by;
    int32_t     year, edition;
};

/* E_ABSENT list/absent. */
int list_load(struct act *a, const char *id, struct list *ret, struct err *err) MUST_USE;

extern const struct form form_entry_check;      /* the body of one entry */
/* Would an entry with this body (form_entry_check) be taken, as far as it can be told without the database? */
int entry_fits(const struct host *host, const void *body, struct err *err) MUST_USE;

#endif
