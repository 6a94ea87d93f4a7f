/* See core/service/logbook.h. */
#include "core/service/logbook.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/time.h"
#include "core/service/sequence.h"
#include "core/trust/folder.h"
#include "core/trust/signer.h"

/* Everything is looked at this often, and soon after a tender or lot moved; in between what lies beyond where
 * the tables ended at the last such look, some pages earlier for who was writing then: a straggler waits for
 * the next one. */
enum { LOOK_S = 60, LOOK_AGAIN_S = 2, MARGIN_PAGES = 64, WITNESS_S = 10, AHEAD_S = 60 };
/* A witness that may miss is waited for so long; one that hung is left alone for a while, so that a turn does
 * not wait for it each time. */
enum { WITNESS_PATIENCE_MS = 3000, HUNG_MS = 1000, HUNG_REST_S = 30 };

struct logbook {
    struct logbook_config config;
    struct store *store;
    struct trusted trusted, witnesses; /* the log alone; and with the witnesses whose keys were given */
    struct merkle *tree;
    struct log_end end;
    struct buf entries, note;
    uint64_t signed_size;      /* what the note says; 0: none yet */
    size_t answered, cosigned; /* witnesses asked that answered; keys that cosigned */
    struct log_window beyond;
    int64_t looked_us, asked_us; /* monotonic; 0: not yet */
    int64_t rests_until_us[WITNESSES_MAX];
    int64_t began_us, began_monotonic_us;
    int64_t ahead;
    bool turned;           /* since everything was looked at */
    pthread_rwlock_t lock; /* of the tree, which its thread alone changes, and of what is shown */
    struct buf shown;      /* the checkpoint proofs are made for; of so many entries */
    uint64_t shown_size;
};

static int keys_read(struct logbook *book, struct err *err)
{
    const char *keys = book->config.witness_keys ? book->config.witness_keys : "";
    int status = note_key_parse(book->config.key, &book->trusted.log, err);

    book->witnesses.log = book->trusted.log;
    return status ? status : trusted_add_all(&book->witnesses, keys, err);
}

size_t logbook_witnesses(const struct logbook *book)
{
    return book->witnesses.count;
}

int logbook_open(const struct logbook_config *config, struct store *store, struct logbook **ret,
                 struct err *err)
{
    struct logbook *book = calloc(1, sizeof(*book));

    MUST(book);
    *book = (struct logbook){.config = *config,
                             .store = store,
                             .tree = merkle_new(),
                             .began_us = time_real(),
                             .began_monotonic_us = time_monotonic()};
    pthread_rwlock_init(&book->lock, NULL);
    int status = keys_read(book, err);
    if (status)
        logbook_close(book);
    else
        *ret = book;
    return status;
}

void logbook_close(struct logbook *book)
{
    if (!book)
        return;
    merkle_free(book->tree);
    buf_free(&book->entries);
    buf_free(&book->note);
    buf_free(&book->shown);
    pthread_rwlock_destroy(&book->lock);
    free(book);
}

/* ---- reading ----------------------------------------------------------------------------- */

static void keep(void *with, uint64_t index, const uint8_t *entry)
{
    (void)index;
    buf_add(with, entry, ENTRY_BYTES);
}

/* What the database has beyond what was read before. */
static int read_on(struct logbook *book, struct err *err)
{
    pthread_rwlock_wrlock(&book->lock);
    int status = sequence_read(book->store, book->tree, &book->end, keep, &book->entries, err);
    pthread_rwlock_unlock(&book->lock);
    return status;
}

static void show(struct logbook *book, const char *note, size_t bytes, uint64_t size)
{
    pthread_rwlock_wrlock(&book->lock);
    buf_clear(&book->shown);
    buf_add(&book->shown, note, bytes);
    book->shown_size = size;
    pthread_rwlock_unlock(&book->lock);
}

int logbook_prove(struct logbook *book, uint64_t index, struct arena *arena, struct log_proof *ret,
                  struct err *err)
{
    pthread_rwlock_rdlock(&book->lock);
    bool there = index < book->shown_size;
    if (there) {
        *ret = (struct log_proof){.index = index, .checkpoint_bytes = book->shown.size};
        ret->checkpoint = arena_ndup(arena, book->shown.data, book->shown.size);
        merkle_inclusion(book->tree, index, book->shown_size, &ret->path);
    }
    pthread_rwlock_unlock(&book->lock);
    return there ? 0 : err_both(err, E_ABSENT, "log/absent", "the entry is not signed yet", "该记录尚未签署");
}

