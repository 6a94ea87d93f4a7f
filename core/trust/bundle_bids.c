/* Checks of core/trust/bundle_check.h: what bids open to, and which of them are void. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/time.h"
#include "core/trust/bundle_handed.h"
#include "core/trust/k0.h"
#include "core/trust/note.h"
#include "core/trust/tagged.h"

/* ---- V14, V15: what a bid opens to ------------------------------------------------------- */

struct sharing {
    struct openers *openers;
    struct shares *all;
    size_t count;
    bool has_key[SHARES_MAX]; /* shown to settle whose fault a share is */
    uint8_t keys[SHARES_MAX][KEY_BYTES];
    int64_t co_key_minutes; /* mode K2: bidders show the keys they keep so long after the deadline; 0: none */
};

/* The opener signed its promise, for the deadline that held, with the key that signed who opens: nobody else
 * is to be blamed with it. */
static bool promise_signed(struct checking *c, const struct envelope *of, const struct openers *openers,
                           const struct doc *promised, const struct shares *shares)
{
    CLEANUP(buf_free) struct buf text = {0};
    const char *line = doc_text(promised, "/payload/request/signature"), *signers = NULL;
    struct hash promise;
    struct note_key key;
    struct note note;
    char *save = NULL, *signer;

    for (size_t i = 0; i < c->b->count; i++)
        if (event_is(&c->b->events[i], "openers_set") && doc_text(c->b->events[i].doc, of->digest))
            signers = doc_text(c->b->events[i].doc, "/payload/request/signers");
    if (!signers || !line)
        return false;
    signer = strtok_r(arena_dup(c->arena, signers), "\r\n", &save);
    for (unsigned i = 1; signer && i < shares->i; i++)
        signer = strtok_r(NULL, "\r\n", &save);
    shares_promise(shares, &promise);
    promise_print(openers, shares->i, &promise, bundle_deadline(c->b), &text);
    buf_printf(&text, "\n%s\n", line);
    return signer && note_key_parse(signer, &key, NULL) == 0 &&
           note_parse(c->arena, text.data, text.size, &note, NULL) == 0 &&
           note_check(&note, &key, NULL, NULL) == 0;
}

/* A promise of prices names their lot, or is of the first one. */
static bool of_lot(const struct doc *promised, int64_t lot)
{
    int64_t no = 1;

    return !lot ||
           ((!doc_has(promised, "/payload/request/lot") || doc_fen(promised, "/payload/request/lot", &no)) &&
            no == lot);
}

/* What an opener showed is what it had promised; `lot`: of this one (0: of all). */
static int promise_check(struct checking *c, const struct envelope *of, const struct openers *openers,
                         const struct shares *shares, int64_t lot, struct err *err)
{
    char hex[SHA256_TEXT], opener[16];
    struct hash promise;
    bool promised = false;

    shares_promise(shares, &promise);
    hex_print(promise.bytes, SHA256_BYTES, hex);
    snprintf(opener, sizeof(opener), "%u", shares->i);
    for (size_t i = 0; i < c->b->count; i++) {
        const struct doc *doc = c->b->events[i].doc;
        const char *said = doc_text(doc, "/payload/request/envelope");
        if (!doc_is(doc, "/act", "shares_promise") || !doc_is(doc, "/payload/request/opener", opener) ||
            strcmp(said ? said : "bid", of->said) != 0)
            continue;
        promised = true;
        if (doc_is(doc, "/payload/request/promise", hex) && of_lot(doc, lot))
            return promise_signed(c, of, openers, doc, shares)
                       ? 0
                       : contradiction(err, "opener % did not sign what was promised for it",
                                       "第 % 位开启人没有签署其承诺", opener);
    }
    return promised ? contradiction(err, "opener % showed other shares than it had promised",
                                    "第 % 位开启人出示的份额与承诺不符", opener)
                    : contradiction(err, "opener % showed shares without a promise",
                                    "第 % 位开启人未作承诺即出示份额", opener);
}

