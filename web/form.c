/* Forms out of schemas. */
#include "web/form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/err.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "web/words.h"

enum { LINES_MAX = 1000, ELEMENTS_MAX = 100, DEPTH_MAX = 6, LONG_TEXT = 250, FEW = 6, HASH_TEXT = 64 };

/* ---- fields ---- */

struct making {
    const json_t *errors;
    struct arena *arena;
    bool chinese;
    int depth;
};

static json_t *fields_of(const struct making *m, const json_t *schema, const json_t *body, const char *path);

static const char *side(const json_t *object, const char *key, bool chinese)
{
    const char *text =
        json_string_value(json_object_get(json_object_get(object, key), chinese ? "zh" : "en"));

    return text ? text : "";
}

static bool is(const json_t *schema, const char *type)
{
    const json_t *t = json_object_get(schema, "type");
    size_t i;
    const json_t *one;

    if (json_is_string(t))
        return strcmp(json_string_value(t), type) == 0;
    json_array_foreach(t, i, one) if (strcmp(json_string_value(one), type) == 0) return true;
    return false;
}

static bool has_pattern(const json_t *schema, const char *part)
{
    const char *pattern = json_string_value(json_object_get(schema, "pattern"));

    return pattern && strstr(pattern, part);
}

static bool has_format(const json_t *schema, const char *format)
{
    const char *text = json_string_value(json_object_get(schema, "format"));

    return text && strcmp(text, format) == 0;
}

/* What the API said of the member at this path. */
static const char *error_at(const struct making *m, const char *path)
{
    size_t i;
    const json_t *e;

    json_array_foreach(m->errors, i, e)
    {
        const char *pointer = json_string_value(json_object_get(e, "pointer"));
        const char *p = path;

        if (!pointer || *pointer++ != '/')
            continue;
        while (*p && (*p == *pointer || (*p == '.' && *pointer == '/')))
            p++, pointer++;
        if (!*p && !*pointer) {
            const char *detail = json_string_value(json_object_get(e, "detail"));
            return detail && *detail ? detail : json_string_value(json_object_get(e, "code"));
        }
    }
    return NULL;
}

static void put(json_t *object, const char *key, const char *text)
{
    if (text)
        json_object_set_new(object, key, json_string(text));
}

static void put_choices(const struct making *m, json_t *field, const json_t *schema, const char *value)
{
    const bool only = json_is_true(json_object_get(field, "required")) &&
                      json_array_size(json_object_get(schema, "enum")) == 1;
    json_t *choices = json_array();
    size_t i;
    const json_t *word;

    json_array_foreach(json_object_get(schema, "enum"), i, word)
    {
        const char *text = json_string_value(word);
        const char *label = side(json_object_get(schema, "x-labels"), text, m->chinese);
        json_t *choice = json_pack("{s:s, s:s}", "value", text, "label", *label ? label : text);

        if (only || (value && strcmp(value, text) == 0))
            json_object_set_new(choice, "chosen", json_true());
        json_array_append_new(choices, choice);
    }
    json_object_set_new(field, "choice", json_pack("{s:o}", "choices", choices));
}

static char *text_of(const json_t *value)
{
    if (json_is_string(value))
        return strdup(json_string_value(value));
    if (!value || json_is_null(value))
        return NULL;
    return json_dumps(value, JSON_ENCODE_ANY | JSON_INDENT(2));
}

static char *lines_of(const json_t *list)
{
    char *all = NULL;
    size_t size = 0, i;
    const json_t *one;
    FILE *out = open_memstream(&all, &size);

    MUST(out);
    json_array_foreach(list, i, one) if (json_is_string(one)) fprintf(out, "%s\n", json_string_value(one));
    fclose(out);
    return all;
}

static const char *kind_of(const json_t *schema)
{
    const int64_t most = json_integer_value(json_object_get(schema, "maxLength"));

    if (has_format(schema, "date"))
        return "date";
    if (has_format(schema, "date-time"))
        return "time";
    if (has_pattern(schema, "[0-9]{2}$"))
        return "money";
    if (is(schema, "integer") || is(schema, "number"))
        return "number";
    return most > LONG_TEXT ? "prose" : "line";
}

/* As a browser's field for a time holds it: the office's clock, to the minute. */
static const char *local_minute(const struct making *m, const char *text)
{
    char local[TIME_TEXT];
    int64_t us;

    if (!text || !time_parse(text, &us))
        return text;
    time_print_shanghai(us, local);
    return arena_printf(m->arena, "%.16s", local);
}

bool form_file(const json_t *schema)
{
    return json_integer_value(json_object_get(schema, "minLength")) == HASH_TEXT &&
           json_integer_value(json_object_get(schema, "maxLength")) == HASH_TEXT;
}

