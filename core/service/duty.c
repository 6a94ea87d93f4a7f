/* See core/service/duty.h. */
#include "core/service/duty.h"

#include <string.h>

#include "acts.h"
#include "core/base/time.h"
#include "core/service/call.h"
#include "core/service/forms.h"
#include "core/service/objection.h"

int duty_begin(struct act *a, const struct tender *t, const struct lot *l, const struct duty *what,
               const char **ret_id, struct err *err)
{
    const linli_rule *rule = rule_find(t->rules.rules, t->rules.count, what->code);
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    int64_t due_us = 0;
    bool provisional = false;

    *ret_id = NULL;
    if (!rule || rule->period.count == 0)
        return 0;
    int status = calendar_span(a->law->calendar, what->from_us, rule->period, LINLI_ROLL_HOLIDAY, &due_us,
                               &provisional, err);
    id_new(t->office, id);
    if (!status)
        status =
            tx_run(a->tx, Q_duty_add, NULL, err, P_INT(t->office), P_TEXT(id), P_TEXT(t->id),
                   P_TEXT(l ? l->id : NULL), P_TEXT(what->code), P_TEXT(rule->source), P_TEXT(what->kind),
                   P_TEXT(what->subject), P_TEXT(what->about), P_TIME(what->from_us), P_TIME(due_us));
    *ret_id = id;
    return status;
}

int duties_of_contract(struct act *a, const struct tender *t, const struct lot *l, const char *contract,
                       struct err *err)
{
    static const char *const of_contract[] = {"contract_file", NULL};
    static const char *const of_agreement[] = {"framework_file", "framework_inform", NULL};
    int status = 0;

    for (const char *const *code = makes_agreements(t) ? of_agreement : of_contract; !status && *code;
         code++) {
        const struct duty what = {
            .code = *code, .kind = "contract", .subject = contract, .from_us = a->now_us};
        const char *id;

        status = duty_begin(a, t, l, &what, &id, err);
    }
    return status;
}

int duties_of_end(struct act *a, const struct tender *t, const struct lot *l, struct err *err)
{
    const struct duty what = {
        .code = "campaign_report_full", .kind = "lot", .subject = l->id, .from_us = a->now_us};
    const char *id;

    return duty_begin(a, t, l, &what, &id, err);
}

/* ---- done ---- */

struct done_body {
    linli_date on;
    bool has_on;
    const char *reference, *note;
};
static const linli_option done_rows[] = {
    ROW_WITH(done_body, on, DATE, false, .present = offsetof(struct done_body, has_on),
             .label = {"办理日期", "the day it was done"}, .help = {"不填为今天", "today where not given"}),
    ROW_LINE(done_body, reference, false, 200, "文号或备案号", "number of the letter or filing"),
    ROW_TEXT(done_body, note, true, 4000, "办理情况", "what was done"),
};
const struct form form_duty_done = FORM(done_rows, struct done_body);

/* A report on the use of a campaign's money is owed to the public, which reads it here. */
static int use_reported(struct act *a, const char *lot, int32_t on, struct err *err)
{
    const struct done_body *b = a->body;
    struct tender *t = NULL;
    struct lot *l = NULL;
    struct rows *rows = NULL;
    int status = tender_of_lot(a, lot, &t, &l, err);

    if (!status)
        status = tx_run(a->tx, Q_funds_used_lot, &rows, err, P_INT(a->office), P_TEXT(lot), P_DATE(on),
                        P_TEXT(b->reference));
    return status ? status
                  : notice_publish(a, t->id, "funds_used", notice_title(a, t, "funds_used"),
                                   row_text(rows, 0, "body"), 0, err);
}

