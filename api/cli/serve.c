/* linli serve: opens everything, serves until told to stop. */
#include <argp.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sysexits.h>
#include <unistd.h>

#include "api/cli/cli.h"
#include "api/cli/serve_log.h"
#include "api/openapi.h"
#include "api/rate.h"
#include "api/receipts.h"
#include "api/server.h"
#include "api/upload.h"
#include "core/base/config.h"
#include "core/base/log.h"
#include "core/base/time.h"
#include "core/domain/calendar.h"
#include "core/host/facts.h"
#include "core/host/host.h"
#include "core/service/auth.h"
#include "core/service/blob.h"
#include "core/service/node.h"

enum {
    SETS_MAX = 64,
    DUE_BATCH = 200,
    HOUSEKEEPING_S = 600,
    HOUSEKEEPING_AFTER_S = 60,
    SAMPLE_S = 10,
    DRAIN_MORE_S = 5, /* than a question to a plug-in takes */
    IDLE_MORE_S = 10,
    REPORT_US = 1000000,
    SANDBOX_REPORT_US = 200000
};

struct options {
    const char *file, *sets[SETS_MAX];
    size_t set_count;
    bool print, check;
};

int cli_serve(int argc, char **argv);

/* clang-format off */
static const struct cli_option arguments[] = {
    CLI_CONFIG(options),
    CLI_LIST(options, sets, set_count, "set", 's', "SECTION.KEY=VALUE", "set one key"),
    CLI_OWN("sandbox", 'S', NULL, "a sandbox: the clock may be moved forward"),
    CLI_FLAG(options, print, "print-config", 'p', "print the configuration in force and stop"),
    CLI_FLAG(options, check, "check-config", 'k', "check the configuration and stop"),
};
/* clang-format on */

static void take(void *options, int key, const char *value, struct argp_state *state)
{
    struct options *o = options;

    (void)key, (void)value;
    if (o->set_count == SETS_MAX)
        argp_error(state, "too many --set");
    o->sets[o->set_count++] = "server.sandbox=yes";
}

static const struct cli_command command = {
    CLI_ROWS(arguments),
    .help = "Serve the API.",
    .take = take,
};

/* What serve opens, in this order, and closes backwards. */
struct house {
    struct arena *arena;
    struct config config;
    struct api api;
    struct node node;
    pthread_t due, reporter;
    struct serve_log *log;
    atomic_bool stop, drained;
};

static int split_address(struct arena *arena, const char *text, const char **ret_host, int *ret_port,
                         struct err *err)
{
    const char *colon = strrchr(text, ':');
    int64_t port;

    if (!int_parse(colon ? colon + 1 : text, 1, UINT16_MAX, &port))
        return err_set(err, E_INVALID, "config/invalid", "\"%s\" is not address:port", text);
    *ret_host = colon ? arena_ndup(arena, text, (size_t)(colon - text)) : "127.0.0.1";
    *ret_port = (int)port;
    return 0;
}

static int set_level(const char *text, struct err *err)
{
    static const char *const names[] = {"debug", "info", "warn", "error"};

    for (int i = 0; i < (int)LENGTH(names); i++)
        if (strcmp(names[i], text) == 0) {
            log_set_level((enum log_level)i);
            return 0;
        }
    return err_set(err, E_INVALID, "config/invalid", "log.level is debug, info, warn or error, not \"%s\"",
                   text);
}

static int ask_cpu_s(const struct config *c)
{
    return (int)((c->limits_ask_ms + 999) / 1000);
}

static int server_settings(struct house *h, struct err *err)
{
    const struct config *c = &h->config;
    struct server_config *s = &h->api.config;
    int status = split_address(h->arena, c->server_listen, &s->listen, &s->port, err);

    if (!status && c->server_uploads[0])
        status = split_address(h->arena, c->server_uploads, &s->upload_listen, &s->upload_port, err);
    if (!status)
        status = set_level(c->log_level, err);
    if (!status)
        status = serve_log_settings(c, h->arena, err);
    if (status)
        return status;
    s->loops = server_loops(c->server_loops);
    s->workers = (int)c->server_workers;
    s->write_lanes = server_write_lanes(s->loops);
    if (c->database_connections < server_askers(s->workers))
        log_event(LOG_WARN, "server.connections",
                  "%lld connections for %d threads: some wait, and are refused after %lld ms",
                  (long long)c->database_connections, server_askers(s->workers),
                  (long long)c->database_wait_ms);
    s->requests_per_minute = (int)c->limits_requests_per_minute;
    s->bids_waiting = c->limits_bids_waiting;
    s->queue_max = 256;
    s->connections_max = 12000;
    s->pool_bytes = 8192;
    s->header_s = 10;
    s->body_s = 30;
    s->idle_s = 75;
    s->drain_s = host_patience_s(ask_cpu_s(c)) + DRAIN_MORE_S;
    s->body_bytes = (size_t)c->limits_body_bytes;
    s->database = c->database_url;
    s->statement_ms = (int)c->database_statement_ms;
    s->public_url = c->server_public_url;
    s->quota_bytes = c->limits_upload_bytes * 5;
    s->upload_bytes = c->limits_upload_bytes;
    return 0;
}

