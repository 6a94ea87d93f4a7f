/* The panel of a lot, as scoring and evaluation need it. */
#ifndef CORE_SERVICE_PANEL_H
#define CORE_SERVICE_PANEL_H

#include "core/service/tender.h"

struct member {
    const char *id, *person, *state, *dissent;
    int32_t     no;
    bool        expert, chair, declared, signed_report;
    bool        unblinded;      /* may know whose bid is whose, where part is marked blindly */
    bool        vacant;         /* left, and nobody has taken the place: the order of the draw was at its end */
};
struct members { const struct member *items; size_t count; };

int members_load(struct act *a, const struct lot *l, struct members *ret, struct err *err) MUST_USE;
/* The member that acts: present, without a conflict.  E_FORBIDDEN auth/forbidden
 * where it does not sit, E_REFUSED conflict/interest where it was excused. */
int member_acting(struct act *a, const struct members *members, const struct member **ret, struct err *err) MUST_USE;
/* An evaluator is one on its own panels: who does not sit on this one, or has not
 * declared its interests, loses the role for the rest of the act; E_FORBIDDEN
 * auth/forbidden where no role at the office is left. */
int evaluator_sits(struct act *a, const struct lot *l, struct err *err) MUST_USE;
/* E_REFUSED conflict/interest where the actor sits out this bid. */
int bid_recused(struct act *a, const struct lot *l, const char *bid, struct err *err) MUST_USE;
/* Which bids the acting member sits out is looked at again, as bids may have come since it signed in. */
int interests_renew(struct act *a, const struct tender *t, const struct lot *l, struct err *err) MUST_USE;
size_t members_present(const struct members *members);
/* Those present are a panel as the plan wants it; E_REFUSED panel/unfit: somebody
 * was excused or did not come, and has to be replaced (87:49). */
int panel_complete(struct act *a, const struct tender *t, const struct members *members, struct err *err) MUST_USE;

struct sitting { int64_t locked_us, evaluated_us, reported_us; };
int sitting_load(struct act *a, const struct lot *l, struct sitting *ret, struct err *err) MUST_USE;
int sitting_store(struct act *a, const struct lot *l, int64_t locked_us, int64_t evaluated_us, struct err *err) MUST_USE;
/* The report and its signatures are void: a sheet or the panel has changed. */
int report_drop(struct act *a, const struct lot *l, struct err *err) MUST_USE;

/* Is the report written and signed, or dissented from, by every member present? */
bool report_complete(const struct members *members, const struct sitting *sitting);

/* Locks the sitting where the panel is complete and every member has locked a
 * sheet of every bid that is compared; without judges' criteria there are none. */
int sitting_close(struct act *a, const struct tender *t, const struct lot *l, bool *ret_locked, struct err *err) MUST_USE;

/* E_REFUSED state/refused until every sheet is locked; where there are none to fill
 * in, the sitting is closed with the panel complete. */
int sitting_need(struct act *a, const struct tender *t, const struct lot *l, const struct members *members, struct err *err) MUST_USE;

/* Where judges mark or a panel is to sit, the same; `ret_final`: it has reported as well, or need not. */
int sheets_closed(struct act *a, const struct tender *t, const struct lot *l, bool *ret_final, struct err *err) MUST_USE;

/* A mark as it is written, in the unit of its criterion. */
bool mark_read(const linli_criterion *c, const char *text, int64_t *ret) MUST_USE;

/* What is looked at; asked of the scheme, and stored as a decision, which is public. */
int criteria_load(struct act *a, const struct tender *t, const struct lot_facts *f, const linli_criteria **ret,
                  struct err *err) MUST_USE;
int criteria_store(struct act *a, const struct tender *t, const struct lot *l, const linli_criteria **ret,
                   struct err *err) MUST_USE;
/* Ends the evaluation where nothing is left to wait for: milestone, next phase.
 * Also called by the act that signs the report last. */
int evaluation_settle(struct act *a, struct tender *t, struct lot *l, struct err *err) MUST_USE;

/* Asks which bids are admitted and how they compare, and stores both.  `final`:
 * what is missing is asked for (a draw, explanations, of two envelopes the prices, decisions on earlier lots
 * that draw on the same pool), else the lot goes on. */
