/* Deadlines: set by acts, run by the clock on the same road. */
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "acts.h"
#include "core/base/log.h"
#include "core/base/time.h"
#include "core/service/node.h"
#include "core/service/road.h"

enum { DUE_ARENA_BYTES = 512 * 1024 * 1024, SAID_S = 10 };

#define DUE(name) act_fn due_##name;
#include "core/service/due.def"
#undef DUE

static const struct {
    const char *name;
    act_fn *run;
} table[] = {
#define DUE(name) {#name, due_##name},
#include "core/service/due.def"
#undef DUE
    {NULL, NULL}};

struct due_row {
    const char *id, *act, *subject, *tender_id;
    int64_t at_us;
};

static act_fn *due_find(const char *name)
{
    for (size_t i = 0; table[i].name; i++)
        if (strcmp(table[i].name, name) == 0)
            return table[i].run;
    return NULL;
}

int due_set_of(struct act *a, const char *tender, int64_t at_us, const char *act, const char *subject,
               struct err *err)
{
    char id[UUID_TEXT];

    MUST(due_find(act) != NULL);
    id_new(a->office, id);
    return tx_run(a->tx, Q_due_set, NULL, err, P_INT(a->office), P_TEXT(id), P_TIME(at_us), P_TEXT(act),
                  P_TEXT(subject), P_TEXT(tender));
}

int due_set(struct act *a, int64_t at_us, const char *act, const char *subject, struct err *err)
{
    return due_set_of(a, a->tender_id, at_us, act, subject, err);
}

int due_clear(struct act *a, const char *act, const char *subject, struct err *err)
{
    return tx_run(a->tx, Q_due_clear, NULL, err, P_INT(a->office), P_TEXT(subject), P_TEXT(act),
                  P_TIME(a->now_us));
}

/* The claimed row's act, in the transaction that holds the row. */
static int due_act(struct act *a, const struct due_row *row, struct err *err)
{
    const struct act_event_info what = {.act = row->act, .role = "clock", .subject_kind = "due"};
    act_fn *run = due_find(row->act);
    int status = 0;

    if (!run)
        return err_set(err, E_BROKEN, "server/broken", "no due act \"%s\"", row->act);
    json_key(&a->payload, "due");
    json_time(&a->payload, row->at_us);
    json_key(&a->payload, "done");
    json_time(&a->payload, a->now_us);
    a->now_us = row->at_us;
    a->roles = UINT32_C(1) << LINLI_CLOCK;
    a->subject = row->subject;
    a->tender_id = row->tender_id;
    if (row->tender_id) {
        status = tx_run(a->tx, Q_due_tender_lock, NULL, err, P_TEXT(row->tender_id));
        if (!status)
            status = tx_run(a->tx, Q_lock_tender, NULL, err, P_INT(a->office), P_TEXT(row->tender_id));
    }
    if (!status)
        status = run(a, err);
    if (!status)
        status = act_event(a, &what, err);
    return status;
}

static int claim(struct act *a, enum statement_id how, const struct due_late *busy, struct due_row *ret,
                 struct err *err)
{
    struct rows *rows = NULL;
    int status = legal_now(a->service, a->tx, &a->now_us, err);

    if (!status)
        status = tx_run(a->tx, how, &rows, err, P_INT(a->office), P_TIME(a->now_us - a->service->drain_us),
                        P_TIME(node_counts_us(a->service->node)), P_TIME(time_real()),
                        P_TEXTS(busy->list, busy->count));
    if (status)
        return status;
    if (rows_count(rows) == 0)
        return E_ABSENT;
    *ret = (struct due_row){row_text(rows, 0, "id"), row_text(rows, 0, "act"), row_text(rows, 0, "subject"),
                            row_text(rows, 0, "tender_id"), row_time(rows, 0, "at")};
    return 0;
}

