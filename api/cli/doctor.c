/* linli doctor: looks at everything a server needs and says what is wrong, and what to do. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sysexits.h>
#include <unistd.h>

#include "api/cli/cli.h"
#include "api/cli/program.h"
#include "api/server.h"
#include "core/base/time.h"
#include "core/domain/calendar.h"
#include "core/domain/law.h"
#include "core/service/blob.h"
#include "core/service/sequence.h"
#include "core/store/admin.h"
#include "core/store/store.h"
#include "core/trust/signer.h"

enum { OLDEST_POSTGRESQL = 150000, CLOCK_US = 2000000, LEAST_MIB = 1024 };
enum { LOG_LATE_S = 300, LOG_AHEAD_S = 60, LOG_PATIENCE_S = 5, LOG_STEP_US = 200000 };

int cli_doctor(int argc, char **argv);

struct doctor {
    struct admin_options options;
    struct arena *arena;
    struct config config;
    int failed, warned;
};

enum state { GOOD, WARNING, BAD };

static void say(struct doctor *d, enum state state, const char *what, const char *format, ...) PRINTF(4, 5);

static void say(struct doctor *d, enum state state, const char *what, const char *format, ...)
{
    static const char *const words[] = {"ok  ", "warn", "FAIL"};
    char text[700];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    printf("%s  %-14s %s\n", words[state], what, text);
    d->failed += state == BAD;
    d->warned += state == WARNING;
}

/* The database */

/* False where nobody answers: then there is nothing more to ask. */
static bool look_server(struct doctor *d)
{
    struct admin_facts facts;
    struct err err;

    if (admin_look(d->config.database_url, NULL, &facts, &err)) {
        say(d, BAD, "database 数据库", "%s", err.detail);
        return false;
    }
    say(d, facts.version >= OLDEST_POSTGRESQL ? GOOD : BAD, "database 数据库", "PostgreSQL %d.%d answers%s",
        facts.version / 10000, facts.version % 10000,
        facts.version >= OLDEST_POSTGRESQL ? "" : ": 15 is needed");
    say(d, facts.durable ? GOOD : BAD, "durable 持久", "fsync, full_page_writes, synchronous_commit %s",
        facts.durable ? "are on" : "must be on: a receipt would not be kept");
    say(d, facts.checksums ? GOOD : WARNING, "checksums 校验", "data checksums are %s",
        facts.checksums ? "on" : "off: pg_checksums --enable while the cluster is stopped");
    say(d, facts.collates ? GOOD : BAD, "characters 字符", "the database %s Chinese characters apart",
        facts.collates ? "tells" : "cannot tell: make it with C.UTF-8");
    const int loops = server_loops(d->config.server_loops);
    const int64_t needed =
        d->config.database_connections + (READ_LANES + server_write_lanes(loops)) * (int64_t)loops;
    say(d, facts.connections >= needed ? GOOD : WARNING, "connections 连接",
        "%d allowed, up to %lld used by one server", facts.connections, (long long)needed);
    bool late = llabs(facts.ahead_us) > CLOCK_US;
    say(d, late ? BAD : GOOD, "clock 时钟", "the database's clock is %+lld ms from this machine's%s",
        (long long)facts.ahead_us / 1000, late ? ": run chrony or systemd-timesyncd on both" : "");
    return true;
}

/* What people see of it, and who sees their cookies. */
static void look_address(struct doctor *d)
{
    const bool tls = strncmp(d->config.server_public_url, "https://", strlen("https://")) == 0;

    say(d, tls || d->config.server_sandbox ? GOOD : WARNING, "address 网址", "server.public_url %s",
        tls ? "begins with https://"
            : "does not begin with https://: cookies of log-ins go without TLS as well");
}

static void look_rules(struct doctor *d)
{
    const char *folder = config_folder(d->arena, d->config.data_rules);
    const struct law *law;
    struct err err;

    if (law_load(config_folder(d->arena, d->config.data_calendar), folder, d->arena, &law, &err))
        say(d, BAD, "rules 规则集", "%s", err.detail);
    else
        say(d, GOOD, "rules 规则集", "%s can be read", folder);
}

