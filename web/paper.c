/* Things and lists as people take them away: on paper with lines to sign, as PDF and Word, as tables of a
 * spreadsheet. */
#include <string.h>
#include <unistd.h>

#include "core/base/text.h"
#include "core/money/table.h"
#include "web/paper.h"
#include "web/words.h"

enum { ROWS_MAX = 10000, ROWS_ASKED = 100, SHEET_COLUMNS = 48, FILE_PIECE = 65536, PRINTED_ROWS = 500 };
enum { LIST_BYTES = 8 << 20, ASKS_MAX = ROWS_MAX / ROWS_ASKED };

/* Who signs what, by the question whose page it is: words of web/words.def. */
static const struct {
    const char *op, *signs[4];
} signed_by[] = {
    {"behalf_get", {"sign_sender", "sign_entered", "sign_confirmed"}},
    {"service_get", {"sign_recipient", "sign_server", "sign_witness"}},
    {"contract_get", {"sign_office", "sign_contractor"}},
    {"evaluation_get", {"sign_members", "sign_chair"}},
    {"marks_get", {"sign_members"}},
    {"criteria_get", {"sign_evaluator"}},
    {"panel_get", {"sign_members"}},
    {"opening_list", {"sign_opener", "sign_bidders", "sign_watch"}},
    {"payment_paper", {"sign_clerk", "sign_approver"}},
    {"tranche_get", {"sign_clerk", "sign_approver"}},
};

/* As many lines as the panel of the lot has members, as far as the visitor may know of them; else one. */
static size_t lines_of(struct page *p, const char *sign, const char *lot)
{
    struct answer panel = {0};
    struct err err;
    size_t count = 1;

    if (strcmp(sign, "sign_members") == 0 && lot &&
        !page_ask(p, arena_printf(p->view.arena, "/lots/%s/panel", lot), &panel, &err) && panel.status == 200)
        count = json_array_size(json_object_get(panel.json, "members"));
    answer_free(&panel);
    return count ? count : 1;
}

static json_t *signs_of(struct page *p, const struct op *op, const char *const *values)
{
    json_t *signs = json_array();

    for (size_t i = 0; i < LENGTH(signed_by); i++)
        for (size_t k = 0;
             strcmp(signed_by[i].op, op->id) == 0 && k < LENGTH(signed_by[i].signs) && signed_by[i].signs[k];
             k++)
            for (size_t n = lines_of(p, signed_by[i].signs[k], values[0]); n > 0; n--)
                json_array_append_new(
                    signs, json_pack("{s:s}", "label", view_text(&p->view, signed_by[i].signs[k])));
    return signs;
}

/* ---- a thing ---- */

/* Without what only programs need: ids, codes beside names, names in the other language. */
static json_t *for_people(const struct page *p, const json_t *value)
{
    json_t *copy, *inner;
    const json_t *one;
    const char *name;
    size_t i;

    if (json_is_array(value)) {
        copy = json_array();
        json_array_foreach(value, i, one) if ((inner = for_people(p, one)))
            json_array_append_new(copy, inner);
        return copy;
    }
    if (!json_is_object(value))
        return (json_is_string(value) && uuid_ok(json_string_value(value))) || json_is_null(value)
                   ? NULL
                   : json_incref((json_t *)value);
    copy = json_object();
    json_object_foreach((json_t *)value, name, one)
    {
        if (!view_shown(name) || strcmp(name, "code") == 0 ||
            (json_object_get(value, "name_en") && strcmp(name, p->view.chinese ? "name_en" : "name") == 0))
            continue;
        if ((inner = for_people(p, one)))
            json_object_set_new(copy, name, inner);
    }
    return copy;
}

static json_t *thing_blocks(struct page *p, const json_t *thing)
{
    const struct op *act = spec_find(p->view.spec, page_text(thing, "act"));
    json_t *blocks = json_array(), *plain = for_people(p, thing), *value;
    const char *name;

    /* What was received is told by the names its own form gives it. */
    json_object_foreach(plain, name, value)
        page_block(p, blocks, name, act && strcmp(name, "content") == 0 ? act->form : NULL, value);
    json_decref(plain);
    return blocks;
}

/* ---- a list ---- */

struct listing {
    json_t *items;
    bool more; /* there are more than are taken away at once */
};

