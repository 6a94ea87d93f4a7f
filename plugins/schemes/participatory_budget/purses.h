/* What voters have left and what a project asks of them: the arithmetic of equal shares, for shares.c. */
#ifndef PARTICIPATORY_BUDGET_PURSES_H
#define PARTICIPATORY_BUDGET_PURSES_H

#include "budget.h"

enum { EMPTY, FULL };

/* Voters with the same money left share a purse. */
struct purse {
    linli_wide lo, hi;        /* what is left to each, in 2^-shift fen */
    uint32_t parent, payment; /* exact: the parent's money less value times that payment */
    int64_t value;
    uint32_t run; /* `exact` belongs to this run; 0: to none */
    bool ready;   /* `exact` is initialised */
    mpq_t exact;
};

/* Voters behind a project with the same purse who give it the same. */
struct share {
    uint32_t purse;
    int64_t weight, value;
};

/* What a project asks of those who can pay it, for each vote or point they give; the `poor` give all they have. */
struct payment {
    struct project *project;
    struct share *poor;
    size_t poor_count;
    int64_t points; /* of those who are not poor */
    int64_t poor_votes;
    linli_wide lo, hi;
    int32_t tie; /* the rule that chose it, or BY_NOTHING */
    uint32_t run;
    bool ready;
    mpq_t exact;
};

struct shares {
    struct count *c;
    struct project **active;
    size_t active_count;
    uint32_t *held; /* the purse of each kind */
    struct purse *purses;
    uint32_t purse_count, purse_room, *child, *touched;
    int64_t *behind; /* by purse; zero between uses */
    struct payment *payments, *asked, *best;
    size_t payment_count;
    struct share *pool;
    size_t pool_count;
    linli_wide money; /* all shares together, in fen */
    int shift;
    uint32_t run;
    int64_t work;
    bool tied;
};

/* What a project gives for a vote or point: use / votes of it.  For comparing two payments. */
int64_t use_of(const struct count *c, const struct project *p);
int64_t use_part(const struct count *c, const struct project *p);

/* What the project would ask of its supporters now; false: they cannot pay. */
bool payment_ask(struct shares *s, struct project *project, struct payment *p);

/* Which asks less for its use: negative, the first. */
int payment_compare(struct shares *s, struct payment *a, struct payment *b);

void payment_exact(struct shares *s, struct payment *p);

/* What its supporters have left together, into c->sum. */
void supporters_have(struct shares *s, const struct project *p);

/* What the poor of a payment give together, into c->sum. */
void poor_give(struct shares *s, const struct payment *p);

#endif
