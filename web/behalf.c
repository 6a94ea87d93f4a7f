/* Entering for somebody else: the form of the act that was received, inside the form of the entry. */
#include <string.h>

#include "web/choices.h"
#include "web/office.h"
#include "web/words.h"

/* Members of a list's elements by name: "bid" of content.sheets. */
static json_t *element_of(json_t *schema, const char *list)
{
    json_t *items = json_object_get(json_object_get(json_object_get(schema, "properties"), list), "items");

    return json_object_get(items, "properties");
}

static void only_one(json_t *property, const char *id, const char *title)
{
    json_object_set_new(property, "enum", json_pack("[s]", id));
    json_object_set_new(property, "x-labels", json_pack("{s:{s:s, s:s}}", id, "zh", title, "en", title));
}

/* What a score sheet is about: its bids and what judges look at; the sheets still empty, for the form. */
static json_t *put_sheets(struct page *p, json_t *content, const char *lot)
{
    json_t *sheet = element_of(content, "sheets");
    json_t *marks = json_object_get(json_object_get(json_object_get(sheet, "marks"), "items"), "properties");
    json_t *of = page_read(p, arena_printf(p->view.arena, "/lots/%s", lot)), *bids, *criteria,
           *sheets = json_array();
    json_t *lines = json_array();
    const json_t *one;
    size_t i;

    bids = page_read(p, arena_printf(p->view.arena, "/tenders/%s/opening", page_text(of, "tender")));
    criteria = page_read(p, arena_printf(p->view.arena, "/lots/%s/criteria", lot));
    json_array_foreach(json_object_get(json_object_get(criteria, "criteria"), "items"), i,
                       one) if (strcmp(page_text(one, "by"), "judges") == 0)
    {
        choice_add(json_object_get(marks, "criterion"), page_text(one, "code"), json_object_get(one, "name"));
        json_array_append_new(lines, json_pack("{s:s}", "criterion", page_text(one, "code")));
    }
    json_array_foreach(json_object_get(bids, "items"), i, one)
    {
        const char *id = page_text(one, "id");
        json_t *name;

        if (json_integer_value(json_object_get(one, "lot")) !=
                json_integer_value(json_object_get(of, "no")) ||
            !*id)
            continue;
        name = json_pack("{s:s, s:s}", "zh", page_text(one, "name"), "en", page_text(one, "name"));
        choice_add(json_object_get(sheet, "bid"), id, name);
        json_decref(name);
        json_array_append_new(sheets, json_pack("{s:s, s:O}", "bid", id, "marks", lines));
    }
    json_decref(of), json_decref(bids), json_decref(criteria), json_decref(lines);
    return json_pack("{s:o}", "sheets", sheets);
}

/* The act's own form as the member "content", and what fills it so far. */
static void put_content(struct page *p, json_t *properties, const char *act, const char *target, json_t *now)
{
    const struct op *op = spec_find(p->view.spec, act);
    json_t *content = json_object_get(properties, "content");

    if (!op || !op->form || !content)
        return;
    json_object_set_new(content, "properties", json_deep_copy(json_object_get(op->form, "properties")));
    if (json_object_get(op->form, "required"))
        json_object_set(content, "required", json_object_get(op->form, "required"));
    if (strcmp(act, "marks_put") != 0 || !*target)
        return;
    json_t *sheets = put_sheets(p, content, target);
    if (now && !json_object_get(now, "content"))
        json_object_set(now, "content", sheets);
    json_decref(sheets);
}

/* What it is about by its name, where the link that led here said so. */
static void put_target(struct page *p, json_t *properties, const char *act, const char *target)
{
    const struct op *op = spec_find(p->view.spec, act);
    const struct op *thing = op && op->last_param ? spec_thing(p->view.spec, op->last_param) : NULL;
    json_t *found;

    if (!*target) {
        if (strcmp(act, "need_create") == 0)
            json_object_del(properties, "target");
        return;
    }
    found = thing ? page_read(p, op_path(thing, &target, p->view.arena)) : NULL;
    only_one(json_object_get(properties, "target"), target,
             view_title(&p->view, found) ? view_title(&p->view, found) : target);
    json_decref(found);
}

