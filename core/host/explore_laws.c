/*
 * The laws every state and every way on is held to, whatever the mechanism.  Each has a fault planted against
 * it in tests/explore/planted, so that none of them is a check that cannot fail.
 */
#include <stdio.h>
#include <string.h>

#include "core/host/explore_state.h"
#include "core/host/facts.h"
#include "core/host/shapes.h"

static bool statutory(const struct explorer *x)
{
    return x->base->facts.tender->regime == LINLI_STATUTORY;
}

static const linli_rule *rule_of(const struct explorer *x, const char *code)
{
    for (size_t i = 0; i < x->c->rule_count; i++)
        if (strcmp(x->c->rules[i].code, code) == 0)
            return &x->c->rules[i];
    return NULL;
}

#define FAULT(x, ...)                                                                                        \
    do {                                                                                                     \
        char text_[300];                                                                                     \
        snprintf(text_, sizeof text_, __VA_ARGS__);                                                          \
        fault(x, text_);                                                                                     \
    } while (0)

/* Do bidders hand in here?  Else it is only recorded what was asked or decided elsewhere. */
static bool bid_for_here(const linli_plan *p)
{
    for (size_t i = 0; i < p->phase_count; i++)
        if ((p->phases[i].may[LINLI_ORGANISATION] | p->phases[i].may[LINLI_RESIDENT]) &
            LINLI_MAY(LINLI_SUBMIT))
            return true;
    return false;
}

/* ---- why, and by which article ----------------------------------------------------------- */

/* Does the line name what it rests on: an article, a rule, or a check that has one? */
static bool rests_on(const struct explorer *x, const linli_line *line)
{
    const linli_plan *p = x->plan;

    if (x->c->mechanism->messages[line->message].source)
        return true;
    for (uint32_t a = 0; a < line->argc; a++) {
        const linli_arg *arg = &line->arg[a];
        const linli_rule *rule = arg->kind == LINLI_ARG_RULE ? rule_of(x, arg->code) : NULL;
        if (rule && rule->source)
            return true;
        for (size_t i = 0; arg->kind == LINLI_ARG_CODE && i < p->check_count; i++)
            if (strcmp(p->checks[i].code, arg->code) == 0 && p->checks[i].source)
                return true;
    }
    return false;
}

static bool explained(const struct explorer *x, const linli_lines *why)
{
    for (size_t i = 0; i < why->count; i++)
        if (rests_on(x, &why->items[i]))
            return true;
    return !(statutory(x) && bid_for_here(x->plan)) && why->count > 0;
}

/* ---- the plan ------------------------------------------------------------------------------ */

static void notice_of_plan(struct explorer *x, const linli_phase *ph)
{
    const linli_rule *rule = rule_of(x, "result_notice");

    if (ph->ends != LINLI_ENDS_AT_DUE || !ph->window)
        FAULT(x, "the notice \"%s\" has no window that ends it", ph->code);
    if (!phase_lets(ph, LINLI_OBJECT))
        FAULT(x, "nobody may object in \"%s\"", ph->code);
    for (size_t i = 0; ph->window && i < x->plan->window_count; i++) {
        const linli_window *w = &x->plan->windows[i];
        if (strcmp(w->code, ph->window) == 0 && rule && w->least.unit == rule->period.unit &&
            w->least.count < rule->period.count)
            FAULT(x, "the notice \"%s\" is shorter than the regime's", ph->code);
    }
}

/* Where bids are decided on one after the other there is no phase of the notice: its window is in the plan,
 * and somebody may object while it runs. */
static bool notice_of_each(struct explorer *x, const linli_rule *notice)
{
    const linli_plan *p = x->plan;

    for (size_t i = 0; rolls_on(p, &p->phases[0]) && i < p->window_count; i++) {
        const linli_window *w = &p->windows[i];
        if (w->from == LINLI_ANNOUNCED && w->until == LINLI_NOTICE_ENDED)
            return w->least.unit == notice->period.unit && w->least.count >= notice->period.count &&
                   phase_lets(&p->phases[0], LINLI_OBJECT);
    }
    return false;
}

