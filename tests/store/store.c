/* The pool, transactions, statements and rows on a real PostgreSQL. */
#include <unistd.h>

#include "core/store/store.h"

#include "core/base/digest.h"
#include "core/base/time.h"
#include "core/money/ledger.h"
#include "tests/store/common.h"

static struct arena *arena;

static struct store *open_as(const char *role, int connections)
{
    struct store_config config = {.url = database_url(),
                                  .role = role,
                                  .connections = connections,
                                  .wait_ms = 50,
                                  .statement_ms = 2000,
                                  .lock_ms = 100};
    struct store *store;
    struct err err;

    cr_assert_eq(store_open(&config, &store, &err), 0, "%s", err.detail);
    return store;
}

static struct tx *begin(struct store *store, const struct scope *scope)
{
    struct tx *tx;
    struct err err;

    cr_assert_eq(tx_begin(store, arena, scope, false, &tx, &err), 0, "%s", err.detail);
    return tx;
}

static void setup(void)
{
    arena = arena_new(0);
    small_load();
}

static void teardown(void)
{
    arena_free(arena);
}

TestSuite(store, .init = setup, .fini = teardown);

static const int32_t one[] = {1}, other[] = {2};
static const struct scope office_one = {.person = PERSON, .offices = one, .office_count = 1};
static const struct scope office_two = {.person = PERSON, .offices = other, .office_count = 1};

static int event_run(struct tx *tx, int office, const char *id, struct err *err)
{
    return tx_run(tx, Q_event_add, NULL, err, P_INT(office), P_TEXT(id), P_TIME(1796086799123456),
                  P_TEXT(PERSON), P_TEXT("office_clerk"), P_TEXT("test"), P_TEXT("tender"), P_NULL, P_NULL,
                  P_BOOL(false), P_BYTES(salt, 32), P_TEXT("{}"));
}

Test(store, rows_and_json_by_the_names_of_columns)
{
    struct store *store = open_as("linli_read", 1);
    struct tx *tx = begin(store, NULL);
    struct buf json = {0};
    struct rows *rows;
    struct err err;

    cr_assert_eq(tx_run(tx, Q_tender_get, &rows, &err, P_INT(1), P_TEXT(PUBLISHED)), 0, "%s", err.detail);
    cr_assert_eq(rows_count(rows), 1);
    cr_assert_eq(row_int(rows, 0, "budget_fen"), 48000000);
    cr_assert_eq(row_time(rows, 0, "deadline"), INT64_C(1796086799123456));
    cr_assert_eq(row_time(rows, 0, "published"), INT64_C(1795219200500000));
    cr_assert(row_null(rows, 0, "opened"));
    cr_assert_eq(row_time(rows, 0, "opened"), 0);
    cr_assert_not(row_bool(rows, 0, "deadline_provisional"));
    cr_assert(rows_have(rows, "_version") && !rows_have(rows, "nothing"));
    row_json(rows, 0, &json);
    cr_assert(strstr(json.data, "\"title\":\"say \\\"你好\\\" \\\\\""), "%s", json.data);
    cr_assert(strstr(json.data, "\"summary\":\"line\\nline\""), "%s", json.data);
    cr_assert(strstr(json.data, "\"budget\":\"480000.00\",\"ceiling\":\"479999.05\""), "%s", json.data);
    cr_assert(
        strstr(json.data,
               "\"published\":\"2026-11-21T00:00:00.500000Z\",\"deadline\":\"2026-12-01T00:59:59.123456Z\""),
        "%s", json.data);
    cr_assert(strstr(json.data, "\"deadline_provisional\":false,\"opened\":null"), "%s", json.data);
    cr_assert_not(strstr(json.data, "version"));
    buf_free(&json);
    tx_rollback(tx);
    store_close(store);
}

