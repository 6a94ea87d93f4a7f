/*
 * Reads JSON into the struct a table of option rows describes.  Goes on after a
 * fault, so that a user sees all of them at once.  Writing is in options_write.c.
 */
#include <jansson.h>

#include "core/host/options.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/host/form.h"
#include "core/json/strict.h"

enum { FORM_BYTES_MAX = 8 << 20, LIST_MAX = 100000, STRING_MAX = 100000 };

#define MONEY_MAX INT64_C(100000000000000) /* 10^12 yuan */
#define MICRO     INT64_C(1000000)

/* Where in the document we are, for the JSON Pointer. */
struct where {
    const struct where *up;
    const char *name; /* or NULL: an index */
    size_t index;
};

struct reader {
    struct arena *arena;
    struct err *err;
    const char *type;
    int faults;
};

/* ---- findings ------------------------------------------------------------- */

static size_t pointer_add(const struct where *at, char *out, size_t room)
{
    size_t used = at->up ? pointer_add(at->up, out, room) : 0;

    if (!at->up)
        return 0;
    if (!at->name)
        return used + (size_t)snprintf(out + used, used < room ? room - used : 0, "/%zu", at->index);
    if (used + 1 < room)
        out[used++] = '/';
    for (const char *c = at->name; *c && used + 3 < room; c++) {
        if (*c == '~' || *c == '/') {
            out[used++] = '~';
            out[used++] = *c == '~' ? '0' : '1';
        } else {
            out[used++] = *c;
        }
    }
    out[used] = '\0';
    return used;
}

static int fault(struct reader *r, const struct where *at, const char *code, const char *text, const char *zh)
{
    char pointer[128] = "";

    pointer_add(at, pointer, sizeof pointer);
    if (r->faults++ == 0) {
        err_set(r->err, E_INVALID, r->type, "%s %s", pointer[0] ? pointer : "the object", text);
        err_zh(r->err, "%s %s", pointer, zh);
    }
    err_at(r->err, pointer, code, text, zh);
    return E_INVALID;
}

static int fault_type(struct reader *r, const struct where *at, const char *text, const char *zh)
{
    return fault(r, at, "type", text, zh);
}

static int fault_range(struct reader *r, const struct where *at, const char *low, const char *high)
{
    char text[160], zh[160];

    snprintf(text, sizeof text, "must be from %s to %s", low, high);
    snprintf(zh, sizeof zh, "应在 %s 与 %s 之间", low, high);
    return fault(r, at, "range", text, zh);
}

static int fault_length(struct reader *r, const struct where *at, int64_t low, int64_t high, bool list)
{
    char text[160], zh[160];

    snprintf(text, sizeof text, "must have from %lld to %lld %s", (long long)low, (long long)high,
             list ? "items" : "characters");
    snprintf(zh, sizeof zh, "应有 %lld 至 %lld %s", (long long)low, (long long)high, list ? "项" : "个字符");
    return fault(r, at, "length", text, zh);
}

/* ---- numbers -------------------------------------------------------------- */

static void number_text(int32_t type, int64_t n, char out[MONEY_TEXT])
{
    switch (type) {
    case LINLI_OPT_MONEY:
        money_print(n, out);
        break;
    case LINLI_OPT_POINTS:
        points_print(n, out);
        break;
    case LINLI_OPT_RATE:
        rate_print(n, out);
        break;
    default:
        snprintf(out, MONEY_TEXT, "%lld", (long long)n);
    }
}

static int number_bounds(struct reader *r, const struct where *at, const linli_option *o, int64_t n)
{
    int64_t low = o->low, high = o->high;
    char least[MONEY_TEXT], most[MONEY_TEXT];

    if (low == 0 && high == 0) {
        low = o->type == LINLI_OPT_COUNT || o->type >= FORM_KEY ? INT64_MIN : 0;
        high = o->type == LINLI_OPT_MONEY ? MONEY_MAX : o->type == LINLI_OPT_PERIOD ? 100000 : INT64_MAX;
    }
    if (n >= low && n <= high)
        return 0;
    number_text(o->type, low, least);
    number_text(o->type, high, most);
    return fault_range(r, at, least, most);
}

