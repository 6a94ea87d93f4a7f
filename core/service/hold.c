/* What keeps money back: what the facts say, and what somebody placed by hand until another lifts it. */
#include <string.h>

#include "acts.h"
#include "core/service/forms.h"
#include "core/service/paying.h"

int terms_load(struct act *a, const char *tranche, struct terms *ret, struct err *err)
{
    struct rows *r = NULL;
    int status =
        tx_run(a->tx, Q_payment_terms, &r, err, P_INT(a->office), P_TEXT(tranche), P_TIME(a->now_us));

    if (status)
        return status;
    MUST(rows_count(r) == 1);
    *ret = (struct terms){.officer = row_text(r, 0, "officer"),
                          .regime = row_text(r, 0, "regime"),
                          .organisation_kind = row_text(r, 0, "organisation_kind"),
                          .payee_id = row_text(r, 0, "payee_id"),
                          .payee = row_text(r, 0, "payee"),
                          .uscc = row_text(r, 0, "uscc"),
                          .bank_name = row_text(r, 0, "bank_name"),
                          .bank_code = row_text(r, 0, "bank_code"),
                          .account = row_text(r, 0, "account"),
                          .second_check_fen =
                              row_null(r, 0, "second_check_fen") ? -1 : row_int(r, 0, "second_check_fen"),
                          .covered_fen = row_int(r, 0, "covered_fen"),
                          .pay_by_us = row_time(r, 0, "pay_by"),
                          .vouchers_first = row_bool(r, 0, "vouchers_first")};
    return 0;
}

int no_part(const struct act *a, const struct terms *x, struct err *err)
{
    int status = no_interest(a, x->payee_id, err);

    if (status)
        return status;
    if (!x->officer || strcmp(x->officer, a->actor->name) != 0)
        return 0;
    return err_both(err, E_REFUSED, "payment/officer",
                    "the officer of the project has no part in its payments",
                    "项目负责人不得经办或审批本项目的付款");
}

int holds_check(struct act *a, const char *tranche, bool placed_only, struct err *err)
{
    CLEANUP(buf_free) struct buf why = {0};
    struct rows *r = NULL;
    size_t first = SIZE_MAX;
    int status = tx_run(a->tx, Q_holds_of, &r, err, P_INT(a->office), P_TEXT(tranche), P_TIME(a->now_us));

    if (status)
        return status;
    json_open(&why, '[');
    for (size_t i = 0; i < rows_count(r); i++) {
        if (placed_only && !row_bool(r, i, "placed"))
            continue;
        first = first == SIZE_MAX ? i : first;
        row_json(r, i, &why);
    }
    json_close(&why, ']');
    if (first != SIZE_MAX) {
        status = err_set(err, E_REFUSED, "payment/held", "held back: %s", row_text(r, first, "en"));
        err_zh(err, "暂缓支付：%s", row_text(r, first, "zh"));
        err_article(err, row_text(r, first, "article"));
        err->why_json = arena_ndup(a->arena, why.data, why.size);
    }
    return status;
}

/* ---- placed by one, lifted by another ---- */

static const char *const kind_codes[] = {"credit_list", "challenge", "evaluation", "report", "other", NULL};
static const linli_text kind_labels[] = {{"信用名单", "credit list"}, {"投诉或复议", "a challenge elsewhere"},
                                         {"评价", "evaluation"},      {"报告", "report"},
                                         {"其他", "other"},           {NULL, NULL}};

struct hold_body {
    const char *organisation, *contract, *reason, *article;
    int32_t kind;
};
static const linli_option hold_rows[] = {
    ROW_ID(hold_body, organisation, false, "组织（其全部合同）", "all contracts of an organisation"),
    ROW_ID(hold_body, contract, false, "合同", "or one contract"),
    ROW_CHOICE(hold_body, kind, true, kind_codes, kind_labels, NULL, "事由", "ground"),
    ROW_TEXT(hold_body, reason, true, 2000, "情况与查询证据", "what was found, when and where"),
    ROW_LINE(hold_body, article, true, 200, "依据条款", "the article it rests on"),
};
const struct form form_hold_place = FORM(hold_rows, struct hold_body);

int act_hold_place(struct act *a, struct err *err)
{
    const struct hold_body *b = a->body;

    if (!b->organisation == !b->contract) {
        err_both(err, E_INVALID, "body/invalid", "an organisation or a contract, one of them",
                 "组织与合同应填写其一");
        err_at(err, "/contract", "required", "an organisation or a contract", "组织与合同应填写其一");
        return E_INVALID;
    }
    const char *id = act_makes(a);
    return tx_run(a->tx, Q_hold_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(b->organisation),
                  P_TEXT(b->contract), P_TEXT(kind_codes[b->kind]), P_TEXT(b->reason), P_TEXT(b->article),
                  P_TIME(a->now_us), P_TEXT(a->actor->person));
}

struct lift_body {
    const char *reason;
};
static const linli_option lift_rows[] = {
    ROW_TEXT(lift_body, reason, true, 2000, "解除理由", "why it is lifted")};
const struct form form_hold_lift = FORM(lift_rows, struct lift_body);

int act_hold_lift(struct act *a, struct err *err)
{
    const struct lift_body *b = a->body;
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_hold_load, &r, err, P_INT(a->office), P_TEXT(a->subject));

    if (status)
        return status;
    if (!row_null(r, 0, "lifted"))
        return err_both(err, E_REFUSED, "state/refused", "it was lifted already", "该暂缓已解除");
    if (strcmp(row_text(r, 0, "placed_by"), a->actor->person) == 0)
        return err_both(err, E_REFUSED, "approval/same-person", "a second person has to do this",
                        "须由另一人办理");
    if ((status = no_interest(a, row_text(r, 0, "organisation_id"), err)))
        return status;
    return tx_run(a->tx, Q_hold_lift, NULL, err, P_INT(a->office), P_TEXT(a->subject), P_TIME(a->now_us),
                  P_TEXT(a->actor->person), P_TEXT(b->reason));
}
