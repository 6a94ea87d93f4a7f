/* See core/base/drips.h. */
#include "core/base/drips.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "core/base/err.h"
#include "core/base/time.h"

enum { LOOK_S = 1, RATE_LEAST = 1024 };

struct drip {
    struct drip *next, **back;
    int fd;
    bool busy, fresh; /* a head is whole and not answered yet; none was ever whole */
    int64_t since_us;
};

struct drips {
    int64_t head_us;
    pthread_t thread;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t stopping;
    struct drip *all;
    bool stop;
};

/* Between two requests a connection has both times: to be silent, and to send the next head. */
static void sweep(struct drips *d)
{
    const int64_t now_us = time_monotonic();

    for (struct drip *p = d->all; p; p = p->next)
        if (!p->busy && now_us - p->since_us > d->head_us + (p->fresh ? 0 : DRIP_SILENT_S * TIME_SECOND))
            shutdown(p->fd, SHUT_RDWR);
}

static void *watch(void *arg)
{
    struct drips *d = arg;

    pthread_mutex_lock(&d->lock);
    while (!d->stop) {
        struct timespec until;

        time_in(LOOK_S * TIME_SECOND, &until);
        pthread_cond_timedwait(&d->stopping, &d->lock, &until);
        sweep(d);
    }
    pthread_mutex_unlock(&d->lock);
    return NULL;
}

struct drips *drips_start(int64_t head_s)
{
    struct drips *d = calloc(1, sizeof *d);
    pthread_condattr_t monotonic;

    MUST(d);
    d->head_us = head_s * TIME_SECOND;
    pthread_mutex_init(&d->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&d->stopping, &monotonic);
    pthread_condattr_destroy(&monotonic);
    MUST(pthread_create(&d->thread, NULL, watch, d) == 0);
    return d;
}

void drips_stop(struct drips *d)
{
    pthread_mutex_lock(&d->lock);
    d->stop = true;
    pthread_cond_signal(&d->stopping);
    pthread_mutex_unlock(&d->lock);
    pthread_join(d->thread, NULL);
}

void drips_free(struct drips *d)
{
    MUST(!d->all);
    pthread_cond_destroy(&d->stopping);
    pthread_mutex_destroy(&d->lock);
    free(d);
}

struct drip *drip_begin(struct drips *d, int fd)
{
    struct drip *p = calloc(1, sizeof *p);

    MUST(p);
    pthread_mutex_lock(&d->lock);
    *p = (struct drip){d->all, &d->all, fd, false, true, time_monotonic()};
    if (p->next)
        p->next->back = &p->next;
    d->all = p;
    pthread_mutex_unlock(&d->lock);
    return p;
}

void drip_busy(struct drips *d, struct drip *p, bool busy)
{
    pthread_mutex_lock(&d->lock);
    p->busy = busy;
    p->fresh = false;
    p->since_us = time_monotonic();
    pthread_mutex_unlock(&d->lock);
}

void drip_end(struct drips *d, struct drip *p)
{
    pthread_mutex_lock(&d->lock);
    *p->back = p->next;
    if (p->next)
        p->next->back = p->back;
    pthread_mutex_unlock(&d->lock);
    free(p);
}

bool drip_body_slow(int64_t since_us, int64_t bytes)
{
    const int64_t age_s = (time_monotonic() - since_us) / TIME_SECOND;

    return age_s > DRIP_SILENT_S && bytes / age_s < RATE_LEAST;
}
