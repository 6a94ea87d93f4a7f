/*
 * A sheet of entries for a draft list: read here, checked row by row by the API, shown with each wrong cell
 * marked, and added in one act when the visitor says so.
 */
#include <csv.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/xlsx.h"
#include "core/money/table.h"
#include "web/office.h"
#include "web/paper.h"
#include "web/words.h"

enum { COLUMNS_MAX = 40, ROWS_MAX = 200, BYTES_MAX = 1 << 20, LONG_BYTES = 60 };

struct sheet {
    struct page *p;
    const json_t *properties;        /* of one entry */
    const char *member[COLUMNS_MAX]; /* by column; NULL: not known */
    const char *titles[COLUMNS_MAX];
    size_t column, columns, kept;
    size_t line, lines[ROWS_MAX]; /* rows of the file: the one being read, and by row that was */
    int last_end;
    bool titled;
    const char *fault;  /* key of the text that says it */
    json_t *now, *rows; /* texts by member */
    struct answer mechanisms;
};

/* ---- reading ---- */

/* As UTF-8, from what it is said to be; NULL: it is not. */
static char *decoded(const char *from, const char *bytes, size_t size, size_t *ret_size)
{
    const size_t room = size * 2 + 4;
    char *out = malloc(room), *to = out, *at = (char *)(uintptr_t)bytes;
    size_t left = size, space = room;
    iconv_t convert = iconv_open("UTF-8", from);

    MUST(out && convert != (iconv_t)-1);
    const size_t made = iconv(convert, &at, &left, &to, &space);
    iconv_close(convert);
    if (made == (size_t)-1) {
        free(out);
        return NULL;
    }
    *ret_size = room - space;
    return out;
}

static const char *label_of(const json_t *property, const char *language)
{
    return json_string_value(json_object_get(json_object_get(property, "x-label"), language));
}

/* A column is named as the form names it, in either language, or by its member. */
static const char *member_of(const struct sheet *s, const char *title)
{
    const char *name;
    json_t *property;

    json_object_foreach((json_t *)s->properties, name, property)
    {
        const char *zh = label_of(property, "zh"), *en = label_of(property, "en");

        if (strcmp(title, name) == 0 || (zh && strcmp(title, zh) == 0) || (en && strcmp(title, en) == 0))
            return name;
    }
    return NULL;
}

/* The code of a mechanism people name by its title; the text itself where none is called so. */
static const char *mechanism_of(struct sheet *s, const char *text)
{
    const json_t *item, *named;
    struct err err;
    size_t i;

    if (!s->mechanisms.status && page_ask(s->p, "/mechanisms", &s->mechanisms, &err))
        s->mechanisms = (struct answer){.status = 503};
    json_array_foreach(json_object_get(s->mechanisms.json, "items"), i, item)
    {
        const char *id = page_text(item, "id");

        named = json_object_get(item, "name");
        if (strcmp(view_word(&s->p->view, "method", id), text) == 0 ||
            strcmp(page_text(named, "zh"), text) == 0 || strcmp(page_text(named, "en"), text) == 0)
            return id;
    }
    return text;
}

/* A choice may be written as people read it. */
static const char *value_of(struct sheet *s, const char *member, const char *text)
{
    const json_t *labels = json_object_get(json_object_get(s->properties, member), "x-labels");
    const char *code;
    json_t *label;

    json_object_foreach((json_t *)labels, code, label)
    {
        const char *zh = json_string_value(json_object_get(label, "zh"));
        const char *en = json_string_value(json_object_get(label, "en"));

        if ((zh && strcmp(zh, text) == 0) || (en && strcmp(en, text) == 0) ||
            strcmp(view_word(&s->p->view, member, code), text) == 0)
            return code;
    }
    return strcmp(member, "method") == 0 ? mechanism_of(s, text) : text;
}

