/* See core/host/whatif.h.  Everything here is found by asking: no formula of a scheme is known. */
#include "core/host/whatif.h"

#include <string.h>

#include "core/base/text.h"
#include "core/host/plugin.h"
#include "core/host/whatif_say.h"

/* What one search may ask: so many marks and bids read in all, within limits on the number of questions;
 * fewer where each is asked in a child.  Counted, not timed, so that every machine finds the same. */
enum { WORK = 40000000, ASKS_LEAST = 50, ASKS_MOST = 20000, ASKS_EXACT = 1500 };
enum { WHOLE_PPM = 1000000, WEIGHT_STEP_PPM = 100, WEIGHTS_MOST = 64 };

struct search {
    const struct asked *a;
    const linli_evaluation *e;
    const linli_criteria *criteria;
    struct whatif *w;
    linli_mark *marks; /* a copy to change */
    linli_facts facts; /* with those marks */
    uint64_t first;    /* alone; 0: nobody is */
    int64_t left;      /* questions */
};

/* ---- who wins ---- */

static uint64_t first_alone(const linli_evaluation *e)
{
    uint64_t first = 0;

    for (size_t i = 0; i < e->count; i++) {
        if (e->items[i].standing != LINLI_RANKED || e->items[i].rank != 1)
            continue;
        if (first)
            return 0;
        first = e->items[i].bid;
    }
    return first;
}

static const linli_result *result_of(const linli_evaluation *e, uint64_t key)
{
    for (size_t i = 0; i < e->count; i++)
        if (e->items[i].bid == key)
            return &e->items[i];
    return NULL;
}

bool whatif_wins(const linli_evaluation *e, uint64_t key)
{
    if (e->kind != LINLI_SET)
        return key && first_alone(e) == key;
    for (size_t i = 0; i < e->count; i++)
        if (e->items[i].bid == key)
            return e->items[i].grant.minor > 0;
    return false;
}

/* What the caller wants to know of an evaluation that lives no longer than the question. */
typedef void look_fn(const linli_evaluation *e, void *arg);

struct win {
    uint64_t key; /* does it win? */
    bool wins;
    bool held; /* it waits to be explained */
    uint64_t first;
};

static void look_win(const linli_evaluation *e, void *arg)
{
    struct win *w = arg;

    const linli_result *r = result_of(e, w->key);

    w->wins = whatif_wins(e, w->key);
    w->held = r && r->standing == LINLI_EXPLAIN;
    w->first = first_alone(e);
}

/* Asks once.  A scheme that cannot answer a case that is only tried is no fault: nobody wins then. */
static void ask(struct search *s, const struct asked *a, look_fn *look, void *arg)
{
    struct arena *room;
    const linli_evaluation *e = NULL;
    struct err ignored = {0};

    if (s->left-- <= 0) {
        s->w->complete = false;
        return;
    }
    room = arena_new(0);
    if (ask_evaluate(a->plugin, room, a->options, a->facts, a->admitted, &e, NULL, &ignored) == 0)
        look(e, arg);
    arena_free(room);
}

static bool wins_with(struct search *s, const struct asked *a, uint64_t key, uint64_t *ret_first)
{
    struct win w = {.key = key};

    ask(s, a, look_win, &w);
    if (ret_first)
        *ret_first = w.first;
    return w.wins;
}

static struct asked asked_of(const struct search *s, const linli_facts *facts)
{
    struct asked a = *s->a;

    a.facts = facts;
    return a;
}

/* ---- prices ---- */

static struct win win_at(struct search *s, linli_bid *bids, size_t at, int64_t price)
{
    linli_facts facts = *s->a->facts;
    const int64_t was = bids[at].price.minor;
    struct win w = {.key = bids[at].key};

    facts.bids = bids;
    bids[at].price.minor = price;
    const struct asked a = asked_of(s, &facts);
    ask(s, &a, look_win, &w);
    bids[at].price.minor = was;
    return w;
}

/* The highest price from `low` to `high` at which it wins; below 0: at none.  A lower price never ranks
 * lower, but for one so low that it must be explained; so halving finds it. */
