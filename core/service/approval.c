/* What a chain was asked, and what its posts and bodies said. */
#include "core/service/approval.h"

#include <stdio.h>
#include <string.h>

#include "acts.h"
#include "core/base/time.h"
#include "core/service/forms.h"

/* ---- which chain ---- */

struct matter {
    const char *chain, *kind, *drawn_by;
    int64_t amount_fen;
    int32_t version;
};

/* chain NULL: none stands before the act. */
static int matter_find(struct act *a, const char *op, const char *subject, struct matter *ret,
                       struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_chain_subject, &r, err, P_INT(a->office), P_TEXT(subject));

    *ret = (struct matter){0};
    if (status || rows_count(r) == 0)
        return status;
    const char *regime = row_text(r, 0, "regime");
    *ret = (struct matter){.kind = row_text(r, 0, "kind"),
                           .drawn_by = row_text(r, 0, "drawn_by"),
                           .amount_fen = row_int(r, 0, "amount_fen"),
                           .version = (int32_t)row_int(r, 0, "version")};
    status = tx_run(a->tx, Q_chain_pick, &r, err, P_INT(a->office), P_TEXT(op), P_TEXT(regime),
                    P_INT(ret->amount_fen));
    if (!status && rows_count(r) > 0)
        ret->chain = row_text(r, 0, "id");
    return status;
}

int approval_required(struct act *a, const char *op, struct err *err)
{
    const struct chained *what = chained_find(op);
    struct matter m;
    struct rows *r = NULL;

    if (!what || (what->office && !(a->roles & ROLES_OFFICE)))
        return 0;
    const char *subject = what->inner ? a->path[1] : a->subject;
    int status = matter_find(a, op, subject, &m, err);
    if (status || !m.chain)
        return status;
    status = tx_run(a->tx, Q_approval_find, &r, err, P_INT(a->office), P_TEXT(op), P_TEXT(subject),
                    P_INT(what->inner ? m.version : a->subject_version), P_TEXT(m.chain));
    const char *state = !status && rows_count(r) > 0 ? row_text(r, 0, "state") : NULL;
    if (status || (state && strcmp(state, "approved") == 0))
        return status;
    if (!state) {
        err_set(err, E_REFUSED, "approval/missing", "an approval chain stands before this: ask it first");
        err_zh(err, "此事项须先走审批，请先送审");
    } else {
        bool refused = strcmp(state, "refused") == 0;
        err_set(err, E_REFUSED, "approval/missing", "%s by %s", refused ? "refused" : "not approved yet",
                row_text(r, 0, "name_en"));
        err_zh(err, refused ? "%s未予批准" : "尚待%s审批", row_text(r, 0, "name"));
    }
    return E_REFUSED;
}

/* ---- approval_ask ---- */

struct ask_body {
    const char *act, *subject;
};
static const linli_option ask_rows[] = {
    ROW_CODE(ask_body, act, true, "事项", "the act that is asked for"),
    ROW_ID(ask_body, subject, true, "对象", "what it is about"),
};
const struct form form_approval_ask = FORM(ask_rows, struct ask_body);

/* How long the step may take; 0: as long as it likes. */
static int step_due(struct act *a, int64_t days, int64_t *ret_us, struct err *err)
{
    const linli_period period = {(int32_t)days, LINLI_WORKING_DAYS};
    bool provisional;

    *ret_us = 0;
    return days ? calendar_span(a->law->calendar, a->now_us, period, LINLI_NO_ROLL, ret_us, &provisional, err)
                : 0;
}

static int step_wait(struct act *a, const char *approval, int64_t step, int64_t days, struct err *err)
{
    int64_t due_us;
    int status = step_due(a, days, &due_us, err);

    if (!status)
        status = due_clear(a, "approval_late", approval, err);
    if (!status)
        status = tx_run(a->tx, Q_approval_wait, NULL, err, P_INT(a->office), P_TEXT(approval), P_INT(step),
                        P_TIME(due_us));
    if (!status && due_us)
        status = due_set(a, due_us, "approval_late", approval, err);
    return status;
}

