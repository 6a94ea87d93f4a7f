/* Sealed bids: HPKE against its published vector, the container against the project's vectors in both
 * directions, every outcome of an opening, and whose fault it is. */
#include "core/trust/seal.h"

#include <sodium.h>

#include "core/base/time.h"

#include "core/trust/key.h"
#include "core/trust/shares.h"
#include "tests/unit/vectors.h"

enum { FILES = 2 };

static struct arena *arena;
static struct doc *doc;
static struct err err;
static struct openers openers;
static uint8_t *openers_secret[3], *bidder_seed;
static struct buf made;

static void setup(void)
{
    const char *text;

    arena = arena_new(0);
    doc = vectors_read(arena);
    err = (struct err){0};
    text = vector_text(doc, "/sbx1/opener_set");
    cr_assert_eq(openers_parse(text, strlen(text), &openers, &err), 0, "%s", err.detail);
    for (int i = 0; i < 3; i++)
        openers_secret[i] = vector_bytes(doc, arena, arena_printf(arena, "/sbx1/opener_sk/%d", i), NULL);
    bidder_seed = vector_bytes(doc, arena, "/sbx1/bidder_seed", NULL);
}

static void teardown(void)
{
    buf_free(&made);
    arena_free(arena);
}

TestSuite(seal, .init = setup, .fini = teardown);

static void bytes_are(const void *got, size_t count, const char *pointer)
{
    size_t expected;
    uint8_t *bytes = vector_bytes(doc, arena, pointer, &expected);

    cr_assert_eq(count, expected, "%s", pointer);
    cr_assert_arr_eq(got, bytes, count, "%s", pointer);
}

/* The vector published with RFC 9180 for mode 0, kem 0x0020, kdf 0x0001, aead 0x0002, sequence 0. */
Test(seal, hpke_as_published)
{
    uint8_t secret[32], enc[32], cipher[45], plain[45], public[32], expected[32], other[45], again[29];
    const struct span info = {"Ode on a Grecian Urn", 20}, aad = {"Count-0", 7}, bytes = {cipher, 45};
    const struct span short_info = {"Ode on a Grecian Ur", 19};

    cr_assert(hex_parse("497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d", secret, 32));
    cr_assert(hex_parse("430f4b9859665145a6b1ba274024487bd66f03a2dd577d7753c68d7d7d00c00c", expected, 32));
    cr_assert(hex_parse("6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256", enc, 32));
    cr_assert(hex_parse(
        "e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be9931980a41de125a925cdad859d5b7a", cipher,
        45));
    hpke_public(secret, public);
    cr_assert_arr_eq(public, expected, 32);
    cr_assert(hpke_open_with(secret, enc, &info, &aad, &bytes, plain));
    cr_assert_eq(memcmp(plain, "Beauty is truth, truth beauty", 29), 0);
    cr_assert_not(hpke_open(secret, enc, &info, &bytes, plain));
    cr_assert_not(hpke_open_with(secret, enc, &short_info, &aad, &bytes, plain));
    cipher[44] ^= 1;
    cr_assert_not(hpke_open_with(secret, enc, &info, &aad, &bytes, plain));
    cr_assert_not(hpke_open_with(secret, enc, &info, &aad, &(struct span){cipher, 15}, plain));

    random_bytes(secret, 32);
    cr_assert(
        hpke_seal(public, secret, &info, &(struct span){"Beauty is truth, truth beauty", 29}, enc, other));
    cr_assert(hex_parse("497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d", secret, 32));
    cr_assert(hpke_open(secret, enc, &info, &(struct span){other, 45}, again));
    memset(enc, 0, 32);
    cr_assert_not(hpke_open(secret, enc, &info, &(struct span){other, 45}, again));
    cr_assert_not(hpke_seal(enc, secret, &info, &(struct span){"x", 1}, public, other));
}

