/* Columns by the map of the office; orders by the standard. */
#include "core/service/batch_file.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/money_words.h"
#include "core/base/text.h"
#include "core/money/pain.h"
#include "core/money/table.h"

struct writing {
    const struct rows *head, *columns;
    struct table *table;
    FILE *orders;
};

static const char *reference_of(const char *id, char out[UUID_TEXT])
{
    char *to = out;

    for (; *id; id++)
        if (*id != '-')
            *to++ = *id;
    *to = '\0';
    return out;
}

static void words(struct table *t, int64_t fen)
{
    CLEANUP(buf_free) struct buf b = {0};

    money_words(fen, &b);
    table_text(t, b.data);
}

/* What the head says of every line, by the name of its column. */
static const char *from_head(const struct rows *head, const char *field)
{
    static const struct said {
        const char *field, *column;
    } of[] = {{"unit", "office"},
              {"indicator", "indicator"},
              {"functional_class", "functional_class"},
              {"economic_department", "economic_department"},
              {"economic_government", "economic_government"},
              {"project_code", "project_code"},
              {"payment_kind", "payment_kind"},
              {"method", "method"},
              {"payer", "holder"},
              {"payer_account", "account"},
              {"payer_bank", "bank_name"},
              {"purpose", "purpose"},
              {NULL, NULL}};

    for (const struct said *at = of; at->field; at++)
        if (strcmp(at->field, field) == 0)
            return row_text(head, 0, at->column);
    return "";
}

static void cell(const struct writing *w, const char *field, const struct rows *line)
{
    static const char *const own[] = {"contract",        "payee",    "payee_account", "payee_bank",
                                      "payee_bank_code", "bank_ref", "reason",        NULL};
    char reference[UUID_TEXT];

    for (const char *const *at = own; *at; at++)
        if (strcmp(*at, field) == 0) {
            table_text(w->table, row_text(line, 0, field));
            return;
        }
    if (strcmp(field, "no") == 0)
        table_int(w->table, row_int(line, 0, "no"));
    else if (strcmp(field, "amount") == 0)
        table_fen(w->table, row_int(line, 0, "amount_fen"));
    else if (strcmp(field, "amount_words") == 0)
        words(w->table, row_int(line, 0, "amount_fen"));
    else if (strcmp(field, "procurement") == 0)
        table_text(w->table, row_bool(w->head, 0, "procurement") ? "是" : "否");
    else if (strcmp(field, "reference") == 0)
        table_text(w->table, reference_of(row_text(line, 0, "id"), reference));
    else
        table_text(w->table, from_head(w->head, field));
}

static int table_line(void *arg, const struct rows *line, struct err *err)
{
    const struct writing *w = arg;

    (void)err;
    for (size_t i = 0; i < rows_count(w->columns); i++)
        cell(w, row_text(w->columns, i, "field"), line);
    table_row(w->table);
    return 0;
}

static int order_line(void *arg, const struct rows *line, struct err *err)
{
    const struct writing *w = arg;
    char reference[UUID_TEXT];
    const struct pain_order order = {.id = reference_of(row_text(line, 0, "id"), reference),
                                     .fen = row_int(line, 0, "amount_fen"),
                                     .payee = row_text(line, 0, "payee"),
                                     .payee_account = row_text(line, 0, "payee_account"),
                                     .payee_bank = row_text(line, 0, "payee_bank"),
                                     .payee_bank_code = row_text(line, 0, "payee_bank_code"),
                                     .purpose = row_text(w->head, 0, "purpose")};

    (void)err;
    pain_order(w->orders, &order);
    return 0;
}

static int lines(struct tx *tx, int32_t office, const char *batch, row_fn *fn, struct writing *w,
                 struct err *err)
{
    const struct param of[] = {P_INT(office), P_TEXT(batch)};

    return tx_each(tx, Q_batch_lines, of, LENGTH(of), fn, w, err);
}

static int table_make(struct tx *tx, int32_t office, const char *batch, enum table_format format,
                      struct writing *w, struct made_file *ret, struct err *err)
{
    const bool bank = strcmp(row_text(w->head, 0, "channel"), "bank") == 0;
    struct rows *columns = NULL;
    int status =
        tx_run(tx, Q_column_map_pairs, &columns, err, P_INT(office), P_TEXT(bank ? "bank_csv" : "treasury"));

