/* What drawing up the contract of an award and that of its next year share. */
#ifndef CORE_SERVICE_CONTRACT_H
#define CORE_SERVICE_CONTRACT_H

#include "core/service/tender.h"

/* E_REFUSED organisation/ended, or what the finance authority's ban says. */
int contractor_fits(struct act *a, const char *organisation, struct err *err) MUST_USE;
/* From the first day to the last at most as long as the rules of the tender allow; E_REFUSED rule/refused. */
int term_within(const struct tender *t, linli_date starts, linli_date ends, struct err *err) MUST_USE;
/* A contract of one year under an award that may have several ends within it; E_INVALID. */
int term_of_year(linli_date starts, linli_date ends, struct err *err) MUST_USE;
/* The first day of one that is drawn up now lies within three years, as long as one may run at all: later is a slip
 * of the pen.  E_INVALID at /starts. */
int start_near(const struct act *a, linli_date starts, struct err *err) MUST_USE;
/* The days of a contract: the first of all its years, its own, until when part of it is kept (0: nothing is). */
struct term {
    linli_date first, starts, ends, retention_until;
};
/* All that the rules of its tender say of them. */
int term_fits(struct act *a, const struct tender *t, const struct term *w, struct err *err) MUST_USE;
/* E_REFUSED renewal/failed, renewal/waits: another year follows only one that was found "passed". */
int year_passed(const char *found, struct err *err) MUST_USE;
/* May `more` be added to what was worth `first` and has `grown` by so much, as the plan was published? E_REFUSED. */
int supplement_within(const struct tender *t, int64_t first_fen, int64_t grown_fen, int64_t more_fen, struct err *err) MUST_USE;
/* A contract was settled: where it was found wanting, no other year follows, and that is published. */
int renewal_settled(struct act *a, const struct tender *t, const char *contract, struct err *err) MUST_USE;

#endif
