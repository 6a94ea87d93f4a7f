/*
 * What the administrator's commands (migrate, backup, restore, doctor) need of a
 * database besides statements: the environment of PostgreSQL's own programs,
 * and facts about the server.  Nothing of this is used while serving.
 */
#ifndef CORE_STORE_ADMIN_H
#define CORE_STORE_ADMIN_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/err.h"

/* The environment of this process without its PG*, and with those that make
 * psql, pg_dump, sqitch connect to the URL; `database` instead of the URL's
 * where it is not NULL; as `role` (SET ROLE) where that is not NULL.  The list
 * ends with NULL and lives in the arena.  E_INVALID: the URL cannot be read. */
int admin_environment(struct arena *arena, const char *url, const char *database, const char *role,
                      char ***ret, struct err *err) MUST_USE;
/* The database the URL names. */
int admin_database(struct arena *arena, const char *url, const char **ret, struct err *err) MUST_USE;

struct admin_facts {
    int version;             /* 150020 */
    bool checksums, durable; /* data checksums; fsync, full_page_writes and synchronous_commit all on */
    int connections;         /* max_connections */
    int64_t ahead_us;        /* its clock against ours */
    bool collates;           /* LC_CTYPE can tell Chinese characters: not C */
    bool empty;              /* no schema linli */
};
/* As `role`, which may be NULL.  E_BUSY: cannot connect, or may not become that
 * role; the detail is PostgreSQL's own sentence. */
int admin_look(const char *url, const char *role, struct admin_facts *ret, struct err *err) MUST_USE;

#endif
