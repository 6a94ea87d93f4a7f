/*
 * The facts about a lot, gathered from the tables.  What is sealed stays out:
 * before the deadline nothing of a sealed bid, between deadline and opening
 * only that there is one.  facts_sealed() has the last word on it.
 */
#include <stdlib.h>
#include <string.h>

#include "core/base/time.h"
#include "core/host/facts.h"
#include "core/service/actor.h"
#include "core/service/forms.h"
#include "core/service/open.h"
#include "core/service/tender.h"
#include "core/service/words.h"

struct gather {
    struct act *a;
    const struct tender *t;
    const struct lot *l;
    struct lot_facts *map;
    linli_facts *f;
    linli_tender *tender;
    linli_bid *bids;
};

static int by_id(const void *key, const void *item)
{
    return strcmp(key, *(const char *const *)item);
}

uint64_t lot_bid_key(const struct lot_facts *f, const char *bid_id)
{
    const char *const *found = NULL;

    if (bid_id && f->bid_count)
        found = bsearch(bid_id, f->bid_ids, f->bid_count, sizeof f->bid_ids[0], by_id);
    return found ? (uint64_t)(found - f->bid_ids) + 1 : 0;
}

static int ask_lot_no(struct gather *g, enum statement_id q, struct rows **ret, struct err *err)
{
    return tx_run(g->a->tx, q, ret, err, P_INT(g->t->office), P_TEXT(g->t->id), P_INT(g->l->no));
}

static int ask_lot(struct gather *g, enum statement_id q, struct rows **ret, struct err *err)
{
    return tx_run(g->a->tx, q, ret, err, P_INT(g->t->office), P_TEXT(g->l->id));
}

/* The same of the year in hand, where one award has a contract each year. */
static int ask_year(struct gather *g, enum statement_id q, struct rows **ret, struct err *err)
{
    return tx_run(g->a->tx, q, ret, err, P_INT(g->t->office), P_TEXT(g->l->id), p_some(g->l->year));
}

static int ask_both(struct gather *g, enum statement_id q, struct rows **ret, struct err *err)
{
    return tx_run(g->a->tx, q, ret, err, P_INT(g->t->office), P_TEXT(g->t->id), P_TEXT(g->l->id));
}

/* Before a draft is published nobody can have bid. */
static bool bids_hidden(const struct gather *g)
{
    const struct tender *t = g->t;

    if (!t->plan)
        return true;
    return t->plan->sealing != LINLI_OPEN_BIDS && t->opened_us == 0 && g->a->now_us < t->deadline_us;
}

static linli_bid bid_of(const struct rows *r, size_t i)
{
    const char *state = row_text(r, i, "state");
    bool opened = strcmp(state, "open") == 0, is_void = strcmp(state, "void") == 0;

    return (linli_bid){
        .key = (uint64_t)i + 1,
        .bidder = (uint64_t)row_int(r, i, "bidder"),
        .number = (int32_t)row_int(r, i, "number"),
        .round = 1,
        .submitted = {row_time(r, i, "received")},
        .withdrawn = !row_null(r, i, "withdrawn"),
        .open = opened || is_void,
        .priced = opened && !row_null(r, i, "price_fen"),
        .invalid = is_void,
        .price = {opened ? row_int(r, i, "price_fen") : 0},
    };
}

static int gather_bids(struct gather *g, struct err *err)
{
    struct rows *r;

    if (bids_hidden(g))
        return 0;
    int status = ask_lot_no(g, Q_facts_bids, &r, err);
    if (status)
        return status;
    size_t n = rows_count(r);
    const char **ids = ARENA_NEW(g->a->arena, const char *, n);
    const char **leads = ARENA_NEW(g->a->arena, const char *, n);
    g->bids = ARENA_NEW(g->a->arena, linli_bid, n);
    for (size_t i = 0; i < n; i++) {
        g->bids[i] = bid_of(r, i);
        ids[i] = row_text(r, i, "id");
        leads[i] = row_text(r, i, "organisation_id");
        if (!row_null(r, i, "key") && (size_t)row_int(r, i, "key") != i + 1)
            return err_set(err, E_BROKEN, "server/broken", "the keys of the bids are not 1 to %zu in order",
                           n);
    }
    g->map->bid_ids = ids;
    g->map->organisations = leads;
    g->map->bid_count = n;
    g->f->bids = g->bids;
    g->f->bid_count = n;
    return 0;
}

