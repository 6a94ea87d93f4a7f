/*
 * Vouchers: what somebody hands in for the money.  Which kind is due follows from what the money is for; the
 * number is used once on the platform, also by a red one; the seller is whoever is paid.  A filed body, whose
 * host is paid, may have its cost reimbursed against the vouchers of others.
 */
#include <string.h>

#include "acts.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/domain/calendar.h"
#include "core/domain/names.h"
#include "core/service/forms.h"
#include "core/service/paying.h"

enum { EINVOICE, INVOICE, FISCAL_RECEIPT, DONATION_RECEIPT, RECEIPT };
static const char *const kind_codes[] = {"einvoice",         "invoice", "fiscal_receipt",
                                         "donation_receipt", "receipt", NULL};
static const linli_text kind_labels[] = {
    {"数电发票", "e-invoice"},        {"税控发票", "older invoice"}, {"往来结算票据", "fiscal receipt"},
    {"捐赠票据", "donation receipt"}, {"收据", "receipt"},           {NULL, NULL}};

struct voucher_body {
    int32_t kind;
    const char *code, *number, *seller, *seller_uscc;
    linli_money amount;
    linli_date issued;
    bool reimburses;
};

static const linli_option voucher_rows[] = {
    ROW_CHOICE(voucher_body, kind, true, kind_codes, kind_labels, NULL, "票据种类", "kind"),
    ROW_SAID(voucher_body, code, STRING, false, 1, 12, FORM_NUMBER, "发票代码", "code",
             "税控发票10或12位；财政票据的票据代码",
             "10 or 12 digits of an older invoice; that of a receipt of the finance authority"),
    ROW_SAID(voucher_body, number, STRING, true, 1, 40, FORM_NUMBER, "号码", "number",
             "数电发票20位，税控发票8位", "20 digits of an e-invoice, 8 of an older one"),
    ROW_LINE(voucher_body, seller, false, 200, "开票方名称", "seller"),
    ROW(voucher_body, seller_uscc, STRING, false, 18, 18, "uscc", "开票方统一社会信用代码",
        "social credit code of the seller"),
    ROW_MONEY(voucher_body, amount, true, "价税合计", "amount with tax"),
    ROW(voucher_body, issued, DATE, true, 0, 0, NULL, "开票日期", "day of issue"),
    ROW_BOOL(voucher_body, reimburses, "备案团队凭票报销", "a filed body's cost, paid to another"),
};
const struct form form_voucher_add = FORM(voucher_rows, struct voucher_body);

static int fault(struct err *err, const char *type, const char *pointer, const char *text, const char *zh)
{
    err_both(err, E_INVALID, type, text, zh);
    err_at(err, pointer, "format", text, zh);
    return E_INVALID;
}

static bool coded(const struct voucher_body *b)
{
    return b->kind == INVOICE || b->kind == FISCAL_RECEIPT || b->kind == DONATION_RECEIPT;
}

/* The number as it is kept, its code before it. */
static int number_of(struct act *a, const struct voucher_body *b, const char **ret, struct err *err)
{
    *ret = b->number;
    if (b->kind == EINVOICE && !digits_ok(b->number, 20))
        return fault(err, "body/invalid", "/number", "an e-invoice has 20 digits", "数电发票号码为20位数字");
    if (!coded(b))
        return 0;
    if (b->kind != INVOICE && !b->code)
        return fault(err, "body/invalid", "/code", "a receipt of the finance authority has a code",
                     "财政票据应填写票据代码");
    if (b->kind == INVOICE && !digits_ok(b->code, 10) && !digits_ok(b->code, 12))
        return fault(err, "body/invalid", "/code", "its code has 10 or 12 digits",
                     "发票代码为10位或12位数字");
    if (b->kind == INVOICE && !digits_ok(b->number, 8))
        return fault(err, "body/invalid", "/number", "its number has 8 digits", "发票号码为8位数字");
    *ret = arena_printf(a->arena, "%s-%s", b->code, b->number);
    return 0;
}

/* What makes it one of its kind: invoices are numbered for the whole country, receipts of the finance
 * authority by their code, plain ones by whoever wrote them. */
static const char *unique_of(struct act *a, const struct voucher_body *b, const char *number,
                             const struct terms *x)
{
    const char *seller = b->seller_uscc ? b->seller_uscc : b->seller;

    if (b->kind == EINVOICE || b->kind == INVOICE)
        return number;
    if (b->kind != RECEIPT)
        return arena_printf(a->arena, "%s\n%s", kind_codes[b->kind], number);
    return arena_printf(a->arena, "receipt\n%s\n%s", b->reimburses && seller ? seller : x->payee_id, number);
}

