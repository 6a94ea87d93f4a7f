/* XLSX by libarchive and expat: workbook, relationships, styles and shared texts first, then the sheet. */
#include "core/base/xlsx.h"

#include <archive.h>
#include <archive_entry.h>
#include <expat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/text.h"
#include "core/base/time.h"

enum {
    DEPTH_MAX = 32,
    BLOCK = 16384,
    DIGITS = 15, /* as many as a spreadsheet shows */
    PLACES_MAX = 30,
    STYLES_MAX = 100000,
    FORMATS_MAX = 1000,
    STRINGS_MAX = 1000000,
    KEPT_MAX = 48 << 20,   /* of memory: shared texts, styles */
    ROW_MAX = 8 << 20,     /* of memory: the cells of one row */
    TOKEN_MAX = 256 << 10, /* expat reads an unfinished token again with each block */
    NAME_MAX_BYTES = 255,
    DAY_1900 = -25569, /* 1899-12-30: what its leap year of 1900 makes of 1 March 1900 and later */
    DAY_1904 = -24107,
};

struct book {
    struct arena *kept, *scratch; /* of the book; of the row */
    const char *bytes;
    size_t size, unpacked;
    /* workbook.xml and its relationships */
    const char *sheet_id, *sheet, *strings, *styles;
    bool from_1904;
    /* shared texts; formats: is the style a day? */
    const char **texts;
    size_t text_count, text_room;
    bool *days;
    size_t day_count, day_room;
    struct custom {
        long id;
        bool day;
        struct custom *next;
    } * custom;
    size_t custom_count;
    /* of the XML being read */
    XML_Parser parser;
    void (*begin)(struct book *b, const char *name, const char **attributes);
    void (*end)(struct book *b, const char *name);
    int depth;
    bool keeps; /* texts of the element are wanted */
    bool phonetic, formats;
    struct buf text;
    size_t characters; /* in it */
    const char *fault, *fault_zh;
    /* the sheet */
    xlsx_row *row;
    void *arg;
    struct err *err;
    int status;
    bool in_row;
    size_t line, column, rows, used;
    const char *cells[XLSX_COLUMNS_MAX];
    char kind[12]; /* of the cell: "s", "inlineStr" .. */
    size_t style;
};

static void stop(struct book *b, const char *fault, const char *zh)
{
    if (!b->fault)
        b->fault = fault, b->fault_zh = zh;
    if (b->parser)
        XML_StopParser(b->parser, XML_FALSE);
}

/* Doubles the room of a list. */
static void *grown(struct arena *arena, const void *old, size_t count, size_t *room, size_t item)
{
    void *more;

    *room = *room * 2 + 64;
    more = arena_alloc(arena, *room, item);
    if (count)
        memcpy(more, old, count * item);
    return more;
}

static const char *attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2) {
        const char *colon = strrchr(attributes[0], ':');

        if (strcmp(colon ? colon + 1 : attributes[0], name) == 0)
            return attributes[1];
    }
    return NULL;
}

static bool number_of(const char *text, size_t max, size_t *ret)
{
    int64_t n;

    if (!text || !int_parse(text, 0, (int64_t)max, &n))
        return false;
    *ret = (size_t)n;
    return true;
}

/* ---- XML, part by part ---- */

static void on_doctype(void *arg, const XML_Char *name, const XML_Char *system_id, const XML_Char *public_id,
                       int internal)
{
    (void)name, (void)system_id, (void)public_id, (void)internal;
    stop(arg, "a document type is not allowed", "不接受文档类型声明");
}

static void on_begin(void *arg, const XML_Char *name, const XML_Char **attributes)
{
    struct book *b = arg;
    const char *colon = strrchr(name, ':');

    if (++b->depth > DEPTH_MAX)
        stop(b, "it is nested too deep", "嵌套过深");
    else
        b->begin(b, colon ? colon + 1 : name, attributes);
}