/* What was signed last, by the database, is still what the log begins with. */
static int last_agrees(struct logbook *book, uint64_t *ret_size, struct err *err)
{
    const struct scope scope = {.all = true};
    struct arena *arena = arena_new(0);
    struct checkpoint last;
    struct rows *rows;
    struct tx *tx = NULL;
    int status = tx_begin(book->store, arena, &scope, true, &tx, err);

    *ret_size = 0;
    if (!status)
        status = tx_run(tx, Q_log_checkpoint_last, &rows, err, P_TEXT(book->trusted.log.name));
    if (!status && rows_count(rows) > 0) {
        const char *note = row_text(rows, 0, "note");
        status = checkpoint_open(arena, note, strlen(note), &book->trusted, &last, NULL, err);
        if (!status)
            status = checkpoint_held(&last, book->tree, err);
        if (!status) {
            *ret_size = last.size;
            show(book, note, strlen(note), last.size);
        }
    }
    tx_rollback(tx);
    arena_free(arena);
    return status;
}

static int rolled_back(struct err *err)
{
    return err_both(err, E_REFUSED, "log/rollback",
                    "more was signed than the log now has: it was rolled back",
                    "已签署的记录多于现有日志：日志被回退");
}

static int agrees_with(struct logbook *book, const struct checkpoint *last, struct err *err)
{
    return last->size > merkle_size(book->tree) ? rolled_back(err) : checkpoint_held(last, book->tree, err);
}

static int signer_agrees(struct logbook *book, struct err *err)
{
    CLEANUP(buf_free) struct buf text = {0};
    struct last_signed last;
    int status = signer_last(book->config.signer, &last, &text, err);

    return status ? status
                  : agrees_with(book, &(struct checkpoint){.size = last.size, .root = last.root}, err);
}

/* A witness is somebody else: that the log is behind is believed where it shows what the log signed, and not
 * because it says so. */
static int witness_agrees(struct logbook *book, const char *socket, struct err *err)
{
    const struct trusted alone = {.log = book->trusted.log};
    CLEANUP(buf_free) struct buf text = {0};
    struct arena *arena = arena_new(0);
    struct checkpoint shown;
    struct last_signed last;
    int status = signer_last(socket, &last, &text, err);

    if (!status && last.size > 0) {
        status = last.note && !checkpoint_open(arena, last.note, last.note_bytes, &alone, &shown, NULL, NULL)
                     ? agrees_with(book, &shown, err)
                     : err_both(err, E_BUSY, "signer/away", "a witness shows nothing that the log signed",
                                "见证人没有出示日志签署的检查点");
    }
    arena_free(arena);
    return status;
}

int logbook_check(struct logbook *book, struct err *err)
{
    uint64_t old;
    int status = read_on(book, err);

    if (!status)
        status = last_agrees(book, &old, err);
    if (!status)
        status = signer_agrees(book, err);
    for (size_t i = 0; i < book->config.witness_count && !status; i++) {
        status = witness_agrees(book, book->config.witnesses[i], err);
        if (status && strcmp(err->type, "log/rollback") != 0 && book->config.witnesses_may_miss)
            status = 0;
    }
    return status;
}

/* ---- signing ----------------------------------------------------------------------------- */

/* Asks with the size that was signed last; whoever signed another one last says so, and is asked again. */
static int ask(const struct logbook *book, const char *socket, uint64_t old, const struct buf *text,
               struct buf *ret_note, struct err *err)
{
    const bool may_miss = socket != book->config.signer && book->config.witnesses_may_miss;
    uint64_t known = old;
    int status = E_CONFLICT;

    for (int tries = 0; tries < 2 && status == E_CONFLICT; tries++) {
        struct signing signing = {.old = known, .text = text->data, .bytes = text->size};
        if (known > merkle_size(book->tree))
            return rolled_back(err);
        merkle_consistency(book->tree, known, merkle_size(book->tree), &signing.proof);
        status = signer_ask(socket, may_miss ? WITNESS_PATIENCE_MS : SIGNER_PATIENCE_MS, &signing, ret_note,
                            &known, err);
    }
    return status;
}

