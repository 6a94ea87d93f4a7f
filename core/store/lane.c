/* A connection in pipeline mode, driven by an event loop. */
#include "core/store/lane.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/digest.h"
#include "core/base/log.h"
#include "core/base/time.h"
#include "core/store/pg.h"

enum {
    FIRST_WAIT_US = 50000,
    LONGEST_WAIT_US = 5000000,
    CONNECT_US = 5000000,
    IDLE_TICK_US = 1000000,
    LATE_US = 2000000 /* past statement_ms: the server did not keep its own limit, the network is gone */
};

/* One query, from lane_ask until its batch is answered. */
struct ask {
    struct ask *next;
    enum statement_id q;
    lane_done *done; /* NULL: cut off, the answer is dropped */
    void *arg;
    int64_t since_us;
    PGresult *result; /* kept until the Sync of the batch */
    bool prepares;    /* a Prepare travels before it */
    int count;
    const char *params[]; /* texts behind */
};

/* What was sent with one Sync. */
struct batch {
    struct batch *next;
    struct ask *first, *at; /* at: whose answer comes next */
    bool prepared;          /* the Prepare of `at` was answered */
    bool failed;
};

struct lane {
    char *url;
    struct pg_settings settings;
    int statement_ms;
    size_t queue_max, waiting;
    PGconn *conn;
    enum { DOWN, CONNECTING, UP } state;
    PostgresPollingStatusType poll;
    bool flushing;             /* libpq holds bytes the socket did not take */
    bool warned;               /* by PostgreSQL, since the last Sync */
    int64_t now_us;            /* as last told */
    int64_t until_us, wait_us; /* DOWN: try again; CONNECTING: give up */
    struct ask *queued, *queued_last;
    struct batch *sent, *sent_last;
    bool prepared[Q_COUNT + 1];
    struct shape *shapes[Q_COUNT + 1];
};

struct lane_rows {
    struct lane *lane;
    enum statement_id q;
    const PGresult *result;
};

/* Asks */

static void ask_free(struct ask *ask)
{
    PQclear(ask->result);
    free(ask);
}

/* Tells the asker, once. */
static void ask_tell(struct lane *lane, struct ask *ask, const struct lane_rows *rows, const struct err *err)
{
    lane_done *done = ask->done;

    if (!done)
        return;
    ask->done = NULL;
    lane->waiting--;
    done(ask->arg, rows, err);
}

static struct ask *ask_new(enum statement_id q, const char *const *params, const int *lengths, int count)
{
    size_t size = sizeof(struct ask) + (size_t)count * sizeof(char *);
    size_t texts = 0;

    for (int i = 0; i < count; i++)
        if (params[i])
            texts += (lengths ? (size_t)lengths[i] : strlen(params[i])) + 1;
    struct ask *ask = malloc(size + texts);
    MUST(ask);
    *ask = (struct ask){.q = q, .count = count};
    char *text = (char *)ask + size;
    for (int i = 0; i < count; i++) {
        if (!params[i]) {
            ask->params[i] = NULL;
            continue;
        }
        size_t length = lengths ? (size_t)lengths[i] : strlen(params[i]);
        ask->params[i] = memcpy(text, params[i], length);
        text[length] = '\0';
        text += length + 1;
    }
    return ask;
}

/* Connecting */

static void asks_fail(struct lane *lane, struct ask *ask, const struct err *err)
{
    while (ask) {
        struct ask *next = ask->next;
        ask_tell(lane, ask, NULL, err);
        ask_free(ask);
        ask = next;
    }
}

static void batches_fail(struct lane *lane, struct batch *batch, const struct err *err)
{
    while (batch) {
        struct batch *next = batch->next;
        asks_fail(lane, batch->first, err);
        free(batch);
        batch = next;
    }
}

