/* Each planted fault is caught by the check that is meant for it; what is good passes. */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <stdio.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/host/host.h"
#include "core/host/plugin.h"

struct planted {
    char name[32], check[16], words[64];
};

/* clang-format off */
static struct planted planted[] = {
    { "wrong_magic", "file", "magic" },
    { "newer_minor", "file", "was built for plug-in contract 0." },
    { "writable_global", "file", "variables that can change" },
    { "imports_malloc", "file", "imports \"" },
    { "constructor", "file", "would run code when it is loaded" },
    { "second_export", "file", "exports \"also_exported\"" },
    { "gmp_not_exact", "load", "not all in it is declared LINLI_EXACT" },
    { "missing_english", "words", "lacks a code or a text" },
    { "placeholder_mismatch", "words", "other places in Chinese" },
    { "option_outside", "options", "outside the struct" },
    { "option_overlap", "options", "over another member" },
    { "bad_default", "options", "its own row refuses" },
    { "bad_example", "examples", "finds fault" },
    { "pointer_dependent", "same", "another answer" },
#if defined __x86_64__ && !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
    { "kernel_call", "evaluate", "died of signal 31" },
#endif
    { "ignores_nomem", "memory", "died of signal" },
    { "crash_on_order", "order", "died of signal" },
    { "key_tie", "relabel", "keys of the bids" },
    { "total_not_sum", "evaluate", "not the sum of its parts" },
    { "unexplained", "evaluate", "not explained" },
    { "garbage_line", "evaluate", "names message" },
    { "perverse_price", "price", "a lower price" },
    { "shares_99", "plan", "add up to 990000" },
    { "dead_end", "plan", "goes in a circle" },
    { "few_go_on", "few", "goes on with 1 where 2" },
    { "admits_late", "admit", "yet admitted" },
    { "secret_tie", "tie", "without a draw" },
    { "draws_a_ghost", "tie", "who is not there" },
    { "over_budget", "award", "exceed the budget" },
    { "lost_fen", "tranches", "add up to" },
    { "no_evidence", "release", "without its evidence" },
    { "silent_refusal", "refuse", "without a reason" },
};
/* clang-format on */

static int check(const char *name, struct buf *report)
{
    char path[512];

    snprintf(path, sizeof path, "%s/tests/plugins/%s.so", BINARY_DIR, name);
    return plugin_check_file(path, report);
}

ParameterizedTestParameters(check, catches)
{
    return cr_make_param_array(struct planted, planted, LENGTH(planted));
}

ParameterizedTest(struct planted *p, check, catches)
{
    CLEANUP(buf_free) struct buf report = {0};
    char name[24];

    cr_assert_gt(check(p->name, &report), 0, "%s passed", p->name);
    snprintf(name, sizeof name, " %s ", p->check);
    const char *line = report.data;
    while (line && *line && !(strstr(line, name) && strstr(line, name) < strchr(line, '\n')))
        line = strchr(line, '\n') + 1;
    cr_assert(line && *line, "%s is not caught by \"%s\":\n%s", p->name, p->check, report.data);
    cr_assert_not_null(strstr(line, p->words), "%s: no \"%s\" in\n%s", p->name, p->words, report.data);
}

Test(check, good_ones_pass)
{
    static const char *const good[] = {"good_scheme", "good_mechanism"};

    for (size_t i = 0; i < LENGTH(good); i++) {
        CLEANUP(buf_free) struct buf report = {0};
        cr_assert_eq(check(good[i], &report), 0, "%s", report.data);
        cr_assert_null(report.data);
    }
}

static int explore(const char *name, int bids, struct buf *report)
{
    char path[512];

    snprintf(path, sizeof path, "%s/tests/plugins/%s.so", BINARY_DIR, name);
    return plugin_explore(path, bids, report);
}

/* What each law finds: tests/explore/planted. */
Test(check, every_state)
{
    CLEANUP(buf_free) struct buf report = {0};

    cr_assert_eq(plugin_explore(PLUGIN_DIR "/cultivation_grant.so", 3, &report), 0, "%s", report.data);
    buf_clear(&report);
    cr_assert_gt(explore("stuck", 2, &report), 0);
    cr_assert(strstr(report.data, "no road leads to an end from here"), "%s", report.data);
    buf_clear(&report);
    cr_assert_gt(explore("goes_back", 2, &report), 0);
    cr_assert(strstr(report.data, "it goes back"), "%s", report.data);
}

Test(check, no_file)
{
    CLEANUP(buf_free) struct buf report = {0};

    cr_assert_eq(check("not_there", &report), -1);
}
