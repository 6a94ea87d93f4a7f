/*
 * most_votes - 多数票: projects by number of approvals, or by approvals for what
 * they cost, funded while they fit into what is left; what does not fit is passed
 * over (or ends the list).
 */
#include <string.h>

#include "linli/kit.h"

enum { TIE_LOW_COST, TIE_HIGH_COST, TIE_NUMBER, TIE_DRAW };
enum { FIT_SKIP, FIT_STOP };
enum { ORDER_VOTES, ORDER_PER_COST };

typedef struct options {
    int64_t votes_min;
    int32_t fit, order;
    linli_list ties; /* of int32_t, TIE_.. */
} options;

/* clang-format off */
static const char *const fit_codes[]  = { "skip", "stop", NULL };
static const linli_text  fit_labels[] = { { "跳过", "pass over" }, { "到此为止", "end there" }, { NULL, NULL } };
static const char *const order_codes[]  = { "votes", "votes_per_cost", NULL };
static const linli_text  order_labels[] = { { "得票", "votes" }, { "得票与预算之比", "votes per cost" }, { NULL, NULL } };
static const char *const tie_codes[]  = { "low_cost", "high_cost", "number", "draw", NULL };
static const linli_text  tie_labels[] = { { "预算低者优先", "lower cost" }, { "预算高者优先", "higher cost" }, { "编号小者优先", "lower number" }, { "公开抽取", "public draw" }, { NULL, NULL } };

static const linli_option tie_rows[] = {
    { .name = "", .type = LINLI_OPT_CHOICE, .required = true, .offset = 0, .low = 0, .high = 3, .choices = tie_labels, .codes = tie_codes,
      .label = { "方法", "rule" }, .help = { "依次适用", "in this order" } },
};

static const linli_option rows[] = {
    { .name = "votes_min", .type = LINLI_OPT_COUNT, .offset = offsetof(options, votes_min), .low = 1, .high = 100000000, .initial = "1",
      .label = { "最低票数", "votes needed" }, .help = { "低于此数不资助", "with fewer a project is not funded" } },
    { .name = "fit", .type = LINLI_OPT_CHOICE, .offset = offsetof(options, fit), .low = 0, .high = 1, .initial = "skip",
      .choices = fit_labels, .codes = fit_codes,
      .label = { "放不下时", "what does not fit" }, .help = { "预算超过余额的项目如何处理", "a project that costs more than is left" } },
    { .name = "order", .type = LINLI_OPT_CHOICE, .offset = offsetof(options, order), .low = 0, .high = 1, .initial = "votes",
      .choices = order_labels, .codes = order_codes,
      .label = { "排序依据", "order" }, .help = { "得票多者在先，或每元得票多者在先", "more votes first, or more votes for each yuan" } },
    { .name = "ties", .type = LINLI_OPT_LIST, .offset = offsetof(options, ties), .low = 0, .high = 4,
      .item = tie_rows, .item_count = 1, .item_size = sizeof(int32_t),
      .label = { "同票时", "ties" }, .help = { "依次适用；不填则预算低者优先，再公开抽取", "in this order; left out: lower cost, then a public draw" } },
};

enum { M_TWICE, M_VOTES, M_FEW, M_FITS, M_NO_FIT, M_ENDED, M_PER_COST, M_TIE, M_TIED, M_DRAWN, M_SPENT, MESSAGES };

static const linli_message messages[MESSAGES] = {
    [M_TWICE]  = { "tie_twice", { "同票规则重复", "a tie rule is named twice" }, NULL },
    [M_VOTES]  = { "votes", { "得票 {1}", "{1} votes" }, NULL },
    [M_FEW]    = { "few_votes", { "得票 {1}，不足 {2}", "{1} votes where {2} are needed" }, NULL },
    [M_FITS]   = { "fits", { "第 {1} 名，预算 {2} 不超过余额 {3}", "place {1}: its cost {2} fits into the {3} left" }, NULL },
    [M_NO_FIT] = { "no_fit", { "第 {1} 名，预算 {2} 超过余额 {3}", "place {1}: its cost {2} is over the {3} left" }, NULL },
    [M_ENDED]  = { "ended", { "前面的项目已放不下，到此为止", "one before it did not fit, and the list ends there" }, NULL },
    [M_PER_COST] = { "per_cost", { "得票 {1} ÷ 预算 {2}", "{1} votes / its cost {2}" }, NULL },
    [M_TIE]    = { "tie", { "同票，按约定的次序排列", "equal votes, put in the agreed order" }, NULL },
    [M_TIED]   = { "tied", { "同票且影响结果，待公开抽取", "a tie that matters: a public draw is needed" }, NULL },
    [M_DRAWN]  = { "drawn", { "同票，由公开抽取确定", "equal votes, settled by public draw" }, NULL },
    [M_SPENT]  = { "spent", { "{1} 个项目入选，共 {2}，余 {3}", "{1} projects are chosen for {2}; {3} is left" }, NULL },
};
/* clang-format on */

