/* What act.c and due.c share of the road, and nobody else. */
#ifndef CORE_SERVICE_ROAD_H
#define CORE_SERVICE_ROAD_H

#include "core/service/act.h"

struct act_event_info { const char *act, *role, *subject_kind, *request; };

/* Writes the event of an act: a->payload and the canonical request. */
int act_event(struct act *a, const struct act_event_info *what, struct err *err) MUST_USE;

/* Runs the late due acts of one office, waiting for another server that is at
 * it; failures are noted on their rows and stop nothing. */
int due_catch_up(const struct service *service, int32_t office, int most, struct err *err) MUST_USE;

#endif
