/* An evaluation as pages for people, and how near it was. */
#ifndef API_CLI_EXPLAIN_H
#define API_CLI_EXPLAIN_H

#include <stdio.h>

#include "core/base/arena.h"
#include "core/base/err.h"
#include "core/host/whatif.h"
#include "linli/plugin.h"

/* A page for each bid, in Chinese and English: its total, every part with its lines, why it stands where it
 * stands.  `only`: of one bid; 0: of all. */
int explain_print(const struct asked *a, const linli_evaluation *e, uint64_t only, FILE *out,
                  struct err *err) MUST_USE;

/* The bids whose rank is another, and which. */
void explain_changed(const linli_facts *facts, const linli_evaluation *before, const linli_evaluation *after,
                     FILE *out);
/* How near it was and on what it hangs (core/host/whatif.h). */
int explain_margin(const struct asked *a, const linli_evaluation *e, FILE *out, struct err *err) MUST_USE;

#endif
