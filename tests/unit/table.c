/*
 * Tables byte by byte: CSV as RFC 4180 has it, guarded against formulas (OWASP, CSV injection), GB18030, and
 * workbooks read back; on a disk that is full as well.
 */
#include <archive.h>
#include <archive_entry.h>
#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/base/xlsx.h"
#include "core/money/table.h"

static struct buf bytes, seen;
static struct err err;

static void teardown(void)
{
    buf_free(&bytes);
    buf_free(&seen);
}
TestSuite(table, .fini = teardown);

static struct table *opened(enum table_format format)
{
    struct table *t = NULL;

    cr_assert_eq(table_open(format, &t, &err), 0);
    return t;
}

/* The file's bytes; it has no name any more, and nothing stays open. */
static const char *closed(struct table *t)
{
    char path[40], name[100] = "";
    uint64_t size = 0;
    int file = -1;

    cr_assert_eq(table_close(t, &file, &size, &err), 0, "%s", err.detail);
    cr_expect(fcntl(file, F_GETFD) & FD_CLOEXEC);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    cr_assert(readlink(path, name, sizeof name - 1) > 0);
    cr_expect(strstr(name, "/tmp/linli-") && strstr(name, " (deleted)"), "%s", name);
    buf_clear(&bytes);
    buf_reserve(&bytes, size);
    cr_assert_eq(pread(file, bytes.data, size + 1, 0), (ssize_t)size);
    bytes.size = size, bytes.data[size] = '\0';
    close(file);
    return bytes.data;
}

static int files_open(void)
{
    const int next = dup(0);

    close(next);
    return next;
}

/* ---- CSV ---- */

Test(table, cells)
{
    const int before = files_open();
    struct table *t = opened(TABLE_CSV);
    int32_t day;

    cr_assert(date_parse("2028-02-29", &day));
    table_text(t, "备注");
    table_text(t, NULL);
    table_text(t, "a \"b\"\"");
    table_row(t);
    table_fen(t, -5);
    table_fen(t, 100000000000000);
    table_int(t, -9000000000);
    table_date(t, day);
    table_date(t, 0);
    table_row(t);
    table_row(t);
    table_textn(t, "abcdef", 3);
    table_textn(t, "=1", 0);
    table_row(t);
    cr_expect_str_eq(closed(t), "\xEF\xBB\xBF\"备注\",\"\",\"a \"\"b\"\"\"\"\"\r\n"
                                "\"-0.05\",\"1000000000000.00\",\"-9000000000\",\"2028-02-29\",\"\"\r\n"
                                "\r\n\"abc\",\"\"\r\n");
    cr_expect_eq(files_open(), before);
}

Test(table, no_formula)
{
    static const char *const texts[] = {"=1+1", "+1", "-1", "@A1", "\tx", "\rx"};
    struct table *t = opened(TABLE_CSV);

    for (size_t i = 0; i < LENGTH(texts); i++)
        table_text(t, texts[i]);
    table_text(t, "a=1");
    table_text(t, "'x");
    cr_expect_str_eq(closed(t),
                     "\xEF\xBB\xBF\"'=1+1\",\"'+1\",\"'-1\",\"'@A1\",\"'\tx\",\"'\rx\",\"a=1\",\"'x\"");
    /* A byte of no text is no sign of a formula. */
    t = opened(TABLE_CSV);
    table_textn(t, "\0x", 2);
    closed(t);
    cr_expect(bytes.size == 7 && memcmp(bytes.data, "\xEF\xBB\xBF\"\0x\"", 7) == 0);
}

Test(table, gb18030)
{
    const int before = files_open();
    struct table *t = opened(TABLE_CSV_GB18030);
    char text[3 * 600 + 1] = "";

    table_text(t, "备注");
    table_text(t, "€\xF0\x9F\x98\x80");
    table_row(t);
    cr_expect_str_eq(closed(t), "\"\xB1\xB8\xD7\xA2\",\"\xA2\xE3\x94\x39\xFC\x36\"\r\n");
    /* Longer than what is converted at once. */
    for (int i = 0; i < 600; i++)
        strcat(text, "中");
    t = opened(TABLE_CSV_GB18030);
    table_text(t, text);
    closed(t);
    cr_assert_eq(bytes.size, 1202);
    for (size_t i = 1; i < 1201; i += 2)
        cr_assert(memcmp(bytes.data + i, "\xD6\xD0", 2) == 0, "%zu", i);
    cr_expect_eq(files_open(), before);
}

static void refused(struct table *t, int code, const char *type)
{
    uint64_t size = 7;
    int file = -7;

    cr_expect_eq(table_close(t, &file, &size, &err), code, "%s", err.detail);
    cr_expect_str_eq(err.type, type);
    cr_expect(file == -7 && size == 7);
}

Test(table, no_such_character)
{
    const int before = files_open();
    struct table *t = opened(TABLE_CSV_GB18030);

    table_text(t, "好\xFFx");
    table_text(t, "y");
    refused(t, E_INVALID, "file/unreadable");
    cr_expect_eq(files_open(), before);
}

/* ---- workbooks ---- */

static int on_row(void *arg, size_t line, const char *const *cells, size_t count, struct err *e)
{
    (void)arg, (void)e;
    buf_printf(&seen, "%zu:", line);
    for (size_t i = 0; i < count; i++)
        buf_printf(&seen, "%s%s", i ? "|" : "", cells[i]);
    buf_char(&seen, ';');
    return 0;
}

static const char *read_back(void)
{
    buf_clear(&seen);
    buf_text(&seen, "");
    cr_assert_eq(xlsx_read(bytes.data, bytes.size, on_row, NULL, &err), 0, "%s", err.detail);
    return seen.data;
}

