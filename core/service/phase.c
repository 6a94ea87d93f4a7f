/*
 * How a lot goes through the phases of its plan.  The only place where a lot
 * changes its phase, and the only caller of step().
 */
#include <string.h>

#include "acts.h"
#include "core/base/time.h"
#include "core/domain/calendar.h"
#include "core/money/ledger.h"
#include "core/service/actor.h"
#include "core/service/bond.h"
#include "core/service/call.h"
#include "core/service/duty.h"
#include "core/service/forms.h"
#include "core/service/open.h"
#include "core/service/opening.h"
#include "core/service/panel.h"
#include "core/service/tender.h"
#include "core/service/words.h"

/* More phases than this cannot end at once in any plan that ends. */
enum { STEPS_MAX = 32 };

/* The road of a lot; failures stand beside it. */
static const char *const road[] = {"draft",   "published", "bidding",    "opened",     "checked", "evaluated",
                                   "decided", "announced", "contracted", "delivering", "closed"};

static int road_place(const char *state)
{
    for (size_t i = 0; i < LENGTH(road); i++)
        if (strcmp(road[i], state) == 0)
            return (int)i;
    return -1;
}

static const char *const state_of_kind[] = {
    [LINLI_TENDERING] = "bidding",     [LINLI_OPENING] = "bidding",    [LINLI_NEGOTIATING] = "opened",
    [LINLI_CHECKING] = "opened",       [LINLI_EVALUATING] = "checked", [LINLI_VOTING] = "checked",
    [LINLI_DECIDING] = "evaluated",    [LINLI_NOTICE] = "announced",   [LINLI_CONTRACTING] = "announced",
    [LINLI_DELIVERING] = "delivering", [LINLI_CLOSED] = "closed",      [LINLI_VOID] = "void"};

/* ---- states ----------------------------------------------------------------- */

static bool lot_failed(const struct lot *l)
{
    return strcmp(l->state, "void") == 0 || strcmp(l->state, "cancelled") == 0;
}

/* The tender stands where its slowest lot stands; failed ones do not count
 * unless all failed. */
static const char *state_of_lots(const struct tender *t)
{
    const char *slowest = NULL;

    for (size_t i = 0; i < t->lot_count; i++) {
        const char *state = t->lots[i].state;
        if (!lot_failed(&t->lots[i]) && (!slowest || road_place(state) < road_place(slowest)))
            slowest = state;
    }
    return slowest ? slowest : "void";
}

/* Gives back what is reserved and no lot can need any more: one that failed, or whose winners have all
 * signed. */
static int money_back(struct act *a, const struct tender *t, struct err *err)
{
    struct money m = act_money(a);
    struct rows *rows = NULL;
    int status;

    if (!t->funded || !t->published_us || makes_agreements(t))
        return 0;
    status = tx_run(a->tx, Q_tender_spare, &rows, err, P_INT(t->office), P_TEXT(t->id));
    return status ? status : money_release(&m, t->id, row_int(rows, 0, "spare_fen"), err);
}

/* The line of the list follows its tender: what failed can be tendered again. */
static int entry_follow(struct act *a, const struct tender *t, struct err *err)
{
    static const char *const follow[][2] = {{"void", "planned"},
                                            {"cancelled", "planned"},
                                            {"contracted", "contracted"},
                                            {"delivering", "contracted"},
                                            {"closed", "done"}};

    for (size_t i = 0; t->entry_id && !t->under && !t->supplements && i < LENGTH(follow); i++)
        if (strcmp(t->state, follow[i][0]) == 0)
            return tx_run(a->tx, Q_entry_state, NULL, err, P_INT(t->office), P_TEXT(t->entry_id),
                          P_TEXT(follow[i][1]));
    return 0;
}

static int tender_state_set(struct act *a, struct tender *t, const char *state, struct err *err)
{
    t->state = arena_dup(a->arena, state);
    int status = tx_run(a->tx, Q_tender_state, NULL, err, P_INT(t->office), P_TEXT(t->id), P_TEXT(state));
    if (status == 0)
        status = entry_follow(a, t, err);
    return status;
}

int lot_state_set(struct act *a, struct tender *t, struct lot *l, const char *state, struct err *err)
{
    bool failure = road_place(state) < 0;

    if (lot_failed(l) || (!failure && road_place(state) <= road_place(l->state)))
        return 0;
    int status = tx_run(a->tx, Q_lot_state, NULL, err, P_INT(t->office), P_TEXT(l->id), P_TEXT(state));
    if (status)
        return status;
    l->state = arena_dup(a->arena, state);
    const char *whole = state_of_lots(t);
    if (road_place(whole) < 0 || road_place(whole) > road_place(t->state))
        status = tender_state_set(a, t, whole, err);
    if (status == 0 && (failure || road_place(state) >= road_place("contracted")))
        status = money_back(a, t, err);
    return status;
}