static void on_end(void *arg, const XML_Char *name)
{
    struct book *b = arg;
    const char *colon = strrchr(name, ':');

    b->depth--;
    b->end(b, colon ? colon + 1 : name);
}

static void text_begin(struct book *b)
{
    buf_clear(&b->text);
    b->characters = 0;
}

static void on_text(void *arg, const XML_Char *text, int count)
{
    struct book *b = arg;

    if (!b->keeps || b->phonetic)
        return;
    for (int i = 0; i < count; i++)
        b->characters += ((unsigned char)text[i] & 0xC0) != 0x80; /* what follows the first byte of UTF-8 */
    if (b->characters > XLSX_CELL_MAX)
        stop(b, "a cell is too long", "单元格内容过长");
    else
        buf_add(&b->text, text, (size_t)count);
}

static const char *text_copied(const struct book *b, struct arena *arena)
{
    return arena_ndup(arena, b->text.data ? b->text.data : "", b->text.size);
}

static bool token_ends(const struct book *b, size_t read, XML_Index *at, size_t *since)
{
    const XML_Index now = XML_GetCurrentByteIndex(b->parser);

    if (now != *at)
        *at = now, *since = 0;
    return (*since += read) <= TOKEN_MAX;
}

static bool part_parse(struct book *b, struct archive *archive)
{
    char block[BLOCK];
    bool good = true;
    ssize_t n = 0;
    XML_Index at = -1;
    size_t since = 0;

    b->depth = 0;
    b->keeps = b->phonetic = b->formats = false;
    text_begin(b);
    b->parser = XML_ParserCreate(NULL);
    MUST(b->parser);
    XML_SetUserData(b->parser, b);
    XML_SetElementHandler(b->parser, on_begin, on_end);
    XML_SetCharacterDataHandler(b->parser, on_text);
    XML_SetStartDoctypeDeclHandler(b->parser, on_doctype);
    while (good && (n = archive_read_data(archive, block, sizeof block)) > 0) {
        if ((b->unpacked += (size_t)n) > XLSX_UNPACKED_MAX) {
            stop(b, "it unpacks to too much", "解压后过大");
            break;
        }
        good = XML_Parse(b->parser, block, (int)n, 0) == XML_STATUS_OK;
        if (arena_used(b->kept) > KEPT_MAX)
            stop(b, "it holds too much", "内容过多");
        good = good && !b->fault && token_ends(b, (size_t)n, &at, &since);
    }
    good = good && n == 0 && !b->fault && XML_Parse(b->parser, "", 0, 1) == XML_STATUS_OK;
    XML_ParserFree(b->parser);
    b->parser = NULL;
    if (!good)
        stop(b, "a part of it is broken", "文件的一部分已损坏");
    return good;
}

/* Reads one part of the file; false where it is not there or something is wrong. */
static bool part_read(struct book *b, const char *path)
{
    struct archive *archive = archive_read_new();
    struct archive_entry *entry;
    bool found = false;
    int status = ARCHIVE_FATAL, parts = 0;

    MUST(archive);
    /* By its directory alone: what has none would have to be unpacked to be passed over. */
    archive_read_support_format_zip_seekable(archive);
    if (archive_read_open_memory(archive, b->bytes, b->size) == ARCHIVE_OK)
        while (!found && ++parts <= XLSX_PARTS_MAX &&
               (status = archive_read_next_header(archive, &entry)) == ARCHIVE_OK) {
            const char *name = archive_entry_pathname(entry);

            found = name && strcmp(name, path) == 0;
        }
    if (!found && status != ARCHIVE_EOF)
        stop(b, "it is no XLSX file, or a broken one", "不是XLSX文件，或者文件已损坏");
    found = found && part_parse(b, archive);
    archive_read_free(archive);
    return found && !b->fault;
}

/* ---- the workbook: which is the first sheet ---- */