static void on_cell(void *bytes, size_t size, void *arg)
{
    struct sheet *s = arg;
    const char *from = bytes ? bytes : "", *text;

    for (size = strnlen(from, size); size && strchr(" \t", from[size - 1]); size--)
        continue;
    for (; size && strchr(" \t", *from); size--)
        from++;
    if (s->column >= COLUMNS_MAX && size)
        s->fault = "import_long";
    /* A workbook says a text once and names it in a million cells. */
    if (s->column < COLUMNS_MAX && (!s->titled || s->member[s->column]) && (s->kept += size) > BYTES_MAX)
        s->fault = "import_large";
    if (s->fault || s->column >= COLUMNS_MAX || (s->titled && !s->member[s->column])) {
        s->column++;
        return;
    }
    text = arena_ndup(s->p->view.arena, from, size);
    if (!s->titled) {
        s->titles[s->column] = text;
        s->member[s->column] = member_of(s, text);
        s->columns = s->column + 1;
    } else if (*text) {
        json_object_set_new(s->now, s->member[s->column],
                            json_string(value_of(s, s->member[s->column], text)));
    }
    s->column++;
}

/* Empty rows count as a spreadsheet counts them; CR LF ends one row, not two. */
static void on_row(int end, void *arg)
{
    struct sheet *s = arg;
    const bool tail = end == '\n' && s->last_end == '\r' && s->column == 0;

    s->last_end = tail ? 0 : end;
    if (tail)
        return;
    s->line++;
    if (s->titled && json_object_size(s->now)) {
        const size_t count = json_array_size(s->rows);

        if (count < ROWS_MAX) {
            s->lines[count] = s->line;
            json_array_append_new(s->rows, json_deep_copy(s->now));
        } else {
            s->fault = "import_long";
        }
    }
    s->titled = s->titled || s->column > 0;
    json_object_clear(s->now);
    s->column = 0;
}

/* NULL, or the key of the text that says what is wrong. */
static const char *read_csv(struct sheet *s, const char *bytes, size_t size)
{
    struct csv_parser parser;
    size_t plain = 0, skip;
    char *text = decoded("UTF-8", bytes, size, &plain);

    if (!text)
        text = decoded("GB18030", bytes, size, &plain);
    if (!text)
        return "import_coding";
    skip = plain >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    MUST(csv_init(&parser, CSV_APPEND_NULL | CSV_REPALL_NL) == 0);
    csv_parse(&parser, text + skip, plain - skip, on_cell, on_row, s);
    csv_fini(&parser, on_cell, on_row, s);
    csv_free(&parser);
    free(text);
    if (s->fault)
        return s->fault;
    return json_array_size(s->rows) ? NULL : "import_empty";
}

static int on_xlsx_row(void *arg, size_t line, const char *const *cells, size_t count, struct err *err)
{
    struct sheet *s = arg;

    (void)err;
    s->line = line - 1;
    for (size_t i = 0; i < count; i++)
        on_cell((char *)(uintptr_t)cells[i], strlen(cells[i]), s);
    on_row(0, s);
    return s->fault ? E_INVALID : 0;
}

static const char *read_xlsx(struct sheet *s, const char *bytes, size_t size)
{
    struct err err;

    if (xlsx_read(bytes, size, on_xlsx_row, s, &err))
        return s->fault ? s->fault : "import_workbook";
    return json_array_size(s->rows) ? NULL : "import_empty";
}

static const char *read_file(struct sheet *s, const struct visit_file *f)
{
    const char *fault = "import_empty";
    char *bytes;

    if (f->size > BYTES_MAX)
        return "import_large";
    if (!f->size)
        return fault;
    bytes = malloc(f->size);
    MUST(bytes);
    rewind(f->data);
    if (fread(bytes, 1, f->size, f->data) == f->size)
        fault = xlsx_like(bytes, f->size) ? read_xlsx(s, bytes, f->size) : read_csv(s, bytes, f->size);
    free(bytes);
    return fault;
}

/* ---- checking ---- */

