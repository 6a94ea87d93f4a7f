/* See core/trust/bundle.h. */
#include "core/trust/bundle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/time.h"
#include "core/trust/line.h"

enum { SALT_HEX = 2 * SALT_BYTES };

/* So long after it happened the log is told of something at most. */
#define TOLD_US (INT64_C(600) * TIME_SECOND)

/* Of one line of the ledger, as the database has it. */
#define FEN_MAX INT64_C(1000000000000000)

static int malformed(struct err *err, const char *what, const char *zh)
{
    return err_both(err, E_MALFORMED, "bundle/malformed", what, zh);
}

bool bundle_instant(const struct doc *doc, const char *pointer, int64_t *ret)
{
    const char *text = doc_text(doc, pointer);

    return text && time_parse(text, ret);
}

int bundle_tender_parse(struct arena *arena, const char *text, size_t bytes, struct bundle_tender *ret,
                        struct err *err)
{
    struct lines lines = {text, text + bytes};
    struct bundle_tender b = {0};
    char salt[SALT_HEX + 1];
    struct line line, level;

    if (!line_next(&lines, &line) || !line_is(&line, "linli/bundle/v1") ||
        !line_word(&lines, "tender ", b.tender, sizeof(b.tender)) || !uuid_ok(b.tender) ||
        !line_word(&lines, "salt ", salt, sizeof(salt)) || !hex_parse(salt, b.salt, SALT_BYTES) ||
        !line_next(&lines, &line) || !line_after(&line, "level ", &level) || lines.at != lines.end)
        return malformed(err, "this is no bundle of a tender", "不是采购项目记录包");
    b.level = arena_ndup(arena, level.text, level.bytes);
    if (strcmp(b.level, "public") != 0 && strcmp(b.level, "supervisor") != 0 &&
        !(strncmp(b.level, "party ", 6) == 0 && uuid_ok(b.level + 6)))
        return malformed(err, "a bundle is public, of a party or of the supervisor", "记录包的级别不正确");
    *ret = b;
    return 0;
}

static bool event_parse(struct arena *arena, const struct line *line, struct bundle_event *ret)
{
    const char *space = memchr(line->text, ' ', line->bytes), *end = line->text + line->bytes;
    char salt[SALT_HEX + 1];
    struct line index, rest;

    if (!space)
        return false;
    index = (struct line){line->text, (size_t)(space - line->text)};
    rest = (struct line){space + 1, (size_t)(end - space - 1)};
    ret->erased = line_is(&rest, "erased");
    if (ret->erased || line_is(&rest, "withheld"))
        return line_decimal(&index, &ret->index) && doc_read(arena, "{}", 2, &ret->doc, NULL) == 0;
    if (end - space < SALT_HEX + 3 || space[SALT_HEX + 1] != ' ')
        return false;
    memcpy(salt, space + 1, SALT_HEX);
    salt[SALT_HEX] = '\0';
    ret->json = space + SALT_HEX + 2;
    ret->bytes = (size_t)(end - ret->json);
    return line_decimal(&index, &ret->index) && hex_parse(salt, ret->salt, SALT_BYTES) &&
           doc_read(arena, ret->json, ret->bytes, &ret->doc, NULL) == 0 &&
           bundle_instant(ret->doc, "/at", &ret->at_us);
}

static size_t lines_in(const char *text, size_t bytes)
{
    size_t count = 0;

    for (size_t i = 0; i < bytes; i++)
        count += text[i] == '\n';
    return count;
}

int bundle_events_parse(struct arena *arena, const char *text, size_t bytes, struct bundle_tender *ret,
                        struct err *err)
{
    struct lines lines = {text, text + bytes};
    struct line line;
    size_t most = lines_in(text, bytes);

