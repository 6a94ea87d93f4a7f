/* The promises an answer makes beyond its shape, one function for each kind. */
#include "core/host/answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/host/shapes.h"
#include "linli/math.h"

const struct form *const question_shapes[ASK_KINDS] = {
    [ASK_CHECK] = &shape_findings,      [ASK_PLAN] = &shape_plan,      [ASK_STEP] = &shape_step,
    [ASK_ADMIT] = &shape_admissions,    [ASK_AWARD] = &shape_awards,   [ASK_SCHEDULE] = &shape_schedule,
    [ASK_RELEASE] = &shape_release,     [ASK_REFUSE] = &shape_verdict, [ASK_CRITERIA] = &shape_criteria,
    [ASK_EVALUATE] = &shape_evaluation,
};
const char *const question_names[ASK_KINDS] = {"check",    "plan",    "step",   "admit",    "award",
                                               "schedule", "release", "refuse", "criteria", "evaluate"};

struct words question_words(const struct question *q)
{
    return q->mechanism ? (struct words){q->mechanism->messages, q->mechanism->message_count, q->facts}
                        : (struct words){q->scheme->messages, q->scheme->message_count, q->facts};
}

linli_status question_call(const struct question *q, linli_ask *ask, void *out)
{
    const linli_mechanism *m = q->mechanism;
    const linli_scheme *s = q->scheme;

    switch (q->kind) {
    case ASK_CHECK:
        return (m ? m->check : s->check)(ask, q->options, q->facts, out);
    case ASK_PLAN:
        return m->plan(ask, q->options, q->facts, out);
    case ASK_STEP:
        return m->step(ask, q->options, q->facts, out);
    case ASK_ADMIT:
        return m->admit(ask, q->options, q->facts, out);
    case ASK_AWARD:
        return m->award(ask, q->options, q->facts, out);
    case ASK_SCHEDULE:
        return m->schedule(ask, q->options, q->facts, q->award, out);
    case ASK_RELEASE:
        return m->release(ask, q->options, q->facts, q->award, q->tranche, out);
    case ASK_REFUSE:
        return m->refuse ? m->refuse(ask, q->options, q->facts, q->role, q->actor, q->act, q->bid, out)
                         : LINLI_OK;
    case ASK_CRITERIA:
        return s->criteria(ask, q->options, q->facts, out);
    case ASK_EVALUATE:
        return s->evaluate(ask, q->options, q->facts, q->admitted, out);
    case ASK_KINDS:
        break;
    }
    NEVER("a question of no kind");
}

#define WRONG(...) (buf_printf(fault, __VA_ARGS__), false)

/* ---- the plan ---------------------------------------------------------------- */

static int phase_index(const linli_plan *p, const char *code)
{
    for (size_t i = 0; code && i < p->phase_count; i++)
        if (strcmp(p->phases[i].code, code) == 0)
            return (int)i;
    return -1;
}

static bool window_known(const linli_plan *p, const char *code)
{
    for (size_t i = 0; i < p->window_count; i++)
        if (strcmp(p->windows[i].code, code) == 0)
            return true;
    return false;
}

static bool tranche_known(const linli_plan *p, const char *code)
{
    for (size_t i = 0; i < p->tranche_count; i++)
        if (strcmp(p->tranches[i].code, code) == 0)
            return true;
    return false;
}

/* Codes are the first member of these leaves, and each occurs once. */
static bool codes_unique(const char *what, const void *items, size_t count, size_t size, struct buf *fault)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++) {
            const char *const *a = (const void *)((const char *)items + i * size);
            const char *const *b = (const void *)((const char *)items + k * size);
            if (strcmp(*a, *b) == 0)
                return WRONG("%s \"%s\" is there twice", what, *a);
        }
    return true;
}

static bool phases_ok(const linli_plan *p, struct buf *fault)
{
    if (p->phase_count < 2)
        return WRONG("the plan has fewer than two phases");
    for (size_t i = 0; i < p->phase_count; i++) {
        const linli_phase *ph = &p->phases[i];
        if (ph->ends == LINLI_NEVER_ENDS) {
            if (ph->next || ph->otherwise)
                return WRONG("phase \"%s\" never ends and yet has a next", ph->code);
            continue;
        }
        if (phase_index(p, ph->next) < 0 || phase_index(p, ph->otherwise) < 0)
            return WRONG("phase \"%s\" leads to a phase that is not there", ph->code);
        if (ph->window && !window_known(p, ph->window))
            return WRONG("phase \"%s\" names a window that is not there", ph->code);
    }
    return codes_unique("phase", p->phases, p->phase_count, sizeof *p->phases, fault);
}

