/* Checks of core/trust/bundle_check.h: what evaluations and awards were asked with is what the log tells of
 * bids, quotes, findings, draws and earlier answers. */
#include <stdlib.h>
#include <string.h>

#include "core/trust/bundle_checking.h"

struct asked {
    const char *id, *question, *lot_no, *lot;
    const struct doc *facts;
    int64_t at_us;
};

/* The member of an item of a list. */
static const char *item(struct checking *c, const struct doc *doc, const char *list, size_t i,
                        const char *member)
{
    return doc_text(doc, arena_printf(c->arena, "%s/%zu/%s", list, i, member));
}

static bool same(const char *x, const char *y)
{
    return x && y && strcmp(x, y) == 0;
}

static bool true_at(const char *text)
{
    return same(text, "true");
}

/* ---- bids -------------------------------------------------------------------------------- */

/* An act of that prefix was about it. */
static bool told_of(const struct bundle_tender *b, const char *subject, const char *acts, int64_t at_us)
{
    const struct bundle_event *e;

    for (size_t at = 0; (e = bundle_about_next(b, subject, &at));) {
        const char *act = doc_text(e->doc, "/act");
        if (act && e->at_us <= at_us && strncmp(act, acts, strlen(acts)) == 0)
            return true;
    }
    return false;
}

static bool contract_changed(const struct bundle_tender *b, const char *contract, int64_t at_us)
{
    const struct bundle_event *e;

    for (size_t at = 0; (e = bundle_change_next(b, contract, &at));)
        if (e->at_us <= at_us)
            return true;
    return false;
}

bool bundle_left(const struct bundle_tender *b, const char *bid, int64_t at_us)
{
    bool gone = told_of(b, bid, "bid_withdraw", at_us);

    for (size_t i = 0; i < b->row_count && !gone; i++) {
        const struct bundle_row *row = &b->rows[i], *award = NULL;
        if (strcmp(row->kind, "award") == 0)
            gone = doc_is(row->doc, "/bid", bid) && told_of(b, row->id, "award_", at_us);
        if (strcmp(row->kind, "contract") == 0)
            award = bundle_row(b, "award", doc_text(row->doc, "/award"));
        gone = gone || (award && doc_is(award->doc, "/bid", bid) && contract_changed(b, row->id, at_us));
    }
    return gone;
}

/* The last price of a bid in the facts' own offers; NULL: there is none but the first. */
static const char *quoted(struct checking *c, const struct asked *a, const char *key, const char *field)
{
    const char *price = NULL;
    int64_t round, last = 1;

    for (size_t i = 0; i < doc_count(a->facts, "/offers"); i++) {
        if (!same(item(c, a->facts, "/offers", i, "bid"), key) ||
            !same(item(c, a->facts, "/offers", i, "field"), field) ||
            !doc_fen(a->facts, arena_printf(c->arena, "/offers/%zu/round", i), &round) || round <= last)
            continue;
        last = round;
        price = item(c, a->facts, "/offers", i, "value");
        price = price ? price : "0.00"; /* of nothing there is no member */
    }
    return price;
}

static bool price_same(const char *unit_price, const char *told)
{
    int64_t x, y;

    return bundle_quantity("money", unit_price, &x) && bundle_quantity("money", told ? told : "0.00", &y) &&
           x == y;
}

struct opened {
    const char *bid, *key, *price;
    bool void_;
};

/* What the facts say of a bid that was opened before. */
static int bid_known(struct checking *c, const struct asked *a, const struct opened *o, const char *field,
                     struct err *err)
{
    size_t i = 0, count = doc_count(a->facts, "/bids");

