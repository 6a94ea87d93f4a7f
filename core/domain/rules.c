/* Rule sets: reads the files, sorts, and finds the set of a day. */
#include "core/domain/rules.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/time.h"
#include "core/host/options.h"

enum { FILE_MAX = 1 << 20, RULES_MAX = 1000 };
enum { PERIOD, COUNT, MONEY, RATE, POINTS, VALUES };

struct rule_row {
    const char *code, *source;
    linli_period period;
    int64_t count;
    linli_money money;
    linli_rate rate;
    linli_points points;
    linli_text name;
    bool unverified, given[VALUES];
};

struct set_row {
    const char *code;
    int32_t regime;
    linli_date effective;
    linli_text title;
    linli_list rules;
};

#define RULE(member) .offset = offsetof(struct rule_row, member)
#define GIVEN(kind)  .present = offsetof(struct rule_row, given) + (kind)
#define SET(member)  .offset = offsetof(struct set_row, member)

/* clang-format off */
static const linli_option rule_rows[] = {
    { .name = "code", .type = LINLI_OPT_CODE, .required = true, RULE(code),
      .label = { "代码", "Code" } },
    { .name = "source", .type = LINLI_OPT_STRING, .required = true, RULE(source), .low = 1, .high = 120, .format = "line",
      .label = { "依据", "Source" } },
    { .name = "period", .type = LINLI_OPT_PERIOD, RULE(period), GIVEN(PERIOD), .label = { "期限", "Period" } },
    { .name = "count", .type = LINLI_OPT_COUNT, RULE(count), GIVEN(COUNT), .low = 0, .high = 1000000000,
      .label = { "数量", "Count" } },
    { .name = "money", .type = LINLI_OPT_MONEY, RULE(money), GIVEN(MONEY), .label = { "金额", "Money" } },
    { .name = "rate", .type = LINLI_OPT_RATE, RULE(rate), GIVEN(RATE), .label = { "比例", "Rate" } },
    { .name = "points", .type = LINLI_OPT_POINTS, RULE(points), GIVEN(POINTS), .label = { "分数", "Points" } },
    { .name = "name", .type = LINLI_OPT_TEXT, .required = true, RULE(name), .label = { "名称", "Name" } },
    { .name = "unverified", .type = LINLI_OPT_BOOL, RULE(unverified), .initial = "false",
      .label = { "未核实", "Unverified" } },
};

static const linli_text regime_names[] = {
    { "政府采购", "Statutory procurement" }, { "限额以下采购", "Below the threshold" },
    { "项目资助", "Grants" }, { "慈善资金", "Charity money" }, { NULL, NULL }
};
static const char *const regime_codes[] = { "statutory", "sub_threshold", "grants", "charity", NULL };

static const linli_option set_rows[] = {
    { .name = "code", .type = LINLI_OPT_STRING, .required = true, SET(code), .low = 1, .high = 40, .format = "line",
      .label = { "代码", "Code" } },
    { .name = "regime", .type = LINLI_OPT_CHOICE, .required = true, SET(regime), .choices = regime_names,
      .codes = regime_codes, .label = { "适用制度", "Regime" } },
    { .name = "effective", .type = LINLI_OPT_DATE, .required = true, SET(effective), .label = { "施行日期", "In force from" } },
    { .name = "title", .type = LINLI_OPT_TEXT, .required = true, SET(title), .label = { "名称", "Title" } },
    { .name = "rules", .type = LINLI_OPT_LIST, .required = true, SET(rules), .low = 1, .high = RULES_MAX,
      .item = rule_rows, .item_count = LENGTH(rule_rows), .item_size = sizeof(struct rule_row),
      .label = { "规则", "Rules" } },
};
/* clang-format on */

static const struct form set_form = FORM(set_rows, struct set_row);

static int by_code(const void *a, const void *b)
{
    return strcmp(((const struct rule_row *)a)->code, ((const struct rule_row *)b)->code);
}

/* Which value a rule has; -1 where it is not exactly one. */
static int value_given(const struct rule_row *row)
{
    int kind = -1;

    for (int i = 0; i < VALUES; i++) {
        if (!row->given[i])
            continue;
        if (kind >= 0)
            return -1;
        kind = i;
    }
    return kind;
}

static linli_rule rule_of(const struct rule_row *row, int kind)
{
    linli_rule rule = {.code = row->code, .source = row->source, .unverified = row->unverified};

    switch (kind) {
    case PERIOD:
        rule.period = row->period;
        break;
    case COUNT:
        rule.unit = LINLI_UNIT_COUNT;
        rule.value = row->count;
        break;
    case MONEY:
        rule.unit = LINLI_UNIT_MONEY;
        rule.value = row->money.minor;
        break;
    case RATE:
        rule.unit = LINLI_UNIT_RATE;
        rule.value = row->rate.ppm;
        break;
    case POINTS:
        rule.unit = LINLI_UNIT_POINTS;
        rule.value = row->points.micro;
        break;
    default:
        NEVER("a rule has one of five values");
    }
    return rule;
}

