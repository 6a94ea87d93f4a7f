/*
 * The draw of a panel (core/trust/lots.h).  The pool is fixed and logged first; chance is read later, at
 * named sources or from the secret promised at publication; then it is drawn once.  Whoever refuses, does not
 * answer or may not sit is followed by the next one of that order: there is no second seed.
 */
#include <stdlib.h>
#include <string.h>

#include "acts.h"
#include "core/base/digest.h"
#include "core/base/time.h"
#include "core/domain/panel.h"
#include "core/service/forms.h"
#include "core/service/opening.h"
#include "core/service/panel.h"
#include "core/trust/lots.h"

enum { PEOPLE_MOST = 50, WAIT_MINUTES = 10, WITNESSES_LEAST = 2 };

void secret_promise(struct act *a, const char *name, uint8_t ret_secret[32], struct hash *ret)
{
    char hex[2 * SHA256_BYTES + 1];

    random_bytes(ret_secret, SHA256_BYTES);
    lots_secret_commit(ret_secret, ret);
    hex_print(ret->bytes, sizeof ret->bytes, hex);
    json_key(&a->payload, name);
    json_string(&a->payload, hex);
}

int panel_promise(struct act *a, const struct lot *l, struct err *err)
{
    uint8_t secret[SHA256_BYTES];
    struct hash promised;

    secret_promise(a, arena_printf(a->arena, "panel_commitment_%d", (int)l->no), secret, &promised);
    return tx_run(a->tx, Q_panel_secret_add, NULL, err, P_INT(a->office), P_TEXT(l->id),
                  P_BYTES(secret, sizeof secret), P_BYTES(promised.bytes, sizeof promised.bytes));
}

static int refused(struct err *err, const char *text, const char *zh)
{
    return err_both(err, E_REFUSED, "state/refused", text, zh);
}

static int fault(struct err *err, const char *at, const char *text, const char *zh)
{
    err_both(err, E_INVALID, "body/invalid", text, zh);
    err_at(err, at, "range", text, zh);
    return E_INVALID;
}

/* The draw of the lot; NULL: there is none. */
struct panel_draw {
    struct rows *rows;
    bool there, drawn;
};
static int draw_load(struct act *a, const struct lot *l, struct panel_draw *ret, struct err *err)
{
    int status = tx_run(a->tx, Q_panel_draw_load, &ret->rows, err, P_INT(a->office), P_TEXT(l->id));

    ret->there = !status && rows_count(ret->rows) > 0;
    ret->drawn = ret->there && row_time(ret->rows, 0, "drawn");
    return status;
}

/* ---- the pool is fixed ---- */

struct freeze_body {
    int64_t pool, experts;
    const char *field;
    linli_list representatives, sources;
    linli_time at;
};
static const linli_option person_row[] = {
    {.name = "",
     .type = LINLI_OPT_ID,
     .required = true,
     .label = {"人员", "person"},
     .help = {"人员", "person"}},
};
static const linli_option source_row[] = {
    {.name = "",
     .type = LINLI_OPT_STRING,
     .required = true,
     .low = 1,
     .high = 200,
     .format = "line",
     .label = {"随机来源", "source of chance"},
     .help = {"如某期福利彩票开奖号码", "such as the numbers of a lottery on a day"}},
};
static const linli_option freeze_rows[] = {
    ROW_SAID(freeze_body, pool, COUNT, false, 1, INT32_MAX, NULL, "专家库所属单位", "whose pool",
             "不填为本单位；可填上级单位", "left out: the office's own; or one above it"),
    ROW_LINE(freeze_body, field, false, 40, "专业领域", "field of expertise"),
    ROW_COUNT(freeze_body, experts, true, 1, PEOPLE_MOST, "抽取专家人数", "how many experts are drawn"),
    {.name = "representatives",
     .type = LINLI_OPT_LIST,
     .offset = offsetof(struct freeze_body, representatives),
     .high = PEOPLE_MOST,
     .item = person_row,
     .item_count = 1,
     .item_size = sizeof(const char *),
     .label = {"采购人代表", "representatives of the buyer"},
     .help = {"由采购人委派，不参加抽取", "named, not drawn"}},
    {.name = "sources",
     .type = LINLI_OPT_LIST,
     .offset = offsetof(struct freeze_body, sources),
     .high = LOTS_SOURCES_MAX,
     .item = source_row,
     .item_count = 1,
     .item_size = sizeof(const char *),
     .label = {"公开随机来源", "public sources of chance"},
     .help = {"不填的，用发布时承诺的秘密", "left out: the secret promised at publication"}},
    ROW_SAID(freeze_body, at, TIME, false, 0, 0, NULL, "读取时刻", "when they are read", "至少在十分钟之后",
             "ten minutes from now, at least"),
};
const struct form form_panel_freeze = FORM(freeze_rows, struct freeze_body);

