/*
 * equal_shares - 均等份额法 (Method of Equal Shares).
 *
 * Every voter gets the same share of the budget.  Again and again, of the
 * projects whose supporters can still pay for them, the one is bought that asks
 * least of them for what it gives; each supporter pays the same, or all that is
 * left.  `add1` raises the shares step by step, since what is left over is lost
 * otherwise; `add1u` spends the rest on the projects with most votes.
 *
 * Exact: every purse is known as an interval of fixed-point numbers, and where
 * two intervals overlap the question is settled in rationals (GMP).  So ties
 * are ties and 70/17 is not 4.
 */
#include <gmp.h>
#include <string.h>

#include "linli/math.h"

enum { UTILITY_COST, UTILITY_CARDINALITY };
enum { COMPLETE_NONE, COMPLETE_ADD1, COMPLETE_ADD1U };
enum { READ_LAST, READ_FIRST };
enum { BY_LOW_COST, BY_VOTES, BY_NUMBER, BY_DRAW, BY_NOTHING };

/* Purses looked at (a project or a run counts for some) before the question is
 * answered with a refusal: some ten seconds' work, counted so that every machine
 * gives up at the same step. */
#define WORK_MAX INT64_C(2000000000)

struct options {
    int32_t utility, completion, reading;
    linli_money increment;
    linli_list ties; /* of int32_t, BY_LOW_COST.. */
};

enum {
    M_VOTES,
    M_TIES_END,
    M_TIES_TWICE,
    M_CHOSEN,
    M_EFFECTIVE,
    M_FRACTION,
    M_BY_LOW_COST,
    M_BY_VOTES,
    M_BY_NUMBER,
    M_BY_DRAW,
    M_GREEDY,
    M_NOBODY,
    M_ABOVE,
    M_NO_USE,
    M_SHORT,
    M_NO_ROOM,
    M_SHARE,
    M_NO_VOTERS,
    M_RAISED,
    M_STOP_ABOVE,
    M_STOP_FULL,
    M_STOP_ALL,
    M_TOTAL,
    M_DRAW,
    M_TOO_LONG,
    MESSAGES
};

/* clang-format off */
static const linli_message messages[MESSAGES] = {
    [M_VOTES]       = { "votes", { "{1} 票支持", "{1} votes" }, NULL },
    [M_TIES_END]    = { "ties_end", { "并列规则须以 number（编号）或 draw（抽签）结尾", "the tie rules must end with number or draw" }, NULL },
    [M_TIES_TWICE]  = { "ties_twice", { "并列规则 {1} 重复", "tie rule {1} is named twice" }, NULL },
    [M_CHOSEN]      = { "chosen", { "第 {1} 个入选：{2} 票共同承担 {3}，每票至多 {4}，其中 {5} 票用尽余额", "bought as number {1}: {2} votes pay {3}, each at most {4}; {5} of them give all they have left" }, NULL },
    [M_EFFECTIVE]   = { "effective", { "有效票数 {1}", "effective votes {1}" }, NULL },
    [M_FRACTION]    = { "effective_fraction", { "有效票数 {1}（{2}/{3}）", "effective votes {1} ({2}/{3})" }, NULL },
    [M_BY_LOW_COST] = { "by_low_cost", { "有效票数相同，所需资金少者在先", "equal effective votes: the lower cost goes first" }, NULL },
    [M_BY_VOTES]    = { "by_votes", { "有效票数相同，得票多者在先", "equal effective votes: more votes go first" }, NULL },
    [M_BY_NUMBER]   = { "by_number", { "有效票数相同，编号小者在先", "equal effective votes: the lower number goes first" }, NULL },
    [M_BY_DRAW]     = { "by_draw", { "有效票数相同，按公开抽签的次序", "equal effective votes: as publicly drawn" }, NULL },
    [M_GREEDY]      = { "by_rest", { "第 {1} 个入选：按得票数使用余款，余款 {2}，所需 {3}", "taken as number {1} from what was left, by votes: {2} left, cost {3}" }, NULL },
    [M_NOBODY]      = { "no_votes", { "没有人支持", "nobody supports it" }, NULL },
    [M_ABOVE]       = { "above_budget", { "所需 {1} 超过全部预算 {2}", "it costs {1}, more than the whole budget of {2}" }, NULL },
    [M_NO_USE]      = { "no_cost", { "所需资金为零，按资金效用不参与购买", "it costs nothing and so has no cost utility" }, NULL },
    [M_SHORT]       = { "short", { "支持者余额合计 {1}，不足所需 {2}", "its supporters have {1} left and it costs {2}" }, NULL },
    [M_NO_ROOM]     = { "no_room", { "余款 {1} 不足所需 {2}", "{1} is left over and it costs {2}" }, NULL },
    [M_SHARE]       = { "share", { "{1} 票均分预算 {2}，每票 {3}", "{1} votes share the budget of {2} equally: {3} each" }, NULL },
    [M_NO_VOTERS]   = { "no_voters", { "没有选票", "there are no ballots" }, NULL },
    [M_RAISED]      = { "raised", { "每票份额逐次增加 {1}，采用第 {2} 次的结果，每票 {3}", "the share was raised by {1} again and again; the outcome of step {2} stands, with {3} each" }, NULL },
    [M_STOP_ABOVE]  = { "stop_above", { "再增加一次，入选项目将超出预算", "one more step would exceed the budget" }, NULL },
    [M_STOP_FULL]   = { "stop_exhaustive", { "余款已不足以再支持任何项目", "what is left pays for no further project" }, NULL },
    [M_STOP_ALL]    = { "stop_all", { "有人支持的项目均已入选", "every supported project is in" }, NULL },
    [M_TOTAL]       = { "total", { "入选 {1} 项，合计 {2}，结余 {3}", "{1} projects for {2} in all, {3} left over" }, NULL },
    [M_DRAW]        = { "draw", { "条件完全相同，待公开抽签；一次抽签定全部次序", "equal in everything: a public draw is needed, one for all projects and all steps" }, NULL },
    [M_TOO_LONG]    = { "too_long", { "份额增加 {1} 次仍无结果：每次增加额 {2} 过小，未作决定", "{1} steps brought no end: steps of {2} are too small, nothing was decided" }, NULL },
};

