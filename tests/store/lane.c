/* A lane on a real PostgreSQL: order, batches that fail, connections that die. */
#include "core/store/lane.h"

#include <libpq-fe.h>
#include <poll.h>
#include <signal.h>

#include "core/base/time.h"
#include "core/store/merge.h"
#include "tests/store/common.h"

struct heard {
    int order, code;
    size_t count;
    char type[64], json[2048];
};

static int heard_count;

static void hear(void *arg, const struct lane_rows *rows, const struct err *err)
{
    struct heard *heard = arg;

    heard->order = ++heard_count;
    heard->code = err ? err->code : 0;
    if (err)
        snprintf(heard->type, sizeof(heard->type), "%s", err->type);
    if (!rows)
        return;
    heard->count = lane_count(rows);
    if (heard->count > 0) {
        CLEANUP(buf_free) struct buf json = {0};
        lane_json(rows, 0, &json);
        snprintf(heard->json, sizeof(heard->json), "%s", json.data);
    }
}

static void turn(struct lane *lane, int ms)
{
    bool want_read, want_write;
    int fd = lane_fd(lane, &want_read, &want_write);
    struct pollfd poll_fd = {.fd = fd,
                             .events = (short)((want_read ? POLLIN : 0) | (want_write ? POLLOUT : 0))};

    poll(&poll_fd, 1, ms);
    if (poll_fd.revents)
        lane_ready(lane, (poll_fd.revents & (POLLIN | POLLHUP | POLLERR)) != 0,
                   (poll_fd.revents & POLLOUT) != 0, time_monotonic());
    lane_tick(lane, time_monotonic());
}

static struct lane *up_as(struct lane_config config)
{
    struct lane *lane;
    struct err err;

    cr_assert_eq(lane_open(&config, &lane, &err), 0, "%s", err.detail);
    for (int i = 0; i < 500 && !lane_up(lane); i++)
        turn(lane, 10);
    cr_assert(lane_up(lane));
    return lane;
}

static struct lane *up(const char *role, int statement_ms, int queue_max)
{
    return up_as((struct lane_config){
        .url = database_url(), .role = role, .statement_ms = statement_ms, .queue_max = queue_max});
}

static void drain(struct lane *lane)
{
    lane_send(lane);
    for (int i = 0; i < 1000 && lane_waiting(lane) > 0; i++) {
        turn(lane, 10);
        lane_send(lane);
    }
    cr_assert_eq(lane_waiting(lane), 0);
}

static void ask_tender(struct lane *lane, const char *id, struct heard *heard)
{
    const char *params[] = {"1", id};
    struct err err;

    cr_assert_eq(lane_ask(lane, Q_tender_get, params, NULL, 2, hear, heard, &err), 0, "%s", err.detail);
}

static void ask_event(struct lane *lane, const char *id, struct heard *heard)
{
    const char *params[] = {"0",
                            id,
                            "2026-12-01T00:59:59Z",
                            NULL,
                            "clock",
                            "test",
                            "tender",
                            NULL,
                            NULL,
                            "f",
                            "\\x000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f",
                            "{}"};
    struct err err;

    cr_assert_eq(lane_ask(lane, Q_event_add, params, NULL, 12, hear, heard, &err), 0);
}

TestSuite(lane, .init = small_load);

Test(lane, answers_come_in_order)
{
    struct lane *lane = up("linli_read", 2000, 100);
    struct heard heard[50] = {0};

    for (int i = 0; i < 50; i++) {
        ask_tender(lane, i % 2 ? PUBLISHED : OFFICE_DRAFT, &heard[i]);
        if (i % 7 == 0)
            lane_send(lane);
    }
    cr_assert_eq(lane_waiting(lane), 50);
    drain(lane);
    for (int i = 0; i < 50; i++) {
        cr_assert_eq(heard[i].order, i + 1);
        cr_assert_eq(heard[i].code, 0);
        cr_assert_eq(heard[i].count, (size_t)(i % 2), "drafts are not public");
    }
    cr_assert(strstr(heard[1].json, "\"budget\":\"480000.00\""), "%s", heard[1].json);
    lane_close(lane);
}

