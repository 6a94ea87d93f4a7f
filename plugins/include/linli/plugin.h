/*
 * linli/plugin.h - the contract between the core and its plug-ins.
 *
 * A plug-in decides; the core acts.  The core gathers what is known about one
 * lot (the clock, the tender, the bids, the marks, the papers) into one
 * read-only snapshot, asks a question, and gets a decision back as plain data.
 * It then stores, publishes, notifies and pays.  There are two kinds:
 *
 *   mechanism  how money is given out: phases, who may do what, windows,
 *              quorum, papers, sealing, award, notice, contract, tranches
 *   scheme     how bids are compared: criteria, scores, ranking, ties
 *
 * The rules of the boundary
 *
 *   1 Pure.     No I/O, no clock, no random numbers, no locale, no global that
 *               changes, no thread.  The same question gets the same answer,
 *               byte for byte, today and in ten years.
 *   2 Exact.    No float or double anywhere.  Money, points and rates are
 *               integers of a fixed scale; see linli/math.h for the arithmetic.
 *   3 Memory.   Facts and options are the core's and live for the question.
 *               What a plug-in returns comes from ask->alloc or is static
 *               const.  A plug-in never frees and keeps no pointer.
 *   4 Frozen.   A plan is asked for once, when the tender is published.  Every
 *               later decision is taken under that plan, those options and
 *               that rule set.
 *   5 Refusing  is a decision, not an error: it carries lines saying why.
 *               A negative linli_status means the question was not answered.
 *   6 Words.    Plug-ins speak in message numbers and arguments; the core puts
 *               them into Chinese and English and stores the numbers.
 *   7 One lot.  A question is about one lot.  A tender of three lots is decided
 *               three times, in published order; what the earlier ones left of
 *               a shared pool is in the facts.
 *   8 Order.    Arrays in the facts are sorted as their comment says, and no
 *               decision may depend on that order.
 *   9 Growth.   Within a major version a struct marked [root] may gain fields
 *               at its end, where zero means "as before"; one marked [leaf],
 *               being an element of arrays, never changes, but that what the core
 *               alone writes may come to lie where there was padding.  The core refuses a
 *               plug-in whose minor version is newer than its own.  Major 0 is
 *               the time before all mechanisms and schemes run: there a minor
 *               may still break, and those before LINLI_ABI_SINCE are refused.
 *  10 Thread.   Any function may be called on any thread, many at once.
 *
 * Strings are UTF-8, NUL-terminated, and never NULL unless the field says so.
 * Codes are lower_snake_case ASCII of at most 40 bytes and are never shown.
 * Times are microseconds since 1970-01-01T00:00:00Z; 0 means "not yet".
 */
#ifndef LINLI_PLUGIN_H
#define LINLI_PLUGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LINLI_ABI_MAJOR 0u
#define LINLI_ABI_MINOR 7u
#define LINLI_ABI_SINCE 5u                       /* the oldest minor whose plug-ins still load */
#define LINLI_MAGIC     UINT32_C(0x314e494c)      /* "LIN1" */

/* ---- values ------------------------------------------------------------- */

/* Wrapped so that the compiler keeps them apart: points are not money. */
typedef struct linli_money  { int64_t minor; } linli_money;   /* CNY: fen, 1/100 yuan */
typedef struct linli_points { int64_t micro; } linli_points;  /* 1 point = 10^6 */
typedef struct linli_rate   { int64_t ppm;   } linli_rate;    /* 100% = 10^6 */
typedef struct linli_time   { int64_t us;    } linli_time;    /* UTC; 0 = not yet */
typedef struct linli_date   { int32_t day;   } linli_date;    /* civil day since 1970-01-01 */
typedef struct linli_period { int32_t count; int32_t unit; } linli_period;

enum { LINLI_HOURS = 1, LINLI_CALENDAR_DAYS = 2, LINLI_WORKING_DAYS = 3, LINLI_MONTHS = 4 };
enum { LINLI_HALF_UP = 1, LINLI_HALF_EVEN = 2, LINLI_DOWN = 3, LINLI_UP = 4 };

typedef struct linli_text { const char *zh, *en; } linli_text;   /* neither empty */

/* ---- the question ------------------------------------------------------- */

enum {
    LINLI_OK      =  0,
    LINLI_NOMEM   = -1,   /* ask->alloc gave NULL: the question's budget is spent */
    LINLI_RANGE   = -2,   /* a number left its range; nothing was decided */
    LINLI_FACTS   = -3,   /* the facts break a promise of this header: core bug */
    LINLI_OPTIONS = -4    /* options that check() would not have passed: core bug */
};
typedef int32_t linli_status;

/* One question.  Belongs to the core; good until the function returns. [root] */
typedef struct linli_ask {
    void *host;
    /* Zeroed memory for `count` objects, or NULL.  A count of 0 gives a valid
     * pointer.  Freed by the core, all at once, after it has read the answer. */
    void *(*alloc)(struct linli_ask *ask, size_t count, size_t size, size_t align);
} linli_ask;

#define LINLI_NEW(ask, type, count) \
    ((type *)(ask)->alloc((ask), (size_t)(count), sizeof(type), _Alignof(type)))

