/*
 * Signed notes (c2sp.org/signed-note): a text, a blank line, and a line for each signature.  Two kinds of signatures are
 * read: Ed25519 over the text (type 0x01), and Ed25519 cosignatures of witnesses with the time they were made
 * (c2sp.org/tlog-cosignature, type 0x04).  Lines of other keys and kinds are passed over, as the format asks.
 */
#ifndef CORE_TRUST_NOTE_H
#define CORE_TRUST_NOTE_H

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/err.h"

enum { NOTE_BYTES_MAX = 1 << 20, NOTE_SIGNATURES_MAX = 64, NOTE_NAME_MAX = 200 };
enum note_type { NOTE_SIGNATURE = 1, NOTE_COSIGNATURE = 4 };

/* Whose signature to believe: "name+id+base64(type || public key)". */
struct note_key {
    char           name[NOTE_NAME_MAX + 1];
    enum note_type type;
    uint8_t        id[4], public[32];
};
struct note_signer { struct note_key key; uint8_t secret[64]; };

/* E_INVALID note/key: an empty name, a space or plus in it, not UTF-8, too long. */
int  note_key_of(const char *name, enum note_type type, const uint8_t public[32], struct note_key *ret,
                 struct err *err) MUST_USE;
/* From the 32 bytes a key pair is made of (RFC 8032). */
int  note_signer_of(const char *name, enum note_type type, const uint8_t seed[32], struct note_signer *ret,
                    struct err *err) MUST_USE;
/* E_MALFORMED note/key: not of that form, or the id is not that of the key. */
int  note_key_parse(const char *text, struct note_key *ret, struct err *err) MUST_USE;
void note_key_print(const struct note_key *key, struct buf *out);

struct note_line { const char *name; size_t name_bytes; const uint8_t *bytes; size_t count; };  /* id, signature */
struct note {
    const char             *text; size_t text_bytes;        /* with its last line end; in the bytes that were read */
    const struct note_line *lines; size_t count;
};

/* E_MALFORMED note/malformed: no blank line, a line that is no signature, not UTF-8, a control character, too long. */
int note_parse(struct arena *arena, const char *bytes, size_t size, struct note *ret, struct err *err) MUST_USE;

/* Whether this key signed.  E_ABSENT note/unsigned: there is no line of it.  E_REFUSED note/forged: there is one that
 * does not verify.  ret_time_s (which may be NULL) is when a witness says it did; 0 for a plain signature. */
int note_check(const struct note *note, const struct note_key *key, int64_t *ret_time_s, struct err *err) MUST_USE;

/* `note` holds the text, text_bytes of it with a line end last, and perhaps signatures already; one is added.
 * `time_s` is for cosignatures. */
void note_sign(struct buf *note, size_t text_bytes, const struct note_signer *signer, int64_t time_s);

#endif
