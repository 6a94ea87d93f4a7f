/* Writes the struct of a table as canonical JSON, and the table as JSON Schema. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/base/time.h"
#include "core/host/form.h"
#include "core/host/host.h"

enum { ROWS_MAX = 128 };

/* ---- values --------------------------------------------------------------- */

static int64_t get_int64(const char *at)
{
    int64_t n;

    memcpy(&n, at, sizeof n);
    return n;
}

static int32_t get_int32(const char *at)
{
    int32_t n;

    memcpy(&n, at, sizeof n);
    return n;
}

static const char *get_text(const char *at)
{
    const char *text;

    memcpy(&text, at, sizeof text);
    return text;
}

size_t form_width(int32_t type)
{
    switch (type) {
    case LINLI_OPT_BOOL:
        return sizeof(bool);
    case LINLI_OPT_COUNT:
    case LINLI_OPT_MONEY:
    case LINLI_OPT_POINTS:
    case LINLI_OPT_RATE:
    case LINLI_OPT_TIME:
    case FORM_KEY:
    case FORM_VALUE:
    case FORM_MARK:
        return sizeof(int64_t);
    case LINLI_OPT_PERIOD:
        return sizeof(linli_period);
    case LINLI_OPT_CHOICE:
    case LINLI_OPT_DATE:
    case FORM_INT:
    case FORM_ENUM:
    case FORM_BITS:
        return sizeof(int32_t);
    case LINLI_OPT_CODE:
    case LINLI_OPT_STRING:
    case LINLI_OPT_ID:
    case FORM_REF:
    case FORM_DAYS:
    case FORM_JSON:
    case FORM_OBJECT:
        return sizeof(void *);
    case LINLI_OPT_TEXT:
        return sizeof(linli_text);
    case LINLI_OPT_LIST:
        return sizeof(linli_list);
    case LINLI_OPT_BYTES:
        return sizeof(linli_bytes);
    case FORM_LINES:
        return sizeof(linli_lines);
    case FORM_LINE:
        return sizeof(linli_line);
    case FORM_MAY:
        return LINLI_ROLES * sizeof(uint64_t);
    default:
        return 0; /* LINLI_OPT_OBJECT has the width its row says */
    }
}

static bool all_zero(const char *at, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (at[i])
            return false;
    return true;
}

/* Was the member given, or has it a value of its own? */
static bool is_absent(const linli_option *o, const char *base)
{
    const char *at = base + o->offset;

    if (o->type == FORM_JSON)
        return true;
    if (o->type == FORM_OBJECT)
        return !get_text(at) && !(o->present && *(const bool *)(base + o->present));
    if (o->type >= FORM_KEY || o->type == LINLI_OPT_POINTS) {
        if (o->format && strcmp(o->format, FORM_ALWAYS) == 0)
            return false;
    }
    if (o->present)
        return !*(const bool *)(base + o->present) && !o->initial;
    if (o->type == LINLI_OPT_OBJECT)
        return !o->required && !o->initial && all_zero(at, o->item_size);
    if (o->type == LINLI_OPT_LIST || o->type == FORM_LINES)
        return !o->required && !o->initial && ((const linli_list *)(const void *)at)->count == 0;
    if (o->type == LINLI_OPT_TIME && get_int64(at) == 0)
        return true;
    if ((o->type == LINLI_OPT_CODE || o->type == LINLI_OPT_STRING || o->type == LINLI_OPT_ID) &&
        !get_text(at))
        return true;
    if (o->type == FORM_VALUE && get_int32(base + o->item_size) == 0)
        return true;
    if (o->required || (o->initial && o->type < FORM_KEY && o->type != LINLI_OPT_PERIOD))
        return false;
    return all_zero(at, form_width(o->type));
}

static void write_object(const linli_option *rows, size_t count, const char *base, const struct words *words,
                         struct buf *out);

static void write_codes(const char *const *codes, uint64_t bits, struct buf *out)
{
    json_open(out, '[');
    for (size_t i = 0; codes[i]; i++)
        if (bits >> i & 1)
            json_string(out, codes[i]);
    json_close(out, ']');
}

