/* See core/trust/bundle_find.h. */
#include "core/trust/bundle_find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/time.h"

/* Of one line of the ledger, as the database has it. */
#define FEN_MAX INT64_C(1000000000000000)

/* ---- what documents say ------------------------------------------------------------------- */

bool doc_is(const struct doc *doc, const char *pointer, const char *expected)
{
    return expected && doc_equal(doc, pointer, expected);
}

bool doc_fen(const struct doc *doc, const char *pointer, int64_t *ret_fen)
{
    int64_t fen;

    if (!doc_integer(doc, pointer, &fen) || fen < -FEN_MAX || fen > FEN_MAX)
        return false;
    *ret_fen = fen;
    return true;
}

bool doc_yuan(const struct doc *doc, const char *pointer, int64_t *ret_fen)
{
    const char *text = doc_text(doc, pointer);

    return text && money_parse(text, true, ret_fen);
}

bool bundle_instant(const struct doc *doc, const char *pointer, int64_t *ret)
{
    const char *text = doc_text(doc, pointer);

    return text && time_parse(text, ret);
}

bool event_is(const struct bundle_event *e, const char *act)
{
    return doc_is(e->doc, "/act", act);
}

/* ---- indexes ----------------------------------------------------------------------------- */

static int by_kind(const void *a, const void *b)
{
    const struct bundle_row *x = *(const struct bundle_row *const *)a,
                            *y = *(const struct bundle_row *const *)b;
    int order = strcmp(x->kind, y->kind);

    return order ? order : strcmp(x->id, y->id);
}

/* So that nobody looks through all rows for each of them. */
static int rows_index(struct arena *arena, struct bundle_tender *b, struct err *err)
{
    b->by_id = ARENA_NEW(arena, const struct bundle_row *, b->row_count + 1);
    b->lots = ARENA_NEW(arena, const struct bundle_row *, BUNDLE_LOTS_MAX);
    for (size_t i = 0; i < b->row_count; i++) {
        b->by_id[i] = &b->rows[i];
        if (strcmp(b->rows[i].kind, "lot") == 0 && b->lot_count++ < BUNDLE_LOTS_MAX)
            b->lots[b->lot_count - 1] = &b->rows[i];
    }
    if (b->row_count)
        qsort(b->by_id, b->row_count, sizeof(*b->by_id), by_kind);
    for (size_t i = 1; i < b->row_count; i++)
        if (by_kind(&b->by_id[i - 1], &b->by_id[i]) == 0)
            return err_both(err, E_MALFORMED, "bundle/malformed", "a row is there twice",
                            "记录文件中同一行出现两次");
    return b->lot_count <= BUNDLE_LOTS_MAX
               ? 0
               : err_both(err, E_MALFORMED, "bundle/malformed", "there are too many lots", "采购包过多");
}

static int by_bid(const void *a, const void *b)
{
    const struct bundle_said *x = a, *y = b;
    int order = strcmp(x->lists, y->lists);

    return order ? order : strcmp(x->bid, y->bid);
}

static int by_bid_and_time(const void *a, const void *b)
{
    const struct bundle_said *x = a, *y = b;
    int order = by_bid(a, b);

    return order ? order : (x->nth > y->nth) - (x->nth < y->nth);
}

static int by_lot_and_key(const void *a, const void *b)
{
    const struct bundle_keyed *x = a, *y = b;
    int order = strcmp(x->lot, y->lot);

    order = order ? order : strcmp(x->key, y->key);
    return order || !x->row || !y->row ? order : (x->row > y->row) - (x->row < y->row);
}

/* Texts are taken once: of a number each asking makes one. */
static void keyed_index(struct arena *arena, struct bundle_tender *b)
{
    b->keyed = ARENA_NEW(arena, struct bundle_keyed, b->row_count + 1);
    for (size_t i = 0; i < b->row_count; i++) {
        const struct bundle_row *row = &b->rows[i];
        const char *lot = doc_text(row->doc, "/lot"), *key = doc_text(row->doc, "/key");
        if (strcmp(row->kind, "bid") == 0 && lot && key)
            b->keyed[b->keyed_count++] = (struct bundle_keyed){lot, key, row};
    }
    if (b->keyed_count)
        qsort(b->keyed, b->keyed_count, sizeof(*b->keyed), by_lot_and_key);
}

