/* See core/trust/bundle.h. */
#include "core/trust/bundle.h"

#include <string.h>

#include "core/trust/bundle_find.h"
#include "core/trust/line.h"

enum { SALT_HEX = 2 * SALT_BYTES };

static int malformed(struct err *err, const char *what, const char *zh)
{
    return err_both(err, E_MALFORMED, "bundle/malformed", what, zh);
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
    for (ret->count = ret->withheld = ret->erased = 0; lines.at < lines.end; ret->count++) {
        struct bundle_event *e = &ret->events[ret->count];
        if (!line_next(&lines, &line) || !event_parse(arena, &line, e) ||
            (ret->count > 0 && e->index <= ret->events[ret->count - 1].index))
            return malformed(err, "a line of the events is none, or not in order",
                             "事件文件有一行不正确或次序不对");
        ret->withheld += !e->json && !e->erased;
        ret->erased += e->erased;
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
        (status = bundle_part(&at, arena, "ledger", &text, &bytes, err)) ||
        (status = bundle_rows_parse(arena, text, bytes, false, &ret->journals, &ret->journal_count, err)) ||
        (status = bundle_index(arena, ret, err)))
        return status;
    return level_held(ret, err);
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
