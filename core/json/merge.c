/* See core/json/merge.h. */
#include "core/json/merge.h"

#include <stdlib.h>
#include <string.h>

#include "core/json/strict.h"

enum { MERGE_BYTES_MAX = 8 << 20 };

int json_merge(struct arena *arena, const char *first, const char *second, char **ret, struct err *err)
{
    AUTO_JSON json_t *a = NULL, *b = NULL;
    int status = json_strict(first, strlen(first), MERGE_BYTES_MAX, "body/malformed", &a, err);

    if (status == 0)
        status = json_strict(second, strlen(second), MERGE_BYTES_MAX, "body/malformed", &b, err);
    if (status)
        return status;
    MUST(json_object_update(a, b) == 0);
    char *text = json_dumps(a, JSON_COMPACT);
    MUST(text);
    *ret = arena_dup(arena, text);
    free(text);
    return 0;
}
