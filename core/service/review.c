/*
 * Evaluating again (重新评审) once the report was signed: only on the grounds the rules of the tender name,
 * asked for by one person and approved by another.  The lot goes back to its evaluation, what rested on the
 * old one falls, and both stay readable; the panel reports anew.
 */
#include "core/service/review.h"
#include "core/service/openers.h"
#include "core/service/opening.h"

#include <string.h>

#include "acts.h"
#include "core/service/forms.h"
#include "core/service/panel.h"

enum { QUALIFICATION, SUM, RANGE, OBJECTIVE, ABNORMAL };
const char *const review_ground_codes[REVIEW_GROUNDS + 1] = {
    "qualification_wrong", "sum_wrong", "out_of_range", "objective_differs", "abnormal", NULL};
const linli_text review_ground_labels[REVIEW_GROUNDS + 1] = {
    {"资格性审查认定错误", "a qualification was found wrongly"},
    {"分值汇总或者价格计算错误", "the sum, or a price, is wrong"},
    {"分项评分超出评分标准范围", "a mark is outside its range"},
    {"客观评审因素评分不一致", "members differ on an objective criterion"},
    {"评分畸高、畸低", "a mark is abnormally high or low"},
    {NULL, NULL}};

const linli_rule *review_rule(struct act *a, const struct tender *t, const char *ground)
{
    return tender_rule(a, t, arena_printf(a->arena, "review_%s", ground));
}

int review_open(struct act *a, const struct lot *l, const char **ret_ground, const char **ret_bid,
                struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_review_open, &r, err, P_INT(a->office), P_TEXT(l->id));

    *ret_ground = !status && rows_count(r) ? row_text(r, 0, "ground") : NULL;
    *ret_bid = !status && rows_count(r) ? row_text(r, 0, "bid_id") : NULL;
    return status;
}

int review_settle(struct act *a, const struct lot *l, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_review_settle, &r, err, P_INT(a->office), P_TEXT(l->id), P_TIME(a->now_us));

    if (status || rows_count(r) == 0)
        return status;
    json_key(&a->payload, "evaluated_again");
    json_string(&a->payload, row_text(r, 0, "id"));
    json_key(&a->payload, "changed");
    json_bool(&a->payload, row_bool(r, 0, "changed"));
    return 0;
}

/* ---- asking ---- */

struct review_body {
    int32_t ground;
    const char *bid, *reason;
};
static const linli_option review_rows[] = {
    ROW_CHOICE(review_body, ground, true, review_ground_codes, review_ground_labels, NULL, "法定情形",
               "lawful ground"),
    ROW_ID(review_body, bid, false, "所涉投标，不填为全部", "the bid it is about; none: all"),
    ROW_TEXT(review_body, reason, true, 4000, "事实与理由", "what was found"),
};
const struct form form_lot_review_ask = FORM(review_rows, struct review_body);

/* Evaluated, and no contract signed on it. */
static int reviewable(struct act *a, const struct lot *l, struct err *err)
{
    static const char *const kinds[] = {"deciding", "notice", "contracting"};
    struct rows *rows = NULL;
    bool after = false;
    int status = tx_run(a->tx, Q_lot_signed, &rows, err, P_INT(a->office), P_TEXT(l->id));

    if (status)
        return status;
    if (row_int(rows, 0, "signed") > 0)
        return err_both(err, E_REFUSED, "state/refused", "a contract is signed: end that first",
                        "合同已签订，应先终止合同");
    for (size_t i = 0; l->phase_kind && i < LENGTH(kinds); i++)
        after = after || strcmp(l->phase_kind, kinds[i]) == 0;
    return after ? 0
                 : err_both(err, E_REFUSED, "state/refused",
                            "the lot is not between its evaluation and its contract",
                            "仅限评审完成后、签订合同前");
}

int review_ground_holds(struct act *a, const struct tender *t, const char *ground, struct err *err)
{
    const linli_rule *rule = review_rule(a, t, ground);

    if (rule && rule->value)
        return 0;
    err_set(err, E_REFUSED, "review/ground", "the rules of this tender name no such ground");
    err_zh(err, "本项目适用的规则没有这种重新评审情形，不得以任何理由组织重新评审");
    err_at(err, "/ground", "choice", "not a ground here", "不是可重新评审的情形");
    if (rule)
        err_article(err, rule->source);
    return E_REFUSED;
}

