/* See core/service/opening.h. */
#include "core/service/opening.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "acts.h"
#include "core/base/digest.h"
#include "core/base/time.h"
#include "core/service/blob.h"
#include "core/service/draft.h"
#include "core/service/forms.h"
#include "core/service/logbook.h"
#include "core/service/review.h"
#include "core/service/sequence.h"
#include "core/trust/folder.h"
#include "core/trust/k0.h"
#include "core/trust/note.h"
#include "core/trust/shares.h"

struct opening {
    struct openers openers;
    const struct openers *price; /* of two envelopes, who opens the other; NULL: there is one */
    struct shares *shares;       /* of each opener that showed some */
    size_t count;
    bool by_signer;
    bool has_key[SHARES_MAX];
    uint8_t keys[SHARES_MAX][KEY_BYTES];
};

/* ---- who opens ----------------------------------------------------------------------- */

struct held {
    bool there, by_signer;
    enum envelope envelope;
    struct openers openers;
    const char *note;
    const char *signers; /* keys, one a line, in the order of the openers */
    size_t text_bytes;   /* of the note without its signatures */
};

static int held_load(struct act *a, const struct tender *t, enum envelope envelope, struct held *ret,
                     struct err *err)
{
    struct rows *r;
    struct note note;
    size_t at = 0;
    int status = tx_run(a->tx, Q_openers_of, &r, err, P_INT(t->office), P_TEXT(t->id));

    *ret = (struct held){.envelope = envelope};
    while (!status && at < rows_count(r) && row_int(r, at, "envelope") != (int64_t)envelope)
        at++;
    if (status || at == rows_count(r))
        return status;
    ret->there = true;
    ret->by_signer = row_bool(r, at, "by_signer");
    ret->note = row_text(r, at, "note");
    ret->signers = row_text(r, at, "signers");
    if (note_parse(a->arena, ret->note, strlen(ret->note), &note, err) ||
        openers_parse(note.text, note.text_bytes, &ret->openers, err))
        return err_set(err, E_BROKEN, "server/broken", "the openers of tender %s cannot be read", t->id);
    ret->text_bytes = note.text_bytes;
    return 0;
}

/* Who opens them, the note that says so, and who signed it. */
struct naming {
    enum envelope envelope;
    const struct openers *openers;
    const char *note;
    const char *const *signers;
    size_t signer_count;
};

static int openers_store(struct act *a, const struct tender *t, const struct naming *n, struct err *err)
{
    const struct openers *o = n->openers;
    const bool must_seal = n->signer_count > 0 || envelopes_two(t);
    char hex[SHA256_TEXT];

    hex_print(o->digest.bytes, SHA256_BYTES, hex);
    json_key(&a->payload, n->envelope == ENVELOPE_PRICE ? "price_openers" : "openers");
    json_string(&a->payload, hex);
    return tx_run(a->tx, Q_openers_add, NULL, err, P_INT(t->office), P_TEXT(t->id),
                  P_INT((int64_t)n->envelope), P_BYTES(o->digest.bytes, SHA256_BYTES), P_INT(o->k),
                  P_INT(o->n), P_TEXT(n->note), P_TEXTS(n->signers, n->signer_count), P_TIME(a->now_us),
                  P_TEXT(a->actor ? a->actor->person : NULL), P_BOOL(must_seal));
}

/* The signer, where there is one and it answers. */
static int signer_named(struct act *a, const struct tender *t, enum envelope envelope, struct err *err)
{
    CLEANUP(buf_free) struct buf note = {0};
    struct openers openers;
    struct err away = {0};

    if (!a->service->signer || !a->service->log ||
        k0_openers(a->service->signer, t->id, envelope == ENVELOPE_PRICE, t->deadline_us, &note, &away) ||
        openers_read(a->arena, note.data, note.size, &openers, &away) || strcmp(openers.tender, t->id) != 0)
        return 0;
    return openers_store(
        a, t, &(struct naming){envelope, &openers, arena_ndup(a->arena, note.data, note.size), NULL, 0}, err);
}

bool envelopes_two(const struct tender *t)
{
    return t->plan && t->plan->sealing == LINLI_TWO_ENVELOPES;
}

/* Of two envelopes each has openers, both named or both the signer, and no key is among both: those of the
 * price may be shown to everybody in the end. */
