/*
 * Counters for Prometheus.  Each loop counts in a block of its own, which only
 * its thread writes: no locks, no shared cache lines on the hot road.
 *
 * Nothing here tells of sealed bids: routes about bids are counted
 * neither by number nor by time, only where they failed on our side; the upload
 * daemon and the lanes of the intake are not counted at all.
 */
#ifndef API_METRICS_H
#define API_METRICS_H

#include "api/route.h"

struct api;
struct metrics;         /* the counters of one loop; routes_open comes first */

struct metrics *metrics_new(void);
void metrics_free(struct metrics *metrics);

/* An answer: route NULL where it was refused before one was found; took_us from the
 * last byte of the question to the first of the answer.  Its loop's thread only. */
void metrics_count(struct metrics *metrics, const struct route *route, int status, int64_t took_us);

/* What only the database knows, as it was when somebody last looked; not locked. */
struct gauges {
    _Atomic int64_t due_waiting, due_failed, due_late_s;
    _Atomic int64_t sampled_us;         /* real time; 0: not yet */
};
/* Looks; blocking.  E_BUSY where the database is away: the gauges stay. */
int metrics_sample(struct api *api, struct err *err) MUST_USE;

#endif
