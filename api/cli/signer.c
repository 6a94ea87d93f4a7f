/*
 * linli signer: the process that has the key of the log, or of a witness, and nothing else.  It signs only
 * what begins with what it signed last, and has that on the disk before it answers.
 */
#include <argp.h>
#include <errno.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sysexits.h>
#include <unistd.h>

#include "api/cli/trust.h"
#include "core/base/time.h"
#include "core/trust/desk.h"
#include "core/trust/folder.h"
#include "core/trust/k0.h"
#include "core/trust/line.h"
#include "core/trust/signer.h"

int cli_signer(int argc, char **argv);
int cli_witness(int argc, char **argv);

struct service_options {
    const char *key, *passphrase, *state, *socket, *log, *receipts, *opener;
    bool fresh, sandbox;
    uid_t uids[8];
    size_t uid_count;
};

enum { KEY_ALLOW = 256, KEY_NEW, KEY_SANDBOX, QUESTION_MAX = 64 << 20, PAUSE_MS = 100 };

/* clang-format off */
static const struct cli_option arguments[] = {
    CLI_NEED(service_options, key, "key", 'k', "FILE", "key file of a log or a witness: 密钥文件"),
    CLI_PASSPHRASE(service_options),
    CLI_NEED(service_options, state, "state", 's', "FILE", "what was signed last; on another disk than the database: 状态文件"),
    CLI_TEXT(service_options, receipts, "receipts", 'r', "FILE", "key file of receipts, under the same passphrase: 回执密钥文件"),
    CLI_TEXT(service_options, opener, "opener", 'o', "FILE", "key file of an opener: opens bids of mode K0: 开启人密钥文件（K0）"),
    CLI_FLAG(service_options, sandbox, "sandbox", KEY_SANDBOX, "of a sandbox: the log alone knows its clock: 沙盒，以日志时间为准"),
    CLI_FLAG(service_options, fresh, "new", KEY_NEW, "nothing was signed yet: make the state file: 首次使用，新建状态文件"),
    CLI_NEED(service_options, socket, "socket", 'S', "PATH", "Unix socket to listen on: 套接字"),
    CLI_TEXT(service_options, log, "log", 'l', "KEY", "of a witness: the public key of the log it watches: 被见证日志的公钥"),
    CLI_OWN("allow", KEY_ALLOW, "USER", "who may ask, beside root and the signer's own user: 可请求签名的用户"),
};
/* clang-format on */

/* A name or a number. */
static bool user_of(const char *text, uid_t *ret)
{
    const struct passwd *user = getpwnam(text);
    int64_t uid;

    if (!user && !int_parse(text, 0, INT32_MAX, &uid))
        return false;
    *ret = user ? user->pw_uid : (uid_t)uid;
    return true;
}

static void take(void *options, int key, const char *value, struct argp_state *state)
{
    struct service_options *s = options;

    (void)key;
    if (s->uid_count == LENGTH(s->uids) || !user_of(value, &s->uids[s->uid_count++]))
        argp_error(state, "--allow takes a user, at most 8 times");
}

static const struct cli_command command = {
    CLI_ROWS(arguments),
    .help = "Signs checkpoints of a log for whoever asks on a Unix socket, until SIGTERM; with --log as a "
            "witness."
            "\v为日志检查点签名的独立进程；给出 --log 时为见证人。\n"
            "Run it as a user of its own: the key is never in the database, and a log that does not begin "
            "with what was signed last is refused, also after an old backup was restored. A state file that "
            "is damaged is not repaired.\n"
            "Exit: 0 stopped, 64 usage, 65 key or state is not what it should be, 66 one cannot be read, 71 "
            "the socket cannot be made, 77 the passphrase is wrong.",
    .take = take,
};

struct signer {
    const struct service_options *options;
    struct note_signer key, receipts;
    struct note_key log;
    uint8_t opener[KEY_BYTES];
    struct last_signed last; /* its note is in `note` */
    struct buf note;
};

/* ---- state ------------------------------------------------------------------------------- */