    while (i < count && !same(item(c, a->facts, "/bids", i, "key"), o->key))
        i++;
    if (i == count)
        return contradiction(err, "decision % leaves out a bid that was opened", "决定 % 遗漏了已开启的投标",
                             a->id);
    const bool invalid = true_at(item(c, a->facts, "/bids", i, "invalid")),
               stands = true_at(item(c, a->facts, "/bids", i, "open")) &&
                        !true_at(item(c, a->facts, "/bids", i, "withdrawn"));
    if ((invalid != o->void_ || (!o->void_ && !stands)) && !bundle_left(c->b, o->bid, a->at_us))
        return contradiction(err, "decision % has a bid as void, or as standing, that was opened otherwise",
                             "决定 % 所认定的投标效力与开标结果不同", a->id);
    const char *last = quoted(c, a, o->key, field), *price = last ? last : o->price;
    if (o->void_ || !price || price_same(price, item(c, a->facts, "/bids", i, "price")) ||
        bundle_left(c->b, o->bid, a->at_us))
        return 0;
    return contradiction(err, "decision % has another price of a bid than the one told",
                         "决定 % 所依据的投标价格与唱标或者报价不同", a->id);
}

static int bids_known(struct checking *c, const struct asked *a, const char *field, struct err *err)
{
    int status = 0;

    for (size_t i = 0; i < c->b->row_count && !status; i++) {
        const struct bundle_row *row = &c->b->rows[i];
        const char *at, *priced;
        int64_t us;
        if (strcmp(row->kind, "bid") != 0 || !doc_text(row->doc, "/key") ||
            !doc_is(row->doc, "/lot", a->lot_no))
            continue;
        const struct doc *said = bundle_opened(c->b, "lot", row->id, &at),
                         *prices = bundle_opened(c->b, "prices", row->id, &priced);
        if (!said || !bundle_instant(said, "/at", &us) || us > a->at_us)
            continue;
        struct opened o = {.bid = row->id,
                           .key = doc_text(row->doc, "/key"),
                           .price = doc_text(said, arena_printf(c->arena, "%s/price", at)),
                           .void_ = doc_text(said, arena_printf(c->arena, "%s/void", at))};
        if (prices) {
            o.price = doc_text(prices, arena_printf(c->arena, "%s/price", priced));
            o.void_ = o.void_ || doc_text(prices, arena_printf(c->arena, "%s/void", priced));
        }
        status = bid_known(c, a, &o, field, err);
    }
    return status;
}

/* ---- later offers ------------------------------------------------------------------------ */

/* Its bidder quoted again, or who has to state a figure of it did. */
static bool quote(const struct bundle_event *e)
{
    return event_is(e, "bid_requote") || event_is(e, "bid_allow");
}

/* What quotes of a bid, made at the instant of an offer, say of it. */
enum said { SAID_NOTHING, SAID_OTHERWISE, SAID_SO };

static enum said quote_says(struct checking *c, const struct asked *a, size_t i, const char *bid)
{
    const char *field = item(c, a->facts, "/offers", i, "field"),
               *unit = item(c, a->facts, "/offers", i, "unit"),
               *value = item(c, a->facts, "/offers", i, "value");
    const struct bundle_event *e;
    enum said so = SAID_NOTHING;
    int64_t us, told, is;

    if (!field || !bundle_instant(a->facts, arena_printf(c->arena, "/offers/%zu/at", i), &us))
        return SAID_OTHERWISE;
    for (size_t at = 0; so != SAID_SO && (e = bundle_about_next(c->b, bid, &at));) {
        const char *said = doc_text(e->doc, arena_printf(c->arena, "/payload/request/fields/%s", field));
        if (!quote(e) || e->at_us != us)
            continue;
        so = said && bundle_quantity(unit, said, &is) &&
                     (value ? bundle_quantity(unit, value, &told) && told == is : is == 0)
                 ? SAID_SO
                 : SAID_OTHERWISE;
    }
    return so;
}

/* Offers of which no event is shown, each bid and instant once: no more of them than were erased. */
struct unsaid {
    const char *bid, *at;
};

