/*
 * A lane: one PostgreSQL connection in pipeline mode, owned by one event loop.
 * Queries are queued during a turn of the loop and sent with one Sync
 * (lane_send); answers come back in order (lane_ready).  No callback is run
 * for a row before the Sync of its batch has come back without an error, so
 * that nothing is acknowledged that was not committed; only a lane that changes
 * nothing does not wait for it.
 *
 * The lane never blocks: it opens and reopens its connection in the background
 * (PQconnectPoll), with back-off; meanwhile lane_ask answers E_BUSY at once.
 * Single-threaded.
 */
#ifndef CORE_STORE_LANE_H
#define CORE_STORE_LANE_H

#include "core/store/store.h"

struct lane;
struct lane_rows;       /* a result as the loop sees it: cells by number */

struct lane_config {
    const char *url, *role;
    int         statement_ms;
    int         queue_max;          /* queries waiting; past that E_BUSY */
    bool        reads;              /* the role changes nothing: each answer is told when it is here, and short
                                     * questions of one kind may be sent as one (core/store/merge.h) */
};

/* `done` gets NULL rows and an err where the query failed or was cut off: its own
 * error, E_RETRY where a neighbour in the batch failed (nothing of the batch was
 * done: ask again, one by one if it changes something), E_BUSY where nobody
 * knows whether it was done.  It may ask again, and must not close the lane. */
typedef void lane_done(void *arg, const struct lane_rows *rows, const struct err *err);

int  lane_open(const struct lane_config *config, struct lane **ret, struct err *err) MUST_USE;
void lane_close(struct lane *lane);

/* The socket to watch (-1: none now) and for what; changes after every call.  A
 * new connection may have the number of the old one, which left the epoll set
 * when it was closed: where EPOLL_CTL_MOD says ENOENT, add it. */
int  lane_fd(const struct lane *lane, bool *ret_want_read, bool *ret_want_write);
void lane_ready(struct lane *lane, bool readable, bool writable, int64_t monotonic_us);
/* Time for reconnection and cut-off of late answers; gives when to call again. */
int64_t lane_tick(struct lane *lane, int64_t monotonic_us);

/* Queues a query; parameters are text (bytea as \x and hex), copied; NULL is SQL
 * NULL.  lengths may be NULL where the texts end with a NUL.  E_BUSY where the
 * lane is down or too much is waiting; then `done` is not called. */
int  lane_ask(struct lane *lane, enum statement_id q, const char *const *params, const int *lengths, int count,
              lane_done *done, void *arg, struct err *err) MUST_USE;
/* Sends all that was queued, with one Sync; a lane that reads keeps a few back while others are under way.  Call
 * at the end of a turn. */
void lane_send(struct lane *lane);
size_t lane_waiting(const struct lane *lane);
bool   lane_up(const struct lane *lane);

size_t      lane_count(const struct lane_rows *rows);
int         lane_columns(const struct lane_rows *rows);
/* NULL: SQL NULL.  Of a lane that reads, it is good until the next call. */
const char *lane_text(const struct lane_rows *rows, size_t row, int column);
int         lane_column(const struct lane_rows *rows, const char *name);        /* -1: not there */
/* Appends the row as a JSON object, by the conventions of store.h; the shape
 * of the columns is worked out once a statement. */
void        lane_json(const struct lane_rows *rows, size_t row, struct buf *out);

#endif
