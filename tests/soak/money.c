/*
 * soak_money JOURNALS CLIENTS FOLDER [MINUTES]: plays stories of tests/soak/money.sql, from the appropriation
 * to the claw-back, with many clients at once, on the road the server takes: one transaction a step, with its
 * rows, journals, event and idempotency key; run again where PostgreSQL broke a deadlock; looked up by its
 * key where nobody knows what became of it.
 *
 * A client notes a journal in FOLDER/acked.N once its step was acknowledged.  After so many minutes no story
 * is begun any more.  Says on stderr how far it is, and ends with one line of figures; 1 where a step was
 * refused or given up, 2 where it was called wrongly.  What the database then has to say: tests/soak/money.
 */
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/digest.h"
#include "core/base/log.h"
#include "core/base/time.h"
#include "core/money/ledger.h"

enum {
    OFFICE = 1,
    APPROPRIATIONS = 25, /* with the two accounts of each that every story meets: 50 */
    TRIES_MAX = 5,       /* as in core/service/act.c */
    GIVE_UP_S = 120,     /* a step that nobody answers this long is lost */
    FIRST_WAIT_US = 4000,
    BUSY_WAIT_US = 20000,
    NOTES_MAX = 4,   /* journals of one step */
    PROGRESS_S = 10, /* between two words of it */
};

#define MAKER   "00000000-0000-8000-8000-0000000000f1"
#define CHECKER "00000000-0000-8000-8000-0000000000f2"

static const char salt[] = "0123456789abcdef0123456789abcdef";

static struct soak {
    struct store *store;
    const char *folder;
    int64_t goal, begun_us, last_us; /* no story begins after last_us */
    atomic_int_fast64_t stories, acked, transactions, deadlocks, retries, busy, looked_up;
    atomic_bool failed;
    atomic_int playing;
} soak;

struct client {
    struct arena *arena;
    FILE *acked;
    uint64_t story;
    struct money money;
    struct {
        char kind[16], source[UUID_TEXT];
    } notes[NOTES_MAX];
    size_t note_count;
};

/* ---- ids: what it is, and of which story ---- */

static const char *id_of(struct client *c, unsigned what)
{
    return arena_printf(c->arena, "%08x-%04x-8000-8000-%012" PRIx64, OFFICE, what, c->story);
}

enum {
    TENDER = 0xe0,
    CONTRACT = 0xc0,
    GRANT = 0x100, /* what an appropriation received */
    SECOND_GRANT,
    WRONG_GRANT,
    REVERSAL,
    TRANCHE = 0x200, /* and the two after it */
    PAYMENT = 0x300, /* of each, and one more where the first did not stay */
    PAID_AGAIN = 0x310,
    SUPPLEMENT = 0x400,
    SUPPLEMENT_TRANCHE,
    RECOVERY,
    RECEIPT,
    TERMINATION,
    TRANSFER,
    LAPSE,
    AGAIN,
    LATER_GRANT,
    WITHDRAWAL,
    DELIVERY,
    NEXT_CONTRACT,
    NEXT_TRANCHE,
    EVENT = 0x500,
};

static const char *appropriation(struct client *c, uint64_t n)
{
    return arena_printf(c->arena, "%08x-00a0-8000-8000-%012" PRIx64, OFFICE, n % APPROPRIATIONS + 1);
}

/* Of the year after. */
static const char *later(struct client *c)
{
    return arena_printf(c->arena, "%08x-00a0-8000-8000-%012x", OFFICE, APPROPRIATIONS + 1);
}

static bool two_pay(const struct client *c)
{
    return c->story % 3 == 0;
}

/* ---- what a step posts ---- */

static int note(struct client *c, int status, const char *kind, const char *source)
{
    if (status)
        return status;
    MUST(c->note_count < NOTES_MAX);
    snprintf(c->notes[c->note_count].kind, sizeof c->notes[0].kind, "%s", kind);
    snprintf(c->notes[c->note_count++].source, UUID_TEXT, "%s", source);
    return 0;
}