#define COUNT_OF(table) (sizeof(table) / sizeof((table)[0]))

static const int32_t default_ties[] = {TIE_LOW_COST, TIE_DRAW};

static linli_list ties_of(const options *o)
{
    return o->ties.count ? o->ties : (linli_list){default_ties, COUNT_OF(default_ties)};
}

static linli_status check(linli_ask *ask, const void *opts, const linli_facts *facts, linli_findings *out)
{
    linli_list ties = ties_of(opts);
    const int32_t *tie = ties.items;
    linli_finding *found = LINLI_NEW(ask, linli_finding, 1);

    (void)facts;
    if (!found)
        return LINLI_NOMEM;
    for (size_t i = 0; i < ties.count; i++)
        for (size_t j = 0; j < i; j++)
            if (tie[i] == tie[j] && out->count == 0) {
                *found = (linli_finding){"/ties", {.message = M_TWICE}};
                *out = (linli_findings){found, 1};
            }
    return LINLI_OK;
}

static linli_status criteria(linli_ask *ask, const void *opts, const linli_facts *facts, linli_criteria *out)
{
    static const linli_criterion votes[] = {
        {.code = "votes",
         .name = {"得票", "votes"},
         .by = LINLI_BY_BALLOTS,
         .unit = LINLI_UNIT_COUNT,
         .objective = true,
         .weight = {LINLI_WHOLE},
         .low = 0,
         .high = 1,
         .step = 1},
    };

    (void)ask;
    (void)opts;
    (void)facts;
    *out = (linli_criteria){votes, COUNT_OF(votes)};
    return LINLI_OK;
}

/* A project on the ballot. */
typedef struct project {
    const linli_bid *bid;
    size_t result; /* its place in the answer */
    int64_t votes, drawn;
    bool tie, by_draw; /* equal votes with a neighbour; settled by the draw */
} project;

/* How two projects are put in order. */
typedef struct rule {
    linli_list ties;
    int32_t order;
} rule;

/* Votes, or votes for each fen, compared crosswise (nothing costs less than a fen); below zero: a has more.
 */
static int compare_votes(const rule *by, const project *a, const project *b)
{
    linli_wide x = a->votes, y = b->votes;

    if (by->order == ORDER_PER_COST) {
        x *= b->bid->price.minor > 0 ? b->bid->price.minor : 1;
        y *= a->bid->price.minor > 0 ? a->bid->price.minor : 1;
    }
    return (x < y) - (x > y);
}

/* Below zero: a goes first; 0: only chance can tell. */
static int compare(const rule *by, const project *a, const project *b, bool *ret_by_draw)
{
    const int32_t *tie = by->ties.items;
    int first = compare_votes(by, a, b);

    *ret_by_draw = false;
    if (first != 0)
        return first;
    for (size_t i = 0; i < by->ties.count; i++) {
        int64_t x = 0, y = 0;

        switch (tie[i]) {
        case TIE_LOW_COST:
            x = a->bid->price.minor, y = b->bid->price.minor;
            break;
        case TIE_HIGH_COST:
            x = b->bid->price.minor, y = a->bid->price.minor;
            break;
        case TIE_NUMBER:
            x = a->bid->number, y = b->bid->number;
            break;
        default:
            x = a->drawn, y = b->drawn;
            *ret_by_draw = x != y;
            break;
        }
        if (x != y)
            return x < y ? -1 : 1;
    }
    return 0;
}

static bool goes_before(const rule *by, const project *a, const project *b)
{
    bool by_draw;
    int order = compare(by, a, b, &by_draw);

    return order < 0 || (order == 0 && a->bid->key < b->bid->key);
}

