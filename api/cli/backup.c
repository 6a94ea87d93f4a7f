/* linli backup DIR, linli restore DIR: database, attached files and plug-in copies as one set. */
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "api/cli/cli.h"
#include "api/cli/program.h"
#include "api/cli/saved.h"
#include "core/base/time.h"
#include "core/store/admin.h"
#include "core/store/store.h"

int cli_backup(int argc, char **argv);
int cli_restore(int argc, char **argv);

struct backup {
    struct admin_options options; /* first: what the shared options fill */
    const char *folder;
    struct arena *arena;
    struct config config;
};

static const struct cli_option backup_rows[] = {ADMIN_URL, CLI_ARGUMENT(backup, folder, "DIR")};
static const struct cli_option restore_rows[] = {ADMIN_URL, ADMIN_BOOTSTRAP,
                                                 CLI_ARGUMENT(backup, folder, "DIR")};

/* Backup */

/* The dump comes first: files are added before a row names them and never change, so that whatever the dump
 * names is there when the files are copied. */
static int dump(struct backup *b, struct err *err)
{
    const char *file = arena_printf(b->arena, "--file=%s/database.dump", b->folder);
    const char *words[] = {
        "pg_dump", "--format=custom", "--schema=linli", "--schema=sqitch", "--lock-wait-timeout=60000", file,
        NULL};
    struct program program = {.words = words, .arena = b->arena};
    int code = admin_environment(b->arena, b->config.database_admin_url, NULL, "linli_owner",
                                 &program.environment, err);

    return code ? code : program_run(&program, NULL, err);
}

static int store_of(const struct backup *b, struct store **ret, struct err *err)
{
    const struct store_config one = {.url = b->config.database_admin_url,
                                     .role = "linli_owner",
                                     .connections = 1,
                                     .wait_ms = 1000,
                                     .statement_ms = 600000,
                                     .lock_ms = 60000};

    return store_open(&one, ret, err);
}

