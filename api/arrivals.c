/* Open arrivals, oldest first. */
#include "api/arrivals.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <stddef.h>
#include <sys/socket.h>

#include "core/base/time.h"

enum { TICK_MS = 10 }; /* the longest tick of a kernel: its answer may be a tick too long */

void arrival_open(struct arrivals *all, struct stay *stay, int64_t at_us)
{
    struct stay *before = all->newest;

    while (before && before->at_us > at_us)
        before = before->back;
    *stay = (struct stay){
        .back = before, .next = before ? before->next : all->oldest, .at_us = at_us, .open = true};
    *(before ? &before->next : &all->oldest) = stay;
    *(stay->next ? &stay->next->back : &all->newest) = stay;
}

void arrival_close(struct arrivals *all, struct stay *stay)
{
    if (!stay->open)
        return;
    *(stay->back ? &stay->back->next : &all->oldest) = stay->next;
    *(stay->next ? &stay->next->back : &all->newest) = stay->back;
    stay->open = false;
}

void arrival_turn(struct arrivals *all, int64_t start_us, bool quiet)
{
    int64_t *slot = &all->starts[all->turn++ % ARRIVAL_TURNS];
    int64_t clear_us = quiet ? start_us : *slot;

    *slot = start_us;
    if (all->oldest && all->oldest->at_us < clear_us)
        clear_us = all->oldest->at_us;
    if (clear_us > atomic_load_explicit(&all->clear_us, memory_order_relaxed))
        atomic_store(&all->clear_us, clear_us);
    atomic_store_explicit(&all->turned_us, time_real(), memory_order_relaxed);
}

int64_t arrival_lag_us(int fd)
{
    struct tcp_info info = {0};
    socklen_t size = sizeof info;

    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) != 0 || info.tcpi_last_data_recv <= TICK_MS)
        return 0;
    return (int64_t)(info.tcpi_last_data_recv - TICK_MS) * 1000;
}
