/*
 * The act: every change takes one road (docs/architecture.md).
 *
 *   HTTP -> api: who is it, which route, the body as a typed struct
 *        -> act_run: transaction, legal time, rights at the office, lock and
 *           If-Match of the subject, Idempotency-Key, late due acts first
 *        -> act_<op>: may this happen now? what follows? store the effects
 *        -> act_run: the event, the stored answer, commit; then the reply
 *
 * An act function changes rows through a->tx and says what happened in
 * a->payload; it never commits, logs, or answers.  The reply is the question
 * named by the route, asked in the same transaction ($1 office, $2 subject, $3
 * the office again where it asks at which ones the actor may read, NULL beyond),
 * so that the answer of an act and of a GET cannot differ.
 */
#ifndef CORE_SERVICE_ACT_H
#define CORE_SERVICE_ACT_H

#include <stdatomic.h>

#include "core/domain/law.h"
#include "core/host/host.h"
#include "core/host/options.h"
#include "core/money/ledger.h"
#include "core/store/ids.h"
#include "core/store/store.h"

struct node;
struct logbook;

/* What main() makes once and every act reads. */
struct service {
    struct store           *store;      /* as linli_act */
    struct host            *host;
    _Atomic(const struct law *) law;    /* exchanged by a reload */
    const char             *blobs;      /* folder of content-addressed files */
    bool                    sandbox;
    int64_t                 drain_us;   /* a deadline is acted on this long after it */
    atomic_bool             frozen;     /* the database is older than what was signed: nothing is written */
    struct logbook         *log;        /* of this server; NULL: none is given out */
    const char             *signer;     /* its socket: bids are sealed to it (core/trust/k0.h); NULL: they are not */
    int64_t                 answer_us;  /* how long bidders may answer the record of the opening */
    int64_t                 proposals_per_tender, proposals_per_day;    /* of one resident, the latter at one office; 0: any number */
    int                     quorum;     /* cosignatures a statutory result waits for; 0: none */
    struct node            *node;       /* this server's lease (core/service/node.h); NULL: no server */
};

#define ROLE(r) (UINT32_C(1) << LINLI_##r)
enum { ROLES_ANY = 0 };                 /* no account needed */
#define ROLES_PERSON  UINT32_C(0x80000000)      /* any account */
#define ROLES_OFFICE  (ROLE(OFFICE_CLERK) | ROLE(OFFICE_APPROVER) | ROLE(AGENT) | ROLE(OPERATOR))
#define ROLES_WATCH   (ROLE(SUPERVISOR) | ROLE(AUDITOR))

struct membership { int32_t office; const char *organisation; uint32_t roles; };

/* Who acts.  Memberships are expanded: one for each office of a subtree. */
struct actor {
    const char              *person;            /* uuid; NULL: nobody */
    const char              *name;
    const struct membership *memberships; size_t membership_count;
    const char              *token;             /* id of the bearer token, or NULL: a session */
    uint32_t                 token_roles;       /* what the token was limited to; 0: everything */
    bool                     strong;            /* proved with a second factor */
};
/* Roles of the actor at an office (0: shared things): those of its memberships
 * there, ORGANISATION wherever it belongs to one, limited by its token; and its
 * first organisation (NULL: none). */
uint32_t    actor_roles(const struct actor *actor, int32_t office);
const char *actor_organisation(const struct actor *actor);
bool        actor_of_organisation(const struct actor *actor, const char *organisation);

/* Is the person its member, whatever role or token it acts with now? */
bool actor_belongs(const struct actor *actor, const char *organisation) MUST_USE;

/* _BESIDE: locked, but its version stays, for acts that put something beside it and change nothing of it:
 * what was approved or seen of it is what it still is, and nobody counts them by its ETag. */
enum subject { SUBJECT_NONE, SUBJECT_OFFICE, SUBJECT_NEED, SUBJECT_PROJECT, SUBJECT_LIST, SUBJECT_ENTRY, SUBJECT_FUND,
               SUBJECT_APPROPRIATION, SUBJECT_TENDER, SUBJECT_LOT, SUBJECT_TENDER_BESIDE, SUBJECT_LOT_BESIDE,
               SUBJECT_BID, SUBJECT_SHEET, SUBJECT_AWARD,
               SUBJECT_OBJECTION, SUBJECT_CONTRACT, SUBJECT_TRANCHE, SUBJECT_PAYMENT, SUBJECT_RECOVERY, SUBJECT_ORGANISATION,
               SUBJECT_PERSON, SUBJECT_ROLL, SUBJECT_APPROVAL, SUBJECT_PAPER, SUBJECT_EXCLUSION, SUBJECT_NOTICE,
               SUBJECT_VOUCHER, SUBJECT_HOLD, SUBJECT_BATCH, SUBJECT_BEHALF, SUBJECT_SERVICE,
               SUBJECTS };

