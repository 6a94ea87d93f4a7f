/* See core/service/bundle.h. */
#include "core/service/bundle.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "core/base/digest.h"
#include "core/json/canon.h"
#include "core/service/sequence.h"
#include "core/trust/entry.h"
#include "core/trust/sealed.h"

struct telling {
    struct tx *tx;
    const struct bundle_asked *what;
    bundle_fn *put;
    void *with;
};

const char *bundle_level_name(enum bundle_level level)
{
    static const char *const names[] = {"public", "party", "supervisor"};

    return names[level];
}

static int put(const struct telling *t, const char *name, const struct buf *text, struct err *err)
{
    const char *whole = arena_printf(tx_arena(t->tx), "%s%s", t->what->prefix, name);

    return t->put(t->with, whole, text->data ? text->data : "", text->size, err);
}

/* Office and tender, level, party. */
static int ask(const struct telling *t, enum statement_id q, size_t count, struct rows **ret, struct err *err)
{
    const struct param params[] = {P_INT(t->what->office), P_TEXT(t->what->tender),
                                   P_TEXT(bundle_level_name(t->what->level)), P_TEXT(t->what->organisation)};

    return tx_run_v(t->tx, q, params, count, ret, err);
}

static int tell_head(const struct telling *t, struct err *err)
{
    CLEANUP(buf_free) struct buf text = {0};
    char hex[2 * SALT_BYTES + 1];
    const uint8_t *salt;
    struct rows *rows;
    int status = ask(t, Q_log_tender_salt, 2, &rows, err);

    if (status)
        return status;
    if (rows_count(rows) == 0)
        return err_both(err, E_ABSENT, "log/absent", "the log has nothing of this tender yet",
                        "日志中尚无该采购项目");
    if (!row_bool(rows, 0, "shown"))
        return err_both(err, E_REFUSED, "bid/sealed",
                        "bids, marks and votes are told with the result, which is still to come",
                        "投标、评分和投票在结果公布后方可导出");
    status = row_fixed(rows, 0, "salt", SALT_BYTES, &salt, err);
    if (status)
        return status;
    hex_print(salt, SALT_BYTES, hex);
    buf_printf(&text, "linli/bundle/v1\ntender %s\nsalt %s\nlevel %s%s%s\n", t->what->tender, hex,
               bundle_level_name(t->what->level), t->what->level == BUNDLE_PARTY ? " " : "",
               t->what->level == BUNDLE_PARTY ? t->what->organisation : "");
    return put(t, "tender", &text, err);
}

/* An event as a line: where it is in the log, its salt and text. */
static int tell_event(const struct telling *t, const struct rows *rows, size_t row, struct buf *out,
                      struct err *err)
{
    char hex[2 * SALT_BYTES + 1], *text;
    const uint8_t *salt;
    int status = sequence_event(tx_arena(t->tx), rows, row, &text, err);

    if (!status)
        status = row_fixed(rows, row, "salt", SALT_BYTES, &salt, err);
    if (status)
        return status;
    hex_print(salt, SALT_BYTES, hex);
    buf_printf(out, "%lld %s ", (long long)row_int(rows, row, "idx"), hex);
    buf_text(out, text);
    buf_char(out, '\n');
    return 0;
}

/* By which acts entries of the tender were erased. */
static int tell_erasures(const struct telling *t, struct err *err)
{
    CLEANUP(buf_free) struct buf out = {0};
    struct rows *rows;
    int status = ask(t, Q_bundle_erasures, 2, &rows, err);

    for (size_t i = 0; !status && i < rows_count(rows); i++)
        status = row_null(rows, i, "idx")
                     ? err_both(err, E_ABSENT, "log/absent", "an erasure is not in the log yet; ask again",
                                "删除记录尚未写入日志，请稍后再试")
                     : tell_event(t, rows, i, &out, err);
    return status || out.size == 0 ? status : put(t, "erasures", &out, err);
}

