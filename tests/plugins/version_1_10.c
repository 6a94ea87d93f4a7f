/* Nothing planted: a newer version. */
#define VERSION "1.10.0"
#include "good_scheme.h"
