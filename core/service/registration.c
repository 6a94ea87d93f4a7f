/* Who wants an account asks for it, as an organisation with its first person or as a resident.  An
 * administrator looks at it, a security administrator agrees (三员分立): nothing holds before.  Whoever asks
 * is told the same, whatever is known of its code or login already. */
#include <sodium.h>
#include <string.h>

#include "acts.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/service/forms.h"
#include "core/service/secret.h"

enum { WAITING_MOST = 500 };

static const char *const kinds[] = {"registered", "enterprise", "public_institution", NULL};
static const linli_text kind_labels[] = {{"登记的社会组织", "registered body"},
                                         {"企业", "enterprise"},
                                         {"事业单位", "public institution"},
                                         {NULL, NULL}};

struct registration_body {
    const char *name, *uscc, *contact, *phone, *login, *password;
    int32_t organisation_kind;
};
/* clang-format off */
#define ACCOUNT \
    ROW_SAID(registration_body, phone, STRING, true, 5, 40, "line", "电话", "telephone", "单位据此联系、核实身份", "the office verifies by it who asks"), \
    ROW_SAID(registration_body, login, STRING, true, 4, 60, "line", "用户名", "login", "以后登录使用", "to log in with"), \
    ROW_SAID(registration_body, password, STRING, true, 10, 128, "line", "密码", "password", "至少10个字符", "at least 10 characters")
static const linli_option organisation_rows[] = {
    ROW_SAID(registration_body, name, STRING, true, 1, 100, "line", "组织名称", "name of the organisation", "登记的全称", "the registered name"),
    ROW_CHOICE(registration_body, organisation_kind, true, kinds, kind_labels, NULL, "组织类别", "kind"),
    ROW_SAID(registration_body, uscc, STRING, true, 18, 18, "uscc", "统一社会信用代码", "social credit code", "登记证书上的18位代码", "the 18 characters of the certificate"),
    ROW_SAID(registration_body, contact, STRING, true, 1, 60, "line", "联系人", "contact", "以本组织名义办事的人", "who acts for the organisation"),
    ACCOUNT,
};
static const linli_option resident_rows[] = {
    ROW_SAID(registration_body, contact, STRING, true, 1, 60, "line", "姓名", "name", "与身份证件一致", "as on your papers"),
    ACCOUNT,
};
/* clang-format on */
const struct form form_organisation_register = FORM(organisation_rows, struct registration_body);
const struct form form_resident_register = FORM(resident_rows, struct registration_body);

static int check_room(struct act *a, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_registration_room, &r, err, P_INT(a->office));

    if (status)
        return status;
    if (rows_count(r) == 0)
        return err_both(err, E_ABSENT, "office/absent", "there is no such office", "没有这个单位");
    if (row_int(r, 0, "waiting") < WAITING_MOST)
        return 0;
    err_both(err, E_TOO_MANY, "rate/exceeded", "too many wait for an account at this office: call it",
             "等待开通的账号过多，请直接联系该单位");
    err->retry_after_s = 3600;
    return E_TOO_MANY;
}

static int ask(struct act *a, const char *kind, struct err *err)
{
    const struct registration_body *b = a->body;
    const bool doubtful = b->uscc && uscc_check(b->uscc) == 0;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1), stored[PASSWORD_TEXT];
    int status = check_room(a, err);

    if (!status)
        status = password_hash(b->password, stored, err);
    if (status)
        return status;
    id_new(a->office, id);
    a->subject = id;
    status = tx_run(a->tx, Q_registration_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(kind),
                    P_TEXT(b->name), P_TEXT(b->name ? kinds[b->organisation_kind] : NULL), P_TEXT(b->uscc),
                    P_BOOL(doubtful), P_TEXT(b->contact), P_TEXT(b->login), P_TEXT(b->phone), P_TEXT(stored),
                    P_TIME(a->now_us));
    sodium_memzero(stored, sizeof stored);
    json_open(&a->answer, '{');
    json_key(&a->answer, "asked");
    json_time(&a->answer, a->now_us);
    json_key(&a->answer, "uscc_doubtful");
    json_bool(&a->answer, doubtful);
    json_close(&a->answer, '}');
    return status;
}

int act_organisation_register(struct act *a, struct err *err)
{
    return ask(a, "organisation", err);
}

int act_resident_register(struct act *a, struct err *err)
{
    return ask(a, "resident", err);
}

/* ---- the office decides ---- */

static int load(struct act *a, struct rows **ret, struct err *err)
{
    int status = tx_run(a->tx, Q_registration_load, ret, err, P_INT(a->office), P_TEXT(a->path[1]));

    a->subject = a->path[1];
    if (status || rows_count(*ret) == 1)
        return status;
    return err_both(err, E_ABSENT, "subject/absent", "nobody asked for this account", "没有这件账号申请");
}

static int in_state(const struct rows *r, const char *state, const char *or_state, struct err *err)
{
    const char *is = row_text(r, 0, "state");

    if (strcmp(is, state) == 0 || (or_state && strcmp(is, or_state) == 0))
        return 0;
    if (strcmp(is, "waiting") == 0)
        return err_both(err, E_REFUSED, "approval/missing", "an administrator looks at it first",
                        "须先由系统管理员核对");
    return err_both(err, E_REFUSED, "state/refused", "it was looked at, or decided, already",
                    "该申请已核对或者已办结");
}

int act_registration_check(struct act *a, struct err *err)
{
    struct rows *r = NULL;
    int status = load(a, &r, err);

    if (!status)
        status = in_state(r, "waiting", NULL, err);
    return status ? status
                  : tx_run(a->tx, Q_registration_check, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                           P_TIME(a->now_us), P_TEXT(a->actor->person));
}

