/* A decision asked again: `linli decide` in a process of its own, on nothing but the facts that were stored. */
#ifndef API_CLI_RECOMPUTE_H
#define API_CLI_RECOMPUTE_H

#include "core/base/arena.h"
#include "core/trust/bundle_check.h"

/* NOT: the very file that decided is not here, or cannot be asked at all; REFUSED: it is, and gives no answer to these facts within
 * RECOMPUTE_S seconds. */
enum recomputed { RECOMPUTED_SAME, RECOMPUTED_OTHER, RECOMPUTED_NOT, RECOMPUTED_REFUSED };
enum { RECOMPUTE_S = 600 };

/* `plugins` NULL: the configured folders. */
enum recomputed recompute(struct arena *arena, const struct bundle_decision *decision, const char *plugins);

#endif