int tender_end(struct act *a, struct tender *t, const char *reason, struct err *err)
{
    int status = tx_run(a->tx, Q_tender_reason, NULL, err, P_INT(t->office), P_TEXT(t->id), P_TEXT(reason));

    for (size_t i = 0; status == 0 && i < t->lot_count; i++) {
        struct lot *l = &t->lots[i];
        if (lot_failed(l) || strcmp(l->state, "closed") == 0)
            continue;
        l->state = "cancelled";
        status = tx_run(a->tx, Q_lot_state, NULL, err, P_INT(t->office), P_TEXT(l->id), P_TEXT("cancelled"));
        if (status == 0)
            status = due_clear(a, "lot_phase", l->id, err);
        if (status == 0)
            status = tx_run(a->tx, Q_awards_void, NULL, err, P_INT(t->office), P_TEXT(l->id), P_TEXT(reason));
        if (status == 0)
            status = tx_run(a->tx, Q_contracts_void, NULL, err, P_INT(t->office), P_TEXT(l->id));
    }
    if (status == 0)
        status = tender_state_set(a, t, "cancelled", err);
    if (status == 0 && t->plan)
        status = bonds_free(a, t, err);
    return status ? status : money_back(a, t, err);
}

bool lot_rolls(const struct tender *t, const struct lot *l)
{
    const linli_phase *phase = tender_phase(t, l->phase);
    bool taken = false;

    for (int role = 0; phase && role < LINLI_ROLES; role++)
        taken |= (phase->may[role] & LINLI_MAY(LINLI_SUBMIT)) != 0;
    return taken && phase->kind == LINLI_CONTRACTING;
}

/* ---- deadlines -------------------------------------------------------------- */

static const linli_window *window_of(const struct tender *t, const char *code)
{
    for (size_t i = 0; code && i < t->plan->window_count; i++)
        if (strcmp(t->plan->windows[i].code, code) == 0)
            return &t->plan->windows[i];
    return NULL;
}

static int milestone_time(struct act *a, const struct tender *t, const struct lot *l, int kind,
                          int64_t *ret_us, struct err *err)
{
    struct rows *r;
    int status = tx_run(a->tx, Q_milestone_last, &r, err, P_INT(t->office), P_TEXT(t->id), P_TEXT(l->id),
                        P_TEXT(milestone_code(kind)));

    if (status == 0)
        *ret_us = row_time(r, 0, "at");
    return status;
}

/* Bids, last quotes or choices are handed in until the deadline the office set. */
static bool ends_at_deadline(const struct tender *t, const linli_phase *phase)
{
    const linli_window *w = window_of(t, phase->window);

    return w ? w->until == LINLI_BIDS_DUE : phase->kind == LINLI_TENDERING;
}

/* When the phase is due; 0: it has no deadline, or what it runs from has not happened yet. */
static int phase_due(struct act *a, const struct tender *t, const struct lot *l, const linli_phase *phase,
                     int64_t *ret_us, bool *ret_provisional, struct err *err)
{
    const linli_window *w = window_of(t, phase->window);
    int64_t from;

    *ret_us = ends_at_deadline(t, phase) ? t->deadline_us : 0; /* a window only bounds it */
    *ret_provisional = false;
    if (!w || *ret_us)
        return 0;
    int status = 0;
    if (w->from == LINLI_STARTED)
        from = l->phase_since_us;
    else
        status = milestone_time(a, t, l, w->from, &from, err);
    if (status || from == 0)
        return status;
    return calendar_span(a->law->calendar, from, w->least.count ? w->least : w->most, w->roll, ret_us,
                         ret_provisional, err);
}

static int due_again(struct act *a, struct lot *l, int64_t at_us, struct err *err)
{
    int status = due_clear(a, "lot_phase", l->id, err);

    if (status == 0 && at_us)
        status = due_set(a, at_us, "lot_phase", l->id, err);
    return status;
}

static int due_move(struct act *a, const struct tender *t, struct lot *l, int64_t at_us, bool provisional,
                    struct err *err)
{
    int status = tx_run(a->tx, Q_lot_due, NULL, err, P_INT(t->office), P_TEXT(l->id), P_TIME(at_us),
                        P_BOOL(provisional));

    l->phase_due_us = at_us;
    return status ? status : due_again(a, l, at_us, err);
}

int deadline_move(struct act *a, struct tender *t, int64_t at_us, bool provisional, struct err *err)
{
    int status = tx_run(a->tx, Q_tender_deadline, NULL, err, P_INT(t->office), P_TEXT(t->id), P_TIME(at_us),
                        P_BOOL(provisional));

    t->deadline_us = at_us;
    for (size_t i = 0; status == 0 && i < t->lot_count; i++) {
        const linli_phase *phase = tender_phase(t, t->lots[i].phase);

        if (phase && ends_at_deadline(t, phase))
            status = due_move(a, t, &t->lots[i], at_us, provisional, err);
    }
    return status;
}

