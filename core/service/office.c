/* The tree of offices, who holds which role there, and the posts of an office. */
#include <string.h>

#include "acts.h"
#include "core/base/digest.h"
#include "core/base/time.h"
#include "core/domain/names.h"
#include "core/service/actor.h"
#include "core/service/forms.h"
#include "core/service/granting.h"

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

/* ---- office_update ---- */

struct options_body {
    bool combined_duties, has_combined, has_roles;
    linli_list second_factor; /* of int32_t, index into role_member_codes */
    linli_money second_check;
    bool has_second_check, vouchers_first, has_vouchers_first;
};

static const linli_option factor_row[] = {
    {.name = "",
     .type = LINLI_OPT_CHOICE,
     .required = true,
     .high = ROLE_MEMBERS - 1,
     .choices = role_member_labels,
     .codes = role_member_codes,
     .label = {"角色", "role"},
     .help = {"需要第二因子的角色", "a role that takes one"}},
};

static const linli_option options_rows[] = {
    ROW_WITH(options_body, combined_duties, BOOL, false,
             .present = offsetof(struct options_body, has_combined),
             .label = {"三员可兼任", "combined duties"},
             .help = {"人手不足时，同一人可兼系统、安全、审计管理员",
                      "one person may be more than one of system, security and audit administrator, where "
                      "staff is short"}),
    ROW_WITH(options_body, second_factor, LIST, false, .present = offsetof(struct options_body, has_roles),
             .high = ROLE_MEMBERS, .item = factor_row, .item_count = 1, .item_size = sizeof(int32_t),
             .label = {"须用第二因子的角色", "second factor"},
             .help = {"这些角色只有以第二因子登录后才有效",
                      "roles held here only by who logged in with a second factor"}),
    ROW_WITH(options_body, second_check, MONEY, false,
             .present = offsetof(struct options_body, has_second_check), .high = INT64_C(100000000000000),
             .label = {"须第二次复核的付款金额", "second check"},
             .help = {"单笔付款超过该金额须再经一人复核", "a payment above it takes a second checker"}),
    ROW_WITH(options_body, vouchers_first, BOOL, false,
             .present = offsetof(struct options_body, has_vouchers_first),
             .label = {"先票后款", "vouchers first"},
             .help = {"收到足额票据后方可发起付款", "a payment is ordered once vouchers cover it"}),
};
const struct form form_office_update = FORM(options_rows, struct options_body);

int act_office_update(struct act *a, struct err *err)
{
    const struct options_body *b = a->body;
    const int32_t *roles = b->second_factor.items;
    const char **codes = ARENA_NEW(a->arena, const char *, b->second_factor.count + 1);

    for (size_t i = 0; i < b->second_factor.count; i++)
        codes[i] = role_member_codes[roles[i]];
    return tx_run(a->tx, Q_office_set, NULL, err, P_INT(a->office),
                  b->has_combined ? P_BOOL(b->combined_duties) : P_NULL,
                  b->has_roles ? P_TEXTS(codes, b->second_factor.count) : P_NULL,
                  b->has_second_check ? P_INT(b->second_check.minor) : P_NULL,
                  b->has_vouchers_first ? P_BOOL(b->vouchers_first) : P_NULL);
}

/* ---- office_contact ---- */

struct contact_body {
    const char *address, *contact_person, *phone;
};
static const linli_option contact_rows[] = {
    ROW_LINE(contact_body, address, true, 200, "单位地址", "address"),
    ROW_LINE(contact_body, contact_person, true, 60, "联系人", "who answers what is asked"),
    ROW_LINE(contact_body, phone, true, 40, "联系电话", "telephone"),
};
const struct form form_office_contact = FORM(contact_rows, struct contact_body);

int act_office_contact(struct act *a, struct err *err)
{
    const struct contact_body *b = a->body;

    return tx_run(a->tx, Q_office_contact, NULL, err, P_INT(a->office), P_TEXT(b->address),
                  P_TEXT(b->contact_person), P_TEXT(b->phone));
}

int offices_unreachable(const struct service *service, struct arena *arena, int64_t *ret_count,
                        const char **ret_names, struct err *err)
{
    const struct scope scope = {.all = true};
    struct rows *rows = NULL;
    struct tx *tx = NULL;
    int status = tx_begin(service->store, arena, &scope, true, &tx, err);

    if (status)
        return status;
    status = tx_run_v(tx, Q_offices_unreachable, NULL, 0, &rows, err);
    if (!status) {
        *ret_count = row_int(rows, 0, "count");
        *ret_names = arena_dup(arena, row_text(rows, 0, "names"));
    }
    tx_rollback(tx);
    return status;
}

