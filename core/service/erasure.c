/* Personal data that nobody must keep any more: asked for by an administrator, erased by a security
 * administrator (sql/deploy/820_erasure.sql).  The log stays as it is. */
#include <string.h>

#include "acts.h"
#include "core/base/digest.h"
#include "core/service/account.h"
#include "core/service/forms.h"

static const char *const ground_codes[] = {"request", "purpose_ended", "period_over", "unlawful", NULL};
static const linli_text ground_labels[] = {{"本人要求或撤回同意", "the person asks for it"},
                                           {"处理目的已实现", "the purpose is reached"},
                                           {"保存期限已届满", "the time of keeping is over"},
                                           {"违法处理", "it was kept against the law"},
                                           {NULL, NULL}};
struct ask_body {
    int32_t ground;
    const char *reason;
};
static const linli_option ask_rows[] = {
    ROW_CHOICE(ask_body, ground, true, ground_codes, ground_labels, NULL, "情形", "ground"),
    ROW_TEXT(ask_body, reason, true, 2000, "说明（不要写姓名）", "reason, without a name"),
};
const struct form form_erasure_ask = FORM(ask_rows, struct ask_body);

int act_erasure_ask(struct act *a, struct err *err)
{
    const struct ask_body *b = a->body;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    struct rows *rows = NULL;
    int status = person_reached(a, ROLE(ADMINISTRATOR), a->path[0], err);

    if (!status)
        status = tx_run(a->tx, Q_erasure_barred, &rows, err, P_TEXT(a->path[0]), P_TIME(a->now_us));
    if (!status && !row_null(rows, 0, "why")) {
        err_set(err, E_REFUSED, "erasure/retained", "still needed: %s", row_text(rows, 0, "why"));
        err_zh(err, "仍在使用：%s", row_text(rows, 0, "why"));
        err_article(err, "个人信息保护法 §47");
        return E_REFUSED;
    }
    uuid_new(id);
    if (!status)
        status = tx_run(a->tx, Q_erasure_add, NULL, err, P_TEXT(id), P_TEXT(a->path[0]),
                        P_TEXT(ground_codes[b->ground]), P_TEXT(b->reason), P_TIME(a->now_us),
                        P_TEXT(a->actor->person));
    if (status == E_CONFLICT)
        return err_both(err, E_REFUSED, "state/refused", "this was asked already", "已提出申请");
    a->subject = id;
    return status;
}

/* Whose data it is has to be within the charge of the security administrator. */
static int erasure_reached(struct act *a, struct err *err)
{
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_erasure_row, &rows, err, P_INT(0), P_TEXT(a->path[0]));

    a->subject = a->path[0];
    if (!status && rows_count(rows) == 0)
        return err_both(err, E_ABSENT, "subject/absent", "nobody asked for this", "没有此项申请");
    return status ? status : person_reached(a, ROLE(SECURITY), row_text(rows, 0, "person"), err);
}

int act_erasure_approve(struct act *a, struct err *err)
{
    struct rows *rows = NULL;
    int status = erasure_reached(a, err);

    if (!status)
        status = tx_run(a->tx, Q_erasure_do, &rows, err, P_TEXT(a->path[0]), P_TEXT(a->actor->person),
                        P_TIME(a->now_us));
    if (status)
        return status;
    /* So that an entry of which nobody has salt and text any more is known to be erased, and not lost. */
    json_key(&a->payload, "entries");
    json_raw(&a->payload, row_text(rows, 0, "entries"), strlen(row_text(rows, 0, "entries")));
    return 0;
}

struct refuse_body {
    const char *note;
};
static const linli_option refuse_rows[] = {ROW_TEXT(refuse_body, note, true, 2000, "理由", "why not")};
const struct form form_erasure_refuse = FORM(refuse_rows, struct refuse_body);

int act_erasure_refuse(struct act *a, struct err *err)
{
    const struct refuse_body *b = a->body;
    struct rows *rows = NULL;
    int status = erasure_reached(a, err);

    if (!status)
        status = tx_run(a->tx, Q_erasure_refuse, &rows, err, P_TEXT(a->path[0]), P_TEXT(a->actor->person),
                        P_TIME(a->now_us), P_TEXT(b->note));
    if (!status && rows_count(rows) == 0)
        return err_both(err, E_ABSENT, "subject/absent", "nobody else asks for this", "没有待决定的他人申请");
    return status;
}