static int ask_v(struct client *c, enum statement_id q, const struct param *params, size_t count,
                 struct err *err)
{
    return tx_run_v(c->money.tx, q, params, count, NULL, err);
}
#define ASK(c, q, err, ...)                                                                                  \
    ask_v((c), (q), (const struct param[]){__VA_ARGS__},                                                     \
          sizeof((const struct param[]){__VA_ARGS__}) / sizeof(struct param), (err))
#define NOW P_TIME(c->money.now_us)

static int step_grant(struct client *c, struct err *err)
{
    int status = money_appropriate(&c->money, appropriation(c, c->story), id_of(c, GRANT), 100000, err);

    status = note(c, status, "appropriate", id_of(c, GRANT));
    if (status || !two_pay(c))
        return status;
    status = money_appropriate(&c->money, appropriation(c, c->story + 7), id_of(c, SECOND_GRANT), 60000, err);
    return note(c, status, "appropriate", id_of(c, SECOND_GRANT));
}

static int step_publish(struct client *c, struct err *err)
{
    return note(c, money_reserve(&c->money, id_of(c, TENDER), 50000, err), "reserve", id_of(c, TENDER));
}

static int tranche(struct client *c, const char *contract, unsigned what, int no, int64_t fen,
                   struct err *err)
{
    const bool advance = what == TRANCHE;

    return ASK(c, Q_tranche_add, err, P_INT(OFFICE), P_TEXT(id_of(c, what)), P_TEXT(contract), P_INT(no),
               P_TEXT(arena_printf(c->arena, "t%d", no)), P_TEXT("期"), P_TEXT("part"), P_INT(fen),
               P_TEXT(advance ? "signing" : "acceptance"), P_NULL, P_BOOL(advance));
}

/* By both. */
static int sign(struct client *c, const char *contract, struct err *err)
{
    int status = ASK(c, Q_contract_sign_office, err, P_INT(OFFICE), P_TEXT(contract), P_TEXT(MAKER), NOW);

    if (!status)
        status = ASK(c, Q_contract_sign_theirs, err, P_INT(OFFICE), P_TEXT(contract), P_TEXT(CHECKER), NOW);
    return status ? status : ASK(c, Q_contract_conclude, err, P_INT(OFFICE), P_TEXT(contract), NOW);
}

static int step_sign(struct client *c, struct err *err)
{
    const char *contract = id_of(c, CONTRACT);
    int status = sign(c, contract, err);

    for (int n = 0; !status && n < 3; n++)
        status = tranche(c, contract, TRANCHE + (unsigned)n, n + 1, n ? 10000 : 20000, err);
    if (!status)
        status = note(c, money_commit(&c->money, contract, 40000, err), "commit", contract);
    return status
               ? status
               : note(c, money_release(&c->money, id_of(c, TENDER), 10000, err), "release", id_of(c, TENDER));
}

static int let_out(struct client *c, unsigned n, int64_t fen, struct err *err)
{
    const char *id = id_of(c, TRANCHE + n);
    int status = ASK(c, Q_tranche_released, err, P_INT(OFFICE), P_TEXT(id), P_INT(fen));

    return status ? status
                  : note(c, money_payable(&c->money, id_of(c, CONTRACT), id, fen, err), "payable", id);
}

static int step_let_out(struct client *c, struct err *err)
{
    return let_out(c, 0, 20000, err);
}

/* Ordered by one, approved by another. */
static int order(struct client *c, unsigned payment, unsigned n, int64_t fen, struct err *err)
{
    const char *id = id_of(c, payment);
    int status = ASK(c, Q_payment_add, err, P_INT(OFFICE), P_TEXT(id), P_TEXT(id_of(c, TRANCHE + n)),
                     P_INT(fen), P_TEXT(MAKER), NOW, P_NULL, P_NULL, P_NULL, P_NULL, P_NULL, P_NULL);

    return status ? status
                  : ASK(c, Q_payment_approve, err, P_INT(OFFICE), P_TEXT(id), P_TEXT(CHECKER), NOW,
                        P_BOOL(true));
}

