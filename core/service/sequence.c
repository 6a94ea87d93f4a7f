/* See core/service/sequence.h. */
#include "core/service/sequence.h"

#include <string.h>

#include "core/base/time.h"
#include "core/json/canon.h"
#include "core/store/ids.h"
#include "core/trust/entry.h"
#include "core/trust/instant.h"

/* A decision comes with all its facts, so few at once. */
enum { BATCH = 2000, DECISIONS = 50, PAGE = 20000, ARENA_MAX = 1 << 30 };
/* Of many that wait: as many keys are listed at once, and so many pages of a table looked through. */
enum { LIST = 1000000, WINDOW_PAGES = 512 };
static const int64_t page_most = UINT32_MAX;

/* ---- texts ------------------------------------------------------------------------------- */

static void text_or_null(struct buf *out, const char *key, const char *text)
{
    json_key(out, key);
    json_string(out, text);
}

int sequence_event(struct arena *arena, const struct rows *rows, size_t row, char **ret, struct err *err)
{
    CLEANUP(buf_free) struct buf out = {0};
    const char *payload = row_text(rows, row, "payload");
    char at[TIME_TEXT];

    instant_print(row_time(rows, row, "at"), at);
    json_open(&out, '{');
    text_or_null(&out, "act", row_text(rows, row, "act"));
    text_or_null(&out, "actor", row_text(rows, row, "actor"));
    text_or_null(&out, "at", at);
    text_or_null(&out, "id", row_text(rows, row, "id"));
    json_key(&out, "office");
    json_int(&out, row_int(rows, row, "office_id"));
    json_key(&out, "payload");
    json_raw(&out, payload, strlen(payload));
    text_or_null(&out, "role", row_text(rows, row, "role"));
    json_key(&out, "sealed");
    json_bool(&out, row_bool(rows, row, "sealed"));
    text_or_null(&out, "subject", row_text(rows, row, "subject"));
    text_or_null(&out, "subject_kind", row_text(rows, row, "subject_kind"));
    text_or_null(&out, "tender", row_text(rows, row, "tender_id"));
    json_close(&out, '}');
    return json_canonical(arena, out.data, out.size, ret, err);
}

void sequence_decision(const struct rows *rows, size_t row, struct buf *out)
{
    buf_printf(out, "linli/decision/v1\nquestion %s\nplugin %s %s %s\noptions ",
               row_text(rows, row, "question"), row_text(rows, row, "plugin"),
               row_text(rows, row, "plugin_version"), row_text(rows, row, "plugin_sha256"));
    buf_text(out, row_text(rows, row, "options"));
    buf_text(out, "\nfacts ");
    buf_text(out, row_text(rows, row, "facts"));
    buf_text(out, "\nanswer ");
    buf_text(out, row_text(rows, row, "answer"));
    buf_char(out, '\n');
}

int sequence_journal(struct arena *arena, const struct rows *rows, size_t row, char **ret, struct err *err)
{
    const char *text = row_text(rows, row, "journal");

    return json_canonical(arena, text, strlen(text), ret, err);
}

/* ---- events of its own ------------------------------------------------------------------- */

struct own_event {
    int64_t office, at_us;
    const char *act, *kind, *subject, *tender;
    const char *payload;
};

static int own_event_add(struct tx *tx, const struct own_event *e, struct err *err)
{
    char id[UUID_TEXT];
    uint8_t salt[SALT_BYTES];

    id_new((int32_t)e->office, id);
    random_bytes(salt, sizeof(salt));
    return tx_run(tx, Q_event_add, NULL, err, P_INT(e->office), P_TEXT(id), P_TIME(e->at_us), P_NULL,
                  P_TEXT("system"), P_TEXT(e->act), P_TEXT(e->kind), P_TEXT(e->subject), P_TEXT(e->tender),
                  P_BOOL(false), P_BYTES(salt, sizeof(salt)), P_TEXT(e->payload));
}

static const char *digest_payload(struct tx *tx, const char *key, const uint8_t digest[SHA256_BYTES])
{
    char hex[SHA256_TEXT];

    hex_print(digest, SHA256_BYTES, hex);
    return arena_printf(tx_arena(tx), "{\"%s\":\"%s\"}", key, hex);
}

