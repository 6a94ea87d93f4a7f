/* The score sheets of a member of a panel: who has an interest first, the bids side by side, one sheet a bid.
 */
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "web/page.h"
#include "web/words.h"

struct marks {
    struct page *p;
    const struct op *op;
    const char *lot;
    struct answer panel, bids, criteria, own;
    const char *bid; /* whose sheet is open; "": the overview */
};

static struct answer asked(const struct marks *m, const char *part)
{
    return page_asked(m->p, arena_printf(m->p->view.arena, "/lots/%s/%s", m->lot, part));
}

/* ---- one's own marks ---- */

static const json_t *sheet_of(const struct marks *m, const char *bid)
{
    const json_t *sheet;
    size_t i;

    json_array_foreach(answer_items(&m->own), i,
                       sheet) if (json_is_true(json_object_get(sheet, "own")) &&
                                  strcmp(page_text(sheet, "bid"), bid) == 0) return sheet;
    return NULL;
}

static const json_t *mark_of(const json_t *sheet, const char *criterion)
{
    const json_t *mark;
    size_t i;

    json_array_foreach(json_object_get(sheet, "marks"), i,
                       mark) if (strcmp(page_text(mark, "criterion"), criterion) == 0) return mark;
    return NULL;
}

/* Those people judge; the rest is counted. */
static bool judged(const json_t *criterion)
{
    return strcmp(page_text(criterion, "by"), "judges") == 0;
}

static const json_t *criteria_of(const struct marks *m)
{
    return json_object_get(json_object_get(m->criteria.json, "criteria"), "items");
}

static size_t count_judged(const struct marks *m)
{
    const json_t *criterion;
    size_t i, count = 0;

    json_array_foreach(criteria_of(m), i, criterion) count += judged(criterion);
    return count;
}

static const char *name_of(const struct marks *m, const json_t *thing)
{
    return view_said(json_object_get(thing, "name"), m->p->view.chinese);
}

/* ---- the overview: criteria by bids ---- */

static const char *sheet_href(const struct marks *m, const json_t *bid)
{
    return arena_printf(m->p->view.arena, "%s?do=%s&bid=%s", view_path(&m->p->view, m->p->path), m->op->id,
                        page_text(bid, "id"));
}

static json_t *head_of(const struct marks *m, const json_t *bid)
{
    const json_t *sheet = sheet_of(m, page_text(bid, "id"));
    const size_t all = count_judged(m), there = json_array_size(json_object_get(sheet, "marks"));
    const bool locked = strcmp(page_text(sheet, "state"), "locked") == 0;

    return json_pack("{s:s, s:I, s:s, s:I, s:I, s:b, s:b}", "href", sheet_href(m, bid), "number",
                     json_integer_value(json_object_get(bid, "number")), "name", page_text(bid, "name"),
                     "there", (json_int_t)there, "all", (json_int_t)all, "locked", locked, "missing",
                     !locked && there < all);
}

static json_t *row_of(const struct marks *m, const json_t *criterion)
{
    json_t *cells = json_array();
    const json_t *bid;
    size_t i;

    json_array_foreach(answer_items(&m->bids), i, bid)
    {
        const json_t *mark = mark_of(sheet_of(m, page_text(bid, "id")), page_text(criterion, "code"));
        json_array_append_new(cells,
                              json_pack("{s:s, s:b}", "value", page_text(mark, "value"), "gap", !mark));
    }
    return json_pack("{s:s, s:s, s:o}", "name", name_of(m, criterion), "weight",
                     page_text(criterion, "weight"), "cells", cells);
}

static void put_overview(const struct marks *m, json_t *data)
{
    json_t *heads = json_array(), *rows = json_array();
    const json_t *one;
    bool missing = false, open = false;
    size_t i;

    json_array_foreach(answer_items(&m->bids), i, one)
    {
        json_t *head = head_of(m, one);
        missing = missing || json_is_true(json_object_get(head, "missing"));
        open = open || !json_is_true(json_object_get(head, "locked"));
        json_array_append_new(heads, head);
    }
    json_array_foreach(criteria_of(m), i, one) if (judged(one)) json_array_append_new(rows, row_of(m, one));
    json_object_set_new(data, "overview",
                        json_pack("{s:o, s:o, s:b, s:b, s:s}", "heads", heads, "rows", rows, "missing",
                                  missing, "ready", open && !missing, "lock",
                                  arena_printf(m->p->view.arena, "%s/lock?do=marks_lock",
                                               view_path(&m->p->view, m->p->path))));
}

/* ---- one sheet ---- */

static const json_t *bid_of(const struct marks *m)
{
    const json_t *bid;
    size_t i;

    json_array_foreach(answer_items(&m->bids), i,
                       bid) if (strcmp(page_text(bid, "id"), m->bid) == 0) return bid;
    return NULL;
}

/* The bid after this one, whose sheet comes next; NULL: it was the last. */
static const json_t *next_of(const struct marks *m)
{
    const json_t *items = answer_items(&m->bids);

    for (size_t i = 0; i + 1 < json_array_size(items); i++)
        if (strcmp(page_text(json_array_get(items, i), "id"), m->bid) == 0)
            return json_array_get(items, i + 1);
    return NULL;
}