static int send_one(struct client *c, unsigned payment, struct err *err)
{
    const char *id = id_of(c, payment);
    int status = order(c, payment, 0, 20000, err);

    return status ? status : note(c, money_send(&c->money, id_of(c, CONTRACT), id, 20000, err), "send", id);
}

static int step_send(struct client *c, struct err *err)
{
    return send_one(c, PAYMENT, err);
}

static int paid(struct client *c, unsigned payment, unsigned n, int64_t fen, struct err *err)
{
    const char *id = id_of(c, payment);
    int status = ASK(c, Q_payment_settle, err, P_INT(OFFICE), P_TEXT(id), P_TEXT(id), NOW);

    return status ? status
                  : ASK(c, Q_tranche_paid, err, P_INT(OFFICE), P_TEXT(id_of(c, TRANCHE + n)), P_INT(fen));
}

/* The second posting of each is the first one once more. */
static int settle_one(struct client *c, unsigned payment, struct err *err)
{
    const char *id = id_of(c, payment);
    int status = paid(c, payment, 0, 20000, err);

    if (!status)
        status = note(c, money_settle(&c->money, id_of(c, CONTRACT), id, 20000, err), "settle", id);
    return status ? status : money_settle(&c->money, id_of(c, CONTRACT), id, 20000, err);
}

/* Of four stories one's payment stays, of one it fails, of one it is sent back, of one it comes back after it
 * was settled. */
static int step_bank(struct client *c, struct err *err)
{
    const char *id = id_of(c, PAYMENT);
    int status;

    if (c->story % 4 == 0 || c->story % 4 == 3)
        return settle_one(c, PAYMENT, err);
    status = ASK(c, Q_payment_end, err, P_INT(OFFICE), P_TEXT(id),
                 P_TEXT(c->story % 4 == 1 ? "failed" : "returned"), P_TEXT("-"));
    return status ? status
                  : note(c, money_return(&c->money, id_of(c, CONTRACT), id, 20000, err), "return", id);
}

static int step_bounce(struct client *c, struct err *err)
{
    const char *id = id_of(c, PAYMENT);
    int status;

    if (c->story % 4 != 3)
        return 0;
    status = ASK(c, Q_payment_end, err, P_INT(OFFICE), P_TEXT(id), P_TEXT("returned"), P_TEXT("-"));
    if (!status)
        status = ASK(c, Q_tranche_unpaid, err, P_INT(OFFICE), P_TEXT(id_of(c, TRANCHE)), P_INT(20000));
    return status ? status
                  : note(c, money_bounce(&c->money, id_of(c, CONTRACT), id, 20000, err), "bounce", id);
}

static int step_send_again(struct client *c, struct err *err)
{
    return c->story % 4 ? send_one(c, PAID_AGAIN, err) : 0;
}

static int step_settle_again(struct client *c, struct err *err)
{
    return c->story % 4 ? settle_one(c, PAID_AGAIN, err) : 0;
}

static int step_accept(struct client *c, struct err *err)
{
    int status = ASK(c, Q_tranche_accepted, err, P_INT(OFFICE), P_TEXT(id_of(c, TRANCHE + 1)), P_INT(40000));

    if (!status)
        status = let_out(c, 1, 10000, err);
    return status ? status : let_out(c, 2, 10000, err);
}

static void two_lines(struct client *c, struct money_line lines[2])
{
    for (unsigned n = 0; n < 2; n++)
        lines[n] = (struct money_line){id_of(c, CONTRACT), id_of(c, PAYMENT + 1 + n), 10000};
}

static int note_two(struct client *c, int status, const char *kind)
{
    status = note(c, status, kind, id_of(c, PAYMENT + 1));
    return note(c, status, kind, id_of(c, PAYMENT + 2));
}

