/* The text of a statement that asks many questions of one kind. */
#include "core/store/merge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/err.h"

enum { CAST_BYTES = 24 };

struct reading {
    int parameters;
    char casts[MERGE_PARAMETERS][CAST_BYTES];
    struct buf inner;
};

/* A comment or a literal that begins here: how long it is; 0: none does. */
static size_t passive_size(const char *at)
{
    const char *end;

    if (strncmp(at, "--", 2) == 0)
        return strcspn(at, "\n");
    if (*at != '\'')
        return 0;
    end = strchr(at + 1, '\'');
    return end ? (size_t)(end + 1 - at) : strlen(at);
}

static bool cast_read(struct reading *r, int parameter, const char *at)
{
    const size_t size = strspn(at + 2, "abcdefghijklmnopqrstuvwxyz0123456789_");

    if (at[2 + size] == '[' || size == 0 || size >= CAST_BYTES)
        return false;
    memcpy(r->casts[parameter], at + 2, size);
    r->casts[parameter][size] = '\0';
    return true;
}

static bool limit_before(const char *text, const char *at)
{
    while (at > text && (at[-1] == ' ' || at[-1] == '\n'))
        at--;
    return at - text >= 5 && strncasecmp(at - 5, "limit", 5) == 0;
}

/* Copies a parameter as the merged statement names it; gives where it ended, NULL where it cannot be. */
static const char *parameter_read(struct reading *r, const char *text, const char *at)
{
    char *end;
    const long number = strtol(at + 1, &end, 10);

    if (number < 1 || number > r->parameters)
        return NULL;
    if ((strncmp(end, "::", 2) == 0 && !cast_read(r, (int)number - 1, end)) || limit_before(text, at))
        return NULL;
    buf_printf(&r->inner, "asked.p%ld", number);
    return end;
}

static bool inner_read(struct reading *r, const char *text)
{
    for (const char *at = text; *at;) {
        const size_t passive = passive_size(at);

        if (passive > 0) {
            buf_add(&r->inner, at, passive);
            at += passive;
        } else if (*at == '$') {
            at = parameter_read(r, text, at);
            if (!at)
                return false;
        } else {
            buf_char(&r->inner, *at++);
        }
    }
    return true;
}

static char *merged_text(const struct reading *r)
{
    struct buf out = {0};

    buf_text(&out, "SELECT asked_found.*, asked._asked FROM unnest(");
    for (int i = 0; i < r->parameters; i++)
        buf_printf(&out, "%s$%d::%s[]", i > 0 ? ", " : "", i + 1, r->casts[i]);
    buf_text(&out, ") WITH ORDINALITY asked(");
    for (int i = 0; i < r->parameters; i++)
        buf_printf(&out, "p%d, ", i + 1);
    buf_text(&out, "_asked)\nCROSS JOIN LATERAL (SELECT * FROM (\n");
    buf_add(&out, r->inner.data, r->inner.size);
    buf_text(&out, "\n) asked_one LIMIT ALL) asked_found");
    return buf_take(&out, NULL);
}

bool merge_make(const char *name, const char *text, int parameters, struct merge *ret)
{
    struct reading r = {.parameters = parameters};
    bool fits = parameters > 0 && parameters <= MERGE_PARAMETERS && inner_read(&r, text);

    for (int i = 0; fits && i < parameters; i++)
        fits = r.casts[i][0] != '\0';
    if (fits) {
        struct buf many = {0};

        buf_printf(&many, "%s_many", name);
        *ret = (struct merge){buf_take(&many, NULL), merged_text(&r)};
    }
    buf_free(&r.inner);
    return fits;
}

void merge_free(struct merge *merge)
{
    free(merge->name);
    free(merge->text);
    *merge = (struct merge){0};
}
