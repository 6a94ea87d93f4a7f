/* Planted: check() finds fault with the example. */
#define BUG_EXAMPLE
#include "good_scheme.h"
