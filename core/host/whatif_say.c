/* The lines of a what-if in both languages, as JSON, and the facts as they are tried. */
#include "core/host/whatif_say.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/host/facts.h"
#include "core/host/form.h"

static int number_of(const struct asked *a, uint64_t key)
{
    for (size_t i = 0; i < a->facts->bid_count; i++)
        if (a->facts->bids[i].key == key && a->facts->bids[i].number > 0)
            return a->facts->bids[i].number;
    return (int)key;
}

static const char *money_text(struct arena *arena, int64_t fen)
{
    char text[MONEY_TEXT];

    money_print(fen, text);
    return arena_dup(arena, text);
}

static const char *rate_text(struct arena *arena, int64_t ppm)
{
    char text[MONEY_TEXT];

    rate_print(ppm, text);
    return arena_dup(arena, text);
}

static const char *mark_text(struct arena *arena, const linli_criterion *c, int64_t value)
{
    char text[MONEY_TEXT];

    if (c->unit != LINLI_UNIT_POINTS)
        return arena_printf(arena, "%" PRId64, value);
    points_print(value, text);
    return arena_dup(arena, text);
}

static struct whatif_line *margin_new(struct whatif *w, const char *kind)
{
    w->margin[w->margin_count] = (struct whatif_line){.kind = kind};
    return &w->margin[w->margin_count++];
}

static struct whatif_line *warning_new(struct whatif *w, const char *kind)
{
    w->warnings[w->warning_count] = (struct whatif_line){.kind = kind};
    return &w->warnings[w->warning_count++];
}

void whatif_say_price(struct whatif *w, const struct asked *a, const linli_bid *bid,
                      const struct whatif_priced *x)
{
    const char *zh_held = x->held ? "（低至须说明的除外）" : "";
    const char *en_held = x->held ? ", unless so low that it must be explained" : "";
    struct whatif_line *l = margin_new(w, "price");
    struct arena *m = a->arena;

    l->bid = l->of = bid->key;
    l->from = money_text(m, bid->price.minor);
    l->to = x->price < 0 ? NULL : money_text(m, x->price);
    l->still = x->still;
    const char *zh = w->set ? "入选" : "单独排第一", *en = w->set ? "chosen" : "first alone";

    if (!l->to)
        l->said = (linli_text){arena_printf(m, "报价 %s；任何报价都不能使其%s", l->from, zh),
                               arena_printf(m, "asked %s; %s at no price", l->from, en)};
    else if (x->still)
        l->said = (linli_text){
            arena_printf(m, "报价 %s；报价不高于 %s 仍%s", l->from, l->to, w->set ? zh : "排第一"),
            arena_printf(m, "asked %s; still %s up to %s", l->from, w->set ? en : "first", l->to)};
    else
        l->said =
            (linli_text){arena_printf(m, "报价 %s；报价不高于 %s 即可%s%s", l->from, l->to, zh, zh_held),
                         arena_printf(m, "asked %s; %s from %s down%s", l->from, en, l->to, en_held)};
}

void whatif_say_mark(struct whatif *w, const struct asked *a, const struct whatif_moved *x)
{
    struct whatif_line *l = margin_new(w, "mark");
    struct arena *m = a->arena;
    const int number = number_of(a, x->mark->bid);

    l->bid = x->winner;
    l->of = x->mark->bid;
    l->by = x->c->objective ? 0 : x->mark->by;
    l->criterion = x->c->code;
    l->from = mark_text(m, x->c, x->mark->value);
    l->to = mark_text(m, x->c, x->mark->value + x->by);
    const char *zh = w->set ? "入选" : "单独排第一", *en = w->set ? "chosen" : "first alone";
    const char *zh_who = l->by ? arena_printf(m, "成员 %" PRIu64 " 对", l->by) : "";
    const char *en_who = l->by ? arena_printf(m, "member %" PRIu64, l->by) : "all members";

    l->said = (linli_text){arena_printf(m, "%s投标 %d“%s”的评分由 %s 改为 %s，即%s", zh_who, number,
                                        x->c->name.zh, l->from, l->to, zh),
                           arena_printf(m, "%s had %s given bid %d %s instead of %s on %s", en, en_who,
                                        number, l->to, l->from, x->c->name.en)};
}

