/*
 * community_fund - 社区公益基金.  Two roads.  The vote: residents and organisations propose, the cost is
 * locked, residents vote, a set that fits the budget is funded.  The committee: small applications come in
 * while the call runs; the fund's committee decides on each when it has come, with a quorum, a majority,
 * minutes, and who has an interest sitting out. Either way the grants are paid in tranches.
 *
 * What both roads know of each other: options, words, who is admitted.
 */
#ifndef LINLI_COMMUNITY_FUND_H
#define LINLI_COMMUNITY_FUND_H

#include <string.h>

#include "linli/grant.h"

typedef struct options {
    linli_period proposal_window, voting_window, result_notice, extend;
    int64_t proposals_min, turnout, approvals_max, cosigners;
    bool fund_rules, show_ballots;
    linli_money project_min, project_max;
    int64_t committee_quorum;
    int32_t checked_by, road, majority;
    linli_list tranches; /* of linli_part_option */
} options;

enum { BY_VOTE, BY_COMMITTEE };
enum { MORE_THAN_HALF, TWO_THIRDS };

#define COUNT_OF(table) (sizeof(table) / sizeof((table)[0]))

/* clang-format off */
enum {
    M_BELOW_RULE = LINLI_M_KIT, M_UNIT, M_NO_WINDOW, M_LIMITS,
    M_WITHDRAWN, M_LATE, M_VOID, M_FAILED, M_UNCHECKED, M_NO_COST, M_OVER_MAX, M_UNDER_MIN, M_OVER_BUDGET, M_FEW_BACKERS, M_UPHELD, M_ADMITTED,
    M_EARLY, M_FEW_PROPOSALS, M_PROPOSALS, M_TO_CHECK, M_NONE_PASSED, M_PASSED, M_VOTE_RUNS, M_FEW_VOTERS, M_EXTENDED, M_VOTERS,
    M_TO_COUNT, M_NOTHING, M_CHOSEN, M_UNDECIDED, M_DECIDED,
    M_TAKES, M_TO_DECIDE, M_NO_MONEY, M_NOT_MADE_PUBLIC, M_MINUTED,
    M_AGREED, M_REJECTED, M_FUNDED, M_KEPT, M_FITS, M_BARRED, M_NO_FIT, M_NONE, M_TIED, M_DRAWN,
    M_CLOSED, M_VOTE_OVER, M_NOT_ON_BALLOT, M_COST_LOCKED,
    MESSAGES
};
/* clang-format on */

/* ---- what holds on both roads (plugin.c) ---- */

int64_t backers_needed(const options *o, const linli_facts *facts);
linli_money least_of(const options *o, const linli_facts *facts);
linli_money most_of(const options *o, const linli_facts *facts);

/* M_ADMITTED, or why an application is out, or what is to be checked about it. */
linli_judge judged;
linli_status admit(linli_ask *ask, const void *opts, const linli_facts *facts, linli_admissions *out);

/* M_FUNDED, or why it is passed over: it has won enough elsewhere, or does not fit into what is left. */
linli_line not_funded(const linli_funding *f, const linli_bid *bid, linli_money grant);

/* ---- the plan (plan.c) ---- */

enum { ELIGIBILITY = 5 };
extern const char *const fund_eligibility[ELIGIBILITY]; /* codes of what is found about each */
int32_t checker_of(const options *o);
linli_status plan(linli_ask *ask, const void *opts, const linli_facts *facts, linli_plan *out);

/* ---- the vote (vote.c) ---- */

extern const linli_grant_end vote_ends[];
linli_status award_voted(linli_ask *ask, const void *opts, const linli_facts *facts, linli_awards *out);
linli_status refuse_vote(linli_ask *ask, const options *o, const linli_facts *facts, uint64_t bid,
                         linli_verdict *out);

/* ---- the committee (committee.c) ---- */

extern const linli_grant_end committee_ends[];
linli_status award_agreed(linli_ask *ask, const void *opts, const linli_facts *facts, linli_awards *out);
/* A vote after the minutes, an application when nothing is left, a signature before the publicity is over. */
linli_status refuse_rolling(linli_ask *ask, const options *o, const linli_facts *facts, int32_t act,
                            uint64_t bid, linli_verdict *out);

#endif
