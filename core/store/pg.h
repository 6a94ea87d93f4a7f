/* What the pool and the lanes share of libpq: connecting, errors.  Only core/store includes this. */
#ifndef CORE_STORE_PG_H
#define CORE_STORE_PG_H

#include <libpq-fe.h>

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/err.h"

enum { PG_KEYWORDS = 9, PG_OPTIONS = 400, PG_IDLE_MS = 10000 };

/* For PQconnectdbParams and PQconnectStartParams, with expand_dbname. */
struct pg_settings {
    const char *keywords[PG_KEYWORDS], *values[PG_KEYWORDS];
    char options[PG_OPTIONS];
};

struct pg_limits {
    int statement_ms, lock_ms;
    int idle_ms; /* how long a transaction may rest between two statements */
};
/* The URL may name hosts, database, user and TLS; everything a session depends
 * on is ours.  url must outlive the settings. */
void pg_settings_make(struct pg_settings *s, const char *url, const char *role,
                      const struct pg_limits *limits);

/* libpq listens to PG* of the environment; nothing of that may steer a server.  Does its work once. */
void pg_environment_clear(void);

/* The answer of a failed statement as an err, by SQLSTATE alone; logs what is our fault. */
int pg_error(const PGresult *result, const char *statement, struct err *err);
int pg_away(const PGconn *conn, struct err *err);

/* Sends what is unsent and reads until PQgetResult would not wait; false: the server said nothing in time.
 * A connection that broke is ready: PQgetResult tells. */
bool pg_ready(PGconn *conn, int limit_ms);
/* What PQexec would give of what was sent, each of its results within the limit; NULL: silence. */
PGresult *pg_answer(PGconn *conn, int limit_ms);
/* Has the server cancel what this connection waits for, by another connection and within bounds. */
void pg_cancel(const struct pg_settings *s, PGconn *conn);

struct rows *rows_new(struct arena *arena, PGresult *result) MUST_USE; /* takes the result */

#endif
