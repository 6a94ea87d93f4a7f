/* What act.c and due.c share of the road, and nobody else. */
#ifndef CORE_SERVICE_ROAD_H
#define CORE_SERVICE_ROAD_H

#include "core/service/act.h"

struct act_event_info { const char *act, *role, *subject_kind, *request; };

/* Writes the event of an act: a->payload and the canonical request. */
int act_event(struct act *a, const struct act_event_info *what, struct err *err) MUST_USE;

/* Another act within this one, in the same transaction, done by somebody else: its rights, its body, its lock, its chain,
 * its effect and its event, as on the road of its own; no key and no answer.  on_behalf: what the event says it came by. */
struct act_within { const struct act_spec *spec; const struct actor *actor; const char *path, *body, *on_behalf; int64_t now_us, sent_us; };
int act_within(struct act *a, const struct act_within *what, const char **ret_subject, struct err *err) MUST_USE;

/* What is due and could not be done now, since somebody else is at what it needs: left for the next time. */
enum { LATE_MOST = 32 };
struct due_late {
    char        id[LATE_MOST][UUID_TEXT], tender[LATE_MOST][UUID_TEXT];
    const char *list[LATE_MOST];
    size_t      count;
};

/* Runs the late due acts of one office, waiting for another server that is at
 * it; failures are noted on their rows and stop nothing.  ret: what stays late; acts on those tenders must wait for it.
 * E_BUSY where more could not be done than that tells. */
int due_catch_up(const struct service *service, int32_t office, int most, struct due_late *ret, struct err *err) MUST_USE;

#endif
