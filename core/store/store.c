/* The pool, transactions, statements. */
#include "core/store/store.h"

#include <errno.h>
#include <libpq-fe.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/digest.h"
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/store/pg.h"

enum {
    PATIENCE_MS = 2000, /* beyond PostgreSQL's own limit of a statement: then it does not answer at all */
    COMMIT_MS = 10000,  /* a COMMIT waits for the second machine, which no limit of PostgreSQL ends */
    CANCELLED_MS = 3000,
    EACH_MS = 600000
};

/* What reads a year rests while its reader packs files. */
#define RESTS "SET LOCAL idle_in_transaction_session_timeout = '30min'"
static const char each_limits[] = "SET LOCAL statement_timeout = '10min'; " RESTS;

struct link {
    PGconn *conn; /* NULL: not open */
    int patience_ms;
    bool busy;
    bool warned; /* PostgreSQL sent a warning */
    bool prepared[Q_COUNT + 1];
};

struct store {
    pthread_mutex_t lock;
    pthread_cond_t given_back;
    char *url;
    struct pg_settings settings;
    int wait_ms, waiting;
    char schema[64];
    int count;
    struct link links[];
};

struct tx {
    struct store *store;
    struct link *link;
    struct arena *arena;
    bool read_only;
    int failed; /* E_ code of the first statement that failed, in `first` */
    struct err first;
};

/* Opening */

static void cond_init(pthread_cond_t *cond)
{
    pthread_condattr_t attr;

    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(cond, &attr);
    pthread_condattr_destroy(&attr);
}

int store_open(const struct store_config *config, struct store **ret, struct err *err)
{
    MUST(config->connections > 0 && config->connections <= 1000);
    size_t links = (size_t)config->connections * sizeof(struct link);
    struct store *store = calloc(1, sizeof(*store) + links);

    MUST(store);
    store->url = strdup(config->url);
    MUST(store->url);
    store->count = config->connections;
    store->wait_ms = config->wait_ms;
    pthread_mutex_init(&store->lock, NULL);
    cond_init(&store->given_back);
    pg_environment_clear();
    pg_settings_make(&store->settings, store->url, config->role,
                     &(struct pg_limits){config->statement_ms, config->lock_ms,
                                         config->idle_ms ? config->idle_ms : PG_IDLE_MS});
    for (int i = 0; i < store->count; i++)
        store->links[i].patience_ms = config->statement_ms + PATIENCE_MS;

    char *wrong = NULL;
    PQconninfoOption *options = PQconninfoParse(store->url, &wrong);
    if (!options) {
        int code = err_set(err, E_INVALID, "config/invalid", "the database URL cannot be read");
        PQfreemem(wrong);
        store_close(store);
        return code;
    }
    PQconninfoFree(options);
    *ret = store;
    return 0;
}

/* Not `busy`: others look at it, and must never see it free in between. */
static void link_shut(struct link *link)
{
    PQfinish(link->conn);
    link->conn = NULL;
    link->warned = false;
    memset(link->prepared, 0, sizeof(link->prepared));
}

void store_close(struct store *store)
{
    if (!store)
        return;
    for (int i = 0; i < store->count; i++)
        link_shut(&store->links[i]);
    pthread_cond_destroy(&store->given_back);
    pthread_mutex_destroy(&store->lock);
    free(store->url);
    free(store);
}

/* A warning at COMMIT means: done here, but no synchronous standby has it. */
static void notice_taken(void *arg, const PGresult *result)
{
    struct link *link = arg;
    const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

    if (!severity || strcmp(severity, "WARNING") != 0)
        return;
    link->warned = true;
    log_event(LOG_WARN, "store.warning", "SQLSTATE %s", state ? state : "none");
}

static int link_open(struct store *store, struct link *link, struct err *err)
{
    if (link->conn && PQstatus(link->conn) == CONNECTION_OK)
        return 0;
    link_shut(link);
    link->conn = PQconnectdbParams(store->settings.keywords, store->settings.values, 1);
    if (PQstatus(link->conn) != CONNECTION_OK) {
        int code = pg_away(link->conn, err);
        link_shut(link);
        return code;
    }
    PQsetNoticeReceiver(link->conn, notice_taken, link);
    if (PQsetnonblocking(link->conn, 1) == 0)
        return 0;
    int code = pg_away(link->conn, err);
    link_shut(link);
    return code;
}

