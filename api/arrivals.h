/*
 * What came in by its last byte and is not answered yet, of one event loop:
 * the loop tells before which instant it has nothing open, and so when a
 * deadline may be acted on (core/service/node.h).  Times are legal time.
 */
#ifndef API_ARRIVALS_H
#define API_ARRIVALS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum { ARRIVAL_TURNS = 8 };

/* One that is open; part of its request. */
struct stay { struct stay *next, *back; int64_t at_us; bool open; };

struct arrivals {
    struct stay *oldest, *newest;           /* in the order of their arrival */
    int64_t starts[ARRIVAL_TURNS];
    unsigned turn;
    _Atomic int64_t clear_us;               /* nothing open before it; 0: not known yet */
    _Atomic int64_t turned_us;              /* real time of the last turn */
};

void arrival_open(struct arrivals *all, struct stay *stay, int64_t at_us);
void arrival_close(struct arrivals *all, struct stay *stay);       /* nothing where it is not open */

/* A turn of the loop has ended that began at start_us.  quiet: as it began, no byte lay unread in any
 * connection.  One that is always busy has read after ARRIVAL_TURNS turns what lay there. */
void arrival_turn(struct arrivals *all, int64_t start_us, bool quiet);

/* For how long the last bytes of a connection lay in this machine unread, never too long: the kernel
 * tells it to some milliseconds. */
int64_t arrival_lag_us(int fd);

#endif
