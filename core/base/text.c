/* Numbers and names as text, both ways. */
#include "core/base/text.h"

#include <string.h>

static const int64_t power10[] = {1, 10, 100, 1000, 10000, 100000, 1000000};

enum { MOST_WHOLE_DIGITS = 13 }; /* 10^12 has 13; with six places the product fits int64 */
static const int64_t most_whole = INT64_C(1000000000000);

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits without a leading zero, then at most `places` decimals (exactly that
 * many where `exact`), as an integer of 10^-places.  Leaves *ret_end behind the last character read. */
static bool decimal_parse(const char *text, int places, bool exact, const char **ret_end, int64_t *ret)
{
    const char *p = text;
    int64_t whole = 0, part = 0;
    int digits = 0;

    if (!is_digit(*p) || (*p == '0' && is_digit(p[1])))
        return false;
    for (; is_digit(*p); p++, digits++) {
        if (digits == MOST_WHOLE_DIGITS)
            return false;
        whole = whole * 10 + (*p - '0');
    }
    digits = 0;
    if (*p == '.')
        for (p++; is_digit(*p); p++, digits++) {
            if (digits == places)
                return false;
            part = part * 10 + (*p - '0');
        }
    if (p[-1] == '.' || (exact && digits != places))
        return false;
    part *= power10[places - digits];
    if (whole > most_whole || (whole == most_whole && part > 0))
        return false;
    *ret = whole * power10[places] + part;
    *ret_end = p;
    return true;
}

bool money_parse(const char *text, bool negative, int64_t *ret_fen)
{
    bool minus = negative && *text == '-';
    const char *end;
    int64_t fen;

    if (!decimal_parse(text + minus, 2, true, &end, &fen) || *end != '\0' || (minus && fen == 0))
        return false;
    *ret_fen = minus ? -fen : fen;
    return true;
}

bool points_parse(const char *text, int64_t *ret_micro)
{
    const char *end;
    int64_t micro;

    if (!decimal_parse(text, 6, false, &end, &micro) || *end != '\0')
        return false;
    *ret_micro = micro;
    return true;
}

bool rate_parse(const char *text, int64_t *ret_ppm)
{
    const char *end;
    int64_t ppm;

    if (!decimal_parse(text, 4, false, &end, &ppm) || strcmp(end, "%") != 0)
        return false;
    *ret_ppm = ppm;
    return true;
}

bool int_parse(const char *text, int64_t low, int64_t high, int64_t *ret)
{
    bool minus = low < 0 && *text == '-';
    const char *p = text + minus;
    int64_t n = 0;

    if (!is_digit(*p) || (*p == '0' && (p[1] != '\0' || minus)))
        return false;
    for (; is_digit(*p); p++) {
        int digit = *p - '0';
        if (__builtin_mul_overflow(n, 10, &n) ||
            __builtin_sub_overflow(n, digit, &n)) /* negative: reaches INT64_MIN */
            return false;
    }
    if (*p != '\0' || (!minus && n == INT64_MIN))
        return false;
    n = minus ? n : -n;
    if (n < low || n > high)
        return false;
    *ret = n;
    return true;
}

/* `value` of 10^-places as text with at least `least` decimals; gives the end. */
static char *decimal_print(char *out, int64_t value, int places, int least)
{
    uint64_t left = value < 0 ? -(uint64_t)value : (uint64_t)value;
    uint64_t scale = (uint64_t)power10[places];
    uint64_t whole = left / scale, part = left % scale;
    char digits[20];
    int count = 0;

    if (value < 0)
        *out++ = '-';
    do {
        digits[count++] = (char)('0' + whole % 10);
        whole /= 10;
    } while (whole > 0);
    while (count > 0)
        *out++ = digits[--count];
    if (part == 0 && least == 0)
        return out;
    *out++ = '.';
    for (int place = 1; place <= places && (place <= least || part > 0); place++) {
        uint64_t unit = (uint64_t)power10[places - place];
        *out++ = (char)('0' + part / unit);
        part %= unit;
    }
    return out;
}

void money_print(int64_t fen, char out[MONEY_TEXT])
{
    *decimal_print(out, fen, 2, 2) = '\0';
}

void points_print(int64_t micro, char out[MONEY_TEXT])
{
    *decimal_print(out, micro, 6, 1) = '\0';
}

void rate_print(int64_t ppm, char out[MONEY_TEXT])
{
    char *end = decimal_print(out, ppm, 4, 0);

    end[0] = '%';
    end[1] = '\0';
}

/* How many bytes the character at `p` has, 0 where it is not well formed (Unicode table 3-7). */
static size_t character_size(const unsigned char *p, size_t left)
{
    if (p[0] < 0x80)
        return 1;
    if (p[0] < 0xC2 || p[0] > 0xF4)
        return 0;
    size_t size = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    if (size > left)
        return 0;
    for (size_t i = 1; i < size; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) || (p[0] == 0xF0 && p[1] < 0x90) ||
        (p[0] == 0xF4 && p[1] > 0x8F))
        return 0;
    return size;
}

