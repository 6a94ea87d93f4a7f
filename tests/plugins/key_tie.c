/* Planted: settles a tie by key. */
#define BUG_KEY_TIE
#include "good_scheme.h"