/* Gives everything back unanswered; state DOWN. */
static void lane_shut(struct lane *lane, const struct err *err)
{
    struct batch *sent = lane->sent;
    struct ask *queued = lane->queued;

    PQfinish(lane->conn);
    lane->conn = NULL;
    lane->state = DOWN;
    lane->flushing = false;
    memset(lane->prepared, 0, sizeof(lane->prepared));
    for (int i = 0; i <= Q_COUNT; i++) {
        shape_free(lane->shapes[i]);
        lane->shapes[i] = NULL;
    }
    lane->sent = lane->sent_last = NULL;
    lane->queued = lane->queued_last = NULL;
    batches_fail(lane, sent, err); /* callbacks last: they may ask again, and hear E_BUSY */
    asks_fail(lane, queued, err);
}

/* The connection is of no more use: tries again after a while. */
static void lane_drop(struct lane *lane)
{
    struct err err;
    uint16_t jitter;

    (void)pg_away(lane->conn, &err);
    random_bytes(&jitter, sizeof(jitter));
    lane->until_us = lane->now_us + lane->wait_us + jitter % FIRST_WAIT_US;
    lane->wait_us = lane->wait_us * 2 < LONGEST_WAIT_US ? lane->wait_us * 2 : LONGEST_WAIT_US;
    lane_shut(lane, &err);
}

static void notice_taken(void *arg, const PGresult *result)
{
    struct lane *lane = arg;
    const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);

    if (severity && strcmp(severity, "WARNING") == 0)
        lane->warned = true;
}

static void connect_start(struct lane *lane)
{
    lane->conn = PQconnectStartParams(lane->settings.keywords, lane->settings.values, 1);
    lane->state = CONNECTING;
    lane->poll = PGRES_POLLING_WRITING;
    lane->until_us = lane->now_us + CONNECT_US;
    if (!lane->conn || PQstatus(lane->conn) == CONNECTION_BAD)
        lane_drop(lane);
}

static void connect_go_on(struct lane *lane)
{
    lane->poll = PQconnectPoll(lane->conn);
    if (lane->poll == PGRES_POLLING_FAILED) {
        lane_drop(lane);
        return;
    }
    if (lane->poll != PGRES_POLLING_OK)
        return;
    if (PQsetnonblocking(lane->conn, 1) != 0 || !PQenterPipelineMode(lane->conn)) {
        lane_drop(lane);
        return;
    }
    PQsetNoticeReceiver(lane->conn, notice_taken, lane);
    lane->state = UP;
    lane->wait_us = FIRST_WAIT_US;
}

int lane_open(const struct lane_config *config, struct lane **ret, struct err *err)
{
    char *wrong = NULL;
    PQconninfoOption *options = PQconninfoParse(config->url, &wrong);

    if (!options) {
        PQfreemem(wrong);
        return err_set(err, E_INVALID, "config/invalid", "the database URL cannot be read");
    }
    PQconninfoFree(options);
    struct lane *lane = calloc(1, sizeof(*lane));
    MUST(lane && config->queue_max > 0);
    lane->url = strdup(config->url);
    MUST(lane->url);
    lane->statement_ms = config->statement_ms;
    lane->queue_max = (size_t)config->queue_max;
    lane->wait_us = FIRST_WAIT_US;
    lane->now_us = time_monotonic();
    pg_environment_clear();
    pg_settings_make(&lane->settings, lane->url, config->role, config->statement_ms, config->statement_ms);
    connect_start(lane);
    *ret = lane;
    return 0;
}

void lane_close(struct lane *lane)
{
    struct err err;

    if (!lane)
        return;
    err_set(&err, E_BUSY, "server/busy", "the server is stopping");
    lane_shut(lane, &err);
    free(lane->url);
    free(lane);
}

int lane_fd(const struct lane *lane, bool *ret_want_read, bool *ret_want_write)
{
    *ret_want_read = *ret_want_write = false;
    if (lane->state == DOWN)
        return -1;
    if (lane->state == UP) {
        *ret_want_read = true;
        *ret_want_write = lane->flushing;
    } else {
        *ret_want_read = lane->poll == PGRES_POLLING_READING;
        *ret_want_write = lane->poll == PGRES_POLLING_WRITING;
    }
    return PQsocket(lane->conn);
}

bool lane_up(const struct lane *lane)
{
    return lane->state == UP;
}

size_t lane_waiting(const struct lane *lane)
{
    return lane->waiting;
}

/* Answers */