/* Depth first; 1: on the road now, 2: known to end. */
static bool road_ends(const linli_plan *p, int at, uint8_t *mark)
{
    const linli_phase *ph = &p->phases[at];

    if (mark[at] != 0)
        return mark[at] == 2;
    mark[at] = 1;
    if (ph->ends != LINLI_NEVER_ENDS &&
        (!road_ends(p, phase_index(p, ph->next), mark) || !road_ends(p, phase_index(p, ph->otherwise), mark)))
        return false;
    mark[at] = 2;
    return true;
}

static bool plan_ends(const linli_plan *p, struct buf *fault)
{
    uint8_t mark[256] = {0};

    if (p->phase_count > sizeof mark)
        return WRONG("the plan has more than 256 phases");
    for (size_t i = 0; i < p->phase_count; i++)
        if (!road_ends(p, (int)i, mark))
            return WRONG("from phase \"%s\" the plan goes in a circle", p->phases[i].code);
    return true;
}

static bool quorums_ok(const linli_plan *p, struct buf *fault)
{
    for (size_t i = 0; i < p->quorum_count; i++) {
        const linli_quorum *q = &p->quorums[i];
        bool other = q->below == LINLI_BELOW_GO || q->below == LINLI_BELOW_ASK;
        if (phase_index(p, q->phase) < 0 || ((other || q->otherwise) && phase_index(p, q->otherwise) < 0))
            return WRONG("the quorum of \"%s\" names a phase that is not there", q->phase);
        if (q->at_least <= 0)
            return WRONG("the quorum of \"%s\" needs nobody", q->phase);
        if (q->below == LINLI_BELOW_EXTEND && q->extend.count == 0)
            return WRONG("the quorum of \"%s\" extends by nothing", q->phase);
    }
    return true;
}

static bool parts_of_plan_ok(const linli_plan *p, struct buf *fault)
{
    for (size_t i = 0; i < p->check_count; i++)
        if (phase_index(p, p->checks[i].phase) < 0)
            return WRONG("check \"%s\" names a phase that is not there", p->checks[i].code);
    for (size_t i = 0; i < p->paper_count; i++) {
        const linli_paper_rule *paper = &p->papers[i];
        if (phase_index(p, paper->phase) < 0 || (paper->tranche && !tranche_known(p, paper->tranche)))
            return WRONG("paper \"%s\" names a phase or a tranche that is not there", paper->code);
    }
    for (size_t i = 0; i < p->reading_count; i++)
        if (phase_index(p, p->readings[i].from) < 0)
            return WRONG("a reading starts in phase \"%s\", which is not there", p->readings[i].from);
    for (size_t i = 0; i < p->window_count; i++) {
        const linli_window *w = &p->windows[i];
        if (w->most.count && w->least.count && w->most.unit == w->least.unit &&
            w->most.count < w->least.count)
            return WRONG("window \"%s\" is at most shorter than at least", w->code);
    }
    return codes_unique("window", p->windows, p->window_count, sizeof *p->windows, fault) &&
           codes_unique("check", p->checks, p->check_count, sizeof *p->checks, fault) &&
           codes_unique("paper", p->papers, p->paper_count, sizeof *p->papers, fault);
}

static bool fields_ok(const linli_plan *p, struct buf *fault)
{
    int priced = 0;

    for (size_t i = 0; i < p->field_count; i++) {
        const linli_field *f = &p->fields[i];
        priced += f->priced;
        if (f->low > f->high || f->envelope < 1 || f->envelope > 2)
            return WRONG("field \"%s\" has bounds or an envelope that cannot be", f->code);
        if (f->by == LINLI_CLOCK && (f->unit != LINLI_UNIT_COUNT || p->sealing != LINLI_OPEN_BIDS))
            return WRONG("field \"%s\" counts support, which only open bids have", f->code);
    }
    if (priced > 1)
        return WRONG("two fields are the price");
    return codes_unique("field", p->fields, p->field_count, sizeof *p->fields, fault);
}

