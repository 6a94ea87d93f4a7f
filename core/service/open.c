/* The opening (开标): sealed files become bids with prices, or void with the reason. */
#include "core/service/open.h"

#include <string.h>
#include <unistd.h>

#include "acts.h"
#include "core/base/digest.h"
#include "core/service/bid_file.h"
#include "core/service/blob.h"
#include "core/service/call.h"
#include "core/service/opening.h"
#include "core/service/panel.h"
#include "core/service/words.h"
#include "core/trust/sealed.h"

struct handed_in {
    const char *id, *organisation;
    const uint8_t *sha256;
    int64_t bytes;
    bool container;      /* sealed to openers */
    bool filed;          /* its host bids in its place where the law wants a legal person */
    struct arena *arena; /* of what is read of it; ends with it */
};

struct opened_lot {
    struct tender *tender;
    const struct lot *lot;
    const struct opening *opening;
};

static const char *path_of(const struct act *a, const uint8_t *sha256)
{
    char hex[SHA256_TEXT];

    hex_print(sha256, SHA256_BYTES, hex);
    return blob_path(a->service, a->arena, hex);
}

static bool size_fits(const struct handed_in *s)
{
    return s->bytes > 0 && s->bytes <= (s->container ? SEALED_BYTES_MAX : BID_FILE_MAX);
}

/* The file as it was handed in.  It was here whole when the bid was taken: where it cannot be read now, this
 * server is at fault and never the bidder, so nothing is opened. */
static int file_map(const struct act *a, const struct handed_in *s, struct blob_map *ret, struct err *err)
{
    if (blob_map(a->service, s->sha256, s->bytes, ret))
        return 0;
    return err_set(err, E_BROKEN, "server/broken", "the file of bid %s cannot be read: %s", s->id,
                   path_of(a, s->sha256));
}

static struct container container_of(const struct handed_in *s, const struct blob_map *file)
{
    return (struct container){s->id, file->bytes, file->count, s->arena};
}

/* All that the bid lists is there, and the bidder's: to name another's file is not to have it. */
static int files_there(struct act *a, const struct handed_in *s, const struct bid_content *c, bool *ret,
                       struct err *err)
{
    const struct bid_attached *file = c->files.items;
    uint8_t digest[SHA256_BYTES];
    struct rows *r = NULL;
    int status = 0;

    *ret = true;
    for (size_t i = 0; status == 0 && *ret && i < c->files.count; i++) {
        *ret = hex_parse(file[i].sha256, digest, SHA256_BYTES);
        if (*ret)
            status = tx_run(a->tx, Q_bid_file_brought, &r, err, P_INT(a->office), P_TEXT(s->id),
                            P_BYTES(digest, SHA256_BYTES));
        if (*ret && status == 0)
            *ret = row_bool(r, 0, "brought");
        if (*ret && status == 0 && access(path_of(a, digest), R_OK) != 0)
            status = err_set(err, E_BROKEN, "server/broken", "a file of bid %s cannot be read: %s", s->id,
                             path_of(a, digest));
    }
    return status;
}

/* What is at fault with what was written; that it cannot be read at all anybody can tell (V15 of
 * docs/verify.md). */
static const char *content_fault(struct act *a, const char *unreadable, const char *otherwise, int status,
                                 const struct err *why)
{
    return arena_printf(a->arena, "%s%s", status == E_MALFORMED ? unreadable : otherwise,
                        bid_fault(a->arena, why));
}

/* Why the bid is void; NULL: it stands. */
static const char *void_reason(struct act *a, const struct tender *t, const struct lot *l,
                               const struct handed_in *s, const char *text, size_t bytes,
                               struct bid_content *ret)
{
    const linli_rule *legal_person = tender_rule(a, t, "legal_person");
    struct err why = {0};

    if (!text)
        return "投标文件缺失或者与其摘要不符";
    int status = bid_read(s->arena, t->plan, text, bytes, ret, &why);
    if (status)
        return content_fault(a, "投标文件不能作为 JSON 读取：", "", status, &why);
    if (!ret->organisation != !s->organisation ||
        (s->organisation && strcmp(ret->organisation, s->organisation) != 0))
        return "投标文件中的投标人与提交人不一致";
    if (s->filed && legal_person && legal_person->value)
        return arena_printf(a->arena, "备案未登记的组织不能独立承担民事责任，应由其承接单位投标（%s）",
                            legal_person->source);
    if (ret->lot != l->no)
        return "投标文件所投采购包与提交的不一致";
    return NULL;
}