/* ---- words -------------------------------------------------------------- */

/* A sentence with places {1}..{6}.  `source` names the article or rule it rests
 * on ("财政部令第87号 §57"), or is NULL where it rests on none. [leaf] */
typedef struct linli_message { const char *code; linli_text text; const char *source; } linli_message;

enum { LINLI_ARG_COUNT = 1, LINLI_ARG_MONEY, LINLI_ARG_POINTS, LINLI_ARG_RATE,
       LINLI_ARG_TIME, LINLI_ARG_BID, LINLI_ARG_CODE,
       LINLI_ARG_RULE };  /* prints the number and the article of facts->rules[code] */
enum { LINLI_ARGS = 6 };

/* [leaf] */
typedef struct linli_arg { int32_t kind, zero; int64_t number; const char *code; } linli_arg;

/* One line of explanation: message `message` of the plug-in's table. [leaf] */
typedef struct linli_line { uint32_t message, argc; linli_arg arg[LINLI_ARGS]; } linli_line;
typedef struct linli_lines { const linli_line *items; size_t count; } linli_lines;

/* What is wrong with the options; `path` is a JSON Pointer into them. [leaf] */
typedef struct linli_finding { const char *path; linli_line line; } linli_finding;
typedef struct linli_findings { const linli_finding *items; size_t count; } linli_findings;

/* ---- options ------------------------------------------------------------ */

/*
 * One member of the options.  The table is the only description there is: from
 * it the core makes the JSON Schema and the form, checks what a user typed and
 * fills the plug-in's own struct.  The same rows describe the bodies of API
 * requests.  JSON carries money, points and rates as decimal strings
 * ("1250.00", "88.5", "30%"), periods as "20d", "7wd", "48h" or "3m", times as
 * RFC 3339, dates as "2026-11-21"; a JSON number with a fraction or an exponent
 * is refused.
 */
enum {
    LINLI_OPT_BOOL = 1,   /* bool */
    LINLI_OPT_COUNT,      /* int64_t; a JSON integer */
    LINLI_OPT_MONEY,      /* linli_money */
    LINLI_OPT_POINTS,     /* linli_points */
    LINLI_OPT_RATE,       /* linli_rate */
    LINLI_OPT_PERIOD,     /* linli_period; low and high bound the count */
    LINLI_OPT_CHOICE,     /* int32_t, index into `choices` */
    LINLI_OPT_CODE,       /* const char *, lower_snake_case */
    LINLI_OPT_TEXT,       /* linli_text, {"zh": ..., "en": ...} */
    LINLI_OPT_LIST,       /* linli_list of structs described by `item`, or, where
                           * item_count is 1 and item->name is "", of bare values */
    LINLI_OPT_TIME,       /* linli_time */
    LINLI_OPT_DATE,       /* linli_date */
    LINLI_OPT_STRING,     /* const char *; low and high are code points; `format`
                           * may name a check: "line", "text", "uscc", "email", "phone" */
    LINLI_OPT_ID,         /* const char *, a lower-case UUID */
    LINLI_OPT_OBJECT,     /* a nested struct at `offset`, described by `item` */
    LINLI_OPT_BYTES       /* linli_bytes, base64 in JSON; low and high are bytes */
};
typedef struct linli_list  { const void *items; size_t count; } linli_list;
typedef struct linli_bytes { const uint8_t *data; size_t count; } linli_bytes;

/* [leaf] */
typedef struct linli_option {
    const char              *name;      /* JSON member */
    int32_t                  type;      /* LINLI_OPT_* */
    bool                     required;
    uint32_t                 offset;    /* offsetof() in the options struct */
    uint32_t                 present;   /* offset of a bool that is set where the member
                                         * was given, or 0 where nobody asks */
    int64_t                  low, high; /* stored unit; for a list, its length;
                                         * both 0: no bound but the type's own */
    const char              *initial;   /* as in JSON, unquoted; NULL: required, or zero */
    const linli_text        *choices;   /* ends with {NULL, NULL}; label of each */
    const char *const       *codes;     /* JSON value of each choice; NULL-ended */
    const struct linli_option *item;    /* rows of a list's items or of an object */
    uint32_t                 item_count, item_size;
    const char              *format;    /* LINLI_OPT_STRING only; or NULL */
    linli_text               label, help;
} linli_option;

/* ---- facts -------------------------------------------------------------- */

