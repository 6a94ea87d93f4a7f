/* A growing byte buffer, and JSON written straight into it. */
#include "core/base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/err.h"
#include "core/base/text.h"
#include "core/base/time.h"

enum { FIRST_ROOM = 256 };

void buf_free(struct buf *b)
{
    free(b->data);
    *b = (struct buf){0};
}

void buf_clear(struct buf *b)
{
    b->size = 0;
    if (b->data)
        b->data[0] = '\0';
}

void buf_reserve(struct buf *b, size_t more)
{
    size_t need;

    MUST(!__builtin_add_overflow(b->size, more, &need) && need < SIZE_MAX / 2);
    if (need < b->room)
        return;
    size_t room = b->room ? b->room : FIRST_ROOM;
    while (room <= need)
        room *= 2;
    char *data = realloc(b->data, room);
    MUST(data);
    b->data = data;
    b->room = room;
    b->data[b->size] = '\0';
}

void buf_add(struct buf *b, const void *bytes, size_t count)
{
    if (count >= b->room - b->size) /* true for an empty buffer too; the NUL needs the one more */
        buf_reserve(b, count);
    if (count > 0)
        memcpy(b->data + b->size, bytes, count);
    b->size += count;
    b->data[b->size] = '\0';
}

void buf_text(struct buf *b, const char *text)
{
    buf_add(b, text, strlen(text));
}

void buf_char(struct buf *b, char c)
{
    if (b->room - b->size < 2)
        buf_reserve(b, 1);
    b->data[b->size++] = c;
    b->data[b->size] = '\0';
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list args, again;

    va_start(args, format);
    va_copy(again, args);
    buf_reserve(b, FIRST_ROOM);
    int size = vsnprintf(b->data + b->size, b->room - b->size, format, args);
    va_end(args);
    MUST(size >= 0);
    if ((size_t)size >= b->room - b->size) {
        buf_reserve(b, (size_t)size);
        vsnprintf(b->data + b->size, b->room - b->size, format, again);
    }
    va_end(again);
    b->size += (size_t)size;
}