static int by_digest(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Every file the database names is in the set. */
static int files_check(const struct saved *set, const struct rows *rows, struct arena *arena, struct err *err)
{
    size_t count = saved_count(set);
    const char **digests = ARENA_NEW(arena, const char *, count + 1);

    for (size_t i = 0; i < count; i++)
        digests[i] = saved_at(set, i)->sha256;
    qsort(digests, count, sizeof(*digests), by_digest);
    for (size_t i = 0; i < rows_count(rows); i++) {
        const char *wanted = row_text(rows, i, "sha256");
        if (!bsearch(&wanted, digests, count, sizeof(*digests), by_digest))
            return err_set(err, E_BROKEN, "blob/absent", "the file %s is missing in %s", wanted,
                           "the folder of attached files");
    }
    return 0;
}

static int describe(const struct backup *b, const char *schema, size_t files, struct err *err)
{
    CLEANUP(buf_free) struct buf json = {0};
    const char *path = arena_printf(b->arena, "%s/backup.json", b->folder);
    FILE *file = fopen(path, "we");

    json_open(&json, '{');
    json_key(&json, "linli");
    json_string(&json, "backup/1");
    json_key(&json, "version");
    json_string(&json, LINLI_VERSION);
    json_key(&json, "schema");
    json_string(&json, schema);
    json_key(&json, "at");
    json_time(&json, time_real());
    json_key(&json, "files");
    json_int(&json, (int64_t)files);
    json_close(&json, '}');
    buf_char(&json, '\n');
    bool good = file && fwrite(json.data, 1, json.size, file) == json.size;
    if (file && fclose(file) != 0)
        good = false;
    return good ? 0 : err_set(err, E_BROKEN, "server/broken", "cannot write %s", path);
}

static int backup_files(struct backup *b, struct saved *set, const struct rows *used, const char *schema,
                        struct err *err)
{
    int code = saved_take(set, config_folder(b->arena, b->config.blobs_folder), "blobs", err);

    if (!code)
        code = saved_take(set, config_folder(b->arena, b->config.plugins_state), "plugins", err);
    if (!code)
        code = describe(b, schema, saved_count(set), err);
    if (!code)
        code = saved_add(set, "backup.json", err);
    if (!code)
        code = saved_add(set, "database.dump", err);
    if (!code)
        code = files_check(set, used, b->arena, err);
    return code ? code : saved_close(set, err);
}

/* Asked before the dump: what is named later is not missed if it is not there yet. */
static int used_list(struct backup *b, struct store *store, struct rows **ret, struct err *err)
{
    struct tx *tx;
    int code = tx_begin(store, b->arena, NULL, true, &tx, err);

    if (code)
        return code;
    code = tx_run_v(tx, Q_blob_used, NULL, 0, ret, err);
    tx_rollback(tx);
    return code;
}

static int backup(struct backup *b, struct err *err)
{
    const char *found, *needed;
    struct rows *used = NULL;
    struct store *store = NULL;
    struct saved *set;
    int code = store_of(b, &store, err);

    if (!code)
        code = store_schema(store, &found, &needed, err);
    if (!code)
        code = saved_new(b->arena, b->folder, &set, err);
    if (!code)
        code = used_list(b, store, &used, err);
    if (!code)
        code = dump(b, err);
    if (!code)
        code = backup_files(b, set, used, found, err);
    if (!code)
        printf("%s: schema %s, %zu files, complete\n", b->folder, found, saved_count(set));
    store_close(store);
    return code;
}

/* Restore */

static int load(struct backup *b, struct err *err)
{
    const char *database;
    int code = admin_database(b->arena, b->config.database_admin_url, &database, err);
    if (code)
        return code;
    const char *file = arena_printf(b->arena, "%s/database.dump", b->folder);
    const char *words[] = {"pg_restore",
                           "--no-owner",
                           "--role=linli_owner",
                           "--exit-on-error",
                           "--single-transaction",
                           "--dbname",
                           database,
                           file,
                           NULL};
    struct program program = {.words = words, .arena = b->arena};

    code = admin_environment(b->arena, b->config.database_admin_url, NULL, "linli_owner",
                             &program.environment, err);
    return code ? code : program_run(&program, NULL, err);
}

static int restore(struct backup *b, struct err *err)
{
    struct admin_facts facts;
    const char *found = "", *needed = "";
    struct store *store = NULL;
    struct saved *set;
    int code = saved_open(b->arena, b->folder, &set, err);

    if (!code && b->options.bootstrap)
        code = database_bootstrap(b->arena, b->config.database_admin_url, err);
    if (!code)
        code = admin_look(b->config.database_admin_url, "linli_owner", &facts, err);
    if (!code && !facts.empty)
        code = err_set(err, E_REFUSED, "state/refused",
                       "the database has a schema linli already: restore into an empty one");
    if (!code)
        code = saved_give(set, "blobs", config_folder(b->arena, b->config.blobs_folder), err);
    if (!code)
        code = saved_give(set, "plugins", config_folder(b->arena, b->config.plugins_state), err);
    if (!code)
        code = load(b, err);
    if (!code)
        code = store_of(b, &store, err);
    if (!code && (store_schema(store, &found, &needed, NULL) || strcmp(found, needed) != 0))
        printf("schema %s; this program needs %s: run linli migrate\n", found, needed);
    if (!code)
        printf("%s: schema %s, %zu files, restored\n", b->folder, found, saved_count(set));
    store_close(store);
    return code;
}

#define EXITS                                                                                                \
    "Exit: 0 done, 64 usage, 65 the folder is not what it should be, 69 it could not be done, 78 the "       \
    "configuration is wrong."

static int run(int argc, char **argv, const struct cli_command *command,
               int (*job)(struct backup *, struct err *))
{
    struct backup b = {.arena = arena_new(0)};
    struct err err = {0};

    cli_parse(command, argc, argv, &b);
    const bool configured = admin_config(&b.options, b.arena, &b.config, &err) == 0;
    int code = configured ? job(&b, &err) : E_INVALID;

    if (code)
        cli_fault(NULL, &err);
    arena_free(b.arena);
    if (!configured)
        return EX_CONFIG;
    return code == 0 ? EX_OK : code == E_INVALID ? EX_DATAERR : EX_UNAVAILABLE;
}

int cli_backup(int argc, char **argv)
{
    static const struct cli_command command = {
        CLI_ROWS(backup_rows),
        .arguments = "DIR",
        .help = "Saves database, attached files and plug-in copies as one set in a new folder."
                "\vThe server may go on meanwhile.  SHA256SUMS is written last: without it the set is not "
                "finished.  Check a set at any time with sha256sum -c SHA256SUMS.\n" EXITS,
        .more = &admin_command,
    };

    return run(argc, argv, &command, backup);
}

int cli_restore(int argc, char **argv)
{
    static const struct cli_command command = {
        CLI_ROWS(restore_rows),
        .arguments = "DIR",
        .help =
            "Restores a saved set into an empty database and its folders."
            "\vEvery digest is checked before anything is written.  On a new machine linli migrate --roles "
            "makes the roles and the empty database first.\n" EXITS,
        .more = &admin_command,
    };

    return run(argc, argv, &command, restore);
}
