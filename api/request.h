/*
 * One request and its answer, as handlers see them: the narrow interface behind
 * which the HTTP library can be replaced.  Only api/server.c and api/upload.c
 * know that library.
 *
 * A request is made when its head has come, belongs to one loop, and dies after
 * the answer was sent or the client went away.  Memory that must live as long
 * as the request comes from rq->arena.
 */
#ifndef API_REQUEST_H
#define API_REQUEST_H

#include "api/route.h"
#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/err.h"

struct api;     /* api/server.h */
struct loop;

enum { ANSWER_HEADERS = 8, LIMIT_DEFAULT = 20, LIMIT_MAX = 100 };

struct request {
    struct api   *api;
    struct loop  *loop;                 /* whose thread owns the connection; NULL on the upload daemon */
    struct arena *arena;

    /* the question */
    const struct route *route;
    enum method   method;
    bool          head;                 /* HEAD: GET without its body */
    const char   *url;                  /* path, decoded */
    const char   *path[ROUTE_PARAMS];
    const char   *query[ROUTE_QUERIES]; /* as route->queries; NULL: absent */
    const char   *cursor[CURSOR_PARTS]; /* all NULL: the first page */
    int           limit;
    struct buf    body;
    const char   *authorization, *cookie, *csrf, *key, *if_match, *if_none_match, *content_type, *content_range,
                 *content_length, *host, *origin, *forwarded;
    const char   *address;              /* of the client: the peer's, or what the proxy on this machine tells */
    bool          chinese;              /* language of titles: zh-CN unless English is preferred */
    int64_t       arrived_us;           /* legal time when the last byte came */
    int64_t       asked_us, lag_us;     /* monotonic, when it was read; how long before that it came */
    int           tries;
    int64_t       deadline_us;          /* monotonic; a worker that gets it later answers 503 */

    /* who: filled on the workers (api/auth.c) */
    struct actor  actor;                /* person NULL: nobody */
    bool          by_cookie;
    const char   *session_csrf;

    /* the answer */
    int           status;               /* 0: not yet */
    struct buf    out;
    const char   *shared;               /* sent instead of out; outlives every request; NULL: none */
    size_t        shared_bytes;
    const char   *type;                 /* NULL: application/json */
    struct { const char *name, *value; } headers[ANSWER_HEADERS];
    int           header_count;
    int           file;                 /* sent instead of out; -1: none */
    uint64_t      file_bytes;
    bool          private_answer;       /* Cache-Control: no-store */
};

/* Adds a header; name and value must outlive the request (literals, arena). */
void request_header(struct request *rq, const char *name, const char *value);
/* Makes the answer a problem; forgets what was written so far. */
void request_problem(struct request *rq, const struct err *err);
/* Answers with what is in rq->out. */
void request_answer(struct request *rq, int status);
/* ETag and 304: true where If-None-Match names it (then the answer is made). */
bool request_unchanged(struct request *rq, const char *etag);
/* Content-Type of a JSON body, and its form filled into a struct of the arena. */
int  request_form(struct request *rq, const struct form *form, void **ret, struct err *err) MUST_USE;

/* Idempotency-Key, sent as "abc" (a structured field) or bare; NULL: not sent. */
const char *request_key(struct request *rq);

/* A request that was kept (API_LATER) is answered: call on its loop's thread. */
void request_resume(struct request *rq);
/* The same from any other thread; the loop does it. */
void request_resume_elsewhere(struct request *rq);
enum { API_LATER = 1 };

#endif