static bool signed_points(const char *text, int64_t *ret)
{
    bool minus = text[0] == '-';

    if (!points_parse(text + minus, ret))
        return false;
    *ret = minus ? -*ret : *ret;
    return true;
}

static bool period_parse(const char *text, linli_period *ret)
{
    static const struct {
        const char *tail;
        int32_t unit;
    } units[] = {
        {"h", LINLI_HOURS}, {"d", LINLI_CALENDAR_DAYS}, {"wd", LINLI_WORKING_DAYS}, {"m", LINLI_MONTHS}};
    size_t digits = strspn(text, "0123456789");
    char number[8];
    int64_t count;

    if (digits == 0 || digits >= sizeof number)
        return false;
    memcpy(number, text, digits);
    number[digits] = '\0';
    if (!int_parse(number, 0, 100000, &count))
        return false;
    for (size_t i = 0; i < LENGTH(units); i++)
        if (strcmp(text + digits, units[i].tail) == 0) {
            *ret = (linli_period){(int32_t)count, units[i].unit};
            return true;
        }
    return false;
}

/* Money, points and rates share one shape: text to int64. */
static int read_decimal(struct reader *r, const struct where *at, const linli_option *o, const char *text,
                        void *out)
{
    int64_t n = 0;

    switch (o->type) {
    case LINLI_OPT_MONEY:
        if (!money_parse(text, o->low < 0, &n))
            return fault(r, at, "format", "must be yuan with two places, such as \"1250.00\"",
                         "应为两位小数的元，如 \"1250.00\"");
        break;
    case LINLI_OPT_POINTS:
        if (!signed_points(text, &n))
            return fault(r, at, "format", "must be points such as \"88.5\", at most six places",
                         "应为分值，如 \"88.5\"，最多六位小数");
        break;
    default:
        if (!rate_parse(text, &n))
            return fault(r, at, "format", "must be a rate such as \"30%\", at most four places",
                         "应为百分比，如 \"30%\"，最多四位小数");
    }
    memcpy(out, &n, sizeof n);
    return number_bounds(r, at, o, n);
}

/* ---- texts ---------------------------------------------------------------- */

static int read_choice(struct reader *r, const struct where *at, const linli_option *o, const char *text,
                       void *out)
{
    char list[320] = "", en[380], zh[380];
    size_t used = 0;

    for (int32_t i = 0; o->codes[i]; i++) {
        if (strcmp(o->codes[i], text) == 0) {
            int32_t value = o->type == FORM_ENUM ? i + (int32_t)o->low : i;
            memcpy(out, &value, sizeof value);
            return 0;
        }
        if (used < sizeof list)
            used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "", o->codes[i]);
    }
    snprintf(en, sizeof en, "must be one of: %s", list);
    snprintf(zh, sizeof zh, "应为其中之一：%s", list);
    return fault(r, at, "choice", en, zh);
}

static bool email_ok(const char *text)
{
    const char *sign = strchr(text, '@');
    const char *dot = sign ? strrchr(sign, '.') : NULL;

    if (!sign || sign == text || strlen(text) > 254 || strchr(sign + 1, '@') || !dot || dot == sign + 1 ||
        !dot[1])
        return false;
    for (const unsigned char *c = (const unsigned char *)text; *c; c++)
        if (*c <= ' ' || *c == 0x7f || strchr("\"(),:;<>[]\\", *c))
            return false;
    return true;
}

static bool phone_ok(const char *text)
{
    size_t digits = 0;

    for (const char *c = text; *c; c++) {
        if (*c >= '0' && *c <= '9')
            digits++;
        else if (!((*c == '+' && c == text) || ((*c == '-' || *c == ' ') && c != text)))
            return false;
    }
    return digits >= 3 && digits <= 15;
}

