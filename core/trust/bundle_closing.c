/* Checks of core/trust/bundle_check.h: who opens, what came in, and that it was closed before anybody could
 * read it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/time.h"
#include "core/trust/bundle_handed.h"
#include "core/trust/k0.h"
#include "core/trust/note.h"
#include "core/trust/tagged.h"

/* ---- V10: who opens ---------------------------------------------------------------------- */

static int unsigned_openers(struct err *err)
{
    return err_both(err, E_REFUSED, "note/forged", "not every opener signed the openers' text",
                    "开启人名单没有经每位开启人签名");
}

static int signers_check(struct arena *arena, const char *text, const char *signers, unsigned n,
                         struct err *err)
{
    struct note note;
    struct note_key key;
    unsigned count = 0;
    char *save = NULL;

    if (note_parse(arena, text, strlen(text), &note, NULL))
        return unsigned_openers(err);
    for (char *at = strtok_r(arena_dup(arena, signers), "\r\n", &save); at;
         at = strtok_r(NULL, "\r\n", &save), count++)
        if (note_key_parse(at, &key, NULL) || note_check(&note, &key, NULL, NULL))
            return unsigned_openers(err);
    return count == n ? 0 : unsigned_openers(err);
}

const struct envelope bid_envelope = {"openers", "/payload/openers", "", "bids_closed", "lot",
                                      "bid",     "bid.json"};
const struct envelope price_envelope = {
    "price-openers", "/payload/price_openers", "price-", "prices_closed", "prices", "price", "price.json"};

/* Of the openers' text, as it was logged last; NULL: nobody was named. */
static const char *digest_named(const struct bundle_tender *b, const struct envelope *of)
{
    const char *digest = NULL;

    for (size_t i = 0; i < b->count; i++) {
        const struct bundle_event *e = &b->events[i];
        if ((event_is(e, "openers_set") || event_is(e, "tender_publish")) && doc_text(e->doc, of->digest))
            digest = doc_text(e->doc, of->digest);
    }
    return digest;
}

int bundle_openers_of(struct checking *c, const struct envelope *of, struct openers **ret, bool *ret_named,
                      struct err *err)
{
    struct openers *o = ARENA_NEW(c->arena, struct openers, 1);
    const char *digest = digest_named(c->b, of);
    char hex[SHA256_TEXT], *text;
    size_t bytes;

    *ret = NULL;
    *ret_named = digest;
    if (!digest)
        return 0;
    int status = bundle_part(c->b, c->arena, of->openers, &text, &bytes, err);
    if (!status)
        status = openers_read(c->arena, text, bytes, o, err);
    if (status)
        return status;
    hex_print(o->digest.bytes, SHA256_BYTES, hex);
    if (strcmp(hex, digest) != 0 || strcmp(o->tender, c->b->tender) != 0)
        return contradiction(err, "the openers' text is not the one that was logged: %",
                             "开启人名单与日志所记不符：%", hex);
    *ret = o;
    return 0;
}

static int openers_check(struct checking *c, const struct envelope *of, struct openers **ret, struct err *err)
{
    const struct bundle_event *set = NULL, *published = NULL;
    bool named;
    char *text;
    size_t bytes;
    int status = bundle_openers_of(c, of, ret, &named, err);

    if (status || !named)
        return status;
    for (size_t i = 0; i < c->b->count; i++) {
        const struct bundle_event *e = &c->b->events[i];
        set = event_is(e, "openers_set") && doc_text(e->doc, of->digest) ? e : set;
        published = event_is(e, "tender_publish") ? e : published;
    }
    c->checked += (*ret)->n;
    int64_t deadline_us;
    if (published && bundle_instant(published->doc, "/payload/request/deadline", &deadline_us) &&
        (*ret)->not_before_us != deadline_us)
        return contradiction(err, "the openers might have opened at another time than the deadline%",
                             "开启人名单所定最早开启时间不是截止时间%", "");
    if (!set) /* the signer alone, named by the publication itself */
        return 0;
    if (!published || set->index > published->index)
        return contradiction(err, "the openers were named after the publication%", "开启人在发布之后才确定%",
                             "");
    status = bundle_part(c->b, c->arena, of->openers, &text, &bytes, err);
    const char *signers = doc_text(set->doc, "/payload/request/signers");
    return status ? status : signers_check(c->arena, text, signers ? signers : "", (*ret)->n, err);
}