/* A ballot has few projects: insertion will do. */
static void sort(project *list, size_t count, const rule *by)
{
    bool by_draw;

    for (size_t i = 1; i < count; i++) {
        project one = list[i];
        size_t j = i;

        for (; j > 0 && goes_before(by, &one, &list[j - 1]); j--)
            list[j] = list[j - 1];
        list[j] = one;
    }
    for (size_t i = 1; i < count; i++)
        if (compare_votes(by, &list[i], &list[i - 1]) == 0) {
            compare(by, &list[i - 1], &list[i], &by_draw);
            list[i].tie = list[i - 1].tie = true;
            list[i].by_draw |= by_draw;
            list[i - 1].by_draw |= by_draw;
        }
}

static linli_status count(linli_ask *ask, const linli_facts *facts, project *list, size_t n)
{
    int64_t *votes = LINLI_NEW(ask, int64_t, facts->bid_count);

    if (!votes)
        return LINLI_NOMEM;
    for (size_t b = 0; b < facts->ballot_count; b++) {
        const linli_ballot *ballot = &facts->ballots[b];

        for (size_t c = ballot->first; c < (size_t)ballot->first + ballot->count; c++)
            if (c >= facts->choice_count || facts->choices[c].bid >= facts->bid_count ||
                !linli_add(votes[facts->choices[c].bid], ballot->weight, &votes[facts->choices[c].bid]))
                return LINLI_FACTS;
    }
    for (size_t i = 0; i < n; i++)
        list[i].votes = votes[list[i].bid - facts->bids];
    return LINLI_OK;
}

/* The project at i and those level with it up to the draw. */
static size_t level(const project *list, size_t count, size_t i, const rule *by)
{
    size_t n = 1;
    bool by_draw;

    while (i + n < count && compare(by, &list[i], &list[i + n], &by_draw) == 0)
        n++;
    return n;
}

/* Equals can be taken in any order if all of them fit or none does. */
static bool order_matters(const project *list, size_t n, int64_t left)
{
    linli_wide sum = 0;
    bool any = false;

    for (size_t i = 0; i < n; i++) {
        sum += list[i].bid->price.minor;
        any |= list[i].bid->price.minor <= left;
    }
    return n > 1 && any && sum > left;
}

static linli_status ask_draw(linli_ask *ask, const project *list, size_t n, linli_evaluation *out)
{
    linli_draw_request *request = LINLI_NEW(ask, linli_draw_request, 1);
    uint64_t *keys = LINLI_NEW(ask, uint64_t, n);

    if (!request || !keys)
        return LINLI_NOMEM;
    for (size_t i = 0; i < n; i++) {
        size_t j = i;

        for (; j > 0 && keys[j - 1] > list[i].bid->key; j--)
            keys[j] = keys[j - 1];
        keys[j] = list[i].bid->key;
    }
    *request = (linli_draw_request){"order", keys, n};
    out->draws = request;
    out->draw_count = 1;
    return linli_say(ask, &out->why, (linli_line){.message = M_TIED}) ? LINLI_OK : LINLI_NOMEM;
}

/* What is left while the list is gone through. */
struct purse {
    int64_t left, spent, chosen;
    bool ended;
};

/* One project in its turn. */
static linli_status settle(linli_ask *ask, const options *o, const project *p, struct purse *purse,
                           linli_result *r)
{
    linli_money left = {purse->left}, cost = p->bid->price;
    linli_line line;
    bool told;

    if (p->votes < o->votes_min) {
        line = LINLI_LINE(M_FEW, linli_count(p->votes), linli_count(o->votes_min));
        r->standing = LINLI_OUT;
        r->rank = 0;
    } else if (purse->ended) {
        line = (linli_line){.message = M_ENDED};
    } else if (cost.minor > left.minor) {
        line = LINLI_LINE(M_NO_FIT, linli_count(r->rank), linli_amount(cost), linli_amount(left));
        purse->ended = o->fit == FIT_STOP;
    } else {
        line = LINLI_LINE(M_FITS, linli_count(r->rank), linli_amount(cost), linli_amount(left));
        r->grant = cost;
        purse->left -= cost.minor;
        purse->spent += cost.minor;
        purse->chosen++;
    }
    told = linli_say(ask, &r->why, line) &&
           (!p->tie || linli_say(ask, &r->why, (linli_line){.message = p->by_draw ? M_DRAWN : M_TIE}));
    return told ? LINLI_OK : LINLI_NOMEM;
}