/* RFC 9180, A.3.1: DHKEM(P-256, HKDF-SHA256). */
Test(seal, p256_as_published)
{
    uint8_t ephemeral[32], point[65], expected[65], enc[65], shared[32], again[32], secret[32], own[32];

    cr_assert(hex_parse("4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb", ephemeral, 32));
    cr_assert(hex_parse("f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2", own, 32));
    cr_assert(hex_parse("04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a82"
                        "6a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0",
                        point, 65));
    cr_assert(hex_parse("04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac9"
                        "8536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4",
                        expected, 65));
    p256_point(ephemeral, enc);
    cr_assert_arr_eq(enc, expected, 65);
    p256_point(own, enc);
    cr_assert_arr_eq(enc, point, 65);
    cr_assert(p256_shared(ephemeral, point, shared));
    cr_assert(p256_shared(own, expected, again));
    cr_assert_arr_eq(shared, again, 32);
    hpke_p256_secret(shared, expected, point, secret);
    cr_assert(hex_parse("c0d26aeab536609a572b07695d933b589dcf363ff9d93c93adea537aeabb8cb8", again, 32));
    cr_assert_arr_eq(secret, again, 32);
    point[64] ^= 1;
    cr_assert_not(p256_shared(ephemeral, point, shared), "no point of the curve");
}

/* Both ways, and on both curves for the same openers. */
Test(seal, p256_container)
{
    struct seal_secrets secrets;
    struct seal_request r = {.openers = &openers, .bidder_seed = bidder_seed, .bidder = "甲社", .p256 = true};
    const struct seal_file file = {"bid.json", (const uint8_t *)"{}", 2};
    struct sealed_content content;
    struct share shares[3];
    struct sealed sealed;
    CLEANUP(buf_free) struct buf text = {0};

    r.files = &file;
    r.file_count = 1;
    seal_secrets_draw(&secrets);
    cr_assert_eq(seal_make(&r, &secrets, &made, &err), E_REFUSED, "its openers have no keys of that curve");
    for (unsigned i = 0; i < 3; i++)
        openers_name(&openers, i, openers_secret[i]);
    openers_print(&openers, &text);
    cr_assert_eq(openers_parse(text.data, text.size, &openers, &err), 0, "%s", err.detail);
    cr_assert(openers.p256 && openers_own(&openers, 1, openers_secret[1]) &&
              !openers_own(&openers, 1, openers_secret[0]));
    cr_assert_eq(seal_make(&r, &secrets, &made, &err), 0, "%s", err.detail);
    cr_assert_eq(sealed_read((const uint8_t *)made.data, made.size, &sealed, &err), 0, "%s", err.detail);
    cr_assert(sealed.p256 && sealed_meant(&sealed, &openers, &err) == 0);
    for (unsigned i = 1; i <= 3; i++) {
        cr_assert_eq(sealed_share(&sealed, i, openers_secret[i - 1], &shares[i - 1], &err), 0, "%s",
                     err.detail);
        cr_assert_eq(sealed_share(&sealed, i, openers_secret[i % 3], &shares[i % 3], &err), E_REFUSED);
        cr_assert_eq(sealed_share(&sealed, i, openers_secret[i - 1], &shares[i - 1], &err), 0);
    }
    cr_assert_eq(sealed_open(arena, &sealed, shares, 3, NULL, &content, &err), OUTCOME_OPENED, "%s",
                 err.detail);
    cr_assert(content.manifest.count == 1 && memcmp(content.files[0], "{}", 2) == 0);
    for (size_t at = 0; at < made.size; at += at < 700 ? 1 : 97) {
        made.data[at] ^= 4;
        cr_assert(sealed_read((const uint8_t *)made.data, made.size, &sealed, &err) != 0, "byte %zu", at);
        made.data[at] ^= 4;
    }
}

/* RFC 5869, A.1 and A.3. */
Test(seal, hkdf_as_published)
{
    uint8_t input[22], salt[13], info[10], prk[32], out[42], expected[42];

    memset(input, 0x0b, sizeof(input));
    for (uint8_t i = 0; i < 13; i++)
        salt[i] = i;
    for (uint8_t i = 0; i < 10; i++)
        info[i] = (uint8_t)(0xf0 + i);
    hkdf_extract(&(struct span){salt, 13}, (const struct span[]){{input, 10}, {input, 12}}, 2, prk);
    cr_assert(hex_parse("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5", expected, 32));
    cr_assert_arr_eq(prk, expected, 32);
    hkdf_expand(prk, (const struct span[]){{info, 4}, {info + 4, 6}}, 2, out, 42);
    cr_assert(
        hex_parse("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
                  expected, 42));
    cr_assert_arr_eq(out, expected, 42);
    hkdf_extract(&(struct span){"", 0}, (const struct span[]){{input, 22}}, 1, prk);
    hkdf_expand(prk, NULL, 0, out, 42);
    cr_assert(
        hex_parse("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
                  expected, 42));
    cr_assert_arr_eq(out, expected, 42);
}

