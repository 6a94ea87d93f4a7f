/* See api/metrics.h.  The names follow Prometheus; docs/operate.md lists them with what to alarm on. */
#include "api/metrics.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "api/handlers.h"
#include "api/loop.h"
#include "api/server.h"
#include "api/workers.h"
#include "core/base/time.h"

enum { CLASSES = 4, LIMITS = 12, CACHE_LINE = 64 };

static const char *const class_names[CLASSES] = {"2xx", "3xx", "4xx", "5xx"};
static const struct limit {
    int64_t us;
    const char *seconds;
} limits[LIMITS] = {{1000, "0.001"},  {2500, "0.0025"}, {5000, "0.005"},  {10000, "0.01"},
                    {25000, "0.025"}, {50000, "0.05"},  {100000, "0.1"},  {250000, "0.25"},
                    {500000, "0.5"},  {1000000, "1"},   {2500000, "2.5"}, {5000000, "5"}};

typedef _Atomic uint64_t counter;

struct route_counters {
    counter answers[CLASSES], took[LIMITS + 1], took_us;
};

struct metrics {
    _Alignas(CACHE_LINE) counter refused;
    counter sealed_failures;
    struct route_counters of[];
};

struct metrics *metrics_new(void)
{
    const size_t bytes = sizeof(struct metrics) + routes_count() * sizeof(struct route_counters);
    const size_t rounded = (bytes + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
    struct metrics *m = aligned_alloc(CACHE_LINE, rounded);

    MUST(m);
    memset(m, 0, rounded);
    return m;
}

void metrics_free(struct metrics *m)
{
    free(m);
}

/* One writer: no locked instruction is needed. */
static void add(counter *c, uint64_t n)
{
    atomic_store_explicit(c, atomic_load_explicit(c, memory_order_relaxed) + n, memory_order_relaxed);
}

static uint64_t read_counter(const counter *c)
{
    return atomic_load_explicit(c, memory_order_relaxed);
}

static int class_of(int status)
{
    return status < 300 ? 0 : status < 400 ? 1 : status < 500 ? 2 : 3;
}

void metrics_count(struct metrics *m, const struct route *route, int status, int64_t took_us)
{
    struct route_counters *c;
    int limit = 0;

    if (!route) {
        add(&m->refused, 1);
        return;
    }
    if (route->silent) {
        if (status >= 500)
            add(&m->sealed_failures, 1);
        return;
    }
    c = &m->of[route->number];
    while (limit < LIMITS && took_us > limits[limit].us)
        limit++;
    add(&c->answers[class_of(status)], 1);
    add(&c->took[limit], 1);
    add(&c->took_us, (uint64_t)took_us);
}

int metrics_sample(struct api *api, struct err *err)
{
    const struct scope scope = {.all = true};
    struct gauges *g = &api->gauges;
    struct arena *arena = arena_new(1 << 20);
    struct rows *rows = NULL;
    struct tx *tx = NULL;
    int status = tx_begin(api->service.store, arena, &scope, true, &tx, err);

    if (!status)
        status = tx_run(tx, Q_metrics_sample, &rows, err, P_TIME(api_now(api)));
    if (!status) {
        g->due_waiting = row_int(rows, 0, "due_waiting");
        g->due_failed = row_int(rows, 0, "due_failed");
        g->due_late_s = row_int(rows, 0, "due_late_s");
        g->sampled_us = time_real();
    }
    tx_rollback(tx);
    arena_free(arena);
    return status;
}

/* ---- the page ---- */

static void head(struct buf *out, const char *name, const char *type, const char *help)
{
    buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void metric(struct buf *out, const char *name, const char *type, const char *help, int64_t value)
{
    head(out, name, type, help);
    buf_printf(out, "%s %lld\n", name, (long long)value);
}

/* Microseconds as seconds. */
static void seconds(struct buf *out, uint64_t us)
{
    buf_printf(out, "%llu.%06llu\n", (unsigned long long)(us / TIME_SECOND),
               (unsigned long long)(us % TIME_SECOND));
}

static void labels(struct buf *out, const char *name, const struct route *r)
{
    buf_printf(out, "%s{method=\"%s\",route=\"%s\"", name, method_name(r->method), r->path);
}

/* What all loops counted for one route; false: nothing. */
static bool route_sum(const struct api *api, const struct route *r, struct route_counters *ret)
{
    bool any = false;

    memset(ret, 0, sizeof *ret);
    for (int i = 0; i < api->config.loops; i++) {
        const struct route_counters *c = &loop_metrics(api->loops[i])->of[r->number];

        for (int k = 0; k < CLASSES; k++) {
            add(&ret->answers[k], read_counter(&c->answers[k]));
            any = any || read_counter(&c->answers[k]);
        }
        for (int k = 0; k <= LIMITS; k++)
            add(&ret->took[k], read_counter(&c->took[k]));
        add(&ret->took_us, read_counter(&c->took_us));
    }
    return any;
}

static void route_answers(struct buf *out, const struct route *r, const struct route_counters *c)
{
    for (int k = 0; k < CLASSES; k++) {
        if (!read_counter(&c->answers[k]))
            continue;
        labels(out, "linli_http_requests_total", r);
        buf_printf(out, ",status=\"%s\"} %llu\n", class_names[k],
                   (unsigned long long)read_counter(&c->answers[k]));
    }
}

static void route_times(struct buf *out, const struct route *r, const struct route_counters *c)
{
    uint64_t sum = 0;

    for (int k = 0; k <= LIMITS; k++) {
        sum += read_counter(&c->took[k]);
        labels(out, "linli_http_request_duration_seconds_bucket", r);
        buf_printf(out, ",le=\"%s\"} %llu\n", k < LIMITS ? limits[k].seconds : "+Inf",
                   (unsigned long long)sum);
    }
    labels(out, "linli_http_request_duration_seconds_sum", r);
    buf_text(out, "} ");
    seconds(out, read_counter(&c->took_us));
    labels(out, "linli_http_request_duration_seconds_count", r);
    buf_printf(out, "} %llu\n", (unsigned long long)sum);
}

static void write_routes(const struct api *api, struct buf *out)
{
    void (*const parts[])(struct buf *, const struct route *, const struct route_counters *) = {route_answers,
                                                                                                route_times};
    struct route_counters sum;

    for (size_t part = 0; part < LENGTH(parts); part++) {
        if (part == 0)
            head(out, "linli_http_requests_total", "counter", "Answers by route and class of status.");
        else
            head(out, "linli_http_request_duration_seconds", "histogram",
                 "From the last byte of the question to the first of the answer.");
        for (size_t i = 0; i < routes_count(); i++)
            if (route_sum(api, route_at(i), &sum))
                parts[part](out, route_at(i), &sum);
    }
}

static void write_loops(const struct api *api, struct buf *out)
{
    struct loop_stats sum = {0};
    uint64_t refused = 0, sealed = 0;

    for (int i = 0; i < api->config.loops; i++) {
        const struct metrics *m = loop_metrics(api->loops[i]);
        struct loop_stats s;

        loop_stats(api->loops[i], &s);
        refused += read_counter(&m->refused);
        sealed += read_counter(&m->sealed_failures);
        sum.slow += s.slow;
        sum.connections += s.connections;
        sum.lanes_up += s.lanes_up;
        sum.questions_waiting += s.questions_waiting;
    }
    metric(out, "linli_refused_total", "counter", "Requests refused before a route was found.",
           (int64_t)refused);
    metric(out, "linli_sealed_failures_total", "counter",
           "Requests about bids that failed on our side (5xx); nothing else about them is counted.",
           (int64_t)sealed);
    metric(out, "linli_slow_clients_total", "counter", "Connections cut by the watchdog.", (int64_t)sum.slow);
    metric(out, "linli_connections", "gauge", "Open connections.", (int64_t)sum.connections);
    metric(out, "linli_loops", "gauge", "Event loops.", api->config.loops);
    metric(out, "linli_lanes", "gauge", "Connections of the loops to the database, as configured.",
           (int64_t)api->config.loops * (READ_LANES + api->config.write_lanes));
    metric(out, "linli_lanes_up", "gauge", "Those that are open.", (int64_t)sum.lanes_up);
    metric(out, "linli_questions_waiting", "gauge",
           "Public questions sent to the database, not yet answered.", (int64_t)sum.questions_waiting);
}

static void write_pools(const struct api *api, struct buf *out)
{
    struct store_stats pool;

    store_stats(api->service.store, &pool);
    metric(out, "linli_workers", "gauge", "Threads for acts and questions with a scope.",
           api->config.workers);
    metric(out, "linli_workers_waiting", "gauge", "Requests waiting for a worker.",
           workers_waiting(api->workers));
    metric(out, "linli_workers_room", "gauge", "Requests that may wait; more are answered 503.",
           api->config.queue_max);
    metric(out, "linli_logins_waiting", "gauge", "Log-ins waiting for a thread that hashes passwords.",
           workers_waiting(api->hashers));
    metric(out, "linli_database_connections", "gauge", "Connections the workers may open.", pool.most);
    metric(out, "linli_database_connections_open", "gauge", "Those that are open.", pool.open);
    metric(out, "linli_database_connections_busy", "gauge", "Those in a transaction.", pool.busy);
    metric(out, "linli_database_waiting", "gauge", "Threads waiting for a connection.", pool.waiting);
}

static void write_gauges(const struct gauges *g, struct buf *out)
{
    metric(out, "linli_due_waiting", "gauge", "Deadlines that have passed and are not worked off.",
           g->due_waiting);
    metric(out, "linli_due_failed", "gauge", "Deadlines whose act failed and is not done.", g->due_failed);
    metric(out, "linli_due_late_seconds", "gauge", "How long the oldest of them has been due.",
           g->due_late_s);
    metric(out, "linli_sampled_timestamp_seconds", "gauge", "When the three above were last looked up.",
           g->sampled_us / TIME_SECOND);
}

/* ---- the process, by the names all Prometheus clients use ---- */

static int open_files(void)
{
    DIR *folder = opendir("/proc/self/fd");
    int count = 0;

    while (folder && readdir(folder))
        count++;
    if (folder)
        closedir(folder);
    return count > 3 ? count - 3 : 0; /* ".", ".." and the folder itself */
}

/* Pages: all that is mapped, and what lies in memory. */
static void memory_bytes(int64_t *ret_virtual, int64_t *ret_resident)
{
    FILE *file = fopen("/proc/self/statm", "re");
    char line[128] = "", *rest = line;
    const int64_t page = sysconf(_SC_PAGESIZE);

    if (file && !fgets(line, sizeof line, file))
        line[0] = '\0';
    if (file)
        fclose(file);
    *ret_virtual = strtoll(line, &rest, 10) * page;
    *ret_resident = strtoll(rest, NULL, 10) * page;
}

static uint64_t used_us(const struct timeval *t)
{
    return (uint64_t)t->tv_sec * TIME_SECOND + (uint64_t)t->tv_usec;
}

static void write_process(const struct api *api, struct buf *out)
{
    struct rusage used = {0};
    struct rlimit files = {0};
    int64_t virtual_bytes, resident_bytes;

    getrusage(RUSAGE_SELF, &used);
    getrlimit(RLIMIT_NOFILE, &files);
    memory_bytes(&virtual_bytes, &resident_bytes);
    head(out, "linli_build_info", "gauge", "What was built, and with what.");
    buf_printf(out, "linli_build_info{version=\"%s\",compiler=\"%s\"} 1\n", LINLI_VERSION, __VERSION__);
    head(out, "process_cpu_seconds_total", "counter", "User and system time.");
    buf_text(out, "process_cpu_seconds_total ");
    seconds(out, used_us(&used.ru_utime) + used_us(&used.ru_stime));
    metric(out, "process_resident_memory_bytes", "gauge", "Memory in use.", resident_bytes);
    metric(out, "process_virtual_memory_bytes", "gauge", "Memory mapped.", virtual_bytes);
    metric(out, "process_open_fds", "gauge", "Open files and sockets.", open_files());
    metric(out, "process_max_fds", "gauge", "Files and sockets that may be open.", (int64_t)files.rlim_cur);
    metric(out, "process_start_time_seconds", "gauge", "When the process began.",
           api->started_us / TIME_SECOND);
}

int api_metrics(struct request *rq, struct err *err)
{
    (void)err;
    write_routes(rq->api, &rq->out);
    write_loops(rq->api, &rq->out);
    write_pools(rq->api, &rq->out);
    write_gauges(&rq->api->gauges, &rq->out);
    write_process(rq->api, &rq->out);
    rq->type = "text/plain; version=0.0.4; charset=utf-8";
    rq->private_answer = true;
    request_answer(rq, 200);
    return 0;
}
