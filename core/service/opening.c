/* See core/service/opening.h. */
#include "core/service/opening.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "acts.h"
#include "core/base/digest.h"
#include "core/base/time.h"
#include "core/service/bid_file.h"
#include "core/service/blob.h"
#include "core/service/logbook.h"
#include "core/service/openers.h"
#include "core/service/review.h"
#include "core/service/sequence.h"
#include "core/trust/folder.h"
#include "core/trust/k0.h"
#include "core/trust/shares.h"

struct opening {
    struct openers openers;
    const struct openers *price; /* of two envelopes, who opens the other; NULL: there is one */
    struct shares *shares;       /* of each opener that showed some */
    size_t count;
    bool by_signer;
    bool has_key[SHARES_MAX];
    uint8_t keys[SHARES_MAX][KEY_BYTES];
    const struct rows *co_keys; /* of co_keys_load; NULL: bidders keep none */
};

/* ---- closing ------------------------------------------------------------------------- */

/* Header and first record of a container.  It was here when the bid was taken: that it cannot be read is this
 * server's fault, and must not stand in a closing list. */
static int container_part(struct act *a, const uint8_t *digest, const uint8_t **ret, struct err *err)
{
    uint8_t *part = ARENA_NEW(a->arena, uint8_t, SEALED_HEADER + SEALED_RECORD_P256);
    char hex[SHA256_TEXT];

    hex_print(digest, SHA256_BYTES, hex);
    int file = open(blob_path(a->service, a->arena, hex), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool good = file >= 0 && pread(file, part, SEALED_HEADER + SEALED_RECORD_P256, 0) ==
                                 SEALED_HEADER + SEALED_RECORD_P256;
    if (file >= 0)
        close(file);
    *ret = part;
    return good ? 0 : err_set(err, E_BROKEN, "server/broken", "the container %s cannot be read", hex);
}

/* The bids of a lot that count, as a closing list. */
static int closed_load(struct act *a, const struct tender *t, const struct lot *l, struct closed_bid **ret,
                       size_t *ret_count, size_t *ret_containers, struct err *err)
{
    const uint8_t *digest = NULL;
    struct rows *r;
    int status = tx_run(a->tx, Q_bids_to_open, &r, err, P_INT(t->office), P_TEXT(t->id), P_INT(l->no));

    if (status)
        return status;
    struct closed_bid *bids = ARENA_NEW(a->arena, struct closed_bid, rows_count(r) + 1);
    *ret_containers = 0;
    for (size_t i = 0; i < rows_count(r); i++) {
        status = row_fixed(r, i, "sha256", SHA256_BYTES, &digest, err);
        if (!status && row_bool(r, i, "container"))
            status = container_part(a, digest, &bids[i].container, err);
        if (status)
            return status;
        memcpy(bids[i].digest.bytes, digest, SHA256_BYTES);
        *ret_containers += row_bool(r, i, "container");
    }
    *ret = bids;
    *ret_count = closing_sort(bids, rows_count(r));
    return 0;
}

/* `prices`: which bids' prices they are, as a JSON array; NULL: they are the bids themselves. */
static int closing_store(struct act *a, const struct lot *l, const char *tender,
                         const struct closed_bid *bids, size_t count, const char *prices, struct err *err)
{
    struct hash root;
    char event[UUID_TEXT], hex[SHA256_TEXT];
    uint8_t salt[SALT_BYTES];

    closing_root(bids, count, &root);
    hex_print(root.bytes, SHA256_BYTES, hex);
    id_new(a->office, event);
    random_bytes(salt, sizeof(salt));
    const char *listed = prices ? arena_printf(a->arena, "\"prices\":%s,", prices) : "";
    const char *payload =
        arena_printf(a->arena, "{\"bids\":%zu,\"lot\":%d,%s\"root\":\"%s\"}", count, l->no, listed, hex);
    int status =
        tx_run(a->tx, Q_event_add, NULL, err, P_INT(a->office), P_TEXT(event), P_TIME(a->now_us), P_NULL,
               P_TEXT("clock"), P_TEXT(prices ? "prices_closed" : "bids_closed"), P_TEXT("lot"),
               P_TEXT(l->id), P_TEXT(tender), P_BOOL(!prices), P_BYTES(salt, sizeof(salt)), P_TEXT(payload));
    if (status)
        return status;
    return tx_run(a->tx, Q_closing_add, NULL, err, P_INT(a->office), P_TEXT(l->id), P_TEXT(tender),
                  P_INT(prices ? ENVELOPE_PRICE : ENVELOPE_BID), P_TEXT(event), P_INT((int64_t)count),
                  P_BYTES(root.bytes, SHA256_BYTES), P_TIME(a->now_us));
}

static int closing_load(struct act *a, const struct lot *l, enum envelope envelope, struct rows **ret,
                        struct err *err)
{
    return tx_run(a->tx, Q_closing_of, ret, err, P_INT(a->office), P_TEXT(l->id), P_INT((int64_t)envelope));
}

int lot_close(struct act *a, const struct tender *t, const struct lot *l, struct err *err)
{
    struct closed_bid *bids;
    struct held held;
    struct rows *r;
    size_t count = 0, containers;
    const bool seals = t->plan->sealing != LINLI_OPEN_BIDS;
    int status = openers_load(a, t, ENVELOPE_BID, &held, err);

    if (status || !(held.there || seals) || (status = closing_load(a, l, ENVELOPE_BID, &r, err)) ||
        rows_count(r) > 0 || (status = closed_load(a, t, l, &bids, &count, &containers, err)))
        return status;
    return closing_store(a, l, t->id, bids, count, NULL, err);
}

/* ---- the prices, of two envelopes ------------------------------------------------------ */

int prices_state(struct act *a, const struct lot *l, enum prices *ret, struct err *err)
{
    struct rows *r;
    int status = closing_load(a, l, ENVELOPE_PRICE, &r, err);

    if (!status)
        *ret = rows_count(r) == 0 ? PRICES_SEALED : row_null(r, 0, "opened") ? PRICES_CLOSED : PRICES_OPENED;
    return status;
}

int prices_unseen(struct act *a, const struct lot *l, struct err *err)
{
    const char *ground, *bid;
    enum prices prices;
    int status = prices_state(a, l, &prices, err);

    if (status || prices == PRICES_SEALED || (status = review_open(a, l, &ground, &bid, err)) || ground)
        return status;
    return err_both(err, E_REFUSED, "state/refused",
                    "the prices are closed or opened: marks and report stand",
                    "报价已经截止或者开启，评分和评审报告不得再改");
}

int prices_known(struct act *a, const struct lot *l, bool *ret, struct err *err)
{
    enum prices prices = PRICES_SEALED;
    int status = prices_state(a, l, &prices, err);

    *ret = prices != PRICES_SEALED;
    return status;
}

int prices_newcomer(struct act *a, const struct lot *l, struct err *err)
{
    bool known = false;
    int status = prices_known(a, l, &known, err);

    if (status || !known)
        return status;
    err_both(err, E_REFUSED, "state/refused",
             "the prices are closed or opened: nobody else joins the panel, and a review is made by the one "
             "that marked",
             "报价已经截止或者开启，评审小组不得换入他人；重新评审由原评审小组进行");
    err_article(err, "财政部令第87号 §64");
    return E_REFUSED;
}

int prices_not_due(struct err *err)
{
    return err_both(err, E_REFUSED, "bid/sealed", "the marks are not locked and reported on yet",
                    "评分尚未锁定、技术评审报告尚未签署，不得开启报价");
}

/* The price containers of these rows, as a closing list. */
static int priced_load(struct act *a, const struct rows *r, struct closed_bid **ret, size_t *ret_count,
                       struct err *err)
{
    struct closed_bid *bids = ARENA_NEW(a->arena, struct closed_bid, rows_count(r) + 1);
    const uint8_t *digest;

    for (size_t i = 0; i < rows_count(r); i++) {
        int status = row_fixed(r, i, "price_sha256", SHA256_BYTES, &digest, err);
        if (!status)
            status = container_part(a, digest, &bids[i].container, err);
        if (status)
            return status;
        memcpy(bids[i].digest.bytes, digest, SHA256_BYTES);
    }
    *ret = bids;
    *ret_count = closing_sort(bids, rows_count(r));
    return 0;
}

int prices_close(struct act *a, const struct tender *t, const struct lot *l, const char *const *bids,
                 size_t count, size_t *ret_closed, struct err *err)
{
    CLEANUP(buf_free) struct buf list = {0};
    struct closed_bid *closed;
    struct rows *r;
    char hex[SHA256_TEXT];
    const uint8_t *digest;
    size_t kept = 0;
    int status = tx_run(a->tx, Q_prices_to_open, &r, err, P_INT(t->office), P_TEXT(t->id), P_INT(l->no),
                        P_TEXTS(bids, count));

    *ret_closed = 0;
    if (status || rows_count(r) == 0)
        return status;
    json_open(&list, '[');
    for (size_t i = 0; i < rows_count(r); i++) {
        if ((status = row_fixed(r, i, "price_sha256", SHA256_BYTES, &digest, err)))
            return status;
        hex_print(digest, SHA256_BYTES, hex);
        json_open(&list, '{');
        json_key(&list, "bid");
        json_string(&list, row_text(r, i, "id"));
        json_key(&list, "sha256");
        json_string(&list, hex);
        json_close(&list, '}');
    }
    json_close(&list, ']');
    status = priced_load(a, r, &closed, &kept, err);
    *ret_closed = rows_count(r);
    return status ? status
                  : closing_store(a, l, t->id, closed, kept, arena_ndup(a->arena, list.data, list.size), err);
}

/* ---- what the openers show ------------------------------------------------------------ */

static int not_logged(struct err *err)
{
    err_both(err, E_BUSY, "seal/not-logged", "the closing list is being logged; try again in a moment",
             "截止清单正在写入日志，请稍候再开启");
    if (err)
        err->retry_after_s = 1;
    return E_BUSY;
}

/* Its entry is in a tree that was signed; where there is no log, that it is there. */
static bool is_logged(struct act *a, const struct rows *closing)
{
    struct log_proof proof;

    if (rows_count(closing) == 0 || !a->service->log)
        return rows_count(closing) > 0;
    return !row_null(closing, 0, "idx") &&
           logbook_prove(a->service->log, (uint64_t)row_int(closing, 0, "idx"), a->arena, &proof, NULL) == 0;
}

int closing_logged(struct act *a, const struct tender *t, enum envelope envelope, int64_t lot,
                   struct err *err)
{
    for (size_t i = 0; i < t->lot_count; i++) {
        const struct lot *l = &t->lots[i];
        const bool waits = envelope == ENVELOPE_PRICE || strcmp(l->state, "bidding") == 0;
        struct rows *r;
        if (envelope == ENVELOPE_PRICE && l->no != lot)
            continue;
        int status = closing_load(a, l, envelope, &r, err);
        if (!status && (waits || rows_count(r) > 0) && !is_logged(a, r))
            status = not_logged(err);
        if (status)
            return status;
    }
    return 0;
}

/* What the signer showed is kept, so that whoever checks can open the bids again. */
static int shares_keep(struct act *a, const struct lot *l, enum envelope envelope,
                       const struct shares *shares, struct err *err)
{
    CLEANUP(buf_free) struct buf text = {0};

    shares_print(shares, &text);
    return tx_run(a->tx, Q_closing_shares, NULL, err, P_INT(a->office), P_TEXT(l->id),
                  P_INT((int64_t)envelope), P_TEXT(arena_ndup(a->arena, text.data, text.size)));
}

static int from_signer(struct act *a, const struct held *held, const struct lot *l,
                       const struct closed_bid *bids, size_t count, struct opening *o, struct err *err)
{
    struct closing_event event = {0};
    struct log_proof proof;
    struct rows *r;
    char *text;
    int status = closing_load(a, l, held->envelope, &r, err);

    if (status)
        return status;
    if (!a->service->log || !a->service->signer || rows_count(r) == 0 || row_null(r, 0, "idx") ||
        logbook_prove(a->service->log, (uint64_t)row_int(r, 0, "idx"), a->arena, &proof, NULL))
        return not_logged(err);
    status = sequence_event(a->arena, r, 0, &text, err);
    if (status)
        return status;
    event = (struct closing_event){.json = text, .bytes = strlen(text), .proof = &proof};
    if ((status = row_fixed(r, 0, "salt", SALT_BYTES, &event.salt, err)) ||
        (status = row_fixed(r, 0, "entry", ENTRY_BYTES, &event.entry, err)))
        return status;
    o->shares = ARENA_NEW(a->arena, struct shares, 1);
    o->count = 1;
    status = k0_shares(a->service->signer, &held->openers, held->note, held->text_bytes, &event, bids, count,
                       a->arena, o->shares, err);
    if (!status)
        return shares_keep(a, l, held->envelope, o->shares, err);
    if (status == E_REFUSED) {
        char said[400];
        memcpy(said, err->detail, sizeof(said) - 1);
        said[sizeof(said) - 1] = '\0';
        err_set(err, E_REFUSED, "seal/refused", "%s", said);
        err_zh(err, "签名进程拒绝开启：%s", said);
    }
    return status;
}

static int from_openers(struct act *a, const struct held *held, const struct tender *t, const struct lot *l,
                        struct opening *o, struct err *err)
{
    struct rows *r, *closing;
    int status = tx_run(a->tx, Q_opener_posts, &r, err, P_INT(t->office), P_TEXT(t->id),
                        P_INT((int64_t)held->envelope), P_INT(openers_lot(held->envelope, l->no)));

    if (!status)
        status = closing_load(a, l, held->envelope, &closing, err);
    if (status)
        return status;
    if (!is_logged(a, closing))
        return not_logged(err);
    o->shares = ARENA_NEW(a->arena, struct shares, rows_count(r) + 1);
    for (size_t i = 0; i < rows_count(r) && !status; i++) {
        const char *text = row_text(r, i, "shares");
        const unsigned opener = (unsigned)row_int(r, i, "opener");
        size_t bytes;
        const uint8_t *key = row_bytes(r, i, "key", &bytes);
        if (key && bytes == KEY_BYTES && opener >= 1 && opener <= SHARES_MAX) {
            memcpy(o->keys[opener - 1], key, KEY_BYTES);
            o->has_key[opener - 1] = true;
        }
        if (text)
            status = shares_parse(a->arena, text, strlen(text), &o->shares[o->count++], err);
    }
    if (!status && o->count < held->openers.k)
        status = openers_withheld(err, o->count, held->openers.k);
    return status;
}

/* What was shown of the containers among these. */
static int begin(struct act *a, const struct tender *t, const struct lot *l, const struct held *held,
                 const struct closed_bid *bids, size_t count, struct opening **ret, struct err *err)
{
    struct opening *o = ARENA_NEW(a->arena, struct opening, 1);
    int status;

    o->openers = held->openers;
    o->by_signer = held->by_signer;
    status =
        o->by_signer ? from_signer(a, held, l, bids, count, o, err) : from_openers(a, held, t, l, o, err);
    if (!status)
        *ret = o;
    return status;
}

int opening_begin(struct act *a, const struct tender *t, const struct lot *l, struct opening **ret,
                  struct err *err)
{
    struct closed_bid *bids;
    struct rows *co_keys = NULL;
    struct held held, *price = ARENA_NEW(a->arena, struct held, 1);
    size_t count = 0, containers = 0;
    int status = openers_load(a, t, ENVELOPE_BID, &held, err);

    *ret = NULL;
    if (!status)
        status = openers_load(a, t, ENVELOPE_PRICE, price, err);
    if (status || !held.there || (status = closed_load(a, t, l, &bids, &count, &containers, err)) ||
        containers == 0)
        return status;
    if (t->co_key_minutes)
        status = co_keys_load(a, t, l, &co_keys, err);
    if (!status)
        status = begin(a, t, l, &held, bids, count, ret, err);
    if (!status)
        (*ret)->co_keys = co_keys;
    if (!status && price->there)
        (*ret)->price = &price->openers;
    return status;
}

int prices_begin(struct act *a, const struct tender *t, const struct lot *l, struct opening **ret,
                 struct rows **ret_bids, struct err *err)
{
    struct closed_bid *bids;
    struct held held;
    size_t count = 0;
    int status = openers_load(a, t, ENVELOPE_PRICE, &held, err);

    *ret = NULL;
    if (!status)
        status = tx_run(a->tx, Q_prices_listed, ret_bids, err, P_INT(t->office), P_TEXT(l->id));
    if (!status && !held.there)
        status = err_set(err, E_BROKEN, "server/broken", "nobody opens the prices of lot %s", l->id);
    if (!status)
        status = priced_load(a, *ret_bids, &bids, &count, err);
    return status ? status : begin(a, t, l, &held, bids, count, ret, err);
}

/* ---- opening ------------------------------------------------------------------------- */

/* Openers who say that the record they were given does not hold, and whether their keys prove it. */
static size_t bad_records(const struct opening *o, const struct sealed *sealed, unsigned *ret_unproven)
{
    size_t proven = 0;

    *ret_unproven = 0;
    for (size_t i = 0; i < o->count; i++) {
        const struct shown *shown = shares_find(&o->shares[i], &sealed->digest);
        unsigned opener = o->shares[i].i;
        struct share share;
        if (!shown || (!shown->bad && sealed_share_ok(sealed, &shown->share)))
            continue;
        if (o->by_signer ||
            (o->has_key[opener - 1] && sealed_share(sealed, opener, o->keys[opener - 1], &share, NULL) != 0))
            proven++;
        else
            *ret_unproven = opener;
    }
    return proven;
}

static int incomplete(const struct opening *o, const struct sealed *sealed, const char *bid,
                      const char **ret_reason, struct err *err)
{
    unsigned unproven;
    size_t proven = bad_records(o, sealed, &unproven);

    if (proven > o->openers.n - o->openers.k) {
        *ret_reason = "密封记录不能用开启人的密钥解开，系投标人过错";
        return 0;
    }
    if (unproven) {
        err_set(err, E_REFUSED, "seal/withheld",
                "opener %u's share of bid %s does not fit: the opener shows the key of this tender", unproven,
                bid);
        err_zh(err, "开启人 %u 对投标 %s 的份额与承诺不符：须由该开启人出示本项目密钥以判明责任", unproven,
               bid);
    } else {
        err_set(err, E_REFUSED, "seal/withheld", "too few shares of bid %s were shown", bid);
        err_zh(err, "投标 %s 的份额不足", bid);
    }
    return E_REFUSED;
}

/* A file that was inside is kept as one the bidder brought. */
static int file_keep(struct act *a, const char *bid, const struct manifest_file *file, const uint8_t *bytes,
                     struct err *err)
{
    char hex[SHA256_TEXT];

    hex_print(file->sha256, SHA256_BYTES, hex);
    int status = folder_put(a->service->blobs, arena_printf(a->arena, "%.2s/%s", hex, hex), bytes,
                            (size_t)file->bytes, err);
    if (status)
        return status;
    return tx_run(a->tx, Q_bid_content_add, NULL, err, P_BYTES(file->sha256, SHA256_BYTES),
                  P_INT((int64_t)file->bytes),
                  P_TEXT(blob_type(a->arena, blob_path(a->service, a->arena, hex))), P_INT(a->office),
                  P_TEXT(bid), P_TIME(time_real()));
}

/* The container of the price that is in the other one: for its own openers, by the same bidder.  What is in
 * it nobody can tell yet. */
static const char *price_fault(struct act *a, const struct opening *o, const struct sealed *outer,
                               const uint8_t *bytes, size_t count)
{
    struct sealed inner;
    struct err why = {0};

    if (sealed_read(bytes, count, &inner, &why) || sealed_meant(&inner, o->price, &why))
        return arena_printf(a->arena, "报价信封不符：%s", why.zh);
    if (inner.flags != SEALED_PRICE || memcmp(inner.bidder, outer->bidder, sizeof(inner.bidder)) != 0)
        return "报价信封不符：不是本投标人的报价信封";
    return NULL;
}

/* Kept as it is, still closed. */
static int price_keep(struct act *a, const struct opening *o, const char *bid, const struct sealed *outer,
                      const struct sealed_content *content, const char **ret_reason, struct err *err)
{
    size_t at = 0;

    while (at < content->manifest.count && strcmp(content->manifest.files[at].name, "price.sbx") != 0)
        at++;
    if (at == content->manifest.count) {
        *ret_reason = "技术信封中没有报价信封 price.sbx";
        return 0;
    }
    const struct manifest_file *file = &content->manifest.files[at];
    *ret_reason = price_fault(a, o, outer, content->files[at], (size_t)file->bytes);
    if (*ret_reason)
        return 0;
    int status = file_keep(a, bid, file, content->files[at], err);
    return status ? status
                  : tx_run(a->tx, Q_bid_price_brought, NULL, err, P_INT(a->office), P_TEXT(bid),
                           P_BYTES(file->sha256, SHA256_BYTES));
}

/* `main_file` is what the bid says; its other files are kept. */
static int content_keep(struct act *a, const struct container *c, const struct sealed_content *content,
                        const char *main_file, const char **ret_text, size_t *ret_bytes,
                        const char **ret_reason, struct err *err)
{
    int status = 0;

    *ret_text = NULL;
    *ret_bytes = 0;
    for (size_t i = 0; i < content->manifest.count && !status; i++) {
        const struct manifest_file *file = &content->manifest.files[i];
        const bool is_main = strcmp(file->name, main_file) == 0;
        if (is_main && file->bytes <= BID_FILE_MAX) {
            *ret_bytes = (size_t)file->bytes;
            *ret_text = arena_ndup(c->arena, (const char *)content->files[i], *ret_bytes);
        } else if (is_main)
            *ret_reason = arena_printf(a->arena, "密封件中的投标文件 %s 过大", main_file);
        else if (strcmp(file->name, "price.sbx") != 0)
            status = file_keep(a, c->bid, file, content->files[i], err);
    }
    if (!status && !*ret_text && !*ret_reason)
        *ret_reason = arena_printf(a->arena, "密封件中没有投标文件 %s", main_file);
    return status;
}

/* A container, opened. */
struct unsealed {
    struct sealed sealed;
    struct sealed_content content;
};

static int content_take(struct act *a, const struct opening *o, const struct container *c,
                        const struct unsealed *u, const char **ret_text, size_t *ret_bytes,
                        const char **ret_reason, struct err *err)
{
    const char *main_file = u->sealed.flags & SEALED_PRICE ? "price.json" : "bid.json";
    int status = content_keep(a, c, &u->content, main_file, ret_text, ret_bytes, ret_reason, err);

    if (status || *ret_reason || !o->price)
        return status;
    return price_keep(a, o, c->bid, &u->sealed, &u->content, ret_reason, err);
}

/* The key that the bidder kept; NULL: it was not shown. */
static const uint8_t *co_key_of(const struct opening *o, const char *bid)
{
    size_t bytes = 0;

    for (size_t i = 0; o->co_keys && i < rows_count(o->co_keys); i++)
        if (strcmp(row_text(o->co_keys, i, "id"), bid) == 0) {
            const uint8_t *key = row_bytes(o->co_keys, i, "co_key", &bytes);
            return bytes == KEY_BYTES ? key : NULL;
        }
    return NULL;
}

/* What the shares that were shown make of a container.  OUTCOME_VOID: ret_reason says why it is its bidder's
 * fault; of OUTCOME_WITHHELD and OUTCOME_BAD_SHARE incomplete() tells. */
static enum outcome container_open(struct act *a, const struct opening *o, const struct container *c,
                                   struct unsealed *ret, const char **ret_reason)
{
    struct share shares[SHARES_MAX];
    struct err why = {0};
    size_t shown = 0;

    if (sealed_read(c->bytes, c->count, &ret->sealed, &why) ||
        sealed_meant(&ret->sealed, &o->openers, &why)) {
        *ret_reason = arena_printf(a->arena, "密封件不符：%s", why.zh);
        return OUTCOME_VOID;
    }
    const uint8_t *co_key = co_key_of(o, c->bid);
    if (ret->sealed.flags & SEALED_CO_KEY && !co_key) {
        *ret_reason =
            "密封件不能开启：投标人未在规定时间内出示自留密钥，视为撤销其投标文件（电子招标投标办法 §31）";
        return OUTCOME_VOID;
    }
    for (size_t i = 0; i < o->count && shown < SHARES_MAX; i++) {
        const struct shown *one = shares_find(&o->shares[i], &ret->sealed.digest);
        if (one && !one->bad)
            shares[shown++] = one->share;
    }
    const enum outcome outcome =
        sealed_open(c->arena, &ret->sealed, shares, shown, co_key, &ret->content, &why);
    if (outcome == OUTCOME_VOID)
        *ret_reason = arena_printf(a->arena, "密封件不能按其承诺开启，系投标人过错：%s", why.zh);
    return outcome;
}

int opening_ready(struct act *a, const struct opening *o, const struct container *c, struct err *err)
{
    struct unsealed u;
    const char *reason = NULL;
    const enum outcome outcome = container_open(a, o, c, &u, &reason);

    return outcome == OUTCOME_OPENED || outcome == OUTCOME_VOID
               ? 0
               : incomplete(o, &u.sealed, c->bid, &reason, err);
}

int opening_read(struct act *a, const struct opening *o, const struct container *c, const char **ret_text,
                 size_t *ret_bytes, const char **ret_reason, struct err *err)
{
    struct unsealed u;

    *ret_text = *ret_reason = NULL;
    *ret_bytes = 0;
    switch (container_open(a, o, c, &u, ret_reason)) {
    case OUTCOME_OPENED:
        return content_take(a, o, c, &u, ret_text, ret_bytes, ret_reason, err);
    case OUTCOME_VOID:
        return 0;
    case OUTCOME_BAD_SHARE:
    case OUTCOME_WITHHELD:
        break;
    }
    return incomplete(o, &u.sealed, c->bid, ret_reason, err);
}