static int parties_store(struct act *a, const char *bid, const struct bid_content *c, struct err *err)
{
    const struct bid_party *party = c->parties.items;
    int status = 0;

    for (size_t i = 0; status == 0 && i < c->parties.count; i++)
        status =
            tx_run(a->tx, Q_bid_party_add, NULL, err, P_INT(a->office), P_TEXT(bid), P_INT((int64_t)i + 1),
                   P_TEXT(party[i].uscc), P_TEXT(party[i].name), P_TEXT(bid_part_code(party[i].part)),
                   P_INT(party[i].share.ppm), P_TEXT(party[i].work));
    return status;
}

int offers_store(struct act *a, const linli_plan *plan, const char *bid, const struct bid_value *values,
                 struct err *err)
{
    int status = 0;

    for (size_t i = 0; status == 0 && i < plan->field_count; i++)
        if (values[i].given)
            status = tx_run(a->tx, Q_offer_add, NULL, err, P_INT(a->office), P_TEXT(bid),
                            P_TEXT(plan->fields[i].code), P_INT(1), P_TEXT(unit_code(plan->fields[i].unit)),
                            P_INT(values[i].value), P_TIME(a->now_us));
    return status;
}

/* From now on the files of a bid are attachments of it, and kept. */
static int files_store(struct act *a, const struct handed_in *s, const struct bid_content *c, struct err *err)
{
    const struct bid_attached *file = c->files.items;
    uint8_t digest[SHA256_BYTES];
    char id[UUID_TEXT];
    int status = 0;

    for (size_t i = 0; status == 0 && i < c->files.count; i++) {
        MUST(hex_parse(file[i].sha256, digest, SHA256_BYTES));
        id_new(a->office, id);
        status = tx_run(a->tx, Q_bid_file_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(s->id),
                        P_TEXT(file[i].name), P_BYTES(digest, SHA256_BYTES), P_TIME(a->now_us),
                        P_TEXT(file[i].kind && file[i].kind[0] ? file[i].kind : "bid_file"));
    }
    return status;
}

int open_bid_store(struct act *a, const struct tender *t, const struct open_bid *b, struct err *err)
{
    const size_t bytes = strlen(b->content);
    const struct bid_value *values;
    int64_t price_fen;
    uint8_t digest[SHA256_BYTES];
    int status = bid_fields_read(a->arena, t->plan, b->fields, &values, &price_fen, err);

    if (status)
        return status;
    sha256_of(b->content, bytes, digest);
    status = tx_run(a->tx, Q_proposal_add, NULL, err, P_INT(t->office), P_TEXT(a->subject), P_TEXT(t->id),
                    P_INT(b->lot), P_TEXT(b->organisation), P_TEXT(a->actor->person),
                    P_BYTES(digest, SHA256_BYTES), P_INT((int64_t)bytes), P_TIME(a->now_us),
                    price_fen ? P_INT(price_fen) : P_NULL, P_TEXT(b->content));
    return status ? status : offers_store(a, t->plan, a->subject, values, err);
}

/* What a bid says, or why it is void. */
static int content_read(struct act *a, const struct handed_in *s, const struct opening *opening,
                        const char **ret_text, size_t *ret_bytes, const char **ret_reason, struct err *err)
{
    CLEANUP(blob_unmap) struct blob_map file = {0};

    *ret_reason = *ret_text = NULL;
    *ret_bytes = 0;
    if (!size_fits(s))
        return 0;
    int status = file_map(a, s, &file, err);
    if (status)
        return status;
    if (!s->container) {
        *ret_bytes = file.count;
        *ret_text = arena_ndup(s->arena, (const char *)file.bytes, file.count);
        return 0;
    }
    if (!opening)
        return err_set(err, E_BROKEN, "server/broken", "nobody opens bid %s", s->id);
    const struct container container = container_of(s, &file);
    return opening_read(a, opening, &container, ret_text, ret_bytes, ret_reason, err);
}

/* Who stands in the agreements already, or was struck off, adds nothing to them (财政部令第110号 §16, §19).
 */
static int adds(struct act *a, const struct tender *t, const struct handed_in *s, const char **ret_reason,
                struct err *err)
{
    const char *why = NULL;
    int status = t->supplements && s->organisation
                     ? agreement_barred(a, t->supplements, s->organisation, &why, err)
                     : 0;

