/* Planted: goes on with too few bidders. */
#define BUG_FEW
#include "good_mechanism.h"
