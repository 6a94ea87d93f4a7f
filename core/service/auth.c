/* Sessions, links and tokens. */
#include "core/service/auth.h"

#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "acts.h"
#include "core/base/time.h"
#include "core/domain/names.h"
#include "core/service/actor.h"
#include "core/service/forms.h"
#include "core/service/second_factor.h"
#include "core/service/secret.h"

enum { TRY_SLOTS = 65536, ADDRESS_TIMES = 10, LOGIN_TIMES = 5, LOGIN_MAX = 100, DAY_MINUTES = 24 * 60 };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int tries_max = 10, accounts_max = 50, minutes = 480;

static pthread_mutex_t tries_lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
    int64_t minute;
    int count;
    bool known; /* somebody logged in so */
} tries[TRY_SLOTS];
/* Of a day, apart: what counts minutes would begin them anew. */
static struct {
    int64_t day;
    int count;
} days[TRY_SLOTS];
static unsigned char slot_key[crypto_shorthash_KEYBYTES];

static void make_slot_key(void)
{
    MUST(sodium_init() >= 0);
    crypto_shorthash_keygen(slot_key);
}

void auth_configure(int tries_per_minute, int accounts_per_day, int session_minutes)
{
    tries_max = tries_per_minute;
    accounts_max = accounts_per_day;
    minutes = session_minutes;
    pthread_once(&once, make_slot_key);
}

/* ---- sessions ---- */

/* Counts of a minute and marks of where a log-in succeeded.  Keyed with a secret of this process, so that
 * nobody finds names that share a slot with another's; where they do by chance, the limit is only stricter.
 */
static size_t slot_of(const char *login, const char *address)
{
    uint8_t hash[8];
    char both[LOGIN_MAX * 4 + 64];

    snprintf(both, sizeof both, "%s\n%s", login, address);
    crypto_shorthash(hash, (const unsigned char *)both, strlen(both), slot_key);
    return ((size_t)hash[0] << 16 | (size_t)hash[1] << 8 | hash[2]) % TRY_SLOTS;
}

static bool take(size_t slot, int64_t minute, int most)
{
    if (tries[slot].minute != minute)
        tries[slot].count = 0;
    tries[slot].minute = minute;
    return tries[slot].count++ < most;
}

/* So many for a login from an address, more for an address (an office has one), more for a login from strange
 * ones: one stranger uses up its own address and not the person's. */
static bool may_try(const char *login, const char *address)
{
    const size_t pair = slot_of(login, address);
    const int64_t minute = time_monotonic() / (60 * TIME_SECOND);
    bool yes;

    pthread_mutex_lock(&tries_lock);
    yes = take(pair, minute, tries_max) && take(slot_of("", address), minute, ADDRESS_TIMES * tries_max) &&
          (tries[pair].known || take(slot_of(login, ""), minute, LOGIN_TIMES * tries_max));
    pthread_mutex_unlock(&tries_lock);
    return yes;
}

static bool take_day(size_t slot, int64_t day, int most)
{
    if (days[slot].day != day)
        days[slot].count = 0;
    days[slot].day = day;
    return days[slot].count++ < most;
}

int auth_ask_wait_s(const char *address)
{
    const int64_t minute = time_monotonic() / (60 * TIME_SECOND);
    int wait_s = 0;

    pthread_once(&once, make_slot_key);
    pthread_mutex_lock(&tries_lock);
    if (!take(slot_of("an account\n", address), minute, tries_max))
        wait_s = 60;
    else if (!take_day(slot_of("an account a day\n", address), minute / DAY_MINUTES, accounts_max))
        wait_s = (int)(DAY_MINUTES - minute % DAY_MINUTES) * 60;
    pthread_mutex_unlock(&tries_lock);
    return wait_s;
}

static void came_in(const char *login, const char *address)
{
    pthread_mutex_lock(&tries_lock);
    tries[slot_of(login, address)].known = true;
    pthread_mutex_unlock(&tries_lock);
}

static int in_tx(const struct service *service, struct arena *arena, bool read_only, struct tx **ret,
                 struct err *err)
{
    const struct scope scope = {.all = true};

    return tx_begin(service->store, arena, &scope, read_only, ret, err);
}

static int end_tx(struct tx *tx, int status, struct err *err)
{
    if (status == 0)
        return tx_commit(tx, err);
    tx_rollback(tx);
    return status;
}

static int wrong(struct err *err)
{
    err_set(err, E_UNKNOWN, "auth/wrong", "the name or the password is wrong");
    err_zh(err, "用户名或密码不正确");
    return E_UNKNOWN;
}

