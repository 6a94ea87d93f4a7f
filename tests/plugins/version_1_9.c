/* Nothing planted: an older version. */
#define VERSION "1.9.0"
#include "good_scheme.h"
