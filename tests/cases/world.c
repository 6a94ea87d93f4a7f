/* The lines of a case made into facts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/attr.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "tests/cases/case.h"

enum { MOST = 4096, BALLOTS = 20000, CHOICES = 200000 };

/* ---- values ------------------------------------------------------------- */

bool read_money(const char *text, int64_t *ret_fen)
{
    char plain[64];
    size_t n = 0;

    for (; *text && n < sizeof plain - 1; text++)
        if (*text != ',')
            plain[n++] = *text;
    plain[n] = '\0';
    return money_parse(plain, true, ret_fen);
}

bool read_time(const char *text, int64_t *ret_us)
{
    char full[64];
    const char *clock = strchr(text, ' ');
    int colons = 0;

    if (!clock)
        clock = strchr(text, 'T');
    for (const char *c = clock; c && *c; c++)
        colons += *c == ':';
    if (!clock)
        snprintf(full, sizeof full, "%sT00:00:00+08:00", text);
    else
        snprintf(full, sizeof full, "%.10sT%s%s+08:00", text, clock + 1, colons == 1 ? ":00" : "");
    return time_parse(full, ret_us);
}

bool read_period(const char *text, linli_period *ret)
{
    char *end;
    long n = strtol(text, &end, 10);

    if (end == text || n < 0 || n > 100000)
        return false;
    ret->count = (int32_t)n;
    ret->unit = strcmp(end, "d") == 0    ? LINLI_CALENDAR_DAYS
                : strcmp(end, "wd") == 0 ? LINLI_WORKING_DAYS
                : strcmp(end, "h") == 0  ? LINLI_HOURS
                : strcmp(end, "m") == 0  ? LINLI_MONTHS
                                         : 0;
    return ret->unit != 0;
}

bool read_rate(const char *text, linli_rate *ret)
{
    return rate_parse(text, &ret->ppm);
}

bool read_value(const char *text, int32_t unit, int64_t *ret)
{
    const char *dot = strchr(text, '.');

    if (unit == 0)
        unit = strchr(text, '%')             ? LINLI_UNIT_RATE
               : dot && strlen(dot + 1) == 2 ? LINLI_UNIT_MONEY
                                             : LINLI_UNIT_COUNT;
    switch (unit) {
    case LINLI_UNIT_POINTS:
        return points_parse(text, ret);
    case LINLI_UNIT_MONEY:
        return read_money(text, ret);
    case LINLI_UNIT_RATE:
        return rate_parse(text, ret);
    case LINLI_UNIT_YES_NO:
        *ret = strcmp(text, "yes") == 0;
        return true;
    default:
        return int_parse(text, INT64_MIN / 2, INT64_MAX / 2, ret);
    }
}

/* ---- helpers ------------------------------------------------------------ */

static bool wrong(struct world *w, const char *what, const char *text)
{
    snprintf(w->fault, sizeof w->fault, "%s: \"%.160s\"", what, text);
    return false;
}

/* A bid that was named in `bids`; 0: none. */
static uint64_t bid_key(const struct world *w, const char *name)
{
    for (size_t i = 0; i < w->bids.count; i++)
        if (strcmp(w->bids.items[i], name) == 0)
            return i + 1;
    return 0;
}

static bool need_bid(struct world *w, const char *name, uint64_t *ret)
{
    *ret = bid_key(w, name);
    return *ret || strcmp(name, "-") == 0 || wrong(w, "no such bid", name);
}

static bool need_name(struct world *w, int set, const char *name, int32_t *ret)
{
    int value = name_value(set, name);

    *ret = value;
    return value >= 0 || wrong(w, "no such name", name);
}

/* A time of one or two words: "2026-06-22" or "2026-06-22 09:00"; *at is left on the last word used. */
static bool need_time(struct world *w, struct pieces p, size_t *at, int64_t *ret)
{
    const char *text = *at < p.count ? p.items[*at] : "";

    if (*at + 1 < p.count && strchr(p.items[*at + 1], ':'))
        text = arena_printf(w->arena, "%s %s", p.items[*at], p.items[*at + 1]), (*at)++;
    return read_time(text, ret) || wrong(w, "not a time", text);
}

/* ---- single values ------------------------------------------------------ */

static bool set_rules(struct world *w, const char *rest)
{
    int regime = strlen(rest) == 2 && rest[0] == 'p' && rest[1] >= '1' && rest[1] <= '4' ? rest[1] - '0' : 0;

    if (!regime && strcmp(rest, "none") != 0)
        return wrong(w, "no such rule set", rest);
    w->rule_set = rest;
    if (regime)
        w->tender.regime = regime;
    return true;
}

