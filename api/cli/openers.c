/* linli openers: the text that says who opens a tender's bids; and a signature under a text. */
#include <argp.h>
#include <string.h>
#include <sysexits.h>

#include "api/cli/trust.h"
#include "core/base/time.h"
#include "core/trust/base64.h"

int cli_openers(int argc, char **argv);
int cli_sign(int argc, char **argv);

struct naming {
    struct openers set;
    bool instant;
};

/* clang-format off */
static const struct cli_option arguments[] = {
    CLI_OWN("tender", 't', "UUID", "the tender: 采购项目"),
    CLI_OWN("threshold", 'k', "K", "how many of them open together (1): 共同开启的人数"),
    CLI_OWN("not-before", 'b', "TIME", "before when nobody opens, as 2026-12-01T01:00:00Z: 最早开启时间"),
    CLI_OWN(NULL, 0, "KEY", NULL),
};
/* clang-format on */

/* One key, or one of each curve.  Those of P-256 are named where every opener has one. */
static bool key_add(struct naming *n, const char *text)
{
    const char *comma = strchr(text, ',');
    const unsigned i = n->set.n;

    if (i == SHARES_MAX ||
        !base64_exact(text, comma ? (size_t)(comma - text) : strlen(text), n->set.keys[i], KEY_BYTES) ||
        (comma && !base64_exact(comma + 1, strlen(comma + 1), n->set.points[i], P256_POINT)))
        return false;
    n->set.p256 = comma && (i == 0 || n->set.p256);
    n->set.n++;
    return true;
}

static void take(void *options, int key, const char *value, struct argp_state *state)
{
    struct naming *n = options;
    int64_t k;

    switch (key) {
    case 't':
        if (!uuid_ok(value))
            argp_error(state, "--tender takes a UUID in lower case");
        memcpy(n->set.tender, value, UUID_TEXT);
        return;
    case 'k':
        if (!int_parse(value, 1, SHARES_MAX, &k))
            argp_error(state, "--threshold takes a number from 1 to 15");
        n->set.k = (unsigned)k;
        return;
    case 'b':
        n->instant = time_parse(value, &n->set.not_before_us);
        if (!n->instant)
            argp_error(state, "--not-before takes an instant");
        return;
    default:
        if (!key_add(n, value))
            argp_error(state, "%s is no public key of an opener, or there are more than 15", value);
    }
}

static void check(const void *options, struct argp_state *state)
{
    const struct naming *n = options;

    if (!n->set.tender[0] || !n->instant || n->set.n < n->set.k)
        argp_error(state, "--tender, --not-before and as many KEYs as the threshold are needed");
}

static const struct cli_command command = {
    CLI_ROWS(arguments),
    .arguments = "KEY...",
    .help = "Prints the text that names who opens the bids of a tender. Each KEY is what \"linli keygen "
            "opener\" printed."
            "\v打印开启人名单；每个 KEY 是“linli keygen opener”打印的公钥。\n"
            "Bids are sealed to the SHA-256 of this text: it must not change afterwards, not by a byte. One "
            "opener is mode K0, several are K1.\n"
            "Exit: 0 printed, 64 usage, 65 a key is named twice.",
    .take = take,
    .check = check,
};

static int print(struct arena *arena, void *options)
{
    const struct naming *n = options;
    CLEANUP(buf_free) struct buf text = {0};
    struct openers again;
    struct err err = {0};

    (void)arena;
    openers_print(&n->set, &text);
    if (openers_parse(text.data, text.size, &again, &err)) {
        cli_fault(NULL, &err);
        return EX_DATAERR;
    }
    fputs(text.data, stdout);
    return EX_OK;
}

int cli_openers(int argc, char **argv)
{
    struct naming n = {.set.k = 1};

    return cli_run(&command, argc, argv, &n, print);
}

/* ---- linli sign -------------------------------------------------------------------------- */

struct signing {
    const char *key, *passphrase, *file;
};

/* clang-format off */
static const struct cli_option sign_arguments[] = {
    CLI_NEED(signing, key, "key", 'k', "FILE", "a key file: 密钥文件"),
    CLI_PASSPHRASE(signing),
    CLI_ARGUMENT(signing, file, "FILE"),
};
/* clang-format on */

static const struct cli_command sign_command = {
    CLI_ROWS(sign_arguments),
    .arguments = "FILE",
    .help = "Prints a text, or a note that others signed already, with a signature of this key added "
            "(c2sp.org/signed-note)."
            "\v在文本或已有签名的文本后加上签名并打印。\n"
            "Exit: 0 printed, 64 usage, 65 not a text to sign, or a key that does not sign, 66 a file "
            "cannot be read, 77 the passphrase is wrong.",
};

static int sign(struct arena *arena, void *options)
{
    const struct signing *s = options;
    CLEANUP(buf_free) struct buf out = {0};
    CLEANUP(key_forget) struct key key = {0};
    struct note_signer signer;
    struct err err = {0};
    const char *passphrase;
    struct note note;
    size_t bytes;
    char *text;

    if (!trust_passphrase(arena, s->passphrase, &passphrase) || !cli_read(arena, s->file, &text, &bytes))
        return EX_NOINPUT;
    int exit = trust_key(arena, s->key, passphrase, &key);
    if (exit)
        return exit;
    if (key_signer(&key, &signer, &err)) {
        cli_fault(s->key, &err);
        return EX_DATAERR;
    }
    bool signed_already = note_parse(arena, text, bytes, &note, &err) == 0;
    if (bytes == 0 || text[bytes - 1] != '\n' || !utf8_ok(text, bytes, true)) {
        cli_say("%s is no text that ends with a line end / 不是以换行结尾的文本", s->file);
        return EX_DATAERR;
    }
    buf_add(&out, text, bytes);
    note_sign(&out, signed_already ? note.text_bytes : bytes, &signer, time_real() / TIME_SECOND);
    fwrite(out.data, 1, out.size, stdout);
    return EX_OK;
}

int cli_sign(int argc, char **argv)
{
    struct signing s = {0};

    return cli_run(&sign_command, argc, argv, &s, sign);
}