/* The answer to what was sent, or to what could not be; of a server that is silent NULL, and the link is
 * shut. */
static PGresult *link_answer(struct link *link, bool sent)
{
    PGresult *result = sent ? pg_answer(link->conn, link->patience_ms) : NULL;

    if (!result)
        link_shut(link);
    return result;
}

/* The pool */

static struct link *link_free_one(struct store *store)
{
    struct link *closed = NULL;

    for (int i = 0; i < store->count; i++) {
        struct link *link = &store->links[i];
        if (link->busy)
            continue;
        if (link->conn)
            return link;
        if (!closed)
            closed = link;
    }
    return closed;
}

static int link_take(struct store *store, struct link **ret, struct err *err)
{
    struct timespec until;
    struct link *link;

    time_in(store->wait_ms * INT64_C(1000), &until);
    pthread_mutex_lock(&store->lock);
    store->waiting++;
    while (!(link = link_free_one(store)))
        if (pthread_cond_timedwait(&store->given_back, &store->lock, &until) == ETIMEDOUT)
            break;
    if (!link)
        link = link_free_one(store);
    store->waiting--;
    if (link)
        link->busy = true;
    pthread_mutex_unlock(&store->lock);
    if (!link) {
        err_set(err, E_BUSY, "server/busy", "all connections to the database are in use");
        if (err)
            err->retry_after_s = 1;
        return E_BUSY;
    }
    *ret = link;
    return 0;
}

static void link_give(struct store *store, struct link *link)
{
    if (link->conn &&
        (PQstatus(link->conn) != CONNECTION_OK || PQtransactionStatus(link->conn) != PQTRANS_IDLE))
        link_shut(link);
    pthread_mutex_lock(&store->lock);
    link->busy = false;
    pthread_cond_signal(&store->given_back);
    pthread_mutex_unlock(&store->lock);
}

void store_stats(struct store *store, struct store_stats *ret)
{
    *ret = (struct store_stats){.most = store->count};
    pthread_mutex_lock(&store->lock);
    for (int i = 0; i < store->count; i++) {
        /* Whose it is may be opening it at this moment. */
        ret->open += store->links[i].busy || store->links[i].conn;
        ret->busy += store->links[i].busy;
    }
    ret->waiting = store->waiting;
    pthread_mutex_unlock(&store->lock);
}

static int link_said(struct link *link, PGresult *result, struct err *err)
{
    const ExecStatusType status = PQresultStatus(result);
    int code = 0;

    if (status != PGRES_COMMAND_OK && status != PGRES_EMPTY_QUERY) {
        if (PQstatus(link->conn) != CONNECTION_OK)
            code = pg_away(link->conn, err);
        else
            code = pg_error(result, "transaction", err);
    }
    PQclear(result);
    return code;
}

/* Simple statements of our own, without parameters: BEGIN, ROLLBACK, SET LOCAL. */
static int link_say(struct link *link, const char *sql, struct err *err)
{
    return link_said(link, link_answer(link, link->conn && PQsendQuery(link->conn, sql)), err);
}

/* What is committed here while the second machine is silent ends as a warning, once it is cancelled. */
static int link_commit(const struct pg_settings *settings, struct link *link, struct err *err)
{
    const bool sent = PQsendQuery(link->conn, "SET LOCAL statement_timeout = 0; COMMIT");
    const int patience_ms = link->patience_ms;

    link->warned = false;
    if (sent && !pg_ready(link->conn, COMMIT_MS))
        pg_cancel(settings, link->conn);
    link->patience_ms = CANCELLED_MS;
    PGresult *result = link_answer(link, sent);
    link->patience_ms = patience_ms;
    return link_said(link, result, err);
}

/* A connection that died while it lay idle shows only when it is used. */
static int link_start(struct store *store, struct link *link, const char *sql, struct err *err)
{
    bool was_open = link->conn;
    int code = link_open(store, link, err);

    if (code)
        return code;
    code = link_say(link, sql, err);
    if (code != E_BUSY || !was_open || PQstatus(link->conn) == CONNECTION_OK)
        return code;
    code = link_open(store, link, err);
    return code ? code : link_say(link, sql, err);
}