/* Ends by what a person does, and is bound to no phase: it closes nothing, and is a task.  What follows a
 * signature is done outside, and a duty (core/service/duty.h). */
static bool is_task(int from, int until)
{
    /* A report is handed in by signing it, before anything counts as evaluated. */
    static const int ends[] = {LINLI_CHECKED, LINLI_EVALUATED, LINLI_DECIDED, LINLI_ANNOUNCED, LINLI_SIGNED};

    for (size_t i = 0; from != LINLI_SIGNED && i < LENGTH(ends); i++)
        if (ends[i] == until)
            return true;
    return false;
}

/* What must be done by when, now that this has happened to the lot; and what has been done by it. */
static int deadlines_run(struct act *a, const struct tender *t, const struct lot *l, const char *kind,
                         struct err *err)
{
    const int what = milestone_of(kind);
    int status = tx_run(a->tx, Q_deadline_met, NULL, err, P_INT(t->office), P_TEXT(l->id), P_TEXT(kind),
                        P_TIME(a->now_us));

    for (size_t i = 0; status == 0 && i < t->plan->window_count; i++) {
        const linli_window *w = &t->plan->windows[i];
        int64_t due_us;
        bool provisional;

        if (w->from != what || w->most.count == 0 || !is_task(w->from, w->until))
            continue;
        status = calendar_span(a->law->calendar, a->now_us, w->most, w->roll, &due_us, &provisional, err);
        if (status == 0)
            status =
                tx_run(a->tx, Q_deadline_set, NULL, err, P_INT(t->office), P_TEXT(t->id), P_TEXT(l->id),
                       P_TEXT(w->code), P_TEXT(milestone_code(w->until)), P_TIME(a->now_us), P_TIME(due_us));
    }
    return status;
}

const char *milestone_role(const struct act *a)
{
    const char *role = role_name(LINLI_CLOCK);

    for (int r = 1; a->actor && r < LINLI_CLOCK; r++)
        if (a->roles & (UINT32_C(1) << r))
            role = role_name(r);
    return role;
}

int milestone_add(struct act *a, const struct tender *t, const struct lot *l, const char *kind,
                  const char *bid_id, struct err *err)
{
    char id[UUID_TEXT];

    id_new(t->office, id);
    int status = tx_run(a->tx, Q_milestone_add, NULL, err, P_INT(t->office), P_TEXT(id), P_TEXT(t->id),
                        P_TEXT(l ? l->id : NULL), P_TEXT(kind), P_TEXT(milestone_role(a)), P_TIME(a->now_us),
                        P_TEXT(bid_id), P_TEXT(l ? l->phase : NULL));
    for (size_t i = 0; status == 0 && t->plan && i < t->lot_count; i++) {
        struct lot *other = &t->lots[i];
        const linli_phase *phase = tender_phase(t, other->phase);
        const linli_window *w = phase ? window_of(t, phase->window) : NULL;
        int64_t at;
        bool provisional;
        if (!l || l == other)
            status = deadlines_run(a, t, other, kind, err);
        if (status || !w || (l && l != other) || w->from != milestone_of(kind) || other->phase_due_us)
            continue;
        status = phase_due(a, t, other, phase, &at, &provisional, err);
        if (status == 0 && at)
            status = due_move(a, t, other, at, provisional, err);
    }
    return status;
}

/* What a person or the mechanism put off keeps its day; everything else is counted again. */
int lot_due_recount(struct act *a, const struct tender *t, struct lot *l, struct err *err)
{
    const linli_phase *phase = tender_phase(t, l->phase);
    int64_t at = 0, extended_us = 0;
    bool provisional = false;

    if (!phase || l->phase_due_us == 0)
        return 0;
    int status = milestone_time(a, t, l, LINLI_EXTENDED, &extended_us, err);
    if (status == 0)
        status = phase_due(a, t, l, phase, &at, &provisional, err);
    if (status)
        return status;
    if (at == 0 || extended_us >= l->phase_since_us || ends_at_deadline(t, phase)) {
        at = l->phase_due_us;
        provisional = day_of(at - 1) > a->law->calendar->official_until;
    }
    return due_move(a, t, l, at, provisional, err);
}

/* ---- moving ------------------------------------------------------------------ */

