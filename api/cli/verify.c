/*
 * linli verify: whether a log, and a tender's bundle, are what they say; offline, on nothing but the files
 * and the public keys.
 */
#include <argp.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "api/cli/recompute.h"
#include "api/cli/trust.h"
#include "core/trust/checkpoint.h"
#include "core/trust/desk.h"
#include "core/trust/folder.h"

int cli_verify(int argc, char **argv);

enum { EX_WRONG_USAGE = 3, KEY_RECEIPT = 256, KEY_RECEIPTS_KEY, DECISIONS_MAX = 100000 };

struct verifying {
    const char *log, *key, *since, *bundle, *plugins, *receipt, *receipts_key;
    const char *witnesses[WITNESSES_MAX];
    size_t witness_count;
    int64_t quorum;
};

/* clang-format off */
static const struct argp_option arguments[] = {
    { "log", 'L', "DIR", 0, "the log's folder: 日志目录", 0 },
    { "log-key", 'l', "KEY", 0, "the log's public key: 日志公钥", 0 },
    { "witness", 'w', "KEY", 0, "a witness's public key; may be repeated: 见证人公钥", 0 },
    { "quorum", 'q', "N", 0, "how many witnesses must have cosigned (0): 需要的见证人数", 0 },
    { "since", 's', "FILE", 0, "a checkpoint one kept from before: 以前保存的检查点", 0 },
    { "bundle", 'b', "DIR", 0, "a tender's bundle: 采购项目记录包", 0 },
    { "receipt", KEY_RECEIPT, "FILE", 0, "the receipt of a bid, or of its refusal: 投标回执", 0 },
    { "receipts-key", KEY_RECEIPTS_KEY, "KEY", 0, "public key of receipts: 回执公钥", 0 },
    { "plugins", 'p', "DIR", 0, "folder of plug-ins to ask again; several with colons: 插件目录", 0 },
    { 0 }
};
/* clang-format on */

