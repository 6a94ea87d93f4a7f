/* Planted: goes back to a phase that is over. */
#define BUG_GOES_BACK
#include "good_mechanism.h"
