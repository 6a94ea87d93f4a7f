/*
 * The upload daemon: libmicrohttpd with threads of its own.
 *
 *   HEAD  /api/v1/blobs/{sha256}   Upload-Offset: bytes that are here; Upload-Complete: ?1 where it is whole
 *   PUT   /api/v1/blobs/{sha256}   the whole, or with Content-Range: bytes a-b/total the part from a on
 *
 * 201 with {"sha256", "bytes", "type"} once the whole is here and its digest fits, 202 before.
 */
#include "api/upload.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "api/auth.h"
#include "api/guard.h"
#include "core/base/drips.h"
#include "core/base/log.h"
#include "core/base/time.h"
#include "core/service/blob.h"

enum { CONNECTIONS = 1024, POOL_BYTES = 65536, ARENA_BYTES = 16 << 20 };

struct uploads {
    struct api *api;
    struct MHD_Daemon *daemon;
    struct drips *drips; /* the watchdog */
};

struct transfer {
    struct request rq;
    struct upload upload;
    const char *sha256;
    int64_t length, first, total, since_us, taken;
    bool begun, bad_uri, head;
    struct err err; /* what went wrong while the body came */
};

/* ---- head ---- */

/* "bytes a-b/total", nothing else. */
static bool range_read(const char *text, int64_t *ret_first, int64_t *ret_last, int64_t *ret_total)
{
    char numbers[3][24];
    int end = 0;

    return sscanf(text, "bytes %20[0-9]-%20[0-9]/%20[0-9]%n", numbers[0], numbers[1], numbers[2], &end) ==
               3 &&
           text[end] == '\0' && int_parse(numbers[0], 0, INT64_MAX, ret_first) &&
           int_parse(numbers[1], 0, INT64_MAX, ret_last) && int_parse(numbers[2], 1, INT64_MAX, ret_total) &&
           *ret_first <= *ret_last && *ret_last < *ret_total;
}

static int check_length(struct transfer *t, struct err *err)
{
    int64_t last = 0;

    if (t->length == 0)
        return err_set(err, E_INVALID, "blob/empty", "nothing is in the file");
    if (t->length < 1)
        return err_set(err, E_MALFORMED, "request/malformed", "an upload says its Content-Length");
    t->first = 0;
    t->total = t->length;
    if (t->rq.content_range &&
        (!range_read(t->rq.content_range, &t->first, &last, &t->total) || last - t->first + 1 != t->length))
        return err_set(err, E_MALFORMED, "request/malformed", "Content-Range does not fit");
    if (t->total > t->rq.api->config.upload_bytes)
        return err_set(err, E_TOO_LARGE, "body/too-large", "at most %lld bytes",
                       (long long)t->rq.api->config.upload_bytes);
    return 0;
}

static int look(struct transfer *t, struct err *err)
{
    bool whole = false;
    int status = upload_look(&t->upload, &whole, err);

    if (status)
        return status;
    request_header(&t->rq, "Upload-Offset", arena_printf(t->rq.arena, "%lld", (long long)t->upload.bytes));
    request_header(&t->rq, "Upload-Complete", whole ? "?1" : "?0");
    request_answer(&t->rq, 200);
    return 0;
}

static int find(struct transfer *t, const char *method, struct err *err)
{
    const char *prefix = "/api/v1/blobs/", *url = t->rq.url;

    if (strncmp(url, prefix, strlen(prefix)) != 0 || !value_ok(VALUE_SHA256, url + strlen(prefix)))
        return err_set(err, E_ABSENT, "route/absent", "there is nothing at this address");
    t->sha256 = arena_dup(t->rq.arena, url + strlen(prefix));
    t->head = strcmp(method, "HEAD") == 0;
    if (!t->head && strcmp(method, "PUT") != 0)
        return err_set(err, E_ABSENT, "method/absent", "%s is not for this address", method);
    t->rq.method = t->head ? METHOD_GET : METHOD_PUT;
    return 0;
}