static int sources_fit(const struct act *a, struct err *err)
{
    const struct freeze_body *b = a->body;

    if (b->sources.count == 0)
        return b->at.us
                   ? fault(err, "/at", "without sources nothing is read", "没有随机来源，不必填写读取时刻")
                   : 0;
    if (b->at.us < a->now_us + WAIT_MINUTES * INT64_C(60) * TIME_SECOND)
        return fault(err, "/at", "chance is read ten minutes after the pool is fixed, or later",
                     "应在名单固定十分钟之后读取");
    return 0;
}

/* A panel of so many fits the plan, whoever is drawn. */
static int size_fits(struct act *a, const struct tender *t, struct err *err)
{
    const struct freeze_body *b = a->body;
    const size_t experts = (size_t)b->experts, count = experts + b->representatives.count;
    const char *const *people = b->representatives.items;
    struct seat *seats = ARENA_NEW(a->arena, struct seat, count);

    for (size_t i = 0; i < experts; i++)
        seats[i] = (struct seat){
            .person = arena_printf(a->arena, "%zu", i), .expert = true, .chair = i == 0, .evaluator = true};
    for (size_t i = experts; i < count; i++)
        seats[i] = (struct seat){.person = people[i - experts], .evaluator = true};
    return panel_fits(&t->plan->panel, seats, count, err);
}

static const char *left_out(const struct act *a, const struct rows *rows, size_t row, bool tied)
{
    const struct freeze_body *b = a->body;
    const char *const *people = b->representatives.items, *person = row_text(rows, row, "person_id");

    for (size_t i = 0; i < b->representatives.count; i++)
        if (strcmp(people[i], person) == 0)
            return "representative";
    return row_bool(rows, row, "blocked")      ? "blocked"
           : !row_bool(rows, row, "evaluator") ? "role"
           : row_bool(rows, row, "own")        ? "own"
           : tied                              ? "tied"
                                               : NULL;
}

/* The texts of core/trust/lots.h: who may be drawn, and who of the pool not, with the reason. */
struct texts {
    struct buf pool, excluded;
    size_t count;
};
static int pool_bounded(struct act *a, int64_t office, struct err *err)
{
    const struct freeze_body *b = a->body;
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_expert_pool_size, &rows, err, P_INT(office), P_TEXT(b->field),
                        P_INT(LOTS_POOL_MAX + 1));

    if (status || row_int(rows, 0, "count") <= LOTS_POOL_MAX)
        return status;
    err_set(err, E_REFUSED, "panel/unfit", "more than %d are in the pool; draw from one field of it",
            LOTS_POOL_MAX);
    err_zh(err, "专家库超过 %d 人，请按专业领域抽取", LOTS_POOL_MAX);
    return E_REFUSED;
}

