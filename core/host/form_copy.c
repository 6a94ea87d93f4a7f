/* Deep copies by table, and the checks of a table itself. */
#include <stdio.h>
#include <string.h>

#include "core/base/text.h"
#include "core/host/form.h"

struct copier {
    form_memory memory;
    void *arg;
    const char *low, *high; /* where everything must lie; NULL: anywhere */
};

static bool lies_within(const struct copier *c, const void *at, size_t count, size_t size)
{
    const uintptr_t from = (uintptr_t)at, low = (uintptr_t)c->low, high = (uintptr_t)c->high;
    size_t bytes;

    if (!c->high || count == 0)
        return true;
    return !__builtin_mul_overflow(count, size, &bytes) && from >= low && from <= high &&
           bytes <= high - from;
}

static bool ends_within(const struct copier *c, const char *text)
{
    return !c->high || (lies_within(c, text, 1, 1) && memchr(text, '\0', (size_t)(c->high - text)));
}

void *form_memory_arena(void *arena, size_t count, size_t size)
{
    return arena_alloc(arena, count, size);
}

static bool copy_rows(struct copier *c, const linli_option *rows, size_t count, char *to);

static bool copy_string(struct copier *c, const char **text)
{
    if (!*text)
        return true;
    if (!ends_within(c, *text))
        return false;
    size_t size = strlen(*text) + 1;
    char *to = c->memory(c->arg, size, 1);
    if (!to)
        return false;
    *text = memcpy(to, *text, size);
    return true;
}

/* `at` is a pointer-and-count pair already copied byte for byte. */
static bool copy_list(struct copier *c, const linli_option *o, char *at)
{
    linli_list list;

    memcpy(&list, at, sizeof list);
    if (!lies_within(c, list.items, list.count, o->item_size))
        return false;
    char *items = c->memory(c->arg, list.count ? list.count : 1, o->item_size);
    if (!items)
        return false;
    if (list.count)
        memcpy(items, list.items, list.count * o->item_size);
    for (size_t i = 0; i < list.count; i++)
        if (!copy_rows(c, o->item, o->item_count, items + i * o->item_size))
            return false;
    list.items = items;
    memcpy(at, &list, sizeof list);
    return true;
}

static bool copy_line(struct copier *c, linli_line *line)
{
    for (uint32_t k = 0; k < LINLI_ARGS; k++) {
        if (k >= line->argc)
            line->arg[k] = (linli_arg){0};
        else if (!copy_string(c, &line->arg[k].code))
            return false;
    }
    return true;
}

static bool copy_lines(struct copier *c, char *at)
{
    linli_lines lines;

    memcpy(&lines, at, sizeof lines);
    if (!lies_within(c, lines.items, lines.count, sizeof(linli_line)))
        return false;
    linli_line *items = c->memory(c->arg, lines.count ? lines.count : 1, sizeof *items);
    if (!items)
        return false;
    if (lines.count)
        memcpy(items, lines.items, lines.count * sizeof *items);
    for (size_t i = 0; i < lines.count; i++)
        if (!copy_line(c, &items[i]))
            return false;
    lines.items = items;
    memcpy(at, &lines, sizeof lines);
    return true;
}

static bool copy_block(struct copier *c, char *at, size_t count, size_t size)
{
    const void *from;
    void *to;

    memcpy(&from, at, sizeof from);
    if (!lies_within(c, from, count, size))
        return false;
    to = c->memory(c->arg, count ? count : 1, size);
    if (!to)
        return false;
    if (count)
        memcpy(to, from, count * size);
    memcpy(at, &to, sizeof to);
    return true;
}

static bool copy_ref(struct copier *c, const linli_option *o, char *at)
{
    char *to;

    memcpy(&to, at, sizeof to);
    if (!to)
        return true;
    if (!copy_block(c, at, 1, o->item_size))
        return false;
    memcpy(&to, at, sizeof to);
    return copy_rows(c, o->item, o->item_count, to);
}

static bool copy_row(struct copier *c, const linli_option *o, char *base)
{
    char *at = base + o->offset;

    switch (o->type) {
    case LINLI_OPT_CODE:
    case LINLI_OPT_STRING:
    case LINLI_OPT_ID:
    case FORM_JSON:
    case FORM_OBJECT:
        return copy_string(c, (const char **)(void *)at);
    case LINLI_OPT_TEXT:
        return copy_string(c, &((linli_text *)(void *)at)->zh) &&
               copy_string(c, &((linli_text *)(void *)at)->en);
    case LINLI_OPT_LIST:
        return copy_list(c, o, at);
    case LINLI_OPT_OBJECT:
        return copy_rows(c, o->item, o->item_count, at);
    case LINLI_OPT_BYTES:
        return copy_block(c, at, ((linli_bytes *)(void *)at)->count, 1);
    case FORM_LINES:
        return copy_lines(c, at);
    case FORM_LINE:
        return copy_line(c, (void *)at);
    case FORM_REF:
        return copy_ref(c, o, at);
    case FORM_DAYS:
        return copy_block(c, at, (size_t)((linli_calendar *)(void *)base)->day_count, 1);
    default:
        return true;
    }
}

static bool copy_rows(struct copier *c, const linli_option *rows, size_t count, char *to)
{
    for (size_t i = 0; i < count; i++)
        if (!copy_row(c, &rows[i], to))
            return false;
    return true;
}

bool form_copy(const struct form *form, const void *from, void *to, form_memory memory, void *arg)
{
    struct copier c = {.memory = memory, .arg = arg};

    memcpy(to, from, form->size);
    return copy_rows(&c, form->rows, form->count, to);
}

bool form_copy_within(const struct form *form, const void *from, const void *low, size_t bytes, void *to,
                      form_memory memory, void *arg)
{
    struct copier c = {.memory = memory, .arg = arg, .low = low, .high = (const char *)low + bytes};

    if (!lies_within(&c, from, 1, form->size))
        return false;
    memcpy(to, from, form->size);
    return copy_rows(&c, form->rows, form->count, to);
}