static int step_send_both(struct client *c, struct err *err)
{
    struct money_line lines[2];
    int status = 0;

    for (unsigned n = 0; !status && n < 2; n++)
        status = order(c, PAYMENT + 1 + n, 1 + n, 10000, err);
    two_lines(c, lines);
    return status ? status : note_two(c, money_send_all(&c->money, lines, 2, err), "send");
}

static int step_settle_both(struct client *c, struct err *err)
{
    struct money_line lines[2];
    int status = 0;

    for (unsigned n = 0; !status && n < 2; n++)
        status = paid(c, PAYMENT + 1 + n, 1 + n, 10000, err);
    two_lines(c, lines);
    return status ? status : note_two(c, money_settle_all(&c->money, lines, 2, err), "settle");
}

/* What was delivered is found good. */
static int step_deliver(struct client *c, struct err *err)
{
    const char *id = id_of(c, DELIVERY), *part = id_of(c, TRANCHE + 2);
    int status = ASK(c, Q_delivery_add, err, P_INT(OFFICE), P_TEXT(id), P_TEXT(part), P_TEXT("report"),
                     P_TEXT("-"), NOW, P_TEXT(MAKER), P_NULL, P_NULL);

    return status ? status
                  : ASK(c, Q_delivery_find, err, P_INT(OFFICE), P_TEXT(id), P_TEXT(part), P_TEXT("accepted"),
                        P_TEXT("office_clerk"), NOW, P_TEXT(CHECKER), P_NULL, P_NULL, P_INT(40000), P_NULL,
                        P_NULL);
}

/* The year after it, under the same award, from money of its own. */
static int step_renew(struct client *c, struct err *err)
{
    const char *next = id_of(c, NEXT_CONTRACT), *pays = appropriation(c, c->story);
    const int64_t all = 0;
    int status = ASK(c, Q_contract_renew, err, P_INT(OFFICE), P_TEXT(next), P_TEXT(id_of(c, CONTRACT)),
                     P_TEXT(arena_printf(c->arena, "HT-%" PRIu64 "-2", c->story)), P_TEXT("2026-07-01"),
                     P_TEXT("2026-12-31"), P_NULL, P_TEXT("-"), P_TEXTS(&pays, 1), P_INTS(&all, 1),
                     P_TEXT(MAKER), NOW);

    if (!status)
        status = sign(c, next, err);
    if (!status)
        status = tranche(c, next, NEXT_TRANCHE, 1, 40000, err);
    return status ? status : note(c, money_renew(&c->money, next, 40000, err), "renew", next);
}

/* A change that one asks for and another approves, brought into the contract. */
static int change(struct client *c, unsigned what, int no, const char *kind, int64_t fen, struct err *err)
{
    const char *id = id_of(c, what);
    int status =
        ASK(c, Q_contract_change_add, err, P_INT(OFFICE), P_TEXT(id), P_TEXT(id_of(c, CONTRACT)), P_INT(no),
            P_TEXT(kind), P_TEXT("-"), P_INT(fen), P_NULL, P_NULL, P_TEXT("增"), P_TEXT("more"),
            P_TEXT("acceptance"), P_NULL, P_NULL, P_NULL, NOW, P_TEXT(MAKER), P_BOOL(false));

    if (!status)
        status = ASK(c, Q_contract_change_decide, err, P_INT(OFFICE), P_TEXT(id), P_TEXT("approved"), NOW,
                     P_TEXT(CHECKER), P_NULL);
    return status ? status
                  : ASK(c, Q_contract_apply, err, P_INT(OFFICE), P_TEXT(id),
                        P_TEXT(id_of(c, SUPPLEMENT_TRANCHE)));
}

static int step_supplement(struct client *c, struct err *err)
{
    int status = change(c, SUPPLEMENT, 1, "supplement", 4000, err);

    return status ? status
                  : note(c, money_supplement(&c->money, id_of(c, CONTRACT), id_of(c, SUPPLEMENT), 4000, err),
                         "supplement", id_of(c, SUPPLEMENT));
}

