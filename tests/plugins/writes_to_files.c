/* Planted: writes into whatever the server has open, without importing anything; asked in a child. */
#define BUG_WRITES
#define VERSION "7.7.7"
#include "good_scheme.h"
