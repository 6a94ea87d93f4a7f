#include "api/peers.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "core/base/err.h"
#include "core/base/time.h"

enum { JIFFIES_US = 20000, TAKEN_LEAST = 30 * 1024 };

static bool info_of(const struct peer *p, struct tcp_info *ret)
{
    socklen_t size = sizeof *ret;

    *ret = (struct tcp_info){0};
    return getsockopt(p->fd, IPPROTO_TCP, TCP_INFO, ret, &size) == 0;
}

/* Bytes came since it fell idle: the kernel remembers when the last did, to some milliseconds. */
static bool head_begun(const struct peer *p, int64_t now_us)
{
    struct tcp_info info;

    return info_of(p, &info) && now_us - (int64_t)info.tcpi_last_data_recv * 1000 > p->since_us + JIFFIES_US;
}

/* However long it was silent before, a head has its time from its first bytes on. */
static bool head_late(struct peer *p, const struct peer_limits *limits, int64_t now_us)
{
    if (!p->head_us && head_begun(p, now_us))
        p->head_us = now_us;
    return p->head_us && (now_us - p->head_us) / TIME_SECOND >= limits->header_s;
}

/* A large answer takes as long as it takes; who takes hardly any of it is late. */
static bool answer_late(struct peer *p, const struct peer_limits *limits, int64_t now_us)
{
    struct tcp_info info;

    if (p->mark_us && (now_us - p->mark_us) / TIME_SECOND < limits->body_s)
        return false;
    if (!info_of(p, &info) || (p->mark_us && info.tcpi_bytes_acked - p->mark_bytes < TAKEN_LEAST))
        return true;
    p->mark_us = now_us;
    p->mark_bytes = info.tcpi_bytes_acked;
    return false;
}

static bool late(struct peer *p, const struct peer_limits *limits, int64_t now_us)
{
    const int64_t age_s = (now_us - p->since_us) / TIME_SECOND;

    switch (p->state) {
    case PEER_NEW:
        return age_s >= limits->header_s;
    case PEER_IDLE: /* a kept connection may be silent for long; a head that drips in may not */
        return age_s >= limits->idle_s || head_late(p, limits, now_us);
    case PEER_BODY:
        return age_s >= limits->body_s;
    case PEER_SENDING:
        return answer_late(p, limits, now_us);
    case PEER_BUSY:
        return false;
    }
    return false;
}

void peers_sweep(struct peers *peers, const struct peer_limits *limits)
{
    const int64_t now_us = time_monotonic();

    for (struct peer *p = peers->first; p; p = p->next) {
        if (p->cut || !late(p, limits, now_us))
            continue;
        p->cut = true;
        peers->cut++;
        shutdown(p->fd, SHUT_RDWR);
    }
}

void peer_is(struct peer *p, enum peer_state state)
{
    p->state = state;
    p->since_us = time_monotonic();
    p->head_us = p->mark_us = 0;
}

struct peer *peer_add(struct peers *peers, int fd)
{
    struct peer *p = calloc(1, sizeof *p);

    MUST(p);
    p->fd = fd;
    peer_is(p, PEER_NEW);
    p->next = peers->first;
    p->back = &peers->first;
    if (p->next)
        p->next->back = &p->next;
    peers->first = p;
    peers->count++;
    return p;
}

void peer_remove(struct peers *peers, struct peer *p)
{
    *p->back = p->next;
    if (p->next)
        p->next->back = p->back;
    peers->count--;
    free(p);
}
