/* Downloads that are made when they are asked for, row by row, into a file without a name. */
#include <string.h>

#include "api/handlers.h"
#include "api/server.h"
#include "core/base/text.h"
#include "core/service/actor.h"
#include "core/service/archive.h"
#include "core/service/export.h"

/* A reader of the office whose thing the path names. */
static int reader(struct request *rq, int32_t *ret_office, struct err *err)
{
    int64_t number = 0;

    if (int_parse(rq->path[0], 1, INT32_MAX, &number))
        *ret_office = (int32_t)number;
    else if (!id_office(rq->path[0], ret_office))
        return err_both(err, E_ABSENT, "subject/absent", "no such thing, or not for you",
                        "没有这个对象，或您无权查看");
    return actor_roles(&rq->actor, *ret_office) & rq->route->roles ? 0 : roles_refuse(rq->route->roles, err);
}

static void answer(struct request *rq, const struct made_file *made)
{
    rq->file = made->file;
    rq->file_bytes = made->bytes;
    rq->type = made->type;
    rq->private_answer = true;
    request_header(rq, "Content-Disposition",
                   arena_printf(rq->arena, "attachment; filename=\"%s\"", made->name));
    request_header(rq, "Content-Security-Policy", "sandbox; default-src 'none'");
    request_answer(rq, 200);
}

int api_batch_file(struct request *rq, struct err *err)
{
    int32_t office = 0;
    struct made_file made = {0};
    struct tx *tx = NULL;
    int status = reader(rq, &office, err);
    const struct scope scope = {.person = rq->actor.person, .offices = &office, .office_count = 1};

    if (!status)
        status = tx_begin(rq->api->service.store, rq->arena, &scope, true, &tx, err);
    if (status)
        return status;
    status = batch_file_make(tx, office, rq->path[0], rq->path[1], &made, err);
    tx_rollback(tx);
    if (!status)
        answer(rq, &made);
    return status;
}

/* A table of `kind`, of which the path ends with the format. */
static int export(struct request *rq, enum export_kind kind, const char *format, const struct param *params,
                  size_t count, struct err *err)
{
    const int32_t office = (int32_t)params[0].number;
    const struct scope scope = {.person = rq->actor.person, .offices = &office, .office_count = 1};
    struct made_file made = {0};
    struct tx *tx = NULL;
    int status = tx_begin(rq->api->service.store, rq->arena, &scope, true, &tx, err);

    if (status)
        return status;
    status = export_make(tx, kind, format, params, count, &made, err);
    tx_rollback(tx);
    if (!status)
        answer(rq, &made);
    return status;
}

static int64_t year_of(const char *text)
{
    int64_t year = 0;

    return int_parse(text, 1970, 9998, &year) ? year : 1970;
}

int api_statement_file(struct request *rq, struct err *err)
{
    int32_t office = 0;
    int status = reader(rq, &office, err);
    const struct param of[] = {P_INT(office), P_TEXT(rq->path[0]), P_INT(year_of(rq->path[1]))};

    return status ? status : export(rq, EXPORT_STATEMENT, rq->path[2], of, 3, err);
}

int api_nonprofit_file(struct request *rq, struct err *err)
{
    int32_t office = 0;
    int status = reader(rq, &office, err);
    const struct param of[] = {P_INT(office), P_TEXT(rq->path[0]), P_INT(year_of(rq->path[1]))};

    return status ? status : export(rq, EXPORT_NONPROFIT, rq->path[2], of, 3, err);
}

int api_overdue_file(struct request *rq, struct err *err)
{
    int32_t office = 0;
    int status = reader(rq, &office, err);
    const struct param of[] = {P_INT(office), P_TIME(rq->arrived_us)};

    return status ? status : export(rq, EXPORT_OVERDUE, rq->path[1], of, 2, err);
}

/* Months are numbered 1 to 12. */
int api_fee_file(struct request *rq, struct err *err)
{
    int32_t office = 0;
    int64_t month = 0;
    int status = reader(rq, &office, err);

    if (!status && !int_parse(rq->path[2], 1, 12, &month))
        status = err_both(err, E_ABSENT, "route/absent", "no such month", "没有这个月份");
    const struct param of[] = {P_INT(office), P_INT(year_of(rq->path[1])), P_INT(month)};

    return status ? status : export(rq, EXPORT_FEES, rq->path[3], of, 3, err);
}

/* ---- archives ---- */

static int archived(struct request *rq, int64_t year, const char *tender, struct err *err)
{
    int32_t office = 0;
    struct made_file made = {0};
    struct tx *tx = NULL;
    int status = reader(rq, &office, err);
    const struct scope scope = {.person = rq->actor.person, .offices = &office, .office_count = 1};
    const struct archive_order order = {.service = &rq->api->service,
                                        .office = office,
                                        .year = year,
                                        .tender = tender,
                                        .person = rq->actor.person,
                                        .roles = actor_roles_text(&rq->actor, office, rq->arena)};

    if (!status)
        status = tx_begin(rq->api->service.store, rq->arena, &scope, true, &tx, err);
    if (status)
        return status;
    status = archive_make(tx, &order, &made, err);
    tx_rollback(tx);
    if (!status)
        answer(rq, &made);
    return status;
}

int api_tender_archive(struct request *rq, struct err *err)
{
    return archived(rq, 0, rq->path[0], err);
}

int api_office_archive(struct request *rq, struct err *err)
{
    return archived(rq, year_of(rq->path[1]), NULL, err);
}
