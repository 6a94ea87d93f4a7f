/* A notice as people read it: on a page, on paper, and as plain text to paste into a message. */
#include <string.h>

#include "core/base/text.h"
#include "web/page.h"
#include "web/words.h"

/* ---- blocks: {"row": {label, value}} and {"list": {label, heads, rows}} ---- */

static void put_row(json_t *blocks, const char *label, const char *value)
{
    if (value && *value)
        json_array_append_new(blocks, json_pack("{s:{s:s, s:s}}", "row", "label", label, "value", value));
}

/* One value of a notice in words; NULL: none of a single line. */
static const char *line_of(const struct page *p, const char *name, const json_t *value)
{
    const char *text = json_string_value(value), *said;

    if (json_is_integer(value))
        return arena_printf(p->view.arena, "%lld", json_integer_value(value));
    if (json_is_boolean(value))
        return words_text(json_is_true(value) ? "yes" : "no", p->view.chinese);
    if (json_is_object(value)) {
        said = page_text(value, p->view.chinese ? "zh" : "en");
        return *said ? said : view_title(&p->view, value);
    }
    if (!text || !*text)
        return NULL;
    if (spec_money(p->view.spec, name) && strchr(text, '.'))
        return arena_printf(p->view.arena, "%s %s", view_money(&p->view, text),
                            words_text("csv_money", p->view.chinese));
    said = view_time(&p->view, text);
    return said != text ? said : view_word(&p->view, name, text);
}

/* Reasons as one line. */
static const char *reasons(const struct page *p, const json_t *why)
{
    const char *all = "";
    const json_t *one;
    size_t i;

    json_array_foreach(why, i, one) all = arena_printf(
        p->view.arena, "%s%s%s", all,
        !*all             ? ""
        : p->view.chinese ? "；"
                          : "; ",
        json_is_string(one) ? json_string_value(one) : page_text(one, p->view.chinese ? "zh" : "en"));
    return all;
}

struct column {
    const char *name, *label;
};

static const char *cell_of(const struct page *p, const char *name, const json_t *row)
{
    const json_t *value = json_object_get(row, name);
    const char *line;

    if (strcmp(name, "why") == 0 && json_is_array(value))
        return reasons(p, value);
    /* What is called by either: a project has a title, an organisation a name. */
    if (strcmp(name, "title") == 0 && !value)
        value = json_object_get(row, "name");
    line = line_of(p, name, value);
    return line ? line : "";
}

static void put_list(const struct page *p, json_t *blocks, const char *label, const struct column *columns,
                     const json_t *items)
{
    json_t *heads = json_array(), *rows = json_array();
    const json_t *item;
    size_t i;

    for (const struct column *c = columns; c->name; c++)
        json_array_append_new(heads, json_pack("{s:s}", "head", words_text(c->label, p->view.chinese)));
    json_array_foreach(items, i, item)
    {
        json_t *cells = json_array();

        for (const struct column *c = columns; c->name; c++)
            json_array_append_new(cells, json_pack("{s:s}", "cell", cell_of(p, c->name, item)));
        json_array_append_new(rows, json_pack("{s:o}", "cells", cells));
    }
    if (json_array_size(rows))
        json_array_append_new(blocks,
                              json_pack("{s:{s:s, s:o, s:o}}", "list", "label",
                                        words_text(label, p->view.chinese), "heads", heads, "rows", rows));
    else
        json_decref(heads), json_decref(rows);
}

/* ---- the members of a notice, in the order they are read ---- */

static const struct column
    award_columns[] = {{"place", "place"},
                       {"title", "bid"},
                       {"amount", "amount"},
                       {"why", "why"},
                       {NULL, NULL}},
    rank_columns[] = {{"number", "number"},
                      {"rank", "place"},
                      {"total", "total"},
                      {"why", "why"},
                      {NULL, NULL}},
    panel_columns[] = {{"member", "member"}, {"name", "person"}, {"kind", "kind"}, {NULL, NULL}},
    tranche_columns[] = {{"title", "tranche"}, {"amount", "amount"}, {"due", "due"}, {NULL, NULL}},
    lot_columns[] = {{"no", "number"}, {"title", "lot"}, {"budget", "budget"}, {NULL, NULL}},
    call_columns[] = {{"number", "number"},
                      {"title", "lot"},
                      {"contractor", "person"},
                      {"amount", "amount"},
                      {NULL, NULL}},
    refused_columns[] = {{"number", "number"}, {"why", "why"}, {NULL, NULL}},
    check_columns[] = {{"title", "condition"}, {"source", "by_article"}, {NULL, NULL}},
    entry_columns[] = {{"number", "number"},    {"title", "lot"},           {"budget", "budget"},
                       {"method", "mechanism"}, {"planned_month", "month"}, {NULL, NULL}};

