/* See core/service/openers.h. */
#include "core/service/openers.h"

#include <string.h>

#include "acts.h"
#include "core/base/digest.h"
#include "core/base/time.h"
#include "core/service/draft.h"
#include "core/service/forms.h"
#include "core/trust/k0.h"
#include "core/trust/note.h"
#include "core/trust/shares.h"

int openers_load(struct act *a, const struct tender *t, enum envelope envelope, struct held *ret,
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
    int64_t co_key_minutes; /* 0: bidders keep no keys */
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
                  P_TEXT(a->actor ? a->actor->person : NULL), P_BOOL(must_seal), p_some(n->co_key_minutes));
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
    return openers_store(a, t,
                         &(struct naming){.envelope = envelope,
                                          .openers = &openers,
                                          .note = arena_ndup(a->arena, note.data, note.size)},
                         err);
}

bool envelopes_two(const struct tender *t)
{
    return t->plan && t->plan->sealing == LINLI_TWO_ENVELOPES;
}

/* Nobody opens before the deadline, with the openers' own programs either: their text says so. */
static int not_before_fits(const struct tender *t, const struct held *held, struct err *err)
{
    char text[TIME_TEXT];

    if (!held->there || held->openers.not_before_us == t->deadline_us)
        return 0;
    time_print(t->deadline_us, text);
    err_set(err, E_REFUSED, "rule/refused", "not-before in the openers' text is the deadline, %s", text);
    err_zh(err, "开启人名单所定最早开启时间应为截止时间 %s", text);
    return E_REFUSED;
}

/* Of two envelopes each has openers, both named or both the signer, and no key is among both: those of the
 * price may be shown to everybody in the end. */
static int price_openers_settle(struct act *a, const struct tender *t, struct err *err)
{
    struct held bid = {0}, price = {0};
    int status = openers_load(a, t, ENVELOPE_BID, &bid, err);

    if (!status)
        status = openers_load(a, t, ENVELOPE_PRICE, &price, err);
    if (status)
        return status;
    if ((status = not_before_fits(t, &price, err)))
        return status;
    if (price.there && !envelopes_two(t))
        return err_both(err, E_REFUSED, "rule/refused", "there is no price envelope in this procedure",
                        "本项目不是双信封，没有报价信封");
    if (!envelopes_two(t))
        return 0;
    if (t->co_key_minutes)
        return err_both(err, E_REFUSED, "rule/refused", "bidders keep no key where there are two envelopes",
                        "双信封项目不采用投标人自留密钥");
    if (bid.there && !price.there && bid.by_signer)
        status = signer_named(a, t, ENVELOPE_PRICE, err);
    if (!status)
        status = openers_load(a, t, ENVELOPE_PRICE, &price, err);
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
    int status = openers_load(a, t, ENVELOPE_BID, &held, err);

    if (status)
        return status;
    if ((status = not_before_fits(t, &held, err)))
        return status;
    if (!held.there && !t->under && t->plan->sealing != LINLI_OPEN_BIDS)
        status = signer_named(a, t, ENVELOPE_BID, err);
    return status ? status : price_openers_settle(a, t, err);
}

const char *const envelope_codes[3] = {"bid", "price", NULL};
const linli_text envelope_labels[3] = {
    {"投标或其技术部分", "the bid, or its technical part"}, {"报价部分", "its price"}, {NULL, NULL}};

enum envelope envelope_of(int32_t choice)
{
    return choice ? ENVELOPE_PRICE : ENVELOPE_BID;
}

struct openers_body {
    const char *note, *signers;
    int64_t co_key_minutes;
    int32_t envelope;
};
/* clang-format off */
static const linli_option openers_rows[] = {
    ROW_TEXT(openers_body, note, true, 16384, "各开启人签名的名单（linli openers、linli sign）", "the text that names them, signed by each"),
    ROW_TEXT(openers_body, signers, true, 8192, "各开启人的签名公钥，每行一个，依名单顺序", "their public keys, one a line, in their order"),
    ROW_ENVELOPE(openers_body),
    ROW_COUNT(openers_body, co_key_minutes, false, 10, 10080, "投标人自留密钥的，截止后应在多少分钟内出示；不填为不自留",
              "where bidders keep a key of their own: in how many minutes after the deadline they show it; left out: they keep none"),
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

    if (status || (status = openers_load(a, t, envelope_of(b->envelope), &held, err)))
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
    if (b->co_key_minutes && envelope_of(b->envelope) == ENVELOPE_PRICE) {
        err_both(err, E_INVALID, "body/invalid", "bidders keep no key where there are two envelopes",
                 "双信封项目不采用投标人自留密钥");
        err_at(err, "/co_key_minutes", "range", "none", "不填");
        return E_INVALID;
    }
    status = signatures_check(a, b, &openers, signers, err);
    const struct naming named = {envelope_of(b->envelope), &openers, b->note, signers, openers.n,
                                 b->co_key_minutes};
    return status ? status : openers_store(a, t, &named, err);
}

int openers_lot(enum envelope envelope, int lot)
{
    return envelope == ENVELOPE_PRICE ? lot : 0;
}

int openers_withheld(struct err *err, size_t shown, unsigned k)
{
    err_set(err, E_REFUSED, "seal/withheld", "%zu openers have shown their shares, %u are needed", shown, k);
    err_zh(err, "已有 %zu 位开启人出示份额，需要 %u 位", shown, k);
    return E_REFUSED;
}
