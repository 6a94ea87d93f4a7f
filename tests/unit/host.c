/* The host: loading, keeping, refusing, reloading, and questions that kill. */
#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/host/facts.h"
#include "core/host/host.h"
#include "core/host/plugin.h"

/* Under a sanitizer there is no seccomp, and nothing is open all the same. */
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__ || !defined __x86_64__
#define WRITE_DIES 0
#else
#define WRITE_DIES E_REFUSED
#endif

static char folder[] = "/tmp/linli-host-XXXXXX", plugins[64], state[64];
static struct arena *arena;
static struct buf report;
static struct err err;

static void setup(void)
{
    cr_assert(mkdtemp(folder));
    snprintf(plugins, sizeof plugins, "%s/plugins", folder);
    snprintf(state, sizeof state, "%s/state", folder);
    cr_assert_eq(mkdir(plugins, 0755), 0);
    arena = arena_new(0);
}

static void teardown(void)
{
    char command[128];

    snprintf(command, sizeof command, "rm -rf %s", folder);
    cr_assert_eq(system(command), 0);
    arena_free(arena);
    buf_free(&report);
}

TestSuite(host, .init = setup, .fini = teardown);

/* Puts a planted plug-in into the folder of plug-ins. */
static void put(const char *name, const char *as)
{
    char command[1024];

    snprintf(command, sizeof command, "cp %s/tests/plugins/%s.so %s/%s", BINARY_DIR, name, plugins, as);
    cr_assert_eq(system(command), 0);
}

/* `own`: the folder of what came with Linli. */
static struct host *open_host_of(const char *own, bool quick)
{
    const char *const folders[] = {plugins, NULL};
    struct host_config config = {
        .folders = folders, .state = state, .cpu_seconds = 1, .quick = quick, .own = own};
    struct host *host = NULL;

    buf_clear(&report);
    cr_assert_eq(host_open(&config, &host, &report, &err), 0, "%s", err.detail);
    return host;
}

static struct host *open_host(bool quick)
{
    return open_host_of(plugins, quick);
}

static const struct plugin *scheme(const struct host *host, const char *version)
{
    return host_find(host, PLUGIN_SCHEME, "planted_scheme", version);
}

Test(host, finds_the_newest)
{
    put("version_1_10", "b.so");
    put("version_1_9", "a.so");
    put("good_mechanism", "c.so");
    struct host *host = open_host(false);

    cr_assert_str_eq(plugin_about(scheme(host, NULL))->version, "1.10.0", "%s", report.data);
    cr_assert_str_eq(plugin_about(scheme(host, "1.9.0"))->version, "1.9.0");
    cr_assert_null(scheme(host, "1.0.0"));
    cr_assert_null(host_find(host, PLUGIN_MECHANISM, "planted_scheme", NULL));
    cr_assert_not_null(host_find(host, PLUGIN_MECHANISM, "planted_mechanism", NULL));
    cr_assert_eq(strlen(plugin_sha256(scheme(host, NULL))), 64);
    host_close(host);
}

Test(host, refuses_with_a_sentence)
{
    put("newer_minor", "a.so");
    put("total_not_sum", "b.so");
    put("good_scheme", "c.so");
    struct host *host = open_host(false);

    char sentence[80];
    snprintf(sentence, sizeof sentence, "was built for plug-in contract %u.%u and this is %u.%u",
             LINLI_ABI_MAJOR, LINLI_ABI_MINOR + 1, LINLI_ABI_MAJOR, LINLI_ABI_MINOR);
    cr_assert(strstr(report.data, sentence), "%s", report.data);
    cr_assert(strstr(report.data, "not the sum of its parts"), "%s", report.data);
    cr_assert_not_null(scheme(host, "1.0.0"), "%s", report.data);
    host_close(host);
}