/* Asked of both before either is read: what contradicts goes before what is missing. */
static int nobodys(struct checking *c, const struct envelope *of, struct err *err)
{
    return !digest_named(c->b, of) &&
                   pack_has(c->b->pack, arena_printf(c->arena, "%s%s", c->b->prefix, of->openers))
               ? contradiction(err, "the log names nobody of %", "日志中没有 % 所列的开启人", of->openers)
               : 0;
}

int bundle_openers(struct checking *c, struct err *err)
{
    struct openers *bid = NULL, *price = NULL;
    int status = nobodys(c, &bid_envelope, err);

    if (!status)
        status = nobodys(c, &price_envelope, err);
    if (!status)
        status = openers_check(c, &bid_envelope, &bid, err);
    if (!status)
        status = openers_check(c, &price_envelope, &price, err);
    if (status)
        return status;
    if (!bid)
        c->not_checked = "no openers were named: its bids are not sealed to keys / 没有开启人";
    if (bid && price && openers_share(bid, price))
        return contradiction(err, "one key opens both envelopes%", "同一密钥可以开启两个信封%", "");
    return 0;
}

/* ---- V12, V13: the closing list ---------------------------------------------------------- */

static int by_arrival(const void *a, const void *b)
{
    const struct handed *x = a, *y = b;

    return x->e->at_us != y->e->at_us ? (x->e->at_us > y->e->at_us) - (x->e->at_us < y->e->at_us)
                                      : (x->e->index > y->e->index) - (x->e->index < y->e->index);
}

/* By lot and bidder, and then by arrival. */
static int by_bidder(const void *a, const void *b)
{
    const struct handed *x = *(struct handed *const *)a, *y = *(struct handed *const *)b;
    int order = (x->lot > y->lot) - (x->lot < y->lot);

    order = order ? order : strcmp(x->organisation, y->organisation);
    return order ? order : by_arrival(x, y);
}

/* What the next bid of the same bidder for the same lot replaced. */
static void replaced(struct checking *c, struct handed *all, size_t count)
{
    struct handed **own = ARENA_NEW(c->arena, struct handed *, count + 1);
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        if (all[i].organisation)
            own[n++] = &all[i];
    if (n)
        qsort(own, n, sizeof(struct handed *), by_bidder);
    for (size_t i = 1; i < n; i++) {
        struct handed *old = own[i - 1];
        if (old->lot != own[i]->lot || strcmp(old->organisation, own[i]->organisation) != 0)
            continue;
        old->listed = false;
        if (!old->counts)
            continue;
        old->counts = false;
        old->next = own[i]->bid;
    }
}

/* Who leaves the talks withdraws a bid that was on the list (财政部令第74号 §34). */
static void left_early(struct checking *c, struct handed *all, size_t count)
{
    const struct bundle_event *closed[BUNDLE_LOTS_MAX + 1] = {0};
    int64_t lot;

    for (size_t i = c->b->count; i > 0; i--) {
        const struct bundle_event *e = &c->b->events[i - 1];
        if (event_is(e, bid_envelope.closing) && doc_fen(e->doc, "/payload/lot", &lot) && lot >= 0 &&
            lot <= BUNDLE_LOTS_MAX)
            closed[lot] = e;
    }
    for (size_t i = 0; i < count; i++) {
        const struct bundle_event *gone = bundle_about(c->b, "bid_withdraw", all[i].bid);
        const struct bundle_event *list =
            all[i].lot >= 0 && all[i].lot <= BUNDLE_LOTS_MAX ? closed[all[i].lot] : NULL;
        if (gone && (!list || gone->index < list->index))
            all[i].listed = false;
    }
}

struct handed *bundle_handed(struct checking *c, size_t *ret_count)
{
    struct handed *all = ARENA_NEW(c->arena, struct handed, c->b->count + 1);
    size_t n = 0;

    for (size_t i = 0; i < c->b->count; i++) {
        const struct bundle_event *e = &c->b->events[i];
        if (!event_is(e, "bid_submit") || !doc_fen(e->doc, "/payload/lot", &all[n].lot))
            continue;
        all[n].e = e;
        all[n].bid = doc_text(e->doc, "/subject");
        all[n].organisation = doc_text(e->doc, "/payload/organisation");
        all[n].sha256 = doc_text(e->doc, "/payload/sha256");
        n += all[n].bid && all[n].sha256;
    }
    if (n)
        qsort(all, n, sizeof(*all), by_arrival);
    const struct texts withdrawn = bundle_subjects(c->arena, c->b, "bid_withdraw");
    for (size_t i = 0; i < n; i++)
        all[i].counts = !texts_have(&withdrawn, all[i].bid), all[i].listed = true;
    replaced(c, all, n);
    left_early(c, all, n);
    *ret_count = n;
    return all;
}