/* The texts of a row as the body of one entry. */
static json_t *body_of(const struct sheet *s, const json_t *schema, const json_t *row)
{
    struct form_value values[COLUMNS_MAX];
    struct form_values all = {values, 0};
    const char *name;
    json_t *text;

    json_object_foreach((json_t *)row, name, text) if (all.count < COLUMNS_MAX && json_is_string(text))
        values[all.count++] = (struct form_value){name, json_string_value(text)};
    return form_body(schema, &all, s->p->view.arena);
}

static json_t *check(const struct sheet *s, const struct op *op, const char *path, const json_t *row)
{
    json_t *body = body_of(s, op->form, row), *problem = NULL;
    char *text = json_dumps(body, JSON_COMPACT);
    struct question q = {
        .method = "POST", .path = path, .body = text, .csrf = visit_value(&s->p->visit->fields, "_csrf")};
    struct answer answer = {0};
    struct err err;

    if (page_tell(s->p, &q, &answer, &err) || answer.status >= 300)
        problem = answer.json ? json_incref(answer.json) : json_object();
    answer_free(&answer);
    free(text);
    json_decref(body);
    return problem;
}

/* What only the sheet as a whole shows: a number that stands there twice. */
static json_t *check_twice(const struct sheet *s, size_t at)
{
    const char *number = page_text(json_array_get(s->rows, at), "number");

    for (size_t i = 0; *number && i < at; i++)
        if (strcmp(page_text(json_array_get(s->rows, i), "number"), number) == 0)
            return json_pack("{s:[{s:s, s:s}]}", "errors", "pointer", "/number", "detail",
                             view_text(&s->p->view, "import_twice"));
    return NULL;
}

static const char *fault_of(const json_t *problem, const char *member)
{
    const json_t *e;
    size_t i;

    json_array_foreach(json_object_get(problem, "errors"), i, e)
    {
        const char *pointer = json_string_value(json_object_get(e, "pointer"));

        if (pointer && strcmp(pointer + (*pointer == '/'), member) == 0)
            return json_string_value(json_object_get(e, "detail"));
    }
    return NULL;
}

/* The members to show: those of the file, and those a row lacks. */
static json_t *members_of(const struct sheet *s, const json_t *schema)
{
    json_t *members = json_array();
    const char *name;
    json_t *property;
    const json_t *need;
    size_t i;

    json_object_foreach((json_t *)s->properties, name, property)
    {
        bool shown = false;

        for (size_t c = 0; c < s->columns; c++)
            shown = shown || (s->member[c] && strcmp(s->member[c], name) == 0);
        json_array_foreach(json_object_get(schema, "required"), i, need) shown =
            shown || strcmp(json_string_value(need), name) == 0;
        if (shown)
            json_array_append_new(members, json_string(name));
    }
    return members;
}

static json_t *row_shown(const struct sheet *s, const json_t *members, const json_t *row, size_t line,
                         const json_t *problem)
{
    json_t *cells = json_array();
    const json_t *member;
    const char *detail = json_string_value(json_object_get(problem, "detail"));
    bool told = false;
    size_t i;

    json_array_foreach(members, i, member)
    {
        const char *name = json_string_value(member), *fault = fault_of(problem, name);
        const char *text = json_string_value(json_object_get(row, name));

        json_array_append_new(cells, json_pack("{s:s, s:s, s:s*, s:b, s:b}", "value",
                                               text ? view_word(&s->p->view, name, text) : "", "label",
                                               view_label(&s->p->view, name), "fault", fault, "wrong",
                                               fault != NULL, "long", text && strlen(text) > LONG_BYTES));
        told = told || fault;
    }
    return json_pack("{s:I, s:o, s:s}", "no", (json_int_t)line, "cells", cells, "detail",
                     problem && !told && detail ? detail : "");
}

/* ---- pages ---- */

