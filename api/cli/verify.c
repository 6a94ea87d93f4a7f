/*
 * linli verify: whether a log, and a tender's bundle, are what they say; offline, on nothing but the files
 * and the public keys.
 */
#include <argp.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "api/cli/bounded.h"
#include "api/cli/recompute.h"
#include "api/cli/trust.h"
#include "core/trust/bundle_checking.h"
#include "core/trust/checkpoint.h"
#include "core/trust/desk.h"
#include "core/trust/folder.h"

int cli_verify(int argc, char **argv);

enum { EX_WRONG_USAGE = 3, KEY_RECEIPT = 256, KEY_RECEIPTS_KEY, KEY_NO_ASK, KEY_SECONDS, KEY_MEMORY };

struct verifying {
    const char *log, *key, *since, *bundle, *plugins, *receipt, *receipts_key;
    const char *witnesses[WITNESSES_MAX];
    size_t witness_count;
    int64_t quorum;
    struct bounds bounds;
    bool no_ask;
};

/* clang-format off */
static const struct cli_option arguments[] = {
    CLI_TEXT(verifying, log, "log", 'L', "DIR", "the log's folder: 日志目录"),
    CLI_TEXT(verifying, key, "log-key", 'l', "KEY", "the log's public key: 日志公钥"),
    CLI_LIST(verifying, witnesses, witness_count, "witness", 'w', "KEY", "a witness's public key; may be repeated: 见证人公钥"),
    CLI_NUMBER(verifying, quorum, 0, WITNESSES_MAX, "quorum", 'q', "N", "how many witnesses must have cosigned (0): 需要的见证人数"),
    CLI_TEXT(verifying, since, "since", 's', "FILE", "a checkpoint one kept from before: 以前保存的检查点"),
    CLI_TEXT(verifying, bundle, "bundle", 'b', "PATH", "bundle of a tender, or of an office's year; folder, tar or zip: 记录包"),
    CLI_TEXT(verifying, receipt, "receipt", KEY_RECEIPT, "FILE", "the receipt of a bid, or of its refusal: 投标回执"),
    CLI_TEXT(verifying, receipts_key, "receipts-key", KEY_RECEIPTS_KEY, "KEY", "public key of receipts: 回执公钥"),
    CLI_NUMBER(verifying, bounds.seconds, 1, 1000000, "seconds", KEY_SECONDS, "N", "of the processor at most (3600): 处理器时间上限"),
    CLI_NUMBER(verifying, bounds.mebibytes, 64, 1 << 20, "memory", KEY_MEMORY, "MIB", "of memory at most (8192): 内存上限"),
    CLI_TEXT(verifying, plugins, "plugins", 'p', "DIR", "folder of plug-ins to ask again; several with colons: 插件目录"),
    CLI_FLAG(verifying, no_ask, "no-ask", KEY_NO_ASK, "compare decisions with the log alone, without asking them again: 不重新计算"),
};
/* clang-format on */

static void check(const void *options, struct argp_state *state)
{
    const struct verifying *v = options;

    if (!v->receipt != !v->receipts_key)
        argp_error(state, "--receipt and --receipts-key go together");
    if (v->receipt ? !v->log != !v->key : !v->log || !v->key)
        argp_error(state, "--log and --log-key are needed");
}

static const struct cli_command command = {
    CLI_ROWS(arguments),
    .help = "Checks a downloaded log, and a tender's bundle against it, offline; asks every decision again."
            "\v离线核对下载的日志与采购项目记录包，并重新计算每一个决定。每项检查打印 PASS、FAIL 或 SKIP "
            "及原因。\n"
            "Exit: 0 all true, 1 a contradiction, 2 something is missing or could not be asked, 3 usage, 4 "
            "a signature is wrong or missing.",
    .check = check,
};

