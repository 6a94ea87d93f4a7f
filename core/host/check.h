/*
 * The contract checks, as the parts of `linli plugin check` share them.  Runs in
 * a child; what it finds is written at once into memory the parent sees, so that
 * a crash loses nothing.
 */
#ifndef CORE_HOST_CHECK_H
#define CORE_HOST_CHECK_H

#include "core/host/plugin.h"

/* Shared with the parent. */
struct check_page {
    int failures;
    char id[48];
    int now;                /* the check that runs, for when it is the last */
    uint32_t begun, failed; /* bits of the catalogue in check.c */
    size_t used;
    char text[120000];
};

struct checker {
    struct check_page *page;
    struct arena *arena; /* lives as long as the check */
    const char *id;
    const linli_mechanism *mechanism; /* one of the two */
    const linli_scheme *scheme;
    const linli_rule *rules;
    size_t rule_count;
    int32_t regime; /* of the lot a scheme is asked about; 0: the first */
    int lot;        /* what kind of lot the world is: LOT_USUAL.. */
    char *memory;   /* of one question */
};

/* Says what is checked now, a name of the catalogue in check.c; then either
 * check_failed, any number of times, or not. */
void check_begin(struct checker *c, const char *name);
void check_failed(struct checker *c, const char *format, ...) PRINTF(2, 3);

/* ---- the made-up lot ---- */

/* Some ways of buying end at small sums, some begin at large ones, some are called off from agreements.  The
 * second of three lots shares their pool, and the first bidder has won another; in a grouped one bids count
 * as one. */
enum { LOT_USUAL, LOT_SMALL, LOT_LARGE, LOT_CALLED, LOT_SECOND, LOT_GROUPED, LOTS };
enum { WORLD_BIDS = 5, WORLD_JUDGES = 5, WORLD_VOTERS = 23 };

struct world {
    linli_facts facts;
    linli_admissions admitted;
};

/* A lot where all went well and everybody did what the plan and the criteria ask;
 * either may be NULL.  `set`: prices of which some fit the budget, not all. */
struct world *world_new(struct checker *c, const linli_plan *plan, const linli_criteria *criteria, bool set);
/* The same lot with the arrays the other way round. */
const linli_facts *world_turned(struct checker *c, const linli_facts *facts);
/* The same lot with the keys of the bids given out the other way round. */
const linli_facts *world_relabelled(struct checker *c, const linli_facts *facts);
uint64_t relabel(const linli_facts *facts, uint64_t key);

/* ---- one question ---- */

struct outcome {
    linli_status status;
    void *answer; /* good until the next question */
    size_t allocations;
    bool failed_at; /* the allocation that was to fail was reached */
};

enum { MEMORY_UP, MEMORY_DOWN };

/* Asks with fresh memory, taken from the lower or the upper end; allocation
 * number `fail_at` fails (SIZE_MAX: none). */
struct outcome check_ask(struct checker *c, const struct question *q, int direction, size_t fail_at);
struct question check_question(const struct checker *c, enum question_kind kind, const void *options,
                               const linli_facts *facts);
/* An answer as text with its lines, and one where keys are mapped back, items
 * sorted by bid and lines left out. */
char *check_dump(struct checker *c, const struct question *q, const void *answer);
char *check_dump_normal(struct checker *c, const struct question *q, const void *answer, bool relabelled);

/* The checks every question gets: it is answered, keeps the contract, gets the
 * same answer again, whatever the order and the labels, and survives every
 * allocation failing.  The answer, copied, or NULL. */
const void *check_question_all(struct checker *c, struct question *q, const char *name);
/* Answered and within the contract, no more. */
const void *check_question_once(struct checker *c, struct question *q, const char *name);

/* The struct of one of the examples; NULL: it does not read (already said). */
const void *check_options(struct checker *c, const char *json);

/* ---- the parts ---- */

bool check_face(struct checker *c);
void check_mechanism(struct checker *c);
void check_scheme(struct checker *c);

#endif
