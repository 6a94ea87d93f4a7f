/* See core/trust/k0.h. */
#include "core/trust/k0.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/time.h"
#include "core/json/doc.h"
#include "core/trust/base64.h"
#include "core/trust/instant.h"
#include "core/trust/line.h"
#include "core/trust/signer.h"

enum { CONTAINER_PART = SEALED_HEADER + SEALED_RECORD_P256 };

/* ---- what both sides compute ----------------------------------------------------------- */

static int by_digest(const void *a, const void *b)
{
    const struct closed_bid *x = a, *y = b;

    return memcmp(x->digest.bytes, y->digest.bytes, SHA256_BYTES);
}

size_t closing_sort(struct closed_bid *bids, size_t count)
{
    size_t kept = 0;

    if (count)
        qsort(bids, count, sizeof(*bids), by_digest);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || !hash_same(&bids[kept - 1].digest, &bids[i].digest))
            bids[kept++] = bids[i];
    return kept;
}

void closing_root(const struct closed_bid *bids, size_t count, struct hash *out)
{
    struct merkle *tree = merkle_new();

    for (size_t i = 0; i < count; i++) {
        struct hash leaf;
        merkle_leaf(bids[i].digest.bytes, SHA256_BYTES, &leaf);
        merkle_add(tree, &leaf);
    }
    merkle_root(tree, count, out);
    merkle_free(tree);
}

void k0_key(const uint8_t secret[KEY_BYTES], const char *tender, bool price, uint8_t ret_secret[KEY_BYTES],
            uint8_t ret_public[KEY_BYTES])
{
    static const char bid_tag[] = "linli/k0-opener/v1", price_tag[] = "linli/k0-price/v1";
    crypto_auth_hmacsha256_state state;
    uint8_t id[UUID_BYTES];

    MUST(uuid_bytes(tender, id));
    crypto_auth_hmacsha256_init(&state, secret, KEY_BYTES);
    crypto_auth_hmacsha256_update(&state, (const uint8_t *)(price ? price_tag : bid_tag),
                                  price ? sizeof(price_tag) : sizeof(bid_tag));
    crypto_auth_hmacsha256_update(&state, id, sizeof(id));
    crypto_auth_hmacsha256_final(&state, ret_secret);
    sodium_memzero(&state, sizeof(state));
    hpke_public(ret_secret, ret_public);
}

/* ---- asking ---------------------------------------------------------------------------- */

static void base64_line(struct buf *out, const char *word, const void *bytes, size_t count)
{
    buf_printf(out, "%s ", word);
    base64_add(out, bytes, count);
    buf_char(out, '\n');
}

int k0_openers(const char *socket_path, const char *tender, bool price, int64_t not_before_us,
               struct buf *ret_note, struct err *err)
{
    CLEANUP(buf_free) struct buf question = {0};
    char at[TIME_TEXT];

    instant_print(not_before_us, at);
    buf_printf(&question, "%sopeners\ntender %s\nnot-before %s\n", price ? "price-" : "", tender, at);
    return signer_question(socket_path, SIGNER_PATIENCE_MS, &question, "signed", ret_note, err);
}

static void question_print(const char *openers_text, size_t openers_bytes,
                           const struct closing_event *closing, const struct closed_bid *bids, size_t count,
                           struct buf *out)
{
    CLEANUP(buf_free) struct buf proof = {0};
    char hex[SHA256_TEXT];

    log_proof_print(closing->proof, &proof);
    buf_text(out, "shares\n");
    base64_line(out, "openers", openers_text, openers_bytes);
    base64_line(out, "event", closing->json, closing->bytes);
    base64_line(out, "salt", closing->salt, SALT_BYTES);
    base64_line(out, "entry", closing->entry, ENTRY_BYTES);
    base64_line(out, "proof", proof.data, proof.size);
    for (size_t i = 0; i < count; i++) {
        hex_print(bids[i].digest.bytes, SHA256_BYTES, hex);
        buf_printf(out, "bid %s\n", hex);
        if (!bids[i].container)
            continue;
        buf_printf(out, "record %s ", hex);
        base64_add(out, bids[i].container, CONTAINER_PART);
        buf_char(out, '\n');
    }
}

