/* Planted: takes memory of its own. */
#define BUG_IMPORT
#include "good_scheme.h"
