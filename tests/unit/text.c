/* Numbers and names as text: round trips over the edges, and what is refused. */
#include "core/base/text.h"

#include <criterion/criterion.h>
#include <string.h>

Test(money, round_trips)
{
    static const struct {
        const char *text;
        int64_t fen;
    } good[] = {
        {"0.00", 0},
        {"0.01", 1},
        {"0.10", 10},
        {"1.00", 100},
        {"10.05", 1005},
        {"480000.00", 48000000},
        {"499999.99", 49999999},
        {"999999999999.99", INT64_C(99999999999999)},
        {"1000000000000.00", INT64_C(100000000000000)},
    };

    for (size_t i = 0; i < LENGTH(good); i++) {
        char out[MONEY_TEXT];
        int64_t fen = -1;
        cr_expect(money_parse(good[i].text, false, &fen), "%s", good[i].text);
        cr_expect_eq(fen, good[i].fen, "%s", good[i].text);
        money_print(fen, out);
        cr_expect_str_eq(out, good[i].text);
    }
}

Test(money, refuses)
{
    static const char *const bad[] = {
        "",
        "0",
        "1",
        "1.",
        "1.0",
        "1.001",
        ".50",
        "01.00",
        "00.00",
        "1e3",
        "+1.00",
        "-1.00",
        " 1.00",
        "1.00 ",
        "1,000.00",
        "1.00\n",
        "¥1.00",
        "0x1.00",
        "1.0a",
        "--1.00",
        "1..00",
        "1.00.00",
        "１.００",
        "inf",
        "nan",
        "1٫00",
        "1000000000000.01",
        "10000000000000.00",
        "99999999999999999999999999.00",
    };

    for (size_t i = 0; i < LENGTH(bad); i++) {
        int64_t fen = 77;
        cr_expect_not(money_parse(bad[i], false, &fen), "%s", bad[i]);
        cr_expect_eq(fen, 77, "%s left its mark", bad[i]);
    }
}

Test(money, negative_only_where_meant)
{
    int64_t fen;
    char out[MONEY_TEXT];

    cr_assert(money_parse("-0.01", true, &fen));
    cr_assert_eq(fen, -1);
    money_print(fen, out);
    cr_assert_str_eq(out, "-0.01");
    cr_assert_not(money_parse("-0.00", true, &fen), "there is one zero");
    cr_assert_not(money_parse("-", true, &fen));
    money_print(INT64_MIN, out);
    cr_assert_str_eq(out, "-92233720368547758.08");
}

/* Every amount reads back as itself, and no two amounts print alike. */
Test(money, property)
{
    for (int64_t fen = 0, step = 1; fen <= INT64_C(100000000000000); fen += step, step = step * 3 / 2 + 1) {
        char out[MONEY_TEXT];
        int64_t again;
        money_print(fen, out);
        cr_assert(money_parse(out, false, &again), "%s", out);
        cr_assert_eq(again, fen);
    }
}

Test(points, round_trips_and_refuses)
{
    static const struct {
        const char *text;
        int64_t micro;
        const char *printed;
    } good[] = {
        {"87.925", 87925000, "87.925"}, {"90", 90000000, "90.0"},
        {"90.0", 90000000, "90.0"},     {"0", 0, "0.0"},
        {"0.000001", 1, "0.000001"},    {"100.100000", 100100000, "100.1"},
    };
    static const char *const bad[] = {"", ".", "1.", ".5", "1.0000001", "-1", "+1", "1e2", "01", "1 ", "９"};
    char out[MONEY_TEXT];
    int64_t micro;

    for (size_t i = 0; i < LENGTH(good); i++) {
        cr_assert(points_parse(good[i].text, &micro), "%s", good[i].text);
        cr_assert_eq(micro, good[i].micro);
        points_print(micro, out);
        cr_assert_str_eq(out, good[i].printed);
    }
    for (size_t i = 0; i < LENGTH(bad); i++)
        cr_expect_not(points_parse(bad[i], &micro), "%s", bad[i]);
    points_print(-500000, out);
    cr_assert_str_eq(out, "-0.5");
}

Test(rate, round_trips_and_refuses)
{
    static const struct {
        const char *text;
        int64_t ppm;
        const char *printed;
    } good[] = {
        {"30%", 300000, "30%"},    {"12.5%", 125000, "12.5%"}, {"0%", 0, "0%"},
        {"100%", 1000000, "100%"}, {"0.05%", 500, "0.05%"},    {"0.0001%", 1, "0.0001%"},
        {"2.00%", 20000, "2%"},    {"120%", 1200000, "120%"},
    };
    static const char *const bad[] = {"",    "%",        "30",   "30 %", "30%%", "-1%",  "+1%", "1.%",
                                      ".5%", "0.00001%", "030%", "1e1%", "30％", "3０%", "0.3"};
    char out[MONEY_TEXT];
    int64_t ppm;

    for (size_t i = 0; i < LENGTH(good); i++) {
        cr_assert(rate_parse(good[i].text, &ppm), "%s", good[i].text);
        cr_assert_eq(ppm, good[i].ppm);
        rate_print(ppm, out);
        cr_assert_str_eq(out, good[i].printed);
    }
    for (size_t i = 0; i < LENGTH(bad); i++)
        cr_expect_not(rate_parse(bad[i], &ppm), "%s", bad[i]);
}

