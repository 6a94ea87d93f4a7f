/*
 * What is said against a procedure, one table for all of it: an objection (质疑, 异议); its review (复核),
 * asked for once outside statutory procurement; a report by anybody (举报); and a complaint (投诉), played
 * before the authority and written down here.  One that is open and relevant holds signing and money,
 * whatever its channel.
 */
#ifndef CORE_SERVICE_OBJECTION_H
#define CORE_SERVICE_OBJECTION_H

#include "core/service/tender.h"

struct objection {
    const char *channel; /* "objection", "review", "report", "complaint" */
    const char *kind;    /* "documents", "process", "result" */
    const char *bid, *organisation, *body;
    const char *reviews; /* of a review: what it is of */
    bool relevant;
    int64_t due_us; /* to be answered by */
};

/* Stores it, open, with the act that is due when nobody answers. */
int objection_store(struct act *a, const struct tender *t, const struct lot *l, const struct objection *o,
                    const char **ret_id, struct err *err) MUST_USE;
/* From when on by a rule of the tender (a period); without it thirty days. */
int objection_due(struct act *a, const struct tender *t, const char *code, int64_t from_us, int64_t *ret_us,
                  struct err *err) MUST_USE;

/* Counts again by a calendar that came since until when those that wait are to be answered. */
int objections_recount(struct act *a, const struct tender *t, struct err *err) MUST_USE;
/* An authority suspended signing and money: until when at most, by the tender's rules (政府采购法 §57). */
int objection_holds(struct act *a, const struct tender *t, const char *id, struct err *err) MUST_USE;

/* Documents, process, result: codes and names of what it may be about. */
extern const char *const objection_kinds[4];
extern const linli_text objection_kind_labels[4];

struct objecting {
    struct tender *t;
    struct lot *l;
    struct rows *row;
};
/* The subject of the act with its lot; objecting_open: E_REFUSED state/refused unless it is open. */
int objecting_load(struct act *a, struct objecting *ret, struct err *err) MUST_USE;
int objecting_open(struct act *a, struct objecting *ret, struct err *err) MUST_USE;
bool objecting_is(const struct objecting *o, const char *channel);
/* Whether the actor filed it, or is of the organisation that did. */
bool objecting_own(const struct act *a, const struct objecting *o);
/* Whether the lot may go on now that one less is in its way. */
/* Money and signing that a complaint holds go on when two people have written it down: whether this one is the
 * second.  E_REFUSED approval/same-person for the first once more. */
int complaint_second(const struct act *a, const struct objecting *o, bool *ret, struct err *err) MUST_USE;
int objecting_on(struct act *a, struct objecting *o, struct err *err) MUST_USE;

#endif
