/* Calendar and rule sets from their folders. */
#include "core/domain/law.h"

int law_load(const char *calendar_folder, const char *rules_folder, struct arena *arena,
             const struct law **ret, struct err *err)
{
    struct law *law = ARENA_NEW(arena, struct law, 1);
    struct rule_book *rules = NULL;
    int status = calendar_load(arena_printf(arena, "%s/cn_working_days.csv", calendar_folder), arena,
                               &law->calendar, err);

    if (status == 0)
        status = rules_load(rules_folder, arena, &rules, err);
    law->rules = rules;
    if (status == 0)
        *ret = law;
    return status;
}
