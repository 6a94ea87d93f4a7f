/* Checks of core/trust/bundle_check.h: the events are what the log holds, and all that it holds. */
#include <stdio.h>
#include <string.h>

#include "core/base/time.h"
#include "core/trust/bundle_checking.h"

/* So long after it happened the log is told of something at most. */
#define TOLD_US (INT64_C(600) * TIME_SECOND)

/* The event is what its entry of the log commits to. */
static int payload_held(const struct bundle_event *e, const uint8_t *entries, uint64_t size, struct err *err)
{
    struct entry entry;
    struct hash commit;

    if (e->index >= size) {
        err_set(err, E_ABSENT, "log/absent", "the log ends before entry %llu", (unsigned long long)e->index);
        err_zh(err, "日志不含第 %llu 条", (unsigned long long)e->index);
        return E_ABSENT;
    }
    if (!e->json)
        return 0;
    int status = entry_unpack(entries + e->index * ENTRY_BYTES, ENTRY_BYTES, &entry, err);
    if (status)
        return status;
    entry_payload(e->salt, e->json, e->bytes, &commit);
    return hash_same(&commit, &entry.payload)
               ? 0
               : contradicts(err, e->index, "this event is not what the log committed to",
                             "事件与日志的承诺不符");
}

static int recovery_check(const struct bundle_event *e, const char *before, struct err *err)
{
    const char *by = doc_text(e->doc, "/payload/by/0"), *other = doc_text(e->doc, "/payload/by/1"),
               *lost = doc_text(e->doc, "/payload/lost/origin"), *next = doc_text(e->doc, "/payload/new");
    int64_t left, size;

    if (!event_is(e, "log_recover") || !by || !other || strcmp(by, other) == 0)
        return contradicts(err, e->index, "no two people said that the log was lost",
                           "日志丢失并非由两人共同认定");
    if (!lost || !next || strcmp(lost, next) == 0 || (before && strcmp(lost, before) != 0))
        return contradicts(err, e->index, "another log was lost than the one before",
                           "所称丢失的日志并非此前的日志");
    if (!doc_fen(e->doc, "/payload/left", &left) || !doc_fen(e->doc, "/payload/lost/size", &size) ||
        left < 0 || (uint64_t)left > e->index)
        return contradicts(err, e->index, "more is said to be left than there was", "所称尚存的记录多于实际");
    return 0;
}

int bundle_recoveries(struct checking *c, const uint8_t *entries, uint64_t size, const char *origin,
                      struct err *err)
{
    const char *before = NULL;
    int status = 0;

    for (size_t i = 0; i < c->b->recovery_count && !status; i++) {
        const struct bundle_event *e = &c->b->recoveries[i];
        status = payload_held(e, entries, size, err);
        if (!status)
            status = recovery_check(e, before, err);
        before = doc_text(e->doc, "/payload/new");
        c->checked++;
    }
    if (!status && before && strcmp(before, origin) != 0)
        status = contradiction(err, "the log goes on as %, which this one is not",
                               "日志以 % 之名继续，而本日志不是", before);
    if (!c->checked)
        c->not_checked = "the bundle tells of none / 记录包未载有恢复";
    return status;
}

static bool opens_bids(struct checking *c, const struct bundle_event *e)
{
    char list[64];
    int64_t no;

    for (size_t i = 0; i < c->b->lot_count; i++) {
        if (!doc_fen(c->b->lots[i]->doc, "/no", &no))
            continue;
        snprintf(list, sizeof(list), "/payload/lot_%lld", (long long)no);
        if (doc_has(e->doc, list))
            return true;
    }
    return false;
}

/* When an act was done: what falls due is dated when it was, and says when that came about. */
static int64_t done_us(const struct bundle_event *e)
{
    static const char *const due[] = {"lot_phase", "tender_recount", "approval_late", "recovery_overdue",
                                      "objection_due"};
    int64_t us = e->at_us;

    for (size_t i = 0; i < LENGTH(due); i++)
        if (event_is(e, due[i]) && bundle_instant(e->doc, "/payload/done", &us) && us > e->at_us)
            return us;
    return e->at_us;
}

