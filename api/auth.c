/* Who is asking: bearer tokens, cookie sessions, log-in and log-out. */
#include "api/auth.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "api/handlers.h"
#include "api/rate.h"
#include "api/server.h"
#include "core/base/time.h"
#include "core/service/auth.h"
#include "core/service/forms.h"

static bool over_tls(const struct request *rq)
{
    return rq->api->config.public_url && strncmp(rq->api->config.public_url, "https://", 8) == 0;
}

/* __Host- binds the cookie to this host and to TLS; without TLS browsers refuse it. */
static const char *cookie_name(const struct request *rq)
{
    return over_tls(rq) ? "__Host-linli" : "linli";
}

static const char *cookie_value(struct request *rq)
{
    const char *name = cookie_name(rq), *p = rq->cookie;
    const size_t size = strlen(name);

    while (p && *p) {
        p += strspn(p, "; ");
        if (strncmp(p, name, size) == 0 && p[size] == '=')
            return arena_ndup(rq->arena, p + size + 1, strcspn(p + size + 1, ";"));
        p = strchr(p, ';');
    }
    return NULL;
}

int auth_sent(struct request *rq, struct proof_sent *ret, bool *ret_any, struct err *err)
{
    const char *cookie = NULL;

    *ret_any = false;
    if (rq->authorization) {
        if (strncasecmp(rq->authorization, "Bearer ", 7) != 0 || strlen(rq->authorization + 7) >= SECRET_TEXT)
            return err_set(err, E_UNKNOWN, "auth/unknown", "Authorization is not a bearer token of ours");
        ret->kind = PROOF_TOKEN;
        ret->secret = rq->authorization + 7;
    } else if ((cookie = cookie_value(rq)) && strlen(cookie) < SECRET_TEXT) {
        ret->kind = PROOF_SESSION;
        ret->secret = cookie;
    } else {
        return 0;
    }
    secret_hash(ret->secret, ret->hash);
    *ret_any = true;
    return 0;
}

static int no_csrf(struct err *err)
{
    return err_set(err, E_FORBIDDEN, "auth/origin", "a change with a cookie needs X-CSRF-Token");
}

int auth_load(struct request *rq, struct err *err)
{
    struct proof_sent sent;
    bool any = false;
    int64_t wait_s = 0;
    int status = auth_sent(rq, &sent, &any, err);

    if (status || !any)
        return status;
    status = actor_load(&rq->api->service, rq->arena, sent.kind, sent.hash, api_now(rq->api), &rq->actor,
                        &rq->session_csrf, err);
    /* An old cookie must not stand in the way of a question for everybody. */
    if (status == E_UNKNOWN && sent.kind == PROOF_SESSION && rq->route->roles == ROLES_ANY) {
        *err = (struct err){0};
        return 0;
    }
    if (status)
        return status;
    if (!rate_take(rq->api->rate, rq->actor.person, time_monotonic(), &wait_s)) {
        err_set(err, E_TOO_MANY, "rate/exceeded", "this account asks too often");
        err->retry_after_s = wait_s;
        return E_TOO_MANY;
    }
    rq->by_cookie = sent.kind == PROOF_SESSION;
    if (rq->by_cookie && rq->method != METHOD_GET && !rq->csrf)
        return no_csrf(err);
    if (rq->by_cookie && rq->method != METHOD_GET &&
        (strlen(rq->csrf) != strlen(rq->session_csrf) ||
         sodium_memcmp(rq->csrf, rq->session_csrf, strlen(rq->csrf)) != 0))
        return err_set(err, E_FORBIDDEN, "auth/origin", "X-CSRF-Token is not the session's");
    return 0;
}

/* ---- the log-in ---- */

struct login_body {
    const char *login, *password, *code;
};

static const linli_option login_rows[] = {
    ROW_SAID(login_body, login, STRING, true, 1, 100, "line", "用户名", "login", "登录名", "your login"),
    ROW_SAID(login_body, password, STRING, true, 1, 128, "line", "密码", "password", "密码", "your password"),
    ROW_SAID(login_body, code, STRING, false, 0, 40, "line", "验证码", "code",
             "启用第二因子时：验证码或恢复码", "with a second factor: a code of it, or a recovery code"),
};
const struct form form_session_create = FORM(login_rows, struct login_body);

static void set_cookie(struct request *rq, const char *value, int64_t seconds)
{
    request_header(rq, "Set-Cookie",
                   arena_printf(rq->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%lld%s",
                                cookie_name(rq), value, (long long)seconds, over_tls(rq) ? "; Secure" : ""));
}

static void actor_json(const struct actor *actor, struct buf *out)
{
    json_key(out, "person");
    json_string(out, actor->person);
    json_key(out, "name");
    json_string(out, actor->name);
    json_key(out, "memberships");
    json_open(out, '[');
    for (size_t i = 0; i < actor->membership_count; i++) {
        const struct membership *m = &actor->memberships[i];

        json_open(out, '{');
        json_key(out, m->organisation ? "organisation" : "office");
        if (m->organisation)
            json_string(out, m->organisation);
        else
            json_int(out, m->office);
        json_key(out, "roles");
        json_open(out, '[');
        for (int r = 1; r < LINLI_CLOCK; r++)
            if (m->roles & (UINT32_C(1) << r))
                json_string(out, role_name(r));
        json_close(out, ']');
        json_close(out, '}');
    }
    json_close(out, ']');
}

int api_session_create(struct request *rq, struct err *err)
{
    void *data = NULL;
    const struct login_body *b;
    struct session session;
    uint8_t hash[SHA256_BYTES];
    int status = request_form(rq, &form_session_create, &data, err);

    if (status)
        return status;
    b = data;
    status = session_open(&rq->api->service, rq->arena,
                          &(struct login){b->login, b->password, b->code, rq->address}, &session, err);
    if (status)
        return status;
    secret_hash(session.secret, hash);
    status = actor_load(&rq->api->service, rq->arena, PROOF_SESSION, hash, api_now(rq->api), &rq->actor, NULL,
                        err);
    if (status)
        return status;
    set_cookie(rq, session.secret, (session.expires_us - time_real()) / TIME_SECOND);
    json_open(&rq->out, '{');
    actor_json(&rq->actor, &rq->out);
    json_key(&rq->out, "csrf");
    json_string(&rq->out, session.csrf);
    json_key(&rq->out, "expires");
    json_time(&rq->out, session.expires_us);
    json_close(&rq->out, '}');
    rq->private_answer = true;
    request_answer(rq, 201);
    return 0;
}

int api_session_end(struct request *rq, struct err *err)
{
    const char *secret = cookie_value(rq);
    int status = secret ? session_end(&rq->api->service, rq->arena, secret, err) : 0;

    if (status)
        return status;
    set_cookie(rq, "", 0);
    request_answer(rq, 204);
    return 0;
}

int api_me(struct request *rq, struct err *err)
{
    (void)err;
    json_open(&rq->out, '{');
    actor_json(&rq->actor, &rq->out);
    if (rq->by_cookie) {
        json_key(&rq->out, "csrf");
        json_string(&rq->out, rq->session_csrf);
    }
    json_close(&rq->out, '}');
    rq->private_answer = true;
    request_answer(rq, 200);
    return 0;
}
