/*
 * Files named by the SHA-256 of their content: <folder>/ab/cd../<sha256>, each
 * with a row that tells its size and type.  A file nobody used goes after a day.
 */
#ifndef CORE_SERVICE_BLOB_H
#define CORE_SERVICE_BLOB_H

#include "core/service/act.h"

/* Makes the folder where it is missing; E_BROKEN where it cannot be written. */
int blob_open(const struct service *service, struct err *err) MUST_USE;
/* Removes what was uploaded more than a day ago and never used. */
int blob_expire(const struct service *service, struct err *err) MUST_USE;

#endif
