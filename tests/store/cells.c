/* Cells as text and in PostgreSQL's binary form give the same JSON and the same text. */
#include <libpq-fe.h>

#include "core/store/pg.h"
#include "core/store/shape.h"
#include "tests/store/common.h"

static PGconn *db;

static void connect_first(void)
{
    db = PQconnectdb(database_url());
    cr_assert_eq(PQstatus(db), CONNECTION_OK, "%s", PQerrorMessage(db));
    PQclear(PQexec(db, "SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'"));
}

static PGresult *ask(const char *query, int format)
{
    PGresult *result = PQexecParams(db, query, 0, NULL, NULL, NULL, NULL, format);

    cr_assert_eq(PQresultStatus(result), PGRES_TUPLES_OK, "%s: %s", query, PQerrorMessage(db));
    return result;
}

TestSuite(cells, .init = connect_first);

static const struct {
    const char *value, *name, *json;
} cells[] = {
    {"NULL::integer", "x", "{\"x\":null}"},
    {"0::smallint", "x", "{\"x\":0}"},
    {"'-32768'::smallint", "x", "{\"x\":-32768}"},
    {"2147483647", "x", "{\"x\":2147483647}"},
    {"'-2147483648'::integer", "x", "{\"x\":-2147483648}"},
    {"'-9223372036854775808'::bigint", "x", "{\"x\":-9223372036854775808}"},
    {"9223372036854775807", "x", "{\"x\":9223372036854775807}"},
    {"true", "x", "{\"x\":true}"},
    {"false", "x", "{\"x\":false}"},
    {"''::text", "x", "{\"x\":\"\"}"},
    {"'say \"邻\\里\"'::text", "x", "{\"x\":\"say \\\"邻\\\\里\\\"\"}"},
    {"'code'::varchar", "x", "{\"x\":\"code\"}"},
    {"'00000001-0000-8000-8000-0123456789ab'::uuid", "x", "{\"x\":\"00000001-0000-8000-8000-0123456789ab\"}"},
    {"'FFFFFFFF-ffff-ffff-ffff-ffffffffffff'::uuid", "x", "{\"x\":\"ffffffff-ffff-ffff-ffff-ffffffffffff\"}"},
    {"'2026-12-01T00:59:59Z'::timestamptz", "x", "{\"x\":\"2026-12-01T00:59:59Z\"}"},
    {"'2026-12-01T00:59:59.12Z'::timestamptz", "x", "{\"x\":\"2026-12-01T00:59:59.120000Z\"}"},
    {"'2026-12-01T00:59:59.000001Z'::timestamptz", "x", "{\"x\":\"2026-12-01T00:59:59.000001Z\"}"},
    {"'2000-01-01T00:00:00Z'::timestamptz", "x", "{\"x\":\"2000-01-01T00:00:00Z\"}"},
    {"'1999-12-31T23:59:59.999999Z'::timestamptz", "x", "{\"x\":\"1999-12-31T23:59:59.999999Z\"}"},
    {"'1949-10-01T00:00:00+08'::timestamptz", "x", "{\"x\":\"1949-09-30T16:00:00Z\"}"},
    {"'9999-12-31T23:59:59Z'::timestamptz", "x", "{\"x\":\"9999-12-31T23:59:59Z\"}"},
    {"'infinity'::timestamptz", "x", "{\"x\":\"infinity\"}"},
    {"'-infinity'::timestamptz", "x", "{\"x\":\"-infinity\"}"},
    {"'2024-02-29'::date", "x", "{\"x\":\"2024-02-29\"}"},
    {"'1999-12-31'::date", "x", "{\"x\":\"1999-12-31\"}"},
    {"'infinity'::date", "x", "{\"x\":\"infinity\"}"},
    {"'{\"a\": [1, null]}'::jsonb", "x", "{\"x\":{\"a\": [1, null]}}"},
    {"'{\"a\":1 }'::json", "x", "{\"x\":{\"a\":1 }}"},
    {"0::bigint", "x_fen", "{\"x\":\"0.00\"}"},
    {"1::bigint", "x_fen", "{\"x\":\"0.01\"}"},
    {"10::bigint", "x_fen", "{\"x\":\"0.10\"}"},
    {"100::bigint", "x_fen", "{\"x\":\"1.00\"}"},
    {"'-1'::bigint", "x_fen", "{\"x\":\"-0.01\"}"},
    {"'-48000005'::bigint", "x_fen", "{\"x\":\"-480000.05\"}"},
    {"'-9223372036854775808'::bigint", "x_fen", "{\"x\":\"-92233720368547758.08\"}"},
    {"9223372036854775807", "x_fen", "{\"x\":\"92233720368547758.07\"}"},
    {"999999999999999999", "x_fen", "{\"x\":\"9999999999999999.99\"}"},
    {"NULL::bigint", "x_fen", "{\"x\":null}"},
    {"87925000::bigint", "x_micro", "{\"x\":\"87.925\"}"},
    {"125000::integer", "x_ppm", "{\"x\":\"12.5%\"}"},
};

Test(cells, both_forms_give_the_same_json)
{
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        for (int format = 0; format < 2; format++) {
            CLEANUP(buf_free) struct buf json = {0};
            char query[300];

            snprintf(query, sizeof query, "SELECT %s AS %s", cells[i].value, cells[i].name);
            PGresult *result = ask(query, format);
            struct shape *shape = shape_new(result);
            shape_json(shape, result, 0, &json);
            cr_expect(shape_binary(shape), "%s", query);
            cr_expect_str_eq(json.data, cells[i].json, "%s, %s: %s", query, format ? "binary" : "text",
                             json.data);
            shape_free(shape);
            PQclear(result);
        }
}

Test(cells, both_forms_give_the_same_text)
{
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        char query[300], scratch[2][CELL_TEXT];

        snprintf(query, sizeof query, "SELECT %s", cells[i].value);
        PGresult *text = ask(query, 0), *binary = ask(query, 1);
        if (!PQgetisnull(text, 0, 0))
            cr_expect_str_eq(cell_text(binary, 0, 0, scratch[1]), cell_text(text, 0, 0, scratch[0]), "%s",
                             query);
        PQclear(text);
        PQclear(binary);
    }
}

Test(cells, other_types_stay_text)
{
    static const char *const others[] = {"1.5::numeric AS x", "1::numeric AS x_fen", "'1'::text AS x_fen",
                                         "'{1}'::integer[] AS x", "'\\x00'::bytea AS x"};

    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        char query[300];

        snprintf(query, sizeof query, "SELECT %s", others[i]);
        PGresult *result = ask(query, 0);
        struct shape *shape = shape_new(result);
        cr_expect_not(shape_binary(shape), "%s", query);
        shape_free(shape);
        PQclear(result);
    }
}