static bool money_of_plan_ok(const linli_plan *p, struct buf *fault)
{
    int64_t share = 0;

    for (size_t i = 0; i < p->tranche_count; i++)
        share += p->tranches[i].share.ppm;
    if (share != LINLI_WHOLE)
        return WRONG("the shares of the tranches add up to %lld ppm, not to 1000000", (long long)share);
    if (p->panel.at_least < 0 || p->panel.experts < 0 || p->panel.experts > p->panel.of)
        return WRONG("the panel cannot be made up");
    if (p->award.kind == LINLI_AWARD_UP_TO_N && p->award.most < 1)
        return WRONG("up to n are awarded and n is not set");
    return codes_unique("tranche", p->tranches, p->tranche_count, sizeof *p->tranches, fault);
}

static bool plan_ok(const linli_plan *p, struct buf *fault)
{
    return phases_ok(p, fault) && plan_ends(p, fault) && quorums_ok(p, fault) && parts_of_plan_ok(p, fault) &&
           fields_ok(p, fault) && money_of_plan_ok(p, fault);
}

/* ---- the decisions ------------------------------------------------------------ */

static int by_number(const void *left, const void *right)
{
    uint64_t a, b;

    memcpy(&a, left, sizeof a);
    memcpy(&b, right, sizeof b);
    return (a > b) - (a < b);
}

/* Is a number there twice? */
static bool twice(uint64_t *numbers, size_t count, uint64_t *ret)
{
    qsort(numbers, count, sizeof *numbers, by_number);
    for (size_t i = 1; i < count; i++)
        if ((*ret = numbers[i]) == numbers[i - 1])
            return true;
    return false;
}

static const linli_bid *find_bid(const linli_facts *f, uint64_t key)
{
    if (key > 0 && key <= f->bid_count && f->bids[key - 1].key == key)
        return &f->bids[key - 1];
    for (size_t i = 0; i < f->bid_count; i++)
        if (f->bids[i].key == key)
            return &f->bids[i];
    return NULL;
}

/* Is it drawn among those there are: a bid, or a bidder? */
static bool may_be_drawn(const linli_facts *f, uint64_t key)
{
    if (find_bid(f, key))
        return true;
    for (size_t i = 0; i < f->bid_count; i++)
        if (f->bids[i].bidder == key)
            return true;
    for (size_t i = 0; i < f->bidder_count; i++)
        if (f->bidders[i].key == key)
            return true;
    for (size_t i = 0; i < f->invited_count; i++)
        if (f->invited[i] == key)
            return true;
    return false;
}

static bool draw_ok(const linli_facts *f, const linli_draw_request *draw, struct buf *fault)
{
    uint64_t *keys, key = 0;
    bool again;

    if (draw->count < 2 || !draw->keys)
        return WRONG("draw \"%s\" is between fewer than two", draw->purpose);
    for (size_t i = 0; i < draw->count; i++)
        if (!may_be_drawn(f, draw->keys[i]))
            return WRONG("draw \"%s\" names %llu, who is not there", draw->purpose,
                         (unsigned long long)draw->keys[i]);
    keys = malloc(draw->count * sizeof *keys);
    MUST(keys);
    memcpy(keys, draw->keys, draw->count * sizeof *keys);
    again = twice(keys, draw->count, &key);
    free(keys);
    if (again)
        return WRONG("draw \"%s\" names one twice", draw->purpose);
    for (size_t k = 0; k < f->draw_count; k++)
        if (strcmp(f->draws[k].purpose, draw->purpose) == 0 && f->draws[k].count == draw->count)
            return WRONG("draw \"%s\" took place and is asked for again", draw->purpose);
    return true;
}

static bool draws_ok(const linli_facts *f, const linli_draw_request *draws, size_t count, struct buf *fault)
{
    for (size_t i = 0; i < count; i++)
        if (!draw_ok(f, &draws[i], fault))
            return false;
    return true;
}

static bool step_ok(const struct question *q, const linli_step *s, struct buf *fault)
{
    const linli_plan *p = q->facts->plan;
    bool moves = s->kind == LINLI_GO || s->kind == LINLI_FAIL;

    if (moves && (!s->phase || (p && phase_index(p, s->phase) < 0)))
        return WRONG("the step leads to a phase that is not there");
    if (s->kind == LINLI_EXTEND && s->extend.count == 0)
        return WRONG("the step extends by nothing");
    if (s->kind != LINLI_STAY && s->kind != LINLI_GO && s->why.count == 0)
        return WRONG("the step does not say why");
    for (size_t i = 0; i < s->way_count; i++)
        if (s->ways[i].phase && p && phase_index(p, s->ways[i].phase) < 0)
            return WRONG("way \"%s\" leads to a phase that is not there", s->ways[i].code);
    if (s->draw_count > 0 && s->kind != LINLI_STAY)
        return WRONG("the step goes on and asks for a draw");
    return draws_ok(q->facts, s->draws, s->draw_count, fault);
}

