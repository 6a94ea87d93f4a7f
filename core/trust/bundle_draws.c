/* Checks of core/trust/bundle_check.h: those invited, panels and ties are drawn again. */
#include <stdlib.h>
#include <string.h>

#include "core/base/digest.h"
#include "core/trust/bundle_checking.h"
#include "core/trust/lots.h"

enum { FREEZE_US = 600 * 1000000 };

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Of the invitation, and of each lot for its panel and its ties. */
enum { PROMISES_MAX = 1 + 2 * BUNDLE_LOTS_MAX };

/* What the log promises there, looked for once. */
static const struct bundle_promise *promise_at(struct checking *c, const char *pointer)
{
    if (!c->promises)
        c->promises = ARENA_NEW(c->arena, struct bundle_promise, PROMISES_MAX);
    for (size_t i = 0; i < c->promise_count; i++)
        if (strcmp(c->promises[i].pointer, pointer) == 0)
            return &c->promises[i];
    MUST(c->promise_count < PROMISES_MAX);
    struct bundle_promise *p = &c->promises[c->promise_count++];
    *p = (struct bundle_promise){.pointer = pointer};
    for (size_t i = 0; i < c->b->count; i++) {
        const char *said = doc_text(c->b->events[i].doc, pointer);
        p->twice = p->twice || (said && p->said && strcmp(said, p->said) != 0);
        p->said = p->said ? p->said : said;
    }
    return p;
}

/* A secret in hex is the one that was promised: no event of the log says otherwise, and one says so. */
struct promise {
    const char *pointer, *commitment;
};
static bool promised(struct checking *c, const struct promise *p)
{
    const struct bundle_promise *told = promise_at(c, p->pointer);

    return told->said && !told->twice && strcmp(told->said, p->commitment) == 0;
}

static const char *hex_of(struct checking *c, const uint8_t digest[SHA256_BYTES])
{
    char *hex = arena_alloc(c->arena, SHA256_TEXT, 1);

    hex_print(digest, SHA256_BYTES, hex);
    return hex;
}

static const char *digest_of(struct checking *c, const char *text, size_t bytes)
{
    uint8_t digest[SHA256_BYTES];

    sha256_of(text, bytes, digest);
    return hex_of(c, digest);
}

static const char *committed(struct checking *c, const uint8_t secret[32])
{
    struct hash commit;

    lots_secret_commit(secret, &commit);
    return hex_of(c, commit.bytes);
}

static const char *said_at(struct checking *c, const struct bundle_event *e, const char *list, size_t i)
{
    return doc_text(e->doc, arena_printf(c->arena, "%s/%zu", list, i));
}

static bool order_is(struct checking *c, const struct bundle_event *e, const struct pool *pool,
                     const struct hash *seed)
{
    const char **drawn = ARENA_NEW(c->arena, const char *, pool->count + 1);

    if (doc_count(e->doc, "/payload/order") != pool->count)
        return false;
    lots_order(pool, seed, drawn);
    for (size_t i = 0; i < pool->count; i++) {
        const char *told = said_at(c, e, "/payload/order", i);
        if (!told || strcmp(told, drawn[i]) != 0)
            return false;
    }
    return true;
}

/* ---- those invited, from a secret promised with the draft ---- */

static int invited_check(struct checking *c, const struct bundle_event *e, struct err *err)
{
    size_t count = doc_count(e->doc, "/payload/order");
    const char **sorted = ARENA_NEW(c->arena, const char *, count + 1);
    const char *secret_text = doc_text(e->doc, "/payload/secret");
    CLEANUP(buf_free) struct buf text = {0};
    uint8_t secret[32];
    struct pool pool = {0};
    struct hash seed;

    for (size_t i = 0; i < count; i++) {
        const char *one = said_at(c, e, "/payload/order", i);
        sorted[i] = one ? one : "";
    }
    if (count)
        qsort(sorted, count, sizeof(*sorted), by_text);
    buf_printf(&text, "linli/pool/v1\ndraw %s\n", c->b->tender);
    for (size_t i = 0; i < count; i++)
        buf_printf(&text, "%s\n", sorted[i]);
    if (!secret_text || !hex_parse(secret_text, secret, sizeof(secret)) ||
        pool_parse(c->arena, text.data, text.size, &pool, NULL))
        return act_wrong(c, e, "a draw of the tender cannot be read", "抽取记录无法读取", err);
    lots_seed(&pool, secret, NULL, 0, &seed);
    c->checked++;
    if (doc_is(e->doc, "/payload/pool", hex_of(c, pool.digest.bytes)) &&
        promised(c, &(struct promise){"/payload/invitation_commitment", committed(c, secret)}) &&
        order_is(c, e, &pool, &seed))
        return 0;
    return act_wrong(c, e, "those invited were not drawn from what was promised",
                     "受邀供应商并非按承诺的种子抽取", err);
}

