/* libmicrohttpd with a thread for each connection: a page waits for the API, and may. */
#include "web/http.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "core/base/drips.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "web/ask.h"

enum {
    FIELDS_MAX = 4000,
    FIELDS_BYTES = 2 << 20,
    FILES_BYTES = 256 << 20,
    POST_BUFFER = 16384,
    CONNECTIONS_MAX = 1000,
    STACK_BYTES = 1 << 20,
    HEAD_S = 10,
    TURN_S = 10, /* how long a visit waits for its turn */
    ARENA_BYTES = 64 << 20,
    PACK_LEAST = 1024,
    GZIP_WINDOW = 15 + 16, /* zlib: 16 more make a gzip header */
    GZIP_MEMORY = 8
};

struct http {
    struct MHD_Daemon *daemon;
    struct drips *drips; /* who drips is cut */
    struct visit_fns fns;
    pthread_mutex_t lock;
    pthread_cond_t turn;
    int free; /* so many visits may begin */
};

struct field {
    struct field *next;
    const char *name;
    struct buf value;
};

struct exchange {
    struct visit visit;
    const struct visit_fns *fns;
    struct MHD_PostProcessor *post;
    struct field *fields, **last;
    int64_t since_us;
    size_t bytes, field_bytes;
    int field_count;
    bool malformed;
    enum { UNASKED, WELCOME, STRANGER } brings;
};

void visit_header(struct visit *v, const char *name, const char *value)
{
    MUST(v->header_count < VISIT_HEADERS);
    v->headers[v->header_count].name = name;
    v->headers[v->header_count++].value = value;
}

void visit_to(struct visit *v, const char *path)
{
    v->status = 303;
    visit_header(v, "Location", path);
}

void visit_encode(struct buf *out, const char *text, const char *plain)
{
    for (; *text; text++)
        if (strchr("-_.", *text) || strchr(plain, *text) || (*text >= '0' && *text <= '9') ||
            (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z'))
            buf_char(out, *text);
        else
            buf_printf(out, "%%%02X", (unsigned char)*text);
}

const char *visit_address(const struct visit *v, const char *path)
{
    CLEANUP(buf_free) struct buf out = {0};

    visit_encode(&out, path, "/:");
    for (size_t i = 0; i < v->query.count; i++) {
        buf_char(&out, i ? '&' : '?');
        visit_encode(&out, v->query.items[i].name, "");
        buf_char(&out, '=');
        visit_encode(&out, v->query.items[i].value, "");
    }
    return arena_ndup(v->arena, out.size ? out.data : "", out.size);
}

const char *visit_value(const struct form_values *values, const char *name)
{
    for (size_t i = 0; i < values->count; i++)
        if (strcmp(values->items[i].name, name) == 0)
            return values->items[i].value;
    return NULL;
}

/* ---- what was sent ---- */

/* Only acts and a sheet bring files, and only of somebody who has logged in. */
static bool may_bring(struct exchange *x)
{
    const struct visit *v = &x->visit;

    if (x->brings == UNASKED)
        x->brings = (visit_value(&v->query, "do") || visit_value(&v->query, "sheet")) && v->cookie &&
                            x->fns->brings(x->fns->arg, v)
                        ? WELCOME
                        : STRANGER;
    return x->brings == WELCOME;
}

static enum MHD_Result file_part(struct exchange *x, const char *field, const char *name, const char *data,
                                 uint64_t at, size_t size)
{
    struct visit *v = &x->visit;
    struct visit_file *f;

    if (!utf8_ok(name, strlen(name), false))
        return MHD_NO;
    if (!*name || !may_bring(x))
        return MHD_YES;
    if (at == 0 && v->file_count == VISIT_FILES) {
        v->fault = 413;
        return MHD_NO;
    }
    if (at == 0) {
        f = &v->files[v->file_count++];
        *f = (struct visit_file){arena_dup(v->arena, field), arena_dup(v->arena, name), spool_open(), 0};
    }
    f = &v->files[v->file_count - 1];
    if (!f->data || fwrite(data, 1, size, f->data) != size)
        return MHD_NO;
    f->size += size;
    return MHD_YES;
}

static enum MHD_Result field_part(struct exchange *x, const char *name, const char *data, uint64_t at,
                                  size_t size)
{
    struct field *f = x->fields;

    x->field_bytes += size + (at == 0 ? strlen(name) : 0);
    if (x->field_bytes > FIELDS_BYTES || (at == 0 && ++x->field_count > FIELDS_MAX)) {
        x->visit.fault = 413;
        return MHD_NO;
    }
    if (at == 0) {
        f = ARENA_NEW(x->visit.arena, struct field, 1);
        f->name = arena_dup(x->visit.arena, name);
        f->next = x->fields;
        x->fields = f;
    }
    buf_add(&f->value, data, size);
    return MHD_YES;
}

static enum MHD_Result on_field(void *arg, enum MHD_ValueKind kind, const char *name, const char *file,
                                const char *type, const char *encoding, const char *data, uint64_t at,
                                size_t size)
{
    struct exchange *x = arg;

    (void)kind, (void)type, (void)encoding;
    if (!name)
        return MHD_NO;
    return file ? file_part(x, name, file, data, at, size) : field_part(x, name, data, at, size);
}

/* Browsers end the lines of a text area with CR and LF. */
static void lines_plain(struct buf *b)
{
    size_t to = 0;

    for (size_t i = 0; i < b->size; i++)
        if (b->data[i] != '\r' || i + 1 == b->size || b->data[i + 1] != '\n')
            b->data[to++] = b->data[i];
    if (b->size)
        b->data[b->size = to] = '\0';
}

static void take_fields(struct exchange *x)
{
    struct visit *v = &x->visit;

    v->fields.items = ARENA_NEW(v->arena, struct form_value, x->field_count + 1);
    for (struct field *f = x->fields; f; f = f->next) {
        const char *value;

        lines_plain(&f->value);
        value = f->value.size ? f->value.data : "";
        if (utf8_ok(value, f->value.size, true) && strlen(value) == f->value.size)
            v->fields.items[v->fields.count++] = (struct form_value){f->name, arena_dup(v->arena, value)};
        else
            x->malformed = true; /* never left out in silence */
        buf_free(&f->value);
    }
    x->fields = NULL;
}

static enum MHD_Result on_argument(void *arg, enum MHD_ValueKind kind, const char *name, const char *value)
{
    struct visit *v = arg;

    (void)kind;
    if (v->query.count < FIELDS_MAX && value)
        v->query.items[v->query.count++] =
            (struct form_value){arena_dup(v->arena, name), arena_dup(v->arena, value)};
    return MHD_YES;
}

static const char *peer(struct arena *arena, struct MHD_Connection *mc)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(mc, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *sa = info ? info->client_addr : NULL;
    char text[INET6_ADDRSTRLEN] = "";

    if (sa && sa->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)sa)->sin_addr, text, sizeof text);
    else if (sa && sa->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)sa)->sin6_addr, text, sizeof text);
    return arena_dup(arena, text);
}