/* Results and admissions are sorted by bid, so that the one looked for is at its key or a little before. */
static size_t near_key(uint64_t bid, size_t count)
{
    return bid < count ? (size_t)bid : count;
}

static const linli_result *find_result(const linli_evaluation *e, uint64_t bid)
{
    for (size_t i = near_key(bid, e->count); i-- > 0 && e->items[i].bid >= bid;)
        if (e->items[i].bid == bid)
            return &e->items[i];
    for (size_t i = 0; i < e->count; i++)
        if (e->items[i].bid == bid)
            return &e->items[i];
    return NULL;
}

static bool admitted_at(const linli_admissions *a, uint64_t bid)
{
    for (size_t i = near_key(bid, a->count); i-- > 0 && a->items[i].bid >= bid;)
        if (a->items[i].bid == bid)
            return a->items[i].admitted;
    for (size_t i = 0; i < a->count; i++)
        if (a->items[i].bid == bid)
            return a->items[i].admitted;
    return false;
}

/* The admitted; those of one group count once. */
static int32_t bidders_of(const linli_facts *f, const linli_admissions *a)
{
    uint64_t *groups = malloc((a->count + 1) * sizeof *groups);
    int32_t bidders = 0;
    size_t n = 0;

    MUST(groups);
    for (size_t i = 0; i < a->count; i++) {
        uint64_t group = find_bid(f, a->items[i].bid)->group;

        if (a->items[i].admitted && group)
            groups[n++] = group;
        bidders += a->items[i].admitted && !group;
    }
    qsort(groups, n, sizeof *groups, by_number);
    for (size_t i = 0; i < n; i++)
        bidders += i == 0 || groups[i] != groups[i - 1];
    free(groups);
    return bidders;
}

static bool admissions_ok(const struct question *q, const linli_admissions *a, struct buf *fault)
{
    int32_t bidders;

    if (a->count != q->facts->bid_count)
        return WRONG("%zu bids were looked at of %zu", a->count, q->facts->bid_count);
    for (size_t i = 0; i < a->count; i++) {
        const linli_bid *bid = find_bid(q->facts, a->items[i].bid);
        if (!bid || (i > 0 && a->items[i].bid <= a->items[i - 1].bid))
            return WRONG("the admissions are not one for each bid in order");
        if (a->items[i].admitted && (bid->withdrawn || bid->late || bid->invalid))
            return WRONG("bid %llu is withdrawn, late or void and yet admitted",
                         (unsigned long long)bid->key);
        if (!a->items[i].admitted && a->items[i].why.count == 0)
            return WRONG("bid %llu is refused without a reason", (unsigned long long)bid->key);
    }
    bidders = bidders_of(q->facts, a);
    if (bidders != a->bidders)
        return WRONG("%d bidders are counted where there are %d", a->bidders, bidders);
    return true;
}

/* What may be given out in this lot. */
static int64_t limit_of(const linli_facts *f)
{
    int64_t budget = f->tender->budget.minor, pool = f->tender->pool.minor;

    if (pool == 0 || pool >= budget)
        return budget;
    return pool > 0 ? pool : 0; /* less than nothing says that the other lots took it all */
}

static bool award_ok(const struct question *q, const linli_award *a, struct buf *fault)
{
    const linli_bid *bid = find_bid(q->facts, a->bid);
    const linli_evaluation *e = q->facts->evaluation;
    const linli_result *r = e ? find_result(e, a->bid) : NULL;

    if (!bid || bid->withdrawn || bid->late || bid->invalid || (e && (!r || r->standing != LINLI_RANKED)))
        return WRONG("bid %llu is awarded and was not admitted", (unsigned long long)a->bid);
    if (bid->barred)
        return WRONG("bid %llu is awarded and its bidder has won as much as it may",
                     (unsigned long long)a->bid);
    if (e && e->kind == LINLI_SET && a->standing == LINLI_WINNER && a->amount.minor > r->grant.minor)
        return WRONG("bid %llu gets more than the evaluation grants", (unsigned long long)a->bid);
    if (a->order < 1)
        return WRONG("the award of bid %llu has no order", (unsigned long long)a->bid);
    if (a->why.count == 0)
        return WRONG("the award of bid %llu does not say why", (unsigned long long)a->bid);
    return true;
}