int k0_shares(const char *socket_path, const struct openers *openers, const char *openers_text,
              size_t openers_bytes, const struct closing_event *closing, const struct closed_bid *bids,
              size_t count, struct arena *arena, struct shares *ret, struct err *err)
{
    CLEANUP(buf_free) struct buf question = {0}, answer = {0};

    question_print(openers_text, openers_bytes, closing, bids, count, &question);
    int status = signer_question(socket_path, SIGNER_PATIENCE_MS, &question, "shares", &answer, err);
    if (!status && (shares_parse(arena, arena_ndup(arena, answer.data ? answer.data : "", answer.size),
                                 answer.size, ret, err) ||
                    !hash_same(&ret->openers, &openers->digest)))
        status = err_both(err, E_BROKEN, "signer/broken", "the signer answers something else",
                          "签名进程的回答不正确");
    if (answer.data)
        sodium_memzero(answer.data, answer.size);
    return status;
}

/* ---- answering ------------------------------------------------------------------------- */

struct asked {
    struct openers openers;
    const char *event;
    size_t event_bytes;
    uint8_t salt[SALT_BYTES], entry[ENTRY_BYTES];
    struct log_proof proof;
    struct closed_bid *bids;
    size_t count, records;
};

static int malformed(struct err *err)
{
    return err_both(err, E_MALFORMED, "shares/malformed", "this is no question for shares", "不是开启请求");
}

static int refused(struct err *err, const char *text, const char *zh)
{
    return err_both(err, E_REFUSED, "seal/refused", text, zh);
}

static bool part_of(struct arena *arena, struct lines *lines, const char *word, char **ret, size_t *ret_bytes)
{
    struct line line, value;

    if (!line_next(lines, &line) || !line_after(&line, word, &value))
        return false;
    *ret = ARENA_NEW(arena, char, value.bytes + 1);
    return base64_parse(value.text, value.bytes, *ret, value.bytes, ret_bytes);
}

static bool exact_of(struct arena *arena, struct lines *lines, const char *word, uint8_t *ret, size_t count)
{
    size_t bytes;
    char *data;

    if (!part_of(arena, lines, word, &data, &bytes) || bytes != count)
        return false;
    memcpy(ret, data, count);
    return true;
}

static bool digest_of(const struct line *line, const char *word, struct hash *ret, struct line *ret_rest)
{
    struct line value;
    char hex[SHA256_TEXT];

    if (!line_after(line, word, &value) || value.bytes < SHA256_TEXT - 1)
        return false;
    memcpy(hex, value.text, SHA256_TEXT - 1);
    hex[SHA256_TEXT - 1] = '\0';
    *ret_rest = (struct line){value.text + SHA256_TEXT - 1, value.bytes - (SHA256_TEXT - 1)};
    return hex_parse(hex, ret->bytes, SHA256_BYTES);
}

/* "bid HEX", perhaps with its "record HEX BASE64" after it; sorted, none twice. */
static bool bid_take(struct arena *arena, const struct line *line, struct asked *ret)
{
    struct closed_bid *last = ret->count ? &ret->bids[ret->count - 1] : NULL;
    struct closed_bid bid = {0};
    struct line rest, value;

    if (digest_of(line, "bid ", &bid.digest, &rest)) {
        if (rest.bytes || (last && by_digest(last, &bid) >= 0))
            return false;
        ret->bids[ret->count++] = bid;
        return true;
    }
    if (!last || last->container || !digest_of(line, "record ", &bid.digest, &rest) ||
        !hash_same(&bid.digest, &last->digest) || !line_after(&rest, " ", &value))
        return false;
    uint8_t *part = ARENA_NEW(arena, uint8_t, CONTAINER_PART);
    last->container = part;
    ret->records++;
    return base64_exact(value.text, value.bytes, part, CONTAINER_PART);
}

static int asked_parse(struct arena *arena, const char *question, size_t bytes, struct asked *ret,
                       struct err *err)
{
    struct lines lines = {question, question + bytes};
    struct line line;
    char *openers, *event, *proof;
    size_t openers_bytes, proof_bytes, room = 0;
    bool good = part_of(arena, &lines, "openers ", &openers, &openers_bytes) &&
                part_of(arena, &lines, "event ", &event, &ret->event_bytes) &&
                exact_of(arena, &lines, "salt ", ret->salt, SALT_BYTES) &&
                exact_of(arena, &lines, "entry ", ret->entry, ENTRY_BYTES) &&
                part_of(arena, &lines, "proof ", &proof, &proof_bytes);