static int by_subject(const void *a, const void *b)
{
    const struct bundle_about *x = a, *y = b;
    int order = strcmp(x->subject, y->subject);

    return order || !x->e || !y->e ? order : (x->e > y->e) - (x->e < y->e);
}

static void subject_index(struct arena *arena, struct bundle_tender *b)
{
    b->about = ARENA_NEW(arena, struct bundle_about, b->count + 1);
    for (size_t i = 0; i < b->count; i++) {
        const char *subject = doc_text(b->events[i].doc, "/subject");
        if (subject)
            b->about[b->about_count++] = (struct bundle_about){subject, &b->events[i]};
    }
    if (b->about_count)
        qsort(b->about, b->about_count, sizeof(*b->about), by_subject);
}

/* One list of one event, into `into` where there is room for it (NULL: none); gives how many it says. */
static size_t said_list(struct arena *arena, const struct bundle_event *e, const char *lists, int64_t no,
                        struct bundle_said *into)
{
    char list[64];

    snprintf(list, sizeof(list), "/payload/%s_%lld", lists, (long long)no);
    const size_t many = doc_count(e->doc, list);
    for (size_t n = 0; into && n < many; n++) {
        const char *at = arena_printf(arena, "%s/%zu", list, n),
                   *bid = doc_text(e->doc, arena_printf(arena, "%s/bid", at));
        into[n] = (struct bundle_said){lists, bid ? bid : "", at, e};
    }
    return many;
}

/* The lots' numbers, each once. */
static size_t lot_numbers(const struct bundle_tender *b, int64_t numbers[BUNDLE_LOTS_MAX])
{
    size_t count = 0;

    for (size_t k = 0; k < b->lot_count; k++) {
        size_t i = 0;
        if (!doc_fen(b->lots[k]->doc, "/no", &numbers[count]))
            continue;
        while (numbers[i] != numbers[count])
            i++;
        count += i == count;
    }
    return count;
}

static size_t said_all(struct arena *arena, const struct bundle_tender *b, struct bundle_said *into)
{
    static const char *const lists[] = {"lot", "prices"};
    int64_t numbers[BUNDLE_LOTS_MAX];
    const size_t lots = lot_numbers(b, numbers);
    size_t count = 0;

    for (size_t i = 0; i < b->count; i++)
        for (size_t k = 0; b->events[i].json && k < lots; k++)
            for (size_t n = 0; n < LENGTH(lists); n++)
                count += said_list(arena, &b->events[i], lists[n], numbers[k], into ? into + count : NULL);
    return count;
}

/* So that nobody looks through all events for each bid. */
static void said_index(struct arena *arena, struct bundle_tender *b)
{
    b->said_count = said_all(arena, b, NULL);
    b->said = ARENA_NEW(arena, struct bundle_said, b->said_count + 1);
    said_all(arena, b, b->said);
    for (size_t i = 0; i < b->said_count; i++)
        b->said[i].nth = i;
    if (b->said_count)
        qsort(b->said, b->said_count, sizeof(*b->said), by_bid_and_time);
}

static int by_source(const void *a, const void *b)
{
    const struct bundle_sourced *x = a, *y = b;
    const int order = strcmp(x->source, y->source);

    return order ? order : (x->journal > y->journal) - (x->journal < y->journal);
}

static void source_index(struct arena *arena, struct bundle_tender *b)
{
    b->sourced = ARENA_NEW(arena, struct bundle_sourced, b->journal_count + 1);
    for (size_t i = 0; i < b->journal_count; i++) {
        const char *source = doc_text(b->journals[i].doc, "/source");
        if (source)
            b->sourced[b->sourced_count++] = (struct bundle_sourced){source, &b->journals[i]};
    }
    if (b->sourced_count)
        qsort(b->sourced, b->sourced_count, sizeof(*b->sourced), by_source);
}

