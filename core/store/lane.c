/* A connection in pipeline mode, driven by an event loop. */
#include "core/store/lane.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/digest.h"
#include "core/base/log.h"
#include "core/base/time.h"
#include "core/store/merge.h"
#include "core/store/pg.h"
#include "core/store/shape.h"

enum {
    FIRST_WAIT_US = 50000,
    LONGEST_WAIT_US = 5000000,
    CONNECT_US = 5000000,
    IDLE_TICK_US = 1000000,
    MERGED_MAX = 16,
    ENOUGH = 4,       /* questions that are sent while others are under way; fewer wait for those */
    LATE_US = 2000000 /* past statement_ms: the server did not keep its own limit, the network is gone */
};

/* One query, from lane_ask until its batch is answered.  Merged ones travel as their first, which alone is in
 * the lists and has the result. */
struct ask {
    struct ask *next, *merged, *merged_last;
    int members;
    enum statement_id q;
    lane_done *done; /* NULL: cut off, the answer is dropped */
    void *arg;
    int64_t since_us;
    PGresult *result; /* kept until the Sync of the batch */
    bool prepares;    /* a Prepare travels before it */
    bool alone;       /* not to be merged (again) */
    bool told;        /* before the Sync of its batch */
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
    bool prepared[Q_COUNT + 1][2]; /* 1: as its merged form */
    bool reads;
    char cell[CELL_TEXT]; /* what lane_text gave last, where the answer is binary */
    struct merge merge[Q_COUNT + 1];
    bool merge_tried[Q_COUNT + 1];
    struct shape *shapes[Q_COUNT + 1];
};

struct lane_rows {
    struct lane *lane;
    enum statement_id q;
    const PGresult *result;
    size_t first, count; /* its rows of the result */
};

/* Asks */

static void ask_free(struct ask *ask)
{
    PQclear(ask->result);
    free(ask);
}