/* A part of the workbook, as text. */
static const char *part(const char *name)
{
    struct archive *a = archive_read_new();
    struct archive_entry *e;
    static char text[20000];
    la_ssize_t size = 0;

    archive_read_support_format_zip(a);
    cr_assert_eq(archive_read_open_memory(a, bytes.data, bytes.size), ARCHIVE_OK);
    while (archive_read_next_header(a, &e) == ARCHIVE_OK)
        if (strcmp(archive_entry_pathname(e), name) == 0)
            size = archive_read_data(a, text, sizeof text - 1);
    archive_read_free(a);
    cr_assert(size > 0);
    text[size] = '\0';
    return text;
}

Test(table, workbook)
{
    const int before = files_open();
    struct table *t = opened(TABLE_XLSX);
    int32_t day;

    cr_assert(date_parse("2028-02-29", &day));
    table_text(t, "备注");
    table_text(t, NULL);
    table_text(t, "=1+1");
    table_textn(t, "abcdef", 3);
    table_row(t);
    table_row(t);
    table_fen(t, 99999999999999);
    table_fen(t, -5);
    table_fen(t, 10000000000001);
    table_int(t, 123456789012345);
    table_int(t, -7);
    table_int(t, 1000000000);
    table_date(t, day);
    table_date(t, 0);
    table_text(t, "x");
    closed(t);
    cr_expect_str_eq(read_back(),
                     "1:备注||=1+1|abc;3:999999999999.99|-0.05|100000000000.01|123456789012345|-7|"
                     "1000000000|2028-02-29||x;");
    cr_expect(strstr(part("xl/styles.xml"), "formatCode=\"#,##0.00\""));
    const char *sheet = part("xl/worksheets/sheet1.xml"), *styled = "s=\"1\"";
    int amounts = 0;
    for (const char *p = sheet; (p = strstr(p, styled)); p++)
        amounts++;
    cr_expect_eq(amounts, 3);
    cr_expect_eq(files_open(), before);
}

/* A cell of a workbook takes 32,767 characters (Excel's limits), of whatever bytes; more ends with an
 * ellipsis. */
Test(table, long_cells)
{
    enum { MOST = 32767 };
    static char text[3 * MOST + 4];
    struct table *t = opened(TABLE_XLSX);

    memset(text, 'a', MOST + 1);
    table_textn(t, text, MOST);
    table_textn(t, text, MOST + 1);
    for (int i = 0; i <= MOST; i++)
        memcpy(text + 3 * i, "字", 3);
    table_textn(t, text, 3 * MOST);
    table_textn(t, text, 3 * MOST + 3);
    table_text(t, "x");
    closed(t);
    read_back();
    const char *a = seen.data + 2, *b = a + MOST + 1, *c = b + MOST - 1 + 4, *d = c + 3 * MOST + 1;
    cr_assert_eq(seen.size, 2 + MOST + 1 + MOST - 1 + 4 + 3 * MOST + 1 + 3 * MOST + 1 + 2);
    cr_expect(strncmp(b - 1, "|a", 2) == 0 && strncmp(c - 4, "…|字", 7) == 0 &&
              strncmp(d - 4, "字|字", 7) == 0);
    cr_expect_str_eq(d + 3 * MOST - 6, "字…|x;");
}

/* ---- where nothing can be written ---- */

static void limit(enum __rlimit_resource what, rlim_t to)
{
    struct rlimit l;

    signal(SIGXFSZ, SIG_IGN);
    cr_assert_eq(getrlimit(what, &l), 0);
    l.rlim_cur = to;
    cr_assert_eq(setrlimit(what, &l), 0);
}

static void fill(struct table *t)
{
    static char text[20001];

    memset(text, 'a', sizeof text - 1);
    table_text(t, text);
}

Test(table, disk_full)
{
    static const enum table_format formats[] = {TABLE_CSV, TABLE_CSV_GB18030, TABLE_XLSX};
    const int before = files_open();

    for (size_t i = 0; i < LENGTH(formats); i++) {
        struct table *t = opened(formats[i]);

        limit(RLIMIT_FSIZE, 10);
        fill(t);
        refused(t, E_BROKEN, "server/broken");
        limit(RLIMIT_FSIZE, RLIM_INFINITY);
        /* The library keeps a file it could not write. */
        cr_expect(formats[i] == TABLE_XLSX || files_open() == before, "%zu", i);
    }
}

Test(table, disk_full_for_a_while)
{
    const int before = files_open();

    /* Room again, but a part is lost. */
    struct table *t = opened(TABLE_CSV);
    limit(RLIMIT_FSIZE, 10);
    fill(t);
    limit(RLIMIT_FSIZE, RLIM_INFINITY);
    table_text(t, "x");
    refused(t, E_BROKEN, "server/broken");
    cr_expect_eq(files_open(), before);
}

Test(table, no_more_files)
{
    static const enum table_format formats[] = {TABLE_CSV, TABLE_CSV_GB18030, TABLE_XLSX};
    const int before = files_open();

    limit(RLIMIT_NOFILE, (rlim_t)before);
    for (size_t i = 0; i < LENGTH(formats); i++) {
        struct table *t = NULL;

        cr_expect_eq(table_open(formats[i], &t, &err), E_BROKEN);
        cr_expect(!t && strcmp(err.type, "server/broken") == 0);
        cr_expect_eq(file_unnamed(), -1);
    }
    limit(RLIMIT_NOFILE, 1000);
    cr_expect_eq(files_open(), before);
}
