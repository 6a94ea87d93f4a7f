/* What a mechanism promises beyond every answer's contract. */
#include <stdio.h>
#include <string.h>

#include "core/host/check.h"

struct lot {
    struct checker *c;
    const void *options;
    const linli_plan *plan;
    struct world *full;
    linli_facts bare; /* published and due, and nothing more */
};

static const linli_phase *phase_of_kind(const linli_plan *p, int32_t kind)
{
    for (size_t i = 0; i < p->phase_count; i++)
        if (p->phases[i].kind == kind)
            return &p->phases[i];
    return NULL;
}

/* ---- steps ----------------------------------------------------------------------------- */

static void check_steps(struct lot *l)
{
    for (size_t i = 0; i < l->plan->phase_count; i++) {
        linli_facts full = l->full->facts, bare = l->bare, early = l->bare;
        full.phase = bare.phase = early.phase = l->plan->phases[i].code;
        early.now.us = early.tender->published.us + 1;
        struct question q = check_question(l->c, ASK_STEP, l->options, &full);
        check_question_all(l->c, &q, "step");
        q.facts = &bare;
        check_question_all(l->c, &q, "step");
        q.facts = &early;
        check_question_once(l->c, &q, "step");
    }
}

/* One fewer than `quorum` needs.  False: this world cannot say. */
static bool facts_with_few(const struct lot *l, const linli_quorum *quorum, linli_facts *f)
{
    size_t count = (size_t)quorum->at_least - 1;

    *f = l->bare;
    f->phase = quorum->phase;
    if (quorum->counts == LINLI_COUNT_VOTERS) {
        f->bids = l->full->facts.bids;
        if (count >= l->full->facts.ballot_count)
            return false;
        f->ballot_count = count;
        return true;
    }
    if (quorum->counts != LINLI_COUNT_BIDDERS || count > WORLD_BIDS - 2)
        return false;
    f->bid_count = count;
    f->ballot_count = f->choice_count = 0;
    return true;
}

static void check_few(struct lot *l)
{
    for (size_t i = 0; i < l->plan->quorum_count; i++) {
        const linli_quorum *quorum = &l->plan->quorums[i];
        linli_facts f;
        if (!facts_with_few(l, quorum, &f))
            continue;
        struct question q = check_question(l->c, ASK_STEP, l->options, &f);
        const linli_step *s = check_question_once(l->c, &q, "few");
        const linli_phase *ph = NULL;
        for (size_t k = 0; k < l->plan->phase_count; k++)
            if (strcmp(l->plan->phases[k].code, quorum->phase) == 0)
                ph = &l->plan->phases[k];
        if (!s || !ph || !ph->next)
            continue;
        if (s->kind == LINLI_GO && strcmp(s->phase, ph->next) == 0)
            check_failed(l->c, "phase \"%s\" goes on with %d where %d are needed", ph->code,
                         quorum->at_least - 1, quorum->at_least);
        if (s->why.count == 0)
            check_failed(l->c, "phase \"%s\" does not say why it stops with too few", ph->code);
    }
}

/* ---- admission --------------------------------------------------------------------------- */

static void check_admit(struct lot *l)
{
    linli_facts f = l->full->facts;
    linli_bid *bids = ARENA_NEW(l->c->arena, linli_bid, WORLD_BIDS);
    struct question q = check_question(l->c, ASK_ADMIT, l->options, &f);

    check_question_all(l->c, &q, "admit");
    memcpy(bids, f.bids, WORLD_BIDS * sizeof *bids);
    bids[0].withdrawn = bids[1].late = bids[2].invalid = true;
    f.bids = bids;
    check_question_all(l->c, &q, "admit");
    q.facts = &l->bare;
    check_question_once(l->c, &q, "admit");
    f = l->full->facts;
    f.bid_count = f.check_count = f.offer_count = f.paper_count = f.event_count = f.ballot_count =
        f.choice_count = 0;
    q.facts = &f;
    check_question_once(l->c, &q, "admit");
}

/* ---- awards ------------------------------------------------------------------------------ */

static bool admitted_by(struct lot *l, const linli_facts *f, uint64_t bid)
{
    struct question q = check_question(l->c, ASK_ADMIT, l->options, f);
    struct outcome o = check_ask(l->c, &q, MEMORY_UP, SIZE_MAX);
    const linli_admissions *a = o.answer;

    for (size_t i = 0; o.status == LINLI_OK && i < a->count; i++)
        if (a->items[i].bid == bid)
            return a->items[i].admitted;
    return false;
}

/* Of the bids it admits itself: ranked by number, or chosen while they fit;
 * `tied`: the first two are equal. */
