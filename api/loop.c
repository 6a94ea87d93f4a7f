/*
 * The event loops on libmicrohttpd: a thread, a daemon of its own polled from
 * outside, its lanes to PostgreSQL.  Nothing is shared between loops; workers
 * hand finished requests back through a list and an eventfd.
 *
 * libmicrohttpd lets much through that must not be (docs/architecture.md); what
 * is refused is refused at the first call of the handler, before any body.
 */
#include "api/loop.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <microhttpd.h>
#include <netinet/in.h>

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "api/answer.h"
#include "api/arrivals.h"
#include "api/head.h"
#include "api/intake.h"
#include "api/peers.h"
#include "api/problem.h"
#include "api/server.h"
#include "api/workers.h"
#include "core/base/log.h"
#include "core/base/time.h"

enum {
    ARENA_BYTES = 1 << 30,
    SWEEP_US = 500000,
    REQUEST_S = 30,
    SPARE_MAX = 64,
    SPARE_BYTES = 65536,
    BACKLOG = 4096,
    FIELDS_MAX = 64,
    QUEUE_MAX = 4096,    /* questions waiting for a lane */
    WIDE_MAX = 32,       /* those that look through much: each may take tenths of a second */
    WAITING_MAX = 256,   /* connections waiting for a lane that stay with the daemon; more are suspended */
    WAITING_LOOK_MS = 1, /* how soon to look again while some wait */
    RUNS_MAX = 4         /* of the daemon in a turn */
};

struct exchange {
    struct request rq;
    struct exchange *next;
    struct MHD_Connection *mc;
    struct peer *peer;
    struct stay stay; /* while what it asks is being done */
    bool bad_uri, malformed, begun, asked, suspended, too_large;
    bool waiting, gone;     /* a lane has it; its client went away meanwhile */
    int64_t content_length; /* -1: none said */
};

struct loop {
    struct api *api;
    int index, listen_fd, wake_fd;
    pthread_t thread;
    struct MHD_Daemon *daemon;
    struct lane *read, *wide, *write[WRITE_LANES_MAX];
    struct intake *intake;
    struct arrivals arrivals;
    struct peers peers;
    struct exchange *spare;
    int spare_count, in_flight, waiting;
    int64_t sweep_us; /* when the watchdog looks next */
    bool started;
    bool moved;           /* an answer was queued: the daemon should run again to send it */
    pthread_mutex_t lock; /* guards finished */
    struct exchange *finished;
    atomic_bool stop, up; /* up: its question lane has a connection */
    _Atomic uint64_t lanes_up, questions_waiting;
    struct metrics *metrics;
};

struct lane *loop_read_lane(struct loop *loop)
{
    return loop->read;
}

struct lane *loop_wide_lane(struct loop *loop)
{
    return loop->wide;
}

struct lane *loop_write_lane(struct loop *loop, int i)
{
    return loop->write[i];
}

struct intake *loop_intake(struct loop *loop)
{
    return loop->intake;
}

bool loop_up(struct loop *loop)
{
    return atomic_load(&loop->up);
}

void loop_clear(struct loop *loop, int64_t *ret_clear_us, int64_t *ret_turned_us)
{
    *ret_clear_us = atomic_load(&loop->arrivals.clear_us);
    *ret_turned_us = atomic_load(&loop->arrivals.turned_us);
}

void loop_wake(struct loop *loop)
{
    const uint64_t one = 1;

    if (write(loop->wake_fd, &one, sizeof one) < 0)
        log_event(LOG_ERROR, "loop.wake", "%s", strerror(errno));
}

void loop_stats(struct loop *loop, struct loop_stats *ret)
{
    *ret = (struct loop_stats){loop->peers.cut, loop->peers.count, loop->lanes_up, loop->questions_waiting};
}

const struct metrics *loop_metrics(const struct loop *loop)
{
    return loop->metrics;
}

/* ---- exchanges: kept for the next request, so that a busy loop allocates little ---- */

static struct exchange *exchange_new(struct loop *loop)
{
    struct exchange *x = loop->spare;
    struct arena *arena;
    struct buf body, out;