static int asked_for(struct act *a, const struct ask_body *b, struct matter *ret, struct err *err)
{
    const struct chained *what = chained_find(b->act);
    int status = what ? matter_find(a, b->act, b->subject, ret, err) : 0;

    if (status)
        return status;
    if (what && ret->kind && strcmp(what->kind, ret->kind) == 0 && ret->chain)
        return 0;
    if (what && ret->kind && strcmp(what->kind, ret->kind) == 0) {
        err_set(err, E_REFUSED, "approval/none", "no approval chain stands before this");
        err_zh(err, "此事项无须送审");
        return E_REFUSED;
    }
    err_set(err, E_INVALID, "body/invalid", "there is no such act, or nothing of that kind to act on");
    err_at(err, what ? "/subject" : "/act", "absent", "not there", "不存在");
    return E_INVALID;
}

int act_approval_ask(struct act *a, struct err *err)
{
    const struct ask_body *b = a->body;
    struct rows *r = NULL;
    struct matter m = {0};
    int status = asked_for(a, b, &m, err);

    if (status)
        return status;
    const char *id = act_makes(a);
    status = tx_run(a->tx, Q_approval_overtaken, NULL, err, P_INT(a->office), P_TEXT(b->act),
                    P_TEXT(b->subject), P_INT(m.version));
    if (!status)
        status = tx_run(a->tx, Q_approval_find, &r, err, P_INT(a->office), P_TEXT(b->act), P_TEXT(b->subject),
                        P_INT(m.version), P_TEXT(m.chain));
    if (!status && rows_count(r) > 0) {
        err_set(err, E_CONFLICT, "value/taken", "it was asked already, and is %s", row_text(r, 0, "state"));
        err_zh(err, "已送审，不能重复送审；被退回的请修改后再送");
        return E_CONFLICT;
    }
    if (!status)
        status = tx_run(a->tx, Q_approval_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(m.chain),
                        P_TEXT(b->act), P_TEXT(b->subject), P_INT(m.version), P_INT(m.amount_fen),
                        P_TIME(a->now_us), P_TEXT(a->actor->person));
    if (!status)
        status = tx_run(a->tx, Q_chain_first_days, &r, err, P_INT(a->office), P_TEXT(m.chain));
    return status ? status : step_wait(a, a->subject, 1, row_int(r, 0, "days"), err);
}

/* ---- approval_give ---- */

struct recused {
    const char *person, *reason;
};
struct meeting_body {
    linli_time at;
    linli_list present, against, abstained; /* of const char * */
    linli_list recused;
    const char *minutes;
};
struct give_body {
    int32_t outcome;
    const char *reason;
    linli_list meeting; /* one struct meeting_body, or none */
};

static const linli_option person_rows[] = {
    {.name = "",
     .type = LINLI_OPT_ID,
     .required = true,
     .label = {"人员", "person"},
     .help = {"人员", "who"}},
};
static const linli_option recused_rows[] = {
    ROW_ID(recused, person, true, "回避成员", "who stood aside"),
    ROW_LINE(recused, reason, true, 200, "回避理由", "why"),
};
#define ROW_PEOPLE(T, member, need, zh, en)                                                                  \
    {                                                                                                        \
        .name = #member, .type = LINLI_OPT_LIST, .required = (need), .offset = offsetof(struct T, member),   \
        .high = 100, .item = person_rows, .item_count = 1, .item_size = sizeof(const char *),                \
        .label = {zh, en}, .help = {                                                                         \
            zh,                                                                                              \
            en                                                                                               \
        }                                                                                                    \
    }
