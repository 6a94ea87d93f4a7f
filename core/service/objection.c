/*
 * Objections (质疑, 异议): filed in time by those who took part, answered in time,
 * founded or not.  An open one that may change the result holds the signing.
 */
#include <string.h>

#include "acts.h"
#include "core/base/time.h"
#include "core/domain/calendar.h"
#include "core/service/forms.h"
#include "core/service/objection.h"
#include "core/service/panel.h"
#include "core/service/words.h"

const char *const objection_kinds[] = {"documents", "process", "result", NULL};
const linli_text objection_kind_labels[] = {
    {"采购文件", "documents"}, {"采购过程", "process"}, {"采购结果", "result"}, {NULL, NULL}};

enum { DOCUMENTS, PROCESS, RESULT };

/* What the time to object runs from. */
static const int kind_from[][3] = {
    {LINLI_DOCUMENTS_ISSUED, LINLI_PUBLISHED, 0},
    {LINLI_EVALUATED, LINLI_CHECKED, LINLI_OPENED},
    {LINLI_NOTICE_ENDED, 0, 0},
};

struct objection_file {
    int32_t kind;
    const char *bid, *body;
    bool relevant;
};
static const linli_option file_rows[] = {
    ROW_CHOICE(objection_file, kind, true, objection_kinds, objection_kind_labels, NULL, "对象",
               "what it is about"),
    ROW_ID(objection_file, bid, false, "所针对的投标", "the bid it is about, if any"),
    ROW_TEXT(objection_file, body, true, 20000, "事实、理由和请求", "facts, grounds and what is asked"),
    {.name = "relevant",
     .type = LINLI_OPT_BOOL,
     .offset = offsetof(struct objection_file, relevant),
     .initial = "true",
     .label = {"可能影响结果", "may change the result"},
     .help = {"可能影响结果", "may change the result"}},
};
const struct form form_objection_file = FORM(file_rows, struct objection_file);
const struct form form_objection_preview = FORM(file_rows, struct objection_file);

static const linli_window *window_between(const linli_plan *plan, int from, int until)
{
    for (size_t i = 0; from && i < plan->window_count; i++)
        if (plan->windows[i].from == from && plan->windows[i].until == until)
            return &plan->windows[i];
    return NULL;
}

/* The time to object of the result is that of any kind for which the plan has no window of its own. */
static const linli_window *objection_window(const linli_plan *plan, int kind)
{
    const linli_window *w = NULL;

    for (size_t i = 0; !w && i < LENGTH(kind_from[0]); i++)
        w = window_between(plan, kind_from[kind][i], LINLI_OBJECTED);
    return w ? w : window_between(plan, LINLI_NOTICE_ENDED, LINLI_OBJECTED);
}

static int64_t last_of(const linli_facts *f, int kind)
{
    for (size_t i = f->event_count; i > 0; i--)
        if (f->events[i - 1].kind == kind)
            return f->events[i - 1].at.us;
    return 0;
}

/* When the step objected to was over; 0: it is not yet, and nobody is late. */
static int64_t step_over(const linli_facts *f, int kind)
{
    int64_t over_us = 0;

    for (size_t k = 0; !over_us && k < LENGTH(kind_from[0]) && kind_from[kind][k]; k++)
        over_us = last_of(f, kind_from[kind][k]);
    return over_us;
}

/* Another winner may be announced after the notice of the first has ended: its own notice runs then, and the
 * time to object after that. */
static int notice_over(struct act *a, const struct tender *t, const linli_facts *f, int64_t *ret_us,
                       struct err *err)
{
    const linli_window *w = window_between(t->plan, LINLI_ANNOUNCED, LINLI_NOTICE_ENDED);
    const int64_t announced_us = last_of(f, LINLI_ANNOUNCED);
    bool provisional;

    *ret_us = step_over(f, RESULT);
    if (!w || !*ret_us || announced_us <= *ret_us)
        return 0;
    return calendar_span(a->law->calendar, announced_us, w->least.count ? w->least : w->most, w->roll, ret_us,
                         &provisional, err);
}

/* Documents are objected to from the end of the notice that offers them, or from their last amendment
 * (财政部令第94号 §11). */
