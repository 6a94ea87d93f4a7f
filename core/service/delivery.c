/* Delivery: what was done is reported, found good or not, and releases its tranche. */
#include <string.h>

#include "acts.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/service/acceptance.h"
#include "core/service/bond.h"
#include "core/service/contract.h"
#include "core/service/exclusion.h"
#include "core/service/forms.h"
#include "core/service/payable.h"
#include "core/service/paying.h"

int tranche_load(struct act *a, const char *id, struct tranche *ret, struct err *err)
{
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_tranche_load, &rows, err, P_INT(a->office), P_TEXT(id));

    if (status)
        return status;
    if (rows_count(rows) == 0)
        return err_set(err, E_ABSENT, "tranche/absent", "no tranche %s", id);
    *ret = (struct tranche){.id = row_text(rows, 0, "id"),
                            .code = row_text(rows, 0, "code"),
                            .state = row_text(rows, 0, "state"),
                            .contract_id = row_text(rows, 0, "contract_id"),
                            .contract_state = row_text(rows, 0, "contract_state"),
                            .organisation_id = row_text(rows, 0, "organisation_id"),
                            .award_id = row_text(rows, 0, "award_id"),
                            .lot_id = row_text(rows, 0, "lot_id"),
                            .bid_id = row_text(rows, 0, "bid_id"),
                            .no = (int32_t)row_int(rows, 0, "no"),
                            .advance = row_bool(rows, 0, "advance"),
                            .amount_fen = row_int(rows, 0, "amount_fen"),
                            .accepted_fen = row_int(rows, 0, "accepted_fen"),
                            .released_fen = row_int(rows, 0, "released_fen"),
                            .paid_fen = row_int(rows, 0, "paid_fen"),
                            .recovered_fen = row_int(rows, 0, "recovered_fen"),
                            .due_day = row_date(rows, 0, "due_on"),
                            .trigger = row_text(rows, 0, "trigger_on"),
                            .contract_fen = row_int(rows, 0, "contract_fen"),
                            .contract_accepted_fen = row_int(rows, 0, "contract_accepted_fen"),
                            .contract_advance_fen = row_int(rows, 0, "contract_advance_fen"),
                            .contract_out_fen = row_int(rows, 0, "contract_out_fen"),
                            .contract_off_fen = row_int(rows, 0, "contract_off_fen"),
                            .contract_kept_fen = row_int(rows, 0, "contract_kept_fen"),
                            .retention_ppm = row_int(rows, 0, "retention_ppm"),
                            .retention_day = row_date(rows, 0, "retention_until"),
                            .retention_out = row_bool(rows, 0, "retention_out"),
                            .last = row_bool(rows, 0, "last"),
                            .last_out = row_bool(rows, 0, "last_out")};
    status = tender_of_lot(a, ret->lot_id, &ret->tender, &ret->lot, err);
    if (!status)
        ret->lot->year = (int32_t)row_int(rows, 0, "year_no");
    return status;
}

static int wrong_state(const struct tranche *t, struct err *err)
{
    err_set(err, E_REFUSED, "state/refused", "the tranche is %s, its contract %s", t->state,
            t->contract_state);
    err_zh(err, "拨款期次或合同的状态不允许此操作");
    return E_REFUSED;
}

static int set_state(struct act *a, const struct tranche *t, const char *state, struct err *err)
{
    return tx_run(a->tx, Q_tranche_state, NULL, err, P_INT(a->office), P_TEXT(t->id), P_TEXT(state));
}

/* ---- delivery_report: the organisation says what it did ---- */

struct report_body {
    const char *paper, *body;
    linli_list own, figures;
};
struct figure_item {
    const char *name, *value, *unit;
};
static const linli_option figure_rows[] = {
    ROW_LINE(figure_item, name, true, 60, "指标", "what is counted, as visits"),
    ROW_SAID(figure_item, value, STRING, true, 1, 30, "line", "数值", "value",
             "十进制数，如 \"480\" 或 \"36.5\"", "a decimal number, as \"480\" or \"36.5\""),
    ROW_LINE(figure_item, unit, false, 20, "单位", "unit"),
};

