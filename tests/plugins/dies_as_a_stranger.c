/* Planted: dies in tender 666 and never ends in tender 667, and asks for no child. */
#define BUG_ON_DEMAND
#define NOT_EXACT
#define VERSION "6.6.7"
#include "good_scheme.h"