int evaluation_run(struct act *a, struct tender *t, struct lot *l, bool final, struct err *err) MUST_USE;

/* Does lot_may allow one of these acts?  err tells why not the last. */
bool may_any(struct act *a, const struct tender *t, const struct lot *l, const int *acts, size_t count,
             struct err *err) MUST_USE;
/* The lot waits for something ("ballots", "draw", "explanation", "lots", "prices"); NULL: no longer. */
int lot_waits(struct act *a, struct lot *l, const char *what, struct err *err) MUST_USE;

/* How many batches of paper ballots of the lot were typed in by one person alone. */
int ballots_waiting(struct act *a, const struct lot *l, int64_t *ret, struct err *err) MUST_USE;

/* ---- seats; the draw of a panel is in panel_draw.c ---- */

struct seat;
/* A place to fill. */
struct vacancy {
    const char *person;
    bool        expert, chair;
    int32_t     no;
    const char *replaces;       /* the member whose place it was, or NULL */
};
/* The lot of the act where its plan lets the actor do `act` now, and who sits there; the same of a member that acts. */
int panel_load(struct act *a, int act, struct tender **ret_t, struct lot **ret_l, struct members *ret,
               struct err *err) MUST_USE;
int panel_of_actor(struct act *a, struct tender **t, struct lot **l, const struct member **ret, struct err *err) MUST_USE;
/* E_REFUSED state/refused where somebody has signed in already. */
int panel_unmet(const struct members *members, struct err *err) MUST_USE;
/* Make-up and interests of these seats; fills in what is known of the people. */
int panel_check(struct act *a, const struct tender *t, const struct lot *l, struct seat *seats, size_t count,
                struct err *err) MUST_USE;
int panel_seat_add(struct act *a, const struct tender *t, const struct lot *l, const struct vacancy *v, struct err *err) MUST_USE;
/* Has the person an interest that keeps it from the whole panel?  Before the opening nothing is looked at. */
int person_tied(struct act *a, const struct tender *t, const struct lot *l, const char *person, bool *ret,
                struct err *err) MUST_USE;
/* E_REFUSED conflict/interest: whoever acts for the office and is so tied withdraws from finding about the bids,
 * deciding and announcing as from the panel (政府采购法实施条例 §9). */
int actor_untied(struct act *a, const struct tender *t, const struct lot *l, struct err *err) MUST_USE;

/* May the person sit here at all: a role, no block, no interest. */
int person_sits(struct act *a, const struct tender *t, const struct lot *l, const char *person, bool *ret,
                struct err *err) MUST_USE;
/* The same of many at once; sets tied[i] of those who have one and leaves the others. */
int people_tied(struct act *a, const struct tender *t, const struct lot *l, const char *const *people, size_t count,
                bool *tied, struct err *err) MUST_USE;
struct hash;
/* Makes the secret a draw will rest on; its promise is told in the event under `name`. */
void secret_promise(struct act *a, const char *name, uint8_t ret_secret[32], struct hash *ret);
/* Promises the secret of a lot's draw, at publication. */
int panel_promise(struct act *a, const struct lot *l, struct err *err) MUST_USE;
/* Was the panel drawn, and may somebody of its pool still be: it was not drawn yet, or the order goes on? */
int panel_drawn(struct act *a, const struct lot *l, bool *ret_drawn, bool *ret_left, struct err *err) MUST_USE;
/* Seats the next one of the order who may sit; false where nobody is left. */
int panel_draw_next(struct act *a, const struct tender *t, const struct lot *l, const struct vacancy *place,
                    bool *ret_seated, struct err *err) MUST_USE;
/* Do members come and go in this phase?  The plan names who puts them there; who leaves or takes one out is
 * another.  E_REFUSED state/refused: what the panel found stands, and an interest that comes to light now is a
 * ground for a review or an annulment. */
int panel_moves(const struct tender *t, const struct lot *l, struct err *err) MUST_USE;
/* A member of a drawn panel leaves while members move, and the next one drawn takes the place. */
int panel_leaves(struct act *a, const struct tender *t, const struct lot *l, const struct member *m,
                 const char *why, struct err *err) MUST_USE;

#endif