/* Who reads what from this phase on, as "prices:organisation"; a failure opens nothing more. */
static int sees_set(struct act *a, const struct tender *t, const struct lot *l, const linli_phase *phase,
                    struct err *err)
{
    static const char *const what[] = {[LINLI_SEES_BIDS] = "bids",
                                       [LINLI_SEES_PRICES] = "prices",
                                       [LINLI_SEES_MARKS] = "marks",
                                       [LINLI_SEES_BALLOTS] = "ballots",
                                       [LINLI_SEES_RESULT] = "result"};
    const char **list = ARENA_NEW(a->arena, const char *, t->plan->reading_count);
    size_t n = 0;

    if (phase->kind == LINLI_VOID)
        return 0;
    for (size_t i = 0; i < t->plan->reading_count; i++) {
        const linli_reading *r = &t->plan->readings[i];
        const linli_phase *from = tender_phase(t, r->from);
        if (from && from <= phase)
            list[n++] = arena_printf(a->arena, "%s:%s", what[r->what], role_name(r->role));
    }
    return tx_run(a->tx, Q_lot_sees, NULL, err, P_INT(t->office), P_TEXT(l->id), P_TEXTS(list, n));
}

/* Of bids that were opened, while they are not compared: who is voted on, or was never admitted, and why not.
 */
static int admissions_ask(struct act *a, const struct tender *t, const struct lot *l, struct err *err)
{
    const linli_admissions *admitted = NULL;
    struct lot_facts f = {0};
    char *json = NULL;
    int status = t->opened_us ? lot_facts_load(a, t, l, &f, err) : 0;

    if (status || f.bid_count == 0)
        return status;
    status = ask_admit(t->mechanism, a->arena, t->options, f.facts, &admitted, &json, err);
    if (!status)
        status = decision_store(
            a, t, l, &(struct decided){"admit", t->mechanism, f.facts, .answer_json = json}, NULL, err);
    return status ? status : admissions_keep(a, t, l, json, err);
}

static int enter(struct act *a, struct tender *t, struct lot *l, const linli_phase *phase, int32_t round,
                 struct err *err)
{
    int64_t at;
    bool provisional;

    l->phase = phase->code;
    l->phase_kind = phase_kind_code(phase->kind);
    l->round = round;
    l->phase_since_us = a->now_us;
    l->waiting = NULL;
    int status = phase_due(a, t, l, phase, &at, &provisional, err);
    if (status)
        return status;
    l->phase_due_us = at;
    status = tx_run(a->tx, Q_lot_enter, NULL, err, P_INT(t->office), P_TEXT(l->id), P_TEXT(l->phase),
                    P_TEXT(l->phase_kind), P_INT(round), P_TIME(a->now_us), P_TIME(at), P_BOOL(provisional));
    if (status == 0)
        status = due_again(a, l, at, err);
    if (status == 0)
        status = sees_set(a, t, l, phase, err);
    if (status == 0 && phase->kind == LINLI_VOTING)
        status = milestone_add(a, t, l, "voting_started", NULL, err);
    /* Whoever is carried into a vote with which a plan begins is admitted by being chosen. */
    if (status == 0 && phase->kind == LINLI_VOTING && phase != t->plan->phases)
        status = admissions_ask(a, t, l, err);
    if (status == 0 && phase->kind == LINLI_CLOSED && makes_agreements(t))
        status = agreements_end(a, t, l, err);
    if (status == 0 && phase->kind == LINLI_CLOSED)
        status = duties_of_end(a, t, l, err);
    return status ? status : lot_state_set(a, t, l, state_of_kind[phase->kind], err);
}

int lot_enter(struct act *a, struct tender *t, struct lot *l, const char *phase, struct err *err)
{
    const linli_phase *to = tender_phase(t, phase);

    if (!to)
        return err_set(err, E_BROKEN, "server/broken", "the plan has no phase %s", phase);
    return enter(a, t, l, to, 1, err);
}

/* What a phase leaves behind when it ends well. */
static int leave(struct act *a, struct tender *t, struct lot *l, const linli_phase *phase, struct err *err)
{
    if (phase->kind == LINLI_TENDERING &&
        (t->plan->sealing == LINLI_OPEN_BIDS || t->plan->sealing == LINLI_SEALED_TO_DUE))
        return lot_open(a, t, l, err);
    if (phase->kind == LINLI_CHECKING)
        return milestone_add(a, t, l, "checked", NULL, err);
    if (phase->kind == LINLI_VOTING)
        return milestone_add(a, t, l, "voting_ended", NULL, err);
    if (phase->kind == LINLI_NOTICE)
        return milestone_add(a, t, l, "notice_ended", NULL, err);
    return 0;
}

/* Why and which ways on: members "why" and "ways" of the answer of step(). */
struct step_said {
    const char *why, *ways;
};