int bundle_index(struct arena *arena, struct bundle_tender *b, struct err *err)
{
    int status = rows_index(arena, b, err);

    if (status)
        return status;
    said_index(arena, b);
    keyed_index(arena, b);
    source_index(arena, b);
    subject_index(arena, b);
    return 0;
}

/* ---- looking up -------------------------------------------------------------------------- */

const struct bundle_row *bundle_row(const struct bundle_tender *b, const char *kind, const char *id)
{
    const struct bundle_row like = {.kind = kind, .id = id}, *key = &like;
    const struct bundle_row **found =
        id && b->row_count ? bsearch(&key, b->by_id, b->row_count, sizeof(*b->by_id), by_kind) : NULL;

    return found ? *found : NULL;
}

const struct doc *bundle_opened(const struct bundle_tender *b, const char *lists, const char *bid,
                                const char **ret_at)
{
    const struct bundle_said key = {.lists = lists, .bid = bid};
    const struct bundle_said *found =
        bid && b->said_count ? bsearch(&key, b->said, b->said_count, sizeof(*b->said), by_bid) : NULL;

    while (found && found > b->said && by_bid(found - 1, &key) == 0)
        found--;
    if (!found)
        return NULL;
    *ret_at = found->at;
    return found->e->doc;
}

const char *bundle_lot(const struct bundle_tender *b, const char *no)
{
    for (size_t i = 0; no && i < b->lot_count; i++)
        if (doc_is(b->lots[i]->doc, "/no", no))
            return b->lots[i]->id;
    return NULL;
}

const char *bundle_bid(const struct bundle_tender *b, const char *lot_no, const char *key)
{
    const struct bundle_keyed wanted = {lot_no, key, NULL};
    const struct bundle_keyed *found =
        lot_no && key && b->keyed_count
            ? bsearch(&wanted, b->keyed, b->keyed_count, sizeof(*b->keyed), by_lot_and_key)
            : NULL;

    while (found && found > b->keyed && by_lot_and_key(&wanted, found - 1) == 0)
        found--;
    return found ? found->row->id : NULL;
}

static const char *submitted_of(struct arena *arena, const struct doc *facts, const char *key)
{
    for (size_t i = 0; i < doc_count(facts, "/bids"); i++)
        if (doc_is(facts, arena_printf(arena, "/bids/%zu/key", i), key))
            return doc_text(facts, arena_printf(arena, "/bids/%zu/submitted", i));
    return NULL;
}

const char *bundle_asked_bid(const struct bundle_tender *b, struct arena *arena, const struct doc *facts,
                             const char *key)
{
    const char *lot = doc_text(facts, "/tender/lot"), *id = bundle_bid(b, lot, key),
               *at = id || !lot || !key ? NULL : submitted_of(arena, facts, key);

    for (size_t i = 0; at && !id && i < b->row_count; i++) {
        const struct bundle_row *row = &b->rows[i];
        if (strcmp(row->kind, "bid") == 0 && !doc_text(row->doc, "/key") && doc_is(row->doc, "/lot", lot) &&
            doc_is(row->doc, "/received", at))
            id = row->id;
    }
    return id;
}

