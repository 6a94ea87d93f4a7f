/* The rows of a rule set as they stand in its JSON; between the two files of the module only. */
#ifndef CORE_DOMAIN_RULES_ROW_H
#define CORE_DOMAIN_RULES_ROW_H

#include "core/domain/rules.h"
#include "core/host/options.h"

enum { RULE_PERIOD, RULE_COUNT, RULE_MONEY, RULE_RATE, RULE_POINTS, RULE_HOLDS, RULE_VALUES };

struct rule_row {
    const char *code, *source, *set;
    linli_period period;
    int64_t count;
    linli_money money;
    linli_rate rate;
    linli_points points;
    linli_text name;
    linli_date from, until;
    bool holds, unverified, given[RULE_VALUES], has_from, has_until;
};

struct set_row {
    const char *code, *area;
    int32_t regime, level;
    linli_date effective;
    linli_text title;
    linli_list rules; /* of struct rule_row, by code and first day */
    bool has_level;
};

/* The rows of one JSON text, their days filled in, none in doubt.  E_MALFORMED,
 * E_INVALID as rules_load; err->at[0] names the member where one is at fault. */
int  set_read(struct arena *arena, const char *json, size_t bytes, struct set_row *ret, struct err *err) MUST_USE;
/* Of rows that hold on one day: the set a tender keeps. */
void set_freeze(struct arena *arena, const struct set_row *row, struct rule_set *ret);
/* A member at fault, said at its pointer; gives E_INVALID. */
int  set_fault(struct err *err, const char *pointer, const char *text, const char *zh);
const char *set_level(const struct set_row *row); /* NULL: any */

#endif
