/* Making a sealed bid (core/trust/sealed.h), on the bidder's side and offline. */
#ifndef CORE_TRUST_SEAL_H
#define CORE_TRUST_SEAL_H

#include "core/trust/sealed.h"

/* What is drawn for one bid and for no other. */
struct seal_secrets {
    uint8_t cek[32], co[32];                                    /* content key; the bidder's own, for mode K2 */
    uint8_t coefficients[SHARES_MAX - 1][SHARE_BYTES];          /* of x first */
    uint8_t ephemerals[SHARES_MAX][KEY_BYTES];                  /* secrets, one an opener */
};
void seal_secrets_draw(struct seal_secrets *secrets);

struct seal_request {
    const struct openers *openers;
    const uint8_t        *lot;                  /* 16 bytes, or NULL: the whole tender */
    const uint8_t        *bidder_seed;          /* 32 bytes: the secret of the bidder's key */
    unsigned              flags;                /* SEALED_* */
    bool                  p256;                 /* as a browser without X25519 does; its openers have keys for it */
    const char           *bidder;               /* a name for people */
    bool                  priced;
    int64_t               price_fen;
    const struct seal_file { const char *name; const uint8_t *bytes; size_t count; } *files;
    size_t                file_count;
};

/* E_INVALID manifest/invalid; E_TOO_LARGE seal/too-large; E_REFUSED openers/weak: a key of an opener to which nothing can be
 * sealed. */
int seal_make(const struct seal_request *request, const struct seal_secrets *secrets, struct buf *out,
              struct err *err) MUST_USE;

/* Two envelopes: `price` is sealed for its own openers and is a file, price.sbx, of the other, which is what is handed in.
 * E_REFUSED openers/shared: they are of another tender, or one key opens both. */
int seal_make_two(const struct seal_request *technical, const struct seal_request *price, struct buf *out,
                  struct err *err) MUST_USE;

/* What `bytes` of content are padded to: 4096, or else Padme, at most 12 % more, so that the size tells little. */
uint64_t seal_padded(uint64_t bytes);

#endif