Test(seal, openers_of_the_vectors)
{
    const char *text = vector_text(doc, "/sbx1/opener_set");
    CLEANUP(buf_free) struct buf out = {0};
    struct openers read;

    bytes_are(openers.digest.bytes, 32, "/sbx1/opener_set_sha256");
    for (int i = 0; i < 3; i++) {
        uint8_t public[32];
        bytes_are(openers.keys[i], 32, arena_printf(arena, "/sbx1/opener_pk/%d", i));
        hpke_public(openers_secret[i], public);
        cr_assert_arr_eq(public, openers.keys[i], 32);
    }
    cr_assert(openers.k == 2 && openers.n == 3);
    openers_print(&openers, &out);
    cr_assert_str_eq(out.data, text);
    for (size_t i = 0; i < out.size; i++)
        cr_assert_eq(openers_parse(text, i, &read, &err), E_MALFORMED);
    for (size_t i = 0; i < out.size; i++) {
        char *forged = arena_dup(arena, text);
        forged[i] ^= 4;
        cr_assert(openers_parse(forged, out.size, &read, &err) || !hash_same(&read.digest, &openers.digest));
    }
    char *twice = arena_dup(arena, text), *second = strstr(twice, "opener 2 "),
         *third = strstr(twice, "opener 3 ");
    memcpy(third + 9, second + 9, 44);
    cr_assert_eq(openers_parse(twice, out.size, &read, &err), E_MALFORMED);
}

/* ---- making ------------------------------------------------------------------------------ */

static void secrets_of_the_vectors(struct seal_secrets *s)
{
    memset(s, 0, sizeof(*s));
    memcpy(s->cek, vector_bytes(doc, arena, "/sbx1/cek", NULL), 32);
    memcpy(s->coefficients[0], vector_bytes(doc, arena, "/sbx1/coef1", NULL), 32);
    for (int i = 0; i < 3; i++)
        memcpy(s->ephemerals[i], vector_bytes(doc, arena, arena_printf(arena, "/sbx1/eph_sk/%d", i), NULL),
               32);
}

static struct sealed sealed_of_the_vectors(void)
{
    struct seal_request request = {.openers = &openers,
                                   .bidder_seed = bidder_seed,
                                   .flags = SEALED_PRICE,
                                   .bidder = "did:linli:bidder1",
                                   .priced = true,
                                   .price_fen = 123456700};
    struct seal_secrets secrets;
    struct sealed sealed;

    secrets_of_the_vectors(&secrets);
    cr_assert_eq(seal_make(&request, &secrets, &made, &err), 0, "%s", err.detail);
    cr_assert_eq(sealed_read((uint8_t *)made.data, made.size, &sealed, &err), 0, "%s", err.detail);
    return sealed;
}

Test(seal, made_byte_for_byte_as_the_vectors)
{
    struct sealed s = sealed_of_the_vectors();
    struct seal_secrets secrets;
    const struct seal_secrets *given = &secrets;
    struct share share;
    struct aead aead;
    struct hash salt;

    secrets_of_the_vectors(&secrets);
    cr_assert_eq(made.size, 4701);
    cr_assert_eq(s.padded, 4096);
    bytes_are(made.data, SEALED_HEADER, "/sbx1/header");
    bytes_are(made.data + SEALED_HEADER, 3 * SEALED_RECORD, "/sbx1/records");
    bytes_are(made.data + made.size - 64, 64, "/sbx1/signature");
    bytes_are(s.digest.bytes, 32, "/sbx1/sealed_sha256");
    bytes_are(s.bidder, 32, "/sbx1/bidder_pk");
    for (uint8_t i = 1; i <= 3; i++) {
        shamir_share(given->cek, given->coefficients, 2, i, &share);
        bytes_are(share.bytes, 32, arena_printf(arena, "/sbx1/shares/%d", i - 1));
    }
    sha256_of(made.data, s.chunks_at, salt.bytes);
    sealed_content_key(&salt, secrets.cek, (const uint8_t[32]){0}, &aead);
    bytes_are(aead.key, 32, "/sbx1/content_key");
    bytes_are(aead.nonce, 12, "/sbx1/base_nonce");
}

