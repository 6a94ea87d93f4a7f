/*
 * Batches: the payments of a fund that go out together.  Where the office's own finance holds the fund they
 * are an application to the treasury; where a charity or a committee does, a file for its bank.  One person
 * makes a batch, another checks it, above the office's limit a third; once its file was given out nobody but
 * the bank knows what became of it, and it is looked up there, never sent anew.
 */
#include <stdio.h>
#include <string.h>

#include "acts.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/domain/names.h"
#include "core/service/forms.h"
#include "core/service/paying.h"
#include "core/service/tender.h"

/* ---- the account a fund pays from: entered by one, confirmed by another ---- */

struct account_body {
    const char *holder, *bank_name, *bank_code, *account;
};
static const linli_option account_rows[] = {
    ROW_LINE(account_body, holder, true, 200, "户名", "holder"),
    ROW_LINE(account_body, bank_name, true, 200, "开户行", "bank"),
    ROW_SAID(account_body, bank_code, STRING, true, 12, 12, "line", "联行号", "bank code", "12位数字",
             "12 digits"),
    ROW_LINE(account_body, account, true, 34, "账号", "account number"),
};
const struct form form_fund_account_add = FORM(account_rows, struct account_body);

int act_fund_account_add(struct act *a, struct err *err)
{
    const struct account_body *b = a->body;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);

    int status = bank_fits(b->bank_code, "/bank_code", b->account, "/account", err);

    if (status)
        return status;
    id_new(a->office, id);
    a->subject = id;
    return tx_run(a->tx, Q_fund_account_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(a->path[0]),
                  P_TEXT(b->holder), P_TEXT(b->bank_name), P_TEXT(b->bank_code), P_TEXT(b->account),
                  P_TIME(a->now_us), P_TEXT(a->actor->person));
}

int act_fund_account_confirm(struct act *a, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_fund_account_confirm, &r, err, P_INT(a->office), P_TEXT(a->path[0]),
                        P_TEXT(a->path[1]), P_TIME(a->now_us), P_TEXT(a->actor->person));

    a->subject = a->path[1];
    if (!status && rows_count(r) == 0)
        return err_both(err, E_REFUSED, "approval/same-person",
                        "a second person confirms an account that waits for it",
                        "须由另一人确认尚未确认的账户");
    return status;
}

/* ---- columns of a form ---- */

static const char *const form_codes[] = {"treasury", "bank_csv", "result_csv", NULL};
static const linli_text form_labels[] = {{"支付申请", "payment application"},
                                         {"银行批量文件", "bank batch file"},
                                         {"银行回执文件", "bank result file"},
                                         {NULL, NULL}};
static const char *const field_codes[] = {"no",
                                          "unit",
                                          "indicator",
                                          "functional_class",
                                          "economic_department",
                                          "economic_government",
                                          "project_code",
                                          "payment_kind",
                                          "method",
                                          "contract",
                                          "payee",
                                          "payee_account",
                                          "payee_bank",
                                          "payee_bank_code",
                                          "payer",
                                          "payer_account",
                                          "payer_bank",
                                          "amount",
                                          "amount_words",
                                          "purpose",
                                          "procurement",
                                          "reference",
                                          "outcome",
                                          "bank_ref",
                                          "booked",
                                          "reason",
                                          NULL};
static const linli_text field_labels[] = {{"序号", "no"},
                                          {"预算单位", "unit"},
                                          {"指标", "indicator"},
                                          {"功能分类", "functional class"},
                                          {"部门经济分类", "economic class of the department"},
                                          {"政府经济分类", "economic class of the government"},
                                          {"项目代码", "project code"},
                                          {"支付类型", "kind of payment"},
                                          {"结算方式", "method"},
                                          {"合同", "contract"},
                                          {"收款人", "payee"},
                                          {"收款账号", "payee's account"},
                                          {"收款银行", "payee's bank"},
                                          {"收款联行号", "its code"},
                                          {"付款人", "payer"},
                                          {"付款账号", "payer's account"},
                                          {"付款银行", "payer's bank"},
                                          {"金额", "amount"},
                                          {"大写金额", "amount in words"},
                                          {"用途", "purpose"},
                                          {"政府采购", "procurement"},
                                          {"明细标识", "reference"},
                                          {"结果", "outcome"},
                                          {"流水号", "bank reference"},
                                          {"日期", "day"},
                                          {"原因", "reason"},
                                          {NULL, NULL}};

