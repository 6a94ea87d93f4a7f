/* linli migrate: brings the database to the schema this program was made for. */
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "api/cli/cli.h"
#include "api/cli/program.h"
#include "core/store/admin.h"
#include "core/store/store.h"

int cli_migrate(int argc, char **argv);

/* clang-format off */
static const struct cli_option rows[] = {
    ADMIN_URL,
    ADMIN_BOOTSTRAP,
    CLI_FLAG(admin_options, roles, "roles", 'r', "make the roles and an empty database and nothing in it, as linli restore needs them"),
};
/* clang-format on */
static const struct cli_command command = {
    CLI_ROWS(rows),
    .help = "Brings the database to the schema of this program: sqitch deploy and verify."
            "\vThe roles linli_owner, linli_act, linli_read, linli_intake, linli and linli_admin are made "
            "once with --bootstrap.  There is no way back: restore a backup instead.\n"
            "Exit: 0 the schema is in place, 64 usage, 69 it is not, 78 the configuration is wrong.",
    .more = &admin_command,
};

/* Is anything left to be done?  Says what was found, and how it came there; fails where sqitch would go on
 * upon scripts that are not ours. */
static int look(const struct config *config, const char *since, bool *ret_same, struct err *err)
{
    const struct store_config one = {.url = config->database_admin_url,
                                     .role = "linli_owner",
                                     .connections = 1,
                                     .wait_ms = 1000,
                                     .statement_ms = 5000,
                                     .lock_ms = 2000};
    const char *found = "none", *needed = "";
    struct store *store;
    int code = 0;

    *ret_same = false;
    if (store_open(&one, &store, NULL))
        return 0; /* sqitch will say why */
    (void)!store_schema(store, &found, &needed, NULL);
    *ret_same = strcmp(found, needed) == 0;
    if (*found && strcmp(found, "none") != 0)
        code = store_scripts(store, err);
    if (*ret_same && !code)
        printf("schema %s is %s\n", found, since);
    else
        printf("schema %s, wanted %s\n", *found ? found : "unknown", needed);
    store_close(store);
    return code;
}

static int deploy(struct arena *arena, const char *url, struct err *err)
{
    const char *words[] = {"sqitch", "--quiet", "deploy", "--verify", "db:pg:", NULL};
    struct program program = {
        .words = words, .arena = arena, .folder = arena_printf(arena, "%s/sql", config_share(arena))};
    setenv("SQITCH_FULLNAME", "Linli", 1); /* it would ask the account of the machine */
    setenv("SQITCH_EMAIL", "maintainers@linli.example", 1);
    setenv("TZ", "UTC", 1);
    int code = admin_environment(arena, url, NULL, "linli_owner", &program.environment, err);

    return code ? code : program_run(&program, NULL, err);
}

int cli_migrate(int argc, char **argv)
{
    struct admin_options options = {0};
    struct arena *arena = arena_new(0);
    struct config config;
    struct err err = {0};
    bool same = false;

    cli_parse(&command, argc, argv, &options);
    int code = admin_config(&options, arena, &config, &err);
    if (!code && (options.bootstrap || options.roles))
        code = database_bootstrap(arena, config.database_admin_url, &err);
    if (!code && !options.roles)
        code = look(&config, "there already", &same, &err);
    if (!code && !options.roles && !same) {
        fflush(stdout);
        code = deploy(arena, config.database_admin_url, &err);
        if (!code)
            code = look(&config, "in place", &same, &err);
        if (!code && !same)
            code = err_set(&err, E_BROKEN, "schema/unknown", "sqitch deployed something else");
    }
    if (code)
        cli_fault(NULL, &err);
    arena_free(arena);
    return code == 0 ? EX_OK : code == E_INVALID ? EX_CONFIG : EX_UNAVAILABLE;
}
