/* Rule sets: legal numbers as dated data (config/rules/<regime>.json). */
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
};
struct rule_book { const struct rule_set *sets; size_t count; };

/* Reads every *.json of a folder. */
int rules_load(const char *folder, struct arena *arena, struct rule_book *ret, struct err *err) MUST_USE;
/* One set from its JSON. */
int rules_read(struct arena *arena, const char *json, size_t bytes, struct rule_set *ret, struct err *err) MUST_USE;
/* The set in force for a regime on a day; NULL: none. */
const struct rule_set *rules_in_force(const struct rule_book *book, int regime, int32_t day);
const linli_rule      *rule_find(const linli_rule *rules, size_t count, const char *code);

#endif
