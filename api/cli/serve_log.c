/* See api/cli/serve_log.h. */
#include "api/cli/serve_log.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "core/base/log.h"
#include "core/base/time.h"
#include "core/service/logbook.h"

enum { PATIENCE_S = 5, STEP_US = 50000 };

struct serve_log {
    struct service *service;
    struct logbook *book;
    int64_t period_us;
    pthread_t thread;
    atomic_bool stop;
    bool checked, away, another, ahead; /* away: said so already */
};

/* What was signed and what the database says do not go together: that does not pass.  Anything else may: a
 * signer without room on its disk, one that does not let this user ask, a folder that cannot be written. */
static bool contradicts(int status, const struct err *err)
{
    static const char *const types[] = {"log/rollback", "log/broken", "note/forged"};

    for (size_t i = 0; status && i < LENGTH(types); i++)
        if (strcmp(err->type, types[i]) == 0)
            return true;
    return false;
}

static void tell_away(struct serve_log *log, int status, const struct err *err)
{
    bool another = status && strcmp(err->type, "folder/busy") == 0, away = status && !another;

    if (away && !log->away)
        log_event(LOG_ERROR, "log", "%s: %s", err->type, err->detail);
    if (!away && log->away)
        log_event(LOG_INFO, "log", "signed again");
    if (another && !log->another)
        log_event(LOG_INFO, "log", "another server gives it out");
    log->away = away;
    log->another = another;
}

static void tell_ahead(struct serve_log *log, int64_t events)
{
    if (events > 0 && !log->ahead)
        log_event(LOG_ERROR, "log",
                  "%lld events are dated ahead of the clock and wait until then: look at the clocks",
                  (long long)events);
    log->ahead = events > 0;
}

static void freeze(struct serve_log *log, const struct err *err)
{
    if (!atomic_exchange(&log->service->frozen, true))
        log_event(LOG_ERROR, "log", "%s: %s; nothing is written any more, see linli recover", err->type,
                  err->detail);
}

static void one_turn(struct serve_log *log)
{
    struct logbook_turn turn;
    struct err err = {0};
    int status = log->checked ? 0 : logbook_check(log->book, &err);

    log->checked = log->checked || !status;
    if (!status)
        status = logbook_turn(log->book, &turn, &err);
    if (contradicts(status, &err))
        freeze(log, &err);
    else
        tell_away(log, status, &err);
    if (!status)
        tell_ahead(log, turn.ahead);
}

static void *run_log(void *arg)
{
    struct serve_log *log = arg;

    while (!atomic_load(&log->stop)) {
        int64_t next_us = time_monotonic() + log->period_us;
        one_turn(log);
        while (!atomic_load(&log->stop) && time_monotonic() < next_us) {
            int64_t left_us = next_us - time_monotonic();
            usleep(left_us > STEP_US ? STEP_US : left_us > 0 ? (useconds_t)left_us : 1);
        }
    }
    one_turn(log);
    return NULL;
}

static void sockets_of(struct arena *arena, const char *text, struct logbook_config *config)
{
    while (*text && config->witness_count < WITNESSES_MAX) {
        size_t size = strcspn(text, ":");
        if (size > 0)
            config->witnesses[config->witness_count++] = arena_ndup(arena, text, size);
        text += size + (text[size] == ':');
    }
}

/* A signer that starts together with us gets a little time. */
static int first_check(struct serve_log *log, struct err *err)
{
    int64_t until_us = time_monotonic() + PATIENCE_S * TIME_SECOND;
    int status = logbook_check(log->book, err);

    while (status == E_BUSY && time_monotonic() < until_us) {
        usleep(STEP_US);
        status = logbook_check(log->book, err);
    }
    log->checked = !status;
    if (status && !contradicts(status, err)) {
        tell_away(log, status, err);
        status = 0;
    }
    return status;
}

