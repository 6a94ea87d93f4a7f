/* See core/store/shape.h. */
#include "core/store/shape.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/digest.h"
#include "core/base/err.h"
#include "core/base/text.h"
#include "core/base/time.h"

enum { /* pg_type.dat; these numbers never change */
       OID_BOOL = 16,
       OID_BYTEA = 17,
       OID_INT8 = 20,
       OID_INT2 = 21,
       OID_INT4 = 23,
       OID_TEXT = 25,
       OID_JSON = 114,
       OID_VARCHAR = 1043,
       OID_DATE = 1082,
       OID_UUID = 2950,
       OID_INT4S = 1007,
       OID_TEXTS = 1009,
       OID_INT8S = 1016,
       OID_TIMESTAMPTZ = 1184,
       OID_UUIDS = 2951,
       OID_JSONB = 3802
};

enum { COLUMNS = 128, UUID_BYTES = 16, DAYS_TO_2000 = 10957 };

enum kind { HIDDEN, STRING, PLAIN, RAW, BOOLEAN, FEN, MICRO, PPM, INSTANT, BYTES, NUMBERS, STRINGS };

struct column {
    enum kind kind;
    Oid type;
    char *key; /* ,"name": with its comma, quotes and colon */
    size_t key_size;
};

struct shape {
    int count;
    struct column columns[];
};

static bool ends(const char *text, const char *tail)
{
    size_t size = strlen(text), tail_size = strlen(tail);

    return size > tail_size && strcmp(text + size - tail_size, tail) == 0;
}

static enum kind kind_of_type(Oid type)
{
    switch (type) {
    case OID_BOOL:
        return BOOLEAN;
    case OID_INT2:
    case OID_INT4:
    case OID_INT8:
    case OID_JSON:
    case OID_JSONB:
        return RAW;
    case OID_DATE:
    case OID_UUID:
        return PLAIN;
    case OID_BYTEA:
        return BYTES;
    case OID_TIMESTAMPTZ:
        return INSTANT;
    case OID_INT4S:
    case OID_INT8S:
        return NUMBERS;
    case OID_TEXTS:
    case OID_UUIDS:
        return STRINGS;
    default:
        return STRING;
    }
}

static void column_make(struct column *column, const char *name, Oid type)
{
    static const struct {
        const char *tail;
        enum kind kind;
    } units[] = {{"_fen", FEN}, {"_micro", MICRO}, {"_ppm", PPM}};
    size_t size = strlen(name);

    column->type = type;
    column->kind = name[0] == '_' ? HIDDEN : kind_of_type(type);
    for (size_t i = 0; i < LENGTH(units) && column->kind != HIDDEN; i++)
        if (ends(name, units[i].tail)) {
            column->kind = units[i].kind;
            size -= strlen(units[i].tail);
            break;
        }
    column->key = malloc(size + 5);
    MUST(column->key);
    memcpy(column->key, ",\"", 2);
    memcpy(column->key + 2, name, size);
    memcpy(column->key + 2 + size, "\":", 3);
    column->key_size = size + 4;
}

struct shape *shape_new(const PGresult *result)
{
    int count = PQnfields(result);
    MUST(count >= 0 && count <= COLUMNS);
    struct shape *shape = calloc(1, sizeof(*shape) + (size_t)count * sizeof(struct column));

    MUST(shape);
    shape->count = count;
    for (int i = 0; i < count; i++)
        column_make(&shape->columns[i], PQfname(result, i), PQftype(result, i));
    return shape;
}

void shape_free(struct shape *shape)
{
    if (!shape)
        return;
    for (int i = 0; i < shape->count; i++)
        free(shape->columns[i].key);
    free(shape);
}

