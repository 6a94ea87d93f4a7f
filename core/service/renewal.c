/*
 * 一招三年: an award that was published for several years has a contract for each.  That of the next year is
 * drawn up once the year before was found good, from the money of the year in which it begins, signed like
 * any other; or it is decided, with a reason, that none follows.  A year that was found wanting is the last.
 */
#include <string.h>

#include "acts.h"
#include "core/service/contract.h"
#include "core/service/forms.h"
#include "core/service/source.h"

struct renew_body {
    linli_date starts, ends;
    linli_money amount;
    const char *reason, *appropriation;
    linli_list sources;
};
static const linli_option renew_rows[] = {
    ROW(renew_body, starts, DATE, true, 0, 0, NULL, "开始日", "first day"),
    ROW(renew_body, ends, DATE, true, 0, 0, NULL, "结束日", "last day"),
    ROW_SAID(
        renew_body, amount, MONEY, false, 1, INT64_C(100000000000000), NULL, "该年度金额",
        "price of that year", "数量或预算有变时填写，超出中标金额的部分计入补充合同限额；不填为中标金额",
        "where quantity or budget changes: what is above the price of the award counts as a supplement; left "
        "out: that price"),
    ROW_ID(renew_body, appropriation, false, "预算指标", "appropriation of that year it is paid from"),
    ROW_LIST(renew_body, sources, false, 2, 20, source_rows, source_item, "资金来源",
             "several that pay together, adding up to the price of that year"),
    ROW_TEXT(renew_body, reason, true, 4000, "续签理由", "why it is renewed"),
};
const struct form form_contract_renew = FORM(renew_rows, struct renew_body);

static int decided(struct err *err)
{
    return err_both(err, E_REFUSED, "renewal/ended", "what follows this year is decided already",
                    "本年度是否续签已有决定");
}

int year_passed(const char *found, struct err *err)
{
    if (strcmp(found, "failed") == 0)
        return err_both(err, E_REFUSED, "renewal/failed",
                        "the year was found wanting, or ended before its time",
                        "年度考核不合格或合同提前终止");
    return strcmp(found, "passed") == 0
               ? 0
               : err_both(err, E_REFUSED, "renewal/waits", "nothing of the year was evaluated yet",
                          "本年度尚无履约考核结论");
}

static int load(struct act *a, struct rows **ret, struct tender **t, struct lot **l, struct err *err)
{
    int status =
        tx_run(a->tx, Q_renewal_load, ret, err, P_INT(a->office), P_TEXT(a->subject), P_TIME(a->now_us));

    if (status || (status = tender_of_lot(a, row_text(*ret, 0, "lot_id"), t, l, err)))
        return status;
    if (row_int(*ret, 0, "year_no") >= row_int(*ret, 0, "years"))
        return err_both(err, E_REFUSED, "renewal/ended", "it is the last year the award was published for",
                        "采购文件约定的年数已满");
    return 0;
}

static int year_fits(const struct rows *r, const struct tender *t, const struct renew_body *b,
                     struct err *err)
{
    int status;

    if (b->starts.day <= row_date(r, 0, "ends")) {
        err_both(err, E_INVALID, "body/invalid", "it begins after the year before has ended",
                 "开始日应晚于上一年合同的结束日");
        err_at(err, "/starts", "range", "after the last day of the year before", "晚于上一年合同的结束日");
        return E_INVALID;
    }
    status = term_of_year(b->starts, b->ends, err);
    return status ? status : term_within(t, (linli_date){row_date(r, 0, "first")}, b->ends, err);
}

/* Above the price of the award no more than may be added to a contract (政府采购法 §49). */
static int price_fits(const struct rows *r, const struct tender *t, const struct renew_body *b,
                      struct err *err)
{
    const int64_t price_fen = row_int(r, 0, "amount_fen");

    return supplement_within(t, price_fen, 0, b->amount.minor - price_fen, err);
}

/* One that pays all of it, or several with a sum each. */
static int payers(struct act *a, const struct renew_body *b, struct param *ret_who, struct param *ret_fen,
                  struct err *err)
{
    const struct source_item *item = b->sources.items;
    const size_t n = b->sources.count ? b->sources.count : 1;
    const char **who = ARENA_NEW(a->arena, const char *, n);
    int64_t *fen = ARENA_NEW(a->arena, int64_t, n);

