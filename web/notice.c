/* A notice as people read it: on a page, on paper, and as plain text to paste into a message. */
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "web/paper.h"
#include "web/words.h"

enum { COLUMNS_MAX = 9, ENTRY_PAGES = 10 };

/* ---- blocks: {"row": {label, value}} and {"list": {label, heads, rows}} ---- */

static void put_row(json_t *blocks, const char *label, const char *value)
{
    if (value && *value)
        json_array_append_new(blocks, json_pack("{s:{s:s, s:s}}", "row", "label", label, "value", value));
}

static bool is_sum(const char *text)
{
    return text && strchr(text, '.') && strlen(strchr(text, '.')) == sizeof ".00" - 1;
}

static const char *sum_said(const struct page *p, const char *name, const char *text)
{
    return arena_printf(p->view.arena, "%s %s%s", view_money(&p->view, text),
                        view_text(&p->view, "csv_money"), view_in_words(&p->view, name, text));
}

/* One value of a notice in words; NULL: none of a single line. */
static const char *line_of(const struct page *p, const char *name, const json_t *value)
{
    const char *text = json_string_value(value), *said;

    if (json_is_integer(value))
        return arena_printf(p->view.arena, "%lld", json_integer_value(value));
    if (json_is_boolean(value))
        return view_text(&p->view, json_is_true(value) ? "yes" : "no");
    if (json_is_object(value)) {
        const json_t *no = json_object_get(value, "no");

        said = view_said(value, p->view.chinese);
        said = *said ? said : view_title(&p->view, value);
        return no && said ? arena_printf(p->view.arena, "%lld. %s", json_integer_value(no), said) : said;
    }
    if (!text || !*text)
        return NULL;
    /* A total of a comparison is points, whatever is called so elsewhere. */
    if (spec_money(p->view.spec, name) && strcmp(name, "total") != 0 && is_sum(text))
        return sum_said(p, name, text);
    said = view_time(&p->view, text);
    return said != text ? said : view_word(&p->view, name, text);
}

struct column {
    const char *name, *label; /* of web/words.def; NULL: what the member is called */
    bool money;               /* a sum that no schema of the API tells of */
};

/* What a plug-in's own schema calls an option; NULL: it tells nothing of it. */
static const json_t *option_of(const json_t *schema, const char *name)
{
    return json_object_get(json_object_get(schema, "properties"), name);
}

static const char *label_of(const struct page *p, const json_t *schema, const char *name)
{
    const json_t *label = json_object_get(option_of(schema, name), "x-label");
    const char *said = view_said(label, p->view.chinese);

    return *said ? said : view_label(&p->view, name);
}

/* A value of one line: no object but one in both languages, no list of such. */
static bool one_line(const json_t *value)
{
    const json_t *one;
    size_t i;

    json_array_foreach(value, i, one) if (json_is_array(one) || !one_line(one)) return false;
    return !json_is_object(value) || json_is_string(json_object_get(value, "zh"));
}

static const char *said_of(const struct page *p, const char *name, const json_t *option, const json_t *value)
{
    const json_t *word = json_object_get(json_object_get(option, "x-labels"),
                                         json_is_string(value) ? json_string_value(value) : ""),
                 *one;
    const char *all = "", *line;
    size_t i;

    if (word)
        value = word;
    if (option && json_is_string(value) && view_period(&p->view, json_string_value(value)))
        return view_period(&p->view, json_string_value(value));
    if (!json_is_array(value))
        return (line = line_of(p, name, value)) ? line : "";
    json_array_foreach(value, i, one) all =
        arena_printf(p->view.arena, "%s%s%s", all, *all ? view_text(&p->view, "list_mark") : "",
                     said_of(p, name, json_object_get(option, "items"), one));
    return all;
}

static const char *cell_of(const struct page *p, const json_t *schema, const struct column *c,
                           const json_t *row)
{
    const char *name = c->name;
    const json_t *value = json_object_get(row, name);

    if (c->money && is_sum(json_string_value(value)))
        return sum_said(p, name, json_string_value(value));
    /* A project has a title, an organisation a name, a tranche one in each language. */
    if (strcmp(name, "called") == 0)
        return view_title(&p->view, row) ? view_title(&p->view, row) : "";
    return said_of(p, name, option_of(schema, name), value);
}