static int documents_out(struct act *a, const struct tender *t, const linli_facts *f, int64_t *ret_us,
                         struct err *err)
{
    const linli_rule *rule = tender_rule(a, t, "notice_period");
    const int64_t amended_us = last_of(f, LINLI_AMENDED);
    int64_t end_us = 0;
    bool provisional;
    int status = rule ? calendar_span(a->law->calendar, t->published_us, rule->period, LINLI_ROLL_REST,
                                      &end_us, &provisional, err)
                      : 0;

    *ret_us = step_over(f, DOCUMENTS);
    *ret_us = end_us - 1 > *ret_us ? end_us - 1 : *ret_us;
    *ret_us = amended_us > *ret_us ? amended_us : *ret_us;
    return status;
}

/* While bids are taken there are the documents alone; a result is objected to once it is out. */
static int step_there(const struct tender *t, const struct lot *l, const linli_facts *f, int kind,
                      struct err *err)
{
    const bool tendering = l->phase_kind && strcmp(l->phase_kind, "tendering") == 0;

    if (t->regime != LINLI_STATUTORY || kind == DOCUMENTS ||
        (!tendering && (kind != RESULT || last_of(f, LINLI_ANNOUNCED))))
        return 0;
    err_both(err, E_REFUSED, "state/refused", "that step has not come: object to what there is",
             "该环节尚未进行，请就已有事项提出");
    err_at(err, "/kind", "choice", "not yet", "尚未进行");
    return E_REFUSED;
}

/* Until when one may object of that kind; *ret_us 0: it does not run yet, or the plan sets no time. */
static int time_to_object(struct act *a, const struct tender *t, const linli_facts *f, int kind,
                          const linli_window **ret, int64_t *ret_us, struct err *err)
{
    const linli_window *w = objection_window(t->plan, kind);
    int64_t from = step_over(f, kind);
    bool provisional = false;
    int status = kind == RESULT      ? notice_over(a, t, f, &from, err)
                 : kind == DOCUMENTS ? documents_out(a, t, f, &from, err)
                                     : 0;

    *ret = w;
    *ret_us = 0;
    if (status || !w || !from)
        return status;
    /* A notice ends at 24:00 of its last day, which is the instant the next one begins. */
    return calendar_span(a->law->calendar, kind == RESULT ? from - 1 : from,
                         w->most.count ? w->most : w->least, w->roll, ret_us, &provisional, err);
}

static int in_time(struct act *a, const struct tender *t, const linli_facts *f, int kind, struct err *err)
{
    const linli_window *w;
    int64_t end_us;
    int status = time_to_object(a, t, f, kind, &w, &end_us, err);

    if (status || !end_us || a->now_us < end_us)
        return status;
    err_set(err, E_REFUSED, "objection/late", "the time to object has passed");
    err_zh(err, "已过提出期限");
    if (w->source)
        err_article(err, w->source);
    return E_REFUSED;
}

/* Until when it must be answered; where the plan says nothing, thirty days. */
static int answer_due(struct act *a, const struct tender *t, int64_t from_us, int64_t *ret_us,
                      struct err *err)
{
    const linli_window *w = window_between(t->plan, LINLI_OBJECTED, LINLI_RESOLVED);
    linli_period period = w ? (w->most.count ? w->most : w->least) : (linli_period){30, LINLI_CALENDAR_DAYS};
    bool provisional = false;

    return calendar_span(a->law->calendar, from_us, period, w ? w->roll : LINLI_NO_ROLL, ret_us, &provisional,
                         err);
}

/* What is due of one that is open, by its channel; the days of a complaint are the authority's. */
static int due_again(struct act *a, const struct tender *t, const struct rows *r, size_t i, int64_t *ret_us,
                     struct err *err)
{
    const char *channel = row_text(r, i, "channel");
    const int64_t filed_us = row_time(r, i, "filed");

    if (strcmp(channel, "objection") == 0)
        return answer_due(a, t, filed_us, ret_us, err);
    return objection_due(a, t, strcmp(channel, "review") == 0 ? "complaint_decision" : "report_answer",
                         filed_us, ret_us, err);
}

