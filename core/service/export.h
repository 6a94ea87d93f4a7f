/* Answers as tables, row by row: what is asked once, written as CSV or XLSX without being held. */
#ifndef CORE_SERVICE_EXPORT_H
#define CORE_SERVICE_EXPORT_H

#include "core/service/batch_file.h"

/* Which table: its statement, columns and titles are a row of a table in export.c. */
enum export_kind { EXPORT_STATEMENT, EXPORT_OVERDUE, EXPORT_NONPROFIT, EXPORT_FEES };

/* format: csv, xlsx.  The parameters are those of the statement.  E_ABSENT route/absent: no such format. */
int export_make(struct tx *tx, enum export_kind kind, const char *format, const struct param *params,
                size_t count, struct made_file *ret, struct err *err) MUST_USE;

#endif