struct checks {
    struct arena *arena;
    const struct verifying *options;
    struct trusted trusted;
    struct checkpoint checkpoint;
    struct merkle *tree;
    uint8_t *entries;
    struct bundle_tender bundle;
    struct receipt receipt;
    bool has_receipt, has_bundle, told_receipt; /* told: a bundle of its tender was read */
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

/* ---- who answers for what does not hold ---------------------------------------------------- */

static void who(const char *name, const char *party)
{
    printf("WHO  %-4s %s\n", name, party);
}

/* Whose the bid, award or contract is; who did something in the tender. */
static const char *party_of(struct checks *c, const char *id)
{
    const struct bundle_tender *b = &c->bundle;
    const struct bundle_row *award = bundle_row(b, "award", id), *contract = bundle_row(b, "contract", id);
    const char *bid = award ? doc_text(award->doc, "/bid") : id, *organisation = NULL;

    if (contract)
        organisation = doc_text(contract->doc, "/organisation");
    for (size_t i = 0; bid && i < b->count; i++) {
        if (event_is(&b->events[i], "bid_submit") && doc_is(b->events[i].doc, "/subject", bid))
            organisation = doc_text(b->events[i].doc, "/payload/organisation");
        if (doc_is(b->events[i].doc, "/actor", id))
            return arena_printf(c->arena, "person %s", id);
    }
    return organisation ? arena_printf(c->arena, "organisation %s", organisation) : NULL;
}

/* Of a logged act that is wrong, who did it; else the office, whose database gave out something else than was
 * logged. */
static void answerable(struct checks *c, const char *name, const struct bundle_event *by, const char *detail)
{
    char id[UUID_TEXT];

    if (by)
        who(name, arena_printf(c->arena, "act %llu %s %s %s", (unsigned long long)by->index,
                               doc_text(by->doc, "/act"), doc_text(by->doc, "/role"),
                               doc_text(by->doc, "/actor") ? doc_text(by->doc, "/actor") : "-"));
    for (size_t i = 0; !by && i < c->bundle.count; i++)
        if (doc_text(c->bundle.events[i].doc, "/office")) {
            who(name, arena_printf(c->arena, "office %s", doc_text(c->bundle.events[i].doc, "/office")));
            break;
        }
    for (const char *at = detail; strlen(at) >= UUID_TEXT - 1; at++) {
        memcpy(id, at, UUID_TEXT - 1);
        id[UUID_TEXT - 1] = '\0';
        if (uuid_ok(id) && party_of(c, id))
            who(name, party_of(c, id));
    }
}

static const struct bundle_event *act_named(const struct checks *c, const char *detail)
{
    static const char word[] = "entry ";
    char *end = NULL;

    if (strncmp(detail, word, strlen(word)) != 0)
        return NULL;
    const char *digits = detail + strlen(word);
    const unsigned long long index = strtoull(digits, &end, 10);
    for (size_t i = 0; end != digits && i < c->bundle.count; i++)
        if (c->bundle.events[i].index == index && c->bundle.events[i].json)
            return &c->bundle.events[i];
    return NULL;
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

/* What one wanted to know and these files cannot tell. */
static void unasked(struct checks *c, const char *name, const char *what, const char *why)
{
    skipped(name, what, why);
    c->exit = worse(c->exit, EX_MISSING);
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
    if (!status && c->trusted.quorum == 0) {
        skipped("V2", "见证签名 cosignatures", "--quorum 0 asks for none");
        return true;
    }
    return told(c, "V2", "见证签名 cosignatures", status, &err);
}

static int follows(struct checks *c, bool times, struct err *err)
{
    struct hash previous = {{0}};
    int64_t at_us = 0;
    struct entry e;

    for (uint64_t i = 0; i < c->checkpoint.size; i++) {
        const uint8_t *bytes = c->entries + i * ENTRY_BYTES;
        int status = entry_unpack(bytes, ENTRY_BYTES, &e, err);
        if (status)
            return status;
        if (times ? e.index != i || e.at_us < at_us : !hash_same(&e.previous, &previous)) {
            err_set(err, E_REFUSED, "log/contradiction", "entry %llu does not follow the one before it",
                    (unsigned long long)i);
            err_zh(err, "第 %llu 条与前一条不衔接", (unsigned long long)i);
            return E_REFUSED;
        }
        at_us = e.at_us;
        if (!times)
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

/* What the log's key signed and does not hold is its holder's. */
static bool logged(struct checks *c, const char *name, const char *what, int status, const struct err *err)
{
    bool held = told(c, name, what, status, err);

    if (!held && status != E_ABSENT)
        who(name, arena_printf(c->arena, "log %s", c->trusted.log.name));
    return held;
}

static bool log_check(struct checks *c)
{
    struct err err = {0};
    int status = folder_entries(c->arena, c->options->log, c->checkpoint.size, &c->entries, &err);

    if (!status)
        status = root_check(c, &err);
    if (!logged(c, "V3", "全部记录的根哈希 root of all entries", status, &err))
        return false;
    logged(c, "V3t", "哈希分块 tiles of hashes", folder_tiles(c->options->log, c->tree, &err), &err);
    logged(c, "V4", "前后衔接 each entry names the one before", follows(c, false, &err), &err);
    logged(c, "V5", "编号连续、时间不倒退 numbers without gaps, times that do not go back",
           follows(c, true, &err), &err);
    skipped("V6", "心跳 heartbeats", "this log has none / 本日志无心跳记录");
    if (c->options->since)
        logged(c, "VC", "与以前的检查点一致 consistent with before", since_check(c, &err), &err);
    return true;
}

/* ---- the bundle -------------------------------------------------------------------------- */

struct counted {
    size_t all, same, not, hidden;
};

/* What cannot be read, or by each program otherwise, decides nothing. */
static bool readable(const struct bundle_decision *d)
{
    const char *const parts[] = {d->options, d->facts, d->answer};
    struct arena *arena = arena_new(0);
    struct doc *doc;
    bool good = true;

    for (size_t i = 0; i < LENGTH(parts) && good; i++)
        good = doc_read(arena, parts[i], strlen(parts[i]), &doc, NULL) == 0;
    arena_free(arena);
    return good;
}

static int decision_check(struct checks *c, const char *id, struct counted *counted, struct err *err)
{
    struct bundle_decision d;
    size_t bytes;
    char *text;
    int status =
        bundle_part(&c->bundle, c->arena, arena_printf(c->arena, "decisions/%s", id), &text, &bytes, err);

    counted->all++;
    if (status == E_ABSENT && strcmp(c->bundle.level, "supervisor") != 0) {
        counted->hidden++;
        return 0;
    }
    if (!status)
        status = bundle_decision_parse(c->arena, text, bytes, &d, err);
    if (status)
        return status;
    if (!bundle_logged(&c->bundle, "log_decision", id, &d.digest)) {
        err_set(err, E_REFUSED, "log/contradiction", "decision %s is not the one that was logged", id);
        err_zh(err, "决定 %s 与日志不符", id);
        return E_REFUSED;
    }
    if (!readable(&d)) {
        err_set(err, E_REFUSED, "log/contradiction", "decision %s cannot be read", id);
        err_zh(err, "决定 %s 无法读取", id);
        return E_REFUSED;
    }
    enum recomputed again =
        c->options->no_ask ? RECOMPUTED_NOT : recompute(c->arena, &d, c->options->plugins);
    counted->same += again == RECOMPUTED_SAME;
    counted->not += again == RECOMPUTED_NOT;
    if (again == RECOMPUTED_SAME || again == RECOMPUTED_NOT)
        return 0;
    if (again == RECOMPUTED_REFUSED) {
        err_set(err, E_REFUSED, "log/contradiction", "%s does not answer %s of %s", d.plugin, d.question, id);
        err_zh(err, "%s 对 %s 的 %s 没有给出答案", d.plugin, id, d.question);
        return E_REFUSED;
    }
    err_set(err, E_REFUSED, "log/contradiction", "%s of %s (%s) comes out otherwise", d.question, d.plugin,
            id);
    err_zh(err, "%s 的 %s（%s）重新计算结果不同", d.plugin, d.question, id);
    return E_REFUSED;
}

/* A decision nobody logged is none. */
static int unlogged_check(struct checks *c, struct err *err)
{
    const char *below = arena_printf(c->arena, "%sdecisions/", c->bundle.prefix);

    for (size_t i = 0; i < pack_count(c->bundle.pack); i++) {
        const char *name = pack_name(c->bundle.pack, i);
        if (strncmp(name, below, strlen(below)) != 0)
            continue;
        const char *id = name + strlen(below);
        if (!bundle_about(&c->bundle, "log_decision", id))
            return contradiction(err, "decision % was never logged", "决定 % 未曾写入日志", id);
    }
    return 0;
}

static int decisions_check(struct checks *c, struct counted *counted, struct err *err)
{
    int status = unlogged_check(c, err);

    for (size_t i = 0; i < c->bundle.count && !status; i++) {
        const char *id = doc_text(c->bundle.events[i].doc, "/subject");
        if (event_is(&c->bundle.events[i], "log_decision") && id && uuid_ok(id))
            status = decision_check(c, id, counted, err);
    }
    return status;
}

/* How a check of the bundle ended. */
static void claimed(struct checks *c, const char *name, const char *what, const struct checking *checking,
                    int status, const struct err *err)
{
    if (status == 0 && checking->not_checked && checking->checked == 0)
        skipped(name, what, checking->not_checked);
    else if (status == 0 && checking->not_checked)
        printf("PASS %-4s %s (%zu; 未核对 not checked: %s)\n", name, what, checking->checked,
               checking->not_checked);
    else if (status == 0 && c->bundle.withheld)
        printf("PASS %-4s %s (未公开 withheld: %zu)\n", name, what, c->bundle.withheld);
    else if (!told(c, name, what, status, err))
        answerable(c, name, checking->by ? checking->by : act_named(c, err->detail), err->detail);
}

static void claim_check(struct checks *c, const char *name, const char *what, bundle_check *run)
{
    struct checking checking = {.arena = arena_new(0), .b = &c->bundle};
    struct err err = {0};
    int status = run(&checking, &err);

    claimed(c, name, what, &checking, status, &err);
    arena_free(checking.arena);
}

static void told_check(struct checks *c)
{
    struct checking checking = {.arena = c->arena, .b = &c->bundle};
    struct err err = {0};
    int status = bundle_told(&checking, c->entries, c->checkpoint.size, &err);

    claimed(c, "V7t", "事发即入日志 told to the log when it happened", &checking, status, &err);
}

/* Whoever reads it shall know that what was before rests on an older copy. */
static void recovered_check(struct checks *c)
{
    struct checking checking = {.arena = c->arena, .b = &c->bundle};
    struct err err = {0};
    int status = bundle_recoveries(&checking, c->entries, c->checkpoint.size, c->trusted.log.name, &err);

    claimed(c, "VR", "日志丢失后依法恢复 recovered after a loss", &checking, status, &err);
    for (size_t i = 0; !status && i < c->bundle.recovery_count; i++) {
        const struct doc *doc = c->bundle.recoveries[i].doc;
        printf("NOTE VR   第 %llu 条 entry %llu: %s (%s) -> %s, %s 条尚存 left: %s\n",
               (unsigned long long)c->bundle.recoveries[i].index,
               (unsigned long long)c->bundle.recoveries[i].index, doc_text(doc, "/payload/lost/origin"),
               doc_text(doc, "/payload/lost/size"), doc_text(doc, "/payload/new"),
               doc_text(doc, "/payload/left"),
               doc_text(doc, "/payload/reason") ? doc_text(doc, "/payload/reason") : "?");
    }
}

static void asked_check(struct checks *c)
{
    struct counted counted = {0};
    struct err err = {0};
    int status = decisions_check(c, &counted, &err);
    const char *what = arena_printf(c->arena, "决定可重新计算 decisions asked again: %zu of %zu the same",
                                    counted.same, counted.all);

    if ((status || counted.same > 0 || counted.all == 0) && !told(c, "V19", what, status, &err))
        answerable(c, "V19", NULL, err.detail);
    if (!status && counted.hidden > 0)
        skipped("V19", arena_printf(c->arena, "%zu of them", counted.hidden),
                "not shown at this level / 本级别不公开");
    if (!status && counted.not > 0) {
        skipped("V19", arena_printf(c->arena, "%zu of them", counted.not ),
                "no such plug-in file here / 没有该插件文件");
        c->exit = worse(c->exit, EX_MISSING);
    }
}

static void tender_check(struct checks *c)
{
    static const struct {
        const char *name, *what;
        bundle_check *run;
    } claims[] = {
        {"V9", "先发布后投标，如发布时 published, then bids; as published", bundle_order},
        {"VP", "插件文件如发布时 plug-ins are the files published", bundle_builds},
        {"V10", "开启人在发布前确定并签名 openers signed, before the publication", bundle_openers},
        {"V11", "截止前收到 bids in time", bundle_in_time},
        {"V12", "截止清单即所收投标 the closing list is what came in", bundle_closing},
        {"V13", "截止后无投标 nothing after the closing", bundle_closed},
        {"VF", "记录包中没有来历不明的文件 no file that nothing tells of", bundle_files},
        {"V14", "投标的签名、承诺、份额与报价 each bid: signature, commitments, shares, price", bundle_bids},
        {"V15", "无效投标确有理由 voids are justified", bundle_voids},
        {"V16", "抽取可重算 draws drawn again", bundle_draws},
        {"V17", "先声明后评分 conflicts declared before marks", bundle_conflicts},
        {"V18", "评分如锁定时 marks are those that were locked", bundle_marks},
    };
    struct err err = {0};
    int status = bundle_payloads(c->arena, &c->bundle, c->entries, c->checkpoint.size, &err);

    const char *all = "事件与承诺相符 events are what was committed to";
    const char *some = arena_printf(c->arena, "%s (%zu of %zu shown at level %s)", all,
                                    c->bundle.count - c->bundle.withheld, c->bundle.count, c->bundle.level);
    if (!told(c, "V7", c->bundle.withheld ? some : all, status, &err))
        answerable(c, "V7", NULL, err.detail);
    status = bundle_complete(&c->bundle, c->entries, c->checkpoint.size, &err);
    if (!told(c, "V8", "事件齐全 no event of the tender is left out", status, &err))
        answerable(c, "V8", NULL, err.detail);
    c->has_bundle = true;
    told_check(c);
    recovered_check(c);
    for (size_t i = 0; i < LENGTH(claims); i++)
        claim_check(c, claims[i].name, claims[i].what, claims[i].run);
    asked_check(c);
    claim_check(c, "V19f",
                "决定依据所开标，结果即其答案 decisions rest on what was opened; awards are their answers",
                bundle_facts);
    claim_check(c, "V20", "合同如中标 contracts are what was awarded", bundle_contracts);
    claim_check(c, "V21", "账目重放 the ledger played again", bundle_ledger);
}

static const char receipt_what[] = "回执所述投标在日志中 the bid of the receipt is in the log";

/* The bundle read last is of the receipt's tender. */
static void receipt_kept(struct checks *c)
{
    struct checking checking = {.arena = c->arena, .b = &c->bundle};
    struct err err = {0};

    if (!c->has_receipt || c->receipt.kind != RECEIPT_ACCEPTED ||
        strcmp(c->receipt.tender, c->bundle.tender) != 0)
        return;
    c->told_receipt = true;
    int status = bundle_receipt(&checking, &c->receipt, &err);
    if (checking.not_checked)
        unasked(c, "V22", receipt_what, checking.not_checked);
    else
        logged(c, "V22", receipt_what, status, &err);
}

static void one_bundle(struct checks *c, struct pack *pack, const char *prefix)
{
    struct err err = {0};
    int status = bundle_read(c->arena, pack, prefix, &c->bundle, &err);

    if (!told(c, "B", "记录包可读 the bundle can be read", status, &err))
        return;
    tender_check(c);
    receipt_kept(c);
}

/* Nothing is beside the tenders that the year names. */
static int year_files(struct checks *c, const struct pack *pack, const struct texts *tenders, struct err *err)
{
    static const char below[] = "tenders/";
    const size_t from = strlen(below);

    for (size_t i = 1; i < tenders->count; i++)
        if (strcmp(tenders->all[i - 1], tenders->all[i]) == 0)
            return contradiction(err, "tender % is named twice", "采购项目 % 列出两次", tenders->all[i]);
    for (size_t i = 0; i < pack_count(pack); i++) {
        const char *name = pack_name(pack, i),
                   *end = strncmp(name, below, from) == 0 ? strchr(name + from, '/') : NULL;
        if (strcmp(name, "office") != 0 &&
            !(end && texts_have(tenders, arena_ndup(c->arena, name + from, (size_t)(end - name) - from))))
            return contradiction(err, "nothing tells of the file %", "没有任何记录涉及文件 %", name);
    }
    return 0;
}

/* Of an office and a year: "tender <uuid>" lines of the file "office". */
static void year_check(struct checks *c, struct pack *pack)
{
    struct texts tenders = {0};
    struct err err = {0};
    size_t bytes = 0;
    char *text = NULL;
    int status = pack_file(pack, "office", &text, &bytes, &err);

    tenders.all = ARENA_NEW(c->arena, const char *, bytes + 1);
    for (char *line = status ? NULL : strsep(&text, "\n"); line; line = strsep(&text, "\n")) {
        if (strncmp(line, "tender ", 7) != 0)
            continue;
        printf("== %s\n", line);
        one_bundle(c, pack, arena_printf(c->arena, "tenders/%s/", line + 7));
        tenders.all[tenders.count++] = line + 7;
    }
    texts_sort(&tenders);
    if (!status)
        status = year_files(c, pack, &tenders, &err);
    told(c, "Y", arena_printf(c->arena, "本年采购项目 tenders of the year: %zu", tenders.count), status,
         &err);
}

static void bundle_checks(struct checks *c)
{
    struct pack *pack = NULL;
    struct err err = {0};
    int status = pack_read(c->arena, c->options->bundle, &pack, &err);

    if (status)
        told(c, "B", "记录包可读 the bundle can be read", status, &err);
    else if (pack_has(pack, "office"))
        year_check(c, pack);
    else
        one_bundle(c, pack, "");
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

/* Why no bundle here could tell of the receipt. */
static void receipt_untold(struct checks *c)
{
    if (!c->has_bundle || c->told_receipt)
        return;
    if (!c->options->receipt)
        skipped("V22", receipt_what, "no --receipt was given / 未提供回执");
    else if (c->has_receipt && c->receipt.kind != RECEIPT_ACCEPTED)
        skipped("V22", receipt_what,
                "a refusal: no entry of the log tells of it / 不予接收的，日志中没有记录");
    else if (c->has_receipt)
        unasked(c, "V22", receipt_what, "its tender is another / 回执属于另一采购项目");
}

/* ---- all --------------------------------------------------------------------------------- */

static int keys_read(struct checks *c)
{
    struct err err = {0};
    int status = c->options->key ? note_key_parse(c->options->key, &c->trusted.log, &err) : 0;

    for (size_t i = 0; i < c->options->witness_count && !status; i++)
        status = trusted_add(&c->trusted, c->options->witnesses[i], &err);
    c->trusted.quorum = c->options->quorum < 0 ? c->trusted.count : (size_t)c->options->quorum;
    if (!status && c->trusted.quorum > c->trusted.count)
        status = err_both(&err, E_INVALID, "note/key", "--quorum asks for more witnesses than were given",
                          "要求的见证人数多于给出的见证人");
    if (status)
        cli_fault("key", &err);
    return status ? EX_WRONG_USAGE : 0;
}

static int verify_all(struct arena *arena, void *options)
{
    struct checks c = {.arena = arena, .options = options, .tree = merkle_new()};
    int exit = keys_read(&c);

    if (!exit && c.options->receipt)
        receipt_check(&c);
    if (!exit && c.options->log && signatures(&c) && log_check(&c) && c.options->bundle)
        bundle_checks(&c);
    receipt_untold(&c);
    merkle_free(c.tree);
    return exit ? exit : c.exit;
}

/* A bundle may be anybody's. */
static int verify(struct arena *arena, void *options)
{
    const struct verifying *v = options;

    return bounded(verify_all, arena, options, &v->bounds, EX_MISSING);
}

int cli_verify(int argc, char **argv)
{
    struct verifying v = {.quorum = -1, .bounds = {BOUND_SECONDS, BOUND_MEBIBYTES}};

    argp_err_exit_status = EX_WRONG_USAGE;
    return cli_run(&command, argc, argv, &v, verify);
}
