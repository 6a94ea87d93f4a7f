/* Downloads that are made when they are asked for, row by row, into a file without a name. */
#include <string.h>

#include "api/handlers.h"
#include "api/server.h"
#include "core/service/actor.h"
#include "core/service/batch_file.h"

/* A reader of the office whose thing the path names. */
static int reader(struct request *rq, int32_t *ret_office, struct err *err)
{
    if (!id_office(rq->path[0], ret_office))
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
