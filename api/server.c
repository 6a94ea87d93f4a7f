/* Loops and workers, begun and ended together. */
#include "api/server.h"

#include <stdlib.h>
#include <unistd.h>

#include "api/loop.h"
#include "api/workers.h"
#include "core/base/time.h"

enum { HASHERS_QUEUE = 64 };

int server_loops(int64_t asked)
{
    const int64_t loops = asked ? asked : (sysconf(_SC_NPROCESSORS_ONLN) + 1) / 2;

    return loops < LOOPS_MAX ? (int)loops : LOOPS_MAX;
}

int server_write_lanes(int loops)
{
    return loops < WRITE_LANES_MAX ? WRITE_LANES_MAX / loops : 1;
}

int server_askers(int workers)
{
    return workers + HASHERS + UPLOADERS + KEEPERS;
}

int64_t api_now(struct api *api)
{
    return time_real() + atomic_load_explicit(&api->offset_us, memory_order_relaxed);
}

int64_t server_clear(struct api *api, int64_t *ret_turned_us)
{
    int64_t clear_us = INT64_MAX;

    *ret_turned_us = INT64_MAX;
    for (int i = 0; i < api->config.loops; i++) {
        int64_t one_us, turned_us;

        loop_clear(api->loops[i], &one_us, &turned_us);
        clear_us = one_us < clear_us ? one_us : clear_us;
        *ret_turned_us = turned_us < *ret_turned_us ? turned_us : *ret_turned_us;
    }
    return clear_us;
}

void server_wake(struct api *api)
{
    for (int i = 0; i < api->config.loops; i++)
        loop_wake(api->loops[i]);
}

int server_start(struct api *api, struct err *err)
{
    int status = workers_open(api->config.workers, api->config.queue_max, loop_work, &api->workers, err);

    if (!status)
        status = workers_open(HASHERS, HASHERS_QUEUE, loop_work, &api->hashers, err);
    api->started_us = time_real();
    api->loops = calloc((size_t)api->config.loops, sizeof *api->loops);
    MUST(api->loops);
    for (int i = 0; !status && i < api->config.loops; i++)
        status = loop_open(api, i, err);
    /* Each may look at all, so all are there before the first runs. */
    for (int i = 0; !status && i < api->config.loops; i++)
        if (!loop_start(api->loops[i]))
            status = err_set(err, E_BUSY, "server/busy", "could not start a thread");
    return status;
}

void server_drain(struct api *api)
{
    atomic_store(&api->draining, true);
    for (int i = 0; i < api->config.loops; i++)
        if (api->loops[i])
            loop_stop(api->loops[i]);
    for (int i = 0; i < api->config.loops; i++)
        if (api->loops[i])
            loop_join(api->loops[i]);
    workers_close(api->workers);
    workers_close(api->hashers);
}

void server_stop(struct api *api)
{
    for (int i = 0; i < api->config.loops; i++)
        if (api->loops[i])
            loop_close(api->loops[i]);
    free(api->loops);
}
