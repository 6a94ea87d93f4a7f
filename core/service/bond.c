#include "core/service/bond.h"

#include <string.h>

#include "acts.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/domain/calendar.h"
#include "core/service/forms.h"
#include "core/service/payable.h"

enum { OF_BID, OF_CONTRACT, WHOLE_PPM = 1000000, YEAR_DAYS = 365 };
__extension__ typedef __int128 wide;

static const char *const form_codes[] = {"guarantee", "insurance", "cheque", "transfer", NULL};
static const linli_text form_labels[] = {{"保函", "guarantee"},
                                         {"保证保险", "insurance"},
                                         {"支票、汇票、本票", "cheque"},
                                         {"转账", "transfer"},
                                         {NULL, NULL}};
enum { FORM_INSURANCE = 1, FORM_CHEQUE = 2 };

struct bond {
    const char *bid, *contract, *reference;
    int32_t form;
    linli_money amount;
    linli_date received, expires;
    int32_t return_days;
};
static const linli_option bond_rows[] = {
    ROW_SAID(bond, bid, ID, false, 0, 0, NULL, "投标", "bid", "投标保证金所属的投标",
             "the bid it is a bond of"),
    ROW_SAID(bond, contract, ID, false, 0, 0, NULL, "合同", "contract", "履约保证金所属的合同",
             "the contract it is a bond of"),
    ROW_CHOICE(bond, form, true, form_codes, form_labels, NULL, "形式", "form"),
    ROW_MONEY(bond, amount, true, "金额", "sum"),
    ROW_SAID(bond, reference, STRING, true, 1, 64, FORM_NUMBER, "编号", "reference",
             "保函、保单号或银行流水号", "number of the guarantee, or bank reference"),
    ROW(bond, received, DATE, true, 0, 0, NULL, "收到日期", "day it was received"),
    ROW_SAID(bond, expires, DATE, false, 0, 0, NULL, "有效期至", "expires", "保函、保险必填",
             "last day of a guarantee or insurance"),
    ROW_SAID(bond, return_days, COUNT, false, 1, 366, NULL, "退还期限（天）", "return_days",
             "履约保证金必填：合同结束后多少天内退还", "of a performance bond: from the end of its contract"),
};
const struct form form_bond_add = FORM(bond_rows, struct bond);

static int form_check(struct act *a, const struct bond *b, struct err *err)
{
    if ((b->bid != NULL) == (b->contract != NULL))
        return err_member(err, "/bid", "choice", "either a bid or a contract", "投标与合同填一项");
    if ((b->contract != NULL) != (b->return_days > 0))
        return err_member(err, "/return_days", b->contract ? "required" : "unknown",
                          "when a performance bond goes back", "履约保证金须写明退还期限");
    if ((b->form < FORM_CHEQUE) != (b->expires.day != 0))
        return err_member(err, "/expires", b->form < FORM_CHEQUE ? "required" : "unknown",
                          "a guarantee or insurance has a last day", "保函、保险须写明有效期");
    if (b->received.day > (int32_t)day_of(a->now_us))
        return err_member(err, "/received", "range", "lies in the future", "晚于今日");
    return 0;
}

/* Never more than the call asked for, which is never more than the rules allow. */
static int within(const struct tender *t, int kind, int64_t of_fen, int64_t fen, struct err *err)
{
    const linli_rule *rule =
        rule_find(t->rules.rules, t->rules.count, kind == OF_BID ? "bid_bond_max" : "performance_bond_max");
    int64_t ppm = kind == OF_BID ? t->plan->bid_bond.ppm : t->plan->performance_bond.ppm;
    int64_t most = (int64_t)((wide)of_fen * ppm / WHOLE_PPM);
    char yuan[MONEY_TEXT];

    if (fen <= most)
        return 0;
    money_print(most, yuan);
    err_set(err, E_REFUSED, "rule/refused", "the call asks for %s yuan at the most", yuan);
    err_zh(err, "采购文件要求的保证金最多 %s 元", yuan);
    if (rule)
        err_article(err, rule->source);
    err_at(err, "/amount", "range", "more than the call asks for", "超过采购文件要求");
    return E_REFUSED;
}

/* Whose it is, and what it is a share of: the lot's budget, or the contract's sum. */
static int owner_of(struct act *a, const struct tender *t, const struct bond *b, const char **ret_owner,
                    struct err *err)
{
    struct rows *r = NULL;
    int status = b->bid
                     ? tx_run(a->tx, Q_bond_of_bid, &r, err, P_INT(a->office), P_TEXT(t->id), P_TEXT(b->bid))
                     : tx_run(a->tx, Q_bond_of_contract, &r, err, P_INT(a->office), P_TEXT(t->id),
                              P_TEXT(b->contract));

