/* Blocking threads behind a bounded queue. */
#include "api/workers.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

struct workers {
    pthread_mutex_t lock;
    pthread_cond_t some;
    worker_fn *run;
    void **queue;
    int first, count, room, thread_count;
    bool closing;
    pthread_t threads[];
};

static void *work(void *arg)
{
    struct workers *w = arg;

    pthread_mutex_lock(&w->lock);
    for (;;) {
        while (w->count == 0 && !w->closing)
            pthread_cond_wait(&w->some, &w->lock);
        if (w->count == 0)
            break;
        void *job = w->queue[w->first];
        w->first = (w->first + 1) % w->room;
        w->count--;
        pthread_mutex_unlock(&w->lock);
        w->run(job);
        pthread_mutex_lock(&w->lock);
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

int workers_open(int threads, int queue_max, worker_fn *run, struct workers **ret, struct err *err)
{
    struct workers *w = calloc(1, sizeof(*w) + (size_t)threads * sizeof(pthread_t));

    MUST(w);
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->some, NULL);
    w->run = run;
    w->room = queue_max;
    w->queue = calloc((size_t)queue_max, sizeof(void *));
    MUST(w->queue);
    for (; w->thread_count < threads; w->thread_count++) {
        if (pthread_create(&w->threads[w->thread_count], NULL, work, w) != 0) {
            workers_close(w);
            return err_set(err, E_BUSY, "server/busy", "could not start %d worker threads", threads);
        }
    }
    *ret = w;
    return 0;
}

bool workers_add(struct workers *w, void *job)
{
    bool yes;

    pthread_mutex_lock(&w->lock);
    yes = w->count < w->room && !w->closing;
    if (yes) {
        w->queue[(w->first + w->count) % w->room] = job;
        w->count++;
        pthread_cond_signal(&w->some);
    }
    pthread_mutex_unlock(&w->lock);
    return yes;
}

int workers_waiting(struct workers *w)
{
    pthread_mutex_lock(&w->lock);
    int count = w->count;
    pthread_mutex_unlock(&w->lock);
    return count;
}

void workers_close(struct workers *w)
{
    if (!w)
        return;
    pthread_mutex_lock(&w->lock);
    w->closing = true;
    pthread_cond_broadcast(&w->some);
    pthread_mutex_unlock(&w->lock);
    for (int i = 0; i < w->thread_count; i++)
        pthread_join(w->threads[i], NULL);
    pthread_cond_destroy(&w->some);
    pthread_mutex_destroy(&w->lock);
    free(w->queue);
    free(w);
}