static int step_said(struct act *a, const char *answer, struct step_said **ret, struct err *err)
{
    static const linli_option rows[] = {
        {.name = "kind", .type = FORM_LINES},
        {.name = "phase", .type = FORM_LINES},
        {.name = "extend", .type = FORM_LINES},
        {.name = "draws", .type = FORM_LINES},
        {.name = "ways", .type = FORM_JSON, .offset = offsetof(struct step_said, ways)},
        {.name = "why", .type = FORM_JSON, .offset = offsetof(struct step_said, why)},
    };
    static const struct form form = FORM(rows, struct step_said);
    void *said;
    int status = form_read(&form, a->arena, answer, strlen(answer), &said, err);

    if (status)
        return err_set(err, E_BROKEN, "server/broken", "an answer of step() cannot be read back");
    *ret = said;
    return 0;
}

static int wait_for(struct act *a, const struct tender *t, struct lot *l, const char *what,
                    const char *answer, struct err *err)
{
    struct step_said *said = NULL;
    int status = step_said(a, answer, &said, err);

    if (status)
        return status;
    l->waiting = what;
    l->ways_json = said->ways;
    return tx_run(a->tx, Q_lot_wait, NULL, err, P_INT(t->office), P_TEXT(l->id), P_TEXT(what),
                  P_TEXT(said->why), P_TEXT(said->ways));
}

static int failure_notice(struct act *a, const struct tender *t, const struct lot *l, const char *answer,
                          struct err *err)
{
    CLEANUP(buf_free) struct buf body = {0};

    json_open(&body, '{');
    json_key(&body, "number");
    json_string(&body, t->number);
    json_key(&body, "lot");
    json_int(&body, l->no);
    json_key(&body, "decision");
    json_raw(&body, answer, strlen(answer));
    json_close(&body, '}');
    return notice_publish(a, t->id, "termination", t->title, body.data, 0, err);
}

/* The lot ends without an award: its ways on are kept for a person to choose. */
static int fail(struct act *a, struct tender *t, struct lot *l, const linli_step *step, const char *answer,
                struct err *err)
{
    const linli_phase *to = tender_phase(t, step->phase);
    int status = milestone_add(a, t, l, "failed", NULL, err);

    if (status == 0 && to && to->kind != LINLI_VOID)
        return enter(a, t, l, to, 1, err);
    if (status == 0)
        status = admissions_ask(a, t, l, err);
    for (size_t i = 0; !to && i < t->plan->phase_count; i++)
        if (t->plan->phases[i].kind == LINLI_VOID)
            to = &t->plan->phases[i];
    if (status == 0 && to)
        status = enter(a, t, l, to, 1, err);
    if (status == 0)
        status = lot_state_set(a, t, l, "void", err);
    if (status == 0)
        status = wait_for(a, t, l, NULL, answer, err);
    if (status == 0)
        status = bonds_free(a, t, err);
    return status ? status : failure_notice(a, t, l, answer, err);
}

/* A person ends the lot: nothing of it is awarded, and it may be tendered again. */
int lot_end(struct act *a, struct tender *t, struct lot *l, const char *reason, struct err *err)
{
    static const char answer[] =
        "{\"kind\":\"fail\",\"ways\":[{\"code\":\"retender\",\"name\":{\"en\":\"tender again\","
        "\"zh\":\"重新开展采购活动\"}}],\"why\":[]}";
    const linli_step step = {.kind = LINLI_FAIL};
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_lot_signed, &rows, err, P_INT(a->office), P_TEXT(l->id));

    if (!status && row_int(rows, 0, "signed") > 0) {
        err_set(err, E_REFUSED, "state/refused", "a contract is signed: end that first");
        err_zh(err, "合同已签订，应先终止合同");
        return E_REFUSED;
    }
    if (!status)
        status = tx_run(a->tx, Q_awards_void, NULL, err, P_INT(a->office), P_TEXT(l->id), P_TEXT(reason));
    if (!status)
        status = tx_run(a->tx, Q_contracts_void, NULL, err, P_INT(a->office), P_TEXT(l->id));
    json_key(&a->payload, "ended");
    json_string(&a->payload, reason);
    return status ? status : fail(a, t, l, &step, answer, err);
}

/* The only place where a lot goes back behind a signature: its contract was revoked. */
int lot_recontract(struct act *a, struct tender *t, struct lot *l, struct err *err)
{
    const linli_phase *to = NULL;
    int status;

    for (size_t i = 0; i < t->plan->phase_count; i++)
        if (t->plan->phases[i].kind == LINLI_CONTRACTING && t->plan->phases[i].ends == LINLI_ENDS_WHEN_DONE)
            to = &t->plan->phases[i];
    if (!to)
        return err_both(err, E_REFUSED, "state/refused", "no contracts are made in this procedure",
                        "该方式没有签约环节");
    l->state = state_of_kind[LINLI_CONTRACTING];
    status = tx_run(a->tx, Q_lot_state, NULL, err, P_INT(t->office), P_TEXT(l->id), P_TEXT(l->state));
    if (!status)
        status = tender_state_set(a, t, state_of_lots(t), err);
    if (!status && t->entry_id && !t->under && !t->supplements)
        status = tx_run(a->tx, Q_entry_state, NULL, err, P_INT(t->office), P_TEXT(t->entry_id),
                        P_TEXT("in_tender"));
    return status ? status : enter(a, t, l, to, 1, err);
}

