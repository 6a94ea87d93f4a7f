/* Parts row by row into files without a name, and from there into the zip: nothing of it is held. */
#include "core/service/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/money/table.h"

enum { PARTS = 16, PIECE = 65536, FILES_MOST = 50000 };
static const int64_t bytes_most = INT64_C(4) << 30;

/* In the order of the catalogue; needed: there has to be one whatever the way. */
static const struct {
    const char *title;
    bool needed;
} parts[PARTS] = {
    {"采购预算与清单", true}, {"采购文件与方案", true},     {"公告", true},
    {"答疑", false},          {"投标文件与开标记录", true}, {"评审小组", true},
    {"审查结论", true},       {"评审报告", true},           {"各项决定及其计算", true},
    {"定标", true},           {"质疑、异议与投诉", false},  {"合同与变更", true},
    {"履约与验收", true},     {"票据与付款", true},         {"审批与会议纪要", false},
    {"采购活动记录", true},
};

struct making {
    struct tx *tx;
    struct archive_order order;
    struct archive *zip;
    const char *folder; /* "310105001-2026-0001/" */
    int part;           /* being written, from 1; 0: none */
    FILE *page;
    struct table *table;
    size_t rows[PARTS + 1];
    FILE *index; /* of the folder */
    size_t files;
    int64_t bytes; /* of what is in it, before it is packed */
};

/* ---- the zip ---- */

static int spoilt(struct err *err)
{
    return err_set(err, E_BROKEN, "server/broken", "the archive cannot be written");
}

static int too_large(const struct making *m, struct err *err)
{
    err_set(err, E_TOO_LARGE, "archive/too-large",
            m->order.year ? "more than 50,000 files or 4 GiB: take the archives of its tenders one by one"
                          : "more than 50,000 files or 4 GiB: take its files one by one");
    err_zh(err, m->order.year ? "超过 5 万个文件或 4 GiB，请逐个项目下载档案"
                              : "超过 5 万个文件或 4 GiB，请逐个下载附件");
    return E_TOO_LARGE;
}

/* What `file` holds, from its beginning; closes it. */
static int put_file(struct making *m, const char *name, int file, struct err *err)
{
    struct archive_entry *entry = archive_entry_new();
    struct stat st;
    char piece[PIECE];
    ssize_t got = 0;
    int status = 0;

    MUST(entry);
    if (fstat(file, &st) || lseek(file, 0, SEEK_SET) < 0) {
        status = spoilt(err);
    } else if (++m->files > FILES_MOST || (m->bytes += st.st_size) > bytes_most) {
        status = too_large(m, err);
    } else {
        archive_entry_set_pathname_utf8(entry, arena_printf(tx_arena(m->tx), "%s%s", m->folder, name));
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, st.st_size);
        if (archive_write_header(m->zip, entry) != ARCHIVE_OK)
            status = spoilt(err);
    }
    while (!status && (got = read(file, piece, sizeof piece)) > 0)
        if (archive_write_data(m->zip, piece, (size_t)got) != got)
            status = spoilt(err);
    archive_entry_free(entry);
    close(file);
    return status || got == 0 ? status : spoilt(err);
}

/* ---- pages ---- */

static FILE *page_open(void)
{
    const int file = file_unnamed();

    return file < 0 ? NULL : fdopen(file, "w+");
}

static void put_html(FILE *page, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        switch (text[i]) {
        case '&':
            fputs("&amp;", page);
            break;
        case '<':
            fputs("&lt;", page);
            break;
        case '>':
            fputs("&gt;", page);
            break;
        case '"':
            fputs("&quot;", page);
            break;
        default:
            fputc(text[i], page);
        }
}

static void begin_page(FILE *page, const char *title)
{
    fputs("<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>", page);
    put_html(page, title, strlen(title));
    fputs(
        "</"
        "title><style>body{font-family:sans-serif;margin:2em;line-height:1.6}table{border-collapse:collapse}"
        "td,th{border:1px solid #999;padding:.3em "
        ".6em;vertical-align:top;text-align:left;overflow-wrap:anywhere}"
        "</style></head><body>\n<h1>",
        page);
    put_html(page, title, strlen(title));
    fputs("</h1>\n", page);
}

static int end_page(struct making *m, FILE *page, const char *name, struct err *err)
{
    int file;

    fputs("</body></html>\n", page);
    if (fflush(page) || (file = dup(fileno(page))) < 0) {
        fclose(page);
        return spoilt(err);
    }
    fclose(page);
    return put_file(m, name, file, err);
}