static void shares_of(const struct sealed *s, struct share shares[3])
{
    for (unsigned i = 1; i <= 3; i++)
        cr_assert_eq(sealed_share(s, i, openers_secret[i - 1], &shares[i - 1], &err), 0, "%s", err.detail);
}

Test(seal, opened_by_any_two_of_three)
{
    struct sealed s = sealed_of_the_vectors();
    struct sealed_content content;
    struct share shares[3];

    shares_of(&s, shares);
    cr_assert_eq(sealed_meant(&s, &openers, &err), 0);
    for (int first = 0; first < 3; first++)
        for (int second = 0; second < 3; second++) {
            struct share two[2] = {shares[first], shares[second]};
            enum outcome outcome = sealed_open(arena, &s, two, 2, NULL, &content, &err);
            cr_assert_eq(outcome, first == second ? OUTCOME_BAD_SHARE : OUTCOME_OPENED);
        }
    cr_assert_str_eq(content.manifest.bidder, "did:linli:bidder1");
    cr_assert(content.manifest.priced && content.manifest.price_fen == 123456700 &&
              content.manifest.count == 0);
    cr_assert_eq(sealed_open(arena, &s, shares, 1, NULL, &content, &err), OUTCOME_WITHHELD);
    cr_assert_str_eq(err.type, "seal/withheld");
    cr_assert_eq(sealed_open(arena, &s, shares, 0, NULL, &content, &err), OUTCOME_WITHHELD);
    cr_assert_eq(sealed_share(&s, 1, openers_secret[1], &shares[0], &err), E_REFUSED);
    cr_assert_eq(sealed_share(&s, 0, openers_secret[0], &shares[0], &err), E_REFUSED);
    cr_assert_eq(sealed_share(&s, 4, openers_secret[0], &shares[0], &err), E_REFUSED);
}

Test(seal, intake_notices_every_changed_byte, .timeout = 60)
{
    struct sealed s = sealed_of_the_vectors(), read;

    for (size_t i = 0; i < s.size; i++) {
        made.data[i] = (char)(made.data[i] ^ 1 << i % 8);
        cr_assert(sealed_read((uint8_t *)made.data, made.size, &read, &err), "byte %zu", i);
        made.data[i] = (char)(made.data[i] ^ 1 << i % 8);
    }
    for (size_t i = 0; i < s.size; i++)
        cr_assert_eq(sealed_read((uint8_t *)made.data, i, &read, &err), E_MALFORMED, "cut at %zu", i);
    buf_char(&made, '\0');
    cr_assert_eq(sealed_read((uint8_t *)made.data, made.size, &read, &err), E_MALFORMED);
}

Test(seal, meant_for_others)
{
    struct sealed s = sealed_of_the_vectors();
    struct openers other = openers;

    other.tender[35] = '2';
    cr_assert_eq(sealed_meant(&s, &other, &err), E_REFUSED);
    other = openers;
    other.digest.bytes[0] ^= 1;
    cr_assert_eq(sealed_meant(&s, &other, &err), E_REFUSED);
    other = openers;
    other.k = 3;
    cr_assert_eq(sealed_meant(&s, &other, &err), E_REFUSED);
    cr_assert_str_eq(err.type, "seal/elsewhere");
}

/* ---- files, sizes, modes ----------------------------------------------------------------- */

static void openers_make(unsigned k, unsigned n, uint8_t secrets[][32], struct openers *out)
{
    CLEANUP(buf_free) struct buf text = {0};
    struct openers o = {.k = k, .n = n, .not_before_us = 1796000000 * TIME_SECOND};

    memcpy(o.tender, openers.tender, UUID_TEXT);
    for (unsigned i = 0; i < n; i++) {
        random_bytes(secrets[i], 32);
        hpke_public(secrets[i], o.keys[i]);
    }
    openers_print(&o, &text);
    cr_assert_eq(openers_parse(text.data, text.size, out, &err), 0);
}

