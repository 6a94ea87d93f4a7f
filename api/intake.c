/* Bid intake: bodies to rows, rows of a turn to one statement, statuses to answers. */
#include "api/intake.h"

#include <stdlib.h>
#include <string.h>

#include "api/auth.h"
#include "api/handlers.h"
#include "api/loop.h"
#include "api/receipts.h"
#include "api/server.h"
#include "core/base/digest.h"
#include "core/base/time.h"
#include "core/service/forms.h"
#include "core/store/ids.h"

enum {
    BATCH_MAX = 128,
    WAITING_MAX = 4096,
    PATIENCE_US = 30000000, /* what arrived in time gets in, however slow the database is */
    PAUSE_US = 20000,
    ENOUGH = 3, /* bids that are sent while others are under way; fewer wait a little for more */
    LITTLE_US = 1000,
    TRIES_MAX = 3, /* of what fails in itself */
    FILE_BYTES_MAX = 500 << 20,
    PARAMS = 19,
    LISTS = 15 /* of them: a member for each bid */
};

/* One bid on its way. */
struct arrival {
    struct arrival *next;
    struct request *rq;
    const char *hash, *csrf, *key, *organisation, *sha256,
        *request_hash; /* hex or text, in the request's arena */
    const char *id;
    uint64_t account;
    int32_t office;
    int64_t lot, bytes, give_up_us, not_before_us;
    bool token;
    uint64_t same[2]; /* of bidder and lot, of proof and key: equal ones never share a batch */
    int tries;
    bool sent; /* once, to a connection that was cut: it may have been written */
};

struct batch {
    struct intake *intake;
    struct lane *lane;
    struct arrival *of[BATCH_MAX];
    int count;
    struct receipt_item *receipts; /* of those that get one; NULL: nobody does */
    size_t receipt_count;
};

struct intake {
    struct loop *loop;
    struct receipts *desk; /* NULL: no receipts */
    int lanes, waiting;
    struct arrival *first, **last;
};

struct intake *intake_new(struct loop *loop, int lanes, struct receipts *desk)
{
    struct intake *intake = calloc(1, sizeof *intake);

    MUST(intake);
    *intake = (struct intake){.loop = loop, .lanes = lanes, .desk = desk, .last = &intake->first};
    return intake;
}

void intake_free(struct intake *intake)
{
    free(intake);
}

/* ---- the body ---- */

struct bid_body {
    int64_t lot, bytes;
    const char *organisation, *sha256;
};

static const linli_option bid_rows[] = {
    {.name = "lot",
     .type = LINLI_OPT_COUNT,
     .offset = offsetof(struct bid_body, lot),
     .low = 1,
     .high = 999,
     .initial = "1",
     .label = {"包号", "lot"},
     .help = {"所投的采购包", "the number of the lot"}},
    ROW_SAID(bid_body, organisation, ID, false, 0, 0, NULL, "组织", "organisation",
             "投标的组织；居民提案不填", "the lead party; none for a resident's proposal"),
    ROW_SAID(bid_body, sha256, STRING, true, 64, 64, "line", "文件摘要", "sha256", "已上传文件的SHA-256",
             "of the file that was uploaded"),
    ROW_SAID(bid_body, bytes, COUNT, true, 1, FILE_BYTES_MAX, NULL, "文件大小", "bytes", "字节数",
             "its size"),
};
const struct form form_bid_submit = FORM(bid_rows, struct bid_body);

static const char *hex_of(struct arena *arena, const uint8_t hash[SHA256_BYTES])
{
    char *text = arena_alloc(arena, SHA256_TEXT, 1);

    hex_print(hash, SHA256_BYTES, text);
    return text;
}

static uint64_t mix(uint64_t h, const char *text)
{
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return h * UINT64_C(1099511628211);
}

