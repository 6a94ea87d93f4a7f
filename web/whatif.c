/* A scheme on invented bids: a form of a few bids with their prices and marks, and at once what the scheme
 * says. */
#include <stdlib.h>
#include <string.h>

#include "web/page.h"
#include "web/words.h"

/* Invented, so that there is something to change: the worked example of 综合评分法. */
static const struct {
    const char *zh, *en, *price, *mark;
} invented[] = {
    {"甲", "A", "480000.00", "88"}, {"乙", "B", "500000.00", "90"}, {"丙", "C", "420000.00", "80"}};

struct trying {
    struct page *p;
    const struct op *op;
    const json_t *scheme; /* as GET /schemes/{scheme} answers it */
    json_t *body;         /* of the form: {"bids": [..], "options": {..}, ..} */
};

/* ---- the form ---- */

static json_t *labelled(const char *text)
{
    return json_pack("{s:s, s:s}", "zh", words_text(NULL, text, true), "en", words_text(NULL, text, false));
}

static const char *word(const struct page *p, const char *member, const char *code, bool chinese)
{
    const char *text = spec_word(p->view.spec, member, code, chinese);

    if (!text)
        text = words_code(NULL, member, code, chinese);
    return text ? text : code;
}

static json_t *chosen_from(const struct page *p, const char *text, const char *member,
                           const char *const *codes)
{
    json_t *all = json_array(), *labels = json_object();

    for (; *codes; codes++) {
        json_array_append_new(all, json_string(*codes));
        json_object_set_new(labels, *codes,
                            json_pack("{s:s, s:s}", "zh", word(p, member, *codes, true), "en",
                                      word(p, member, *codes, false)));
    }
    return json_pack("{s:s, s:o, s:o, s:o}", "type", "string", "x-label", labelled(text), "enum", all,
                     "x-labels", labels);
}

/* What the options in hand mark: criteria, or indicators. */
static const json_t *criteria_of(const struct trying *t)
{
    const json_t *options = json_object_get(t->body, "options"),
                 *criteria = json_object_get(options, "criteria");

    return criteria ? criteria : json_object_get(options, "indicators");
}

/* What a bid states, where that settles the points of the criterion by its intervals and nobody marks it;
 * else "". */
static const char *offered(const json_t *criterion)
{
    const char *field = page_text(criterion, "field");

    return *field || strcmp(page_text(criterion, "source"), "offer") != 0 ? field
                                                                          : page_text(criterion, "code");
}

/* The field of a form for one of them: whether it was found, what is offered, the mark; and what that is. */
static const char *key_of(const struct page *p, const json_t *one, const char *code, const char **ret_type)
{
    const char *name = page_text(one, code), *offer = offered(one);
    const bool check = strcmp(code, "check") == 0;

    *ret_type = check ? "boolean" : *offer ? "integer" : "string";
    return check    ? arena_printf(p->view.arena, "check_%s", name)
           : *offer ? arena_printf(p->view.arena, "offer_%s", offer)
                    : arena_printf(p->view.arena, "mark_%s", name);
}

/* A field for each of them, by its own name, else by what the code is called. */
static void put_each(const struct page *p, json_t *properties, const json_t *list, const char *code)
{
    const json_t *one;
    size_t i;

    json_array_foreach(list, i, one)
    {
        const char *name = page_text(one, code), *type, *key = key_of(p, one, code, &type);
        json_t *label = json_is_object(json_object_get(one, "name"))
                            ? json_incref(json_object_get(one, "name"))
                            : json_pack("{s:s, s:s}", "zh", word(p, "rule", name, true), "en",
                                        word(p, "rule", name, false));

        if (*name && strcmp(page_text(one, "source"), "price") != 0)
            json_object_set_new(properties, key, json_pack("{s:s, s:O}", "type", type, "x-label", label));
        json_decref(label);
    }
}

