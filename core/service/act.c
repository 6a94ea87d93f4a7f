/* The one road of every change. */
#include "core/service/act.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/digest.h"
#include "core/base/time.h"
#include "core/domain/names.h"
#include "core/json/canon.h"
#include "core/service/actor.h"
#include "core/service/approval.h"
#include "core/service/road.h"

enum { TRIES_MAX = 5, FIRST_WAIT_US = 4000, CATCH_UP_MAX = 1000, REPLY_PARAMS = 6 };

static const struct {
    const char *name;
    int lock;
} subjects[SUBJECTS] = {
    [SUBJECT_NONE] = {"none", -1},
    [SUBJECT_OFFICE] = {"office", Q_lock_office},
    [SUBJECT_NEED] = {"need", Q_lock_need},
    [SUBJECT_PROJECT] = {"project", Q_lock_project},
    [SUBJECT_LIST] = {"list", Q_lock_list},
    [SUBJECT_ENTRY] = {"entry", Q_lock_entry},
    [SUBJECT_FUND] = {"fund", Q_lock_fund},
    [SUBJECT_APPROPRIATION] = {"appropriation", Q_lock_appropriation},
    [SUBJECT_TENDER] = {"tender", Q_lock_tender},
    [SUBJECT_LOT] = {"lot", Q_lock_lot},
    [SUBJECT_TENDER_BESIDE] = {"tender", Q_lock_tender_beside},
    [SUBJECT_LOT_BESIDE] = {"lot", Q_lock_lot_beside},
    [SUBJECT_BID] = {"bid", Q_lock_bid},
    [SUBJECT_SHEET] = {"sheet", Q_lock_sheet},
    [SUBJECT_AWARD] = {"award", Q_lock_award},
    [SUBJECT_OBJECTION] = {"objection", Q_lock_objection},
    [SUBJECT_CONTRACT] = {"contract", Q_lock_contract},
    [SUBJECT_TRANCHE] = {"tranche", Q_lock_tranche},
    [SUBJECT_PAYMENT] = {"payment", Q_lock_payment},
    [SUBJECT_RECOVERY] = {"recovery", Q_lock_recovery},
    [SUBJECT_ORGANISATION] = {"organisation", Q_lock_organisation},
    [SUBJECT_PERSON] = {"person", Q_lock_person},
    [SUBJECT_ROLL] = {"roll", Q_lock_roll},
    [SUBJECT_APPROVAL] = {"approval", Q_lock_approval},
    [SUBJECT_PAPER] = {"paper", Q_lock_paper},
    [SUBJECT_EXCLUSION] = {"exclusion", Q_lock_exclusion},
    [SUBJECT_NOTICE] = {"notice", Q_lock_notice},
    [SUBJECT_VOUCHER] = {"voucher", Q_lock_voucher},
    [SUBJECT_HOLD] = {"hold", Q_lock_hold},
    [SUBJECT_BATCH] = {"batch", Q_lock_batch},
    [SUBJECT_BEHALF] = {"behalf", Q_lock_behalf},
    [SUBJECT_SERVICE] = {"service", Q_lock_service},
};

/* The role an event is filed under: the first that entitled the actor. */
static const char *acting_role(uint32_t held, uint32_t asked)
{
    uint32_t both = asked & ~ROLES_PERSON ? held & asked : held;

    for (int r = 0; r < LINLI_ROLES; r++)
        if (both & (UINT32_C(1) << r))
            return role_name(r);
    return "public";
}

int legal_now(const struct service *service, struct tx *tx, int64_t *ret_us, struct err *err)
{
    struct rows *rows = NULL;
    int64_t now = time_real();

    if (service->sandbox) {
        int status = tx_run_v(tx, Q_clock_offset, NULL, 0, &rows, err);

        if (status)
            return status;
        if (rows_count(rows) > 0)
            now += row_int(rows, 0, "offset_us");
    }
    *ret_us = now;
    return 0;
}

/* ---- rights ---- */

static int check_known(const struct act_request *rq, struct err *err)
{
    if (rq->spec->roles == ROLES_ANY || (rq->actor && rq->actor->person))
        return 0;
    err_set(err, E_UNKNOWN, "auth/unknown", "this needs an account");
    err_zh(err, "请先登录");
    return E_UNKNOWN;
}

static int check_rights(struct act *a, const struct act_request *rq, struct err *err)
{
    uint32_t asked = rq->spec->roles;

    a->roles = rq->actor ? actor_roles(rq->actor, a->office) : 0;
    if (asked == ROLES_ANY || (asked & ROLES_PERSON) || (a->roles & asked))
        return 0;
    return roles_refuse(asked, err);
}