static const linli_text utility_labels[] = { { "按资金", "cost" }, { "按项目数", "cardinality" }, { NULL, NULL } };
static const char *const utility_codes[] = { "cost", "cardinality", NULL };
static const linli_text completion_labels[] = { { "不补足", "none" }, { "增加份额", "raise the shares" }, { "增加份额，余款按票数", "raise the shares, the rest by votes" }, { NULL, NULL } };
static const char *const completion_codes[] = { "none", "add1", "add1u", NULL };
static const linli_text reading_labels[] = { { "超出预算前的最后结果", "the last outcome within the budget" }, { "首个余款不足以再支持任何项目的结果", "the first outcome that exhausts the budget" }, { NULL, NULL } };
static const char *const reading_codes[] = { "last_within_budget", "first_exhaustive", NULL };
static const linli_text tie_labels[] = { { "所需资金少者", "lower cost" }, { "得票多者", "more votes" }, { "编号小者", "lower number" }, { "公开抽签", "public draw" }, { NULL, NULL } };
static const char *const tie_codes[] = { "low_cost", "votes", "number", "draw", NULL };

static const linli_option tie_item[] = {
    { .name = "", .type = LINLI_OPT_CHOICE, .required = true, .low = 0, .high = 3, .choices = tie_labels, .codes = tie_codes,
      .label = { "规则", "rule" }, .help = { "前一规则仍并列时适用", "used where the one before leaves a tie" } },
};
static const linli_option table[] = {
    { .name = "utility", .type = LINLI_OPT_CHOICE, .offset = offsetof(struct options, utility), .low = 0, .high = 1,
      .initial = "cost", .choices = utility_labels, .codes = utility_codes,
      .label = { "效用", "utility" }, .help = { "居民从入选项目得到的效用：项目资金，或每个项目算一", "what a voter gets from a project: its cost, or one" } },
    { .name = "completion", .type = LINLI_OPT_CHOICE, .offset = offsetof(struct options, completion), .low = 0, .high = 2,
      .initial = "add1", .choices = completion_labels, .codes = completion_codes,
      .label = { "补足", "completion" }, .help = { "余款如何使用", "what becomes of the money left over" } },
    { .name = "reading", .type = LINLI_OPT_CHOICE, .offset = offsetof(struct options, reading), .low = 0, .high = 1,
      .initial = "last_within_budget", .choices = reading_labels, .codes = reading_codes,
      .label = { "停止条件", "reading" }, .help = { "增加份额到何时为止", "where raising the shares ends" } },
    { .name = "increment", .type = LINLI_OPT_MONEY, .offset = offsetof(struct options, increment), .low = 1, .high = INT64_C(100000000000000),
      .initial = "1.00",
      .label = { "每次增加额", "increment" }, .help = { "每票份额每次增加多少；不同增加额可能得出不同结果", "how much each share grows in a step; the outcome may depend on it" } },
    { .name = "ties", .type = LINLI_OPT_LIST, .offset = offsetof(struct options, ties), .low = 1, .high = 4,
      .initial = "[\"low_cost\",\"votes\",\"draw\"]", .item = tie_item, .item_count = 1, .item_size = sizeof(int32_t),
      .label = { "并列规则", "ties" }, .help = { "依次适用，须以编号或抽签结尾", "applied in order; the last must be number or draw" } },
};
/* clang-format on */

/* ---- the count ---------------------------------------------------------- */

/* Voters with the same remaining money share a purse. */
struct purse {
    linli_wide lo, hi;        /* what is left to each, in 2^-shift fen */
    uint32_t parent, payment; /* exact: the parent's money less that payment */
    uint32_t run;             /* `exact` belongs to this run; 0: to none */
    bool ready;               /* `exact` is initialised */
    mpq_t exact;
};
enum { EMPTY, FULL };

struct share {
    uint32_t purse;
    int64_t weight; /* votes that have this purse */
};

struct project {
    const linli_bid *bid;
    int64_t cost, votes;
    uint32_t *kinds; /* kinds of ballot that approve it */
    uint32_t kind_count;
    bool able;        /* may be bought at all */
    linli_wide bound; /* a payment it surely asks at least */
    int32_t order;    /* when it was bought in this run; 0: not */
    bool greedy;
    int64_t room; /* what was left when it was taken or passed over by votes */
};

/* What a project asks of each of its supporters who can pay it; the `poor` give
 * all they have. */
struct payment {
    struct project *project;
    struct share *poor;
    size_t poor_count;
    int64_t payers, poor_votes;
    linli_wide lo, hi;
    int32_t tie; /* the rule that chose it, or BY_NOTHING */
    uint32_t run;
    bool ready;
    mpq_t exact;
};

struct count {
    const struct options *o;
    const linli_draw *draw;
    int64_t budget, voters;
    struct project *projects, **active;
    size_t project_count, active_count;
    int64_t *weights; /* of each kind of ballot */
    uint32_t *held;   /* the purse of each kind */
    size_t kind_count;
    struct purse *purses;
    uint32_t purse_count, purse_room, *child;
    int64_t *behind; /* by purse; zero between uses */
    struct payment *payments, *asked, *best;
    size_t payment_count;
    struct share *pool;
    size_t pool_count;
    mpq_t scratch, sum;
    linli_wide money; /* all shares together, in fen */
    int shift;
    uint32_t run;
    int64_t spent, work;
    bool tied;
};

static int bits_of(linli_wide n)
{
    int bits = 0;

    for (; n > 0; n >>= 1)
        bits++;
    return bits;
}

static void exact_from_wide(mpq_t out, linli_wide n)
{
    mpq_set_ui(out, (unsigned long)(uint64_t)(n >> 64), 1);
    mpq_mul_2exp(out, out, 64);
    mpz_add_ui(mpq_numref(out), mpq_numref(out), (unsigned long)(uint64_t)n);
}

/* The fixed-point interval of an exact number, one unit wide at most. */
static void exact_interval(struct count *c, const mpq_t exact, linli_wide *lo, linli_wide *hi)
{
    mpz_ptr whole = mpq_numref(c->scratch), rest = mpq_denref(c->scratch);
    uint64_t low;

    mpz_mul_2exp(whole, mpq_numref(exact), (mp_bitcnt_t)c->shift);
    mpz_fdiv_qr(whole, rest, whole, mpq_denref(exact));
    low = mpz_get_ui(whole);
    mpz_fdiv_q_2exp(whole, whole, 64);
    *lo = ((linli_wide)mpz_get_ui(whole) << 64) | low;
    *hi = *lo + (mpz_sgn(rest) != 0);
    mpq_set_ui(c->scratch, 0, 1);
}

static void payment_exact(struct count *c, struct payment *p);

/* Recursion ends: a payment looks at purses made before it, a purse at the
 * payment that made it.  Depth: two for each project bought. */
