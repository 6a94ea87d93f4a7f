/*
 * A .case file and the world it describes; tests/cases/README.md is the manual.
 */
#ifndef TESTS_CASES_CASE_H
#define TESTS_CASES_CASE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/domain/rules.h"
#include "core/host/host.h"

/* ---- the text ----------------------------------------------------------- */

struct line {
    const char *word, *rest;
    int number; /* in the file, from 1 */
};

struct block {
    const char *title;
    const struct line *lines;
    size_t count;
    int number; /* of its first line */
    bool asks;  /* a case; else a setting */
};

struct blocks {
    const struct block *items;
    size_t count;
};

/* False: not readable; `fault` says why. */
bool case_read(struct arena *arena, const char *path, struct blocks *ret, struct buf *fault);

/* ---- words -------------------------------------------------------------- */

/* A text cut at a separator, each piece trimmed; empty pieces are left out. */
struct pieces {
    char **items;
    size_t count;
};
struct pieces cut(struct arena *arena, const char *text, char at);
struct pieces words_of(struct arena *arena, const char *text);

enum {
    SET_ROLE,
    SET_ACT,
    SET_EVENT,
    SET_KIND,
    SET_ENDS,
    SET_COUNTS,
    SET_BELOW,
    SET_UNIT,
    SET_DUE,
    SET_STANDING,
    SET_TRANCHE,
    SET_SEALING,
    SET_SEES,
    SET_RELEASE,
    SET_STEP,
    SET_CATEGORY,
    SET_REGIME,
    SET_BY,
    SET_OBJECTION,
    SET_BIDDER
};
/* The value of a name of plugin.h, or -1; and back, "?" where there is none. */
int name_value(int set, const char *name);
const char *name_of(int set, int value);

/* ---- the world ---------------------------------------------------------- */

struct names {
    const char *items[512];
    size_t count;
};
/* Its number from 1; a new name gets the next one. */
uint64_t name_key(struct names *names, const char *name);

struct world {
    struct arena *arena;
    const struct plugin *plugin;
    const struct rule_book *book;
    const char *folder; /* of the case file */
    struct names bids, people;
    linli_facts facts;
    linli_tender tender;
    linli_admissions admitted;
    linli_rule *rules;
    linli_bid *bid;
    linli_offer *offers;
    linli_check *checks;
    linli_mark *marks;
    linli_ballot *ballots;
    linli_choice *choices;
    linli_event *events;
    linli_paper *papers;
    linli_draw *draws;
    linli_objection *objections;
    linli_delivery *deliveries;
    linli_award *awards;
    uint64_t *invited;
    linli_bidder *bidders;
    linli_elsewhere *elsewhere;
    linli_evaluation evaluation;
    linli_result *results;
    const char *rule_set; /* "p1" */
    const char *options;  /* JSON text */
    const char *admit_only;
    char fault[256]; /* the line that could not be read, and why */
};

/* Reads the lines in order; false and `fault` where one is not understood. */
bool world_read(struct world *w, const struct line *lines, size_t count);
/* Parsers shared with the expectations. */
bool read_money(const char *text, int64_t *ret_fen);
bool read_time(const char *text, int64_t *ret_us);
bool read_period(const char *text, linli_period *ret);
bool read_rate(const char *text, linli_rate *ret);
/* A value in a unit (LINLI_UNIT_..); unit 0: guessed from the way it is written. */
bool read_value(const char *text, int32_t unit, int64_t *ret);
/* Sorts every array as linli/plugin.h promises and points the facts at them. */
void world_settle(struct world *w);

/* ---- the answer --------------------------------------------------------- */

/* Lines of explanation about a bid, or about the whole where bid is 0. */
struct said {
    uint64_t bid;
    linli_lines lines;
};

struct answer {
    const char *question; /* "step" */
    bool failed, options_refused;
    struct err err;
    char *json;
    const linli_plan *plan;
    const linli_step *step;
    const linli_admissions *admissions;
    const linli_awards *awards;
    const linli_schedule *schedule;
    const linli_release *release;
    const linli_verdict *verdict;
    const linli_criteria *criteria;
    const linli_evaluation *evaluation;
    linli_findings findings;
    struct said said[1024];
    size_t said_count;
    const linli_message *messages;
    uint32_t message_count;
};

/* Asks what the line says; false and world.fault where the line is not understood. */
bool ask_case(struct world *w, const struct line *lines, size_t count, const char *question,
              struct answer *ret);

/* Does the answer agree with the line?  false: `got` says what it was instead. */
bool expect_line(const struct world *w, const struct answer *a, const char *rest, struct buf *got);

#endif