/* A text of nothing but spaces would be a title nobody can read; none at all is a matter of length. */
static int string_shown(struct reader *r, const struct where *at, bool lines, const char *text)
{
    if (!utf8_ok(text, strlen(text), lines))
        return fault(r, at, "encoding", "has characters that cannot be shown", "含有不可显示的字符");
    if (text[0] && !text_visible(text))
        return fault(r, at, "blank", "has no visible character", "没有可见的字符");
    return 0;
}

static int string_format(struct reader *r, const struct where *at, const char *format, const char *text)
{
    if (string_shown(r, at, !format || (strcmp(format, "line") != 0 && strcmp(format, FORM_NUMBER) != 0),
                     text))
        return E_INVALID;
    if (!format || !text[0])
        return 0;
    if (strcmp(format, "uscc") == 0 && uscc_check(text) < 0)
        return fault(r, at, "format", "must be a unified social credit code of 18 characters",
                     "应为 18 位统一社会信用代码");
    if (strcmp(format, "email") == 0 && !email_ok(text))
        return fault(r, at, "format", "must be an e-mail address", "应为电子邮箱地址");
    if (strcmp(format, "phone") == 0 && !phone_ok(text))
        return fault(r, at, "format", "must be a telephone number", "应为电话号码");
    return 0;
}

static int string_length(struct reader *r, const struct where *at, const linli_option *o, const char *text)
{
    int64_t count = (int64_t)code_points(text);
    int64_t low = o->low, high = o->high || o->low ? o->high : STRING_MAX;

    return count >= low && count <= high ? 0 : fault_length(r, at, low, high, false);
}

static int read_string(struct reader *r, const struct where *at, const linli_option *o, const char *text,
                       void *out)
{
    if (string_format(r, at, o->format, text))
        return E_INVALID;
    size_t bytes = strlen(text);
    const bool number = o->format && strcmp(o->format, FORM_NUMBER) == 0;
    const char *from = number ? text_trimmed(text, &bytes) : text;
    const char *copy = arena_ndup(r->arena, from, bytes);
    if (string_length(r, at, o, copy))
        return E_INVALID;
    memcpy(out, &copy, sizeof copy);
    return 0;
}

static int read_bytes(struct reader *r, const struct where *at, const linli_option *o, const char *text,
                      void *out)
{
    size_t room = strlen(text) / 4 * 3 + 3, count = 0;
    uint8_t *data = arena_alloc(r->arena, room, 1);
    const char *end;

    if (sodium_base642bin(data, room, text, strlen(text), NULL, &count, &end,
                          sodium_base64_VARIANT_ORIGINAL) != 0 ||
        *end != '\0')
        return fault(r, at, "encoding", "must be base64 with padding", "应为带填充的 base64");
    if ((o->low || o->high) && ((int64_t)count < o->low || (int64_t)count > o->high))
        return fault_length(r, at, o->low, o->high, false);
    linli_bytes bytes = {data, count};
    memcpy(out, &bytes, sizeof bytes);
    return 0;
}

static int read_code(struct reader *r, const struct where *at, const linli_option *o, const char *text,
                     void *out)
{
    bool id = o->type == LINLI_OPT_ID;

    if (id && !uuid_ok(text))
        return fault(r, at, "format", "must be a lower-case UUID", "应为小写 UUID");
    if (!id && !code_ok(text))
        return fault(r, at, "format", "must be a code: lower-case letters, digits and _, at most 40",
                     "应为代码：小写字母、数字和下划线，最多 40 个");
    const char *copy = arena_dup(r->arena, text);
    memcpy(out, &copy, sizeof copy);
    return 0;
}