int objections_recount(struct act *a, const struct tender *t, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_objections_waiting, &r, err, P_INT(a->office), P_TEXT(t->id));

    for (size_t i = 0; !status && i < rows_count(r); i++) {
        const char *id = row_text(r, i, "id");
        int64_t due_us = 0;

        status = due_again(a, t, r, i, &due_us, err);
        if (status || due_us == row_time(r, i, "due"))
            continue;
        status = tx_run(a->tx, Q_objection_due, NULL, err, P_INT(a->office), P_TEXT(id), P_TIME(due_us));
        if (!status)
            status = due_clear(a, "objection_due", id, err);
        if (!status)
            status = due_set(a, due_us, "objection_due", id, err);
    }
    return status;
}

/* Who may object in which phase the plan says, and in statutory procurement the mechanism that only who took
 * part. */
static int bid_known(struct act *a, const struct lot_facts *f, struct err *err)
{
    const struct objection_file *body = a->body;

    if (!body->bid || lot_bid_key(f, body->bid))
        return 0;
    err_set(err, E_INVALID, "body/invalid", "no such bid in this lot");
    err_at(err, "/bid", "unknown", "no such bid in this lot", "本包没有这份投标");
    return E_INVALID;
}

/* What came by post is in time if it was posted in time. */
static int may_object(struct act *a, const struct tender *t, const struct lot *l, const linli_facts *f,
                      struct err *err)
{
    const struct objection_file *body = a->body;
    const int64_t now_us = a->now_us;
    int status;

    a->now_us = a->sent_us ? a->sent_us : now_us;
    status = in_time(a, t, f, body->kind, err);
    if (!status)
        status = lot_may(a, t, l, LINLI_OBJECT, body->bid, err);
    a->now_us = now_us;
    return status;
}

int objection_store(struct act *a, const struct tender *t, const struct lot *l, const struct objection *o,
                    const char **ret_id, struct err *err)
{
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);

    id_new(a->office, id);
    *ret_id = id;
    int status = tx_run(a->tx, Q_objection_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(t->id),
                        P_TEXT(l->id), P_TEXT(o->bid), P_TEXT(o->organisation), P_TEXT(a->actor->person),
                        P_TEXT(o->kind), P_TEXT(l->phase), P_TEXT(o->body), P_BOOL(o->relevant),
                        P_TIME(a->now_us), P_TIME(o->due_us), P_TEXT(o->channel), P_TEXT(o->reviews));

    return status ? status : due_set(a, o->due_us, "objection_due", id, err);
}

struct objected {
    struct lot_facts f;
    struct tender *t;
    struct lot *l;
};

static int objected_load(struct act *a, struct objected *ret, struct err *err)
{
    const struct objection_file *body = a->body;
    int status = tender_of_lot(a, a->subject, &ret->t, &ret->l, err);

    if (!status)
        status = lot_facts_load(a, ret->t, ret->l, &ret->f, err);
    if (!status && !ret->t->plan) {
        err_set(err, E_REFUSED, "state/refused", "the tender is not published");
        err_zh(err, "项目尚未发布");
        return E_REFUSED;
    }
    if (!status)
        status = may_object(a, ret->t, ret->l, ret->f.facts, err);
    if (!status)
        status = step_there(ret->t, ret->l, ret->f.facts, body->kind, err);
    return status ? status : bid_known(a, &ret->f, err);
}

int act_objection_file(struct act *a, struct err *err)
{
    const struct objection_file *body = a->body;
    struct objection o = {.channel = "objection",
                          .kind = objection_kinds[body->kind],
                          .bid = body->bid,
                          .organisation = actor_organisation(a->actor),
                          .body = body->body,
                          .relevant = body->relevant};
    struct objected to = {0};
    int status = objected_load(a, &to, err);

    if (!status)
        status = answer_due(a, to.t, a->now_us, &o.due_us, err);
    if (!status)
        status = objection_store(a, to.t, to.l, &o, &a->subject, err);
    return status ? status : milestone_add(a, to.t, to.l, "objected", body->bid, err);
}

/* Would it be taken, and until when is there time for it?  Where the plan sets no time of its own, one may
 * object as long as the phase lasts that lets one.  "until" is missing where neither has an end yet. */