enum {  /* who acts */
    LINLI_PUBLIC, LINLI_ORGANISATION, LINLI_OFFICE_CLERK, LINLI_OFFICE_APPROVER, LINLI_AGENT,
    LINLI_OPERATOR, LINLI_EVALUATOR, LINLI_ASSESSOR, LINLI_RESIDENT, LINLI_SUPERVISOR,
    LINLI_AUDITOR, LINLI_ADMINISTRATOR, LINLI_SECURITY, LINLI_CLOCK, LINLI_ROLES = 16
};
enum {  /* what they do; bits of linli_phase.may */
    LINLI_READ_TENDER, LINLI_READ_BIDS, LINLI_QUESTION, LINLI_ANSWER, LINLI_AMEND, LINLI_SUBMIT,
    LINLI_REPLACE, LINLI_WITHDRAW, LINLI_OPEN, LINLI_CHECK, LINLI_CLARIFY, LINLI_REQUOTE,
    LINLI_ASSIGN, LINLI_MARK, LINLI_VOTE, LINLI_REPORT, LINLI_DRAW, LINLI_CHOOSE, LINLI_ANNOUNCE,
    LINLI_OBJECT, LINLI_RESOLVE, LINLI_APPROVE, LINLI_SIGN, LINLI_DELIVER, LINLI_ACCEPT, LINLI_PAY,
    LINLI_ADVANCE,      /* end a phase that ends by act */
    LINLI_CANCEL, LINLI_ACTS
};
enum {  /* what has happened */
    LINLI_PUBLISHED = 1, LINLI_AMENDED, LINLI_BIDS_DUE, LINLI_OPENED, LINLI_CHECKED,
    LINLI_VOTING_STARTED, LINLI_VOTING_ENDED, LINLI_EVALUATED, LINLI_DECIDED, LINLI_ANNOUNCED,
    LINLI_NOTICE_ENDED, LINLI_OBJECTED, LINLI_RESOLVED, LINLI_APPROVED, LINLI_EXTENDED,
    LINLI_SIGNED, LINLI_ACCEPTED, LINLI_PAID, LINLI_FAILED, LINLI_DOCUMENTS_ISSUED, LINLI_REPORTED,
    LINLI_STARTED,      /* for linli_window.from only: the phase, or its new round, began */
    LINLI_RECEIVED      /* for linli_window.from only: a bid came in */
};
enum { LINLI_GOODS = 1, LINLI_WORKS, LINLI_SERVICES, LINLI_PUBLIC_GOOD };
enum { LINLI_STATUTORY = 1, LINLI_SUB_THRESHOLD, LINLI_GRANTS, LINLI_CHARITY };   /* regimes P1..P4 */

enum { LINLI_REST_DAY = 0, LINLI_WORKING_DAY = 1, LINLI_HOLIDAY = 2 };
enum { LINLI_NO_ROLL = 1, LINLI_ROLL_HOLIDAY, LINLI_ROLL_REST };

/* The days of the place, one byte each, so that no plug-in needs a table of
 * holidays: an ordinary day of rest, a working day (make-up weekends too), a
 * statutory holiday.  Day 0 is 1970-01-01 in local time. [root] */
typedef struct linli_calendar {
    int32_t        first_day, day_count, utc_offset_s;
    int32_t        official_until;      /* last day an official notice covers */
    const uint8_t *days;                /* LINLI_REST_DAY.. */
} linli_calendar;

/* [root] */
typedef struct linli_tender {
    uint64_t    key;
    const char *currency;               /* ISO 4217, "CNY" */
    int32_t     category;               /* LINLI_GOODS.. */
    int32_t     regime;                 /* LINLI_STATUTORY.. */
    linli_money budget;                 /* of this lot */
    linli_money ceiling;                /* highest price allowed; 0: the budget */
    linli_time  published, bids_due;
    int64_t     electorate;             /* who may vote; 0: there is no vote */
    linli_money pool;                   /* what the other lots left of a shared pool; 0: none is shared,
                                         * -0.01: nothing is left */
    int32_t     lot, lots;              /* number of this one, from 1; how many there are */
    int32_t     under;                  /* 1: called off from agreements, whose suppliers are its bidders from
                                         * the start, at the price agreed (round 1) and numbered in the order
                                         * they were awarded in; 0: it is not */
} linli_tender;

/* A legal number and where it comes from.  Sorted by code. [leaf] */
typedef struct linli_rule {
    const char   *code;                 /* "bid_window", "panel_size_large" */
    const char   *source;               /* "政府采购法 §35" */
    int32_t       unit;                 /* LINLI_UNIT_.. of value; 0: a period */
    int32_t       unverified;           /* 1: from memory; an approver confirmed it */
    int64_t       value;
    linli_period  period;
} linli_rule;

/* A bid as far as the phase lets it be known: what is still sealed is not in
 * the facts at all.  Sorted by key, which is 1..n. [leaf] */
typedef struct linli_bid {
    uint64_t    key, bidder;
    uint64_t    group;                  /* bids that count as one; 0: none */
    int32_t     number;                 /* published serial, given at opening; 0: not yet */
    int32_t     round;                  /* of the price: 1 first, 2 after a requote */
    linli_time  submitted;
    bool        withdrawn, late;
    bool        open, priced;           /* opened; its price too (two envelopes) */
    bool        invalid;                /* its envelope or form was found void at opening */
    bool        barred;                 /* its bidder has won as many other lots as one may: compared,
                                         * never awarded */
    linli_money price;                  /* asked last; 0 until priced */
} linli_bid;

/* What a bid offers for a field of the plan, in each round.  Sorted by bid,
 * field, round. [leaf] */
typedef struct linli_offer {
    uint64_t    bid;
    const char *field;
    int32_t     round, unit;            /* LINLI_UNIT_.. */
    int64_t     value;
    linli_time  at;
} linli_offer;