static void purse_exact(struct count *c, uint32_t at)
{
    struct purse *p = &c->purses[at];

    if (p->run == c->run)
        return;
    if (!p->ready)
        mpq_init(p->exact);
    p->ready = true;
    if (at == EMPTY) {
        mpq_set_ui(p->exact, 0, 1);
    } else if (at == FULL) {
        exact_from_wide(p->exact, c->money);
        mpq_set_si(c->scratch, c->voters, 1);
        mpq_div(p->exact, p->exact, c->scratch);
    } else {
        purse_exact(c, p->parent);
        payment_exact(c, &c->payments[p->payment]);
        mpq_sub(p->exact, c->purses[p->parent].exact, c->payments[p->payment].exact);
        exact_interval(c, p->exact, &p->lo, &p->hi);
    }
    p->run = c->run;
}

static void payment_exact(struct count *c, struct payment *p)
{
    if (p->run == c->run)
        return;
    if (!p->ready)
        mpq_init(p->exact);
    p->ready = true;
    mpq_set_si(p->exact, p->project->cost, 1);
    for (size_t i = 0; i < p->poor_count; i++) {
        purse_exact(c, p->poor[i].purse);
        mpq_set_si(c->scratch, p->poor[i].weight, 1);
        mpq_mul(c->scratch, c->scratch, c->purses[p->poor[i].purse].exact);
        mpq_sub(p->exact, p->exact, c->scratch);
    }
    mpq_set_si(c->scratch, p->payers, 1);
    mpq_div(p->exact, p->exact, c->scratch);
    p->run = c->run;
}

/* The purses behind a project, each once, into p->poor; what they hold together. */
static size_t purses_behind(struct count *c, const struct project *project, struct share *out, linli_wide *lo,
                            linli_wide *hi)
{
    size_t n = 0;

    for (uint32_t i = 0; i < project->kind_count; i++) {
        uint32_t purse = c->held[project->kinds[i]];
        if (c->behind[purse] == 0)
            out[n++].purse = purse;
        c->behind[purse] += c->weights[project->kinds[i]];
    }
    *lo = *hi = 0;
    c->work += 20 + project->kind_count;
    for (size_t i = 0; i < n; i++) {
        const struct purse *p = &c->purses[out[i].purse];
        out[i].weight = c->behind[out[i].purse];
        c->behind[out[i].purse] = 0;
        *lo += p->lo * out[i].weight;
        *hi += p->hi * out[i].weight;
    }
    return n;
}

static void make_poor(struct payment *p, size_t at)
{
    struct share s = p->poor[at];

    p->poor[at] = p->poor[p->poor_count];
    p->poor[p->poor_count++] = s;
    p->payers -= s.weight;
    p->poor_votes += s.weight;
}

enum { NO, YES, UNSURE };

/* Who is poor, and what the others pay.  Whoever has less than an equal part of
 * the rest is poor; that raises the part, so look again until nobody is new. */
static int settle_intervals(struct count *c, struct payment *p, size_t n)
{
    linli_wide cost = (linli_wide)p->project->cost << c->shift, rest_lo = cost, rest_hi = cost;

    for (bool again = true; again;) {
        again = false;
        p->lo = rest_lo / p->payers;
        p->hi = rest_hi / p->payers + (rest_hi % p->payers != 0);
        for (size_t i = p->poor_count; i < n; i++) {
            const struct share s = p->poor[i];
            const struct purse *purse = &c->purses[s.purse];
            if (purse->lo >= p->hi)
                continue;
            if (purse->hi >= p->lo)
                return UNSURE;
            make_poor(p, i);
            rest_lo -= purse->hi * s.weight;
            rest_hi -= purse->lo * s.weight;
            again = true;
        }
    }
    return YES;
}

/* The same in rationals. */
static int settle_exact(struct count *c, struct payment *p, size_t n)
{
    mpq_set_si(c->sum, -p->project->cost, 1);
    for (size_t i = 0; i < n; i++) {
        purse_exact(c, p->poor[i].purse);
        mpq_set_si(c->scratch, p->poor[i].weight, 1);
        mpq_mul(c->scratch, c->scratch, c->purses[p->poor[i].purse].exact);
        mpq_add(c->sum, c->sum, c->scratch);
    }
    if (mpq_sgn(c->sum) < 0)
        return NO;
    for (bool again = true; again;) {
        again = false;
        p->run = 0;
        payment_exact(c, p);
        for (size_t i = p->poor_count; i < n; i++)
            if (mpq_cmp(c->purses[p->poor[i].purse].exact, p->exact) < 0) {
                make_poor(p, i);
                again = true;
            }
    }
    exact_interval(c, p->exact, &p->lo, &p->hi);
    return YES;
}

/* What the project would ask of its supporters now; false: they cannot pay. */
static bool payment_ask(struct count *c, struct project *project, struct payment *p)
{
    linli_wide have_lo, have_hi, cost = (linli_wide)project->cost << c->shift;
    size_t n = purses_behind(c, project, p->poor, &have_lo, &have_hi);
    int can = have_hi < cost ? NO : UNSURE;

    p->project = project;
    p->run = 0;
    p->poor_count = 0;
    p->poor_votes = 0;
    p->payers = project->votes;
    if (have_lo >= cost)
        can = settle_intervals(c, p, n);
    if (can == UNSURE) {
        p->poor_count = 0;
        p->poor_votes = 0;
        p->payers = project->votes;
        can = settle_exact(c, p, n);
    }
    return can == YES;
}

static int64_t use_of(const struct count *c, const struct project *p)
{
    return c->o->utility == UTILITY_COST ? p->cost : 1;
}

static int sign_of(linli_wide a, linli_wide b)
{
    return (a > b) - (a < b);
}

/* Which asks less for its use: negative, the first. */
static int payment_compare(struct count *c, struct payment *a, struct payment *b)
{
    int64_t use_a = use_of(c, a->project), use_b = use_of(c, b->project);

    if (a->hi * use_b < b->lo * use_a)
        return -1;
    if (a->lo * use_b > b->hi * use_a)
        return 1;
    if (a->poor_count == 0 && b->poor_count == 0)
        return c->o->utility == UTILITY_COST ? sign_of(b->payers, a->payers)
                                             : sign_of((linli_wide)a->project->cost * b->payers,
                                                       (linli_wide)b->project->cost * a->payers);
    payment_exact(c, a);
    payment_exact(c, b);
    mpq_set_si(c->scratch, use_b, 1);
    mpq_mul(c->sum, a->exact, c->scratch);
    mpq_set_si(c->scratch, use_a, 1);
    mpq_mul(c->scratch, b->exact, c->scratch);
    return mpq_cmp(c->sum, c->scratch);
}