    if (x) {
        loop->spare = x->next;
        loop->spare_count--;
        arena = x->rq.arena;
        body = x->rq.body;
        out = x->rq.out;
    } else {
        x = malloc(sizeof *x);
        MUST(x);
        arena = arena_new(ARENA_BYTES);
        body = out = (struct buf){0};
    }
    memset(x, 0, sizeof *x);
    x->rq = (struct request){.api = loop->api,
                             .loop = loop,
                             .arena = arena,
                             .body = body,
                             .out = out,
                             .file = -1,
                             .chinese = true};
    loop->in_flight++;
    return x;
}

static void exchange_free(struct loop *loop, struct exchange *x)
{
    loop->in_flight--;
    if (x->rq.file >= 0)
        close(x->rq.file);
    arena_reset(x->rq.arena);
    if (loop->spare_count == SPARE_MAX || x->rq.body.room > SPARE_BYTES || x->rq.out.room > SPARE_BYTES) {
        arena_free(x->rq.arena);
        buf_free(&x->rq.body);
        buf_free(&x->rq.out);
        free(x);
        return;
    }
    buf_clear(&x->rq.body);
    buf_clear(&x->rq.out);
    x->next = loop->spare;
    loop->spare = x;
    loop->spare_count++;
}

/* ---- the answer ---- */

/* Since the question was here as a whole; at once where it was not waited for. */
static int64_t answer_begun(struct peer *p)
{
    const bool asked = p->state == PEER_BUSY;
    const int64_t since_us = p->since_us;

    peer_is(p, PEER_SENDING);
    return asked ? p->since_us - since_us : 0;
}

static enum MHD_Result send_answer(struct exchange *x, bool close_after)
{
    struct request *rq = &x->rq;
    struct MHD_Response *response;
    enum MHD_Result result;

    if (rq->file >= 0) {
        response = MHD_create_response_from_fd64(rq->file_bytes, rq->file);
        rq->file = -1; /* libmicrohttpd closes it */
    } else if (rq->shared) {
        response = MHD_create_response_from_buffer(rq->shared_bytes, (void *)(uintptr_t)rq->shared,
                                                   MHD_RESPMEM_PERSISTENT);
    } else { /* the request outlives its answer, and its buffer serves the next one */
        buf_reserve(&rq->out, 0);
        response = MHD_create_response_from_buffer(rq->out.size, rq->out.data, MHD_RESPMEM_PERSISTENT);
    }
    if (!response)
        return MHD_NO;
    if (rq->status != 204 && rq->status != 304)
        MHD_add_response_header(response, "Content-Type", rq->type ? rq->type : "application/json");
    MHD_add_response_header(response, "Cache-Control", rq->private_answer ? "no-store" : "no-cache");
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    for (int i = 0; i < rq->header_count; i++)
        MHD_add_response_header(response, rq->headers[i].name, rq->headers[i].value);
    if (close_after || atomic_load(&rq->api->draining))
        MHD_add_response_header(response, "Connection", "close");
    result = MHD_queue_response(x->mc, (unsigned)rq->status, response);
    MHD_destroy_response(response);
    rq->loop->moved = true;
    metrics_count(rq->loop->metrics, rq->route, rq->status, answer_begun(x->peer));
    return result;
}

/* What may change something is open until it is answered, in the order in which it came. */
static void suspend(struct exchange *x)
{
    if (x->rq.route->kind == ROUTE_ACT)
        arrival_open(&x->rq.loop->arrivals, &x->stay, x->rq.arrived_us);
    x->suspended = true;
    MHD_suspend_connection(x->mc);
}

void request_resume(struct request *rq)
{
    struct exchange *x = (struct exchange *)rq;

    MUST((x->suspended || x->waiting) && rq->status);
    arrival_close(&rq->loop->arrivals, &x->stay);
    if (x->suspended) {
        x->suspended = false;
        MHD_resume_connection(x->mc);
    }
    if (x->waiting) {
        x->waiting = false;
        rq->loop->waiting--;
    }
    rq->loop->moved = true;
    if (x->gone)
        exchange_free(rq->loop, x);
}

/* A connection that waits is not suspended, which would cost three system calls: libmicrohttpd calls the
 * handler again at every run until there is an answer.  A lane may answer while it is asked. */