/* A yes-or-no finding about a bid by a person entitled to it.  Sorted by bid,
 * rule, by. [leaf] */
typedef struct linli_check {
    uint64_t    bid, by;
    const char *rule;
    int32_t     role;
    bool        passed;
} linli_check;

/* A judge or a rule gave a bid a number on a criterion, or an assessor said how
 * well a part was delivered (criterion "delivery", points of 100), or an
 * evaluation of it what is to be paid (criterion "factor", a rate).  Sorted by
 * bid, criterion, by. [leaf] */
typedef struct linli_mark {
    uint64_t    bid, by;
    const char *criterion, *tranche;    /* tranche NULL: about the bid as such */
    int64_t     value;                  /* in the criterion's unit */
} linli_mark;

/* One bid on a ballot: its index in facts->bids, its place, what was given to
 * it (1 for an approval, else points or fen). [leaf] */
typedef struct linli_choice { uint32_t bid; int32_t rank; int64_t value; } linli_choice;

/* One voter; its choices are facts->choices[first .. first + count).  A voter
 * whose choices all fell away still counts.  Sorted by voter. [leaf] */
typedef struct linli_ballot {
    uint64_t    voter;
    int64_t     weight;                 /* 1 unless the plan says otherwise */
    uint32_t    first, count;
    const char *area, *source;          /* area: "" where fewer than five are of one; "", "paper", "online" */
} linli_ballot;

/* Sorted by time. [leaf] */
typedef struct linli_event { int32_t kind, role; linli_time at; uint64_t bid; } linli_event;

/* A paper handed in for a bid (0: for the lot), or asked for.  Sorted by rule,
 * bid, at. [leaf] */
typedef struct linli_paper {
    const char *rule, *tranche;         /* code of a linli_paper_rule; tranche or NULL */
    uint64_t    bid;
    bool        accepted, refused;      /* neither: waiting */
    int32_t     judge;                  /* role of who accepted or refused it */
    linli_time  at;                     /* 0: asked for and not handed in yet */
    linli_time  due;                    /* to be handed in before; 0: no day was set */
} linli_paper;

/* A public draw that took place, with its result: keys, first drawn first. [leaf] */
typedef struct linli_draw { const char *purpose; const uint64_t *keys; size_t count; } linli_draw;

enum { LINLI_OBJECTION_OPEN = 1, LINLI_OBJECTION_FOUNDED, LINLI_OBJECTION_UNFOUNDED, LINLI_OBJECTION_WITHDRAWN };

/* A challenge.  Sorted by key. [leaf] */
typedef struct linli_objection {
    uint64_t    key, bid, by;           /* bid 0: about the lot */
    const char *phase;                  /* the step it is about */
    linli_time  filed, due, answered;
    const char *kind;                   /* "documents", "process", "result" */
    int32_t     state;                  /* LINLI_OBJECTION_OPEN.. */
    bool        relevant;               /* may change the result */
} linli_objection;

/* How far a tranche of an award has come.  Sorted by bid, tranche. [leaf] */
typedef struct linli_delivery {
    uint64_t    bid;
    const char *tranche;
    int32_t     state;                  /* LINLI_TRANCHE_.. */
    linli_money planned, released, paid, recovered;
    linli_money accepted;               /* what the work shown for it was found to be worth */
    linli_time  due;
} linli_delivery;
enum { LINLI_TRANCHE_PLANNED = 1, LINLI_TRANCHE_REPORTED, LINLI_TRANCHE_ACCEPTED, LINLI_TRANCHE_REFUSED,
       LINLI_TRANCHE_RELEASED, LINLI_TRANCHE_PAID, LINLI_TRANCHE_STOPPED };

/* An award of another lot of the tender, or of another call-off under the same
 * agreements, where a turn that was declined counts as well; bidder 0: it does not
 * bid here.  Sorted by lot. [leaf] */
typedef struct linli_elsewhere {
    int32_t     lot, standing;          /* LINLI_WINNER.. */
    uint64_t    bidder;
    linli_money amount;
} linli_elsewhere;

enum { LINLI_REGISTERED = 1, LINLI_ENTERPRISE, LINLI_INSTITUTION, LINLI_FILED, LINLI_PERSON };

/* What is known of who bids, beyond the bid: its kind and its standing with the
 * office.  Sorted by key. [leaf] */
typedef struct linli_bidder {
    uint64_t    key;                    /* linli_bid.bidder */
    int32_t     kind;                   /* LINLI_REGISTERED..; 0: not known */
    linli_date  founded;                /* 0: not known */
    bool        insider;                /* runs or advises this tender for the office */
    int32_t     grade;                  /* of what it delivered to the office, when last evaluated: 1 best .. 4;
                                         * 0: it never was */
    linli_time  excluded;               /* kept out of the office's programme until then; 0: it is not */
} linli_bidder;

struct linli_plan; struct linli_evaluation; struct linli_award;