static const char *sent(const struct marks *m, const char *what, const char *criterion)
{
    return visit_value(&m->p->visit->fields, arena_printf(m->p->view.arena, "%s.%s", what, criterion));
}

/* What was typed, else what is kept. */
static const char *now_of(const struct marks *m, const char *what, const char *criterion)
{
    const char *typed = sent(m, what, criterion);

    return typed ? typed : page_text(mark_of(sheet_of(m, m->bid), criterion), what);
}

static const char *error_at(const json_t *problem, const char *pointer)
{
    const json_t *e;
    size_t i;

    json_array_foreach(json_object_get(problem, "errors"), i,
                       e) if (strcmp(page_text(e, "pointer"), pointer) == 0) return page_text(e, "detail");
    return "";
}

/* What the API says of a mark by its place among those sent is said of its criterion: "/technical/value". The
 * caller's. */
static json_t *by_criterion(const struct marks *m, const json_t *problem, const json_t *body)
{
    static const char start[] = "/sheets/0/marks/";
    const json_t *marks = json_object_get(json_array_get(json_object_get(body, "sheets"), 0), "marks");
    json_t *copy = json_deep_copy(problem), *e;
    size_t i;

    json_array_foreach(json_object_get(copy, "errors"), i, e)
    {
        const char *pointer = page_text(e, "pointer"), *criterion;
        char *rest;

        if (strncmp(pointer, start, sizeof start - 1) != 0)
            continue;
        criterion =
            page_text(json_array_get(marks, strtoul(pointer + sizeof start - 1, &rest, 10)), "criterion");
        if (*criterion)
            json_object_set_new(e, "pointer",
                                json_string(arena_printf(m->p->view.arena, "/%s/%s", criterion,
                                                         strcmp(rest, "/reason") == 0 ? "reason" : "value")));
    }
    return copy;
}

/* Without zeros that say nothing: "100" of "100.0". */
static size_t decimals(const char *text)
{
    const char *point = strchr(text, '.');
    size_t size = point ? strlen(point + 1) : 0;

    while (size > 0 && point[size] == '0')
        size--;
    return size;
}

/* With so many digits behind the point, so that both ends of a range are written alike. */
static const char *with_decimals(struct arena *arena, const char *text, size_t places)
{
    const size_t whole = strcspn(text, "."), given = decimals(text);

    if (!*text || !places)
        return arena_ndup(arena, text, whole);
    return arena_printf(arena, "%.*s.%.*s%.*s", (int)whole, text, (int)given,
                        text[whole] ? text + whole + 1 : "", (int)(places - given), "000000000000");
}

static json_t *lines_of(const struct marks *m, const json_t *problem)
{
    struct arena *arena = m->p->view.arena;
    json_t *lines = json_array();
    const json_t *c;
    size_t i;

    json_array_foreach(criteria_of(m), i, c)
    {
        const char *code = page_text(c, "code"), *high = page_text(c, "high");
        const char *low = *page_text(c, "low") ? page_text(c, "low") : "0";
        const size_t places = decimals(low) > decimals(high) ? decimals(low) : decimals(high);

        if (judged(c))
            json_array_append_new(
                lines,
                json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "code", code, "name",
                          name_of(m, c), "weight", page_text(c, "weight"), "low",
                          with_decimals(arena, low, places), "high", with_decimals(arena, high, places),
                          "value", now_of(m, "value", code), "reason", now_of(m, "reason", code), "error",
                          error_at(problem, arena_printf(arena, "/%s/value", code)), "reason_error",
                          error_at(problem, arena_printf(arena, "/%s/reason", code))));
    }
    return lines;
}

static void put_sheet(const struct marks *m, const json_t *problem, json_t *data)
{
    const struct page *p = m->p;
    const json_t *bid = bid_of(m), *content = json_object_get(bid, "content"), *file;
    json_t *files = json_array();
    const char *price = page_text(bid, "price");
    size_t i;
    json_t *sheet =
        json_pack("{s:s, s:s, s:s, s:I, s:s, s:o, s:o}", "action", sheet_href(m, bid), "key", page_key(p),
                  "csrf", p->csrf ? p->csrf : "", "number",
                  json_integer_value(json_object_get(bid, "number")), "name", page_text(bid, "name"), "lines",
                  lines_of(m, problem), ">fields", view_fields(&p->view, json_object_get(content, "fields")));

    json_array_foreach(json_object_get(bid, "files"), i, file) json_array_append_new(
        files, json_pack("{s:s, s:s}", "href",
                         view_path(&p->view, arena_printf(p->view.arena, "/attachments/%s/file",
                                                          page_text(file, "attachment"))),
                         "name", page_text(file, "name")));
    json_object_set_new(sheet, "files", files);
    if (*price)
        json_object_set_new(sheet, "price", json_string(view_money(&p->view, price)));
    json_object_set_new(sheet, "locked",
                        json_boolean(strcmp(page_text(sheet_of(m, m->bid), "state"), "locked") == 0));
    json_object_set_new(sheet, "last", json_boolean(!next_of(m)));
    json_object_set_new(data, "sheet", sheet);
}