static int read_proof(struct request *rq, struct arrival *a, struct err *err)
{
    struct proof_sent sent;
    bool any = false;
    int status = auth_sent(rq, &sent, &any, err);

    if (status)
        return status;
    if (!any)
        return err_set(err, E_UNKNOWN, "auth/unknown", "this needs an account");
    a->token = sent.kind == PROOF_TOKEN;
    a->hash = hex_of(rq->arena, sent.hash);
    a->csrf = rq->csrf ? rq->csrf : "";
    a->key = request_key(rq);
    if (!a->key)
        return err_set(err, E_CONDITION, "idempotency/missing",
                       "Idempotency-Key of 16 to 64 characters is required");
    if (strlen(a->key) < 16 || strlen(a->key) > 64)
        return err_set(err, E_MALFORMED, "idempotency/malformed", "Idempotency-Key has 16 to 64 characters");
    return 0;
}

static int read_bid(struct request *rq, struct arrival *a, struct err *err)
{
    void *data = NULL;
    const struct bid_body *b;
    uint8_t hash[SHA256_BYTES];
    int status = request_form(rq, &form_bid_submit, &data, err);

    if (status)
        return status;
    b = data;
    if (strspn(b->sha256, "0123456789abcdef") != 64) {
        err_set(err, E_INVALID, "body/invalid", "the hash is 64 lower-case hexadecimal digits");
        err_at(err, "/sha256", "format", "64 lower-case hexadecimal digits", "应为64位小写十六进制");
        return E_INVALID;
    }
    if (!id_office(rq->path[0], &a->office))
        return err_set(err, E_ABSENT, "tender/absent", "no such tender");
    a->lot = b->lot;
    a->bytes = b->bytes;
    a->sha256 = b->sha256;
    a->organisation = b->organisation && b->organisation[0] ? b->organisation : NULL;
    struct sha256 *s = sha256_new();
    sha256_add(s, "bid_submit", sizeof "bid_submit");
    sha256_add(s, rq->path[0], strlen(rq->path[0]) + 1);
    sha256_add(s, rq->body.data, rq->body.size);
    sha256_end(s, hash);
    a->request_hash = hex_of(rq->arena, hash);
    return 0;
}

static void keep(struct intake *intake, struct arrival *a)
{
    a->next = NULL;
    *intake->last = a;
    intake->last = &a->next;
    intake->waiting++;
}

/* Nobody's bids alone fill the queue.  Whose they are nobody has checked yet: an account is its token or
 * session. */
static bool crowded(const struct intake *intake, uint64_t account, int64_t most)
{
    int64_t waiting = 0;

    for (const struct arrival *a = intake->first; a; a = a->next)
        waiting += a->account == account;
    return waiting >= most;
}

int api_bid_submit(struct request *rq, struct err *err)
{
    struct intake *intake = loop_intake(rq->loop);
    struct arrival *a = ARENA_NEW(rq->arena, struct arrival, 1);
    char *id = arena_alloc(rq->arena, UUID_TEXT, 1);
    int status = read_proof(rq, a, err);

    if (!status && atomic_load(&rq->api->service.frozen))
        status = err_both(err, E_BUSY, "log/frozen",
                          "the database is older than what was signed: nothing is written",
                          "数据库早于已签署的日志，暂停写入");
    if (!status)
        status = read_bid(rq, a, err);
    if (status)
        return status;
    if (intake->waiting >= WAITING_MAX)
        return err_set(err, E_BUSY, "server/busy", "too many bids are waiting");
    id_new(a->office, id);
    a->id = id;
    a->rq = rq;
    a->give_up_us = time_monotonic() + PATIENCE_US;
    a->account = mix(1, a->hash);
    if (crowded(intake, a->account, rq->api->config.bids_waiting)) {
        err_both(err, E_TOO_MANY, "rate/exceeded", "too many bids of this account wait to be taken in",
                 "该账户等待收件的投标过多");
        err->retry_after_s = 1;
        return E_TOO_MANY;
    }
    a->same[0] = mix(mix((uint64_t)a->lot, a->organisation ? a->organisation : a->hash), rq->path[0]);
    a->same[1] = mix(mix(1, a->hash), a->key);
    rq->private_answer = true;
    keep(intake, a);
    return API_LATER;
}

