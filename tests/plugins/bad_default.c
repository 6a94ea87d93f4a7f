/* Planted: a default out of its own bounds. */
#define BUG_DEFAULT
#include "good_scheme.h"
