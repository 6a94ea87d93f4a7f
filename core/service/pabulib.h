/*
 * Participatory-budget files (.pb, pabulib.org) as projects and ballots.
 *
 * Three sections, META, PROJECTS and VOTES, each a table with a header row;
 * `;` separates fields, which may be quoted as in CSV, and `,` separates items
 * within one.  A byte-order mark, CRLF and blank lines are fine.  Columns may
 * come in any order; unknown ones are passed over.
 *
 * Whatever does not fit is refused with the number of its line: a project or
 * voter named twice, a vote for a project that is not there, a cost that is not
 * an amount of money, a count in META that does not match.
 */
#ifndef CORE_SERVICE_PABULIB_H
#define CORE_SERVICE_PABULIB_H

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/err.h"
#include "linli/plugin.h"

enum pabulib_votes { PABULIB_APPROVAL = 1, PABULIB_ORDINAL, PABULIB_CUMULATIVE, PABULIB_SCORING };

enum { PABULIB_PROJECTS_MAX = 20000, PABULIB_VOTES_MAX = 5000000 };

struct pabulib_project {
    const char *id, *name;      /* name "" where the file has none */
    const char *category;       /* "" where the file has none */
    int64_t     cost_fen;       /* more than 0; whole units of the file's currency are yuan here */
    int         selected;       /* what the file says became of it; -1: nothing */
};

/* One voter; choices [first .. first + count) are theirs. */
struct pabulib_vote {
    const char *voter;          /* id in the file; its ordinal where there is no such column */
    const char *source;         /* "paper", "internet" ..; "" where the file has none */
    uint32_t    first, count;
};

struct pabulib_choice {
    uint32_t project;           /* index into projects */
    int32_t  rank;              /* its place on the ballot, from 1 */
    int64_t  value;             /* approval and ordinal: 1; cumulative and scoring: micro-points */
};

struct pabulib {
    enum pabulib_votes            type;
    int64_t                       budget_fen;
    int64_t                       point;        /* what a point is in `value`; 1: a millionth, or there are none */
    const char                   *description, *country, *unit, *instance;   /* "" where absent */
    const char                   *currency;     /* as in the file; "" where absent */
    const char                   *rule;         /* what the place used, in its own words; "" */
    const struct pabulib_project *projects;     /* sorted by id in byte order */
    size_t                        project_count;
    const struct pabulib_vote    *votes;        /* as in the file */
    size_t                        vote_count;
    const struct pabulib_choice  *choices;
    size_t                        choice_count;
};

/* E_MALFORMED  pabulib/malformed: detail and zh name the line */
int pabulib_read(struct arena *arena, const char *text, size_t bytes, const struct pabulib **ret, struct err *err) MUST_USE;

/* The same as facts: bids are the projects, numbered 1.. in byte order of their
 * ids, priced at their cost; voters are numbered 1.. in the order of the file.
 * Points are told as they stand, or all in millionths where some have fractions.
 * No calendar, rules or plan. */
const linli_facts *pabulib_facts(struct arena *arena, const struct pabulib *pb) MUST_USE;

/* Options of equal_shares as the file declares them, as one JSON object: ties
 * by number, as in the reference outcomes; completion where `rule` names one
 * ("equalshares/add1"); the kind of ballots where it is not approval, the points
 * they may give, and then what a ballot gives as the utility. */
void pabulib_options(const struct pabulib *pb, struct buf *out);

#endif