static bool set_phase(struct world *w, const char *rest)
{
    struct pieces p = words_of(w->arena, rest);

    w->facts.phase = p.count ? p.items[0] : NULL;
    w->facts.phase_due.us = w->facts.phase_since.us = 0;
    for (size_t i = 1; i + 1 < p.count; i++) {
        const char *word = p.items[i++];
        int64_t at;

        if (strcmp(word, "round") == 0) {
            w->facts.round = atoi(p.items[i]);
        } else {
            if (!need_time(w, p, &i, &at))
                return false;
            if (strcmp(word, "since") == 0)
                w->facts.phase_since.us = at;
            else if (strcmp(word, "due") == 0)
                w->facts.phase_due.us = at;
            else
                return wrong(w, "not understood", word);
        }
    }
    return true;
}

static bool set_single(struct world *w, const char *word, const char *rest, bool *ret_known)
{
    struct {
        const char *word;
        int64_t *to;
        bool time;
    } values[] = {
        {"budget", &w->tender.budget.minor, false}, {"ceiling", &w->tender.ceiling.minor, false},
        {"pool", &w->tender.pool.minor, false},     {"published", &w->tender.published.us, true},
        {"due", &w->tender.bids_due.us, true},      {"now", &w->facts.now.us, true},
    };

    *ret_known = true;
    for (size_t i = 0; i < LENGTH(values); i++)
        if (strcmp(values[i].word, word) == 0)
            return (values[i].time ? read_time(rest, values[i].to) : read_money(rest, values[i].to)) ||
                   wrong(w, values[i].time ? "not a time" : "not money", rest);
    if (strcmp(word, "category") == 0)
        return need_name(w, SET_CATEGORY, rest, &w->tender.category);
    if (strcmp(word, "regime") == 0)
        return need_name(w, SET_REGIME, rest, &w->tender.regime);
    if (strcmp(word, "rules") == 0)
        return set_rules(w, rest);
    if (strcmp(word, "phase") == 0)
        return set_phase(w, rest);
    if (strcmp(word, "lot") == 0)
        return sscanf(rest, "%d of %d", &w->tender.lot, &w->tender.lots) == 2 || wrong(w, "not a lot", rest);
    if (strcmp(word, "under") == 0) {
        w->tender.under = 1;
        return strcmp(rest, "agreement") == 0 || wrong(w, "not an agreement", rest);
    }
    if (strcmp(word, "electorate") == 0)
        return int_parse(rest, 0, INT32_MAX, &w->tender.electorate) || wrong(w, "not a number", rest);
    if (strcmp(word, "options") == 0 || strcmp(word, "with") == 0 || strcmp(word, "without") == 0 ||
        strcmp(word, "ask") == 0 || strcmp(word, "expect") == 0 || strcmp(word, "rule") == 0)
        return true; /* read when the question is asked */
    if (strcmp(word, "admitted") == 0) {
        w->admit_only = rest;
        return true;
    }
    *ret_known = false;
    return true;
}

/* ---- lists -------------------------------------------------------------- */

static bool add_bid(struct world *w, const char *item)
{
    struct pieces p = words_of(w->arena, item);
    uint64_t key = name_key(&w->bids, p.items[0]);
    linli_bid *b = &w->bid[key - 1];
    int64_t number;

    MUST(key < MOST);
    if (w->facts.bid_count < key)
        w->facts.bid_count = key;
    *b = (linli_bid){.key = key,
                     .number = (int32_t)key,
                     .round = 1,
                     .submitted = {w->tender.bids_due.us - TIME_DAY},
                     .open = true,
                     .priced = true};
    b->bidder = name_key(&w->people, p.items[0]);
    for (size_t i = 1; i < p.count; i++) {
        const char *word = p.items[i], *next = i + 1 < p.count ? p.items[i + 1] : "";

        if (strcmp(word, "withdrawn") == 0)
            b->withdrawn = true;
        else if (strcmp(word, "late") == 0)
            b->late = true;
        else if (strcmp(word, "invalid") == 0)
            b->invalid = true;
        else if (strcmp(word, "barred") == 0)
            b->barred = true;
        else if (strcmp(word, "sealed") == 0)
            b->open = b->priced = false, b->price.minor = 0;
        else if (strcmp(word, "unpriced") == 0)
            b->priced = false, b->price.minor = 0;
        else if (strcmp(word, "group") == 0)
            b->group = name_key(&w->people, next), i++;
        else if (strcmp(word, "by") == 0)
            b->bidder = name_key(&w->people, next), i++;
        else if (strcmp(word, "round") == 0 && int_parse(next, 1, 99, &number))
            b->round = (int32_t)number, i++;
        else if (strcmp(word, "number") == 0 && int_parse(next, 1, 99999, &number))
            b->number = (int32_t)number, i++;
        else if (strcmp(word, "at") == 0 && (++i, need_time(w, p, &i, &b->submitted.us)))
            continue;
        else if (!read_money(word, &b->price.minor))
            return wrong(w, "not understood about a bid", word);
    }
    return true;
}