/* ---- first of all: signed in, and no interest ---- */

/* What the member has to do before it reads a bid; NULL: nothing. */
static json_t *before_of(const struct marks *m)
{
    const struct page *p = m->p;
    const char *me = page_text(p->me, "person");
    const json_t *member;
    bool entered = false, declared = false;
    size_t i;

    json_array_foreach(json_object_get(m->panel.json, "members"), i,
                       member) if (strcmp(page_text(member, "person"), me) == 0)
    {
        entered = json_is_true(json_object_get(member, "signed_in"));
        declared = json_is_true(json_object_get(member, "declared"));
    }
    if (m->panel.status != 200 || declared)
        return NULL;
    return json_pack("{s:b, s:b, s:s}", "enter", !entered, "declare", entered, "href",
                     view_path(&p->view, arena_printf(p->view.arena,
                                                      entered ? "/lots/%s/panel/declare?do=panel_declare"
                                                              : "/lots/%s/panel/enter?do=panel_enter",
                                                      m->lot)));
}

static void show(const struct marks *m, const json_t *problem, int status)
{
    struct page *p = m->p;
    json_t *before = before_of(m);
    json_t *data = json_pack(
        "{s:s}", "here", arena_printf(p->view.arena, "%s?do=%s", view_path(&p->view, p->path), m->op->id));

    if (visit_value(&p->visit->query, "saved"))
        json_object_set_new(data, "saved", json_true());
    if (problem)
        json_object_set_new(data, ">summary", page_summary(p, NULL, problem));
    if (before)
        json_object_set_new(data, "before", before);
    else if (json_array_size(answer_items(&m->bids)) == 0)
        json_object_set_new(data, "nothing", json_true());
    else if (bid_of(m))
        put_sheet(m, problem, data);
    else
        put_overview(m, data);
    page_show(p, status, "marks", view_text(&p->view, "my_marks"), data);
}

/* What is filled in; the rest is left for later. */
static json_t *body_of(const struct marks *m)
{
    json_t *all = json_array();
    const json_t *c;
    size_t i;

    json_array_foreach(criteria_of(m), i, c)
    {
        const char *value = sent(m, "value", page_text(c, "code")),
                   *reason = sent(m, "reason", page_text(c, "code"));

        if (judged(c) && ((value && *value) || (reason && *reason)))
            json_array_append_new(all,
                                  json_pack("{s:s, s:s, s:s}", "criterion", page_text(c, "code"), "value",
                                            value ? value : "", "reason", reason ? reason : ""));
    }
    return json_pack("{s:[{s:s, s:o}]}", "sheets", "bid", m->bid, "marks", all);
}

static void take(const struct marks *m)
{
    struct page *p = m->p;
    json_t *body = body_of(m);
    const json_t *next = next_of(m);
    struct answer answer = {0};
    struct err err = {0};

    if (page_act(p, m->op, body, &answer, &err))
        page_problem(p, &answer, &err);
    else if (answer.status < 300)
        visit_to(p->visit, next && visit_value(&p->visit->fields, "_next")
                               ? arena_printf(p->view.arena, "%s&saved=1", sheet_href(m, next))
                               : arena_printf(p->view.arena, "%s?do=%s&saved=1", view_path(&p->view, p->path),
                                              m->op->id));
    else {
        json_t *problem = by_criterion(m, answer.json, body);

        show(m, problem, answer.status);
        json_decref(problem);
    }
    answer_free(&answer);
    json_decref(body);
}

/* The bid was withdrawn, or its evaluator, while the sheet was filled in. */
static void tell_lost(const struct marks *m)
{
    json_t *problem = json_pack("{s:s}", "title", view_text(&m->p->view, "marks_lost"));

    show(m, problem, 409);
    json_decref(problem);
}

static void speak(struct page *p, const char *lot)
{
    struct answer one = {0}, tender = {0};
    struct err err;

    if (!page_ask(p, arena_printf(p->view.arena, "/lots/%s", lot), &one, &err) &&
        !page_ask(p, arena_printf(p->view.arena, "/tenders/%s", page_text(one.json, "tender")), &tender,
                  &err))
        view_speak(&p->view, tender.json);
    answer_free(&one);
    answer_free(&tender);
}

void page_marks(struct page *p, const struct op *op, const char *const *values)
{
    const char *bid = visit_value(&p->visit->query, "bid");
    struct marks m = {.p = p, .op = op, .lot = values[0], .bid = bid ? bid : ""};
    const struct err err = {0};

    speak(p, values[0]);
    m.panel = asked(&m, "panel");
    m.bids = asked(&m, "panel/bids");
    m.criteria = asked(&m, "criteria");
    m.own = asked(&m, "marks");
    if (m.panel.status != 200)
        page_problem(p, &m.panel, &err);
    else if (p->visit->post && bid_of(&m))
        take(&m);
    else if (p->visit->post)
        tell_lost(&m);
    else
        show(&m, NULL, 200);
    answer_free(&m.panel);
    answer_free(&m.bids);
    answer_free(&m.criteria);
    answer_free(&m.own);
}
