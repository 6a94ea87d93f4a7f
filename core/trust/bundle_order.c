/* Checks of core/trust/bundle_check.h: published first, as the rows have it, and bids before the deadline. */
#include <string.h>

#include "core/trust/bundle_checking.h"

static int deadlines(const struct bundle_tender *b, struct err *err)
{
    int64_t moved_us, earlier_us = 0;

    for (size_t i = 0; i < b->count; i++) {
        const struct bundle_event *e = &b->events[i];
        if (!bundle_sets_deadline(e, &moved_us))
            continue;
        if (earlier_us && e->at_us >= earlier_us)
            return contradicts(err, e->index, "the deadline was moved after it had passed",
                               "截止后才改动截止时间");
        earlier_us = moved_us;
    }
    return 0;
}

/* One row of the tender, one of each lot, none twice. */
static int rows_single(const struct bundle_tender *b, struct err *err)
{
    int64_t no, other;

    for (size_t i = 1; i < b->row_count; i++) {
        const struct bundle_row *x = b->by_id[i - 1], *y = b->by_id[i];
        if (strcmp(x->kind, y->kind) == 0 && (strcmp(x->id, y->id) == 0 || strcmp(x->kind, "tender") == 0))
            return contradiction(err, "% is there twice", "% 重复出现", y->id);
    }
    for (size_t i = 0; i < b->lot_count; i++)
        for (size_t k = 0; k < i; k++)
            if (doc_fen(b->lots[i]->doc, "/no", &no) && doc_fen(b->lots[k]->doc, "/no", &other) &&
                no == other)
                return contradiction(err, "% is there twice", "% 重复出现", b->lots[i]->id);
    return 0;
}

/* How the tender stands is how it was published. */
static int published_so(const struct bundle_tender *b, const struct bundle_event *e, struct err *err)
{
    const struct bundle_row *row = bundle_row(b, "tender", b->tender);
    static const char *const pairs[][2] = {
        {"/number", "/payload/number"},          {"/rule_set", "/payload/rule_set"},
        {"/mechanism", "/payload/mechanism/id"}, {"/mechanism_sha256", "/payload/mechanism/sha256"},
        {"/scheme", "/payload/scheme/id"},       {"/scheme_sha256", "/payload/scheme/sha256"}};
    int64_t us;

    if (!row)
        return err_both(err, E_ABSENT, "log/absent", "there is no row of the tender", "缺少采购项目的记录");
    for (size_t i = 0; i < LENGTH(pairs); i++) {
        const char *now = doc_text(row->doc, pairs[i][0]), *then = doc_text(e->doc, pairs[i][1]);
        if ((now || then) && (!now || !then || strcmp(now, then) != 0))
            return contradiction(err, "% of the tender is not what was published",
                                 "采购项目的 % 与发布时不同", pairs[i][0] + 1);
    }
    if (!bundle_instant(row->doc, "/published", &us) || us != e->at_us)
        return contradiction(err, "% of the tender is not what was published", "采购项目的 % 与发布时不同",
                             "published");
    return 0;
}

int bundle_order(struct checking *c, struct err *err)
{
    const struct bundle_tender *b = c->b;
    const struct bundle_event *told = bundle_first(b, "log_tender"),
                              *published = bundle_first(b, "tender_publish");

    for (size_t i = 0; i < b->count; i++) {
        const struct bundle_event *e = &b->events[i];
        if (event_is(e, "bid_submit") && (!told || told->index > e->index || !published ||
                                          published->index > e->index || published->at_us > e->at_us))
            return contradicts(err, e->index, "a bid came before the tender was published", "投标早于发布");
    }
    if (!published || !bundle_deadline(b))
        return err_both(err, E_ABSENT, "log/absent", "no event tells of the publication and its deadline",
                        "没有发布及截止时间的事件");
    if (bundle_acts(b, "tender_publish") > 1)
        return contradicts(err, published->index, "the tender was published twice", "项目重复发布");
    int status = deadlines(b, err);
    if (!status)
        status = rows_single(b, err);
    return status ? status : published_so(b, published, err);
}

int bundle_in_time(struct checking *c, struct err *err)
{
    int64_t deadline_us = bundle_deadline(c->b), us;

    for (size_t i = 0; i < c->b->count; i++) {
        const struct bundle_event *e = &c->b->events[i];
        if (!event_is(e, "bid_submit"))
            continue;
        c->checked++;
        if (deadline_us && e->at_us >= deadline_us)
            return contradicts(err, e->index, "a bid came after the deadline", "投标晚于截止时间");
    }
    for (size_t i = 0; i < c->b->row_count; i++) {
        const struct bundle_row *row = &c->b->rows[i];
        if (strcmp(row->kind, "bid") == 0 && bundle_instant(row->doc, "/received", &us) && deadline_us &&
            us >= deadline_us && bundle_first(c->b, "bid_submit"))
            return contradiction(err, "bid % is dated after the deadline", "投标 % 的收到时间晚于截止时间",
                                 row->id);
    }
    if (c->b->withheld)
        c->not_checked = "which events are bids is not shown at this level / 本级别不公开投标事件";
    return 0;
}
