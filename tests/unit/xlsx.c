/*
 * XLSX as libxlsxwriter makes it, as other programs do (parts written by hand after ECMA-376 part 1, 18.2 to
 * 18.8), and as nobody honest does.
 */
#include <archive.h>
#include <archive_entry.h>
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/text.h"
#include "core/base/xlsx.h"

static struct arena *arena;
static struct buf seen;
static struct err err;

static void setup(void)
{
    arena = arena_new(0);
}

static void teardown(void)
{
    buf_free(&seen);
    arena_free(arena);
}
TestSuite(xlsx, .init = setup, .fini = teardown);

/* "1:a|b;3:c;" */
static int on_row(void *arg, size_t line, const char *const *cells, size_t count, struct err *e)
{
    (void)arg, (void)e;
    buf_printf(&seen, "%zu:", line);
    for (size_t i = 0; i < count; i++)
        buf_printf(&seen, "%s%s", i ? "|" : "", cells[i]);
    buf_char(&seen, ';');
    return 0;
}

static const char *read_bytes(const void *bytes, size_t size)
{
    buf_clear(&seen);
    err = (struct err){0};
    if (xlsx_read(bytes, size, on_row, NULL, &err))
        return err.detail;
    return seen.size ? seen.data : "";
}

/* ---- as a library writes it ---- */

Test(xlsx, written_by_libxlsxwriter)
{
    char path[] = "/tmp/linli-xlsx-XXXXXX", *bytes = malloc(1 << 20);
    const int file = mkstemp(path);
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "结果"), *second = workbook_add_worksheet(book, NULL);
    lxw_format *day = workbook_add_format(book), *money = workbook_add_format(book);
    lxw_datetime when = {2028, 2, 29, 0, 0, 0}, old = {1900, 3, 1, 0, 0, 0};

    cr_assert(file >= 0 && bytes);
    format_set_num_format(day, "yyyy\"年\"m\"月\"d\"日\"");
    format_set_num_format(money, "[Red]#,##0.00\"yd\"");
    worksheet_write_string(sheet, 0, 0, "摘要 <&>", NULL);
    worksheet_write_string(sheet, 0, 2, "金额", NULL);
    worksheet_write_number(sheet, 2, 0, 480000, money);
    worksheet_write_number(sheet, 2, 1, 0.1, NULL);
    worksheet_write_number(sheet, 2, 2, 1234567890.12, money);
    worksheet_write_datetime(sheet, 3, 0, &when, day);
    worksheet_write_datetime(sheet, 3, 1, &old, day);
    worksheet_write_boolean(sheet, 3, 2, 1, NULL);
    worksheet_write_formula_num(sheet, 3, 3, "=1+1", NULL, 2);
    worksheet_write_blank(sheet, 4, 0, money);
    worksheet_write_string(second, 0, 0, "another sheet", NULL);
    cr_assert_eq(workbook_close(book), LXW_NO_ERROR);
    const ssize_t size = read(file, bytes, 1 << 20);
    cr_assert(size > 0);
    cr_expect_str_eq(read_bytes(bytes, (size_t)size), "1:摘要 <&>||金额;3:480000|0.1|1234567890.12;"
                                                      "4:2028-02-29|1900-03-01|TRUE|2;");
    /* Cut off anywhere it is refused, or says the same. */
    for (ssize_t n = 0; n < size; n += 97) {
        const char *said = read_bytes(bytes, (size_t)n);
        cr_expect(err.code == E_INVALID && *said, "%zd bytes of it: %s", n, said);
    }
    close(file);
    unlink(path);
    free(bytes);
}

/* ---- by hand ---- */

struct part {
    const char *path, *text;
};
#define RELS                                                                                                 \
    {                                                                                                        \
        "xl/_rels/workbook.xml.rels",                                                                        \
            "<Relationships><Relationship Id='rId7' Type='http://x/relationships/worksheet' "                \
            "Target='worksheets/a.xml'/><Relationship Id='rId8' Type='http://x/relationships/styles' "       \
            "Target='/xl/styles.xml'/><Relationship Id='rId9' Type='http://x/relationships/sharedStrings' "  \
            "Target='s.xml'/></Relationships>"                                                               \
    }
#define BOOK(more)                                                                                           \
    {                                                                                                        \
        "xl/workbook.xml", "<x:workbook xmlns:x='m' xmlns:r='r'>" more                                       \
                           "<x:sheets><x:sheet name='a' sheetId='1' r:id='rId7'/>"                           \
                           "<x:sheet name='b' sheetId='2' r:id='rId1'/></x:sheets></x:workbook>"             \
    }
#define SHEET(rows)                                                                                          \
    {                                                                                                        \
        "xl/worksheets/a.xml", "<worksheet><sheetData>" rows "</sheetData></worksheet>"                      \
    }