static int tender_tell(struct tx *tx, const struct rows *rows, size_t row, struct err *err)
{
    const char *tender = row_text(rows, row, "tender_id");
    uint8_t salt[SALT_BYTES];
    struct hash commit;

    random_bytes(salt, sizeof(salt));
    entry_salt_commit(salt, &commit);
    int status = tx_run(tx, Q_log_salt_add, NULL, err, P_TEXT(tender), P_BYTES(salt, sizeof(salt)));
    if (status)
        return status;
    struct own_event e = {.office = row_int(rows, row, "office_id"),
                          .at_us = row_time(rows, row, "at"),
                          .act = "log_tender",
                          .kind = "tender",
                          .subject = tender,
                          .tender = tender,
                          .payload = digest_payload(tx, "salt_commit", commit.bytes)};
    return own_event_add(tx, &e, err);
}

static int decision_tell(struct tx *tx, const struct rows *rows, size_t row, struct err *err)
{
    CLEANUP(buf_free) struct buf text = {0};
    uint8_t digest[SHA256_BYTES];

    sequence_decision(rows, row, &text);
    sha256_of(text.data, text.size, digest);
    struct own_event e = {.office = row_int(rows, row, "office_id"),
                          .at_us = row_time(rows, row, "at"),
                          .act = "log_decision",
                          .kind = "decision",
                          .subject = row_text(rows, row, "id"),
                          .tender = row_text(rows, row, "tender_id"),
                          .payload = digest_payload(tx, "sha256", digest)};
    return own_event_add(tx, &e, err);
}

static int journal_tell(struct tx *tx, const struct rows *rows, size_t row, struct err *err)
{
    uint8_t digest[SHA256_BYTES];
    char *text;
    int status = sequence_journal(tx_arena(tx), rows, row, &text, err);

    if (status)
        return status;
    sha256_of(text, strlen(text), digest);
    struct own_event e = {.office = row_int(rows, row, "office_id"),
                          .at_us = row_time(rows, row, "at"),
                          .act = "log_journal",
                          .kind = "journal",
                          .subject = row_text(rows, row, "id"),
                          .tender = row_text(rows, row, "tender_id"),
                          .payload = digest_payload(tx, "sha256", digest)};
    return own_event_add(tx, &e, err);
}

static const char *page_text(struct tx *tx, int64_t page)
{
    return arena_printf(tx_arena(tx), "(%lld,0)", (long long)page);
}

/* Tables whose rows the log tells of by events of its own. */
struct untold {
    enum statement_id statement;
    int most;
    int (*one)(struct tx *, const struct rows *, size_t, struct err *);
};
static const struct untold tenders = {Q_log_untold_tenders, BATCH, tender_tell},
                           decisions = {Q_log_untold_decisions, DECISIONS, decision_tell},
                           journals = {Q_log_untold_journals, BATCH, journal_tell};

/* Those between two pages; *ret_more: there may be others. */
static int tell(struct tx *tx, const struct untold *what, int64_t from, int64_t to, bool *ret_more,
                struct err *err)
{
    struct rows *rows;
    int status = tx_run(tx, what->statement, &rows, err, P_INT(what->most), P_TEXT(page_text(tx, from)),
                        P_TEXT(page_text(tx, to)));

    for (size_t i = 0; !status && i < rows_count(rows); i++)
        status = what->one(tx, rows, i, err);
    *ret_more = *ret_more || (!status && rows_count(rows) >= (size_t)what->most);
    return status;
}

/* ---- entries ----------------------------------------------------------------------------- */

static int end_read(struct tx *tx, struct log_end *ret, struct err *err)
{
    struct rows *rows;
    struct entry entry;
    size_t count;
    int status = tx_run_v(tx, Q_log_last, NULL, 0, &rows, err);

    *ret = (struct log_end){0};
    if (status || rows_count(rows) == 0)
        return status;
    const uint8_t *bytes = row_bytes(rows, 0, "entry", &count);
    status = entry_unpack(bytes, count, &entry, err);
    if (status)
        return status;
    *ret = (struct log_end){.next = entry.index + 1, .at_us = entry.at_us};
    merkle_leaf(bytes, count, &ret->previous);
    return 0;
}

/* An event of no tender gets a tag that is nobody's. */
static void subject_of(const struct rows *rows, size_t row, uint64_t index, struct hash *out)
{
    const char *tender = row_text(rows, row, "tender_id");
    uint8_t id[UUID_BYTES];
    size_t count = 0;
    const uint8_t *salt = tender ? row_bytes(rows, row, "tender_salt", &count) : NULL;

    if (salt && count == SALT_BYTES && uuid_bytes(tender, id))
        entry_subject(salt, index, id, out);
    else
        random_bytes(out->bytes, sizeof(out->bytes));
}