/* The log is no older than the last of them, and says so with every tender. */
static int tell_recoveries(const struct telling *t, struct err *err)
{
    CLEANUP(buf_free) struct buf out = {0};
    struct rows *rows;
    int status = ask(t, Q_bundle_recoveries, 0, &rows, err);

    for (size_t i = 0; !status && i < rows_count(rows); i++)
        status = tell_event(t, rows, i, &out, err);
    return status || out.size == 0 ? status : put(t, "recoveries", &out, err);
}

static int tell_events(const struct telling *t, struct err *err)
{
    CLEANUP(buf_free) struct buf out = {0};
    struct rows *rows;
    int status = ask(t, Q_log_tender_events, 4, &rows, err);

    for (size_t i = 0; !status && i < rows_count(rows); i++) {
        const bool shown = row_bool(rows, i, "shown");
        if (shown && !row_null(rows, i, "salt"))
            status = tell_event(t, rows, i, &out, err);
        else
            buf_printf(&out, "%lld %s\n", (long long)row_int(rows, i, "idx"), shown ? "erased" : "withheld");
    }
    return status ? status : put(t, "events", &out, err);
}

static int tell_decisions(const struct telling *t, struct err *err)
{
    struct rows *rows;
    int status = ask(t, Q_log_tender_decisions, 3, &rows, err);

    for (size_t i = 0; !status && i < rows_count(rows); i++) {
        CLEANUP(buf_free) struct buf text = {0};
        sequence_decision(rows, i, &text);
        status = put(t, arena_printf(tx_arena(t->tx), "decisions/%s", row_text(rows, i, "id")), &text, err);
    }
    return status;
}

static int tell_ledger(const struct telling *t, struct err *err)
{
    CLEANUP(buf_free) struct buf out = {0};
    struct rows *rows;
    int status = ask(t, Q_log_tender_journals, 2, &rows, err);

    for (size_t i = 0; !status && i < rows_count(rows); i++) {
        char *text;
        status = sequence_journal(tx_arena(t->tx), rows, i, &text, err);
        if (!status)
            buf_printf(&out, "%s ", row_text(rows, i, "id"));
        if (!status)
            buf_text(&out, text);
        buf_char(&out, '\n');
    }
    return status ? status : put(t, "ledger", &out, err);
}

static int tell_rows(const struct telling *t, struct err *err)
{
    CLEANUP(buf_free) struct buf out = {0};
    struct rows *rows;
    int status = ask(t, Q_bundle_rows, 4, &rows, err);

    for (size_t i = 0; !status && i < rows_count(rows); i++) {
        const char *row = row_text(rows, i, "row");
        char *text;
        status = json_canonical(tx_arena(t->tx), row, strlen(row), &text, err);
        if (status)
            return status;
        buf_printf(&out, "%s %s ", row_text(rows, i, "kind"), row_text(rows, i, "id"));
        buf_text(&out, text);
        buf_char(&out, '\n');
    }
    return status ? status : put(t, "rows", &out, err);
}

static int tell_draws(const struct telling *t, struct err *err)
{
    struct rows *rows;
    int status = ask(t, Q_bundle_draws, 3, &rows, err);

    for (size_t i = 0; !status && i < rows_count(rows); i++) {
        CLEANUP(buf_free) struct buf text = {0};
        buf_text(&text, row_text(rows, i, "text"));
        status = put(t, arena_printf(tx_arena(t->tx), "draws/%s", row_text(rows, i, "name")), &text, err);
    }
    return status;
}

/* ---- sealed bids ------------------------------------------------------------------------- */

static int file_whole(const char *path, size_t bytes, struct buf *out, struct err *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool good = file >= 0;

    buf_reserve(out, bytes);
    while (good && out->size < bytes) {
        ssize_t n = read(file, out->data + out->size, bytes - out->size);
        good = n > 0 || (n < 0 && errno == EINTR);
        out->size += n > 0 ? (size_t)n : 0;
    }
    if (file >= 0)
        close(file);
    return good ? 0 : err_set(err, E_BROKEN, "server/broken", "%s cannot be read", path);
}