/* A tender finishes under the version it began with, also when the file is gone. */
Test(host, keeps_what_it_let_in)
{
    char path[128];

    put("version_1_9", "a.so");
    host_close(open_host(false));
    snprintf(path, sizeof path, "%s/a.so", plugins);
    cr_assert_eq(unlink(path), 0);
    struct host *without = open_host(false);
    cr_expect_eq(host_offered(without), 0, "a copy is offered by nobody");
    host_close(without);
    put("version_1_10", "a.so");
    struct host *host = open_host(false);
    cr_expect_eq(host_offered(host), 1);
    cr_assert_not_null(scheme(host, "1.9.0"), "%s", report.data);
    cr_assert_not_null(scheme(host, "1.10.0"), "%s", report.data);
    host_close(host);
}

Test(host, reload_adds)
{
    put("version_1_9", "a.so");
    struct host *host = open_host(false);
    const struct plugin *old = scheme(host, NULL);

    put("version_1_10", "b.so");
    cr_assert_eq(host_reload(host, NULL, &err), 0);
    cr_assert_str_eq(plugin_about(scheme(host, NULL))->version, "1.10.0");
    cr_assert_str_eq(plugin_about(old)->version, "1.9.0");
    cr_assert_eq(scheme(host, "1.9.0"), old);
    host_close(host);
}

/* The same version twice, with other content, is a mistake of the operator. */
Test(host, same_version_other_content)
{
    put("good_scheme", "a.so");
    put("perverse_price", "b.so");
    struct host *host = open_host(true);

    cr_assert(strstr(report.data, "a change needs a new version"), "%s", report.data);
    host_close(host);
}

Test(host, copy_that_was_changed)
{
    char command[256];

    put("good_scheme", "a.so");
    host_close(open_host(false));
    snprintf(command, sizeof command, "rm %s/*; chmod u+w %s/*.so; for f in %s/*.so; do printf x >> $f; done",
             plugins, state, state);
    cr_assert_eq(system(command), 0);
    struct host *host = open_host(false);
    cr_assert_null(scheme(host, NULL));
    cr_assert(strstr(report.data, "its content is not what its name says"), "%s", report.data);
    host_close(host);
}

static int files_in(const char *path)
{
    DIR *d = opendir(path);
    int count = 0;

    cr_assert_not_null(d);
    for (const struct dirent *e = readdir(d); e; e = readdir(d))
        count += e->d_name[0] != '.';
    closedir(d);
    return count;
}

Test(host, nothing_refused_is_kept)
{
    put("lost_fen", "a.so");
    host_close(open_host(false));
    cr_assert_eq(files_in(state), 0);
}

/* ---- questions ---- */

static int ask(struct host *host, const char *version, const char *json, char **ret_json)
{
    const struct plugin *p = scheme(host, version);
    const void *options = NULL;
    const linli_facts *facts = NULL;
    const linli_evaluation *e = NULL;
    linli_admission items[2] = {{1, true, {NULL, 0}}, {2, true, {NULL, 0}}};
    linli_admissions admitted = {items, 2, 2};

    cr_assert_not_null(p, "%s", report.data);
    cr_assert_eq(facts_read(arena, json, strlen(json), &facts, &err), 0, "%s", err.detail);
    cr_assert_eq(plugin_options(p, arena, "{}", 2, facts, &options, NULL, &err), 0, "%s", err.detail);
    return ask_evaluate(p, arena, options, facts, &admitted, &e, ret_json, &err);
}

#define BIDS                                                                                                 \
    "\"bids\":[{\"key\":1,\"number\":3,\"open\":true,\"priced\":true,\"price\":\"480000.00\"},"              \
    "{\"key\":2,\"open\":true,\"priced\":true,\"price\":\"450000.00\"}],"                                    \
    "\"marks\":[{\"bid\":1,\"by\":4,\"criterion\":\"quality\",\"value\":\"88\"}]"

