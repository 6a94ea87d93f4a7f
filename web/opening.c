/* How the bids of a tender are opened, step by step: who has promised and shown a share, who is missing, what
 * is next. */
#include <stdlib.h>
#include <string.h>

#include "web/page.h"
#include "web/words.h"

struct ceremony {
    struct page *p;
    const json_t *tender;
    bool due;    /* bids are no longer taken */
    bool opened; /* what is in them is known */
};

/* ---- one set of openers ---- */

static const json_t *post_of(const json_t *posts, long long lot, long long opener)
{
    const json_t *post;
    size_t i;

    json_array_foreach(posts, i, post)
    {
        if (json_integer_value(json_object_get(post, "opener")) == opener &&
            json_integer_value(json_object_get(post, "lot")) == lot)
            return post;
    }
    return NULL;
}

static long long count_of(const json_t *posts, long long lot, const char *what)
{
    const json_t *post;
    long long count = 0;
    size_t i;

    json_array_foreach(posts, i, post) count +=
        json_integer_value(json_object_get(post, "lot")) == lot && *page_text(post, what);
    return count;
}

/* Whoever had to show a key was told that its share does not fit: until the bids are opened another takes its
 * place. */
static long long needed_of(const json_t *set, long long lot)
{
    const json_t *posts = json_object_get(set, "posts"), *post;
    long long needed = json_integer_value(json_object_get(set, "k"));
    size_t i;

    json_array_foreach(posts, i, post) needed += json_integer_value(json_object_get(post, "lot")) == lot &&
                                                 json_is_true(json_object_get(post, "key_shown"));
    return needed;
}

/* "name+hash+key" as it signs. */
static const char *name_of(const struct page *p, const json_t *set, size_t opener)
{
    const char *key = json_string_value(json_array_get(json_object_get(set, "signers"), opener));

    if (!key)
        return view_text(&p->view, "opening_signer");
    return arena_ndup(p->view.arena, key, strcspn(key, "+"));
}

static const char *standing(const struct ceremony *c, const json_t *post, bool enough_promised, bool done)
{
    if (*page_text(post, "posted"))
        return "opening_shown";
    if (done)
        return c->opened ? "opening_not_needed" : "opening_spare";
    if (!c->due)
        return "opening_waits";
    if (*page_text(post, "promised"))
        return enough_promised ? "opening_owes_share" : "opening_promised";
    return "opening_owes_promise";
}

static json_t *opener_rows(const struct ceremony *c, const json_t *set, long long lot)
{
    const json_t *posts = json_object_get(set, "posts");
    const long long k = needed_of(set, lot);
    const bool enough = count_of(posts, lot, "promised") >= k,
               done = c->opened || count_of(posts, lot, "posted") >= k;
    json_t *rows = json_array();

    for (long long i = 1; i <= json_integer_value(json_object_get(set, "n")); i++) {
        const json_t *post = post_of(posts, lot, i);
        const char *promised = page_text(post, "promised"), *posted = page_text(post, "posted");
        const char *state = standing(c, post, enough, done);

        json_array_append_new(rows, json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:b}", "no", (json_int_t)i,
                                              "name", name_of(c->p, set, (size_t)i - 1), "promised",
                                              *promised ? view_time(&c->p->view, promised) : "", "shown",
                                              *posted ? view_time(&c->p->view, posted) : "", "state",
                                              view_text(&c->p->view, state), "tone",
                                              *posted                   ? "open"
                                              : strstr(state, "_owes_") ? "void"
                                                                        : "draft",
                                              "keyed", json_is_true(json_object_get(post, "key_shown"))));
    }
    return rows;
}

/* What is next, and how many it still takes. */
static const char *next_of(const struct ceremony *c, const json_t *set, long long lot)
{
    const json_t *posts = json_object_get(set, "posts");
    const long long k = needed_of(set, lot);
    const long long promised = count_of(posts, lot, "promised"), posted = count_of(posts, lot, "posted");
    const bool zh = c->p->view.chinese;

    if (c->opened)
        return words_text(NULL, "opening_done", zh);
    if (!c->due)
        return words_text(NULL, "opening_not_yet", zh);
    if (json_array_size(json_object_get(set, "signers")) == 0)
        return words_text(NULL, "opening_by_signer", zh);
    if (promised < k)
        return arena_printf(c->p->view.arena,
                            zh ? "开启人承诺份额：还缺 %lld 位"
                               : "openers promise their shares: %lld more needed",
                            k - promised);
    if (posted < k)
        return arena_printf(
            c->p->view.arena,
            zh ? "开启人出示份额：还缺 %lld 位" : "openers show their shares: %lld more needed", k - posted);
    return words_text(NULL, "opening_now", zh);
}

static json_t *envelope(const struct ceremony *c, const json_t *set, long long lot, const char *name)
{
    const long long k = json_integer_value(json_object_get(set, "k"));
    const long long n = json_integer_value(json_object_get(set, "n"));

    return json_pack("{s:s, s:s, s:s, s:o}", "name", name, "need",
                     arena_printf(c->p->view.arena,
                                  c->p->view.chinese ? "共 %lld 位开启人，任意 %lld 位即可开启"
                                                     : "%lld openers, any %lld of them open",
                                  n, k),
                     "next", next_of(c, set, lot), "openers", opener_rows(c, set, lot));
}

