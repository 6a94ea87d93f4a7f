/* An evaluation as pages for people, and how near it was. */
#ifndef API_CLI_EXPLAIN_H
#define API_CLI_EXPLAIN_H

#include <stdio.h>

#include "core/base/arena.h"
#include "core/base/err.h"
#include "core/host/host.h"
#include "linli/plugin.h"

/* One question to a scheme, as it was asked. */
struct asked {
    const struct plugin *plugin;
    struct arena *arena;
    const void *options;
    const linli_facts *facts;
    const linli_admissions *admitted;
};

/* A page for each bid, in Chinese and English: its total, every part with its lines, why it stands where it
 * stands.  `only`: of one bid; 0: of all. */
int explain_print(const struct asked *a, const linli_evaluation *e, uint64_t only, FILE *out,
                  struct err *err) MUST_USE;

/* The margin of a ranking: for each bid that is not alone in first place, the highest price at which it would
 * have been, all else being equal; for the one that is, the highest at which it would still be. */
int explain_margin(const struct asked *a, const linli_evaluation *e, FILE *out, struct err *err) MUST_USE;

#endif
