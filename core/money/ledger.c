/* Journals, each made of two lines of one appropriation. */
#include "core/money/ledger.h"

#include <stdio.h>
#include <string.h>

#include "core/base/digest.h"

/* From a bucket to another; authority is the only one that may go below zero. */
struct move {
    const char *kind;
    const char *from, *from_subject;
    const char *to, *to_subject;
    const char *source;
    int64_t fen;
};

static void hash_move(int32_t office, const char *appropriation, const struct move *m,
                      uint8_t out[SHA256_BYTES])
{
    char text[512];

    snprintf(text, sizeof text, "linli/journal/v1 %d %s %s %s %s %s %s %s %lld", (int)office, appropriation,
             m->kind, m->from, m->from_subject, m->to, m->to_subject, m->source, (long long)m->fen);
    sha256_of(text, strlen(text), out);
}

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

static int post(struct money *m, const char *appropriation, const struct move *move, int64_t nth,
                struct err *err)
{
    const char *const buckets[] = {move->from, move->to};
    const char *const subjects[] = {move->from_subject, move->to_subject};
    const char *const sides[] = {"D", "C"};
    const int64_t amounts[] = {move->fen, move->fen};
    uint8_t hash[SHA256_BYTES];
    char id[UUID_TEXT];

    MUST(move->fen > 0);
    hash_move(m->office, appropriation, move, hash);
    journal_id(m->office, move->kind, move->source, nth, id);
    return tx_run(m->tx, Q_ledger_post, NULL, err, P_INT(m->office), P_TEXT(id), P_TEXT(move->kind),
                  P_BYTES(hash, sizeof hash), P_TEXT(move->source), P_TEXT(m->actor), P_TIME(m->now_us),
                  P_TEXT(appropriation), P_TEXTS(buckets, 2), P_TEXTS(subjects, 2), P_TEXTS(sides, 2),
                  P_INTS(amounts, 2));
}

/* A source that may be posted more than once (a payment sent again after its
 * return, two supplements) counts its journals. */
static int post_again(struct money *m, const char *appropriation, const struct move *move, struct err *err)
{
    struct rows *rows = NULL;
    int status = tx_run(m->tx, Q_ledger_journals, &rows, err, P_INT(m->office), P_TEXT(move->source),
                        P_TEXT(move->kind));

    return status ? status : post(m, appropriation, move, row_int(rows, 0, "made"), err);
}

int money_appropriate(struct money *m, const char *appropriation, const char *source_id, int64_t fen,
                      struct err *err)
{
    const struct move move = {"appropriate", "authority", appropriation, "available", appropriation,
                              source_id,     fen};

    return post(m, appropriation, &move, 0, err);
}

int money_reserve(struct money *m, const char *appropriation, const char *tender, int64_t fen,
                  struct err *err)
{
    const struct move move = {"reserve", "available", appropriation, "reserved", tender, tender, fen};

    return post(m, appropriation, &move, 0, err);
}

int money_reserve_next(struct money *m, const char *appropriation, const char *tender, const char *change,
                       int64_t fen, struct err *err)
{
    const struct move move = {"reserve", "available", appropriation, "reserved", tender, change, fen};

    return post(m, appropriation, &move, 0, err);
}

int money_release(struct money *m, const char *appropriation, const char *tender, int64_t fen,
                  struct err *err)
{
    const struct move move = {"release", "reserved", tender, "available", appropriation, tender, fen};

    return fen > 0 ? post_again(m, appropriation, &move, err) : 0;
}

int money_commit(struct money *m, const char *appropriation, const char *tender, const char *contract,
                 int64_t fen, struct err *err)
{
    const struct move move = {"commit", "reserved", tender, "committed", contract, contract, fen};

    return post(m, appropriation, &move, 0, err);
}

int money_payable(struct money *m, const char *appropriation, const char *contract, const char *tranche,
                  int64_t fen, struct err *err)
{
    const struct move move = {"payable", "committed", contract, "payable", contract, tranche, fen};

    return post(m, appropriation, &move, 0, err);
}

int money_uncommit(struct money *m, const char *appropriation, const char *contract, const char *reason_id,
                   int64_t fen, struct err *err)
{
    const struct move move = {"uncommit", "committed", contract, "available", appropriation, reason_id, fen};

    return post(m, appropriation, &move, 0, err);
}

int money_send(struct money *m, const char *appropriation, const char *contract, const char *payment,
               int64_t fen, struct err *err)
{
    const struct move move = {"send", "payable", contract, "in_transit", contract, payment, fen};

    return post(m, appropriation, &move, 0, err);
}

int money_settle(struct money *m, const char *appropriation, const char *contract, const char *payment,
                 int64_t fen, struct err *err)
{
    const struct move move = {"settle", "in_transit", contract, "paid", contract, payment, fen};

    return post(m, appropriation, &move, 0, err);
}

int money_return(struct money *m, const char *appropriation, const char *contract, const char *payment,
                 int64_t fen, struct err *err)
{
    const struct move move = {"return", "in_transit", contract, "payable", contract, payment, fen};

    return post(m, appropriation, &move, 0, err);
}

int money_bounce(struct money *m, const char *appropriation, const char *contract, const char *payment,
                 int64_t fen, struct err *err)
{
    const struct move move = {"bounce", "paid", contract, "payable", contract, payment, fen};

    return post(m, appropriation, &move, 0, err);
}

int money_supplement(struct money *m, const char *appropriation, const char *contract, const char *change,
                     int64_t fen, struct err *err)
{
    const struct move move = {"supplement", "available", appropriation, "committed", contract, change, fen};

    return post(m, appropriation, &move, 0, err);
}

int money_recover(struct money *m, const char *appropriation, const char *contract, const char *receipt,
                  int64_t fen, struct err *err)
{
    const struct move back = {"recover", "paid", contract, "returned", contract, receipt, fen};
    const struct move free = {"recredit", "returned", contract, "available", appropriation, receipt, fen};
    int status = post(m, appropriation, &back, 0, err);

    return status ? status : post(m, appropriation, &free, 0, err);
}

int money_reverse(struct money *m, const char *reversal, const char *journal, struct err *err)
{
    uint8_t hash[SHA256_BYTES];
    char text[160], id[UUID_TEXT];

    snprintf(text, sizeof text, "linli/journal/v1 %d reverse %s %s", (int)m->office, journal, reversal);
    sha256_of(text, strlen(text), hash);
    journal_id(m->office, "reverse", journal, 0, id);
    return tx_run(m->tx, Q_ledger_reverse, NULL, err, P_INT(m->office), P_TEXT(id),
                  P_BYTES(hash, sizeof hash), P_TEXT(reversal), P_TEXT(journal), P_TEXT(m->actor),
                  P_TIME(m->now_us));
}