static int read_moment(struct reader *r, const struct where *at, const linli_option *o, const char *text,
                       void *out)
{
    int64_t us;
    int32_t day;

    if (o->type == LINLI_OPT_TIME) {
        if (!time_parse(text, &us))
            return fault(r, at, "format", "must be a time such as \"2026-12-01T09:00:00+08:00\"",
                         "应为时间，如 \"2026-12-01T09:00:00+08:00\"");
        memcpy(out, &us, sizeof us);
        return number_bounds(r, at, o, us);
    }
    if (!date_parse(text, &day))
        return fault(r, at, "format", "must be a date such as \"2026-11-21\"", "应为日期，如 \"2026-11-21\"");
    memcpy(out, &day, sizeof day);
    return number_bounds(r, at, o, day);
}

/* A value that JSON writes as a string; also every default of a table. */
static int read_text(struct reader *r, const struct where *at, const linli_option *o, const char *text,
                     void *out)
{
    linli_period period;

    switch (o->type) {
    case LINLI_OPT_MONEY:
    case LINLI_OPT_POINTS:
    case LINLI_OPT_RATE:
        return read_decimal(r, at, o, text, out);
    case LINLI_OPT_PERIOD:
        if (!period_parse(text, &period))
            return fault(r, at, "format", "must be a period such as \"20d\", \"7wd\", \"48h\" or \"3m\"",
                         "应为期间，如 \"20d\"、\"7wd\"、\"48h\" 或 \"3m\"");
        memcpy(out, &period, sizeof period);
        return number_bounds(r, at, o, period.count);
    case LINLI_OPT_CHOICE:
    case FORM_ENUM:
        return read_choice(r, at, o, text, out);
    case LINLI_OPT_CODE:
    case LINLI_OPT_ID:
        return read_code(r, at, o, text, out);
    case LINLI_OPT_STRING:
        return read_string(r, at, o, text, out);
    case LINLI_OPT_BYTES:
        return read_bytes(r, at, o, text, out);
    default:
        return read_moment(r, at, o, text, out);
    }
}

/* ---- members -------------------------------------------------------------- */

static int read_object(struct reader *r, const struct where *at, const linli_option *rows, size_t count,
                       const json_t *v, char *out);
static int read_value(struct reader *r, const struct where *at, const linli_option *o, const json_t *v,
                      char *base);

static int read_linli_text(struct reader *r, const struct where *at, const linli_option *o, const json_t *v,
                           void *out)
{
    static const char *const language[2] = {"zh", "en"};
    const char *text[2];

    if (!json_is_object(v))
        return fault_type(r, at, "must be an object with \"zh\" and \"en\"",
                          "应为含 \"zh\" 与 \"en\" 的对象");
    for (int i = 0; i < 2; i++) {
        struct where here = {at, language[i], 0};
        const json_t *member = json_object_get(v, language[i]);
        if (!member)
            return fault(r, &here, "required", "is required", "必填");
        if (!json_is_string(member))
            return fault_type(r, &here, "must be a string", "应为字符串");
        text[i] = json_string_value(member);
        if (!text[i][0])
            return fault(r, &here, "length", "must not be empty", "不能为空");
        if (string_shown(r, &here, true, text[i]) || string_length(r, &here, o, text[i]))
            return E_INVALID;
    }
    if (json_object_size(v) != 2)
        return fault(r, at, "unknown", "has members other than \"zh\" and \"en\"",
                     "含有 \"zh\"、\"en\" 以外的成员");
    linli_text both = {arena_dup(r->arena, text[0]), arena_dup(r->arena, text[1])};
    memcpy(out, &both, sizeof both);
    return 0;
}