static int ask_lane(struct exchange *x, struct err *err)
{
    struct request *rq = &x->rq;
    int status;

    x->waiting = true;
    rq->loop->waiting++;
    status = rq->route->kind == ROUTE_LOOP ? answer_loop(rq, err) : rq->route->special(rq, err);
    if (status != API_LATER && x->waiting) {
        x->waiting = false;
        rq->loop->waiting--;
    }
    if (x->waiting && rq->route->kind == ROUTE_DIRECT)
        arrival_open(&rq->loop->arrivals, &x->stay, rq->arrived_us);
    if (x->waiting && rq->loop->waiting > WAITING_MAX)
        suspend(x);
    return status;
}

/* Who worked on it is done: the loop resumes the connection on its own thread. */
static void finish_on_loop(struct exchange *x)
{
    struct loop *loop = x->rq.loop;

    pthread_mutex_lock(&loop->lock);
    x->next = loop->finished;
    loop->finished = x;
    pthread_mutex_unlock(&loop->lock);
    loop_wake(loop);
}

void request_resume_elsewhere(struct request *rq)
{
    finish_on_loop((struct exchange *)rq);
}

void loop_work(void *job)
{
    struct exchange *x = job;
    struct err err = {0};
    int status;

    if (time_monotonic() > x->rq.deadline_us)
        status = err_set(&err, E_BUSY, "server/busy", "waited too long for a worker");
    else
        status = answer_worker(&x->rq, &err);
    if (status)
        request_problem(&x->rq, &err);
    MUST(x->rq.status);
    finish_on_loop(x);
}

/* The whole request is here. */
static void ask(struct exchange *x)
{
    struct request *rq = &x->rq;
    struct err err;
    int status = 0;

    x->asked = true;
    if (rq->route->kind == ROUTE_ACT || rq->route->kind == ROUTE_DIRECT)
        rq->lag_us = arrival_lag_us(x->peer->fd);
    rq->arrived_us = api_now(rq->api) - rq->lag_us;
    rq->asked_us = time_monotonic();
    if (x->too_large) {
        status = err_set(&err, E_TOO_LARGE, "body/too-large", "at most %zu bytes", head_body_limit(rq));
    } else if (rq->route->kind == ROUTE_LOOP || rq->route->kind == ROUTE_DIRECT) {
        status = ask_lane(x, &err);
    } else {
        rq->deadline_us = rq->asked_us + REQUEST_S * TIME_SECOND;
        suspend(x);
        if (workers_add(rq->route->hashes ? rq->api->hashers : rq->api->workers, x))
            return;
        arrival_close(&rq->loop->arrivals, &x->stay);
        x->suspended = false;
        MHD_resume_connection(x->mc);
        status = err_set(&err, E_BUSY, "server/busy", "too many requests are waiting");
    }
    if (status && status != API_LATER)
        request_problem(rq, &err);
}

static void take_body(struct exchange *x, const char *data, size_t size)
{
    const size_t limit = head_body_limit(&x->rq);

    if (x->rq.body.size + size > limit)
        x->too_large = true;
    if (x->too_large)
        return;
    if (x->rq.body.size == 0 && x->content_length > 0)
        buf_reserve(&x->rq.body, (size_t)x->content_length);
    buf_add(&x->rq.body, data, size);
}

/* Of "a, b" what the proxy on this machine wrote itself: anybody may have sent what stands before. */
static void last_address(const char *forwarded, char *text, size_t size)
{
    const char *comma = strrchr(forwarded, ',');
    const char *last = comma ? comma + 1 : forwarded;

    last += strspn(last, " \t");
    const size_t count = strcspn(last, " \t");
    if (count < size)
        snprintf(text, size, "%.*s", (int)count, last);
}

/* Where a request comes from: only a proxy on this machine is believed.  Of IPv6 the network: a host has a
 * whole /64. */
static const char *client_address(struct request *rq, const struct sockaddr *peer)
{
    char text[INET6_ADDRSTRLEN] = "";
    struct in6_addr six;
    struct in_addr four;

    if (peer && peer->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)peer)->sin_addr, text, sizeof text);
    else if (peer && peer->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)peer)->sin6_addr, text, sizeof text);
    const bool near = !text[0] || strncmp(text, "127.", 4) == 0 || strcmp(text, "::1") == 0;
    if (near && rq->forwarded)
        last_address(rq->forwarded, text, sizeof text);
    if (inet_pton(AF_INET6, text, &six) == 1) {
        memset(six.s6_addr + 8, 0, 8);
        inet_ntop(AF_INET6, &six, text, sizeof text);
    } else if (inet_pton(AF_INET, text, &four) != 1) {
        text[0] = '\0';
    }
    return arena_dup(rq->arena, text);
}

