/* Files beside things: what a notice, a report or a contract is made of. */
#include <string.h>

#include "acts.h"
#include "core/base/digest.h"
#include "core/service/forms.h"

struct attachment_body {
    const char *object_kind, *object, *name, *kind, *sha256, *redacted_of;
    bool public;
};

/* clang-format off */
static const linli_option rows[] = {
    ROW_SAID(attachment_body, object_kind, CODE, true, 0, 0, NULL, "对象类别", "object kind", "tender、lot、list、contract 等", "tender, lot, list, contract ..."),
    ROW_SAID(attachment_body, object, ID, true, 0, 0, NULL, "对象", "object", "所附对象的编号", "what the file belongs to"),
    ROW_SAID(attachment_body, name, STRING, true, 1, 200, "line", "文件名", "name", "显示的文件名", "the name it is shown under"),
    ROW_SAID(attachment_body, kind, CODE, true, 0, 0, NULL, "种类", "kind", "notice、report、voucher 等", "notice, report, voucher ..."),
    ROW_SAID(attachment_body, sha256, STRING, true, 64, 64, "line", "摘要", "sha256", "已上传文件的SHA-256", "of the file that was uploaded"),
    {.name = "public", .type = LINLI_OPT_BOOL, .offset = offsetof(struct attachment_body, public), .initial = "false",
     .label = {"公开", "public"}, .help = {"是否对公众公开", "may everybody read it"}},
    ROW_SAID(attachment_body, redacted_of, ID, false, 0, 0, NULL, "脱敏自", "redacted copy of", "原件的附件编号", "the attachment it is a redacted copy of"),
};
const struct form form_attachment_create = FORM(rows, struct attachment_body);

/* Types found by content, and how large each may be. */
static const struct { const char *type; int64_t bytes_max; } types[] = {
    {"application/pdf", 100 << 20},
    {"application/ofd", 100 << 20},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", 50 << 20},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 50 << 20},
    {"image/jpeg", 20 << 20},
    {"application/zip", 200 << 20},
    {"video/mp4", 500 << 20},
};
/* clang-format on */

static int check_file(struct act *a, const struct attachment_body *b, struct err *err)
{
    struct rows *found = NULL;
    int status = tx_run(a->tx, Q_blob_get, &found, err, P_TEXT(b->sha256));

    if (status)
        return status;
    if (rows_count(found) == 0) {
        err_set(err, E_ABSENT, "blob/absent", "no file with this hash was uploaded");
        err_at(err, "/sha256", "absent", "upload the file first", "请先上传文件");
        return E_ABSENT;
    }
    for (size_t i = 0; i < LENGTH(types); i++) {
        if (strcmp(types[i].type, row_text(found, 0, "type")) != 0)
            continue;
        if (row_int(found, 0, "bytes") <= types[i].bytes_max)
            return 0;
        return err_set(err, E_TOO_LARGE, "body/too-large", "at most %lld bytes of %s",
                       (long long)types[i].bytes_max, types[i].type);
    }
    return err_set(err, E_UNSUPPORTED, "attachment/type", "pdf, ofd, docx, xlsx, jpg, zip or mp4, not %s",
                   row_text(found, 0, "type"));
}

/* The thing must be there, and belong to who attaches: to the office, or to the organisation. */
static int check_object(struct act *a, const struct attachment_body *b, struct err *err)
{
    struct rows *found = NULL;
    const char *owner;
    int32_t office = 0;
    int status;

    if (!id_office(b->object, &office) || office != a->office)
        return err_set(err, E_ABSENT, "attachment/object", "the object is not of this office");
    status = tx_run(a->tx, Q_attachment_object, &found, err, P_INT(a->office), P_TEXT(b->object_kind),
                    P_TEXT(b->object));
    if (status)
        return status;
    if (rows_count(found) == 0)
        return err_set(err, E_ABSENT, "attachment/object", "no %s %s", b->object_kind, b->object);
    /* What a bid says is said when it is handed in. */
    if (strcmp(b->object_kind, "bid") == 0)
        return err_set(err, E_FORBIDDEN, "auth/forbidden", "nothing is attached to a bid afterwards");
    owner = row_text(found, 0, "organisation_id");
    if (a->roles & ROLES_OFFICE)
        return 0;
    if (owner && actor_of_organisation(a->actor, owner) && !b->public)
        return 0;
    return err_set(err, E_FORBIDDEN, "auth/forbidden", "you may not attach this to that");
}

int act_attachment_create(struct act *a, struct err *err)
{
    const struct attachment_body *b = a->body;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    uint8_t digest[SHA256_BYTES];
    int status = 0;

    if (!hex_parse(b->sha256, digest, sizeof digest)) {
        err_set(err, E_INVALID, "body/invalid", "the hash is 64 lower-case hexadecimal digits");
        err_at(err, "/sha256", "format", "64 lower-case hexadecimal digits", "应为64位小写十六进制");
        return E_INVALID;
    }
    status = check_object(a, b, err);
    if (!status)
        status = check_file(a, b, err);
    if (status)
        return status;
    id_new(a->office, id);
    a->subject = id;
    const char *original = b->redacted_of && b->redacted_of[0] ? b->redacted_of : NULL;
    status = tx_run(a->tx, Q_attachment_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(b->object_kind),
                    P_TEXT(b->object), P_TEXT(b->name), P_TEXT(b->kind), P_BYTES(digest, sizeof digest),
                    P_BOOL(b->public), P_TEXT(original), P_TIME(a->now_us), P_TEXT(a->actor->person));
    if (status == E_INVALID) {
        err_set(err, E_ABSENT, "attachment/absent", "no such original");
        err_at(err, "/redacted_of", "absent", "no such attachment", "没有这个附件");
        return E_ABSENT;
    }
    return status;
}
