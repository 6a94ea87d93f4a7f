/*
 * The answers of questions and acts: parameters bound as the route says, rows
 * written as the conventions of core/store/store.h say.
 */
#include "api/answer.h"

#include <sodium.h>
#include <string.h>

#include "api/auth.h"
#include "api/loop.h"
#include "api/server.h"
#include "core/base/time.h"
#include "core/service/actor.h"
#include "core/service/auth.h"

/* LIST_MAX: statements of lists ask for one more, which tells that there are more. */
enum { CURSOR_BYTES = 600, LIST_MAX = 1000, RETRIES = 3 };
#define CURSOR_SEPARATOR '\x1f'

/* Rows of a lane or of a transaction, seen alike. */
struct source {
    const struct lane_rows *lane;
    const struct rows *rows;
};

static size_t source_count(const struct source *s)
{
    return s->lane ? lane_count(s->lane) : rows_count(s->rows);
}

static const char *source_text(const struct source *s, size_t row, const char *column)
{
    if (!s->lane)
        return rows_have(s->rows, column) ? row_text(s->rows, row, column) : NULL;
    int at = lane_column(s->lane, column);
    return at < 0 ? NULL : lane_text(s->lane, row, at);
}

static void source_json(const struct source *s, size_t row, struct buf *out)
{
    if (s->lane)
        lane_json(s->lane, row, out);
    else
        row_json(s->rows, row, out);
}

/* ---- cursors ---- */

