/*
 * Mode K0: the office's signer is the one opener of a tender's bids.  It has one secret, from which comes a key for each tender
 * (HMAC-SHA-256(secret, "linli/k0-opener/v1\0" || tender as 16 bytes), an X25519 key), and of two envelopes another for the price
 * ("linli/k0-price/v1\0"); the database has none of them.
 *
 * It opens shares only of bids of which a closing list was logged: the question brings the event of the closing, and the proof
 * that its entry is in a log the signer signed itself.
 *
 *     shares
 *     openers <Base64 of the openers' text>
 *     event <Base64 of the event as canonical JSON>       act "bids_closed", payload {"bids","lot","root"};
 *                                                         of the price "prices_closed", with {"prices"} as well
 *     salt <Base64>
 *     entry <Base64>
 *     proof <Base64 of the proof as a file>
 *     bid <64 hex: SHA-256 of what was handed in>         each of the closing list, in order
 *     record <64 hex> <Base64 of header and record>       of each container among them
 *
 * The answer is "shares", and the text of core/trust/shares.h.
 */
#ifndef CORE_TRUST_K0_H
#define CORE_TRUST_K0_H

#include "core/trust/checkpoint.h"
#include "core/trust/entry.h"
#include "core/trust/shares.h"

struct closing_event {
    const char *json; size_t bytes;
    const uint8_t *salt, *entry;                /* SALT_BYTES, ENTRY_BYTES */
    const struct log_proof *proof;
};
struct closed_bid {
    struct hash    digest;                      /* of what was handed in */
    const uint8_t *container;                   /* its bytes up to the end of the first record; NULL: none */
};

/* A closing list: bids sorted by digest, none twice, since two may have handed in the same; gives how many are left. */
size_t closing_sort(struct closed_bid *bids, size_t count);
/* Its root; each bid is a leaf. */
void closing_root(const struct closed_bid *bids, size_t count, struct hash *out);

/* The key of a tender, or of its prices. */
void k0_key(const uint8_t secret[KEY_BYTES], const char *tender, bool price, uint8_t ret_secret[KEY_BYTES],
            uint8_t ret_public[KEY_BYTES]);

/* Asks the signer to name itself the opener of a tender: the openers' text, signed by its key of receipts.  As signer_question. */
int k0_openers(const char *socket_path, const char *tender, bool price, int64_t not_before_us, struct buf *ret_note,
               struct err *err) MUST_USE;
/* Asks it for the shares; they are as many as there are containers.  E_BUSY signer/away, E_REFUSED signer/refused,
 * E_BROKEN signer/broken: an answer that is none. */
int k0_shares(const char *socket_path, const struct openers *openers, const char *openers_text, size_t openers_bytes,
              const struct closing_event *closing, const struct closed_bid *bids, size_t count, struct arena *arena,
              struct shares *ret, struct err *err) MUST_USE;

/* The signer's side: what it may and does answer, or why not.  `now_us` 0: of a sandbox, whose clock the log alone knows. */
struct k0 { uint8_t secret[KEY_BYTES]; const struct note_key *log; int64_t now_us; };
int k0_answer(struct arena *arena, const struct k0 *k0, const char *question, size_t bytes, struct buf *out,
              struct err *err) MUST_USE;

#endif
