/* Service of documents (送达) and postings on a board (张贴): by which way, to whom, when, with what proof.
 */
#include <string.h>

#include "acts.h"
#include "core/service/actor.h"
#include "core/service/attachment.h"
#include "core/service/forms.h"
#include "core/service/served.h"

enum { PORTAL, POST, HAND, BOARD };
/* clang-format off */
static const char *const ways[] = {"portal", "post", "hand", "board", NULL};
static const linli_text way_labels[] = {{"门户送达", "on the portal"}, {"邮寄", "by post"}, {"直接送达", "by hand"}, {"公示栏张贴", "on a board"}, {NULL, NULL}};

struct service_body {
    const char *object_kind, *object, *organisation, *recipient, *place, *reference, *note, *sha256;
    int32_t way;
    linli_time sent, served;
    linli_date until;
    bool has_served, has_until;
};
static const linli_option add_rows[] = {
    ROW_SAID(service_body, object_kind, CODE, true, 0, 0, NULL, "文书类别", "kind of document", "如 notice、objection、contract，见 GET /api/v1/object-kinds", "notice, objection, contract ...: see GET /api/v1/object-kinds"),
    ROW_ID(service_body, object, true, "所送达的事项", "what is served"),
    ROW_CHOICE(service_body, way, true, ways, way_labels, NULL, "送达方式", "way"),
    ROW_SAID(service_body, organisation, ID, false, 0, 0, NULL, "受送达的组织", "organisation", "受送达人为组织的填写", "where it is for one"),
    ROW_SAID(service_body, recipient, STRING, false, 1, 100, "line", "受送达人、签收人", "recipient", "张贴可不填", "left out where it is put up"),
    ROW_SAID(service_body, place, STRING, false, 1, 200, "line", "地点", "place", "送达地址或张贴地点；张贴必填", "where to, or the board"),
    ROW_LINE(service_body, reference, false, 100, "邮件号、回执号", "number of the letter or receipt"),
    ROW_TIME(service_body, sent, true, "发出或张贴时间", "sent, or put up"),
    ROW_WITH(service_body, served, TIME, false, .present = offsetof(struct service_body, has_served), .label = {"送达时间", "served"}, .help = {"尚未送达的不填，以后登记", "left out until it is"}),
    ROW_WITH(service_body, until, DATE, false, .present = offsetof(struct service_body, has_until), .label = {"张贴至", "on the board until"}, .help = {"张贴的最后一天", "the last day it hangs there"}),
    ROW_SAID(service_body, sha256, STRING, false, 64, 64, "line", "送达凭证或照片", "proof or photo", "签收单、邮寄回执、张贴照片：已上传文件的SHA-256", "what was signed, the return receipt, the photo: of the file that was uploaded"),
    ROW_TEXT(service_body, note, false, 2000, "备注", "note"),
};
const struct form form_service_add = FORM(add_rows, struct service_body);

struct served_body { linli_time served; const char *reference, *note, *sha256; };
static const linli_option served_rows[] = {
    ROW_TIME(served_body, served, true, "送达时间", "served"),
    ROW_LINE(served_body, reference, false, 100, "邮件号、回执号", "number of the letter or receipt"),
    ROW_SAID(served_body, sha256, STRING, false, 64, 64, "line", "送达凭证", "proof", "签收单、邮寄回执：已上传文件的SHA-256", "what was signed, the return receipt: of the file that was uploaded"),
    ROW_TEXT(served_body, note, false, 2000, "备注", "note"),
};
const struct form form_service_done = FORM(served_rows, struct served_body);
/* clang-format on */

static int times_fit(const struct act *a, int64_t sent_us, int64_t served_us, struct err *err)
{
    if (sent_us > a->now_us)
        return err_member(err, "/sent", "range", "not later than now", "不得晚于现在");
    if (served_us && (served_us < sent_us || served_us > a->now_us))
        return err_member(err, "/served", "range", "after it was sent, and not later than now",
                          "应在发出之后，且不晚于现在");
    return 0;
}

static int proof_keep(struct act *a, const char *sha256, struct err *err)
{
    const struct attachment_new proof = {"service", a->subject, "送达凭证", "proof", sha256};

    return sha256 ? attachment_keep(a, &proof, err) : 0;
}