/* What was chosen above the form is not chosen again in it. */
static void only_these(json_t *property, const char *code)
{
    json_object_set_new(property, "enum", json_pack("[s]", code));
}

void behalf_put_form(struct page *p, const struct op *op, const char *const *values, json_t *schema,
                     json_t *now)
{
    json_t *properties = json_object_get(schema, "properties"), *entry;
    const char *act = page_text(now, "act"), *target = page_text(now, "target");

    if (strcmp(op->id, "behalf_enter") == 0 && *act) {
        only_these(json_object_get(properties, "act"), act);
        put_target(p, properties, act, target);
        put_content(p, properties, act, target, now);
    }
    if (strcmp(op->id, "behalf_confirm") != 0)
        return;
    /* Only what is kept secret is typed in a second time. */
    entry = page_read(p, arena_printf(p->view.arena, "/on-behalf/%s", values[0]));
    if (json_object_get(entry, "content") && !json_is_null(json_object_get(entry, "content")))
        json_object_del(properties, "content");
    else
        put_content(p, properties, page_text(entry, "act"), page_text(entry, "lot"), now);
    json_decref(entry);
}

void behalf_put_chooser(struct page *p, const struct op *op, const json_t *schema, const json_t *now,
                        json_t *data)
{
    const json_t *act = json_object_get(json_object_get(schema, "properties"), "act"), *id;
    json_t *choices = json_array();
    size_t i;

    json_array_foreach(json_object_get(act, "enum"), i, id)
    {
        const char *text = json_string_value(id);
        const json_t *label = json_object_get(json_object_get(act, "x-labels"), text);

        json_array_append_new(choices, json_pack("{s:s, s:O*, s:b}", "value", text, "label",
                                                 json_object_get(label, p->view.chinese ? "zh" : "en"),
                                                 "chosen", strcmp(page_text(now, "act"), text) == 0));
    }
    json_object_set_new(data, "received",
                        json_pack("{s:s, s:s, s:s, s:o}", "where", view_path(&p->view, p->path), "do", op->id,
                                  "target", page_text(now, "target"), "choices", choices));
}

/* Is this act one that is entered for others? */
static bool entered_so(const struct op *enter, const char *act)
{
    const json_t *acts =
        json_object_get(json_object_get(json_object_get(enter->form, "properties"), "act"), "enum");
    const json_t *one;
    size_t i;

    json_array_foreach(acts, i, one) if (strcmp(json_string_value(one), act) == 0) return true;
    return false;
}

void behalf_put_links(const struct page *p, const struct op *question, const char *const *values,
                      json_t *acts)
{
    const struct op *enter = spec_find(p->view.spec, "behalf_enter");
    const char *office = page_office(p, question, values);

    if (!enter || !office || !page_may(p, enter) || question->shape != OP_ONE || question->param_count != 1 ||
        strcmp(question->segments[0], "offices") == 0)
        return;
    for (size_t i = 0; i < spec_count(p->view.spec); i++) {
        const struct op *op = spec_at(p->view.spec, i);

        if (op->param_count == 1 && op->last_param && question->last_param &&
            strcmp(op->last_param, question->last_param) == 0 && entered_so(enter, op->id))
            json_array_append_new(
                acts, json_pack("{s:s, s:s}", "href",
                                arena_printf(p->view.arena, "%s?do=behalf_enter&act=%s&target=%s",
                                             view_path(&p->view, op_path(enter, &office, p->view.arena)),
                                             op->id, values[0]),
                                "label",
                                arena_printf(p->view.arena, "%s%s", view_text(&p->view, "behalf"),
                                             p->view.chinese ? op->zh : op->en)));
    }
}
