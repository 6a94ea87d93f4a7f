/*
 * quadratic_match - 二次方配捐: a pool matches what many people gave, more the more
 * of them there are.
 *
 * A project's claim is (sum of the roots of its gifts)^2 less the gifts; where all
 * claims exceed the pool each is paid the pool's share of them.  All that one
 * identity gave to one project is one gift.
 *
 * Roots are computed to 2^-128 of a root of a fen, rounded down.  With n gifts of
 * at most c fen the claim is short by less than 2 n^2 sqrt(c) 2^-128 fen, which for
 * a million gifts of a hundred billion yuan is below 2^-64; it is then rounded to
 * the nearest 2^-40 fen, so that every claim that is a whole number of fen comes
 * out exactly, and every other within 2^-40 of a fen.  From there on all numbers
 * are exact.  Payments are rounded down to the fen; what that leaves of a pool
 * that is spent goes, a fen each, to the largest remainders, and to no one of
 * several equal ones where it is not enough for all of them.
 */
#include <gmp.h>

#include "linli/score.h"

enum { BY_CLAIM, BY_SQUARE };
enum { ROOT_BITS = 128, SQUARE_BITS = 2 * ROOT_BITS, CLAIM_BITS = 40 };
#define GIFT_MOST (INT64_C(1) << 43)

struct options {
    linli_money pool, cap, gift_least;
    int64_t contributors_least;
    int32_t basis;
    bool redistribute;
};

enum { M_POOL_HIGH = LINLI_SCORE_SAYS, M_GIFTS, M_FEW, M_ALL, M_SHARE, M_CAPPED, M_SPENT, MESSAGES };

/* clang-format off */
static const linli_message messages[MESSAGES] = {
    LINLI_SCORE_MESSAGES(NULL),
    [M_POOL_HIGH] = { "pool_high", { "配捐池 {1} 超过预算 {2}", "the pool {1} is above the budget {2}" }, NULL },
    [M_GIFTS]     = { "gifts", { "{1} 人共捐 {2}；各人捐款平方根之和的平方为 {3}，配捐基数 {4}", "{1} people gave {2}; the square of the sum of their roots is {3}, the claim {4}" }, NULL },
    [M_FEW]       = { "few", { "捐款人 {1} 位，不足 {2} 位，不配捐", "{1} people gave where {2} are needed: no match" }, NULL },
    [M_ALL]       = { "in_full", { "全部基数合计 {1}，不超过配捐池 {2}：按基数配捐 {3}", "all claims make {1}, within the pool {2}: matched in full, {3}" }, NULL },
    [M_SHARE]     = { "share", { "配捐池 {1} × 基数 {2} ÷ 全部基数 {3} = {4}", "pool {1} * claim {2} / all claims {3} = {4}" }, NULL },
    [M_CAPPED]    = { "capped", { "不超过单项上限 {1}", "no more than the cap, {1}" }, NULL },
    [M_SPENT]     = { "spent", { "{1} 个项目获配捐，共 {2}，余 {3}", "{1} projects are matched with {2}; {3} is left" }, NULL },
};
static const linli_text basis_labels[]  = { { "平方减去捐款", "square less gifts" }, { "平方", "square" }, { NULL, NULL } };
static const char *const basis_codes[]  = { "claim", "square", NULL };
static const linli_option table[] = {
    { .name = "pool", .type = LINLI_OPT_MONEY, .offset = offsetof(struct options, pool), .low = 0, .high = INT64_C(100000000000000), .initial = "0.00",
      .label = { "配捐池", "pool" }, .help = { "0 为全部预算", "0: the whole budget" } },
    { .name = "cap", .type = LINLI_OPT_MONEY, .offset = offsetof(struct options, cap), .low = 0, .high = INT64_C(100000000000000), .initial = "0.00",
      .label = { "单项上限", "cap" }, .help = { "0 为不限", "0: none" } },
    { .name = "redistribute", .type = LINLI_OPT_BOOL, .offset = offsetof(struct options, redistribute), .initial = "false",
      .label = { "上限余额再分配", "share what a cap cuts off" }, .help = { "否则留在池中", "else it stays in the pool" } },
    { .name = "gift_least", .type = LINLI_OPT_MONEY, .offset = offsetof(struct options, gift_least), .low = 0, .high = INT64_C(100000000), .initial = "0.00",
      .label = { "最低捐款", "least gift" }, .help = { "一人对一项合计低于此数不计", "what one person gave in all, if less, does not count" } },
    { .name = "contributors_least", .type = LINLI_OPT_COUNT, .offset = offsetof(struct options, contributors_least), .low = 1, .high = 1000000, .initial = "1",
      .label = { "最少捐款人", "least contributors" }, .help = { "不足不配捐", "with fewer there is no match" } },
    { .name = "basis", .type = LINLI_OPT_CHOICE, .offset = offsetof(struct options, basis), .low = 0, .high = 1, .initial = "claim",
      .choices = basis_labels, .codes = basis_codes, .label = { "配捐基数", "claim" }, .help = { "池按什么分配", "what the pool is shared by" } },
};
/* clang-format on */