/* An opener's key, "[price-]opener-2.key". */
static int key_load(struct checking *c, const char *name, int64_t i, struct sharing *ret, struct err *err)
{
    uint8_t secret[KEY_BYTES];
    size_t bytes;
    char *text;
    int status = pack_file(c->b->pack, name, &text, &bytes, err);

    if (status)
        return status;
    if (!ret->openers || i > ret->openers->n || bytes != 2 * sizeof(secret) ||
        !hex_parse(text, secret, sizeof(secret)) || !openers_own(ret->openers, (unsigned)i - 1, secret))
        return contradiction(err, "% is not the key of that opener", "% 不是该开启人的密钥", name);
    ret->has_key[i - 1] = true;
    memcpy(ret->keys[i - 1], secret, sizeof(secret));
    return 0;
}

/* A file that is called after the second opener holds what the second opener showed. */
static int opener_check(struct checking *c, const struct envelope *of, const struct openers *openers,
                        const char *name, const struct shown_name *called, const struct shares *shares,
                        struct err *err)
{
    if (!called->opener)
        return 0;
    if (called->opener != shares->i)
        return contradiction(err, "% is what another opener showed", "% 为另一开启人所出示", name);
    return promise_check(c, of, openers, shares, called->lot, err);
}

/* What one file shows. */
static int shown_load(struct checking *c, const struct envelope *of, const char *name,
                      const struct shown_name *called, struct sharing *ret, struct err *err)
{
    struct shares *shares = &ret->all[ret->count];
    size_t bytes;
    char *text;
    int status = pack_file(c->b->pack, name, &text, &bytes, err);

    if (!status)
        status = shares_parse(c->arena, text, bytes, shares, err);
    if (!status && (ret->openers ? !hash_same(&shares->openers, &ret->openers->digest) : called->opener != 0))
        status = contradiction(err, "% is of other openers", "% 属于其他开启人名单", name);
    if (!status)
        status = opener_check(c, of, ret->openers, name, called, shares, err);
    ret->count += !status;
    return status;
}

/* What is called otherwise shows nothing: VF says so. */
static int shares_load(struct checking *c, const struct envelope *of, struct sharing *ret, struct err *err)
{
    const char *below = arena_printf(c->arena, "%sshares/", c->b->prefix);
    size_t count = pack_count(c->b->pack);
    struct shown_name called;
    int64_t minutes;
    bool named;
    int status = bundle_openers_of(c, of, &ret->openers, &named, err);

    for (size_t i = 0; i < c->b->count && of == &bid_envelope; i++)
        if (event_is(&c->b->events[i], "openers_set") &&
            doc_fen(c->b->events[i].doc, "/payload/request/co_key_minutes", &minutes))
            ret->co_key_minutes = minutes;
    ret->all = ARENA_NEW(c->arena, struct shares, count + 1);
    for (size_t i = 0; i < count && !status; i++) {
        const char *name = pack_name(c->b->pack, i);
        if (strncmp(name, below, strlen(below)) == 0 && shown_name(name + strlen(below), &called) &&
            called.price == (of == &price_envelope))
            status = called.key ? key_load(c, name, called.opener, ret, err)
                                : shown_load(c, of, name, &called, ret, err);
    }
    return status;
}

/* A file of what opened; NULL: there is none of that name. */
static const char *file_of(struct checking *c, const struct sealed_content *content, const char *name,
                           size_t *ret_bytes)
{
    for (size_t i = 0; i < content->manifest.count; i++)
        if (strcmp(content->manifest.files[i].name, name) == 0) {
            *ret_bytes = (size_t)content->manifest.files[i].bytes;
            return arena_ndup(c->arena, (const char *)content->files[i], *ret_bytes);
        }
    return NULL;
}

/* What became of a container; all but the first is its bidder's fault, and voids the bid. */
enum became {
    OPENED,
    NOT_MEANT,   /* of no form that is read, forged, or for other openers */
    NOT_OPENED,  /* not as it was committed to */
    NOT_SHOWN,   /* its bidder did not show the key it kept */
    NOT_RECORDED /* its records do not hold the shares committed to: too few are left */
};
struct content {
    enum became became;
    struct sealed sealed;
    struct sealed_content in;
};

/* More records are proven bad than may be: by the signer, or by the key that their opener showed. */
static bool records_bad(const struct sharing *s, const struct sealed *sealed)
{
    unsigned proven = 0;
    struct share share;

    for (size_t i = 0; s->openers && i < s->count; i++) {
        const struct shown *one = shares_find(&s->all[i], &sealed->digest);
        const unsigned opener = s->all[i].i;
        if (!one || (!one->bad && sealed_share_ok(sealed, &one->share)) || opener < 1 || opener > SHARES_MAX)
            continue;
        proven +=
            s->openers->n == 1 ||
            (s->has_key[opener - 1] && sealed_share(sealed, opener, s->keys[opener - 1], &share, NULL) != 0);
    }
    return s->openers && proven > s->openers->n - s->openers->k;
}