/* All of a batch came back: now it is committed, or it is not. */
static void batch_tell(struct lane *lane, struct batch *batch)
{
    struct err undone;

    if (lane->warned)
        err_set(&undone, E_BUSY, "server/busy",
                "not yet safe on the second machine; ask again with the same key");
    else if (batch->failed)
        err_set(&undone, E_RETRY, "store/retry", "another query of the same turn failed");
    for (struct ask *next, *ask = batch->first; ask; ask = next) {
        ExecStatusType status = PQresultStatus(ask->result);
        struct lane_rows rows = {.lane = lane, .q = ask->q, .result = ask->result};
        struct err err;
        next = ask->next;
        if (status == PGRES_FATAL_ERROR) {
            (void)pg_error(ask->result, statements[ask->q].name, &err);
            ask_tell(lane, ask, NULL, &err);
        } else if (batch->failed || lane->warned) {
            ask_tell(lane, ask, NULL, &undone);
        } else {
            ask_tell(lane, ask, &rows, NULL);
        }
        ask_free(ask);
    }
    lane->warned = false;
    free(batch);
}

static void batch_end(struct lane *lane)
{
    struct batch *batch = lane->sent;

    lane->sent = batch->next;
    if (!lane->sent)
        lane->sent_last = NULL;
    batch_tell(lane, batch);
}

/* The answer to a Prepare or to a query; false where it fits nothing we sent. */
static bool answer_take(struct lane *lane, PGresult *result)
{
    struct batch *batch = lane->sent;
    struct ask *ask = batch ? batch->at : NULL;
    ExecStatusType status = PQresultStatus(result);
    bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;

    if (!ask) {
        PQclear(result);
        return false;
    }
    batch->failed |= !good;
    if (ask->prepares && !batch->prepared) {
        batch->prepared = true;
        lane->prepared[ask->q] &= good;
        if (status == PGRES_FATAL_ERROR)
            ask->result = result; /* the query itself will come back as aborted: keep the cause */
        else
            PQclear(result);
        return true;
    }
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (state && strcmp(state, "26000") == 0) /* gone: prepare it again */
        lane->prepared[ask->q] = false;
    if (ask->result)
        PQclear(result);
    else
        ask->result = result;
    batch->at = ask->next;
    batch->prepared = false;
    return true;
}

static void answers_read(struct lane *lane)
{
    int nothing = 0; /* after each answer there is one NULL; two mean there is no more */

    while (lane->state == UP && lane->sent && !PQisBusy(lane->conn) && nothing < 2) {
        PGresult *result = PQgetResult(lane->conn);
        if (!result) {
            nothing++;
            continue;
        }
        nothing = 0;
        if (PQresultStatus(result) == PGRES_PIPELINE_SYNC) {
            PQclear(result);
            batch_end(lane);
        } else if (!answer_take(lane, result)) {
            lane_drop(lane);
            return;
        }
    }
    if (lane->state == UP && PQstatus(lane->conn) != CONNECTION_OK)
        lane_drop(lane);
}

static void flush(struct lane *lane)
{
    int left = PQflush(lane->conn);

    lane->flushing = left > 0;
    if (left < 0)
        lane_drop(lane);
}

void lane_ready(struct lane *lane, bool readable, bool writable, int64_t monotonic_us)
{
    lane->now_us = monotonic_us;
    if (lane->state == CONNECTING) {
        connect_go_on(lane);
        return;
    }
    if (lane->state == UP && readable && !PQconsumeInput(lane->conn)) {
        answers_read(lane); /* what came before the end still counts */
        if (lane->state == UP)
            lane_drop(lane);
        return;
    }
    if (lane->state == UP && (writable || lane->flushing))
        flush(lane);
    if (lane->state == UP)
        answers_read(lane);
}

/* Time */

static void asks_cut(struct lane *lane, struct ask *first, int64_t before_us)
{
    struct err err;

    if (!first || first->since_us >= before_us)
        return;
    err_set(&err, E_BUSY, "server/busy", "the database did not answer in time");
    err.retry_after_s = 1;
    for (struct ask *ask = first; ask && ask->since_us < before_us; ask = ask->next)
        ask_tell(lane, ask, NULL, &err);
}