static void look_roles(struct doctor *d)
{
    static const char *const roles[] = {"linli_act", "linli_read", "linli_intake"};
    struct admin_facts facts;
    struct err err;

    for (size_t i = 0; i < LENGTH(roles); i++)
        if (admin_look(d->config.database_url, roles[i], &facts, &err))
            say(d, BAD, "role 角色", "%s: %s", roles[i], err.detail);
        else
            say(d, GOOD, "role 角色", "the server may act as %s", roles[i]);
    if (admin_look(d->config.database_url, "linli_owner", &facts, &err) == 0)
        say(d, WARNING, "role 角色", "the server's login may become linli_owner: let it log in as linli");
}

/* What was due and failed five times waits for a person. */
static void look_due(struct doctor *d, struct store *store)
{
    const struct service service = {.store = store};
    int64_t stuck = 0;
    struct err err;

    if (due_stuck(&service, &stuck, &err))
        say(d, BAD, "deadlines 期限", "%s", err.detail);
    else
        say(d, stuck ? BAD : GOOD, "deadlines 期限",
            stuck ? "%lld could not be acted on: GET /api/v1/offices/{office}/due?stuck=true tells which, "
                    "and whose they are"
                  : "%lld could not be acted on",
            (long long)stuck);
}

/* Statutory notices say where an office is and whom to ask (财办库〔2020〕50号). */
static void look_offices(struct doctor *d, struct store *store)
{
    const struct service service = {.store = store};
    const char *names = "";
    int64_t count = 0;
    struct err err;

    if (offices_unreachable(&service, d->arena, &count, &names, &err))
        say(d, BAD, "offices 单位", "%s", err.detail);
    else if (count)
        say(d, WARNING, "offices 单位",
            "%lld buy by statute and have no address, contact or telephone for their notices: %s: "
            "POST /api/v1/offices/{office}/contact",
            (long long)count, names);
}

/* What the signer says it signed; false where it says nothing. */
static bool signed_entries(struct doctor *d, uint64_t *ret)
{
    CLEANUP(buf_free) struct buf text = {0};
    struct last_signed last;
    struct err err;
    const bool good = signer_last(d->config.trust_signer, &last, &text, &err) == 0;

    if (good)
        *ret = last.size;
    else
        say(d, BAD, "signer 签名", "%s", err.detail);
    return good;
}

/* All entries are signed within a moment, or the server is away or frozen. */
static void look_signed(struct doctor *d, struct store *store)
{
    const int64_t until_us = time_monotonic() + LOG_PATIENCE_S * TIME_SECOND;
    uint64_t entries = 0, count = 0;
    struct err err;

    if (sequence_count(store, &entries, &err)) {
        say(d, BAD, "log 日志", "%s", err.detail);
        return;
    }
    if (!signed_entries(d, &count))
        return;
    while (count < entries && time_monotonic() < until_us) {
        usleep(LOG_STEP_US);
        if (!signed_entries(d, &count))
            return;
    }
    if (count < entries)
        say(d, BAD, "log 日志", "%llu of %llu entries are signed: is the server up, and what does it say?",
            (unsigned long long)count, (unsigned long long)entries);
    else if (sequence_count(store, &entries, &err) == 0 && count > entries)
        say(d, BAD, "log 日志",
            "%llu entries were signed and the database has %llu: it is an old one, see linli recover",
            (unsigned long long)count, (unsigned long long)entries);
    else
        say(d, GOOD, "log 日志", "%llu entries, signed", (unsigned long long)count);
}

