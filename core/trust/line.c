/* See core/trust/line.h. */
#include "core/trust/line.h"

#include <string.h>

bool line_next(struct lines *lines, struct line *ret)
{
    size_t left = (size_t)(lines->end - lines->at);
    const char *end = left ? memchr(lines->at, '\n', left) : NULL;

    if (!end || memchr(lines->at, '\0', (size_t)(end - lines->at)))
        return false;
    *ret = (struct line){lines->at, (size_t)(end - lines->at)};
    lines->at = end + 1;
    return true;
}

bool line_is(const struct line *line, const char *text)
{
    return line->bytes == strlen(text) && memcmp(line->text, text, line->bytes) == 0;
}

bool line_after(const struct line *line, const char *word, struct line *ret)
{
    size_t bytes = strlen(word);

    if (line->bytes < bytes || memcmp(line->text, word, bytes) != 0)
        return false;
    *ret = (struct line){line->text + bytes, line->bytes - bytes};
    return true;
}

bool line_copy(const struct line *line, char *out, size_t room)
{
    if (line->bytes >= room)
        return false;
    memcpy(out, line->text, line->bytes);
    out[line->bytes] = '\0';
    return true;
}

bool line_word(struct lines *lines, const char *word, char *out, size_t room)
{
    struct line line, value;

    return line_next(lines, &line) && line_after(&line, word, &value) && line_copy(&value, out, room);
}

bool line_decimal(const struct line *line, uint64_t *ret)
{
    uint64_t n = 0;

    if (line->bytes == 0 || line->bytes > 20 || (line->text[0] == '0' && line->bytes > 1))
        return false;
    for (size_t i = 0; i < line->bytes; i++) {
        unsigned digit = (unsigned)(line->text[i] - '0');
        if (digit > 9 || __builtin_mul_overflow(n, UINT64_C(10), &n) || __builtin_add_overflow(n, digit, &n))
            return false;
    }
    *ret = n;
    return true;
}
