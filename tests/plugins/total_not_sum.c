/* Planted: a total that is not the sum of its parts. */
#define BUG_TOTAL
#include "good_scheme.h"