/* Forgets the entries of an array that `same` says are named again. */
#define FORGET(array, count, condition)                                                                      \
    do {                                                                                                     \
        size_t kept = 0;                                                                                     \
        for (size_t k = 0; k < (count); k++)                                                                 \
            if (!(condition))                                                                                \
                (array)[kept++] = (array)[k];                                                                \
        (count) = kept;                                                                                      \
    } while (0)

static bool add_checks(struct world *w, const char *rest)
{
    struct pieces head = words_of(w->arena, rest);
    int32_t role;

    if (head.count < 5 || strcmp(head.items[1], "by") != 0)
        return wrong(w, "checks RULE by ROLE  A yes | B no", rest);
    if (!need_name(w, SET_ROLE, head.items[2], &role))
        return false;
    const char *rule = head.items[0];
    struct pieces items = cut(w->arena, strstr(rest, head.items[2]) + strlen(head.items[2]), '|');
    for (size_t i = 0; i < items.count; i++) {
        struct pieces p = words_of(w->arena, items.items[i]);
        uint64_t bid;

        if (!need_bid(w, p.items[0], &bid))
            return false;
        FORGET(w->checks, w->facts.check_count,
               w->checks[k].bid == bid && w->checks[k].role == role && strcmp(w->checks[k].rule, rule) == 0);
        for (size_t j = 1; j < p.count; j++) {
            if (strcmp(p.items[j], "yes") != 0 && strcmp(p.items[j], "no") != 0)
                return wrong(w, "neither yes nor no", p.items[j]);
            MUST(w->facts.check_count < MOST);
            w->checks[w->facts.check_count++] = (linli_check){
                .bid = bid, .by = j, .rule = rule, .role = role, .passed = strcmp(p.items[j], "yes") == 0};
        }
    }
    return true;
}

static bool add_marks(struct world *w, const char *rest)
{
    struct pieces head = words_of(w->arena, rest);
    const char *tranche = NULL, *from;

    if (head.count < 3)
        return wrong(w, "marks CRITERION  A 80 80 | B 70 70", rest);
    from = rest + strcspn(rest, " \t");
    if (strcmp(head.items[1], "on") == 0) {
        tranche = head.items[2];
        from = strstr(strstr(from, "on") + 2, tranche) + strlen(tranche);
    }
    struct pieces items = cut(w->arena, from, '|');
    for (size_t i = 0; i < items.count; i++) {
        struct pieces p = words_of(w->arena, items.items[i]);
        uint64_t bid;

        if (!need_bid(w, p.items[0], &bid))
            return false;
        FORGET(w->marks, w->facts.mark_count,
               w->marks[k].bid == bid && strcmp(w->marks[k].criterion, head.items[0]) == 0 &&
                   strcmp(w->marks[k].tranche ? w->marks[k].tranche : "", tranche ? tranche : "") == 0);
        for (size_t j = 1; j < p.count; j++) {
            MUST(w->facts.mark_count < MOST);
            /* The value stays text until its unit is known. */
            w->marks[w->facts.mark_count++] = (linli_mark){.bid = bid,
                                                           .by = j,
                                                           .criterion = head.items[0],
                                                           .tranche = tranche,
                                                           .value = (int64_t)(intptr_t)p.items[j]};
        }
    }
    return true;
}

static bool add_offers(struct world *w, const char *rest)
{
    struct pieces head = words_of(w->arena, rest);
    const char *from = rest + strcspn(rest, " \t");
    int32_t round = 1;

    if (head.count < 3)
        return wrong(w, "offers FIELD  A 36 | B 24", rest);
    if (strcmp(head.items[1], "round") == 0) {
        round = atoi(head.items[2]);
        from = strstr(strstr(from, "round") + 5, head.items[2]) + strlen(head.items[2]);
    }
    struct pieces items = cut(w->arena, from, '|');
    for (size_t i = 0; i < items.count; i++) {
        struct pieces p = words_of(w->arena, items.items[i]);
        uint64_t bid;

        int64_t at = w->tender.bids_due.us;
        size_t word = 3;

        if (!need_bid(w, p.items[0], &bid))
            return false;
        if (p.count != 2 && (p.count < 4 || strcmp(p.items[2], "at") != 0 || !need_time(w, p, &word, &at)))
            return wrong(w, "not an offer", items.items[i]);
        FORGET(w->offers, w->facts.offer_count,
               w->offers[k].bid == bid && w->offers[k].round == round &&
                   strcmp(w->offers[k].field, head.items[0]) == 0);
        MUST(w->facts.offer_count < MOST);
        w->offers[w->facts.offer_count++] = (linli_offer){.bid = bid,
                                                          .field = head.items[0],
                                                          .round = round,
                                                          .value = (int64_t)(intptr_t)p.items[1],
                                                          .at = {at}};
    }
    return true;
}