/* Everything known about the lot at `now`. [root] */
typedef struct linli_facts {
    linli_time                     now;
    const linli_calendar          *calendar;
    const linli_tender            *tender;
    const struct linli_plan       *plan;          /* NULL until published */
    const char                    *phase;         /* NULL until published */
    linli_time                     phase_since, phase_due;    /* due 0: no deadline */
    int32_t                        round;         /* of the phase, from 1 */
    const linli_rule              *rules;         size_t rule_count;
    const uint64_t                *invited;       size_t invited_count;   /* bidders, ascending */
    const linli_bid               *bids;          size_t bid_count;
    const linli_offer             *offers;        size_t offer_count;
    const linli_check             *checks;        size_t check_count;
    const linli_mark              *marks;         size_t mark_count;
    const linli_ballot            *ballots;       size_t ballot_count;
    const linli_choice            *choices;       size_t choice_count;
    const linli_event             *events;        size_t event_count;
    const linli_paper             *papers;        size_t paper_count;
    const linli_draw              *draws;         size_t draw_count;
    const linli_objection         *objections;    size_t objection_count;
    const linli_delivery          *deliveries;    size_t delivery_count;
    const struct linli_evaluation *evaluation;    /* NULL until there is one */
    const struct linli_award      *awards;        size_t award_count;
    const linli_elsewhere         *elsewhere;     size_t elsewhere_count;
    const linli_bidder            *bidders;       size_t bidder_count;
} linli_facts;

/* ---- mechanism: the plan ------------------------------------------------ */

enum {  /* what a phase is for; the core's table maps it to a tender's state */
    LINLI_TENDERING = 1, LINLI_OPENING, LINLI_NEGOTIATING, LINLI_CHECKING, LINLI_EVALUATING,
    LINLI_VOTING, LINLI_DECIDING, LINLI_NOTICE, LINLI_CONTRACTING, LINLI_DELIVERING,
    LINLI_CLOSED, LINLI_VOID
};
/* The last: over as soon as step() answers GO, which is asked after every act. */
enum { LINLI_ENDS_AT_DUE = 1, LINLI_ENDS_BY_ACT, LINLI_ENDS_WHEN_DONE, LINLI_NEVER_ENDS };
enum { LINLI_ANYONE = 1, LINLI_INVITED };
/* Until when what is handed in stays secret; in a later round, that round's due. */
enum { LINLI_OPEN_BIDS = 1, LINLI_SEALED_TO_DUE, LINLI_SEALED_TO_OPENING, LINLI_TWO_ENVELOPES };
enum { LINLI_COUNT_BIDDERS = 1, LINLI_COUNT_ADMITTED, LINLI_COUNT_VOTERS };
enum { LINLI_BELOW_FAIL = 1, LINLI_BELOW_EXTEND, LINLI_BELOW_GO, LINLI_BELOW_ASK };
enum { LINLI_AWARD_ONE = 1, LINLI_AWARD_UP_TO_N, LINLI_AWARD_ALL_OVER, LINLI_AWARD_TO_BUDGET };
enum { LINLI_PURCHASE = 1, LINLI_FRAMEWORK, LINLI_GRANT, LINLI_PRIZE };
enum { LINLI_ON_SIGNING = 1, LINLI_ON_MILESTONE, LINLI_ON_ACCEPTANCE, LINLI_ON_DATE };

#define LINLI_MAY(act) (UINT64_C(1) << (act))

/* In the order of the array; the first is entered on publication. [leaf] */
typedef struct linli_phase {
    const char *code;
    linli_text  name;
    int32_t     kind, ends;             /* LINLI_TENDERING.., LINLI_ENDS_AT_DUE.. */
    uint64_t    may[LINLI_ROLES];       /* LINLI_MAY(..) bits; absent = refused */
    const char *next, *otherwise;       /* codes; NULL only if it never ends */
    const char *window;                 /* the linli_window whose end is this phase's due,
                                         * or NULL: the tendering deadline is the one the
                                         * office published, as is that of a phase whose window
                                         * is until LINLI_BIDS_DUE; other phases have none */
} linli_phase;

/* A span the law or the options fix; the core computes and enforces it. [leaf] */
typedef struct linli_window {
    const char   *code;
    linli_text    name;
    int32_t       from, until;          /* LINLI_PUBLISHED.. */
    linli_period  least, most;          /* count 0: no such bound */
    int32_t       roll;                 /* last day off: LINLI_NO_ROLL.. */
    const char   *source;
} linli_window;

/* How many are needed when `phase` ends, and what follows if fewer. [leaf] */
typedef struct linli_quorum {
    const char  *phase;
    int32_t      counts, at_least, below; /* LINLI_COUNT_.., n, LINLI_BELOW_.. */
    const char  *otherwise;               /* for LINLI_BELOW_GO and _ASK */
    linli_period extend;                  /* for LINLI_BELOW_EXTEND */
    const char  *source;
} linli_quorum;