static int state_write(struct arena *arena, const char *path, const struct last_signed *last, struct err *err)
{
    CLEANUP(buf_free) struct buf text = {0};
    const char *slash = strrchr(path, '/');
    const char *folder = !slash ? "." : slash == path ? "/" : arena_ndup(arena, path, (size_t)(slash - path));

    last_signed_print(last, &text);
    return folder_put(folder, slash ? slash + 1 : path, text.data, text.size, err);
}

/* The note is made its own. */
static void signed_keep(struct signer *s, const struct last_signed *last)
{
    struct buf note = {0};

    if (last->note)
        buf_add(&note, last->note, last->note_bytes);
    s->last = *last;
    s->last.note = note.data;
    buf_free(&s->note);
    s->note = note;
}

static int state_there(const char *path)
{
    cli_say("%s is there: what was signed last is not forgotten with --new / 状态文件已存在，不能用 --new",
            path);
    return EX_DATAERR;
}

static int state_lost(const char *path)
{
    cli_say("%s is missing: bring it back, or say --new if nothing was ever signed / 状态文件缺失：请恢复；"
            "确属首次使用再加 --new",
            path);
    return EX_NOINPUT;
}

static int state_new(struct arena *arena, struct signer *s, const char *origin)
{
    struct err err = {0};

    last_signed_new(origin, &s->last);
    if (!state_write(arena, s->options->state, &s->last, &err))
        return EX_OK;
    cli_fault(NULL, &err);
    return EX_CANTCREAT;
}

static int state_read(struct arena *arena, struct signer *s)
{
    const char *path = s->options->state, *origin = s->options->log ? s->log.name : s->key.key.name;
    struct err err = {0};
    size_t bytes;
    char *text;

    bool there = access(path, F_OK) == 0 || errno != ENOENT;
    if (s->options->fresh)
        return there ? state_there(path) : state_new(arena, s, origin);
    if (!there)
        return state_lost(path);
    if (!cli_read(arena, path, &text, &bytes))
        return EX_NOINPUT;
    if (last_signed_parse(text, bytes, &s->last, &err)) {
        cli_fault(path, &err);
        return EX_DATAERR;
    }
    signed_keep(s, &s->last);
    if (strcmp(s->last.origin, origin) == 0)
        return EX_OK;
    cli_say("%s is the state of another log, %s / 状态文件属于另一日志", path, s->last.origin);
    return EX_DATAERR;
}

static int receipts_read(struct arena *arena, struct signer *s, const char *passphrase)
{
    CLEANUP(key_forget) struct key key = {0};
    struct err err = {0};
    int exit = trust_key(arena, s->options->receipts, passphrase, &key);

    if (exit)
        return exit;
    if (key.kind == KEY_RECEIPTS && !s->options->log && !key_signer(&key, &s->receipts, &err))
        return EX_OK;
    cli_say("%s is no key of receipts / 不是回执密钥", s->options->receipts);
    return EX_DATAERR;
}

static int opener_read(struct arena *arena, struct signer *s, const char *passphrase)
{
    CLEANUP(key_forget) struct key key = {0};
    int exit = trust_key(arena, s->options->opener, passphrase, &key);

    if (exit)
        return exit;
    memcpy(s->opener, key.secret, KEY_BYTES);
    if (key.kind == KEY_OPENER && !s->options->log && s->options->receipts)
        return EX_OK;
    cli_say("%s is no opener's key, or --receipts is missing / 不是开启人密钥，或缺少 --receipts",
            s->options->opener);
    return EX_DATAERR;
}

static int keys_read(struct arena *arena, struct signer *s)
{
    CLEANUP(key_forget) struct key key = {0};
    struct err err = {0};
    const char *passphrase;

    if (!trust_passphrase(arena, s->options->passphrase, &passphrase))
        return EX_NOINPUT;
    int exit = trust_key(arena, s->options->key, passphrase, &key);
    if (!exit && s->options->receipts)
        exit = receipts_read(arena, s, passphrase);
    if (!exit && s->options->opener)
        exit = opener_read(arena, s, passphrase);
    trust_forget(passphrase);
    if (exit)
        return exit;
    if (key.kind != (s->options->log ? KEY_WITNESS : KEY_LOG)) {
        cli_say("a signer needs a log's key, a witness a witness's and --log / 密钥种类不符");
        return EX_DATAERR;
    }
    if (key_signer(&key, &s->key, &err) ||
        (s->options->log && note_key_parse(s->options->log, &s->log, &err))) {
        cli_fault("key", &err);
        return EX_DATAERR;
    }
    return state_read(arena, s);
}