static int setting_wrong(const char *name, struct err *err)
{
    const struct err why = *err;

    err_set(err, E_INVALID, "config/invalid", "[trust] %s: %s", name, why.detail);
    err_zh(err, "[trust] %s：%s", name, why.zh);
    return E_INVALID;
}

int serve_log_settings(const struct config *config, struct arena *arena, struct err *err)
{
    struct trusted *witnesses = ARENA_NEW(arena, struct trusted, 1);
    struct note_key receipts;

    if (config->trust_log_key[0] && note_key_parse(config->trust_log_key, &witnesses->log, err))
        return setting_wrong("log_key", err);
    if (config->trust_receipts_key[0] && note_key_parse(config->trust_receipts_key, &receipts, err))
        return setting_wrong("receipts_key", err);
    if (trusted_add_all(witnesses, config->trust_witness_keys, err))
        return setting_wrong("witness_keys", err);
    if (!config->trust_quorum || config->trust_log_key[0])
        return 0;
    err_set(err, E_INVALID, "config/invalid",
            "trust.quorum is %lld, and without trust.log_key nobody cosigns anything",
            (long long)config->trust_quorum);
    err_zh(err, "trust.quorum 为 %lld，而没有 trust.log_key，无可副署", (long long)config->trust_quorum);
    return E_INVALID;
}

/* Results would wait for ever for witnesses that nobody can tell apart. */
static int quorum_reachable(const struct serve_log *log, int64_t quorum, struct err *err)
{
    if (quorum <= (int64_t)logbook_witnesses(log->book))
        return 0;
    err_set(err, E_INVALID, "config/invalid", "trust.quorum is %lld, trust.witness_keys names %zu witnesses",
            (long long)quorum, logbook_witnesses(log->book));
    err_zh(err, "trust.quorum 为 %lld，而 trust.witness_keys 只有 %zu 个见证人", (long long)quorum,
           logbook_witnesses(log->book));
    return E_INVALID;
}

/* A cosignature that is not counted holds nothing either: the last one asked could drop the others' lines. */
static void tell_uncounted(const struct serve_log *log, size_t sockets)
{
    if (sockets > logbook_witnesses(log->book))
        log_event(
            LOG_WARN, "log",
            "trust.witnesses names %zu sockets, trust.witness_keys %zu keys: cosignatures of the others "
            "are not counted, and nothing keeps them from being dropped",
            sockets, logbook_witnesses(log->book));
}

int serve_log_start(struct service *service, const struct config *config, struct arena *arena,
                    struct serve_log **ret, struct err *err)
{
    struct logbook_config settings = {.key = config->trust_log_key,
                                      .signer = config->trust_signer,
                                      .folder = config->trust_folder,
                                      .witness_keys = config->trust_witness_keys,
                                      .witnesses_may_miss = true};
    struct serve_log *log = ARENA_NEW(arena, struct serve_log, 1);

    *ret = NULL;
    if (!config->trust_log_key[0])
        return 0;
    sockets_of(arena, config->trust_witnesses, &settings);
    log->service = service;
    log->period_us = config->trust_log_ms * 1000;
    int status = logbook_open(&settings, service->store, &log->book, err);
    if (!status)
        status = quorum_reachable(log, config->trust_quorum, err);
    if (!status)
        tell_uncounted(log, settings.witness_count);
    if (!status)
        status = first_check(log, err);
    if (!status && pthread_create(&log->thread, NULL, run_log, log) != 0)
        status = err_set(err, E_BUSY, "server/busy", "could not start a thread");
    if (status)
        logbook_close(log->book);
    else
        *ret = log;
    if (!status) {
        service->log = log->book;
        service->quorum = (int)config->trust_quorum;
        service->signer = config->trust_seal ? config->trust_signer : NULL;
    }
    return status;
}

void serve_log_stop(struct serve_log *log)
{
    if (!log)
        return;
    atomic_store(&log->stop, true);
    pthread_join(log->thread, NULL);
    logbook_close(log->book);
}