static const struct part {
    const char *name, *label;
    const struct column *columns; /* NULL: one line */
} parts[] = {
    {"number", NULL, NULL},
    {"project", "project", NULL},
    {"lot_title", "lots", NULL},
    {"buyer", "buyer", NULL},
    {"contractor", NULL, NULL},
    {"method", "mechanism", NULL},
    {"mechanism", "mechanism", NULL},
    {"scheme", "scheme", NULL},
    {"regime", NULL, NULL},
    {"budget", "budget", NULL},
    {"ceiling", "ceiling", NULL},
    {"deadline", "deadline", NULL},
    {"summary", "what_for", NULL},
    {"lots", "lots", lot_columns},
    {"amount", "amount", NULL},
    {"starts", NULL, NULL},
    {"ends", NULL, NULL},
    {"signed", NULL, NULL},
    {"tranches", "tranches", tranche_columns},
    {"tranche", "tranche", NULL},
    {"finding", NULL, NULL},
    {"found", NULL, NULL},
    {"score", NULL, NULL},
    {"grade", NULL, NULL},
    {"value", NULL, NULL},
    {"kind", NULL, NULL},
    {"settled", NULL, NULL},
    {"added", NULL, NULL},
    {"ground", NULL, NULL},
    {"consequence", NULL, NULL},
    {"awards", "result", award_columns},
    {"ranking", "how_compared", rank_columns},
    {"not_admitted", "not_admitted", refused_columns},
    {"panel", "panel", panel_columns},
    {"calls", "calls", call_columns},
    {"reason", "reason", NULL},
};

static void put_part(const struct page *p, json_t *blocks, const struct part *part, const json_t *body)
{
    const json_t *value = json_object_get(body, part->name);

    /* A lot that is the whole is not told twice. */
    if (strcmp(part->name, "lot_title") == 0 && json_equal(value, json_object_get(body, "project")))
        return;
    if (part->columns)
        put_list(p, blocks, part->label, part->columns, value);
    else
        put_row(blocks,
                part->label ? words_text(part->label, p->view.chinese) : view_label(&p->view, part->name),
                line_of(p, part->name, value));
}

/* A full ranking names bids by their keys, which mean nothing to a reader of the notice alone. */
static bool by_number(const json_t *body)
{
    return json_object_get(json_array_get(json_object_get(body, "ranking"), 0), "number") != NULL;
}

static void put_entries(struct page *p, json_t *blocks, const char *list)
{
    struct answer answer = {0};
    struct err err;

    if (!page_ask(p, arena_printf(p->view.arena, "/lists/%s/entries?limit=100", list), &answer, &err))
        put_list(p, blocks, "entries", entry_columns, json_object_get(answer.json, "items"));
    answer_free(&answer);
}

static json_t *blocks_of(struct page *p, const json_t *notice)
{
    const json_t *body = json_object_get(notice, "body"), *plan = json_object_get(body, "plan");
    json_t *blocks = json_array();

    for (size_t i = 0; i < LENGTH(parts); i++)
        if (strcmp(parts[i].name, "ranking") != 0 || by_number(body))
            put_part(p, blocks, &parts[i], body);
    put_list(p, blocks, "conditions", check_columns, json_object_get(plan, "checks"));
    put_list(p, blocks, "papers", check_columns, json_object_get(plan, "papers"));
    if (*page_text(notice, "list"))
        put_entries(p, blocks, page_text(notice, "list"));
    put_row(blocks, words_text("notice_until", p->view.chinese),
            *page_text(notice, "period_ends") ? view_time(&p->view, page_text(notice, "period_ends")) : NULL);
    put_row(blocks, words_text("corrected_why", p->view.chinese), page_text(notice, "reason"));
    return blocks;
}

/* ---- as plain text ---- */

