/* A command that reads what strangers made runs in a process of its own, with so much memory and processor time. */
#ifndef API_CLI_BOUNDED_H
#define API_CLI_BOUNDED_H

#include "core/base/arena.h"

struct bounds { int64_t seconds, mebibytes; };
enum { BOUND_SECONDS = 3600, BOUND_MEBIBYTES = 8192 };

/* What `fn` gives back; `over` where a bound stopped it or it died: said on stderr.  Where no process can be made, fn runs in this one.
 * Under sanitizers memory is not bounded. */
int bounded(int (*fn)(struct arena *, void *), struct arena *arena, void *with, const struct bounds *bounds, int over);

#endif