static const linli_option report_rows[] = {
    ROW_SAID(report_body, paper, CODE, true, 0, 0, NULL, "材料", "paper", "方案中的材料代码",
             "code of the paper in the plan"),
    ROW_SAID(report_body, body, STRING, true, 1, 20000, "text", "内容", "body", "完成情况", "what was done"),
    ROW_LIST(report_body, own, false, 0, 60, indicator_rows, indicator_item, "自评",
             "what it says of itself, in points by indicator"),
    ROW_LIST(report_body, figures, false, 0, 100, figure_rows, figure_item, "完成数据",
             "what it counts: figures with their units"),
};
const struct form form_delivery_report = FORM(report_rows, struct report_body);

static bool plan_has_paper(const linli_plan *plan, const char *code)
{
    for (size_t i = 0; i < plan->paper_count; i++)
        if (strcmp(plan->papers[i].code, code) == 0)
            return true;
    return false;
}

static bool is_number(const char *text)
{
    size_t whole = strspn(text, "0123456789"), part;

    if (whole == 0 || whole > 15 || text[whole] == '\0')
        return whole > 0 && whole <= 15;
    part = strspn(text + whole + 1, "0123456789");
    return text[whole] == '.' && part > 0 && part <= 6 && text[whole + 1 + part] == '\0';
}

/* Figures a stranger can add up: decimal numbers and nothing else. */
static int figures_json(struct act *a, const linli_list *list, const char **ret, struct err *err)
{
    const struct figure_item *item = list->items;
    CLEANUP(buf_free) struct buf out = {0};

    *ret = NULL;
    if (list->count == 0)
        return 0;
    json_open(&out, '[');
    for (size_t i = 0; i < list->count; i++) {
        if (!is_number(item[i].value)) {
            err_both(err, E_INVALID, "body/invalid", "a figure is a decimal number", "数据须为十进制数");
            err_at(err, arena_printf(a->arena, "/figures/%zu/value", i), "type", "a decimal number",
                   "十进制数");
            return E_INVALID;
        }
        json_open(&out, '{');
        json_key(&out, "name");
        json_string(&out, item[i].name);
        json_key(&out, "value");
        json_string(&out, item[i].value);
        if (item[i].unit) {
            json_key(&out, "unit");
            json_string(&out, item[i].unit);
        }
        json_close(&out, '}');
    }
    json_close(&out, ']');
    *ret = arena_ndup(a->arena, out.data, out.size);
    return 0;
}

int act_delivery_report(struct act *a, struct err *err)
{
    static const char *const open[] = {"planned", "reported", "accepted", "refused", NULL};
    const struct report_body *b = a->body;
    struct tranche t = {0};
    const char *own = NULL, *figures = NULL;
    char id[UUID_TEXT];
    int status = tranche_load(a, a->subject, &t, err);

    if (status)
        return status;
    if (!actor_of_organisation(a->actor, t.organisation_id))
        return err_set(err, E_FORBIDDEN, "auth/forbidden", "the contract is another organisation's");
    if (!is_one_of(t.state, open) || strcmp(t.contract_state, "signed") != 0)
        return wrong_state(&t, err);
    if (!plan_has_paper(t.tender->plan, b->paper)) {
        err_set(err, E_INVALID, "body/invalid", "the plan knows no paper \"%s\"", b->paper);
        err_at(err, "/paper", "choice", "not a paper of the plan", "方案中没有这种材料");
        return E_INVALID;
    }
    status = lot_may(a, t.tender, t.lot, LINLI_DELIVER, t.bid_id, err);
    if (!status)
        status = acceptance_values(a, &t, &b->own, "/own", true, &own, err);
    if (!status)
        status = figures_json(a, &b->figures, &figures, err);
    if (status)
        return status;
    id_new(a->office, id);
    status =
        tx_run(a->tx, Q_delivery_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(t.id), P_TEXT(b->paper),
               P_TEXT(b->body), P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(own), P_TEXT(figures));
    return status ? status : set_state(a, &t, "reported", err);
}

/* ---- tranche_accept: the office or an assessor says what it is worth ---- */