static int claim_back(struct client *c, struct err *err)
{
    const char *recovery = id_of(c, RECOVERY), *receipt = id_of(c, RECEIPT);
    int status = ASK(c, Q_recovery_add, err, P_INT(OFFICE), P_TEXT(recovery), P_TEXT(id_of(c, CONTRACT)),
                     P_INT(1000), P_TEXT("-"), P_NULL, NOW, P_TEXT(MAKER));

    if (!status)
        status = ASK(c, Q_recovery_decide, err, P_INT(OFFICE), P_TEXT(recovery), P_TEXT("demanded"), NOW, NOW,
                     P_TEXT(CHECKER), P_NULL);
    if (!status)
        status = ASK(c, Q_receipt_add, err, P_INT(OFFICE), P_TEXT(receipt), P_TEXT(recovery), P_INT(1000),
                     P_TEXT(receipt), NOW, P_TEXT(MAKER));
    if (!status)
        status = ASK(c, Q_receipt_state, err, P_INT(OFFICE), P_TEXT(receipt), P_TEXT("confirmed"), NOW,
                     P_TEXT(CHECKER));
    if (!status)
        status = ASK(c, Q_recovery_grow, err, P_INT(OFFICE), P_TEXT(recovery), P_INT(1000), NOW);
    return status ? status
                  : ASK(c, Q_tranches_recovered, err, P_INT(OFFICE), P_TEXT(id_of(c, CONTRACT)), P_INT(1000));
}

static int step_recover(struct client *c, struct err *err)
{
    int status = claim_back(c, err);

    if (!status)
        status = note(c, money_recover(&c->money, id_of(c, CONTRACT), id_of(c, RECEIPT), 1000, err),
                      "recover", id_of(c, RECEIPT));
    return note(c, status, "recredit", id_of(c, RECEIPT));
}

static int step_terminate(struct client *c, struct err *err)
{
    int status = change(c, TERMINATION, 2, "terminate", 40000, err);

    if (!status)
        status = ASK(c, Q_contract_state, err, P_INT(OFFICE), P_TEXT(id_of(c, CONTRACT)), P_TEXT("stopped"));
    return status ? status
                  : note(c, money_uncommit(&c->money, id_of(c, CONTRACT), id_of(c, CONTRACT), 4000, err),
                         "uncommit", id_of(c, CONTRACT));
}

static int move(struct client *c, unsigned what, const char *kind, const char *to, int64_t fen,
                struct err *err)
{
    const char *id = id_of(c, what);
    const bool again = what == AGAIN;
    int status = ASK(c, Q_transfer_add, err, P_INT(OFFICE), P_TEXT(id), P_TEXT(appropriation(c, c->story)),
                     P_TEXT(kind), P_TEXT(to), P_INT(fen), P_NULL, P_TEXT("-"), P_TEXT("1"), P_NULL, NOW,
                     P_TEXT(MAKER), P_TEXT(again ? id_of(c, NEXT_CONTRACT) : NULL), P_NULL);

    if (!status)
        status = ASK(c, Q_transfer_decide, err, P_INT(OFFICE), P_TEXT(id), P_TEXT("approved"), NOW,
                     P_TEXT(CHECKER), P_NULL);
    if (!status)
        status = again ? money_again(&c->money, id, err) : money_transfer(&c->money, id, err);
    return note(c, status, kind, id);
}

/* Both ways round, so that two clients meet from both sides. */
static int step_move(struct client *c, struct err *err)
{
    return move(c, TRANSFER, "transfer", appropriation(c, c->story + 1 + c->story / APPROPRIATIONS % 24), 500,
                err);
}

static int step_lapse(struct client *c, struct err *err)
{
    return move(c, LAPSE, "lapse", NULL, 100, err);
}

static int step_later(struct client *c, struct err *err)
{
    return note(c, money_appropriate(&c->money, later(c), id_of(c, LATER_GRANT), 40000, err), "appropriate",
                id_of(c, LATER_GRANT));
}