int64_t lane_tick(struct lane *lane, int64_t monotonic_us)
{
    int64_t limit_us = (int64_t)lane->statement_ms * 1000;

    lane->now_us = monotonic_us;
    if (lane->state == DOWN && monotonic_us >= lane->until_us)
        connect_start(lane);
    else if (lane->state == CONNECTING && monotonic_us >= lane->until_us)
        lane_drop(lane);
    if (lane->state != UP)
        return lane->until_us;
    const struct ask *oldest = lane->sent ? lane->sent->first : NULL;
    if (oldest && oldest->since_us < monotonic_us - limit_us - LATE_US) {
        lane_drop(lane);
        return lane->until_us;
    }
    for (struct batch *batch = lane->sent; batch; batch = batch->next)
        asks_cut(lane, batch->first, monotonic_us - limit_us);
    return oldest && oldest->since_us + limit_us < monotonic_us + IDLE_TICK_US
               ? oldest->since_us + limit_us + 1
               : monotonic_us + IDLE_TICK_US;
}

/* Questions */

int lane_ask(struct lane *lane, enum statement_id q, const char *const *params, const int *lengths, int count,
             lane_done *done, void *arg, struct err *err)
{
    MUST(q >= 0 && q < Q_COUNT && done);
    if (lane->state != UP || lane->waiting >= lane->queue_max) {
        err_set(err, E_BUSY, "server/busy",
                lane->state == UP ? "too many questions are waiting" : "the database is away");
        if (err)
            err->retry_after_s = 1;
        return E_BUSY;
    }
    struct ask *ask = ask_new(q, params, lengths, count);
    ask->done = done;
    ask->arg = arg;
    ask->since_us = time_monotonic();
    if (lane->queued_last)
        lane->queued_last->next = ask;
    else
        lane->queued = ask;
    lane->queued_last = ask;
    lane->waiting++;
    return 0;
}

/* False where the connection is of no more use. */
static bool ask_send(struct lane *lane, struct ask *ask)
{
    const struct statement *statement = &statements[ask->q];

    if (!lane->prepared[ask->q]) {
        if (!PQsendPrepare(lane->conn, statement->name, statement->text, 0, NULL))
            return false;
        ask->prepares = true;
        lane->prepared[ask->q] = true;
    }
    return PQsendQueryPrepared(lane->conn, statement->name, ask->count, ask->params, NULL, NULL, 0);
}

void lane_send(struct lane *lane)
{
    if (lane->state != UP || !lane->queued)
        return;
    struct batch *batch = calloc(1, sizeof(*batch));
    MUST(batch);
    batch->first = batch->at = lane->queued;
    lane->queued = lane->queued_last = NULL;
    if (lane->sent_last)
        lane->sent_last->next = batch;
    else
        lane->sent = batch;
    lane->sent_last = batch;
    bool good = true;
    for (struct ask *ask = batch->first; ask && good; ask = ask->next)
        good = ask_send(lane, ask);
    if (!good || !PQpipelineSync(lane->conn))
        lane_drop(lane);
    else
        flush(lane);
}

/* Rows */

size_t lane_count(const struct lane_rows *rows)
{
    return (size_t)PQntuples(rows->result);
}

int lane_columns(const struct lane_rows *rows)
{
    return PQnfields(rows->result);
}

const char *lane_text(const struct lane_rows *rows, size_t row, int column)
{
    MUST(row < lane_count(rows) && column >= 0 && column < lane_columns(rows));
    if (PQgetisnull(rows->result, (int)row, column))
        return NULL;
    return PQgetvalue(rows->result, (int)row, column);
}

int lane_column(const struct lane_rows *rows, const char *name)
{
    for (int i = 0; i < lane_columns(rows); i++)
        if (strcmp(PQfname(rows->result, i), name) == 0)
            return i;
    return -1;
}

void lane_json(const struct lane_rows *rows, size_t row, struct buf *out)
{
    struct shape **shape = &rows->lane->shapes[rows->q];

    MUST(row < lane_count(rows));
    if (!*shape)
        *shape = shape_new(rows->result);
    shape_json(*shape, rows->result, (int)row, out);
}
