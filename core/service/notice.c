/* What is published, and the running numbers printed on it. */
#include <string.h>

#include "acts.h"
#include "core/base/time.h"
#include "core/service/call.h"
#include "core/service/forms.h"
#include "core/service/tender.h"

static int notice_store(struct act *a, const char *id, const char *tender_id, const char *list_id,
                        const char *const text[3], int64_t period_ends_us, struct err *err)
{
    return tx_run(a->tx, Q_notice_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(tender_id),
                  P_TEXT(list_id), P_TEXT(text[0]), P_TEXT(text[1]), P_TEXT(text[2]), P_TIME(a->now_us),
                  P_TIME(period_ends_us));
}

int notice_publish(struct act *a, const char *tender_id, const char *kind, const char *title,
                   const char *body_json, int64_t period_ends_us, struct err *err)
{
    char id[UUID_TEXT];

    id_new(a->office, id);
    return notice_store(a, id, tender_id, NULL, (const char *const[3]){kind, title, body_json},
                        period_ends_us, err);
}

int notice_make(struct act *a, const char *tender_id, const char *kind, const char *title,
                const char *body_json, int64_t period_ends_us, struct err *err)
{
    return notice_store(a, act_makes(a), tender_id, NULL, (const char *const[3]){kind, title, body_json},
                        period_ends_us, err);
}

int notice_publish_list(struct act *a, const char *list_id, const char *kind, const char *title,
                        const char *body_json, struct err *err)
{
    char id[UUID_TEXT];

    id_new(a->office, id);
    return notice_store(a, id, NULL, list_id, (const char *const[3]){kind, title, body_json}, 0, err);
}

const char *notice_title(struct act *a, const struct tender *t, const char *kind)
{
    static const struct {
        const char *kind, *purchase, *grant;
    } titles[] = {{"result", "结果公告", "立项公示"},
                  {"annulment", "撤销结果公告", "撤销立项公示"},
                  {"contract", "合同公告", "资助协议公告"},
                  {"contract_change", "合同变更公告", "资助协议变更公告"},
                  {"no_renewal", "合同不再续签公告", "资助协议不再续签公告"},
                  {"acceptance", "验收结果公告", NULL},
                  {"mid_term", NULL, "中期评估结果公示"},
                  {"final_evaluation", NULL, "末期评估结果公示"},
                  {"closing", NULL, "结项公告"},
                  {"project_end", NULL, "项目终止公告"},
                  {"funds_used", "资金使用情况公告", "资金使用情况公示"},
                  {"single_source", "单一来源公示", NULL},
                  {"complaint_result", "投诉处理结果公告", "投诉处理结果公告"},
                  {"supervision_result", "监督检查处理结果公告", "监督检查处理结果公告"},
                  {"prequalification", "资格预审公告", NULL}};

    if (makes_agreements(t) && strcmp(kind, "result") == 0)
        return arena_printf(a->arena, "%s 入围结果公告", t->title);
    for (size_t i = 0; i < LENGTH(titles); i++)
        if (strcmp(titles[i].kind, kind) == 0)
            return arena_printf(a->arena, "%s %s", t->title,
                                tender_grants(t) ? titles[i].grant : titles[i].purchase);
    NEVER("a notice of that kind has no title");
}

int series_next(struct act *a, const char *kind, int year, int32_t *ret, struct err *err)
{
    struct rows *r;
    int status = tx_run(a->tx, Q_series_next, &r, err, P_INT(a->office), P_TEXT(kind), P_INT(year));

    if (status == 0)
        *ret = (int32_t)row_int(r, 0, "last");
    return status;
}

/* ---- corrected ------------------------------------------------------------------ */

struct correct_body {
    const char *title, *text, *reason;
};
static const linli_option correct_rows[] = {
    ROW_LINE(correct_body, title, false, 200, "更正后的标题", "the title as it should be"),
    ROW_TEXT(correct_body, text, true, 20000, "更正内容", "what is wrong, and how it should be read"),
    ROW_TEXT(correct_body, reason, true, 2000, "更正理由", "why"),
};
const struct form form_notice_correct = FORM(correct_rows, struct correct_body);

/* What moves deadlines, sums or editions is corrected by its own act. */
static int correctable(const struct rows *n, struct err *err)
{
    static const char *const own[][2] = {{"tender", "tender_amend"},
                                         {"single_source", "tender_amend"},
                                         {"list", "list_adjust"},
                                         {"list_adjustment", "list_adjust"},
                                         {"intention", "list_adjust"}};

    if (!row_null(n, 0, "replaced_by"))
        return err_both(err, E_REFUSED, "state/refused", "another notice stands in its place: correct that",
                        "该公告已被更正，请更正最新一版");
    for (size_t i = 0; i < LENGTH(own); i++)
        if (strcmp(row_text(n, 0, "kind"), own[i][0]) == 0) {
            err_set(err, E_REFUSED, "notice/own-act", "this is corrected by %s", own[i][1]);
            err_zh(err, "该公告由 %s 更正", own[i][1]);
            return E_REFUSED;
        }
    return 0;
}

/* The result is told anew from what holds, which must be what was told; while its period runs, that begins
 * again. */
static int result_again(struct act *a, const struct rows *n, const char **ret_json, int64_t *ret_ends_us,
                        struct err *err)
{
    struct rows *same = NULL;
    struct tender *t = NULL;
    struct lot *l = NULL;
    int64_t ends_us = 0;
    int status = tender_of_lot(a, row_text(n, 0, "lot_id"), &t, &l, err);

    if (!status)
        status = result_tell(a, t, l, ret_json, &ends_us, err);
    if (!status)
        status = tx_run(a->tx, Q_notice_same_result, &same, err, P_TEXT(row_text(n, 0, "body")),
                        P_TEXT(*ret_json));
    if (!status && !row_bool(same, 0, "same"))
        return err_both(err, E_REFUSED, "notice/result",
                        "the winner or its sum is another: evaluate again, or annul the award",
                        "中标、成交结果已经变化：须经重新评审或者撤销结果，不得以更正公告改变");
    if (status || !l->phase_kind || strcmp(l->phase_kind, "notice") != 0)
        return status;
    *ret_ends_us = ends_us;
    status = milestone_add(a, t, l, "announced", NULL, err);
    return status ? status : lot_due_recount(a, t, l, err);
}

int act_notice_correct(struct act *a, struct err *err)
{
    const struct correct_body *b = a->body;
    const char *old = a->subject, *body = NULL;
    struct rows *n = NULL;
    int64_t ends_us = 0;
    int status = tx_run(a->tx, Q_notice_load, &n, err, P_INT(a->office), P_TEXT(old));

    if (!status)
        status = correctable(n, err);
    if (!status && strcmp(row_text(n, 0, "kind"), "result") == 0)
        status = result_again(a, n, &body, &ends_us, err);
    if (status)
        return status;
    const char *id = act_makes(a);
    json_key(&a->payload, "replaces");
    json_string(&a->payload, old);
    return tx_run(a->tx, Q_notice_correct, NULL, err, P_INT(a->office), P_TEXT(old), P_TEXT(id),
                  P_TEXT(b->title), P_TEXT(body), P_TEXT(b->reason), P_TEXT(b->text), P_TIME(a->now_us),
                  P_TIME(ends_us));
}
