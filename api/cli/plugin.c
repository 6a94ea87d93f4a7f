/*
 * linli plugin list | schema ID | new KIND NAME | check FILE... | explore FILE... | reload: what plug-ins
 * there are, what their options look like, a new one, and whether one keeps the contract.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "api/cli/cli.h"
#include "api/cli/plugin_new.h"
#include "core/base/config.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/host/plugin.h"

int cli_plugin(int argc, char **argv);

enum { WORDS_MAX = 64, RELOAD_S = 60 };

struct command {
    const char *words[WORDS_MAX];
    int count;
    const char *folder, *pid_file, *config;
    bool quiet;
    int64_t bids;
};

/* clang-format off */
static const struct cli_option arguments[] = {
    CLI_TEXT(command, folder, "plugins", 'p', "DIR", "folder of plug-ins; several with colons"),
    CLI_TEXT(command, pid_file, "pid-file", 'i', "FILE", "of the server that is to look at its folders again"),
    CLI_TEXT(command, config, "config", 'c', "FILE", "reload: the server's, instead of /etc/linli/linli.conf"),
    CLI_NUMBER(command, bids, 1, 4, "bids", 'b', "N", "explore: with up to N bids, 1 to 4 (2)"),
    CLI_FLAG(command, quiet, "quiet", 'q', "check: say only what is wrong"),
    CLI_LIST(command, words, count, NULL, 0, "FILE", NULL),
};
/* clang-format on */

static const struct cli_command command = {
    CLI_ROWS(arguments),
    .arguments = "list\n"
                 "schema ID\n"
                 "new mechanism|scheme NAME\n"
                 "check FILE.so...\n"
                 "explore FILE.so...\n"
                 "reload --pid-file FILE",
    .help = "Lists plug-ins, prints the JSON Schema of the options of one, begins a new one in a folder, "
            "checks files against the contract, walks every state a mechanism can reach, or tells a server "
            "to look at its folders again and says which files it refused and why."
            "\vExit: 0 fine, 1 a check failed or a file was refused, 64 usage, 66 no such file, 69 no such "
            "plug-in, or the server did not answer, 73 cannot make the folder, "
            "78 the configuration is wrong.",
};

/* ---- list, schema ---------------------------------------------------------------- */

static void print_plugin(const struct plugin *p, void *arg)
{
    const linli_about *about = plugin_about(p);

    (void)arg;
    printf("%-9s  %-24s  %-8s  %.12s  %s / %s\n", plugin_kind(p) == PLUGIN_MECHANISM ? "mechanism" : "scheme",
           about->id, about->version, plugin_sha256(p), about->name.zh, about->name.en);
}

static int print_schema(const struct host *host, const char *id)
{
    const struct plugin *p = host_find(host, PLUGIN_MECHANISM, id, NULL);
    CLEANUP(buf_free) struct buf out = {0};

    p = p ? p : host_find(host, PLUGIN_SCHEME, id, NULL);
    if (!p) {
        cli_say("there is no plug-in \"%s\"", id);
        return EX_UNAVAILABLE;
    }
    struct form form = plugin_form(p);
    option_schema(&out, form.rows, form.count);
    cli_print_json(stdout, out.data, true);
    return EX_OK;
}

static int with_host(const struct command *c)
{
    struct arena *arena = arena_new(0);
    struct host *host = NULL;
    int exit = EX_CONFIG;

    if (cli_host_open(arena, c->folder, &host)) {
        exit = EX_OK;
        if (c->count == 1)
            host_each(host, print_plugin, NULL);
        else
            exit = print_schema(host, c->words[1]);
    }
    host_close(host);
    arena_free(arena);
    return exit;
}

/* ---- check, reload ---------------------------------------------------------------- */

static int check_files(const struct command *c)
{
    int exit = EX_OK;

    for (int i = 1; i < c->count; i++) {
        CLEANUP(buf_free) struct buf report = {0};
        int failures = strcmp(c->words[0], "explore") == 0
                           ? plugin_explore(c->words[i], (int)c->bids, &report)
                           : plugin_check_path(c->words[i], &report, !c->quiet);
        if (report.data)
            fputs(report.data, stdout);
        if (failures < 0)
            exit = EX_NOINPUT;
        else if (failures > 0 && exit == EX_OK)
            exit = EXIT_FAILURE;
        if (failures > 0)
            cli_say("%s: %d %s", c->words[i], failures, failures == 1 ? "failure" : "failures");
    }
    return exit;
}

/* Everything but what was let in; 1 where something was refused. */
static int print_refused(const char *report)
{
    int exit = EX_OK;

    for (const char *line = report; *line;) {
        const int size = (int)strcspn(line, "\n");
        if (strncmp(line, "loaded ", 7) != 0) {
            cli_say("%.*s", size, line);
            exit = EXIT_FAILURE;
        } else {
            printf("%.*s\n", size, line);
        }
        line += size + (line[size] == '\n');
    }
    return exit;
}

/* Tells the server, and waits for the file it writes when it has looked: another one than before. */
static int reload_wait(struct arena *arena, const char *path, pid_t pid)
{
    struct stat before = {0}, now;
    char *report;
    size_t size;

    (void)!stat(path, &before);
    if (kill(pid, SIGHUP) != 0) {
        cli_say("the server %d does not answer: %s", (int)pid, strerror(errno));
        return EX_DATAERR;
    }
    for (int64_t end = time_monotonic() + RELOAD_S * TIME_SECOND; time_monotonic() < end; usleep(20000)) {
        if (stat(path, &now) == 0 && (now.st_ino != before.st_ino || now.st_mtime != before.st_mtime))
            return cli_read(arena, path, &report, &size) ? print_refused(report) : EX_NOINPUT;
        if (kill(pid, 0) != 0)
            break;
    }
    cli_say("the server %d was told, but left no word in %s: its log has it", (int)pid, path);
    return EX_UNAVAILABLE;
}

static int reload(const struct command *c)
{
    struct arena *arena = arena_new(0);
    struct config config;
    struct err err = {0};
    char *text = NULL;
    size_t size = 0;
    int64_t pid = 0;
    int exit = EX_NOINPUT;

    if (cli_read(arena, c->pid_file, &text, &size)) {
        text[strcspn(text, "\n")] = '\0';
        exit = EX_DATAERR;
        if (!int_parse(text, 2, INT32_MAX, &pid))
            cli_say("%s holds no process id", c->pid_file);
        else if (config_load(arena, c->config, NULL, 0, &config, &err)) {
            cli_fault("configuration", &err);
            exit = EX_CONFIG;
        } else
            exit = reload_wait(arena, cli_reload_report(arena, &config, pid), (pid_t)pid);
    }
    arena_free(arena);
    return exit;
}

static bool is(const struct command *c, const char *word, int least, int most)
{
    return c->count >= least && c->count <= most && strcmp(c->words[0], word) == 0;
}

int cli_plugin(int argc, char **argv)
{
    struct command c = {.bids = 2};

    cli_parse(&command, argc, argv, &c);
    if (is(&c, "list", 1, 1) || is(&c, "schema", 2, 2))
        return with_host(&c);
    if (is(&c, "new", 3, 3))
        return plugin_new(c.words[1], c.words[2]);
    if (is(&c, "check", 2, WORDS_MAX) || is(&c, "explore", 2, WORDS_MAX))
        return check_files(&c);
    if (is(&c, "reload", 1, 1) && c.pid_file)
        return reload(&c);
    return cli_usage(&command, argv[0]);
}