static bool *ask_prepared(struct lane *lane, const struct ask *ask)
{
    return &lane->prepared[ask->q][ask->merged != NULL];
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

/* Those who have not heard yet hear the error. */
static void asks_end(struct lane *lane, struct ask *ask, const struct err *err)
{
    for (struct ask *next; ask; ask = next) {
        next = ask->next;
        for (struct ask *after, *one = ask; one; one = after) {
            after = one->merged;
            ask_tell(lane, one, NULL, err);
            ask_free(one);
        }
    }
}

static void batches_fail(struct lane *lane, struct batch *batch, const struct err *err)
{
    while (batch) {
        struct batch *next = batch->next;
        asks_end(lane, batch->first, err);
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
    asks_end(lane, queued, err);
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
    lane->reads = config->reads;
    lane->wait_us = FIRST_WAIT_US;
    lane->now_us = time_monotonic();
    pg_environment_clear();
    pg_settings_make(&lane->settings, lane->url, config->role,
                     &(struct pg_limits){config->statement_ms, config->statement_ms, PG_IDLE_MS});
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
    for (int i = 0; i <= Q_COUNT; i++)
        merge_free(&lane->merge[i]);
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

/* What was merged and cannot be answered so is asked again, each for itself: they only read. */
static void asks_part(struct lane *lane, struct ask *first)
{
    PQclear(first->result);
    first->result = NULL;
    for (struct ask *after, *ask = first; ask; ask = after) {
        after = ask->merged;
        ask->merged = ask->next = NULL;
        ask->alone = true;
        ask->prepares = false;
        if (lane->queued_last)
            lane->queued_last->next = ask;
        else
            lane->queued = ask;
        lane->queued_last = ask;
    }
}

/* Not this question but the form was wrong: not on this connection again. */
static void merge_refused(struct lane *lane, const struct ask *ask)
{
    const char *state = PQresultErrorField(ask->result, PG_DIAG_SQLSTATE);

    if (state && (strncmp(state, "42", 2) == 0 || strncmp(state, "0A", 2) == 0)) {
        log_event(LOG_WARN, "store.merge", "%s is asked one by one: %s", statements[ask->q].name,
                  PQresultErrorField(ask->result, PG_DIAG_MESSAGE_PRIMARY));
        merge_free(&lane->merge[ask->q]);
    }
}

/* Which rows are whose, by the last column; false where they are not in order. */
static bool rows_part(const PGresult *result, size_t first[MERGED_MAX], size_t count[MERGED_MAX])
{
    const int rows = PQntuples(result), column = PQnfields(result) - 1;
    long last = 0;

    memset(count, 0, MERGED_MAX * sizeof(*count));
    for (int row = 0; row < rows; row++) {
        char scratch[CELL_TEXT];
        const long asked = strtol(cell_text(result, row, column, scratch), NULL, 10);

        if (asked < last || asked < 1 || asked > MERGED_MAX)
            return false;
        if (asked > last)
            first[asked - 1] = (size_t)row;
        count[asked - 1]++;
        last = asked;
    }
    return true;
}

/* Tells it, and those merged with it, its rows; false where they are in no order. */
static bool rows_tell(struct lane *lane, struct ask *ask)
{
    size_t first[MERGED_MAX] = {0}, count[MERGED_MAX] = {0};
    int at = 0;

    if (!ask->merged)
        count[0] = (size_t)PQntuples(ask->result);
    else if (!rows_part(ask->result, first, count))
        return false;
    for (struct ask *one = ask; one; one = one->merged, at++) {
        struct lane_rows rows = {lane, ask->q, ask->result, first[at], count[at]};

        ask_tell(lane, one, &rows, NULL);
    }
    ask->told = true;
    return true;
}

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
        const bool wrong = PQresultStatus(ask->result) == PGRES_FATAL_ERROR;
        struct err err;

        next = ask->next;
        ask->next = NULL;
        if (ask->merged && wrong) {
            merge_refused(lane, ask);
            asks_part(lane, ask);
        } else if (wrong) {
            (void)pg_error(ask->result, statements[ask->q].name, &err);
            asks_end(lane, ask, &err);
        } else if (!ask->told && (batch->failed || lane->warned)) {
            asks_end(lane, ask, &undone);
        } else if (ask->told || rows_tell(lane, ask)) {
            asks_end(lane, ask, NULL);
        } else {
            asks_part(lane, ask);
        }
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
        *ask_prepared(lane, ask) &= good;
        if (status == PGRES_FATAL_ERROR)
            ask->result = result; /* the query itself will come back as aborted: keep the cause */
        else
            PQclear(result);
        return true;
    }
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (state && strcmp(state, "26000") == 0) /* gone: prepare it again */
        *ask_prepared(lane, ask) = false;
    if (ask->result)
        PQclear(result);
    else
        ask->result = result;
    batch->at = ask->next;
    batch->prepared = false;
    if (lane->reads && status == PGRES_TUPLES_OK)
        (void)rows_tell(lane, ask); /* what is in no order waits for the Sync, and is asked again */
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
        for (struct ask *one = ask; one && one->since_us < before_us; one = one->merged)
            ask_tell(lane, one, NULL, &err);
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

static bool merges(struct lane *lane, const struct ask *ask)
{
    struct merge *merge = &lane->merge[ask->q];

    if (!lane->reads || ask->alone)
        return false;
    if (!lane->merge_tried[ask->q]) {
        const struct statement *statement = &statements[ask->q];

        lane->merge_tried[ask->q] = true;
        (void)!merge_make(statement->name, statement->text, statement->parameters, merge);
    }
    return merge->text && ask->count == statements[ask->q].parameters;
}

/* Makes the queue shorter: questions of one statement join the first of them. */
static void queue_merge(struct lane *lane)
{
    struct ask *first = lane->queued, **at = &first, *opened[MERGED_MAX] = {NULL};
    int turn = 0;

    for (struct ask *next, *ask = lane->queued; ask; ask = next) {
        struct ask *open = NULL;

        next = ask->next;
        ask->next = NULL;
        if (merges(lane, ask)) {
            for (int i = 0; i < MERGED_MAX && !open; i++)
                if (opened[i] && opened[i]->q == ask->q && opened[i]->members < MERGED_MAX)
                    open = opened[i];
            if (!open)
                opened[turn++ % MERGED_MAX] = ask;
        }
        if (open) {
            open->merged_last->merged = ask;
            open->merged_last = ask;
            open->members++;
        } else {
            ask->members = 1;
            ask->merged_last = ask;
            *at = ask;
            at = &ask->next;
        }
    }
    lane->queued = first;
}

/* Ids and times cost PostgreSQL much as text.  The first answer comes as text, and tells of which types it
 * is. */
static int answer_format(const struct lane *lane, enum statement_id q)
{
    return lane->reads && lane->shapes[q] && shape_binary(lane->shapes[q]);
}

static bool merged_send(struct lane *lane, const struct ask *first)
{
    const struct merge *merge = &lane->merge[first->q];
    struct buf arrays[MERGE_PARAMETERS] = {{0}};
    const char *values[MERGE_PARAMETERS];

    for (int i = 0; i < first->count; i++) {
        for (const struct ask *ask = first; ask; ask = ask->merged)
            buf_element(&arrays[i], ask->params[i]);
        buf_char(&arrays[i], '}');
        values[i] = arrays[i].data;
    }
    const bool good = PQsendQueryPrepared(lane->conn, merge->name, first->count, values, NULL, NULL,
                                          answer_format(lane, first->q));
    for (int i = 0; i < first->count; i++)
        buf_free(&arrays[i]);
    return good;
}

/* False where the connection is of no more use. */
static bool ask_send(struct lane *lane, struct ask *ask)
{
    const struct statement *statement = &statements[ask->q];
    const struct merge *merge = ask->merged ? &lane->merge[ask->q] : NULL;
    const char *name = merge ? merge->name : statement->name;

    if (!*ask_prepared(lane, ask)) {
        if (!PQsendPrepare(lane->conn, name, merge ? merge->text : statement->text, 0, NULL))
            return false;
        ask->prepares = true;
        *ask_prepared(lane, ask) = true;
    }
    return merge ? merged_send(lane, ask)
                 : PQsendQueryPrepared(lane->conn, name, ask->count, ask->params, NULL, NULL,
                                       answer_format(lane, ask->q));
}

/* PostgreSQL is at work for this lane and would not begin with these before it is done; until then more may
 * come. */
static bool too_few(const struct lane *lane)
{
    const struct ask *ask = lane->queued;

    if (!lane->reads || !lane->sent)
        return false;
    for (int i = 1; i < ENOUGH && ask; i++)
        ask = ask->next;
    return !ask;
}

void lane_send(struct lane *lane)
{
    if (lane->state != UP || !lane->queued || too_few(lane))
        return;
    struct batch *batch = calloc(1, sizeof(*batch));
    MUST(batch);
    queue_merge(lane);
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
    return rows->count;
}

int lane_columns(const struct lane_rows *rows)
{
    return PQnfields(rows->result);
}

const char *lane_text(const struct lane_rows *rows, size_t row, int column)
{
    MUST(row < lane_count(rows) && column >= 0 && column < lane_columns(rows));
    const int at = (int)(rows->first + row);
    if (PQgetisnull(rows->result, at, column))
        return NULL;
    return cell_text(rows->result, at, column, rows->lane->cell);
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
    shape_json(*shape, rows->result, (int)(rows->first + row), out);
}