static void nothing_end(struct book *b, const char *name)
{
    (void)b, (void)name;
}

static void workbook_begin(struct book *b, const char *name, const char **attributes)
{
    const char *value;

    if (strcmp(name, "workbookPr") == 0 && (value = attribute(attributes, "date1904")))
        b->from_1904 = strcmp(value, "1") == 0 || strcmp(value, "true") == 0;
    /* Its "id" comes after sheetId and has a prefix. */
    if (strcmp(name, "sheet") == 0 && !b->sheet_id && (value = attribute(attributes, "id")))
        b->sheet_id = arena_dup(b->kept, value);
}

/* As a path within the file: relative to the workbook, or from its root. */
static const char *target_of(struct book *b, const char *target)
{
    if (strlen(target) > NAME_MAX_BYTES || strstr(target, "..") || strstr(target, "//"))
        return NULL;
    return *target == '/' ? arena_dup(b->kept, target + 1) : arena_printf(b->kept, "xl/%s", target);
}

static bool ends_in(const char *text, const char *tail)
{
    const size_t size = strlen(text), wanted = strlen(tail);

    return size >= wanted && strcmp(text + size - wanted, tail) == 0;
}

static void relation_begin(struct book *b, const char *name, const char **attributes)
{
    const char *id = attribute(attributes, "Id"), *target = attribute(attributes, "Target");
    const char *kind = attribute(attributes, "Type"), *mode = attribute(attributes, "TargetMode");

    if (strcmp(name, "Relationship") != 0 || !id || !target || !kind)
        return;
    if (mode && strcmp(mode, "External") == 0)
        return;
    if (b->sheet_id && strcmp(id, b->sheet_id) == 0 && ends_in(kind, "/worksheet"))
        b->sheet = target_of(b, target);
    else if (ends_in(kind, "/sharedStrings"))
        b->strings = target_of(b, target);
    else if (ends_in(kind, "/styles"))
        b->styles = target_of(b, target);
}

/* ---- styles: which of them shows a number as a day ---- */

/* A format is one of a day where it has a year or a day outside its texts, colours and conditions. */
static bool format_is_day(const char *code)
{
    for (; *code; code++) {
        if (*code == '"') {
            for (code++; *code && *code != '"'; code++)
                continue;
        } else if (*code == '[') {
            for (code++; *code && *code != ']'; code++)
                continue;
        } else if (*code == '\\' || *code == '_' || *code == '*') {
            code++;
        } else if (strchr("yYdD", *code)) {
            return true;
        }
        if (!*code)
            return false;
    }
    return false;
}

/* The formats that are there without being said, those of Chinese spreadsheets among them. */
static bool builtin_is_day(long id)
{
    return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
           (id >= 50 && id <= 54) || id == 57 || id == 58;
}

static void style_add(struct book *b, size_t id)
{
    bool day = builtin_is_day((long)id);

    if (b->day_count == STYLES_MAX) {
        stop(b, "it has too many styles", "样式过多");
        return;
    }
    for (const struct custom *c = b->custom; c; c = c->next)
        if (c->id == (long)id) {
            day = c->day;
            break;
        }
    if (b->day_count == b->day_room)
        b->days = grown(b->kept, b->days, b->day_count, &b->day_room, sizeof *b->days);
    b->days[b->day_count++] = day;
}

static void format_add(struct book *b, size_t id, const char *code)
{
    struct custom *c;

    if (b->custom_count++ == FORMATS_MAX) {
        stop(b, "it has too many styles", "样式过多");
        return;
    }
    c = ARENA_NEW(b->kept, struct custom, 1);
    *c = (struct custom){(long)id, format_is_day(code), b->custom};
    b->custom = c;
}