/* U+202A to U+202E and U+2066 to U+2069 turn round what is shown after them: a name would read as another. */
static bool turns_direction(const unsigned char *p)
{
    return p[0] == 0xE2 &&
           ((p[1] == 0x80 && p[2] >= 0xAA && p[2] <= 0xAE) || (p[1] == 0x81 && p[2] >= 0xA6 && p[2] <= 0xA9));
}

bool utf8_ok(const char *text, size_t bytes, bool lines)
{
    const unsigned char *p = (const unsigned char *)text, *end = p + bytes;

    while (p < end) {
        size_t size = character_size(p, (size_t)(end - p));
        if (size == 0)
            return false;
        if (*p < 0x20 && !(lines && (*p == '\n' || *p == '\t')))
            return false;
        if (*p == 0x7F || (size == 2 && p[0] == 0xC2 && p[1] < 0xA0)) /* DEL and C1 */
            return false;
        if (size == 3 && turns_direction(p))
            return false;
        p += size;
    }
    return true;
}

/* The code point of a well-formed character. */
static uint32_t code_point(const unsigned char *p, size_t size)
{
    static const unsigned char first[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    uint32_t code = p[0] & first[size];

    for (size_t i = 1; i < size; i++)
        code = code << 6 | (p[i] & 0x3F);
    return code;
}

/* White_Space and Default_Ignorable_Code_Point of Unicode, C0 and C1, and the empty cell of Braille. */
static bool unseen(uint32_t code)
{
    static const uint32_t spans[][2] = {
        {0, 0x20},          {0x7F, 0xA0},      {0xAD, 0xAD},     {0x34F, 0x34F},   {0x61C, 0x61C},
        {0x115F, 0x1160},   {0x1680, 0x1680},  {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x2000, 0x200F},
        {0x2028, 0x202F},   {0x205F, 0x206F},  {0x2800, 0x2800}, {0x3000, 0x3000}, {0x3164, 0x3164},
        {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},  {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFF8}, {0x1BCA0, 0x1BCA3},
        {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}};

    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++)
        if (code >= spans[i][0] && code <= spans[i][1])
            return true;
    return false;
}

bool text_visible(const char *text)
{
    const unsigned char *p = (const unsigned char *)text, *end = p + strlen(text);

    while (p < end) {
        size_t size = character_size(p, (size_t)(end - p));
        if (size == 0)
            return false;
        if (!unseen(code_point(p, size)))
            return true;
        p += size;
    }
    return false;
}

const char *text_trimmed(const char *text, size_t *ret_bytes)
{
    const unsigned char *p = (const unsigned char *)text, *end = p + strlen(text), *first = end, *last = end;

    while (p < end) {
        size_t size = character_size(p, (size_t)(end - p));
        bool seen = size == 0 || !unseen(code_point(p, size));

        if (seen && first == end)
            first = p;
        p += size ? size : 1;
        if (seen)
            last = p;
    }
    *ret_bytes = (size_t)(last - first);
    return (const char *)first;
}

size_t code_points(const char *text)
{
    size_t count = 0;

    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

bool code_ok(const char *text)
{
    size_t size = 0;

    if (*text < 'a' || *text > 'z')
        return false;
    for (; text[size]; size++)
        if (size == 40 ||
            !((text[size] >= 'a' && text[size] <= 'z') || is_digit(text[size]) || text[size] == '_'))
            return false;
    return true;
}

bool is_one_of(const char *text, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(text, *list) == 0)
            return true;
    return false;
}

int quality_of(const char *range, size_t bytes)
{
    const char *q = memchr(range, ';', bytes);
    int quality = 0;

    if (!q)
        return 1000;
    q += 1 + strspn(q + 1, " \t");
    if (strncasecmp(q, "q=0", 3) != 0)
        return 1000;
    if (q[3] == '.')
        for (int i = 4, unit = 100; i < 7 && q[i] >= '0' && q[i] <= '9'; i++, unit /= 10)
            quality += (q[i] - '0') * unit;
    return quality;
}

bool uuid_ok(const char *text)
{
    for (int i = 0; i < UUID_TEXT - 1; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !(is_digit(text[i]) || (text[i] >= 'a' && text[i] <= 'f')))
            return false;
    }
    return text[UUID_TEXT - 1] == '\0';
}

bool digits_ok(const char *text, size_t count)
{
    return text && strlen(text) == count && strspn(text, "0123456789") == count;
}

bool bank_account_ok(const char *text)
{
    const size_t size = strlen(text);

    return size > 0 && size <= 34 && strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == size;
}

int uscc_check(const char *text)
{
    static const char letters[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    enum { SIZE = 18, BASE = 31 };
    int sum = 0, weight = 1, last = 0;

    for (int i = 0; i < SIZE; i++) {
        const char *at = text[i] ? strchr(letters, text[i]) : NULL;
        if (!at || (i >= 2 && i < 8 && !is_digit(text[i]))) /* the area is six digits */
            return -1;
        last = (int)(at - letters);
        if (i < SIZE - 1)
            sum += last * weight;
        weight = weight * 3 % BASE;
    }
    if (text[SIZE] != '\0')
        return -1;
    return last == (BASE - sum % BASE) % BASE;
}