static int open_store(struct house *h, struct err *err)
{
    const struct config *c = &h->config;
    const struct store_config store = {.url = c->database_url,
                                       .role = "linli_act",
                                       .connections = (int)c->database_connections,
                                       .wait_ms = (int)c->database_wait_ms,
                                       .statement_ms = (int)c->database_statement_ms,
                                       .lock_ms = (int)c->database_lock_ms,
                                       /* An act rests while a plug-in that is watched over answers. */
                                       .idle_ms = (host_patience_s(ask_cpu_s(c)) + IDLE_MORE_S) * 1000};
    const char *found = NULL, *needed = NULL;
    int status = store_open(&store, &h->api.service.store, err);

    if (!status)
        status = store_ping(h->api.service.store, err);
    if (!status)
        status = store_schema(h->api.service.store, &found, &needed, err);
    if (!status)
        status = store_scripts(h->api.service.store, err);
    return status;
}

static const char *const *list_of(struct arena *arena, const char *text)
{
    const char **list = ARENA_NEW(arena, const char *, strlen(text) / 2 + 2);
    size_t count = 0;

    for (const char *at = text; *at;) {
        size_t size = strcspn(at, ":");

        if (size > 0)
            list[count++] = arena_ndup(arena, at, size);
        at += size + (at[size] == ':');
    }
    return list;
}

/* `linli plugin reload` waits for this file; it appears whole. */
static void keep_report(struct house *h, const struct buf *report)
{
    const char *path = cli_reload_report(h->arena, &h->config, getpid());
    const char *half = arena_printf(h->arena, "%s.new", path);

    if (!cli_write(half, report) || rename(half, path) != 0)
        log_event(LOG_WARN, "plugin.reload", "cannot write %s: %s", path, strerror(errno));
}

static void log_report(struct buf *report)
{
    char *save = NULL;

    for (char *line = report->data ? strtok_r(report->data, "\n", &save) : NULL; line;
         line = strtok_r(NULL, "\n", &save))
        log_event(strncmp(line, "loaded ", 7) == 0 ? LOG_INFO : LOG_WARN, "plugin", "%s", line);
    buf_free(report);
}

static int open_law(struct house *h, struct err *err)
{
    const struct config *c = &h->config;
    const struct law *law;
    int status = law_load(config_folder(h->arena, c->data_calendar), config_folder(h->arena, c->data_rules),
                          h->arena, &law, err);

    if (status)
        return status;
    atomic_store(&h->api.service.law, law);
    facts_set_calendar(law->calendar);
    return 0;
}

static int open_plugins(struct house *h, struct err *err)
{
    const struct config *c = &h->config;
    const struct host_config host = {.folders = list_of(h->arena, config_plugins(c, h->arena)),
                                     .state = config_folder(h->arena, c->plugins_state),
                                     .arena_bytes = (size_t)c->limits_ask_mib << 20,
                                     .cpu_seconds = ask_cpu_s(c),
                                     .own = config_plugins_own(h->arena)};
    struct buf report = {0};
    int status = host_open(&host, &h->api.service.host, &report, err);

    log_report(&report);
    if (status)
        return status;
    return host_offered(h->api.service.host)
               ? 0
               : err_set(err, E_INVALID, "config/invalid",
                         "no plug-in was let in: look at plugins.folders and plugins.state, or at the log");
}

/* A database is served as a sandbox or for real, never both. */
static int check_mode(struct house *h, struct err *err)
{
    const struct scope scope = {.all = true};
    const char *mode = h->config.server_sandbox ? "sandbox" : "production";
    struct rows *rows = NULL;
    struct tx *tx = NULL;
    int status = tx_begin(h->api.service.store, h->arena, &scope, false, &tx, err);

    if (status)
        return status;
    status = tx_run(tx, Q_setting_mode, &rows, err, P_TEXT(mode));
    if (status) {
        tx_rollback(tx);
        return status;
    }
    if (strcmp(row_text(rows, 0, "value"), mode) != 0) {
        tx_rollback(tx);
        return err_set(err, E_REFUSED, "config/invalid", "this database was served as %s before, not as %s",
                       row_text(rows, 0, "value"), mode);
    }
    return tx_commit(tx, err);
}

