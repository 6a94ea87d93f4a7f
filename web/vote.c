/* A resident's ballot: the proposals, what they cost, and the budget they share. */
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "web/page.h"
#include "web/words.h"

enum { PAGES = 4, BAR = 1000 };

struct vote {
    struct page *p;
    const struct op *op;
    const char *const *values;
    struct answer lot, plan;
    json_t *proposals; /* those one can vote for */
    const char *way;   /* approval, cumulative, scoring, ordinal */
};

static int by_number(const void *a, const void *b)
{
    const long long x = json_integer_value(json_object_get(*(json_t *const *)a, "number"));
    const long long y = json_integer_value(json_object_get(*(json_t *const *)b, "number"));

    return (x > y) - (x < y);
}

/* As they stand on the printed ballot. */
static void put_in_order(struct vote *v)
{
    const size_t count = json_array_size(v->proposals);
    json_t **order = ARENA_NEW(v->p->view.arena, json_t *, count + 1), *sorted = json_array();

    for (size_t i = 0; i < count; i++)
        order[i] = json_array_get(v->proposals, i);
    qsort(order, count, sizeof *order, by_number);
    for (size_t i = 0; i < count; i++)
        json_array_append(sorted, order[i]);
    json_decref(v->proposals);
    v->proposals = sorted;
}

static int load(struct vote *v, struct answer *problem, struct err *err)
{
    struct page *p = v->p;
    const char *tender, *cursor = "";
    const json_t *one;
    size_t i;
    int status = page_ask(p, arena_printf(p->view.arena, "/lots/%s", v->values[0]), &v->lot, err);

    if (status || v->lot.status != 200) {
        *problem = v->lot;
        v->lot = (struct answer){0};
        return status ? status : 1;
    }
    tender = page_text(v->lot.json, "tender");
    if ((status = page_ask(p, arena_printf(p->view.arena, "/tenders/%s/plan", tender), &v->plan, err)))
        return status;
    view_speak(&p->view, v->plan.json);
    for (int k = 0; k < PAGES && cursor && !status; k++) {
        struct answer answer = {0};

        status = page_ask(p,
                          arena_printf(p->view.arena, "/tenders/%s/proposals?limit=100%s%s", tender,
                                       *cursor ? "&cursor=" : "", cursor),
                          &answer, err);
        json_array_foreach(json_object_get(answer.json, "items"), i,
                           one) if (strcmp(page_text(one, "state"), "open") == 0 &&
                                    !json_is_array(json_object_get(one, "not_admitted")))
            json_array_append(v->proposals, (json_t *)one);
        cursor = json_string_value(json_object_get(answer.json, "next"));
        cursor = cursor ? arena_dup(p->view.arena, cursor) : NULL;
        answer_free(&answer);
    }
    put_in_order(v);
    v->way = page_text(json_object_get(v->plan.json, "scheme_options"), "ballots");
    return status;
}

static const char *field(const struct vote *v, const char *name)
{
    const char *value = visit_value(&v->p->visit->fields, name);

    return value ? value : "";
}

static const char *choice_of(const struct vote *v, const json_t *proposal)
{
    return field(
        v, arena_printf(v->p->view.arena, "c-%lld", json_integer_value(json_object_get(proposal, "number"))));
}

static bool ticks(const struct vote *v)
{
    return strcmp(v->way, "approval") == 0 || !*v->way;
}

/* ---- the page ---- */

static json_t *proposal_of(const struct vote *v, const json_t *proposal)
{
    const struct page *p = v->p;
    const json_t *content = json_object_get(proposal, "content");
    const long long number = json_integer_value(json_object_get(proposal, "number"));
    const char *sent = choice_of(v, proposal);

    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:s, s:b}", "name",
                     arena_printf(p->view.arena, "c-%lld", number), "title", page_text(content, "title"),
                     "body", page_text(content, "body"), "place", page_text(content, "place"), "for",
                     page_text(content, "beneficiaries"), "cost",
                     view_money(&p->view, page_text(proposal, "price")), "number", (json_int_t)number,
                     "value", sent, "chosen", *sent != '\0');
}

/* What was chosen costs, of what there is. */
static void put_bar(const struct vote *v, json_t *data)
{
    const struct page *p = v->p;
    const char *budget = page_text(v->lot.json, "budget");
    int64_t all = 0, sum = 0, one;
    char text[MONEY_TEXT];
    const json_t *proposal;
    size_t i;

    if (!money_parse(budget, false, &all) || all <= 0)
        return;
    json_array_foreach(v->proposals, i, proposal) if (*choice_of(v, proposal) &&
                                                      money_parse(page_text(proposal, "price"), false, &one))
        sum += one;
    money_print(sum, text);
    json_object_set_new(data, "bar",
                        json_pack("{s:s, s:s, s:I, s:b, s:b}", "budget", view_money(&p->view, budget), "sum",
                                  view_money(&p->view, text), "width",
                                  (json_int_t)(sum > all ? BAR : sum * BAR / all), "over", sum > all,
                                  "checked", v->p->visit->post));
}