/* ---- panels ---- */

/* The only event of an act about a lot; NULL: there is none.  One more is wrong. */
static int single(struct checking *c, const char *act, const char *lot, const struct bundle_event **ret,
                  struct err *err)
{
    const struct bundle_event *e;
    size_t at = 0;

    *ret = NULL;
    while ((e = bundle_about_next(c->b, lot, &at))) {
        if (!event_is(e, act))
            continue;
        if (*ret)
            return act_wrong(c, e, "there is no second draw", "不得重抽", err);
        *ret = e;
    }
    return 0;
}

/* The pool and who was left out of it are the texts whose digests were logged. */
static int pool_of(struct checking *c, const struct bundle_event *frozen, const char *lot, struct pool *ret,
                   struct err *err)
{
    static const char *const parts[] = {"excluded", "pool"};
    size_t bytes = 0;
    char *text = NULL;

    for (size_t i = 0; i < LENGTH(parts); i++) {
        int status = bundle_part(c->b, c->arena, arena_printf(c->arena, "draws/%s.%s", lot, parts[i]), &text,
                                 &bytes, err);
        if (status)
            return status;
        if (!doc_is(frozen->doc, arena_printf(c->arena, "/payload/%s", parts[i]), digest_of(c, text, bytes)))
            return contradiction(err, "the pool of the draw of lot % is not the one that was fixed",
                                 "采购包 % 的抽取名单与固定时不同", lot);
    }
    if (pool_parse(c->arena, text, bytes, ret, NULL) || strcmp(ret->draw, lot) != 0)
        return act_wrong(c, frozen, "what was fixed is no pool of this lot", "固定的名单并非本包名单", err);
    return 0;
}

/* Chance, from what was read at the named sources once it was time, or from the secret promised with the
 * publication. */
static bool chance_of(struct checking *c, const struct bundle_event *frozen, const struct bundle_event *e,
                      const struct pool *pool, struct hash *ret_seed)
{
    static const char read[] = "/payload/request/values";
    size_t count = doc_count(frozen->doc, "/payload/request/sources");
    const struct bundle_row *lot = bundle_row(c->b, "lot", pool->draw);
    const char *secret_text = doc_text(e->doc, "/payload/secret");
    struct span sources[LOTS_SOURCES_MAX];
    uint8_t secret[32];
    int64_t at_us;

    if (count > LOTS_SOURCES_MAX || doc_count(e->doc, read) != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *value = said_at(c, e, read, i);
        if (!value || strlen(value) > LOTS_SOURCE_BYTES)
            return false;
        sources[i] = (struct span){value, strlen(value)};
    }
    if (count == 0 && (!lot || !secret_text || !hex_parse(secret_text, secret, sizeof(secret)) ||
                       !promised(c, &(struct promise){arena_printf(c->arena, "/payload/panel_commitment_%s",
                                                                   doc_text(lot->doc, "/no")),
                                                      committed(c, secret)})))
        return false;
    if (count > 0 && (!bundle_instant(frozen->doc, "/payload/request/at", &at_us) ||
                      at_us < frozen->at_us + FREEZE_US || e->at_us < at_us))
        return false;
    lots_seed(pool, count ? NULL : secret, sources, count, ret_seed);
    return true;
}

/* Whose turn it was, place by place; who was seated, by person. */
struct seated {
    const struct bundle_event *drawn;
    const char **people;
    size_t count, turns, places;
};