static int read_offset(struct house *h, struct err *err)
{
    const struct scope scope = {.all = true};
    struct arena *arena = arena_new(1 << 20);
    struct tx *tx = NULL;
    int64_t now_us = 0;
    int status = tx_begin(h->api.service.store, arena, &scope, true, &tx, err);

    if (!status) {
        status = legal_now(&h->api.service, tx, &now_us, err);
        if (!status)
            atomic_store(&h->api.offset_us, h->api.service.sandbox ? now_us - time_real() : 0);
        tx_rollback(tx);
    }
    arena_free(arena);
    return status;
}

/* Every second: what has become due; now and then: what has run out. */
static void *run_due(void *arg)
{
    struct house *h = arg;
    /* Not at once: whether the log is whole is asked first, and of a database that lost something nothing
     * more goes. */
    int64_t housekeeping_us = time_monotonic() + HOUSEKEEPING_AFTER_S * TIME_SECOND, sample_us = 0;

    while (!atomic_load(&h->stop)) {
        struct err err = {0};
        int ran = 0, status = 0;

        if (!atomic_load(&h->api.service.frozen))
            status = due_run_all(&h->api.service, DUE_LEAVE, DUE_BATCH, &ran, &err);

        if (!status && !atomic_load(&h->api.service.frozen) && time_monotonic() > housekeeping_us) {
            housekeeping_us = time_monotonic() + HOUSEKEEPING_S * TIME_SECOND;
            status = auth_expire(&h->api.service, &err);
            if (!status)
                status = blob_expire(&h->api.service, &err);
        }
        if (!status && time_monotonic() > sample_us) {
            sample_us = time_monotonic() + SAMPLE_S * TIME_SECOND;
            status = metrics_sample(&h->api, &err);
        }
        if (status && status != E_BUSY)
            log_event(LOG_ERROR, "due", "%s: %s", err.type, err.detail);
        for (int i = 0; i < 5 && !atomic_load(&h->stop) && ran < DUE_BATCH; i++)
            usleep(200000);
    }
    return NULL;
}

static int report(struct house *h, struct err *err)
{
    int64_t turned_us, clear_us = server_clear(&h->api, &turned_us);
    int status = node_report(&h->api.service, &h->node, clear_us, turned_us, err);

    /* Another server of the sandbox may have moved the clock. */
    if (!status && h->api.service.sandbox)
        status = read_offset(h, err);
    return status;
}

/* What is due waits for the word of every server that it has nothing open from before. */
static void *run_reporter(void *arg)
{
    struct house *h = arg;

    while (!atomic_load(&h->drained)) {
        struct err err = {0};
        int status = report(h, &err);

        if (status && status != E_BUSY)
            log_event(LOG_ERROR, "node", "%s: %s", err.type, err.detail);
        usleep(h->api.service.sandbox ? SANDBOX_REPORT_US : REPORT_US);
    }
    return NULL;
}

static int open_house(struct house *h, struct err *err)
{
    int status = open_law(h, err);

    if (!status)
        status = open_store(h, err);
    if (!status)
        status = check_mode(h, err);
    if (!status)
        status = open_plugins(h, err);
    if (!status)
        status = routes_open(err);
    if (status)
        return status;
    h->api.service.blobs = config_folder(h->arena, h->config.blobs_folder);
    h->api.service.sandbox = h->config.server_sandbox;
    h->api.service.drain_us = h->config.server_sandbox ? 0 : h->config.server_drain_ms * 1000;
    h->api.service.answer_us = h->config.limits_opening_answer_minutes * 60 * INT64_C(1000000);
    h->api.service.proposals_per_tender = h->config.limits_proposals_per_tender;
    h->api.service.proposals_per_day = h->config.limits_proposals_per_day;
    node_open(&h->node);
    h->api.service.node = &h->node;
    auth_configure((int)h->config.limits_login_per_minute, (int)h->config.limits_accounts_per_day,
                   (int)h->config.limits_session_minutes);
    h->api.rate = rate_new(h->api.config.requests_per_minute);
    status = blob_open(&h->api.service, err);
    if (!status)
        status = law_renewed(&h->api.service, err);
    if (!status)
        status = read_offset(h, err);
    if (!status)
        status = serve_log_start(&h->api.service, &h->config, h->arena, &h->log, err);
    if (!status && h->config.trust_receipts_key[0])
        status = receipts_open(h->config.trust_signer, h->config.trust_receipts_key, &h->api.receipts, err);
    if (!status)
        status = openapi_make(&h->api, err);
    if (!status)
        status = server_start(&h->api, err);
    if (!status)
        status = uploads_start(&h->api, err);
    if (!status && (pthread_create(&h->reporter, NULL, run_reporter, h) != 0 ||
                    pthread_create(&h->due, NULL, run_due, h) != 0))
        status = err_set(err, E_BUSY, "server/busy", "could not start a thread");
    return status;
}

