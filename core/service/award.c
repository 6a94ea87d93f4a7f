/* Who gets how much: decided by one person, confirmed by another, announced; refused by its winner. */
#include <string.h>

#include "acts.h"
#include "core/domain/calendar.h"
#include "core/service/bond.h"
#include "core/service/call.h"
#include "core/service/forms.h"
#include "core/service/open.h"
#include "core/service/panel.h"
#include "core/service/titles.h"

/* ---- deciding ---- */

struct deciding {
    struct tender *t;
    struct lot *l;
    struct lot_facts f;
    const linli_awards *awards;
    struct rows *live;
    char decision[UUID_TEXT];
};

static bool is_kind(const struct lot *l, const char *kind)
{
    return l->phase_kind && strcmp(l->phase_kind, kind) == 0;
}

static int wrong_phase(const struct act *a, const struct tender *t, const struct lot *l, struct err *err)
{
    const linli_phase *phase = tender_phase(t, l->phase);
    const linli_text title = act_title(a->op, LINLI_ACTS);

    err_set(err, E_REFUSED, "state/refused",
            "\"%s\" is not for the phase \"%s\", or not for an award that stands so", title.en,
            phase ? phase->name.en : "before publication");
    err_zh(err, "“%s”阶段或者结果的当前状态不能进行“%s”", phase ? phase->name.zh : "发布之前", title.zh);
    return E_REFUSED;
}

/* Row of the award of a bid that stands; -1: there is none. */
static int64_t live_of(const struct deciding *d, const char *bid)
{
    for (size_t i = 0; i < rows_count(d->live); i++)
        if (strcmp(row_text(d->live, i, "bid_id"), bid) == 0)
            return (int64_t)i;
    return -1;
}

static const char *standing_code(const linli_award *w)
{
    return w->standing == LINLI_WINNER ? "winner" : "reserve";
}

/* The uuid of its row is told with the act. */
static int award_put(struct act *a, const struct deciding *d, size_t item, struct err *err)
{
    const linli_award *w = &d->awards->items[item];
    const char *bid = d->f.bid_ids[w->bid - 1], *standing = standing_code(w);
    int64_t row = live_of(d, bid);
    char id[UUID_TEXT];

    if (row < 0)
        id_new(a->office, id);
    json_string(&a->payload, row < 0 ? id : row_text(d->live, (size_t)row, "id"));
    if (row < 0)
        return tx_run(a->tx, Q_award_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(d->t->id),
                      P_TEXT(d->l->id), P_TEXT(bid), P_TEXT(standing), P_INT(w->order),
                      P_INT(w->amount.minor), P_INT((int64_t)item), P_TEXT(d->decision), P_TIME(a->now_us),
                      P_TEXT(a->actor->person));
    if (strcmp(row_text(d->live, (size_t)row, "state"), "proposed") != 0 &&
        strcmp(row_text(d->live, (size_t)row, "standing"), standing) == 0)
        return 0;
    return tx_run(a->tx, Q_award_change, NULL, err, P_INT(a->office),
                  P_TEXT(row_text(d->live, (size_t)row, "id")), P_TEXT(standing), P_INT(w->order),
                  P_INT(w->amount.minor), P_INT((int64_t)item), P_TEXT(d->decision), P_TIME(a->now_us),
                  P_TEXT(a->actor->person));
}

static bool upheld_against(const linli_facts *f, uint64_t bid)
{
    for (size_t i = 0; i < f->objection_count; i++)
        if (f->objections[i].bid == bid && f->objections[i].relevant &&
            f->objections[i].state == LINLI_OBJECTION_FOUNDED)
            return true;
    return false;
}

static bool in_answer(const struct deciding *d, const char *bid)
{
    for (size_t i = 0; i < d->awards->count; i++)
        if (strcmp(d->f.bid_ids[d->awards->items[i].bid - 1], bid) == 0)
            return true;
    return false;
}

