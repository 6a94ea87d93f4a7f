/* Files of the law: calendars and rule sets, read whole. */
#ifndef CORE_DOMAIN_DATA_FILE_H
#define CORE_DOMAIN_DATA_FILE_H

#include "core/base/buf.h"
#include "core/base/err.h"

/* What is read: problem types where it is not there or cannot be read, and a noun. */
struct data_kind {
    const char *absent, *malformed, *noun;
};

/* The text of a file of at most 1 MiB, without a NUL in it and with one behind it.
 * E_ABSENT     kind->absent: it cannot be opened
 * E_MALFORMED  kind->malformed: it cannot be read, is longer, or holds a NUL */
int data_file_read(const char *path, const struct data_kind *kind, struct buf *ret, struct err *err) MUST_USE;

#endif