/* Prices are opened lot by lot. */
static void put_prices(struct ceremony *c, const json_t *set, const char *tender, json_t *envelopes)
{
    struct page *p = c->p;
    struct answer lots = {0};
    struct err err;
    const json_t *lot;
    size_t i;

    if (page_ask(p, arena_printf(p->view.arena, "/tenders/%s/lots", tender), &lots, &err))
        lots.json = NULL;
    json_array_foreach(json_object_get(lots.json, "items"), i, lot)
    {
        const long long no = json_integer_value(json_object_get(lot, "no")),
                        k = json_integer_value(json_object_get(set, "k"));
        struct ceremony of = *c;

        of.due = strcmp(page_text(lot, "waiting"), "prices") == 0 ||
                 count_of(json_object_get(set, "posts"), no, "promised") > 0;
        of.opened = count_of(json_object_get(set, "posts"), no, "posted") >= k;
        json_array_append_new(
            envelopes, envelope(&of, set, no,
                                arena_printf(p->view.arena, "%s · %s", view_text(&p->view, "opening_prices"),
                                             page_text(lot, "title"))));
    }
    answer_free(&lots);
}

/* ---- the steps of all ---- */

static void put_step(const struct ceremony *c, json_t *steps, const char *name, const char *at, bool done)
{
    const size_t before = json_array_size(steps);
    const char *last = before ? page_text(json_array_get(steps, before - 1), "tone") : "done";
    const char *tone = done ? "done" : strcmp(last, "done") == 0 ? "now" : "next";

    json_array_append_new(steps,
                          json_pack("{s:s, s:s, s:s, s:s, s:b}", "name", view_text(&c->p->view, name), "tone",
                                    tone, "iso", at, "at", *at ? view_time(&c->p->view, at) : "", "now",
                                    strcmp(tone, "now") == 0));
}

static json_t *steps_of(const struct ceremony *c, const json_t *set)
{
    const json_t *posts = json_object_get(set, "posts");
    const long long k = needed_of(set, 0);
    const bool signer = json_array_size(json_object_get(set, "signers")) == 0;
    const char *kept = page_text(set, "co_keys_until");
    json_t *steps = json_array();

    put_step(c, steps, "opening_named", page_text(set, "added"), true);
    put_step(c, steps, "opening_closed", page_text(c->tender, "deadline"), c->due);
    if (*kept)
        put_step(c, steps, "opening_co_keys", kept, c->opened || strcmp(page_now(c->p), kept) >= 0);
    if (!signer) {
        put_step(c, steps, "opening_promises", "", c->opened || count_of(posts, 0, "promised") >= k);
        put_step(c, steps, "opening_shares", "", c->opened || count_of(posts, 0, "posted") >= k);
    }
    put_step(c, steps, "opening_opened", page_text(c->tender, "opened"), c->opened);
    return steps;
}

/* What could not be opened, and whose fault it is, for those who read it. */
static void put_faults(struct page *p, const char *tender, json_t *data)
{
    struct answer answer = {0};
    struct err err;
    json_t *faults = json_array();
    const json_t *bid;
    size_t i;

    if (page_ask(p, arena_printf(p->view.arena, "/tenders/%s/opening", tender), &answer, &err))
        answer.json = NULL;
    json_array_foreach(json_object_get(answer.json, "items"), i, bid) if (*page_text(bid, "void_reason"))
        json_array_append_new(faults, json_pack("{s:I, s:s, s:s}", "number",
                                                json_integer_value(json_object_get(bid, "number")), "name",
                                                page_text(bid, "name"), "why",
                                                view_why_void(&p->view, page_text(bid, "void_reason"))));
    if (json_array_size(faults))
        json_object_set_new(data, "faults", json_pack("{s:O}", "bids", faults));
    json_decref(faults);
    answer_free(&answer);
}

bool page_opening(struct page *p, const struct op *op, const char *const *values, const json_t *openers)
{
    struct answer tender = {0};
    struct ceremony c = {.p = p};
    struct err err;
    json_t *data, *envelopes;

    /* A draft has openers, and no ceremony yet. */
    if (strcmp(op->id, "openers_get") != 0 ||
        page_ask(p, arena_printf(p->view.arena, "/tenders/%s", values[0]), &tender, &err) ||
        tender.status != 200) {
        answer_free(&tender);
        return false;
    }
    c.tender = tender.json;
    view_speak(&p->view, tender.json);
    c.opened = *page_text(tender.json, "opened") != '\0';
    c.due = c.opened || strcmp(page_now(p), page_text(tender.json, "deadline")) >= 0;
    envelopes = json_pack("[o]", envelope(&c, openers, 0, view_text(&p->view, "opening_bids")));
    if (json_is_object(json_object_get(openers, "price_openers")))
        put_prices(&c, json_object_get(openers, "price_openers"), values[0], envelopes);
    data = json_pack("{s:o, s:o, s:s, s:s, s:o}", "steps", steps_of(&c, openers), "envelopes", envelopes,
                     "back", view_path(&p->view, arena_printf(p->view.arena, "/tenders/%s", values[0])),
                     "tender", page_text(tender.json, "title"), ">fields", view_fields(&p->view, openers));
    put_faults(p, values[0], data);
    page_put_done(p, data);
    p->thing = tender.json;
    page_put_acts(p, spec_find(p->view.spec, "tender_get"), values, data);
    p->thing = NULL;
    page_show(p, 200, "opening", view_text(&p->view, "opening_title"), data);
    answer_free(&tender);
    return true;
}