/* ---- answers ---- */

static void refuse(struct arrival *a, int code, const char *type, const char *text)
{
    struct err err = {0};

    err_set(&err, code, type, "%s", text);
    err.retry_after_s = 1;
    request_problem(a->rq, &err);
    request_resume(a->rq);
}

/* The receipt of a bid that was taken in repeats what was answered, also where that was long ago. */
static const char *member(struct request *rq, const char *answer, const char *key)
{
    const char *at = strstr(answer, arena_printf(rq->arena, "\"%s\":\"", key));

    if (!at)
        return NULL;
    at += strlen(key) + 4;
    return arena_ndup(rq->arena, at, strcspn(at, "\""));
}

/* Of the bidder's bids for that lot; the first says nothing. */
static uint64_t version_of(const char *answer)
{
    static const char key[] = "\"version\":";
    const char *at = strstr(answer, key);

    return at ? strtoull(at + sizeof(key) - 1, NULL, 10) : 1;
}

/* What a receipt is about. */
struct told {
    enum receipt_kind kind;
    const char *id, *received, *due; /* due NULL: nobody knows it */
    const char *reason;              /* of what was not taken in: the type of the problem */
};

/* The file it is about. */
struct handed_in {
    const char *tender, *sha256;
    int64_t bytes;
};

static bool receipt_fill(const struct handed_in *file, const struct told *told, struct receipt *ret)
{
    const size_t reason = told->reason ? strlen(told->reason) : 0;

    *ret = (struct receipt){.kind = told->kind, .version = 1, .sealed_bytes = (uint64_t)file->bytes};
    if (!told->id || !uuid_ok(told->id) || !uuid_ok(file->tender) || !told->received ||
        !time_parse(told->received, &ret->received_us) ||
        (told->due && !time_parse(told->due, &ret->deadline_us)) ||
        !hex_parse(file->sha256, ret->sealed, SHA256_BYTES) || reason >= sizeof(ret->reason))
        return false;
    if (told->reason)
        memcpy(ret->reason, told->reason, reason);
    memcpy(ret->tender, file->tender, UUID_TEXT);
    memcpy(ret->bid, told->id, UUID_TEXT);
    return true;
}

/* What the answer of a bid that was taken in says besides. */
static void receipt_accepted(struct request *rq, const struct receipts *desk, const char *answer,
                             struct receipt *ret)
{
    const char *bidder = member(rq, answer, "bidder_key");

    if (bidder && !hex_parse(bidder, ret->bidder, sizeof(ret->bidder)))
        memset(ret->bidder, 0, sizeof(ret->bidder));
    ret->version = version_of(answer);
    memcpy(ret->log, receipts_log(desk), strlen(receipts_log(desk)) + 1);
}

/* Answered now, or once its receipt is signed. */
static void answered(struct batch *batch, struct arrival *a, const struct told *told)
{
    struct receipt_item *item = batch->receipts ? &batch->receipts[batch->receipt_count] : NULL;
    const struct receipts *desk = a->rq->api->receipts;

    const struct handed_in file = {a->rq->path[0], a->sha256, a->bytes};

    if (!item || !receipt_fill(&file, told, &item->receipt)) {
        request_resume(a->rq);
        return;
    }
    item->rq = a->rq;
    if (told->kind == RECEIPT_ACCEPTED)
        receipt_accepted(a->rq, desk, a->rq->out.data, &item->receipt);
    else
        memcpy(item->receipt.log, receipts_log(desk), strlen(receipts_log(desk)) + 1);
    batch->receipt_count++;
}

/* It came, from who may bid, and is not in by our own fault: that is signed as well. */
static void fail(struct batch *batch, struct arrival *a, const struct err *why, const char *due)
{
    struct err err = *why;
    char received[TIME_TEXT];

    time_print(a->rq->arrived_us, received);
    err.retry_after_s = 1;
    request_problem(a->rq, &err);
    answered(batch, a, &(struct told){RECEIPT_FAULT, a->id, received, due, why->type});
}