    if (!status && why)
        *ret_reason = strcmp(why, "struck") == 0
                          ? "已被取消入围资格或者解除框架协议，不得参加补充征集（财政部令第110号 §16）"
                          : "已是该框架协议的入围供应商";
    return status;
}

/* What the log says of a bid or its price that was opened; reason NULL: it stands. */
static void opened_tell(struct act *a, const struct handed_in *s, int lot, const char *reason,
                        int64_t price_fen)
{
    json_open(&a->payload, '{');
    json_key(&a->payload, "bid");
    json_string(&a->payload, s->id);
    json_key(&a->payload, "lot");
    json_int(&a->payload, lot);
    json_key(&a->payload, "price");
    reason ? json_null(&a->payload) : json_fen(&a->payload, price_fen);
    json_key(&a->payload, "void");
    json_string(&a->payload, reason);
    json_close(&a->payload, '}');
}

static int bid_open(struct act *a, const struct opened_lot *o, const struct handed_in *s, struct err *err)
{
    struct tender *t = o->tender;
    const struct lot *l = o->lot;
    struct bid_content content = {0};
    const char *text, *reason;
    size_t bytes;
    bool there = true;
    int status = content_read(a, s, o->opening, &text, &bytes, &reason, err);

    if (!status && !reason)
        reason = void_reason(a, t, l, s, text, bytes, &content);
    if (!status && !reason)
        status = adds(a, t, s, &reason, err);
    if (!status && !reason)
        status = files_there(a, s, &content, &there, err);
    if (status)
        return status;
    if (!there)
        reason = "投标文件所列附件没有全部上传";
    opened_tell(a, s, o->lot->no, reason, content.price_fen);
    status = tx_run(a->tx, Q_bid_open, NULL, err, P_INT(t->office), P_TEXT(s->id),
                    P_TEXT(reason ? "void" : "open"), P_TEXT(reason),
                    reason || !content.price_fen ? P_NULL : P_INT(content.price_fen),
                    P_TEXT(reason ? NULL : text));
    if (status || reason)
        return status;
    status = parties_store(a, s->id, &content, err);
    if (!status)
        status = files_store(a, s, &content, err);
    return status ? status : offers_store(a, t->plan, s->id, content.values, err);
}

/* However many bids there are, no more than one is in memory. */
static int with_arena(struct act *a, const struct opened_lot *o, const struct handed_in *s,
                      int (*open_one)(struct act *, const struct opened_lot *, const struct handed_in *,
                                      struct err *),
                      struct err *err)
{
    struct handed_in here = *s;

    here.arena = arena_new(0);
    int status = open_one(a, o, &here, err);
    arena_free(here.arena);
    return status;
}

static int stamp(struct act *a, struct tender *t, struct lot *l, struct err *err)
{
    int status = tx_run(a->tx, Q_bid_keys, NULL, err, P_INT(t->office), P_TEXT(t->id), P_INT(l->no));

    if (status == 0 && t->regime == LINLI_STATUTORY)
        status = tx_run(a->tx, Q_bid_related, NULL, err, P_INT(t->office), P_TEXT(t->id), P_INT(l->no));
    if (status == 0 && t->regime == LINLI_STATUTORY)
        status = tx_run(a->tx, Q_bid_twice, NULL, err, P_INT(t->office), P_TEXT(t->id), P_INT(l->no));
    if (status == 0 && t->opened_us == 0)
        status =
            tx_run(a->tx, Q_tender_opened, NULL, err, P_INT(t->office), P_TEXT(t->id), P_TIME(a->now_us),
                   t->plan->sealing == LINLI_OPEN_BIDS ? P_NULL : P_TIME(a->now_us + a->service->answer_us));
    t->opened_us = t->opened_us ? t->opened_us : a->now_us;
    return status ? status : milestone_add(a, t, l, "opened", NULL, err);
}