    if (status)
        return status;
    if (rows_count(r) == 0)
        return err_member(err, b->bid ? "/bid" : "/contract", "unknown",
                          "no opened bid or open contract of this tender",
                          "不是本项目已开启的投标或者未结束的合同");
    *ret_owner = row_text(r, 0, "organisation_id");
    return within(t, b->bid ? OF_BID : OF_CONTRACT,
                  b->bid ? row_int(r, 0, "budget_fen") : row_int(r, 0, "amount_fen"), b->amount.minor, err);
}

static int reference_claim(struct act *a, const struct bond *b, const char *id, struct err *err)
{
    int status =
        tx_run(a->tx, Q_claim_add, NULL, err, P_TEXT(b->form < FORM_CHEQUE ? "guarantee" : "bank_ref"),
               P_TEXT(b->reference), P_TEXT(id));

    if (status == E_CONFLICT) {
        err_set(err, E_CONFLICT, "value/taken", "\"%s\" was used before", b->reference);
        err_zh(err, "%s 已被使用", b->reference);
        err_at(err, "/reference", "taken", "used before", "已被使用");
    }
    return status;
}

int act_bond_add(struct act *a, struct err *err)
{
    const struct bond *b = a->body;
    const char *owner = NULL;
    struct tender *t = NULL;
    int status = tender_load(a, a->path[0], &t, err);

    if (!status && !t->plan)
        return err_both(err, E_REFUSED, "state/refused", "the tender is a draft", "项目尚未发布");
    if (!status)
        status = form_check(a, b, err);
    if (!status)
        status = owner_of(a, t, b, &owner, err);
    if (status)
        return status;
    const char *id = act_makes(a);
    status = reference_claim(a, b, id, err);
    if (!status)
        status = tx_run(a->tx, Q_bond_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(t->id),
                        P_TEXT(b->bid ? "bid" : "performance"), P_TEXT(b->bid), P_TEXT(b->contract),
                        P_TEXT(owner), P_TEXT(form_codes[b->form]), P_INT(b->amount.minor),
                        P_TEXT(b->reference), P_DATE(b->received.day), P_DATE(b->expires.day),
                        p_some(b->return_days), P_TIME(a->now_us), P_TEXT(a->actor->person));
    return status ? status : bonds_free(a, t, err);
}

/* ---- until when it goes back ---- */

int bonds_free(struct act *a, const struct tender *t, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_bonds_open, &r, err, P_INT(a->office), P_TEXT(t->id), P_TIME(a->now_us));

    for (size_t i = 0; !status && i < rows_count(r); i++) {
        const char *code = row_text(r, i, "rule");
        const linli_rule *rule = code ? rule_find(t->rules.rules, t->rules.count, code) : NULL;
        linli_period within =
            rule ? rule->period : (linli_period){(int32_t)row_int(r, i, "return_days"), LINLI_CALENDAR_DAYS};
        int64_t due_us = 0;
        bool provisional = false;

        if (within.count == 0)
            continue; /* the regime names no day */
        status = calendar_span(a->law->calendar, row_time(r, i, "since"), within, LINLI_NO_ROLL, &due_us,
                               &provisional, err);
        if (!status)
            status = tx_run(a->tx, Q_bond_due, NULL, err, P_INT(a->office), P_TEXT(row_text(r, i, "id")),
                            P_TEXT(code), P_TIME(due_us));
    }
    return status;
}

/* ---- returned, kept ---- */

static int held(struct act *a, struct rows **ret, struct err *err)
{
    int status =
        tx_run(a->tx, Q_bond_load, ret, err, P_INT(a->office), P_TEXT(a->path[0]), P_TEXT(a->path[1]));

    if (status)
        return status;
    if (rows_count(*ret) == 0)
        return err_both(err, E_ABSENT, "tender/absent", "the tender has no such bond",
                        "该项目没有这笔保证金");
    a->subject = a->path[1];
    if (strcmp(row_text(*ret, 0, "state"), "held") != 0)
        return err_both(err, E_REFUSED, "state/refused", "it was returned or kept already",
                        "该保证金已退还或者不予退还");
    if (strcmp(row_text(*ret, 0, "entered_by"), a->actor->person) == 0)
        return err_both(err, E_REFUSED, "approval/same-person", "a second person has to do this",
                        "须由另一人办理");
    return 0;
}