static int entry_make(struct arena *arena, const struct rows *rows, size_t row, struct log_end *end,
                      uint8_t packed[ENTRY_BYTES], struct err *err)
{
    int64_t at_us = row_time(rows, row, "at");
    struct entry entry = {
        .index = end->next, .at_us = at_us > end->at_us ? at_us : end->at_us, .previous = end->previous};
    const uint8_t *salt = NULL;
    char *text;
    int status = sequence_event(arena, rows, row, &text, err);

    if (!status)
        status = row_fixed(rows, row, "salt", SALT_BYTES, &salt, err);
    if (status)
        return status;
    entry_payload(salt, text, strlen(text), &entry.payload);
    subject_of(rows, row, entry.index, &entry.subject);
    entry_pack(&entry, packed);
    *end = (struct log_end){.next = entry.index + 1, .at_us = entry.at_us};
    merkle_leaf(packed, ENTRY_BYTES, &end->previous);
    return 0;
}

static int batch_add(struct tx *tx, const struct rows *rows, struct log_end *end, struct err *err)
{
    struct arena *arena = tx_arena(tx);
    size_t count = rows_count(rows);
    const char **entries = ARENA_NEW(arena, const char *, count),
               **events = ARENA_NEW(arena, const char *, count);
    int64_t *offices = ARENA_NEW(arena, int64_t, count);
    uint64_t first = end->next;
    int status = 0;

    for (size_t i = 0; i < count && !status; i++) {
        uint8_t packed[ENTRY_BYTES];
        char *hex = ARENA_NEW(arena, char, 2 * ENTRY_BYTES + 1);
        status = entry_make(arena, rows, i, end, packed, err);
        hex_print(packed, ENTRY_BYTES, hex);
        entries[i] = hex;
        events[i] = row_text(rows, i, "id");
        offices[i] = row_int(rows, i, "office_id");
    }
    if (status)
        return status;
    return tx_run(tx, Q_log_entries_add, NULL, err, P_INT((int64_t)first), P_TEXTS(entries, count),
                  P_INTS(offices, count), P_TEXTS(events, count));
}

static bool turns(const struct rows *rows)
{
    for (size_t i = 0; i < rows_count(rows); i++) {
        const char *kind = row_text(rows, i, "subject_kind");
        if (strcmp(kind, "tender") == 0 || strcmp(kind, "lot") == 0)
            return true;
    }
    return false;
}

static int batch(struct tx *tx, const struct log_window *from, int64_t until_us, struct sequenced *all,
                 bool *ret_more, struct err *err)
{
    struct rows *rows;
    struct log_end end;
    int status = tx_run_v(tx, Q_log_lock, NULL, 0, NULL, err);

    if (!status)
        status = tell(tx, &tenders, from->events, page_most, ret_more, err);
    if (!status)
        status = tell(tx, &decisions, from->decisions, page_most, ret_more, err);
    if (!status)
        status = tell(tx, &journals, from->journals, page_most, ret_more, err);
    if (!status)
        status = end_read(tx, &end, err);
    if (!status)
        status = tx_run(tx, Q_log_waiting, &rows, err, P_INT(BATCH), P_TEXT(page_text(tx, from->events)),
                        P_TIME(until_us));
    if (status)
        return status;
    all->added += rows_count(rows);
    all->turned = all->turned || turns(rows);
    *ret_more = *ret_more || rows_count(rows) >= BATCH;
    return rows_count(rows) ? batch_add(tx, rows, &end, err) : 0;
}

/* ---- many that wait: each table is looked through once, however many batches it takes ---- */

typedef int step_fn(struct tx *tx, void *with, struct err *err);

static int in_tx(struct store *store, step_fn *step, void *with, struct err *err)
{
    const struct scope scope = {.all = true};
    struct arena *arena = arena_new(ARENA_MAX);
    struct tx *tx = NULL;
    int status = tx_begin(store, arena, &scope, false, &tx, err);

    if (!status)
        status = tx_run_v(tx, Q_log_lock, NULL, 0, NULL, err);
    if (!status)
        status = step(tx, with, err);
    if (status)
        tx_rollback(tx);
    else
        status = tx_commit(tx, err);
    arena_free(arena);
    return status;
}

struct tell_step {
    const struct untold *what;
    int64_t from;
    bool more;
};
static int tell_step(struct tx *tx, void *with, struct err *err)
{
    struct tell_step *s = with;

    s->more = false;
    return tell(tx, s->what, s->from, s->from + WINDOW_PAGES, &s->more, err);
}