int store_ping(struct store *store, struct err *err)
{
    struct link *link;
    int code = link_take(store, &link, err);

    if (code)
        return code;
    code = link_start(store, link, "", err);
    link_give(store, link);
    return code;
}

/* Transactions */

/* The only function that formats SQL: whole numbers and checked uuids. */
static void scope_sql(const struct scope *scope, bool read_only, struct buf *sql)
{
    static const struct scope nothing = {0};

    if (!scope)
        scope = &nothing;
    buf_text(sql, read_only ? "BEGIN READ ONLY" : "BEGIN");
    buf_text(sql, "; SET LOCAL linli.offices = '{");
    for (size_t i = 0; i < scope->office_count; i++)
        buf_printf(sql, "%s%d", i ? "," : "", (int)scope->offices[i]);
    buf_text(sql, "}'; SET LOCAL linli.organisations = '{");
    for (size_t i = 0; i < scope->organisation_count; i++) {
        MUST(uuid_ok(scope->organisations[i]));
        buf_printf(sql, "%s%s", i ? "," : "", scope->organisations[i]);
    }
    MUST(!scope->person || uuid_ok(scope->person));
    buf_printf(sql, "}'; SET LOCAL linli.person = '%s'; SET LOCAL linli.\"all\" = '%s'",
               scope->person ? scope->person : "", scope->all ? "on" : "off");
}

int tx_begin(struct store *store, struct arena *arena, const struct scope *scope, bool read_only,
             struct tx **ret, struct err *err)
{
    CLEANUP(buf_free) struct buf sql = {0};
    struct link *link;
    int code = link_take(store, &link, err);

    *ret = NULL; /* the caller's may name one that ended */
    if (code)
        return code;
    scope_sql(scope, read_only, &sql);
    code = link_start(store, link, sql.data, err);
    if (code) {
        link_give(store, link);
        return code;
    }
    struct tx *tx = calloc(1, sizeof(*tx));
    MUST(tx);
    *tx = (struct tx){.store = store, .link = link, .arena = arena, .read_only = read_only};
    *ret = tx;
    return 0;
}

struct arena *tx_arena(struct tx *tx)
{
    return tx->arena;
}

void tx_use(struct tx *tx, struct arena *arena)
{
    tx->arena = arena;
}

int tx_unhurried(struct tx *tx, struct err *err)
{
    return tx->failed ? tx->failed : link_say(tx->link, RESTS, err);
}

static void tx_end(struct tx *tx)
{
    link_give(tx->store, tx->link);
    free(tx);
}

void tx_rollback(struct tx *tx)
{
    if (!tx)
        return;
    if (tx->link->conn && PQstatus(tx->link->conn) == CONNECTION_OK && link_say(tx->link, "ROLLBACK", NULL))
        link_shut(tx->link);
    tx_end(tx);
}

int tx_commit(struct tx *tx, struct err *err)
{
    if (tx->failed) {
        int code = tx->failed;
        if (err)
            *err = tx->first;
        tx_rollback(tx);
        return code;
    }
    int code = tx->link->conn ? link_commit(&tx->store->settings, tx->link, err) : pg_away(NULL, err);
    if (!code && tx->link->warned)
        code = err_set(err, E_BUSY, "server/busy",
                       "not yet safe on the second machine; ask again with the same key");
    if (code == E_BUSY && PQstatus(tx->link->conn) != CONNECTION_OK)
        err_set(err, E_BUSY, "server/busy", "the database went away; ask again with the same key");
    if (code == E_BUSY && err)
        err->retry_after_s = 1;
    tx_end(tx);
    return code;
}

/* Statements */

static const char *array_literal(struct arena *arena, const struct param *param)
{
    CLEANUP(buf_free) struct buf out = {0};
    const int64_t *numbers = param->data;
    const char *const *texts = param->data;

    if (param->count == 0)
        buf_char(&out, '{');
    for (size_t i = 0; i < param->count; i++) {
        if (param->kind == PARAM_TEXTS) {
            buf_element(&out, texts[i]);
        } else {
            buf_char(&out, i > 0 ? ',' : '{');
            buf_int(&out, numbers[i]);
        }
    }
    buf_char(&out, '}');
    return arena_ndup(arena, out.data, out.size);
}

