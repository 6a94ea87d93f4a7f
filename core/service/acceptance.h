/* Evaluation of what is delivered: a scheme, usually `performance`, that is frozen with the tender and says of
 * every accepted report what the work is worth in points, as a grade, and what part of the tranche is paid. */
#ifndef CORE_SERVICE_ACCEPTANCE_H
#define CORE_SERVICE_ACCEPTANCE_H

#include "core/service/tranche.h"

/* {"scheme", "options"} of a body, findings under `at`; or, where that is NULL, what was stored. */
int acceptance_read(struct act *a, const char *json, const char *at, struct acceptance *ret,
                    struct err *err) MUST_USE;
/* The options against the scheme's own check; fills them afresh.  Findings point into /acceptance. */
int acceptance_check(struct act *a, const linli_facts *facts, struct acceptance *acceptance,
                     struct err *err) MUST_USE;
/* As JSON, `frozen` with version and sha256; NULL where there is none. */
const char *acceptance_write(struct act *a, const struct acceptance *acceptance, bool frozen);

/* One value by indicator, and how many users answered how: rows for bodies. */
struct indicator_item {
    const char *criterion, *value;
};
struct answer_item {
    int64_t value, people;
};
extern const linli_option indicator_rows[2], answer_rows[2];

/* Values as they are stored; NULL: none.  E_INVALID names the item under `at` ("/marks"): not an indicator of
 * the scheme, not a value of its unit and range, twice.  `own`: what the organisation says of itself, in points. */
int acceptance_values(struct act *a, const struct tranche *t, const linli_list *values, const char *at, bool own,
                      const char **ret_json, struct err *err) MUST_USE;
/* As acceptance_values: an answer above the scale of the survey is named. */
int acceptance_answers(struct act *a, const struct tranche *t, const linli_list *answers, const char **ret_json,
                       struct err *err) MUST_USE;

/* Asks the scheme about all that was found of the tranche, stores the decision and, with the report, what
 * follows.  E_INVALID body/invalid where an indicator lacks its marks; why_json says which. */
int acceptance_run(struct act *a, const struct tranche *t, const char *delivery, struct err *err) MUST_USE;

#endif