    if (!good || openers_parse(openers, openers_bytes, &ret->openers, err) ||
        log_proof_parse(proof, proof_bytes, &ret->proof, err))
        return malformed(err);
    ret->event = event;
    for (const char *at = lines.at; at < lines.end; at++)
        room += *at == '\n';
    ret->bids = ARENA_NEW(arena, struct closed_bid, room + 1);
    while (good && line_next(&lines, &line))
        good = bid_take(arena, &line, ret);
    return good ? 0 : malformed(err);
}

static bool says(const struct doc *doc, const char *pointer, const char *text)
{
    const char *value = doc_text(doc, pointer);

    return value && strcmp(value, text) == 0;
}

/* The closing was logged, of this tender and these bids, and not before the instant of the openers' text. */
static int closing_check(struct arena *arena, const struct k0 *k0, const struct asked *q, const char *act,
                         struct err *err)
{
    const struct trusted trusted = {.log = *k0->log};
    struct checkpoint checkpoint;
    struct entry entry;
    struct hash leaf, payload, root;
    char hex[SHA256_TEXT];
    struct doc *event;
    int status = entry_unpack(q->entry, ENTRY_BYTES, &entry, err);

    merkle_leaf(q->entry, ENTRY_BYTES, &leaf);
    if (!status)
        status = log_proof_check(arena, &q->proof, &leaf, &trusted, &checkpoint, err);
    if (!status)
        status = doc_read(arena, q->event, q->event_bytes, &event, err);
    if (status)
        return status;
    entry_payload(q->salt, q->event, q->event_bytes, &payload);
    closing_root(q->bids, q->count, &root);
    hex_print(root.bytes, SHA256_BYTES, hex);
    if (!hash_same(&payload, &entry.payload) || !says(event, "/act", act) ||
        !says(event, "/tender", q->openers.tender) || !says(event, "/payload/root", hex))
        return refused(err, "the closing list of these bids was not logged",
                       "这些投标的截止清单没有写入日志");
    if (entry.at_us < q->openers.not_before_us || (k0->now_us && k0->now_us < q->openers.not_before_us))
        return refused(err, "it is too early", "尚未到最早开启时间");
    return 0;
}

static void share_take(const struct asked *q, const struct closed_bid *bid, const uint8_t secret[KEY_BYTES],
                       struct shown *ret)
{
    struct sealed sealed;
    uint8_t id[UUID_BYTES];

    *ret = (struct shown){.sealed = bid->digest, .bad = true};
    if (!uuid_bytes(q->openers.tender, id) || sealed_part_read(bid->container, CONTAINER_PART, &sealed) ||
        sealed.n != 1 || memcmp(sealed.tender, id, sizeof(id)) != 0 ||
        !hash_same(&sealed.openers, &q->openers.digest))
        return;
    ret->bad = sealed_share(&sealed, 1, secret, &ret->share, NULL) != 0;
}

int k0_answer(struct arena *arena, const struct k0 *k0, const char *question, size_t bytes, struct buf *out,
              struct err *err)
{
    struct asked q = {0};
    uint8_t secret[KEY_BYTES], public[KEY_BYTES];
    bool price = false;
    int status = asked_parse(arena, question, bytes, &q, err);

    if (status)
        return status;
    k0_key(k0->secret, q.openers.tender, true, secret, public);
    price = memcmp(public, q.openers.keys[0], KEY_BYTES) == 0;
    sodium_memzero(secret, sizeof(secret));
    status = closing_check(arena, k0, &q, price ? "prices_closed" : "bids_closed", err);
    if (status)
        return status;
    k0_key(k0->secret, q.openers.tender, price, secret, public);
    if (q.openers.n != 1 || !openers_own(&q.openers, 0, secret)) {
        status = refused(err, "this signer is not the opener", "本签名进程不是开启人");
    } else {
        struct shares shares = {
            .openers = q.openers.digest, .i = 1, .items = ARENA_NEW(arena, struct shown, q.records + 1)};
        for (size_t i = 0; i < q.count; i++)
            if (q.bids[i].container)
                share_take(&q, &q.bids[i], secret, &shares.items[shares.count++]);
        random_bytes(shares.nonce, sizeof(shares.nonce));
        shares_print(&shares, out);
        sodium_memzero(shares.items, shares.count * sizeof(*shares.items));
    }
    sodium_memzero(secret, sizeof(secret));
    return status;
}
