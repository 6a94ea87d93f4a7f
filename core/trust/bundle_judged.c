/* Checks of core/trust/bundle_check.h: conflicts, marks, and that what was decided rests on what was opened.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/trust/bundle_checking.h"

static const char hidden[] = "what the panel did is not shown at this level / 本级别不公开评审过程";

/* ---- V17: conflicts ---------------------------------------------------------------------- */

/* What was declared, by lot and person, in the order of the log. */
struct declared {
    const char *lot, *person;
    const struct bundle_event *e;
};
struct declarations {
    struct declared *all;
    size_t count;
};

static int by_person(const struct declared *x, const struct declared *y)
{
    const int order = strcmp(x->lot, y->lot);

    return order ? order : strcmp(x->person, y->person);
}

static int by_person_and_time(const void *a, const void *b)
{
    const struct declared *x = a, *y = b;
    const int order = by_person(x, y);

    return order ? order : (x->e > y->e) - (x->e < y->e);
}

static struct declarations declared_all(struct checking *c)
{
    struct declarations d = {ARENA_NEW(c->arena, struct declared, c->b->count + 1), 0};

    for (size_t i = 0; i < c->b->count; i++) {
        const struct bundle_event *e = &c->b->events[i];
        const struct declared one = {doc_text(e->doc, "/subject"), doc_text(e->doc, "/actor"), e};
        if (event_is(e, "panel_declare") && one.lot && one.person)
            d.all[d.count++] = one;
    }
    if (d.count)
        qsort(d.all, d.count, sizeof(*d.all), by_person_and_time);
    return d;
}

