/* Checks of core/trust/bundle_check.h: nothing is in the bundle that nothing tells of. */
#include <string.h>

#include "core/trust/bundle_handed.h"
#include "core/trust/line.h"

/* "lot-2", and what comes behind it; false: `rest` does not begin so.  There is one way to write each number.
 */
static bool numbered(struct line *rest, const char *word, int64_t *ret)
{
    struct line digits;
    uint64_t number;

    if (!line_after(rest, word, &digits))
        return false;
    const struct line from = digits;
    for (digits.bytes = 0;
         digits.bytes < from.bytes && from.text[digits.bytes] >= '0' && from.text[digits.bytes] <= '9';)
        digits.bytes++;
    if (!line_decimal(&digits, &number) || number < 1 || number > BUNDLE_LOTS_MAX)
        return false;
    *ret = (int64_t)number;
    *rest = (struct line){from.text + digits.bytes, from.bytes - digits.bytes};
    return true;
}

bool shown_name(const char *name, struct shown_name *ret)
{
    struct line rest = {name, strlen(name)}, after;
    struct shown_name n = {0};

    n.price = line_after(&rest, price_envelope.shares, &after);
    if (n.price)
        rest = after;
    const bool lot = numbered(&rest, "lot-", &n.lot);
    const bool more = lot && n.price && line_after(&rest, "-", &after);
    if (more)
        rest = after;
    if ((!lot || more) && !numbered(&rest, "opener-", &n.opener))
        return false;
    n.key = !lot && line_is(&rest, ".key");
    *ret = n;
    return n.key || (rest.bytes == 0 && (lot || !n.price));
}

struct telling {
    struct checking *c;
    struct texts standing, drawn, kept, decided;
    struct openers *openers[2]; /* of the bid, of the price; NULL: nobody was named */
    bool people[2];             /* they are, and not the signer */
};

static bool ends_in(struct checking *c, const struct texts *texts, const char *name, const char *end)
{
    const size_t bytes = strlen(name), tail = strlen(end);

    return bytes > tail && strcmp(name + bytes - tail, end) == 0 &&
           texts_have(texts, arena_ndup(c->arena, name, bytes - tail));
}

static bool lot_there(const struct bundle_tender *b, int64_t lot)
{
    int64_t no;

    for (size_t i = 0; i < b->lot_count; i++)
        if (doc_fen(b->lots[i]->doc, "/no", &no) && no == lot)
            return true;
    return false;
}

/* Openers show who opens, and nobody else; of lots that there are. */
static bool shown_meant(const struct telling *t, const char *name)
{
    struct shown_name n;

    if (!shown_name(name, &n) || !t->openers[n.price] || (n.lot && !lot_there(t->c->b, n.lot)))
        return false;
    return n.opener ? t->people[n.price] && n.opener <= t->openers[n.price]->n : !t->people[n.price];
}

/* A bid that stands, under its own digest: it may be told of by another tender's events. */
static bool bid_meant(const struct telling *t, const char *name)
{
    uint8_t digest[SHA256_BYTES];
    char hex[SHA256_TEXT], *bytes;
    size_t count;

    if (!texts_have(&t->standing, name) ||
        bundle_part(t->c->b, t->c->arena, arena_printf(t->c->arena, "bids/%s", name), &bytes, &count, NULL))
        return false;
    sha256_of(bytes, count, digest);
    hex_print(digest, SHA256_BYTES, hex);
    return strcmp(hex, name) == 0;
}

static bool told_of(const struct telling *t, const char *name)
{
    static const char *const heads[] = {"tender", "events", "erasures", "recoveries",
                                        "ledger", "rows",   "openers",  "price-openers"};
    const struct line whole = {name, strlen(name)};
    struct line rest;

    for (size_t i = 0; i < LENGTH(heads); i++)
        if (strcmp(name, heads[i]) == 0)
            return true;
    if (line_after(&whole, "bids/", &rest))
        return bid_meant(t, rest.text);
    if (line_after(&whole, "shares/", &rest))
        return shown_meant(t, rest.text);
    if (line_after(&whole, "draws/", &rest))
        return ends_in(t->c, &t->drawn, rest.text, ".pool") ||
               ends_in(t->c, &t->drawn, rest.text, ".excluded");
    if (line_after(&whole, "co-keys/", &rest))
        return texts_have(&t->kept, rest.text);
    return line_after(&whole, "decisions/", &rest) && texts_have(&t->decided, rest.text);
}

/* The digests of the bids that count. */
static struct texts standing(struct checking *c)
{
    struct texts t = {ARENA_NEW(c->arena, const char *, c->b->row_count + 1), 0};

    for (size_t i = 0; i < c->b->row_count; i++) {
        const struct bundle_row *row = &c->b->rows[i];
        const char *digest = strcmp(row->kind, "bid") == 0 ? doc_text(row->doc, "/sha256") : NULL;
        if (digest && doc_is(row->doc, "/withdrawn", "false") && !doc_text(row->doc, "/replaced_by"))
            t.all[t.count++] = digest;
    }
    texts_sort(&t);
    return t;
}

static bool people_named(const struct bundle_tender *b, const struct envelope *of)
{
    for (size_t i = 0; i < b->count; i++)
        if (event_is(&b->events[i], "openers_set") && doc_text(b->events[i].doc, of->digest))
            return true;
    return false;
}

int bundle_files(struct checking *c, struct err *err)
{
    static const struct envelope *const envelopes[] = {&bid_envelope, &price_envelope};
    struct telling t = {.c = c,
                        .standing = standing(c),
                        .drawn = bundle_subjects(c->arena, c->b, "panel_draw"),
                        .kept = bundle_subjects(c->arena, c->b, "co_key_show"),
                        .decided = bundle_subjects(c->arena, c->b, "log_decision")};
    const size_t prefix = strlen(c->b->prefix);
    bool named;

    for (size_t k = 0; k < LENGTH(envelopes); k++) {
        if (bundle_openers_of(c, envelopes[k], &t.openers[k], &named, NULL))
            t.openers[k] = NULL; /* V10 says that they are others */
        t.people[k] = people_named(c->b, envelopes[k]);
    }
    for (size_t i = 0; i < pack_count(c->b->pack); i++) {
        const char *name = pack_name(c->b->pack, i);
        if (strncmp(name, c->b->prefix, prefix) != 0)
            continue;
        c->checked++;
        if (!told_of(&t, name + prefix))
            return contradiction(err, "nothing tells of the file %", "没有任何记录涉及文件 %", name);
    }
    return 0;
}
