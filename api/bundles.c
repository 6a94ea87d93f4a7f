/* What a stranger checks a tender, or an office's year, with: as a zip, at the level the asker is entitled
 * to. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/handlers.h"
#include "api/server.h"
#include "core/service/bundle.h"
#include "core/trust/pack.h"

enum { COME_AGAIN_S = 10 };

/* A file without a name, gone with its last reader. */
static int nameless(struct request *rq, struct err *err)
{
    const char *folder = rq->api->service.blobs;
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

    if (fd < 0) {
        char *path = arena_printf(rq->arena, "%s/bundle-XXXXXX", folder);
        fd = mkostemp(path, O_CLOEXEC);
        if (fd >= 0)
            unlink(path);
    }
    if (fd < 0)
        err_set(err, E_BROKEN, "server/broken", "no room for a bundle in %s", folder);
    return fd;
}

static int pack_put(void *with, const char *name, const void *bytes, size_t count, struct err *err)
{
    return packing_add(with, name, bytes, count, err);
}

static int pack_up(struct request *rq, struct tx *tx, const struct bundle_asked *asked, int year,
                   struct err *err)
{
    struct packing *packing = NULL;
    int status = packing_open(rq->file, "bundle.zip", &packing, err);

    if (!status)
        status = asked->tender ? bundle_tell(tx, asked, pack_put, packing, err)
                               : bundle_tell_year(tx, asked, year, pack_put, packing, err);
    if (packing) {
        struct err closing = {0};
        int closed = packing_close(packing, status ? &closing : err);
        status = status ? status : closed;
    }
    return status;
}

static int give(struct request *rq, const char *name, struct err *err)
{
    struct stat about;

    if (fstat(rq->file, &about) != 0 || lseek(rq->file, 0, SEEK_SET) != 0)
        return err_set(err, E_BROKEN, "server/broken", "a bundle could not be read back");
    rq->file_bytes = (uint64_t)about.st_size;
    rq->type = "application/zip";
    request_header(rq, "Content-Disposition",
                   arena_printf(rq->arena, "attachment; filename=\"%s.zip\"", name));
    request_answer(rq, 200);
    return 0;
}

static int forbidden(struct err *err)
{
    return err_both(err, E_FORBIDDEN, "auth/forbidden", "this level is for those it concerns",
                    "该级别仅供有关方");
}

/* Which of the asker's organisations bid. */
static int party(struct request *rq, struct tx *tx, struct bundle_asked *asked, struct err *err)
{
    const char **mine = ARENA_NEW(rq->arena, const char *, rq->actor.membership_count + 1);
    struct rows *rows;
    size_t count = 0;

    for (size_t i = 0; i < rq->actor.membership_count; i++)
        if (actor_of_organisation(&rq->actor, rq->actor.memberships[i].organisation))
            mine[count++] = rq->actor.memberships[i].organisation;
    int status = tx_run(tx, Q_bundle_party, &rows, err, P_INT(asked->office), P_TEXT(asked->tender),
                        P_TEXTS(mine, count));
    if (status)
        return status;
    if (rows_count(rows) == 0)
        return forbidden(err);
    asked->organisation = row_text(rows, 0, "organisation_id");
    return 0;
}

static int level_of(struct request *rq, const char *word, struct bundle_asked *asked, struct err *err)
{
    for (asked->level = BUNDLE_PUBLIC; strcmp(word, bundle_level_name(asked->level)) != 0; asked->level++)
        if (asked->level == BUNDLE_SUPERVISOR)
            return err_both(err, E_ABSENT, "route/absent", "public, party or supervisor",
                            "级别为 public、party 或 supervisor");
    rq->private_answer = asked->level != BUNDLE_PUBLIC;
    if (asked->level == BUNDLE_SUPERVISOR && !(actor_roles(&rq->actor, asked->office) & ROLES_WATCH))
        return forbidden(err);
    return asked->level == BUNDLE_PARTY && !asked->tender ? forbidden(err) : 0;
}

static int answer(struct request *rq, struct bundle_asked *asked, int year, const char *level,
                  struct err *err)
{
    const struct scope scope = {.all = true};
    struct tx *tx = NULL;
    int status = level_of(rq, level, asked, err);

    asked->prefix = "";
    asked->blobs = rq->api->service.blobs;
    if (!status)
        status = tx_begin(rq->api->service.store, rq->arena, &scope, true, &tx, err);
    if (!status && asked->level == BUNDLE_PARTY)
        status = party(rq, tx, asked, err);
    if (!status)
        status = (rq->file = nameless(rq, err)) < 0 ? E_BROKEN : pack_up(rq, tx, asked, year, err);
    tx_rollback(tx);
    if (!status)
        status = give(
            rq, asked->tender ? asked->tender : arena_printf(rq->arena, "%d-%d", (int)asked->office, year),
            err);
    if (status && rq->file >= 0) {
        close(rq->file);
        rq->file = -1;
    }
    return status;
}

static int too_many(struct err *err, const char *text, const char *zh)
{
    err_both(err, E_BUSY, "server/busy", text, zh);
    err->retry_after_s = COME_AGAIN_S;
    return E_BUSY;
}

/* For anybody, and each takes seconds of a worker: half of the workers at most, so that whoever asks for more
 * holds up nobody else; a server of one worker has no other half. */
static int answer_at_once(struct request *rq, struct bundle_asked *asked, int year, const char *level,
                          struct err *err)
{
    const int most = rq->api->config.workers > 1 ? rq->api->config.workers / 2 : 1;
    const bool room = atomic_fetch_add(&rq->api->bundling, 1) < most;
    int status = room ? answer(rq, asked, year, level, err)
                      : too_many(err, "other bundles are being packed", "正在打包其他记录包，请稍候");

    atomic_fetch_sub(&rq->api->bundling, 1);
    return status;
}

int api_tender_bundle(struct request *rq, struct err *err)
{
    struct bundle_asked asked = {.tender = rq->path[0]};

    if (!id_office(rq->path[0], &asked.office))
        return err_set(err, E_ABSENT, "tender/absent", "no such tender");
    return answer_at_once(rq, &asked, 0, rq->path[1], err);
}

/* Two of a whole year at a time. */
enum { YEARS_AT_ONCE = 2 };

int api_year_bundle(struct request *rq, struct err *err)
{
    struct bundle_asked asked = {0};
    int64_t office, year;

    if (!int_parse(rq->path[0], 1, INT32_MAX, &office) || !int_parse(rq->path[1], 2000, 9999, &year))
        return err_both(err, E_ABSENT, "route/absent", "no such year", "没有这一年度");
    asked.office = (int32_t)office;
    const bool room = atomic_fetch_add(&rq->api->packing, 1) < YEARS_AT_ONCE;
    int status = room ? answer_at_once(rq, &asked, (int)year, rq->path[2], err)
                      : too_many(err, "other years are being packed", "正在打包其他年度，请稍候");
    atomic_fetch_sub(&rq->api->packing, 1);
    return status;
}