static linli_status check(linli_ask *ask, const void *options, const linli_facts *facts, linli_findings *out)
{
    const struct options *o = options;
    linli_faults f = {ask, out, LINLI_OK};

    if (o->pool.minor > facts->tender->budget.minor)
        linli_blame(&f, "/pool",
                    LINLI_LINE(M_POOL_HIGH, linli_amount(o->pool), linli_amount(facts->tender->budget)));
    return f.status;
}

static linli_status criteria(linli_ask *ask, const void *options, const linli_facts *facts,
                             linli_criteria *out)
{
    static const linli_criterion gifts = {.code = "gifts",
                                          .name = {"捐款", "gifts"},
                                          .by = LINLI_BY_BALLOTS,
                                          .unit = LINLI_UNIT_MONEY,
                                          .objective = true,
                                          .weight = {LINLI_WHOLE},
                                          .high = GIFT_MOST,
                                          .step = 1};

    (void)ask, (void)options, (void)facts;
    *out = (linli_criteria){&gifts, 1};
    return LINLI_OK;
}

/* ---- gifts ------------------------------------------------------------------ */

struct gift {
    uint64_t voter;
    size_t entry;
    int64_t value;
};

static bool goes_before(const struct gift *a, const struct gift *b)
{
    return a->voter != b->voter ? a->voter < b->voter : a->entry <= b->entry;
}

static void sort(struct gift *list, struct gift *spare, size_t count)
{
    for (size_t run = 1; run < count; run *= 2)
        for (size_t from = 0; from < count; from += 2 * run) {
            size_t middle = from + run < count ? from + run : count;
            size_t end = middle + run < count ? middle + run : count, a = from, b = middle;

            for (size_t i = from; i < end; i++)
                spare[i] =
                    b >= end || (a < middle && goes_before(&list[a], &list[b])) ? list[a++] : list[b++];
            memcpy(&list[from], &spare[from], (end - from) * sizeof *list);
        }
}

/* All gifts that count, those of one identity to one project made one. */
static struct gift *gifts_of(linli_comparison *s, size_t *ret_count)
{
    const linli_facts *f = s->facts;
    struct gift *all = LINLI_NEW(s->ask, struct gift, f->choice_count);
    struct gift *spare = LINLI_NEW(s->ask, struct gift, f->choice_count);
    size_t n = 0, merged = 0;

    *ret_count = 0;
    if (!all || !spare) {
        linli_fail(s, LINLI_NOMEM);
        return NULL;
    }
    for (size_t b = 0; b < f->ballot_count; b++)
        for (size_t c = f->ballots[b].first; c < (size_t)f->ballots[b].first + f->ballots[b].count; c++) {
            size_t at = c < f->choice_count && n < f->choice_count && f->choices[c].bid < f->bid_count
                            ? linli_entry_at(s, f->bids[f->choices[c].bid].key)
                            : s->count;
            if (c < f->choice_count && (f->choices[c].value < 0 || f->choices[c].value > GIFT_MOST))
                linli_fail(s, LINLI_FACTS);
            else if (at < s->count && f->choices[c].value > 0)
                all[n++] = (struct gift){f->ballots[b].voter, at, f->choices[c].value};
        }
    sort(all, spare, n);
    for (size_t i = 0; i < n; i++)
        if (merged > 0 && all[merged - 1].voter == all[i].voter && all[merged - 1].entry == all[i].entry) {
            if (!linli_add(all[merged - 1].value, all[i].value, &all[merged - 1].value))
                linli_fail(s, LINLI_RANGE);
        } else {
            all[merged++] = all[i];
        }
    *ret_count = merged;
    return all;
}