int rules_read(struct arena *arena, const char *json, size_t bytes, struct rule_set *ret, struct err *err)
{
    void *data;
    int status = form_read(&set_form, arena, json, bytes, &data, err);

    if (status != 0)
        return status;
    const struct set_row *set = data;
    size_t count = set->rules.count;
    struct rule_row *rows = ARENA_NEW(arena, struct rule_row, count);
    linli_rule *rules = ARENA_NEW(arena, linli_rule, count);
    linli_text *names = ARENA_NEW(arena, linli_text, count);
    memcpy(rows, set->rules.items, count * sizeof(*rows));
    qsort(rows, count, sizeof(*rows), by_code);
    for (size_t i = 0; i < count; i++) {
        int kind = value_given(&rows[i]);
        if (kind < 0)
            return err_set(err, E_INVALID, "rules/invalid",
                           "rule %s: exactly one of period, count, money, rate, points", rows[i].code);
        if (i > 0 && strcmp(rows[i].code, rows[i - 1].code) == 0)
            return err_set(err, E_INVALID, "rules/invalid", "rule %s is there twice", rows[i].code);
        rules[i] = rule_of(&rows[i], kind);
        names[i] = rows[i].name;
    }
    *ret = (struct rule_set){.code = set->code,
                             .regime = set->regime + LINLI_STATUTORY,
                             .effective = set->effective,
                             .rules = rules,
                             .count = count,
                             .json = arena_ndup(arena, json, bytes),
                             .title = set->title,
                             .names = names};
    return 0;
}

static int file_read(const char *path, struct buf *ret, struct err *err)
{
    FILE *in = fopen(path, "re");

    if (!in)
        return err_set(err, E_ABSENT, "rules/absent", "%s: %s", path, strerror(errno));
    buf_reserve(ret, FILE_MAX + 1);
    ret->size = fread(ret->data, 1, FILE_MAX + 1, in);
    bool good = !ferror(in) && ret->size <= FILE_MAX;
    fclose(in);
    if (!good)
        return err_set(err, E_MALFORMED, "rules/malformed", "%s: not a rule set of at most 1 MiB", path);
    return 0;
}

/* The reader knows no file; says which, and speaks of rules rather than of a request's body. */
static int file_blame(struct err *err, int status, const char *path)
{
    struct err inner = *err;

    err_set(err, status, status == E_MALFORMED ? "rules/malformed" : "rules/invalid", "%s: %s%s%s", path,
            inner.at_count > 0 ? inner.at[0].pointer : "", inner.at_count > 0 ? " " : "",
            inner.at_count > 0 ? inner.at[0].text : inner.detail);
    return status;
}

static int set_load(struct arena *arena, const char *folder, const char *name, struct rule_set *ret,
                    struct err *err)
{
    CLEANUP(buf_free) struct buf text = {0};
    struct err fault = {0};
    char *path = arena_printf(arena, "%s/%s", folder, name);
    int status = file_read(path, &text, err);

    if (status != 0)
        return status;
    status = rules_read(arena, text.data, text.size, ret, &fault);
    if (status != 0 && err) {
        *err = fault;
        return file_blame(err, status, path);
    }
    return status;
}

static int by_regime_and_date(const void *a, const void *b)
{
    const struct rule_set *x = a, *y = b;

    if (x->regime != y->regime)
        return x->regime < y->regime ? -1 : 1;
    return (x->effective.day > y->effective.day) - (x->effective.day < y->effective.day);
}

static int sets_check(const struct rule_set *sets, size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++) {
            if (strcmp(sets[i].code, sets[j].code) == 0)
                return err_set(err, E_INVALID, "rules/invalid", "two rule sets are called %s", sets[i].code);
            if (by_regime_and_date(&sets[i], &sets[j]) == 0)
                return err_set(err, E_INVALID, "rules/invalid",
                               "%s and %s take effect on the same day for the same regime", sets[j].code,
                               sets[i].code);
        }
    return 0;
}

static int is_set(const struct dirent *entry)
{
    size_t size = strlen(entry->d_name);

    return entry->d_name[0] != '.' && size > 5 && strcmp(entry->d_name + size - 5, ".json") == 0;
}

int rules_load(const char *folder, struct arena *arena, struct rule_book *ret, struct err *err)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_set, alphasort), status = 0;

    if (count < 0)
        return err_set(err, E_ABSENT, "rules/absent", "%s: %s", folder, strerror(errno));
    struct rule_set *sets = ARENA_NEW(arena, struct rule_set, count);
    for (int i = 0; i < count; i++) {
        if (status == 0)
            status = set_load(arena, folder, entries[i]->d_name, &sets[i], err);
        free(entries[i]);
    }
    free(entries);
    if (status == 0 && count == 0)
        status = err_set(err, E_ABSENT, "rules/absent", "%s: no *.json", folder);
    if (status == 0)
        status = sets_check(sets, (size_t)count, err);
    if (status != 0)
        return status;
    qsort(sets, (size_t)count, sizeof(*sets), by_regime_and_date);
    *ret = (struct rule_book){.sets = sets, .count = (size_t)count};
    return 0;
}

const struct rule_set *rules_in_force(const struct rule_book *book, int regime, int32_t day)
{
    const struct rule_set *found = NULL;

    for (size_t i = 0; i < book->count; i++)
        if (book->sets[i].regime == regime && book->sets[i].effective.day <= day)
            found = &book->sets[i];
    return found;
}

static int code_compare(const void *code, const void *rule)
{
    return strcmp(code, ((const linli_rule *)rule)->code);
}

const linli_rule *rule_find(const linli_rule *rules, size_t count, const char *code)
{
    return count == 0 ? NULL : bsearch(code, rules, count, sizeof(*rules), code_compare);
}
