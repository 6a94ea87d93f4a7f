/* The year of an office: where its money went, what each fund still has, what was decided; charts beside
 * their tables. */
#include <stdlib.h>
#include <string.h>

#include "web/page.h"
#include "web/words.h"

enum { ROWS = 100 };

static void put_list(struct page *p, const char *question, const char *office, const char *query,
                     json_t *sections)
{
    const struct op *op = spec_find(p->view.spec, question);
    const char *path = op ? op_path(op, &office, p->view.arena) : "";
    struct answer answer = {0};
    struct err err;

    if (!op || page_ask(p, arena_printf(p->view.arena, "%s?limit=%d%s", path, ROWS, query), &answer, &err))
        return;
    const json_t *items = json_object_get(answer.json, "items");

    if (answer.status == 200 && json_array_size(items))
        json_array_append_new(sections,
                              json_pack("{s:s, s:s, s:s, s:o}", "name", p->view.chinese ? op->zh : op->en,
                                        "anchor", op->id, "href", view_path(&p->view, path), ">table",
                                        view_table(&p->view, op, items)));
    answer_free(&answer);
}

static void put_file(struct page *p, const char *question, const char *path, const char *text, json_t *links)
{
    const struct op *op = spec_find(p->view.spec, question);

    if (op && page_may(p, op))
        json_array_append_new(links, json_pack("{s:s, s:s}", "href", view_path(&p->view, path), "label",
                                               view_text(&p->view, text)));
}

/* What of a year may be taken along. */
static json_t *files_of(struct page *p, const char *office, long long year)
{
    struct arena *arena = p->view.arena;
    json_t *links = json_array();

    put_file(p, "year_bundle", arena_printf(arena, "/offices/%s/bundles/%lld/public", office, year), "bundle",
             links);
    put_file(p, "office_archive", arena_printf(arena, "/offices/%s/archives/%lld", office, year),
             "year_archive", links);
    return links;
}

static void show(struct page *p, const char *office, const json_t *about)
{
    json_t *data = json_object(), *sections = json_array();
    const long long told = money_put(p, strtol(office, NULL, 10), data);
    const long long year = told ? told : strtol(page_now(p), NULL, 10); /* a new office has no money yet */
    const char *name = view_title(&p->view, about);

    put_list(p, "appropriation_page", office, arena_printf(p->view.arena, "&year=%lld", year), sections);
    put_list(p, "fund_page", office, "", sections);
    put_list(p, "contract_page", office, "", sections);
    json_object_set_new(data, "sections", sections);
    json_object_set_new(data, "files", files_of(p, office, year));
    json_object_set_new(data, "office", json_string(name ? name : ""));
    json_object_set_new(data, "office_href",
                        json_string(view_path(&p->view, arena_printf(p->view.arena, "/offices/%s", office))));
    page_show(
        p, 200, "report",
        arena_printf(p->view.arena, p->view.chinese ? "%lld 年度报告" : "Report of the year %lld", year),
        data);
}

bool page_report(struct page *p)
{
    static const char start[] = "/offices/";
    const char *values[OP_PARAMS], *end = strstr(p->path, "/report");
    const struct op *op = spec_find(p->view.spec, "office_get");
    struct answer answer = {0};
    struct err err = {0};

    if (strncmp(p->path, start, strlen(start)) != 0 || !end || strcmp(end, "/report") != 0 || !op ||
        !op_fits(op, arena_ndup(p->view.arena, p->path, (size_t)(end - p->path)), values, p->view.arena))
        return false;
    if (page_ask(p, arena_printf(p->view.arena, "/offices/%s", values[0]), &answer, &err) ||
        answer.status != 200)
        page_problem(p, &answer, &err);
    else
        show(p, values[0], answer.json);
    answer_free(&answer);
    return true;
}
