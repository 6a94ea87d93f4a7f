/* How the columns of a result are written as JSON, by their names and types (..._fen is money, _... is not told). */
#ifndef CORE_STORE_SHAPE_H
#define CORE_STORE_SHAPE_H

#include <libpq-fe.h>

#include "core/base/attr.h"
#include "core/base/buf.h"
#include "core/base/time.h"

struct shape;
struct shape *shape_new(const PGresult *result) MUST_USE;
void shape_free(struct shape *shape);
void shape_json(const struct shape *shape, const PGresult *result, int row, struct buf *out);
/* All columns are of types that are read in PostgreSQL's binary form too. */
bool shape_binary(const struct shape *shape);
/* JSON Schema of one row; the result may be that of PQdescribePrepared. */
void shape_schema(const PGresult *result, struct buf *out);

/* A cell that is not NULL, as PostgreSQL writes it as text; a binary one into `scratch`. */
enum { CELL_TEXT = 64 };
const char *cell_text(const PGresult *result, int row, int column, char scratch[CELL_TEXT]);

/* 2026-12-01 00:59:59.12+00 as 2026-12-01T00:59:59.120000Z, and its length; 0 where it is not such a time (infinity). */
size_t instant_rewrite(const char *text, size_t size, char out[TIME_TEXT]);

#endif