Test(host, answer_with_words)
{
    char *json = NULL;

    put("good_scheme", "a.so");
    struct host *host = open_host(false);
    cr_assert_eq(ask(host, "1.0.0", "{" BIDS "}", &json), 0, "%s", err.detail);
    cr_assert(strstr(json, "\"zh\":\"最低价 450,000.00 元，报价 480,000.00 元\""), "%s", json);
    cr_assert(strstr(json, "\"en\":\"lowest price 450,000.00 yuan, price 480,000.00 yuan\""), "%s", json);
    cr_assert(strstr(json, "\"args\":[{\"money\":\"450000.00\"},{\"money\":\"480000.00\"}]"), "%s", json);
    cr_assert(strstr(json, "\"total\":\"89.73\""), "%s", json); /* 30 * 450/480 = 28.125, + 88 * 70% */
    host_close(host);
}

/* The child's answer is the same as one asked here, and its death is an answer. */
Test(host, a_death_is_an_answer)
{
    char *here = NULL, *child = NULL;

    put("good_scheme", "a.so");
    put("dies_on_demand", "b.so");
    struct host *host = open_host(true);
    cr_assert_eq(ask(host, "1.0.0", "{" BIDS "}", &here), 0, "%s", err.detail);
    cr_assert_eq(ask(host, "6.6.6", "{" BIDS "}", &child), 0, "%s", err.detail);
    cr_assert_str_eq(here, child);
    cr_assert_eq(ask(host, "6.6.6", "{\"tender\":{\"key\":666}," BIDS "}", NULL), E_REFUSED);
    cr_assert_str_eq(err.type, "plugin/failed");
    cr_assert(strstr(err.detail, "died of signal"), "%s", err.detail);
    cr_assert_eq(ask(host, "6.6.6", "{\"tender\":{\"key\":667}," BIDS "}", NULL), E_REFUSED);
    /* Beside others it may be that it gets too little of the processor to use that up. */
    cr_assert(strstr(err.detail, "seconds of processor time") || strstr(err.detail, "did not answer in"),
              "%s", err.detail);
    host_close(host);
}

/* Of a plug-in that did not come with Linli the death is an answer too, whatever it declares. */
Test(host, a_stranger_dies_alone)
{
    put("dies_as_a_stranger", "a.so");
    struct host *host = open_host_of(folder, true);
    cr_assert_eq(ask(host, "6.6.7", "{" BIDS "}", NULL), 0, "%s", err.detail);
    cr_assert_eq(ask(host, "6.6.7", "{\"tender\":{\"key\":666}," BIDS "}", NULL), E_REFUSED);
    cr_assert(strstr(err.detail, "died of signal"), "%s", err.detail);
    cr_assert_eq(ask(host, "6.6.7", "{\"tender\":{\"key\":667}," BIDS "}", NULL), E_REFUSED);
    cr_assert(strstr(err.detail, "seconds"), "%s", err.detail);
    host_close(host);
}

static void write_there(void *there)
{
    memset(there, 1, 16);
}

/* A question that is asked at the same moment is nobody's but its own. */
Test(host, a_child_has_its_own_memory_alone)
{
    const struct limits limits = {1 << 20, 5};
    char *own = child_memory(4096), *other = child_memory(4096);

    cr_assert(own && other);
    cr_expect_eq(child_run(write_there, own, own, 4096, &limits, &err), 0, "%s", err.detail);
    cr_expect_eq(own[0], 1);
    cr_expect_eq(child_run(write_there, other, own, 4096, &limits, &err), E_REFUSED);
    cr_expect_eq(other[0], 0);
    cr_expect_eq(child_run(write_there, other, other, 4096, &limits, &err), 0, "%s", err.detail);
    cr_expect_eq(other[0], 1);
    child_memory_free(own, 4096);
    child_memory_free(other, 4096);
}

