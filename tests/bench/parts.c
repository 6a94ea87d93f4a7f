/* trust_parts: what the parts of a receipt cost, in microseconds of CPU: a batch of 128 in one tree under one
 * signature, the text and proof of each, the entry of the log, and a bidder's signature on a container of 4
 * KiB. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "core/trust/checkpoint.h"
#include "core/trust/desk.h"
#include "core/trust/entry.h"
#include "core/trust/merkle.h"
#include "core/trust/note.h"
#include "core/trust/seal.h"

enum { ROUNDS = 200 };
static const uint8_t seed[32] = {9};

static int64_t cpu_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void say(const char *what, int64_t ns, int64_t count)
{
    printf("%8.2f us  %s\n", (double)ns / 1000 / (double)count, what);
}

static struct receipt receipt_of(size_t i)
{
    struct receipt r = {
        .kind = RECEIPT_ACCEPTED, .log = "log.example/linli", .version = 1, .sealed_bytes = 4701};

    memcpy(r.tender, "0192f0c4-a000-7000-8000-00000000a001", UUID_TEXT);
    memcpy(r.bid, r.tender, UUID_TEXT);
    r.received_us = (int64_t)i;
    return r;
}

static void receipts(const struct note_signer *signer)
{
    int64_t texts = 0, tree = 0, sign = 0, proofs = 0, at;

    for (int round = 0; round < ROUNDS; round++) {
        CLEANUP(buf_free) struct buf all = {0}, note = {0}, out = {0};
        struct checkpoint checkpoint = {.origin = "log.example/linli/receipts/x", .size = RECEIPT_BATCH};
        struct merkle *m = merkle_new();
        struct hash leaf;

        at = cpu_ns();
        for (size_t i = 0; i < RECEIPT_BATCH; i++) {
            const struct receipt r = receipt_of(i);
            buf_clear(&all);
            receipt_print(&r, &all);
        }
        texts += cpu_ns() - at;
        at = cpu_ns();
        for (size_t i = 0; i < RECEIPT_BATCH; i++) {
            merkle_leaf(all.data, all.size, &leaf);
            merkle_add(m, &leaf);
        }
        merkle_root(m, RECEIPT_BATCH, &checkpoint.root);
        tree += cpu_ns() - at;
        at = cpu_ns();
        checkpoint_print(&checkpoint, &note);
        note_sign(&note, note.size, signer, 0);
        sign += cpu_ns() - at;
        at = cpu_ns();
        for (size_t i = 0; i < RECEIPT_BATCH; i++) {
            struct log_proof proof = {.index = i, .checkpoint = note.data, .checkpoint_bytes = note.size};
            merkle_inclusion(m, i, RECEIPT_BATCH, &proof.path);
            buf_clear(&out);
            log_proof_print(&proof, &out);
        }
        proofs += cpu_ns() - at;
        merkle_free(m);
    }
    say("the text of a receipt", texts, (int64_t)ROUNDS * RECEIPT_BATCH);
    say("its proof as text", proofs, (int64_t)ROUNDS * RECEIPT_BATCH);
    say("the tree of a batch of 128", tree, ROUNDS);
    say("the signature of a batch", sign, ROUNDS);
}

static void entry(void)
{
    const struct entry e = {.public = true};
    uint8_t bytes[ENTRY_BYTES], salt[SALT_BYTES] = {1}, tender[UUID_BYTES] = {2}, payload[512] = {3};
    struct hash out;
    int64_t at = cpu_ns();

    for (uint64_t i = 0; i < (uint64_t)ROUNDS * RECEIPT_BATCH; i++) {
        entry_payload(salt, payload, sizeof(payload), &out);
        entry_subject(salt, i, tender, &out);
        entry_pack(&e, bytes);
        merkle_leaf(bytes, sizeof(bytes), &out);
    }
    say("an entry of the log: payload, tag and leaf", cpu_ns() - at, (int64_t)ROUNDS * RECEIPT_BATCH);
}

static void container(void)
{
    struct openers openers = {.tender = "0192f0c4-a000-7000-8000-00000000a001", .k = 1, .n = 1};
    const struct seal_file file = {"bid.json", (const uint8_t *)"{}", 2};
    const struct seal_request request = {
        .openers = &openers, .bidder_seed = seed, .bidder = "a", .files = &file, .file_count = 1};
    CLEANUP(buf_free) struct buf out = {0};
    struct seal_secrets secrets;
    struct sealed sealed;

    hpke_public(seed, openers.keys[0]);
    seal_secrets_draw(&secrets);
    MUST(seal_make(&request, &secrets, &out, NULL) == 0);
    int64_t at = cpu_ns();
    for (int i = 0; i < ROUNDS; i++)
        MUST(sealed_read((const uint8_t *)out.data, out.size, &sealed, NULL) == 0);
    say("a container of 4 KiB: form, digest and its bidder's signature", cpu_ns() - at, ROUNDS);
}

int main(void)
{
    struct note_signer signer;

    MUST(note_signer_of("log.example/linli/receipts", NOTE_SIGNATURE, seed, &signer, NULL) == 0);
    receipts(&signer);
    entry();
    container();
    return 0;
}
