/* Planted: a late bid is admitted. */
#define BUG_ADMITS_LATE
#include "good_mechanism.h"
