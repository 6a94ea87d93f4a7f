/* Planted: a message without English. */
#define BUG_MISSING_ENGLISH
#include "good_scheme.h"
