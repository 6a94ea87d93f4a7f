/* See api/cli/bounded.h. */
#include "api/cli/bounded.h"

#include <errno.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "api/cli/cli.h"

/* A signal before the last second of it, so that what ran out can be told from what was killed. */
static void bound(const struct bounds *b, pid_t parent)
{
    const rlim_t seconds = (rlim_t)b->seconds;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(EXIT_FAILURE);
    setrlimit(RLIMIT_CPU, &(struct rlimit){seconds, seconds + 1});
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
#if !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
    const rlim_t bytes = (rlim_t)b->mebibytes << 20;
    setrlimit(RLIMIT_AS, &(struct rlimit){bytes, bytes});
#endif
    setvbuf(stdout, NULL, _IOLBF, 0); /* what was found before is told, however it ends */
}

/* Who is stopped cleans nothing up. */
static bool temporary(struct arena *arena, char **ret)
{
    const char *folder = getenv("TMPDIR");

    *ret = arena_printf(arena, "%s/linli-XXXXXX", folder && folder[0] ? folder : "/tmp");
    return mkdtemp(*ret);
}

static int gone(const char *path, const struct stat *about, int kind, struct FTW *walk)
{
    (void)about;
    (void)kind;
    (void)walk;
    return remove(path);
}

static int stopped(int status, const struct bounds *b, int over)
{
    if (WTERMSIG(status) == SIGXCPU)
        cli_say("stopped after %lld seconds of the processor: not everything was checked / "
                "超出处理器时间上限，未能核对完毕",
                (long long)b->seconds);
    else
        cli_say("stopped (%s), with %lld MiB of memory at most: not everything was checked / "
                "中途停止，未能核对完毕",
                strsignal(WTERMSIG(status)), (long long)b->mebibytes);
    return over;
}

int bounded(int (*fn)(struct arena *, void *), struct arena *arena, void *with, const struct bounds *bounds,
            int over)
{
    pid_t parent = getpid(), pid;
    int status = 0;
    char *folder;
    const bool own = temporary(arena, &folder);

    fflush(NULL);
    pid = fork();
    if (pid < 0) {
        if (own)
            rmdir(folder);
        return fn(arena, with);
    }
    if (pid == 0) {
        bound(bounds, parent);
        if (own)
            setenv("TMPDIR", folder, 1);
        exit(cli_end(fn(arena, with)));
    }
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    if (own)
        nftw(folder, gone, 16, FTW_DEPTH | FTW_PHYS);
    return WIFEXITED(status) ? WEXITSTATUS(status) : stopped(status, bounds, over);
}