struct column {
    int32_t field;
    const char *title;
};
struct map_body {
    int32_t form;
    linli_list columns;
};
static const linli_option column_rows[] = {
    ROW_CHOICE(column, field, true, field_codes, field_labels, NULL, "字段", "field"),
    ROW_LINE(column, title, true, 60, "列名", "title"),
};
static const linli_option map_rows[] = {
    ROW_CHOICE(map_body, form, true, form_codes, form_labels, NULL, "表格", "form"),
    ROW_LIST(map_body, columns, true, 1, 40, column_rows, column, "各列", "columns in their order"),
};
const struct form form_column_map_set = FORM(map_rows, struct map_body);

static int column_wrong(struct act *a, const char *member, size_t i, const char *text, const char *zh,
                        struct err *err)
{
    err_both(err, E_INVALID, "body/invalid", text, zh);
    err_at(err, arena_printf(a->arena, "/columns/%zu/%s", i, member), "duplicate", text, zh);
    return E_INVALID;
}

/* Each field and each title once: a file is read back by its titles. */
static int columns_differ(struct act *a, const struct column *c, size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++) {
            if (c[i].field == c[k].field)
                return column_wrong(a, "field", i, "a field has one column", "同一字段只能有一列", err);
            if (strcmp(c[i].title, c[k].title) == 0)
                return column_wrong(a, "title", i, "a title names one column", "列名不得重复", err);
        }
    return 0;
}

/* Of a bank's answer: which payment, and what became of it; without them no file of it could be read. */
static int result_columns(const struct column *c, size_t count, struct err *err)
{
    bool reference = false, outcome = false;

    for (size_t i = 0; i < count; i++) {
        reference = reference || strcmp(field_codes[c[i].field], "reference") == 0;
        outcome = outcome || strcmp(field_codes[c[i].field], "outcome") == 0;
    }
    if (reference && outcome)
        return 0;
    err_both(err, E_INVALID, "body/invalid", "the answer of a bank has the columns reference and outcome",
             "银行回执须有明细标识和结果两列");
    err_at(err, "/columns", "required", "the columns reference and outcome", "须有明细标识和结果两列");
    return E_INVALID;
}

int act_column_map_set(struct act *a, struct err *err)
{
    const struct map_body *b = a->body;
    const struct column *c = b->columns.items;
    const char **fields = ARENA_NEW(a->arena, const char *, b->columns.count);
    const char **titles = ARENA_NEW(a->arena, const char *, b->columns.count);

    int status = columns_differ(a, c, b->columns.count, err);

    if (!status && strcmp(form_codes[b->form], "result_csv") == 0)
        status = result_columns(c, b->columns.count, err);
    for (size_t i = 0; i < b->columns.count; i++) {
        fields[i] = field_codes[c[i].field];
        titles[i] = c[i].title;
    }
    return status ? status
                  : tx_run(a->tx, Q_column_map_set, NULL, err, P_INT(a->office), P_TEXT(form_codes[b->form]),
                           P_TEXTS(fields, b->columns.count), P_TEXTS(titles, b->columns.count));
}

/* ---- batch_make ---- */

struct batch_body {
    linli_list payments; /* of const char * */
    const char *appropriation, *indicator, *functional_class, *economic_department, *economic_government,
        *project_code, *payment_kind, *method, *purpose;
    linli_date execute;
    bool procurement, has_procurement;
};
static const linli_option payment_row[] = {{.name = "",
                                            .type = LINLI_OPT_ID,
                                            .required = true,
                                            .label = {"付款单", "payment"},
                                            .help = {"付款单编号", "a payment that was ordered"}}};