/* ---- ties --------------------------------------------------------------- */

static const int32_t default_ties[] = {BY_LOW_COST, BY_VOTES, BY_DRAW};

static const int32_t *tie_rules(const struct options *o, size_t *count)
{
    *count = o->ties.count ? o->ties.count : sizeof default_ties / sizeof default_ties[0];
    return o->ties.count ? o->ties.items : default_ties;
}

static size_t drawn_at(const linli_draw *draw, uint64_t key)
{
    size_t i = 0;

    while (i < draw->count && draw->keys[i] != key)
        i++;
    return i;
}

static int number_compare(const linli_bid *a, const linli_bid *b)
{
    return a->number != b->number ? sign_of(a->number, b->number)
                                  : sign_of((linli_wide)a->key, (linli_wide)b->key);
}

/* Negative: a goes first.  0: only a draw that did not take place can say;
 * *rule names the rule that spoke. */
static int tie_compare(const struct count *c, const struct project *a, const struct project *b, int32_t *rule)
{
    size_t n;
    const int32_t *rules = tie_rules(c->o, &n);
    int order = 0;

    for (size_t i = 0; i < n && order == 0; i++) {
        *rule = rules[i];
        switch (rules[i]) {
        case BY_LOW_COST:
            order = sign_of(a->cost, b->cost);
            break;
        case BY_VOTES:
            order = sign_of(b->votes, a->votes);
            break;
        case BY_NUMBER:
            order = number_compare(a->bid, b->bid);
            break;
        default:
            if (!c->draw)
                return 0;
            order = sign_of((linli_wide)drawn_at(c->draw, a->bid->key),
                            (linli_wide)drawn_at(c->draw, b->bid->key));
        }
    }
    return order;
}

/* ---- one run ------------------------------------------------------------ */

static bool bound_before(const struct count *c, const struct project *a, const struct project *b)
{
    return a->bound * use_of(c, b) < b->bound * use_of(c, a);
}

/* Nearly sorted already, so insertion is linear in practice. */
static void sort_active(struct count *c)
{
    for (size_t i = 1; i < c->active_count; i++) {
        struct project *p = c->active[i];
        size_t at = i;
        for (; at > 0 && bound_before(c, p, c->active[at - 1]); at--)
            c->active[at] = c->active[at - 1];
        c->active[at] = p;
    }
}

/* Takes c->asked as the best so far if it is. */
static void challenge(struct count *c, bool first)
{
    int32_t rule = BY_NOTHING;
    int order = first ? -1 : payment_compare(c, c->asked, c->best);
    struct payment *p = c->asked;

    if (order < 0)
        c->tied = false;
    p->tie = BY_NOTHING;
    if (order == 0) {
        order = tie_compare(c, p->project, c->best->project, &rule);
        c->tied |= order == 0;
        if (order < 0)
            c->tied = false;
        p->tie = rule;
        if (order > 0 && c->best->tie == BY_NOTHING)
            c->best->tie = rule;
    }
    if (order < 0) {
        c->asked = c->best;
        c->best = p;
    }
}

/* The project to buy now into c->best; false: none can be paid.  Payments only
 * grow while a run goes on, so what a project asked last bounds what it asks. */
static bool choose(struct count *c)
{
    bool found = false;
    size_t kept = 0, i = 0;

    c->tied = false;
    sort_active(c);
    for (; i < c->active_count; i++) {
        struct project *p = c->active[i];
        if (found && p->bound * use_of(c, c->best->project) > c->best->hi * use_of(c, p))
            break;
        if (!payment_ask(c, p, c->asked))
            continue;
        p->bound = c->asked->lo;
        challenge(c, !found);
        found = true;
        c->active[kept++] = p;
    }
    for (; i < c->active_count; i++)
        c->active[kept++] = c->active[i];
    c->active_count = kept;
    return found;
}

static void charge(struct count *c, uint32_t kind, uint32_t order)
{
    const struct payment *p = &c->payments[order];
    uint32_t from = c->held[kind];
    struct purse *left;

    if (c->child[from] == UINT32_MAX) {
        left = &c->purses[c->purse_count];
        left->parent = from;
        left->payment = order;
        left->run = 0;
        left->lo = c->purses[from].lo > p->hi ? c->purses[from].lo - p->hi : 0;
        left->hi = c->purses[from].hi - p->lo;
        c->child[c->purse_count] = UINT32_MAX;
        c->child[from] = c->purse_count++;
    }
    c->held[kind] = c->child[from];
}

static void buy(struct count *c)
{
    uint32_t order = (uint32_t)c->payment_count++;
    struct payment *p = &c->payments[order];
    const struct payment *best = c->best;
    uint32_t before = c->purse_count;

    p->project = best->project;
    p->poor = c->pool + c->pool_count;
    p->poor_count = best->poor_count;
    p->poor_votes = best->poor_votes;
    p->payers = best->payers;
    p->lo = best->lo;
    p->hi = best->hi;
    p->tie = best->tie;
    p->run = 0;
    for (size_t i = 0; i < p->poor_count; i++) {
        p->poor[i] = best->poor[i];
        c->child[p->poor[i].purse] = EMPTY;
    }
    c->pool_count += p->poor_count;
    for (uint32_t i = 0; i < p->project->kind_count; i++)
        charge(c, p->project->kinds[i], order);
    for (uint32_t i = 0; i < before; i++)
        c->child[i] = UINT32_MAX;
    p->project->order = (int32_t)c->payment_count;
    c->spent += p->project->cost;
    for (size_t i = 0; i < c->active_count; i++)
        if (c->active[i] == p->project) {
            c->active_count--;
            for (; i < c->active_count; i++)
                c->active[i] = c->active[i + 1];
        }
}