/* ---- claims ------------------------------------------------------------------- */

struct project {
    mpz_t roots, claim; /* 2^-128 roots of a fen; 2^-40 fen */
    int64_t contributors, match;
    linli_money gifts, square;
    bool in, capped;
};

static bool to_fen(const mpz_t claim, int64_t *ret)
{
    mpz_t fen;
    bool fits;

    mpz_init(fen);
    mpz_add_ui(fen, claim, 1UL << (CLAIM_BITS - 1));
    mpz_fdiv_q_2exp(fen, fen, CLAIM_BITS);
    fits = mpz_fits_slong_p(fen);
    *ret = fits ? mpz_get_si(fen) : 0;
    mpz_clear(fen);
    return fits;
}

static void add_gifts(linli_comparison *s, const struct options *o, const struct gift *gifts, size_t count,
                      struct project *list)
{
    mpz_t root;

    mpz_init(root);
    for (size_t i = 0; i < count; i++) {
        struct project *p = &list[gifts[i].entry];

        if (gifts[i].value < o->gift_least.minor)
            continue;
        mpz_set_si(root, gifts[i].value);
        mpz_mul_2exp(root, root, SQUARE_BITS);
        mpz_sqrt(root, root);
        mpz_add(p->roots, p->roots, root);
        p->contributors++;
        if (!linli_add(p->gifts.minor, gifts[i].value, &p->gifts.minor))
            linli_fail(s, LINLI_RANGE);
    }
    mpz_clear(root);
}

/* The square of the roots, less the gifts where that is the claim, to the nearest 2^-40 fen. */
static void claim(linli_comparison *s, const struct options *o, struct project *p, linli_entry *e)
{
    mpz_t less;
    linli_money claimed;

    mpz_init(less);
    mpz_mul(p->claim, p->roots, p->roots);
    mpz_set_ui(less, 1);
    mpz_mul_2exp(less, less, SQUARE_BITS - CLAIM_BITS - 1);
    mpz_add(p->claim, p->claim, less);
    mpz_fdiv_q_2exp(p->claim, p->claim, SQUARE_BITS - CLAIM_BITS);
    if (!to_fen(p->claim, &p->square.minor))
        linli_fail(s, LINLI_RANGE);
    if (o->basis == BY_CLAIM) {
        mpz_set_si(less, p->gifts.minor);
        mpz_mul_2exp(less, less, CLAIM_BITS);
        mpz_sub(p->claim, p->claim, less);
    }
    mpz_clear(less);
    if (!to_fen(p->claim, &claimed.minor))
        linli_fail(s, LINLI_RANGE);
    linli_tell(s, e,
               LINLI_LINE(M_GIFTS, linli_count(p->contributors), linli_amount(p->gifts),
                          linli_amount(p->square), linli_amount(claimed)));
    p->in = p->contributors >= o->contributors_least;
    if (p->in)
        return;
    linli_tell(s, e, LINLI_LINE(M_FEW, linli_count(p->contributors), linli_count(o->contributors_least)));
    e->out = true;
}

/* ---- the pool ------------------------------------------------------------------- */

struct pool {
    mpz_t claims;      /* of those it is shared among */
    int64_t money;     /* what there is for them */
    bool short_of_all; /* less than they claim */
};

static void pool_over(struct pool *pool, const struct project *list, size_t count, int64_t money)
{
    mpz_t fen;

    mpz_init(fen);
    mpz_set_ui(pool->claims, 0);
    pool->money = money;
    for (size_t i = 0; i < count; i++)
        if (list[i].in && !list[i].capped)
            mpz_add(pool->claims, pool->claims, list[i].claim);
        else if (list[i].capped)
            pool->money -= list[i].match;
    mpz_set_si(fen, pool->money);
    mpz_mul_2exp(fen, fen, CLAIM_BITS);
    pool->short_of_all = mpz_cmp(pool->claims, fen) > 0;
    mpz_clear(fen);
}

