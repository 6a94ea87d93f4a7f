/* The first page: what waits for the visitor, what is open, what was decided, where the money goes. */
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "web/office.h"
#include "web/words.h"

enum { CALLS = 10, NEWS = 6 };

static void put_table(struct page *p, json_t *data, const char *section, const struct op *op,
                      const json_t *items)
{
    if (json_array_size(items))
        json_object_set_new(data, section, json_pack("{s:o}", ">table", view_table(&p->view, op, items)));
}

/* "cut": which of the lists do not hold everything, and where everything is. */
static void put_cut(const struct page *p, json_t *data, const json_t *cut)
{
    json_t *links = json_array();
    const json_t *part;
    size_t i;

    json_array_foreach(cut, i, part)
    {
        const char *name = json_string_value(part);

        json_array_append_new(links, json_pack("{s:s, s:b, s:s}", "label", view_word(&p->view, "cut", name),
                                               "listed", strcmp(name, "bids") == 0, "href",
                                               view_path(&p->view, "/me/bids")));
    }
    if (json_array_size(links))
        json_object_set_new(data, "cut", json_pack("{s:O}", "parts", links));
    json_decref(links);
}

/* What is to do but at one's desks, which have it by office: at other offices, and as an organisation. */
static void put_tasks(struct page *p, json_t *data, const json_t *tasks, bool desk)
{
    json_t *elsewhere = json_array();
    const json_t *task;
    size_t i;

    json_array_foreach(tasks, i, task) if (!office_work_has(data, task))
        json_array_append(elsewhere, (json_t *)task);
    if (json_array_size(elsewhere))
        json_object_set_new(data, "tasks", json_pack("{s:o}", ">task", office_task_rows(p, elsewhere)));
    else if (!desk)
        json_object_set_new(data, "idle", json_true());
    json_decref(elsewhere);
}

static void put_work(struct page *p, json_t *data)
{
    static const char *const parts[] = {"bids", "contracts"};
    static const char *const ops[] = {"bid_mine", "contract_page"};
    struct answer answer = {0};
    struct err err;

    if (!p->me || page_ask(p, "/me/work", &answer, &err))
        return;
    put_tasks(p, data, json_object_get(answer.json, "tasks"), office_work_put(p, data));
    for (size_t i = 0; answer.status == 200 && i < LENGTH(parts); i++)
        put_table(p, data, parts[i], spec_find(p->view.spec, ops[i]), json_object_get(answer.json, parts[i]));
    put_cut(p, data, json_object_get(answer.json, "cut"));
    answer_free(&answer);
}

/* ---- offices ---- */

static json_t *tile(const struct page *p, const json_t *office, const char *path)
{
    const json_int_t id = json_integer_value(json_object_get(office, "office_id"));
    const char *title = view_title(&p->view, office);

    return json_pack("{s:s, s:s, s:s}", "href",
                     view_path(&p->view, arena_printf(p->view.arena, "%s%lld", path, (long long)id)), "label",
                     title ? title : "", "kind", view_word(&p->view, "kind", page_text(office, "kind")));
}

/* A tile each; of more than a page of them a tile for each district, which leads to its own; where no
 * district is, the first ones. */
static void put_offices(struct page *p, json_t *data)
{
    json_t *answer = page_read(p, "/offices?limit=100"), *districts = NULL, *links = json_array();
    const bool many = json_is_string(json_object_get(answer, "next"));
    const json_t *office;
    bool by_district;
    size_t i;

    if (many)
        districts = page_read(p, "/offices?kind=district&limit=100");
    by_district = json_array_size(json_object_get(districts, "items")) > 0;
    json_array_foreach(json_object_get(by_district ? districts : answer, "items"), i, office)
        json_array_append_new(links, tile(p, office, by_district ? "/offices?parent=" : "/offices/"));
    if (json_array_size(links))
        json_object_set_new(
            data, "offices",
            json_pack("{s:b, s:b, s:O}", "many", many, "rest",
                      many && (!by_district || json_is_string(json_object_get(districts, "next"))), "links",
                      links));
    json_decref(links);
    json_decref(districts);
    json_decref(answer);
}

/* ---- calls and news ---- */

