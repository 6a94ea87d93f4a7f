/* See core/trust/signer.h. */
#include "core/trust/signer.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/time.h"
#include "core/trust/line.h"

enum { ANSWER_MAX = 64 << 20 };

bool signer_address(const char *path, struct sockaddr_un *ret)
{
    *ret = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof(ret->sun_path))
        return false;
    memcpy(ret->sun_path, path, strlen(path));
    return true;
}

bool signer_take(int fd, int patience_ms, struct buf *out, size_t room)
{
    int64_t until_us = time_monotonic() + patience_ms * INT64_C(1000);
    char piece[4096];
    ssize_t got = 1;

    while (got > 0 && out->size <= room) {
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        int64_t left_ms = (until_us - time_monotonic()) / 1000;
        if (left_ms <= 0 || poll(&wait, 1, (int)left_ms) != 1)
            return false;
        got = recv(fd, piece, sizeof(piece), 0);
        if (got > 0)
            buf_add(out, piece, (size_t)got);
    }
    return got == 0 && out->size <= room;
}

bool signer_give(int fd, int patience_ms, const char *bytes, size_t count)
{
    int64_t until_us = time_monotonic() + patience_ms * INT64_C(1000);

    while (count > 0) {
        struct pollfd wait = {.fd = fd, .events = POLLOUT};
        int64_t left_ms = (until_us - time_monotonic()) / 1000;
        if (left_ms <= 0 || poll(&wait, 1, (int)left_ms) != 1)
            return false;
        ssize_t put = send(fd, bytes, count, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (put < 0 && errno == EAGAIN)
            continue;
        if (put < 0)
            return false;
        bytes += put;
        count -= (size_t)put;
    }
    return shutdown(fd, SHUT_WR) == 0;
}

static int away(const char *path, struct err *err)
{
    err_set(err, E_BUSY, "signer/away", "nobody answers at %s", path);
    err_zh(err, "%s 无人应答", path);
    return E_BUSY;
}

/* A listener whose queue is full keeps who connects waiting. */
static bool patient(int fd, int patience_ms)
{
    const struct timeval time = {.tv_sec = patience_ms / 1000, .tv_usec = patience_ms % 1000 * 1000L};

    return setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof(time)) == 0;
}

/* What was asked, and all that was answered. */
static int asked(const char *path, int patience_ms, const struct buf *question, struct buf *answer,
                 struct err *err)
{
    struct sockaddr_un address;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool good = fd >= 0 && signer_address(path, &address) && patient(fd, patience_ms) &&
                connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0 &&
                signer_give(fd, patience_ms, question->data, question->size) &&
                signer_take(fd, patience_ms, answer, ANSWER_MAX);

    if (fd >= 0)
        close(fd);
    return good && answer->size > 0 ? 0 : away(path, err);
}

static int refused(const struct line *line, struct err *err)
{
    struct line why;

    if (line_after(line, "rollback ", &why)) {
        err_set(err, E_REFUSED, "log/rollback", "%.*s", (int)why.bytes, why.text);
        err_zh(err, "日志与此前签署的内容不一致");
        return E_REFUSED;
    }
    if (line_after(line, "busy ", &why)) {
        err_set(err, E_BUSY, "signer/away", "the signer cannot just now: %.*s", (int)why.bytes, why.text);
        err_zh(err, "签名进程暂时不能应答：%.*s", (int)why.bytes, why.text);
        return E_BUSY;
    }
    err_set(err, E_REFUSED, "signer/refused", "the signer refuses: %.*s", (int)line->bytes, line->text);
    err_zh(err, "签名进程拒绝：%.*s", (int)line->bytes, line->text);
    return E_REFUSED;
}

int signer_question(const char *socket_path, int patience_ms, const struct buf *question, const char *word,
                    struct buf *ret_rest, struct err *err)
{
    CLEANUP(buf_free) struct buf answer = {0};
    int status = asked(socket_path, patience_ms, question, &answer, err);
    struct lines lines = {answer.data, answer.data + answer.size};
    struct line line;

    if (status)
        return status;
    if (!line_next(&lines, &line))
        return away(socket_path, err);
    if (!line_is(&line, word))
        return refused(&line, err);
    buf_clear(ret_rest);
    buf_add(ret_rest, lines.at, (size_t)(lines.end - lines.at));
    return 0;
}

/* "signed\n" and the note; "stale N\n"; or why not. */
static int answer_read(const struct buf *answer, struct buf *ret_note, uint64_t *ret_size, struct err *err)
{
    struct lines lines = {answer->data, answer->data + answer->size};
    struct line line, value;

    if (!line_next(&lines, &line))
        return err_both(err, E_BUSY, "signer/away", "the signer gave no answer", "签名进程没有回答");
    if (line_is(&line, "signed")) {
        buf_clear(ret_note);
        buf_add(ret_note, lines.at, (size_t)(lines.end - lines.at));
        return 0;
    }
    if (line_after(&line, "stale ", &value) && line_decimal(&value, ret_size))
        return err_both(err, E_CONFLICT, "log/stale", "it signed something else last",
                        "其最近签署的内容不同");
    return refused(&line, err);
}

int signer_ask(const char *socket_path, int patience_ms, const struct signing *signing, struct buf *ret_note,
               uint64_t *ret_size, struct err *err)
{
    CLEANUP(buf_free) struct buf question = {0}, answer = {0};

    signing_print(signing, &question);
    int status = asked(socket_path, patience_ms, &question, &answer, err);
    return status ? status : answer_read(&answer, ret_note, ret_size, err);
}

int signer_last(const char *socket_path, struct last_signed *ret, struct buf *ret_text, struct err *err)
{
    CLEANUP(buf_free) struct buf question = {0};

    buf_text(&question, "last\n");
    int status = signer_question(socket_path, SIGNER_PATIENCE_MS, &question, "last", ret_text, err);
    return status ? status
                  : last_signed_parse(ret_text->data ? ret_text->data : "", ret_text->size, ret, err);
}
