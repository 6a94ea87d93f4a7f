/*
 * ranking - 排序法: evaluators, or voters, put the bids in order; Borda adds up
 * places, Schulze compares every two bids along the strongest paths.
 *
 * An evaluator's order is a mark "place" for each bid, 1 being best; equal places
 * are allowed.  A voter's order is the ballot; bids not on it share the last
 * place.  Borda gives n - 1 .. 0 points, equals the mean of theirs.  In Schulze a
 * path is as strong as its weakest link, a link as strong as the number who put
 * one before the other, where more do than not; a bid is before another where its
 * strongest path to it is stronger than the one back.
 */
#include "linli/score.h"

enum { BORDA, SCHULZE };
enum { JUDGES, BALLOTS };
enum { SPELLED_OUT = 12 }; /* bids up to which every comparison is said */

struct options {
    int32_t method, by, tie;
};

enum {
    M_NO_PLACE = LINLI_SCORE_SAYS,
    M_PLACE_RANGE,
    M_BORDA,
    M_BORDA_FROM,
    M_WINS,
    M_AGAINST,
    M_BY_BORDA,
    M_NOBODY,
    M_LAW,
    MESSAGES
};

/* clang-format off */
static const linli_message messages[MESSAGES] = {
    LINLI_SCORE_MESSAGES(NULL),
    [M_LAW]         = { "not_statutory", { "政府采购应采用最低评标价法或综合评分法，不得采用本方法", "statutory procurement goes by the lowest price or by comprehensive scoring, not by this" }, "财政部令第87号 §53" },
    [M_NO_PLACE]    = { "no_place", { "{1} 位评委中有 {2} 位未给出名次：补全前不排名", "{2} of {1} evaluators gave it no place: no rank before they do" }, NULL },
    [M_PLACE_RANGE] = { "place_range", { "有名次超出 1 至 {1} 的范围，应先更正", "a place is out of 1 to {1}: to be corrected first" }, NULL },
    [M_BORDA]       = { "borda", { "{1} 份排序，按名次得分合计 {2}", "{1} orders, {2} points for its places" }, NULL },
    [M_BORDA_FROM]  = { "borda_from", { "对 {1}：{2} 份排在其前，{3} 份并列：{2} + {3} ÷ 2", "against {1}: before it in {2} orders, level in {3}: {2} + {3} / 2" }, NULL },
    [M_WINS]        = { "wins", { "最强路径胜 {1} 个，负 {2} 个，平 {3} 个", "its strongest paths beat {1}, lose to {2}, are level with {3}" }, NULL },
    [M_AGAINST]     = { "against", { "对 {1}：直接 {2} 比 {3}，最强路径 {4} 比 {5}", "against {1}: directly {2} to {3}, strongest paths {4} to {5}" }, NULL },
    [M_BY_BORDA]    = { "by_borda", { "最强路径相当，名次得分高者在先", "level by strongest paths: more points for places go first" }, NULL },
    [M_NOBODY]      = { "nobody", { "没有任何排序", "nobody put the bids in order" }, NULL },
};
static const linli_text method_labels[] = { { "波达计数", "Borda" }, { "舒尔茨法", "Schulze" }, { NULL, NULL } };
static const char *const method_codes[] = { "borda", "schulze", NULL };
static const linli_text by_labels[]     = { { "评委", "evaluators" }, { "选票", "ballots" }, { NULL, NULL } };
static const char *const by_codes[]     = { "evaluators", "ballots", NULL };
static const linli_text tie_labels[]    = { { "并列，公开抽取", "shared, a draw decides" }, { "名次得分", "points for places" }, { NULL, NULL } };
static const char *const tie_codes[]    = { "draw", "borda", NULL };
static const linli_option table[] = {
    { .name = "method", .type = LINLI_OPT_CHOICE, .offset = offsetof(struct options, method), .low = 0, .high = 1, .initial = "borda",
      .choices = method_labels, .codes = method_codes, .label = { "方法", "method" }, .help = { "怎样由各人的排序得出名次", "how the orders become one" } },
    { .name = "by", .type = LINLI_OPT_CHOICE, .offset = offsetof(struct options, by), .low = 0, .high = 1, .initial = "evaluators",
      .choices = by_labels, .codes = by_codes, .label = { "谁排序", "who orders" }, .help = { "评委逐一给名次，或选票上的先后", "evaluators give places, or the order on ballots" } },
    { .name = "tie", .type = LINLI_OPT_CHOICE, .offset = offsetof(struct options, tie), .low = 0, .high = 1, .initial = "draw",
      .choices = tie_labels, .codes = tie_codes, .label = { "舒尔茨法并列时", "where Schulze is level" }, .help = { "先比名次得分，或直接并列", "points for places first, or shared" } },
};
/* clang-format on */

