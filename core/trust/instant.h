/* Instants in signed texts: UTC with exactly six digits of a second, "2026-12-01T01:00:00.000000Z", so that there is one way. */
#ifndef CORE_TRUST_INSTANT_H
#define CORE_TRUST_INSTANT_H

#include "core/base/time.h"

void instant_print(int64_t us, char out[TIME_TEXT]);
bool instant_parse(const char *text, int64_t *ret_us) MUST_USE;

#endif
