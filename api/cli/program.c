/* See api/cli/program.h. */
#include "api/cli/program.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/store/admin.h"

enum { OUTPUT_MAX = 65536 };

static void output_read(int fd, struct buf *text)
{
    char piece[4096];
    ssize_t got;

    while ((got = read(fd, piece, sizeof(piece))) > 0 || (got < 0 && errno == EINTR))
        if (got > 0 && text->size < OUTPUT_MAX)
            buf_add(text, piece, (size_t)got);
}

static int wait_for(pid_t pid, const char *name, struct err *err)
{
    int status;

    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return err_set(err, E_BROKEN, "server/broken", "%s got lost: %s", name, strerror(errno));
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return 0;
    if (WIFEXITED(status))
        return err_set(err, E_BROKEN, "server/broken", "%s failed with exit code %d", name,
                       WEXITSTATUS(status));
    return err_set(err, E_BROKEN, "server/broken", "%s was ended by signal %d", name, WTERMSIG(status));
}

int program_run(const struct program *program, const char **output, struct err *err)
{
    const char *name = program->words[0];
    CLEANUP(buf_free) struct buf text = {0};
    posix_spawn_file_actions_t actions;
    int pipe_fd[2] = {-1, -1};
    pid_t pid;

    if (output && pipe2(pipe_fd, O_CLOEXEC) != 0)
        return err_set(err, E_BROKEN, "server/broken", "no pipe: %s", strerror(errno));
    posix_spawn_file_actions_init(&actions);
    if (output)
        posix_spawn_file_actions_adddup2(&actions, pipe_fd[1], STDOUT_FILENO);
    if (program->folder)
        posix_spawn_file_actions_addchdir_np(&actions, program->folder);
    int wrong = posix_spawnp(&pid, name, &actions, NULL, (char *const *)(uintptr_t)program->words,
                             program->environment ? program->environment : environ);
    posix_spawn_file_actions_destroy(&actions);
    if (output)
        close(pipe_fd[1]);
    if (wrong) {
        if (output)
            close(pipe_fd[0]);
        return err_set(err, E_BROKEN, "server/broken", "%s cannot be started: %s", name, strerror(wrong));
    }
    if (output) {
        output_read(pipe_fd[0], &text);
        close(pipe_fd[0]);
        buf_reserve(&text, 0);
        *output = arena_ndup(program->arena, text.data, text.size);
    }
    return wait_for(pid, name, err);
}

static int psql_file(struct arena *arena, const char *url, const char *database, const char *file,
                     struct err *err)
{
    const char *path = arena_printf(arena, "%s/sql/role/%s", config_share(arena), file);
    const char *words[] = {"psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", path, NULL};
    struct program program = {.words = words, .arena = arena};
    int code = admin_environment(arena, url, database, NULL, &program.environment, err);

    return code ? code : program_run(&program, NULL, err);
}

/* CREATE DATABASE has no IF NOT EXISTS and takes no parameter: createdb quotes the name. */
static int database_make(struct arena *arena, const char *url, const char *name, struct err *err)
{
    const char *ask[] = {"psql", "-X", "-t", "-A", "-c", "SELECT datname FROM pg_database", NULL};
    const char *make[] = {"createdb", "-T", "template0",   "-E", "UTF8", "-l",
                          "C.UTF-8",  "-O", "linli_owner", name, NULL};
    struct program program = {.words = ask, .arena = arena};
    const char *there = "";
    int code = admin_environment(arena, url, "postgres", NULL, &program.environment, err);

    if (!code)
        code = program_run(&program, &there, err);
    if (code)
        return code;
    for (const char *at = there; *at;) {
        size_t size = strcspn(at, "\n");
        if (size == strlen(name) && strncmp(at, name, size) == 0)
            return 0;
        at += size + (at[size] == '\n');
    }
    program.words = make;
    return program_run(&program, NULL, err);
}

int database_bootstrap(struct arena *arena, const char *url, struct err *err)
{
    const char *name;
    int code = admin_database(arena, url, &name, err);

    if (!code)
        code = psql_file(arena, url, "postgres", "roles.sql", err);
    if (!code)
        code = database_make(arena, url, name, err);
    if (!code)
        code = psql_file(arena, url, NULL, "database.sql", err);
    return code;
}

/* clang-format off */
static const struct cli_option admin_rows[] = {
    CLI_CONFIG(admin_options),
    CLI_LIST(admin_options, sets, set_count, "set", 's', "SECTION.KEY=VALUE", "set one key of the configuration"),
};
/* clang-format on */
const struct cli_command admin_command = {CLI_ROWS(admin_rows)};

int admin_config(const struct admin_options *options, struct arena *arena, struct config *ret,
                 struct err *err)
{
    int code = config_load(arena, options->file, options->sets, options->set_count, ret, err);

    if (!code && options->url)
        ret->database_admin_url = options->url;
    return code;
}
