/*
 * linli plugin check: opens a file, reads it as ELF, and questions it in a child
 * about a made-up lot.  Every check has a name here, so that a test can say
 * which one must catch which fault.
 */
#include "core/host/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/base/config.h"
#include "core/base/time.h"
#include "core/domain/rules.h"
#include "core/host/explore.h"
#include "core/host/loader.h"

enum { CHECK_ARENA = 512 << 20, CHECK_SECONDS = 30, EXPLORE_SECONDS = 3600, BIDS_MANY = 4 };

/* clang-format off */
static const struct { const char *name, *what; } catalogue[] = {
    { "load", "is loaded" },
    { "complete", "has every function" },
    { "about", "describes itself in both languages" },
    { "words", "its messages say the same in both languages" },
    { "options", "its option table is sound" },
    { "needs", "names the rules it needs" },
    { "examples", "accepts its own examples" },
    { "plan", "its plan is closed, comes to an end, and its shares add up" },
    { "step", "every phase has a next step" },
    { "few", "stops and says why with too few" },
    { "admit", "admits with reasons, and nobody late, withdrawn or void" },
    { "tie", "does not settle a tie by itself, and follows the draw" },
    { "award", "awards within the budget, each bid once, with reasons" },
    { "tranches", "tranches add up to the last fen" },
    { "release", "pays on evidence and never more than the tranche" },
    { "refuse", "refuses acts with a reason" },
    { "criteria", "names its criteria" },
    { "evaluate", "totals are the sum of explained parts, ranks and sets hold" },
    { "price", "a lower price of one's own never costs points" },
    { "same", "same question, same answer" },
    { "order", "the order of the facts does not matter" },
    { "relabel", "the keys of the bids do not matter" },
    { "memory", "every allocation may fail" },
    { "explore", "every state it can reach keeps the rules and leads to an end" },
};
/* clang-format on */

void check_begin(struct checker *c, const char *name)
{
    for (size_t i = 0; i < LENGTH(catalogue); i++)
        if (strcmp(catalogue[i].name, name) == 0) {
            c->page->now = (int)i;
            c->page->begun |= 1u << i;
            return;
        }
    NEVER("a check that is not in the catalogue");
}

static void page_add(struct check_page *page, const char *verdict, const char *name, const char *text)
{
    char line[1024];
    int size = snprintf(line, sizeof line, "%s  %-20s %-9s %s\n", verdict, page->id, name, text);

    if (size >= (int)sizeof line)
        size = (int)sizeof line - 1;
    if (page->used + (size_t)size + 1 > sizeof page->text || strstr(page->text, line))
        return;
    memcpy(page->text + page->used, line, (size_t)size + 1);
    page->used += (size_t)size;
    page->failures += strcmp(verdict, "FAIL") == 0;
}

void check_failed(struct checker *c, const char *format, ...)
{
    char text[900];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    c->page->failed |= 1u << c->page->now;
    page_add(c->page, "FAIL", catalogue[c->page->now].name, text);
}

/* ---- rules ------------------------------------------------------------------------------ */

static int by_rule(const void *a, const void *b)
{
    return strcmp(((const linli_rule *)a)->code, ((const linli_rule *)b)->code);
}

/* The rules in force for the regime it serves, and made-up ones where a plug-in
 * needs rules that no set of ours has. */
static void rules_find(struct checker *c, const struct rule_book *book, const char *const *needs)
{
    const struct rule_set *set = NULL;
    size_t extra = 0;

    for (int r = LINLI_STATUTORY; r <= LINLI_CHARITY && !set; r++)
        if (c->regime ? c->regime == r : !c->mechanism || c->mechanism->regimes >> r & 1)
            set = book ? rules_on(book, r, (struct rule_place){0}, date_of(2026, 11, 21), c->arena) : NULL;
    while (needs && needs[extra])
        extra++;
    size_t count = set ? set->count : 0;
    linli_rule *rules = ARENA_NEW(c->arena, linli_rule, count + extra + 1);
    if (count)
        memcpy(rules, set->rules, count * sizeof *rules);
    for (size_t i = 0; i < extra; i++)
        if (!rule_find(rules, count, needs[i]))
            rules[count++] =
                (linli_rule){needs[i], "made up", LINLI_UNIT_COUNT, 0, 3, {5, LINLI_WORKING_DAYS}};
    qsort(rules, count, sizeof *rules, by_rule);
    c->rules = rules;
    c->rule_count = count;
}