int lot_open(struct act *a, struct tender *t, struct lot *l, struct err *err)
{
    struct opening *opening;
    struct rows *r;
    int status = lot_close(a, t, l, err);

    if (!status)
        status = opening_begin(a, t, l, &opening, err);
    if (!status)
        status = tx_run(a->tx, Q_bids_to_open, &r, err, P_INT(t->office), P_TEXT(t->id), P_INT(l->no));
    if (status)
        return status;
    const struct opened_lot opened = {t, l, opening};
    json_key(&a->payload, arena_printf(a->arena, "lot_%d", l->no));
    json_open(&a->payload, '[');
    for (size_t i = 0; status == 0 && i < rows_count(r); i++) {
        const uint8_t *digest;
        if ((status = row_fixed(r, i, "sha256", SHA256_BYTES, &digest, err)))
            break;
        const struct handed_in s = {.id = row_text(r, i, "id"),
                                    .organisation = row_text(r, i, "organisation_id"),
                                    .sha256 = digest,
                                    .bytes = row_int(r, i, "bytes"),
                                    .container = row_bool(r, i, "container"),
                                    .filed = row_bool(r, i, "filed")};
        status = with_arena(a, &opened, &s, bid_open, err);
    }
    json_close(&a->payload, ']');
    return status ? status : stamp(a, t, l, err);
}

/* ---- the prices, of two envelopes ------------------------------------------------------- */

/* What a price envelope says, or why it is void. */
static int price_content(struct act *a, const struct opened_lot *o, const struct handed_in *s,
                         struct bid_content *ret, const char **ret_reason, struct err *err)
{
    CLEANUP(blob_unmap) struct blob_map file = {0};
    const char *text = NULL;
    struct err why = {0};
    size_t bytes;

    int status = file_map(a, s, &file, err);
    if (status)
        return status;
    const struct container container = container_of(s, &file);
    status = opening_read(a, o->opening, &container, &text, &bytes, ret_reason, err);
    if (status || *ret_reason)
        return status;
    status = price_read(s->arena, o->tender->plan, text, bytes, ret, &why);
    if (status)
        *ret_reason = content_fault(a, "报价信封不能作为 JSON 读取：", "报价信封：", status, &why);
    else if (!ret->organisation != !s->organisation ||
             (s->organisation && strcmp(ret->organisation, s->organisation) != 0) || ret->lot != o->lot->no)
        *ret_reason = "报价信封中的投标人或者采购包与投标不一致";
    return 0;
}

static int price_open(struct act *a, const struct opened_lot *o, const struct handed_in *s, struct err *err)
{
    struct bid_content content = {0};
    const char *reason = NULL;
    bool there = true;
    int status = price_content(a, o, s, &content, &reason, err);

    if (!status && !reason)
        status = files_there(a, s, &content, &there, err);
    if (status)
        return status;
    if (!there)
        reason = "报价信封所列附件没有全部上传";
    opened_tell(a, s, o->lot->no, reason, content.price_fen);
    status = tx_run(a->tx, Q_bid_priced, NULL, err, P_INT(a->office), P_TEXT(s->id),
                    P_TEXT(reason ? "void" : "open"), P_TEXT(reason),
                    reason || !content.price_fen ? P_NULL : P_INT(content.price_fen));
    if (status || reason)
        return status;
    status = files_store(a, s, &content, err);
    return status ? status : offers_store(a, o->tender->plan, s->id, content.values, err);
}

/* The prices of a lot that can be opened now. */
struct due_prices {
    struct lot *lot;
    struct opening *opening;
    struct rows *bids;
};

static int priced_bid(const struct rows *r, size_t i, struct handed_in *ret, struct err *err)
{
    const uint8_t *digest = NULL;
    int status = row_fixed(r, i, "price_sha256", SHA256_BYTES, &digest, err);

    *ret = (struct handed_in){.id = row_text(r, i, "id"),
                              .organisation = row_text(r, i, "organisation_id"),
                              .sha256 = digest,
                              .bytes = row_int(r, i, "bytes"),
                              .container = true};
    return status;
}

static int price_ready(struct act *a, const struct opened_lot *o, const struct handed_in *s, struct err *err)
{
    CLEANUP(blob_unmap) struct blob_map file = {0};

    int status = file_map(a, s, &file, err);
    if (status)
        return status;
    const struct container container = container_of(s, &file);
    return opening_ready(a, o->opening, &container, err);
}

/* Everything that opening them needs is there.  Nothing of the lot was changed. */
static int prices_ready(struct act *a, struct tender *t, struct due_prices *due, struct err *err)
{
    struct handed_in s;
    bool final = false;
    int status = lot_may(a, t, due->lot, LINLI_OPEN, NULL, err);

    if (!status)
        status = sheets_closed(a, t, due->lot, &final, err);
    if (!status && !final)
        status = prices_not_due(err);
    if (!status)
        status = prices_begin(a, t, due->lot, &due->opening, &due->bids, err);
    for (size_t i = 0; status == 0 && i < rows_count(due->bids); i++) {
        const struct opened_lot o = {t, due->lot, due->opening};
        status = priced_bid(due->bids, i, &s, err);
        if (!status)
            status = with_arena(a, &o, &s, price_ready, err);
    }
    return status;
}

