/*
 * linli decide: one question to one plug-in from a file, without server or
 * database.  How an auditor, a plug-in author and the tests ask.
 */
#include <argp.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "api/cli/cli.h"
#include "api/cli/explain.h"
#include "core/base/text.h"
#include "core/host/facts.h"
#include "core/host/facts_form.h"
#include "core/json/merge.h"

int cli_decide(int argc, char **argv);

struct decide {
    const char *id, *facts, *options, *changes, *ask, *folder, *version, *sha256;
    int64_t bid; /* to explain; 0: all */
    bool pretty, explain, margin;
};

enum { KEY_EXPLAIN = 256, KEY_MARGIN, KEY_CHANGES, KEY_SHA256 };

/* clang-format off */
static const struct cli_option arguments[] = {
    CLI_NEED(decide, facts, "facts", 'f', "FILE", "facts as JSON (\"linli\":\"facts/1\"); - is standard input"),
    CLI_TEXT(decide, options, "options", 'o', "FILE", "options as JSON; its members take the place of those in the member \"options\" of the facts"),
    CLI_TEXT(decide, ask, "ask", 'a', "QUESTION", "check, plan, step, admit, award, schedule, release or refuse of a mechanism; check, criteria or evaluate of a scheme"),
    CLI_TEXT(decide, folder, "plugins", 'p', "DIR", "folder of plug-ins; several with colons"),
    CLI_TEXT(decide, version, "plugin-version", 'v', "VERSION", "instead of the newest"),
    CLI_TEXT(decide, sha256, "plugin-sha256", KEY_SHA256, "HEX", "only the very file with this digest"),
    {.name = "explain", .key = KEY_EXPLAIN, .value = "BID", .flags = OPTION_ARG_OPTIONAL,
     .help = "a scheme's evaluation as a page for each bid (or for one, by key), in Chinese and English"},
    CLI_FLAG(decide, margin, "what-if", KEY_MARGIN, "how near a ranking was and on what it hangs: the smallest change of a price, a mark or two weights that would have made another bid win; with --options or --changes, how ranks change"),
    CLI_TEXT(decide, changes, "changes", KEY_CHANGES, "FILE", "other prices and marks, as JSON: {\"prices\":[{\"bid\",\"price\"}],\"marks\":[{\"bid\",\"by\",\"criterion\",\"value\"}]}"),
    CLI_FLAG(decide, pretty, "pretty", 'P', "indent the answer"),
    CLI_ARGUMENT(decide, id, "ID"),
};
/* clang-format on */

static void take(void *options, int key, const char *value, struct argp_state *state)
{
    struct decide *d = options;

    (void)key;
    d->explain = true;
    if (value && !int_parse(value, 1, INT32_MAX, &d->bid))
        argp_error(state, "--explain takes the key of a bid");
}

static const struct cli_command command = {
    CLI_ROWS(arguments),
    .arguments = "ID",
    .help = "Asks one plug-in from a file and prints its decision with every line of explanation."
            "\vFacts carry the members of linli/plugin.h; docs/plugin.md shows them.  Beside them a file "
            "may hold \"options\", \"admitted\" (keys of bids) and \"asked\" {award, tranche, role, act, "
            "actor, bid}.\n"
            "Exit: 0 answered, 64 usage, 65 facts or options at fault, 69 no such plug-in, 70 the plug-in "
            "failed.",
    .take = take,
};

/* ---- the question ------------------------------------------------------------ */

struct asking {
    struct arena *arena;
    const struct plugin *plugin;
    const void *options, *options_before; /* those of the file alone; NULL: there are no others */
    linli_facts facts_before;
    struct facts_form *form;
    bool explain, margin; /* the evaluation is printed for people, not as JSON */
    uint64_t bid;
    char *json;
    struct err err;
};

/* A mechanism is asked under its plan; where the file has none, the plug-in makes it. */
static int plan_fill(struct asking *a)
{
    linli_facts *f = &a->form->facts;
    int status = 0;

    if (!f->plan)
        status = ask_plan(a->plugin, a->arena, a->options, f, &f->plan, NULL, &a->err);
    if (status == 0 && !f->phase)
        f->phase = f->plan->phases[0].code;
    return status;
}

static const linli_award *award_asked(struct asking *a)
{
    const linli_facts *f = &a->form->facts;

    for (size_t i = 0; i < f->award_count; i++)
        if (a->form->award == 0 || f->awards[i].bid == a->form->award)
            return &f->awards[i];
    err_set(&a->err, E_INVALID, "facts/invalid", "the facts have no such award to ask about");
    return NULL;
}

/* A contract may have changed since its award, and its tranches with it. */
static int ask_release_as_stored(struct asking *a)
{
    const linli_award award = {
        .bid = a->form->award, .standing = LINLI_WINNER, .order = 1, .amount = a->form->awarded};
    const linli_tranche tranche = {a->form->tranche, a->form->amount};
    const linli_release *answer;

    return ask_release(a->plugin, a->arena, a->options, &a->form->facts, &award, &tranche, &answer, &a->json,
                       &a->err);
}