/* What was only proposed and is not any more; and what was announced to a bid an objection brought down. */
static int awards_drop(struct act *a, const struct deciding *d, struct err *err)
{
    for (size_t i = 0; i < rows_count(d->live); i++) {
        const char *bid = row_text(d->live, i, "bid_id"), *state = row_text(d->live, i, "state");
        bool proposed = strcmp(state, "proposed") == 0, announced = strcmp(state, "announced") == 0;
        int status;

        if (in_answer(d, bid) ||
            !(proposed || (announced && upheld_against(d->f.facts, lot_bid_key(&d->f, bid)))))
            continue;
        status = tx_run(a->tx, Q_award_end, NULL, err, P_INT(a->office), P_TEXT(row_text(d->live, i, "id")),
                        P_TEXT("withdrawn"), P_TEXT(proposed ? "decided again" : "an objection was founded"));
        if (status)
            return status;
    }
    return 0;
}

/* Whatever the plug-in says: never beyond the lot's budget, nor all lots beyond the tender's. */
static int sums_check(struct act *a, const struct tender *t, const struct lot *l, struct err *err)
{
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_award_sums, &rows, err, P_INT(a->office), P_TEXT(t->id), P_TEXT(l->id));

    if (status || (makes_agreements(t) /* prices, of which none spends anything */
                       ? row_int(rows, 0, "most_fen") <= l->budget_fen
                       : row_int(rows, 0, "lot_fen") <= l->budget_fen &&
                             row_int(rows, 0, "tender_fen") <= t->budget_fen))
        return status;
    err_set(err, E_REFUSED, "fund/insufficient", "the awards would exceed the budget");
    err_zh(err, "授予金额合计超过预算");
    return E_REFUSED;
}

int lot_in_order(struct act *a, const struct tender *t, const struct lot *l, struct err *err)
{
    struct rows *rows = NULL;
    int status = t->shared_pool || t->most_awards
                     ? tx_run(a->tx, Q_lot_before, &rows, err, P_INT(a->office), P_TEXT(t->id), P_INT(l->no))
                     : 0;

    if (status || !rows || row_null(rows, 0, "no"))
        return status;
    err_set(err, E_REFUSED, "lot/order", "lot %d is decided first", (int)row_int(rows, 0, "no"));
    err_zh(err, "应先确定第 %d 包的结果", (int)row_int(rows, 0, "no"));
    return E_REFUSED;
}

/* Whatever the plug-in says: no organisation wins more lots than it may. */
static int limit_check(struct act *a, const struct tender *t, struct err *err)
{
    struct rows *rows = NULL;
    int status =
        t->most_awards ? tx_run(a->tx, Q_award_most, &rows, err, P_INT(a->office), P_TEXT(t->id)) : 0;

    if (status || !t->most_awards || row_int(rows, 0, "most") <= t->most_awards)
        return status;
    err_set(err, E_REFUSED, "award/limit", "an organisation would win more than %lld lots",
            (long long)t->most_awards);
    err_zh(err, "同一组织最多可中 %lld 个采购包", (long long)t->most_awards);
    return E_REFUSED;
}

static int deciding_ask(struct act *a, struct deciding *d, struct err *err)
{
    char *json = NULL;
    int status = lot_facts_load(a, d->t, d->l, &d->f, err);

    if (!status)
        status = ask_award(d->t->mechanism, a->arena, d->t->options, d->f.facts, &d->awards, &json, err);
    if (!status)
        status = decision_store(a, d->t, d->l,
                                &(struct decided){"award", d->t->mechanism, d->f.facts, .answer_json = json},
                                d->decision, err);
    if (!status)
        status = tx_run(a->tx, Q_awards_live, &d->live, err, P_INT(a->office), P_TEXT(d->l->id));
    return status;
}

