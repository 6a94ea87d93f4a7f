/* Planted: dies in tender 666 and never ends in tender 667; asked in a child. */
#define BUG_ON_DEMAND
#define VERSION "6.6.6"
#include "good_scheme.h"
