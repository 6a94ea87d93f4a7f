/* linli seal: a bid into a container that only its openers can open, on the bidder's own machine. */
#include <argp.h>
#include <libgen.h>
#include <sodium.h>
#include <string.h>
#include <sysexits.h>

#include "api/cli/trust.h"
#include "core/trust/seal.h"

int cli_seal(int argc, char **argv);

struct sealing {
    const char *openers, *key, *passphrase, *bidder, *price, *lot, *co_key, *output;
    const char *files[MANIFEST_FILES_MAX];
    size_t count;
    const char *price_openers, *priced[MANIFEST_FILES_MAX]; /* of two envelopes: whose, and what is in it */
    size_t priced_count;
    unsigned flags;
    bool p256;
};

/* clang-format off */
static const struct cli_option arguments[] = {
    CLI_NEED(sealing, openers, "openers", 'O', "FILE", "the text that names who opens: 开启人名单"),
    CLI_NEED(sealing, key, "key", 'k', "FILE", "the bidder's key file: 投标人密钥"),
    CLI_PASSPHRASE(sealing),
    CLI_TEXT(sealing, bidder, "bidder", 'b', "NAME", "who bids, for people (the name of the key): 投标人名称"),
    CLI_TEXT(sealing, price, "price", 'y', "YUAN", "the price, as 118000.00: 报价"),
    CLI_OWN("envelope", 'e', "price|technical", "only this part of the bid is in it: 报价部分或技术部分"),
    CLI_TEXT(sealing, price_openers, "price-openers", 'P', "FILE", "two envelopes: who opens the one of the price: 报价信封开启人名单"),
    CLI_LIST(sealing, priced, priced_count, "priced", 'i', "FILE", "two envelopes: into the one of the price, first price.json: 放入报价信封"),
    CLI_TEXT(sealing, lot, "lot", 'l', "UUID", "for one lot: 采购包"),
    CLI_OWN("co-key", 'c', "FILE", "mode K2: nothing opens without this file, which is made now: 投标人共持密钥"),
    CLI_FLAG(sealing, p256, "p256", '2', "on the curve P-256, as an older browser does: 采用 P-256 曲线"),
    CLI_NEED(sealing, output, "output", 'o', "FILE", "where the container goes: 密封文件"),
    CLI_ARGUMENTS(sealing, files, count, "FILE"),
};
/* clang-format on */

static void take(void *options, int key, const char *value, struct argp_state *state)
{
    struct sealing *s = options;

    if (key == 'c') {
        s->co_key = value;
        s->flags |= SEALED_CO_KEY;
        return;
    }
    if (strcmp(value, "price") != 0 && strcmp(value, "technical") != 0)
        argp_error(state, "--envelope takes price or technical");
    s->flags |= *value == 'p' ? SEALED_PRICE : SEALED_TECHNICAL;
}

static void check(const void *options, struct argp_state *state)
{
    const struct sealing *s = options;

    if (s->price && s->flags & SEALED_TECHNICAL)
        argp_error(state, "a technical envelope tells no price");
    if (!s->price_openers != !s->priced_count || (s->price_openers && (s->flags || s->price)))
        argp_error(state,
                   "--price-openers and --priced go together, without --envelope, --co-key and --price");
}

static const struct cli_command command = {
    CLI_ROWS(arguments),
    .arguments = "FILE...",
    .help = "Seals files for the openers of a tender, offline. Nobody reads them before k openers show "
            "their shares."
            "\v在本机离线密封投标文件：开启人中任意 k 人共同出示份额之前，谁也不能读取。\n"
            "Prints the SHA-256 and size of the container, which are what is handed in. Keep the files: "
            "they cannot be had back from the container.\n"
            "Exit: 0 sealed, 64 usage, 65 a file is not what it should be, 66 one cannot be read, 73 one "
            "cannot be made, 77 the passphrase is wrong.",
    .take = take,
    .check = check,
};

static int files_read(struct arena *arena, const char *const *names, size_t count, struct seal_file *files)
{
    for (size_t i = 0; i < count; i++) {
        size_t bytes;
        char *text;
        if (!cli_read(arena, names[i], &text, &bytes))
            return EX_NOINPUT;
        files[i] = (struct seal_file){basename(arena_dup(arena, names[i])), (const uint8_t *)text, bytes};
    }
    return EX_OK;
}

