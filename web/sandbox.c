/* A sandbox: its clock, which visitors move forward, and its people, as whom they log in by one click. */
#include <stdlib.h>
#include <string.h>

#include "core/base/time.h"
#include "web/page.h"
#include "web/words.h"

/* Its city begins in the past and is being made until it has caught up. */
static bool catching_up(const char *now)
{
    int64_t now_us;

    return time_parse(now, &now_us) && now_us < time_real() - TIME_DAY;
}

void sandbox_put(struct page *p, json_t *frame)
{
    static const char *const steps[] = {"1h", "1d", "3d", "7d", "15d", "30d", "90d"};
    json_t *choices;
    const char *now;

    if (!site_sandbox(p->site))
        return;
    now = page_now(p);
    choices = json_array();
    for (size_t i = 0; i < LENGTH(steps); i++) {
        const char *key = arena_printf(p->view.arena, "step_%s", steps[i]);

        json_array_append_new(choices, json_pack("{s:s, s:s, s:b}", "value", steps[i], "label",
                                                 view_text(&p->view, key), "chosen", i == 3));
    }
    json_object_set_new(frame, "sandbox",
                        json_pack("{s:s, s:s, s:b, s:o}", "iso", now, "now", view_time(&p->view, now),
                                  "making", catching_up(now), "steps", choices));
}

void sandbox_put_people(struct page *p, json_t *data)
{
    const json_t *people = site_people(p->site), *one;
    json_t *list = json_array();
    size_t i;

    json_array_foreach(people, i, one) json_array_append_new(
        list, json_pack("{s:s, s:s, s:s}", "login", page_text(one, "login"), "password",
                        page_text(one, "password"), "who", view_said(one, p->view.chinese)));
    if (json_array_size(list))
        json_object_set_new(data, "sandbox", json_pack("{s:o}", "people", list));
    else
        json_decref(list);
}

void page_sandbox(struct page *p)
{
    const char *step = visit_value(&p->visit->fields, "advance");
    json_t *body = json_pack("{s:s}", "advance", step ? step : "");
    char *text = json_dumps(body, JSON_COMPACT);
    struct question q = {
        .method = "POST", .path = "/clock", .body = text, .csrf = p->csrf, .key = page_key(p)};
    struct answer answer = {0};
    struct err err = {0};

    if (!p->visit->post || page_tell(p, &q, &answer, &err) || answer.status != 200)
        page_problem(p, &answer, &err);
    else
        visit_to(p->visit, page_next(p));
    answer_free(&answer);
    free(text);
    json_decref(body);
}
