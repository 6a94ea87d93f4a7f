/*
 * What the files of participatory_budget share.
 *
 *   plugin.c    options, criteria, the descriptors; one question from beginning to end
 *   words.c     every sentence
 *   ballots.c   facts -> projects and kinds of ballots
 *   ties.c      the tie rules and the draw
 *   greedy.c    by votes, by votes per cost, and what is left over
 *   phragmen.c  sequential Phragmen
 *   purses.c    what voters have left and what a project asks of them, exactly
 *   shares.c    equal shares: one run after another, and the completions
 *   compare.c   do more voters prefer what a plain vote would fund?
 *   explain.c   the answer, line by line
 */
#ifndef PARTICIPATORY_BUDGET_H
#define PARTICIPATORY_BUDGET_H

#include <gmp.h>
#include <string.h>

#include "linli/kit.h"

enum { RULE_VOTES, RULE_PER_COST, RULE_PHRAGMEN, RULE_SHARES };
enum { BALLOT_APPROVAL, BALLOT_CUMULATIVE, BALLOT_SCORING, BALLOT_ORDINAL };
enum { UTILITY_COST, UTILITY_CARDINALITY, UTILITY_EFFORT };
enum { COMPLETE_NONE, COMPLETE_VOTES, COMPLETE_PHRAGMEN, COMPLETE_ADD1, COMPLETE_ADD1U };
enum { READ_LAST, READ_FIRST };
enum { FIT_SKIP, FIT_STOP };
enum { BY_LOW_COST, BY_HIGH_COST, BY_VOTES, BY_NUMBER, BY_DRAW, BY_NOTHING };

struct options {
    int32_t rule, ballots, fit, utility, completion, reading;
    int64_t votes_min, points;
    bool compare;
    linli_money increment;
    linli_list ties; /* of int32_t, BY_LOW_COST.. */
};

extern const char *const tie_codes[];

/* ---- words -------------------------------------------------------------- */

enum {
    M_TIES_END,
    M_TIES_TWICE,
    M_VOTES,
    M_POINTS,
    M_PER_COST,
    M_NOBODY,
    M_FEW,
    M_ABOVE,
    M_NO_USE,
    M_FITS,
    M_NO_FIT,
    M_ENDED,
    M_LOADED,
    M_LOAD_OVER,
    M_LOAD_ENDED,
    M_CHOSEN,
    M_CHOSEN_POINTS,
    M_POOR,
    M_EFFECTIVE,
    M_FRACTION,
    M_SHORT,
    M_REST,
    M_NO_ROOM,
    M_BY_LOW_COST,
    M_BY_HIGH_COST,
    M_BY_VOTES,
    M_BY_NUMBER,
    M_BY_DRAW,
    M_SHARE,
    M_NO_VOTERS,
    M_RAISED,
    M_STOP_ABOVE,
    M_STOP_FULL,
    M_STOP_ALL,
    M_KEPT,
    M_OUTVOTED,
    M_TOTAL,
    M_DRAW,
    M_TOO_LONG,
    MESSAGES
};

extern const linli_message messages[MESSAGES];

/* ---- the count ---------------------------------------------------------- */

/* Ballots that are alike: the projects they support, ascending, and what each is given. */
struct kind {
    const uint32_t *projects;
    const int64_t *values; /* 1 or more */
    uint32_t count;
    int64_t weight; /* how many they are */
};

/* A kind behind a project. */
struct backing {
    uint32_t kind;
    int64_t value;
};

enum { NOT_TAKEN, TAKEN, TAKEN_REST, PASSED_OVER, ENDED }; /* struct project.fate */

struct project {
    const linli_bid *bid;
    int64_t cost;
    int64_t votes;           /* of those who support it */
    int64_t score;           /* what they give it: votes, points or Borda points */
    struct backing *backing; /* by value */
    uint32_t backing_count;
    bool able;     /* may be bought at all */
    int32_t order; /* when it was bought, from 1; 0: not */
    int32_t place; /* by votes, equals sharing one; 0: it was not put in order */
    int32_t tie;   /* the rule that put it before or behind its equals, or BY_NOTHING */
    int32_t fate;
    int64_t room;     /* what was left when it was taken or passed over */
    linli_wide bound; /* equal shares: a payment it surely asks at least */
};

struct count {
    linli_ask *ask;
    const struct options *o;
    const linli_facts *facts;
    const linli_draw *draw;
    int64_t budget, voters, spent;
    int32_t bought;
    struct project *projects; /* by key */
    size_t project_count;
    struct kind *kinds;
    uint32_t kind_count;
    size_t backing_count; /* of all projects */
    mpq_t scratch, sum;
};

/* How a count went. */
enum { DONE, NEEDS_DRAW, TOO_LONG, NO_MEMORY, OUT_OF_RANGE };

linli_status count_gather(struct count *c, const linli_facts *facts, const linli_admissions *admitted);

void project_take(struct count *c, struct project *p, int32_t fate);

/* ---- ties --------------------------------------------------------------- */

const int32_t *tie_rules(const struct options *o, size_t *count);

/* Negative: a goes first.  0: only a draw that did not take place can say; *rule is the one that spoke. */
int tie_compare(const struct count *c, const struct project *a, const struct project *b, int32_t *rule);

/* The latest draw that names every project. */
const linli_draw *draw_find(const linli_facts *facts, const struct count *c);

static inline int sign_of(linli_wide a, linli_wide b)
{
    return (a > b) - (a < b);
}

/* ---- the rules ---------------------------------------------------------- */

/* Takes what is not yet taken and fits; `rest`: spends what another rule left over. */
int greedy(struct count *c, bool per_cost, bool stop, bool rest);

struct phragmen;
int phragmen(struct count *c, bool stop, struct phragmen **ret);
bool phragmen_tell(struct phragmen *s, const struct project *p, linli_lines *why);
void phragmen_release(struct phragmen *s);

struct shares;

/* What a count by equal shares came to. */
struct shares_end {
    struct shares *shares;
    struct phragmen *rest; /* where the completion is Phragmen's */
    int64_t step;
    int stop; /* the message that says why the shares grew no further; 0: they never did */
    bool compared, outvoted; /* with the outcome by votes; which took its place */
    int64_t prefer_shares, prefer_votes;
};

int shares(struct count *c, struct shares_end *ret);

/* Puts the outcome by votes in the place of what is there if more voters prefer it. */
int outcomes_compare(struct count *c, struct shares_end *end);
bool shares_tell(struct shares *s, const struct project *p, linli_lines *why);
int64_t shares_each(const struct shares *s); /* what each voter had, in fen, rounded */
void shares_release(struct shares *s);

/* ---- exact numbers ------------------------------------------------------ */

int bits_of(linli_wide n);
void exact_from_wide(mpq_ptr out, linli_wide n);

/* The fixed-point interval of an exact number, in 2^-shift, one unit wide at most. */
void exact_interval(mpq_ptr scratch, mpq_srcptr exact, int shift, linli_wide *lo, linli_wide *hi);

/* exact * scale, half up as everywhere money is shown. */
int64_t exact_round(mpq_ptr scratch, mpq_srcptr exact, unsigned long scale);

/* ---- the answer --------------------------------------------------------- */

linli_status explain(struct count *c, int done, const struct shares_end *end, struct phragmen *by_load,
                     linli_evaluation *out);

#endif
