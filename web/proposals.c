/* What residents proposed for a tender, by the place it is meant for; what most support before the rest. */
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "web/page.h"
#include "web/words.h"

enum { PAGES_MOST = 10 };

static json_int_t supports(const json_t *proposal)
{
    return json_integer_value(json_object_get(proposal, "supports"));
}

static int by_place(const void *a, const void *b)
{
    const json_t *const *x = a, *const *y = b;
    const int places = strcmp(page_text(json_object_get(*x, "content"), "place"),
                              page_text(json_object_get(*y, "content"), "place"));

    if (!places && supports(*x) != supports(*y))
        return supports(*x) > supports(*y) ? -1 : 1;
    return places ? places : strcmp(page_text(*x, "received"), page_text(*y, "received"));
}

/* By place, most supported first, and as they came.  The caller's. */
static json_t *sorted(const struct page *p, const json_t *all)
{
    const size_t count = json_array_size(all);
    json_t **order = arena_alloc(p->view.arena, count + 1, sizeof *order), *out = json_array();

    for (size_t i = 0; i < count; i++)
        order[i] = json_array_get(all, i);
    qsort(order, count, sizeof *order, by_place);
    for (size_t i = 0; i < count; i++)
        json_array_append(out, order[i]);
    return out;
}

/* All of them.  The caller's. */
static json_t *ask_all(struct page *p, const char *tender)
{
    json_t *all = json_array();
    const char *cursor = "";

    for (int i = 0; cursor && i < PAGES_MOST; i++) {
        struct answer answer = {0};
        struct err err;
        json_t *one;
        size_t k;

        if (page_ask(p,
                     arena_printf(p->view.arena, "/tenders/%s/proposals?limit=100%s%s", tender,
                                  *cursor ? "&cursor=" : "", cursor),
                     &answer, &err))
            break;
        json_array_foreach(json_object_get(answer.json, "items"), k, one) json_array_append(all, one);
        cursor = json_string_value(json_object_get(answer.json, "next"));
        cursor = cursor ? arena_dup(p->view.arena, cursor) : NULL;
        answer_free(&answer);
    }
    return all;
}

static const char *place_of(const struct page *p, const json_t *proposal)
{
    const char *place = page_text(json_object_get(proposal, "content"), "place");

    return *place ? place : view_text(&p->view, "no_place");
}

/* ---- while proposals are supported ---- */

/* Where proposals come in and are decided on one by one. */
static bool rolls(const json_t *plan, const json_t *lot)
{
    const json_t *phase, *acts, *act;
    const char *role;
    size_t i, k;

    if (strcmp(page_text(lot, "phase_kind"), "contracting") != 0)
        return false;
    json_array_foreach(json_object_get(json_object_get(plan, "plan"), "phases"), i, phase)
    {
        if (strcmp(page_text(phase, "code"), page_text(lot, "phase")) != 0)
            continue;
        json_object_foreach(json_object_get(phase, "may"), role, acts)
            json_array_foreach(acts, k, act) if (strcmp(json_string_value(act), "submit") == 0) return true;
    }
    return false;
}

/* Is its lot, of these, where support counts? */
static bool counts_now(const json_t *plan, const json_t *lots, const json_t *proposal)
{
    const json_int_t no = json_integer_value(json_object_get(proposal, "lot"));
    const json_t *lot;
    size_t i;

    if (strcmp(page_text(proposal, "state"), "open") != 0)
        return false;
    json_array_foreach(json_object_get(lots, "items"), i, lot)
    {
        const char *state = page_text(lot, "state");

        if (json_integer_value(json_object_get(lot, "no")) == no)
            return strcmp(state, "bidding") == 0 || strcmp(state, "opened") == 0 || rolls(plan, lot);
    }
    return false;
}

/* "_supported_now": of each proposal that may be supported; after that nobody is asked for it. */
static void mark_supportable(struct page *p, const char *tender, const json_t *proposals)
{
    json_t *plan = page_read(p, arena_printf(p->view.arena, "/tenders/%s/plan", tender));
    json_t *lots = page_read(p, arena_printf(p->view.arena, "/tenders/%s/lots", tender));
    json_t *proposal;
    size_t i;

    json_array_foreach((json_t *)proposals, i, proposal)
        json_object_set_new(proposal, "_supported_now", json_boolean(counts_now(plan, lots, proposal)));
    json_decref(lots);
    json_decref(plan);
}