static const linli_option meeting_rows[] = {
    ROW_TIME(meeting_body, at, true, "会议时间", "when it met"),
    ROW_PEOPLE(meeting_body, present, true, "到会成员", "members present"),
    ROW_PEOPLE(meeting_body, against, false, "反对", "who voted against"),
    ROW_PEOPLE(meeting_body, abstained, false, "弃权", "who abstained"),
    ROW_LIST(meeting_body, recused, false, 0, 100, recused_rows, recused, "回避", "who stood aside"),
    ROW_TEXT(meeting_body, minutes, true, 20000, "会议纪要", "the minutes"),
};
static const linli_text outcome_labels[] = {{"同意", "approved"}, {"不同意", "refused"}, {NULL, NULL}};
static const char *const outcome_codes[] = {"approved", "refused", NULL};
static const linli_option give_rows[] = {
    ROW_WITH(give_body, outcome, CHOICE, true, .high = 1, .choices = outcome_labels, .codes = outcome_codes,
             .label = {"意见", "outcome"}, .help = {"意见", "what was said"}),
    ROW_TEXT(give_body, reason, false, 2000, "理由，不同意时必填", "why; required where it is refused"),
    ROW_LIST(give_body, meeting, false, 0, 1, meeting_rows, meeting_body, "会议，议事机构必填",
             "the meeting, where a body speaks"),
};
const struct form form_approval_give = FORM(give_rows, struct give_body);

/* At least a/b of the whole; more than it where `over`. */
struct body_rule {
    int64_t a, b;
    bool over;
};

static bool share_reached(struct body_rule rule, int64_t part, int64_t whole)
{
    return rule.over ? part * rule.b > rule.a * whole : part * rule.b >= rule.a * whole;
}

static int meeting_fault(struct err *err, const char *member, const char *text, const char *zh)
{
    char pointer[64];

    snprintf(pointer, sizeof pointer, "/meeting%s%s", *member ? "/0/" : "", member);
    err_set(err, E_INVALID, "body/invalid", "%s", text);
    err_at(err, pointer, "invalid", text, zh);
    return E_INVALID;
}

static bool among(const linli_list *people, const char *person)
{
    const char *const *all = people->items;

    for (size_t i = 0; i < people->count; i++)
        if (strcmp(all[i], person) == 0)
            return true;
    return false;
}

static bool member_of(const struct rows *members, const char *person)
{
    for (size_t i = 0; i < rows_count(members); i++)
        if (strcmp(row_text(members, i, "person_id"), person) == 0)
            return true;
    return false;
}

/* Everybody named is a member, named once, and votes only where present. */
static int people_check(const struct meeting_body *m, const struct rows *members, struct err *err)
{
    const struct recused *aside = m->recused.items;
    const char *const *present = m->present.items;
    const linli_list *votes[] = {&m->against, &m->abstained};

    for (size_t i = 0; i < m->present.count; i++) {
        linli_list before = {m->present.items, i};
        if (!member_of(members, present[i]) || among(&before, present[i]))
            return meeting_fault(err, "present", "somebody is no member on that day, or named twice",
                                 "非当日成员或重复");
    }
    for (size_t i = 0; i < m->recused.count; i++) {
        for (size_t j = 0; j < i; j++)
            if (strcmp(aside[i].person, aside[j].person) == 0)
                return meeting_fault(err, "recused", "somebody is named twice", "重复");
        if (!member_of(members, aside[i].person) || among(&m->present, aside[i].person))
            return meeting_fault(err, "recused", "who stands aside is a member and not counted present",
                                 "回避者须为成员且不计入到会");
    }
    for (size_t v = 0; v < LENGTH(votes); v++)
        for (size_t i = 0; i < votes[v]->count; i++) {
            const char *person = ((const char *const *)votes[v]->items)[i];
            linli_list before = {votes[v]->items, i};
            if (!among(&m->present, person) || among(&before, person) ||
                (v == 1 && among(&m->against, person)))
                return meeting_fault(err, v ? "abstained" : "against", "only who is present votes, and once",
                                     "到会者方可表决，且只有一票");
        }
    return 0;
}

