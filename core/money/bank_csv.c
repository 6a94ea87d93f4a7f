/* A bank's table, CSV by libcsv or XLSX: cells go to fields by the titles of the first row. */
#include "core/money/bank_csv.h"

#include <csv.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/base/xlsx.h"

enum { COLUMNS_MAX = 100, CELL_MAX = 1000, KEPT_MAX = 64 << 20 };

bool bank_list_add(struct bank_list *list, const struct bank_entry *e)
{
    if (list->count == BANK_ENTRIES_MAX)
        return false;
    if (list->count == list->room) {
        struct bank_entry *more = ARENA_NEW(list->arena, struct bank_entry, list->room = list->room * 2 + 64);
        if (list->count)
            memcpy(more, list->items, list->count * sizeof *more);
        list->items = more;
    }
    list->items[list->count++] = *e;
    return true;
}

struct sheet {
    struct bank_list *list;
    const struct bank_columns *columns;
    const char *field_of[COLUMNS_MAX]; /* NULL: a column nobody asked for */
    size_t row, column, kept;
    struct bank_entry now;
    bool used;   /* the row has a cell that is not empty */
    bool told;   /* and says what became of it */
    bool titled; /* the first row has the titles that have to be there */
    const char *fault, *fault_zh;
};

static void wrong(struct sheet *s, const char *text, const char *zh)
{
    if (!s->fault)
        s->fault = text, s->fault_zh = zh;
}

static void title(struct sheet *s, const char *text)
{
    for (size_t i = 0; i < s->columns->count; i++)
        if (strcmp(text, s->columns->titles[i]) == 0)
            s->field_of[s->column] = s->columns->fields[i];
}

/* What nobody knows is not taken for "not yet": then nobody would look. */
static bool outcome(const char *text, enum bank_outcome *ret)
{
    static const struct {
        const char *text;
        enum bank_outcome outcome;
    } words[] = {{"成功", BANK_SETTLED},     {"已支付", BANK_SETTLED},    {"交易成功", BANK_SETTLED},
                 {"支付成功", BANK_SETTLED}, {"settled", BANK_SETTLED},   {"失败", BANK_FAILED},
                 {"交易失败", BANK_FAILED},  {"支付失败", BANK_FAILED},   {"拒绝", BANK_FAILED},
                 {"failed", BANK_FAILED},    {"退票", BANK_RETURNED},     {"退回", BANK_RETURNED},
                 {"退汇", BANK_RETURNED},    {"returned", BANK_RETURNED}, {"处理中", BANK_OTHER},
                 {"待处理", BANK_OTHER},     {"已受理", BANK_OTHER},      {"其他", BANK_OTHER},
                 {"pending", BANK_OTHER},    {"other", BANK_OTHER}};

    for (size_t i = 0; i < LENGTH(words); i++)
        if (strcmp(text, words[i].text) == 0) {
            *ret = words[i].outcome;
            return true;
        }
    return false;
}

/* Thousands may be set apart. */
static bool amount(const char *text, int64_t *ret)
{
    char plain[MONEY_TEXT];
    size_t at = 0;
    const char *dot;

    for (; *text; text++) {
        if (*text == ',')
            continue;
        if (at + 4 >= sizeof plain)
            return false;
        plain[at++] = *text;
    }
    plain[at] = '\0';
    dot = strchr(plain, '.');
    strcat(plain, !dot ? ".00" : strlen(dot) == 2 ? "0" : "");
    return money_parse(plain, false, ret);
}

static bool day(const char *text, int32_t *ret)
{
    char iso[DATE_TEXT];

    if (strlen(text) == 8) {
        snprintf(iso, sizeof iso, "%.4s-%.2s-%.2s", text, text + 4, text + 6);
        return date_parse(iso, ret);
    }
    snprintf(iso, sizeof iso, "%.10s", text);
    return date_parse(iso, ret);
}

/* A workbook says a text once and names it in a million cells. */
static const char *copied(struct sheet *s, const char *text)
{
    if ((s->kept += strlen(text)) > KEPT_MAX) {
        wrong(s, "it holds too much", "内容过多");
        return "";
    }
    return arena_dup(s->list->arena, text);
}

static void value(struct sheet *s, const char *field, const char *text)
{
    if (strcmp(field, "reference") == 0)
        s->now.reference = copied(s, text);
    else if (strcmp(field, "bank_ref") == 0)
        s->now.bank_ref = copied(s, text);
    else if (strcmp(field, "reason") == 0)
        s->now.reason = copied(s, text);
    else if (strcmp(field, "outcome") == 0 && !(s->told = outcome(text, &s->now.outcome)))
        wrong(s, "an outcome is a word nobody knows", "处理结果是未知的词");
    else if (strcmp(field, "amount") == 0 && !amount(text, &s->now.fen))
        wrong(s, "an amount cannot be read", "金额无法读取");
    else if (strcmp(field, "booked") == 0 && !day(text, &s->now.day))
        wrong(s, "a date cannot be read", "日期无法读取");
}

