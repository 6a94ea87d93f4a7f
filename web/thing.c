/* A page for every question of the API: a thing with its lists and acts, or a list. */
#include <stdlib.h>
#include <string.h>

#include "web/office.h"
#include "web/paper.h"
#include "web/words.h"

enum {
    SECTION_ROWS = 10,
    PAGE_ROWS = 50,
    QUERY_BYTES = 2000,
    ASIDE_MOST = 12 /* more links than a column beside bears */
};

/* English summaries of the API begin small, headings do not. */
static const char *op_title(const struct page *p, const struct op *op)
{
    char *text;

    if (p->view.chinese)
        return view_op(&p->view, op);
    text = arena_dup(p->view.arena, view_op(&p->view, op));
    if (*text >= 'a' && *text <= 'z')
        *text = (char)(*text - 'a' + 'A');
    return text;
}

/* ---- what one may do here ---- */

static bool act_of(const struct op *op, const struct op *question)
{
    const int more = op->segment_count - question->segment_count;

    return strcmp(op->method, "get") != 0 && op->param_count == question->param_count &&
           (strcmp(op->path, question->path) == 0 || (op_below(op, question) && more <= 2));
}

static json_t *act_link(struct page *p, const struct op *op, const char *const *values, const char *more,
                        const json_t *thing)
{
    const char *why = moment_missed(p, op, thing);

    return json_pack("{s:s, s:s, s:s*}", "href",
                     arena_printf(p->view.arena, "%s?do=%s%s",
                                  view_path(&p->view, op_path(op, values, p->view.arena)), op->id, more),
                     "label", op_title(p, op), "why", why);
}

/* Acts at the office whose form asks for such a thing: on its page they are at hand, with the form filled so
 * far. */
static void acts_taking(struct page *p, const struct op *question, const char *const *values, json_t *acts)
{
    const char *office = page_office(p, question, values);

    for (size_t i = 0;
         question->shape == OP_ONE && question->param_count == 1 && office && i < spec_count(p->view.spec);
         i++) {
        const struct op *op = spec_at(p->view.spec, i);

        if (strcmp(op->method, "post") == 0 && op->param_count == 1 &&
            strcmp(op->segments[0], "offices") == 0 && op_takes(op, question->last_param) &&
            page_may_at(p, op, office))
            json_array_append_new(
                acts,
                act_link(p, op, &office,
                         arena_printf(p->view.arena, "&%s=%s", question->last_param, values[0]), p->thing));
    }
}

/* What a payment rests on is attached where one stands before it. */
static void acts_attaching(struct page *p, const struct op *question, const char *const *values, json_t *acts)
{
    /* Who may attach: who may do what it is attached for. */
    static const char *const files[][3] = {{"tranche", "report", "delivery_report"},
                                           {"payment", "voucher", "payment_settle"}};
    const struct op *attach = spec_find(p->view.spec, "attachment_create");
    const char *office = page_office(p, question, values);

    for (size_t i = 0; attach && office && question->shape == OP_ONE && i < LENGTH(files); i++)
        if (question->last_param && strcmp(files[i][0], question->last_param) == 0 &&
            page_may_at(p, spec_find(p->view.spec, files[i][2]), office))
            json_array_append_new(acts,
                                  act_link(p, attach, &office,
                                           arena_printf(p->view.arena, "&object_kind=%s&object=%s&kind=%s",
                                                        files[i][0], values[0], files[i][1]),
                                           NULL));
}

json_t *acts_at(struct page *p, const struct op *question, const char *const *values)
{
    const char *office = page_office(p, question, values);
    json_t *acts = json_array();

    for (size_t i = 0; i < spec_count(p->view.spec); i++) {
        const struct op *op = spec_at(p->view.spec, i);

        if (!act_of(op, question) || op->open || !page_may_at(p, op, office) || preview_at_hand(p, op))
            continue;
        json_array_append_new(acts, act_link(p, op, values, "", p->thing));
    }
    acts_taking(p, question, values, acts);
    acts_attaching(p, question, values, acts);
    behalf_put_links(p, question, values, acts);
    if (strcmp(question->id, "list_get") == 0 &&
        page_may_at(p, spec_find(p->view.spec, "entries_add"), office) &&
        !moment_missed(p, spec_find(p->view.spec, "entries_add"), p->thing))
        json_array_insert_new(
            acts, 0,
            json_pack("{s:s, s:s}", "href",
                      arena_printf(p->view.arena, "%s/entries?sheet=1",
                                   view_path(&p->view, op_path(question, values, p->view.arena))),
                      "label", view_text(&p->view, "import_title")));
    return acts;
}