/* The code of a second factor, where the person has one. */
static int check_factor(const struct service *service, struct arena *arena, const struct rows *person,
                        const char *code, struct err *err)
{
    struct tx *tx = NULL;
    int status;

    if (!row_bool(person, 0, "factor"))
        return 0;
    if (!code || !code[0]) {
        err_set(err, E_UNKNOWN, "auth/code", "a code of the second factor is needed");
        err_zh(err, "请输入验证码");
        return E_UNKNOWN;
    }
    if (second_factor_counts(code)) {
        status = in_tx(service, arena, false, &tx, err);
        if (!status)
            status = end_tx(
                tx, tx_run(tx, Q_second_factor_failed, NULL, err, P_TEXT(row_text(person, 0, "id"))), err);
        if (status)
            return status;
    }
    status = in_tx(service, arena, false, &tx, err);
    return status ? status : end_tx(tx, second_factor_check(tx, row_text(person, 0, "id"), code, err), err);
}

static int check_login(const struct service *service, struct arena *arena, const struct login *login,
                       struct rows **ret, struct err *err)
{
    struct tx *tx = NULL;
    const char *stored = NULL;
    int status;

    if (!may_try(login->login, login->address)) {
        err_set(err, E_TOO_MANY, "rate/exceeded", "too many tries, wait a minute");
        err->retry_after_s = 60;
        return E_TOO_MANY;
    }
    status = in_tx(service, arena, true, &tx, err);
    if (status)
        return status;
    status = tx_run(tx, Q_auth_login, ret, err, P_TEXT(login->login));
    tx_rollback(tx);
    if (status)
        return status;
    if (rows_count(*ret) == 1 && !row_bool(*ret, 0, "blocked"))
        stored = row_text(*ret, 0, "password");
    return password_check(stored, login->password) ? 0 : wrong(err);
}

int session_open(const struct service *service, struct arena *arena, const struct login *login,
                 struct session *ret, struct err *err)
{
    uint8_t hash[SHA256_BYTES], unused[SHA256_BYTES];
    struct rows *rows = NULL;
    struct tx *tx = NULL;
    int status;

    pthread_once(&once, make_slot_key);
    status = check_login(service, arena, login, &rows, err);
    if (!status)
        status = check_factor(service, arena, rows, login->code, err);
    if (status)
        return status;
    came_in(login->login, login->address);
    ret->person = row_text(rows, 0, "id");
    ret->name = row_text(rows, 0, "name");
    ret->expires_us = time_real() + INT64_C(60) * minutes * TIME_SECOND;
    secret_new("", ret->secret, hash);
    secret_new("", ret->csrf, unused);
    status = in_tx(service, arena, false, &tx, err);
    if (status)
        return status;
    status = tx_run(tx, Q_auth_session_add, NULL, err, P_BYTES(hash, sizeof hash), P_TEXT(ret->person),
                    P_TEXT(ret->csrf), P_TIME(time_real()), P_TIME(ret->expires_us),
                    P_BOOL(row_bool(rows, 0, "factor")));
    return end_tx(tx, status, err);
}

int session_end(const struct service *service, struct arena *arena, const char *secret, struct err *err)
{
    uint8_t hash[SHA256_BYTES];
    struct tx *tx = NULL;
    int status = in_tx(service, arena, false, &tx, err);

    if (status)
        return status;
    secret_hash(secret, hash);
    return end_tx(tx, tx_run(tx, Q_auth_session_end, NULL, err, P_BYTES(hash, sizeof hash)), err);
}

static const char nobody_decided[] =
    "三十日内未办结，已自动终止；需要的请重新申请 Not decided in thirty days";

int auth_expire(const struct service *service, struct err *err)
{
    struct arena *arena = arena_new(0);
    struct tx *tx = NULL;
    int status = in_tx(service, arena, false, &tx, err);

    if (!status)
        status = end_tx(tx, tx_run(tx, Q_auth_expire, NULL, err, P_TIME(time_real()), P_TEXT(nobody_decided)),
                        err);
    arena_free(arena);
    return status;
}

/* ---- password_set: the one-time link ---- */

struct password_body {
    const char *link, *password;
};

static const linli_option password_rows[] = {
    ROW_SAID(password_body, link, STRING, true, 20, 63, "line", "一次性链接码", "link",
             "管理员给出的一次性链接中的代码", "the code of the one-time link"),
    ROW_SAID(password_body, password, STRING, true, 10, 128, "line", "新密码", "password", "至少10个字符",
             "at least 10 characters"),
};
const struct form form_password_set = FORM(password_rows, struct password_body);

