/* The table of routes and the router made from it. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "api/route.h"

#include <pcre2.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "acts.h"
#include "api/handlers.h"
#include "core/base/time.h"
#include "core/domain/names.h"

/* A form is weak, since not every row has one. */
enum { Q_answer = -1 };
#define LOOP(op, path, shape, bind, zh, en)
#define READ(op, path, roles, shape, bind, zh, en)
#define ACT(op, method, path, roles, subject, flags, reply, zh, en)                                          \
    extern const struct form form_##op __attribute__((weak));
#define SPECIAL(op, method, path, roles, zh, en)                                                             \
    extern special_fn api_##op;                                                                              \
    extern const struct form form_##op __attribute__((weak));
#define DIRECT(op, method, path, roles, zh, en) SPECIAL(op, method, path, roles, zh, en)
#include "api/routes.def"
#undef LOOP
#undef READ
#undef ACT
#undef SPECIAL
#undef DIRECT

#define LOOP(o, p, s, b, z, e)                                                                               \
    {.kind = ROUTE_LOOP,                                                                                     \
     .method = METHOD_GET,                                                                                   \
     .op = #o,                                                                                               \
     .path = (p),                                                                                            \
     .shape = SHAPE_##s,                                                                                     \
     .statement = Q_##o,                                                                                     \
     .bind_spec = (b),                                                                                       \
     .zh = (z),                                                                                              \
     .en = (e)},
#define READ(o, p, r, s, b, z, e)                                                                            \
    {.kind = ROUTE_READ,                                                                                     \
     .method = METHOD_GET,                                                                                   \
     .op = #o,                                                                                               \
     .path = (p),                                                                                            \
     .roles = (r),                                                                                           \
     .shape = SHAPE_##s,                                                                                     \
     .statement = Q_##o,                                                                                     \
     .bind_spec = (b),                                                                                       \
     .zh = (z),                                                                                              \
     .en = (e)},