static const char *head_value(struct visit *v, struct MHD_Connection *mc, const char *name)
{
    return arena_dup(v->arena, MHD_lookup_connection_value(mc, MHD_HEADER_KIND, name));
}

static void take_head(struct exchange *x, struct MHD_Connection *mc, const char *url, const char *method)
{
    struct visit *v = &x->visit;
    const int count = MHD_get_connection_values(mc, MHD_GET_ARGUMENT_KIND, NULL, NULL);
    const char *forwarded;

    v->arena = arena_new(ARENA_BYTES);
    v->post = strcmp(method, "POST") == 0;
    v->url = arena_dup(v->arena, url);
    v->query.items = ARENA_NEW(v->arena, struct form_value, (size_t)(count < 0 ? 0 : count) + 1);
    MHD_get_connection_values(mc, MHD_GET_ARGUMENT_KIND, on_argument, v);
    v->cookie = head_value(v, mc, MHD_HTTP_HEADER_COOKIE);
    v->language = head_value(v, mc, MHD_HTTP_HEADER_ACCEPT_LANGUAGE);
    v->unchanged = head_value(v, mc, MHD_HTTP_HEADER_IF_NONE_MATCH);
    /* A proxy on this machine tells whom it speaks for; nobody else is believed. */
    v->address = peer(v->arena, mc);
    forwarded = head_value(v, mc, "X-Forwarded-For");
    if (forwarded && (strcmp(v->address, "127.0.0.1") == 0 || strcmp(v->address, "::1") == 0))
        v->address = forwarded;
    if (v->post)
        x->post = MHD_create_post_processor(mc, POST_BUFFER, on_field, x);
}

/* ---- the answer ---- */