/* The field that tells how many support a bid; NULL: the plan has none. */
static const char *supports_field(const linli_plan *plan)
{
    for (size_t i = 0; i < plan->field_count; i++)
        if (plan->fields[i].by == LINLI_CLOCK)
            return plan->fields[i].code;
    return NULL;
}

static int gather_offers(struct gather *g, struct err *err)
{
    struct rows *r;
    int status = tx_run(g->a->tx, Q_facts_offers, &r, err, P_INT(g->t->office), P_TEXT(g->t->id),
                        P_INT(g->l->no), P_TEXT(supports_field(g->t->plan)));

    if (status)
        return status;
    linli_offer *offers = ARENA_NEW(g->a->arena, linli_offer, rows_count(r));
    size_t n = 0;
    for (size_t i = 0; i < rows_count(r); i++) {
        uint64_t key = lot_bid_key(g->map, row_text(r, i, "bid_id"));
        if (!key || (quotes_sealed(g->a, g->l) && row_time(r, i, "at") >= g->l->phase_since_us))
            continue;
        offers[n] = (linli_offer){key,
                                  row_text(r, i, "field"),
                                  (int32_t)row_int(r, i, "round"),
                                  unit_of(row_text(r, i, "unit")),
                                  row_int(r, i, "value"),
                                  {row_time(r, i, "at")}};
        if (g->bids[key - 1].round < offers[n].round)
            g->bids[key - 1].round = offers[n].round;
        n++;
    }
    g->f->offers = offers;
    g->f->offer_count = n;
    return 0;
}

static int gather_checks(struct gather *g, struct err *err)
{
    struct rows *r;
    int status = ask_lot_no(g, Q_facts_checks, &r, err);

    if (status)
        return status;
    linli_check *checks = ARENA_NEW(g->a->arena, linli_check, rows_count(r));
    size_t n = 0;
    for (size_t i = 0; i < rows_count(r); i++) {
        uint64_t key = lot_bid_key(g->map, row_text(r, i, "bid_id"));
        if (key)
            checks[n++] = (linli_check){key, (uint64_t)row_int(r, i, "by"), row_text(r, i, "rule"),
                                        role_find(row_text(r, i, "role")), row_bool(r, i, "passed")};
    }
    g->f->checks = checks;
    g->f->check_count = n;
    return 0;
}

static int gather_marks(struct gather *g, struct err *err)
{
    struct rows *r;
    int status = ask_year(g, Q_facts_marks, &r, err);

    if (status)
        return status;
    linli_mark *marks = ARENA_NEW(g->a->arena, linli_mark, rows_count(r));
    size_t n = 0;
    for (size_t i = 0; i < rows_count(r); i++) {
        uint64_t key = lot_bid_key(g->map, row_text(r, i, "bid_id"));
        if (key)
            marks[n++] = (linli_mark){key, (uint64_t)row_int(r, i, "by"), row_text(r, i, "criterion"),
                                      row_text(r, i, "tranche"), row_int(r, i, "value")};
    }
    qsort(marks, n, sizeof marks[0], facts_mark_order);
    g->f->marks = marks;
    g->f->mark_count = n;
    return 0;
}

/* While the vote runs no ballot is known, and nothing can be decided on them. */
static bool vote_runs(const struct gather *g)
{
    return strcmp(g->l->phase_kind, "voting") == 0 && g->l->phase_due_us && g->a->now_us < g->l->phase_due_us;
}

