/* CSV by hand, since it is a quote and a comma; XLSX by libxlsxwriter. */
#include "core/money/table.h"

#include <fcntl.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "core/base/time.h"
#include "core/base/xlsx.h"

enum { PATH_TEXT = 40 };

struct table {
    enum table_format format;
    int failed; /* an E_ code */
    /* CSV */
    FILE *file;
    iconv_t convert;
    bool begun; /* the row has a cell */
    /* XLSX */
    char path[PATH_TEXT];
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *money;
    uint32_t row;
    uint16_t column;
};

int file_unnamed(void)
{
    char path[PATH_TEXT] = "/tmp/linli-XXXXXX";
    const int file = mkostemp(path, O_CLOEXEC);

    if (file >= 0)
        unlink(path);
    return file;
}

static bool open_xlsx(struct table *t)
{
    int file;

    strcpy(t->path, "/tmp/linli-XXXXXX");
    file = mkostemp(t->path, O_CLOEXEC);
    if (file < 0)
        return false;
    close(file);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    t->book = workbook_new_opt(t->path, &options);
    t->sheet = t->book ? workbook_add_worksheet(t->book, NULL) : NULL;
    t->money = t->book ? workbook_add_format(t->book) : NULL;
    if (!t->sheet || !t->money)
        return false;
    format_set_num_format(t->money, "#,##0.00");
    return true;
}

static bool open_csv(struct table *t)
{
    const int file = file_unnamed();

    t->file = file >= 0 ? fdopen(file, "w+") : NULL;
    if (!t->file) {
        if (file >= 0)
            close(file);
        return false;
    }
    if (t->format == TABLE_CSV)
        return fputs("\xEF\xBB\xBF", t->file) >= 0;
    t->convert = iconv_open("GB18030", "UTF-8");
    return t->convert != (iconv_t)-1;
}

int table_open(enum table_format format, struct table **ret, struct err *err)
{
    struct table *t = calloc(1, sizeof *t);

    MUST(t);
    t->format = format;
    t->convert = (iconv_t)-1;
    if (format == TABLE_XLSX ? open_xlsx(t) : open_csv(t)) {
        *ret = t;
        return 0;
    }
    t->failed = E_BROKEN;
    return table_close(t, NULL, NULL, err);
}

/* ---- CSV ---- */

static void put(struct table *t, const char *text, size_t size)
{
    char out[1024];
    char *from = (char *)(uintptr_t)text;

    if (t->format == TABLE_CSV) {
        fwrite(text, 1, size, t->file);
        return;
    }
    while (size > 0) {
        char *to = out;
        size_t room = sizeof out;
        const size_t was = size;

        const size_t made = iconv(t->convert, &from, &size, &to, &room);
        fwrite(out, 1, sizeof out - room, t->file);
        if (made == (size_t)-1 && size == was) {
            t->failed = E_INVALID;
            return;
        }
    }
}

static void cell(struct table *t, const char *text, size_t size, bool ours)
{
    const char *const end = text + size;

    if (t->begun)
        put(t, ",", 1);
    t->begun = true;
    put(t, "\"", 1);
    if (!ours && size > 0 && text[0] && strchr("=+-@\t\r", text[0]))
        put(t, "'", 1);
    for (const char *p = text; p < end;) {
        const char *quote = memchr(p, '"', (size_t)(end - p));

        put(t, p, (size_t)((quote ? quote : end) - p));
        if (quote)
            put(t, "\"\"", 2);
        p = quote ? quote + 1 : end;
    }
    put(t, "\"", 1);
}

/* ---- cells ---- */

static void check(struct table *t, lxw_error made)
{
    if (made != LXW_NO_ERROR && !t->failed)
        t->failed = E_BROKEN;
}

void table_text(struct table *t, const char *text)
{
    table_textn(t, text ? text : "", text ? strlen(text) : 0);
}

/* So many bytes of a text are `most` units of UTF-16, as Excel counts; what a character would have cut goes
 * whole. */
