/* See doc.h. */
#include "core/json/doc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"
#include "core/json/strict.h"

enum { DOC_BYTES_MAX = 64 << 20, NAME_MAX_BYTES = 128 };

struct doc {
    struct arena *arena;
    json_t *root;
};

static void doc_free(void *data)
{
    json_decref(((struct doc *)data)->root);
}

int doc_read(struct arena *arena, const char *json, size_t bytes, struct doc **ret, struct err *err)
{
    struct doc *doc = ARENA_NEW(arena, struct doc, 1);
    int status = json_strict(json, bytes, DOC_BYTES_MAX, "body/malformed", &doc->root, err);

    if (status)
        return status;
    doc->arena = arena;
    arena_defer(arena, doc_free, doc);
    *ret = doc;
    return 0;
}

static const json_t *step_into(const json_t *at, const char *name)
{
    if (json_is_array(at))
        return json_array_get(at, (size_t)strtoull(name, NULL, 10));
    return json_object_get(at, name);
}

static const json_t *find(const struct doc *doc, const char *pointer)
{
    const json_t *at = doc->root;

    while (at && *pointer == '/') {
        char name[NAME_MAX_BYTES];
        size_t size = strcspn(++pointer, "/");

        if (size >= sizeof name)
            return NULL;
        memcpy(name, pointer, size);
        name[size] = '\0';
        at = step_into(at, name);
        pointer += size;
    }
    return at;
}

const char *doc_text(const struct doc *doc, const char *pointer)
{
    const json_t *at = find(doc, pointer);

    if (json_is_string(at))
        return json_string_value(at);
    if (json_is_integer(at))
        return arena_printf(doc->arena, "%lld", (long long)json_integer_value(at));
    if (json_is_boolean(at))
        return json_is_true(at) ? "true" : "false";
    return NULL;
}

bool doc_equal(const struct doc *doc, const char *pointer, const char *text)
{
    const json_t *at = find(doc, pointer);
    char number[24];

    if (json_is_string(at))
        return strcmp(json_string_value(at), text) == 0;
    if (json_is_boolean(at))
        return strcmp(json_is_true(at) ? "true" : "false", text) == 0;
    snprintf(number, sizeof number, "%lld", (long long)json_integer_value(at));
    return json_is_integer(at) && strcmp(number, text) == 0;
}

bool doc_integer(const struct doc *doc, const char *pointer, int64_t *ret)
{
    const json_t *at = find(doc, pointer);

    if (json_is_integer(at))
        *ret = json_integer_value(at);
    return json_is_integer(at) ||
           (json_is_string(at) && int_parse(json_string_value(at), INT64_MIN, INT64_MAX, ret));
}

static const char *dumped(const struct doc *doc, const json_t *at, size_t flags)
{
    char *text = json_dumps(at, JSON_COMPACT | JSON_ENCODE_ANY | flags);
    MUST(text);
    const char *copy = arena_dup(doc->arena, text);
    free(text);
    return copy;
}

const char *doc_object(const struct doc *doc, const char *pointer)
{
    const json_t *at = find(doc, pointer);

    return json_is_object(at) ? dumped(doc, at, 0) : NULL;
}

const char *doc_json(const struct doc *doc, const char *pointer)
{
    const json_t *at = find(doc, pointer);

    return at ? dumped(doc, at, JSON_SORT_KEYS) : NULL;
}

static bool nothing(const json_t *value)
{
    const char *key;
    json_t *item;

    if (json_is_object(value))
        json_object_foreach((json_t *)value, key, item) if (!nothing(item)) return false;
    return json_is_object(value) || json_is_null(value) || json_is_false(value) ||
           (json_is_array(value) && json_array_size(value) == 0) ||
           (json_is_integer(value) && json_integer_value(value) == 0) ||
           (json_is_string(value) && *json_string_value(value) == '\0');
}

static bool alike(const json_t *x, const json_t *y);

/* Every member of x that holds something is in y. */
static bool members_in(const json_t *x, const json_t *y)
{
    const char *key;
    json_t *item;

    json_object_foreach((json_t *)x, key, item)
    {
        const json_t *other = json_object_get(y, key);
        if (!nothing(item) && (!other || !alike(item, other)))
            return false;
    }
    return true;
}

static bool alike(const json_t *x, const json_t *y)
{
    bool same = json_array_size(x) == json_array_size(y);

    if (json_is_object(x) && json_is_object(y))
        return members_in(x, y) && members_in(y, x);
    if (!json_is_array(x) || !json_is_array(y))
        return json_equal(x, y);
    for (size_t i = 0; same && i < json_array_size(x); i++)
        same = alike(json_array_get(x, i), json_array_get(y, i));
    return same;
}

bool doc_alike(const struct doc *x, const char *pointer_x, const struct doc *y, const char *pointer_y)
{
    return alike(find(x, pointer_x), find(y, pointer_y));
}

bool doc_has(const struct doc *doc, const char *pointer)
{
    return find(doc, pointer) != NULL;
}

size_t doc_count(const struct doc *doc, const char *pointer)
{
    return json_array_size(find(doc, pointer));
}