static void round_trip(unsigned k, unsigned n, size_t bytes, unsigned flags)
{
    uint8_t secrets[SHARES_MAX][32], *content = ARENA_NEW(arena, uint8_t, bytes + 1);
    struct seal_file files[FILES] = {{"bid.json", (const uint8_t *)"{}", 2},
                                     {"\xE6\xA0\x87\xE4\xB9\xA6.pdf", content, bytes}};
    struct seal_request request = {
        .bidder_seed = bidder_seed, .bidder = "x", .files = files, .file_count = FILES, .flags = flags};
    struct share shares[SHARES_MAX];
    struct sealed_content got;
    struct seal_secrets drawn;
    struct openers set;
    struct sealed s;

    random_bytes(content, bytes);
    openers_make(k, n, secrets, &set);
    request.openers = &set;
    seal_secrets_draw(&drawn);
    cr_assert_eq(seal_make(&request, &drawn, &made, &err), 0, "%s", err.detail);
    cr_assert_eq(sealed_read((uint8_t *)made.data, made.size, &s, &err), 0, "%s", err.detail);
    cr_assert_eq(sealed_meant(&s, &set, &err), 0);
    for (unsigned i = 0; i < k; i++)
        cr_assert_eq(sealed_share(&s, n - i, secrets[n - i - 1], &shares[i], &err), 0);
    const uint8_t *co = flags & SEALED_CO_KEY ? drawn.co : NULL;
    cr_assert_eq(sealed_open(arena, &s, shares, k - 1, co, &got, &err), OUTCOME_WITHHELD);
    cr_assert_eq(sealed_open(arena, &s, shares, k, co, &got, &err), OUTCOME_OPENED, "%s", err.detail);
    cr_assert_eq(got.manifest.count, FILES);
    cr_assert_str_eq(got.manifest.files[1].name, files[1].name);
    cr_assert_eq(got.manifest.files[1].bytes, bytes);
    cr_assert_eq(memcmp(got.files[1], content, bytes), 0);
    cr_assert_not(got.manifest.priced);
    if (co) {
        uint8_t wrong[32] = {1};
        cr_assert_eq(sealed_open(arena, &s, shares, k, NULL, &got, &err), OUTCOME_VOID);
        cr_assert_eq(sealed_open(arena, &s, shares, k, wrong, &got, &err), OUTCOME_VOID);
    }
}

Test(seal, every_number_of_openers)
{
    for (unsigned n = 1; n <= SHARES_MAX; n++)
        for (unsigned k = 1; k <= n; k += n > 4 ? 3 : 1)
            round_trip(k, n, 10, 0);
}

Test(seal, sizes_about_the_edges_of_chunks)
{
    static const size_t sizes[] = {0, 3000, 4096, 65000, 65536, 65537, 130000, 131072, 200000, 1000000};

    for (size_t i = 0; i < LENGTH(sizes); i++)
        round_trip(2, 3, sizes[i], SEALED_TECHNICAL);
}

Test(seal, bidders_with_a_key_of_their_own)
{
    round_trip(2, 3, 100, SEALED_CO_KEY | SEALED_PRICE);
    round_trip(1, 1, 100, SEALED_CO_KEY);
}

/* Padme: at most 12 % more; the examples of its paper are powers of two and their neighbours. */
Test(seal, padding)
{
    cr_assert_eq(seal_padded(1), 4096);
    cr_assert_eq(seal_padded(4096), 4096);
    cr_assert_eq(seal_padded(4097), 4352);
    cr_assert_eq(seal_padded(65537), 67584);
    cr_assert_eq(seal_padded(1 << 20), 1 << 20);
    for (uint64_t n = 4097; n < 100000000; n += n / 777) {
        cr_assert(seal_padded(n) >= n && seal_padded(n) - n <= n * 12 / 100);
        cr_assert_eq(seal_padded(seal_padded(n)), seal_padded(n));
    }
}

Test(seal, names_that_may_not_be)
{
    static const char *const bad[] = {"", ".", "..", "a/b", "a\nb", "\xFF"};
    struct seal_file files[FILES] = {{"a", (const uint8_t *)"", 0}, {"a", (const uint8_t *)"", 0}};
    struct seal_request request = {
        .openers = &openers, .bidder_seed = bidder_seed, .bidder = "x", .files = files, .file_count = FILES};
    struct seal_secrets drawn;

    seal_secrets_draw(&drawn);
    cr_assert_eq(seal_make(&request, &drawn, &made, &err), E_INVALID);
    request.file_count = 1;
    cr_assert_eq(seal_make(&request, &drawn, &made, &err), 0);
    for (size_t i = 0; i < LENGTH(bad); i++) {
        files[0].name = bad[i];
        cr_assert_eq(seal_make(&request, &drawn, &made, &err), E_INVALID, "%zu", i);
    }
    files[0].name = "a";
    memset(openers.keys[1], 0, 32);
    cr_assert_eq(seal_make(&request, &drawn, &made, &err), E_REFUSED);
    cr_assert_str_eq(err.type, "openers/weak");
}

