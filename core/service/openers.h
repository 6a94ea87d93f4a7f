/*
 * Who opens the bids of a tender that are sealed (core/trust/openers.h): naming them and knowing them again.  What they post is
 * in posting.c, what their shares open in core/service/opening.h.
 */
#ifndef CORE_SERVICE_OPENERS_H
#define CORE_SERVICE_OPENERS_H

#include "core/service/tender.h"
#include "core/trust/openers.h"

enum envelope { ENVELOPE_BID = 1, ENVELOPE_PRICE };     /* the bid, or of two envelopes its technical part; its price */
/* Are its bids in two envelopes?  Then the technical one brings the other, closed (docs/trust.md). */
bool envelopes_two(const struct tender *t);

/* The member `envelope` of a body and what it chose. */
extern const char *const envelope_codes[3];
extern const linli_text  envelope_labels[3];
#define ROW_ENVELOPE(T)                                                                                      \
    ROW_CHOICE(T, envelope, false, envelope_codes, envelope_labels, "bid", "双信封的哪一个", "which of two envelopes")
enum envelope envelope_of(int32_t choice);

/* The openers of one envelope. */
struct held {
    bool           there, by_signer;
    enum envelope  envelope;
    struct openers openers;
    const char    *note;
    const char    *signers;                             /* keys, one a line, in the order of the openers */
    size_t         text_bytes;                          /* of the note without its signatures */
};
int openers_load(struct act *a, const struct tender *t, enum envelope envelope, struct held *ret, struct err *err) MUST_USE;

/* At publication: the openers named before fit the deadline, or the signer is named where there is one.  A signer that is
 * away holds no publication up: then bids come as files.  Two envelopes need openers for each.  E_REFUSED rule/refused. */
int openers_settle(struct act *a, const struct tender *t, struct err *err) MUST_USE;

/* The lot that a post of its openers is for: theirs of the prices, 0 of the bids, which are those of all lots. */
int openers_lot(enum envelope envelope, int lot);

/* Openers promise once what they open is closed and the closing is signed: of the bids every lot that still waits, of the prices `lot`.
 * E_BUSY seal/not-logged (opening.c) */
int closing_logged(struct act *a, const struct tender *t, enum envelope envelope, int64_t lot, struct err *err) MUST_USE;

/* E_REFUSED seal/withheld: `shown` of the k that are needed. */
int openers_withheld(struct err *err, size_t shown, unsigned k);

#endif