static int price_openers_settle(struct act *a, const struct tender *t, struct err *err)
{
    struct held bid = {0}, price = {0};
    int status = held_load(a, t, ENVELOPE_BID, &bid, err);

    if (!status)
        status = held_load(a, t, ENVELOPE_PRICE, &price, err);
    if (status)
        return status;
    if (price.there && !envelopes_two(t))
        return err_both(err, E_REFUSED, "rule/refused", "there is no price envelope in this procedure",
                        "本项目不是双信封，没有报价信封");
    if (!envelopes_two(t))
        return 0;
    if (bid.there && !price.there && bid.by_signer)
        status = signer_named(a, t, ENVELOPE_PRICE, err);
    if (!status)
        status = held_load(a, t, ENVELOPE_PRICE, &price, err);
    if (!status && (!bid.there || !price.there || bid.by_signer != price.by_signer))
        return err_both(err, E_REFUSED, "rule/refused",
                        "two envelopes need openers: named for both, or a signer that answers",
                        "双信封须有开启人：两个信封都确定开启人，或者签名进程可用");
    if (!status && openers_share(&bid.openers, &price.openers))
        return err_both(err, E_REFUSED, "rule/refused", "an opener has the same key for both envelopes",
                        "同一密钥不得开启两个信封");
    return status;
}

int openers_settle(struct act *a, const struct tender *t, struct err *err)
{
    struct held held;
    int status = held_load(a, t, ENVELOPE_BID, &held, err);

    if (status)
        return status;
    if (held.there && held.openers.not_before_us > t->deadline_us)
        return err_both(err, E_REFUSED, "rule/refused", "the openers may open only after the deadline",
                        "开启人名单所定最早开启时间晚于截止时间");
    if (!held.there && !t->under && t->plan->sealing != LINLI_OPEN_BIDS)
        status = signer_named(a, t, ENVELOPE_BID, err);
    return status ? status : price_openers_settle(a, t, err);
}

static const char *const envelope_codes[] = {"bid", "price", NULL};
static const linli_text envelope_labels[] = {
    {"投标或其技术部分", "the bid, or its technical part"}, {"报价部分", "its price"}, {NULL, NULL}};
#define ROW_ENVELOPE(T)                                                                                      \
    ROW_CHOICE(T, envelope, false, envelope_codes, envelope_labels, "bid", "双信封的哪一个",                 \
               "which of two envelopes")

static enum envelope envelope_of(int32_t choice)
{
    return choice ? ENVELOPE_PRICE : ENVELOPE_BID;
}

struct openers_body {
    const char *note, *signers;
    int32_t envelope;
};
/* clang-format off */
static const linli_option openers_rows[] = {
    ROW_TEXT(openers_body, note, true, 16384, "各开启人签名的名单（linli openers、linli sign）", "the text that names them, signed by each"),
    ROW_TEXT(openers_body, signers, true, 8192, "各开启人的签名公钥，每行一个，依名单顺序", "their public keys, one a line, in their order"),
    ROW_ENVELOPE(openers_body),
};
/* clang-format on */
const struct form form_openers_set = FORM(openers_rows, struct openers_body);

/* Each line a key, none twice, whose signature is on the note. */
static int signatures_check(struct act *a, const struct openers_body *b, const struct openers *o,
                            const char **ret_signers, struct err *err)
{
    struct note note;
    struct note_key key;
    unsigned count = 0;
    char *save = NULL;
    int status = note_parse(a->arena, b->note, strlen(b->note), &note, err);

    for (char *at = strtok_r(arena_dup(a->arena, b->signers), "\r\n", &save); at && !status;
         at = strtok_r(NULL, "\r\n", &save)) {
        for (unsigned i = 0; i < count && !status; i++)
            if (strcmp(ret_signers[i], at) == 0)
                status = E_INVALID;
        if (count == o->n || status || note_key_parse(at, &key, NULL) || note_check(&note, &key, NULL, NULL))
            status = E_INVALID;
        else
            ret_signers[count++] = at;
    }
    if (status == 0 && count == o->n)
        return 0;
    err_set(err, E_INVALID, "openers/unsigned",
            "every one of the %u openers signs the text with a key of its own", o->n);
    err_zh(err, "名单须由 %u 位开启人各用自己的密钥签名", o->n);
    err_at(err, "/signers", "format", "one key a line, each of which signed", "每行一个公钥，均已签名");
    return E_INVALID;
}