/* A receipt without a tax number may have been written by hand; all others name their issuer. */
static int seller_fits(const struct voucher_body *b, const struct terms *x, struct err *err)
{
    if (b->reimburses && strcmp(x->organisation_kind, "filed") != 0)
        return fault(err, "voucher/seller", "/reimburses", "only a filed body's cost is reimbursed",
                     "只有备案团队可以凭票报销");
    if (b->kind != RECEIPT && !b->seller_uscc)
        return fault(err, "voucher/seller", "/seller_uscc", "it names its seller's code",
                     "应填写开票方统一社会信用代码");
    if (b->reimburses)
        return 0;
    if (b->seller_uscc && (!x->uscc || strcmp(b->seller_uscc, x->uscc) != 0))
        return fault(err, "voucher/seller", "/seller_uscc", "the seller is not the payee",
                     "开票方与收款人的统一社会信用代码不一致");
    if (b->seller && strcmp(b->seller, x->payee) != 0)
        return fault(err, "voucher/seller", "/seller", "the seller is not called as the payee is",
                     "开票方与收款人名称不一致");
    return 0;
}

static int kind_fits(struct act *a, const struct voucher_body *b, const char *regime, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_voucher_due, &r, err, P_TEXT(regime), P_TEXT(kind_codes[b->kind]));

    if (status || row_bool(r, 0, "fits"))
        return status;
    err_set(err, E_INVALID, "voucher/kind", "for this money one of these is due: %s", row_text(r, 0, "due"));
    err_zh(err, "此类资金应取得下列票据之一：%s", row_text(r, 0, "due"));
    err_at(err, "/kind", "choice", "another kind of voucher is due", "票据种类不符");
    return E_INVALID;
}

int pay_by(struct act *a, const struct tender *t, int64_t *ret_us, struct err *err)
{
    const linli_rule *rule = rule_find(t->rules.rules, t->rules.count, "payment_window");
    bool provisional = false;

    *ret_us = 0;
    return rule ? calendar_span(a->law->calendar, a->now_us, rule->period, LINLI_NO_ROLL, ret_us,
                                &provisional, err)
                : 0;
}

/* By when a voucher has to be paid that is there now; 0: its money is not earned yet. */
static int clock_of(struct act *a, const struct tranche *t, int64_t *ret_us, struct err *err)
{
    const bool earned = strcmp(t->trigger, "signing") == 0 || strcmp(t->state, "accepted") == 0 ||
                        strcmp(t->state, "released") == 0 || strcmp(t->state, "paid") == 0 ||
                        (strcmp(t->trigger, "date") == 0 && day_of(a->now_us) >= t->due_day);

    *ret_us = 0;
    return earned ? pay_by(a, t->tender, ret_us, err) : 0;
}

int vouchers_clock(struct act *a, const struct tranche *t, struct err *err)
{
    int64_t by_us = 0;
    int status = pay_by(a, t->tender, &by_us, err);

    return status
               ? status
               : tx_run(a->tx, Q_vouchers_clock, NULL, err, P_INT(a->office), P_TEXT(t->id), P_TIME(by_us));
}

static int may_hand_in(const struct act *a, const struct tranche *t, struct err *err)
{
    if ((a->roles & ROLES_OFFICE) || actor_of_organisation(a->actor, t->organisation_id))
        return 0;
    return err_set(err, E_FORBIDDEN, "auth/forbidden", "the contract is another organisation's");
}

int act_voucher_add(struct act *a, struct err *err)
{
    const struct voucher_body *b = a->body;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    const char *number = NULL;
    struct tranche t = {0};
    struct terms x = {0};
    int64_t by_us = 0;
    int status = tranche_load(a, a->path[0], &t, err);

    if (!status)
        status = may_hand_in(a, &t, err);
    if (!status)
        status = terms_load(a, t.id, &x, err);
    if (!status)
        status = kind_fits(a, b, x.regime, err);
    if (!status)
        status = number_of(a, b, &number, err);
    if (!status && b->issued.day > day_of(a->now_us))
        status = fault(err, "body/invalid", "/issued", "lies in the future", "晚于今日");
    if (!status)
        status = seller_fits(b, &x, err);
    id_new(a->office, id);
    a->subject = id;
    if (!status)
        status = unique_claim(a, "invoice", unique_of(a, b, number, &x), id, "/number", err);
    if (!status)
        status = clock_of(a, &t, &by_us, err);
    if (status)
        return status;
    return tx_run(a->tx, Q_voucher_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(t.id),
                  P_TEXT(kind_codes[b->kind]), P_TEXT(number), P_TEXT(b->seller), P_TEXT(b->seller_uscc),
                  P_BOOL(b->reimburses), P_INT(b->amount.minor), P_DATE(b->issued.day), P_TIME(a->now_us),
                  P_TEXT(a->actor->person), P_TIME(by_us));
}

