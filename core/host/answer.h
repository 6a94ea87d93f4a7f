/*
 * Does an answer keep the contract?  Asked of every answer before anything is
 * done with it, by the server and by `linli plugin check` alike.
 */
#ifndef CORE_HOST_ANSWER_H
#define CORE_HOST_ANSWER_H

#include "core/host/form.h"

enum question_kind {
    ASK_CHECK,
    ASK_PLAN,
    ASK_STEP,
    ASK_ADMIT,
    ASK_AWARD,
    ASK_SCHEDULE,
    ASK_RELEASE,
    ASK_REFUSE,
    ASK_CRITERIA,
    ASK_EVALUATE,
    ASK_KINDS
};

/* One question with all its arguments; those of other kinds stay zero. */
struct question {
    enum question_kind kind;
    const linli_mechanism *mechanism; /* one of the two */
    const linli_scheme *scheme;
    const void *options;
    const linli_facts *facts;
    const linli_award *award;
    const linli_tranche *tranche;
    const linli_admissions *admitted;
    int32_t role, act;
    uint64_t actor, bid;
};

extern const struct form *const question_shapes[ASK_KINDS];
extern const char *const question_names[ASK_KINDS];

/* The plug-in's function; `out` is zeroed room for the answer's struct. */
linli_status question_call(const struct question *q, linli_ask *ask, void *out) MUST_USE;
struct words question_words(const struct question *q);

/* True where the answer keeps the contract; else `fault` says what is wrong, in English. */
bool answer_ok(const struct question *q, const void *answer, struct buf *fault) MUST_USE;

/* The part of it a table knows: codes, texts, enum values, lines. */
bool answer_shape_ok(const struct form *form, const void *data, const struct words *words,
                     struct buf *fault) MUST_USE;
/* Bit n-1 for each place {n} of a text. */
unsigned words_places(const char *text);

#endif
