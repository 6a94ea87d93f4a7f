/* Gifts to a fund, recorded with their receipt: a restricted one is a year's money of its own. */
#include <string.h>

#include "acts.h"
#include "core/base/time.h"
#include "core/money/ledger.h"
#include "core/service/forms.h"

enum { CASH, IN_KIND, SERVICE, PLEDGE };
static const char *const kind_codes[] = {"cash", "in_kind", "service", "pledge", NULL};
static const linli_text kind_labels[] = {{"现金", "cash"},
                                         {"实物折价", "in kind, valued"},
                                         {"服务折价", "a service, valued"},
                                         {"认捐", "pledge"},
                                         {NULL, NULL}};

struct gift_body {
    const char *donor, *restriction, *receipt;
    int32_t kind;
    bool anonymous;
    linli_money amount;
    linli_date received;
};
static const linli_option gift_rows[] = {
    ROW_LINE(gift_body, donor, true, 200, "捐赠人", "donor"),
    ROW_BOOL(gift_body, anonymous, "不公开姓名", "the donor wants no name published"),
    ROW_CHOICE(gift_body, kind, false, kind_codes, kind_labels, "cash", "种类", "kind"),
    ROW_MONEY(gift_body, amount, true, "金额或折价", "sum, or what it is worth"),
    ROW_SAID(gift_body, restriction, STRING, false, 1, 60, "line", "限定用途", "restriction",
             "服务领域；不填则为基金用途",
             "the field of service it is given for; left out: the fund's purpose"),
    ROW_SAID(gift_body, receipt, STRING, false, 4, 60, FORM_NUMBER, "捐赠票据号", "receipt", "认捐以外必填",
             "number of the donation receipt; needed but for a pledge"),
    ROW(gift_body, received, DATE, true, 0, 0, NULL, "收到日期", "day it was received"),
};
const struct form form_gift_record = FORM(gift_rows, struct gift_body);

static int receipt_taken(struct err *err)
{
    err_set(err, E_CONFLICT, "value/taken", "a gift with this receipt is recorded");
    err_zh(err, "该票据号已登记");
    err_at(err, "/receipt", "taken", "already recorded", "已登记");
    return E_CONFLICT;
}

static int receipt_claim(struct act *a, const struct gift_body *b, struct err *err)
{
    const struct rule_set *set = NULL;
    struct rows *r = NULL;
    int status;

    if (b->kind != PLEDGE && !b->receipt) {
        status = rules_here(a, LINLI_CHARITY, &set, err);
        const linli_rule *rule = status || !set ? NULL : rule_find(set->rules, set->count, "gift_receipt");
        if (status)
            return status;
        err_set(err, E_INVALID, "body/invalid", "a gift has a receipt");
        err_at(err, "/receipt", "required", "needed but for a pledge", "认捐以外必填");
        if (rule)
            err_article(err, rule->source);
        return E_INVALID;
    }
    if (!b->receipt)
        return 0;
    status =
        tx_run(a->tx, Q_claim_free, &r, err, P_INT(a->office), P_TEXT("gift_receipt"), P_TEXT(b->receipt));
    if (!status && !row_bool(r, 0, "free"))
        status = tx_run(a->tx, Q_claim_add, NULL, err, P_TEXT("gift_receipt"), P_TEXT(b->receipt),
                        P_TEXT(a->subject));
    return status == E_CONFLICT ? receipt_taken(err) : status;
}

/* The money of the year and restriction it was given for, made where it is the first. */
static int money_of(struct act *a, const char *fund, const struct gift_body *b, const char **ret,
                    struct err *err)
{
    struct rows *rows = NULL;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    int year, month, day;
    int status;

    date_split(b->received.day, &year, &month, &day);
    id_new(a->office, id);
    status = tx_run(a->tx, Q_gift_money, &rows, err, P_INT(a->office), P_TEXT(id), P_TEXT(fund), P_INT(year),
                    P_TEXT(b->restriction), P_TIME(a->now_us));
    if (!status)
        *ret = row_text(rows, 0, "id");
    return status;
}

int act_gift_record(struct act *a, struct err *err)
{
    const struct gift_body *b = a->body;
    const char *fund = a->path[0], *money = NULL;
    struct money m = act_money(a);
    int status;

    if (b->received.day > (int32_t)day_of(a->now_us)) {
        err_set(err, E_INVALID, "body/invalid", "it was not received yet");
        err_at(err, "/received", "range", "lies in the future", "晚于今日");
        return E_INVALID;
    }
    const char *id = act_makes(a);
    if ((status = receipt_claim(a, b, err)) ||
        (b->kind == CASH && (status = money_of(a, fund, b, &money, err))))
        return status;
    status = tx_run(a->tx, Q_gift_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(fund), P_TEXT(money),
                    P_TEXT(kind_codes[b->kind]), P_TEXT(b->donor), P_TEXT(b->anonymous ? NULL : b->donor),
                    P_INT(b->amount.minor), P_TEXT(b->restriction), P_TEXT(b->receipt),
                    P_DATE(b->received.day), P_TIME(a->now_us), P_TEXT(a->actor->person));
    if (status == E_CONFLICT)
        return receipt_taken(err);
    return status || !money ? status : money_appropriate(&m, money, id, b->amount.minor, err);
}

/* ---- recorded in error ---- */

struct gift_back {
    const char *reason;
};
static const linli_option back_rows[] = {ROW_TEXT(gift_back, reason, true, 2000, "理由", "reason")};
const struct form form_gift_reverse = FORM(back_rows, struct gift_back);

/* The entry of money is taken back with its journal; what brought none, by a second person here. */
int act_gift_reverse(struct act *a, struct err *err)
{
    struct rows *r = NULL;
    int status =
        tx_run(a->tx, Q_gift_load, &r, err, P_INT(a->office), P_TEXT(a->path[0]), P_TEXT(a->path[1]));

    if (status)
        return status;
    if (rows_count(r) == 0)
        return err_both(err, E_ABSENT, "subject/absent", "the fund has no such gift", "该资金没有这笔捐赠");
    a->subject = a->path[1];
    if (strcmp(row_text(r, 0, "kind"), kind_codes[CASH]) == 0)
        return err_both(err, E_REFUSED, "state/refused", "money is taken back by the reversal of its journal",
                        "现金捐赠通过冲正记账凭证更正");
    if (!row_null(r, 0, "reversed"))
        return err_both(err, E_REFUSED, "state/refused", "it was taken back already", "该笔捐赠已更正");
    if (strcmp(row_text(r, 0, "recorded_by"), a->actor->person) == 0)
        return err_both(err, E_REFUSED, "approval/same-person", "a second person has to do this",
                        "须由另一人办理");
    return tx_run(a->tx, Q_gift_reverse, NULL, err, P_INT(a->office), P_TEXT(a->subject), P_TIME(a->now_us));
}
