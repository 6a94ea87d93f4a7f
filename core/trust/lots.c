/* See core/trust/lots.h. */
#include "core/trust/lots.h"

#include <string.h>

#include "core/trust/line.h"

enum { UUID_CHARS = UUID_TEXT - 1 };

static bool draw_of(struct lines *lines, char out[UUID_TEXT])
{
    struct line line, value;

    if (!line_next(lines, &line) || !line_is(&line, "linli/pool/v1") || !line_next(lines, &line) ||
        !line_after(&line, "draw ", &value) || value.bytes != UUID_CHARS)
        return false;
    memcpy(out, value.text, UUID_CHARS);
    out[UUID_CHARS] = '\0';
    return uuid_ok(out);
}

int pool_parse(struct arena *arena, const char *text, size_t bytes, struct pool *ret, struct err *err)
{
    struct lines lines = {text, text + bytes};
    struct pool pool = {0};
    struct line line;
    size_t most = 0;
    bool good = draw_of(&lines, pool.draw);

    for (const char *at = lines.at; at < lines.end; at++)
        most += *at == '\n';
    good = good && most >= 1 && most <= LOTS_POOL_MAX;
    pool.ids = ARENA_NEW(arena, const char *, good ? most : 1);
    while (good && lines.at < lines.end) {
        good = line_next(&lines, &line) && line.bytes > 0 && utf8_ok(line.text, line.bytes, false);
        if (!good)
            break;
        pool.ids[pool.count++] = arena_ndup(arena, line.text, line.bytes);
        good = pool.count < 2 || strcmp(pool.ids[pool.count - 2], pool.ids[pool.count - 1]) < 0;
    }
    if (!good)
        return err_both(err, E_MALFORMED, "pool/malformed",
                        "this is no pool: one id a line, sorted, no two alike",
                        "不是抽取名单：每行一个编号，按字节排序，不得重复");
    sha256_of(text, bytes, pool.digest.bytes);
    *ret = pool;
    return 0;
}

void lots_seed(const struct pool *pool, const uint8_t *secret, const struct span *sources, size_t count,
               struct hash *ret)
{
    static const uint8_t none[32];
    struct span spans[4 + 2 * LOTS_SOURCES_MAX];
    uint8_t draw[UUID_BYTES], lengths[1 + LOTS_SOURCES_MAX][2];
    size_t used = 4;

    MUST(count <= LOTS_SOURCES_MAX && uuid_bytes(pool->draw, draw));
    lengths[0][0] = (uint8_t)(count >> 8);
    lengths[0][1] = (uint8_t)count;
    spans[0] = (struct span){draw, UUID_BYTES};
    spans[1] = (struct span){pool->digest.bytes, SHA256_BYTES};
    spans[2] = (struct span){secret ? secret : none, 32};
    spans[3] = (struct span){lengths[0], 2};
    for (size_t i = 0; i < count; i++) {
        MUST(sources[i].count <= LOTS_SOURCE_BYTES);
        lengths[i + 1][0] = (uint8_t)(sources[i].count >> 8);
        lengths[i + 1][1] = (uint8_t)sources[i].count;
        spans[used++] = (struct span){lengths[i + 1], 2};
        spans[used++] = sources[i];
    }
    tagged_hash("linli/draw-seed/v1", spans, used, ret);
}

static void be32_put(uint8_t out[4], uint32_t n)
{
    for (int i = 0; i < 4; i++)
        out[i] = (uint8_t)(n >> (24 - 8 * i));
}

/* A number below n; what lies beyond the last whole multiple of n is drawn again. */
static uint64_t drawn(const void *with, uint32_t turn, uint64_t n)
{
    const struct hash *seed = with;
    const uint64_t beyond = (UINT64_MAX % n + 1) % n; /* 2^64 mod n */
    uint8_t at[4], counter[4];
    struct hash hash;

    be32_put(at, turn);
    for (uint32_t tries = 0;; tries++) {
        be32_put(counter, tries);
        tagged_hash(
            "linli/draw-sel/v1",
            (const struct span[]){{seed->bytes, SHA256_BYTES}, {at, sizeof(at)}, {counter, sizeof(counter)}},
            3, &hash);
        uint64_t x = be64_get(hash.bytes);
        if (x <= UINT64_MAX - beyond)
            return x % n;
    }
}

void lots_take(const struct pool *pool, lots_number *number, const void *with, const char **ret)
{
    size_t left = pool->count;

    memcpy(ret, pool->ids, left * sizeof(*ret));
    for (size_t i = 0; i < pool->count; i++) {
        size_t k = i + (size_t)number(with, (uint32_t)i, left--);
        const char *taken = ret[k];
        memmove(ret + i + 1, ret + i, (k - i) * sizeof(*ret));
        ret[i] = taken;
    }
}

void lots_order(const struct pool *pool, const struct hash *seed, const char **ret)
{
    lots_take(pool, drawn, seed, ret);
}

void lots_secret_commit(const uint8_t secret[32], struct hash *ret)
{
    tagged_hash("linli/draw-commit/v1", (const struct span[]){{secret, 32}}, 1, ret);
}

void sheet_commit(const uint8_t nonce[32], const void *sheet, size_t bytes, struct hash *ret)
{
    tagged_hash("linli/score-commit/v1", (const struct span[]){{nonce, 32}, {sheet, bytes}}, 2, ret);
}