/* The regime's own steps are in the plan. */
static void regime_of_plan(struct explorer *x)
{
    const linli_plan *p = x->plan;
    const linli_rule *notice = rule_of(x, "result_notice"), *objection = rule_of(x, "challenge_window");
    bool window = false;

    /* Where whoever fits joins, nobody loses to another and there is no result to wait for. */
    if (!bid_for_here(p) || (p->contract == LINLI_FRAMEWORK && p->award.kind == LINLI_AWARD_ALL_OVER))
        return;
    if (notice && notice->period.count > 0 && !has_phase(p, LINLI_NOTICE) && !notice_of_each(x, notice))
        FAULT(x, "the regime has a notice of the result and the plan has none");
    for (size_t i = 0; i < p->window_count; i++)
        window = window || strcmp(p->windows[i].code, "challenge_window") == 0;
    if (statutory(x) && objection && objection->period.count > 0 && !window)
        FAULT(x, "the regime has a window for objections and the plan has none");
    for (size_t i = 0; i < p->phase_count; i++)
        if (p->phases[i].kind == LINLI_NOTICE)
            notice_of_plan(x, &p->phases[i]);
}

/* The first phase in which bids lie open. */
static size_t unsealed(const linli_plan *p)
{
    bool opening = p->sealing == LINLI_SEALED_TO_OPENING || p->sealing == LINLI_TWO_ENVELOPES;
    size_t at = 0;

    for (size_t i = 0; i < p->phase_count; i++)
        if (p->phases[i].kind == (opening ? LINLI_OPENING : LINLI_TENDERING))
            at = opening ? i : i + 1;
    return at;
}

/* Nobody is let at what is sealed. */
static void sealing_of_plan(struct explorer *x)
{
    const linli_plan *p = x->plan;
    size_t open = unsealed(p);

    if (p->sealing == LINLI_OPEN_BIDS)
        return;
    if (p->sealing != LINLI_SEALED_TO_DUE && !has_phase(p, LINLI_OPENING))
        FAULT(x, "bids are sealed until an opening and the plan has none");
    for (size_t i = 0; i < open; i++)
        if (phase_lets(&p->phases[i], LINLI_READ_BIDS))
            FAULT(x, "sealed bids may be read in \"%s\"", p->phases[i].code);
    for (size_t i = 0; i < p->reading_count; i++)
        if (phase_at(p, p->readings[i].from) < open)
            FAULT(x, "sealed bids are shown from \"%s\" on", p->readings[i].from);
}

/* What failed is over: nobody is chosen, nothing is signed or paid. */
static void failure_of_plan(struct explorer *x)
{
    static const int32_t over[] = {LINLI_SUBMIT, LINLI_REPLACE, LINLI_MARK,   LINLI_CHOOSE,
                                   LINLI_SIGN,   LINLI_DELIVER, LINLI_ACCEPT, LINLI_PAY};

    for (size_t i = 0; i < x->plan->phase_count; i++)
        for (size_t k = 0; k < LENGTH(over); k++)
            if (x->plan->phases[i].kind == LINLI_VOID && phase_lets(&x->plan->phases[i], over[k]))
                FAULT(x, "after the failure, in \"%s\", the tender still goes on", x->plan->phases[i].code);
}

static bool needs(const struct explorer *x, const char *code)
{
    const char *const *list = x->c->mechanism->needs;

    while (list && *list && strcmp(*list, code) != 0)
        list++;
    return list && *list;
}

/* Where only those invited bid, a list of fewer than the regime wants is not taken. */
static void invitation_of_plan(struct explorer *x)
{
    const linli_rule *least = needs(x, "invited_min") ? rule_of(x, "invited_min") : NULL;
    linli_facts facts = x->base->facts;
    uint64_t invited[BIDS] = {101, 102, 103, 104};
    struct question q = check_question(x->c, ASK_CHECK, x->options, &facts);

    facts.invited = invited;
    facts.plan = NULL;
    for (facts.invited_count = 1; least && facts.invited_count <= BIDS; facts.invited_count++) {
        const linli_findings *found = asked(x, &q);
        if (found && (found->count == 0) != ((int64_t)facts.invited_count >= least->value))
            FAULT(x, "a list of %zu is taken where %lld are to be invited, or refused where they are",
                  facts.invited_count, (long long)least->value);
    }
}