/* ---- which office, which subject ---- */

static int subject_absent(const struct act_request *rq, struct err *err)
{
    err_set(err, E_ABSENT, "subject/absent", "no %s %s", subjects[rq->spec->subject].name, rq->path[0]);
    err_zh(err, "没有这个对象，或您无权查看");
    return E_ABSENT;
}

static int find_office(struct act *a, const struct act_request *rq, struct err *err)
{
    int64_t number = 0;

    a->office = 0;
    if (rq->path_count == 0 || rq->spec->subject == SUBJECT_ORGANISATION ||
        rq->spec->subject == SUBJECT_PERSON)
        return 0;
    if (id_office(rq->path[0], &a->office))
        return 0;
    if (int_parse(rq->path[0], 1, INT32_MAX, &number)) {
        a->office = (int32_t)number;
        return 0;
    }
    if (rq->spec->subject == SUBJECT_NONE)
        return 0;
    return subject_absent(rq, err);
}

/* * or one entity tag, weak ones too, which fit nothing (RFC 9110, 8.8.3). */
static bool etag_ok(const char *text)
{
    const char *at = strncmp(text, "W/", 2) == 0 ? text + 2 : text;
    const size_t size = strlen(at);

    return strcmp(text, "*") == 0 || (size >= 2 && at[0] == '"' && strchr(at + 1, '"') == at + size - 1);
}

/* "5", or "5.<digest>" of whoever was shown more than the row that is at version 5. */
static bool etag_is(const char *etag, int32_t version)
{
    char expected[32];
    const int size = snprintf(expected, sizeof expected, "\"%d", (int)version);

    return strncmp(etag, expected, (size_t)size) == 0 && (etag[size] == '"' || etag[size] == '.');
}

static int check_match(const struct act_request *rq, int32_t version, struct err *err)
{

    if (!rq->if_match) {
        if (!rq->spec->if_match)
            return 0;
        err_set(err, E_CONDITION, "etag/missing", "If-Match is required: the ETag of what you saw");
        err_zh(err, "缺少 If-Match：请带上您所见版本的 ETag");
        return E_CONDITION;
    }
    if (!etag_ok(rq->if_match)) {
        err_set(err, E_MALFORMED, "etag/malformed", "If-Match is an ETag in double quotes, or *");
        err_zh(err, "If-Match 应为双引号内的 ETag，或 *");
        return E_MALFORMED;
    }
    if (version == 0 || strcmp(rq->if_match, "*") == 0 || etag_is(rq->if_match, version))
        return 0;
    err_set(err, E_STALE, "etag/stale", "you saw version %s, it is \"%d\" now", rq->if_match, (int)version);
    err_zh(err, "内容已被他人更改，请刷新后再试");
    return E_STALE;
}

static int lock_subject(struct act *a, const struct act_request *rq, struct err *err)
{
    const int lock = subjects[rq->spec->subject].lock;
    struct rows *rows = NULL;
    int status;

    if (lock < 0)
        return 0;
    status = tx_run(a->tx, (enum statement_id)lock, &rows, err, P_INT(a->office), P_TEXT(rq->path[0]));
    if (status == E_INVALID)
        return subject_absent(rq, err);
    if (status)
        return status;
    if (rows_count(rows) == 0)
        return subject_absent(rq, err);
    a->subject = rq->spec->subject == SUBJECT_OFFICE ? NULL : rq->path[0];
    a->subject_version = (int32_t)row_int(rows, 0, "version");
    a->tender_id = row_text(rows, 0, "tender_id");
    return check_match(rq, a->subject_version, err);
}

/* ---- idempotency ---- */

static void request_hash(const struct act_request *rq, uint8_t out[SHA256_BYTES])
{
    struct sha256 *s = sha256_new();

    sha256_add(s, rq->spec->op, strlen(rq->spec->op) + 1);
    for (size_t i = 0; i < rq->path_count; i++)
        sha256_add(s, rq->path[i], strlen(rq->path[i]) + 1);
    sha256_add(s, rq->body ? rq->body : "", rq->body_bytes);
    sha256_end(s, out);
}

static int check_key(const struct act_request *rq, struct err *err)
{
    size_t length = rq->key ? strlen(rq->key) : 0;

    if (!rq->key && !rq->needs_key)
        return 0;
    if (length >= 16 && length <= 64)
        return 0;
    if (rq->key)
        return err_both(err, E_MALFORMED, "idempotency/malformed", "Idempotency-Key has 16 to 64 characters",
                        "Idempotency-Key 应为16至64个字符");
    return err_both(err, E_CONDITION, "idempotency/missing",
                    "Idempotency-Key of 16 to 64 characters is required",
                    "缺少 Idempotency-Key（16 至 64 个字符）");
}