/* What a lot was closed to be: sorted by lot. */
struct list {
    int64_t lot;
    size_t kept;
    char root[SHA256_TEXT];
};

static int by_lot(const void *a, const void *b)
{
    const struct handed *x = *(const struct handed *const *)a, *y = *(const struct handed *const *)b;

    return (x->lot > y->lot) - (x->lot < y->lot);
}

static int by_list(const void *a, const void *b)
{
    const struct list *x = a, *y = b;

    return (x->lot > y->lot) - (x->lot < y->lot);
}

static void list_make(struct closed_bid *bids, size_t count, struct list *ret)
{
    struct hash root;

    ret->kept = closing_sort(bids, count);
    closing_root(bids, ret->kept, &root);
    hex_print(root.bytes, SHA256_BYTES, ret->root);
}

/* The list of every lot of which some bid was there, each made once, however often a lot is said to have been
 * closed. */
static struct list *lists_make(struct checking *c, const struct handed *all, size_t count, size_t *ret_count)
{
    const struct handed **sorted = ARENA_NEW(c->arena, const struct handed *, count + 1);
    struct list *lists = ARENA_NEW(c->arena, struct list, count + 1);
    struct closed_bid *bids = ARENA_NEW(c->arena, struct closed_bid, count + 1);
    size_t n = 0, lot_bids = 0;

    for (size_t i = 0; i < count; i++)
        sorted[i] = &all[i];
    if (count)
        qsort(sorted, count, sizeof(*sorted), by_lot);
    *ret_count = 0;
    for (; n < count; n++) {
        if (sorted[n]->listed && hex_parse(sorted[n]->sha256, bids[lot_bids].digest.bytes, SHA256_BYTES))
            lot_bids++;
        if (n + 1 < count && sorted[n + 1]->lot == sorted[n]->lot)
            continue;
        lists[*ret_count].lot = sorted[n]->lot;
        list_make(bids, lot_bids, &lists[(*ret_count)++]);
        lot_bids = 0;
    }
    return lists;
}

static int closing_check(struct checking *c, const struct bundle_event *closed, const struct list *lists,
                         size_t count, struct err *err)
{
    const char *lot_text = doc_text(closed->doc, "/payload/lot");
    struct list key = {0}, none;
    int64_t told;

    if (!doc_fen(closed->doc, "/payload/lot", &key.lot) || !doc_fen(closed->doc, "/payload/bids", &told))
        return contradiction(err, "a closing tells no lot and number%", "截止记录没有包号与数目%", "");
    list_make(NULL, 0, &none);
    const struct list *found = count ? bsearch(&key, lists, count, sizeof(*lists), by_list) : NULL;
    found = found ? found : &none;
    c->checked++;
    if (told != (int64_t)found->kept || !doc_is(closed->doc, "/payload/root", found->root))
        return contradiction(
            err, "the closing list of lot % is not what came in: a bid was dropped, added or changed",
            "第 % 包的截止清单与收到的投标不符：有投标被遗漏、添加或改动", lot_text);
    return 0;
}

/* The list of the prices that are to be opened agrees with its root; which bids they are of, V14 holds
 * against them. */
static int prices_check(struct checking *c, const struct bundle_event *closed, struct err *err)
{
    const size_t count = doc_count(closed->doc, "/payload/prices");
    struct closed_bid *bids = ARENA_NEW(c->arena, struct closed_bid, count + 1);
    const char *lot = doc_text(closed->doc, "/payload/lot");
    char hex[SHA256_TEXT];
    struct hash root;
    size_t n = 0;
    int64_t told;

    for (size_t i = 0; i < count; i++) {
        const char *digest = doc_text(closed->doc, arena_printf(c->arena, "/payload/prices/%zu/sha256", i));
        n += digest && hex_parse(digest, bids[n].digest.bytes, SHA256_BYTES);
    }
    const size_t kept = closing_sort(bids, n);
    closing_root(bids, kept, &root);
    hex_print(root.bytes, SHA256_BYTES, hex);
    c->checked++;
    return n == count && doc_fen(closed->doc, "/payload/bids", &told) && told == (int64_t)kept &&
                   doc_is(closed->doc, "/payload/root", hex)
               ? 0
               : contradiction(err, "the list of prices of lot % does not agree with its root",
                               "第 % 包的报价清单与其根值不符", lot ? lot : "");
}