static int tell_files(const struct telling *t, struct err *err)
{
    struct rows *rows;
    int status = t->what->blobs ? ask(t, Q_bundle_files, 4, &rows, err) : 0;

    for (size_t i = 0; t->what->blobs && !status && i < rows_count(rows); i++) {
        CLEANUP(buf_free) struct buf bytes = {0};
        const char *hex = row_text(rows, i, "sha256");
        struct arena *arena = tx_arena(t->tx);
        if (row_int(rows, i, "bytes") > SEALED_BYTES_MAX)
            continue;
        status = file_whole(arena_printf(arena, "%s/%.2s/%s", t->what->blobs, hex, hex),
                            (size_t)row_int(rows, i, "bytes"), &bytes, err);
        if (!status)
            status = put(t, arena_printf(arena, "bids/%s", hex), &bytes, err);
    }
    return status;
}

static int tell_shares(const struct telling *t, struct err *err)
{
    struct rows *rows;
    int status = ask(t, Q_openers_of, 2, &rows, err);

    for (size_t i = 0; !status && i < rows_count(rows); i++) {
        CLEANUP(buf_free) struct buf text = {0};
        buf_text(&text, row_text(rows, i, "note"));
        status = put(t, row_int(rows, i, "envelope") == 2 ? "price-openers" : "openers", &text, err);
    }
    if (!status)
        status = ask(t, Q_bundle_shares, 3, &rows, err);
    for (size_t i = 0; !status && i < rows_count(rows); i++) {
        CLEANUP(buf_free) struct buf text = {0};
        buf_text(&text, row_text(rows, i, "text"));
        status = put(t, arena_printf(tx_arena(t->tx), "shares/%s", row_text(rows, i, "name")), &text, err);
    }
    if (!status)
        status = ask(t, Q_bundle_co_keys, 4, &rows, err);
    for (size_t i = 0; !status && i < rows_count(rows); i++) {
        CLEANUP(buf_free) struct buf text = {0};
        buf_text(&text, row_text(rows, i, "co_key"));
        status = put(t, arena_printf(tx_arena(t->tx), "co-keys/%s", row_text(rows, i, "id")), &text, err);
    }
    return status;
}

/* ---- the whole --------------------------------------------------------------------------- */

int bundle_tell(struct tx *tx, const struct bundle_asked *what, bundle_fn *put_one, void *with,
                struct err *err)
{
    const struct telling t = {.tx = tx, .what = what, .put = put_one, .with = with};
    int (*const parts[])(const struct telling *, struct err *) = {
        tell_head,   tell_events, tell_erasures, tell_recoveries, tell_decisions,
        tell_ledger, tell_rows,   tell_draws,    tell_shares,     tell_files};
    int status = tx_unhurried(tx, err);

    for (size_t i = 0; i < LENGTH(parts) && !status; i++)
        status = parts[i](&t, err);
    return status;
}

int bundle_tell_year(struct tx *tx, const struct bundle_asked *what, int year, bundle_fn *put_one, void *with,
                     struct err *err)
{
    CLEANUP(buf_free) struct buf names = {0};
    struct arena *whole = tx_arena(tx), *each;
    struct rows *rows;
    int status = tx_run(tx, Q_bundle_year, &rows, err, P_INT(what->office), P_INT(year));

    if (status)
        return status;
    buf_printf(&names, "linli/bundle/v1\noffice %d\nyear %d\nlevel %s\n", (int)what->office, year,
               bundle_level_name(what->level));
    each = arena_new(0); /* a tender at a time: a year may hold more than memory does */
    tx_use(tx, each);
    for (size_t i = 0; i < rows_count(rows) && !status; i++) {
        struct bundle_asked one = *what;
        one.tender = row_text(rows, i, "id");
        one.prefix = arena_printf(each, "tenders/%s/", one.tender);
        buf_printf(&names, "tender %s\n", one.tender);
        status = bundle_tell(tx, &one, put_one, with, err);
        arena_reset(each);
    }
    tx_use(tx, whole);
    arena_free(each);
    return status ? status : put_one(with, "office", names.data, names.size, err);
}