/* What is due with the end of a day is due as the next begins, and counts on from the day that ends; what is
 * put off late, from when it is. */
static int64_t extended_from(const struct act *a, const struct lot *l, linli_period period)
{
    if (!l->phase_due_us || a->now_us > l->phase_due_us)
        return a->now_us;
    return period.unit == LINLI_HOURS ? l->phase_due_us : l->phase_due_us - 1;
}

static int extend(struct act *a, struct tender *t, struct lot *l, const linli_phase *phase,
                  linli_period period, struct err *err)
{
    int64_t until;
    bool provisional;
    int status = calendar_span(a->law->calendar, extended_from(a, l, period), period, LINLI_ROLL_REST, &until,
                               &provisional, err);

    if (status)
        return status;
    status = phase->kind == LINLI_TENDERING ? deadline_move(a, t, until, provisional, err)
                                            : due_move(a, t, l, until, provisional, err);
    return status ? status : milestone_add(a, t, l, "extended", NULL, err);
}

/* Does what step() said; gives whether the lot stands in a new phase. */
static int follow(struct act *a, struct tender *t, struct lot *l, const linli_step *step, const char *answer,
                  bool *ret_moved, struct err *err)
{
    const linli_phase *phase = tender_phase(t, l->phase);
    const linli_phase *to = tender_phase(t, step->phase ? step->phase : phase->next);
    int status;

    *ret_moved = false;
    switch (step->kind) {
    case LINLI_GO:
        if (!to)
            return err_set(err, E_REFUSED, "plugin/failed", "phase %s leads nowhere", l->phase);
        *ret_moved = true;
        status = leave(a, t, l, phase, err);
        return status ? status : enter(a, t, l, to, 1, err);
    case LINLI_AGAIN:
        return enter(a, t, l, phase, l->round + 1, err);
    case LINLI_EXTEND:
        return extend(a, t, l, phase, step->extend, err);
    case LINLI_FAIL:
        return fail(a, t, l, step, answer, err);
    case LINLI_ASK_APPROVAL:
        return wait_for(a, t, l, "approval", answer, err);
    default:
        return step->draw_count ? wait_for(a, t, l, "draw", answer, err) : 0;
    }
}

/* Over by its own means: a deadline that has passed, or nothing left to do. */
static bool ends_now(const struct act *a, const struct lot *l, const linli_phase *phase)
{
    if (phase->ends == LINLI_ENDS_AT_DUE)
        return l->phase_due_us && a->now_us >= l->phase_due_us;
    return phase->ends == LINLI_ENDS_WHEN_DONE;
}

/* A vote ends once what one person typed in was typed in again or dropped: else who voted in time would not
 * count, for the turnout as for the result.  Places of few voters are dropped before anybody is asked with
 * them: what a decision rests on is kept, and shown. */
static int ballots_await(struct act *a, const struct tender *t, struct lot *l, const linli_phase *phase,
                         bool *ret, struct err *err)
{
    int64_t batches = 0;

    *ret = false;
    if (phase->kind != LINLI_VOTING)
        return 0;
    int status = ballots_waiting(a, l, &batches, err);
    *ret = batches > 0;
    if (status || *ret)
        return status ? status : lot_waits(a, l, "ballots", err);
    return tx_run(a->tx, Q_ballots_blur, NULL, err, P_INT(t->office), P_TEXT(t->id), P_INT(l->no));
}

int lot_advance(struct act *a, struct tender *t, struct lot *l, struct err *err)
{
    bool moved = true, wait = false;

    for (int i = 0; moved && i < STEPS_MAX; i++) {
        const linli_phase *phase = tender_phase(t, l->phase);
        struct lot_facts facts;
        const linli_step *step;
        char *answer;
        if (!phase || phase->ends == LINLI_NEVER_ENDS || lot_failed(l) ||
            (phase->ends == LINLI_ENDS_AT_DUE && !ends_now(a, l, phase)) || (i > 0 && !ends_now(a, l, phase)))
            return 0;
        int status = ballots_await(a, t, l, phase, &wait, err);
        if (status || wait)
            return status;
        status = quotes_settle(a, t, l, err);
        if (status == 0)
            status = lot_facts_load(a, t, l, &facts, err);
        if (status == 0)
            status = ask_step(t->mechanism, a->arena, t->options, facts.facts, &step, &answer, err);
        if (status == 0 && (step->kind != LINLI_STAY || step->draw_count))
            status = decision_store(
                a, t, l, &(struct decided){"step", t->mechanism, facts.facts, .answer_json = answer}, NULL,
                err);
        if (status == 0)
            status = follow(a, t, l, step, answer, &moved, err);
        if (status)
            return status;
    }
    return 0;
}

