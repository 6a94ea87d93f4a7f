/*
 * Tables for people and for banks, written row by row into a file without a name: CSV (UTF-8 with a BOM, or
 * GB18030; CRLF; every cell quoted; no cell a spreadsheet would take for a formula) and XLSX in constant
 * memory. Nothing of a table stays in memory but its row.
 */
#ifndef CORE_MONEY_TABLE_H
#define CORE_MONEY_TABLE_H

#include "core/base/err.h"

enum table_format { TABLE_CSV, TABLE_CSV_GB18030, TABLE_XLSX };
struct table;

/* E_BROKEN where no temporary file can be made. */
int table_open(enum table_format format, struct table **ret, struct err *err) MUST_USE;
void table_text(struct table *t, const char *text); /* NULL: empty */
void table_textn(struct table *t, const char *text, size_t size);
void table_fen(struct table *t, int64_t fen);
void table_int(struct table *t, int64_t n);
void table_date(struct table *t, int32_t day); /* 0: empty */
void table_row(struct table *t);               /* ends a row */
/* Gives the file, to be read from its beginning; frees the table also on failure.
 * E_INVALID file/unreadable: a character GB18030 does not have.  E_BROKEN: the disk is full. */
int table_close(struct table *t, int *ret_file, uint64_t *ret_bytes, struct err *err) MUST_USE;

/* A file without a name, for whatever else is written and then sent; -1: none can be made. */
int file_unnamed(void);

#endif
