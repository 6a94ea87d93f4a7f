/* See api/receipts.h. */
#include "api/receipts.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/time.h"
#include "core/trust/desk.h"

enum { PATIENCE_MS = 1000, REST_US = 1000000 };

struct receipts {
    const char *socket;
    struct note_key key;
    char log[NOTE_NAME_MAX + 1];
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t some;
    struct receipt_item *queue;
    size_t count, room;
    bool closing;
    int64_t away_until_us; /* its thread's own */
};

static const char suffix[] = "/receipts";

static void add_member(struct request *rq, const struct buf *text)
{
    struct buf *out = &rq->out;

    MUST(out->size > 1 && out->data[out->size - 1] == '}');
    out->size--;
    json_key(out, "receipt");
    if (text->size > 0)
        json_stringn(out, text->data, text->size);
    else
        json_null(out);
    json_close(out, '}');
}

static void hand_out(struct receipts *r, const struct receipt_item *items, size_t count)
{
    struct receipt receipts[RECEIPT_BATCH];
    struct buf texts[RECEIPT_BATCH] = {{0}};
    struct err err = {0};

    for (size_t i = 0; i < count; i++)
        receipts[i] = items[i].receipt;
    if (time_monotonic() >= r->away_until_us &&
        desk_certify(r->socket, PATIENCE_MS, &r->key, receipts, count, texts, &err)) {
        r->away_until_us = time_monotonic() + REST_US;
        log_event(LOG_ERROR, "receipts", "%s: %s", err.type, err.detail);
    }
    for (size_t i = 0; i < count; i++) {
        add_member(items[i].rq, &texts[i]);
        buf_free(&texts[i]);
        request_resume_elsewhere(items[i].rq);
    }
}

static size_t take(struct receipts *r, struct receipt_item items[RECEIPT_BATCH])
{
    size_t count;

    pthread_mutex_lock(&r->lock);
    while (r->count == 0 && !r->closing)
        pthread_cond_wait(&r->some, &r->lock);
    count = r->count < RECEIPT_BATCH ? r->count : RECEIPT_BATCH;
    memcpy(items, r->queue, count * sizeof(*items));
    r->count -= count;
    memmove(r->queue, r->queue + count, r->count * sizeof(*items));
    pthread_mutex_unlock(&r->lock);
    return count;
}

static void *run(void *arg)
{
    struct receipts *r = arg;
    struct receipt_item items[RECEIPT_BATCH];
    size_t count;

    while ((count = take(r, items)) > 0)
        hand_out(r, items, count);
    return NULL;
}

int receipts_open(const char *socket_path, const char *public_key, struct receipts **ret, struct err *err)
{
    struct receipts *r = calloc(1, sizeof(*r));

    MUST(r);
    r->socket = socket_path;
    r->room = RECEIPT_BATCH;
    r->queue = calloc(r->room, sizeof(*r->queue));
    MUST(r->queue);
    int status = note_key_parse(public_key, &r->key, err);
    size_t size = strlen(r->key.name), tail = sizeof(suffix) - 1;
    memcpy(r->log, r->key.name, size);
    if (size > tail && strcmp(r->log + size - tail, suffix) == 0)
        r->log[size - tail] = '\0';
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->some, NULL);
    if (!status && pthread_create(&r->thread, NULL, run, r) != 0)
        status = err_set(err, E_BUSY, "server/busy", "could not start a thread");
    if (!status) {
        *ret = r;
        return 0;
    }
    free(r->queue);
    free(r);
    return status;
}

void receipts_close(struct receipts *r)
{
    if (!r)
        return;
    pthread_mutex_lock(&r->lock);
    r->closing = true;
    pthread_cond_signal(&r->some);
    pthread_mutex_unlock(&r->lock);
    pthread_join(r->thread, NULL);
    pthread_mutex_destroy(&r->lock);
    pthread_cond_destroy(&r->some);
    free(r->queue);
    free(r);
}

const char *receipts_log(const struct receipts *r)
{
    return r->log;
}

void receipts_add(struct receipts *r, const struct receipt_item *items, size_t count)
{
    pthread_mutex_lock(&r->lock);
    if (r->count + count > r->room) {
        r->room = 2 * (r->count + count);
        r->queue = realloc(r->queue, r->room * sizeof(*r->queue));
        MUST(r->queue);
    }
    memcpy(r->queue + r->count, items, count * sizeof(*items));
    r->count += count;
    pthread_cond_signal(&r->some);
    pthread_mutex_unlock(&r->lock);
}

int receipts_again(struct receipts *r, const struct receipt *receipt, struct buf *ret, struct err *err)
{
    return desk_certify(r->socket, PATIENCE_MS, &r->key, receipt, 1, ret, err);
}
