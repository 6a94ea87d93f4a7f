/* See core/trust/receipt.h. */
#include "core/trust/receipt.h"

#include <stdio.h>
#include <string.h>

#include "core/base/time.h"
#include "core/trust/instant.h"
#include "core/trust/line.h"

static const char *const firsts[] = {"linli/receipt/v1", "linli/refusal/v1", "linli/fault/v1"};

static const char pending[] = "log-index pending\nmerge-by opening\n";

static void hex_line(struct buf *out, const char *word, const uint8_t bytes[32])
{
    char hex[65];

    hex_print(bytes, 32, hex);
    buf_printf(out, "%s %s\n", word, hex);
}

static void instant_line(struct buf *out, const char *word, int64_t us)
{
    char text[TIME_TEXT];

    instant_print(us, text);
    buf_printf(out, "%s %s\n", word, text);
}

void receipt_print(const struct receipt *receipt, struct buf *out)
{
    buf_printf(out, "%s\nlog %s\ntender %s\nbid %s\nversion %llu\n", firsts[receipt->kind], receipt->log,
               receipt->tender, receipt->bid, (unsigned long long)receipt->version);
    hex_line(out, "bidder-key", receipt->bidder);
    hex_line(out, "sealed-sha256", receipt->sealed);
    buf_printf(out, "sealed-bytes %llu\n", (unsigned long long)receipt->sealed_bytes);
    instant_line(out, "received", receipt->received_us);
    if (receipt->deadline_us)
        instant_line(out, "deadline", receipt->deadline_us);
    else
        buf_text(out, "deadline none\n");
    if (receipt->kind != RECEIPT_ACCEPTED)
        buf_printf(out, "reason %s\n", receipt->reason);
    else if (receipt->logged)
        buf_printf(out, "log-index %llu\n", (unsigned long long)receipt->log_index);
    else
        buf_text(out, pending);
}

/* ---- reading ----------------------------------------------------------------------- */

static bool value_of(struct lines *lines, const char *word, struct line *ret)
{
    struct line line, after;

    return line_next(lines, &line) && line_after(&line, word, &after) && line_after(&after, " ", ret) &&
           ret->bytes > 0;
}

static bool text_of(struct lines *lines, const char *word, char *out, size_t room)
{
    struct line value;

    return value_of(lines, word, &value) && line_copy(&value, out, room);
}

static bool uuid_of(struct lines *lines, const char *word, char out[UUID_TEXT])
{
    return text_of(lines, word, out, UUID_TEXT) && uuid_ok(out);
}

static bool number_of(struct lines *lines, const char *word, uint64_t *ret)
{
    struct line value;

    return value_of(lines, word, &value) && line_decimal(&value, ret);
}

static bool hex_of(struct lines *lines, const char *word, uint8_t out[32])
{
    char hex[65];

    return text_of(lines, word, hex, sizeof(hex)) && hex_parse(hex, out, 32);
}

static bool instant_of(struct lines *lines, const char *word, int64_t *ret)
{
    char text[TIME_TEXT];

    return text_of(lines, word, text, sizeof(text)) && instant_parse(text, ret);
}

static bool deadline_of(struct lines *lines, int64_t *ret)
{
    struct lines again = *lines;
    struct line value;

    if (instant_of(&again, "deadline", ret)) {
        *lines = again;
        return *ret != 0;
    }
    return value_of(lines, "deadline", &value) && line_is(&value, "none");
}

/* The type of a problem: lower-case words, "bid/not-sealed". */
static bool reason_of(struct lines *lines, struct receipt *r)
{
    return text_of(lines, "reason", r->reason, sizeof(r->reason)) &&
           strspn(r->reason, "abcdefghijklmnopqrstuvwxyz/-") == strlen(r->reason);
}

static bool index_of(struct lines *lines, struct receipt *r)
{
    if (lines->end - lines->at == sizeof(pending) - 1 &&
        memcmp(lines->at, pending, sizeof(pending) - 1) == 0) {
        lines->at = lines->end;
        return true;
    }
    r->logged = number_of(lines, "log-index", &r->log_index);
    return r->logged;
}

int receipt_parse(const char *text, size_t bytes, struct receipt *ret, struct err *err)
{
    struct lines lines = {text, text + bytes};
    struct receipt r = {0};
    struct line first;
    size_t kind = 0;

    if (line_next(&lines, &first))
        while (kind < LENGTH(firsts) && !line_is(&first, firsts[kind]))
            kind++;
    bool good =
        lines.at > text && kind < LENGTH(firsts) && text_of(&lines, "log", r.log, sizeof(r.log)) &&
        uuid_of(&lines, "tender", r.tender) && uuid_of(&lines, "bid", r.bid) &&
        number_of(&lines, "version", &r.version) && hex_of(&lines, "bidder-key", r.bidder) &&
        hex_of(&lines, "sealed-sha256", r.sealed) && number_of(&lines, "sealed-bytes", &r.sealed_bytes) &&
        instant_of(&lines, "received", &r.received_us) && deadline_of(&lines, &r.deadline_us) &&
        (kind == RECEIPT_ACCEPTED ? index_of(&lines, &r) : reason_of(&lines, &r)) && lines.at == lines.end;
    if (!good)
        return err_both(err, E_MALFORMED, "receipt/malformed", "this is no receipt", "不是回执");
    r.kind = (enum receipt_kind)kind;
    *ret = r;
    return 0;
}