/* "most": the points one may give, where the scheme says how many. */
static void put_most(const struct vote *v, json_t *data)
{
    json_t *points = json_object_get(json_object_get(v->plan.json, "scheme_options"), "points");

    if (!ticks(v) && json_is_integer(points))
        json_object_set_new(data, "most", json_pack("{s:O}", "points", points));
}

/* The proposal of the choice that a pointer of the API names, "/choices/2/value": that of the third field
 * with something in it.  NULL: it names none. */
static const json_t *pointed_at(const struct vote *v, const char *pointer)
{
    const json_t *proposal;
    size_t i;
    long left;

    if (strncmp(pointer, "/choices/", 9) != 0 || !strchr("0123456789", pointer[9]))
        return NULL;
    left = strtol(pointer + 9, NULL, 10);
    json_array_foreach(v->proposals, i, proposal) if (*choice_of(v, proposal) && left-- == 0) return proposal;
    return NULL;
}

/* What is wrong with a choice is told with its proposal, and leads to its field. */
static json_t *summary_of(const struct vote *v, const json_t *problem)
{
    json_t *copy = json_deep_copy(problem), *names = json_object(), *schema, *e, *summary;
    size_t i;

    json_array_foreach(json_object_get(copy, "errors"), i, e)
    {
        const json_t *proposal = pointed_at(v, page_text(e, "pointer"));
        const char *title = page_text(json_object_get(proposal, "content"), "title");
        const char *name = arena_printf(v->p->view.arena, "/c-%lld",
                                        json_integer_value(json_object_get(proposal, "number")));

        if (!proposal)
            continue;
        json_object_set_new(e, "pointer", json_string(name));
        json_object_set_new(names, name + 1,
                            json_pack("{s:{s:s, s:s}}", "x-label", "zh", title, "en", title));
    }
    schema = json_pack("{s:o}", "properties", names);
    summary = page_summary(v->p, schema, copy);
    json_decref(schema);
    json_decref(copy);
    return summary;
}

static void show(const struct vote *v, const json_t *problem, int status)
{
    struct page *p = v->p;
    json_t *proposals = json_array();
    const json_t *proposal;
    const char *area = field(v, "area");
    size_t i;
    json_t *data = json_pack(
        "{s:s, s:s, s:s, s:s, s:s}", "action",
        arena_printf(p->view.arena, "%s?do=%s", view_path(&p->view, p->path), v->op->id), "key", page_key(p),
        "area", area, "lot", page_text(v->lot.json, "title"), "back",
        view_path(&p->view, arena_printf(p->view.arena, "/tenders/%s", page_text(v->lot.json, "tender"))));

    json_array_foreach(v->proposals, i, proposal) json_array_append_new(proposals, proposal_of(v, proposal));
    json_object_set_new(data, ticks(v) ? "ticks" : "numbers", json_pack("{s:o}", "proposals", proposals));
    json_object_set_new(data, arena_printf(p->view.arena, "way_%s", *v->way ? v->way : "approval"),
                        json_true());
    put_bar(v, data);
    put_most(v, data);
    if (problem)
        json_object_set_new(data, ">summary", summary_of(v, problem));
    page_show(p, status, "vote", view_text(&p->view, "vote"), data);
}

/* ---- what was sent ---- */

static json_t *body_of(const struct vote *v)
{
    json_t *choices = json_array(), *body = json_pack("{s:o}", "choices", choices);
    const json_t *proposal;
    size_t i;

    json_array_foreach(v->proposals, i, proposal)
    {
        const char *sent = choice_of(v, proposal);
        json_t *choice;
        int64_t value;

        if (!*sent)
            continue;
        choice = json_pack("{s:O}", "bid", json_object_get(proposal, "id"));
        if (!ticks(v))
            json_object_set_new(choice, strcmp(v->way, "ordinal") == 0 ? "rank" : "value",
                                int_parse(sent, 0, 1000000000, &value) ? json_integer((json_int_t)value)
                                                                       : json_string(sent));
        json_array_append_new(choices, choice);
    }
    return body;
}

static void take(const struct vote *v)
{
    struct page *p = v->p;
    json_t *body = body_of(v);
    struct answer answer = {0};
    struct err err = {0};

    if (page_act(p, v->op, body, &answer, &err))
        page_problem(p, &answer, &err);
    else if (answer.status < 300)
        visit_to(p->visit, arena_printf(p->view.arena, "%s?done=%s",
                                        view_path(&p->view, arena_printf(p->view.arena, "/tenders/%s",
                                                                         page_text(v->lot.json, "tender"))),
                                        v->op->id));
    else
        show(v, answer.json, answer.status);
    answer_free(&answer);
    json_decref(body);
}

void page_vote(struct page *p, const struct op *op, const char *const *values)
{
    struct vote v = {.p = p, .op = op, .values = values, .proposals = json_array()};
    struct answer problem = {0};
    struct err err = {0};

    if (load(&v, &problem, &err))
        page_problem(p, &problem, &err);
    else if (p->visit->post && !visit_value(&p->visit->fields, "_check"))
        take(&v);
    else
        show(&v, NULL, 200);
    answer_free(&problem);
    answer_free(&v.lot);
    answer_free(&v.plan);
    json_decref(v.proposals);
}
