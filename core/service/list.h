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

#endif