/* A choice for a bid that fell away is left out; its voter stays. */
static int gather_ballots(struct gather *g, struct err *err)
{
    struct rows *r;
    int status = vote_runs(g) ? 0 : ask_lot_no(g, Q_facts_ballots, &r, err);

    if (status || vote_runs(g))
        return status;
    size_t rows = rows_count(r), voters = 0, choices = 0;
    linli_ballot *ballots = ARENA_NEW(g->a->arena, linli_ballot, rows);
    linli_choice *list = ARENA_NEW(g->a->arena, linli_choice, rows);
    const char *last = NULL;
    for (size_t i = 0; i < rows; i++) {
        const char *ballot = row_text(r, i, "ballot");
        if (!last || strcmp(last, ballot) != 0) {
            ballots[voters] = (linli_ballot){.voter = voters + 1,
                                             .weight = 1,
                                             .first = (uint32_t)choices,
                                             .area = row_text(r, i, "area"),
                                             .source = row_text(r, i, "source")};
            voters++;
            last = ballot;
        }
        uint64_t key = (uint64_t)row_int(r, i, "bid_key");
        if (key == 0 || key > g->f->bid_count)
            continue;
        list[choices++] =
            (linli_choice){(uint32_t)key - 1, (int32_t)row_int(r, i, "rank"), row_int(r, i, "value")};
        ballots[voters - 1].count++;
    }
    g->f->ballots = ballots;
    g->f->ballot_count = voters;
    g->f->choices = list;
    g->f->choice_count = choices;
    return 0;
}

static int gather_events(struct gather *g, struct err *err)
{
    struct rows *r;
    int status = ask_both(g, Q_facts_events, &r, err);

    if (status)
        return status;
    linli_event *events = ARENA_NEW(g->a->arena, linli_event, rows_count(r));
    for (size_t i = 0; i < rows_count(r); i++) {
        int role = role_find(row_text(r, i, "role"));
        events[i] = (linli_event){milestone_of(row_text(r, i, "kind")),
                                  role < 0 ? LINLI_CLOCK : role,
                                  {row_time(r, i, "at")},
                                  lot_bid_key(g->map, row_text(r, i, "bid_id"))};
    }
    g->f->events = events;
    g->f->event_count = rows_count(r);
    return 0;
}

static int paper_order(const void *left, const void *right)
{
    const linli_paper *a = left, *b = right;
    int order = strcmp(a->rule, b->rule);

    if (order == 0)
        order = a->bid < b->bid ? -1 : a->bid > b->bid;
    return order ? order : a->at.us < b->at.us ? -1 : a->at.us > b->at.us;
}

static int gather_papers(struct gather *g, struct err *err)
{
    struct rows *r;
    int status = ask_year(g, Q_facts_papers, &r, err);

    if (status)
        return status;
    linli_paper *papers = ARENA_NEW(g->a->arena, linli_paper, rows_count(r));
    for (size_t i = 0; i < rows_count(r); i++) {
        const char *finding = row_text(r, i, "finding");
        const char *found_by = row_text(r, i, "finding_role");
        int judge = found_by ? role_find(found_by) : 0;
        papers[i] = (linli_paper){row_text(r, i, "rule"),
                                  row_text(r, i, "tranche"),
                                  lot_bid_key(g->map, row_text(r, i, "bid_id")),
                                  finding && strcmp(finding, "accepted") == 0,
                                  finding && strcmp(finding, "refused") == 0,
                                  judge < 0 ? 0 : judge,
                                  {row_time(r, i, "at")},
                                  {row_time(r, i, "due")}};
    }
    qsort(papers, rows_count(r), sizeof papers[0], paper_order);
    g->f->papers = papers;
    g->f->paper_count = rows_count(r);
    return 0;
}

