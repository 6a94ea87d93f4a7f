/* The first page: what waits for the visitor, and the offices. */
#include "web/page.h"
#include "web/words.h"

static void put_table(struct page *p, json_t *data, const char *section, const struct op *op,
                      const json_t *items)
{
    if (json_array_size(items))
        json_object_set_new(data, section, json_pack("{s:o}", ">table", view_table(&p->view, op, items)));
}

static void put_work(struct page *p, json_t *data)
{
    static const char *const parts[] = {"tasks", "bids", "contracts"};
    static const char *const ops[] = {"task_list", "bid_mine", "contract_page"};
    struct answer answer = {0};
    struct err err;

    if (!p->me || page_ask(p, "/me/work", &answer, &err))
        return;
    for (size_t i = 0; answer.status == 200 && i < 3; i++)
        put_table(p, data, parts[i], spec_find(p->view.spec, ops[i]), json_object_get(answer.json, parts[i]));
    if (!json_object_get(data, "tasks"))
        json_object_set_new(data, "idle", json_true());
    answer_free(&answer);
}

static void put_offices(struct page *p, json_t *data)
{
    struct answer answer = {0};
    struct err err;

    if (page_ask(p, "/offices?limit=100", &answer, &err))
        return;
    put_table(p, data, "offices", spec_find(p->view.spec, "office_page"),
              json_object_get(answer.json, "items"));
    answer_free(&answer);
}

static void put_calls(struct page *p, json_t *data)
{
    struct answer answer = {0};
    struct err err;

    if (page_ask(p, "/tenders?limit=10", &answer, &err))
        return;
    put_table(p, data, "tenders", spec_find(p->view.spec, "tender_calls"),
              json_object_get(answer.json, "items"));
    answer_free(&answer);
}

void page_home(struct page *p)
{
    json_t *data = json_object();

    json_object_set_new(data, "known", json_boolean(p->me != NULL));
    put_work(p, data);
    put_calls(p, data);
    put_offices(p, data);
    page_show(p, 200, "home", words_text("brand", p->view.chinese), data);
}