/* Is there anything to read in this column? */
static bool filled(const struct page *p, const json_t *schema, const struct column *c, const json_t *items)
{
    const json_t *item;
    size_t i;

    json_array_foreach(items, i, item) if (*cell_of(p, schema, c, item)) return true;
    return false;
}

static const char *head_of(const struct page *p, const json_t *schema, const struct column *c)
{
    return c->label ? view_text(&p->view, c->label) : label_of(p, schema, c->name);
}

static void put_table(const struct page *p, json_t *blocks, const char *label, const struct column *columns,
                      const json_t *schema, const json_t *items)
{
    json_t *heads = json_array(), *rows = json_array();
    const json_t *item;
    size_t i;

    for (const struct column *c = columns; c->name; c++)
        if (filled(p, schema, c, items))
            json_array_append_new(heads, json_pack("{s:s}", "head", head_of(p, schema, c)));
    json_array_foreach(items, i, item)
    {
        json_t *cells = json_array();

        for (const struct column *c = columns; c->name; c++)
            if (filled(p, schema, c, items))
                json_array_append_new(cells, json_pack("{s:s, s:s}", "cell", cell_of(p, schema, c, item),
                                                       "label", head_of(p, schema, c)));
        json_array_append_new(rows, json_pack("{s:o}", "cells", cells));
    }
    if (json_array_size(rows))
        json_array_append_new(
            blocks, json_pack("{s:{s:s, s:o, s:o}}", "list", "label", label, "heads", heads, "rows", rows));
    else
        json_decref(heads), json_decref(rows);
}

static void put_list(const struct page *p, json_t *blocks, const char *label, const struct column *columns,
                     const json_t *items)
{
    put_table(p, blocks, view_text(&p->view, label), columns, NULL, items);
}

/* ---- what no part is made for: all of it, however deep ---- */

/* The members of rows of one line each; NULL: they are no such rows. */
static const struct column *columns_of(const struct page *p, const json_t *items)
{
    struct column *columns = ARENA_NEW(p->view.arena, struct column, COLUMNS_MAX + 1);
    const json_t *item, *value;
    size_t i, k, count = 0;
    const char *name;

    json_array_foreach(items, i, item)
    {
        if (!json_is_object(item))
            return NULL;
        json_object_foreach((json_t *)item, name, value)
        {
            for (k = 0; k < count && strcmp(columns[k].name, name) != 0; k++)
                ;
            if (!one_line(value) || k == COLUMNS_MAX)
                return NULL;
            columns[k].name = name;
            count = k == count ? count + 1 : count;
        }
    }
    return columns;
}

static void put_any(const struct page *p, json_t *blocks, const char *label, const char *name,
                    const json_t *option, const json_t *value)
{
    const json_t *one;
    const char *inner;
    size_t i;

    if (one_line(value)) {
        put_row(blocks, label, said_of(p, name, option, value));
    } else if (json_is_object(value)) {
        json_object_foreach((json_t *)value, inner, one)
            put_any(p, blocks, arena_printf(p->view.arena, "%s · %s", label, label_of(p, option, inner)),
                    inner, option_of(option, inner), one);
    } else if (columns_of(p, value)) {
        put_table(p, blocks, label, columns_of(p, value), json_object_get(option, "items"), value);
    } else {
        json_array_foreach(value, i, one)
            put_any(p, blocks, arena_printf(p->view.arena, "%s %zu", label, i + 1), name,
                    json_object_get(option, "items"), one);
    }
}

void page_block(struct page *p, json_t *blocks, const char *name, const json_t *schema, const json_t *value)
{
    put_any(p, blocks, view_label(&p->view, name), name, schema, value);
}

void page_settings(struct page *p, json_t *blocks, const json_t *schema, const json_t *options)
{
    json_t *value;
    const char *name;

    json_object_foreach((json_t *)options, name, value)
        put_any(p, blocks, label_of(p, schema, name), name, option_of(schema, name), value);
}

const char *page_said(const struct page *p, const char *name, const json_t *value)
{
    char *text;

    if (one_line(value))
        return said_of(p, name, NULL, value);
    text = json_dumps(value, JSON_ENCODE_ANY);
    const char *said = arena_dup(p->view.arena, text ? text : "");

    free(text);
    return said;
}