/* Rounded down; *rest is what was lost by that, of the pool's claims. */
static void share(const struct pool *pool, struct project *p, mpz_t rest)
{
    mpz_t fen;

    mpz_init(fen);
    if (pool->short_of_all) {
        mpz_set_si(fen, pool->money);
        mpz_mul(fen, fen, p->claim);
        mpz_fdiv_qr(fen, rest, fen, pool->claims);
    } else {
        mpz_fdiv_q_2exp(fen, p->claim, CLAIM_BITS);
        mpz_set_ui(rest, 0);
    }
    p->match = mpz_sgn(fen) > 0 ? mpz_get_si(fen) : 0;
    mpz_clear(fen);
}

/* The fen that rounding down left, to the largest remainders, equal ones together. */
static void hand_out_rest(const struct pool *pool, struct project *list, mpz_t *rest, size_t count)
{
    int64_t left = pool->money;

    for (size_t i = 0; i < count; i++)
        left -= list[i].in && !list[i].capped ? list[i].match : 0;
    while (left > 0 && pool->short_of_all) {
        size_t best = count;
        int64_t equal = 0;

        for (size_t i = 0; i < count; i++)
            if (mpz_sgn(rest[i]) > 0 && (best == count || mpz_cmp(rest[i], rest[best]) > 0))
                best = i;
        for (size_t i = 0; best < count && i < count; i++)
            equal += mpz_cmp(rest[i], rest[best]) == 0;
        if (best == count || equal > left)
            return;
        for (size_t i = count; i-- > 0;)
            if (i != best && mpz_cmp(rest[i], rest[best]) == 0) {
                list[i].match++;
                mpz_set_ui(rest[i], 0);
            }
        list[best].match++;
        mpz_set_ui(rest[best], 0);
        left -= equal;
    }
}

/* Shares the pool; those above the cap get the cap, and the others, where it is so settled, what that
 * leaves, until nobody else is above it. */
static void share_all(linli_comparison *s, const struct options *o, struct project *list, int64_t money,
                      struct pool *pool)
{
    mpz_t *rest = LINLI_NEW(s->ask, mpz_t, s->count);
    bool again = true;

    if (!rest) {
        linli_fail(s, LINLI_NOMEM);
        return;
    }
    for (size_t i = 0; i < s->count; i++)
        mpz_init(rest[i]);
    while (again) {
        again = false;
        pool_over(pool, list, s->count, money);
        for (size_t i = 0; i < s->count; i++) {
            mpz_set_ui(rest[i], 0);
            if (list[i].in && !list[i].capped)
                share(pool, &list[i], rest[i]);
        }
        hand_out_rest(pool, list, rest, s->count);
        for (size_t i = 0; i < s->count; i++)
            if (list[i].in && !list[i].capped && o->cap.minor > 0 && list[i].match > o->cap.minor) {
                list[i].match = o->cap.minor;
                list[i].capped = true;
                again = o->redistribute;
            }
    }
    for (size_t i = 0; i < s->count; i++)
        mpz_clear(rest[i]);
}

/* ---- the question ---------------------------------------------------------------- */

/* A point is a yuan of match. */
static void explain(linli_comparison *s, const struct options *o, const struct pool *pool,
                    const struct project *p, linli_entry *e)
{
    linli_part *part = linli_part_new(s, e, "match");
    linli_money all, claimed, match = {p->match}, money = {pool->money};

    if (!to_fen(pool->claims, &all.minor) || !to_fen(p->claim, &claimed.minor) ||
        __builtin_mul_overflow(p->match, LINLI_POINT / 100, &part->points.micro))
        linli_fail(s, LINLI_RANGE);
    part->raw = part->points;
    if (p->capped)
        linli_explain(s, part, LINLI_LINE(M_CAPPED, linli_amount(o->cap)));
    else if (pool->short_of_all)
        linli_explain(s, part,
                      LINLI_LINE(M_SHARE, linli_amount(money), linli_amount(claimed), linli_amount(all),
                                 linli_amount(match)));
    else
        linli_explain(s, part,
                      LINLI_LINE(M_ALL, linli_amount(all), linli_amount(money), linli_amount(match)));
    e->result->grant = match;
    e->key[0] = p->match;
}

