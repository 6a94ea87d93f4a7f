/* Planted: waits for ever where the only winner fell away. */
#define BUG_STUCK
#include "good_mechanism.h"