/* Of its texts, as far as they matter to memory. */
static size_t bytes_of(const json_t *value)
{
    const json_t *one;
    const char *name;
    size_t bytes = json_string_length(value), i;

    json_array_foreach(value, i, one) bytes += bytes_of(one);
    json_object_foreach((json_t *)value, name, one) bytes += bytes_of(one);
    return bytes;
}

/* What is taken away is the whole list, whichever page of it one looks at. */
static const char *const of_a_page[] = {"limit", "cursor", NULL};

static int read_all(struct page *p, const struct op *op, size_t most, struct listing *ret,
                    struct answer *last, struct err *err)
{
    const char *query = page_query(p, op, of_a_page), *cursor = "";
    size_t bytes = 0;
    int status = 0, asks = 0;

    do {
        answer_free(last);
        *last = (struct answer){0};
        status = page_ask(p,
                          op->shape == OP_PAGE ? arena_printf(p->view.arena, "%s%s%climit=%d%s", p->path,
                                                              query, *query ? '&' : '?', ROWS_ASKED, cursor)
                                               : arena_printf(p->view.arena, "%s%s", p->path, query),
                          last, err);
        if (status || last->status != 200)
            return -1;
        json_array_extend(ret->items, json_object_get(last->json, "items"));
        bytes += bytes_of(last->json);
        cursor = arena_printf(p->view.arena, "&cursor=%s", page_text(last->json, "next"));
    } while (*page_text(last->json, "next") && json_array_size(ret->items) < most && bytes < LIST_BYTES &&
             ++asks < ASKS_MAX);
    ret->more = *page_text(last->json, "next") != '\0';
    return 0;
}

static int list_read(struct page *p, const struct op *op, size_t most, struct listing *ret,
                     struct answer *last, struct err *err)
{
    int status = site_heavy_begin(p->site, err);

    *ret = (struct listing){.items = json_array()};
    if (status)
        return status;
    status = read_all(p, op, most, ret, last, err);
    site_heavy_end(p->site);
    return status;
}

/* Every member of a row has its column, in the order the answer has them. */
static size_t sheet_columns(const json_t *items, const char *columns[SHEET_COLUMNS])
{
    const json_t *item, *value;
    const char *name;
    size_t count = 0, i, k;

    json_array_foreach(items, i, item) json_object_foreach((json_t *)item, name, value)
    {
        for (k = 0; k < count && strcmp(columns[k], name) != 0; k++)
            ;
        if (k == count && count < SHEET_COLUMNS && view_shown(name) && !json_is_null(value) &&
            !(json_is_string(value) && uuid_ok(json_string_value(value))))
            columns[count++] = name;
    }
    return count;
}

static void put_cell(const struct page *p, struct table *t, const char *name, const json_t *value)
{
    int64_t fen;

    if (json_is_integer(value))
        table_int(t, json_integer_value(value));
    else if (json_is_string(value) && spec_money(p->view.spec, name) &&
             money_parse(json_string_value(value), true, &fen))
        table_fen(t, fen);
    else
        table_text(t, value && !json_is_null(value) ? page_said(p, name, value) : NULL);
}

static void write_table(const struct page *p, const struct listing *l, struct table *t)
{
    const char *columns[SHEET_COLUMNS];
    const size_t count = sheet_columns(l->items, columns);
    struct page row = *p; /* what is said of one row is forgotten with it */
    const json_t *item;
    size_t i;

    row.view.arena = arena_new(0);
    for (size_t k = 0; k < count; k++)
        table_text(t, view_label(&p->view, columns[k]));
    table_row(t);
    json_array_foreach(l->items, i, item)
    {
        for (size_t k = 0; k < count; k++)
            put_cell(&row, t, columns[k], json_object_get(item, columns[k]));
        table_row(t);
        arena_reset(row.view.arena);
    }
    arena_free(row.view.arena);
    if (l->more) {
        table_text(t, view_text(&p->view, "sheet_more"));
        table_row(t);
    }
}

void page_give_name(struct page *p, const char *name, const char *end)
{
    CLEANUP(buf_free) struct buf out = {0};

    buf_printf(&out, "attachment; filename=\"linli.%s\"; filename*=UTF-8''", end);
    visit_encode(&out, name, "");
    buf_printf(&out, ".%s", end);
    visit_header(p->visit, "Content-Disposition", arena_ndup(p->view.arena, out.data, out.size));
    visit_header(p->visit, "Cache-Control", "no-store");
}