/* Options by the names their plug-in gives them. */
static void put_options(struct page *p, json_t *blocks, const json_t *body, const char *member,
                        const char *plugin)
{
    struct answer answer = {0};
    struct err err;

    if (!json_object_get(body, member))
        return;
    if (page_ask(p, plugin, &answer, &err))
        answer.json = NULL;
    put_any(p, blocks, view_label(&p->view, member), member, json_object_get(answer.json, "options"),
            json_object_get(body, member));
    answer_free(&answer);
}

/* ---- the members of a notice, in the order they are read ---- */

static const struct column
    award_columns[] = {{"place", "place"},   {"standing", "result"}, {"number", "number"},
                       {"title", "bid"},     {"name", "bidder"},     {"address", NULL},
                       {"amount", "amount"}, {"why", "why"},         {"ground", NULL},
                       {NULL, NULL}},
    rank_columns[] = {{"number", "number"},
                      {"rank", "place"},
                      {"total", "total"},
                      {"why", "why"},
                      {NULL, NULL}},
    panel_columns[] = {{"member", "member"}, {"name", "person"}, {"kind", "kind"}, {NULL, NULL}},
    tranche_columns[] = {{"no", "number"},
                         {"called", "tranche"},
                         {"amount", "amount"},
                         {"due", "due"},
                         {NULL, NULL}},
    lot_columns[] = {{"no", "number"}, {"called", "lot"}, {"budget", "budget"}, {NULL, NULL}},
    call_columns[] = {{"number", "number"}, {"called", "lot"}, {"contractor", "person"},
                      {"amount", "amount"}, {"signed", NULL},  {NULL, NULL}},
    party_columns[] = {{"called", "person"}, {"part", NULL}, {NULL, NULL}},
    source_columns[] = {{"called", "person"}, {"year", NULL}, {"origin", NULL},
                        {"amount", "amount"}, {"mark", NULL}, {NULL, NULL}},
    refused_columns[] = {{"number", "number"}, {"why", "why"}, {NULL, NULL}},
    move_columns[] = {{"what", "moves_what"}, {"called", "moves_which"}, {"old", "moves_old"},
                      {"new", "moves_new"},   {"article", "by_article"}, {NULL, NULL}},
    supplier_columns[] = {{"called", "person"}, {"address", NULL}, {NULL, NULL}},
    intention_columns[] = {{"number", "number"}, {"called", "lot"},       {"goals", NULL},
                           {"field", NULL},      {"beneficiaries", NULL}, {"place", "where_at"},
                           {"budget", "budget"}, {"method", "mechanism"}, {"planned_month", "month"},
                           {NULL, NULL}},
    line_columns[] = {{"called", "cost_line"},      {"kind", "kind"},   {"planned", "planned_sum"},
                      {"now", "shifted_sum", true}, {"spent", "spent"}, {NULL, NULL}},
    use_columns[] = {{"number", "number"}, {"contractor", "person"}, {"amount", "amount"},
                     {"paid", "paid_sum"}, {"recovered", NULL},      {NULL, NULL}},
    check_columns[] = {{"called", "condition"}, {"source", "by_article"}, {NULL, NULL}},
    entry_columns[] = {{"number", "number"},    {"called", "lot"},          {"budget", "budget"},
                       {"method", "mechanism"}, {"planned_month", "month"}, {NULL, NULL}};

