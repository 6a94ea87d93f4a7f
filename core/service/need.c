/* Needs and project proposals: handed in by anybody, reviewed and decided by the office. */
#include <string.h>

#include "acts.h"
#include "core/service/forms.h"

struct need_body {
    int32_t kind, source;
    const char *title, *body, *field, *beneficiaries, *place;
    linli_money cost;
    bool has_cost;
};

enum { FROM_DEPARTMENT, FROM_COMMITTEE, FROM_RESIDENT, FROM_ORGANISATION };

static const char *const kinds[] = {"need", "proposal", NULL};
static const linli_text kind_labels[] = {{"需求", "need"}, {"项目建议", "proposal"}, {NULL, NULL}};
static const char *const sources[] = {"department", "committee", "resident", "organisation", NULL};
static const linli_text source_labels[] = {{"部门", "department"},
                                           {"居民委员会", "residents' committee"},
                                           {"居民", "resident"},
                                           {"社会组织", "organisation"},
                                           {NULL, NULL}};

#define NEED_TEXTS(need)                                                                                     \
    ROW_LINE(need_body, title, need, 200, "标题", "title"),                                                  \
        ROW_TEXT(need_body, body, need, 20000, "内容", "what is needed, or proposed"),                       \
        ROW_LINE(need_body, field, need, 60, "服务领域", "field of service"),                                \
        ROW_LINE(need_body, beneficiaries, need, 200, "受益对象", "who would benefit"),                      \
        ROW_LINE(need_body, place, need, 200, "地点", "place"),                                              \
        ROW_CLEARS(need_body, cost, LINLI_OPT_MONEY, 1, INT64_C(100000000000000), "预计费用",                \
                   "estimated cost", "预计费用", "estimated cost")

static const linli_option create_rows[] = {
    ROW_CHOICE(need_body, kind, true, kinds, kind_labels, NULL, "类型", "kind"),
    ROW_CHOICE(need_body, source, true, sources, source_labels, NULL, "来源", "who hands it in"),
    NEED_TEXTS(true),
};
const struct form form_need_create = FORM(create_rows, struct need_body);

/* What is left out stays. */
static const linli_option edit_rows[] = {NEED_TEXTS(false)};
const struct form form_need_edit = FORM(edit_rows, struct need_body);

struct reason_body {
    const char *reason;
};
static const linli_option reason_rows[] = {ROW_TEXT(reason_body, reason, true, 2000, "理由", "reason")};
const struct form form_need_return = FORM(reason_rows, struct reason_body);
const struct form form_need_refuse = FORM(reason_rows, struct reason_body);

struct merge_body {
    const char *into;
};
static const linli_option merge_rows[] = {
    ROW_ID(merge_body, into, true, "并入的需求", "the need it becomes part of")};
const struct form form_need_merge = FORM(merge_rows, struct merge_body);

struct accept_body {
    const char *goals;
    linli_money budget;
};
static const linli_option accept_rows[] = {
    ROW_TEXT(accept_body, goals, true, 5000, "项目目标", "goals of the project"),
    ROW_MONEY(accept_body, budget, true, "项目预算", "budget of the project"),
};
const struct form form_need_accept = FORM(accept_rows, struct accept_body);

static int source_refused(struct err *err)
{
    err_set(err, E_FORBIDDEN, "auth/forbidden", "you cannot hand it in for that source");
    err_zh(err, "您不能以该来源的名义提交");
    return E_FORBIDDEN;
}

static bool may_speak_for(const struct act *a, int32_t source)
{
    if (source == FROM_ORGANISATION)
        return actor_organisation(a->actor) != NULL;
    return source == FROM_RESIDENT || (a->roles & ROLES_OFFICE);
}

int act_need_create(struct act *a, struct err *err)
{
    const struct need_body *b = a->body;
    const char *organisation = b->source == FROM_ORGANISATION ? actor_organisation(a->actor) : NULL;

    if (!may_speak_for(a, b->source))
        return source_refused(err);
    const char *id = act_makes(a);
    return tx_run(a->tx, Q_need_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(kinds[b->kind]),
                  P_TEXT(sources[b->source]), P_TEXT(b->title), P_TEXT(b->body), P_TEXT(b->field),
                  P_TEXT(b->beneficiaries), P_TEXT(b->place), p_some(b->cost.minor), P_TEXT(a->actor->person),
                  P_TEXT(organisation), P_TIME(a->now_us));
}

/* The need as it stands, if it is in one of the states. */
static int need_in(struct act *a, const char *const *states, struct rows **ret, struct err *err)
{
    int status = tx_run(a->tx, Q_need_load, ret, err, P_INT(a->office), P_TEXT(a->subject));

    if (status)
        return status;
    const char *state = row_text(*ret, 0, "state");
    for (size_t i = 0; states[i]; i++)
        if (strcmp(state, states[i]) == 0)
            return 0;
    err_set(err, E_REFUSED, "state/refused", "the need is %s", state);
    err_zh(err, "该需求当前状态不允许此操作");
    return E_REFUSED;
}

