/* Buckets of requests, one for each account. */
#include "api/rate.h"

#include <pthread.h>
#include <stdlib.h>

#include "core/base/err.h"

enum { SLOTS = 4096 };

struct bucket {
    uint64_t account; /* hash; another account of the slot takes it over, full */
    int64_t at_us, left_us;
};

struct rate {
    pthread_mutex_t lock;
    int64_t cost_us; /* time in which one request comes back */
    struct bucket buckets[SLOTS];
};

enum { MINUTE_US = 60000000 };

struct rate *rate_new(int per_minute)
{
    struct rate *rate = calloc(1, sizeof *rate);

    MUST(rate && per_minute > 0);
    pthread_mutex_init(&rate->lock, NULL);
    rate->cost_us = MINUTE_US / per_minute;
    return rate;
}

void rate_free(struct rate *rate)
{
    if (!rate)
        return;
    pthread_mutex_destroy(&rate->lock);
    free(rate);
}

bool rate_take(struct rate *rate, const char *account, int64_t monotonic_us, int64_t *ret_wait_s)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    bool yes;

    for (const char *p = account; *p; p++)
        hash = (hash ^ (unsigned char)*p) * UINT64_C(1099511628211);
    struct bucket *b = &rate->buckets[(hash >> 20) % SLOTS];
    pthread_mutex_lock(&rate->lock);
    if (b->account != hash)
        *b = (struct bucket){hash, monotonic_us, MINUTE_US};
    b->left_us += monotonic_us - b->at_us;
    b->at_us = monotonic_us;
    if (b->left_us > MINUTE_US)
        b->left_us = MINUTE_US;
    yes = b->left_us >= rate->cost_us;
    if (yes)
        b->left_us -= rate->cost_us;
    *ret_wait_s = (rate->cost_us - b->left_us) / 1000000 + 1;
    pthread_mutex_unlock(&rate->lock);
    return yes;
}
