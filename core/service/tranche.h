/* A tranche with the contract, award and tender it belongs to, as the acts on it need them. */
#ifndef CORE_SERVICE_TRANCHE_H
#define CORE_SERVICE_TRANCHE_H

#include "core/service/tender.h"

struct tranche {
    const char *id, *code, *state, *contract_id, *contract_state, *organisation_id, *award_id, *lot_id,
        *bid_id;
    int32_t no;
    bool advance;
    const char *trigger; /* "signing", "milestone", "acceptance", "date" */
    int32_t due_day;     /* of a date; 0: none */
    int64_t amount_fen, accepted_fen, released_fen, paid_fen, recovered_fen, contract_fen,
        contract_accepted_fen;
    int64_t contract_advance_fen; /* what the contract lets go out before it is accepted */
    int64_t contract_out_fen;     /* what was released of its others so far */
    int64_t contract_off_fen;     /* what score, penalties and set-off took off them for good */
    int64_t contract_kept_fen;    /* kept of other tranches until the day the contract names */
    int64_t retention_ppm;        /* of each tranche but an advance; 0: nothing is kept */
    int32_t retention_day;        /* until when; 0: none */
    bool retention_out;           /* what was kept is let out already */
    bool last;                    /* the only one not accepted, released, paid or stopped yet */
    bool last_out;                /* the only one not released, paid or stopped yet, but for what is kept */
    struct tender *tender;
    struct lot *lot;
};

/* E_ABSENT tranche/absent. */
int tranche_load(struct act *a, const char *id, struct tranche *ret, struct err *err) MUST_USE;

/* After a tranche was paid or stopped: closes contract and award where none is
 * open, then asks whether the lot may go on. */
int contract_settle(struct act *a, struct tender *t, struct lot *l, const char *contract,
                    struct err *err) MUST_USE;

/* Carries out an approved revocation of a->path[0]: the next candidate, or all over again. */
int contract_revoke(struct act *a, struct tender *t, struct lot *l, const struct rows *change,
                    struct err *err) MUST_USE;

/* Takes what exists once on the whole platform (kind "invoice", "bank_ref"); E_CONFLICT
 * invoice/taken, bank_ref/taken where another holds it. */
int unique_claim(struct act *a, const char *kind, const char *value, const char *holder, const char *at,
                 struct err *err) MUST_USE;

/* Asks money of a contract back in nobody's name, as far as it is out and not asked back already: an approver
 * decides. */
int recovery_propose(struct act *a, const char *contract, int64_t fen, const char *reason,
                     struct err *err) MUST_USE;
/* So much more came back of a demand; below zero: it had not.  Its day is waited for as long as any of it is
 * missing. */
int recovery_grow(struct act *a, const char *recovery, int64_t fen, struct err *err) MUST_USE;

#endif
