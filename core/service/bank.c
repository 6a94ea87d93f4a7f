/*
 * What the bank or the treasury said of payments in batches, by file or entered by hand: what it settled is
 * settled, what failed or came back is to be paid again, and what fits nothing of ours is kept for
 * reconciliation.  That settled money came back is said by whoever brought the file, and waits for a second
 * person.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "acts.h"
#include "core/base/digest.h"
#include "core/base/time.h"
#include "core/money/bank_read.h"
#include "core/service/blob.h"
#include "core/service/forms.h"
#include "core/service/paying.h"

static const char *const outcome_codes[] = {"settled", "failed", "returned", "other", NULL};
static const linli_text outcome_labels[] = {
    {"已支付", "settled"}, {"支付失败", "failed"}, {"退回", "returned"}, {"其他", "other"}, {NULL, NULL}};

/* The id of a payment from what we gave the bank as its reference; NULL: it is nothing of ours. */
static const char *payment_of(struct act *a, const char *reference)
{
    char *id;

    if (!reference || strlen(reference) != 32)
        return NULL;
    id = arena_printf(a->arena, "%.8s-%.4s-%.4s-%.4s-%.12s", reference, reference + 8, reference + 12,
                      reference + 16, reference + 20);
    for (char *c = id; *c; c++) /* a bank may keep nothing but capitals */
        *c = *c >= 'A' && *c <= 'F' ? (char)(*c - 'A' + 'a') : *c;
    return uuid_ok(id) ? id : NULL;
}

/* As a bank gives a reference back, in place. */
static char *undashed(char *id)
{
    char *to = id;

    for (const char *p = id; *p; p++)
        if (*p != '-')
            *to++ = *p;
    *to = '\0';
    return id;
}

/* Entries as arrays, one element each. */
struct said {
    const char **ids, **refs, **references, **payments, **outcomes, **days, **reasons;
    int64_t *fen;
    size_t count;
};

static const char **texts(struct act *a, size_t count)
{
    return ARENA_NEW(a->arena, const char *, count);
}

static void said_make(struct act *a, const struct bank_entry *e, size_t count, struct said *ret)
{
    *ret = (struct said){.ids = texts(a, count),
                         .refs = texts(a, count),
                         .references = texts(a, count),
                         .payments = texts(a, count),
                         .outcomes = texts(a, count),
                         .days = texts(a, count),
                         .reasons = texts(a, count),
                         .fen = ARENA_NEW(a->arena, int64_t, count),
                         .count = count};
    for (size_t i = 0; i < count; i++) {
        char *id = arena_alloc(a->arena, UUID_TEXT, 1), *day = arena_alloc(a->arena, DATE_TEXT, 1);

        id_new(a->office, id);
        if (e[i].day)
            date_print(e[i].day, day);
        ret->ids[i] = id;
        ret->refs[i] = e[i].bank_ref;
        ret->references[i] = e[i].reference;
        ret->payments[i] = e[i].foreign ? NULL : payment_of(a, e[i].reference);
        ret->outcomes[i] = outcome_codes[e[i].outcome];
        ret->days[i] = day;
        ret->reasons[i] = e[i].reason;
        ret->fen[i] = e[i].fen;
    }
}

/* ---- settled: all at once, but for the first of a lot and contracts that end with it ---- */

/* What waits for a payment of a lot waits for the first: they all come at one moment. */
static bool wakes(const struct rows *paid, size_t i)
{
    for (size_t n = 0; n < i; n++)
        if (strcmp(row_text(paid, n, "lot_id"), row_text(paid, i, "lot_id")) == 0)
            return false;
    return true;
}

static int milestones(struct act *a, const struct rows *paid, struct err *err)
{
    const size_t room = rows_count(paid);
    const char **ids = texts(a, room), **tenders = texts(a, room), **lots = texts(a, room),
               **bids = texts(a, room);
    size_t count = 0;

    for (size_t i = 0; i < room; i++) {
        char *id = arena_alloc(a->arena, UUID_TEXT, 1);

        if (wakes(paid, i))
            continue;
        id_new(a->office, id);
        ids[count] = id;
        tenders[count] = row_text(paid, i, "tender_id");
        lots[count] = row_text(paid, i, "lot_id");
        bids[count++] = row_text(paid, i, "bid_id");
    }
    return tx_run(a->tx, Q_milestones_add, NULL, err, P_INT(a->office), P_TEXTS(ids, count),
                  P_TEXTS(tenders, count), P_TEXTS(lots, count), P_TEXTS(bids, count),
                  P_TEXT(milestone_role(a)), P_TIME(a->now_us));
}

