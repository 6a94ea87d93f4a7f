/* Planted: a draw among the first and somebody who is not there. */
#define BUG_GHOST
#include "good_mechanism.h"
