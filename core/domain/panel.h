/*
 * Who may sit on a panel: its make-up, and what counts as an interest.  Pure.
 */
#ifndef CORE_DOMAIN_PANEL_H
#define CORE_DOMAIN_PANEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/err.h"
#include "linli/plugin.h"

struct seat {
    const char *person, *name;
    bool        expert;     /* else a representative of the buyer */
    bool        chair;
    bool        evaluator;  /* holds the role there */
    bool        own;        /* works for the buyer: sits as its representative (87:47) */
    bool        vacant;     /* to be filled: counts, and nobody sits there */
};

/* Size, odd number, share of experts (exact: experts x of >= size x share), one
 * chair who is no representative, everybody an evaluator, nobody twice.
 * E_REFUSED panel/unfit, naming each seat at fault as /members/N. */
int panel_fits(const linli_panel *rule, const struct seat *seats, size_t count, struct err *err) MUST_USE;

/* What ties somebody to a bidder. */
struct tie {
    const char *person, *organisation, *kind;   /* "membership", "employer", "family" */
    linli_date  until;                          /* last day; day 0: it still holds */
};

/* Does it count on `today`?  A tie that ended `years` years ago to the day still
 * does, one day later it does not (政府采购法实施条例 §9). */
bool tie_holds(const struct tie *tie, int64_t years, linli_date today);

#endif