static int go_on(struct act *a, const struct rows *paid, size_t i, struct err *err)
{
    const bool first = wakes(paid, i);
    struct tranche t = {0};
    int status;

    if (!first && !row_bool(paid, i, "last"))
        return 0;
    status = tranche_load(a, row_text(paid, i, "tranche_id"), &t, err);
    if (!status && first)
        status = milestone_add(a, t.tender, t.lot, "paid", t.bid_id, err);
    return status ? status : contract_settle(a, t.tender, t.lot, t.contract_id, err);
}

/* The ids of what is settled now, and with them what is still to be done about each. */
static int settled(struct act *a, const struct said *s, struct rows **ret, struct err *err)
{
    struct rows *r = NULL;
    const char **ids;
    int status =
        tx_run(a->tx, Q_bank_settle, &r, err, P_INT(a->office), P_TEXTS(s->ids, s->count), P_TIME(a->now_us));

    if (status)
        return status;
    ids = texts(a, rows_count(r));
    for (size_t i = 0; i < rows_count(r); i++)
        ids[i] = row_text(r, i, "id");
    status = tx_run(a->tx, Q_bank_tranches, NULL, err, P_INT(a->office), P_TEXTS(ids, rows_count(r)));
    return status ? status
                  : tx_run(a->tx, Q_bank_paid, ret, err, P_INT(a->office), P_TEXTS(ids, rows_count(r)));
}

static int settle(struct act *a, const struct said *s, struct err *err)
{
    struct money m = act_money(a);
    struct money_line *lines;
    const char **ids;
    struct rows *paid = NULL;
    int status = settled(a, s, &paid, err);

    if (status || rows_count(paid) == 0)
        return status;
    lines = ARENA_NEW(a->arena, struct money_line, rows_count(paid));
    ids = texts(a, rows_count(paid));
    for (size_t i = 0; i < rows_count(paid); i++) {
        ids[i] = row_text(paid, i, "id");
        lines[i] = (struct money_line){.contract = row_text(paid, i, "contract_id"),
                                       .payment = ids[i],
                                       .fen = row_int(paid, i, "amount_fen")};
    }
    status = payments_told(a, "payment_settle", ids, rows_count(paid), a->subject, err);
    if (!status)
        status = money_settle_all(&m, lines, rows_count(paid), err);
    if (!status)
        status = milestones(a, paid, err);
    for (size_t i = 0; !status && i < rows_count(paid); i++)
        status = go_on(a, paid, i, err);
    return status;
}

static int take_back(struct act *a, const struct said *s, struct err *err)
{
    struct rows *r = NULL;
    const char **ids;
    int status = tx_run(a->tx, Q_bank_back, &r, err, P_INT(a->office), P_TEXTS(s->ids, s->count));

    if (status)
        return status;
    ids = texts(a, rows_count(r));
    for (size_t i = 0; !status && i < rows_count(r); i++) {
        ids[i] = row_text(r, i, "payment_id");
        status = payment_undo(a, ids[i], row_text(r, i, "outcome"), row_text(r, i, "reason"), err);
    }
    return status ? status : payments_told(a, "payment_return", ids, rows_count(r), a->subject, err);
}

/* Entered by hand it is refused whole: whoever enters it is there to put it right. */
static int all_fit(const struct rows *r, struct err *err)
{
    for (size_t i = 0; i < rows_count(r); i++)
        if (!row_null(r, i, "unfit") && strcmp(row_text(r, i, "unfit"), "pending") != 0) {
            err_set(err, E_REFUSED, "state/refused", "what is said of payment %s does not fit: %s",
                    row_text(r, i, "payment_id"), row_text(r, i, "unfit"));
            err_zh(err, "付款单 %s 的结果与现有记录不符（%s）", row_text(r, i, "payment_id"),
                   row_text(r, i, "unfit"));
            return E_REFUSED;
        }
    return 0;
}

/* Entries by payment: what is said of a batch of ours as a whole is said of each of its payments that are on
 * their way. */
static int spread(struct act *a, const struct bank_entry **e, size_t *count, struct err *err)
{
    const struct bank_entry *all = *e;
    const char *batch = *count == 1 && all->whole ? payment_of(a, all->reference) : NULL;
    struct rows *r = NULL;
    int status = batch ? tx_run(a->tx, Q_bank_whole, &r, err, P_INT(a->office), P_TEXT(batch)) : 0;

    if (status || !batch || rows_count(r) == 0)
        return status;
    struct bank_entry *each = ARENA_NEW(a->arena, struct bank_entry, rows_count(r));
    for (size_t i = 0; i < rows_count(r); i++) {
        char *plain = arena_dup(a->arena, row_text(r, i, "id"));

        each[i] = *all;
        each[i].reference = undashed(plain);
        each[i].bank_ref = arena_printf(a->arena, "%s/%s", all->reference, plain);
        each[i].fen = row_int(r, i, "amount_fen");
    }
    *e = each;
    *count = rows_count(r);
    return 0;
}