/* The event in which the bidder showed the key it had kept; NULL: it did not. */
static const struct bundle_event *co_key_shown(const struct checking *c, const char *bid)
{
    return bundle_about(c->b, "co_key_show", bid);
}

/* Until when keys were shown. */
static int64_t co_keys_until(const struct checking *c, const struct sharing *s)
{
    return bundle_deadline(c->b) + s->co_key_minutes * 60 * TIME_SECOND;
}

/* The key that the bidder kept; *ret NULL: none was shown, and the bid stays closed by its bidder's fault. */
static int co_key_load(struct checking *c, const struct sharing *s, const char *bid,
                       const struct sealed *sealed, const uint8_t **ret, struct err *err)
{
    const struct bundle_event *e = co_key_shown(c, bid);
    uint8_t *key = ARENA_NEW(c->arena, uint8_t, KEY_BYTES);
    char *text;
    size_t bytes;
    struct hash commit;

    *ret = NULL;
    if (!e)
        return 0;
    if (e->at_us < bundle_deadline(c->b) || e->at_us >= co_keys_until(c, s))
        return contradiction(err, "the key of bid % was taken out of time",
                             "投标 % 的自留密钥不在规定时间内出示", bid);
    int status = bundle_part(c->b, c->arena, arena_printf(c->arena, "co-keys/%s", bid), &text, &bytes, err);
    if (status)
        return status;
    bool good = bytes == (size_t)2 * KEY_BYTES && hex_parse(text, key, KEY_BYTES);
    tagged_hash("linli/co-commit/v1", (const struct span[]){{key, KEY_BYTES}}, 1, &commit);
    if (!good || !hash_same(&commit, &sealed->co_commit))
        return contradiction(err, "the key of bid % is not the one it was sealed with",
                             "投标 % 的自留密钥与密封时的承诺不符", bid);
    *ret = key;
    return 0;
}

static int content_of(struct checking *c, const struct sharing *s, const char *bid, const char *bytes,
                      size_t count, struct content *ret, struct err *err)
{
    struct share shares[SHARES_MAX];
    const uint8_t *co_key = NULL;
    size_t shown = 0;

    *ret = (struct content){.became = NOT_MEANT};
    if (sealed_read((const uint8_t *)bytes, count, &ret->sealed, NULL) ||
        (s->openers && sealed_meant(&ret->sealed, s->openers, NULL)))
        return 0;
    if ((ret->sealed.flags & SEALED_CO_KEY) != (s->co_key_minutes ? SEALED_CO_KEY : 0u))
        return contradiction(err, "bid % keeps a key where none is kept, or the other way round",
                             "投标 % 是否自留密钥与本项目的约定不符", bid);
    int status = s->co_key_minutes ? co_key_load(c, s, bid, &ret->sealed, &co_key, err) : 0;
    ret->became = NOT_SHOWN;
    if (status || (s->co_key_minutes && !co_key))
        return status;
    for (size_t i = 0; i < s->count && shown < SHARES_MAX; i++) {
        const struct shown *one = shares_find(&s->all[i], &ret->sealed.digest);
        if (one && !one->bad)
            shares[shown++] = one->share;
    }
    const enum outcome outcome = sealed_open(c->arena, &ret->sealed, shares, shown, co_key, &ret->in, err);
    ret->became = outcome == OUTCOME_OPENED ? OPENED : outcome == OUTCOME_VOID ? NOT_OPENED : NOT_RECORDED;
    if (outcome != OUTCOME_OPENED)
        ret->in = (struct sealed_content){0};
    if (ret->became != NOT_RECORDED || records_bad(s, &ret->sealed))
        return 0;
    err_set(err, E_ABSENT, "seal/withheld", "too few shares of bid %s are here", bid);
    err_zh(err, "投标 %s 的份额不足", bid);
    return E_ABSENT;
}

/* The text of what was handed in: of a container its file, of two envelopes the other as well.  A file is a
 * container if its form and its bidder's signature are right; whatever else is a plain file. */
