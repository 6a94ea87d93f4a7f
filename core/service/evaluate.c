/* How the bids of a lot compare: the scheme is asked, prices that look too low are explained, the result
 * stored. */
#include <string.h>

#include "acts.h"
#include "core/base/time.h"
#include "core/service/forms.h"
#include "core/service/openers.h"
#include "core/service/opening.h"
#include "core/service/panel.h"
#include "core/service/review.h"

/* The finding a scheme looks for after LINLI_EXPLAIN. */
static const char explained[] = "price_explained";
enum { EXPLAIN_MINUTES = 30 }; /* where no rule says, as in statutory procurement */

int criteria_load(struct act *a, const struct tender *t, const struct lot_facts *f,
                  const linli_criteria **ret, struct err *err)
{
    return ask_criteria(t->scheme, a->arena, t->scheme_options, f->facts, ret, NULL, err);
}

bool may_any(struct act *a, const struct tender *t, const struct lot *l, const int *acts, size_t count,
             struct err *err)
{
    for (size_t i = 0; i < count; i++)
        if (lot_may(a, t, l, acts[i], NULL, err) == 0)
            return true;
    return false;
}

/* ---- the run ---- */

struct run {
    struct tender *t;
    struct lot *l;
    struct lot_facts f;
    const linli_evaluation *e;
    size_t to_explain;
};

/* Members must find the same on an objective criterion; their sheets are corrected before
 * anything is summed up, and no bidder is asked about it. */
static int objective_agree(struct act *a, const struct run *r, const linli_criterion *c, struct err *err)
{
    const linli_rule *rule = review_rule(a, r->t, "objective_differs");
    const linli_facts *f = r->f.facts;

    for (size_t i = 1; i < f->mark_count; i++) {
        const linli_mark *m = &f->marks[i], *before = m - 1;

        if (m->bid != before->bid || m->value == before->value || m->tranche || before->tranche ||
            strcmp(m->criterion, c->code) != 0 || strcmp(before->criterion, c->code) != 0)
            continue;
        err_set(err, E_REFUSED, "mark/differs",
                "members differ on the objective criterion %s of bid number %d", c->code,
                f->bids[m->bid - 1].number);
        err_zh(err, "投标 %d 的客观评审因素“%s”评分不一致", f->bids[m->bid - 1].number, c->name.zh);
        if (rule)
            err_article(err, rule->source);
        return E_REFUSED;
    }
    return 0;
}

/* What is looked at does not hang on what was bid or voted: the facts of the tender suffice. */
int criteria_store(struct act *a, const struct tender *t, const struct lot *l, const linli_criteria **ret,
                   struct err *err)
{
    struct lot_facts f = {0};
    char *json = NULL;
    int status = lot_facts_load(a, t, NULL, &f, err);

    if (!status)
        status = ask_criteria(t->scheme, a->arena, t->scheme_options, f.facts, ret, &json, err);
    return status ? status
                  : decision_store(a, t, l,
                                   &(struct decided){"criteria", t->scheme, f.facts, .answer_json = json},
                                   NULL, err);
}

static int criteria_keep(struct act *a, struct run *r, struct err *err)
{
    const linli_criteria *criteria = NULL;
    int status = criteria_store(a, r->t, r->l, &criteria, err);

    for (size_t i = 0; status == 0 && i < criteria->count; i++)
        if (criteria->items[i].objective && criteria->items[i].by == LINLI_BY_JUDGES)
            status = objective_agree(a, r, &criteria->items[i], err);
    return status;
}

static int run_admit(struct act *a, struct run *r, const linli_admissions **ret, char **ret_json,
                     struct err *err)
{
    int status = ask_admit(r->t->mechanism, a->arena, r->t->options, r->f.facts, ret, ret_json, err);

    return status ? status
                  : decision_store(
                        a, r->t, r->l,
                        &(struct decided){"admit", r->t->mechanism, r->f.facts, .answer_json = *ret_json},
                        NULL, err);
}

