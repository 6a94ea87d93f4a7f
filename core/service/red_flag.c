/* An office's own thresholds for the patterns of docs/red_flags.md: set by whoever audits it, published,
 * kept. */
#include "acts.h"
#include "core/service/forms.h"

struct flag_body {
    const char *code, *reason;
    int64_t threshold, cases;
    bool has_cases;
};
static const linli_option flag_rows[] = {
    ROW_CODE(flag_body, code, true, "预警项", "which pattern"),
    ROW_COUNT(flag_body, threshold, true, 0, INT64_C(1000000000000), "阈值", "threshold, in its unit"),
    ROW_WITH(flag_body, cases, COUNT, false, .high = 1000000,
             .present = offsetof(struct flag_body, has_cases),
             .label = {"最少样本数", "least number of cases"},
             .help = {"不填用通用值", "left out: the usual one"}),
    ROW_TEXT(flag_body, reason, true, 2000, "理由", "reason"),
};
const struct form form_red_flag_set = FORM(flag_rows, struct flag_body);

int act_red_flag_set(struct act *a, struct err *err)
{
    const struct flag_body *b = a->body;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    struct rows *rows = NULL;
    int status;

    id_new(a->office, id);
    a->subject = id;
    status = tx_run(a->tx, Q_red_flag_set, &rows, err, P_INT(a->office), P_TEXT(id), P_TEXT(b->code),
                    P_INT(b->threshold), b->has_cases ? P_INT(b->cases) : P_NULL, P_TEXT(b->reason),
                    P_TIME(a->now_us), P_TEXT(a->actor->person));
    if (status || rows_count(rows))
        return status;
    return err_member(err, "/code", "unknown", "no such pattern", "没有这个预警项");
}