static bool unsaid_fits(struct checking *c, struct unsaid *all, size_t *count, const char *bid,
                        const char *at)
{
    for (size_t i = 0; i < *count; i++)
        if (same(all[i].bid, bid) && same(all[i].at, at))
            return true;
    if (*count == c->b->erased)
        return false;
    all[(*count)++] = (struct unsaid){bid, at};
    c->not_checked = "an offer may be among the events that were erased / 再次报价可能在已删除的事件之中";
    return true;
}

static bool offer_after(struct checking *c, const struct asked *a, const char *key, const char *field,
                        int64_t us)
{
    int64_t at_us;

    for (size_t i = 0; i < doc_count(a->facts, "/offers"); i++)
        if (same(item(c, a->facts, "/offers", i, "bid"), key) &&
            same(item(c, a->facts, "/offers", i, "field"), field) &&
            bundle_instant(a->facts, arena_printf(c->arena, "/offers/%zu/at", i), &at_us) && at_us >= us)
            return true;
    return false;
}

/* No quote is left out that was made by then. */
static int quotes_there(struct checking *c, const struct asked *a, const struct doc *plan, struct err *err)
{
    for (size_t i = 0; i < c->b->count; i++) {
        const struct bundle_event *e = &c->b->events[i];
        const struct bundle_row *row =
            quote(e) && e->at_us <= a->at_us ? bundle_row(c->b, "bid", doc_text(e->doc, "/subject")) : NULL;
        if (!row || !doc_is(row->doc, "/lot", a->lot_no) || !doc_text(row->doc, "/key"))
            continue;
        for (size_t k = 0; k < doc_count(plan, "/fields"); k++) {
            const char *field = item(c, plan, "/fields", k, "code");
            if (field && doc_text(e->doc, arena_printf(c->arena, "/payload/request/fields/%s", field)) &&
                !offer_after(c, a, doc_text(row->doc, "/key"), field, e->at_us) &&
                !bundle_left(c->b, row->id, a->at_us))
                return contradiction(err, "decision % leaves out what a bidder quoted",
                                     "决定 % 遗漏了投标人的再次报价", a->id);
        }
    }
    return 0;
}

static int quotes_known(struct checking *c, const struct asked *a, struct err *err)
{
    const struct doc *plan = bundle_plan(c);
    struct unsaid *unsaid = ARENA_NEW(c->arena, struct unsaid, c->b->erased + 1);
    size_t count = 0;
    int64_t round;

    for (size_t i = 0; i < doc_count(a->facts, "/offers"); i++) {
        const char *key = item(c, a->facts, "/offers", i, "bid"),
                   *bid = bundle_asked_bid(c->b, c->arena, a->facts, key);
        if (!doc_fen(a->facts, arena_printf(c->arena, "/offers/%zu/round", i), &round) || round <= 1)
            continue;
        const enum said so = bid ? quote_says(c, a, i, bid) : SAID_OTHERWISE;
        if (so == SAID_OTHERWISE ||
            (so == SAID_NOTHING &&
             !unsaid_fits(c, unsaid, &count, bid, item(c, a->facts, "/offers", i, "at"))))
            return contradiction(err, "decision % rests on an offer that nobody made",
                                 "决定 % 所依据的再次报价无人提出", a->id);
    }
    return plan ? quotes_there(c, a, plan, err) : 0;
}

/* ---- findings ---------------------------------------------------------------------------- */

struct finding {
    const char *bid, *rule, *passed, *role, *by; /* by NULL: of the facts, which number people otherwise */
    size_t order;
};
struct findings {
    struct finding *items;
    size_t count;
};

