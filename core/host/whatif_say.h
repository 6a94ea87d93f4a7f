/* What core/host/whatif.c found, put into words. */
#ifndef CORE_HOST_WHATIF_SAY_H
#define CORE_HOST_WHATIF_SAY_H

#include "core/host/whatif.h"

struct whatif_moved {
    const linli_criterion *c;
    const linli_mark *mark; /* as it was given */
    uint64_t winner;
    int64_t by;
};

struct whatif_shifted {
    uint64_t winner;
    const char *at[2];
    linli_rate from[2];
    int64_t ppm;
};

struct whatif_turned {
    linli_money price;
    uint64_t first; /* of the others, alone; 0: several */
    bool itself;    /* the absurd one wins */
    bool held;      /* it would first have to explain its price */
};

struct whatif_priced {
    int64_t price; /* below 0: no price does it */
    bool still;    /* it wins now, and up to there */
    bool held;     /* not at every lower price: one may have to be explained first */
};

void whatif_say_price(struct whatif *w, const struct asked *a, const linli_bid *bid,
                      const struct whatif_priced *x);
void whatif_say_mark(struct whatif *w, const struct asked *a, const struct whatif_moved *m);
void whatif_say_weight(struct whatif *w, const struct asked *a, const struct whatif_shifted *x);
void whatif_say_without(struct whatif *w, const struct asked *a, uint64_t without, uint64_t first);
void whatif_say_absurd(struct whatif *w, const struct asked *a, const struct whatif_turned *x);

#endif
