/*
 * The server: share-nothing event loops for questions and bid intake, a small
 * pool of blocking workers for everything else (docs/architecture.md, two roads).
 */
#ifndef API_SERVER_H
#define API_SERVER_H

#include <stdatomic.h>

#include "api/metrics.h"
#include "core/service/act.h"

enum { LOOPS_MAX = 64, READ_LANES = 2, WRITE_LANES_MAX = 4 };
enum { HASHERS = 4, UPLOADERS = 4, KEEPERS = 3 }; /* threads; keepers: of what is due, of the log, of the leases */

/* Fewer loops gather more in a turn, and so send PostgreSQL more with one Sync.  asked 0: half of the processors. */
int server_loops(int64_t asked);
/* Of each loop; four in all: commits overlap, batches stay big. */
int server_write_lanes(int loops);
/* Connections that can be of use beside each other: one for each thread that asks for one. */
int server_askers(int workers);

struct server_config {
    const char *listen, *upload_listen;     /* addresses, "127.0.0.1" */
    int         port, upload_port;      /* upload_port 0: no uploads here */
    int         loops, workers, write_lanes;
    int         requests_per_minute;    /* of one account on the workers */
    int64_t     bids_waiting;           /* of one account, on a loop */
    int         queue_max;              /* requests waiting for a worker */
    int         connections_max;        /* of all loops */
    int         pool_bytes;             /* memory of an HTTP connection */
    int         header_s, body_s, idle_s, drain_s;
    const char *database;               /* libpq connection string */
    int         statement_ms;
    const char *public_url;             /* "https://..": cookies get Secure and __Host- */
    size_t      body_bytes;             /* largest JSON body */
    int64_t     quota_bytes, upload_bytes;  /* unused uploads of an account; one upload */
};

struct workers;
struct uploads;
struct receipts;
struct rate;

struct api {
    struct server_config config;
    struct service       service;
    struct loop        **loops;
    struct workers      *workers, *hashers;     /* hashers: log-ins, so that they never hold up acts */
    struct uploads      *uploads;
    struct receipts     *receipts;      /* NULL: bids get none */
    struct rate         *rate;          /* of accounts on the workers */
    _Atomic int64_t      offset_us;     /* of legal time from real time; 0 outside the sandbox */
    atomic_bool          draining;
    atomic_int           bundling, packing; /* bundles that are being made, and of these such of a year */
    int64_t              started_us;
    struct gauges        gauges;
    char                *openapi; size_t openapi_bytes;
    char                 openapi_etag[20];
};

/* Legal time now, as the last reading of the offset has it. */
int64_t api_now(struct api *api);

/* Makes loops, lanes and workers and starts them. */
int  server_start(struct api *api, struct err *err) MUST_USE;
/* Stops accepting, answers what is in flight, ends the threads; then frees what they had. */
void server_drain(struct api *api);
void server_stop(struct api *api);

/* The instant (legal time) before which no loop has anything open, 0: not known yet; and when (real time)
 * the slowest of them was last seen alive. */
int64_t server_clear(struct api *api, int64_t *ret_turned_us);
/* Makes every loop look around at once. */
void server_wake(struct api *api);

#endif
