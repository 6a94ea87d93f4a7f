/* Planted: two options over each other. */
#define BUG_OPTION_OVERLAP
#include "good_scheme.h"
