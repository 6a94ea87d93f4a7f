/* linli recover: after a real loss, the lawful way on: another log, whose first new event says what was lost.
 */
#include <argp.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "api/cli/admin.h"
#include "api/cli/cli.h"
#include "core/base/time.h"
#include "core/json/canon.h"
#include "core/service/sequence.h"
#include "core/store/ids.h"
#include "core/trust/checkpoint.h"

int cli_recover(int argc, char **argv);

enum { TOKENS = 2, KEY_OLD = 256, KEY_NEW, REASON_MAX = 2000 };

struct recovering {
    const char *file, *lost, *old_key, *new_key, *reason, *tokens[TOKENS];
    size_t token_count;
};

/* clang-format off */
static const struct cli_option arguments[] = {
    CLI_CONFIG(recovering),
    CLI_NEED(recovering, lost, "lost", 'l', "FILE", "the newest checkpoint that anybody has of the log: 已知的最新检查点"),
    CLI_NEED(recovering, old_key, "old-key", KEY_OLD, "KEY", "the log's public key: 原日志公钥"),
    CLI_NEED(recovering, new_key, "new-key", KEY_NEW, "KEY", "public key of the log that goes on, under another name: 新日志公钥"),
    CLI_LIST(recovering, tokens, token_count, "token", 't', "FILE", "an administrator's token; twice, of two people: 两名管理员各自的令牌文件"),
    CLI_NEED(recovering, reason, "reason", 'r', "TEXT", "what happened: 原因"),
};
/* clang-format on */

static void check(const void *options, struct argp_state *state)
{
    const struct recovering *r = options;

    if (r->token_count < TOKENS)
        argp_error(state, "two --token are needed");
    if (!utf8_ok(r->reason, strlen(r->reason), true) || strlen(r->reason) > REASON_MAX)
        argp_error(state, "--reason is a text of at most %d bytes", REASON_MAX);
}

static const struct cli_command command = {
    CLI_ROWS(arguments),
    .help = "Goes on after a loss (an old backup, for want of a newer one), by two administrators."
            "\v数据确已丢失、只能用旧备份时，由两名管理员办理：以新名称继续日志，并记明丢失了什么。\n"
            "Writes an event that names the old log, its newest checkpoint, how much of it is left, who "
            "decided and why; it is the first thing the new log tells that the old one does not. Then start "
            "a signer and witnesses for the new key, and serve with it as trust.log_key. Keep the old log's "
            "files and tell those concerned: a receipt that the new log does not bear out is a claim.\n"
            "此后为新公钥启动签名进程与见证人，并以其为 trust.log_key "
            "运行；旧日志文件须保留，新日志不能印证的回执即为投标人的主张。\n"
            "Exit: 0 done, 64 usage, 65 nothing was lost, or a key or checkpoint is not what it should be, "
            "66 a file cannot be read, 69 the database does not answer, 77 a token is not an "
            "administrator's, 78 the configuration is wrong.",
    .check = check,
};

struct loss {
    struct arena *arena;
    const struct recovering *options;
    struct admin *admin;
    struct trusted old;
    struct note_key next;
    struct checkpoint lost;
    uint64_t left;
    const char *persons[TOKENS];
};

/* ---- what was lost ------------------------------------------------------------------------ */

static int files_read(struct loss *l)
{
    struct err err = {0};
    size_t bytes;
    char *text;
    int status = note_key_parse(l->options->old_key, &l->old.log, &err);

    if (!status)
        status = note_key_parse(l->options->new_key, &l->next, &err);
    if (!status && strcmp(l->old.log.name, l->next.name) == 0)
        status = err_both(&err, E_INVALID, "note/key", "the log that goes on has another name",
                          "新日志须另取名称");
    if (!status && !cli_read(l->arena, l->options->lost, &text, &bytes))
        return EX_NOINPUT;
    if (!status)
        status = checkpoint_open(l->arena, text, bytes, &l->old, &l->lost, NULL, &err);
    if (status)
        cli_fault(NULL, &err);
    return status ? EX_DATAERR : EX_OK;
}

static int compare(struct loss *l)
{
    struct merkle *tree = merkle_new();
    struct log_end end = {0};
    struct err err = {0};
    int status = sequence_read(l->admin->service.store, tree, &end, NULL, NULL, &err);

    l->left = merkle_size(tree);
    bool whole = !status && checkpoint_held(&l->lost, tree, NULL) == 0;
    merkle_free(tree);
    if (whole)
        cli_say(
            "nothing was lost: the database has all that was signed / 没有丢失：数据库包含全部已签署记录");
    else if (status && status != E_BROKEN)
        cli_fault(NULL, &err);
    if (whole)
        return EX_DATAERR;
    return !status || status == E_BROKEN ? EX_OK : EX_UNAVAILABLE;
}

/* ---- who says so --------------------------------------------------------------------------- */

