/*
 * Amounts in financial numerals.  The first seven are the examples of 正确填写票据和结算凭证的基本规定
 * (支付结算办法, annex 1, rules 2 and 3), each in one of the forms it allows; 整 after the 角 may be written
 * or not.
 */
#include <criterion/criterion.h>

#include "core/base/money_words.h"

static const struct {
    int64_t fen;
    const char *words;
} cases[] = {
    {140950, "壹仟肆佰零玖元伍角整"},
    {600714, "陆仟零柒元壹角肆分"},
    {168032, "壹仟陆佰捌拾元叁角贰分"},
    {10700053, "壹拾万零柒仟元伍角叁分"},
    {1640902, "壹万陆仟肆佰零玖元零贰分"},
    {32504, "叁佰贰拾伍元零肆分"},
    {100, "壹元整"},
    {1000005, "壹万元零伍分"},
    /* Boundary 41. */
    {INT64_C(10000000110), "壹亿零壹元壹角整"},
    {50, "伍角整"},
    {0, "零元整"},
    {1, "壹分"},
    {10, "壹角整"},
    {15, "壹角伍分"},
    {101, "壹元零壹分"},
    {1000, "壹拾元整"},
    {10000100, "壹拾万零壹元整"},
    {INT64_C(100001000000), "壹拾亿零壹万元整"},
    {123456789, "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分"},
    {INT64_C(100000000000000), "壹万亿元整"},
    {INT64_C(12003040506), "壹亿贰仟零叁万零肆佰零伍元零陆分"},
    {100010000, "壹佰万零壹佰元整"},
    {1000100000, "壹仟万零壹仟元整"},
    {30000100, "叁拾万零壹元整"},
    {INT64_C(100000000000100), "壹万亿零壹元整"},
    {INT64_C(123400000000), "壹拾贰亿叁仟肆佰万元整"},
    {INT64_C(10000000000000000), "壹佰万亿元整"},
};

Test(words, every_case)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf b = {0};

        money_words(cases[i].fen, &b);
        cr_expect_str_eq(b.data, cases[i].words, "%lld fen: %s, not %s", (long long)cases[i].fen, b.data,
                         cases[i].words);
        buf_free(&b);
    }
}
