/* Planted: runs code when it is loaded. */
#define BUG_CONSTRUCTOR
#include "good_scheme.h"