static bool in_time(const char *received, const char *due)
{
    int64_t received_us, due_us;

    return due && time_parse(received, &received_us) && time_parse(due, &due_us) && received_us < due_us;
}

static void refuse_late(struct batch *batch, struct arrival *a, const char *received, const char *due)
{
    struct err err = {0};

    if (in_time(received, due)) {
        err_set(&err, E_REFUSED, "bid/after-deadline",
                "the last byte came in time, at %s, but this server was cut off when the deadline %s was "
                "acted on; ask the office at once",
                received, due);
        err_zh(&err,
               "投标最后一个字节于 %s 按时到达，但截止时间 %s 处理时本服务器已失去联系；请立即联系采购单位",
               received, due);
    } else if (due) {
        err_set(&err, E_REFUSED, "bid/after-deadline", "the last byte came at %s, the deadline was %s",
                received, due);
        err_zh(&err, "投标最后一个字节于 %s 到达，截止时间为 %s", received, due);
    } else {
        err_set(&err, E_REFUSED, "bid/after-deadline", "the tender takes no bids; yours came at %s",
                received);
        err_zh(&err, "项目不再接收投标；您的投标于 %s 到达", received);
    }
    request_problem(a->rq, &err);
    answered(batch, a,
             &(struct told){in_time(received, due) ? RECEIPT_FAULT : RECEIPT_REFUSED, a->id, received, due,
                            err.type});
}

static void receive(struct batch *batch, struct arrival *a, const char *answer)
{
    struct request *rq = a->rq;
    const char *id = member(rq, answer, "id");

    buf_text(&rq->out, answer);
    if (id)
        request_header(rq, "Location", arena_printf(rq->arena, "/api/v1/bids/%s", id));
    request_answer(rq, 201);
    answered(batch, a,
             &(struct told){RECEIPT_ACCEPTED, id, member(rq, answer, "received"),
                            member(rq, answer, "deadline"), NULL});
}

/* ---- later ---- */

/* What its bidder handed in, and what it was answered. */
static int own_load(struct request *rq, struct rows **ret, struct err *err)
{
    const struct scope scope = {.all = true};
    struct tx *tx = NULL;
    int32_t office = 0;
    int status;

    rq->private_answer = true;
    if (!id_office(rq->path[0], &office))
        return err_set(err, E_ABSENT, "bid/absent", "no such bid of yours");
    status = tx_begin(rq->api->service.store, rq->arena, &scope, true, &tx, err);
    if (status)
        return status;
    status = tx_run(tx, Q_bid_own, ret, err, P_INT(office), P_TEXT(rq->path[0]),
                    P_TEXT(actor_organisations_text(&rq->actor, rq->arena)), P_TEXT(rq->actor.person));
    tx_rollback(tx);
    return !status && rows_count(*ret) == 0 ? err_set(err, E_ABSENT, "bid/absent", "no such bid of yours")
                                            : status;
}

int api_bid_file(struct request *rq, struct err *err)
{
    struct rows *bid = NULL;
    const int status = own_load(rq, &bid, err);

    return status ? status : request_file(rq, bid, err);
}

/* The same as was given with the answer, under a signature of today. */
int api_bid_receipt(struct request *rq, struct err *err)
{
    struct receipts *desk = rq->api->receipts;
    struct receipt receipt;
    struct rows *bid = NULL;
    int status = own_load(rq, &bid, err);

    if (status)
        return status;
    if (!desk || row_null(bid, 0, "answer"))
        return err_set(err, E_ABSENT, "receipt/absent", "bids get no receipts here");
    const char *answer = row_text(bid, 0, "answer");
    const struct handed_in file = {row_text(bid, 0, "tender"), row_text(bid, 0, "digest"),
                                   row_int(bid, 0, "bytes")};
    const struct told told = {RECEIPT_ACCEPTED, rq->path[0], member(rq, answer, "received"),
                              member(rq, answer, "deadline"), NULL};
    if (!receipt_fill(&file, &told, &receipt))
        return err_set(err, E_BROKEN, "server/broken", "the answer to %s is not one", rq->path[0]);
    receipt_accepted(rq, desk, answer, &receipt);
    if ((status = receipts_again(desk, &receipt, &rq->out, err)))
        return status;
    rq->type = "text/plain; charset=utf-8";
    request_header(rq, "Content-Disposition",
                   arena_printf(rq->arena, "attachment; filename=\"receipt-%s\"", rq->path[0]));
    request_answer(rq, 200);
    return 0;
}