/* Where the other lots have taken all, a ranking spends nothing and stands; a hundredth less is no pool. */
Test(host, an_exhausted_pool)
{
    const linli_facts *facts;
    static const char less[] = "{\"tender\":{\"pool\":\"-0.02\"}}";

    put("good_scheme", "a.so");
    struct host *host = open_host(true);
    cr_assert_eq(
        ask(host, "1.0.0", "{\"tender\":{\"budget\":\"500000.00\",\"pool\":\"-0.01\"}," BIDS "}", NULL), 0,
        "%s", err.detail);
    cr_assert_eq(facts_read(arena, less, sizeof less - 1, &facts, &err), E_INVALID);
    host_close(host);
}

/* Whatever the server has open, a question says nothing into it. */
Test(host, a_question_writes_nowhere)
{
    char said[8];
    int ends[2];

    cr_assert_eq(pipe2(ends, O_NONBLOCK), 0);
    cr_assert_lt(ends[1], 64);
    put("writes_to_files", "a.so");
    struct host *host = open_host(true);
    cr_expect_eq(ask(host, "7.7.7", "{" BIDS "}", NULL), WRITE_DIES, "%s", err.detail);
    cr_expect_eq(read(ends[0], said, sizeof said), -1, "it wrote into a pipe of ours");
    host_close(host);
}

Test(host, options_are_canonical)
{
    const void *options = NULL;
    char *canonical = NULL;

    put("good_scheme", "a.so");
    struct host *host = open_host(false);
    const struct plugin *p = scheme(host, NULL);
    cr_assert_eq(plugin_options(p, arena, "{\"decimals\":4}", 14, NULL, &options, &canonical, &err), 0);
    cr_assert_str_eq(canonical, "{\"decimals\":4,\"price_weight\":\"30%\"}");
    const linli_facts *facts = NULL;
    cr_assert_eq(facts_read(arena, "{}", 2, &facts, &err), 0);
    cr_assert_eq(plugin_options(p, arena, "{\"price_weight\":\"0%\"}", 21, facts, &options, NULL, &err),
                 E_INVALID);
    cr_assert_str_eq(err.at[0].pointer, "/price_weight");
    cr_assert_str_eq(err.at[0].code, "weight");
    cr_assert_str_eq(err.at[0].zh, "价格权重须大于零");
    host_close(host);
}

/* ---- many threads ---- */

static void *ask_often(void *arg)
{
    struct host *host = arg;
    static const char facts_json[] = "{" BIDS "}";
    linli_admission items[2] = {{1, true, {NULL, 0}}, {2, true, {NULL, 0}}};
    linli_admissions admitted = {items, 2, 2};
    const char *failed = NULL;

    for (int i = 0; i < 50 && !failed; i++) {
        struct arena *own = arena_new(0);
        struct err fault = {0};
        const linli_facts *facts;
        const linli_evaluation *e;
        const void *options;
        const struct plugin *p = scheme(host, i % 10 == 0 ? "6.6.6" : NULL);
        if (!p || facts_read(own, facts_json, strlen(facts_json), &facts, &fault) ||
            plugin_options(p, own, "{}", 2, facts, &options, NULL, &fault) ||
            ask_evaluate(p, own, options, facts, &admitted, &e, NULL, &fault) || e->items[1].rank != 2)
            failed = "a question failed";
        arena_free(own);
    }
    return (void *)(uintptr_t)failed;
}

Test(host, asked_while_it_reloads)
{
    pthread_t threads[4];
    void *failed;

    put("version_1_9", "a.so");
    put("dies_on_demand", "b.so");
    struct host *host = open_host(true);
    for (size_t i = 0; i < LENGTH(threads); i++)
        cr_assert_eq(pthread_create(&threads[i], NULL, ask_often, host), 0);
    put("version_1_10", "c.so");
    for (int i = 0; i < 5; i++)
        cr_assert_eq(host_reload(host, NULL, &err), 0);
    for (size_t i = 0; i < LENGTH(threads); i++) {
        cr_assert_eq(pthread_join(threads[i], &failed), 0);
        cr_assert_null(failed, "%s", (const char *)failed);
    }
    cr_assert_not_null(scheme(host, "1.10.0"));
    host_close(host);
}
