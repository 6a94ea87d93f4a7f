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
static const struct argp_option arguments[] = {
    { "source", 's', "TEXT", 0, "what was read at a source, in the published order; may be repeated: 公开随机来源的读数", 0 },
    { "secret", 'e', "HEX", 0, "a secret that was committed to beforehand, as that of those invited to bid: 事先承诺的秘密", 0 },
    { "most", 'n', "N", 0, "print the first N, not all: 只打印前 N 名", 0 },
    { 0 }
};
/* clang-format on */

static error_t parse(int key, char *value, struct argp_state *state)
{
    struct drawing *d = state->input;

    switch (key) {
    case 's':
        if (d->count == LOTS_SOURCES_MAX || strlen(value) > LOTS_SOURCE_BYTES)
            argp_error(state, "at most %d sources of %d bytes", LOTS_SOURCES_MAX, LOTS_SOURCE_BYTES);
        d->sources[d->count++] = (struct span){value, strlen(value)};
        return 0;
    case 'e':
        d->secret = value;
        return 0;
    case 'n':
        if (!int_parse(value, 1, LOTS_POOL_MAX, &d->most))
            argp_error(state, "--most takes a number");
        return 0;
    case ARGP_KEY_ARG:
        if (d->pool)
            argp_error(state, "one POOL is enough");
        d->pool = value;
        return 0;
    case ARGP_KEY_END:
        if (!d->pool || (d->count == 0 && !d->secret))
            argp_error(state, "POOL and --source or --secret are needed");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {arguments,
                                 parse,
                                 "POOL",
                                 "Prints who is drawn, in order, from a pool: \"linli/pool/v1\", \"draw "
                                 "<uuid>\", then one id a line, sorted."
                                 "\v按公开的随机来源从名单中抽取，任何人都能得到同一结果。先公布名单的 "
                                 "SHA-256 与来源、时刻，再读取来源。\n"
                                 "Publish the pool's SHA-256, the sources and the instant first; read the "
                                 "sources then. Who refuses is followed by the "
                                 "next; the seed is never drawn again.\n"
                                 "Exit: 0 drawn, 64 usage, 65 the pool or the secret is not what it should "
                                 "be, 66 the pool cannot be read.",
                                 NULL,
                                 NULL,
                                 NULL};

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

    return cli_run(&argp, argc, argv, &d, draw);
}
