/* The morning page of who works at an office: what to do by which day and article, and what waits for others.
 */
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/time.h"
#include "web/office.h"
#include "web/words.h"

enum { WEEK_DAYS = 7 };

/* Where the form of an act stands, by the path of what it is about: "/payments/0000../approve". */
const char *office_act_path(const struct page *p, const char *act, const char *path)
{
    const struct op *op = act ? spec_find(p->view.spec, act) : NULL;
    const char *values[OP_PARAMS], *whole = path;
    const size_t draft = sizeof "/draft" - 1;
    int segments = 0;

    if (strlen(path) > draft && strcmp(path + strlen(path) - draft, "/draft") == 0)
        whole = arena_ndup(p->view.arena, path, strlen(path) - draft);
    for (const char *c = whole; *c; c++)
        segments += *c == '/';
    for (int i = segments; op && i < op->segment_count; i++)
        if (op->segments[i][0] == '{')
            return NULL;
        else
            whole = arena_printf(p->view.arena, "%s/%s", whole, op->segments[i]);
    return op && page_may(p, op) && op_fits(op, whole, values, p->view.arena)
               ? arena_printf(p->view.arena, "%s?do=%s", view_path(&p->view, whole), act)
               : NULL;
}

static const char *text_of(const json_t *o, const char *key)
{
    return json_string_value(json_object_get(o, key));
}

/* ---- days in words ---- */

static int32_t today(const struct page *p)
{
    struct answer answer = {0};
    struct err err;
    int64_t us = 0;
    const char *now =
        page_ask((struct page *)p, "/clock", &answer, &err) ? NULL : text_of(answer.json, "now");

    if (now && !time_parse(now, &us))
        us = 0;
    answer_free(&answer);
    return day_of(us);
}

/* The last day: what is due at midnight is due on the day that ends then. */
static int32_t due_day(const char *due)
{
    int64_t us = 0;
    int32_t day = 0;

    if (due && time_parse(due, &us))
        return day_of(us - 1);
    return due && date_parse(due, &day) ? day : 0;
}

static const char *left_text(const struct page *p, int32_t days, bool late)
{
    const bool zh = p->view.chinese;

    if (late || days < 0)
        return days < 0 ? arena_printf(p->view.arena, zh ? "已超期 %d 天" : "%d days late", -days)
                        : words_text(NULL, "work_late", zh);
    if (days == 0)
        return words_text(NULL, "work_today", zh);
    return arena_printf(p->view.arena, zh ? "还有 %d 天" : days == 1 ? "%d day left" : "%d days left", days);
}

static void put_due(const struct page *p, json_t *row, const json_t *task, int32_t now)
{
    const char *due = text_of(task, "due");
    const bool late = json_is_true(json_object_get(task, "overdue"));
    const int32_t day = due_day(due);
    char date[DATE_TEXT];

    json_object_set_new(row, "undated", json_boolean(!day));
    if (!day)
        return;
    date_print(day, date);
    json_object_set_new(row, "by",
                        json_pack("{s:s, s:s, s:s, s:s}", "tone",
                                  late                    ? "late"
                                  : day == now            ? "today"
                                  : day - now < WEEK_DAYS ? "soon"
                                                          : "later",
                                  "iso", due, "day", view_time(&p->view, arena_dup(p->view.arena, date)),
                                  "left", left_text(p, day - now, late)));
}

/* ---- one task ---- */

static const char *whom(const struct page *p, const json_t *task)
{
    const char *name = text_of(task, p->view.chinese ? "whom" : "whom_en"), *all = "";
    const json_t *role;
    size_t i;

    if (name)
        return name;
    json_array_foreach(json_object_get(task, "roles"), i, role) all =
        arena_printf(p->view.arena, "%s%s%s", all, i ? (p->view.chinese ? "、" : ", ") : "",
                     view_word(&p->view, "roles", json_string_value(role)));
    return all;
}

/* What it is about beside the tender: the window, the number of the contract, the need. */
static const char *about_text(const struct page *p, const json_t *task)
{
    const char *about = text_of(task, "about");
    const char *phase = text_of(json_object_get(task, "phase_name"), p->view.chinese ? "zh" : "en");

    if (phase)
        return phase;
    return about ? view_word(&p->view, "about", about) : NULL;
}

/* What has no page of its own stands in its list. */
static const char *shown_at(const struct page *p, const char *path)
{
    const char *values[OP_PARAMS], *last = strrchr(path, '/');

    return spec_question(p->view.spec, path, values, p->view.arena) || last == path
               ? path
               : arena_ndup(p->view.arena, path, (size_t)(last - path));
}

