/* Rule sets: the shipped numbers, the set of a day, strict reading. */
#include "core/domain/rules.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/time.h"

static struct arena *arena;
static struct rule_book book;

static void begin(void)
{
    struct err err = {0};

    arena = arena_new(0);
    cr_assert_eq(rules_load(SOURCE_DIR "/config/rules", arena, &book, &err), 0, "%s", err.detail);
}

static void end(void)
{
    arena_free(arena);
}

TestSuite(rules, .init = begin, .fini = end);

static const struct rule_set *set_on(int regime, const char *date)
{
    int32_t day;

    cr_assert(date_parse(date, &day));
    return rules_in_force(&book, regime, day);
}

Test(rules, the_set_of_the_day)
{
    cr_assert_null(set_on(LINLI_STATUTORY, "2022-06-30"));
    cr_assert_str_eq(set_on(LINLI_STATUTORY, "2022-07-01")->code, "p1-2022");
    cr_assert_str_eq(set_on(LINLI_STATUTORY, "2026-01-31")->code, "p1-2026-01");
    cr_assert_str_eq(set_on(LINLI_STATUTORY, "2026-02-01")->code, "p1-2026");
    cr_assert_str_eq(set_on(LINLI_STATUTORY, "2026-11-21")->code, "p1-2026-10");
    cr_assert_str_eq(set_on(LINLI_SUB_THRESHOLD, "2026-11-21")->code, "p2-2022");
    cr_assert_str_eq(set_on(LINLI_GRANTS, "2026-11-21")->code, "p3-2022");
    cr_assert_str_eq(set_on(LINLI_CHARITY, "2026-11-21")->code, "p4-2024");
    cr_assert_null(set_on(LINLI_CHARITY, "2024-09-04"));
    cr_assert_null(rules_in_force(&book, 9, 30000));
}

/* 财库〔2026〕2号 is in force from 1 February 2026 and not a day before. */
Test(rules, abnormally_low_prices_have_a_date)
{
    const struct rule_set *before = set_on(LINLI_STATUTORY, "2026-01-31");
    const struct rule_set *after = set_on(LINLI_STATUTORY, "2026-02-01");

    cr_assert_null(rule_find(before->rules, before->count, "abnormal_mean"));
    cr_assert_eq(rule_find(after->rules, after->count, "abnormal_mean")->value, 500000);
    cr_assert_eq(rule_find(after->rules, after->count, "abnormal_ceiling")->value, 450000);
}

