/*
 * The structs of linli/plugin.h as tables: the one description from which facts
 * and answers are read, written and copied.  Members have the header's names;
 * enum values their names in lower case without LINLI_ and the prefix of their
 * set (LINLI_UNIT_MONEY is "money", LINLI_ENDS_AT_DUE "at_due").
 */
#ifndef CORE_HOST_SHAPES_H
#define CORE_HOST_SHAPES_H

#include "core/host/form.h"

/* A ballot as JSON has it: with its choices inside, and bids by key. */
struct ballot_form {
    uint64_t voter;
    int64_t weight;
    linli_list choices; /* of struct choice_form */
    const char *area, *source;
};
struct choice_form {
    uint64_t bid;
    int32_t rank, zero;
    int64_t value;
};

/* What a file of facts may hold beside the facts: what `linli decide` asks with. */
struct facts_form {
    const char *linli; /* "facts/1" */
    linli_facts facts; /* without ballots and choices */
    linli_list ballots;
    const char *options; /* JSON text, or NULL */
    linli_list admitted; /* uint64_t */
    bool has_admitted;
    uint64_t award; /* the bid whose award is asked about; 0: the first */
    const char *tranche;
    linli_money awarded, amount; /* of the contract and of the tranche, where they are not as awarded */
    int32_t role, act;
    uint64_t actor, bid;
};

extern const struct form shape_facts, shape_plan, shape_step, shape_admissions, shape_awards, shape_schedule,
    shape_release, shape_verdict, shape_criteria, shape_evaluation, shape_findings;

extern const char *const names_acts[], *const names_phase_kinds[], *const names_units[];

#endif
