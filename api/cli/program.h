/* Running PostgreSQL's and sqitch's own programs, and what migrate and restore share of it. */
#ifndef API_CLI_PROGRAM_H
#define API_CLI_PROGRAM_H

#include "api/cli/command.h"
#include "core/base/arena.h"
#include "core/base/config.h"
#include "core/base/err.h"

/* Runs a program found in PATH and waits for it.  `environment` and `folder` (the
 * working directory) may be NULL.  Its output goes to `output` where that is not
 * NULL (at most 64 KiB, in the arena), else to ours.  E_BROKEN where it cannot be
 * started or fails, naming it. */
struct program {
    const char *const *words; /* NULL-ended */
    char **environment;
    const char *folder;
    struct arena *arena;
};
int program_run(const struct program *program, const char **output, struct err *err) MUST_USE;

/* Roles, database and the rights on it; the URL's user is the administrator of
 * the cluster.  May be run again. */
int database_bootstrap(struct arena *arena, const char *url, struct err *err) MUST_USE;

/* Options that every command of the administrator takes: its `more`; and those of single ones. */
enum { ADMIN_SETS = 32 };
struct admin_options {
    const char *file, *url, *sets[ADMIN_SETS];
    size_t set_count;
    bool bootstrap, roles;
};
extern const struct cli_command admin_command;
#define ADMIN_URL \
    CLI_TEXT(admin_options, url, "url", 'u', "URL", "the database as its administrator; else [database] admin_url")
#define ADMIN_BOOTSTRAP                                    \
    CLI_FLAG(admin_options, bootstrap, "bootstrap", 'b', \
             "first make roles and database; the URL's user must be the cluster's administrator")
/* The configuration with those options; its database_admin_url is --url where given. */
int admin_config(const struct admin_options *options, struct arena *arena, struct config *ret,
                 struct err *err) MUST_USE;

#endif