Test(store, drafts_are_not_public)
{
    struct store *store = open_as("linli_read", 1);
    struct tx *tx = begin(store, NULL);
    struct rows *rows;
    struct err err;

    cr_assert_eq(tx_run(tx, Q_lock_tender, &rows, &err, P_INT(1), P_TEXT(PUBLISHED)), E_BROKEN);
    tx_rollback(tx);
    store_close(store);
}

Test(store, a_transaction_reaches_its_offices_only)
{
    struct store *store = open_as("linli_act", 1);
    struct rows *rows;
    struct err err;
    struct tx *tx = begin(store, &office_two);

    cr_assert_eq(tx_run(tx, Q_lock_tender, &rows, &err, P_INT(1), P_TEXT(OFFICE_DRAFT)), 0, "%s", err.detail);
    cr_assert_eq(rows_count(rows), 0);
    cr_assert_eq(event_run(tx, 1, "00000001-0000-8000-8000-00000000e001", &err), E_BROKEN);
    tx_rollback(tx);

    tx = begin(store, &office_one); /* the same connection: nothing of the last scope is left */
    cr_assert_eq(tx_run(tx, Q_lock_tender, &rows, &err, P_INT(1), P_TEXT(OFFICE_DRAFT)), 0);
    cr_assert_eq(rows_count(rows), 1);
    cr_assert_eq(event_run(tx, 1, "00000001-0000-8000-8000-00000000e001", &err), 0);
    tx_rollback(tx);

    tx = begin(store, NULL);
    cr_assert_eq(tx_run(tx, Q_lock_tender, &rows, &err, P_INT(1), P_TEXT(OFFICE_DRAFT)), 0);
    cr_assert_eq(rows_count(rows), 0);
    tx_rollback(tx);

    const struct scope all = {.all = true};
    tx = begin(store, &all);
    cr_assert_eq(tx_run(tx, Q_lock_tender, &rows, &err, P_INT(1), P_TEXT(OFFICE_DRAFT)), 0);
    cr_assert_eq(rows_count(rows), 1);
    tx_rollback(tx);
    store_close(store);
}

Test(store, parameters_come_back_as_they_went)
{
    struct store *store = open_as("linli_act", 1);
    struct tx *tx = begin(store, &office_one);
    uint8_t hash[32];
    struct rows *rows;
    struct err err;
    size_t count;

    for (size_t i = 0; i < sizeof(hash); i++)
        hash[i] = (uint8_t)(i * 8); /* a zero among them */
    cr_assert_eq(tx_run(tx, Q_idempotency_add, NULL, &err, P_TEXT(""), P_TEXT("0123456789abcdef"), P_INT(1),
                        P_BYTES(hash, sizeof(hash)), P_INT(-201), P_TEXT("a'b\\c\"d"), P_TEXT(NULL), P_NULL,
                        P_BOOL(true), P_TIME(1)),
                 0, "%s", err.detail);
    cr_assert_eq(tx_run(tx, Q_idempotency_get, &rows, &err, P_TEXT(""), P_TEXT("0123456789abcdef")), 0);
    const uint8_t *bytes = row_bytes(rows, 0, "request_hash", &count);
    cr_assert(count == sizeof(hash) && memcmp(bytes, hash, sizeof(hash)) == 0);
    cr_assert_eq(row_int(rows, 0, "status"), -201);
    cr_assert_str_eq(row_text(rows, 0, "answer"), "a'b\\c\"d");
    cr_assert_null(row_text(rows, 0, "subject"));
    tx_rollback(tx);
    store_close(store);
}

