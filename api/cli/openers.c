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
static const struct argp_option arguments[] = {
    { "tender", 't', "UUID", 0, "the tender: 采购项目", 0 },
    { "threshold", 'k', "K", 0, "how many of them open together (1): 共同开启的人数", 0 },
    { "not-before", 'b', "TIME", 0, "before when nobody opens, as 2026-12-01T01:00:00Z: 最早开启时间", 0 },
    { 0 }
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

static error_t parse(int key, char *value, struct argp_state *state)
{
    struct naming *n = state->input;
    int64_t k;

    switch (key) {
    case 't':
        if (!uuid_ok(value))
            argp_error(state, "--tender takes a UUID in lower case");
        memcpy(n->set.tender, value, UUID_TEXT);
        return 0;
    case 'k':
        if (!int_parse(value, 1, SHARES_MAX, &k))
            argp_error(state, "--threshold takes a number from 1 to 15");
        n->set.k = (unsigned)k;
        return 0;
    case 'b':
        n->instant = time_parse(value, &n->set.not_before_us);
        if (!n->instant)
            argp_error(state, "--not-before takes an instant");
        return 0;
    case ARGP_KEY_ARG:
        if (!key_add(n, value))
            argp_error(state, "%s is no public key of an opener, or there are more than 15", value);
        return 0;
    case ARGP_KEY_END:
        if (!n->set.tender[0] || !n->instant || n->set.n < n->set.k)
            argp_error(state, "--tender, --not-before and as many KEYs as the threshold are needed");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {arguments,
                                 parse,
                                 "KEY...",
                                 "Prints the text that names who opens the bids of a tender. Each KEY is "
                                 "what \"linli keygen opener\" printed."
                                 "\v打印开启人名单；每个 KEY 是“linli keygen opener”打印的公钥。\n"
                                 "Bids are sealed to the SHA-256 of this text: it must not change "
                                 "afterwards, not by a byte. One opener is mode K0, "
                                 "several are K1.\n"
                                 "Exit: 0 printed, 64 usage, 65 a key is named twice.",
                                 NULL,
                                 NULL,
                                 NULL};

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

    return cli_run(&argp, argc, argv, &n, print);
}

/* ---- linli sign -------------------------------------------------------------------------- */

struct signing {
    const char *key, *passphrase, *file;
};

/* clang-format off */
static const struct argp_option sign_arguments[] = {
    { "key", 'k', "FILE", 0, "a key file: 密钥文件", 0 },
    { "passphrase", 'p', "FILE", 0, "its passphrase is the first line of FILE: 口令文件", 0 },
    { 0 }
};
/* clang-format on */

static error_t sign_parse(int key, char *value, struct argp_state *state)
{
    struct signing *s = state->input;

    switch (key) {
    case 'k':
        s->key = value;
        return 0;
    case 'p':
        s->passphrase = value;
        return 0;
    case ARGP_KEY_ARG:
        if (s->file)
            argp_error(state, "one FILE is enough");
        s->file = value;
        return 0;
    case ARGP_KEY_END:
        if (!s->key || !s->file)
            argp_error(state, "--key and FILE are needed");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp sign_argp = {sign_arguments,
                                      sign_parse,
                                      "FILE",
                                      "Prints a text, or a note that others signed already, with a signature "
                                      "of this key added (c2sp.org/signed-note)."
                                      "\v在文本或已有签名的文本后加上签名并打印。\n"
                                      "Exit: 0 printed, 64 usage, 65 not a text to sign, or a key that does "
                                      "not sign, 66 a file cannot be read, "
                                      "77 the passphrase is wrong.",
                                      NULL,
                                      NULL,
                                      NULL};

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

    return cli_run(&sign_argp, argc, argv, &s, sign);
}
