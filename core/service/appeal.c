/*
 * Beside the objection itself: the review of its answer by another person, reports by anybody, and what an
 * authority orders about a complaint until it decides.
 */
#include <string.h>

#include "acts.h"
#include "core/base/time.h"
#include "core/domain/calendar.h"
#include "core/service/forms.h"
#include "core/service/objection.h"
#include "core/service/served.h"

int objection_due(struct act *a, const struct tender *t, const char *code, int64_t from_us, int64_t *ret_us,
                  struct err *err)
{
    const linli_rule *rule = tender_rule(a, t, code);
    bool provisional = false, set = rule && rule->period.count;

    return calendar_span(a->law->calendar, from_us,
                         set ? rule->period : (linli_period){30, LINLI_CALENDAR_DAYS}, LINLI_ROLL_HOLIDAY,
                         ret_us, &provisional, err);
}

int objection_holds(struct act *a, const struct tender *t, const char *id, struct err *err)
{
    int64_t ends_us = 0;
    int status = objection_due(a, t, "suspension_max", a->now_us, &ends_us, err);

    return status
               ? status
               : tx_run(a->tx, Q_objection_holds, NULL, err, P_INT(a->office), P_TEXT(id), P_TIME(ends_us));
}

/* ---- the review of an answer ---- */

struct objection_review {
    const char *body;
};
static const linli_option review_rows[] = {
    ROW_TEXT(objection_review, body, true, 20000, "不服答复的理由和请求",
             "why the answer does not do, and what is asked"),
};
const struct form form_objection_review = FORM(review_rows, struct objection_review);

/* Statutory procurement has the complaint to the authority in its place.  The time runs from when the answer
 * was served. */
static int reviewable(struct act *a, const struct objecting *o, struct err *err)
{
    const linli_rule *rule = tender_rule(a, o->t, "complaint_window");
    const char *state = row_text(o->row, 0, "state");
    int64_t end_us = 0, from_us = 0;
    int status;

    if (!objecting_own(a, o))
        return err_both(err, E_FORBIDDEN, "auth/forbidden", "only who filed it may ask for a review",
                        "只有提出人可以申请复核");
    if (o->t->regime == LINLI_STATUTORY)
        return err_both(err, E_REFUSED, "state/refused",
                        "in statutory procurement the way on is a complaint to the finance authority",
                        "法定采购不服质疑答复的，应向财政部门投诉");
    if (!objecting_is(o, "objection") || row_bool(o->row, 0, "reviewed"))
        return err_both(err, E_REFUSED, "state/refused", "there is one review of an objection, and no more",
                        "每件异议只能申请一次复核");
    if (strcmp(state, "founded") != 0 && strcmp(state, "unfounded") != 0)
        return err_both(err, E_REFUSED, "state/refused", "there is no answer to review", "尚无答复可供复核");
    status = served_from(a, row_text(o->row, 0, "id"), row_text(o->row, 0, "organisation_id"),
                         row_time(o->row, 0, "answered"), &from_us, err);
    if (status || !from_us)
        return status;
    status = objection_due(a, o->t, "complaint_window", from_us, &end_us, err);
    if (status || (a->sent_us ? a->sent_us : a->now_us) < end_us)
        return status;
    err_both(err, E_REFUSED, "objection/late", "the time to ask for a review has passed",
             "已过申请复核的期限");
    if (rule)
        err_article(err, rule->source);
    return E_REFUSED;
}

int act_objection_review(struct act *a, struct err *err)
{
    const struct objection_review *b = a->body;
    struct objection review = {.channel = "review", .body = b->body, .reviews = a->subject};
    struct objecting o = {0};
    int status = objecting_load(a, &o, err);

    if (!status)
        status = reviewable(a, &o, err);
    if (!status)
        status = objection_due(a, o.t, "complaint_decision", a->now_us, &review.due_us, err);
    if (status)
        return status;
    review.kind = row_text(o.row, 0, "kind");
    review.bid = row_text(o.row, 0, "bid_id");
    review.organisation = row_text(o.row, 0, "organisation_id");
    review.relevant = row_bool(o.row, 0, "relevant");
    return objection_store(a, o.t, o.l, &review, &a->subject, err);
}

