/* Planted: an option beyond the end of the struct. */
#define BUG_OPTION_OUTSIDE
#include "good_scheme.h"
