/* Nothing planted: must pass. */
#include "good_mechanism.h"
