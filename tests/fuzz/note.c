/* Signed texts from anywhere: what is read is printed the same again, and nothing is signed by a key that did
 * not sign. */
#include <string.h>

#include "core/trust/bundle_check.h"
#include "core/trust/checkpoint.h"
#include "core/trust/key.h"
#include "core/trust/lots.h"
#include "core/trust/openers.h"
#include "core/trust/receipt.h"
#include "core/trust/shares.h"
#include "core/trust/signing.h"
#include "core/trust/tile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void same(const struct buf *out, const char *text, size_t size)
{
    MUST(out->size == size && memcmp(out->data, text, size) == 0);
}

static void printed(const char *text, size_t size)
{
    CLEANUP(buf_free) struct buf out = {0};
    struct checkpoint checkpoint;
    struct openers openers;
    struct receipt receipt;

    if (checkpoint_parse(text, size, &checkpoint, NULL) == 0) {
        checkpoint_print(&checkpoint, &out);
        MUST(out.size <= size && memcmp(out.data, text, out.size) == 0);
    }
    buf_clear(&out);
    if (openers_parse(text, size, &openers, NULL) == 0) {
        openers_print(&openers, &out);
        same(&out, text, size);
    }
    buf_clear(&out);
    if (receipt_parse(text, size, &receipt, NULL) == 0) {
        receipt_print(&receipt, &out);
        same(&out, text, size);
    }
}

/* Whatever events, rows and journals say, the checks that need no other file end. */
static void bundled(struct arena *arena, const char *text, size_t size)
{
    static bundle_check *const checks[] = {bundle_order,     bundle_in_time,   bundle_closing, bundle_closed,
                                           bundle_conflicts, bundle_contracts, bundle_draws,   bundle_ledger};
    struct bundle_tender b;

    if (bundle_tender_parse(arena, text, size, &b, NULL) != 0)
        b = (struct bundle_tender){.tender = "0192f0c4-a000-7000-8000-00000000a001", .level = "supervisor"};
    if (bundle_events_parse(arena, text, size, &b, NULL) != 0)
        b.count = b.withheld = 0;
    if (bundle_rows_parse(arena, text, size, true, &b.rows, &b.row_count, NULL) != 0)
        b.row_count = 0;
    if (bundle_rows_parse(arena, text, size, false, &b.journals, &b.journal_count, NULL) != 0)
        b.journal_count = 0;
    for (size_t i = 0; i < LENGTH(checks); i++) {
        struct checking c = {.arena = arena, .b = &b};
        if (checks[i](&c, NULL) != 0)
            b.withheld = 0;
    }
}

static void others(struct arena *arena, const char *text, size_t size)
{
    CLEANUP(buf_free) struct buf out = {0};
    struct bundle_decision decision;
    struct last_signed last;
    struct signing signing;
    struct shares shares;
    struct pool pool;
    struct key key;

    if (shares_parse(arena, text, size, &shares, NULL) == 0) {
        shares_print(&shares, &out);
        same(&out, text, size);
    }
    buf_clear(&out);
    if (last_signed_parse(text, size, &last, NULL) == 0) {
        last_signed_print(&last, &out);
        same(&out, text, size);
    }
    buf_clear(&out);
    if (signing_parse(text, size, &signing, NULL) == 0) {
        signing_print(&signing, &out);
        same(&out, text, size);
    }
    bundled(arena, text, size);
    if (bundle_decision_parse(arena, text, size, &decision, NULL) == 0)
        MUST(decision.facts[0] == '{');
    if (pool_parse(arena, text, size, &pool, NULL) == 0)
        MUST(pool.count > 0);
    MUST(key_parse(text, size, NULL, &key, NULL) != 0 || strlen(key.name) > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t seed[32] = {9};
    struct arena *arena = arena_new(0);
    const char *text = arena_ndup(arena, (const char *)data, size);
    struct trusted trusted = {0};
    struct checkpoint checkpoint;
    struct bundle bundle = {data, data + size};
    struct hash leaf = {{0}};
    struct note_signer signer;
    struct log_proof proof;
    struct note_key key;
    struct note note;
    const uint8_t *entry;
    size_t bytes;

    MUST(note_signer_of("k", NOTE_SIGNATURE, seed, &signer, NULL) == 0);
    trusted.log = signer.key;
    if (note_parse(arena, text, size, &note, NULL) == 0) {
        MUST(note_check(&note, &signer.key, NULL, NULL) != 0);
        printed(note.text, note.text_bytes);
    }
    printed(text, size);
    MUST(checkpoint_open(arena, text, size, &trusted, &checkpoint, NULL, NULL) != 0);
    if (log_proof_parse(text, size, &proof, NULL) == 0)
        MUST(log_proof_check(arena, &proof, &leaf, &trusted, &checkpoint, NULL) != 0);
    if (note_key_parse(text, &key, NULL) == 0) {
        CLEANUP(buf_free) struct buf out = {0};
        note_key_print(&key, &out);
        MUST(strcmp(out.data, text) == 0);
    }
    others(arena, text, size);
    while (bundle_next(&bundle, &entry, &bytes))
        MUST(entry + bytes <= data + size);
    arena_free(arena);
    return 0;
}
