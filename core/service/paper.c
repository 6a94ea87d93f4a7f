/* Papers about a bid: asked for with a last day (退回补正), handed in, accepted or not; and the sum a panel
 * allows (核减). */
#include <string.h>

#include "acts.h"
#include "core/service/actor.h"
#include "core/service/bid_file.h"
#include "core/service/forms.h"
#include "core/service/panel.h"
#include "core/service/words.h"

struct about {
    struct tender *t;
    struct lot *l;
    struct rows *bid;
};

static int about_bid(struct act *a, const char *bid, struct about *x, struct err *err)
{
    int status = tx_run(a->tx, Q_bid_load, &x->bid, err, P_INT(a->office), P_TEXT(bid));

    if (!status && rows_count(x->bid) == 0)
        status = err_set(err, E_ABSENT, "bid/absent", "there is no bid %s", bid);
    if (!status)
        status = tender_load(a, row_text(x->bid, 0, "tender_id"), &x->t, err);
    if (!status)
        status = tender_lot(x->t, (int32_t)row_int(x->bid, 0, "lot_no"), &x->l, err);
    return status;
}

/* Papers of a tranche are reported with the delivery; here are those of this phase. */
static int rule_here(const struct about *x, const char *code, struct err *err)
{
    const linli_plan *plan = x->t->plan;

    for (size_t i = 0; plan && i < plan->paper_count; i++)
        if (strcmp(plan->papers[i].code, code) == 0 && !plan->papers[i].tranche &&
            strcmp(plan->papers[i].phase, x->l->phase) == 0)
            return 0;
    err_set(err, E_INVALID, "body/invalid", "the plan knows no paper \"%s\" in the phase %s", code,
            x->l->phase ? x->l->phase : "before publication");
    err_at(err, "/rule", "choice", "not a paper of this phase", "不是本阶段的材料");
    return E_INVALID;
}

static int closed_bid(const struct about *x, struct err *err)
{
    if (strcmp(row_text(x->bid, 0, "state"), "open") == 0)
        return 0;
    err_set(err, E_REFUSED, "state/refused", "the bid is %s", row_text(x->bid, 0, "state"));
    err_zh(err, "该申报当前状态不能补交材料");
    return E_REFUSED;
}

/* ---- asking ---- */

struct ask_body {
    const char *rule, *lacking;
    linli_time due;
};
static const linli_option ask_rows[] = {
    ROW_CODE(ask_body, rule, true, "材料", "code of the paper in the plan"),
    ROW_TEXT(ask_body, lacking, true, 4000, "需补正的内容", "what is lacking"),
    ROW_TIME(ask_body, due, true, "补正截止时间", "to be handed in before"),
};
const struct form form_paper_ask = FORM(ask_rows, struct ask_body);

int act_paper_ask(struct act *a, struct err *err)
{
    const struct ask_body *b = a->body;
    struct about x = {0};
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    int status = about_bid(a, a->subject, &x, err);

    if (status || (status = rule_here(&x, b->rule, err)) ||
        (status = lot_may(a, x.t, x.l, LINLI_CLARIFY, a->subject, err)) || (status = closed_bid(&x, err)))
        return status;
    if (b->due.us <= a->now_us) {
        err_set(err, E_INVALID, "body/invalid", "the last day has passed already");
        err_at(err, "/due", "range", "must lie in the future", "应晚于当前时间");
        return E_INVALID;
    }
    id_new(a->office, id);
    status = tx_run(a->tx, Q_paper_ask, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(x.l->id),
                    P_TEXT(a->subject), P_TEXT(b->rule), P_TIME(a->now_us), P_TEXT(a->actor->person),
                    P_TEXT(b->lacking), P_TIME(b->due.us));
    a->subject = id;
    return status;
}

/* ---- handing in ---- */

struct give_body {
    const char *rule, *body;
};
static const linli_option give_rows[] = {
    ROW_CODE(give_body, rule, true, "材料", "code of the paper in the plan"),
    ROW_TEXT(give_body, body, true, 20000, "内容", "what is handed in"),
};
const struct form form_paper_give = FORM(give_rows, struct give_body);

static bool own_bid(const struct act *a, const struct rows *bid)
{
    const char *organisation = row_text(bid, 0, "organisation_id");

    return organisation ? actor_of_organisation(a->actor, organisation)
                        : strcmp(row_text(bid, 0, "person_id"), a->actor->person) == 0;
}

/* The paper that was asked for; a new one where nobody asked. */
int act_paper_give(struct act *a, struct err *err)
{
    const struct give_body *b = a->body;
    struct rows *asked = NULL;
    struct about x = {0};
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    int status = about_bid(a, a->subject, &x, err);

    if (status)
        return status;
    if (!own_bid(a, x.bid))
        return err_set(err, E_ABSENT, "bid/absent", "there is no bid %s", a->subject);
    if ((status = rule_here(&x, b->rule, err)) ||
        (status = lot_may(a, x.t, x.l, LINLI_ANSWER, a->subject, err)) || (status = closed_bid(&x, err)) ||
        (status = tx_run(a->tx, Q_paper_give, &asked, err, P_INT(a->office), P_TEXT(a->subject),
                         P_TEXT(b->rule), P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(b->body))))
        return status;
    if (rows_count(asked)) {
        a->subject = row_text(asked, 0, "id");
        return 0;
    }
    id_new(a->office, id);
    status = tx_run(a->tx, Q_paper_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(x.l->id),
                    P_TEXT(a->subject), P_TEXT(b->rule), P_TIME(a->now_us), P_TEXT(a->actor->person),
                    P_TEXT(b->body));
    a->subject = id;
    return status;
}

