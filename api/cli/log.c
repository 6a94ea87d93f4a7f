/*
 * linli log: the events as a transparency log in a folder of static files; and what a tender's entries commit
 * to, for who checks it.
 */
#include <argp.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "api/cli/admin.h"
#include "api/cli/signer.h"
#include "api/cli/trust.h"
#include "core/service/sequence.h"
#include "core/store/ids.h"
#include "core/trust/folder.h"

int cli_log(int argc, char **argv);

struct logging {
    const char *act, *file, *folder, *key, *signer, *tender;
    const char *witnesses[WITNESSES_MAX];
    size_t witness_count;
};

/* clang-format off */
static const struct argp_option arguments[] = {
    { "config", 'c', "FILE", 0, "read FILE instead of /etc/linli/linli.conf", 0 },
    { "into", 'i', "DIR", 0, "the folder: 写入的目录", 0 },
    { "log-key", 'l', "KEY", 0, "the log's public key, as \"linli keygen log\" printed it: 日志公钥", 0 },
    { "signer", 'S', "PATH", 0, "socket of the log's signer: 签名进程的套接字", 0 },
    { "witness", 'w', "PATH", 0, "socket of a witness; may be repeated: 见证进程的套接字", 0 },
    { "tender", 't', "UUID", 0, "whose bundle: 采购项目", 0 },
    { 0 }
};
/* clang-format on */

