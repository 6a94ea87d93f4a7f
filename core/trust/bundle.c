/* See core/trust/bundle.h. */
#include "core/trust/bundle.h"

#include <string.h>

#include "core/base/time.h"
#include "core/trust/line.h"

enum { SALT_HEX = 2 * SALT_BYTES };

static int malformed(struct err *err, const char *what, const char *zh)
{
    return err_both(err, E_MALFORMED, "bundle/malformed", what, zh);
}

static bool word_of(struct lines *lines, const char *word, char *out, size_t bytes)
{
    struct line line, value;

    if (!line_next(lines, &line) || !line_after(&line, word, &value) || value.bytes != bytes)
        return false;
    memcpy(out, value.text, bytes);
    out[bytes] = '\0';
    return true;
}

int bundle_tender_parse(const char *text, size_t bytes, struct bundle_tender *ret, struct err *err)
{
    struct lines lines = {text, text + bytes};
    struct bundle_tender b = {0};
    char salt[SALT_HEX + 1];
    struct line line;

    if (!line_next(&lines, &line) || !line_is(&line, "linli/bundle/v1") ||
        !word_of(&lines, "tender ", b.tender, UUID_TEXT - 1) || !uuid_ok(b.tender) ||
        !word_of(&lines, "salt ", salt, SALT_HEX) || !hex_parse(salt, b.salt, SALT_BYTES) ||
        lines.at != lines.end)
        return malformed(err, "this is no bundle of a tender", "不是采购项目记录包");
    *ret = b;
    return 0;
}

static bool event_parse(struct arena *arena, const struct line *line, struct bundle_event *ret)
{
    const char *space = memchr(line->text, ' ', line->bytes), *end = line->text + line->bytes;
    char salt[SALT_HEX + 1];
    struct line index;

    if (!space || end - space < SALT_HEX + 3 || space[SALT_HEX + 1] != ' ')
        return false;
    index = (struct line){line->text, (size_t)(space - line->text)};
    memcpy(salt, space + 1, SALT_HEX);
    salt[SALT_HEX] = '\0';
    ret->json = space + SALT_HEX + 2;
    ret->bytes = (size_t)(end - ret->json);
    return line_decimal(&index, &ret->index) && hex_parse(salt, ret->salt, SALT_BYTES) &&
           doc_read(arena, ret->json, ret->bytes, &ret->doc, NULL) == 0;
}

int bundle_events_parse(struct arena *arena, const char *text, size_t bytes, struct bundle_tender *ret,
                        struct err *err)
{
    struct lines lines = {text, text + bytes};
    struct line line;
    size_t most = 0;