static const struct part {
    const char *name, *label;
    const struct column *columns; /* NULL: one line */
    bool money;                   /* a sum that no schema of the API tells of */
} parts[] = {
    {"number", NULL, NULL},
    {"project", "project", NULL},
    {"lot_title", "lots", NULL},
    {"lot_number", NULL, NULL},
    {"buyer", "buyer", NULL},
    {"contractor", NULL, NULL},
    {"suppliers", "only_supplier", supplier_columns},
    {"intentions", "intentions", intention_columns},
    {"parties", "parties", party_columns},
    {"bidder", "bidder", NULL},
    {"method", "mechanism", NULL},
    {"mechanism", "mechanism", NULL},
    {"scheme", "scheme", NULL},
    {"regime", NULL, NULL},
    {"budget", "budget", NULL},
    {"ceiling", "ceiling", NULL},
    {"deadline", "deadline", NULL},
    {"moves", "moves", move_columns},
    {"summary", "what_for", NULL},
    {"lots", "lots", lot_columns},
    {"amount", "amount", NULL},
    {"starts", NULL, NULL},
    {"ends", NULL, NULL},
    {"signed", NULL, NULL},
    {"year", NULL, NULL},
    {"sources", "funding", source_columns},
    {"tranches", "tranches", tranche_columns},
    {"tranche", "tranche", NULL},
    {"finding", NULL, NULL},
    {"found", NULL, NULL},
    {"score", NULL, NULL},
    {"grade", NULL, NULL},
    {"value", NULL, NULL},
    {"kind", NULL, NULL},
    {"settled", "settled_sum", NULL},
    {"added", NULL, NULL},
    {"ground", NULL, NULL},
    {"consequence", NULL, NULL},
    {"about", "looked_into", NULL},
    {"authority", "decided_by", NULL},
    {"reference", "reference", NULL},
    {"basis", "decided_on", NULL},
    {"decision", "decided_what", NULL},
    {"effect", "what_follows", NULL},
    {"decided", NULL, NULL},
    {"needs", "what_for", NULL},
    {"conditions", "who_may", NULL},
    {"where", "hand_in_at", NULL},
    {"due", "handed_in_until", NULL},
    {"accepted", "accepted_sum", NULL},
    {"paid", "paid_sum", NULL},
    {"recovered", NULL, NULL},
    {"planned", "planned_sum", NULL},
    {"spent", "spent", NULL},
    {"unspent", "unspent", NULL, true},
    {"unused", "unused", NULL, true},
    {"lines", "cost_lines", line_columns},
    {"uses", "uses", use_columns},
    {"awards", "result", award_columns},
    {"ranking", "how_compared", rank_columns},
    {"not_admitted", "not_admitted", refused_columns},
    {"panel", "panel", panel_columns},
    {"calls", "calls", call_columns},
    {"body", "what_changes", NULL},
    {"clause", NULL, NULL},
    {"representative", "who_confirmed", NULL},
    {"reason", "reason", NULL},
    {"article", NULL, NULL},
};

/* What the page says in another place: the lot and the list by what they are called, the plan by its
 * conditions here and its phases with the tender, a correction and the end of the notice below. */
static const char *const elsewhere[] = {"plan",     "options",    "scheme_options", "list",
                                        "contacts", "correction", "ranking",        "period_ends"};

static bool is_rest(const char *name, const json_t *value)
{
    for (size_t i = 0; i < LENGTH(parts); i++)
        if (strcmp(parts[i].name, name) == 0)
            return false;
    for (size_t i = 0; i < LENGTH(elsewhere); i++)
        if (strcmp(elsewhere[i], name) == 0)
            return false;
    return strcmp(name, "lot") != 0 || !json_is_string(value);
}

static void put_part(const struct page *p, json_t *blocks, const struct part *part, const json_t *body)
{
    const json_t *value = json_object_get(body, part->name);

    /* A lot that is the whole is not told twice. */
    if (strcmp(part->name, "lot_title") == 0 && json_equal(value, json_object_get(body, "project")))
        return;
    if (part->columns)
        put_list(p, blocks, part->label, part->columns, value);
    else
        put_row(blocks, part->label ? view_text(&p->view, part->label) : view_label(&p->view, part->name),
                part->money && is_sum(json_string_value(value))
                    ? sum_said(p, part->name, json_string_value(value))
                    : line_of(p, part->name, value));
}

/* A full ranking names bids by their keys, which mean nothing to a reader of the notice alone. */
static bool by_number(const json_t *body)
{
    return json_object_get(json_array_get(json_object_get(body, "ranking"), 0), "number") != NULL;
}

/* They stand there as they are today, which may be later than the notice. */
static void put_entries(struct page *p, json_t *blocks, const char *list)
{
    const char *more = "";
    json_t *all = json_array();

    for (int i = 0; more && i < ENTRY_PAGES; i++) {
        struct answer answer = {0};
        struct err err;

        if (page_ask(p,
                     arena_printf(p->view.arena, "/lists/%s/entries?limit=100%s%s", list,
                                  *more ? "&cursor=" : "", more),
                     &answer, &err))
            answer.json = NULL;
        json_array_extend(all, json_object_get(answer.json, "items"));
        more = json_string_value(json_object_get(answer.json, "next"));
        more = more ? arena_dup(p->view.arena, more) : NULL;
        answer_free(&answer);
    }
    put_list(p, blocks, "entries_today", entry_columns, all);
    if (more)
        put_row(blocks, view_text(&p->view, "see_all"),
                arena_printf(p->view.arena, "%s%s", site_url(p->site),
                             view_path(&p->view, arena_printf(p->view.arena, "/lists/%s/entries", list))));
    json_decref(all);
}

