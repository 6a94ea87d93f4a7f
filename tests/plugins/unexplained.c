/* Planted: points without a reason. */
#define BUG_UNEXPLAINED
#include "good_scheme.h"
