/* linli open: what a sealed bid shows to anybody, and what it holds once enough shares are there. */
#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>

#include "api/cli/trust.h"
#include "core/trust/base64.h"
#include "core/trust/shares.h"

int cli_open(int argc, char **argv);

struct opening {
    const char *file, *openers, *passphrase, *co_key, *folder;
    const char *shares[SHARES_MAX], *keys[SHARES_MAX];
    size_t share_count, key_count;
};

/* clang-format off */
static const struct cli_option arguments[] = {
    CLI_NEED(opening, openers, "openers", 'O', "FILE", "the text that names who opens: 开启人名单"),
    CLI_LIST(opening, shares, share_count, "shares", 's', "FILE", "shares that an opener showed; may be repeated: 开启人出示的份额"),
    CLI_LIST(opening, keys, key_count, "key", 'k', "FILE", "an opener's key file; may be repeated: 开启人密钥"),
    CLI_TEXT(opening, passphrase, "passphrase", 'p', "FILE", "the passphrase of the keys is the first line of FILE: 口令文件"),
    CLI_TEXT(opening, co_key, "co-key", 'c', "FILE", "what the bidder kept, in mode K2: 投标人共持密钥"),
    CLI_TEXT(opening, folder, "into", 'i', "DIR", "a new folder for the files: 文件写入的新目录"),
    CLI_ARGUMENT(opening, file, "SEALED"),
};
/* clang-format on */

static const struct cli_command command = {
    CLI_ROWS(arguments),
    .arguments = "SEALED",
    .help = "Checks a sealed bid without any secret; and opens it where enough shares or keys are given."
            "\v不需任何密钥即可检查密封投标；份额或密钥足够时开启。\n"
            "A share that does not fit is named; with the key of its opener, it is told whose fault that "
            "is.\n"
            "Exit: 0 opened, or only checked and good; 1 void by the bidder's fault; 2 too few shares; 3 "
            "too few, since some do not fit; 4 the signature is not the bidder's; 64 usage; 65 a file is "
            "not what it should be, or for other openers; 66 one cannot be read; 73 the folder cannot be "
            "made; 77 the passphrase is wrong.",
};

struct evidence {
    struct openers openers;
    struct sealed sealed;
    struct share shares[2 * SHARES_MAX];
    size_t count, broken; /* broken: records the keys show never to have held a share */
    uint8_t keys[SHARES_MAX][KEY_BYTES];
    bool has_key[SHARES_MAX], has_co;
    uint8_t co[32];
};

/* ---- reading ----------------------------------------------------------------------------- */

static int sealed_take(struct arena *arena, const struct opening *o, struct evidence *e)
{
    struct err err = {0};
    size_t bytes;
    char *text;
    int status = trust_openers(arena, o->openers, &e->openers);

    if (status)
        return status;
    if (!cli_read(arena, o->file, &text, &bytes))
        return EX_NOINPUT;
    status = sealed_read((const uint8_t *)text, bytes, &e->sealed, &err);
    if (!status)
        status = sealed_meant(&e->sealed, &e->openers, &err);
    if (!status)
        return EX_OK;
    cli_fault(o->file, &err);
    return strcmp(err.type, "seal/forged") == 0 ? EX_FORGED : EX_DATAERR;
}

static int keys_take(struct arena *arena, const struct opening *o, struct evidence *e)
{
    const char *passphrase;

    if (!trust_passphrase(arena, o->passphrase, &passphrase))
        return EX_NOINPUT;
    for (size_t k = 0; k < o->key_count; k++) {
        CLEANUP(key_forget) struct key key = {0};
        int exit = trust_key(arena, o->keys[k], passphrase, &key);
        unsigned i = 0;
        if (exit)
            return exit;
        while (i < e->openers.n && memcmp(e->openers.keys[i], key.public, KEY_BYTES) != 0)
            i++;
        if (i == e->openers.n || key.kind != KEY_OPENER) {
            cli_say("%s is no key of these openers / 不在开启人名单中", o->keys[k]);
            return EX_DATAERR;
        }
        e->has_key[i] = true;
        memcpy(e->keys[i], key.secret, KEY_BYTES);
    }
    trust_forget(passphrase);
    return EX_OK;
}

static int shares_take(struct arena *arena, const struct opening *o, struct evidence *e)
{
    for (size_t k = 0; k < o->share_count; k++) {
        struct err err = {0};
        struct shares shares;
        struct hash promise;
        size_t bytes;
        char *text;
        if (!cli_read(arena, o->shares[k], &text, &bytes))
            return EX_NOINPUT;
        if (shares_parse(arena, text, bytes, &shares, &err)) {
            cli_fault(o->shares[k], &err);
            return EX_DATAERR;
        }
        shares_promise(&shares, &promise);
        printf("opener %u ", shares.i);
        trust_say_hash("promise", &promise);
        const struct shown *shown = shares_find(&shares, &e->sealed.digest);
        if (shown && !shown->bad && hash_same(&shares.openers, &e->openers.digest))
            e->shares[e->count++] = shown->share;
    }
    return EX_OK;
}

