/*
 * The engine behind core/host/options.h, for the host's own use: the same rows
 * also describe the structs of linli/plugin.h, so that facts and answers are
 * read, written and copied by tables alone.
 */
#ifndef CORE_HOST_FORM_H
#define CORE_HOST_FORM_H

#include "core/host/options.h"

/* Kinds that those structs need and no option may have. */
enum {
    FORM_KEY = 64, /* uint64_t; a JSON integer, not negative */
    FORM_INT,      /* int32_t; a JSON integer */
    FORM_ENUM,     /* int32_t; codes[value - low]; absent: zero */
    FORM_BITS,     /* uint32_t; a list of codes, codes[n] is bit n + low */
    FORM_MAY,      /* uint64_t[LINLI_ROLES]; {"organisation": ["submit", ...]} */
    FORM_VALUE,    /* int64_t in the unit of the int32_t at offset item_size of the struct */
    FORM_MARK,     /* int64_t of an unknown unit: "88" is points, 88 the stored number */
    FORM_LINES,    /* linli_lines; written where the words are known, never read back */
    FORM_LINE,     /* linli_line, likewise */
    FORM_REF,      /* pointer to one struct described by item, or NULL */
    FORM_DAYS,     /* linli_calendar's day_count and days: a string of digits */
    FORM_JSON,     /* const char *: the member's own JSON text; never written */
    FORM_OBJECT    /* const char *: a JSON object as its own text, sorted; NULL: absent */
};

/* The `format` of a row of the structs that is written even when zero. */
#define FORM_ALWAYS "always"
/* ... and of an enum that may stay zero in an answer. */
#define FORM_OPTIONAL "optional"
/* ... and of an optional member with a `present`, no text, that null empties: given, and nothing. */
#define FORM_CLEARS "clears"
/* That of a string which is a number of something: a line, kept without what is not seen before and behind it. */
#define FORM_NUMBER "number"

/* What turns lines into sentences. */
struct words {
    const linli_message *messages;
    uint32_t message_count;
    const linli_facts *facts; /* for rules and for the printed number of a bid; or NULL */
};

/* As form_read, for a text of at most bytes_max; `type` is the stem of the problem
 * types ("facts" gives facts/malformed, facts/invalid). */
int form_read_as(const struct form *form, struct arena *arena, const char *json, size_t bytes,
                 size_t bytes_max, const char *type, void **ret_struct, struct err *err) MUST_USE;

/* As form_write; lines are written with `words`, which may be NULL: left out. */
void form_write_with(const struct form *form, const void *data, const struct words *words, struct buf *out);

/* Memory for a copy: NULL where there is no more. */
typedef void *(*form_memory)(void *from, size_t count, size_t size);

/* Copies the struct at `from` with everything it points at; `to` has room for
 * form->size.  False: no memory. */
bool form_copy(const struct form *form, const void *from, void *to, form_memory memory, void *arg) MUST_USE;
/* As form_copy, of what somebody wrote whom nobody trusts: `from` and all it points at must lie in the `bytes` at `low`.  False: it does not, or no
 * memory. */
bool form_copy_within(const struct form *form, const void *from, const void *low, size_t bytes, void *to,
                      form_memory memory, void *arg) MUST_USE;
void *form_memory_arena(void *arena, size_t count, size_t size); /* aborts instead of NULL */

/* Checks a table itself: kinds, offsets inside the struct and apart, defaults that
 * read, texts in both languages.  NULL, or what is wrong (in the arena). */
const char *form_fault(const struct form *form, struct arena *arena, bool labels);

/* How many bytes a row fills in the struct; 0: no such kind. */
size_t form_width(int32_t type);

/* A line as text of one language ("zh" or "en"). */
void words_print(const struct words *words, const linli_line *line, bool zh, struct buf *out);
/* {"code","zh","en","source","args"} */
void words_write(const struct words *words, const linli_line *line, struct buf *out);

#endif