    w->columns = columns;
    if (!status)
        status = table_open(format, &w->table, err);
    if (status)
        return status;
    for (size_t i = 0; i < rows_count(columns); i++)
        table_text(w->table, row_text(columns, i, "title"));
    table_row(w->table);
    status = lines(tx, office, batch, table_line, w, err);
    if (status) {
        int file;
        uint64_t bytes;
        if (table_close(w->table, &file, &bytes, NULL) == 0)
            close(file);
        return status;
    }
    return table_close(w->table, &ret->file, &ret->bytes, err);
}

static int orders_make(struct tx *tx, int32_t office, const char *batch, struct writing *w,
                       struct made_file *ret, struct err *err)
{
    const int file = file_unnamed();
    char id[UUID_TEXT];
    struct stat s = {0};
    int status = 0;

    w->orders = file >= 0 ? fdopen(dup(file), "w") : NULL;
    if (!w->orders) {
        if (file >= 0)
            close(file);
        return err_set(err, E_BROKEN, "server/broken", "no temporary file can be made");
    }
    const struct pain_head head = {.id = reference_of(batch, id),
                                   .made_us = row_time(w->head, 0, "exported"),
                                   .day = row_date(w->head, 0, "execute"),
                                   .count = row_int(w->head, 0, "payments"),
                                   .sum_fen = row_int(w->head, 0, "total_fen"),
                                   .payer = row_text(w->head, 0, "holder"),
                                   .payer_account = row_text(w->head, 0, "account"),
                                   .payer_bank = row_text(w->head, 0, "bank_name"),
                                   .payer_bank_code = row_text(w->head, 0, "bank_code")};
    pain_begin(w->orders, &head);
    status = lines(tx, office, batch, order_line, w, err);
    pain_end(w->orders);
    if (fclose(w->orders) != 0 || fstat(file, &s) != 0)
        status = err_set(err, E_BROKEN, "server/broken", "the disk is full");
    if (status) {
        close(file);
        return status;
    }
    ret->file = file;
    ret->bytes = (uint64_t)s.st_size;
    return 0;
}

static const struct kind {
    const char *format, *channel, *type, *suffix;
    int table; /* -1: orders */
} kinds[] = {
    {"pain_001", "bank", "application/xml", "xml", -1},
    {"csv", "bank", "text/csv; charset=utf-8", "csv", TABLE_CSV},
    {"csv_gb18030", "bank", "text/csv; charset=gb18030", "csv", TABLE_CSV_GB18030},
    {"csv", "treasury", "text/csv; charset=utf-8", "csv", TABLE_CSV},
    {"xlsx", "treasury", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx",
     TABLE_XLSX},
    {NULL, NULL, NULL, NULL, 0},
};

int batch_file_make(struct tx *tx, int32_t office, const char *batch, const char *format,
                    struct made_file *ret, struct err *err)
{
    const struct kind *kind = kinds;
    struct writing w = {0};
    struct rows *head = NULL;
    int status = tx_run(tx, Q_batch_head, &head, err, P_INT(office), P_TEXT(batch));

    if (status)
        return status;
    if (rows_count(head) == 0)
        return err_both(err, E_ABSENT, "batch/absent", "no such batch", "没有这个批次");
    while (kind->format &&
           (strcmp(kind->format, format) != 0 || strcmp(kind->channel, row_text(head, 0, "channel")) != 0))
        kind++;
    if (!kind->format)
        return err_both(err, E_ABSENT, "route/absent", "a batch of this kind has no such file",
                        "该批次没有这种格式的文件");
    if (row_null(head, 0, "exported"))
        return err_both(err, E_REFUSED, "state/refused", "its file was not given out yet", "该批次尚未报送");
    w.head = head;
    ret->type = kind->type;
    ret->name = arena_printf(tx_arena(tx), "batch-%lld-%lld.%s", (long long)row_int(head, 0, "year"),
                             (long long)row_int(head, 0, "number"), kind->suffix);
    return kind->table < 0 ? orders_make(tx, office, batch, &w, ret, err)
                           : table_make(tx, office, batch, (enum table_format)kind->table, &w, ret, err);
}
