/* Every reachable state of a mechanism; see explore_laws.c for what is shown of each. */
#ifndef CORE_HOST_EXPLORE_H
#define CORE_HOST_EXPLORE_H

#include "core/host/check.h"

/* Under these options, with up to `bids` bids (at most 4).  Faults go to the check
 * "explore", each with the road that leads to it.  Gives how much there is. */
struct explored {
    size_t states, edges;
};
struct explored explore_mechanism(struct checker *c, const void *options, const linli_plan *plan, int bids);

#endif