struct accept_body {
    const char *delivery, *reason;
    int32_t finding;
    linli_points score;
    linli_money value;
    bool has_score, has_value;
    linli_list marks, answers;
};

static const linli_text finding_labels[] = {{"合格", "accepted"}, {"不合格", "refused"}, {NULL, NULL}};
static const char *const finding_codes[] = {"accepted", "refused", NULL};

static const linli_option accept_rows[] = {
    ROW_SAID(accept_body, delivery, ID, true, 0, 0, NULL, "报告", "delivery", "所验收的报告",
             "the report that is judged"),
    {.name = "finding",
     .type = LINLI_OPT_CHOICE,
     .required = true,
     .offset = offsetof(struct accept_body, finding),
     .high = 1,
     .choices = finding_labels,
     .codes = finding_codes,
     .label = {"结论", "finding"},
     .help = {"验收结论", "accepted or refused"}},
    ROW_SAID(accept_body, reason, STRING, true, 1, 2000, "text", "理由", "reason", "结论的依据",
             "what the finding rests on"),
    {.name = "score",
     .type = LINLI_OPT_POINTS,
     .offset = offsetof(struct accept_body, score),
     .present = offsetof(struct accept_body, has_score),
     .low = 0,
     .high = 100000000,
     .label = {"履约评分", "score"},
     .help = {"满分一百", "of 100"}},
    {.name = "value",
     .type = LINLI_OPT_MONEY,
     .offset = offsetof(struct accept_body, value),
     .present = offsetof(struct accept_body, has_value),
     .low = 0,
     .high = INT64_C(100000000000000),
     .label = {"验收价值", "value"},
     .help = {"不填则为本期金额，末期为合同余额",
              "left out: the tranche, at the last the rest of the contract"}},
    ROW_LIST(accept_body, marks, false, 0, 60, indicator_rows, indicator_item, "指标评价值",
             "values by indicator, where the tender has an evaluation of what is delivered"),
    ROW_LIST(accept_body, answers, false, 0, 100, answer_rows, answer_item, "满意度调查结果",
             "how many users gave which answer"),
};
const struct form form_tranche_accept = FORM(accept_rows, struct accept_body);

/* The acceptance of the last part covers what was advanced. */
static int64_t accepted_value(const struct tranche *t, const struct accept_body *b)
{
    if (b->has_value)
        return b->value.minor;
    if (t->last)
        return t->contract_fen - t->contract_accepted_fen;
    return t->accepted_fen < t->amount_fen ? t->amount_fen - t->accepted_fen : 0;
}

/* Those served say what they think of it, beside what the office and the assessor find; a resident who also
 * works for the office judges for the office. */
static bool only_opinion(const struct act *a)
{
    return (a->roles & ROLE(RESIDENT)) && !(a->roles & (ROLES_OFFICE | ROLE(ASSESSOR)));
}

static const char *judge_role(const struct act *a)
{
    return a->roles & ROLE(ASSESSOR) ? "assessor" : "office_clerk";
}

static int no_value(struct err *err)
{
    err_set(err, E_FORBIDDEN, "auth/forbidden", "a resident gives an opinion, no score and no value");
    err_zh(err, "居民只提出意见，不评分、不核定价值");
    return E_FORBIDDEN;
}

/* Where the tender evaluates what is delivered, points follow from the indicators, and nobody states them;
 * a resident's opinion and what is refused have none. */
static int marks_fit(const struct tranche *t, const struct accept_body *b, bool evaluated, struct err *err)
{
    const bool has = b->marks.count || b->answers.count;

    if (t->tender->acceptance.scheme && b->has_score) {
        err_both(err, E_INVALID, "body/invalid", "the score follows from the indicators",
                 "得分由各项指标得出，不另行填写");
        err_at(err, "/score", "unknown", "it follows from the indicators", "得分由各项指标得出");
        return E_INVALID;
    }
    if (has == evaluated || (evaluated && !b->marks.count && b->answers.count))
        return 0;
    err_both(err, E_INVALID, "body/invalid",
             has ? "there is nothing to evaluate here" : "every indicator needs its value",
             has ? "此处没有可评价的事项" : "应填写各项指标评价值");
    err_at(err, "/marks", has ? "unknown" : "required", has ? "nothing is evaluated" : "values by indicator",
           has ? "此处没有评价" : "应填写各项指标评价值");
    return E_INVALID;
}