static void start(struct count *c, int64_t step)
{
    int64_t dearest = 0;
    int room;

    c->run++;
    c->work += 100 + (int64_t)c->project_count;
    c->money = c->budget + (linli_wide)step * c->o->increment.minor * c->voters;
    c->active_count = c->payment_count = c->pool_count = 0;
    c->spent = 0;
    c->tied = false;
    for (size_t i = 0; i < c->project_count; i++)
        if (c->projects[i].able && c->projects[i].cost > dearest)
            dearest = c->projects[i].cost;
    room = 2 * bits_of(dearest) > bits_of(c->money) ? 2 * bits_of(dearest) : bits_of(c->money);
    c->shift = 124 - room < 60 ? 124 - room : 60;
    for (size_t i = 0; i < c->project_count; i++) {
        struct project *p = &c->projects[i];
        p->order = 0;
        if (!p->able)
            continue;
        p->bound = ((linli_wide)p->cost << c->shift) / p->votes;
        c->active[c->active_count++] = p;
    }
    for (size_t i = 0; i < c->kind_count; i++)
        c->held[i] = FULL;
    c->purse_count = 2;
    c->child[EMPTY] = c->child[FULL] = UINT32_MAX;
    c->purses[EMPTY].lo = c->purses[EMPTY].hi = 0;
    c->purses[FULL].lo = (c->money << c->shift) / c->voters;
    c->purses[FULL].hi = c->purses[FULL].lo + ((c->money << c->shift) % c->voters != 0);
    c->purses[EMPTY].run = c->purses[FULL].run = 0;
}

/* False: a draw is needed first. */
static bool run(struct count *c, int64_t step)
{
    start(c, step);
    while (choose(c)) {
        if (c->tied)
            return false;
        buy(c);
    }
    return true;
}

/* ---- completion --------------------------------------------------------- */

static bool exhaustive(const struct count *c)
{
    for (size_t i = 0; i < c->project_count; i++) {
        const struct project *p = &c->projects[i];
        if (!p->order && p->able && p->cost <= c->budget - c->spent)
            return false;
    }
    return true;
}

static bool all_in(const struct count *c)
{
    for (size_t i = 0; i < c->project_count; i++)
        if (c->projects[i].able && !c->projects[i].order)
            return false;
    return true;
}

enum { DONE = 0, NEEDS_DRAW = 1, TOO_LONG = 2 };

/* Raises the shares; leaves the count as the step that stands left it. */
static int raise_shares(struct count *c, int64_t *step, int *stop)
{
    for (*step = 0; c->work <= WORK_MAX; ++*step) {
        if (!run(c, *step))
            return NEEDS_DRAW;
        if (c->spent > c->budget) {
            *stop = M_STOP_ABOVE;
            --*step;
            return run(c, *step) ? DONE : NEEDS_DRAW;
        }
        if (all_in(c)) {
            *stop = M_STOP_ALL;
            return DONE;
        }
        if (c->o->reading == READ_FIRST && exhaustive(c)) {
            *stop = M_STOP_FULL;
            return DONE;
        }
    }
    return TOO_LONG;
}

/* Spends the rest by votes, skipping what does not fit. */
static bool spend_rest(struct count *c)
{
    int32_t order = (int32_t)c->payment_count, rule;

    c->active_count = 0;
    for (size_t i = 0; i < c->project_count; i++)
        if (c->projects[i].able && !c->projects[i].order)
            c->active[c->active_count++] = &c->projects[i];
    while (c->active_count > 0) {
        struct project *best = c->active[0];
        size_t at = 0;
        bool tied = false;

        for (size_t i = 1; i < c->active_count; i++) {
            struct project *p = c->active[i];
            int better = sign_of(best->votes, p->votes);
            if (better == 0 && (better = tie_compare(c, p, best, &rule)) == 0)
                tied = true;
            if (better < 0) {
                best = p;
                at = i;
                tied = false;
            }
        }
        if (tied)
            return false;
        c->active[at] = c->active[--c->active_count];
        best->room = c->budget - c->spent;
        if (best->cost > best->room)
            continue;
        best->order = ++order;
        best->greedy = true;
        c->spent += best->cost;
    }
    return true;
}

/* ---- facts -------------------------------------------------------------- */

static const linli_bid *bid_find(const linli_facts *facts, uint64_t key)
{
    for (size_t i = 0; i < facts->bid_count; i++)
        if (facts->bids[i].key == key)
            return &facts->bids[i];
    return NULL;
}

static linli_status gather_projects(linli_ask *ask, const linli_facts *facts,
                                    const linli_admissions *admitted, struct count *c)
{
    c->projects = LINLI_NEW(ask, struct project, admitted->count);
    c->active = LINLI_NEW(ask, struct project *, admitted->count);
    if (!c->projects || !c->active)
        return LINLI_NOMEM;
    for (size_t i = 0; i < admitted->count; i++) {
        const linli_bid *bid = bid_find(facts, admitted->items[i].bid);
        if (!admitted->items[i].admitted)
            continue;
        if (!bid || !bid->priced || bid->price.minor < 0 || bid->price.minor >= INT64_C(1) << 50)
            return LINLI_FACTS;
        for (size_t j = 0; j < c->project_count; j++)
            if (c->projects[j].bid == bid)
                return LINLI_FACTS;
        c->projects[c->project_count++] = (struct project){.bid = bid, .cost = bid->price.minor};
    }
    for (size_t i = 1; i < c->project_count; i++) {
        struct project p = c->projects[i];
        size_t at = i;
        for (; at > 0 && c->projects[at - 1].bid->key > p.bid->key; at--)
            c->projects[at] = c->projects[at - 1];
        c->projects[at] = p;
    }
    return LINLI_OK;
}

static void sort_indices(uint32_t *a, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        uint32_t x = a[i], at = i;
        for (; at > 0 && a[at - 1] > x; at--)
            a[at] = a[at - 1];
        a[at] = x;
    }
}

/* A kind of ballot: the projects it approves, ascending, each once. */
struct kind {
    const uint32_t *projects;
    uint32_t count;
};

static uint64_t kind_hash(const uint32_t *a, uint32_t n)
{
    uint64_t h = UINT64_C(14695981039346656037);

    for (uint32_t i = 0; i < n; i++)
        h = (h ^ a[i]) * UINT64_C(1099511628211);
    return h ^ (h >> 29);
}

/* The index of the kind with these projects, found or made. */
static uint32_t kind_at(struct count *c, struct kind *kinds, uint32_t *slots, size_t mask, struct kind k)
{
    size_t at = kind_hash(k.projects, k.count) & mask;

    for (; slots[at]; at = (at + 1) & mask) {
        const struct kind *other = &kinds[slots[at] - 1];
        if (other->count == k.count && memcmp(other->projects, k.projects, k.count * sizeof *k.projects) == 0)
            return slots[at] - 1;
    }
    kinds[c->kind_count] = k;
    slots[at] = (uint32_t)++c->kind_count;
    return slots[at] - 1;
}