static linli_status check(linli_ask *ask, const void *options, const linli_facts *facts, linli_findings *out)
{
    linli_faults f = {ask, out, LINLI_OK};

    (void)options;
    if (facts->tender->regime == LINLI_STATUTORY)
        linli_blame(&f, "/method", (linli_line){.message = M_LAW});
    return f.status;
}

static linli_status criteria(linli_ask *ask, const void *options, const linli_facts *facts,
                             linli_criteria *out)
{
    const struct options *o = options;
    linli_criterion *one = LINLI_NEW(ask, linli_criterion, 1);

    if (!one)
        return LINLI_NOMEM;
    *one = (linli_criterion){.code = "place",
                             .name = {"名次", "place"},
                             .by = o->by == JUDGES ? LINLI_BY_JUDGES : LINLI_BY_BALLOTS,
                             .unit = LINLI_UNIT_COUNT,
                             .weight = {LINLI_WHOLE},
                             .low = 1,
                             .high = facts->bid_count > 1 ? (int64_t)facts->bid_count : 1,
                             .step = 1};
    *out = (linli_criteria){one, 1};
    return LINLI_OK;
}

/* ---- every two bids ------------------------------------------------------------ */

/* before[i * n + j]: how many orders put i before j; paths the same, of strongest paths. */
struct pairs {
    size_t n;
    int64_t orders, *before, *path;
    int64_t *place; /* of one order; 0: not on it */
};

static void count_order(linli_comparison *s, struct pairs *p, int64_t weight)
{
    if (!linli_add(p->orders, weight, &p->orders)) {
        linli_fail(s, LINLI_RANGE);
        return;
    }
    for (size_t i = 0; i < p->n; i++)
        for (size_t j = 0; j < p->n; j++)
            if (p->place[i] > 0 && (p->place[j] == 0 || p->place[i] < p->place[j]) && i != j)
                p->before[i * p->n + j] += weight;
}

static void count_ballots(linli_comparison *s, struct pairs *p)
{
    const linli_facts *f = s->facts;

    for (size_t b = 0; b < f->ballot_count && s->status == LINLI_OK; b++) {
        const linli_ballot *ballot = &f->ballots[b];

        memset(p->place, 0, p->n * sizeof *p->place);
        for (size_t c = ballot->first; c < (size_t)ballot->first + ballot->count; c++) {
            size_t at = c < f->choice_count && f->choices[c].bid < f->bid_count
                            ? linli_entry_at(s, f->bids[f->choices[c].bid].key)
                            : p->n;
            if (at < p->n && f->choices[c].rank > 0)
                p->place[at] = f->choices[c].rank;
        }
        if (ballot->weight < 0)
            linli_fail(s, LINLI_FACTS);
        else
            count_order(s, p, ballot->weight);
    }
}

static size_t marks_kept(const linli_comparison *s)
{
    size_t n = 0;

    for (size_t i = 0; i < s->count; i++)
        n += (size_t)linli_tally_at(s, &s->list[i], 0)->members;
    return n;
}

/* Every evaluator once; gives how many there are. */
static size_t evaluators_of(linli_comparison *s, uint64_t *list)
{
    size_t n = 0;

    for (size_t m = 0, kept = marks_kept(s); m < kept; m++) {
        size_t i = 0;

        while (i < n && list[i] != s->by[m])
            i++;
        list[i] = s->by[m];
        n += i == n;
    }
    return n;
}

/* A bid without a place of everybody waits, and so do places out of range. */
static void places_stand(linli_comparison *s, int64_t evaluators)
{
    int64_t most = (int64_t)s->facts->bid_count;

    for (size_t i = 0; i < s->count; i++) {
        linli_entry *e = &s->list[i];
        const linli_tally *t = linli_tally_at(s, e, 0);

        if (t->members < evaluators || evaluators == 0)
            linli_tell(s, e,
                       LINLI_LINE(M_NO_PLACE, linli_count(evaluators), linli_count(evaluators - t->members)));
        else if (t->low < 1 || t->high > most)
            linli_tell(s, e, LINLI_LINE(M_PLACE_RANGE, linli_count(most)));
        else
            continue;
        e->unsettled = true;
    }
}

