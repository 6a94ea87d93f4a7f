/* Planted: an award over the budget. */
#define BUG_OVER_BUDGET
#include "good_mechanism.h"