static void styles_begin(struct book *b, const char *name, const char **attributes)
{
    const char *code;
    size_t id = 0;

    if (strcmp(name, "cellXfs") == 0)
        b->formats = true;
    else if (strcmp(name, "numFmt") == 0 && number_of(attribute(attributes, "numFmtId"), 1000000, &id) &&
             (code = attribute(attributes, "formatCode"))) {
        format_add(b, id, code);
    } else if (b->formats && strcmp(name, "xf") == 0) {
        if (!number_of(attribute(attributes, "numFmtId"), 1000000, &id))
            id = 0;
        style_add(b, id);
    }
}

static void styles_end(struct book *b, const char *name)
{
    if (strcmp(name, "cellXfs") == 0)
        b->formats = false;
}

/* ---- shared texts ---- */

static void strings_begin(struct book *b, const char *name, const char **attributes)
{
    (void)attributes;
    if (strcmp(name, "si") == 0)
        text_begin(b);
    else if (strcmp(name, "rPh") == 0)
        b->phonetic = true;
    b->keeps = strcmp(name, "t") == 0;
}

static void strings_end(struct book *b, const char *name)
{
    b->keeps = false;
    if (strcmp(name, "rPh") == 0)
        b->phonetic = false;
    if (strcmp(name, "si") != 0)
        return;
    if (b->text_count == STRINGS_MAX) {
        stop(b, "it has too many texts", "文本过多");
        return;
    }
    if (b->text_count == b->text_room)
        b->texts = grown(b->kept, b->texts, b->text_count, &b->text_room, sizeof *b->texts);
    b->texts[b->text_count++] = text_copied(b, b->kept);
}

/* ---- numbers ---- */

/* What a number is made of: up to 40 digits, without zeros before them, and where the point is among them. */
struct digits {
    bool minus;
    char at[48];
    int count, point;
};

/* "+05", "-2" */
static bool exponent_read(const char *text, int *ret)
{
    const bool minus = *text == '-';
    int64_t n;

    text += minus || *text == '+';
    while (text[0] == '0' && text[1])
        text++;
    if (!int_parse(text, 0, PLACES_MAX, &n))
        return false;
    *ret = minus ? -(int)n : (int)n;
    return true;
}

static bool digits_read(const char *text, struct digits *ret)
{
    bool dot = false, any = false;
    int e = 0;

    *ret = (struct digits){.minus = *text == '-'};
    for (text += *text == '-' || *text == '+'; *text && !strchr("eE", *text); text++) {
        if (*text == '.' && !dot) {
            dot = true;
            continue;
        }
        if (*text < '0' || *text > '9' || ret->count == 40)
            return false;
        any = true;
        if (ret->count || *text != '0')
            ret->at[ret->count++] = *text;
        ret->point += dot ? ret->count == 0 ? -1 : 0 : ret->count > 0;
    }
    if (*text && !exponent_read(text + 1, &e))
        return false;
    ret->point += e;
    return any && ret->point <= PLACES_MAX && ret->point >= -PLACES_MAX;
}

/* To the digits a spreadsheet shows, half up: what a binary fraction adds beyond them is gone. */
static void digits_round(struct digits *d)
{
    if (d->count > DIGITS) {
        const bool up = d->at[DIGITS] >= '5';
        int i = DIGITS - 1;

        d->count = DIGITS;
        for (; up && i >= 0 && d->at[i] == '9'; i--)
            d->at[i] = '0';
        if (up && i >= 0) {
            d->at[i]++;
        } else if (up) {
            d->at[0] = '1';
            d->point++;
        }
    }
    while (d->count && d->at[d->count - 1] == '0')
        d->count--;
}

static const char *digits_print(struct arena *arena, const struct digits *d)
{
    CLEANUP(buf_free) struct buf out = {0};

    if (d->minus && d->count)
        buf_char(&out, '-');
    if (d->point <= 0)
        buf_char(&out, '0');
    for (int i = 0; i < d->point; i++)
        buf_char(&out, i < d->count ? d->at[i] : '0');
    if (d->count > d->point && d->count)
        buf_char(&out, '.');
    for (int i = d->point; i < 0 && d->count; i++)
        buf_char(&out, '0');
    for (int i = d->point > 0 ? d->point : 0; i < d->count; i++)
        buf_char(&out, d->at[i]);
    return arena_ndup(arena, out.data, out.size);
}