static int pool_write(struct act *a, const struct tender *t, const struct lot *l, int64_t office,
                      struct texts *ret, struct err *err)
{
    const struct freeze_body *b = a->body;
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_expert_pool, &rows, err, P_INT(a->office), P_INT(office), P_TEXT(b->field),
                        P_DATE(day_of(a->now_us)));
    const size_t count = status ? 0 : rows_count(rows);
    const char **people = ARENA_NEW(a->arena, const char *, count);
    bool *tied = ARENA_NEW(a->arena, bool, count);

    for (size_t i = 0; i < count; i++)
        people[i] = row_text(rows, i, "person_id");
    if (!status)
        status = people_tied(a, t, l, people, count, tied, err);
    buf_printf(&ret->pool, "linli/pool/v1\ndraw %s\n", l->id);
    buf_printf(&ret->excluded, "linli/excluded/v1\ndraw %s\n", l->id);
    for (size_t i = 0; !status && i < count; i++) {
        const char *why = left_out(a, rows, i, tied[i]);

        ret->count += !why;
        if (why)
            buf_printf(&ret->excluded, "%s %s\n", row_text(rows, i, "id"), why);
        else
            buf_printf(&ret->pool, "%s\n", row_text(rows, i, "id"));
    }
    return status;
}

static void show_digest(struct act *a, const char *key, const struct buf *text)
{
    uint8_t digest[SHA256_BYTES];
    char hex[2 * SHA256_BYTES + 1];

    sha256_of(text->data, text->size, digest);
    hex_print(digest, sizeof digest, hex);
    json_key(&a->payload, key);
    json_string(&a->payload, hex);
}

static int pool_store(struct act *a, const struct tender *t, const struct lot *l, struct err *err)
{
    const struct freeze_body *b = a->body;
    const int64_t office = b->pool ? b->pool : a->office;
    struct texts texts = {0};
    int status = pool_bounded(a, office, err);

    if (!status)
        status = pool_write(a, t, l, office, &texts, err);
    if (!status && texts.count < (size_t)b->experts) {
        err_set(err, E_REFUSED, "panel/unfit", "the pool has %zu who may be drawn", texts.count);
        err_zh(err, "专家库中可供抽取的只有 %zu 人", texts.count);
        status = E_REFUSED;
    }
    if (!status) {
        show_digest(a, "pool", &texts.pool);
        show_digest(a, "excluded", &texts.excluded);
        status = tx_run(a->tx, Q_panel_draw_add, NULL, err, P_INT(a->office), P_TEXT(l->id), P_INT(office),
                        P_TEXT(b->field), P_INT(b->experts),
                        P_TEXTS(b->representatives.items, b->representatives.count),
                        P_TEXT(arena_ndup(a->arena, texts.pool.data, texts.pool.size)),
                        P_TEXT(arena_ndup(a->arena, texts.excluded.data, texts.excluded.size)),
                        P_TEXTS(b->sources.items, b->sources.count), P_TIME(b->at.us), P_TIME(a->now_us),
                        P_TEXT(a->actor->person));
    }
    buf_free(&texts.pool);
    buf_free(&texts.excluded);
    return status;
}

int act_panel_freeze(struct act *a, struct err *err)
{
    struct panel_draw d = {0};
    struct members members = {0};
    struct tender *t = NULL;
    struct lot *l = NULL;
    int status = panel_load(a, LINLI_ASSIGN, &t, &l, &members, err);

    if (!status)
        status = panel_unmet(&members, err);
    if (!status)
        status = draw_load(a, l, &d, err);
    if (!status && d.there)
        return refused(err, "the pool of this lot is fixed already", "本包的抽取名单已经固定");
    if (!status)
        status = sources_fit(a, err);
    if (!status)
        status = size_fits(a, t, err);
    return status ? status : pool_store(a, t, l, err);
}

/* ---- it is drawn ---- */

