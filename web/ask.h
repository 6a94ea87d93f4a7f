/*
 * Asking the API over HTTP, as any other program would.  What a person sees is
 * what the API answers to that person's own session: the portal has no rights.
 */
#ifndef WEB_ASK_H
#define WEB_ASK_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/err.h"

struct asker;       /* a kept connection; one thread at a time */

struct question {
    const char *method, *path;          /* "GET", "/tenders/0000..?limit=5" below /api/v1 */
    const char *body;                   /* JSON; NULL: none */
    const char *cookie, *csrf, *key, *if_match, *address;       /* NULL: not sent */
    bool chinese;
    bool file;                          /* what comes is for the visitor, whatever it is: of any size, in minutes */
};

struct answer {
    int status;
    json_t *json;                       /* the caller's; NULL where there is none */
    FILE *file;                         /* the caller's: of a question for a file, if it was answered with one */
    uint64_t file_size;
    const char *etag, *location, *set_cookie, *type, *disposition;  /* in the arena; NULL: not sent */
};

/* A file without a name, closed to every program that is started; NULL: there is no room.  Bids lie in it. */
FILE *spool_open(void) MUST_USE;

struct asker *asker_new(const char *url) MUST_USE;
void asker_free(struct asker *a);
/* 0 whatever the API said; E_BUSY where it cannot be reached in time. */
int ask(struct asker *a, struct arena *arena, const struct question *q, struct answer *ret, struct err *err) MUST_USE;
/* Uploads `size` bytes of `data` (from its beginning) as the file of that digest, at the address of uploads. */
struct upload { const char *url, *sha256, *cookie, *csrf; FILE *data; uint64_t size; bool chinese; };
int ask_upload(struct asker *a, struct arena *arena, const struct upload *u, struct answer *ret, struct err *err) MUST_USE;
void answer_free(struct answer *answer);        /* also the CLEANUP function */

#endif