struct said {
    bool container;
    struct content content;
    const char *text, *price; /* bid.json, price.sbx; NULL: it has none, or does not open */
    size_t bytes, price_bytes;
};

static int text_of(struct checking *c, const struct sharing *s, const struct handed *h, const char *bytes,
                   size_t count, struct said *ret, struct err *err)
{
    struct sealed sealed;

    *ret = (struct said){.text = bytes, .bytes = count};
    if (sealed_read((const uint8_t *)bytes, count, &sealed, NULL))
        return 0;
    ret->container = true;
    ret->text = NULL;
    int status = content_of(c, s, h->bid, bytes, count, &ret->content, err);
    if (status)
        return status;
    ret->text = file_of(c, &ret->content.in, bid_envelope.file, &ret->bytes);
    ret->price = file_of(c, &ret->content.in, "price.sbx", &ret->price_bytes);
    return 0;
}

/* The price is inside; that nothing was asked for is 0.00. */
static bool price_inside(struct checking *c, const char *text, size_t bytes, int64_t fen)
{
    struct doc *doc;
    int64_t inside;

    if (doc_read(c->arena, text, bytes, &doc, NULL))
        return false;
    const char *at = arena_printf(c->arena, "/fields/%s", bundle_priced_field(c));
    return doc_text(doc, at) ? doc_yuan(doc, at, &inside) && inside == fen : fen == 0;
}

static int price_check(struct checking *c, const struct envelope *of, const struct handed *h,
                       const char *text, size_t bytes, struct err *err)
{
    const char *at;
    const struct doc *said = bundle_opened(c->b, of->opened, h->bid, &at);
    int64_t fen;

    if (!said)
        return 0;
    const char *price = doc_text(said, arena_printf(c->arena, "%s/price", at)),
               *why = doc_text(said, arena_printf(c->arena, "%s/void", at));
    if (!text && (price || !why))
        return contradiction(err, "bid % does not open, and was read out", "投标 % 不能开启，却已唱标",
                             h->bid);
    if (!text || !price)
        return 0;
    if (money_parse(price, true, &fen) && price_inside(c, text, bytes, fen))
        return bundle_offers(c, h->bid, text, of == &price_envelope, err);
    return contradiction(err, "bid % holds another price than the one read out", "投标 % 内的报价与唱标不同",
                         h->bid);
}

/* What the closing of the prices lists for a bid; NULL: nothing. */
static const char *price_closed(struct checking *c, const char *bid)
{
    for (size_t i = 0; i < c->b->count; i++) {
        const struct doc *doc = c->b->events[i].doc;
        if (!event_is(&c->b->events[i], price_envelope.closing))
            continue;
        for (size_t k = 0; k < doc_count(doc, "/payload/prices"); k++)
            if (doc_is(doc, arena_printf(c->arena, "/payload/prices/%zu/bid", k), bid))
                return doc_text(doc, arena_printf(c->arena, "/payload/prices/%zu/sha256", k));
    }
    return NULL;
}

/* The price of a bid in two envelopes: what was closed is what the technical one brought, and opens to what
 * was read out; what was not closed was not read out. */
static int envelope_check(struct checking *c, const struct sharing *prices, const struct handed *h,
                          const struct said *said, struct err *err)
{
    const char *closed = price_closed(c, h->bid), *at;
    struct content content;
    char hex[SHA256_TEXT];
    uint8_t digest[SHA256_BYTES];
    const char *text;
    size_t bytes = 0;

    if (!closed)
        return bundle_opened(c->b, price_envelope.opened, h->bid, &at)
                   ? contradiction(err, "the price of bid % was opened and never closed",
                                   "投标 % 的报价未列入报价清单，却已开启", h->bid)
                   : 0;
    sha256_of(said->price ? said->price : "", said->price ? said->price_bytes : 0, digest);
    hex_print(digest, SHA256_BYTES, hex);
    if (strcmp(hex, closed) != 0)
        return contradiction(err, "the price envelope of bid % is not the one it handed in",
                             "投标 % 的报价信封与其提交的不同", h->bid);
    int status = content_of(c, prices, h->bid, said->price, said->price_bytes, &content, err);
    if (status)
        return status;
    text = file_of(c, &content.in, price_envelope.file, &bytes);
    return price_check(c, &price_envelope, h, text, bytes, err);
}