/* What a ballot gives a project: a number, or money where it has two places. */
static int64_t choice_value(const char *text)
{
    int64_t value = 1;

    if (text && (!strchr(text, '.') || !read_value(text, LINLI_UNIT_MONEY, &value)))
        return atoll(text);
    return value;
}

/* "A B", "3x B C", "2w A", "online A", "-", "A=5 B=3", "A=25.00". */
static bool add_ballot(struct world *w, const char *item)
{
    struct pieces p = words_of(w->arena, item);
    int64_t times = 1, weight = 1;
    bool online = p.count > 0 && strcmp(p.items[0], "online") == 0;
    size_t at = online;

    for (; at < p.count; at++) {
        size_t n = strlen(p.items[at]);
        char last = p.items[at][n - 1];

        if ((last != 'x' && last != 'w') || strspn(p.items[at], "0123456789") != n - 1)
            break;
        *(last == 'x' ? &times : &weight) = atoll(p.items[at]);
    }
    for (int64_t t = 0; t < times; t++) {
        linli_ballot *b = &w->ballots[w->facts.ballot_count++];

        MUST(w->facts.ballot_count < BALLOTS);
        *b = (linli_ballot){.voter = w->facts.ballot_count,
                            .weight = weight,
                            .area = "",
                            .source = online ? "online" : "paper",
                            .first = (uint32_t)w->facts.choice_count};
        for (size_t i = at; i < p.count; i++) {
            char *value = strchr(p.items[i], '=');
            uint64_t bid;
            size_t n = value ? (size_t)(value - p.items[i]) : strlen(p.items[i]);

            if (!need_bid(w, arena_ndup(w->arena, p.items[i], n), &bid))
                return false;
            if (bid == 0)
                continue;
            MUST(w->facts.choice_count < CHOICES);
            w->choices[w->facts.choice_count++] =
                (linli_choice){.bid = (uint32_t)bid - 1,
                               .rank = (int32_t)(i - at) + 1,
                               .value = choice_value(value ? value + 1 : NULL)};
            b->count++;
        }
    }
    return true;
}

static bool add_event(struct world *w, const char *item)
{
    struct pieces p = words_of(w->arena, item);
    linli_event *e = &w->events[w->facts.event_count++];
    size_t at = 1;

    *e = (linli_event){.role = LINLI_CLOCK};
    if (p.count < 2 || !need_name(w, SET_EVENT, p.items[0], &e->kind) || !need_time(w, p, &at, &e->at.us))
        return w->fault[0] ? false : wrong(w, "not an event", item);
    for (at++; at + 1 < p.count; at += 2)
        if (!(strcmp(p.items[at], "by") == 0   ? need_name(w, SET_ROLE, p.items[at + 1], &e->role)
              : strcmp(p.items[at], "of") == 0 ? need_bid(w, p.items[at + 1], &e->bid)
                                               : wrong(w, "not understood", p.items[at])))
            return false;
    return true;
}

static bool add_paper(struct world *w, const char *item)
{
    struct pieces p = words_of(w->arena, item);
    linli_paper *q = &w->papers[w->facts.paper_count];

    *q = (linli_paper){.rule = p.items[0], .judge = LINLI_OFFICE_APPROVER};
    q->at.us = w->tender.bids_due.us + (int64_t)w->facts.paper_count++;
    for (size_t i = 1; i < p.count; i++) {
        const char *word = p.items[i], *next = i + 1 < p.count ? p.items[i + 1] : "";

        if (strcmp(word, "accepted") == 0)
            q->accepted = true;
        else if (strcmp(word, "refused") == 0)
            q->refused = true;
        else if (strcmp(word, "asked") == 0)
            q->at.us = 0;
        else if (strcmp(word, "on") == 0)
            q->tranche = next, i++;
        else if (strcmp(word, "of") == 0 && need_bid(w, next, &q->bid))
            i++;
        else if (strcmp(word, "by") == 0 && need_name(w, SET_ROLE, next, &q->judge))
            i++;
        else if (strcmp(word, "due") == 0)
            i++, q->due.us = need_time(w, p, &i, &q->due.us) ? q->due.us : 0;
        else if (strcmp(word, "at") == 0)
            i++, q->at.us = need_time(w, p, &i, &q->at.us) ? q->at.us : 0;
        else if (strcmp(word, "waiting") != 0)
            return w->fault[0] ? false : wrong(w, "not understood about a paper", word);
    }
    return true;
}