/* When the first bids were opened; 0: that is not told here. */
static int64_t opening_us(struct checking *c)
{
    for (size_t i = 0; i < c->b->count; i++)
        if (c->b->events[i].json && opens_bids(c, &c->b->events[i]))
            return done_us(&c->b->events[i]);
    return 0;
}

/* Until when the log is told of it; INT64_MAX: nobody can say.  What was sealed waits for the opening, quotes
 * for the result; what the log tells of by itself is dated when its subject was, and a closing when it fell
 * due. */
static int64_t told_until(const struct bundle_event *e, int64_t opening)
{
    const char *act = doc_text(e->doc, "/act");

    if (!act || strncmp(act, "log_", 4) == 0 || strcmp(act, "bid_requote") == 0 ||
        strcmp(act, "bids_closed") == 0 || strcmp(act, "prices_closed") == 0)
        return INT64_MAX;
    if (!doc_is(e->doc, "/sealed", "true"))
        return done_us(e) + TOLD_US;
    return opening ? (opening > e->at_us ? opening : e->at_us) + TOLD_US : INT64_MAX;
}

int bundle_told(struct checking *c, const uint8_t *entries, uint64_t size, struct err *err)
{
    const int64_t opening = opening_us(c);
    struct entry entry;

    for (size_t i = 0; i < c->b->count; i++) {
        const struct bundle_event *e = &c->b->events[i];
        if (!e->json || e->index >= size)
            continue;
        int status = entry_unpack(entries + e->index * ENTRY_BYTES, ENTRY_BYTES, &entry, err);
        if (status)
            return status;
        c->checked++;
        if (entry.at_us > told_until(e, opening))
            return contradicts(err, e->index,
                               "the log was told of this long after it is said to have happened",
                               "日志记录的时间远晚于所称的发生时间");
    }
    if (c->b->withheld)
        c->not_checked = some_hidden(c);
    return 0;
}

/* A later act, which the log holds as well, says that it erased this entry. */
static bool erased_by(struct arena *arena, const struct bundle_tender *b, const struct bundle_event *e)
{
    const char *index = arena_printf(arena, "%llu", (unsigned long long)e->index);

    for (size_t i = 0; i < b->erasure_count; i++) {
        const struct bundle_event *by = &b->erasures[i];
        if (!event_is(by, "erasure_approve") || by->index <= e->index)
            continue;
        for (size_t k = 0; k < doc_count(by->doc, "/payload/entries"); k++)
            if (doc_is(by->doc, arena_printf(arena, "/payload/entries/%zu", k), index))
                return true;
    }
    return false;
}

int bundle_payloads(struct arena *arena, const struct bundle_tender *b, const uint8_t *entries, uint64_t size,
                    struct err *err)
{
    int status = 0;

    for (size_t i = 0; i < b->erasure_count && !status; i++)
        status = payload_held(&b->erasures[i], entries, size, err);
    for (size_t i = 0; i < b->count && !status; i++) {
        const struct bundle_event *e = &b->events[i];
        status = payload_held(e, entries, size, err);
        if (!status && e->erased && !erased_by(arena, b, e))
            return contradicts(err, e->index, "no act of the log erased this event",
                               "日志中没有删除该事件的记录");
        if (!status && e->json && !doc_is(e->doc, "/tender", b->tender))
            return contradicts(err, e->index, "this event is of another tender", "事件属于另一采购项目");
    }
    return status;
}