/* ---- answering --------------------------------------------------------------------------- */

static bool may_ask(const struct service_options *options, int fd)
{
    struct ucred who;
    socklen_t size = sizeof(who);

    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) != 0)
        return false;
    for (size_t i = 0; i < options->uid_count; i++)
        if (options->uids[i] == who.uid)
            return true;
    return who.uid == 0 || who.uid == getuid();
}

static void sign(struct signer *s, const struct buf *question, struct buf *out)
{
    const struct signing_keys keys = {&s->key, s->options->log ? &s->log : NULL, time_real() / TIME_SECOND};
    CLEANUP(buf_free) struct buf note = {0};
    struct arena *arena = arena_new(0);
    struct last_signed next;
    struct signing signing;
    struct err err = {0};
    int status = signing_parse(question->data ? question->data : "", question->size, &signing, &err);

    if (!status)
        status = signing_step(&signing, &keys, &s->last, &note, &next, &err);
    const char *why_not = status == E_CONFLICT                    ? "stale"
                          : strcmp(err.type, "log/rollback") == 0 ? "rollback"
                                                                  : "refused";
    if (!status && (status = state_write(arena, s->options->state, &next, &err)))
        why_not = "busy";
    if (status) {
        buf_printf(out, "%s %s\n", why_not, err.detail);
    } else {
        signed_keep(s, &next);
        buf_text(out, "signed\n");
        buf_add(out, note.data, note.size);
    }
    arena_free(arena);
}

static void say_last(struct signer *s, const struct lines *rest, struct buf *out)
{
    (void)rest;
    buf_text(out, "last\n");
    last_signed_print(&s->last, out);
}

static void sign_receipts(struct signer *s, const struct lines *rest, struct buf *out)
{
    CLEANUP(buf_free) struct buf note = {0};
    struct err err = {0};

    buf_add(&note, rest->at, (size_t)(rest->end - rest->at));
    if (!s->options->receipts) {
        buf_text(out, "refused there is no key of receipts here\n");
    } else if (desk_may_sign(note.data, note.size, &s->receipts.key, &err)) {
        buf_printf(out, "refused %s\n", err.detail);
    } else {
        note_sign(&note, note.size, &s->receipts, 0);
        buf_text(out, "signed\n");
        buf_add(out, note.data, note.size);
    }
}

static void name_opener(struct signer *s, const struct lines *rest, bool price, struct buf *out)
{
    struct openers openers = {.k = 1, .n = 1};
    struct lines lines = *rest;
    char at[TIME_TEXT];
    uint8_t secret[KEY_BYTES];
    CLEANUP(buf_free) struct buf note = {0};

    if (!s->options->opener) {
        buf_text(out, "refused there is no opener's key here\n");
    } else if (!line_word(&lines, "tender ", openers.tender, sizeof(openers.tender)) ||
               !uuid_ok(openers.tender) || !line_word(&lines, "not-before ", at, sizeof(at)) ||
               !time_parse(at, &openers.not_before_us)) {
        buf_text(out, "refused this names no tender and instant\n");
    } else {
        k0_key(s->opener, openers.tender, price, secret, openers.keys[0]);
        openers_name(&openers, 0, secret);
        sodium_memzero(secret, sizeof(secret));
        openers_print(&openers, &note);
        note_sign(&note, note.size, &s->receipts, 0);
        buf_text(out, "signed\n");
        buf_add(out, note.data, note.size);
    }
}

static void name_bid_opener(struct signer *s, const struct lines *rest, struct buf *out)
{
    name_opener(s, rest, false, out);
}

static void name_price_opener(struct signer *s, const struct lines *rest, struct buf *out)
{
    name_opener(s, rest, true, out);
}