/* An approval is a value of 1 or more; what was not admitted falls away. */
static linli_status ballot_read(const linli_facts *facts, const linli_ballot *b, const uint32_t *project_of,
                                uint32_t *out, uint32_t *ret_count)
{
    uint32_t n = 0, kept = 0;

    if (b->weight < 0 || b->first > facts->choice_count || b->count > facts->choice_count - b->first)
        return LINLI_FACTS;
    for (uint32_t i = 0; i < b->count; i++) {
        const linli_choice *choice = &facts->choices[b->first + i];
        if (choice->bid >= facts->bid_count)
            return LINLI_FACTS;
        if (choice->value >= 1 && project_of[choice->bid])
            out[n++] = project_of[choice->bid] - 1;
    }
    sort_indices(out, n);
    for (uint32_t i = 0; i < n; i++)
        if (kept == 0 || out[kept - 1] != out[i])
            out[kept++] = out[i];
    *ret_count = kept;
    return LINLI_OK;
}

static linli_status gather_kinds(linli_ask *ask, const linli_facts *facts, struct count *c,
                                 struct kind *kinds)
{
    size_t mask = 1;
    uint32_t *project_of = LINLI_NEW(ask, uint32_t, facts->bid_count), *slots, n;
    uint32_t *list = LINLI_NEW(ask, uint32_t, facts->choice_count);

    while (mask < 2 * facts->ballot_count + 2)
        mask *= 2;
    slots = LINLI_NEW(ask, uint32_t, mask);
    c->weights = LINLI_NEW(ask, int64_t, facts->ballot_count);
    if (!project_of || !list || !slots || !c->weights)
        return LINLI_NOMEM;
    for (size_t i = 0; i < c->project_count; i++)
        project_of[c->projects[i].bid - facts->bids] = (uint32_t)i + 1;
    for (size_t i = 0; i < facts->ballot_count; i++) {
        uint32_t kind;
        linli_status status = ballot_read(facts, &facts->ballots[i], project_of, list, &n);
        if (status != LINLI_OK)
            return status;
        kind = kind_at(c, kinds, slots, mask - 1, (struct kind){list, n});
        if (kinds[kind].projects == list)
            list += n;
        if (!linli_add(c->weights[kind], facts->ballots[i].weight, &c->weights[kind]) ||
            !linli_add(c->voters, facts->ballots[i].weight, &c->voters) || c->voters >= INT64_C(1) << 40)
            return LINLI_RANGE;
    }
    return LINLI_OK;
}

/* Which kinds approve each project; how many votes that makes. */
static linli_status gather_votes(linli_ask *ask, struct count *c, const struct kind *kinds, size_t *approvals)
{
    for (size_t k = 0; k < c->kind_count; k++)
        for (uint32_t i = 0; i < kinds[k].count && c->weights[k] > 0; i++) {
            c->projects[kinds[k].projects[i]].kind_count++;
            ++*approvals;
        }
    for (size_t i = 0; i < c->project_count; i++) {
        c->projects[i].kinds = LINLI_NEW(ask, uint32_t, c->projects[i].kind_count);
        if (!c->projects[i].kinds)
            return LINLI_NOMEM;
        c->projects[i].kind_count = 0;
    }
    for (size_t k = 0; k < c->kind_count; k++)
        for (uint32_t i = 0; i < kinds[k].count && c->weights[k] > 0; i++) {
            struct project *p = &c->projects[kinds[k].projects[i]];
            p->kinds[p->kind_count++] = (uint32_t)k;
            p->votes += c->weights[k];
        }
    for (size_t i = 0; i < c->project_count; i++) {
        struct project *p = &c->projects[i];
        p->able = p->votes > 0 && p->cost <= c->budget && use_of(c, p) > 0;
    }
    return LINLI_OK;
}

static linli_status gather(linli_ask *ask, const linli_facts *facts, const linli_admissions *admitted,
                           struct count *c)
{
    struct kind *kinds = LINLI_NEW(ask, struct kind, facts->ballot_count);
    linli_status status = gather_projects(ask, facts, admitted, c);
    size_t approvals = 0;

    c->budget = facts->tender->budget.minor;
    if (facts->tender->pool.minor > 0 && facts->tender->pool.minor < c->budget)
        c->budget = facts->tender->pool.minor;
    if (c->budget < 0 || c->budget >= INT64_C(1) << 50)
        return LINLI_FACTS;
    if (status == LINLI_OK)
        status = kinds ? gather_kinds(ask, facts, c, kinds) : LINLI_NOMEM;
    if (status == LINLI_OK)
        status = gather_votes(ask, c, kinds, &approvals);
    if (status != LINLI_OK)
        return status;
    if (approvals >= UINT32_MAX - 2)
        return LINLI_RANGE;
    c->purse_room = (uint32_t)approvals + 2;
    c->held = LINLI_NEW(ask, uint32_t, c->kind_count);
    c->purses = LINLI_NEW(ask, struct purse, c->purse_room);
    c->child = LINLI_NEW(ask, uint32_t, c->purse_room);
    c->behind = LINLI_NEW(ask, int64_t, c->purse_room);
    c->pool = LINLI_NEW(ask, struct share, approvals);
    c->payments = LINLI_NEW(ask, struct payment, c->project_count);
    c->asked = LINLI_NEW(ask, struct payment, 2);
    if (!c->held || !c->purses || !c->child || !c->behind || !c->pool || !c->payments || !c->asked)
        return LINLI_NOMEM;
    c->best = c->asked + 1;
    c->asked->poor = LINLI_NEW(ask, struct share, c->kind_count);
    c->best->poor = LINLI_NEW(ask, struct share, c->kind_count);
    return c->asked->poor && c->best->poor ? LINLI_OK : LINLI_NOMEM;
}

/* The latest draw of ties that names every project. */
static const linli_draw *draw_find(const linli_facts *facts, const struct count *c)
{
    for (size_t i = facts->draw_count; i-- > 0;) {
        const linli_draw *draw = &facts->draws[i];
        size_t named = 0;
        if (strcmp(draw->purpose, "ties") != 0)
            continue;
        for (size_t p = 0; p < c->project_count; p++)
            named += drawn_at(draw, c->projects[p].bid->key) < draw->count;
        if (named == c->project_count)
            return draw;
    }
    return NULL;
}

/* ---- the answer --------------------------------------------------------- */

static linli_arg count_arg(int64_t n)
{
    return (linli_arg){.kind = LINLI_ARG_COUNT, .number = n};
}
static linli_arg fen_arg(int64_t n)
{
    return (linli_arg){.kind = LINLI_ARG_MONEY, .number = n};
}
static linli_arg points_arg(int64_t n)
{
    return (linli_arg){.kind = LINLI_ARG_POINTS, .number = n};
}

