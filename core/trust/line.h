/* Texts of lines, each ended by a line end: how the formats of this folder are read. */
#ifndef CORE_TRUST_LINE_H
#define CORE_TRUST_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/attr.h"

struct lines { const char *at, *end; };
struct line { const char *text; size_t bytes; };        /* without its line end */

/* False at the end, for a last line without line end, and for one with a NUL in it. */
bool line_next(struct lines *lines, struct line *ret) MUST_USE;
bool line_is(const struct line *line, const char *text) MUST_USE;
/* What follows `word` at the beginning of the line. */
bool line_after(const struct line *line, const char *word, struct line *ret) MUST_USE;
/* The line as a text of its own; false where it is longer than `room` has place for. */
bool line_copy(const struct line *line, char *out, size_t room) MUST_USE;
/* The next line, of which it copies what follows `word`. */
bool line_word(struct lines *lines, const char *word, char *out, size_t room) MUST_USE;
/* Digits alone, without leading zeroes. */
bool line_decimal(const struct line *line, uint64_t *ret) MUST_USE;

#endif
