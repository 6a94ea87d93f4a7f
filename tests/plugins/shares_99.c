/* Planted: the shares add up to 99%. */
#define BUG_SHARES
#include "good_mechanism.h"