static int64_t highest(struct search *s, linli_bid *bids, size_t at, int64_t low, int64_t high)
{
    int64_t found = -1;

    while (low <= high) {
        int64_t middle = low + (high - low) / 2;
        const struct win w = win_at(s, bids, at, middle);

        if (w.wins)
            found = middle;
        if (w.wins || w.held)
            low = middle + 1;
        else
            high = middle - 1;
    }
    return found;
}

static void margin_of_price(struct search *s, linli_bid *bids, size_t at)
{
    const linli_tender *t = s->a->facts->tender;
    const int64_t asked = bids[at].price.minor;
    const int64_t most = t->ceiling.minor > 0 ? t->ceiling.minor : t->budget.minor;
    const bool wins = whatif_wins(s->e, bids[at].key);
    bool held;
    int64_t found;

    found = wins ? highest(s, bids, at, asked, most > asked ? most : asked) : highest(s, bids, at, 1, asked);
    held = !wins && found > 1 && win_at(s, bids, at, 1).held;
    whatif_say_price(s->w, s->a, &bids[at], &(struct whatif_priced){found, wins, held});
}

static void margins_of_prices(struct search *s)
{
    const linli_facts *f = s->a->facts;
    linli_bid *bids = ARENA_NEW(s->a->arena, linli_bid, f->bid_count);

    memcpy(bids, f->bids, f->bid_count * sizeof *bids);
    for (size_t i = 0; i < f->bid_count; i++) {
        const linli_result *r = result_of(s->e, bids[i].key);

        if (r && r->standing == LINLI_RANKED && bids[i].price.minor > 0)
            margin_of_price(s, bids, i);
    }
}

/* ---- marks ---- */

/* One mark, or those of all members where they must agree, moved towards an end of its range. */
struct moving {
    const linli_criterion *c;
    size_t at;       /* in the marks */
    int64_t from;    /* what was given */
    int64_t end;     /* how far it may go */
    uint64_t winner; /* who would win; 0: whoever is first alone then, but for the first now */
};

static void move_to(struct search *s, const struct moving *m, int64_t value)
{
    const linli_mark *of = &s->marks[m->at];

    s->marks[m->at].value = value;
    for (size_t i = 0; m->c->objective && i < s->facts.mark_count; i++)
        if (s->marks[i].bid == of->bid && !s->marks[i].tranche &&
            strcmp(s->marks[i].criterion, m->c->code) == 0)
            s->marks[i].value = value;
}

/* Who wins when it is moved by so many steps; 0: not who is wanted. */
static uint64_t winner_moved(struct search *s, const struct moving *m, int64_t steps)
{
    const struct asked a = asked_of(s, &s->facts);
    const int64_t step = m->c->step > 0 ? m->c->step : 1;
    uint64_t first = 0;

    move_to(s, m, m->from + (m->end > m->from ? steps : -steps) * step);
    bool wins = wins_with(s, &a, m->winner, &first);
    move_to(s, m, m->from);
    if (m->winner)
        return wins ? m->winner : 0;
    return first != s->first ? first : 0;
}

/* The smallest number of steps, below `less`, after which it is won; `less`: there is none. */
static int64_t fewest(struct search *s, const struct moving *m, int64_t less, uint64_t *ret_winner)
{
    const int64_t step = m->c->step > 0 ? m->c->step : 1;
    int64_t room = (m->end > m->from ? m->end - m->from : m->from - m->end) / step;
    int64_t low = 1, high = room < less - 1 ? room : less - 1;
    uint64_t winner, last;

    if (high < 1 || !(last = winner_moved(s, m, high)))
        return less;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;

        if ((winner = winner_moved(s, m, middle))) {
            high = middle;
            last = winner;
        } else {
            low = middle + 1;
        }
    }
    *ret_winner = last;
    return high;
}

static const linli_criterion *criterion_of(const struct search *s, const linli_mark *m)
{
    for (size_t i = 0; !m->tranche && i < s->criteria->count; i++)
        if (s->criteria->items[i].by == LINLI_BY_JUDGES &&
            strcmp(s->criteria->items[i].code, m->criterion) == 0)
            return &s->criteria->items[i];
    return NULL;
}