/* As what is typed is read: a number is the same with blanks before and behind it. */
static const char *trimmed(const char *text, char room[CELL_MAX + 1])
{
    size_t bytes;
    const char *from = text_trimmed(text, &bytes);

    memcpy(room, from, bytes);
    room[bytes] = '\0';
    return room;
}

static void on_cell(void *bytes, size_t count, void *arg)
{
    struct sheet *s = arg;
    const char *text = bytes ? bytes : "";
    char room[CELL_MAX + 1];

    if (s->column >= COLUMNS_MAX || count > CELL_MAX)
        wrong(s, "it has too many columns, or a cell is too long", "列数过多或单元格过长");
    if (s->fault)
        return;
    /* Our own files guard such cells; spreadsheets keep the guard. */
    if (text[0] == '\'')
        text++;
    if (s->row > 0)
        text = trimmed(text, room);
    if (s->row == 0)
        title(s, text);
    else if (text[0] && s->field_of[s->column])
        value(s, s->field_of[s->column], text);
    s->used = s->used || text[0];
    s->column++;
}

static bool has_all(const struct sheet *s)
{
    static const char *const needed[] = {"reference", "outcome"};
    size_t found = 0;

    for (size_t n = 0; n < LENGTH(needed); n++)
        for (size_t i = 0; i < COLUMNS_MAX; i++)
            if (s->field_of[i] && strcmp(s->field_of[i], needed[n]) == 0) {
                found++;
                break;
            }
    return found == LENGTH(needed);
}

static void on_row(int end, void *arg)
{
    struct sheet *s = arg;

    (void)end;
    /* What nothing is said of is not taken for "not yet" either. */
    if (s->row == 0)
        s->titled = has_all(s);
    else if (s->titled && s->now.reference && !s->told)
        wrong(s, "its outcome is missing", "处理结果为空");
    if (s->row > 0 && s->used && !s->fault) {
        if (!s->now.bank_ref)
            s->now.bank_ref = s->now.reference ? arena_printf(s->list->arena, "-/%s", s->now.reference) : "-";
        if (!bank_list_add(s->list, &s->now))
            wrong(s, "it has too many entries", "记录过多");
    }
    if (!s->fault)
        s->row++;
    s->column = 0;
    s->used = s->told = false;
    s->now = (struct bank_entry){.outcome = BANK_OTHER};
}

/* As UTF-8, from what it is said to be; NULL: it is not. */
static const char *decoded(struct arena *arena, const char *from, const char *bytes, size_t *count)
{
    const size_t room = *count * 2 + 4;
    char *out = ARENA_NEW(arena, char, room), *to = out, *at = (char *)(uintptr_t)bytes;
    size_t left = *count, free_bytes = room;
    iconv_t convert = iconv_open("UTF-8", from);

    MUST(convert != (iconv_t)-1);
    const size_t made = iconv(convert, &at, &left, &to, &free_bytes);
    iconv_close(convert);
    if (made == (size_t)-1)
        return NULL;
    *count = room - free_bytes;
    return out;
}

static int outcome_of(struct sheet *s, struct err *err)
{
    if (!s->fault && !s->titled) {
        wrong(s, "its first row has not the titles of the map", "首行没有列名映射中的标题");
        s->row = 0;
    }
    if (!s->fault)
        return 0;
    err_set(err, E_INVALID, "file/unreadable", "row %zu: %s", s->row + 1, s->fault);
    err_zh(err, "第 %zu 行：%s", s->row + 1, s->fault_zh);
    return E_INVALID;
}

int bank_csv_read(struct bank_list *list, const char *bytes, size_t count, const struct bank_columns *columns,
                  struct err *err)
{
    struct sheet s = {.list = list, .columns = columns, .now = {.outcome = BANK_OTHER}};
    struct csv_parser parser;

    const char *text = decoded(list->arena, "UTF-8", bytes, &count);
    if (!text)
        text = decoded(list->arena, "GB18030", bytes, &count);
    if (!text)
        return err_both(err, E_INVALID, "file/unreadable", "neither UTF-8 nor GB18030",
                        "文件编码既非UTF-8也非GB18030");
    if (count >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        text += 3, count -= 3;
    MUST(csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) == 0);
    if (csv_parse(&parser, text, count, on_cell, on_row, &s) != count ||
        csv_fini(&parser, on_cell, on_row, &s) != 0)
        wrong(&s, "a quote is out of place", "引号位置有误");
    csv_free(&parser);
    return outcome_of(&s, err);
}

static int on_xlsx_row(void *arg, size_t line, const char *const *cells, size_t count, struct err *err)
{
    struct sheet *s = arg;

    (void)err;
    if (s->row > 0)
        s->row = line - 1;
    for (size_t i = 0; i < count; i++)
        on_cell((char *)(uintptr_t)cells[i], strlen(cells[i]), s);
    on_row(0, s);
    return s->fault ? E_INVALID : 0;
}

int bank_xlsx_read(struct bank_list *list, const char *bytes, size_t count,
                   const struct bank_columns *columns, struct err *err)
{
    struct sheet s = {.list = list, .columns = columns, .now = {.outcome = BANK_OTHER}};
    const int status = xlsx_read(bytes, count, on_xlsx_row, &s, err);

    return status && !s.fault ? status : outcome_of(&s, err);
}