static linli_status match(linli_comparison *s, const struct options *o, struct project *list,
                          struct pool *pool, linli_evaluation *out)
{
    static const linli_line said[] = {{0}, {.message = LINLI_M_TIE}};
    static const linli_ranking by = {NULL, linli_by_keys, 1, said};
    const linli_tender *t = s->facts->tender;
    int64_t money = t->budget.minor, granted = 0;
    linli_money spent = {0};
    size_t count;
    const struct gift *gifts = gifts_of(s, &count);

    if (o->pool.minor > 0 && o->pool.minor < money)
        money = o->pool.minor;
    if (t->pool.minor > 0 && t->pool.minor < money)
        money = t->pool.minor;
    if (s->status == LINLI_OK)
        add_gifts(s, o, gifts, count, list);
    for (size_t i = 0; i < s->count && s->status == LINLI_OK; i++) {
        s->list[i].compared.minor = 0;
        claim(s, o, &list[i], &s->list[i]);
    }
    if (s->status == LINLI_OK)
        share_all(s, o, list, money, pool);
    for (size_t i = 0; i < s->count && s->status == LINLI_OK; i++)
        if (list[i].in) {
            explain(s, o, pool, &list[i], &s->list[i]);
            spent.minor += list[i].match;
            granted += list[i].match > 0;
        }
    linli_totals(s);
    linli_rank(s, &by, NULL);
    if (s->status == LINLI_OK && !linli_say(s->ask, &out->why,
                                            LINLI_LINE(M_SPENT, linli_count(granted), linli_amount(spent),
                                                       linli_amount((linli_money){money - spent.minor}))))
        s->status = LINLI_NOMEM;
    return linli_compare_close(s, LINLI_SET, out);
}

static linli_status evaluate(linli_ask *ask, const void *options, const linli_facts *facts,
                             const linli_admissions *admitted, linli_evaluation *out)
{
    struct project *list = LINLI_NEW(ask, struct project, admitted->count);
    struct pool pool;
    linli_comparison s;
    linli_status status;

    linli_compare_open(&s, ask, facts, admitted, 1);
    if (!list || s.status != LINLI_OK)
        return list ? s.status : LINLI_NOMEM;
    mpz_init(pool.claims);
    for (size_t i = 0; i < s.count; i++) {
        mpz_init(list[i].roots);
        mpz_init(list[i].claim);
    }
    status = match(&s, options, list, &pool, out);
    for (size_t i = 0; i < s.count; i++) {
        mpz_clear(list[i].roots);
        mpz_clear(list[i].claim);
    }
    mpz_clear(pool.claims);
    return status;
}

/* clang-format off */
static const linli_about about = {
    .id = "quadratic_match", .version = "1.1.0", .opens = "1.0.0",
    .name    = { "二次方配捐", "quadratic match" },
    .summary = { "配捐池按捐款人数与捐款的二次方规则配捐，同样金额捐款人越多配捐越多", "a pool matches gifts by the quadratic rule: the same sum from more people is matched with more" },
    .basis   = { "基金章程或征集文件约定", "as the fund's charter or the call says" },
    .author = "Linli maintainers", .licence = "Apache-2.0",
};
static const char *const examples[] = { "{}", "{\"cap\":\"50000.00\",\"contributors_least\":2,\"redistribute\":true}", NULL };
static const linli_scheme quadratic_match = {
    .size = sizeof(linli_scheme), .gives = LINLI_SET, .flags = LINLI_EXACT, .about = &about,
    .options = table, .option_count = sizeof table / sizeof table[0], .options_size = sizeof(struct options),
    .messages = messages, .message_count = MESSAGES, .examples = examples,
    .check = check, .criteria = criteria, .evaluate = evaluate,
};
/* clang-format on */

static const linli_scheme *const schemes[] = {&quadratic_match, NULL};

const linli_module linli_exports = LINLI_MODULE(.schemes = schemes);
