/*
 * An entry of the log, LE1: 116 bytes that tell nobody what happened until its payload, salt and tender's salt are shown.
 *
 *     0  3  "LE1"
 *     3  1  0 sealed, 1 public
 *     4  8  index, from 0
 *    12  8  time, microseconds since 1970
 *    20 32  leaf hash of the entry before; zero for the first
 *    52 32  SHA-256("linli/payload/v1\0" || salt(32) || payload)
 *    84 32  HMAC-SHA-256(the tender's salt, "linli/subject/v1\0" || index as 8 bytes || tender as 16 bytes)
 *
 * Whoever has the tender's salt finds all entries of that tender, and nobody else any.
 */
#ifndef CORE_TRUST_ENTRY_H
#define CORE_TRUST_ENTRY_H

#include "core/base/err.h"
#include "core/trust/merkle.h"

enum { ENTRY_BYTES = 116, SALT_BYTES = 32, UUID_BYTES = 16 };

struct entry {
    bool        public;
    uint64_t    index;
    int64_t     at_us;
    struct hash previous, payload, subject;
};

void entry_pack(const struct entry *entry, uint8_t out[ENTRY_BYTES]);
/* E_MALFORMED log/malformed */
int  entry_unpack(const uint8_t *bytes, size_t count, struct entry *ret, struct err *err) MUST_USE;

void entry_payload(const uint8_t salt[SALT_BYTES], const void *payload, size_t bytes, struct hash *out);
void entry_subject(const uint8_t salt[SALT_BYTES], uint64_t index, const uint8_t tender[UUID_BYTES], struct hash *out);
/* What is published beforehand of a tender's salt: SHA-256("linli/ssalt/v1\0" || salt). */
void entry_salt_commit(const uint8_t salt[SALT_BYTES], struct hash *out);

/* "0192f0c4-a000-..." as its 16 bytes; false where uuid_ok is. */
bool uuid_bytes(const char *text, uint8_t out[UUID_BYTES]) MUST_USE;

#endif
