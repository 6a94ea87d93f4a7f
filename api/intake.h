/*
 * Bid intake: all bids of a turn of the loop are written by one call of one
 * function and one commit, and each is answered after that commit.  A bid that
 * does not fit is a status of its row, never an error that would abort its
 * neighbours.
 */
#ifndef API_INTAKE_H
#define API_INTAKE_H

#include <stdint.h>

struct intake;
struct loop;

/* desk: where receipts are handed out (api/receipts.h); NULL: there are none. */
struct receipts;
struct intake *intake_new(struct loop *loop, int lanes, struct receipts *desk);
void           intake_free(struct intake *intake);
/* Hands what has come in to the idle lanes; called at the end of a turn.  Gives
 * the monotonic time at which to call again even if nothing happens; 0: none. */
int64_t        intake_turn(struct intake *intake);

#endif