Test(store, instants_and_days_we_do_not_have_are_the_nearest_we_have)
{
    static const struct {
        const char *instant, *day;
        int64_t us;
        int32_t number;
    } odd[] = {{"-infinity", "-infinity", 1, 1},
               {"0044-03-15 BC", "0044-03-15 BC", 1, 1},
               {"1969-12-31Z", "1969-12-31", 1, 1},
               {"1970-01-02Z", "1970-01-02", INT64_C(86400000000), 1},
               {"9999-12-31T23:59:59.999999Z", "9999-12-31", INT64_C(253402300799999999), 2932896},
               {"10000-01-01Z", "10000-01-01", INT64_C(253402300799999999), 2932896},
               {"infinity", "infinity", INT64_C(253402300799999999), 2932896}};
    struct store *store = open_as("linli_act", 1);
    char sql[400];
    struct err err;

    for (size_t i = 0; i < LENGTH(odd); i++) {
        struct tx *tx;
        struct rows *rows, *days;

        snprintf(sql, sizeof sql,
                 "-c \"UPDATE linli.tender SET deadline = '%s' WHERE id = '" PUBLISHED "'\" "
                 "-c \"UPDATE linli.organisation SET founded = '%s'\"",
                 odd[i].instant, odd[i].day);
        super(sql);
        tx = begin(store, &office_one);
        cr_assert_eq(tx_run(tx, Q_tender_get, &rows, &err, P_INT(1), P_TEXT(PUBLISHED)), 0, "%s", err.detail);
        cr_expect_eq(row_time(rows, 0, "deadline"), odd[i].us, "%s", odd[i].instant);
        cr_assert_eq(tx_run(tx, Q_organisation_get, &days, &err, P_INT(1),
                            P_TEXT("00000000-0000-4000-8000-0000000000a1")),
                     0, "%s", err.detail);
        cr_expect_eq(row_date(days, 0, "founded"), odd[i].number, "%s", odd[i].day);
        tx_rollback(tx);
    }
    super("-c \"UPDATE linli.tender SET deadline = '2026-12-01T00:59:59.123456Z' WHERE id = '" PUBLISHED
          "'\" "
          "-c 'UPDATE linli.organisation SET founded = NULL'");
    store_close(store);
}

Test(store, a_ledger_that_posts_fewer_than_it_was_asked_is_an_error)
{
    static const char types[] = "(integer, text, uuid, timestamptz, uuid[], uuid[], uuid[], bigint[])";
    struct store *store = open_as("linli_act", 1);
    struct money money = {.office = 1, .actor = PERSON, .now_us = INT64_C(1796086799123456)};
    const struct money_line line = {"00000001-0000-8000-8000-00000000a001",
                                    "00000001-0000-8000-8000-00000000a002", 5};
    struct err err;
    char sql[700];

    snprintf(sql, sizeof sql,
             "-1 -c 'ALTER FUNCTION linli.post_many%s RENAME TO honest' "
             "-c 'CREATE FUNCTION linli.post_many%s RETURNS bigint LANGUAGE sql AS $$SELECT 0::bigint$$'",
             types, types);
    super(sql);
    money.tx = begin(store, &office_one);
    cr_expect_eq(money_send_all(&money, &line, 1, &err), E_BROKEN, "%s", err.detail);
    cr_expect_str_eq(err.type, "server/broken");
    tx_rollback(money.tx);
    snprintf(sql, sizeof sql,
             "-1 -c 'DROP FUNCTION linli.post_many%s' -c 'ALTER FUNCTION linli.honest%s RENAME TO post_many'",
             types, types);
    super(sql);
    store_close(store);
}

Test(store, arrays_go_in_and_their_refusal_comes_out)
{
    struct store *store = open_as("linli_act", 1);
    struct tx *tx = begin(store, &office_one);
    const char *ids[] = {"00000001-0000-8000-8000-00000000a001", "00000001-0000-8000-8000-00000000a002"};
    const char *contracts[] = {"00000001-0000-8000-8000-0000000000f3",
                               "00000001-0000-8000-8000-0000000000f2"};
    const int64_t fen[] = {5, 7};
    struct err err;

    int code = tx_run(tx, Q_ledger_post_many, NULL, &err, P_INT(1), P_TEXT("send"), P_TEXT(PERSON),
                      P_TIME(1796086799123456), P_TEXTS(ids, 2), P_TEXTS(ids, 2), P_TEXTS(contracts, 2),
                      P_INTS(fen, 2));
    cr_assert_eq(code, E_REFUSED, "%s %s", err.type, err.detail);
    cr_assert_str_eq(err.type, "contract/absent");
    cr_assert_str_eq(err.detail, "no such contract");
    tx_rollback(tx);
    store_close(store);
}

