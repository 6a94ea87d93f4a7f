/* A child process with limits, so that a plug-in's death is an answer. */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/host/plugin.h"

/* A child is given its own memory and none of those that are asked at the same moment: forks take turns. */
static pthread_mutex_t forks = PTHREAD_MUTEX_INITIALIZER;

void *child_memory(size_t bytes)
{
    pthread_mutex_lock(&forks);
    void *memory =
        mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory != MAP_FAILED && madvise(memory, bytes, MADV_DONTFORK) != 0) {
        munmap(memory, bytes);
        memory = MAP_FAILED;
    }
    pthread_mutex_unlock(&forks);
    return memory == MAP_FAILED ? NULL : memory;
}

static pid_t fork_with(void *memory, size_t bytes)
{
    pthread_mutex_lock(&forks);
    pid_t pid = madvise(memory, bytes, MADV_DOFORK) == 0 ? fork() : -1;
    const int failed = errno;
    if (pid != 0)
        madvise(memory, bytes, MADV_DONTFORK);
    pthread_mutex_unlock(&forks);
    errno = failed;
    return pid;
}

void child_memory_free(void *memory, size_t bytes)
{
    if (memory)
        munmap(memory, bytes);
}

/* Sanitizers map terabytes of shadow, so there is no use in limiting them. */
static void limit_memory(size_t more)
{
#if !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
    FILE *file = fopen("/proc/self/statm", "re");
    char line[128];

    if (file && fgets(line, sizeof line, file)) {
        rlim_t bytes = (rlim_t)strtoul(line, NULL, 10) * (rlim_t)sysconf(_SC_PAGESIZE) + more;
        setrlimit(RLIMIT_AS, &(struct rlimit){bytes, bytes});
    }
    if (file)
        fclose(file);
#else
    (void)more;
#endif
}

static void limit_child(const struct limits *limits, pid_t parent)
{
    rlim_t seconds = (rlim_t)limits->cpu_seconds;
    static const int signals[] = {SIGTERM, SIGINT, SIGHUP, SIGABRT, SIGSEGV, SIGALRM};

    for (size_t i = 0; i < LENGTH(signals); i++)
        signal(signals[i], SIG_DFL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(EXIT_FAILURE);
    setrlimit(RLIMIT_CPU, &(struct rlimit){seconds, seconds + 1});
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    limit_memory(limits->arena_bytes + (64 << 20));
}

static void wait_child(pid_t pid, int wall_seconds, int *status, bool *late)
{
    struct pollfd ends = {.fd = pidfd_open(pid, 0), .events = POLLIN};
    int ready = ends.fd < 0 ? 1 : poll(&ends, 1, wall_seconds * 1000);

    while (ready < 0 && errno == EINTR)
        ready = poll(&ends, 1, wall_seconds * 1000);
    *late = ready == 0;
    if (*late)
        kill(pid, SIGKILL);
    while (waitpid(pid, status, 0) < 0 && errno == EINTR)
        continue;
    if (ends.fd >= 0)
        close(ends.fd);
}

/* A child may be slow because others are busy. */
int host_patience_s(int cpu_seconds)
{
    return cpu_seconds * 2 + 5;
}

int child_run(void (*fn)(void *), void *arg, void *memory, size_t bytes, const struct limits *limits,
              struct err *err)
{
    pid_t parent = getpid(), pid;
    int status = 0;
    bool late = false;

    pid = fork_with(memory, bytes);
    if (pid < 0)
        return err_set(err, E_BUSY, "server/busy", "could not start a process: %s", strerror(errno));
    if (pid == 0) {
        close_range(STDERR_FILENO + 1, ~0U, 0); /* the database, those who are served, the log */
        limit_child(limits, parent);
        fn(arg);
        _exit(EXIT_SUCCESS);
    }
    wait_child(pid, host_patience_s(limits->cpu_seconds), &status, &late);
    if (!late && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS)
        return 0;
    if (late)
        return err_set(err, E_REFUSED, "plugin/failed", "it did not answer in %d seconds",
                       host_patience_s(limits->cpu_seconds));
    if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL))
        return err_set(err, E_REFUSED, "plugin/failed", "it used more than %d seconds of processor time",
                       limits->cpu_seconds);
    if (WIFSIGNALED(status))
        return err_set(err, E_REFUSED, "plugin/failed", "it died of signal %d (%s)", WTERMSIG(status),
                       strsignal(WTERMSIG(status)));
    return err_set(err, E_REFUSED, "plugin/failed", "it left the process with status %d",
                   WEXITSTATUS(status));
}
