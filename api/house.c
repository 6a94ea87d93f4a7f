/* The house itself: is it alive, is it ready, what time is it. */
#include <string.h>
#include <unistd.h>

#include "api/handlers.h"
#include "api/loop.h"
#include "api/server.h"
#include "core/base/digest.h"
#include "core/base/time.h"
#include "core/domain/calendar.h"
#include "core/service/node.h"

int api_healthz(struct request *rq, struct err *err)
{
    (void)err;
    buf_text(&rq->out, "{\"status\":\"ok\"}");
    rq->private_answer = true;
    request_answer(rq, 200);
    return 0;
}

int api_readyz(struct request *rq, struct err *err)
{
    if (atomic_load(&rq->api->draining))
        return err_set(err, E_BUSY, "server/busy", "the server is stopping");
    for (int i = 0; i < rq->api->config.loops; i++)
        if (!loop_up(rq->api->loops[i]))
            return err_set(err, E_BUSY, "server/busy", "the database is away");
    buf_text(&rq->out, "{\"status\":\"ready\"}");
    rq->private_answer = true;
    request_answer(rq, 200);
    return 0;
}

/* ---- the clock ---- */

enum { SETTLE_US = 10000000, SETTLE_STEP_US = 2000 };

static void clock_answer(struct request *rq, int64_t now_us)
{
    char local[TIME_TEXT];

    time_print_shanghai(now_us, local);
    json_open(&rq->out, '{');
    json_key(&rq->out, "now");
    json_time(&rq->out, now_us);
    json_key(&rq->out, "local");
    json_string(&rq->out, local);
    json_key(&rq->out, "sandbox");
    json_bool(&rq->out, rq->api->service.sandbox);
    json_close(&rq->out, '}');
    rq->private_answer = true;
    request_answer(rq, 200);
}

int api_clock_get(struct request *rq, struct err *err)
{
    (void)err;
    clock_answer(rq, api_now(rq->api));
    return 0;
}

struct clock_body {
    linli_period advance;
    linli_time to;
    bool has_advance, has_to;
};

static const linli_option clock_rows[] = {
    {.name = "advance",
     .type = LINLI_OPT_PERIOD,
     .offset = offsetof(struct clock_body, advance),
     .present = offsetof(struct clock_body, has_advance),
     .low = 1,
     .high = 4000,
     .label = {"向前拨", "advance"},
     .help = {"如 20d、7wd、48h、3m", "20d, 7wd, 48h, 3m"}},
    {.name = "to",
     .type = LINLI_OPT_TIME,
     .offset = offsetof(struct clock_body, to),
     .present = offsetof(struct clock_body, has_to),
     .label = {"拨到", "to"},
     .help = {"不早于现在的时间", "a time not before now"}},
};
const struct form form_clock_set = FORM(clock_rows, struct clock_body);

static int clock_target(struct request *rq, const struct clock_body *b, int64_t *ret_us, struct err *err)
{
    const int64_t now_us = api_now(rq->api);
    bool provisional;

    if (b->has_advance == b->has_to) {
        err_set(err, E_INVALID, "body/invalid", "say either how far or where to");
        err_at(err, "/advance", "required", "one of advance and to", "advance 与 to 择一");
        return E_INVALID;
    }
    *ret_us = b->to.us;
    if (b->has_advance && b->advance.unit == LINLI_HOURS)
        *ret_us = now_us + INT64_C(3600) * b->advance.count * TIME_SECOND;
    else if (b->has_advance && b->advance.unit == LINLI_CALENDAR_DAYS)
        *ret_us = now_us + b->advance.count * TIME_DAY;
    else if (b->has_advance)
        return calendar_span(atomic_load(&rq->api->service.law)->calendar, now_us, b->advance, LINLI_NO_ROLL,
                             ret_us, &provisional, err);
    if (*ret_us < now_us) {
        err_set(err, E_REFUSED, "clock/backward", "the clock only goes forward");
        err_zh(err, "时钟只能向前拨");
        return E_REFUSED;
    }
    return 0;
}

/* Until every server has got past the new time, which takes one turn of its loops and a report; who takes
 * longer is waited for behind the scenes. */
static int clock_settle(struct api *api, int64_t target_us, struct err *err)
{
    const int64_t until_us = time_monotonic() + SETTLE_US;
    int64_t horizon_us = 0, turned_us;
    int status = 0;

    while (!status && horizon_us < target_us && time_monotonic() < until_us) {
        int64_t clear_us;

        server_wake(api);
        usleep(SETTLE_STEP_US);
        clear_us = server_clear(api, &turned_us);
        if (clear_us >= target_us)
            status = node_report(&api->service, api->service.node, clear_us, turned_us, err);
        if (!status)
            status = node_horizon(&api->service, &horizon_us, err);
    }
    return status;
}