/* ---- acts -------------------------------------------------------------------- */

/* The deadline passes once for the whole tender, whichever lot comes first. */
static int bids_due(struct act *a, const struct tender *t, const struct lot *l, struct err *err)
{
    int64_t at;
    int status = milestone_time(a, t, l, LINLI_BIDS_DUE, &at, err);

    return status || at >= t->deadline_us ? status : milestone_add(a, t, NULL, "bids_due", NULL, err);
}

act_fn due_lot_phase;

/* Bids sealed to openers are closed first, and opened once the closing is logged and the openers showed their
 * shares. */
static int opens_later(struct act *a, struct tender *t, struct lot *l, bool *ret, struct err *err)
{
    struct opening *opening;
    struct err why = {0};
    int64_t now_us;
    int status = strcmp(l->phase_kind, "tendering") == 0 ? lot_close(a, t, l, err) : 0;

    if (status || strcmp(l->phase_kind, "tendering") != 0 || t->plan->sealing != LINLI_SEALED_TO_DUE)
        return status;
    status = opening_begin(a, t, l, &opening, &why);
    *ret = status == E_BUSY || strcmp(why.type, "seal/withheld") == 0;
    if (!*ret) {
        if (status && err)
            *err = why;
        return status;
    }
    /* Openers and bidders are waited for: whoever shows the last share or key sets it going, or that bidders
     * had their time. */
    if (status != E_BUSY)
        return co_keys_until(t) > a->now_us ? due_again(a, l, co_keys_until(t), err) : 0;
    status = legal_now(a->service, a->tx, &now_us, err);
    return status ? status : due_again(a, l, (now_us > a->now_us ? now_us : a->now_us) + TIME_SECOND, err);
}

int due_lot_phase(struct act *a, struct err *err)
{
    struct tender *t;
    struct lot *l;
    bool later = false;
    int status = tender_of_lot(a, a->subject, &t, &l, err);

    if (status || l->phase_due_us == 0 || l->phase_due_us > a->now_us)
        return status;
    if (strcmp(l->phase_kind, "tendering") == 0 && (status = bids_due(a, t, l, err)))
        return status;
    json_key(&a->payload, "lot");
    json_int(&a->payload, l->no);
    json_key(&a->payload, "from");
    json_string(&a->payload, l->phase);
    if ((status = opens_later(a, t, l, &later, err)) || later)
        return status;
    if ((status = lot_advance(a, t, l, err)))
        return status;
    json_key(&a->payload, "to");
    json_string(&a->payload, l->phase);
    json_key(&a->payload, "state");
    json_string(&a->payload, l->state);
    return 0;
}

/* The answer of step() was STAY: says why. */
static int not_over(struct act *a, const struct tender *t, const struct lot *l, struct err *err)
{
    struct lot_facts facts;
    const linli_step *step;
    char *answer;
    int status = lot_facts_load(a, t, l, &facts, err);

    if (status == 0)
        status = ask_step(t->mechanism, a->arena, t->options, facts.facts, &step, &answer, err);
    if (status)
        return status;
    const linli_phase *phase = tender_phase(t, l->phase);
    err_set(err, E_REFUSED, "state/refused", "the phase \"%s\" is not over",
            phase ? phase->name.en : l->phase);
    err_zh(err, "“%s”阶段尚不能结束", phase ? phase->name.zh : l->phase);
    if (err)
        err->why_json = answer;
    return E_REFUSED;
}

int act_lot_advance(struct act *a, struct err *err)
{
    struct tender *t;
    struct lot *l;
    int status = tender_of_lot(a, a->subject, &t, &l, err);

    if (status || (status = evaluator_sits(a, l, err)) ||
        (status = lot_may(a, t, l, LINLI_ADVANCE, NULL, err)))
        return status;
    json_key(&a->payload, "from");
    json_string(&a->payload, l->phase);
    const char *before = l->phase;
    if ((status = lot_advance(a, t, l, err)))
        return status;
    json_key(&a->payload, "to");
    json_string(&a->payload, l->phase);
    return l->phase == before && !l->waiting ? not_over(a, t, l, err) : 0;
}

struct restart_body {
    const char *reason;
};
static const linli_option restart_rows[] = {ROW_TEXT(restart_body, reason, true, 2000, "理由", "reason")};
const struct form form_lot_restart = FORM(restart_rows, struct restart_body);