static bool awarded_once(const linli_awards *a, struct buf *fault)
{
    uint64_t *bids = malloc((a->count + 1) * sizeof *bids), bid = 0;
    bool again;

    MUST(bids);
    for (size_t i = 0; i < a->count; i++)
        bids[i] = a->items[i].bid;
    again = twice(bids, a->count, &bid);
    free(bids);
    return again ? WRONG("bid %llu is awarded twice", (unsigned long long)bid) : true;
}

static bool awards_ok(const struct question *q, const linli_awards *a, struct buf *fault)
{
    const linli_plan *p = q->facts->plan;
    int64_t sum = 0;
    int winners = 0;

    if (!draws_ok(q->facts, a->draws, a->draw_count, fault) || !awarded_once(a, fault))
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (!award_ok(q, &a->items[i], fault))
            return false;
        if (a->items[i].standing != LINLI_WINNER)
            continue;
        winners++;
        if (p && p->contract == LINLI_FRAMEWORK) { /* a price each, and no money yet */
            if (a->items[i].amount.minor > limit_of(q->facts))
                return WRONG("an agreed price exceeds the budget of %lld fen", (long long)limit_of(q->facts));
            continue;
        }
        if (!linli_add(sum, a->items[i].amount.minor, &sum) || sum > limit_of(q->facts))
            return WRONG("the awards exceed the budget of %lld fen", (long long)limit_of(q->facts));
    }
    if (p && p->award.kind == LINLI_AWARD_ONE && winners > 1)
        return WRONG("one is to be awarded and %d are", winners);
    if (p && p->award.kind == LINLI_AWARD_UP_TO_N && winners > p->award.most)
        return WRONG("at most %d are to be awarded and %d are", p->award.most, winners);
    if (winners == 0 && a->draw_count == 0 && a->why.count == 0)
        return WRONG("nobody is awarded and it is not said why");
    return true;
}

static bool schedule_ok(const struct question *q, const linli_schedule *s, struct buf *fault)
{
    int64_t sum = 0;

    for (size_t i = 0; i < s->count; i++) {
        if (q->facts->plan && !tranche_known(q->facts->plan, s->items[i].code))
            return WRONG("tranche \"%s\" is not in the plan", s->items[i].code);
        if (!linli_add(sum, s->items[i].amount.minor, &sum))
            return WRONG("the tranches add up to more than a number holds");
    }
    if (sum != q->award->amount.minor)
        return WRONG("the tranches add up to %lld fen, the award is %lld", (long long)sum,
                     (long long)q->award->amount.minor);
    return codes_unique("tranche", s->items, s->count, sizeof *s->items, fault);
}

static bool release_ok(const struct question *q, const linli_release *r, struct buf *fault)
{
    int64_t paid = 0;

    for (size_t i = 0; i < q->facts->delivery_count; i++)
        if (q->facts->deliveries[i].bid == q->award->bid)
            paid += q->facts->deliveries[i].paid.minor - q->facts->deliveries[i].recovered.minor;
    if (r->amount.minor > q->tranche->amount.minor)
        return WRONG("more is released than the tranche holds");
    if (r->kind != LINLI_PAY_OUT && r->amount.minor != 0)
        return WRONG("an amount is released without paying out");
    if (r->recovery.minor > paid)
        return WRONG("more is asked back than was paid");
    if (r->exclusion_months < 0 || (r->kind != LINLI_STOP && r->exclusion_months > 0))
        return WRONG("an exclusion without a stop");
    if (r->why.count == 0 && (r->kind != LINLI_PAY_OUT || r->amount.minor != q->tranche->amount.minor))
        return WRONG("the release does not say why");
    return true;
}

static bool verdict_ok(const linli_verdict *v, struct buf *fault)
{
    return v->yes && v->why.count == 0 ? WRONG("an act is refused without a reason") : true;
}

static bool findings_ok(const linli_findings *f, struct buf *fault)
{
    for (size_t i = 0; i < f->count; i++)
        if (!f->items[i].path || (f->items[i].path[0] && f->items[i].path[0] != '/'))
            return WRONG("a finding has no JSON Pointer");
    return true;
}

/* ---- schemes ------------------------------------------------------------------ */