/* Half up, as everywhere money is shown. */
static int64_t exact_round(struct count *c, const mpq_t exact, unsigned long scale)
{
    mpz_ptr n = mpq_numref(c->scratch), d = mpq_denref(c->scratch);
    int64_t rounded;

    mpz_mul_ui(n, mpq_numref(exact), 2 * scale);
    mpz_add(n, n, mpq_denref(exact));
    mpz_mul_2exp(d, mpq_denref(exact), 1);
    mpz_fdiv_q(n, n, d);
    rounded = mpz_fits_slong_p(n) ? mpz_get_si(n) : INT64_MAX;
    mpq_set_ui(c->scratch, 0, 1);
    return rounded;
}

static size_t explain_bought(struct count *c, struct payment *p, linli_line *why)
{
    const struct project *project = p->project;
    static const uint32_t tie_message[] = {M_BY_LOW_COST, M_BY_VOTES, M_BY_NUMBER, M_BY_DRAW};
    size_t n = 0;

    payment_exact(c, p);
    why[n++] = (linli_line){M_CHOSEN,
                            5,
                            {count_arg(project->order), count_arg(project->votes), fen_arg(project->cost),
                             fen_arg(exact_round(c, p->exact, 1)), count_arg(p->poor_votes)}};
    if (mpq_sgn(p->exact) > 0) {
        mpq_set_si(c->sum, project->cost, 1);
        mpq_div(c->sum, c->sum, p->exact);
        why[n] = (linli_line){M_EFFECTIVE, 1, {points_arg(exact_round(c, c->sum, 1000000))}};
        if (mpz_fits_slong_p(mpq_numref(c->sum)) && mpz_fits_slong_p(mpq_denref(c->sum)) &&
            mpz_cmp_ui(mpq_denref(c->sum), 1) != 0) {
            why[n].message = M_FRACTION;
            why[n].argc = 3;
            why[n].arg[1] = count_arg(mpz_get_si(mpq_numref(c->sum)));
            why[n].arg[2] = count_arg(mpz_get_si(mpq_denref(c->sum)));
        }
        n++;
    }
    if (p->tie != BY_NOTHING)
        why[n++] = (linli_line){.message = tie_message[p->tie]};
    return n;
}

static linli_line explain_left_out(struct count *c, const struct project *p)
{
    linli_wide lo, hi;
    size_t n;

    if (p->votes == 0)
        return (linli_line){.message = M_NOBODY};
    if (p->cost > c->budget)
        return (linli_line){M_ABOVE, 2, {fen_arg(p->cost), fen_arg(c->budget)}};
    if (!p->able)
        return (linli_line){.message = M_NO_USE};
    if (c->o->completion == COMPLETE_ADD1U)
        return (linli_line){M_NO_ROOM, 2, {fen_arg(p->room), fen_arg(p->cost)}};
    n = purses_behind(c, p, c->asked->poor, &lo, &hi);
    mpq_set_ui(c->sum, 0, 1);
    for (size_t i = 0; i < n; i++) {
        purse_exact(c, c->asked->poor[i].purse);
        mpq_set_si(c->scratch, c->asked->poor[i].weight, 1);
        mpq_mul(c->scratch, c->scratch, c->purses[c->asked->poor[i].purse].exact);
        mpq_add(c->sum, c->sum, c->scratch);
    }
    mpz_fdiv_q(mpq_numref(c->scratch), mpq_numref(c->sum), mpq_denref(c->sum));
    lo = mpz_get_si(mpq_numref(c->scratch));
    mpq_set_ui(c->scratch, 0, 1);
    return (linli_line){M_SHORT, 2, {fen_arg((int64_t)lo), fen_arg(p->cost)}};
}

static linli_status explain(linli_ask *ask, struct count *c, bool decided, linli_result *list)
{
    for (size_t i = 0; i < c->project_count; i++) {
        const struct project *p = &c->projects[i];
        linli_part *part = LINLI_NEW(ask, linli_part, 1);
        linli_line *why = LINLI_NEW(ask, linli_line, 4);
        size_t n = 0;

        if (!part || !why)
            return LINLI_NOMEM;
        why[0] = (linli_line){M_VOTES, 1, {count_arg(p->votes)}};
        *part = (linli_part){"vote", {p->votes * LINLI_POINT}, {p->votes * LINLI_POINT}, {why, 1}};
        if (!decided)
            n = 0;
        else if (p->greedy)
            why[++n] = (linli_line){M_GREEDY, 3, {count_arg(p->order), fen_arg(p->room), fen_arg(p->cost)}};
        else if (p->order)
            n = explain_bought(c, &c->payments[p->order - 1], why + 1);
        else
            why[++n] = explain_left_out(c, p);
        list[i] = (linli_result){.bid = p->bid->key,
                                 .standing = LINLI_RANKED,
                                 .total = part->points,
                                 .compared = p->bid->price,
                                 .parts = part,
                                 .part_count = 1,
                                 .why = {why + 1, n}};
        if (decided && p->order) {
            list[i].rank = p->order;
            list[i].grant = p->bid->price;
        }
    }
    return LINLI_OK;
}

static int64_t share_rounded(const struct count *c)
{
    int64_t fen;

    return linli_div(c->money, c->voters, LINLI_HALF_UP, &fen) ? fen : INT64_MAX;
}

static linli_status summarise(linli_ask *ask, const struct count *c, int64_t step, int stop, linli_lines *out)
{
    linli_line *why = LINLI_NEW(ask, linli_line, 4);
    int64_t chosen = 0, share = 0;
    size_t n = 0;

    if (!why)
        return LINLI_NOMEM;
    for (size_t i = 0; i < c->project_count; i++)
        chosen += c->projects[i].order > 0;
    if (c->voters == 0) {
        why[n++] = (linli_line){.message = M_NO_VOTERS};
    } else {
        if (!linli_div(c->budget, c->voters, LINLI_HALF_UP, &share))
            return LINLI_RANGE;
        why[n++] = (linli_line){M_SHARE, 3, {count_arg(c->voters), fen_arg(c->budget), fen_arg(share)}};
    }
    if (stop) {
        why[n++] = (linli_line){
            M_RAISED, 3, {fen_arg(c->o->increment.minor), count_arg(step), fen_arg(share_rounded(c))}};
        why[n++] = (linli_line){.message = (uint32_t)stop};
    }
    why[n++] =
        (linli_line){M_TOTAL, 3, {count_arg(chosen), fen_arg(c->spent), fen_arg(c->budget - c->spent)}};
    *out = (linli_lines){why, n};
    return LINLI_OK;
}