static int acceptance_publish(struct act *a, const struct tranche *t, const char *delivery, struct err *err)
{
    const char *kind = !tender_grants(t->tender) ? "acceptance" : t->last ? "final_evaluation" : "mid_term";
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_acceptance_notice, &rows, err, P_INT(a->office), P_TEXT(delivery));

    return status ? status
                  : notice_publish(a, t->tender->id, kind, notice_title(a, t->tender, kind),
                                   row_text(rows, 0, "body"), 0, err);
}

/* Kept beside the report, which whoever accepts it still finds as it was. */
static int opinion_give(struct act *a, const struct tranche *t, const struct accept_body *b, struct err *err)
{
    struct rows *rows = NULL;
    char id[UUID_TEXT];
    int status = b->has_score || b->has_value ? no_value(err) : marks_fit(t, b, false, err);

    if (status)
        return status;
    id_new(a->office, id);
    status = tx_run(a->tx, Q_opinion_add, &rows, err, P_INT(a->office), P_TEXT(id), P_TEXT(b->delivery),
                    P_TEXT(t->id), P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(a->on_behalf),
                    P_TEXT(finding_codes[b->finding]), P_TEXT(b->reason));
    if (!status && !row_bool(rows, 0, "there"))
        return err_set(err, E_ABSENT, "delivery/absent", "the tranche has no report %s", b->delivery);
    if (status || row_bool(rows, 0, "added"))
        return status;
    return err_both(err, E_CONFLICT, "value/taken", "you said what you think of this report",
                    "您已对该报告提出过意见");
}

int act_tranche_accept(struct act *a, struct err *err)
{
    static const char *const open[] = {"reported", "accepted", "refused", NULL};
    const struct accept_body *b = a->body;
    const bool good = b->finding == 0;
    const char *marks = NULL, *answers = NULL;
    struct rows *rows = NULL;
    struct tranche t = {0};
    bool evaluated;
    int64_t value;
    int status = tranche_load(a, a->subject, &t, err);

    if (status)
        return status;
    if (!is_one_of(t.state, open))
        return wrong_state(&t, err);
    status = no_interest(a, t.organisation_id, err);
    if (!status)
        status = lot_may(a, t.tender, t.lot, LINLI_ACCEPT, t.bid_id, err);
    if (status)
        return status;
    if (only_opinion(a))
        return opinion_give(a, &t, b, err);
    evaluated = good && t.tender->acceptance.scheme;
    status = marks_fit(&t, b, evaluated, err);
    if (!status)
        status = acceptance_values(a, &t, &b->marks, "/marks", false, &marks, err);
    if (!status)
        status = acceptance_answers(a, &t, &b->answers, &answers, err);
    if (status)
        return status;
    value = good ? accepted_value(&t, b) : 0;
    if (good) {
        json_key(&a->payload, "value");
        json_fen(&a->payload, value);
    }
    if (value > t.contract_fen - t.contract_accepted_fen) {
        err_set(err, E_INVALID, "contract/exceeded", "more would be accepted than the contract is worth");
        err_at(err, "/value", "range", "above what is left of the contract", "超过合同剩余价值");
        return E_INVALID;
    }
    status =
        tx_run(a->tx, Q_delivery_find, &rows, err, P_INT(a->office), P_TEXT(b->delivery), P_TEXT(t.id),
               P_TEXT(finding_codes[b->finding]), P_TEXT(judge_role(a)), P_TIME(a->now_us),
               P_TEXT(a->actor->person), P_TEXT(b->reason), b->has_score ? P_INT(b->score.micro) : P_NULL,
               P_INT(value), P_TEXT(marks), P_TEXT(answers));
    if (!status && rows_count(rows) == 0)
        return err_set(err, E_ABSENT, "delivery/absent", "no report %s of this tranche waits", b->delivery);
    if (status)
        return status;
    if (evaluated && (status = acceptance_run(a, &t, b->delivery, err)))
        return status;
    if (good)
        status = tx_run(a->tx, Q_tranche_accepted, NULL, err, P_INT(a->office), P_TEXT(t.id), P_INT(value));
    if (!status && good)
        status = vouchers_clock(a, &t, err);
    if (!status && good)
        status = milestone_add(a, t.tender, t.lot, "accepted", t.bid_id, err);
    if (!status)
        status = acceptance_publish(a, &t, b->delivery, err);
    return status ? status : set_state(a, &t, good ? "accepted" : "refused", err);
}

