/* Journals: one event each; the database knows which lines follow from it. */
#include "core/money/ledger.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/digest.h"

/* The id is made from what the journal is about: doing it twice posts once. */
static void journal_id(int32_t office, const char *kind, const char *source, int64_t nth, char out[UUID_TEXT])
{
    uint8_t h[SHA256_BYTES];
    char text[160];

    snprintf(text, sizeof text, "linli/journal-id/v1 %d %s %s %lld", (int)office, kind, source,
             (long long)nth);
    sha256_of(text, strlen(text), h);
    snprintf(out, UUID_TEXT, "%08x-%02x%02x-8%01x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", (unsigned)office,
             h[0], h[1], h[2] & 15, h[3], 0x80 | (h[4] & 0x3f), h[5], h[6], h[7], h[8], h[9], h[10], h[11]);
}

static int post(struct money *m, const char *kind, const char *source, const char *subject, int64_t fen,
                int64_t nth, struct err *err)
{
    char id[UUID_TEXT];

    MUST(fen > 0);
    journal_id(m->office, kind, source, nth, id);
    return tx_run(m->tx, Q_ledger_post, NULL, err, P_INT(m->office), P_TEXT(id), P_TEXT(kind), P_TEXT(source),
                  P_TEXT(subject), P_TEXT(m->actor), P_TIME(m->now_us), P_INT(fen));
}

int money_appropriate(struct money *m, const char *appropriation, const char *source_id, int64_t fen,
                      struct err *err)
{
    return post(m, "appropriate", source_id, appropriation, fen, 0, err);
}

int money_reserve(struct money *m, const char *tender, int64_t fen, struct err *err)
{
    return post(m, "reserve", tender, tender, fen, 0, err);
}

int money_reserve_next(struct money *m, const char *tender, const char *change, int64_t fen, struct err *err)
{
    return post(m, "reserve", change, tender, fen, 0, err);
}

/* A tender may give back more than once: its journals are counted. */
int money_release(struct money *m, const char *tender, int64_t fen, struct err *err)
{
    struct rows *rows = NULL;
    int status;

    if (fen <= 0)
        return 0;
    status = tx_run(m->tx, Q_ledger_releases, &rows, err, P_INT(m->office), P_TEXT(tender));
    return status ? status : post(m, "release", tender, tender, fen, row_int(rows, 0, "made"), err);
}

int money_commit(struct money *m, const char *contract, int64_t fen, struct err *err)
{
    return post(m, "commit", contract, contract, fen, 0, err);
}

int money_renew(struct money *m, const char *contract, int64_t fen, struct err *err)
{
    return post(m, "renew", contract, contract, fen, 0, err);
}

int money_payable(struct money *m, const char *contract, const char *tranche, int64_t fen, struct err *err)
{
    return post(m, "payable", tranche, contract, fen, 0, err);
}

int money_uncommit(struct money *m, const char *contract, const char *reason_id, int64_t fen, struct err *err)
{
    return post(m, "uncommit", reason_id, contract, fen, 0, err);
}

int money_send(struct money *m, const char *contract, const char *payment, int64_t fen, struct err *err)
{
    return post(m, "send", payment, contract, fen, 0, err);
}

int money_settle(struct money *m, const char *contract, const char *payment, int64_t fen, struct err *err)
{
    return post(m, "settle", payment, contract, fen, 0, err);
}

int money_return(struct money *m, const char *contract, const char *payment, int64_t fen, struct err *err)
{
    return post(m, "return", payment, contract, fen, 0, err);
}

int money_bounce(struct money *m, const char *contract, const char *payment, int64_t fen, struct err *err)
{
    return post(m, "bounce", payment, contract, fen, 0, err);
}

int money_withdraw(struct money *m, const char *contract, const char *tranche, int64_t fen, struct err *err)
{
    return post(m, "withdraw", tranche, contract, fen, 0, err);
}

/* As many as fit well within the limit of one statement. */
enum { POST_AT_ONCE = 200 };