int act_lot_decide(struct act *a, struct err *err)
{
    static const int acts[] = {LINLI_CHOOSE, LINLI_ANNOUNCE, LINLI_DRAW, LINLI_RESOLVE};
    struct deciding d = {0};
    int status = tender_of_lot(a, a->subject, &d.t, &d.l, err);

    if (status)
        return status;
    if (!may_any(a, d.t, d.l, acts, LENGTH(acts), err))
        return err->code;
    if (!is_kind(d.l, "deciding") && !is_kind(d.l, "contracting"))
        return not_now(a, tender_phase(d.t, d.l->phase), LINLI_CHOOSE, err);
    status = lot_in_order(a, d.t, d.l, err);
    if (!status)
        status = actor_untied(a, d.t, d.l, err);
    if (!status)
        status = opening_settled(a, d.t, d.l, false, err);
    if (!status)
        status = call_lock(a, d.t, err);
    if (!status)
        status = deciding_ask(a, &d, err);
    if (status)
        return status;
    if (d.awards->draw_count)
        return lot_waits(a, d.l, "draw", err);
    status = d.l->waiting && strcmp(d.l->waiting, "draw") == 0 ? lot_waits(a, d.l, NULL, err) : 0;
    if (!status)
        status = awards_drop(a, &d, err);
    json_key(&a->payload, "rows");
    json_open(&a->payload, '[');
    for (size_t i = 0; !status && i < d.awards->count; i++)
        status = award_put(a, &d, i, err);
    json_close(&a->payload, ']');
    if (!status)
        status = sums_check(a, d.t, d.l, err);
    if (!status)
        status = limit_check(a, d.t, err);
    json_key(&a->payload, "decision");
    json_string(&a->payload, d.decision);
    json_key(&a->payload, "awards");
    json_int(&a->payload, (int64_t)d.awards->count);
    return status;
}

/* ---- confirming ---- */

int act_lot_confirm(struct act *a, struct err *err)
{
    static const int acts[] = {LINLI_CHOOSE, LINLI_APPROVE};
    struct deciding d = {0};
    size_t count = 0;
    int status = tender_of_lot(a, a->subject, &d.t, &d.l, err);

    if (status)
        return status;
    if (!may_any(a, d.t, d.l, acts, LENGTH(acts), err))
        return err->code;
    status = opening_settled(a, d.t, d.l, false, err);
    if (!status)
        status = actor_untied(a, d.t, d.l, err);
    if (!status)
        status = tx_run(a->tx, Q_awards_live, &d.live, err, P_INT(a->office), P_TEXT(d.l->id));
    for (size_t i = 0; !status && i < rows_count(d.live); i++) {
        if (strcmp(row_text(d.live, i, "state"), "proposed") != 0 || !row_null(d.live, i, "confirmed"))
            continue;
        if (strcmp(row_text(d.live, i, "decided_by"), a->actor->person) == 0) {
            err_set(err, E_REFUSED, "approval/same-person", "who decided may not confirm");
            err_zh(err, "定标与审批不能为同一人");
            return E_REFUSED;
        }
        count++;
    }
    if (!status && count == 0) {
        err_set(err, E_REFUSED, "state/refused", "there is nothing to confirm");
        err_zh(err, "没有待审批的结果");
        return E_REFUSED;
    }
    if (!status)
        status = tx_run(a->tx, Q_award_confirm, NULL, err, P_INT(a->office), P_TEXT(d.l->id),
                        P_TIME(a->now_us), P_TEXT(a->actor->person));
    if (!status)
        status = sums_check(a, d.t, d.l, err);
    if (!status)
        status = milestone_add(a, d.t, d.l, "decided", NULL, err);
    return status ? status : lot_state_set(a, d.t, d.l, "decided", err);
}

/* ---- announcing ---- */

/* When the notice of the result ends; 0: the plan has no such window. */
static int notice_end(struct act *a, const struct tender *t, int64_t *ret_us, struct err *err)
{
    bool provisional = false;

    *ret_us = 0;
    for (size_t i = 0; i < t->plan->window_count; i++) {
        const linli_window *w = &t->plan->windows[i];

        if (w->from == LINLI_ANNOUNCED && w->until == LINLI_NOTICE_ENDED)
            return calendar_span(a->law->calendar, a->now_us, w->least.count ? w->least : w->most, w->roll,
                                 ret_us, &provisional, err);
    }
    return 0;
}