static void count_judges(linli_comparison *s, struct pairs *p, const uint64_t *evaluator, size_t count)
{
    for (size_t m = 0; m < count && s->status == LINLI_OK; m++) {
        memset(p->place, 0, p->n * sizeof *p->place);
        for (size_t i = 0; i < p->n; i++) {
            const linli_tally *t = linli_tally_at(s, &s->list[i], 0);
            for (int64_t k = 0; k < t->members; k++)
                if (s->by[t->first + (size_t)k] == evaluator[m] && !s->list[i].unsettled)
                    p->place[i] = s->values[t->first + (size_t)k];
        }
        count_order(s, p, 1);
    }
}

/* Widest paths, one bid more allowed on the way each time. */
static void strongest_paths(struct pairs *p)
{
    size_t n = p->n;

    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            p->path[i * n + j] = p->before[i * n + j] > p->before[j * n + i] ? p->before[i * n + j] : 0;
    for (size_t via = 0; via < n; via++)
        for (size_t i = 0; i < n; i++) {
            int64_t first = p->path[i * n + via];
            for (size_t j = 0; j < n && first > 0; j++) {
                int64_t weakest = first < p->path[via * n + j] ? first : p->path[via * n + j];
                if (weakest > p->path[i * n + j] && i != j)
                    p->path[i * n + j] = weakest;
            }
        }
}

static void pairs_open(linli_comparison *s, const struct options *o, struct pairs *p)
{
    static const linli_judged place = {.code = "place", .most = {INT64_MAX}};
    uint64_t *evaluator = LINLI_NEW(s->ask, uint64_t, s->facts->mark_count);

    *p = (struct pairs){.n = s->count,
                        .before = LINLI_NEW(s->ask, int64_t, s->count * s->count),
                        .path = LINLI_NEW(s->ask, int64_t, s->count * s->count),
                        .place = LINLI_NEW(s->ask, int64_t, s->count)};
    if (!p->before || !p->path || !p->place || !evaluator)
        linli_fail(s, LINLI_NOMEM);
    if (o->by == JUDGES)
        linli_marks_read(s, (linli_list){&place, 1}, true);
    if (s->status != LINLI_OK)
        return;
    if (o->by == JUDGES) {
        size_t count = evaluators_of(s, evaluator);
        places_stand(s, (int64_t)count);
        count_judges(s, p, evaluator, count);
    } else {
        count_ballots(s, p);
    }
    if (o->method == SCHULZE)
        strongest_paths(p);
}

/* ---- points and ranks ------------------------------------------------------------ */

/* Twice the Borda points of a bid: 2 for each it is before, 1 for each it is level with. */
static linli_wide borda_twice(const struct pairs *p, size_t i)
{
    linli_wide sum = 0;

    for (size_t j = 0; j < p->n; j++)
        if (j != i)
            sum += p->orders + p->before[i * p->n + j] - p->before[j * p->n + i];
    return sum;
}

static void borda_part(linli_comparison *s, const struct pairs *p, size_t i)
{
    linli_part *part = linli_part_new(s, &s->list[i], "place");

    if (!linli_div(borda_twice(p, i) * LINLI_POINT, 2, LINLI_HALF_UP, &part->points.micro))
        linli_fail(s, LINLI_RANGE);
    part->raw = part->points;
    for (size_t j = 0; j < p->n && p->n <= SPELLED_OUT; j++)
        if (j != i && !s->list[j].unsettled)
            linli_explain(
                s, part,
                LINLI_LINE(M_BORDA_FROM, linli_of_bid(s->list[j].bid->key),
                           linli_count(p->before[i * p->n + j]),
                           linli_count(p->orders - p->before[i * p->n + j] - p->before[j * p->n + i])));
    linli_explain(s, part, LINLI_LINE(M_BORDA, linli_count(p->orders), linli_score(part->points)));
}