struct draw_body {
    linli_list values, witnesses;
};
static const linli_option value_row[] = {
    {.name = "",
     .type = LINLI_OPT_STRING,
     .required = true,
     .low = 1,
     .high = LOTS_SOURCE_BYTES,
     .format = "line",
     .label = {"读数", "what was read"},
     .help = {"与来源同序", "in the order of the sources"}},
};
static const linli_option draw_rows[] = {
    {.name = "values",
     .type = LINLI_OPT_LIST,
     .offset = offsetof(struct draw_body, values),
     .high = LOTS_SOURCES_MAX,
     .item = value_row,
     .item_count = 1,
     .item_size = sizeof(const char *),
     .label = {"各来源的读数", "what was read at each source"},
     .help = {"没有公开来源的不填", "none where there are no sources"}},
    ROW_WITNESSES(draw_body, witnesses, WITNESSES_LEAST, "witnesses, two at least", "见证人",
                  "witnesses, two at least"),
};
const struct form form_panel_draw = FORM(draw_rows, struct draw_body);

static int may_draw(const struct act *a, const struct panel_draw *d, struct err *err)
{
    const struct draw_body *b = a->body;

    if (!d->there || d->drawn)
        return refused(err,
                       d->there ? "this was drawn already; there is no second draw" : "fix the pool first",
                       d->there ? "已经抽取，不得重抽" : "请先固定抽取名单");
    if (a->now_us < row_time(d->rows, 0, "read_at"))
        return refused(err, "the instant at which chance is read has not come", "尚未到读取随机来源的时刻");
    if ((int64_t)b->values.count != row_int(d->rows, 0, "source_count"))
        return fault(err, "/values", "one for each source, in their order", "每个来源各一个读数，次序相同");
    return 0;
}

static int order_store(struct act *a, const struct lot *l, const struct panel_draw *d, struct err *err)
{
    const struct draw_body *b = a->body;
    const char *const *values = b->values.items, *text = row_text(d->rows, 0, "pool");
    struct span *sources = ARENA_NEW(a->arena, struct span, b->values.count + 1);
    const uint8_t *secret = NULL;
    const char **order;
    struct pool pool;
    struct hash seed;
    int status = pool_parse(a->arena, text, strlen(text), &pool, err);

    if (!status)
        status = row_fixed(d->rows, 0, "secret", SHA256_BYTES, &secret, err);
    if (status)
        return status;
    for (size_t i = 0; i < b->values.count; i++)
        sources[i] = (struct span){values[i], strlen(values[i])};
    lots_seed(&pool, b->values.count ? NULL : secret, sources, b->values.count, &seed);
    order = ARENA_NEW(a->arena, const char *, pool.count);
    lots_order(&pool, &seed, order);
    if (b->values.count == 0) {
        char hex[2 * SHA256_BYTES + 1];
        hex_print(secret, SHA256_BYTES, hex);
        json_key(&a->payload, "secret");
        json_string(&a->payload, hex);
    }
    json_key(&a->payload, "order");
    json_open(&a->payload, '[');
    for (size_t i = 0; i < pool.count; i++)
        json_string(&a->payload, order[i]);
    json_close(&a->payload, ']');
    return tx_run(a->tx, Q_panel_draw_done, NULL, err, P_INT(a->office), P_TEXT(l->id), P_TIME(a->now_us),
                  P_TEXT(a->actor->person), P_TEXTS(values, b->values.count),
                  P_TEXT(witnesses_line(a->arena, &b->witnesses)), P_BYTES(seed.bytes, SHA256_BYTES),
                  P_TEXTS(order, pool.count));
}

/* A place whose person may not sit stays empty until the office names another: the pool is frozen, and the
 * draw is made once. */
static int place_empty(struct act *a, const struct lot *l, const char *person, struct err *err)
{
    struct members members = {0};
    int status = members_load(a, l, &members, err);

    for (size_t i = 0; !status && i < members.count; i++)
        if (strcmp(members.items[i].person, person) == 0 && strcmp(members.items[i].state, "assigned") == 0)
            status =
                tx_run(a->tx, Q_panel_replaced, NULL, err, P_INT(a->office), P_TEXT(l->id),
                       P_TEXT(members.items[i].id), P_TEXT("抽取时不能参加评审 / may not sit at the draw"));
    return status;
}