/* What a witness gives back is the checkpoint it was given, with the log's signature still on it and no
 * cosignature less; *ret_cosigned is by how many of the witnesses, which is no more than before where one is
 * asked at two sockets. */
static int same_checkpoint(const struct logbook *book, const struct buf *note, size_t *ret_cosigned,
                           struct err *err)
{
    struct arena *arena = arena_new(0);
    struct checkpoint given, got;
    int status = checkpoint_open(arena, book->note.data, book->note.size, &book->trusted, &given, NULL, err);

    if (!status &&
        (checkpoint_open(arena, note->data ? note->data : "", note->size, &book->witnesses, &got,
                         ret_cosigned, NULL) ||
         *ret_cosigned < book->cosigned || got.size != given.size || !hash_same(&got.root, &given.root)))
        status =
            err_both(err, E_BROKEN, "signer/broken",
                     "a witness answered with something else than a cosignature", "见证人的回答不是副署");
    arena_free(arena);
    return status;
}

/* Its answer to the note; one that hung a moment ago is not asked. */
static int witness_ask(struct logbook *book, size_t i, uint64_t old, struct buf *ret, size_t *ret_cosigned,
                       struct err *err)
{
    int64_t began_us = time_monotonic();

    if (book->config.witnesses_may_miss && began_us < book->rests_until_us[i])
        return err_both(err, E_BUSY, "signer/away", "the witness did not answer a moment ago",
                        "见证人刚才没有应答");
    int status = ask(book, book->config.witnesses[i], old, &book->note, ret, err);
    if (status == E_BUSY && time_monotonic() - began_us > HUNG_MS * INT64_C(1000))
        book->rests_until_us[i] = time_monotonic() + HUNG_REST_S * TIME_SECOND;
    return status ? status : same_checkpoint(book, ret, ret_cosigned, err);
}

static int cosign(struct logbook *book, uint64_t old, struct err *err)
{
    CLEANUP(buf_free) struct buf more = {0};
    size_t cosigned = 0;
    int status = 0;

    book->answered = book->cosigned = 0;
    for (size_t i = 0; i < book->config.witness_count && !status; i++) {
        status = witness_ask(book, i, old, &more, &cosigned, err);
        /* One that is away, saw another history or talks nonsense is missing; who counts cosignatures sees
         * it. */
        if (status && book->config.witnesses_may_miss) {
            status = 0;
            continue;
        }
        if (status)
            return status;
        book->answered++;
        book->cosigned = cosigned;
        buf_clear(&book->note);
        buf_add(&book->note, more.data, more.size);
    }
    return status;
}

static int sign(struct logbook *book, uint64_t old, struct err *err)
{
    struct checkpoint checkpoint = {.size = merkle_size(book->tree)};
    CLEANUP(buf_free) struct buf text = {0};
    struct arena *arena = arena_new(0);

    memcpy(checkpoint.origin, book->trusted.log.name, sizeof(checkpoint.origin));
    merkle_root(book->tree, checkpoint.size, &checkpoint.root);
    checkpoint_print(&checkpoint, &text);
    int status = ask(book, book->config.signer, old, &text, &book->note, err);
    if (!status)
        status = cosign(book, old, err);
    buf_reserve(&book->note, 0);
    if (!status)
        status =
            checkpoint_open(arena, book->note.data, book->note.size, &book->trusted, &checkpoint, NULL, err);
    arena_free(arena);
    return status;
}

/* ---- giving out -------------------------------------------------------------------------- */

/* How much of the folder is there already, by its own checkpoint. */
static uint64_t folder_size(const struct logbook *book)
{
    struct arena *arena = arena_new(0);
    FILE *file = fopen(arena_printf(arena, "%s/checkpoint", book->config.folder), "re");
    struct checkpoint checkpoint = {0};
    struct err err = {0};
    char text[65536];
    uint64_t size = 0;

    if (file) {
        size_t bytes = fread(text, 1, sizeof(text), file);
        fclose(file);
        if (!checkpoint_open(arena, text, bytes, &book->trusted, &checkpoint, NULL, &err) &&
            checkpoint.size <= merkle_size(book->tree))
            size = checkpoint.size;
    }
    arena_free(arena);
    return size;
}