/* The parameter as text; bytes as they are. */
static const char *param_text(struct arena *arena, const struct param *param)
{
    char *text;

    switch (param->kind) {
    case PARAM_NULL:
        return NULL;
    case PARAM_INT:
        return arena_printf(arena, "%lld", (long long)param->number);
    case PARAM_BOOL:
        return param->number ? "t" : "f";
    case PARAM_TEXT:
        return param->data;
    case PARAM_TIME:
        if (param->number == 0)
            return NULL;
        text = ARENA_NEW(arena, char, TIME_TEXT);
        time_print(param->number, text);
        return text;
    case PARAM_DATE:
        if (param->number == 0)
            return NULL;
        text = ARENA_NEW(arena, char, DATE_TEXT);
        date_print((int32_t)param->number, text);
        return text;
    case PARAM_BYTES:
        MUST(param->count <= INT32_MAX);
        return param->data ? param->data : param->count ? NULL : "";
    case PARAM_INTS:
    case PARAM_TEXTS:
        return array_literal(arena, param);
    }
    NEVER("param kind");
}

/* The answer of the server, taken or turned into an err; the transaction remembers its first failure. */
static int tx_check(struct tx *tx, PGresult *result, const char *name, struct err *err)
{
    ExecStatusType status = PQresultStatus(result);

    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK)
        return 0;
    if (PQstatus(tx->link->conn) != CONNECTION_OK)
        tx->failed = pg_away(tx->link->conn, &tx->first);
    else
        tx->failed = pg_error(result, name, &tx->first);
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (state && (strcmp(state, "0A000") == 0 || strcmp(state, "26000") == 0 ||
                  (strcmp(state, "25006") == 0 && !tx->read_only)))
        link_shut(tx->link); /* prepared for a schema, or opened to a machine, that is no more */
    if (err)
        *err = tx->first;
    PQclear(result);
    return tx->failed;
}

static int tx_prepare(struct tx *tx, enum statement_id q, struct err *err)
{
    const struct statement *statement = &statements[q];

    if (tx->link->prepared[q])
        return 0;
    PGresult *result = link_answer(
        tx->link, tx->link->conn && PQsendPrepare(tx->link->conn, statement->name, statement->text, 0, NULL));
    int code = tx_check(tx, result, statement->name, err);
    if (code)
        return code;
    PQclear(result);
    tx->link->prepared[q] = true;
    return 0;
}

/* Parameters as libpq takes them. */
struct values {
    const char **texts;
    int *lengths, *formats;
};

static void values_make(struct arena *arena, const struct param *params, size_t count, struct values *ret)
{
    *ret = (struct values){ARENA_NEW(arena, const char *, count), ARENA_NEW(arena, int, count),
                           ARENA_NEW(arena, int, count)};
    for (size_t i = 0; i < count; i++) {
        ret->texts[i] = param_text(arena, &params[i]);
        ret->formats[i] = params[i].kind == PARAM_BYTES;
        ret->lengths[i] = ret->formats[i] ? (int)params[i].count : 0;
    }
}

int tx_run_v(struct tx *tx, enum statement_id q, const struct param *params, size_t count, struct rows **ret,
             struct err *err)
{
    MUST(q >= 0 && q < Q_COUNT && count <= 100);
    if (tx->failed) {
        if (err)
            *err = tx->first;
        return tx->failed;
    }
    int code = tx_prepare(tx, q, err);
    if (code)
        return code;
    struct values v;
    values_make(tx->arena, params, count, &v);
    PGresult *result =
        link_answer(tx->link, PQsendQueryPrepared(tx->link->conn, statements[q].name, (int)count, v.texts,
                                                  v.lengths, v.formats, 0));
    code = tx_check(tx, result, statements[q].name, err);
    if (code)
        return code;
    if (ret)
        *ret = rows_new(tx->arena, result);
    else
        PQclear(result);
    return 0;
}

/* All that is still to come has to be taken before the connection is good for anything else. */
static void link_drain(const struct pg_settings *settings, struct link *link)
{
    if (!link->conn || PQtransactionStatus(link->conn) != PQTRANS_ACTIVE)
        return;
    pg_cancel(settings, link->conn);
    PQclear(link_answer(link, true));
}

