/* What openers post: the promise of their shares, the shares once enough have promised, and the key that
 * settles whose fault a share is.  Whoever carries it to the server is nobody in particular. */
#include <string.h>

#include "acts.h"
#include "core/base/digest.h"
#include "core/service/forms.h"
#include "core/service/openers.h"
#include "core/service/opening.h"
#include "core/trust/note.h"
#include "core/trust/shares.h"

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

/* What opens the bids is settled once they are open: nothing is added to it.  Of several lots one may still
 * wait. */
static int still_closed(struct act *a, const struct tender *t, enum envelope envelope, int64_t lot,
                        struct err *err)
{
    enum prices prices = PRICES_SEALED;
    bool waits = false;
    int status = 0;

    for (size_t i = 0; i < t->lot_count && !status && !waits; i++) {
        if (lot != 0 && envelope == ENVELOPE_PRICE && t->lots[i].no != lot)
            continue;
        if (envelope == ENVELOPE_PRICE)
            status = prices_state(a, &t->lots[i], &prices, err);
        waits =
            envelope == ENVELOPE_PRICE ? prices != PRICES_OPENED : strcmp(t->lots[i].state, "bidding") == 0;
    }
    if (status || waits)
        return status;
    return err_both(err, E_REFUSED, "state/refused",
                    "they are opened already: nothing is promised or shown any more",
                    "已经开启，不再接收承诺和份额");
}

/* Openers post after the deadline, until the bids are opened; those of prices once these are closed. */
static int posting(struct act *a, enum envelope envelope, int64_t lot, struct tender **ret,
                   struct held *ret_held, struct err *err)
{
    int status = tender_load(a, a->subject, ret, err);

    if (!status)
        status = openers_load(a, *ret, envelope, ret_held, err);
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

/* The promise is that opener's: signed with the key that signed who opens.  Whoever posts it is nobody in
 * particular. */
static int promise_signed(struct act *a, const struct tender *t, const struct held *held,
                          const struct promise_body *b, const uint8_t promise[SHA256_BYTES], struct err *err)
{
    CLEANUP(buf_free) struct buf text = {0};
    struct hash hash;
    struct note note;
    struct note_key key;
    char *save = NULL, *line = strtok_r(arena_dup(a->arena, held->signers), "\n", &save);

    for (int64_t i = 1; line && i < b->opener; i++)
        line = strtok_r(NULL, "\n", &save);
    memcpy(hash.bytes, promise, SHA256_BYTES);
    promise_print(&held->openers, (unsigned)b->opener, &hash, t->deadline_us, &text);
    buf_printf(&text, "\n%s\n", b->signature);
    if (line && !note_key_parse(line, &key, NULL) &&
        !note_parse(a->arena, text.data, text.size, &note, NULL) && !note_check(&note, &key, NULL, NULL))
        return 0;
    return err_member(
        err, "/signature", "format",
        "this opener's signature of the promise, made with the key that signed the openers, "
        "for the deadline that holds",
        "应为该开启人用签署名单的密钥对承诺文本的签名；截止时间延长后，承诺文本应写明新的截止时间");
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
        return err_member(err, "/promise", "format", "64 lower-case hexadecimal digits",
                          "应为64位小写十六进制");
    if (b->opener > held.openers.n)
        return err_member(err, "/opener", "format", "there are not that many openers", "没有这位开启人");
    if ((status = still_closed(a, t, held.envelope, lot, err)) ||
        (status = closing_logged(a, t, held.envelope, lot, err)) ||
        (status = promise_signed(a, t, &held, b, promise, err)))
        return status;
    status = tx_run(a->tx, Q_opener_promise, NULL, err, P_INT(t->office), P_TEXT(t->id),
                    P_INT((int64_t)held.envelope), P_INT(b->opener), P_BYTES(promise, SHA256_BYTES),
                    P_TIME(a->now_us), P_TEXT(a->actor->person), P_INT(openers_lot(held.envelope, (int)lot)));
    if (status == E_CONFLICT)
        err_both(err, E_CONFLICT, "value/taken", "this opener has promised already", "该开启人已经作出承诺");
    return status;
}

/* What a promise of these shares was given for. */
struct promised {
    int64_t lot;
    size_t promises,
        posts; /* for that, by anybody; promises before now, so that the log has them in this order */
    bool kept; /* this opener has shown its shares */
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
        return err_member(err, "/shares", "format", "they are not what this opener promised",
                          "与该开启人的承诺不符");
    const size_t own = i;
    *ret = (struct promised){.lot = row_int(r, own, "lot_no"), .kept = !row_null(r, own, "shares")};
    for (i = 0; i < rows_count(r); i++)
        if (row_int(r, i, "lot_no") == ret->lot) {
            ret->promises += row_time(r, i, "promised") < a->now_us;
            ret->posts += !row_null(r, i, "shares");
        }
    if (row_time(r, own, "promised") >= a->now_us)
        ret->promises = 0;
    return 0;
}

int opening_wake(struct act *a, const struct tender *t, struct err *err)
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
        status = openers_load(a, t, ENVELOPE_PRICE, &price, err);
    if (!status && price.there && hash_same(&price.openers.digest, &shares->openers))
        *ret = ENVELOPE_PRICE;
    return status;
}

/* No event holds a share; it says whose they are, and of what. */
static void shown_tell(struct act *a, const struct held *held, const struct shares *shares, int64_t lot)
{
    json_key(&a->payload, "envelope");
    json_string(&a->payload, envelope_codes[held->envelope == ENVELOPE_PRICE]);
    json_key(&a->payload, "lot");
    json_int(&a->payload, lot);
    json_key(&a->payload, "opener");
    json_int(&a->payload, shares->i);
}

int act_shares_post(struct act *a, struct err *err)
{
    const struct shares_body *b = a->body;
    struct shares shares = {0};
    struct promised promised = {0};
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
        return err_member(err, "/shares", "format", "these are no shares of this tender", "不是本项目的份额");
    if ((status = promise_find(a, &held, &shares, &promised, err)))
        return status;
    if (promised.kept)
        return err_both(err, E_CONFLICT, "value/taken", "this opener has shown them already",
                        "该开启人已经出示份额");
    if ((status = still_closed(a, t, held.envelope, promised.lot, err)))
        return status;
    if (promised.promises < held.openers.k)
        return openers_withheld(err, promised.promises, held.openers.k);
    shown_tell(a, &held, &shares, promised.lot);
    status =
        tx_run(a->tx, Q_opener_shares, NULL, err, P_INT(t->office), P_TEXT(t->id), P_INT((int64_t)envelope),
               P_INT(shares.i), P_TEXT(b->shares), P_TIME(a->now_us), P_INT(promised.lot));
    return status || promised.posts + 1 < held.openers.k ? status : opening_wake(a, t, err);
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
        return err_member(err, "/key", "format", "this is not the key of that opener", "不是该开启人的密钥");
    status = tx_run(a->tx, Q_opener_key, &changed, err, P_INT(t->office), P_TEXT(t->id),
                    P_INT((int64_t)held.envelope), P_INT(b->opener), P_BYTES(secret, KEY_BYTES));
    if (!status && rows_count(changed) == 0)
        return err_both(err, E_CONFLICT, "value/taken", "it promised nothing, or its key is known already",
                        "该开启人没有作出承诺，或者其密钥已经出示");
    return status ? status : opening_wake(a, t, err);
}
