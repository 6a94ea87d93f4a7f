/*
 * A public draw, where a tie or a choice is left to chance.  The lot's secret is made when the tender is
 * published, and its digest published with it, before anybody can know who takes part; whoever takes part
 * does not know it. The keys are sorted by SHA-256 over lot, secret, the digest of those who took part,
 * purpose and key (sql/deploy/060_panel.sql); anybody can do it again.
 */
#include <stdlib.h>
#include <string.h>

#include "acts.h"
#include "core/base/digest.h"
#include "core/host/facts.h"
#include "core/service/forms.h"
#include "core/service/panel.h"

struct lot_draw {
    const char *purpose;
    linli_list witnesses;
};
static const linli_option draw_rows[] = {
    ROW_CODE(lot_draw, purpose, true, "抽取事项", "purpose, as it was asked for"),
    ROW_WITNESSES(lot_draw, witnesses, 2, "witnesses, two at least", "见证人", "witnesses, two at least"),
};
const struct form form_lot_draw = FORM(draw_rows, struct lot_draw);

struct drawn {
    uint8_t hash[SHA256_BYTES];
    int64_t key;
};

static int drawn_order(const void *left, const void *right)
{
    const struct drawn *a = left, *b = right;

    return memcmp(a->hash, b->hash, SHA256_BYTES);
}

static const char *hex_of(struct act *a, const char *text)
{
    uint8_t digest[SHA256_BYTES];
    char *hex = arena_alloc(a->arena, 2 * SHA256_BYTES + 1, 1);

    sha256_of(text, strlen(text), digest);
    hex_print(digest, sizeof digest, hex);
    return hex;
}

int draw_promise(struct act *a, const struct lot *l, struct err *err)
{
    uint8_t secret[SHA256_BYTES], digest[SHA256_BYTES];
    char hex[2 * SHA256_BYTES + 1];
    const char *text;

    random_bytes(secret, sizeof secret);
    hex_print(secret, sizeof secret, hex);
    text = arena_printf(a->arena, "linli/draw-commit/v1\n%s\n%s", l->id, hex);
    sha256_of(text, strlen(text), digest);
    hex_print(digest, sizeof digest, hex);
    json_key(&a->payload, arena_printf(a->arena, "draw_commitment_%d", (int)l->no));
    json_string(&a->payload, hex);
    return tx_run(a->tx, Q_draw_promise, NULL, err, P_INT(a->office), P_TEXT(l->id),
                  P_BYTES(secret, sizeof secret), P_BYTES(digest, sizeof digest));
}

/* What a draw starts from: nobody types it in. */
struct start {
    const char *lot, *secret, *participants;
};

static void draw_keys(struct act *a, const struct start *from, const linli_draw_request *ask,
                      int64_t *ret_keys)
{
    const struct lot_draw *body = a->body;
    struct drawn *list = ARENA_NEW(a->arena, struct drawn, ask->count);

    for (size_t i = 0; i < ask->count; i++) {
        char *text = arena_printf(a->arena, "linli/draw/v1\n%s\n%s\n%s\n%s\n%llu", from->lot, from->secret,
                                  from->participants, body->purpose, (unsigned long long)ask->keys[i]);

        list[i].key = (int64_t)ask->keys[i];
        sha256_of(text, strlen(text), list[i].hash);
    }
    qsort(list, ask->count, sizeof list[0], drawn_order);
    for (size_t i = 0; i < ask->count; i++)
        ret_keys[i] = list[i].key;
}

static const linli_draw_request *request_of(const linli_draw_request *draws, size_t count,
                                            const char *purpose)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(draws[i].purpose, purpose) == 0)
            return &draws[i];
    return NULL;
}