/* Which values a column shows; NULL may stand in any of them. */
static const char *schema_of(enum kind kind, Oid type)
{
    switch (kind) {
    case FEN:
        return "\"type\":[\"string\",\"null\"],\"pattern\":\"^-?[0-9]+[.][0-9]{2}$\"";
    case MICRO:
        return "\"type\":[\"string\",\"null\"],\"pattern\":\"^-?[0-9]+[.][0-9]{1,6}$\"";
    case PPM:
        return "\"type\":[\"string\",\"null\"],\"pattern\":\"^[0-9]+([.][0-9]{1,4})?%$\"";
    case INSTANT:
        return "\"type\":[\"string\",\"null\"],\"format\":\"date-time\"";
    case BYTES:
        return "\"type\":[\"string\",\"null\"],\"pattern\":\"^([0-9a-f]{2})*$\"";
    case BOOLEAN:
        return "\"type\":[\"boolean\",\"null\"]";
    case NUMBERS:
        return "\"type\":[\"array\",\"null\"],\"items\":{\"type\":\"integer\"}";
    case STRINGS:
        return "\"type\":[\"array\",\"null\"],\"items\":{\"type\":\"string\"}";
    case RAW:
        return type == OID_JSON || type == OID_JSONB ? "" : "\"type\":[\"integer\",\"null\"]";
    case STRING:
    case PLAIN:
        return type == OID_UUID   ? "\"type\":[\"string\",\"null\"],\"format\":\"uuid\""
               : type == OID_DATE ? "\"type\":[\"string\",\"null\"],\"format\":\"date\""
                                  : "\"type\":[\"string\",\"null\"]";
    case HIDDEN:
        break;
    }
    return "";
}

void shape_schema(const PGresult *result, struct buf *out)
{
    struct shape *shape = shape_new(result);
    size_t first = 1; /* without its comma */

    buf_text(out, "{\"type\":\"object\",\"properties\":{");
    for (int i = 0; i < shape->count; i++) {
        const struct column *column = &shape->columns[i];

        if (column->kind == HIDDEN)
            continue;
        buf_add(out, column->key + first, column->key_size - first);
        buf_printf(out, "{%s}", schema_of(column->kind, PQftype(result, i)));
        first = 0;
    }
    buf_text(out, "}}");
    shape_free(shape);
}

/* Scaled whole numbers; whatever else a statement gave under that name is shown as it is. */
static void scaled_json(enum kind kind, const char *text, size_t size, struct buf *out)
{
    int64_t value;

    if (!int_parse(text, INT64_MIN, INT64_MAX, &value))
        json_stringn(out, text, size);
    else if (kind == FEN)
        json_fen(out, value);
    else if (kind == MICRO)
        json_points(out, value);
    else
        json_rate(out, value);
}

/* 48000000 to 480000.00, digit by digit; 0 where the text is not surely a whole number of 64 bits. */
static size_t fen_rewrite(const char *text, size_t size, char out[MONEY_TEXT])
{
    const size_t sign = size > 0 && text[0] == '-', digits = size - sign;
    char *at = out;

    if (digits < 1 || digits > 18)
        return 0;
    for (size_t i = sign; i < size; i++)
        if (text[i] < '0' || text[i] > '9')
            return 0;
    memcpy(at, text, sign);
    at += sign;
    const char *from = text + sign;
    if (digits > 2) {
        memcpy(at, from, digits - 2);
        at += digits - 2;
        from += digits - 2;
    } else {
        *at++ = '0';
    }
    *at++ = '.';
    if (digits == 1)
        *at++ = '0';
    memcpy(at, from, digits < 2 ? 1 : 2);
    at += digits < 2 ? 1 : 2;
    return (size_t)(at - out);
}

static void fen_json(const char *text, size_t size, struct buf *out)
{
    char money[MONEY_TEXT];
    const size_t count = fen_rewrite(text, size, money);

    if (count > 0)
        json_plain(out, money, count);
    else
        scaled_json(FEN, text, size, out);
}

enum { SECONDS_SIZE = 19, ZONE_SIZE = 3 }; /* 2026-12-01 00:59:59, +00 */

size_t instant_rewrite(const char *text, size_t size, char out[TIME_TEXT])
{
    if (size < SECONDS_SIZE + ZONE_SIZE || strcmp(text + size - ZONE_SIZE, "+00") != 0 || text[10] != ' ')
        return 0;
    size_t fraction = size - SECONDS_SIZE - ZONE_SIZE; /* the dot included */
    if (fraction > 7)
        return 0;
    memcpy(out, text, SECONDS_SIZE);
    out[10] = 'T';
    char *end = out + SECONDS_SIZE;
    if (fraction > 0) {
        memset(end, '0', 7);
        memcpy(end, text + SECONDS_SIZE, fraction);
        end += 7;
    }
    memcpy(end, "Z", 2);
    return (size_t)(end + 1 - out);
}

