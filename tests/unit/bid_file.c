/* Bid files: what stands, and what is void with each fault named. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "core/service/bid_file.h"

static const linli_field fields[] = {
    {.code = "price",
     .name = {"报价", "price"},
     .unit = LINLI_UNIT_MONEY,
     .low = 1,
     .high = 100000000,
     .required = true,
     .priced = true,
     .envelope = 1},
    {.code = "months",
     .name = {"月", "months"},
     .unit = LINLI_UNIT_MONTHS,
     .low = 1,
     .high = 36,
     .envelope = 1},
    {.code = "share",
     .name = {"比例", "share"},
     .unit = LINLI_UNIT_RATE,
     .low = 0,
     .high = 1000000,
     .envelope = 1},
    {.code = "local",
     .name = {"本地", "local"},
     .unit = LINLI_UNIT_YES_NO,
     .low = 0,
     .high = 1,
     .envelope = 1},
};
static const linli_plan plan = {.fields = fields, .field_count = LENGTH(fields)};
#define WHO "\"organisation\":\"0a0a0a0a-0000-4000-8000-000000000001\""

static struct arena *arena;
static struct bid_content content;
static struct err err;

static void setup(void)
{
    arena = arena_new(0);
    content = (struct bid_content){0};
    err = (struct err){0};
}

static void teardown(void)
{
    arena_free(arena);
}

TestSuite(bid_file, .init = setup, .fini = teardown);

static int read_bid(const char *json)
{
    return bid_read(arena, &plan, json, strlen(json), &content, &err);
}

/* The faults of a bid with these fields, as one line. */
static const char *faults(const char *json)
{
    return read_bid(json) ? bid_fault(arena, &err) : "";
}

static const char *with_fields(const char *members)
{
    return arena_printf(arena, "{\"linli\":\"bid/1\"," WHO ",\"lot\":1,\"fields\":{%s}}", members);
}

Test(bid_file, reads_what_is_offered)
{
    cr_assert_eq(
        read_bid(with_fields("\"price\":\"480000.00\",\"months\":12,\"share\":\"12.5%\",\"local\":true")), 0,
        "%s", err.detail);
    cr_assert_eq(content.price_fen, 48000000);
    cr_assert_eq(content.values[1].value, 12);
    cr_assert_eq(content.values[2].value, 125000);
    cr_assert_eq(content.values[3].value, 1);
    cr_assert_eq(content.lot, 1);
}

Test(bid_file, leaves_out_what_is_not_required)
{
    cr_assert_eq(read_bid(with_fields("\"price\":\"0.01\"")), 0);
    cr_assert_eq(content.price_fen, 1);
    cr_assert_not(content.values[1].given);
    cr_assert_not(content.values[3].given);
}

Test(bid_file, prices_within_bounds_exactly)
{
    cr_assert_eq(read_bid(with_fields("\"price\":\"1000000.00\"")), 0);
    cr_assert_eq(content.price_fen, 100000000);
    cr_assert_neq(faults(with_fields("\"price\":\"1000000.01\""))[0], 0);
    cr_assert_neq(faults(with_fields("\"price\":\"0.00\""))[0], 0);
    cr_assert_neq(faults(with_fields("\"price\":\"-1.00\""))[0], 0);
}

Test(bid_file, names_each_fault)
{
    cr_assert_str_eq(faults(with_fields("\"prize\":\"1.00\"")),
                     "/fields/price 必填；/fields/prize 不认识的成员");
    cr_assert_str_eq(faults(with_fields("\"price\":480000")), "/fields/price 应为字符串");
    cr_assert_eq(err.code, E_INVALID);
}

