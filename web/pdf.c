/* A process for each PDF: what goes wrong in it, or takes for ever, is not the portal's. */
#include "web/pdf.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/digest.h"

enum { NOT_THERE = 127, NOT_INSTALLED = 69, CHUNK = 65536, PDF_BYTES = 32 << 20, END_MS = 2000 };
enum { KEPT = 32, KEPT_BYTES = 2 << 20 };

/* What is said where none is made. */
static const struct said {
    const char *absent, *absent_zh, *failed, *failed_zh, *busy, *busy_zh;
} saids[] = {
    [MAKES_PDF] = {"this machine makes no PDF: WeasyPrint is not installed",
                   "本机没有安装制作 PDF 的程序（WeasyPrint）", "the PDF could not be made in time",
                   "未能按时制成 PDF", "another PDF is being made, please try again in a minute",
                   "正在制作另一份 PDF，请稍后再试"},
    [MAKES_DOCX] = {"this machine makes no Word documents: pandoc is not installed",
                    "本机没有安装制作 Word 文档的程序（pandoc）", "the document could not be made in time",
                    "未能按时制成文档", "another document is being made, please try again in a minute",
                    "正在制作另一份文档，请稍后再试"},
};

struct kept {
    uint8_t html[SHA256_BYTES];
    struct buf pdf;
    uint64_t used;
};

struct pdf {
    const char *program, *styles;
    const struct said *said;
    pthread_mutex_t making, lock; /* lock: of what follows */
    struct kept kept[KEPT];
    uint64_t uses;
};

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
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    posix_spawnattr_init(&how);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setpgroup(&how, 0);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
    status = posix_spawn(ret, program, &files, &how, arguments, environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&how);
    return status;
}

/* Its exit code; -1 where it had to be ended: asked first, so that it clears its folder away. */
static int wait_for(pid_t pid)
{
    struct pollfd ended = {.fd = pidfd_open(pid, 0), .events = POLLIN};
    const bool late = ended.fd < 0 || poll(&ended, 1, PDF_SECONDS * 1000) != 1;
    int status = 0;

    if (late) {
        kill(-pid, SIGTERM);
        if (ended.fd >= 0)
            (void)poll(&ended, 1, END_MS);
        kill(-pid, SIGKILL);
    }
    if (ended.fd >= 0)
        close(ended.fd);
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

static int run(const struct pdf *p, const char *styles, const struct buf *html, struct buf *out,
               struct err *err)
{
    FILE *in = tmpfile(), *made = tmpfile();
    pid_t pid;
    int code = NOT_THERE, status = 0;

    if (in && made && fwrite(html->data, 1, html->size, in) == html->size && fflush(in) == 0) {
        rewind(in);
        if (start(p->program, styles, in, made, &pid) == 0)
            code = wait_for(pid);
    }
    if (code == NOT_THERE || code == NOT_INSTALLED)
        status = err_both(err, E_ABSENT, "pdf/absent", p->said->absent, p->said->absent_zh);
    else if (code != 0)
        status = err_both(err, E_BUSY, "pdf/failed", p->said->failed, p->said->failed_zh);
    else
        take(made, out);
    if (in)
        fclose(in);
    if (made)
        fclose(made);
    return status;
}

/* ---- what was made before ---- */

static bool find(struct pdf *p, const uint8_t *html, struct buf *out)
{
    bool found = false;

    pthread_mutex_lock(&p->lock);
    for (size_t i = 0; i < KEPT && !found; i++) {
        struct kept *k = &p->kept[i];

        found = k->used && memcmp(k->html, html, SHA256_BYTES) == 0;
        if (found) {
            k->used = ++p->uses;
            buf_add(out, k->pdf.data, k->pdf.size);
        }
    }
    pthread_mutex_unlock(&p->lock);
    return found;
}

/* In the place of what nobody asked for longest. */
static void keep(struct pdf *p, const uint8_t *html, const struct buf *made)
{
    struct kept *oldest = p->kept;

    if (!made->size || made->size > KEPT_BYTES)
        return;
    pthread_mutex_lock(&p->lock);
    for (size_t i = 1; i < KEPT; i++)
        if (p->kept[i].used < oldest->used)
            oldest = &p->kept[i];
    memcpy(oldest->html, html, SHA256_BYTES);
    oldest->used = ++p->uses;
    buf_clear(&oldest->pdf);
    buf_add(&oldest->pdf, made->data, made->size);
    pthread_mutex_unlock(&p->lock);
}

int pdf_make(struct pdf *p, const struct buf *html, const char *styles, struct buf *out, struct err *err)
{
    uint8_t digest[SHA256_BYTES];
    int status;

    sha256_of(html->size ? html->data : "", html->size, digest);
    if (find(p, digest, out))
        return 0;
    if (pthread_mutex_trylock(&p->making) != 0)
        return err_both(err, E_BUSY, "pdf/busy", p->said->busy, p->said->busy_zh);
    status = run(p, styles ? styles : p->styles, html, out, err);
    if (!status)
        keep(p, digest, out);
    pthread_mutex_unlock(&p->making);
    return status;
}

struct pdf *pdf_new(const char *program, const char *styles, enum pdf_makes makes)
{
    struct pdf *p = calloc(1, sizeof *p);

    MUST(p);
    p->program = program;
    p->styles = styles;
    p->said = &saids[makes];
    pthread_mutex_init(&p->making, NULL);
    pthread_mutex_init(&p->lock, NULL);
    return p;
}

void pdf_free(struct pdf *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < KEPT; i++)
        buf_free(&p->kept[i].pdf);
    pthread_mutex_destroy(&p->making);
    pthread_mutex_destroy(&p->lock);
    free(p);
}