void whatif_say_weight(struct whatif *w, const struct asked *a, const struct whatif_shifted *x)
{
    struct whatif_line *l = margin_new(w, "weight");
    struct arena *m = a->arena;
    const char *other, *less;

    l->bid = x->winner;
    l->at[0] = x->at[0];
    l->at[1] = x->at[1];
    l->from = rate_text(m, x->from[0].ppm);
    l->to = rate_text(m, x->from[0].ppm + x->ppm);
    other = rate_text(m, x->from[1].ppm);
    less = rate_text(m, x->from[1].ppm - x->ppm);
    l->said =
        (linli_text){arena_printf(m, "权重 %s 由 %s 改为 %s、%s 由 %s 改为 %s，即单独排第一", l->at[0],
                                  l->from, l->to, l->at[1], other, less),
                     arena_printf(m, "first alone with %s at %s instead of %s and %s at %s instead of %s",
                                  l->at[0], l->to, l->from, l->at[1], less, other)};
}

void whatif_say_without(struct whatif *w, const struct asked *a, uint64_t without, uint64_t first)
{
    struct whatif_line *l = warning_new(w, "without");
    struct arena *m = a->arena;
    const int number = number_of(a, without);

    l->bid = first;
    l->of = without;
    if (first)
        l->said = (linli_text){
            arena_printf(m, "投标 %d 没有排第一，却决定谁排第一：没有它，第一名是投标 %d", number,
                         number_of(a, first)),
            arena_printf(m, "bid %d is not first and yet decides who is: without it bid %d would be", number,
                         number_of(a, first))};
    else
        l->said = (linli_text){
            arena_printf(m, "投标 %d 没有排第一，却决定谁排第一：没有它，第一名并列", number),
            arena_printf(
                m, "bid %d is not first and yet decides who is: without it several would share that rank",
                number)};
}

void whatif_say_absurd(struct whatif *w, const struct asked *a, const struct whatif_turned *x)
{
    struct whatif_line *l = warning_new(w, "absurd");
    struct arena *m = a->arena;
    const char *zh_held = x->held ? "（该报价须先说明合理性）" : "";
    const char *en_held = x->held ? "; its price would have to be explained first" : "";

    l->bid = x->first;
    l->to = money_text(m, x->price.minor);
    if (x->itself)
        l->said =
            (linli_text){arena_printf(m, "一份报价 %s、其余各项得最低分的投标即可排第一%s", l->to, zh_held),
                         arena_printf(m, "a bid that asks %s and has the least of all else would be first%s",
                                      l->to, en_held)};
    else if (x->first)
        l->said = (linli_text){
            arena_printf(
                m,
                "一份报价 %s、其余各项得最低分、自己不会排第一的投标，就能使投标 %d 成为其余投标中的第一名%s",
                l->to, number_of(a, x->first), zh_held),
            arena_printf(
                m, "a bid that asks %s, has the least of all else and does not win would make bid %d first%s",
                l->to, number_of(a, x->first), en_held)};
    else
        l->said = (linli_text){
            arena_printf(m, "一份报价 %s、其余各项得最低分、自己不会排第一的投标，就能改变其余投标的第一名%s",
                         l->to, zh_held),
            arena_printf(
                m,
                "a bid that asks %s, has the least of all else and does not win would change who is first%s",
                l->to, en_held)};
}

/* ---- JSON ---- */

static void member_key(struct buf *out, const char *name, uint64_t key)
{
    if (!key)
        return;
    json_key(out, name);
    json_int(out, (int64_t)key);
}

static void member_text(struct buf *out, const char *name, const char *text)
{
    if (!text)
        return;
    json_key(out, name);
    json_string(out, text);
}

static void write_line(const struct whatif_line *l, struct buf *out)
{
    json_open(out, '{');
    member_text(out, "kind", l->kind);
    member_key(out, "bid", l->bid);
    member_key(out, "of", l->of);
    member_key(out, "by", l->by);
    member_text(out, "criterion", l->criterion);
    member_text(out, "weight", l->at[0]);
    member_text(out, "against", l->at[1]);
    member_text(out, "from", l->from);
    member_text(out, "to", l->to);
    if (l->still) {
        json_key(out, "still");
        json_bool(out, true);
    }
    member_text(out, "zh", l->said.zh);
    member_text(out, "en", l->said.en);
    json_close(out, '}');
}

static void write_lines(const char *name, const struct whatif_line *lines, size_t count, struct buf *out)
{
    json_key(out, name);
    json_open(out, '[');
    for (size_t i = 0; i < count; i++)
        write_line(&lines[i], out);
    json_close(out, ']');
}

void whatif_write(const struct whatif *w, struct buf *out)
{
    write_lines("margin", w->margin, w->margin_count, out);
    write_lines("warnings", w->warnings, w->warning_count, out);
    json_key(out, "complete");
    json_bool(out, w->complete);
}

static int32_t rank_of(const linli_evaluation *e, uint64_t key)
{
    for (size_t i = 0; i < e->count; i++)
        if (e->items[i].bid == key)
            return e->items[i].rank;
    return 0;
}