static json_t *bid_schema(const struct trying *t)
{
    json_t *properties = json_pack("{s:{s:s, s:o}, s:{s:s, s:s, s:o}}", "name", "type", "string", "x-label",
                                   labelled("try_name"), "price", "type", "string", "pattern",
                                   "^[0-9]+[.][0-9]{2}$", "x-label", labelled("try_price"));

    put_each(t->p, properties, criteria_of(t), "code");
    put_each(t->p, properties, json_object_get(json_object_get(t->body, "options"), "deductions"), "check");
    return json_pack("{s:s, s:o, s:{s:s, s:o}}", "type", "array", "x-label", labelled("try_bids"), "items",
                     "type", "object", "properties", properties);
}

static json_t *schema_of(const struct trying *t)
{
    static const char *const categories[] = {"services", "goods", "works", "public_good", NULL};
    static const char *const regimes[] = {"sub_threshold", "statutory", "grants", "charity", NULL};
    const json_t *options = json_object_get(t->scheme, "options");

    return json_pack(
        "{s:s, s:{s:o, s:o, s:{s:s, s:s, s:o}, s:o, s:{s:s, s:o, s:O*, s:O*}}, s:[s, s, s]}", "type",
        "object", "properties", "category", chosen_from(t->p, "try_category", "category", categories),
        "regime", chosen_from(t->p, "try_regime", "regime", regimes), "budget", "type", "string", "pattern",
        "^[0-9]+[.][0-9]{2}$", "x-label", labelled("budget"), "bids", bid_schema(t), "options", "type",
        "object", "x-label", labelled("try_options"), "properties", json_object_get(options, "properties"),
        "required", json_object_get(options, "required"), "required", "category", "regime", "budget");
}

/* A first body: the scheme's own example of options, and bids with a mark on each criterion. */
static json_t *body_first(struct trying *t)
{
    const json_t *example = json_array_get(json_object_get(t->scheme, "examples"), 0), *one;
    json_t *bids = json_array();
    size_t k;

    t->body = json_pack("{s:s, s:s, s:s, s:O*}", "category", "services", "regime", "sub_threshold", "budget",
                        "500000.00", "options", example);
    for (size_t i = 0; i < LENGTH(invented); i++) {
        json_t *bid = json_pack("{s:s, s:s}", "name", t->p->view.chinese ? invented[i].zh : invented[i].en,
                                "price", invented[i].price);

        json_array_foreach(criteria_of(t), k, one)
        {
            const char *type, *key = key_of(t->p, one, "code", &type);

            json_object_set_new(bid, key,
                                strcmp(type, "integer") == 0
                                    ? json_integer(strtoll(invented[i].mark, NULL, 10))
                                    : json_string(invented[i].mark));
        }
        json_array_append_new(bids, bid);
    }
    json_object_set_new(t->body, "bids", bids);
    return t->body;
}

/* ---- the question ---- */

/* Marks, checks and offers, as facts tell them. */
struct findings {
    json_t *marks, *checks, *offers;
};

static void put_findings(const json_t *bid, size_t key, const struct findings *f)
{
    const json_t *value;
    const char *name;

    json_object_foreach((json_t *)bid, name, value)
    {
        if (strncmp(name, "mark_", 5) == 0 && json_is_string(value))
            json_array_append_new(f->marks, json_pack("{s:I, s:i, s:s, s:O}", "bid", (json_int_t)key, "by", 1,
                                                      "criterion", name + 5, "value", value));
        if (strncmp(name, "check_", 6) == 0 && json_is_boolean(value))
            json_array_append_new(f->checks,
                                  json_pack("{s:I, s:i, s:s, s:s, s:O}", "bid", (json_int_t)key, "by", 9,
                                            "rule", name + 6, "role", "office_clerk", "passed", value));
        if (strncmp(name, "offer_", 6) == 0 && !json_is_null(value))
            json_array_append_new(f->offers,
                                  json_pack("{s:I, s:s, s:i, s:s, s:O}", "bid", (json_int_t)key, "field",
                                            name + 6, "round", 1, "unit", "count", "value", value));
    }
}