static size_t cut_at(const char *text, size_t size, size_t most)
{
    size_t units = 0, i = 0;

    for (; i < size; i++) {
        const unsigned char c = (unsigned char)text[i];
        const size_t more = (c & 0xC0) == 0x80 ? 0 : c >= 0xF0 ? 2 : 1;

        if (units + more > most)
            break;
        units += more;
    }
    return i;
}

static void write_text(struct table *t, const char *text, size_t size)
{
    const size_t whole = cut_at(text, size, XLSX_CELL_MAX);
    const bool fits = whole == size;
    char *cell = NULL;

    MUST(asprintf(&cell, "%.*s%s", (int)(fits ? size : cut_at(text, size, XLSX_CELL_MAX - 1)), text,
                  fits ? "" : "\u2026") >= 0);
    check(t, worksheet_write_string(t->sheet, t->row, t->column, cell, NULL));
    free(cell);
}

void table_textn(struct table *t, const char *text, size_t size)
{
    if (t->format != TABLE_XLSX) {
        cell(t, text, size, false);
        return;
    }
    if (size > 0)
        write_text(t, text, size);
    t->column++;
}

void table_fen(struct table *t, int64_t fen)
{
    char text[MONEY_TEXT];

    if (t->format != TABLE_XLSX) {
        money_print(fen, text);
        cell(t, text, strlen(text), true);
        return;
    }
    /* The library takes binary fractions: of two whole numbers below 2^53 one division, which is rounded
     * once. */
    check(t,
          worksheet_write_number(t->sheet, t->row, t->column++,
                                 ((int)(fen / 1000000000) * 1e9 + (int)(fen % 1000000000)) / 1e2, t->money));
}

void table_int(struct table *t, int64_t n)
{
    char text[24];

    snprintf(text, sizeof text, "%lld", (long long)n);
    if (t->format != TABLE_XLSX)
        cell(t, text, strlen(text), true);
    else
        check(t, worksheet_write_number(t->sheet, t->row, t->column++,
                                        (int)(n / 1000000000) * 1e9 + (int)(n % 1000000000), NULL));
}

void table_date(struct table *t, int32_t day)
{
    char text[DATE_TEXT] = "";

    if (day)
        date_print(day, text);
    table_text(t, text);
}

void table_row(struct table *t)
{
    if (t->format != TABLE_XLSX)
        put(t, "\r\n", 2);
    t->begun = false;
    t->row++;
    t->column = 0;
}

/* ---- the end ---- */

static int take(struct table *t)
{
    int file = -1;

    if (t->format == TABLE_XLSX) {
        if (t->book)
            check(t, workbook_close(t->book));
        if (!t->failed)
            file = open(t->path, O_RDONLY | O_CLOEXEC);
        if (t->path[0])
            unlink(t->path);
        return file;
    }
    if (t->file && !t->failed && fflush(t->file) == 0 && !ferror(t->file))
        file = fcntl(fileno(t->file), F_DUPFD_CLOEXEC, 0);
    if (t->file)
        fclose(t->file);
    if (t->convert != (iconv_t)-1)
        iconv_close(t->convert);
    return file;
}

int table_close(struct table *t, int *ret_file, uint64_t *ret_bytes, struct err *err)
{
    const int file = take(t), failed = t->failed;
    struct stat s;

    free(t);
    if (file >= 0 && (failed || !ret_file || fstat(file, &s) != 0)) {
        close(file);
        return err_set(err, E_BROKEN, "server/broken", "a table could not be written");
    }
    if (file < 0)
        return failed == E_INVALID ? err_both(err, E_INVALID, "file/unreadable",
                                              "a character is not in GB18030", "含有 GB18030 没有的字符")
                                   : err_set(err, E_BROKEN, "server/broken", "a table could not be written");
    *ret_file = file;
    *ret_bytes = (uint64_t)s.st_size;
    return 0;
}
