/*
 * mechanism_speed PLUGIN_DIR RULES_DIR [ID]: how long each mechanism takes for one question, its answer
 * looked through as the core does, at 10, 100, 1,000 and 10,000 bids: the phase that takes longest of each
 * kind of question, in microseconds of CPU.  Every bid is open, checked, quoted twice and ranked; half of
 * them fit the budget, and have signed and been paid.  Exits with 1 where 10,000 bids take more than
 * TIMES_MOST what 1,000 take: that is no line.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/time.h"
#include "core/domain/rules.h"
#include "core/host/answer.h"
#include "core/host/options.h"

enum { SIZES = 4, TIMES_MOST = 40, ROUNDS_FEW = 200, ROUNDS_MANY = 3, BUDGET = 50000000, WEEKDAYS = 7 };
static const int sizes[SIZES] = {10, 100, 1000, 10000};

struct bench {
    const linli_mechanism *m;
    const void *options;
    struct arena *arena;
    linli_facts facts;
    const linli_plan *plan;
    struct question q;
    int64_t longest_ns[ASK_KINDS][SIZES];
    const char *at[ASK_KINDS];
};

static void *alloc(linli_ask *ask, size_t count, size_t size, size_t align)
{
    return arena_try(ask->host, count ? count : 1, size ? size : 1, align);
}

static int64_t cpu_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Asks once; NULL: not answered, or against the contract.  The answer lives in `room`. */
static const void *ask_once(const struct bench *b, struct arena *room, int64_t *ret_ns)
{
    CLEANUP(buf_free) struct buf fault = {0};
    linli_ask ask = {room, alloc};
    void *answer = arena_alloc(room, 1, question_shapes[b->q.kind]->size);
    int64_t begun = cpu_ns();
    linli_status status = question_call(&b->q, &ask, answer);
    bool fine = status == LINLI_OK && answer_ok(&b->q, answer, &fault);

    *ret_ns = cpu_ns() - begun;
    if (fault.size)
        fprintf(stderr, "%s: %s: %s\n", b->m->about->id, question_names[b->q.kind], fault.data);
    return fine ? answer : NULL;
}

/* The shortest of some tries; the longest over the phases is kept. */
static const void *ask(struct bench *b, enum question_kind kind, int size)
{
    int64_t best = INT64_MAX, took;
    const void *answer;

    b->q.kind = kind;
    b->q.facts = &b->facts;
    for (int i = 0; i < (sizes[size] <= 100 ? ROUNDS_FEW : ROUNDS_MANY); i++) {
        struct arena *room = arena_new(0);
        ask_once(b, room, &took);
        best = took < best ? took : best;
        arena_free(room);
    }
    answer = ask_once(b, b->arena, &took);
    if (best > b->longest_ns[kind][size]) {
        b->longest_ns[kind][size] = best;
        b->at[kind] = b->facts.phase;
    }
    return answer;
}

/* ---- the lot ---------------------------------------------------------------------------- */

static const linli_calendar *calendar(struct arena *arena)
{
    linli_calendar *c = ARENA_NEW(arena, linli_calendar, 1);
    uint8_t *days = ARENA_NEW(arena, uint8_t, date_of(2040, 1, 1));

    for (int32_t i = 0; i < date_of(2040, 1, 1); i++)
        days[i] = (i + 3) % WEEKDAYS < 5 ? LINLI_WORKING_DAY : LINLI_REST_DAY;
    *c = (linli_calendar){0, date_of(2040, 1, 1), 8 * 3600, date_of(2039, 12, 31), days};
    return c;
}

static void add_bids(struct bench *b, size_t count, int64_t from_us)
{
    linli_bid *bids = ARENA_NEW(b->arena, linli_bid, count);
    linli_bidder *bidders = ARENA_NEW(b->arena, linli_bidder, count);

    for (size_t i = 0; i < count; i++) {
        bids[i] = (linli_bid){.key = i + 1,
                              .bidder = i + 1,
                              .number = (int32_t)i + 1,
                              .round = 2,
                              .submitted = {from_us + 1 + (int64_t)i},
                              .open = true,
                              .priced = true,
                              .price = {BUDGET * 2 / (int64_t)count}};
        bidders[i] = (linli_bidder){.key = i + 1};
    }
    b->facts.bids = bids;
    b->facts.bid_count = count;
    b->facts.bidders = bidders;
    b->facts.bidder_count = count;
}

