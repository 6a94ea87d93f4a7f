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
};

struct peers {
    struct peer *first;
    _Atomic uint64_t count, cut;    /* read from any thread */
};

/* Seconds a connection may take: for a head, for a body or an answer, and in silence between two requests. */
struct peer_limits { int header_s, body_s, idle_s; };

/* The caller's until peer_remove, which frees it; fd stays the HTTP library's. */
struct peer *peer_add(struct peers *peers, int fd);
void peer_remove(struct peers *peers, struct peer *p);
void peer_is(struct peer *p, enum peer_state state);

/* Shuts the sockets of those that are late: the HTTP library then ends them in its own way. */
void peers_sweep(struct peers *peers, const struct peer_limits *limits);

#endif