/* A point for each bid it beats by strongest paths. */
static void schulze_part(linli_comparison *s, const struct pairs *p, size_t i)
{
    linli_part *part = linli_part_new(s, &s->list[i], "place");
    size_t n = p->n;
    int64_t wins = 0, losses = 0, others = 0;

    for (size_t j = 0; j < n; j++) {
        int64_t there = p->path[i * n + j], back = p->path[j * n + i];

        if (j == i || s->list[j].unsettled)
            continue;
        others++;
        wins += there > back;
        losses += there < back;
        if (n <= SPELLED_OUT)
            linli_explain(s, part,
                          LINLI_LINE(M_AGAINST, linli_of_bid(s->list[j].bid->key),
                                     linli_count(p->before[i * n + j]), linli_count(p->before[j * n + i]),
                                     linli_count(there), linli_count(back)));
    }
    part->raw.micro = part->points.micro = wins * LINLI_POINT;
    linli_explain(
        s, part,
        LINLI_LINE(M_WINS, linli_count(wins), linli_count(losses), linli_count(others - wins - losses)));
}

/* Those nobody who is left beats go first, all together; then the same again.
 * Being before is transitive, so this order keeps every victory. */
static void schulze_levels(linli_comparison *s, const struct pairs *p)
{
    size_t n = p->n, left = 0;

    for (size_t i = 0; i < n; i++)
        left += !s->list[i].unsettled;
    for (int64_t level = 1; left > 0; level++) {
        for (size_t i = 0; i < n; i++) {
            bool beaten = s->list[i].unsettled || s->list[i].key[0] != 0;

            for (size_t j = 0; j < n && !beaten; j++)
                beaten = !s->list[j].unsettled && (s->list[j].key[0] == 0 || s->list[j].key[0] == -level) &&
                         p->path[j * n + i] > p->path[i * n + j];
            if (!beaten) {
                s->list[i].key[0] = -level;
                left--;
            }
        }
    }
}

static linli_status evaluate(linli_ask *ask, const void *options, const linli_facts *facts,
                             const linli_admissions *admitted, linli_evaluation *out)
{
    static const linli_line said[] = {{0}, {.message = M_BY_BORDA}, {.message = LINLI_M_TIE}};
    static const linli_line shared[] = {{0}, {.message = LINLI_M_TIE}};
    const struct options *o = options;
    bool borda_next = o->method == SCHULZE && o->tie == 1;
    linli_ranking by = {NULL, linli_by_keys, borda_next ? 2 : 1, borda_next ? said : shared};
    linli_comparison s;
    struct pairs p;

    linli_compare_open(&s, ask, facts, admitted, 1);
    pairs_open(&s, o, &p);
    if (o->by == JUDGES)
        linli_conflicts(&s);
    for (size_t i = 0; i < s.count && s.status == LINLI_OK; i++) {
        s.list[i].compared.minor = 0;
        if (s.list[i].unsettled)
            continue;
        if (o->method == BORDA)
            borda_part(&s, &p, i);
        else
            schulze_part(&s, &p, i);
        if (s.status == LINLI_OK && !linli_div(borda_twice(&p, i), 1, LINLI_DOWN, &s.list[i].key[o->method]))
            linli_fail(&s, LINLI_RANGE);
    }
    if (s.status == LINLI_OK && o->method == SCHULZE)
        schulze_levels(&s, &p);
    linli_totals(&s);
    linli_rank(&s, &by, NULL);
    if (s.status == LINLI_OK && s.count > 0 && p.orders == 0 &&
        !linli_say(ask, &out->why, (linli_line){.message = M_NOBODY}))
        s.status = LINLI_NOMEM;
    return linli_compare_close(&s, LINLI_ORDER, out);
}

/* clang-format off */
static const linli_about about = {
    .id = "ranking", .version = "1.1.0", .opens = "1.0.0",
    .name    = { "排序法", "ranking" },
    .summary = { "由评委或选票的排序得出名次：波达计数或舒尔茨法", "orders of evaluators or voters become one, by Borda or Schulze" },
    .basis   = { "征集文件约定", "as the call says" },
    .author = "Linli maintainers", .licence = "Apache-2.0",
};
static const char *const examples[] = { "{}", "{\"method\":\"schulze\",\"by\":\"ballots\",\"tie\":\"borda\"}", "{\"method\":\"schulze\"}", NULL };
static const linli_scheme ranking = {
    .size = sizeof(linli_scheme), .gives = LINLI_ORDER, .about = &about,
    .options = table, .option_count = sizeof table / sizeof table[0], .options_size = sizeof(struct options),
    .messages = messages, .message_count = MESSAGES, .examples = examples,
    .check = check, .criteria = criteria, .evaluate = evaluate,
};
/* clang-format on */

static const linli_scheme *const schemes[] = {&ranking, NULL};

const linli_module linli_exports = LINLI_MODULE(.schemes = schemes);