static error_t parse(int key, char *value, struct argp_state *state)
{
    struct verifying *v = state->input;

    switch (key) {
    case 'L':
        v->log = value;
        return 0;
    case 'l':
        v->key = value;
        return 0;
    case 'w':
        if (v->witness_count == WITNESSES_MAX)
            argp_error(state, "at most %d witnesses", WITNESSES_MAX);
        v->witnesses[v->witness_count++] = value;
        return 0;
    case 'q':
        if (!int_parse(value, 0, WITNESSES_MAX, &v->quorum))
            argp_error(state, "--quorum takes a small number");
        return 0;
    case 's':
        v->since = value;
        return 0;
    case 'b':
        v->bundle = value;
        return 0;
    case KEY_RECEIPT:
        v->receipt = value;
        return 0;
    case KEY_RECEIPTS_KEY:
        v->receipts_key = value;
        return 0;
    case 'p':
        v->plugins = value;
        return 0;
    case ARGP_KEY_ARG:
        argp_usage(state);
        return 0;
    case ARGP_KEY_END:
        if (!v->receipt != !v->receipts_key)
            argp_error(state, "--receipt and --receipts-key go together");
        if (v->receipt ? !v->log != !v->key : !v->log || !v->key)
            argp_error(state, "--log and --log-key are needed");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    arguments,
    parse,
    NULL,
    "Checks a downloaded log, and a tender's bundle against it, offline; asks every decision again."
    "\v离线核对下载的日志与采购项目记录包，并重新计算每一个决定。每项检查打印 PASS、FAIL 或 SKIP 及原因。\n"
    "Exit: 0 all true, 1 a contradiction, 2 something is missing or could not be asked, 3 usage, 4 a "
    "signature is wrong or "
    "missing.",
    NULL,
    NULL,
    NULL};

struct checks {
    struct arena *arena;
    const struct verifying *options;
    struct trusted trusted;
    struct checkpoint checkpoint;
    struct merkle *tree;
    uint8_t *entries;
    struct bundle_tender bundle;
    struct receipt receipt;
    bool has_receipt, has_bundle;
    int exit; /* the worst so far: wrong signature, contradiction, missing */
};

/* ---- telling ----------------------------------------------------------------------------- */

static int worse(int a, int b)
{
    static const int order[] = {EX_FORGED, EX_CONTRADICTED, EX_MISSING};

    for (size_t i = 0; i < LENGTH(order); i++)
        if (a == order[i] || b == order[i])
            return order[i];
    return 0;
}

/* Says how a check ended; true where it held. */
static bool told(struct checks *c, const char *name, const char *what, int status, const struct err *err)
{
    bool signature = strncmp(err->type, "note/", 5) == 0, missing = status == E_ABSENT || status == E_BUSY;

    if (status == 0) {
        printf("PASS %-4s %s\n", name, what);
        return true;
    }
    printf("FAIL %-4s %s: %s / %s\n", name, what, err->detail, err->zh);
    c->exit = worse(c->exit, signature ? EX_FORGED : missing ? EX_MISSING : EX_CONTRADICTED);
    return false;
}

static void skipped(const char *name, const char *what, const char *why)
{
    printf("SKIP %-4s %s: %s\n", name, what, why);
}

/* ---- the log ----------------------------------------------------------------------------- */

static int checkpoint_read(struct checks *c, const char *path, const struct trusted *trusted,
                           struct checkpoint *ret, struct err *err)
{
    size_t bytes;
    char *text;

    if (access(path, R_OK) != 0 || !cli_read(c->arena, path, &text, &bytes))
        return err_both(err, E_ABSENT, "folder/absent", "there is no checkpoint", "没有检查点");
    return checkpoint_open(c->arena, text, bytes, trusted, ret, NULL, err);
}

static bool signatures(struct checks *c)
{
    const char *path = arena_printf(c->arena, "%s/checkpoint", c->options->log);
    struct trusted alone = {.log = c->trusted.log};
    struct err err = {0};
    int status = checkpoint_read(c, path, &alone, &c->checkpoint, &err);

    if (!told(c, "V1", "日志签名 signature of the log", status, &err))
        return false;
    if (c->options->witness_count == 0) {
        skipped("V2", "见证签名 cosignatures", "no --witness was given");
        return true;
    }
    status = checkpoint_read(c, path, &c->trusted, &c->checkpoint, &err);
    return told(c, "V2", "见证签名 cosignatures", status, &err);
}

static int chain_check(struct checks *c, struct err *err)
{
    struct hash previous = {{0}};
    int64_t at_us = 0;
    struct entry e;

    for (uint64_t i = 0; i < c->checkpoint.size; i++) {
        const uint8_t *bytes = c->entries + i * ENTRY_BYTES;
        int status = entry_unpack(bytes, ENTRY_BYTES, &e, err);
        if (status)
            return status;
        if (!hash_same(&e.previous, &previous) || e.index != i || e.at_us < at_us) {
            err_set(err, E_REFUSED, "log/contradiction", "entry %llu does not follow the one before it",
                    (unsigned long long)i);
            err_zh(err, "第 %llu 条与前一条不衔接", (unsigned long long)i);
            return E_REFUSED;
        }
        at_us = e.at_us;
        merkle_leaf(bytes, ENTRY_BYTES, &previous);
    }
    return 0;
}

static int root_check(struct checks *c, struct err *err)
{
    struct hash leaf, root;

    for (uint64_t i = 0; i < c->checkpoint.size; i++) {
        merkle_leaf(c->entries + i * ENTRY_BYTES, ENTRY_BYTES, &leaf);
        merkle_add(c->tree, &leaf);
    }
    merkle_root(c->tree, c->checkpoint.size, &root);
    return hash_same(&root, &c->checkpoint.root)
               ? 0
               : err_both(err, E_REFUSED, "log/contradiction",
                          "the entries do not make the root that was signed", "记录与所签根哈希不符");
}

static int since_check(struct checks *c, struct err *err)
{
    struct trusted alone = {.log = c->trusted.log};
    struct checkpoint old = {0};
    int status = checkpoint_read(c, c->options->since, &alone, &old, err);

    return status ? status : checkpoint_held(&old, c->tree, err);
}

static bool log_check(struct checks *c)
{
    struct err err = {0};
    int status = folder_entries(c->arena, c->options->log, c->checkpoint.size, &c->entries, &err);

    if (!status)
        status = root_check(c, &err);
    if (!told(c, "V3", "全部记录的根哈希 root of all entries", status, &err))
        return false;
    told(c, "V3t", "哈希分块 tiles of hashes", folder_tiles(c->options->log, c->tree, &err), &err);
    told(c, "V4-5", "前后衔接、编号与时间 chain, numbers and times", chain_check(c, &err), &err);
    if (c->options->since)
        told(c, "VC", "与以前的检查点一致 consistent with before", since_check(c, &err), &err);
    return true;
}

/* ---- the bundle -------------------------------------------------------------------------- */

static int part_read(struct checks *c, const char *name, char **ret, size_t *ret_bytes, struct err *err)
{
    const char *path = arena_printf(c->arena, "%s/%s", c->options->bundle, name);

    if (access(path, R_OK) == 0 && cli_read(c->arena, path, ret, ret_bytes))
        return 0;
    err_set(err, E_ABSENT, "folder/absent", "%s is missing", name);
    err_zh(err, "缺少 %s", name);
    return E_ABSENT;
}

static int bundle_read(struct checks *c, struct err *err)
{
    size_t bytes;
    char *text;
    int status = part_read(c, "tender", &text, &bytes, err);

    if (!status)
        status = bundle_tender_parse(text, bytes, &c->bundle, err);
    if (!status)
        status = part_read(c, "events", &text, &bytes, err);
    if (!status)
        status = bundle_events_parse(c->arena, text, bytes, &c->bundle, err);
    return status;
}

struct counted {
    size_t all, same, not ;
};

static int decision_check(struct checks *c, const char *id, struct counted *counted, struct err *err)
{
    struct bundle_decision d;
    size_t bytes;
    char *text;
    int status = part_read(c, arena_printf(c->arena, "decisions/%s", id), &text, &bytes, err);

    if (!status)
        status = bundle_decision_parse(c->arena, text, bytes, &d, err);
    if (status)
        return status;
    counted->all++;
    if (!bundle_logged(&c->bundle, id, &d.digest)) {
        err_set(err, E_REFUSED, "log/contradiction", "decision %s is not the one that was logged", id);
        err_zh(err, "决定 %s 与日志不符", id);
        return E_REFUSED;
    }
    /* A preview is asked as an evaluation of what is known so far. */
    enum recomputed again =
        strcmp(d.question, "preview") == 0 ? RECOMPUTED_NOT : recompute(c->arena, &d, c->options->plugins);
    counted->same += again == RECOMPUTED_SAME;
    counted->not += again == RECOMPUTED_NOT;
    if (again != RECOMPUTED_OTHER)
        return 0;
    err_set(err, E_REFUSED, "log/contradiction", "%s of %s (%s) comes out otherwise", d.question, d.plugin,
            id);
    err_zh(err, "%s 的 %s（%s）重新计算结果不同", d.plugin, d.question, id);
    return E_REFUSED;
}

static int decisions_check(struct checks *c, struct counted *counted, struct err *err)
{
    DIR *folder = opendir(arena_printf(c->arena, "%s/decisions", c->options->bundle));
    const struct dirent *file;
    int status = 0;

    while (folder && !status && (file = readdir(folder)))
        if (uuid_ok(file->d_name) && counted->all < DECISIONS_MAX)
            status = decision_check(c, file->d_name, counted, err);
    if (folder)
        closedir(folder);
    if (status || counted->all == bundle_decisions(&c->bundle))
        return status;
    err_set(err, E_ABSENT, "log/absent", "%zu decisions were logged, %zu are here",
            bundle_decisions(&c->bundle), counted->all);
    err_zh(err, "日志中有 %zu 个决定，记录包中有 %zu 个", bundle_decisions(&c->bundle), counted->all);
    return E_ABSENT;
}

static void bundle_check(struct checks *c)
{
    struct counted counted = {0};
    struct err err = {0};
    int status = bundle_read(c, &err);

    if (!told(c, "B", "记录包可读 the bundle can be read", status, &err))
        return;
    status = bundle_payloads(&c->bundle, c->entries, c->checkpoint.size, &err);
    told(c, "V7", "事件与承诺相符 events are what was committed to", status, &err);
    status = bundle_complete(&c->bundle, c->entries, c->checkpoint.size, &err);
    told(c, "V8", "事件齐全 no event of the tender is left out", status, &err);
    c->has_bundle = true;
    told(c, "V9", "先发布后投标，截止前投标 published, then bids, in time", bundle_order(&c->bundle, &err),
         &err);
    status = decisions_check(c, &counted, &err);
    const char *what = arena_printf(c->arena, "决定可重新计算 decisions asked again: %zu of %zu the same",
                                    counted.same, counted.all);
    if (told(c, "V19", what, status, &err) && counted.not > 0) {
        skipped("V19", arena_printf(c->arena, "%zu of them", counted.not ),
                "no such plug-in here, or a preview");
        c->exit = worse(c->exit, EX_MISSING);
    }
}

/* ---- a receipt --------------------------------------------------------------------------- */

static void receipt_check(struct checks *c)
{
    struct note_key key;
    struct err err = {0};
    size_t bytes = 0;
    char *text = NULL;
    int status = note_key_parse(c->options->receipts_key, &key, &err);

    if (!status && !cli_read(c->arena, c->options->receipt, &text, &bytes))
        status = err_both(&err, E_ABSENT, "folder/absent", "there is no receipt", "没有回执");
    if (!status)
        status = desk_check(c->arena, text, bytes, &key, &c->receipt, &err);
    c->has_receipt = told(c, "V22r", "回执签名 signature of the receipt", status, &err);
}

static void receipt_kept(struct checks *c)
{
    struct err err = {0};

    if (c->has_receipt && c->has_bundle)
        told(c, "V22", "回执所述投标在日志中 the bid of the receipt is in the log",
             bundle_receipt(&c->bundle, &c->receipt, &err), &err);
}

/* ---- all --------------------------------------------------------------------------------- */

static int keys_read(struct checks *c)
{
    struct err err = {0};
    int status = c->options->key ? note_key_parse(c->options->key, &c->trusted.log, &err) : 0;

    for (size_t i = 0; i < c->options->witness_count && !status; i++)
        status = note_key_parse(c->options->witnesses[i], &c->trusted.witnesses[i], &err);
    if (status)
        cli_fault("key", &err);
    c->trusted.count = c->options->witness_count;
    c->trusted.quorum = (size_t)c->options->quorum;
    return status ? EX_WRONG_USAGE : 0;
}

static int verify(struct arena *arena, void *options)
{
    struct checks c = {.arena = arena, .options = options, .tree = merkle_new()};
    int exit = keys_read(&c);

    if (!exit && c.options->receipt)
        receipt_check(&c);
    if (!exit && c.options->log && signatures(&c) && log_check(&c) && c.options->bundle)
        bundle_check(&c);
    receipt_kept(&c);
    merkle_free(c.tree);
    return exit ? exit : c.exit;
}

int cli_verify(int argc, char **argv)
{
    struct verifying v = {0};

    argp_err_exit_status = EX_WRONG_USAGE;
    return cli_run(&argp, argc, argv, &v, verify);
}
