/* Asking for an account: an organisation with its first person, or a resident, at an office that confirms it.
 */
#include <stdlib.h>
#include <string.h>

#include "web/page.h"
#include "web/words.h"

/* Which of the two, by "as" of the address. */
static const struct op *asked_for(const struct page *p, bool *ret_resident)
{
    const char *as = visit_value(p->visit->post ? &p->visit->fields : &p->visit->query, "as");

    *ret_resident = as && strcmp(as, "resident") == 0;
    return spec_find(p->view.spec, *ret_resident ? "resident_register" : "organisation_register");
}

/* The form of the API, and which office it is for. */
static json_t *schema_of(struct page *p, const struct op *op)
{
    json_t *schema = json_deep_copy(op->form), *ids = json_array(), *labels = json_object(), *properties,
           *office;
    struct answer answer = {0};
    const json_t *item;
    struct err err;
    const char *name;
    json_t *one;
    size_t i;

    if (!page_ask(p, "/offices?limit=100", &answer, &err))
        json_array_foreach(json_object_get(answer.json, "items"), i, item)
        {
            const char *id =
                arena_printf(p->view.arena, "%lld", json_integer_value(json_object_get(item, "office_id")));
            const char *title = view_title(&p->view, item);

            json_array_append_new(ids, json_string(id));
            json_object_set_new(labels, id,
                                json_pack("{s:s, s:s}", "zh", title ? title : id, "en", title ? title : id));
        }
    office = json_pack("{s:s, s:{s:s, s:s}}", "type", "string", "x-label", "zh",
                       words_text(NULL, "register_office", true), "en",
                       words_text(NULL, "register_office", false));
    if (json_is_string(json_object_get(answer.json, "next")) || !json_array_size(ids)) {
        json_decref(ids); /* more than a list to choose from holds: by its number */
        json_decref(labels);
    } else {
        json_object_set_new(office, "enum", ids);
        json_object_set_new(office, "x-labels", labels);
    }
    answer_free(&answer);
    properties = json_pack("{s:o}", "office", office);
    json_object_foreach(json_object_get(schema, "properties"), name, one)
        json_object_set(properties, name, one);
    json_object_set_new(schema, "properties", properties);
    json_array_append_new(json_object_get(schema, "required"), json_string("office"));
    return schema;
}

static void show(struct page *p, const struct op *op, bool resident, const json_t *body,
                 const json_t *problem, int status)
{
    json_t *schema = schema_of(p, op),
           *data = json_pack("{s:s, s:s, s:b, s:s}", "action", view_path(&p->view, "/register"), "as",
                             resident ? "resident" : "organisation", "resident", resident, "login",
                             view_path(&p->view, "/login"));

    if (problem)
        json_object_set_new(data, ">summary", page_summary(p, schema, problem));
    form_put(data, schema, &(struct form_shown){body, problem, NULL, p->view.chinese}, p->view.arena);
    page_show(p, status, "register",
              words_text(NULL, resident ? "register_resident" : "register", p->view.chinese), data);
    json_decref(schema);
}

static void show_done(struct page *p, const json_t *answer)
{
    page_show(p, 200, "registered", words_text(NULL, "registered", p->view.chinese),
              json_pack("{s:s, s:b}", "asked", view_time(&p->view, page_text(answer, "asked")), "doubtful",
                        json_is_true(json_object_get(answer, "uscc_doubtful"))));
}

static void take(struct page *p, const struct op *op, bool resident)
{
    json_t *schema = schema_of(p, op), *body = form_body(schema, &p->visit->fields, p->view.arena);
    const char *office = arena_dup(p->view.arena, page_text(body, "office"));
    struct answer answer = {0};
    struct err err = {0};

    json_object_del(body, "office");
    char *text = json_dumps(body, JSON_COMPACT);
    struct question q = {.method = "POST", .path = op_path(op, &office, p->view.arena), .body = text};
    json_object_del(body, "password");
    json_object_set_new(body, "office", json_string(office));
    if (!*office || strspn(office, "0123456789") != strlen(office)) {
        json_t *problem = json_pack(
            "{s:s, s:[{s:s, s:s}]}", "title", words_text(NULL, "register_choose", p->view.chinese), "errors",
            "pointer", "/office", "detail", words_text(NULL, "register_choose", p->view.chinese));
        show(p, op, resident, body, problem, 422);
        json_decref(problem);
    } else if (page_tell(p, &q, &answer, &err))
        page_problem(p, &answer, &err);
    else if (answer.status < 300)
        show_done(p, answer.json);
    else
        show(p, op, resident, body, answer.json, answer.status);
    answer_free(&answer);
    free(text);
    json_decref(body);
    json_decref(schema);
}

void page_register(struct page *p)
{
    struct answer none = {0};
    struct err err = {0};
    bool resident;
    const struct op *op = asked_for(p, &resident);

    if (!op || !op->form)
        page_problem(p, &none, &err);
    else if (p->visit->post)
        take(p, op, resident);
    else
        show(p, op, resident, NULL, NULL, 200);
}