/* How a bid stands is how it came in. */
static int bid_row(const struct bundle_row *row, const struct handed *h, struct err *err)
{
    static const char *const pairs[][2] = {{"/lot", "/payload/lot"},
                                           {"/sha256", "/payload/sha256"},
                                           {"/bytes", "/payload/bytes"},
                                           {"/organisation", "/payload/organisation"},
                                           {"/received", "/at"}};

    for (size_t i = 0; i < LENGTH(pairs); i++) {
        const char *now = doc_text(row->doc, pairs[i][0]), *then = doc_text(h->e->doc, pairs[i][1]);
        if ((now || then) && (!now || !then || strcmp(now, then) != 0))
            return contradiction(err, "bid % is not what came in", "投标 % 与收到时不同", row->id);
    }
    bool stands = doc_is(row->doc, "/withdrawn", "false") && !doc_text(row->doc, "/replaced_by");
    const char *by = doc_text(row->doc, "/replaced_by");
    stands = stands == h->counts && (!h->next || !by || strcmp(by, h->next) == 0);
    return stands ? 0
                  : contradiction(err, "bid % was taken out or put back without an event",
                                  "投标 % 被无故撤下或恢复", row->id);
}

static int rows_check(struct checking *c, const struct handed *all, size_t count, struct err *err)
{
    const struct texts told = bundle_subjects(c->arena, c->b, NULL);
    bool whole = c->b->withheld == 0;
    int status = 0;

    for (size_t i = 0; i < count && !status; i++) {
        const struct bundle_row *row = bundle_row(c->b, "bid", all[i].bid);
        if (row)
            status = bid_row(row, &all[i], err);
        else
            status = contradiction(err, "bid % came in and is gone", "收到过的投标 % 不见了", all[i].bid);
    }
    for (size_t i = 0; i < c->b->row_count && !status && whole; i++) {
        const struct bundle_row *row = &c->b->rows[i];
        if (strcmp(row->kind, "bid") == 0 &&
            !texts_have(&told,
                        row->id)) /* a bid that a tender took over from the one before is told of there */
            c->not_checked = "a bid is told of by another tender's events / 有投标见于另一项目的事件";
    }
    return status;
}

struct keyed {
    const struct bundle_row *row;
    const char *lot;
};

static int by_lot_and_id(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    int order = strcmp(x->lot, y->lot);

    return order ? order : strcmp(x->row->id, y->row->id);
}

/* Keys go by the ids of the bids that count. */
static int keys_check(struct checking *c, struct err *err)
{
    struct keyed *all = ARENA_NEW(c->arena, struct keyed, c->b->row_count + 1);
    int64_t key, place = 0;
    size_t n = 0;

    for (size_t i = 0; i < c->b->row_count; i++) {
        const struct bundle_row *row = &c->b->rows[i];
        if (strcmp(row->kind, "bid") != 0 || !doc_fen(row->doc, "/key", &key))
            continue;
        const char *lot = doc_text(row->doc, "/lot");
        all[n++] = (struct keyed){row, lot ? lot : ""};
    }
    if (n)
        qsort(all, n, sizeof(*all), by_lot_and_id);
    for (size_t i = 0; i < n; i++) {
        place = i > 0 && strcmp(all[i - 1].lot, all[i].lot) == 0 ? place + 1 : 1;
        if (!doc_fen(all[i].row->doc, "/key", &key) || key != place)
            return contradiction(err, "bid % has a key that is not its place among the bids",
                                 "投标 % 的编号与次序不符", all[i].row->id);
    }
    return 0;
}

/* The event that opened a lot, or its prices; NULL: none. */
static const struct bundle_event *lot_opened(const struct checking *c, const struct envelope *of,
                                             const char *no)
{
    char list[64];

    snprintf(list, sizeof(list), "/payload/%s_%s", of->opened, no);
    for (size_t i = 0; i < c->b->count; i++)
        if (doc_has(c->b->events[i].doc, list))
            return &c->b->events[i];
    return NULL;
}

