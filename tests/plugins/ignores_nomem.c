/* Planted: does not look whether memory came. */
#define BUG_NOMEM
#include "good_scheme.h"