static int read_list(struct reader *r, const struct where *at, const linli_option *o, const json_t *v,
                     void *out)
{
    size_t count = json_array_size(v);
    int64_t low = o->low, high = o->high || o->low ? o->high : LIST_MAX;
    bool bare = o->item_count == 1 && o->item[0].name[0] == '\0';
    int status = 0;

    if (!json_is_array(v))
        return fault_type(r, at, "must be a list", "应为列表");
    if ((int64_t)count < low || (int64_t)count > high)
        return fault_length(r, at, low, high, true);
    char *items = arena_alloc(r->arena, count ? count : 1, o->item_size);
    for (size_t i = 0; i < count; i++) {
        struct where here = {at, NULL, i};
        const json_t *item = json_array_get(v, i);
        char *to = items + i * o->item_size;
        int one = bare ? read_value(r, &here, o->item, item, to)
                       : read_object(r, &here, o->item, o->item_count, item, to);
        status = one ? one : status;
        if (one && r->faults >= ERR_POINTERS)
            break;
    }
    linli_list list = {items, count};
    memcpy(out, &list, sizeof list);
    return status;
}

static int read_integer(struct reader *r, const struct where *at, const linli_option *o, const json_t *v,
                        void *out)
{
    int64_t n = json_integer_value(v);
    int32_t small = (int32_t)n;

    if (!json_is_integer(v))
        return fault_type(r, at, "must be a whole number", "应为整数");
    if (o->type == FORM_KEY && n < 0)
        return fault_range(r, at, "0", "2^63 - 1");
    if (o->type == FORM_INT && n != small)
        return fault_range(r, at, "-2^31", "2^31 - 1");
    memcpy(out, o->type == FORM_INT ? (const void *)&small : (const void *)&n,
           o->type == FORM_INT ? sizeof small : sizeof n);
    return number_bounds(r, at, o, n);
}

static int code_index(const char *const *codes, const char *text)
{
    for (int i = 0; text && codes[i]; i++)
        if (strcmp(codes[i], text) == 0)
            return i;
    return -1;
}

static int read_bits(struct reader *r, const struct where *at, const char *const *codes, const json_t *v,
                     uint64_t *ret)
{
    uint64_t bits = 0;

    if (!json_is_array(v))
        return fault_type(r, at, "must be a list", "应为列表");
    for (size_t i = 0; i < json_array_size(v); i++) {
        struct where here = {at, NULL, i};
        int n = code_index(codes, json_string_value(json_array_get(v, i)));
        if (n < 0)
            return fault(r, &here, "choice", "is not one of the codes known here", "不是可用的代码");
        bits |= UINT64_C(1) << n;
    }
    *ret = bits;
    return 0;
}

/* FORM_BITS and FORM_MAY: a set of codes; one such set for each role. */
static int read_sets(struct reader *r, const struct where *at, const linli_option *o, const json_t *v,
                     void *out)
{
    uint64_t may[LINLI_ROLES] = {0}, bits = 0;
    const char *name;
    json_t *set;

    if (o->type == FORM_BITS) {
        if (read_bits(r, at, o->codes, v, &bits))
            return E_INVALID;
        uint32_t stored = (uint32_t)(bits << o->low);
        memcpy(out, &stored, sizeof stored);
        return 0;
    }
    if (!json_is_object(v))
        return fault_type(r, at, "must be an object", "应为对象");
    json_object_foreach((json_t *)v, name, set)
    {
        struct where here = {at, name, 0};
        int role = code_index(o->item->codes, name);
        if (role < 0)
            return fault(r, &here, "unknown", "is not known here", "不认识的成员");
        if (read_bits(r, &here, o->codes, set, &may[role]))
            return E_INVALID;
    }
    memcpy(out, may, sizeof may);
    return 0;
}

/* FORM_VALUE and FORM_MARK: the type the unit makes of it. */
static int read_unit_value(struct reader *r, const struct where *at, const linli_option *o, const json_t *v,
                           const char *base, void *out)
{
    static const int32_t kinds[] = {[LINLI_UNIT_POINTS] = LINLI_OPT_POINTS,
                                    [LINLI_UNIT_MONEY] = LINLI_OPT_MONEY,
                                    [LINLI_UNIT_RATE] = LINLI_OPT_RATE};
    linli_option as = {.name = o->name, .type = LINLI_OPT_COUNT};
    int32_t unit = json_is_string(v) ? LINLI_UNIT_POINTS : LINLI_UNIT_COUNT;

    if (o->type == FORM_VALUE)
        memcpy(&unit, base + o->item_size, sizeof unit);
    if (unit > 0 && (size_t)unit < LENGTH(kinds) && kinds[unit])
        as.type = kinds[unit];
    if (as.type == LINLI_OPT_MONEY || as.type == LINLI_OPT_POINTS)
        as.low = -MONEY_MAX * 10, as.high = MONEY_MAX * 10;
    if (as.type == LINLI_OPT_COUNT)
        return read_integer(r, at, &as, v, out);
    if (!json_is_string(v))
        return fault_type(r, at, "must be a string", "应为字符串");
    return read_text(r, at, &as, json_string_value(v), out);
}

