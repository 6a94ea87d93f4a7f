/*
 * PostgreSQL, blocking: a pool of connections, transactions, statements by
 * name.  The only door to libpq for everything but the pipelines of the event
 * loops (core/store/lane.h).
 *
 * Statements are sql/query/<name>.sql, known as Q_<name>, prepared on first use
 * of a connection.  Parameters travel as text (bytea as bytes); legal time is a
 * parameter like any other, SQL never asks the clock.
 *
 * Column names tell how a value is shown, here and in the loops:
 *   x_fen   money, shown as "x": "480000.00"     x_micro  points, shown as "x"
 *   x_ppm   rate, shown as "x": "12.5%"          _x       never shown (cursors, versions)
 * and types the rest: integers a number, boolean, jsonb as it stands,
 * timestamptz RFC 3339 in UTC, date, bytea lower-case hex, arrays of integers,
 * text and uuid arrays, else a string.
 */
#ifndef CORE_STORE_STORE_H
#define CORE_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/err.h"
#include "statements.h"

struct store;           /* a pool of connections to one database, as one role */
struct tx;              /* one transaction on one of them */
struct rows;            /* a result; lives in the arena given to tx_begin */

struct store_config {
    const char *url;            /* libpq connection string, several hosts allowed */
    const char *role;           /* linli_act, linli_read, linli_intake: SET ROLE on connect; NULL: none */
    int         connections;    /* most at a time */
    int         wait_ms;        /* to get one; then E_BUSY server/busy */
    int         statement_ms, lock_ms;   /* limits of PostgreSQL */
    int         idle_ms;        /* how long a transaction may rest between two statements; 0: 10 s */
};

int  store_open(const struct store_config *config, struct store **ret, struct err *err) MUST_USE;
void store_close(struct store *store);
/* One round trip; E_BUSY where the database is away. */
int  store_ping(struct store *store, struct err *err) MUST_USE;
/* The version of the schema in the database ("1.0"; "none") and the one this
 * program was made for; E_BROKEN schema/unknown naming both where the major
 * version is another or the minor one is more than one away.  found lives as
 * long as the store. */
int  store_schema(struct store *store, const char **ret_found, const char **ret_needed, struct err *err) MUST_USE;
/* E_BROKEN schema/unknown, naming the scripts: they were deployed with another content than those this program was
 * built with, by an earlier tree of the same version. */
int  store_scripts(struct store *store, struct err *err) MUST_USE;
/* "1.3", "1.4" and "1.5" fit a program made for "1.4": a minor version only
 * adds, so that two of them serve side by side. */
bool store_schema_fits(const char *found, const char *needed);

/* The pool, as it is at this moment. */
struct store_stats { int most, open, busy, waiting; };
void store_stats(struct store *store, struct store_stats *ret);

/* What an actor may reach; set for the transaction by the one function that is
 * allowed to format SQL (SET LOCAL), read by row-level security. */
struct scope {
    const char        *person;                              /* uuid, or NULL: nobody */
    const int32_t     *offices; size_t office_count;        /* offices the statement may touch */
    const char *const *organisations; size_t organisation_count;
    bool               all;                                 /* due acts, imports: every office */
};

/* A lost connection is opened again; E_BUSY where that fails. */
int  tx_begin(struct store *store, struct arena *arena, const struct scope *scope, bool read_only,
              struct tx **ret, struct err *err) MUST_USE;
/* E_RETRY: nothing happened, run the whole transaction again.  After a failed
 * statement commit answers its error.  Both free the tx. */
int  tx_commit(struct tx *tx, struct err *err) MUST_USE;
void tx_rollback(struct tx *tx);            /* NULL is fine */
struct arena *tx_arena(struct tx *tx);
/* What is asked from now on lives in another arena, so that it may be forgotten before the transaction ends. */
void tx_use(struct tx *tx, struct arena *arena);
/* Half an hour between two statements: of what is read to be packed, between whose statements files are read and
 * compressed.  One statement has no longer than before, as nobody would wait for it. */
int tx_unhurried(struct tx *tx, struct err *err) MUST_USE;

enum param_kind { PARAM_NULL, PARAM_INT, PARAM_BOOL, PARAM_TEXT, PARAM_TIME, PARAM_DATE, PARAM_BYTES,
                  PARAM_INTS, PARAM_TEXTS };