void page_give_table(struct page *p, struct table *t, bool xlsx, const char *name)
{
    struct answer none = {0};
    struct err err = {0};
    char piece[FILE_PIECE];
    uint64_t bytes = 0;
    int file = -1;
    ssize_t size;

    if (table_close(t, &file, &bytes, &err)) {
        page_problem(p, &none, &err);
        return;
    }
    (void)lseek(file, 0, SEEK_SET);
    while ((size = read(file, piece, sizeof piece)) > 0)
        buf_add(&p->visit->out, piece, (size_t)size);
    close(file);
    p->visit->status = 200;
    p->visit->type = xlsx ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                          : "text/csv; charset=utf-8";
    page_give_name(p, name, xlsx ? "xlsx" : "csv");
}

static void give_table(struct page *p, const struct op *op, const struct listing *l, bool xlsx)
{
    struct answer none = {0};
    struct table *t = NULL;
    struct err err = {0};

    if (table_open(xlsx ? TABLE_XLSX : TABLE_CSV, &t, &err)) {
        page_problem(p, &none, &err);
        return;
    }
    write_table(p, l, t);
    page_give_table(p, t, xlsx, p->view.chinese ? op->zh : op->en);
}

/* ---- printed ---- */

static json_t *list_blocks(struct page *p, const struct op *op, const struct listing *l)
{
    json_t *table = view_table(&p->view, op, l->items), *heads = json_array(), *rows = json_array();
    const json_t *one, *cell;
    size_t i, k;

    json_array_foreach(json_object_get(table, "columns"), i, one)
        json_array_append_new(heads, json_pack("{s:O*}", "head", json_object_get(one, "label")));
    json_array_foreach(json_object_get(table, "rows"), i, one)
    {
        json_t *cells = json_array();

        json_array_foreach(json_object_get(one, "cells"), k, cell)
            json_array_append_new(cells, json_pack("{s:s}", "cell", view_plain(&p->view, cell)));
        json_array_append_new(rows, json_pack("{s:o}", "cells", cells));
    }
    json_decref(table);
    return json_pack("[{s:{s:s, s:o, s:o}}]", "list", "label", p->view.chinese ? op->zh : op->en, "heads",
                     heads, "rows", rows);
}

static void print(struct page *p, const struct op *op, const char *const *values, const char *title,
                  json_t *blocks)
{
    const char *office = page_office(p, op, values), *name = "", *now = page_now(p);
    const char *form = visit_value(&p->visit->query, "as");
    const char *address =
        arena_printf(p->view.arena, "%s%s", site_url(p->site), view_path(&p->view, p->path));
    struct answer answer = {0};
    struct err err;
    json_t *signs = signs_of(p, op, values), *data;

    if (office && !page_ask(p, arena_printf(p->view.arena, "/offices/%s", office), &answer, &err))
        name = view_title(&p->view, answer.json) ? view_title(&p->view, answer.json) : "";
    data = json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "title", title, "office", name, "at",
                     view_time(&p->view, now), "address", address, "qr", page_qr(p, address), ">document",
                     json_pack("{s:o}", "blocks", blocks));
    json_object_set_new(data, "check_at", json_string(view_text(&p->view, "page_at")));
    if (json_array_size(signs))
        json_object_set_new(data, "sign_lines", json_pack("{s:o}", "signs", signs));
    else
        json_decref(signs);
    page_show_bare(p, "print", data);
    page_made(p, office, form, title);
    answer_free(&answer);
}

static json_t *blocks_of(struct page *p, const struct op *op, const char *const *values, const json_t *thing)
{
    if (strcmp(op->id, "criteria_get") == 0)
        return score_empty(p, values[0], json_object_get(thing, "criteria"));
    if (strcmp(op->id, "evaluation_get") == 0)
        return score_summary(p, values[0], thing);
    return thing_blocks(p, thing);
}