static const struct {
    const char *type;
    int code;
    const char *text;
} refusals[] = {
    {"auth/unknown", E_UNKNOWN, "the token or session is unknown, expired or revoked"},
    {"auth/origin", E_FORBIDDEN, "X-CSRF-Token is not the session's"},
    {"idempotency/in-progress", E_CONFLICT, "a request with this key is being worked on"},
    {"idempotency/other-body", E_INVALID, "this key was used for another request"},
    {"tender/absent", E_ABSENT, "no such tender"},
    {"lot/absent", E_ABSENT, "the tender has no such lot"},
    {"blob/absent", E_ABSENT, "you uploaded no file with this hash"},
    {"blob/mismatch", E_INVALID, "the file has another size"},
    {"bid/not-sealed", E_REFUSED, "bids of this tender are sealed to its openers first"},
    {"bid/unreadable", E_INVALID,
     "the file is neither a whole container nor text: it could not be read at the opening"},
    {"bid/not-whole", E_REFUSED, "the container needs a key the bidder keeps, or is one envelope of two"},
    {"bid/no-co-key", E_REFUSED, "bidders keep a key of their own here: linli seal --co-key"},
    {"bid/not-technical", E_REFUSED,
     "bids are in two envelopes: what is handed in is the technical one, with the price in it"},
    {"bid/other-openers", E_REFUSED, "the bid is sealed for another tender or lot, or to other openers"},
    {"bid/other-key", E_REFUSED,
     "the container is signed with a key the organisation has not registered, or has revoked"},
    {"bid/not-yours", E_FORBIDDEN, "you do not act for this organisation"},
    {"bid/not-entitled", E_REFUSED, "residents do not hand in proposals here, or you are none"},
    {"bid/before-opening", E_REFUSED, "bids are not taken yet"},
    {"bid/lot-ended", E_REFUSED, "the lot has ended: no bids are taken for it any more"},
    {"bid/uninvited", E_REFUSED, "only those invited may bid here"},
    {"bid/limit", E_REFUSED, "no more bids, or proposals, of one here"},
};

/* Who does not prove who they are, or names no tender, gets no receipt for being refused. */
static void refuse_known(struct batch *batch, struct arrival *a, size_t i, const char *received,
                         const char *due)
{
    struct err err = {0};
    bool about_bid = strncmp(refusals[i].type, "bid/", 4) == 0 || strncmp(refusals[i].type, "blob/", 5) == 0;

    if (!about_bid || !batch->receipts) {
        refuse(a, refusals[i].code, refusals[i].type, refusals[i].text);
        return;
    }
    err_set(&err, refusals[i].code, refusals[i].type, "%s", refusals[i].text);
    request_problem(a->rq, &err);
    answered(batch, a, &(struct told){RECEIPT_REFUSED, a->id, received, due, refusals[i].type});
}