static int run_ask(struct act *a, struct run *r, const char *question, struct err *err)
{
    const linli_admissions *admitted = NULL;
    char *json = NULL;
    int status = lot_facts_load(a, r->t, r->l, &r->f, err);

    if (!status)
        status = criteria_keep(a, r, err);
    if (!status)
        status = run_admit(a, r, &admitted, &json, err);
    if (!status && strcmp(question, "evaluate") == 0)
        status = admissions_keep(a, r->t, r->l, json, err);
    if (!status)
        status = ask_evaluate(r->t->scheme, a->arena, r->t->scheme_options, r->f.facts, admitted, &r->e,
                              &json, err);
    return status ? status
                  : decision_store(a, r->t, r->l,
                                   &(struct decided){question, r->t->scheme, r->f.facts,
                                                     .asked = {.admitted = admitted}, .answer_json = json},
                                   NULL, err);
}

/* Asks the bidders whose price looks too low; counts those not answered for yet. */
static int run_explain(struct act *a, struct run *r, struct err *err)
{
    for (size_t i = 0; i < r->e->count; i++) {
        int status;

        if (r->e->items[i].standing != LINLI_EXPLAIN)
            continue;
        r->to_explain++;
        status = tx_run(a->tx, Q_explanation_ask, NULL, err, P_INT(a->office),
                        P_TEXT(r->f.bid_ids[r->e->items[i].bid - 1]), P_TIME(a->now_us));
        if (status)
            return status;
    }
    return 0;
}

int lot_waits(struct act *a, struct lot *l, const char *what, struct err *err)
{
    l->waiting = what;
    json_key(&a->payload, "waiting");
    json_string(&a->payload, what);
    return tx_run(a->tx, Q_lot_wait, NULL, err, P_INT(a->office), P_TEXT(l->id), P_TEXT(what), P_TEXT(NULL),
                  P_TEXT(NULL));
}

static int run_end(struct act *a, struct run *r, struct err *err)
{
    struct sitting sitting = {0};
    int status = sitting_load(a, r->l, &sitting, err);

    if (!status && r->l->waiting)
        status = lot_waits(a, r->l, NULL, err);
    if (!status)
        status = sitting_store(a, r->l, sitting.locked_us, a->now_us, err);
    if (!status)
        status = milestone_add(a, r->t, r->l, "evaluated", NULL, err);
    if (!status)
        status = review_settle(a, r->l, err);
    return status ? status : lot_advance(a, r->t, r->l, err);
}

/* ---- two envelopes ---- */

/* Whose price is opened: who is admitted, and was not put out by the scheme on the marks alone.  A scheme
 * that says nothing without prices puts nobody out. */
static int go_on(struct act *a, struct run *r, const char ***ret, size_t *ret_count, struct err *err)
{
    const linli_admissions *admitted = NULL;
    struct err why = {0};
    char *json = NULL;
    int status = lot_facts_load(a, r->t, r->l, &r->f, err);

    if (!status)
        status = run_admit(a, r, &admitted, &json, err);
    if (status)
        return status;
    const char **ids = ARENA_NEW(a->arena, const char *, admitted->count + 1);
    const bool said = ask_evaluate(r->t->scheme, a->arena, r->t->scheme_options, r->f.facts, admitted, &r->e,
                                   &json, &why) == 0;
    size_t n = 0;
    for (size_t i = 0; !said && i < admitted->count; i++)
        if (admitted->items[i].admitted)
            ids[n++] = r->f.bid_ids[admitted->items[i].bid - 1];
    for (size_t i = 0; said && i < r->e->count; i++)
        if (r->e->items[i].standing != LINLI_OUT)
            ids[n++] = r->f.bid_ids[r->e->items[i].bid - 1];
    *ret = ids;
    *ret_count = n;
    return !said ? 0
                 : decision_store(a, r->t, r->l,
                                  &(struct decided){"preview", r->t->scheme, r->f.facts,
                                                    .asked = {.admitted = admitted}, .answer_json = json},
                                  NULL, err);
}