Test(integer, bounds)
{
    int64_t n;

    cr_assert(int_parse("9223372036854775807", 0, INT64_MAX, &n));
    cr_assert_eq(n, INT64_MAX);
    cr_assert(int_parse("-9223372036854775808", INT64_MIN, INT64_MAX, &n));
    cr_assert_eq(n, INT64_MIN);
    cr_assert(int_parse("0", 0, 0, &n));
    cr_assert_not(int_parse("9223372036854775808", INT64_MIN, INT64_MAX, &n));
    cr_assert_not(int_parse("-9223372036854775809", INT64_MIN, INT64_MAX, &n));
    cr_assert_not(int_parse("-0", INT64_MIN, INT64_MAX, &n));
    cr_assert_not(int_parse("-1", 0, 10, &n));
    cr_assert_not(int_parse("11", 0, 10, &n));
    cr_assert_not(int_parse("007", 0, 10, &n));
    cr_assert_not(int_parse("", 0, 10, &n));
    cr_assert_not(int_parse("1.0", 0, 10, &n));
    cr_assert_not(int_parse("1 ", 0, 10, &n));
}

static bool ok(const char *text, bool lines)
{
    return utf8_ok(text, strlen(text), lines);
}

/* White_Space and Default_Ignorable_Code_Point of the Unicode Character Database, at their ends and beside
 * them. */
Test(text, nobody_reads_what_is_not_seen)
{
    static const char *const blank[] = {"",           " ",
                                        "\t\n",       "\u00A0",
                                        "\u00AD",     "\u034F",
                                        "\u1160",     "\u180E",
                                        "\u2000",     "\u200B",
                                        "\u200F",     "\u2028",
                                        "\u205F",     "\u2060",
                                        "\u206F",     "\u2800",
                                        "\u3000",     "\u3164",
                                        "\uFE0F",     "\uFEFF",
                                        "\U000E0041", " \u200B\u3000\u200D"};
    static const char *const seen[] = {"a",      "甲",     " 甲 ",   "\u200B甲",   "-",
                                       "\u00A1", "\u00AE", "\u1161", "\u2010",     "\u2027",
                                       "\u2030", "\u2070", "\u3001", "\u3165",     "\uFE10",
                                       "\uFF01", "\uFFFD", "\u2801", "\U0001F3E0", "一\u3000二"};

    for (size_t i = 0; i < sizeof blank / sizeof *blank; i++)
        cr_expect_not(text_visible(blank[i]), "blank %zu", i);
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++)
        cr_expect(text_visible(seen[i]), "seen %zu", i);
}

Test(utf8, from_the_first_to_the_last_that_is_seen)
{
    static const char *const cases[][2] = {
        {"a", "a"},       {" B1 ", "B1"},        {"\u3000B 1\u200B\n", "B 1"},
        {"", ""},         {" \u3000", ""},       {"国库-1\t", "国库-1"},
        {"\u00A01", "1"}, {"1\u00A0\u00A0", "1"}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t bytes = 0;
        const char *from = text_trimmed(cases[i][0], &bytes);

        cr_expect(bytes == strlen(cases[i][1]) && memcmp(from, cases[i][1], bytes) == 0, "case %zu", i);
    }
}

Test(utf8, well_formed_only)
{
    cr_expect(ok("", false));
    cr_expect(ok("邻里 Linli 𠮷", false));
    cr_expect(ok("\xF4\x8F\xBF\xBF", false));
    cr_expect_not(ok("\xC0\x80", false), "overlong");
    cr_expect_not(ok("\xE0\x9F\xBF", false), "overlong");
    cr_expect_not(ok("\xF0\x8F\xBF\xBF", false), "overlong");
    cr_expect_not(ok("\xED\xA0\x80", false), "surrogate");
    cr_expect_not(ok("\xF4\x90\x80\x80", false), "past U+10FFFF");
    cr_expect_not(ok("\xF5\x80\x80\x80", false));
    cr_expect_not(ok("\xE9\x82", false), "cut short");
    cr_expect_not(ok("\x80", false));
    cr_expect_not(ok("a\xFFz", false));
    cr_expect_not(utf8_ok("a\0b", 3, true), "NUL");
    cr_expect_not(ok("甲\u202E社", true), "what follows is shown backwards");
    cr_expect_not(ok("\u202A", true));
    cr_expect_not(ok("\u2066x\u2069", true));
    cr_expect(ok("“引号”…\u2029\u202F\u2065\u206A", true), "their neighbours");
    cr_expect_not(ok("a\nb", false));
    cr_expect(ok("a\n\tb", true));
    cr_expect_not(ok("a\rb", true));
    cr_expect_not(ok("\x7f", true));
    cr_expect_not(ok("\xC2\x85", true), "C1 control");
    cr_expect(ok("\xC2\xA0", false));
    cr_assert_eq(code_points("邻里a𠮷"), 4);
}