void laws_of_plan(struct explorer *x)
{
    invitation_of_plan(x);
    regime_of_plan(x);
    sealing_of_plan(x);
    failure_of_plan(x);
}

/* ---- who is admitted and awarded ---------------------------------------------------------- */

static void law_of_admission(struct explorer *x, const struct state *s, const linli_admission *a)
{
    uint16_t bid = s->bid[bid_with(s, a->bid)];

    if (a->admitted && bid & FAILED)
        FAULT(x, "a bid that failed its checks is admitted");
    if (a->admitted && x->plan->sealing != LINLI_OPEN_BIDS && !(bid & OPENED))
        FAULT(x, "a bid that was never opened is admitted");
    if (!a->admitted && bid & OPENED && !explained(x, &a->why))
        FAULT(x, "a bid is not admitted and no article is named");
}

static bool admitted_in(const linli_admissions *a, uint64_t bid)
{
    for (size_t i = 0; i < a->count; i++)
        if (a->items[i].bid == bid)
            return a->items[i].admitted;
    return false;
}

static void law_of_award(struct explorer *x, const struct state *s, const struct built *b,
                         const linli_award *award, const linli_admissions *admitted)
{
    uint16_t bid = s->bid[bid_with(s, award->bid)];

    if (bid & FAILED || !(bid & OPENED))
        FAULT(x, "a bid that was not opened or failed its checks is awarded");
    if (!s->late_objection && !admitted_in(admitted, award->bid))
        FAULT(x, "a bid is awarded that is not admitted");
    if (s->objection == FOUNDED && !s->late_objection && b->objection.bid == award->bid)
        FAULT(x, "a bid is awarded though an objection against it is founded");
    if (award->amount.minor <= 0)
        FAULT(x, "nothing is awarded to a winner");
}

/* Where bids are compared, nobody is awarded before they are. */
static void law_of_evaluation(struct explorer *x, const struct built *b)
{
    struct question q = question(x, ASK_AWARD, b);
    struct outcome o = check_ask(x->c, &q, MEMORY_UP, SIZE_MAX);
    const linli_awards *awards = o.answer;

    if (o.status == LINLI_OK && awards->count > 0)
        FAULT(x, "somebody is awarded without an evaluation");
}

static bool fell_away(const struct state *s, const struct built *b, uint64_t bid)
{
    return s->bid[bid_with(s, bid)] & (WITHDRAWN | BACKED_OUT) ||
           (s->objection == FOUNDED && b->objection.bid == bid);
}

static bool in_play(const struct state *s, const struct built *b, uint64_t bid)
{
    for (size_t i = 0; i < b->facts.bid_count; i++)
        if (b->facts.bids[i].key == bid && b->facts.bids[i].barred)
            return false;
    return !fell_away(s, b, bid);
}

/* Of two that are first a public draw decides, and who is drawn first wins. */
static void law_of_ties(struct explorer *x, const struct state *s, const struct built *b)
{
    uint64_t first = 0;

    if (x->plan->award.kind != LINLI_AWARD_ONE || s->evaluation != TIED || b->evaluation.count < 2 ||
        b->evaluation.kind != LINLI_ORDER || b->awards->count == 0)
        return;
    if (b->facts.draw_count == 0 && in_play(s, b, b->results[0].bid) && in_play(s, b, b->results[1].bid) &&
        x->c->lot != LOT_GROUPED)
        FAULT(x, "two are first and it is decided without a draw");
    for (size_t i = b->facts.draw_count ? b->draws[0].count : 0; i-- > 0;)
        first = in_play(s, b, b->draws[0].keys[i]) ? b->draws[0].keys[i] : first;
    if (first && b->awards->items[0].standing == LINLI_WINNER && b->awards->items[0].bid != first)
        FAULT(x, "the one drawn first is not the winner");
}