static void look_waiting(struct doctor *d, struct store *store)
{
    int64_t ahead = 0, oldest_us = 0, now_us = time_real();
    struct err err;
    char at[TIME_TEXT];

    if (sequence_ahead(store, now_us + LOG_AHEAD_S * TIME_SECOND, &ahead, &err) ||
        sequence_oldest(store, now_us - LOG_LATE_S * TIME_SECOND, &oldest_us, &err)) {
        say(d, BAD, "log 日志", "%s", err.detail);
        return;
    }
    if (ahead)
        say(d, BAD, "log 日志", "%lld events are dated ahead of the clock and not logged: look at the clocks",
            (long long)ahead);
    if (oldest_us) {
        time_print(oldest_us, at);
        say(d, BAD, "log 日志", "what happened at %s is not logged: is the server up, or frozen?", at);
    }
}

static size_t words(const char *at, const char *between)
{
    size_t count = 0;

    for (size_t size; *at; at += size + (at[size] != '\0')) {
        size = strcspn(at, between);
        count += size > 0;
    }
    return count;
}

static void look_witnesses(struct doctor *d)
{
    const char *at = d->config.trust_witnesses;
    const size_t asked = words(at, ":"), known = words(d->config.trust_witness_keys, " ");

    if (asked > known)
        say(d, WARNING, "witness 见证",
            "%zu are asked, [trust] witness_keys names %zu: no other's word counts", asked, known);
    while (*at) {
        CLEANUP(buf_free) struct buf text = {0};
        size_t size = strcspn(at, ":");
        const char *socket = arena_ndup(d->arena, at, size);
        struct last_signed last;
        struct err err;
        if (size > 0 && signer_last(socket, &last, &text, &err))
            say(d, WARNING, "witness 见证", "%s", err.detail);
        else if (size > 0)
            say(d, GOOD, "witness 见证", "%s saw %llu entries", socket, (unsigned long long)last.size);
        at += size + (at[size] == ':');
    }
}

static void look_log(struct doctor *d, struct store *store)
{
    if (!d->config.trust_log_key[0])
        return;
    look_signed(d, store);
    look_waiting(d, store);
    look_witnesses(d);
}

static void look_files(struct doctor *d, struct store *store)
{
    const struct service service = {.store = store, .blobs = config_folder(d->arena, d->config.blobs_folder)};
    struct err err;

    if (blob_marked(&service, &err))
        say(d, BAD, "files 附件", "%s", err.detail);
}

static void look_schema(struct doctor *d)
{
    const struct store_config one = {.url = d->config.database_url,
                                     .role = "linli_act",
                                     .connections = 1,
                                     .wait_ms = 1000,
                                     .statement_ms = 5000,
                                     .lock_ms = 2000};
    const char *found, *needed;
    struct store *store;
    struct err err;
    int code = store_open(&one, &store, &err);

    if (!code) {
        code = store_schema(store, &found, &needed, &err);
        if (!code)
            code = store_scripts(store, &err);
        if (code)
            say(d, BAD, "schema 结构", "%s", err.detail);
        else if (strcmp(found, needed) != 0)
            say(d, WARNING, "schema 结构", "%s, this program was made for %s: end the upgrade", found,
                needed);
        else
            say(d, GOOD, "schema 结构", "%s", found);
        look_files(d, store);
        look_due(d, store);
        look_offices(d, store);
        look_log(d, store);
        store_close(store);
    } else {
        say(d, BAD, "schema 结构", "%s", err.detail);
    }
}

/* The machine */

static void look_folder(struct doctor *d, const char *what, const char *folder)
{
    struct statvfs disk;

    folder = config_folder(d->arena, folder);
    if (access(folder, F_OK) != 0) {
        say(d, BAD, what, "%s is not there", folder);
        return;
    }
    if (access(folder, R_OK | W_OK | X_OK) != 0) {
        say(d, BAD, what, "%s cannot be written by this user", folder);
        return;
    }
    if (statvfs(folder, &disk) != 0) {
        say(d, WARNING, what, "%s: the disk does not tell its room", folder);
        return;
    }
    uint64_t mib = (uint64_t)disk.f_bavail * disk.f_frsize >> 20;
    bool full = mib < LEAST_MIB || disk.f_favail < 10000;
    say(d, full ? WARNING : GOOD, what, "%s, %llu MiB free", folder, (unsigned long long)mib);
}

