/* Connecting to PostgreSQL, and what its errors mean. */
#include "core/store/pg.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/log.h"
#include "core/base/text.h"
#include "core/base/time.h"

enum { CANCEL_MS = 5000 };

static void environment_clear(void)
{
    for (char **variable = environ; *variable;) {
        char name[64];
        size_t size = strcspn(*variable, "=");
        if (strncmp(*variable, "PG", 2) != 0 || size >= sizeof(name)) {
            variable++;
            continue;
        }
        memcpy(name, *variable, size);
        name[size] = '\0';
        unsetenv(name); /* moves the rest up: look at the same place again */
    }
}

void pg_environment_clear(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, environment_clear);
}

void pg_settings_make(struct pg_settings *s, const char *url, const char *role,
                      const struct pg_limits *limits)
{
    int at = 0;

    MUST(!role || code_ok(role));
    int size = snprintf(
        s->options, sizeof(s->options),
        "-c TimeZone=UTC -c DateStyle=ISO -c bytea_output=hex -c search_path=linli -c jit=off "
        "-c standard_conforming_strings=on -c statement_timeout=%d -c lock_timeout=%d "
        "-c idle_in_transaction_session_timeout=%d -c plan_cache_mode=force_generic_plan%s%s",
        limits->statement_ms, limits->lock_ms, limits->idle_ms, role ? " -c role=" : "", role ? role : "");
    MUST(size > 0 && size < PG_OPTIONS);
    /* libpq keeps the last of a name: what stands before the URL it may change, what stands behind it not. */
#define SETTING(keyword, value) (s->keywords[at] = (keyword), s->values[at++] = (value))
    SETTING("connect_timeout", "5");
    SETTING("target_session_attrs", "read-write");
    SETTING("tcp_user_timeout", "15000"); /* a host that fell silent */
    SETTING("dbname", url);
    SETTING("client_encoding", "UTF8");
    SETTING("fallback_application_name", "linli");
    SETTING("options", s->options);
    SETTING(NULL, NULL);
#undef SETTING
}

/* SQLSTATE, or its class, to what the caller can do about it; the first that fits. */
static const struct meaning {
    const char *state;
    int code;
    const char *type, *detail;
} meanings[] = {
    {"40001", E_RETRY, "store/retry", "a concurrent change came first"},
    {"40P01", E_RETRY, "store/retry", "a deadlock was broken"},
    {"0A000", E_RETRY, "store/retry", "the schema changed under a prepared statement"},
    {"26000", E_RETRY, "store/retry", "a prepared statement is gone"},
    {"23505", E_CONFLICT, "value/taken", "the value is taken"},
    {"23P01", E_CONFLICT, "value/taken", "the value is taken"},
    {"23503", E_INVALID, "body/invalid", "it names something that is not there"},
    {"23514", E_INVALID, "body/invalid", "a value is not allowed"},
    {"22", E_INVALID, "body/invalid", "a value is not of its form"},
    {"080", E_BUSY, "server/busy", "the database is away"},
    {"57P", E_BUSY, "server/busy", "the database is shutting down or starting"},
    {"53", E_BUSY, "server/busy", "the database is out of room"},
    {"55P03", E_BUSY, "server/busy", "somebody else is at it"},
    {"57014", E_BUSY, "server/slow", "it took too long, or was cancelled"},
    {"25P03", E_BUSY, "server/slow", "it took too long"},
    {"25006", E_BUSY, "server/busy", "the database takes no changes now"},
};

static const char *field(const PGresult *result, int code)
{
    const char *text = PQresultErrorField(result, code);

    return text ? text : "";
}

/* Our own functions say no with SQLSTATE LDnnn: MESSAGE is the type, DETAIL the sentence, HINT the Chinese
 * one. */
static int refused(const PGresult *result, struct err *err)
{
    const char *type = field(result, PG_DIAG_MESSAGE_PRIMARY);
    const char *zh = field(result, PG_DIAG_MESSAGE_HINT);
    int code = err_set(err, E_REFUSED, type, "%s", field(result, PG_DIAG_MESSAGE_DETAIL));

    if (*zh)
        err_zh(err, "%s", zh);
    return code;
}

