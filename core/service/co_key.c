/* Mode K2: each bidder keeps a key of its own, and shows it between the deadline and the opening.  A bid
 * whose bidder does not is taken as revoked by it (电子招标投标办法 §31); the others are opened without it.
 */
#include <string.h>

#include "acts.h"
#include "core/base/time.h"
#include "core/service/forms.h"
#include "core/service/open.h"
#include "core/service/opening.h"
#include "core/trust/key.h"
#include "core/trust/sealed.h"
#include "core/trust/tagged.h"

int64_t co_keys_until(const struct tender *t)
{
    return t->co_key_minutes ? t->deadline_us + t->co_key_minutes * 60 * TIME_SECOND : 0;
}

int co_keys_load(struct act *a, const struct tender *t, const struct lot *l, struct rows **ret,
                 struct err *err)
{
    char until[TIME_TEXT];
    size_t shown = 0;
    int status = tx_run(a->tx, Q_co_keys_of, ret, err, P_INT(t->office), P_TEXT(t->id), P_INT(l->no));

    if (status)
        return status;
    for (size_t i = 0; i < rows_count(*ret); i++)
        shown += !row_null(*ret, i, "co_key");
    if (shown == rows_count(*ret) || a->now_us >= co_keys_until(t))
        return 0;
    time_print(co_keys_until(t), until);
    err_set(err, E_REFUSED, "seal/withheld",
            "bidders may still show the keys they kept until %s: %zu of %zu have", until, shown,
            rows_count(*ret));
    err_zh(err, "投标人可在 %s 之前出示自留密钥：%zu 份投标中已出示 %zu 份", until, rows_count(*ret), shown);
    return E_REFUSED;
}

struct co_key_body {
    const char *co_key;
};
static const linli_option co_key_rows[] = {
    ROW(co_key_body, co_key, STRING, true, 64, sizeof(SEALED_CO_WORD) - 1 + 64, FORM_NUMBER,
        "自留密钥：密封时保存的密钥文件中的一整行，或其中的64位十六进制数",
        "the key you kept: the line in the file that was saved when the bid was sealed, or its 64 digits"),
};
const struct form form_co_key_show = FORM(co_key_rows, struct co_key_body);

static int in_time(const struct act *a, const struct tender *t, const struct rows *bid,
                   const struct rows *kept, struct err *err)
{
    char until[TIME_TEXT];

    if (!t->co_key_minutes || strcmp(row_text(bid, 0, "state"), "sealed") != 0)
        return err_both(err, E_REFUSED, "state/refused", "this bid waits for no key of its bidder",
                        "该投标无须出示自留密钥");
    if (a->now_us < t->deadline_us)
        return err_both(err, E_REFUSED, "bid/sealed", "the deadline has not passed",
                        "截止时间未到，不得开启");
    if (!row_null(kept, 0, "shown"))
        return err_both(err, E_CONFLICT, "value/taken", "this key was shown already", "自留密钥已经出示");
    if (a->now_us < co_keys_until(t))
        return 0;
    time_print(co_keys_until(t), until);
    err_set(err, E_REFUSED, "state/refused", "the time to show the key was over at %s", until);
    err_zh(err, "出示自留密钥的时间已于 %s 截止", until);
    return E_REFUSED;
}

/* Is it the key that the container, handed in before the deadline, commits to? */
static int committed(const char *text, const struct rows *kept, uint8_t key[KEY_BYTES], struct err *err)
{
    const uint8_t *commit;
    struct hash said;
    int status = row_fixed(kept, 0, "co_commit", SHA256_BYTES, &commit, err);

    if (status)
        return status;
    if (sealed_co_read(text, key)) {
        tagged_hash("linli/co-commit/v1", (const struct span[]){{key, KEY_BYTES}}, 1, &said);
        if (memcmp(said.bytes, commit, SHA256_BYTES) == 0)
            return 0;
    }
    err_both(err, E_INVALID, "body/invalid", "this is not the key that the container commits to",
             "不是该密封投标所承诺的自留密钥");
    err_at(err, "/co_key", "format", "the key of this container", "该密封投标的自留密钥");
    return E_INVALID;
}

int act_co_key_show(struct act *a, struct err *err)
{
    const struct co_key_body *b = a->body;
    uint8_t key[KEY_BYTES];
    struct rows *bid, *kept, *left;
    struct tender *t;
    int status = bid_load(a, &bid, err);

    if (status)
        return status;
    if (!bid_own(a, bid))
        return err_set(err, E_ABSENT, "bid/absent", "there is no bid %s", a->subject);
    if ((status = tender_load(a, row_text(bid, 0, "tender_id"), &t, err)) ||
        (status = tx_run(a->tx, Q_co_key_kept, &kept, err, P_INT(a->office), P_TEXT(a->subject))) ||
        (status = in_time(a, t, bid, kept, err)) || (status = committed(b->co_key, kept, key, err)))
        return status;
    a->sealed = true;
    status = tx_run(a->tx, Q_co_key_add, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                    P_BYTES(key, KEY_BYTES), P_TIME(a->now_us));
    if (!status)
        status = tx_run(a->tx, Q_co_keys_of, &left, err, P_INT(a->office), P_TEXT(t->id),
                        P_INT(row_int(bid, 0, "lot_no")));
    for (size_t i = 0; !status && i < rows_count(left); i++)
        if (row_null(left, i, "co_key"))
            return 0;
    return status ? status : opening_wake(a, t, err);
}
