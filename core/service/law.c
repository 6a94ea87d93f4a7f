/* Which rules bind an office today. */
#include "core/base/time.h"
#include "core/service/act.h"

int rules_here(struct act *a, int regime, const struct rule_set **ret, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_office_code, &r, err, P_INT(a->office));

    if (status)
        return status;
    struct rule_place place = {row_text(r, 0, "code"), row_text(r, 0, "kind")};
    *ret = rules_on(a->law->rules, regime, place, day_of(a->now_us), a->arena);
    return 0;
}