/* The head writes down the vote; outcome and count must agree. */
static int body_speaks(struct act *a, const struct rows *now, const struct give_body *b, struct err *err)
{
    const struct meeting_body *m = b->meeting.items;
    struct rows *members = NULL;
    bool head = false;

    if (b->meeting.count == 0)
        return meeting_fault(err, "", "a body speaks by its vote: say when it met and who was there",
                             "须填写会议及表决情况");
    if (m->at.us > a->now_us)
        return meeting_fault(err, "at", "lies in the future", "晚于当前时间");
    int status = tx_run(a->tx, Q_body_members, &members, err, P_INT(a->office),
                        P_TEXT(row_text(now, 0, "body_id")), P_DATE(day_of(m->at.us)));
    if (status || (status = people_check(m, members, err)))
        return status;
    for (size_t i = 0; i < rows_count(members); i++)
        head = head || (row_bool(members, i, "head") &&
                        strcmp(row_text(members, i, "person_id"), a->actor->person) == 0);
    if (!head || !among(&m->present, a->actor->person)) {
        err_set(err, E_FORBIDDEN, "auth/forbidden", "who presided writes down what the body decided");
        err_zh(err, "由主持会议的负责人填写");
        return E_FORBIDDEN;
    }
    struct {
        int64_t entitled, present, in_favour;
    } vote = {.entitled = (int64_t)(rows_count(members) - m->recused.count),
              .present = (int64_t)m->present.count,
              .in_favour = (int64_t)(m->present.count - m->against.count - m->abstained.count)};
    struct body_rule quorum = {row_int(now, 0, "quorum_a"), row_int(now, 0, "quorum_b"),
                               row_bool(now, 0, "quorum_over")};
    struct body_rule consent = {row_int(now, 0, "consent_a"), row_int(now, 0, "consent_b"),
                                row_bool(now, 0, "consent_over")};
    if (!share_reached(quorum, vote.present, vote.entitled)) {
        err_set(err, E_REFUSED, "approval/quorum", "%lld of %lld present are too few",
                (long long)vote.present, (long long)vote.entitled);
        err_zh(err, "到会人数不足：应到%lld人，实到%lld人", (long long)vote.entitled,
               (long long)vote.present);
        return E_REFUSED;
    }
    bool of_present = strcmp(row_text(now, 0, "consent_of"), "present") == 0;
    if (share_reached(consent, vote.in_favour, of_present ? vote.present : vote.entitled) ==
        (b->outcome == 0))
        return 0;
    err_set(err, E_INVALID, "body/invalid", "the votes say otherwise");
    err_at(err, "/outcome", "invalid", "does not follow from the votes", "与表决结果不符");
    return E_INVALID;
}

static int post_speaks(struct act *a, const struct rows *now, const struct give_body *b, struct err *err)
{
    struct rows *r = NULL;

    int status = tx_run(a->tx, Q_post_held, &r, err, P_INT(a->office), P_TEXT(row_text(now, 0, "post_id")),
                        P_TEXT(a->actor->person), P_DATE(day_of(a->now_us)));
    if (status)
        return status;
    if (!row_bool(r, 0, "held")) {
        err_set(err, E_FORBIDDEN, "auth/forbidden", "it waits for %s", row_text(now, 0, "name_en"));
        err_zh(err, "现待%s审批", row_text(now, 0, "name"));
        return E_FORBIDDEN;
    }
    if (b->meeting.count)
        return meeting_fault(err, "", "a post holds no meeting", "岗位审批不填写会议");
    if (!row_bool(now, 0, "spoke") && strcmp(row_text(now, 0, "asked_by"), a->actor->person) != 0)
        return 0;
    err_set(err, E_REFUSED, "approval/same-person", "who asked, or spoke before, cannot approve");
    err_zh(err, "送审人或已审批的人不能再审批");
    return E_REFUSED;
}

/* What a person drew up is approved by others, whoever asked. */
static int not_own(struct act *a, const struct rows *now, struct err *err)
{
    struct matter m;
    int status = matter_find(a, row_text(now, 0, "act"), row_text(now, 0, "subject"), &m, err);

    if (status)
        return status;
    if (m.version != (int32_t)row_int(now, 0, "subject_version")) {
        err_set(err, E_STALE, "approval/overtaken",
                "it was changed since it was asked: it is to be asked anew");
        err_zh(err, "送审后内容已更改，须重新送审");
        return E_STALE;
    }
    if (!m.drawn_by || strcmp(m.drawn_by, a->actor->person) != 0 || row_text(now, 0, "body_id"))
        return 0;
    err_set(err, E_REFUSED, "approval/same-person", "nobody approves what they drew up");
    err_zh(err, "经办人不能审批本人经办的事项");
    return E_REFUSED;
}