/* Who comes for the buyer has the numbers before those drawn. */
static int representatives_seat(struct act *a, const struct tender *t, const struct lot *l, int32_t *no,
                                struct err *err)
{
    struct rows *rows = NULL;
    int status = tx_run(a->tx, Q_panel_draw_people, &rows, err, P_INT(a->office), P_TEXT(l->id));

    for (size_t i = 0; !status && i < rows_count(rows); i++) {
        const char *person = row_text(rows, i, "person");
        bool sits = false;

        status = person_sits(a, t, l, person, &sits, err);
        if (!status)
            status = panel_seat_add(a, t, l, &(struct vacancy){.person = person, .no = ++*no}, err);
        if (!status && !sits)
            status = place_empty(a, l, person, err);
    }
    return status;
}

/* The panel as it now stands. */
static int seated_fit(struct act *a, const struct tender *t, const struct lot *l, struct err *err)
{
    struct members members = {0};
    int status = members_load(a, l, &members, err);
    struct seat *seats = ARENA_NEW(a->arena, struct seat, members.count + 1);
    size_t n = 0;

    for (size_t i = 0; i < members.count; i++) {
        const struct member *m = &members.items[i];

        if (strcmp(m->state, "assigned") == 0)
            seats[n++] = (struct seat){.person = m->person, .expert = m->expert, .chair = m->chair};
        else if (m->vacant)
            seats[n++] = (struct seat){.person = m->person, .expert = m->expert, .vacant = true};
    }
    return status ? status : panel_check(a, t, l, seats, n, err);
}

int act_panel_draw(struct act *a, struct err *err)
{
    struct panel_draw d = {0};
    struct members members = {0};
    struct tender *t = NULL;
    struct lot *l = NULL;
    bool seated = true;
    int status = panel_load(a, LINLI_ASSIGN, &t, &l, &members, err);
    int32_t no = status ? 0 : (int32_t)members.count;

    if (!status)
        status = panel_unmet(&members, err);
    if (!status)
        status = draw_load(a, l, &d, err);
    if (!status)
        status = may_draw(a, &d, err);
    if (!status)
        status = tx_run(a->tx, Q_panel_clear, NULL, err, P_INT(a->office), P_TEXT(l->id));
    if (!status)
        status = order_store(a, l, &d, err);
    if (!status)
        status = representatives_seat(a, t, l, &no, err);
    for (int64_t i = 0; !status && seated && i < row_int(d.rows, 0, "experts"); i++)
        status = panel_draw_next(a, t, l, &(struct vacancy){.expert = true, .chair = i == 0, .no = ++no},
                                 &seated, err);
    /* With the pool at its end the office names who is lacking. */
    return status || !seated ? status : seated_fit(a, t, l, err);
}

/* ---- the next one ---- */

/* What becomes of the one whose turn it is; why: NULL where it takes the seat. */
struct turn {
    const char *outcome, *why;
};
static struct turn turn_of(const struct rows *left, size_t row, bool tied)
{
    const char *why = row_bool(left, row, "sat")          ? "sat"
                      : !row_bool(left, row, "there")     ? "left"
                      : row_bool(left, row, "blocked")    ? "blocked"
                      : !row_bool(left, row, "evaluator") ? "role"
                                                          : NULL;

    return why    ? (struct turn){"unavailable", why}
           : tied ? (struct turn){"tied", "tied"}
                  : (struct turn){"seated", NULL};
}

