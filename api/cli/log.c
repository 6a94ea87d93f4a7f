/*
 * linli log: the events as a transparency log in a folder of static files; and what a tender's entries commit
 * to, for who checks it.
 */
#include <argp.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "api/cli/admin.h"
#include "api/cli/trust.h"
#include "core/service/bundle.h"
#include "core/service/logbook.h"
#include "core/store/ids.h"
#include "core/trust/folder.h"
#include "core/trust/pack.h"

int cli_log(int argc, char **argv);

struct logging {
    const char *act, *file, *folder, *key, *signer, *tender, *organisation;
    enum bundle_level level;
    int64_t office, year;
    const char *witnesses[WITNESSES_MAX];
    size_t witness_count;
};

/* clang-format off */
static const struct cli_option arguments[] = {
    CLI_CONFIG(logging),
    CLI_NEED(logging, folder, "into", 'i', "DIR", "the folder: 写入的目录"),
    CLI_TEXT(logging, key, "log-key", 'l', "KEY", "the log's public key, as \"linli keygen log\" printed it: 日志公钥"),
    CLI_TEXT(logging, signer, "signer", 'S', "PATH", "socket of the log's signer: 签名进程的套接字"),
    CLI_LIST(logging, witnesses, witness_count, "witness", 'w', "PATH", "socket of a witness; may be repeated: 见证进程的套接字"),
    CLI_OWN("tender", 't', "UUID", "whose bundle: 采购项目"),
    CLI_NUMBER(logging, office, 1, INT32_MAX, "office", 'o', "NUMBER", "instead: of all tenders of an office: 单位"),
    CLI_NUMBER(logging, year, 2000, 9999, "year", 'y', "YEAR", "published in that year: 年度"),
    CLI_OWN("level", 'L', "LEVEL", "public, party or supervisor (as is the rule): 公开、当事人或监督"),
    CLI_OWN("organisation", 'O', "UUID", "whose, of a party's: 当事人"),
    CLI_ARGUMENT(logging, act, "publish|bundle"),
};
/* clang-format on */

static void take(void *options, int key, const char *value, struct argp_state *state)
{
    struct logging *l = options;
    int32_t office;

    switch (key) {
    case 't':
        if (!id_office(value, &office))
            argp_error(state, "--tender takes the id of a tender");
        l->tender = value;
        return;
    case 'L':
        for (l->level = BUNDLE_PUBLIC; strcmp(value, bundle_level_name(l->level)) != 0; l->level++)
            if (l->level == BUNDLE_SUPERVISOR)
                argp_error(state, "--level takes public, party or supervisor");
        return;
    default:
        if (!uuid_ok(value))
            argp_error(state, "--organisation takes the id of an organisation");
        l->organisation = value;
    }
}

static void check(const void *options, struct argp_state *state)
{
    const struct logging *l = options;
    const bool publish = strcmp(l->act, "publish") == 0 && l->key && l->signer;
    const bool bundle = strcmp(l->act, "bundle") == 0 && (l->level != BUNDLE_PARTY) == !l->organisation &&
                        !l->tender == (l->office && l->year);

    if (!publish && !bundle)
        argp_error(state,
                   "publish --into --log-key --signer, or bundle --into --tender (or --office --year); "
                   "--organisation with --level party");
}

static const struct cli_command command = {
    CLI_ROWS(arguments),
    .arguments = "publish|bundle",
    .help = "publish: numbers the events that wait, reads the whole log again, has its checkpoint signed "
            "and writes the tiles.\n"
            "bundle: what the entries of one tender commit to, and every decision about it, for \"linli "
            "verify\"; a folder, or an archive where it ends with .tar or .zip."
            "\vpublish 将事件编入日志、重新核对、签名并写成静态文件；bundle "
            "导出一个采购项目的全部记录与决定。\n"
            "The folder of publish may be given to anybody: it tells nothing but how much happened. A "
            "bundle of the level \"supervisor\" tells everything about its tender; that of \"public\" what "
            "anybody may know.\n"
            "Exit: 0 done, 64 usage, 65 the log is not what was signed before, or the tender is still "
            "sealed, 69 database, signer or witness does not answer, 73 a file cannot be made, 78 the "
            "configuration is wrong.",
    .take = take,
    .check = check,
};

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
    struct logbook_config config = {.key = l->key,
                                    .signer = l->signer,
                                    .witness_count = l->witness_count,
                                    .folder = l->folder,
                                    .witness_keys = admin->config.trust_witness_keys};
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

struct into {
    const struct logging *l;
    struct packing *packing; /* NULL: a folder */
};

static int into_put(void *with, const char *name, const void *bytes, size_t count, struct err *err)
{
    const struct into *into = with;

    return into->packing ? packing_add(into->packing, name, bytes, count, err)
                         : folder_put(into->l->folder, name, bytes, count, err);
}

static bool ends_with(const char *text, const char *end)
{
    size_t a = strlen(text), b = strlen(end);

    return a > b && strcmp(text + a - b, end) == 0;
}

static void asked_of(const struct admin *admin, const struct logging *l, struct bundle_asked *ret)
{
    *ret = (struct bundle_asked){.tender = l->tender,
                                 .level = l->level,
                                 .organisation = l->organisation,
                                 .prefix = "",
                                 .blobs = config_folder(admin->arena, admin->config.blobs_folder)};
    if (l->tender)
        MUST(id_office(l->tender, &ret->office));
    else
        ret->office = (int32_t)l->office;
}

static int bundle_put(struct admin *admin, const struct logging *l, struct into *into, struct err *err)
{
    const struct scope scope = {.all = true};
    struct bundle_asked asked;
    struct tx *tx = NULL;
    int status = tx_begin(admin->service.store, admin->arena, &scope, true, &tx, err);

    asked_of(admin, l, &asked);
    if (!status)
        status = l->tender ? bundle_tell(tx, &asked, into_put, into, err)
                           : bundle_tell_year(tx, &asked, (int)l->year, into_put, into, err);
    tx_rollback(tx);
    return status;
}

static int bundle(struct admin *admin, const struct logging *l)
{
    struct into into = {.l = l};
    struct err err = {0};
    int fd = -1, status = 0;

    if (ends_with(l->folder, ".tar") || ends_with(l->folder, ".zip")) {
        fd =
            open(l->folder, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, l->level == BUNDLE_PUBLIC ? 0644 : 0600);
        if (fd < 0)
            status = err_set(&err, E_BROKEN, "folder/broken", "%s cannot be made", l->folder);
        else
            status = packing_open(fd, l->folder, &into.packing, &err);
    }
    if (!status)
        status = bundle_put(admin, l, &into, &err);
    if (into.packing) {
        struct err closing = {0};
        int closed = packing_close(into.packing, &closing);
        if (!status && closed)
            err = closing;
        status = status ? status : closed;
    }
    if (fd >= 0 && (close(fd) != 0 || status))
        unlink(l->folder);
    if (status)
        cli_fault(l->tender, &err);
    return exit_of(status);
}

static int run(struct arena *arena, void *options)
{
    const struct logging *l = options;
    struct admin admin;

    (void)arena;
    int exit = admin_open(&admin, l->file);
    if (exit)
        return exit;
    exit = strcmp(l->act, "publish") == 0 ? publish(&admin, l) : bundle(&admin, l);
    admin_close(&admin);
    return exit;
}

int cli_log(int argc, char **argv)
{
    struct logging l = {.level = BUNDLE_SUPERVISOR};

    return cli_run(&command, argc, argv, &l, run);
}
