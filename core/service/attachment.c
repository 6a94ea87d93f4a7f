/* Files beside things: what a notice, a report or a contract is made of. */
#include <string.h>

#include "acts.h"
#include "core/base/digest.h"
#include "core/service/actor.h"
#include "core/service/attachment.h"
#include "core/service/blob.h"
#include "core/service/forms.h"

struct attachment_body {
    const char *object_kind, *object, *name, *kind, *sha256, *redacted_of;
    bool public;
};

/* clang-format off */
static const linli_option rows[] = {
    ROW_SAID(attachment_body, object_kind, CODE, true, 0, 0, NULL, "对象类别", "object kind", "见 GET /api/v1/object-kinds", "one of GET /api/v1/object-kinds"),
    ROW_SAID(attachment_body, object, ID, false, 0, 0, NULL, "对象", "object", "所附对象的编号；单位自身可不填", "what the file belongs to; left out for the office itself"),
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

static int check_file(struct act *a, const char *sha256, int64_t *ret_bytes, struct err *err)
{
    struct rows *found = NULL;
    int status = blob_brought(a, sha256, &found, err);

    if (status)
        return status;
    *ret_bytes = row_int(found, 0, "bytes");
    for (size_t i = 0; i < LENGTH(types); i++) {
        if (strcmp(types[i].type, row_text(found, 0, "type")) != 0)
            continue;
        if (*ret_bytes <= types[i].bytes_max)
            return 0;
        return err_set(err, E_TOO_LARGE, "body/too-large", "at most %lld bytes of %s",
                       (long long)types[i].bytes_max, types[i].type);
    }
    return err_set(err, E_UNSUPPORTED, "attachment/type", "pdf, ofd, docx, xlsx, jpg, zip or mp4, not %s",
                   row_text(found, 0, "type"));
}

static int digest_read(const char *sha256, uint8_t digest[SHA256_BYTES], struct err *err)
{
    if (hex_parse(sha256, digest, SHA256_BYTES))
        return 0;
    err_set(err, E_INVALID, "body/invalid", "the hash is 64 lower-case hexadecimal digits");
    err_at(err, "/sha256", "format", "64 lower-case hexadecimal digits", "应为64位小写十六进制");
    return E_INVALID;
}

int file_fits(struct act *a, const char *sha256, uint8_t ret_digest[SHA256_BYTES], int64_t *ret_bytes,
              struct err *err)
{
    const int status = digest_read(sha256, ret_digest, err);

    return status ? status : check_file(a, sha256, ret_bytes, err);
}

int attachment_keep(struct act *a, const struct attachment_new *what, struct err *err)
{
    uint8_t digest[SHA256_BYTES];
    char id[UUID_TEXT];
    int64_t bytes = 0;
    int status = file_fits(a, what->sha256, digest, &bytes, err);

    if (status)
        return status;
    id_new(a->office, id);
    return tx_run(a->tx, Q_attachment_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(what->object_kind),
                  P_TEXT(what->object), P_TEXT(what->name), P_TEXT(what->kind),
                  P_BYTES(digest, sizeof digest), P_BOOL(false), P_TEXT(NULL), P_TEXT("office"),
                  P_TIME(a->now_us), P_TEXT(a->actor->person));
}

/* The object must be there, and its kind let the actor add to it (linli.object_kind). */
static int check_object(struct act *a, const struct attachment_body *b, const char *object, struct rows **ret,
                        struct err *err)
{
    int status = tx_run(a->tx, Q_attachment_object, ret, err, P_INT(a->office), P_TEXT(b->object_kind),
                        P_TEXT(object), P_TEXT(actor_roles_text(a->actor, a->office, a->arena)),
                        P_TEXT(actor_organisations_text(a->actor, a->arena)), P_TEXT(a->actor->person));

    if (status)
        return status;
    if (rows_count(*ret) == 0)
        return err_set(err, E_ABSENT, "attachment/object", "no %s %s at this office", b->object_kind, object);
    if (row_bool(*ret, 0, "adds"))
        return 0;
    err_set(err, E_FORBIDDEN, "auth/forbidden", "you may not attach this to that");
    err_zh(err, "您不能为该对象添加附件");
    return E_FORBIDDEN;
}

/* What a kind publishes; those who only own the object publish the redacted copies of their own files. */
static int check_public(const struct attachment_body *b, const struct rows *kind, struct err *err)
{
    /* Who came, who was helped, who somebody is: never public, not even redacted. */
    static const char *const never[] = {"attendance", "beneficiaries", "identity", "bank_card", "fee_sheet"};

    for (size_t i = 0; b->public && i < LENGTH(never); i++)
        if (strcmp(b->kind, never[i]) == 0) {
            err_both(err, E_FORBIDDEN, "auth/forbidden", "this kind of file is never public",
                     "签到表、受益人名单、身份与银行卡材料一律不得公开");
            err_at(err, "/public", "forbidden", "internal only", "只能内部使用");
            return E_FORBIDDEN;
        }
    /* Accounts and names stand on it: of it only copies from which they are struck. */
    const bool masked = strcmp(b->object_kind, "payment") == 0 || strcmp(b->object_kind, "voucher") == 0;
    const bool office = strcmp(row_text(kind, 0, "side"), "office") == 0;

    if (!b->public ||
        (row_bool(kind, 0, "publishes") && ((office && !masked) || (b->redacted_of && b->redacted_of[0]))))
        return 0;
    err_set(err, E_FORBIDDEN, "auth/forbidden", "a file of this object is not made public");
    err_at(err, "/public", "forbidden", "internal only", "只能内部使用");
    err_zh(err, "该对象的这份附件不能公开");
    return E_FORBIDDEN;
}

static int check_limits(const struct rows *kind, int64_t bytes, struct err *err)
{
    if (row_int(kind, 0, "files") < row_int(kind, 0, "files_max") &&
        row_int(kind, 0, "bytes") + bytes <= row_int(kind, 0, "bytes_max"))
        return 0;
    err_set(err, E_REFUSED, "attachment/limit", "at most %lld files and %lld bytes",
            (long long)row_int(kind, 0, "files_max"), (long long)row_int(kind, 0, "bytes_max"));
    err_zh(err, "该对象的附件数量或总大小已达上限");
    return E_REFUSED;
}

static int check_original(struct act *a, const struct attachment_body *b, const char *object,
                          const char *side, const uint8_t *digest, struct err *err)
{
    struct rows *found = NULL;
    int status;

    if (!b->redacted_of || !b->redacted_of[0])
        return 0;
    status = tx_run(a->tx, Q_attachment_original, &found, err, P_INT(a->office), P_TEXT(b->redacted_of),
                    P_TEXT(b->object_kind), P_TEXT(object), P_TEXT(side), P_BYTES(digest, SHA256_BYTES));
    if (status || rows_count(found) > 0)
        return status;
    err_set(err, E_ABSENT, "attachment/absent", "no such original of yours beside this object");
    err_at(err, "/redacted_of", "absent", "another internal file of the same object and the same side",
           "须为同一对象、同一方的另一份内部附件，内容与公开件不同");
    return E_ABSENT;
}

/* The id of a file's object; an office is named by its number alone. */
static const char *object_of(struct act *a, const struct attachment_body *b)
{
    if (strcmp(b->object_kind, "office") != 0 || (b->object && b->object[0]))
        return b->object && b->object[0] ? b->object : NULL;
    return arena_printf(a->arena, "%08x-0000-8000-8000-000000000000", (unsigned)a->office);
}

int act_attachment_create(struct act *a, struct err *err)
{
    const struct attachment_body *b = a->body;
    const char *object = object_of(a, b), *side = NULL;
    const char *original = b->redacted_of && b->redacted_of[0] ? b->redacted_of : NULL;
    struct rows *kind = NULL;
    uint8_t digest[SHA256_BYTES];
    int64_t bytes = 0;
    int status;

    if ((status = digest_read(b->sha256, digest, err)))
        return status;
    if (!object) {
        err_set(err, E_INVALID, "body/invalid", "the object is named by its id");
        err_at(err, "/object", "required", "required", "必填");
        return E_INVALID;
    }
    status = check_object(a, b, object, &kind, err);
    if (!status)
        status = check_public(b, kind, err);
    if (!status)
        status = check_file(a, b->sha256, &bytes, err);
    if (!status)
        status = check_limits(kind, bytes, err);
    if (status)
        return status;
    side = row_text(kind, 0, "side");
    a->tender_id = row_text(kind, 0, "tender_id");
    if ((status = check_original(a, b, object, side, digest, err)))
        return status;
    const char *id = act_makes(a);
    return tx_run(a->tx, Q_attachment_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(b->object_kind),
                  P_TEXT(object), P_TEXT(b->name), P_TEXT(b->kind), P_BYTES(digest, sizeof digest),
                  P_BOOL(b->public), P_TEXT(original), P_TEXT(side), P_TIME(a->now_us),
                  P_TEXT(a->actor->person));
}