static int turns_of(struct checking *c, const struct bundle_event *e, struct seated *s, struct err *err)
{
    for (;;) {
        const char *at = arena_printf(c->arena, "/payload/turn_%zu", s->turns + 1);
        const char *expert = doc_text(e->doc, arena_printf(c->arena, "%s/expert", at));
        const char *person = doc_text(e->doc, arena_printf(c->arena, "%s/person", at));
        if (!expert)
            return 0;
        if (s->turns == s->places ||
            !doc_is(s->drawn->doc, arena_printf(c->arena, "/payload/order/%zu", s->turns), expert))
            return act_wrong(c, e, "somebody came whose turn it was not", "未按抽取次序递补", err);
        s->turns++;
        if (doc_is(e->doc, arena_printf(c->arena, "%s/outcome", at), "seated") && person)
            s->people[s->count++] = person;
    }
}

static bool has(const struct seated *s, const char *person)
{
    for (size_t i = 0; person && i < s->count; i++)
        if (strcmp(s->people[i], person) == 0)
            return true;
    return false;
}

/* Somebody named by hand: a representative, or an expert once the order is at its end. */
static int named_by(struct checking *c, const struct bundle_event *e, const char *at, struct seated *s,
                    struct err *err)
{
    const char *person = doc_text(e->doc, arena_printf(c->arena, "%s/person", at));

    if (doc_is(e->doc, arena_printf(c->arena, "%s/kind", at), "expert") && s->turns < s->places)
        return act_wrong(c, e, "an expert was named while there were others of the draw to come",
                         "抽取名单未用完即指定专家", err);
    if (person)
        s->people[s->count++] = person;
    return 0;
}

static size_t named_most(const struct bundle_tender *b, const char *lot)
{
    const struct bundle_event *e;
    size_t count = 0, at = 0;

    while ((e = bundle_about_next(b, lot, &at)))
        count += 1 + doc_count(e->doc, "/payload/request/members");
    return count;
}

/* From the draw on, event by event: who takes a place, and that nobody else speaks as a member. */
static int sitting_check(struct checking *c, const char *lot, struct seated *s, struct err *err)
{
    const struct bundle_event *e;
    size_t at = 0;
    int status = 0;

    while (!status && (e = bundle_about_next(c->b, lot, &at))) {
        if (e->index < s->drawn->index)
            continue;
        status = turns_of(c, e, s, err);
        if (!status && event_is(e, "panel_replace"))
            status = named_by(c, e, "/payload/request", s, err);
        for (size_t k = 0;
             !status && event_is(e, "panel_assign") && k < doc_count(e->doc, "/payload/request/members"); k++)
            status = named_by(c, e, arena_printf(c->arena, "/payload/request/members/%zu", k), s, err);
        bool speaks = event_is(e, "panel_declare") || event_is(e, "marks_put") || event_is(e, "marks_lock") ||
                      event_is(e, "marks_commit") || event_is(e, "marks_reveal") || event_is(e, "panel_sign");
        if (!status && speaks && !has(s, doc_text(e->doc, "/actor")))
            return act_wrong(c, e, "who was not drawn acted as a member", "未被抽中者以评委身份行事", err);
    }
    return status;
}

static int panel_check(struct checking *c, const struct bundle_event *e, struct err *err)
{
    const char *lot = doc_text(e->doc, "/subject");
    const struct bundle_event *frozen = NULL, *drawn = NULL;
    struct seated s = {.drawn = e};
    struct pool pool = {0};
    struct hash seed;
    int64_t experts = 0;
    int status = single(c, "panel_draw", lot, &drawn, err);

    if (!status)
        status = single(c, "panel_freeze", lot, &frozen, err);
    if (!status && (!frozen || frozen->index > e->index))
        return act_wrong(c, e, "no pool was fixed before the draw", "抽取前未固定名单", err);
    if (!status)
        status = pool_of(c, frozen, lot, &pool, err);
    if (status)
        return status;
    c->checked++;
    if (!chance_of(c, frozen, e, &pool, &seed) || !order_is(c, e, &pool, &seed))
        return act_wrong(c, e, "the panel was not drawn from what was fixed and promised",
                         "评审小组并非按固定的名单和承诺的随机来源抽取", err);
    size_t named = doc_count(frozen->doc, "/payload/request/representatives");
    s.places = pool.count;
    s.people = ARENA_NEW(c->arena, const char *, pool.count + named + named_most(c->b, lot));
    for (size_t i = 0; i < named; i++) {
        const char *person = said_at(c, frozen, "/payload/request/representatives", i);
        if (!person)
            return act_wrong(c, frozen, "a representative is nobody", "代表名单中有一项不是人员", err);
        s.people[s.count++] = person;
    }
    status = turns_of(c, e, &s, err);
    if (!status && (!doc_fen(frozen->doc, "/payload/request/experts", &experts) ||
                    (s.count - named != (size_t)experts && s.turns < s.places)))
        return act_wrong(c, e, "another number sits than was to be drawn", "抽取人数与固定时不同", err);
    return status ? status : sitting_check(c, lot, &s, err);
}