static void open_shares(struct signer *s, const struct lines *rest, struct buf *out)
{
    struct k0 k0 = {.log = &s->key.key, .now_us = s->options->sandbox ? 0 : time_real()};
    struct arena *arena = arena_new(0);
    struct buf shares = {0};
    struct err err = {0};

    memcpy(k0.secret, s->opener, KEY_BYTES);
    if (!s->options->opener) {
        buf_text(out, "refused there is no opener's key here\n");
    } else if (k0_answer(arena, &k0, rest->at, (size_t)(rest->end - rest->at), &shares, &err)) {
        buf_printf(out, "refused %s\n", err.detail);
    } else {
        buf_text(out, "shares\n");
        buf_add(out, shares.data, shares.size);
        sodium_memzero(shares.data, shares.size);
    }
    buf_free(&shares);
    sodium_memzero(&k0, sizeof(k0));
    arena_free(arena);
}

/* The first line says what is wanted; where it is none of these, a checkpoint is to be signed. */
static const struct {
    const char *word;
    void (*answer)(struct signer *, const struct lines *, struct buf *);
} answers[] = {{"last", say_last},
               {"receipts", sign_receipts},
               {"openers", name_bid_opener},
               {"price-openers", name_price_opener},
               {"shares", open_shares}};

static void answer(struct signer *s, const struct buf *question, struct buf *out)
{
    struct lines lines = {question->data, question->data + question->size};
    struct line line;
    bool any = line_next(&lines, &line);

    for (size_t i = 0; any && i < LENGTH(answers); i++)
        if (line_is(&line, answers[i].word)) {
            answers[i].answer(s, &lines, out);
            return;
        }
    sign(s, question, out);
}

static void serve_one(struct signer *s, int fd)
{
    CLEANUP(buf_free) struct buf question = {0}, out = {0};

    if (!may_ask(s->options, fd))
        buf_text(&out, "refused this user may not ask\n");
    else if (signer_take(fd, SIGNER_PATIENCE_MS, &question, QUESTION_MAX))
        answer(s, &question, &out);
    else
        buf_text(&out, "busy the request is too long or too slow\n");
    if (!signer_give(fd, SIGNER_PATIENCE_MS, out.data, out.size))
        cli_say("whoever asked is gone");
    sodium_memzero(out.data, out.size);
}