/* Is it of the organisation, and was in force when its bid came in? */
static bool key_in_force(const struct bundle_row *row, const struct handed *h)
{
    int64_t from_us = 0, until_us = INT64_MAX;

    return doc_is(row->doc, "/organisation", h->organisation) &&
           bundle_instant(row->doc, "/registered", &from_us) &&
           (!doc_text(row->doc, "/revoked") || bundle_instant(row->doc, "/revoked", &until_us)) &&
           from_us <= h->e->at_us && h->e->at_us < until_us;
}

/* Did this key, registered by its own signature, sign the container? */
static bool key_signed(struct checking *c, const struct handed *h, const struct bundle_row *row,
                       const uint8_t *bidder)
{
    const char *signer = doc_text(row->doc, "/signer"), *text = doc_text(row->doc, "/note");
    const char *says = arena_printf(c->arena, "linli/bidder-key/v1\norganisation %s\n", h->organisation);
    char hex[2 * KEY_BYTES + 1];
    struct note_key key;
    struct note note;

    hex_print(bidder, KEY_BYTES, hex);
    return signer && text && doc_is(row->doc, "/key", hex) && note_key_parse(signer, &key, NULL) == 0 &&
           memcmp(key.public, bidder, KEY_BYTES) == 0 &&
           note_parse(c->arena, text, strlen(text), &note, NULL) == 0 && note.text_bytes == strlen(says) &&
           memcmp(note.text, says, note.text_bytes) == 0 && note_check(&note, &key, NULL, NULL) == 0 &&
           key_in_force(row, h);
}

/* A container is signed with the registered key that the log names; where it names none, none was in force.
 */
static int signed_check(struct checking *c, const struct handed *h, const char *bytes, size_t count,
                        struct err *err)
{
    const char *named = doc_text(h->e->doc, "/payload/key");
    struct sealed sealed;

    if (!h->organisation || sealed_read((const uint8_t *)bytes, count, &sealed, NULL))
        return 0;
    const struct bundle_row *row = named ? bundle_row(c->b, "key", named) : NULL;
    bool good = !named || (row && key_signed(c, h, row, sealed.bidder));
    for (size_t i = 0; good && !named && i < c->b->row_count; i++)
        good = strcmp(c->b->rows[i].kind, "key") != 0 || !key_in_force(&c->b->rows[i], h);
    return good ? 0
                : contradiction(err, "bid % is not signed with a key its organisation had registered",
                                "投标 % 不是用其组织登记的有效密钥签名", h->bid);
}

/* A tender that ended before its opening: what was handed in stays its bidder's. */
static bool never_opened(struct checking *c, const char *bid)
{
    const struct bundle_row *row = bundle_row(c->b, "bid", bid);
    const char *at;
    int64_t key;

    return row && !doc_fen(row->doc, "/key", &key) && !bundle_opened(c->b, bid_envelope.opened, bid, &at);
}

static int bid_check(struct checking *c, const struct sharing *s, const struct sharing *prices,
                     const struct handed *h, struct err *err)
{
    uint8_t digest[SHA256_BYTES];
    char hex[SHA256_TEXT], *bytes;
    struct said said;
    size_t count;
    int status =
        bundle_part(c->b, c->arena, arena_printf(c->arena, "bids/%s", h->sha256), &bytes, &count, err);

    if (status && never_opened(c, h->bid)) {
        c->not_checked = "a bid that was never opened is not shown / 未开启的投标不公开";
        return 0;
    }
    if (status)
        return status;
    sha256_of(bytes, count, digest);
    hex_print(digest, SHA256_BYTES, hex);
    if (strcmp(hex, h->sha256) != 0)
        return contradiction(err, "the file of bid % is not what came in", "投标 % 的文件与收到时不同",
                             h->bid);
    status = signed_check(c, h, bytes, count, err);
    if (!status)
        status = text_of(c, s, h, bytes, count, &said, err);
    if (!status && (said.price || prices->openers))
        status = envelope_check(c, prices, h, &said, err);
    if (status == E_ABSENT && c->b->withheld) {
        c->not_checked = "shares are not shown at this level / 本级别不公开份额";
        return 0;
    }
    return status ? status : price_check(c, &bid_envelope, h, said.text, said.bytes, err);
}