/* What was found and offered, sorted as the header says. */
static void add_findings(struct bench *b, int64_t from_us)
{
    const linli_plan *p = b->plan;
    size_t count = b->facts.bid_count, n = 0, m = 0,
           judges = p->panel.at_least > 1 ? (size_t)p->panel.at_least : 1;
    linli_check *checks = ARENA_NEW(b->arena, linli_check, count * p->check_count * judges + 1);
    linli_offer *offers = ARENA_NEW(b->arena, linli_offer, 2 * count * p->field_count + 1);

    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < p->check_count; k++)
            for (size_t j = 0; j < (p->checks[k].role == LINLI_EVALUATOR ? judges : 1); j++)
                checks[n++] = (linli_check){i + 1, 900 + j, p->checks[k].code, p->checks[k].role, true};
        for (size_t k = 0; k < p->field_count; k++)
            for (int round = 1; round <= 2; round++) {
                const linli_field *f = &p->fields[k];
                int64_t value = f->priced                     ? b->facts.bids[i].price.minor
                                : f->unit == LINLI_UNIT_MONEY ? BUDGET
                                                              : f->low;
                offers[m++] = (linli_offer){i + 1, f->code, round, f->unit, value, {from_us + 1 + round}};
            }
    }
    b->facts.checks = checks;
    b->facts.check_count = n;
    b->facts.offers = offers;
    b->facts.offer_count = m;
}

static void add_events(struct bench *b, int64_t from_us)
{
    static const int32_t kinds[] = {LINLI_PUBLISHED, LINLI_BIDS_DUE, LINLI_OPENED,    LINLI_CHECKED,
                                    LINLI_EVALUATED, LINLI_DECIDED,  LINLI_ANNOUNCED, LINLI_NOTICE_ENDED,
                                    LINLI_APPROVED,  LINLI_REPORTED};
    linli_event *events = ARENA_NEW(b->arena, linli_event, LENGTH(kinds) + b->facts.bid_count);
    size_t n = 0;

    for (size_t i = 0; i < LENGTH(kinds); i++)
        events[n++] = (linli_event){kinds[i], LINLI_OFFICE_CLERK, {from_us + (int64_t)i}, 0};
    for (size_t i = 0; i < b->facts.bid_count; i++)
        events[n++] = (linli_event){LINLI_SIGNED, LINLI_ORGANISATION, {from_us + 100}, i + 1};
    b->facts.events = events;
    b->facts.event_count = n;
}

static void add_evaluation(struct bench *b)
{
    linli_evaluation *e = ARENA_NEW(b->arena, linli_evaluation, 1);
    linli_result *r = ARENA_NEW(b->arena, linli_result, b->facts.bid_count);
    bool set = b->m->takes & LINLI_SET;

    for (size_t i = 0; i < b->facts.bid_count; i++) {
        int64_t price = b->facts.bids[i].price.minor;
        r[i] = (linli_result){
            .bid = i + 1, .standing = LINLI_RANKED, .rank = (int32_t)i + 1, .total = {90000000}};
        r[i].grant.minor = set && price * (int64_t)(i + 1) <= BUDGET ? price : 0;
    }
    *e = (linli_evaluation){.kind = set ? LINLI_SET : LINLI_ORDER, .items = r, .count = b->facts.bid_count};
    b->facts.evaluation = e;
}

/* Every tranche of every winner is accepted and paid, each with its papers. */
static void add_deliveries(struct bench *b)
{
    const linli_plan *p = b->plan;
    size_t n = 0, m = 0, count = b->facts.award_count;
    linli_delivery *d = ARENA_NEW(b->arena, linli_delivery, count * p->tranche_count + 1);
    linli_paper *papers = ARENA_NEW(b->arena, linli_paper, count * p->paper_count + 1);

    for (size_t i = 0; i < count; i++)
        for (size_t t = 0; t < p->tranche_count; t++)
            d[n++] = (linli_delivery){
                .bid = b->facts.awards[i].bid, .tranche = p->tranches[t].code, .state = LINLI_TRANCHE_PAID};
    for (size_t k = 0; k < p->paper_count; k++)
        for (size_t i = 0; i < count && p->papers[k].tranche; i++)
            papers[m++] = (linli_paper){.rule = p->papers[k].code,
                                        .tranche = p->papers[k].tranche,
                                        .bid = b->facts.awards[i].bid,
                                        .accepted = true,
                                        .judge = LINLI_SUPERVISOR,
                                        .at = b->facts.phase_since};
    b->facts.deliveries = d;
    b->facts.delivery_count = n;
    b->facts.papers = papers;
    b->facts.paper_count = m;
}

/* ---- the questions ------------------------------------------------------------------------ */

static void ask_money(struct bench *b, int size)
{
    const linli_schedule *s;

    b->q.award = &b->facts.awards[b->facts.award_count - 1];
    s = ask(b, ASK_SCHEDULE, size);
    add_deliveries(b);
    if (s) {
        b->q.tranche = &s->items[s->count - 1];
        ask(b, ASK_RELEASE, size);
    }
}

static void ask_phase(struct bench *b, const linli_phase *phase, int size)
{
    b->facts.phase = phase->code;
    b->facts.evaluation = NULL;
    b->facts.award_count = b->facts.delivery_count = b->facts.paper_count = 0;
    ask(b, ASK_ADMIT, size);
    if (phase->kind >= LINLI_EVALUATING && phase->kind <= LINLI_DELIVERING) {
        add_evaluation(b);
        const linli_awards *awards = ask(b, ASK_AWARD, size);
        if (awards && phase->kind >= LINLI_NOTICE) {
            b->facts.awards = awards->items;
            b->facts.award_count = awards->count;
        }
        if (b->facts.award_count > 0 && phase->kind == LINLI_DELIVERING)
            ask_money(b, size);
    }
    ask(b, ASK_STEP, size);
    b->q.role = LINLI_ORGANISATION;
    b->q.actor = b->q.bid = b->facts.bid_count;
    for (b->q.act = LINLI_SUBMIT; b->m->refuse && b->q.act <= LINLI_SIGN; b->q.act++)
        if (phase->may[LINLI_ORGANISATION] & LINLI_MAY(b->q.act))
            ask(b, ASK_REFUSE, size);
}