/* The report is signed: the prices close, and the lot waits until they are opened.  ret_wait false: there is
 * nothing to wait for. */
static int prices_await(struct act *a, struct run *r, bool *ret_wait, struct err *err)
{
    enum prices prices = PRICES_OPENED;
    const char **ids = NULL;
    size_t count = 0, closed = 0;
    int status = envelopes_two(r->t) ? prices_state(a, r->l, &prices, err) : 0;

    *ret_wait = prices != PRICES_OPENED;
    if (status || prices != PRICES_SEALED)
        return status;
    status = go_on(a, r, &ids, &count, err);
    if (!status)
        status = prices_close(a, r->t, r->l, ids, count, &closed, err);
    *ret_wait = closed > 0;
    return status;
}

/* Nothing is counted while what was typed in once waits for a second person, or for being dropped. */
static int ballots_typed(struct act *a, const struct lot *l, struct err *err)
{
    int64_t batches = 0;
    int status = ballots_waiting(a, l, &batches, err);

    if (status || batches == 0)
        return status;
    err_set(err, E_REFUSED, "state/refused", "%lld batches of paper ballots wait for a second person",
            (long long)batches);
    err_zh(err, "有 %lld 批纸质选票尚待第二人复录", (long long)batches);
    return E_REFUSED;
}

/* What grants amounts out of a pool goes by what the lots before it left, and waits for them.  Whether it
 * grants any, its scheme alone can say. */
static int pool_await(struct act *a, struct run *r, bool *ret_wait, struct err *err)
{
    int status = r->t->shared_pool ? lot_in_order(a, r->t, r->l, err) : 0;

    if (status != E_REFUSED)
        return status;
    status = run_ask(a, r, "preview", err);
    *ret_wait = !status && r->e->kind == LINLI_SET;
    return status;
}

static int run_await(struct act *a, struct run *r, const char **ret_for, struct err *err)
{
    bool prices = false, lots = false;
    int status = prices_await(a, r, &prices, err);

    if (!status && !prices)
        status = pool_await(a, r, &lots, err);
    *ret_for = prices ? "prices" : lots ? "lots" : NULL;
    return status;
}

int evaluation_run(struct act *a, struct tender *t, struct lot *l, bool final, struct err *err)
{
    struct run r = {.t = t, .l = l};
    const char *wait = NULL;
    int status = ballots_typed(a, l, err);

    if (!status && final)
        status = run_await(a, &r, &wait, err);
    if (status || wait)
        return status ? status : lot_waits(a, l, wait, err);
    status = run_ask(a, &r, final ? "evaluate" : "preview", err);
    if (status)
        return status;
    json_key(&a->payload, final ? "evaluated" : "previewed");
    json_int(&a->payload, (int64_t)r.e->count);
    if (!final)
        return 0;
    status = run_explain(a, &r, err);
    if (status)
        return status;
    if (r.e->draw_count)
        return lot_waits(a, l, "draw", err);
    return r.to_explain ? lot_waits(a, l, "explanation", err) : run_end(a, &r, err);
}

/* Where bids are decided on one after the other: what was voted on since the minutes before, by as many as it
 * takes. */
static int minutes_add(struct act *a, const struct tender *t, const struct lot *l, struct err *err)
{
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_bids_voted, &rows, err, P_INT(a->office), P_TEXT(t->id), P_TEXT(l->id),
                        P_INT(l->no), P_INT(t->plan->panel.at_least));

    for (size_t i = 0; !status && i < rows_count(rows); i++)
        status = milestone_add(a, t, l, "reported", row_text(rows, i, "bid_id"), err);
    return status ? status
                  : tx_run(a->tx, Q_panel_report_settle, NULL, err, P_INT(a->office), P_TEXT(l->id),
                           P_TIME(a->now_us));
}