/* Nobody shows a bidder's key but the bidder, and the log tells of it. */
static int co_keys_told(const struct checking *c, struct err *err)
{
    const char *below = arena_printf(c->arena, "%sco-keys/", c->b->prefix);

    for (size_t i = 0; i < pack_count(c->b->pack); i++) {
        const char *name = pack_name(c->b->pack, i);
        if (strncmp(name, below, strlen(below)) == 0 && !co_key_shown(c, name + strlen(below)))
            return contradiction(err, "the log tells of no key of bid %",
                                 "日志中没有投标 % 出示自留密钥的记录", name + strlen(below));
    }
    return 0;
}

int bundle_bids(struct checking *c, struct err *err)
{
    struct sharing s = {0}, prices = {0};
    size_t count;
    struct handed *all = bundle_handed(c, &count);
    int status = shares_load(c, &bid_envelope, &s, err);

    if (!status)
        status = shares_load(c, &price_envelope, &prices, err);
    if (!status)
        status = co_keys_told(c, err);
    for (size_t i = 0; i < count && !status; i++) {
        if (!all[i].counts)
            continue;
        c->checked++;
        status = bid_check(c, &s, &prices, &all[i], err);
    }
    if (!status && c->b->withheld && !c->not_checked)
        c->not_checked = "others' bids are not shown at this level / 本级别不公开其他投标";
    return status;
}

struct voided {
    struct sharing bids, prices;
    size_t content;           /* by what the plan's fields ask for, which is not looked at */
    const struct doc *opened; /* the act that said so of the one looked at */
};

/* A larger one is not read, and missing for that. */
enum { PLAIN_MAX = 1 << 20 };

/* The container of the price, before anybody can open it, is for its own openers and by the same bidder. */
static bool price_meant(const struct voided *v, const struct said *said)
{
    struct sealed inner;

    return sealed_read((const uint8_t *)said->price, said->price_bytes, &inner, NULL) == 0 &&
           (!v->prices.openers || sealed_meant(&inner, v->prices.openers, NULL) == 0) &&
           inner.flags == SEALED_PRICE &&
           memcmp(inner.bidder, said->content.sealed.bidder, sizeof(inner.bidder)) == 0;
}

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

#define NOT_SHOWN_BEGINS "密封件不能开启：投标人未在规定时间内出示自留密钥"

/* What the formats decide of a reason; NOT_ANSWERED: what the plan's fields ask for, which they do not. */
enum verdict { HOLDS, HOLDS_NOT, NOT_ANSWERED };
static enum verdict settled(bool holds)
{
    return holds ? HOLDS : HOLDS_NOT;
}

/* Of the container that was to be opened: the bid's, or that of its price.  `file`: the one it must hold. */
static enum verdict seal_judged(const struct content *content, const char *file, const char *why)
{
    static const struct {
        const char *begins;
        enum became became;
    } reasons[] = {{"密封件不符：", NOT_MEANT},
                   {"密封件不能按其承诺开启", NOT_OPENED},
                   {NOT_SHOWN_BEGINS, NOT_SHOWN},
                   {"密封记录不能用开启人的密钥解开", NOT_RECORDED}};

    for (size_t i = 0; i < LENGTH(reasons); i++)
        if (begins(why, reasons[i].begins))
            return settled(content && content->became == reasons[i].became);
    if (!begins(why, "密封件中没有投标文件"))
        return NOT_ANSWERED;
    bool there = !content || content->became != OPENED;
    for (size_t i = 0; !there && i < content->in.manifest.count; i++)
        there = strcmp(content->in.manifest.files[i].name, file) == 0;
    return settled(!there);
}

static enum verdict bid_judged(const struct voided *v, const struct said *said, size_t size, const char *why)
{
    const bool open = said->container && said->content.became == OPENED;

    if (begins(why, "投标文件缺失或者与其摘要不符"))
        return settled(!said->container && size > PLAIN_MAX);
    if (begins(why, "技术信封中没有报价信封"))
        return settled(open && !said->price);
    if (begins(why, "报价信封不符："))
        return settled(open && said->price && !price_meant(v, said));
    return seal_judged(said->container ? &said->content : NULL, bid_envelope.file, why);
}

/* Of what was written the formats fix that it can be read, and whose bid and for which lot it says it is;
 * `text` NULL: nothing opened. */