static const linli_option batch_rows[] = {
    {.name = "payments",
     .type = LINLI_OPT_LIST,
     .offset = offsetof(struct batch_body, payments),
     .low = 0,
     .high = 10000,
     .item = payment_row,
     .item_count = 1,
     .item_size = sizeof(const char *),
     .label = {"付款单", "payments"},
     .help = {"不填则为该资金全部待付的付款单", "left out: all of the fund that wait"}},
    ROW_ID(batch_body, appropriation, false, "预算指标（只列该指标的付款单）", "only of this appropriation"),
    ROW_LINE(batch_body, indicator, false, 60, "指标文号", "budget indicator"),
    ROW_LINE(batch_body, functional_class, false, 20, "支出功能分类科目", "functional class"),
    ROW_LINE(batch_body, economic_department, false, 20, "部门预算支出经济分类",
             "economic class of the department"),
    ROW_LINE(batch_body, economic_government, false, 20, "政府预算支出经济分类",
             "economic class of the government"),
    ROW_LINE(batch_body, project_code, false, 40, "项目代码", "project code"),
    ROW_LINE(batch_body, payment_kind, false, 40, "支付类型（直接支付、授权支付）",
             "kind of payment: direct, authorised"),
    ROW_LINE(batch_body, method, false, 40, "结算方式", "method of settlement"),
    ROW_WITH(batch_body, procurement, BOOL, false, .present = offsetof(struct batch_body, has_procurement),
             .label = {"政府采购标识", "procurement"}, .help = {"是否政府采购", "is it procurement"}),
    ROW(batch_body, execute, DATE, false, 0, 0, NULL, "银行执行日期", "day the bank is to execute it"),
    ROW_LINE(batch_body, purpose, true, 100, "用途", "purpose"),
};
const struct form form_batch_make = FORM(batch_rows, struct batch_body);

static int lacking(struct err *err, const char *pointer)
{
    err_both(err, E_INVALID, "body/invalid", "the form has to be complete", "支付申请填写不完整");
    err_at(err, pointer, "required", "required", "必填");
    return E_INVALID;
}

static int execute_ahead(const struct act *a, linli_date day, struct err *err)
{
    if (day.day >= day_of(a->now_us))
        return 0;
    err_both(err, E_INVALID, "body/invalid", "the day has passed already", "日期已过");
    err_at(err, "/execute", "range", "must not have passed", "不得早于今天");
    return E_INVALID;
}

/* What the road asks for: a form for the treasury, a payer and a day for a bank. */
static int complete(const struct act *a, const struct batch_body *b, const char *channel, const char *payer,
                    struct err *err)
{
    const struct needed {
        const char *value, *pointer;
    } needed[] = {{b->indicator, "/indicator"},
                  {b->functional_class, "/functional_class"},
                  {b->economic_department, "/economic_department"},
                  {b->economic_government, "/economic_government"},
                  {b->payment_kind, "/payment_kind"},
                  {b->method, "/method"},
                  {NULL, NULL}};

    if (strcmp(channel, "bank") == 0) {
        if (!payer)
            return err_both(err, E_REFUSED, "account/none", "the fund has no confirmed account to pay from",
                            "该资金没有已确认的付款账户");
        return b->execute.day ? execute_ahead(a, b->execute, err) : lacking(err, "/execute");
    }
    for (const struct needed *at = needed; at->pointer; at++)
        if (!at->value)
            return lacking(err, at->pointer);
    return b->has_procurement ? 0 : lacking(err, "/procurement");
}

static int batch_add(struct act *a, const struct batch_body *b, const struct rows *terms, int year,
                     int32_t number, struct err *err)
{
    const bool bank = strcmp(row_text(terms, 0, "channel"), "bank") == 0;
    struct rows *r = NULL;
    int status =
        tx_run(a->tx, Q_batch_add, &r, err, P_INT(a->office), P_TEXT(a->subject), P_TEXT(a->path[0]),
               b->payments.count ? P_TEXTS(b->payments.items, b->payments.count) : P_NULL, P_INT(year),
               P_INT(number), P_TEXT(row_text(terms, 0, "channel")), P_TEXT(b->indicator),
               P_TEXT(b->functional_class), P_TEXT(b->economic_department), P_TEXT(b->economic_government),
               P_TEXT(b->project_code), P_TEXT(b->payment_kind), P_TEXT(b->method),
               b->has_procurement ? P_BOOL(b->procurement) : P_NULL,
               bank ? P_TEXT(row_text(terms, 0, "payer_id")) : P_NULL, bank ? P_DATE(b->execute.day) : P_NULL,
               P_TEXT(b->appropriation), P_TEXT(b->purpose), P_TIME(a->now_us), P_TEXT(a->actor->person));

    if (status)
        return status;
    if (rows_count(r) == 0 || (b->payments.count && rows_count(r) != b->payments.count))
        return err_both(err, E_REFUSED, "batch/empty",
                        "each payment has to be ordered, of this fund and no other holder, in no batch, and "
                        "to have an account to go to",
                        "付款单须已发起、属于该资金且仅由其持有人支付、未列入其他批次，且收款账户完整");
    return 0;
}