static bool add_objection(struct world *w, const char *item)
{
    struct pieces p = words_of(w->arena, item);
    linli_objection *o = &w->objections[w->facts.objection_count++];

    *o = (linli_objection){
        .key = w->facts.objection_count, .phase = "", .kind = "result", .filed = w->facts.now};
    if (!need_name(w, SET_OBJECTION, p.items[0], &o->state))
        return false;
    for (size_t i = 1; i < p.count; i++) {
        const char *word = p.items[i], *next = i + 1 < p.count ? p.items[i + 1] : "";

        if (strcmp(word, "relevant") == 0) {
            o->relevant = true;
            continue;
        }
        i++;
        if (strcmp(word, "of") == 0 && need_bid(w, next, &o->bid))
            continue;
        else if (strcmp(word, "by") == 0)
            o->by = name_key(&w->people, next);
        else if (strcmp(word, "kind") == 0)
            o->kind = next;
        else if (strcmp(word, "phase") == 0)
            o->phase = next;
        else if (strcmp(word, "filed") != 0 || !need_time(w, p, &i, &o->filed.us))
            return w->fault[0] ? false : wrong(w, "not understood about an objection", word);
    }
    return true;
}

static bool add_delivery(struct world *w, const char *item)
{
    struct pieces p = words_of(w->arena, item);
    linli_delivery *d = &w->deliveries[w->facts.delivery_count++];

    *d = (linli_delivery){0};
    if (p.count < 3 || !need_bid(w, p.items[0], &d->bid) || !need_name(w, SET_TRANCHE, p.items[2], &d->state))
        return w->fault[0] ? false : wrong(w, "not a delivery", item);
    d->tranche = p.items[1];
    linli_delivery one = *d;
    w->facts.delivery_count--;
    FORGET(w->deliveries, w->facts.delivery_count,
           w->deliveries[k].bid == one.bid && strcmp(w->deliveries[k].tranche, one.tranche) == 0);
    d = &w->deliveries[w->facts.delivery_count++];
    *d = one;
    for (size_t i = 3; i + 1 < p.count; i++) {
        const char *word = p.items[i++];
        int64_t *to = strcmp(word, "planned") == 0     ? &d->planned.minor
                      : strcmp(word, "released") == 0  ? &d->released.minor
                      : strcmp(word, "paid") == 0      ? &d->paid.minor
                      : strcmp(word, "recovered") == 0 ? &d->recovered.minor
                      : strcmp(word, "accepted") == 0  ? &d->accepted.minor
                                                       : NULL;

        if (!to && (strcmp(word, "due") != 0 || !need_time(w, p, &i, &d->due.us)))
            return w->fault[0] ? false : wrong(w, "not understood about a delivery", word);
        if (to && !read_money(p.items[i], to))
            return wrong(w, "not money", p.items[i]);
    }
    return true;
}

/* "A filed founded 2024-01-01 excluded 2027-01-01 insider" */
static bool add_bidder(struct world *w, const char *item)
{
    struct pieces p = words_of(w->arena, item);
    linli_bidder one = {0};
    uint64_t bid;
    int64_t at_us;

    if (p.count == 0 || !need_bid(w, p.items[0], &bid) || bid == 0)
        return w->fault[0] ? false : wrong(w, "whose bid?", item);
    one.key = w->bid[bid - 1].bidder;
    for (size_t i = 1; i < p.count; i++) {
        const char *word = p.items[i], *next = i + 1 < p.count ? p.items[i + 1] : "";

        if (strcmp(word, "insider") == 0)
            one.insider = true;
        else if (strcmp(word, "founded") == 0 && read_time(next, &at_us))
            one.founded.day = (int32_t)day_of(at_us), i++;
        else if (strcmp(word, "excluded") == 0 && read_time(next, &one.excluded.us))
            i++;
        else if (!need_name(w, SET_BIDDER, word, &one.kind))
            return false;
    }
    FORGET(w->bidders, w->facts.bidder_count, w->bidders[k].key == one.key);
    MUST(w->facts.bidder_count < MOST);
    w->bidders[w->facts.bidder_count++] = one;
    return true;
}