Test(names, codes_and_ids)
{
    cr_expect(code_ok("bid_window"));
    cr_expect(code_ok("a"));
    cr_expect(code_ok("a234567890123456789012345678901234567890"));
    cr_expect_not(code_ok("a2345678901234567890123456789012345678901"), "41 bytes");
    cr_expect_not(code_ok(""));
    cr_expect_not(code_ok("1a"));
    cr_expect_not(code_ok("_a"));
    cr_expect_not(code_ok("Bid"));
    cr_expect_not(code_ok("a-b"));
    cr_expect(uuid_ok("0b5c1a6e-7a35-4c9e-9d54-2f1f6a1f0c11"));
    cr_expect_not(uuid_ok("0B5C1A6E-7A35-4C9E-9D54-2F1F6A1F0C11"));
    cr_expect_not(uuid_ok("0b5c1a6e-7a35-4c9e-9d54-2f1f6a1f0c1"));
    cr_expect_not(uuid_ok("0b5c1a6e-7a35-4c9e-9d54-2f1f6a1f0c111"));
    cr_expect_not(uuid_ok("0b5c1a6e07a35-4c9e-9d54-2f1f6a1f0c11"));
    cr_expect_not(uuid_ok(""));
}

/* GB 32100-2015: published examples, and codes in real use whose last digit does not fit. */
/* Boundary 20: letters that no code has are refused, a wrong check digit is doubtful. */
Test(bank, numbers_a_message_carries_whole)
{
    cr_expect(digits_ok("102290000001", 12));
    cr_expect(!digits_ok("10229000000x", 12) && !digits_ok("10229000000", 12) &&
              !digits_ok("1022900000011", 12));
    cr_expect(!digits_ok(NULL, 12));
    cr_expect(bank_account_ok("6") && bank_account_ok("FTN310066661"));
    cr_expect(bank_account_ok("1234567890123456789012345678901234"));
    cr_expect(!bank_account_ok("12345678901234567890123456789012345"), "ISO 20022 Max34Text");
    cr_expect(!bank_account_ok("") && !bank_account_ok("6222 001") && !bank_account_ok("6222-001"));
    cr_expect(!bank_account_ok("nra1"));
}

Test(uscc, published_codes)
{
    static const char *const good[] = {
        "91350100M000100Y43", "52310115MJ1234561J", "51320585MJC00001XT", "53110000500000007T",
        "91330100799655058B", "9144030071526726XG", "91512081MA62K0260E",
    };
    static const char *const unfit[] = {"91350211M0000XUF46", "91350100M0001TGQXM"};
    static const char *const malformed[] = {
        "91350100M000100Y4Z",  "91350100M000100YI3",
        "91350100M000100YO3",  "S1350100M000100Y43",
        "9V350100M000100Y43",  "91350100M000100Y4",
        "91350100M000100Y433", "91350100m000100Y43",
        "9135A100M000100Y43",  "",
        "91350100M000100Y4 ",  "９1350100M000100Y43",
    };

    for (size_t i = 0; i < LENGTH(good); i++)
        cr_expect_eq(uscc_check(good[i]), 1, "%s", good[i]);
    for (size_t i = 0; i < LENGTH(unfit); i++)
        cr_expect_eq(uscc_check(unfit[i]), 0, "%s", unfit[i]);
    for (size_t i = 0; i < LENGTH(malformed); i++)
        cr_expect_eq(uscc_check(malformed[i]), -1, "%s", malformed[i]);
}

/* One wrong character never goes unseen: every weight is a unit modulo the prime 31. */
Test(uscc, any_single_error_is_found)
{
    static const char letters[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    char code[] = "52310115MJ1234561J";

    for (size_t i = 0; i < sizeof(code) - 1; i++) {
        char right = code[i];
        for (const char *c = letters; *c; c++) {
            code[i] = *c;
            cr_assert_eq(uscc_check(code) == 1, *c == right, "%s", code);
        }
        code[i] = right;
    }
}

/* RFC 9110, 12.4.2: blanks may stand about the semicolon, and three digits at most follow the point. */
Test(text, quality_of_what_is_accepted)
{
    static const struct {
        const char *range;
        int quality;
    } cases[] = {{"gzip", 1000},      {"gzip;q=1", 1000}, {"gzip; q=0", 0},  {"gzip ;\tQ=0.000", 0},
                 {"gzip;q=0.5", 500}, {"en;q=0.25", 250}, {"en;q=0.001", 1}, {"en, gzip;q=0", 1000}};

    for (size_t i = 0; i < LENGTH(cases); i++)
        cr_expect_eq(quality_of(cases[i].range, strcspn(cases[i].range, ",")), cases[i].quality, "%s",
                     cases[i].range);
}
