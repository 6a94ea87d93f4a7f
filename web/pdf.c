/* A process for each PDF: what goes wrong in it, or takes for ever, is not the portal's. */
#include "web/pdf.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_THERE = 127, NOT_INSTALLED = 69, CHUNK = 65536, PDF_BYTES = 32 << 20 };

extern char **environ;

/* In a group of its own, so that what it starts ends with it. */
static int start(const char *program, const char *styles, FILE *in, FILE *out, pid_t *ret)
{
    char *arguments[] = {(char *)program, (char *)styles, NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    sigset_t none;
    int status;

    sigemptyset(&none);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, fileno(in), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, fileno(out), STDOUT_FILENO);
    posix_spawnattr_init(&how);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setpgroup(&how, 0);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
    status = posix_spawn(ret, program, &files, &how, arguments, environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&how);
    return status;
}

/* Its exit code; -1 where it had to be ended. */
static int wait_for(pid_t pid)
{
    struct pollfd ended = {.fd = pidfd_open(pid, 0), .events = POLLIN};
    const bool late = ended.fd < 0 || poll(&ended, 1, PDF_SECONDS * 1000) != 1;
    int status = 0;

    if (ended.fd >= 0)
        close(ended.fd);
    if (late)
        kill(-pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return late || !WIFEXITED(status) ? -1 : WEXITSTATUS(status);
}

static void take(FILE *from, struct buf *out)
{
    char chunk[CHUNK];
    size_t size;

    rewind(from);
    while (out->size < PDF_BYTES && (size = fread(chunk, 1, sizeof chunk, from)) > 0)
        buf_add(out, chunk, size);
}

int pdf_make(const char *program, const char *styles, const struct buf *html, struct buf *out,
             struct err *err)
{
    FILE *in = tmpfile(), *made = tmpfile();
    pid_t pid;
    int code = NOT_THERE, status = 0;

    if (in && made && fwrite(html->data, 1, html->size, in) == html->size && fflush(in) == 0) {
        rewind(in);
        if (start(program, styles, in, made, &pid) == 0)
            code = wait_for(pid);
    }
    if (code == NOT_THERE || code == NOT_INSTALLED)
        status =
            err_both(err, E_ABSENT, "pdf/absent", "this machine makes no PDF: WeasyPrint is not installed",
                     "本机没有安装制作 PDF 的程序（WeasyPrint）");
    else if (code != 0)
        status = err_both(err, E_BUSY, "pdf/failed", "the PDF could not be made in time", "未能按时制成 PDF");
    else
        take(made, out);
    if (in)
        fclose(in);
    if (made)
        fclose(made);
    return status;
}