/* Asked again, as after somebody backed out: what was granted keeps its winner and its amount. */
static void law_of_keeping(struct explorer *x, const struct state *s, const struct built *b)
{
    struct question q = question(x, ASK_AWARD, b);
    const linli_awards *again = b->facts.award_count && !s->late_objection ? asked(x, &q) : NULL;

    for (size_t i = 0; again && again->draw_count == 0 && i < b->facts.award_count; i++) {
        const linli_award *was = &b->facts.awards[i], *is = NULL;
        for (size_t k = 0; k < again->count; k++)
            is = again->items[k].bid == was->bid ? &again->items[k] : is;
        if (was->standing == LINLI_WINNER && !fell_away(s, b, was->bid) &&
            (!is || is->standing != LINLI_WINNER || is->amount.minor != was->amount.minor))
            FAULT(x, "asked again, an award is not kept");
    }
}

/* ---- the same whatever the order ------------------------------------------------------------ */

static void law_of_order(struct explorer *x, enum question_kind kind, const struct built *b)
{
    struct question q = question(x, kind, b), twin = q;
    const void *answer = asked(x, &q);
    CLEANUP(buf_free) struct buf why = {0};

    if (!answer)
        return;
    char *first = check_dump_normal(x->c, &q, answer, false);
    twin.facts = world_turned(x->c, &b->facts);
    struct outcome o = check_ask(x->c, &twin, MEMORY_UP, SIZE_MAX);
    if (o.status != LINLI_OK || !answer_ok(&twin, o.answer, &why) ||
        strcmp(first, check_dump_normal(x->c, &twin, o.answer, false)) != 0)
        FAULT(x, "%s: the answer changes with the order of the facts", question_names[kind]);
}

/* ---- refusals -------------------------------------------------------------------------------- */

static bool won(const struct built *b, uint64_t bid)
{
    for (size_t i = 0; i < b->facts.award_count; i++)
        if (b->facts.awards[i].bid == bid && b->facts.awards[i].standing == LINLI_WINNER)
            return true;
    return false;
}

/* What is decided one after the other is made public for as long as the regime says, each by itself. */
static bool notice_waits(const struct explorer *x, const linli_phase *ph)
{
    const linli_rule *notice = rule_of(x, "result_notice");

    return rolls_on(x->plan, ph) && x->plan->contract != LINLI_FRAMEWORK && notice &&
           notice->period.count > 0;
}

static void law_of_refusal(struct explorer *x, const struct state *s, const struct built *b, int role,
                           int act)
{
    const linli_phase *ph = &x->plan->phases[s->phase];
    struct question q = question(x, ASK_REFUSE, b);

    q.role = role;
    q.act = act;
    for (q.bid = 0; q.bid <= b->facts.bid_count; q.bid++) {
        q.actor = 100 + q.bid; /* of bid 0: one that takes no part */
        const linli_verdict *v = asked(x, &q);
        if (v && v->yes && !explained(x, &v->why))
            FAULT(x, "%s is refused and no article is named",
                  act == LINLI_OBJECT ? "an objection" : "an act");
        if (v && !v->yes && act == LINLI_SIGN && q.bid == b->objection.bid && s->objection == OBJECTED &&
            x->plan->objection_stops && ph->kind == LINLI_CONTRACTING)
            FAULT(x, "it is signed while an objection is open");
        if (v && !v->yes && act == LINLI_SIGN && s->clock == BEGUN && won(b, q.bid) && notice_waits(x, ph))
            FAULT(x, "it is signed before its notice is over");
    }
}

static void laws_of_refusals(struct explorer *x, const struct state *s, const struct built *b)
{
    static const int32_t acts[] = {LINLI_SUBMIT, LINLI_WITHDRAW, LINLI_OBJECT, LINLI_SIGN, LINLI_VOTE};
    const linli_phase *ph = &x->plan->phases[s->phase];

    for (size_t i = 0; x->c->mechanism->refuse && i < LENGTH(acts); i++)
        for (int role = 0; role < LINLI_ROLES; role++)
            if (ph->may[role] & LINLI_MAY(acts[i]) && (role == LINLI_ORGANISATION || acts[i] == LINLI_VOTE)) {
                law_of_refusal(x, s, b, role, acts[i]);
                break;
            }
}

