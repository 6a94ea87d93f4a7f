#include "api/head.h"

#include <microhttpd.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "api/answer.h"
#include "api/server.h"
#include "core/base/text.h"

enum { BID_BYTES = 4096 };

size_t head_body_limit(const struct request *rq)
{
    return rq->route && rq->route->kind == ROUTE_DIRECT ? BID_BYTES : rq->api->config.body_bytes;
}

static const char *allow_text(struct arena *arena, unsigned allowed)
{
    char text[64] = "OPTIONS";

    for (int m = 0; m < METHODS; m++)
        if (allowed & (1u << m)) {
            strcat(text, ", ");
            strcat(text, method_name((enum method)m));
            strcat(text, m == METHOD_GET ? ", HEAD" : "");
        }
    return arena_dup(arena, text);
}

static int find_route(struct request *rq, const char *method, struct err *err)
{
    struct route_match match;
    int m;

    rq->head = strcmp(method, "HEAD") == 0;
    m = rq->head ? METHOD_GET : method_of(method);
    route_match(rq->url, m, rq->arena, &match);
    if (!match.allowed && rq->api->config.upload_port && strncmp(rq->url, "/api/v1/blobs/", 14) == 0)
        return err_set(err, E_ABSENT, "route/absent", "files go to the upload port, %s:%d",
                       rq->api->config.upload_listen, rq->api->config.upload_port);
    if (!match.allowed)
        return err_set(err, E_ABSENT, "route/absent", "there is nothing at this address");
    if (!match.route) {
        const char *allow = allow_text(rq->arena, match.allowed);

        err_set(err, E_ABSENT, "method/absent", "%s is not for this address", method);
        request_problem(rq, err);
        if (strcmp(method, "OPTIONS") == 0) {
            buf_clear(&rq->out);
            rq->header_count = 0;
            rq->status = 204;
        }
        request_header(rq, "Allow", allow);
        err->code = 0; /* said already */
        return 0;
    }
    rq->route = match.route;
    rq->method = match.route->method;
    memcpy(rq->path, match.path, sizeof match.path);
    return 0;
}

struct arguments {
    struct request *rq;
    struct err *err;
    bool limit, cursor; /* were there already */
};

static void take_argument(struct arguments *a, const char *key, const char *value)
{
    struct request *rq = a->rq;
    const struct route *r = rq->route;
    char pointer[64];
    int64_t n = 0;

    snprintf(pointer, sizeof pointer, "/%.60s", utf8_ok(key, strlen(key), false) ? key : "");
    for (int i = 0; i < r->query_count; i++) {
        if (strcmp(r->queries[i].name, key) != 0)
            continue;
        if (rq->query[i] || !value || !named_ok(&r->queries[i], value)) {
            const char *words = r->queries[i].words;

            err_set(a->err, E_INVALID, "query/invalid",
                    "query parameter %s is not of its form, or is given twice", r->queries[i].name);
            err_at(a->err, pointer,
                   rq->query[i] ? "duplicate"
                   : words      ? "enum"
                                : "format",
                   words ? words : "", words ? words : "");
            return;
        }
        rq->query[i] = arena_dup(rq->arena, value);
        return;
    }
    const bool range = r->pages && strcmp(key, "limit") == 0, cursor = r->pages && strcmp(key, "cursor") == 0;
    bool *seen = range ? &a->limit : &a->cursor;
    if ((range || cursor) && *seen) {
        err_set(a->err, E_INVALID, "query/invalid",
                "query parameter %s is not of its form, or is given twice", pointer + 1);
        err_at(a->err, pointer, "duplicate", "", "");
        return;
    }
    if (range && value && int_parse(value, 1, LIMIT_MAX, &n)) {
        *seen = true;
        rq->limit = (int)n;
        return;
    }
    if (cursor && value) {
        *seen = true;
        (void)answer_cursor(rq, value, a->err);
        return;
    }
    if (range)
        err_set(a->err, E_INVALID, "query/invalid", "query parameter limit is a whole number from 1 to %d",
                LIMIT_MAX);
    else
        err_set(a->err, E_INVALID, "query/invalid", "there is no query parameter %s here", pointer + 1);
    err_at(a->err, pointer, range ? "range" : "unknown", "", "");
}

static enum MHD_Result on_argument(void *arg, enum MHD_ValueKind kind, const char *key, size_t key_size,
                                   const char *value, size_t value_size)
{
    struct arguments *a = arg;

    (void)kind;
    if (a->err->code)
        return MHD_YES;
    if (strlen(key) != key_size || (value && strlen(value) != value_size))
        err_set(a->err, E_MALFORMED, "request/malformed", "a query parameter is not text");
    else
        take_argument(a, key, value);
    return MHD_YES;
}

static int check_body(const struct request *rq, int64_t length, struct err *err)
{
    const char *type = rq->content_type;

    if (length == 0)
        return 0;
    if (rq->method == METHOD_GET || rq->method == METHOD_DELETE)
        return err_set(err, E_MALFORMED, "body/unexpected", "this request takes no body");
    if (length > (int64_t)head_body_limit(rq))
        return err_set(err, E_TOO_LARGE, "body/too-large", "at most %zu bytes", head_body_limit(rq));
    if (!type || strncasecmp(type, "application/json", 16) != 0 || (type[16] && !strchr("; ", type[16])))
        return err_set(err, E_UNSUPPORTED, "body/unsupported", "Content-Type must be application/json");
    return 0;
}

bool head_read(struct request *rq, struct MHD_Connection *mc, const struct head_line *line,
               int64_t *ret_length)
{
    struct err err;
    struct arguments arguments = {.rq = rq, .err = &err};

    err.code = 0;
    rq->limit = LIMIT_DEFAULT;
    const bool plain = guard_head(rq, mc, line, ret_length, &err) == 0;
    if (plain && find_route(rq, line->method, &err) == 0 && rq->status == 0) {
        rq->url = arena_dup(rq->arena, line->url);
        MHD_get_connection_values_n(mc, MHD_GET_ARGUMENT_KIND, on_argument, &arguments);
        if (!err.code)
            (void)check_body(rq, *ret_length, &err);
    }
    if (err.code)
        request_problem(rq, &err);
    return plain;
}