int result_tell(struct act *a, const struct tender *t, const struct lot *l, const char **ret_json,
                int64_t *ret_ends_us, struct err *err)
{
    struct rows *rows = NULL;
    int status = notice_end(a, t, ret_ends_us, err);

    if (!status)
        status =
            tx_run(a->tx, Q_award_notice, &rows, err, P_INT(a->office), P_TEXT(l->id), P_TIME(*ret_ends_us));
    if (!status)
        *ret_json = row_text(rows, 0, "body");
    return status;
}

static int result_publish(struct act *a, const struct tender *t, const struct lot *l, struct err *err)
{
    const char *body = NULL;
    int64_t ends_us = 0;
    int status = result_tell(a, t, l, &body, &ends_us, err);

    return status ? status
                  : notice_publish(a, t->id, "result", notice_title(a, t, "result"), body, ends_us, err);
}

static int all_confirmed(const struct rows *live, struct err *err)
{
    size_t proposed = 0;

    for (size_t i = 0; i < rows_count(live); i++) {
        if (strcmp(row_text(live, i, "state"), "proposed") != 0)
            continue;
        proposed++;
        if (!row_null(live, i, "confirmed"))
            continue;
        err_set(err, E_REFUSED, "approval/missing", "the awards are not confirmed yet");
        err_zh(err, "结果尚未审批");
        return E_REFUSED;
    }
    if (proposed)
        return 0;
    err_set(err, E_REFUSED, "state/refused", "there is nothing to announce");
    err_zh(err, "没有待公告的结果");
    return E_REFUSED;
}

/* A statutory result is told once witnesses have cosigned what was decided, where the office asks for that.
 */
static int witnessed(struct act *a, const struct tender *t, const struct lot *l, struct err *err)
{
    struct rows *r;

    if (a->service->quorum == 0 || t->regime != LINLI_STATUTORY)
        return 0;
    int status =
        tx_run(a->tx, Q_award_cosigned, &r, err, P_INT(a->office), P_TEXT(l->id), P_INT(a->service->quorum));
    if (status || row_bool(r, 0, "cosigned"))
        return status;
    err_set(err, E_BUSY, "log/uncosigned",
            "%d witnesses have to cosign what was decided; try again in a moment", a->service->quorum);
    err_zh(err, "决定尚未获得 %d 份见证副署，请稍候再公布", a->service->quorum);
    if (err)
        err->retry_after_s = 5;
    return E_BUSY;
}

struct unwitnessed_body {
    const char *reason;
};
/* clang-format off */
static const linli_option unwitnessed_rows[] = {
    ROW_TEXT(unwitnessed_body, reason, true, 2000, "理由", "why the result cannot wait for the witnesses"),
};
/* clang-format on */
const struct form form_lot_unwitnessed = FORM(unwitnessed_rows, struct unwitnessed_body);

/* Two people, each by an act of its own, do without the witnesses, so that no date is missed for them. */
int act_lot_unwitnessed(struct act *a, struct err *err)
{
    struct tender *t = NULL;
    struct lot *l = NULL;
    struct rows *live = NULL;
    int status = tender_of_lot(a, a->subject, &t, &l, err);

    if (!status)
        status = tx_run(a->tx, Q_awards_live, &live, err, P_INT(a->office), P_TEXT(l->id));
    if (!status && (a->service->quorum == 0 || rows_count(live) == 0)) {
        err_set(err, E_REFUSED, "state/refused", "no result waits for witnesses here");
        err_zh(err, "没有等待见证的结果");
        return E_REFUSED;
    }
    return status;
}

