/* Planted: pays without evidence. */
#define BUG_NO_EVIDENCE
#include "good_mechanism.h"