static int note_failure(const struct service *service, struct arena *arena, int32_t office,
                        const struct due_row *row, const struct err *why)
{
    const struct scope scope = {.all = true};
    struct tx *tx = NULL;
    struct err err = {0};

    log_event(LOG_ERROR, "due.failed", "%s of %s: %s %s", row->act, row->subject, why->type, why->detail);
    if (tx_begin(service->store, arena, &scope, false, &tx, &err))
        return err.code;
    if (tx_run(tx, Q_due_failed, NULL, &err, P_INT(office), P_TEXT(row->id), P_TEXT(why->detail),
               P_TIME(time_real()), P_DATE(day_of(time_real())),
               P_BOOL(strcmp(why->type, "server/slow") == 0))) {
        tx_rollback(tx);
        return err.code;
    }
    return tx_commit(tx, &err);
}

/* It comes again each second; that is told now and then. */
static void note_busy(const struct due_row *row, const struct err *why, struct due_late *busy)
{
    static _Atomic int64_t said_us;
    const int64_t now_us = time_monotonic();
    int64_t last_us = atomic_load(&said_us);

    if ((!last_us || now_us - last_us > SAID_S * TIME_SECOND) &&
        atomic_compare_exchange_strong(&said_us, &last_us, now_us))
        log_event(LOG_WARN, "due.busy", "%s of %s: %s %s", row->act, row->subject, why->type, why->detail);
    if (busy->count == LATE_MOST)
        return;
    memcpy(busy->id[busy->count], row->id, UUID_TEXT);
    snprintf(busy->tender[busy->count], UUID_TEXT, "%s", row->tender_id ? row->tender_id : "");
    busy->list[busy->count] = busy->id[busy->count];
    busy->count++;
}

/* Somebody else is at it, and it comes again by itself.  What takes too long would do so each time. */
static bool busy_only(int status, const struct err *why)
{
    return status == E_BUSY && strcmp(why->type, "server/slow") != 0;
}

/* The row that could not be had, since somebody else is at it: then it is known whose tender waits. */
static void look_held(const struct service *service, struct act *a, const struct due_late *busy,
                      struct due_row *ret)
{
    const struct scope scope = {.all = true};
    struct err err = {0};

    if (tx_begin(service->store, a->arena, &scope, true, &a->tx, &err))
        return;
    (void)!claim(a, Q_due_look, busy, ret, &err);
    tx_rollback(a->tx);
}

/* One due act of an office.  E_ABSENT: nothing is due. */
static int due_one(const struct service *service, int32_t office, enum statement_id how,
                   struct due_late *busy, struct err *err)
{
    const struct scope scope = {.all = true};
    struct arena *arena = arena_new(DUE_ARENA_BYTES);
    struct act a = {.service = service, .law = atomic_load(&service->law), .arena = arena, .office = office};
    struct due_row row = {0};
    int status = tx_begin(service->store, arena, &scope, false, &a.tx, err);

    if (status) {
        arena_free(arena);
        return status;
    }
    status = claim(&a, how, busy, &row, err);
    if (!status && (status = due_act(&a, &row, err)) == E_ABSENT)
        status = E_REFUSED; /* what it is about is not there, which is not "nothing is due" */
    if (!status)
        status = tx_run(a.tx, Q_due_done, NULL, err, P_INT(office), P_TEXT(row.id), P_TIME(a.now_us));
    if (!status)
        status = tx_commit(a.tx, err);
    else
        tx_rollback(a.tx);
    if (busy_only(status, err) && !row.id)
        look_held(service, &a, busy, &row);
    if (busy_only(status, err) && row.id)
        note_busy(&row, err, busy);
    else if (status && status != E_ABSENT && status != E_RETRY && row.id)
        status = note_failure(service, arena, office, &row, err);
    buf_free(&a.payload);
    buf_free(&a.answer);
    arena_free(arena);
    return status;
}