/* ---- parts ---- */

static const char *part_name(const struct making *m, int part, const char *end)
{
    return arena_printf(tx_arena(m->tx), "%02d-%s.%s", part, parts[part - 1].title, end);
}

static int end_part(struct making *m, struct err *err)
{
    FILE *page = m->page;
    struct table *table = m->table;
    uint64_t bytes;
    int file = -1, status;

    if (!m->part)
        return 0;
    m->page = NULL;
    m->table = NULL;
    fputs("</table>\n", page);
    status = table_close(table, &file, &bytes, err);
    if (status)
        fclose(page);
    else
        status = end_page(m, page, part_name(m, m->part, "html"), err);
    if (!status)
        status = put_file(m, part_name(m, m->part, "csv"), file, err);
    else if (file >= 0)
        close(file);
    m->part = 0;
    return status;
}

/* Cells are apart by U+001F. */
static void put_row(struct making *m, const char *cells, const char *tag)
{
    fputs("<tr>", m->page);
    for (const char *at = cells;; at++) {
        const size_t size = strcspn(at, "\x1f");

        fprintf(m->page, "<%s>", tag);
        put_html(m->page, at, size);
        fprintf(m->page, "</%s>", tag);
        table_textn(m->table, at, size);
        at += size;
        if (!*at)
            break;
    }
    fputs("</tr>\n", m->page);
    table_row(m->table);
}

static int begin_part(struct making *m, int part, const char *titles, struct err *err)
{
    int status = end_part(m, err);

    if (status)
        return status;
    m->page = page_open();
    if (!m->page)
        return spoilt(err);
    status = table_open(TABLE_CSV, &m->table, err);
    if (status) {
        fclose(m->page);
        m->page = NULL;
        return status;
    }
    m->part = part;
    begin_page(m->page, parts[part - 1].title);
    fputs("<table>\n", m->page);
    put_row(m, titles, "th");
    return 0;
}

static int take_row(void *arg, const struct rows *row, struct err *err)
{
    struct making *m = arg;
    const int part = (int)row_int(row, 0, "part");
    int status = part == m->part ? 0 : begin_part(m, part, row_text(row, 0, "titles"), err);

    if (status)
        return status;
    put_row(m, row_text(row, 0, "cells"), "td");
    m->rows[part]++;
    return ftello(m->page) > bytes_most - m->bytes ? too_large(m, err) : 0;
}

/* Whatever was begun when something failed. */
static void drop_part(struct making *m)
{
    uint64_t bytes;
    int file;

    if (m->page)
        fclose(m->page);
    if (m->table && table_close(m->table, &file, &bytes, NULL) == 0)
        close(file);
    m->page = NULL;
    m->table = NULL;
    m->part = 0;
}

/* ---- files ---- */

/* A name that stays inside its folder. */
static const char *safe_name(struct making *m, const char *name)
{
    char *safe = arena_dup(tx_arena(m->tx), name);

    for (char *c = safe; *c; c++)
        if (*c == '/' || *c == '\\' || (unsigned char)*c < ' ')
            *c = '_';
    return safe;
}

static int put_originals(struct making *m, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(m->tx, Q_archive_files, &r, err, P_INT(m->order.office), P_TEXT(m->order.tender),
                        P_TEXT(m->order.roles), P_TEXT(m->order.person));

    if (status)
        return status;
    if (rows_count(r) > FILES_MOST - m->files)
        return too_large(m, err);
    fputs("<h2>原始文件</h2>\n<ol>\n", m->index);
    for (size_t i = 0; !status && i < rows_count(r); i++) {
        const char *digest = row_text(r, i, "digest");
        const char *name = arena_printf(tx_arena(m->tx), "原始文件/%s-%03zu-%s", row_text(r, i, "kind"),
                                        i + 1, safe_name(m, row_text(r, i, "name")));
        const int file = open(blob_path(m->order.service, tx_arena(m->tx), digest), O_RDONLY | O_CLOEXEC);

        fputs("<li>", m->index);
        put_html(m->index, name, strlen(name));
        fprintf(m->index, " SHA-256 %s%s</li>\n", digest, file < 0 ? " <strong>缺</strong>" : "");
        if (file >= 0)
            status = put_file(m, name, file, err);
    }
    fputs("</ol>\n", m->index);
    return status;
}