static int listen_at(const char *path)
{
    struct sockaddr_un address;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0 || !signer_address(path, &address))
        return -1;
    unlink(path);
    if (bind(fd, (struct sockaddr *)&address, sizeof(address)) != 0 || chmod(path, 0666) != 0 ||
        listen(fd, 16) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static void stop(int number)
{
    (void)number; /* ppoll ends with EINTR */
}

/* Until SIGTERM or SIGINT, which are let in only while nobody is being answered. */
static void serve_all(struct signer *s, int listener, const sigset_t *while_waiting)
{
    struct pollfd wait = {.fd = listener, .events = POLLIN};

    for (;;) {
        int ready = ppoll(&wait, 1, NULL, while_waiting);
        if (ready < 0 && errno == EINTR)
            return;
        int fd = ready > 0 ? accept4(listener, NULL, NULL, SOCK_CLOEXEC) : -1;
        if (fd >= 0) {
            serve_one(s, fd);
            close(fd);
        } else if (errno != ECONNABORTED && errno != EAGAIN) {
            cli_say("cannot accept: %s", strerror(errno));
            usleep(PAUSE_MS * 1000);
        }
    }
}

static void signals_take(sigset_t *ret_while_waiting)
{
    const struct sigaction on_stop = {.sa_handler = stop};
    sigset_t held;

    sigemptyset(&held);
    sigaddset(&held, SIGTERM);
    sigaddset(&held, SIGINT);
    sigprocmask(SIG_BLOCK, &held, ret_while_waiting);
    sigdelset(ret_while_waiting, SIGTERM);
    sigdelset(ret_while_waiting, SIGINT);
    sigaction(SIGTERM, &on_stop, NULL);
    sigaction(SIGINT, &on_stop, NULL);
}

static int serve(struct arena *arena, void *options)
{
    struct signer s = {.options = options};
    sigset_t while_waiting;
    int exit = keys_read(arena, &s);

    if (exit)
        return exit;
    prctl(PR_SET_DUMPABLE, 0);
    signals_take(&while_waiting);
    int listener = listen_at(s.options->socket);
    if (listener < 0) {
        cli_say("cannot listen at %s: %s", s.options->socket, strerror(errno));
        return EX_OSERR;
    }
    cli_say("%s signs for %s, %llu entries so far", s.key.key.name, s.last.origin,
            (unsigned long long)s.last.size);
    serve_all(&s, listener, &while_waiting);
    close(listener);
    unlink(s.options->socket);
    buf_free(&s.note);
    sodium_memzero(&s, sizeof(s));
    return EX_OK;
}

/* ---- a witness in one command ------------------------------------------------------------- */

struct witness_options {
    struct service_options service; /* first: what take fills */
    const char *name, *folder;
};

enum { KEY_NAME = 'n' };

/* clang-format off */
static const struct cli_option witness_arguments[] = {
    CLI_NEED(witness_options, folder, "into", 'i', "DIR", "folder of its key and state, made the first time: 目录"),
    CLI_TEXT(witness_options, name, "name", KEY_NAME, "NAME", "its name, such as audit.example.gov.cn/w1; the first time only: 名称"),
    CLI_NEED(witness_options, service.log, "log", 'l', "KEY", "the public key of the log it watches: 被见证日志的公钥"),
    CLI_NEED(witness_options, service.socket, "socket", 'S', "PATH", "Unix socket to listen on: 套接字"),
    CLI_TEXT(witness_options, service.passphrase, "passphrase", 'p', "FILE", "the key is locked with the first line of FILE: 口令文件"),
    CLI_OWN("allow", KEY_ALLOW, "USER", "who may ask, beside root and its own user: 可请求签名的用户"),
};
/* clang-format on */

static const struct cli_command witness_command = {
    CLI_ROWS(witness_arguments),
    .help = "Watches a log: cosigns its checkpoints for whoever asks, and none that does not begin with the "
            "last one."
            "\v日志见证人：只为以上次见证内容开头的检查点副署；日志回退或另写一份，一律拒绝。\n"
            "The first time it makes its key and state in the folder and prints its public key, for the "
            "log's linli.conf and for who verifies. Run it on a machine that is not the log's, by who does "
            "not run the log.\n"
            "首次运行时生成密钥与状态文件并打印公钥。应由日志运行方以外的人在另一台机器上运行。\n"
            "Exit: as linli signer.",
    .take = take,
};

/* A key and state of its own where there is no key yet. */
static int witness_begin(struct arena *arena, struct witness_options *w)
{
    CLEANUP(key_forget) struct key key = {0};
    CLEANUP(buf_free) struct buf text = {0};
    struct err err = {0};
    const char *passphrase;

    if (access(w->service.key, F_OK) == 0 || errno != ENOENT)
        return EX_OK;
    if (!w->name) {
        cli_say("--name is needed the first time / 首次运行须给出 --name");
        return EX_USAGE;
    }
    if (mkdir(w->folder, 0700) != 0 && errno != EEXIST) {
        cli_say("cannot make %s: %s", w->folder, strerror(errno));
        return EX_CANTCREAT;
    }
    if (!trust_passphrase(arena, w->service.passphrase, &passphrase))
        return EX_NOINPUT;
    if (key_new(KEY_WITNESS, w->name, &key, &err)) {
        cli_fault("--name", &err);
        return EX_USAGE;
    }
    key_print(&key, passphrase, &text);
    trust_forget(passphrase);
    int exit = trust_write_new(w->service.key, text.data, text.size, 0600);
    sodium_memzero(text.data, text.size);
    if (exit)
        return exit;
    buf_clear(&text);
    key_print_public(&key, &text);
    printf("%s\n", text.data);
    fflush(stdout);
    w->service.fresh = true;
    return EX_OK;
}

static int witness(struct arena *arena, void *options)
{
    struct witness_options *w = options;

    w->service.key = arena_printf(arena, "%s/witness.key", w->folder);
    w->service.state = arena_printf(arena, "%s/signed", w->folder);
    int exit = witness_begin(arena, w);
    return exit ? exit : serve(arena, &w->service);
}

int cli_witness(int argc, char **argv)
{
    struct witness_options w = {0};

    return cli_run(&witness_command, argc, argv, &w, witness);
}

int cli_signer(int argc, char **argv)
{
    struct service_options s = {0};

    return cli_run(&command, argc, argv, &s, serve);
}
