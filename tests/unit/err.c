/* Errors: filled once, cut at whole characters, catalogued. */
#include "core/base/err.h"

#include <criterion/criterion.h>
#include <string.h>

#include "core/base/text.h"

Test(err, filled_afresh)
{
    struct err err = {0};

    cr_assert_eq(err_set(&err, E_INVALID, "body/invalid", "%d members", 2), E_INVALID);
    err_at(&err, "/budget", "type", "must be a string", "应为字符串");
    err_zh(&err, "有 %d 处错误", 1);
    err_article(&err, "政府采购法 §35");
    cr_assert_eq(err.at_count, 1);
    cr_assert_str_eq(err.at[0].pointer, "/budget");
    cr_assert_str_eq(err.zh, "有 1 处错误");
    cr_assert_eq(err_set(&err, E_ABSENT, "tender/absent", "after: %s", err.detail), E_ABSENT);
    cr_assert_str_eq(err.detail, "after: 2 members");
    cr_assert_eq(err.at_count, 0);
    cr_assert_str_eq(err.zh, "");
    cr_assert_str_eq(err.article, "");
    cr_assert_eq(err_set(NULL, E_BUSY, "server/busy", "no one asks"), E_BUSY);
}

Test(err, long_values_are_cut_at_whole_characters)
{
    struct err err;
    char wide[3 * 400 + 1] = "";

    for (int i = 0; i < 400; i++)
        memcpy(wide + 3 * i, "邻", 4);
    for (int shift = 0; shift < 3; shift++) {
        err_set(&err, E_INVALID, "body/invalid", "%.*s%s", shift, "ab", wide);
        cr_assert(utf8_ok(err.detail, strlen(err.detail), false));
        cr_assert_gt(strlen(err.detail), sizeof(err.detail) - 8);
    }
    for (int i = 0; i < 2 * ERR_POINTERS; i++)
        err_at(&err, wide, "length", wide, wide);
    cr_assert_eq(err.at_count, ERR_POINTERS);
    cr_assert(utf8_ok(err.at[0].pointer, strlen(err.at[0].pointer), false));
}

Test(problems, catalogue)
{
    static const char *const types[] = {
#define PROBLEM(type, code, zh, en) type,
#include "core/base/problems.def"
#undef PROBLEM
    };

    for (size_t i = 0; i < LENGTH(types); i++) {
        cr_expect_lt(problem_code(types[i]), 0, "%s", types[i]);
        cr_expect(strchr(types[i], '/') && strlen(types[i]) < 64, "%s", types[i]);
        cr_expect_gt(code_points(problem_title(types[i], true)), 0);
        cr_expect_gt(strlen(problem_title(types[i], false)), 0);
        for (size_t j = 0; j < i; j++)
            cr_expect_str_neq(types[i], types[j]);
    }
    cr_assert_str_eq(problem_title("tender/absent", false), "There is no such tender");
    cr_assert_eq(problem_code("no/such"), 0);
    cr_assert_gt(strlen(problem_title("no/such", true)), 0);
}
