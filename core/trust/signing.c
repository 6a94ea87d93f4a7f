/* See core/trust/signing.h. */
#include "core/trust/signing.h"

#include <inttypes.h>
#include <string.h>

#include "core/trust/base64.h"
#include "core/trust/line.h"

static void root_add(struct buf *out, const struct hash *root)
{
    base64_add(out, root->bytes, SHA256_BYTES);
    buf_char(out, '\n');
}

void signing_print(const struct signing *signing, struct buf *out)
{
    buf_printf(out, "old %" PRIu64 "\n", signing->old);
    for (size_t i = 0; i < signing->proof.count; i++)
        root_add(out, &signing->proof.hashes[i]);
    buf_char(out, '\n');
    buf_add(out, signing->text, signing->bytes);
}

static int malformed(struct err *err)
{
    return err_both(err, E_MALFORMED, "signing/malformed", "this is nothing to be signed", "不是签名请求");
}

static bool number_after(struct lines *lines, const char *word, uint64_t *ret)
{
    struct line line, value;

    return line_next(lines, &line) && line_after(&line, word, &value) && line_decimal(&value, ret);
}

int signing_parse(const char *bytes, size_t size, struct signing *ret, struct err *err)
{
    struct lines lines = {bytes, bytes + size};
    struct signing s = {0};
    struct line line;
    bool more = true;

    if (size > SIGNING_BYTES_MAX || !number_after(&lines, "old ", &s.old))
        return malformed(err);
    while (more) {
        if (!line_next(&lines, &line))
            return malformed(err);
        more = line.bytes > 0;
        if (more &&
            (s.proof.count == MERKLE_PROOF_MAX ||
             !base64_exact(line.text, line.bytes, s.proof.hashes[s.proof.count++].bytes, SHA256_BYTES)))
            return malformed(err);
    }
    s.text = lines.at;
    s.bytes = (size_t)(lines.end - lines.at);
    *ret = s;
    return 0;
}

/* ---- what was signed last ---------------------------------------------------------------- */

void last_signed_new(const char *origin, struct last_signed *ret)
{
    MUST(strlen(origin) <= NOTE_NAME_MAX);
    *ret = (struct last_signed){0};
    memcpy(ret->origin, origin, strlen(origin));
    sha256_of("", 0, ret->root.bytes);
}

void last_signed_print(const struct last_signed *last, struct buf *out)
{
    buf_printf(out, "linli/signed/v1\norigin %s\nsize %" PRIu64 "\nroot ", last->origin, last->size);
    root_add(out, &last->root);
    if (last->note) {
        buf_char(out, '\n');
        buf_add(out, last->note, last->note_bytes);
    }
}

int last_signed_parse(const char *text, size_t bytes, struct last_signed *ret, struct err *err)
{
    struct lines lines = {text, text + bytes};
    struct last_signed last = {0};
    struct line line, origin, root;

    if (!line_next(&lines, &line) || !line_is(&line, "linli/signed/v1") || !line_next(&lines, &line) ||
        !line_after(&line, "origin ", &origin) || origin.bytes == 0 || origin.bytes > NOTE_NAME_MAX ||
        !number_after(&lines, "size ", &last.size) || !line_next(&lines, &line) ||
        !line_after(&line, "root ", &root) ||
        !base64_exact(root.text, root.bytes, last.root.bytes, SHA256_BYTES))
        return malformed(err);
    if (lines.at != lines.end) {
        if (!line_next(&lines, &line) || line.bytes > 0 || lines.at == lines.end)
            return malformed(err);
        last.note = lines.at;
        last.note_bytes = (size_t)(lines.end - lines.at);
    }
    memcpy(last.origin, origin.text, origin.bytes);
    *ret = last;
    return 0;
}

/* ---- signing ----------------------------------------------------------------------------- */

/* The checkpoint, and for a witness that the log signed it; its text ends at ret_text. */
static int checkpoint_take(struct arena *arena, const struct signing *signing,
                           const struct signing_keys *keys, struct checkpoint *ret, size_t *ret_text,
                           struct err *err)
{
    struct trusted log = {0};
    struct note note;

    if (!keys->log) {
        *ret_text = signing->bytes;
        return checkpoint_parse(signing->text, signing->bytes, ret, err);
    }
    log.log = *keys->log;
    int status = note_parse(arena, signing->text, signing->bytes, &note, err);
    if (status)
        return status;
    *ret_text = note.text_bytes;
    return checkpoint_open(arena, signing->text, signing->bytes, &log, ret, NULL, err);
}

static int stale(const struct last_signed *last, struct err *err)
{
    err_set(err, E_CONFLICT, "log/stale", "%" PRIu64, last->size);
    err_zh(err, "%" PRIu64, last->size);
    return E_CONFLICT;
}

static int extends(const struct signing *signing, const struct last_signed *last,
                   const struct checkpoint *checkpoint, struct err *err)
{
    if (strcmp(checkpoint->origin, last->origin) != 0)
        return err_both(err, E_REFUSED, "note/forged", "this is the checkpoint of another log",
                        "这是另一日志的检查点");
    if (signing->old != last->size)
        return stale(last, err);
    if (!merkle_extends(last->size, &last->root, checkpoint->size, &checkpoint->root, &signing->proof))
        return err_both(err, E_REFUSED, "log/rollback", "the log does not begin with what was signed before",
                        "日志与此前签署的内容不一致");
    return 0;
}

int signing_step(const struct signing *signing, const struct signing_keys *keys,
                 const struct last_signed *last, struct buf *ret_note, struct last_signed *ret_next,
                 struct err *err)
{
    struct arena *arena = arena_new(0);
    struct checkpoint checkpoint;
    size_t text = 0;
    int status = checkpoint_take(arena, signing, keys, &checkpoint, &text, err);

    arena_free(arena);
    if (!status)
        status = extends(signing, last, &checkpoint, err);
    if (status)
        return status;
    buf_clear(ret_note);
    buf_add(ret_note, signing->text, signing->bytes);
    note_sign(ret_note, text, keys->signer, keys->time_s);
    *ret_next = *last;
    ret_next->size = checkpoint.size;
    ret_next->root = checkpoint.root;
    ret_next->note = ret_note->data;
    ret_next->note_bytes = ret_note->size;
    return 0;
}