static linli_evaluation *evaluation_new(struct lot *l, const linli_facts *f, int32_t kind, bool tied)
{
    linli_evaluation *e = ARENA_NEW(l->c->arena, linli_evaluation, 1);
    linli_result *r = ARENA_NEW(l->c->arena, linli_result, WORLD_BIDS);
    int64_t left = f->tender->budget.minor;
    int32_t n = 0;

    for (size_t i = 0; i < f->bid_count; i++) {
        int64_t price = f->bids[i].price.minor;
        if (!admitted_by(l, f, f->bids[i].key))
            continue;
        r[n] = (linli_result){.bid = f->bids[i].key,
                              .standing = LINLI_RANKED,
                              .rank = tied && n == 1 ? 1 : n + 1,
                              .total = {(int64_t)(95 - (tied && n == 1 ? 0 : n)) * 1000000},
                              .compared = {price}};
        if (kind == LINLI_SET && price <= left) {
            r[n].grant.minor = price;
            left -= price;
        }
        n++;
    }
    *e = (linli_evaluation){.kind = kind, .items = r, .count = (size_t)n};
    return e;
}

static const char *deciding(const linli_plan *p)
{
    const linli_phase *ph = phase_of_kind(p, LINLI_DECIDING);

    return ph ? ph->code : p->phases[0].code;
}

/* Draws as they were asked for, the last asked first; asks until none is left. */
static const linli_awards *award_after_draws(struct lot *l, linli_facts *f, const linli_awards *a,
                                             uint64_t *ret_first)
{
    linli_draw *draws = ARENA_NEW(l->c->arena, linli_draw, 8);
    struct question q = check_question(l->c, ASK_AWARD, l->options, f);

    f->draws = draws;
    for (size_t n = 0; a && a->draw_count > 0 && n < 8; n++) {
        uint64_t *keys = ARENA_NEW(l->c->arena, uint64_t, a->draws[0].count);
        for (size_t i = 0; i < a->draws[0].count; i++)
            keys[i] = a->draws[0].keys[a->draws[0].count - 1 - i];
        draws[n] = (linli_draw){a->draws[0].purpose, keys, a->draws[0].count};
        f->draw_count = n + 1;
        if (n == 0)
            *ret_first = keys[0];
        a = check_question_once(l->c, &q, "tie");
    }
    return a;
}

static void check_tie(struct lot *l)
{
    linli_facts f = l->full->facts;
    struct question q = check_question(l->c, ASK_AWARD, l->options, &f);
    uint64_t first = 0;

    f.phase = deciding(l->plan);
    f.evaluation = evaluation_new(l, &f, LINLI_ORDER, true);
    if (f.evaluation->count < 2)
        return;
    const linli_awards *a = check_question_all(l->c, &q, "tie");
    check_begin(l->c, "tie");
    if (!a || (a->draw_count == 0 && a->count == 0))
        return;
    if (a->draw_count == 0) {
        if (l->plan->award.kind == LINLI_AWARD_ONE)
            check_failed(l->c, "two are first and it is decided without a draw");
        return;
    }
    a = award_after_draws(l, &f, a, &first);
    if (!a)
        return;
    if (a->draw_count > 0)
        check_failed(l->c, "it goes on asking for draws");
    for (size_t i = 0; i < a->count; i++)
        if (a->items[i].standing == LINLI_WINNER && a->items[i].order == 1 && a->items[i].bid != first &&
            l->plan->award.kind == LINLI_AWARD_ONE)
            check_failed(l->c, "the one drawn first is not the winner");
}

/* The awards of a lot where nothing is special; NULL: it makes none. */
static const linli_awards *check_award(struct lot *l)
{
    const linli_awards *kept = NULL;
    linli_facts f = l->full->facts;
    linli_tender poor = *f.tender;
    struct question q = check_question(l->c, ASK_AWARD, l->options, &f);

    f.phase = deciding(l->plan);
    for (int32_t kind = LINLI_ORDER; kind <= LINLI_SET; kind++) {
        if (!(l->c->mechanism->takes & (uint32_t)kind))
            continue;
        f.evaluation = evaluation_new(l, &f, kind, false);
        const linli_awards *a = check_question_all(l->c, &q, "award");
        kept = a && a->count > 0 ? a : kept;
        poor.budget.minor = 100;
        f.tender = &poor;
        f.evaluation = evaluation_new(l, &f, kind, false);
        check_question_once(l->c, &q, "award");
        f.tender = l->full->facts.tender;
    }
    return kept;
}

/* ---- money -------------------------------------------------------------------------------- */

static void check_schedule(struct lot *l)
{
    struct question q = check_question(l->c, ASK_SCHEDULE, l->options, &l->full->facts);
    linli_award award = {.bid = 1, .standing = LINLI_WINNER, .order = 1};

    q.award = &award;
    for (int i = 0; i < 120; i++) {
        award.amount.minor = i < 103 ? i * INT64_C(977) : i * INT64_C(83333333331);
        if (!check_question_once(l->c, &q, "tranches"))
            return;
    }
    award.amount.minor = 45000001;
    check_question_all(l->c, &q, "tranches");
}

