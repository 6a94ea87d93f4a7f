/* One rule set: read strictly, row by row, and written back as it is frozen with a tender. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/time.h"
#include "core/domain/names.h"
#include "core/domain/rules_row.h"

enum { RULES_MAX = 1000 };

#define RULE(member) .offset = offsetof(struct rule_row, member)
#define GIVEN(kind)  .present = offsetof(struct rule_row, given) + (kind)
#define SET(member)  .offset = offsetof(struct set_row, member)

/* clang-format off */
static const linli_option rule_rows[] = {
    { .name = "code", .type = LINLI_OPT_CODE, .required = true, RULE(code),
      .label = { "代码", "Code" } },
    { .name = "source", .type = LINLI_OPT_STRING, .required = true, RULE(source), .low = 1, .high = 120, .format = "line",
      .label = { "依据", "Source" } },
    { .name = "period", .type = LINLI_OPT_PERIOD, RULE(period), GIVEN(RULE_PERIOD), .label = { "期限", "Period" } },
    { .name = "count", .type = LINLI_OPT_COUNT, RULE(count), GIVEN(RULE_COUNT), .low = 0, .high = 1000000000,
      .label = { "数量", "Count" } },
    { .name = "money", .type = LINLI_OPT_MONEY, RULE(money), GIVEN(RULE_MONEY), .label = { "金额", "Money" } },
    { .name = "rate", .type = LINLI_OPT_RATE, RULE(rate), GIVEN(RULE_RATE), .label = { "比例", "Rate" } },
    { .name = "points", .type = LINLI_OPT_POINTS, RULE(points), GIVEN(RULE_POINTS), .label = { "分数", "Points" } },
    { .name = "holds", .type = LINLI_OPT_BOOL, RULE(holds), GIVEN(RULE_HOLDS), .label = { "是否适用", "Holds" } },
    { .name = "name", .type = LINLI_OPT_TEXT, .required = true, RULE(name), .label = { "名称", "Name" } },
    { .name = "unverified", .type = LINLI_OPT_BOOL, RULE(unverified), .initial = "false",
      .label = { "未核实", "Unverified" } },
    { .name = "from", .type = LINLI_OPT_DATE, RULE(from), .present = offsetof(struct rule_row, has_from),
      .label = { "施行日期", "In force from" } },
    { .name = "until", .type = LINLI_OPT_DATE, RULE(until), .present = offsetof(struct rule_row, has_until),
      .label = { "有效期至", "In force until" } },
    { .name = "set", .type = LINLI_OPT_STRING, RULE(set), .low = 1, .high = 40, .format = "line",
      .label = { "所属规则集", "Set it came from" } },
};

static const linli_text level_names[] = {
    { "市", "City" }, { "区县", "District" }, { "街道乡镇", "Street" }, { "社区", "Community" }, { NULL, NULL }
};
static const char *const level_codes[] = { "city", "district", "street", "community", NULL };

static const linli_option set_rows[] = {
    { .name = "code", .type = LINLI_OPT_STRING, .required = true, SET(code), .low = 1, .high = 200, .format = "line",
      .label = { "代码", "Code" } },
    { .name = "regime", .type = LINLI_OPT_CHOICE, .required = true, SET(regime), .choices = regime_labels,
      .codes = regime_codes, .label = { "适用制度", "Regime" } },
    { .name = "effective", .type = LINLI_OPT_DATE, .required = true, SET(effective), .label = { "施行日期", "In force from" } },
    { .name = "title", .type = LINLI_OPT_TEXT, .required = true, SET(title), .label = { "名称", "Title" } },
    { .name = "area", .type = LINLI_OPT_STRING, SET(area), .low = 2, .high = 12, .format = "line",
      .label = { "适用地区（区划代码前缀）", "Area, the beginning of its division codes" } },
    { .name = "level", .type = LINLI_OPT_CHOICE, SET(level), .present = offsetof(struct set_row, has_level),
      .choices = level_names, .codes = level_codes, .label = { "适用层级", "Level of office" } },
    { .name = "rules", .type = LINLI_OPT_LIST, .required = true, SET(rules), .low = 1, .high = RULES_MAX,
      .item = rule_rows, .item_count = LENGTH(rule_rows), .item_size = sizeof(struct rule_row),
      .label = { "规则", "Rules" } },
};
/* clang-format on */

static const struct form set_form = FORM(set_rows, struct set_row);

const char *set_level(const struct set_row *row)
{
    return row->has_level ? level_codes[row->level] : NULL;
}

static int by_code_and_day(const void *a, const void *b)
{
    const struct rule_row *x = a, *y = b;
    int order = strcmp(x->code, y->code);

    return order ? order : (x->from.day > y->from.day) - (x->from.day < y->from.day);
}

/* Which value a rule has; -1 where it is not exactly one. */
static int value_given(const struct rule_row *row)
{
    int kind = -1;

    for (int i = 0; i < RULE_VALUES; i++) {
        if (!row->given[i])
            continue;
        if (kind >= 0)
            return -1;
        kind = i;
    }
    return kind;
}

int set_fault(struct err *err, const char *pointer, const char *text, const char *zh)
{
    err_set(err, E_INVALID, "rules/invalid", "%s %s", pointer, text);
    err_at(err, pointer, "invalid", text, zh);
    return E_INVALID;
}

