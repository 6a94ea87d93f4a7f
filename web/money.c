/* Where the money of a year goes: sums and bars of what GET /spending answers, by office and by mechanism. */
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "web/page.h"
#include "web/words.h"

enum { BAR = 1000, PARTS = 3 };

static const char *const part_names[PARTS] = {"planned", "contracted", "paid"};

/* What rows of one office, or of one mechanism, come to. */
struct heap {
    const char *key, *name, *href;
    int64_t fen[PARTS];
};

struct heaps {
    struct heap *items;
    size_t count;
};

static int64_t fen_of(const json_t *row, const char *name)
{
    int64_t fen;

    return money_parse(page_text(row, name), true, &fen) ? fen : 0;
}

static struct heap *heap_of(struct heaps *h, const char *key)
{
    for (size_t i = 0; i < h->count; i++)
        if (strcmp(h->items[i].key, key) == 0)
            return &h->items[i];
    h->items[h->count] = (struct heap){.key = key};
    return &h->items[h->count++];
}

static struct heap named(const struct page *p, const json_t *row, bool by_office)
{
    struct arena *arena = p->view.arena;
    const char *mechanism = page_text(row, "mechanism");
    const long long office = json_integer_value(json_object_get(row, "office"));

    if (by_office)
        return (struct heap){.key = arena_printf(arena, "%lld", office),
                             .name = page_text(row, "office_name"),
                             .href =
                                 view_path(&p->view, arena_printf(arena, "/offices/%lld/report", office))};
    return (struct heap){
        .key = mechanism,
        .name = view_word(&p->view, "mechanism", mechanism),
        .href = view_path(&p->view, arena_printf(arena, "/search/tenders?mechanism=%s", mechanism))};
}

/* The largest plan first. */
static int by_plan(const void *a, const void *b)
{
    const int64_t x = ((const struct heap *)a)->fen[0], y = ((const struct heap *)b)->fen[0];

    return (x < y) - (x > y);
}

static struct heaps heaps_of(const struct page *p, const json_t *items, bool by_office)
{
    struct heaps h = {arena_alloc(p->view.arena, json_array_size(items) + 1, sizeof *h.items), 0};
    const json_t *row;
    size_t i;

    json_array_foreach(items, i, row)
    {
        const struct heap name = named(p, row, by_office);
        struct heap *heap = heap_of(&h, name.key);

        heap->name = name.name;
        heap->href = name.href;
        for (size_t k = 0; k < PARTS; k++)
            heap->fen[k] += fen_of(row, part_names[k]);
    }
    qsort(h.items, h.count, sizeof *h.items, by_plan);
    return h;
}

static void put_sum(const struct page *p, json_t *made, size_t part, int64_t fen)
{
    char text[MONEY_TEXT];

    money_print(fen, text);
    json_object_set_new(made, part_names[part], json_string(view_money(&p->view, text)));
}

static json_t *group_of(const struct page *p, const json_t *items, bool by_office)
{
    const struct heaps h = heaps_of(p, items, by_office);
    json_t *rows = json_array();
    int64_t most = 1;

    for (size_t i = 0; i < h.count; i++)
        for (size_t k = 0; k < PARTS; k++)
            most = h.items[i].fen[k] > most ? h.items[i].fen[k] : most;
    for (size_t i = 0; i < h.count; i++) {
        json_t *made = json_pack("{s:s, s:s}", "name", h.items[i].name, "href", h.items[i].href);

        for (size_t k = 0; k < PARTS; k++) {
            const int64_t fen = h.items[i].fen[k];

            put_sum(p, made, k, fen);
            json_object_set_new(made, arena_printf(p->view.arena, "%s_bar", part_names[k]),
                                json_integer(fen > 0 ? (json_int_t)(fen * BAR / most) : 0));
        }
        json_array_append_new(rows, made);
    }
    return json_pack("{s:s, s:o}", "head", view_text(&p->view, by_office ? "by_office" : "by_mechanism"),
                     "rows", rows);
}

static json_t *sums_of(const struct page *p, const json_t *items)
{
    json_t *sums = json_object();
    const json_t *row;
    size_t i;

    for (size_t k = 0; k < PARTS; k++) {
        int64_t sum = 0;

        json_array_foreach(items, i, row) sum += fen_of(row, part_names[k]);
        put_sum(p, sums, k, sum);
    }
    return sums;
}

/* The rows of one office, or all of them. */
static json_t *rows_of(const json_t *items, long office)
{
    json_t *rows = json_array();
    json_t *row;
    size_t i;

    json_array_foreach(items, i, row) if (!office || json_integer_value(json_object_get(row, "office")) ==
                                                         office) json_array_append(rows, row);
    return rows;
}

/* What the API answers of the year asked for, else of this year, else of the last there is. */
static void ask_spending(struct page *p, struct answer *ret)
{
    const char *year = visit_value(&p->visit->query, "year"), *now = page_now(p);
    struct err err;
    int64_t wanted;

    if (!year || !int_parse(year, 2000, 2100, &wanted))
        year = NULL;
    if (page_ask(p, arena_printf(p->view.arena, "/spending?year=%.4s", year ? year : now), ret, &err))
        *ret = (struct answer){0};
    if (year || json_array_size(json_object_get(ret->json, "items")))
        return;
    answer_free(ret);
    if (page_ask(p, "/spending", ret, &err))
        *ret = (struct answer){0};
}

long long money_put(struct page *p, long office, json_t *data)
{
    const char *year = visit_value(&p->visit->query, "year");
    struct answer answer = {0};
    int64_t wanted = 0;
    json_t *rows, *groups = json_array();

    if (year && !int_parse(year, 2000, 2100, &wanted))
        wanted = 0;
    ask_spending(p, &answer);
    const json_t *items = json_object_get(answer.json, "items");
    if (json_array_size(items))
        wanted = json_integer_value(json_object_get(json_array_get(items, 0), "year"));
    rows = rows_of(items, office);
    if (!office && json_array_size(rows))
        json_array_append_new(groups, group_of(p, rows, true));
    if (json_array_size(rows))
        json_array_append_new(groups, group_of(p, rows, false));
    if (wanted)
        json_object_set_new(data, ">money",
                            json_pack("{s:I, s:I, s:I, s:o, s:b, s:O, s:s}", "year", (json_int_t)wanted,
                                      "before", (json_int_t)wanted - 1, "after", (json_int_t)wanted + 1,
                                      "sums", sums_of(p, rows), "none", json_array_size(rows) == 0, "groups",
                                      groups, "at", view_path(&p->view, p->path)));
    json_decref(groups);
    json_decref(rows);
    answer_free(&answer);
    return wanted;
}