/* The year of the next contract has ended before any of it was paid. */
static int step_again(struct client *c, struct err *err)
{
    return move(c, AGAIN, "again", later(c), 40000, err);
}

static int step_let_out_next(struct client *c, struct err *err)
{
    const char *contract = id_of(c, NEXT_CONTRACT), *part = id_of(c, NEXT_TRANCHE);
    int status = ASK(c, Q_tranche_accepted, err, P_INT(OFFICE), P_TEXT(part), P_INT(40000));

    if (!status)
        status = ASK(c, Q_tranche_released, err, P_INT(OFFICE), P_TEXT(part), P_INT(40000));
    return note(c, status ? status : money_payable(&c->money, contract, part, 40000, err), "payable", part);
}

/* It is ended, and what was let out of it is not paid. */
static int step_withdraw(struct client *c, struct err *err)
{
    const char *contract = id_of(c, NEXT_CONTRACT), *part = id_of(c, NEXT_TRANCHE),
               *id = id_of(c, WITHDRAWAL);
    int status = ASK(c, Q_contract_state, err, P_INT(OFFICE), P_TEXT(contract), P_TEXT("stopped"));

    if (!status)
        status = ASK(c, Q_withdrawal_add, err, P_INT(OFFICE), P_TEXT(id), P_TEXT(part), P_INT(40000),
                     P_TEXT("-"), NOW, P_TEXT(MAKER));
    if (!status)
        status = ASK(c, Q_withdrawal_decide, err, P_INT(OFFICE), P_TEXT(id), P_TEXT("approved"), NOW,
                     P_TEXT(CHECKER), P_NULL);
    if (!status)
        status = ASK(c, Q_tranche_withdrawn, err, P_INT(OFFICE), P_TEXT(part));
    return note(c, status ? status : money_withdraw(&c->money, contract, part, 40000, err), "withdraw", part);
}

static int step_mistake(struct client *c, struct err *err)
{
    return note(c, money_appropriate(&c->money, appropriation(c, c->story), id_of(c, WRONG_GRANT), 900, err),
                "appropriate", id_of(c, WRONG_GRANT));
}

/* As core/money/ledger.c makes it. */
static const char *journal_of(struct client *c, const char *kind, const char *source)
{
    const char *text = arena_printf(c->arena, "linli/journal-id/v1 %d %s %s 0", OFFICE, kind, source);
    uint8_t h[SHA256_BYTES];

    sha256_of(text, strlen(text), h);
    return arena_printf(c->arena, "%08x-%02x%02x-8%01x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", OFFICE, h[0],
                        h[1], h[2] & 15, h[3], 0x80 | (h[4] & 0x3f), h[5], h[6], h[7], h[8], h[9], h[10],
                        h[11]);
}

static int step_reverse(struct client *c, struct err *err)
{
    const char *id = id_of(c, REVERSAL), *journal = journal_of(c, "appropriate", id_of(c, WRONG_GRANT));
    int status = ASK(c, Q_reversal_add, err, P_INT(OFFICE), P_TEXT(id), P_TEXT(appropriation(c, c->story)),
                     P_TEXT(journal), P_TEXT("-"), NOW, P_TEXT(MAKER));

    if (!status)
        status = ASK(c, Q_reversal_decide, err, P_INT(OFFICE), P_TEXT(id), P_TEXT("approved"), NOW,
                     P_TEXT(CHECKER));
    return status ? status : note(c, money_reverse(&c->money, id, journal, err), "reverse", id);
}

static int (*const steps[])(struct client *c, struct err *err) = {
    step_grant,     step_publish,      step_sign,       step_let_out,      step_send,
    step_bank,      step_bounce,       step_send_again, step_settle_again, step_accept,
    step_send_both, step_settle_both,  step_deliver,    step_renew,        step_supplement,
    step_recover,   step_terminate,    step_move,       step_lapse,        step_later,
    step_again,     step_let_out_next, step_withdraw,   step_mistake,      step_reverse,
};

/* ---- a step as a request: one transaction, its key, its event ---- */