static const char *zipped(const struct part *parts, size_t count)
{
    struct archive *a = archive_write_new();
    size_t used = 0, room = 70 << 20;
    char *bytes = malloc(room);
    const char *said;

    cr_assert(a && bytes);
    archive_write_set_format_zip(a);
    archive_write_open_memory(a, bytes, room, &used);
    for (size_t i = 0; i < count; i++) {
        struct archive_entry *e = archive_entry_new();

        archive_entry_set_pathname(e, parts[i].path);
        archive_entry_set_size(e, (la_int64_t)strlen(parts[i].text));
        archive_entry_set_filetype(e, AE_IFREG);
        archive_entry_set_perm(e, 0600);
        cr_assert_eq(archive_write_header(a, e), ARCHIVE_OK);
        archive_write_data(a, parts[i].text, strlen(parts[i].text));
        archive_entry_free(e);
    }
    archive_write_close(a);
    archive_write_free(a);
    said = read_bytes(bytes, used);
    free(bytes);
    return said;
}
#define ZIPPED(...)                                                                                          \
    zipped((const struct part[]){__VA_ARGS__},                                                               \
           sizeof((const struct part[]){__VA_ARGS__}) / sizeof(struct part))

Test(xlsx, of_another_program)
{
    static const struct part styles = {
        "xl/styles.xml", "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='0.00_d\\d[$-804]\"day\"'/>"
                         "<numFmt numFmtId='165' formatCode='[Blue]d/m'/></numFmts><cellStyleXfs><xf "
                         "numFmtId='14'/></cellStyleXfs>"
                         "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/><xf "
                         "numFmtId='165'/><xf numFmtId='31'/></cellXfs></styleSheet>"};
    static const struct part strings = {
        "xl/s.xml",
        "<sst><si><r><t>甲</t></r><r><t xml:space='preserve'> 乙</t></r><rPh><t>jia</t></rPh></si>"
        "<si><t/></si><si><t>&lt;&#x4E2D;&gt;</t></si></sst>"};

    cr_expect_str_eq(
        ZIPPED(
            BOOK("<x:workbookPr/>"), RELS, styles, strings,
            SHEET("<row><c t='s'><v>0</v></c><c t='s'><v>1</v></c><c t='s'><v>2</v></c></row>"
                  "<row r='5'><c r='C5' t='inlineStr'><is><t>x</t></is></c><c r='A5'><v>1</v></c></row>"
                  "<row r='6'><c s='1'><v>46348</v></c><c s='2'><v>46348</v></c><c s='3'><v>46348.75</v></c>"
                  "<c s='4'><v>61</v></c><c s='1'><v>60</v></c><c t='d'><v>2026-11-22T08:00:00</v></c></row>"
                  "<row r='7'><c t='str'><f>A1</f><v>of a formula</v></c><c t='b'><v>0</v></c></row>")),
        "1:甲 乙||<中>;5:1||x;6:2026-11-22|46348|2026-11-22|1900-03-01|60|2026-11-22;7:of a formula|FALSE;");
    cr_expect_str_eq(ZIPPED(BOOK("<x:workbookPr date1904='1'/>"), RELS, styles,
                            SHEET("<row><c s='1'><v>1</v></c><c s='1'><v>44886</v></c></row>")),
                     "1:1904-01-02|2026-11-22;");
}

Test(xlsx, numbers)
{
    static const struct {
        const char *cell, *text;
    } cases[] = {
        {"0", "0"},
        {"-0", "0"},
        {"-0.5", "-0.5"},
        {"105000", "105000"},
        {"0.10000000000000001", "0.1"},
        {"480000.00000000006", "480000"},
        {"1.0E-2", "0.01"},
        {"1E+3", "1000"},
        {"2.5e3", "2500"},
        {"999999999999999.96", "1000000000000000"},
        {"123456789012345", "123456789012345"},
        {"-123456789012345.6", "-123456789012346"},
        {"0.99999999999999999", "1"},
        {"001.50", "1.5"},
        {"1E99", "1E99"},
        {"1..2", "1..2"},
        {"abc", "abc"},
        {"0.00001", "0.00001"},
        {"1E-05", "0.00001"},
    };

    for (size_t i = 0; i < LENGTH(cases); i++) {
        const char *rows =
            arena_printf(arena, "<worksheet><sheetData><row><c><v>%s</v></c></row></sheetData></worksheet>",
                         cases[i].cell);
        const char *said = ZIPPED(BOOK(""), RELS, {"xl/worksheets/a.xml", rows});

        cr_expect_str_eq(said, arena_printf(arena, "1:%s;", cases[i].text));
    }
}

