/*
 * The routes: api/routes.def as a table, worked out once at start, and the
 * router made from it (one PCRE2 alternation with a MARK for each path).
 */
#ifndef API_ROUTE_H
#define API_ROUTE_H

#include "core/service/act.h"

enum method { METHOD_GET, METHOD_POST, METHOD_PUT, METHOD_PATCH, METHOD_DELETE, METHODS };
enum route_kind { ROUTE_LOOP, ROUTE_READ, ROUTE_ACT, ROUTE_SPECIAL, ROUTE_DIRECT };
enum shape { SHAPE_ONE, SHAPE_LIST, SHAPE_PAGE };
enum { ROUTE_PARAMS = 4, ROUTE_BINDS = 16, ROUTE_QUERIES = 10, CURSOR_PARTS = 4 };

/* How a value looks before it may reach a statement. */
enum value_type { VALUE_LINE, VALUE_INT, VALUE_LONG, VALUE_BOOL, VALUE_ID, VALUE_TIME, VALUE_DATE, VALUE_CODE,
                  VALUE_SHA256, VALUE_NUMBER };

enum bind_kind { BIND_PATH, BIND_QUERY, BIND_CURSOR, BIND_LIMIT, BIND_OFFICE, BIND_ACTOR, BIND_OFFICES,
                 BIND_ORGANISATIONS, BIND_ROLES, BIND_HELD, BIND_NOW };
struct bind { enum bind_kind kind; int index; enum value_type type; uint32_t roles; };   /* roles: of BIND_OFFICES */

/* words: the only ones a query parameter may be, "a|b|c"; NULL: any of the type. */
struct named { char name[32]; enum value_type type; const char *words; };

struct request;
typedef int special_fn(struct request *rq, struct err *err);

struct route {
    enum route_kind kind;
    enum method     method;
    const char     *op, *path, *bind_spec, *zh, *en;
    enum shape      shape;
    int             statement;          /* LOOP, READ */
    uint32_t        roles;
    struct act_spec act;                /* ACT */
    unsigned        flags;
    special_fn     *special;            /* SPECIAL, DIRECT */
    const struct form *form;            /* of the body; NULL: none */
    const char     *reply_op;           /* op of the question an act answers, or "answer" */

    /* Worked out by routes_open. */
    struct named params[ROUTE_PARAMS];  int param_count;
    struct named queries[ROUTE_QUERIES]; int query_count;
    struct bind  binds[ROUTE_BINDS];    int bind_count;
    char        *binding;               /* bind_spec in words, which the queries point into */
    int          cursor_count;
    enum value_type cursor_types[CURSOR_PARTS];
    bool         wide;                  /* LOOP: on the lane of those that look through much */
    bool         pages;                 /* takes limit and cursor */
    bool         hashes;                /* hashes a password: on a pool of its own */
    bool         strangers;             /* anybody may do it: counted by address */
    bool         silent;                /* its use would tell of bids: not counted (api/metrics.h) */
    size_t       number;                /* place in the table */
};

enum { MATCH = 1, MAKES = 2, BODY = 4, NOKEY = 8, KEEP = 16, SECRET = 32, DRY = 64 };

/* Works the table out and compiles the router; E_BROKEN names a row that is wrong. */
int routes_open(struct err *err) MUST_USE;
void routes_close(void);
size_t routes_count(void);
const struct route *route_at(size_t i);
const struct route *route_find(const char *op);     /* NULL: none */

struct route_match {
    const struct route *route;          /* NULL with allowed != 0: the method is not there */
    unsigned            allowed;        /* bit for each method of the path; 0: no such path */
    const char         *path[ROUTE_PARAMS];         /* in the arena */
};
void route_match(const char *path, int method, struct arena *arena, struct route_match *ret);
const char *method_name(enum method m);
int method_of(const char *name);        /* -1: none of ours */

/* Does the text look like a value of that type?  UTF-8, ranges and all, so that
 * no statement can fail for its form. */
bool value_ok(enum value_type type, const char *text);
/* The same with the words of the parameter, if it has any. */
bool named_ok(const struct named *n, const char *text);

#endif