static int post_some(struct money *m, const char *kind, const struct money_line *lines, size_t count,
                     struct err *err)
{
    struct arena *arena = tx_arena(m->tx);
    const char *texts[3 * POST_AT_ONCE];
    int64_t fen[POST_AT_ONCE];
    struct rows *r = NULL;
    int status;

    for (size_t i = 0; i < count; i++) {
        char *id = arena_alloc(arena, UUID_TEXT, 1);

        MUST(lines[i].fen > 0);
        journal_id(m->office, kind, lines[i].payment, 0, id);
        texts[i] = id;
        texts[count + i] = lines[i].payment;
        texts[2 * count + i] = lines[i].contract;
        fen[i] = lines[i].fen;
    }
    status = tx_run(m->tx, Q_ledger_post_many, &r, err, P_INT(m->office), P_TEXT(kind), P_TEXT(m->actor),
                    P_TIME(m->now_us), P_TEXTS(texts, count), P_TEXTS(texts + count, count),
                    P_TEXTS(texts + 2 * count, count), P_INTS(fen, count));
    if (!status && (rows_count(r) != 1 || row_int(r, 0, "posted") != (int64_t)count))
        status = err_set(err, E_BROKEN, "server/broken", "the ledger did not post %zu journals", count);
    return status;
}

static int by_contract(const void *a, const void *b)
{
    const struct money_line *x = a, *y = b;
    const int order = strcmp(x->contract, y->contract);

    return order ? order : strcmp(x->payment, y->payment);
}

static int post_all(struct money *m, const char *kind, const struct money_line *lines, size_t count,
                    struct err *err)
{
    struct money_line *sorted = ARENA_NEW(tx_arena(m->tx), struct money_line, count + 1);
    int status = 0;

    if (count)
        memcpy(sorted, lines, count * sizeof *lines);
    qsort(sorted, count, sizeof *sorted, by_contract);
    for (size_t at = 0; !status && at < count; at += POST_AT_ONCE)
        status = post_some(m, kind, sorted + at, count - at < POST_AT_ONCE ? count - at : POST_AT_ONCE, err);
    return status;
}

int money_send_all(struct money *m, const struct money_line *lines, size_t count, struct err *err)
{
    return post_all(m, "send", lines, count, err);
}

int money_settle_all(struct money *m, const struct money_line *lines, size_t count, struct err *err)
{
    return post_all(m, "settle", lines, count, err);
}

int money_supplement(struct money *m, const char *contract, const char *change, int64_t fen, struct err *err)
{
    return post(m, "supplement", change, contract, fen, 0, err);
}

int money_recover(struct money *m, const char *contract, const char *receipt, int64_t fen, struct err *err)
{
    int status = post(m, "recover", receipt, contract, fen, 0, err);

    return status ? status : post(m, "recredit", receipt, contract, fen, 0, err);
}

int money_transfer(struct money *m, const char *transfer, struct err *err)
{
    char id[UUID_TEXT];

    journal_id(m->office, "transfer", transfer, 0, id);
    return tx_run(m->tx, Q_ledger_transfer, NULL, err, P_INT(m->office), P_TEXT(id), P_TEXT(transfer),
                  P_TEXT(m->actor), P_TIME(m->now_us));
}

int money_again(struct money *m, const char *transfer, struct err *err)
{
    char id[UUID_TEXT];

    journal_id(m->office, "again", transfer, 0, id);
    return tx_run(m->tx, Q_ledger_again, NULL, err, P_INT(m->office), P_TEXT(id), P_TEXT(transfer),
                  P_TEXT(m->actor), P_TIME(m->now_us));
}

int money_reverse(struct money *m, const char *reversal, const char *journal, struct err *err)
{
    char id[UUID_TEXT];

    journal_id(m->office, "reverse", journal, 0, id);
    return tx_run(m->tx, Q_ledger_reverse, NULL, err, P_INT(m->office), P_TEXT(id), P_TEXT(reversal),
                  P_TEXT(journal), P_TEXT(m->actor), P_TIME(m->now_us));
}