    if ((b->appropriation != NULL) == (b->sources.count > 0)) {
        err_both(err, E_INVALID, "body/invalid", "name one appropriation, or several with a sum each",
                 "appropriation 与 sources 填其一");
        err_at(err, "/appropriation", "required", "who pays for that year", "由谁支付");
        return E_INVALID;
    }
    who[0] = b->appropriation;
    for (size_t i = 0; i < b->sources.count; i++) {
        who[i] = item[i].appropriation;
        fen[i] = item[i].amount.minor;
    }
    *ret_who = P_TEXTS(who, n);
    *ret_fen = P_INTS(fen, n);
    return 0;
}

static int draw_up(struct act *a, const struct tender *t, const struct rows *r, const struct renew_body *b,
                   struct err *err)
{
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    struct param who, fen;
    int status = payers(a, b, &who, &fen, err);

    if (status)
        return status;
    id_new(a->office, id);
    status = tx_run(
        a->tx, Q_contract_renew, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(a->subject),
        P_TEXT(arena_printf(a->arena, "%s-%d", row_text(r, 0, "number"), (int)row_int(r, 0, "year_no") + 1)),
        P_DATE(b->starts.day), P_DATE(b->ends.day), p_some(b->amount.minor), P_TEXT(b->reason), who, fen,
        P_TEXT(a->actor->person), P_TIME(a->now_us));
    a->subject = id;
    return status ? status : source_fits(a, t, id, NULL, err);
}

int act_contract_renew(struct act *a, struct err *err)
{
    const struct renew_body *b = a->body;
    struct tender *t = NULL;
    struct lot *l = NULL;
    struct rows *r = NULL;
    int status = load(a, &r, &t, &l, err);

    if (!status && !row_null(r, 0, "decision"))
        status = decided(err);
    if (!status)
        status = year_passed(row_text(r, 0, "found"), err);
    if (!status && strcmp(row_text(r, 0, "state"), "signed") != 0 &&
        strcmp(row_text(r, 0, "state"), "closed") != 0)
        status =
            err_both(err, E_REFUSED, "state/refused", "the contract is not in force", "合同不在履行状态");
    if (!status)
        status = start_near(a, b->starts, err);
    if (!status)
        status = year_fits(r, t, b, err);
    if (!status)
        status = price_fits(r, t, b, err);
    if (!status)
        status = contractor_fits(a, row_text(r, 0, "organisation_id"), err);
    return status ? status : draw_up(a, t, r, b, err);
}

/* ---- none follows ---- */

static int tell(struct act *a, const struct tender *t, const char *contract, struct err *err)
{
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_renewal_notice, &rows, err, P_INT(a->office), P_TEXT(contract));

    return status ? status
                  : notice_publish(a, t->id, "contract_change", notice_title(a, t, "no_renewal"),
                                   row_text(rows, 0, "body"), 0, err);
}

struct no_renewal {
    const char *reason;
};
static const linli_option no_rows[] = {ROW_TEXT(no_renewal, reason, true, 4000, "理由", "reason")};
const struct form form_renewal_refuse = FORM(no_rows, struct no_renewal);

int act_renewal_refuse(struct act *a, struct err *err)
{
    const struct no_renewal *b = a->body;
    struct tender *t = NULL;
    struct lot *l = NULL;
    struct rows *r = NULL;
    const char *state;
    int status = load(a, &r, &t, &l, err);

    if (status)
        return status;
    state = row_text(r, 0, "state");
    /* What was drawn up and not signed falls with it. */
    if (!row_null(r, 0, "decision") &&
        (row_null(r, 0, "next_state") || strcmp(row_text(r, 0, "next_state"), "draft") != 0))
        return decided(err);
    if (strcmp(state, "draft") == 0 || strcmp(state, "stopped") == 0)
        return err_both(err, E_REFUSED, "state/refused", "the contract is not in force", "合同不在履行状态");
    status = tx_run(a->tx, Q_renewal_refuse, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                    P_TEXT(b->reason), P_TIME(a->now_us), P_TEXT(a->actor->person));
    if (!status)
        status = tell(a, t, a->subject, err);
    return status ? status : lot_advance(a, t, l, err);
}

int renewal_settled(struct act *a, const struct tender *t, const char *contract, struct err *err)
{
    struct rows *r = NULL;
    int status =
        tx_run(a->tx, Q_renewal_fail, &r, err, P_INT(a->office), P_TEXT(contract), P_TIME(a->now_us));

    return status || rows_count(r) == 0 ? status : tell(a, t, contract, err);
}