/* ---- money ------------------------------------------------------------------------------------ */

/* Paid before the contract is signed. */
static void law_of_unsigned(struct explorer *x, const struct state *s, struct built *b,
                            const linli_award *award)
{
    const linli_schedule *schedule = schedule_of(x, b, award);

    for (size_t t = 0; schedule && t < schedule->count; t++) {
        struct question q = question(x, ASK_RELEASE, b);
        q.award = award;
        q.tranche = &schedule->items[t];
        const linli_release *r = asked(x, &q);
        if (r && r->kind == LINLI_PAY_OUT && !(s->bid[bid_with(s, award->bid)] & SIGNED))
            FAULT(x, "it is paid before it is signed");
    }
}

static const linli_tranche_rule *tranche_rule(const linli_plan *p, const char *code)
{
    for (size_t i = 0; i < p->tranche_count; i++)
        if (strcmp(p->tranches[i].code, code) == 0)
            return &p->tranches[i];
    return NULL;
}

void laws_of_release(struct explorer *x, const struct state *s, const struct built *b,
                     const struct question *q, size_t tranche, const linli_release *r)
{
    const linli_tranche_rule *rule = tranche_rule(x->plan, q->tranche->code);
    bool shown = s->tranche[tranche] == SHOWN;
    int64_t paid = r->amount.minor;

    if (r->kind != LINLI_PAY_OUT)
        return;
    for (size_t i = 0; i < b->facts.delivery_count; i++)
        paid += b->deliveries[i].bid == q->award->bid ? b->deliveries[i].paid.minor : 0;
    if (s->tranche[tranche] == PAID)
        FAULT(x, "a tranche is released twice");
    if (s->tranche[tranche] == STOPPED)
        FAULT(x, "a tranche that was stopped is released");
    if (paid > q->award->amount.minor)
        FAULT(x, "more is paid than was awarded");
    if (rule && !shown && (rule->due == LINLI_ON_MILESTONE || rule->due == LINLI_ON_ACCEPTANCE) &&
        s->tranche[tranche] != PAID)
        FAULT(x, "a tranche is released before its evidence");
    if (shown && r->amount.minor != q->tranche->amount.minor)
        FAULT(x, "less is paid than planned and nothing was deducted");
    if (s->objection == OBJECTED && x->plan->objection_stops && b->objection.bid == q->award->bid)
        FAULT(x, "it is paid while an objection is open");
}

/* ---- of a state --------------------------------------------------------------------------------- */

/* Grants beyond the budget must not pass through, wherever they come from. */
static void law_of_hostility(struct explorer *x, const struct built *b)
{
    struct built hostile = *b;
    linli_result *results = ARENA_NEW(x->c->arena, linli_result, b->evaluation.count + 1);
    CLEANUP(buf_free) struct buf why = {0};

    memcpy(results, b->results, b->evaluation.count * sizeof *results);
    for (size_t i = 0; i < b->evaluation.count; i++) {
        results[i].standing = LINLI_RANKED;
        results[i].rank = 1;
        results[i].grant.minor = b->evaluation.kind == LINLI_SET ? b->tender.budget.minor : 0;
    }
    hostile.evaluation.items = results;
    hostile.facts.evaluation = &hostile.evaluation;
    struct question q = check_question(x->c, ASK_AWARD, x->options, &hostile.facts);
    struct outcome o = check_ask(x->c, &q, MEMORY_UP, SIZE_MAX);
    if (o.status == LINLI_OK && !answer_ok(&q, o.answer, &why))
        FAULT(x, "an evaluation beyond the budget is followed: %s", why.data);
}

