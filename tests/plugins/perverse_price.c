/* Planted: a lower price costs points. */
#define BUG_PERVERSE
#include "good_scheme.h"