/* ---- in the child -------------------------------------------------------------------------- */

struct job {
    const char *path; /* of the copy */
    bool exact;
    int explore; /* bids of the world to walk through; 0: the checks instead */
    struct check_page *page;
};

static void check_one(struct check_page *page, const struct rule_book *book, const linli_mechanism *m,
                      const linli_scheme *s)
{
    struct checker c = {.page = page, .arena = arena_new(0), .mechanism = m, .scheme = s};
    const linli_about *about = m ? m->about : s->about;
    int failures = page->failures;

    snprintf(page->id, sizeof page->id, "%s", about && about->id ? about->id : "?");
    page->begun = page->failed = 0;
    page->failures = 0;
    bool whole = check_face(&c);
    page->failures += failures;
    if (!whole)
        return;
    rules_find(&c, book, m ? m->needs : s->needs);
    if (m)
        check_mechanism(&c);
    else
        check_scheme(&c);
    for (size_t i = 0; i < LENGTH(catalogue); i++)
        if ((page->begun & ~page->failed) >> i & 1)
            page_add(page, "ok  ", catalogue[i].name, catalogue[i].what);
}

static int64_t clock_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* One example under one regime.  False: check() finds fault with it there. */
static bool explore_example(struct checker *c, const struct job *job, const void *options, size_t example)
{
    static const char *const regimes[] = {"", "statutory", "sub_threshold", "grants", "charity"};
    static const char *const lots[LOTS] = {
        "", ", small", ", large", ", called off", ", second of three lots", ", grouped"};
    const linli_facts *facts = &world_new(c, NULL, NULL, false)->facts;
    struct question check = check_question(c, ASK_CHECK, options, facts);
    struct question q = check_question(c, ASK_PLAN, options, facts);
    int64_t begun = clock_ms();
    char text[160];

    const linli_findings *found = check_question_once(c, &check, "examples");
    if (!found || found->count > 0)
        return false;
    const linli_plan *plan = check_question_once(c, &q, "plan");
    if (!plan)
        return false;
    struct explored e = explore_mechanism(c, options, plan, job->explore);
    snprintf(text, sizeof text, "example %zu, %s%s: %zu states, %zu edges with up to %d bids in %lld ms",
             example, regimes[c->regime], lots[c->lot], e.states, e.edges, job->explore,
             (long long)(clock_ms() - begun));
    page_add(job->page, "ok  ", "explore", text);
    return true;
}

/* Is the example walked through in this lot?  In the first it is fit for; the first of all also in a lot of a
 * hundredth of the money, where caps no longer do the work of the budget, and with bids that count as one;
 * each, where it is first walked, also beside other lots. */
static bool walked_in(const struct job *job, int lot, size_t example, int walked, bool beside)
{
    if (lot >= LOT_SECOND)
        return beside && job->explore < BIDS_MANY && (example == 0 || lot == LOT_SECOND);
    return walked == 0 || (example == 0 && lot <= LOT_SMALL && job->explore < BIDS_MANY);
}

/* Every example under every regime it is for, with every number of bids up to that of the job. */
static void explore_one(const struct job *job, const struct rule_book *book, const linli_mechanism *m)
{
    struct checker c = {.page = job->page, .arena = arena_new(0), .mechanism = m};

    snprintf(job->page->id, sizeof job->page->id, "%s", m->about->id);
    for (size_t i = 0; m->examples[i]; i++) {
        const void *options = check_options(&c, m->examples[i]);
        int walked = 0;
        for (c.regime = LINLI_STATUTORY; options && c.regime <= LINLI_CHARITY; c.regime++) {
            if (!(m->regimes >> c.regime & 1))
                continue;
            rules_find(&c, book, m->needs);
            const int before = walked;
            for (c.lot = LOT_USUAL; c.lot < LOTS; c.lot++)
                if (walked_in(job, c.lot, i, walked, before == 0 && walked > 0))
                    walked += explore_example(&c, job, options, i + 1);
        }
        check_begin(&c, "explore");
        if (options && walked == 0)
            check_failed(&c, "example %zu cannot be walked through under any regime", i + 1);
    }
}