static int by_who(const void *a, const void *b)
{
    const struct finding *x = a, *y = b;
    int order = strcmp(x->bid, y->bid);

    order = order ? order : strcmp(x->rule, y->rule);
    order = order ? order : strcmp(x->by, y->by);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

static int by_what(const void *a, const void *b)
{
    const struct finding *x = a, *y = b;
    int order = strcmp(x->bid, y->bid);

    order = order ? order : strcmp(x->rule, y->rule);
    order = order ? order : strcmp(x->passed, y->passed);
    return order ? order : strcmp(x->role, y->role);
}

static void finding_add(struct checking *c, struct findings *f, const struct asked *a,
                        const struct finding *one)
{
    const struct bundle_row *row = one->bid ? bundle_row(c->b, "bid", one->bid) : NULL;

    if (!row || !one->rule || !one->passed || !doc_is(row->doc, "/lot", a->lot_no))
        return;
    f->items[f->count] = *one;
    f->items[f->count].order = f->count;
    f->items[f->count].role = one->role ? one->role : "";
    f->count++;
}

/* The role in which the plan has a rule found: not that in which the person acted, who may hold several, or
 * be the agency that finds for the clerk. */
static const char *role_of(struct checking *c, const struct doc *plan, const char *rule)
{
    for (size_t i = 0; plan && i < doc_count(plan, "/checks"); i++)
        if (same(item(c, plan, "/checks", i, "code"), rule))
            return item(c, plan, "/checks", i, "role");
    return NULL;
}

/* What was found by then of the lot's bids; of each person the last of each rule. */
static struct findings findings_logged(struct checking *c, const struct asked *a)
{
    static const char checks[] = "/payload/request/checks";
    const struct doc *plan = bundle_plan(c);
    struct findings f = {0};
    size_t most = 1, kept = 0;

    for (size_t i = 0; i < c->b->count; i++)
        most += 1 + doc_count(c->b->events[i].doc, checks);
    f.items = ARENA_NEW(c->arena, struct finding, most);
    for (size_t i = 0; i < c->b->count; i++) {
        const struct bundle_event *e = &c->b->events[i];
        struct finding one = {.by = doc_text(e->doc, "/actor")};
        if (e->at_us > a->at_us || !one.by)
            continue;
        for (size_t k = 0; event_is(e, "checks_add") && k < doc_count(e->doc, checks); k++) {
            one.bid = item(c, e->doc, checks, k, "bid");
            one.rule = item(c, e->doc, checks, k, "rule");
            one.passed = item(c, e->doc, checks, k, "passed");
            one.role = role_of(c, plan, one.rule);
            finding_add(c, &f, a, &one);
        }
        if (!event_is(e, "bid_explained"))
            continue;
        one.bid = doc_text(e->doc, "/subject");
        one.rule = "price_explained";
        one.passed = doc_text(e->doc, "/payload/request/accepted");
        one.role = doc_text(e->doc, "/payload/role");
        finding_add(c, &f, a, &one);
    }
    if (f.count)
        qsort(f.items, f.count, sizeof(*f.items), by_who);
    for (size_t i = 0; i < f.count; i++)
        if (i + 1 == f.count || strcmp(f.items[i].bid, f.items[i + 1].bid) != 0 ||
            strcmp(f.items[i].rule, f.items[i + 1].rule) != 0 ||
            strcmp(f.items[i].by, f.items[i + 1].by) != 0)
            f.items[kept++] = f.items[i];
    f.count = kept;
    if (f.count)
        qsort(f.items, f.count, sizeof(*f.items), by_what);
    return f;
}

/* False: one is of no bid, or says nothing. */
static bool findings_named(struct checking *c, const struct asked *a, struct findings *ret)
{
    const size_t count = doc_count(a->facts, "/checks");

    *ret = (struct findings){ARENA_NEW(c->arena, struct finding, count + 1), 0};
    for (size_t i = 0; i < count; i++) {
        const char *key = item(c, a->facts, "/checks", i, "bid"),
                   *passed = item(c, a->facts, "/checks", i, "passed");
        const struct finding one = {.bid = bundle_asked_bid(c->b, c->arena, a->facts, key),
                                    .rule = item(c, a->facts, "/checks", i, "rule"),
                                    .passed = passed ? passed : "false",
                                    .role = item(c, a->facts, "/checks", i, "role")};
        finding_add(c, ret, a, &one);
    }
    if (ret->count)
        qsort(ret->items, ret->count, sizeof(*ret->items), by_what);
    return ret->count == count;
}

/* Whoever left the panel takes its findings along. */
static bool finder_gone(const struct checking *c, const struct asked *a, const char *person)
{
    for (size_t i = 0; i < c->b->row_count; i++)
        if (strcmp(c->b->rows[i].kind, "member") == 0 && doc_is(c->b->rows[i].doc, "/lot", a->lot) &&
            doc_is(c->b->rows[i].doc, "/person", person) &&
            bundle_member_gone(c->b, a->lot, &c->b->rows[i], a->at_us))
            return true;
    return false;
}

/* A finding may be missing of whoever left the panel, and of a bid that left. */
static bool may_miss(const struct checking *c, const struct asked *a, const struct finding *one)
{
    return finder_gone(c, a, one->by) || bundle_left(c->b, one->bid, a->at_us);
}

static size_t alike(const struct findings *f, size_t at, const struct finding *one)
{
    size_t n = at;

    while (n < f->count && by_what(&f->items[n], one) == 0)
        n++;
    return n - at;
}

/* Those that several made alike are told apart by nobody: at least as many as may not be missing. */
static int findings_known(struct checking *c, const struct asked *a, struct err *err)
{
    const struct findings logged = findings_logged(c, a);
    struct findings named;
    bool good = findings_named(c, a, &named);
    size_t at = 0;

    for (size_t i = 0, same; good && i < logged.count; i += same) {
        const struct finding *one = &logged.items[i];
        size_t least = 0;
        same = alike(&logged, i, one);
        for (size_t k = 0; k < same; k++)
            least += !may_miss(c, a, &one[k]);
        const size_t told = alike(&named, at, one);
        if (told < least)
            return contradiction(err, "decision % leaves out what was found of a bid",
                                 "决定 % 遗漏了对投标的审查结果", a->id);
        good = told <= same;
        at += told;
    }
    return good && at == named.count
               ? 0
               : contradiction(err, "decision % rests on a finding about a bid that nobody made",
                               "决定 % 所依据的审查结果无人作出", a->id);
}

/* ---- draws, and earlier answers ---------------------------------------------------------- */

static bool drawn(struct checking *c, const struct asked *a, size_t i)
{
    const char *keys = arena_printf(c->arena, "/draws/%zu/keys", i);
    const size_t count = doc_count(a->facts, keys);
    const struct bundle_event *e;

    for (size_t at = 0; a->lot && (e = bundle_about_next(c->b, a->lot, &at));) {
        bool so = event_is(e, "lot_draw") && e->at_us <= a->at_us &&
                  doc_is(e->doc, "/payload/request/purpose", item(c, a->facts, "/draws", i, "purpose")) &&
                  doc_count(e->doc, "/payload/order") == count;
        for (size_t k = 0; so && k < count; k++)
            so = same(doc_text(a->facts, arena_printf(c->arena, "%s/%zu", keys, k)),
                      doc_text(e->doc, arena_printf(c->arena, "/payload/order/%zu", k)));
        if (so)
            return true;
    }
    return false;
}

/* Of who was admitted the facts name all, in the order of the answer. */
static bool admitted_so(struct checking *c, const struct asked *a, const struct doc *answer)
{
    size_t n = 0;

    for (size_t i = 0; i < doc_count(answer, "/items"); i++)
        if (true_at(item(c, answer, "/items", i, "admitted")) &&
            !same(item(c, answer, "/items", i, "bid"),
                  doc_text(a->facts, arena_printf(c->arena, "/admitted/%zu", n++))))
            return false;
    return n == doc_count(a->facts, "/admitted");
}

bool bundle_evaluated(struct checking *c, const struct doc *facts, const struct doc *answer)
{
    static const char *const members[] = {"bid", "rank", "total", "standing", "compared"};
    const size_t count = doc_count(facts, "/evaluation/items");
    bool so = doc_count(answer, "/items") == count;

    for (size_t i = 0; so && i < count; i++)
        for (size_t k = 0; so && k < LENGTH(members); k++) {
            const char *x = item(c, facts, "/evaluation/items", i, members[k]),
                       *y = item(c, answer, "/items", i, members[k]);
            so = (!x && !y) || same(x, y);
        }
    return so;
}

static bool evaluated_so(struct checking *c, const struct asked *a, const struct doc *answer)
{
    return bundle_evaluated(c, a->facts, answer);
}

/* Of what was evaluated nothing stands once it was decided to evaluate again. */
static bool to_be_again(const struct checking *c, const struct asked *a, int64_t since_us)
{
    for (size_t i = 0; i < c->b->count; i++) {
        const struct bundle_event *e = &c->b->events[i];
        if (e->at_us >= since_us && e->at_us <= a->at_us && event_is(e, "lot_review_approve") &&
            doc_is(e->doc, "/payload/lot", a->lot))
            return true;
    }
    return false;
}

/* The last answer before, or nothing: of two at one instant the one of the later id; `all`: either. */
static bool answered_so(struct checking *c, const struct asked *a, const char *question, bool all,
                        bool (*so)(struct checking *, const struct asked *, const struct doc *))
{
    struct bundle_decision d;
    struct doc *facts, *answer, *nothing;
    const char *id, *last = NULL;
    int64_t last_us = INT64_MIN;
    bool good = true;

    for (size_t at = 0; bundle_decision_next(c->b, c->arena, question, &at, &id, &d);) {
        const int64_t us = c->b->events[at - 1].at_us;
        if (us > a->at_us || us < last_us || (us == last_us && !all && last && strcmp(id, last) < 0) ||
            doc_read(c->arena, d.facts, strlen(d.facts), &facts, NULL) ||
            doc_read(c->arena, d.answer, strlen(d.answer), &answer, NULL) ||
            !doc_is(facts, "/tender/lot", a->lot_no))
            continue;
        good = so(c, a, answer) || (all && last && us == last_us && good);
        last_us = us;
        last = id;
    }
    if (last && (all || !to_be_again(c, a, last_us)))
        return good;
    return !doc_read(c->arena, "{}", 2, &nothing, NULL) && so(c, a, nothing);
}

static int answers_known(struct checking *c, const struct asked *a, struct err *err)
{
    for (size_t i = 0; i < doc_count(a->facts, "/draws"); i++)
        if (!drawn(c, a, i))
            return contradiction(err, "decision % rests on a draw that was never made",
                                 "决定 % 所依据的抽取没有进行过", a->id);
    if (strcmp(a->question, "evaluate") == 0 && !answered_so(c, a, "admit", true, admitted_so))
        return contradiction(err, "decision % has others admitted than were",
                             "决定 % 所认定的合格投标与审查结论不同", a->id);
    if (strcmp(a->question, "award") == 0 && !answered_so(c, a, "evaluate", false, evaluated_so))
        return contradiction(err, "decision % rests on another evaluation than the last",
                             "决定 % 所依据的不是最后一次评审结果", a->id);
    return 0;
}

int bundle_known(struct checking *c, const char *id, const char *question, const struct doc *facts,
                 int64_t at_us, struct err *err)
{
    const char *no = doc_text(facts, "/tender/lot");
    const struct asked a = {id, question, no ? no : "", bundle_lot(c->b, no), facts, at_us};
    int status = bids_known(c, &a, bundle_priced_field(c), err);

    if (!status)
        status = quotes_known(c, &a, err);
    if (!status)
        status = findings_known(c, &a, err);
    return status ? status : answers_known(c, &a, err);
}
