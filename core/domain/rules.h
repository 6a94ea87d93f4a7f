/*
 * Rule sets: legal numbers as dated data (config/rules/<code>.json).
 *
 *   {"code": "p1", "regime": "statutory", "effective": "2022-07-01",
 *    "title": {"zh": ..., "en": ...},
 *    "rules": [{"code": "bid_window", "period": "20d", "source": "政府采购法 §35",
 *               "name": {"zh": ..., "en": ...}},
 *              {"code": "abnormal_mean", "rate": "50%", "from": "2026-02-01", ...}, ...]}
 *
 * A rule has exactly one of "period", "count", "money", "rate", "points" and
 * "holds": whether something is the law here at all (true, false).  It is in force
 * from its own "from", or else from the "effective" of its set, until the last day
 * "until"; a number that changes is a second row of the same code.
 * "unverified": true marks a number from memory, which an approver must confirm.
 * Regimes: statutory, sub_threshold, grants, charity.
 *
 * A local set names the "area" whose division codes begin so ("31", "4401"),
 * and may name the "level" of the offices it binds; its rows stand in place of
 * those of the wider sets of its regime.  The narrowest area wins, then the level.
 */
#ifndef CORE_DOMAIN_RULES_H
#define CORE_DOMAIN_RULES_H

#include "core/base/arena.h"
#include "core/base/err.h"
#include "linli/plugin.h"

/* Whence a rule came: the code of its set, and the days it holds. */
struct rule_origin { const char *set; int32_t from, until; };      /* until: the last day; RULE_OPEN_END */
enum { RULE_OPEN_END = INT32_MAX };

/* What holds for one office on one day; frozen with a tender. */
struct rule_set {
    const char               *code;     /* "p1@2026-10-01", local sets appended: "p3@2022-07-01+gz@2023-01-01" */
    int                       regime;   /* LINLI_STATUTORY.. */
    linli_date                effective;        /* exactly these numbers hold since this day */
    linli_text                title;
    const linli_rule         *rules;    /* sorted by code */
    const linli_text         *names;    /* of the rules, in their order */
    const struct rule_origin *origins;  /* likewise */
    size_t                    count;
    const char               *json;     /* as rules_read takes it */
};

/* Where an office stands: its division code, and "city", "district", "street" or "community". */
struct rule_place { const char *area, *level; };

struct rule_book;

/* Reads every *.json of a folder, all or none.
 * E_ABSENT     no such folder, or no set in it
 * E_MALFORMED, E_INVALID  rules/malformed, rules/invalid: detail names file, line and member; also
 *              two sets of one code, two of one regime and place, two rows of a code on one day */
int rules_load(const char *folder, struct arena *arena, struct rule_book **ret, struct err *err) MUST_USE;
/* What holds for a regime at a place on a day, made in the arena; NULL: no set
 * that binds the whole country is in force. */
const struct rule_set *rules_on(const struct rule_book *book, int regime, struct rule_place place, int32_t day,
                                struct arena *arena);
/* The same before anybody confirmed what is not verified: a change that came later than its set and is not verified is
 * passed over, and the number before it goes on. */
const struct rule_set *rules_unconfirmed(const struct rule_book *book, int regime, struct rule_place place, int32_t day,
                                         struct arena *arena);
/* A frozen set back from its JSON.  E_INVALID also for two rules of one code, or
 * a rule with no value or more than one. */
int rules_read(struct arena *arena, const char *json, size_t bytes, struct rule_set *ret, struct err *err) MUST_USE;
/* NULL: not there. */
const linli_rule *rule_find(const linli_rule *rules, size_t count, const char *code);

#endif