Test(store, errors_by_sqlstate)
{
    struct store *store = open_as("linli_act", 1);
    struct tx *tx = begin(store, &office_one);
    struct err err;

    cr_assert_eq(event_run(tx, 1, "00000001-0000-8000-8000-00000000e002", &err), 0, "%s", err.detail);
    cr_assert_eq(event_run(tx, 1, "00000001-0000-8000-8000-00000000e002", &err), E_CONFLICT);
    cr_assert_str_eq(err.type, "constraint/event_queue_pkey");
    cr_assert_eq(event_run(tx, 1, "00000001-0000-8000-8000-00000000e003", &err), E_CONFLICT,
                 "the first error stays");
    cr_assert_eq(tx_commit(tx, &err), E_CONFLICT);

    tx = begin(store, &office_one);
    cr_assert_eq(event_run(tx, 1, "no uuid", &err), E_INVALID);
    cr_assert_str_eq(err.type, "body/invalid");
    cr_assert_eq(tx_commit(tx, NULL), E_INVALID);

    tx = begin(store, &office_one);
    int code = tx_run(tx, Q_event_add, NULL, &err, P_INT(1), P_TEXT("00000001-0000-8000-8000-00000000e004"),
                      P_TIME(1), P_NULL, P_TEXT(""), P_TEXT(""), P_TEXT(""), P_NULL, P_NULL, P_BOOL(false),
                      P_BYTES("short", 5), P_TEXT(""));
    cr_assert_eq(code, E_INVALID, "%s", err.detail);
    cr_assert_str_eq(err.type, "constraint/event_queue_salt_check");
    tx_rollback(tx);
    store_close(store);
}

Test(store, what_was_committed_is_there)
{
    struct store *store = open_as("linli_act", 2);
    struct tx *tx = begin(store, &office_one);
    struct err err;

    cr_assert_eq(event_run(tx, 1, "00000001-0000-8000-8000-00000000e005", &err), 0);
    cr_assert_eq(tx_commit(tx, &err), 0, "%s", err.detail);
    super("-c \"SELECT 1/count(*) FROM linli.event_queue WHERE id = '00000001-0000-8000-8000-00000000e005' "
          "AND at = '2026-12-01T00:59:59.123456Z'\" >/dev/null");
    store_close(store);
}

Test(store, a_lock_is_not_waited_for_for_ever)
{
    struct store *store = open_as("linli_act", 2);
    struct tx *first = begin(store, &office_one), *second = begin(store, &office_one);
    struct err err;

    cr_assert_eq(tx_run(first, Q_lock_tender, NULL, &err, P_INT(1), P_TEXT(PUBLISHED)), 0);
    cr_assert_eq(tx_run(second, Q_lock_tender, NULL, &err, P_INT(1), P_TEXT(PUBLISHED)), E_BUSY);
    cr_assert_str_eq(err.type, "server/busy");
    tx_rollback(second);
    tx_rollback(first);
    store_close(store);
}

Test(store, the_pool_has_an_end)
{
    struct store *store = open_as("linli_act", 1);
    struct tx *tx = begin(store, NULL), *none = tx;
    struct err err;

    cr_assert_eq(tx_begin(store, arena, NULL, true, &none, &err), E_BUSY);
    cr_assert_null(none, "whoever rolls back what did not begin ends nothing else");
    tx_rollback(tx);
    cr_assert_eq(tx_begin(store, arena, NULL, true, &tx, &err), 0);
    tx_rollback(tx);
    store_close(store);
}

