/* Canonical JSON. */
#include "core/json/canon.h"

#include <jansson.h>
#include <stdlib.h>

enum { DEPTH_MAX = 32 };

/* jansson nests to 2,048; what is that deep was never meant well. */
static bool too_deep(const char *json, size_t bytes)
{
    bool quoted = false;
    int depth = 0;

    for (size_t i = 0; i < bytes; i++) {
        if (quoted && json[i] == '\\')
            i++;
        else if (json[i] == '"')
            quoted = !quoted;
        else if (!quoted && (json[i] == '{' || json[i] == '['))
            depth++;
        else if (!quoted && (json[i] == '}' || json[i] == ']'))
            depth--;
        if (depth > DEPTH_MAX)
            return true;
    }
    return false;
}

static bool has_real(const json_t *value)
{
    const char *key;
    json_t *item;
    size_t i;

    if (json_is_real(value))
        return true;
    if (json_is_object(value))
        json_object_foreach((json_t *)value, key, item) if (has_real(item)) return true;
    if (json_is_array(value))
        json_array_foreach((json_t *)value, i, item) if (has_real(item)) return true;
    return false;
}

int json_canonical(struct arena *arena, const char *json, size_t bytes, char **ret, struct err *err)
{
    json_error_t where;
    json_t *value;
    char *text;

    if (too_deep(json, bytes))
        return err_set(err, E_MALFORMED, "body/malformed", "JSON nested deeper than %d", DEPTH_MAX);
    value = json_loadb(json, bytes, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &where);
    if (!value)
        return err_set(err, E_MALFORMED, "body/malformed", "not JSON at line %d, column %d", where.line,
                       where.column);
    if (has_real(value)) {
        json_decref(value);
        return err_set(err, E_MALFORMED, "body/malformed", "a number with a fraction or an exponent");
    }
    text = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
    json_decref(value);
    MUST(text != NULL);
    *ret = arena_dup(arena, text);
    free(text);
    return 0;
}