    if (most > BUNDLE_EVENTS_MAX)
        return malformed(err, "there are too many events", "事件过多");
    ret->events = ARENA_NEW(arena, struct bundle_event, most + 1);
    for (ret->count = ret->withheld = 0; lines.at < lines.end; ret->count++) {
        struct bundle_event *e = &ret->events[ret->count];
        if (!line_next(&lines, &line) || !event_parse(arena, &line, e) ||
            (ret->count > 0 && e->index <= ret->events[ret->count - 1].index))
            return malformed(err, "a line of the events is none, or not in order",
                             "事件文件有一行不正确或次序不对");
        ret->withheld += !e->json && !e->erased;
    }
    return 0;
}

static bool row_parse(struct arena *arena, const struct line *line, bool kinds, struct bundle_row *ret)
{
    char *text = arena_ndup(arena, line->text, line->bytes);

    ret->kind = kinds ? strsep(&text, " ") : NULL;
    ret->id = text ? strsep(&text, " ") : NULL;
    ret->json = text;
    ret->bytes = text ? strlen(text) : 0;
    return text && uuid_ok(ret->id) && doc_read(arena, text, ret->bytes, &ret->doc, NULL) == 0;
}

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
            return malformed(err, "a row is there twice", "记录文件中同一行出现两次");
    return b->lot_count <= BUNDLE_LOTS_MAX ? 0 : malformed(err, "there are too many lots", "采购包过多");
}

int bundle_rows_parse(struct arena *arena, const char *text, size_t bytes, bool kinds,
                      struct bundle_row **ret, size_t *ret_count, struct err *err)
{
    struct lines lines = {text, text + bytes};
    size_t most = lines_in(text, bytes), count = 0;
    struct line line;

    *ret = ARENA_NEW(arena, struct bundle_row, most + 1);
    for (; lines.at < lines.end; count++)
        if (count == BUNDLE_EVENTS_MAX || !line_next(&lines, &line) ||
            !row_parse(arena, &line, kinds, &(*ret)[count]))
            return malformed(err, "a line of the rows or the ledger is none", "记录或账目文件有一行不正确");
    *ret_count = count;
    return 0;
}

/* The supervisor's shows everything, but who handed in what was never opened: then there is no key of a bid,
 * and no award. */