/* Days since its epoch as a day; of 1900, whose calendar has a 29 February that never was, from March on. */
static const char *day_text(const struct book *b, const struct digits *d)
{
    char text[DATE_TEXT];
    int64_t n = 0;

    if (d->minus || d->point < 1 || d->point > 7)
        return NULL;
    for (int i = 0; i < d->point; i++)
        n = n * 10 + (i < d->count ? d->at[i] - '0' : 0);
    if (n < (b->from_1904 ? 1 : 61) || n > 2958465) /* 9999-12-31 */
        return NULL;
    date_print((int32_t)n + (b->from_1904 ? DAY_1904 : DAY_1900), text);
    return arena_dup(b->scratch, text);
}

/* A number as people see it; one that cannot be read stays as it is. */
static const char *number_text(struct book *b, const char *text)
{
    const char *day = NULL;
    struct digits d;

    if (!digits_read(text, &d))
        return text;
    if (d.count && d.point > DIGITS) {
        stop(b, "a number has more than 15 digits; only as text does it keep them",
             "数字超过15位，须设为文本格式才能保留全部数位");
        return "";
    }
    digits_round(&d);
    if (b->style < b->day_count && b->days[b->style])
        day = day_text(b, &d);
    return day ? day : digits_print(b->scratch, &d);
}

/* ---- the sheet ---- */

/* Letters of "BC12" as a column from 0. */
static bool column_of(const char *reference, size_t *ret)
{
    size_t n = 0;

    for (; *reference >= 'A' && *reference <= 'Z' && n < 100000; reference++)
        n = n * 26 + (size_t)(*reference - 'A' + 1);
    if (n == 0 || n >= 100000)
        return false;
    *ret = n - 1;
    return true;
}

static void row_begin(struct book *b, const char **attributes)
{
    const char *r = attribute(attributes, "r");
    size_t line = b->line + 1;

    if ((r && !number_of(r, 1048576, &line)) || line <= b->line || b->in_row)
        stop(b, "its rows are out of order", "行号有误");
    b->in_row = true;
    b->line = line;
    b->column = b->used = 0;
    for (size_t i = 0; i < XLSX_COLUMNS_MAX; i++)
        b->cells[i] = "";
}

static void cell_begin(struct book *b, const char **attributes)
{
    const char *r = attribute(attributes, "r"), *kind = attribute(attributes, "t");

    if (!b->in_row || (r && !column_of(r, &b->column)))
        stop(b, "a cell has no place", "单元格位置有误");
    snprintf(b->kind, sizeof b->kind, "%s", kind ? kind : "n");
    if (!number_of(attribute(attributes, "s"), STYLES_MAX, &b->style))
        b->style = STYLES_MAX;
    text_begin(b);
}

static void sheet_begin(struct book *b, const char *name, const char **attributes)
{
    if (strcmp(name, "row") == 0)
        row_begin(b, attributes);
    else if (strcmp(name, "c") == 0)
        cell_begin(b, attributes);
    else if (strcmp(name, "rPh") == 0)
        b->phonetic = true;
    b->keeps = strcmp(name, strcmp(b->kind, "inlineStr") == 0 ? "t" : "v") == 0;
}