bool proposal_counts(struct page *p, const json_t *proposal)
{
    const char *tender = page_text(proposal, "tender");
    json_t *plan = page_read(p, arena_printf(p->view.arena, "/tenders/%s/plan", tender));
    json_t *lots = page_read(p, arena_printf(p->view.arena, "/tenders/%s/lots", tender));
    const bool now = counts_now(plan, lots, proposal);

    json_decref(lots);
    json_decref(plan);
    return now;
}

static bool supported_now(const json_t *proposal)
{
    return json_is_true(json_object_get(proposal, "_supported_now"));
}

/* How many more it needs, where its plan asks for some. */
static void put_missing(const struct page *p, const json_t *proposal, json_t *line)
{
    const json_t *missing = json_object_get(proposal, "supports_missing");
    const long long needed = json_integer_value(json_object_get(proposal, "supports_needed")),
                    left = json_integer_value(missing);

    if (!json_is_integer(missing) || !supported_now(proposal))
        return;
    json_object_set_new(
        line, left ? "needs" : "enough",
        json_pack("{s:s}", "count", arena_printf(p->view.arena, "%lld / %lld", left, needed)));
}

/* How many support it, and what a resident may do about it. */
static void put_support(const struct page *p, const json_t *proposal, json_t *line)
{
    const bool mine = json_is_true(json_object_get(proposal, "supported"));
    const struct op *op = spec_find(p->view.spec, mine ? "support_withdraw" : "proposal_support");
    const char *id = page_text(proposal, "id");
    const bool may = op && page_may(p, op) && supported_now(proposal);

    json_object_set_new(line, "supports",
                        json_string(arena_printf(p->view.arena, "%lld", (long long)supports(proposal))));
    json_object_set_new(line, "mine", json_boolean(mine));
    if (may)
        json_object_set_new(
            line, "way",
            json_pack("{s:s, s:s}", "act",
                      arena_printf(p->view.arena, "%s?do=%s",
                                   view_path(&p->view, op_path(op, &id, p->view.arena)), op->id),
                      "label", view_text(&p->view, mine ? "support_end" : "support_go")));
}

/* "fell": why it is not on the ballot, or was not decided on. */
static void put_fell(const struct page *p, const json_t *proposal, json_t *line)
{
    const json_t *why = json_object_get(proposal, "not_admitted"), *one;
    json_t *says = json_array();
    size_t i;

    json_array_foreach(why, i, one)
        json_array_append_new(says, json_pack("{s:s}", "say", view_said(one, p->view.chinese)));
    if (json_is_array(why))
        json_object_set_new(line, "fell", json_pack("{s:O}", "fell_whys", says));
    json_decref(says);
}

static json_t *line_of(const struct page *p, const json_t *proposal)
{
    const json_t *content = json_object_get(proposal, "content");
    const char *cost = page_text(proposal, "price"), *state = page_text(proposal, "state");
    const long long number = json_integer_value(json_object_get(proposal, "number"));

    json_t *line = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "href", page_link(p, "bid", proposal), "number",
        number ? arena_printf(p->view.arena, "%lld. ", number) : "", "title", page_text(content, "title"),
        "for", page_text(content, "beneficiaries"), "body", page_text(content, "body"), "cost",
        *cost ? view_money(&p->view, cost) : "", "tone", state, "state", view_word(&p->view, "state", state));

    put_missing(p, proposal, line);
    put_support(p, proposal, line);
    put_fell(p, proposal, line);
    return line;
}

/* The area of that name, made where it is not there yet. */
static json_t *area_of(json_t *areas, const char *name)
{
    json_t *area;
    size_t i;

    json_array_foreach(areas, i, area) if (strcmp(page_text(area, "place"), name) == 0) return area;
    area = json_pack("{s:s, s:I, s:[]}", "place", name, "anchor", (json_int_t)json_array_size(areas) + 1,
                     "lines");
    json_array_append_new(areas, area);
    return area;
}

