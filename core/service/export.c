/* Tables by table: a statement, its columns, their titles. */
#include "core/service/export.h"

#include <string.h>
#include <unistd.h>

#include "core/money/table.h"

enum as { TEXT, FEN, NUMBER, DAY };
struct column {
    const char *name, *title;
    enum as as;
};
enum { COLUMNS_MAX = 12 };

static const struct export
{
    enum statement_id statement;
    const char *name;
    struct column columns[COLUMNS_MAX];
}
exports[] = {
    [EXPORT_STATEMENT] = {Q_statement_export,
                          "statement",
                          {{"day", "日期", DAY},
                           {"budget_item", "预算项目", TEXT},
                           {"kind", "凭证类别", TEXT},
                           {"tender", "项目编号", TEXT},
                           {"contract", "合同编号", TEXT},
                           {"payee", "收款人", TEXT},
                           {"bank_ref", "支付凭证号", TEXT},
                           {"bucket", "科目", TEXT},
                           {"debit_fen", "借方", FEN},
                           {"credit_fen", "贷方", FEN},
                           {"after_fen", "科目余额", FEN}}},
    [EXPORT_OVERDUE] = {Q_overdue_export,
                        "overdue",
                        {{"contract", "合同编号", TEXT},
                         {"title", "项目", TEXT},
                         {"payee", "收款人", TEXT},
                         {"amount_fen", "逾期金额", FEN},
                         {"due", "应付日", DAY},
                         {"days", "逾期天数", NUMBER},
                         {"rate", "利率", TEXT},
                         {"source", "依据", TEXT},
                         {"interest_fen", "逾期利息", FEN}}},
    [EXPORT_NONPROFIT] = {Q_nonprofit_list,
                          "nonprofit",
                          {{"no", "行次", NUMBER},
                           {"name", "项目", TEXT},
                           {"restricted_fen", "限定性", FEN},
                           {"unrestricted_fen", "非限定性", FEN},
                           {"total_fen", "合计", FEN}}},
    [EXPORT_FEES] = {Q_fee_sheet,
                     "fees",
                     {{"no", "序号", NUMBER},
                      {"payee", "姓名", TEXT},
                      {"id_number", "身份证件号码", TEXT},
                      {"work", "劳务内容", TEXT},
                      {"worked", "日期", DAY},
                      {"gross_fen", "税前金额", FEN},
                      {"tax_fen", "代扣个人所得税", FEN},
                      {"net_fen", "实发金额", FEN},
                      {"bank_name", "开户行", TEXT},
                      {"account", "账号", TEXT},
                      {"signed", "签名", TEXT}}},
};

struct writing {
    const struct export *export;
    struct table *table;
};

static int line(void *arg, const struct rows *row, struct err *err)
{
    const struct writing *w = arg;

    (void)err;
    for (const struct column *c = w->export->columns; c < w->export->columns + COLUMNS_MAX && c->name; c++) {
        if (row_null(row, 0, c->name))
            table_text(w->table, NULL);
        else if (c->as == FEN)
            table_fen(w->table, row_int(row, 0, c->name));
        else if (c->as == NUMBER)
            table_int(w->table, row_int(row, 0, c->name));
        else if (c->as == DAY)
            table_date(w->table, row_date(row, 0, c->name));
        else
            table_text(w->table, row_text(row, 0, c->name));
    }
    table_row(w->table);
    return 0;
}

int export_make(struct tx *tx, enum export_kind kind, const char *format, const struct param *params,
                size_t count, struct made_file *ret, struct err *err)
{
    const bool xlsx = strcmp(format, "xlsx") == 0;
    struct writing w = {.export = &exports[kind]};
    int status;

    if (!xlsx && strcmp(format, "csv") != 0)
        return err_both(err, E_ABSENT, "route/absent", "csv or xlsx", "格式为 csv 或 xlsx");
    status = table_open(xlsx ? TABLE_XLSX : TABLE_CSV, &w.table, err);
    if (status)
        return status;
    for (const struct column *c = w.export->columns; c < w.export->columns + COLUMNS_MAX && c->name; c++)
        table_text(w.table, c->title);
    table_row(w.table);
    status = tx_each(tx, w.export->statement, params, count, line, &w, err);
    ret->type = xlsx ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                     : "text/csv; charset=utf-8";
    ret->name = arena_printf(tx_arena(tx), "%s.%s", w.export->name, format);
    if (!status)
        return table_close(w.table, &ret->file, &ret->bytes, err);
    if (table_close(w.table, &ret->file, &ret->bytes, NULL) == 0)
        close(ret->file);
    return status;
}