int act_objection_preview(struct act *a, struct err *err)
{
    const struct objection_file *body = a->body;
    const linli_window *w = NULL;
    struct objected to = {0};
    int64_t until_us = 0;
    int status = objected_load(a, &to, err);

    if (!status)
        status = time_to_object(a, to.t, to.f.facts, body->kind, &w, &until_us, err);
    if (!status && !w)
        until_us = to.l->phase_due_us;
    json_open(&a->answer, '{');
    json_key(&a->answer, "kind");
    json_string(&a->answer, objection_kinds[body->kind]);
    if (until_us) {
        json_key(&a->answer, "until");
        json_time(&a->answer, until_us);
    }
    if (w && w->source) {
        json_key(&a->answer, "article");
        json_string(&a->answer, w->source);
    }
    json_close(&a->answer, '}');
    return status;
}

act_fn due_objection_due;

/* The time to answer is over and nobody has: it shows from now on. */
int due_objection_due(struct act *a, struct err *err)
{
    json_key(&a->payload, "objection");
    json_string(&a->payload, a->subject);
    return tx_run(a->tx, Q_objection_overdue, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                  P_TIME(a->now_us));
}

/* ---- answering ---- */

int objecting_load(struct act *a, struct objecting *o, struct err *err)
{
    int status = tx_run(a->tx, Q_objection_load, &o->row, err, P_INT(a->office), P_TEXT(a->subject));

    return status ? status : tender_of_lot(a, row_text(o->row, 0, "lot_id"), &o->t, &o->l, err);
}

int objecting_open(struct act *a, struct objecting *o, struct err *err)
{
    int status = objecting_load(a, o, err);

    if (status || strcmp(row_text(o->row, 0, "state"), "open") == 0)
        return status;
    err_set(err, E_REFUSED, "state/refused", "the objection is %s", row_text(o->row, 0, "state"));
    err_zh(err, "该质疑或异议已处理");
    return E_REFUSED;
}

bool objecting_is(const struct objecting *o, const char *channel)
{
    return strcmp(row_text(o->row, 0, "channel"), channel) == 0;
}

bool objecting_own(const struct act *a, const struct objecting *o)
{
    const char *person = row_text(o->row, 0, "person_id"), *typed_by = row_text(o->row, 0, "typed_by");

    if (actor_of_organisation(a->actor, row_text(o->row, 0, "organisation_id")))
        return true;
    /* Of a sender without an account it bears the name of who typed it in, whose it is not; what the sender
     * sends after it comes over the counter as well. */
    if (typed_by && strcmp(typed_by, person) == 0)
        return a->on_behalf && row_null(o->row, 0, "organisation_id");
    return strcmp(person, a->actor->person) == 0;
}

int objecting_on(struct act *a, struct objecting *o, struct err *err)
{
    if (!o->l->phase_kind || strcmp(o->l->phase_kind, "contracting") != 0)
        return 0;
    return lot_advance(a, o->t, o->l, err);
}

/* The mechanism is told of objections alone: what became of the others it sees by their state. */
static int resolved(struct act *a, struct objecting *o, struct err *err)
{
    return objecting_is(o, "objection")
               ? milestone_add(a, o->t, o->l, "resolved", row_text(o->row, 0, "bid_id"), err)
               : 0;
}

static const char *const finding_codes[] = {"founded", "unfounded", NULL};
static const linli_text finding_labels[] = {{"成立", "founded"}, {"不成立", "unfounded"}, {NULL, NULL}};
enum { NOTHING, CORRECT, NEXT, AGAIN };
static const char *const consequence_codes[] = {"none", "correct", "next", "again", NULL};
static const linli_text consequence_labels[] = {{"不影响结果", "the result stands"},
                                                {"澄清修改后继续", "corrected, and on"},
                                                {"另行确定中标、成交供应商", "the next candidate"},
                                                {"重新开展采购活动", "all over again"},
                                                {NULL, NULL}};

struct objection_answer {
    int32_t finding, consequence;
    bool has_consequence;
    const char *answer, *effect;
};
static const linli_option answer_rows[] = {
    ROW_CHOICE(objection_answer, finding, true, finding_codes, finding_labels, NULL, "结论", "finding"),
    ROW_SAID(
        objection_answer, answer, STRING, true, 1, 20000, "text", "答复",
        "answer, with the right to complain", "投诉处理决定随公告公布，不写投诉人、个人信息和商业秘密",
        "a decision on a complaint is published: neither who complained, nor persons or business secrets"),
    ROW_SAID(objection_answer, effect, STRING, false, 1, 4000, "text", "处理措施", "what follows from it",
             "投诉的处理措施随公告公布，不写投诉人、个人信息和商业秘密",
             "of a complaint it is published: neither who complained, nor persons or business secrets"),
    {.name = "consequence",
     .type = LINLI_OPT_CHOICE,
     .offset = offsetof(struct objection_answer, consequence),
     .present = offsetof(struct objection_answer, has_consequence),
     .high = 3,
     .codes = consequence_codes,
     .choices = consequence_labels,
     .label = {"法定后果", "consequence"},
     .help = {"成立的必填", "needed where it is founded"}},
};
const struct form form_objection_answer = FORM(answer_rows, struct objection_answer);