void whatif_write_ranks(const linli_evaluation *before, const linli_evaluation *after, struct buf *out)
{
    json_key(out, "changed");
    json_open(out, '[');
    for (size_t i = 0; i < after->count; i++) {
        const int32_t was = rank_of(before, after->items[i].bid);

        if (was == after->items[i].rank)
            continue;
        json_open(out, '{');
        member_key(out, "bid", after->items[i].bid);
        json_key(out, "was");
        json_int(out, was);
        json_key(out, "rank");
        json_int(out, after->items[i].rank);
        json_close(out, '}');
    }
    json_close(out, ']');
}

/* ---- changes ---- */

const linli_option whatif_price_rows[2] = {
    {.name = "bid",
     .type = LINLI_OPT_COUNT,
     .required = true,
     .offset = offsetof(struct whatif_price, bid),
     .low = 1,
     .high = INT32_MAX,
     .label = {"投标", "bid"},
     .help = {"依据中的键", "its key in the facts"}},
    {.name = "price",
     .type = LINLI_OPT_MONEY,
     .required = true,
     .offset = offsetof(struct whatif_price, price),
     .low = 1,
     .high = INT64_C(100000000000000),
     .label = {"报价", "price"},
     .help = {"试算的报价", "the price that is tried"}},
};
const linli_option whatif_mark_rows[4] = {
    {.name = "bid",
     .type = LINLI_OPT_COUNT,
     .required = true,
     .offset = offsetof(struct whatif_mark, bid),
     .low = 1,
     .high = INT32_MAX,
     .label = {"投标", "bid"},
     .help = {"依据中的键", "its key in the facts"}},
    {.name = "by",
     .type = LINLI_OPT_COUNT,
     .required = true,
     .offset = offsetof(struct whatif_mark, by),
     .low = 1,
     .high = INT32_MAX,
     .label = {"成员", "member"},
     .help = {"评分人的键", "the key of who marks"}},
    {.name = "criterion",
     .type = LINLI_OPT_CODE,
     .required = true,
     .offset = offsetof(struct whatif_mark, criterion),
     .label = {"评审因素", "criterion"},
     .help = {"代码", "its code"}},
    {.name = "value",
     .type = FORM_MARK,
     .required = true,
     .offset = offsetof(struct whatif_mark, value),
     .label = {"评分", "value"},
     .help = {"分数写作 \"88\"，名次等写作整数", "\"88\" for points, an integer for a place or a count"}},
};

static int no_bid(const char *list, size_t i, struct err *err)
{
    char pointer[48];

    snprintf(pointer, sizeof pointer, "/%s/%zu/bid", list, i);
    err_both(err, E_INVALID, "body/invalid", "there is no such bid in the facts", "依据中没有这份投标");
    err_at(err, pointer, "choice", "no bid of the facts", "依据中没有这份投标");
    return E_INVALID;
}

static void mark_put(linli_mark *marks, size_t *count, const struct whatif_mark *m)
{
    for (size_t i = 0; i < *count; i++)
        if (marks[i].bid == (uint64_t)m->bid && marks[i].by == (uint64_t)m->by && !marks[i].tranche &&
            strcmp(marks[i].criterion, m->criterion) == 0) {
            marks[i].value = m->value;
            return;
        }
    marks[(*count)++] = (linli_mark){
        .bid = (uint64_t)m->bid, .by = (uint64_t)m->by, .criterion = m->criterion, .value = m->value};
}

int whatif_change(struct arena *arena, const linli_facts *facts, linli_list prices, linli_list marks,
                  const linli_facts **ret, struct err *err)
{
    const struct whatif_price *price = prices.items;
    const struct whatif_mark *mark = marks.items;
    linli_facts *f = ARENA_NEW(arena, linli_facts, 1);
    linli_bid *bids = ARENA_NEW(arena, linli_bid, facts->bid_count + 1);
    linli_mark *all = ARENA_NEW(arena, linli_mark, facts->mark_count + marks.count + 1);

    *f = *facts;
    f->bids = bids;
    f->marks = all;
    if (facts->bid_count)
        memcpy(bids, facts->bids, facts->bid_count * sizeof *bids);
    if (facts->mark_count)
        memcpy(all, facts->marks, facts->mark_count * sizeof *all);
    for (size_t i = 0; i < prices.count; i++) {
        if ((uint64_t)price[i].bid > facts->bid_count)
            return no_bid("prices", i, err);
        bids[price[i].bid - 1].price = price[i].price;
    }
    for (size_t i = 0; i < marks.count; i++) {
        if ((uint64_t)mark[i].bid > facts->bid_count)
            return no_bid("marks", i, err);
        mark_put(all, &f->mark_count, &mark[i]);
    }
    qsort(all, f->mark_count, sizeof *all, facts_mark_order);
    *ret = f;
    return 0;
}