static int own_need(struct act *a, const char *const *states, struct err *err)
{
    struct rows *r;
    int status = need_in(a, states, &r, err);

    if (status)
        return status;
    if (strcmp(row_text(r, 0, "person_id"), a->actor->person) == 0)
        return 0;
    err_set(err, E_FORBIDDEN, "auth/forbidden", "somebody else handed it in");
    err_zh(err, "只有提交人可以进行此操作");
    return E_FORBIDDEN;
}

static const char *const with_author[] = {"draft", "returned", NULL};
static const char *const with_office[] = {"submitted", "reviewed", NULL};
static const char *const just_in[] = {"submitted", NULL};

static int set_state(struct act *a, const char *state, const char *reason, const char *into, struct err *err)
{
    return tx_run(a->tx, Q_need_state, NULL, err, P_INT(a->office), P_TEXT(a->subject), P_TEXT(state),
                  P_TEXT(reason), P_TEXT(into), P_TIME(a->now_us));
}

int act_need_edit(struct act *a, struct err *err)
{
    const struct need_body *b = a->body;
    int status = own_need(a, with_author, err);

    if (status)
        return status;
    return tx_run(a->tx, Q_need_edit, NULL, err, P_INT(a->office), P_TEXT(a->subject), P_TEXT(b->title),
                  P_TEXT(b->body), P_TEXT(b->field), P_TEXT(b->beneficiaries), P_TEXT(b->place),
                  p_some(b->cost.minor), P_TIME(a->now_us), P_BOOL(b->has_cost));
}

int act_need_submit(struct act *a, struct err *err)
{
    int status = own_need(a, with_author, err);

    return status ? status : set_state(a, "submitted", NULL, NULL, err);
}

int act_need_review(struct act *a, struct err *err)
{
    struct rows *r;
    int status = need_in(a, just_in, &r, err);

    return status ? status : set_state(a, "reviewed", NULL, NULL, err);
}

int act_need_return(struct act *a, struct err *err)
{
    const struct reason_body *b = a->body;
    struct rows *r;
    int status = need_in(a, with_office, &r, err);

    return status ? status : set_state(a, "returned", b->reason, NULL, err);
}

/* Who handed it in does not decide it. */
static int decided_by_another(struct act *a, struct rows **ret, struct err *err)
{
    int status = need_in(a, with_office, ret, err);

    if (status || strcmp(row_text(*ret, 0, "person_id"), a->actor->person) != 0)
        return status;
    err_set(err, E_REFUSED, "approval/same-person", "you handed it in yourself");
    err_zh(err, "提交人不能自行审定");
    return E_REFUSED;
}

int act_need_refuse(struct act *a, struct err *err)
{
    const struct reason_body *b = a->body;
    struct rows *r;
    int status = decided_by_another(a, &r, err);

    return status ? status : set_state(a, "refused", b->reason, NULL, err);
}

int act_need_merge(struct act *a, struct err *err)
{
    const struct merge_body *b = a->body;
    struct rows *r, *into;
    int status = decided_by_another(a, &r, err);

    if (status || (status = tx_run(a->tx, Q_need_load, &into, err, P_INT(a->office), P_TEXT(b->into))))
        return status;
    if (rows_count(into) == 0 || strcmp(b->into, a->subject) == 0 ||
        (strcmp(row_text(into, 0, "state"), "submitted") != 0 &&
         strcmp(row_text(into, 0, "state"), "reviewed") != 0)) {
        err_set(err, E_INVALID, "body/invalid", "it cannot be merged into that need");
        err_at(err, "/into", "state", "not a need under review at this office",
               "不是本单位正在审核的其他需求");
        return E_INVALID;
    }
    return set_state(a, "merged", NULL, b->into, err);
}

int act_need_accept(struct act *a, struct err *err)
{
    const struct accept_body *b = a->body;
    struct rows *r;
    char project[UUID_TEXT];
    int status = decided_by_another(a, &r, err);

    if (status || (status = set_state(a, "accepted", NULL, NULL, err)))
        return status;
    id_new(a->office, project);
    json_key(&a->payload, "project");
    json_string(&a->payload, project);
    return tx_run(a->tx, Q_project_add, NULL, err, P_INT(a->office), P_TEXT(project), P_TEXT(a->subject),
                  P_TEXT(row_text(r, 0, "title")), P_TEXT(b->goals), P_TEXT(row_text(r, 0, "field")),
                  P_TEXT(row_text(r, 0, "beneficiaries")), P_TEXT(row_text(r, 0, "place")),
                  P_INT(b->budget.minor), P_TIME(a->now_us), P_NULL);
}
