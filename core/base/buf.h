/*
 * A growing byte buffer, and JSON written straight into it (never as a tree).
 * Memory is the heap's; a failed allocation aborts.
 */
#ifndef CORE_BASE_BUF_H
#define CORE_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/attr.h"

struct buf {
    char  *data;        /* NUL-terminated once anything was added; NULL before */
    size_t size, room;
};

void buf_free(struct buf *b);                        /* also the CLEANUP function */
void buf_clear(struct buf *b);                       /* size 0, keeps the room */
void buf_reserve(struct buf *b, size_t more);        /* room for `more` bytes and a NUL */
void buf_add(struct buf *b, const void *bytes, size_t count);
void buf_text(struct buf *b, const char *text);
void buf_char(struct buf *b, char c);
void buf_printf(struct buf *b, const char *format, ...) PRINTF(2, 3);
void buf_int(struct buf *b, int64_t n);
/* An element of a PostgreSQL array literal with its brace or comma before it; NULL writes NULL.  The last brace is
 * the caller's. */
void buf_element(struct buf *b, const char *text);
/* Gives the heap block away (caller frees) and leaves `b` empty. */
char *buf_take(struct buf *b, size_t *ret_size) MUST_USE;

/* JSON.  Commas are put by the writer: a value after a value, or a key after a
 * value, gets one.  Strings must be UTF-8; control characters, quotes and
 * backslashes are escaped, nothing else is. */
void json_open(struct buf *b, char bracket);         /* '{' or '[' */
void json_close(struct buf *b, char bracket);        /* '}' or ']' */
void json_key(struct buf *b, const char *key);
void buf_json_string(struct buf *b, const char *text);
void buf_json_stringn(struct buf *b, const char *text, size_t count);
void json_plain(struct buf *b, const char *text, size_t count);  /* a string that surely needs no escape */
void json_int(struct buf *b, int64_t n);
void json_bool(struct buf *b, bool yes);
void buf_json_null(struct buf *b);
void json_raw(struct buf *b, const char *json, size_t count);    /* one whole value, trusted */
void json_fen(struct buf *b, int64_t fen);           /* "480000.00" */
void json_points(struct buf *b, int64_t micro);      /* "87.925"; at least one place is kept: "90.0" */
void json_rate(struct buf *b, int64_t ppm);          /* "30%", "12.5%" */
void json_time(struct buf *b, int64_t us);           /* "2026-12-01T00:59:59.123456Z"; 0 writes null;
                                                      * whole seconds have no fraction */
void json_date(struct buf *b, int32_t day);          /* "2026-11-21" */
/* A member {"zh": ..., "en": ...}; NULL writes null. */
void json_both(struct buf *b, const char *key, const char *zh, const char *en);

/* The short names, which jansson has too: a file that needs both includes
 * jansson.h first and uses the long ones. */
#ifndef JANSSON_H
static inline void json_string(struct buf *b, const char *text) /* NULL writes null */
{
    buf_json_string(b, text);
}
static inline void json_stringn(struct buf *b, const char *text, size_t count)
{
    buf_json_stringn(b, text, count);
}
static inline void json_null(struct buf *b)
{
    buf_json_null(b);
}
#endif

#endif