/* ---- tranche_release: the mechanism says whether, and how much ---- */

static int waiting(const linli_release *r, char *json, struct err *err)
{
    err_set(err, E_REFUSED, r->kind == LINLI_HOLD ? "tranche/held" : "tranche/waiting",
            "the mechanism does not release this tranche yet");
    err_zh(err, "本期款项的支付条件尚未满足");
    err->why_json = json;
    return E_REFUSED;
}

/* Nothing more is released; what is asked back stands in the event and the decision. */
static int stop_contract(struct act *a, const struct tranche *t, const linli_release *r, struct err *err)
{
    struct money m = act_money(a);
    struct rows *rows = NULL;
    int64_t left;
    int status = tx_run(a->tx, Q_contract_stop, &rows, err, P_INT(a->office), P_TEXT(t->contract_id));

    if (status)
        return status;
    json_key(&a->payload, "stopped");
    json_int(&a->payload, row_int(rows, 0, "stopped"));
    json_key(&a->payload, "recovery");
    json_fen(&a->payload, r->recovery.minor);
    left = row_int(rows, 0, "committed_fen");
    if (left > 0)
        status = money_uncommit(&m, t->contract_id, t->contract_id, left, err);
    if (!status && r->recovery.minor > 0)
        status = recovery_propose(a, t->contract_id, r->recovery.minor, "机制决定停止拨款并追回", err);
    if (!status)
        status = exclusion_of_contract(a, t->contract_id, t->organisation_id, r->exclusion_months, err);
    return status ? status : contract_settle(a, t->tender, t->lot, t->contract_id, err);
}

/* What the mechanism lets out, less what the contract takes off; the rest of the tranche is free again. */
static int pay_out(struct act *a, const struct tranche *t, int64_t scored_fen, struct err *err)
{
    struct money m = act_money(a);
    struct payable p = {0};
    int64_t left;
    int status = payable_find(a, t, scored_fen, &p, err);

    if (status)
        return status;
    json_key(&a->payload, "released");
    json_fen(&a->payload, p.payable_fen);
    left = t->amount_fen - p.retained_fen - p.payable_fen;
    status =
        tx_run(a->tx, Q_tranche_released, NULL, err, P_INT(a->office), P_TEXT(t->id), P_INT(p.payable_fen));
    if (!status)
        status = vouchers_clock(a, t, err);
    if (!status && p.payable_fen > 0)
        status = money_payable(&m, t->contract_id, t->id, p.payable_fen, err);
    if (!status && left > 0)
        status = money_uncommit(&m, t->contract_id, t->id, left, err);
    return status || p.payable_fen > 0 ? status : contract_settle(a, t->tender, t->lot, t->contract_id, err);
}

static bool of_plan(const struct tranche *t)
{
    const linli_plan *plan = t->tender->plan;

    for (size_t i = 0; i < plan->tranche_count; i++)
        if (strcmp(plan->tranches[i].code, t->code) == 0)
            return true;
    return false;
}

/* The mechanism knows the tranches of its plan.  One that a supplement added is let out when what it was
 * agreed on has come, and held as long as an objection that may change the result is open. */
static int release_added(struct act *a, const struct tranche *t, const linli_facts *f, struct err *err)
{
    const linli_release wait = {.kind = LINLI_WAIT}, held = {.kind = LINLI_HOLD};
    bool come = strcmp(t->trigger, "signing") == 0 || t->accepted_fen > 0 ||
                (strcmp(t->trigger, "date") == 0 && day_of(a->now_us) >= t->due_day);

    for (size_t i = 0; t->tender->plan->objection_stops && i < f->objection_count; i++)
        if (f->objections[i].state == LINLI_OBJECTION_OPEN && f->objections[i].relevant)
            return waiting(&held, NULL, err);
    return come ? pay_out(a, t, t->amount_fen, err) : waiting(&wait, NULL, err);
}

