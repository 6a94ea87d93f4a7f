/*
 * How often an account may ask what needs a worker: a bucket, shared with few others, that holds one
 * minute's worth and fills steadily.  In memory, for each server by itself; the
 * proxy limits those who have no account.
 */
#ifndef API_RATE_H
#define API_RATE_H

#include <stdbool.h>
#include <stdint.h>

struct rate;

struct rate *rate_new(int per_minute);
void         rate_free(struct rate *rate);
/* False: too many; ret_wait_s tells when to come again. */
bool         rate_take(struct rate *rate, const char *account, int64_t monotonic_us, int64_t *ret_wait_s);

#endif
