/* Draws and committed marks against the vectors; that a draw is fair; and pools that are none. */
#include "core/trust/lots.h"

#include <openssl/evp.h>

#include "tests/unit/vectors.h"

enum { EXPERTS = 20, DRAWS = 20000 };

static struct arena *arena;
static struct doc *doc;
static struct err err;
static struct pool pool;

static void setup(void)
{
    CLEANUP(buf_free) struct buf text = {0};

    arena = arena_new(0);
    doc = vectors_read(arena);
    err = (struct err){0};
    buf_text(&text, "linli/pool/v1\ndraw 0192f0c4-a002-7000-8000-00000000d001\n");
    for (int i = 1; i <= EXPERTS; i++)
        buf_printf(&text, "E%04d\n", i);
    cr_assert_eq(pool_parse(arena, arena_ndup(arena, text.data, text.size), text.size, &pool, &err), 0, "%s",
                 err.detail);
}

static void teardown(void)
{
    arena_free(arena);
}

TestSuite(lots, .init = setup, .fini = teardown);

Test(lots, vectors)
{
    uint8_t *secret = vector_bytes(doc, arena, "/draw/server_secret", NULL);
    const struct span source = {vector_bytes(doc, arena, "/draw/source1", NULL), 32};
    const char *order[EXPERTS];
    struct hash got;

    cr_assert_arr_eq(pool.digest.bytes, vector_bytes(doc, arena, "/draw/pool_text_sha256", NULL), 32);
    lots_secret_commit(secret, &got);
    cr_assert_arr_eq(got.bytes, vector_bytes(doc, arena, "/draw/server_commit", NULL), 32);
    lots_seed(&pool, secret, &source, 1, &got);
    cr_assert_arr_eq(got.bytes, vector_bytes(doc, arena, "/draw/seed", NULL), 32);
    lots_order(&pool, &got, order);
    for (int i = 0; i < 5; i++)
        cr_assert_str_eq(order[i], vector_text(doc, arena_printf(arena, "/draw/selected_5_of_20/%d", i)));
    for (int i = 0; i < 3; i++)
        cr_assert_str_eq(order[5 + i], vector_text(doc, arena_printf(arena, "/draw/next_alternates/%d", i)));
}

/* The number of RFC 3797: MD5 of turn, key, turn, as a whole modulo those left. */
static uint64_t number_3797(const void *with, uint32_t turn, uint64_t left)
{
    const uint8_t at[2] = {(uint8_t)(turn >> 8), (uint8_t)turn};
    CLEANUP(buf_free) struct buf text = {0};
    uint8_t digest[16];
    uint64_t rest = 0;

    buf_add(&text, at, sizeof(at));
    buf_text(&text, with);
    buf_add(&text, at, sizeof(at));
    MUST(EVP_Digest(text.data, text.size, digest, NULL, EVP_md5(), NULL) == 1);
    for (size_t i = 0; i < sizeof(digest); i++)
        rest = (rest << 8 | digest[i]) % left;
    return rest;
}

/* Its example: 10 of 25 by the key of section 6. */
Test(lots, rfc_3797)
{
    static const int expected[] = {17, 7, 2, 16, 25, 23, 8, 24, 19, 13};
    const char *ids[25], *order[25];
    const struct pool volunteers = {.ids = ids, .count = 25};

    for (int i = 0; i < 25; i++)
        ids[i] = arena_printf(arena, "%d", i + 1);
    lots_take(&volunteers, number_3797, "9319./2.5.8.10.12./9.18.26.34.41.45./", order);
    for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++)
        cr_expect_str_eq(order[i], arena_printf(arena, "%d", expected[i]));
}

Test(lots, marks_committed_to)
{
    const char *sheet = vector_text(doc, "/score_commit/jcs");
    struct hash got;

    sheet_commit(vector_bytes(doc, arena, "/score_commit/nonce", NULL), sheet, strlen(sheet), &got);
    cr_assert_arr_eq(got.bytes, vector_bytes(doc, arena, "/score_commit/commit", NULL), 32);
}

/* Chi-square of who is first and who is last, 19 degrees of freedom: 43.8 is passed once in a thousand fair
 * draws. */
Test(lots, fair)
{
    int first[EXPERTS] = {0}, last[EXPERTS] = {0};
    const char *order[EXPERTS];
    struct hash seed;

    for (uint32_t i = 0; i < DRAWS; i++) {
        lots_seed(&pool, NULL, &(struct span){&i, sizeof(i)}, 1, &seed);
        lots_order(&pool, &seed, order);
        first[atoi(order[0] + 1) - 1]++;
        last[atoi(order[EXPERTS - 1] + 1) - 1]++;
    }
    long squares[2] = {0};
    for (int i = 0; i < EXPERTS; i++) {
        squares[0] += (long)(first[i] - DRAWS / EXPERTS) * (first[i] - DRAWS / EXPERTS);
        squares[1] += (long)(last[i] - DRAWS / EXPERTS) * (last[i] - DRAWS / EXPERTS);
    }
    cr_assert_lt(squares[0], 43800, "%ld", squares[0]);
    cr_assert_lt(squares[1], 43800, "%ld", squares[1]);
}

Test(lots, everybody_once)
{
    const char *order[EXPERTS];
    struct hash seed = {{5}};

    lots_order(&pool, &seed, order);
    for (size_t i = 0; i < EXPERTS; i++)
        for (size_t k = 0; k < i; k++)
            cr_assert_str_neq(order[i], order[k]);
}

/* What is cut differently between two sources is another seed. */
Test(lots, sources_do_not_run_together)
{
    const struct span one[] = {{"ab", 2}, {"c", 1}}, two[] = {{"a", 1}, {"bc", 2}}, three[] = {{"abc", 3}};
    struct hash a, b, c;

    lots_seed(&pool, NULL, one, 2, &a);
    lots_seed(&pool, NULL, two, 2, &b);
    lots_seed(&pool, NULL, three, 1, &c);
    cr_assert(!hash_same(&a, &b) && !hash_same(&a, &c) && !hash_same(&b, &c));
}

Test(lots, pools_that_are_none)
{
#define HEAD "linli/pool/v1\ndraw 0192f0c4-a002-7000-8000-00000000d001\n"
    static const char *const bad[] = {"",
                                      HEAD,
                                      HEAD "a",
                                      HEAD "a\n\n",
                                      HEAD "b\na\n",
                                      HEAD "a\na\n",
                                      HEAD "\xFF\n",
                                      "linli/pool/v1\na\n",
                                      "linli/pool/v1\ndraw 0192F0C4-a002-7000-8000-00000000d001\na\n"};

    for (size_t i = 0; i < LENGTH(bad); i++)
        cr_assert_eq(pool_parse(arena, bad[i], strlen(bad[i]), &pool, &err), E_MALFORMED, "%zu", i);
    cr_assert_eq(pool_parse(arena, HEAD "a\n", strlen(HEAD) + 2, &pool, &err), 0);
}
