/*
 * Blocking threads behind a bounded queue.
 */
#ifndef API_WORKERS_H
#define API_WORKERS_H

#include "core/base/err.h"

struct workers;

/* They run jobs; a full queue says no. */
typedef void worker_fn(void *job);
int  workers_open(int threads, int queue_max, worker_fn *run, struct workers **ret, struct err *err) MUST_USE;
bool workers_add(struct workers *workers, void *job) MUST_USE;
void workers_close(struct workers *workers);        /* runs what is queued, then ends */
int  workers_waiting(struct workers *workers);

#endif