/* Two references of 18 digits are not made one. */
Test(xlsx, numbers_beyond_what_is_kept)
{
    static const char *const cells[] = {"123456789012345678", "123456789012345000", "1.23456789012345E+17",
                                        "-1234567890123456", "1000000000000000"};

    for (size_t i = 0; i < LENGTH(cells); i++) {
        const char *rows = arena_printf(
            arena, "<worksheet><sheetData><row><c><v>%s</v></c></row></sheetData></worksheet>", cells[i]);

        cr_expect_str_eq(ZIPPED(BOOK(""), RELS, {"xl/worksheets/a.xml", rows}),
                         "row 1: a number has more than 15 digits; only as text does it keep them", "%s",
                         cells[i]);
    }
    cr_expect_str_eq(ZIPPED(BOOK(""), RELS,
                            SHEET("<row><c t='str'><v>123456789012345678</v></c><c t='inlineStr'><is><t>"
                                  "123456789012345679</t></is></c></row>")),
                     "1:123456789012345678|123456789012345679;");
}

static const char *repeated(const char *text, size_t count)
{
    struct buf out = {0};

    for (size_t i = 0; i < count; i++)
        buf_text(&out, text);
    const char *made = arena_ndup(arena, out.data, out.size);
    buf_free(&out);
    return made;
}

static const char *with_rows(const char *rows)
{
    return ZIPPED(BOOK(""), RELS,
                  {"xl/worksheets/a.xml",
                   arena_printf(arena, "<worksheet><sheetData>%s</sheetData></worksheet>", rows)});
}

