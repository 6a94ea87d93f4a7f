/*
 * A tender and its lots as every act on them needs them: loaded, locked, with
 * plan, options and rules read back as they were frozen at publication.
 *
 * Publication, amendment, deadline and opening belong to the tender; all later
 * phases to each lot.  lot_advance is the only place where a lot
 * changes its phase, and the only caller of step().
 */
#ifndef CORE_SERVICE_TENDER_H
#define CORE_SERVICE_TENDER_H

#include "core/host/facts.h"
#include "core/service/act.h"

struct lot {
    const char *id, *title, *phase, *phase_kind, *state,
        *waiting;             /* waiting: NULL, "approval", "ballots", "draw", "explanation", "lots", "prices" */
    const char *way, *way_by; /* the one chosen, and by whom */
    const char *ways_json;    /* lawful ways on while it waits for approval, or NULL */
    int32_t no, round, version;
    int32_t year; /* of its contracts the one in hand; 0: the last that was signed */
    int64_t budget_fen, ceiling_fen, phase_since_us, phase_due_us;
};

/* The scheme by which what is delivered is evaluated; scheme NULL: none. */
struct acceptance {
    const struct plugin *scheme;
    const void *options;
    const char *options_json;
};

struct tender {
    const char *id, *number, *title, *summary, *state, *sealing;
    const char *follows;     /* the tender whose failed lots it takes up, or NULL */
    const char *under;       /* the lot whose agreements it is called off from, or NULL */
    const char *supplements; /* the lot whose agreements it adds to, or NULL */
    const char *entry_id, *roll_id, *created_by;
    int32_t office, version;
    int category, regime; /* LINLI_SERVICES.., LINLI_STATUTORY.. */
    int64_t budget_fen, ceiling_fen, published_us, deadline_us, opened_us, electorate;
    int64_t co_key_minutes;                         /* bidders keep keys, and show them for so long after the deadline; 0: they keep none */
    int32_t years;                                  /* contracts of a year each that its awards may have */
    int64_t most_bids, most_awards;                 /* of one organisation, counted in lots; 0: any number */
    bool funded;                                    /* somebody is named who pays for it */
    bool shared_pool;                               /* the lots draw on one budget together */
    bool marks_committed;                           /* members commit to their marks before any is revealed */
    const char *blind;                              /* codes of the criteria marked blindly, a space between; "" */
    const struct plugin *mechanism, *scheme;        /* the frozen versions once published */
    const void *options, *scheme_options;           /* filled structs of the plug-ins */
    const char *options_json, *scheme_options_json; /* canonical */
    struct acceptance acceptance;
    const linli_plan *plan; /* NULL while a draft */
    struct rule_set rules;  /* the frozen set; count 0 while a draft */
    struct lot *lots;
    size_t lot_count;
};

/* Loads a tender with its lots.  E_ABSENT tender/absent; E_REFUSED plugin/absent
 * where a version it began with cannot be found. */
int tender_load(struct act *a, const char *id, struct tender **ret, struct err *err) MUST_USE;
/* E_REFUSED state/refused: what is wanted is not for this phase, and what may be done there instead. */
int not_now(const struct act *a, const linli_phase *phase, int act, struct err *err) MUST_USE;
/* The phase of the plan with that code; NULL: there is none, or no plan yet. */
const linli_phase *tender_phase(const struct tender *t, const char *code);
/* The code of the field that is the price; NULL: bidders state none. */
const char *plan_priced(const linli_plan *plan);
/* The rule of the frozen set: one of the mechanism's own ("consultation_<code>") before
 * the general one; NULL: there is none. */
const linli_rule *tender_rule(struct act *a, const struct tender *t, const char *code);
/* The lot with that number, or E_ABSENT lot/absent. */
int tender_lot(const struct tender *t, int32_t no, struct lot **ret, struct err *err) MUST_USE;
int tender_of_lot(struct act *a, const char *lot_id, struct tender **ret, struct lot **ret_lot,
                  struct err *err) MUST_USE;

/* Everything known about the lot at a->now_us, what is sealed left out
 * (docs/architecture.md).  bid_key: map between a bid's uuid and its key. */
struct lot_facts {
    const linli_facts *facts;
    const char *const *bid_ids; /* [key - 1] -> uuid */
    size_t bid_count;
    const char *const *organisations; /* [key - 1] -> uuid of the lead; NULL: a resident's proposal */
};
int lot_facts_load(struct act *a, const struct tender *t, const struct lot *l, struct lot_facts *ret,
                   struct err *err) MUST_USE;
/* The same without the ballots, for questions that come once a vote: whether one
 * may be cast does not depend on what the others cast. */
int lot_facts_load_unvoted(struct act *a, const struct tender *t, const struct lot *l, struct lot_facts *ret,
                           struct err *err) MUST_USE;
uint64_t lot_bid_key(const struct lot_facts *f, const char *bid_id); /* 0: not there */

/* May the actor do this now?  One of its roles must carry the act in the lot's
 * phase, and the mechanism's refuse() must not object.  E_REFUSED state/refused
 * (with phase and what is allowed) or E_FORBIDDEN; l NULL: in one of the lots that have not failed. */
int lot_may(struct act *a, const struct tender *t, const struct lot *l, int act, const char *bid_id,
            struct err *err) MUST_USE;

