/* See core/trust/openers.h. */
#include "core/trust/openers.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "core/trust/base64.h"
#include "core/trust/instant.h"
#include "core/trust/line.h"
#include "core/trust/note.h"

void openers_print(const struct openers *openers, struct buf *out)
{
    char instant[TIME_TEXT];

    buf_printf(out, "linli/openers/v1\ntender %s\nk %u\nn %u\n", openers->tender, openers->k, openers->n);
    for (unsigned i = 0; i < openers->n; i++) {
        buf_printf(out, "opener %u ", i + 1);
        base64_add(out, openers->keys[i], KEY_BYTES);
        buf_char(out, '\n');
    }
    for (unsigned i = 0; openers->p256 && i < openers->n; i++) {
        buf_printf(out, "p256 %u ", i + 1);
        base64_add(out, openers->points[i], P256_POINT);
        buf_char(out, '\n');
    }
    instant_print(openers->not_before_us, instant);
    buf_printf(out, "not-before %s\n", instant);
}

static bool small(struct lines *lines, const char *word, unsigned *ret)
{
    struct line line, value;
    uint64_t n;

    if (!line_next(lines, &line) || !line_after(&line, word, &value) || !line_decimal(&value, &n) || n < 1 ||
        n > SHARES_MAX)
        return false;
    *ret = (unsigned)n;
    return true;
}

static bool key_read(struct lines *lines, struct openers *o, unsigned i)
{
    char word[24];
    struct line line, value;

    snprintf(word, sizeof(word), "opener %u ", i + 1);
    if (!line_next(lines, &line) || !line_after(&line, word, &value) ||
        !base64_exact(value.text, value.bytes, o->keys[i], KEY_BYTES))
        return false;
    for (unsigned before = 0; before < i; before++)
        if (memcmp(o->keys[before], o->keys[i], KEY_BYTES) == 0)
            return false;
    return true;
}

static bool point_read(struct lines *lines, struct openers *o, unsigned i)
{
    char word[24];
    struct line line, value;

    snprintf(word, sizeof(word), "p256 %u ", i + 1);
    if (!line_next(lines, &line) || !line_after(&line, word, &value) ||
        !base64_exact(value.text, value.bytes, o->points[i], P256_POINT) || o->points[i][0] != 4)
        return false;
    for (unsigned before = 0; before < i; before++)
        if (memcmp(o->points[before], o->points[i], P256_POINT) == 0)
            return false;
    return true;
}

static bool points_read(struct lines *lines, struct openers *o)
{
    o->p256 = lines->end - lines->at > 5 && memcmp(lines->at, "p256 ", 5) == 0;
    for (unsigned i = 0; o->p256 && i < o->n; i++)
        if (!point_read(lines, o, i))
            return false;
    return true;
}

void openers_name(struct openers *openers, unsigned i, const uint8_t secret[KEY_BYTES])
{
    uint8_t scalar[P256_SCALAR];

    hpke_public(secret, openers->keys[i]);
    p256_scalar(secret, scalar);
    p256_point(scalar, openers->points[i]);
    sodium_memzero(scalar, sizeof(scalar));
    openers->p256 = true;
}

bool openers_own(const struct openers *openers, unsigned i, const uint8_t secret[KEY_BYTES])
{
    struct openers own = {0};

    openers_name(&own, 0, secret);
    return memcmp(own.keys[0], openers->keys[i], KEY_BYTES) == 0 &&
           (!openers->p256 || memcmp(own.points[0], openers->points[i], P256_POINT) == 0);
}

bool openers_share(const struct openers *x, const struct openers *y)
{
    for (unsigned i = 0; i < x->n; i++)
        for (unsigned j = 0; j < y->n; j++)
            if (memcmp(x->keys[i], y->keys[j], KEY_BYTES) == 0 ||
                (x->p256 && y->p256 && memcmp(x->points[i], y->points[j], P256_POINT) == 0))
                return true;
    return false;
}

static bool parsed(struct lines *lines, struct openers *o)
{
    char instant[TIME_TEXT];
    struct line line;

    if (!line_next(lines, &line) || !line_is(&line, "linli/openers/v1") ||
        !line_word(lines, "tender ", o->tender, UUID_TEXT) || !uuid_ok(o->tender) ||
        !small(lines, "k ", &o->k) || !small(lines, "n ", &o->n) || o->k > o->n)
        return false;
    for (unsigned i = 0; i < o->n; i++)
        if (!key_read(lines, o, i))
            return false;
    return points_read(lines, o) && line_word(lines, "not-before ", instant, sizeof(instant)) &&
           instant_parse(instant, &o->not_before_us) && lines->at == lines->end;
}

int openers_parse(const char *text, size_t bytes, struct openers *ret, struct err *err)
{
    struct lines lines = {text, text + bytes};
    struct openers o = {0};

    if (!parsed(&lines, &o))
        return err_both(err, E_MALFORMED, "openers/malformed", "this is no set of openers", "不是开启人名单");
    sha256_of(text, bytes, o.digest.bytes);
    *ret = o;
    return 0;
}

int openers_read(struct arena *arena, const char *bytes, size_t size, struct openers *ret, struct err *err)
{
    struct note note;

    if (note_parse(arena, bytes, size, &note, err) == 0)
        return openers_parse(note.text, note.text_bytes, ret, err);
    return openers_parse(bytes, size, ret, err);
}