static void look_plugins(struct doctor *d)
{
    CLEANUP(buf_free) struct buf report = {0};
    const char *list = config_plugins(&d->config, d->arena);
    const char **folders = ARENA_NEW(d->arena, const char *, strlen(list) + 1);
    struct host_config config = {.folders = folders};
    struct host *host;
    struct err err;
    size_t count = 0;

    for (const char *at = list; *at;) {
        size_t size = strcspn(at, ":");
        if (size > 0)
            folders[count++] = arena_ndup(d->arena, at, size);
        at += size + (at[size] == ':');
    }
    if (host_open(&config, &host, &report, &err)) {
        say(d, BAD, "plug-ins 插件", "%s", err.detail);
        return;
    }
    host_close(host);
    buf_reserve(&report, 0);
    int lines = 0;
    for (const char *at = report.data; *at;) {
        size_t size = strcspn(at, "\n");
        bool refused = strncmp(at, "loaded", 6) != 0;
        lines++;
        say(d, refused ? BAD : GOOD, "plug-in 插件", "%.*s", (int)size, at);
        at += size + (at[size] == '\n');
    }
    if (lines == 0)
        say(d, BAD, "plug-ins 插件", "none in %s", list);
}

static void look_calendar(struct doctor *d)
{
    const char *folder = config_folder(d->arena, d->config.data_calendar);
    const char *path = arena_printf(d->arena, "%s/cn_working_days.csv", folder);
    const linli_calendar *calendar;
    struct err err;
    char until[DATE_TEXT];
    int year, month, day;

    if (calendar_load(path, d->arena, &calendar, &err)) {
        say(d, BAD, "calendar 日历", "%s", err.detail);
        return;
    }
    date_print(calendar->official_until, until);
    date_split(day_of(time_real()), &year, &month, &day);
    bool old = calendar->official_until < date_of(year, 12, 31);
    say(d, old ? WARNING : GOOD, "calendar 日历", "official until %s%s", until,
        old ? ": deadlines past that are provisional" : "");
}

static void look_programs(struct doctor *d)
{
    static const char *const names[] = {"psql", "pg_dump", "pg_restore", "createdb", "sqitch"};

    for (size_t i = 0; i < LENGTH(names); i++) {
        const char *words[] = {names[i], "--version", NULL}, *output;
        struct program program = {.words = words, .arena = d->arena};
        if (program_run(&program, &output, NULL))
            say(d, WARNING, "program 程序", "%s is not there: migrate, backup and restore need it", names[i]);
    }
}

int cli_doctor(int argc, char **argv)
{
    static const struct cli_command command = {
        .help = "Says what is wrong: database, roles, schema, folders, disk, plug-ins, calendar, clock."
                "\vExit: 0 nothing fails, 69 something does, 78 the configuration cannot be read.",
        .more = &admin_command,
    };
    struct doctor d = {.arena = arena_new(0)};
    struct err err;

    cli_parse(&command, argc, argv, &d.options);
    int code = admin_config(&d.options, d.arena, &d.config, &err);
    if (code) {
        cli_fault(NULL, &err);
        arena_free(d.arena);
        return EX_CONFIG;
    }
    say(&d, GOOD, "config 配置", "%s", d.config.file ? d.config.file : "no file: defaults and environment");
    look_address(&d);
    if (look_server(&d)) {
        look_roles(&d);
        look_schema(&d);
    }
    look_folder(&d, "files 附件", d.config.blobs_folder);
    look_folder(&d, "copies 副本", d.config.plugins_state);
    if (d.config.trust_log_key[0])
        look_folder(&d, "log 日志", d.config.trust_folder);
    look_plugins(&d);
    look_calendar(&d);
    look_rules(&d);
    look_programs(&d);
    printf("%d failed, %d warnings\n", d.failed, d.warned);
    arena_free(d.arena);
    return d.failed ? EX_UNAVAILABLE : EX_OK;
}