int evaluation_settle(struct act *a, struct tender *t, struct lot *l, struct err *err)
{
    struct members members = {0};
    struct sitting sitting = {0};
    int status = members_load(a, l, &members, err);

    if (!status)
        status = sitting_load(a, l, &sitting, err);
    if (status || !sitting.locked_us || !report_complete(&members, &sitting))
        return status;
    if (lot_rolls(t, l))
        return minutes_add(a, t, l, err);
    status = milestone_add(a, t, l, "reported", NULL, err);
    /* Where nothing is compared, what was signed are the minutes of a decision. */
    if (status || strcmp(l->phase_kind, "evaluating") != 0)
        return status;
    return evaluation_run(a, t, l, true, err);
}

/* ---- the acts ---- */

int sheets_closed(struct act *a, const struct tender *t, const struct lot *l, bool *ret_final,
                  struct err *err)
{
    const linli_criteria *criteria = NULL;
    struct members members = {0};
    struct sitting sitting = {0};
    struct lot_facts f = {0};
    bool judged = t->plan->panel.at_least > 0;
    int status = lot_facts_load(a, t, l, &f, err);

    if (!status)
        status = criteria_load(a, t, &f, &criteria, err);
    if (!status)
        status = members_load(a, l, &members, err);
    if (!status)
        status = sitting_load(a, l, &sitting, err);
    if (status)
        return status;
    for (size_t i = 0; i < criteria->count; i++)
        judged |= criteria->items[i].by == LINLI_BY_JUDGES;
    *ret_final = !judged || report_complete(&members, &sitting);
    return judged ? sitting_need(a, t, l, &members, err) : 0;
}

int act_lot_evaluate(struct act *a, struct err *err)
{
    static const int acts[] = {LINLI_REPORT, LINLI_ADVANCE, LINLI_CHOOSE, LINLI_DRAW};
    struct tender *t = NULL;
    struct lot *l = NULL;
    bool final = false;
    int status = tender_of_lot(a, a->subject, &t, &l, err);

    if (!status)
        status = evaluator_sits(a, l, err);
    if (status)
        return status;
    if (!may_any(a, t, l, acts, LENGTH(acts), err))
        return err->code;
    if (strcmp(l->phase_kind, "evaluating") != 0) {
        err_set(err, E_REFUSED, "state/refused", "the lot is not being evaluated");
        err_zh(err, "当前阶段不能评审汇总");
        return E_REFUSED;
    }
    status = sheets_closed(a, t, l, &final, err);
    if (!status)
        status = evaluation_run(a, t, l, final, err);
    if (status || !final || !l->waiting || strcmp(l->waiting, "lots") != 0)
        return status;
    return lot_in_order(a, t, l, err);
}

/* ---- explanations of low prices ---- */

struct bid_explain {
    const char *body;
};
static const linli_option explain_rows[] = {
    ROW_TEXT(bid_explain, body, true, 20000, "报价合理性说明", "why the price is sound"),
};
const struct form form_bid_explain = FORM(explain_rows, struct bid_explain);

struct explaining {
    struct tender *t;
    struct lot *l;
    struct rows *row;
};

static int explaining_open(struct act *a, int act, struct explaining *x, struct err *err)
{
    int status = tx_run(a->tx, Q_explanation_get, &x->row, err, P_INT(a->office), P_TEXT(a->subject));

    if (status)
        return status;
    if (rows_count(x->row) == 0) {
        err_set(err, E_REFUSED, "state/refused", "this bid was not asked to explain its price");
        err_zh(err, "该投标未被要求说明报价");
        return E_REFUSED;
    }
    status = tender_of_lot(a, row_text(x->row, 0, "lot_id"), &x->t, &x->l, err);
    return status ? status : lot_may(a, x->t, x->l, act, a->subject, err);
}