/* Gives 1 where the answer was found, 0 where the act is to run. */
static int replay(struct act *a, const struct act_request *rq, const uint8_t hash[SHA256_BYTES],
                  struct act_answer *ret, struct err *err)
{
    const char *actor = rq->actor && rq->actor->person ? rq->actor->person : "";
    struct rows *rows = NULL;
    const uint8_t *old;
    size_t count = 0;
    int status;

    if (!rq->key)
        return 0;
    status = tx_run(a->tx, Q_idempotency_lock, &rows, err, P_TEXT(actor), P_TEXT(rq->key));
    if (status)
        return status;
    if (!row_bool(rows, 0, "free"))
        return err_both(err, E_CONFLICT, "idempotency/in-progress",
                        "a request with this key is being worked on", "同一 Idempotency-Key 的请求正在处理");
    status = tx_run(a->tx, Q_idempotency_get, &rows, err, P_TEXT(actor), P_TEXT(rq->key));
    if (status || rows_count(rows) == 0)
        return status;
    old = row_bytes(rows, 0, "request_hash", &count);
    if (count != SHA256_BYTES || memcmp(old, hash, SHA256_BYTES) != 0)
        return err_both(err, E_INVALID, "idempotency/other-body", "this key was used for another request",
                        "该 Idempotency-Key 已用于其他请求");
    ret->status = (int)row_int(rows, 0, "status");
    ret->json = row_text(rows, 0, "answer");
    ret->bytes = strlen(ret->json);
    ret->subject = row_text(rows, 0, "subject");
    ret->etag = row_text(rows, 0, "etag");
    ret->replayed = true;
    return 1;
}

static int keep_answer(struct act *a, const struct act_request *rq, const uint8_t hash[SHA256_BYTES],
                       const struct act_answer *answer, struct err *err)
{
    const char *actor = rq->actor && rq->actor->person ? rq->actor->person : "";

    if (!rq->key)
        return 0;
    return tx_run(a->tx, Q_idempotency_add, NULL, err, P_TEXT(actor), P_TEXT(rq->key), P_INT(a->office),
                  P_BYTES(hash, SHA256_BYTES), P_INT(answer->status), P_TEXT(answer->json),
                  P_TEXT(answer->subject), P_TEXT(answer->etag), P_BOOL(rq->spec->keep), P_TIME(time_real()));
}

/* ---- what is left behind ---- */

int act_event(struct act *a, const struct act_event_info *what, struct err *err)
{
    char id[UUID_TEXT], *payload = NULL;
    uint8_t salt[32];
    struct buf text = {0};
    int status;

    json_open(&text, '{');
    if (a->payload.size > 0) {
        buf_add(&text, a->payload.data, a->payload.size);
        if (what->request)
            buf_char(&text, ',');
    }
    if (what->request)
        buf_printf(&text, "\"request\":%s", what->request);
    buf_char(&text, '}');
    status = json_canonical(a->arena, text.data, text.size, &payload, err);
    buf_free(&text);
    if (status)
        return status;
    id_new(a->office, id);
    random_bytes(salt, sizeof salt);
    return tx_run(a->tx, Q_event_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TIME(a->now_us),
                  P_TEXT(a->actor ? a->actor->person : NULL), P_TEXT(what->role), P_TEXT(what->act),
                  P_TEXT(what->subject_kind), P_TEXT(a->subject), P_TEXT(a->tender_id), P_BOOL(a->sealed),
                  P_BYTES(salt, sizeof salt), P_TEXT(payload));
}

static int make_answer(struct act *a, const struct act_spec *spec, struct act_answer *ret, struct err *err)
{
    struct rows *rows = NULL;
    struct buf json = {0};
    int status;

    ret->status = a->status ? a->status : spec->creates ? 201 : 200;
    ret->subject = a->subject;
    if (spec->reply < 0) {
        ret->json =
            arena_ndup(a->arena, a->answer.data ? a->answer.data : "{}", a->answer.data ? a->answer.size : 2);
        ret->bytes = strlen(ret->json);
        return 0;
    }
    /* The act was open to its actor, and so is what it left behind: the office is one where the actor may
     * read. */
    const int64_t desk = a->office;
    const struct param params[REPLY_PARAMS] = {P_INT(a->office), P_TEXT(a->subject), P_INTS(&desk, 1)};
    const int count = statements[spec->reply].parameters;
    MUST(count <= REPLY_PARAMS);
    status = tx_run_v(a->tx, (enum statement_id)spec->reply, params, (size_t)count, &rows, err);
    if (status)
        return status;
    if (rows_count(rows) == 0)
        return err_set(err, E_BROKEN, "server/broken", "%s left nothing to answer", spec->op);
    row_json(rows, 0, &json);
    ret->json = arena_ndup(a->arena, json.data, json.size);
    ret->bytes = json.size;
    buf_free(&json);
    if (rows_have(rows, "_version"))
        ret->etag = arena_printf(a->arena, "\"%d\"", (int)row_int(rows, 0, "_version"));
    return 0;
}

