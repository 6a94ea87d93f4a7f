/* Planted: a tie is settled without a draw. */
#define BUG_SECRET_TIE
#include "good_mechanism.h"
