/* linli share: what one opener shows of a tender's sealed bids, made on the opener's own machine. */
#include <sodium.h>
#include <string.h>
#include <sysexits.h>

#include "api/cli/trust.h"
#include "core/base/time.h"
#include "core/trust/shares.h"

int cli_share(int argc, char **argv);

struct sharing {
    const char *openers, *key, *passphrase, *output, *deadline;
    char **files; /* of argv */
    int count;
    bool sandbox;
};

enum { KEY_SANDBOX = 256 };

/* clang-format off */
static const struct cli_option arguments[] = {
    CLI_NEED(sharing, openers, "openers", 'O', "FILE", "the text that names who opens: 开启人名单"),
    CLI_NEED(sharing, key, "key", 'k', "FILE", "the opener's key file: 开启人密钥"),
    CLI_PASSPHRASE(sharing),
    CLI_NEED(sharing, output, "output", 'o', "FILE", "where the shares go: 份额文件"),
    CLI_TEXT(sharing, deadline, "deadline", 'd', "TIME", "the deadline, where it was moved after the openers were named: 延长后的截止时间"),
    CLI_FLAG(sharing, sandbox, "sandbox", KEY_SANDBOX, "of a sandbox, whose clock is ahead: 沙盒，其时钟超前"),
    CLI_REST(sharing, files, count, "SEALED"),
};
/* clang-format on */

static const struct cli_command command = {
    CLI_ROWS(arguments),
    .arguments = "SEALED...",
    .help = "Opens one opener's share of every sealed bid, and prints the promise of them."
            "\v解出本开启人在每份密封投标中的份额，并打印其承诺；承诺文本在 "
            "FILE.promise，用签署开启人名单的密钥签名。\n"
            "Its text is FILE.promise: sign it with the key that signed the openers' text (linli sign). "
            "Post the promise with that signature first; post the file of shares only when k openers have "
            "posted theirs, so that nobody decides after seeing a price.\n"
            "Exit: 0 done (records that do not open are named), 64 usage, 65 a file is not what it should "
            "be, 66 one cannot be read, 73 the file cannot be made, 75 it is too early, 77 the passphrase "
            "is wrong.",
};

/* Who opens, what this opener shows, and from when on. */
struct opening {
    struct openers openers;
    struct shares shares;
    int64_t deadline_us;
};

/* The deadline that holds: never before the one the openers' text states. */
static int deadline_read(const struct sharing *s, struct opening *o)
{
    o->deadline_us = o->openers.not_before_us;
    if (!s->deadline)
        return EX_OK;
    if (!time_parse(s->deadline, &o->deadline_us) || o->deadline_us < o->openers.not_before_us) {
        cli_say("--deadline takes an instant, not before the one in the openers' text / --deadline "
                "应为不早于开启人名单所定的时间");
        return EX_USAGE;
    }
    return EX_OK;
}

/* Which opener's key it is; 0: nobody's. */
static unsigned number_of(const struct openers *openers, const struct key *key)
{
    for (unsigned i = 1; i <= openers->n; i++)
        if (key->kind == KEY_OPENER && memcmp(openers->keys[i - 1], key->public, KEY_BYTES) == 0)
            return i;
    return 0;
}

static int share_one(struct arena *arena, const char *path, const struct openers *openers,
                     const struct key *key, struct shares *shares)
{
    struct shown *shown = &shares->items[shares->count];
    struct err err = {0};
    struct sealed sealed;
    size_t bytes;
    char *text;

    if (!cli_read(arena, path, &text, &bytes))
        return EX_NOINPUT;
    if (sealed_read((const uint8_t *)text, bytes, &sealed, &err) || sealed_meant(&sealed, openers, &err)) {
        cli_fault(path, &err);
        return EX_DATAERR;
    }
    *shown = (struct shown){.sealed = sealed.digest};
    shown->bad = sealed_share(&sealed, shares->i, key->secret, &shown->share, &err) != 0;
    if (shown->bad)
        cli_fault(path, &err);
    shares->count++;
    return EX_OK;
}

static int promise_write(struct arena *arena, const struct sharing *s, const struct opening *o,
                         const struct hash *promise)
{
    CLEANUP(buf_free) struct buf out = {0};

    promise_print(&o->openers, o->shares.i, promise, o->deadline_us, &out);
    return trust_write_new(arena_printf(arena, "%s.promise", s->output), out.data, out.size, 0644);
}

static int finish(struct arena *arena, const struct sharing *s, struct opening *o)
{
    struct shares *shares = &o->shares;
    CLEANUP(buf_free) struct buf out = {0};
    struct hash promise;

    shares_sort(shares);
    for (size_t i = 1; i < shares->count; i++)
        if (hash_same(&shares->items[i - 1].sealed, &shares->items[i].sealed)) {
            cli_say("the same container is given twice / 同一密封文件给了两次");
            return EX_DATAERR;
        }
    random_bytes(shares->nonce, sizeof(shares->nonce));
    shares_print(shares, &out);
    int exit = trust_write_new(s->output, out.data, out.size, 0600);
    sodium_memzero(out.data, out.size);
    if (exit)
        return exit;
    shares_promise(shares, &promise);
    if ((exit = promise_write(arena, s, o, &promise)))
        return exit;
    printf("opener %u\nbids %zu\n", shares->i, shares->count);
    trust_say_hash("promise", &promise);
    return EX_OK;
}

static int share(struct arena *arena, void *options)
{
    const struct sharing *s = options;
    struct opening o = {.shares.items = ARENA_NEW(arena, struct shown, s->count)};
    CLEANUP(key_forget) struct key key = {0};
    const char *passphrase;
    int exit = trust_passphrase(arena, s->passphrase, &passphrase) ? EX_OK : EX_NOINPUT;

    if (!exit)
        exit = trust_openers(arena, s->openers, &o.openers);
    if (!exit)
        exit = deadline_read(s, &o);
    if (!exit)
        exit = trust_key(arena, s->key, passphrase, &key);
    if (exit)
        return exit;
    trust_forget(passphrase);
    o.shares.i = number_of(&o.openers, &key);
    o.shares.openers = o.openers.digest;
    if (o.shares.i == 0) {
        cli_say("%s is no key of these openers / 不在开启人名单中", s->key);
        return EX_DATAERR;
    }
    if (!s->sandbox && time_real() < o.deadline_us) {
        cli_say("nobody opens before the deadline / 尚未到最早开启时间");
        return EX_TEMPFAIL;
    }
    for (int i = 0; i < s->count && !exit; i++)
        exit = share_one(arena, s->files[i], &o.openers, &key, &o.shares);
    return exit ? exit : finish(arena, s, &o);
}

int cli_share(int argc, char **argv)
{
    struct sharing s = {0};

    return cli_run(&command, argc, argv, &s, share);
}