static bool administrator_of(struct loss *l, const char *path, const char **ret)
{
    uint8_t hash[SHA256_BYTES];
    struct err err = {0};
    struct rows *rows;
    size_t bytes;
    char *text;

    if (!cli_read(l->arena, path, &text, &bytes))
        return false;
    text[strcspn(text, "\r\n")] = '\0';
    sha256_of(text, strlen(text), hash);
    const struct param who[] = {P_BYTES(hash, SHA256_BYTES), P_TIME(time_real()), P_DATE(day_of(time_real())),
                                P_BOOL(true)};
    if (admin_ask(l->admin, Q_auth_actor, who, LENGTH(who), &rows, &err))
        return false;
    for (size_t i = 0; i < rows_count(rows); i++) {
        const char *role = row_text(rows, i, "role");
        *ret = row_text(rows, i, "person_id");
        if (role && strcmp(role, "administrator") == 0)
            return true;
    }
    return false;
}

static int administrators(struct loss *l)
{
    for (size_t i = 0; i < TOKENS; i++)
        if (!administrator_of(l, l->options->tokens[i], &l->persons[i])) {
            cli_say("%s is no administrator's token / 不是管理员令牌", l->options->tokens[i]);
            return EX_NOPERM;
        }
    if (strcmp(l->persons[0], l->persons[1]) != 0)
        return EX_OK;
    cli_say("two people decide this / 须由两名管理员共同办理");
    return EX_NOPERM;
}

/* ---- saying so ----------------------------------------------------------------------------- */

static void event_print(const struct loss *l, struct buf *out)
{
    char root[SHA256_TEXT];

    hex_print(l->lost.root.bytes, SHA256_BYTES, root);
    json_open(out, '{');
    json_key(out, "by");
    json_open(out, '[');
    for (size_t i = 0; i < TOKENS; i++)
        json_string(out, l->persons[i]);
    json_close(out, ']');
    json_key(out, "left");
    json_int(out, (int64_t)l->left);
    json_key(out, "lost");
    json_open(out, '{');
    json_key(out, "origin");
    json_string(out, l->lost.origin);
    json_key(out, "root");
    json_string(out, root);
    json_key(out, "size");
    json_int(out, (int64_t)l->lost.size);
    json_close(out, '}');
    json_key(out, "new");
    json_string(out, l->next.name);
    json_key(out, "reason");
    json_string(out, l->options->reason);
    json_close(out, '}');
}

static int event_add(struct loss *l, const struct param *event, size_t count, struct err *err)
{
    const struct scope scope = {.all = true};
    struct tx *tx = NULL;
    int status = tx_begin(l->admin->service.store, l->arena, &scope, false, &tx, err);

    if (status)
        return status;
    status = tx_run_v(tx, Q_event_add, event, count, NULL, err);
    if (!status)
        return tx_commit(tx, err);
    tx_rollback(tx);
    return status;
}

static int say(struct loss *l)
{
    CLEANUP(buf_free) struct buf text = {0};
    struct err err = {0};
    char id[UUID_TEXT], subject[UUID_TEXT], *payload;
    uint8_t salt[32];

    event_print(l, &text);
    id_new(0, id);
    id_new(0, subject);
    random_bytes(salt, sizeof(salt));
    int status = json_canonical(l->arena, text.data, text.size, &payload, &err);
    if (!status) {
        const struct param event[] = {P_INT(0),
                                      P_TEXT(id),
                                      P_TIME(time_real()),
                                      P_TEXT(l->persons[0]),
                                      P_TEXT("administrator"),
                                      P_TEXT("log_recover"),
                                      P_TEXT("log"),
                                      P_TEXT(subject),
                                      P_NULL,
                                      P_BOOL(false),
                                      P_BYTES(salt, sizeof(salt)),
                                      P_TEXT(payload)};
        status = event_add(l, event, LENGTH(event), &err);
    }
    if (status) {
        cli_fault(NULL, &err);
        return EX_UNAVAILABLE;
    }
    printf("event %s\nlost %s %llu\nleft %llu\nnew %s\n", id, l->lost.origin,
           (unsigned long long)l->lost.size, (unsigned long long)l->left, l->next.name);
    return EX_OK;
}

static int run(struct arena *arena, void *options)
{
    struct loss l = {.arena = arena, .options = options};
    struct admin admin;
    int exit = files_read(&l);

    if (exit)
        return exit;
    exit = admin_open(&admin, l.options->file);
    if (exit)
        return exit;
    l.admin = &admin;
    exit = administrators(&l);
    if (!exit)
        exit = compare(&l);
    if (!exit)
        exit = say(&l);
    admin_close(&admin);
    return exit;
}

int cli_recover(int argc, char **argv)
{
    struct recovering r = {0};

    return cli_run(&command, argc, argv, &r, run);
}
