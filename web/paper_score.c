/* Scoring on paper: the sheet still to be filled in, the marks of all members, and the summary (评分汇总表).
 */
#include <stdlib.h>
#include <string.h>

#include "web/paper.h"
#include "web/words.h"

static json_t *table_of(const struct page *p, const char *label, json_t *heads, json_t *rows)
{
    return json_pack("[{s:{s:s, s:o, s:o}}]", "list", "label", view_text(&p->view, label), "heads", heads,
                     "rows", rows);
}

static void head(json_t *heads, const char *text)
{
    json_array_append_new(heads, json_pack("{s:s}", "head", text));
}

static void cell(json_t *cells, const char *text)
{
    json_array_append_new(cells, json_pack("{s:s}", "cell", text));
}

/* ---- empty ---- */

static json_t *sheet_heads(struct page *p, const char *lot, size_t *ret_bids)
{
    struct answer of = {0}, bids = {0};
    struct err err;
    json_t *heads = json_pack("[{s:s}, {s:s}]", "head", view_text(&p->view, "criterion"), "head",
                              view_text(&p->view, "most_points"));
    const json_t *one;
    size_t i;

    *ret_bids = 0;
    if (!page_ask(p, arena_printf(p->view.arena, "/lots/%s", lot), &of, &err) &&
        !page_ask(p, arena_printf(p->view.arena, "/tenders/%s/opening", page_text(of.json, "tender")), &bids,
                  &err))
        json_array_foreach(json_object_get(bids.json, "items"), i,
                           one) if (json_equal(json_object_get(one, "lot"), json_object_get(of.json, "no")))
        {
            json_array_append_new(
                heads, json_pack("{s:s}", "head",
                                 arena_printf(p->view.arena, p->view.chinese ? "第 %d 号" : "No. %d",
                                              (int)json_integer_value(json_object_get(one, "number")))));
            ++*ret_bids;
        }
    answer_free(&of);
    answer_free(&bids);
    return heads;
}

/* By numbers, not names: who scores blindly must not read them here. */
json_t *score_empty(struct page *p, const char *lot, const json_t *criteria)
{
    size_t bids = 0, i;
    json_t *heads = sheet_heads(p, lot, &bids), *rows = json_array(), *cells;
    const json_t *one;

    json_array_foreach(json_object_get(criteria, "items"), i, one)
    {
        if (strcmp(page_text(one, "by"), "judges") != 0)
            continue;
        cells = json_pack("[{s:s}, {s:s}]", "cell", view_said(json_object_get(one, "name"), p->view.chinese),
                          "cell", page_text(one, "high"));
        for (size_t k = 0; k < bids; k++)
            json_array_append_new(cells, json_pack("{s:s}", "cell", ""));
        json_array_append_new(rows, json_pack("{s:o}", "cells", cells));
    }
    return json_pack("[{s:{s:s, s:o, s:o}}]", "list", "label", view_text(&p->view, "score_sheet"), "heads",
                     heads, "rows", rows);
}

/* ---- filled in ---- */

static struct answer criteria_ask(struct page *p, const char *lot)
{
    struct answer answer = {0};
    struct err err;

    if (page_ask(p, arena_printf(p->view.arena, "/lots/%s/criteria", lot), &answer, &err))
        answer.json = NULL;
    return answer;
}

static const json_t *criteria_in(const struct answer *a)
{
    return json_object_get(json_object_get(a->json, "criteria"), "items");
}

static const char *criterion_name(const struct page *p, const json_t *criterion)
{
    const char *name = view_said(json_object_get(criterion, "name"), p->view.chinese);

    return *name ? name : page_text(criterion, "code");
}

/* A member of the list with this text; NULL: none. */
static const json_t *with(const json_t *list, const char *member, const char *text)
{
    const json_t *one;
    size_t i;

    json_array_foreach(list, i, one) if (strcmp(page_text(one, member), text) == 0) return one;
    return NULL;
}

static json_t *summary_row(const struct page *p, const json_t *criteria, const json_t *bids,
                           const json_t *item)
{
    const json_t *key = json_object_get(item, "bid"), *one;
    const char *text = arena_printf(p->view.arena, "%lld", json_integer_value(key));
    const json_t *bid = json_object_get(bids, text);
    const char *name = page_text(bid, "organisation");
    json_t *cells = json_array();
    size_t i;

    cell(cells, json_integer_value(json_object_get(item, "rank"))
                    ? arena_printf(p->view.arena, "%lld", json_integer_value(json_object_get(item, "rank")))
                    : "");
    cell(cells, arena_printf(p->view.arena, "%lld", json_integer_value(json_object_get(bid, "number"))));
    cell(cells, *name ? name : page_text(bid, "title"));
    json_array_foreach(criteria, i, one)
        cell(cells,
             page_text(with(json_object_get(item, "parts"), "criterion", page_text(one, "code")), "points"));
    cell(cells, page_text(item, "total"));
    cell(cells, view_word(&p->view, "standing", page_text(item, "standing")));
    return json_pack("{s:o}", "cells", cells);
}