static int co_take(struct arena *arena, const struct opening *o, struct evidence *e)
{
    size_t bytes;
    char *text;

    if (!o->co_key)
        return EX_OK;
    if (!cli_read(arena, o->co_key, &text, &bytes))
        return EX_NOINPUT;
    if (strncmp(text, "\xef\xbb\xbf", 3) == 0) /* whatever an editor made of it */
        text += 3;
    text[strcspn(text, "\r\n")] = '\0';
    e->has_co = sealed_co_read(text, e->co);
    if (!e->has_co)
        cli_say("%s is no co-key / 不是投标人共持密钥", o->co_key);
    return e->has_co ? EX_OK : EX_DATAERR;
}

/* ---- telling ----------------------------------------------------------------------------- */

static void say_checked(const struct evidence *e)
{
    const struct sealed *s = &e->sealed;
    struct hash bidder;

    memcpy(bidder.bytes, s->bidder, sizeof(bidder.bytes));
    trust_say_hash("sealed-sha256", &s->digest);
    printf("tender %s\nopeners %u of %u\n", e->openers.tender, s->k, s->n);
    trust_say_hash("bidder-key", &bidder);
    printf("envelope %s\n", s->flags & SEALED_PRICE       ? "price"
                            : s->flags & SEALED_TECHNICAL ? "technical"
                                                          : "whole");
    printf("co-key %s\nsignature good\n", s->flags & SEALED_CO_KEY ? "needed" : "none");
}

/* Shares that do not fit; then those that the keys open. */
static void settle(struct evidence *e)
{
    static const char *const faults[] = {"nobody", "bidder", "opener"};
    size_t shown = e->count;

    for (size_t i = 0; i < shown; i++) {
        const struct share *share = &e->shares[i];
        bool known = share->i <= e->openers.n && e->has_key[share->i - 1];
        if (sealed_share_ok(&e->sealed, share))
            continue;
        enum blame blame = sealed_blame(&e->sealed, &e->openers, share, known ? e->keys[share->i - 1] : NULL);
        printf("share %d does not fit, fault: %s\n", share->i,
               known ? faults[blame] : "of the opener, unless the key shows otherwise");
    }
    for (unsigned i = 1; i <= e->openers.n; i++) {
        struct err err = {0};
        if (!e->has_key[i - 1])
            continue;
        if (sealed_share(&e->sealed, i, e->keys[i - 1], &e->shares[e->count], &err)) {
            printf("record %u does not hold, fault: bidder\n", i);
            e->broken++;
        } else {
            e->count++;
        }
    }
}

static void say_content(const struct manifest *m)
{
    char price[MONEY_TEXT], hex[SHA256_TEXT];

    printf("bidder %s\n", m->bidder);
    if (m->priced) {
        money_print(m->price_fen, price);
        printf("price %s\n", price);
    }
    for (size_t i = 0; i < m->count; i++) {
        hex_print(m->files[i].sha256, SHA256_BYTES, hex);
        printf("file %s %llu %s\n", hex, (unsigned long long)m->files[i].bytes, m->files[i].name);
    }
}

static int files_write(struct arena *arena, const char *folder, const struct sealed_content *c)
{
    if (mkdir(folder, 0700) != 0) {
        cli_say("cannot make %s: %s", folder, strerror(errno));
        return EX_CANTCREAT;
    }
    for (size_t i = 0; i < c->manifest.count; i++) {
        const struct manifest_file *f = &c->manifest.files[i];
        int exit = trust_write_new(arena_printf(arena, "%s/%s", folder, f->name), c->files[i],
                                   (size_t)f->bytes, 0600);
        if (exit)
            return exit;
    }
    return EX_OK;
}

static int conclude(struct arena *arena, const struct opening *o, struct evidence *e)
{
    static const char *const words[] = {"opened", "void", "bad-share", "withheld"};
    static const int exits[] = {EX_OK, EX_CONTRADICTED, EX_BAD_SHARE, EX_MISSING};
    struct sealed_content content;
    struct err err = {0};

    settle(e);
    enum outcome outcome =
        sealed_open(arena, &e->sealed, e->shares, e->count, e->has_co ? e->co : NULL, &content, &err);
    /* No k openers could ever have opened it. */
    if (outcome != OUTCOME_OPENED && e->broken > e->openers.n - e->openers.k)
        outcome = OUTCOME_VOID;
    printf("outcome %s\n", words[outcome]);
    if (outcome != OUTCOME_OPENED) {
        cli_fault(o->file, &err);
        return exits[outcome];
    }
    say_content(&content.manifest);
    return o->folder ? files_write(arena, o->folder, &content) : EX_OK;
}

static int weigh(struct arena *arena, const struct opening *o, struct evidence *e)
{
    int exit = sealed_take(arena, o, e);

    if (!exit)
        exit = keys_take(arena, o, e);
    if (exit)
        return exit;
    say_checked(e);
    exit = shares_take(arena, o, e);
    if (!exit)
        exit = co_take(arena, o, e);
    if (exit || o->share_count + o->key_count == 0)
        return exit;
    return conclude(arena, o, e);
}

static int open_run(struct arena *arena, void *options)
{
    struct evidence *e = ARENA_NEW(arena, struct evidence, 1);
    int exit = weigh(arena, options, e);

    sodium_memzero(e, sizeof(*e));
    return exit;
}

int cli_open(int argc, char **argv)
{
    struct opening o = {0};

    return cli_run(&command, argc, argv, &o, open_run);
}