static int rows_check(const struct rule_row *rows, size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        char pointer[64];
        snprintf(pointer, sizeof(pointer), "/rules/%zu", i);
        if (value_given(&rows[i]) < 0)
            return set_fault(err, pointer, "needs exactly one of period, count, money, rate, points, holds",
                             "须有且仅有期限、数量、金额、比例、分数、是否适用之一");
        if (rows[i].has_until && rows[i].until.day < rows[i].from.day)
            return set_fault(err, pointer, "ends before the day it holds from", "有效期至早于施行日期");
    }
    return 0;
}

/* Sorted rows: the earlier of one code must have ended when the next begins. */
static int overlaps_check(struct rule_row *rows, size_t count, struct err *err)
{
    for (size_t i = 1; i < count; i++) {
        struct rule_row *a = &rows[i - 1], *b = &rows[i];
        if (strcmp(a->code, b->code) != 0 || a->until.day < b->from.day)
            continue;
        if (a->has_until || a->from.day == b->from.day)
            return err_set(err, E_INVALID, "rules/invalid", "two rows of rule %s hold on the same day",
                           a->code);
        a->until.day = b->from.day - 1;
        a->has_until = true;
    }
    return 0;
}

int set_read(struct arena *arena, const char *json, size_t bytes, struct set_row *ret, struct err *err)
{
    void *data;
    int status = form_read(&set_form, arena, json, bytes, &data, err);

    if (status != 0)
        return status;
    *ret = *(struct set_row *)data;
    size_t count = ret->rules.count;
    struct rule_row *rows = ARENA_NEW(arena, struct rule_row, count);
    memcpy(rows, ret->rules.items, count * sizeof(*rows));
    for (size_t i = 0; i < count; i++) {
        if (!rows[i].has_from)
            rows[i].from = ret->effective;
        if (!rows[i].has_until)
            rows[i].until.day = RULE_OPEN_END;
    }
    status = rows_check(rows, count, err);
    if (status != 0)
        return status;
    qsort(rows, count, sizeof(*rows), by_code_and_day);
    ret->rules.items = rows;
    return overlaps_check(rows, count, err);
}

static linli_rule rule_of(const struct rule_row *row)
{
    linli_rule rule = {.code = row->code, .source = row->source, .unverified = row->unverified};

    switch (value_given(row)) {
    case RULE_PERIOD:
        rule.period = row->period;
        break;
    case RULE_COUNT:
        rule.unit = LINLI_UNIT_COUNT;
        rule.value = row->count;
        break;
    case RULE_MONEY:
        rule.unit = LINLI_UNIT_MONEY;
        rule.value = row->money.minor;
        break;
    case RULE_RATE:
        rule.unit = LINLI_UNIT_RATE;
        rule.value = row->rate.ppm;
        break;
    case RULE_POINTS:
        rule.unit = LINLI_UNIT_POINTS;
        rule.value = row->points.micro;
        break;
    case RULE_HOLDS:
        rule.unit = LINLI_UNIT_YES_NO;
        rule.value = row->holds;
        break;
    default:
        NEVER("a rule has one of six values");
    }
    return rule;
}

void set_freeze(struct arena *arena, const struct set_row *row, struct rule_set *ret)
{
    const struct rule_row *rows = row->rules.items;
    size_t count = row->rules.count;
    linli_rule *rules = ARENA_NEW(arena, linli_rule, count);
    linli_text *names = ARENA_NEW(arena, linli_text, count);
    struct rule_origin *origins = ARENA_NEW(arena, struct rule_origin, count);
    struct buf json = {0};

    for (size_t i = 0; i < count; i++) {
        rules[i] = rule_of(&rows[i]);
        names[i] = rows[i].name;
        origins[i] =
            (struct rule_origin){rows[i].set ? rows[i].set : row->code, rows[i].from.day, rows[i].until.day};
    }
    form_write(&set_form, row, &json);
    *ret = (struct rule_set){.code = row->code,
                             .regime = row->regime + LINLI_STATUTORY,
                             .effective = row->effective,
                             .title = row->title,
                             .rules = rules,
                             .names = names,
                             .origins = origins,
                             .count = count,
                             .json = arena_ndup(arena, json.data, json.size)};
    buf_free(&json);
}

int rules_read(struct arena *arena, const char *json, size_t bytes, struct rule_set *ret, struct err *err)
{
    struct set_row row = {0};
    int status = set_read(arena, json, bytes, &row, err);
    const struct rule_row *rows = row.rules.items;

    for (size_t i = 1; status == 0 && i < row.rules.count; i++)
        if (strcmp(rows[i - 1].code, rows[i].code) == 0)
            status = err_set(err, E_INVALID, "rules/invalid", "rule %s is there twice", rows[i].code);
    if (status == 0)
        set_freeze(arena, &row, ret);
    return status;
}

static int code_compare(const void *code, const void *rule)
{
    return strcmp(code, ((const linli_rule *)rule)->code);
}

const linli_rule *rule_find(const linli_rule *rules, size_t count, const char *code)
{
    return count == 0 ? NULL : bsearch(code, rules, count, sizeof(*rules), code_compare);
}
