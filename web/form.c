/* Forms out of schemas. */
#include "web/form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/err.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "web/typed.h"
#include "web/view.h"
#include "web/words.h"

enum {
    LINES_MAX = 1000,
    ELEMENTS_MAX = 400,
    DEPTH_MAX = 6,
    LONG_TEXT = 250,
    FEW = 6,
    HASH_TEXT = 64,
    MORE = 3,
    UUID_CHARS = 36,
    CODE_WORD = 30
};

/* ---- fields ---- */

struct making {
    const json_t *errors;
    const struct form_values *sent;
    struct arena *arena;
    bool bilingual;     /* in a group of a text in both languages: each is short */
    bool chinese, free; /* free: in an element or group that may stay empty, and is */
    bool *buttons;      /* set where a list has one of its own */
    bool element;       /* in an element that its list makes: its code is proposed */
    int depth;
};

static json_t *fields_of(const struct making *m, const json_t *schema, const json_t *body, const char *path);

/* What a code is called: in the other language where this one has nothing, and only then as the program calls
 * it. */
static const char *choice_label(const struct making *m, const json_t *schema, const char *code)
{
    const json_t *labels = json_object_get(schema, "x-labels");
    const char *label = view_said(json_object_get(labels, code), m->chinese);

    return *label ? label : code;
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

/* By what the records call an element: a code of its list, which nobody has to think of; not one that is
 * chosen from those there are. */
static bool is_code(const json_t *schema, const char *name)
{
    return strcmp(name, "code") == 0 && !json_object_get(schema, "enum") &&
           has_pattern(schema, "^[a-z][a-z0-9_]{");
}

/* Does a list make what it names, so that the code is its own?  An element without a name is about something
 * that has its code already, which a number of ours would mistake. */
static bool makes(const json_t *items)
{
    const json_t *properties = json_object_get(items, "properties");

    return json_object_get(properties, "name") && is_code(json_object_get(properties, "code"), "code");
}

/* What need not be filled in, though the API asks for it: the form says the same in English as in Chinese,
 * and numbers elements. */
static const char *proposed(const struct making *m, const json_t *schema, const char *name)
{
    if (m->bilingual && strcmp(name, "en") == 0)
        return "english_proposed";
    return m->element && is_code(schema, name) ? "code_proposed" : NULL;
}

static bool has_format(const json_t *schema, const char *format)
{
    const char *text = json_string_value(json_object_get(schema, "format"));

    return text && strcmp(text, format) == 0;
}

/* Is this JSON pointer about the member at a path, or about what is in it? */
static bool points(const char *pointer, const char *path, bool inside)
{
    if (!pointer || *pointer++ != '/')
        return false;
    while (*path && (*path == *pointer || (*path == '.' && *pointer == '/')))
        path++, pointer++;
    return !*path && *pointer == (inside ? '/' : '\0');
}

/* What the API said of the member at this path. */
static const char *error_at(const struct making *m, const char *path)
{
    size_t i;
    const json_t *e;

    json_array_foreach(m->errors, i, e)
    {
        const char *detail = json_string_value(json_object_get(e, "detail"));

        if (points(json_string_value(json_object_get(e, "pointer")), path, false))
            return detail && *detail ? detail : json_string_value(json_object_get(e, "code"));
    }
    return NULL;
}

static bool error_inside(const struct making *m, const char *path)
{
    size_t i;
    const json_t *e;

    json_array_foreach(m->errors, i, e) if (points(json_string_value(json_object_get(e, "pointer")), path,
                                                   true)) return true;
    return false;
}

static void put(json_t *object, const char *key, const char *text)
{
    if (text)
        json_object_set_new(object, key, json_string(text));
}

static void put_choices(const struct making *m, json_t *field, const json_t *schema, const char *value)
{
    const bool only = json_is_true(json_object_get(field, "demanded")) &&
                      json_array_size(json_object_get(schema, "enum")) == 1;
    json_t *choices = json_array();
    size_t i;
    const json_t *word;

    json_array_foreach(json_object_get(schema, "enum"), i, word)
    {
        const char *text = json_string_value(word);
        json_t *choice = json_pack("{s:s, s:s}", "value", text, "label", choice_label(m, schema, text));

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
    json_array_foreach(list, i, one)
    {
        if (json_is_string(one))
            fprintf(out, "%s\n", json_string_value(one));
        else if (json_is_integer(one))
            fprintf(out, "%lld\n", (long long)json_integer_value(one));
    }
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

/* Too many to choose from: by a part of the name, which the browser completes. */
static void put_listed(json_t *field, const json_t *listed, const char *value, struct arena *arena)
{
    json_t *all = json_array();
    size_t i;
    const json_t *one;

    json_array_foreach(listed, i, one)
    {
        const char *id = json_string_value(json_object_get(one, "id"));
        const char *said = arena_printf(arena, "%s %s", json_string_value(json_object_get(one, "title")), id);

        json_array_append_new(all, json_string(said));
        if (value && strcmp(value, id) == 0)
            put(field, "value", said);
    }
    json_object_set_new(field, "listed", json_pack("{s:o}", "all", all));
}

static void put_scalar(const struct making *m, json_t *field, const json_t *schema, const json_t *value)
{
    char *text = text_of(value);

    put(field, "value", has_format(schema, "date-time") ? local_minute(m, text) : text);
    if (json_object_get(schema, "enum")) {
        put_choices(m, field, schema, text);
    } else if (json_object_get(schema, "x-listed")) {
        put_listed(field, json_object_get(schema, "x-listed"), text, m->arena);
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
        json_object_set_new(field, "rows", json_integer(m->bilingual ? 2 : 6));
    }
    free(text);
}

/* Fields in sight, and those that may stay empty and are, where there are many. */
static json_t *folded(json_t *fields);

static json_t *group(const struct making *m, const json_t *schema, const json_t *body, const char *path)
{
    struct making inner = *m;

    inner.depth++;
    return folded(fields_of(&inner, schema, body, path));
}

/* Is there nothing in an element but what was filled in beforehand? */
static bool only_given(const json_t *element, const json_t *given)
{
    const char *name;
    json_t *value;

    json_object_foreach((json_t *)element, name, value)
    {
        size_t i, size = json_array_size(given);

        for (i = 0; i < size && strcmp(json_string_value(json_array_get(given, i)), name) != 0;)
            i++;
        if (i == size)
            return false;
    }
    return true;
}

/* How many elements of the list at this path the form had that was sent, filled or not. */
static size_t elements_shown(const struct form_values *values, const char *path)
{
    const size_t size = strlen(path);
    size_t shown = 0;

    for (size_t i = 0; values && i < values->count; i++) {
        const char *name = values->items[i].name;
        char *end;

        if (strncmp(name, path, size) != 0 || name[size] != '.' || !strchr("0123456789", name[size + 1]))
            continue;
        const unsigned long n = strtoul(name + size + 1, &end, 10);
        if (*end == '.' && n < ELEMENTS_MAX && n >= shown)
            shown = n + 1;
    }
    return shown;
}

static const char *sent(const struct form_values *values, const char *name);

/* One to fill is always there, where there may be more; asked for more, a few. */
static size_t elements_to_show(const struct making *m, const json_t *schema, size_t filled, const char *path)
{
    const json_int_t most = json_integer_value(json_object_get(schema, "maxItems"));
    const size_t room = most > 0 && most < ELEMENTS_MAX ? (size_t)most : ELEMENTS_MAX;
    const char *more = m->sent ? sent(m->sent, "_more") : NULL;
    size_t count = elements_shown(m->sent, path);

    count = count > filled ? count : filled + 1;
    if (more && strcmp(more, path) == 0)
        count += MORE;
    return count < room ? count : room > filled ? room : filled;
}

static void put_elements(const struct making *m, json_t *field, const json_t *schema, const json_t *list,
                         const char *path)
{
    const json_t *items = json_object_get(schema, "items"), *given = json_object_get(schema, "x-given");
    const json_int_t most = json_integer_value(json_object_get(schema, "maxItems"));
    const bool demanded = json_is_true(json_object_get(field, "demanded"));
    const size_t least =
        demanded && !given ? (size_t)json_integer_value(json_object_get(schema, "minItems")) : 0;
    const size_t count = elements_to_show(m, schema, json_array_size(list), path);
    json_t *elements = json_array();

    for (size_t i = 0; i < count; i++) {
        const char *inner = arena_printf(m->arena, "%s.%zu", path, i);
        const json_t *element = json_array_get(list, i);
        struct making of = *m;

        of.free = i >= least && only_given(element, given);
        of.element = makes(items);
        json_array_append_new(elements, json_pack("{s:I, s:o}", "no", (json_int_t)i + 1, ">fields_form",
                                                  group(&of, items, element, inner)));
    }
    json_object_set_new(field, "list", json_pack("{s:o}", "elements", elements));
    if (count < ELEMENTS_MAX && (most <= 0 || (json_int_t)count < most)) {
        json_object_set_new(json_object_get(field, "list"), "longer", json_true());
        *m->buttons = true;
    }
}

static bool holds(const json_t *list, const char *text)
{
    size_t i;
    const json_t *one;

    json_array_foreach(list, i,
                       one) if (json_is_string(one) && strcmp(json_string_value(one), text) == 0) return true;
    return false;
}

/* A box for each of the words there are. */
static void put_boxes(const struct making *m, json_t *field, const json_t *items, const json_t *list)
{
    json_t *boxes = json_array();
    size_t i;
    const json_t *word;

    json_array_foreach(json_object_get(items, "enum"), i, word)
    {
        const char *text = json_string_value(word);

        json_array_append_new(boxes,
                              json_pack("{s:I, s:s, s:s, s:b}", "no", (json_int_t)i, "value", text, "word",
                                        choice_label(m, items, text), "chosen", holds(list, text)));
    }
    json_object_set_new(field, "boxes", json_pack("{s:o}", "each", boxes));
}

static void put_list(const struct making *m, json_t *field, const json_t *schema, const json_t *value,
                     const char *path)
{
    const json_t *items = json_object_get(schema, "items");

    if (m->depth < DEPTH_MAX && json_object_get(items, "properties")) {
        put_elements(m, field, schema, value, path);
    } else if (json_object_get(items, "enum")) {
        put_boxes(m, field, items, value);
    } else {
        char *lines = lines_of(value);

        put(field, "value", lines);
        json_object_set_new(field, "lines", json_true());
        free(lines);
    }
}

static void put_group(const struct making *m, json_t *field, const json_t *schema, const json_t *value,
                      const char *path)
{
    struct making of = *m;

    of.element = false;
    of.bilingual = json_object_get(json_object_get(schema, "properties"), "zh") != NULL;
    of.free = m->free || (!json_is_true(json_object_get(field, "demanded")) && json_object_size(value) == 0);
    json_object_set_new(field, "group", json_pack("{s:o}", ">fields_form", group(&of, schema, value, path)));
}

/* What has something in it, or at fault in it, or asks for something once it is chosen, is not folded away.
 */
static bool kept_in_sight(const struct making *m, const json_t *schema, const json_t *value, const char *path)
{
    return json_array_size(value) > 0 || json_object_size(value) > 0 || error_inside(m, path) ||
           (json_object_get(schema, "properties") &&
            json_array_size(json_object_get(schema, "required")) > 0);
}

/* What is said of a field beside it is read out with it. */
static void describe(const struct making *m, json_t *field, const char *path)
{
    const char *help = json_string_value(json_object_get(field, "help"));
    const char *ids = help && *help ? arena_printf(m->arena, "h-%s", path) : "";

    if (json_object_get(field, "error"))
        ids = arena_printf(m->arena, "%s%se-%s", ids, *ids ? " " : "", path);
    if (*ids)
        put(field, "described", ids);
}

/* What the field is for comes first: a code may mean more than itself. */
static const char *proposal_help(const struct making *m, const char *own, const char *proposal)
{
    const char *said = words_text(NULL, proposal, m->chinese);

    return *own ? arena_printf(m->arena, m->chinese ? "%s；%s" : "%s; %s", own, said) : said;
}

static json_t *field_of(const struct making *m, const char *name, const json_t *schema, bool required,
                        const json_t *value, const char *path)
{
    const char *label = view_said(json_object_get(schema, "x-label"), m->chinese);
    const char *help = view_said(json_object_get(schema, "x-help"), m->chinese);
    const char *known = words_member(NULL, name, m->chinese);
    const char *complete = json_string_value(json_object_get(schema, "x-complete"));
    const char *by_itself = proposed(m, schema, name);
    json_t *field = json_object();

    if (by_itself)
        help = proposal_help(m, strcmp(help, label) == 0 ? "" : help, by_itself);
    required = required && !by_itself;

    put(field, "name", path);
    put(field, "label", *label ? label : known ? known : name);
    if (strcmp(help, label) != 0)
        put(field, "help", help);
    put(field, "complete", complete ? complete : "off");
    put(field, "error", error_at(m, path));
    describe(m, field, path);
    json_object_set_new(field, "required", json_boolean(required));
    json_object_set_new(field, "demanded", json_boolean(required && !m->free));
    if (kept_in_sight(m, schema, value, path))
        json_object_set_new(field, "kept", json_true());
    if (json_is_true(json_object_get(schema, "x-seldom")))
        json_object_set_new(field, "seldom", json_true());
    if (is(schema, "array"))
        put_list(m, field, schema, value, path);
    else if (m->depth < DEPTH_MAX && json_object_get(schema, "properties"))
        put_group(m, field, schema, value, path);
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

        json_t *field =
            field_of(m, name, property, is_required(schema, name), json_object_get(body, name), inner);
        /* Of a name in both languages Chinese comes first. */
        json_array_insert_new(fields, strcmp(name, "zh") == 0 ? 0 : json_array_size(fields), field);
    }
    return fields;
}

/* May it stay out of sight until it is asked for? */
static bool spare(const json_t *field)
{
    static const char *const reasons[] = {"value", "file", "error", "kept"};

    for (size_t i = 0; i < LENGTH(reasons); i++)
        if (json_object_get(field, reasons[i]))
            return false;
    return !json_is_true(json_object_get(field, "required"));
}

static json_t *folded(json_t *fields)
{
    json_t *first = json_array(), *more = json_array(), *field, *made;
    size_t i;

    json_array_foreach(fields, i, field)
    {
        const bool many = json_array_size(fields) > FEW || json_object_get(field, "seldom");

        json_array_append(many && spare(field) ? more : first, field);
    }
    made = json_pack("{s:o}", "fields", first);
    if (json_array_size(more))
        json_object_set_new(made, "more", json_pack("{s:{s:O}}", ">fields_form", "fields", more));
    json_decref(more);
    json_decref(fields);
    return made;
}

/* Was this one of those that had something in them when the form was first looked at? */
static bool was_filled(const struct form_values *values, const char *name)
{
    for (size_t i = 0; values && i < values->count; i++)
        if (strcmp(values->items[i].name, "_filled") == 0 && strcmp(values->items[i].value, name) == 0)
            return true;
    return false;
}

static json_t *filled(const json_t *schema, const struct form_shown *shown)
{
    json_t *names = json_array(), *property;
    const char *name;

    json_object_foreach(json_object_get(schema, "properties"), name, property)
    {
        const json_t *value = json_object_get(shown->body, name);

        if (is(property, "null") && (was_filled(shown->sent, name) || (value && !json_is_null(value))))
            json_array_append_new(names, json_string(name));
    }
    return names;
}

void form_put(json_t *data, const json_t *schema, const struct form_shown *shown, struct arena *arena)
{
    bool buttons = false;
    const struct making m = {.errors = json_object_get(shown->problem, "errors"),
                             .sent = shown->sent,
                             .arena = arena,
                             .chinese = shown->chinese,
                             .buttons = &buttons};

    json_object_set_new(data, ">fields_form", folded(fields_of(&m, schema, shown->body, "")));
    json_object_set_new(data, "default", json_boolean(buttons));
    json_object_set_new(data, "filled", filled(schema, shown));
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

static json_t *number_sent(const char *text, struct arena *arena)
{
    char *end;
    const long long n = strtoll(typed_number(text, arena), &end, 10);

    return *end ? json_string(text) : json_integer(n);
}

/* The id of what was typed or chosen by its name: alone, behind the name, or of the only thing that is called
 * so. */
static const char *id_sent(const json_t *schema, const char *text)
{
    const size_t size = strlen(text);
    size_t i;
    const json_t *one;

    if (size > UUID_CHARS && uuid_ok(text + size - UUID_CHARS))
        return text + size - UUID_CHARS;
    json_array_foreach(json_object_get(schema, "x-listed"), i, one)
    {
        const char *title = json_string_value(json_object_get(one, "title"));

        if (strcmp(title, text) == 0)
            return json_string_value(json_object_get(one, "id"));
    }
    return text;
}

static json_t *text_sent(const json_t *schema, const char *text, struct arena *arena)
{
    if (has_format(schema, "date-time"))
        return json_string(time_sent(text, arena));
    if (has_format(schema, "uuid"))
        return json_string(id_sent(schema, text));
    if (has_pattern(schema, "[0-9]{2}$"))
        return json_string(typed_money(text, arena));
    return json_string(has_pattern(schema, "%$") ? typed_rate(text, arena) : text);
}

static json_t *lines_sent(const json_t *items, const char *text, struct arena *arena)
{
    json_t *list = json_array();
    char *copy = arena_dup(arena, text), *save = NULL;

    for (char *line = strtok_r(copy, "\r\n", &save); line && json_array_size(list) < LINES_MAX;
         line = strtok_r(NULL, "\r\n", &save))
        json_array_append_new(list, is(items, "integer") ? number_sent(line, arena)
                                                         : text_sent(items, line, arena));
    return list;
}

static json_t *scalar_sent(const json_t *schema, const char *text, struct arena *arena)
{
    json_t *json;

    if (is(schema, "boolean"))
        return json_boolean(strcmp(text, "true") == 0);
    if (is(schema, "integer") || is(schema, "number"))
        return number_sent(text, arena);
    if (is(schema, "array"))
        return lines_sent(json_object_get(schema, "items"), text, arena);
    if (is(schema, "object"))
        return (json = json_loads(text, 0, NULL)) ? json : json_string(text);
    return text_sent(schema, text, arena);
}

static json_t *body_at(const json_t *schema, const struct form_values *values, const char *path,
                       struct arena *arena, int depth);

/* Was anything sent of an element but what had been filled in beforehand? */
static bool sent_beside(const struct form_values *values, const char *path, const json_t *given)
{
    const size_t size = strlen(path);

    for (size_t i = 0; i < values->count; i++) {
        const char *name = values->items[i].name;

        if (strncmp(name, path, size) == 0 && name[size] == '.' && *values->items[i].value &&
            !holds(given, name + size + 1))
            return true;
    }
    return false;
}

static bool code_taken(const json_t *list, const char *code)
{
    size_t i;
    const json_t *one;
    const char *is;

    json_array_foreach(list, i, one) if ((is = json_string_value(json_object_get(one, "code"))) &&
                                         strcmp(is, code) == 0) return true;
    return false;
}

/* "criteria_2" of the second criterion: a code no other of the list has. */
static void propose_codes(const json_t *items, json_t *list, const char *path, struct arena *arena)
{
    const char *last = strrchr(path, '.'), *code;
    const char *word = arena_printf(arena, "%.*s", CODE_WORD, last ? last + 1 : path);
    json_t *element;
    size_t i;

    if (!makes(items))
        return;
    json_array_foreach(list, i, element)
    {
        if (json_object_get(element, "code"))
            continue;
        size_t n = i;
        do
            code = arena_printf(arena, "%s_%zu", word, ++n);
        while (code_taken(list, code));
        json_object_set_new(element, "code", json_string(code));
    }
}

static json_t *elements_sent(const json_t *schema, const struct form_values *values, const char *path,
                             struct arena *arena, int depth)
{
    json_t *list = json_array();

    for (int i = 0; i < ELEMENTS_MAX; i++) {
        const char *inner = arena_printf(arena, "%s.%d", path, i);

        if (sent_beside(values, inner, json_object_get(schema, "x-given")))
            json_array_append_new(list,
                                  body_at(json_object_get(schema, "items"), values, inner, arena, depth + 1));
    }
    propose_codes(json_object_get(schema, "items"), list, path, arena);
    return list;
}

/* The boxes that were ticked. */
static json_t *boxes_sent(const struct form_values *values, const char *path)
{
    const size_t size = strlen(path);
    json_t *list = json_array();

    for (size_t i = 0; i < values->count && json_array_size(list) < LINES_MAX; i++) {
        const char *name = values->items[i].name;

        if (strncmp(name, path, size) == 0 && name[size] == '.' && *values->items[i].value)
            json_array_append_new(list, json_string(values->items[i].value));
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
    if (is(schema, "array") && sent_below(values, path))
        return boxes_sent(values, path);
    text = sent(values, path);
    return text ? scalar_sent(schema, text, arena) : NULL;
}

/* A text in both languages that was given in Chinese alone. */
static void say_in_english(const json_t *schema, json_t *body)
{
    const json_t *properties = json_object_get(schema, "properties");

    if (json_object_size(properties) == 2 && json_object_get(properties, "zh") &&
        json_object_get(properties, "en") && !json_object_get(body, "en") && json_object_get(body, "zh"))
        json_object_set(body, "en", json_object_get(body, "zh"));
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
        if (!value && depth == 0 && was_filled(values, name) && is(property, "null"))
            value = json_null();
        if (value)
            json_object_set_new(body, name, value);
    }
    say_in_english(schema, body);
    return body;
}

json_t *form_body(const json_t *schema, const struct form_values *values, struct arena *arena)
{
    return body_at(schema, values, "", arena, 0);
}