/* Those that were closed to be opened, and then the evaluation goes on with them. */
static int lot_prices_open(struct act *a, struct tender *t, const struct due_prices *due, struct err *err)
{
    const struct opened_lot o = {t, due->lot, due->opening};
    struct handed_in s;
    int status = 0;

    json_key(&a->payload, arena_printf(a->arena, "prices_%d", due->lot->no));
    json_open(&a->payload, '[');
    for (size_t i = 0; status == 0 && i < rows_count(due->bids); i++)
        if ((status = priced_bid(due->bids, i, &s, err)) == 0)
            status = with_arena(a, &o, &s, price_open, err);
    json_close(&a->payload, ']');
    if (!status)
        status = tx_run(a->tx, Q_closing_opened, NULL, err, P_INT(a->office), P_TEXT(due->lot->id),
                        P_TIME(a->now_us));
    if (status)
        return status;
    json_key(&a->payload, arena_printf(a->arena, "evaluation_%d", due->lot->no));
    json_open(&a->payload, '{');
    status = evaluation_run(a, t, due->lot, true, err);
    json_close(&a->payload, '}');
    return status;
}

static bool waits_for_prices(const struct lot *l)
{
    return l->waiting && strcmp(l->waiting, "prices") == 0;
}

/* ---- the act ---------------------------------------------------------------------------- */

static bool waits_for_opening(const struct lot *l)
{
    return l->phase_kind && strcmp(l->phase_kind, "opening") == 0 && strcmp(l->state, "bidding") == 0;
}

/* What says no to one lot, and leaves the transaction whole. */
static bool of_this_lot(const struct err *why)
{
    return why->code == E_REFUSED || why->code == E_FORBIDDEN ||
           (why->code == E_BUSY &&
            (strcmp(why->type, "seal/not-logged") == 0 || strcmp(why->type, "signer/away") == 0));
}

/* No lot waits for the prices of another.  The others stay as they are; where none is opened, `why` tells of
 * the first. */
static int prices_open(struct act *a, struct tender *t, size_t *ret_opened, struct err *why, struct err *err)
{
    for (size_t i = 0; i < t->lot_count; i++) {
        struct due_prices due = {.lot = &t->lots[i]};
        struct err not_yet = {0};
        if (!waits_for_prices(due.lot))
            continue;
        int status = prices_ready(a, t, &due, &not_yet);
        if (status && !of_this_lot(&not_yet)) {
            *err = not_yet;
            return status;
        }
        if (status && !why->code)
            *why = not_yet;
        if (!status && (status = lot_prices_open(a, t, &due, err)))
            return status;
        *ret_opened += !status;
    }
    return 0;
}

static int bids_open(struct act *a, struct tender *t, size_t *ret_opened, struct err *err)
{
    for (size_t i = 0; i < t->lot_count; i++) {
        struct lot *l = &t->lots[i];
        if (!waits_for_opening(l))
            continue;
        int status = lot_may(a, t, l, LINLI_OPEN, NULL, err);
        if (!status)
            status = lot_open(a, t, l, err);
        if (!status)
            status = lot_advance(a, t, l, err);
        if (status)
            return status;
        ++*ret_opened;
    }
    return 0;
}

int act_tender_open(struct act *a, struct err *err)
{
    struct err why = {0};
    struct tender *t;
    int status = tender_load(a, a->subject, &t, err);
    size_t opened = 0;

    if (!status)
        status = bids_open(a, t, &opened, err);
    if (!status)
        status = prices_open(a, t, &opened, &why, err);
    if (status || opened)
        return status;
    if (why.code) {
        *err = why;
        return why.code;
    }
    if (a->now_us < t->deadline_us) {
        err_set(err, E_REFUSED, "bid/sealed", "the deadline has not passed");
        err_zh(err, "截止时间未到，不得开标");
        return E_REFUSED;
    }
    if (t->opened_us)
        return err_set(err, E_REFUSED, "state/refused", "the bids are opened already");
    status = lot_may(a, t, NULL, LINLI_OPEN, NULL, err);
    return status ? status : err_set(err, E_REFUSED, "state/refused", "nothing is left to open");
}