/* ---- ties and choices ---- */

/* A line "KEY DIGEST" for each bid of the lot, by key; NULL where one is not shown. */
static const char *took_part(struct checking *c, const char *no)
{
    CLEANUP(buf_free) struct buf text = {0};
    size_t keys = 0;

    for (size_t i = 0; i < c->b->row_count; i++) {
        const struct bundle_row *row = &c->b->rows[i];
        keys += strcmp(row->kind, "bid") == 0 && doc_is(row->doc, "/lot", no) && doc_text(row->doc, "/key");
    }
    for (size_t key = 1; key <= keys; key++) {
        const char *bid = bundle_bid(c->b, no, arena_printf(c->arena, "%zu", key));
        const struct bundle_row *row = bundle_row(c->b, "bid", bid);
        if (!row)
            return NULL;
        buf_printf(&text, "%zu %s\n", key, doc_text(row->doc, "/sha256"));
    }
    return c->b->withheld ? NULL : digest_of(c, text.data ? text.data : "", text.size);
}

/* Is the list of the draw at `at` of the facts or answer what the event drew: the same keys, in its order or
 * any? */
static bool same_keys(struct checking *c, const struct bundle_event *e, const struct doc *doc, const char *at,
                      bool in_order)
{
    const char *keys = arena_printf(c->arena, "%s/keys", at);
    size_t count = doc_count(e->doc, "/payload/order"), found = 0;

    if (!doc_is(doc, arena_printf(c->arena, "%s/purpose", at),
                doc_text(e->doc, "/payload/request/purpose")) ||
        doc_count(doc, keys) != count)
        return false;
    for (size_t i = 0; i < count; i++)
        for (size_t k = in_order ? i : 0; k < (in_order ? i + 1 : count); k++) {
            const char *drawn = said_at(c, e, "/payload/order", i);
            if (drawn && doc_is(doc, arena_printf(c->arena, "%s/%zu", keys, k), drawn)) {
                found++;
                break;
            }
        }
    return found == count;
}

static bool ascending(struct checking *c, const struct bundle_event *e, const char *participants)
{
    uint8_t last[SHA256_BYTES] = {0}, next[SHA256_BYTES];

    for (size_t i = 0; i < doc_count(e->doc, "/payload/order"); i++) {
        const char *key = said_at(c, e, "/payload/order", i);
        const char *text =
            arena_printf(c->arena, "linli/draw/v1\n%s\n%s\n%s\n%s\n%s", doc_text(e->doc, "/subject"),
                         doc_text(e->doc, "/payload/secret"), participants,
                         doc_text(e->doc, "/payload/request/purpose"), key ? key : "");
        sha256_of(text, strlen(text), next);
        if (memcmp(last, next, sizeof(last)) >= 0)
            return false;
        memcpy(last, next, sizeof(last));
    }
    return true;
}

