/* The options of a mechanism or a scheme, as people read them: not the schema that programs check by. */
#include <string.h>

#include "core/base/text.h"
#include "web/page.h"

/* A code by its label, a period in words. */
static const char *initial(const struct page *p, const json_t *schema)
{
    const char *text = view_scalar(&p->view, json_object_get(schema, "default"));
    const char *label =
        view_said(json_object_get(json_object_get(schema, "x-labels"), text), p->view.chinese);
    const char *period = view_period(&p->view, text);

    return *label ? label : period ? period : text;
}

/* "1 – 60", or the words it may be. */
static const char *range(const struct page *p, const json_t *schema)
{
    const json_t *labels = json_object_get(schema, "x-labels"), *word;
    const json_t *low = json_object_get(schema, "minimum"), *high = json_object_get(schema, "maximum");
    const char *all = "";
    size_t i;

    json_array_foreach(json_object_get(schema, "enum"), i, word)
    {
        const char *code = view_scalar(&p->view, word),
                   *label = view_said(json_object_get(labels, code), p->view.chinese);

        all = arena_printf(p->view.arena, "%s%s%s", all, *all ? p->view.chinese ? "、" : ", " : "",
                           *label ? label : code);
    }
    if (!*all && (low || high))
        all = arena_printf(p->view.arena, "%s – %s", view_scalar(&p->view, low), view_scalar(&p->view, high));
    return all;
}

static void put_rows(const struct page *p, const json_t *schema, const char *above, json_t *rows)
{
    json_t *property;
    const char *name;

    json_object_foreach(json_object_get((json_t *)schema, "properties"), name, property)
    {
        const json_t *inner = json_object_get(property, "items");
        const char *label = view_said(json_object_get(property, "x-label"), p->view.chinese), *help;

        label = *label ? label : view_label(&p->view, name);
        label = *above ? arena_printf(p->view.arena, "%s · %s", above, label) : label;
        help = view_said(json_object_get(property, "x-help"), p->view.chinese);
        json_array_append_new(rows, json_pack("{s:s, s:s, s:s, s:s}", "option", label, "option_help", help,
                                              "option_range", range(p, property), "option_initial",
                                              initial(p, property)));
        if (!*above)
            put_rows(p, json_object_get(property, "properties") ? property : inner, label, rows);
    }
}

bool options_of(const struct op *op)
{
    return strcmp(op->id, "mechanism_get") == 0 || strcmp(op->id, "scheme_get") == 0;
}

json_t *options_less(const json_t *object)
{
    json_t *less = json_copy((json_t *)object);

    json_object_del(less, "options");
    json_object_del(less, "examples");
    return less;
}

void options_put(struct page *p, const struct op *op, const json_t *object, json_t *data)
{
    json_t *rows = json_array(), *sections = json_object_get(data, "sections");

    put_rows(p, json_object_get(object, "options"), "", rows);
    if (json_array_size(rows))
        json_array_append_new(
            sections,
            json_pack("{s:s, s:s, s:s, s:o}", "name",
                      view_label(&p->view, strcmp(op->id, "scheme_get") == 0 ? "scheme_options" : "options"),
                      "anchor", "options", "href", view_path(&p->view, p->path), ">table",
                      view_table(&p->view, NULL, rows)));
    json_decref(rows);
}