Test(xlsx, hostile)
{
    cr_expect_str_eq(read_bytes("", 0), "it is no XLSX file with a sheet");
    cr_expect_str_eq(read_bytes("PK\003\004 and then nothing", 23), "it is no XLSX file, or a broken one");
    cr_expect_str_eq(ZIPPED({"a.txt", "x"}), "it is no XLSX file with a sheet");
    cr_expect_str_eq(ZIPPED(BOOK(""), RELS), "it is no XLSX file with a sheet");
    cr_expect_str_eq(ZIPPED(BOOK(""), RELS, SHEET("<row>")), "row 1: a part of it is broken");
    cr_expect_str_eq(ZIPPED({"xl/workbook.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}, RELS),
                     "a document type is not allowed");
    cr_expect_str_eq(
        ZIPPED({"xl/workbook.xml", "<!DOCTYPE x SYSTEM 'file:///etc/passwd'><x/>"}, RELS, SHEET("")),
        "a document type is not allowed");
    cr_expect_str_eq(ZIPPED(BOOK(""), {"xl/_rels/workbook.xml.rels",
                                       "<r><Relationship Id='rId7' TargetMode='External' "
                                       "Type='x/worksheet' Target='http://127.0.0.1/'/></r>"}),
                     "it is no XLSX file with a sheet");
    cr_expect_str_eq(
        ZIPPED(BOOK(""),
               {"xl/_rels/workbook.xml.rels",
                "<r><Relationship Id='rId7' Type='x/worksheet' Target='../../../etc/passwd'/></r>"}),
        "it is no XLSX file with a sheet");
    cr_expect_str_eq(with_rows("<row r='2'/><row r='1'/>"), "row 1: its rows are out of order");
    cr_expect_str_eq(with_rows("<row r='99999999999999999999'/>"), "row 1: its rows are out of order");
    cr_expect_str_eq(with_rows("<row><c t='s'><v>0</v></c></row>"),
                     "row 1: it names a text that is not there");
    cr_expect_str_eq(with_rows("<row><c t='e'><v>#REF!</v></c></row>"),
                     "row 1: a formula of it ended in an error");
    cr_expect_str_eq(with_rows("<row><c><v>1</v></c><row/></row>"), "row 2: its rows are out of order");
    cr_expect_str_eq(with_rows("<c><v>1</v></c>"), "a cell has no place");
    cr_expect_str_eq(with_rows("<row><c r='12'><v>1</v></c></row>"), "row 1: a cell has no place");
    cr_expect_eq(strlen(with_rows("<row><c r='CV1'><v>1</v></c></row>")), strlen("1:1;") + 99);
    cr_expect_str_eq(with_rows("<row><c r='CW1'><v>1</v></c></row>"), "row 1: it has too many columns");
    cr_expect_str_eq(with_rows("<row><c r='ZZZZZZZZZZZZ1'><v>1</v></c></row>"), "row 1: a cell has no place");
    cr_expect_str_eq(with_rows(repeated("<a>", 40)), "it is nested too deep");
}

Test(xlsx, too_much_of_everything)
{
    const char *cell =
        arena_printf(arena, "<row><c t='str'><v>%s</v></c></row>", repeated("x", XLSX_CELL_MAX));

    cr_expect_eq(strlen(with_rows(cell)), XLSX_CELL_MAX + 3u);
    cell = arena_printf(arena, "<row><c t='str'><v>%s</v></c></row>", repeated("字", XLSX_CELL_MAX));
    cr_expect_eq(strlen(with_rows(cell)), 3 * XLSX_CELL_MAX + 3u);
    cell = arena_printf(arena, "<row><c t='str'><v>%s</v></c></row>", repeated("x", XLSX_CELL_MAX + 1));
    cr_expect_str_eq(with_rows(cell), "row 1: a cell is too long");
    cr_expect_str_eq(with_rows(repeated("<row><c><v>1</v></c></row>", XLSX_ROWS_MAX + 1)),
                     "row 100001: it has too many rows");
    /* 65 MiB of nothing, 64 KiB as a file. */
    cr_expect_str_eq(with_rows(repeated("                                ", (65 << 20) / 32)),
                     "it unpacks to too much");
    char *large = calloc(1, XLSX_FILE_MAX + 1);
    cr_assert(large);
    memcpy(large, "PK\003\004", 4);
    cr_expect_str_eq(read_bytes(large, XLSX_FILE_MAX + 1), "it is too large");
    free(large);
}

/* What is small as a file, and would be large in memory. */
Test(xlsx, more_than_its_bytes_say)
{
    const char *text = arena_printf(arena, "<si><t>%s</t></si>", repeated("x", XLSX_CELL_MAX));
    const char *texts = arena_printf(arena, "<sst>%s</sst>", repeated(text, 1600));

    cr_expect_str_eq(ZIPPED(BOOK(""), RELS, {"xl/s.xml", texts}, SHEET("")), "it holds too much");
    texts = arena_printf(arena, "<sst>%s</sst>", repeated(text, 1400));
    cr_expect_str_eq(ZIPPED(BOOK(""), RELS, {"xl/s.xml", texts}, SHEET("")), "");
    text = arena_printf(arena, "<c r='A1' t='str'><v>%s</v></c>", repeated("x", XLSX_CELL_MAX));
    cr_expect_str_eq(with_rows(arena_printf(arena, "<row>%s</row>", repeated(text, 300))),
                     "row 1: a row is too long");
}

/* Each style looks through the formats, and expat through an unfinished token with each block. */
Test(xlsx, more_work_than_its_bytes_say)
{
    static const char *const tokens[][2] = {
        {"<row a='", "'/>"}, {"<!--", "-->"}, {"<?a ", "?>"}, {"<row a='1'", "/>"}};
    const char *formats = repeated("<numFmt numFmtId='9' formatCode='0'/>", 1000);

    cr_expect_str_eq(ZIPPED(BOOK(""), RELS, {"xl/styles.xml", arena_printf(arena, "<s>%s</s>", formats)},
                            SHEET("<row><c s='0'><v>1</v></c></row>")),
                     "1:1;");
    cr_expect_str_eq(ZIPPED(BOOK(""), RELS,
                            {"xl/styles.xml",
                             arena_printf(arena, "<s>%s<numFmt numFmtId='8' formatCode='0'/></s>", formats)},
                            SHEET("")),
                     "it has too many styles");
    for (size_t i = 0; i < LENGTH(tokens); i++) {
        const char *some = repeated("                ", 200 << 6),
                   *many = repeated("                ", 300 << 6);

        cr_expect_str_eq(with_rows(arena_printf(arena, "%s%s%s", tokens[i][0], some, tokens[i][1])), "");
        cr_expect_str_eq(with_rows(arena_printf(arena, "%s%s%s", tokens[i][0], many, tokens[i][1])),
                         "a part of it is broken", "%s", tokens[i][0]);
    }
}

static int refuse(void *arg, size_t line, const char *const *cells, size_t count, struct err *e)
{
    (void)cells, (void)count;
    ++*(int *)arg;
    return err_set(e, E_INVALID, "body/invalid", "not this one: %zu", line);
}

/* What the reader of the rows says is what is said. */
Test(xlsx, a_row_that_is_refused)
{
    char path[] = "/tmp/linli-xlsx-XXXXXX", bytes[65536];
    const int file = mkstemp(path);
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);
    int rows = 0;

    worksheet_write_number(sheet, 4, 0, 1, NULL);
    worksheet_write_number(sheet, 5, 0, 1, NULL);
    cr_assert_eq(workbook_close(book), LXW_NO_ERROR);
    const ssize_t size = read(file, bytes, sizeof bytes);
    cr_assert(size > 0);
    cr_expect_eq(xlsx_read(bytes, (size_t)size, refuse, &rows, &err), E_INVALID);
    cr_expect_str_eq(err.detail, "not this one: 5");
    cr_expect_eq(rows, 1);
    close(file);
    unlink(path);
}
