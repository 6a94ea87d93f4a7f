/* People: accounts, one-time links, blocking. */
#include <sodium.h>
#include <string.h>

#include "acts.h"
#include "core/base/time.h"
#include "core/service/account.h"
#include "core/service/actor.h"
#include "core/service/forms.h"
#include "core/service/secret.h"

struct person_body {
    const char *login, *name, *employer;
    linli_list family; /* of const char * */
};

static const linli_option family_row[] = {
    {.name = "",
     .type = LINLI_OPT_STRING,
     .required = true,
     .low = 1,
     .high = 60,
     .format = "line",
     .label = {"姓名", "name"},
     .help = {"近亲属姓名", "a close relative"}},
};

static const linli_option person_rows[] = {
    ROW_SAID(person_body, login, STRING, true, 2, 100, "line", "用户名", "login", "全平台唯一",
             "unique on the platform"),
    ROW_SAID(person_body, name, STRING, true, 1, 60, "line", "姓名", "name", "姓名", "the person's name"),
    ROW_SAID(person_body, employer, STRING, false, 0, 100, "line", "工作单位", "employer", "用于回避核查",
             "declared, for conflicts of interest"),
    {.name = "family",
     .type = LINLI_OPT_LIST,
     .offset = offsetof(struct person_body, family),
     .high = 20,
     .item = family_row,
     .item_count = 1,
     .item_size = sizeof(const char *),
     .label = {"近亲属", "family"},
     .help = {"用于回避核查", "declared, for conflicts of interest"}},
};
const struct form form_person_create = FORM(person_rows, struct person_body);

int act_person_create(struct act *a, struct err *err)
{
    const struct person_body *b = a->body;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);
    int status;

    uuid_new(id);
    a->subject = id;
    status = tx_run(a->tx, Q_person_add, NULL, err, P_TEXT(id), P_TEXT(b->login), P_TEXT(b->name),
                    b->employer && b->employer[0] ? P_TEXT(b->employer) : P_NULL,
                    P_TEXTS(b->family.items, b->family.count), P_TIME(a->now_us));
    if (status == E_CONFLICT) {
        err_set(err, E_CONFLICT, "value/taken", "the login is taken");
        err_at(err, "/login", "taken", "already in use", "已被使用");
    }
    return status;
}

/* Whose account somebody may open or close: sql/query/person_reach.sql. */
int person_reached(struct act *a, uint32_t role, const char *person, struct err *err)
{
    struct rows *rows = NULL;
    int64_t *offices;
    size_t count;
    int status;

    if (!a->actor)
        return 0;
    count = actor_offices(a->actor, role, a->arena, &offices);
    status = tx_run(a->tx, Q_person_reach, &rows, err, P_TEXT(person), P_INTS(offices, count));
    if (status || row_bool(rows, 0, "reached"))
        return status;
    err_set(err, E_FORBIDDEN, "auth/forbidden",
            "the person belongs to an organisation, or to offices outside your charge");
    err_zh(err, "该用户属于组织，或属于您不管理的单位");
    return E_FORBIDDEN;
}

/* ---- somebody else agrees ---- */

enum { CONSENT_HOURS = 24, LINK_HOURS = 72 };

int act_account_consent(struct act *a, struct err *err)
{
    const int64_t now_us = time_real();
    char id[UUID_TEXT];
    int status = person_reached(a, ROLE(SECURITY), a->path[0], err);

    if (status)
        return status;
    if (strcmp(a->actor->person, a->path[0]) == 0)
        return err_both(err, E_REFUSED, "approval/same-person", "a second person has to do this",
                        "须由另一人办理");
    uuid_new(id);
    return tx_run(a->tx, Q_account_consent_add, NULL, err, P_TEXT(id), P_TEXT(a->path[0]),
                  P_TEXT(a->actor->person), P_TIME(now_us),
                  P_TIME(now_us + INT64_C(3600) * CONSENT_HOURS * TIME_SECOND));
}

int account_agreed(struct act *a, const char *person, struct err *err)
{
    struct rows *rows = NULL;
    int status = a->actor ? tx_run(a->tx, Q_account_consent_use, &rows, err, P_TEXT(person),
                                   P_TEXT(a->actor->person), P_TIME(time_real()))
                          : 0;

    if (status || !a->actor || row_bool(rows, 0, "may"))
        return status;
    return err_both(err, E_REFUSED, "approval/missing",
                    "the account is in use: a security administrator agrees first",
                    "该账号已在使用，须先由安全管理员同意");
}

int act_person_link(struct act *a, struct err *err)
{
    char secret[SECRET_TEXT];
    uint8_t hash[SHA256_BYTES];
    const int64_t ends_us = time_real() + INT64_C(3600) * LINK_HOURS * TIME_SECOND;
    int status = person_reached(a, ROLE(ADMINISTRATOR), a->path[0], err);

    if (!status)
        status = account_agreed(a, a->path[0], err);
    if (status)
        return status;
    secret_new("", secret, hash);
    status = tx_run(a->tx, Q_auth_link_add, NULL, err, P_BYTES(hash, sizeof hash), P_TEXT(a->path[0]),
                    P_TIME(ends_us));
    json_open(&a->answer, '{');
    json_key(&a->answer, "link");
    json_string(&a->answer, secret);
    json_key(&a->answer, "expires");
    json_time(&a->answer, ends_us);
    json_close(&a->answer, '}');
    sodium_memzero(secret, sizeof secret);
    a->status = 201;
    return status;
}

static int block(struct act *a, bool blocked, struct err *err)
{
    int status = person_reached(a, ROLE(ADMINISTRATOR), a->path[0], err);

    if (status)
        return status;
    if (a->actor && strcmp(a->actor->person, a->path[0]) == 0)
        return err_set(err, E_REFUSED, "state/refused", "nobody blocks oneself");
    return tx_run(a->tx, Q_person_block, NULL, err, P_TEXT(a->path[0]), P_BOOL(blocked), P_TIME(time_real()));
}

int act_person_block(struct act *a, struct err *err)
{
    return block(a, true, err);
}

int act_person_unblock(struct act *a, struct err *err)
{
    return block(a, false, err);
}
