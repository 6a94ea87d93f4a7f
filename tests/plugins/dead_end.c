/* Planted: the plan goes in a circle. */
#define BUG_DEAD_END
#include "good_mechanism.h"