/* ---- a report by anybody ---- */

struct irregularity_report {
    int32_t kind;
    const char *bid, *body;
};
static const linli_option report_rows[] = {
    ROW_CHOICE(irregularity_report, kind, true, objection_kinds, objection_kind_labels, NULL, "对象",
               "what it is about"),
    ROW_ID(irregularity_report, bid, false, "所涉投标", "the bid it is about, if any"),
    ROW_TEXT(irregularity_report, body, true, 20000, "事实和线索",
             "what happened, and how it can be found out"),
};
const struct form form_irregularity_report = FORM(report_rows, struct irregularity_report);

/* Whether it holds anything the office says when it takes it up: anybody may report, at any time. */
int act_irregularity_report(struct act *a, struct err *err)
{
    const struct irregularity_report *b = a->body;
    struct objection report = {
        .channel = "report", .kind = objection_kinds[b->kind], .bid = b->bid, .body = b->body};
    struct lot_facts f = {0};
    struct tender *t = NULL;
    struct lot *l = NULL;
    int status = tender_of_lot(a, a->subject, &t, &l, err);

    if (!status && !t->plan)
        return err_both(err, E_REFUSED, "state/refused", "the tender is not published", "项目尚未发布");
    if (!status)
        status = lot_facts_load(a, t, l, &f, err);
    if (!status && b->bid && !lot_bid_key(&f, b->bid)) {
        err_set(err, E_INVALID, "body/invalid", "no such bid in this lot");
        err_at(err, "/bid", "unknown", "no such bid in this lot", "本包没有这份投标");
        return E_INVALID;
    }
    if (!status)
        status = objection_due(a, t, "report_answer", a->now_us, &report.due_us, err);
    return status ? status : objection_store(a, t, l, &report, &a->subject, err);
}

/* ---- taken up; suspended or let go on by an authority ---- */

struct objection_take {
    bool relevant;
    const char *note;
};
static const linli_option take_rows[] = {
    {.name = "relevant",
     .type = LINLI_OPT_BOOL,
     .required = true,
     .offset = offsetof(struct objection_take, relevant),
     .label = {"暂停签约和付款", "it holds signing and money"},
     .help = {"可能影响结果，或财政部门通知暂停", "it may change the result, or the authority says so"}},
    ROW_TEXT(objection_take, note, true, 4000, "受理意见或通知文号", "why, or the number of the notice"),
};
const struct form form_objection_take = FORM(take_rows, struct objection_take);

int complaint_second(const struct act *a, const struct objecting *o, bool *ret, struct err *err)
{
    *ret = !objecting_is(o, "complaint") || !row_bool(o->row, 0, "relevant");
    if (*ret || row_null(o->row, 0, "lifting_by"))
        return 0;
    *ret = strcmp(row_text(o->row, 0, "lifting_by"), a->actor->person) != 0;
    return *ret ? 0
                : err_both(err, E_REFUSED, "approval/same-person",
                           "another person has to write down as well that it holds no longer",
                           "解除暂停须由另一人确认");
}

int act_objection_take(struct act *a, struct err *err)
{
    const struct objection_take *b = a->body;
    struct objecting o = {0};
    bool second = true;
    int status = objecting_open(a, &o, err);

    if (!status && !objecting_is(&o, "report") && !objecting_is(&o, "complaint"))
        return err_both(err, E_REFUSED, "state/refused",
                        "what an objection holds is not for the office to say: answer it",
                        "异议、质疑和复核无须受理，请直接答复");
    if (!status && !b->relevant)
        status = complaint_second(a, &o, &second, err);
    if (!status && !second)
        return tx_run(a->tx, Q_objection_lift, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                      P_TEXT(b->note), P_TIME(a->now_us), P_TEXT(a->actor->person));
    if (!status)
        status = tx_run(a->tx, Q_objection_take, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                        P_BOOL(b->relevant), P_TEXT(b->note), P_TIME(a->now_us));
    if (!status && b->relevant && objecting_is(&o, "complaint"))
        status = objection_holds(a, o.t, a->subject, err);
    return status || b->relevant ? status : objecting_on(a, &o, err);
}