Test(store, a_lost_connection_is_opened_again)
{
    struct store *store = open_as("linli_act", 1);
    struct tx *tx = begin(store, &office_one);
    struct err err;

    cr_assert_eq(tx_run(tx, Q_lock_tender, NULL, &err, P_INT(1), P_TEXT(PUBLISHED)), 0);
    cr_assert_eq(tx_commit(tx, &err), 0);
    super("-c \"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'linli'\" "
          ">/dev/null");
    tx = begin(store, &office_one);
    cr_assert_eq(tx_run(tx, Q_lock_tender, NULL, &err, P_INT(1), P_TEXT(PUBLISHED)), 0, "prepared afresh");
    super("-c \"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'linli'\" "
          ">/dev/null");
    cr_assert_eq(tx_commit(tx, &err), E_BUSY, "nobody knows whether it was done");
    cr_assert_eq(store_ping(store, &err), 0);
    store_close(store);
}

/* Whoever waits for the standby in vain is cancelled in a moment, as an administrator would. */
static void cancel_soon(void)
{
    cr_assert_eq(
        system("(for i in 1 2 3 4 5 6 7 8 9 10; do sleep 0.3; psql -X -q -t -A \"$LINLI_TEST_SUPER_URL\" -c "
               "\"SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'\"; "
               "done) >/dev/null 2>&1 &"),
        0);
}

Test(store, what_is_told_again_waits_for_the_standby_as_well)
{
    struct store *store;
    struct tx *tx;
    struct err err;

    super("-c \"ALTER SYSTEM SET synchronous_standby_names "
          "= 'nobody'\" "
          "-c 'SELECT pg_reload_conf()' -c 'SELECT pg_sleep(0.3)' >/dev/null");
    cancel_soon();
    store = open_as("linli_act", 1);
    tx = begin(store, &office_one);
    cr_expect_eq(event_run(tx, 1, "00000001-0000-8000-8000-00000000e006", &err), 0, "%s", err.detail);
    cr_expect_eq(tx_commit(tx, &err), E_BUSY, "the first time");
    tx = begin(store, &office_one);
    cr_expect_eq(tx_run_v(tx, Q_replay_safe, NULL, 0, NULL, &err), 0, "%s", err.detail);
    cr_expect_eq(tx_commit(tx, &err), E_BUSY, "and asked again");
    super("-c 'ALTER SYSTEM RESET synchronous_standby_names' -c 'SELECT pg_reload_conf()' >/dev/null");
    store_close(store);
}

Test(store, reads_only)
{
    struct store *store = open_as("linli_act", 1);
    struct tx *tx;
    struct err err;

    cr_assert_eq(tx_begin(store, arena, &office_one, true, &tx, &err), 0);
    cr_assert_neq(tx_run(tx, Q_lock_tender, NULL, &err, P_INT(1), P_TEXT(PUBLISHED)), 0);
    tx_rollback(tx);
    store_close(store);
}

Test(store, the_schema_is_the_one_expected)
{
    struct store *store = open_as("linli_act", 1);
    const char *found, *needed;
    struct err err;

    cr_assert_eq(store_schema(store, &found, &needed, &err), 0, "%s", err.detail);
    cr_assert_str_eq(found, needed);
    cr_assert_eq(store_scripts(store, &err), 0, "%s", err.detail);
    super("-c \"UPDATE sqitch.changes SET script_hash = reverse(script_hash) WHERE change = '090_ledger'\"");
    cr_expect_eq(store_scripts(store, &err), E_BROKEN);
    cr_expect(strstr(err.detail, "(090_ledger)"), "%s", err.detail);
    super("-c \"UPDATE sqitch.changes SET script_hash = reverse(script_hash) WHERE change = '090_ledger'\"");
    store_close(store);
}