int act_bid_explain(struct act *a, struct err *err)
{
    const struct bid_explain *body = a->body;
    struct explaining x = {0};
    int status = explaining_open(a, LINLI_ANSWER, &x, err);

    if (status)
        return status;
    if (!actor_of_organisation(a->actor, row_text(x.row, 0, "organisation_id"))) {
        err_set(err, E_FORBIDDEN, "auth/forbidden", "the bid is another organisation's");
        err_zh(err, "这不是您所在组织的投标");
        return E_FORBIDDEN;
    }
    if (!row_null(x.row, 0, "judged")) {
        err_set(err, E_REFUSED, "state/refused", "the explanation was judged already");
        err_zh(err, "说明已经评审");
        return E_REFUSED;
    }
    return tx_run(a->tx, Q_explanation_give, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                  P_TEXT(body->body), P_TIME(a->now_us), P_TEXT(a->actor->person));
}

struct bid_explained {
    bool accepted;
    const char *reason;
};
static const linli_option explained_rows[] = {
    ROW(bid_explained, accepted, BOOL, true, 0, 0, NULL, "是否采信", "accepted"),
    ROW_TEXT(bid_explained, reason, true, 4000, "理由", "reason"),
};
const struct form form_bid_explained = FORM(explained_rows, struct bid_explained);

/* The panel's word on it, spoken by the chair; where no panel sits, by the office. */
static int judge_may(struct act *a, const struct lot *l, const char **ret_role, struct err *err)
{
    struct members members = {0};
    const struct member *m = NULL;
    int status = members_load(a, l, &members, err);

    if (status || members_present(&members) == 0) {
        *ret_role = "office_clerk";
        return status;
    }
    *ret_role = "evaluator";
    status = member_acting(a, &members, &m, err);
    if (status || m->chair)
        return status;
    err_set(err, E_FORBIDDEN, "auth/forbidden", "the chair records the panel's finding");
    err_zh(err, "由组长记录评审小组意见");
    return E_FORBIDDEN;
}

/* Nobody is put out unheard: the bidder has answered, or let pass the time the rules give it; and once. */
static int heard(struct act *a, const struct explaining *x, struct err *err)
{
    const linli_rule *rule = tender_rule(a, x->t, "abnormal_explain_minutes");
    const int64_t until_us =
        row_time(x->row, 0, "asked") + (rule ? rule->value : EXPLAIN_MINUTES) * 60 * TIME_SECOND;
    char text[TIME_TEXT];

    if (!row_null(x->row, 0, "judged"))
        return err_both(err, E_REFUSED, "state/refused", "the explanation was judged already",
                        "说明已经评审");
    if (!row_null(x->row, 0, "answered") || a->now_us >= until_us)
        return 0;
    time_print_shanghai(until_us, text);
    err_set(err, E_REFUSED, "state/refused", "the bidder has until %s to explain its price", text);
    err_zh(err, "供应商可在 %s 前说明报价合理性", text);
    if (rule)
        err_article(err, rule->source);
    return E_REFUSED;
}

int act_bid_explained(struct act *a, struct err *err)
{
    const struct bid_explained *body = a->body;
    const char *role = NULL;
    struct explaining x = {0};
    int status = explaining_open(a, LINLI_CLARIFY, &x, err);

    if (!status)
        status = judge_may(a, x.l, &role, err);
    if (!status)
        status = heard(a, &x, err);
    if (status)
        return status;
    json_key(&a->payload, "role"); /* the facts say in which it was found */
    json_string(&a->payload, role);
    status =
        tx_run(a->tx, Q_explanation_judge, NULL, err, P_INT(a->office), P_TEXT(a->subject),
               P_BOOL(body->accepted), P_TEXT(body->reason), P_TIME(a->now_us), P_TEXT(a->actor->person));
    if (!status)
        status = tx_run(a->tx, Q_explanation_check, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                        P_TEXT(explained), P_TEXT(a->actor->person), P_TEXT(role), P_BOOL(body->accepted),
                        P_TEXT(body->reason), P_TIME(a->now_us));
    return status ? status : evaluation_run(a, x.t, x.l, true, err);
}