/* ---- memberships ---- */

struct membership_body {
    const char *person;
    int32_t role;
    bool subtree, has_from, has_until;
    linli_date from, until;
};

static const linli_option membership_rows[] = {
    ROW_WITH(membership_body, person, ID, true, .label = {"人员", "person"}, .help = {"人员编号", "who"}),
    ROW_WITH(membership_body, role, CHOICE, true, .high = ROLE_MEMBERS - 1, .choices = role_member_labels,
             .codes = role_member_codes, .label = {"角色", "role"},
             .help = {"在本单位的角色", "the role at this office"}),
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

/* Nobody gives away more than it answers for. */
static int check_subtree(struct act *a, struct err *err)
{
    struct rows *rows = NULL;
    int64_t *offices;
    size_t count;
    int status;

    if (!a->actor)
        return 0;
    count = actor_offices(a->actor, ROLE(SECURITY), a->arena, &offices);
    status = tx_run(a->tx, Q_office_reach, &rows, err, P_INT(a->office), P_INTS(offices, count));
    if (status || row_bool(rows, 0, "reached"))
        return status;
    err_set(err, E_FORBIDDEN, "auth/forbidden", "you do not answer for every office below");
    err_zh(err, "您并不管理所有下级单位");
    return E_FORBIDDEN;
}

/* 三员分立: nobody is given a role by oneself, or two of system, security and audit administrator at one
 * office. */
int granting_check(struct act *a, const struct granting *g, struct err *err)
{
    struct rows *rows = NULL;
    int status;

    if (a->actor && strcmp(a->actor->person, g->person) == 0) {
        err_set(err, E_FORBIDDEN, "duty/self", "nobody gives a role to oneself");
        err_zh(err, "不得为自己授予角色");
        return E_FORBIDDEN;
    }
    if (!g->role)
        return 0;
    status = tx_run(a->tx, Q_duty_clash, &rows, err, P_TEXT(g->person), P_INT(a->office), P_TEXT(g->role),
                    P_BOOL(g->subtree), P_DATE(g->from.day), g->has_until ? P_DATE(g->until.day) : P_NULL);
    if (status || rows_count(rows) == 0)
        return status;
    err_set(err, E_REFUSED, "duty/combined", "the person is %s at %s, and duties are not combined there",
            row_text(rows, 0, "role"), row_text(rows, 0, "name"));
    err_zh(err, "三员分立：该用户在该单位已担任系统、安全、审计管理员之一");
    return E_REFUSED;
}

int act_membership_grant(struct act *a, struct err *err)
{
    const struct membership_body *b = a->body;
    const linli_date from = b->has_from ? b->from : (linli_date){day_of(a->now_us)};
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    int status = check_days(from, b->has_until, b->until, err);

    const struct granting granting = {b->person, role_member_codes[b->role], b->subtree, b->has_until, from,
                                      b->until};
    if (!status && b->subtree)
        status = check_subtree(a, err);
    if (!status)
        status = granting_check(a, &granting, err);
    if (status)
        return status;
    uuid_new(id);
    a->subject = id;
    status = tx_run(a->tx, Q_membership_add, NULL, err, P_TEXT(id), P_TEXT(b->person), P_INT(a->office),
                    P_NULL, P_TEXT(role_member_codes[b->role]), P_BOOL(b->subtree), P_DATE(from.day),
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

int last_day_check(struct act *a, linli_date last_day, struct err *err)
{
    if (last_day.day >= day_of(a->now_us) - 1)
        return 0;
    err_set(err, E_INVALID, "body/invalid", "the last day is before yesterday");
    err_at(err, "/last_day", "range", "not before yesterday", "不得早于昨天");
    return E_INVALID;
}

/* A row that was not there to end, or had ended. */
static int ended(int status, const struct rows *rows, const char *type, struct err *err)
{
    if (status || rows_count(rows) > 0)
        return status;
    return err_set(err, E_ABSENT, type, "nothing here that lasts beyond that day");
}

/* What path[1] names ends by the statement `q`. */
static int end_it(struct act *a, enum statement_id q, const char *type, struct err *err)
{
    const struct end_body *b = a->body;
    struct rows *rows = NULL;
    int status = last_day_check(a, b->last_day, err);

    if (status)
        return status;
    a->subject = a->path[1];
    status = tx_run(a->tx, q, &rows, err, P_INT(a->office), P_TEXT(a->path[1]), P_DATE(b->last_day.day));
    return ended(status, rows, type, err);
}

int act_membership_end(struct act *a, struct err *err)
{
    return end_it(a, Q_membership_end, "membership/absent", err);
}

/* ---- posts ---- */

struct post_body {
    linli_text name;
    int32_t role;
};

static const linli_option post_rows[] = {
    ROW_WITH(post_body, name, TEXT, true, .high = 60, .label = {"岗位", "name"},
             .help = {"岗位名称", "what the post is called"}),
    ROW_WITH(post_body, role, CHOICE, true, .high = ROLE_POSTS - 1, .choices = role_post_labels,
             .codes = role_post_codes, .label = {"角色", "role"},
             .help = {"岗位行使的角色", "the role its holders have"}),
};
const struct form form_post_create = FORM(post_rows, struct post_body);

int act_post_create(struct act *a, struct err *err)
{
    const struct post_body *b = a->body;
    const char *id = act_makes(a);

    return tx_run(a->tx, Q_post_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(b->name.zh),
                  P_TEXT(b->name.en), P_TEXT(role_post_codes[b->role]));
}

const struct form form_post_end = FORM(end_rows, struct end_body);

int act_post_end(struct act *a, struct err *err)
{
    return end_it(a, Q_post_end, "post/absent", err);
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
enum { PLACE_DELEGATE = 2 };

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

/* Who may name its holders: security; an approver for the posts that work for it, and a delegate for its own.
 */
static int check_naming(struct act *a, bool delegate, const char **ret_role, struct err *err)
{
    const linli_date today = {day_of(a->now_us)};
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_post_named, &rows, err, P_INT(a->office), P_TEXT(a->path[1]),
                        P_TEXT(a->actor ? a->actor->person : NULL), P_DATE(today.day));

    if (status)
        return status;
    if (rows_count(rows) == 0 || (!row_null(rows, 0, "ended") && row_date(rows, 0, "ended") < today.day))
        return err_set(err, E_ABSENT, "post/absent", "no such post at this office");
    *ret_role = row_text(rows, 0, "role");
    if (!a->actor || a->roles & ROLE(SECURITY) || row_bool(rows, 0, "named") ||
        (delegate && row_bool(rows, 0, "own")))
        return 0;
    err_set(err, E_FORBIDDEN, "auth/forbidden", "an approver does not name who is %s", *ret_role);
    err_zh(err, "审批人不能任命该岗位的人员");
    return E_FORBIDDEN;
}

int act_post_hold(struct act *a, struct err *err)
{
    const struct holder_body *b = a->body;
    const linli_date from = b->has_from ? b->from : (linli_date){day_of(a->now_us)};
    struct granting granting = {b->person, NULL, false, b->has_until, from, b->until};
    char id[UUID_TEXT];
    int status = check_days(from, b->has_until, b->until, err);

    if (status)
        return status;
    if (b->place == PLACE_DELEGATE && !b->has_until) {
        err_set(err, E_INVALID, "body/invalid", "a delegation has a last day");
        err_at(err, "/until", "required", "required for a delegation", "委托必须有末日");
        return E_INVALID;
    }
    a->subject = a->path[1];
    status = check_naming(a, b->place == PLACE_DELEGATE, &granting.role, err);
    if (!status)
        status = granting_check(a, &granting, err);
    if (status)
        return status;
    id_new(a->office, id);
    status = tx_run(a->tx, Q_post_holder_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(a->path[1]),
                    P_TEXT(b->person), P_TEXT(place_codes[b->place]), P_DATE(from.day),
                    b->has_until ? P_DATE(b->until.day) : P_NULL);
    return no_person(status, err);
}

const struct form form_post_release = FORM(end_rows, struct end_body);

int act_post_release(struct act *a, struct err *err)
{
    const struct end_body *b = a->body;
    const char *role;
    struct rows *rows = NULL;
    int status = last_day_check(a, b->last_day, err);

    a->subject = a->path[1];
    if (!status)
        status = check_naming(a, true, &role, err);
    if (status)
        return status;
    json_key(&a->payload, "holder");
    json_string(&a->payload, a->path[2]);
    status = tx_run(a->tx, Q_post_holder_end, &rows, err, P_INT(a->office), P_TEXT(a->path[1]),
                    P_TEXT(a->path[2]), P_DATE(b->last_day.day));
    return ended(status, rows, "post/absent", err);
}
