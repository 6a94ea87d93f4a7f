/*
 * The law as data: working days and rule sets, read together and exchanged
 * together while the server runs.  An act takes the law once, when it begins.
 */
#ifndef CORE_DOMAIN_LAW_H
#define CORE_DOMAIN_LAW_H

#include "core/domain/calendar.h"
#include "core/domain/rules.h"

struct law {
    const linli_calendar   *calendar;
    const struct rule_book *rules;
};

/* Both folders, all or none; made in the arena, which must outlive every use.
 * Errors as calendar_load and rules_load. */
int law_load(const char *calendar_folder, const char *rules_folder, struct arena *arena, const struct law **ret,
             struct err *err) MUST_USE;

#endif
