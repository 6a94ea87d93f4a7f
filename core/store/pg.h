/* What the pool and the lanes share of libpq: connecting, errors.  Only core/store includes this. */
#ifndef CORE_STORE_PG_H
#define CORE_STORE_PG_H

#include <libpq-fe.h>

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/err.h"

enum { PG_KEYWORDS = 9, PG_OPTIONS = 400 };

/* For PQconnectdbParams and PQconnectStartParams, with expand_dbname. */
struct pg_settings {
    const char *keywords[PG_KEYWORDS], *values[PG_KEYWORDS];
    char options[PG_OPTIONS];
};

/* The URL may name hosts, database, user and TLS; everything a session depends
 * on is ours.  url must outlive the settings. */
void pg_settings_make(struct pg_settings *s, const char *url, const char *role, int statement_ms,
                      int lock_ms);

/* libpq listens to PG* of the environment; nothing of that may steer a server.  Does its work once. */
void pg_environment_clear(void);

/* The answer of a failed statement as an err, by SQLSTATE alone; logs what is our fault. */
int pg_error(const PGresult *result, const char *statement, struct err *err);
int pg_away(const PGconn *conn, struct err *err);

struct rows *rows_new(struct arena *arena, PGresult *result) MUST_USE; /* takes the result */

#endif
