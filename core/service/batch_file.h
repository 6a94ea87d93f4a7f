/* The file of a batch, made row by row: an application to the treasury or the orders to a bank. */
#ifndef CORE_SERVICE_BATCH_FILE_H
#define CORE_SERVICE_BATCH_FILE_H

#include "core/store/store.h"

struct made_file {
    int file;
    uint64_t bytes;
    const char *type, *name;
};

/* format: pain_001, csv, csv_gb18030 for a bank; xlsx, csv for the treasury.  Within a transaction that may
 * read the office. E_ABSENT batch/absent; E_REFUSED state/refused before it was given out; E_INVALID
 * query/invalid: no such format. */
int batch_file_make(struct tx *tx, int32_t office, const char *batch, const char *format,
                    struct made_file *ret, struct err *err) MUST_USE;

#endif
