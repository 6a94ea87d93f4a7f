/*
 * Numbers and names as text, both ways.  Parsers take the whole text or refuse
 * it: no leading or trailing space, no sign where none is meant, no exponent.
 */
#ifndef CORE_BASE_TEXT_H
#define CORE_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/attr.h"

enum { UUID_TEXT = 37, MONEY_TEXT = 24, TIME_TEXT = 32, DATE_TEXT = 12 };

/* Yuan with exactly two places ("480000.00"), at most 10^12 yuan; negative only
 * where `negative` allows.  Points with up to six places ("87.925").  Rates as
 * percent with up to four places ("12.5%"). */
bool money_parse(const char *text, bool negative, int64_t *ret_fen) MUST_USE;
bool points_parse(const char *text, int64_t *ret_micro) MUST_USE;
bool rate_parse(const char *text, int64_t *ret_ppm) MUST_USE;
bool int_parse(const char *text, int64_t low, int64_t high, int64_t *ret) MUST_USE;
void money_print(int64_t fen, char out[MONEY_TEXT]);
void points_print(int64_t micro, char out[MONEY_TEXT]);
void rate_print(int64_t ppm, char out[MONEY_TEXT]);

/* UTF-8: well formed, no NUL, no control characters but \n and \t where
 * `lines`, none that turn the direction of reading.  code_points counts
 * without checking. */
bool   utf8_ok(const char *text, size_t bytes, bool lines) MUST_USE;
/* Well-formed UTF-8 with at least one character that is seen: not only spaces of any width, fillers, joiners and marks of format. */
bool   text_visible(const char *text) MUST_USE;
/* From the first character that is seen to the last, as text_visible tells them; 0 bytes where none is. */
const char *text_trimmed(const char *text, size_t *ret_bytes) MUST_USE;
size_t code_points(const char *text);

bool code_ok(const char *text) MUST_USE;      /* lower_snake_case, 1..40 bytes */
bool uuid_ok(const char *text) MUST_USE;      /* lower-case, 36 bytes */

bool digits_ok(const char *text, size_t count) MUST_USE; /* that many digits and nothing else; NULL: no */
bool bank_account_ok(const char *text) MUST_USE;         /* 1..34 digits and capitals: a bank carries it whole */

bool is_one_of(const char *text, const char *const *list);   /* up to its NULL */
/* "gzip; q=0.8" of a header that says what is accepted, up to the next comma: in thousandths; 1000 where it says none. */
int  quality_of(const char *range, size_t bytes);

/* GB 32100: 1 good, 0 the check digit does not fit (real codes like that exist:
 * warn), -1 not the form of a unified social credit code. */
int uscc_check(const char *text);

#endif