/* The first place of a subject; NULL: there is none. */
static const struct bundle_about *about(const struct bundle_tender *b, const char *subject)
{
    const struct bundle_about wanted = {subject, NULL};
    size_t low = 0, high = subject ? b->about_count : 0;

    while (low < high) {
        const size_t mid = low + (high - low) / 2;
        if (by_subject(&b->about[mid], &wanted) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return subject && low < b->about_count && by_subject(&b->about[low], &wanted) == 0 ? &b->about[low]
                                                                                       : NULL;
}

const struct bundle_event *bundle_about_next(const struct bundle_tender *b, const char *subject, size_t *at)
{
    const struct bundle_about *first = about(b, subject), *here = first ? first + *at : NULL;

    if (!here || here >= b->about + b->about_count || strcmp(here->subject, subject) != 0)
        return NULL;
    (*at)++;
    return here->e;
}

const struct bundle_event *bundle_about(const struct bundle_tender *b, const char *act, const char *subject)
{
    const struct bundle_about *at = about(b, subject);

    for (; at && at < b->about + b->about_count && strcmp(at->subject, subject) == 0; at++)
        if (event_is(at->e, act))
            return at->e;
    return NULL;
}

const struct bundle_row *bundle_journal_next(const struct bundle_tender *b, const char *source, size_t *at)
{
    const struct bundle_sourced wanted = {source, NULL};
    size_t low = 0, high = source ? b->sourced_count : 0;

    while (low < high) {
        const size_t mid = low + (high - low) / 2;
        if (by_source(&b->sourced[mid], &wanted) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    low += *at;
    if (!source || low >= b->sourced_count || strcmp(b->sourced[low].source, source) != 0)
        return NULL;
    (*at)++;
    return b->sourced[low].journal;
}

bool bundle_logged(const struct bundle_tender *b, const char *act, const char *id, const struct hash *digest)
{
    const struct bundle_about *at = about(b, id);
    char hex[SHA256_TEXT];

    hex_print(digest->bytes, SHA256_BYTES, hex);
    for (; at && at < b->about + b->about_count && strcmp(at->subject, id) == 0; at++)
        if (event_is(at->e, act) && doc_is(at->e->doc, "/payload/sha256", hex))
            return true;
    return false;
}

const struct bundle_event *bundle_first(const struct bundle_tender *b, const char *act)
{
    for (size_t i = 0; i < b->count; i++)
        if (event_is(&b->events[i], act))
            return &b->events[i];
    return NULL;
}

size_t bundle_acts(const struct bundle_tender *b, const char *act)
{
    size_t count = 0;

    for (size_t i = 0; i < b->count; i++)
        count += event_is(&b->events[i], act);
    return count;
}

bool bundle_sets_deadline(const struct bundle_event *e, int64_t *ret_us)
{
    return (event_is(e, "tender_publish") || event_is(e, "tender_extend") || event_is(e, "tender_amend")) &&
           bundle_instant(e->doc, "/payload/request/deadline", ret_us);
}

int64_t bundle_deadline(const struct bundle_tender *b)
{
    int64_t deadline_us = 0, us;

    for (size_t i = 0; i < b->count; i++)
        if (bundle_sets_deadline(&b->events[i], &us))
            deadline_us = us;
    return deadline_us;
}

bool bundle_decision_next(const struct bundle_tender *b, struct arena *arena, const char *question,
                          size_t *at, const char **ret_id, struct bundle_decision *ret)
{
    for (; *at < b->count;) {
        const struct bundle_event *e = &b->events[(*at)++];
        const char *id = event_is(e, "log_decision") ? doc_text(e->doc, "/subject") : NULL;
        size_t bytes;
        char *text;
        if (id && uuid_ok(id) &&
            !bundle_part(b, arena, arena_printf(arena, "decisions/%s", id), &text, &bytes, NULL) &&
            !bundle_decision_parse(arena, text, bytes, ret, NULL) &&
            (!question || strcmp(ret->question, question) == 0)) {
            *ret_id = id;
            return true;
        }
    }
    return false;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct texts bundle_subjects(struct arena *arena, const struct bundle_tender *b, const char *act)
{
    struct texts t = {ARENA_NEW(arena, const char *, b->count + 1), 0};

    for (size_t i = 0; i < b->count; i++) {
        const char *subject = doc_text(b->events[i].doc, "/subject");
        if (subject && (!act || event_is(&b->events[i], act)))
            t.all[t.count++] = subject;
    }
    texts_sort(&t);
    return t;
}

void texts_sort(struct texts *texts)
{
    if (texts->count)
        qsort(texts->all, texts->count, sizeof(*texts->all), by_text);
}

bool texts_have(const struct texts *texts, const char *text)
{
    return text && texts->count && bsearch(&text, texts->all, texts->count, sizeof(*texts->all), by_text);
}