/* ---- the road ---- */

struct road {
    const struct act_request *rq;
    uint8_t hash[SHA256_BYTES];
    const char *request;  /* canonical body, or NULL */
    struct due_late late; /* of before; none where nothing was due */
};

/* What was due on a tender comes before acts on it. */
static int check_late(const struct act *a, const struct road *road, struct err *err)
{
    const struct due_late *late = &road->late;

    for (size_t i = 0; i < late->count; i++) {
        if (!a->tender_id || strcmp(late->tender[i], a->tender_id) != 0)
            continue;
        err_both(err, E_BUSY, "server/busy", "something that was due before is being done",
                 "正在处理此前到期的事项，请稍后再试");
        err->retry_after_s = 1;
        return E_BUSY;
    }
    return 0;
}

static int run_in_tx(struct act *a, const struct road *road, struct act_answer *ret, struct err *err)
{
    const struct act_request *rq = road->rq;
    const struct act_event_info what = {.act = rq->spec->op,
                                        .subject_kind = subjects[rq->spec->subject].name,
                                        .request = rq->spec->secret ? NULL : road->request};
    struct act_event_info event = what;
    int status = legal_now(a->service, a->tx, &a->now_us, err);

    if (rq->arrived_us)
        a->now_us -= time_monotonic() - rq->arrived_us;
    if (!status)
        status = check_rights(a, rq, err);
    if (!status)
        status = replay(a, rq, road->hash, ret, err);
    if (status)
        return status;
    event.role = a->role = acting_role(a->roles, rq->spec->roles);
    status = lock_subject(a, rq, err);
    if (!status)
        status = check_late(a, road, err);
    if (!status)
        status = approval_required(a, rq->spec->op, err);
    if (!status)
        status = rq->spec->run(a, err);
    if (!status)
        status = act_event(a, &event, err);
    if (!status)
        status = make_answer(a, rq->spec, ret, err);
    if (!status)
        status = keep_answer(a, rq, road->hash, ret, err);
    return status;
}

/* What was refused changes nothing; that it was tried stays, in a transaction of its own. */
static int refusal_keep(struct act *a, const struct road *road, const struct scope *scope, struct err *err)
{
    const struct act_spec *spec = road->rq->spec;
    const struct act_event_info event = {.act = a->kept,
                                         .subject_kind = subjects[spec->subject].name,
                                         .role = acting_role(a->roles, spec->roles)};
    int status = tx_begin(a->service->store, a->arena, scope, false, &a->tx, err);

    if (!status && a->keep)
        status = a->keep(a, err);
    if (!status && (status = act_event(a, &event, err)) == 0)
        return tx_commit(a->tx, err);
    if (a->tx)
        tx_rollback(a->tx);
    return status;
}

static int act_once(struct act *a, struct road *road, struct act_answer *ret, struct err *err)
{
    static const struct actor nobody = {0};
    struct scope scope = actor_scope(a->actor ? a->actor : &nobody, a->office, a->arena);
    /* A command beside the server has no plug-ins to act on a deadline with: that is the server's. */
    const bool catches_up = a->office && a->service->host;
    int status = catches_up ? due_catch_up(a->service, a->office, CATCH_UP_MAX, &road->late, err) : 0;

    if (!a->office)
        scope.office_count = 0;
    if (!status)
        status = tx_begin(a->service->store, a->arena, &scope, false, &a->tx, err);
    if (status)
        return status;
    status = run_in_tx(a, road, ret, err);
    /* Told again only once the standby has it: the first time may have been cut off while it waited for that.
     */
    if (status > 0)
        status = tx_run_v(a->tx, Q_replay_safe, NULL, 0, NULL, err);
    if (status == 0 && (ret->replayed || !road->rq->spec->dry))
        return tx_commit(a->tx, err);
    tx_rollback(a->tx);
    if ((status == E_REFUSED || status == E_CONFLICT || status == E_UNKNOWN) && a->kept) {
        struct err lost = {0};
        int failed = refusal_keep(a, road, &scope, &lost);
        if (failed) {
            *err = lost;
            return failed;
        }
    }
    return status;
}