/* The last declaration of whoever did this, of this lot and before; NULL: none. */
static const struct bundle_event *declared_before(const struct declarations *d, const struct bundle_event *e)
{
    const struct declared wanted = {doc_text(e->doc, "/subject"), doc_text(e->doc, "/actor"), e};
    size_t low = 0, high = d->count;

    if (!wanted.lot || !wanted.person)
        return NULL;
    while (low < high) {
        const size_t mid = low + (high - low) / 2;
        if (by_person_and_time(&d->all[mid], &wanted) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low > 0 && by_person(&d->all[low - 1], &wanted) == 0 ? d->all[low - 1].e : NULL;
}

/* No conflict, or one with single bids that are not among those marked. */
static bool free_to_mark(struct checking *c, const struct bundle_event *declared,
                         const struct bundle_event *marks)
{
    static const char bids[] = "/payload/request/bids";

    if (doc_is(declared->doc, "/payload/request/conflict", "false"))
        return true;
    for (size_t i = 0; i < doc_count(marks->doc, "/payload/marks"); i++) {
        const char *bid = doc_text(marks->doc, arena_printf(c->arena, "/payload/marks/%zu/bid", i));
        for (size_t k = 0; k < doc_count(declared->doc, bids); k++)
            if (bid && doc_is(declared->doc, arena_printf(c->arena, "%s/%zu", bids, k), bid))
                return false;
    }
    return doc_count(declared->doc, bids) > 0;
}

/* Whoever marks declared before, last, that there is no conflict. */
int bundle_conflicts(struct checking *c, struct err *err)
{
    const struct bundle_tender *b = c->b;
    const struct declarations declarations = declared_all(c);

    for (size_t i = 0; i < b->count; i++) {
        const struct bundle_event *e = &b->events[i];
        if (!event_is(e, "marks_put") && !event_is(e, "marks_lock") && !event_is(e, "marks_commit") &&
            !event_is(e, "marks_reveal"))
            continue;
        const struct bundle_event *declared = declared_before(&declarations, e);
        c->checked++;
        if (!declared || !free_to_mark(c, declared, e))
            return contradiction(err, "member % marked without having declared that there is no conflict",
                                 "评委 % 未声明无利害关系即评分", doc_text(e->doc, "/actor"));
    }
    if (c->checked == 0)
        c->not_checked = b->withheld ? hidden : "nobody marked / 没有评分";
    return 0;
}

/* ---- V18: marks -------------------------------------------------------------------------- */

struct mark {
    const char *lot, *member, *bid, *criterion, *value;
    int64_t at_us;
    size_t order; /* of two of the same the later one counts */
};
struct marks {
    struct mark *items; /* sorted */
    size_t count;
};

static int same_mark(const struct mark *x, const struct mark *y)
{
    int order = strcmp(x->lot, y->lot);

    order = order ? order : strcmp(x->member, y->member);
    order = order ? order : strcmp(x->bid, y->bid);
    return order ? order : strcmp(x->criterion, y->criterion);
}

static int by_mark(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;
    int order = same_mark(x, y);

    return order ? order : (x->order > y->order) - (x->order < y->order);
}

static void sheet_add(struct checking *c, const struct bundle_event *e, struct marks *m)
{
    const char *lot = doc_text(e->doc, "/subject"), *member = doc_text(e->doc, "/payload/member");

    for (size_t k = 0; lot && member && k < doc_count(e->doc, "/payload/marks"); k++) {
        const char *at = arena_printf(c->arena, "/payload/marks/%zu", k);
        const struct mark one = {lot,
                                 member,
                                 doc_text(e->doc, arena_printf(c->arena, "%s/bid", at)),
                                 doc_text(e->doc, arena_printf(c->arena, "%s/criterion", at)),
                                 doc_text(e->doc, arena_printf(c->arena, "%s/value", at)),
                                 e->at_us,
                                 m->count};
        if (one.bid && one.criterion && one.value)
            m->items[m->count++] = one;
    }
}

/* All that members ever locked, so that nobody looks through all sheets for each decision. */
static struct marks locked_all(struct checking *c)
{
    struct marks m = {0};
    size_t most = 0;

    for (size_t i = 0; i < c->b->count; i++)
        most += doc_count(c->b->events[i].doc, "/payload/marks");
    m.items = ARENA_NEW(c->arena, struct mark, most + 1);
    for (size_t i = 0; i < c->b->count; i++)
        if (event_is(&c->b->events[i], "marks_lock") || event_is(&c->b->events[i], "marks_reveal"))
            sheet_add(c, &c->b->events[i], &m);
    if (m.count)
        qsort(m.items, m.count, sizeof(*m.items), by_mark);
    return m;
}

/* What the members are called in facts: by their number in the lot. */
static const struct bundle_row *member_of(const struct bundle_tender *b, const char *lot, const char *no)
{
    for (size_t i = 0; no && i < b->row_count; i++)
        if (strcmp(b->rows[i].kind, "member") == 0 && doc_is(b->rows[i].doc, "/lot", lot) &&
            doc_is(b->rows[i].doc, "/no", no))
            return &b->rows[i];
    return NULL;
}

bool bundle_member_gone(const struct bundle_tender *b, const char *lot, const struct bundle_row *member,
                        int64_t until_us)
{
    const struct bundle_event *e;

    for (size_t at = 0; (e = bundle_about_next(b, lot, &at));) {
        if (e->at_us > until_us)
            continue;
        if ((event_is(e, "panel_replace") || event_is(e, "panel_next")) &&
            doc_is(e->doc, "/payload/request/member", member->id))
            return true;
        if ((event_is(e, "panel_decline") ||
             (event_is(e, "panel_declare") && doc_is(e->doc, "/payload/request/conflict", "true"))) &&
            doc_is(e->doc, "/actor", doc_text(member->doc, "/person")))
            return true;
    }
    return false;
}

/* The marks that facts name: of which member, bid, and what. */
static struct marks named_in(struct checking *c, const struct doc *facts, const char *lot)
{
    const char *lot_no = doc_text(facts, "/tender/lot");
    const size_t count = doc_count(facts, "/marks");
    struct marks m = {ARENA_NEW(c->arena, struct mark, count + 1), 0};

    for (size_t i = 0; i < count; i++) {
        const char *at = arena_printf(c->arena, "/marks/%zu", i);
        const struct bundle_row *member =
            member_of(c->b, lot, doc_text(facts, arena_printf(c->arena, "%s/by", at)));
        const char *key = doc_text(facts, arena_printf(c->arena, "%s/bid", at));
        struct mark one = {lot,
                           member ? member->id : NULL,
                           key ? bundle_bid(c->b, lot_no, key) : NULL,
                           doc_text(facts, arena_printf(c->arena, "%s/criterion", at)),
                           doc_text(facts, arena_printf(c->arena, "%s/value", at)),
                           0,
                           i};
        if (!one.value) /* of nothing there is no member */
            one.value = "0";
        if (one.lot && one.member && one.bid && one.criterion)
            m.items[m.count++] = one;
    }
    if (m.count)
        qsort(m.items, m.count, sizeof(*m.items), by_mark);
    return m;
}

/* The first that is not before this one. */
static size_t mark_first(const struct marks *m, const struct mark *like)
{
    size_t low = 0, high = m->count;

    while (low < high) {
        const size_t mid = low + (high - low) / 2;
        if (by_mark(&m->items[mid], like) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* What was locked last by then of the same; NULL: nothing. */
static const struct mark *mark_then(const struct marks *m, const struct mark *like, int64_t at_us)
{
    struct mark after = *like;

    after.order = SIZE_MAX;
    for (size_t i = mark_first(m, &after); i > 0 && same_mark(&m->items[i - 1], like) == 0; i--)
        if (m->items[i - 1].at_us <= at_us)
            return &m->items[i - 1];
    return NULL;
}

/* Do the facts know of the bid? */
static bool bid_asked(struct checking *c, const struct doc *facts, const char *bid)
{
    const struct bundle_row *row = bundle_row(c->b, "bid", bid);
    const char *key = row ? doc_text(row->doc, "/key") : NULL;

    if (!key || !doc_is(row->doc, "/lot", doc_text(facts, "/tender/lot")))
        return false;
    for (size_t i = 0; i < doc_count(facts, "/bids"); i++)
        if (doc_is(facts, arena_printf(c->arena, "/bids/%zu/key", i), key))
            return true;
    return false;
}

/* How many events there are up to the last sheet that a member had locked by then; 0: it had none. */
static size_t locked_last(const struct bundle_tender *b, const char *lot, const char *member, int64_t at_us)
{
    const struct bundle_event *e;
    size_t last = 0;

    for (size_t at = 0; (e = bundle_about_next(b, lot, &at));)
        if ((event_is(e, "marks_lock") || event_is(e, "marks_reveal")) && e->at_us <= at_us &&
            doc_is(e->doc, "/payload/member", member))
            last = (size_t)(e - b->events) + 1;
    return last;
}

/* It opens sheets of the lot again; where it tells of no lot it was logged before that was told. */
static bool reopens(const struct bundle_event *e, const char *lot)
{
    const char *of = doc_text(e->doc, "/payload/lot");

    return (event_is(e, "sheet_reopen") || event_is(e, "lot_review_approve")) &&
           (!of || strcmp(of, lot) == 0);
}

/* By then somebody had no locked sheet, or one that was opened again: then marks are nobody's to know. */
static bool unlocked(const struct bundle_tender *b, const char *lot, int64_t at_us)
{
    size_t first = b->count;

    for (size_t i = 0; i < b->row_count; i++) {
        const struct bundle_row *row = &b->rows[i];
        if (strcmp(row->kind, "member") != 0 || !doc_is(row->doc, "/lot", lot))
            continue;
        const size_t last = locked_last(b, lot, row->id, at_us);
        if (last == 0 && !bundle_member_gone(b, lot, row, at_us))
            return true;
        first = last && last < first ? last : first;
    }
    for (size_t i = first; i < b->count; i++)
        if (b->events[i].at_us <= at_us && reopens(&b->events[i], lot))
            return true;
    return false;
}

/* One of the members who stayed had locked it, and the facts, which know of its bid, do not name it. */
static bool left_out(struct checking *c, const struct doc *facts, const struct marks *named,
                     const struct mark *m, int64_t at_us)
{
    const size_t at = mark_first(named, &(struct mark){m->lot, m->member, m->bid, m->criterion, NULL, 0, 0});
    const struct bundle_row *member = bundle_row(c->b, "member", m->member);

    return m->at_us <= at_us && (at == named->count || same_mark(&named->items[at], m) != 0) &&
           bid_asked(c, facts, m->bid) && (!member || !bundle_member_gone(c->b, m->lot, member, at_us));
}

/* Each mark is the one its member locked, and of the members who stayed none is left out. */
static int marks_check(struct checking *c, const struct marks *locked, const char *id, bool preview,
                       const struct doc *facts, int64_t at_us, struct err *err)
{
    const char *lot_no = doc_text(facts, "/tender/lot"), *lot = bundle_lot(c->b, lot_no);
    const struct marks named = named_in(c, facts, lot);
    const size_t count = doc_count(facts, "/marks");
    bool good = named.count == count;

    for (size_t i = 0; i < named.count && good; i++) {
        const struct mark *m = mark_then(locked, &named.items[i], at_us);
        good = m && strcmp(m->value, named.items[i].value) == 0 &&
               (i == 0 || same_mark(&named.items[i - 1], &named.items[i]) != 0);
    }
    c->checked += count;
    if (!good)
        return contradiction(err, "decision % rests on marks that no member locked",
                             "决定 % 所依据的评分并非评委锁定的评分", id);
    if (!lot || (preview && count == 0 && unlocked(c->b, lot, at_us)))
        return 0;
    for (size_t i = mark_first(locked, &(struct mark){lot, "", "", "", NULL, 0, 0});
         i < locked->count && strcmp(locked->items[i].lot, lot) == 0; i++)
        if (left_out(c, facts, &named, &locked->items[i], at_us))
            return contradiction(err, "decision % leaves out marks that a member locked",
                                 "决定 % 遗漏了评委锁定的评分", id);
    return 0;
}

/* Nobody marks as another member.  Whose seat it is stands in a row alone: who keeps the rows answers, not
 * who marked. */
static int own_marks(struct checking *c, const struct bundle_event *e, struct err *err)
{
    const char *id = doc_text(e->doc, "/payload/member");
    const struct bundle_row *member = id ? bundle_row(c->b, "member", id) : NULL;
    const bool marks = event_is(e, "marks_put") || event_is(e, "marks_lock") || event_is(e, "marks_commit") ||
                       event_is(e, "marks_reveal");

    return !marks || !id || (member && doc_is(member->doc, "/person", doc_text(e->doc, "/actor")))
               ? 0
               : contradiction(err, "marks of member % were given by somebody else",
                               "评委 % 的评分并非其本人作出", id);
}

int bundle_marks(struct checking *c, struct err *err)
{
    struct bundle_decision d;
    struct doc *facts;
    const char *id;
    size_t at = 0;
    int status = 0;

    if (c->b->withheld) {
        c->not_checked = hidden;
        return 0;
    }
    for (size_t i = 0; i < c->b->count && !status; i++)
        status = own_marks(c, &c->b->events[i], err);
    const struct marks locked = locked_all(c);
    while (!status && bundle_decision_next(c->b, c->arena, NULL, &at, &id, &d)) {
        const bool preview = strcmp(d.question, "preview") == 0;
        if ((preview || strcmp(d.question, "evaluate") == 0) &&
            !doc_read(c->arena, d.facts, strlen(d.facts), &facts, NULL))
            status = marks_check(c, &locked, id, preview, facts, c->b->events[at - 1].at_us, err);
    }
    if (!status)
        status = bundle_scores(c, err);
    if (!status && !bundle_acts(c->b, "marks_reveal"))
        c->not_checked =
            c->checked ? "members do not sign their marks / 评委未对评分签名" : "nobody marked / 没有评分";
    return status;
}

/* ---- V19: what was decided rests on what was opened --------------------------------------- */

/* Read out with the bid, or of two envelopes with the other. */
static const char *opened_price(struct checking *c, const char *bid)
{
    const char *at;
    const struct doc *said = bundle_opened(c->b, "prices", bid, &at);

    if (!said)
        said = bundle_opened(c->b, "lot", bid, &at);
    return said ? doc_text(said, arena_printf(c->arena, "%s/price", at)) : NULL;
}

static int prices_check(struct checking *c, const char *id, const struct doc *facts, struct err *err)
{
    for (size_t i = 0; i < doc_count(facts, "/offers"); i++) {
        const char *at = arena_printf(c->arena, "/offers/%zu", i);
        const char *key = doc_text(facts, arena_printf(c->arena, "%s/bid", at));
        const char *bid = bundle_asked_bid(c->b, c->arena, facts, key);
        const char *price = bid ? opened_price(c, bid) : NULL;
        if (!price || !doc_is(facts, arena_printf(c->arena, "%s/round", at), "1") ||
            !doc_is(facts, arena_printf(c->arena, "%s/field", at), "price"))
            continue;
        if (!doc_is(facts, arena_printf(c->arena, "%s/value", at), price))
            return contradiction(err, "decision % rests on another price than the one read out",
                                 "决定 % 所依据的报价与唱标不同", id);
    }
    return 0;
}

/* An evaluation the facts hold is one that was answered; where all is shown it is also the last
 * (bundle_known). */
static int evaluation_check(struct checking *c, const char *id, const struct doc *facts, struct err *err)
{
    struct bundle_decision d;
    struct doc *answer;
    const char *unused;
    size_t at = 0;
    bool any = false;

    while (doc_count(facts, "/evaluation/items") &&
           bundle_decision_next(c->b, c->arena, "evaluate", &at, &unused, &d)) {
        if (!doc_read(c->arena, d.answer, strlen(d.answer), &answer, NULL) &&
            bundle_evaluated(c, facts, answer))
            return 0;
        any = true;
    }
    return any ? contradiction(err, "decision % rests on an evaluation that was never answered",
                               "决定 % 所依据的评审结果并非评审办法的答案", id)
               : 0;
}

static bool decision_logged(const struct bundle_tender *b, const char *id)
{
    for (size_t i = 0; i < b->count; i++)
        if (event_is(&b->events[i], "log_decision") && doc_is(b->events[i].doc, "/subject", id))
            return true;
    return false;
}

/* Whoever decided said by which uuid the award goes, as contracts name it; an act that lists none says
 * nothing. */
static int award_named(const struct checking *c, const struct bundle_row *row, struct err *err)
{
    const char *decision = doc_text(row->doc, "/decision");

    for (size_t i = 0; i < c->b->count && decision; i++) {
        const struct doc *doc = c->b->events[i].doc;
        if (!event_is(&c->b->events[i], "lot_decide") || !doc_is(doc, "/payload/decision", decision))
            continue;
        const size_t n = doc_count(doc, "/payload/rows");
        bool named = n == 0;
        for (size_t k = 0; k < n && !named; k++) {
            char at[40];
            snprintf(at, sizeof(at), "/payload/rows/%zu", k);
            named = doc_is(doc, at, row->id);
        }
        if (!named)
            return contradiction(err, "award % is none of those decided", "结果 % 不在所定的结果之内",
                                 row->id);
    }
    return 0;
}

/* A decision is acted on, or it is none. */
static int award_acted(const struct bundle_tender *b, const struct bundle_row *row, struct err *err)
{
    const char *decision = doc_text(row->doc, "/decision");

    for (size_t i = 0; i < b->count && decision; i++)
        if (event_is(&b->events[i], "lot_decide") && doc_is(b->events[i].doc, "/payload/decision", decision))
            return 0;
    return contradiction(err, "award % rests on a decision nobody acted on", "结果 % 所依据的决定没有执行",
                         row->id);
}

static int award_row(struct checking *c, const struct bundle_row *row, struct err *err)
{
    const bool seen = bundle_row(c->b, "bid", doc_text(row->doc, "/bid")) || !c->b->withheld;
    struct bundle_decision d;
    const char *id, *decision = doc_text(row->doc, "/decision");
    struct doc *answer, *facts;
    size_t at = 0;
    int64_t fen, told;

    while (decision && bundle_decision_next(c->b, c->arena, "award", &at, &id, &d)) {
        if (strcmp(id, decision) != 0 || doc_read(c->arena, d.answer, strlen(d.answer), &answer, NULL) ||
            doc_read(c->arena, d.facts, strlen(d.facts), &facts, NULL))
            continue;
        for (size_t i = 0; i < doc_count(answer, "/items"); i++) {
            const char *item = arena_printf(c->arena, "/items/%zu", i);
            const char *key = doc_text(answer, arena_printf(c->arena, "%s/bid", item));
            const char *bid = bundle_asked_bid(c->b, c->arena, facts, key);
            const char *lot = bundle_lot(c->b, doc_text(facts, "/tender/lot"));
            if ((seen && (!bid || !doc_is(row->doc, "/bid", bid))) || !lot ||
                !doc_is(row->doc, "/lot", lot) ||
                !doc_is(answer, arena_printf(c->arena, "%s/order", item), doc_text(row->doc, "/order")) ||
                !doc_is(answer, arena_printf(c->arena, "%s/standing", item), doc_text(row->doc, "/standing")))
                continue;
            if (doc_yuan(answer, arena_printf(c->arena, "%s/amount", item), &told) &&
                doc_fen(row->doc, "/fen", &fen) && told == fen)
                return 0;
        }
        return contradiction(err, "award % is not what the mechanism answered", "结果 % 与机制的答案不同",
                             row->id);
    }
    if (c->b->withheld) {
        c->not_checked = "the award's decision is not shown at this level / 本级别不公开定标依据";
        return 0;
    }
    if (decision && decision_logged(c->b, decision)) {
        err_set(err, E_ABSENT, "folder/absent", "decision %s is missing", decision);
        err_zh(err, "缺少决定 %s", decision);
        return E_ABSENT;
    }
    return contradiction(err, "award % rests on no decision that was logged", "结果 % 没有日志所记的决定",
                         row->id);
}

/* By one decision a bid is awarded once. */
static int awarded_once(const struct bundle_tender *b, struct err *err)
{
    for (size_t i = 0; i < b->row_count; i++)
        for (size_t k = i + 1; k < b->row_count; k++)
            if (strcmp(b->rows[i].kind, "award") == 0 && strcmp(b->rows[k].kind, "award") == 0 &&
                doc_is(b->rows[k].doc, "/bid", doc_text(b->rows[i].doc, "/bid")) &&
                doc_is(b->rows[k].doc, "/decision", doc_text(b->rows[i].doc, "/decision")))
                return contradiction(err, "award % is of a bid that was awarded already",
                                     "结果 % 重复授予同一投标", b->rows[k].id);
    return 0;
}

/* The row of a bid's award; a later decision of the same lot may have taken it over. */
static bool award_there(const struct bundle_tender *b, const char *lot, const char *bid)
{
    for (size_t i = 0; i < b->row_count; i++)
        if (strcmp(b->rows[i].kind, "award") == 0 && doc_is(b->rows[i].doc, "/lot", lot) &&
            doc_is(b->rows[i].doc, "/bid", bid))
            return true;
    return false;
}

static bool winners_of(struct checking *c, const struct bundle_decision *d)
{
    struct doc *answer, *facts;

    if (doc_read(c->arena, d->answer, strlen(d->answer), &answer, NULL) ||
        doc_read(c->arena, d->facts, strlen(d->facts), &facts, NULL))
        return true;
    const char *no = doc_text(facts, "/tender/lot"), *lot = bundle_lot(c->b, no);
    for (size_t i = 0; i < doc_count(answer, "/items"); i++) {
        const char *standing = doc_text(answer, arena_printf(c->arena, "/items/%zu/standing", i));
        const char *key = doc_text(answer, arena_printf(c->arena, "/items/%zu/bid", i));
        const char *bid = bundle_asked_bid(c->b, c->arena, facts, key);
        if (standing && (strcmp(standing, "winner") == 0 || strcmp(standing, "reserve") == 0) &&
            (!lot || !bid || !award_there(c->b, lot, bid)))
            return false;
    }
    return true;
}

/* Every winner of a decision that was acted on has its row. */
static int winners_there(struct checking *c, struct err *err)
{
    struct bundle_decision d;
    const char *id;
    size_t at = 0;

    while (!c->b->withheld && bundle_decision_next(c->b, c->arena, "award", &at, &id, &d)) {
        bool acted = false;
        for (size_t i = 0; i < c->b->count; i++)
            acted = acted || (event_is(&c->b->events[i], "lot_decide") &&
                              doc_is(c->b->events[i].doc, "/payload/decision", id));
        if (acted && !winners_of(c, &d))
            return contradiction(err, "an award of decision % is gone", "决定 % 的结果缺失", id);
    }
    return 0;
}

int bundle_facts(struct checking *c, struct err *err)
{
    struct bundle_decision d;
    struct doc *facts;
    const char *id;
    size_t at = 0;
    int status = 0;

    while (!status && bundle_decision_next(c->b, c->arena, NULL, &at, &id, &d)) {
        const bool release = strcmp(d.question, "release") == 0;
        if ((!release && strcmp(d.question, "evaluate") != 0 && strcmp(d.question, "award") != 0) ||
            doc_read(c->arena, d.facts, strlen(d.facts), &facts, NULL))
            continue;
        c->checked++;
        if (release) {
            if (!c->b->withheld)
                status = bundle_delivered(c, id, facts, c->b->events[at - 1].at_us, err);
            continue;
        }
        status = prices_check(c, id, facts, err);
        if (!status && !c->b->withheld)
            status = bundle_known(c, id, d.question, facts, c->b->events[at - 1].at_us, err);
        if (!status && strcmp(d.question, "award") == 0)
            status = evaluation_check(c, id, facts, err);
    }
    for (size_t i = 0; i < c->b->row_count && !status; i++)
        if (strcmp(c->b->rows[i].kind, "award") == 0) {
            status = award_named(c, &c->b->rows[i], err);
            if (!status && !c->b->withheld)
                status = award_acted(c->b, &c->b->rows[i], err);
            if (!status)
                status = award_row(c, &c->b->rows[i], err);
        }
    if (!status)
        status = awarded_once(c->b, err);
    return status ? status : winners_there(c, err);
}
