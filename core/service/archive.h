/*
 * The project archive (项目档案) of a tender, or of all tenders of a year: a zip that opens without Linli.  A page with the
 * catalogue (卷内目录) in the order of 政府采购法 §42, each part as a page and as CSV, the original files, and a list of what
 * is missing.  Kept by whoever downloads it, at least 15 years from the end of the procurement.
 */
#ifndef CORE_SERVICE_ARCHIVE_H
#define CORE_SERVICE_ARCHIVE_H

#include "core/service/batch_file.h"
#include "core/service/blob.h"

/* Whose archive: of one tender, or of a year where it is NULL; as who reads it. */
struct archive_order {
    const struct service *service;
    int32_t office;
    int64_t year;
    const char *tender, *person, *roles;        /* roles: as the statements take them, '{..}' */
};

/* E_ABSENT subject/absent where there is none whose result was told; E_TOO_LARGE archive/too-large beyond 50,000 files or 4 GiB.
 * Nothing of it stays in memory but one row and the names of a tender's files. */
int archive_make(struct tx *tx, const struct archive_order *order, struct made_file *ret, struct err *err) MUST_USE;

#endif
