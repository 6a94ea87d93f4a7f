/* Standard Base64 (RFC 4648, section 4) with padding, as all the signed texts have it. */
#ifndef CORE_TRUST_BASE64_H
#define CORE_TRUST_BASE64_H

#include <stdbool.h>

#include "core/base/buf.h"

void base64_add(struct buf *out, const void *bytes, size_t count);

/* Decodes the `size` characters at `text`, all of them, into at most `room` bytes.  False for anything that is not
 * the one encoding of some bytes: other characters, missing padding, bits left over. */
bool base64_parse(const char *text, size_t size, void *out, size_t room, size_t *ret_count) MUST_USE;
/* And exactly `count` of them. */
bool base64_exact(const char *text, size_t size, void *out, size_t count) MUST_USE;

#endif
