/* Errors: filled once, cut at whole characters, catalogued. */
#include "core/base/err.h"

#include <criterion/criterion.h>
#include <string.h>

#include "core/base/arena.h"
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

static void says_in_english(const char *zh, const char *en)
{
    struct arena *arena = arena_new(0);
    const char *said = detail_en(arena, zh);

    if (en)
        cr_assert_str_eq(said, en, "%s: %s", zh, said);
    else
        cr_assert_null(said, "%s: %s", zh, said);
    arena_free(arena);
}

Test(err, the_english_of_a_chinese_sentence)
{
    says_in_english("必填", "is required");
    says_in_english("应在 0.01 与 200.00 之间", "must be from 0.01 to 200.00");
    says_in_english("应有 1 至 20 项", "must have from 1 to 20 items");
    says_in_english("应有 1 至 20 个字符", "must have from 1 to 20 characters");
    says_in_english("密封件中没有投标文件 bid.json", "there is no bid file bid.json in the container");
    says_in_english("联合体各方份额合计应为 100%", "the shares of the parties do not add up to 100%");
    says_in_english("备案未登记的组织不能独立承担民事责任，应由其承接单位投标（民法典 §87）",
                    "an organisation that is filed and not registered bears no civil liability of its own: "
                    "its host bids (民法典 §87)");
    says_in_english("不是有效的 JSON：第 3 行第 17 列", "not readable as JSON: line 3, column 17");
    says_in_english("应有 1 至 20 项 %s", NULL);
    says_in_english("必填必填", NULL);
    says_in_english("", NULL);
}