static int details_read(const struct sealing *s, struct seal_request *r, uint8_t lot[UUID_BYTES])
{
    r->priced = s->price != NULL;
    if (s->price && !money_parse(s->price, false, &r->price_fen)) {
        cli_say("%s is no price like 118000.00 / 报价应如 118000.00", s->price);
        return EX_DATAERR;
    }
    if (s->lot && !uuid_bytes(s->lot, lot)) {
        cli_say("%s is no id of a lot / 采购包编号不正确", s->lot);
        return EX_DATAERR;
    }
    r->lot = s->lot ? lot : NULL;
    return EX_OK;
}

static int write_out(const struct sealing *s, const struct seal_secrets *secrets, const struct buf *out)
{
    CLEANUP(buf_free) struct buf co = {0};
    struct hash digest;
    char hex[2 * 32 + 1];
    int exit = EX_OK;

    if (s->co_key) {
        hex_print(secrets->co, 32, hex);
        buf_printf(&co, SEALED_CO_WORD "%s\n", hex);
        exit = trust_write_new(s->co_key, co.data, co.size, 0600);
        sodium_memzero(hex, sizeof(hex));
        sodium_memzero(co.data, co.size);
    }
    if (!exit)
        exit = trust_write_new(s->output, out->data, out->size, 0644);
    if (exit)
        return exit;
    sha256_of(out->data, out->size, digest.bytes);
    trust_say_hash("sealed-sha256", &digest);
    printf("bytes %zu\n", out->size);
    return EX_OK;
}

/* In one envelope or two. */
static int make(struct arena *arena, const struct sealing *s, const struct seal_request *r,
                struct seal_secrets *secrets, struct buf *out)
{
    struct seal_file files[MANIFEST_FILES_MAX];
    struct seal_request price = *r;
    struct openers openers;
    struct err err = {0};
    int exit = s->price_openers ? trust_openers(arena, s->price_openers, &openers) : EX_OK;

    if (!exit)
        exit = files_read(arena, s->priced, s->priced_count, files);
    if (exit)
        return exit;
    price.openers = &openers;
    price.files = files;
    price.file_count = s->priced_count;
    seal_secrets_draw(secrets);
    if (s->price_openers ? seal_make_two(r, &price, out, &err) : seal_make(r, secrets, out, &err)) {
        cli_fault(NULL, &err);
        exit = EX_DATAERR;
    }
    return exit;
}

static int seal(struct arena *arena, void *options)
{
    const struct sealing *s = options;
    struct seal_file files[MANIFEST_FILES_MAX];
    struct seal_request r = {.files = files, .file_count = s->count, .flags = s->flags, .p256 = s->p256};
    CLEANUP(buf_free) struct buf out = {0};
    CLEANUP(key_forget) struct key key = {0};
    struct seal_secrets secrets;
    struct openers openers;
    uint8_t lot[UUID_BYTES];
    const char *passphrase;
    int exit = trust_passphrase(arena, s->passphrase, &passphrase) ? EX_OK : EX_NOINPUT;

    if (!exit)
        exit = trust_openers(arena, s->openers, &openers);
    if (!exit)
        exit = trust_key(arena, s->key, passphrase, &key);
    trust_forget(exit ? NULL : passphrase);
    if (!exit)
        exit = files_read(arena, s->files, s->count, files);
    if (!exit)
        exit = details_read(s, &r, lot);
    if (exit)
        return exit;
    if (key.kind != KEY_BIDDER) {
        cli_say("%s is no bidder's key / 不是投标人密钥", s->key);
        return EX_DATAERR;
    }
    r.openers = &openers;
    r.bidder_seed = key.secret;
    r.bidder = s->bidder ? s->bidder : key.name;
    exit = make(arena, s, &r, &secrets, &out);
    if (!exit)
        exit = write_out(s, &secrets, &out);
    sodium_memzero(&secrets, sizeof(secrets));
    return exit;
}

int cli_seal(int argc, char **argv)
{
    struct sealing s = {0};

    return cli_run(&command, argc, argv, &s, seal);
}
