/* The guide: four questions, and what the API proposes; from there to the list and the tender. */
#include <stdlib.h>
#include <string.h>

#include "web/office.h"
#include "web/words.h"

enum { LISTS_SEEN = 3 };

/* Entries of the office's lists that name this way: a tender is drawn up from one. */
static void put_entries(struct page *p, const char *office, const char *list, const json_t *way, json_t *to)
{
    const char *mechanism = json_string_value(json_object_get(way, "mechanism"));
    struct answer answer = {0};
    struct err err;
    const json_t *entry;
    size_t i;

    if (page_ask(p, arena_printf(p->view.arena, "/lists/%s/entries?limit=100", list), &answer, &err))
        return;
    json_array_foreach(json_object_get(answer.json, "items"), i, entry)
    {
        const char *method = json_string_value(json_object_get(entry, "method"));

        if (!method || strcmp(method, mechanism) != 0)
            continue;
        json_array_append_new(
            to, json_pack("{s:s, s:O*}", "href",
                          arena_printf(
                              p->view.arena, "%s?do=tender_create&entry=%s&scheme=%s",
                              view_path(&p->view, arena_printf(p->view.arena, "/offices/%s/tenders", office)),
                              json_string_value(json_object_get(entry, "id")),
                              json_string_value(json_object_get(way, "scheme"))),
                          "label", json_object_get(entry, "name")));
    }
    answer_free(&answer);
}

static json_t *entries_of(struct page *p, const char *office, const json_t *way)
{
    json_t *entries = json_array();
    struct answer lists = {0};
    struct err err;
    const json_t *list;
    size_t i;

    if (page_ask(p, arena_printf(p->view.arena, "/offices/%s/lists?limit=%d", office, LISTS_SEEN), &lists,
                 &err))
        return entries;
    json_array_foreach(json_object_get(lists.json, "items"), i, list)
        put_entries(p, office, json_string_value(json_object_get(list, "id")), way, entries);
    answer_free(&lists);
    return entries;
}

static json_t *way_of(struct page *p, const char *office, const json_t *way, bool first)
{
    json_t *entries = entries_of(p, office, way);
    json_t *made = json_pack(
        "{s:s, s:s, s:O*, s:s, s:s, s:b}", "name", view_said(json_object_get(way, "name"), p->view.chinese),
        "why", view_said(json_object_get(way, "why"), p->view.chinese), "article",
        json_object_get(way, "article"), "scheme",
        view_said(json_object_get(way, "scheme_name"), p->view.chinese), "about",
        view_path(&p->view, arena_printf(p->view.arena, "/mechanisms/%s",
                                         json_string_value(json_object_get(way, "mechanism")))),
        "first", first);

    if (json_array_size(entries))
        json_object_set_new(made, "ready", json_pack("{s:O}", "entries", entries));
    json_decref(entries);
    return made;
}

static json_t *threshold_of(const struct page *p, const json_t *found, const char *member, const char *label)
{
    const json_t *t = json_object_get(found, member);
    const char *amount = json_string_value(json_object_get(t, "amount"));

    return amount ? json_pack("{s:s, s:s, s:O*, s:b}", "label", view_text(&p->view, label), "amount",
                              view_money(&p->view, amount), "article", json_object_get(t, "article"),
                              "unverified", json_is_true(json_object_get(t, "unverified")))
                  : NULL;
}

static json_t *result_of(struct page *p, const char *office, const json_t *found)
{
    static const char *const bounds[][2] = {{"purchase_threshold", "guide_purchase"},
                                            {"open_threshold", "guide_open"}};
    const char *regime = json_string_value(json_object_get(found, "regime"));
    json_t *ways = json_array(), *thresholds = json_array();
    const json_t *way;
    size_t i;

    json_array_foreach(json_object_get(found, "ways"), i, way)
        json_array_append_new(ways, way_of(p, office, way, i == 0));
    for (i = 0; i < sizeof bounds / sizeof *bounds; i++) {
        json_t *one = threshold_of(p, found, bounds[i][0], bounds[i][1]);

        if (one)
            json_array_append_new(thresholds, one);
    }
    return json_pack("{s:s, s:s, s:O*, s:o, s:o, s:s}", "regime",
                     view_word(&p->view, "regime", regime ? regime : ""), "why",
                     view_said(json_object_get(found, "why"), p->view.chinese), "article",
                     json_object_get(found, "article"), "ways", ways, "thresholds", thresholds, "lists",
                     view_path(&p->view, arena_printf(p->view.arena, "/offices/%s/lists", office)));
}

static void show(struct page *p, const struct op *op, const char *office, const json_t *body,
                 const struct answer *told)
{
    json_t *data = json_pack("{s:s, s:s}", "action", view_path(&p->view, p->path), "back",
                             view_path(&p->view, arena_printf(p->view.arena, "/offices/%s", office)));
    const bool refused = told && told->status >= 300;

    if (refused)
        json_object_set_new(data, ">summary", page_summary(p, NULL, told->json));
    else if (told)
        json_object_set_new(data, "result", result_of(p, office, told->json));
    form_put(data, op->form, &(struct form_shown){body, refused ? told->json : NULL, NULL, p->view.chinese},
             p->view.arena);
    page_show(p, refused ? told->status : 200, "guide", p->view.chinese ? op->zh : op->en, data);
}

void page_guide(struct page *p, const struct op *op, const char *const *values)
{
    struct answer told = {0};
    struct err err = {0};
    json_t *body = NULL;
    char *text;

    if (!p->visit->post) {
        show(p, op, values[0], NULL, NULL);
        return;
    }
    body = form_body(op->form, &p->visit->fields, p->view.arena);
    text = json_dumps(body, JSON_COMPACT);
    struct question q = {
        .method = "POST", .path = p->path, .body = text, .csrf = visit_value(&p->visit->fields, "_csrf")};
    if (page_tell(p, &q, &told, &err) || told.status == 401 || told.status == 403)
        page_problem(p, &told, &err);
    else
        show(p, op, values[0], body, &told);
    answer_free(&told);
    free(text);
    json_decref(body);
}