int voucher_note(struct act *a, const struct tranche *t, const struct terms *x, const char *number,
                 int64_t pay_by_us, struct err *err)
{
    const bool einvoice = digits_ok(number, 20);
    const struct voucher_body b = {.kind = einvoice ? EINVOICE : RECEIPT,
                                   .seller = einvoice ? x->payee : NULL,
                                   .seller_uscc = einvoice ? x->uscc : NULL};
    struct rows *r = NULL;
    char id[UUID_TEXT];
    int status = tx_run(a->tx, Q_voucher_there, &r, err, P_INT(a->office), P_TEXT(t->id), P_TEXT(number));

    id_new(a->office, id);
    if (status || row_bool(r, 0, "there"))
        return status;
    status = kind_fits(a, &b, x->regime, err);
    if (!status)
        status = seller_fits(&b, x, err);
    if (!status)
        status = unique_claim(a, "invoice", unique_of(a, &b, number, x), id, "/invoice", err);
    if (status)
        return status;
    return tx_run(a->tx, Q_voucher_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(t->id),
                  P_TEXT(kind_codes[b.kind]), P_TEXT(number), P_TEXT(b.seller), P_TEXT(b.seller_uscc),
                  P_BOOL(false), P_INT(t->released_fen), P_NULL, P_TIME(a->now_us), P_TEXT(a->actor->person),
                  P_TIME(pay_by_us));
}

/* ---- a red one takes it back; the new one is handed in like any other ---- */

struct red_body {
    const char *red_number, *reason;
};
static const linli_option red_rows[] = {
    ROW_SAID(red_body, red_number, STRING, true, 1, 40, FORM_NUMBER, "红字票据号码", "number of the red one",
             "发票为20位数字，税控发票的也可为“代码-号码”",
             "20 digits of an invoice; of an older one also code-number"),
    ROW_TEXT(red_body, reason, true, 500, "冲红原因", "why"),
};
const struct form form_voucher_reverse = FORM(red_rows, struct red_body);

/* As an older invoice is kept: its code, a hyphen, its number. */
static bool older_ok(struct act *a, const char *text)
{
    const size_t code = strcspn(text, "-");

    return (code == 10 || code == 12) && text[code] == '-' &&
           digits_ok(arena_ndup(a->arena, text, code), code) && digits_ok(text + code + 1, 8);
}

/* It is a paper of its own, of the kind it takes back: an invoice is taken back by one, an older one by one
 * of either kind. */
static int red_fits(struct act *a, const struct voucher_body *taken, const char *red, struct err *err)
{
    if (strcmp(red, taken->number) == 0)
        return fault(err, "body/invalid", "/red_number", "the red one has a number of its own",
                     "红字票据应有自己的号码，不同于所冲销的票据");
    if (taken->kind == EINVOICE && !digits_ok(red, 20))
        return fault(err, "body/invalid", "/red_number", "an e-invoice has 20 digits",
                     "数电发票号码为20位数字");
    if (taken->kind == INVOICE && !digits_ok(red, 20) && !older_ok(a, red))
        return fault(err, "body/invalid", "/red_number", "an invoice has 20 digits, or code-number",
                     "发票号码为20位数字，税控发票的为“代码-号码”");
    return 0;
}

static struct voucher_body taken_of(const struct rows *r)
{
    struct voucher_body b = {.number = row_text(r, 0, "number"),
                             .seller = row_text(r, 0, "seller"),
                             .seller_uscc = row_text(r, 0, "seller_uscc"),
                             .reimburses = row_bool(r, 0, "reimburses")};

    while (strcmp(row_text(r, 0, "kind"), kind_codes[b.kind]) != 0)
        b.kind++;
    return b;
}

int act_voucher_reverse(struct act *a, struct err *err)
{
    const struct red_body *b = a->body;
    struct voucher_body taken = {0};
    struct rows *r = NULL;
    struct tranche t = {0};
    struct terms x = {0};
    int status = tx_run(a->tx, Q_voucher_load, &r, err, P_INT(a->office), P_TEXT(a->subject));

    if (!status)
        status = tranche_load(a, row_text(r, 0, "tranche_id"), &t, err);
    if (!status)
        status = may_hand_in(a, &t, err);
    if (!status)
        status = terms_load(a, t.id, &x, err);
    if (status)
        return status;
    taken = taken_of(r);
    status = red_fits(a, &taken, b->red_number, err);
    if (!status)
        status = unique_claim(a, "invoice", unique_of(a, &taken, b->red_number, &x), a->subject,
                              "/red_number", err);
    if (!status)
        status =
            tx_run(a->tx, Q_voucher_red, &r, err, P_INT(a->office), P_TEXT(a->subject), P_TEXT(b->red_number),
                   P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(b->reason));
    if (!status && rows_count(r) == 0)
        return err_both(err, E_REFUSED, "state/refused", "it was taken back already", "该票据已冲红");
    return status;
}
