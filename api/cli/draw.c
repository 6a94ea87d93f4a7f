/* linli draw: who is drawn from a published pool, by chance that was read after it was published; anybody
 * computes the same. */
#include <argp.h>
#include <string.h>
#include <sysexits.h>

#include "api/cli/trust.h"
#include "core/trust/lots.h"

int cli_draw(int argc, char **argv);

struct drawing {
    const char *pool, *secret;
    struct span sources[LOTS_SOURCES_MAX];
    size_t count;
    int64_t most;
};

/* clang-format off */
static const struct cli_option arguments[] = {
    CLI_OWN("source", 's', "TEXT", "what was read at a source, in the published order; may be repeated: 公开随机来源的读数"),
    CLI_TEXT(drawing, secret, "secret", 'e', "HEX", "a secret that was committed to beforehand, as that of those invited to bid: 事先承诺的秘密"),
    CLI_NUMBER(drawing, most, 1, LOTS_POOL_MAX, "most", 'n', "N", "print the first N, not all: 只打印前 N 名"),
    CLI_ARGUMENT(drawing, pool, "POOL"),
};
/* clang-format on */

static void take(void *options, int key, const char *value, struct argp_state *state)
{
    struct drawing *d = options;

    (void)key;
    if (d->count == LOTS_SOURCES_MAX || strlen(value) > LOTS_SOURCE_BYTES)
        argp_error(state, "at most %d sources of %d bytes", LOTS_SOURCES_MAX, LOTS_SOURCE_BYTES);
    d->sources[d->count++] = (struct span){value, strlen(value)};
}

static void check(const void *options, struct argp_state *state)
{
    const struct drawing *d = options;

    if (d->count == 0 && !d->secret)
        argp_error(state, "--source or --secret is needed");
}

static const struct cli_command command = {
    CLI_ROWS(arguments),
    .arguments = "POOL",
    .help = "Prints who is drawn, in order, from a pool: \"linli/pool/v1\", \"draw <uuid>\", then one id a "
            "line, sorted."
            "\v按公开的随机来源从名单中抽取，任何人都能得到同一结果。先公布名单的 SHA-256 "
            "与来源、时刻，再读取来源。\n"
            "Publish the pool's SHA-256, the sources and the instant first; read the sources then. Who "
            "refuses is followed by the next; the seed is never drawn again.\n"
            "Exit: 0 drawn, 64 usage, 65 the pool or the secret is not what it should be, 66 the pool "
            "cannot be read.",
    .take = take,
    .check = check,
};

static int draw(struct arena *arena, void *options)
{
    const struct drawing *d = options;
    uint8_t secret[32];
    struct err err = {0};
    struct pool pool;
    struct hash seed;
    size_t bytes;
    char *text;

    if (!cli_read(arena, d->pool, &text, &bytes))
        return EX_NOINPUT;
    if (pool_parse(arena, text, bytes, &pool, &err)) {
        cli_fault(d->pool, &err);
        return EX_DATAERR;
    }
    if (d->secret && !hex_parse(d->secret, secret, sizeof(secret))) {
        cli_say("a secret is 64 lower-case hexadecimal digits / 秘密为64位小写十六进制");
        return EX_DATAERR;
    }
    const char **order = ARENA_NEW(arena, const char *, pool.count);
    lots_seed(&pool, d->secret ? secret : NULL, d->sources, d->count, &seed);
    lots_order(&pool, &seed, order);
    trust_say_hash("pool-sha256", &pool.digest);
    if (d->secret) {
        struct hash promised;
        lots_secret_commit(secret, &promised);
        trust_say_hash("commitment", &promised);
    }
    trust_say_hash("seed", &seed);
    for (size_t i = 0; i < pool.count && (!d->most || i < (size_t)d->most); i++)
        printf("%zu %s\n", i + 1, order[i]);
    return EX_OK;
}

int cli_draw(int argc, char **argv)
{
    struct drawing d = {0};

    return cli_run(&command, argc, argv, &d, draw);
}
