/*
 * linli log: the events as a transparency log in a folder of static files; and what a tender's entries commit
 * to, for who checks it.
 */
#include <argp.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "api/cli/admin.h"
#include "api/cli/trust.h"
#include "core/service/logbook.h"
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

static int exit_of(int status)
{
    return !status              ? EX_OK
           : status == E_BUSY   ? EX_UNAVAILABLE
           : status == E_BROKEN ? EX_CANTCREAT
                                : EX_DATAERR;
}

static int publish(struct admin *admin, const struct logging *l)
{
    struct logbook_config config = {
        .key = l->key, .signer = l->signer, .witness_count = l->witness_count, .folder = l->folder};
    struct logbook *book = NULL;
    struct logbook_turn turn;
    struct err err = {0};

    memcpy(config.witnesses, l->witnesses, sizeof(config.witnesses));
    int status = logbook_open(&config, admin->service.store, &book, &err);
    if (!status)
        status = logbook_turn(book, &turn, &err);
    if (status)
        cli_fault(NULL, &err);
    else
        printf("entries %llu\nnew %llu\n", (unsigned long long)turn.size, (unsigned long long)turn.added);
    logbook_close(book);
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
