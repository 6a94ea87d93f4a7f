/* See core/trust/checkpoint.h. */
#include "core/trust/checkpoint.h"

#include <string.h>

#include "core/trust/base64.h"
#include "core/trust/line.h"

#define PROOF_FIRST "c2sp.org/tlog-proof@v1"

static bool key_same(const struct note_key *a, const struct note_key *b)
{
    return memcmp(a->public, b->public, sizeof(a->public)) == 0;
}

int trusted_add(struct trusted *trusted, const char *witness, struct err *err)
{
    struct note_key key;
    int status = note_key_parse(witness, &key, err);
    bool known = !status && key_same(&key, &trusted->log);

    for (size_t i = 0; i < trusted->count && !status; i++)
        known = known || key_same(&key, &trusted->witnesses[i]);
    if (status)
        return status;
    if (known)
        return err_both(err, E_INVALID, "note/key", "a witness is named twice, or is the log itself",
                        "同一见证人给了两次，或者就是日志本身");
    if (trusted->count == WITNESSES_MAX)
        return err_both(err, E_INVALID, "note/key", "these are too many witnesses", "见证人过多");
    trusted->witnesses[trusted->count++] = key;
    return 0;
}

int trusted_add_all(struct trusted *trusted, const char *witnesses, struct err *err)
{
    struct arena *arena = arena_new(0);
    int status = 0;

    for (size_t size; !status && *witnesses; witnesses += size + (witnesses[size] == ' ')) {
        size = strcspn(witnesses, " ");
        if (size > 0)
            status = trusted_add(trusted, arena_ndup(arena, witnesses, size), err);
    }
    arena_free(arena);
    return status;
}

void checkpoint_print(const struct checkpoint *checkpoint, struct buf *out)
{
    buf_printf(out, "%s\n%llu\n", checkpoint->origin, (unsigned long long)checkpoint->size);
    base64_add(out, checkpoint->root.bytes, SHA256_BYTES);
    buf_char(out, '\n');
}

static int malformed(struct err *err)
{
    return err_both(err, E_MALFORMED, "note/malformed", "this is no checkpoint of a log", "不是日志检查点");
}

int checkpoint_parse(const char *text, size_t bytes, struct checkpoint *ret, struct err *err)
{
    struct lines lines = {text, text + bytes};
    struct line origin, size, root, more;
    struct checkpoint c = {0};

    if (!line_next(&lines, &origin) || !line_next(&lines, &size) || !line_next(&lines, &root) ||
        origin.bytes == 0 || origin.bytes > NOTE_NAME_MAX || !line_decimal(&size, &c.size) ||
        c.size > INT64_MAX || !base64_exact(root.text, root.bytes, c.root.bytes, SHA256_BYTES))
        return malformed(err);
    while (lines.at < lines.end)
        if (!line_next(&lines, &more) || more.bytes == 0)
            return malformed(err);
    memcpy(c.origin, origin.text, origin.bytes);
    *ret = c;
    return 0;
}

/* How many of the witnesses cosigned; negative: one of their signatures is forged. */
static int witnessed(const struct note *note, const struct trusted *trusted, size_t *ret, struct err *err)
{
    size_t count = 0;

    for (size_t i = 0; i < trusted->count; i++) {
        int status = note_check(note, &trusted->witnesses[i], NULL, err);
        if (status == E_REFUSED)
            return status;
        count += status == 0;
    }
    *ret = count;
    if (count >= trusted->quorum)
        return 0;
    err_set(err, E_ABSENT, "note/quorum", "%zu witnesses cosigned, %zu are needed", count, trusted->quorum);
    err_zh(err, "见证签名 %zu 个，需要 %zu 个", count, trusted->quorum);
    return E_ABSENT;
}

int checkpoint_open(struct arena *arena, const char *bytes, size_t size, const struct trusted *trusted,
                    struct checkpoint *ret, size_t *ret_witnesses, struct err *err)
{
    struct checkpoint checkpoint;
    struct note note;
    size_t count = 0;
    int status = note_parse(arena, bytes, size, &note, err);

    if (!status)
        status = checkpoint_parse(note.text, note.text_bytes, &checkpoint, err);
    if (!status)
        status = note_check(&note, &trusted->log, NULL, err);
    if (!status && strcmp(checkpoint.origin, trusted->log.name) != 0)
        status = err_both(err, E_REFUSED, "note/forged", "this is the checkpoint of another log",
                          "这是另一日志的检查点");
    if (!status)
        status = witnessed(&note, trusted, &count, err);
    if (status)
        return status;
    *ret = checkpoint;
    if (ret_witnesses)
        *ret_witnesses = count;
    return 0;
}

int checkpoint_held(const struct checkpoint *checkpoint, const struct merkle *tree, struct err *err)
{
    struct hash root;

    if (checkpoint->size <= merkle_size(tree)) {
        merkle_root(tree, checkpoint->size, &root);
        if (hash_same(&root, &checkpoint->root))
            return 0;
    }
    return err_both(err, E_REFUSED, "log/rollback", "the log does not begin with what was signed before",
                    "日志与此前签署的内容不一致");
}

/* ---- proofs that stand alone ------------------------------------------------------- */

void log_proof_print(const struct log_proof *proof, struct buf *out)
{
    buf_printf(out, PROOF_FIRST "\nindex %llu\n", (unsigned long long)proof->index);
    for (size_t i = 0; i < proof->path.count; i++) {
        base64_add(out, proof->path.hashes[i].bytes, SHA256_BYTES);
        buf_char(out, '\n');
    }
    buf_char(out, '\n');
    buf_add(out, proof->checkpoint, proof->checkpoint_bytes);
}

static bool path_parse(struct lines *lines, struct proof *path)
{
    struct line line;

    path->count = 0;
    while (line_next(lines, &line)) {
        if (line.bytes == 0)
            return true;
        if (path->count == MERKLE_PROOF_MAX ||
            !base64_exact(line.text, line.bytes, path->hashes[path->count++].bytes, SHA256_BYTES))
            return false;
    }
    return false;
}

int log_proof_parse(const char *bytes, size_t size, struct log_proof *ret, struct err *err)
{
    struct lines lines = {bytes, bytes + size};
    struct log_proof proof = {0};
    struct line line, value;
    bool good = size <= NOTE_BYTES_MAX && line_next(&lines, &line) && line_is(&line, PROOF_FIRST) &&
                line_next(&lines, &line);

    if (good && line_after(&line, "extra ", &value))
        good = line_next(&lines, &line);
    good = good && line_after(&line, "index ", &value) && line_decimal(&value, &proof.index) &&
           path_parse(&lines, &proof.path);
    if (!good)
        return err_both(err, E_MALFORMED, "proof/malformed", "this is no proof of a log", "不是日志证明");
    proof.checkpoint = lines.at;
    proof.checkpoint_bytes = (size_t)(lines.end - lines.at);
    *ret = proof;
    return 0;
}

int log_proof_check(struct arena *arena, const struct log_proof *proof, const struct hash *leaf,
                    const struct trusted *trusted, struct checkpoint *ret, struct err *err)
{
    struct checkpoint checkpoint;
    int status =
        checkpoint_open(arena, proof->checkpoint, proof->checkpoint_bytes, trusted, &checkpoint, NULL, err);

    if (status)
        return status;
    if (!merkle_included(leaf, proof->index, checkpoint.size, &proof->path, &checkpoint.root))
        return err_both(err, E_REFUSED, "proof/wrong", "the proof does not show that the entry is in the log",
                        "证明不能说明该记录在日志中");
    *ret = checkpoint;
    return 0;
}