static void put_scalar(const struct making *m, json_t *field, const json_t *schema, const json_t *value)
{
    char *text = text_of(value);

    put(field, "value", has_format(schema, "date-time") ? local_minute(m, text) : text);
    if (json_object_get(schema, "enum")) {
        put_choices(m, field, schema, text);
    } else if (is(schema, "boolean")) {
        json_t *yes = json_object();

        if (text)
            json_object_set_new(yes, strcmp(text, "true") == 0 ? "yes" : "no", json_true());
        json_object_set_new(field, "switch", yes);
    } else if (is(schema, "object")) {
        json_object_set_new(field, "json", json_true());
    } else if (form_file(schema) && m->depth == 0) {
        json_object_set_new(field, "file", text ? json_pack("{s:s}", "sent", text) : json_object());
    } else {
        json_object_set_new(field, kind_of(schema), json_true());
    }
    free(text);
}

static json_t *group(const struct making *m, const json_t *schema, const json_t *body, const char *path)
{
    struct making inner = *m;

    inner.depth++;
    return json_pack("{s:o}", "fields", fields_of(&inner, schema, body, path));
}

/* The filled elements, and an empty one to fill. */
static void put_elements(const struct making *m, json_t *field, const json_t *schema, const json_t *list,
                         const char *path)
{
    const json_t *items = json_object_get(schema, "items");
    const size_t filled = json_array_size(list);
    json_t *elements = json_array();

    for (size_t i = 0; i <= filled && i < ELEMENTS_MAX; i++) {
        const char *inner = arena_printf(m->arena, "%s.%zu", path, i);

        json_array_append_new(elements, json_pack("{s:I, s:o}", "no", (json_int_t)i + 1, ">fields_form",
                                                  group(m, items, json_array_get(list, i), inner)));
    }
    json_object_set_new(field, "list", json_pack("{s:o}", "elements", elements));
}

static void put_list(const struct making *m, json_t *field, const json_t *schema, const json_t *value,
                     const char *path)
{
    const json_t *items = json_object_get(schema, "items");

    if (m->depth < DEPTH_MAX && json_object_get(items, "properties")) {
        put_elements(m, field, schema, value, path);
    } else {
        char *lines = lines_of(value);

        put(field, "value", lines);
        json_object_set_new(field, "lines", json_true());
        free(lines);
    }
}

static json_t *field_of(const struct making *m, const char *name, const json_t *schema, bool required,
                        const json_t *value, const char *path)
{
    const char *label = side(schema, "x-label", m->chinese), *help = side(schema, "x-help", m->chinese);
    json_t *field = json_object();

    put(field, "name", path);
    put(field, "label", *label ? label : name);
    if (strcmp(help, label) != 0)
        put(field, "help", help);
    put(field, "error", error_at(m, path));
    json_object_set_new(field, "required", json_boolean(required));
    if (is(schema, "array"))
        put_list(m, field, schema, value, path);
    else if (m->depth < DEPTH_MAX && json_object_get(schema, "properties"))
        json_object_set_new(field, "group",
                            json_pack("{s:o}", ">fields_form", group(m, schema, value, path)));
    else if (strcmp(name, "password") == 0)
        json_object_set_new(field, "secret", json_true());
    else
        put_scalar(m, field, schema, value);
    return field;
}

static bool is_required(const json_t *schema, const char *name)
{
    size_t i;
    const json_t *one;

    json_array_foreach(json_object_get(schema, "required"), i,
                       one) if (strcmp(json_string_value(one), name) == 0) return true;
    return false;
}

static json_t *fields_of(const struct making *m, const json_t *schema, const json_t *body, const char *path)
{
    json_t *fields = json_array(), *property;
    const char *name;

    json_object_foreach(json_object_get(schema, "properties"), name, property)
    {
        const char *inner = arena_printf(m->arena, "%s%s%s", path, *path ? "." : "", name);

        json_array_append_new(fields, field_of(m, name, property, is_required(schema, name),
                                               json_object_get(body, name), inner));
    }
    return fields;
}

/* May it stay out of sight until it is asked for? */
static bool spare(const json_t *field)
{
    return !json_is_true(json_object_get(field, "required")) && !json_object_get(field, "value") &&
           !json_object_get(field, "file") && !json_object_get(field, "error");
}

void form_put(json_t *data, const json_t *schema, const json_t *body, const json_t *problem, bool chinese,
              struct arena *arena)
{
    const struct making m = {json_object_get(problem, "errors"), arena, chinese, 0};
    json_t *fields = fields_of(&m, schema, body, ""), *first = json_array(), *more = json_array(), *field;
    size_t i;

    json_array_foreach(fields, i, field)
        json_array_append(json_array_size(fields) > FEW && spare(field) ? more : first, field);
    json_object_set_new(data, ">fields_form", json_pack("{s:o}", "fields", first));
    if (json_array_size(more))
        json_object_set_new(data, "more", json_pack("{s:{s:O}}", ">fields_form", "fields", more));
    json_decref(more);
    json_decref(fields);
}