static bool about_marks(const char *ground)
{
    return strcmp(ground, review_ground_codes[RANGE]) == 0 ||
           strcmp(ground, review_ground_codes[OBJECTIVE]) == 0 ||
           strcmp(ground, review_ground_codes[ABNORMAL]) == 0;
}

/* The locked sheets a ground is about. */
static int sheets_of(struct act *a, const struct lot *l, const char *bid, struct rows **ret, struct err *err)
{
    return tx_run(a->tx, Q_review_sheets, ret, err, P_INT(a->office), P_TEXT(l->id), P_TEXT(bid));
}

static int about_something(struct act *a, const struct tender *t, const struct lot *l,
                           const struct review_body *b, struct err *err)
{
    struct lot_facts f = {0};
    struct rows *sheets = NULL;
    int status = lot_facts_load(a, t, l, &f, err);

    if (!status && b->bid && !lot_bid_key(&f, b->bid)) {
        err_set(err, E_INVALID, "body/invalid", "no such bid in this lot");
        err_at(err, "/bid", "unknown", "no such bid in this lot", "本包没有这份投标");
        return E_INVALID;
    }
    if (!status && about_marks(review_ground_codes[b->ground]))
        status = sheets_of(a, l, b->bid, &sheets, err);
    if (!status && sheets && rows_count(sheets) == 0)
        return err_both(err, E_REFUSED, "mark/absent", "nobody marked it", "没有相应的评分");
    return status;
}

/* Once prices are opened nobody else's ever is: who has none cannot be let back in. */
static int price_known(struct act *a, const struct tender *t, const struct lot *l, const char *bid,
                       struct err *err)
{
    enum prices prices = PRICES_SEALED;
    struct rows *r = NULL;
    int status = envelopes_two(t) ? prices_state(a, l, &prices, err) : 0;

    if (status || prices == PRICES_SEALED)
        return status;
    status = tx_run(a->tx, Q_prices_listed, &r, err, P_INT(t->office), P_TEXT(l->id));
    for (size_t i = 0; !status && bid && i < rows_count(r); i++)
        if (strcmp(row_text(r, i, "id"), bid) == 0)
            return 0;
    return status ? status
                  : err_both(err, E_REFUSED, "state/refused",
                             "the prices are opened: a review names one bid, whose price was",
                             "报价已经开启，重新评审只能针对已开启报价的某一投标");
}

int act_lot_review_ask(struct act *a, struct err *err)
{
    const struct review_body *b = a->body;
    const char *ground = review_ground_codes[b->ground];
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    struct tender *t = NULL;
    struct lot *l = NULL;
    int status = tender_of_lot(a, a->subject, &t, &l, err);

    if (!status)
        status = reviewable(a, l, err);
    if (!status)
        status = review_ground_holds(a, t, ground, err);
    if (!status)
        status = about_something(a, t, l, b, err);
    if (!status)
        status = price_known(a, t, l, b->bid, err);
    if (status)
        return status;
    id_new(a->office, id);
    a->subject = id;
    status = tx_run(a->tx, Q_review_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(t->id),
                    P_TEXT(l->id), P_TEXT(ground), P_TEXT(b->bid), P_TEXT(b->reason), P_TIME(a->now_us),
                    P_TEXT(a->actor->person));
    return status == E_CONFLICT
               ? err_both(err, E_REFUSED, "state/refused", "this was asked already", "已提出，尚未办结")
               : status;
}

/* ---- approving ---- */

static int review_load(struct act *a, struct rows **ret, struct err *err)
{
    int status =
        tx_run(a->tx, Q_review_load, ret, err, P_INT(a->office), P_TEXT(a->path[0]), P_TEXT(a->path[1]));

    if (status)
        return status;
    if (rows_count(*ret) == 0)
        return err_both(err, E_ABSENT, "subject/absent", "the lot has no such review", "没有这项重新评审");
    a->subject = a->path[1];
    return strcmp(row_text(*ret, 0, "state"), "asked") == 0
               ? 0
               : err_both(err, E_REFUSED, "state/refused", "this was decided already", "该事项已审批");
}

