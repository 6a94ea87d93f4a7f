/* Nothing planted: must pass. */
#include "good_scheme.h"
