/*
 * bench_journal CLIENTS SECONDS: posts grants to the appropriations of tests/soak/money.sql, each a
 * transaction as an act makes one, and prints how many journals a second.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/log.h"
#include "core/base/time.h"
#include "core/money/ledger.h"
#include "core/store/ids.h"

enum { OFFICE = 1, APPROPRIATIONS = 25 };

static struct bench {
    struct store *store;
    int64_t end_us;
    atomic_int_fast64_t posted;
    atomic_bool failed;
} bench;

static int post_one(struct arena *arena, unsigned nth, struct err *err)
{
    static const int32_t offices[] = {OFFICE};
    const struct scope scope = {
        .person = "00000000-0000-8000-8000-0000000000f1", .offices = offices, .office_count = 1};
    char source[UUID_TEXT];
    struct tx *tx;
    int status = tx_begin(bench.store, arena, &scope, false, &tx, err);

    if (status)
        return status;
    struct money m = {tx, OFFICE, scope.person, time_real()};
    id_new(OFFICE, source);
    status = money_appropriate(
        &m, arena_printf(arena, "%08x-00a0-8000-8000-%012x", OFFICE, nth % APPROPRIATIONS + 1), source, 10,
        err);
    if (!status)
        return tx_commit(tx, err);
    tx_rollback(tx);
    return status;
}

static void *client_run(void *arg)
{
    struct arena *arena = arena_new(0);
    struct err err;

    for (unsigned nth = *(unsigned *)arg; time_monotonic() < bench.end_us && !bench.failed; nth += 7) {
        arena_reset(arena);
        const int status = post_one(arena, nth, &err);
        if (!status) {
            bench.posted++;
        } else if (status != E_RETRY && status != E_BUSY) {
            fprintf(stderr, "%s %s\n", err.type, err.detail);
            bench.failed = true;
        }
    }
    arena_free(arena);
    return NULL;
}

int main(int argc, char **argv)
{
    const int clients = argc == 3 ? atoi(argv[1]) : 0, seconds = argc == 3 ? atoi(argv[2]) : 0;
    const char *url = getenv("LINLI_DATABASE_URL");
    struct err err;

    if (clients < 1 || clients > 500 || seconds < 1 || !url) {
        fprintf(stderr, "bench_journal CLIENTS SECONDS, with LINLI_DATABASE_URL\n");
        return 2;
    }
    log_set_level(LOG_ERROR);
    const struct store_config config = {url, "linli_act", clients, 2000, 5000, 5000};
    if (store_open(&config, &bench.store, &err)) {
        fprintf(stderr, "%s\n", err.detail);
        return 2;
    }
    pthread_t *threads = calloc((size_t)clients, sizeof *threads);
    unsigned *numbers = calloc((size_t)clients, sizeof *numbers);
    MUST(threads && numbers);
    bench.end_us = time_monotonic() + seconds * TIME_SECOND;
    for (int i = 0; i < clients; i++) {
        numbers[i] = (unsigned)i;
        MUST(pthread_create(&threads[i], NULL, client_run, &numbers[i]) == 0);
    }
    for (int i = 0; i < clients; i++)
        pthread_join(threads[i], NULL);
    printf("%lld\n", (long long)(bench.posted / seconds));
    free(threads);
    free(numbers);
    store_close(bench.store);
    return bench.failed;
}
