/* The OpenAPI document as tables. */
#include "web/spec.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"

static const char prefix[] = "/api/v1";
enum { PREFIX = sizeof prefix - 1, MONEY_PLACES = 2 };

struct spec {
    json_t *document, *labels, *words, *money;
    struct arena *arena;
    struct op *ops;
    size_t count;
};

static const json_t *member(const json_t *object, const char *key)
{
    return object ? json_object_get(object, key) : NULL;
}

/* A schema, or what it refers to. */
static const json_t *resolve(const struct spec *s, const json_t *schema)
{
    const char *ref = json_string_value(member(schema, "$ref"));
    const char *name = ref ? strrchr(ref, '/') : NULL;

    return name ? member(member(member(s->document, "components"), "schemas"), name + 1) : schema;
}

/* ---- what forms call things ---- */

static void learn_property(struct spec *s, const char *name, const json_t *property)
{
    const char *pattern = json_string_value(member(property, "pattern"));
    json_t *label = json_object_get(property, "x-label"), *words = json_object_get(property, "x-labels");

    if (label && !json_object_get(s->labels, name))
        json_object_set(s->labels, name, label);
    if (words) {
        json_t *known = json_object_get(s->words, name);

        if (!known)
            json_object_set_new(s->words, name, known = json_object());
        json_object_update_missing(known, words);
    }
    if (pattern && strstr(pattern, "[0-9]{2}$") && strchr(pattern, '.'))
        json_object_set_new(s->money, name, json_true());
}

static void learn_schema(struct spec *s, const json_t *schema)
{
    json_t *properties = json_object_get(schema, "properties"), *property;
    const char *name;

    json_object_foreach(properties, name, property)
    {
        learn_property(s, name, property);
        learn_schema(s, property);
        if (json_object_get(property, "items"))
            learn_schema(s, json_object_get(property, "items"));
    }
}

/* ---- operations ---- */

static const json_t *ok_content(const json_t *operation)
{
    const json_t *responses = member(operation, "responses");

    return member(member(responses, "200") ? member(responses, "200") : member(responses, "201"), "content");
}

static void split(struct spec *s, struct op *op)
{
    char *at = arena_dup(s->arena, op->path);

    for (char *save = NULL, *word = strtok_r(at, "/", &save); word && op->segment_count < OP_SEGMENTS;
         word = strtok_r(NULL, "/", &save)) {
        op->segments[op->segment_count++] = word;
        if (word[0] != '{')
            continue;
        op->param_count++;
        op->last_param = arena_ndup(s->arena, word + 1, strlen(word) - 2);
    }
}

static bool refers(const json_t *parameters, const char *name)
{
    size_t i;
    const json_t *p;

    json_array_foreach(parameters, i, p)
    {
        const char *ref = json_string_value(member(p, "$ref"));
        if (ref && strcmp(strrchr(ref, '/') + 1, name) == 0)
            return true;
    }
    return false;
}

static void take_answer(const struct spec *s, struct op *op, const json_t *schema)
{
    const json_t *items = member(member(schema, "properties"), "items");

    if (items) {
        op->shape = member(member(schema, "properties"), "next") ? OP_PAGE : OP_LIST;
        op->row = resolve(s, member(items, "items"));
    } else if (schema) {
        op->row = resolve(s, schema);
    }
}

/* "x-complete": what a browser may fill in of what it keeps for its user (WCAG 2.2, 1.3.5).  Elsewhere a
 * "code" or a "password" is something else. */
static void put_completion(const struct op *op)
{
    static const struct {
        const char *op, *member, *word;
    } kept[] = {{"session_create", "login", "username"},
                {"session_create", "password", "current-password"},
                {"session_create", "code", "one-time-code"},
                {"second_factor_enrol", "password", "current-password"},
                {"second_factor_confirm", "code", "one-time-code"},
                {"second_factor_remove", "password", "current-password"},
                {"second_factor_remove", "code", "one-time-code"},
                {"password_set", "password", "new-password"},
                {"organisation_register", "contact", "name"},
                {"organisation_register", "phone", "tel"},
                {"organisation_register", "login", "username"},
                {"organisation_register", "password", "new-password"},
                {"resident_register", "name", "name"},
                {"resident_register", "phone", "tel"},
                {"resident_register", "login", "username"},
                {"resident_register", "password", "new-password"}};

    for (size_t i = 0; op->id && i < LENGTH(kept); i++)
        if (strcmp(kept[i].op, op->id) == 0)
            json_object_set_new(json_object_get(json_object_get(op->form, "properties"), kept[i].member),
                                "x-complete", json_string(kept[i].word));
}

