/* A second factor: enrolled, confirmed with a first code, used at each log-in, and given back. */
#include "core/service/second_factor.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "acts.h"
#include "core/base/time.h"
#include "core/base/totp.h"
#include "core/service/account.h"
#include "core/service/actor.h"
#include "core/service/forms.h"
#include "core/service/secret.h"

enum { RECOVERY_CODES = 10, RECOVERY_BYTES = 10, RECOVERY_TEXT = 17, STEPS_EACH_WAY = 1, FAILED_MAX = 20 };

static int wrong_code(struct err *err)
{
    err_set(err, E_UNKNOWN, "auth/wrong", "the code is wrong, or was used before");
    err_zh(err, "验证码不正确，或已经用过");
    return E_UNKNOWN;
}

/* The step whose code this is, among those beside now and later than the last one used; 0: none. */
static int64_t step_of(const uint8_t *secret, int64_t last, uint32_t code)
{
    const int64_t now = time_real() / TIME_SECOND / TOTP_STEP_S;

    for (int64_t step = now - STEPS_EACH_WAY; step <= now + STEPS_EACH_WAY; step++)
        if (step > last && totp_code(secret, TOTP_SECRET_BYTES, (uint64_t)step, TOTP_DIGITS) == code)
            return step;
    return 0;
}

static bool is_code(const char *text)
{
    return strlen(text) == TOTP_DIGITS && strspn(text, "0123456789") == TOTP_DIGITS;
}

/* A million codes, three of them right at a time: whoever has the password and may try for months finds one.
 */
static int shut(struct err *err)
{
    err_both(err, E_TOO_MANY, "rate/exceeded",
             "too many wrong codes: use a recovery code, or ask an administrator to take the factor away",
             "验证码错误次数过多，请使用恢复码，或请管理员重置第二因子");
    err->retry_after_s = 3600;
    return E_TOO_MANY;
}

static int check_code(struct tx *tx, const char *person, const char *code, bool confirmed, struct err *err)
{
    struct rows *rows = NULL;
    int64_t step = 0;
    int status = tx_run(tx, Q_second_factor_get, &rows, err, P_TEXT(person));

    if (!status && rows_count(rows) == 1 && row_null(rows, 0, "confirmed") != confirmed) {
        const uint8_t *secret = NULL;

        if (row_int(rows, 0, "failed") > FAILED_MAX)
            return shut(err);
        status = row_fixed(rows, 0, "secret", TOTP_SECRET_BYTES, &secret, err);
        if (status)
            return status;
        step = step_of(secret, row_int(rows, 0, "step"), (uint32_t)strtoul(code, NULL, 10));
    }
    if (status || !step)
        return status ? status : wrong_code(err);
    status = tx_run(tx, Q_second_factor_step, &rows, err, P_TEXT(person), P_INT(step), P_TIME(time_real()));
    return status ? status : rows_count(rows) ? 0 : wrong_code(err);
}

bool second_factor_counts(const char *code)
{
    return is_code(code);
}

int second_factor_check(struct tx *tx, const char *person, const char *code, struct err *err)
{
    uint8_t hash[SHA256_BYTES];
    struct rows *rows = NULL;
    int status;

    if (is_code(code))
        return check_code(tx, person, code, true, err);
    secret_hash(code, hash);
    status = tx_run(tx, Q_recovery_code_use, &rows, err, P_TEXT(person), P_BYTES(hash, sizeof hash),
                    P_TIME(time_real()));
    return status ? status : rows_count(rows) ? 0 : wrong_code(err);
}

/* ---- enrolling ---- */

struct enrol_body {
    const char *password;
};
static const linli_option enrol_rows[] = {
    ROW(enrol_body, password, STRING, true, 1, 128, "line", "当前密码", "current password"),
};
const struct form form_second_factor_enrol = FORM(enrol_rows, struct enrol_body);

static int check_password(struct act *a, const char *password, struct rows **ret, struct err *err)
{
    int status = tx_run(a->tx, Q_second_factor_person, ret, err, P_TEXT(a->actor->person));

    if (status)
        return status;
    if (rows_count(*ret) == 1 && password_check(row_text(*ret, 0, "password"), password))
        return 0;
    err_set(err, E_UNKNOWN, "auth/wrong", "the password is wrong");
    err_zh(err, "密码不正确");
    return E_UNKNOWN;
}