static int taken(int status, const char *text, const char *zh, struct err *err)
{
    return status == E_CONFLICT ? err_both(err, E_CONFLICT, "value/taken", text, zh) : status;
}

static int organisation_make(struct act *a, const struct rows *r, const char *id, struct err *err)
{
    const char *uscc = row_text(r, 0, "uscc");
    const struct param params[] = {P_TEXT(id),
                                   P_TEXT(row_text(r, 0, "name")),
                                   P_NULL,
                                   P_TEXT(row_text(r, 0, "organisation_kind")),
                                   P_TEXT(uscc),
                                   P_BOOL(row_bool(r, 0, "uscc_doubtful")),
                                   P_NULL,
                                   P_NULL,
                                   P_NULL,
                                   P_TEXT(row_text(r, 0, "phone")),
                                   P_TIME(a->now_us),
                                   P_NULL};
    int status = taken(tx_run(a->tx, Q_claim_add, NULL, err, P_TEXT("uscc"), P_TEXT(uscc), P_TEXT(id)),
                       "an organisation with this code is registered: its own people let others in",
                       "该统一社会信用代码已登记，应由该组织自己的成员增加人员", err);

    return status ? status : tx_run_v(a->tx, Q_organisation_add, params, LENGTH(params), NULL, err);
}

static int person_make(struct act *a, const struct rows *r, const char *id, struct err *err)
{
    int status =
        taken(tx_run(a->tx, Q_person_add, NULL, err, P_TEXT(id), P_TEXT(row_text(r, 0, "login")),
                     P_TEXT(row_text(r, 0, "contact")), P_NULL, P_TEXTS(NULL, 0), P_TIME(a->now_us)),
              "the login is taken: who asks chooses another", "用户名已被使用，请申请人另选后重新申请", err);

    return status ? status
                  : tx_run(a->tx, Q_auth_password_set, NULL, err, P_TEXT(id),
                           P_TEXT(row_text(r, 0, "password")), P_TIME(time_real()));
}

int act_registration_confirm(struct act *a, struct err *err)
{
    char person[UUID_TEXT], organisation[UUID_TEXT], membership[UUID_TEXT];
    struct rows *r = NULL;
    int status = load(a, &r, err);

    if (!status)
        status = in_state(r, "checked", NULL, err);
    if (status)
        return status;
    if (strcmp(row_text(r, 0, "checked_by"), a->actor->person) == 0)
        return err_both(err, E_REFUSED, "approval/same-person", "a second person has to do this",
                        "须由另一人办理");
    const bool resident = strcmp(row_text(r, 0, "kind"), "resident") == 0;
    uuid_new(person);
    uuid_new(organisation);
    uuid_new(membership);
    status = resident ? 0 : organisation_make(a, r, organisation, err);
    if (!status)
        status = person_make(a, r, person, err);
    if (!status)
        status = tx_run(a->tx, Q_membership_add, NULL, err, P_TEXT(membership), P_TEXT(person),
                        resident ? P_INT(a->office) : P_NULL, resident ? P_NULL : P_TEXT(organisation),
                        P_TEXT(resident ? "resident" : "organisation"), P_BOOL(false),
                        P_DATE(day_of(a->now_us)), P_NULL);
    json_key(&a->payload, "person");
    json_string(&a->payload, person);
    return status ? status
                  : tx_run(a->tx, Q_registration_end, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                           P_TEXT("confirmed"), P_TIME(a->now_us), P_TEXT(a->actor->person), P_NULL,
                           P_TEXT(person), resident ? P_NULL : P_TEXT(organisation));
}

struct refuse_body {
    const char *reason;
};
static const linli_option refuse_rows[] = {ROW_TEXT(refuse_body, reason, true, 2000, "原因", "reason")};
const struct form form_registration_refuse = FORM(refuse_rows, struct refuse_body);

int act_registration_refuse(struct act *a, struct err *err)
{
    const struct refuse_body *b = a->body;
    struct rows *r = NULL;
    int status = load(a, &r, err);

    if (!status)
        status = in_state(r, "waiting", "checked", err);
    return status ? status
                  : tx_run(a->tx, Q_registration_end, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                           P_TEXT("refused"), P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(b->reason),
                           P_NULL, P_NULL);
}

/* ---- many at once ---- */

struct refuse_many_body {
    const char *reason;
    int64_t asked_from, asked_until;
};
/* clang-format off */
static const linli_option refuse_many_rows[] = {
    ROW_TIME(refuse_many_body, asked_from, false, "申请时间（起）", "asked from"),
    ROW_TIME(refuse_many_body, asked_until, true, "申请时间（止）", "asked until"),
    ROW_TEXT(refuse_many_body, reason, true, 2000, "原因", "reason"),
};
/* clang-format on */
const struct form form_registrations_refuse = FORM(refuse_many_rows, struct refuse_many_body);

/* What nobody looked at; who was looked at is refused one by one. */
int act_registrations_refuse(struct act *a, struct err *err)
{
    const struct refuse_many_body *b = a->body;
    struct rows *r = NULL;
    int status =
        tx_run(a->tx, Q_registrations_end, &r, err, P_INT(a->office), P_TIME(b->asked_from),
               P_TIME(b->asked_until), P_TIME(a->now_us), P_TEXT(a->actor->person), P_TEXT(b->reason));

    if (status)
        return status;
    json_open(&a->answer, '{');
    json_key(&a->answer, "refused");
    json_int(&a->answer, (int64_t)rows_count(r));
    json_close(&a->answer, '}');
    json_key(&a->payload, "refused");
    json_int(&a->payload, (int64_t)rows_count(r));
    return 0;
}