static int due_office(const struct service *service, int32_t office, enum statement_id how, int most,
                      int *ran, struct due_late *late, struct err *err)
{
    late->count = 0;
    for (int tries = 0; *ran < most && tries < most; tries++) {
        const size_t before = late->count;
        int status = due_one(service, office, how, late, err);

        if (status == E_ABSENT)
            break;
        if (status == E_BUSY && late->count == before)
            return status; /* the database is away, or more is late than can be told */
        if (status == 0)
            ++*ran; /* a failure is noted on its row, and stops nothing else */
    }
    *err = (struct err){0};
    return 0;
}

int due_catch_up(const struct service *service, int32_t office, int most, struct due_late *ret,
                 struct err *err)
{
    int ran = 0;

    return due_office(service, office, Q_due_wait, most, &ran, ret, err);
}

static int late_offices(const struct service *service, struct arena *arena, struct rows **ret,
                        struct err *err)
{
    const struct scope scope = {.all = true};
    struct tx *tx = NULL;
    int64_t now_us = 0;
    int status = tx_begin(service->store, arena, &scope, true, &tx, err);

    if (status)
        return status;
    status = legal_now(service, tx, &now_us, err);
    if (!status)
        status = tx_run(tx, Q_due_offices, ret, err, P_TIME(now_us - service->drain_us),
                        P_TIME(node_counts_us(service->node)), P_TIME(time_real()));
    tx_rollback(tx);
    return status;
}

int due_run_all(const struct service *service, enum due_held held, int most, int *ret_ran, struct err *err)
{
    const enum statement_id how = held == DUE_WAIT ? Q_due_wait : Q_due_claim;
    struct arena *arena = arena_new(0);
    struct rows *rows = NULL;
    struct due_late late;
    int ran = 0, status = late_offices(service, arena, &rows, err);

    for (size_t i = 0; !status && i < rows_count(rows); i++) {
        status = due_office(service, (int32_t)row_int(rows, i, "office_id"), how, most, &ran, &late, err);
        if (status == E_BUSY)
            status = 0; /* of one office: comes again in a second, and holds up no other */
    }
    arena_free(arena);
    *ret_ran = ran;
    return status;
}

/* ---- what could not be done ---- */

int due_stuck(const struct service *service, int64_t *ret_count, struct err *err)
{
    const struct scope scope = {.all = true};
    struct arena *arena = arena_new(0);
    struct rows *rows = NULL;
    struct tx *tx = NULL;
    int status = tx_begin(service->store, arena, &scope, true, &tx, err);

    if (!status) {
        status = tx_run_v(tx, Q_due_stuck, NULL, 0, &rows, err);
        if (!status)
            *ret_count = row_int(rows, 0, "stuck");
        tx_rollback(tx);
    }
    arena_free(arena);
    return status;
}

int act_due_retry(struct act *a, struct err *err)
{
    struct rows *rows = NULL;
    int status;

    a->subject = a->path[1];
    status = tx_run(a->tx, Q_due_row, &rows, err, P_INT(a->office), P_TEXT(a->subject));
    if (status)
        return status;
    if (rows_count(rows) == 0) {
        err_set(err, E_ABSENT, "due/absent", "nothing of this id is due here");
        err_zh(err, "本单位没有这项待办期限事项");
        return E_ABSENT;
    }
    if (!row_bool(rows, 0, "stuck")) {
        err_set(err, E_REFUSED, "state/refused", "it is still tried without being asked");
        err_zh(err, "系统仍在自动重试，无需人工重试");
        return E_REFUSED;
    }
    a->tender_id = row_text(rows, 0, "tender");
    json_key(&a->payload, "act");
    json_string(&a->payload, row_text(rows, 0, "act"));
    json_key(&a->payload, "failure");
    json_string(&a->payload, row_text(rows, 0, "failure"));
    return tx_run(a->tx, Q_due_retry, NULL, err, P_INT(a->office), P_TEXT(a->subject),
                  P_TEXT(a->actor->person));
}
