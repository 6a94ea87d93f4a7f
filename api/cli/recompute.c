/* See api/cli/recompute.h. */
#include "api/cli/recompute.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "api/cli/cli.h"
#include "core/base/time.h"
#include "core/json/canon.h"

/* Leaves the path of a new file, also where it could not be filled. */
static bool temporary(struct arena *arena, const char *text, size_t bytes, char **ret_path)
{
    const char *folder = getenv("TMPDIR");

    *ret_path = arena_printf(arena, "%s/linli-XXXXXX", folder && folder[0] ? folder : "/tmp");
    int fd = mkostemp(*ret_path, O_CLOEXEC);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    bool good = file && fwrite(text, 1, bytes, file) == bytes;

    return file && fclose(file) == 0 && good;
}

/* Ends by itself, or is ended: hostile facts may keep a plug-in busy for ever.  -1: it was. */
static int ended(pid_t pid)
{
    const struct timespec pause = {.tv_nsec = 2000000};
    const int64_t until_us = time_monotonic() + RECOMPUTE_S * TIME_SECOND;
    int state = 0;
    pid_t got;

    while ((got = waitpid(pid, &state, WNOHANG)) == 0 && time_monotonic() < until_us)
        nanosleep(&pause, NULL);
    if (got == 0) {
        kill(pid, SIGKILL);
        waitpid(pid, &state, 0);
        return -1;
    }
    return got == pid && WIFEXITED(state) ? WEXITSTATUS(state) : -1;
}

/* How the child ended; what it printed is in the file `out`. */
static int ask(const char *const *words, const char *out)
{
    posix_spawn_file_actions_t actions;
    pid_t pid;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out, O_WRONLY | O_TRUNC, 0600);
    int wrong = posix_spawn(&pid, "/proc/self/exe", &actions, NULL, (char *const *)(uintptr_t)words, environ);
    posix_spawn_file_actions_destroy(&actions);
    return wrong ? EX_UNAVAILABLE : ended(pid);
}

static enum recomputed compare(struct arena *arena, const char *answer, const char *out)
{
    char *got, *said, *expected;
    size_t bytes;

    if (!cli_read(arena, out, &got, &bytes))
        return RECOMPUTED_NOT;
    if (json_canonical(arena, got, bytes, &said, NULL))
        return RECOMPUTED_REFUSED;
    if (json_canonical(arena, answer, strlen(answer), &expected, NULL))
        return RECOMPUTED_OTHER;
    return strcmp(said, expected) == 0 ? RECOMPUTED_SAME : RECOMPUTED_OTHER;
}

enum recomputed recompute(struct arena *arena, const struct bundle_decision *d, const char *plugins)
{
    char *facts, *out;
    /* An acceptance is an evaluation of one delivery, a preview one of what is known so far. */
    bool evaluates = strcmp(d->question, "accept") == 0 || strcmp(d->question, "preview") == 0;
    const char *ask_of = evaluates ? "evaluate" : d->question;
    CLEANUP(buf_free) struct buf text = {0};
    enum recomputed result = RECOMPUTED_NOT;

    buf_text(&text, "{\"options\":");
    buf_text(&text, d->options);
    if (d->facts[1] != '}')
        buf_char(&text, ',');
    buf_text(&text, d->facts + 1);
    bool good = temporary(arena, text.data, text.size, &facts);
    good = temporary(arena, "", 0, &out) && good;
    const char *words[] = {"linli",    "decide",
                           d->plugin,  "--ask",
                           ask_of,     "--plugin-version",
                           d->version, "--plugin-sha256",
                           d->sha256,  "--facts",
                           facts,      plugins ? "--plugins" : NULL,
                           plugins,    NULL};
    const int end = good ? ask(words, out) : EX_UNAVAILABLE;
    if (end == EX_OK)
        result = compare(arena, d->answer, out);
    else if (end != EX_UNAVAILABLE && end != EX_CONFIG && end != EX_NOINPUT)
        result = RECOMPUTED_REFUSED;
    unlink(facts);
    unlink(out);
    return result;
}
