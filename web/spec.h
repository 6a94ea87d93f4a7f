/*
 * The API's own description (OpenAPI 3.1, GET /api/v1/openapi.json), read once:
 * what the portal knows of the API.  Pages, forms and links are made from it, so
 * a new question or act has its page on the day it is there.
 */
#ifndef WEB_SPEC_H
#define WEB_SPEC_H

#include <jansson.h>

#include "core/base/arena.h"
#include "core/base/err.h"

enum { OP_PARAMS = 4, OP_SEGMENTS = 8 };
enum op_shape { OP_ONE, OP_LIST, OP_PAGE };

struct op {
    const char *id, *method, *path;             /* path below /api/v1: "/tenders/{tender}" */
    const char *zh, *en;
    const char *segments[OP_SEGMENTS];          /* "tenders", "{tender}" */
    int         segment_count, param_count;
    const char *last_param;                     /* "tender"; NULL: it has none */
    enum op_shape shape;
    bool        open;                           /* needs no account */
    bool        keyed, matched;                 /* Idempotency-Key, If-Match */
    bool        secret;                         /* its body is nowhere kept as it came */
    bool        file;                           /* answers a file, not JSON */
    const json_t *roles;                        /* names; NULL: none asked */
    const json_t *form;                         /* schema of the body; NULL: none */
    const json_t *row;                          /* schema of what is answered; NULL: not told */
    const json_t *parameters;
};

struct spec;

/* Takes the document over.  E_BROKEN where it is not one of the API. */
int spec_open(json_t *document, struct spec **ret, struct err *err) MUST_USE;
void spec_close(struct spec *s);

size_t spec_count(const struct spec *s);
const struct op *spec_at(const struct spec *s, size_t i);
const struct op *spec_find(const struct spec *s, const char *id);       /* NULL: none */
/* The question at a path, with a value for each parameter ("/tenders/0000.."); NULL: none. */
const struct op *spec_question(const struct spec *s, const char *path, const char *values[OP_PARAMS],
                               struct arena *arena);
/* Does the op lie at this path, whatever its method? */
bool op_fits(const struct op *op, const char *path, const char *values[OP_PARAMS], struct arena *arena);
/* The question for one `thing` ("tender"): its path has that parameter alone, last.  NULL: none. */
const struct op *spec_thing(const struct spec *s, const char *thing);
/* The question for one element of this list, or for its file; NULL: elements have no page of their own. */
const struct op *spec_element(const struct spec *s, const struct op *list);
/* The list of these things at an office ("/offices/{office}/funds" of "fund"), or of all of them; NULL: none. */
const struct op *spec_list_of(const struct spec *s, const char *thing);
/* May who asks (GET /me; NULL: nobody) do or ask this, as far as roles tell: at this office, or with 0 at any? */
bool op_may(const struct op *op, const json_t *me, long office);
/* Does the act's body name such a thing? */
bool op_takes(const struct op *op, const char *thing);
/* Is `inner` a part of what `outer` is about: the same path and more? */
bool op_below(const struct op *inner, const struct op *outer);
/* The op's path with these values in the place of its parameters. */
const char *op_path(const struct op *op, const char *const *values, struct arena *arena);

/* What forms call a member, and one of its words; NULL: no form knows it. */
const char *spec_label(const struct spec *s, const char *member, bool chinese);
const char *spec_word(const struct spec *s, const char *member, const char *word, bool chinese);
/* What a code of a member is called from now on: {"zh", "en"}. */
void spec_name(struct spec *s, const char *member, const char *code, json_t *name);
/* How large one file may be that is uploaded; 0: the API does not say. */
long long spec_upload_bytes(const struct spec *s);
/* Is a member of that name an amount of money? */
bool spec_money(const struct spec *s, const char *member);

#endif