static int turn_add(struct act *a, const struct lot *l, const struct rows *left, size_t row,
                    const struct turn *turn, struct err *err)
{
    json_key(&a->payload, arena_printf(a->arena, "turn_%d", (int)row_int(left, row, "no")));
    json_open(&a->payload, '{');
    json_key(&a->payload, "expert");
    json_string(&a->payload, row_text(left, row, "expert"));
    json_key(&a->payload, "outcome");
    json_string(&a->payload, turn->outcome);
    json_key(&a->payload, "why");
    json_string(&a->payload, turn->why);
    json_key(&a->payload, "person");
    json_string(&a->payload, turn->why ? NULL : row_text(left, row, "person_id"));
    json_close(&a->payload, '}');
    return tx_run(a->tx, Q_panel_turn_add, NULL, err, P_INT(a->office), P_TEXT(l->id),
                  P_INT(row_int(left, row, "no")), P_TEXT(row_text(left, row, "expert")),
                  P_TEXT(turn->outcome), P_TEXT(turn->why), P_TIME(a->now_us));
}

int panel_draw_next(struct act *a, const struct tender *t, const struct lot *l, const struct vacancy *place,
                    bool *ret_seated, struct err *err)
{
    struct vacancy v = *place;
    struct rows *left = NULL;
    int status = tx_run(a->tx, Q_panel_draw_left, &left, err, P_INT(a->office), P_TEXT(l->id),
                        P_DATE(day_of(a->now_us)));

    *ret_seated = false;
    for (size_t i = 0; !status && !*ret_seated && i < rows_count(left); i++) {
        struct turn turn;
        bool tied = false;

        v.person = row_text(left, i, "person_id");
        status = person_tied(a, t, l, v.person, &tied, err);
        turn = turn_of(left, i, tied);
        *ret_seated = !turn.why;
        if (!status)
            status = turn_add(a, l, left, i, &turn, err);
        if (!status && *ret_seated)
            status = panel_seat_add(a, t, l, &v, err);
    }
    return status;
}

int panel_drawn(struct act *a, const struct lot *l, bool *ret_drawn, bool *ret_left, struct err *err)
{
    struct panel_draw d = {0};
    struct rows *left = NULL;
    int status = draw_load(a, l, &d, err);

    *ret_drawn = d.drawn;
    *ret_left = d.there && !d.drawn;
    if (status || !d.drawn)
        return status;
    status = tx_run(a->tx, Q_panel_draw_left, &left, err, P_INT(a->office), P_TEXT(l->id),
                    P_DATE(day_of(a->now_us)));
    *ret_left = !status && rows_count(left) > 0;
    return status;
}

int panel_moves(const struct tender *t, const struct lot *l, struct err *err)
{
    const linli_phase *phase = l->phase ? tender_phase(t, l->phase) : NULL;

    for (int r = 0; phase && r < LINLI_ROLES; r++)
        if (phase->may[r] & LINLI_MAY(LINLI_ASSIGN))
            return 0;
    return refused(err, "members do not change in this phase", "本阶段不能更换评审成员");
}

int panel_leaves(struct act *a, const struct tender *t, const struct lot *l, const struct member *m,
                 const char *why, struct err *err)
{
    struct members members = {0};
    bool seated = false, known = false;
    int status = panel_moves(t, l, err);

    if (!status)
        status = prices_unseen(a, l, err);
    /* Where the prices are known the place stays empty: see prices_newcomer. */
    if (!status)
        status = prices_known(a, l, &known, err);
    if (!status)
        status = members_load(a, l, &members, err);
    if (!status)
        status = tx_run(a->tx, Q_panel_replaced, NULL, err, P_INT(a->office), P_TEXT(l->id), P_TEXT(m->id),
                        P_TEXT(why));
    if (!status && !known)
        status = panel_draw_next(
            a, t, l,
            &(struct vacancy){
                .expert = true, .chair = m->chair, .no = (int32_t)members.count + 1, .replaces = m->id},
            &seated, err);
    if (!status)
        status = sitting_store(a, l, 0, 0, err);
    if (!status)
        status = report_drop(a, l, err);
    json_key(&a->payload, "views_void_of");
    json_string(&a->payload, m->id);
    json_key(&a->payload, "next_drawn");
    json_bool(&a->payload, seated);
    return status;
}