/* Tells the smallest change of one mark of bid `of` after which `winner` (0: another) wins. */
static void margin_of_marks(struct search *s, uint64_t of, uint64_t winner)
{
    struct moving best = {0};
    int64_t fewest_yet = INT64_MAX;
    uint64_t won = 0;

    for (size_t i = 0; i < s->facts.mark_count; i++) {
        const linli_criterion *c = s->marks[i].bid == of ? criterion_of(s, &s->marks[i]) : NULL;

        if (!c || (c->objective && i > 0 && s->marks[i - 1].bid == of &&
                   strcmp(s->marks[i - 1].criterion, c->code) == 0))
            continue;
        for (int up = 0; up < 2; up++) {
            struct moving m = {c, i, s->marks[i].value, up ? c->high : c->low, winner};
            int64_t found = fewest(s, &m, fewest_yet, &won);

            if (found < fewest_yet) {
                fewest_yet = found;
                best = m;
                best.winner = won;
            }
        }
    }
    if (best.c)
        whatif_say_mark(s->w, s->a,
                        &(struct whatif_moved){best.c, &s->marks[best.at], best.winner,
                                               (best.end > best.from ? fewest_yet : -fewest_yet) *
                                                   (best.c->step > 0 ? best.c->step : 1)});
}

static void margins_of_marks(struct search *s)
{
    for (size_t i = 0; i < s->e->count; i++) {
        const linli_result *r = &s->e->items[i];

        if (r->standing == LINLI_RANKED && !whatif_wins(s->e, r->bid))
            margin_of_marks(s, r->bid, r->bid);
    }
    if (s->first && !s->w->set) /* of a set, who else is first says nothing about who is chosen */
        margin_of_marks(s, s->first, 0);
}

/* ---- weights ---- */

struct weight {
    const char *pointer;
    uint32_t offset; /* in the options, or in the item */
    int32_t item;    /* of the list "criteria"; -1: none */
};

struct weights {
    struct weight items[WEIGHTS_MOST];
    size_t count;
    uint32_t list; /* offset of "criteria" */
    uint32_t item_size;
};