/* What an authenticator reads: the secret, and the same as an address. */
static void answer_secret(struct act *a, const char *login, const uint8_t *secret)
{
    char text[TOTP_SECRET_TEXT];
    CLEANUP(buf_free) struct buf uri = {0};

    base32_print(secret, TOTP_SECRET_BYTES, text);
    buf_text(&uri, "otpauth://totp/Linli:");
    for (const unsigned char *p = (const unsigned char *)login; *p; p++)
        buf_printf(&uri,
                   (*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z')
                       ? "%c"
                       : "%%%02X",
                   *p);
    buf_printf(&uri, "?secret=%s&issuer=Linli&algorithm=SHA1&digits=%d&period=%d", text, TOTP_DIGITS,
               TOTP_STEP_S);
    json_open(&a->answer, '{');
    json_key(&a->answer, "secret");
    json_string(&a->answer, text);
    json_key(&a->answer, "uri");
    json_stringn(&a->answer, uri.data, uri.size);
    json_close(&a->answer, '}');
    sodium_memzero(text, sizeof text);
}

int act_second_factor_enrol(struct act *a, struct err *err)
{
    const struct enrol_body *b = a->body;
    uint8_t secret[TOTP_SECRET_BYTES];
    struct rows *person = NULL, *rows = NULL;
    int status = session_only(a, err);

    if (!status)
        status = check_password(a, b->password, &person, err);

    if (status)
        return status;
    random_bytes(secret, sizeof secret);
    a->subject = a->actor->person;
    a->status = 201;
    status = tx_run(a->tx, Q_second_factor_add, &rows, err, P_TEXT(a->actor->person),
                    P_BYTES(secret, sizeof secret), P_TIME(time_real()));
    if (!status && rows_count(rows) == 0) {
        err_set(err, E_REFUSED, "state/refused", "there is a second factor: give it back first");
        err_zh(err, "已启用第二因子，请先停用");
        status = E_REFUSED;
    }
    if (!status)
        answer_secret(a, row_text(person, 0, "login"), secret);
    sodium_memzero(secret, sizeof secret);
    return status;
}

struct confirm_body {
    const char *code;
};
static const linli_option confirm_rows[] = {
    ROW(confirm_body, code, STRING, true, TOTP_DIGITS, TOTP_DIGITS, "line", "六位验证码", "six digits"),
};
const struct form form_second_factor_confirm = FORM(confirm_rows, struct confirm_body);

/* New codes for the day the authenticator is lost; those there were no longer work. */
static int make_recovery(struct act *a, struct err *err)
{
    uint8_t bytes[RECOVERY_BYTES], hash[SHA256_BYTES];
    char text[RECOVERY_TEXT];
    int status =
        tx_run(a->tx, Q_recovery_code_void, NULL, err, P_TEXT(a->actor->person), P_TIME(time_real()));

    json_open(&a->answer, '{');
    json_key(&a->answer, "recovery_codes");
    json_open(&a->answer, '[');
    for (int i = 0; !status && i < RECOVERY_CODES; i++) {
        random_bytes(bytes, sizeof bytes);
        base32_print(bytes, sizeof bytes, text);
        secret_hash(text, hash);
        json_string(&a->answer, text);
        status = tx_run(a->tx, Q_recovery_code_add, NULL, err, P_BYTES(hash, sizeof hash),
                        P_TEXT(a->actor->person));
    }
    json_close(&a->answer, ']');
    json_close(&a->answer, '}');
    sodium_memzero(text, sizeof text);
    return status;
}

/* A wrong code of an act is counted when the act has been undone. */
static int count_failed(struct act *a, struct err *err)
{
    return tx_run(a->tx, Q_second_factor_failed, NULL, err, P_TEXT(a->actor->person));
}

static int counted(struct act *a, int status)
{
    if (status == E_UNKNOWN) {
        a->kept = "second_factor_failed";
        a->keep = count_failed;
    }
    return status;
}

int act_second_factor_confirm(struct act *a, struct err *err)
{
    const struct confirm_body *b = a->body;
    int status = session_only(a, err);

    a->subject = a->actor->person;
    if (!status)
        status = is_code(b->code) ? counted(a, check_code(a->tx, a->actor->person, b->code, false, err))
                                  : wrong_code(err);
    return status ? status : make_recovery(a, err);
}

/* ---- giving it back ---- */

struct remove_body {
    const char *password, *code;
};
static const linli_option remove_rows[] = {
    ROW(remove_body, password, STRING, true, 1, 128, "line", "当前密码", "current password"),
    ROW(remove_body, code, STRING, true, TOTP_DIGITS, 40, "line", "验证码或恢复码",
        "a code, or a recovery code"),
};
const struct form form_second_factor_remove = FORM(remove_rows, struct remove_body);

static int give_back(struct act *a, const char *person, struct err *err)
{
    a->subject = person;
    return tx_run(a->tx, Q_second_factor_reset, NULL, err, P_TEXT(person), P_TIME(time_real()));
}

int act_second_factor_remove(struct act *a, struct err *err)
{
    const struct remove_body *b = a->body;
    struct rows *person = NULL;
    int status = session_only(a, err);

    a->subject = a->actor->person;
    if (!status)
        status = counted(a, check_password(a, b->password, &person, err));
    if (!status)
        status = counted(a, second_factor_check(a->tx, a->actor->person, b->code, err));
    return status ? status : give_back(a, a->actor->person, err);
}

int act_second_factor_reset(struct act *a, struct err *err)
{
    int status = person_reached(a, ROLE(ADMINISTRATOR), a->path[0], err);

    if (!status)
        status = account_agreed(a, a->path[0], err);
    return status ? status : give_back(a, a->path[0], err);
}