static void instant_json(const char *text, size_t size, struct buf *out)
{
    char rfc[TIME_TEXT];
    const size_t count = instant_rewrite(text, size, rfc);

    if (count > 0)
        json_plain(out, rfc, count);
    else
        json_stringn(out, text, size);
}

/* One element of an array literal of one dimension; gives where it ended. */
static const char *element_json(const char *at, bool number, struct buf *out)
{
    CLEANUP(buf_free) struct buf element = {0};
    bool quotes = *at == '"';

    for (at += quotes; *at && (quotes ? *at != '"' : *at != ',' && *at != '}'); at++) {
        if (quotes && *at == '\\' && at[1])
            at++;
        buf_char(&element, *at);
    }
    buf_reserve(&element, 0);
    if (!quotes && strcmp(element.data, "NULL") == 0)
        json_null(out);
    else if (number)
        json_raw(out, element.data, element.size);
    else
        json_stringn(out, element.data, element.size);
    return at + (quotes && *at);
}

static void array_json(const char *text, bool number, struct buf *out)
{
    json_open(out, '[');
    if (*text == '{')
        for (const char *at = text + 1; *at && *at != '}';) {
            at = element_json(at, number, out);
            at += *at == ',';
        }
    json_close(out, ']');
}

static void cell_json(enum kind kind, const char *text, size_t size, struct buf *out)
{
    switch (kind) {
    case RAW:
        json_raw(out, text, size);
        break;
    case PLAIN:
        json_plain(out, text, size);
        break;
    case BOOLEAN:
        json_bool(out, text[0] == 't');
        break;
    case FEN:
        fen_json(text, size, out);
        break;
    case MICRO:
    case PPM:
        scaled_json(kind, text, size, out);
        break;
    case INSTANT:
        instant_json(text, size, out);
        break;
    case BYTES:
        json_stringn(out, text + 2, size - 2); /* without the \x */
        break;
    case NUMBERS:
    case STRINGS:
        array_json(text, kind == NUMBERS, out);
        break;
    case STRING:
    case HIDDEN:
        json_stringn(out, text, size);
        break;
    }
}

/* ---- PostgreSQL's binary form ---- */

static bool whole_type(Oid type)
{
    return type == OID_INT2 || type == OID_INT4 || type == OID_INT8;
}

bool shape_binary(const struct shape *shape)
{
    for (int i = 0; i < shape->count; i++) {
        const struct column *column = &shape->columns[i];
        const bool scaled = column->kind == FEN || column->kind == MICRO || column->kind == PPM;

        switch (column->type) {
        case OID_TEXT:
        case OID_VARCHAR:
        case OID_UUID:
        case OID_DATE:
        case OID_TIMESTAMPTZ:
        case OID_BOOL:
        case OID_JSON:
        case OID_JSONB:
            if (scaled)
                return false;
            break;
        default:
            if (!whole_type(column->type))
                return false;
        }
    }
    return true;
}

/* A whole number of 2, 4 or 8 bytes, the first the highest. */
static int64_t whole(const char *bytes, size_t size)
{
    uint64_t value = (unsigned char)bytes[0] & 0x80 ? UINT64_MAX : 0;

    for (size_t i = 0; i < size; i++)
        value = value << 8 | (unsigned char)bytes[i];
    return (int64_t)value;
}

static size_t uuid_print(const char *bytes, char out[UUID_TEXT])
{
    static const char hex[] = "0123456789abcdef";
    char *at = out;

    for (int i = 0; i < UUID_BYTES; i++) {
        const unsigned char byte = (unsigned char)bytes[i];

        if (i == 4 || i == 6 || i == 8 || i == 10)
            *at++ = '-';
        *at++ = hex[byte >> 4];
        *at++ = hex[byte & 15];
    }
    *at = '\0';
    return (size_t)(at - out);
}