static linli_draw draw_of(struct arena *arena, const char *purpose, const char *text)
{
    size_t n = 1, i = 0;

    for (const char *c = text; *c; c++)
        n += *c == ' ';
    uint64_t *keys = ARENA_NEW(arena, uint64_t, n);
    for (const char *c = text; *c && i < n; i++) {
        char *end;
        keys[i] = strtoull(c, &end, 10);
        c = *end == ' ' ? end + 1 : end;
    }
    return (linli_draw){purpose, keys, i};
}

static int gather_draws(struct gather *g, struct err *err)
{
    struct rows *r;
    int status = ask_lot(g, Q_facts_draws, &r, err);

    if (status)
        return status;
    linli_draw *draws = ARENA_NEW(g->a->arena, linli_draw, rows_count(r));
    for (size_t i = 0; i < rows_count(r); i++)
        draws[i] = draw_of(g->a->arena, row_text(r, i, "purpose"), row_text(r, i, "keys"));
    g->f->draws = draws;
    g->f->draw_count = rows_count(r);
    return 0;
}

/* The bidder number of an organisation; past all of them where it did not bid. */
static uint64_t bidder_of(const struct gather *g, const char *organisation)
{
    for (size_t i = 0; organisation && i < g->f->bid_count; i++)
        if (g->map->organisations[i] && strcmp(g->map->organisations[i], organisation) == 0)
            return g->bids[i].bidder;
    return 0;
}

static int gather_objections(struct gather *g, struct err *err)
{
    struct rows *r;
    int status = ask_both(g, Q_facts_objections, &r, err);

    if (status)
        return status;
    linli_objection *list = ARENA_NEW(g->a->arena, linli_objection, rows_count(r));
    for (size_t i = 0; i < rows_count(r); i++)
        list[i] = (linli_objection){
            .key = (uint64_t)i + 1,
            .bid = lot_bid_key(g->map, row_text(r, i, "bid_id")),
            .by = bidder_of(g, row_text(r, i, "organisation_id")),
            .phase = row_text(r, i, "phase"),
            .filed = {row_time(r, i, "filed")},
            .due = {row_time(r, i, "due")},
            .answered = {row_time(r, i, "answered")},
            .kind = row_text(r, i, "kind"),
            .state = objection_state_of(row_text(r, i, "state")),
            .relevant = row_bool(r, i, "relevant"),
        };
    g->f->objections = list;
    g->f->objection_count = rows_count(r);
    return 0;
}

static int gather_deliveries(struct gather *g, struct err *err)
{
    struct rows *r;
    int status = tx_run(g->a->tx, Q_facts_deliveries, &r, err, P_INT(g->t->office), P_TEXT(g->l->id),
                        p_some(g->l->year), P_TIME(g->a->now_us));

    if (status)
        return status;
    linli_delivery *list = ARENA_NEW(g->a->arena, linli_delivery, rows_count(r));
    for (size_t i = 0; i < rows_count(r); i++)
        list[i] = (linli_delivery){
            .bid = lot_bid_key(g->map, row_text(r, i, "bid_id")),
            .tranche = row_text(r, i, "code"),
            .state = tranche_state_of(row_text(r, i, "state")),
            .planned = {row_int(r, i, "amount_fen")},
            .released = {row_int(r, i, "released_fen")},
            .paid = {row_int(r, i, "paid_fen")},
            .recovered = {row_int(r, i, "recovered_fen")},
            .accepted = {row_int(r, i, "accepted_fen")},
            .due = {row_null(r, i, "due_on") ? 0 : day_end(row_date(r, i, "due_on"))},
        };
    g->f->deliveries = list;
    g->f->delivery_count = rows_count(r);
    return 0;
}