static error_t parse(int key, char *value, struct argp_state *state)
{
    struct logging *l = state->input;
    int32_t office;

    switch (key) {
    case 'c':
        l->file = value;
        return 0;
    case 'i':
        l->folder = value;
        return 0;
    case 'l':
        l->key = value;
        return 0;
    case 'S':
        l->signer = value;
        return 0;
    case 'w':
        if (l->witness_count == WITNESSES_MAX)
            argp_error(state, "at most %d witnesses", WITNESSES_MAX);
        l->witnesses[l->witness_count++] = value;
        return 0;
    case 't':
        if (!id_office(value, &office))
            argp_error(state, "--tender takes the id of a tender");
        l->tender = value;
        return 0;
    case ARGP_KEY_ARG:
        if (l->act)
            argp_error(state, "one of publish and bundle");
        l->act = value;
        return 0;
    case ARGP_KEY_END:
        if (l->act && l->folder && strcmp(l->act, "publish") == 0 && l->key && l->signer)
            return 0;
        if (l->act && l->folder && strcmp(l->act, "bundle") == 0 && l->tender)
            return 0;
        argp_error(state, "publish --into --log-key --signer, or bundle --into --tender");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    arguments,
    parse,
    "publish|bundle",
    "publish: numbers the events that wait, reads the whole log again, has its checkpoint signed and writes "
    "the tiles.\n"
    "bundle: what the entries of one tender commit to, and every decision about it, for \"linli verify\"."
    "\vpublish 将事件编入日志、重新核对、签名并写成静态文件；bundle 导出一个采购项目的全部记录与决定。\n"
    "The folder of publish may be given to anybody: it tells nothing but how much happened. A bundle tells "
    "everything "
    "about its tender; it is for supervisors and auditors.\n"
    "Exit: 0 done, 64 usage, 65 the log is not what was signed before, or the tender is still sealed, 69 "
    "database, signer "
    "or witness does not answer, 73 a file cannot be made.",
    NULL,
    NULL,
    NULL};

/* ---- publish ----------------------------------------------------------------------------- */

struct publishing {
    struct admin *admin;
    const struct logging *options;
    struct trusted trusted;
    struct merkle *tree;
    struct buf entries, note;
};

static void keep(void *with, uint64_t index, const uint8_t *entry)
{
    (void)index;
    buf_add(with, entry, ENTRY_BYTES);
}

/* What was signed last is still what the log begins with. */
static int last_agrees(struct publishing *p, uint64_t *ret_size, struct err *err)
{
    struct checkpoint last;
    struct rows *rows;
    struct hash root;
    int status = admin_ask(p->admin, Q_log_checkpoint_last, NULL, 0, &rows, err);

    *ret_size = 0;
    if (status || rows_count(rows) == 0)
        return status;
    const char *note = row_text(rows, 0, "note");
    status = checkpoint_open(p->admin->arena, note, strlen(note), &p->trusted, &last, NULL, err);
    if (status)
        return status;
    if (last.size <= merkle_size(p->tree)) {
        merkle_root(p->tree, last.size, &root);
        *ret_size = last.size;
    }
    if (last.size > merkle_size(p->tree) || !hash_same(&root, &last.root))
        return err_both(err, E_REFUSED, "log/rollback", "the log does not begin with what was signed before",
                        "日志与此前签署的内容不一致");
    return 0;
}

/* Asks with the size that was signed last; whoever signed another one last says so, and is asked again. */
static int ask(const struct publishing *p, const char *socket, uint64_t old, const struct buf *text,
               struct buf *ret_note, struct err *err)
{
    uint64_t known = old;
    int status = E_CONFLICT;

    for (int tries = 0; tries < 2 && status == E_CONFLICT; tries++) {
        struct signing signing = {.old = known, .text = text->data, .bytes = text->size};
        if (known > merkle_size(p->tree))
            return err_both(err, E_REFUSED, "log/rollback",
                            "more was signed than the log now has: it was rolled back",
                            "已签署的记录多于现有日志：日志被回退");
        merkle_consistency(p->tree, known, merkle_size(p->tree), &signing.proof);
        status = signer_ask(socket, &signing, ret_note, &known, err);
    }
    return status;
}

static int sign(struct publishing *p, uint64_t old, struct err *err)
{
    struct checkpoint checkpoint = {.size = merkle_size(p->tree)};
    CLEANUP(buf_free) struct buf text = {0}, more = {0};

    memcpy(checkpoint.origin, p->trusted.log.name, sizeof(checkpoint.origin));
    merkle_root(p->tree, checkpoint.size, &checkpoint.root);
    checkpoint_print(&checkpoint, &text);
    int status = ask(p, p->options->signer, old, &text, &p->note, err);
    for (size_t i = 0; i < p->options->witness_count && !status; i++) {
        status = ask(p, p->options->witnesses[i], old, &p->note, &more, err);
        if (!status) {
            buf_clear(&p->note);
            buf_add(&p->note, more.data, more.size);
        }
    }
    buf_reserve(&p->note, 0);
    if (!status)
        status =
            checkpoint_open(p->admin->arena, p->note.data, p->note.size, &p->trusted, &checkpoint, NULL, err);
    return status;
}

/* How much of the folder is there already, by its own checkpoint. */
static uint64_t folder_size(const struct publishing *p)
{
    const char *path = arena_printf(p->admin->arena, "%s/checkpoint", p->options->folder);
    FILE *file = fopen(path, "re");
    struct checkpoint checkpoint;
    struct err err = {0};
    char text[65536];

    if (!file)
        return 0;
    size_t bytes = fread(text, 1, sizeof(text), file);
    fclose(file);
    if (checkpoint_open(p->admin->arena, text, bytes, &p->trusted, &checkpoint, NULL, &err) ||
        checkpoint.size > merkle_size(p->tree))
        return 0;
    return checkpoint.size;
}

static int checkpoint_keep(struct publishing *p, struct err *err)
{
    const struct scope scope = {.all = true};
    struct tx *tx = NULL;
    int status = tx_begin(p->admin->service.store, p->admin->arena, &scope, false, &tx, err);

    if (status)
        return status;
    status = tx_run(tx, Q_log_checkpoint_add, NULL, err, P_INT((int64_t)merkle_size(p->tree)),
                    P_TEXT(p->note.data));
    if (!status)
        return tx_commit(tx, err);
    tx_rollback(tx);
    return status;
}

static int publish_into(struct publishing *p, struct err *err)
{
    uint64_t old, added;
    int status = sequence_run(p->admin->service.store, &added, err);

    if (!status)
        status = sequence_read(p->admin->service.store, p->tree, keep, &p->entries, err);
    if (!status)
        status = last_agrees(p, &old, err);
    if (!status)
        status = sign(p, old, err);
    if (!status)
        status = checkpoint_keep(p, err);
    if (!status)
        status =
            folder_write(p->options->folder, p->tree, (const uint8_t *)p->entries.data, folder_size(p), err);
    if (!status)
        status = folder_put(p->options->folder, "checkpoint", p->note.data, p->note.size, err);
    if (!status)
        printf("entries %llu\nnew %llu\n", (unsigned long long)merkle_size(p->tree),
               (unsigned long long)added);
    return status;
}

static int exit_of(int status)
{
    return !status              ? EX_OK
           : status == E_BUSY   ? EX_UNAVAILABLE
           : status == E_BROKEN ? EX_CANTCREAT
                                : EX_DATAERR;
}

static int publish(struct admin *admin, const struct logging *l)
{
    struct publishing p = {.admin = admin, .options = l, .tree = merkle_new()};
    struct err err = {0};
    int status = note_key_parse(l->key, &p.trusted.log, &err);

    if (!status)
        status = publish_into(&p, &err);
    if (status)
        cli_fault(NULL, &err);
    merkle_free(p.tree);
    buf_free(&p.entries);
    buf_free(&p.note);
    return strcmp(err.type, "log/broken") == 0 ? EX_DATAERR : exit_of(status);
}

/* ---- bundle ------------------------------------------------------------------------------ */

static int bundle_events(struct admin *admin, const struct param *whose, struct buf *out, struct err *err)
{
    struct rows *rows;
    int status = admin_ask(admin, Q_log_tender_events, whose, 2, &rows, err);

    for (size_t i = 0; !status && i < rows_count(rows); i++) {
        size_t count;
        const uint8_t *salt = row_bytes(rows, i, "salt", &count);
        char hex[2 * SALT_BYTES + 1], *text;
        status = sequence_event(admin->arena, rows, i, &text, err);
        if (status)
            return status;
        hex_print(salt, SALT_BYTES, hex);
        buf_printf(out, "%lld %s ", (long long)row_int(rows, i, "idx"), hex);
        buf_text(out, text);
        buf_char(out, '\n');
    }
    return status;
}

static int bundle_decisions(struct admin *admin, const struct param *whose, const char *folder,
                            struct err *err)
{
    struct rows *rows;
    int status = admin_ask(admin, Q_log_tender_decisions, whose, 2, &rows, err);

    for (size_t i = 0; !status && i < rows_count(rows); i++) {
        CLEANUP(buf_free) struct buf text = {0};
        sequence_decision(rows, i, &text);
        status = folder_put(folder, arena_printf(admin->arena, "decisions/%s", row_text(rows, i, "id")),
                            text.data, text.size, err);
    }
    return status;
}

static int bundle_salt(struct admin *admin, const struct param *whose, const char *tender, struct buf *out,
                       struct err *err)
{
    char hex[2 * SALT_BYTES + 1];
    struct rows *rows;
    size_t count;
    int status = admin_ask(admin, Q_log_tender_salt, whose, 2, &rows, err);

    if (status)
        return status;
    if (rows_count(rows) == 0)
        return err_both(err, E_ABSENT, "log/absent", "the log has nothing of this tender; publish first",
                        "日志中没有该采购项目，请先发布");
    if (!row_bool(rows, 0, "shown"))
        return err_both(err, E_REFUSED, "bid/sealed",
                        "bids, marks and votes are told with the result, which is still to come",
                        "投标、评分和投票在结果公布后方可导出");
    hex_print(row_bytes(rows, 0, "salt", &count), SALT_BYTES, hex);
    buf_printf(out, "linli/bundle/v1\ntender %s\nsalt %s\n", tender, hex);
    return 0;
}

static int bundle(struct admin *admin, const struct logging *l)
{
    CLEANUP(buf_free) struct buf tender = {0}, events = {0};
    struct err err = {0};
    int32_t office = 0;

    MUST(id_office(l->tender, &office));
    const struct param whose[] = {P_INT(office), P_TEXT(l->tender)};
    int status = bundle_salt(admin, whose, l->tender, &tender, &err);
    if (!status)
        status = bundle_events(admin, whose, &events, &err);
    if (!status)
        status = folder_put(l->folder, "tender", tender.data, tender.size, &err);
    if (!status)
        status = folder_put(l->folder, "events", events.data ? events.data : "", events.size, &err);
    if (!status)
        status = bundle_decisions(admin, whose, l->folder, &err);
    if (status)
        cli_fault(l->tender, &err);
    return exit_of(status);
}

static int run(struct arena *arena, void *options)
{
    const struct logging *l = options;
    struct admin admin;

    (void)arena;
    if (!admin_open(&admin, l->file))
        return EX_UNAVAILABLE;
    int exit = strcmp(l->act, "publish") == 0 ? publish(&admin, l) : bundle(&admin, l);
    admin_close(&admin);
    return exit;
}

int cli_log(int argc, char **argv)
{
    struct logging l = {0};

    return cli_run(&argp, argc, argv, &l, run);
}