struct giving {
    const char *bank_ref;
    linli_rate base_rate;
    bool has_rate;
};
static const linli_option giving_rows[] = {
    ROW_SAID(giving, bank_ref, STRING, false, 1, 64, FORM_NUMBER, "银行流水号", "bank_ref", "转账、支票必填",
             "of a transfer or cheque"),
    ROW_WITH(giving, base_rate, RATE, false, .present = offsetof(struct giving, has_rate), .low = 0,
             .high = WHOLE_PPM, .label = {"同期贷款基准利率", "base rate of a year"},
             .help = {"逾期退还的必填，利息按规则所定倍数计算",
                      "where it goes back late; the rules name the factor"}),
};
const struct form form_bond_return = FORM(giving_rows, struct giving);

/* What was money in the office's account, and goes back as a payment. */
static bool is_cash(const struct rows *bond)
{
    static const char *const forms[] = {"cheque", "transfer", NULL};

    return is_one_of(row_text(bond, 0, "form"), forms);
}

/* Of a late refund: sum x base rate x the factor of the rules, for each day after the last one. */
static int interest_of(struct act *a, const struct tender *t, const struct rows *bond, int64_t *ret_fen,
                       struct err *err)
{
    const struct giving *b = a->body;
    const linli_rule *rule = rule_find(t->rules.rules, t->rules.count, "bond_interest_factor");
    int64_t due_us = row_null(bond, 0, "due") ? 0 : row_time(bond, 0, "due");
    int64_t days = due_us ? day_of(a->now_us) - day_of(due_us - 1) : 0;
    wide product, year = (wide)WHOLE_PPM * WHOLE_PPM * YEAR_DAYS;

    *ret_fen = 0;
    if (days <= 0 || !rule || !is_cash(bond))
        return 0;
    if (!b->has_rate) {
        err_member(err, "/base_rate", "required", "it is late: say the base rate", "已逾期，须填写基准利率");
        err_article(err, rule->source);
        return E_INVALID;
    }
    product = (wide)(row_int(bond, 0, "amount_fen") - row_int(bond, 0, "kept_fen")) * b->base_rate.ppm *
              rule->value * days;
    *ret_fen = (int64_t)((product + year / 2) / year);
    return 0;
}

int act_bond_return(struct act *a, struct err *err)
{
    const struct giving *b = a->body;
    struct rows *r = NULL;
    struct tender *t = NULL;
    int64_t interest_fen = 0;
    int status = tender_load(a, a->path[0], &t, err);

    if (!status)
        status = held(a, &r, err);
    if (!status)
        status = interest_of(a, t, r, &interest_fen, err);
    if (status)
        return status;
    if (is_cash(r) && !b->bank_ref)
        return err_member(err, "/bank_ref", "required", "say by which payment it went back",
                          "须填写退还的银行流水号");
    if (b->bank_ref)
        status = unique_claim(a, "bank_ref", b->bank_ref, a->subject, "/bank_ref", err);
    json_key(&a->payload, "interest");
    json_fen(&a->payload, interest_fen);
    return status ? status
                  : tx_run(a->tx, Q_bond_return, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                           P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(b->bank_ref),
                           b->has_rate ? P_INT(b->base_rate.ppm) : P_NULL, P_INT(interest_fen));
}

struct keeping {
    linli_money amount;
    const char *reason;
};
static const linli_option keeping_rows[] = {
    ROW_MONEY(keeping, amount, true, "不予退还的金额", "what is kept"),
    ROW_TEXT(keeping, reason, true, 4000, "依据和事实", "what it rests on"),
};
const struct form form_bond_keep = FORM(keeping_rows, struct keeping);

int act_bond_keep(struct act *a, struct err *err)
{
    const struct keeping *b = a->body;
    struct rows *r = NULL;
    int status = held(a, &r, err);

    if (status)
        return status;
    if (b->amount.minor > row_int(r, 0, "amount_fen") - row_int(r, 0, "kept_fen"))
        return err_member(err, "/amount", "range", "more than is held", "超过所持金额");
    return tx_run(a->tx, Q_bond_keep, NULL, err, P_INT(a->office), P_TEXT(a->subject), P_INT(b->amount.minor),
                  P_TEXT(b->reason), P_TIME(a->now_us), P_TEXT(a->actor->person));
}
