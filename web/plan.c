/* A draft and the frozen plan of a tender: their options by the names the plug-ins give them, and of each
 * rule what it says and by which article. */
#include <string.h>

#include "core/base/text.h"
#include "web/paper.h"

static const struct {
    const char *member, *things, *plugin;
} settings[] = {{"options", "mechanisms", "mechanism"}, {"scheme_options", "schemes", "scheme"}};

bool plan_of(const struct op *op)
{
    return strcmp(op->id, "tender_plan") == 0 || strcmp(op->id, "tender_draft") == 0;
}

json_t *plan_less(const json_t *object)
{
    json_t *less = json_copy((json_t *)object), *sources = json_object_get(less, "sources");

    if (sources)
        json_object_set(less, "funding", sources);
    json_object_del(less, "sources");
    json_object_del(less, "rules");
    json_object_del(less, "plan");
    for (size_t i = 0; i < LENGTH(settings); i++)
        json_object_del(less, settings[i].member);
    return less;
}

static void put_settings(struct page *p, const json_t *object, json_t *data)
{
    json_t *all = json_array();

    for (size_t i = 0; i < LENGTH(settings); i++) {
        const json_t *options = json_object_get(object, settings[i].member);
        json_t *blocks = json_array(), *plugin = NULL;

        if (json_object_size(options))
            plugin = page_read(p, arena_printf(p->view.arena, "/%s/%s", settings[i].things,
                                               page_text(object, settings[i].plugin)));
        page_settings(p, blocks, json_object_get(plugin, "options"), options);
        json_decref(plugin);
        if (json_array_size(blocks))
            json_array_append_new(all, json_pack("{s:s, s:{s:O}}", "name",
                                                 view_label(&p->view, settings[i].member), ">document",
                                                 "blocks", blocks));
        json_decref(blocks);
    }
    json_object_set_new(data, "settings", all);
}

/* A rule gives one of these. */
static const char *says(const struct page *p, const json_t *rule)
{
    static const char *const plain[] = {"rate", "points"};
    const json_t *holds = json_object_get(rule, "holds"), *count = json_object_get(rule, "count");
    const char *period = view_period(&p->view, page_text(rule, "period"));

    for (size_t i = 0; i < LENGTH(plain); i++)
        if (*page_text(rule, plain[i]))
            return page_text(rule, plain[i]);
    if (*page_text(rule, "money"))
        return arena_printf(p->view.arena, "%s %s", view_money(&p->view, page_text(rule, "money")),
                            view_text(&p->view, "csv_money"));
    if (json_is_integer(count))
        return arena_printf(p->view.arena, "%lld", json_integer_value(count));
    if (json_is_boolean(holds))
        return view_text(&p->view, json_is_true(holds) ? "yes" : "no");
    return period ? period : page_text(rule, "period");
}

/* "不少于 5 个工作日" of a window. */
static const char *lasts(const struct page *p, const json_t *window)
{
    const char *least = page_text(window, "least"), *most = page_text(window, "most");
    const char *period = view_period(&p->view, *least ? least : most);

    return period ? arena_printf(p->view.arena, "%s %s", view_text(&p->view, *least ? "at_least" : "at_most"),
                                 period)
                  : "";
}

static const char *nothing(const struct page *p, const json_t *one)
{
    (void)p;
    (void)one;
    return "";
}

/* A list of things with names as a table: what each says, by which article. */
static void put_named(const struct page *p, const char *label, const json_t *list,
                      const char *(*say)(const struct page *, const json_t *), json_t *sections)
{
    json_t *rows = json_array();
    const json_t *one;
    size_t i;

    json_array_foreach(list, i, one)
    {
        const char *said = say(p, one);
        json_t *row = json_pack("{s:O*}", "name", json_object_get(one, "name"));

        if (*said)
            json_object_set_new(row, "rule_says", json_string(said));
        if (*page_text(one, "source"))
            json_object_set(row, "source", json_object_get(one, "source"));
        if (json_is_true(json_object_get(one, "unverified")))
            json_object_set_new(row, "unverified", json_true());
        json_array_append_new(rows, row);
    }
    if (json_array_size(rows))
        json_array_append_new(sections, json_pack("{s:s, s:s, s:s, s:o}", "name", label, "anchor", "", "href",
                                                  "", ">table", view_table(&p->view, NULL, rows)));
    json_decref(rows);
}

void plan_put(struct page *p, const json_t *object, json_t *data)
{
    const json_t *plan = json_object_get(object, "plan");
    json_t *sections = json_object_get(data, "sections");
    const struct view *v = &p->view;

    put_settings(p, object, data);
    put_named(p, view_text(v, "plan_phases"), json_object_get(plan, "phases"), nothing, sections);
    put_named(p, view_text(v, "plan_windows"), json_object_get(plan, "windows"), lasts, sections);
    put_named(p, view_text(v, "conditions"), json_object_get(plan, "checks"), nothing, sections);
    put_named(p, view_text(v, "papers"), json_object_get(plan, "papers"), nothing, sections);
    put_named(p, view_label(v, "rules"), json_object_get(json_object_get(object, "rules"), "rules"), says,
              sections);
}
