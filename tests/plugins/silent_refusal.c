/* Planted: refuses an act without a reason. */
#define BUG_SILENT
#include "good_mechanism.h"
