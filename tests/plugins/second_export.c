/* Planted: exports a second symbol. */
#define BUG_SECOND_EXPORT
#include "good_scheme.h"