static int gather_result(struct gather *g, struct err *err)
{
    struct rows *r;
    int status = ask_both(g, Q_facts_evaluation, &r, err);

    if (status == 0 && rows_count(r)) {
        const char *json = row_text(r, 0, "answer");
        status = evaluation_read(g->a->arena, json, strlen(json), &g->f->evaluation, err);
    }
    if (status || (status = ask_lot(g, Q_facts_awards, &r, err)))
        return status;
    linli_award *awards = ARENA_NEW(g->a->arena, linli_award, rows_count(r));
    size_t n = 0;
    for (size_t i = 0; i < rows_count(r); i++) {
        bool winner = strcmp(row_text(r, i, "standing"), "winner") == 0;
        uint64_t key = lot_bid_key(g->map, row_text(r, i, "bid_id"));
        if (key) /* whoever left an agreement that stays open has none */
            awards[n++] = (linli_award){.bid = key,
                                        .standing = winner ? LINLI_WINNER : LINLI_RESERVE,
                                        .order = (int32_t)row_int(r, i, "place"),
                                        .amount = {row_int(r, i, "amount_fen")}};
    }
    g->f->awards = awards;
    g->f->award_count = n;
    return 0;
}

static int64_t won_elsewhere(const linli_facts *f, uint64_t bidder)
{
    int64_t won = 0;

    for (size_t i = 0; i < f->elsewhere_count; i++)
        won += f->elsewhere[i].bidder == bidder && f->elsewhere[i].standing == LINLI_WINNER;
    return won;
}

/* What the other lots, or call-offs under the same agreements, gave to whom: who may win no more here, and
 * what is left of a shared pool. */
static int gather_elsewhere(struct gather *g, struct err *err)
{
    struct rows *r;
    int64_t pool_fen = g->t->budget_fen;
    int status = 0;

    if (g->t->under)
        status = tx_run(g->a->tx, Q_facts_calls, &r, err, P_INT(g->t->office), P_TEXT(g->t->under),
                        P_TEXT(g->t->id));
    else if (g->t->lot_count > 1)
        status = ask_both(g, Q_facts_elsewhere, &r, err);
    if (status || (!g->t->under && g->t->lot_count < 2))
        return status;
    linli_elsewhere *list = ARENA_NEW(g->a->arena, linli_elsewhere, rows_count(r));
    for (size_t i = 0; i < rows_count(r); i++) {
        bool winner = strcmp(row_text(r, i, "standing"), "winner") == 0;
        list[i] = (linli_elsewhere){.lot = (int32_t)row_int(r, i, "lot"),
                                    .standing = winner ? LINLI_WINNER : LINLI_RESERVE,
                                    .bidder = bidder_of(g, row_text(r, i, "organisation_id")),
                                    .amount = {row_int(r, i, "amount_fen")}};
        pool_fen -= winner ? list[i].amount.minor : 0;
    }
    g->f->elsewhere = list;
    g->f->elsewhere_count = rows_count(r);
    if (g->t->shared_pool)
        g->tender->pool.minor = pool_fen > 0 ? pool_fen : -1;
    for (size_t i = 0; g->t->most_awards && i < g->f->bid_count; i++)
        g->bids[i].barred = won_elsewhere(g->f, g->bids[i].bidder) >= g->t->most_awards;
    return 0;
}

static int bidder_order(const void *left, const void *right)
{
    const linli_bidder *a = left, *b = right;

    return a->key < b->key ? -1 : a->key > b->key;
}

/* Who bids, and where it stands with the office; nothing while bids are secret. */
static int gather_bidders(struct gather *g, struct err *err)
{
    struct rows *r;
    size_t n = 0;
    int status = g->f->bid_count == 0
                     ? 0
                     : tx_run(g->a->tx, Q_facts_bidders, &r, err, P_INT(g->t->office), P_TEXT(g->t->id),
                              P_INT(g->l->no), P_DATE(day_of(g->a->now_us)));

    if (status || g->f->bid_count == 0)
        return status;
    linli_bidder *list = ARENA_NEW(g->a->arena, linli_bidder, rows_count(r));
    for (size_t i = 0; i < rows_count(r); i++) {
        uint64_t key = bidder_of(g, row_text(r, i, "organisation_id"));
        if (key)
            list[n++] = (linli_bidder){.key = key,
                                       .kind = bidder_kind_of(row_text(r, i, "kind")),
                                       .founded = {row_null(r, i, "founded") ? 0 : row_date(r, i, "founded")},
                                       .insider = row_bool(r, i, "insider"),
                                       .grade = (int32_t)row_int(r, i, "grade"),
                                       .excluded = {row_time(r, i, "excluded")}};
    }
    qsort(list, n, sizeof list[0], bidder_order);
    g->f->bidders = list;
    g->f->bidder_count = n;
    return 0;
}