static void law_counted(struct house *h)
{
    struct err err = {0};

    log_event(LOG_INFO, "law.reload", "calendar and rule sets read anew");
    if (law_renewed(&h->api.service, &err))
        log_event(LOG_ERROR, "law.reload", "%s: %s", err.type, err.detail);
}

static void reload(struct house *h)
{
    struct buf report = {0};
    struct err err = {0};

    if (host_reload(h->api.service.host, &report, &err))
        log_event(LOG_ERROR, "plugin.reload", "%s: %s", err.type, err.detail);
    keep_report(h, &report);
    log_report(&report);
    if (open_law(h, &err))
        log_event(LOG_ERROR, "law.reload", "the law in force stays: %s", err.detail);
    else
        law_counted(h);
}

static void close_house(struct house *h)
{
    struct err err = {0};

    atomic_store(&h->stop, true);
    if (h->due)
        pthread_join(h->due, NULL);
    uploads_stop(&h->api);
    server_drain(&h->api);
    receipts_close(h->api.receipts);
    atomic_store(&h->drained, true); /* until then others wait for what is in flight here */
    if (h->reporter)
        pthread_join(h->reporter, NULL);
    server_stop(&h->api);
    serve_log_stop(h->log);
    if (node_leave(&h->api.service, &h->node, &err))
        log_event(LOG_WARN, "node", "%s: %s", err.type, err.detail);
    rate_free(h->api.rate);
    free(h->api.openapi);
    host_close(h->api.service.host);
    unlink(cli_reload_report(h->arena, &h->config, getpid()));
    store_close(h->api.service.store);
    routes_close();
}

/* A file descriptor a connection: as many as the machine allows. */
static void raise_limit(void)
{
    struct rlimit files;

    if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur == files.rlim_max)
        return;
    files.rlim_cur = files.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &files) != 0)
        log_event(LOG_WARN, "server.files", "%s", strerror(errno));
}

/* Tells systemd, where it asks (sd_notify(3)). */
static void notify(const char *state)
{
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    const size_t size = path ? strlen(path) : 0;
    int fd;

    if (size == 0 || size >= sizeof at.sun_path || (path[0] != '/' && path[0] != '@'))
        return;
    memcpy(at.sun_path, path, size);
    if (path[0] == '@')
        at.sun_path[0] = '\0';
    fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return;
    if (sendto(fd, state, strlen(state), MSG_NOSIGNAL, (struct sockaddr *)&at,
               (socklen_t)(offsetof(struct sockaddr_un, sun_path) + size)) < 0)
        log_event(LOG_WARN, "server.notify", "%s", strerror(errno));
    close(fd);
}

static int serve(struct house *h, struct err *err)
{
    sigset_t set;
    int signal_no = 0, status;

    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    raise_limit();
    status = open_house(h, err);
    if (status)
        return status;
    log_event(LOG_INFO, "server.ready", "http://%s:%d%s", h->api.config.listen, h->api.config.port,
              h->config.server_sandbox ? " (sandbox)" : "");
    notify("READY=1");
    while (sigwait(&set, &signal_no) == 0 && signal_no == SIGHUP)
        reload(h);
    notify("STOPPING=1");
    log_event(LOG_INFO, "server.stop", "draining");
    close_house(h);
    return 0;
}

int cli_serve(int argc, char **argv)
{
    struct options options = {0};
    static struct house house;
    struct err err = {0};
    int status;

    cli_parse(&command, argc, argv, &options);
    house.arena = arena_new(0);
    MUST(sodium_init() >= 0);
    status = config_load(house.arena, options.file, options.sets, options.set_count, &house.config, &err);
    if (!status)
        status = server_settings(&house, &err);
    if (!status && options.print)
        config_print(&house.config, stdout);
    if (!status && !options.print && !options.check) {
        status = serve(&house, &err);
    }
    if (status) {
        cli_fault(NULL, &err);
        return err.code == E_BUSY                               ? EX_UNAVAILABLE
               : strncmp(err.type, "log/", strlen("log/")) == 0 ? EX_DATAERR
                                                                : EX_CONFIG;
    }
    arena_free(house.arena);
    return EX_OK;
}