/* RFC 3339, or what PostgreSQL calls the ends of time. */
static size_t instant_print(const char *bytes, char out[CELL_TEXT])
{
    const int64_t value = whole(bytes, sizeof(int64_t));

    if (value == INT64_MAX || value == INT64_MIN)
        strcpy(out, value > 0 ? "infinity" : "-infinity");
    else
        time_print(value + DAYS_TO_2000 * TIME_DAY, out);
    return strlen(out);
}

static size_t day_print(const char *bytes, char out[CELL_TEXT])
{
    const int64_t value = whole(bytes, sizeof(int32_t));

    if (value == INT32_MAX || value == INT32_MIN)
        strcpy(out, value > 0 ? "infinity" : "-infinity");
    else
        date_print((int32_t)value + DAYS_TO_2000, out);
    return strlen(out);
}

/* 2026-12-01T00:59:59.120000Z to 2026-12-01 00:59:59.12+00 */
static void instant_as_text(char out[CELL_TEXT])
{
    size_t size = strlen(out);

    if (size < SECONDS_SIZE + 1 || out[10] != 'T')
        return;
    out[10] = ' ';
    size--;
    while (size > SECONDS_SIZE && out[size - 1] == '0')
        size--;
    memcpy(out + size, "+00", 4);
}

const char *cell_text(const PGresult *result, int row, int column, char scratch[CELL_TEXT])
{
    const char *bytes = PQgetvalue(result, row, column);
    struct buf number = {0};

    if (!PQbinaryTuples(result))
        return bytes;
    switch (PQftype(result, column)) {
    case OID_UUID:
        uuid_print(bytes, scratch);
        return scratch;
    case OID_TIMESTAMPTZ:
        instant_print(bytes, scratch);
        instant_as_text(scratch);
        return scratch;
    case OID_DATE:
        day_print(bytes, scratch);
        return scratch;
    case OID_BOOL:
        return *bytes ? "t" : "f";
    case OID_INT2:
    case OID_INT4:
    case OID_INT8:
        buf_int(&number, whole(bytes, (size_t)PQgetlength(result, row, column)));
        memcpy(scratch, number.data, number.size + 1);
        buf_free(&number);
        return scratch;
    case OID_JSONB:
        return bytes + 1;
    default:
        return bytes;
    }
}

static void binary_json(const struct column *column, const char *bytes, size_t size, struct buf *out)
{
    char text[CELL_TEXT];

    switch (column->type) {
    case OID_UUID:
        json_plain(out, text, uuid_print(bytes, text));
        break;
    case OID_TIMESTAMPTZ:
        json_plain(out, text, instant_print(bytes, text));
        break;
    case OID_DATE:
        json_plain(out, text, day_print(bytes, text));
        break;
    case OID_BOOL:
        json_bool(out, *bytes);
        break;
    case OID_JSON:
        json_raw(out, bytes, size);
        break;
    case OID_JSONB:
        json_raw(out, bytes + 1, size - 1); /* without the version of its form */
        break;
    case OID_INT2:
    case OID_INT4:
    case OID_INT8:
        if (column->kind == FEN)
            json_fen(out, whole(bytes, size));
        else if (column->kind == MICRO)
            json_points(out, whole(bytes, size));
        else if (column->kind == PPM)
            json_rate(out, whole(bytes, size));
        else
            json_int(out, whole(bytes, size));
        break;
    default:
        json_stringn(out, bytes, size);
    }
}

void shape_json(const struct shape *shape, const PGresult *result, int row, struct buf *out)
{
    const bool binary = PQbinaryTuples(result);
    size_t first = 1; /* without its comma */

    json_open(out, '{');
    for (int i = 0; i < shape->count; i++) {
        const struct column *column = &shape->columns[i];
        if (column->kind == HIDDEN)
            continue;
        buf_add(out, column->key + first, column->key_size - first);
        first = 0;
        const size_t size = (size_t)PQgetlength(result, row, i);
        if (size == 0 && PQgetisnull(result, row, i))
            json_null(out);
        else if (binary)
            binary_json(column, PQgetvalue(result, row, i), size, out);
        else
            cell_json(column->kind, PQgetvalue(result, row, i), size, out);
    }
    json_close(out, '}');
}