/* What is stated of every bid, by whom, and in which envelope. [leaf] */
typedef struct linli_field {
    const char *code;
    linli_text  name;
    int32_t     unit;                   /* LINLI_UNIT_.. */
    int64_t     low, high;
    bool        required, priced;       /* priced: it is the price the bid is compared at */
    int32_t     envelope;               /* 1 technical, 2 price; 1 where there is only one */
    int32_t     by;                     /* role that states it about a bid (the sum the panel
                                         * allows); 0: the bidder; LINLI_CLOCK, a count and bids
                                         * open: the core states how many residents support it,
                                         * of whom `low` are needed.  What the bidder states as
                                         * "cosigners" beside it is told with it, the greater of
                                         * the two being what there is */
} linli_field;

/* A paper someone must or may hand in.  With `tranche`, it is evidence: that
 * tranche waits for `at_least` accepted papers, and if `independent` the one
 * who accepts may not be the organisation or the office. [leaf] */
typedef struct linli_paper_rule {
    const char *code;
    linli_text  name;
    const char *phase, *tranche;        /* tranche NULL: not evidence */
    int32_t     role, at_least;
    bool        sealed, published, independent;
    const char *source;
} linli_paper_rule;

/* A finding the office or the panel must make about every bid. [leaf] */
typedef struct linli_check_rule {
    const char *code;
    linli_text  name;
    const char *phase;
    int32_t     role;                   /* who finds it */
    const char *source;
} linli_check_rule;

/* [leaf] */
typedef struct linli_tranche_rule {
    const char  *code;
    linli_text   name;
    linli_rate   share;                 /* of the award; all add up to 100% */
    int32_t      due;                   /* LINLI_ON_SIGNING.. */
    bool         advance;               /* paid before its value is accepted; later
                                         * acceptances cover it */
    linli_date   on;                    /* for LINLI_ON_DATE */
    linli_period within;                /* pay within, once released */
} linli_tranche_rule;

/* [leaf] */
typedef struct linli_panel {
    int32_t     at_least;
    int32_t     experts, of;            /* outside experts: at least 2 of 3, exactly */
    bool        odd, blind;             /* an odd number; names of bidders hidden */
    bool        recuse;                 /* who has an interest in a bid sits out that bid,
                                         * and stays for the others */
    const char *source;
} linli_panel;

/* [leaf] */
typedef struct linli_award_rule {
    int32_t      kind, most, candidates; /* LINLI_AWARD_.., winners, shortlist */
    bool         by_rank;                /* the office may not pass over a rank */
    linli_points over;                   /* for LINLI_AWARD_ALL_OVER */
} linli_award_rule;

enum { LINLI_SEES_BIDS = 1, LINLI_SEES_PRICES, LINLI_SEES_MARKS, LINLI_SEES_BALLOTS, LINLI_SEES_RESULT };

/* From which phase on a role may read something; what no row names is never
 * read by that role. [leaf] */
typedef struct linli_reading { int32_t what, role; const char *from; } linli_reading;

/* The rules of the game, published with the notice and unchanged after. [root] */
typedef struct linli_plan {
    int32_t                   entry, sealing;   /* LINLI_ANYONE.., LINLI_OPEN_BIDS.. */
    int32_t                   contract;         /* LINLI_PURCHASE.. */
    bool                      objection_stops;  /* an open, relevant objection holds signing */
    linli_rate                bid_bond;         /* of the budget; 0: none */
    linli_rate                performance_bond; /* of the contract; 0: none */
    linli_rate                extra;            /* most a signed contract may grow */
    linli_panel               panel;            /* at_least 0: no panel */
    linli_award_rule          award;
    const linli_phase        *phases;           size_t phase_count;
    const linli_window       *windows;          size_t window_count;
    const linli_quorum       *quorums;          size_t quorum_count;
    const linli_field        *fields;           size_t field_count;
    const linli_check_rule   *checks;           size_t check_count;
    const linli_paper_rule   *papers;           size_t paper_count;
    const linli_tranche_rule *tranches;         size_t tranche_count;
    const linli_reading      *readings;         size_t reading_count;
    int32_t                   choices;          /* most bids on one ballot; 0: any number */
    bool                      no_joint;         /* bids of several together (联合体) are not taken */
} linli_plan;

/* ---- mechanism: the decisions ------------------------------------------- */

enum { LINLI_STAY = 1, LINLI_EXTEND, LINLI_GO, LINLI_FAIL, LINLI_ASK_APPROVAL,
       LINLI_AGAIN };                   /* the same phase once more, as a new round */

/* A lawful way on after a failure, for a person to choose. [leaf] */
typedef struct linli_way { const char *code; linli_text name; const char *phase, *source; } linli_way;

/* A tie or a choice only chance may settle.  The core announces a public draw,
 * records the result in facts->draws and asks again. [leaf] */
typedef struct linli_draw_request {
    const char     *purpose;            /* code; comes back in linli_draw */
    const uint64_t *keys;               /* of bids or bidders */
    size_t          count;
} linli_draw_request;

/* What happens to the phase now. [root] */
typedef struct linli_step {
    int32_t          kind;              /* LINLI_STAY.. */
    const char      *phase;             /* where to, for LINLI_GO and _FAIL */
    linli_period     extend;            /* for LINLI_EXTEND */
    linli_lines      why;
    const linli_way *ways; size_t way_count;    /* for LINLI_FAIL and _ASK_APPROVAL */
    const linli_draw_request *draws; size_t draw_count;   /* for LINLI_STAY: what it waits for */
} linli_step;