/* What was opened had been closed: once, once the deadline had passed, and not after. */
static int closed_first(struct checking *c, const struct envelope *of, const struct bundle_row *lot,
                        struct err *err)
{
    const char *no = doc_text(lot->doc, "/no");
    const struct bundle_event *opened = lot_opened(c, of, no ? no : ""), *closed = NULL;
    size_t times = 0;

    for (size_t i = 0; i < c->b->count; i++)
        if (event_is(&c->b->events[i], of->closing) && doc_is(c->b->events[i].doc, "/payload/lot", no)) {
            closed = &c->b->events[i];
            times++;
        }
    if (times > 1)
        return contradiction(err, "lot % was closed twice", "采购包 % 有两份截止清单", lot->id);
    if (opened && (!closed || closed->at_us > opened->at_us))
        return contradiction(err, "lot % was opened and had not been closed", "采购包 % 未记截止清单即开启",
                             lot->id);
    return closed && of == &bid_envelope && closed->at_us < bundle_deadline(c->b)
               ? contradiction(err, "lot % was closed before the deadline", "采购包 % 在截止之前即关闭",
                               lot->id)
               : 0;
}

/* ---- closing, promises, shares: in this order, since whoever saw shares could still choose its own ---- */

/* Of the bids one promise is for all lots, and one closing lets it be made: a lot that is closed after it
 * contradicts, and one that never is, is never opened, so that what was promised bears on nothing of it. */

enum { POSTS_MAX = BUNDLE_LOTS_MAX + 1 };
struct posts {
    bool closed[POSTS_MAX];   /* by lot; of the bids all lots are 0 */
    uint16_t seen[POSTS_MAX]; /* a bit for each opener that promised */
};

/* What a promise or a post is for; false: it is of the other envelope, or nobody's. */
static bool post_of(const struct checking *c, const struct bundle_event *e, const char *in,
                    const struct envelope *of, size_t *ret_lot, unsigned *ret_opener)
{
    const char *said = doc_text(e->doc, arena_printf(c->arena, "%s/envelope", in));
    int64_t opener, lot = 1;

    if (strcmp(said ? said : bid_envelope.said, of->said) != 0 ||
        !doc_fen(e->doc, arena_printf(c->arena, "%s/opener", in), &opener) || opener < 1 ||
        opener > SHARES_MAX)
        return false;
    if (of == &price_envelope && doc_fen(e->doc, arena_printf(c->arena, "%s/lot", in), &lot) &&
        (lot < 1 || lot > BUNDLE_LOTS_MAX))
        return false;
    *ret_lot = of == &price_envelope ? (size_t)lot : 0;
    *ret_opener = (unsigned)opener;
    return true;
}

static unsigned bits(uint16_t seen)
{
    unsigned count = 0;

    for (; seen; seen &= (uint16_t)(seen - 1))
        count++;
    return count;
}

static int post_next(struct checking *c, const struct envelope *of, unsigned k, const struct bundle_event *e,
                     struct posts *p, struct err *err)
{
    unsigned opener;
    int64_t no = 0;
    size_t lot;

    if (event_is(e, of->closing) && doc_fen(e->doc, "/payload/lot", &no) && no >= 1 &&
        no <= BUNDLE_LOTS_MAX) {
        lot = of == &price_envelope ? (size_t)no : 0;
        p->closed[lot] = true;
        return p->seen[lot] ? act_wrong(c, e, "a lot was closed once its openers had promised their shares",
                                        "开启人作出承诺之后才记截止清单", err)
                            : 0;
    }
    if (event_is(e, "shares_promise") && post_of(c, e, "/payload/request", of, &lot, &opener)) {
        p->seen[lot] |= (uint16_t)(1u << opener);
        return p->closed[lot] ? 0
                              : act_wrong(c, e, "shares were promised of what was not closed",
                                          "截止清单记入日志之前即作出承诺", err);
    }
    if (event_is(e, "shares_post") && doc_has(e->doc, "/payload/opener") &&
        post_of(c, e, "/payload", of, &lot, &opener) &&
        (!(p->seen[lot] >> opener & 1) || bits(p->seen[lot]) < k))
        return act_wrong(c, e, "shares were shown before enough openers had promised theirs",
                         "作出承诺的开启人不足即出示份额", err);
    return 0;
}