/* What each sheet said is kept with the request to open it. */
static int sheets_reopen(struct act *a, const struct lot *l, const struct rows *r, struct err *err)
{
    struct rows *sheets = NULL;
    char id[UUID_TEXT];
    int status =
        about_marks(row_text(r, 0, "ground")) ? sheets_of(a, l, row_text(r, 0, "bid_id"), &sheets, err) : 0;

    for (size_t i = 0; !status && sheets && i < rows_count(sheets); i++) {
        const char *sheet = row_text(sheets, i, "id");
        id_new(a->office, id);
        status = tx_run(a->tx, Q_sheet_ask, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(sheet),
                        P_TEXT(row_text(r, 0, "ground")), P_TEXT(row_text(r, 0, "reason")),
                        P_TEXT(row_text(r, 0, "asked_by")), P_TIME(a->now_us));
        if (!status)
            status = tx_run(a->tx, Q_sheet_reopen, NULL, err, P_INT(a->office), P_TEXT(sheet), P_TEXT(id),
                            P_TEXT(a->actor->person), P_TIME(a->now_us));
    }
    if (!status)
        status = sitting_store(a, l, 0, 0, err);
    return status ? status : report_drop(a, l, err);
}

static int review_notice(struct act *a, const struct tender *t, const struct lot *l, const struct rows *r,
                         struct err *err)
{
    const linli_rule *rule = review_rule(a, t, row_text(r, 0, "ground"));
    CLEANUP(buf_free) struct buf body = {0};

    json_open(&body, '{');
    json_key(&body, "number");
    json_string(&body, t->number);
    json_key(&body, "lot");
    json_int(&body, l->no);
    json_key(&body, "ground");
    json_string(&body, row_text(r, 0, "ground"));
    json_key(&body, "reason");
    json_string(&body, row_text(r, 0, "reason"));
    json_key(&body, "article");
    json_string(&body, rule ? rule->source : "");
    json_close(&body, '}');
    return notice_publish(a, t->id, "review", arena_printf(a->arena, "%s 重新评审", t->title), body.data, 0,
                          err);
}

static int back_to_evaluation(struct act *a, struct tender *t, struct lot *l, struct err *err)
{
    for (size_t i = 0; i < t->plan->phase_count; i++)
        if (t->plan->phases[i].kind == LINLI_EVALUATING)
            return lot_enter(a, t, l, t->plan->phases[i].code, err);
    return err_both(err, E_REFUSED, "state/refused", "nothing is evaluated in this procedure",
                    "该方式没有评审环节");
}

int act_lot_review_approve(struct act *a, struct err *err)
{
    struct rows *r = NULL;
    struct tender *t = NULL;
    struct lot *l = NULL;
    int status = tender_of_lot(a, a->path[0], &t, &l, err);

    if (!status)
        status = review_load(a, &r, err);
    if (!status) {
        json_key(&a->payload, "lot");
        json_string(&a->payload, l->id);
    }
    if (!status && strcmp(row_text(r, 0, "asked_by"), a->actor->person) == 0)
        status = err_both(err, E_REFUSED, "approval/same-person", "who asked may not approve",
                          "提出与审批不能为同一人");
    if (!status)
        status = reviewable(a, l, err);
    if (!status)
        status = tx_run(a->tx, Q_review_approve, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                        P_TIME(a->now_us), P_TEXT(a->actor->person));
    if (!status)
        status = tx_run(a->tx, Q_awards_void, NULL, err, P_INT(a->office), P_TEXT(l->id),
                        P_TEXT("evaluated again"));
    if (!status)
        status = tx_run(a->tx, Q_contracts_void, NULL, err, P_INT(a->office), P_TEXT(l->id));
    if (!status)
        status = sheets_reopen(a, l, r, err);
    if (!status)
        status = back_to_evaluation(a, t, l, err);
    return status ? status : review_notice(a, t, l, r, err);
}

struct refuse_body {
    const char *reason;
};
static const linli_option refuse_rows[] = {ROW_TEXT(refuse_body, reason, true, 2000, "理由", "reason")};
const struct form form_lot_review_refuse = FORM(refuse_rows, struct refuse_body);

int act_lot_review_refuse(struct act *a, struct err *err)
{
    const struct refuse_body *b = a->body;
    struct rows *r = NULL;
    int status = review_load(a, &r, err);

    return status ? status
                  : tx_run(a->tx, Q_review_refuse, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                           P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(b->reason));
}