static int read_body(struct act *a, struct road *road, struct err *err)
{
    const struct form *form = road->rq->spec->form;
    struct buf text = {0};
    void *data = NULL;
    int status;

    if (!form) {
        if (road->rq->body_bytes == 0)
            return 0;
        return err_set(err, E_MALFORMED, "body/unexpected", "this request takes no body");
    }
    status =
        form_read(form, a->arena, road->rq->body ? road->rq->body : "", road->rq->body_bytes, &data, err);
    if (status)
        return status;
    form_write(form, data, &text);
    road->request = arena_ndup(a->arena, text.data, text.size);
    buf_free(&text);
    a->body = data;
    return 0;
}

static int within_run(struct act *inner, const struct road *road, const struct act_within *what,
                      struct err *err)
{
    inner->role = acting_role(inner->roles, what->spec->roles);
    struct act_event_info event = {.act = what->spec->op,
                                   .role = inner->role,
                                   .subject_kind = subjects[what->spec->subject].name,
                                   .request = what->spec->secret ? NULL : road->request};
    int status = lock_subject(inner, road->rq, err);

    if (!status)
        status = approval_required(inner, what->spec->op, err);
    if (!status)
        status = what->spec->run(inner, err);
    json_key(&inner->payload, "on_behalf");
    json_string(&inner->payload, what->on_behalf);
    return status ? status : act_event(inner, &event, err);
}

int act_within(struct act *a, const struct act_within *what, const char **ret_subject, struct err *err)
{
    const struct act_request rq = {.spec = what->spec,
                                   .actor = what->actor,
                                   .path = &what->path,
                                   .path_count = 1,
                                   .body = what->body,
                                   .body_bytes = what->body ? strlen(what->body) : 0,
                                   .if_match = "*"};
    struct road road = {.rq = &rq};
    struct act inner = {.service = a->service,
                        .law = a->law,
                        .arena = a->arena,
                        .tx = a->tx,
                        .actor = what->actor,
                        .now_us = what->now_us,
                        .sent_us = what->sent_us,
                        .path = rq.path,
                        .op = what->spec->op,
                        .on_behalf = what->on_behalf};
    int status = find_office(&inner, &rq, err);

    MUST(status || inner.office == a->office);
    if (!status)
        status = check_rights(&inner, &rq, err);
    if (!status)
        status = read_body(&inner, &road, err);
    if (!status)
        status = within_run(&inner, &road, what, err);
    *ret_subject = inner.subject;
    buf_free(&inner.payload);
    buf_free(&inner.answer);
    return status;
}

static void wait_a_little(int try)
{
    uint16_t jitter;

    random_bytes(&jitter, sizeof jitter);
    usleep((useconds_t)((FIRST_WAIT_US << try) + jitter % FIRST_WAIT_US));
}

const char *act_makes(struct act *a)
{
    char *id = arena_alloc(a->arena, UUID_TEXT, 1);

    id_new(a->office, id);
    a->subject = id;
    return id;
}

int act_run(const struct service *service, struct arena *arena, const struct act_request *request,
            struct act_answer *ret, struct err *err)
{
    struct road road = {.rq = request};
    struct act first = {.service = service,
                        .law = atomic_load(&service->law),
                        .arena = arena,
                        .actor = request->actor,
                        .path = request->path,
                        .op = request->spec->op,
                        .key = request->key};
    int status = check_known(request, err);

    if (!status && atomic_load(&service->frozen))
        status = err_both(err, E_BUSY, "log/frozen",
                          "the database is older than what was signed: nothing is written",
                          "数据库早于已签署的日志，暂停写入");
    if (!status)
        status = check_key(request, err);
    if (!status)
        status = find_office(&first, request, err);
    if (!status)
        status = read_body(&first, &road, err);
    if (status)
        return status;
    request_hash(request, road.hash);
    for (int try = 0; try < TRIES_MAX; try++) {
        struct act a = first;

        *ret = (struct act_answer){0};
        *err = (struct err){0};
        status = act_once(&a, &road, ret, err);
        buf_free(&a.payload);
        buf_free(&a.answer);
        if (status != E_RETRY)
            return status;
        wait_a_little(try);
    }
    err_set(err, E_BUSY, "server/busy", "too many others are changing the same things");
    err->retry_after_s = 1;
    return E_BUSY;
}