static int ask_of_award(struct asking *a, bool release)
{
    const linli_facts *f = &a->form->facts;
    const linli_award *award = award_asked(a);
    const linli_schedule *schedule;
    const linli_release *answer;

    if (!award)
        return E_INVALID;
    int status = ask_schedule(a->plugin, a->arena, a->options, f, award, &schedule, &a->json, &a->err);
    if (status || !release)
        return status;
    for (size_t i = 0; i < schedule->count; i++)
        if (a->form->tranche && strcmp(schedule->items[i].code, a->form->tranche) == 0)
            return ask_release(a->plugin, a->arena, a->options, f, award, &schedule->items[i], &answer,
                               &a->json, &a->err);
    return err_set(&a->err, E_INVALID, "facts/invalid", "/asked/tranche must name a tranche of the award");
}

static int ask_mechanism(struct asking *a, const char *ask)
{
    const linli_facts *f = &a->form->facts;
    const linli_plan *plan;
    const linli_step *step;
    const linli_admissions *admissions;
    const linli_awards *awards;
    const linli_verdict *verdict;

    if (strcmp(ask, "plan") == 0)
        return ask_plan(a->plugin, a->arena, a->options, f, &plan, &a->json, &a->err);
    int status = plan_fill(a);
    if (status)
        return status;
    if (strcmp(ask, "step") == 0)
        return ask_step(a->plugin, a->arena, a->options, f, &step, &a->json, &a->err);
    if (strcmp(ask, "admit") == 0)
        return ask_admit(a->plugin, a->arena, a->options, f, &admissions, &a->json, &a->err);
    if (strcmp(ask, "award") == 0)
        return ask_award(a->plugin, a->arena, a->options, f, &awards, &a->json, &a->err);
    if (strcmp(ask, "refuse") == 0)
        return ask_refuse(a->plugin, a->arena, a->options, f, a->form->role, a->form->actor, a->form->act,
                          a->form->bid, &verdict, &a->json, &a->err);
    if (strcmp(ask, "release") == 0 && a->form->awarded.minor)
        return ask_release_as_stored(a);
    return ask_of_award(a, strcmp(ask, "release") == 0);
}

/* Against the ranking without --options and --changes. */
static int print_changed(struct asking *a, const linli_evaluation *after, const linli_admissions *admitted)
{
    const linli_evaluation *before;
    int status = ask_evaluate(a->plugin, a->arena, a->options_before, &a->facts_before, admitted, &before,
                              NULL, &a->err);

    if (!status)
        explain_changed(&a->form->facts, before, after, stdout);
    return status;
}

static int ask_scheme(struct asking *a, const char *ask)
{
    const linli_facts *f = &a->form->facts;
    linli_admissions admitted = facts_form_admitted(a->arena, a->form);
    const linli_criteria *criteria;
    const linli_evaluation *evaluation;

    if (strcmp(ask, "criteria") == 0)
        return ask_criteria(a->plugin, a->arena, a->options, f, &criteria, &a->json, &a->err);
    int status = ask_evaluate(a->plugin, a->arena, a->options, f, &admitted, &evaluation, &a->json, &a->err);
    const struct asked asked = {a->plugin, a->arena, a->options, f, &admitted};
    if (!status && a->explain)
        status = explain_print(&asked, evaluation, a->bid, stdout, &a->err);
    if (!status && a->margin && a->options_before)
        status = print_changed(a, evaluation, &admitted);
    if (!status && a->margin)
        status = explain_margin(&asked, evaluation, stdout, &a->err);
    return status;
}

static bool asks_one_of(const char *ask, const char *const *names)
{
    while (*names && strcmp(ask, *names) != 0)
        names++;
    return *names;
}

static const char *const of_mechanisms[] = {"check",    "plan",    "step",   "admit", "award",
                                            "schedule", "release", "refuse", NULL};
static const char *const of_schemes[] = {"check", "criteria", "evaluate", NULL};

/* By the question where both kinds have the id. */
static const struct plugin *plugin_asked(const struct host *host, const struct decide *d)
{
    const struct plugin *m = host_find_build(host, PLUGIN_MECHANISM, d->id, d->version, d->sha256);
    const struct plugin *s = host_find_build(host, PLUGIN_SCHEME, d->id, d->version, d->sha256);

    return m && (!s || !d->ask || asks_one_of(d->ask, of_mechanisms)) ? m : s;
}

struct changes {
    linli_list prices, marks;
};
static const linli_option changes_rows[] = {
    {.name = "prices",
     .type = LINLI_OPT_LIST,
     .offset = offsetof(struct changes, prices),
     .high = 10000,
     .item = whatif_price_rows,
     .item_count = LENGTH(whatif_price_rows),
     .item_size = sizeof(struct whatif_price)},
    {.name = "marks",
     .type = LINLI_OPT_LIST,
     .offset = offsetof(struct changes, marks),
     .high = 10000,
     .item = whatif_mark_rows,
     .item_count = LENGTH(whatif_mark_rows),
     .item_size = sizeof(struct whatif_mark)},
};
static const struct form changes_form = FORM(changes_rows, struct changes);