static json_t *call_of(const struct page *p, const json_t *tender, const char *now)
{
    const char *deadline = page_text(tender, "deadline");
    const char *left = view_countdown(&p->view, now, deadline);

    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b}", "href",
                     page_link(p, "tender", tender), "title", page_text(tender, "title"), "office",
                     page_text(tender, "office_name"), "number", page_text(tender, "number"), "mechanism",
                     view_word(&p->view, "mechanism", page_text(tender, "mechanism")), "budget",
                     view_money(&p->view, page_text(tender, "budget")), "iso", deadline, "deadline",
                     view_time(&p->view, deadline), "left", left ? left : view_text(&p->view, "closed_now"),
                     "over", !left);
}

static void put_calls(struct page *p, json_t *data, const char *now)
{
    struct answer answer = {0};
    struct err err;
    json_t *calls = json_array();
    const json_t *tender;
    size_t i;

    if (!page_ask(p, arena_printf(p->view.arena, "/tenders?limit=%d", CALLS), &answer, &err))
        json_array_foreach(json_object_get(answer.json, "items"), i, tender)
            json_array_append_new(calls, call_of(p, tender, now));
    json_object_set_new(data, "open",
                        json_pack("{s:b, s:b}", "none", json_array_size(calls) == 0, "more",
                                  json_is_string(json_object_get(answer.json, "next"))));
    json_object_set_new(json_object_get(data, "open"), "calls", calls);
    answer_free(&answer);
}

static void put_news(struct page *p, json_t *data, const char *section, const char *query)
{
    struct answer answer = {0};
    struct err err;
    json_t *news = json_array();
    const json_t *notice;
    size_t i;

    if (!page_ask(p, arena_printf(p->view.arena, "/notices?limit=%d%s", NEWS, query), &answer, &err))
        json_array_foreach(json_object_get(answer.json, "items"), i, notice)
        {
            const char *at = page_text(notice, "published");
            struct view as = p->view;

            view_speak(&as, notice);
            json_array_append_new(news, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "href",
                                                  page_link(p, "notice", notice), "title",
                                                  page_text(notice, "title"), "office",
                                                  page_text(notice, "office_name"), "kind",
                                                  view_word(&as, "notice", page_text(notice, "kind")), "iso",
                                                  at, "at", view_day(&p->view, at)));
        }
    if (json_array_size(news))
        json_object_set_new(data, section, json_pack("{s:o}", "news", news));
    else
        json_decref(news);
    answer_free(&answer);
}

void page_home(struct page *p)
{
    json_t *data = json_object();

    json_object_set_new(data, "known", json_boolean(p->me != NULL));
    put_work(p, data);
    put_calls(p, data, page_now(p));
    put_news(p, data, "results", "&kind=result");
    put_news(p, data, "notices", "");
    saved_put(p, data);
    money_put(p, 0, data);
    put_offices(p, data);
    page_show(p, 200, "home", view_text(&p->view, "brand"), data);
}

/* ---- open data ---- */

void page_open_data(struct page *p)
{
    static const struct {
        const char *path;
        bool atom, ics;
    } sets[] = {{"/tenders", false, true},     {"/search/tenders", true, true},
                {"/notices", true, false},     {"/spending", false, false},
                {"/offices", false, false},    {"/organisations", false, false},
                {"/mechanisms", false, false}, {"/schemes", false, false}};
    const char *values[OP_PARAMS];
    json_t *rows = json_array();

    for (size_t i = 0; i < LENGTH(sets); i++) {
        const struct op *op = spec_question(p->view.spec, sets[i].path, values, p->view.arena);
        const char *page = view_path(&p->view, sets[i].path);

        if (!op)
            continue;
        json_array_append_new(
            rows, json_pack("{s:s, s:s, s:s, s:s, s:s}", "name", p->view.chinese ? op->zh : op->en, "href",
                            page, "json", arena_printf(p->view.arena, "/api/v1%s", sets[i].path), "atom",
                            sets[i].atom ? arena_printf(p->view.arena, "%s.atom", page) : "", "ics",
                            sets[i].ics ? arena_printf(p->view.arena, "%s.ics", page) : ""));
    }
    page_show(p, 200, "open_data", view_text(&p->view, "open_data"),
              json_pack("{s:o, s:s}", "sets", rows, "url", site_url(p->site)));
}