/* ---- the catalogue ---- */

/* What comes after the award is not to be expected of a tender that failed. */
static bool missing(const struct making *m, int part, bool failed)
{
    return m->rows[part] == 0 && parts[part - 1].needed && !(failed && part >= 5 && part <= 14 && part != 9);
}

static void put_catalogue(struct making *m, bool failed)
{
    fputs("<p>保存期限：采购活动结束之日起至少十五年（政府采购法 §42）。</p>\n"
          "<h2>卷内目录</h2>\n<table><tr><th>序号</th><th>材料</th><th>份数</th><th>备注</th></tr>\n",
          m->index);
    for (int part = 1; part <= PARTS; part++) {
        const char *name = part_name(m, part, "html");

        fprintf(m->index, "<tr><td>%d</td><td>", part);
        if (m->rows[part])
            fprintf(m->index, "<a href=\"%s\">%s</a>", name, parts[part - 1].title);
        else
            fputs(parts[part - 1].title, m->index);
        fprintf(m->index, "</td><td>%zu</td><td>%s</td></tr>\n", m->rows[part],
                missing(m, part, failed) ? "<strong>缺</strong>"
                : m->rows[part]          ? ""
                                         : "无");
    }
    fputs("</table>\n", m->index);
}

static int put_tender(struct making *m, const char *title, const char *state, struct err *err)
{
    const bool failed = strcmp(state, "void") == 0 || strcmp(state, "cancelled") == 0;
    const struct param of[] = {P_INT(m->order.office), P_TEXT(m->order.tender)};
    int status;

    memset(m->rows, 0, sizeof m->rows);
    m->index = page_open();
    if (!m->index)
        return spoilt(err);
    status = tx_each(m->tx, Q_archive_rows, of, 2, take_row, m, err);
    if (!status)
        status = end_part(m, err);
    drop_part(m);
    begin_page(m->index, title);
    if (!status) {
        put_catalogue(m, failed);
        status = put_originals(m, err);
    }
    if (!status)
        return end_page(m, m->index, "卷内目录.html", err);
    fclose(m->index);
    return status;
}

static int put_tenders(struct making *m, const struct rows *r, struct err *err)
{
    int status = 0;

    for (size_t i = 0; !status && i < rows_count(r); i++) {
        m->order.tender = row_text(r, i, "id");
        m->folder = arena_printf(tx_arena(m->tx), "%s/", row_text(r, i, "number"));
        status = put_tender(
            m, arena_printf(tx_arena(m->tx), "%s %s", row_text(r, i, "number"), row_text(r, i, "title")),
            row_text(r, i, "state"), err);
    }
    return status;
}

int archive_make(struct tx *tx, const struct archive_order *order, struct made_file *ret, struct err *err)
{
    struct making m = {.tx = tx, .order = *order, .zip = archive_write_new()};
    struct rows *r = NULL;
    struct stat st;
    int status = tx_run(tx, Q_archive_tenders, &r, err, P_INT(order->office),
                        order->year ? P_INT(order->year) : P_NULL, P_TEXT(order->tender));

    MUST(m.zip);
    ret->file = -1;
    if (!status && rows_count(r) == 0)
        status = err_both(err, E_ABSENT, "subject/absent", "no tender whose result was announced",
                          "没有已公告结果的项目，公告结果后才能归档");
    if (!status && (ret->file = file_unnamed()) < 0)
        status = spoilt(err);
    if (!status && (archive_write_set_format_zip(m.zip) != ARCHIVE_OK ||
                    archive_write_set_options(m.zip, "hdrcharset=UTF-8") < ARCHIVE_WARN ||
                    archive_write_open_fd(m.zip, ret->file) != ARCHIVE_OK))
        status = spoilt(err);
    if (!status)
        status = put_tenders(&m, r, err);
    if (archive_write_close(m.zip) != ARCHIVE_OK && !status)
        status = spoilt(err);
    archive_write_free(m.zip);
    if (!status && (fstat(ret->file, &st) || lseek(ret->file, 0, SEEK_SET) < 0))
        status = spoilt(err);
    if (status && ret->file >= 0)
        close(ret->file);
    ret->bytes = status ? 0 : (uint64_t)st.st_size;
    ret->type = "application/zip";
    ret->name =
        arena_printf(tx_arena(tx), "%s.zip", status || order->year ? "archive" : row_text(r, 0, "number"));
    return status;
}