static linli_tender *tender_fact(struct act *a, const struct tender *t, const struct lot *l)
{
    linli_tender *fact = ARENA_NEW(a->arena, linli_tender, 1);

    *fact = (linli_tender){
        .key = 1,
        .currency = "CNY",
        .category = t->category,
        .regime = t->regime,
        .budget = {l ? l->budget_fen : t->budget_fen},
        .ceiling = {l ? l->ceiling_fen : t->ceiling_fen},
        .published = {t->published_us},
        .bids_due = {t->deadline_us},
        .electorate = t->electorate,
        .lot = l ? l->no : 1,
        .lots = t->lot_count ? (int32_t)t->lot_count : 1,
        .under = t->under != NULL,
    };
    return fact;
}

/* Before the tender is out nobody has bid: those invited are counted, and numbered in the order of the draw.
 */
static int gather_invited(struct gather *g, struct err *err)
{
    struct rows *r;
    uint64_t *keys;
    int status = tx_run(g->a->tx, Q_invitation_list, &r, err, P_INT(g->t->office), P_TEXT(g->t->id));
    size_t n = 0;

    if (status)
        return status;
    keys = ARENA_NEW(g->a->arena, uint64_t, rows_count(r));
    for (size_t i = 0; i < rows_count(r); i++)
        if (row_bool(r, i, "invited")) {
            keys[n] = n + 1;
            n++;
        }
    g->f->invited = keys;
    g->f->invited_count = n;
    return 0;
}

static int load(struct act *a, const struct tender *t, const struct lot *l, bool ballots,
                struct lot_facts *ret, struct err *err)
{
    static int (*const parts[])(struct gather *, struct err *) = {
        gather_bids,   gather_offers,    gather_checks, gather_marks,      gather_ballots,
        gather_events, gather_papers,    gather_draws,  gather_objections, gather_deliveries,
        gather_result, gather_elsewhere, gather_bidders};
    linli_facts *f = ARENA_NEW(a->arena, linli_facts, 1);
    struct gather g = {.a = a, .t = t, .l = l, .map = ret, .f = f, .tender = tender_fact(a, t, l)};

    *ret = (struct lot_facts){.facts = f};
    *f = (linli_facts){
        .now = {a->now_us},
        .calendar = a->law->calendar,
        .tender = g.tender,
        .plan = t->plan,
        .rules = t->rules.rules,
        .rule_count = t->rules.count,
        .round = 1,
    };
    if (!l)
        return gather_invited(&g, err);
    if (!t->plan)
        return 0;
    f->phase = l->phase;
    f->phase_since.us = l->phase_since_us;
    f->phase_due.us = l->phase_due_us;
    f->round = l->round;
    for (size_t i = 0; i < LENGTH(parts); i++) {
        if (parts[i] == gather_ballots && !ballots)
            continue;
        int status = parts[i](&g, err);
        if (status)
            return status;
    }
    CLEANUP(buf_free) struct buf leak = {0};
    return facts_sealed(f, &leak) ? 0 : err_set(err, E_BROKEN, "server/broken", "%s", leak.data);
}

int lot_facts_load(struct act *a, const struct tender *t, const struct lot *l, struct lot_facts *ret,
                   struct err *err)
{
    return load(a, t, l, true, ret, err);
}

int lot_facts_load_unvoted(struct act *a, const struct tender *t, const struct lot *l, struct lot_facts *ret,
                           struct err *err)
{
    return load(a, t, l, false, ret, err);
}
