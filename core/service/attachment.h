/* A file that was uploaded, put beside a thing by an act of its own. */
#ifndef CORE_SERVICE_ATTACHMENT_H
#define CORE_SERVICE_ATTACHMENT_H

#include "core/base/digest.h"
#include "core/service/act.h"

struct attachment_new { const char *object_kind, *object, *name, *kind, *sha256; };

/* Internal, as the office's.  E_ABSENT blob/absent, E_INVALID, E_TOO_LARGE, E_UNSUPPORTED: naming /sha256. */
int attachment_keep(struct act *a, const struct attachment_new *what, struct err *err) MUST_USE;
/* The file alone, where it may be kept: its digest and size.  As above. */
int file_fits(struct act *a, const char *sha256, uint8_t ret_digest[SHA256_BYTES], int64_t *ret_bytes,
              struct err *err) MUST_USE;

#endif