static bool bench_lot(struct bench *b, const struct rule_set *rules, int regime, int size)
{
    int64_t from = (int64_t)date_of(2026, 11, 2) * TIME_DAY;
    linli_tender tender = {.key = 1,
                           .currency = "CNY",
                           .category = LINLI_SERVICES,
                           .regime = regime,
                           .budget = {BUDGET},
                           .published = {from},
                           .bids_due = {from + 28 * TIME_DAY},
                           .electorate = 1000,
                           .lot = 1,
                           .lots = 1};

    b->facts = (linli_facts){.now = {from + 60 * TIME_DAY},
                             .calendar = calendar(b->arena),
                             .tender = &tender,
                             .phase_since = {from},
                             .phase_due = {from + 28 * TIME_DAY},
                             .round = 1,
                             .rules = rules->rules,
                             .rule_count = rules->count};
    ask(b, ASK_CHECK, size);
    if (!(b->plan = ask(b, ASK_PLAN, size)))
        return false;
    b->facts.plan = b->plan;
    add_bids(b, (size_t)sizes[size], from);
    add_findings(b, from);
    add_events(b, from);
    for (size_t i = 0; i < b->plan->phase_count; i++)
        ask_phase(b, &b->plan->phases[i], size);
    return true;
}

static int show(const struct bench *b)
{
    int bent = 0;

    for (int kind = ASK_CHECK; kind <= ASK_REFUSE; kind++) {
        const int64_t *ns = b->longest_ns[kind];
        bool bends = ns[3] > 200000 && ns[3] > TIMES_MOST * ns[2];
        if (ns[0] == 0)
            continue;
        printf("%-22s %-9s", b->m->about->id, question_names[kind]);
        for (int i = 0; i < SIZES; i++)
            printf(" %8lld.%lld", (long long)(ns[i] / 1000), (long long)(ns[i] / 100 % 10));
        printf("  %s%s\n", b->at[kind] ? b->at[kind] : "", bends ? "  NOT LINEAR" : "");
        bent += bends;
    }
    fflush(stdout);
    return bent;
}

static int bench_mechanism(const char *path, const struct rule_book *book)
{
    void *so = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const linli_module *module = so ? dlsym(so, "linli_exports") : NULL;
    struct bench b = {.m = module && module->mechanisms ? module->mechanisms[0] : NULL};
    struct err err = {0};
    int regime = LINLI_STATUTORY;

    if (!b.m)
        return 0;
    b.q.mechanism = b.m;
    while (!(b.m->regimes >> regime & 1))
        regime++;
    for (int size = 0; size < SIZES; size++)
        for (size_t e = 0; b.m->examples[e]; e++) {
            void *options;
            b.arena = arena_new(0);
            const struct rule_set *rules =
                rules_on(book, regime, (struct rule_place){0}, date_of(2026, 11, 21), b.arena);
            if (form_read(&(struct form){b.m->options, b.m->option_count, b.m->options_size}, b.arena,
                          b.m->examples[e], strlen(b.m->examples[e]), &options, &err))
                NEVER(err.detail);
            b.options = b.q.options = options;
            if (!rules || !bench_lot(&b, rules, regime, size))
                fprintf(stderr, "%s: example %zu makes no plan\n", b.m->about->id, e + 1);
            arena_free(b.arena);
        }
    return show(&b);
}

int main(int argc, char **argv)
{
    static const char *const ids[] = {"public_bidding",    "invited_bidding",      "negotiation",
                                      "consultation",      "single_source",        "framework",
                                      "open_comparison",   "external_procedure",   "community_fund",
                                      "cultivation_grant", "venture_philanthropy", "inquiry"};
    struct arena *arena = arena_new(0);
    struct rule_book *book = NULL;
    struct err err = {0};
    int bent = 0;

    if (argc < 3 || rules_load(argv[2], arena, &book, &err)) {
        fprintf(stderr, "usage: mechanism_speed PLUGIN_DIR RULES_DIR [ID]  %s\n", err.detail);
        return 64;
    }
    printf("%-22s %-9s %10s %10s %10s %10s  us at so many bids, and the slowest phase\n", "mechanism",
           "question", "10", "100", "1000", "10000");
    for (size_t i = 0; i < LENGTH(ids); i++)
        if (argc < 4 || strcmp(argv[3], ids[i]) == 0)
            bent += bench_mechanism(arena_printf(arena, "%s/%s.so", argv[1], ids[i]), book);
    arena_free(arena);
    return bent > 0;
}