/* Is this bid compared with the others?  One for every bid. [leaf] */
typedef struct linli_admission { uint64_t bid; bool admitted; linli_lines why; } linli_admission;

/* [root] */
typedef struct linli_admissions {
    const linli_admission *items; size_t count;
    int32_t                bidders;     /* admitted, a group counted once */
} linli_admissions;

enum { LINLI_WINNER = 1, LINLI_RESERVE };

/* [leaf] */
typedef struct linli_award {
    uint64_t    bid;
    int32_t     standing, order;        /* LINLI_WINNER..; 1 = first */
    linli_money amount;
    linli_lines why;
} linli_award;

/* [root] */
typedef struct linli_awards {
    const linli_award        *items; size_t count;
    const linli_draw_request *draws; size_t draw_count;   /* any: not yet final */
    linli_lines               why;      /* also why there is no award at all */
} linli_awards;

/* [leaf] */
typedef struct linli_tranche { const char *code; linli_money amount; } linli_tranche;

/* The amounts add up to the award to the last fen. [root] */
typedef struct linli_schedule { const linli_tranche *items; size_t count; linli_lines why; } linli_schedule;

enum { LINLI_WAIT = 1, LINLI_PAY_OUT, LINLI_HOLD, LINLI_STOP };

/* What may be paid now of a tranche, at most its amount; less where delivery
 * fell short and the rules say by how much.  STOP ends the award: nothing more
 * is paid, `recovery` is asked back, and `exclusion_months` keeps the
 * organisation out of the office's own programme. [root] */
typedef struct linli_release {
    int32_t     kind;                   /* LINLI_WAIT.. */
    linli_money amount, recovery;
    int32_t     exclusion_months;
    linli_lines why;
} linli_release;

/* [root] */
typedef struct linli_verdict { bool yes; linli_lines why; } linli_verdict;

/* ---- scheme ------------------------------------------------------------- */

enum { LINLI_BY_JUDGES = 1, LINLI_BY_RULE, LINLI_BY_BALLOTS };
enum { LINLI_UNIT_POINTS = 1, LINLI_UNIT_MONEY, LINLI_UNIT_COUNT, LINLI_UNIT_YES_NO, LINLI_UNIT_RATE,
       LINLI_UNIT_MONTHS };

/* One thing looked at; tells the core which form to show and to whom. [leaf] */
typedef struct linli_criterion {
    const char *code;
    linli_text  name;
    int32_t     by, unit;               /* LINLI_BY_JUDGES.., LINLI_UNIT_POINTS.. */
    bool        objective;              /* every judge must find the same value */
    linli_rate  weight;
    int64_t     low, high, step;        /* of a mark, in `unit` */
} linli_criterion;

/* [root] */
typedef struct linli_criteria {
    const linli_criterion *items; size_t count;
    int64_t                ballot_sum;  /* most the values on one ballot may add up to; 0: any sum */
} linli_criteria;

/* `points` is published as it stands; `raw` is before the weight. [leaf] */
typedef struct linli_part { const char *criterion; linli_points raw, points; linli_lines why; } linli_part;

enum { LINLI_RANKED = 1, LINLI_OUT, LINLI_EXPLAIN };  /* _EXPLAIN: ask the bidder first */

/* total is the sum of the parts, exactly; rank 1 is best and equal ranks are a
 * tie; rank 0 if not ranked. [leaf] */
typedef struct linli_result {
    uint64_t          bid;
    int32_t           standing, rank;   /* LINLI_RANKED.. */
    linli_points      total;
    linli_money       compared;         /* the price it was compared at, after deductions; 0: none */
    linli_money       grant;            /* LINLI_SET only: 0 = not chosen */
    const linli_part *parts; size_t part_count;
    linli_lines       why;
} linli_result;

enum { LINLI_ORDER = 1, LINLI_SET = 2 };    /* a ranking; a set that fits the budget */

/* One result for every admitted bid, sorted by bid. [root] */
typedef struct linli_evaluation {
    int32_t                   kind;     /* LINLI_ORDER or LINLI_SET */
    const linli_result       *items; size_t count;
    const linli_draw_request *draws; size_t draw_count;
    linli_lines               why;
} linli_evaluation;

/* ---- descriptors -------------------------------------------------------- */

/* Who the plug-in is, for people. [leaf] */
typedef struct linli_about {
    const char *id;                     /* "public_bidding"; never reused */
    const char *version;                /* "1.4.0"; semantic */
    const char *opens;                  /* oldest version whose lots it can finish */
    linli_text  name, summary, basis;   /* basis: law or rule it follows */
    const char *author, *licence;
} linli_about;

enum {
    LINLI_EXACT = 1     /* computes with libgmp (imports __gmp[nzq]_*): asked in a child process
                         * with CPU and memory limits, as is whatever did not come with Linli */
};