static int apply(struct act *a, const char *file, const struct bank_entry *e, size_t count, struct err *err)
{
    struct rows *kept = NULL;
    struct said s;
    int status;

    said_make(a, e, count, &s);
    status = tx_run(a->tx, Q_bank_lock, NULL, err, P_INT(a->office), P_TEXTS(s.payments, count));
    if (!status)
        status = tx_run(a->tx, Q_bank_claims, NULL, err, P_INT(a->office), P_TEXTS(s.refs, count),
                        P_TEXTS(s.payments, count), P_INTS(s.fen, count), P_TEXTS(s.outcomes, count));
    if (!status)
        status = tx_run(a->tx, Q_bank_entries_add, &kept, err, P_INT(a->office), P_TEXT(file),
                        P_TEXTS(s.ids, count), P_TEXTS(s.refs, count), P_TEXTS(s.references, count),
                        P_TEXTS(s.payments, count), P_TEXTS(s.outcomes, count), P_INTS(s.fen, count),
                        P_TEXTS(s.days, count), P_TEXTS(s.reasons, count), P_TIME(a->now_us),
                        P_TEXT(a->actor->person));
    if (!status && !file)
        status = all_fit(kept, err);
    if (!status)
        status = settle(a, &s, err);
    if (!status)
        status = take_back(a, &s, err);
    if (!status)
        status = tx_run(a->tx, Q_bank_seconds, NULL, err, P_INT(a->office), P_TEXTS(s.ids, s.count),
                        P_TEXT(a->actor->person));
    return status ? status : tx_run(a->tx, Q_batches_done, NULL, err, P_INT(a->office), P_TIME(a->now_us));
}

/* ---- by file ---- */

static const char *const format_codes[] = {"pain_002", "camt_054", "csv", "xlsx", NULL};
static const linli_text format_labels[] = {{"pain.002", "pain.002"},
                                           {"camt.054", "camt.054"},
                                           {"回执 CSV", "CSV of a bank or the treasury"},
                                           {"回执 XLSX", "XLSX of a bank or the treasury"},
                                           {NULL, NULL}};

struct file_body {
    const char *sha256;
    int32_t format;
};
static const linli_option file_rows[] = {
    ROW_SAID(file_body, sha256, STRING, true, 64, 64, "line", "摘要", "sha256", "已上传文件的SHA-256",
             "of the file that was uploaded"),
    ROW_CHOICE(file_body, format, true, format_codes, format_labels, NULL, "格式", "format"),
};
const struct form form_bank_file_read = FORM(file_rows, struct file_body);

static int file_load(struct act *a, const char *sha256, char **ret, size_t *ret_bytes, struct err *err)
{
    struct rows *found = NULL;
    FILE *f;
    int status = blob_brought(a, sha256, &found, err);

    if (status)
        return status;
    if (row_int(found, 0, "bytes") > BANK_FILE_MAX)
        return err_both(err, E_INVALID, "file/unreadable", "it is too large", "文件过大");
    *ret_bytes = (size_t)row_int(found, 0, "bytes");
    *ret = ARENA_NEW(a->arena, char, *ret_bytes);
    f = fopen(blob_path(a->service, a->arena, sha256), "rb");
    if (!f)
        return err_set(err, E_BROKEN, "server/broken", "the file %s is gone", sha256);
    const size_t got = fread(*ret, 1, *ret_bytes, f);
    fclose(f);
    return got == *ret_bytes ? 0
                             : err_set(err, E_BROKEN, "server/broken", "the file %s cannot be read", sha256);
}

static int columns_load(struct act *a, struct bank_columns *ret, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(a->tx, Q_column_map_pairs, &r, err, P_INT(a->office), P_TEXT("result_csv"));

    if (status)
        return status;
    const char **fields = texts(a, rows_count(r)), **titles = texts(a, rows_count(r));
    *ret = (struct bank_columns){fields, titles, rows_count(r)};
    for (size_t i = 0; i < rows_count(r); i++) {
        fields[i] = row_text(r, i, "field");
        titles[i] = row_text(r, i, "title");
    }
    return 0;
}

