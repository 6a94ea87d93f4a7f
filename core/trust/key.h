/*
 * Key files: one secret key each, kept by whoever it belongs to and never in the database.
 *
 *     linli/key/v1
 *     kind opener
 *     name 审计员 / auditor
 *     public <base64 of 32 bytes>
 *     secret <base64 of 32 bytes>
 *
 * or, under a passphrase, instead of the last line
 *
 *     locked argon2id 3 65536 <base64 of salt 16> <base64 of nonce 24 and XChaCha20-Poly1305 box 48>
 *
 * whose associated data are the lines before it.  Openers have X25519 keys; all others Ed25519 ones, of which this is the
 * seed (RFC 8032).
 */
#ifndef CORE_TRUST_KEY_H
#define CORE_TRUST_KEY_H

#include "core/base/buf.h"
#include "core/trust/note.h"

enum key_kind { KEY_OPENER, KEY_BIDDER, KEY_LOG, KEY_RECEIPTS, KEY_WITNESS, KEY_EVALUATOR };
struct key {
    enum key_kind kind;
    char          name[NOTE_NAME_MAX + 1];
    uint8_t       public[32], secret[32];
};

/* "opener" and so on; false for anything else. */
bool key_kind_parse(const char *text, enum key_kind *ret) MUST_USE;

/* A new pair.  E_INVALID note/key: the name may not be one of a signed note's. */
int  key_new(enum key_kind kind, const char *name, struct key *ret, struct err *err) MUST_USE;
void key_forget(struct key *key);                       /* the CLEANUP function */

/* `passphrase` NULL: not locked. */
void key_print(const struct key *key, const char *passphrase, struct buf *out);
/* E_MALFORMED key/malformed; E_UNKNOWN key/locked: it is locked, and the passphrase is missing or wrong. */
int  key_parse(const char *text, size_t bytes, const char *passphrase, struct key *ret, struct err *err) MUST_USE;

/* What others need of it: an opener's keys (X25519, P-256) in Base64 with a comma between, else a key of signed notes. */
void key_print_public(const struct key *key, struct buf *out);
/* The signer of a key that signs; E_INVALID key/kind for an opener's. */
int  key_signer(const struct key *key, struct note_signer *ret, struct err *err) MUST_USE;

#endif