/* Acts on one row of a list, as it stands: the list's path, the row's id, and a verb. */
static void row_acts(struct page *p, const struct op *list, const char *const *values, const json_t *items,
                     json_t *rows)
{
    const char *inner[OP_PARAMS] = {NULL};
    json_t *row;
    size_t i;

    if (list->param_count == OP_PARAMS)
        return;
    memcpy(inner, values, (size_t)list->param_count * sizeof *values);
    json_array_foreach(rows, i, row)
    {
        json_t *acts = json_array();

        inner[list->param_count] = json_string_value(json_object_get(json_array_get(items, i), "id"));
        for (size_t k = 0; inner[list->param_count] && k < spec_count(p->view.spec); k++) {
            const struct op *op = spec_at(p->view.spec, k);

            if (strcmp(op->method, "get") == 0 || op->param_count != list->param_count + 1 ||
                !op_below(op, list) || !page_may_at(p, op, page_office(p, op, inner)) ||
                moment_missed(p, op, json_array_get(items, i)))
                continue;
            json_array_append_new(acts, act_link(p, op, inner, "", NULL));
        }
        if (json_array_size(acts))
            json_object_set_new(row, "menu", json_pack("{s:o}", "acts", acts));
        else
            json_decref(acts);
    }
}

/* ---- lists inside a thing ---- */

static bool part_of(const struct op *op, const struct op *question)
{
    return strcmp(op->method, "get") == 0 && op->param_count == question->param_count &&
           op_below(op, question) && op->segment_count == question->segment_count + 1;
}

/* So many rows from that one on.  The caller's. */
static json_t *rows_from(const json_t *items, size_t first, size_t count)
{
    json_t *some = json_array();

    for (size_t i = first; i < json_array_size(items) && i < first + count; i++)
        json_array_append(some, json_array_get(items, i));
    return some;
}

static json_t *section(struct page *p, const struct op *op, const char *const *values)
{
    const char *path = op_path(op, values, p->view.arena);
    struct answer answer = {0};
    struct err err;
    json_t *made = NULL, *table;
    const json_t *items;
    bool cut = false;

    if (page_ask(p,
                 op->shape == OP_PAGE ? arena_printf(p->view.arena, "%s?limit=%d", path, SECTION_ROWS) : path,
                 &answer, &err))
        return NULL;
    items = json_object_get(answer.json, "items");
    if (answer.status == 200 && json_array_size(items)) {
        json_t *some = rows_from(items, 0, SECTION_ROWS);

        cut = json_array_size(items) > SECTION_ROWS;
        table = view_table(&p->view, op, some);
        row_acts(p, op, values, some, json_object_get(table, "rows"));
        json_decref(some);
        made = json_pack("{s:s, s:s, s:s, s:o}", "name", op_title(p, op), "anchor", op->id, "href",
                         view_path(&p->view, path), ">table", table);
        if (cut || json_is_string(json_object_get(answer.json, "next")))
            json_object_set_new(made, "more", json_pack("{s:s}", "href", view_path(&p->view, path)));
    }
    answer_free(&answer);
    return made;
}