static bool weight_name(const char *name)
{
    static const char *const names[] = {"price_weight", "technical_weight", "expert_share", "public_share",
                                        "donation_share"};

    for (size_t i = 0; i < LENGTH(names); i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static void weights_of_list(struct search *s, const linli_option *row, struct weights *ws)
{
    const linli_list *list = (const linli_list *)(const void *)((const char *)s->a->options + row->offset);

    for (uint32_t k = 0; k < row->item_count; k++)
        for (size_t i = 0;
             strcmp(row->item[k].name, "weight") == 0 && i < list->count && ws->count < WEIGHTS_MOST; i++)
            ws->items[ws->count++] = (struct weight){arena_printf(s->a->arena, "/criteria/%zu/weight", i),
                                                     row->item[k].offset, (int32_t)i};
    ws->list = row->offset;
    ws->item_size = row->item_size;
}

static void weights_of(struct search *s, struct weights *ws)
{
    const struct form form = plugin_form(s->a->plugin);

    for (uint32_t i = 0; i < form.count; i++) {
        const linli_option *row = &form.rows[i];

        if (row->type == LINLI_OPT_LIST && strcmp(row->name, "criteria") == 0)
            weights_of_list(s, row, ws);
        else if (row->type == LINLI_OPT_RATE && weight_name(row->name) && ws->count < WEIGHTS_MOST)
            ws->items[ws->count++] =
                (struct weight){arena_printf(s->a->arena, "/%s", row->name), row->offset, -1};
    }
}

static linli_rate *weight_in(void *options, const struct weights *ws, const struct weight *w)
{
    char *base = options;

    if (w->item >= 0) {
        const linli_list *list = (const linli_list *)(const void *)(base + ws->list);
        base = (char *)(uintptr_t)list->items + (size_t)w->item * ws->item_size;
    }
    return (linli_rate *)(void *)(base + w->offset);
}

struct shift {
    const struct weights *ws;
    const struct weight *to, *of;
    void *options; /* a copy to change */
};

/* What such weights come to. */
struct shifted {
    uint64_t first; /* somebody else, alone; 0: nobody */
    bool lawful;
    bool shared; /* nobody at all is first alone */
};

static struct shifted first_shifted(struct search *s, const struct shift *x, int64_t steps)
{
    const int64_t ppm = steps * WEIGHT_STEP_PPM;
    linli_rate *to = weight_in(x->options, x->ws, x->to), *of = weight_in(x->options, x->ws, x->of);
    struct asked a = *s->a;
    const linli_findings *found = NULL;
    struct arena *room = arena_new(0);
    struct err ignored = {0};
    struct shifted to_tell = {0};

    a.options = x->options;
    to->ppm += ppm;
    of->ppm -= ppm;
    s->left--;
    to_tell.lawful =
        ask_check(a.plugin, room, a.options, a.facts, &found, NULL, &ignored) == 0 && found->count == 0;
    if (to_tell.lawful)
        wins_with(s, &a, 0, &to_tell.first);
    to_tell.shared = to_tell.lawful && !to_tell.first;
    to->ppm -= ppm;
    of->ppm += ppm;
    arena_free(room);
    if (to_tell.first == s->first)
        to_tell.first = 0;
    return to_tell;
}

/* As far as the law, the other options and 100% let it go; 0: not at all. */
static int64_t farthest(struct search *s, const struct shift *x, struct shifted *ret)
{
    int64_t to = weight_in(x->options, x->ws, x->to)->ppm, of = weight_in(x->options, x->ws, x->of)->ppm;
    int64_t low = 0, high = (of < WHOLE_PPM - to ? of : WHOLE_PPM - to) / WEIGHT_STEP_PPM;

    if (high == 0)
        return 0;
    *ret = first_shifted(s, x, high);
    if (ret->lawful)
        return high;
    for (high--; low < high;) {
        int64_t middle = low + (high - low + 1) / 2;
        const struct shifted there = first_shifted(s, x, middle);

        if (there.lawful) {
            low = middle;
            *ret = there;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

/* Somebody else alone before an end that several share, as those with the lowest price do where nothing but
 * the price weighs; 0: nowhere near. */
static int64_t before_end(struct search *s, const struct shift *x, int64_t end, struct shifted *ret)
{
    for (int64_t back = 1; back < end; back *= 2)
        if ((*ret = first_shifted(s, x, end - back)).first)
            return end - back;
    return 0;
}

static int64_t fewest_shifted(struct search *s, const struct shift *x, int64_t less, uint64_t *ret_first)
{
    struct shifted last = {0};
    int64_t low = 1, high = farthest(s, x, &last);

    if (high >= less) {
        high = less - 1;
        last = high > 0 ? first_shifted(s, x, high) : (struct shifted){0};
    }
    if (high > 0 && last.shared)
        high = before_end(s, x, high, &last);
    if (high < 1 || !last.first)
        return less;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        const struct shifted there = first_shifted(s, x, middle);

        if (there.first) {
            high = middle;
            last = there;
        } else {
            low = middle + 1;
        }
    }
    *ret_first = last.first;
    return high;
}

/* The smallest shift from one weight to another after which somebody else is first alone. */
static void margin_of_weights(struct search *s)
{
    const struct form form = plugin_form(s->a->plugin);
    struct weights ws = {0};
    void *copy = arena_alloc(s->a->arena, 1, form.size);
    int64_t best = INT64_MAX;
    struct shift at = {0};
    uint64_t first = 0, winner = 0;

    weights_of(s, &ws);
    MUST(form_copy(&form, s->a->options, copy, form_memory_arena, s->a->arena));
    for (size_t i = 0; i < ws.count; i++)
        for (size_t j = 0; j < ws.count; j++) {
            const struct shift x = {&ws, &ws.items[i], &ws.items[j], copy};
            int64_t found = i == j ? best : fewest_shifted(s, &x, best, &first);

            if (found < best) {
                best = found;
                at = x;
                winner = first;
            }
        }
    if (at.to)
        whatif_say_weight(
            s->w, s->a,
            &(struct whatif_shifted){winner,
                                     {at.to->pointer, at.of->pointer},
                                     {*weight_in(copy, &ws, at.to), *weight_in(copy, &ws, at.of)},
                                     best * WEIGHT_STEP_PPM});
}

/* ---- warnings ---- */

/* Which bids are first, but for one that is looked away from. */
struct leaders {
    const linli_evaluation *was;
    uint64_t without;
    bool same, answered;
    uint64_t first; /* alone among the others */
    int32_t standing;
    bool wins; /* the one looked away from */
};

static int32_t best_rank(const linli_evaluation *e, uint64_t without)
{
    int32_t best = INT32_MAX;

    for (size_t i = 0; i < e->count; i++)
        if (e->items[i].bid != without && e->items[i].standing == LINLI_RANKED && e->items[i].rank < best)
            best = e->items[i].rank;
    return best;
}

static bool leads(const linli_evaluation *e, uint64_t key, int32_t rank)
{
    const linli_result *r = result_of(e, key);

    return r && r->standing == LINLI_RANKED && r->rank == rank;
}

static void look_leaders(const linli_evaluation *e, void *arg)
{
    struct leaders *l = arg;
    const int32_t before = best_rank(l->was, l->without), after = best_rank(e, l->without);
    const linli_result *r = result_of(e, l->without);

    l->answered = l->same = true;
    l->standing = r ? r->standing : 0;
    l->wins = whatif_wins(e, l->without);
    for (size_t i = 0; i < l->was->count; i++) {
        uint64_t key = l->was->items[i].bid;
        bool first = key != l->without && leads(e, key, after);

        l->same &= key == l->without || first == leads(l->was, key, before);
        l->first = first ? (l->first ? UINT64_MAX : key) : l->first;
    }
    l->first = l->first == UINT64_MAX ? 0 : l->first;
}

/* Does one that does not win decide who does?  Then it is told which, and who would win without it. */
static void warnings_without(struct search *s)
{
    const linli_admissions *all = s->a->admitted;
    linli_admission *some = ARENA_NEW(s->a->arena, linli_admission, all->count);
    const linli_admissions admitted = {some, all->count, all->bidders};
    struct asked a = *s->a;

    a.admitted = &admitted;
    memcpy(some, all->items, all->count * sizeof *some);
    for (size_t i = 0; i < all->count; i++) {
        const linli_result *r = some[i].admitted ? result_of(s->e, some[i].bid) : NULL;
        struct leaders l = {.was = s->e, .without = some[i].bid};

        if (!r || r->standing == LINLI_OUT || (r->standing == LINLI_RANKED && r->rank == 1))
            continue;
        some[i].admitted = false;
        ask(s, &a, look_leaders, &l);
        some[i].admitted = true;
        if (l.answered && !l.same)
            whatif_say_without(s->w, s->a, r->bid, l.first);
    }
}

/* A further bid, marked by the same members with the least each criterion allows. */
static size_t worst_marks(const struct search *s, uint64_t key, linli_mark *out)
{
    const linli_mark *m = s->a->facts->marks;
    size_t n = 0;

    for (size_t i = 0; i < s->a->facts->mark_count; i++) {
        const linli_criterion *c = m[i].bid == m[0].bid ? criterion_of(s, &m[i]) : NULL;

        if (c && c->unit == LINLI_UNIT_POINTS)
            out[n++] = (linli_mark){.bid = key, .by = m[i].by, .criterion = m[i].criterion, .value = c->low};
    }
    return n;
}

static void facts_with_absurd(struct search *s, linli_facts *f, linli_bid **ret_bid)
{
    const linli_facts *was = s->a->facts;
    linli_bid *bids = ARENA_NEW(s->a->arena, linli_bid, was->bid_count + 1), *more = &bids[was->bid_count];
    linli_mark *marks = ARENA_NEW(s->a->arena, linli_mark, was->mark_count * 2);

    *f = *was;
    memcpy(bids, was->bids, was->bid_count * sizeof *bids);
    memcpy(marks, was->marks, was->mark_count * sizeof *marks);
    *more = (linli_bid){
        .key = was->bid_count + 1, .bidder = UINT64_MAX >> 1, .round = 1, .open = true, .priced = true};
    for (size_t i = 0; i < was->bid_count; i++) {
        more->number = bids[i].number >= more->number ? bids[i].number + 1 : more->number;
        more->round = bids[i].round > more->round ? bids[i].round : more->round;
    }
    f->mark_count += worst_marks(s, more->key, marks + was->mark_count);
    f->bids = bids;
    f->bid_count++;
    f->marks = marks;
    *ret_bid = more;
}

static int64_t lowest_price(const struct search *s)
{
    int64_t lowest = 0;

    for (size_t i = 0; i < s->a->facts->bid_count; i++) {
        const linli_bid *b = &s->a->facts->bids[i];

        if (result_of(s->e, b->key) && b->price.minor > 0 && (lowest == 0 || b->price.minor < lowest))
            lowest = b->price.minor;
    }
    return lowest;
}

/* One more bid that asks next to nothing and offers nothing: does it turn the others round, or win?  Where
 * nothing but the price counts, winning is what the scheme is for. */
static void warning_absurd(struct search *s)
{
    static const int64_t parts[] = {10, 100, 1000};
    const int64_t lowest = lowest_price(s);
    const linli_admissions *all = s->a->admitted;
    linli_admission *more = ARENA_NEW(s->a->arena, linli_admission, all->count + 1);
    const linli_admissions admitted = {more, all->count + 1, all->bidders + 1};
    linli_facts facts;
    linli_bid *bid;

    if (lowest < parts[0] || s->facts.mark_count == 0)
        return;
    facts_with_absurd(s, &facts, &bid);
    if (facts.mark_count == s->facts.mark_count)
        return;
    memcpy(more, all->items, all->count * sizeof *more);
    more[all->count] = (linli_admission){.bid = bid->key, .admitted = true};
    for (size_t i = 0; i < LENGTH(parts); i++) {
        struct asked a = asked_of(s, &facts);
        struct leaders l = {.was = s->e, .without = bid->key};

        a.admitted = &admitted;
        bid->price.minor = lowest / parts[i] ? lowest / parts[i] : 1;
        ask(s, &a, look_leaders, &l);
        if (l.answered && l.standing != LINLI_OUT && (!l.same || l.wins)) {
            whatif_say_absurd(s->w, s->a,
                              &(struct whatif_turned){bid->price, l.wins ? 0 : l.first, l.wins,
                                                      l.standing == LINLI_EXPLAIN});
            return;
        }
    }
}

/* ---- all of it ---- */

static int64_t asks_allowed(const struct asked *a)
{
    int64_t size = 1 + (int64_t)a->facts->mark_count + 4 * (int64_t)a->facts->bid_count +
                   (int64_t)a->facts->ballot_count + (int64_t)a->facts->choice_count;
    int64_t asks = WORK / size;
    const int64_t most = plugin_scheme(a->plugin)->flags & LINLI_EXACT ? ASKS_EXACT : ASKS_MOST;

    return asks < ASKS_LEAST ? ASKS_LEAST : asks > most ? most : asks;
}

int whatif_find(const struct asked *a, const linli_evaluation *e, struct whatif *ret, struct err *err)
{
    struct search s = {.a = a, .e = e, .w = ret, .facts = *a->facts, .first = first_alone(e)};
    const bool set = e->kind == LINLI_SET;
    int status = ask_criteria(a->plugin, a->arena, a->options, a->facts, &s.criteria, NULL, err);

    *ret = (struct whatif){.set = set, .complete = true};
    ret->margin = ARENA_NEW(a->arena, struct whatif_line, 2 * e->count + 2);
    ret->warnings = ARENA_NEW(a->arena, struct whatif_line, e->count + 1);
    /* What residents vote into a budget is explained project by project by the scheme itself. */
    if (status || (set && plugin_scheme(a->plugin)->flags & LINLI_EXACT))
        return status;
    s.left = asks_allowed(a);
    s.marks = ARENA_NEW(a->arena, linli_mark, a->facts->mark_count + 1);
    if (a->facts->mark_count)
        memcpy(s.marks, a->facts->marks, a->facts->mark_count * sizeof *s.marks);
    s.facts.marks = s.marks;
    margins_of_prices(&s);
    margins_of_marks(&s);
    if (!set) {
        margin_of_weights(&s);
        warnings_without(&s);
        warning_absurd(&s);
    }
    return 0;
}
