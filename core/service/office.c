/* The tree of offices, who holds which role there, and the posts of an office. */
#include <string.h>

#include "acts.h"
#include "core/base/digest.h"
#include "core/base/time.h"
#include "core/service/actor.h"
#include "core/service/forms.h"

/* ---- office_create ---- */

struct office_body {
    linli_text name;
    int32_t kind;
    const char *code;
};

static const linli_text kind_labels[] = {
    {"市", "city"}, {"区县", "district"}, {"街道（乡镇）", "street"}, {"社区", "community"}, {NULL, NULL}};
static const char *const kind_codes[] = {"city", "district", "street", "community", NULL};

static const linli_option office_rows[] = {
    ROW_WITH(office_body, name, TEXT, true, .high = 100, .label = {"名称", "name"},
             .help = {"单位名称", "the office's name"}),
    ROW_WITH(office_body, kind, CHOICE, true, .high = 3, .choices = kind_labels, .codes = kind_codes,
             .label = {"层级", "kind"}, .help = {"单位层级", "its level"}),
    ROW_WITH(office_body, code, STRING, true, .low = 6, .high = 12, .format = "line",
             .label = {"区划代码", "code"}, .help = {"6至12位数字", "division code, 6 to 12 digits"}),
};
const struct form form_office_create = FORM(office_rows, struct office_body);

int act_office_create(struct act *a, struct err *err)
{
    const struct office_body *b = a->body;
    struct rows *rows = NULL;
    int status;

    if (strspn(b->code, "0123456789") != strlen(b->code)) {
        err_set(err, E_INVALID, "body/invalid", "the division code is made of digits");
        err_at(err, "/code", "format", "digits only", "只能是数字");
        return E_INVALID;
    }
    status = tx_run(a->tx, Q_office_add, &rows, err, a->office ? P_INT(a->office) : P_NULL,
                    P_TEXT(kind_codes[b->kind]), P_TEXT(b->code), P_TEXT(b->name.zh), P_TEXT(b->name.en),
                    P_TIME(a->now_us));
    if (status)
        return status;
    row_json(rows, 0, &a->answer);
    json_key(&a->payload, "office");
    json_int(&a->payload, row_int(rows, 0, "office_id"));
    a->status = 201;
    return 0;
}

/* ---- memberships ---- */

/* Roles a person can hold at an office; ORGANISATION is held in an organisation. */
static const linli_text role_labels[] = {
    {"经办", "office clerk"}, {"审批", "office approver"}, {"代理机构", "agent"}, {"运营", "operator"},
    {"评审", "evaluator"},    {"第三方评估", "assessor"},  {"居民", "resident"},  {"监督", "supervisor"},
    {"审计", "auditor"},      {"管理员", "administrator"}, {NULL, NULL}};
static const char *const role_codes[] = {"office_clerk", "office_approver", "agent",    "operator",
                                         "evaluator",    "assessor",        "resident", "supervisor",
                                         "auditor",      "administrator",   NULL};
enum { POST_ROLES = 6 };
static const linli_text post_labels[] = {
    {"经办", "office clerk"}, {"审批", "office approver"}, {"代理机构", "agent"}, {"运营", "operator"},
    {"监督", "supervisor"},   {"审计", "auditor"},         {NULL, NULL}};
static const char *const post_codes[POST_ROLES + 1] = {"office_clerk", "office_approver", "agent", "operator",
                                                       "supervisor",   "auditor",         NULL};

struct membership_body {
    const char *person;
    int32_t role;
    bool subtree, has_from, has_until;
    linli_date from, until;
};

static const linli_option membership_rows[] = {
    ROW_WITH(membership_body, person, ID, true, .label = {"人员", "person"}, .help = {"人员编号", "who"}),
    ROW_WITH(membership_body, role, CHOICE, true, .high = 9, .choices = role_labels, .codes = role_codes,
             .label = {"角色", "role"}, .help = {"在本单位的角色", "the role at this office"}),
    ROW_WITH(membership_body, subtree, BOOL, false, .initial = "false", .label = {"含下级", "subtree"},
             .help = {"下级单位也有效", "holds at every office below, too"}),
    ROW_WITH(membership_body, from, DATE, false, .present = offsetof(struct membership_body, has_from),
             .label = {"起", "from"}, .help = {"首日，默认今天", "first day; today where not given"}),
    ROW_WITH(membership_body, until, DATE, false, .present = offsetof(struct membership_body, has_until),
             .label = {"止", "until"}, .help = {"末日，不填为长期", "last day; none: no end"}),
};
const struct form form_membership_grant = FORM(membership_rows, struct membership_body);

static int check_days(linli_date from, bool has_until, linli_date until, struct err *err)
{
    if (!has_until || until.day >= from.day)
        return 0;
    err_set(err, E_INVALID, "body/invalid", "the last day is before the first");
    err_at(err, "/until", "range", "not before the first day", "不得早于首日");
    return E_INVALID;
}

static int no_person(int status, struct err *err)
{
    if (status != E_INVALID)
        return status;
    err_set(err, E_ABSENT, "user/absent", "no such person");
    err_at(err, "/person", "absent", "no such person", "没有这个用户");
    return E_ABSENT;
}