static enum verdict content_judged(struct checking *c, const struct handed *h, const char *text, size_t bytes,
                                   bool price, const char *why)
{
    struct doc *doc = NULL;
    int64_t lot = 0;
    const bool large = text && bytes > PLAIN_MAX,
               read = text && !large && doc_read(c->arena, text, bytes, &doc, NULL) == 0;
    const char *whose = read ? doc_text(doc, "/organisation") : NULL;
    const bool another =
                   read && (!whose != !h->organisation || (whose && strcmp(whose, h->organisation) != 0)),
               elsewhere = read && (!doc_fen(doc, "/lot", &lot) || lot != h->lot);

    if (begins(why, "密封件中的投标文件"))
        return settled(large);
    if (begins(why, price ? "报价信封不能作为 JSON 读取" : "投标文件不能作为 JSON 读取"))
        return settled(text && !read);
    if (price)
        return begins(why, "报价信封中的投标人或者采购包与投标不一致") ? settled(another || elsewhere)
                                                                       : NOT_ANSWERED;
    if (begins(why, "投标文件中的投标人与提交人不一致"))
        return settled(another);
    return begins(why, "投标文件所投采购包与提交的不一致") ? settled(elsewhere) : NOT_ANSWERED;
}

/* Whether what was said to be void for its seal is; `why` NULL: nothing was said of it. */
static int void_check(struct checking *c, struct voided *v, const struct handed *h, const char *why,
                      bool price, struct err *err)
{
    struct content content;
    struct err unused = {0};
    int64_t opened_us = 0;
    struct said said;
    char *bytes;
    size_t size;

    if (!why ||
        bundle_part(c->b, c->arena, arena_printf(c->arena, "bids/%s", h->sha256), &bytes, &size, NULL))
        return 0;
    if (text_of(c, &v->bids, h, bytes, size, &said, &unused) ||
        (price &&
         (!said.price || content_of(c, &v->prices, h->bid, said.price, said.price_bytes, &content, &unused))))
        return 0; /* too few shares are here, which V14 says */
    c->checked++;
    if (begins(why, NOT_SHOWN_BEGINS) && bundle_instant(v->opened, "/at", &opened_us) &&
        opened_us < co_keys_until(c, &v->bids))
        return contradiction(err, "bid % was called void before its bidder's time was over",
                             "投标 % 在出示自留密钥的期限届满之前即被判无效", h->bid);
    enum verdict verdict =
        price ? seal_judged(&content, price_envelope.file, why) : bid_judged(v, &said, size, why);
    if (price)
        said.text = file_of(c, &content.in, price_envelope.file, &said.bytes);
    if (verdict == NOT_ANSWERED)
        verdict = content_judged(c, h, said.text, said.bytes, price, why);
    v->content += verdict == NOT_ANSWERED;
    return verdict != HOLDS_NOT ? 0
                                : contradiction(err, "bid % was called void for what is not so",
                                                "投标 % 被判无效的理由与其内容不符", h->bid);
}

/* A bid is void for its seal, or since what it holds cannot be read or is another's, where that is so. */
int bundle_voids(struct checking *c, struct err *err)
{
    static const struct envelope *const envelopes[] = {&bid_envelope, &price_envelope};
    struct voided v = {0};
    size_t count;
    struct handed *all = bundle_handed(c, &count);
    int status = shares_load(c, &bid_envelope, &v.bids, err);

    if (!status)
        status = shares_load(c, &price_envelope, &v.prices, err);
    for (size_t i = 0; i < count && !status; i++)
        for (size_t k = 0; k < LENGTH(envelopes) && !status; k++) {
            const char *at;
            const struct doc *said = bundle_opened(c->b, envelopes[k]->opened, all[i].bid, &at);
            const char *why = said ? doc_text(said, arena_printf(c->arena, "%s/void", at)) : NULL;
            v.opened = said;
            status = void_check(c, &v, &all[i], why, k == 1, err);
        }
    if (c->b->withheld)
        c->not_checked = "the bids are not shown at this level / 本级别不公开投标";
    else if (v.content)
        c->not_checked = arena_printf(c->arena,
                                      "%zu were void by their content, which the plan's fields decide / "
                                      "%zu 份因内容无效",
                                      v.content, v.content);
    return status;
}