json_t *score_summary(struct page *p, const char *lot, const json_t *evaluation)
{
    static const char *const before[] = {"place", "number", "bidder"}, *const after[] = {"total", "result"};
    const json_t *items = json_object_get(json_object_get(evaluation, "evaluation"), "items"), *one;
    json_t *heads = json_array(), *rows = json_array();
    struct answer criteria = criteria_ask(p, lot);
    size_t i;

    for (i = 0; i < LENGTH(before); i++)
        head(heads, view_text(&p->view, before[i]));
    json_array_foreach(criteria_in(&criteria), i, one) head(heads, criterion_name(p, one));
    for (i = 0; i < LENGTH(after); i++)
        head(heads, view_text(&p->view, after[i]));
    /* The first place first; who has none, last. */
    for (json_int_t place = 1; place <= (json_int_t)json_array_size(items) + 1; place++)
        json_array_foreach(items, i, one)
        {
            const json_int_t rank = json_integer_value(json_object_get(one, "rank"));

            if ((rank ? rank : (json_int_t)json_array_size(items) + 1) == place)
                json_array_append_new(
                    rows, summary_row(p, criteria_in(&criteria), json_object_get(evaluation, "bids"), one));
        }
    answer_free(&criteria);
    return table_of(p, "score_summary", heads, rows);
}

/* The numbers of bids by their ids, from what the visitor may read: the evaluation, or the panel's own list.
 */
static json_t *bid_numbers(struct page *p, const char *lot)
{
    struct answer whole = {0}, panel = {0};
    struct err err;
    json_t *numbers = json_object(), *one;
    const char *key;
    size_t i;

    if (!page_ask(p, arena_printf(p->view.arena, "/lots/%s/evaluation", lot), &whole, &err))
        json_object_foreach(json_object_get(whole.json, "bids"), key, one)
            json_object_set(numbers, page_text(one, "bid"), json_object_get(one, "number"));
    if (!json_object_size(numbers) &&
        !page_ask(p, arena_printf(p->view.arena, "/lots/%s/panel/bids", lot), &panel, &err))
        json_array_foreach(json_object_get(panel.json, "items"), i, one)
            json_object_set(numbers, page_text(one, "id"), json_object_get(one, "number"));
    answer_free(&whole);
    answer_free(&panel);
    return numbers;
}

/* A line for each bid and criterion, a column for each member. */
json_t *score_marks(struct page *p, const char *lot, const json_t *sheets)
{
    struct answer criteria = criteria_ask(p, lot);
    json_t *heads = json_array(), *rows = json_array(), *members = json_object(), *bids = json_object();
    const json_t *one, *sheet, *criterion;
    const char *member, *bid;
    size_t i, k;

    json_array_foreach(sheets, i, one)
    {
        json_object_set_new(bids, page_text(one, "bid"), json_true());
        json_object_set_new(
            members, arena_printf(p->view.arena, "%lld", json_integer_value(json_object_get(one, "member"))),
            json_true());
    }
    json_t *numbers = bid_numbers(p, lot);

    head(heads, view_text(&p->view, "bid"));
    head(heads, view_text(&p->view, "criterion"));
    json_object_foreach(members, member, sheet)
        head(heads, arena_printf(p->view.arena, "%s %s", view_text(&p->view, "member"), member));
    json_object_foreach(bids, bid, sheet)
    {
        const json_t *number = json_object_get(numbers, bid);

        json_array_foreach(criteria_in(&criteria), i, criterion)
        {
            json_t *cells = json_array();

            if (strcmp(page_text(criterion, "by"), "judges") != 0) {
                json_decref(cells);
                continue;
            }
            cell(cells, number ? arena_printf(p->view.arena, "%lld", json_integer_value(number)) : "");
            cell(cells, criterion_name(p, criterion));
            json_object_foreach(members, member, one)
            {
                const char *value = "";

                json_array_foreach(sheets, k, sheet) if (strcmp(page_text(sheet, "bid"), bid) == 0 &&
                                                         json_integer_value(json_object_get(
                                                             sheet, "member")) == atoll(member)) value =
                    page_text(
                        with(json_object_get(sheet, "marks"), "criterion", page_text(criterion, "code")),
                        "value");
                cell(cells, value);
            }
            json_array_append_new(rows, json_pack("{s:o}", "cells", cells));
        }
    }
    json_decref(members), json_decref(bids), json_decref(numbers);
    answer_free(&criteria);
    return table_of(p, "marks_of_members", heads, rows);
}