/* The office whose rules of today hold: one where the visitor works. */
static json_int_t office_of(const struct page *p)
{
    const json_t *membership;
    size_t i;

    json_array_foreach(json_object_get(p->me, "memberships"), i, membership)
    {
        const json_int_t office = json_integer_value(json_object_get(membership, "office"));

        if (office > 0)
            return office;
    }
    return 0;
}

static json_t *question_of(const struct trying *t)
{
    const json_t *given = json_object_get(t->body, "bids"), *bid;
    const struct findings f = {json_array(), json_array(), json_array()};
    json_t *bids = json_array(), *facts;
    const json_int_t office = office_of(t->p);
    size_t i;

    json_array_foreach(given, i, bid)
    {
        const json_t *price = json_object_get(bid, "price");
        json_t *one = json_pack("{s:I, s:I, s:b, s:b}", "key", (json_int_t)i + 1, "number", (json_int_t)i + 1,
                                "open", true, "priced", price != NULL);

        if (price)
            json_object_set(one, "price", (json_t *)price);
        json_array_append_new(bids, one);
        put_findings(bid, i + 1, &f);
    }
    facts = json_pack("{s:s, s:{s:O*, s:O*, s:O*}, s:o, s:o, s:o, s:o}", "linli", "facts/1", "tender",
                      "category", json_object_get(t->body, "category"), "regime",
                      json_object_get(t->body, "regime"), "budget", json_object_get(t->body, "budget"),
                      "bids", bids, "marks", f.marks, "checks", f.checks, "offers", f.offers);
    facts = json_pack("{s:o, s:O*}", "facts", facts, "options", json_object_get(t->body, "options"));
    if (office)
        json_object_set_new(facts, "office", json_integer(office));
    return facts;
}

/* ---- what it says ---- */

static const char *name_of(const struct trying *t, json_int_t key)
{
    const json_t *bid = json_array_get(json_object_get(t->body, "bids"), (size_t)key - 1);
    const char *name = page_text(bid, "name");

    return *name ? name : arena_printf(t->p->view.arena, "%lld", (long long)key);
}

static const char *said(const struct trying *t, const json_t *texts)
{
    const char *all = "";
    const json_t *one;
    size_t i;

    json_array_foreach(texts, i, one) all =
        arena_printf(t->p->view.arena, "%s%s%s", all, *all ? " " : "", view_said(one, t->p->view.chinese));
    return all;
}

static const char *criterion_name(const struct trying *t, const char *code)
{
    const json_t *one;
    size_t i;

    json_array_foreach(criteria_of(t), i, one)
    {
        const char *name = view_said(json_object_get(one, "name"), t->p->view.chinese);

        if (*name && strcmp(page_text(one, "code"), code) == 0)
            return name;
    }
    return strcmp(code, "price") == 0 ? view_text(&t->p->view, "try_price")
                                      : view_word(&t->p->view, "criterion", code);
}

static const char *parts_of(const struct trying *t, const json_t *item)
{
    const char *all = "";
    const json_t *part;
    size_t i;

    json_array_foreach(json_object_get(item, "parts"), i, part) all =
        arena_printf(t->p->view.arena, "%s%s%s %s", all, *all ? view_text(&t->p->view, "list_mark") : "",
                     criterion_name(t, page_text(part, "criterion")), page_text(part, "points"));
    return all;
}

static int by_rank(const void *a, const void *b)
{
    const json_int_t x = json_integer_value(json_object_get(*(const json_t *const *)a, "rank")),
                     y = json_integer_value(json_object_get(*(const json_t *const *)b, "rank"));

    return x == y ? 0 : (x ? x : INT32_MAX) < (y ? y : INT32_MAX) ? -1 : 1;
}

static json_t *places(const struct trying *t, const json_t *items)
{
    const size_t count = json_array_size(items);
    const json_t **order = arena_alloc(t->p->view.arena, count + 1, sizeof *order);
    json_t *rows = json_array();

    for (size_t i = 0; i < count; i++)
        order[i] = json_array_get(items, i);
    qsort(order, count, sizeof *order, by_rank);
    for (size_t i = 0; i < count; i++) {
        const json_int_t rank = json_integer_value(json_object_get(order[i], "rank"));

        json_array_append_new(
            rows, json_pack("{s:s, s:s, s:s, s:s, s:s}", "rank",
                            rank ? arena_printf(t->p->view.arena, "%lld", (long long)rank) : "", "name",
                            name_of(t, json_integer_value(json_object_get(order[i], "bid"))), "total",
                            page_text(order[i], "total"), "parts", parts_of(t, order[i]), "why",
                            said(t, json_object_get(order[i], "why"))));
    }
    return rows;
}

