/* Results: cells by name. */
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/digest.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/store/pg.h"
#include "core/store/shape.h"
#include "core/store/store.h"

struct rows {
    PGresult *result;
    struct arena *arena;
    struct shape *shape; /* made when first asked for */
};

static void rows_drop(void *arg)
{
    struct rows *rows = arg;

    shape_free(rows->shape);
    PQclear(rows->result);
}

struct rows *rows_new(struct arena *arena, PGresult *result)
{
    struct rows *rows = ARENA_NEW(arena, struct rows, 1);

    rows->result = result;
    rows->arena = arena;
    arena_defer(arena, rows_drop, rows);
    return rows;
}

size_t rows_count(const struct rows *rows)
{
    if (PQresultStatus(rows->result) == PGRES_TUPLES_OK)
        return (size_t)PQntuples(rows->result);
    return strtoul(PQcmdTuples(rows->result), NULL, 10);
}

static int column_find(const struct rows *rows, const char *name)
{
    int count = PQnfields(rows->result);

    for (int i = 0; i < count; i++)
        if (strcmp(PQfname(rows->result, i), name) == 0)
            return i;
    return -1;
}

bool rows_have(const struct rows *rows, const char *column)
{
    return column_find(rows, column) >= 0;
}

/* The cell, NULL for SQL NULL. */
static const char *cell(const struct rows *rows, size_t row, const char *column)
{
    int number = column_find(rows, column);

    if (number < 0)
        NEVER(column);
    MUST(row < (size_t)PQntuples(rows->result));
    if (PQgetisnull(rows->result, (int)row, number))
        return NULL;
    return PQgetvalue(rows->result, (int)row, number);
}

bool row_null(const struct rows *rows, size_t row, const char *column)
{
    return !cell(rows, row, column);
}

int64_t row_int(const struct rows *rows, size_t row, const char *column)
{
    const char *text = cell(rows, row, column);
    int64_t value;

    if (!text)
        return 0;
    if (!int_parse(text, INT64_MIN, INT64_MAX, &value))
        NEVER(column);
    return value;
}

bool row_bool(const struct rows *rows, size_t row, const char *column)
{
    const char *text = cell(rows, row, column);

    return text && text[0] == 't';
}

const char *row_text(const struct rows *rows, size_t row, const char *column)
{
    return cell(rows, row, column);
}

/* PostgreSQL knows instants and days that we do not: -1 one before all of ours, 1 one after them, 0 none. */
static int beyond(const char *text)
{
    const size_t digits = strspn(text, "0123456789");

    if (strcmp(text, "-infinity") == 0 || strstr(text, " BC") ||
        (digits == 4 && strncmp(text, "1970", 4) < 0))
        return -1;
    return strcmp(text, "infinity") == 0 || digits > 4;
}

int64_t row_time(const struct rows *rows, size_t row, const char *column)
{
    const char *text = cell(rows, row, column);
    char rfc[TIME_TEXT];
    int64_t us;

    if (!text)
        return 0;
    if (beyond(text))
        return beyond(text) < 0 ? 1 : ROW_TIME_MOST;
    if (!instant_rewrite(text, strlen(text), rfc) || !time_parse(rfc, &us))
        NEVER(column);
    return us;
}

int32_t row_date(const struct rows *rows, size_t row, const char *column)
{
    const char *text = cell(rows, row, column);
    int32_t day;

    if (!text)
        return 0;
    if (beyond(text))
        return beyond(text) < 0 ? 1 : ROW_DATE_MOST;
    if (!date_parse(text, &day))
        NEVER(column);
    return day;
}

const uint8_t *row_bytes(const struct rows *rows, size_t row, const char *column, size_t *ret_count)
{
    const char *text = cell(rows, row, column);

    *ret_count = 0;
    if (!text)
        return NULL;
    if (strncmp(text, "\\x", 2) != 0)
        return NULL;
    size_t count = strlen(text + 2) / 2;
    uint8_t *bytes = ARENA_NEW(rows->arena, uint8_t, count + 1);
    if (!hex_parse(text + 2, bytes, count))
        return NULL;
    *ret_count = count;
    return bytes;
}

int row_fixed(const struct rows *rows, size_t row, const char *column, size_t count, const uint8_t **ret,
              struct err *err)
{
    size_t there = 0;

    *ret = row_bytes(rows, row, column, &there);
    return *ret && there == count
               ? 0
               : err_set(err, E_BROKEN, "server/broken", "%s of a row is not %zu bytes", column, count);
}

static const struct shape *rows_shape(const struct rows *rows)
{
    struct rows *own = (struct rows *)(uintptr_t)rows; /* a cache: the rows do not change */

    if (!own->shape)
        own->shape = shape_new(own->result);
    return own->shape;
}

void row_json(const struct rows *rows, size_t row, struct buf *out)
{
    MUST(row < (size_t)PQntuples(rows->result));
    shape_json(rows_shape(rows), rows->result, (int)row, out);
}

void rows_json(const struct rows *rows, struct buf *out)
{
    int count = PQntuples(rows->result);

    json_open(out, '[');
    for (int i = 0; i < count; i++)
        shape_json(rows_shape(rows), rows->result, i, out);
    json_close(out, ']');
}