static const char policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/* A size that is not worth the header is left alone, and so is what does not become smaller. */
static bool packed(const struct buf *from, struct buf *to)
{
    z_stream z = {.next_in = (Bytef *)from->data, .avail_in = (uInt)from->size};
    bool smaller;

    if (from->size < PACK_LEAST || deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP_WINDOW,
                                                GZIP_MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    buf_reserve(to, from->size);
    z.next_out = (Bytef *)to->data;
    z.avail_out = (uInt)from->size;
    smaller = deflate(&z, Z_FINISH) == Z_STREAM_END;
    to->size = z.total_out;
    deflateEnd(&z);
    return smaller;
}

/* One that says "gzip;q=0" wants none. */
static bool unpacks(struct MHD_Connection *mc)
{
    const char *takes = MHD_lookup_connection_value(mc, MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT_ENCODING);

    for (const char *p = takes; p && *p; p = strchr(p, ',')) {
        p += strspn(p, ", \t");
        if (strcspn(p, ";, \t") == 4 && strncasecmp(p, "gzip", 4) == 0)
            return quality_of(p, strcspn(p, ",")) > 0;
    }
    return false;
}

static void pack(struct visit *v, struct MHD_Connection *mc)
{
    struct buf smaller = {0};

    visit_header(v, "Vary", "Accept-Encoding");
    if (unpacks(mc) && packed(&v->out, &smaller)) {
        visit_header(v, "Content-Encoding", "gzip");
        buf_free(&v->out);
        v->out = smaller;
    } else {
        buf_free(&smaller);
    }
}

static enum MHD_Result send_answer(struct visit *v, struct MHD_Connection *mc)
{
    struct MHD_Response *r =
        v->send ? MHD_create_response_from_fd64(v->send_size, dup(fileno(v->send)))
                : MHD_create_response_from_buffer(v->out.size, v->out.size ? v->out.data : (char[]){""},
                                                  MHD_RESPMEM_MUST_COPY);
    enum MHD_Result queued;

    MUST(r);
    MHD_add_response_header(r, "Content-Type", v->type ? v->type : "text/html; charset=utf-8");
    MHD_add_response_header(r, "Content-Security-Policy", policy);
    MHD_add_response_header(r, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(r, "Referrer-Policy", "same-origin");
    for (int i = 0; i < v->header_count; i++)
        MHD_add_response_header(r, v->headers[i].name, v->headers[i].value);
    queued = MHD_queue_response(mc, (unsigned)v->status, r);
    MHD_destroy_response(r);
    return queued;
}

static enum MHD_Result refuse(struct visit *v, struct MHD_Connection *mc, int status)
{
    v->status = status;
    v->type = "text/plain; charset=utf-8";
    buf_text(&v->out, status == 403   ? "403 不接受其他网站提交的表单 / no forms of other sites\n"
                      : status == 405 ? "405 不支持的方法 / method not allowed\n"
                                      : "503 系统忙，请稍后再试 / busy, please try again\n");
    if (status == 503)
        visit_header(v, "Retry-After", "5");
    return send_answer(v, mc);
}

/* A form that another site had the visitor's browser send; what says nothing is no browser, or one before
 * 2020. */
static bool foreign(struct MHD_Connection *mc)
{
    const char *site = MHD_lookup_connection_value(mc, MHD_HEADER_KIND, "Sec-Fetch-Site");

    return site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0;
}

static void take_part(struct exchange *x, const char *data, size_t size)
{
    struct visit *v = &x->visit;

    x->bytes += size;
    if (x->bytes > FILES_BYTES)
        v->fault = 413;
    if (!v->fault && (!x->post || MHD_post_process(x->post, data, size) != MHD_YES) && !v->fault)
        v->fault = 400;
}

static bool begin(struct http *h)
{
    struct timespec until;
    bool mine;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += TURN_S;
    pthread_mutex_lock(&h->lock);
    while (!h->free && pthread_cond_timedwait(&h->turn, &h->lock, &until) == 0)
        ;
    mine = h->free > 0;
    h->free -= mine;
    pthread_mutex_unlock(&h->lock);
    return mine;
}

static void end(struct http *h)
{
    pthread_mutex_lock(&h->lock);
    h->free++;
    pthread_cond_signal(&h->turn);
    pthread_mutex_unlock(&h->lock);
}

static void on_connection(void *arg, struct MHD_Connection *mc, void **context,
                          enum MHD_ConnectionNotificationCode code)
{
    struct http *h = arg;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(mc, MHD_CONNECTION_INFO_CONNECTION_FD);

    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        MUST(info);
        *context = drip_begin(h->drips, info->connect_fd);
    } else {
        drip_end(h->drips, *context);
        *context = NULL;
    }
}

static void peer_is(struct http *h, struct MHD_Connection *mc, bool busy)
{
    drip_busy(h->drips, MHD_get_connection_info(mc, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context,
              busy);
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *mc, const char *url, const char *method,
                                  const char *version, const char *data, size_t *size, void **context)
{
    struct http *h = arg;
    struct exchange *x = *context;

    (void)version;
    if (!x) {
        *context = x = calloc(1, sizeof *x);
        MUST(x);
        peer_is(h, mc, true);
        x->since_us = time_monotonic();
        x->fns = &h->fns;
        take_head(x, mc, url, method);
        return MHD_YES;
    }
    if (*size) {
        take_part(x, data, *size);
        *size = 0;
        return drip_body_slow(x->since_us, (int64_t)x->bytes) ? MHD_NO : MHD_YES;
    }
    if (!x->visit.post && strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
        return refuse(&x->visit, mc, 405);
    if (x->visit.post && foreign(mc))
        return refuse(&x->visit, mc, 403);
    if (x->post) {
        MHD_destroy_post_processor(x->post);
        x->post = NULL;
    }
    take_fields(x);
    if (x->malformed && !x->visit.fault)
        x->visit.fault = 400;
    if (!begin(h))
        return refuse(&x->visit, mc, 503);
    h->fns.answer(h->fns.arg, &x->visit);
    if (x->visit.packs)
        pack(&x->visit, mc);
    end(h);
    return send_answer(&x->visit, mc);
}

static void on_end(void *arg, struct MHD_Connection *mc, void **context, enum MHD_RequestTerminationCode why)
{
    struct exchange *x = *context;

    (void)why;
    if (!x)
        return;
    peer_is(arg, mc, false);
    if (x->post)
        MHD_destroy_post_processor(x->post);
    for (struct field *f = x->fields; f; f = f->next)
        buf_free(&f->value);
    for (int i = 0; i < x->visit.file_count; i++)
        if (x->visit.files[i].data)
            fclose(x->visit.files[i].data);
    if (x->visit.send)
        fclose(x->visit.send);
    buf_free(&x->visit.out);
    arena_free(x->visit.arena);
    free(x);
    *context = NULL;
}

/* ---- the daemon ---- */

static int address_of(const char *listen, struct sockaddr_in *ret, struct err *err)
{
    const char *colon = strrchr(listen, ':');
    char host[INET_ADDRSTRLEN];
    int64_t port;

    *ret = (struct sockaddr_in){.sin_family = AF_INET};
    if (!colon || (size_t)(colon - listen) >= sizeof host || !int_parse(colon + 1, 1, 65535, &port))
        return err_set(err, E_INVALID, "config/invalid", "\"%s\" is not an address and port", listen);
    memcpy(host, listen, (size_t)(colon - listen));
    host[colon - listen] = '\0';
    ret->sin_port = htons((uint16_t)port);
    if (inet_pton(AF_INET, host, &ret->sin_addr) != 1)
        return err_set(err, E_INVALID, "config/invalid", "\"%s\" is not an IPv4 address", host);
    return 0;
}

static void http_free(struct http *h)
{
    drips_free(h->drips);
    pthread_cond_destroy(&h->turn);
    pthread_mutex_destroy(&h->lock);
    free(h);
}

int http_open(const char *listen, int at_once, const struct visit_fns *fns, struct http **ret,
              struct err *err)
{
    struct http *h = calloc(1, sizeof *h);
    struct sockaddr_in address;
    int status = address_of(listen, &address, err);

    MUST(h);
    h->fns = *fns;
    h->free = at_once;
    pthread_mutex_init(&h->lock, NULL);
    pthread_cond_init(&h->turn, NULL);
    h->drips = drips_start(HEAD_S);
    if (!status) {
        h->daemon = MHD_start_daemon(
            MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_THREAD_PER_CONNECTION, 0, NULL, NULL, on_request, h,
            MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_THREAD_STACK_SIZE, (size_t)STACK_BYTES,
            MHD_OPTION_NOTIFY_COMPLETED, on_end, h, MHD_OPTION_NOTIFY_CONNECTION, on_connection, h,
            MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT,
            (unsigned)DRIP_SILENT_S, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
        if (!h->daemon)
            status = err_set(err, E_BUSY, "server/busy", "cannot listen on %s", listen);
    }
    if (status) {
        drips_stop(h->drips);
        http_free(h);
    } else {
        *ret = h;
    }
    return status;
}

void http_close(struct http *h)
{
    if (!h)
        return;
    drips_stop(h->drips);
    MHD_stop_daemon(h->daemon);
    http_free(h);
}