Test(lane, nothing_of_a_failed_batch_is_told_as_done)
{
    struct lane *lane = up("linli_act", 2000, 100);
    struct heard heard[5] = {0};

    ask_event(lane, "00000000-0000-8000-8000-00000000d001", &heard[0]);
    ask_tender(lane, "no uuid", &heard[1]);
    ask_event(lane, "00000000-0000-8000-8000-00000000d002", &heard[2]);
    lane_send(lane);
    ask_event(lane, "00000000-0000-8000-8000-00000000d003", &heard[3]); /* the next batch stands for itself */
    ask_event(lane, "00000000-0000-8000-8000-00000000d004", &heard[4]);
    drain(lane);
    cr_assert_eq(heard[0].code, E_RETRY);
    cr_assert_eq(heard[1].code, E_INVALID);
    cr_assert_eq(heard[2].code, E_RETRY);
    cr_assert_eq(heard[3].code, 0);
    cr_assert_eq(heard[4].code, 0);
    super("-c \"SELECT 1/(count(*) = 2)::integer FROM linli.event_queue WHERE id::text LIKE "
          "'00000000-0000-8000-8000-00000000d%'\" >/dev/null");

    ask_event(lane, "00000000-0000-8000-8000-00000000d001", &heard[0]);
    ask_event(lane, "00000000-0000-8000-8000-00000000d004", &heard[1]);
    drain(lane);
    cr_assert_eq(heard[0].code, E_RETRY);
    cr_assert_eq(heard[1].code, E_CONFLICT);
    cr_assert_str_eq(heard[1].type, "constraint/event_queue_pkey");
    lane_close(lane);
}

Test(lane, a_statement_that_cannot_be_prepared)
{
    struct lane *lane = up("linli_read", 2000, 100);
    struct heard heard[3] = {0};

    for (int round = 0; round < 2; round++) {
        ask_tender(lane, PUBLISHED, &heard[0]);
        ask_event(lane, "00000000-0000-8000-8000-00000000d005", &heard[1]); /* linli_read may not */
        ask_tender(lane, PUBLISHED, &heard[2]);
        drain(lane);
        cr_assert_eq(heard[0].code, E_RETRY);
        cr_assert_eq(heard[1].code, E_BROKEN);
        cr_assert_eq(heard[2].code, E_RETRY);
    }
    ask_tender(lane, PUBLISHED, &heard[0]);
    drain(lane);
    cr_assert_eq(heard[0].count, 1);
    lane_close(lane);
}

Test(lane, a_lost_connection_comes_back)
{
    struct lane *lane = up("linli_read", 2000, 100);
    struct heard heard[2] = {0};
    struct err err;

    ask_tender(lane, PUBLISHED, &heard[0]);
    drain(lane);
    super("-c \"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'linli'\" "
          ">/dev/null");
    ask_tender(lane, PUBLISHED, &heard[1]);
    lane_send(lane);
    for (int i = 0; i < 100 && lane_up(lane); i++)
        turn(lane, 10);
    cr_assert_eq(heard[1].code, E_BUSY);
    cr_assert_not(lane_up(lane));
    cr_assert_eq(lane_ask(lane, Q_tender_get, (const char *[]){"1", PUBLISHED}, NULL, 2, hear, heard, &err),
                 E_BUSY);
    for (int i = 0; i < 500 && !lane_up(lane); i++)
        turn(lane, 10);
    ask_tender(lane, PUBLISHED, &heard[1]);
    drain(lane);
    cr_assert_eq(heard[1].count, 1);
    lane_close(lane);
}

static pid_t backend(void)
{
    long pid = 0;

    super("-c \"SELECT max(pid) FROM pg_stat_activity WHERE usename = 'linli'\" >/tmp/linli-lane-pid");
    FILE *file = fopen("/tmp/linli-lane-pid", "r");
    cr_assert(file && fscanf(file, "%ld", &pid) == 1 && pid > 1);
    fclose(file);
    return (pid_t)pid;
}

Test(lane, late_answers_are_cut_off)
{
    struct lane *lane = up("linli_read", 100, 2);
    struct heard heard[3] = {0};
    pid_t pid = backend();
    struct err err;

    cr_assert_eq(kill(pid, SIGSTOP), 0);
    ask_tender(lane, PUBLISHED, &heard[0]);
    ask_tender(lane, PUBLISHED, &heard[1]);
    cr_assert_eq(lane_ask(lane, Q_tender_get, (const char *[]){"1", PUBLISHED}, NULL, 2, hear, heard, &err),
                 E_BUSY, "two may wait");
    lane_send(lane);
    for (int i = 0; i < 50 && lane_waiting(lane) > 0; i++)
        turn(lane, 10);
    kill(pid, SIGCONT);
    cr_assert_eq(heard[0].code, E_BUSY);
    cr_assert_eq(heard[1].code, E_BUSY);
    cr_assert(lane_up(lane));
    ask_tender(lane, PUBLISHED, &heard[2]); /* its answer is not mistaken for the ones that come late */
    drain(lane);
    cr_assert_eq(heard[2].code, 0);
    cr_assert_eq(heard[2].count, 1);
    cr_assert_eq(heard[2].order, 3);
    lane_close(lane);
}