int act_duty_done(struct act *a, struct err *err)
{
    const struct done_body *b = a->body;
    const int32_t today = day_of(a->now_us), on = b->has_on ? b->on.day : today;
    struct rows *r = NULL;

    if (on > today) {
        err_both(err, E_INVALID, "body/invalid", "it cannot have been done yet", "不得晚于今天");
        err_at(err, "/on", "range", "not later than today", "不得晚于今天");
        return E_INVALID;
    }
    int status = tx_run(a->tx, Q_duty_done, &r, err, P_INT(a->office), P_TEXT(a->path[1]), P_DATE(on),
                        P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(b->reference), P_TEXT(b->note));

    a->subject = a->path[1];
    if (!status && rows_count(r) == 0)
        return err_both(err, E_ABSENT, "subject/absent", "no such duty is open, or it began later",
                        "没有这一待办的对外事项，或其起算日在此之后");
    return status || strcmp(row_text(r, 0, "code"), "campaign_report_full") != 0
               ? status
               : use_reported(a, row_text(r, 0, "lot_id"), on, err);
}

/* ---- a complaint: played elsewhere, answered from here ---- */

struct complaint_body {
    linli_date received;
    const char *reference, *about;
    int32_t kind;
    bool suspended;
};
static const linli_option complaint_rows[] = {
    ROW_WITH(complaint_body, received, DATE, true, .label = {"收到副本之日", "the day the copy came"},
             .help = {"财政部门发送投诉书副本之日", "from the authority"}),
    ROW_LINE(complaint_body, reference, true, 200, "文号", "number of the letter"),
    ROW_SAID(complaint_body, about, STRING, true, 1, 4000, "text", "投诉事项", "what is complained of",
             "随投诉处理结果公告公布，不写个人信息和商业秘密",
             "published with the decision: nothing about persons, no business secrets"),
    ROW_CHOICE(complaint_body, kind, false, objection_kinds, objection_kind_labels, "process", "对象",
               "what it is about"),
    ROW_BOOL(complaint_body, suspended, "财政部门通知暂停采购活动", "the authority orders a suspension"),
};
const struct form form_complaint_enter = FORM(complaint_rows, struct complaint_body);

/* It stands among the objections of the lot until the authority's decision is written down. */
static int complaint_stands(struct act *a, const struct tender *t, const struct lot *l,
                            const struct duty *what, struct err *err)
{
    const struct complaint_body *b = a->body;
    struct objection o = {.channel = "complaint",
                          .kind = objection_kinds[b->kind],
                          .body = what->about,
                          .relevant = b->suspended};
    const char *id = NULL;
    int status = objection_due(a, t, "complaint_decision", what->from_us, &o.due_us, err);

    if (!status)
        status = objection_store(a, t, l, &o, &id, err);
    return status || !b->suspended ? status : objection_holds(a, t, id, err);
}

int act_complaint_enter(struct act *a, struct err *err)
{
    const struct complaint_body *b = a->body;
    struct duty what = {.code = "complaint_statement", .kind = "lot", .subject = a->subject};
    struct tender *t = NULL;
    struct lot *l = NULL;
    const char *id = NULL;
    int status = tender_of_lot(a, a->subject, &t, &l, err);

    if (status)
        return status;
    what.about = arena_printf(a->arena, "%s：%s", b->reference, b->about);
    what.from_us = day_end(b->received.day - 1);
    if (!t->published_us || b->received.day > day_of(a->now_us) ||
        day_end(b->received.day) <= t->published_us) {
        err_both(err, E_INVALID, "body/invalid", "a complaint follows the notice, and came by today",
                 "投诉应在公告之后，且不晚于今天收到");
        err_at(err, "/received", "range", "between the notice and today", "应在公告之后、不晚于今天");
        return E_INVALID;
    }
    if ((status = duty_begin(a, t, l, &what, &id, err)))
        return status;
    if (!id)
        return err_both(err, E_REFUSED, "state/refused",
                        "the rules of this tender know no complaint to the authority",
                        "该项目适用的规则没有向财政部门投诉的程序");
    if ((status = complaint_stands(a, t, l, &what, err)))
        return status;
    a->subject = id;
    return 0;
}
