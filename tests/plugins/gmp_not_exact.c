/* Planted: uses libgmp without saying so. */
#include <gmp.h>

#define BUG_GMP
#include "good_scheme.h"