/* Nobody gives away more than it administers. */
static int check_subtree(struct act *a, struct err *err)
{
    struct rows *rows = NULL;
    int64_t *offices;
    size_t count;
    int status;

    if (!a->actor)
        return 0;
    count = actor_offices(a->actor, ROLE(ADMINISTRATOR), a->arena, &offices);
    status = tx_run(a->tx, Q_office_reach, &rows, err, P_INT(a->office), P_INTS(offices, count));
    if (status || row_bool(rows, 0, "reached"))
        return status;
    err_set(err, E_FORBIDDEN, "auth/forbidden", "you do not administer every office below");
    err_zh(err, "您并不管理所有下级单位");
    return E_FORBIDDEN;
}

int act_membership_grant(struct act *a, struct err *err)
{
    const struct membership_body *b = a->body;
    const linli_date from = b->has_from ? b->from : (linli_date){day_of(a->now_us)};
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    int status = check_days(from, b->has_until, b->until, err);

    if (!status && b->subtree)
        status = check_subtree(a, err);
    if (status)
        return status;
    uuid_new(id);
    a->subject = id;
    status = tx_run(a->tx, Q_membership_add, NULL, err, P_TEXT(id), P_TEXT(b->person), P_INT(a->office),
                    P_NULL, P_TEXT(role_codes[b->role]), P_BOOL(b->subtree), P_DATE(from.day),
                    b->has_until ? P_DATE(b->until.day) : P_NULL);
    return no_person(status, err);
}

struct end_body {
    linli_date last_day;
};

static const linli_option end_rows[] = {
    ROW_WITH(end_body, last_day, DATE, true, .label = {"末日", "last day"},
             .help = {"最后一天", "the last day it holds"}),
};
const struct form form_membership_end = FORM(end_rows, struct end_body);

int act_membership_end(struct act *a, struct err *err)
{
    const struct end_body *b = a->body;
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_membership_end, &rows, err, P_INT(a->office), P_TEXT(a->path[1]),
                        P_DATE(b->last_day.day));

    if (!status && rows_count(rows) == 0)
        return err_set(err, E_ABSENT, "membership/absent", "no such membership at this office");
    a->subject = a->path[1];
    return status;
}

/* ---- posts ---- */

struct post_body {
    linli_text name;
    int32_t role;
};

static const linli_option post_rows[] = {
    ROW_WITH(post_body, name, TEXT, true, .high = 60, .label = {"岗位", "name"},
             .help = {"岗位名称", "what the post is called"}),
    ROW_WITH(post_body, role, CHOICE, true, .high = 5, .choices = post_labels, .codes = post_codes,
             .label = {"角色", "role"}, .help = {"岗位行使的角色", "the role its holders have"}),
};
const struct form form_post_create = FORM(post_rows, struct post_body);

int act_post_create(struct act *a, struct err *err)
{
    const struct post_body *b = a->body;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);

    id_new(a->office, id);
    a->subject = id;
    return tx_run(a->tx, Q_post_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(b->name.zh),
                  P_TEXT(b->name.en), P_TEXT(post_codes[b->role]));
}

struct holder_body {
    const char *person;
    int32_t place;
    bool has_from, has_until;
    linli_date from, until;
};

static const linli_text place_labels[] = {
    {"A角", "first holder"}, {"B角", "second holder"}, {"委托", "delegate"}, {NULL, NULL}};
static const char *const place_codes[] = {"A", "B", "delegate", NULL};

static const linli_option holder_rows[] = {
    ROW_WITH(holder_body, person, ID, true, .label = {"人员", "person"}, .help = {"人员编号", "who"}),
    ROW_WITH(holder_body, place, CHOICE, true, .high = 2, .choices = place_labels, .codes = place_codes,
             .label = {"AB角", "place"},
             .help = {"A角、B角，或限期委托", "first or second holder, or a dated delegation"}),
    ROW_WITH(holder_body, from, DATE, false, .present = offsetof(struct holder_body, has_from),
             .label = {"起", "from"}, .help = {"首日，默认今天", "first day; today where not given"}),
    ROW_WITH(holder_body, until, DATE, false, .present = offsetof(struct holder_body, has_until),
             .label = {"止", "until"}, .help = {"末日；委托必填", "last day; required for a delegation"}),
};
const struct form form_post_hold = FORM(holder_rows, struct holder_body);

int act_post_hold(struct act *a, struct err *err)
{
    const struct holder_body *b = a->body;
    const linli_date from = b->has_from ? b->from : (linli_date){day_of(a->now_us)};
    struct rows *rows = NULL;
    char id[UUID_TEXT];
    int status = check_days(from, b->has_until, b->until, err);

    if (status)
        return status;
    if (b->place == 2 && !b->has_until) {
        err_set(err, E_INVALID, "body/invalid", "a delegation has a last day");
        err_at(err, "/until", "required", "required for a delegation", "委托必须有末日");
        return E_INVALID;
    }
    id_new(a->office, id);
    status = tx_run(a->tx, Q_post_get, &rows, err, P_INT(a->office), P_TEXT(a->path[1]));
    if (!status && rows_count(rows) == 0)
        return err_set(err, E_ABSENT, "post/absent", "no such post at this office");
    a->subject = a->path[1];
    if (!status)
        status = tx_run(a->tx, Q_post_holder_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(a->path[1]),
                        P_TEXT(b->person), P_TEXT(place_codes[b->place]), P_DATE(from.day),
                        b->has_until ? P_DATE(b->until.day) : P_NULL);
    return no_person(status, err);
}