Test(store, what_is_asked_may_be_forgotten_before_the_end)
{
    struct store *store = open_as("linli_act", 1);
    struct arena *whole = arena_new(0), *each = arena_new(0);
    const char *text = "6b657074";
    struct rows *kept, *rows;
    struct tx *tx;
    struct err err;

    cr_assert_eq(tx_begin(store, whole, &office_one, true, &tx, &err), 0, "%s", err.detail);
    cr_assert_eq(tx_run(tx, Q_blob_gone, &kept, &err, P_TEXTS(&text, 1)), 0, "%s", err.detail);
    tx_use(tx, each);
    for (int i = 0; i < 3; i++) {
        cr_assert_eq(tx_run(tx, Q_blob_gone, &rows, &err, P_TEXTS(&text, 1)), 0, "%s", err.detail);
        arena_reset(each); /* the sanitizer sees whoever reads on */
    }
    tx_use(tx, whole);
    arena_free(each);
    cr_assert_str_eq(row_text(kept, 0, "sha256"), text);
    tx_rollback(tx);
    store_close(store);
    arena_free(whole);
}

Test(store, what_is_packed_may_rest_between_two_statements)
{
    const struct store_config config = {.url = database_url(),
                                        .role = "linli_act",
                                        .connections = 1,
                                        .wait_ms = 1000,
                                        .statement_ms = 2000,
                                        .lock_ms = 100,
                                        .idle_ms = 300};
    struct store *store;
    struct rows *rows;
    struct err err;
    struct tx *tx;

    cr_assert_eq(store_open(&config, &store, &err), 0, "%s", err.detail);
    for (int unhurried = 0; unhurried < 2; unhurried++) {
        cr_assert_eq(tx_begin(store, arena, &office_one, true, &tx, &err), 0, "%s", err.detail);
        if (unhurried)
            cr_assert_eq(tx_unhurried(tx, &err), 0, "%s", err.detail);
        usleep(1000000);
        cr_expect_eq(tx_run_v(tx, Q_schema_there, NULL, 0, &rows, &err) == 0, unhurried == 1);
        tx_rollback(tx);
    }
    store_close(store);
}

Test(store, a_schema_one_minor_version_away_fits)
{
    static const char *const near[] = {"1.3", "1.4", "1.5"}, *const far[] = {"1.2", "1.6",  "2.4",
                                                                             "0.4", "14.4", "1",
                                                                             "",    "none", "1.x"};

    for (size_t i = 0; i < LENGTH(near); i++)
        cr_assert(store_schema_fits(near[i], "1.4"), "%s", near[i]);
    for (size_t i = 0; i < LENGTH(far); i++)
        cr_assert_not(store_schema_fits(far[i], "1.4"), "%s", far[i]);
}

Test(store, nobody_is_at_home)
{
    struct store_config config = {.url = "postgresql:///linli?host=/nowhere&user=linli",
                                  .role = "linli_act",
                                  .connections = 1,
                                  .wait_ms = 50,
                                  .statement_ms = 100,
                                  .lock_ms = 100};
    struct store *store;
    struct err err;

    setenv("PGHOST", "/tmp", 1);
    cr_assert_eq(store_open(&config, &store, &err), 0);
    cr_assert_null(getenv("PGHOST"), "the environment does not steer a server");
    cr_assert_eq(store_ping(store, &err), E_BUSY);
    cr_assert_eq(err.retry_after_s, 1);
    store_close(store);
    config.url = "postgresql://[broken";
    cr_assert_eq(store_open(&config, &store, &err), E_INVALID);
}

Test(store, several_hosts)
{
    static char url[512];
    const char *socket = getenv("WITH_PG_DIR");
    struct store_config config = {.url = url,
                                  .role = "linli_act",
                                  .connections = 1,
                                  .wait_ms = 50,
                                  .statement_ms = 2000,
                                  .lock_ms = 100};
    struct store *store;
    struct err err;

    cr_assert(socket);
    snprintf(url, sizeof(url), "postgresql://linli@/linli?host=/nowhere,%s&port=5432,5432", socket);
    cr_assert_eq(store_open(&config, &store, &err), 0);
    cr_assert_eq(store_ping(store, &err), 0, "the second host answers: %s", err.detail);
    store_close(store);
}