static json_t *row_of(const struct page *p, const json_t *task, int32_t now, bool mine)
{
    const char *path = text_of(task, "path"), *act = text_of(task, "act");
    const char *what = text_of(task, "task"), *kind = text_of(task, "kind"), *title = text_of(task, "title");
    const char *href = path && mine ? office_act_path(p, act, path) : NULL, *about = about_text(p, task);
    const char *word =
        kind ? words_code(NULL, "task", arena_printf(p->view.arena, "%s.%s", what, kind), p->view.chinese)
             : NULL;
    json_t *row =
        json_pack("{s:s, s:s, s:s, s:s*}", "what", word ? word : view_word(&p->view, "task", what), "title",
                  title   ? title
                  : about ? about
                          : "",
                  "about", title && about ? about : "", "number", text_of(task, "number"));
    const json_t *lifted = json_object_get(task, "escalated");

    if (text_of(task, "source"))
        json_object_set(row, "source", json_object_get(task, "source"));
    if (path)
        json_object_set_new(row, "thing", json_pack("{s:s}", "href", view_path(&p->view, shown_at(p, path))));
    if (href && !json_is_true(lifted))
        json_object_set_new(row, "go", json_pack("{s:s}", "href", href));
    if (!mine || json_is_true(lifted))
        json_object_set_new(row, "whom", json_string(whom(p, task)));
    put_due(p, row, task, now);
    return row;
}

static void put_rows(const struct page *p, const json_t *items, int32_t now, bool mine, json_t *to)
{
    const json_t *task;
    size_t i;

    json_array_foreach(items, i, task) json_array_append_new(to, row_of(p, task, now, mine));
}

json_t *office_task_rows(struct page *p, const json_t *items)
{
    json_t *rows = json_array();

    put_rows(p, items, today(p), true, rows);
    return rows;
}

/* ---- all of them ---- */

static bool works_at(const json_t *membership)
{
    static const char *const roles[] = {"office_clerk", "office_approver", "operator", "agent"};
    const json_t *role;
    size_t i;

    json_array_foreach(json_object_get(membership, "roles"), i,
                       role) for (size_t k = 0; k < LENGTH(roles);
                                  k++) if (strcmp(json_string_value(role), roles[k]) == 0) return true;
    return false;
}

static json_t *list_of(struct page *p, json_int_t office, const char *whose, int32_t now)
{
    json_t *rows = json_array();
    struct answer answer = {0};
    struct err err;

    if (!page_ask(p, arena_printf(p->view.arena, "/offices/%lld/tasks?whose=%s", office, whose), &answer,
                  &err) &&
        answer.status == 200)
        put_rows(p, json_object_get(answer.json, "items"), now, strcmp(whose, "mine") == 0, rows);
    answer_free(&answer);
    if (json_array_size(rows) == 0) {
        json_decref(rows);
        return json_pack("{s:b}", "idle", true);
    }
    return json_pack("{s:{s:o}}", "some", ">task", rows);
}

/* What one opens in the morning beside the tasks. */
static json_t *desk_links(const struct page *p, json_int_t office)
{
    static const char *const pages[][2] = {
        {"tender_drafts", "drafts"}, {"list_page", "lists"},
        {"need_page", "needs"},      {"contract_page", "contracts"},
        {"duty_page", "duties"},     {"objection_page", "objections"},
        {"overdue_page", "overdue"}, {"appropriation_page", "appropriations"},
        {"batch_page", "batches"},   {"organisation_page", NULL}};
    json_t *links = json_array();

    for (size_t i = 0; i < LENGTH(pages); i++) {
        const struct op *op = spec_find(p->view.spec, pages[i][0]);

        if (!op || !op_may(op, p->me, (long)office))
            continue;
        json_array_append_new(
            links, json_pack("{s:s, s:s}", "href",
                             view_path(&p->view, pages[i][1] ? arena_printf(p->view.arena, "/offices/%lld/%s",
                                                                            office, pages[i][1])
                                                             : "/organisations"),
                             "label", p->view.chinese ? op->zh : op->en));
    }
    return links;
}

static bool has_some(struct page *p, const char *path)
{
    struct answer answer = {0};
    struct err err;
    const bool some = page_ask(p, path, &answer, &err) || answer.status != 200 ||
                      json_array_size(json_object_get(answer.json, "items")) > 0;

    answer_free(&answer);
    return some;
}

/* Where nothing is published and nothing waits for anybody: what comes first, each for whom it is to do;
 * NULL: something has begun, or there is nothing one may begin. */