/* On the portal the log tells; any other way needs its proof before it counts. */
static int proof_there(int way, bool proof, struct err *err)
{
    return way == PORTAL || proof
               ? 0
               : err_member(err, "/sha256", "range",
                            "what was served outside the portal, or put up, is proved by a file",
                            "门户以外的送达和张贴须附凭证或照片");
}

static int object_there(struct act *a, const struct service_body *b, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_attachment_object, &r, err, P_INT(a->office), P_TEXT(b->object_kind),
                        P_TEXT(b->object), P_TEXT(actor_roles_text(a->actor, a->office, a->arena)),
                        P_TEXT(actor_organisations_text(a->actor, a->arena)), P_TEXT(a->actor->person));

    if (!status && rows_count(r) == 0)
        return err_member(err, "/object", "range", "there is no such thing at this office",
                          "本单位没有该事项");
    if (!status)
        a->tender_id = row_text(r, 0, "tender_id");
    return status;
}

static int whom_fits(struct act *a, const struct service_body *b, struct err *err)
{
    struct rows *r = NULL;
    int status;

    if (b->way == BOARD && !b->place)
        return err_member(err, "/place", "range", "where it hangs", "请填写张贴地点");
    if (b->way != BOARD && !b->recipient)
        return err_member(err, "/recipient", "range", "whom it was given to", "请填写受送达人");
    if (b->has_until && b->way != BOARD)
        return err_member(err, "/until", "range", "of what is put up on a board alone",
                          "只有张贴才有截止日期");
    if (!b->organisation)
        return 0;
    status = tx_run(a->tx, Q_organisation_get, &r, err, P_INT(a->office), P_TEXT(b->organisation));
    return status || rows_count(r)
               ? status
               : err_member(err, "/organisation", "range", "there is no such organisation", "没有该组织");
}

int act_service_add(struct act *a, struct err *err)
{
    const struct service_body *b = a->body;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    const bool up = b->way == BOARD; /* a board serves from the moment it hangs there */
    const int64_t served_us = b->has_served ? b->served.us : up ? b->sent.us : 0;
    int status = times_fit(a, b->sent.us, served_us, err);

    if (!status)
        status = whom_fits(a, b, err);
    if (!status)
        status = object_there(a, b, err);
    if (!status && served_us)
        status = proof_there(b->way, b->sha256 != NULL, err);
    if (status)
        return status;
    id_new(a->office, id);
    a->subject = id;
    status = tx_run(a->tx, Q_service_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(b->object_kind),
                    P_TEXT(b->object), P_TEXT(a->tender_id), P_TEXT(ways[b->way]), P_TEXT(b->organisation),
                    P_TEXT(b->recipient), P_TEXT(b->place), P_TEXT(b->reference), P_TIME(b->sent.us),
                    b->has_until ? P_DATE(b->until.day) : P_NULL, P_TEXT(b->note), P_TIME(a->now_us),
                    P_TEXT(a->actor->person), served_us ? P_TIME(served_us) : P_NULL);
    return status ? status : proof_keep(a, b->sha256, err);
}

int act_service_done(struct act *a, struct err *err)
{
    const struct served_body *b = a->body;
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_service_load, &r, err, P_INT(a->office), P_TEXT(a->subject));
    int way = PORTAL;

    if (status)
        return status;
    if (!row_null(r, 0, "served"))
        return err_both(err, E_REFUSED, "state/refused", "it is served already", "已登记送达");
    while (ways[way] && strcmp(ways[way], row_text(r, 0, "way")) != 0)
        way++;
    status = times_fit(a, row_time(r, 0, "sent"), b->served.us, err);
    if (!status)
        status = proof_there(way, b->sha256 || row_bool(r, 0, "proved"), err);
    if (!status)
        status = tx_run(a->tx, Q_service_served, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                        P_TIME(b->served.us), P_TEXT(b->reference), P_TEXT(b->note), P_TIME(a->now_us),
                        P_TEXT(a->actor->person));
    return status ? status : proof_keep(a, b->sha256, err);
}

int served_from(struct act *a, const char *object, const char *organisation, int64_t told_us, int64_t *ret_us,
                struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_service_of, &r, err, P_INT(a->office), P_TEXT(object), P_TEXT(organisation),
                        P_TIME(told_us));

    if (status)
        return status;
    *ret_us = told_us;
    if (!row_null(r, 0, "served"))
        *ret_us = row_time(r, 0, "served");
    else if (!row_null(r, 0, "waiting") && row_bool(r, 0, "waiting"))
        *ret_us = 0;
    return 0;
}
