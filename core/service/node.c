/* Leases of servers, and what they have open. */
#include "core/service/node.h"

#include "core/base/digest.h"
#include "core/base/time.h"

/* Nothing stays open for as long as this, so nobody has to be waited for that was silent so long. */
enum { OPEN_MOST_S = 60 };

void node_open(struct node *node)
{
    *node = (struct node){.since_us = 0};
    uuid_new(node->id);
}

static int change(const struct service *service, enum statement_id q, const struct param *params,
                  size_t count, struct err *err)
{
    const struct scope scope = {.all = true};
    struct arena *arena = arena_new(0);
    struct tx *tx = NULL;
    int status = tx_begin(service->store, arena, &scope, false, &tx, err);

    if (!status) {
        status = tx_run_v(tx, q, params, count, NULL, err);
        if (status)
            tx_rollback(tx);
        else
            status = tx_commit(tx, err);
    }
    arena_free(arena);
    return status;
}

int node_report(const struct service *service, struct node *node, int64_t clear_us, int64_t turned_us,
                struct err *err)
{
    const int64_t lease_us = turned_us + NODE_LEASE_S * TIME_SECOND;
    const struct param params[] = {P_TEXT(node->id), P_TIME(clear_us), P_TIME(lease_us),
                                   P_TIME(time_real() - TIME_DAY)};
    int status;

    if (clear_us == 0 || lease_us < time_real())
        return 0;
    status = change(service, Q_node_report, params, LENGTH(params), err);
    if (status)
        return status;
    if (atomic_load(&node->lease_us) < time_real())
        atomic_store(&node->since_us, time_real());
    atomic_store(&node->lease_us, lease_us);
    return 0;
}

int node_leave(const struct service *service, struct node *node, struct err *err)
{
    const struct param params[] = {P_TEXT(node->id)};

    return change(service, Q_node_leave, params, LENGTH(params), err);
}

int64_t node_counts_us(const struct node *node)
{
    const int64_t now_us = time_real();
    int64_t since_us;

    if (!node)
        return now_us;
    since_us = atomic_load(&node->since_us);
    if (since_us == 0 || atomic_load(&node->lease_us) < now_us)
        return now_us - OPEN_MOST_S * TIME_SECOND;
    return now_us - since_us < NODE_LEASE_S * TIME_SECOND ? since_us - OPEN_MOST_S * TIME_SECOND : now_us;
}

int node_horizon(const struct service *service, int64_t *ret_us, struct err *err)
{
    const struct scope scope = {.all = true};
    struct arena *arena = arena_new(0);
    struct rows *rows = NULL;
    struct tx *tx = NULL;
    int64_t now_us = 0;
    int status = tx_begin(service->store, arena, &scope, true, &tx, err);

    if (!status) {
        status = legal_now(service, tx, &now_us, err);
        if (!status)
            status = tx_run(tx, Q_node_horizon, &rows, err, P_TIME(now_us - service->drain_us),
                            P_TIME(node_counts_us(service->node)));
        if (!status)
            *ret_us = row_time(rows, 0, "at");
        tx_rollback(tx);
    }
    arena_free(arena);
    return status;
}