/* ---- whose fault ------------------------------------------------------------------------- */

/* Signs whatever the container has become. */
static struct sealed signed_anew(void)
{
    CLEANUP(buf_free) struct buf message = {0};
    uint8_t public[32], secret[64];
    struct sealed s;

    crypto_sign_seed_keypair(public, secret, bidder_seed);
    sealed_signed((uint8_t *)made.data, made.size - 64, &message);
    crypto_sign_detached((uint8_t *)made.data + made.size - 64, NULL, (uint8_t *)message.data, message.size,
                         secret);
    cr_assert_eq(sealed_read((uint8_t *)made.data, made.size, &s, &err), 0);
    return s;
}

Test(seal, a_wrong_share_is_the_openers)
{
    struct sealed s = sealed_of_the_vectors();
    struct sealed_content content;
    struct share shares[3], wrong;

    shares_of(&s, shares);
    wrong = shares[1];
    wrong.bytes[7] ^= 1;
    cr_assert_eq(sealed_blame(&s, &openers, &shares[1], NULL), BLAME_NOBODY);
    cr_assert_eq(sealed_blame(&s, &openers, &wrong, openers_secret[1]), BLAME_OPENER);
    cr_assert_eq(sealed_blame(&s, &openers, &wrong, openers_secret[0]), BLAME_OPENER);
    cr_assert_eq(sealed_blame(&s, &openers, &wrong, NULL), BLAME_OPENER);
    wrong.i = 9;
    cr_assert_eq(sealed_blame(&s, &openers, &wrong, openers_secret[1]), BLAME_OPENER);
    wrong.i = 2;
    cr_assert_eq(sealed_open(arena, &s, (struct share[]){shares[0], wrong}, 2, NULL, &content, &err),
                 OUTCOME_BAD_SHARE);
    cr_assert_eq(
        sealed_open(arena, &s, (struct share[]){wrong, shares[0], shares[2]}, 3, NULL, &content, &err),
        OUTCOME_OPENED);
}

Test(seal, a_record_that_does_not_open_is_the_bidders)
{
    struct sealed s = sealed_of_the_vectors();
    struct sealed_content content;
    struct share shares[3];

    shares_of(&s, shares);
    made.data[SEALED_HEADER + SEALED_RECORD + 40] ^= 1;
    s = signed_anew();
    cr_assert_eq(sealed_share(&s, 2, openers_secret[1], &shares[1], &err), E_REFUSED);
    shares[1].bytes[0] ^= 1;
    cr_assert_eq(sealed_blame(&s, &openers, &shares[1], openers_secret[1]), BLAME_BIDDER);
    cr_assert_eq(sealed_open(arena, &s, (struct share[]){shares[0], shares[2]}, 2, NULL, &content, &err),
                 OUTCOME_VOID, "the records are under the content key");
}

Test(seal, a_record_that_opens_to_another_share_is_the_bidders)
{
    struct sealed s = sealed_of_the_vectors();
    struct share share;

    made.data[SEALED_HEADER + SEALED_RECORD + 81] ^= 1;
    s = signed_anew();
    cr_assert_eq(sealed_share(&s, 2, openers_secret[1], &share, &err), E_REFUSED);
    bytes_are(vector_bytes(doc, arena, "/sbx1/shares/1", NULL), 32, "/sbx1/shares/1");
    share.i = 2;
    memcpy(share.bytes, vector_bytes(doc, arena, "/sbx1/shares/1", NULL), 32);
    cr_assert_eq(sealed_blame(&s, &openers, &share, openers_secret[1]), BLAME_BIDDER);
}

/* Of three shares two are on the polynomial and the third is another, each as committed to, in a container
 * that is right in all else: nobody chooses by showing a share or not whether it opens. */