static void put_body(struct page *p, json_t *blocks, const json_t *body)
{
    const char *mechanism = page_text(body, "mechanism"), *scheme = page_text(body, "scheme"), *name;
    const json_t *plan = json_object_get(body, "plan"), *value;

    for (size_t i = 0; i < LENGTH(parts); i++)
        if (strcmp(parts[i].name, "ranking") != 0 || by_number(body))
            put_part(p, blocks, &parts[i], body);
    json_object_foreach((json_t *)body, name, value) if (is_rest(name, value))
        put_any(p, blocks, view_label(&p->view, name), name, NULL, value);
    put_options(p, blocks, body, "options", arena_printf(p->view.arena, "/mechanisms/%s", mechanism));
    put_options(p, blocks, body, "scheme_options", arena_printf(p->view.arena, "/schemes/%s", scheme));
    put_list(p, blocks, "conditions", check_columns, json_object_get(plan, "checks"));
    put_list(p, blocks, "papers", check_columns, json_object_get(plan, "papers"));
}

/* In the order of the statutory notices: the office, then who answers about the project. */
static void put_contacts(const struct page *p, json_t *blocks, const json_t *contacts)
{
    static const char *const members[] = {"name",  "address",         "contact_person",
                                          "phone", "project_contact", "project_phone"};

    for (size_t i = 0; i < LENGTH(members); i++)
        put_row(blocks, i ? view_label(&p->view, members[i]) : view_text(&p->view, "buyer"),
                page_text(contacts, members[i]));
}

static json_t *blocks_of(struct page *p, const json_t *notice)
{
    const json_t *body = json_object_get(notice, "body");
    json_t *blocks = json_array();

    put_row(blocks, view_text(&p->view, "correction"),
            page_text(json_object_get(body, "correction"), "text"));
    put_body(p, blocks, body);
    if (*page_text(notice, "list") && !json_object_get(body, "intentions"))
        put_entries(p, blocks, page_text(notice, "list"));
    put_row(blocks, view_text(&p->view, "notice_until"),
            *page_text(notice, "period_ends") ? view_time(&p->view, page_text(notice, "period_ends")) : NULL);
    put_row(blocks, view_text(&p->view, "corrected_why"), page_text(notice, "reason"));
    put_contacts(p, blocks, json_object_get(body, "contacts"));
    return blocks;
}

/* ---- as plain text ---- */

static void text_of(const struct page *p, const json_t *data, struct buf *out)
{
    const char *colon = view_text(&p->view, "colon");
    const json_t *block, *row, *cell;
    size_t i, r, c;

    buf_printf(out, "%s%s%s%s\n%s  %s\n\n", view_text(&p->view, "kind_before"), page_text(data, "kind"),
               view_text(&p->view, "kind_after"), page_text(data, "title"), page_text(data, "office"),
               page_text(data, "at"));
    json_array_foreach(json_object_get(json_object_get(data, ">document"), "blocks"), i, block)
    {
        const json_t *line = json_object_get(block, "row"), *list = json_object_get(block, "list");

        if (line)
            buf_printf(out, "%s%s%s\n", page_text(line, "label"), colon, page_text(line, "value"));
        if (list)
            buf_printf(out, "%s%s\n", page_text(list, "label"), colon);
        json_array_foreach(json_object_get(list, "rows"), r, row)
        {
            buf_text(out, "  ·");
            json_array_foreach(json_object_get(row, "cells"), c, cell) if (*page_text(cell, "cell"))
                buf_printf(out, " %s", page_text(cell, "cell"));
            buf_char(out, '\n');
        }
    }
    buf_printf(out, "\n%s%s\n", view_text(&p->view, "full_text_at"), page_text(data, "address"));
}

/* To the notice before or after this one, where there is one. */
static void put_link(const struct page *p, json_t *data, const char *name, const char *id)
{
    if (*id)
        json_object_set_new(
            data, name,
            json_pack("{s:s}", "href", view_path(&p->view, arena_printf(p->view.arena, "/notices/%s", id))));
}

/* As its tender is spoken of: a list is of none.  Is that there to be read?  One whose suppliers are only
 * called to be prequalified is not published. */