/* The key of a request that moves the clock is nobody's in particular: no account is asked for. */
static void clock_hash(const struct request *rq, uint8_t hash[SHA256_BYTES])
{
    struct sha256 *s = sha256_new();

    sha256_add(s, "clock_set", sizeof "clock_set");
    sha256_add(s, rq->body.data ? rq->body.data : "", rq->body.size);
    sha256_end(s, hash);
}

/* 1 where the key was used for this before: then it is answered as it was. */
static int clock_replay(struct request *rq, struct tx *tx, struct err *err)
{
    const char *key = request_key(rq);
    uint8_t hash[SHA256_BYTES];
    struct rows *rows = NULL;
    size_t count = 0;
    int status;

    if (!key)
        return 0;
    if (strlen(key) < 16 || strlen(key) > 64) {
        err_set(err, E_MALFORMED, "idempotency/malformed", "Idempotency-Key has 16 to 64 characters");
        err_zh(err, "Idempotency-Key 应为16至64个字符");
        return E_MALFORMED;
    }
    status = tx_run(tx, Q_idempotency_lock, &rows, err, P_TEXT(""), P_TEXT(key));
    if (!status && !row_bool(rows, 0, "free")) {
        err_set(err, E_CONFLICT, "idempotency/in-progress", "a request with this key is being worked on");
        err_zh(err, "同一请求正在处理");
        return E_CONFLICT;
    }
    if (!status)
        status = tx_run(tx, Q_idempotency_get, &rows, err, P_TEXT(""), P_TEXT(key));
    if (status || rows_count(rows) == 0)
        return status;
    clock_hash(rq, hash);
    const uint8_t *old = row_bytes(rows, 0, "request_hash", &count);
    if (count != sizeof hash || memcmp(old, hash, sizeof hash) != 0) {
        err_set(err, E_INVALID, "idempotency/other-body", "this key was used for another request");
        err_zh(err, "该 Idempotency-Key 已用于其他请求");
        return E_INVALID;
    }
    buf_text(&rq->out, row_text(rows, 0, "answer"));
    request_header(rq, "Idempotent-Replayed", "true");
    rq->private_answer = true;
    request_answer(rq, 200);
    return 1;
}

static int clock_keep(struct request *rq, struct tx *tx, struct err *err)
{
    const char *key = request_key(rq);
    uint8_t hash[SHA256_BYTES];

    if (!key)
        return 0;
    clock_hash(rq, hash);
    return tx_run(tx, Q_idempotency_add, NULL, err, P_TEXT(""), P_TEXT(key), P_INT(0),
                  P_BYTES(hash, sizeof hash), P_INT(200),
                  P_TEXT(arena_ndup(rq->arena, rq->out.data, rq->out.size)), P_NULL, P_NULL, P_BOOL(false),
                  P_TIME(time_real()));
}

/* The row first, then this server's reading of it, then what has become due. */
static int clock_store(struct request *rq, int64_t target_us, struct err *err)
{
    const int64_t offset_us = target_us - time_real();
    const struct scope scope = {.all = true};
    struct rows *rows = NULL;
    struct tx *tx = NULL;
    int ran = 0, status = tx_begin(rq->api->service.store, rq->arena, &scope, false, &tx, err);

    if (status)
        return status;
    status = clock_replay(rq, tx, err);
    if (!status)
        status = tx_run(tx, Q_clock_advance, &rows, err, P_INT(offset_us));
    if (!status) {
        clock_answer(rq, target_us);
        status = clock_keep(rq, tx, err);
    }
    if (status) {
        tx_rollback(tx);
        return status > 0 ? 0 : status;
    }
    if (rows_count(rows) > 0)
        atomic_store(&rq->api->offset_us, offset_us);
    status = tx_commit(tx, err);
    if (!status)
        status = clock_settle(rq->api, target_us, err);
    return status ? status : due_run_all(&rq->api->service, DUE_WAIT, 100000, &ran, err);
}

/* The years a purchase list may be of end here. */
enum { CLOCK_YEARS_END = 2100 };

int api_clock_set(struct request *rq, struct err *err)
{
    void *data = NULL;
    int64_t target_us = 0;
    int status;

    if (!rq->api->service.sandbox) {
        err_set(err, E_REFUSED, "clock/real", "only a sandbox has a clock that can be moved");
        err_zh(err, "只有沙盒可以拨动时钟");
        return E_REFUSED;
    }
    status = request_form(rq, &form_clock_set, &data, err);
    if (!status)
        status = clock_target(rq, data, &target_us, err);
    if (!status && day_of(target_us) >= date_of(CLOCK_YEARS_END, 1, 1)) {
        err_set(err, E_INVALID, "body/invalid", "the sandbox ends with the year %d", CLOCK_YEARS_END - 1);
        err_zh(err, "沙盒时钟最远只能拨到 %d 年底", CLOCK_YEARS_END - 1);
        status = E_INVALID;
    }
    return status ? status : clock_store(rq, target_us, err);
}