static json_t *start(struct page *p, const char *list)
{
    return json_pack("{s:s, s:s, s:s}", "action",
                     arena_printf(p->view.arena, "%s?sheet=1", view_path(&p->view, p->path)), "template",
                     arena_printf(p->view.arena, "%s?sheet=template", view_path(&p->view, p->path)), "back",
                     view_path(&p->view, arena_printf(p->view.arena, "/lists/%s", list)));
}

static void preview(struct sheet *s, const struct op *op, const char *list, json_t *data)
{
    const char *path = arena_printf(s->p->view.arena, "/lists/%s/entries/check", list);
    json_t *members = members_of(s, op->form), *heads = json_array(), *rows = json_array();
    const char *unknown = "", *joint = s->p->view.chinese ? "、" : ", ";
    const json_t *row, *member;
    size_t i, wrong = 0;

    json_array_foreach(members, i, member)
        json_array_append_new(heads, json_string(view_label(&s->p->view, json_string_value(member))));
    json_array_foreach(s->rows, i, row)
    {
        json_t *problem = check(s, op, path, row);

        if (!problem)
            problem = check_twice(s, i);
        wrong += problem != NULL;
        json_array_append_new(rows, row_shown(s, members, row, s->lines[i], problem));
        json_decref(problem);
    }
    for (size_t c = 0; c < s->columns; c++)
        if (!s->member[c])
            unknown = arena_printf(s->p->view.arena, "%s%s%s", unknown, *unknown ? joint : "", s->titles[c]);
    json_object_set_new(data, "seen",
                        json_pack("{s:o, s:o, s:s, s:b}", "heads", heads, "rows", rows, "unknown", unknown,
                                  "good", wrong == 0));
    if (wrong == 0) {
        char *text = json_dumps(s->rows, JSON_COMPACT);

        json_object_set_new(data, "take",
                            json_pack("{s:s, s:s, s:s}", "rows", text, "key", page_key(s->p), "action",
                                      json_string_value(json_object_get(data, "action"))));
        free(text);
    }
    json_decref(members);
}

static void upload(struct page *p, const struct op *op, const char *list)
{
    struct sheet s = {.p = p,
                      .properties = json_object_get(op->form, "properties"),
                      .now = json_object(),
                      .rows = json_array()};
    json_t *data = start(p, list);
    const char *fault = p->visit->file_count ? read_file(&s, &p->visit->files[0]) : "import_empty";

    if (fault)
        json_object_set_new(data, "fault", json_string(view_text(&p->view, fault)));
    else
        preview(&s, op, list, data);
    answer_free(&s.mechanisms);
    json_decref(s.now);
    json_decref(s.rows);
    page_show(p, 200, "import", view_text(&p->view, "import_title"), data);
}

/* Rows as the preview wrote them: texts by member. */
static bool rows_fit(const json_t *rows)
{
    const json_t *row, *text;
    const char *name;
    size_t i;

    if (!json_is_array(rows) || json_array_size(rows) == 0 || json_array_size(rows) > ROWS_MAX)
        return false;
    json_array_foreach(rows, i, row)
    {
        if (json_object_size(row) == 0 || json_object_size(row) > COLUMNS_MAX)
            return false;
        json_object_foreach((json_t *)row, name, text) if (!json_is_string(text)) return false;
    }
    return true;
}

