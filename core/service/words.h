/*
 * Codes as they stand in the database and in JSON, to and from the numbers of
 * linli/plugin.h.  A code that is not known gives 0; a number without a code
 * aborts: both come from us.
 */
#ifndef CORE_SERVICE_WORDS_H
#define CORE_SERVICE_WORDS_H

int         regime_of(const char *code);            /* statutory, sub_threshold, grants, charity */
const char *regime_code(int regime);
int         category_of(const char *code);          /* goods, works, services, public_good */
const char *category_code(int category);
int         milestone_of(const char *code);         /* published, amended, bids_due, opened ... */
const char *milestone_code(int kind);
int         unit_of(const char *code);              /* points, money, count, yes_no, rate, months */
const char *unit_code(int unit);
const char *phase_kind_code(int kind);              /* tendering .. void */
const char *sealing_code(int sealing);              /* open_bids .. two_envelopes */
int         tranche_state_of(const char *code);     /* planned .. stopped */
int         objection_state_of(const char *code);
int bidder_kind_of(const char *code);   /* open, founded, unfounded, withdrawn */
const char *act_code(int act);                      /* read_tender .. cancel */

#endif
