/* The answer of GET /api/v1/tenders/{tender}/plan as a file: the rules of the game, for who looks at them offline. */
#ifndef API_CLI_TENDER_FILE_H
#define API_CLI_TENDER_FILE_H

#include "core/domain/rules.h"

struct tender_lot { int64_t no; linli_money budget, ceiling; };  /* ceiling 0: none of its own */

struct tender_file {
    const char       *number;
    int64_t           published_us, deadline_us;
    struct rule_set   rules;
    const linli_plan *plan;
    linli_list        lots;     /* of tender_lot; none in a file made before they were told */
};

/* E_MALFORMED, E_INVALID as form_read; unknown members are refused. */
int tender_file_read(struct arena *arena, const char *json, size_t bytes, struct tender_file *ret,
                     struct err *err) MUST_USE;

#endif
