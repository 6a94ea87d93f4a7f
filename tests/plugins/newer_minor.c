/* Planted: built for the next minor version. */
#define BUG_MINOR
#include "good_scheme.h"
