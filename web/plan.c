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
static const char *says(const struct page *p, const json_t *plan, const json_t *rule)
{
    static const char *const plain[] = {"rate", "points"};
    const json_t *holds = json_object_get(rule, "holds"), *count = json_object_get(rule, "count");
    const char *period = view_period(&p->view, page_text(rule, "period"));

    (void)plan;
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
static const char *lasts(const struct page *p, const json_t *plan, const json_t *window)
{
    const char *least = page_text(window, "least"), *most = page_text(window, "most");
    const char *period = view_period(&p->view, *least ? least : most);

    (void)plan;
    return period ? arena_printf(p->view.arena, "%s %s", view_text(&p->view, *least ? "at_least" : "at_most"),
                                 period)
                  : "";
}

/* "甲；乙" of what is said so far and one more. */
static const char *clause(const struct page *p, const char *said, const char *more)
{
    return *said && *more
               ? arena_printf(p->view.arena, "%s%s%s", said, view_text(&p->view, "list_mark"), more)
           : *said ? said
                   : more;
}

static const char *phase_name(const struct page *p, const json_t *plan, const char *code)
{
    const json_t *phase;
    size_t i;

    json_array_foreach(json_object_get(plan, "phases"), i,
                       phase) if (strcmp(page_text(phase, "code"), code) ==
                                  0) return view_said(json_object_get(phase, "name"), p->view.chinese);
    return code;
}

/* The public is the role that is not said. */
static const char *role_name(const struct page *p, const json_t *one)
{
    const char *role = page_text(one, "role");

    return view_word(&p->view, "role", *role ? role : "public");
}

/* ---- what a table of the plan says of one ---- */

/* "资格审查：经办人" of a check or a paper. */
static const char *whose(const struct page *p, const json_t *plan, const json_t *one)
{
    return arena_printf(p->view.arena, "%s%s%s", phase_name(p, plan, page_text(one, "phase")),
                        view_text(&p->view, "colon"), role_name(p, one));
}

/* "金额（元）；必填；作为比较的价格" of what a bid states. */
static const char *states(const struct page *p, const json_t *plan, const json_t *field)
{
    const struct view *v = &p->view;
    const char *by = page_text(field, "by"), *said = view_word(v, "plan_unit", page_text(field, "unit"));
    const json_t *low = json_object_get(field, "low");

    (void)plan;
    if (json_is_integer(low) && json_integer_value(low) > 0)
        said = clause(p, said,
                      arena_printf(v->arena, "%s %lld", view_text(v, "at_least"), json_integer_value(low)));
    if (strcmp(by, "clock") == 0)
        return clause(p, said, view_text(v, "plan_counted"));
    said = clause(
        p, said,
        view_text(v, json_is_true(json_object_get(field, "required")) ? "plan_required" : "plan_optional"));
    if (json_is_true(json_object_get(field, "priced")))
        said = clause(p, said, view_text(v, "plan_priced"));
    if (json_integer_value(json_object_get(field, "envelope")) == 2)
        said = clause(p, said, view_text(v, "plan_second_envelope"));
    return *by ? clause(
                     p, said,
                     arena_printf(v->arena, "%s%s", view_text(v, "plan_stated_by"), view_word(v, "role", by)))
               : said;
}

/* "递交数不少于 3；不足时终止" of a quorum. */
static const char *needs(const struct page *p, const json_t *plan, const json_t *quorum)
{
    const struct view *v = &p->view;
    const char *period = view_period(v, page_text(quorum, "extend"));
    const char *less = view_word(v, "plan_below", page_text(quorum, "below"));

    (void)plan;
    if (period && strcmp(page_text(quorum, "below"), "extend") == 0)
        less = arena_printf(v->arena, "%s %s", less, period);
    return clause(p,
                  arena_printf(v->arena, v->chinese ? "%s%s %lld" : "%s: %s %lld",
                               view_word(v, "plan_counts", page_text(quorum, "counts")),
                               view_text(v, "at_least"),
                               json_integer_value(json_object_get(quorum, "at_least"))),
                  less);
}

static const char *nothing(const struct page *p, const json_t *plan, const json_t *one)
{
    (void)p;
    (void)plan;
    (void)one;
    return "";
}

/* ---- tables ---- */

/* A table of rows (taken over), where there are some. */
static void put_rows(const struct page *p, const char *label, json_t *rows, json_t *sections)
{
    if (json_array_size(rows))
        json_array_append_new(sections, json_pack("{s:s, s:s, s:s, s:o}", "name", label, "anchor", "", "href",
                                                  "", ">table", view_table(&p->view, NULL, rows)));
    json_decref(rows);
}

/* A list of things with names as a table: what each says, by which article. */
static void put_named(const struct page *p, const char *label, const json_t *plan, const json_t *list,
                      const char *(*say)(const struct page *, const json_t *, const json_t *),
                      json_t *sections)
{
    json_t *rows = json_array();
    const json_t *one;
    size_t i;

    json_array_foreach(list, i, one)
    {
        const char *said = say(p, plan, one);
        json_t *row = json_pack("{s:O*}", "name", json_object_get(one, "name"));

        if (!json_object_get(row, "name"))
            json_object_set_new(row, "name", json_string(phase_name(p, plan, page_text(one, "phase"))));

        if (*said)
            json_object_set_new(row, "rule_says", json_string(said));
        if (*page_text(one, "source"))
            json_object_set(row, "source", json_object_get(one, "source"));
        if (json_is_true(json_object_get(one, "unverified")))
            json_object_set_new(row, "unverified", json_true());
        json_array_append_new(rows, row);
    }
    put_rows(p, label, rows, sections);
}

/* Called as web/words.def does; nothing where there is nothing to say. */
static void row_add(const struct page *p, json_t *rows, const char *name, const char *says)
{
    if (*says)
        json_array_append_new(rows,
                              json_pack("{s:s, s:s}", "name", view_text(&p->view, name), "rule_says", says));
}

static const char *yes(const struct page *p, const json_t *object, const char *name)
{
    return json_is_true(json_object_get(object, name)) ? view_text(&p->view, "yes") : "";
}

/* How many, of those kinds of award that say it. */
static const char *winners(const struct page *p, const json_t *award)
{
    const char *kind = page_text(award, "kind"), *said = view_word(&p->view, "plan_award", kind);

    if (strcmp(kind, "up_to_n") == 0)
        return arena_printf(p->view.arena, "%s %lld", said,
                            json_integer_value(json_object_get(award, "most")));
    return strcmp(kind, "all_over") == 0 ? arena_printf(p->view.arena, "%s%s", said, page_text(award, "over"))
                                         : said;
}

static const char *count_of(const struct page *p, const json_t *object, const char *name)
{
    const json_int_t count = json_integer_value(json_object_get(object, name));

    return count > 0 ? arena_printf(p->view.arena, "%lld", (long long)count) : "";
}

/* Who takes part, what is kept secret, who wins. */
static void put_terms(const struct page *p, const json_t *plan, json_t *sections)
{
    static const char *const rates[] = {"bid_bond", "performance_bond", "extra"};
    const struct view *v = &p->view;
    const json_t *award = json_object_get(plan, "award");
    json_t *rows = json_array();

    row_add(p, rows, "plan_entry", view_word(v, "plan_entry", page_text(plan, "entry")));
    row_add(p, rows, "plan_sealing", view_word(v, "plan_sealing", page_text(plan, "sealing")));
    row_add(
        p, rows, "plan_joint",
        view_text(v, json_is_true(json_object_get(plan, "no_joint")) ? "plan_joint_no" : "plan_joint_yes"));
    for (size_t i = 0; i < LENGTH(rates); i++)
        row_add(p, rows, arena_printf(v->arena, "plan_%s", rates[i]), page_text(plan, rates[i]));
    row_add(p, rows, "plan_winners", winners(p, award));
    row_add(p, rows, "plan_candidates", count_of(p, award, "candidates"));
    row_add(p, rows, "plan_by_rank", yes(p, award, "by_rank"));
    row_add(p, rows, "plan_choices", count_of(p, plan, "choices"));
    row_add(p, rows, "plan_stops", yes(p, plan, "objection_stops"));
    put_rows(p, view_text(v, "plan_terms"), rows, sections);
}

static void put_panel(const struct page *p, const json_t *panel, json_t *sections)
{
    const struct view *v = &p->view;
    const char *least = count_of(p, panel, "at_least"), *of = count_of(p, panel, "of"), *odd = "";
    json_t *rows = json_array(), *row;
    size_t i;

    if (*least) {
        odd = json_is_true(json_object_get(panel, "odd")) ? view_text(v, "plan_odd") : "";
        row_add(p, rows, "plan_members",
                clause(p, arena_printf(v->arena, "%s %s", view_text(v, "at_least"), least), odd));
        if (*of && *count_of(p, panel, "experts"))
            row_add(p, rows, "plan_experts",
                    arena_printf(v->arena, "%s %s/%s", view_text(v, "at_least"),
                                 count_of(p, panel, "experts"), of));
        row_add(p, rows, "plan_blind", yes(p, panel, "blind"));
        row_add(p, rows, "plan_recuse", yes(p, panel, "recuse"));
    }
    json_array_foreach(rows, i, row) if (*page_text(panel, "source"))
        json_object_set(row, "source", json_object_get(panel, "source"));
    put_rows(p, view_text(v, "panel"), rows, sections);
}

/* "“资格审查”起：经办人、审计员": who reads that from this phase on; once everybody does, it says no more. */
static const char *readers(const struct page *p, const json_t *plan, const char *what, const char *from)
{
    const struct view *v = &p->view;
    const char *all = "";
    const json_t *one;
    size_t i;

    json_array_foreach(json_object_get(plan, "readings"), i, one)
    {
        if (strcmp(page_text(one, "what"), what) != 0 || strcmp(page_text(one, "from"), from) != 0)
            continue;
        if (!*page_text(one, "role")) {
            all = role_name(p, one);
            break;
        }
        all = arena_printf(v->arena, "%s%s%s", all, !*all ? "" : v->chinese ? "、" : ", ", role_name(p, one));
    }
    return *all ? arena_printf(v->arena, v->chinese ? "“%s”起：%s" : "from %s on: %s",
                               phase_name(p, plan, from), all)
                : "";
}

static void put_readings(const struct page *p, const json_t *plan, json_t *sections)
{
    static const char *const whats[] = {"bids", "prices", "marks", "ballots", "result"};
    const struct view *v = &p->view;
    json_t *rows = json_array();

    for (size_t k = 0; k < LENGTH(whats); k++) {
        const char *said = "";
        const json_t *phase;
        size_t i;

        json_array_foreach(json_object_get(plan, "phases"), i, phase) said =
            clause(p, said, readers(p, plan, whats[k], page_text(phase, "code")));
        if (*said)
            json_array_append_new(rows,
                                  json_pack("{s:s, s:s}", "name",
                                            k ? view_word(v, "plan_sees", whats[k]) : view_text(v, "bid"),
                                            "rule_says", said));
    }
    put_rows(p, view_text(v, "plan_readings"), rows, sections);
}

static void put_plan(const struct page *p, const json_t *plan, json_t *sections)
{
    const struct view *v = &p->view;

    put_terms(p, plan, sections);
    put_named(p, view_text(v, "plan_phases"), plan, json_object_get(plan, "phases"), nothing, sections);
    put_named(p, view_text(v, "plan_windows"), plan, json_object_get(plan, "windows"), lasts, sections);
    put_named(p, view_text(v, "plan_quorums"), plan, json_object_get(plan, "quorums"), needs, sections);
    put_named(p, view_text(v, "plan_fields"), plan, json_object_get(plan, "fields"), states, sections);
    put_named(p, view_text(v, "papers"), plan, json_object_get(plan, "papers"), whose, sections);
    put_named(p, view_text(v, "conditions"), plan, json_object_get(plan, "checks"), whose, sections);
    put_panel(p, json_object_get(plan, "panel"), sections);
    put_readings(p, plan, sections);
}

void plan_put(struct page *p, const json_t *object, json_t *data)
{
    const json_t *plan = json_object_get(object, "plan");
    json_t *sections = json_object_get(data, "sections");

    put_settings(p, object, data);
    if (plan)
        put_plan(p, plan, sections);
    put_named(p, view_label(&p->view, "rules"), plan,
              json_object_get(json_object_get(object, "rules"), "rules"), says, sections);
}