/* "2 A winner 100.00": in lot 2, to who made A here; "-" where it does not bid here. */
static bool add_elsewhere(struct world *w, const char *item)
{
    struct pieces p = words_of(w->arena, item);
    linli_elsewhere one = {0};
    uint64_t bid;

    if (p.count != 4 || !need_bid(w, p.items[1], &bid) ||
        !need_name(w, SET_STANDING, p.items[2], &one.standing) || !read_money(p.items[3], &one.amount.minor))
        return w->fault[0] ? false : wrong(w, "LOT BID STANDING MONEY", item);
    one.lot = atoi(p.items[0]);
    one.bidder = bid ? w->bid[bid - 1].bidder : 0;
    MUST(w->facts.elsewhere_count < MOST);
    w->elsewhere[w->facts.elsewhere_count++] = one;
    return true;
}

static bool add_award(struct world *w, const char *item)
{
    struct pieces p = words_of(w->arena, item);
    linli_award *a = &w->awards[w->facts.award_count++];

    *a = (linli_award){.order = (int32_t)w->facts.award_count};
    if (p.count != 3 || !need_bid(w, p.items[0], &a->bid) ||
        !need_name(w, SET_STANDING, p.items[1], &a->standing) || !read_money(p.items[2], &a->amount.minor))
        return w->fault[0] ? false : wrong(w, "not an award", item);
    return true;
}

static bool set_evaluation(struct world *w, const char *rest)
{
    struct pieces head = words_of(w->arena, rest), items = cut(w->arena, rest + strcspn(rest, " \t"), '|');
    bool set = head.count && strcmp(head.items[0], "set") == 0;

    w->evaluation = (linli_evaluation){.kind = set ? LINLI_SET : LINLI_ORDER, .items = w->results};
    w->facts.evaluation = &w->evaluation;
    for (size_t i = 0; i < items.count; i++) {
        struct pieces p = words_of(w->arena, items.items[i]);
        linli_result *r = &w->results[w->evaluation.count++];

        *r = (linli_result){.standing = LINLI_RANKED};
        if (!need_bid(w, p.items[0], &r->bid) || p.count < 2)
            return false;
        if (strcmp(p.items[1], "out") == 0 || strcmp(p.items[1], "explain") == 0)
            r->standing = p.items[1][0] == 'o' ? LINLI_OUT : LINLI_EXPLAIN;
        else if (set && strcmp(p.items[1], "-") != 0 && !read_money(p.items[1], &r->grant.minor))
            return wrong(w, "not a grant", p.items[1]);
        else if (!set && (p.count != 3 || !points_parse(p.items[1], &r->total.micro) ||
                          (r->rank = atoi(p.items[2])) < 1))
            return wrong(w, "not a total and a rank", items.items[i]);
    }
    return true;
}

static bool set_compared(struct world *w, const char *item)
{
    struct pieces p = words_of(w->arena, item);
    uint64_t bid;

    if (p.count != 2 || !need_bid(w, p.items[0], &bid))
        return false;
    for (size_t i = 0; i < w->evaluation.count; i++)
        if (w->results[i].bid == bid)
            return read_money(p.items[1], &w->results[i].compared.minor) || wrong(w, "not money", p.items[1]);
    return wrong(w, "not evaluated", item);
}

static bool add_draw(struct world *w, const char *rest)
{
    struct pieces p = words_of(w->arena, rest);
    uint64_t *keys = ARENA_NEW(w->arena, uint64_t, p.count);

    for (size_t i = 1; i < p.count; i++)
        if (!need_bid(w, p.items[i], &keys[i - 1]))
            return false;
    if (p.count == 0)
        return wrong(w, "not a draw", rest);
    w->draws[w->facts.draw_count++] = (linli_draw){p.items[0], keys, p.count - 1};
    return true;
}

static bool add_invited(struct world *w, const char *item)
{
    w->invited[w->facts.invited_count++] = name_key(&w->people, item);
    return true;
}

static bool each(struct world *w, const char *rest, char at, bool (*add)(struct world *, const char *))
{
    struct pieces items = cut(w->arena, rest, at);

    for (size_t i = 0; i < items.count; i++)
        if (!add(w, items.items[i]))
            return false;
    return true;
}

