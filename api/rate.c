/* Buckets of requests, one for each account. */
#include "api/rate.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/err.h"

enum { SLOTS = 16384 };

struct bucket {
    int64_t at_us, left_us;
};

struct rate {
    pthread_mutex_t lock;
    int64_t cost_us;                        /* time in which one request comes back */
    uint8_t key[crypto_shorthash_KEYBYTES]; /* nobody can tell which accounts share a slot */
    struct bucket buckets[SLOTS];
};

enum { MINUTE_US = 60000000 };

struct rate *rate_new(int per_minute)
{
    struct rate *rate = calloc(1, sizeof *rate);

    MUST(rate && per_minute > 0);
    pthread_mutex_init(&rate->lock, NULL);
    rate->cost_us = MINUTE_US / per_minute;
    crypto_shorthash_keygen(rate->key);
    for (int i = 0; i < SLOTS; i++)
        rate->buckets[i].left_us = MINUTE_US;
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
    uint64_t hash = 0;
    bool yes;

    _Static_assert(sizeof hash == crypto_shorthash_BYTES, "a hash is 64 bits");
    crypto_shorthash((uint8_t *)&hash, (const uint8_t *)account, strlen(account), rate->key);
    struct bucket *b = &rate->buckets[hash % SLOTS];
    pthread_mutex_lock(&rate->lock);
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