static int salt_committed(const struct bundle_tender *b, struct err *err)
{
    char expected[SHA256_TEXT];
    struct hash commit;
    size_t found = 0;

    entry_salt_commit(b->salt, &commit);
    hex_print(commit.bytes, SHA256_BYTES, expected);
    for (size_t i = 0; i < b->count; i++) {
        const struct bundle_event *e = &b->events[i];
        if (!doc_is(e->doc, "/act", "log_tender"))
            continue;
        if (!doc_is(e->doc, "/payload/salt_commit", expected) || found++ > 0)
            return contradicts(err, e->index, "the salt is not the one committed to", "盐值与承诺不符");
    }
    if (found == 0)
        return err_both(err, E_ABSENT, "log/absent", "no event commits to the salt", "没有承诺盐值的事件");
    return 0;
}

int bundle_complete(const struct bundle_tender *b, const uint8_t *entries, uint64_t size, struct err *err)
{
    uint8_t tender[UUID_BYTES];
    struct entry entry;
    struct hash tag;
    size_t next = 0;
    int status = salt_committed(b, err);

    MUST(uuid_bytes(b->tender, tender));
    for (uint64_t i = 0; !status && i < size; i++) {
        bool told = next < b->count && b->events[next].index == i;
        status = entry_unpack(entries + i * ENTRY_BYTES, ENTRY_BYTES, &entry, err);
        entry_subject(b->salt, i, tender, &tag);
        if (!status && hash_same(&tag, &entry.subject) != told)
            status = told ? contradicts(err, i, "the log does not count this entry among the tender's",
                                        "该记录不属于本采购项目")
                          : contradicts(err, i, "an entry of the tender is left out of the bundle",
                                        "记录包漏掉了本项目的记录");
        next += told;
    }
    return status;
}

/* Does the level show every bid of who got the receipt?  A party's does, of the party that registered its
 * key.
 */
static bool receipt_own(const struct bundle_tender *b, const struct receipt *receipt)
{
    const char *party = strncmp(b->level, "party ", 6) == 0 ? b->level + 6 : NULL;
    char key[2 * sizeof(receipt->bidder) + 1];
    bool own = b->withheld == 0;

    for (size_t i = 0; i < b->count; i++) /* it may be one of those */
        if (b->events[i].erased)
            return false;
    hex_print(receipt->bidder, sizeof(receipt->bidder), key);
    for (size_t i = 0; party && i < b->row_count && !own; i++)
        own = strcmp(b->rows[i].kind, "key") == 0 && doc_is(b->rows[i].doc, "/key", key) &&
              doc_is(b->rows[i].doc, "/organisation", party);
    return own;
}

/* What an event says of the bid of a receipt. */
static bool receipt_told(const struct bundle_event *e, const struct receipt *receipt)
{
    char sealed[SHA256_TEXT];
    int64_t at_us;

    hex_print(receipt->sealed, SHA256_BYTES, sealed);
    return doc_is(e->doc, "/payload/sha256", sealed) && bundle_instant(e->doc, "/at", &at_us) &&
           at_us == receipt->received_us && (!receipt->logged || receipt->log_index == e->index);
}

int bundle_receipt(struct checking *c, const struct receipt *receipt, struct err *err)
{
    for (size_t i = 0; i < c->b->count; i++) {
        const struct bundle_event *e = &c->b->events[i];
        if (!event_is(e, "bid_submit") || !doc_is(e->doc, "/subject", receipt->bid))
            continue;
        c->checked++;
        if (!receipt_told(e, receipt))
            return err_both(err, E_REFUSED, "log/receipt",
                            "the log tells otherwise of this bid: the receipt proves that it was changed",
                            "日志所记与这份投标不同：回执证明投标被改动");
    }
    if (c->checked)
        return 0;
    if (receipt_own(c->b, receipt))
        return err_both(err, E_REFUSED, "log/receipt",
                        "the log does not tell of this bid: the receipt proves that it was dropped",
                        "日志中没有这份投标：回执证明投标被遗漏");
    c->not_checked =
        "bids are not shown at this level, or this one is not / 本级别不公开投标，或者不公开该投标";
    return 0;
}