static int tell_all(struct store *store, const struct untold *what, int64_t last, struct err *err)
{
    struct tell_step s = {.what = what};
    int status = 0;

    for (; s.from <= last && !status; s.from += WINDOW_PAGES)
        do
            status = in_tx(store, tell_step, &s, err);
        while (!status && s.more);
    return status;
}

struct keys {
    int64_t *offices;
    const char **ids;
    size_t count, done;
};
struct number_step {
    struct keys keys;
    struct sequenced *all;
};
static int number_step(struct tx *tx, void *with, struct err *err)
{
    struct number_step *s = with;
    size_t left = s->keys.count - s->keys.done, n = left < BATCH ? left : BATCH;
    struct log_end end;
    struct rows *rows;
    int status = end_read(tx, &end, err);

    if (!status)
        status = tx_run(tx, Q_log_waiting_of, &rows, err, P_INTS(s->keys.offices + s->keys.done, n),
                        P_TEXTS(s->keys.ids + s->keys.done, n));
    if (!status && rows_count(rows))
        status = batch_add(tx, rows, &end, err);
    if (status)
        return status;
    s->keys.done += n;
    s->all->added += rows_count(rows);
    s->all->turned = s->all->turned || turns(rows);
    return 0;
}

static int keys_list(struct tx *tx, int64_t until_us, struct keys *ret, struct err *err)
{
    struct arena *arena = tx_arena(tx);
    struct rows *rows;
    int status = tx_run(tx, Q_log_waiting_list, &rows, err, P_INT(LIST), P_TIME(until_us));

    if (status)
        return status;
    *ret = (struct keys){ARENA_NEW(arena, int64_t, rows_count(rows) + 1),
                         ARENA_NEW(arena, const char *, rows_count(rows) + 1), rows_count(rows), 0};
    for (size_t i = 0; i < ret->count; i++) {
        ret->offices[i] = row_int(rows, i, "office_id");
        ret->ids[i] = arena_dup(arena, row_text(rows, i, "id"));
    }
    return 0;
}

/* Some listed keys, numbered; *ret_count: how many there were. */
static int number_listed(struct store *store, int64_t until_us, struct sequenced *all, size_t *ret_count,
                         struct err *err)
{
    const struct scope scope = {.all = true};
    struct arena *arena = arena_new(ARENA_MAX);
    struct number_step s = {.all = all};
    struct tx *tx = NULL;
    int status = tx_begin(store, arena, &scope, true, &tx, err);

    if (!status)
        status = keys_list(tx, until_us, &s.keys, err);
    tx_rollback(tx);
    *ret_count = s.keys.count;
    while (!status && s.keys.done < s.keys.count)
        status = in_tx(store, number_step, &s, err);
    arena_free(arena);
    return status;
}

static int backlog(struct store *store, int64_t until_us, struct sequenced *all, struct err *err)
{
    struct log_window last;
    size_t count = 0;
    int status = sequence_ends(store, &last, err);

    if (!status)
        status = tell_all(store, &tenders, last.events, err);
    if (!status)
        status = tell_all(store, &decisions, last.decisions, err);
    if (!status)
        status = tell_all(store, &journals, last.journals, err);
    do
        status = status ? status : number_listed(store, until_us, all, &count, err);
    while (!status && count >= LIST);
    return status;
}

int sequence_run(struct store *store, const struct log_window *window, int64_t until_us,
                 struct sequenced *ret, struct err *err)
{
    const struct scope scope = {.all = true};
    const struct log_window from = window ? *window : (struct log_window){0};
    struct arena *arena = arena_new(ARENA_MAX);
    struct tx *tx = NULL;
    bool more = false;
    int status = tx_begin(store, arena, &scope, false, &tx, err);

    *ret = (struct sequenced){0};
    if (!status)
        status = batch(tx, &from, until_us, ret, &more, err);
    if (status)
        tx_rollback(tx);
    else
        status = tx_commit(tx, err);
    arena_free(arena);
    return status || !more ? status : backlog(store, until_us, ret, err);
}

/* One look, in a transaction that changes nothing. */
static int look(struct store *store, step_fn *step, void *with, struct err *err)
{
    const struct scope scope = {.all = true};
    struct arena *arena = arena_new(0);
    struct tx *tx = NULL;
    int status = tx_begin(store, arena, &scope, true, &tx, err);

    if (!status)
        status = step(tx, with, err);
    tx_rollback(tx);
    arena_free(arena);
    return status;
}

struct look {
    int64_t until_us, ret;
};