int act_password_set(struct act *a, struct err *err)
{
    const struct password_body *b = a->body;
    uint8_t hash[SHA256_BYTES];
    char stored[PASSWORD_TEXT];
    struct rows *rows = NULL;
    int status;

    secret_hash(b->link, hash);
    status = tx_run(a->tx, Q_auth_link_use, &rows, err, P_BYTES(hash, sizeof hash), P_TIME(time_real()));
    if (status)
        return status;
    if (rows_count(rows) == 0) {
        err_set(err, E_REFUSED, "auth/link", "the link is unknown, used or expired");
        err_zh(err, "链接无效、已使用或已过期，请向管理员索取新链接");
        return E_REFUSED;
    }
    a->subject = row_text(rows, 0, "person_id");
    status = password_hash(b->password, stored, err);
    if (!status)
        status = tx_run(a->tx, Q_auth_password_set, NULL, err, P_TEXT(a->subject), P_TEXT(stored),
                        P_TIME(time_real()));
    sodium_memzero(stored, sizeof stored);
    json_open(&a->answer, '{');
    json_key(&a->answer, "person");
    json_string(&a->answer, a->subject);
    json_close(&a->answer, '}');
    return status;
}

/* ---- tokens ---- */

static const linli_option role_row[] = {
    {.name = "",
     .type = LINLI_OPT_CHOICE,
     .required = true,
     .high = ROLE_TOKENS - 1,
     .choices = role_token_labels,
     .codes = role_token_codes,
     .label = {"角色", "role"},
     .help = {"令牌可用的角色", "a role the token may use"}},
};

struct token_body {
    const char *name;
    linli_list roles; /* of int32_t, index into role_token_codes */
    int64_t days;
};

static const linli_option token_rows[] = {
    ROW_SAID(token_body, name, STRING, true, 1, 60, "line", "名称", "name", "令牌用途，便于辨认",
             "what the token is for"),
    {.name = "roles",
     .type = LINLI_OPT_LIST,
     .offset = offsetof(struct token_body, roles),
     .low = 0,
     .high = ROLE_TOKENS,
     .item = role_row,
     .item_count = 1,
     .item_size = sizeof(int32_t),
     .label = {"角色", "roles"},
     .help = {"限定的角色；不填为本人全部角色", "roles it is limited to; none: all of yours"}},
    {.name = "days",
     .type = LINLI_OPT_COUNT,
     .offset = offsetof(struct token_body, days),
     .low = 1,
     .high = 366,
     .initial = "90",
     .label = {"有效天数", "days"},
     .help = {"到期后须重新申请", "how long it lasts"}},
};
const struct form form_token_create = FORM(token_rows, struct token_body);

int act_token_create(struct act *a, struct err *err)
{
    const struct token_body *b = a->body;
    const int32_t *roles = b->roles.items;
    char *id = arena_alloc(a->arena, UUID_TEXT, 1), secret[SECRET_TEXT];
    uint8_t hash[SHA256_BYTES];
    int64_t bits = 0, now_us = time_real(), ends_us = now_us + b->days * TIME_DAY;
    int status = session_only(a, err);

    if (status)
        return status;
    for (size_t i = 0; i < b->roles.count; i++)
        bits |= INT64_C(1) << role_find(role_token_codes[roles[i]]);
    uuid_new(id);
    secret_new("linli_", secret, hash);
    status = tx_run(a->tx, Q_auth_token_add, NULL, err, P_TEXT(id), P_BYTES(hash, sizeof hash),
                    P_TEXT(a->actor->person), P_TEXT(b->name), P_INT(bits), P_TIME(now_us), P_TIME(ends_us),
                    P_BOOL(a->actor->strong));
    a->subject = id;
    a->status = 201;
    json_open(&a->answer, '{');
    json_key(&a->answer, "id");
    json_string(&a->answer, id);
    json_key(&a->answer, "token");
    json_string(&a->answer, secret);
    json_key(&a->answer, "expires");
    json_time(&a->answer, ends_us);
    json_close(&a->answer, '}');
    sodium_memzero(secret, sizeof secret);
    return status;
}

int act_token_revoke(struct act *a, struct err *err)
{
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_auth_token_revoke, &rows, err, P_TEXT(a->path[0]), P_TEXT(a->actor->person),
                        P_TIME(time_real()));

    if (!status && rows_count(rows) == 0)
        return err_set(err, E_ABSENT, "token/absent", "you have no such token");
    a->subject = a->path[0];
    return status;
}