/* Why a member leaves that does not say so itself. */
static const char *const next_codes[] = {"declined", "unreachable", "absent", "tied", "unfit", NULL};
static const linli_text next_labels[] = {{"明确不能参加", "declined"},
                                         {"无法联系", "cannot be reached"},
                                         {"未到场", "did not come"},
                                         {"发现利害关系", "a tie was found"},
                                         {"失去评审资格或不能履职", "may or can sit no longer"},
                                         {NULL, NULL}};
struct next_body {
    const char *member, *reason;
    int32_t ground;
};
static const linli_option next_rows[] = {
    ROW_ID(next_body, member, true, "离开的成员", "the member that leaves"),
    ROW_CHOICE(next_body, ground, true, next_codes, next_labels, NULL, "情形", "ground"),
    ROW_TEXT(next_body, reason, true, 2000, "经过（联系时间、方式等）",
             "what happened: when it was called, and how"),
};
const struct form form_panel_next = FORM(next_rows, struct next_body);

static int drawn_needed(struct act *a, const struct lot *l, struct err *err)
{
    bool drawn = false, left = false;
    int status = panel_drawn(a, l, &drawn, &left, err);

    return status || drawn ? status
                           : refused(err, "this panel was not drawn; the office replaces members by name",
                                     "本评审小组不是抽取产生的，由单位更换成员");
}

/* Who drew the panel puts nobody out of it. */
static int drawn_by_other(struct act *a, const struct lot *l, struct err *err)
{
    struct panel_draw d = {0};
    int status = draw_load(a, l, &d, err);

    if (status || strcmp(row_text(d.rows, 0, "drawn_by"), a->actor->person) != 0)
        return status;
    return err_both(err, E_REFUSED, "approval/same-person", "who drew the panel puts nobody out of it",
                    "抽取人不得更换抽取的专家");
}

int act_panel_next(struct act *a, struct err *err)
{
    const struct next_body *b = a->body;
    struct members members = {0};
    const struct member *m = NULL;
    struct tender *t = NULL;
    struct lot *l = NULL;
    int status = tender_of_lot(a, a->subject, &t, &l, err);

    if (!status)
        status = panel_moves(t, l, err);
    if (!status)
        status = members_load(a, l, &members, err);
    for (size_t i = 0; !status && i < members.count; i++)
        if (strcmp(members.items[i].id, b->member) == 0 && strcmp(members.items[i].state, "replaced") != 0)
            m = &members.items[i];
    if (!status && (!m || !m->expert))
        return err_set(err, E_ABSENT, "panel/absent", "no expert %s of this panel", b->member);
    if (!status)
        status = drawn_needed(a, l, err);
    if (!status)
        status = drawn_by_other(a, l, err);
    if (!status)
        status = prices_newcomer(a, l, err);
    return status ? status
                  : panel_leaves(a, t, l, m,
                                 arena_printf(a->arena, "%s：%s", next_labels[b->ground].zh, b->reason), err);
}

struct decline_body {
    const char *reason;
};
static const linli_option decline_rows[] = {ROW_TEXT(decline_body, reason, true, 2000, "原因", "reason")};
const struct form form_panel_decline = FORM(decline_rows, struct decline_body);

int act_panel_decline(struct act *a, struct err *err)
{
    const struct decline_body *b = a->body;
    const struct member *m = NULL;
    struct tender *t = NULL;
    struct lot *l = NULL;
    int status = panel_of_actor(a, &t, &l, &m, err);

    if (!status && strcmp(m->state, "assigned") != 0)
        return refused(err, "you signed in already", "您已签到");
    if (!status)
        status = drawn_needed(a, l, err);
    return status ? status : panel_leaves(a, t, l, m, b->reason, err);
}