static int ahead_step(struct tx *tx, void *with, struct err *err)
{
    struct look *l = with;
    struct rows *rows;
    int status = tx_run(tx, Q_log_ahead, &rows, err, P_TIME(l->until_us));

    if (!status)
        l->ret = row_int(rows, 0, "events");
    return status;
}

static int oldest_step(struct tx *tx, void *with, struct err *err)
{
    struct look *l = with;
    struct rows *rows;
    int status =
        tx_run(tx, Q_log_waiting, &rows, err, P_INT(1), P_TEXT(page_text(tx, 0)), P_TIME(l->until_us));

    if (!status)
        l->ret = rows_count(rows) ? row_time(rows, 0, "at") : 0;
    return status;
}

static int count_step(struct tx *tx, void *with, struct err *err)
{
    struct look *l = with;
    struct log_end end;
    int status = end_read(tx, &end, err);

    if (!status)
        l->ret = (int64_t)end.next;
    return status;
}

int sequence_ahead(struct store *store, int64_t until_us, int64_t *ret, struct err *err)
{
    struct look l = {.until_us = until_us};
    int status = look(store, ahead_step, &l, err);

    *ret = l.ret;
    return status;
}

int sequence_oldest(struct store *store, int64_t until_us, int64_t *ret_us, struct err *err)
{
    struct look l = {.until_us = until_us};
    int status = look(store, oldest_step, &l, err);

    *ret_us = l.ret;
    return status;
}

int sequence_count(struct store *store, uint64_t *ret, struct err *err)
{
    struct look l = {0};
    int status = look(store, count_step, &l, err);

    *ret = (uint64_t)l.ret;
    return status;
}

int sequence_ends(struct store *store, struct log_window *ret, struct err *err)
{
    const struct scope scope = {.all = true};
    struct arena *arena = arena_new(0);
    struct rows *rows;
    struct tx *tx = NULL;
    int status = tx_begin(store, arena, &scope, true, &tx, err);

    if (!status)
        status = tx_run_v(tx, Q_log_pages, NULL, 0, &rows, err);
    if (!status)
        *ret = (struct log_window){row_int(rows, 0, "events"), row_int(rows, 0, "decisions"),
                                   row_int(rows, 0, "journals")};
    tx_rollback(tx);
    arena_free(arena);
    return status;
}

/* ---- reading again ----------------------------------------------------------------------- */

static int broken(uint64_t index, struct err *err)
{
    err_set(err, E_BROKEN, "log/broken", "entry %llu of the log is not what was written",
            (unsigned long long)index);
    err_zh(err, "日志第 %llu 条与写入时不符", (unsigned long long)index);
    return E_BROKEN;
}

static int entry_take(const struct rows *rows, size_t row, struct merkle *tree, struct log_end *end,
                      struct err *err)
{
    struct entry entry;
    struct hash leaf;
    size_t count;
    const uint8_t *bytes = row_bytes(rows, row, "entry", &count);

    if ((uint64_t)row_int(rows, row, "idx") != end->next || entry_unpack(bytes, count, &entry, NULL) ||
        entry.index != end->next || !hash_same(&entry.previous, &end->previous) || entry.at_us < end->at_us)
        return broken(end->next, err);
    merkle_leaf(bytes, count, &leaf);
    merkle_add(tree, &leaf);
    *end = (struct log_end){.next = entry.index + 1, .previous = leaf, .at_us = entry.at_us};
    return 0;
}

static int page_read(struct tx *tx, struct merkle *tree, struct log_end *end, sequence_fn *take, void *with,
                     struct err *err)
{
    struct rows *rows;
    size_t count;
    int status = tx_run(tx, Q_log_entries, &rows, err, P_INT((int64_t)end->next), P_INT(PAGE));

    for (size_t i = 0; !status && i < rows_count(rows); i++) {
        uint64_t index = end->next;
        status = entry_take(rows, i, tree, end, err);
        if (!status && take)
            take(with, index, row_bytes(rows, i, "entry", &count));
    }
    return status;
}

int sequence_read(struct store *store, struct merkle *tree, struct log_end *end, sequence_fn *take,
                  void *with, struct err *err)
{
    const struct scope scope = {.all = true};
    uint64_t before;
    int status;

    do {
        struct arena *arena = arena_new(ARENA_MAX);
        struct tx *tx = NULL;
        before = end->next;
        status = tx_begin(store, arena, &scope, true, &tx, err);
        if (!status)
            status = page_read(tx, tree, end, take, with, err);
        tx_rollback(tx);
        arena_free(arena);
    } while (!status && end->next > before);
    return status;
}
