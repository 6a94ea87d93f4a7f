/*
 * The portal's own HTTP: one visit and its answer, as pages see them.  Only
 * web/http.c knows the library.
 */
#ifndef WEB_HTTP_H
#define WEB_HTTP_H

#include "web/form.h"

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/err.h"

#include <stdio.h>

enum { VISIT_HEADERS = 8, VISIT_FILES = 16 };

/* A file of a form, spooled; it goes with the visit. */
struct visit_file { const char *field, *name; FILE *data; uint64_t size; };

struct visit {
    struct arena *arena;
    bool post;                          /* else GET or HEAD */
    const char *url;                    /* path, decoded: "/zh/offices/2" */
    struct form_values query, fields;   /* decoded; fields: of a POST */
    struct visit_file files[VISIT_FILES];
    int file_count;
    int fault;                          /* what was sent is not all here: 413 it was too much, 400 unreadable; 0: it is */
    const char *cookie, *language, *address, *unchanged;    /* headers of that kind; NULL: not sent */

    int status;
    struct buf out;
    FILE *send;                         /* the answer instead of out, so many bytes; it goes with the visit.  NULL: none */
    uint64_t send_size;
    const char *type;                   /* NULL: text/html */
    bool packs;                         /* may go compressed: no secret of a visitor stands beside what was sent, so that its size tells nothing */
    struct { const char *name, *value; } headers[VISIT_HEADERS];
    int header_count;
};

/* name and value must outlive the visit (literals, arena). */
void visit_header(struct visit *v, const char *name, const char *value);
/* Answers 303: a form was taken, or the page is elsewhere. */
void visit_to(struct visit *v, const char *path);
/* Puts a text as part of an address: percent-encoded, but for letters, digits, "-_." and what `plain` lists. */
void visit_encode(struct buf *out, const char *text, const char *plain);
/* `path` with the query of the visit, encoded, as an address. */
const char *visit_address(const struct visit *v, const char *path);
/* NULL where it was not sent. */
const char *visit_value(const struct form_values *values, const char *name);

struct http;
struct visit_fns {
    void (*answer)(void *arg, struct visit *v);
    /* May this visitor bring files?  Asked when the first one comes, of a visit that has its head alone; files of
     * whoever may not are passed over. */
    bool (*brings)(void *arg, const struct visit *v);
    void *arg;
};

/*
 * Serves on address:port until http_close.  Each connection has a thread of its
 * own, so that nobody waits behind a slow page; `at_once` visits are answered at a
 * time, others wait for a moment and are then told to come again (503).
 */
int http_open(const char *listen, int at_once, const struct visit_fns *fns, struct http **ret, struct err *err) MUST_USE;
void http_close(struct http *h);

#endif