/* Whoever asked for the draw asked for these keys, and whatever rests on it rests on this order. */
static int draw_used(struct checking *c, const struct bundle_event *e, const char *no, struct err *err)
{
    struct bundle_decision d;
    struct doc *facts, *answer;
    const char *id;
    size_t at = 0;
    bool asked = c->b->withheld > 0;

    while (bundle_decision_next(c->b, c->arena, NULL, &at, &id, &d)) {
        if (doc_read(c->arena, d.facts, strlen(d.facts), &facts, NULL) ||
            doc_read(c->arena, d.answer, strlen(d.answer), &answer, NULL) ||
            !doc_is(facts, "/tender/lot", no))
            continue;
        for (size_t i = 0; i < doc_count(answer, "/draws"); i++)
            asked = asked || same_keys(c, e, answer, arena_printf(c->arena, "/draws/%zu", i), false);
        for (size_t i = 0; i < doc_count(facts, "/draws"); i++) {
            const char *one = arena_printf(c->arena, "/draws/%zu", i);
            if (doc_is(facts, arena_printf(c->arena, "%s/purpose", one),
                       doc_text(e->doc, "/payload/request/purpose")) &&
                !same_keys(c, e, facts, one, true))
                return contradiction(err, "decision % rests on another order than the one drawn",
                                     "决定 % 所依据的抽取次序与抽取记录不同", id);
        }
    }
    return asked ? 0 : act_wrong(c, e, "nobody asked for this draw", "没有要求进行该抽取", err);
}

static int tie_check(struct checking *c, const struct bundle_event *e, struct err *err)
{
    const char *lot = doc_text(e->doc, "/subject"), *secret = doc_text(e->doc, "/payload/secret"),
               *participants = doc_text(e->doc, "/payload/participants"),
               *purpose = doc_text(e->doc, "/payload/request/purpose");
    const struct bundle_row *row = bundle_row(c->b, "lot", lot);
    const char *no = row ? doc_text(row->doc, "/no") : NULL;

    const struct bundle_event *old;
    size_t at = 0;

    while ((old = bundle_about_next(c->b, lot, &at)) && old < e)
        if (event_is(old, "lot_draw") && doc_is(old->doc, "/payload/request/purpose", purpose))
            return act_wrong(c, e, "there is no second draw", "不得重抽", err);
    if (!lot || !no || !secret || !participants || !purpose)
        return act_wrong(c, e, "a draw of the tender cannot be read", "抽取记录无法读取", err);
    const char *text = arena_printf(c->arena, "linli/draw-commit/v1\n%s\n%s", lot, secret),
               *took = took_part(c, no);
    const struct promise promise = {arena_printf(c->arena, "/payload/draw_commitment_%s", no),
                                    digest_of(c, text, strlen(text))};
    c->checked++;
    if (!promised(c, &promise) || (took && strcmp(took, participants) != 0) || !ascending(c, e, participants))
        return act_wrong(c, e, "the order is not the one drawn from what was promised",
                         "抽取次序并非由承诺的种子得出", err);
    if (!took)
        c->not_checked = "who took part is not shown at this level / 本级别不公开参与抽取者";
    return draw_used(c, e, no, err);
}

/* ---- seats as they stand ---- */

static void give(const char **people, size_t *count, const char *person)
{
    if (person && people)
        people[*count] = person;
    *count += person != NULL;
}

/* The representatives of the pool that was fixed before a draw sit with those drawn. */
static void give_fixed(struct checking *c, const char *lot, const struct bundle_event *drawn,
                       const char **people, size_t *count)
{
    const struct bundle_event *e;
    size_t at = 0;

    while ((e = bundle_about_next(c->b, lot, &at)) && e->index < drawn->index)
        for (size_t k = 0;
             event_is(e, "panel_freeze") && k < doc_count(e->doc, "/payload/request/representatives"); k++)
            give(people, count, said_at(c, e, "/payload/request/representatives", k));
}

/* Who of a lot was ever given a seat: by name, as a representative beside those drawn, or in turn.  `people`
 * NULL: how many. */
static size_t given(struct checking *c, const char *lot, const char **people)
{
    const struct bundle_event *e;
    size_t count = 0, turn = 1, at = 0;

    while ((e = bundle_about_next(c->b, lot, &at))) {
        if (event_is(e, "panel_replace"))
            give(people, &count, doc_text(e->doc, "/payload/request/person"));
        for (size_t k = 0; event_is(e, "panel_assign") && k < doc_count(e->doc, "/payload/request/members");
             k++)
            give(people, &count,
                 doc_text(e->doc, arena_printf(c->arena, "/payload/request/members/%zu/person", k)));
        if (event_is(e, "panel_draw"))
            give_fixed(c, lot, e, people, &count);
        for (; doc_text(e->doc, arena_printf(c->arena, "/payload/turn_%zu/expert", turn)); turn++)
            give(people, &count, doc_text(e->doc, arena_printf(c->arena, "/payload/turn_%zu/person", turn)));
    }
    return count;
}