/* The winner will not sign: the next candidate, or, as here, all over again (实施条例 §49). */
int act_lot_restart(struct act *a, struct err *err)
{
    const struct restart_body *b = a->body;
    struct rows *rows = NULL;
    struct tender *t;
    struct lot *l;
    int status = tender_of_lot(a, a->subject, &t, &l, err);

    if (!status)
        status = tx_run(a->tx, Q_lot_signed, &rows, err, P_INT(a->office), P_TEXT(l->id));
    if (status)
        return status;
    if (!l->phase_kind || strcmp(l->phase_kind, "contracting") != 0 || row_int(rows, 0, "winners") > 0) {
        err_set(err, E_REFUSED, "state/refused", "there is a winner that may sign, or nobody refused to");
        err_zh(err, "尚有可签约的中标、成交结果，或不在签约阶段");
        return E_REFUSED;
    }
    return lot_end(a, t, l, b->reason, err);
}

struct approve_body {
    const char *way, *reason;
};
static const linli_option approve_rows[] = {
    ROW_CODE(approve_body, way, true, "后续处理", "code of the way chosen"),
    ROW_TEXT(approve_body, reason, true, 2000, "理由", "reason"),
};
const struct form form_lot_approve = FORM(approve_rows, struct approve_body);

/* A way as it was stored when step() offered it. */
struct way {
    const char *code, *phase;
};

static int find_way(struct act *a, const struct lot *l, const char *code, const struct way **ret,
                    struct err *err)
{
    static const linli_option way_rows[] = {
        {.name = "code", .type = LINLI_OPT_CODE, .offset = offsetof(struct way, code)},
        {.name = "phase", .type = LINLI_OPT_CODE, .offset = offsetof(struct way, phase)},
        {.name = "name", .type = FORM_LINES},
        {.name = "source", .type = FORM_LINES},
    };
    static const linli_option rows[] = {{.name = "ways",
                                         .type = LINLI_OPT_LIST,
                                         .high = 100,
                                         .item = way_rows,
                                         .item_count = LENGTH(way_rows),
                                         .item_size = sizeof(struct way)}};
    static const struct form form = FORM(rows, linli_list);
    const char *json = arena_printf(a->arena, "{\"ways\":%s}", l->ways_json ? l->ways_json : "[]");
    void *data;
    int status = form_read(&form, a->arena, json, strlen(json), &data, err);
    const linli_list *list = data;

    if (status)
        return err_set(err, E_BROKEN, "server/broken", "the ways of a lot cannot be read back");
    const struct way *ways = list->items;
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(ways[i].code, code) == 0) {
            *ret = &ways[i];
            return 0;
        }
    err_set(err, E_INVALID, "body/invalid", "that way is not open: %s", code);
    err_at(err, "/way", "choice", "not one of the lawful ways", "不是可选的后续处理");
    return E_INVALID;
}

/* Goes the way chosen: on to its phase, or to the end of the lot. */
static int go_way(struct act *a, struct tender *t, struct lot *l, const struct way *way, struct err *err)
{
    const linli_phase *phase = tender_phase(t, l->phase), *to = tender_phase(t, way->phase);
    int status = milestone_add(a, t, l, "approved", NULL, err);

    if (status || !to)
        return status;
    if (to->kind == LINLI_VOID) {
        const linli_step step = {.kind = LINLI_FAIL, .phase = way->phase};
        const char *answer = arena_printf(a->arena, "{\"ways\":%s}", l->ways_json);
        return fail(a, t, l, &step, answer, err);
    }
    if ((status = leave(a, t, l, phase, err)) || (status = enter(a, t, l, to, 1, err)))
        return status;
    return ends_now(a, l, to) ? lot_advance(a, t, l, err) : 0;
}

/* Ways are chosen while the lot waits for it, or once it has failed; those offered before are past. */
static int awaits_way(const struct lot *l, struct err *err)
{
    if (lot_failed(l) || (l->waiting && strcmp(l->waiting, "approval") == 0))
        return 0;
    err_set(err, E_REFUSED, "state/refused", "the lot does not wait for a decision");
    err_zh(err, "采购包当前没有待选定的后续处理");
    return E_REFUSED;
}

int act_lot_approve(struct act *a, struct err *err)
{
    const struct approve_body *b = a->body;
    const struct way *way = NULL;
    struct tender *t;
    struct lot *l;
    int status = tender_of_lot(a, a->subject, &t, &l, err);

    if (status || (status = awaits_way(l, err)) || (status = find_way(a, l, b->way, &way, err)))
        return status;
    status = tx_run(a->tx, Q_lot_way, NULL, err, P_INT(t->office), P_TEXT(l->id), P_TEXT(b->way),
                    P_TEXT(a->actor->person));
    if (status || lot_failed(l))
        return status;
    if ((status = lot_may(a, t, l, LINLI_APPROVE, NULL, err)))
        return status;
    return go_way(a, t, l, way, err);
}