static void laws_of_awards(struct explorer *x, const struct state *s, struct built *b,
                           const linli_admissions *admitted)
{
    bool signing = x->plan->phases[s->phase].kind == LINLI_CONTRACTING;

    for (size_t i = 0; b->awards && admitted && i < b->awards->count; i++) {
        law_of_award(x, s, b, &b->awards->items[i], admitted);
        if (signing && b->awards->items[i].standing == LINLI_WINNER)
            law_of_unsigned(x, s, b, &b->awards->items[i]);
    }
    if (signing)
        law_of_keeping(x, s, b);
    if (b->awards && !s->late_objection) {
        law_of_order(x, ASK_AWARD, b);
        law_of_ties(x, s, b);
    }
    if (!b->facts.evaluation && has_phase(x->plan, LINLI_EVALUATING))
        law_of_evaluation(x, b);
    if (b->facts.evaluation && x->plan->phases[s->phase].kind == LINLI_DECIDING)
        law_of_hostility(x, b);
}

static void law_of_the_end(struct explorer *x, const struct built *b)
{
    struct question q = question(x, ASK_STEP, b);
    const linli_step *step = asked(x, &q);

    if (step && step->kind != LINLI_STAY)
        FAULT(x, "it goes on after its end");
}

static bool paying(const struct state *s)
{
    uint8_t sum = 0;

    for (int t = 0; t < TRANCHES; t++)
        sum |= s->tranche[t];
    return sum != 0;
}

void laws_of_state(struct explorer *x, const struct state *s, struct built *b)
{
    CLEANUP(buf_free) struct buf leak = {0};
    struct question q = question(x, ASK_ADMIT, b);

    if (!facts_sealed(&b->facts, &leak))
        FAULT(x, "%s", leak.data);
    if (x->plan->phases[s->phase].ends == LINLI_NEVER_ENDS) {
        law_of_the_end(x, b);
        return;
    }
    if (paying(s))
        return; /* what a tranche stands at changes nothing of what is asked below */
    const linli_admissions *admitted = asked(x, &q);
    for (size_t i = 0; admitted && i < admitted->count; i++)
        law_of_admission(x, s, &admitted->items[i]);
    if (admitted)
        law_of_order(x, ASK_ADMIT, b);
    laws_of_awards(x, s, b, admitted);
    laws_of_refusals(x, s, b);
}

/* ---- of a way on ---------------------------------------------------------------------------------- */

/* How many there are of what a gate counts; -1: this world does not say. */
static int64_t counted(struct explorer *x, const struct state *s, const struct built *b, int32_t counts)
{
    struct question q = question(x, ASK_ADMIT, b);
    const linli_admissions *a;
    int64_t n = 0;
    bool grouped = false;

    switch (counts) {
    case LINLI_COUNT_BIDDERS:
        for (int i = 0; i < BIDS; i++) {
            if ((s->bid[i] & (HANDED | WITHDRAWN | LATE)) != HANDED)
                continue;
            bool one = x->c->lot == LOT_GROUPED && !(x->bids > 2 && i == 0);
            n += !one || !grouped;
            grouped |= one;
        }
        return n;
    case LINLI_COUNT_ADMITTED:
        a = asked(x, &q);
        return a ? a->bidders : -1;
    case LINLI_COUNT_VOTERS:
        return (int64_t)b->facts.ballot_count;
    default:
        return -1;
    }
}

static void law_of_gates(struct explorer *x, const struct state *s, const struct built *b,
                         const linli_step *step)
{
    const linli_phase *ph = &x->plan->phases[s->phase];

    for (size_t i = 0; i < x->plan->quorum_count; i++) {
        const linli_quorum *gate = &x->plan->quorums[i];
        if (strcmp(gate->phase, ph->code) != 0 || step->kind != LINLI_GO)
            continue;
        int64_t n = counted(x, s, b, gate->counts);
        if (n >= 0 && n < gate->at_least &&
            !(gate->below == LINLI_BELOW_GO && strcmp(step->phase, gate->otherwise) == 0))
            FAULT(x, "it goes on with %lld where %d are needed", (long long)n, gate->at_least);
    }
}