Test(seal, shares_of_no_one_key_are_void_whoever_shows_them)
{
    struct sealed s = sealed_of_the_vectors();
    uint8_t *plain = ARENA_NEW(arena, uint8_t, 4096), aad[9];
    struct sealed_content content;
    struct seal_secrets secrets;
    struct share shares[3];
    struct aead first, aead;
    struct hash salt, commit;

    secrets_of_the_vectors(&secrets);
    shares_of(&s, shares);
    sha256_of(made.data, s.chunks_at, salt.bytes);
    sealed_content_key(&salt, secrets.cek, (const uint8_t[32]){0}, &first);
    sealed_chunk(&aead, &first, 0, true, aad);
    cr_assert(aead_open(&aead, &(struct span){aad, 9}, &(struct span){made.data + s.chunks_at, 4112}, plain));
    shares[2].bytes[3] ^= 1;
    sealed_share_commit((const uint8_t *)made.data, &shares[2], &commit);
    memcpy(made.data + SEALED_HEADER + 3 * SEALED_RECORD - SHA256_BYTES, commit.bytes, SHA256_BYTES);
    sha256_of(made.data, s.chunks_at, salt.bytes);
    sealed_content_key(&salt, secrets.cek, (const uint8_t[32]){0}, &first);
    sealed_chunk(&aead, &first, 0, true, aad);
    aead_seal(&aead, &(struct span){aad, 9}, &(struct span){plain, 4096}, (uint8_t *)made.data + s.chunks_at);
    s = signed_anew();
    for (int i = 0; i < 3; i++)
        cr_assert(sealed_share_ok(&s, &shares[i]));
    for (int without = 0; without < 4; without++) {
        struct share shown[3];
        size_t count = 0;
        for (int i = 0; i < 3; i++)
            if (i != without)
                shown[count++] = shares[i];
        cr_assert_eq(sealed_open(arena, &s, shown, count, NULL, &content, &err), OUTCOME_VOID);
        cr_assert_str_eq(err.detail, "the shares that were committed to are not of one key");
    }
}

Test(seal, content_that_does_not_hold_is_void)
{
    struct sealed s = sealed_of_the_vectors();
    struct sealed_content content;
    struct share shares[3];

    made.data[s.chunks_at + 100] ^= 1;
    s = signed_anew();
    shares_of(&s, shares);
    cr_assert_eq(sealed_open(arena, &s, shares, 3, NULL, &content, &err), OUTCOME_VOID);
    cr_assert_str_eq(err.type, "seal/void");
    cr_assert(err.zh[0]);
}

/* A whole container, correctly encrypted and signed, of which the plain text is `forge`d first. */
static enum outcome with_plain(void (*forge)(uint8_t *plain))
{
    struct sealed s = sealed_of_the_vectors();
    uint8_t *plain = ARENA_NEW(arena, uint8_t, 4096), aad[9];
    struct seal_secrets secrets;
    struct sealed_content content;
    struct share shares[3];
    struct aead first, aead;
    struct hash salt;

    secrets_of_the_vectors(&secrets);
    sha256_of(made.data, s.chunks_at, salt.bytes);
    sealed_content_key(&salt, secrets.cek, (const uint8_t[32]){0}, &first);
    sealed_chunk(&aead, &first, 0, true, aad);
    cr_assert(aead_open(&aead, &(struct span){aad, 9}, &(struct span){made.data + s.chunks_at, 4112}, plain));
    forge(plain);
    aead_seal(&aead, &(struct span){aad, 9}, &(struct span){plain, 4096}, (uint8_t *)made.data + s.chunks_at);
    s = signed_anew();
    shares_of(&s, shares);
    return sealed_open(arena, &s, shares, 3, NULL, &content, &err);
}

static void leave(uint8_t *plain)
{
    cr_assert_eq(plain[4], '{');
}
static void long_manifest(uint8_t *plain)
{
    memset(plain, 0xFF, 4);
}
static void other_tender(uint8_t *plain)
{
    char *tender = strstr((char *)plain + 4, "0000a001");
    tender[7] = '2';
}
static void dirty_padding(uint8_t *plain)
{
    plain[4095] = 1;
}
static void spaced(uint8_t *plain)
{
    char *comma = strchr((char *)plain + 4, ',');
    memmove(comma + 2, comma + 1, 300);
    comma[1] = ' ';
    plain[3]++;
}
static void negative_price(uint8_t *plain)
{
    *strstr((char *)plain + 4, "123456700") = '-';
}