/* ---- judging ---- */

static const char *const finding_codes[] = {"accepted", "refused", NULL};
static const linli_text finding_labels[] = {{"认可", "accepted"}, {"不认可", "refused"}, {NULL, NULL}};

struct judge_body {
    int32_t finding;
    const char *reason;
};
static const linli_option judge_rows[] = {
    ROW_CHOICE(judge_body, finding, true, finding_codes, finding_labels, NULL, "结论", "finding"),
    ROW_TEXT(judge_body, reason, true, 4000, "理由", "reason"),
};
const struct form form_paper_judge = FORM(judge_rows, struct judge_body);

/* As whom: the one role that may judge here. */
static const char *judges_as(const struct act *a, const struct about *x)
{
    const linli_phase *phase = tender_phase(x->t, x->l->phase);
    const uint64_t judging = LINLI_MAY(LINLI_ACCEPT) | LINLI_MAY(LINLI_CHECK);

    for (int role = LINLI_ORGANISATION; phase && role < LINLI_CLOCK; role++)
        if ((a->roles & (UINT32_C(1) << role)) && (phase->may[role] & judging))
            return role_name(role);
    return "office_clerk";
}

int act_paper_judge(struct act *a, struct err *err)
{
    static const int acts[] = {LINLI_ACCEPT, LINLI_CHECK};
    const struct judge_body *b = a->body;
    struct rows *paper = NULL, *done = NULL;
    struct about x = {0};
    int status = tx_run(a->tx, Q_paper_load, &paper, err, P_INT(a->office), P_TEXT(a->subject));

    if (!status)
        status = about_bid(a, row_text(paper, 0, "bid_id"), &x, err);
    if (!status)
        status = evaluator_sits(a, x.l, err);
    if (status)
        return status;
    if (!may_any(a, x.t, x.l, acts, LENGTH(acts), err))
        return err->code;
    status = tx_run(a->tx, Q_paper_judge, &done, err, P_INT(a->office), P_TEXT(a->subject),
                    P_TEXT(finding_codes[b->finding]), P_TEXT(judges_as(a, &x)), P_TIME(a->now_us),
                    P_TEXT(a->actor->person), P_TEXT(b->reason));
    if (status || rows_count(done))
        return status;
    err_set(err, E_REFUSED, "state/refused", "the paper was not handed in yet, was judged, or is your own");
    err_zh(err, "该材料尚未提交、已有结论，或者由您本人提交");
    return E_REFUSED;
}

/* ---- the figures others state about a bid ---- */

struct allow_body {
    const char *fields, *reason;
};
static const linli_option allow_rows[] = {
    ROW_OBJECT(allow_body, fields, true, "核定值", "what is allowed"),
    ROW_TEXT(allow_body, reason, true, 4000, "理由", "reason"),
};
const struct form form_bid_allow = FORM(allow_rows, struct allow_body);

/* A panel speaks through its chair. */
static int speaks_for(struct act *a, const struct about *x, int32_t role, struct err *err)
{
    struct members members = {0};
    const struct member *m = NULL;
    int status;

    if (role != LINLI_EVALUATOR && (a->roles & (UINT32_C(1) << role)))
        return 0;
    if (role != LINLI_EVALUATOR) {
        err_set(err, E_FORBIDDEN, "auth/forbidden", "this figure is for the %s", role_name(role));
        err_zh(err, "该数值由其他角色核定");
        return E_FORBIDDEN;
    }
    if ((status = members_load(a, x->l, &members, err)) || (status = member_acting(a, &members, &m, err)) ||
        m->chair)
        return status;
    err_set(err, E_FORBIDDEN, "auth/forbidden", "the chair states what the panel allows");
    err_zh(err, "由组长录入评审组核定的数值");
    return E_FORBIDDEN;
}

int act_bid_allow(struct act *a, struct err *err)
{
    const struct allow_body *b = a->body;
    const struct bid_value *values = NULL;
    struct rows *round = NULL;
    struct about x = {0};
    int status = about_bid(a, a->subject, &x, err);

    if (status || (status = evaluator_sits(a, x.l, err)) ||
        (status = lot_may(a, x.t, x.l, LINLI_REQUOTE, a->subject, err)) || (status = closed_bid(&x, err)) ||
        (status = bid_figures_read(a->arena, x.t->plan, b->fields, &values, err)) ||
        (status = tx_run(a->tx, Q_offer_round, &round, err, P_INT(a->office), P_TEXT(a->subject))))
        return status;
    for (size_t i = 0; status == 0 && i < x.t->plan->field_count; i++) {
        const linli_field *field = &x.t->plan->fields[i];

        if (values[i].given && (status = speaks_for(a, &x, field->by, err)) == 0)
            status = tx_run(a->tx, Q_offer_add, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                            P_TEXT(field->code), P_INT(row_int(round, 0, "round") + 1),
                            P_TEXT(unit_code(field->unit)), P_INT(values[i].value), P_TIME(a->now_us));
    }
    return status;
}
