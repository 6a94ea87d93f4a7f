/*
 * Reads the first sheet of an XLSX workbook, as text, row by row.
 *
 * Files come from outside.  XML is read as a stream, without a document type or entities, at most 32 deep.  The
 * file has at most 16 MiB and 5,000 parts, which unpack to at most 64 MiB in all; a sheet has at most 100,000
 * rows and 100 columns, a cell at most 32,767 characters, one tag or comment at most 256 KiB.  No file takes more
 * than some 100 MiB of memory.  Nothing outside the file is read, no formula computed: what a cell last held is
 * what it holds.
 */
#ifndef CORE_BASE_XLSX_H
#define CORE_BASE_XLSX_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/attr.h"
#include "core/base/err.h"

enum {
    XLSX_FILE_MAX = 16 << 20,
    XLSX_PARTS_MAX = 5000,
    XLSX_UNPACKED_MAX = 64 << 20,
    XLSX_ROWS_MAX = 100000,
    XLSX_COLUMNS_MAX = 100,
    XLSX_CELL_MAX = 32767,      /* characters */
};

/* One row that is not empty: its number in the sheet, from 1, and its cells, "" where one is empty.  Numbers are
 * plain decimals as people see them ("480000", "0.1": 15 digits), days "2026-11-22", truth "TRUE" or "FALSE".
 * A number of more than 15 digits before its point is refused: the program that wrote it has lost the others.
 * The cells live until it returns.  What it answers but 0 ends the reading. */
typedef int xlsx_row(void *arg, size_t line, const char *const *cells, size_t count, struct err *err);

/* Is it a zip, as every XLSX is? */
bool xlsx_like(const void *bytes, size_t size);
/* E_INVALID file/unreadable, saying what is wrong and in which row; else what `row` answered. */
int xlsx_read(const void *bytes, size_t size, xlsx_row *row, void *arg, struct err *err) MUST_USE;

#endif
