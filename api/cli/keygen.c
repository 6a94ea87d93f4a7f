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
static const struct argp_option arguments[] = {
    { "name", 'n', "NAME", 0, "whose key it is; of a log, its origin: 密钥名称", 0 },
    { "passphrase", 'p', "FILE", 0, "lock it with the first line of FILE (- is standard input): 用口令加锁", 0 },
    { "plain", 'P', NULL, 0, "do not lock it: 不加锁", 0 },
    { 0 }
};
/* clang-format on */

static error_t parse(int key, char *value, struct argp_state *state)
{
    struct keygen *k = state->input;
    enum key_kind kind;

    switch (key) {
    case 'n':
        k->name = value;
        return 0;
    case 'p':
        k->passphrase = value;
        return 0;
    case 'P':
        k->plain = true;
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num > 1)
            argp_error(state, "one FILE is enough");
        *(state->arg_num == 0 ? &k->kind : &k->file) = value;
        return 0;
    case ARGP_KEY_END:
        if (!k->file || !k->name || !key_kind_parse(k->kind, &kind))
            argp_error(
                state,
                "KIND (opener, bidder, log, receipts, witness, evaluator), FILE and --name are needed");
        if (k->plain == (k->passphrase != NULL))
            argp_error(state, "either --passphrase or --plain is needed");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {arguments,
                                 parse,
                                 "KIND FILE",
                                 "Makes a key pair: the secret one goes into FILE, which must not be there "
                                 "yet, the public one to standard output."
                                 "\v生成密钥：私钥写入 FILE（不得已存在），公钥打印出来。KIND: opener "
                                 "开启人, bidder 投标人, log 日志, receipts 回执, "
                                 "witness 见证人, evaluator 评委。\n"
                                 "A key locked with a passphrase cannot be used without it, by anybody.\n"
                                 "Exit: 0 made, 64 usage, 65 the name may not be one, 66 no passphrase to "
                                 "read, 73 the file cannot be made.",
                                 NULL,
                                 NULL,
                                 NULL};

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

    return cli_run(&argp, argc, argv, &k, make);
}