static int posts_in_order(struct checking *c, const struct envelope *of, unsigned k, struct err *err)
{
    struct posts posts = {0};
    int status = 0;

    for (size_t i = 0; i < c->b->count && !status; i++)
        status = post_next(c, of, k, &c->b->events[i], &posts, err);
    return status;
}

/* Lots of which some bid came in sealed: whoever opens it, its bidder finds it in the closing. */
static void sealed_lots(const struct checking *c, bool ret[BUNDLE_LOTS_MAX + 1])
{
    int64_t lot;

    for (size_t i = 0; i < c->b->count; i++)
        if (event_is(&c->b->events[i], "bid_submit") && doc_is(c->b->events[i].doc, "/sealed", "true") &&
            doc_fen(c->b->events[i].doc, "/payload/lot", &lot) && lot >= 0 && lot <= BUNDLE_LOTS_MAX)
            ret[lot] = true;
}

static int lots_closed(struct checking *c, const struct envelope *of, const bool *lots, struct err *err)
{
    int64_t no;
    int status = 0;

    for (size_t i = 0; i < c->b->lot_count && !status; i++)
        if (!lots ||
            (doc_fen(c->b->lots[i]->doc, "/no", &no) && no >= 0 && no <= BUNDLE_LOTS_MAX && lots[no]))
            status = closed_first(c, of, c->b->lots[i], err);
    return status;
}

static int closings_there(struct checking *c, struct err *err)
{
    static const struct envelope *const envelopes[] = {&bid_envelope, &price_envelope};
    bool sealed[BUNDLE_LOTS_MAX + 1] = {false}, none[BUNDLE_LOTS_MAX + 1] = {false}, named;
    struct openers *openers;
    int status = 0;

    sealed_lots(c, sealed);
    for (size_t k = 0; k < LENGTH(envelopes) && !status; k++) {
        if (bundle_openers_of(c, envelopes[k], &openers, &named, NULL))
            continue; /* V10 says so */
        status = lots_closed(c, envelopes[k], named ? NULL : k == 0 ? sealed : none, err);
        if (!status && openers)
            status = posts_in_order(c, envelopes[k], openers->k, err);
    }
    return status;
}

int bundle_closing(struct checking *c, struct err *err)
{
    size_t count, lots;
    struct handed *all = bundle_handed(c, &count);
    const struct list *lists = lists_make(c, all, count, &lots);
    int status = rows_check(c, all, count, err);

    if (!status && c->b->withheld) {
        c->not_checked = "the bids are not shown at this level / 本级别不公开投标";
        return 0;
    }
    if (!status)
        status = keys_check(c, err);
    for (size_t i = 0; i < c->b->count && !status; i++)
        if (event_is(&c->b->events[i], "bids_closed"))
            status = closing_check(c, &c->b->events[i], lists, lots, err);
        else if (event_is(&c->b->events[i], "prices_closed"))
            status = prices_check(c, &c->b->events[i], err);
    if (!status)
        status = closings_there(c, err);
    if (!status && c->checked == 0 && !c->not_checked)
        c->not_checked =
            "no closing was logged: its bids were open from the beginning / 投标自始公开，不记截止清单";
    return status;
}

/* The bid of each lot that came last, whatever else its event tells or not: sorted by lot, each once. */
static struct handed *latest_of(struct checking *c, size_t *ret_count)
{
    struct handed *all = ARENA_NEW(c->arena, struct handed, c->b->count + 1), *one = all,
                  *latest = ARENA_NEW(c->arena, struct handed, c->b->count + 1);
    struct handed **sorted = ARENA_NEW(c->arena, struct handed *, c->b->count + 1);
    size_t n = 0;

    for (size_t i = 0; i < c->b->count; i++) {
        const struct bundle_event *e = &c->b->events[i];
        if (!event_is(e, "bid_submit") || !doc_fen(e->doc, "/payload/lot", &one->lot))
            continue;
        one->e = e;
        one->bid = doc_text(e->doc, "/subject");
        sorted[one - all] = one;
        one++;
    }
    if (one > all)
        qsort(sorted, (size_t)(one - all), sizeof(struct handed *), by_lot);
    for (size_t i = 0; i < (size_t)(one - all); i++) {
        if (n == 0 || latest[n - 1].lot != sorted[i]->lot)
            latest[n++] = *sorted[i];
        else if (sorted[i]->e->at_us > latest[n - 1].e->at_us)
            latest[n - 1] = *sorted[i];
    }
    *ret_count = n;
    return latest;
}

