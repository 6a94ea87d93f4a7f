/* See core/trust/desk.h. */
#include "core/trust/desk.h"

#include <stdio.h>
#include <string.h>

#include "core/trust/signer.h"

static int forged(struct err *err)
{
    return err_both(err, E_REFUSED, "note/forged", "this is no batch of receipts of this key",
                    "不是本密钥签署的回执批次");
}

/* "name/uuid" */
static bool origin_fits(const char *origin, const char *name)
{
    size_t size = strlen(name);

    return strncmp(origin, name, size) == 0 && origin[size] == '/' && uuid_ok(origin + size + 1);
}

int desk_may_sign(const char *text, size_t bytes, const struct note_key *key, struct err *err)
{
    struct checkpoint checkpoint;
    int status = checkpoint_parse(text, bytes, &checkpoint, err);

    if (status)
        return status;
    return checkpoint.size == RECEIPT_BATCH && origin_fits(checkpoint.origin, key->name) ? 0 : forged(err);
}

/* ---- handing out ------------------------------------------------------------------- */

struct batch {
    struct merkle *tree;
    size_t place[RECEIPT_BATCH]; /* of the i-th receipt; the rest is filled up */
    struct buf texts[RECEIPT_BATCH];
};

/* Fisher and Yates; the bias of one part in 2^25 tells nobody anything. */
static void places_draw(size_t place[RECEIPT_BATCH])
{
    uint32_t drawn[RECEIPT_BATCH];

    random_bytes(drawn, sizeof(drawn));
    for (size_t i = 0; i < RECEIPT_BATCH; i++) {
        size_t j = drawn[i] % (i + 1);
        place[i] = place[j];
        place[j] = i;
    }
}

static void batch_fill(struct batch *batch, const struct receipt *receipts, size_t count)
{
    struct hash leaves[RECEIPT_BATCH];

    places_draw(batch->place);
    random_bytes(leaves, sizeof(leaves));
    for (size_t i = 0; i < count; i++) {
        receipt_print(&receipts[i], &batch->texts[i]);
        merkle_leaf(batch->texts[i].data, batch->texts[i].size, &leaves[batch->place[i]]);
    }
    for (size_t i = 0; i < RECEIPT_BATCH; i++)
        merkle_add(batch->tree, &leaves[i]);
}

static int batch_sign(const struct batch *batch, const char *socket_path, int patience_ms,
                      const struct note_key *key, struct buf *ret_note, struct err *err)
{
    struct checkpoint checkpoint = {.size = RECEIPT_BATCH};
    CLEANUP(buf_free) struct buf question = {0};
    char id[UUID_TEXT];

    uuid_new(id);
    if (snprintf(checkpoint.origin, sizeof(checkpoint.origin), "%s/%s", key->name, id) >=
        (int)sizeof(checkpoint.origin))
        return forged(err);
    merkle_root(batch->tree, RECEIPT_BATCH, &checkpoint.root);
    buf_text(&question, "receipts\n");
    checkpoint_print(&checkpoint, &question);
    return signer_question(socket_path, patience_ms, &question, "signed", ret_note, err);
}

int desk_certify(const char *socket_path, int patience_ms, const struct note_key *key,
                 const struct receipt *receipts, size_t count, struct buf *ret, struct err *err)
{
    CLEANUP(buf_free) struct buf note = {0};
    struct batch batch = {.tree = merkle_new()};

    MUST(count > 0 && count <= RECEIPT_BATCH);
    batch_fill(&batch, receipts, count);
    int status = batch_sign(&batch, socket_path, patience_ms, key, &note, err);
    for (size_t i = 0; i < count; i++) {
        struct log_proof proof = {
            .index = batch.place[i], .checkpoint = note.data, .checkpoint_bytes = note.size};
        if (!status) {
            merkle_inclusion(batch.tree, proof.index, RECEIPT_BATCH, &proof.path);
            buf_add(&ret[i], batch.texts[i].data, batch.texts[i].size);
            buf_char(&ret[i], '\n');
            log_proof_print(&proof, &ret[i]);
        }
        buf_free(&batch.texts[i]);
    }
    merkle_free(batch.tree);
    return status;
}

/* ---- checking ---------------------------------------------------------------------- */

static int batch_check(struct arena *arena, const struct log_proof *proof, const struct hash *leaf,
                       const struct note_key *key, struct err *err)
{
    struct checkpoint checkpoint;
    struct note note;
    int status = note_parse(arena, proof->checkpoint, proof->checkpoint_bytes, &note, err);

    if (!status)
        status = checkpoint_parse(note.text, note.text_bytes, &checkpoint, err);
    if (!status)
        status = note_check(&note, key, NULL, err);
    if (!status && !origin_fits(checkpoint.origin, key->name))
        status = forged(err);
    if (!status && !merkle_included(leaf, proof->index, checkpoint.size, &proof->path, &checkpoint.root))
        status = err_both(err, E_REFUSED, "proof/wrong",
                          "the proof does not show that the receipt was signed", "证明不能说明该回执已签署");
    return status;
}

int desk_check(struct arena *arena, const char *bytes, size_t size, const struct note_key *key,
               struct receipt *ret, struct err *err)
{
    const char *gap = size <= NOTE_BYTES_MAX ? memmem(bytes, size, "\n\n", 2) : NULL;
    struct log_proof proof;
    struct hash leaf;

    if (!gap)
        return err_both(err, E_MALFORMED, "receipt/malformed", "this is no receipt", "不是回执");
    size_t text = (size_t)(gap - bytes) + 1;
    int status = receipt_parse(bytes, text, ret, err);
    if (!status)
        status = log_proof_parse(bytes + text + 1, size - text - 1, &proof, err);
    merkle_leaf(bytes, text, &leaf);
    return status ? status : batch_check(arena, &proof, &leaf, key, err);
}