static void text_of(const struct page *p, const json_t *data, struct buf *out)
{
    const json_t *block, *row, *cell;
    size_t i, r, c;

    buf_printf(out, "【%s】%s\n%s　%s\n\n", page_text(data, "kind"), page_text(data, "title"),
               page_text(data, "office"), page_text(data, "at"));
    json_array_foreach(json_object_get(json_object_get(data, ">document"), "blocks"), i, block)
    {
        const json_t *line = json_object_get(block, "row"), *list = json_object_get(block, "list");

        if (line)
            buf_printf(out, "%s：%s\n", page_text(line, "label"), page_text(line, "value"));
        if (list)
            buf_printf(out, "%s：\n", page_text(list, "label"));
        json_array_foreach(json_object_get(list, "rows"), r, row)
        {
            buf_text(out, "  ·");
            json_array_foreach(json_object_get(row, "cells"), c, cell) if (*page_text(cell, "cell"))
                buf_printf(out, " %s", page_text(cell, "cell"));
            buf_char(out, '\n');
        }
    }
    buf_printf(out, "\n%s%s\n", words_text("full_text_at", p->view.chinese), page_text(data, "address"));
}

static json_t *notice_data(struct page *p, const char *id, const json_t *notice)
{
    const char *office = arena_printf(p->view.arena, "/offices/%ld", page_office_of(p, id));
    const char *at = page_text(notice, "published"), *tender = page_text(notice, "tender");
    const char *path = arena_printf(p->view.arena, "/notices/%s", id);
    struct answer answer = {0};
    struct err err;
    const char *name;
    json_t *data;

    if (page_ask(p, office, &answer, &err))
        answer.json = NULL;
    name = view_title(&p->view, answer.json);
    data = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "title", page_text(notice, "title"), "kind",
        view_word(&p->view, "notice", page_text(notice, "kind")), "office", name ? name : "", "office_href",
        view_path(&p->view, office), "iso", at, "at", view_time(&p->view, at), "address",
        arena_printf(p->view.arena, "%s%s", site_url(p->site), view_path(&p->view, path)), "here",
        view_path(&p->view, path), ">document", json_pack("{s:o}", "blocks", blocks_of(p, notice)));
    if (*tender)
        json_object_set_new(
            data, "tender_href",
            json_string(view_path(&p->view, arena_printf(p->view.arena, "/tenders/%s", tender))));
    if (*page_text(notice, "replaced_by"))
        json_object_set_new(data, "replaced",
                            json_pack("{s:s}", "href",
                                      view_path(&p->view, arena_printf(p->view.arena, "/notices/%s",
                                                                       page_text(notice, "replaced_by")))));
    answer_free(&answer);
    return data;
}

/* Of the HTML that is to be shown. */
static void make_pdf(struct page *p)
{
    CLEANUP(buf_free) struct buf html = {0};
    struct answer none = {0};
    struct err err = {0};

    buf_add(&html, p->visit->out.data, p->visit->out.size);
    buf_clear(&p->visit->out);
    if (p->visit->status == 200 && site_pdf(p->site, &html, &p->visit->out, &err)) {
        p->visit->header_count = 0;
        page_problem(p, &none, &err);
    } else {
        p->visit->type = "application/pdf";
    }
}

static void show(struct page *p, const char *id, const char *form, const json_t *notice)
{
    json_t *data = notice_data(p, id, notice);

    if (strcmp(form, "text") == 0) {
        p->visit->status = 200;
        p->visit->type = "text/plain; charset=utf-8";
        text_of(p, data, &p->visit->out);
        json_decref(data);
    } else if (strcmp(form, "print") == 0 || strcmp(form, "pdf") == 0) {
        json_object_set_new(data, "qr", json_string(page_qr(p, page_text(data, "address"))));
        page_show_bare(p, "print", data);
        if (strcmp(form, "pdf") == 0)
            make_pdf(p);
    } else {
        page_show(p, 200, "notice", page_text(notice, "title"), data);
    }
}

bool page_notice(struct page *p)
{
    static const char head[] = "/notices/";
    const char *id = p->path + sizeof head - 1, *form;
    struct answer answer = {0};
    struct err err = {0};

    if (strncmp(p->path, head, sizeof head - 1) != 0)
        return false;
    form = strchr(id, '/');
    if (form && strcmp(form, "/print") != 0 && strcmp(form, "/pdf") != 0 && strcmp(form, "/text") != 0)
        return false;
    id = form ? arena_ndup(p->view.arena, id, (size_t)(form - id)) : id;
    if (!uuid_ok(id))
        return false;
    if (page_ask(p, arena_printf(p->view.arena, "/notices/%s", id), &answer, &err) || answer.status != 200)
        page_problem(p, &answer, &err);
    else
        show(p, id, form ? form + 1 : "", answer.json);
    answer_free(&answer);
    return true;
}