int act_batch_make(struct act *a, struct err *err)
{
    const struct batch_body *b = a->body;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    struct rows *terms = NULL;
    int year, month, day, status;
    int32_t number = 0;

    date_split(day_of(a->now_us), &year, &month, &day);
    id_new(a->office, id);
    a->subject = id;
    status = tx_run(a->tx, Q_batch_terms, &terms, err, P_INT(a->office), P_TEXT(a->path[0]));
    if (!status)
        status = complete(a, b, row_text(terms, 0, "channel"), row_text(terms, 0, "payer_id"), err);
    if (!status)
        status = series_next(a, "batch", year, &number, err);
    return status ? status : batch_add(a, b, terms, year, number, err);
}

/* ---- batch_approve ---- */

static int batch_in(struct act *a, const char *const *states, struct rows **ret, struct err *err)
{
    int status = tx_run(a->tx, Q_batch_load, ret, err, P_INT(a->office), P_TEXT(a->subject));

    if (status)
        return status;
    const char *state = row_text(*ret, 0, "state");
    if (is_one_of(state, states))
        return 0;
    err_set(err, E_REFUSED, "state/refused", "the batch is %s", state);
    err_zh(err, "批次的状态不允许此操作");
    return E_REFUSED;
}

static bool is_me(const struct act *a, const struct rows *b, const char *who)
{
    return !row_null(b, 0, who) && strcmp(row_text(b, 0, who), a->actor->person) == 0;
}

/* All that is wrong with it, payment by payment, the first in words. */
static int no_faults(struct act *a, struct err *err)
{
    struct rows *r = NULL;
    CLEANUP(buf_free) struct buf why = {0};
    int status = tx_run(a->tx, Q_batch_faults, &r, err, P_INT(a->office), P_TEXT(a->subject),
                        P_TEXT(a->actor->person), P_TIME(a->now_us));

    if (status || rows_count(r) == 0)
        return status;
    err_set(err, E_REFUSED,
            strcmp(row_text(r, 0, "code"), "same-person") == 0 ? "payment/same-person"
            : strcmp(row_text(r, 0, "code"), "interest") == 0  ? "conflict/interest"
            : strcmp(row_text(r, 0, "code"), "officer") == 0   ? "payment/officer"
            : strcmp(row_text(r, 0, "code"), "payee") == 0     ? "payment/payee"
            : strcmp(row_text(r, 0, "code"), "chain") == 0     ? "approval/missing"
                                                               : "payment/held",
            "payment %s: %s", row_text(r, 0, "id"), row_text(r, 0, "en"));
    err_zh(err, "付款单 %s：%s", row_text(r, 0, "id"), row_text(r, 0, "zh"));
    if (!row_null(r, 0, "article"))
        err_article(err, row_text(r, 0, "article"));
    rows_json(r, &why);
    err->why_json = arena_ndup(a->arena, why.data, why.size);
    return E_REFUSED;
}

/* Of each of two who check it, as where payments are approved one by one. */
static int approval_told(struct act *a, const struct rows *payments, struct err *err)
{
    const char **ids = ARENA_NEW(a->arena, const char *, rows_count(payments));

    for (size_t i = 0; i < rows_count(payments); i++)
        ids[i] = row_text(payments, i, "id");
    return payments_told(a, "payment_approve", ids, rows_count(payments), a->subject, err);
}

static int check_all(struct act *a, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_batch_check, &r, err, P_INT(a->office), P_TEXT(a->subject),
                        P_TEXT(a->actor->person), P_TIME(a->now_us));

    return status ? status : approval_told(a, r, err);
}

static int send_all(struct act *a, struct err *err)
{
    struct money m = act_money(a);
    struct money_line *lines;
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_batch_approve, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                        P_TEXT(a->actor->person), P_TIME(a->now_us));

    if (!status)
        status =
            tx_run(a->tx, Q_batch_send, &r, err, P_INT(a->office), P_TEXT(a->subject), P_TIME(a->now_us));
    if (status)
        return status;
    lines = ARENA_NEW(a->arena, struct money_line, rows_count(r));
    for (size_t i = 0; i < rows_count(r); i++)
        lines[i] = (struct money_line){.contract = row_text(r, i, "contract_id"),
                                       .payment = row_text(r, i, "id"),
                                       .fen = row_int(r, i, "amount_fen")};
    status = approval_told(a, r, err);
    return status ? status : money_send_all(&m, lines, rows_count(r), err);
}