/* What was shown is sent as one act. */
static void take(struct page *p, const struct op *op, const char *list)
{
    struct sheet s = {.p = p};
    json_t *rows = json_loads(visit_value(&p->visit->fields, "rows"), 0, NULL), *entries, *body;
    const json_t *row;
    struct answer answer = {0};
    struct err err = {0};
    char *text;
    size_t i;

    if (!rows_fit(rows)) {
        json_decref(rows);
        page_problem(p, &(struct answer){.status = 400}, NULL);
        return;
    }
    entries = json_array();
    json_array_foreach(rows, i, row) json_array_append_new(entries, body_of(&s, op->form, row));
    body = json_pack("{s:o}", "entries", entries);
    text = json_dumps(body, JSON_COMPACT);
    struct question q = {.method = "POST",
                         .path = arena_printf(p->view.arena, "/lists/%s/entries/sheet", list),
                         .body = text,
                         .csrf = visit_value(&p->visit->fields, "_csrf"),
                         .key = visit_value(&p->visit->fields, "_key")};
    if (page_tell(p, &q, &answer, &err) || answer.status >= 300)
        page_problem(p, &answer, &err);
    else
        visit_to(p->visit,
                 arena_printf(p->view.arena, "%s?done=entries_add",
                              view_path(&p->view, arena_printf(p->view.arena, "/lists/%s/draft", list))));
    answer_free(&answer);
    free(text);
    json_decref(body);
    json_decref(rows);
}

/* What the sample row says in this column. */
static const char *sample_of(const struct page *p, const char *member)
{
    static const struct {
        const char *member, *zh, *en;
    } sample[] = {{"number", "1", "1"},
                  {"name", "居家养老服务", "Home care for the elderly"},
                  {"department", "社区办", "Community affairs"},
                  {"field", "养老", "Elderly care"},
                  {"beneficiaries", "八十岁以上独居老人", "People over eighty who live alone"},
                  {"place", "本街道", "The whole subdistrict"},
                  {"budget", "480000.00", "480000.00"},
                  {"budget_item", "2081002", "2081002"},
                  {"catalogue_code", "A0302", "A0302"},
                  {"planned_month", "9", "9"},
                  {"term_months", "12", "12"},
                  {"officer", "陈经办", "Chen"}};

    if (strcmp(member, "regime") == 0)
        return view_word(&p->view, member, "sub_threshold");
    if (strcmp(member, "method") == 0)
        return view_word(&p->view, member, "open_comparison");
    for (size_t i = 0; i < LENGTH(sample); i++)
        if (strcmp(sample[i].member, member) == 0)
            return p->view.chinese ? sample[i].zh : sample[i].en;
    return "";
}

/* The titles, and one row that shows how. */
static void give_template(struct page *p, const struct op *op, bool xlsx)
{
    struct answer none = {0};
    struct table *t = NULL;
    struct err err = {0};
    const char *name;
    json_t *property;

    if (table_open(xlsx ? TABLE_XLSX : TABLE_CSV, &t, &err)) {
        page_problem(p, &none, &err);
        return;
    }
    json_object_foreach(json_object_get(op->form, "properties"), name, property)
    {
        const char *label = label_of(property, p->view.chinese ? "zh" : "en");

        table_text(t, label ? label : name);
    }
    table_row(t);
    json_object_foreach(json_object_get(op->form, "properties"), name, property)
        table_text(t, sample_of(p, name));
    table_row(t);
    page_give_table(p, t, xlsx, view_text(&p->view, "import_title"));
}

/* Only a form of ours is read at all. */
static bool ours(const struct page *p)
{
    const char *csrf = visit_value(&p->visit->fields, "_csrf");

    return !p->visit->post || (csrf && p->csrf && strcmp(csrf, p->csrf) == 0);
}

void page_import(struct page *p, const char *list)
{
    const struct op *op = spec_find(p->view.spec, "entry_check");
    const char *asked = visit_value(&p->visit->query, "sheet");

    if (!op || !page_may(p, op) || !ours(p))
        page_problem(p, &(struct answer){.status = p->me ? 403 : 401}, NULL);
    else if (asked && (strcmp(asked, "template") == 0 || strcmp(asked, "template.xlsx") == 0))
        give_template(p, op, strcmp(asked, "template") != 0);
    else if (p->visit->post && visit_value(&p->visit->fields, "rows"))
        take(p, op, list);
    else if (p->visit->post)
        upload(p, op, list);
    else
        page_show(p, 200, "import", view_text(&p->view, "import_title"), start(p, list));
}