/* The one part of a total: its votes, a point each. */
static linli_status tally(linli_ask *ask, const options *o, const project *p, linli_result *r)
{
    linli_part *part = LINLI_NEW(ask, linli_part, 1);

    if (!part)
        return LINLI_NOMEM;
    part->criterion = "votes";
    if (__builtin_mul_overflow(p->votes, LINLI_POINT, &part->raw.micro))
        return LINLI_RANGE;
    part->points = part->raw;
    r->bid = p->bid->key;
    r->total = part->points;
    r->parts = part;
    r->part_count = 1;
    return linli_say(ask, &part->why,
                     o->order == ORDER_PER_COST
                         ? LINLI_LINE(M_PER_COST, linli_count(p->votes), linli_amount(p->bid->price))
                         : LINLI_LINE(M_VOTES, linli_count(p->votes)))
               ? LINLI_OK
               : LINLI_NOMEM;
}

static linli_status choose(linli_ask *ask, const options *o, const linli_facts *facts, const project *list,
                           size_t n, linli_evaluation *out)
{
    linli_result *results = LINLI_NEW(ask, linli_result, n);
    struct purse purse = {.left = facts->tender->budget.minor};
    const rule by = {ties_of(o), o->order};
    linli_status status = LINLI_OK;

    if (!results)
        return LINLI_NOMEM;
    for (size_t at = 0, same; at < n; at += same) {
        same = level(list, n, at, &by);
        if (list[at].votes >= o->votes_min && !purse.ended && out->draw_count == 0 &&
            order_matters(&list[at], same, purse.left))
            status = ask_draw(ask, list, n, out);
        for (size_t i = at; status == LINLI_OK && i < at + same; i++) {
            linli_result *r = &results[list[i].result];

            r->standing = LINLI_RANKED;
            r->rank = (int32_t)at + 1;
            if ((status = tally(ask, o, &list[i], r)) == LINLI_OK)
                status = settle(ask, o, &list[i], &purse, r);
        }
        if (status != LINLI_OK)
            return status;
    }
    out->items = results;
    out->count = n;
    return linli_say(ask, &out->why,
                     LINLI_LINE(M_SPENT, linli_count(purse.chosen), linli_amount((linli_money){purse.spent}),
                                linli_amount((linli_money){purse.left})))
               ? LINLI_OK
               : LINLI_NOMEM;
}

static linli_status evaluate(linli_ask *ask, const void *opts, const linli_facts *facts,
                             const linli_admissions *admitted, linli_evaluation *out)
{
    const options *o = opts;
    const linli_draw *draw = linli_draw_of(facts, "order");
    project *list = LINLI_NEW(ask, project, admitted->count);
    size_t n = 0;
    linli_status status;

    if (!list)
        return LINLI_NOMEM;
    out->kind = LINLI_SET;
    for (size_t i = 0; i < admitted->count; i++) {
        const linli_bid *bid = linli_bid_of(facts, admitted->items[i].bid);

        if (!bid)
            return LINLI_FACTS;
        if (admitted->items[i].admitted)
            list[n++] = (project){.bid = bid, .drawn = linli_drawn(draw, bid->key)};
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            list[i].result += list[j].bid->key < list[i].bid->key;
    if ((status = count(ask, facts, list, n)) != LINLI_OK)
        return status;
    sort(list, n, &(rule){ties_of(o), o->order});
    return choose(ask, o, facts, list, n, out);
}

static const linli_about about = {
    .id = "most_votes",
    .version = "1.1.0",
    .opens = "1.0.0",
    .name = {"多数票", "most votes"},
    .summary = {"按得票多少依次资助，放得下就入选", "by number of votes, funded while it fits"},
    .basis = {"居民投票办法；得票多者优先", "local rules of residents' votes; more votes go first"},
    .author = "Linli maintainers",
    .licence = "Apache-2.0",
};

static const char *const examples[] = {"{}", "{\"votes_min\":10,\"fit\":\"stop\",\"ties\":[\"number\"]}",
                                       "{\"order\":\"votes_per_cost\"}", NULL};

static const linli_scheme most_votes = {
    .size = sizeof(linli_scheme),
    .gives = LINLI_SET,
    .about = &about,
    .options = rows,
    .option_count = COUNT_OF(rows),
    .options_size = sizeof(options),
    .messages = messages,
    .message_count = MESSAGES,
    .examples = examples,
    .check = check,
    .criteria = criteria,
    .evaluate = evaluate,
};

static const linli_scheme *const schemes[] = {&most_votes, NULL};

const linli_module linli_exports = LINLI_MODULE(.schemes = schemes);