static linli_status ask_draw(linli_ask *ask, const struct count *c, linli_evaluation *out)
{
    linli_draw_request *draw = LINLI_NEW(ask, linli_draw_request, 1);
    linli_line *why = LINLI_NEW(ask, linli_line, 1);
    uint64_t *keys = LINLI_NEW(ask, uint64_t, c->project_count);

    if (!draw || !why || !keys)
        return LINLI_NOMEM;
    for (size_t i = 0; i < c->project_count; i++)
        keys[i] = c->projects[i].bid->key;
    *draw = (linli_draw_request){"ties", keys, c->project_count};
    why->message = M_DRAW;
    out->draws = draw;
    out->draw_count = 1;
    out->why = (linli_lines){why, 1};
    return LINLI_OK;
}

static linli_status give_up(linli_ask *ask, const struct count *c, int64_t step, linli_evaluation *out)
{
    linli_line *why = LINLI_NEW(ask, linli_line, 1);

    if (!why)
        return LINLI_NOMEM;
    *why = (linli_line){M_TOO_LONG, 2, {count_arg(step), fen_arg(c->o->increment.minor)}};
    out->why = (linli_lines){why, 1};
    return LINLI_OK;
}

static int decide(struct count *c, int64_t *step, int *stop)
{
    int done = DONE;

    if (c->voters == 0)
        return DONE;
    if (c->o->completion == COMPLETE_NONE)
        done = run(c, 0) ? DONE : NEEDS_DRAW;
    else
        done = raise_shares(c, step, stop);
    if (done == DONE && c->o->completion == COMPLETE_ADD1U && !spend_rest(c))
        done = NEEDS_DRAW;
    return done;
}

static void release_exact(struct count *c)
{
    mpq_clear(c->scratch);
    mpq_clear(c->sum);
    for (uint32_t i = 0; i < c->purse_room; i++)
        if (c->purses[i].ready)
            mpq_clear(c->purses[i].exact);
    for (size_t i = 0; i < c->project_count; i++)
        if (c->payments[i].ready)
            mpq_clear(c->payments[i].exact);
    if (c->asked->ready)
        mpq_clear(c->asked->exact);
    if (c->best->ready)
        mpq_clear(c->best->exact);
}

static linli_status answer(linli_ask *ask, struct count *c, linli_result *list, linli_evaluation *out)
{
    int64_t step = 0;
    int stop = 0, done = decide(c, &step, &stop);
    linli_status status = explain(ask, c, done == DONE, list);

    *out = (linli_evaluation){.kind = LINLI_SET, .items = list, .count = c->project_count};
    if (status != LINLI_OK)
        return status;
    switch (done) {
    case NEEDS_DRAW:
        return ask_draw(ask, c, out);
    case TOO_LONG:
        return give_up(ask, c, step, out);
    default:
        return summarise(ask, c, step, stop, &out->why);
    }
}

static linli_status evaluate(linli_ask *ask, const void *options, const linli_facts *facts,
                             const linli_admissions *admitted, linli_evaluation *out)
{
    struct count c = {.o = options};
    linli_status status = gather(ask, facts, admitted, &c);
    linli_result *list = LINLI_NEW(ask, linli_result, c.project_count);

    if (status != LINLI_OK)
        return status;
    if (!list)
        return LINLI_NOMEM;
    c.draw = draw_find(facts, &c);
    mpq_init(c.scratch);
    mpq_init(c.sum);
    status = answer(ask, &c, list, out);
    release_exact(&c);
    return status;
}

/* ---- options and description -------------------------------------------- */

static linli_status check(linli_ask *ask, const void *options, const linli_facts *facts, linli_findings *out)
{
    size_t count, n = 0;
    const int32_t *rules = tie_rules(options, &count);
    linli_finding *found = LINLI_NEW(ask, linli_finding, count + 1);

    (void)facts;
    if (!found)
        return LINLI_NOMEM;
    if (rules[count - 1] != BY_NUMBER && rules[count - 1] != BY_DRAW)
        found[n++] = (linli_finding){"/ties", {.message = M_TIES_END}};
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            if (rules[i] == rules[j]) {
                found[n++] = (linli_finding){
                    "/ties", {M_TIES_TWICE, 1, {{.kind = LINLI_ARG_CODE, .code = tie_codes[rules[i]]}}}};
                break;
            }
    *out = (linli_findings){found, n};
    return LINLI_OK;
}

static const linli_criterion votes[] = {
    {"vote", {"支持", "support"}, LINLI_BY_BALLOTS, LINLI_UNIT_YES_NO, false, {LINLI_WHOLE}, 0, 1, 1},
};

static linli_status criteria(linli_ask *ask, const void *options, const linli_facts *facts,
                             linli_criteria *out)
{
    (void)ask, (void)options, (void)facts;
    *out = (linli_criteria){votes, 1};
    return LINLI_OK;
}

/* clang-format off */
static const linli_about about = {
    .id = "equal_shares", .version = "1.0.0", .opens = "1.0.0",
    .name    = { "均等份额法", "method of equal shares" },
    .summary = { "每位居民均分预算，支持者合力支付项目；有理数精确计算", "residents share the budget equally and pay for projects together; computed in exact fractions" },
    .basis   = { "Method of Equal Shares（Peters、Pierczyński、Skowron，2021）；认可投票", "Method of Equal Shares (Peters, Pierczynski, Skowron, 2021); approval ballots" },
    .author = "Linli", .licence = "Apache-2.0",
};
static const char *const examples[] = {
    "{}",
    "{\"utility\":\"cardinality\",\"completion\":\"none\",\"ties\":[\"number\"]}",
    "{\"completion\":\"add1u\",\"reading\":\"first_exhaustive\",\"increment\":\"10.00\",\"ties\":[\"votes\",\"low_cost\",\"draw\"]}",
    NULL
};

static const linli_scheme equal_shares = {
    .size = sizeof(linli_scheme), .gives = LINLI_SET, .flags = LINLI_EXACT, .about = &about,
    .options = table, .option_count = sizeof table / sizeof table[0], .options_size = sizeof(struct options),
    .messages = messages, .message_count = MESSAGES, .examples = examples,
    .check = check, .criteria = criteria, .evaluate = evaluate,
};
/* clang-format on */

static const linli_scheme *const schemes[] = {&equal_shares, NULL};

const linli_module linli_exports = LINLI_MODULE(.schemes = schemes);