static void write_may(const linli_option *o, const char *at, struct buf *out)
{
    uint64_t may[LINLI_ROLES];
    size_t order[LINLI_ROLES], count = 0;

    memcpy(may, at, sizeof may);
    for (size_t i = 0; o->item->codes[i]; i++) {
        size_t k = count++;
        for (; k > 0 && strcmp(o->item->codes[order[k - 1]], o->item->codes[i]) > 0; k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
    json_open(out, '{');
    for (size_t i = 0; i < count; i++)
        if (may[order[i]]) {
            json_key(out, o->item->codes[order[i]]);
            write_codes(o->codes, may[order[i]], out);
        }
    json_close(out, '}');
}

static void write_period(linli_period p, struct buf *out)
{
    static const char *const tail[] = {"", "h", "d", "wd", "m"};
    char text[24];

    snprintf(text, sizeof text, "%d%s", p.count, p.unit >= 1 && p.unit <= 4 ? tail[p.unit] : "");
    json_string(out, text);
}

static void write_unit_value(int32_t unit, int64_t n, struct buf *out)
{
    switch (unit) {
    case LINLI_UNIT_POINTS:
        json_points(out, n);
        break;
    case LINLI_UNIT_MONEY:
        json_fen(out, n);
        break;
    case LINLI_UNIT_RATE:
        json_rate(out, n);
        break;
    default:
        json_int(out, n);
    }
}

static void write_list(const linli_option *o, const char *at, const struct words *words, struct buf *out);

static void write_lines(const linli_lines *lines, const struct words *words, struct buf *out)
{
    json_open(out, '[');
    for (size_t i = 0; words && i < lines->count; i++)
        words_write(words, &lines->items[i], out);
    json_close(out, ']');
}

static void write_bytes(const linli_bytes *bytes, struct buf *out)
{
    size_t room = sodium_base64_encoded_len(bytes->count, sodium_base64_VARIANT_ORIGINAL);
    char *text = malloc(room);

    MUST(text);
    json_string(out,
                sodium_bin2base64(text, room, bytes->data, bytes->count, sodium_base64_VARIANT_ORIGINAL));
    free(text);
}

static void write_days(const char *at, struct buf *out)
{
    const linli_calendar *c = (const void *)(at - offsetof(linli_calendar, days));
    char *digits = malloc((size_t)c->day_count + 1);

    MUST(digits);
    for (int32_t i = 0; i < c->day_count; i++)
        digits[i] = (char)('0' + c->days[i]);
    json_stringn(out, digits, (size_t)c->day_count);
    free(digits);
}

static void write_code(const char *const *codes, int64_t index, struct buf *out)
{
    for (int64_t i = 0; codes[i]; i++)
        if (i == index) {
            json_string(out, codes[i]);
            return;
        }
    json_int(out, index);
}

/* The kinds that only the host's own structs have, and plain numbers. */
static void write_own_value(const linli_option *o, const char *base, const struct words *words,
                            struct buf *out)
{
    const char *at = base + o->offset;

    switch (o->type) {
    case FORM_INT:
        json_int(out, get_int32(at));
        break;
    case FORM_BITS:
        write_codes(o->codes, (uint64_t)(uint32_t)get_int32(at) >> o->low, out);
        break;
    case FORM_MAY:
        write_may(o, at, out);
        break;
    case FORM_VALUE:
        write_unit_value(get_int32(base + o->item_size), get_int64(at), out);
        break;
    case FORM_LINES:
        write_lines((const void *)at, words, out);
        break;
    case FORM_LINE:
        words_write(words, (const void *)at, out);
        break;
    case FORM_REF:
        write_object(o->item, o->item_count, get_text(at), words, out);
        break;
    case FORM_DAYS:
        write_days(at, out);
        break;
    case FORM_OBJECT:
        json_raw(out, get_text(at), strlen(get_text(at)));
        break;
    default: /* LINLI_OPT_COUNT, FORM_KEY, FORM_MARK */
        json_int(out, get_int64(at));
    }
}

static void write_value(const linli_option *o, const char *base, const struct words *words, struct buf *out)
{
    const char *at = base + o->offset;

    switch (o->type) {
    case LINLI_OPT_BOOL:
        json_bool(out, *(const bool *)at);
        break;
    case LINLI_OPT_MONEY:
        json_fen(out, get_int64(at));
        break;
    case LINLI_OPT_POINTS:
        json_points(out, get_int64(at));
        break;
    case LINLI_OPT_RATE:
        json_rate(out, get_int64(at));
        break;
    case LINLI_OPT_PERIOD:
        write_period(*(const linli_period *)(const void *)at, out);
        break;
    case LINLI_OPT_CHOICE:
        write_code(o->codes, get_int32(at), out);
        break;
    case FORM_ENUM:
        write_code(o->codes, get_int32(at) - o->low, out);
        break;
    case LINLI_OPT_CODE:
    case LINLI_OPT_STRING:
    case LINLI_OPT_ID:
        json_string(out, get_text(at));
        break;
    case LINLI_OPT_TEXT: {
        const linli_text *text = (const void *)at;
        json_open(out, '{');
        json_key(out, "en");
        json_string(out, text->en);
        json_key(out, "zh");
        json_string(out, text->zh);
        json_close(out, '}');
        break;
    }
    case LINLI_OPT_LIST:
        write_list(o, at, words, out);
        break;
    case LINLI_OPT_TIME:
        json_time(out, get_int64(at));
        break;
    case LINLI_OPT_DATE:
        json_date(out, get_int32(at));
        break;
    case LINLI_OPT_OBJECT:
        write_object(o->item, o->item_count, at, words, out);
        break;
    case LINLI_OPT_BYTES:
        write_bytes((const void *)at, out);
        break;
    default:
        write_own_value(o, base, words, out);
    }
}

static void write_list(const linli_option *o, const char *at, const struct words *words, struct buf *out)
{
    const linli_list *list = (const void *)at;
    bool bare = o->item_count == 1 && o->item[0].name[0] == '\0';

    json_open(out, '[');
    for (size_t i = 0; i < list->count; i++) {
        const char *item = (const char *)list->items + i * o->item_size;
        if (bare)
            write_value(o->item, item, words, out);
        else
            write_object(o->item, o->item_count, item, words, out);
    }
    json_close(out, ']');
}

/* Row numbers in the order of their names' bytes. */
static void sort_rows(const linli_option *rows, size_t count, uint8_t order[ROWS_MAX])
{
    MUST(count <= ROWS_MAX);
    for (size_t i = 0; i < count; i++) {
        size_t k = i;
        for (; k > 0 && strcmp(rows[order[k - 1]].name, rows[i].name) > 0; k--)
            order[k] = order[k - 1];
        order[k] = (uint8_t)i;
    }
}

/* Given, and nothing: null took it away. */
static bool is_emptied(const linli_option *o, const char *base)
{
    return o->format && strcmp(o->format, FORM_CLEARS) == 0 &&
           all_zero(base + o->offset, form_width(o->type));
}

static void write_object(const linli_option *rows, size_t count, const char *base, const struct words *words,
                         struct buf *out)
{
    uint8_t order[ROWS_MAX];

    sort_rows(rows, count, order);
    json_open(out, '{');
    for (size_t i = 0; i < count; i++) {
        const linli_option *o = &rows[order[i]];
        if (is_absent(o, base) || ((o->type == FORM_LINES || o->type == FORM_LINE) && !words))
            continue;
        json_key(out, o->name);
        if (is_emptied(o, base))
            json_null(out);
        else
            write_value(o, base, words, out);
    }
    json_close(out, '}');
}

void form_write_with(const struct form *form, const void *data, const struct words *words, struct buf *out)
{
    write_object(form->rows, form->count, data, words, out);
}

void form_write(const struct form *form, const void *data, struct buf *out)
{
    write_object(form->rows, form->count, data, NULL, out);
}

/* ---- schema --------------------------------------------------------------- */

static void key_string(struct buf *out, const char *key, const char *text)
{
    json_key(out, key);
    json_string(out, text);
}

static void key_int(struct buf *out, const char *key, int64_t n)
{
    json_key(out, key);
    json_int(out, n);
}

static void key_text(struct buf *out, const char *key, linli_text text)
{
    json_key(out, key);
    json_open(out, '{');
    key_string(out, "zh", text.zh);
    key_string(out, "en", text.en);
    json_close(out, '}');
}

/* Shapes a pattern can say; the bounds of decimal strings go to x-minimum and x-maximum. */
static const char *pattern_of(const linli_option *o)
{
    switch (o->type) {
    case LINLI_OPT_MONEY:
        return o->low < 0 ? "^-?(0|[1-9][0-9]{0,12})\\.[0-9]{2}$" : "^(0|[1-9][0-9]{0,12})\\.[0-9]{2}$";
    case LINLI_OPT_POINTS:
        return o->low < 0 ? "^-?[0-9]+(\\.[0-9]{1,6})?$" : "^[0-9]+(\\.[0-9]{1,6})?$";
    case LINLI_OPT_RATE:
        return "^[0-9]+(\\.[0-9]{1,4})?%$";
    case LINLI_OPT_PERIOD:
        return "^[0-9]+(h|d|wd|m)$";
    case LINLI_OPT_CODE:
        return "^[a-z][a-z0-9_]{0,39}$";
    default:
        return NULL;
    }
}

static void schema_decimal_bounds(const linli_option *o, struct buf *out)
{
    char text[MONEY_TEXT];
    const int64_t bound[2] = {o->low, o->high};
    const char *const key[2] = {"x-minimum", "x-maximum"};

    for (int i = 0; i < 2; i++) {
        switch (o->type) {
        case LINLI_OPT_MONEY:
            money_print(bound[i], text);
            break;
        case LINLI_OPT_POINTS:
            points_print(bound[i], text);
            break;
        case LINLI_OPT_RATE:
            rate_print(bound[i], text);
            break;
        default:
            snprintf(text, sizeof text, "%lld", (long long)bound[i]);
        }
        key_string(out, key[i], text);
    }
}

static void key_type(struct buf *out, const linli_option *o, const char *type)
{
    if (!o->format || strcmp(o->format, FORM_CLEARS) != 0) {
        key_string(out, "type", type);
        return;
    }
    json_key(out, "type");
    json_open(out, '[');
    json_string(out, type);
    json_string(out, "null");
    json_close(out, ']');
}

static void schema_choice(const linli_option *o, struct buf *out)
{
    key_string(out, "type", "string");
    json_key(out, "enum");
    json_open(out, '[');
    for (size_t i = 0; o->codes[i]; i++)
        json_string(out, o->codes[i]);
    json_close(out, ']');
    json_key(out, "x-labels");
    json_open(out, '{');
    for (size_t i = 0; o->choices && o->codes[i] && o->choices[i].zh; i++)
        key_text(out, o->codes[i], o->choices[i]);
    json_close(out, '}');
}

static void schema_string(const linli_option *o, struct buf *out)
{
    static const char *const formats[][2] = {{"email", "email"}, {NULL, NULL}};
    bool bounded = o->low || o->high;

    key_type(out, o, "string");
    switch (o->type) {
    case LINLI_OPT_TIME:
        key_string(out, "format", "date-time");
        return;
    case LINLI_OPT_DATE:
        key_string(out, "format", "date");
        return;
    case LINLI_OPT_ID:
        key_string(out, "format", "uuid");
        return;
    case LINLI_OPT_BYTES:
        key_string(out, "contentEncoding", "base64");
        if (bounded)
            key_int(out, "maxLength", (o->high + 2) / 3 * 4);
        return;
    case LINLI_OPT_STRING:
        key_int(out, "minLength", o->low);
        key_int(out, "maxLength", bounded ? o->high : 100000);
        for (size_t i = 0; o->format && formats[i][0]; i++)
            if (strcmp(o->format, formats[i][0]) == 0)
                key_string(out, "format", formats[i][1]);
        if (o->format && strcmp(o->format, "uscc") == 0)
            key_string(out, "pattern", "^[0-9A-HJ-NPQRTUWXY]{18}$");
        if (o->format && strcmp(o->format, "phone") == 0)
            key_string(out, "pattern", "^\\+?[0-9][0-9 -]{2,20}$");
        return;
    default:
        key_string(out, "pattern", pattern_of(o));
        if (bounded && o->type != LINLI_OPT_CODE)
            schema_decimal_bounds(o, out);
    }
}

static void schema_text(const linli_option *o, struct buf *out)
{
    key_string(out, "type", "object");
    json_key(out, "properties");
    json_open(out, '{');
    for (int i = 0; i < 2; i++) {
        json_key(out, i ? "zh" : "en");
        json_open(out, '{');
        key_string(out, "type", "string");
        key_int(out, "minLength", o->low > 0 ? o->low : 1);
        key_int(out, "maxLength", o->low || o->high ? o->high : 100000);
        json_close(out, '}');
    }
    json_close(out, '}');
    json_key(out, "required");
    json_open(out, '[');
    json_string(out, "zh");
    json_string(out, "en");
    json_close(out, ']');
    json_key(out, "additionalProperties");
    json_bool(out, false);
}

static void schema_object(struct buf *out, const linli_option *rows, size_t count);
static void schema_row(struct buf *out, const linli_option *o);

static void schema_type(const linli_option *o, struct buf *out)
{
    bool bounded = o->low || o->high;

    switch (o->type) {
    case LINLI_OPT_BOOL:
        key_string(out, "type", "boolean");
        break;
    case LINLI_OPT_COUNT:
        key_type(out, o, "integer");
        if (bounded) {
            key_int(out, "minimum", o->low);
            key_int(out, "maximum", o->high);
        }
        break;
    case LINLI_OPT_CHOICE:
        schema_choice(o, out);
        break;
    case LINLI_OPT_TEXT:
        schema_text(o, out);
        break;
    case LINLI_OPT_LIST:
        key_string(out, "type", "array");
        key_int(out, "minItems", o->low);
        key_int(out, "maxItems", bounded ? o->high : 100000);
        json_key(out, "items");
        json_open(out, '{');
        if (o->item_count == 1 && o->item[0].name[0] == '\0')
            schema_row(out, o->item);
        else
            schema_object(out, o->item, o->item_count);
        json_close(out, '}');
        break;
    case LINLI_OPT_OBJECT:
        schema_object(out, o->item, o->item_count);
        break;
    case FORM_OBJECT:
        key_type(out, o, "object");
        break;
    default:
        schema_string(o, out);
    }
}

static void schema_default(const linli_option *o, struct buf *out)
{
    if (!o->initial)
        return;
    json_key(out, "default");
    if (o->type == LINLI_OPT_BOOL || o->type == LINLI_OPT_COUNT || o->type == LINLI_OPT_LIST ||
        o->type == LINLI_OPT_OBJECT || o->type == LINLI_OPT_TEXT)
        json_raw(out, o->initial, strlen(o->initial));
    else
        json_string(out, o->initial);
}

/* The members of one property, without its braces. */
static void schema_row(struct buf *out, const linli_option *o)
{
    if (o->label.zh && o->label.en) {
        key_string(out, "title", o->label.zh);
        key_text(out, "x-label", o->label);
    }
    if (o->help.zh && o->help.en && o->help.zh[0]) {
        key_string(out, "description", o->help.zh);
        key_text(out, "x-help", o->help);
    }
    schema_type(o, out);
    schema_default(o, out);
}

static void schema_object(struct buf *out, const linli_option *rows, size_t count)
{
    key_string(out, "type", "object");
    json_key(out, "properties");
    json_open(out, '{');
    for (size_t i = 0; i < count; i++) {
        json_key(out, rows[i].name);
        json_open(out, '{');
        schema_row(out, &rows[i]);
        json_close(out, '}');
    }
    json_close(out, '}');
    json_key(out, "required");
    json_open(out, '[');
    for (size_t i = 0; i < count; i++)
        if (rows[i].required)
            json_string(out, rows[i].name);
    json_close(out, ']');
    json_key(out, "additionalProperties");
    json_bool(out, false);
}

void option_schema(struct buf *out, const linli_option *rows, size_t count)
{
    json_open(out, '{');
    key_string(out, "$schema", "https://json-schema.org/draft/2020-12/schema");
    schema_object(out, rows, count);
    json_close(out, '}');
}