static void answer(struct batch *batch, struct arrival *a, const struct lane_rows *rows, size_t row)
{
    struct intake *intake = batch->intake;
    struct err err = {0};
    const char *received = lane_text(rows, row, lane_column(rows, "received"));
    const char *due = lane_text(rows, row, lane_column(rows, "due"));
    const char *status = lane_text(rows, row, lane_column(rows, "status"));
    const char *text = lane_text(rows, row, lane_column(rows, "answer"));

    if (status[0] == '\0' || strcmp(status, "replay") == 0) {
        if (status[0])
            request_header(a->rq, "Idempotent-Replayed", "true");
        receive(batch, a, text);
        return;
    }
    /* What is at work on the key may be our own try before. */
    if (strcmp(status, "again") == 0 || (a->sent && strcmp(status, "idempotency/in-progress") == 0)) {
        a->not_before_us = time_monotonic() + PAUSE_US;
        if (a->not_before_us < a->give_up_us) {
            keep(intake, a);
            return;
        }
        err_set(&err, E_BUSY, "server/busy", "the tender is being worked on");
        fail(batch, a, &err, due);
        return;
    }
    if (strcmp(status, "bid/after-deadline") == 0) {
        refuse_late(batch, a, received, due);
        return;
    }
    for (size_t i = 0; i < LENGTH(refusals); i++)
        if (strcmp(refusals[i].type, status) == 0) {
            refuse_known(batch, a, i, received, due);
            return;
        }
    err_set(&err, E_BROKEN, "server/broken", "%s", status);
    fail(batch, a, &err, due);
}

/* ---- a turn ---- */

static void on_batch(void *arg, const struct lane_rows *rows, const struct err *why)
{
    struct batch *batch = arg;
    struct receipts *desk = batch->intake->desk;

    if (desk && rows)
        batch->receipts = calloc((size_t)batch->count, sizeof(*batch->receipts));
    MUST(!rows || lane_count(rows) == (size_t)batch->count);
    for (int i = 0; i < batch->count; i++) {
        struct arrival *a = batch->of[i];

        if (rows) {
            answer(batch, a, rows, (size_t)i);
        } else if (why->code == E_BUSY && time_monotonic() + PAUSE_US < a->give_up_us) {
            a->sent = true;
            a->not_before_us = time_monotonic() + PAUSE_US;
            keep(batch->intake, a); /* nobody knows whether it was written; its key does */
        } else if (why->code != E_BUSY && a->tries++ < TRIES_MAX) {
            keep(batch->intake, a); /* nothing was written: try again, alone if need be */
        } else {
            refuse(a, why->code == E_BUSY ? E_BUSY : E_BROKEN,
                   why->code == E_BUSY ? "server/busy" : "server/broken", why->detail);
        }
    }
    if (batch->receipt_count > 0)
        receipts_add(desk, batch->receipts, batch->receipt_count);
    free(batch->receipts);
    free(batch);
}

static void number(struct buf *out, int64_t n)
{
    buf_char(out, out->size ? ',' : '{');
    buf_int(out, n);
}

static void add_row(struct buf p[PARAMS], const struct arrival *a)
{
    uint8_t salt[SHA256_BYTES];
    char event[UUID_TEXT], salt_text[SHA256_TEXT], at[TIME_TEXT];

    id_new(a->office, event);
    random_bytes(salt, sizeof salt);
    hex_print(salt, sizeof salt, salt_text);
    time_print(a->rq->arrived_us, at);
    buf_element(&p[0], a->id);
    buf_element(&p[1], event);
    buf_element(&p[2], salt_text);
    buf_element(&p[3], a->token ? "token" : "session");
    buf_element(&p[4], a->hash);
    buf_element(&p[5], a->csrf);
    buf_element(&p[6], a->key);
    buf_element(&p[7], a->request_hash);
    number(&p[8], a->office);
    buf_element(&p[9], a->rq->path[0]);
    number(&p[10], a->lot);
    buf_element(&p[11], a->organisation);
    buf_element(&p[12], a->sha256);
    number(&p[13], a->bytes);
    buf_element(&p[14], at);
}