Test(rules, numbers_of_statutory_procurement)
{
    static const struct {
        const char *code;
        int64_t value;
        int32_t unit, count;
        const char *source;
    } expected[] = {
        {"notice_period", 0, LINLI_WORKING_DAYS, 5, "财政部令第87号 §16"},
        {"document_supply", 0, LINLI_WORKING_DAYS, 5, "财政部令第87号 §18"},
        {"bid_window", 0, LINLI_CALENDAR_DAYS, 20, "政府采购法 §35"},
        {"amend_window", 0, LINLI_CALENDAR_DAYS, 15, "财政部令第87号 §27"},
        {"bidders_min", 3, 0, 0, "政府采购法 §36"},
        {"panel_size", 5, 0, 0, "财政部令第87号 §47"},
        {"panel_size_large", 7, 0, 0, "财政部令第87号 §47"},
        {"budget_large", INT64_C(1000000000), 0, 0, "财政部令第87号 §47"},
        {"panel_experts_num", 2, 0, 0, "财政部令第87号 §47"},
        {"panel_experts_den", 3, 0, 0, "财政部令第87号 §47"},
        {"result_notice", 0, LINLI_WORKING_DAYS, 1, "财政部令第87号 §69"},
        {"report_window", 0, LINLI_WORKING_DAYS, 2, "政府采购法实施条例 §43"},
        {"decide_window", 0, LINLI_WORKING_DAYS, 5, "政府采购法实施条例 §43"},
        {"announce_window", 0, LINLI_WORKING_DAYS, 2, "政府采购法实施条例 §43"},
        {"sign_window", 0, LINLI_CALENDAR_DAYS, 30, "政府采购法 §46"},
        {"contract_publish", 0, LINLI_WORKING_DAYS, 2, "政府采购法实施条例 §50"},
        {"contract_file", 0, LINLI_WORKING_DAYS, 7, "政府采购法 §47"},
        {"bid_bond_max", 20000, 0, 0, "政府采购法实施条例 §33"},
        {"performance_bond_max", 100000, 0, 0, "政府采购法实施条例 §48"},
        {"supplement_max", 100000, 0, 0, "政府采购法 §49"},
        {"price_weight_services_min", 100000, 0, 0, "财政部令第87号 §55"},
        {"price_weight_goods_min", 300000, 0, 0, "财政部令第87号 §55"},
        {"small_enterprise_deduction_min", 100000, 0, 0, "财库〔2022〕19号"},
        {"small_enterprise_deduction_max", 200000, 0, 0, "财库〔2022〕19号"},
        {"joint_deduction_min", 40000, 0, 0, "财库〔2022〕19号"},
        {"joint_deduction_max", 60000, 0, 0, "财库〔2022〕19号"},
        {"abnormal_second", 500000, 0, 0, "财库〔2026〕2号"},
        {"abnormal_raise_max", 650000, 0, 0, "财库〔2026〕2号"},
        {"inquiry_window", 0, LINLI_WORKING_DAYS, 3, "政府采购法实施条例 §52"},
        {"challenge_window", 0, LINLI_WORKING_DAYS, 7, "政府采购法 §52"},
        {"challenge_answer", 0, LINLI_WORKING_DAYS, 7, "政府采购法 §53"},
        {"complaint_window", 0, LINLI_WORKING_DAYS, 15, "政府采购法 §55"},
        {"complaint_decision", 0, LINLI_WORKING_DAYS, 30, "政府采购法 §56"},
        {"payment_window", 0, LINLI_CALENDAR_DAYS, 30, "财库〔2019〕38号"},
        {"service_term_max", 0, LINLI_MONTHS, 36, "财政部令第102号 §24"},
        {"conflict_years", 0, LINLI_MONTHS, 36, "政府采购法实施条例 §9"},
        {"late_interest_day", 500, 0, 0, "保障中小企业款项支付条例 §17"},
    };
    const struct rule_set *set = set_on(LINLI_STATUTORY, "2026-02-01");

    for (size_t i = 0; i < LENGTH(expected); i++) {
        const linli_rule *rule = rule_find(set->rules, set->count, expected[i].code);
        cr_assert_not_null(rule, "%s", expected[i].code);
        cr_expect_eq(rule->value, expected[i].value, "%s", expected[i].code);
        cr_expect_eq(rule->period.count, expected[i].count, "%s", expected[i].code);
        cr_expect_eq(rule->period.unit, expected[i].unit, "%s", expected[i].code);
        cr_expect_eq(rule->unit == 0, expected[i].count > 0, "%s: unit 0 means a period", expected[i].code);
        cr_expect_str_eq(rule->source, expected[i].source);
        cr_expect_eq(rule->unverified, 0, "%s", expected[i].code);
    }
    cr_assert_eq(rule_find(set->rules, set->count, "panel_size")->unit, LINLI_UNIT_COUNT);
    cr_assert_eq(rule_find(set->rules, set->count, "budget_large")->unit, LINLI_UNIT_MONEY);
    cr_assert_eq(rule_find(set->rules, set->count, "bid_bond_max")->unit, LINLI_UNIT_RATE);
    cr_assert_eq(rule_find(set->rules, set->count, "grade_good")->unit, LINLI_UNIT_POINTS);
    cr_assert_eq(rule_find(set->rules, set->count, "grade_good")->unverified, 1);
    cr_assert_null(rule_find(set->rules, set->count, "no_such_rule"));
    cr_assert_null(rule_find(NULL, 0, "panel_size"));
}

/* A mechanism that runs under several regimes finds the same codes in each. */
Test(rules, shared_codes_exist_in_every_set_in_force)
{
    static const char *const codes[] = {
        "notice_period",
        "document_supply",
        "bid_window",
        "amend_window",
        "bidders_min",
        "panel_size",
        "panel_size_large",
        "budget_large",
        "panel_experts_num",
        "panel_experts_den",
        "report_window",
        "decide_window",
        "announce_window",
        "result_notice",
        "sign_window",
        "contract_publish",
        "bid_bond_max",
        "performance_bond_max",
        "supplement_max",
        "price_weight_services_min",
        "price_weight_goods_min",
        "abnormal_mean",
        "abnormal_second",
        "abnormal_ceiling",
        "abnormal_raise_max",
        "challenge_window",
        "challenge_answer",
        "payment_window",
        "conflict_years",
    };

    for (int regime = LINLI_STATUTORY; regime <= LINLI_CHARITY; regime++) {
        const struct rule_set *set = set_on(regime, "2026-11-21");
        for (size_t i = 0; i < LENGTH(codes); i++)
            cr_expect_not_null(rule_find(set->rules, set->count, codes[i]), "%s: %s", set->code, codes[i]);
    }
}

Test(rules, sorted_and_named)
{
    for (size_t s = 0; s < book.count; s++) {
        const struct rule_set *set = &book.sets[s];
        cr_expect_not_null(strstr(set->json, set->code));
        cr_expect_gt(strlen(set->title.zh), 0);
        for (size_t i = 0; i < set->count; i++) {
            cr_expect_gt(strlen(set->names[i].zh), 0);
            cr_expect_gt(strlen(set->names[i].en), 0);
            cr_expect(i == 0 || strcmp(set->rules[i - 1].code, set->rules[i].code) < 0);
        }
    }
}

