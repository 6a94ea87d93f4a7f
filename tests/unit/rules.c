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
static struct rule_book *book;

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

static const struct rule_set *set_at(const char *area, const char *level, int regime, const char *date)
{
    struct rule_place place = {area, level};
    int32_t day;

    cr_assert(date_parse(date, &day));
    return rules_on(book, regime, place, day, arena);
}

static const struct rule_set *set_on(int regime, const char *date)
{
    return set_at("310105011", "street", regime, date);
}

Test(rules, the_set_of_the_day)
{
    cr_assert_null(set_on(LINLI_STATUTORY, "2022-06-30"));
    cr_assert_str_eq(set_on(LINLI_STATUTORY, "2022-07-01")->code, "p1@2022-07-01");
    cr_assert_str_eq(set_on(LINLI_STATUTORY, "2025-05-31")->code, "p1@2022-07-01");
    cr_assert_str_eq(set_on(LINLI_STATUTORY, "2025-06-01")->code, "p1@2025-06-01");
    cr_assert_str_eq(set_on(LINLI_STATUTORY, "2026-01-31")->code, "p1@2026-01-01");
    cr_assert_str_eq(set_on(LINLI_STATUTORY, "2026-02-01")->code, "p1@2026-02-01");
    cr_assert_str_eq(set_on(LINLI_STATUTORY, "2026-11-21")->code, "p1@2026-10-01");
    cr_assert_str_eq(set_on(LINLI_SUB_THRESHOLD, "2026-11-21")->code, "p2@2022-07-01");
    cr_assert_str_eq(set_on(LINLI_GRANTS, "2026-11-21")->code, "p3@2022-07-01");
    cr_assert_str_eq(set_on(LINLI_CHARITY, "2026-11-21")->code, "p4@2024-09-05");
    cr_assert_null(set_on(LINLI_CHARITY, "2024-09-04"));
    cr_assert_null(set_on(9, "2026-11-21"));
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

static const struct rule_set *unconfirmed_on(int regime, const char *date)
{
    int32_t day;

    cr_assert(date_parse(date, &day));
    return rules_unconfirmed(book, regime, (struct rule_place){"310105011", "street"}, day, arena);
}

/* 财库〔2026〕12号 holds from 1 October 2026, and is not verified: without an approver's word the rules of
 * the day before go on. */
Test(rules, a_change_that_is_not_verified_waits_to_be_confirmed)
{
    const struct rule_set *before = set_on(LINLI_STATUTORY, "2026-09-30");
    const struct rule_set *confirmed = set_on(LINLI_STATUTORY, "2026-10-01");
    const struct rule_set *open = unconfirmed_on(LINLI_STATUTORY, "2026-10-01");

    cr_assert_null(rule_find(before->rules, before->count, "emergency_supplement_max"));
    cr_assert_eq(rule_find(confirmed->rules, confirmed->count, "emergency_supplement_max")->value, 300000);
    cr_assert_null(rule_find(open->rules, open->count, "emergency_supplement_max"));
    cr_assert_str_eq(open->code, before->code);
    cr_assert_str_eq(open->json, before->json);
    cr_assert_not_null(rule_find(open->rules, open->count, "abnormal_mean"),
                       "a verified change holds by its date");
    cr_assert_not_null(rule_find(open->rules, open->count, "threshold_purchase"),
                       "what its set began with is confirmed where it is used");
}

/* The number before it goes on, also where the change has become the past by another one. */
Test(rules, the_number_before_an_unconfirmed_change_goes_on)
{
    static const char text[] =
        "{\"code\":\"x\",\"regime\":\"statutory\",\"effective\":\"2026-01-01\",\"title\":{\"zh\":\"x\","
        "\"en\":\"x\"},\"rules\":["
        "{\"code\":\"a\",\"count\":1,\"source\":\"s\",\"name\":{\"zh\":\"x\",\"en\":\"x\"}},"
        "{\"code\":\"a\",\"count\":2,\"from\":\"2026-02-01\",\"unverified\":true,\"source\":\"s\",\"name\":{"
        "\"zh\":\"x\",\"en\":\"x\"}},"
        "{\"code\":\"a\",\"count\":3,\"from\":\"2026-03-01\",\"unverified\":true,\"source\":\"s\",\"name\":{"
        "\"zh\":\"x\",\"en\":\"x\"}},"
        "{\"code\":\"a\",\"count\":4,\"from\":\"2026-04-01\",\"source\":\"s\",\"name\":{\"zh\":\"x\",\"en\":"
        "\"x\"}}]}";
    static const struct {
        const char *on, *code;
        int64_t confirmed, open;
    } days[] = {{"2026-01-31", "x@2026-01-01", 1, 1},
                {"2026-02-01", "x@2026-01-01", 2, 1},
                {"2026-03-31", "x@2026-01-01", 3, 1},
                {"2026-04-01", "x@2026-04-01", 4, 4}};
    char folder[] = "/tmp/linli-rules-XXXXXX", path[64];
    struct rule_book *own = NULL;
    struct err err = {0};

    cr_assert_not_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/x.json", folder);
    FILE *out = fopen(path, "w");
    fputs(text, out);
    fclose(out);
    cr_assert_eq(rules_load(folder, arena, &own, &err), 0, "%s", err.detail);
    unlink(path);
    rmdir(folder);
    for (size_t i = 0; i < LENGTH(days); i++) {
        int32_t day;
        cr_assert(date_parse(days[i].on, &day));
        const struct rule_set *all = rules_on(own, LINLI_STATUTORY, (struct rule_place){0}, day, arena);
        const struct rule_set *open =
            rules_unconfirmed(own, LINLI_STATUTORY, (struct rule_place){0}, day, arena);
        cr_expect_eq(all->rules[0].value, days[i].confirmed, "%s", days[i].on);
        cr_expect_eq(open->rules[0].value, days[i].open, "%s", days[i].on);
        cr_expect_str_eq(open->code, days[i].code);
    }
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
    for (int regime = LINLI_STATUTORY; regime <= LINLI_CHARITY; regime++) {
        const struct rule_set *set = set_on(regime, "2026-11-21");
        cr_expect_not_null(strstr(set->json, set->code));
        cr_expect_gt(strlen(set->title.zh), 0);
        for (size_t i = 0; i < set->count; i++) {
            cr_expect_gt(strlen(set->names[i].zh), 0);
            cr_expect_gt(strlen(set->names[i].en), 0);
            cr_expect(i == 0 || strcmp(set->rules[i - 1].code, set->rules[i].code) < 0);
        }
    }
}

/* What a tender keeps is read back to the same numbers, names and origins. */
Test(rules, a_frozen_set_reads_back)
{
    const struct rule_set *set = set_on(LINLI_STATUTORY, "2026-11-21");
    struct rule_set back;

    cr_assert_eq(rules_read(arena, set->json, strlen(set->json), &back, NULL), 0);
    cr_assert_str_eq(back.json, set->json);
    cr_assert_eq(back.count, set->count);
    for (size_t i = 0; i < set->count; i++) {
        cr_expect_str_eq(back.rules[i].code, set->rules[i].code);
        cr_expect_eq(back.rules[i].value, set->rules[i].value);
        cr_expect_eq(back.rules[i].unverified, set->rules[i].unverified);
        cr_expect_eq(back.origins[i].from, set->origins[i].from);
        cr_expect_eq(back.origins[i].until, set->origins[i].until);
        cr_expect_str_eq(back.origins[i].set, "p1");
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

static int load(const char *const *texts, int count, struct err *err)
{
    char folder[] = "/tmp/linli-rules-XXXXXX", path[4][64];

    cr_assert_not_null(mkdtemp(folder));
    for (int i = 0; i < count; i++) {
        snprintf(path[i], sizeof(path[i]), "%s/%d.json", folder, i);
        FILE *out = fopen(path[i], "w");
        fputs(texts[i], out);
        fclose(out);
    }
    int status = rules_load(folder, arena, &book, err);
    for (int i = 0; i < count; i++)
        unlink(path[i]);
    rmdir(folder);
    return status;
}

static int load_two(const char *one, const char *two, struct err *err)
{
    return load((const char *const[]){one, two}, 2, err);
}

#define LOCAL(code, date, where, rules)                                                                      \
    "{\"code\":\"" code "\",\"regime\":\"statutory\",\"effective\":\"" date "\"," where                      \
    ",\"title\":{\"zh\":\"甲\",\"en\":\"A\"},\"rules\":[" rules "]}"

Test(rules, a_folder_without_doubt)
{
    struct err err = {0};
    const char *a = SET("a", "2026-01-01", "{\"code\":\"x\",\"count\":1," NAMED "}");
    const char *b = LOCAL("b", "2026-01-02", "\"area\":\"31\"", "{\"code\":\"x\",\"count\":2," NAMED "}");
    const char *same_place = SET("b", "2026-01-02", "{\"code\":\"x\",\"count\":1," NAMED "}");
    const char *same_code =
        LOCAL("a", "2026-01-02", "\"area\":\"31\"", "{\"code\":\"x\",\"count\":1," NAMED "}");

    cr_expect_eq(load_two(a, b, &err), 0);
    cr_expect_eq(load_two(a, same_place, &err), E_INVALID);
    cr_expect_eq(load_two(a, same_code, &err), E_INVALID);
    cr_expect_eq(load_two(a, "", &err), E_MALFORMED);
    cr_expect_str_eq(err.type, "rules/malformed");
    cr_expect_not_null(strstr(err.detail, "1.json"), "%s", err.detail);
    cr_expect_eq(rules_load("/nonexistent", arena, &book, &err), E_ABSENT);
    cr_expect_eq(
        load_two(a, LOCAL("b", "2026-01-02", "\"level\":\"city\"", "{\"code\":\"x\",\"count\":1," NAMED "}"),
                 &err),
        E_INVALID);
    cr_expect_eq(
        load_two(a, LOCAL("b", "2026-01-02", "\"area\":\"3x\"", "{\"code\":\"x\",\"count\":1," NAMED "}"),
                 &err),
        E_INVALID);
    cr_expect_eq(
        load_two(a, LOCAL("B", "2026-01-02", "\"area\":\"31\"", "{\"code\":\"x\",\"count\":1," NAMED "}"),
                 &err),
        E_INVALID);
    cr_expect_eq(load_two(a,
                          LOCAL("b", "2026-01-02", "\"area\":\"31\"",
                                "{\"code\":\"x\",\"set\":\"a\",\"count\":1," NAMED "}"),
                          &err),
                 E_INVALID);
}

/* Who wrote the file finds the line. */
Test(rules, a_fault_names_file_line_and_member)
{
    struct err err = {0};
    const char *text = "{\"code\": \"a\", \"regime\": \"statutory\",\n \"effective\": \"2026-01-01\",\n"
                       " \"title\": {\"zh\": \"甲\", \"en\": \"A, [b] {c}\"},\n \"rules\": [\n"
                       "  {\"code\": \"x\", \"count\": 1, " NAMED "},\n"
                       "  {\"code\": \"y\", \"count\": 1,\n   \"rate\": \"many\", " NAMED "}]}\n";

    cr_expect_eq(load(&text, 1, &err), E_INVALID);
    cr_expect_not_null(strstr(err.detail, "0.json:7: /rules/1/rate"), "%s", err.detail);
    text = SET("a", "2026-01-01", "\n{\"code\":\"x\",\"count\":1," NAMED "},\n{\"code\":\"y\"," NAMED "}");
    cr_expect_eq(load(&text, 1, &err), E_INVALID);
    cr_expect_not_null(strstr(err.detail, "0.json:3: /rules/1 "), "%s", err.detail);
    text = SET("a", "2026-01-01", "\n{\"code\":\"x\",\n\"count\":1.5," NAMED "}");
    cr_expect_eq(load(&text, 1, &err), E_MALFORMED);
}

static int64_t value_of(const char *area, const char *level, const char *date)
{
    const struct rule_set *set = set_at(area, level, LINLI_STATUTORY, date);
    const linli_rule *rule = set ? rule_find(set->rules, set->count, "x") : NULL;

    return rule ? rule->value : -1;
}

#define X(value, rest) "{\"code\":\"x\",\"count\":" value rest "," NAMED "}"

Test(rules, whether_something_holds)
{
    const char *text = SET("a", "2026-01-01",
                           "{\"code\":\"x\",\"holds\":true," NAMED "},"
                           "{\"code\":\"y\",\"holds\":false," NAMED "}");
    struct err err = {0};

    cr_assert_eq(load(&text, 1, &err), 0, "%s", err.detail);
    cr_expect_eq(value_of("31", "street", "2026-01-01"), 1);
    text = SET("a", "2026-01-01", "{\"code\":\"x\",\"holds\":true,\"count\":1," NAMED "}");
    cr_expect_eq(load(&text, 1, &err), E_INVALID, "it is one or the other");
    text = SET("a", "2026-01-01", "{\"code\":\"x\",\"holds\":1," NAMED "}");
    cr_expect_neq(load(&text, 1, &err), 0, "a truth, not a number");
}

Test(rules, numbers_change_on_their_day)
{
    const char *text = SET("a", "2026-01-01",
                           X("1", "") "," X("2", ",\"from\":\"2026-02-01\",\"until\":\"2026-02-28\"") "," X(
                               "3", ",\"from\":\"2026-03-02\""));
    const char *twice = SET("a", "2026-01-01", X("1", "") "," X("2", ""));
    const char *within =
        SET("a", "2026-01-01", X("1", ",\"until\":\"2026-02-01\"") "," X("2", ",\"from\":\"2026-02-01\""));
    const char *backward = SET("a", "2026-01-01", X("1", ",\"until\":\"2025-12-31\""));
    struct err err = {0};

    cr_assert_eq(load(&text, 1, &err), 0, "%s", err.detail);
    cr_expect_eq(value_of(NULL, NULL, "2025-12-31"), -1);
    cr_expect_eq(value_of(NULL, NULL, "2026-01-01"), 1);
    cr_expect_eq(value_of(NULL, NULL, "2026-01-31"), 1);
    cr_expect_eq(value_of(NULL, NULL, "2026-02-01"), 2);
    cr_expect_eq(value_of(NULL, NULL, "2026-02-28"), 2);
    cr_expect_eq(value_of(NULL, NULL, "2026-03-01"), -1, "the last day is the last");
    cr_expect_str_eq(set_on(LINLI_STATUTORY, "2026-03-01")->code, "a@2026-03-01");
    cr_expect_eq(value_of(NULL, NULL, "2026-03-02"), 3);
    cr_expect_eq(load(&twice, 1, &err), E_INVALID);
    cr_expect_eq(load(&within, 1, &err), E_INVALID);
    cr_expect_eq(load(&backward, 1, &err), E_INVALID);
}

Test(rules, the_narrowest_place_wins)
{
    const char *texts[] = {SET("a", "2026-01-01", X("1", "")),
                           LOCAL("d", "2026-01-01", "\"area\":\"31\",\"level\":\"district\"", X("4", "")),
                           LOCAL("b", "2026-01-01", "\"area\":\"31\"", X("2", "")),
                           LOCAL("c", "2026-03-01", "\"area\":\"310105\"", X("3", ""))};
    struct err err = {0};

    cr_assert_eq(load(texts, 4, &err), 0, "%s", err.detail);
    cr_expect_eq(value_of(NULL, NULL, "2026-04-01"), 1);
    cr_expect_eq(value_of("440103001", "street", "2026-04-01"), 1);
    cr_expect_eq(value_of("310101001", "street", "2026-04-01"), 2);
    cr_expect_eq(value_of("310101000", "district", "2026-04-01"), 4);
    cr_expect_eq(value_of("310105011", "street", "2026-02-28"), 2);
    cr_expect_eq(value_of("310105011", "street", "2026-03-01"), 3);
    cr_expect_str_eq(set_on(LINLI_STATUTORY, "2026-04-01")->code, "a@2026-01-01+b@2026-01-01+c@2026-03-01");
    cr_expect_eq(set_on(LINLI_STATUTORY, "2026-04-01")->effective.day, 20513);
}