struct act {
    const struct service *service;
    const struct law     *law;              /* as it was when the act began */
    struct arena         *arena;
    struct tx            *tx;
    const struct actor   *actor;
    int64_t               now_us;           /* legal time */
    int32_t               office;           /* of the subject; 0: shared things */
    uint32_t              roles;            /* of the actor there; LINLI_CLOCK for due acts */
    const char           *role;             /* the one of them that its event is filed under; NULL: a due act */
    const char *const    *path;             /* the {..} of the route, in order */
    const void           *body;             /* struct of the form, or NULL */
    const char           *key;              /* Idempotency-Key, or NULL */
    const char           *subject;          /* id; set it where the act makes the subject */
    int32_t               subject_version;  /* before the act; 0: the kind has none */
    const char           *tender_id;        /* of the subject; set it where the act makes a tender */
    bool                  sealed;           /* the event is not shown before opening */
    const char           *op;               /* of the route; NULL: what was due */
    const char           *on_behalf;        /* the entry it is done for, confirmed by a second person; NULL: the actor's own act */
    int64_t               sent_us;          /* it was posted then, which says whether it was in time; 0: as now_us */
    struct buf            payload;          /* JSON members of the event: use json_key(&a->payload, ..) */
    struct buf            answer;           /* written only by acts whose route names no question */
    int                   status;           /* 200; 201 where a subject was made */
    const char           *kept;             /* an event of this name is kept, with its payload, though the act is refused */
    int                 (*keep)(struct act *a, struct err *err);    /* and this is done beside it; NULL: nothing */
};
/* E_REFUSED conflict/interest where the actor is a member: nobody decides for the office on the work and money of
 * its own organisation. */
int no_interest(const struct act *a, const char *organisation, struct err *err) MUST_USE;

typedef int act_fn(struct act *a, struct err *err);

/* What holds for a regime at the office of the act today; NULL: nothing does. */
int rules_here(struct act *a, int regime, const struct rule_set **ret, struct err *err) MUST_USE;
/* The same without the changes that are not verified, as nobody confirmed them. */
int rules_unconfirmed_here(struct act *a, int regime, const struct rule_set **ret, struct err *err) MUST_USE;

/* A calendar has come: every tender with a provisional deadline that it covers is
 * counted again, as a due act of its own. */
int law_renewed(const struct service *service, struct err *err) MUST_USE;

/* Whose journals the act posts. */
static inline struct money act_money(const struct act *a)
{
    return (struct money){ .tx = a->tx, .office = a->office, .actor = a->actor ? a->actor->person : NULL, .now_us = a->now_us };
}

/* What a route says of an act; made from api/routes.def. */
struct act_spec {
    const char        *op;              /* "tender_publish": name of the act and of its event */
    act_fn            *run;
    const struct form *form;            /* NULL: no body */
    uint32_t           roles;           /* any of them at the office of the subject; ROLES_ANY, ROLES_PERSON */
    enum subject       subject;         /* what path[0] names; locked, version checked */
    bool               if_match;        /* required: acts on tender, lot, payment */
    bool               creates;         /* 201, Location */
    bool               secret;          /* the body is not kept in the event (passwords) */
    bool               dry;             /* done and taken back: what is answered is what would be */
    bool               keep;            /* the idempotency answer is kept for ever: money and bids */
    int                reply;           /* statement id of the reply: $1 office, $2 subject; -1: a->answer */
};

struct act_request {
    const struct act_spec *spec;
    const struct actor    *actor;       /* NULL: nobody */
    const char *const     *path; size_t path_count;
    const char            *body; size_t body_bytes;
    const char            *key;         /* Idempotency-Key, or NULL */
    const char            *if_match;    /* as sent, or NULL */
    bool                   needs_key;   /* POST with an effect: E_CONDITION where key is NULL */
    int64_t                arrived_us;  /* monotonic: it counts as done when it came; 0: now */
};

/* In an act that makes its subject: a new id at the office of the act, which is the subject from here on. */
const char *act_makes(struct act *a);

/* The answer lives in the arena.  `replayed` where the key was known. */
struct act_answer { int status; const char *json; size_t bytes; const char *etag; const char *subject; bool replayed; };

/* Runs one act, again on E_RETRY (at most 5 times, with back-off). */
int act_run(const struct service *service, struct arena *arena, const struct act_request *request,
            struct act_answer *ret, struct err *err) MUST_USE;

/*
 * Due acts.  An act that sets a deadline calls due_set; when legal
 * time has passed it, due_<act> runs on the same road as LINLI_CLOCK with
 * now_us = the deadline itself.  act_run runs late ones of a tender before any
 * new act on it; due_run_all serves the others.
 */
int due_set(struct act *a, int64_t at_us, const char *act, const char *subject, struct err *err) MUST_USE;
/* Where what is acted on is not of the tender whose deadline it sets. */
int due_set_of(struct act *a, const char *tender, int64_t at_us, const char *act, const char *subject,
               struct err *err) MUST_USE;
int due_clear(struct act *a, const char *act, const char *subject, struct err *err) MUST_USE;
/* Runs what is due, oldest first, each in a transaction of its own, at most
 * `most`; gives how many ran.  What another is working on is waited for, as act_run
 * waits, or left to it. */
enum due_held { DUE_WAIT, DUE_LEAVE };
int due_run_all(const struct service *service, enum due_held held, int most, int *ret_ran,
                struct err *err) MUST_USE;
/* How many failed five times and wait for their owner. */
int due_stuck(const struct service *service, int64_t *ret_count, struct err *err) MUST_USE;
/* How many offices with statutory procurement under way have no address, contact or telephone for their notices; the
 * first of them by number and name. */
int offices_unreachable(const struct service *service, struct arena *arena, int64_t *ret_count, const char **ret_names,
                        struct err *err) MUST_USE;
/* The table of due acts: core/service/due.def, DUE(name) -> act_fn due_<name>. */

/* Legal time now: the clock plus the sandbox offset. */
int legal_now(const struct service *service, struct tx *tx, int64_t *ret_us, struct err *err) MUST_USE;

#endif