static int checkpoint_keep(struct logbook *book, struct err *err)
{
    const struct scope scope = {.all = true};
    struct arena *arena = arena_new(0);
    struct tx *tx = NULL;
    int status = tx_begin(book->store, arena, &scope, false, &tx, err);

    if (!status) {
        status = tx_run(tx, Q_log_checkpoint_add, NULL, err, P_TEXT(book->trusted.log.name),
                        P_INT((int64_t)merkle_size(book->tree)), P_INT((int64_t)book->cosigned),
                        P_TEXT(book->note.data));
        if (!status)
            status = tx_commit(tx, err);
        else
            tx_rollback(tx);
    }
    arena_free(arena);
    return status;
}

static int give_out(struct logbook *book, struct err *err)
{
    const char *folder = book->config.folder;
    int status =
        folder_write(folder, book->tree, (const uint8_t *)book->entries.data, folder_size(book), err);

    return status ? status : folder_publish(folder, "checkpoint", book->note.data, book->note.size, err);
}

static int64_t earlier(int64_t page)
{
    return page > MARGIN_PAGES ? page - MARGIN_PAGES : 0;
}

/* Until when events are believed: another server's clock may be a little ahead of this one. */
static int64_t until_us(const struct logbook *book)
{
    int64_t now_us = time_real(), passed_us = time_monotonic() - book->began_monotonic_us;
    bool jumped = now_us > book->began_us + passed_us + TIME_DAY;

    return (jumped ? book->began_us + passed_us : now_us) + AHEAD_S * TIME_SECOND;
}

static int number(struct logbook *book, uint64_t *ret_added, struct err *err)
{
    int64_t now_us = time_monotonic(), since_us = now_us - book->looked_us;
    struct log_window ends = book->beyond;
    struct sequenced done;
    bool all = !book->looked_us || since_us > (book->turned ? LOOK_AGAIN_S : LOOK_S) * TIME_SECOND;
    int status = all ? sequence_ends(book->store, &ends, err) : 0;

    if (!status && all)
        status = sequence_ahead(book->store, until_us(book), &book->ahead, err);
    if (!status)
        status = sequence_run(book->store, all ? NULL : &book->beyond, until_us(book), &done, err);
    if (status)
        return status;
    if (all) {
        book->beyond =
            (struct log_window){earlier(ends.events), earlier(ends.decisions), earlier(ends.journals)};
        book->looked_us = now_us;
    }
    book->turned = done.turned || (book->turned && !all);
    *ret_added = done.added;
    return 0;
}

/* Nothing new; a witness that was away is asked again now and then. */
static bool all_done(const struct logbook *book)
{
    return book->signed_size > 0 && book->signed_size == merkle_size(book->tree) &&
           (book->answered == book->config.witness_count ||
            time_monotonic() < book->asked_us + WITNESS_S * TIME_SECOND);
}

static int turn(struct logbook *book, struct logbook_turn *ret, struct err *err)
{
    uint64_t old = 0;
    int status = number(book, &ret->added, err);

    if (!status)
        status = read_on(book, err);
    if (status || all_done(book))
        return status;
    status = last_agrees(book, &old, err);
    if (!status)
        status = sign(book, old, err);
    if (!status)
        status = checkpoint_keep(book, err);
    if (!status)
        status = give_out(book, err);
    if (status)
        return status;
    show(book, book->note.data, book->note.size, merkle_size(book->tree));
    book->signed_size = merkle_size(book->tree);
    book->asked_us = time_monotonic();
    return 0;
}

int logbook_turn(struct logbook *book, struct logbook_turn *ret, struct err *err)
{
    int fd = -1;
    int status = folder_lock(book->config.folder, &fd, err);

    *ret = (struct logbook_turn){0};
    if (status == E_BUSY) { /* another gives it out: this one follows what that one signs */
        struct err why = {0};
        uint64_t size;
        if (!read_on(book, &why) && last_agrees(book, &size, &why) == E_REFUSED) {
            *err = why;
            status = E_REFUSED;
        }
    }
    if (status)
        return status;
    status = turn(book, ret, err);
    close(fd);
    ret->size = merkle_size(book->tree);
    ret->cosigned = book->cosigned;
    ret->ahead = book->ahead;
    return status;
}
