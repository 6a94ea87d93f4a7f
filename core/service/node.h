/*
 * The servers of one database and the closing of a deadline.
 *
 * Each server says every second before which instant it has nothing open, and
 * holds a lease.  What is due is done once every server with a lease has got
 * past it; a dead one is waited for until its lease ends.  One that was cut off
 * from the database itself gives the others the time to come back, too.
 */
#ifndef CORE_SERVICE_NODE_H
#define CORE_SERVICE_NODE_H

#include <stdatomic.h>

#include "core/service/act.h"

enum { NODE_LEASE_S = 10 };

struct node {
    char            id[UUID_TEXT];
    _Atomic int64_t since_us;       /* real time from which its lease never ended; 0: it has none */
    _Atomic int64_t lease_us;       /* real time until which others wait for it */
};

void node_open(struct node *node);
/* Says so in the database.  clear_us: legal time; turned_us: real time at which the server was alive. */
int node_report(const struct service *service, struct node *node, int64_t clear_us, int64_t turned_us,
                struct err *err) MUST_USE;
/* Gives the lease back: nothing is open here any more. */
int node_leave(const struct service *service, struct node *node, struct err *err) MUST_USE;

/* Servers whose lease ends after this are waited for. */
int64_t node_counts_us(const struct node *node);

/* The instant up to which what is due may be done now. */
int node_horizon(const struct service *service, int64_t *ret_us, struct err *err) MUST_USE;

#endif