static bool criteria_ok(const linli_criteria *c, struct buf *fault)
{
    if (c->count == 0)
        return WRONG("there is no criterion");
    for (size_t i = 0; i < c->count; i++)
        if (c->items[i].low > c->items[i].high || c->items[i].step < 0)
            return WRONG("criterion \"%s\" has bounds that cannot be", c->items[i].code);
    return codes_unique("criterion", c->items, c->count, sizeof *c->items, fault);
}

static bool parts_ok(const linli_result *r, struct buf *fault)
{
    int64_t sum = 0;

    for (size_t i = 0; i < r->part_count; i++) {
        if (!linli_add(sum, r->parts[i].points.micro, &sum))
            return WRONG("the parts of bid %llu leave their range", (unsigned long long)r->bid);
        if (r->parts[i].why.count == 0)
            return WRONG("part \"%s\" of bid %llu is not explained", r->parts[i].criterion,
                         (unsigned long long)r->bid);
    }
    if (sum != r->total.micro)
        return WRONG("the total of bid %llu is not the sum of its parts", (unsigned long long)r->bid);
    return true;
}

/* Equal ranks are a tie: the ranks are 1, 1, 3 and never 1, 1, 2. */
static bool rank_ok(const linli_evaluation *e, const linli_result *r, struct buf *fault)
{
    int32_t before = 0;

    if (r->standing != LINLI_RANKED) {
        if (r->rank != 0 || r->grant.minor != 0)
            return WRONG("bid %llu is out and yet has a rank or a grant", (unsigned long long)r->bid);
        return r->why.count > 0 ? true
                                : WRONG("bid %llu is out without a reason", (unsigned long long)r->bid);
    }
    if (e->kind == LINLI_SET)
        return r->rank >= 0 ? true : WRONG("bid %llu has a negative rank", (unsigned long long)r->bid);
    for (size_t i = 0; i < e->count; i++)
        before += e->items[i].standing == LINLI_RANKED && e->items[i].rank < r->rank;
    if (before != r->rank - 1)
        return WRONG("bid %llu has rank %d with %d before it", (unsigned long long)r->bid, r->rank, before);
    return true;
}

static bool evaluation_ok(const struct question *q, const linli_evaluation *e, struct buf *fault)
{
    size_t admitted = 0;
    int64_t spent = 0;

    if ((e->kind != LINLI_ORDER && e->kind != LINLI_SET) || !((uint32_t)e->kind & q->scheme->gives))
        return WRONG("the evaluation is not of the kind the scheme gives");
    for (size_t i = 0; i < q->admitted->count; i++)
        admitted += q->admitted->items[i].admitted;
    if (e->count != admitted)
        return WRONG("%zu bids are evaluated where %zu were admitted", e->count, admitted);
    for (size_t i = 0; i < e->count; i++) {
        const linli_result *r = &e->items[i];
        if (!admitted_at(q->admitted, r->bid) || (i > 0 && e->items[i - 1].bid >= r->bid))
            return WRONG("the evaluation is not one result for each admitted bid in order");
        if (!parts_ok(r, fault) || !rank_ok(e, r, fault))
            return false;
        if (e->kind == LINLI_ORDER && r->grant.minor != 0)
            return WRONG("a ranking grants money");
        if (!linli_add(spent, r->grant.minor, &spent) || spent > limit_of(q->facts))
            return WRONG("the chosen set does not fit the budget");
    }
    return draws_ok(q->facts, e->draws, e->draw_count, fault);
}

bool answer_ok(const struct question *q, const void *answer, struct buf *fault)
{
    struct words words = question_words(q);

    if (!answer_shape_ok(question_shapes[q->kind], answer, &words, fault))
        return false;
    switch (q->kind) {
    case ASK_CHECK:
        return findings_ok(answer, fault);
    case ASK_PLAN:
        return plan_ok(answer, fault);
    case ASK_STEP:
        return step_ok(q, answer, fault);
    case ASK_ADMIT:
        return admissions_ok(q, answer, fault);
    case ASK_AWARD:
        return awards_ok(q, answer, fault);
    case ASK_SCHEDULE:
        return schedule_ok(q, answer, fault);
    case ASK_RELEASE:
        return release_ok(q, answer, fault);
    case ASK_REFUSE:
        return verdict_ok(answer, fault);
    case ASK_CRITERIA:
        return criteria_ok(answer, fault);
    case ASK_EVALUATE:
        return evaluation_ok(q, answer, fault);
    case ASK_KINDS:
        break;
    }
    NEVER("an answer of no kind");
}