Test(seal, plain_text_that_does_not_hold_is_void)
{
    cr_assert_eq(with_plain(leave), OUTCOME_OPENED);
    cr_assert_eq(with_plain(long_manifest), OUTCOME_VOID);
    cr_assert_eq(with_plain(other_tender), OUTCOME_VOID);
    cr_assert_eq(with_plain(dirty_padding), OUTCOME_VOID);
    cr_assert_eq(with_plain(spaced), OUTCOME_VOID);
    cr_assert_eq(with_plain(negative_price), OUTCOME_VOID);
}

/* The openers' promise before they show: any change of a share or the nonce is another promise. */
Test(seal, openers_bind_themselves)
{
    struct share shares[2] = {{1, {1}}, {1, {2}}};
    uint8_t nonce[32] = {3};
    struct hash promise, other;

    shares_commit(shares, 2, nonce, &promise);
    shares[1].bytes[31] ^= 1;
    shares_commit(shares, 2, nonce, &other);
    cr_assert_not(hash_same(&promise, &other));
    shares[1].bytes[31] ^= 1;
    shares_commit(shares, 2, nonce, &other);
    cr_assert(hash_same(&promise, &other));
    nonce[0]++;
    shares_commit(shares, 2, nonce, &other);
    cr_assert_not(hash_same(&promise, &other));
    shares_commit(shares, 0, nonce, &other);
}

/* ---- key files and shares as texts -------------------------------------------------------- */

Test(seal, keys_as_files)
{
    CLEANUP(buf_free) struct buf out = {0}, locked = {0};
    struct key key, read;

    for (int kind = KEY_OPENER; kind <= KEY_WITNESS; kind++) {
        buf_clear(&out);
        cr_assert_eq(key_new((enum key_kind)kind, "who.example/x", &key, &err), 0);
        key_print(&key, NULL, &out);
        cr_assert_eq(key_parse(out.data, out.size, NULL, &read, &err), 0, "%s", err.detail);
        cr_assert_eq(memcmp(&key, &read, sizeof(key)), 0);
        for (size_t i = 0; i < out.size; i++)
            cr_assert_eq(key_parse(out.data, i, NULL, &read, &err), E_MALFORMED);
    }
    key_print(&key, "one", &locked);
    cr_assert_eq(key_parse(locked.data, locked.size, "one", &read, &err), 0, "%s", err.detail);
    cr_assert_eq(memcmp(&key, &read, sizeof(key)), 0);
    cr_assert_eq(key_parse(locked.data, locked.size, "two", &read, &err), E_UNKNOWN);
    cr_assert_eq(key_parse(locked.data, locked.size, NULL, &read, &err), E_UNKNOWN);
    *strstr(locked.data, "who") = 'W';
    cr_assert_eq(key_parse(locked.data, locked.size, "one", &read, &err), E_UNKNOWN,
                 "the name is bound to the box");
    *strstr(out.data, "public ") = 'P';
    cr_assert_eq(key_parse(out.data, out.size, NULL, &read, &err), E_MALFORMED);
}

Test(seal, shares_as_texts)
{
    struct shown items[3] = {{.sealed = {{9}}, .share = {2, {1}}},
                             {.sealed = {{3}}, .bad = true},
                             {.sealed = {{5}}, .share = {2, {4}}}};
    struct shares shares = {.i = 2, .nonce = {7}, .items = items, .count = 3}, read;
    CLEANUP(buf_free) struct buf out = {0};
    struct hash promise, again;

    shares_sort(&shares);
    shares_print(&shares, &out);
    cr_assert_eq(shares_parse(arena, out.data, out.size, &read, &err), 0, "%s", err.detail);
    cr_assert(read.count == 3 && read.items[0].bad && read.items[2].share.bytes[0] == 1 &&
              read.items[2].share.i == 2);
    shares_promise(&shares, &promise);
    shares_promise(&read, &again);
    cr_assert(hash_same(&promise, &again));
    cr_assert_eq(shares_find(&read, &(struct hash){{5}})->share.bytes[0], 4);
    cr_assert_null(shares_find(&read, &(struct hash){{6}}));
    for (size_t i = 0; i < out.size; i++)
        if (out.data[i ? i - 1 : 0] != '\n')
            cr_assert_eq(shares_parse(arena, out.data, i, &read, &err), E_MALFORMED, "%zu", i);
    items[0].sealed = items[1].sealed;
    buf_clear(&out);
    shares_print(&shares, &out);
    cr_assert_eq(shares_parse(arena, out.data, out.size, &read, &err), E_MALFORMED, "one container twice");
}