void laws_of_step(struct explorer *x, const struct state *s, const struct built *b, const linli_step *step)
{
    const linli_phase *ph = &x->plan->phases[s->phase];
    size_t to = step->phase ? phase_at(x->plan, step->phase) : x->plan->phase_count;
    const linli_phase *next = to < x->plan->phase_count ? &x->plan->phases[to] : NULL;

    if (s->clock == BEGUN || s->clock == AT_DUE)
        law_of_order(x, ASK_STEP, b);
    law_of_gates(x, s, b, step);
    if (step->kind == LINLI_FAIL && next && next->ends != LINLI_NEVER_ENDS)
        FAULT(x, "it fails and yet goes on in \"%s\"", next->code);
    if (step->kind == LINLI_GO && next && next->kind == LINLI_VOID)
        FAULT(x, "it ends in \"%s\" without a failure", next->code);
    if (step->kind == LINLI_FAIL && !explained(x, &step->why) && ph->kind != LINLI_DELIVERING)
        FAULT(x, "it fails and no article is named");
    if (step->kind == LINLI_GO && ph->kind == LINLI_NOTICE && s->clock < AT_DUE)
        FAULT(x, "the notice ends before its time");
    if (step->kind == LINLI_EXTEND && s->extended)
        FAULT(x, "it is extended a second time");
    if (step->kind == LINLI_GO && x->plan->objection_stops && s->objection == OBJECTED &&
        ph->kind == LINLI_CONTRACTING && next && next->kind == LINLI_DELIVERING)
        FAULT(x, "it goes on to delivery while an objection is open");
}

/* A road may leave out what is a help, not what is a duty. */
static void law_of_skipping(struct explorer *x, const struct state *s, size_t to)
{
    for (size_t i = 0; i < to && i < PHASES; i++) {
        int32_t kind = x->plan->phases[i].kind;
        if (s->been >> i & 1 ||
            (kind != LINLI_OPENING && kind != LINLI_CHECKING && kind != LINLI_EVALUATING &&
             kind != LINLI_VOTING && kind != LINLI_DECIDING && kind != LINLI_NOTICE &&
             kind != LINLI_CONTRACTING && kind != LINLI_DELIVERING))
            continue;
        FAULT(x, "it skips \"%s\"", x->plan->phases[i].code);
    }
}

static void law_of_delivery(struct explorer *x, const struct state *s, const struct built *b, int32_t kind)
{
    for (size_t i = 0; i < b->facts.award_count; i++) {
        const linli_award *award = &b->facts.awards[i];
        if (award->standing != LINLI_WINNER)
            continue;
        if (kind == LINLI_DELIVERING && !(s->bid[bid_with(s, award->bid)] & SIGNED))
            FAULT(x, "delivery begins before every contract is signed");
        bool owes = kind == LINLI_CLOSED && x->plan->contract != LINLI_FRAMEWORK;
        for (size_t t = 0; owes && t < x->plan->tranche_count && t < TRANCHES; t++)
            if (s->tranche[t] != PAID && s->tranche[t] != STOPPED)
                FAULT(x, "it is closed while a tranche is owed");
    }
    if (b->facts.award_count == 0)
        FAULT(x, "it goes on with nobody awarded");
}

void laws_of_entry(struct explorer *x, const struct state *s, const struct built *b, size_t to)
{
    int32_t kind = x->plan->phases[to].kind;

    if (to <= s->phase)
        FAULT(x, "it goes back");
    for (int i = 0; i < BIDS && kind == LINLI_DECIDING && x->plan->sealing != LINLI_OPEN_BIDS; i++)
        if ((s->bid[i] & HANDED) && !(s->bid[i] & (WITHDRAWN | OPENED | VOID_BID)))
            FAULT(x, "it is decided before all bids were opened");
    if (kind == LINLI_VOID)
        return;
    law_of_skipping(x, s, to);
    if (kind == LINLI_DELIVERING || kind == LINLI_CLOSED)
        law_of_delivery(x, s, b, kind);
}