/* ---- bodies ---- */

static const char *sent(const struct form_values *values, const char *name)
{
    for (size_t i = 0; i < values->count; i++)
        if (strcmp(values->items[i].name, name) == 0)
            return *values->items[i].value ? values->items[i].value : NULL;
    return NULL;
}

static bool sent_below(const struct form_values *values, const char *path)
{
    const size_t size = strlen(path);

    for (size_t i = 0; i < values->count; i++)
        if (strncmp(values->items[i].name, path, size) == 0 && values->items[i].name[size] == '.' &&
            *values->items[i].value)
            return true;
    return false;
}

/* "2026-12-17T09:30" as a browser writes the office's own time. */
static const char *time_sent(const char *text, struct arena *arena)
{
    const size_t size = strlen(text);

    if (size == sizeof "2026-12-17T09:30" - 1)
        return arena_printf(arena, "%s:00+08:00", text);
    return size == sizeof "2026-12-17T09:30:00" - 1 ? arena_printf(arena, "%s+08:00", text) : text;
}

/* "480000" and "480,000.5" as people write money. */
static const char *money_sent(const char *text, struct arena *arena)
{
    char *plain = arena_dup(arena, text), *to = plain;
    const char *point;

    for (const char *p = text; *p; p++)
        if (*p != ',' && *p != ' ')
            *to++ = *p;
    *to = '\0';
    if (!*plain || strspn(plain, "0123456789.") != strlen(plain))
        return text;
    point = strchr(plain, '.');
    if (!point)
        return arena_printf(arena, "%s.00", plain);
    return strlen(point) == 2 ? arena_printf(arena, "%s0", plain) : plain;
}

static json_t *number_sent(const char *text)
{
    char *end;
    const long long n = strtoll(text, &end, 10);

    return *end ? json_string(text) : json_integer(n);
}

static json_t *lines_sent(const json_t *items, const char *text, struct arena *arena)
{
    json_t *list = json_array();
    char *copy = arena_dup(arena, text), *save = NULL;

    for (char *line = strtok_r(copy, "\r\n", &save); line && json_array_size(list) < LINES_MAX;
         line = strtok_r(NULL, "\r\n", &save))
        json_array_append_new(list, is(items, "integer") ? number_sent(line) : json_string(line));
    return list;
}

static json_t *scalar_sent(const json_t *schema, const char *text, struct arena *arena)
{
    json_t *json;

    if (is(schema, "boolean"))
        return json_boolean(strcmp(text, "true") == 0);
    if (is(schema, "integer") || is(schema, "number"))
        return number_sent(text);
    if (is(schema, "array"))
        return lines_sent(json_object_get(schema, "items"), text, arena);
    if (is(schema, "object"))
        return (json = json_loads(text, 0, NULL)) ? json : json_string(text);
    if (has_format(schema, "date-time"))
        return json_string(time_sent(text, arena));
    return json_string(has_pattern(schema, "[0-9]{2}$") ? money_sent(text, arena) : text);
}

static json_t *body_at(const json_t *schema, const struct form_values *values, const char *path,
                       struct arena *arena, int depth);

static json_t *elements_sent(const json_t *schema, const struct form_values *values, const char *path,
                             struct arena *arena, int depth)
{
    json_t *list = json_array();

    for (int i = 0; i < ELEMENTS_MAX; i++) {
        const char *inner = arena_printf(arena, "%s.%d", path, i);

        if (sent_below(values, inner))
            json_array_append_new(list,
                                  body_at(json_object_get(schema, "items"), values, inner, arena, depth + 1));
    }
    return list;
}

static json_t *member_sent(const json_t *schema, const struct form_values *values, const char *path,
                           struct arena *arena, int depth)
{
    const char *text;

    if (depth < DEPTH_MAX && is(schema, "array") &&
        json_object_get(json_object_get(schema, "items"), "properties"))
        return sent_below(values, path) ? elements_sent(schema, values, path, arena, depth) : NULL;
    if (depth < DEPTH_MAX && json_object_get(schema, "properties"))
        return sent_below(values, path) ? body_at(schema, values, path, arena, depth + 1) : NULL;
    text = sent(values, path);
    return text ? scalar_sent(schema, text, arena) : NULL;
}

static json_t *body_at(const json_t *schema, const struct form_values *values, const char *path,
                       struct arena *arena, int depth)
{
    json_t *body = json_object(), *property;
    const char *name;

    json_object_foreach(json_object_get(schema, "properties"), name, property)
    {
        json_t *value = member_sent(property, values, *path ? arena_printf(arena, "%s.%s", path, name) : name,
                                    arena, depth);
        if (value)
            json_object_set_new(body, name, value);
    }
    return body;
}

json_t *form_body(const json_t *schema, const struct form_values *values, struct arena *arena)
{
    return body_at(schema, values, "", arena, 0);
}
