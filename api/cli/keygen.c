/* linli keygen: a key pair in a file, made where its owner keeps it. */
#include <argp.h>
#include <stdlib.h>
#include <sysexits.h>

#include "api/cli/trust.h"

int cli_keygen(int argc, char **argv);

struct keygen {
    const char *kind, *file, *name, *passphrase;
    bool plain;
};

/* clang-format off */
static const struct cli_option arguments[] = {
    CLI_NEED(keygen, name, "name", 'n', "NAME", "whose key it is; of a log, its origin: 密钥名称"),
    CLI_TEXT(keygen, passphrase, "passphrase", 'p', "FILE", "lock it with the first line of FILE (- is standard input): 用口令加锁"),
    CLI_FLAG(keygen, plain, "plain", 'P', "do not lock it: 不加锁"),
    CLI_ARGUMENT(keygen, kind, "KIND"),
    CLI_ARGUMENT(keygen, file, "FILE"),
};
/* clang-format on */

static void check(const void *options, struct argp_state *state)
{
    const struct keygen *k = options;
    enum key_kind kind;

    if (!key_kind_parse(k->kind, &kind))
        argp_error(state, "KIND is opener, bidder, log, receipts, witness or evaluator");
    if (k->plain == (k->passphrase != NULL))
        argp_error(state, "either --passphrase or --plain is needed");
}

static const struct cli_command command = {
    CLI_ROWS(arguments),
    .arguments = "KIND FILE",
    .help = "Makes a key pair: the secret one goes into FILE, which must not be there yet, the public one "
            "to standard output."
            "\v生成密钥：私钥写入 FILE（不得已存在），公钥打印出来。KIND: opener 开启人, bidder 投标人, log "
            "日志, receipts 回执, witness 见证人, evaluator 评委。\n"
            "A key locked with a passphrase cannot be used without it, by anybody.\n"
            "Exit: 0 made, 64 usage, 65 the name may not be one, 66 no passphrase to read, 73 the file "
            "cannot be made.",
    .check = check,
};

static int make(struct arena *arena, void *options)
{
    const struct keygen *k = options;
    CLEANUP(buf_free) struct buf secret = {0}, public = {0};
    CLEANUP(key_forget) struct key key = {0};
    struct err err = {0};
    enum key_kind kind;
    const char *passphrase;

    if (!key_kind_parse(k->kind, &kind) || !trust_passphrase(arena, k->passphrase, &passphrase))
        return EX_NOINPUT;
    if (key_new(kind, k->name, &key, &err)) {
        cli_fault(k->name, &err);
        return EX_DATAERR;
    }
    key_print(&key, passphrase, &secret);
    int exit = trust_write_new(k->file, secret.data, secret.size, 0600);
    if (exit)
        return exit;
    key_print_public(&key, &public);
    puts(public.data);
    return EX_OK;
}

int cli_keygen(int argc, char **argv)
{
    struct keygen k = {0};

    return cli_run(&command, argc, argv, &k, make);
}