static bool speak(struct page *p, const json_t *notice)
{
    const char *tender = page_text(notice, "tender");
    struct answer answer = {0};
    struct err err;
    bool there = false;

    if (*tender && !page_ask(p, arena_printf(p->view.arena, "/tenders/%s", tender), &answer, &err)) {
        view_speak(&p->view, answer.json);
        there = answer.status == 200;
    }
    if (!p->view.manner)
        view_speak(&p->view, json_object_get(notice, "body"));
    answer_free(&answer);
    return there;
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
    const bool there = speak(p, notice);

    if (page_ask(p, office, &answer, &err))
        answer.json = NULL;
    name = view_title(&p->view, answer.json);
    data = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "title", page_text(notice, "title"), "kind",
        view_word(&p->view, "notice", page_text(notice, "kind")), "office", name ? name : "", "office_href",
        view_path(&p->view, office), "iso", at, "at", view_time(&p->view, at), "address",
        arena_printf(p->view.arena, "%s%s", site_url(p->site), view_path(&p->view, path)), "here",
        view_path(&p->view, path), ">document", json_pack("{s:o}", "blocks", blocks_of(p, notice)));
    if (there)
        json_object_set_new(
            data, "tender_href",
            json_string(view_path(&p->view, arena_printf(p->view.arena, "/tenders/%s", tender))));
    put_link(p, data, "replaced", page_text(notice, "replaced_by"));
    put_link(p, data, "replaces", page_text(notice, "replaces"));
    answer_free(&answer);
    return data;
}

json_t *notice_draft(struct page *p, const json_t *notice)
{
    const char *at = page_text(notice, "published");

    speak(p, notice);
    return json_pack("{s:s, s:s, s:s, s:s, s:o}", "name", page_text(notice, "title"), "kind",
                     view_word(&p->view, "notice", page_text(notice, "kind")), "iso", at, "at",
                     view_time(&p->view, at), ">document",
                     json_pack("{s:o}", "blocks", blocks_of(p, notice)));
}

/* In the looks the office chose; a template that cannot be used is no reason for no document. */
static int word_made(struct page *p, const char *office, struct buf *html, struct err *err)
{
    CLEANUP(letterhead_end) struct letterhead own = {0};
    const size_t size = html->size;
    int status;

    if (office)
        letterhead_get(p, office, &own);
    if (!own.path)
        return site_docx(p->site, html, NULL, &p->visit->out, err);
    buf_printf(html, "<!-- %s -->", own.sha256); /* what was made before is found by its HTML */
    status = site_docx(p->site, html, own.path, &p->visit->out, err);
    if (!status || strcmp(err->type, "pdf/failed") != 0)
        return status;
    html->size = size;
    return site_docx(p->site, html, NULL, &p->visit->out, err);
}

void page_made(struct page *p, const char *office, const char *form, const char *name)
{
    const bool word = strcmp(form, "docx") == 0;
    CLEANUP(buf_free) struct buf html = {0};
    struct answer none = {0};
    struct err err = {0};

    if (p->visit->status != 200 || (!word && strcmp(form, "pdf") != 0))
        return;
    buf_add(&html, p->visit->out.data, p->visit->out.size);
    buf_clear(&p->visit->out);
    p->visit->header_count = 0;
    if (word ? word_made(p, office, &html, &err) : site_pdf(p->site, &html, &p->visit->out, &err)) {
        page_problem(p, &none, &err);
    } else if (word) {
        p->visit->type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        page_give_name(p, name, "docx");
    } else {
        p->visit->type = "application/pdf";
        visit_header(p->visit, "Cache-Control", p->me ? "no-store" : "no-cache");
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
    } else if (*form) {
        json_object_set_new(data, "qr", json_string(page_qr(p, page_text(data, "address"))));
        json_object_set_new(data, "check_at", json_string(view_text(&p->view, "full_text_at")));
        if (strcmp(form, "poster") == 0)
            json_object_set_new(data, "poster", json_true());
        page_show_bare(p, "print", data);
        page_made(p, arena_printf(p->view.arena, "%ld", page_office_of(p, id)), form,
                  page_text(notice, "title"));
    } else {
        paper_put_final(p, spec_find(p->view.spec, "notice_get"), &id, data);
        page_show(p, 200, "notice", page_text(notice, "title"), data);
    }
}

static bool known_form(const char *form)
{
    static const char *const forms[] = {"print", "pdf", "text", "docx", "poster"};

    for (size_t i = 0; i < LENGTH(forms); i++)
        if (strcmp(forms[i], form) == 0)
            return true;
    return false;
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
    if (form && !known_form(form + 1))
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
