/* Which rules bind an office today, and what follows when the law is read anew. */
#include "core/base/time.h"
#include "core/service/objection.h"
#include "core/service/tender.h"

typedef const struct rule_set *rules_fn(const struct rule_book *, int, struct rule_place, int32_t,
                                        struct arena *);

static int find_here(struct act *a, int regime, rules_fn *find, const struct rule_set **ret, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_office_code, &r, err, P_INT(a->office));

    if (status)
        return status;
    struct rule_place place = {row_text(r, 0, "code"), row_text(r, 0, "kind")};
    *ret = find(a->law->rules, regime, place, day_of(a->now_us), a->arena);
    return 0;
}

int rules_here(struct act *a, int regime, const struct rule_set **ret, struct err *err)
{
    return find_here(a, regime, rules_on, ret, err);
}

int rules_unconfirmed_here(struct act *a, int regime, const struct rule_set **ret, struct err *err)
{
    return find_here(a, regime, rules_unconfirmed, ret, err);
}

/* ---- a new calendar ---- */

static int recounts_queue(struct act *a, struct err *err)
{
    int64_t until_us = ((int64_t)a->law->calendar->official_until + 1) * TIME_DAY -
                       a->law->calendar->utc_offset_s * TIME_SECOND;
    struct rows *r = NULL;
    int status = legal_now(a->service, a->tx, &a->now_us, err);

    if (!status)
        status = tx_run(a->tx, Q_tenders_provisional, &r, err, P_TIME(until_us));
    for (size_t i = 0; !status && i < rows_count(r); i++) {
        a->office = (int32_t)row_int(r, i, "office_id");
        a->tender_id = row_text(r, i, "id");
        status = due_set(a, a->now_us, "tender_recount", a->tender_id, err);
    }
    return status;
}

int law_renewed(const struct service *service, struct err *err)
{
    const struct scope scope = {.all = true};
    struct arena *arena = arena_new(0);
    struct act a = {.service = service, .law = atomic_load(&service->law), .arena = arena};
    int status = tx_begin(service->store, arena, &scope, false, &a.tx, err);

    if (!status) {
        status = recounts_queue(&a, err);
        if (!status)
            status = tx_commit(a.tx, err);
        else
            tx_rollback(a.tx);
    }
    arena_free(arena);
    return status;
}

static void said(struct act *a, const char *name, int64_t before_us, int64_t after_us)
{
    json_key(&a->payload, name);
    json_open(&a->payload, '{');
    json_key(&a->payload, "before");
    json_time(&a->payload, before_us);
    json_key(&a->payload, "after");
    json_time(&a->payload, after_us);
    json_close(&a->payload, '}');
}

act_fn due_tender_recount;

int due_tender_recount(struct act *a, struct err *err)
{
    struct tender *t;
    int status = tender_load(a, a->subject, &t, err);
    int64_t before_us = status ? 0 : t->deadline_us;

    if (!status && t->opened_us == 0 && before_us > a->now_us) {
        status = deadline_recount(a, t, err);
        said(a, "deadline", before_us, t->deadline_us);
    }
    for (size_t i = 0; !status && i < t->lot_count; i++) {
        before_us = t->lots[i].phase_due_us;
        status = lot_due_recount(a, t, &t->lots[i], err);
        said(a, arena_printf(a->arena, "lot_%d", t->lots[i].no), before_us, t->lots[i].phase_due_us);
    }
    if (!status)
        status = objections_recount(a, t, err);
    return status ? status : questions_recount(a, t, err);
}
