/*
 * How near a ranking was, and on what it hangs: the smallest change of a price, of one mark, of two weights
 * that would have made another bid win, found by asking the scheme again and again; and warnings where a bid
 * that does not win decides who does.  For `linli decide --what-if` and the API alike.
 */
#ifndef CORE_HOST_WHATIF_H
#define CORE_HOST_WHATIF_H

#include "core/host/host.h"
#include "core/host/options.h"

/* One question to a scheme, as it was asked. */
struct asked {
    const struct plugin *plugin;
    struct arena *arena;
    const void *options;
    const linli_facts *facts;
    const linli_admissions *admitted;
};

/* One change and what would follow.  Of two kinds: those of a margin (price, mark, weight) say when `bid`
 * would win, or with `still` up to where it does; warnings (without, absurd) say on what the result hangs. */
struct whatif_line {
    const char *kind;      /* "price", "mark", "weight"; "without", "absurd" */
    uint64_t bid;          /* who would win; 0: the one that is tried out */
    uint64_t of;           /* whose price or mark; which bid is left out; 0: none */
    uint64_t by;           /* the member who marked; 0: all of them, or not a mark */
    const char *criterion; /* of the mark, or NULL */
    const char *from, *to; /* the value as it is written; `to` NULL: no value does it */
    const char *at[2];     /* JSON Pointers of two weights; the second loses what the first gains */
    bool still;
    linli_text said;
};

struct whatif {
    struct whatif_line *margin, *warnings;
    size_t margin_count, warning_count;
    bool set;      /* winning is being chosen, not being first */
    bool complete; /* false: the work one answer may take was spent, there may be smaller changes */
};

/* First alone in a ranking; chosen, in a set. */
bool whatif_wins(const linli_evaluation *e, uint64_t key);

int whatif_find(const struct asked *a, const linli_evaluation *e, struct whatif *ret,
                struct err *err) MUST_USE;
/* {"margin": [..], "warnings": [..], "complete": true}: the three members, into an open object. */
void whatif_write(const struct whatif *w, struct buf *out);

/* What is tried instead: other prices and marks; a mark that is not there is added.  Rows for a form of the
 * caller's, who reads other options into `options`. */
struct whatif_price {
    int64_t bid;
    linli_money price;
};
struct whatif_mark {
    int64_t bid, by;
    const char *criterion;
    int64_t value; /* "88" points, or a count, as in facts */
};
extern const linli_option whatif_price_rows[2], whatif_mark_rows[4];

/* The facts with those changes, in the arena.  E_INVALID names the item at fault. */
int whatif_change(struct arena *arena, const linli_facts *facts, linli_list prices, linli_list marks,
                  const linli_facts **ret, struct err *err) MUST_USE;

/* {"changed": [{"bid","was","rank"}..]}: one member, into an open object. */
void whatif_write_ranks(const linli_evaluation *before, const linli_evaluation *after, struct buf *out);

#endif