int act_openers_set(struct act *a, struct err *err)
{
    const struct openers_body *b = a->body;
    const char *signers[SHARES_MAX];
    struct openers openers;
    struct held held;
    struct tender *t;
    int status = draft_load(a, &t, err);

    if (status || (status = held_load(a, t, envelope_of(b->envelope), &held, err)))
        return status;
    if (held.there)
        return err_both(err, E_REFUSED, "state/refused", "the openers are named already", "开启人已经确定");
    status = openers_read(a->arena, b->note, strlen(b->note), &openers, err);
    if (status || strcmp(openers.tender, t->id) != 0) {
        err_both(err, E_INVALID, "body/invalid", "this names no openers of this tender",
                 "不是本项目的开启人名单");
        err_at(err, "/note", "format", "the text of linli openers for this tender", "应为本项目的开启人名单");
        return E_INVALID;
    }
    status = signatures_check(a, b, &openers, signers, err);
    return status
               ? status
               : openers_store(
                     a, t, &(struct naming){envelope_of(b->envelope), &openers, b->note, signers, openers.n},
                     err);
}

/* ---- closing ------------------------------------------------------------------------- */

/* Header and first record of a container; NULL where it is not there any more. */
static const uint8_t *container_part(struct act *a, const uint8_t *digest)
{
    uint8_t *part = ARENA_NEW(a->arena, uint8_t, SEALED_HEADER + SEALED_RECORD_P256);
    char hex[SHA256_TEXT];

    hex_print(digest, SHA256_BYTES, hex);
    int file = open(blob_path(a->service, a->arena, hex), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool good = file >= 0 && pread(file, part, SEALED_HEADER + SEALED_RECORD_P256, 0) ==
                                 SEALED_HEADER + SEALED_RECORD_P256;
    if (file >= 0)
        close(file);
    return good ? part : NULL;
}

/* The bids of a lot that count, in the order of a closing list; none twice, since two may have handed in the
 * same. */
static int closed_load(struct act *a, const struct tender *t, const struct lot *l, struct closed_bid **ret,
                       size_t *ret_count, size_t *ret_containers, struct err *err)
{
    const uint8_t *digest = NULL;
    struct rows *r;
    size_t kept = 0;
    int status = tx_run(a->tx, Q_bids_to_open, &r, err, P_INT(t->office), P_TEXT(t->id), P_INT(l->no));

    if (status)
        return status;
    struct closed_bid *bids = ARENA_NEW(a->arena, struct closed_bid, rows_count(r) + 1);
    *ret_containers = 0;
    for (size_t i = 0; i < rows_count(r); i++) {
        if ((status = row_fixed(r, i, "sha256", SHA256_BYTES, &digest, err)))
            return status;
        memcpy(bids[i].digest.bytes, digest, SHA256_BYTES);
        if (row_bool(r, i, "container"))
            bids[i].container = container_part(a, bids[i].digest.bytes);
        *ret_containers += row_bool(r, i, "container");
    }
    closing_sort(bids, rows_count(r));
    for (size_t i = 0; i < rows_count(r); i++)
        if (kept == 0 || !hash_same(&bids[kept - 1].digest, &bids[i].digest))
            bids[kept++] = bids[i];
    *ret = bids;
    *ret_count = kept;
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
    int status = held_load(a, t, ENVELOPE_BID, &held, err);

    if (status || !held.there || (status = closing_load(a, l, ENVELOPE_BID, &r, err)) || rows_count(r) > 0 ||
        (status = closed_load(a, t, l, &bids, &count, &containers, err)))
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

/* The price containers of these rows, in the order of a closing list; none twice. */
static int priced_load(struct act *a, const struct rows *r, struct closed_bid **ret, size_t *ret_count,
                       struct err *err)
{
    struct closed_bid *bids = ARENA_NEW(a->arena, struct closed_bid, rows_count(r) + 1);
    const uint8_t *digest;
    size_t kept = 0;

    for (size_t i = 0; i < rows_count(r); i++) {
        int status = row_fixed(r, i, "price_sha256", SHA256_BYTES, &digest, err);
        if (status)
            return status;
        memcpy(bids[i].digest.bytes, digest, SHA256_BYTES);
        bids[i].container = container_part(a, bids[i].digest.bytes);
    }
    closing_sort(bids, rows_count(r));
    for (size_t i = 0; i < rows_count(r); i++)
        if (kept == 0 || !hash_same(&bids[kept - 1].digest, &bids[i].digest))
            bids[kept++] = bids[i];
    *ret = bids;
    *ret_count = kept;
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

/* What is posted is of the prices of a lot, or of the bids of all. */
static int posts_lot(enum envelope envelope, int lot)
{
    return envelope == ENVELOPE_PRICE ? lot : 0;
}

static int withheld(struct err *err, size_t shown, unsigned k)
{
    err_set(err, E_REFUSED, "seal/withheld", "%zu openers have shown their shares, %u are needed", shown, k);
    err_zh(err, "已有 %zu 位开启人出示份额，需要 %u 位", shown, k);
    return E_REFUSED;
}

static int from_openers(struct act *a, const struct held *held, const struct tender *t, const struct lot *l,
                        struct opening *o, struct err *err)
{
    struct rows *r, *closing;
    struct log_proof proof;
    int status = tx_run(a->tx, Q_opener_posts, &r, err, P_INT(t->office), P_TEXT(t->id),
                        P_INT((int64_t)held->envelope), P_INT(posts_lot(held->envelope, l->no)));

    if (!status)
        status = closing_load(a, l, held->envelope, &closing, err);
    if (status)
        return status;
    if (a->service->log &&
        (rows_count(closing) == 0 || row_null(closing, 0, "idx") ||
         logbook_prove(a->service->log, (uint64_t)row_int(closing, 0, "idx"), a->arena, &proof, NULL)))
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
        status = withheld(err, o->count, held->openers.k);
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
    struct held held, *price = ARENA_NEW(a->arena, struct held, 1);
    size_t count = 0, containers = 0;
    int status = held_load(a, t, ENVELOPE_BID, &held, err);

    *ret = NULL;
    if (!status)
        status = held_load(a, t, ENVELOPE_PRICE, price, err);
    if (status || !held.there || (status = closed_load(a, t, l, &bids, &count, &containers, err)) ||
        containers == 0)
        return status;
    status = begin(a, t, l, &held, bids, count, ret, err);
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
    int status = held_load(a, t, ENVELOPE_PRICE, &held, err);

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
static int content_keep(struct act *a, const char *bid, const struct sealed_content *content,
                        const char *main_file, const char **ret_text, const char **ret_reason,
                        struct err *err)
{
    int status = 0;

    *ret_text = NULL;
    for (size_t i = 0; i < content->manifest.count && !status; i++) {
        const struct manifest_file *file = &content->manifest.files[i];
        if (strcmp(file->name, main_file) == 0)
            *ret_text = arena_ndup(a->arena, (const char *)content->files[i], (size_t)file->bytes);
        else if (strcmp(file->name, "price.sbx") != 0)
            status = file_keep(a, bid, file, content->files[i], err);
    }
    if (!status && !*ret_text)
        *ret_reason = arena_printf(a->arena, "密封件中没有投标文件 %s", main_file);
    return status;
}

static int content_take(struct act *a, const struct opening *o, const char *bid, const struct sealed *sealed,
                        const struct sealed_content *content, const char **ret_text, const char **ret_reason,
                        struct err *err)
{
    const char *main_file = sealed->flags & SEALED_PRICE ? "price.json" : "bid.json";
    int status = content_keep(a, bid, content, main_file, ret_text, ret_reason, err);

    if (status || *ret_reason || !o->price)
        return status;
    return price_keep(a, o, bid, sealed, content, ret_reason, err);
}

/* What the shares that were shown make of a container.  OUTCOME_VOID: ret_reason says why it is its bidder's
 * fault; of OUTCOME_WITHHELD and OUTCOME_BAD_SHARE incomplete() tells. */
static enum outcome container_open(struct act *a, const struct opening *o, const uint8_t *bytes, size_t count,
                                   struct sealed *ret_sealed, struct sealed_content *ret,
                                   const char **ret_reason)
{
    struct share shares[SHARES_MAX];
    struct err why = {0};
    size_t shown = 0;

    if (sealed_read(bytes, count, ret_sealed, &why) || sealed_meant(ret_sealed, &o->openers, &why)) {
        *ret_reason = arena_printf(a->arena, "密封件不符：%s", why.zh);
        return OUTCOME_VOID;
    }
    for (size_t i = 0; i < o->count && shown < SHARES_MAX; i++) {
        const struct shown *one = shares_find(&o->shares[i], &ret_sealed->digest);
        if (one && !one->bad)
            shares[shown++] = one->share;
    }
    const enum outcome outcome = sealed_open(a->arena, ret_sealed, shares, shown, NULL, ret, &why);
    if (outcome == OUTCOME_VOID)
        *ret_reason = arena_printf(a->arena, "密封件不能按其承诺开启，系投标人过错：%s", why.zh);
    return outcome;
}

int opening_ready(struct act *a, const struct opening *o, const char *bid, const uint8_t *bytes, size_t count,
                  struct err *err)
{
    struct sealed_content content;
    struct sealed sealed;
    const char *reason = NULL;
    const enum outcome outcome = container_open(a, o, bytes, count, &sealed, &content, &reason);

    return outcome == OUTCOME_OPENED || outcome == OUTCOME_VOID ? 0
                                                                : incomplete(o, &sealed, bid, &reason, err);
}

int opening_read(struct act *a, const struct opening *o, const char *bid, const uint8_t *bytes, size_t count,
                 const char **ret_text, const char **ret_reason, struct err *err)
{
    struct sealed_content content;
    struct sealed sealed;

    *ret_text = *ret_reason = NULL;
    switch (container_open(a, o, bytes, count, &sealed, &content, ret_reason)) {
    case OUTCOME_OPENED:
        return content_take(a, o, bid, &sealed, &content, ret_text, ret_reason, err);
    case OUTCOME_VOID:
        return 0;
    case OUTCOME_BAD_SHARE:
    case OUTCOME_WITHHELD:
        break;
    }
    return incomplete(o, &sealed, bid, ret_reason, err);
}

/* ---- promises, shares, keys ------------------------------------------------------------ */

struct promise_body {
    int64_t opener, lot;
    const char *promise, *signature;
    int32_t envelope;
};
struct shares_body {
    const char *shares;
};
struct key_body {
    int64_t opener;
    const char *key;
    int32_t envelope;
};
/* clang-format off */
static const linli_option promise_rows[] = {
    ROW_COUNT(promise_body, opener, true, 1, SHARES_MAX, "开启人序号", "which opener"),
    ROW(promise_body, promise, STRING, true, 64, 64, "line", "份额的承诺（linli share 打印）", "the promise that linli share printed"),
    ROW_LINE(promise_body, signature, true, 512, "承诺文本的签名行（linli sign 的最后一行）", "the last line that linli sign printed for it"),
    ROW_ENVELOPE(promise_body),
    ROW_COUNT(promise_body, lot, false, 1, 100, "报价属于哪一采购包，默认第1包", "which lot the prices are of; none: the first"),
};
static const linli_option shares_rows[] = {
    ROW_TEXT(shares_body, shares, true, 1048576, "份额文件全文", "the file that linli share made"),
};
static const linli_option key_rows[] = {
    ROW_COUNT(key_body, opener, true, 1, SHARES_MAX, "开启人序号", "which opener"),
    ROW(key_body, key, STRING, true, 64, 64, "line", "该开启人在本项目的私钥，十六进制", "its secret key of this tender, in hex"),
    ROW_ENVELOPE(key_body),
};
/* clang-format on */
const struct form form_shares_promise = FORM(promise_rows, struct promise_body);
const struct form form_shares_post = FORM(shares_rows, struct shares_body);
const struct form form_opener_key = FORM(key_rows, struct key_body);

/* The prices of this lot are closed (0: of any): their openers may post. */
static int prices_due(struct act *a, const struct tender *t, int64_t lot, struct err *err)
{
    enum prices prices = PRICES_SEALED;
    int status = 0;

    for (size_t i = 0; i < t->lot_count && !status && prices == PRICES_SEALED; i++)
        if (lot == 0 || t->lots[i].no == lot)
            status = prices_state(a, &t->lots[i], &prices, err);
    if (!status && prices == PRICES_SEALED)
        status = prices_not_due(err);
    return status;
}

/* Openers post after the deadline, until the bids are opened; those of prices once these are closed. */
static int posting(struct act *a, enum envelope envelope, int64_t lot, struct tender **ret,
                   struct held *ret_held, struct err *err)
{
    int status = tender_load(a, a->subject, ret, err);

    if (!status)
        status = held_load(a, *ret, envelope, ret_held, err);
    if (status)
        return status;
    if (!ret_held->there || ret_held->by_signer)
        return err_both(err, E_REFUSED, "state/refused", "no openers were named for this tender",
                        "本项目没有确定开启人");
    if (a->now_us < (*ret)->deadline_us || a->now_us < ret_held->openers.not_before_us)
        return err_both(err, E_REFUSED, "bid/sealed", "the deadline has not passed",
                        "截止时间未到，不得开启");
    return envelope == ENVELOPE_PRICE ? prices_due(a, *ret, lot, err) : 0;
}

static int body_wrong(struct err *err, const char *pointer, const char *text, const char *zh)
{
    err_both(err, E_INVALID, "body/invalid", text, zh);
    err_at(err, pointer, "format", text, zh);
    return E_INVALID;
}

/* The promise is that opener's: signed with the key that signed who opens.  Whoever posts it is nobody in
 * particular. */
static int promise_signed(struct act *a, const struct held *held, const struct promise_body *b,
                          const uint8_t promise[SHA256_BYTES], struct err *err)
{
    CLEANUP(buf_free) struct buf text = {0};
    struct hash hash;
    struct note note;
    struct note_key key;
    char *save = NULL, *line = strtok_r(arena_dup(a->arena, held->signers), "\n", &save);

    for (int64_t i = 1; line && i < b->opener; i++)
        line = strtok_r(NULL, "\n", &save);
    memcpy(hash.bytes, promise, SHA256_BYTES);
    promise_print(&held->openers.digest, (unsigned)b->opener, &hash, &text);
    buf_printf(&text, "\n%s\n", b->signature);
    if (line && !note_key_parse(line, &key, NULL) &&
        !note_parse(a->arena, text.data, text.size, &note, NULL) && !note_check(&note, &key, NULL, NULL))
        return 0;
    return body_wrong(err, "/signature",
                      "this opener's signature of the promise, made with the key that signed the openers",
                      "应为该开启人用签署名单的密钥对承诺文本的签名");
}

int act_shares_promise(struct act *a, struct err *err)
{
    const struct promise_body *b = a->body;
    uint8_t promise[SHA256_BYTES];
    struct tender *t;
    struct held held;
    const int64_t lot = b->lot ? b->lot : 1;
    int status = posting(a, envelope_of(b->envelope), lot, &t, &held, err);

    if (status)
        return status;
    if (!hex_parse(b->promise, promise, SHA256_BYTES))
        return body_wrong(err, "/promise", "64 lower-case hexadecimal digits", "应为64位小写十六进制");
    if (b->opener > held.openers.n)
        return body_wrong(err, "/opener", "there are not that many openers", "没有这位开启人");
    if ((status = promise_signed(a, &held, b, promise, err)))
        return status;
    status = tx_run(a->tx, Q_opener_promise, NULL, err, P_INT(t->office), P_TEXT(t->id),
                    P_INT((int64_t)held.envelope), P_INT(b->opener), P_BYTES(promise, SHA256_BYTES),
                    P_TIME(a->now_us), P_TEXT(a->actor->person), P_INT(posts_lot(held.envelope, (int)lot)));
    if (status == E_CONFLICT)
        err_both(err, E_CONFLICT, "value/taken", "this opener has promised already", "该开启人已经作出承诺");
    return status;
}

/* What a promise of these shares was given for. */
struct promised {
    int64_t lot;
    size_t promises, posts; /* for that, by anybody */
    bool kept;              /* this opener has shown its shares */
};

/* E_INVALID body/invalid: this opener did not promise them. */
static int promise_find(struct act *a, const struct held *held, const struct shares *shares,
                        struct promised *ret, struct err *err)
{
    const uint8_t *said;
    struct hash promise;
    struct rows *r;
    size_t i = 0;
    int status = tx_run(a->tx, Q_opener_posts, &r, err, P_INT(a->office), P_TEXT(held->openers.tender),
                        P_INT((int64_t)held->envelope), P_NULL);

    shares_promise(shares, &promise);
    for (; !status && i < rows_count(r); i++)
        if (!(status = row_fixed(r, i, "promise", SHA256_BYTES, &said, err)) &&
            row_int(r, i, "opener") == shares->i && memcmp(said, promise.bytes, SHA256_BYTES) == 0)
            break;
    if (status)
        return status;
    if (i == rows_count(r))
        return body_wrong(err, "/shares", "they are not what this opener promised", "与该开启人的承诺不符");
    *ret = (struct promised){.lot = row_int(r, i, "lot_no"), .kept = !row_null(r, i, "shares")};
    for (i = 0; i < rows_count(r); i++)
        if (row_int(r, i, "lot_no") == ret->lot) {
            ret->promises++;
            ret->posts += !row_null(r, i, "shares");
        }
    return 0;
}

/* What waited for the shares goes on. */
static int lots_wake(struct act *a, const struct tender *t, struct err *err)
{
    int status = 0;

    for (size_t i = 0; i < t->lot_count && !status; i++)
        if (t->plan->sealing == LINLI_SEALED_TO_DUE && t->lots[i].phase_kind &&
            strcmp(t->lots[i].phase_kind, "tendering") == 0) {
            status = due_clear(a, "lot_phase", t->lots[i].id, err);
            if (!status)
                status = due_set(a, a->now_us, "lot_phase", t->lots[i].id, err);
        }
    return status;
}

/* Shares say whose openers they are of. */
static int shares_envelope(struct act *a, const struct shares *shares, enum envelope *ret, struct err *err)
{
    struct tender *t;
    struct held price;
    int status = tender_load(a, a->subject, &t, err);

    if (!status)
        status = held_load(a, t, ENVELOPE_PRICE, &price, err);
    if (!status && price.there && hash_same(&price.openers.digest, &shares->openers))
        *ret = ENVELOPE_PRICE;
    return status;
}

int act_shares_post(struct act *a, struct err *err)
{
    const struct shares_body *b = a->body;
    struct shares shares = {0};
    struct promised promised;
    struct tender *t;
    struct held held;
    enum envelope envelope = ENVELOPE_BID;
    bool read = shares_parse(a->arena, b->shares, strlen(b->shares), &shares, err) == 0;
    int status = read ? shares_envelope(a, &shares, &envelope, err) : 0;

    if (!status)
        status = posting(a, envelope, 0, &t, &held, err);
    if (status)
        return status;
    if (!read || !hash_same(&shares.openers, &held.openers.digest) || shares.i > held.openers.n)
        return body_wrong(err, "/shares", "these are no shares of this tender", "不是本项目的份额");
    if ((status = promise_find(a, &held, &shares, &promised, err)))
        return status;
    if (promised.kept)
        return err_both(err, E_CONFLICT, "value/taken", "this opener has shown them already",
                        "该开启人已经出示份额");
    if (promised.promises < held.openers.k)
        return withheld(err, promised.promises, held.openers.k);
    status =
        tx_run(a->tx, Q_opener_shares, NULL, err, P_INT(t->office), P_TEXT(t->id), P_INT((int64_t)envelope),
               P_INT(shares.i), P_TEXT(b->shares), P_TIME(a->now_us), P_INT(promised.lot));
    return status || promised.posts + 1 < held.openers.k ? status : lots_wake(a, t, err);
}

int act_opener_key(struct act *a, struct err *err)
{
    const struct key_body *b = a->body;
    uint8_t secret[KEY_BYTES];
    struct tender *t;
    struct rows *changed;
    struct held held;
    int status = posting(a, envelope_of(b->envelope), 0, &t, &held, err);

    if (status)
        return status;
    if (b->opener > held.openers.n || !hex_parse(b->key, secret, KEY_BYTES) ||
        !openers_own(&held.openers, (unsigned)b->opener - 1, secret))
        return body_wrong(err, "/key", "this is not the key of that opener", "不是该开启人的密钥");
    status = tx_run(a->tx, Q_opener_key, &changed, err, P_INT(t->office), P_TEXT(t->id),
                    P_INT((int64_t)held.envelope), P_INT(b->opener), P_BYTES(secret, KEY_BYTES));
    if (!status && rows_count(changed) == 0)
        return err_both(err, E_CONFLICT, "value/taken", "it promised nothing, or its key is known already",
                        "该开启人没有作出承诺，或者其密钥已经出示");
    return status ? status : lots_wake(a, t, err);
}