static int read_days(struct reader *r, const struct where *at, const json_t *v, void *out)
{
    const char *digits = json_string_value(v);
    size_t count = json_string_length(v);

    if (!digits || strspn(digits, "012") != count || count > 100000)
        return fault(r, at, "format", "must be a string of the digits 0, 1 and 2",
                     "应为由 0、1、2 组成的字符串");
    uint8_t *days = arena_alloc(r->arena, count + 1, 1);
    for (size_t i = 0; i < count; i++)
        days[i] = (uint8_t)(digits[i] - '0');
    linli_calendar calendar = {.day_count = (int32_t)count, .days = days};
    char *base = (char *)out - offsetof(linli_calendar, days);
    memcpy(base + offsetof(linli_calendar, day_count), &calendar.day_count, sizeof calendar.day_count);
    memcpy(out, &calendar.days, sizeof calendar.days);
    return 0;
}

static int read_ref(struct reader *r, const struct where *at, const linli_option *o, const json_t *v,
                    void *out)
{
    char *to = arena_alloc(r->arena, 1, o->item_size);
    int status = read_object(r, at, o->item, o->item_count, v, to);

    memcpy(out, &to, sizeof to);
    return status;
}

static int read_json(struct reader *r, const json_t *v, void *out)
{
    char *text = json_dumps(v, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);

    MUST(text);
    const char *copy = arena_dup(r->arena, text);
    free(text);
    memcpy(out, &copy, sizeof copy);
    return 0;
}

/* Values that JSON does not write as a string. */
static int read_value(struct reader *r, const struct where *at, const linli_option *o, const json_t *v,
                      char *base)
{
    char *out = base + o->offset;

    switch (o->type) {
    case LINLI_OPT_BOOL:
        if (!json_is_boolean(v))
            return fault_type(r, at, "must be true or false", "应为 true 或 false");
        *(bool *)out = json_is_true(v);
        return 0;
    case LINLI_OPT_COUNT:
    case FORM_KEY:
    case FORM_INT:
        return read_integer(r, at, o, v, out);
    case LINLI_OPT_TEXT:
        return read_linli_text(r, at, o, v, out);
    case LINLI_OPT_LIST:
        return read_list(r, at, o, v, out);
    case LINLI_OPT_OBJECT:
        return read_object(r, at, o->item, o->item_count, v, out);
    case FORM_BITS:
    case FORM_MAY:
        return read_sets(r, at, o, v, out);
    case FORM_VALUE:
    case FORM_MARK:
        return read_unit_value(r, at, o, v, base, out);
    case FORM_LINES:
    case FORM_LINE:
        return 0;
    case FORM_REF:
        return read_ref(r, at, o, v, out);
    case FORM_DAYS:
        return read_days(r, at, v, out);
    case FORM_OBJECT:
        if (!json_is_object(v))
            return fault_type(r, at, "must be an object", "应为对象");
        return read_json(r, v, out);
    case FORM_JSON:
        return read_json(r, v, out);
    default:
        if (!json_is_string(v))
            return fault_type(r, at, "must be a string", "应为字符串");
        if (strlen(json_string_value(v)) != json_string_length(v))
            return fault(r, at, "encoding", "must not hold a zero byte", "不能含有零字节");
        return read_text(r, at, o, json_string_value(v), out);
    }
}