static bool read_line(struct world *w, const struct line *line)
{
    static const struct {
        const char *word;
        bool (*whole)(struct world *, const char *);
        bool (*item)(struct world *, const char *);
        char at;
    } lists[] = {
        {"bids", NULL, add_bid, '|'},
        {"checks", add_checks, NULL, 0},
        {"marks", add_marks, NULL, 0},
        {"offers", add_offers, NULL, 0},
        {"ballots", NULL, add_ballot, '|'},
        {"events", NULL, add_event, '|'},
        {"papers", NULL, add_paper, '|'},
        {"objections", NULL, add_objection, '|'},
        {"deliveries", NULL, add_delivery, '|'},
        {"bidders", NULL, add_bidder, '|'},
        {"elsewhere", NULL, add_elsewhere, '|'},
        {"evaluation", set_evaluation, NULL, 0},
        {"compared", NULL, set_compared, '|'},
        {"draw", add_draw, NULL, 0},
        {"invited", NULL, add_invited, ' '},
    };
    bool known;

    if (!set_single(w, line->word, line->rest, &known) || known)
        return known && !w->fault[0];
    if (strcmp(line->word, "awards") == 0) {
        w->facts.award_count = 0;
        return each(w, line->rest, '|', add_award);
    }
    for (size_t i = 0; i < LENGTH(lists); i++)
        if (strcmp(lists[i].word, line->word) == 0)
            return lists[i].whole ? lists[i].whole(w, line->rest)
                                  : each(w, line->rest, lists[i].at, lists[i].item);
    return wrong(w, "no such word", line->word);
}

/* ---- rules -------------------------------------------------------------- */

/* "CODE VALUE SOURCE..." */
static bool change_rule(struct world *w, const char *rest)
{
    struct pieces p = words_of(w->arena, rest);
    linli_rule r = {0};
    size_t at = 0;

    if (p.count < 2)
        return wrong(w, "rule CODE VALUE", rest);
    r.code = p.items[0];
    r.source = p.count > 2 ? strstr(rest, p.items[2]) : "case";
    FORGET(w->rules, w->facts.rule_count, strcmp(w->rules[k].code, r.code) == 0);
    if (strcmp(p.items[1], "gone") == 0)
        return true;
    if (!read_period(p.items[1], &r.period)) {
        r.unit = strchr(p.items[1], '%')   ? LINLI_UNIT_RATE
                 : strchr(p.items[1], '.') ? LINLI_UNIT_MONEY
                                           : LINLI_UNIT_COUNT;
        if (!read_value(p.items[1], r.unit, &r.value))
            return wrong(w, "not a value", p.items[1]);
    }
    while (at < w->facts.rule_count && strcmp(w->rules[at].code, r.code) < 0)
        at++;
    memmove(&w->rules[at + 1], &w->rules[at], (w->facts.rule_count - at) * sizeof r);
    w->rules[at] = r;
    w->facts.rule_count++;
    return true;
}

static bool read_rules(struct world *w, const struct line *lines, size_t count)
{
    if (w->rule_set && strcmp(w->rule_set, "none") != 0) {
        const struct rule_set *set = rules_on(w->book, w->rule_set[1] - '0', (struct rule_place){0},
                                              day_of(w->tender.published.us), w->arena);

        if (!set)
            return wrong(w, "no rule set in force on that day", w->rule_set);
        memcpy(w->rules, set->rules, set->count * sizeof *set->rules);
        w->facts.rule_count = set->count;
    }
    for (size_t i = 0; i < count; i++)
        if (strcmp(lines[i].word, "rule") == 0 && !change_rule(w, lines[i].rest))
            return false;
    return true;
}

/* ---- the whole ---------------------------------------------------------- */

static void make_room(struct world *w)
{
    w->rules = ARENA_NEW(w->arena, linli_rule, MOST);
    w->bid = ARENA_NEW(w->arena, linli_bid, MOST);
    w->offers = ARENA_NEW(w->arena, linli_offer, MOST);
    w->checks = ARENA_NEW(w->arena, linli_check, MOST);
    w->marks = ARENA_NEW(w->arena, linli_mark, MOST);
    w->ballots = ARENA_NEW(w->arena, linli_ballot, BALLOTS);
    w->choices = ARENA_NEW(w->arena, linli_choice, CHOICES);
    w->events = ARENA_NEW(w->arena, linli_event, MOST);
    w->papers = ARENA_NEW(w->arena, linli_paper, MOST);
    w->draws = ARENA_NEW(w->arena, linli_draw, MOST);
    w->objections = ARENA_NEW(w->arena, linli_objection, MOST);
    w->deliveries = ARENA_NEW(w->arena, linli_delivery, MOST);
    w->awards = ARENA_NEW(w->arena, linli_award, MOST);
    w->results = ARENA_NEW(w->arena, linli_result, MOST);
    w->invited = ARENA_NEW(w->arena, uint64_t, MOST);
    w->bidders = ARENA_NEW(w->arena, linli_bidder, MOST);
    w->elsewhere = ARENA_NEW(w->arena, linli_elsewhere, MOST);
}