int pg_error(const PGresult *result, const char *statement, struct err *err)
{
    const char *state = field(result, PG_DIAG_SQLSTATE);
    const char *constraint = field(result, PG_DIAG_CONSTRAINT_NAME);
    char type[64];

    if (strncmp(state, "LD", 2) == 0)
        return refused(result, err);
    for (size_t i = 0; i < LENGTH(meanings); i++) {
        const struct meaning *m = &meanings[i];
        if (strncmp(state, m->state, strlen(m->state)) != 0)
            continue;
        snprintf(type, sizeof(type), "constraint/%.50s", constraint);
        err_set(err, m->code, *constraint ? type : m->type, "%s", m->detail);
        if (err && m->code == E_BUSY)
            err->retry_after_s = 1;
        return m->code;
    }
    if (!*state) { /* made by libpq: the connection broke under the statement */
        log_event(LOG_WARN, "store.away", "%s: no answer", statement);
        err_set(err, E_BUSY, "server/busy", "the database is away");
        if (err)
            err->retry_after_s = 1;
        return E_BUSY;
    }
    log_event(LOG_ERROR, "store.statement", "%s: %s %s", statement, state,
              field(result, PG_DIAG_MESSAGE_PRIMARY));
    return err_set(err, E_BROKEN, "server/broken", "statement %s failed (SQLSTATE %s)", statement, state);
}

bool pg_ready(PGconn *conn, int limit_ms)
{
    const int64_t until_us = time_monotonic() + limit_ms * INT64_C(1000);

    for (;;) {
        const int unsent = PQflush(conn);
        if (unsent < 0 || (unsent == 0 && !PQisBusy(conn)))
            return true;
        const int64_t left_us = until_us - time_monotonic();
        struct pollfd p = {.fd = PQsocket(conn), .events = (short)(POLLIN | (unsent ? POLLOUT : 0))};
        if (left_us <= 0)
            return false;
        if (p.fd < 0 || (poll(&p, 1, (int)((left_us + 999) / 1000)) < 0 && errno != EINTR))
            return true;
        if ((p.revents & ~POLLOUT) && !PQconsumeInput(conn))
            return true;
    }
}

PGresult *pg_answer(PGconn *conn, int limit_ms)
{
    PGresult *last = NULL, *next;

    do {
        if (!pg_ready(conn, limit_ms)) {
            PQclear(last);
            return NULL;
        }
        next = PQgetResult(conn);
        if (next) {
            PQclear(last);
            last = next;
        }
    } while (next);
    return last;
}

void pg_cancel(const struct pg_settings *s, PGconn *conn)
{
    /* Of several hosts the one that this connection goes to: elsewhere the number is another's. */
    const char *keywords[PG_KEYWORDS + 3] = {0}, *values[PG_KEYWORDS + 3] = {0};
    int at = 0;
    for (; s->keywords[at]; at++)
        keywords[at] = s->keywords[at], values[at] = s->values[at];
    keywords[at] = "host", values[at++] = PQhost(conn);
    keywords[at] = "hostaddr", values[at++] = PQhostaddr(conn);
    keywords[at] = "port", values[at] = PQport(conn);
    PGconn *other = PQconnectdbParams(keywords, values, 1); /* in bounds by connect_timeout */
    char sql[80];

    /* The role that works may not end the one that logged in. */
    snprintf(sql, sizeof sql, "SET ROLE NONE; SELECT pg_cancel_backend(%d)", PQbackendPID(conn));
    if (PQstatus(other) == CONNECTION_OK && PQsendQuery(other, sql))
        PQclear(pg_answer(other, CANCEL_MS));
    PQfinish(other);
}

int pg_away(const PGconn *conn, struct err *err)
{
    char text[256];

    snprintf(text, sizeof(text), "%s", conn ? PQerrorMessage(conn) : "it does not answer");
    text[strcspn(text, "\n")] = '\0';
    log_event(LOG_WARN, "store.away", "%s", text);
    err_set(err, E_BUSY, "server/busy", "the database is away");
    if (err)
        err->retry_after_s = 1;
    return E_BUSY;
}