static int read_initial(struct reader *r, const struct where *at, const linli_option *o, char *base)
{
    int64_t n;

    switch (o->type) {
    case LINLI_OPT_BOOL:
        *(bool *)(base + o->offset) = strcmp(o->initial, "true") == 0;
        return 0;
    case LINLI_OPT_COUNT:
        if (!int_parse(o->initial, INT64_MIN, INT64_MAX, &n))
            return fault_type(r, at, "has a default that is no whole number", "默认值不是整数");
        memcpy(base + o->offset, &n, sizeof n);
        return number_bounds(r, at, o, n);
    case LINLI_OPT_TEXT:
    case LINLI_OPT_LIST:
    case LINLI_OPT_OBJECT: {
        AUTO_JSON json_t *v = json_loads(o->initial, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
        return v ? read_value(r, at, o, v, base)
                 : fault_type(r, at, "has a default that is no JSON", "默认值不是 JSON");
    }
    default:
        return read_text(r, at, o, o->initial, base + o->offset);
    }
}

static void unknown_members(struct reader *r, const struct where *at, const linli_option *rows, size_t count,
                            const json_t *v)
{
    const char *name;
    json_t *member;

    json_object_foreach((json_t *)v, name, member)
    {
        size_t i = 0;
        while (i < count && strcmp(rows[i].name, name) != 0)
            i++;
        if (i < count)
            continue;
        struct where here = {at, name, 0};
        fault(r, &here, "unknown", "is not known here", "不认识的成员");
    }
}

/* null takes away what was there, of a member that may be without. */
static bool is_cleared(const linli_option *o, const json_t *member)
{
    return json_is_null(member) && o->present && o->format && strcmp(o->format, FORM_CLEARS) == 0;
}

static int read_object(struct reader *r, const struct where *at, const linli_option *rows, size_t count,
                       const json_t *v, char *out)
{
    size_t known = 0;
    int faults = r->faults;

    if (!json_is_object(v))
        return fault_type(r, at, "must be an object", "应为对象");
    for (size_t i = 0; i < count; i++) {
        const linli_option *o = &rows[i];
        const json_t *member = json_object_get(v, o->name);
        struct where here = {at, o->name, 0};
        int status = 0;

        if (member) {
            known++;
            status = is_cleared(o, member) ? 0 : read_value(r, &here, o, member, out);
            if (o->present)
                *(bool *)(out + o->present) = true;
        } else if (o->required) {
            status = fault(r, &here, "required", "is required", "必填");
        } else if (o->initial) {
            status = read_initial(r, &here, o, out);
        }
        MUST(status == 0 || r->faults > faults);
    }
    if (known != json_object_size(v))
        unknown_members(r, at, rows, count, v);
    return r->faults > faults ? E_INVALID : 0;
}

/* ---- the door ------------------------------------------------------------- */

int form_read_as(const struct form *form, struct arena *arena, const char *json, size_t bytes,
                 size_t bytes_max, const char *type, void **ret_struct, struct err *err)
{
    AUTO_JSON json_t *v = NULL;
    struct where top = {NULL, "", 0};
    char malformed[64], invalid[64];

    snprintf(malformed, sizeof malformed, "%s/malformed", type);
    snprintf(invalid, sizeof invalid, "%s/invalid", type);
    int status = json_strict(json, bytes, bytes_max, malformed, &v, err);
    if (status)
        return status;
    struct reader r = {arena, err, invalid, 0};
    char *out = arena_alloc(arena, 1, form->size ? form->size : 1);
    status = read_object(&r, &top, form->rows, form->count, v, out);
    if (status)
        return status;
    *ret_struct = out;
    return 0;
}

int form_read(const struct form *form, struct arena *arena, const char *json, size_t bytes, void **ret_struct,
              struct err *err)
{
    return form_read_as(form, arena, json, bytes, FORM_BYTES_MAX, "body", ret_struct, err);
}
