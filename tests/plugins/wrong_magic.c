/* Planted: another magic. */
#define BUG_MAGIC
#include "good_scheme.h"
