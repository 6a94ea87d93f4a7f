/*
 * Facts and answers as JSON ("linli":"facts/1"): the members carry the names of
 * linli/plugin.h; money, points and rates are decimal strings, times RFC 3339,
 * enum values their lower-case names without LINLI_ and the prefix of their set
 * ("tendering", "money" for LINLI_UNIT_MONEY), lists arrays, absent members zero.
 * The value of a mark or of a choice is the stored number as an integer, or
 * points as a string ("88"); a ballot holds its choices, with bids by key.  What `linli decide` reads, what
 * is stored with every decision, and what `linli verify` will ask again.
 */
#ifndef CORE_HOST_FACTS_H
#define CORE_HOST_FACTS_H

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/err.h"
#include "linli/plugin.h"

/* Reads facts; sorts the arrays as the header promises and refuses what breaks
 * its promises (a mark for a bid that is not there, a choice out of range).
 * Without a "calendar" member the official one of config/calendar is used, as
 * given to facts_set_calendar. */
int facts_read(struct arena *arena, const char *json, size_t bytes, const linli_facts **ret,
               struct err *err) MUST_USE;
/* Canonical: sorted keys, no white space; reading it gives equal facts.  The
 * calendar is left out unless it is not the official one. */
void facts_write(const linli_facts *facts, struct buf *out);
/* What a question was asked about beside the facts; all may be absent. */
struct facts_asked {
    const linli_award *award;         /* of a schedule and a release */
    const linli_tranche *tranche;     /* of a release */
    const linli_admissions *admitted; /* of an evaluation */
};
/* As facts_write, with the members "asked" and "admitted", so that it can be asked again. */
void facts_write_asked(const linli_facts *facts, const struct facts_asked *asked, struct arena *arena,
                       struct buf *out);
void facts_set_calendar(const linli_calendar *official);

/* Of two linli_mark, for qsort: what facts_read brings them into. */
int facts_mark_order(const void *one, const void *two);

/* Is what is sealed out of these facts?  Before the deadline there is no bid in them, before its opening
 * nothing of one but that it is there, while a vote or last quotes run no ballot and no quote of this round.
 */
bool facts_sealed(const linli_facts *facts, struct buf *leak);

/* A stored plan, evaluation or list of awards, back from their JSON; lines are
 * not read back. */
int plan_read(struct arena *arena, const char *json, size_t bytes, const linli_plan **ret,
              struct err *err) MUST_USE;
int evaluation_read(struct arena *arena, const char *json, size_t bytes, const linli_evaluation **ret,
                    struct err *err) MUST_USE;
int step_read(struct arena *arena, const char *json, size_t bytes, const linli_step **ret,
              struct err *err) MUST_USE;
int awards_read(struct arena *arena, const char *json, size_t bytes, const linli_awards **ret,
                struct err *err) MUST_USE;
int admissions_read(struct arena *arena, const char *json, size_t bytes, const linli_admissions **ret,
                    struct err *err) MUST_USE;

#endif
