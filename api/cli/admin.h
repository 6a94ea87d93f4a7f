/* What the commands at the console share: the database, and acts run without an actor. */
#ifndef API_CLI_ADMIN_H
#define API_CLI_ADMIN_H

#include "api/route.h"
#include "core/base/config.h"

struct admin {
    struct arena  *arena;
    struct config  config;
    struct service service;
};

/* Opens the configured database.  Gives EX_OK, EX_CONFIG or EX_UNAVAILABLE; why is said on stderr. */
int  admin_open(struct admin *a, const char *file) MUST_USE;
void admin_close(struct admin *a);
/* The exit code of what ended with `status` at an open database. */
int  admin_exit(int status);
/* Runs the act of a route as the console does: no rights are asked.  `path` NULL:
 * an act without an office or subject. */
int  admin_act(struct admin *a, const char *op, const char *const *path, const struct buf *body,
               struct act_answer *ret, struct err *err) MUST_USE;
/* One statement in a transaction of its own. */
int  admin_ask(struct admin *a, enum statement_id q, const struct param *params, size_t count, struct rows **ret,
               struct err *err) MUST_USE;

/* RFC 4180: gives the fields of the next line that is not empty, none at the end; every field
 * NUL-terminated in the arena.  E_MALFORMED for a broken quote or bad UTF-8. */
struct csv { const char *at; int line; };
int csv_next(struct csv *csv, struct arena *arena, const char **fields, int most, int *ret_count, struct err *err) MUST_USE;

#endif