/* The mechanism knows the day of the first year; that of another is its tranche's own. */
static int day_come(struct act *a, const struct tranche *t, struct err *err)
{
    const linli_release wait = {.kind = LINLI_WAIT};

    return t->lot->year > 1 && strcmp(t->trigger, "date") == 0 && day_of(a->now_us) < t->due_day
               ? waiting(&wait, NULL, err)
               : 0;
}

int act_tranche_release(struct act *a, struct err *err)
{
    static const char *const open[] = {"planned", "reported", "accepted", "refused", NULL};
    struct lot_facts f = {0};
    const linli_release *r = NULL;
    char *json = NULL, decision[UUID_TEXT];
    struct tranche t = {0};
    int status = tranche_load(a, a->subject, &t, err);

    if (status)
        return status;
    if (!is_one_of(t.state, open) || strcmp(t.contract_state, "signed") != 0)
        return wrong_state(&t, err);
    status = no_interest(a, t.organisation_id, err);
    if (!status)
        status = lot_may(a, t.tender, t.lot, LINLI_PAY, t.bid_id, err);
    if (!status)
        status = day_come(a, &t, err);
    if (!status)
        status = holds_check(a, t.id, true, err);
    if (!status)
        status = lot_facts_load(a, t.tender, t.lot, &f, err);
    if (status)
        return status;
    if (!of_plan(&t))
        return release_added(a, &t, f.facts, err);
    const linli_award award = {
        .bid = lot_bid_key(&f, t.bid_id), .standing = LINLI_WINNER, .order = 1, .amount = {t.contract_fen}};
    const linli_tranche tranche = {t.code, {t.amount_fen}};

    status = ask_release(t.tender->mechanism, a->arena, t.tender->options, f.facts, &award, &tranche, &r,
                         &json, err);
    if (status)
        return status;
    if (r->kind == LINLI_WAIT || r->kind == LINLI_HOLD)
        return waiting(r, json, err);
    status = decision_store(a, t.tender, t.lot,
                            &(struct decided){"release", t.tender->mechanism, f.facts,
                                              .asked = {&award, &tranche, NULL}, .answer_json = json},
                            decision, err);
    if (status)
        return status;
    return r->kind == LINLI_STOP ? stop_contract(a, &t, r, err) : pay_out(a, &t, r->amount.minor, err);
}

/* The end of a project that was granted is told (结项, or 终止 before it was done); what was bought has its
 * acceptance told. */
static int closing_publish(struct act *a, const struct tender *t, const char *contract, struct err *err)
{
    struct rows *rows = NULL;
    const char *kind;
    int status = tender_grants(t)
                     ? tx_run(a->tx, Q_closing_notice, &rows, err, P_INT(a->office), P_TEXT(contract))
                     : 0;

    if (status || !rows || rows_count(rows) == 0)
        return status;
    kind = row_bool(rows, 0, "stopped") ? "project_end" : "closing";
    return notice_publish(a, t->id, kind, notice_title(a, t, kind), row_text(rows, 0, "body"), 0, err);
}

int contract_settle(struct act *a, struct tender *t, struct lot *l, const char *contract, struct err *err)
{
    struct rows *rows = NULL;
    int status =
        tx_run(a->tx, Q_contract_settle, &rows, err, P_INT(a->office), P_TEXT(contract), P_TIME(a->now_us));

    if (status || rows_count(rows) == 0)
        return status;
    l->year = (int32_t)row_int(rows, 0, "year_no");
    status = payable_uncovered(a, contract, err);
    if (!status)
        status = closing_publish(a, t, contract, err);
    if (!status && t->years > 1)
        status = renewal_settled(a, t, contract, err);
    if (!status)
        status = bonds_free(a, t, err);
    return status ? status : lot_advance(a, t, l, err);
}