/* The rows of members, by lot and person. */
struct seat {
    const char *lot, *person;
    const struct bundle_row *row;
};

static int by_lot(const void *a, const void *b)
{
    const struct seat *x = a, *y = b;

    return strcmp(x->lot, y->lot);
}

static int by_lot_and_person(const void *a, const void *b)
{
    const struct seat *x = a, *y = b;
    int order = by_lot(a, b);

    order = order ? order : strcmp(x->person, y->person);
    return order || !x->row || !y->row ? order : (x->row > y->row) - (x->row < y->row);
}

static struct seat *seats_of(struct checking *c, size_t *ret_count)
{
    struct seat *all = ARENA_NEW(c->arena, struct seat, c->b->row_count + 1);
    size_t n = 0;

    for (size_t i = 0; i < c->b->row_count; i++) {
        const struct bundle_row *row = &c->b->rows[i];
        const char *lot = doc_text(row->doc, "/lot"), *person = doc_text(row->doc, "/person");
        if (strcmp(row->kind, "member") == 0)
            all[n++] = (struct seat){lot ? lot : "", person ? person : "", row};
    }
    if (n)
        qsort(all, n, sizeof(*all), by_lot_and_person);
    *ret_count = n;
    return all;
}

/* Everybody who was given a seat of the lot has a row, and nobody else, and none two. */
static int lot_members(struct checking *c, const char *lot, const struct seat *seats, size_t count,
                       struct err *err)
{
    struct texts people = {ARENA_NEW(c->arena, const char *, given(c, lot, NULL) + 1), 0};

    people.count = given(c, lot, people.all);
    texts_sort(&people);
    for (size_t i = 0; i < count; i++)
        if (!texts_have(&people, seats[i].person) ||
            (i > 0 && strcmp(seats[i - 1].person, seats[i].person) == 0))
            return contradiction(err, "member % was never given a seat", "评委 % 从未被指定或抽中",
                                 seats[i].row->id);
    for (size_t k = 0; k < people.count; k++) {
        const struct seat wanted = {lot, people.all[k], NULL};
        if (!count || !bsearch(&wanted, seats, count, sizeof(*seats), by_lot_and_person))
            return contradiction(err, "person % was given a seat and has none", "% 的评委席位缺失",
                                 people.all[k]);
    }
    return 0;
}

static int members_check(struct checking *c, struct err *err)
{
    size_t count, from = 0, to = 0;
    const struct seat *seats = seats_of(c, &count);
    int status = 0;

    for (size_t i = 0; i < count; i++)
        if (!bundle_row(c->b, "lot", seats[i].lot))
            return contradiction(err, "member % is of no lot of the tender", "评委 % 不属于本项目",
                                 seats[i].row->id);
    for (size_t i = 0; i < c->b->lot_count && !status; i++) {
        const struct seat wanted = {c->b->lots[i]->id, "", NULL};
        for (from = 0; from < count && by_lot(&seats[from], &wanted) != 0;)
            from++;
        for (to = from; to < count && by_lot(&seats[to], &wanted) == 0;)
            to++;
        status = lot_members(c, wanted.lot, seats + from, to - from, err);
    }
    return status;
}

int bundle_draws(struct checking *c, struct err *err)
{
    int status = 0;

    for (size_t i = 0; i < c->b->count && !status; i++) {
        const struct bundle_event *e = &c->b->events[i];
        if (event_is(e, "tender_invite") && doc_text(e->doc, "/payload/secret"))
            status = invited_check(c, e, err);
        else if (event_is(e, "panel_draw"))
            status = panel_check(c, e, err);
        else if (event_is(e, "lot_draw"))
            status = tie_check(c, e, err);
    }
    if (!status && !c->b->withheld)
        status = members_check(c, err);
    if (!status && c->checked == 0)
        c->not_checked = c->b->withheld ? "draws are not shown at this level / 本级别不公开抽取"
                                        : "nobody was drawn / 没有抽取";
    return status;
}