static const char *notes_text(struct client *c)
{
    const char *text = "";

    for (size_t i = 0; i < c->note_count; i++)
        text = arena_printf(c->arena, "%s%s %s\n", text, c->notes[i].kind, c->notes[i].source);
    return text;
}

/* Was this done before?  Then *ret says which journals it posted. */
static int look_up(struct client *c, const char *key, const char **ret, struct err *err)
{
    struct rows *r = NULL;
    int status = tx_run(c->money.tx, Q_idempotency_lock, &r, err, P_TEXT(MAKER), P_TEXT(key));

    if (!status && !row_bool(r, 0, "free"))
        return err_set(err, E_BUSY, "idempotency/in-use", "it is at work");
    if (!status)
        status = tx_run(c->money.tx, Q_idempotency_get, &r, err, P_TEXT(MAKER), P_TEXT(key));
    *ret = status || rows_count(r) == 0 ? NULL : row_text(r, 0, "answer");
    return status;
}

static int keep(struct client *c, size_t step, const char *key, const char *answer, struct err *err)
{
    int status =
        ASK(c, Q_event_add, err, P_INT(OFFICE), P_TEXT(id_of(c, EVENT + (unsigned)step)), NOW, P_TEXT(MAKER),
            P_TEXT("office_clerk"), P_TEXT("soak"), P_TEXT("contract"), P_TEXT(id_of(c, CONTRACT)),
            P_TEXT(id_of(c, TENDER)), P_BOOL(false), P_BYTES(salt, 32), P_TEXT("{}"));

    return status
               ? status
               : ASK(c, Q_idempotency_add, err, P_TEXT(MAKER), P_TEXT(key), P_INT(OFFICE), P_BYTES(salt, 32),
                     P_INT(200), P_TEXT(answer), P_NULL, P_NULL, P_BOOL(true), P_TIME(time_real()));
}

static int once(struct client *c, size_t step, const char **ret, struct err *err)
{
    static const int32_t offices[] = {OFFICE};
    const struct scope scope = {.person = MAKER, .offices = offices, .office_count = 1};
    const char *key = arena_printf(c->arena, "soak-%012" PRIx64 "-%02zu", c->story, step);
    struct tx *tx;
    int status = tx_begin(soak.store, c->arena, &scope, false, &tx, err);

    if (status)
        return status;
    c->note_count = 0;
    c->money = (struct money){tx, OFFICE, MAKER, time_real()};
    status = look_up(c, key, ret, err);
    if (status || *ret) {
        tx_rollback(tx);
        if (*ret)
            soak.looked_up++;
        return status;
    }
    status = steps[step](c, err);
    *ret = notes_text(c);
    if (!status)
        status = keep(c, step, key, *ret, err);
    if (!status)
        return tx_commit(tx, err);
    tx_rollback(tx);
    return status;
}

static void wait_us(int64_t us)
{
    uint16_t jitter;

    random_bytes(&jitter, sizeof jitter);
    usleep((useconds_t)(us + jitter % us));
}

/* Again where it was broken off, as act_run does; looked up again where nobody answered. */
static int insist(struct client *c, size_t step, const char **ret, struct err *err)
{
    const int64_t begun_us = time_monotonic();
    int status = E_BUSY, tries = 0;

    while (time_monotonic() - begun_us < GIVE_UP_S * TIME_SECOND) {
        *err = (struct err){0};
        soak.transactions++;
        status = once(c, step, ret, err);
        if (status != E_RETRY && status != E_BUSY)
            return status;
        if (status == E_RETRY) {
            soak.retries++;
            soak.deadlocks += strstr(err->detail, "deadlock") != NULL;
            wait_us((int64_t)FIRST_WAIT_US << (tries < TRIES_MAX ? tries++ : TRIES_MAX));
        } else {
            soak.busy++;
            wait_us(BUSY_WAIT_US);
        }
    }
    return status;
}

