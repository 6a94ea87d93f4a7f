/* Downloads of attachments: public ones to everybody, others to those who work with them. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "api/handlers.h"
#include "api/server.h"
#include "core/base/digest.h"
#include "core/service/actor.h"
#include "core/service/blob.h"

/* The file, where the asker may read it. */
static int find(struct request *rq, int32_t office, struct rows **ret, struct err *err)
{
    const struct scope scope = {.all = true};
    struct tx *tx = NULL;
    int status = tx_begin(rq->api->service.store, rq->arena, &scope, true, &tx, err);

    if (status)
        return status;
    status = tx_run(tx, Q_attachment_file, ret, err, P_INT(office), P_TEXT(rq->path[0]),
                    P_TEXT(actor_roles_text(&rq->actor, office, rq->arena)),
                    P_TEXT(actor_organisations_text(&rq->actor, rq->arena)), P_TEXT(rq->actor.person));
    tx_rollback(tx);
    return status;
}

/* RFC 6266: the name in UTF-8, percent-encoded. */
static const char *disposition(struct arena *arena, const char *name)
{
    struct buf text = {0};
    const char *copy;

    buf_text(&text, "attachment; filename*=UTF-8''");
    for (const unsigned char *p = (const unsigned char *)name; *p; p++) {
        if ((*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
            strchr("-_.~", *p))
            buf_char(&text, (char)*p);
        else
            buf_printf(&text, "%%%02X", *p);
    }
    copy = arena_ndup(arena, text.data, text.size);
    buf_free(&text);
    return copy;
}

int request_file(struct request *rq, const struct rows *file, struct err *err)
{
    if (request_unchanged(rq, arena_printf(rq->arena, "\"%s\"", row_text(file, 0, "digest"))))
        return 0;
    rq->file = open(blob_path(&rq->api->service, rq->arena, row_text(file, 0, "digest")),
                    O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (rq->file < 0)
        return err_set(err, E_BROKEN, "server/broken", "the file of %s is gone", rq->path[0]);
    rq->file_bytes = (uint64_t)row_int(file, 0, "bytes");
    rq->type = row_text(file, 0, "type");
    request_header(rq, "Content-Disposition", disposition(rq->arena, row_text(file, 0, "name")));
    request_header(rq, "Content-Security-Policy", "sandbox; default-src 'none'");
    request_answer(rq, 200);
    return 0;
}

int api_attachment_file(struct request *rq, struct err *err)
{
    struct rows *file = NULL;
    int32_t office = 0;
    int status;

    if (!id_office(rq->path[0], &office))
        return err_set(err, E_ABSENT, "attachment/absent", "no such attachment");
    status = find(rq, office, &file, err);
    if (status)
        return status;
    if (rows_count(file) == 0)
        return err_set(err, E_ABSENT, "attachment/absent", "no such attachment");
    rq->private_answer = !row_bool(file, 0, "public");
    return request_file(rq, file, err);
}

/* A paper of an organisation, for its own people. */
int api_certificate_file(struct request *rq, struct err *err)
{
    const struct scope scope = actor_scope(&rq->actor, 0, rq->arena);
    struct rows *file = NULL;
    struct tx *tx = NULL;
    int status = tx_begin(rq->api->service.store, rq->arena, &scope, true, &tx, err);

    if (status)
        return status;
    status = tx_run(tx, Q_certificate_file, &file, err, P_TEXT(rq->path[0]),
                    P_TEXT(actor_organisations_text(&rq->actor, rq->arena)));
    tx_rollback(tx);
    if (status)
        return status;
    if (rows_count(file) == 0)
        return err_both(err, E_ABSENT, "certificate/absent", "your organisation keeps no such paper",
                        "本组织没有保存这份证书");
    rq->private_answer = true;
    return request_file(rq, file, err);
}

/* A sealed bid of a closing list, for who has a hand in opening it. */
int api_container_file(struct request *rq, struct err *err)
{
    const struct scope scope = {.all = true};
    struct rows *file = NULL;
    struct tx *tx = NULL;
    uint8_t digest[SHA256_BYTES];
    int32_t office = 0;

    if (!id_office(rq->path[0], &office) || !hex_parse(rq->path[1], digest, SHA256_BYTES) ||
        !(actor_roles(&rq->actor, office) & (ROLES_OFFICE | ROLES_WATCH)))
        return err_set(err, E_ABSENT, "blob/absent", "no such container");
    int status = tx_begin(rq->api->service.store, rq->arena, &scope, true, &tx, err);
    if (status)
        return status;
    status =
        tx_run(tx, Q_container_file, &file, err, P_INT(office), P_TEXT(rq->path[0]), P_TEXT(rq->path[1]));
    tx_rollback(tx);
    if (status)
        return status;
    if (rows_count(file) == 0)
        return err_set(err, E_ABSENT, "blob/absent", "no such container");
    rq->private_answer = true;
    rq->file = open(blob_path(&rq->api->service, rq->arena, rq->path[1]), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (rq->file < 0)
        return err_set(err, E_BROKEN, "server/broken", "the container %s is gone", rq->path[1]);
    rq->file_bytes = (uint64_t)row_int(file, 0, "bytes");
    rq->type = "application/octet-stream";
    request_answer(rq, 200);
    return 0;
}
