/* The parts of the explorer: the states of the small world, the facts of each, and the laws every state is
 * held to. */
#ifndef CORE_HOST_EXPLORE_STATE_H
#define CORE_HOST_EXPLORE_STATE_H

#include "core/host/check.h"

enum { BIDS = 4, TRANCHES = 8, STATES_MAX = 3000000, ROUNDS = 2, VOTERS = 3, PHASES = 16 };

/* Of a bid. */
enum {
    HANDED = 1,
    WITHDRAWN = 2,
    OPENED = 4,
    VOID_BID = 8,
    FAILED = 16,
    SIGNED = 32,
    BACKED_OUT = 64,
    QUOTED = 128,
    LATE = 256
};
/* Of the clock in a phase that has a due moment. */
enum { BEGUN, JUST_BEFORE, AT_DUE, JUST_AFTER };
enum { NOT_EVALUATED, IN_ORDER, TIED, NONE_LEFT };
enum { NO_OBJECTION, OBJECTED, FOUNDED, UNFOUNDED };
enum { PLANNED, SHOWN, REFUSED, PAID, STOPPED };

/* All that matters, and nothing else: states are compared byte for byte. */
struct state {
    uint8_t phase, round, clock, extended, voters, evaluation, drawn, decided, objection, late_objection;
    uint8_t ordered;       /* the draw this phase waited for took place */
    uint8_t changed;       /* the needs, in this round of talks */
    uint8_t checked[BIDS]; /* phases up to which its checks were made */
    uint8_t tranche[TRANCHES];
    uint16_t bid[BIDS];
    uint16_t been; /* the phases it came through, as bits */
};
_Static_assert(sizeof(struct state) == 12 + BIDS + TRANCHES + 2 * BIDS + 2,
               "states are compared byte for byte");

struct node {
    struct state state;
    uint32_t from; /* how it was reached */
    char by[24];
    bool ends, expanded;
};

struct edge {
    uint32_t from, to;
};

struct explorer {
    struct checker *c;
    const void *options;
    const linli_plan *plan;
    const struct world *base;
    int bids;
    struct node *nodes;
    size_t count, room;
    uint32_t *table; /* hash to node + 1 */
    size_t slots;
    struct edge *edges;
    size_t edge_count, edge_room;
    uint32_t at;          /* the state whose moves are made */
    char faults[20][300]; /* each is told once, where it is met first */
    size_t fault_count;
};

struct built {
    linli_facts facts;
    linli_tender tender;
    linli_bid bids[BIDS];
    linli_offer offers[8 * BIDS];
    linli_check checks[BIDS * 64];
    linli_event events[16 + 5 * BIDS];
    linli_paper papers[BIDS * TRANCHES * 8];
    linli_mark marks[BIDS * TRANCHES];
    linli_ballot ballots[VOTERS];
    linli_choice choices[VOTERS * BIDS];
    linli_objection objection;
    linli_delivery deliveries[BIDS * TRANCHES];
    linli_result results[BIDS];
    linli_evaluation evaluation;
    linli_draw draws[BIDS + 1];
    linli_elsewhere elsewhere;
    uint64_t invited[BIDS];
    const linli_awards *awards;
};

static inline bool has_due(const linli_phase *ph)
{
    return ph->kind == LINLI_TENDERING || ph->window;
}

/* May anybody do this in the phase? */
bool phase_lets(const linli_phase *ph, int act);
/* Where a phase stands in the plan; the count of phases where it is not there. */
size_t phase_at(const linli_plan *p, const char *code);
bool has_phase(const linli_plan *p, int32_t kind);
/* Are bids taken, decided on and signed one after the other in this phase? */
bool rolls_on(const linli_plan *p, const linli_phase *ph);
/* The phase whose end the last quotes are handed in for; the count of phases where there is none. */
size_t quoting(const linli_plan *p);
/* Which bid of the state has this key. */
int bid_with(const struct state *s, uint64_t key);

/* A broken law, with the shortest sequence of acts that leads to this state. */
void fault(struct explorer *x, const char *what);

/* The facts of a state, in the arena of the checker. */
struct built *build(struct explorer *x, const struct state *s);
struct question question(const struct explorer *x, enum question_kind kind, const struct built *b);
/* Asks and looks at the contract; the answer lives in the arena of the state, or NULL. */
const void *asked(struct explorer *x, struct question *q);
const linli_schedule *schedule_of(struct explorer *x, struct built *b, const linli_award *award);

/* ---- laws (explore_laws.c) ---- */

/* Of the plan alone. */
void laws_of_plan(struct explorer *x);
/* Of a state, whatever is done next. */
void laws_of_state(struct explorer *x, const struct state *s, struct built *b);
/* Of a change of the phase. */
void laws_of_step(struct explorer *x, const struct state *s, const struct built *b, const linli_step *step);
void laws_of_entry(struct explorer *x, const struct state *s, const struct built *b, size_t to);
/* Of what may be paid of a tranche. */
void laws_of_release(struct explorer *x, const struct state *s, const struct built *b,
                     const struct question *q, size_t tranche, const linli_release *r);

#endif