static const char *cell_text(struct book *b)
{
    const char *text = text_copied(b, b->scratch);
    size_t i = 0;

    if (strcmp(b->kind, "s") == 0) {
        if (number_of(text, STRINGS_MAX, &i) && i < b->text_count)
            return b->texts[i];
        stop(b, "it names a text that is not there", "引用了不存在的文本");
        return "";
    }
    if (strcmp(b->kind, "b") == 0)
        return strcmp(text, "1") == 0 ? "TRUE" : "FALSE";
    if (strcmp(b->kind, "d") == 0) /* a day, perhaps with its time */
        return arena_ndup(b->scratch, text, strnlen(text, strlen("2026-11-22")));
    if (strcmp(b->kind, "e") == 0)
        stop(b, "a formula of it ended in an error", "有公式计算出错");
    return strcmp(b->kind, "n") == 0 && *text ? number_text(b, text) : text;
}

static void cell_end(struct book *b)
{
    const char *text = b->text.size ? cell_text(b) : "";

    /* One column may be written again and again. */
    if (arena_used(b->scratch) > ROW_MAX)
        stop(b, "a row is too long", "一行内容过多");
    if (*text && b->column >= XLSX_COLUMNS_MAX)
        stop(b, "it has too many columns", "列数过多");
    else if (*text) {
        b->cells[b->column] = text;
        if (b->column >= b->used)
            b->used = b->column + 1;
    }
    b->column++;
}

static void row_end(struct book *b)
{
    b->in_row = false;
    if (b->used == 0 || b->fault)
        return;
    if (b->rows++ == XLSX_ROWS_MAX) {
        stop(b, "it has too many rows", "行数过多");
        return;
    }
    b->status = b->row(b->arg, b->line, b->cells, b->used, b->err);
    if (b->status)
        stop(b, "", "");
    arena_reset(b->scratch);
}

static void sheet_end(struct book *b, const char *name)
{
    b->keeps = false;
    if (strcmp(name, "rPh") == 0)
        b->phonetic = false;
    else if (strcmp(name, "c") == 0)
        cell_end(b);
    else if (strcmp(name, "row") == 0)
        row_end(b);
}

/* ---- all of it ---- */

static bool with(struct book *b, const char *path, void (*begin)(struct book *, const char *, const char **),
                 void (*end)(struct book *, const char *))
{
    b->begin = begin;
    b->end = end;
    return part_read(b, path);
}

static bool book_read(struct book *b)
{
    if (!with(b, "xl/workbook.xml", workbook_begin, nothing_end) ||
        !with(b, "xl/_rels/workbook.xml.rels", relation_begin, nothing_end) || !b->sheet)
        return false;
    if (b->styles && !with(b, b->styles, styles_begin, styles_end) && b->fault)
        return false;
    if (b->strings && !with(b, b->strings, strings_begin, strings_end) && b->fault)
        return false;
    return with(b, b->sheet, sheet_begin, sheet_end);
}

bool xlsx_like(const void *bytes, size_t size)
{
    return size >= 4 && memcmp(bytes, "PK\003\004", 4) == 0;
}

static int outcome(struct book *b, bool good)
{
    if (b->status || good)
        return b->status;
    if (!b->fault)
        b->fault = "it is no XLSX file with a sheet", b->fault_zh = "不是含有工作表的XLSX文件";
    if (b->line == 0)
        return err_both(b->err, E_INVALID, "file/unreadable", b->fault, b->fault_zh);
    err_set(b->err, E_INVALID, "file/unreadable", "row %zu: %s", b->line, b->fault);
    err_zh(b->err, "第 %zu 行：%s", b->line, b->fault_zh);
    return E_INVALID;
}

int xlsx_read(const void *bytes, size_t size, xlsx_row *row, void *arg, struct err *err)
{
    struct book b = {.bytes = bytes, .size = size, .row = row, .arg = arg, .err = err};
    int status;

    if (size > XLSX_FILE_MAX)
        return err_both(err, E_INVALID, "file/unreadable", "it is too large", "文件过大");
    b.kept = arena_new(0);
    b.scratch = arena_new(0);
    status = outcome(&b, xlsx_like(bytes, size) && book_read(&b));
    buf_free(&b.text);
    arena_free(b.scratch);
    arena_free(b.kept);
    return status;
}