static int said(struct act *a, const struct rows *now, const struct give_body *b, struct err *err)
{
    static const struct form meeting_form = FORM(meeting_rows, struct meeting_body);
    CLEANUP(buf_free) struct buf meeting = {0};

    if (b->meeting.count)
        form_write(&meeting_form, b->meeting.items, &meeting);
    int status = tx_run(a->tx, Q_approval_said, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                        P_INT(row_int(now, 0, "step")), P_TEXT(outcome_codes[b->outcome]),
                        P_TEXT(a->actor->person), P_TIME(a->now_us), P_TEXT(b->reason), P_TEXT(meeting.data));
    if (status)
        return status;
    if (b->outcome == 0 && row_bool(now, 0, "more"))
        return step_wait(a, a->subject, row_int(now, 0, "step") + 1, row_int(now, 0, "next_days"), err);
    status = tx_run(a->tx, Q_approval_state, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                    P_TEXT(outcome_codes[b->outcome]));
    return status ? status : due_clear(a, "approval_late", a->subject, err);
}

static int still_open(const struct rows *now, struct err *err)
{
    if (strcmp(row_text(now, 0, "state"), "open") == 0)
        return 0;
    err_set(err, E_REFUSED, "state/refused", "the approval is %s", row_text(now, 0, "state"));
    err_zh(err, "该审批已办结");
    return E_REFUSED;
}

int act_approval_give(struct act *a, struct err *err)
{
    const struct give_body *b = a->body;
    struct rows *now = NULL;
    int status = tx_run(a->tx, Q_approval_now, &now, err, P_INT(a->office), P_TEXT(a->subject),
                        P_TEXT(a->actor->person));

    if (status || (status = still_open(now, err)))
        return status;
    if (b->outcome == 1 && !b->reason) {
        err_set(err, E_INVALID, "body/invalid", "a refusal says why");
        err_at(err, "/reason", "required", "required where it is refused", "不同意须说明理由");
        return E_INVALID;
    }
    status = row_text(now, 0, "body_id") ? body_speaks(a, now, b, err) : post_speaks(a, now, b, err);
    if (!status)
        status = not_own(a, now, err);
    return status ? status : said(a, now, b, err);
}

/* ---- approval_withdraw, and a step that takes too long ---- */

int act_approval_withdraw(struct act *a, struct err *err)
{
    struct rows *now = NULL;
    int status = tx_run(a->tx, Q_approval_now, &now, err, P_INT(a->office), P_TEXT(a->subject),
                        P_TEXT(a->actor->person));

    if (status || (status = still_open(now, err)))
        return status;
    if (strcmp(row_text(now, 0, "asked_by"), a->actor->person) != 0) {
        err_set(err, E_FORBIDDEN, "auth/forbidden", "who asked takes it back");
        err_zh(err, "由送审人撤回");
        return E_FORBIDDEN;
    }
    status =
        tx_run(a->tx, Q_approval_state, NULL, err, P_INT(a->office), P_TEXT(a->subject), P_TEXT("withdrawn"));
    return status ? status : due_clear(a, "approval_late", a->subject, err);
}

act_fn due_approval_late;

int due_approval_late(struct act *a, struct err *err)
{
    struct rows *r = NULL;
    int status =
        tx_run(a->tx, Q_approval_late, &r, err, P_INT(a->office), P_TEXT(a->subject), P_TIME(a->now_us));

    if (status || rows_count(r) == 0)
        return status;
    json_key(&a->payload, "act");
    json_string(&a->payload, row_text(r, 0, "act"));
    json_key(&a->payload, "subject");
    json_string(&a->payload, row_text(r, 0, "subject"));
    json_key(&a->payload, "step");
    json_int(&a->payload, row_int(r, 0, "step"));
    return 0;
}
