/* Planted: dies when the bids come the other way round. */
#define BUG_CRASH_ON_ORDER
#include "good_scheme.h"