static const linli_delivery *deliveries_of(struct lot *l, const linli_schedule *s, uint64_t bid)
{
    linli_delivery *d = ARENA_NEW(l->c->arena, linli_delivery, s->count + 1);

    for (size_t i = 0; i < s->count; i++)
        d[i] = (linli_delivery){.bid = bid,
                                .tranche = s->items[i].code,
                                .state = LINLI_TRANCHE_PLANNED,
                                .planned = s->items[i].amount};
    return d;
}

static bool needs_evidence(const linli_plan *p, const char *tranche)
{
    for (size_t i = 0; i < p->paper_count; i++)
        if (p->papers[i].tranche && strcmp(p->papers[i].tranche, tranche) == 0 && p->papers[i].at_least > 0)
            return true;
    return false;
}

static void check_release(struct lot *l, const linli_awards *awards)
{
    const linli_phase *phase = phase_of_kind(l->plan, LINLI_DELIVERING);
    linli_facts full = l->full->facts, bare = l->bare;
    struct question s = check_question(l->c, ASK_SCHEDULE, l->options, &full);

    s.award = &awards->items[0];
    const linli_schedule *schedule = check_question_once(l->c, &s, "release");
    if (!schedule)
        return;
    full.awards = bare.awards = awards->items;
    full.award_count = bare.award_count = awards->count;
    full.deliveries = bare.deliveries = deliveries_of(l, schedule, awards->items[0].bid);
    full.delivery_count = bare.delivery_count = schedule->count;
    full.phase = bare.phase = phase ? phase->code : full.phase;
    for (size_t i = 0; i < schedule->count; i++) {
        struct question q = check_question(l->c, ASK_RELEASE, l->options, &full);
        q.award = &awards->items[0];
        q.tranche = &schedule->items[i];
        check_question_all(l->c, &q, "release");
        q.facts = &bare;
        const linli_release *r = check_question_all(l->c, &q, "release");
        if (r && r->kind == LINLI_PAY_OUT && needs_evidence(l->plan, schedule->items[i].code))
            check_failed(l->c, "tranche \"%s\" is paid without its evidence", schedule->items[i].code);
    }
}

/* ---- the veto ------------------------------------------------------------------------------ */

static void check_refuse(struct lot *l)
{
    linli_facts f = l->full->facts;
    struct question q = check_question(l->c, ASK_REFUSE, l->options, &f);

    if (!l->c->mechanism->refuse)
        return;
    for (size_t i = 0; i < l->plan->phase_count; i++) {
        uint64_t seen = 0; /* acts of this phase: the first is asked in every way */
        f.phase = l->plan->phases[i].code;
        for (q.role = LINLI_PUBLIC; q.role <= LINLI_CLOCK; q.role++)
            for (q.act = LINLI_READ_TENDER; q.act < LINLI_ACTS; q.act++) {
                if (!(l->plan->phases[i].may[q.role] & LINLI_MAY(q.act)))
                    continue;
                q.actor = 101;
                q.bid = 1;
                if (seen & LINLI_MAY(q.act))
                    check_question_once(l->c, &q, "refuse");
                else
                    check_question_all(l->c, &q, "refuse");
                seen |= LINLI_MAY(q.act);
                q.bid = 0;
                check_question_once(l->c, &q, "refuse");
            }
    }
}

/* ---- all of it ------------------------------------------------------------------------------- */

static linli_facts bare_facts(const struct world *w)
{
    linli_facts f = w->facts;

    f.check_count = f.mark_count = f.paper_count = f.event_count = f.ballot_count = f.choice_count = 0;
    return f;
}

static void check_example(struct checker *c, const char *json)
{
    struct lot l = {.c = c, .options = check_options(c, json)};
    bool set = (c->mechanism->takes & LINLI_SET) != 0;
    const linli_findings *found = NULL;
    struct world *w = NULL;

    if (!l.options)
        return;
    for (int lot = LOT_USUAL; lot < LOTS && (!found || found->count > 0); lot++) {
        c->lot = lot;
        w = world_new(c, NULL, NULL, set);
        struct question check = check_question(c, ASK_CHECK, l.options, &w->facts);
        found = check_question_all(c, &check, "examples");
    }
    if (found && found->count > 0)
        check_failed(c, "check() finds fault with the example's %s", found->items[0].path);
    struct question plan = check_question(c, ASK_PLAN, l.options, &w->facts);
    l.plan = check_question_all(c, &plan, "plan");
    if (!found || found->count > 0 || !l.plan)
        return;
    l.full = world_new(c, l.plan, NULL, set);
    l.bare = bare_facts(l.full);
    check_steps(&l);
    check_few(&l);
    check_admit(&l);
    if (c->mechanism->takes & LINLI_ORDER)
        check_tie(&l);
    check_schedule(&l);
    const linli_awards *awards = check_award(&l);
    if (awards)
        check_release(&l, awards);
    check_refuse(&l);
}

void check_mechanism(struct checker *c)
{
    for (size_t i = 0; c->mechanism->examples[i]; i++)
        check_example(c, c->mechanism->examples[i]);
}