struct param {
    enum param_kind kind;
    int64_t         number;
    const void     *data;
    size_t          count;
};
#define P_NULL         ((struct param){ .kind = PARAM_NULL })
#define P_INT(n)       ((struct param){ .kind = PARAM_INT, .number = (n) })
#define P_BOOL(b)      ((struct param){ .kind = PARAM_BOOL, .number = (b) })
#define P_TEXT(s)      ((struct param){ .kind = PARAM_TEXT, .data = (s) })       /* NULL: SQL NULL; jsonb, uuid too */
#define P_TIME(us)     ((struct param){ .kind = PARAM_TIME, .number = (us) })    /* 0: SQL NULL */
#define P_DATE(day)    ((struct param){ .kind = PARAM_DATE, .number = (day) })   /* 0: SQL NULL */
#define P_BYTES(p, n)  ((struct param){ .kind = PARAM_BYTES, .data = (p), .count = (n) })
#define P_INTS(p, n)   ((struct param){ .kind = PARAM_INTS, .data = (p), .count = (n) })    /* int64_t[] -> bigint[] */
#define P_TEXTS(p, n)  ((struct param){ .kind = PARAM_TEXTS, .data = (p), .count = (n) })   /* char*[] -> text[] */

/* Runs a statement; ret may be NULL.  SQLSTATE becomes an E_ code: 40001, 40P01
 * E_RETRY; 23505 E_CONFLICT; 23503, 23514, 22xxx E_INVALID; LDnnn (raised by
 * our own functions) E_REFUSED with type = the MESSAGE ("fund/insufficient") and
 * detail = the DETAIL (zh = the HINT); 08*, 57P*, 53300 E_BUSY; 55P03, 57014 E_BUSY; else
 * E_BROKEN.  A constraint that said no gives type "constraint/<name>". */
int tx_run_v(struct tx *tx, enum statement_id q, const struct param *params, size_t count,
             struct rows **ret, struct err *err) MUST_USE;
#define tx_run(tx, q, ret, err, ...)                                                         \
    tx_run_v((tx), (q), (const struct param[]){ __VA_ARGS__ },                               \
             sizeof((const struct param[]){ __VA_ARGS__ }) / sizeof(struct param), (ret), (err))

/* Runs a statement and gives its rows to fn one by one, as they come: none of them stays in memory.  `rows` has one
 * row and is gone afterwards; fn fills err and answers other than 0 to stop. */
typedef int row_fn(void *arg, const struct rows *rows, struct err *err);
int tx_each(struct tx *tx, enum statement_id q, const struct param *params, size_t count, row_fn *fn, void *arg,
            struct err *err) MUST_USE;

/* Rows.  A column that is not there is a bug and aborts; NULL gives 0, false or
 * NULL.  Texts live as long as the arena.  rows_count of a change without
 * RETURNING is how many rows it touched.  No value of a column of its type
 * aborts: what PostgreSQL holds and we do not is the nearest that we do, of
 * infinity and years past 9999 the last of 9999, of -infinity and years before
 * 1970 the first microsecond, or day, that is not 0. */
#define ROW_TIME_MOST INT64_C(253402300799999999)   /* 9999-12-31T23:59:59.999999Z */
#define ROW_DATE_MOST 2932896                       /* 9999-12-31 */
size_t         rows_count(const struct rows *rows);
bool           rows_have(const struct rows *rows, const char *column);
bool           row_null(const struct rows *rows, size_t row, const char *column);
int64_t        row_int(const struct rows *rows, size_t row, const char *column);
bool           row_bool(const struct rows *rows, size_t row, const char *column);
const char    *row_text(const struct rows *rows, size_t row, const char *column);
int64_t        row_time(const struct rows *rows, size_t row, const char *column);    /* us; NULL gives 0 */
int32_t        row_date(const struct rows *rows, size_t row, const char *column);
/* NULL and 0 for NULL, and for what cannot be read as bytes. */
const uint8_t *row_bytes(const struct rows *rows, size_t row, const char *column, size_t *ret_count);
/* Exactly so many bytes (a digest, a salt, a key); E_BROKEN server/broken where somebody left others there. */
int            row_fixed(const struct rows *rows, size_t row, const char *column, size_t count, const uint8_t **ret,
                         struct err *err) MUST_USE;

/* One row as a JSON object, by the column conventions above; all as an array. */
void row_json(const struct rows *rows, size_t row, struct buf *out);
void rows_json(const struct rows *rows, struct buf *out);

/* JSON Schema of one row of each statement, on a connection of its own; a
 * statement that does not fit the database is logged and left empty.  E_BUSY */
int store_schemas(const struct store_config *config, const enum statement_id *statement_ids, size_t count,
                  struct buf *ret, struct err *err) MUST_USE;

#endif