static void take_op(struct spec *s, const char *path, const char *method, const json_t *o)
{
    struct op *op = &s->ops[s->count++];
    const json_t *body = member(member(o, "requestBody"), "content"), *content = ok_content(o);

    op->id = json_string_value(member(o, "operationId"));
    op->method = method;
    op->path = path + PREFIX;
    op->zh = json_string_value(member(o, "description"));
    op->en = json_string_value(member(o, "summary"));
    op->roles = member(o, "x-roles");
    op->secret = json_is_true(member(o, "x-secret"));
    op->open = json_array_size(member(o, "security")) == 0;
    op->parameters = member(o, "parameters");
    op->keyed = refers(op->parameters, "key");
    op->matched = refers(op->parameters, "match");
    op->form = resolve(s, member(member(body, "application/json"), "schema"));
    put_completion(op);
    split(s, op);
    op->file = !member(content, "application/json") && json_object_size(content);
    take_answer(s, op, member(member(content, "application/json"), "schema"));
}

static bool is_method(const char *name)
{
    static const char *const names[] = {"get", "post", "put", "patch", "delete"};

    for (size_t i = 0; i < LENGTH(names); i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static void take_paths(struct spec *s, const json_t *paths, bool count_only)
{
    const char *path, *method;
    json_t *item, *operation;

    json_object_foreach((json_t *)paths, path, item)
    {
        if (strncmp(path, prefix, PREFIX) != 0 || path[PREFIX] != '/')
            continue;
        json_object_foreach(item, method, operation)
        {
            if (!is_method(method) || !json_object_get(operation, "operationId"))
                continue;
            if (count_only)
                s->count++;
            else
                take_op(s, path, method, operation);
        }
    }
}

int spec_open(json_t *document, struct spec **ret, struct err *err)
{
    const json_t *paths = member(document, "paths");
    const json_t *schemas = member(member(document, "components"), "schemas");
    struct spec *s;
    const char *name;
    json_t *schema;

    if (!json_is_object(paths) || !json_is_object(schemas))
        return err_set(err, E_BROKEN, "server/broken", "the API's description is none");
    s = calloc(1, sizeof *s);
    MUST(s);
    s->document = document;
    s->arena = arena_new(0);
    s->labels = json_object();
    s->words = json_object();
    s->money = json_object();
    take_paths(s, paths, true);
    s->ops = ARENA_NEW(s->arena, struct op, s->count + 1);
    s->count = 0;
    take_paths(s, paths, false);
    json_object_foreach((json_t *)schemas, name, schema) learn_schema(s, schema);
    *ret = s;
    return 0;
}

void spec_close(struct spec *s)
{
    if (!s)
        return;
    json_decref(s->document);
    json_decref(s->labels);
    json_decref(s->words);
    json_decref(s->money);
    arena_free(s->arena);
    free(s);
}

size_t spec_count(const struct spec *s)
{
    return s->count;
}

const struct op *spec_at(const struct spec *s, size_t i)
{
    return &s->ops[i];
}

const struct op *spec_find(const struct spec *s, const char *id)
{
    for (size_t i = 0; i < s->count; i++)
        if (strcmp(s->ops[i].id, id) == 0)
            return &s->ops[i];
    return NULL;
}

/* Of what ids, numbers and codes are made: nothing else of a visitor's address goes into a question. */
static const char id_chars[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";

bool op_fits(const struct op *op, const char *path, const char *values[OP_PARAMS], struct arena *arena)
{
    int params = 0;

    for (int i = 0; i < op->segment_count; i++) {
        const size_t size = *path == '/' ? strcspn(path + 1, "/") : 0;

        if (!size)
            return false;
        if (op->segments[i][0] == '{' && strspn(path + 1, id_chars) >= size)
            values[params++] = arena_ndup(arena, path + 1, size);
        else if (strlen(op->segments[i]) != size || memcmp(op->segments[i], path + 1, size) != 0)
            return false;
        path += size + 1;
    }
    return *path == '\0';
}

const struct op *spec_question(const struct spec *s, const char *path, const char *values[OP_PARAMS],
                               struct arena *arena)
{
    const struct op *found = NULL;
    const char *taken[OP_PARAMS];

    /* A path of words alone goes before one with a parameter in its place. */
    for (size_t i = 0; i < s->count; i++) {
        const struct op *op = &s->ops[i];

        if (strcmp(op->method, "get") != 0 || (found && op->param_count >= found->param_count) ||
            !op_fits(op, path, taken, arena))
            continue;
        found = op;
        memcpy(values, taken, sizeof taken);
    }
    return found;
}

const struct op *spec_thing(const struct spec *s, const char *thing)
{
    for (size_t i = 0; i < s->count; i++) {
        const struct op *op = &s->ops[i];

        if (strcmp(op->method, "get") == 0 && op->param_count == 1 && op->segment_count == 2 &&
            op->shape == OP_ONE && strcmp(op->last_param, thing) == 0)
            return op;
    }
    return NULL;
}

const struct op *spec_element(const struct spec *s, const struct op *list)
{
    const struct op *file = NULL;

    for (size_t i = 0; i < s->count; i++) {
        const struct op *op = &s->ops[i];

        if (strcmp(op->method, "get") != 0 || op->param_count != 1 || op->shape != OP_ONE ||
            op->segments[1] == NULL || op->segments[1][0] != '{' ||
            strcmp(op->segments[0], list->segments[list->segment_count - 1]) != 0)
            continue;
        if (op->segment_count == 2)
            return op;
        if (op->segment_count == 3 && strcmp(op->segments[2], "file") == 0)
            file = op;
    }
    return file;
}

const struct op *spec_list_of(const struct spec *s, const char *thing)
{
    const struct op *one = spec_thing(s, thing);

    for (size_t i = 0; one && i < s->count; i++) {
        const struct op *op = &s->ops[i];
        const bool at_office =
            op->param_count == 1 && op->segment_count == 3 && strcmp(op->segments[0], "offices") == 0;

        if (strcmp(op->method, "get") == 0 && op->shape != OP_ONE && (at_office || op->segment_count == 1) &&
            strcmp(op->segments[op->segment_count - 1], one->segments[0]) == 0)
            return op;
    }
    return NULL;
}

bool op_takes(const struct op *op, const char *thing)
{
    const char *format = json_string_value(member(member(member(op->form, "properties"), thing), "format"));

    return format && strcmp(format, "uuid") == 0;
}

bool op_below(const struct op *inner, const struct op *outer)
{
    const size_t size = strlen(outer->path);

    return strncmp(inner->path, outer->path, size) == 0 && inner->path[size] == '/';
}

const char *op_path(const struct op *op, const char *const *values, struct arena *arena)
{
    const char *path = "";
    int params = 0;

    for (int i = 0; i < op->segment_count; i++)
        path = arena_printf(arena, "%s/%s", path,
                            op->segments[i][0] == '{' ? values[params++] : op->segments[i]);
    return path;
}

const char *spec_label(const struct spec *s, const char *name, bool chinese)
{
    return json_string_value(member(member(s->labels, name), chinese ? "zh" : "en"));
}

const char *spec_word(const struct spec *s, const char *name, const char *word, bool chinese)
{
    return json_string_value(member(member(member(s->words, name), word), chinese ? "zh" : "en"));
}

void spec_name(struct spec *s, const char *name, const char *code, json_t *said)
{
    json_t *words = json_object_get(s->words, name);

    if (!words)
        json_object_set_new(s->words, name, words = json_object());
    json_object_set(words, code, said);
}

bool spec_money(const struct spec *s, const char *name)
{
    return json_object_get(s->money, name) != NULL;
}

static bool holds(const json_t *me, const char *role, long office)
{
    const json_t *membership, *at, *held;
    size_t i, k;

    json_array_foreach(json_object_get(me, "memberships"), i, membership)
    {
        at = json_object_get(membership, "office");
        if (office && at && json_integer_value(at) != office)
            continue;
        json_array_foreach(json_object_get(membership, "roles"), k,
                           held) if (strcmp(json_string_value(held), role) == 0) return true;
    }
    return false;
}

bool op_may(const struct op *op, const json_t *me, long office)
{
    const json_t *role;
    size_t i;

    if (op->open)
        return true;
    json_array_foreach(op->roles, i, role)
    {
        const char *name = json_string_value(role);

        if (me && (strcmp(name, "any account") == 0 || holds(me, name, office)))
            return true;
    }
    return false;
}

long long spec_upload_bytes(const struct spec *s)
{
    static const char *const way[] = {"paths",   "/api/v1/blobs/{sha256}",   "put",    "requestBody",
                                      "content", "application/octet-stream", "schema", "maxLength"};
    const json_t *at = s->document;

    for (size_t i = 0; i < sizeof way / sizeof *way; i++)
        at = member(at, way[i]);
    return json_integer_value(at);
}