Test(lane, closing_tells_those_who_wait)
{
    struct lane *lane = up("linli_read", 2000, 10);
    struct heard heard[2] = {0};

    ask_tender(lane, PUBLISHED, &heard[0]);
    lane_send(lane);
    ask_tender(lane, PUBLISHED, &heard[1]);
    lane_close(lane);
    cr_assert_eq(heard[0].code, E_BUSY);
    cr_assert_eq(heard[1].code, E_BUSY);
}

static struct lane *merging(void)
{
    return up_as((struct lane_config){
        .url = database_url(), .role = "linli_read", .statement_ms = 2000, .queue_max = 200, .reads = true});
}

Test(lane, merged_questions_get_their_own_answers)
{
    struct lane *lane = merging();
    struct heard heard[50] = {0}, page[4] = {0};
    struct err err;

    for (int i = 0; i < 50; i++) {
        ask_tender(lane, i % 3 ? PUBLISHED : OFFICE_DRAFT, &heard[i]);
        if (i % 17 == 0)
            lane_send(lane);
    }
    for (int i = 0; i < 4; i++) /* an office each; two of them with another limit */
        cr_assert_eq(lane_ask(lane, Q_tender_page,
                              (const char *[]){i % 2 ? "2" : "1", NULL, NULL, i < 2 ? "21" : "6", NULL}, NULL,
                              5, hear, &page[i], &err),
                     0);
    drain(lane);
    for (int i = 0; i < 50; i++) {
        cr_assert_eq(heard[i].code, 0, "%s", heard[i].type);
        cr_assert_eq(heard[i].count, (size_t)(i % 3 != 0), "drafts are not public");
    }
    cr_assert(strstr(heard[1].json, "\"budget\":\"480000.00\""), "%s", heard[1].json);
    cr_assert_str_eq(heard[1].json, heard[49].json);
    ask_tender(lane, PUBLISHED,
               &heard[0]); /* alone, and in PostgreSQL's binary form, as the first were not */
    drain(lane);
    cr_assert_str_eq(heard[1].json, heard[0].json);
    for (int i = 0; i < 4; i++)
        cr_assert_eq(page[i].count, (size_t)(i % 2 == 0), "%d has %zu", i, page[i].count);
    lane_close(lane);
}

Test(lane, a_question_that_fails_harms_none_it_was_merged_with)
{
    struct lane *lane = merging();
    struct heard heard[9] = {0};

    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 9; i++)
            ask_tender(lane, i == 4 ? "no \"uuid\\" : PUBLISHED, &heard[i]);
        drain(lane);
        /* The eight are asked again beside the bad one, and told to come once more, or are answered. */
        for (int i = 0; i < 9; i++)
            cr_assert(i == 4 ? heard[i].code == E_INVALID : heard[i].code == 0 || heard[i].code == E_RETRY,
                      "%d: %d", i, heard[i].code);
        for (int i = 0; i < 9; i++)
            if (i != 4)
                ask_tender(lane, PUBLISHED, &heard[i]);
        drain(lane);
        for (int i = 0; i < 9; i++)
            cr_assert(i == 4 || (heard[i].code == 0 && heard[i].count == 1));
    }
    lane_close(lane);
}

/* Whatever can be asked alone can be asked together. */
Test(lane, every_statement_that_reads_can_be_merged)
{
    PGconn *db = PQconnectdb(database_url());
    int merged = 0;

    cr_assert_eq(PQstatus(db), CONNECTION_OK, "%s", PQerrorMessage(db));
    PQclear(PQexec(db, "SET ROLE linli_read"));
    for (int q = 0; q < Q_COUNT; q++) {
        struct merge m;
        PGresult *alone = PQprepare(db, statements[q].name, statements[q].text, 0, NULL);

        if (PQresultStatus(alone) == PGRES_COMMAND_OK && strncmp(statements[q].text, "SELECT", 6) == 0 &&
            merge_make(statements[q].name, statements[q].text, statements[q].parameters, &m)) {
            PGresult *many = PQprepare(db, m.name, m.text, 0, NULL);

            cr_expect_eq(PQresultStatus(many), PGRES_COMMAND_OK, "%s: %s", m.name, PQerrorMessage(db));
            PQclear(many);
            merge_free(&m);
            merged++;
        }
        PQclear(alone);
    }
    PQfinish(db);
    cr_assert_gt(merged, 15);
}