int act_lot_announce(struct act *a, struct err *err)
{
    static const int deciding[] = {LINLI_ANNOUNCE}, later[] = {LINLI_ANNOUNCE, LINLI_CHOOSE, LINLI_SIGN};
    struct rows *live = NULL;
    struct tender *t = NULL;
    struct lot *l = NULL;
    int status = tender_of_lot(a, a->subject, &t, &l, err);

    if (status)
        return status;
    if (!is_kind(l, "contracting") ? !may_any(a, t, l, deciding, LENGTH(deciding), err)
                                   : !may_any(a, t, l, later, LENGTH(later), err))
        return err->code;
    status = opening_settled(a, t, l, false, err);
    if (!status)
        status = actor_untied(a, t, l, err);
    if (!status)
        status = tx_run(a->tx, Q_awards_live, &live, err, P_INT(a->office), P_TEXT(l->id));
    if (!status)
        status = all_confirmed(live, err);
    if (!status)
        status = witnessed(a, t, l, err);
    if (!status)
        status =
            tx_run(a->tx, Q_award_announce, NULL, err, P_INT(a->office), P_TEXT(l->id), P_TIME(a->now_us));
    if (!status)
        status = milestone_add(a, t, l, "announced", NULL, err);
    for (size_t i = 0; !status && lot_rolls(t, l) && i < rows_count(live); i++)
        if (strcmp(row_text(live, i, "state"), "proposed") == 0)
            status = milestone_add(a, t, l, "announced", row_text(live, i, "bid_id"), err);
    if (!status)
        status = result_publish(a, t, l, err);
    if (!status)
        status = bonds_free(a, t, err);
    return status ? status : lot_advance(a, t, l, err);
}

/* ---- a winner that will not sign ---- */

struct award_refuse {
    const char *reason;
};
static const linli_option refuse_rows[] = {
    ROW_TEXT(award_refuse, reason, true, 4000, "原因", "reason"),
};
const struct form form_award_refuse = FORM(refuse_rows, struct award_refuse);

int act_award_refuse(struct act *a, struct err *err)
{
    const struct award_refuse *body = a->body;
    static const int office[] = {LINLI_CHOOSE, LINLI_APPROVE};
    struct rows *row = NULL;
    struct tender *t = NULL;
    struct lot *l = NULL;
    int status = tx_run(a->tx, Q_award_load, &row, err, P_INT(a->office), P_TEXT(a->subject));

    if (!status)
        status = tender_of_lot(a, row_text(row, 0, "lot_id"), &t, &l, err);
    if (status)
        return status;
    if (actor_of_organisation(a->actor, row_text(row, 0, "organisation_id")))
        status = lot_may(a, t, l, LINLI_WITHDRAW, row_text(row, 0, "bid_id"), err);
    else if (!(a->roles & ROLES_OFFICE))
        status = err_set(err, E_FORBIDDEN, "auth/forbidden", "the award is another organisation's");
    else if (!may_any(a, t, l, office, LENGTH(office), err))
        status = err->code;
    if (status)
        return status;
    if (!is_kind(l, "contracting") || strcmp(row_text(row, 0, "state"), "announced") != 0)
        return wrong_phase(a, t, l, err);
    status = tx_run(a->tx, Q_award_end, NULL, err, P_INT(a->office), P_TEXT(a->subject), P_TEXT("refused"),
                    P_TEXT(body->reason));
    if (!status)
        status = tx_run(a->tx, Q_bid_leave, NULL, err, P_INT(a->office), P_TEXT(row_text(row, 0, "bid_id")),
                        P_TIME(a->now_us));
    if (!status)
        status = tx_run(a->tx, Q_contract_drop, NULL, err, P_INT(a->office), P_TEXT(a->subject));
    return status ? status : lot_advance(a, t, l, err);
}

/* ---- annulled by the office ---- */

static const char *const ground_codes[] = {"disqualified", "unlawful", "ordered", "ended", NULL};
static const linli_text ground_labels[] = {
    {"不具备资格或者提供虚假材料", "not qualified, or false papers"},
    {"违法行为影响或者可能影响结果", "an unlawful act that may have changed it"},
    {"监管部门、法院决定", "ordered by the authority or a court"},
    {"组织已注销或者合并", "the organisation is no more"},
    {NULL, NULL}};
enum { TO_NEXT, TO_AGAIN };
static const char *const then_codes[] = {"next", "again", NULL};
static const linli_text then_labels[] = {
    {"从合格候选人中另行确定", "the next candidate"}, {"重新开展采购活动", "all over again"}, {NULL, NULL}};