static int send_batch(struct batch *batch, struct err *err)
{
    const struct service *service = &batch->of[0]->rq->api->service;
    struct buf p[PARAMS] = {{0}};
    const char *values[PARAMS];
    char real[TIME_TEXT], day[DATE_TEXT];
    int status;

    for (int i = 0; i < batch->count; i++)
        add_row(p, batch->of[i]);
    time_print(time_real(), real);
    date_print(day_of(batch->of[0]->rq->arrived_us), day);
    buf_text(&p[15], real);
    buf_text(&p[16], day);
    buf_int(&p[17], service->proposals_per_tender);
    buf_int(&p[18], service->proposals_per_day);
    for (int i = 0; i < PARAMS; i++) {
        if (i < LISTS)
            buf_char(&p[i], '}');
        values[i] = p[i].data;
    }
    status = lane_ask(batch->lane, Q_bid_intake, values, NULL, PARAMS, on_batch, batch, err);
    for (int i = 0; i < PARAMS; i++)
        buf_free(&p[i]);
    return status;
}

static bool fits(const struct batch *batch, const struct arrival *a, int64_t now_us)
{
    if (a->not_before_us > now_us)
        return false;
    /* One that failed before goes alone, so that it cannot harm others. */
    if (batch->count > 0 && (a->tries > 0 || batch->of[0]->tries > 0))
        return false;
    for (int i = 0; i < batch->count; i++)
        if (batch->of[i]->same[0] == a->same[0] || batch->of[i]->same[1] == a->same[1])
            return false;
    return true;
}

static struct batch *take_batch(struct intake *intake, struct lane *lane)
{
    struct batch *batch = calloc(1, sizeof *batch);
    struct arrival **at = &intake->first;
    const int64_t now_us = time_monotonic();

    MUST(batch);
    batch->intake = intake;
    batch->lane = lane;
    while (*at && batch->count < BATCH_MAX) {
        struct arrival *a = *at;

        if (!fits(batch, a, now_us)) {
            at = &a->next;
            continue;
        }
        *at = a->next;
        batch->of[batch->count++] = a;
        intake->waiting--;
    }
    intake->last = &intake->first;
    while (*intake->last)
        intake->last = &(*intake->last)->next;
    return batch;
}

static struct lane *idle_lane(struct intake *intake, bool *ret_any_up)
{
    *ret_any_up = false;
    for (int i = 0; i < intake->lanes; i++) {
        struct lane *lane = loop_write_lane(intake->loop, i);

        *ret_any_up |= lane_up(lane);
        if (lane_up(lane) && lane_waiting(lane) == 0)
            return lane;
    }
    return NULL;
}

/* When the next that pauses may go; 0: nobody waits for a time. */
static int64_t next_try(const struct intake *intake)
{
    int64_t soonest = 0;

    for (const struct arrival *a = intake->first; a; a = a->next)
        if (a->not_before_us && (!soonest || a->not_before_us < soonest))
            soonest = a->not_before_us;
    return soonest;
}

/* A commit costs PostgreSQL much the same for one bid as for three.  Gives until when to wait; 0: not at all.
 */
static int64_t wait_for_more(const struct intake *intake)
{
    int64_t until_us = 0;

    if (intake->waiting >= ENOUGH)
        return 0;
    for (int i = 0; i < intake->lanes; i++)
        if (lane_waiting(loop_write_lane(intake->loop, i)) > 0)
            until_us = intake->first->give_up_us - PATIENCE_US + LITTLE_US;
    return until_us > time_monotonic() ? until_us : 0;
}

int64_t intake_turn(struct intake *intake)
{
    while (intake->first) {
        struct err err = {0};
        bool any_up;
        struct lane *lane = idle_lane(intake, &any_up);

        if (!lane && any_up)
            return 0;
        const int64_t until_us = wait_for_more(intake);
        if (until_us)
            return until_us;
        struct batch *batch = take_batch(intake, lane);
        if (batch->count > 0 && lane && send_batch(batch, &err) == 0)
            continue;
        for (int i = 0; i < batch->count; i++)
            if (batch->of[i]->sent && time_monotonic() < batch->of[i]->give_up_us) {
                batch->of[i]->not_before_us = time_monotonic() + PAUSE_US;
                keep(intake, batch->of[i]);
            } else {
                refuse(batch->of[i], E_BUSY, "server/busy", "the database is away");
            }
        if (batch->count == 0) {
            free(batch);
            return next_try(intake);
        }
        free(batch);
    }
    return 0;
}