static int start(struct transfer *t, struct MHD_Connection *mc, const struct head_line *line, struct err *err)
{
    static const struct route route = {.op = "blob_put", .roles = ROLES_PERSON};
    int status = guard_head(&t->rq, mc, line, &t->length, err);

    t->rq.route = &route;
    if (!status)
        status = find(t, line->method, err);
    if (!status && t->head && t->length != 0)
        status = err_set(err, E_MALFORMED, "body/unexpected", "this request takes no body");
    if (!status)
        status = auth_load(&t->rq, err);
    if (!status && !t->rq.actor.person)
        status = err_set(err, E_UNKNOWN, "auth/unknown", "this needs an account");
    if (status)
        return status;
    t->upload.person = t->rq.actor.person;
    t->upload.sha256 = t->sha256;
    if (t->head)
        return look(t, err);
    status = check_length(t, err);
    return status ? status : upload_open(&t->upload, t->first, t->total, t->rq.api->config.quota_bytes, err);
}

/* ---- body and answer ---- */

static void finish(struct transfer *t, struct err *err)
{
    const char *type = NULL;

    if (t->upload.bytes < t->total) {
        request_header(&t->rq, "Upload-Offset",
                       arena_printf(t->rq.arena, "%lld", (long long)t->upload.bytes));
        upload_close(&t->upload);
        buf_text(&t->rq.out, "{}");
        request_answer(&t->rq, 202);
        return;
    }
    if (upload_end(&t->upload, &type, err))
        return;
    json_open(&t->rq.out, '{');
    json_key(&t->rq.out, "sha256");
    json_string(&t->rq.out, t->sha256);
    json_key(&t->rq.out, "bytes");
    json_int(&t->rq.out, t->upload.bytes);
    json_key(&t->rq.out, "type");
    json_string(&t->rq.out, type);
    json_close(&t->rq.out, '}');
    request_answer(&t->rq, 201);
}

static enum MHD_Result reply(struct transfer *t, struct MHD_Connection *mc)
{
    size_t size = 0;
    char *data;
    struct MHD_Response *response;
    enum MHD_Result result;

    if (t->err.code && strcmp(t->err.type, "upload/room") == 0)
        log_event(LOG_ERROR, "upload.room", "the disk of [blobs] folder is full");
    if (t->err.code)
        request_problem(&t->rq, &t->err);
    if (t->err.code && strcmp(t->err.type, "method/absent") == 0)
        request_header(&t->rq, "Allow", "HEAD, PUT");
    data = buf_take(&t->rq.out, &size);
    response = MHD_create_response_from_buffer(size, data, MHD_RESPMEM_MUST_FREE);
    if (!response)
        return MHD_NO;
    MHD_add_response_header(response, "Content-Type", t->rq.type ? t->rq.type : "application/json");
    MHD_add_response_header(response, "Cache-Control", "no-store");
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    for (int i = 0; i < t->rq.header_count; i++)
        MHD_add_response_header(response, t->rq.headers[i].name, t->rq.headers[i].value);
    result = MHD_queue_response(mc, (unsigned)t->rq.status, response);
    MHD_destroy_response(response);
    return result;
}

/* ---- the watchdog ---- */

static void on_connection(void *arg, struct MHD_Connection *mc, void **context,
                          enum MHD_ConnectionNotificationCode code)
{
    struct uploads *u = arg;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(mc, MHD_CONNECTION_INFO_CONNECTION_FD);

    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        MUST(info);
        *context = drip_begin(u->drips, info->connect_fd);
    } else {
        drip_end(u->drips, *context);
        *context = NULL;
    }
}