bool world_read(struct world *w, const struct line *lines, size_t count)
{
    bool timed = false;

    make_room(w);
    w->tender = (linli_tender){.key = 1,
                               .currency = "CNY",
                               .category = LINLI_SERVICES,
                               .regime = LINLI_STATUTORY,
                               .budget = {100000000},
                               .lot = 1,
                               .lots = 1};
    w->facts.round = 1;
    MUST(read_time("2026-06-01 09:00", &w->tender.published.us) &&
         read_time("2026-06-22 09:00", &w->tender.bids_due.us));
    for (size_t i = 0; i < count; i++) {
        if (!read_line(w, &lines[i])) {
            if (!w->fault[0])
                wrong(w, "not understood", lines[i].rest);
            char why[sizeof w->fault];
            memcpy(why, w->fault, sizeof why);
            snprintf(w->fault, sizeof w->fault, "line %d: %.200s", lines[i].number, why);
            return false;
        }
        timed |= strcmp(lines[i].word, "now") == 0;
    }
    if (!timed)
        w->facts.now = w->tender.bids_due;
    return read_rules(w, lines, count);
}

#define BY(a, b)                                                                                             \
    if ((a) != (b))                                                                                          \
    return (a) < (b) ? -1 : 1
#define BY_TEXT(a, b)                                                                                        \
    do {                                                                                                     \
        int order = strcmp((a) ? (a) : "", (b) ? (b) : "");                                                  \
        if (order)                                                                                           \
            return order;                                                                                    \
    } while (0)

static int by_offer(const void *x, const void *y)
{
    const linli_offer *a = x, *b = y;

    BY(a->bid, b->bid);
    BY_TEXT(a->field, b->field);
    BY(a->round, b->round);
    return 0;
}

static int by_check(const void *x, const void *y)
{
    const linli_check *a = x, *b = y;

    BY(a->bid, b->bid);
    BY_TEXT(a->rule, b->rule);
    BY(a->by, b->by);
    return 0;
}

static int by_mark(const void *x, const void *y)
{
    const linli_mark *a = x, *b = y;

    BY(a->bid, b->bid);
    BY_TEXT(a->criterion, b->criterion);
    BY(a->by, b->by);
    return 0;
}

static int by_event(const void *x, const void *y)
{
    const linli_event *a = x, *b = y;

    BY(a->at.us, b->at.us);
    return 0;
}

static int by_paper(const void *x, const void *y)
{
    const linli_paper *a = x, *b = y;

    BY_TEXT(a->rule, b->rule);
    BY(a->bid, b->bid);
    BY(a->at.us, b->at.us);
    return 0;
}

static int by_delivery(const void *x, const void *y)
{
    const linli_delivery *a = x, *b = y;

    BY(a->bid, b->bid);
    BY_TEXT(a->tranche, b->tranche);
    return 0;
}

static int by_bidder(const void *x, const void *y)
{
    const linli_bidder *a = x, *b = y;

    BY(a->key, b->key);
    return 0;
}

static int by_result(const void *x, const void *y)
{
    const linli_result *a = x, *b = y;

    BY(a->bid, b->bid);
    return 0;
}

void world_settle(struct world *w)
{
    linli_facts *f = &w->facts;

    qsort(w->offers, f->offer_count, sizeof *w->offers, by_offer);
    qsort(w->checks, f->check_count, sizeof *w->checks, by_check);
    qsort(w->marks, f->mark_count, sizeof *w->marks, by_mark);
    qsort(w->events, f->event_count, sizeof *w->events, by_event);
    qsort(w->papers, f->paper_count, sizeof *w->papers, by_paper);
    qsort(w->deliveries, f->delivery_count, sizeof *w->deliveries, by_delivery);
    qsort(w->bidders, f->bidder_count, sizeof *w->bidders, by_bidder);
    qsort(w->results, w->evaluation.count, sizeof *w->results, by_result);
    f->tender = &w->tender;
    f->rules = w->rules;
    f->bids = w->bid;
    f->offers = w->offers;
    f->checks = w->checks;
    f->marks = w->marks;
    f->ballots = w->ballots;
    f->choices = w->choices;
    f->events = w->events;
    f->papers = w->papers;
    f->draws = w->draws;
    f->objections = w->objections;
    f->deliveries = w->deliveries;
    f->awards = w->awards;
    f->invited = w->invited;
    f->bidders = w->bidders;
    f->elsewhere = w->elsewhere;
}