#define SET(code, date, rules)                                                                               \
    "{\"code\":\"" code "\",\"regime\":\"statutory\",\"effective\":\"" date                                  \
    "\",\"title\":{\"zh\":\"甲\",\"en\":\"A\"},\"rules\":[" rules "]}"
#define NAMED "\"source\":\"§1\",\"name\":{\"zh\":\"甲\",\"en\":\"A\"}"

static int read_text(const char *json)
{
    struct rule_set set;
    struct err err = {0};

    return rules_read(arena, json, strlen(json), &set, &err);
}

Test(rules, reads_strictly)
{
    cr_expect_eq(read_text(SET("a", "2026-01-01", "{\"code\":\"x\",\"count\":1," NAMED "}")), 0);
    cr_expect_eq(read_text(SET("a", "2026-01-01", "{\"code\":\"x\",\"count\":0," NAMED "}")), 0);
    cr_expect_eq(read_text(SET("a", "2026-01-01", "")), E_INVALID, "no rules");
    cr_expect_eq(read_text(SET("a", "2026-01-01", "{\"code\":\"x\"," NAMED "}")), E_INVALID, "no value");
    cr_expect_eq(read_text(SET("a", "2026-01-01", "{\"code\":\"x\",\"count\":1,\"rate\":\"1%\"," NAMED "}")),
                 E_INVALID);
    cr_expect_eq(read_text(SET("a", "2026-01-01", "{\"code\":\"x\",\"count\":1.5," NAMED "}")), E_MALFORMED);
    cr_expect_eq(read_text(SET("a", "2026-01-01", "{\"code\":\"x\",\"rate\":0.1," NAMED "}")), E_MALFORMED);
    cr_expect_eq(read_text(SET("a", "2026-01-01", "{\"code\":\"x\",\"period\":\"20 d\"," NAMED "}")),
                 E_INVALID);
    cr_expect_eq(read_text(SET("a", "2026-01-01", "{\"code\":\"X\",\"count\":1," NAMED "}")), E_INVALID);
    cr_expect_eq(read_text(SET("a", "2026-02-30", "{\"code\":\"x\",\"count\":1," NAMED "}")), E_INVALID);
    cr_expect_eq(read_text(SET("a", "2026-01-01", "{\"code\":\"x\",\"count\":1,\"note\":\"\"," NAMED "}")),
                 E_INVALID);
    cr_expect_eq(
        read_text(SET("a", "2026-01-01",
                      "{\"code\":\"x\",\"count\":1," NAMED "},{\"code\":\"x\",\"count\":2," NAMED "}")),
        E_INVALID, "the same code twice");
    cr_expect_eq(read_text("[]"), E_MALFORMED);
    cr_expect_eq(read_text(""), E_MALFORMED);
}

static int load_two(const char *one, const char *two, struct err *err)
{
    char folder[] = "/tmp/linli-rules-XXXXXX", path[2][64];
    const char *const texts[] = {one, two};
    struct rule_book got;

    cr_assert_not_null(mkdtemp(folder));
    for (int i = 0; i < 2; i++) {
        snprintf(path[i], sizeof(path[i]), "%s/%d.json", folder, i);
        FILE *out = fopen(path[i], "w");
        fputs(texts[i], out);
        fclose(out);
    }
    int status = rules_load(folder, arena, &got, err);
    unlink(path[0]);
    unlink(path[1]);
    rmdir(folder);
    return status;
}

Test(rules, a_folder_without_doubt)
{
    static const char rule[] = "";
    struct err err = {0};
    const char *a = SET("a", "2026-01-01", "{\"code\":\"x\",\"count\":1," NAMED "}");
    const char *b = SET("b", "2026-01-02", "{\"code\":\"x\",\"count\":1," NAMED "}");
    const char *same_day = SET("b", "2026-01-01", "{\"code\":\"x\",\"count\":1," NAMED "}");
    const char *same_code = SET("a", "2026-01-02", "{\"code\":\"x\",\"count\":1," NAMED "}");

    cr_expect_eq(load_two(a, b, &err), 0);
    cr_expect_eq(load_two(a, same_day, &err), E_INVALID);
    cr_expect_eq(load_two(a, same_code, &err), E_INVALID);
    cr_expect_eq(load_two(a, rule, &err), E_MALFORMED);
    cr_expect_str_eq(err.type, "rules/malformed");
    cr_expect_not_null(strstr(err.detail, "1.json"), "%s", err.detail);
    cr_expect_eq(rules_load("/nonexistent", arena, &book, &err), E_ABSENT);
}