void buf_int(struct buf *b, int64_t n)
{
    char digits[20];
    size_t at = sizeof(digits);
    uint64_t left = n < 0 ? -(uint64_t)n : (uint64_t)n;

    do {
        digits[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    if (n < 0)
        digits[--at] = '-';
    buf_add(b, digits + at, sizeof(digits) - at);
}

void buf_element(struct buf *b, const char *text)
{
    buf_char(b, b->size ? ',' : '{');
    if (!text) {
        buf_add(b, "NULL", 4);
        return;
    }
    buf_char(b, '"');
    for (size_t plain; *text; text += plain) {
        if (*text == '"' || *text == '\\') {
            buf_char(b, '\\');
            buf_char(b, *text++);
        }
        plain = strcspn(text, "\"\\");
        buf_add(b, text, plain);
    }
    buf_char(b, '"');
}

char *buf_take(struct buf *b, size_t *ret_size)
{
    buf_reserve(b, 0);
    char *data = b->data;
    if (ret_size)
        *ret_size = b->size;
    *b = (struct buf){0};
    return data;
}

/* A value or a key follows: after a finished value a comma is due.  What a
 * value ends with is enough to tell, since `{`, `[`, `:` and `,` end none. */
static void comma(struct buf *b)
{
    if (b->size == 0)
        return;
    char last = b->data[b->size - 1];
    if (last == '"' || last == '}' || last == ']' || (last >= '0' && last <= '9') ||
        (last >= 'a' && last <= 'z'))
        buf_char(b, ',');
}

void json_open(struct buf *b, char bracket)
{
    comma(b);
    buf_char(b, bracket);
}

void json_close(struct buf *b, char bracket)
{
    buf_char(b, bracket);
}

static void escape(struct buf *b, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";

    switch (c) {
    case '"':
        buf_add(b, "\\\"", 2);
        break;
    case '\\':
        buf_add(b, "\\\\", 2);
        break;
    case '\n':
        buf_add(b, "\\n", 2);
        break;
    case '\t':
        buf_add(b, "\\t", 2);
        break;
    case '\r':
        buf_add(b, "\\r", 2);
        break;
    case '\b':
        buf_add(b, "\\b", 2);
        break;
    case '\f':
        buf_add(b, "\\f", 2);
        break;
    default:
        buf_add(b, (char[6]){'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]}, 6);
        break;
    }
}

/* Eight bytes at once: some byte is a control character, a quote or a backslash. */
static bool eight_need_escape(const char *text)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones * 0x80;
    uint64_t w;

    memcpy(&w, text, sizeof(w));
    uint64_t quote = w ^ (ones * '"'), slash = w ^ (ones * '\\');
    return ((((w - ones * 0x20) & ~w) | ((quote - ones) & ~quote) | ((slash - ones) & ~slash)) & tops) != 0;
}

/* How many bytes from `from` on need no escape. */
static size_t plain_until(const char *text, size_t from, size_t count)
{
    size_t i = from;

    while (i + 8 <= count && !eight_need_escape(text + i))
        i += 8;
    while (i < count && (unsigned char)text[i] >= 0x20 && text[i] != '"' && text[i] != '\\')
        i++;
    return i;
}

static void quoted_plain(struct buf *b, const char *text, size_t count)
{
    buf_reserve(b, count + 2);
    char *at = b->data + b->size;
    *at = '"';
    memcpy(at + 1, text, count);
    memcpy(at + 1 + count, "\"", 2); /* and its NUL */
    b->size += count + 2;
}

static void quoted(struct buf *b, const char *text, size_t count)
{
    size_t from = 0, until = plain_until(text, 0, count);

    if (until == count) {
        quoted_plain(b, text, count);
        return;
    }
    buf_char(b, '"');
    while (until < count) {
        buf_add(b, text + from, until - from);
        escape(b, (unsigned char)text[until]);
        from = until + 1;
        until = plain_until(text, from, count);
    }
    buf_add(b, text + from, count - from);
    buf_char(b, '"');
}

void json_key(struct buf *b, const char *key)
{
    comma(b);
    quoted(b, key, strlen(key));
    buf_char(b, ':');
}

void buf_json_stringn(struct buf *b, const char *text, size_t count)
{
    comma(b);
    quoted(b, text, count);
}

void json_plain(struct buf *b, const char *text, size_t count)
{
    comma(b);
    quoted_plain(b, text, count);
}

void buf_json_string(struct buf *b, const char *text)
{
    if (text)
        buf_json_stringn(b, text, strlen(text));
    else
        buf_json_null(b);
}

void json_int(struct buf *b, int64_t n)
{
    comma(b);
    buf_int(b, n);
}

void json_bool(struct buf *b, bool yes)
{
    comma(b);
    buf_text(b, yes ? "true" : "false");
}

void buf_json_null(struct buf *b)
{
    comma(b);
    buf_add(b, "null", 4);
}

void json_raw(struct buf *b, const char *json, size_t count)
{
    comma(b);
    buf_add(b, json, count);
}

void json_fen(struct buf *b, int64_t fen)
{
    char text[MONEY_TEXT];

    money_print(fen, text);
    buf_json_string(b, text);
}

void json_points(struct buf *b, int64_t micro)
{
    char text[MONEY_TEXT];

    points_print(micro, text);
    buf_json_string(b, text);
}

void json_rate(struct buf *b, int64_t ppm)
{
    char text[MONEY_TEXT];

    rate_print(ppm, text);
    buf_json_string(b, text);
}

void json_time(struct buf *b, int64_t us)
{
    char text[TIME_TEXT];

    if (us == 0) {
        buf_json_null(b);
        return;
    }
    time_print(us, text);
    buf_json_string(b, text);
}

void json_date(struct buf *b, int32_t day)
{
    char text[DATE_TEXT];

    date_print(day, text);
    buf_json_string(b, text);
}

void json_both(struct buf *b, const char *key, const char *zh, const char *en)
{
    json_key(b, key);
    json_open(b, '{');
    json_key(b, "zh");
    buf_json_string(b, zh);
    json_key(b, "en");
    buf_json_string(b, en);
    json_close(b, '}');
}
