/*
 * An event loop: a thread with an HTTP daemon of its own and its lanes to PostgreSQL.
 * Nothing is shared between loops; workers hand finished requests back.
 */
#ifndef API_LOOP_H
#define API_LOOP_H

#include "api/metrics.h"
#include "core/base/err.h"
#include "core/store/lane.h"

struct api;
struct loop;

/* Makes loop `index` of the server, listening, and puts it there; also where it fails half-way. */
int  loop_open(struct api *api, int index, struct err *err) MUST_USE;
bool loop_start(struct loop *loop) MUST_USE;    /* its thread; false: there is none to be had */
void loop_stop(struct loop *loop);      /* answers what is in flight, and ends */
void loop_join(struct loop *loop);
void loop_close(struct loop *loop);     /* frees what it had */

/* What a worker does with a request that a loop gave it. */
void loop_work(void *job);

/* Makes it look around at once. */
void loop_wake(struct loop *loop);
/* As server_clear, of this one. */
void loop_clear(struct loop *loop, int64_t *ret_clear_us, int64_t *ret_turned_us);

/* Lanes of a loop; only for its own thread. */
struct lane *loop_read_lane(struct loop *loop);
struct lane *loop_wide_lane(struct loop *loop);
struct lane *loop_write_lane(struct loop *loop, int i);
struct intake *loop_intake(struct loop *loop);
bool         loop_up(struct loop *loop);     /* from any thread */

/* For /metrics, from any thread. */
struct loop_stats { uint64_t slow, connections, lanes_up, questions_waiting; };
void loop_stats(struct loop *loop, struct loop_stats *ret);
const struct metrics *loop_metrics(const struct loop *loop);

#endif
