/* Planted: an answer made of an address. */
#define BUG_POINTER
#include "good_scheme.h"