static void peer_is(struct uploads *u, struct MHD_Connection *mc, bool busy)
{
    drip_busy(u->drips, MHD_get_connection_info(mc, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context,
              busy);
}

/* ---- requests ---- */

static enum MHD_Result on_request(void *arg, struct MHD_Connection *mc, const char *url, const char *method,
                                  const char *version, const char *data, size_t *size, void **context)
{
    struct transfer *t = *context;

    if (!t)
        return MHD_NO;
    if (!t->begun) {
        const struct head_line line = {url, method, version, t->bad_uri};

        peer_is(arg, mc, true);
        t->begun = true;
        t->since_us = time_monotonic();
        /* With a body to come, a refusal is said at once and the connection ends. */
        return start(t, mc, &line, &t->err) && t->length != 0 ? reply(t, mc) : MHD_YES;
    }
    if (*size) {
        t->taken += (int64_t)*size;
        if (!t->err.code && upload_add(&t->upload, data, *size, &t->err))
            upload_close(&t->upload);
        *size = 0;
        /* A client that drips is cut; what it sent stays, to go on from. */
        return drip_body_slow(t->since_us, t->taken) ? MHD_NO : MHD_YES;
    }
    if (!t->err.code && !t->rq.status)
        finish(t, &t->err);
    return reply(t, mc);
}

static void *on_uri(void *arg, const char *uri, struct MHD_Connection *mc)
{
    struct api *api = ((struct uploads *)arg)->api;
    struct transfer *t = calloc(1, sizeof *t);

    (void)mc;
    MUST(t);
    t->bad_uri = guard_uri(uri);
    t->rq = (struct request){
        .api = api, .arena = arena_new(ARENA_BYTES), .file = -1, .chinese = true, .private_answer = true};
    t->upload = (struct upload){.service = &api->service, .arena = t->rq.arena, .file = -1};
    return t;
}

static void on_completed(void *arg, struct MHD_Connection *mc, void **context,
                         enum MHD_RequestTerminationCode code)
{
    struct transfer *t = *context;

    (void)code;
    if (!t)
        return;
    peer_is(arg, mc, false);
    upload_close(&t->upload);
    buf_free(&t->rq.out);
    arena_free(t->rq.arena);
    free(t);
    *context = NULL;
}

/* ---- start and stop ---- */

static int listen_at(struct uploads *u, const struct sockaddr_in *at, struct err *err)
{
    u->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, on_request, u, MHD_OPTION_SOCK_ADDR, at,
        MHD_OPTION_THREAD_POOL_SIZE, UPLOADERS, MHD_OPTION_CONNECTION_LIMIT, CONNECTIONS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL_BYTES, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)DRIP_SILENT_S, MHD_OPTION_URI_LOG_CALLBACK, on_uri, u, MHD_OPTION_NOTIFY_COMPLETED,
        on_completed, u, MHD_OPTION_NOTIFY_CONNECTION, on_connection, u, MHD_OPTION_END);
    if (u->daemon)
        return 0;
    return err_set(
        err, E_BUSY, "server/busy",
        "could not listen for uploads on %s:%d: %s; [server] uploads or LINLI_SERVER_UPLOADS names another",
        u->api->config.upload_listen, u->api->config.upload_port, strerror(errno));
}

int uploads_start(struct api *api, struct err *err)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)api->config.upload_port)};
    struct uploads *u;

    if (!api->config.upload_port)
        return 0;
    if (inet_pton(AF_INET, api->config.upload_listen, &at.sin_addr) != 1)
        return err_set(err, E_INVALID, "config/invalid", "[server] uploads is not an address");
    u = calloc(1, sizeof *u);
    MUST(u);
    u->api = api;
    u->drips = drips_start(api->config.header_s);
    int status = listen_at(u, &at, err);
    if (status) {
        drips_stop(u->drips);
        drips_free(u->drips);
        free(u);
        return status;
    }
    api->uploads = u;
    return 0;
}

void uploads_stop(struct api *api)
{
    struct uploads *u = api->uploads;

    if (!u)
        return;
    drips_stop(u->drips);
    MHD_stop_daemon(u->daemon);
    drips_free(u->drips);
    free(u);
    api->uploads = NULL;
}
