/*
 * Ids of tenant objects.  An id is a version 8 UUID (RFC 9562 section 5.8) whose
 * first 32 bits are the number of its office and whose other free bits are
 * random.  So every id tells which office to ask, every statement carries
 * office_id = $1, and no directory is needed.
 *
 *   oooooooo-rrrr-8rrr-vrrr-rrrrrrrrrrrr
 */
#ifndef CORE_STORE_IDS_H
#define CORE_STORE_IDS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/text.h"

void id_new(int32_t office, char out[UUID_TEXT]);
/* The office of an id; false where the text is not such an id (or office 0). */
bool id_office(const char *id, int32_t *ret_office) MUST_USE;

#endif
