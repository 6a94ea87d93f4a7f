/*
 * Fees of experts and helpers: tax withheld by the month, entered by one and approved by another, and a sheet
 * to sign.  Who they are and where they bank stays in the office.  And what a contract agreed on for late
 * money.
 */
#include <string.h>

#include "acts.h"
#include "core/base/time.h"
#include "core/service/forms.h"

struct fee_body {
    const char *tender, *payee, *id_number, *bank_name, *account, *work;
    linli_date worked;
    linli_money gross;
};
static const linli_option fee_rows[] = {
    ROW_ID(fee_body, tender, false, "采购项目", "tender"),
    ROW_LINE(fee_body, payee, true, 60, "姓名", "name"),
    ROW_NUMBER(fee_body, id_number, true, 30, "身份证件号码", "identity number"),
    ROW_LINE(fee_body, bank_name, true, 100, "开户行", "bank"),
    ROW_NUMBER(fee_body, account, true, 40, "账号", "account number"),
    ROW_LINE(fee_body, work, true, 200, "劳务内容", "work"),
    ROW(fee_body, worked, DATE, true, 0, 0, NULL, "日期", "day"),
    ROW_MONEY(fee_body, gross, true, "税前金额", "before tax"),
};
const struct form form_fee_add = FORM(fee_rows, struct fee_body);

/* One person has one number, however it was typed: without spaces, its check character a capital. */
static const char *id_plain(struct act *a, const char *number)
{
    char *plain = arena_dup(a->arena, number), *to = plain;

    for (const char *c = plain; *c; c++)
        if (*c != ' ')
            *to++ = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
    *to = '\0';
    return plain;
}

int act_fee_add(struct act *a, struct err *err)
{
    const struct fee_body *b = a->body;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);

    if (b->worked.day > day_of(a->now_us)) {
        return err_member(err, "/worked", "range", "lies in the future", "晚于今日");
    }
    id_new(a->office, id);
    a->subject = id;
    return tx_run(a->tx, Q_fee_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(b->tender),
                  P_DATE(b->worked.day), P_TEXT(b->payee), P_TEXT(id_plain(a, b->id_number)),
                  P_TEXT(b->bank_name), P_TEXT(b->account), P_TEXT(b->work), P_INT(b->gross.minor),
                  P_TIME(a->now_us), P_TEXT(a->actor->person));
}

static int decide(struct act *a, const char *state, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_fee_load, &r, err, P_INT(a->office), P_TEXT(a->path[1]));

    if (status)
        return status;
    if (rows_count(r) == 0)
        return err_both(err, E_ABSENT, "subject/absent", "there is no such fee", "没有这笔劳务费");
    if (strcmp(row_text(r, 0, "state"), "entered") != 0)
        return err_both(err, E_REFUSED, "state/refused", "the fee is decided already", "该笔劳务费已审批");
    if (strcmp(row_text(r, 0, "entered_by"), a->actor->person) == 0)
        return err_both(err, E_REFUSED, "approval/same-person",
                        "a second person decides a fee that waits for it", "须由另一人审批待审的劳务费");
    a->subject = a->path[1];
    return tx_run(a->tx, Q_fee_decide, NULL, err, P_INT(a->office), P_TEXT(a->subject), P_TEXT(state),
                  P_TIME(a->now_us), P_TEXT(a->actor->person));
}

int act_fee_approve(struct act *a, struct err *err)
{
    return decide(a, "approved", err);
}

int act_fee_refuse(struct act *a, struct err *err)
{
    int status = decide(a, "refused", err);

    return status ? status : tx_run(a->tx, Q_fee_recount, NULL, err, P_INT(a->office), P_TEXT(a->subject));
}

/* ---- interest that was agreed on ---- */

struct rate_body {
    linli_rate rate;
    const char *source;
};
static const linli_option rate_rows[] = {
    ROW(rate_body, rate, RATE, true, 1, 1000000, NULL, "约定年利率", "yearly rate"),
    ROW_LINE(rate_body, source, true, 200, "合同条款", "clause of the contract"),
};
const struct form form_contract_late_rate = FORM(rate_rows, struct rate_body);

int act_contract_late_rate(struct act *a, struct err *err)
{
    const struct rate_body *b = a->body;
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_late_rate_least, &r, err, P_DATE(day_of(a->now_us)));

    if (!status && b->rate.ppm < row_int(r, 0, "least_ppm")) {
        err_both(err, E_REFUSED, "rule/refused", "below the one-year loan prime rate",
                 "约定利率不得低于一年期贷款市场报价利率");
        err_article(err, "保障中小企业款项支付条例 §17");
        return E_REFUSED;
    }
    return status
               ? status
               : tx_run(a->tx, Q_late_rate_set, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                        P_INT(b->rate.ppm), P_TEXT(b->source), P_TIME(a->now_us), P_TEXT(a->actor->person));
}