/*
 * `options` below points at a struct of options_size bytes that the core filled
 * from the table and that check() has passed.  Every function fills *out, which
 * the core has zeroed.  All are required except `refuse`.  `needs` lists the
 * codes of the rules read from facts->rules; publication is refused where the
 * rule set lacks one.  `methods` are the schemes the law lets it be evaluated by
 * in statutory procurement; a draft with another is refused.  [root]
 */
typedef struct linli_mechanism {
    uint32_t             size;          /* sizeof(linli_mechanism) */
    uint32_t             takes;         /* LINLI_ORDER | LINLI_SET it can award from */
    uint32_t             flags;         /* LINLI_EXACT */
    uint32_t             regimes;       /* 1 << LINLI_STATUTORY | .. it serves */
    const linli_about   *about;
    const linli_option  *options;         uint32_t option_count, options_size;
    const linli_message *messages;        uint32_t message_count;
    const char *const   *examples;      /* JSON options, NULL-ended, at least one */
    const char *const   *needs;         /* rule codes, NULL-ended; NULL: none */

    /* What the table cannot say is wrong with these options; none = fine. */
    linli_status (*check)(linli_ask *, const void *options, const linli_facts *, linli_findings *out);
    /* The rules of the game. */
    linli_status (*plan)(linli_ask *, const void *options, const linli_facts *, linli_plan *out);
    /* The phase may end (deadline, act, all done): what now? */
    linli_status (*step)(linli_ask *, const void *options, const linli_facts *, linli_step *out);
    /* Which bids are compared. */
    linli_status (*admit)(linli_ask *, const void *options, const linli_facts *, linli_admissions *out);
    /* Who gets how much, from facts->evaluation.  May be asked again after a
     * founded objection or a refusal to sign (the bid is withdrawn then): the
     * answer is the whole list as it then stands, who fell away left out;
     * awards already made keep their amount. */
    linli_status (*award)(linli_ask *, const void *options, const linli_facts *, linli_awards *out);
    /* In which parts an award is paid. */
    linli_status (*schedule)(linli_ask *, const void *options, const linli_facts *,
                             const linli_award *, linli_schedule *out);
    /* Does the evidence so far release this tranche of this award, and how much? */
    linli_status (*release)(linli_ask *, const void *options, const linli_facts *,
                            const linli_award *, const linli_tranche *, linli_release *out);
    /* NULL, or a veto over an act the phase allows: yes = refused. */
    linli_status (*refuse)(linli_ask *, const void *options, const linli_facts *, int32_t role,
                           uint64_t actor, int32_t act, uint64_t bid, linli_verdict *out);
    const char *const   *methods;       /* codes of schemes, NULL-ended; NULL: any it can award from */
} linli_mechanism;

/* [root] */
typedef struct linli_scheme {
    uint32_t             size;          /* sizeof(linli_scheme) */
    uint32_t             gives;         /* LINLI_ORDER, LINLI_SET, or both where the options decide */
    uint32_t             flags;         /* LINLI_EXACT */
    uint32_t             reserved;
    const linli_about   *about;
    const linli_option  *options;         uint32_t option_count, options_size;
    const linli_message *messages;        uint32_t message_count;
    const char *const   *examples;
    const char *const   *needs;

    linli_status (*check)(linli_ask *, const void *options, const linli_facts *, linli_findings *out);
    linli_status (*criteria)(linli_ask *, const void *options, const linli_facts *, linli_criteria *out);
    /* Scores, explains and ranks every bid in `admitted`. */
    linli_status (*evaluate)(linli_ask *, const void *options, const linli_facts *,
                             const linli_admissions *admitted, linli_evaluation *out);
} linli_scheme;

/* What a shared object offers.  Data, so that none of its code runs before the
 * core has read the first four fields, which never move. [root] */
typedef struct linli_module {
    uint32_t                      magic, size;    /* LINLI_MAGIC, sizeof(linli_module) */
    uint32_t                      abi_major, abi_minor;
    const linli_mechanism *const *mechanisms;     /* NULL-ended; NULL if none */
    const linli_scheme *const    *schemes;
} linli_module;

/* The one symbol a plug-in exports; build plug-ins with -fvisibility=hidden. */
extern const linli_module linli_exports __attribute__((visibility("default")));

#define LINLI_MODULE(...) \
    { LINLI_MAGIC, sizeof(linli_module), LINLI_ABI_MAJOR, LINLI_ABI_MINOR, __VA_ARGS__ }

/* Leaves are frozen with ABI 1.0; until then a change here raises the minor. */
#if defined __LP64__
_Static_assert(sizeof(linli_line)   == 152, "linli_line is frozen");
_Static_assert(sizeof(linli_option) == 120, "linli_option is frozen");
_Static_assert(sizeof(linli_bid)    ==  56, "linli_bid is frozen");
_Static_assert(sizeof(linli_phase)  == 184, "linli_phase is frozen");
_Static_assert(sizeof(linli_result) ==  72, "linli_result is frozen");
_Static_assert(sizeof(linli_award)  ==  40, "linli_award is frozen");
_Static_assert(offsetof(linli_module, abi_minor) == 12, "the guard never moves");
#endif

#endif /* LINLI_PLUGIN_H */