static void thing_on_paper(struct page *p, const struct op *op, const char *const *values)
{
    struct answer answer = {0};
    struct err err = {0};
    const char *title;

    if (page_ask(p, p->path, &answer, &err) || answer.status != 200 || !answer.json) {
        page_problem(p, &answer, &err);
    } else {
        title = view_title(&p->view, answer.json);
        print(p, op, values,
              arena_printf(p->view.arena, "%s %s", p->view.chinese ? op->zh : op->en, title ? title : ""),
              blocks_of(p, op, values, answer.json));
    }
    answer_free(&answer);
}

static void list_away(struct page *p, const struct op *op, const char *const *values, const char *form)
{
    const bool table = strcmp(form, "xlsx") == 0 || strcmp(form, "csv") == 0;
    struct answer last = {0};
    struct listing l;
    struct err err = {0};

    if (list_read(p, op, table ? ROWS_MAX : PRINTED_ROWS, &l, &last, &err))
        page_problem(p, &last, &err);
    else if (table)
        give_table(p, op, &l, strcmp(form, "xlsx") == 0);
    else
        print(p, op, values, p->view.chinese ? op->zh : op->en,
              strcmp(op->id, "marks_get") == 0 ? score_marks(p, values[0], l.items) : list_blocks(p, op, &l));
    json_decref(l.items);
    answer_free(&last);
}

static bool one_of(const char *form, const char *const *forms)
{
    while (*forms && strcmp(*forms, form) != 0)
        forms++;
    return *forms != NULL;
}

bool page_paper(struct page *p)
{
    static const char *const paper[] = {"print", "pdf", "docx", NULL}, *const tables[] = {"xlsx",  "csv",
                                                                                          "print", "pdf",
                                                                                          "docx",  NULL};
    const char *values[OP_PARAMS] = {NULL}, *form = visit_value(&p->visit->query, "as");
    const struct op *op = form ? spec_question(p->view.spec, p->path, values, p->view.arena) : NULL;

    if (!op || p->visit->post || !one_of(form, op->shape == OP_ONE ? paper : tables))
        return false;
    if (op->shape == OP_ONE)
        thing_on_paper(p, op, values);
    else
        list_away(p, op, values, form);
    return true;
}

/* What was edited outside comes back as the final document, with its digest; NULL: not by this visitor, or of
 * no such thing. */
static const char *final_path(const struct page *p, const struct op *op, const char *const *values)
{
    static const char *const kinds[] = {"notice", "contract", "objection", "tender", "award", "list"};
    const struct op *attach = spec_find(p->view.spec, "attachment_create");
    const char *office = page_office(p, op, values);

    if (!attach || !office || op->shape != OP_ONE || op->param_count != 1 ||
        !page_may(p, spec_find(p->view.spec, "behalf_enter")))
        return NULL;
    for (size_t i = 0; i < LENGTH(kinds); i++)
        if (strcmp(kinds[i], op->last_param) == 0)
            return arena_printf(p->view.arena, "%s?do=attachment_create&object_kind=%s&object=%s&kind=final",
                                view_path(&p->view, op_path(attach, &office, p->view.arena)), kinds[i],
                                values[0]);
    return NULL;
}

void paper_put_final(const struct page *p, const struct op *op, const char *const *values, json_t *data)
{
    const char *path = op ? final_path(p, op, values) : NULL;

    if (path)
        json_object_set_new(data, "final", json_pack("{s:s}", "href", path));
}

void paper_put_links(struct page *p, const struct op *op, const char *const *values, json_t *data)
{
    static const char *const paper[] = {"print", "pdf", "docx"}, *const tables[] = {"xlsx", "csv", "print"};
    const char *const *forms = op->shape == OP_ONE ? paper : tables;
    const char *query = page_query(p, op, of_a_page), *final = final_path(p, op, values);
    json_t *links = json_array();

    for (size_t i = 0; i < LENGTH(paper); i++)
        json_array_append_new(
            links, json_pack("{s:s, s:s}", "href",
                             arena_printf(p->view.arena, "%s%s%cas=%s", view_path(&p->view, p->path), query,
                                          *query ? '&' : '?', forms[i]),
                             "label", view_text(&p->view, arena_printf(p->view.arena, "as_%s", forms[i]))));
    if (final)
        json_array_append_new(links,
                              json_pack("{s:s, s:s}", "href", final, "label", view_text(&p->view, "final")));
    json_object_set_new(data, "away", json_pack("{s:o}", "links", links));
}