static int answer_wrong(struct err *err, const char *member, const char *text, const char *zh)
{
    err_set(err, E_INVALID, "body/invalid", "%s", text);
    err_zh(err, "%s", zh);
    err_at(err, member, "choice", text, zh);
    return E_INVALID;
}

/* What may follow (order 94 article 16): nothing, where it could not change the result; a correction while
 * bids are taken; else the next candidate, or all over again. */
static int consequence_fits(const struct objecting *o, const struct objection_answer *b, struct err *err)
{
    const char *kind = o->l->phase_kind ? o->l->phase_kind : "";
    bool tendering = strcmp(kind, "tendering") == 0, relevant = row_bool(o->row, 0, "relevant");
    bool named = strcmp(kind, "notice") == 0 || strcmp(kind, "contracting") == 0;

    if (b->finding != 0)
        return b->has_consequence
                   ? answer_wrong(err, "/consequence", "nothing follows from an unfounded objection",
                                  "不成立的没有处理后果")
                   : 0;
    if (!b->effect)
        return answer_wrong(err, "/effect", "say what follows", "请写明处理措施");
    if (!b->has_consequence)
        return answer_wrong(err, "/consequence", "say what follows: none, correct, next or again",
                            "请选择处理后果");
    if (b->consequence == NOTHING && relevant && !objecting_is(o, "complaint"))
        return answer_wrong(err, "/consequence", "it may change the result", "可能影响结果的，不得不作处理");
    if (b->consequence == CORRECT && !tendering)
        return answer_wrong(err, "/consequence", "a correction is for the time bids are taken",
                            "仅限投标截止前");
    if (b->consequence == NEXT && (!named || !relevant || row_null(o->row, 0, "bid_id")))
        return answer_wrong(err, "/consequence", "there is no winner it is about",
                            "没有所针对的中标、成交结果");
    return 0;
}

/* The award falls at once; whether enough are left for a next one the mechanism says. */
static int fall(struct act *a, struct objecting *o, struct err *err)
{
    const linli_awards *awards = NULL;
    struct lot_facts f = {0};
    struct rows *award = NULL;
    char *json = NULL;
    int status = lot_facts_load(a, o->t, o->l, &f, err);

    if (!status)
        status = ask_award(o->t->mechanism, a->arena, o->t->options, f.facts, &awards, &json, err);
    if (!status && awards->count == 0 && awards->draw_count == 0) {
        err_set(err, E_REFUSED, "objection/again", "too few are left: it has to be done again");
        err_zh(err, "合格供应商不足，应重新开展采购活动");
        err->why_json = json;
        return E_REFUSED;
    }
    if (!status)
        status = tx_run(a->tx, Q_award_fall, &award, err, P_INT(a->office), P_TEXT(o->l->id),
                        P_TEXT(row_text(o->row, 0, "bid_id")), P_TEXT("an objection was founded"));
    for (size_t i = 0; !status && i < rows_count(award); i++)
        status =
            tx_run(a->tx, Q_contract_drop, NULL, err, P_INT(a->office), P_TEXT(row_text(award, i, "id")));
    return status;
}

/* Who decides: what the plan says of an objection; of a review another approver than who answered first; a
 * report is taken up before; what an authority decided is written down by anybody at the office.  What makes
 * an award fall, or all begin again, an approver decides. */