Test(bid_file, refuses_what_is_not_one)
{
    static const char *const bad[] = {
        "",
        "[]",
        "{",
        "{\"linli\":\"bid/2\"," WHO ",\"lot\":1,\"fields\":{\"price\":\"1.00\"}}",
        "{\"linli\":\"bid/1\"," WHO ",\"lot\":0,\"fields\":{\"price\":\"1.00\"}}",
        "{\"linli\":\"bid/1\"," WHO ",\"lot\":1,\"lot\":1,\"fields\":{\"price\":\"1.00\"}}",
        "{\"linli\":\"bid/1\"," WHO ",\"lot\":1.5,\"fields\":{\"price\":\"1.00\"}}",
        "{\"linli\":\"bid/1\"," WHO ",\"lot\":1,\"fields\":[]}",
        "{\"linli\":\"bid/1\"," WHO ",\"lot\":1,\"fields\":{\"price\":\"1.00\"},\"note\":\"x\"}",
        "{\"linli\":\"bid/1\",\"organisation\":\"A\",\"lot\":1,\"fields\":{\"price\":\"1.00\"}}",
        "{\"linli\":\"bid/1\"," WHO ",\"lot\":1,\"fields\":{\"price\":\"1.00\"},\"files\":[{\"name\":\"a\","
        "\"sha256\":\"zz\",\"bytes\":1}]}",
        "{\"linli\":\"bid/1\"," WHO ",\"lot\":1,\"fields\":{\"price\":\"1.00\\u0000\"}}",
    };
    for (size_t i = 0; i < LENGTH(bad); i++) {
        cr_assert_neq(read_bid(bad[i]), 0, "%zu: %s", i, bad[i]);
        cr_assert_neq(bid_fault(arena, &err)[0], 0, "%zu has a reason", i);
    }
}

#define A_DIGEST "aba0000000000000000000000000000000000000000000000000000000000000"
static const char *with_parties(const char *parties)
{
    return arena_printf(arena,
                        "{\"linli\":\"bid/1\"," WHO
                        ",\"lot\":1,\"fields\":{\"price\":\"1.00\"},\"parties\":[%s],"
                        "\"files\":[{\"name\":\"联合协议.pdf\",\"kind\":\"joint_agreement\",\"bytes\":1,"
                        "\"sha256\":\"" A_DIGEST "\"}]}",
                        parties);
}

#define USCC_A      "91350100M000100Y43"
#define USCC_B      "51320585MJC00001XT"
#define LEAD(share) "{\"name\":\"甲\",\"part\":\"lead\",\"share\":\"" share "\"}"
#define MEMBER(uscc, share)                                                                                  \
    "{\"name\":\"乙\",\"part\":\"member\",\"uscc\":\"" uscc "\",\"share\":\"" share "\"}"
#define SUB(share) "{\"name\":\"丙\",\"part\":\"subcontractor\",\"share\":\"" share "\"}"

/* Order 87 and 政府采购法 §24: an agreement, and everybody's part of the whole. */
Test(bid_file, wants_one_lead_and_the_whole_shared_out)
{
    static const char *const good[] = {
        LEAD("70%") "," MEMBER(USCC_A, "30%"),
        LEAD("0.0001%") "," MEMBER(USCC_A, "99.9999%"),
        LEAD("50%") "," MEMBER(USCC_A, "25%") "," MEMBER(USCC_B, "25%") "," SUB("40%"),
        LEAD("100%") "," SUB("40%"),
        "{\"name\":\"甲\",\"part\":\"lead\"}," SUB("100%"),
    };
    static const char *const bad[] = {
        MEMBER(USCC_A, "100%"),
        LEAD("50%") "," LEAD("50%"),
        LEAD("70%") "," MEMBER(USCC_A, "29.9999%"),
        LEAD("70%") "," MEMBER(USCC_A, "30.0001%"),
        LEAD("100%") "," MEMBER(USCC_A, "0%"),
        LEAD("70%") ",{\"name\":\"乙\",\"part\":\"member\",\"share\":\"30%\"}",
        LEAD("50%") "," MEMBER(USCC_A, "25%") "," MEMBER(USCC_A, "25%"),
        LEAD("70%") "," MEMBER(USCC_A, "30%") "," SUB("60%") "," SUB("40.0001%"),
    };

    for (size_t i = 0; i < LENGTH(good); i++)
        cr_expect_eq(read_bid(with_parties(good[i])), 0, "%s: %s", good[i], err.detail);
    for (size_t i = 0; i < LENGTH(bad); i++)
        cr_expect_neq(read_bid(with_parties(bad[i])), 0, "%s", bad[i]);
}

Test(bid_file, a_joint_bid_has_its_agreement)
{
    static const char *const without =
        "{\"linli\":\"bid/1\"," WHO ",\"lot\":1,\"fields\":{\"price\":\"1.00\"},"
        "\"parties\":[" LEAD("70%") "," MEMBER(USCC_A, "30%") "]}";

    cr_assert_neq(read_bid(without), 0);
    cr_assert_str_eq(err.at[0].pointer, "/files");
}
