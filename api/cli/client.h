/* A program's side of the API: one connection, bearer token or session, problems told on stderr. */
#ifndef API_CLI_CLIENT_H
#define API_CLI_CLIENT_H

#include "core/base/arena.h"
#include "core/base/err.h"
#include "core/json/doc.h"

struct client;

/* Who asks: a bearer token, or what logging in gave. */
struct pass { const char *token, *cookie, *csrf; };

struct reply {
    int         status;         /* HTTP; 0: no answer */
    struct doc *body;           /* NULL where there is none, or it is no JSON object */
    const char *etag;           /* as sent, or NULL */
    const char *text;           /* the body as it came */
};

/* `base` is "http://127.0.0.1:8080", `uploads` where PUT /api/v1/blobs/ goes. */
int  client_open(struct arena *arena, const char *base, const char *uploads, struct client **ret, struct err *err) MUST_USE;
void client_close(struct client *client);

/* POST /api/v1/sessions. */
int client_login(struct client *client, const char *login, const char *password, struct pass *ret, struct err *err) MUST_USE;

/* One request; `json` and `etag` may be NULL.  A POST gets an Idempotency-Key of
 * its own.  E_REFUSED with the problem's type and detail where the status is not
 * 2xx, E_BUSY where nobody answered; ret is filled in either case. */
struct ask { const char *method, *path, *json, *etag; const struct pass *as; };
int client_ask(struct client *client, const struct ask *ask, struct reply *ret, struct err *err) MUST_USE;
/* Uploads a blob; gives its SHA-256. */
int client_put(struct client *client, const struct pass *as, const void *bytes, size_t count, char ret_sha256[65],
               struct err *err) MUST_USE;

#endif
