#include "api/cli/explain.h"

#include <inttypes.h>
#include <string.h>

#include "core/base/text.h"
#include "core/host/form.h"

/* ---- pages -------------------------------------------------------------------- */

static void print_lines(const struct words *words, linli_lines lines, const char *indent, FILE *out)
{
    for (size_t i = 0; i < lines.count; i++)
        for (int zh = 1; zh >= 0; zh--) {
            CLEANUP(buf_free) struct buf text = {0};
            const char *source = words->messages[lines.items[i].message].source;

            words_print(words, &lines.items[i], zh, &text);
            fprintf(out, zh && source ? "%s%s（%s）\n" : "%s%s\n", indent, text.data ? text.data : "",
                    source);
        }
}

static const linli_criterion *criterion_of(const linli_criteria *c, const char *code)
{
    for (size_t i = 0; i < c->count; i++)
        if (strcmp(c->items[i].code, code) == 0)
            return &c->items[i];
    return NULL;
}

static void print_standing(const linli_result *r, FILE *out)
{
    if (r->standing == LINLI_RANKED && r->rank > 0)
        fprintf(out, "第 %" PRId32 " 名 · rank %" PRId32 "\n", r->rank, r->rank);
    else if (r->standing == LINLI_RANKED)
        fprintf(out, "未排名次 · not ranked\n");
    else
        fputs(r->standing == LINLI_OUT ? "不参加排名 · out\n"
                                       : "待说明或更正 · to be explained or corrected\n",
              out);
}

static int32_t number_of(const linli_facts *facts, uint64_t key)
{
    for (size_t i = 0; i < facts->bid_count; i++)
        if (facts->bids[i].key == key && facts->bids[i].number > 0)
            return facts->bids[i].number;
    return (int32_t)key;
}

static void print_page(const struct asked *a, const linli_criteria *criteria, const struct words *words,
                       const linli_result *r, FILE *out)
{
    char text[MONEY_TEXT], grant[MONEY_TEXT];
    int32_t number = number_of(a->facts, r->bid);

    points_print(r->total.micro, text);
    fprintf(out, "\n投标 %" PRId32 " · bid %" PRId32 ": ", number, number);
    print_standing(r, out);
    fprintf(out, "总分 · total %s\n", text);
    money_print(r->grant.minor, grant);
    if (r->grant.minor > 0)
        fprintf(out, "资助 · grant %s\n", grant);
    for (size_t i = 0; i < r->part_count; i++) {
        const linli_part *p = &r->parts[i];
        const linli_criterion *c = criterion_of(criteria, p->criterion);

        points_print(p->points.micro, text);
        fprintf(out, "  %s · %s: %s\n", c ? c->name.zh : p->criterion, c ? c->name.en : p->criterion, text);
        print_lines(words, p->why, "    ", out);
    }
    print_lines(words, r->why, "  ", out);
}

int explain_print(const struct asked *a, const linli_evaluation *e, uint64_t only, FILE *out, struct err *err)
{
    const linli_scheme *s = plugin_scheme(a->plugin);
    const struct words words = {s->messages, s->message_count, a->facts};
    const linli_criteria *criteria;
    int status = ask_criteria(a->plugin, a->arena, a->options, a->facts, &criteria, NULL, err);

    if (status)
        return status;
    fprintf(out, "%s · %s\n", s->about->name.zh, s->about->name.en);
    print_lines(&words, e->why, "", out);
    for (size_t i = 0; i < e->count; i++)
        if (only == 0 || e->items[i].bid == only)
            print_page(a, criteria, &words, &e->items[i], out);
    return 0;
}

/* ---- the margin ----------------------------------------------------------------- */

static bool first_alone(const linli_evaluation *e, uint64_t key)
{
    bool first = false;

    for (size_t i = 0; i < e->count; i++) {
        const linli_result *r = &e->items[i];
        if (r->standing == LINLI_RANKED && r->rank == 1 && r->bid != key)
            return false;
        first |= r->bid == key && r->standing == LINLI_RANKED && r->rank == 1;
    }
    return first;
}

/* Would the bid be first alone at this price? */
static int wins_at(const struct asked *a, uint64_t key, int64_t price, bool *ret, struct err *err)
{
    linli_facts facts = *a->facts;
    linli_bid *bids = ARENA_NEW(a->arena, linli_bid, facts.bid_count);
    const linli_evaluation *e;
    int status;

    memcpy(bids, facts.bids, facts.bid_count * sizeof *bids);
    for (size_t i = 0; i < facts.bid_count; i++)
        if (bids[i].key == key)
            bids[i].price.minor = price;
    facts.bids = bids;
    status = ask_evaluate(a->plugin, a->arena, a->options, &facts, a->admitted, &e, NULL, err);
    if (!status)
        *ret = first_alone(e, key);
    return status;
}

/* The highest price from `low` to `high` at which it is first; below 0: at none.  A lower price never ranks
 * lower, so halving finds it. */
static int highest(const struct asked *a, uint64_t key, int64_t low, int64_t high, int64_t *ret,
                   struct err *err)
{
    bool wins;
    int status = wins_at(a, key, low, &wins, err);

    *ret = !status && wins ? low : -1;
    while (!status && *ret >= 0 && low < high) {
        int64_t middle = low + (high - low + 1) / 2;

        status = wins_at(a, key, middle, &wins, err);
        if (wins)
            *ret = low = middle;
        else
            high = middle - 1;
    }
    return status;
}

static int print_margin(const struct asked *a, const linli_bid *bid, bool winner, FILE *out, struct err *err)
{
    const linli_tender *t = a->facts->tender;
    int64_t most = t->ceiling.minor > 0 ? t->ceiling.minor : t->budget.minor, found = -1;
    char asked[MONEY_TEXT], text[MONEY_TEXT];
    int status = winner ? highest(a, bid->key, bid->price.minor,
                                  most > bid->price.minor ? most : bid->price.minor, &found, err)
                        : highest(a, bid->key, 1, bid->price.minor, &found, err);

    if (status)
        return status;
    money_print(bid->price.minor, asked);
    money_print(found < 0 ? 0 : found, text);
    if (found < 0)
        fprintf(out,
                "投标 %" PRId32 " · bid %" PRId32
                ": 报价 %s；任何报价都不能使其单独排第一 · no price would have made it first alone\n",
                bid->number, bid->number, asked);
    else if (winner)
        fprintf(out,
                "投标 %" PRId32 " · bid %" PRId32
                ": 报价 %s；报价不高于 %s 仍排第一 · still first up to that price\n",
                bid->number, bid->number, asked, text);
    else
        fprintf(out,
                "投标 %" PRId32 " · bid %" PRId32
                ": 报价 %s；报价不高于 %s 即可单独排第一 · first alone from that price down\n",
                bid->number, bid->number, asked, text);
    return 0;
}

int explain_margin(const struct asked *a, const linli_evaluation *e, FILE *out, struct err *err)
{
    int status = 0;

    fputs("\n其他条件不变时 · all else being equal\n", out);
    for (size_t i = 0; i < e->count && status == 0; i++)
        for (size_t b = 0; b < a->facts->bid_count; b++)
            if (a->facts->bids[b].key == e->items[i].bid && e->items[i].standing == LINLI_RANKED &&
                a->facts->bids[b].price.minor > 0 && status == 0)
                status = print_margin(a, &a->facts->bids[b], first_alone(e, e->items[i].bid), out, err);
    return status;
}
