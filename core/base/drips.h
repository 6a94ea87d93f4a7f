/*
 * Clients that drip.  A library that serves HTTP cuts who says nothing; who sends a byte now and then never says nothing.
 * Connections are told of here, and a thread cuts those whose head is not whole in time.
 */
#ifndef CORE_BASE_DRIPS_H
#define CORE_BASE_DRIPS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/attr.h"

enum { DRIP_SILENT_S = 30 };        /* after so long a silence the library cuts; between two requests there is this time as well */

struct drips;
struct drip;                        /* one connection */

/* A head has head_s seconds. */
struct drips *drips_start(int64_t head_s);
/* Nobody is cut any more; connections may still end.  Then, once all have, the rest is given back. */
void drips_stop(struct drips *drips);
void drips_free(struct drips *drips);

struct drip *drip_begin(struct drips *drips, int fd);
/* A head is whole, and its request is being done; or it is over, and the next head may come. */
void drip_busy(struct drips *drips, struct drip *drip, bool busy);
void drip_end(struct drips *drips, struct drip *drip);

/* Is a body of which so many bytes came since then too slow to wait for? */
bool drip_body_slow(int64_t since_us, int64_t bytes);

#endif
