/* Papers an organisation keeps in one place, to name them in its bids instead of bringing them again.  A bid
 * names the file: what becomes of a paper here changes nothing of the bids it went into. */
#include <string.h>

#include "acts.h"
#include "core/base/digest.h"
#include "core/service/actor.h"
#include "core/service/attachment.h"
#include "core/service/forms.h"

enum { KEPT_MOST = 100, EVER_MOST = 1000 };
static const int64_t bytes_most = INT64_C(1) << 30;

static const char *const kinds[] = {"registration",     "grade",     "qualification",  "audit_report", "tax",
                                    "social_insurance", "insurance", "account_permit", "other",        NULL};
static const linli_text kind_labels[] = {{"法人登记证书", "registration certificate"},
                                         {"社会组织评估等级", "grade of the assessment"},
                                         {"资质、许可", "licence or qualification"},
                                         {"审计报告", "audit report"},
                                         {"纳税证明", "proof of taxes"},
                                         {"社会保险缴纳证明", "proof of social insurance"},
                                         {"保险单", "insurance policy"},
                                         {"开户许可、账户信息", "bank account permit"},
                                         {"其他", "other"},
                                         {NULL, NULL}};

struct certificate_body {
    const char *name, *number, *issuer, *sha256, *replaces;
    linli_date valid_until;
    int32_t kind;
};
/* clang-format off */
static const linli_option rows[] = {
    ROW_CHOICE(certificate_body, kind, true, kinds, kind_labels, NULL, "种类", "kind"),
    ROW_SAID(certificate_body, name, STRING, true, 1, 100, "line", "名称", "name", "投标时按此名称附上", "it goes into bids under this name"),
    ROW_LINE(certificate_body, number, false, 100, "证书编号", "number"),
    ROW_LINE(certificate_body, issuer, false, 200, "发证机关", "who issued it"),
    ROW_SAID(certificate_body, valid_until, DATE, false, 0, 0, NULL, "有效期至", "valid until", "长期有效的不填", "left out where it does not run out"),
    ROW_SAID(certificate_body, sha256, STRING, true, 64, 64, "line", "文件", "file", "已上传文件的SHA-256", "the SHA-256 of the file that was uploaded"),
    ROW_SAID(certificate_body, replaces, ID, false, 0, 0, NULL, "替换的证书", "in place of", "换发、续期时填被替换证书的编号", "the one it was renewed from, which is retired"),
};
/* clang-format on */
const struct form form_certificate_add = FORM(rows, struct certificate_body);

static int check_room(struct act *a, int64_t bytes, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_certificate_room, &r, err, P_TEXT(a->path[0]));

    if (status || (row_int(r, 0, "kept") < KEPT_MOST && row_int(r, 0, "ever") < EVER_MOST &&
                   row_int(r, 0, "bytes") + bytes <= bytes_most))
        return status;
    err_set(err, E_REFUSED, "attachment/limit",
            "at most %d papers at a time, and %lld bytes of all that were", KEPT_MOST, (long long)bytes_most);
    err_zh(err, "最多同时保存 %d 份证书，历次文件合计不超过 %lld 字节", KEPT_MOST, (long long)bytes_most);
    return E_REFUSED;
}

static int retire(struct act *a, const char *id, const char *reason, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_certificate_retire, &r, err, P_TEXT(id), P_TEXT(a->path[0]),
                        P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(reason));

    if (status || rows_count(r) == 1)
        return status;
    return err_both(err, E_ABSENT, "certificate/absent", "your organisation keeps no such paper",
                    "本组织没有保存这份证书，或者它已经停用");
}

static int check_place(struct act *a, const struct certificate_body *b, int64_t bytes, struct err *err)
{
    const bool renews = b->replaces && b->replaces[0];
    int status = renews ? retire(a, b->replaces, "换发", err) : 0;

    if (status == E_ABSENT)
        err_at(err, "/replaces", "absent", "no such paper that is in force", "没有这份在用的证书");
    return status ? status : check_room(a, bytes, err);
}

int act_certificate_add(struct act *a, struct err *err)
{
    const struct certificate_body *b = a->body;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    uint8_t digest[SHA256_BYTES];
    int64_t bytes = 0;
    int status = own_organisation(a, err);

    if (!status)
        status = file_fits(a, b->sha256, digest, &bytes, err);
    if (!status)
        status = check_place(a, b, bytes, err);
    if (status)
        return status;
    uuid_new(id);
    a->subject = id;
    status =
        tx_run(a->tx, Q_certificate_add, NULL, err, P_TEXT(id), P_TEXT(a->path[0]), P_TEXT(kinds[b->kind]),
               P_TEXT(b->name), P_TEXT(b->number), P_TEXT(b->issuer), P_BYTES(digest, sizeof digest),
               P_TIME(a->now_us), P_TEXT(a->actor->person), P_DATE(b->valid_until.day), P_TEXT(b->replaces));
    if (status == E_CONFLICT) {
        err_both(err, E_CONFLICT, "value/taken", "a paper of this name is kept: replace it",
                 "已保存同名证书，请替换原证书或者另取名称");
        err_at(err, "/name", "taken", "a paper of this name is kept", "已保存同名证书");
    }
    return status;
}

struct retire_body {
    const char *reason;
};
static const linli_option retire_rows[] = {ROW_TEXT(retire_body, reason, true, 2000, "原因", "reason")};
const struct form form_certificate_retire = FORM(retire_rows, struct retire_body);

int act_certificate_retire(struct act *a, struct err *err)
{
    const struct retire_body *b = a->body;
    int status = own_organisation(a, err);

    if (!status)
        status = retire(a, a->path[1], b->reason, err);
    a->subject = a->path[1];
    return status;
}