static int may_answer(struct act *a, const struct objecting *o, struct err *err)
{
    const struct objection_answer *b = a->body;
    const bool falls = b->finding == 0 && (b->consequence == NEXT || b->consequence == AGAIN);
    const char *first = row_text(o->row, 0, "first_by");

    if (objecting_is(o, "objection"))
        return lot_may(a, o->t, o->l, LINLI_RESOLVE, NULL, err);
    if (objecting_is(o, "report") && row_null(o->row, 0, "taken"))
        return err_both(err, E_REFUSED, "state/refused", "the report has to be taken up first",
                        "举报须先受理");
    if (!objecting_is(o, "review") && !falls)
        return 0;
    if (!(a->roles & ROLE(OFFICE_APPROVER)))
        return err_both(err, E_FORBIDDEN, "auth/forbidden", "this is decided by an approver",
                        "此项由审批人决定");
    if (!objecting_is(o, "review"))
        return 0;
    if (first && strcmp(first, a->actor->person) == 0)
        return err_both(err, E_REFUSED, "approval/same-person", "a second person has to do this",
                        "须由另一人办理");
    return 0;
}

/* A decision that lets a complaint go lifts what it held: two write that down, as without one. */
static int lifted_by_two(struct act *a, const struct objecting *o, struct err *err)
{
    const struct objection_answer *b = a->body;
    bool second = true;
    int status = b->finding == 0 && b->consequence != NOTHING ? 0 : complaint_second(a, o, &second, err);

    return status || second ? status
                            : err_both(err, E_REFUSED, "approval/missing",
                                       "another person first writes down that it holds no longer",
                                       "须先由另一人登记解除暂停");
}

/* What an authority decided on a complaint is told to everybody (财政部令第94号 §34). */
static int complaint_publish(struct act *a, const struct objecting *o, struct err *err)
{
    struct rows *rows = NULL;
    int status = objecting_is(o, "complaint")
                     ? tx_run(a->tx, Q_complaint_notice, &rows, err, P_INT(a->office), P_TEXT(a->subject))
                     : 0;

    return status || !rows
               ? status
               : notice_publish(a, o->t->id, "complaint_result", notice_title(a, o->t, "complaint_result"),
                                row_text(rows, 0, "body"), 0, err);
}

int act_objection_answer(struct act *a, struct err *err)
{
    const struct objection_answer *b = a->body;
    struct objecting o = {0};
    int status = objecting_open(a, &o, err);

    if (!status)
        status = may_answer(a, &o, err);
    if (!status)
        status = lifted_by_two(a, &o, err);
    if (!status)
        status = consequence_fits(&o, b, err);
    if (status)
        return status;
    status =
        tx_run(a->tx, Q_objection_answer, NULL, err, P_INT(a->office), P_TEXT(a->subject),
               P_TEXT(finding_codes[b->finding]), P_TEXT(b->answer), P_TEXT(b->effect), P_TIME(a->now_us),
               P_TEXT(a->actor->person), P_TEXT(b->finding == 0 ? consequence_codes[b->consequence] : NULL));
    if (!status)
        status = complaint_publish(a, &o, err);
    if (!status)
        status = due_clear(a, "objection_due", a->subject, err);
    json_key(&a->payload, "late");
    json_bool(&a->payload, a->now_us >= row_time(o.row, 0, "due"));
    if (!status && b->finding == 0 && b->consequence == NEXT)
        status = fall(a, &o, err);
    if (!status)
        status = resolved(a, &o, err);
    if (!status && b->finding == 0 && b->consequence == AGAIN)
        return lot_end(a, o.t, o.l, b->effect, err);
    return status ? status : objecting_on(a, &o, err);
}

int act_objection_withdraw(struct act *a, struct err *err)
{
    struct objecting o = {0};
    int status = objecting_open(a, &o, err);

    if (status)
        return status;
    if (objecting_is(&o, "complaint"))
        return err_both(err, E_REFUSED, "state/refused", "what became of a complaint its authority says",
                        "投诉的处理结果以财政部门决定为准");
    if (!objecting_own(a, &o)) {
        err_set(err, E_FORBIDDEN, "auth/forbidden", "only who filed it may withdraw it");
        err_zh(err, "只有提出人可以撤回");
        return E_FORBIDDEN;
    }
    status = tx_run(a->tx, Q_objection_answer, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                    P_TEXT("withdrawn"), P_TEXT(NULL), P_TEXT(NULL), P_TIME(a->now_us), P_TEXT(NULL),
                    P_TEXT(NULL));
    if (!status)
        status = due_clear(a, "objection_due", a->subject, err);
    if (!status)
        status = resolved(a, &o, err);
    return status ? status : objecting_on(a, &o, err);
}