/* An answer with its question, the facts it was asked with and what it was asked about. */
struct decided {
    const char *question;
    const struct plugin *plugin;
    const linli_facts *facts;
    struct facts_asked asked;
    const char *answer_json;
};
/* Stores it so that it can be asked again; ret_id may be NULL. */
int decision_store(struct act *a, const struct tender *t, const struct lot *l, const struct decided *d,
                   char ret_id[UUID_TEXT], struct err *err) MUST_USE;
/* Keeps beside the lot's bids why each is not admitted, by an answer of admit(). */
int admissions_keep(struct act *a, const struct tender *t, const struct lot *l, const char *answer_json,
                    struct err *err) MUST_USE;

/* The phase may end: asks step() and does what it says: next phase with its due
 * date and due act, a new round, a failure with its lawful ways, an extension,
 * or waiting for approval.  Goes on as long as phases end at once. */
int lot_advance(struct act *a, struct tender *t, struct lot *l, struct err *err) MUST_USE;
/* Are bids taken, decided on and signed one after the other now? */
bool lot_rolls(const struct tender *t, const struct lot *l);
/* Moves the state of a lot on ("decided", "contracted" ..; never back) and the
 * tender's with it: as far as its slowest lot that has not failed. */
int lot_state_set(struct act *a, struct tender *t, struct lot *l, const char *state,
                  struct err *err) MUST_USE;
/* Where one lot's result bears on another's, lots are decided in published order: E_REFUSED lot/order. */
int lot_in_order(struct act *a, const struct tender *t, const struct lot *l, struct err *err) MUST_USE;
/* A person ends the lot: its awards fall, its ways on are to tender again.
 * E_REFUSED state/refused where a contract of it is signed. */
int lot_end(struct act *a, struct tender *t, struct lot *l, const char *reason, struct err *err) MUST_USE;
/* The contract of the lot was revoked: back to where contracts are made, for the next candidate. */
int lot_recontract(struct act *a, struct tender *t, struct lot *l, struct err *err) MUST_USE;
/* Enters a phase by code: the part of lot_advance that moves. */
int lot_enter(struct act *a, struct tender *t, struct lot *l, const char *phase, struct err *err) MUST_USE;

/* Moves the deadline of the tender and of every lot that still takes bids. */
int deadline_move(struct act *a, struct tender *t, int64_t at_us, bool provisional, struct err *err) MUST_USE;
/* Counts again by a calendar that came since: a deadline for bids moves only where
 * it would be earlier than the rules allow, and is announced anew; the due date of
 * a phase moves with its window. */
int deadline_recount(struct act *a, struct tender *t, struct err *err) MUST_USE;
int lot_due_recount(struct act *a, const struct tender *t, struct lot *l, struct err *err) MUST_USE;
/* So does the day by which what was asked is to be answered. */
int questions_recount(struct act *a, const struct tender *t, struct err *err) MUST_USE;
/* Cancels the tender and every lot that has not ended; its money goes back. */
int tender_end(struct act *a, struct tender *t, const char *reason, struct err *err) MUST_USE;
/* Says that something happened (LINLI_.. name in lower case: "announced"); l NULL:
 * to the whole tender.  A phase whose deadline runs from it gets its deadline. */
int milestone_add(struct act *a, const struct tender *t, const struct lot *l, const char *kind,
                  const char *bid_id, struct err *err) MUST_USE;
/* The role it is said by: of those the actor holds here the last by plugin.h; the clock's where nobody acts. */
const char *milestone_role(const struct act *a);
/* Makes the secret its draws will use, and publishes its digest; once, before bids. */
int draw_promise(struct act *a, const struct lot *l, struct err *err) MUST_USE;
/* What is given is not bought. */
static inline bool tender_grants(const struct tender *t)
{
    return t->regime == LINLI_GRANTS || t->regime == LINLI_CHARITY;
}
/* The title of a notice about a tender in the words of its regime: result, annulment, contract, contract_change, no_renewal,
 * funds_used, complaint_result, supervision_result; of what is bought prequalification, single_source, acceptance; of what is given
 * mid_term, final_evaluation, closing, project_end. */
const char *notice_title(struct act *a, const struct tender *t, const char *kind);
/* kind: tender, correction, result, termination, contract, acceptance ... (docs/notices.md); body: JSON object. */
int notice_publish(struct act *a, const char *tender_id, const char *kind, const char *title,
                   const char *body_json, int64_t period_ends_us, struct err *err) MUST_USE;
/* The same where the notice is what the act makes. */
int notice_make(struct act *a, const char *tender_id, const char *kind, const char *title, const char *body_json,
                int64_t period_ends_us, struct err *err) MUST_USE;
/* The same for a purchase list. */
int notice_publish_list(struct act *a, const char *list_id, const char *kind, const char *title,
                        const char *body_json, struct err *err) MUST_USE;
/* What the notice of a lot's result says as things stand, and when its period ends
 * if it begins now (0: there is none). */
int result_tell(struct act *a, const struct tender *t, const struct lot *l, const char **ret_json,
                int64_t *ret_ends_us, struct err *err) MUST_USE;
/* Next number of a series of the office and year, from 1. */
int series_next(struct act *a, const char *kind, int year, int32_t *ret, struct err *err) MUST_USE;

#endif