struct award_annul {
    int32_t ground, consequence;
    const char *reason;
};
static const linli_option annul_rows[] = {
    ROW_CHOICE(award_annul, ground, true, ground_codes, ground_labels, NULL, "情形", "ground"),
    ROW_CHOICE(award_annul, consequence, true, then_codes, then_labels, NULL, "处理", "what follows"),
    ROW_TEXT(award_annul, reason, true, 4000, "事实与依据", "reason"),
};
const struct form form_award_annul = FORM(annul_rows, struct award_annul);

/* Announced and not signed.  After signing the contract is ended first, settled at what was done. */
static int annullable(const struct act *a, const struct tender *t, const struct rows *award,
                      const struct lot *l, struct err *err)
{
    const char *state = row_text(award, 0, "state");

    if (strcmp(state, "contracted") == 0)
        return err_both(err, E_REFUSED, "award/contracted",
                        "a contract is signed: end it, settled at what was done, and tender the rest anew",
                        "合同已签订：应先终止合同，按已完成部分结算，其余重新采购");
    if (strcmp(state, "announced") == 0 && (is_kind(l, "notice") || is_kind(l, "contracting")))
        return 0;
    return wrong_phase(a, t, l, err);
}

static int annulment_notice(struct act *a, const struct tender *t, const struct lot *l,
                            const struct rows *award, struct err *err)
{
    const struct award_annul *b = a->body;
    const linli_rule *rule = tender_rule(a, t, "award_annulled");
    CLEANUP(buf_free) struct buf body = {0};

    json_open(&body, '{');
    json_key(&body, "number");
    json_string(&body, t->number);
    json_key(&body, "lot");
    json_int(&body, l->no);
    json_key(&body, "bidder");
    json_string(&body, row_text(award, 0, "name"));
    json_key(&body, "ground");
    json_string(&body, ground_codes[b->ground]);
    json_key(&body, "reason");
    json_string(&body, b->reason);
    json_key(&body, "consequence");
    json_string(&body, then_codes[b->consequence]);
    json_key(&body, "article");
    json_string(&body, rule ? rule->source : "");
    json_close(&body, '}');
    return notice_publish(a, t->id, "annulment", notice_title(a, t, "annulment"), body.data, 0, err);
}

/* Of a notice that still runs nothing is left: the lot is decided anew; while contracts are made the next one
 * moves up there. */
static int next_candidate(struct act *a, struct tender *t, struct lot *l, const struct rows *award,
                          struct err *err)
{
    const struct award_annul *b = a->body;
    const char *deciding = NULL;
    int status = tx_run(a->tx, Q_award_end, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                        P_TEXT("withdrawn"), P_TEXT(b->reason));

    if (!status)
        status = tx_run(a->tx, Q_bid_leave, NULL, err, P_INT(a->office), P_TEXT(row_text(award, 0, "bid_id")),
                        P_TIME(a->now_us));
    if (!status)
        status = tx_run(a->tx, Q_contract_drop, NULL, err, P_INT(a->office), P_TEXT(a->subject));
    if (status || !is_kind(l, "notice"))
        return status ? status : lot_advance(a, t, l, err);
    for (size_t i = 0; i < t->plan->phase_count; i++)
        if (t->plan->phases[i].kind == LINLI_DECIDING)
            deciding = t->plan->phases[i].code;
    return deciding ? lot_enter(a, t, l, deciding, err) : wrong_phase(a, t, l, err);
}

int act_award_annul(struct act *a, struct err *err)
{
    const struct award_annul *b = a->body;
    struct rows *award = NULL;
    struct tender *t = NULL;
    struct lot *l = NULL;
    int status = tx_run(a->tx, Q_award_load, &award, err, P_INT(a->office), P_TEXT(a->subject));

    if (!status)
        status = tender_of_lot(a, row_text(award, 0, "lot_id"), &t, &l, err);
    if (!status)
        status = annullable(a, t, award, l, err);
    if (!status)
        status = b->consequence == TO_AGAIN ? lot_end(a, t, l, b->reason, err)
                                            : next_candidate(a, t, l, award, err);
    return status ? status : annulment_notice(a, t, l, award, err);
}