static bool named(const char *const *names, const char *name)
{
    for (; names && *names; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

/* Parts that not every thing has: what opens its bids, its budget, its profile. */
static bool there(struct page *p, const struct op *part, const char *const *values)
{
    static const char *const some[] = {"openers_get", "budget_get",     "organisation_profile", "scoring_get",
                                       "bid_receipt", "evaluation_get", "payable_get",          NULL};
    struct question q = {.method = "HEAD", .path = op_path(part, values, p->view.arena)};
    struct answer answer = {0};
    struct err err;
    bool found = true;

    if (strcmp(part->id, "panel_get") == 0)
        found = moment_seated(p, values[0]);
    else if (named(some, part->id))
        found = !page_tell(p, &q, &answer, &err) && answer.status == 200;
    answer_free(&answer);
    return found;
}

void page_put_sections(struct page *p, const struct op *op, const char *const *values,
                       const char *const *without, json_t *data)
{
    json_t *sections = json_array(), *links = json_array();

    for (size_t i = 0; i < spec_count(p->view.spec); i++) {
        const struct op *part = spec_at(p->view.spec, i);
        json_t *made;

        if (!part_of(part, op) || !page_may_at(p, part, page_office(p, op, values)) ||
            !there(p, part, values))
            continue;
        const bool asked = part->shape != OP_ONE && !named(without, part->id);

        if ((made = asked ? section(p, part, values) : NULL))
            json_array_append_new(sections, made);
        else if (asked && !p->me) /* whoever cannot fill it finds nothing there */
            continue;
        json_array_append_new(links, json_pack("{s:s, s:s}", "href",
                                               view_path(&p->view, op_path(part, values, p->view.arena)),
                                               "label", op_title(p, part)));
    }
    if (strcmp(op->id, "office_get") == 0)
        json_array_insert_new(
            links, 0,
            json_pack("{s:s, s:s}", "href",
                      view_path(&p->view, arena_printf(p->view.arena, "/offices/%s/report", values[0])),
                      "label", view_text(&p->view, "year_report")));
    json_object_set_new(data, "sections", sections);
    if (json_array_size(links))
        json_object_set_new(data, json_array_size(links) > ASIDE_MOST ? "directory" : "more_links",
                            json_pack("{s:{s:o}}", ">parts", "links", links));
    else
        json_decref(links);
}

/* What tasks are about: the tender, or the list as long as there is none. */
static const char *about_of(const struct op *op, const char *const *values, const json_t *object)
{
    static const char *const own[] = {"tender_draft", "list_draft", "list_get"};

    for (size_t i = 0; i < LENGTH(own); i++)
        if (strcmp(op->id, own[i]) == 0)
            return values[0];
    return json_string_value(json_object_get(object, "tender"));
}

/* A draft has an address of its own, and the acts of what it will be. */
static const struct op *draft_of(const struct page *p, const struct op *op)
{
    return op->param_count == 1 && op->segment_count == 3 && strcmp(op->segments[2], "draft") == 0
               ? spec_thing(p->view.spec, op->last_param)
               : op;
}

/* The tender of that lot or contract; NULL: of none. */
static const char *tender_of(struct page *p, const char *things, const char *id)
{
    json_t *one = id ? page_read(p, arena_printf(p->view.arena, "/%s/%s", things, id)) : NULL;
    const char *tender = json_string_value(json_object_get(one, "tender"));

    tender = tender ? arena_dup(p->view.arena, tender) : NULL;
    json_decref(one);
    return tender;
}

/* The plan of the tender that the thing belongs to: it names phases, checks and papers. */
static struct answer load_plan(struct page *p, const json_t *object)
{
    const char *tender = json_string_value(json_object_get(object, "tender"));
    struct answer plan = {0};
    struct err err;

    if (!tender)
        tender = tender_of(p, "lots", json_string_value(json_object_get(object, "lot")));
    if (!tender)
        tender = tender_of(p, "contracts", json_string_value(json_object_get(object, "contract")));
    if (tender && !page_ask(p, arena_printf(p->view.arena, "/tenders/%s/plan", tender), &plan, &err))
        p->view.plan = json_object_get(plan.json, "plan");
    view_speak(&p->view, tender ? plan.json : object);
    return plan;
}

void page_put_acts(struct page *p, const struct op *op, const char *const *values, json_t *data)
{
    json_t *all = acts_at(p, op, values), *now = json_array(), *later = json_array(), *made;
    const json_t *act;
    size_t i;

    json_array_foreach(all, i, act)
        json_array_append(json_object_get(act, "why") ? later : now, (json_t *)act);
    if (json_array_size(all)) {
        made = json_pack("{s:O}", "acts", now);
        if (json_array_size(later))
            json_object_set_new(made, "later", json_pack("{s:O}", "missed", later));
        json_object_set_new(data, "menu", json_pack("{s:o}", ">acts", made));
    }
    json_decref(all);
    json_decref(now);
    json_decref(later);
}

/* What was just done, from the query of a page one came back to. */
void page_put_done(struct page *p, json_t *data)
{
    const char *id = visit_value(&p->visit->query, "done");
    const struct op *op = id ? spec_find(p->view.spec, id) : NULL;

    if (op)
        json_object_set_new(data, "done", json_pack("{s:s}", "act", op_title(p, op)));
}

/* Whose award a contract carries out, and of which lot: one line that leads to the result. */
static void put_award(const struct page *p, const json_t *contract, json_t *fields)
{
    const json_t *award = json_object_get(contract, "awarded");
    const char *tender = page_text(contract, "tender"), *amount = page_text(award, "amount");
    const char *name = page_text(award, "name"); /* none: of a resident's proposal */

    if (!*amount || !*tender)
        return;
    json_array_insert_new(
        json_object_get(fields, "fields"), 1, /* behind its number */
        json_pack("{s:s, s:{s:s, s:s}}", "label", view_label(&p->view, "awarded"), "link", "href",
                  arena_printf(p->view.arena, "%s#result-%s",
                               view_path(&p->view, arena_printf(p->view.arena, "/tenders/%s", tender)),
                               page_text(award, "lot")),
                  "value",
                  arena_printf(p->view.arena, "%s · %s · %s %s", page_text(award, "title"),
                               *name ? name : page_text(contract, "contractor"), view_money(&p->view, amount),
                               view_text(&p->view, "csv_money"))));
}

static void show_thing(struct page *p, const struct op *op, const char *const *values, const json_t *object)
{
    /* The trail is long, and the columns of tables are for programs: each has a page of its own. */
    static const char *const elsewhere[] = {"event_page", "column_map_list", NULL};
    struct answer plan = load_plan(p, object);
    const char *title = view_title(&p->view, object),
               *state = json_string_value(json_object_get(object, "state")),
               *standing = strcmp(op->id, "bid_get") == 0 ? view_bid_state(&p->view, object) : state;
    json_t *seen = options_of(op) ? options_less(object)
                   : plan_of(op)  ? plan_less(object)
                                  : json_incref((json_t *)object);
    json_t *data;

    p->view.of = op->id;
    data = json_pack("{s:s, s:o}", "kind", op_title(p, op), ">fields", view_fields(&p->view, seen));
    put_award(p, object, json_object_get(data, ">fields"));
    if (state)
        json_object_set_new(
            data, "badge",
            json_pack("{s:s, s:s}", "tone", state, "value", view_word(&p->view, "state", standing)));
    json_object_set_new(data, "doubtful",
                        json_boolean(json_is_true(json_object_get(object, "uscc_doubtful"))));
    p->thing = object;
    p->view.of = NULL;
    office_next_put(p, page_office(p, op, values), about_of(op, values, object), data);
    page_put_done(p, data);
    paper_put_links(p, op, values, data);
    page_put_acts(p, draft_of(p, op), values, data);
    page_put_sections(p, op, values, elsewhere, data);
    if (options_of(op))
        options_put(p, op, object, data);
    if (plan_of(op))
        plan_put(p, object, data);
    json_decref(seen);
    p->thing = NULL;
    page_show(p, 200, "thing", title ? title : op_title(p, op), data);
    answer_free(&plan);
}

/* ---- a list of its own ---- */

static bool plain_name(const char *name)
{
    return *name && strspn(name, "abcdefghijklmnopqrstuvwxyz_") == strlen(name);
}

/* The query with one parameter set to another value, the cursor left out: filters are links. */
const char *page_query_with(struct page *p, const char *name, const char *value)
{
    CLEANUP(buf_free) struct buf out = {0};
    const struct form_values *q = &p->visit->query;

    buf_char(&out, '?');
    for (size_t i = 0; i < q->count && out.size < QUERY_BYTES; i++) {
        if (strcmp(q->items[i].name, name) == 0 || strcmp(q->items[i].name, "cursor") == 0 ||
            strcmp(q->items[i].name, "page") == 0 || !plain_name(q->items[i].name) || !*q->items[i].value)
            continue;
        buf_printf(&out, "%s=", q->items[i].name);
        visit_encode(&out, q->items[i].value, "");
        buf_char(&out, '&');
    }
    if (value) {
        buf_printf(&out, "%s=", name);
        visit_encode(&out, value, "");
    }
    return arena_ndup(p->view.arena, out.data, out.size);
}

static json_t *filter_of(struct page *p, const json_t *parameter)
{
    const char *name = json_string_value(json_object_get(parameter, "name"));
    const json_t *words = json_object_get(json_object_get(parameter, "schema"), "enum"), *word;
    const char *chosen = name ? visit_value(&p->visit->query, name) : NULL;
    json_t *choices = json_array();
    size_t i;

    json_array_append_new(choices, json_pack("{s:s, s:s, s:b}", "href", page_query_with(p, name, NULL),
                                             "label", view_text(&p->view, "all"), "chosen", !chosen));
    json_array_foreach(words, i, word)
    {
        const char *text = json_string_value(word);
        json_array_append_new(choices, json_pack("{s:s, s:s, s:b}", "href", page_query_with(p, name, text),
                                                 "label", view_word(&p->view, name, text), "chosen",
                                                 chosen && strcmp(chosen, text) == 0));
    }
    return json_pack("{s:s, s:o}", "label", view_label(&p->view, name), "choices", choices);
}

/* Offices and mechanisms are as many as there are: the API lists them. */
static json_t *filter_listed(struct page *p, const char *name)
{
    const bool office = strcmp(name, "office") == 0;
    const char *chosen = visit_value(&p->visit->query, name);
    json_t *choices = json_pack("[{s:s, s:s, s:b}]", "href", page_query_with(p, name, NULL), "label",
                                view_text(&p->view, "all"), "chosen", !chosen);
    struct answer answer = {0};
    struct err err;
    const json_t *item;
    size_t i;

    if (!page_ask(p, office ? "/offices?limit=100" : "/mechanisms", &answer, &err))
        json_array_foreach(json_object_get(answer.json, "items"), i, item)
        {
            const char *code = office ? arena_printf(p->view.arena, "%lld",
                                                     json_integer_value(json_object_get(item, "office_id")))
                                      : arena_dup(p->view.arena, page_text(item, "id"));
            const char *title = view_title(&p->view, item);

            json_array_append_new(
                choices, json_pack("{s:s, s:s, s:b}", "href", page_query_with(p, name, code), "label",
                                   title ? title : code, "chosen", chosen && strcmp(chosen, code) == 0));
        }
    answer_free(&answer);
    return json_pack("{s:s, s:o}", "label", view_label(&p->view, name), "choices", choices);
}

/* "keeper": a form that keeps this search, where it looks for something. */
static void put_keeper(struct page *p, const struct op *op, json_t *data)
{
    static const char *const kept[] = {"text", "state", "mechanism", "office"};
    CLEANUP(buf_free) struct buf query = {0};

    for (size_t i = 0; i < LENGTH(kept); i++) {
        const char *value = visit_value(&p->visit->query, kept[i]);

        if (!value || !*value)
            continue;
        buf_text(&query, query.size ? "&" : "");
        buf_text(&query, kept[i]);
        buf_text(&query, "=");
        visit_encode(&query, value, "");
    }
    if (query.size && strcmp(op->id, "tender_search") == 0)
        json_object_set_new(data, "keeper",
                            json_pack("{s:s, s:s}", "query",
                                      arena_ndup(p->view.arena, query.data, query.size), "next",
                                      visit_address(p->visit, view_path(&p->view, p->path))));
    if (strcmp(op->id, "tender_search") == 0)
        saved_put(p, data);
}

/* "filters": links; "looked": a field for words, where the question takes some. */
static void put_filters(struct page *p, const struct op *op, json_t *data)
{
    json_t *filters = json_array();
    const json_t *parameter;
    size_t i;

    json_array_foreach(op->parameters, i, parameter)
    {
        const char *in = page_text(parameter, "in"), *name = page_text(parameter, "name");
        const char *text = visit_value(&p->visit->query, name);

        if (strcmp(in, "query") != 0)
            continue;
        if (json_object_get(json_object_get(parameter, "schema"), "enum"))
            json_array_append_new(filters, filter_of(p, parameter));
        else if (strcmp(name, "text") == 0)
            json_object_set_new(
                data, "looked",
                json_pack("{s:s, s:s}", "action", view_path(&p->view, p->path), "text", text ? text : ""));
        else if (strcmp(name, "office") == 0 || strcmp(name, "mechanism") == 0)
            json_array_append_new(filters, filter_listed(p, name));
    }
    json_object_set_new(data, "filters", filters);
    put_keeper(p, op, data);
}

static json_t *things_of(struct page *p, const struct op *op, const json_t *items)
{
    json_t *things = json_array();
    const json_t *item;
    size_t i;

    p->view.of = op->id;
    json_array_foreach(items, i, item)
        json_array_append_new(things, json_pack("{s:o}", ">fields", view_fields(&p->view, item)));
    p->view.of = NULL;
    return things;
}

/* Was a part of the list asked for, by words or conditions? */
static bool narrowed(const struct page *p, const struct op *op)
{
    const json_t *parameter;
    size_t i;

    json_array_foreach(op->parameters, i, parameter)
    {
        const char *value = visit_value(&p->visit->query, page_text(parameter, "name"));

        if (strcmp(page_text(parameter, "in"), "query") == 0 && value && *value)
            return true;
    }
    return false;
}

static void put_rows(struct page *p, const struct op *op, const char *const *values, const json_t *items,
                     json_t *data)
{
    json_t *table;

    if (view_deep(&p->view, op, items)) {
        json_object_set_new(data, "things", things_of(p, op, items));
        return;
    }
    table = view_table(&p->view, op, items);
    row_acts(p, op, values, items, json_object_get(table, "rows"));
    json_object_set_new(data, "rows",
                        json_pack("{s:o, s:b, s:b}", ">table", table, "nothing",
                                  !json_array_size(items) && !narrowed(p, op), "found_nothing",
                                  !json_array_size(items) && narrowed(p, op)));
}

/* ---- pages ---- */

static void put_way(struct page *p, json_t *data, const char *name, const char *parameter, const char *value)
{
    json_object_set_new(data, name, json_pack("{s:s}", "href", page_query_with(p, parameter, value)));
}

/* Pages of the API: on from here, back to the first, and how much of it at once. */
static void put_pages(struct page *p, const json_t *answer, json_t *data)
{
    static const char *const sizes[] = {"20", "50", "100"};
    const char *next = json_string_value(json_object_get(answer, "next"));
    const char *limit = visit_value(&p->visit->query, "limit");
    json_t *choices = json_array();

    if (next)
        put_way(p, data, "next", "cursor", next);
    if (visit_value(&p->visit->query, "cursor"))
        put_way(p, data, "first", "cursor", NULL);
    for (size_t i = 0; i < LENGTH(sizes); i++)
        json_array_append_new(choices, json_pack("{s:s, s:s, s:b}", "href",
                                                 page_query_with(p, "limit", sizes[i]), "label", sizes[i],
                                                 "chosen", strcmp(limit ? limit : sizes[0], sizes[i]) == 0));
    if (next || limit)
        json_object_set_new(data, "sizes", json_pack("{s:O}", "choices", choices));
    json_decref(choices);
}

/* The page of rows asked for, of a list that the API gives whole; from 1. */
static size_t slice_asked(const struct page *p, const json_t *items)
{
    const char *asked = visit_value(&p->visit->query, "page");
    const size_t rows = json_array_size(items), last = rows ? (rows - 1) / PAGE_ROWS + 1 : 1;
    const size_t page = asked && strspn(asked, "0123456789") < 5 ? (size_t)strtoul(asked, NULL, 10) : 1;

    return page < 1 ? 1 : page > last ? last : page;
}

static void put_slices(struct page *p, size_t page, size_t rows, json_t *data)
{
    if (rows > page * PAGE_ROWS)
        put_way(p, data, "next", "page", arena_printf(p->view.arena, "%zu", page + 1));
    if (page > 1)
        put_way(p, data, "previous", "page", arena_printf(p->view.arena, "%zu", page - 1));
}

/* A list below a tender, a lot or a contract is told in the words of its tender. */
static struct answer plan_of_list(struct page *p, const struct op *op, const char *const *values)
{
    static const char *const of[][2] = {{"tenders", "tender"}, {"lots", "lot"}, {"contracts", "contract"}};
    const bool tranche = op->param_count && strcmp(op->segments[0], "tranches") == 0;
    json_t *object = tranche ? page_read(p, arena_printf(p->view.arena, "/tranches/%s", values[0])) : NULL;
    struct answer plan;

    object = object ? object : json_object();
    for (size_t i = 0; i < LENGTH(of); i++)
        if (op->param_count && strcmp(op->segments[0], of[i][0]) == 0)
            json_object_set_new(object, of[i][1], json_string(values[0]));
    plan = json_object_size(object) ? load_plan(p, object) : (struct answer){0};
    json_decref(object);
    return plan;
}

static void show_list(struct page *p, const struct op *op, const char *const *values, const json_t *answer)
{
    const bool paged = op->shape == OP_PAGE;
    const size_t page = paged ? 1 : slice_asked(p, json_object_get(answer, "items"));
    json_t *items = paged ? json_incref(json_object_get(answer, "items"))
                          : rows_from(json_object_get(answer, "items"), (page - 1) * PAGE_ROWS, PAGE_ROWS);
    struct answer plan = plan_of_list(p, op, values);
    json_t *data = json_object();

    put_filters(p, op, data);
    put_rows(p, op, values, items, data);
    if (paged)
        put_pages(p, answer, data);
    else
        put_slices(p, page, json_array_size(json_object_get(answer, "items")), data);
    page_put_done(p, data);
    paper_put_links(p, op, values, data);
    page_put_acts(p, op, values, data);
    page_show(p, 200, "list", op_title(p, op), data);
    json_decref(items);
    answer_free(&plan);
}

/* An empty field of a search is none. */
const char *page_query(struct page *p, const struct op *op, const char *const *without)
{
    CLEANUP(buf_free) struct buf out = {0};
    const struct form_values *q = &p->visit->query;

    for (size_t i = 0; i < q->count && out.size < QUERY_BYTES; i++) {
        if (strcmp(q->items[i].name, "done") == 0 || strcmp(q->items[i].name, "as") == 0 ||
            strcmp(q->items[i].name, "page") == 0 || op->shape == OP_ONE || !plain_name(q->items[i].name) ||
            named(without, q->items[i].name) || !*q->items[i].value)
            continue;
        buf_printf(&out, "%c%s=", out.size ? '&' : '?', q->items[i].name);
        visit_encode(&out, q->items[i].value, "");
    }
    return out.size ? arena_ndup(p->view.arena, out.data, out.size) : "";
}

/* A file of the API goes through as it is, never to be shown as a page of ours. */
static void show_file(struct page *p, struct answer *answer)
{
    struct visit *v = p->visit;

    v->status = 200;
    v->type = answer->type ? answer->type : "application/octet-stream";
    v->send = answer->file;
    v->send_size = answer->file_size;
    answer->file = NULL;
    visit_header(v, "Content-Disposition",
                 answer->disposition && strncmp(answer->disposition, "attachment", 10) == 0
                     ? answer->disposition
                     : "attachment");
    visit_header(v, "Cache-Control", "no-store");
}

/* What is not published yet has an address of its own, for whom may see it. */
static bool goes_to_draft(struct page *p)
{
    const char *path = arena_printf(p->view.arena, "%s/draft", p->path), *values[OP_PARAMS];
    const char *done = visit_value(&p->visit->query, "done");
    const struct op *op = spec_question(p->view.spec, path, values, p->view.arena);
    struct answer answer = {0};
    struct err err;
    bool there = false;

    if (!op || !page_may(p, op))
        return false;
    if (!page_ask(p, path, &answer, &err) && answer.status == 200) {
        there = true;
        visit_to(p->visit, arena_printf(p->view.arena, "%s%s%s", view_path(&p->view, path),
                                        done && spec_find(p->view.spec, done) ? "?done=" : "",
                                        done && spec_find(p->view.spec, done) ? done : ""));
    }
    answer_free(&answer);
    return there;
}

static int ask_thing(struct page *p, const struct op *op, struct answer *ret, struct err *err)
{
    struct question q = {.method = "GET",
                         .path = arena_printf(p->view.arena, "%s%s", p->path, page_query(p, op, NULL)),
                         .file = op->file};

    return page_tell(p, &q, ret, err);
}

void page_thing(struct page *p)
{
    const char *values[OP_PARAMS] = {NULL};
    const struct op *op = spec_question(p->view.spec, p->path, values, p->view.arena);
    struct answer answer = {0};
    struct err err = {0};

    if (!op || ask_thing(p, op, &answer, &err))
        page_problem(p, &answer, &err);
    else if (op->file && answer.status == 200)
        show_file(p, &answer);
    else if (answer.status == 404 && goes_to_draft(p))
        (void)0;
    else if (answer.status != 200 || !answer.json)
        page_problem(p, &answer, &err);
    else if (strcmp(op->id, "tender_get") == 0)
        page_tender(p, op, values, answer.json);
    else if (page_opening(p, op, values, answer.json))
        ;
    else if (op->shape == OP_ONE)
        show_thing(p, op, values, answer.json);
    else if (!page_proposals(p, op, values, answer.json))
        show_list(p, op, values, answer.json);
    answer_free(&answer);
}