#define ACT(o, m, p, r, s, f, q, z, e)                                                                       \
    {.kind = ROUTE_ACT,                                                                                      \
     .method = METHOD_##m,                                                                                   \
     .op = #o,                                                                                               \
     .path = (p),                                                                                            \
     .roles = (r),                                                                                           \
     .flags = (f),                                                                                           \
     .reply_op = #q,                                                                                         \
     .form = &form_##o,                                                                                      \
     .zh = (z),                                                                                              \
     .en = (e),                                                                                              \
     .act = {.op = #o,                                                                                       \
             .run = act_##o,                                                                                 \
             .roles = (r),                                                                                   \
             .subject = (s),                                                                                 \
             .if_match = ((f)&MATCH) != 0,                                                                   \
             .creates = ((f)&MAKES) != 0,                                                                    \
             .reply = (int)Q_##q}},
#define SPECIAL(o, m, p, r, z, e)                                                                            \
    {.kind = ROUTE_SPECIAL,                                                                                  \
     .method = METHOD_##m,                                                                                   \
     .op = #o,                                                                                               \
     .path = (p),                                                                                            \
     .roles = (r),                                                                                           \
     .special = api_##o,                                                                                     \
     .form = &form_##o,                                                                                      \
     .zh = (z),                                                                                              \
     .en = (e)},
#define DIRECT(o, m, p, r, z, e)                                                                             \
    {.kind = ROUTE_DIRECT,                                                                                   \
     .method = METHOD_##m,                                                                                   \
     .op = #o,                                                                                               \
     .path = (p),                                                                                            \
     .roles = (r),                                                                                           \
     .special = api_##o,                                                                                     \
     .form = &form_##o,                                                                                      \
     .zh = (z),                                                                                              \
     .en = (e)},
static struct route routes[] = {
#include "api/routes.def"
};
#undef LOOP
#undef READ
#undef ACT
#undef SPECIAL
#undef DIRECT

/* One path and the routes of its methods; what MARK tells. */
struct place {
    const char *path;
    struct route *of[METHODS];
};

static struct place places[LENGTH(routes)];
static int place_count;
static pcre2_code *router;

static const char *const method_names[METHODS] = {"GET", "POST", "PUT", "PATCH", "DELETE"};

const char *method_name(enum method m)
{
    return method_names[m];
}

int method_of(const char *name)
{
    for (int m = 0; m < METHODS; m++)
        if (strcmp(name, method_names[m]) == 0)
            return m;
    return -1;
}

size_t routes_count(void)
{
    return LENGTH(routes);
}

const struct route *route_at(size_t i)
{
    return &routes[i];
}

const struct route *route_find(const char *op)
{
    for (size_t i = 0; i < LENGTH(routes); i++)
        if (strcmp(routes[i].op, op) == 0)
            return &routes[i];
    return NULL;
}

/* ---- values ---- */

static const struct {
    const char *name, *pattern;
} value_types[] = {
    [VALUE_LINE] = {"line", "[^/]{1,200}"},
    [VALUE_INT] = {"int", "[1-9][0-9]{0,9}"},
    [VALUE_LONG] = {"long", "[1-9][0-9]{0,18}"},
    [VALUE_BOOL] = {"bool", "true|false"},
    /* The router holds one of these for each id of each path and may not grow beyond 64 KiB: value_ok tells
       the rest. */
    [VALUE_ID] = {"id", "[0-9a-f-]{36}"},
    [VALUE_TIME] = {"time", "[^/]{1,40}"},
    [VALUE_DATE] = {"date", "[0-9]{4}-[0-9]{2}-[0-9]{2}"},
    [VALUE_CODE] = {"code", "[a-z][a-z0-9_]{0,39}"},
    [VALUE_SHA256] = {"sha256", "[0-9a-f]{64}"},
    [VALUE_NUMBER] = {"number", "[0-9A-Za-z-]{1,60}"},
};

/* An instant as PostgreSQL prints it in UTC, which is what a cursor holds. */
static bool database_time_ok(const char *text)
{
    char rfc[48];
    size_t size = strlen(text);
    int64_t us;

    if (size < 22 || size >= sizeof rfc - 4 || text[10] != ' ' || strcmp(text + size - 3, "+00") != 0)
        return false;
    snprintf(rfc, sizeof rfc, "%.10sT%.*sZ", text, (int)(size - 14), text + 11);
    return time_parse(rfc, &us);
}

bool value_ok(enum value_type type, const char *text)
{
    int64_t n;
    int32_t day;
    const size_t size = strlen(text);

    switch (type) {
    case VALUE_INT:
        return int_parse(text, INT32_MIN, INT32_MAX, &n);
    case VALUE_LONG:
        return int_parse(text, INT64_MIN, INT64_MAX, &n);
    case VALUE_BOOL:
        return strcmp(text, "true") == 0 || strcmp(text, "false") == 0;
    case VALUE_ID:
        return uuid_ok(text);
    case VALUE_TIME:
        return time_parse(text, &n) || database_time_ok(text);
    case VALUE_DATE:
        return date_parse(text, &day);
    case VALUE_CODE:
        return code_ok(text);
    case VALUE_SHA256:
        return size == 64 && strspn(text, "0123456789abcdef") == 64;
    case VALUE_LINE:
    case VALUE_NUMBER:
        break;
    }
    return size <= 800 && utf8_ok(text, size, false);
}

bool named_ok(const struct named *n, const char *text)
{
    const size_t size = strlen(text);

    if (!n->words)
        return value_ok(n->type, text);
    for (const char *word = n->words; word; word = strchr(word, '|') ? strchr(word, '|') + 1 : NULL)
        if (size > 0 && strcspn(word, "|") == size && strncmp(word, text, size) == 0)
            return true;
    return false;
}

/* The type of a {..} by its name: numbers of ours, codes of plug-ins, else ids. */
static enum value_type param_type(const char *name)
{
    static const struct {
        const char *name;
        enum value_type type;
    } known[] = {{"office", VALUE_INT},  {"no", VALUE_INT},         {"year", VALUE_INT},
                 {"round", VALUE_INT},   {"edition", VALUE_INT},    {"sha256", VALUE_SHA256},
                 {"kind", VALUE_CODE},   {"code", VALUE_CODE},      {"mechanism", VALUE_CODE},
                 {"scheme", VALUE_CODE}, {"criterion", VALUE_CODE}, {"number", VALUE_NUMBER},
                 {"index", VALUE_INT},   {"format", VALUE_CODE},    {"level", VALUE_CODE}};

    for (size_t i = 0; i < LENGTH(known); i++)
        if (strcmp(known[i].name, name) == 0)
            return known[i].type;
    return VALUE_ID;
}

/* ---- working the table out ---- */

static int bad_row(const struct route *r, const char *what, struct err *err)
{
    return err_set(err, E_BROKEN, "server/broken", "api/routes.def: %s: %s", r->op, what);
}

static int read_params(struct route *r, struct err *err)
{
    for (const char *p = strchr(r->path, '{'); p; p = strchr(p + 1, '{')) {
        const char *end = strchr(p, '}');
        struct named *n = &r->params[r->param_count];

        if (!end || r->param_count == ROUTE_PARAMS || (size_t)(end - p) > sizeof n->name)
            return bad_row(r, "path", err);
        snprintf(n->name, sizeof n->name, "%.*s", (int)(end - p - 1), p + 1);
        n->type = param_type(n->name);
        r->param_count++;
    }
    return 0;
}

static int find_param(const struct route *r, const char *name)
{
    for (int i = 0; i < r->param_count; i++)
        if (strcmp(r->params[i].name, name) == 0)
            return i;
    return -1;
}

/* The type of $n by the cast it carries in the statement. */
static enum value_type cast_of(int statement, int n)
{
    static const struct {
        const char *name;
        enum value_type type;
    } casts[] = {{"integer", VALUE_INT},     {"int", VALUE_INT},      {"bigint", VALUE_LONG},
                 {"uuid", VALUE_ID},         {"boolean", VALUE_BOOL}, {"date", VALUE_DATE},
                 {"timestamptz", VALUE_TIME}};
    char cast[16];
    const char *at = statements[statement].text;

    snprintf(cast, sizeof cast, "$%d::", n);
    at = strstr(at, cast);
    if (!at)
        return VALUE_LINE;
    at += strlen(cast);
    for (size_t i = 0; i < LENGTH(casts); i++) {
        size_t size = strlen(casts[i].name);

        if (strncmp(at, casts[i].name, size) == 0 && strspn(at + size, "abcdefghijklmnopqrstuvwxyz[") == 0)
            return casts[i].type;
    }
    return VALUE_LINE;
}

static int read_query(struct route *r, const char *word, struct bind *b, struct err *err)
{
    static const struct {
        const char *name;
        enum value_type type;
    } types[] = {{"int", VALUE_INT},   {"time", VALUE_TIME}, {"bool", VALUE_BOOL}, {"id", VALUE_ID},
                 {"date", VALUE_DATE}, {"code", VALUE_CODE}, {"line", VALUE_LINE}};
    const char *colon = strchr(word, ':'), *words = strchr(word, '=');
    const int size = (int)strcspn(word, ":=");
    struct named *n = &r->queries[r->query_count];

    if (r->query_count == ROUTE_QUERIES || (size_t)size >= sizeof n->name)
        return bad_row(r, word, err);
    snprintf(n->name, sizeof n->name, "%.*s", size, word);
    n->type = VALUE_LINE;
    n->words = words ? words + 1 : NULL;
    for (size_t i = 0; colon && i < LENGTH(types); i++)
        if (strcmp(types[i].name, colon + 1) == 0)
            n->type = types[i].type;
    for (int i = 0; i < r->query_count; i++)
        if (strcmp(r->queries[i].name, n->name) == 0) {
            b->index = i;
            return 0;
        }
    b->index = r->query_count++;
    return 0;
}

static int read_bind(struct route *r, const char *word, struct err *err)
{
    static const struct {
        const char *name;
        enum bind_kind kind;
    } plain[] = {{"limit", BIND_LIMIT},
                 {"office", BIND_OFFICE},
                 {"actor", BIND_ACTOR},
                 {"offices", BIND_OFFICES},
                 {"organisations", BIND_ORGANISATIONS},
                 {"roles", BIND_ROLES},
                 {"held", BIND_HELD},
                 {"now", BIND_NOW}};
    struct bind *b = &r->binds[r->bind_count];

    if (r->bind_count++ == ROUTE_BINDS)
        return bad_row(r, "too many parameters", err);
    b->type = cast_of(r->statement, r->bind_count);
    for (size_t i = 0; i < LENGTH(plain); i++)
        if (strcmp(plain[i].name, word) == 0) {
            b->kind = plain[i].kind;
            b->roles = r->roles & ~ROLES_PERSON; /* none: every office */
            return 0;
        }
    if (strncmp(word, "offices.", 8) == 0) {
        const int role = role_find(word + 8);

        b->kind = BIND_OFFICES;
        b->roles = strcmp(word + 8, "desk") == 0 ? ROLES_OFFICE | ROLES_WATCH
                   : role < 0                    ? 0
                                                 : UINT32_C(1) << role;
        return b->roles ? 0 : bad_row(r, word, err);
    }
    if (strncmp(word, "path.", 5) == 0) {
        b->kind = BIND_PATH;
        b->index = find_param(r, word + 5);
        return b->index < 0 ? bad_row(r, word, err) : 0;
    }
    if (strncmp(word, "query.", 6) == 0) {
        b->kind = BIND_QUERY;
        return read_query(r, word + 6, b, err);
    }
    if (strncmp(word, "cursor.", 7) == 0 && word[7] >= '0' && word[7] < '0' + CURSOR_PARTS && !word[8]) {
        b->kind = BIND_CURSOR;
        b->index = word[7] - '0';
        r->cursor_types[b->index] = b->type;
        if (r->cursor_count <= b->index)
            r->cursor_count = b->index + 1;
        return 0;
    }
    return bad_row(r, word, err);
}

static int read_binds(struct route *r, struct err *err)
{
    char *save = NULL;

    if (!r->bind_spec)
        return 0;
    r->binding = strdup(r->bind_spec);
    MUST(r->binding);
    for (char *word = strtok_r(r->binding, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
        const bool wide = strcmp(word, "wide") == 0;
        int status = wide ? 0 : read_bind(r, word, err);

        r->wide |= wide;
        if (status)
            return status;
    }
    r->pages = r->shape == SHAPE_PAGE;
    return r->wide && r->kind != ROUTE_LOOP ? bad_row(r, "wide, and no LOOP", err) : 0;
}

static int work_out(struct route *r, struct err *err)
{
    int status = read_params(r, err);

    if (!status)
        status = read_binds(r, err);
    if (status)
        return status;
    r->hashes = r->special == api_session_create || r->act.run == act_password_set ||
                r->act.run == act_second_factor_enrol || r->act.run == act_second_factor_remove ||
                r->act.run == act_organisation_register || r->act.run == act_resident_register;
    r->strangers = r->act.run == act_organisation_register || r->act.run == act_resident_register;
    if (r->kind == ROUTE_ACT) {
        if (!(r->flags & BODY))
            r->form = NULL;
        else if (!r->form)
            return bad_row(r, "BODY without a form", err);
        r->act.form = r->form;
        r->act.keep = (r->flags & KEEP) != 0;
        r->act.secret = (r->flags & SECRET) != 0;
        r->act.dry = (r->flags & DRY) != 0;
    }
    return 0;
}

/* ---- the router ---- */

static struct place *place_of(struct route *r)
{
    for (int i = 0; i < place_count; i++)
        if (strcmp(places[i].path, r->path) == 0)
            return &places[i];
    places[place_count].path = r->path;
    return &places[place_count++];
}

static void pattern_of(const struct route *r, int mark, struct buf *out)
{
    int param = 0;

    for (const char *p = r->path; *p; p++) {
        if (*p == '{') {
            buf_printf(out, "(%s)", value_types[r->params[param++].type].pattern);
            p = strchr(p, '}');
        } else if (*p == '.') {
            buf_text(out, "\\.");
        } else {
            buf_char(out, *p);
        }
    }
    buf_printf(out, "(*MARK:%d)", mark);
}

static int compile(struct err *err)
{
    struct buf pattern = {0};
    int code;
    PCRE2_SIZE at;

    buf_text(&pattern, "^(?|");
    for (int i = 0; i < place_count; i++) {
        for (int m = 0; m < METHODS; m++) {
            if (places[i].of[m]) {
                buf_text(&pattern, i ? "|" : "");
                pattern_of(places[i].of[m], i, &pattern);
                break;
            }
        }
    }
    buf_text(&pattern, ")\\z");
    router = pcre2_compile((PCRE2_SPTR)pattern.data, pattern.size, PCRE2_ANCHORED, &code, &at, NULL);
    buf_free(&pattern);
    if (!router)
        return err_set(err, E_BROKEN, "server/broken", "the router does not compile (%d at %zu)", code, at);
    /* Where there is no JIT the interpreter serves as well. */
    (void)pcre2_jit_compile(router, PCRE2_JIT_COMPLETE);
    return 0;
}

/* Who asks about bids has handed one in, or looks for one; and who counts does not count itself. */
static bool silent(const struct route *r)
{
    static const char *const parts[] = {"/bids", "/proposals", "/offers", "/me/work", "/metrics"};

    for (size_t i = 0; i < LENGTH(parts); i++)
        if (strstr(r->path, parts[i]))
            return true;
    return false;
}

int routes_open(struct err *err)
{
    MUST(!router);
    for (size_t i = 0; i < LENGTH(routes); i++) {
        int status = work_out(&routes[i], err);
        struct place *p;

        routes[i].number = i;
        routes[i].silent = silent(&routes[i]);
        if (status)
            return status;
        p = place_of(&routes[i]);
        if (p->of[routes[i].method])
            return bad_row(&routes[i], "the method is taken", err);
        p->of[routes[i].method] = &routes[i];
    }
    return compile(err);
}

void routes_close(void)
{
    pcre2_code_free(router);
    router = NULL;
    for (size_t i = 0; i < LENGTH(routes); i++) {
        free(routes[i].binding);
        routes[i].binding = NULL;
    }
}

/* One a thread, gone with it. */
static pthread_key_t scratch_key;

static void scratch_free(void *data)
{
    pcre2_match_data_free(data);
}

static void scratch_key_make(void)
{
    MUST(pthread_key_create(&scratch_key, scratch_free) == 0);
}

static pcre2_match_data *scratch(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pcre2_match_data *data;

    pthread_once(&once, scratch_key_make);
    data = pthread_getspecific(scratch_key);
    if (!data) {
        data = pcre2_match_data_create(ROUTE_PARAMS + 1, NULL);
        MUST(data && pthread_setspecific(scratch_key, data) == 0);
    }
    return data;
}

void route_match(const char *path, int method, struct arena *arena, struct route_match *ret)
{
    pcre2_match_data *data = scratch();
    const struct place *place;
    const PCRE2_SIZE *at;
    PCRE2_SPTR mark;

    *ret = (struct route_match){0};
    int n = pcre2_match(router, (PCRE2_SPTR)path, strlen(path), 0, 0, data, NULL);
    if (n < 1 || !(mark = pcre2_get_mark(data)))
        return;
    place = &places[strtol((const char *)mark, NULL, 10)];
    for (int m = 0; m < METHODS; m++)
        ret->allowed |= place->of[m] ? 1u << m : 0;
    ret->route = method >= 0 ? place->of[method] : NULL;
    at = pcre2_get_ovector_pointer(data);
    for (int i = 0; ret->route && i < ret->route->param_count; i++)
        ret->path[i] = arena_ndup(arena, path + at[2 * i + 2], at[2 * i + 3] - at[2 * i + 2]);
    for (int i = 0; ret->route && i < ret->route->param_count; i++)
        if (!value_ok(ret->route->params[i].type, ret->path[i]))
            *ret = (struct route_match){0};
}