static json_t *lines(const struct trying *t, const json_t *found)
{
    json_t *all = json_array();
    const json_t *one;
    size_t i;

    json_array_foreach(found, i, one) json_array_append_new(
        all, json_pack("{s:s, s:s}", "of", name_of(t, json_integer_value(json_object_get(one, "bid"))), "say",
                       view_said(one, t->p->view.chinese)));
    return all;
}

static void put_result(const struct trying *t, const json_t *answer, json_t *data)
{
    json_t *result = json_pack("{s:o}", "places",
                               places(t, json_object_get(json_object_get(answer, "evaluation"), "items")));
    json_t *margin = lines(t, json_object_get(answer, "margin")),
           *warnings = lines(t, json_object_get(answer, "warnings"));

    if (json_array_size(margin))
        json_object_set_new(result, "margin", json_pack("{s:O}", "ways", margin));
    if (json_array_size(warnings))
        json_object_set_new(result, "beware", json_pack("{s:O}", "cases", warnings));
    json_object_set_new(data, "result", result);
    json_decref(margin);
    json_decref(warnings);
}

static void show(struct trying *t, const struct answer *answer)
{
    struct page *p = t->p;
    json_t *schema = schema_of(t), *data;
    const bool told = answer && answer->status == 200, refused = answer && answer->status >= 400;
    const char *name = view_title(&p->view, t->scheme);

    data =
        json_pack("{s:s, s:s, s:s}", "action",
                  arena_printf(p->view.arena, "%s?do=%s", view_path(&p->view, p->path), t->op->id), "back",
                  view_path(&p->view, arena_printf(p->view.arena, "/schemes/%s", page_text(t->scheme, "id"))),
                  "scheme", name ? name : "");
    if (refused)
        json_object_set_new(data, ">summary", page_summary(p, schema, answer->json));
    if (told)
        put_result(t, answer->json, data);
    form_put(data, schema,
             &(struct form_shown){t->body, refused ? answer->json : NULL, &p->visit->fields, p->view.chinese},
             p->view.arena);
    page_show(p, refused ? answer->status : 200, "whatif",
              p->view.chinese ? t->op->zh : words_text(NULL, "try_title", false), data);
    json_decref(schema);
}

/* What the form sent: criteria are those of the options it sent. */
static void take(struct trying *t)
{
    json_t *first, *second;

    t->body = json_object();
    first = schema_of(t);
    t->body = (json_decref(t->body), form_body(first, &t->p->visit->fields, t->p->view.arena));
    second = schema_of(t);
    json_decref(first);
    first = t->body;
    t->body = form_body(second, &t->p->visit->fields, t->p->view.arena);
    json_decref(first);
    json_decref(second);
}

void page_whatif(struct page *p, const struct op *op, const char *const *values)
{
    struct trying t = {.p = p, .op = op};
    struct answer scheme = {0}, answer = {0};
    struct err err = {0};
    json_t *question;

    if (page_ask(p, arena_printf(p->view.arena, "/schemes/%s", values[0]), &scheme, &err) ||
        scheme.status != 200) {
        page_problem(p, &scheme, &err);
        answer_free(&scheme);
        return;
    }
    t.scheme = scheme.json;
    if (p->visit->post) {
        take(&t);
        question = question_of(&t);
        if (page_act(p, op, question, &answer, &err) || answer.status == 401 || answer.status == 403)
            page_problem(p, &answer, &err);
        else
            show(&t, &answer);
        json_decref(question);
    } else {
        body_first(&t);
        show(&t, NULL);
    }
    json_decref(t.body);
    answer_free(&answer);
    answer_free(&scheme);
}