static void check_in_child(void *arg)
{
    struct job *job = arg;
    struct arena *arena = arena_new(0);
    struct rule_book *book = NULL;
    struct buf why = {0};
    const linli_module *module = module_open(job->path, job->exact, &why);

    if (!module) {
        page_add(job->page, "FAIL", "load", arena_printf(arena, "it %s", why.data));
        return;
    }
    if ((!module->mechanisms || !module->mechanisms[0]) && (!module->schemes || !module->schemes[0]))
        page_add(job->page, "FAIL", "load", "there is neither a mechanism nor a scheme in it");
    /* Without rule sets of ours, made-up rules must do. */
    if (rules_load(arena_printf(arena, "%s/config/rules", config_share(arena)), arena, &book, NULL))
        book = NULL;
    child_sandbox();
    for (const linli_mechanism *const *m = module->mechanisms; m && *m; m++)
        if (job->explore)
            explore_one(job, book, *m);
        else
            check_one(job->page, book, *m, NULL);
    for (const linli_scheme *const *s = module->schemes; s && *s && !job->explore; s++)
        check_one(job->page, book, NULL, *s);
}

/* ---- the doors ------------------------------------------------------------------------------- */

/* What a child left may be anything. */
static void page_whole(struct check_page *page)
{
    page->id[sizeof page->id - 1] = '\0';
    page->text[sizeof page->text - 1] = '\0';
    page->used = strlen(page->text);
    if (page->now < 0 || page->now >= (int)LENGTH(catalogue))
        page->now = 0;
}

static int run_job(struct job job, int seconds, struct buf *report, bool all)
{
    const struct limits limits = {CHECK_ARENA, seconds};
    struct check_page *page = job.page = child_memory(sizeof *page);
    const char *path = job.path;
    struct err err = {0};

    if (!page)
        return -1;
    const char *slash = strrchr(path, '/');
    snprintf(page->id, sizeof page->id, "%.40s", slash ? slash + 1 : path);
    const int result = child_run(check_in_child, &job, page, sizeof *page, &limits, &err);
    page_whole(page);
    if (result)
        page_add(page, "FAIL", catalogue[page->now].name, err.detail);
    for (char *line = page->text, *end; *line; line = end) {
        end = line + strcspn(line, "\n");
        end += *end == '\n';
        if (all || strncmp(line, "FAIL", 4) == 0)
            buf_add(report, line, (size_t)(end - line));
    }
    int failures = page->failures;
    child_memory_free(page, sizeof *page);
    return failures;
}

int module_check(const char *path, bool exact, struct buf *report, bool all)
{
    return run_job((struct job){.path = path, .exact = exact}, CHECK_SECONDS, report, all);
}

static int with_copy(const char *path, int explore, struct buf *report, bool all)
{
    CLEANUP(buf_free) struct buf why = {0};
    char folder[] = "/tmp/linli-check-XXXXXX";
    struct candidate c;
    bool exact = false;
    int failures = -1;

    if (!candidate_read(path, &c, &why)) {
        buf_printf(report, "FAIL  %s: it %s\n", path, why.data);
        return -1;
    }
    if (!candidate_pure(&c, &exact, &why)) {
        buf_printf(report, "FAIL  %-20s %-9s it %s\n", path, "file", why.data);
        failures = 1;
    } else if (mkdtemp(folder)) {
        if (candidate_keep(&c, folder, &why))
            failures = run_job((struct job){.path = c.copy, .exact = exact, .explore = explore},
                               explore ? EXPLORE_SECONDS : CHECK_SECONDS, report, all);
        candidate_drop(&c);
        rmdir(folder);
    }
    candidate_free(&c);
    return failures;
}

int plugin_check_path(const char *path, struct buf *report, bool all)
{
    return with_copy(path, 0, report, all);
}

int plugin_explore(const char *path, int bids, struct buf *report)
{
    return with_copy(path, bids, report, true);
}

int plugin_check_file(const char *path, struct buf *report)
{
    return plugin_check_path(path, report, false);
}