/* A payment above the office's limit takes a third person, for the whole batch. */
static int wants_second(struct act *a, const struct rows *b, bool *ret, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_batch_above, &r, err, P_INT(a->office), P_TEXT(a->subject));

    *ret = !status && !row_null(b, 0, "second_check_fen") &&
           row_int(r, 0, "most_fen") > row_int(b, 0, "second_check_fen") && row_null(b, 0, "checker");
    return status;
}

/* A bank refuses a file of yesterday, or executes it on a day nobody agreed on. */
static int day_ahead(const struct act *a, const struct rows *b, struct err *err)
{
    char day[DATE_TEXT];

    if (row_null(b, 0, "execute") || row_date(b, 0, "execute") >= day_of(a->now_us))
        return 0;
    date_print(row_date(b, 0, "execute"), day);
    err_set(err, E_REFUSED, "batch/day",
            "it was to be executed on %s: an approver other than its maker sets a new day, or it is refused "
            "while it waits for approval",
            day);
    err_zh(err, "执行日期 %s 已过：可由编制人以外的审批人重新确定执行日期；尚未审批的也可退回重编", day);
    return E_REFUSED;
}

int act_batch_approve(struct act *a, struct err *err)
{
    static const char *const states[] = {"made", "checked", NULL};
    struct rows *b = NULL;
    bool second = false;
    int status = batch_in(a, states, &b, err);

    if (!status && (is_me(a, b, "maker") || is_me(a, b, "checker")))
        status = err_both(err, E_REFUSED, "payment/same-person", "another person has to check it",
                          "须由另一人复核");
    if (!status)
        status = tx_run(a->tx, Q_batch_lock, NULL, err, P_INT(a->office), P_TEXT(a->subject));
    if (!status)
        status = day_ahead(a, b, err);
    if (!status)
        status = no_faults(a, err);
    if (!status)
        status = wants_second(a, b, &second, err);
    if (status)
        return status;
    return second ? check_all(a, err) : send_all(a, err);
}

struct refuse_body {
    const char *reason;
};
static const linli_option refuse_rows[] = {ROW_TEXT(refuse_body, reason, true, 500, "理由", "reason")};
const struct form form_batch_refuse = FORM(refuse_rows, struct refuse_body);

int act_batch_refuse(struct act *a, struct err *err)
{
    static const char *const states[] = {"made", "checked", NULL};
    const struct refuse_body *b = a->body;
    struct rows *r = NULL;
    int status = batch_in(a, states, &r, err);

    return status ? status
                  : tx_run(a->tx, Q_batch_refuse, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                           P_TEXT(b->reason));
}

struct day_body {
    linli_date execute;
};
static const linli_option day_rows[] = {
    ROW(day_body, execute, DATE, true, 0, 0, NULL, "银行执行日期", "day the bank is to execute it")};
const struct form form_batch_day = FORM(day_rows, struct day_body);

/* Before its file was given out: payees and sums stay what was checked. */
int act_batch_day(struct act *a, struct err *err)
{
    static const char *const states[] = {"made", "checked", "approved", NULL};
    const struct day_body *b = a->body;
    struct rows *r = NULL;
    int status = batch_in(a, states, &r, err);

    if (!status && is_me(a, r, "maker"))
        status = err_both(err, E_REFUSED, "payment/same-person", "another person has to set it",
                          "须由编制人以外的人确定");
    if (!status && row_null(r, 0, "execute"))
        status = err_both(err, E_REFUSED, "state/refused", "only a file for a bank has such a day",
                          "仅银行文件有执行日期");
    if (!status)
        status = execute_ahead(a, b->execute, err);
    return status ? status
                  : tx_run(a->tx, Q_batch_day, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                           P_DATE(b->execute.day));
}

/* Given out a second time it is the same file, byte for byte: a bank knows it by its number. */
int act_batch_export(struct act *a, struct err *err)
{
    static const char *const states[] = {"approved", "unknown", NULL};
    struct rows *r = NULL;
    int status = batch_in(a, states, &r, err);

    if (!status && strcmp(row_text(r, 0, "state"), states[0]) == 0)
        status = day_ahead(a, r, err);
    return status ? status
                  : tx_run(a->tx, Q_batch_export, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                           P_TIME(a->now_us));
}
