/* Planted: the tranches lose a fen. */
#define BUG_FEN
#include "good_mechanism.h"