int act_bank_file_read(struct act *a, struct err *err)
{
    const struct file_body *b = a->body;
    char *bytes = NULL;
    struct bank_columns columns = {0};
    const struct bank_entry *entries = NULL;
    size_t size = 0, count = 0;
    uint8_t digest[SHA256_BYTES];
    int status;

    if (!hex_parse(b->sha256, digest, sizeof digest)) {
        err_both(err, E_INVALID, "body/invalid", "the hash is 64 lower-case hexadecimal digits",
                 "摘要应为64位小写十六进制");
        err_at(err, "/sha256", "format", "64 lower-case hexadecimal digits", "应为64位小写十六进制");
        return E_INVALID;
    }
    status = file_load(a, b->sha256, &bytes, &size, err);
    if (!status)
        status = columns_load(a, &columns, err);
    if (!status)
        status =
            bank_read((enum bank_format)b->format, a->arena, bytes, size, &columns, &entries, &count, err);
    if (!status)
        status = spread(a, &entries, &count, err);
    if (status)
        return status;
    const char *id = act_makes(a);
    status = tx_run(a->tx, Q_bank_file_add, NULL, err, P_INT(a->office), P_TEXT(id),
                    P_BYTES(digest, sizeof digest), P_TEXT(format_codes[b->format]), P_TIME(a->now_us),
                    P_TEXT(a->actor->person));
    if (status == E_CONFLICT)
        return err_both(err, E_CONFLICT, "file/taken", "this very file was read before", "该文件已读入过");
    return status ? status : apply(a, id, entries, count, err);
}

/* ---- by hand: voucher number and day of each line ---- */

struct result_item {
    const char *payment, *bank_ref, *reason;
    linli_date day;
    int32_t outcome;
};
struct result_body {
    linli_list lines;
};
static const linli_option result_item_rows[] = {
    ROW_ID(result_item, payment, true, "付款单", "payment"),
    ROW_CHOICE(result_item, outcome, true, outcome_codes, outcome_labels, NULL, "结果", "outcome"),
    ROW_NUMBER(result_item, bank_ref, true, 64, "支付凭证号或银行流水号",
               "number of the voucher or bank reference"),
    ROW(result_item, day, DATE, true, 0, 0, NULL, "凭证日期", "day of the voucher"),
    ROW_LINE(result_item, reason, false, 500, "原因", "reason"),
};
static const linli_option result_rows[] = {
    ROW_LIST(result_body, lines, true, 1, 5000, result_item_rows, result_item, "逐笔结果",
             "what became of each"),
};
const struct form form_batch_result = FORM(result_rows, struct result_body);

/* Only lines of this batch, of which its file was given out. */
static int lines_fit(struct act *a, const char *const *ids, size_t count, struct err *err)
{
    struct rows *r = NULL;
    int status =
        tx_run(a->tx, Q_batch_waiting, &r, err, P_INT(a->office), P_TEXT(a->subject), P_TEXTS(ids, count));

    if (status || row_int(r, 0, "fitting") == (int64_t)count)
        return status;
    return err_both(err, E_REFUSED, "state/refused",
                    "a line is no payment of this batch, or its file was not given out yet",
                    "有明细不属于该批次，或该批次尚未报送");
}

/* The day a voucher bears has come; a file of the bank is kept as it is. */
static int days_fit(struct act *a, const struct result_item *line, size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++)
        if (line[i].day.day > day_of(a->now_us)) {
            err_both(err, E_INVALID, "body/invalid", "lies in the future", "晚于今日");
            err_at(err, arena_printf(a->arena, "/lines/%zu/day", i), "range", "lies in the future",
                   "晚于今日");
            return E_INVALID;
        }
    return 0;
}

int act_batch_result(struct act *a, struct err *err)
{
    const struct result_body *b = a->body;
    const struct result_item *line = b->lines.items;
    struct bank_entry *e = ARENA_NEW(a->arena, struct bank_entry, b->lines.count);
    const char **ids = texts(a, b->lines.count);
    int status;

    for (size_t i = 0; i < b->lines.count; i++) {
        ids[i] = line[i].payment;
        e[i] = (struct bank_entry){.reference = undashed(arena_dup(a->arena, line[i].payment)),
                                   .bank_ref = line[i].bank_ref,
                                   .reason = line[i].reason,
                                   .outcome = (enum bank_outcome)line[i].outcome,
                                   .day = line[i].day.day};
    }
    status = lines_fit(a, ids, b->lines.count, err);
    if (!status)
        status = days_fit(a, line, b->lines.count, err);
    return status ? status : apply(a, NULL, e, b->lines.count, err);
}