/* ---- what libmicrohttpd tells ---- */

static void on_connection(void *arg, struct MHD_Connection *mc, void **context,
                          enum MHD_ConnectionNotificationCode code)
{
    struct loop *loop = arg;

    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info = MHD_get_connection_info(mc, MHD_CONNECTION_INFO_CONNECTION_FD);

        MUST(info);
        *context = peer_add(&loop->peers, info->connect_fd);
    } else {
        peer_remove(&loop->peers, *context);
        *context = NULL;
    }
}

static void *on_uri(void *arg, const char *uri, struct MHD_Connection *mc)
{
    struct exchange *x = exchange_new(arg);

    (void)mc;
    x->bad_uri = guard_uri(uri);
    return x;
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *mc, const char *url, const char *method,
                                  const char *version, const char *data, size_t *size, void **context)
{
    struct exchange *x = *context;

    (void)arg;
    if (!x)
        return MHD_NO;
    if (!x->begun) {
        x->begun = true;
        x->mc = mc;
        x->peer = MHD_get_connection_info(mc, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
        x->malformed =
            !head_read(&x->rq, mc, &(struct head_line){url, method, version, x->bad_uri}, &x->content_length);
        x->rq.address = client_address(
            &x->rq, MHD_get_connection_info(mc, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
        x->asked = x->rq.status != 0;
        /* Answered before its body, the connection ends; without one it is kept. */
        if (x->asked && (x->content_length != 0 || x->malformed))
            return send_answer(x, true);
        peer_is(x->peer, x->content_length ? PEER_BODY : PEER_BUSY);
        return MHD_YES;
    }
    if (*size) {
        take_body(x, data, *size);
        *size = 0;
        return MHD_YES;
    }
    if (!x->asked) {
        peer_is(x->peer, PEER_BUSY);
        ask(x);
    }
    /* While it is suspended, the request is the worker's; while it waits, the lane's. */
    return !x->suspended && !x->waiting && x->rq.status ? send_answer(x, false) : MHD_YES;
}

static void on_completed(void *arg, struct MHD_Connection *mc, void **context,
                         enum MHD_RequestTerminationCode code)
{
    struct exchange *x = *context;

    (void)mc;
    (void)code;
    if (!x)
        return;
    if (x->peer)
        peer_is(x->peer, PEER_IDLE);
    *context = NULL;
    x->gone = x->waiting; /* then the lane's answer frees it */
    if (!x->gone)
        exchange_free(arg, x);
}

/* ---- a turn of the loop ---- */

static void take_finished(struct loop *loop)
{
    uint64_t n;
    struct exchange *x;

    if (read(loop->wake_fd, &n, sizeof n) < 0)
        return;
    pthread_mutex_lock(&loop->lock);
    x = loop->finished;
    loop->finished = NULL;
    pthread_mutex_unlock(&loop->lock);
    while (x) {
        struct exchange *next = x->next;

        request_resume(&x->rq);
        x = next;
    }
}

static struct lane *lane_at(struct loop *loop, int i)
{
    return i == 0 ? loop->read : i == 1 ? loop->wide : loop->write[i - 2];
}

/* ret_read: libmicrohttpd has read all that it knew to be there. */
static int wait_ms(struct loop *loop, int64_t next_us, bool *ret_read)
{
    MHD_UNSIGNED_LONG_LONG http_ms;
    int64_t ms = (next_us - time_monotonic() + 999) / 1000;

    *ret_read = false;
    if (loop->moved)
        return 0;
    const bool waits = MHD_get_timeout(loop->daemon, &http_ms) == MHD_YES;
    *ret_read = !waits || http_ms > 0;
    if (waits) {
        /* 0 while any waits, since it could be answered; here an answer comes from a lane, and wakes us. */
        loop->moved = http_ms == 0 && loop->waiting == 0;
        if (http_ms == 0 && loop->waiting > 0)
            http_ms = WAITING_LOOK_MS;
        if ((int64_t)http_ms < ms)
            ms = (int64_t)http_ms;
    }
    return ms < 0 ? 0 : (int)ms;
}

/* And again where answers were queued, which the next run sends. */
static void run_http(struct loop *loop)
{
    for (int run = 0; run < RUNS_MAX && loop->moved; run++) {
        loop->moved = false;
        MHD_run(loop->daemon);
    }
}

static void show(struct loop *loop, int lanes)
{
    uint64_t up = 0;

    for (int i = 0; i < lanes; i++)
        up += lane_up(lane_at(loop, i));
    atomic_store_explicit(&loop->up, lane_up(loop->read), memory_order_relaxed);
    atomic_store_explicit(&loop->lanes_up, up, memory_order_relaxed);
    atomic_store_explicit(&loop->questions_waiting, lane_waiting(loop->read), memory_order_relaxed);
}

static void turn(struct loop *loop, int http_fd, int64_t *next_us)
{
    const struct server_config *c = &loop->api->config;
    const int lanes = READ_LANES + c->write_lanes;
    struct pollfd fds[2 + READ_LANES + WRITE_LANES_MAX] = {{.fd = http_fd, .events = POLLIN},
                                                           {.fd = loop->wake_fd, .events = POLLIN}};
    int64_t now_us, retry_us;
    bool read_all;

    for (int i = 0; i < lanes; i++) {
        bool reads = false, writes = false;

        fds[2 + i].fd = lane_fd(lane_at(loop, i), &reads, &writes);
        fds[2 + i].events = (short)((reads ? POLLIN : 0) | (writes ? POLLOUT : 0));
    }
    const int ready = poll(fds, 2 + (nfds_t)lanes, wait_ms(loop, *next_us, &read_all));
    const int64_t start_us = api_now(loop->api);
    now_us = time_monotonic();
    if (fds[1].revents)
        take_finished(loop);
    for (int i = 0; i < lanes; i++) {
        const short got = fds[2 + i].revents;

        if (fds[2 + i].fd >= 0 && got)
            lane_ready(lane_at(loop, i), (got & (POLLIN | POLLHUP | POLLERR)) != 0,
                       (got & (POLLOUT | POLLERR)) != 0, now_us);
    }
    /* Part of an answer of PostgreSQL is nothing that the daemon could do something about. */
    loop->moved |= ready <= 0 || fds[0].revents;
    const bool looked = loop->moved || read_all; /* it reads now, or there was nothing to be read */
    run_http(loop);
    retry_us = intake_turn(loop->intake);
    if (looked)
        arrival_turn(&loop->arrivals, start_us, read_all && !fds[0].revents);
    for (int i = 0; i < lanes; i++)
        lane_send(lane_at(loop, i));
    show(loop, lanes);
    if (now_us >= loop->sweep_us) {
        loop->sweep_us = now_us + SWEEP_US;
        peers_sweep(&loop->peers, &(struct peer_limits){c->header_s, c->body_s, c->idle_s});
    }
    *next_us = loop->sweep_us;
    if (retry_us && retry_us < *next_us)
        *next_us = retry_us;
    for (int i = 0; i < lanes; i++) {
        const int64_t at_us = lane_tick(lane_at(loop, i), now_us);

        if (at_us > 0 && at_us < *next_us)
            *next_us = at_us > now_us ? at_us : now_us + 1000;
    }
}

static void drain(struct loop *loop, int http_fd)
{
    const int64_t until_us = time_monotonic() + loop->api->config.drain_s * TIME_SECOND;
    MHD_socket listener = MHD_quiesce_daemon(loop->daemon);

    if (listener != MHD_INVALID_SOCKET)
        close(listener);
    for (int64_t next_us = 0; loop->in_flight > 0 && time_monotonic() < until_us;) {
        if (next_us > time_monotonic() + 50000)
            next_us = time_monotonic() + 50000;
        turn(loop, http_fd, &next_us);
    }
}

static void *run_loop(void *arg)
{
    struct loop *loop = arg;
    const int http_fd = MHD_get_daemon_info(loop->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    int64_t next_us = 0;

    while (!atomic_load_explicit(&loop->stop, memory_order_relaxed))
        turn(loop, http_fd, &next_us);
    drain(loop, http_fd);
    return NULL;
}

/* ---- begin and end ---- */

/* Loops share the port; another server, which would share it as well and take half of the visitors, may not:
 * the first loop asks for it alone, and shares it only once it has it. */
static int listen_on(const struct server_config *c, int port, bool first, int *ret_fd, struct err *err)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};

    if (inet_pton(AF_INET, c->listen, &at.sin_addr) != 1)
        return err_set(err, E_INVALID, "config/invalid",
                       "[server] listen: \"%s\" is no IPv4 address; a proxy in front serves IPv6", c->listen);
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), one = 1;

    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) != 0 ||
        (!first && setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one) != 0) ||
        bind(fd, (struct sockaddr *)&at, sizeof at) != 0 ||
        (first && setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one) != 0) ||
        listen(fd, BACKLOG) != 0) {
        if (fd >= 0)
            close(fd);
        return err_set(err, E_BUSY, "server/busy",
                       "could not listen on %s:%d: %s; [server] listen or LINLI_SERVER_LISTEN names another",
                       c->listen, port, strerror(errno));
    }
    *ret_fd = fd;
    return 0;
}

