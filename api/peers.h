/*
 * The connections of one event loop and the watchdog over them: who sends its
 * head, its body, or takes its answer too slowly is cut off.
 */
#ifndef API_PEERS_H
#define API_PEERS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum peer_state { PEER_NEW, PEER_IDLE, PEER_BODY, PEER_BUSY, PEER_SENDING };

struct peer {
    struct peer *next, **back;
    int fd;
    enum peer_state state;
    bool cut;
    int64_t since_us;           /* monotonic, when the state began */
    int64_t head_us;            /* idle: when the sweep first saw bytes of the next head; 0: none yet */
    int64_t mark_us;            /* sending: when the sweep last saw enough of it taken; 0: not looked at yet */
    uint64_t mark_bytes;        /* and what the client had taken by then */
};

struct peers {
    struct peer *first;
    _Atomic uint64_t count, cut;    /* read from any thread */
};

/* Seconds a connection may take: for a head, for a body, for each 30 KiB of an answer, and in silence between two
 * requests. */
struct peer_limits { int header_s, body_s, idle_s; };

/* The caller's until peer_remove, which frees it; fd stays the HTTP library's. */
struct peer *peer_add(struct peers *peers, int fd);
void peer_remove(struct peers *peers, struct peer *p);
void peer_is(struct peer *p, enum peer_state state);

/* Shuts the sockets of those that are late: the HTTP library then ends them in its own way. */
void peers_sweep(struct peers *peers, const struct peer_limits *limits);

#endif
