/* Planted: asks the kernel without importing anything. */
#define BUG_SYSCALL
#include "good_scheme.h"