static int open_lanes(struct loop *loop, struct err *err)
{
    const struct server_config *c = &loop->api->config;
    struct lane_config lane = {c->database, "linli_read", c->statement_ms, QUEUE_MAX, true};
    int status = lane_open(&lane, &loop->read, err);

    lane.queue_max = WIDE_MAX;
    if (!status)
        status = lane_open(&lane, &loop->wide, err);
    lane.queue_max = QUEUE_MAX;
    lane.role = "linli_intake";
    lane.reads = false;
    for (int i = 0; !status && i < c->write_lanes; i++)
        status = lane_open(&lane, &loop->write[i], err);
    return status;
}

static PRINTF(2, 0) void on_log(void *arg, const char *format, va_list args)
{
    char line[256];

    (void)arg;
    vsnprintf(line, sizeof line, format, args);
    line[strcspn(line, "\n")] = '\0';
    log_event(LOG_DEBUG, "http", "%s", line);
}

int loop_open(struct api *api, int index, struct err *err)
{
    const struct server_config *c = &api->config;
    struct loop *loop = calloc(1, sizeof *loop);
    int status;

    MUST(loop);
    api->loops[index] = loop;
    loop->api = api;
    loop->index = index;
    loop->metrics = metrics_new();
    pthread_mutex_init(&loop->lock, NULL);
    loop->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    MUST(loop->wake_fd >= 0);
    status = open_lanes(loop, err);
    if (!status)
        status = listen_on(c, c->port, index == 0, &loop->listen_fd, err);
    if (status)
        return status;
    loop->intake = intake_new(loop, c->write_lanes, api->receipts);
    loop->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL, on_request, loop,
        MHD_OPTION_LISTEN_SOCKET, loop->listen_fd, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)c->pool_bytes,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)(c->connections_max / c->loops), MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)c->idle_s, MHD_OPTION_URI_LOG_CALLBACK, on_uri, loop, MHD_OPTION_NOTIFY_COMPLETED,
        on_completed, loop, MHD_OPTION_NOTIFY_CONNECTION, on_connection, loop, MHD_OPTION_EXTERNAL_LOGGER,
        on_log, NULL, MHD_OPTION_END);
    if (!loop->daemon)
        return err_set(err, E_BUSY, "server/busy", "the HTTP daemon does not start on port %d", c->port);
    return 0;
}

bool loop_start(struct loop *loop)
{
    loop->started = pthread_create(&loop->thread, NULL, run_loop, loop) == 0;
    return loop->started;
}

void loop_stop(struct loop *loop)
{
    if (!loop->started)
        return;
    atomic_store(&loop->stop, true);
    loop_wake(loop);
}

void loop_join(struct loop *loop)
{
    if (loop->started)
        pthread_join(loop->thread, NULL);
    loop->started = false;
}

void loop_close(struct loop *loop)
{
    if (loop->daemon && loop->in_flight == 0)
        MHD_stop_daemon(loop->daemon);
    lane_close(loop->read);
    lane_close(loop->wide);
    for (int i = 0; i < loop->api->config.write_lanes; i++)
        lane_close(loop->write[i]);
    intake_free(loop->intake);
    metrics_free(loop->metrics);
    while (loop->spare) {
        struct exchange *x = loop->spare;

        loop->spare = x->next;
        arena_free(x->rq.arena);
        buf_free(&x->rq.body);
        buf_free(&x->rq.out);
        free(x);
    }
    close(loop->wake_fd);
    pthread_mutex_destroy(&loop->lock);
    free(loop);
}
