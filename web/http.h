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
    const char *cookie, *language, *address, *unchanged;    /* headers of that kind; NULL: not sent */

    int status;
    struct buf out;
    const char *type;                   /* NULL: text/html */
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
typedef void visit_fn(void *arg, struct visit *v);

/* Serves on address:port with that many threads until http_close; fn answers each visit on one of them. */
int http_open(const char *listen, int threads, visit_fn *fn, void *arg, struct http **ret, struct err *err) MUST_USE;
void http_close(struct http *h);

#endif
