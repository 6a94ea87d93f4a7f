/* See core/trust/shares.h. */
#include "core/trust/shares.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/time.h"
#include "core/trust/instant.h"
#include "core/trust/line.h"

enum { HEX = 2 * SHA256_BYTES };

static int by_hash(const void *a, const void *b)
{
    const struct shown *x = a, *y = b;

    return memcmp(x->sealed.bytes, y->sealed.bytes, SHA256_BYTES);
}

void shares_sort(struct shares *shares)
{
    if (shares->count)
        qsort(shares->items, shares->count, sizeof(*shares->items), by_hash);
}

static void hex_add(struct buf *out, const char *word, const uint8_t bytes[32])
{
    char hex[HEX + 1];

    hex_print(bytes, 32, hex);
    buf_printf(out, "%s %s", word, hex);
}

void shares_print(const struct shares *shares, struct buf *out)
{
    buf_text(out, "linli/shares/v1\n");
    hex_add(out, "openers", shares->openers.bytes);
    buf_printf(out, "\nopener %u\n", shares->i);
    hex_add(out, "nonce", shares->nonce);
    buf_char(out, '\n');
    for (size_t i = 0; i < shares->count; i++) {
        const struct shown *s = &shares->items[i];
        hex_add(out, s->bad ? "bad" : "share", s->sealed.bytes);
        if (!s->bad)
            hex_add(out, "", s->share.bytes);
        buf_char(out, '\n');
    }
}

void promise_print(const struct openers *openers, unsigned i, const struct hash *promise, int64_t deadline_us,
                   struct buf *out)
{
    char at[TIME_TEXT];

    buf_text(out, "linli/promise/v1\n");
    hex_add(out, "openers", openers->digest.bytes);
    buf_printf(out, "\nopener %u\n", i);
    hex_add(out, "promise", promise->bytes);
    buf_char(out, '\n');
    if (deadline_us == openers->not_before_us)
        return;
    instant_print(deadline_us, at);
    buf_printf(out, "deadline %s\n", at);
}

static bool hex_of(const struct line *line, const char *word, uint8_t out[32])
{
    struct line value;
    char hex[HEX + 1];

    if (!line_after(line, word, &value) || value.bytes != HEX)
        return false;
    memcpy(hex, value.text, HEX);
    hex[HEX] = '\0';
    return hex_parse(hex, out, 32);
}

static bool item_parse(const struct line *line, unsigned i, struct shown *ret)
{
    struct line value, hash, share;

    *ret = (struct shown){.share.i = (uint8_t)i};
    ret->bad = hex_of(line, "bad ", ret->sealed.bytes);
    if (ret->bad)
        return true;
    if (!line_after(line, "share ", &value) || value.bytes != 2 * HEX + 1 || value.text[HEX] != ' ')
        return false;
    hash = (struct line){value.text, HEX};
    share = (struct line){value.text + HEX + 1, HEX};
    return hex_of(&hash, "", ret->sealed.bytes) && hex_of(&share, "", ret->share.bytes);
}

static size_t lines_left(const struct lines *lines)
{
    size_t count = 0;

    for (const char *at = lines->at; at < lines->end; at++)
        count += *at == '\n';
    return count;
}

static bool parsed(struct arena *arena, struct lines *lines, struct shares *s)
{
    struct line line, value;
    uint64_t i;

    if (!line_next(lines, &line) || !line_is(&line, "linli/shares/v1") || !line_next(lines, &line) ||
        !hex_of(&line, "openers ", s->openers.bytes) || !line_next(lines, &line) ||
        !line_after(&line, "opener ", &value) || !line_decimal(&value, &i) || i < 1 || i > SHARES_MAX ||
        !line_next(lines, &line) || !hex_of(&line, "nonce ", s->nonce))
        return false;
    size_t count = lines_left(lines);
    if (count > SHARES_BIDS_MAX)
        return false;
    s->i = (unsigned)i;
    s->items = ARENA_NEW(arena, struct shown, count + 1);
    for (; s->count < count; s->count++)
        if (!line_next(lines, &line) || !item_parse(&line, s->i, &s->items[s->count]) ||
            (s->count > 0 && by_hash(&s->items[s->count - 1], &s->items[s->count]) >= 0))
            return false;
    return lines->at == lines->end;
}

int shares_parse(struct arena *arena, const char *text, size_t bytes, struct shares *ret, struct err *err)
{
    struct lines lines = {text, text + bytes};
    struct shares s = {0};

    if (!parsed(arena, &lines, &s))
        return err_both(err, E_MALFORMED, "shares/malformed", "these are no shares of an opener",
                        "不是开启人的份额文件");
    *ret = s;
    return 0;
}

void shares_promise(const struct shares *shares, struct hash *out)
{
    struct share *list = calloc(shares->count + 1, sizeof(*list));
    size_t count = 0;

    MUST(list);
    for (size_t i = 0; i < shares->count; i++)
        if (!shares->items[i].bad)
            list[count++] = shares->items[i].share;
    shares_commit(list, count, shares->nonce, out);
    free(list);
}

const struct shown *shares_find(const struct shares *shares, const struct hash *sealed)
{
    struct shown wanted = {.sealed = *sealed};

    return shares->count ? bsearch(&wanted, shares->items, shares->count, sizeof(wanted), by_hash) : NULL;
}