int answer_cursor(struct request *rq, const char *text, struct err *err)
{
    const struct route *r = rq->route;
    char *plain = arena_alloc(rq->arena, CURSOR_BYTES, 1), *at = plain;
    size_t size = 0;
    int parts = 0;

    if (sodium_base642bin((unsigned char *)plain, CURSOR_BYTES - 1, text, strlen(text), NULL, &size, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        strlen(plain) != size)
        return err_set(err, E_MALFORMED, "cursor/malformed", "the cursor is not one of ours");
    while (at && parts < r->cursor_count) {
        char *end = strchr(at, CURSOR_SEPARATOR);

        if (end)
            *end = '\0';
        if (!value_ok(r->cursor_types[parts], at))
            break;
        rq->cursor[parts++] = at;
        at = end ? end + 1 : NULL;
    }
    if (at || parts != r->cursor_count)
        return err_set(err, E_MALFORMED, "cursor/malformed", "the cursor is not of this list");
    return 0;
}

static const char *next_cursor(struct request *rq, const struct source *s, size_t last)
{
    char name[4] = "_c0", plain[CURSOR_BYTES], *text;
    size_t size = 0, room;

    for (int i = 0; i < rq->route->cursor_count; i++) {
        name[2] = (char)('0' + i);
        const char *part = source_text(s, last, name);
        size_t part_size = part ? strlen(part) : 0;

        if (!part || size + part_size + 1 >= sizeof plain)
            return NULL;
        if (i)
            plain[size++] = CURSOR_SEPARATOR;
        memcpy(plain + size, part, part_size);
        size += part_size;
    }
    room = sodium_base64_encoded_len(size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    text = arena_alloc(rq->arena, room, 1);
    return sodium_bin2base64(text, room, (const unsigned char *)plain, size,
                             sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

/* ---- rows to an answer ---- */

static int absent(struct request *rq, struct err *err)
{
    const struct route *r = rq->route;
    const char *what = r->param_count > 0 ? r->params[r->param_count - 1].name : "route";
    char type[64];

    snprintf(type, sizeof type, "%s/absent", what);
    err_set(err, E_ABSENT, problem_code(type) ? type : "subject/absent", "no such %s", what);
    err_zh(err, "没有这个对象，或您无权查看");
    return E_ABSENT;
}

/* Of what is sent; nobody gains by finding two answers of one digest. */
static const char *digest_of(struct request *rq)
{
    char *text = arena_alloc(rq->arena, HASH_SHORT_TEXT, 1);

    hash_short(rq->out.data, rq->out.size, text);
    return text;
}

/* What If-Match must fit, and the digest of what is shown: much of that is other rows', whose acts leave the
 * version as it is. */
static int answer_one(struct request *rq, const struct source *s, struct err *err)
{
    const char *version, *digest;

    if (source_count(s) == 0)
        return absent(rq, err);
    version = source_text(s, 0, "_version");
    source_json(s, 0, &rq->out);
    digest = digest_of(rq);
    if (!request_unchanged(rq, version ? arena_printf(rq->arena, "\"%s.%s\"", version, digest)
                                       : arena_printf(rq->arena, "\"%s\"", digest)))
        request_answer(rq, 200);
    return 0;
}

/* The query of the next page: what was asked, with another cursor. */
static void link_next(struct request *rq, const char *cursor)
{
    struct buf link = {0};

    buf_printf(&link, "<%s?", rq->url);
    for (int i = 0; i < rq->route->query_count; i++) {
        if (!rq->query[i])
            continue;
        buf_printf(&link, "%s=", rq->route->queries[i].name);
        for (const unsigned char *p = (const unsigned char *)rq->query[i]; *p; p++) {
            if ((*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
                *p == '-' || *p == '_' || *p == '.')
                buf_char(&link, (char)*p);
            else
                buf_printf(&link, "%%%02X", *p);
        }
        buf_char(&link, '&');
    }
    if (rq->limit != LIMIT_DEFAULT)
        buf_printf(&link, "limit=%d&", rq->limit);
    buf_printf(&link, "cursor=%s>; rel=\"next\"", cursor);
    request_header(rq, "Link", arena_ndup(rq->arena, link.data, link.size));
    buf_free(&link);
}

static int answer_rows(struct request *rq, const struct source *s)
{
    const bool page = rq->route->shape == SHAPE_PAGE;
    const size_t rows = source_count(s), most = page ? (size_t)rq->limit : LIST_MAX;
    const bool ended = page && rows && source_text(s, rows - 1, "_end");
    const size_t found = rows - ended, shown = found < most ? found : most;
    const char *cursor = ended                  ? next_cursor(rq, s, found)
                         : page && found > most ? next_cursor(rq, s, shown - 1)
                                                : NULL;
    struct buf *out = &rq->out;

    json_open(out, '{');
    json_key(out, "items");
    json_open(out, '[');
    for (size_t i = 0; i < shown; i++)
        source_json(s, i, out);
    json_close(out, ']');
    if (page) {
        json_key(out, "next");
        json_string(out, cursor);
    } else if (found > most) {
        json_key(out, "truncated");
        json_bool(out, true);
    }
    json_close(out, '}');
    if (cursor)
        link_next(rq, cursor);
    if (!request_unchanged(rq, arena_printf(rq->arena, "W/\"%s\"", digest_of(rq))))
        request_answer(rq, 200);
    return 0;
}

static int answer_source(struct request *rq, const struct source *s, struct err *err)
{
    return rq->route->shape == SHAPE_ONE ? answer_one(rq, s, err) : answer_rows(rq, s);
}

/* ---- parameters ---- */

/* Things that exist once for the platform have ids that tell of no office. */
static bool shared(const char *name)
{
    static const char *const names[] = {"organisation", "person", "token"};

    for (size_t i = 0; i < LENGTH(names); i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* The office a request is about: {office}, or the one its first id tells; 0: none. */
static int route_office(struct request *rq, int32_t *ret, struct err *err)
{
    int64_t n;

    *ret = 0;
    for (int i = 0; i < rq->route->param_count; i++)
        if (strcmp(rq->route->params[i].name, "office") == 0 && int_parse(rq->path[i], 1, INT32_MAX, &n)) {
            *ret = (int32_t)n;
            return 0;
        }
    if (rq->route->param_count == 0 || rq->route->params[0].type != VALUE_ID ||
        shared(rq->route->params[0].name))
        return 0;
    return id_office(rq->path[0], ret) ? 0 : absent(rq, err);
}

/* The offices where the actor holds a role that is asked for; none asked: every office of its own. */
static const char *offices_text(struct arena *arena, const struct actor *a, uint32_t asked)
{
    CLEANUP(buf_free) struct buf text = {0};
    int64_t *offices;
    const size_t count = actor_offices(a, asked ? asked : UINT32_MAX, arena, &offices);

    buf_char(&text, '{');
    for (size_t i = 0; i < count; i++)
        buf_printf(&text, "%s%lld", i ? "," : "", (long long)offices[i]);
    buf_char(&text, '}');
    return arena_ndup(arena, text.data, text.size);
}

static const char *time_text(struct arena *arena, int64_t us)
{
    char text[TIME_TEXT];

    time_print(us, text);
    return arena_dup(arena, text);
}

static int bind(struct request *rq, const char *values[ROUTE_BINDS], struct err *err)
{
    const struct route *r = rq->route;
    int32_t office = 0;
    int status = route_office(rq, &office, err);

    for (int i = 0; !status && i < r->bind_count; i++) {
        const struct bind *b = &r->binds[i];

        switch (b->kind) {
        case BIND_PATH:
            values[i] = rq->path[b->index];
            break;
        case BIND_QUERY:
            values[i] = rq->query[b->index];
            break;
        case BIND_CURSOR:
            values[i] = rq->cursor[b->index];
            break;
        case BIND_LIMIT: /* one more than is shown tells whether there is a next page */
            values[i] = arena_printf(rq->arena, "%d", rq->limit + 1);
            break;
        case BIND_OFFICE:
            values[i] = arena_printf(rq->arena, "%d", (int)office);
            break;
        case BIND_ACTOR:
            values[i] = rq->actor.person;
            break;
        case BIND_OFFICES:
            values[i] = offices_text(rq->arena, &rq->actor, b->roles);
            break;
        case BIND_ORGANISATIONS:
            values[i] = actor_organisations_text(&rq->actor, rq->arena);
            break;
        case BIND_ROLES:
            values[i] = actor_roles_text(&rq->actor, office, rq->arena);
            break;
        case BIND_HELD:
            values[i] = actor_held_text(&rq->actor, rq->arena);
            break;
        case BIND_NOW:
            values[i] = time_text(rq->arena, api_now(rq->api));
            break;
        }
    }
    return status;
}

/* ---- LOOP ---- */

static void on_rows(void *arg, const struct lane_rows *rows, const struct err *why)
{
    struct request *rq = arg;
    struct err err;

    err.code = 0; /* the rest is large, and this is the hot road */
    if (!rows) {
        /* A neighbour of the same turn failed: nothing is wrong with this one. */
        if (why->code == E_RETRY && rq->tries++ < RETRIES && answer_loop(rq, &err) == API_LATER)
            return;
        if (!err.code)
            err = *why;
    } else {
        (void)answer_source(rq, &(struct source){.lane = rows}, &err);
    }
    if (err.code)
        request_problem(rq, &err);
    request_resume(rq);
}

int answer_loop(struct request *rq, struct err *err)
{
    const char *values[ROUTE_BINDS] = {NULL};
    int status = bind(rq, values, err);

    if (!status)
        status = lane_ask(rq->route->wide ? loop_wide_lane(rq->loop) : loop_read_lane(rq->loop),
                          (enum statement_id)rq->route->statement, values, NULL, rq->route->bind_count,
                          on_rows, rq, err);
    return status ? status : API_LATER;
}

/* ---- READ ---- */

static int check_roles(struct request *rq, int32_t office, struct err *err)
{
    const uint32_t asked = rq->route->roles;

    if (asked == ROLES_ANY)
        return 0;
    if (!rq->actor.person)
        return err_set(err, E_UNKNOWN, "auth/unknown", "this needs an account");
    if (asked & ROLES_PERSON || actor_roles(&rq->actor, office) & asked)
        return 0;
    return roles_refuse(asked, err);
}

static int answer_read(struct request *rq, struct err *err)
{
    const char *values[ROUTE_BINDS] = {NULL};
    struct param params[ROUTE_BINDS];
    struct rows *rows = NULL;
    struct scope scope;
    struct tx *tx = NULL;
    int32_t office = 0;
    int status = route_office(rq, &office, err);

    if (!status)
        status = check_roles(rq, office, err);
    if (!status)
        status = bind(rq, values, err);
    if (status)
        return status;
    for (int i = 0; i < rq->route->bind_count; i++)
        params[i] = P_TEXT(values[i]);
    scope = actor_scope(&rq->actor, office, rq->arena);
    status = tx_begin(rq->api->service.store, rq->arena, &scope, true, &tx, err);
    if (status)
        return status;
    status = tx_run_v(tx, (enum statement_id)rq->route->statement, params, (size_t)rq->route->bind_count,
                      &rows, err);
    /* Who is known may see more than others: no cache on the way may keep it, nor take one for the other. */
    rq->private_answer = rq->route->roles != ROLES_ANY || rq->actor.person;
    request_header(rq, "Vary", "Authorization, Cookie");
    if (!status)
        status = answer_source(rq, &(struct source){.rows = rows}, err);
    tx_rollback(tx);
    return status;
}

/* ---- ACT ---- */

/* Where what was made can be asked for: the path of the question that answers. */
static const char *location_of(struct request *rq, const char *subject)
{
    const char *op = rq->route->reply_op;
    const size_t size = op ? strlen(op) : 0;
    /* x_row is x_get as those who act on it see it. */
    const bool row = size > 4 && strcmp(op + size - 4, "_row") == 0;
    const struct route *reply = route_find(row ? arena_printf(rq->arena, "%.*s_get", (int)size - 4, op) : op);
    const char *open = reply ? strrchr(reply->path, '{') : NULL;

    if (!open || reply->param_count != 1)
        return NULL;
    return arena_printf(rq->arena, "%.*s%s", (int)(open - reply->path), reply->path, subject);
}

static int answer_act(struct request *rq, struct err *err)
{
    const struct route *r = rq->route;
    const struct act_request request = {.spec = &r->act,
                                        .actor = rq->actor.person ? &rq->actor : NULL,
                                        .path = rq->path,
                                        .path_count = (size_t)r->param_count,
                                        .body = rq->body.data,
                                        .body_bytes = rq->body.size,
                                        .key = r->flags & NOKEY ? NULL : request_key(rq),
                                        .if_match = rq->if_match,
                                        .needs_key = r->method == METHOD_POST && !(r->flags & NOKEY),
                                        .arrived_us = rq->asked_us - rq->lag_us};
    struct act_answer answer = {0};
    const char *location;

    const int wait_s = r->strangers ? auth_ask_wait_s(rq->address) : 0;
    if (wait_s) {
        err_set(err, E_TOO_MANY, "rate/exceeded", "too many tries from here: again in %d minutes",
                wait_s / 60);
        err->retry_after_s = wait_s;
        return E_TOO_MANY;
    }
    int status = act_run(&rq->api->service, rq->arena, &request, &answer, err);

    if (status)
        return status;
    buf_add(&rq->out, answer.json, answer.bytes);
    rq->private_answer = true;
    if (answer.etag)
        request_header(rq, "ETag", answer.etag);
    if (answer.replayed)
        request_header(rq, "Idempotent-Replayed", "true");
    if (answer.status == 201 && answer.subject && (location = location_of(rq, answer.subject)))
        request_header(rq, "Location", location);
    request_answer(rq, answer.status);
    return 0;
}

int answer_worker(struct request *rq, struct err *err)
{
    int status = auth_load(rq, err);

    if (status)
        return status;
    switch (rq->route->kind) {
    case ROUTE_READ:
        return answer_read(rq, err);
    case ROUTE_ACT:
        return answer_act(rq, err);
    case ROUTE_SPECIAL:
        status = check_roles(rq, 0, err);
        return status ? status : rq->route->special(rq, err);
    case ROUTE_LOOP:
    case ROUTE_DIRECT:
        break;
    }
    NEVER("a route of the loop on a worker");
}
