/* Planted: a line that names no message. */
#define BUG_GARBAGE
#include "good_scheme.h"