static int tx_away(struct tx *tx, struct err *err)
{
    tx->failed = pg_away(tx->link->conn, &tx->first);
    if (err)
        *err = tx->first;
    return tx->failed;
}

/* Of what is sent row by row; NULL after the last, and where the server is silent: then the link is shut. */
static PGresult *link_next(struct link *link)
{
    if (pg_ready(link->conn, EACH_MS + PATIENCE_MS))
        return PQgetResult(link->conn);
    link_shut(link);
    return NULL;
}

/* One row of a result as rows of an arena that forgets it again. */
static int each_row(struct arena *arena, PGresult *result, row_fn *fn, void *arg, struct err *err)
{
    const int code = fn(arg, rows_new(arena, result), err);

    arena_reset(arena);
    return code;
}

int tx_each(struct tx *tx, enum statement_id q, const struct param *params, size_t count, row_fn *fn,
            void *arg, struct err *err)
{
    struct arena *arena;
    struct values v;
    int code = tx->failed ? tx->failed : tx_prepare(tx, q, err);

    if (!code)
        code = link_say(tx->link, each_limits, err);
    if (code)
        return code;
    values_make(tx->arena, params, count, &v);
    if (!PQsendQueryPrepared(tx->link->conn, statements[q].name, (int)count, v.texts, v.lengths, v.formats,
                             0) ||
        !PQsetSingleRowMode(tx->link->conn))
        return tx_away(tx, err);
    arena = arena_new(0);
    for (PGresult *result; !code && (result = link_next(tx->link));) {
        if (PQresultStatus(result) == PGRES_SINGLE_TUPLE)
            code = each_row(arena, result, fn, arg, err);
        else if (!(code = tx_check(tx, result, statements[q].name, err)))
            PQclear(result);
    }
    if (!code && !tx->link->conn)
        code = tx_away(tx, err);
    if (code)
        link_drain(&tx->store->settings, tx->link);
    arena_free(arena);
    return code;
}

/* The schema */

bool store_schema_fits(const char *found, const char *needed)
{
    const size_t major = strcspn(needed, ".");
    int64_t has, needs;

    return strncmp(found, needed, major) == 0 && found[major] == '.' && needed[major] == '.' &&
           int_parse(found + major + 1, 0, INT32_MAX, &has) &&
           int_parse(needed + major + 1, 0, INT32_MAX, &needs) && llabs(has - needs) <= 1;
}

int store_schema(struct store *store, const char **ret_found, const char **ret_needed, struct err *err)
{
    struct arena *arena = arena_new(0);
    struct tx *tx;
    struct rows *there, *rows = NULL;
    int code = tx_begin(store, arena, NULL, true, &tx, err);

    *ret_found = "";
    *ret_needed = schema_needed;
    if (!code) {
        code = tx_run_v(tx, Q_schema_there, NULL, 0, &there, err);
        if (!code && row_bool(there, 0, "there"))
            code = tx_run_v(tx, Q_schema_version, NULL, 0, &rows, err);
        const char *found = rows && rows_count(rows) ? row_text(rows, 0, "version") : "none";
        pthread_mutex_lock(&store->lock);
        snprintf(store->schema, sizeof(store->schema), "%s", found);
        pthread_mutex_unlock(&store->lock);
        *ret_found = store->schema;
        tx_rollback(tx);
    }
    arena_free(arena);
    if (!code && !store_schema_fits(*ret_found, *ret_needed))
        code = err_set(err, E_BROKEN, "schema/unknown",
                       "the database has schema %s, this linli needs %s, or one minor version beside it: run "
                       "linli migrate",
                       *ret_found, *ret_needed);
    return code;
}

int store_scripts(struct store *store, struct err *err)
{
    struct arena *arena = arena_new(0);
    struct rows *rows;
    struct tx *tx;
    int code = tx_begin(store, arena, NULL, true, &tx, err);

    if (!code) {
        code = tx_run(tx, Q_schema_others, &rows, err, P_TEXT(schema_scripts));
        if (!code && !row_null(rows, 0, "changes"))
            code = err_set(
                err, E_BROKEN, "schema/unknown",
                "the database was deployed from other scripts of this version (%s): make a new one, or "
                "install the linli it was made by",
                row_text(rows, 0, "changes"));
        tx_rollback(tx);
    }
    arena_free(arena);
    return code;
}