static json_t *first_steps(struct page *p, const char *office, bool waits)
{
    static const struct {
        const char *op, *path, *query, *label;
    } steps[] = {{"fund_create", "funds", "?do=fund_create", "first_money"},
                 {"list_create", "lists", "?do=list_create", "first_list"},
                 {"tender_create", "guide", "", "first_tender"}};
    json_t *links;

    if (waits || has_some(p, arena_printf(p->view.arena, "/offices/%s/lists?limit=1", office)))
        return NULL;
    links = json_array();
    for (size_t i = 0; i < LENGTH(steps); i++) {
        const struct op *op = spec_find(p->view.spec, steps[i].op);
        const char *path = arena_printf(p->view.arena, "/offices/%s/%s", office, steps[i].path);

        if (!op || !page_may_at(p, op, office) ||
            (strcmp(steps[i].op, "fund_create") == 0 &&
             has_some(p, arena_printf(p->view.arena, "%s?limit=1", path))))
            continue;
        json_array_append_new(
            links, json_pack("{s:s, s:s}", "href",
                             arena_printf(p->view.arena, "%s%s", view_path(&p->view, path), steps[i].query),
                             "label", view_text(&p->view, steps[i].label)));
    }
    if (json_array_size(links))
        return json_pack("{s:o}", "steps", links);
    json_decref(links);
    return NULL;
}

static bool waits(const json_t *tasks)
{
    return json_object_get(tasks, "some") != NULL;
}

/* The desk of one office; NULL: the office is none. */
static json_t *desk_of(struct page *p, json_int_t office, int32_t now)
{
    const char *number = arena_printf(p->view.arena, "%lld", office), *name;
    const struct op *begin = spec_find(p->view.spec, "tender_create");
    struct answer answer = {0};
    struct err err;
    json_t *desk = NULL, *mine, *others;

    if (!page_ask(p, arena_printf(p->view.arena, "/offices/%s", number), &answer, &err)) {
        name = view_title(&p->view, answer.json);
        mine = list_of(p, office, "mine", now);
        others = list_of(p, office, "others", now);
        desk = json_pack("{s:I, s:s, s:s, s:s, s:o*, s:o, s:o, s:o}", "at", office, "office",
                         name ? name : number, "href",
                         view_path(&p->view, arena_printf(p->view.arena, "/offices/%s", number)), "guide",
                         begin && page_may_at(p, begin, number)
                             ? view_path(&p->view, arena_printf(p->view.arena, "/offices/%s/guide", number))
                             : "",
                         "first", first_steps(p, number, waits(mine) || waits(others)), "mine", mine,
                         "others", others, "desk_links", desk_links(p, office));
    }
    answer_free(&answer);
    return desk;
}

bool office_work_put(struct page *p, json_t *data)
{
    json_t *desks = json_array();
    const json_t *membership;
    const int32_t now = p->me ? today(p) : 0;
    size_t i;

    json_array_foreach(json_object_get(p->me, "memberships"), i, membership)
    {
        const json_int_t office = json_integer_value(json_object_get(membership, "office"));
        json_t *desk = office && works_at(membership) ? desk_of(p, office, now) : NULL;

        if (desk)
            json_array_append_new(desks, desk);
    }
    if (json_array_size(desks) == 0) {
        json_decref(desks);
        return false;
    }
    json_object_set_new(data, ">work", json_pack("{s:o}", "desks", desks));
    return true;
}

bool office_work_has(const json_t *data, const json_t *task)
{
    const json_t *desks = json_object_get(json_object_get(data, ">work"), "desks"), *desk;
    const json_int_t office = json_integer_value(json_object_get(task, "office"));
    size_t i;

    json_array_foreach(desks, i, desk) if (json_integer_value(json_object_get(desk, "at")) ==
                                           office) return text_of(task, "subject") != NULL;
    return false;
}

/* ---- one tender, or one list ---- */

static json_t *of_thing(struct page *p, const char *office, const char *thing, const char *whose, int32_t now)
{
    json_t *rows = json_array();
    struct answer answer = {0};
    struct err err;
    const json_t *task;
    size_t i;

    if (page_ask(p, arena_printf(p->view.arena, "/offices/%s/tasks?whose=%s", office, whose), &answer, &err))
        return rows;
    json_array_foreach(json_object_get(answer.json, "items"), i, task)
    {
        const char *of = text_of(task, text_of(task, "tender") ? "tender" : "subject");

        if (of && strcmp(of, thing) == 0)
            json_array_append_new(rows, row_of(p, task, now, strcmp(whose, "mine") == 0));
    }
    answer_free(&answer);
    return rows;
}

void office_next_put(struct page *p, const char *office, const char *thing, json_t *data)
{
    static const char *const parts[] = {"mine", "others"};
    const struct op *tasks = spec_find(p->view.spec, "task_list");
    json_t *next = json_object();
    int32_t now;

    if (p->me && office && thing && tasks && page_may(p, tasks)) {
        now = today(p);
        for (size_t i = 0; i < LENGTH(parts); i++) {
            json_t *rows = of_thing(p, office, thing, parts[i], now);

            if (json_array_size(rows))
                json_object_set_new(next, parts[i], json_pack("{s:O}", ">task", rows));
            json_decref(rows);
        }
    }
    if (json_object_size(next))
        json_object_set(data, ">next", next);
    json_decref(next);
}
