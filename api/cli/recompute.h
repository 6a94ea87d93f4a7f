/* A decision asked again: `linli decide` in a process of its own, on nothing but the facts that were stored. */
#ifndef API_CLI_RECOMPUTE_H
#define API_CLI_RECOMPUTE_H

#include "core/base/arena.h"
#include "core/trust/bundle.h"

enum recomputed { RECOMPUTED_SAME, RECOMPUTED_OTHER, RECOMPUTED_NOT };

/* `plugins` NULL: the configured folders.  RECOMPUTED_NOT: the very file that decided is not here, or it failed. */
enum recomputed recompute(struct arena *arena, const struct bundle_decision *decision, const char *plugins);

#endif
