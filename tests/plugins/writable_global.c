/* Planted: counts its calls in a variable. */
#define BUG_GLOBAL
#include "good_scheme.h"