static int in_lot(const void *key, const void *one)
{
    const int64_t lot = *(const int64_t *)key;
    const struct handed *h = one;

    return (lot > h->lot) - (lot < h->lot);
}

/* Prices of a lot are opened once their closing is logged, and that is after the report was signed. */
static int prices_late(struct checking *c, const struct bundle_event *opened, int64_t lot, struct err *err)
{
    const struct bundle_tender *b = c->b;
    const char *no = arena_printf(c->arena, "%lld", (long long)lot);
    const struct bundle_event *last = NULL; /* the latest closing of the prices before */
    bool closed = false;

    for (size_t i = 0; i < b->count; i++)
        if (event_is(&b->events[i], "prices_closed") && doc_is(b->events[i].doc, "/payload/lot", no) &&
            b->events[i].index <= opened->index)
            last = &b->events[i];
    for (size_t j = 0; last && j < b->count && !closed; j++)
        closed = event_is(&b->events[j], "panel_sign") && b->events[j].at_us <= last->at_us &&
                 doc_is(b->events[j].doc, "/subject", doc_text(last->doc, "/subject"));
    return closed ? 0
                  : contradiction(err, "prices of lot % were opened before the report was signed",
                                  "第 % 包的报价在评审报告签署之前开启", no);
}

/* A sealed bid that has a key was opened. */
static int keyed_opened(struct checking *c, struct err *err)
{
    const struct bundle_tender *b = c->b;

    for (size_t i = 0; i < b->count; i++) {
        const struct bundle_row *row = bundle_row(b, "bid", doc_text(b->events[i].doc, "/subject"));
        const char *at;
        if (event_is(&b->events[i], "bid_submit") && doc_is(b->events[i].doc, "/sealed", "true") && row &&
            doc_text(row->doc, "/key") && !bundle_opened(c->b, bid_envelope.opened, row->id, &at))
            return contradiction(err, "bid % has a key and was never opened", "投标 % 未经开标而有编号",
                                 row->id);
    }
    return 0;
}

/* Taken back before the lot was opened. */
static bool taken_back(const struct bundle_tender *b, const char *bid, int64_t opened_us)
{
    const struct bundle_event *e = bundle_about(b, "bid_withdraw", bid);

    return e && e->at_us < opened_us;
}

/* Of a lot that was opened each sealed bid that stood then is on the list: nobody's is passed over. */
static int all_listed(struct checking *c, struct err *err)
{
    size_t count;
    const struct handed *all = bundle_handed(c, &count);
    const struct bundle_event *openings[BUNDLE_LOTS_MAX + 1] = {0};

    for (size_t i = 0; i < c->b->lot_count; i++) {
        const char *no = doc_text(c->b->lots[i]->doc, "/no");
        int64_t lot;
        if (no && doc_fen(c->b->lots[i]->doc, "/no", &lot) && lot >= 0 && lot <= BUNDLE_LOTS_MAX)
            openings[lot] = lot_opened(c, &bid_envelope, no);
    }
    for (size_t i = 0; i < count; i++) {
        const char *at;
        const struct bundle_event *opened =
            all[i].lot >= 0 && all[i].lot <= BUNDLE_LOTS_MAX ? openings[all[i].lot] : NULL;
        if (opened && !all[i].next && doc_is(all[i].e->doc, "/sealed", "true") &&
            all[i].e->at_us < opened->at_us && !taken_back(c->b, all[i].bid, opened->at_us) &&
            !bundle_opened(c->b, bid_envelope.opened, all[i].bid, &at))
            return contradiction(err, "bid % came in and is not on the list of the opening",
                                 "收到的投标 % 未列入开标记录", all[i].bid);
    }
    return 0;
}

/* ---- whose prices are opened ---- */

/* What was answered in the same act; NULL: nothing. */
static const struct doc *answered_then(struct checking *c, const char *question, const char *lot,
                                       int64_t at_us)
{
    struct doc *facts, *answer, *found = NULL;
    struct bundle_decision d;
    const char *id;

    for (size_t at = 0; bundle_decision_next(c->b, c->arena, question, &at, &id, &d);)
        if (c->b->events[at - 1].at_us == at_us &&
            !doc_read(c->arena, d.facts, strlen(d.facts), &facts, NULL) &&
            doc_is(facts, "/tender/lot", lot) &&
            !doc_read(c->arena, d.answer, strlen(d.answer), &answer, NULL))
            found = answer;
    return found;
}