    for (size_t i = 0; i < bytes; i++)
        most += text[i] == '\n';
    if (most > BUNDLE_EVENTS_MAX)
        return malformed(err, "there are too many events", "事件过多");
    ret->events = ARENA_NEW(arena, struct bundle_event, most + 1);
    for (ret->count = 0; lines.at < lines.end; ret->count++) {
        struct bundle_event *e = &ret->events[ret->count];
        if (!line_next(&lines, &line) || !event_parse(arena, &line, e) ||
            (ret->count > 0 && e->index <= ret->events[ret->count - 1].index))
            return malformed(err, "a line of the events is none, or not in order",
                             "事件文件有一行不正确或次序不对");
    }
    return 0;
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

static bool is_text(const struct doc *doc, const char *pointer, const char *expected)
{
    const char *text = doc_text(doc, pointer);

    return text && strcmp(text, expected) == 0;
}

int bundle_payloads(const struct bundle_tender *b, const uint8_t *entries, uint64_t size, struct err *err)
{
    for (size_t i = 0; i < b->count; i++) {
        const struct bundle_event *e = &b->events[i];
        struct entry entry;
        struct hash commit;
        if (e->index >= size) {
            err_set(err, E_ABSENT, "log/absent", "the log ends before entry %llu",
                    (unsigned long long)e->index);
            err_zh(err, "日志不含第 %llu 条", (unsigned long long)e->index);
            return E_ABSENT;
        }
        int status = entry_unpack(entries + e->index * ENTRY_BYTES, ENTRY_BYTES, &entry, err);
        if (status)
            return status;
        entry_payload(e->salt, e->json, e->bytes, &commit);
        if (!hash_same(&commit, &entry.payload))
            return contradicts(err, e->index, "this event is not what the log committed to",
                               "事件与日志的承诺不符");
        if (!is_text(e->doc, "/tender", b->tender))
            return contradicts(err, e->index, "this event is of another tender", "事件属于另一采购项目");
    }
    return 0;
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
        if (!is_text(e->doc, "/act", "log_tender"))
            continue;
        if (!is_text(e->doc, "/payload/salt_commit", expected) || found++ > 0)
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

static bool instant_at(const struct doc *doc, const char *pointer, int64_t *ret)
{
    const char *text = doc_text(doc, pointer);

    return text && time_parse(text, ret);
}

static bool sets_deadline(const struct doc *doc, int64_t *ret_us)
{
    return (is_text(doc, "/act", "tender_publish") || is_text(doc, "/act", "tender_extend")) &&
           instant_at(doc, "/payload/request/deadline", ret_us);
}

/* The deadline that held in the end; 0: none is told. */
static int64_t deadline_of(const struct bundle_tender *b)
{
    int64_t deadline_us = 0, us;

    for (size_t i = 0; i < b->count; i++)
        if (sets_deadline(b->events[i].doc, &us))
            deadline_us = us;
    return deadline_us;
}

int bundle_order(const struct bundle_tender *b, struct err *err)
{
    int64_t deadline_us = deadline_of(b), moved_us, at_us, earlier_us = 0;
    bool committed = false, published = false;

    for (size_t i = 0; i < b->count; i++) {
        const struct bundle_event *e = &b->events[i];
        if (!instant_at(e->doc, "/at", &at_us))
            return contradicts(err, e->index, "this event has no time", "事件没有时间");
        committed = committed || is_text(e->doc, "/act", "log_tender");
        published = published || is_text(e->doc, "/act", "tender_publish");
        if (sets_deadline(e->doc, &moved_us)) {
            if (earlier_us && at_us >= earlier_us)
                return contradicts(err, e->index, "the deadline was moved after it had passed",
                                   "截止后才改动截止时间");
            earlier_us = moved_us;
        }
        if (!is_text(e->doc, "/act", "bid_submit"))
            continue;
        if (!committed || !published)
            return contradicts(err, e->index, "a bid came before the tender was published", "投标早于发布");
        if (deadline_us && at_us >= deadline_us)
            return contradicts(err, e->index, "a bid came after the deadline", "投标晚于截止时间");
    }
    if (!published || !deadline_us)
        return err_both(err, E_ABSENT, "log/absent", "no event tells of the publication and its deadline",
                        "没有发布及截止时间的事件");
    return 0;
}

bool bundle_logged(const struct bundle_tender *b, const char *id, const struct hash *digest)
{
    char hex[SHA256_TEXT];

    hex_print(digest->bytes, SHA256_BYTES, hex);
    for (size_t i = 0; i < b->count; i++) {
        const struct doc *doc = b->events[i].doc;
        if (is_text(doc, "/act", "log_decision") && is_text(doc, "/subject", id) &&
            is_text(doc, "/payload/sha256", hex))
            return true;
    }
    return false;
}

int bundle_receipt(const struct bundle_tender *b, const struct receipt *receipt, struct err *err)
{
    char sealed[SHA256_TEXT];
    bool told = receipt->kind != RECEIPT_ACCEPTED; /* of who was refused no entry tells */
    int64_t at_us;

    hex_print(receipt->sealed, SHA256_BYTES, sealed);
    for (size_t i = 0; i < b->count && !told; i++) {
        const struct doc *doc = b->events[i].doc;
        told = is_text(doc, "/act", "bid_submit") && is_text(doc, "/subject", receipt->bid) &&
               is_text(doc, "/payload/sha256", sealed) && instant_at(doc, "/at", &at_us) &&
               at_us == receipt->received_us;
    }
    if (told && strcmp(b->tender, receipt->tender) == 0)
        return 0;
    return err_both(err, E_REFUSED, "log/receipt",
                    "the log does not tell of this bid: the receipt proves that it was dropped or changed",
                    "日志中没有这份投标：回执证明投标被遗漏或改动");
}

size_t bundle_decisions(const struct bundle_tender *b)
{
    size_t count = 0;

    for (size_t i = 0; i < b->count; i++)
        count += is_text(b->events[i].doc, "/act", "log_decision");
    return count;
}