static int changes_read(struct asking *a, const struct decide *d)
{
    const linli_facts *changed = NULL;
    char *json = NULL;
    size_t bytes = 0;
    void *read = NULL;

    a->facts_before = a->form->facts;
    if (!d->changes)
        return EX_OK;
    if (!cli_read(a->arena, d->changes, &json, &bytes))
        return EX_NOINPUT;
    int status = form_read(&changes_form, a->arena, json, bytes, &read, &a->err);
    const struct changes *c = read;
    if (!status)
        status = whatif_change(a->arena, &a->form->facts, c->prices, c->marks, &changed, &a->err);
    if (status) {
        cli_fault(d->changes, &a->err);
        return EX_DATAERR;
    }
    a->form->facts = *changed;
    return EX_OK;
}

/* The options of the file alone, where others take their place or the facts are changed. */
static int options_before(struct asking *a, const struct decide *d)
{
    const char *json = a->form->options;

    if (!d->margin || !json || (!d->options && !d->changes))
        return EX_OK;
    if (plugin_options(a->plugin, a->arena, json, strlen(json), &a->facts_before, &a->options_before, NULL,
                       &a->err) == 0)
        return EX_OK;
    cli_fault("options", &a->err);
    return EX_DATAERR;
}

static int options_read(struct asking *a, const struct decide *d, const char *ask)
{
    char *json = (char *)(uintptr_t)(a->form->options ? a->form->options : "{}");
    size_t bytes = strlen(json);
    const linli_facts *checked = strcmp(ask, "check") == 0 ? NULL : &a->form->facts;

    if (d->options && !cli_read(a->arena, d->options, &json, &bytes))
        return EX_NOINPUT;
    if (d->options && a->form->options && json_merge(a->arena, a->form->options, json, &json, &a->err)) {
        cli_fault(d->options, &a->err);
        return EX_DATAERR;
    }
    bytes = strlen(json);
    if (plugin_options(a->plugin, a->arena, json, bytes, checked, &a->options, NULL, &a->err) == 0)
        return EX_OK;
    cli_fault("options", &a->err);
    return a->err.code == E_REFUSED ? EX_SOFTWARE : EX_DATAERR;
}

static int decide(struct asking *a, const struct decide *d)
{
    bool mechanism = plugin_kind(a->plugin) == PLUGIN_MECHANISM;
    const char *ask = d->ask ? d->ask : mechanism ? "plan" : "evaluate";
    const linli_findings *found;

    if (!asks_one_of(ask, mechanism ? of_mechanisms : of_schemes)) {
        cli_say("a %s is not asked \"%s\"", mechanism ? "mechanism" : "scheme", ask);
        return EX_USAGE;
    }
    if ((d->explain || d->margin) && strcmp(ask, "evaluate") != 0) {
        cli_say("only an evaluation is explained");
        return EX_USAGE;
    }
    int exit = changes_read(a, d);
    if (!exit)
        exit = options_before(a, d);
    if (!exit)
        exit = options_read(a, d, ask);
    if (exit)
        return exit;
    int status = strcmp(ask, "check") == 0
                     ? ask_check(a->plugin, a->arena, a->options, &a->form->facts, &found, &a->json, &a->err)
                 : mechanism ? ask_mechanism(a, ask)
                             : ask_scheme(a, ask);
    if (status) {
        cli_fault(d->id, &a->err);
        return status == E_INVALID ? EX_DATAERR : EX_SOFTWARE;
    }
    if (!a->explain && !a->margin)
        cli_print_json(stdout, a->json, d->pretty);
    return EX_OK;
}

static int answer(struct arena *arena, struct host *host, const struct decide *d)
{
    struct asking a = {.arena = arena, .explain = d->explain, .margin = d->margin, .bid = (uint64_t)d->bid};
    char *json;
    size_t bytes;

    a.plugin = plugin_asked(host, d);
    if (!a.plugin) {
        cli_say("there is no plug-in \"%s\"%s%s%s%s", d->id, d->version ? " of version " : "",
                d->version ? d->version : "", d->sha256 ? " with the digest " : "",
                d->sha256 ? d->sha256 : "");
        return EX_UNAVAILABLE;
    }
    if (!cli_read(arena, d->facts, &json, &bytes))
        return EX_NOINPUT;
    if (facts_read_form(arena, json, bytes, &a.form, &a.err)) {
        cli_fault(d->facts, &a.err);
        return EX_DATAERR;
    }
    return decide(&a, d);
}

static int run(struct arena *arena, void *options)
{
    const struct decide *d = options;
    struct host *host = NULL;
    int exit = EX_CONFIG;

    cli_calendar(arena);
    if (cli_host_open(arena, d->folder, &host))
        exit = answer(arena, host, d);
    host_close(host);
    return exit;
}

int cli_decide(int argc, char **argv)
{
    struct decide d = {0};

    return cli_run(&command, argc, argv, &d, run);
}
