/* Signed notes, checkpoints, cosignatures and proofs that stand alone: the vectors, the example of the
 * format's own page, and what is refused. */
#include "core/trust/note.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/trust/checkpoint.h"
#include "core/trust/instant.h"
#include "core/trust/receipt.h"
#include "core/trust/signer.h"
#include "tests/unit/vectors.h"

#define DASH "\xE2\x80\x94 "

static struct arena *arena;
static struct doc *doc;
static struct err err;

static void setup(void)
{
    arena = arena_new(0);
    doc = vectors_read(arena);
    err = (struct err){0};
}

static void teardown(void)
{
    arena_free(arena);
}

TestSuite(note, .init = setup, .fini = teardown);

static struct note_key key_of(const char *text)
{
    struct note_key key;

    cr_assert_eq(note_key_parse(text, &key, &err), 0, "%s: %s", text, err.detail);
    return key;
}

static struct note note_of(const char *text)
{
    struct note note;

    cr_assert_eq(note_parse(arena, text, strlen(text), &note, &err), 0, "%s", err.detail);
    return note;
}

/* From the page of the format itself; the key is the one of golang.org/x/mod/sumdb/note's own example. */
Test(note, published_example)
{
    struct note_key peter = key_of("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    struct note note = note_of(
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n\n" DASH "PeterNeumann "
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n");

    cr_assert_eq(note_check(&note, &peter, NULL, &err), 0, "%s", err.detail);
}

Test(note, keys)
{
    CLEANUP(buf_free) struct buf out = {0};
    const char *log = vector_text(doc, "/log/log_vkey"), *witness = vector_text(doc, "/log/witness_vkey");
    struct note_key key = key_of(log);

    cr_assert_str_eq(key.name, "log.example.gov.cn/linli");
    cr_assert_eq(key.type, NOTE_SIGNATURE);
    cr_assert_arr_eq(key.public, vector_bytes(doc, arena, "/log/log_pk", NULL), 32);
    note_key_print(&key, &out);
    cr_assert_str_eq(out.data, log);
    key = key_of(witness);
    cr_assert_eq(key.type, NOTE_COSIGNATURE);
    cr_assert_arr_eq(key.public, vector_bytes(doc, arena, "/log/witness_pk", NULL), 32);
    buf_clear(&out);
    note_key_print(&key, &out);
    cr_assert_str_eq(out.data, witness);
}

Test(note, keys_that_are_none)
{
    static const char *const bad[] = {
        "",
        "a",
        "a+b",
        "a+00000000+",
        "+68b3f393+AZXL1TWgzcbkSw0VOtK/6ndlE4brTt3RrLnuA5dMXtnJ",
        "log.example.gov.cn/linli+68b3f394+AZXL1TWgzcbkSw0VOtK/6ndlE4brTt3RrLnuA5dMXtnJ",
        "log.example.gov.cn/linlo+68b3f393+AZXL1TWgzcbkSw0VOtK/6ndlE4brTt3RrLnuA5dMXtnJ",
        "log.example.gov.cn/linli+68B3F393+AZXL1TWgzcbkSw0VOtK/6ndlE4brTt3RrLnuA5dMXtnJ",
        "log.example.gov.cn/linli+68b3f393+AZXL1TWgzcbkSw0VOtK/6ndlE4brTt3RrLnuA5dMXtnJ ",
        "log.example.gov.cn/linli+68b3f393+AZXL1TWgzcbkSw0VOtK/6ndlE4brTt3RrLnuA5dMXtk=",
        "log.example.gov.cn/linli+68b3f393+ApXL1TWgzcbkSw0VOtK/6ndlE4brTt3RrLnuA5dMXtnJ",
        "log.example.gov.cn/ linli+68b3f393+AZXL1TWgzcbkSw0VOtK/6ndlE4brTt3RrLnuA5dMXtnJ"};
    struct note_key key;

    for (size_t i = 0; i < LENGTH(bad); i++) {
        cr_assert_eq(note_key_parse(bad[i], &key, &err), E_MALFORMED, "%s", bad[i]);
        cr_assert_str_eq(err.type, "note/key");
        cr_assert(err.zh[0]);
    }
    cr_assert_eq(note_key_of("a b", NOTE_SIGNATURE, key.public, &key, &err), E_INVALID);
    cr_assert_eq(note_key_of("\xE3\x80\x80", NOTE_SIGNATURE, key.public, &key, &err), E_INVALID);
}

Test(note, checkpoint_with_a_witness)
{
    const char *text = vector_text(doc, "/log/checkpoint");
    struct trusted trusted = {.log = key_of(vector_text(doc, "/log/log_vkey")), .count = 1, .quorum = 1};
    struct checkpoint checkpoint;
    struct hash root;
    size_t witnesses;
    int64_t time_s;
    struct note note = note_of(text);

    trusted.witnesses[0] = key_of(vector_text(doc, "/log/witness_vkey"));
    cr_assert_eq(checkpoint_open(arena, text, strlen(text), &trusted, &checkpoint, &witnesses, &err), 0, "%s",
                 err.detail);
    cr_assert_str_eq(checkpoint.origin, "log.example.gov.cn/linli");
    cr_assert_eq(checkpoint.size, 7);
    cr_assert_eq(witnesses, 1);
    cr_assert(hex_parse(vector_text(doc, "/log/root7"), root.bytes, SHA256_BYTES));
    cr_assert(hash_same(&checkpoint.root, &root));
    cr_assert_eq(note_check(&note, &trusted.witnesses[0], &time_s, &err), 0);
    cr_assert(time_s > 1700000000 && time_s < 1900000000, "%lld", (long long)time_s);
}

/* Signed anew with the log's key, it is the same byte for byte: Ed25519 does not depend on chance. */
Test(note, checkpoint_made_anew)
{
    const char *text = vector_text(doc, "/log/checkpoint"), *second;
    CLEANUP(buf_free) struct buf out = {0};
    struct checkpoint checkpoint;
    struct note_signer signer;
    struct note note = note_of(text);

    cr_assert_eq(checkpoint_parse(note.text, note.text_bytes, &checkpoint, &err), 0);
    checkpoint_print(&checkpoint, &out);
    cr_assert_eq(out.size, note.text_bytes);
    cr_assert_eq(note_signer_of("log.example.gov.cn/linli", NOTE_SIGNATURE,
                                vector_bytes(doc, arena, "/log/log_seed", NULL), &signer, &err),
                 0);
    note_sign(&out, out.size, &signer, 0);
    second = strstr(text, "\n" DASH "audit");
    cr_assert_eq(out.size, (size_t)(second - text) + 1);
    cr_assert_eq(memcmp(out.data, text, out.size), 0);
}

/* The key that signed it is not among the vectors, so its text is what is compared. */
Test(note, receipt)
{
    const char *text = vector_text(doc, "/receipt");
    struct note note = note_of(text);
    CLEANUP(buf_free) struct buf out = {0};
    struct receipt r;

    cr_assert_eq(note.count, 1);
    cr_assert_eq(receipt_parse(note.text, note.text_bytes, &r, &err), 0, "%s", err.detail);
    cr_assert(r.kind == RECEIPT_ACCEPTED && r.logged && r.log_index == 6 && r.sealed_bytes == 4701 &&
              r.version == 1);
    cr_assert_eq(r.deadline_us - r.received_us, 876544);
    receipt_print(&r, &out);
    cr_assert_eq(out.size, note.text_bytes);
    cr_assert_eq(memcmp(out.data, text, out.size), 0);
    r.kind = RECEIPT_REFUSED;
    r.logged = false;
    r.deadline_us = 0;
    memcpy(r.reason, "bid/not-sealed", sizeof("bid/not-sealed"));
    buf_clear(&out);
    receipt_print(&r, &out);
    cr_assert(strstr(out.data, "linli/refusal/v1\n") == out.data);
    cr_assert(strstr(out.data, "\ndeadline none\nreason bid/not-sealed\n"));
    cr_assert_null(strstr(out.data, "log-index"));
    cr_assert_eq(receipt_parse(out.data, out.size, &r, &err), 0);
    for (size_t i = 0; i < out.size; i++)
        cr_assert_eq(receipt_parse(out.data, i, &r, &err), E_MALFORMED, "%zu", i);
    buf_text(&out, "more\n");
    cr_assert_eq(receipt_parse(out.data, out.size, &r, &err), E_MALFORMED);
    r.kind = RECEIPT_ACCEPTED;
    buf_clear(&out);
    receipt_print(&r, &out);
    cr_assert(strstr(out.data, "\nlog-index pending\nmerge-by opening\n"));
    cr_assert_eq(receipt_parse(out.data, out.size, &r, &err), 0);
    for (size_t i = 0; i < out.size; i++)
        cr_assert_eq(receipt_parse(out.data, i, &r, &err), E_MALFORMED, "%zu", i);
}

Test(note, cosigned_by_ourselves)
{
    static const uint8_t seed[32] = {7};
    CLEANUP(buf_free) struct buf out = {0};
    struct note_signer witness;
    struct note note;
    int64_t time_s;

    cr_assert_eq(note_signer_of("w", NOTE_COSIGNATURE, seed, &witness, &err), 0);
    buf_text(&out, "a\n\nb\n");
    note_sign(&out, 5, &witness, 1800000000);
    note_sign(&out, 5, &witness, 1800000001);
    note = note_of(out.data);
    cr_assert_eq(note.text_bytes, 5);
    cr_assert_eq(note.count, 2);
    cr_assert_eq(note_check(&note, &witness.key, &time_s, &err), 0, "%s", err.detail);
    cr_assert_eq(time_s, 1800000001);
    out.data[0] = 'c';
    cr_assert_eq(note_check(&note, &witness.key, &time_s, &err), E_REFUSED);
    cr_assert_str_eq(err.type, "note/forged");
}

Test(note, every_flipped_bit_is_noticed)
{
    const char *text = vector_text(doc, "/log/checkpoint");
    struct trusted trusted = {.log = key_of(vector_text(doc, "/log/log_vkey")), .count = 1, .quorum = 1};
    struct checkpoint checkpoint;
    size_t size = strlen(text);

    trusted.witnesses[0] = key_of(vector_text(doc, "/log/witness_vkey"));
    for (size_t i = 0; i < size * 8; i++) {
        char *forged = arena_ndup(arena, text, size);
        forged[i / 8] = (char)(forged[i / 8] ^ 1 << i % 8);
        cr_assert(checkpoint_open(arena, forged, size, &trusted, &checkpoint, NULL, &err), "bit %zu", i);
    }
    for (size_t i = 0; i < size; i++)
        cr_assert(checkpoint_open(arena, text, i, &trusted, &checkpoint, NULL, &err), "cut at %zu", i);
}

Test(note, whom_to_believe)
{
    const char *text = vector_text(doc, "/log/checkpoint");
    struct trusted trusted = {.log = key_of(vector_text(doc, "/log/log_vkey")), .quorum = 1};
    struct note_signer other;
    struct checkpoint checkpoint;
    CLEANUP(buf_free) struct buf out = {0};

    cr_assert_eq(checkpoint_open(arena, text, strlen(text), &trusted, &checkpoint, NULL, &err), E_ABSENT);
    cr_assert_str_eq(err.type, "note/quorum");
    trusted.quorum = 0;
    trusted.log = key_of(vector_text(doc, "/log/witness_vkey"));
    cr_assert_eq(checkpoint_open(arena, text, strlen(text), &trusted, &checkpoint, NULL, &err), E_REFUSED);
    cr_assert_eq(note_signer_of("elsewhere", NOTE_SIGNATURE, trusted.log.public, &other, &err), 0);
    trusted.log = other.key;
    cr_assert_eq(checkpoint_open(arena, text, strlen(text), &trusted, &checkpoint, NULL, &err), E_ABSENT);
    cr_assert_str_eq(err.type, "note/unsigned");
    buf_text(&out, "log.example.gov.cn/linli\n7\n/ObdwMyQjwo1p1ncyoZtv447uM99EXTCvXyoAiIwdv8=\n");
    note_sign(&out, out.size, &other, 0);
    cr_assert_eq(checkpoint_open(arena, out.data, out.size, &trusted, &checkpoint, NULL, &err), E_REFUSED);
    cr_assert_str_eq(err.type, "note/forged");
}

Test(note, notes_that_are_none)
{
    static const char *const bad[] = {"",
                                      "\n",
                                      "a\n",
                                      "a\n\n",
                                      "a\n\nb\n",
                                      "a\n" DASH "k AAAAAAA=\n",
                                      "a\n\n" DASH "k AAAAAAA=",
                                      "a\n\n" DASH "k AAAAAA==\n",
                                      "a\n\n" DASH "k  AAAAAAA=\n",
                                      "a\n\n" DASH "AAAAAAA=\n",
                                      "a\n\n- k AAAAAAA=\n",
                                      "a\t\n\n" DASH "k AAAAAAA=\n",
                                      "a\r\n\n" DASH "k AAAAAAA=\n",
                                      "\xFF\n\n" DASH "k AAAAAAA=\n",
                                      "a\n\n" DASH "k AAAAAAA=\n\n",
                                      "a\n\n" DASH "k+ AAAAAAA=\n",
                                      "a\n\n" DASH "k AAAAAAA\n",
                                      "a\n\n" DASH "k AAAAAAB=\n"};
    struct note note;
    CLEANUP(buf_free) struct buf many = {0};

    note = note_of("a\n\n" DASH "k AAAAAAA=\n");
    cr_assert_eq(note.text_bytes, 2);
    for (size_t i = 0; i < LENGTH(bad); i++)
        cr_assert_eq(note_parse(arena, bad[i], strlen(bad[i]), &note, &err), E_MALFORMED, "%zu", i);
    cr_assert_eq(note_parse(arena, "a\0b\n\n" DASH "k AAAAAAA=\n", 24, &note, &err), E_MALFORMED);
    buf_text(&many, "a\n\n");
    for (int i = 0; i <= NOTE_SIGNATURES_MAX; i++)
        buf_text(&many, DASH "k AAAAAAA=\n");
    cr_assert_eq(note_parse(arena, many.data, many.size, &note, &err), E_MALFORMED);
}

Test(note, checkpoints_that_are_none)
{
#define ROOT "/ObdwMyQjwo1p1ncyoZtv447uM99EXTCvXyoAiIwdv8="
    static const char *const bad[] = {"",
                                      "o\n7\n",
                                      "\n7\n" ROOT "\n",
                                      "o\n07\n" ROOT "\n",
                                      "o\n-7\n" ROOT "\n",
                                      "o\n\n" ROOT "\n",
                                      "o\n18446744073709551616\n" ROOT "\n",
                                      "o\n9223372036854775808\n" ROOT "\n",
                                      "o\n7\n" ROOT,
                                      "o\n7\n" ROOT "=\n",
                                      "o\n7\nAAAA\n",
                                      "o\n7\n" ROOT "\n\n",
                                      "o\n7 \n" ROOT "\n",
                                      "o\n7\n/ObdwMyQjwo1p1nc\xE3\x80\x80v447uM99EXTCvXyoAiIwdv8=\n"};
    struct checkpoint checkpoint;

    for (size_t i = 0; i < LENGTH(bad); i++)
        cr_assert_eq(checkpoint_parse(bad[i], strlen(bad[i]), &checkpoint, &err), E_MALFORMED, "%zu", i);
    cr_assert_eq(checkpoint_parse("o\n0\n" ROOT "\nmore\n", 54, &checkpoint, &err), 0);
    cr_assert_eq(checkpoint.size, 0);
    cr_assert_eq(checkpoint_parse("o\0o\n0\n" ROOT "\n", 51, &checkpoint, &err), E_MALFORMED);
}

Test(note, proofs_that_stand_alone)
{
    const char *text = vector_text(doc, "/log/checkpoint");
    struct trusted trusted = {.log = key_of(vector_text(doc, "/log/log_vkey"))};
    struct log_proof proof = {.index = 6,
                              .path.count = 2,
                              .checkpoint = text,
                              .checkpoint_bytes = strlen(text)},
                     read;
    CLEANUP(buf_free) struct buf out = {0};
    struct checkpoint checkpoint;
    struct hash leaf;

    for (int i = 0; i < 2; i++)
        cr_assert(hex_parse(vector_text(doc, i ? "/log/inclusion_6_of_7/1" : "/log/inclusion_6_of_7/0"),
                            proof.path.hashes[i].bytes, 32));
    cr_assert(hex_parse(vector_text(doc, "/log/leaf_hashes/6"), leaf.bytes, 32));
    log_proof_print(&proof, &out);
    cr_assert_eq(log_proof_parse(out.data, out.size, &read, &err), 0, "%s", err.detail);
    cr_assert_eq(log_proof_check(arena, &read, &leaf, &trusted, &checkpoint, &err), 0, "%s", err.detail);
    cr_assert_eq(checkpoint.size, 7);
    read.index = 5;
    cr_assert_eq(log_proof_check(arena, &read, &leaf, &trusted, &checkpoint, &err), E_REFUSED);
    cr_assert_str_eq(err.type, "proof/wrong");
    for (size_t i = 0; i < out.size - strlen(text); i++)
        cr_assert(log_proof_parse(out.data, i, &read, &err) ||
                      log_proof_check(arena, &read, &leaf, &trusted, &checkpoint, &err),
                  "%zu", i);
    const char *extra = "c2sp.org/tlog-proof@v1\nextra AAAA\nindex 0\n\n";
    cr_assert_eq(log_proof_parse(extra, strlen(extra), &read, &err), 0);
    cr_assert_eq(read.path.count, 0);
    cr_assert_eq(log_proof_parse("c2sp.org/tlog-proof@v1\nindex 00\n\n", 34, &read, &err), E_MALFORMED);
}

/* ---- whoever signs remembers -------------------------------------------------------------- */

static struct checkpoint of_tree(const struct merkle *tree, const char *origin)
{
    struct checkpoint c = {.size = merkle_size(tree)};

    snprintf(c.origin, sizeof(c.origin), "%s", origin);
    merkle_root(tree, c.size, &c.root);
    return c;
}

static int step(const struct merkle *tree, const struct note_signer *signer, struct last_signed *last,
                uint64_t old, struct buf *note)
{
    struct checkpoint c = of_tree(tree, "log");
    CLEANUP(buf_free) struct buf text = {0}, request = {0};
    struct signing signing = {.old = old}, read;
    struct signing_keys keys = {.signer = signer};

    checkpoint_print(&c, &text);
    signing.text = text.data;
    signing.bytes = text.size;
    if (old <= c.size)
        merkle_consistency(tree, old, c.size, &signing.proof);
    signing_print(&signing, &request);
    cr_assert_eq(signing_parse(request.data, request.size, &read, &err), 0, "%s", err.detail);
    cr_assert(read.old == old && read.proof.count == signing.proof.count && read.bytes == text.size);
    struct last_signed next = *last;
    int status = signing_step(&read, &keys, last, note, &next, &err);
    *last = next;
    return status;
}

static void grow(struct merkle *tree, uint8_t from, uint8_t to)
{
    struct hash leaf;

    for (; from < to; from++) {
        merkle_leaf(&from, 1, &leaf);
        merkle_add(tree, &leaf);
    }
}

Test(note, signers_remember)
{
    static const uint8_t seed[32] = {1};
    struct merkle *tree = merkle_new(), *other = merkle_new();
    CLEANUP(buf_free) struct buf note = {0}, state = {0};
    struct last_signed last, read;
    struct note_signer signer;

    cr_assert_eq(note_signer_of("log", NOTE_SIGNATURE, seed, &signer, &err), 0);
    last_signed_new("log", &last);
    grow(tree, 0, 5);
    cr_assert_eq(step(tree, &signer, &last, 0, &note), 0, "%s", err.detail);
    cr_assert_eq(last.size, 5);
    last_signed_print(&last, &state);
    cr_assert_eq(last_signed_parse(state.data, state.size, &read, &err), 0);
    cr_assert(read.size == 5 && hash_same(&read.root, &last.root) && strcmp(read.origin, "log") == 0);
    cr_assert(read.note_bytes == note.size && memcmp(read.note, note.data, note.size) == 0);
    const size_t bare = (size_t)(strstr(state.data, "\n\n") - state.data) + 1;
    for (size_t i = 0; i <= bare + 1; i++)
        cr_assert_eq(last_signed_parse(state.data, i, &read, &err), i == bare ? 0 : E_MALFORMED);
    grow(tree, 5, 9);
    cr_assert_eq(step(tree, &signer, &last, 4, &note), E_CONFLICT);
    cr_assert_str_eq(err.detail, "5");
    cr_assert_eq(step(tree, &signer, &last, 5, &note), 0, "%s", err.detail);
    cr_assert_eq(step(tree, &signer, &last, 9, &note), 0, "the same again");
    grow(other, 1, 12);
    cr_assert_eq(step(other, &signer, &last, 9, &note), E_REFUSED);
    cr_assert_str_eq(err.type, "log/rollback");
    merkle_free(other);
    other = merkle_new();
    grow(other, 0, 7);
    cr_assert_eq(step(other, &signer, &last, 9, &note), E_REFUSED, "smaller");
    cr_assert_eq(last.size, 9);
    merkle_free(tree);
    merkle_free(other);
}

Test(note, witnesses_ask_for_the_logs_signature)
{
    static const uint8_t seeds[2][32] = {{1}, {2}};
    struct note_signer log, witness;
    struct signing_keys keys = {.signer = &witness, .log = &log.key, .time_s = 1800000000};
    struct merkle *tree = merkle_new();
    CLEANUP(buf_free) struct buf text = {0}, note = {0};
    struct last_signed last, next;
    struct signing signing = {0};
    int64_t time_s;

    cr_assert_eq(note_signer_of("log", NOTE_SIGNATURE, seeds[0], &log, &err), 0);
    cr_assert_eq(note_signer_of("w", NOTE_COSIGNATURE, seeds[1], &witness, &err), 0);
    last_signed_new("log", &last);
    grow(tree, 0, 3);
    struct checkpoint c = of_tree(tree, "log");
    checkpoint_print(&c, &text);
    signing.text = text.data;
    signing.bytes = text.size;
    cr_assert_eq(signing_step(&signing, &keys, &last, &note, &next, &err), E_MALFORMED, "not signed at all");
    note_sign(&text, text.size, &log, 0);
    signing.text = text.data;
    signing.bytes = text.size;
    cr_assert_eq(signing_step(&signing, &keys, &last, &note, &next, &err), 0, "%s", err.detail);
    struct note got = note_of(arena_ndup(arena, note.data, note.size));
    cr_assert_eq(got.count, 2);
    cr_assert_eq(note_check(&got, &witness.key, &time_s, &err), 0);
    cr_assert_eq(time_s, 1800000000);
    keys.log = &witness.key;
    cr_assert(signing_step(&signing, &keys, &last, &note, &next, &err));
    merkle_free(tree);
}

/* A signer that is there and does nothing: neither a queue that is full nor one who does not listen keeps
 * anybody longer than the patience. */
Test(note, who_hangs_is_not_waited_for, .timeout = 60)
{
    char folder[] = "/tmp/linli-signer-XXXXXX";
    CLEANUP(buf_free) struct buf question = {0}, rest = {0};
    struct sockaddr_un address;

    cr_assert(mkdtemp(folder));
    const char *path = arena_printf(arena, "%s/socket", folder);
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    cr_assert(listener >= 0 && signer_address(path, &address));
    cr_assert_eq(bind(listener, (struct sockaddr *)&address, sizeof(address)), 0);
    cr_assert_eq(listen(listener, 1), 0);
    buf_text(&question, "receipts\n");
    for (int i = 0; i < 5; i++) {
        cr_assert_eq(signer_question(path, 50, &question, "signed", &rest, &err), E_BUSY);
        cr_assert_str_eq(err.type, "signer/away");
    }
    close(listener);
    unlink(path);
    listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    cr_assert_eq(bind(listener, (struct sockaddr *)&address, sizeof(address)), 0);
    cr_assert_eq(listen(listener, 1), 0);
    for (int i = 0; i < 1 << 20; i++)
        buf_text(&question, "a long one");
    cr_assert_eq(signer_question(path, 50, &question, "signed", &rest, &err), E_BUSY);
    close(listener);
    unlink(path);
    rmdir(folder);
}
