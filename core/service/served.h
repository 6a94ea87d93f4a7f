/* From when on a window runs that counts from service (送达). */
#ifndef CORE_SERVICE_SERVED_H
#define CORE_SERVICE_SERVED_H

#include "core/service/act.h"

/* The first service of what an organisation (NULL: a person of none) was told at told_us, sent to it no earlier than that;
 * 0 while one is under way and none is done; told_us where it was served in no way of its own: the portal told it then. */
int served_from(struct act *a, const char *object, const char *organisation, int64_t told_us, int64_t *ret_us,
                struct err *err) MUST_USE;

#endif
