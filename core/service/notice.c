/* What is published, and the running numbers printed on it. */
#include "core/base/time.h"
#include "core/service/tender.h"

static int notice_store(struct act *a, int32_t office, const char *tender_id, const char *list_id,
                        const char *const text[3], int64_t period_ends_us, struct err *err)
{
    char id[UUID_TEXT];

    id_new(office, id);
    return tx_run(a->tx, Q_notice_add, NULL, err, P_INT(office), P_TEXT(id), P_TEXT(tender_id),
                  P_TEXT(list_id), P_TEXT(text[0]), P_TEXT(text[1]), P_TEXT(text[2]), P_TIME(a->now_us),
                  P_TIME(period_ends_us));
}

int notice_publish(struct act *a, const char *tender_id, const char *kind, const char *title,
                   const char *body_json, int64_t period_ends_us, struct err *err)
{
    return notice_store(a, a->office, tender_id, NULL, (const char *const[3]){kind, title, body_json},
                        period_ends_us, err);
}

int notice_publish_list(struct act *a, const char *list_id, const char *kind, const char *title,
                        const char *body_json, struct err *err)
{
    return notice_store(a, a->office, NULL, list_id, (const char *const[3]){kind, title, body_json}, 0, err);
}

int series_next(struct act *a, const char *kind, int year, int32_t *ret, struct err *err)
{
    struct rows *r;
    int status = tx_run(a->tx, Q_series_next, &r, err, P_INT(a->office), P_TEXT(kind), P_INT(year));

    if (status == 0)
        *ret = (int32_t)row_int(r, 0, "last");
    return status;
}
