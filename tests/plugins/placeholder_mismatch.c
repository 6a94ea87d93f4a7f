/* Planted: the English sentence lacks a place. */
#define BUG_PLACEHOLDERS
#include "good_scheme.h"