static int level_held(const struct bundle_tender *b, struct err *err)
{
    bool opened = false;

    for (size_t i = 0; i < b->row_count; i++)
        opened = opened || strcmp(b->rows[i].kind, "award") == 0 ||
                 (strcmp(b->rows[i].kind, "bid") == 0 && doc_text(b->rows[i].doc, "/key"));
    if (b->withheld && opened && strcmp(b->level, "supervisor") == 0)
        return malformed(err, "a supervisor's bundle withholds nothing", "监督级记录包不得有未公开的事件");
    return 0;
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

int bundle_part(const struct bundle_tender *b, struct arena *arena, const char *name, char **ret,
                size_t *ret_bytes, struct err *err)
{
    return pack_file(b->pack, arena_printf(arena, "%s%s", b->prefix, name), ret, ret_bytes, err);
}

/* Events of no tender; none where there is no such file. */
static int beside_read(struct arena *arena, const struct bundle_tender *b, const char *name,
                       struct bundle_event **ret, size_t *ret_count, struct err *err)
{
    struct bundle_tender by = *b;
    size_t bytes;
    char *text;

    if (!pack_has(b->pack, arena_printf(arena, "%s%s", b->prefix, name)))
        return 0;
    int status = bundle_part(b, arena, name, &text, &bytes, err);
    if (!status)
        status = bundle_events_parse(arena, text, bytes, &by, err);
    *ret = by.events;
    *ret_count = status ? 0 : by.count;
    return status;
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

int bundle_read(struct arena *arena, struct pack *pack, const char *prefix, struct bundle_tender *ret,
                struct err *err)
{
    const struct bundle_tender at = {.pack = pack, .prefix = prefix};
    size_t bytes;
    char *text;
    int status = bundle_part(&at, arena, "tender", &text, &bytes, err);

    if (!status)
        status = bundle_tender_parse(arena, text, bytes, ret, err);
    if (status)
        return status;
    ret->pack = pack;
    ret->prefix = prefix;
    if ((status = beside_read(arena, ret, "erasures", &ret->erasures, &ret->erasure_count, err)) ||
        (status = beside_read(arena, ret, "recoveries", &ret->recoveries, &ret->recovery_count, err)) ||
        (status = bundle_part(&at, arena, "events", &text, &bytes, err)) ||
        (status = bundle_events_parse(arena, text, bytes, ret, err)) ||
        (status = bundle_part(&at, arena, "rows", &text, &bytes, err)) ||
        (status = bundle_rows_parse(arena, text, bytes, true, &ret->rows, &ret->row_count, err)) ||
        (status = rows_index(arena, ret, err)) ||
        (status = bundle_part(&at, arena, "ledger", &text, &bytes, err)))
        return status;
    status = bundle_rows_parse(arena, text, bytes, false, &ret->journals, &ret->journal_count, err);
    if (!status) {
        said_index(arena, ret);
        keyed_index(arena, ret);
        source_index(arena, ret);
        subject_index(arena, ret);
    }
    return status ? status : level_held(ret, err);
}

static const char *after(struct arena *arena, struct lines *lines, const char *word)
{
    struct line line, value;

    if (!line_next(lines, &line) || !line_after(&line, word, &value) || value.bytes == 0)
        return NULL;
    return arena_ndup(arena, value.text, value.bytes);
}

int bundle_decision_parse(struct arena *arena, const char *text, size_t bytes, struct bundle_decision *ret,
                          struct err *err)
{
    struct lines lines = {text, text + bytes};
    struct bundle_decision d = {0};
    uint8_t digest[SHA256_BYTES];
    struct line line;
    char *plugin = NULL;

    if (line_next(&lines, &line) && line_is(&line, "linli/decision/v1")) {
        d.question = after(arena, &lines, "question ");
        plugin = (char *)(uintptr_t)after(arena, &lines, "plugin ");
        d.options = after(arena, &lines, "options ");
        d.facts = after(arena, &lines, "facts ");
        d.answer = after(arena, &lines, "answer ");
    }
    if (plugin) {
        d.plugin = strsep(&plugin, " ");
        d.version = strsep(&plugin, " ");
        d.sha256 = plugin;
    }
    if (!d.question || !d.options || !d.facts || !d.answer || !d.sha256 || lines.at != lines.end ||
        d.facts[0] != '{' || !code_ok(d.plugin) || !code_ok(d.question) ||
        !hex_parse(d.sha256, digest, SHA256_BYTES))
        return malformed(err, "this is no decision", "不是决定文件");
    sha256_of(text, bytes, d.digest.bytes);
    *ret = d;
    return 0;
}

/* ---- checks ------------------------------------------------------------------------------ */

static int contradicts(struct err *err, uint64_t index, const char *what, const char *zh)
{
    err_set(err, E_REFUSED, "log/contradiction", "entry %llu: %s", (unsigned long long)index, what);
    err_zh(err, "第 %llu 条：%s", (unsigned long long)index, zh);
    return E_REFUSED;
}

int contradiction(struct err *err, const char *en, const char *zh, const char *id)
{
    CLEANUP(buf_free) struct buf a = {0}, b = {0};

    id = id ? id : "?";
    for (const char *p = en; *p; p++)
        p[0] == '%' ? buf_text(&a, id) : buf_char(&a, *p);
    for (const char *p = zh; *p; p++)
        p[0] == '%' ? buf_text(&b, id) : buf_char(&b, *p);
    err_set(err, E_REFUSED, "log/contradiction", "%s", a.data);
    err_zh(err, "%s", b.data);
    return E_REFUSED;
}

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

bool event_is(const struct bundle_event *e, const char *act)
{
    return doc_is(e->doc, "/act", act);
}

const struct bundle_row *bundle_row(const struct bundle_tender *b, const char *kind, const char *id)
{
    const struct bundle_row like = {.kind = kind, .id = id}, *key = &like;
    const struct bundle_row **found =
        id && b->row_count ? bsearch(&key, b->by_id, b->row_count, sizeof(*b->by_id), by_kind) : NULL;

    return found ? *found : NULL;
}

const struct doc *bundle_opened(const struct checking *c, const char *lists, const char *bid,
                                const char **ret_at)
{
    const struct bundle_said key = {.lists = lists, .bid = bid};
    const struct bundle_said *found =
        bid && c->b->said_count ? bsearch(&key, c->b->said, c->b->said_count, sizeof(*c->b->said), by_bid)
                                : NULL;

    while (found && found > c->b->said && by_bid(found - 1, &key) == 0)
        found--;
    if (!found)
        return NULL;
    *ret_at = found->at;
    return found->e->doc;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct texts bundle_subjects(struct checking *c, const char *act)
{
    struct texts t = {ARENA_NEW(c->arena, const char *, c->b->count + 1), 0};

    for (size_t i = 0; i < c->b->count; i++) {
        const char *subject = doc_text(c->b->events[i].doc, "/subject");
        if (subject && (!act || event_is(&c->b->events[i], act)))
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

int act_wrong(struct checking *c, const struct bundle_event *e, const char *what, const char *zh,
              struct err *err)
{
    c->by = e;
    return contradicts(err, e->index, what, zh);
}

const char *some_hidden(struct checking *c)
{
    return arena_printf(c->arena, "%zu events are not shown at this level / 本级别不公开 %zu 条事件",
                        c->b->withheld, c->b->withheld);
}

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

static bool sets_deadline(const struct bundle_event *e, int64_t *ret_us)
{
    return (event_is(e, "tender_publish") || event_is(e, "tender_extend") || event_is(e, "tender_amend")) &&
           bundle_instant(e->doc, "/payload/request/deadline", ret_us);
}

int64_t bundle_deadline(const struct bundle_tender *b)
{
    int64_t deadline_us = 0, us;

    for (size_t i = 0; i < b->count; i++)
        if (sets_deadline(&b->events[i], &us))
            deadline_us = us;
    return deadline_us;
}

const struct bundle_event *bundle_first(const struct bundle_tender *b, const char *act)
{
    for (size_t i = 0; i < b->count; i++)
        if (event_is(&b->events[i], act))
            return &b->events[i];
    return NULL;
}

static int deadlines(const struct bundle_tender *b, struct err *err)
{
    int64_t moved_us, earlier_us = 0;

    for (size_t i = 0; i < b->count; i++) {
        const struct bundle_event *e = &b->events[i];
        if (!sets_deadline(e, &moved_us))
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

bool bundle_decision_next(struct checking *c, const char *question, size_t *at, const char **ret_id,
                          struct bundle_decision *ret)
{
    for (; *at < c->b->count;) {
        const struct bundle_event *e = &c->b->events[(*at)++];
        const char *id = event_is(e, "log_decision") ? doc_text(e->doc, "/subject") : NULL;
        size_t bytes;
        char *text;
        if (id && uuid_ok(id) &&
            !bundle_part(c->b, c->arena, arena_printf(c->arena, "decisions/%s", id), &text, &bytes, NULL) &&
            !bundle_decision_parse(c->arena, text, bytes, ret, NULL) &&
            (!question || strcmp(ret->question, question) == 0)) {
            *ret_id = id;
            return true;
        }
    }
    return false;
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

const struct bundle_event *bundle_about(const struct bundle_tender *b, const char *act, const char *subject)
{
    const struct bundle_about *at = about(b, subject);

    for (; at && at < b->about + b->about_count && strcmp(at->subject, subject) == 0; at++)
        if (event_is(at->e, act))
            return at->e;
    return NULL;
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

size_t bundle_acts(const struct bundle_tender *b, const char *act)
{
    size_t count = 0;

    for (size_t i = 0; i < b->count; i++)
        count += event_is(&b->events[i], act);
    return count;
}