static bool price_listed(struct checking *c, const struct bundle_event *closed, const char *bid)
{
    for (size_t i = 0; i < doc_count(closed->doc, "/payload/prices"); i++)
        if (doc_is(closed->doc, arena_printf(c->arena, "/payload/prices/%zu/bid", i), bid))
            return true;
    return false;
}

/* All prices are opened of who was admitted then and not put out on the marks alone, and nobody else's. */
static int prices_of_admitted(struct checking *c, const struct bundle_event *closed, struct err *err)
{
    const char *lot = doc_text(closed->doc, "/payload/lot");
    const struct doc *preview = answered_then(c, "preview", lot, closed->at_us),
                     *answer = preview ? preview : answered_then(c, "admit", lot, closed->at_us);
    size_t listed = 0;
    bool good = true;

    for (size_t i = 0; answer && good && i < doc_count(answer, "/items"); i++) {
        const char *at = arena_printf(c->arena, "/items/%zu", i),
                   *key = doc_text(answer, arena_printf(c->arena, "%s/bid", at)),
                   *bid = lot && key ? bundle_bid(c->b, lot, key) : NULL;
        if (preview ? doc_is(answer, arena_printf(c->arena, "%s/standing", at), "out")
                    : !doc_is(answer, arena_printf(c->arena, "%s/admitted", at), "true"))
            continue;
        const bool there = bid && price_listed(c, closed, bid);
        listed += there;
        good = there || (bid && bundle_left(c->b, bid, closed->at_us));
    }
    return good && listed == doc_count(closed->doc, "/payload/prices")
               ? 0
               : contradiction(err, "the prices of lot % that were opened are not those of who was admitted",
                               "第 % 包所开启的报价并非合格投标的全部报价", lot ? lot : "");
}

/* Bids of a lot, and prices, are opened once. */
static int opened_once(struct checking *c, struct err *err)
{
    static const struct envelope *const envelopes[] = {&bid_envelope, &price_envelope};
    const struct bundle_tender *b = c->b;

    for (size_t k = 0; k < LENGTH(envelopes); k++)
        for (size_t i = 0; i < b->row_count; i++) {
            const char *no = strcmp(b->rows[i].kind, "lot") == 0 ? doc_text(b->rows[i].doc, "/no") : NULL;
            const char *list = arena_printf(c->arena, "/payload/%s_%s", envelopes[k]->opened, no ? no : "");
            size_t times = 0;
            for (size_t j = 0; no && j < b->count; j++)
                times += doc_has(b->events[j].doc, list);
            if (times > 1)
                return contradiction(err, "lot % was opened twice", "采购包 % 开标两次", b->rows[i].id);
        }
    return 0;
}

int bundle_closed(struct checking *c, struct err *err)
{
    const struct bundle_tender *b = c->b;
    size_t lots;
    const struct handed *latest = latest_of(c, &lots);
    int64_t lot;
    int status = b->withheld ? 0 : opened_once(c, err);

    if (!status && !b->withheld)
        status = keyed_opened(c, err);
    if (!status && !b->withheld)
        status = all_listed(c, err);
    for (size_t i = 0; i < b->count && !status && !b->withheld; i++)
        if (event_is(&b->events[i], "prices_closed"))
            status = prices_of_admitted(c, &b->events[i], err);
    if (status)
        return status;

    for (size_t i = 0; i < b->count; i++)
        for (int no = 1; event_is(&b->events[i], "tender_open") && !b->withheld && no <= 100; no++)
            if (doc_count(b->events[i].doc, arena_printf(c->arena, "/payload/prices_%d", no)) &&
                prices_late(c, &b->events[i], no, err))
                return E_REFUSED;

    for (size_t i = 0; i < b->count; i++) {
        if (!event_is(&b->events[i], "bids_closed") || !doc_fen(b->events[i].doc, "/payload/lot", &lot))
            continue;
        c->checked++;
        const struct handed *last = lots ? bsearch(&lot, latest, lots, sizeof(*latest), in_lot) : NULL;
        if (last && last->e->at_us >= b->events[i].at_us)
            return contradiction(err, "bid % came in after the closing", "投标 % 在截止之后收到", last->bid);
    }
    if (b->withheld)
        c->not_checked = "the bids are not shown at this level / 本级别不公开投标";
    return 0;
}