static int64_t lines_of(const char *text)
{
    int64_t count = 0;

    for (; *text; text++)
        count += *text == '\n';
    return count;
}

static bool play(struct client *c)
{
    struct err err;
    const char *answer = NULL;

    for (size_t step = 0; step < LENGTH(steps); step++) {
        arena_reset(c->arena);
        if (insist(c, step, &answer, &err)) {
            fprintf(stderr, "story %" PRIu64 ", step %zu: %s %s\n", c->story, step, err.type, err.detail);
            return false;
        }
        fputs(answer, c->acked);
        fflush(c->acked);
        soak.acked += lines_of(answer);
    }
    return true;
}

static void *client_run(void *arg)
{
    struct client c = {.arena = arena_new(0)};

    c.acked = fopen(arena_printf(c.arena, "%s/acked.%d", soak.folder, *(int *)arg), "w");
    MUST(c.acked);
    while (soak.acked < soak.goal && !soak.failed && time_monotonic() < soak.last_us) {
        c.story = (uint64_t)++soak.stories;
        if (!play(&c))
            soak.failed = true;
    }
    fclose(c.acked);
    arena_free(c.arena);
    soak.playing--;
    return NULL;
}

static void tell(void)
{
    const int64_t s = (time_monotonic() - soak.begun_us) / TIME_SECOND, acked = soak.acked;

    fprintf(stderr, "# %" PRId64 " of %" PRId64 " journals in %" PRId64 " s, %" PRId64 " a second\n", acked,
            soak.goal, s, s ? acked / s : acked);
}

static int play_all(int clients)
{
    pthread_t *threads = calloc((size_t)clients, sizeof *threads);
    int *numbers = calloc((size_t)clients, sizeof *numbers);

    MUST(threads && numbers);
    soak.playing = clients;
    for (int i = 0; i < clients; i++) {
        numbers[i] = i;
        MUST(pthread_create(&threads[i], NULL, client_run, &numbers[i]) == 0);
    }
    for (int64_t next_us = soak.begun_us + PROGRESS_S * TIME_SECOND; soak.playing; usleep(50000)) {
        if (time_monotonic() < next_us)
            continue;
        tell();
        next_us += PROGRESS_S * TIME_SECOND;
    }
    for (int i = 0; i < clients; i++)
        pthread_join(threads[i], NULL);
    free(threads);
    free(numbers);
    return soak.failed;
}

int main(int argc, char **argv)
{
    const int clients = argc >= 4 ? atoi(argv[2]) : 0, minutes = argc == 5 ? atoi(argv[4]) : 24 * 60;
    const char *url = getenv("LINLI_DATABASE_URL");
    struct err err;

    if (clients < 1 || clients > 500 || argc > 5 || minutes < 1 || !url || (soak.goal = atoll(argv[1])) < 1) {
        fprintf(stderr, "soak_money JOURNALS CLIENTS FOLDER [MINUTES], with LINLI_DATABASE_URL\n");
        return 2;
    }
    soak.folder = argv[3];
    log_set_level(LOG_ERROR);
    const struct store_config config = {url, "linli_act", clients, 2000, 5000, 2000};
    if (store_open(&config, &soak.store, &err)) {
        fprintf(stderr, "%s\n", err.detail);
        return 2;
    }
    soak.begun_us = time_monotonic();
    soak.last_us = soak.begun_us + minutes * 60 * TIME_SECOND;
    const int status = play_all(clients);
    printf("acked=%" PRId64 " stories=%" PRId64 " transactions=%" PRId64 " retries=%" PRId64
           " deadlocks=%" PRId64 " busy=%" PRId64 " looked_up=%" PRId64 " ms=%" PRId64 "\n",
           (int64_t)soak.acked, (int64_t)soak.stories, (int64_t)soak.transactions, (int64_t)soak.retries,
           (int64_t)soak.deadlocks, (int64_t)soak.busy, (int64_t)soak.looked_up,
           (time_monotonic() - soak.begun_us) / 1000);
    store_close(soak.store);
    return status;
}