/* What was asked for, by the step, the evaluation or the award last stored. */
static int request_find(struct act *a, const struct lot *l, const char *question,
                        const linli_draw_request **ret, struct err *err)
{
    const struct lot_draw *body = a->body;
    const linli_evaluation *e = NULL;
    const linli_awards *w = NULL;
    const linli_step *s = NULL;
    struct rows *rows = NULL;
    const char *json;
    int status =
        tx_run(a->tx, Q_decision_last, &rows, err, P_INT(a->office), P_TEXT(l->id), P_TEXT(question));

    if (status || rows_count(rows) == 0)
        return status;
    json = row_text(rows, 0, "answer");
    if (strcmp(question, "step") == 0) {
        status = step_read(a->arena, json, strlen(json), &s, err);
        if (!status)
            *ret = request_of(s->draws, s->draw_count, body->purpose);
    } else if (strcmp(question, "award") == 0) {
        status = awards_read(a->arena, json, strlen(json), &w, err);
        if (!status)
            *ret = request_of(w->draws, w->draw_count, body->purpose);
    } else {
        status = evaluation_read(a->arena, json, strlen(json), &e, err);
        if (!status)
            *ret = request_of(e->draws, e->draw_count, body->purpose);
    }
    return status;
}

static int draw_store(struct act *a, const struct lot *l, const linli_draw_request *ask, struct err *err)
{
    const struct lot_draw *body = a->body;
    int64_t *keys = ARENA_NEW(a->arena, int64_t, ask->count);
    struct start from = {.lot = l->id};
    uint8_t participants[SHA256_BYTES];
    struct rows *rows = NULL;
    char id[UUID_TEXT];
    int status = tx_run(a->tx, Q_draw_start, &rows, err, P_INT(a->office), P_TEXT(l->id));

    if (status)
        return status;
    from.secret = row_text(rows, 0, "secret");
    from.participants = hex_of(a, row_text(rows, 0, "participants"));
    sha256_of(row_text(rows, 0, "participants"), strlen(row_text(rows, 0, "participants")), participants);
    draw_keys(a, &from, ask, keys);
    id_new(a->office, id);
    status = tx_run(
        a->tx, Q_draw_add, NULL, err, P_INT(a->office), P_TEXT(id), P_TEXT(l->id), P_TEXT(body->purpose),
        P_INTS(keys, ask->count), P_TEXT(from.secret), P_BYTES(participants, sizeof participants),
        P_TEXT(witnesses_line(a->arena, &body->witnesses)), P_TIME(a->now_us), P_TEXT(a->actor->person));
    if (status == E_CONFLICT) {
        err_set(err, E_REFUSED, "state/refused", "this was drawn already; there is no second draw");
        err_zh(err, "该事项已经抽取，不得重抽");
        return E_REFUSED;
    }
    json_key(&a->payload, "secret");
    json_string(&a->payload, from.secret);
    json_key(&a->payload, "participants");
    json_string(&a->payload, from.participants);
    json_key(&a->payload, "order");
    json_open(&a->payload, '[');
    for (size_t i = 0; i < ask->count; i++)
        json_int(&a->payload, keys[i]);
    json_close(&a->payload, ']');
    return status;
}

int act_lot_draw(struct act *a, struct err *err)
{
    static const int acts[] = {LINLI_DRAW, LINLI_REPORT, LINLI_CHOOSE};
    const linli_draw_request *ask = NULL;
    struct tender *t = NULL;
    struct lot *l = NULL;
    bool of_step = false;
    int status = tender_of_lot(a, a->subject, &t, &l, err);

    if (!status)
        status = evaluator_sits(a, l, err);
    if (status)
        return status;
    if (!may_any(a, t, l, acts, LENGTH(acts), err))
        return err->code;
    status = request_find(a, l, "award", &ask, err);
    if (!status && !ask)
        status = request_find(a, l, "evaluate", &ask, err);
    if (!status && !ask) {
        status = request_find(a, l, "step", &ask, err);
        of_step = ask != NULL;
    }
    if (!status && !ask) {
        err_set(err, E_REFUSED, "state/refused", "no draw for this purpose was asked for");
        err_zh(err, "没有待抽取的事项");
        return E_REFUSED;
    }
    if (!status)
        status = draw_store(a, l, ask, err);
    if (!status)
        status = lot_waits(a, l, NULL, err);
    if (status || of_step)
        return status ? status : lot_advance(a, t, l, err);
    if (strcmp(l->phase_kind, "evaluating") != 0)
        return 0;
    return evaluation_run(a, t, l, true, err);
}