static json_t *by_places(const struct page *p, const json_t *ordered)
{
    json_t *areas = json_array(), *one;
    size_t i;

    json_array_foreach(ordered, i, one)
        json_array_append_new(json_object_get(area_of(areas, place_of(p, one)), "lines"), line_of(p, one));
    json_array_foreach(areas, i, one) json_object_set_new(
        one, "count", json_integer((json_int_t)json_array_size(json_object_get(one, "lines"))));
    return areas;
}

/* One section in the order the API gives. */
static json_t *as_listed(const struct page *p, const json_t *answer, const char *title)
{
    const json_t *one;
    json_t *lines = json_array();
    size_t i;

    json_array_foreach(json_object_get(answer, "items"), i, one)
    {
        json_t *line = line_of(p, one);

        json_object_set_new(line, "at", json_string(place_of(p, one)));
        json_array_append_new(lines, line);
    }
    if (!json_array_size(lines)) {
        json_decref(lines);
        return json_array();
    }
    return json_pack("[{s:s, s:i, s:o}]", "place", title, "anchor", 1, "lines", lines);
}

static json_t *choice(struct page *p, const char *name, const char *value, const char *label, bool chosen)
{
    return json_pack("{s:s, s:s, s:b}", "href", page_query_with(p, name, value), "label", label, "chosen",
                     chosen);
}

/* In which order, and of which place. */
static json_t *filters_of(struct page *p, const char *tender, const char *sort, const char *place)
{
    json_t *places = page_read(p, arena_printf(p->view.arena, "/tenders/%s/proposals/places", tender)), *here;
    const char *all = view_text(&p->view, "all");
    const json_t *one;
    size_t i;

    here = json_pack("[o]", choice(p, "place", NULL, all, !place));
    json_array_foreach(json_object_get(places, "items"), i, one)
    {
        const char *name = page_text(one, "place");
        const long long count = json_integer_value(json_object_get(one, "proposals"));

        json_array_append_new(here,
                              choice(p, "place", name, arena_printf(p->view.arena, "%s (%lld)", name, count),
                                     place && strcmp(place, name) == 0));
    }
    json_decref(places);
    return json_pack("[{s:s, s:[o, o]}, {s:s, s:o}]", "label", view_text(&p->view, "in_order"), "choices",
                     choice(p, "sort", NULL, view_text(&p->view, "order_place"), !sort),
                     choice(p, "sort", "support", view_text(&p->view, "order_support"), sort), "label",
                     view_text(&p->view, "by_area"), "choices", here);
}

bool page_proposals(struct page *p, const struct op *op, const char *const *values, const json_t *answer)
{
    const struct form_values *query = &p->visit->query;
    const char *sort = visit_value(query, "sort"), *place = visit_value(query, "place");
    const char *next = json_string_value(json_object_get(answer, "next"));
    const bool listed = sort || place || visit_value(query, "cursor");
    json_t *all, *ordered, *data;

    if (strcmp(op->id, "proposal_page") != 0)
        return false;
    all = listed ? json_array() : ask_all(p, values[0]);
    mark_supportable(p, values[0], listed ? json_object_get(answer, "items") : all);
    ordered = sorted(p, all);
    data = json_pack("{s:o, s:o, s:s}", "areas",
                     listed ? as_listed(p, answer, place ? place : view_text(&p->view, "order_support"))
                            : by_places(p, ordered),
                     "filters", filters_of(p, values[0], sort, place), "back",
                     view_path(&p->view, arena_printf(p->view.arena, "/tenders/%s", values[0])));
    if (!json_array_size(json_object_get(data, "areas")))
        json_object_set_new(data, "none", json_true());
    if (listed && next)
        json_object_set_new(data, "next", json_pack("{s:s}", "href", page_query_with(p, "cursor", next)));
    page_put_done(p, data);
    page_put_acts(p, op, values, data);
    page_show(p, 200, "proposals", p->view.chinese ? op->zh : op->en, data);
    json_decref(ordered);
    json_decref(all);
    return true;
}
