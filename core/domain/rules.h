/*
 * Rule sets: legal numbers as dated data (config/rules/<code>.json).
 *
 *   {"code": "p1-2026", "regime": "statutory", "effective": "2026-02-01",
 *    "title": {"zh": ..., "en": ...},
 *    "rules": [{"code": "bid_window", "period": "20d", "source": "政府采购法 §35",
 *               "name": {"zh": ..., "en": ...}}, ...]}
 *
 * A rule has exactly one of "period", "count", "money", "rate" and "points";
 * "unverified": true marks a number from memory, which an approver must confirm.
 * Regimes: statutory, sub_threshold, grants, charity.
 */
#ifndef CORE_DOMAIN_RULES_H
#define CORE_DOMAIN_RULES_H

#include "core/base/arena.h"
#include "core/base/err.h"
#include "linli/plugin.h"

struct rule_set {
    const char       *code;         /* "p1-2026" */
    int               regime;       /* LINLI_STATUTORY.. */
    linli_date        effective;    /* in force from this day until the next set of the regime */
    const linli_rule *rules;        /* sorted by code */
    size_t            count;
    const char       *json;         /* the file's text, kept with every tender */
    linli_text        title;
    const linli_text *names;        /* of the rules, in their order */
};
struct rule_book { const struct rule_set *sets; size_t count; };

/* Reads every *.json of a folder; sets come sorted by regime and date.
 * E_ABSENT     no such folder, or no set in it
 * E_MALFORMED, E_INVALID  rules/malformed, rules/invalid: detail names the file; also two
 *              sets of one code, or of one regime and date */
int rules_load(const char *folder, struct arena *arena, struct rule_book *ret, struct err *err) MUST_USE;
/* One set from its JSON.  E_INVALID also for two rules of one code, or a rule
 * with no value or more than one. */
int rules_read(struct arena *arena, const char *json, size_t bytes, struct rule_set *ret, struct err *err) MUST_USE;
/* The set in force for a regime on a day; NULL: none. */
const struct rule_set *rules_in_force(const struct rule_book *book, int regime, int32_t day);
/* NULL: not there. */
const linli_rule      *rule_find(const linli_rule *rules, size_t count, const char *code);

#endif
